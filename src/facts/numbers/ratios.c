/* ratios.c - "1.35 times as fast": a ratio whose two numbers stand beside it.
 *
 *     derived: a / b    the text states a and b (agreeing with the facts), then a number of times or per cent
 *                       it may be read as  a/b, b/a, |a/b − 1|, |b/a − 1|  and as nothing else
 *     "34.1 tok/s with one card; with both at 58.3. A factor of 1.7."      a number that left its unit out counts, and
 *                       a sentence of its own is enough, where a word says that two things are compared
 *
 * In: a question about a ratio or a percentage, and a derived fact that divides one fact by another. Out: are both of
 * its numbers stated around, and does the ratio follow from them in some reading? Only where both stand in the passage
 * or the three before it is a ratio anybody's in particular.
 */
#include "facts/numbers/question.h"

#include <math.h>

enum { PASSAGES_BACK = 3, CELLS_BACK = 48, WORDS_BEFORE = 6, DERIVED_READ = 64 };

typedef struct operand {
    double base, tolerance, shown;
    enum unit_dimension dimension;
} operand;

static bool operand_of(const manifest *m, uint32_t fact, operand *out) {
    const manifest_fact *f = m->facts[fact];
    const manifest_quantity *quantity = NULL;
    double rel = 0;
    if (f->kind == FACT_BENCHMARK) {
        quantity = &m->benchmarks[f->index].quantity;
        rel = m->benchmarks[f->index].tol.relative ? m->benchmarks[f->index].tol.rel : 0;
    } else if (f->kind == FACT_ATTR) {
        quantity = &m->attrs[f->index].views[0].quantity;
    }
    if (!quantity || !quantity->number.valid) return false;
    const unit_info *u = unit_get(quantity->measure);
    out->shown = decimal_to_f64(quantity->number);
    out->base = out->shown * u->factor + u->offset;
    out->tolerance = fabs(out->base) * rel;
    out->dimension = u->dimension;
    return true;
}

/* The two facts that a derived fact divides, also in "1 - a / b" and "a / b - 1". */
static bool operands_of(const manifest *m, const manifest_derived *d, operand *a, operand *b) {
    uint32_t found[2], n = 0;
    bool divides = false;
    for (uint32_t i = 0; i < d->step_count; i++) {
        if (d->steps[i].op == EXPR_FACT && n < 2) found[n] = d->steps[i].fact;
        n += d->steps[i].op == EXPR_FACT;
        divides = divides || d->steps[i].op == EXPR_DIV;
        if (d->steps[i].op == EXPR_MUL || d->steps[i].op == EXPR_ADD) return false;
    }
    return divides && n == 2 && operand_of(m, found[0], a) && operand_of(m, found[1], b) && a->base > 0 && b->base > 0;
}

enum stating { NOT_STATED, STATED_BARE, STATED };

/* Does the passage state the operand, with its unit or, beside another number of the sort, without one? */
static enum stating states(const passage *p, const operand *x, uint32_t skip_lo, uint32_t skip_hi) {
    bool bare = false, sort = false;
    for (uint32_t i = p->token_lo; i < p->token_hi && i - p->token_lo < 48; i++) {
        const token *t = &p->on->tokens[i];
        measure m;
        if ((t->text.lo < skip_hi && t->text.hi > skip_lo) || t->bound > BOUND_ABOUT) continue; /* "under 3 min" */
        if (t->kind == TOKEN_NUMBER && t->value.valid && t->value.digits >= 10 && !(t->flags & TOKEN_SPELLED))
            bare = bare || fabs(decimal_to_f64(t->value) - x->shown) <= decimal_half_unit(t->value) + 1e-9 * x->shown;
        if (t->kind != TOKEN_QUANTITY || !measure_of_token(p->on, t, &m) || m.dimension != x->dimension) continue;
        sort = true;
        measure low = m, high = m;
        low.interval = high.interval = false;
        high.value = m.high;
        if (measure_agrees(&low, x->base, x->tolerance)) return STATED;
        if (t->flags & TOKEN_CHANGE && measure_agrees(&high, x->base, x->tolerance)) return STATED;
    }
    return bare && sort ? STATED_BARE : NOT_STATED;
}

typedef struct stated_at { /* where an operand is stated */
    enum stating how;
    uint32_t back; /* sentences before this one */
} stated_at;

/* Back over the sentences of the section, and over a table's cells, which count as one. */
static stated_at stated_around(const question *q, const operand *x) {
    const passage *own = q->p;
    stated_at at = {states(own, x, q->t->text.lo, q->t->text.hi), 0};
    uint32_t i = (uint32_t)(own - q->j->passages), cells = 0;
    for (uint32_t back = 0; back < PASSAGES_BACK && i > 0 && !at.how && cells < CELLS_BACK; i--) {
        const passage *p = &q->j->passages[i - 1];
        if (p->on != own->on || p->heading != own->heading || p->kind == PASSAGE_CODE || p->kind == PASSAGE_HEADING)
            break;
        bool cell = p->kind == PASSAGE_CELL;
        if (!cell || !cells++) back++;
        at = (stated_at){states(p, x, 0, 0), back};
        if (cell && at.how == STATED_BARE) at.how = NOT_STATED;
    }
    return at;
}

