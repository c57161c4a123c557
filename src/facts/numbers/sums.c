/* sums.c - a number that the sentence works out of others: "38.4 TB at 5.40 EUR per terabyte, so the bill is 207 EUR".
 *
 *     derived: a * b, a / b, a - b …     the text states a and b (agreeing with the facts), then, behind a word that
 *                                        draws the sum ("so", "which is", "comes to", "i.e. by"), a number in the
 *                                        result's dimension: it must be the result
 *
 *     "49 s saved", "The difference, 672 W"    of two that stand before it
 *     "the three nodes have 54 cores"          as many as a declared sum has operands, and nothing else is said of them
 *
 * In: a question about a number. Out: the derived fact whose operands stand before it, as a candidate that may
 * contradict it. Without such a word, or with an operand that the text does not state, the number may be anything; a
 * ratio has readings of its own (ratios.c).
 */
#include "facts/numbers/question.h"

#include <math.h>

enum { TOKENS_READ = 48, DERIVED_READ = 64 };

static bool is_money(enum unit_dimension d) { return d == DIM_MONEY_EUR || d == DIM_MONEY_USD || d == DIM_MONEY_GBP; }

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
        bool cents = is_money(u->dimension) &&
                     str_is_among(surface_slice(p->on, t->unit_text.lo, t->unit_text.hi), "cent cents pence");
        if (cents && fabs(m.value - base) < 0.005) return true; /* of whatever money */
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

/* All operands before the number, at least one of them in its own sentence (or, `anywhere`, none), and two of them
 * different facts. */
