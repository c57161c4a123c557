/* html.c - the text of an HTML block.
 *
 * In: the lines of an HTML or JSX block as text and runs. Out: blocks in its place, so that what a reader sees is read:
 *
 *     <details>                                     HTML         <details> <summary>
 *     <summary>The box</summary>                    PARAGRAPH    The box
 *     It has <b>20</b> cores.                       HTML         </summary>
 *     <table><tr><td>RAM<td>128 GB</table>          PARAGRAPH    It has 20 cores.
 *     </details>                                    TABLE ROW CELL RAM CELL 128 GB
 *
 * Tags that stand in a line (<b>, <a>, <code>) divide nothing; every other tag ends a paragraph. Headings, tables,
 * <pre> and fences (which MDX allows here) become what they are; list items are paragraphs, and so is what stands in a
 * table beside its cells. Scripts, styles and comments stay HTML, which nothing reads. A component's Markdown
 * ("**20**",
 * "`x`") is read as far as emphasis and inline code go.
 *
 * Everything is copied by way of the runs, so each byte keeps its origin. One pass; a tag that does not end makes every
 * later '<' plain text, so that time stays linear.
 */
#include "article/blocks.h"

typedef struct reader {
    build *w;
    builder *b;
    uint32_t parent; /* of the whole block */
    str s;           /* its text … */
    const run *runs; /* … and its runs, text offsets from 0 */
    size_t run_count, run_at;
    uint32_t tags_end;    /* from here on every '<' is text: a tag stands here that does not end */
    ptrdiff_t fence;      /* the next line that begins a fence, once it was looked for */
    uint32_t markup;      /* where the tags that belong to no block yet begin */
    uint32_t quotes;      /* open <blockquote> */
    uint8_t level;        /* of the open heading, or 0 */
    bool in_table;        /* <table> was seen: its block opens with its first row */
    uint32_t table, row;  /* open blocks or BLOCK_NONE */
    uint32_t rows, cells; /* in the table, in the row */
    uint32_t heads;       /* <th> in the row */
    bool in_cell, head;   /* a cell is open; it is a <th> */
    bool struck;          /* <del>, <s> is open */
} reader;

/* ---- from text to source ---------------------------------------------------------------------------------------- */

static const run *run_of(reader *r, uint32_t at) {
    while (r->run_at > 0 && r->runs[r->run_at].text_lo > at) r->run_at--;
    while (r->run_at + 1 < r->run_count && r->runs[r->run_at].text_hi <= at) r->run_at++;
    return &r->runs[r->run_at];
}

static bool is_exact(const run *x) { return x->kind <= RUN_AUTOLINK && !x->replaced; }

static uint32_t source_at(reader *r, uint32_t at) {
    const run *x = run_of(r, at);
    return is_exact(x) ? x->source_lo + (at - x->text_lo) : x->source_lo;
}

static uint32_t source_behind(reader *r, uint32_t at) {
    if (at == 0) return source_at(r, 0);
    const run *x = run_of(r, at - 1);
    return is_exact(x) ? x->source_lo + (at - x->text_lo) : x->source_hi;
}

static span source_span(reader *r, uint32_t lo, uint32_t hi) {
    span s = {source_at(r, lo), source_behind(r, hi)};
    return s.hi < s.lo ? (span){s.lo, s.lo} : s;
}

/* Copies text [lo, hi) as it stands. */
static void put(reader *r, uint8_t kind, uint8_t flags, uint32_t lo, uint32_t hi, bool masked) {
    while (lo < hi) {
        const run *x = run_of(r, lo);
        uint32_t end = x->text_hi < hi ? x->text_hi : hi;
        if (end <= lo) return;
        if (is_exact(x))
            text_source(r->b, kind, flags, x->source_lo + (lo - x->text_lo), end - lo, masked);
        else
            text_other(r->b, x->kind == RUN_BREAK ? RUN_BREAK : kind, flags, str_slice(r->s, lo, end), x->source_lo,
                       x->source_hi, masked, x->replaced);
        lo = end;
    }
}

/* How a piece's text is read: running text; lines of <pre>, in which tags and entities are what they are; lines of a
 * fence, in which nothing is. */
