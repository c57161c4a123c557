/* conditions.c - under which conditions is a number stated?
 *
 * In: a question and the condition of a benchmark ("batch: 1"). Out: met, another value, or not stated. A condition is
 * looked for in this order: the row's label under a header that names it, the words beside the number, the label, the
 * column's header; a condition whose value is a word ("page_cache: cold") is met where the word stands near.
 */
#include "facts/numbers/question.h"

#include "lex/decimal.h"

#include <math.h>

enum { CONDITIONS_READ = 512 };

/* Do at most two words part the key word from what follows at `to`? "batch 8", "a prompt of 2,048 tokens" */
static bool key_before(const passage *p, uint64_t key, uint32_t to) {
    uint32_t first, end, words = 0;
    passage_window(p, to, to, &first, &end);
    for (uint32_t i = end; i > first && words < 3; i--) {
        const pword *w = &p->words[i - 1];
        if (w->hi > to) continue;
        for (uint32_t k = w->hi; k < to; k++)
            if (p->on->text.p[k] == ',' || p->on->text.p[k] == ';' || p->on->text.p[k] == '(') return false;
        if (w->stem == key) return true;
        if (word_in(p, i - 1, "size length depth count") && p->words[i - 1].hi + 1 >= to && words == 0)
            continue; /* "batch size 32" */
        bool joined = w->lo > p->text.lo && (p->on->text.p[w->lo - 1] == '-' || p->on->text.p[w->lo - 1] == '_');
        if (!(w->cues & CUE_STOP) && !joined) return false; /* the "max" of "process-max at 2" belongs to the key */
        words++;
    }
    return false;
}

static bool key_after(const passage *p, uint64_t key, uint32_t from, uint32_t to) {
    uint32_t first, end;
    passage_window(p, from, to, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        if (p->words[i].lo < from) continue;
        if (p->words[i].lo > to + 2) return false;
        if (p->words[i].stem == key) return true;
    }
    return false;
}

/* "251 tok/s at batch 8 and 46.5 at batch 1": a comma or an "and" parts a condition from the next number. */
static uint32_t crossings(const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t n = 0;
    for (uint32_t i = lo; i + 5 <= hi; i++) {
        uint8_t c = p->on->text.p[i];
        n += c == ',' || c == ';' || (c == ' ' && memcmp(p->on->text.p + i, " and ", 5) == 0);
    }
    return 40 * n;
}

/* The number that stands next to a word ("batch 8", "32 clients") in the passage, nearest to [lo, hi). */
static bool number_beside(judge *j, passage *p, uint64_t key, uint32_t lo, uint32_t hi, double *value) {
    passage_prepare(j, p);
    uint32_t best = UINT32_MAX, a = p->token_lo, b = p->token_hi;
    while (a < b) { /* the first token that the window reaches */
        uint32_t middle = a + (b - a) / 2;
        if (p->on->tokens[middle].text.hi + WINDOW_REACH < lo)
            a = middle + 1;
        else
            b = middle;
    }
    for (uint32_t i = a; i < p->token_hi && p->on->tokens[i].text.lo < hi + WINDOW_REACH; i++) {
        const token *t = &p->on->tokens[i];
        if ((t->kind != TOKEN_NUMBER && t->kind != TOKEN_QUANTITY) || !t->value.valid) continue;
        if (t->text.lo < hi && t->text.hi > lo) continue;
        if (!number_has_key(p, t, key)) continue;
        enum unit_dimension d = unit_get(t->unit)->dimension; /* "the 99th percentile over 30 days" */
        if (t->kind == TOKEN_QUANTITY && d == DIM_TIME && !key_after(p, key, t->core.hi, t->text.hi)) continue;
        uint32_t gap = t->text.hi <= lo ? lo - t->text.hi + crossings(p, t->text.hi, lo)
                                        : t->text.lo - hi + crossings(p, hi, t->text.lo);
        if (gap >= best) continue;
        best = gap;
        *value = decimal_to_f64(t->value);
    }
    return best != UINT32_MAX;
}

bool number_has_key(const passage *p, const token *t, uint64_t key) {
    return key_before(p, key, t->text.lo) || key_after(p, key, t->core.hi, t->text.hi);
}

bool condition_number_stated(question *q, const fact_condition *c, bool *any) {
    passage *p = q->p;
    bool own = false;
    *any = false;
    for (uint32_t i = p->token_lo; i < p->token_hi && i - p->token_lo < 64; i++) {
        const token *t = &p->on->tokens[i];
        if ((t->kind != TOKEN_NUMBER && t->kind != TOKEN_QUANTITY) || !t->value.valid) continue;
        if (!number_has_key(p, t, c->key)) continue;
        *any = true;
        own = own || fabs(decimal_to_f64(t->value) - c->value) < 1e-9 * (1 + fabs(c->value));
    }
    return own;
}

