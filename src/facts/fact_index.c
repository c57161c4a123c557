/* fact_index.c - builds and answers the index of numbers, versions, ports and names.
 *
 * In: a loaded manifest. Out: sorted lists and open-addressed tables (key ──► a contiguous piece of a value array). All
 * of it is built from pairs (key, value), sorted once: O(n log n) in the number of facts and their words. Invariant: a
 * piece lists each value once, in manifest order, so verdicts never depend on hash values.
 */
#include "facts/fact_index.h"

#include "facts/derived.h"
#include "facts/lexicon.h"
#include "lex/decimal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

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
} multimap;

typedef struct by_value {
    double base;
    uint32_t fact;
} by_value;

struct fact_index {
    numeric_fact *facts;
    uint32_t fact_count;
    double *sorted_base[DIM_COUNT_OF_DIMENSIONS];
    uint32_t *sorted_fact[DIM_COUNT_OF_DIMENSIONS];
    uint32_t sorted_count[DIM_COUNT_OF_DIMENSIONS];
    multimap named, services, ports, groups, versions, texts, conditions, folders, outputs;
    const uint32_t *processes, *located;
    uint32_t process_count, located_count, hardware;
    const struct cue_table *cues;
    text_fact *text_facts;
    condition_ref *condition_refs; /* in the order of the conditions' values */
};

typedef struct builder {
    arena *a;
    const manifest *m;
    VEC(numeric_fact) facts;
    VEC(text_fact) texts;
    VEC(condition_ref) refs;
    VEC(uint32_t) processes, located;
    uint32_t hardware;
    pair_list named, services, ports, groups, versions, text_keys, condition_keys, folders, outputs;
    bool failed;
} builder;

/* ---- words ---- */

static bool is_word_byte(uint8_t c) { return byte_is_alnum(c) || c >= 0x80; }

bool fact_word_next(str text, uint32_t *at, uint32_t *lo, uint32_t *hi) {
    ptrdiff_t i = *at;
    while (i < text.n && !is_word_byte(text.p[i])) i++;
    if (i >= text.n) {
        *at = (uint32_t)text.n;
        return false;
    }
    *lo = (uint32_t)i;
    while (i < text.n) {
        uint8_t c = text.p[i];
        bool joins = (c == '\'' || (c == '.' && byte_is_digit(text.p[i - 1]))) && i + 1 < text.n &&
                     is_word_byte(text.p[i + 1]) && i > (ptrdiff_t)*lo;
        /* Typographic apostrophe, dashes and quotes are 3-byte sequences of block E2 80 xx; only the apostrophe joins.
         */
        if (c == 0xe2 && i + 2 < text.n && text.p[i + 1] == 0x80) {
            if (text.p[i + 2] != 0x99 || i + 3 >= text.n || !byte_is_alpha(text.p[i + 3])) break;
            i += 3;
            continue;
        }
        if (!is_word_byte(c) && !joins) break;
        i++;
    }
    if (i == (ptrdiff_t)*lo) i++; /* a lone dash byte: step over it */
    *hi = (uint32_t)i;
    *at = (uint32_t)i;
    return true;
}

static ptrdiff_t undouble(const uint8_t *w, ptrdiff_t n) {
    return n > 3 && w[n - 1] == w[n - 2] && w[n - 1] != 's' && w[n - 1] != 'l' ? n - 1 : n;
}

