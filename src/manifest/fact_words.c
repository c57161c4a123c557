/* fact_words.c - words and their stems, as the truth stage compares them.
 *
 * In: text. Out: words (runs of letters and digits; an apostrophe or a decimal point inside one belongs to it) and a
 * 64-bit stem of each: case folded, English plural and verb endings off. It is a coarse stemmer on purpose: two forms
 * of one regular word share a stem; what it joins wrongly only widens the search for facts, it never decides a verdict.
 *
 * fact_word_read does all of it in one walk over the bytes: the hash after each letter is kept, and since a stem is the
 * word's beginning with at most its last letter changed, its hash is one of them, or one step from one.
 */
#include "manifest/fact_index.h"

#define LETTERS16 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1

/* Letters, digits, and every byte of a character outside ASCII. */
static const uint8_t in_word[256] = {
    ['0'] = 1, 1,         1,         1,         1,         1,         1,        1, 1,
    1,         ['A'] = 1, 1,         1,         1,         1,         1,        1, 1,
    1,         1,         1,         1,         1,         1,         1,        1, 1,
    1,         1,         1,         1,         1,         1,         1,        1, 1,
    ['a'] = 1, 1,         1,         1,         1,         1,         1,        1, 1,
    1,         1,         1,         1,         1,         1,         1,        1, 1,
    1,         1,         1,         1,         1,         1,         1,        1, [0x80] = LETTERS16,
    LETTERS16, LETTERS16, LETTERS16, LETTERS16, LETTERS16, LETTERS16, LETTERS16};

/* ASCII's letters, small, and digits; 0 for every other byte. */
static const uint8_t folds[256] = {['0'] = '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ['A'] = 'a', 'b', 'c',
                                   'd',         'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n',         'o', 'p',
                                   'q',         'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', ['a'] = 'a', 'b', 'c',
                                   'd',         'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n',         'o', 'p',
                                   'q',         'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z'};

enum { STEM_BYTES = 40 }; /* no more of a word is looked at */

static bool is_word_byte(uint8_t c) { return in_word[c]; }

/* Bytes of a space, hyphen or minus outside ASCII at `i`, which parts words as ASCII's do: "24\u00a0cores",
 * "32\u2011core". 0 where there is none. Dashes and quotes are parted below. */
static ptrdiff_t separator_at(str text, ptrdiff_t i) {
    const uint8_t *p = text.p + i;
    ptrdiff_t left = text.n - i;
    if (p[0] == 0xc2) return left > 1 && p[1] == 0xa0 ? 2 : 0;
    if (left < 3 || (p[0] != 0xe2 && p[0] != 0xe3)) return 0;
    if (p[0] == 0xe3) return p[1] == 0x80 && p[2] == 0x80 ? 3 : 0;
    bool space = p[1] == 0x80 && (p[2] <= 0x8a || p[2] == 0xaf),
         hyphen = p[1] == 0x80 && (p[2] == 0x90 || p[2] == 0x91);
    bool wide = p[1] == 0x81 && p[2] == 0x9f, minus = p[1] == 0x88 && p[2] == 0x92;
    return space || hyphen || wide || minus ? 3 : 0;
}

bool fact_word_next(str text, uint32_t *at, uint32_t *lo, uint32_t *hi) {
    ptrdiff_t i = *at;
    for (ptrdiff_t n; i < text.n; i += n) {
        n = is_word_byte(text.p[i]) ? (text.p[i] < 0x80 ? 0 : separator_at(text, i)) : 1;
        if (!n) break;
    }
    if (i >= text.n) {
        *at = (uint32_t)text.n;
        return false;
    }
    *lo = (uint32_t)i;
    while (i < text.n) {
        uint8_t c = text.p[i];
        bool joins = (c == '\'' || (c == '.' && byte_is_digit(text.p[i - 1]))) && i + 1 < text.n &&
                     is_word_byte(text.p[i + 1]) && i > (ptrdiff_t)*lo;
        /* Typographic apostrophe, dashes and quotes are 3-byte sequences of block E2 80 xx; only the apostrophe joins.
         */
        if (c == 0xe2 && i + 2 < text.n && text.p[i + 1] == 0x80) {
            if (text.p[i + 2] != 0x99 || i + 3 >= text.n || !byte_is_alpha(text.p[i + 3])) break;
            i += 3;
            continue;
        }
        if (!is_word_byte(c) && !joins) break;
        if (c >= 0x80 && separator_at(text, i)) break;
        i++;
    }
    if (i == (ptrdiff_t)*lo) i++; /* a lone dash byte: step over it */
    *hi = (uint32_t)i;
    *at = (uint32_t)i;
    return true;
}

