/* stem.h - words of a text, and what two forms of one word share.
 *
 * In: text. Out: words, and a 64-bit stem of each. The truth stage finds facts by stems; the words that decide stances
 * (lexicon.h) are known by them.
 */
#ifndef ASSAY_LEX_STEM_H
#define ASSAY_LEX_STEM_H

#include "base/str.h"

/* Stem of a word: case folded, plural and verb endings off, hashed. Two inflections of a regular word share it. */
uint64_t fact_stem(str word);
/* One of 64 bits by stem: a text that sets no such bit holds no word of the stem. */
static inline uint64_t fact_stem_bit(uint64_t stem) { return (uint64_t)1 << (stem >> 58); }
/* Another, by other bits of it. */
static inline uint64_t fact_stem_second_bit(uint64_t stem) { return (uint64_t)1 << (stem >> 52 & 63); }
/* Has the text a word of this stem? */
bool fact_text_has_stem(str text, uint64_t stem);
/* Next word (letters, digits, inner apostrophes) at or after *at; false at the end. */
bool fact_word_next(str text, uint32_t *at, uint32_t *lo, uint32_t *hi);

typedef struct fact_word {
    uint32_t lo, hi; /* as fact_word_next says */
    uint64_t folded; /* str_hash_nocase of it */
    bool plain;      /* nothing but letters and digits of ASCII */
} fact_word;
/* The same, with what comparing it needs: for whoever reads whole texts. */
bool fact_word_read(str text, uint32_t *at, fact_word *word);
/* fact_stem of a word that was read from this text. */
uint64_t fact_word_stem(str text, const fact_word *word);

#endif