uint64_t fact_stem(str word) {
    uint8_t w[40];
    ptrdiff_t n = 0;
    for (ptrdiff_t i = 0; i < word.n && n < (ptrdiff_t)sizeof w; i++) w[n++] = byte_lower(word.p[i]);
    bool plain = true;
    for (ptrdiff_t i = 0; i < n; i++) plain = plain && byte_is_alpha(w[i]);
    if (n > 2 && w[n - 1] == 's' && w[n - 2] == '\'') n -= 2;
    if (plain) {
        if (n > 4 && !memcmp(w + n - 3, "ies", 3)) {
            n -= 2;
            w[n - 1] = 'y';
        } else if (n > 3 && w[n - 1] == 's' && w[n - 2] != 's' && w[n - 2] != 'u' && w[n - 2] != 'i') {
            n--;
        }
        if (n > 5 && !memcmp(w + n - 3, "ing", 3))
            n = undouble(w, n - 3);
        else if (n > 4 && !memcmp(w + n - 2, "ed", 2))
            n = undouble(w, n - 2);
        if (n > 3 && w[n - 1] == 'e') n--;
        if (n > 3 && w[n - 1] == 'y') w[n - 1] = 'i'; /* copied, copy, copies */
    }
    return str_hash(str_make(w, (size_t)n)) | 1;
}

/* ---- multimap ---- */

static int compare_pairs(const void *left, const void *right) {
    const pair *x = left, *y = right;
    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    return (x->value > y->value) - (x->value < y->value);
}

static bool multimap_make(arena *a, pair_list *pairs, multimap *out) {
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
    return true;
}

static const uint32_t *multimap_get(const multimap *x, uint64_t key, uint32_t *count) {
    for (uint32_t slot = (uint32_t)(key ^ key >> 32) & x->mask; x->buckets[slot].count; slot = (slot + 1) & x->mask)
        if (x->buckets[slot].key == key) {
            *count = x->buckets[slot].count;
            return x->values + x->buckets[slot].first;
        }
    *count = 0;
    return NULL;
}

static void put(builder *b, pair_list *list, uint64_t key, uint32_t value) {
    if (!VEC_PUSH(b->a, list, (pair){key, value})) b->failed = true;
}

/* ---- names ---- */

static bool means_nothing(str word) {
    static const char *const empty[] = {"a",  "an", "and", "at", "by",  "for", "from", "in", "is",
                                        "it", "of", "on",  "or", "per", "the", "to",   "up", "with"};
    for (size_t i = 0; i < COUNT_OF(empty); i++)
        if (str_eq_nocase(word, str_from_cstr(empty[i]))) return true;
    return false;
}

static fact_phrase phrase_make(builder *b, str text) {
    VEC(uint64_t) stems = {0};
    uint32_t at = 0, lo, hi;
    while (fact_word_next(text, &at, &lo, &hi)) {
        str word = str_slice(text, (ptrdiff_t)lo, (ptrdiff_t)hi);
        if (!means_nothing(word) && !VEC_PUSH(b->a, &stems, fact_stem(word))) b->failed = true;
    }
    return (fact_phrase){stems.at, (uint32_t)stems.n};
}

typedef VEC(fact_phrase) phrase_list;

static void add_name(builder *b, phrase_list *names, str text) {
    if (names->n >= NAME_LIMIT) return; /* an author may write more: the alias index knows them all */
    fact_phrase p = phrase_make(b, text);
    if (p.n && !VEC_PUSH(b->a, names, p)) b->failed = true;
}

static void add_texts(builder *b, phrase_list *names, manifest_texts texts) {
    for (uint32_t i = 0; i < texts.n; i++) add_name(b, names, texts.at[i].text);
}

/* ---- facts ---- */

static uint64_t noun_stem(str unit) {
    char text[64];
    str noun = unit_noun_stem(unit, text);
    ptrdiff_t at = noun.n;
    while (at > 0 && noun.p[at - 1] != ' ') at--;
    return fact_stem(str_slice(noun, at, noun.n));
}

/* Reads a quantity into base units. False for one that is no number. */
static bool read_quantity(const manifest_quantity *q, numeric_fact *f) {
    decimal d;
    if (!decimal_parse(q->value, false, &d) || !d.valid) return false;
    f->quantity = q;
    f->shown = decimal_to_f64(d);
    f->unit = q->unit.n ? unit_parse(q->unit, true) : UNIT_NONE;
    if (q->unit.n && f->unit == UNIT_NONE) f->unit = UNIT_COUNT;
    const unit_info *u = unit_get(f->unit);
    f->dimension = u->dimension;
    f->family = u->family;
    f->base = f->shown * u->factor + u->offset;
    if (f->dimension == DIM_COUNT) f->noun = noun_stem(q->unit);
    return true;
}

