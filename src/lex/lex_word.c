/* lex_word.c - at letters: skips ordinary words, hands names over, reads spelled numbers and ordinals.
 *
 * In: the first byte of a word. Out: the position behind it, or behind the token that began with it.
 *
 * Nine words of ten are lower-case letters up to a blank or a comma: for those the cost is one table step a byte and
 * one test of (first letter, length) against a bit set of the few words that begin a token. Deliberately not here:
 * words that only introduce a number ("port", "about", "Ubuntu"); the number looks left for those.
 */
#include "lex/lex_internal.h"

/* Bit n of [letter]: some word of n letters with this first letter is a number, an ordinal or an error word. Lengths
 * over 15 share bit 15. The first set serves prose and code, the second code only. */
#define B(n) (1u << (n))
static const uint16_t WORDS[26] = {['z' - 'a'] = B(4),
                                   ['o' - 'a'] = B(3),
                                   ['t' - 'a'] = B(3) | B(5) | B(6) | B(8),
                                   ['f' - 'a'] = B(4) | B(5) | B(6) | B(7) | B(8),
                                   ['s' - 'a'] = B(3) | B(5) | B(6) | B(7) | B(8) | B(9) | B(10),
                                   ['e' - 'a'] = B(5) | B(6) | B(8),
                                   ['n' - 'a'] = B(4) | B(5) | B(6) | B(8),
                                   ['h' - 'a'] = B(4) | B(7),
                                   ['d' - 'a'] = B(5),
                                   ['m' - 'a'] = B(7),
                                   ['p' - 'a'] = B(5) | B(8)};
static const uint16_t CODE_WORDS[26] = {['c' - 'a'] = B(4) | B(6) | B(7) | B(10),
                                        ['p' - 'a'] = B(10),
                                        ['k' - 'a'] = B(6),
                                        ['n' - 'a'] = B(2) | B(3),
                                        ['u' - 'a'] = B(9),
                                        ['o' - 'a'] = B(3),
                                        ['s' - 'a'] = B(12),
                                        ['b' - 'a'] = B(6)};
#undef B

static inline bool is_letter(uint8_t c) { return lex_class[c] == B_LOWER || lex_class[c] == B_UPPER; }

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

static bool may_begin_token(uint8_t first, ptrdiff_t length, bool code) {
    unsigned letter = (unsigned)(first | 0x20) - 'a';
    if (letter >= 26) return false;
    unsigned bit = length > 15 ? 15 : (unsigned)length;
    return ((WORDS[letter] | (code ? CODE_WORDS[letter] : 0u)) >> bit & 1) != 0;
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

ptrdiff_t lex_word(lexer *x, ptrdiff_t i) {
    const str s = x->s;
    ptrdiff_t end = i + 1;
    bool underscore = s.p[i] == '_';
    while (end < s.n && is_letter(s.p[end])) underscore |= s.p[end++] == '_';
    ptrdiff_t first_end = end;
    for (;;) {
        if (end >= s.n) break;
        uint8_t c = s.p[end];
        if (c == ' ' || c == ',') break;
        if (c == '-' && end + 1 < s.n) { /* a hyphenated compound, or a name such as foo-driver-550 */
            if (byte_is_digit(s.p[end + 1])) return lex_name(x, i);
            if (!is_letter(s.p[end + 1])) break;
            end++;
        } else if (c >= 0xC0 && !lex_boundary(x, end)) {
            uint32_t code;
            end += lex_code_point(x, end, &code);
            first_end = end;
        } else {
            if (name_goes_on(x, end)) return lex_name(x, i);
            break;
        }
        while (end < s.n && is_letter(s.p[end])) underscore |= s.p[end++] == '_';
    }
    if (underscore) return lex_name(x, i);
    if (lex_class[s.p[i]] == B_UPPER) {
        if (first_end - i > 6 && end == first_end && memcmp(s.p + end - 4, "file", 4) == 0)
            return lex_name(x, i); /* Makefile */
        if (may_begin_token(s.p[i], first_end - i, false)) return keyword(x, i, first_end, end);
        ptrdiff_t error_end = lex_error_word(x, i, first_end);
        return error_end ? error_end : end;
    }
    ptrdiff_t length = first_end - i;
    if (s.p[i] == 't' && length == 3 && s.p[i + 1] == 'h') return end; /* "the", the most common word */
    if (s.p[i] == 'w' && length == 3 && end == first_end && end < s.n && s.p[end] == '.' && lex_literal(x, i, "www."))
        return lex_name(x, i);
    if (!may_begin_token(s.p[i], length, lex_in_code(x, i))) return end;
    return keyword(x, i, first_end, end);
}
