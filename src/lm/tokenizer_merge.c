/* tokenizer_merge.c - one word to tokens: byte-pair merging.
 *
 * In: the bytes of a word. Out: tokens appended.
 *
 *     symbols  h e l l o        rank of (h,e), (e,l), (l,l), (l,o); the lowest merges, leftmost among equals;
 *              h e ll o         its neighbours get new ranks; until no pair has one
 *
 * Short words: arrays, the lowest rank by looking at all. Long words: linked symbols and a heap of rank << 32 | place,
 * so that a megabyte of one letter costs n log n. A heap entry is stale when its place no longer has that rank.
 * A symbol without a token (a character outside the vocabulary) merges with nothing and becomes its bytes, or the
 * unknown token, once for each run of such. Deliberately not here: where words end, and the cache of words.
 */
#include "lm/tokenizer_impl.h"

#include "base/utf8.h"

#include <stdlib.h>

enum { SHORT_SYMBOLS = 48 };

void token_ids_free(token_ids *l) {
    free(l->at);
    *l = (token_ids){0};
}

bool token_push(token_ids *l, uint32_t token) {
    if (l->n == l->capacity) {
        size_t capacity = l->capacity ? l->capacity * 2 : 256;
        uint32_t *grown = capacity <= SIZE_MAX / sizeof *grown ? realloc(l->at, capacity * sizeof *grown) : NULL;
        if (!grown) return false;
        l->at = grown;
        l->capacity = capacity;
    }
    l->at[l->n++] = token;
    return true;
}

/* The symbol that begins at `at`, and its length in bytes. */
static inline uint32_t symbol_at(const tokenizer *t, str word, ptrdiff_t at, ptrdiff_t *length) {
    *length = 1;
    if (t->family == FAMILY_BYTES) return t->byte_ids[word.p[at]];
    if (word.p[at] < 0x80) return t->ascii_ids[word.p[at]];
    uint32_t code;
    *length = utf8_decode(word, at, &code);
    return word_find(t, word.p + at, (size_t)*length);
}

/* Appends a final symbol: its token, or the bytes of text that it stands for. */
static bool emit(const tokenizer *t, uint32_t id, str bytes, bool *unknown_before, token_ids *out) {
    if (id < t->size) {
        *unknown_before = false;
        return token_push(out, id);
    }
    for (ptrdiff_t i = 0; i < bytes.n; i++) {
        uint32_t byte = t->byte_ids[bytes.p[i]];
        if (byte == TOKEN_NONE) {
            if (!*unknown_before && !token_push(out, t->unknown)) return false;
            *unknown_before = true;
        } else {
            if (!token_push(out, byte)) return false;
            *unknown_before = false;
        }
    }
    return true;
}

/* ---- short words ------------------------------------------------------------------------------------------------- */

typedef struct short_word {
    uint32_t id[SHORT_SYMBOLS], rank[SHORT_SYMBOLS], merged[SHORT_SYMBOLS];
    uint16_t start[SHORT_SYMBOLS + 1]; /* byte where the symbol begins; [n] = end of the word */
    int n;
} short_word;

static inline void short_rank(const tokenizer *t, short_word *w, int i) {
    w->rank[i] = RANK_NONE;
    if (i + 1 >= w->n) return;
    const pair_slot *pair = pair_find(t, w->id[i], w->id[i + 1]);
    if (!pair) return;
    w->rank[i] = pair->rank;
    w->merged[i] = pair->id;
}

static void short_remove(short_word *w, int i) {
    size_t rest = (size_t)(w->n - i - 1);
    memmove(w->id + i, w->id + i + 1, rest * sizeof *w->id);
    memmove(w->rank + i, w->rank + i + 1, rest * sizeof *w->rank);
    memmove(w->merged + i, w->merged + i + 1, rest * sizeof *w->merged);
    memmove(w->start + i, w->start + i + 1, (rest + 1) * sizeof *w->start);
    w->n--;
}

static bool merge_short(const tokenizer *t, str word, short_word *w, token_ids *out) {
    for (int i = 0; i < w->n; i++) short_rank(t, w, i);
    for (;;) {
        int best = 0;
        for (int i = 1; i < w->n; i++)
            if (w->rank[i] < w->rank[best]) best = i;
        if (w->rank[best] == RANK_NONE) break;
        w->id[best] = w->merged[best];
        short_remove(w, best + 1);
        short_rank(t, w, best);
        if (best) short_rank(t, w, best - 1);
    }
    bool unknown_before = false;
    for (int i = 0; i < w->n; i++)
        if (!emit(t, w->id[i], str_slice(word, w->start[i], w->start[i + 1]), &unknown_before, out)) return false;
    return true;
}

/* ---- long words -------------------------------------------------------------------------------------------------- */