/* The number in a row's label when its header names the key: "| batch | ... / | 8 | 188 |". */
static bool label_number(judge *j, const passage *label, uint64_t key, double *value) {
    if (label->column == PASSAGE_NONE) return false;
    passage *header = &j->passages[label->column];
    passage_prepare(j, header);
    bool named = false;
    for (uint32_t i = 0; i < header->word_count && i < 16; i++) named = named || header->words[i].stem == key;
    decimal d;
    if (!named || !decimal_parse(str_trim(passage_text(label)), false, &d)) return false;
    *value = decimal_to_f64(d);
    return true;
}

static bool number_in_label(judge *j, const passage *p, uint64_t key, double *value) {
    if (p->kind != PASSAGE_CELL || p->label == PASSAGE_NONE) return false;
    return label_number(j, &j->passages[p->label], key, value);
}

/* "| 350 W (stock) |" of the condition "cap: 350 W": the one quantity of a label, in the condition's dimension. */
static enum condition_state measured_in_label(const passage *label, const fact_condition *c) {
    enum condition_state state = CONDITION_UNSTATED;
    for (uint32_t i = label->token_lo; i < label->token_hi && i - label->token_lo < 8 && c->dimension; i++) {
        measure m;
        const token *t = &label->on->tokens[i];
        if (t->kind != TOKEN_QUANTITY || !measure_of_token(label->on, t, &m) || m.dimension != c->dimension) continue;
        if (state != CONDITION_UNSTATED) return CONDITION_UNSTATED;
        state = fabs(m.value - c->base) <= 1e-9 * fabs(c->base) ? CONDITION_MET : CONDITION_OTHER;
    }
    return state;
}

static stated look_up(question *q, uint64_t key) {
    stated s = {.key = key};
    s.in_label = number_in_label(q->j, q->p, key, &s.value);
    s.found = s.in_label || number_beside(q->j, q->p, key, q->t->text.lo, q->t->text.hi, &s.value);
    bool cell = q->p->kind == PASSAGE_CELL && q->p->label != PASSAGE_NONE;
    /* "| metric, 1 stream | … |": the table's corner holds for all of it */
    const uint32_t around[] = {q->p->label, q->p->column, cell ? q->j->passages[q->p->label].column : PASSAGE_NONE};
    for (size_t i = 0; i < COUNT_OF(around) && !s.found; i++) {
        if (around[i] == PASSAGE_NONE) continue;
        passage *p = &q->j->passages[around[i]];
        s.found = number_beside(q->j, p, key, p->text.lo, p->text.lo, &s.value);
    }
    return s;
}

stated stated_of(question *q, uint64_t key) {
    for (uint32_t i = 0; i < q->stated_count; i++)
        if (q->stated[i].key == key) return q->stated[i];
    stated s = look_up(q, key);
    if (q->stated_count < STATED_LIMIT) q->stated[q->stated_count++] = s;
    return s;
}

/* Letters and digits only, lower case: "record size" and recordsize, "128 kB" and 128K are the same. */
static str squeezed(str text, char out[48]) {
    ptrdiff_t n = 0;
    for (ptrdiff_t i = 0; i < text.n && n < 48; i++)
        if (byte_is_alnum(text.p[i])) out[n++] = (char)byte_lower(text.p[i]);
    if (n > 2 && out[n - 1] == 'b' && (out[n - 2] == 'k' || out[n - 2] == 'm' || out[n - 2] == 'g') &&
        byte_is_digit((uint8_t)out[n - 3]))
        n--;
    return str_make(out, (size_t)n);
}

/* Are all words of the value in the label: "lamp1 to lamp2" of lamp1-lamp2? */
static bool holds_words(judge *j, passage *label, str value) {
    uint32_t at = 0, lo, hi, n = 0;
    passage_prepare(j, label);
    while (fact_word_next(value, &at, &lo, &hi)) {
        str one = str_slice(value, (ptrdiff_t)lo, (ptrdiff_t)hi);
        bool there = false;
        for (uint32_t i = 0; i < label->word_count && i < 16; i++)
            there = there || str_eq_nocase(one, surface_slice(label->on, label->words[i].lo, label->words[i].hi));
        if (!there) return false;
        n++;
    }
    return n > 1;
}

bool condition_word_in(judge *j, passage *p, const fact_condition *c) {
    str value = c->of->value;
    if (value.n < 6) return false;
    for (ptrdiff_t i = 0; i < value.n; i++)
        if (!byte_is_alpha(value.p[i])) return false;
    passage_prepare(j, p);
    for (uint32_t i = 0; i < p->word_count && i < 16; i++)
        if (str_eq_nocase(value, surface_slice(p->on, p->words[i].lo, p->words[i].hi))) return true;
    return false;
}

