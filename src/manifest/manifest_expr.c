/* manifest_expr.c - derived facts: expressions over other facts.
 *
 *     expr   := term (('+' | '-') term)*        decode / old-decode
 *     term   := factor (('*' | '/') factor)*    (draw-idle + draw-load) * 24
 *     factor := '-' factor | '(' expr ')' | number | id
 *
 * In: the text of `expr`. Out: a postfix program over fact indices, and an order in which operands come before those
 * who use them. A '-' inside an id belongs to it: a subtraction has spaces around its sign. Invariants: nesting is
 * bounded, the graph of derived facts has no cycle, no division is by a literal zero. Units are left to whoever
 * evaluates.
 */
#include "manifest/manifest_load.h"

#include <stdio.h>

enum { DEPTH_LIMIT = 64, STEP_LIMIT = 1000 };

int read_derived(loader *l, const yaml_node *list) {
    TRY(check_list(l, list, "derived"));
    for (uint32_t i = 0; i < list->count; i++) {
        const yaml_node *map = list->items[i], *id, *expr, *unit;
        evidence ev, outer = evidence_of_file(l);
        derived_draft d = {.derived = {.first_operand = MANIFEST_NONE, .rests_on = MANIFEST_NONE}};
        text_list aliases = {0};
        TRY(check_map(l, map, MAP_DERIVED));
        TRY(read_evidence(l, map, &outer, &ev));
        id = yaml_get(map, "id"), expr = yaml_get(map, "expr"), unit = yaml_get(map, "unit");
        if (!id || !expr) return node_error(l, ERROR_SCHEMA, map, "a derived fact needs 'id' and 'expr'");
        TRY(check_id(l, id, "id"));
        TRY(read_str(l, map, "expr", &d.derived.text));
        TRY(read_str(l, map, "unit", &d.derived.unit));
        TRY(read_texts(l, map, "aliases", true, &aliases));
        TRY(read_tolerance(l, map, &d.derived.tol));
        d.derived.measure = unit ? unit_of_text(unit->text) : UNIT_NONE;
        if (unit && !d.derived.measure && !id_table_find(&l->units, unit->text))
            return node_error(l, ERROR_SCHEMA, unit,
                              "'%.*s' is no unit: correct it, or declare a counted noun under 'units'",
                              STR_ARG(unit->text));
        if (unit && !d.derived.measure) d.derived.measure = UNIT_COUNT;
        d.derived.aliases = freeze_texts(&aliases);
        d.derived.fact = fact_make(id->text, FACT_DERIVED, node_place(l, expr), &ev);
        d.column_shift = expr->quoted ? 1 : 0;
        TRY(claim_id(l, id, ID_DERIVED, (uint32_t)l->derived.n));
        if (!VEC_PUSH(l->a, &l->derived, d)) return loader_out_of_memory(l);
    }
    return ERROR_NONE;
}

typedef struct parser {
    loader *l;
    derived_draft *d;
    str text;
    ptrdiff_t at;
    uint32_t depth, stack;
    VEC(expr_step) steps;
} parser;

static int fail(parser *p, ptrdiff_t at, const char *what, str token) {
    manifest_place place = p->d->derived.fact.place;
    place.column += p->d->column_shift + (uint32_t)at;
    return loader_error(p->l, ERROR_SCHEMA, place, "%s%s%.*s%s", what, token.p ? " '" : "", STR_ARG(token),
                        token.p ? "'" : "");
}

static void skip_space(parser *p) {
    while (p->at < p->text.n && byte_is_space(p->text.p[p->at])) p->at++;
}

static int push(parser *p, expr_step step) {
    bool operand = step.op == EXPR_NUMBER || step.op == EXPR_FACT;
    if (operand && ++p->stack > p->d->derived.stack_depth) p->d->derived.stack_depth = p->stack;
    if (!operand && step.op != EXPR_NEG) p->stack--;
    if (p->steps.n >= STEP_LIMIT) return fail(p, p->at, "an expression of over 1000 parts", (str){0});
    return VEC_PUSH(p->l->a, &p->steps, step) ? ERROR_NONE : loader_out_of_memory(p->l);
}

static bool is_id_byte(uint8_t c) { return byte_is_alnum(c) || c == '.' || c == '_' || c == '-'; }

/* A benchmark, an attribute with one value, a view, or a derived fact. */
static int check_operand(parser *p, ptrdiff_t at, str token, uint32_t fact) {
    const manifest_fact *f = p->l->store->m.facts[fact];
    if (f->kind == FACT_BENCHMARK || f->kind == FACT_DERIVED) return ERROR_NONE;
    if (f->kind != FACT_ATTR) return fail(p, at, "not a number, so no operand:", token);
    const manifest_attr *attr = &p->l->store->m.attrs[f->index];
    const manifest_view *view = NULL;
    for (uint32_t i = 0; i < attr->view_count; i++)
        if (&attr->views[i].fact == f || !attr->views[i].name.p) view = &attr->views[i];
    if (!view) return fail(p, at, "has several views, name one of them:", token);
    return view->quantity.number.valid ? ERROR_NONE : fail(p, at, "not a number, so no operand:", token);
}