/* Does a word near the number say that two things are compared: "a gain of 38 %", "28 % less", "4.2 times"? */
static bool compares(const question *q) {
    static const char WORDS[] =
        "times factor ratio gain gains gained loss loses lost lose cut less more fewer faster slower quicker higher "
        "lower cheaper dearer longer shorter larger smaller off apart behind ahead saved saving saves drop rise "
        "improvement speed-up speedup slowdown";
    const passage *p = q->p;
    uint32_t first, end, at;
    passage_window(p, q->t->text.lo, q->t->text.hi, &first, &end);
    for (at = first; at < end && p->words[at].hi <= q->t->text.lo;) at++;
    for (uint32_t i = at; i > first && at - i < 3; i--)
        if (p->words[i - 1].lo >= q->near.clause.lo && word_in(p, i - 1, WORDS)) return true;
    for (uint32_t i = at; i < end && i < at + 5; i++)
        if (p->words[i].hi <= q->near.clause.hi && word_in(p, i, WORDS)) return true;
    return false;
}

/* "A factor of 1.71.", "That is 68 times its normal value": the sentence has no other number and names nobody before
 * it, so it goes on about the numbers of the sentence before. */
static bool goes_on(const question *q) {
    const passage *p = q->p;
    uint32_t before = 0;
    str lead = surface_slice(p->on, p->text.lo, q->t->text.lo);
    if (str_ends(lead, STR("factor of ")) || str_ends(lead, STR("ratio of "))) return true;
    for (uint32_t i = 0; i < p->word_count && p->words[i].hi <= q->t->text.lo; i++) before++;
    if (before > WORDS_BEFORE || (p->hit_lo < p->hit_hi && p->on->hits[p->hit_lo].where.lo < q->t->text.lo))
        return false;
    for (uint32_t i = p->token_lo; i < p->token_hi; i++) {
        const token *t = &p->on->tokens[i];
        bool own = t->text.lo < q->t->text.hi && t->text.hi > q->t->text.lo;
        if (!own && (t->kind == TOKEN_QUANTITY || t->kind == TOKEN_NUMBER || t->kind == TOKEN_DATE)) return false;
    }
    return true;
}

bool ratio_is_stated_of(const question *q, const numeric_fact *f) {
    operand a, b;
    if (f->kind != FACT_DERIVED || q->p->kind != PASSAGE_SENTENCE) return false;
    if (q->m.dimension != DIM_RATIO && q->m.dimension != DIM_PERCENT) return false;
    if (q->m.dimension == DIM_PERCENT && /* "lost 2.4 % of the requests": a share of something, no change */
        str_starts(str_trim(surface_slice(q->p->on, q->t->text.hi, q->p->text.hi)), STR("of ")))
        return false;
    if (!operands_of(q->j->m, &q->j->m->derived[f->index], &a, &b) || a.dimension != b.dimension) return false;
    stated_at x = stated_around(q, &a), y = x.how ? stated_around(q, &b) : (stated_at){0};
    if (!x.how || !y.how) return false;
    bool here = !x.back || !y.back,
         plain = x.how == STATED && y.how == STATED && x.back < PASSAGES_BACK && y.back < PASSAGES_BACK;
    if (here && plain) return true;
    return compares(q) && (here || ((x.back == 1 || y.back == 1) && x.back + y.back < 4 && goes_on(q)));
}

void ask_by_ratio(question *q, scored *(*score)(question *, uint32_t)) {
    uint32_t count;
    if (q->p->kind != PASSAGE_SENTENCE || (q->m.dimension != DIM_RATIO && q->m.dimension != DIM_PERCENT)) return;
    const uint32_t *found = fact_index_derived(q->j->index, q->m.dimension, &count);
    for (uint32_t i = 0; i < count && i < DERIVED_READ; i++) {
        if (!ratio_is_stated_of(q, &q->facts[found[i]])) continue;
        scored *s = score(q, found[i]);
        if (!s) continue;
        if (s->name < 0.8) s->name = 0.8;
        if (s->owner < 0.9) s->owner = 0.9;
        s->agrees = s->agrees || ratio_follows(q, &q->facts[found[i]]);
    }
}

bool ratio_follows(const question *q, const numeric_fact *f) {
    operand a, b;
    if (!operands_of(q->j->m, &q->j->m->derived[f->index], &a, &b)) return true;
    double scale = q->m.dimension == DIM_PERCENT ? unit_get(unit_parse(STR("%"), true))->factor * 100 : 1;
    double said = q->m.value / scale, half = q->m.half / scale;
    double slack = half + (a.tolerance / a.base + b.tolerance / b.base + 0.02) * fabs(said);
    double high = fmax(a.base, b.base) / fmin(a.base, b.base), low = 1 / high;
    return fabs(said - high) <= slack || fabs(said - low) <= slack || fabs(said - (high - 1)) <= slack ||
           fabs(said - (1 - low)) <= slack;
}