static bool are_operands_stated(const question *q, const manifest_derived *d, bool anywhere) {
    uint32_t first = MANIFEST_NONE, facts = 0;
    bool any = anywhere;
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

/* "49 s saved", "The difference, 672 W": the words beside the number make it a difference. */
static bool draws_difference(const question *q, const manifest_derived *d) {
    static const char BEHIND[] = "saved spared behind ahead apart later sooner earlier quicker";
    const passage *p = q->p;
    uint32_t first, end, at;
    if (!is_difference(d)) return false;
    passage_window(p, q->t->text.lo, q->t->text.hi, &first, &end);
    for (at = first; at < end && p->words[at].hi <= q->t->text.lo;) at++;
    for (uint32_t i = at; i > first && at - i < 3; i--)
        if (word_in(p, i - 1, "another additional extra further")) return false;
    if (at > first && word_in(p, at - 1, "difference gap")) return true;
    if (at > first + 1 && word_in(p, at - 1, "of is") && word_in(p, at - 2, "difference gap")) return true;
    while (at < end && p->words[at].lo < q->t->text.hi) at++;
    return at < end && p->words[at].lo <= q->t->text.hi + 1 && word_in(p, at, BEHIND);
}

/* The attribute that every operand of a plain sum is; NULL for any other expression. `n`: how many operands. */
static const manifest_attr *summed_attr(const manifest *m, const manifest_derived *d, uint32_t *n) {
    const manifest_attr *attr = NULL;
    *n = 0;
    for (uint32_t i = 0; i < d->step_count; i++) {
        if (d->steps[i].op == EXPR_ADD) continue;
        const manifest_fact *f = d->steps[i].op == EXPR_FACT ? m->facts[d->steps[i].fact] : NULL;
        if (!f || f->kind != FACT_ATTR) return NULL;
        const manifest_attr *x = &m->attrs[f->index];
        if (attr && !str_eq(attr->name, x->name)) return NULL;
        attr = x;
        ++*n;
    }
    return *n > 1 ? attr : NULL;
}

/* Does the clause name the attribute: all words of its name or of an alias? */
static bool names_attr(const question *q, const manifest_attr *attr) {
    for (uint32_t i = 0; i <= attr->aliases.n; i++) {
        str name = i ? attr->aliases.at[i - 1].text : attr->name;
        uint32_t at = 0, lo, hi, words = 0, met = 0;
        while (fact_word_next(name, &at, &lo, &hi)) {
            uint64_t stem = fact_stem(str_slice(name, (ptrdiff_t)lo, (ptrdiff_t)hi));
            bool power = q->m.dimension == DIM_POWER && stem == fact_stem(STR("power")); /* the unit says it */
            words++;
            met += power || context_stem(&q->near, stem) == REGION_CLAUSE;
        }
        if (words && met == words) return true;
    }
    return false;
}

/* "The three nodes have 54 cores": as many as the sum has operands, of whom the clause says nothing but the attribute.
 */
static bool counts_operands(const question *q, const manifest_derived *d) {
    static const char OTHERWISE[] =
        "each per apiece free need needs would could might virtual smaller larger bigger older newer other others used "
        "use uses left spare up than least most average mean every if";
    const passage *p = q->p;
    uint32_t n, first, end;
    const manifest_attr *attr = summed_attr(q->j->m, d, &n);
    if (!attr || !names_attr(q, attr) || q->t->bound) return false;
    passage_window(p, q->t->text.lo, q->t->text.hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        if (p->words[i].lo < q->near.clause.lo || p->words[i].hi > q->near.clause.hi) continue;
        if (word_in(p, i, OTHERWISE)) return false;
    }
    for (uint32_t i = p->token_lo; i < p->token_hi && i - p->token_lo < TOKENS_READ; i++) {
        const token *t = &p->on->tokens[i];
        if (t->text.lo < q->near.clause.lo || t->text.hi > q->t->text.lo || !t->value.valid) continue;
        if (t->kind != TOKEN_NUMBER && t->kind != TOKEN_QUANTITY) continue;
        if (t->kind == TOKEN_QUANTITY && !(t->flags & TOKEN_COUNTED)) continue;
        return decimal_to_f64(t->value) == n; /* the first number of the clause */
    }
    return false;
}

/* One sum, and no other of this dimension, has as many operands and is of what the clause names. */
static void ask_by_count(question *q, scored *(*score)(question *, uint32_t)) {
    uint32_t count, only = UINT32_MAX;
    const uint32_t *found = fact_index_derived(q->j->index, q->m.dimension, &count);
    for (uint32_t i = 0; i < count && i < DERIVED_READ; i++) {
        const numeric_fact *f = &q->facts[found[i]];
        if (!candidate_same_kind(q, f) || !counts_operands(q, &q->j->m->derived[f->index])) continue;
        if (f->noun && q->m.noun && f->noun != q->m.noun) continue;
        if (only != UINT32_MAX) return;
        only = found[i];
    }
    scored *s = only == UINT32_MAX || candidate_agrees(q, &q->facts[only]) ? NULL : score(q, only);
    if (!s) return;
    s->name = fmax(s->name, 0.8);
    s->owner = fmax(s->owner, 0.9);
    s->certain = true;
}

/* Is it the result, as rounding lets it be? The text may have worked with rounded operands. */
static bool is_result(const question *q, const numeric_fact *f) {
    return fabs(q->m.value - f->base) <= q->m.half + f->tolerance + 0.03 * fabs(f->base);
}

void ask_by_sum(question *q, scored *(*score)(question *, uint32_t)) {
    if (q->p->kind != PASSAGE_SENTENCE || q->bare || q->m.interval || q->change) return;
    if (q->m.dimension == DIM_RATIO || q->m.dimension == DIM_PERCENT) return;
    ask_by_count(q, score);
    if (q->m.dimension == DIM_COUNT) return;
    uint32_t count;
    const uint32_t *found = fact_index_derived(q->j->index, q->m.dimension, &count);
    for (uint32_t i = 0; i < count && i < DERIVED_READ; i++) {
        const numeric_fact *f = &q->facts[found[i]];
        const manifest_derived *d = &q->j->m->derived[f->index];
        if (!candidate_same_kind(q, f) || is_result(q, f)) continue;
        bool less = draws_difference(q, d);
        if ((!less && !draws_sum(q, f, d)) || !are_operands_stated(q, d, less)) continue;
        scored *s = score(q, found[i]);
        if (!s) continue;
        s->name = fmax(s->name, 0.8);
        s->owner = fmax(s->owner, 0.9);
        s->conflict = false;
        s->certain = true;
    }
}