static double tolerance_of(const manifest_tolerance *tol, const numeric_fact *f) {
    double t = 0;
    if (tol->relative) t = fabs(f->base) * tol->rel;
    if (tol->absolute) t = fmax(t, tol->abs * unit_get(f->unit)->factor);
    return t;
}

static void index_fact(builder *b, numeric_fact *f) {
    uint32_t id = (uint32_t)b->facts.n;
    if (!VEC_PUSH(b->a, &b->facts, *f)) {
        b->failed = true;
        return;
    }
    for (uint32_t i = 0; i < f->name_count; i++)
        for (uint32_t k = 0; k < f->names[i].n; k++) put(b, &b->named, f->names[i].stems[k], id);
    put(b, &b->groups, f->group, id);
}

static uint32_t group_of(str name, enum fact_kind kind) {
    return (uint32_t)(str_hash_nocase(name) >> 3) * 4 + (kind == FACT_ATTR);
}

static void index_attr(builder *b, uint32_t index) {
    const manifest_attr *attr = &b->m->attrs[index];
    phrase_list names = {0};
    add_name(b, &names, attr->name);
    add_texts(b, &names, attr->aliases);
    for (uint32_t v = 0; v < attr->view_count; v++) {
        const manifest_view *view = &attr->views[v];
        numeric_fact f = {.fact = view->fact.id.p ? &view->fact : &attr->fact,
                          .kind = FACT_ATTR,
                          .index = index,
                          .group = group_of(attr->name, FACT_ATTR),
                          .names = names.at,
                          .name_count = (uint32_t)names.n,
                          .owners = &attr->entity,
                          .owner_count = 1};
        if (read_quantity(&view->quantity, &f)) {
            f.tolerance = tolerance_of(&attr->tol, &f);
            index_fact(b, &f);
        } else {
            put(b, &b->text_keys, str_hash_nocase(view->quantity.value), (uint32_t)b->texts.n);
            if (!VEC_PUSH(b->a, &b->texts, (text_fact){index, view->quantity.value})) b->failed = true;
        }
    }
}

static uint64_t number_key(double value) {
    char text[40];
    int n = snprintf(text, sizeof text, "%.9g", value);
    return str_hash(str_make(text, (size_t)n));
}

static void index_benchmark(builder *b, uint32_t index) {
    const manifest_benchmark *bench = &b->m->benchmarks[index];
    for (uint32_t i = 0; i < bench->condition_count; i++) {
        decimal d;
        if (!decimal_parse(bench->conditions[i].value, false, &d) || !d.valid) continue;
        put(b, &b->condition_keys, number_key(decimal_to_f64(d)), (uint32_t)b->refs.n);
        if (!VEC_PUSH(b->a, &b->refs, (condition_ref){index, i})) b->failed = true;
    }
    phrase_list names = {0};
    add_name(b, &names, bench->metric);
    add_texts(b, &names, bench->metric_aliases);
    add_name(b, &names, bench->fact.id);
    numeric_fact f = {.fact = &bench->fact,
                      .kind = FACT_BENCHMARK,
                      .index = index,
                      .group = group_of(bench->metric, FACT_BENCHMARK),
                      .names = names.at,
                      .name_count = (uint32_t)names.n,
                      .owners = bench->subjects,
                      .owner_count = bench->subject_count,
                      .conditions = bench->conditions,
                      .condition_count = bench->condition_count};
    if (!read_quantity(&bench->quantity, &f)) return;
    f.tolerance = tolerance_of(&bench->tol, &f);
    index_fact(b, &f);
}

