/* multimap.c - builds the table from pairs, sorted once: O(n log n). */
#include "manifest/multimap.h"

#include <stdlib.h>

static int compare_pairs(const void *left, const void *right) {
    const pair *x = left, *y = right;
    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    return (x->value > y->value) - (x->value < y->value);
}

bool multimap_make(arena *a, pair_list *pairs, multimap *out) {
    uint32_t capacity = 16;
    while (capacity < pairs->n * 2) capacity *= 2;
    out->buckets = ARENA_ARRAY(a, bucket, capacity);
    out->values = ARENA_ARRAY(a, uint32_t, pairs->n + 1);
    out->mask = capacity - 1;
    if (!out->buckets || !out->values) return false;
    if (pairs->n) qsort(pairs->at, pairs->n, sizeof *pairs->at, compare_pairs);
    uint32_t kept = 0;
    for (size_t i = 0; i < pairs->n;) {
        uint64_t key = pairs->at[i].key;
        uint32_t first = kept;
        for (; i < pairs->n && pairs->at[i].key == key; i++)
            if (kept == first || out->values[kept - 1] != pairs->at[i].value) out->values[kept++] = pairs->at[i].value;
        uint32_t slot = (uint32_t)(key ^ key >> 32) & out->mask;
        while (out->buckets[slot].count) slot = (slot + 1) & out->mask;
        out->buckets[slot] = (bucket){key, first, kept - first};
    }
    out->count = kept;
    return true;
}

const uint32_t *multimap_get(const multimap *x, uint64_t key, uint32_t *count) {
    for (uint32_t slot = (uint32_t)(key ^ key >> 32) & x->mask; x->buckets[slot].count; slot = (slot + 1) & x->mask)
        if (x->buckets[slot].key == key) {
            *count = x->buckets[slot].count;
            return x->values + x->buckets[slot].first;
        }
    *count = 0;
    return NULL;
}
