/* multimap.h - a read-only table from 64-bit keys to lists of numbers.
 *
 *     key ──hash──► bucket {first, count} ──► values[first .. first+count)    each value once, in rising order
 *
 * Open-addressed, linear probing, at most half full. Keys are hashes: who needs certainty compares what the value
 * names.
 */
#ifndef ASSAY_MANIFEST_MULTIMAP_H
#define ASSAY_MANIFEST_MULTIMAP_H

#include "base/arena.h"

typedef struct pair {
    uint64_t key;
    uint32_t value;
} pair;

typedef VEC(pair) pair_list;

typedef struct bucket {
    uint64_t key;
    uint32_t first, count; /* count 0 = free */
} bucket;

typedef struct multimap {
    bucket *buckets;
    uint32_t mask;
    uint32_t *values;
    uint32_t count; /* of all values */
} multimap;

/* Sorts the pairs and builds the table in the arena; false when memory is gone. */
bool multimap_make(arena *a, pair_list *pairs, multimap *out);
/* The values of a key; NULL and *count 0 when it has none. */
const uint32_t *multimap_get(const multimap *x, uint64_t key, uint32_t *count);

#endif
