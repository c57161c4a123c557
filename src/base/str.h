/* str.h - string views and byte spans.
 *
 * A `str` is a pointer and a length. It never owns its bytes, is never assumed to be NUL-terminated, and may hold any
 * byte, NUL included. A `span` is a half-open range of byte offsets into some buffer that the context names (for an
 * article: its source bytes); line and column are derived from it only when something is printed.
 */
#ifndef ASSAY_BASE_STR_H
#define ASSAY_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct str {
    const uint8_t *p;
    ptrdiff_t n;
} str;

typedef struct span {
    uint32_t lo, hi;
} span;

/* STR("literal"): a view of a string literal, usable in expressions. */
#define STR(literal) ((str){(const uint8_t *)("" literal), (ptrdiff_t)sizeof(literal) - 1})
/* For printf: printf("%.*s", STR_ARG(s)). Views of over INT_MAX bytes print truncated. */
#define STR_ARG(s) (int)((s).n), (const char *)((s).p ? (s).p : (const uint8_t *)"")
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static inline str str_make(const void *bytes, size_t len_bytes) {
    return (str){(const uint8_t *)bytes, (ptrdiff_t)len_bytes};
}
/* View of a NUL-terminated string; NULL gives the empty view. */
static inline str str_from_cstr(const char *text) {
    return text ? (str){(const uint8_t *)text, (ptrdiff_t)strlen(text)} : (str){NULL, 0};
}
static inline bool str_eq(str a, str b) { return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, (size_t)a.n) == 0); }
/* Part [lo, hi) of `s`, clamped into it. */
static inline str str_slice(str s, ptrdiff_t lo, ptrdiff_t hi) {
    if (lo < 0) lo = 0;
    if (hi > s.n) hi = s.n;
    if (lo >= hi) return (str){s.p, 0};
    return (str){s.p + lo, hi - lo};
}
/* The bytes of `s` that `sp` names. */
static inline str str_span(str s, span sp) { return str_slice(s, (ptrdiff_t)sp.lo, (ptrdiff_t)sp.hi); }
static inline bool str_starts(str s, str prefix) {
    return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, (size_t)prefix.n) == 0);
}
static inline bool str_ends(str s, str suffix) {
    return s.n >= suffix.n && (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, (size_t)suffix.n) == 0);
}

