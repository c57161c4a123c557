/* alias_parts.h - private to the name trie: its tables and the reading of words, shared by building and matching.
 *
 *     words:  folded bytes ──hash──► word number          edges: (node, word, gap) ──hash──► node
 *     nodes:  targets[first .. first+count)               starts: one bit per key of a first word
 *
 * Both tables are open-addressed with linear probing, at most half full; the hash is salted, so that a name list cannot
 * be made to collide without knowing the salt (the manifest's content hash). Invariant: a word is at most
 * ALIAS_LIMIT_BYTES folded bytes; longer ones are part of no name.
 */
#ifndef ASSAY_MANIFEST_ALIAS_PARTS_H
#define ASSAY_MANIFEST_ALIAS_PARTS_H

#include "base/eight.h"
#include "base/utf8.h"
#include "manifest/alias.h"

typedef struct word_slot {
    uint64_t hash;
    str text; /* folded; p NULL = free slot */
} word_slot;

typedef struct edge_slot {
    uint64_t key;   /* mixed from the parent node, the word's salted hash and the gap bit */
    uint32_t child; /* 0 = free slot: the root is nobody's child */
} edge_slot;

typedef struct node {
    uint32_t first, count; /* into targets */
} node;

struct alias_index {
    uint64_t seed;
    word_slot *words;
    edge_slot *edges;
    uint32_t word_mask, edge_mask, start_mask;
    uint32_t depth;          /* words of the longest name */
    uint64_t *starts;        /* by start_key */
    uint64_t *hashed_starts; /* by str_hash of the whole word, folded */
    bool first[256];         /* can a name begin with this byte, in either case? Always with a wider character's */
    node *nodes;
    alias_target *targets;
    size_t name_count;
};

/* ---- words ---- */

typedef struct name_word {
    ptrdiff_t lo, hi; /* in the text */
    bool gap;         /* separators stand before it */
    uint64_t hash;    /* salted */
    int length;       /* folded bytes; 0 = too long to be part of a name */
    uint8_t folded[ALIAS_LIMIT_BYTES];
} name_word;

static inline uint64_t hash_mix(uint64_t h) {
    h ^= h >> 32;
    h *= 0xd6e8feb86659fd93u;
    return h ^ h >> 32;
}

enum rune_class { RUNE_OTHER, RUNE_WORD, RUNE_GAP };

/* Class of every byte; those of wider characters are RUNE_WIDE. */
enum { RUNE_WIDE = 3 };
#define O4 RUNE_OTHER, RUNE_OTHER, RUNE_OTHER, RUNE_OTHER
#define W4 RUNE_WORD, RUNE_WORD, RUNE_WORD, RUNE_WORD
#define X4 RUNE_WIDE, RUNE_WIDE, RUNE_WIDE, RUNE_WIDE
#define X32 X4, X4, X4, X4, X4, X4, X4, X4
/* clang-format off */
static const uint8_t byte_class[256] = {
    O4, O4, RUNE_OTHER, RUNE_GAP, RUNE_GAP, RUNE_GAP, RUNE_GAP, RUNE_GAP, RUNE_OTHER, RUNE_OTHER, /* \t to \r */
    O4, O4, O4, O4,
    RUNE_GAP, RUNE_OTHER, RUNE_OTHER, RUNE_OTHER, O4, O4, RUNE_OTHER, RUNE_GAP, RUNE_OTHER, RUNE_OTHER, /* ' ' '-' */
    W4, W4, RUNE_WORD, RUNE_WORD, RUNE_OTHER, RUNE_OTHER, O4, /* 0 to 9 */
    RUNE_OTHER, RUNE_WORD, RUNE_WORD, RUNE_WORD, W4, W4, W4, W4, W4, RUNE_WORD, RUNE_WORD, RUNE_WORD, /* A to Z */
    RUNE_OTHER, RUNE_OTHER, RUNE_OTHER, RUNE_OTHER, RUNE_GAP, /* '_' */
    RUNE_OTHER, RUNE_WORD, RUNE_WORD, RUNE_WORD, W4, W4, W4, W4, W4, RUNE_WORD, RUNE_WORD, RUNE_WORD, /* a to z */
    RUNE_OTHER, RUNE_OTHER, RUNE_OTHER, RUNE_OTHER, RUNE_OTHER,
    X32, X32, X32, X32};
