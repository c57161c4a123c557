/* fact_index.c - builds the index of numbers, versions, ports and names.
 *
 * In: a loaded manifest. Out: sorted lists and open-addressed tables (key ──► a contiguous piece of a value array). All
 * of it is built from pairs (key, value), sorted once: O(n log n) in the number of facts and their words. Invariant: a
 * piece lists each value once, in manifest order, so verdicts never depend on hash values.
 */
#include "manifest/fact_index_parts.h"

#include "manifest/date.h"
#include "manifest/derived.h"
#include "manifest/said.h"
#include "manifest/gazetteer.h"
#include "lex/lexicon.h"
#include "lex/decimal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct by_value {
    double base;
    uint32_t fact;
} by_value;

typedef struct builder {
    arena *a;
    const manifest *m;
    VEC(numeric_fact) facts;
    VEC(text_fact) texts;
    VEC(condition_ref) refs;
    VEC(uint32_t) processes, located, machines, kernels, tagged;
    uint32_t hardware;
    pair_list named, owned, services, ports, groups, versions, text_keys, condition_keys, folders, outputs, places,
        entity_words, condition_stems, nouns, derived, digits;
    VEC(const char *) countries;
    uint64_t *place_starts, *text_ends; /* the index's own */
    VEC(uint64_t) entity_stems;
    bool failed;
} builder;

static void put(builder *b, pair_list *list, uint64_t key, uint32_t value) {
    if (!VEC_PUSH(b->a, list, (pair){key, value})) b->failed = true;
}

static void put_text(builder *b, str text) {
    uint32_t bit = fact_index_text_bit(text);
    b->text_ends[bit / 64] |= (uint64_t)1 << bit % 64;
    put(b, &b->text_keys, str_hash_nocase(text), (uint32_t)b->texts.n);
}

static str last_word(str value) {
    ptrdiff_t at = value.n;
    while (at > 0 && value.p[at - 1] != ' ') at--;
    return str_slice(value, at, value.n);
}

/* ---- names ---- */

static bool means_nothing(str word) {
    static const char *const empty[] = {"a",  "an", "and", "at",  "by",   "for", "from", "in", "is",  "it",
                                        "of", "on", "or",  "per", "that", "the", "to",   "up", "was", "with"};
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
    fact_phrase p = {.stems = stems.at, .n = (uint32_t)stems.n};
    uint64_t duration = fact_stem(STR("duration")), time = fact_stem(STR("time"));
    for (uint32_t i = 0; i < p.n && i < 32; i++)
        p.durations |= (uint32_t)(p.stems[i] == duration || p.stems[i] == time) << i;
    return p;
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

/* Which words of the names does an owner's own name hold? */
static void mark_owned(const builder *b, const phrase_list *names, const uint32_t *owners, uint32_t owner_count) {
    for (size_t i = 0; i < names->n; i++) {
        fact_phrase *p = &names->at[i];
        uint32_t all = 0;
        for (uint32_t k = 0; k < p->n && k < 32; k++) {
            all |= (uint32_t)1 << k;
            for (uint32_t o = 0; o < owner_count && o < NAME_LIMIT; o++) {
                const manifest_entity *e = &b->m->entities[owners[o]];
                bool there = fact_text_has_stem(e->id, p->stems[k]);
                for (uint32_t n = 0; n < e->aliases.n && n < NAME_LIMIT && !there; n++)
                    there = fact_text_has_stem(e->aliases.at[n].text, p->stems[k]);
                if (there) p->owned |= (uint32_t)1 << k;
            }
        }
        if (p->owned == all) p->owned = 0;
    }
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
    if (f->kind != FACT_DERIVED) f->first_owner = f->owner_count ? f->owners[0] : MANIFEST_NONE;
    if (!VEC_PUSH(b->a, &b->facts, *f)) {
        b->failed = true;
        return;
    }
    for (uint32_t i = 0; i < f->name_count; i++)
        for (uint32_t k = 0; k < f->names[i].n; k++) put(b, &b->named, f->names[i].stems[k], id);
    put(b, &b->groups, f->group, id);
    if (f->noun) put(b, &b->nouns, f->noun, 0);
    if (f->quantity && f->quantity->number.valid)
        put(b, &b->digits, fact_index_digits_key(f->dimension, f->quantity->number), id);
    if (f->kind == FACT_DERIVED) put(b, &b->derived, (uint64_t)f->dimension, id);
    for (uint32_t i = 0; i < f->owner_count; i++) put(b, &b->owned, f->owners[i], id);
}

static uint32_t group_of(str name, enum fact_kind kind) {
    return (uint32_t)(str_hash_nocase(name) >> 3) * 4 + (kind == FACT_ATTR);
}

/* The shape of an expression: its steps, with facts of one group taken for one another. */
static uint32_t group_of_shape(const builder *b, const manifest_derived *d) {
    uint64_t shape = 0x9e3779b97f4a7c15u;
    for (uint32_t i = 0; i < d->step_count; i++) {
        const expr_step *step = &d->steps[i];
        const manifest_fact *f = step->op == EXPR_FACT ? b->m->facts[step->fact] : NULL;
        uint64_t part = step->op;
        if (step->op == EXPR_NUMBER) part = str_hash(step->number);
        if (f && f->kind == FACT_ATTR) part = group_of(b->m->attrs[f->index].name, FACT_ATTR);
        if (f && f->kind == FACT_BENCHMARK) part = group_of(b->m->benchmarks[f->index].metric, FACT_BENCHMARK);
        if (f && f->kind == FACT_DERIVED) part = str_hash(f->id);
        shape = (shape ^ part) * 0x100000001b3u;
        shape ^= shape >> 29;
    }
    return (uint32_t)(shape >> 3) * 4 + 2;
}

static void index_attr(builder *b, uint32_t index) {
    const manifest_attr *attr = &b->m->attrs[index];
    phrase_list names = {0};
    add_name(b, &names, attr->name);
    add_texts(b, &names, attr->aliases);
    mark_owned(b, &names, &attr->entity, 1);
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
            str last = last_word(view->quantity.value);
            put_text(b, view->quantity.value);
            if (last.n < view->quantity.value.n) put_text(b, last);
            if (!VEC_PUSH(b->a, &b->texts, (text_fact){index, view->quantity.value})) b->failed = true;
        }
    }
}

