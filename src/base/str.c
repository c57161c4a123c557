/* str.c - what string views can do beyond their header.
 *
 * In: views. Out: views into the same bytes, numbers, orders. Nothing here allocates or reads a locale.
 */
#include "base/str.h"

#include "base/eight.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

int str_cmp(str a, str b) {
    size_t n = (size_t)(a.n < b.n ? a.n : b.n);
    int order = n ? memcmp(a.p, b.p, n) : 0;
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

bool str_eq_letters(str a, str b) {
    ptrdiff_t i = 0, k = 0;
    for (;;) {
        while (i < a.n && !byte_is_alnum(a.p[i])) i++;
        while (k < b.n && !byte_is_alnum(b.p[k])) k++;
        if (i >= a.n || k >= b.n) return i >= a.n && k >= b.n;
        if (byte_lower(a.p[i++]) != byte_lower(b.p[k++])) return false;
    }
}

int str_cmp_nocase(str a, str b) {
    ptrdiff_t n = a.n < b.n ? a.n : b.n;
    for (ptrdiff_t i = 0; i < n; i++) {
        int d = (int)byte_lower(a.p[i]) - (int)byte_lower(b.p[i]);
        if (d) return d;
    }
    return (a.n > b.n) - (a.n < b.n);
}

bool str_eq_nocase(str a, str b) { return a.n == b.n && str_cmp_nocase(a, b) == 0; }

/* Does `s` stand at byte `at` of the list, where a word may begin, and end with that word? */
static bool is_word_at(str s, const char *words, size_t at) {
    for (ptrdiff_t i = 0; i < s.n; i++) {
        uint8_t c = (uint8_t)words[at + (size_t)i];
        if (c == ' ' || byte_lower(c) != byte_lower(s.p[i])) return false;
    }
    return true;
}

static uint64_t eight_bytes(const char *at) {
    uint64_t x;
    memcpy(&x, at, sizeof x);
    return x;
}

/* Lists are asked word by word of every sentence that may hold a falsehood. So eight places of the list are looked at
 * together: a blank before it, the first letter, a blank where `s` would end. */
bool str_is_listed(str s, const char *words, size_t n) {
    const uint64_t each = 0x0101010101010101u, blanks = each * ' ';
    size_t k = 1, len = (size_t)s.n;
    if (!len || len > n) return false;
    if ((len == n || words[len] == ' ') && is_word_at(s, words, 0)) return true;
    if (len == n) return false;
    if (words[n - len - 1] == ' ' && is_word_at(s, words, n - len)) return true;
    uint64_t first = each * s.p[0], fold = byte_is_alpha(s.p[0]) ? each * 0xdf : ~(uint64_t)0;
    for (; k + len + 7 <= n; k += 8) {
        uint64_t differ = (eight_bytes(words + k - 1) ^ blanks) | (eight_bytes(words + k + len) ^ blanks) |
                          ((eight_bytes(words + k) ^ first) & fold);
        if (!((differ - each) & ~differ & each * 0x80)) continue; /* no byte of it is 0 */
        for (size_t at = k; at < k + 8; at++)
            if (words[at - 1] == ' ' && words[at + len] == ' ' && is_word_at(s, words, at)) return true;
    }
    for (; k + len < n; k++)
        if (words[k - 1] == ' ' && words[k + len] == ' ' && is_word_at(s, words, k)) return true;
    return false;
}

uint64_t str_shapes(const char *words) {
    uint64_t shapes = 0;
    for (const char *word = words, *end; *word; word = *end ? end + 1 : end) {
        for (end = word; *end && *end != ' ';) end++;
        shapes |= str_shape(str_make(word, (size_t)(end - word)));
    }
    return shapes;
}

enum { LISTS_BITS = 11 }; /* of some 3,000 lists in the program, an article needs a few hundred */

typedef struct known_list {
    const char *words; /* NULL = free */
    uint64_t shapes;
} known_list;

bool str_is_literal(str s, const char *words, size_t n) {
    static _Thread_local known_list known[1 << LISTS_BITS];
    known_list *k = &known[((uint64_t)(uintptr_t)words * 0x9e3779b97f4a7c15u) >> (64 - LISTS_BITS)];
    if (k->words != words) *k = (known_list){words, str_shapes(words)};
    return str_shape(s) & k->shapes && str_is_listed(s, words, n);
}

ptrdiff_t str_find_byte(str hay, uint8_t byte, ptrdiff_t from) {
    if (from < 0) from = 0;
    if (from >= hay.n) return -1;
    const uint8_t *hit = memchr(hay.p + from, byte, (size_t)(hay.n - from));
    return hit ? hit - hay.p : -1;
}

ptrdiff_t str_find(str hay, str needle, ptrdiff_t from) {
    if (from < 0) from = 0;
    if (needle.n == 0) return from <= hay.n ? from : -1;
    while (from + needle.n <= hay.n) {
        ptrdiff_t at = str_find_byte((str){hay.p, hay.n - needle.n + 1}, needle.p[0], from);
        if (at < 0) return -1;
        if (memcmp(hay.p + at, needle.p, (size_t)needle.n) == 0) return at;
        from = at + 1;
    }
    return -1;
}

str str_trim(str s) {
    while (s.n > 0 && byte_is_space(s.p[0])) s.p++, s.n--;
    while (s.n > 0 && byte_is_space(s.p[s.n - 1])) s.n--;
    return s;
}

bool str_cut(str *rest, uint8_t sep, str *piece) {
    if (!rest->p) return false;
    ptrdiff_t at = str_find_byte(*rest, sep, 0);
    if (at < 0) {
        *piece = *rest;
        *rest = (str){NULL, 0};
    } else {
        *piece = str_slice(*rest, 0, at);
        *rest = (str){rest->p + at + 1, rest->n - at - 1};
    }
    return true;
}

bool str_to_u64(str s, uint64_t *value) {
    if (s.n == 0) return false;
    uint64_t v = 0;
    for (ptrdiff_t i = 0; i < s.n; i++) {
        if (!byte_is_digit(s.p[i])) return false;
        unsigned digit = s.p[i] - '0';
        if (v > (UINT64_MAX - digit) / 10) return false;
        v = v * 10 + digit;
    }
    *value = v;
    return true;
}

bool str_to_i64(str s, int64_t *value) {
    bool negative = s.n > 0 && s.p[0] == '-';
    if (s.n > 0 && (s.p[0] == '-' || s.p[0] == '+')) s = str_slice(s, 1, s.n);
    uint64_t v;
    if (!str_to_u64(s, &v) || v > (uint64_t)INT64_MAX + negative) return false;
    *value = negative ? (int64_t)(0 - v) : (int64_t)v;
    return true;
}

bool str_to_f64(str s, double *value) {
    char digits[64];
    ptrdiff_t n = s.n, i = 0, mantissa = 0;
    if (n <= 0 || n >= (ptrdiff_t)sizeof digits) return false;
    if (s.p[i] == '+' || s.p[i] == '-') i++;
    for (; i < n && byte_is_digit(s.p[i]); i++) mantissa++;
    if (i < n && s.p[i] == '.')
        for (i++; i < n && byte_is_digit(s.p[i]); i++) mantissa++;
    if (mantissa == 0) return false;
    if (i < n && (s.p[i] | 0x20) == 'e') {
        i++;
        if (i < n && (s.p[i] == '+' || s.p[i] == '-')) i++;
        ptrdiff_t first = i;
        while (i < n && byte_is_digit(s.p[i])) i++;
        if (i == first) return false;
    }
    if (i != n) return false;
    memcpy(digits, s.p, (size_t)n);
    digits[n] = 0;
    /* strtod honours LC_NUMERIC: the program leaves it at "C", and assay.c sets it while a host program's thread is
     * here. */
    *value = strtod(digits, NULL);
    return isfinite(*value); /* 1e999 is a slip of the finger, no number that anything can be compared with */
}

uint64_t str_hash(str s) {
    uint64_t h = STR_HASH_START;
    for (ptrdiff_t i = 0; i < s.n; i += 8) h = str_hash_step(h, eight_at(s, i));
    return str_hash_end(h, s.n);
}

uint64_t str_hash_nocase(str s) {
    uint64_t h = STR_HASH_START;
    for (ptrdiff_t i = 0; i < s.n; i += 8) h = str_hash_step(h, eight_lower(eight_at(s, i)));
    return str_hash_end(h, s.n);
}

unsigned str_distance(str a, str b, unsigned cap) {
    enum { MAX_NAME = 64 };
    if (a.n > MAX_NAME || b.n > MAX_NAME) return cap;
    unsigned rows[3][MAX_NAME + 1];
    unsigned *before = rows[0], *last = rows[1], *row = rows[2];
    for (ptrdiff_t j = 0; j <= b.n; j++) last[j] = (unsigned)j;
    for (ptrdiff_t i = 1; i <= a.n; i++) {
        row[0] = (unsigned)i;
        for (ptrdiff_t j = 1; j <= b.n; j++) {
            unsigned cost = a.p[i - 1] != b.p[j - 1];
            unsigned best = last[j - 1] + cost;
            if (last[j] + 1 < best) best = last[j] + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            bool swapped = i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1];
            if (swapped && before[j - 2] + 1 < best) best = before[j - 2] + 1;
            row[j] = best;
        }
        unsigned *spare = before;
        before = last;
        last = row;
        row = spare;
    }
    return last[b.n] < cap ? last[b.n] : cap;
}

bool str_is_near(str name, str known) {
    enum { SLIPS = 3 };
    ptrdiff_t n = name.n > known.n ? name.n : known.n;
    unsigned most = n >= 3 * SLIPS ? SLIPS : n < 3 ? 0 : (unsigned)(n / 3);
    return most && str_distance(name, known, most + 1) <= most;
}

str_hint_text str_hint(str name, str known) {
    str_hint_text out = {""};
    if (str_is_near(name, known)) snprintf(out.text, sizeof out.text, "; did you mean '%.*s'?", STR_ARG(known));
    return out;
}