enum mode { MODE_TEXT, MODE_PRE, MODE_FENCE };

/* ---- pieces ----------------------------------------------------------------------------------------------------- */

static void flag_put(uint8_t *flags, uint8_t flag, bool closes) {
    *flags = closes ? (uint8_t)(*flags & ~flag) : (uint8_t)(*flags | flag);
}

/* What stands at `at` inside a line and is no plain text: its length; 0 for a plain byte. */
static uint32_t put_special(reader *r, uint32_t at, uint32_t hi, bool verbatim, uint8_t *kind, uint8_t *flags) {
    uint8_t c = r->s.p[at];
    bool masked = *kind != RUN_PLAIN;
    if (c == '&') {
        uint8_t out[8];
        uint32_t n, length = inlines_entity(str_slice(r->s, 0, hi), at, out, &n);
        if (length)
            text_entity(r->b, *flags, str_make(out, n), source_at(r, at), source_behind(r, at + length), masked);
        return length;
    }
    if (c == '<' && at < r->tags_end) {
        html_tag tag = html_tag_read(str_slice(r->s, 0, hi), at);
        if (tag.hides) html_tag_report(r->b, &tag, source_span(r, at, at + tag.length));
        if (tag.is & HTML_CODE && !verbatim) *kind = tag.closes ? RUN_PLAIN : RUN_CODE;
        if (tag.is & HTML_STRONG) flag_put(flags, RUN_STRONG, tag.closes);
        if (tag.is & HTML_EMPHASIS) flag_put(flags, RUN_EMPHASIS, tag.closes);
        if (tag.is & HTML_STRUCK) flag_put(flags, RUN_STRUCK, tag.closes);
        if (tag.length && (tag.is & HTML_BREAK || !(tag.is & (HTML_INLINE | HTML_COMMENT))))
            text_other(r->b, RUN_BREAK, *flags, STR(" "), source_at(r, at), source_behind(r, at + tag.length), masked,
                       false);
        return tag.length;
    }
    if (verbatim) return 0;
    if (c == '\n' || c == '\r') {
        uint32_t end = at;
        while (end < hi && is_markup_space(r->s.p[end])) end++;
        text_other(r->b, RUN_BREAK, *flags, STR(" "), source_at(r, at), source_behind(r, end), masked, false);
        return end - at;
    }
    if (c == '*' && at + 1 < hi && r->s.p[at + 1] == '*') {
        *flags ^= RUN_STRONG;
        return 2;
    }
    return 0;
}

/* The text between the tags of [lo, hi). */
static void put_text(reader *r, uint32_t lo, uint32_t hi, enum mode mode) {
    bool verbatim = mode != MODE_TEXT;
    uint8_t kind = verbatim ? RUN_CODE : RUN_PLAIN, flags = r->struck ? RUN_STRUCK : 0;
    uint32_t plain = lo;
    bool ticks = true; /* there may be a backtick further on */
    for (uint32_t at = lo; at < hi && mode != MODE_FENCE && !r->b->failed;) {
        uint8_t c = r->s.p[at];
        bool special = c == '&' || c == '<' || c == '\n' || c == '\r' || c == '*' || c == '`';
        if (!special) {
            at++;
            continue;
        }
        put(r, kind, flags, plain, at, kind != RUN_PLAIN);
        plain = at;
        const uint8_t *tick = c == '`' && !verbatim && ticks ? memchr(r->s.p + at + 1, '`', hi - at - 1) : NULL;
        if (tick) {
            uint32_t close = (uint32_t)(tick - r->s.p);
            put(r, RUN_CODE, flags, at + 1, close, true);
            plain = at = close + 1;
            continue;
        }
        ticks &= c != '`';
        uint32_t length = put_special(r, at, hi, verbatim, &kind, &flags);
        at += length ? length : 1;
        if (length) plain = at;
    }
    put(r, kind, flags, plain, hi, kind != RUN_PLAIN);
    r->struck = (flags & RUN_STRUCK) != 0;
}

static uint32_t trimmed_lo(const reader *r, uint32_t lo, uint32_t hi) {
    while (lo < hi && is_markup_space(r->s.p[lo])) lo++;
    return lo;
}

