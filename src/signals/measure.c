/* measure.c - 19 values with the places that produced them.
 *
 *     words ──► matcher ──► matches of all rules ─┐
 *     blocks, tokens, words ──► named measures ───┴──► hits ──► count mode ──► value, paid
 *
 * Taint: a positive signal's `paid` leaves out hits in tainted places; a negative signal pays its full value; the
 * measures whose value is no sum of hits (statistics, lists) state both themselves, so that adding a tainted place
 * never raises a positive `paid` nor lowers a negative one. Invariant: hits stand in text order and do not overlap
 * within a signal that counts matches.
 */
#include "signals/measure.h"

#include <stdlib.h>

typedef struct named_measure {
    str name;
    measure_function run;
} named_measure;

static const named_measure measures[] = {
    {{(const uint8_t *)"code_blocks", 11}, measure_code_blocks},
    {{(const uint8_t *)"h2", 2}, measure_h2},
    {{(const uint8_t *)"dashes", 6}, measure_dashes},
    {{(const uint8_t *)"triple_bullets", 14}, measure_triple_bullets},
    {{(const uint8_t *)"step_sequences", 14}, measure_step_sequences},
    {{(const uint8_t *)"versions", 8}, measure_versions},
    {{(const uint8_t *)"paths", 5}, measure_paths},
    {{(const uint8_t *)"errors", 6}, measure_errors},
    {{(const uint8_t *)"quantities", 10}, measure_quantities},
    {{(const uint8_t *)"comparisons", 11}, measure_comparisons},
    {{(const uint8_t *)"temporal", 8}, measure_temporal},
    {{(const uint8_t *)"examples", 8}, measure_examples},
    {{(const uint8_t *)"hedges", 6}, measure_hedges},
    {{(const uint8_t *)"definitions", 11}, measure_definitions},
    {{(const uint8_t *)"mattr", 5}, measure_mattr},
    {{(const uint8_t *)"sentence_stddev", 15}, measure_sentence_stddev},
    {{(const uint8_t *)"raw_diversity", 13}, measure_raw_diversity},
    {{(const uint8_t *)"raw_sentence_stddev", 19}, measure_raw_sentence_stddev},
};

measure_function measure_find(str name) {
    for (size_t i = 0; i < COUNT_OF(measures); i++)
        if (str_eq(name, measures[i].name)) return measures[i].run;
    return NULL;
}

int measure_no_memory(measuring *m) { return error_set(m->e, ERROR_MEMORY, "out of memory while measuring"); }

int tally_add(measuring *m, tally *t, text_range text, uint32_t in_sentence, uint32_t in_block, str key) {
    hit h = {.text = text, .where = article_source_span(m->art, text), .amount = 1};
    h.tainted = in_sentence != BLOCK_NONE ? sentence_is_tainted(m, in_sentence) : block_is_tainted(m, in_block);
    if (!vec_reserve(m->a, (void **)(void *)&t->at, t->n, &t->capacity, sizeof *t->at)) return measure_no_memory(m);
    if (!vec_reserve(m->a, (void **)(void *)&t->keys, t->key_count, &t->key_capacity, sizeof *t->keys))
        return measure_no_memory(m);
    t->at[t->n++] = h;
    t->keys[t->key_count++] = key;
    return ERROR_NONE;
}

bool measure_inside_tainted(const measuring *m, uint32_t index) {
    if (!m->tainted_sentences) return false;
    const block *b = &m->art->blocks[index];
    if (m->tainted_blocks[index]) return true;
    for (uint32_t i = b->sentence_lo; i < b->sentence_hi; i++)
        if (sentence_is_tainted(m, i)) return true;
    for (uint32_t i = index + 1; i < b->end; i++)
        if (m->tainted_blocks[i]) return true;
    return false;
}

static bool holds_a_part(const text_range *ranges, size_t n, text_range at) {
    size_t lo = 0, hi = n;
    while (lo < hi) { /* the first that ends behind it begins */
        size_t middle = lo + (hi - lo) / 2;
        if (ranges[middle].hi <= at.lo)
            lo = middle + 1;
        else
            hi = middle;
    }
    return lo < n && ranges[lo].lo < at.hi;
}

bool measure_is_vouched(const measuring *m, text_range at) {
    if (!m->places || !m->places->vouched) return true;
    return holds_a_part(m->places->vouched, m->places->vouched_count, at);
}

bool measure_has_voucher(const measuring *m, text_range at) {
    if (!m->places || !m->places->vouchers) return true;
    return holds_a_part(m->places->vouchers, m->places->voucher_count, at);
}

void tally_hold_back(tally *t, enum hit_taint why) {
    t->at[t->n - 1].tainted = true;
    t->at[t->n - 1].why = (uint8_t)why;
}

void tally_vouch(const measuring *m, tally *t, text_range at) {
    if (!measure_is_vouched(m, at)) tally_hold_back(t, TAINT_UNVOUCHED);
}

