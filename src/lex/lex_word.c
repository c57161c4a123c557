/* lex_word.c - at letters: skips ordinary words, hands names over, reads spelled numbers and ordinals.
 *
 * In: the first byte of a word. Out: the position behind it, or behind the token that began with it.
 *
 * Nine words of ten are lower-case letters up to a blank or a comma: for those the cost is one step a byte and one test
 * of a bit set that holds the few words that begin a token. Deliberately not here: words that only introduce a number
 * ("port", "about", "Ubuntu"); the number looks left for those.
 */
#include "lex/lex_internal.h"

#include "base/eight.h"

/* A bit for each word that may begin a token (numbers, ordinals, the first words of errors; in CODE_KEYWORDS those that
 * are errors in code only), at the place that keyword_hash gives it. A word without its bit is never looked at again;
 * one with it is looked up. Each such word has a line in lex_tokens.txt, so a bit that is missing here fails a test. */
/* clang-format off */
static const uint64_t KEYWORDS[64] = {
    0x2000000001000000, 0x0000000200000000, 0x0000000000000000, 0x0000000000000000, 0x0002000000000010,
    0x0000000080002000, 0x0000000000820000, 0x0000110012080000, 0x0000000000000000, 0x0020000000044000,
    0x2044203000021000, 0x0000000002001000, 0x0000000000800008, 0x100000c401020000, 0x0000000000000004,
    0x0000001410000200, 0x0000000000000000, 0x0000010000010000, 0x0000400400011000, 0x0000100000000008,
    0x1008000000800000, 0x0200000000000008, 0x0000000000000000, 0x0000000000000000, 0x0000000100000000,
    0x0000002020008080, 0x0180000000000008, 0x0004000200002000, 0x0000020000082000, 0x8020201000000004,
    0x1000000030000000, 0x0200000000000000, 0x0008010200000000, 0x2000000400100000, 0x0000010000000800,
    0x0000100000002010, 0x0000000040000000, 0x2000000000000000, 0x0008000000040001, 0x0040000000008004,
    0x0100000000000000, 0x0000030000000404, 0x0001002240000000, 0x0000400000000004, 0x0000200000000000,
    0x0000000010002000, 0x0200000000004000, 0x0008000008000100, 0x0010000800000080, 0x2000901040000000,
    0x0000100800000000, 0x0000084000000000, 0x0000000800020000, 0x00000204c0000000, 0x1000200600000000,
    0x4500000004000200, 0x8010080000800040, 0x0040001000080102, 0x0000080800000800, 0x0000208000000000,
    0x0080000010080000, 0x0040100002000041, 0x4018000000000000, 0x0000800000000001
};
static const uint64_t CODE_KEYWORDS[64] = {
    0x0040000000000000, 0x0000000000000000, 0x0000000000000000, 0x0040000000000000, 0x0000000000000000,
    0x0000000000000000, 0x0000000000000000, 0x0000000000000000, 0x0000000000000000, 0x0000000000000080,
    0x0000000000000000, 0x0004000000000000, 0x0000000100000000, 0x0000000200000000, 0x0000000000000000,
    0x0000000000000000, 0x0000000000001000, 0x0000000000000000, 0x0000000000000000, 0x0000000000000000,
    0x0000000000000000, 0x0000000000000000, 0x0001000000000000, 0x0000100000000000, 0x4000000000000000,
    0x0000000000000000, 0x0200000000000000, 0x0000000000000000, 0x0000000000100000, 0x0000000000000000,
    0x0000000000000000, 0x0000000000000000, 0x0000000000000000, 0x0000000000000000, 0x0000000000000000,
    0x0000000000000000, 0x0000004000000000, 0x2000000000000000, 0x0000000000000000, 0x0000000000000000,
    0x0000000000000000, 0x0000000000000200, 0x0000000000000040, 0x0000000000000000, 0x0000000000000000,
    0x0000000000000000, 0x0000000000000000, 0x0000000000000000, 0x0000000000000000, 0x0000000000000000,
    0x0000000000000000, 0x0000000000000000, 0x0000000000000000, 0x0000000000000000, 0x0000000000000000,
    0x0000000000000000, 0x0000000000000000, 0x1000000000000200, 0x0000000000000000, 0x0000000000000000,
    0x0000000000000000, 0x0000000000000000, 0x0000000000000000, 0x0000080000000040
};
/* clang-format on */

/* Of the first letter, the next two in lower case, and the length: a multiplicative hash (Knuth, TAOCP 6.4), 12 bits.
 */