static int operand(parser *p) {
    ptrdiff_t lo = p->at;
    double number;
    while (p->at < p->text.n && is_id_byte(p->text.p[p->at])) p->at++;
    while (p->at > lo + 1 && p->text.p[p->at - 1] == '-') p->at--;
    str token = str_slice(p->text, lo, p->at);
    if (!token.n && lo >= p->text.n) return fail(p, lo, "the expression ends where an operand is due", (str){0});
    if (!token.n) return fail(p, lo, "not part of an expression:", str_slice(p->text, lo, lo + 1));
    if (str_to_f64(token, &number)) return push(p, (expr_step){.op = EXPR_NUMBER, .number = token});
    const uint32_t *fact = id_table_find(&p->l->store->fact_ids, token);
    if (!fact) return fail(p, lo, "unknown id", token);
    TRY(check_operand(p, lo, token, *fact));
    if (p->d->derived.first_operand == MANIFEST_NONE) p->d->derived.first_operand = *fact;
    return push(p, (expr_step){.op = EXPR_FACT, .fact = *fact});
}

static int sum(parser *p);

static int factor(parser *p) {
    skip_space(p);
    uint8_t c = p->at < p->text.n ? p->text.p[p->at] : 0;
    if (c != '-' && c != '(') return operand(p);
    ptrdiff_t lo = p->at++;
    if (++p->depth > DEPTH_LIMIT) return fail(p, lo, "the expression is nested too deeply", (str){0});
    if (c == '-') {
        TRY(factor(p));
        p->depth--;
        return push(p, (expr_step){.op = EXPR_NEG});
    }
    TRY(sum(p));
    p->depth--;
    skip_space(p);
    if (p->at >= p->text.n || p->text.p[p->at] != ')') return fail(p, lo, "this parenthesis is not closed", (str){0});
    p->at++;
    return ERROR_NONE;
}

static int product(parser *p) {
    TRY(factor(p));
    for (;;) {
        skip_space(p);
        uint8_t c = p->at < p->text.n ? p->text.p[p->at] : 0;
        if (c != '*' && c != '/') return ERROR_NONE;
        p->at++;
        TRY(factor(p));
        TRY(push(p, (expr_step){.op = c == '*' ? EXPR_MUL : EXPR_DIV}));
    }
}

static int sum(parser *p) {
    TRY(product(p));
    for (;;) {
        skip_space(p);
        uint8_t c = p->at < p->text.n ? p->text.p[p->at] : 0;
        if (c != '+' && c != '-') return ERROR_NONE;
        p->at++;
        TRY(product(p));
        TRY(push(p, (expr_step){.op = c == '+' ? EXPR_ADD : EXPR_SUB}));
    }
}

static int parse(loader *l, derived_draft *d) {
    parser p = {.l = l, .d = d, .text = d->derived.text};
    TRY(sum(&p));
    if (p.at < p.text.n) return fail(&p, p.at, "not part of an expression:", str_slice(p.text, p.at, p.at + 1));
    if (d->derived.first_operand == MANIFEST_NONE)
        return fail(&p, 0, "an expression needs a fact: this is a constant", (str){0});
    d->derived.steps = p.steps.at;
    d->derived.step_count = (uint32_t)p.steps.n;
    return ERROR_NONE;
}

/* Depth-first order without recursion: `next` is the step to look at when a fact is on the path again. */
typedef struct visit {
    uint32_t derived, next;
} visit;

enum { WHITE, GREY, BLACK };

static int cycle_error(loader *l, const visit *path, size_t n, uint32_t back) {
    char names[300] = "";
    size_t used = 0, from = 0;
    while (path[from].derived != back) from++;
    for (size_t i = from; i < n && used < 200; i++) {
        str id = l->derived.at[path[i].derived].derived.fact.id;
        used += (size_t)snprintf(names + used, sizeof names - used, "%.*s -> ", (int)(id.n < 64 ? id.n : 64),
                                 (const char *)id.p);
    }
    const manifest_derived *d = &l->derived.at[back].derived;
    return loader_error(l, ERROR_CONFLICT, d->fact.place, "derived facts define each other in a circle: %s%.*s", names,
                        (int)(d->fact.id.n < 64 ? d->fact.id.n : 64), (const char *)d->fact.id.p);
}