/* clang-format on */
#undef O4
#undef W4
#undef X4
#undef X32

/* The same for a character beyond ASCII. */
ptrdiff_t alias_wide_rune(str text, ptrdiff_t at, enum rune_class *class, uint32_t *folded);

/* Class and folded form of the character at `at`; returns its length. */
static inline ptrdiff_t rune_at(str text, ptrdiff_t at, enum rune_class *class, uint32_t *folded) {
    uint8_t byte = text.p[at];
    if (byte >= 0x80) return alias_wide_rune(text, at, class, folded);
    *class = (enum rune_class)byte_class[byte];
    *folded = byte_lower(byte);
    return 1;
}

static inline uint64_t hash_begin(uint64_t seed, ptrdiff_t n) { return seed ^ (uint64_t)n * 0x9e3779b97f4a7c15u; }

static inline uint64_t hash_step(uint64_t h, uint64_t eight) {
    h = (h ^ eight) * 0xd6e8feb86659fd93u;
    return h ^ h >> 32;
}

/* An ASCII word of letters and digits, [lo, hi): setting bit 5 folds the case of the former and leaves the latter. */
static inline void read_ascii(str text, ptrdiff_t lo, ptrdiff_t hi, uint64_t seed, name_word *w) {
    w->lo = lo;
    w->hi = hi;
    w->length = hi - lo <= ALIAS_LIMIT_BYTES ? (int)(hi - lo) : 0;
    uint64_t h = hash_begin(seed, w->length);
    for (int i = 0; i < w->length; i += 8) {
        uint64_t v = (eight_at(text, lo + i) | EIGHT_OF(0x20)) & eight_first(w->length - i);
        eight_store(w->folded + i, v);
        h = hash_step(h, v);
    }
    w->hash = hash_mix(h);
}

/* Any word, character by character. */
static inline void read_wide(str text, ptrdiff_t lo, uint64_t seed, name_word *w) {
    enum rune_class class;
    uint32_t folded;
    bool fits = true;
    ptrdiff_t n = rune_at(text, w->hi = w->lo = lo, &class, &folded);
    w->length = 0;
    do {
        uint8_t bytes[4];
        ptrdiff_t k = utf8_encode(folded, bytes);
        fits = fits && w->length + k <= ALIAS_LIMIT_BYTES;
        for (ptrdiff_t i = 0; fits && i < k; i++) w->folded[w->length++] = bytes[i];
        w->hi += n;
        if (class == RUNE_OTHER || w->hi >= text.n) break;
        n = rune_at(text, w->hi, &class, &folded);
    } while (class == RUNE_WORD);
    if (!fits) w->length = 0;
    str folded_text = {w->folded, w->length};
    uint64_t h = hash_begin(seed, w->length);
    for (int i = 0; i < w->length; i += 8) h = hash_step(h, eight_at(folded_text, i));
    w->hash = hash_mix(h);
}

/* Where the word that begins at `at` ends as long as it is ASCII, its first eight bytes being `first`; *wide when a
 * wider character stands in it or right behind it. In line, since the scan asks it of every word of an article. */
static inline __attribute__((always_inline)) ptrdiff_t ascii_word_end(str text, ptrdiff_t at, uint64_t first,
                                                                      bool *wide) {
    ptrdiff_t hi = at + 1;
    *wide = text.p[at] >= 0x80;
    if (byte_class[text.p[at]] != RUNE_WORD) return hi;
    int n = eight_before(~eight_alnum(first) & EIGHT_TOPS);
    for (hi = at + n; n == 8 && hi < text.n; hi += n) n = eight_before(~eight_alnum(eight_at(text, hi)) & EIGHT_TOPS);
    *wide = hi < text.n && text.p[hi] >= 0x80;
    return hi;
}