/* A row whose label stands under a header that is the key: "| synchronous_commit | / | on |". */
static enum condition_state label_state(const question *q, const fact_condition *of) {
    const manifest_condition *c = of->of;
    const passage *p = q->p;
    if (p->kind != PASSAGE_CELL || p->label == PASSAGE_NONE || q->j->passages[p->label].column == PASSAGE_NONE)
        return CONDITION_UNSTATED;
    char a[48], b[48];
    const passage *label = &q->j->passages[p->label];
    if (!str_eq(squeezed(passage_text(&q->j->passages[label->column]), a), squeezed(c->key, b)))
        return CONDITION_UNSTATED;
    if (str_eq(squeezed(passage_text(label), a), squeezed(c->value, b))) return CONDITION_MET;
    bool there = holds_words(q->j, &q->j->passages[p->label], c->value) ||
                 condition_word_in(q->j, &q->j->passages[p->label], of);
    return there ? CONDITION_MET : CONDITION_OTHER;
}

enum condition_state condition_in_label(judge *j, passage *label, const fact_condition *c) {
    double value;
    char a[48], b[48];
    if (c->is_number && (label_number(j, label, c->key, &value) ||
                         number_beside(j, label, c->key, label->text.lo, label->text.lo, &value)))
        return fabs(value - c->value) < 1e-9 * (1 + fabs(value)) ? CONDITION_MET : CONDITION_OTHER;
    if (c->dimension) return measured_in_label(label, c);
    if (c->is_number) return CONDITION_UNSTATED;
    bool same = str_eq(squeezed(passage_text(label), a), squeezed(c->of->value, b));
    return same || holds_words(j, label, c->of->value) ? CONDITION_MET : CONDITION_UNSTATED;
}

enum condition_state condition_state_of(question *q, const fact_condition *c) {
    if (c->month && q->p->kind == PASSAGE_SENTENCE) return condition_of_date(q->j, q->p, c);
    if (c->month && q->p->kind == PASSAGE_CELL && q->p->label != PASSAGE_NONE) {
        enum condition_state dated = condition_of_date(q->j, &q->j->passages[q->p->label], c);
        if (dated != CONDITION_UNSTATED) return dated;
    }
    if (c->is_number) {
        stated s = stated_of(q, c->key);
        bool kibi = s.value >= 1000 && fabs(s.value * 1.024 - c->value) < 1e-6 * c->value; /* "16k" of 16,384 */
        if (s.found)
            return kibi || fabs(s.value - c->value) < 1e-9 * (1 + fabs(s.value)) ? CONDITION_MET : CONDITION_OTHER;
    }
    enum condition_state in_row = label_state(q, c);
    if (in_row != CONDITION_UNSTATED) return in_row;
    bool row = c->dimension && q->p->kind == PASSAGE_CELL && q->p->label != PASSAGE_NONE;
    if (row) in_row = measured_in_label(&q->j->passages[q->p->label], c);
    if (in_row != CONDITION_UNSTATED) return in_row;
    return context_stem(&q->near, c->last) <= REGION_LABEL ? CONDITION_MET : CONDITION_UNSTATED;
}

bool condition_is_in_row(question *q, const fact_condition *c) {
    if (q->p->kind != PASSAGE_CELL || q->p->label == PASSAGE_NONE) return false;
    if (c->is_number) {
        stated s = stated_of(q, c->key);
        if (s.in_label) return true;
        double value; /* "| batch 8 | 152 W |" */
        passage *label = &q->j->passages[q->p->label];
        if (s.found && number_beside(q->j, label, c->key, label->text.lo, label->text.lo, &value)) return true;
    }
    return label_state(q, c) != CONDITION_UNSTATED;
}

static bool has_prefix_word(const passage *p, uint32_t i) {
    static const char *const words[] = {"at", "with", "for", "under", "from", "to", "of", "and", "through"};
    for (size_t k = 0; k < COUNT_OF(words) && i; k++)
        if (word_is(p, i - 1, words[k])) return true;
    return false;
}

/* Does the passage hold a quantity of another sort: the measurement whose condition this is? */
static bool holds_measurement(const question *q) {
    const passage *p = q->p;
    for (uint32_t i = p->token_lo; i < p->token_hi && i - p->token_lo < 48; i++) {
        const token *t = &p->on->tokens[i];
        if (t->kind != TOKEN_QUANTITY || (t->text.lo < q->t->text.hi && t->text.hi > q->t->text.lo)) continue;
        enum unit_dimension d = unit_get(t->unit)->dimension;
        if (d != DIM_COUNT && d != DIM_NONE && d != DIM_TOKENS && d != q->m.dimension) return true;
    }
    return false;
}