static int order_from(loader *l, uint32_t root, uint8_t *colour, visit *path, uint32_t *order, uint32_t *ordered) {
    size_t n = 0;
    path[n++] = (visit){root, 0};
    colour[root] = GREY;
    while (n) {
        visit *top = &path[n - 1];
        const manifest_derived *d = &l->derived.at[top->derived].derived;
        if (top->next == d->step_count) {
            colour[top->derived] = BLACK;
            order[(*ordered)++] = top->derived;
            n--;
            continue;
        }
        const expr_step *step = &d->steps[top->next++];
        if (step->op != EXPR_FACT) continue;
        const manifest_fact *f = l->store->m.facts[step->fact];
        if (f->kind != FACT_DERIVED || colour[f->index] == BLACK) continue;
        if (colour[f->index] == GREY) return cycle_error(l, path, n, f->index);
        colour[f->index] = GREY;
        path[n++] = (visit){f->index, 0};
    }
    return ERROR_NONE;
}

static double operand_value(const loader *l, const manifest_fact *f, const double *values) {
    if (f->kind == FACT_DERIVED) return values[f->index];
    if (f->kind == FACT_BENCHMARK) return decimal_to_f64(l->store->m.benchmarks[f->index].quantity.number);
    const manifest_attr *attr = &l->store->m.attrs[f->index];
    uint32_t i = 0;
    while (&attr->views[i].fact != f && attr->views[i].name.p) i++;
    return decimal_to_f64(attr->views[i].quantity.number);
}

/* The bare numbers, to find a division by zero: units are left out. */
static int check_value(loader *l, uint32_t index, double *values) {
    const manifest_derived *d = &l->derived.at[index].derived;
    double *stack = ARENA_ARRAY(l->a, double, d->stack_depth);
    uint32_t n = 0;
    if (!stack) return loader_out_of_memory(l);
    for (uint32_t i = 0; i < d->step_count; i++) {
        const expr_step *step = &d->steps[i];
        double right = 0;
        if (step->op == EXPR_NUMBER) {
            str_to_f64(step->number, &stack[n++]);
            continue;
        }
        if (step->op == EXPR_FACT) {
            stack[n++] = operand_value(l, l->store->m.facts[step->fact], values);
            continue;
        }
        if (step->op != EXPR_NEG) right = stack[--n];
        switch (step->op) {
        case EXPR_NEG: stack[n - 1] = -stack[n - 1]; break;
        case EXPR_ADD: stack[n - 1] += right; break;
        case EXPR_SUB: stack[n - 1] -= right; break;
        case EXPR_MUL: stack[n - 1] *= right; break;
        default: stack[n - 1] /= right; break;
        }
    }
    values[index] = stack[0];
    if (stack[0] - stack[0] == 0) return ERROR_NONE;
    return loader_error(l, ERROR_SCHEMA, d->fact.place, "the expression divides by zero or overflows");
}

int finish_derived(loader *l) {
    size_t n = l->derived.n;
    uint8_t *colour = ARENA_ARRAY(l->a, uint8_t, n);
    visit *path = ARENA_ARRAY(l->a, visit, n);
    uint32_t *order = ARENA_ARRAY(l->a, uint32_t, n), ordered = 0;
    if (!colour || !path || !order) return loader_out_of_memory(l);
    for (size_t i = 0; i < n; i++) TRY(parse(l, &l->derived.at[i]));
    for (uint32_t i = 0; i < n; i++)
        if (colour[i] == WHITE) TRY(order_from(l, i, colour, path, order, &ordered));
    double *values = ARENA_ARRAY(l->a, double, n);
    if (!values) return loader_out_of_memory(l);
    for (uint32_t i = 0; i < n; i++) TRY(check_value(l, order[i], values));
    l->store->m.derived_order = order;
    return ERROR_NONE;
}

/* The last day on which the fact may judge. */
static uint64_t last_day(const manifest_fact *f) {
    return f->half_life_days ? (uint64_t)f->observed + f->half_life_days : UINT64_MAX;
}

void inherit_states(manifest *m) {
    for (uint32_t i = 0; i < m->derived_count; i++) {
        manifest_derived *d = (manifest_derived *)(uintptr_t)&m->derived[m->derived_order[i]]; /* not handed out yet */
        for (uint32_t k = 0; k < d->step_count && d->fact.confirmed; k++) {
            const manifest_fact *f = d->steps[k].op == EXPR_FACT ? m->facts[d->steps[k].fact] : NULL;
            if (!f || (f->confirmed && last_day(f) >= last_day(&d->fact))) continue;
            d->fact.confirmed = f->confirmed;
            d->fact.observed = f->observed;
            d->fact.half_life_days = f->half_life_days;
            d->rests_on = d->steps[k].fact;
        }
    }
}
