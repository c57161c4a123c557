/* ratios.c - "1.35 times as fast": a ratio whose two numbers stand beside it.
 *
 *     derived: a / b    the text states a and b (agreeing with the facts), then a number of times or per cent
 *                       it may be read as  a/b, b/a, |a/b − 1|, |b/a − 1|  and as nothing else
 *
 * In: a question about a ratio or a percentage, and a derived fact that divides one fact by another. Out: are both of
 * its numbers stated around, and does the ratio follow from them in some reading? Only where both stand in the passage
 * or the two before it is a ratio anybody's in particular.
 */
#include "facts/question.h"

#include <math.h>

typedef struct operand {
    double base, tolerance;
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
    out->base = decimal_to_f64(quantity->number) * u->factor + u->offset;
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

static bool states(const passage *p, const operand *x, uint32_t skip_lo, uint32_t skip_hi) {
    for (uint32_t i = p->token_lo; i < p->token_hi && i - p->token_lo < 48; i++) {
        const token *t = &p->on->tokens[i];
        measure m;
        if (t->kind != TOKEN_QUANTITY || (t->text.lo < skip_hi && t->text.hi > skip_lo)) continue;
        if (!measure_of_token(p->on, t, &m) || m.dimension != x->dimension) continue;
        measure low = m, high = m;
        low.interval = high.interval = false;
        high.value = m.high;
        if (measure_agrees(&low, x->base, x->tolerance)) return true;
        if (t->flags & TOKEN_CHANGE && measure_agrees(&high, x->base, x->tolerance)) return true;
    }
    return false;
}

static bool stated_around(const question *q, const operand *x, bool *here) {
    const passage *p = q->p;
    *here = states(p, x, q->t->text.lo, q->t->text.hi);
    bool there = *here;
    for (uint32_t k = 0; k < 2 && !there && p->previous != PASSAGE_NONE; k++) {
        p = &q->j->passages[p->previous];
        there = states(p, x, 0, 0);
    }
    return there;
}

bool ratio_is_stated_of(const question *q, const numeric_fact *f) {
    operand a, b;
    bool a_here, b_here;
    if (f->kind != FACT_DERIVED || q->p->kind != PASSAGE_SENTENCE) return false;
    if (q->m.dimension != DIM_RATIO && q->m.dimension != DIM_PERCENT) return false;
    if (!operands_of(q->j->m, &q->j->m->derived[f->index], &a, &b) || a.dimension != b.dimension) return false;
    bool a_there = stated_around(q, &a, &a_here), b_there = stated_around(q, &b, &b_here);
    return a_there && b_there && (a_here || b_here);
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
