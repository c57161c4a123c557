/* phrase.h - word sequences of all rules in one trie, so that an article's words are walked once for all rules
 * together.
 *
 *     phrase      meaning
 *     ---------   -----------------------------------------------------------------
 *     delve into  these words, separated by spaces or hyphens, any letter case
 *     delve~      inflected: delve, delves, delved, delving (plan~: planned, planning)
 *     (a|b c)     one of these sequences          [the]   may be missing
 *     _           any one word, code included     #       a word that holds a digit
 *     word,       a comma must follow             ^  $    begins / ends the sentence
 *     , word      a comma must stand before it
 *
 * A phrase is expanded into plain sequences (at most PHRASE_MAX_EXPANSIONS), each a path in the trie:
 *
 *     root ──hash("delve")──► n1 ──hash("into")──► n2 {outputs: filler_phrases}
 *
 * Edges are (node, key) → node in one open-addressing table, where key is the word's hash as article words carry it,
 * plus COMMA_SALT when a comma must stand before it. Three bitmaps keep most words of an article away from the table:
 * `first` holds the words that begin a phrase, `alone` those of them that need no second word to be told (they end a
 * phrase, or `_` or `#` follows), `pairs` the beginnings of two words.
 */
#ifndef ASSAY_RULES_PHRASE_H
#define ASSAY_RULES_PHRASE_H

#include "base/arena.h"
#include "base/error.h"

enum { PHRASE_MAX_EXPANSIONS = 4096, PHRASE_MAX_ELEMENTS = 12, PHRASE_FIRST_BITS = 16 };
#define PHRASE_COMMA_SALT 0x9e3779b97f4a7c15u

enum phrase_output_kind { PHRASE_MATCH, PHRASE_EXCEPT, PHRASE_TRIGGER };

typedef struct phrase_output {
    uint16_t rule; /* MATCH, EXCEPT: rule number; TRIGGER: pattern index */
    uint8_t kind;  /* enum phrase_output_kind */
    bool at_start, at_end, comma_before, comma_after;
} phrase_output;

typedef struct phrase_edge {
    uint64_t key;
    uint32_t node;  /* from; UINT32_MAX marks a free slot */
    uint32_t child; /* to */
} phrase_edge;

typedef struct phrase_node {
    uint32_t output_lo, output_hi;
    uint32_t any, digit; /* child over `_` and `#`; 0 = none (the root is nobody's child) */
} phrase_node;

typedef struct phrase_trie {
    const phrase_edge *edges; /* [edge_mask + 1] */
    uint32_t edge_mask;       /* a power of two less one */
    const phrase_node *nodes; /* [node_count], node 0 is the root */
    uint32_t node_count;
    const phrase_output *outputs;
    uint32_t output_count;
    const uint64_t *first, *alone, *pairs; /* [2^PHRASE_FIRST_BITS / 64] each */
} phrase_trie;

static inline uint32_t phrase_slot(uint32_t node, uint64_t key, uint32_t mask) {
    uint64_t mixed = (key ^ ((uint64_t)node * 0xff51afd7ed558ccdu)) * 0xc4ceb9fe1a85ec53u;
    return (uint32_t)(mixed >> 32) & mask;
}
static inline uint32_t phrase_bit(uint64_t hash) { return (uint32_t)(hash >> 24) & ((1u << PHRASE_FIRST_BITS) - 1); }
/* Of a word and the key of the next: shifting keeps (a, b) apart from (b, a). */
static inline uint32_t phrase_pair_bit(uint64_t first, uint64_t second) { return phrase_bit((first << 1) + second); }
static inline bool phrase_bit_is_set(const uint64_t *bits, uint32_t bit) { return (bits[bit >> 6] >> (bit & 63)) & 1; }
/* Whether a word may begin a phrase, whatever follows. */
static inline bool phrase_may_begin(const phrase_trie *t, uint64_t hash) {
    return phrase_bit_is_set(t->first, phrase_bit(hash));
}
/* Whether a word that may begin a phrase may go on to the next one. */
static inline bool phrase_may_go_on(const phrase_trie *t, uint64_t hash, uint64_t next) {
    return phrase_bit_is_set(t->alone, phrase_bit(hash)) || phrase_bit_is_set(t->pairs, phrase_pair_bit(hash, next)) ||
           phrase_bit_is_set(t->pairs, phrase_pair_bit(hash, next ^ PHRASE_COMMA_SALT));
}
/* Child of `node` over `key`; 0 when there is none. */
static inline uint32_t phrase_child(const phrase_trie *t, uint32_t node, uint64_t key) {
    for (uint32_t slot = phrase_slot(node, key, t->edge_mask);; slot = (slot + 1) & t->edge_mask) {
        const phrase_edge *edge = &t->edges[slot];
        if (edge->node == node && edge->key == key) return edge->child;
        if (edge->node == UINT32_MAX) return 0;
    }
}

typedef struct trie_builder trie_builder;
/* NULL when memory is gone. Lives in the arena. */
trie_builder *trie_builder_new(arena *a);
/* Adds a phrase; `what` says what its match means (at_start etc. are filled in from the phrase). ERROR_SCHEMA with a
 * message and no place for a phrase that is not well-formed or expands too far; ERROR_MEMORY. */
int trie_builder_add(trie_builder *b, str phrase, phrase_output what, error *e);
/* Ends the building: the table in the arena. */
int trie_builder_finish(trie_builder *b, phrase_trie *out, error *e);

/* Inflected forms of an English regular verb or noun, the base first; returns how many (at most 4). `out[i]` live in
 * the arena; {NULL,0} when memory is gone. */
int phrase_inflect(arena *a, str base, str out[4]);

#endif
