/* origin.c - where a leaf's content string stands in the source.
 *
 * In: the content string that cmark-gfm keeps for a leaf, and the line on which it should begin. Out: b->origins.
 *
 *     source   > a `b            content   a `b\nc` d      origins   {0, 2} {5, 9}
 *              > c` d
 *
 * Every line of a content string is the end of a source line: what is cut off are the containers' prefixes. So it is
 * laid there and compared. Two exceptions: table cells, in which "\|" became "|", and a lazy line's tab, half of which
 * was indentation and half of which became spaces (b->loose then says that bytes must be compared before they are
 * copied).
 */
#include "article/blocks.h"

/* Source bytes of the line that cmark-gfm numbers `line`, its end excluded; empty beyond the body. */
span origin_line(const build *w, int line) {
    const line_table *t = &w->b->out->lines;
    span body = w->b->out->body;
    int64_t index = (int64_t)w->first_line + line - w->shift - 1;
    if (index < (int64_t)w->first_line || index >= (int64_t)t->count || t->starts[index] >= body.hi)
        return (span){body.hi, body.hi};
    uint32_t lo = t->starts[index], hi = (uint32_t)index + 1 < t->count ? t->starts[index + 1] : body.hi;
    if (lo < body.lo) lo = body.lo;
    if (hi > body.hi) hi = body.hi;
    const uint8_t *p = w->b->out->source.p;
    while (hi > lo && (p[hi - 1] == '\n' || p[hi - 1] == '\r')) hi--;
    return (span){lo, hi};
}

uint32_t origin_column(const build *w, int line, int column) {
    span s = origin_line(w, line);
    uint32_t at = s.lo + (column > 1 ? (uint32_t)column - 1 : 0);
    return at < s.hi ? at : s.hi;
}

uint32_t content_line_length(const uint8_t *p, uint32_t n) {
    const uint8_t *end = n ? memchr(p, '\n', n) : NULL;
    return end ? (uint32_t)(end - p) : n;
}

static bool ends_with(const builder *b, span line, const uint8_t *p, uint32_t length) {
    return length <= line.hi - line.lo && memcmp(p, b->clean.p + line.hi - length, length) == 0;
}

/* Lays the content's lines on source lines from `line` on: each must be the end of its source line. `*behind` is the
 * number of the line behind the last. */
bool origin_lay_lines(build *w, const uint8_t *p, uint32_t n, int line, int *behind) {
    builder *b = w->b;
    b->origins.n = 0;
    b->loose = false;
    for (uint32_t at = 0; at < n; line++) {
        uint32_t length = content_line_length(p + at, n - at);
        span s = origin_line(w, line);
        uint32_t half_tab = 0; /* a lazy line's tab, half of which was indentation, became spaces */
        while (!ends_with(b, s, p + at, length))
            if (half_tab == 3 || length == 0 || p[at] != ' ')
                return false;
            else
                half_tab++, at++, length--;
        if (half_tab && !PUSH(b, origins, (origin){at - half_tab, s.hi - length})) return false;
        b->loose |= half_tab > 0;
        if (!PUSH(b, origins, (origin){at, s.hi - length})) return false;
        at += length + 1;
    }
    *behind = line;
    return true;
}

/* Lays one line of content, in which "\|" became "|", on the end of the source bytes `s` (trailing space excluded). */
bool origin_lay_unescaped(builder *b, const uint8_t *p, uint32_t lo, uint32_t hi, span s, uint32_t *first) {
    const uint8_t *source = b->clean.p;
    uint32_t i = hi, j = s.hi;
    while (j > s.lo && is_markup_space(source[j - 1])) j--;
    while (i > lo && j > s.lo && p[i - 1] == source[j - 1]) {
        if (source[j - 1] == '|' && j - 1 > s.lo && source[j - 2] == '\\') j--;
        i--, j--;
    }
    if (i > lo) return false;
    *first = j;
    if (lo == hi) return true;
    if (source[j] == '\\' && j + 1 < s.hi && source[j + 1] == '|') j++;
    if (!PUSH(b, origins, (origin){lo, j})) return false;
    for (; i < hi; i++, j++) {
        if (source[j] != '\\' || i == lo || j + 1 >= s.hi || source[j + 1] != '|' || p[i] != '|') continue;
        if (!PUSH(b, origins, (origin){i, ++j})) return false;
    }
    return true;
}

int content_line_count(const uint8_t *p, uint32_t n) {
    int count = 0;
    for (uint32_t at = 0; at < n; at += content_line_length(p + at, n - at) + 1) count++;
    return count;
}
