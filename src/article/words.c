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
#include "base/eight.h"

#include <utf8proc.h>

enum {
    OTHER,
    LETTER,
    DIGIT,
    JOINER /* _ */,
    MID_ANY /* ' . */,
    MID_NUMBER /* , ; */,
    MID_LETTER,
    EXTEND,
    SINGLE,
    WIDE
};

static const uint8_t ASCII_CLASS[256] = {
    ['0' ... '9'] = DIGIT, ['A' ... 'Z'] = LETTER, ['a' ... 'z'] = LETTER, ['_'] = JOINER,        ['\''] = MID_ANY,
    ['.'] = MID_ANY,       [','] = MID_NUMBER,     [';'] = MID_NUMBER,     [0x80 ... 0xff] = WIDE};

static uint8_t wide_class(str s, ptrdiff_t at, ptrdiff_t *length) {
    uint32_t c;
    *length = utf8_decode(s, at, &c);
    if (c == UTF8_INVALID) return OTHER;
    switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x2024:
    case 0xfe52:
    case 0xff07:
    case 0xff0e: return MID_ANY;
    case 0xb7:
    case 0x387:
    case 0x5f4:
    case 0x2027:
    case 0xfe13:
    case 0xfe55:
    case 0xff1a: return MID_LETTER;
    case 0x37e:
    case 0x589:
    case 0x60c:
    case 0x60d:
    case 0x66c:
    case 0x7f8:
    case 0x2044:
    case 0xfe10:
    case 0xfe14:
    case 0xfe50:
    case 0xfe54:
    case 0xff0c:
    case 0xff1b: return MID_NUMBER;
    default: break;
    }
    if ((c >= 0x3041 && c <= 0x309f) || (c >= 0x3400 && c <= 0x4dbf) || (c >= 0x4e00 && c <= 0x9fff) ||
        (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x3ffff))
        return SINGLE;
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_NL: return LETTER;
    case UTF8PROC_CATEGORY_ND: return DIGIT;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CF: return c == 0x200b ? OTHER : EXTEND;
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

static void word_add_wide(builder *b, str text, ptrdiff_t lo, ptrdiff_t hi) {
    word w = {.lo = (uint32_t)lo, .hi = (uint32_t)hi, .flags = WORD_NON_ASCII};
    if (b->prose[lo] == PROSE_MASK) w.flags |= WORD_CODE;
    w.hash = hash_wide(str_slice(text, lo, hi), &w.flags);
    b->words.at[b->words.n++] = w;
}

/* Marks of what a word holds. */
typedef struct held {
    uint64_t capitals, digits, underscores;
} held;

/* Where letters, digits and underscores from `at` on end. */
static inline ptrdiff_t joined_end(str s, ptrdiff_t at, held *h) {
    for (int n = 8; n == 8 && at < s.n; at += n) {
        uint64_t v = eight_at(s, at), letters = eight_letters(v), digits = eight_digits(v),
                 underscores = eight_between(v, '_', '_');
        n = eight_before(~(letters | digits | underscores) & EIGHT_TOPS);
        h->capitals |= letters & ~v << 2 & eight_first(n); /* bit 5 tells the cases apart */
        h->digits |= digits & eight_first(n);
        h->underscores |= underscores & eight_first(n);
    }
    return at;
}

