/* blocks.c - the parser's tree, walked once and copied out.
 *
 * In: the parser's input (guard.c). Out: blocks in document order; by way of the other files the text, runs, links,
 * sentences and words.
 *
 *     cmark-gfm tree ──► block_open … children or leaf … block_close      one pass, then the tree is freed
 *
 * cmark-gfm's positions are wrong in places (a paragraph behind reference definitions or before a table), so they serve
 * as hints: origin.c lays each leaf's content on its source lines and compares. What cannot be laid down is shown as
 * `replaced` text.
 *
 * cmark-gfm and threads: the table and tasklist extensions are attached and no others. Those that add special inline
 * characters (strikethrough, autolink) write to process-wide tables while a parser runs: two threads then read each
 * other's. cmark-gfm's registry itself is filled once, under pthread_once. Footnotes are moved to the document's end by
 * cmark-gfm, and dropped when nothing refers to them; so the input is preceded by one paragraph per label that refers
 * to it (skipped here), and definitions are put back in line order.
 */
#include "article/blocks.h"
#include "article/parse_memory.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <pthread.h>
#include <stdlib.h>

enum { POOL_BASE_BYTES = 32 << 20, POOL_BYTES_PER_BYTE = 128 };

static struct {
    pthread_once_t once;
    cmark_syntax_extension *table, *tasklist;
} registry = {.once = PTHREAD_ONCE_INIT}; /* written once, before the first parse */

static void registry_fill(void) {
    cmark_gfm_core_extensions_ensure_registered();
    registry.table = cmark_find_syntax_extension("table");
    registry.tasklist = cmark_find_syntax_extension("tasklist");
}

/* ---- blocks ----------------------------------------------------------------------------------------------------- */

uint32_t block_open(build *w, enum block_kind kind, uint32_t parent, uint16_t flags, span where) {
    builder *b = w->b;
    uint32_t n = (uint32_t)b->n;
    uint16_t inherited = 0;
    if (parent != BLOCK_NONE) {
        const block *up = &b->blocks.at[parent];
        inherited = up->flags & (BLOCK_IN_QUOTE | BLOCK_IN_LIST);
        if (up->kind == BLOCK_QUOTE) inherited |= BLOCK_IN_QUOTE;
        if (up->kind == BLOCK_LIST) inherited |= BLOCK_IN_LIST;
    }
    uint32_t runs = (uint32_t)b->runs.n, sentences = (uint32_t)b->sentences.n;
    block fresh = {.kind = (uint8_t)kind,
                   .level = (uint8_t)(w->depth < 255 ? w->depth : 255),
                   .flags = (uint16_t)(flags | inherited),
                   .parent = parent,
                   .where = where,
                   .text = {n, n},
                   .run_lo = runs,
                   .run_hi = runs,
                   .sentence_lo = sentences,
                   .sentence_hi = sentences,
                   .info = {where.lo, where.lo}};
    if (!PUSH(b, blocks, fresh)) return BLOCK_NONE;
    b->blocks.at[b->blocks.n - 1].end = (uint32_t)b->blocks.n;
    return (uint32_t)b->blocks.n - 1;
}

/* Ends a leaf's text. */
void leaf_close(builder *b, uint32_t index) {
    block *leaf = &b->blocks.at[index];
    leaf->text.hi = (uint32_t)b->n;
    leaf->run_hi = (uint32_t)b->runs.n;
    leaf->sentence_hi = (uint32_t)b->sentences.n;
    if (text_reserve(b, 1)) {
        b->text[b->n] = '\n';
        b->prose[b->n++] = '\n';
    }
}

void container_close(builder *b, uint32_t index) {
    block *c = &b->blocks.at[index];
    c->end = (uint32_t)b->blocks.n;
    if (c->end > index + 1) {
        c->text.lo = b->blocks.at[index + 1].text.lo;
        c->text.hi = b->n > c->text.lo ? (uint32_t)b->n - 1 : c->text.lo;
        if (c->where.hi < b->blocks.at[c->end - 1].where.hi) c->where.hi = b->blocks.at[c->end - 1].where.hi;
        if (c->where.lo > b->blocks.at[index + 1].where.lo) c->where.lo = b->blocks.at[index + 1].where.lo;
    }
    c->sentence_hi = (uint32_t)b->sentences.n;
}

