/* tokenizer_impl.h - inside the room: what a tokenizer is made of.
 *
 *     words    text ──► id        open addressing, keyed by the bytes that the text holds when it is merged
 *     pairs    (left, right) ──► rank, id of the two together
 *     joins    bit for each pair of bytes that stand side by side inside some token: between two bytes that never do,
 *              no merge can reach, so a text may be cut there (llama, gemma4)
 *
 * In the families with U+2581 for the space, texts are held with the plain space instead, in the vocabulary and in the
 * input: both are one symbol, so nothing changes but the length.
 */
#ifndef ASSAY_LM_TOKENIZER_IMPL_H
#define ASSAY_LM_TOKENIZER_IMPL_H

#include "lm/pretokenize.h"
#include "lm/tokenizer.h"

enum tokenizer_family { FAMILY_BYTES, FAMILY_SENTENCEPIECE, FAMILY_GEMMA };

enum {
    PROBE_LIMIT = 2048,  /* longer chains mean a vocabulary made to be slow */
    SPECIAL_BYTES = 256, /* longest control or user-defined token */
    TOKEN_BYTES = 4096,  /* longest token of any kind */
    RANK_NONE = 0x7fffffff
};

typedef struct word_slot {
    uint32_t tag;   /* high half of the hash */
    uint32_t index; /* into keys, + 1; 0 = free */
} word_slot;

typedef struct word_table {
    word_slot *slots;
    uint32_t mask;
} word_table;

typedef struct pair_slot {
    uint64_t key; /* left << 32 | right; UINT64_MAX = free */
    uint32_t rank, id;
} pair_slot;

struct tokenizer {
    arena *a;
    enum tokenizer_family family;
    enum pretokenizer pre;
    bool whole_words; /* a word that is a token is that token, merges or not (llama-bpe, tekken) */
    bool add_begin, add_space;
    const unicode_classes *classes;
    uint32_t size;    /* tokens; ids from here on are symbols that only occur inside tokens */
    uint32_t symbols; /* size + those symbols */
    str *texts;       /* [size] as in the file */
    str *pieces;      /* [symbols] as bytes of text, with plain spaces */
    uint8_t *types;   /* [size] */
    uint8_t *marks;   /* [size] bool: user-defined by its type, but what the prompt alone may write (prompt_mark) */
    word_table words; /* pieces that text can become */
    pair_slot *pairs; /* [pair_mask + 1] */
    uint32_t pair_mask;
    uint32_t byte_ids[256];  /* token of one byte; TOKEN_NONE without one */
    uint32_t ascii_ids[128]; /* symbol of an ASCII character (not FAMILY_BYTES) */
    uint8_t joins[8192];
    uint32_t *specials; /* [special_count] control, unknown and user-defined tokens, sorted by text */
    uint32_t special_count;
    uint8_t special_first[256]; /* 1 where a special begins with that byte, 2 where a user-defined one does */
    uint32_t begin, end, unknown;
    uint8_t *ends; /* [size] bool */
    char description[128];
};

static inline uint64_t hash_mix(uint64_t a, uint64_t b) {
    __extension__ unsigned __int128 m = (unsigned __int128)a * b;
    return (uint64_t)m ^ (uint64_t)(m >> 64);
}

static inline uint64_t hash_word(const uint8_t *p, size_t n) {
    uint64_t h = 0x9e3779b97f4a7c15u ^ n, v;
    for (; n > 8; n -= 8, p += 8) {
        memcpy(&v, p, 8);
        h = hash_mix(h ^ v, 0xd6e8feb86659fd93u);
    }
    v = 0;
    if (n) memcpy(&v, p, n);
    return hash_mix(h ^ v, 0xa0761d6478bd642fu);
}

/* The id of a word, or TOKEN_NONE. */
static inline uint32_t word_find(const tokenizer *t, const uint8_t *p, size_t n) {
    uint64_t h = hash_word(p, n);
    uint32_t tag = (uint32_t)(h >> 32), at = (uint32_t)h & t->words.mask;
    for (int i = 0; i < PROBE_LIMIT; i++, at = (at + 1) & t->words.mask) {
        const word_slot *slot = &t->words.slots[at];
        if (!slot->index) return TOKEN_NONE;
        if (slot->tag == tag) {
            str piece = t->pieces[slot->index - 1];
            if ((size_t)piece.n == n && memcmp(piece.p, p, n) == 0) return slot->index - 1;
        }
    }
    return TOKEN_NONE;
}

static inline uint32_t pair_home(uint64_t key, uint32_t mask) {
    return (uint32_t)(hash_mix(key ^ 0x8bb84b93962eacc9u, 0x9e3779b97f4a7c15u)) & mask;
}

/* The pair's slot, or NULL. */
static inline const pair_slot *pair_find(const tokenizer *t, uint32_t left, uint32_t right) {
    uint64_t key = (uint64_t)left << 32 | right;
    uint32_t at = pair_home(key, t->pair_mask);
    for (int i = 0; i < PROBE_LIMIT; i++, at = (at + 1) & t->pair_mask) {
        if (t->pairs[at].key == UINT64_MAX) return NULL; /* first: two symbols without tokens make that key too */
        if (t->pairs[at].key == key) return &t->pairs[at];
    }
    return NULL;
}

static inline bool joined(const tokenizer *t, uint8_t left, uint8_t right) {
    unsigned bit = (unsigned)left << 8 | right;
    return t->joins[bit >> 3] >> (bit & 7) & 1;
}

/* tokenizer_merge.c: appends the tokens of one word (no cache, no specials). */
typedef struct merge_room {
    void *block; /* symbols and heap of long words; grows */
    size_t block_bytes;
} merge_room;
int merge_word(const tokenizer *t, merge_room *room, str word, token_ids *out, error *e);
bool token_push(token_ids *l, uint32_t token);

/* tokenizer_vocabulary.c: fills pieces, words, pairs, bytes from the header's arrays. */
int vocabulary_build(tokenizer *t, const gguf *g, error *e);
/* Names that published chat models end their turns and texts with. */
extern const str TOKEN_END_NAMES[];
extern const size_t TOKEN_END_NAME_COUNT;
/* Whether text from outside may hold this token as such: only a user-defined one that is no mark of the prompt's. */
static inline bool free_in_text(const tokenizer *t, uint32_t id) {
    return t->types[id] == TOKEN_USER_DEFINED && !t->marks[id];
}
/* How a control, unknown or user-defined token looks in a text. */
str special_text(const tokenizer *t, uint32_t id);

#endif
