/* utf8.c - RFC 3629 decoding, and offsets to lines and columns. In: bytes. Out: code points, places. */
#include "base/utf8.h"

#include "base/eight.h"

ptrdiff_t utf8_decode(str s, ptrdiff_t at, uint32_t *code) {
    const uint8_t *p = s.p + at;
    ptrdiff_t left = s.n - at;
    uint8_t c = p[0];
    if (c < 0x80) {
        *code = c;
        return 1;
    }
    if (c >= 0xc2 && c < 0xe0 && left >= 2 && (p[1] & 0xc0) == 0x80) {
        *code = (uint32_t)(c & 0x1f) << 6 | (uint32_t)(p[1] & 0x3f);
        return 2;
    }
    if (c >= 0xe0 && c < 0xf0 && left >= 3 && (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80) {
        uint32_t v = (uint32_t)(c & 0x0f) << 12 | (uint32_t)(p[1] & 0x3f) << 6 | (uint32_t)(p[2] & 0x3f);
        if (v >= 0x800 && (v < 0xd800 || v > 0xdfff)) {
            *code = v;
            return 3;
        }
    }
    if (c >= 0xf0 && c < 0xf5 && left >= 4 && (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80 && (p[3] & 0xc0) == 0x80) {
        uint32_t v = (uint32_t)(c & 0x07) << 18 | (uint32_t)(p[1] & 0x3f) << 12 | (uint32_t)(p[2] & 0x3f) << 6 |
                     (uint32_t)(p[3] & 0x3f);
        if (v >= 0x10000 && v <= 0x10ffff) {
            *code = v;
            return 4;
        }
    }
    *code = UTF8_INVALID;
    return 1;
}

ptrdiff_t utf8_encode(uint32_t code, uint8_t *out) {
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) code = 0xfffd;
    if (code < 0x80) {
        out[0] = (uint8_t)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (uint8_t)(0xc0 | code >> 6);
        out[1] = (uint8_t)(0x80 | (code & 0x3f));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (uint8_t)(0xe0 | code >> 12);
        out[1] = (uint8_t)(0x80 | (code >> 6 & 0x3f));
        out[2] = (uint8_t)(0x80 | (code & 0x3f));
        return 3;
    }
    out[0] = (uint8_t)(0xf0 | code >> 18);
    out[1] = (uint8_t)(0x80 | (code >> 12 & 0x3f));
    out[2] = (uint8_t)(0x80 | (code >> 6 & 0x3f));
    out[3] = (uint8_t)(0x80 | (code & 0x3f));
    return 4;
}

ptrdiff_t utf8_find_invalid(str s) {
    for (ptrdiff_t i = 0; i < s.n;) {
        if (s.n - i >= 8 && eight_is_ascii(eight_load(s.p + i))) {
            i += 8;
            continue;
        }
        uint32_t code;
        ptrdiff_t step = utf8_decode(s, i, &code);
        if (code == UTF8_INVALID) return i;
        i += step;
    }
    return -1;
}

bool utf8_is_blank(str s) {
    for (ptrdiff_t at = 0; at < s.n;) {
        uint32_t c;
        at += utf8_decode(s, at, &c);
        bool space = c <= ' ' || (c >= 0x7f && c <= 0xa0) || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) ||
                     c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
        if (!space) return false;
    }
    return true;
}

size_t utf8_count(str s) {
    size_t count = 0;
    for (ptrdiff_t i = 0; i < s.n; count++) {
        uint32_t code;
        i += utf8_decode(s, i, &code);
    }
    return count;
}

/* Offset behind the next line's end at or after `at`, -1 when there is none. Lone CRs are rare: without any, memchr
 * alone finds the ends. */
static ptrdiff_t line_end(str text, ptrdiff_t at, bool has_cr) {
    if (!has_cr) {
        ptrdiff_t hit = str_find_byte(text, '\n', at);
        return hit < 0 ? -1 : hit + 1;
    }
    for (; at < text.n; at++)
        if (text.p[at] == '\n' || (text.p[at] == '\r' && (at + 1 == text.n || text.p[at + 1] != '\n'))) return at + 1;
    return -1;
}

