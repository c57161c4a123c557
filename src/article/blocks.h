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
void leaf_lost(build *w, uint32_t index, cmark_node *node);
void leaf_close(builder *b, uint32_t index);
void container_close(builder *b, uint32_t index);

/* tables.c */
void table_build(build *w, uint32_t parent, cmark_node *node);

#endif