static uint64_t edge_stem(str text, bool last) {
    uint32_t at = 0, lo, hi;
    uint64_t stem = 0;
    while (fact_word_next(text, &at, &lo, &hi) && (last || !stem))
        stem = fact_stem(str_slice(text, (ptrdiff_t)lo, (ptrdiff_t)hi));
    return stem;
}

/* "280 W", "4 KiB": a condition that is a quantity. */
static void read_measured(str value, fact_condition *out) {
    ptrdiff_t n = 0;
    decimal d;
    while (n < value.n && (byte_is_digit(value.p[n]) || value.p[n] == '.')) n++;
    if (!n || !decimal_parse(str_slice(value, 0, n), false, &d) || !d.valid) return;
    const unit_info *u = unit_get(unit_parse(str_trim(str_slice(value, n, value.n)), true));
    if (u->dimension == DIM_NONE || u->dimension == DIM_COUNT) return;
    out->dimension = u->dimension;
    out->base = decimal_to_f64(d) * u->factor + u->offset;
}

/* "2026-03-19", "2026-03": a condition that is a day or a month. */
static void read_calendar(str value, fact_condition *out) {
    char text[12];
    bool month = value.n == 7;
    unsigned year, of_year, of_month;
    day_number day;
    if (value.n != 10 && !month) return;
    memcpy(text, value.p, (size_t)value.n);
    memcpy(text + value.n, "-01", month ? 3 : 0);
    if (!date_parse(str_make(text, 10), &day)) return;
    date_split(day, &year, &of_year, &of_month);
    out->year = (uint16_t)year;
    out->month = (uint8_t)of_year;
    out->day = month ? 0 : (uint8_t)of_month;
}

static const fact_condition *read_conditions(builder *b, const manifest_benchmark *bench) {
    fact_condition *list = ARENA_ARRAY(b->a, fact_condition, bench->condition_count);
    if (!list) {
        b->failed = true;
        return NULL;
    }
    for (uint32_t i = 0; i < bench->condition_count; i++) {
        const manifest_condition *c = &bench->conditions[i];
        decimal d;
        list[i] = (fact_condition){.of = c, .key = edge_stem(c->key, false), .last = edge_stem(c->value, true)};
        list[i].is_number = decimal_parse(c->value, false, &d) && d.valid;
        if (list[i].is_number) list[i].value = decimal_to_f64(d);
        read_measured(c->value, &list[i]);
        read_calendar(c->value, &list[i]);
        if (list[i].is_number) put(b, &b->condition_stems, list[i].key, 0);
    }
    return list;
}