enum { LONG_LINE_BYTES = 4096, MARK_EVERY_BYTES = 1024 };

static bool has_long_line(str text, const uint32_t *starts, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        if ((i + 1 < count ? starts[i + 1] : (uint32_t)text.n) - starts[i] > LONG_LINE_BYTES) return true;
    return false;
}

static bool add_marks(arena *a, line_table *t) {
    line_mark *marks = ARENA_ARRAY(a, line_mark, (size_t)t->text.n / MARK_EVERY_BYTES + 1);
    if (!marks) return false;
    uint32_t codes = 0, n = 0;
    for (ptrdiff_t at = 0; at < t->text.n; codes++) {
        uint32_t code;
        if (at >= (ptrdiff_t)n * MARK_EVERY_BYTES) marks[n++] = (line_mark){(uint32_t)at, codes};
        at += utf8_decode(t->text, at, &code);
    }
    t->marks = marks;
    t->mark_count = n;
    return true;
}

/* Code points before `offset`. */
static uint32_t codes_before(const line_table *t, uint32_t offset) {
    uint32_t i = offset / MARK_EVERY_BYTES;
    if (i >= t->mark_count) i = t->mark_count - 1;
    if (t->marks[i].offset > offset) i--; /* a mark lies up to three bytes behind its place */
    return t->marks[i].codes + (uint32_t)utf8_count(str_slice(t->text, t->marks[i].offset, offset));
}

static line_table make(arena *a, str text, bool has_cr) {
    uint32_t count = 1, line = 1;
    for (ptrdiff_t at = 0; (at = line_end(text, at, has_cr)) >= 0;) count++;
    uint32_t *starts = ARENA_ARRAY(a, uint32_t, count);
    if (!starts) return (line_table){.text = text, .first_line = 1};
    for (ptrdiff_t at = 0; (at = line_end(text, at, has_cr)) >= 0;) starts[line++] = (uint32_t)at;
    line_table t = {.text = text, .starts = starts, .count = count, .first_line = 1};
    if (has_long_line(text, starts, count) && !add_marks(a, &t)) t.count = 0;
    return t;
}

line_table line_table_make(arena *a, str text) { return make(a, text, str_find_byte(text, '\r', 0) >= 0); }

line_table line_table_make_numbered(arena *a, str text) { return make(a, text, false); }

uint32_t line_table_index(const line_table *t, uint32_t offset) {
    uint32_t lo = 0, hi = t->count;
    while (hi - lo > 1) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (t->starts[mid] <= offset)
            lo = mid;
        else
            hi = mid;
    }
    return lo;
}

place line_table_place(const line_table *t, uint32_t offset) {
    if (t->count == 0) return (place){0, 0};
    if ((ptrdiff_t)offset > t->text.n) offset = (uint32_t)t->text.n;
    uint32_t lo = line_table_index(t, offset);
    str before = str_slice(t->text, (ptrdiff_t)t->starts[lo], (ptrdiff_t)offset);
    /* A byte order mark at the start of the text takes no column. */
    if (lo == 0 && str_starts(before, STR("\xef\xbb\xbf"))) before = str_slice(before, 3, before.n);
    if (t->marks && before.n > MARK_EVERY_BYTES)
        return (place){lo + t->first_line,
                       codes_before(t, offset) - codes_before(t, (uint32_t)(before.p - t->text.p)) + 1};
    return (place){lo + t->first_line, (uint32_t)utf8_count(before) + 1};
}

str line_table_line(const line_table *t, uint32_t line) {
    if (line < t->first_line || line - t->first_line >= t->count) return (str){t->text.p, 0};
    uint32_t i = line - t->first_line;
    ptrdiff_t hi = i + 1 < t->count ? (ptrdiff_t)t->starts[i + 1] : t->text.n;
    str s = str_slice(t->text, (ptrdiff_t)t->starts[i], hi);
    while (s.n > 0 && (s.p[s.n - 1] == '\n' || s.p[s.n - 1] == '\r')) s.n--;
    return s;
}
