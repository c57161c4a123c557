/* unseen.c - what no reader sees is not in the text: comments, characters without a shape, a blank beside a blank.
 *
 * In: the text and runs of one leaf, just written. Out: the same without the bytes of comments that the parser took for
 * text, and without soft hyphens, zero-width spaces, joiners and the like, and with one blank where several stood; the
 * comments are collected.
 *
 *     source  24&#8203; co&shy;res<!-- 42 GB -- said nobody -->
 *     text    24 cores
 *
 * A run is cut where bytes are taken out of it, so a PLAIN run still is its source bytes, and the source span of a word
 * that such a character divides runs over it, as over other markup.
 */
#include "article/internal.h"
#include "base/eight.h"

/* ---- taking bytes out again ------------------------------------------------------------------------------------- */

/* Ranges of text, in order and apart, and how much of the text stands in those before each. */
typedef struct cuts {
    VEC(text_range) at;
    uint32_t *before;
} cuts;

/* Where text offset `at` lies once the ranges are gone. */
static uint32_t place_after(const cuts *c, uint32_t at) {
    size_t lo = 0, hi = c->at.n;
    while (lo < hi) { /* the first range that ends behind it */
        size_t middle = lo + (hi - lo) / 2;
        if (c->at.at[middle].hi <= at)
            lo = middle + 1;
        else
            hi = middle;
    }
    if (lo == c->at.n) {
        text_range last = c->at.at[lo - 1];
        return at - (c->before[lo - 1] + (last.hi - last.lo));
    }
    uint32_t inside = at > c->at.at[lo].lo ? at - c->at.at[lo].lo : 0;
    return at - c->before[lo] - inside;
}

/* Pushes what is left of a run; `*next` is the first range that may touch it. */
static void run_cut(builder *b, const cuts *c, run r, size_t *next) {
    while (*next < c->at.n && c->at.at[*next].hi <= r.text_lo) ++*next;
    if (r.kind > RUN_AUTOLINK || r.replaced) { /* it stands for its source as a whole */
        r.text_lo = place_after(c, r.text_lo);
        r.text_hi = place_after(c, r.text_hi);
        if (r.text_hi > r.text_lo) (void)PUSH(b, runs, r);
        return;
    }
    uint32_t at = r.text_lo;
    for (size_t i = *next; at < r.text_hi; i++) {
        bool cut = i < c->at.n && c->at.at[i].lo < r.text_hi;
        uint32_t stop = cut ? c->at.at[i].lo : r.text_hi;
        if (stop > at) {
            run piece = r;
            piece.text_lo = place_after(c, at);
            piece.text_hi = piece.text_lo + (stop - at);
            piece.source_lo = r.source_lo + (at - r.text_lo);
            piece.source_hi = piece.source_lo + (stop - at);
            (void)PUSH(b, runs, piece);
        }
        at = cut ? c->at.at[i].hi : r.text_hi;
    }
}

static void take_out(builder *b, leaf_start from, cuts *c) {
    size_t count = b->runs.n - from.run;
    run *old = ARENA_ARRAY(b->a, run, count + 1);
    c->before = ARENA_ARRAY(b->a, uint32_t, c->at.n);
    if (!old || !c->before) {
        b->failed = true;
        return;
    }
    uint32_t sum = 0, to = c->at.at[0].lo;
    for (size_t i = 0; i < c->at.n; i++) {
        uint32_t hi = c->at.at[i].hi, next = i + 1 < c->at.n ? c->at.at[i + 1].lo : (uint32_t)b->n;
        c->before[i] = sum;
        sum += hi - c->at.at[i].lo;
        memmove(b->text + to, b->text + hi, next - hi);
        memmove(b->prose + to, b->prose + hi, next - hi);
        to += next - hi;
    }
    b->n = to;
    memcpy(old, b->runs.at + from.run, count * sizeof *old);
    b->runs.n = from.run;
    for (size_t k = 0, next = 0; k < count && !b->failed; k++) run_cut(b, c, old[k], &next);
    for (size_t k = from.link; k < b->links.n; k++) {
        text_range *text = &b->links.at[k].text;
        *text = (text_range){place_after(c, text->lo), place_after(c, text->hi)};
    }
}

/* ---- comments --------------------------------------------------------------------------------------------------- */

/* Source byte of a text byte that stands in a plain run of the leaf; false for code, escapes and the like. */
static bool plain_source(const builder *b, leaf_start from, uint32_t at, uint32_t *source) {
    size_t lo = from.run, hi = b->runs.n;
    while (lo < hi) {
        size_t middle = lo + (hi - lo) / 2;
        if (b->runs.at[middle].text_hi <= at)
            lo = middle + 1;
        else
            hi = middle;
    }
    const run *r = lo < b->runs.n ? &b->runs.at[lo] : NULL;
    if (!r || r->kind != RUN_PLAIN || at < r->text_lo) return false;
    *source = r->source_lo + (at - r->text_lo);
    return true;
}

/* The next opening and the next end of one kind of comment, as offsets into the leaf; -1 where there is none. Both move
 * onward only. */
typedef struct comment_mark {
    str open, close;
    ptrdiff_t at, end;
} comment_mark;

static void mark_move(comment_mark *m, str s, ptrdiff_t done) {
    if (m->at >= 0 && m->at < done) m->at = str_find(s, m->open, done);
    if (m->at >= 0 && m->end >= 0 && m->end < m->at + m->open.n) m->end = str_find(s, m->close, m->at + m->open.n);
    if (m->end < 0) m->at = -1;
}