static uint16_t sentence_flags(const builder *b, uint32_t index) {
    const block *leaf = &b->blocks.at[index];
    uint16_t flags = 0;
    if (leaf->kind == BLOCK_HEADING) flags |= SENTENCE_HEADING;
    if (leaf->kind == BLOCK_CELL) flags |= SENTENCE_CELL;
    if (leaf->flags & BLOCK_IN_QUOTE) flags |= SENTENCE_QUOTE;
    if (leaf->flags & BLOCK_IN_LIST) flags |= SENTENCE_ITEM;
    if (leaf->kind == BLOCK_PARAGRAPH && !(leaf->flags & BLOCK_IN_QUOTE)) flags |= SENTENCE_PROSE;
    for (uint32_t up = leaf->parent; up != BLOCK_NONE; up = b->blocks.at[up].parent)
        if (b->blocks.at[up].kind == BLOCK_FOOTNOTE) flags |= SENTENCE_FOOTNOTE;
    return flags;
}

/* The text of a leaf whose origins are laid down, and all that follows from it. */
void leaf_flatten(builder *b, uint32_t index, cmark_node *node) {
    leaf_start from = leaf_starts(b);
    inlines_flatten(b, node);
    if (b->failed) return;
    b->blocks.at[index].text.hi = (uint32_t)b->n;
    if (b->blocks.at[index].kind == BLOCK_PARAGRAPH &&
        prose_is_machinery(b, str_span(b->out->source, b->blocks.at[index].where))) {
        b->blocks.at[index].kind = BLOCK_MACHINERY;
        memset(b->prose + from.text, PROSE_MASK, b->n - from.text);
        prose_collect_comments(b, b->blocks.at[index].where, true);
        return;
    }
    leaf_read(b, index, from);
}

void leaf_read(builder *b, uint32_t index, leaf_start from) {
    size_t first_quote;
    unseen_drop(b, from, true);
    if (b->failed) return;
    b->blocks.at[index].text.hi = (uint32_t)b->n;
    prose_mark_links(b, from.text, from.run);
    prose_mark_shortcodes(b, from.text);
    prose_find_quotes(b, from.text, &first_quote);
    sentences_split(b, index, sentence_flags(b, index), first_quote);
    prose_mask_quotes(b, first_quote);
}

void leaf_lost(build *w, uint32_t index, cmark_node *node) {
    builder *b = w->b;
    span where = b->blocks.at[index].where;
    str content = str_make(node->content.ptr, (size_t)node->content.size);
    while (content.n && is_markup_space(content.p[content.n - 1])) content.n--;
    text_other(b, RUN_PLAIN, 0, content, where.lo, where.hi, false, true);
    b->blocks.at[index].text.hi = (uint32_t)b->n;
    size_t first_quote = b->quotes.n;
    sentences_split(b, index, sentence_flags(b, index), first_quote);
}

/* ---- leaves ----------------------------------------------------------------------------------------------------- */

/* The lines before a table's header, which the table extension made a paragraph of: only the table's place is right. */
static bool lay_before_table(build *w, const uint8_t *p, uint32_t n, const cmark_node *table) {
    builder *b = w->b;
    const cmark_node *row = table->first_child ? table->first_child->next : NULL;
    int line = (row ? row->start_line - 2 : table->end_line - 1) - content_line_count(p, n);
    b->origins.n = 0;
    b->loose = false;
    for (uint32_t at = 0; at < n; line++) {
        uint32_t length = content_line_length(p + at, n - at), end = at + length, first;
        while (end > at && is_markup_space(p[end - 1])) end--;
        if (!origin_lay_unescaped(b, p, at, end, origin_line(w, line), &first)) return false;
        at += length + 1;
    }
    return true;
}