/* ASCII classes: no locale, defined for every byte. */
static inline bool byte_is_digit(uint8_t c) { return c >= '0' && c <= '9'; }
static inline bool byte_is_alpha(uint8_t c) { return (uint8_t)((c | 0x20) - 'a') < 26; }
static inline bool byte_is_alnum(uint8_t c) { return byte_is_digit(c) || byte_is_alpha(c); }
static inline bool byte_is_space(uint8_t c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static inline uint8_t byte_lower(uint8_t c) { return (uint8_t)(c >= 'A' && c <= 'Z' ? c | 0x20 : c); }

/* Byte order, shorter first on a tie; <0, 0, >0 as memcmp. */
int str_cmp(str a, str b);
/* Equality and order under ASCII case folding; bytes ≥ 0x80 compare as themselves. */
bool str_eq_nocase(str a, str b);
/* Are their ASCII letters and digits the same, in order? Case is folded, all else passed over: "350 W" and "350w". */
bool str_eq_letters(str a, str b);
/* Is `s` one of `words`, which single blanks part ("by more less")? ASCII case folded; an empty `s` is none. `n`: the
 * length of a list that is no literal. */
bool str_is_listed(str s, const char *words, size_t n);
/* The same for a literal, whose address says which list it is: the shapes of its words are remembered, in a table for
 * each thread, and most words are none of them by their shape. */
bool str_is_literal(str s, const char *words, size_t n);
static inline bool str_is_among(str s, const char *words) {
    size_t n = strlen(words);
#ifdef __GNUC__
    if (__builtin_constant_p(n)) return str_is_literal(s, words, n);
#endif
    return str_is_listed(s, words, n);
}
/* One bit of 64, by the length of a word, its first and its last letter, ASCII case folded; an empty word has none. A
 * loop over words reads the shapes of its list once, and the list only for words whose bit is among them:
 *     const uint64_t shapes = str_shapes(LIST);
 *     for (…) if (str_shape(word) & shapes && str_is_among(word, LIST)) */
static inline uint64_t str_shape(str word) {
    if (!word.n) return 0;
    uint32_t letters = ((uint32_t)word.p[0] & 31) | ((uint32_t)word.p[word.n - 1] & 31) << 5 | (uint32_t)word.n << 10;
    return (uint64_t)1 << (letters * 0x9e3779b1u >> 26);
}
/* The bits of all words of a list that single blanks part. */
uint64_t str_shapes(const char *words);
/* As str_cmp under ASCII case folding: <0, 0, >0. */
int str_cmp_nocase(str a, str b);
/* Offset of the first `needle` in `hay` at or after `from`, or -1. An empty needle is found at `from`. */
ptrdiff_t str_find(str hay, str needle, ptrdiff_t from);
/* Offset of the first `byte` at or after `from`, or -1. */
ptrdiff_t str_find_byte(str hay, uint8_t byte, ptrdiff_t from);
/* Without leading and trailing ASCII white space. */
str str_trim(str s);
/* Cuts `*rest` at the first `sep`: returns what stands before it and leaves what stands behind it in `*rest`. Returns
 * false when `*rest` was already used up (its pointer is NULL); an empty non-NULL view yields one empty piece. */
bool str_cut(str *rest, uint8_t sep, str *piece);
/* Decimal unsigned/signed integer filling the whole view; false on anything else, overflow included. */
bool str_to_u64(str s, uint64_t *value);
/* The same with an optional sign. */
bool str_to_i64(str s, int64_t *value);
/* Decimal number [+-]d[.d][e±d] filling the whole view; no locale, no hex, no inf/nan. */
bool str_to_f64(str s, double *value);
/* 64-bit hash of the bytes, eight at a time (a multiply and a xorshift each, as in murmur's finaliser), and of their
 * number: fast, not for hostile key sets of unbounded size. The start is FNV-1a's offset basis, the first multiplier
 * 2^64 over the golden ratio (Knuth, TAOCP 6.4), the second an odd one without structure. */
uint64_t str_hash(str s);
/* str_hash of the bytes in lower case (ASCII): equal for "CUDA" and "cuda". */
uint64_t str_hash_nocase(str s);
/* The same for who has the bytes in eights (base/eight.h), the last one filled up with zeros:
 * str_hash_end(str_hash_step(… str_hash_step(STR_HASH_START, first) …, last), bytes). */
#define STR_HASH_START 0xcbf29ce484222325u
static inline uint64_t str_hash_step(uint64_t h, uint64_t eight) {
    h = (h ^ eight) * 0x9e3779b97f4a7c15u;
    return h ^ h >> 32;
}
static inline uint64_t str_hash_end(uint64_t h, ptrdiff_t bytes) {
    h = (h ^ (uint64_t)bytes) * 0xd6e8feb86659fd93u;
    return h ^ h >> 32;
}
/* Damerau-Levenshtein distance (adjacent transposition counts 1) of two short names, capped at `cap`; used to name the
 * nearest known flag, style or rule. Names of over 64 bytes compare as far apart. */
unsigned str_distance(str a, str b, unsigned cap);
/* Is `known` what somebody who wrote `name` may have meant? One slip in three letters, three at most: "verison" for
 * version, never "sed" for sshd. */
bool str_is_near(str name, str known);
/* "; did you mean 'version'?" where `known` is near, else nothing: for the end of a message about an unknown name. */
typedef struct str_hint_text {
    char text[96];
} str_hint_text;
str_hint_text str_hint(str name, str known);

#endif
