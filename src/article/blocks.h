/* blocks.h - shared by blocks.c, tables.c and origin.c: one walk over the parser's tree. */
#ifndef ASSAY_ARTICLE_BLOCKS_H
#define ASSAY_ARTICLE_BLOCKS_H

#include "article/internal.h"

#include <cmark-gfm.h>
#if !__has_include(<cmark-gfm/node.h>)
#error "cmark-gfm's node.h is missing: Debian's libcmark-gfm-dev installs it as <cmark-gfm/node.h>"
#endif
#include <cmark-gfm/node.h>

typedef struct build {
    builder *b;
    uint32_t first_line; /* index in the line table of the body's first line */
    int shift;           /* lines put before the body */
    const label_list *footnotes;
    uint32_t depth;
} build;

/* origin.c: lines of the source by the parser's numbers. */
span origin_line(const build *w, int line);
uint32_t origin_column(const build *w, int line, int column);
uint32_t content_line_length(const uint8_t *p, uint32_t n);
int content_line_count(const uint8_t *p, uint32_t n);
/* origin.c: fills b->origins for a content string; false when it does not lie there. */
bool origin_lay_lines(build *w, const uint8_t *p, uint32_t n, int line, int *behind);
bool origin_lay_unescaped(builder *b, const uint8_t *p, uint32_t lo, uint32_t hi, span s, uint32_t *first);

/* blocks.c */
uint32_t block_open(build *w, enum block_kind kind, uint32_t parent, uint16_t flags, span where);
void leaf_flatten(builder *b, uint32_t index, cmark_node *node);
/* What follows from the text of leaf `index`, which began at `from`: links, quotations, sentences, words. */
void leaf_read(builder *b, uint32_t index, leaf_start from);
void leaf_lost(build *w, uint32_t index, cmark_node *node);
void leaf_close(builder *b, uint32_t index);
void container_close(builder *b, uint32_t index);

/* inlines.c: length of the entity at `at` ('&' … ';'), its characters in out[8]; 0 when there is none. */
uint32_t inlines_entity(str s, uint32_t at, uint8_t out[8], uint32_t *out_n);

/* html_tag.c: one tag, comment or declaration of HTML or JSX. */
enum html_kind {
    HTML_CODE = 1 << 0,   /* code, kbd, samp, tt, var */
    HTML_BREAK = 1 << 1,  /* br */
    HTML_HIDDEN = 1 << 2, /* script, style, template, …: nothing inside is read by anybody */
    HTML_PRE = 1 << 3,    /* pre, textarea */
    HTML_TABLE = 1 << 4,
    HTML_ROW = 1 << 5,
    HTML_CELL = 1 << 6, /* td, th */
    HTML_HEAD = 1 << 7, /* th */
    HTML_QUOTE = 1 << 8,
    HTML_STRONG = 1 << 9,
    HTML_EMPHASIS = 1 << 10,
    HTML_STRUCK = 1 << 11,
    HTML_INLINE = 1 << 12, /* goes on with the sentence: a, b, span, sup and all of the above that stand in a line */
    HTML_COMMENT = 1 << 13 /* also declarations */
};
typedef struct html_tag {
    uint32_t length; /* 0: no tag begins here */
    uint16_t is;     /* enum html_kind; 0: any other block element or component */
    uint8_t level;   /* of a heading */
    bool closes;     /* "</x>" */
    bool empty;      /* "<x/>" */
    bool unended;    /* it began as a tag and nothing ends it: no tag */
    bool hides;      /* an attribute or a style keeps what it holds from readers */
    str name;
} html_tag;
/* The tag whose '<' stands at `at`. */
html_tag html_tag_read(str s, uint32_t at);

/* The issue of a tag that hides what it holds; `where`: its bytes in the source. */
void html_tag_report(builder *b, const html_tag *tag, span where);

/* html.c: the text of an HTML block that was just appended from `from` on, without a block of its own yet, as blocks.
 */
void html_build(build *w, uint32_t parent, span where, leaf_start from);

/* tables.c */
void table_build(build *w, uint32_t parent, cmark_node *node);

#endif