/* A paragraph's lines end on its last line; they begin on its first one unless reference definitions stood there. */
static bool lay_paragraph(build *w, const uint8_t *p, uint32_t n, const cmark_node *node) {
    int behind;
    if (origin_lay_lines(w, p, n, node->start_line, &behind) && behind == node->end_line + 1) return true;
    int last = node->end_line - content_line_count(p, n) + 1;
    const int guesses[] = {last, last - 1, node->start_line};
    for (size_t i = 0; i < COUNT_OF(guesses); i++)
        if (origin_lay_lines(w, p, n, guesses[i], &behind)) return true;
    return false;
}

static void paragraph(build *w, uint32_t parent, cmark_node *node) {
    builder *b = w->b;
    const uint8_t *p = node->content.ptr;
    uint32_t whole = (uint32_t)node->content.size, n = whole;
    while (n > 0 && is_markup_space(p[n - 1])) n--;
    uint32_t index = block_open(w, BLOCK_PARAGRAPH, parent, 0, (span){0, 0});
    if (index == BLOCK_NONE) return;
    /* the last line's trailing space is laid down, too: the source line ends with it */
    bool before_table = node->start_line == 0 && node->next;
    bool laid = before_table ? lay_before_table(w, p, n, node->next) : lay_paragraph(w, p, whole, node);
    block *leaf = &b->blocks.at[index];
    if (!laid || b->origins.n == 0) {
        leaf->where = origin_line(w, node->start_line);
        leaf_lost(w, index, node);
    } else {
        origin last = b->origins.at[b->origins.n - 1];
        leaf->where = (span){b->origins.at[0].source, last.source + (n > last.content ? n - last.content : 0)};
        leaf_flatten(b, index, node);
    }
    if (!b->failed) leaf_close(b, index);
}

/* Nothing but '=' or '-' behind the containers' markers. */
static bool is_underline(const build *w, int line) {
    span s = origin_line(w, line);
    const uint8_t *p = w->b->clean.p;
    while (s.hi > s.lo && is_markup_space(p[s.hi - 1])) s.hi--;
    uint8_t c = s.hi > s.lo ? p[s.hi - 1] : 0;
    if (c != '=' && c != '-') return false;
    while (s.hi > s.lo && p[s.hi - 1] == c) s.hi--;
    while (s.hi > s.lo && (is_markup_space(p[s.hi - 1]) || p[s.hi - 1] == '>')) s.hi--;
    return s.hi == s.lo;
}

/* A setext heading's lines stand right above its underline; reference definitions may have stood before them. */
static bool lay_setext(build *w, const uint8_t *p, uint32_t n, const cmark_node *node, int *behind) {
    if (origin_lay_lines(w, p, n, node->start_line, behind) && is_underline(w, *behind)) return true;
    int lines = content_line_count(p, n);
    for (int back = -1; back <= 1; back++)
        if (origin_lay_lines(w, p, n, node->end_line - lines - back, behind) && is_underline(w, *behind)) return true;
    return origin_lay_lines(w, p, n, node->start_line, behind);
}

static void heading(build *w, uint32_t parent, cmark_node *node) {
    builder *b = w->b;
    const uint8_t *p = node->content.ptr;
    uint32_t n = (uint32_t)node->content.size;
    span first = origin_line(w, node->start_line);
    uint32_t lo = origin_column(w, node->start_line, node->start_column);
    uint32_t index = block_open(w, BLOCK_HEADING, parent, 0, (span){lo, first.hi});
    if (index == BLOCK_NONE) return;
    b->blocks.at[index].level = (uint8_t)node->as.heading.level;
    bool laid = true;
    b->origins.n = 0;
    b->loose = false;
    if (node->as.heading.setext) {
        int behind;
        laid = lay_setext(w, p, n, node, &behind);
        if (laid) b->blocks.at[index].where = (span){b->origins.at[0].source, origin_line(w, behind).hi};
    } else if (n > 0) {
        uint32_t at = lo + (uint32_t)node->internal_offset;
        while (at < first.hi && (b->clean.p[at] == ' ' || b->clean.p[at] == '\t')) at++;
        laid = at + n <= first.hi && memcmp(b->clean.p + at, p, n) == 0;
        if (laid) (void)PUSH(b, origins, (origin){0, at});
    }
    if (laid)
        leaf_flatten(b, index, node);
    else
        leaf_lost(w, index, node);
    if (!b->failed) leaf_close(b, index);
}

