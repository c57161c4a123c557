/* internal.h - what the files of this room share: the article while it is being built.
 *
 *     article.c      order of work, limits, look-ups
 *     frontmatter.c  YAML fields, recovery          toml.c       TOML fields
 *     unwrap.c       a fence around everything      guard.c      what cmark-gfm must not see
 *     blocks.c       tree to blocks                 parse_memory.c  memory of one cmark parse
 *     tables.c       rows and cells                 origin.c     content byte to source byte
 *     inlines.c      inline tree to text            link_tail.c  what stands behind a link's text
 *     text.c         appends text, prose, runs      prose.c      URLs, quotes, shortcodes
 *     html.c         text of HTML blocks            unseen.c      comments, zero-width characters
 *     sentences.c, words.c
 */
#ifndef ASSAY_ARTICLE_INTERNAL_H
#define ASSAY_ARTICLE_INTERNAL_H

#include "article/article.h"

/* Stands in the parser's input for a byte that must not be markup (an invalid byte, NUL, markup beyond a limit): an
 * ASCII control character that CommonMark treats as an ordinary letter. The text is always copied from the source. */
#define PLACEHOLDER 0x1a

/* White space as cmark-gfm 0.29 trims it: vertical tab and form feed are text. */
static inline bool is_markup_space(uint8_t c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/* What a backslash escapes. */
static inline bool is_markup_punctuation(uint8_t c) { return c > ' ' && c < 0x7f && !byte_is_alnum(c); }

/* content[c] for c in [content, next content) came from source[source + c - content] */
typedef struct origin {
    uint32_t content, source;
} origin;

typedef struct builder {
    arena *a;
    article *out;
    article_options options;
    error *e;
    bool failed; /* an allocation failed: unwound to ERROR_MEMORY at the end */

    str clean;    /* parser input, same length and offsets as the source from body.lo on */
    bool has_bad; /* the body holds NUL or invalid bytes: text shows U+FFFD for them */
    /* "~~", "://", "www.", "{", quotation marks, such outside ASCII (or an entity that may be one) occur in the body */
    bool has_tilde, has_url, has_www, has_brace, has_comment, has_quote, has_wide_quote, has_shapeless, has_typography;
    uint32_t depth_at; /* source offset of the first marker that was too deep, or UINT32_MAX */

    uint8_t *text, *prose;
    size_t n, capacity;

    VEC(block) blocks;
    VEC(run) runs;
    VEC(article_link) links;
    VEC(sentence) sentences;
    VEC(word) words;
    VEC(article_issue) issues;
    VEC(text_range) quotes;
    VEC(text_range) tags;
    VEC(span) comments;
    VEC(field) fields;
    VEC(origin) origins; /* of the leaf in hand */
    bool loose;          /* some of its content is not the source's bytes: compare before copying */
    VEC(text_range) strikes;
} builder;

#define PUSH(b, vec, ...) (VEC_PUSH((b)->a, &(b)->vec, __VA_ARGS__) ? true : ((b)->failed = true, false))

void issue_add(builder *b, enum article_issue_kind kind, span where, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* frontmatter.c: reads the frontmatter of `where` (a part of the source whose first byte begins a line) into the
 * builder's fields and sets format, status and span. Returns the offset at which the body begins; `where.lo` when there
 * is no frontmatter. */
uint32_t frontmatter_read(builder *b, span where);
/* toml.c: fields of the TOML text at `where`; false when it is malformed (an issue was added). */
bool toml_read(builder *b, span where);
/* "faq.0.answer": the key of a field in the map `prefix`, empty at the top. */
str field_key(builder *b, str prefix, str key);
/* Adds a field; a key that stands already is an issue and the first one counts. */
void field_add(builder *b, field f);

/* unwrap.c: whether `where` is one code fence around everything; then the bytes inside it, the fence lines excluded. */
bool unwrap_find(str source, span where, span *inside, span *fence);

/* guard.c: makes the parser's input out of the body: same length, nothing in it that costs more than linear time.
 * `footnotes` receives the labels of footnote definitions, in order of appearance. */
typedef struct label_list {
    VEC(str) labels;
} label_list;
bool guard_make_input(builder *b, uint32_t first_line, label_list *footnotes);

/* blocks.c: parses b->clean and fills blocks, text, runs, links, sentences, words. Error codes as article_parse. */
int blocks_build(builder *b, uint32_t first_line, const label_list *footnotes);

/* prose.c, after the text of one leaf stands: URLs become AUTOLINK runs, shortcodes are masked; then quotation marks.
 */
void prose_mark_links(builder *b, uint32_t lo, uint32_t run_lo);
void prose_mark_shortcodes(builder *b, uint32_t lo);
void prose_find_quotes(builder *b, uint32_t lo, size_t *first_quote);
void prose_mask_quotes(builder *b, size_t first_quote);
/* Whether the text [p, p+n) is nothing but machinery: shortcodes, MDX import/export, JSX, comments. */
bool prose_is_machinery(const builder *b, str text);
/* Every comment (HTML or, with `mdx`, braces) inside source bytes. */
void prose_collect_comments(builder *b, span where, bool braces);

/* sentences.c, words.c */
void sentences_split(builder *b, uint32_t block_index, uint16_t flags, size_t first_quote);
void words_split(builder *b, uint32_t lo, uint32_t hi);

/* Where a leaf begins in the builder's arrays. */
typedef struct leaf_start {
    uint32_t text, run;
    size_t link;
} leaf_start;
static inline leaf_start leaf_starts(const builder *b) {
    return (leaf_start){(uint32_t)b->n, (uint32_t)b->runs.n, b->links.n};
}
/* unseen.c: takes characters without a shape out of the leaf's text again and, with `comments`, what the parser took
 * for text of comments, which are collected. */
void unseen_drop(builder *b, leaf_start from, bool comments);
/* Whether characters without a shape occur in a body, or an entity, which may stand for one. */
bool unseen_may_occur(str body);

/* inlines.c: appends the text of a leaf; `leaf` is the cmark node, b->origins its content map. */
struct cmark_node;
void inlines_flatten(builder *b, struct cmark_node *leaf);
/* link_tail.c: passes what stands behind a link's text, from its ']' at `at` on. */
uint32_t link_tail_pass(str content, uint32_t at, text_range *target);

/* text.c */
bool text_reserve(builder *b, size_t more);
/* Appends `n` source bytes; what is no UTF-8, and in plain text a typographer's apostrophe, blank or hyphen, as it is
 * shown. `masked` hides them from prose. */
void text_source(builder *b, uint8_t kind, uint8_t flags, uint32_t source_lo, size_t n, bool masked);
/* Appends bytes that are not in the source in this form, standing for source [lo, hi). */
void text_other(builder *b, uint8_t kind, uint8_t flags, str bytes, uint32_t source_lo, uint32_t source_hi, bool masked,
                bool replaced);
/* Appends what an entity stands for. */
void text_entity(builder *b, uint8_t flags, str bytes, uint32_t source_lo, uint32_t source_hi, bool masked);
/* May a character of typography occur in a body that is copied from the source? */
bool text_has_typography(str body);

#endif
