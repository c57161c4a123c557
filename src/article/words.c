/* words.c - the words of one sentence.
 *
 * In: a range of text. Out: word records, in order.
 *
 * Word boundaries follow UAX #29 (Unicode Text Segmentation, section 4.1) for what words are made of here: letters,
 * digits, joiners. ASCII text goes through one table of classes; everything else through utf8proc's categories.
 *
 *     letter (' . · letter)*     don't  e.g  example.com      WB5-WB7
 *     digit  (' . , ; digit)*    0.6.3  127,600,748           WB8, WB11, WB12
 *     letters, digits and '_' join freely                     WB9, WB10, WB13
 *
 * Ideographs and Hiragana are words of one character. Not done: dictionary breaks (Thai, Lao), emoji (no words), the
 * colon as a letter joiner.
 */
#include "article/internal.h"

#include <utf8proc.h>

enum { OTHER, LETTER, DIGIT, JOINER /* _ */, MID_ANY /* ' . */, MID_NUMBER /* , ; */, MID_LETTER, EXTEND, SINGLE, WIDE };

static const uint8_t ASCII_CLASS[256] = {
    ['0' ... '9'] = DIGIT, ['A' ... 'Z'] = LETTER, ['a' ... 'z'] = LETTER, ['_'] = JOINER, ['\''] = MID_ANY,
    ['.'] = MID_ANY,       [','] = MID_NUMBER,     [';'] = MID_NUMBER,     [0x80 ... 0xff] = WIDE};

static uint8_t wide_class(str s, ptrdiff_t at, ptrdiff_t *length) {
    uint32_t c;
    *length = utf8_decode(s, at, &c);
    if (c == UTF8_INVALID) return OTHER;
    switch (c) {
    case 0x2018: case 0x2019: case 0x2024: case 0xfe52: case 0xff07: case 0xff0e: return MID_ANY;
    case 0xb7: case 0x387: case 0x5f4: case 0x2027: case 0xfe13: case 0xfe55: case 0xff1a: return MID_LETTER;
    case 0x37e: case 0x589: case 0x60c: case 0x60d: case 0x66c: case 0x7f8: case 0x2044: case 0xfe10: case 0xfe14:
    case 0xfe50: case 0xfe54: case 0xff0c: case 0xff1b: return MID_NUMBER;
    default: break;
    }
    if ((c >= 0x3041 && c <= 0x309f) || (c >= 0x3400 && c <= 0x4dbf) || (c >= 0x4e00 && c <= 0x9fff) ||
        (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x3ffff))
        return SINGLE;
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_LU: case UTF8PROC_CATEGORY_LL: case UTF8PROC_CATEGORY_LT: case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO: case UTF8PROC_CATEGORY_NL: return LETTER;
    case UTF8PROC_CATEGORY_ND: return DIGIT;
    case UTF8PROC_CATEGORY_MN: case UTF8PROC_CATEGORY_MC: case UTF8PROC_CATEGORY_ME: case UTF8PROC_CATEGORY_CF:
        return c == 0x200b ? OTHER : EXTEND;
    case UTF8PROC_CATEGORY_PC: return JOINER;
    default: return OTHER;
    }
}

static uint8_t class_at(str s, ptrdiff_t at, ptrdiff_t *length) {
    uint8_t class = ASCII_CLASS[s.p[at]];
    *length = 1;
    return class == WIDE ? wide_class(s, at, length) : class;
}

/* Hash of a word with characters outside ASCII, as the header declares it. Beyond 256 bytes the case is not folded. */
static uint64_t hash_wide(str w, uint16_t *flags) {
    uint8_t folded[1024];
    ptrdiff_t n = 0;
    bool first = true;
    uint32_t letters = 0, upper = 0;
    for (ptrdiff_t at = 0; at < w.n;) {
        uint32_t c;
        at += utf8_decode(w, at, &c);
        if (c == 0x2019 || c == 0x2018) c = '\'';
        utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
        bool is_upper = category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
        if (first && is_upper) *flags |= WORD_CAPITAL;
        if (category == UTF8PROC_CATEGORY_ND) *flags |= WORD_DIGIT;
        letters += is_upper || category == UTF8PROC_CATEGORY_LL;
        upper += is_upper;
        first = false;
        if (n + 4 <= (ptrdiff_t)sizeof folded)
            n += utf8_encode((uint32_t)utf8proc_tolower((utf8proc_int32_t)c), folded + n);
    }
    if (letters >= 2 && letters == upper) *flags |= WORD_ALLCAPS;
    return w.n <= 256 ? str_hash((str){folded, n}) : str_hash(w);
}

static uint64_t hash_ascii(str w, uint16_t *flags) {
    uint32_t upper = 0, letters = 0, digits = 0;
    for (ptrdiff_t i = 0; i < w.n; i++) {
        uint8_t c = w.p[i];
        letters += (uint8_t)((c | 0x20) - 'a') < 26;
        upper += (uint8_t)(c - 'A') < 26;
        digits += (uint8_t)(c - '0') < 10;
    }
    if (digits) *flags |= WORD_DIGIT;
    if (upper) {
        if ((uint8_t)(w.p[0] - 'A') < 26) *flags |= WORD_CAPITAL;
        if (letters >= 2 && letters == upper) *flags |= WORD_ALLCAPS;
        return str_hash_nocase(w);
    }
    return str_hash(w);
}

static void word_add(builder *b, str text, ptrdiff_t lo, ptrdiff_t hi, bool wide) {
    word w = {.lo = (uint32_t)lo, .hi = (uint32_t)hi, .flags = wide ? WORD_NON_ASCII : 0};
    if (b->prose[lo] == PROSE_MASK) w.flags |= WORD_CODE;
    str bytes = str_slice(text, lo, hi);
    w.hash = wide ? hash_wide(bytes, &w.flags) : hash_ascii(bytes, &w.flags);
    (void)PUSH(b, words, w);
}

/* End of the word that begins at `at` with a letter, digit or '_'. */
static ptrdiff_t word_end(str s, ptrdiff_t at, bool *wide, bool *real) {
    uint8_t last = OTHER;
    ptrdiff_t length;
    while (at < s.n) {
        uint8_t class = class_at(s, at, &length);
        if (class == LETTER || class == DIGIT || class == JOINER) {
            *wide |= length > 1;
            *real |= class != JOINER;
            last = class;
            at += length;
        } else if (class == EXTEND) {
            *wide = true;
            at += length;
        } else if (class == MID_ANY || class == MID_NUMBER || class == MID_LETTER) {
            uint8_t wanted = last == LETTER && class != MID_NUMBER ? LETTER
                             : last == DIGIT && class != MID_LETTER ? DIGIT
                                                                    : OTHER;
            ptrdiff_t next_length;
            if (wanted == OTHER || at + length >= s.n || class_at(s, at + length, &next_length) != wanted) break;
            *wide |= length > 1 || next_length > 1;
            at += length + next_length;
            last = wanted;
        } else {
            break;
        }
    }
    return at;
}

void words_split(builder *b, uint32_t lo, uint32_t hi) {
    str s = {b->text, hi};
    for (ptrdiff_t at = lo; at < s.n;) {
        ptrdiff_t length;
        uint8_t class = class_at(s, at, &length);
        if (class == LETTER || class == DIGIT || class == JOINER) {
            bool wide = false, real = false;
            ptrdiff_t end = word_end(s, at, &wide, &real);
            if (real) word_add(b, s, at, end, wide);
            at = end;
        } else {
            if (class == SINGLE) word_add(b, s, at, at + length, true);
            at += length;
        }
    }
}