static uint32_t trimmed_hi(const reader *r, uint32_t lo, uint32_t hi) {
    while (hi > lo && is_markup_space(r->s.p[hi - 1])) hi--;
    return hi;
}

static void table_close(reader *r);

/* The tags since the last block, as an HTML block. Inside a table they belong to its rows. */
static void markup_close(reader *r, uint32_t hi) {
    uint32_t lo = trimmed_lo(r, r->markup, hi);
    hi = trimmed_hi(r, lo, hi);
    r->markup = hi;
    if (lo == hi || r->table != BLOCK_NONE) return;
    uint32_t index = block_open(r->w, BLOCK_HTML, r->parent, 0, source_span(r, lo, hi));
    if (index == BLOCK_NONE) return;
    put(r, RUN_PLAIN, 0, lo, hi, true);
    if (!r->b->failed) leaf_close(r->b, index);
}

/* A leaf of text [lo, hi) under `parent`. */
static void leaf_build(reader *r, enum block_kind kind, uint32_t parent, uint32_t lo, uint32_t hi, uint16_t flags) {
    builder *b = r->b;
    leaf_start from = leaf_starts(b);
    span where = lo < hi ? source_span(r, lo, hi) : (span){source_behind(r, lo), source_behind(r, lo)};
    uint32_t index = block_open(r->w, kind, parent, flags, where);
    if (index == BLOCK_NONE) return;
    if (kind == BLOCK_HEADING) b->blocks.at[index].level = r->level;
    if (kind == BLOCK_CELL) b->blocks.at[index].number = r->cells;
    put_text(r, lo, hi, kind != BLOCK_CODE ? MODE_TEXT : flags & BLOCK_FENCED ? MODE_FENCE : MODE_PRE);
    if (b->failed) return;
    if (kind == BLOCK_CODE)
        unseen_drop(b, from, false);
    else if (b->n > from.text)
        leaf_read(b, index, from);
    if (!b->failed) leaf_close(b, index);
}

static void text_build(reader *r, uint32_t lo, uint32_t hi) {
    hi = trimmed_hi(r, lo, hi);
    if (lo == hi) return;
    table_close(r);
    markup_close(r, lo);
    leaf_build(r, r->level ? BLOCK_HEADING : BLOCK_PARAGRAPH, r->parent, lo, hi, r->quotes ? BLOCK_IN_QUOTE : 0);
    r->markup = hi;
}

/* ---- tables ----------------------------------------------------------------------------------------------------- */

static void row_close(reader *r) {
    builder *b = r->b;
    if (r->row == BLOCK_NONE) return;
    container_close(b, r->row);
    if (r->rows == 0 && r->heads && r->heads == r->cells)
        for (uint32_t i = r->row; i < b->blocks.n; i++) b->blocks.at[i].flags |= BLOCK_HEADER_ROW;
    r->row = BLOCK_NONE;
    r->w->depth--;
    r->rows++;
}

static void table_close(reader *r) {
    if (r->table == BLOCK_NONE) return;
    row_close(r);
    container_close(r->b, r->table);
    r->table = BLOCK_NONE;
    r->in_table = false;
    r->w->depth--;
}

static bool row_open(reader *r, uint32_t at, uint32_t end) {
    span where = source_span(r, at, end);
    if (r->table == BLOCK_NONE) {
        markup_close(r, at);
        r->table = block_open(r->w, BLOCK_TABLE, r->parent, r->quotes ? BLOCK_IN_QUOTE : 0, where);
        r->rows = 0;
        r->w->depth++;
    }
    row_close(r);
    if (r->table == BLOCK_NONE) return false;
    r->row = block_open(r->w, BLOCK_ROW, r->table, 0, where);
    if (r->row == BLOCK_NONE) return false;
    r->b->blocks.at[r->row].number = r->rows;
    r->cells = r->heads = 0;
    r->w->depth++;
    return true;
}

static void cell_build(reader *r, uint32_t lo, uint32_t hi) {
    lo = trimmed_lo(r, lo, hi);
    leaf_build(r, BLOCK_CELL, r->row, lo, trimmed_hi(r, lo, hi), 0);
    r->cells++;
    r->heads += r->head;
    r->in_cell = false;
    r->markup = hi;
}

