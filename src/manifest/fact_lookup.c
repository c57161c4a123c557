/* fact_lookup.c - answers questions to the index of facts: by value, name, owner, version, port, path or group.
 *
 * In: the index that fact_index.c built. Out: pieces of its tables, in manifest order, owned by it. A name or a group
 * that too many facts share says nothing about any of them, and gives none.
 */
#include "manifest/fact_index_parts.h"

#include <stdio.h>

uint64_t fact_index_number_key(double value) {
    char text[40], *end = text + sizeof text, *at = end;
    if (value >= 1 && value < 1e9 && value == (double)(uint32_t)value) { /* the same digits, without printf */
        for (uint32_t rest = (uint32_t)value; rest; rest /= 10) *--at = (char)('0' + rest % 10);
        return str_hash(str_make(at, (size_t)(end - at)));
    }
    int n = snprintf(text, sizeof text, "%.9g", value);
    return str_hash(str_make(text, (size_t)n));
}

uint64_t fact_index_version_key(str version) {
    if (version.n > 1 && (version.p[0] == 'v' || version.p[0] == 'V')) version = str_slice(version, 1, version.n);
    return str_hash_nocase(version);
}

uint64_t fact_index_digits_key(enum unit_dimension dimension, decimal number) {
    uint64_t digits = number.digits < 0 ? (uint64_t)-number.digits : (uint64_t)number.digits;
    while (digits && digits % 10 == 0) digits /= 10;
    return digits * DIM_COUNT_OF_DIMENSIONS + (uint64_t)dimension;
}

const numeric_fact *fact_index_all(const fact_index *x, uint32_t *count) {
    *count = x->fact_count;
    return x->facts;
}

const uint32_t *fact_index_range(const fact_index *x, enum unit_dimension dimension, double lo, double hi,
                                 uint32_t *count) {
    const double *base = x->sorted_base[dimension];
    uint32_t first = 0, last = x->sorted_count[dimension];
    *count = 0;
    while (first < last) { /* first with base >= lo */
        uint32_t middle = first + (last - first) / 2;
        if (base[middle] < lo)
            first = middle + 1;
        else
            last = middle;
    }
    uint32_t end = first;
    while (end < x->sorted_count[dimension] && base[end] <= hi && end - first < POSTING_LIMIT) end++;
    *count = end - first;
    return x->sorted_fact[dimension] + first;
}

const uint32_t *fact_index_named(const fact_index *x, uint64_t stem, uint32_t *count) {
    const uint32_t *found = multimap_get(&x->named, stem, count);
    if (*count > POSTING_LIMIT) *count = 0;
    return found;
}

const uint32_t *fact_index_owned(const fact_index *x, uint32_t entity, uint32_t *count) {
    return multimap_get(&x->owned, entity, count);
}

const uint32_t *fact_index_digits(const fact_index *x, enum unit_dimension dimension, decimal number, uint32_t *count) {
    return multimap_get(&x->digits, fact_index_digits_key(dimension, number), count);
}

const text_fact *fact_index_text(const fact_index *x, str value) {
    uint32_t count;
    const uint32_t *found = multimap_get(&x->texts, str_hash_nocase(value), &count);
    for (uint32_t i = 0; i < count; i++)
        if (str_eq_nocase(x->text_facts[found[i]].value, value)) return &x->text_facts[found[i]];
    return NULL;
}

const uint32_t *fact_index_texts(const fact_index *x, str last, uint32_t *count) {
    uint32_t bit = fact_index_text_bit(last);
    *count = 0;
    if (!(x->text_ends[bit / 64] >> bit % 64 & 1)) return NULL;
    return multimap_get(&x->texts, str_hash_nocase(last), count);
}

const text_fact *fact_index_text_at(const fact_index *x, uint32_t index) { return &x->text_facts[index]; }

const uint32_t *fact_index_services(const fact_index *x, uint32_t entity, uint32_t *count) {
    return multimap_get(&x->services, entity, count);
}

const uint32_t *fact_index_port(const fact_index *x, uint32_t port, uint32_t *count) {
    return multimap_get(&x->ports, port, count);
}

const uint32_t *fact_index_group(const fact_index *x, uint32_t group, uint32_t *count) {
    const uint32_t *found = multimap_get(&x->groups, group, count);
    if (*count > POSTING_LIMIT) *count = 0;
    return found;
}

bool fact_index_folder(const fact_index *x, str path) {
    uint32_t count;
    return multimap_get(&x->folders, str_hash(path), &count) != NULL;
}

const uint32_t *fact_index_outputs(const fact_index *x, str first_word, uint32_t *count) {
    return multimap_get(&x->outputs, str_hash(first_word), count);
}

const process_words *fact_index_process(const fact_index *x, uint32_t entity) { return x->process_words[entity]; }

const uint32_t *fact_index_tagged(const fact_index *x, uint32_t *count) {
    *count = x->tagged_count;
    return x->tagged;
}

const uint32_t *fact_index_processes(const fact_index *x, uint32_t *count) {
    *count = x->process_count;
    return x->processes;
}

const uint32_t *fact_index_located(const fact_index *x, uint32_t *count) {
    *count = x->located_count;
    return x->located;
}

const uint32_t *fact_index_machines(const fact_index *x, uint32_t *count) {
    *count = x->machine_count;
    return x->machines;
}

const uint32_t *fact_index_kernels(const fact_index *x, uint32_t *count) {
    *count = x->kernel_count;
    return x->kernels;
}

uint32_t fact_index_hardware(const fact_index *x) { return x->hardware; }

const uint64_t *fact_index_entity_stems(const fact_index *x, uint32_t entity, uint32_t *count) {
    const uint32_t *found = multimap_get(&x->entity_words, entity, count);
    return found ? x->entity_stems + (found - x->entity_words.values) : NULL;
}

bool fact_index_begins_place(const fact_index *x, uint64_t stem) {
    uint64_t bit = stem >> 32 & (PLACE_BITS - 1);
    return x->place_starts[bit / 64] >> bit % 64 & 1;
}

const char *fact_index_country(const fact_index *x, str name) {
    uint32_t count;
    const uint32_t *found = multimap_get(&x->places, str_hash(name), &count);
    return found ? x->countries[found[0]] : NULL;
}

bool fact_index_noun(const fact_index *x, uint64_t stem) {
    uint32_t count;
    return multimap_get(&x->nouns, stem, &count) != NULL;
}

bool fact_index_condition_key(const fact_index *x, uint64_t stem) {
    uint32_t count;
    return multimap_get(&x->condition_stems, stem, &count) != NULL;
}

const struct manifest_said *fact_index_said(const fact_index *x) { return x->said; }

const uint32_t *fact_index_derived(const fact_index *x, enum unit_dimension dimension, uint32_t *count) {
    return multimap_get(&x->derived, (uint64_t)dimension, count);
}

const condition_ref *fact_index_conditions(const fact_index *x, double value, uint32_t *count) {
    const uint32_t *found = multimap_get(&x->conditions, fact_index_number_key(value), count);
    if (*count > POSTING_LIMIT) *count = POSTING_LIMIT;
    return found ? x->condition_refs + (found - x->conditions.values) : NULL;
}

const uint32_t *fact_index_version(const fact_index *x, str version, uint32_t *count) {
    return multimap_get(&x->versions, fact_index_version_key(version), count);
}