uint32_t measure_token_from(const token_list *tokens, uint32_t text_offset) {
    uint32_t lo = 0, hi = tokens->n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (tokens->at[mid].text.lo < text_offset)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* ---- counting ---------------------------------------------------------------------------------------------------- */

typedef struct keyed_hit {
    hit h;
    str key;
} keyed_hit;

static int by_place(const void *left, const void *right) {
    const hit *a = &((const keyed_hit *)left)->h, *b = &((const keyed_hit *)right)->h;
    if (a->text.lo != b->text.lo) return a->text.lo < b->text.lo ? -1 : 1;
    if (a->where.lo != b->where.lo) return a->where.lo < b->where.lo ? -1 : 1;
    if (a->text.hi != b->text.hi) return a->text.hi > b->text.hi ? -1 : 1;
    return 0;
}

/* Hits of phrases and of a measure, merged into text order. */
static int sort_hits(measuring *m, tally *t) {
    bool sorted = true;
    for (size_t i = 1; i < t->n && sorted; i++) sorted = t->at[i - 1].text.lo <= t->at[i].text.lo;
    if (sorted) return ERROR_NONE;
    keyed_hit *all = ARENA_ARRAY(m->a, keyed_hit, t->n);
    if (!all) return measure_no_memory(m);
    for (size_t i = 0; i < t->n; i++) all[i] = (keyed_hit){t->at[i], t->keys[i]};
    qsort(all, t->n, sizeof *all, by_place);
    for (size_t i = 0; i < t->n; i++) t->at[i] = all[i].h, t->keys[i] = all[i].key;
    return ERROR_NONE;
}

static void drop_overlaps(tally *t) {
    size_t kept = 0;
    uint32_t end = 0;
    for (size_t i = 0; i < t->n; i++) {
        if (t->at[i].text.hi > t->at[i].text.lo && t->at[i].text.lo < end) continue;
        end = t->at[i].text.hi;
        t->keys[kept] = t->keys[i];
        t->at[kept++] = t->at[i];
    }
    t->n = t->key_count = kept;
}

/* Distinct keys: the first hit of a key counts, the others carry 0. Two sets, because a clean repetition of a tainted
 * first mention still earns. */
static int count_distinct(measuring *m, tally *t) {
    size_t slots = 16;
    while (slots < t->n * 2) slots *= 2;
    uint32_t *table = ARENA_ARRAY(m->a, uint32_t, slots); /* hit index + 1 */
    uint8_t *clean_seen = ARENA_ARRAY(m->a, uint8_t, t->n);
    if (!table || !clean_seen) return measure_no_memory(m);
    for (size_t i = 0; i < t->n; i++) {
        size_t slot = (size_t)str_hash_nocase(t->keys[i]) & (slots - 1);
        while (table[slot] && !str_eq_nocase(t->keys[table[slot] - 1], t->keys[i])) slot = (slot + 1) & (slots - 1);
        size_t first = table[slot] ? table[slot] - 1 : i;
        if (!table[slot]) {
            table[slot] = (uint32_t)i + 1;
            t->value += 1;
        } else {
            t->at[i].amount = 0;
        }
        if (t->at[i].tainted || clean_seen[first]) continue;
        clean_seen[first] = 1;
        t->paid += 1;
    }
    return ERROR_NONE;
}

static void count_sentences(const measuring *m, tally *t) {
    uint32_t last = BLOCK_NONE;
    for (size_t i = 0; i < t->n; i++) {
        uint32_t in = article_sentence_at(m->art, t->at[i].text.lo);
        if (in == last) t->at[i].amount = 0;
        last = in;
    }
}

/* A sentence that stands again, word for word, earns no more than the copy of it that earns most: "For example, the
 * dump …" under eight headings is one example. Hits outside of sentences (code blocks, headings' marks) count as they
 * are. */
static int count_once(measuring *m, tally *t) {
    double *value =
        ARENA_ARRAY(m->a, double, m->art->sentence_count + 1); /* by the first that says it: its best copy */
    double *paid = ARENA_ARRAY(m->a, double, m->art->sentence_count + 1);
    if (!value || !paid) return measure_no_memory(m);
    for (size_t i = 0, end; i < t->n; i = end) {
        uint32_t in = article_sentence_at(m->art, t->at[i].text.lo);
        double sum = 0, clean = 0;
        for (end = i; end < t->n && (end == i || article_sentence_at(m->art, t->at[end].text.lo) == in); end++) {
            sum += t->at[end].amount;
            if (!t->at[end].tainted) clean += t->at[end].amount;
        }
        uint32_t said = in == BLOCK_NONE ? m->art->sentence_count : m->first_said[in];
        if (in == BLOCK_NONE) value[said] = paid[said] = 0;
        for (size_t k = i; k < end && sum <= value[said]; k++) t->at[k].amount = 0;
        if (sum > value[said]) t->value += sum - value[said], value[said] = sum;
        if (clean > paid[said]) t->paid += clean - paid[said], paid[said] = clean;
    }
    return ERROR_NONE;
}

static int count_hits(measuring *m, const signal_rule *rule, tally *t) {
    if (t->stated) return ERROR_NONE;
    int status = sort_hits(m, t);
    if (status) return status;
    tally_pay_what_facts_hold(m, rule, t);
    if (rule->count == COUNT_DISTINCT)
        status = count_distinct(m, t);
    else if (rule->count == COUNT_SENTENCES)
        count_sentences(m, t);
    else
        drop_overlaps(t);
    if (rule->count != COUNT_DISTINCT && m->first_said && !rule->negative) {
        status = count_once(m, t);
    } else if (rule->count != COUNT_DISTINCT) {
        for (size_t i = 0; i < t->n; i++) {
            t->value += t->at[i].amount;
            if (!t->at[i].tainted) t->paid += t->at[i].amount;
        }
    }
    if (rule->negative) t->paid = t->value;
    return status;
}

/* ---- one signal -------------------------------------------------------------------------------------------------- */

static int add_matches(measuring *m, const signal_rule *rule, tally *t) {
    const match_list *list = measure_matches(m, rule->id);
    for (uint32_t i = 0; i < list->n; i++) {
        const rule_match *match = &list->at[i];
        int status = tally_add(m, t, match->text, match->sentence, 0, article_text(m->art, match->text));
        if (status) return status;
    }
    return ERROR_NONE;
}

static int add_raw_matches(measuring *m, const signal_rule *rule, tally *t) {
    match_list list;
    int status = matcher_run_raw(m->a, m->rules->matcher, rule->id, m->raw_body, &list, m->e);
    for (uint32_t i = 0; !status && i < list.n; i++) {
        span where = {list.at[i].text.lo + m->raw_body_lo, list.at[i].text.hi + m->raw_body_lo};
        status = tally_add(m, t, (text_range){0, 0}, BLOCK_NONE, 0, str_span(m->art->source, where));
        if (!status) t->at[t->n - 1].where = where;
    }
    return status;
}

static int measure_signal(measuring *m, const signal_rule *rule, signal_value *out) {
    tally t = {0};
    int status = ERROR_NONE;
    measure_function measure = measure_find(rule->measure);
    if (rule->file.n == 0) return ERROR_NONE; /* this ruleset does not define the signal */
    if (rule->measure.n && !measure)
        return error_at(m->e, ERROR_SCHEMA, rule->file, 0, 0, "unknown measure '%.*s'", STR_ARG(rule->measure));
    bool filter = measure == measure_examples || measure == measure_hedges; /* they take the matches themselves */
    if (rule->scopes & SCOPE_RAW)
        status = add_raw_matches(m, rule, &t);
    else if (!filter && rule->source.phrase_count + rule->source.pattern_count)
        status = add_matches(m, rule, &t);
    if (!status && measure) status = measure(m, rule, &t);
    if (!status) status = count_hits(m, rule, &t);
    *out = (signal_value){t.value, t.paid, t.at, (uint32_t)t.n};
    return status;
}

/* ---- taint ------------------------------------------------------------------------------------------------------- */

/* A tainted block taints what is inside it; blocks stand in preorder, so one pass hands it down. */
static int spread_taint(measuring *m, const taint *places) {
    if (!places) return ERROR_NONE;
    uint8_t *blocks = ARENA_ARRAY(m->a, uint8_t, m->art->block_count);
    uint8_t *sentences = ARENA_ARRAY(m->a, uint8_t, m->art->sentence_count);
    if (!blocks || !sentences) return measure_no_memory(m);
    for (uint32_t i = 0; i < m->art->block_count; i++) {
        uint32_t parent = m->art->blocks[i].parent;
        blocks[i] = places->blocks[i] & TAINT_UNPAID || (parent != BLOCK_NONE && blocks[parent]) ? TAINT_UNPAID : 0;
    }
    for (uint32_t i = 0; i < m->art->sentence_count; i++)
        sentences[i] = (uint8_t)(places->sentences[i] | blocks[m->art->sentences[i].block]);
    m->places = places;
    m->tainted_blocks = blocks;
    m->tainted_sentences = sentences;
    return ERROR_NONE;
}

static int open_measuring(measuring *m, const taint *places) {
    int status = spread_taint(m, places);
    if (status) return status;
    if (!m->rules->published) {
        m->first_said = repeats_find(m->a, m->art);
        if (!m->first_said) return measure_no_memory(m);
        return matcher_run(m->a, m->rules->matcher, m->art, &m->matches, m->e);
    }
    bool frontmatter;
    m->raw_body = raw_body_of(m->art->source, &frontmatter);
    m->raw_body_lo = (uint32_t)(m->art->source.n - m->raw_body.n);
    return ERROR_NONE;
}

int signals_measure(arena *a, const ruleset *rules, const article *art, const token_list *tokens, const taint *places,
                    measurement *out, error *e) {
    measuring m = {.a = a, .e = e, .rules = rules, .art = art, .tokens = tokens};
    *out = (measurement){0};
    int status = open_measuring(&m, places);
    for (int id = 0; !status && id < SIGNAL_COUNT; id++)
        status = measure_signal(&m, &rules->signals[id], &out->signals[id]);
    out->words = rules->published ? raw_words(m.raw_body) : art->word_count;
    out->matches = m.matches;
    out->first_said = m.first_said;
    return status;
}