/* Lines of code or HTML as they stand: what is cut off is the container's prefix. Returns the last line's number. */
static int verbatim(build *w, str content, int line, uint8_t kind) {
    builder *b = w->b;
    if (content.n && content.p[content.n - 1] == '\n') content.n--;
    const uint8_t *source = b->clean.p;
    for (uint32_t at = 0; (ptrdiff_t)at <= content.n; line++) {
        uint32_t length = content_line_length(content.p + at, (uint32_t)content.n - at), skip = 0;
        span s = origin_line(w, line);
        while (skip < length && (length - skip > s.hi - s.lo ||
                                 memcmp(content.p + at + skip, source + s.hi - (length - skip), length - skip) != 0)) {
            if (content.p[at + skip] != ' ') { /* not a half-eaten tab: shown without a place of its own */
                text_other(b, kind, 0, str_make(content.p + at, length), s.lo, s.hi, true, true);
                skip = length;
                break;
            }
            skip++;
        }
        uint32_t from = s.hi - (length - skip);
        if (skip && skip < length) text_other(b, kind, 0, str_make(content.p + at, skip), s.lo, from, true, true);
        if (skip < length) text_source(b, kind, 0, from, length - skip, true);
        at += length;
        if ((ptrdiff_t)at == content.n) return line;
        if (s.hi < b->out->body.hi && source[s.hi] == '\n')
            text_source(b, kind, 0, s.hi, 1, true);
        else
            text_other(b, RUN_BREAK, 0, STR("\n"), s.hi, origin_line(w, line + 1).lo, true, false);
        at++;
    }
    return line;
}

static void code(build *w, uint32_t parent, cmark_node *node) {
    builder *b = w->b;
    str content = str_make(node->as.code.literal.data, (size_t)node->as.code.literal.len);
    span first = origin_line(w, node->start_line);
    uint32_t lo = origin_column(w, node->start_line, node->start_column);
    bool fenced = node->as.code.fenced;
    uint32_t index = block_open(w, BLOCK_CODE, parent, fenced ? BLOCK_FENCED : 0, (span){lo, first.hi});
    if (index == BLOCK_NONE) return;
    int last = node->start_line;
    leaf_start from = leaf_starts(b);
    if (content.n) last = verbatim(w, content, node->start_line + fenced, RUN_CODE);
    unseen_drop(b, from, false);
    block *leaf = &b->blocks.at[index];
    span end = origin_line(w, last);
    if (fenced) {
        const uint8_t *p = b->clean.p;
        uint32_t info = lo, info_hi = first.hi;
        while (info < first.hi && p[info] == node->as.code.fence_char) info++;
        while (info < first.hi && is_markup_space(p[info])) info++;
        while (info_hi > info && is_markup_space(p[info_hi - 1])) info_hi--;
        leaf->info = (span){info, info_hi};
        span close = origin_line(w, last + 1);
        uint32_t ticks = 0, at = close.hi;
        while (at > close.lo && is_markup_space(p[at - 1])) at--;
        while (at > close.lo && p[at - 1] == node->as.code.fence_char) at--, ticks++;
        if (ticks >= node->as.code.fence_length && ticks > 0)
            end = close;
        else
            leaf->flags |= BLOCK_UNCLOSED;
    }
    if (end.hi > leaf->where.hi) leaf->where.hi = end.hi;
    leaf_close(b, index);
}

static void html(build *w, uint32_t parent, cmark_node *node) {
    builder *b = w->b;
    str content = str_make(node->as.literal.data, (size_t)node->as.literal.len);
    span where = {origin_column(w, node->start_line, node->start_column), origin_line(w, node->start_line).hi};
    leaf_start from = leaf_starts(b);
    bool machinery = prose_is_machinery(b, content);
    uint32_t index = machinery ? block_open(w, BLOCK_MACHINERY, parent, 0, where) : 0;
    if (index == BLOCK_NONE) return;
    span end = origin_line(w, verbatim(w, content, node->start_line, RUN_PLAIN));
    if (end.hi > where.hi) where.hi = end.hi;
    prose_collect_comments(b, where, false);
    if (b->failed) return;
    if (!machinery) {
        html_build(w, parent, where, from);
        return;
    }
    b->blocks.at[index].where = where;
    leaf_close(b, index);
}