static ptrdiff_t undouble(const uint8_t *w, ptrdiff_t n) {
    return n > 3 && w[n - 1] == w[n - 2] && w[n - 1] != 's' && w[n - 1] != 'l' ? n - 1 : n;
}

/* How much of the folded word is its stem; may change the last letter of that. */
static ptrdiff_t cut_to_stem(uint8_t *w, ptrdiff_t n) {
    if (n > 4 && !memcmp(w + n - 3, "ies", 3)) {
        n -= 2;
        w[n - 1] = 'y';
    } else if (n > 3 && w[n - 1] == 's' && w[n - 2] != 's' && (w[n - 2] != 'u' || (n > 3 && w[n - 3] == 'p')) &&
               w[n - 2] != 'i') {
        n--;
    }
    if (n > 5 && !memcmp(w + n - 3, "ing", 3))
        n = undouble(w, n - 3);
    else if (n > 4 && !memcmp(w + n - 2, "ed", 2))
        n = undouble(w, n - 2);
    if (n > 3 && w[n - 1] == 'e') n--;
    if (n > 3 && w[n - 1] == 'y') w[n - 1] = 'i'; /* copied, copy, copies */
    return n;
}

uint64_t fact_stem(str word) {
    uint8_t w[STEM_BYTES];
    ptrdiff_t n = 0;
    for (ptrdiff_t i = 0; i < word.n && n < STEM_BYTES; i++) w[n++] = byte_lower(word.p[i]);
    bool plain = true;
    for (ptrdiff_t i = 0; i < n; i++) plain = plain && byte_is_alpha(w[i]);
    if (n > 2 && w[n - 1] == 's' && w[n - 2] == '\'') n -= 2;
    if (plain) n = cut_to_stem(w, n);
    return str_hash(str_make(w, (size_t)n)) | 1;
}

/* A word that holds more than letters and digits of ASCII, or is endless. */
static bool read_odd(str text, uint32_t *at, fact_word *word) {
    if (!fact_word_next(text, at, &word->lo, &word->hi)) return false;
    str term = str_slice(text, (ptrdiff_t)word->lo, (ptrdiff_t)word->hi);
    word->folded = str_hash_nocase(term);
    word->stem = fact_stem(term);
    word->plain = false;
    return true;
}

bool fact_word_read(str text, uint32_t *at, fact_word *word) {
    uint8_t w[STEM_BYTES], letters = 0x40, folded; /* that bit is set in every letter, and in no digit */
    uint64_t hash[STEM_BYTES];                     /* [n]: of the first n letters */
    ptrdiff_t lo = *at, n = 0;
    while (lo < text.n && !is_word_byte(text.p[lo])) lo++;
    ptrdiff_t end = text.n - lo < STEM_BYTES ? text.n - lo : STEM_BYTES;
    uint64_t h = STR_HASH_START;
    for (; n < end && (folded = folds[text.p[lo + n]]) != 0; n++) {
        letters &= folded;
        w[n] = folded;
        hash[n] = h;
        h = str_hash_step(h, folded);
    }
    uint8_t next = lo + n < text.n ? text.p[lo + n] : ' ';
    /* cppcheck-suppress uninitvar ; n of them are set */
    bool joins = (next == '\'' || (next == '.' && n && w[n - 1] <= '9')) && lo + n + 1 < text.n &&
                 is_word_byte(text.p[lo + n + 1]);
    if (!n || joins || is_word_byte(next)) {
        *at = (uint32_t)lo;
        return read_odd(text, at, word);
    }
    *at = (uint32_t)(lo + n);
    *word = (fact_word){(uint32_t)lo, (uint32_t)(lo + n), str_hash_end(h) | 1, str_hash_end(h), true};
    if (!letters || n < 4) return true; /* a shorter word is its own stem */
    uint8_t last = w[n - 1];
    if (last != 's' && last != 'd' && last != 'g' && last != 'e' && last != 'y') return true; /* no ending of English */
    ptrdiff_t stem = cut_to_stem(w, n);
    if (stem < n || w[n - 1] == 'i') word->stem = str_hash_end(str_hash_step(hash[stem - 1], w[stem - 1])) | 1;
    return true;
}

bool fact_text_has_stem(str text, uint64_t stem) {
    uint32_t at = 0, lo, hi;
    while (fact_word_next(text, &at, &lo, &hi))
        if (fact_stem(str_slice(text, (ptrdiff_t)lo, (ptrdiff_t)hi)) == stem) return true;
    return false;
}
