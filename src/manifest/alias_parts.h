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
    uint32_t depth; /* words of the longest name */
    uint64_t *starts;
    bool first[256]; /* can a name begin with this byte, in either case? Always with a wider character's */
    node *nodes;
    alias_target *targets;
    size_t name_count;
};

/* ---- words ---- */

typedef struct word {
    ptrdiff_t lo, hi; /* in the text */
    bool gap;         /* separators stand before it */
    uint64_t hash;    /* salted */
    int length;       /* folded bytes; 0 = too long to be part of a name */
    uint8_t folded[ALIAS_LIMIT_BYTES];
} word;

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

static inline uint64_t load_chunk(const uint8_t *p, ptrdiff_t n) {
    uint64_t chunk = 0;
    memcpy(&chunk, p, n < 8 ? (size_t)n : 8);
    return chunk;
}

static inline uint64_t hash_bytes(uint64_t seed, const uint8_t *p, ptrdiff_t n) {
    uint64_t h = seed ^ (uint64_t)n * 0x9e3779b97f4a7c15u;
    for (ptrdiff_t i = 0; i < n; i += 8) {
        h = (h ^ load_chunk(p + i, n - i)) * 0xd6e8feb86659fd93u;
        h ^= h >> 32;
    }
    return hash_mix(h);
}

/* An ASCII word of letters and digits, [lo, hi): setting bit 5 folds the case of the former and leaves the latter. */
static inline void fold_ascii(str text, ptrdiff_t lo, ptrdiff_t hi, word *w) {
    w->lo = lo;
    w->hi = hi;
    w->length = hi - lo <= ALIAS_LIMIT_BYTES ? (int)(hi - lo) : 0;
    for (int i = 0; i < w->length; i++) w->folded[i] = text.p[lo + i] | 0x20;
}

/* Any word, character by character. */
static inline void fold_wide(str text, ptrdiff_t lo, word *w) {
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
}

/* Where the ASCII word that begins at `at` ends; *wide when a wider character stands in it or right behind it. */
static inline ptrdiff_t ascii_word_end(str text, ptrdiff_t at, bool *wide) {
    ptrdiff_t hi = at + 1;
    if (byte_class[text.p[at]] == RUNE_WORD)
        while (hi < text.n && byte_class[text.p[hi]] == RUNE_WORD) hi++;
    *wide = byte_class[text.p[at]] == RUNE_WIDE ||
            (byte_class[text.p[at]] == RUNE_WORD && hi < text.n && byte_class[text.p[hi]] == RUNE_WIDE);
    return hi;
}

/* Reads the word at `lo`, which ends at `hi` if it is one of ASCII; else hi == lo. */
static inline void word_read(str text, ptrdiff_t lo, ptrdiff_t hi, uint64_t seed, word *w) {
    if (hi == lo)
        fold_wide(text, lo, w);
    else
        fold_ascii(text, lo, hi, w);
    w->hash = hash_bytes(seed, w->folded, w->length);
}

/* Reads the next word at or after `at`; false at the end of the text. */
static inline bool word_next(str text, ptrdiff_t at, uint64_t seed, word *w) {
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
    ptrdiff_t hi = ascii_word_end(text, at, &wide);
    word_read(text, at, wide || class != RUNE_WORD ? at : hi, seed, w);
    return true;
}
/* ---- tables ---- */

static inline bool word_equals(const word_slot *slot, const word *w) {
    return slot->hash == w->hash && slot->text.n == w->length &&
           memcmp(slot->text.p, w->folded, (size_t)w->length) == 0;
}

/* Slot of the word, or of the free place where it belongs. */
static inline uint32_t word_slot_of(const alias_index *x, const word *w) {
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
static inline uint32_t step(const alias_index *x, uint32_t from, const word *w, bool gap) {
    if (!w->length || !x->words[word_slot_of(x, w)].text.p) return 0;
    return x->edges[edge_slot_of(x, edge_key(from, w->hash, gap))].child;
}

static inline uint32_t node_of_name(const alias_index *x, str name) {
    uint32_t at = 0, count = 0;
    word w;
    if (name.n > ALIAS_LIMIT_BYTES) return 0;
    for (ptrdiff_t i = 0; word_next(name, i, x->seed, &w); i = w.hi)
        if (!(at = step(x, at, &w, w.gap && count > 0)) || !++count) return 0;
    return at;
}
/* A cheap key of an ASCII word: its length and its first eight bytes, case folded. */
static inline uint32_t start_key(const uint8_t *p, ptrdiff_t len, ptrdiff_t available) {
    uint64_t first = 0;
    if (available >= 8) {
        memcpy(&first, p, 8);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        first = __builtin_bswap64(first);
#endif
    } else {
        for (ptrdiff_t i = 0; i < available; i++) first |= (uint64_t)p[i] << 8 * i;
    }
    first |= 0x2020202020202020u;
    if (len < 8) first &= ((uint64_t)1 << 8 * len) - 1;
    return (uint32_t)((first + (uint64_t)len * 0x9e3779b97f4a7c15u) * 0xd6e8feb86659fd93u >> 32);
}
#endif
