/* stem.c - words and their stems, as the truth stage compares them.
 *
 * In: text. Out: words (runs of letters and digits; an apostrophe or a decimal point inside one belongs to it) and a
 * 64-bit stem of each: case folded, English plural and verb endings off. It is a coarse stemmer on purpose: two forms
 * of one regular word share a stem; what it joins wrongly only widens the search for facts, it never decides a verdict.
 *
 * Most words of a text are on some list already (lexicon.h), which knows their stems; so fact_word_read, which
 * takes eight bytes a step, leaves the stem to fact_word_stem.
 */
#include "lex/stem.h"

#include "base/eight.h"
#include "base/utf8.h"

#include <utf8proc.h>

enum { STEM_BYTES = 40, STEM_EIGHTS = STEM_BYTES / 8 }; /* no more of a word is looked at */

/* What a character is to a word: nothing, what goes on with one, what begins one too. An arrow stands for a word,
 * "11.8 \u2192 12.6". */
enum part { PART_NONE, PART_BEHIND, PART_ANY, PART_WHOLE };

static enum part part_of(uint32_t character) {
    if (character == UTF8_INVALID || character == 0x200b) return PART_NONE; /* ZERO WIDTH SPACE parts */
    if (character >= 0x2190 && character <= 0x21ff) return PART_WHOLE;      /* the block Arrows */
    switch (utf8proc_category((utf8proc_int32_t)character)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO: return PART_ANY;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CF: return PART_BEHIND;
    default: return PART_NONE;
    }
}

/* What the character at `i` is to a word; *n its bytes. Everything outside ASCII that is neither letter nor digit parts
 * words as ASCII's signs do: "24\u00a0cores", "kestrel\u2014twenty cores", "\u201cnever\u201d". */
static inline enum part part_at(str text, ptrdiff_t i, ptrdiff_t *n) {
    uint32_t character;
    *n = 1;
    if (text.p[i] < 0x80) return byte_is_alnum(text.p[i]) ? PART_ANY : PART_NONE;
    *n = utf8_decode(text, i, &character);
    return part_of(character);
}

/* Does the sign at `i` join what stands around it: "it's", "3.11", "it\u2019s"? Its bytes, else 0. */
static ptrdiff_t joint_at(str text, ptrdiff_t i) {
    ptrdiff_t n;
    uint8_t c = text.p[i];
    if (c == 0xe2) {
        bool apostrophe = i + 3 < text.n && text.p[i + 1] == 0x80 && text.p[i + 2] == 0x99;
        return apostrophe && byte_is_alpha(text.p[i + 3]) ? 3 : 0;
    }
    if (c != '\'' && (c != '.' || !byte_is_digit(text.p[i - 1]))) return 0;
    return i + 1 < text.n && part_at(text, i + 1, &n) == PART_ANY;
}

/* Does the word before `i` go on there? *n the bytes of what it goes on with. */
static inline bool goes_on(str text, ptrdiff_t i, ptrdiff_t *n) {
    enum part part = part_at(text, i, n);
    return part == PART_BEHIND || part == PART_ANY || (part == PART_NONE && (*n = joint_at(text, i)));
}

bool fact_word_next(str text, uint32_t *at, uint32_t *lo, uint32_t *hi) {
    ptrdiff_t i = *at, n = 0;
    enum part part = PART_NONE;
    while (i < text.n && (part = part_at(text, i, &n)) < PART_ANY) i += n;
    *at = *lo = *hi = (uint32_t)i;
    if (i >= text.n) return false;
    do i += n;
    while (part != PART_WHOLE && i < text.n && goes_on(text, i, &n));
    *at = *hi = (uint32_t)i;
    return true;
}

/* What is left of a word of letters: so many, and the last of them. */
typedef struct cut_word {
    ptrdiff_t n;
    uint64_t tail; /* the last ones in lower case, the very last in the top byte */
} cut_word;

static inline uint8_t letter_before(uint64_t tail, int back) { return (uint8_t)(tail >> (56 - 8 * back)); }

static inline bool ends_in(uint64_t tail, const char *ending, int n) {
    for (int i = 0; i < n; i++)
        if (letter_before(tail, n - 1 - i) != (uint8_t)ending[i]) return false;
    return true;
}

static inline void cut(cut_word *w, int letters) {
    w->n -= letters;
    w->tail <<= 8 * letters;
}

static inline void set_last(cut_word *w, char letter) { w->tail = w->tail << 8 >> 8 | (uint64_t)letter << 56; }

/* "runn": of two last letters one, but for "miss", "fill". */
static inline void undouble(cut_word *w) {
    uint8_t last = letter_before(w->tail, 0);
    if (w->n > 3 && last == letter_before(w->tail, 1) && last != 's' && last != 'l') cut(w, 1);
}

/* How much of the word is its stem; six letters go at most. */
static inline void cut_to_stem(cut_word *w) {
    uint8_t before = letter_before(w->tail, 1);
    if (w->n > 4 && ends_in(w->tail, "ies", 3)) {
        cut(w, 2);
        set_last(w, 'y');
    } else if (w->n > 3 && ends_in(w->tail, "s", 1) && before != 's' && before != 'i' &&
               (before != 'u' || letter_before(w->tail, 2) == 'p')) {
        cut(w, 1);
    }
    if (w->n > 5 && ends_in(w->tail, "ing", 3)) {
        cut(w, 3);
        undouble(w);
    } else if (w->n > 4 && ends_in(w->tail, "ed", 2)) {
        cut(w, 2);
        undouble(w);
    }
    if (w->n > 3 && ends_in(w->tail, "e", 1)) cut(w, 1);
    if (w->n > 3 && ends_in(w->tail, "y", 1)) set_last(w, 'i'); /* copied, copy, copies */
}

