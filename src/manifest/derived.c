/* derived.c - runs the postfix programs of derived facts over quantities with dimensions.
 *
 *     quantity = value in base units × Π axis^power         axes: byte, second, joule, token, thing, money, parameter …
 *
 * In: a manifest, whose expressions never cycle. Out: for each derived fact its value and the dimensions under which an
 * article may state it. Addition of unlike dimensions makes the result unknown: then the fact judges nothing.
 */
#include "manifest/derived.h"

#include "manifest/fact_index.h"
#include "lex/decimal.h"

#include <math.h>

enum axis {
    AXIS_DATA,
    AXIS_TIME,
    AXIS_ENERGY,
    AXIS_TOKEN,
    AXIS_THING,
    AXIS_MONEY,
    AXIS_PARAM,
    AXIS_LENGTH,
    AXIS_MASS,
    AXIS_DEGREE,
    AXIS_OPS,
    AXIS_OTHER,
    AXIS_COUNT
};

typedef struct amount {
    double value;
    int8_t power[AXIS_COUNT];
    bool known;
    uint64_t noun;
    uint8_t family;
    enum unit_dimension money; /* which currency */
} amount;

enum { OWNER_LIMIT = 8, STACK_LIMIT = 64 };

static void set_powers(enum unit_dimension dimension, int8_t power[AXIS_COUNT]) {
    switch (dimension) {
    case DIM_DATA: power[AXIS_DATA] = 1; break;
    case DIM_DATA_RATE:
        power[AXIS_DATA] = 1;
        power[AXIS_TIME] = -1;
        break;
    case DIM_TIME: power[AXIS_TIME] = 1; break;
    case DIM_FREQUENCY: power[AXIS_TIME] = -1; break;
    case DIM_POWER:
        power[AXIS_ENERGY] = 1;
        power[AXIS_TIME] = -1;
        break;
    case DIM_ENERGY: power[AXIS_ENERGY] = 1; break;
    case DIM_TEMPERATURE: power[AXIS_DEGREE] = 1; break;
    case DIM_LENGTH: power[AXIS_LENGTH] = 1; break;
    case DIM_AREA: power[AXIS_LENGTH] = 2; break;
    case DIM_SPEED:
        power[AXIS_LENGTH] = 1;
        power[AXIS_TIME] = -1;
        break;
    case DIM_MASS: power[AXIS_MASS] = 1; break;
    case DIM_MONEY_USD:
    case DIM_MONEY_EUR:
    case DIM_MONEY_GBP:
    case DIM_MONEY_OTHER: power[AXIS_MONEY] = 1; break;
    case DIM_COST_RATE:
        power[AXIS_MONEY] = 1;
        power[AXIS_TIME] = -1;
        break;
    case DIM_COUNT: power[AXIS_THING] = 1; break;
    case DIM_PARAMS: power[AXIS_PARAM] = 1; break;
    case DIM_TOKENS: power[AXIS_TOKEN] = 1; break;
    case DIM_TOKEN_RATE:
        power[AXIS_TOKEN] = 1;
        power[AXIS_TIME] = -1;
        break;
    case DIM_TOKEN_TIME:
        power[AXIS_TOKEN] = -1;
        power[AXIS_TIME] = 1;
        break;
    case DIM_OPS: power[AXIS_OPS] = 1; break;
    case DIM_OPS_RATE:
        power[AXIS_OPS] = 1;
        power[AXIS_TIME] = -1;
        break;
    case DIM_REQUEST_RATE:
    case DIM_EVENT_RATE:
        power[AXIS_THING] = 1;
        power[AXIS_TIME] = -1;
        break;
    case DIM_NONE:
    case DIM_RATIO:
    case DIM_PERCENT: break;
    default: power[AXIS_OTHER] = 1; break;
    }
}

