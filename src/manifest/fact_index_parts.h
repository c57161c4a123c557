/* fact_index_parts.h - what fact_index.c builds and fact_lookup.c asks. Private to the two. */
#ifndef ASSAY_FACT_INDEX_PARTS_H
#define ASSAY_FACT_INDEX_PARTS_H

#include "manifest/fact_index.h"
#include "manifest/multimap.h"

enum { PLACE_BITS = 1 << 14, TEXT_BITS = 1 << 12 };

struct fact_index {
    numeric_fact *facts;
    uint32_t fact_count;
    double *sorted_base[DIM_COUNT_OF_DIMENSIONS];
    uint32_t *sorted_fact[DIM_COUNT_OF_DIMENSIONS];
    uint32_t sorted_count[DIM_COUNT_OF_DIMENSIONS];
    multimap named, owned, services, ports, groups, versions, texts, conditions, folders, outputs, places, entity_words,
        condition_stems, nouns, derived, digits;
    uint64_t text_ends[TEXT_BITS / 64]; /* by length and last letter of what is in `texts`: fact_index_text_bit */
    const char **countries;
    uint64_t place_starts[PLACE_BITS / 64]; /* by the stem of a place's first word */
    uint64_t *entity_stems;                 /* in the order of entity_words.values */
    const uint32_t *processes, *located, *machines, *kernels;
    uint32_t process_count, located_count, machine_count, kernel_count, hardware;
    const process_words **process_words; /* [entity_count] */
    const uint32_t *tagged;
    uint32_t tagged_count;
    const struct manifest_said *said;
    text_fact *text_facts;
    condition_ref *condition_refs; /* in the order of the conditions' values */
};

/* process_words.c; NULL when memory is gone. */
process_words *process_words_make(arena *a, const manifest_entity *e);

/* The keys of a condition's value ("8" and "8.0" are one) and of a version (without its v, ASCII case folded). */
uint64_t fact_index_number_key(double value);
static inline uint32_t fact_index_text_bit(str text) {
    return text.n ? ((uint32_t)text.n & 63) << 6 | (byte_lower(text.p[text.n - 1]) & 63u) : 0;
}
uint64_t fact_index_version_key(str version);
/* Of a number's significant digits: 273, 27.30 and 0.273 of one dimension are one. */
uint64_t fact_index_digits_key(enum unit_dimension dimension, decimal number);

#endif