static bool is_of_letters(str word) {
    uint64_t odd = 0;
    for (ptrdiff_t i = 0; i < word.n; i += 8) odd |= ~eight_letters(eight_at(word, i)) & eight_first(word.n - i);
    return (odd & EIGHT_TOPS) == 0;
}

uint64_t fact_stem(str word) {
    if (word.n > STEM_BYTES) word.n = STEM_BYTES;
    if (word.n < 4 || !is_of_letters(word)) {
        bool owns = word.n > 2 && word.p[word.n - 2] == '\'' && (word.p[word.n - 1] | 0x20) == 's';
        return str_hash_nocase(str_slice(word, 0, word.n - (owns ? 2 : 0))) | 1;
    }
    uint64_t tail = word.n < 8 ? eight_at(word, 0) << 8 * (8 - word.n) : eight_load(word.p + word.n - 8);
    cut_word w = {word.n, tail | EIGHT_OF(0x20)};
    cut_to_stem(&w);
    uint64_t h = STR_HASH_START;
    ptrdiff_t last = (w.n - 1) / 8 * 8; /* the eight in which the last letter, maybe another one now, stands */
    for (ptrdiff_t i = 0; i < last; i += 8) h = str_hash_step(h, eight_load(word.p + i) | EIGHT_OF(0x20));
    uint64_t v = (eight_at(word, last) | EIGHT_OF(0x20)) & eight_first(w.n - 1 - last);
    return str_hash_end(str_hash_step(h, v | (uint64_t)letter_before(w.tail, 0) << 8 * (w.n - 1 - last)), w.n) | 1;
}

uint64_t fact_word_stem(str text, const fact_word *word) {
    uint8_t last = byte_lower(text.p[word->hi - 1]); /* a short word is its own stem, and one without an ending */
    bool whole = word->hi - word->lo < 4 || (last != 's' && last != 'd' && last != 'g' && last != 'e' && last != 'y');
    if (word->plain && whole) return word->folded | 1;
    return fact_stem(str_slice(text, (ptrdiff_t)word->lo, (ptrdiff_t)word->hi));
}

/* A word that holds more than letters and digits of ASCII, or is endless. */
static bool read_odd(str text, uint32_t *at, fact_word *word) {
    if (!fact_word_next(text, at, &word->lo, &word->hi)) return false;
    word->folded = str_hash_nocase(str_slice(text, (ptrdiff_t)word->lo, (ptrdiff_t)word->hi));
    word->plain = false;
    return true;
}

/* Letters and digits of ASCII. */
typedef struct plain_run {
    ptrdiff_t lo, n;
    uint64_t hash; /* of them in lower case, as str_hash_step left it */
} plain_run;

/* `n` of the eight bytes of `v`: setting bit 5 folds the case of letters and leaves digits. */
static inline void run_add(plain_run *run, uint64_t v, int n) {
    run->hash = str_hash_step(run->hash, (v | EIGHT_OF(0x20)) & eight_first(n));
    run->n += n;
}

/* What begins at run->lo, STEM_BYTES of it at most. */
static void run_read(plain_run *run, str text) {
    for (int n = 8; n == 8 && run->n < STEM_BYTES && run->lo + run->n < text.n;) {
        uint64_t v = eight_at(text, run->lo + run->n);
        n = eight_before(~eight_alnum(v) & EIGHT_TOPS);
        if (n) run_add(run, v, n);
    }
}

/* The first one at or after `from`. Empty where a word begins with a wider character, or none is left. A blank and a
 * short word mostly stand in the same eight bytes. */
static inline plain_run run_find(str text, ptrdiff_t from) {
    plain_run run = {text.n, 0, STR_HASH_START};
    for (; from < text.n; from += 8) {
        uint64_t v = eight_at(text, from), plain = eight_alnum(v);
        int blank = eight_before((plain | v) & EIGHT_TOPS);
        if (blank == 8) continue;
        run.lo = from + blank;
        int n = eight_before(~(plain >> 8 * blank) & EIGHT_TOPS); /* what is shifted in is no letter */
        if (n + blank == 8 && text.n - from > 8)
            run_read(&run, text);
        else if (n)
            run_add(&run, v >> 8 * blank, n);
        break;
    }
    return run;
}

bool fact_word_read(str text, uint32_t *at, fact_word *word) {
    const plain_run run = run_find(text, *at);
    ptrdiff_t hi = run.lo + run.n;
    uint8_t next = hi < text.n ? text.p[hi] : ' ';
    if (!run.n || next >= 0x80 || byte_is_alnum(next) || (hi < text.n && joint_at(text, hi))) {
        *at = (uint32_t)run.lo;
        return read_odd(text, at, word);
    }
    *at = (uint32_t)hi;
    *word = (fact_word){(uint32_t)run.lo, (uint32_t)hi, str_hash_end(run.hash, run.n), true};
    return true;
}

bool fact_text_has_stem(str text, uint64_t stem) {
    uint32_t at = 0, lo, hi;
    while (fact_word_next(text, &at, &lo, &hi))
        if (fact_stem(str_slice(text, (ptrdiff_t)lo, (ptrdiff_t)hi)) == stem) return true;
    return false;
}