/* ---- the walk --------------------------------------------------------------------------------------------------- */

/* Behind the closing tag of `name`, or the end: what is open to the end hides all of it. */
static uint32_t element_end(const reader *r, uint32_t at, str name, uint32_t *inside_hi) {
    for (ptrdiff_t i = at; (i = str_find(r->s, STR("</"), i)) >= 0; i++) {
        if (!str_eq_nocase(str_slice(r->s, i + 2, i + 2 + name.n), name)) continue;
        ptrdiff_t end = str_find_byte(r->s, '>', i);
        *inside_hi = (uint32_t)i;
        return (uint32_t)(end < 0 ? r->s.n : end + 1);
    }
    *inside_hi = (uint32_t)r->s.n;
    return (uint32_t)r->s.n;
}

/* Whether a fence stands at `at`, the first text of a line: then its lines [*lo, *hi) and the offset behind it. */
static uint32_t fence_at(const reader *r, uint32_t at, uint32_t *lo, uint32_t *hi) {
    str s = r->s, mark = str_slice(s, at, at + 3);
    if (!str_eq(mark, STR("```")) && !str_eq(mark, STR("~~~"))) return 0;
    ptrdiff_t line_end = str_find_byte(s, '\n', at);
    if (line_end < 0) return 0;
    *lo = *hi = (uint32_t)line_end + 1;
    for (ptrdiff_t i = line_end + 1; i < s.n;) {
        ptrdiff_t end = str_find_byte(s, '\n', i);
        if (end < 0) end = s.n;
        *hi = (uint32_t)i;
        if (str_starts(str_trim(str_slice(s, i, end)), mark)) return (uint32_t)end;
        i = end + 1;
        *hi = (uint32_t)(i < s.n ? i : s.n);
    }
    return (uint32_t)s.n;
}

/* Lines [lo, hi) of code inside [at, behind). */
static void code_build(reader *r, uint32_t at, uint32_t lo, uint32_t hi, uint32_t behind, uint16_t flags) {
    uint32_t info = at + 3, index;
    table_close(r);
    markup_close(r, at);
    while (hi > lo && (r->s.p[hi - 1] == '\n' || r->s.p[hi - 1] == '\r')) hi--;
    while (lo < hi && (r->s.p[lo] == '\n' || r->s.p[lo] == '\r')) lo++;
    r->markup = behind;
    index = (uint32_t)r->b->blocks.n;
    if (lo < hi) leaf_build(r, BLOCK_CODE, r->parent, lo, hi, flags);
    if (r->b->failed || index == r->b->blocks.n) return;
    block *code = &r->b->blocks.at[index];
    code->where = source_span(r, at, trimmed_hi(r, at, behind));
    uint32_t line = info;
    while (flags & BLOCK_FENCED && line < lo && r->s.p[line] != '\n') line++;
    info = trimmed_lo(r, info, line);
    if (flags & BLOCK_FENCED && info < line) code->info = source_span(r, info, trimmed_hi(r, info, line));
}

/* A tag that is no part of a line; returns the offset behind what it hides or holds. */
static uint32_t block_tag(reader *r, const html_tag *tag, uint32_t at) {
    uint32_t behind = at + tag->length, inside;
    if (tag->is & (HTML_HIDDEN | HTML_PRE) && !tag->closes && !tag->empty) {
        uint32_t end = element_end(r, behind, tag->name, &inside);
        if (tag->is & HTML_PRE) code_build(r, at, behind, inside, end, r->quotes ? BLOCK_IN_QUOTE : 0);
        return end;
    }
    if (tag->is & HTML_QUOTE) r->quotes = tag->closes ? r->quotes - (r->quotes > 0) : r->quotes + 1;
    if (tag->level) r->level = tag->closes ? 0 : tag->level;
    if (tag->is & HTML_TABLE) {
        table_close(r);
        r->in_table = !tag->closes;
    }
    if (tag->is & HTML_ROW) {
        if (tag->closes)
            row_close(r);
        else if (r->in_table)
            (void)row_open(r, at, behind);
    }
    if (tag->is & HTML_CELL && r->row != BLOCK_NONE && !tag->closes && !tag->empty) {
        r->in_cell = true;
        r->head = (tag->is & HTML_HEAD) != 0;
    }
    return behind;
}

