/* sums.c - a number that the sentence works out of others: "38.4 TB at 5.40 EUR per terabyte, so the bill is 207 EUR".
 *
 *     derived: a * b, a / b, a - b …     the text states a and b (agreeing with the facts), then, behind a word that
 *                                        draws the sum ("so", "which is", "comes to", "i.e. by"), a number in the
 *                                        result's dimension: it must be the result
 *
 * In: a question about a number. Out: the derived fact whose operands stand before it, as a candidate that may
 * contradict it. Without such a word, or with an operand that the text does not state, the number may be anything; a
 * ratio has readings of its own (ratios.c).
 */
#include "facts/question.h"

#include <math.h>

enum { TOKENS_READ = 48, DERIVED_READ = 64 };

/* Does a token of the passage before `hi` state this value? */
static bool is_stated(const passage *p, uint32_t hi, const manifest_quantity *value, double rel) {
    if (!value->number.valid) return false;
    const unit_info *u = unit_get(value->measure);
    double base = decimal_to_f64(value->number) * u->factor + u->offset;
    uint32_t last = p->token_hi, first;
    while (last > p->token_lo && p->on->tokens[last - 1].text.hi > hi) last--;
    first = last > p->token_lo + TOKENS_READ ? last - TOKENS_READ : p->token_lo;
    for (uint32_t i = first; i < last; i++) {
        const token *t = &p->on->tokens[i];
        measure m;
        if (t->kind != TOKEN_QUANTITY || !measure_of_token(p->on, t, &m) || m.interval) continue;
        if (m.dimension == u->dimension && measure_agrees(&m, base, rel * fabs(base))) return true;
        m.value = m.high;
        if (t->flags & TOKEN_CHANGE && m.dimension == u->dimension && measure_agrees(&m, base, rel * fabs(base)))
            return true;
    }
    return false;
}

/* Is the operand stated before the number: in its sentence, or (`here` false) in the one before? */
static bool is_operand_stated(const question *q, uint32_t fact, bool *here) {
    const manifest *m = q->j->m;
    const manifest_fact *f = m->facts[fact];
    const passage *places[2] = {q->p, q->p->previous == PASSAGE_NONE ? NULL : &q->j->passages[q->p->previous]};
    for (int k = 0; k < 2 && places[k]; k++) {
        uint32_t hi = k ? places[k]->text.hi : q->t->text.lo;
        bool said = false;
        if (f->kind == FACT_BENCHMARK) {
            const manifest_benchmark *b = &m->benchmarks[f->index];
            said = is_stated(places[k], hi, &b->quantity, b->tol.relative ? b->tol.rel : 0);
        } else if (f->kind == FACT_ATTR) {
            const manifest_attr *a = &m->attrs[f->index];
            for (uint32_t v = 0; v < a->view_count && !said; v++)
                said = is_stated(places[k], hi, &a->views[v].quantity, a->tol.relative ? a->tol.rel : 0);
        }
        *here = k == 0;
        if (said) return true;
    }
    return false;
}

/* All operands before the number, at least one of them in its own sentence, and two of them different facts. */
static bool are_operands_stated(const question *q, const manifest_derived *d) {
    uint32_t first = MANIFEST_NONE, facts = 0;
    bool any = false;
    for (uint32_t i = 0; i < d->step_count; i++) {
        bool here;
        if (d->steps[i].op == EXPR_NUMBER) return false; /* "/ 3600": a conversion made by hand */
        if (d->steps[i].op != EXPR_FACT) continue;
        if (!is_operand_stated(q, d->steps[i].fact, &here)) return false;
        any = any || here;
        if (d->steps[i].fact == first) continue;
        first = d->steps[i].fact;
        facts++;
    }
    return any && facts >= 2;
}

static bool is_difference(const manifest_derived *d) {
    bool less = false;
    for (uint32_t i = 0; i < d->step_count; i++) {
        less = less || d->steps[i].op == EXPR_SUB;
        if (d->steps[i].op == EXPR_MUL || d->steps[i].op == EXPR_DIV) return false;
    }
    return less;
}

/* Does a number end right before byte `at`? */
static bool number_ends_at(const passage *p, uint32_t at) {
    for (uint32_t i = p->token_lo; i < p->token_hi && i - p->token_lo < TOKENS_READ; i++)
        if (p->on->tokens[i].kind == TOKEN_QUANTITY && p->on->tokens[i].text.hi <= at &&
            p->on->tokens[i].text.hi + 1 >= at)
            return true;
    return false;
}

/* Do the words before the number draw a sum? */
static bool draws_sum(const question *q, const numeric_fact *f, const manifest_derived *d) {
    const passage *p = q->p;
    uint32_t first, end, i = UINT32_MAX;
    passage_window(p, q->t->text.lo, q->t->text.lo, &first, &end);
    for (uint32_t k = first; k < end && p->words[k].hi <= q->t->text.lo; k++) i = k;
    bool hedged = q->t->bound == BOUND_ABOUT;
    while (i != UINT32_MAX && i > first && word_in(p, i, "about roughly some only just nearly almost exactly")) {
        hedged = true;
        i--;
    }
    if (i == UINT32_MAX) return false;
    str between = str_trim(surface_slice(p->on, p->words[i].hi, q->t->text.lo));
    if (hedged && between.n && between.p[0] == ',') return true; /* "412 GB in 71 minutes, about 97 MB/s" */
    if (str_find_byte(between, ',', 0) >= 0) return false;
    if (str_find_byte(between, '=', 0) >= 0 || word_in(p, i, "so thus hence i.e therefore")) return true;
    if (word_in(p, i, "by")) return is_difference(d);
    if (i == first) return false;
    if (word_in(p, i, "that") && word_in(p, i - 1, "so")) return true;
    if (word_in(p, i, "is are makes make")) {
        if (word_in(p, i - 1, "which that this so it")) return true;
        if (fact_has_stem(f, p->words[i - 1].stem) && i - 1 > first && word_in(p, i - 2, "the its a")) return true;
        return number_ends_at(p, p->words[i].lo); /* "so 41 minutes are 0.094 kWh" */
    }
    if (word_in(p, i, "in")) return q->m.dimension == DIM_TIME && number_ends_at(p, p->words[i].lo);
    return word_in(p, i, "to") && word_in(p, i - 1, "comes amounts adds");
}

/* Is it the result, as rounding lets it be? The text may have worked with rounded operands. */
static bool is_result(const question *q, const numeric_fact *f) {
    return fabs(q->m.value - f->base) <= q->m.half + f->tolerance + 0.03 * fabs(f->base);
}

void ask_by_sum(question *q, scored *(*score)(question *, uint32_t)) {
    if (q->p->kind != PASSAGE_SENTENCE || q->bare || q->m.interval || q->change) return;
    if (q->m.dimension == DIM_RATIO || q->m.dimension == DIM_PERCENT || q->m.dimension == DIM_COUNT) return;
    uint32_t count;
    const uint32_t *found = fact_index_derived(q->j->index, q->m.dimension, &count);
    for (uint32_t i = 0; i < count && i < DERIVED_READ; i++) {
        const numeric_fact *f = &q->facts[found[i]];
        const manifest_derived *d = &q->j->m->derived[f->index];
        if (!candidate_same_kind(q, f) || is_result(q, f) || !draws_sum(q, f, d) || !are_operands_stated(q, d))
            continue;
        scored *s = score(q, found[i]);
        if (!s) continue;
        s->name = fmax(s->name, 0.8);
        s->owner = fmax(s->owner, 0.9);
        s->conflict = false;
        s->certain = true;
    }
}