static amount amount_of_quantity(const manifest_quantity *q) {
    amount x = {0};
    decimal d;
    if (!decimal_parse(q->value, false, &d) || !d.valid) return x;
    unit_id unit = q->unit.n ? unit_parse(q->unit, true) : UNIT_NONE;
    if (q->unit.n && unit == UNIT_NONE) unit = UNIT_COUNT;
    const unit_info *u = unit_get(unit);
    x.value = decimal_to_f64(d) * u->factor + u->offset;
    if (u->dimension == DIM_PERCENT) x.value /= 100 * unit_get(unit_parse(STR("%"), true))->factor;
    x.family = u->family;
    x.money = u->dimension;
    x.known = true;
    if (u->dimension == DIM_COUNT) {
        char text[64];
        str noun = unit_noun_stem(q->unit, text);
        ptrdiff_t at = noun.n;
        while (at > 0 && noun.p[at - 1] != ' ') at--;
        x.noun = fact_stem(str_slice(noun, at, noun.n));
    }
    set_powers(u->dimension, x.power);
    return x;
}

static amount amount_of_fact(const manifest *m, uint32_t fact, const amount *derived) {
    const manifest_fact *f = m->facts[fact];
    if (f->kind == FACT_BENCHMARK) return amount_of_quantity(&m->benchmarks[f->index].quantity);
    if (f->kind == FACT_DERIVED) return derived[f->index];
    if (f->kind == FACT_ATTR) {
        const manifest_attr *attr = &m->attrs[f->index];
        for (uint32_t v = 0; v < attr->view_count; v++)
            if (&attr->views[v].fact == f || str_eq(attr->views[v].fact.id, f->id))
                return amount_of_quantity(&attr->views[v].quantity);
        return amount_of_quantity(&attr->views[0].quantity);
    }
    return (amount){0};
}

static bool same_powers(const amount *x, const amount *y) { return memcmp(x->power, y->power, sizeof x->power) == 0; }

static amount combine(enum expr_op op, amount x, amount y) {
    amount r = x;
    r.known = x.known && y.known;
    if (op == EXPR_ADD || op == EXPR_SUB) {
        r.known = r.known && same_powers(&x, &y);
        r.value = op == EXPR_ADD ? x.value + y.value : x.value - y.value;
        return r;
    }
    r.value = op == EXPR_MUL ? x.value * y.value : x.value / y.value;
    r.known = r.known && isfinite(r.value);
    for (int i = 0; i < AXIS_COUNT; i++)
        r.power[i] = (int8_t)(op == EXPR_MUL ? x.power[i] + y.power[i] : x.power[i] - y.power[i]);
    if (!r.noun) r.noun = y.noun;
    return r;
}

static amount run(const manifest *m, const manifest_derived *d, const amount *derived) {
    amount stack[STACK_LIMIT], unknown = {0};
    uint32_t n = 0;
    if (d->stack_depth > STACK_LIMIT) return unknown;
    for (uint32_t i = 0; i < d->step_count; i++) {
        const expr_step *s = &d->steps[i];
        if (s->op == EXPR_NUMBER || s->op == EXPR_FACT) {
            if (n >= STACK_LIMIT) return unknown;
            decimal value;
            amount x = {0};
            if (s->op == EXPR_FACT) {
                x = amount_of_fact(m, s->fact, derived);
            } else if (decimal_parse(s->number, false, &value)) {
                x.value = decimal_to_f64(value);
                x.known = true;
            }
            stack[n++] = x;
        } else if (s->op == EXPR_NEG) {
            if (!n) return unknown;
            stack[n - 1].value = -stack[n - 1].value;
        } else {
            if (n < 2) return unknown;
            n--;
            stack[n - 1] = combine((enum expr_op)s->op, stack[n - 1], stack[n]);
        }
    }
    return n == 1 ? stack[0] : unknown;
}

static void read_as(derived_value *v, enum unit_dimension dimension, uint8_t family, double base, uint64_t noun) {
    if (v->reading_count < COUNT_OF(v->readings))
        v->readings[v->reading_count++] = (derived_reading){dimension, family, base, noun};
}

