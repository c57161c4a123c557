/* fact_words.c - words and their stems, as the truth stage compares them.
 *
 * In: text. Out: words (runs of letters and digits; an apostrophe or a decimal point inside one belongs to it) and a
 * 64-bit stem of each: case folded, English plural and verb endings off. It is a coarse stemmer on purpose: two forms
 * of one regular word share a stem; what it joins wrongly only widens the search for facts, it never decides a verdict.
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

static bool is_word_byte(uint8_t c) { return in_word[c]; }

bool fact_word_next(str text, uint32_t *at, uint32_t *lo, uint32_t *hi) {
    ptrdiff_t i = *at;
    while (i < text.n && !is_word_byte(text.p[i])) i++;
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

uint64_t fact_stem(str word) {
    uint8_t w[40];
    ptrdiff_t n = 0;
    for (ptrdiff_t i = 0; i < word.n && n < (ptrdiff_t)sizeof w; i++) w[n++] = byte_lower(word.p[i]);
    bool plain = true;
    for (ptrdiff_t i = 0; i < n; i++) plain = plain && byte_is_alpha(w[i]);
    if (n > 2 && w[n - 1] == 's' && w[n - 2] == '\'') n -= 2;
    if (plain) {
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
    }
    return str_hash(str_make(w, (size_t)n)) | 1;
}

bool fact_text_has_stem(str text, uint64_t stem) {
    uint32_t at = 0, lo, hi;
    while (fact_word_next(text, &at, &lo, &hi))
        if (fact_stem(str_slice(text, (ptrdiff_t)lo, (ptrdiff_t)hi)) == stem) return true;
    return false;
}
