/* measure_raw.c - the published ruler's own way of counting, over raw text.
 *
 * In: source bytes. Out: body, words, diversity, burstiness, exactly as that ruler did it: frontmatter is there if the
 * first line and a later one are `---`; words are pieces between white space; diversity is 100 × distinct lower-cased
 * pieces ÷ pieces; burstiness deletes paired fences and heading lines, cuts at [.!?] before white space, drops empty
 * pieces and takes the sample standard deviation of words a piece. It parses no Markdown, on purpose.
 */
#include "signals/measure.h"

#include <math.h>

static ptrdiff_t line_end(str s, ptrdiff_t at) {
    ptrdiff_t end = str_find_byte(s, '\n', at);
    return end < 0 ? s.n : end;
}

static bool is_fence_line(str source, ptrdiff_t lo, ptrdiff_t hi) {
    while (hi > lo && byte_is_space(source.p[hi - 1])) hi--;
    return hi - lo == 3 && memcmp(source.p + lo, "---", 3) == 0;
}

str raw_body_of(str source, bool *frontmatter) {
    ptrdiff_t first = str_starts(source, STR("\xef\xbb\xbf")) ? 3 : 0;
    ptrdiff_t end = line_end(source, first);
    *frontmatter = false;
    if (!is_fence_line(source, first, end)) return source;
    for (ptrdiff_t at = end + 1; at < source.n; at = end + 1) {
        end = line_end(source, at);
        if (!is_fence_line(source, at, end)) continue;
        *frontmatter = true;
        return str_slice(source, end < source.n ? end + 1 : end, source.n);
    }
    return source;
}

/* The next piece between white space from *at on; false at the end. */
static bool next_piece(str text, ptrdiff_t *at, str *piece) {
    ptrdiff_t lo = *at;
    while (lo < text.n && byte_is_space(text.p[lo])) lo++;
    ptrdiff_t hi = lo;
    while (hi < text.n && !byte_is_space(text.p[hi])) hi++;
    *at = hi;
    *piece = str_slice(text, lo, hi);
    return hi > lo;
}

uint32_t raw_words(str body) {
    uint32_t n = 0;
    str piece;
    for (ptrdiff_t at = 0; next_piece(body, &at, &piece);) n++;
    return n;
}

int measure_raw_diversity(measuring *m, const signal_rule *rule, tally *t) {
    (void)rule;
    uint32_t words = raw_words(m->raw_body), distinct = 0;
    size_t slots = 16;
    while (slots < (size_t)words * 2) slots *= 2;
    str *table = ARENA_ARRAY(m->a, str, slots), piece;
    if (!table) return measure_no_memory(m);
    for (ptrdiff_t at = 0; next_piece(m->raw_body, &at, &piece);) {
        size_t slot = (size_t)str_hash_nocase(piece) & (slots - 1);
        while (table[slot].p && !str_eq_nocase(table[slot], piece)) slot = (slot + 1) & (slots - 1);
        if (table[slot].p) continue;
        table[slot] = piece;
        distinct++;
    }
    t->stated = true;
    t->value = t->paid = words ? 100.0 * distinct / words : 0;
    return ERROR_NONE;
}

/* Marks what the ruler deleted: everything from one run of three backquotes through the next one. */
static void delete_fences(str body, uint8_t *deleted) {
    ptrdiff_t at = 0;
    for (;;) {
        ptrdiff_t open = str_find(body, STR("```"), at);
        ptrdiff_t close = open < 0 ? -1 : str_find(body, STR("```"), open + 3);
        if (close < 0) return;
        memset(deleted + open, 1, (size_t)(close + 3 - open));
        at = close + 3;
    }
}

/* The rest without fences, then without heading lines (at most three spaces, then '#'). */
static bool plain_text(const measuring *m, str *out) {
    str body = m->raw_body;
    uint8_t *deleted = ARENA_ARRAY(m->a, uint8_t, (size_t)body.n), *text = ARENA_ARRAY(m->a, uint8_t, (size_t)body.n);
    if (!deleted || !text) return false;
    delete_fences(body, deleted);
    size_t n = 0, kept = 0;
    for (ptrdiff_t i = 0; i < body.n; i++)
        if (!deleted[i]) text[n++] = body.p[i];
    str rest = str_make(text, n);
    for (ptrdiff_t at = 0; at < rest.n;) {
        ptrdiff_t end = line_end(rest, at), mark = at;
        while (mark < end && mark < at + 3 && rest.p[mark] == ' ') mark++;
        ptrdiff_t next = end < rest.n ? end + 1 : end;
        if (mark < end && rest.p[mark] == '#') {
            text[kept++] = '\n';
        } else {
            memmove(text + kept, rest.p + at, (size_t)(next - at));
            kept += (size_t)(next - at);
        }
        at = next;
    }
    *out = str_make(text, kept);
    return true;
}

int measure_raw_sentence_stddev(measuring *m, const signal_rule *rule, tally *t) {
    (void)rule;
    str text;
    if (!plain_text(m, &text)) return measure_no_memory(m);
    double n = 0, mean = 0, m2 = 0; /* Welford's running sums */
    for (ptrdiff_t lo = 0; lo <= text.n;) {
        ptrdiff_t hi = lo;
        while (hi < text.n && !((text.p[hi] == '.' || text.p[hi] == '!' || text.p[hi] == '?') && hi + 1 < text.n &&
                                byte_is_space(text.p[hi + 1])))
            hi++;
        double words = raw_words(str_slice(text, lo, hi));
        lo = hi + 2;
        if (words <= 0) continue;
        n += 1;
        double delta = words - mean;
        mean += delta / n;
        m2 += delta * (words - mean);
    }
    t->stated = true;
    t->value = t->paid = n > 1 ? sqrt(m2 / (n - 1)) : 0;
    return ERROR_NONE;
}
