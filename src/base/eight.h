/* eight.h - eight bytes at a time, in one register.
 *
 * In: bytes. Out: a mask with the top bit of every byte that is of a class, or the bytes themselves, changed. Words are
 * five letters long on the average: a loop over bytes ends where no branch predictor expects it, one mask does not.
 *
 * The first byte stands lowest, whatever the machine's byte order. With t a byte without its top bit, t + (0x80 - c)
 * carries into the top bit from c on, and never beyond it (Warren, Hacker's Delight, 6-1).
 */
#ifndef ASSAY_BASE_EIGHT_H
#define ASSAY_BASE_EIGHT_H

#include "base/str.h"

#define EIGHT_TOPS 0x8080808080808080u
#define EIGHT_OF(byte) (0x0101010101010101u * (uint64_t)(byte))

/* The eight bytes at `p`. */
static inline uint64_t eight_load(const uint8_t *p) {
    uint64_t v;
    memcpy(&v, p, 8);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    v = __builtin_bswap64(v);
#endif
    return v;
}

static inline void eight_store(uint8_t *p, uint64_t v) {
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    v = __builtin_bswap64(v);
#endif
    memcpy(p, &v, 8);
}

/* The `n` bytes at `p`, 0 to 7; the others are zero. No byte behind them is read. */
static inline uint64_t eight_load_some(const uint8_t *p, ptrdiff_t n) {
    uint64_t v = 0;
    for (ptrdiff_t i = 0; i < n; i++) v |= (uint64_t)p[i] << 8 * i;
    return v;
}

/* What stands at byte `at` of the text, 0 <= at < s.n; zeros stand behind its end. */
static inline uint64_t eight_at(str s, ptrdiff_t at) {
    ptrdiff_t left = s.n - at;
    if (left >= 8) return eight_load(s.p + at);
    return s.n >= 8 ? eight_load(s.p + s.n - 8) >> 8 * (8 - left) : eight_load_some(s.p + at, left);
}

/* All bits of the first `n` bytes, 0 to 8. */
static inline uint64_t eight_first(ptrdiff_t n) { return n >= 8 ? ~(uint64_t)0 : ((uint64_t)1 << 8 * n) - 1; }

/* How many bytes stand before the first marked one; 8 when none is. */
static inline int eight_before(uint64_t marks) { return marks ? __builtin_ctzll(marks) / 8 : 8; }

static inline bool eight_is_ascii(uint64_t v) { return (v & EIGHT_TOPS) == 0; }

/* Bytes from `lo` to `hi`, both of ASCII. */
static inline uint64_t eight_between(uint64_t v, uint8_t lo, uint8_t hi) {
    uint64_t t = v & ~EIGHT_TOPS;
    return (t + EIGHT_OF(0x80 - lo)) & ~(t + EIGHT_OF(0x7f - hi)) & ~v & EIGHT_TOPS;
}

static inline uint64_t eight_upper(uint64_t v) { return eight_between(v, 'A', 'Z'); }
static inline uint64_t eight_digits(uint64_t v) { return eight_between(v, '0', '9'); }
static inline uint64_t eight_letters(uint64_t v) { return eight_between(v | EIGHT_OF(0x20), 'a', 'z'); }
static inline uint64_t eight_alnum(uint64_t v) { return eight_letters(v) | eight_digits(v); }

/* ASCII's capitals as small letters, all else as it is. */
static inline uint64_t eight_lower(uint64_t v) { return v | eight_upper(v) >> 2; }

#endif