/* The dimensions under which the amount may be stated. */
static void give_readings(const amount *x, derived_value *v) {
    static const enum unit_dimension all[] = {DIM_DATA,        DIM_DATA_RATE,  DIM_TIME, DIM_POWER,    DIM_ENERGY,
                                              DIM_TEMPERATURE, DIM_LENGTH,     DIM_MASS, DIM_PARAMS,   DIM_TOKENS,
                                              DIM_TOKEN_RATE,  DIM_TOKEN_TIME, DIM_OPS,  DIM_OPS_RATE, DIM_REQUEST_RATE,
                                              DIM_EVENT_RATE,  DIM_FREQUENCY,  DIM_COUNT};
    int8_t none[AXIS_COUNT] = {0}, loose[AXIS_COUNT];
    memcpy(loose, x->power, sizeof loose);
    loose[AXIS_TOKEN] = loose[AXIS_THING] = loose[AXIS_PARAM] = 0;
    double percent = unit_get(unit_parse(STR("%"), true))->factor * 100;
    if (!memcmp(x->power, none, sizeof none)) {
        read_as(v, DIM_RATIO, 0, x->value, 0);
        read_as(v, DIM_PERCENT, 0, x->value * percent, 0);
        read_as(v, DIM_NONE, 0, x->value, 0);
        return;
    }
    for (int pass = 0; pass < 2 && !v->reading_count; pass++)
        for (size_t i = 0; i < COUNT_OF(all); i++) {
            int8_t power[AXIS_COUNT] = {0};
            set_powers(all[i], power);
            if (memcmp(power, pass ? loose : x->power, sizeof power) == 0)
                read_as(v, all[i], x->family, x->value, all[i] == DIM_COUNT ? x->noun : 0);
        }
    if (!v->reading_count && loose[AXIS_MONEY] == 1) read_as(v, x->money, x->family, x->value, 0);
    if (!v->reading_count && !memcmp(loose, none, sizeof none)) { /* things per other things: 17.7 drafts an article */
        read_as(v, DIM_RATIO, 0, x->value, 0);
        read_as(v, DIM_COUNT, 0, x->value, x->noun);
        read_as(v, DIM_NONE, 0, x->value, 0);
    }
}

static void note_owner(uint32_t *owners, uint32_t *n, uint32_t entity) {
    for (uint32_t i = 0; i < *n; i++)
        if (owners[i] == entity) return;
    if (*n < OWNER_LIMIT) owners[(*n)++] = entity;
}

static bool find_owners(arena *a, const manifest *m, const manifest_derived *d, const derived_value *all,
                        derived_value *out) {
    uint32_t *owners = ARENA_ARRAY(a, uint32_t, OWNER_LIMIT), n = 0;
    if (!owners) return false;
    for (uint32_t i = 0; i < d->step_count; i++) {
        if (d->steps[i].op != EXPR_FACT) continue;
        const manifest_fact *f = m->facts[d->steps[i].fact];
        if (f->kind == FACT_ATTR) note_owner(owners, &n, m->attrs[f->index].entity);
        for (uint32_t k = 0; f->kind == FACT_BENCHMARK && k < m->benchmarks[f->index].subject_count; k++)
            note_owner(owners, &n, m->benchmarks[f->index].subjects[k]);
        for (uint32_t k = 0; f->kind == FACT_DERIVED && k < all[f->index].owner_count; k++)
            note_owner(owners, &n, all[f->index].owners[k]);
    }
    out->owners = owners;
    out->owner_count = n;
    return true;
}

derived_value *derived_evaluate(arena *a, const manifest *m) {
    derived_value *out = ARENA_ARRAY(a, derived_value, m->derived_count + 1);
    amount *amounts = ARENA_ARRAY(a, amount, m->derived_count + 1);
    if (!out || !amounts) return NULL;
    for (uint32_t i = 0; i < m->derived_count; i++) {
        uint32_t at = m->derived_order[i];
        const manifest_derived *d = &m->derived[at];
        amounts[at] = run(m, d, amounts);
        out[at].known = amounts[at].known;
        out[at].value = amounts[at].value;
        if (!find_owners(a, m, d, out, &out[at])) return NULL;
        if (out[at].known) give_readings(&amounts[at], &out[at]);
    }
    return out;
}