/* "<!-- a -- b -->", which older CommonMark does not take for a comment, and MDX's braces. */
static void find_comments(builder *b, leaf_start from, cuts *c) {
    comment_mark marks[] = {{STR("<!--"), STR("-->"), 0, 0}, {STR("{/*"), STR("*/}"), 0, 0}};
    str s = str_make(b->text + from.text, b->n - from.text);
    for (size_t i = 0; i < COUNT_OF(marks); i++) marks[i].at = str_find(s, marks[i].open, 0);
    for (ptrdiff_t done = 0; !b->failed;) {
        const comment_mark *m = NULL;
        for (size_t i = 0; i < COUNT_OF(marks); i++) {
            mark_move(&marks[i], s, done);
            if (marks[i].at >= 0 && (!m || marks[i].at < m->at)) m = &marks[i];
        }
        if (!m) return;
        text_range all = {from.text + (uint32_t)m->at, from.text + (uint32_t)(m->end + m->close.n)};
        uint32_t first, last;
        done = m->at + 1;
        if (!plain_source(b, from, all.lo, &first) || !plain_source(b, from, all.hi - 1, &last)) continue;
        done = m->end + m->close.n;
        (void)PUSH(b, comments, (span){first, last + 1});
        if (!VEC_PUSH(b->a, &c->at, all)) b->failed = true;
    }
}

/* ---- characters without a shape --------------------------------------------------------------------------------- */

/* Length of the character at `p` when it draws nothing and is no space: default ignorable code points of Unicode (soft
 * hyphen, grapheme joiner, zero-width space and joiners, direction marks, word joiner, variation selectors, byte order
 * mark); 0 for all others. */
static uint32_t shapeless(const uint8_t *p, size_t n) {
    if (n >= 2 && ((p[0] == 0xc2 && p[1] == 0xad) || (p[0] == 0xcd && p[1] == 0x8f) || (p[0] == 0xd8 && p[1] == 0x9c)))
        return 2;
    if (n < 3) return 0;
    if (p[0] == 0xe2 && p[1] == 0x80) return (p[2] >= 0x8b && p[2] <= 0x8f) || (p[2] >= 0xaa && p[2] <= 0xae) ? 3 : 0;
    if (p[0] == 0xe2 && p[1] == 0x81) return p[2] >= 0xa0 && p[2] <= 0xaf ? 3 : 0;
    if (p[0] == 0xef) return (p[1] == 0xbb && p[2] == 0xbf) || (p[1] == 0xb8 && p[2] <= 0x8f) ? 3 : 0;
    return p[0] == 0xe1 && p[1] == 0xa0 && p[2] == 0x8e ? 3 : 0;
}

bool unseen_may_occur(str body) {
    if (str_find_byte(body, '&', 0) >= 0) return true;
    size_t n = (size_t)body.n;
    for (size_t i = 0; i < n; i++) {
        if (n - i >= 8 && eight_is_ascii(eight_load(body.p + i)))
            i += 7;
        else if (body.p[i] >= 0xc2 && shapeless(body.p + i, n - i))
            return true;
    }
    return false;
}

/* Between the comments found already, so that the ranges stay in order; and of blanks that then stand side by side all
 * but the first, since a reader sees one ("24 <!-- x --> cores"). Those of code stay. */
static void find_shapeless(builder *b, leaf_start from, cuts *c) {
    cuts all = {0};
    size_t next = 0;
    bool blank = false; /* the byte that was kept last is a blank */
    for (uint32_t at = from.text; at < b->n && !b->failed;) {
        uint32_t length = 0;
        bool here = b->prose[at] == ' ';
        if (next < c->at.n && at >= c->at.at[next].lo)
            length = c->at.at[next++].hi - at;
        else if (here && blank)
            length = 1;
        else if (b->text[at] >= 0xc2)
            length = shapeless(b->text + at, b->n - at);
        if (length && !VEC_PUSH(b->a, &all.at, (text_range){at, at + length})) b->failed = true;
        if (!length) blank = here;
        at += length ? length : 1;
    }
    *c = all;
}

/* Is there anything to do in the leaf: two blanks side by side, or a byte that may begin a character without a shape?
 * Eight bytes at a time; the last byte of eight and the first of the next are looked at with the next. */
static bool needs_shaping(const builder *b, leaf_start from) {
    const uint64_t each = 0x0101010101010101u, high = each * 0x80;
    const uint8_t *prose = b->prose + from.text, *text = b->text + from.text;
    size_t n = b->n - from.text, i = 0;
    for (uint64_t eight, bytes; i + 8 < n; i += 7) {
        memcpy(&eight, prose + i, 8);
        memcpy(&bytes, text + i, 8);
        uint64_t differ = eight ^ each * ' ';
        uint64_t blanks =
            ~(((differ & ~high) + (each * 0x7f)) | differ) & high; /* exact: bit 7 where the byte is ' ' */
        if (blanks & blanks >> 8 || (b->has_shapeless && bytes & high)) return true;
    }
    for (; i < n; i++)
        if ((prose[i] == ' ' && i + 1 < n && prose[i + 1] == ' ') || (b->has_shapeless && text[i] >= 0xc2)) return true;
    return false;
}

void unseen_drop(builder *b, leaf_start from, bool comments) {
    cuts c = {0};
    if (b->failed || from.run >= b->runs.n) return;
    if (comments && b->has_comment) find_comments(b, from, &c);
    if (c.at.n || needs_shaping(b, from)) find_shapeless(b, from, &c);
    if (c.at.n && !b->failed) take_out(b, from, &c);
}