static void index_derived(builder *b, uint32_t index, const derived_value *value) {
    const manifest_derived *d = &b->m->derived[index];
    phrase_list names = {0};
    add_name(b, &names, d->fact.id);
    add_texts(b, &names, d->aliases);
    for (uint32_t k = 0; k < d->step_count && names.n < NAME_LIMIT / 2;
         k++) { /* a ratio of throughputs speaks of throughput */
        const manifest_fact *f = d->steps[k].op == EXPR_FACT ? b->m->facts[d->steps[k].fact] : NULL;
        if (f && f->kind == FACT_BENCHMARK) {
            add_name(b, &names, b->m->benchmarks[f->index].metric);
            add_texts(b, &names, b->m->benchmarks[f->index].metric_aliases);
        }
    }
    for (uint32_t k = 0; k < value->reading_count; k++) {
        const derived_reading *r = &value->readings[k];
        numeric_fact f = {.fact = &d->fact,
                          .kind = FACT_DERIVED,
                          .index = index,
                          .group = group_of(d->fact.id, FACT_DERIVED),
                          .names = names.at,
                          .name_count = (uint32_t)names.n,
                          .dimension = r->dimension,
                          .family = r->family,
                          .base = r->base,
                          .shown = r->base,
                          .noun = r->noun,
                          .owners = value->owners,
                          .owner_count = value->owner_count};
        f.tolerance = d->tol.relative ? fabs(f.base) * d->tol.rel : 0;
        if (d->tol.absolute) f.tolerance = fmax(f.tolerance, d->tol.abs);
        index_fact(b, &f);
    }
}

static uint64_t version_key(str version) {
    if (version.n > 1 && (version.p[0] == 'v' || version.p[0] == 'V')) version = str_slice(version, 1, version.n);
    return str_hash_nocase(version);
}

static void index_entity(builder *b, uint32_t index) {
    const manifest_entity *e = &b->m->entities[index];
    const manifest_version *v = &e->version;
    if (v->text.n) put(b, &b->versions, version_key(v->text), index);
    for (uint32_t i = 0; i < v->history_count; i++) put(b, &b->versions, version_key(v->history[i].version), index);
    if (e->kind == ENTITY_PROCESS && !VEC_PUSH(b->a, &b->processes, index)) b->failed = true;
    if (e->location.text.n && !VEC_PUSH(b->a, &b->located, index)) b->failed = true;
    if (e->kind == ENTITY_HARDWARE && b->hardware == MANIFEST_NONE) b->hardware = index;
    if (e->kind != ENTITY_SERVICE) return;
    put(b, &b->services, index, index);
    if (e->port) put(b, &b->ports, e->port, index);
    for (uint32_t i = 0; i < e->runs.n; i++)
        if (e->runs.items[i].entity != MANIFEST_NONE) put(b, &b->services, e->runs.items[i].entity, index);
}

static void index_path(builder *b, const manifest_path *p) {
    for (ptrdiff_t i = 1; i < p->path.n && !p->removed; i++)
        if (p->path.p[i] == '/') put(b, &b->folders, str_hash(str_slice(p->path, 0, i)), 0);
}

static void index_output(builder *b, uint32_t index) {
    str command = b->m->outputs[index].command;
    ptrdiff_t blank = str_find_byte(command, ' ', 0);
    put(b, &b->outputs, str_hash(blank < 0 ? command : str_slice(command, 0, blank)), index);
}

/* ---- by value ---- */

static int compare_by_value(const void *left, const void *right) {
    const by_value *x = left, *y = right;
    if (x->base != y->base) return x->base < y->base ? -1 : 1;
    return (x->fact > y->fact) - (x->fact < y->fact);
}

static bool sort_values(arena *a, fact_index *x) {
    by_value *all = ARENA_ARRAY(a, by_value, x->fact_count);
    if (!all) return false;
    for (unsigned d = 0; d < DIM_COUNT_OF_DIMENSIONS; d++) {
        uint32_t n = 0;
        for (uint32_t i = 0; i < x->fact_count; i++)
            if (x->facts[i].dimension == (enum unit_dimension)d && isfinite(x->facts[i].base))
                all[n++] = (by_value){x->facts[i].base, i};
        if (n) qsort(all, n, sizeof *all, compare_by_value);
        x->sorted_base[d] = ARENA_ARRAY(a, double, n);
        x->sorted_fact[d] = ARENA_ARRAY(a, uint32_t, n);
        if (!x->sorted_base[d] || !x->sorted_fact[d]) return false;
        for (uint32_t i = 0; i < n; i++) {
            x->sorted_base[d][i] = all[i].base;
            x->sorted_fact[d][i] = all[i].fact;
        }
        x->sorted_count[d] = n;
    }
    return true;
}