typedef struct symbol {
    uint32_t id, start;
    uint32_t next, previous; /* places; UINT32_MAX = none */
    uint32_t rank, merged;   /* of this symbol and the next */
} symbol;

typedef struct heap {
    uint64_t *at;
    size_t n;
} heap;

static void heap_push(heap *h, uint64_t v) {
    size_t i = h->n++;
    for (; i && h->at[(i - 1) / 2] > v; i = (i - 1) / 2) h->at[i] = h->at[(i - 1) / 2];
    h->at[i] = v;
}

static uint64_t heap_pop(heap *h) {
    uint64_t top = h->at[0], last = h->at[--h->n];
    size_t i = 0;
    for (size_t child; (child = 2 * i + 1) < h->n; i = child) {
        if (child + 1 < h->n && h->at[child + 1] < h->at[child]) child++;
        if (h->at[child] >= last) break;
        h->at[i] = h->at[child];
    }
    h->at[i] = last;
    return top;
}

static void long_rank(const tokenizer *t, symbol *s, heap *h, uint32_t i) {
    s[i].rank = RANK_NONE;
    if (s[i].next == UINT32_MAX) return;
    const pair_slot *pair = pair_find(t, s[i].id, s[s[i].next].id);
    if (!pair) return;
    s[i].rank = pair->rank;
    s[i].merged = pair->id;
    heap_push(h, (uint64_t)pair->rank << 32 | i);
}

/* Symbols, then room for the heap: one entry a pair at first, at most two more a merge. */
static int long_room(merge_room *room, size_t n, symbol **symbols, heap *h, error *e) {
    size_t bytes = n * (sizeof(symbol) + 3 * sizeof(uint64_t));
    if (bytes > room->block_bytes) {
        void *grown = realloc(room->block, bytes);
        if (!grown) return error_set(e, ERROR_MEMORY, "no memory to encode a word of %zu symbols", n);
        room->block = grown;
        room->block_bytes = bytes;
    }
    h->at = room->block;
    h->n = 0;
    *symbols = (symbol *)(void *)((uint64_t *)room->block + 3 * n);
    return 0;
}

static int merge_long(const tokenizer *t, merge_room *room, str word, token_ids *out, error *e) {
    symbol *s = NULL;
    heap h = {0};
    int rc = long_room(room, (size_t)word.n, &s, &h, e);
    if (rc) return rc;
    uint32_t n = 0;
    ptrdiff_t length;
    for (ptrdiff_t at = 0; at < word.n; at += length, n++) {
        s[n] = (symbol){.start = (uint32_t)at, .previous = n - 1, .next = n + 1};
        s[n].id = symbol_at(t, word, at, &length);
    }
    s[n - 1].next = UINT32_MAX;
    for (uint32_t i = 0; i < n; i++) long_rank(t, s, &h, i);
    while (h.n) {
        uint64_t top = heap_pop(&h);
        uint32_t i = (uint32_t)top, gone = s[i].next;
        if (s[i].rank != top >> 32) continue;
        s[i].id = s[i].merged;
        s[i].next = s[gone].next;
        s[gone].rank = RANK_NONE;
        if (s[i].next != UINT32_MAX) s[s[i].next].previous = i;
        long_rank(t, s, &h, i);
        if (s[i].previous != UINT32_MAX) long_rank(t, s, &h, s[i].previous);
    }
    bool unknown_before = false;
    for (uint32_t i = 0; i != UINT32_MAX; i = s[i].next) {
        ptrdiff_t end = s[i].next == UINT32_MAX ? word.n : (ptrdiff_t)s[s[i].next].start;
        if (!emit(t, s[i].id, str_slice(word, s[i].start, end), &unknown_before, out))
            return error_set(e, ERROR_MEMORY, "no memory for tokens");
    }
    return 0;
}

int merge_word(const tokenizer *t, merge_room *room, str word, token_ids *out, error *e) {
    if (word.n == 0) return 0;
    if (t->whole_words) {
        uint32_t id = word_find(t, word.p, (size_t)word.n);
        if (id != TOKEN_NONE) return token_push(out, id) ? 0 : error_set(e, ERROR_MEMORY, "no memory for tokens");
    }
    short_word w = {.n = 0};
    ptrdiff_t at = 0, length = 1;
    for (; at < word.n && w.n < SHORT_SYMBOLS; at += length) {
        w.start[w.n] = (uint16_t)at;
        w.id[w.n++] = symbol_at(t, word, at, &length);
    }
    if (at < word.n) return merge_long(t, room, word, out, e);
    w.start[w.n] = (uint16_t)word.n;
    return merge_short(t, word, &w, out) ? 0 : error_set(e, ERROR_MEMORY, "no memory for tokens");
}