/* Reads the word at `lo`, which ends at `hi` if it is one of ASCII; else hi == lo. */
static inline void word_read(str text, ptrdiff_t lo, ptrdiff_t hi, uint64_t seed, name_word *w) {
    if (hi == lo)
        read_wide(text, lo, seed, w);
    else
        read_ascii(text, lo, hi, seed, w);
}

/* Reads the next word at or after `at`; false at the end of the text. */
static inline bool word_next(str text, ptrdiff_t at, uint64_t seed, name_word *w) {
    enum rune_class class = RUNE_GAP;
    uint32_t folded;
    bool wide;
    w->gap = false;
    for (ptrdiff_t n = 0; at < text.n; at += n) {
        n = rune_at(text, at, &class, &folded);
        if (class != RUNE_GAP) break;
        w->gap = true;
    }
    if (at >= text.n) return false;
    ptrdiff_t hi = ascii_word_end(text, at, eight_at(text, at), &wide);
    word_read(text, at, wide || class != RUNE_WORD ? at : hi, seed, w);
    return true;
}
/* ---- tables ---- */

static inline bool word_equals(const word_slot *slot, const name_word *w) {
    return slot->hash == w->hash && slot->text.n == w->length &&
           memcmp(slot->text.p, w->folded, (size_t)w->length) == 0;
}

/* Slot of the word, or of the free place where it belongs. */
static inline uint32_t word_slot_of(const alias_index *x, const name_word *w) {
    uint32_t i = (uint32_t)w->hash & x->word_mask;
    while (x->words[i].text.p && !word_equals(&x->words[i], w)) i = (i + 1) & x->word_mask;
    return i;
}

static inline uint64_t edge_key(uint32_t from, uint64_t word_hash, bool gap) {
    /* Words are told apart by their full 64-bit salted hash here; the word table has compared their bytes before. */
    return hash_mix(word_hash + ((uint64_t)from << 1 | gap) * 0x9e3779b97f4a7c15u);
}

static inline uint32_t edge_slot_of(const alias_index *x, uint64_t key) {
    uint32_t i = (uint32_t)key & x->edge_mask;
    while (x->edges[i].child && x->edges[i].key != key) i = (i + 1) & x->edge_mask;
    return i;
}
static inline uint32_t step(const alias_index *x, uint32_t from, const name_word *w, bool gap) {
    if (!w->length || !x->words[word_slot_of(x, w)].text.p) return 0;
    return x->edges[edge_slot_of(x, edge_key(from, w->hash, gap))].child;
}

static inline uint32_t node_of_name(const alias_index *x, str name) {
    uint32_t at = 0, count = 0;
    name_word w;
    if (name.n > ALIAS_LIMIT_BYTES) return 0;
    for (ptrdiff_t i = 0; word_next(name, i, x->seed, &w); i = w.hi)
        if (!(at = step(x, at, &w, w.gap && count > 0)) || !++count) return 0;
    return at;
}
/* A cheap key of an ASCII word: its length and its first eight bytes, case folded. */
static inline uint32_t start_key(uint64_t first_eight, ptrdiff_t len) {
    uint64_t folded = (first_eight | EIGHT_OF(0x20)) & eight_first(len);
    return (uint32_t)((folded + (uint64_t)len * 0x9e3779b97f4a7c15u) * 0xd6e8feb86659fd93u >> 32);
}

static inline bool starts_a_name(const alias_index *x, uint64_t first_eight, ptrdiff_t len) {
    uint32_t bit = start_key(first_eight, len) & x->start_mask;
    return x->starts[bit / 64] >> bit % 64 & 1;
}

/* The same of a word whose str_hash, case folded, is known. */
static inline bool hash_starts_a_name(const alias_index *x, uint64_t hash) {
    uint32_t bit = (uint32_t)(hash >> 32) & x->start_mask;
    return x->hashed_starts[bit / 64] >> bit % 64 & 1;
}
#endif