fact_index *fact_index_make(arena *a, const manifest *m) {
    builder b = {.a = a, .m = m, .hardware = MANIFEST_NONE};
    fact_index *x = ARENA_NEW(a, fact_index);
    derived_value *derived = derived_evaluate(a, m);
    if (!x || !derived) return NULL;
    for (uint32_t i = 0; i < m->attr_count; i++) index_attr(&b, i);
    for (uint32_t i = 0; i < m->benchmark_count; i++) index_benchmark(&b, i);
    for (uint32_t i = 0; i < m->derived_count; i++) index_derived(&b, i, &derived[i]);
    for (uint32_t i = 0; i < m->entity_count; i++) index_entity(&b, i);
    for (uint32_t i = 0; i < m->path_count; i++) index_path(&b, &m->paths[i]);
    for (uint32_t i = 0; i < m->output_count; i++) index_output(&b, i);
    x->facts = b.facts.at;
    x->fact_count = (uint32_t)b.facts.n;
    x->text_facts = b.texts.at;
    x->processes = b.processes.at;
    x->process_count = (uint32_t)b.processes.n;
    x->located = b.located.at;
    x->located_count = (uint32_t)b.located.n;
    x->hardware = b.hardware;
    x->cues = cue_table_make(a);
    bool made = !b.failed && x->cues && multimap_make(a, &b.folders, &x->folders) &&
                multimap_make(a, &b.outputs, &x->outputs) && multimap_make(a, &b.named, &x->named) &&
                multimap_make(a, &b.services, &x->services) && multimap_make(a, &b.ports, &x->ports) &&
                multimap_make(a, &b.groups, &x->groups) && multimap_make(a, &b.versions, &x->versions) &&
                multimap_make(a, &b.text_keys, &x->texts) && multimap_make(a, &b.condition_keys, &x->conditions) &&
                sort_values(a, x);
    x->condition_refs = ARENA_ARRAY(a, condition_ref, b.refs.n + 1);
    if (!made || !x->condition_refs) return NULL;
    for (size_t i = 0; i < b.refs.n; i++) x->condition_refs[i] = b.refs.at[x->conditions.values[i]];
    return x;
}

/* ---- questions ---- */

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

const text_fact *fact_index_text(const fact_index *x, str value) {
    uint32_t count;
    const uint32_t *found = multimap_get(&x->texts, str_hash_nocase(value), &count);
    for (uint32_t i = 0; i < count; i++)
        if (str_eq_nocase(x->text_facts[found[i]].value, value)) return &x->text_facts[found[i]];
    return NULL;
}

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

const uint32_t *fact_index_processes(const fact_index *x, uint32_t *count) {
    *count = x->process_count;
    return x->processes;
}

const uint32_t *fact_index_located(const fact_index *x, uint32_t *count) {
    *count = x->located_count;
    return x->located;
}

uint32_t fact_index_hardware(const fact_index *x) { return x->hardware; }

const struct cue_table *fact_index_cues(const fact_index *x) { return x->cues; }

const condition_ref *fact_index_conditions(const fact_index *x, double value, uint32_t *count) {
    const uint32_t *found = multimap_get(&x->conditions, number_key(value), count);
    if (*count > POSTING_LIMIT) *count = POSTING_LIMIT;
    return found ? x->condition_refs + (found - x->conditions.values) : NULL;
}

const uint32_t *fact_index_version(const fact_index *x, str version, uint32_t *count) {
    return multimap_get(&x->versions, version_key(version), count);
}