/* "against 12,480 with 16K": a number with a letter behind it that is, as text, the value of a declared condition. */
static bool is_a_conditions_text(const question *q) {
    const passage *p = q->p;
    const manifest *m = q->j->m;
    str said = surface_slice(p->on, q->t->text.lo, q->t->text.hi);
    uint32_t lead = passage_word_before(p, q->t->text.lo);
    if (said.n < 2 || str_find_byte(said, ' ', 0) >= 0 || !byte_is_digit(said.p[0]) ||
        !byte_is_alpha(said.p[said.n - 1]))
        return false;
    if (lead == UINT32_MAX || !word_in(p, lead, "with at for under of")) return false;
    for (size_t i = 0; i < m->benchmark_count && i < CONDITIONS_READ; i++)
        for (uint32_t k = 0; k < m->benchmarks[i].condition_count; k++)
            if (str_eq_nocase(m->benchmarks[i].conditions[k].value, said)) return true;
    return false;
}

bool number_is_condition(question *q) {
    const passage *p = q->p;
    uint64_t key = 0;
    uint32_t first, end, at = UINT32_MAX;
    if (is_a_conditions_text(q)) return true;
    if (q->m.dimension != DIM_COUNT && q->m.dimension != DIM_TOKENS && !q->bare) return false;
    passage_window(p, q->t->text.lo, q->t->text.hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        const pword *w = &p->words[i];
        bool before = w->hi <= q->t->text.lo && q->t->text.lo - w->hi <= 4, behind = w->lo >= q->t->core.hi;
        if (behind && w->lo > q->t->text.hi + 1) break;
        if ((!before && !behind) || !fact_index_condition_key(q->j->index, w->stem)) continue;
        key = w->stem;
        at = i;
        if (behind) { /* "32 clients": what stands before the number leads in */
            while (at > first && p->words[at - 1].lo >= q->t->text.lo) at--;
            break;
        }
    }
    if (!key || !holds_measurement(q)) return false;
    if (has_prefix_word(p, at)) return true;
    uint32_t count;
    const condition_ref *found = fact_index_conditions(q->j->index, decimal_to_f64(q->t->value), &count);
    for (uint32_t i = 0; i < count; i++) {
        const manifest_condition *c = &q->j->m->benchmarks[found[i].benchmark].conditions[found[i].part];
        uint32_t from = 0, lo, hi;
        if (fact_word_next(c->key, &from, &lo, &hi) &&
            fact_stem(str_slice(c->key, (ptrdiff_t)lo, (ptrdiff_t)hi)) == key)
            return true;
    }
    return false;
}

/* A condition that is a bare number counts its key: "batch 1" is not met by "1 MB" beside "batch", nor by "two
 * arguments".
 */
static bool is_a_count_of(question *q, const manifest_condition *want) {
    decimal bare;
    if (!decimal_parse(str_trim(want->value), false, &bare)) return true; /* "4 KiB" has a unit to agree with */
    if (q->m.dimension != DIM_COUNT && q->m.dimension != DIM_TOKENS && q->m.dimension != DIM_NONE && !q->bare)
        return false;
    if (q->bare || !q->m.noun) return true;
    uint32_t at = 0, lo, hi;
    while (fact_word_next(want->key, &at, &lo, &hi)) {
        uint64_t key = fact_stem(str_slice(want->key, (ptrdiff_t)lo, (ptrdiff_t)hi));
        if (key == q->m.noun || number_has_key(q->p, q->t, key)) return true; /* "batches of 8 prompts" */
    }
    return false;
}

/* "32 clients", "batch 8": the condition of a declared benchmark, named beside the number. */
void judge_condition(question *q, claim *c) {
    uint32_t count;
    const condition_ref *found = fact_index_conditions(q->j->index, decimal_to_f64(q->t->value), &count);
    for (uint32_t i = 0; i < count; i++) {
        const manifest_benchmark *bench = &q->j->m->benchmarks[found[i].benchmark];
        const manifest_condition *want = &bench->conditions[found[i].part];
        uint32_t at = 0, lo, hi;
        bool named = false;
        while (fact_word_next(want->key, &at, &lo, &hi) && !named)
            named =
                context_stem(&q->near, fact_stem(str_slice(want->key, (ptrdiff_t)lo, (ptrdiff_t)hi))) <= REGION_LABEL;
        if (!named || !is_a_count_of(q, want)) continue;
        c->subject = q->j->m->entities[bench->subjects[0]].id;
        claim_supported(q->j, c, &bench->fact, want->value, STR("a condition of the declared measurement"));
        return;
    }
}