static void index_benchmark(builder *b, uint32_t index) {
    const manifest_benchmark *bench = &b->m->benchmarks[index];
    for (uint32_t i = 0; i < bench->condition_count; i++) {
        decimal d;
        if (!decimal_parse(bench->conditions[i].value, false, &d) || !d.valid) continue;
        put(b, &b->condition_keys, fact_index_number_key(decimal_to_f64(d)), (uint32_t)b->refs.n);
        if (!VEC_PUSH(b->a, &b->refs, (condition_ref){index, i})) b->failed = true;
    }
    phrase_list names = {0};
    add_name(b, &names, bench->metric);
    add_texts(b, &names, bench->metric_aliases);
    add_name(b, &names, bench->fact.id);
    mark_owned(b, &names, bench->subjects, bench->subject_count);
    numeric_fact f = {.fact = &bench->fact,
                      .kind = FACT_BENCHMARK,
                      .index = index,
                      .group = group_of(bench->metric, FACT_BENCHMARK),
                      .names = names.at,
                      .name_count = (uint32_t)names.n,
                      .owners = bench->subjects,
                      .owner_count = bench->subject_count,
                      .conditions = read_conditions(b, bench),
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
    /* "decode-b8 / decode-b1" stands in the row of batch 8: the first operand's conditions place it. */
    const manifest_fact *first = d->step_count ? b->m->facts[d->first_operand] : NULL;
    const manifest_benchmark *of = first && first->kind == FACT_BENCHMARK ? &b->m->benchmarks[first->index] : NULL;
    const fact_condition *conditions = of ? read_conditions(b, of) : NULL;
    uint32_t owner = of && of->subject_count ? of->subjects[0] : MANIFEST_NONE;
    if (first && first->kind == FACT_ATTR) owner = b->m->attrs[first->index].entity;
    for (uint32_t k = 0; k < value->reading_count; k++) {
        const derived_reading *r = &value->readings[k];
        numeric_fact f = {.fact = &d->fact,
                          .kind = FACT_DERIVED,
                          .index = index,
                          .group = group_of_shape(b, d),
                          .names = names.at,
                          .name_count = (uint32_t)names.n,
                          .dimension = r->dimension,
                          .family = r->family,
                          .base = r->base,
                          .shown = r->base,
                          .noun = r->noun,
                          .owners = value->owners,
                          .owner_count = value->owner_count,
                          .first_owner = owner,
                          .conditions = conditions,
                          .condition_count = conditions ? of->condition_count : 0};
        f.tolerance = d->tol.relative ? fabs(f.base) * d->tol.rel : 0;
        if (d->tol.absolute) f.tolerance = fmax(f.tolerance, d->tol.abs);
        index_fact(b, &f);
    }
}

static bool says_kernel(const manifest_entity *e) {
    bool says = str_find(e->id, STR("kernel"), 0) >= 0;
    for (uint32_t i = 0; i < e->aliases.n && i < NAME_LIMIT; i++)
        says = says || str_find(e->aliases.at[i].text, STR("kernel"), 0) >= 0;
    return says;
}

/* "b8412": letters, then a digit. */
static bool is_tag(str version) {
    ptrdiff_t i = 0;
    while (i < version.n && byte_is_alpha(version.p[i])) i++;
    return i > 0 && i < version.n && byte_is_digit(version.p[i]);
}

static void index_entity(builder *b, uint32_t index) {
    const manifest_entity *e = &b->m->entities[index];
    const manifest_version *v = &e->version;
    if (v->text.n) put(b, &b->versions, fact_index_version_key(v->text), index);
    ptrdiff_t dash = str_find_byte(v->text, '-', 0); /* "16.12-": who has a revision of this release */
    if (dash > 0) put(b, &b->versions, fact_index_version_key(str_slice(v->text, 0, dash + 1)), index);
    for (uint32_t i = 0; i < v->history_count; i++)
        put(b, &b->versions, fact_index_version_key(v->history[i].version), index);
    if (e->kind == ENTITY_PROCESS && !VEC_PUSH(b->a, &b->processes, index)) b->failed = true;
    if (e->location.text.n && !VEC_PUSH(b->a, &b->located, index)) b->failed = true;
    bool machine = e->kind == ENTITY_HARDWARE || e->kind == ENTITY_HOST;
    if (machine && !VEC_PUSH(b->a, &b->machines, index)) b->failed = true;
    if (v->text.n && says_kernel(e) && !VEC_PUSH(b->a, &b->kernels, index)) b->failed = true;
    if (is_tag(v->text.n || !v->history_count ? v->text : v->history[v->history_count - 1].version) &&
        !VEC_PUSH(b->a, &b->tagged, index))
        b->failed = true;
    if (e->kind == ENTITY_HARDWARE && b->hardware == MANIFEST_NONE) b->hardware = index;
    if (e->kind != ENTITY_SERVICE) return;
    put(b, &b->services, index, index);
    if (e->port) put(b, &b->ports, e->port, index);
    for (uint32_t i = 0; i < e->runs.n; i++)
        if (e->runs.items[i].entity != MANIFEST_NONE) put(b, &b->services, e->runs.items[i].entity, index);
}

static void index_entity_words(builder *b, uint32_t index) {
    const manifest_entity *e = &b->m->entities[index];
    for (uint32_t i = 0; i < e->aliases.n && i < NAME_LIMIT; i++) {
        uint32_t at = 0, lo, hi;
        while (fact_word_next(e->aliases.at[i].text, &at, &lo, &hi)) {
            if (hi - lo < 4) continue;
            put(b, &b->entity_words, index, (uint32_t)b->entity_stems.n);
            if (!VEC_PUSH(b->a, &b->entity_stems,
                          fact_stem(str_slice(e->aliases.at[i].text, (ptrdiff_t)lo, (ptrdiff_t)hi))))
                b->failed = true;
        }
    }
}

static bool index_place(void *context, str name, const char *country) {
    builder *b = context;
    uint32_t at = 0;
    fact_word first;
    if (!fact_word_read(name, &at, &first)) return true;
    uint64_t bit = fact_word_stem(name, &first) >> 32 & (PLACE_BITS - 1);
    b->place_starts[bit / 64] |= (uint64_t)1 << bit % 64;
    put(b, &b->places, str_hash(name), (uint32_t)b->countries.n);
    return VEC_PUSH(b->a, &b->countries, country);
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
    fact_index *x = ARENA_NEW(a, fact_index);
    derived_value *derived = derived_evaluate(a, m);
    if (!x || !derived) return NULL;
    builder b = {.a = a, .m = m, .hardware = MANIFEST_NONE, .place_starts = x->place_starts, .text_ends = x->text_ends};
    for (uint32_t i = 0; i < m->attr_count; i++) index_attr(&b, i);
    for (uint32_t i = 0; i < m->benchmark_count; i++) index_benchmark(&b, i);
    for (uint32_t i = 0; i < m->derived_count; i++) index_derived(&b, i, &derived[i]);
    for (uint32_t i = 0; i < m->entity_count; i++) {
        index_entity(&b, i);
        index_entity_words(&b, i);
    }
    if (!gazetteer_each(index_place, &b)) return NULL;
    for (uint32_t i = 0; i < m->path_count; i++) index_path(&b, &m->paths[i]);
    for (uint32_t i = 0; i < m->output_count; i++) index_output(&b, i);
    x->facts = b.facts.at;
    x->fact_count = (uint32_t)b.facts.n;
    x->text_facts = b.texts.at;
    x->processes = b.processes.at;
    x->process_count = (uint32_t)b.processes.n;
    x->located = b.located.at;
    x->located_count = (uint32_t)b.located.n;
    x->machines = b.machines.at;
    x->machine_count = (uint32_t)b.machines.n;
    x->kernels = b.kernels.at;
    x->kernel_count = (uint32_t)b.kernels.n;
    x->hardware = b.hardware;
    x->tagged = b.tagged.at;
    x->tagged_count = (uint32_t)b.tagged.n;
    x->process_words = ARENA_ARRAY(a, const process_words *, m->entity_count);
    for (uint32_t i = 0; x->process_words && i < x->process_count; i++)
        if (!(x->process_words[x->processes[i]] = process_words_make(a, &m->entities[x->processes[i]]))) return NULL;
    x->said = said_make(a, m);
    bool made = !b.failed && x->said && x->process_words && multimap_make(a, &b.folders, &x->folders) &&
                multimap_make(a, &b.outputs, &x->outputs) && multimap_make(a, &b.named, &x->named) &&
                multimap_make(a, &b.services, &x->services) && multimap_make(a, &b.ports, &x->ports) &&
                multimap_make(a, &b.groups, &x->groups) && multimap_make(a, &b.versions, &x->versions) &&
                multimap_make(a, &b.text_keys, &x->texts) && multimap_make(a, &b.condition_keys, &x->conditions) &&
                sort_values(a, x);
    made = made && multimap_make(a, &b.owned, &x->owned) && multimap_make(a, &b.places, &x->places) &&
           multimap_make(a, &b.entity_words, &x->entity_words) &&
           multimap_make(a, &b.condition_stems, &x->condition_stems) && multimap_make(a, &b.nouns, &x->nouns) &&
           multimap_make(a, &b.derived, &x->derived) && multimap_make(a, &b.digits, &x->digits);
    x->condition_refs = ARENA_ARRAY(a, condition_ref, b.refs.n + 1);
    x->entity_stems = ARENA_ARRAY(a, uint64_t, b.entity_stems.n + 1);
    x->countries = b.countries.at;
    if (!made || !x->condition_refs || !x->entity_stems) return NULL;
    for (size_t i = 0; i < b.entity_stems.n; i++) x->entity_stems[i] = b.entity_stems.at[x->entity_words.values[i]];
    for (size_t i = 0; i < b.refs.n; i++) x->condition_refs[i] = b.refs.at[x->conditions.values[i]];
    return x;
}