static html_tag tag_at(reader *r, uint32_t at) {
    html_tag tag = {0};
    if (at >= r->tags_end || r->s.p[at] != '<') return tag;
    tag = html_tag_read(r->s, at);
    if (tag.unended) r->tags_end = at;
    return tag;
}

/* Up to the next tag that ends a paragraph or a cell. */
static uint32_t line_end_of(reader *r, uint32_t at, html_tag *stop) {
    if (r->fence < (ptrdiff_t)at) {
        r->fence = str_find(r->s, STR("\n```"), at);
        if (r->fence < 0) r->fence = r->s.n;
    }
    uint32_t n = (uint32_t)(r->in_cell ? r->s.n : r->fence);
    *stop = (html_tag){0};
    while (at < n) {
        const uint8_t *next = memchr(r->s.p + at, '<', n - at);
        if (!next) break;
        at = (uint32_t)(next - r->s.p);
        *stop = tag_at(r, at);
        static const uint16_t of_cell = HTML_CELL | HTML_ROW | HTML_TABLE;
        bool ends = r->in_cell ? (stop->is & of_cell) != 0 : !(stop->is & (HTML_INLINE | HTML_COMMENT));
        if (stop->length && ends) return at;
        at += stop->length ? stop->length : 1;
    }
    *stop = (html_tag){0};
    return n > at ? n : at;
}

static void walk(reader *r) {
    uint32_t n = (uint32_t)r->s.n;
    for (uint32_t at = 0; at < n && !r->b->failed;) {
        html_tag tag, stop;
        if (r->in_cell) {
            uint32_t end = line_end_of(r, at, &stop);
            cell_build(r, at, end);
            at = end;
            continue;
        }
        if (is_markup_space(r->s.p[at])) {
            at++;
            continue;
        }
        tag = tag_at(r, at);
        if (tag.length && (!(tag.is & HTML_CODE) || tag.closes)) { /* "<code>" begins a text */
            if (tag.hides) html_tag_report(r->b, &tag, source_span(r, at, at + tag.length));
            if (tag.is & HTML_STRUCK) r->struck = !tag.closes;
            at = tag.is & (HTML_INLINE | HTML_COMMENT) ? at + tag.length : block_tag(r, &tag, at);
            continue;
        }
        uint32_t lo, hi, behind = fence_at(r, at, &lo, &hi);
        if (behind) {
            code_build(r, at, lo, hi, behind, (uint16_t)(BLOCK_FENCED | (r->quotes ? BLOCK_IN_QUOTE : 0)));
            at = behind;
            continue;
        }
        uint32_t end = line_end_of(r, at, &stop);
        text_build(r, at, end);
        at = end;
    }
    table_close(r);
    markup_close(r, n);
}

void html_build(build *w, uint32_t parent, span where, leaf_start from) {
    builder *b = w->b;
    size_t n = b->n - from.text, count = b->runs.n - from.run;
    uint8_t *text = ARENA_ARRAY(b->a, uint8_t, n + 1);
    run *runs = ARENA_ARRAY(b->a, run, count + 1);
    if (!text || !runs) {
        b->failed = true;
        return;
    }
    if (n == 0 || count == 0) {
        uint32_t index = block_open(w, BLOCK_HTML, parent, 0, where);
        if (index != BLOCK_NONE) leaf_close(b, index);
        return;
    }
    memcpy(text, b->text + from.text, n);
    for (size_t i = 0; i < count; i++) {
        runs[i] = b->runs.at[from.run + i];
        runs[i].text_lo -= from.text, runs[i].text_hi -= from.text;
    }
    b->n = from.text;
    b->runs.n = from.run;
    reader r = {.w = w,
                .b = b,
                .parent = parent,
                .s = str_make(text, n),
                .runs = runs,
                .run_count = count,
                .tags_end = UINT32_MAX,
                .fence = -1,
                .table = BLOCK_NONE,
                .row = BLOCK_NONE};
    walk(&r);
}