static inline uint32_t keyword_hash(const uint8_t *p, ptrdiff_t length) {
    uint32_t key = p[0] | (length > 1 ? (p[1] | 0x20u) << 8 : 0) | (length > 2 ? (p[2] | 0x20u) << 16 : 0) |
                   (uint32_t)(length > 31 ? 31 : length) << 24;
    return key * 0x9E3779B1u >> 20;
}

static inline bool has_bit(const uint64_t *set, uint32_t bit) { return set[bit >> 6] >> (bit & 63) & 1; }

static inline bool is_letter(uint8_t c) { return (uint8_t)((c | 0x20) - 'a') < 26; }

/* End of the letters that begin at i. */
static inline ptrdiff_t letters_end(str s, ptrdiff_t i) {
    for (int n = 8; n == 8 && i < s.n; i += n) n = eight_before(~eight_letters(eight_at(s, i)) & EIGHT_TOPS);
    return i;
}

static bool ends_error(const lexer *x, ptrdiff_t i, ptrdiff_t end) {
    uint8_t last = x->s.p[end - 1];
    return (last == 'r' && end - i > 5 && memcmp(x->s.p + end - 5, "Error", 5) == 0) ||
           (last == 'n' && end - i > 9 && memcmp(x->s.p + end - 9, "Exception", 9) == 0);
}

/* Whether what follows the letters at `end` makes the whole a name with structure: a digit, an inner point, a slash …
 */
static bool name_goes_on(const lexer *x, ptrdiff_t end) {
    uint8_t c = x->s.p[end], next = at(x, end + 1);
    switch (c) {
    case '.': return byte_is_alnum(next) || next == '_';
    case '/':
        return byte_is_alnum(next) || next == '_' || next == '.' || next == '~' || next == '/' ||
               lex_class[next] != B_LOWER;
    case '\\': return byte_is_alnum(next);
    case ':': return next == '/' || next == '\\' || byte_is_alnum(next) || next == ':';
    case '@': return byte_is_alnum(next);
    case '=': return next == '=' || byte_is_digit(next);
    case '+': return next == '+';
    case '_': return true;
    default: return byte_is_digit(c);
    }
}

/* A word that is no name: what token begins with it? `end` behind its letters, `whole` behind its hyphenated rest. */
static ptrdiff_t keyword(lexer *x, ptrdiff_t i, ptrdiff_t end, ptrdiff_t whole) {
    str w = str_slice(x->s, i, end);
    unsigned cues = lex_cues(w);
    if (cues & CUE_NUMBER) {
        number n;
        if (lex_read_words(x, i, &n)) {
            ptrdiff_t next = lex_quantity(x, &n);
            return next > i ? next : whole;
        }
        return whole;
    }
    if ((cues & CUE_ORDINAL) && whole == end) {
        lex_emit(x, TOKEN_ORDINAL, i, end);
        return end;
    }
    ptrdiff_t error_end = lex_error_word(x, i, end);
    return error_end ? error_end : whole;
}

ptrdiff_t lex_word(lexer *x, ptrdiff_t i) {
    const str s = x->s;
    const uint8_t first = s.p[i];
    ptrdiff_t end = letters_end(s, i + 1), letters = end;
    while (end < s.n) {
        uint8_t c = s.p[end];
        if (c == ' ' || c == ',') break;
        if (c == '-' && end + 1 < s.n) { /* a hyphenated compound, or a name such as foo-driver-550 */
            if (byte_is_digit(s.p[end + 1])) return lex_name(x, i);
            if (!is_letter(s.p[end + 1])) break;
            end++;
        } else if (c >= 0xC0 && !lex_boundary(x, end)) {
            uint32_t code;
            end += lex_code_point(x, end, &code);
            letters = end;
        } else if (name_goes_on(x, end)) {
            return lex_name(x, i);
        } else {
            break;
        }
        end = letters_end(s, end);
    }
    if (!is_letter(first)) return end; /* a word that begins with é gives no token */
    if (first < 'a') {
        if (letters - i > 6 && end == letters && memcmp(s.p + end - 4, "file", 4) == 0)
            return lex_name(x, i); /* Makefile */
        if (ends_error(x, i, letters)) return keyword(x, i, letters, end);
    }
    uint32_t bit = keyword_hash(s.p + i, letters - i);
    if (has_bit(KEYWORDS, bit) || (has_bit(CODE_KEYWORDS, bit) && lex_in_code(x, i)))
        return keyword(x, i, letters, end);
    return end < s.n && s.p[end] == ' ' ? end + 1 : end;
}