/* ---- containers ------------------------------------------------------------------------------------------------- */

static void children(build *w, uint32_t parent, cmark_node *node);

static void container(build *w, uint32_t parent, cmark_node *node, enum block_kind kind, uint16_t flags,
                      uint32_t number) {
    builder *b = w->b;
    int column = kind == BLOCK_FOOTNOTE ? node->start_column - node->internal_offset : node->start_column;
    uint32_t lo = origin_column(w, node->start_line, column);
    uint32_t index = block_open(w, kind, parent, flags, (span){lo, origin_line(w, node->start_line).hi});
    if (index == BLOCK_NONE) return;
    b->blocks.at[index].number = number;
    w->depth++;
    children(w, index, node);
    w->depth--;
    if (!b->failed) container_close(b, index);
}

static void one(build *w, uint32_t parent, cmark_node *node, uint32_t ordinal) {
    uint16_t type = node->type;
    if (type == CMARK_NODE_PARAGRAPH)
        paragraph(w, parent, node);
    else if (type == CMARK_NODE_HEADING)
        heading(w, parent, node);
    else if (type == CMARK_NODE_CODE_BLOCK)
        code(w, parent, node);
    else if (type == CMARK_NODE_HTML_BLOCK)
        html(w, parent, node);
    else if (type == CMARK_NODE_BLOCK_QUOTE)
        container(w, parent, node, BLOCK_QUOTE, 0, 0);
    else if (type == CMARK_NODE_LIST) {
        bool ordered = node->as.list.list_type == CMARK_ORDERED_LIST;
        uint16_t flags = (uint16_t)((ordered ? BLOCK_ORDERED : 0) | (node->as.list.tight ? BLOCK_TIGHT : 0));
        container(w, parent, node, BLOCK_LIST, flags, ordered ? (uint32_t)node->as.list.start : 0);
    } else if (type == CMARK_NODE_ITEM) {
        container(w, parent, node, BLOCK_ITEM, node->extension == registry.tasklist ? BLOCK_TASK : 0, ordinal);
    } else if (type == CMARK_NODE_FOOTNOTE_DEFINITION)
        container(w, parent, node, BLOCK_FOOTNOTE, 0, 0);
    else if (type == CMARK_NODE_THEMATIC_BREAK) {
        uint32_t lo = origin_column(w, node->start_line, node->start_column);
        (void)block_open(w, BLOCK_RULE, parent, 0, (span){lo, origin_line(w, node->start_line).hi});
    } else if (node->extension == registry.table && node->first_child) {
        table_build(w, parent, node);
    }
}

static void children(build *w, uint32_t parent, cmark_node *node) {
    uint32_t ordinal = 0;
    for (cmark_node *child = node->first_child; child && !w->b->failed; child = child->next)
        one(w, parent, child, ordinal++);
}

typedef struct rank {
    cmark_node *node;
    int line;
    uint32_t order;
} rank;