/* The word at `at` as long as it is ASCII: hash, flags, and its end. False when a wide character belongs to it. */
static bool ascii_word(str s, ptrdiff_t *at, uint64_t *hash, uint16_t *flags) {
    const uint8_t *p = s.p;
    ptrdiff_t i = *at, n = s.n;
    held h = {0};
    bool joined = false;
    for (;; i++, joined = true) {
        i = joined_end(s, i, &h);
        if (i >= n) break;
        uint8_t class = ASCII_CLASS[p[i]];
        if (class == OTHER) break;
        if (class == WIDE) return false;
        uint8_t before = ASCII_CLASS[p[i - 1]], after = i + 1 < n ? ASCII_CLASS[p[i + 1]] : OTHER;
        if (after == WIDE) return false;
        if (before != after || before == JOINER || (before == LETTER && class != MID_ANY) || before == OTHER) break;
    }
    ptrdiff_t length = i - *at;
    uint64_t start = eight_at(s, *at) & eight_first(length);
    *hash = length <= 8 ? str_hash_end(str_hash_step(STR_HASH_START, eight_lower(start)), length)
                        : str_hash_nocase((str){p + *at, length});
    if (h.digits) *flags |= WORD_DIGIT;
    if (!joined && !h.underscores) *flags |= WORD_PLAIN;
    bool capital = p[*at] >= 'A' && p[*at] <= 'Z';
    if (capital) *flags |= WORD_CAPITAL;
    if (h.capitals && !(capital && i - *at > 1 && p[*at + 1] >= 'a' && p[*at + 1] <= 'z')) {
        uint32_t upper = 0, lower = 0;
        for (ptrdiff_t k = *at; k < i; k++) upper += p[k] >= 'A' && p[k] <= 'Z', lower += p[k] >= 'a' && p[k] <= 'z';
        if (upper > 1 && !lower) *flags |= WORD_ALLCAPS;
    }
    *at = i;
    return true;
}

/* Not only underscores: they open few words, so this is asked only then. */
static bool holds_letter_or_digit(str s, ptrdiff_t lo, ptrdiff_t hi) {
    for (; lo < hi; lo++)
        if (s.p[lo] != '_') return true;
    return false;
}

/* End of the word that begins at `at` with a letter, digit or '_'. */
static ptrdiff_t word_end(str s, ptrdiff_t at, bool *real) {
    uint8_t last = OTHER;
    ptrdiff_t length;
    while (at < s.n) {
        uint8_t class = class_at(s, at, &length);
        if (class == LETTER || class == DIGIT || class == JOINER) {
            *real |= class != JOINER;
            last = class;
            at += length;
        } else if (class == EXTEND) {
            at += length;
        } else if (class == MID_ANY || class == MID_NUMBER || class == MID_LETTER) {
            uint8_t wanted = last == LETTER && class != MID_NUMBER  ? LETTER
                             : last == DIGIT && class != MID_LETTER ? DIGIT
                                                                    : OTHER;
            ptrdiff_t next_length;
            if (wanted == OTHER || at + length >= s.n || class_at(s, at + length, &next_length) != wanted) break;
            at += length + next_length;
            last = wanted;
        } else {
            break;
        }
    }
    return at;
}

/* Room for every word that `bytes` of text can hold. */
static bool reserve(builder *b, size_t bytes) {
    size_t most = b->words.n + bytes / 2 + 2;
    if (most <= b->words.capacity) return true;
    size_t capacity = most > 2 * b->words.capacity ? most : 2 * b->words.capacity;
    word *grown = arena_grow(b->a, b->words.at, b->words.capacity, capacity, sizeof *grown);
    if (!grown) return b->failed = true, false;
    b->words.at = grown;
    b->words.capacity = capacity;
    return true;
}

void words_split(builder *b, uint32_t lo, uint32_t hi) {
    str s = {b->text, hi};
    if (b->failed || !reserve(b, hi - lo)) return;
    for (ptrdiff_t at = lo; at < s.n;) {
        uint8_t class = ASCII_CLASS[s.p[at]];
        if (class == LETTER || class == DIGIT || class == JOINER) {
            ptrdiff_t end = at;
            uint64_t hash;
            uint16_t flags = b->prose[at] == PROSE_MASK ? WORD_CODE : 0;
            if (ascii_word(s, &end, &hash, &flags)) {
                if (class != JOINER || holds_letter_or_digit(s, at, end))
                    b->words.at[b->words.n++] = (word){(uint32_t)at, (uint32_t)end, hash, flags};
                at = end;
                continue;
            }
        } else if (class != WIDE) {
            at++;
            continue;
        }
        ptrdiff_t length;
        class = class_at(s, at, &length);
        if (class == LETTER || class == DIGIT || class == JOINER) {
            bool real = false;
            ptrdiff_t end = word_end(s, at, &real);
            if (real) word_add_wide(b, s, at, end);
            at = end;
        } else {
            if (class == SINGLE) word_add_wide(b, s, at, at + length);
            at += length;
        }
    }
}