static int rank_compare(const void *a, const void *b) {
    const rank *x = a, *y = b;
    if (x->line != y->line) return x->line < y->line ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

/* The document's children, the helper paragraphs left out, footnotes put back where they stood. */
static void document(build *w, cmark_node *root) {
    builder *b = w->b;
    span body = b->out->body;
    uint32_t index = block_open(w, BLOCK_DOCUMENT, BLOCK_NONE, 0, body);
    if (index == BLOCK_NONE) return;
    w->depth = 1;
    if (w->shift == 0) {
        children(w, index, root);
    } else {
        VEC(rank) ranks = {0};
        int line = 0;
        for (cmark_node *child = root->first_child; child; child = child->next) {
            if (child->start_line) line = child->start_line;
            if (line > w->shift && !VEC_PUSH(b->a, &ranks, (rank){child, line, (uint32_t)ranks.n})) b->failed = true;
        }
        if (ranks.n) qsort(ranks.at, ranks.n, sizeof *ranks.at, rank_compare);
        for (size_t i = 0; i < ranks.n && !b->failed; i++) one(w, index, ranks.at[i].node, 0);
    }
    if (b->failed) return;
    container_close(b, index);
    b->blocks.at[index].where = body;
}

/* ---- one parse -------------------------------------------------------------------------------------------------- */

static void work(void *context) {
    build *w = context;
    builder *b = w->b;
    cmark_parser *parser = cmark_parser_new_with_mem(CMARK_OPT_FOOTNOTES, parse_memory_callbacks());
    cmark_parser_attach_syntax_extension(parser, registry.table);
    cmark_parser_attach_syntax_extension(parser, registry.tasklist);
    for (size_t i = 0; i < w->footnotes->labels.n; i++) {
        str label = w->footnotes->labels.at[i];
        cmark_parser_feed(parser, "[^", 2);
        cmark_parser_feed(parser, (const char *)label.p, (size_t)label.n);
        cmark_parser_feed(parser, "]\n\n", 3);
    }
    w->shift = 2 * (int)w->footnotes->labels.n;
    str body = str_span(b->clean, b->out->body);
    if (body.n) cmark_parser_feed(parser, (const char *)body.p, (size_t)body.n);
    cmark_node *root = cmark_parser_finish(parser);
    if (root) document(w, root);
}

static void report_depth(builder *b) {
    uint32_t at = b->depth_at;
    if (at == UINT32_MAX) return;
    for (size_t i = 0; i < b->blocks.n; i++) {
        const block *leaf = &b->blocks.at[i];
        bool verbatim_kind = leaf->kind == BLOCK_CODE || leaf->kind == BLOCK_HTML || leaf->kind == BLOCK_MACHINERY;
        if (verbatim_kind && leaf->where.lo <= at && at < leaf->where.hi) return;
    }
    issue_add(b, ISSUE_NESTING, (span){at, at + 1},
              "blocks are nested deeper than %u levels: what is deeper is read as flat text", b->options.max_depth);
}

/* Room for what a body of this length usually holds, so that the arrays do not grow by copying. */
static bool reserve(builder *b, size_t length) {
    size_t words = length / 6 + 16, few = length / 48 + 16;
    b->words.at = ARENA_ARRAY(b->a, word, words), b->words.capacity = words;
    b->runs.at = ARENA_ARRAY(b->a, run, few), b->runs.capacity = few;
    b->blocks.at = ARENA_ARRAY(b->a, block, few), b->blocks.capacity = few;
    b->sentences.at = ARENA_ARRAY(b->a, sentence, few), b->sentences.capacity = few;
    return b->words.at && b->runs.at && b->blocks.at && b->sentences.at && text_reserve(b, length + length / 8 + 1024);
}

int blocks_build(builder *b, uint32_t first_line, const label_list *footnotes) {
    pthread_once(&registry.once, registry_fill);
    size_t length = (size_t)(b->out->body.hi - b->out->body.lo);
    size_t budget = POOL_BASE_BYTES + POOL_BYTES_PER_BYTE * length;
    build w = {.b = b, .first_line = first_line, .footnotes = footnotes};
    parse_memory *p = parse_memory_new(b->a, budget);
    if (!p || !reserve(b, length)) {
        parse_memory_free(p);
        return error_set(b->e, ERROR_MEMORY, "out of memory while parsing %.*s", STR_ARG(b->out->path));
    }
    bool done = parse_memory_run(p, work, &w);
    b->out->parser_bytes = parse_memory_held(p);
    parse_memory_free(p);
    if (b->failed) return error_set(b->e, ERROR_MEMORY, "out of memory while parsing %.*s", STR_ARG(b->out->path));
    if (!done)
        return error_set(b->e, ERROR_LIMIT, "the markup of %.*s needs more than %zu MiB to parse",
                         STR_ARG(b->out->path), budget >> 20);
    report_depth(b);
    return ERROR_NONE;
}
