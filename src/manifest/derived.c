/* derived.c - runs the postfix programs of derived facts over quantities with dimensions.
 *
 *     quantity = value in base units × Π axis^power         axes: byte, second, joule, token, thing, money, parameter …
 *
 * In: a manifest, whose expressions never cycle. Out: for each derived fact its value and the dimensions under which an
 * article may state it. Addition of unlike dimensions makes the result unknown: then the fact judges nothing.
 *
 * Operators write both "size / time" and "size * 1000 / (time * 60), unit: MB/s". In the first the quantities carry
 * their units; in the second the numbers are meant as they stand in the manifest, converted by hand. Each expression is
 * therefore run three times at once: with units (`value`), with units but every factor of conversion taken for 1
 * (`bare`), and with the numbers as written (`plain`). See is_by_hand.
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
    double value, bare; /* in base units; bare: without the factors of conversion */
    double plain;       /* of the numbers as written */
    int8_t power[AXIS_COUNT];
    bool known;
    bool unlike; /* somewhere in it things of different dimensions are added */
    uint64_t noun;
    uint8_t family;
    enum unit_dimension money; /* which currency */
} amount;

enum { OWNER_LIMIT = 8, STACK_LIMIT = 64 };

/* Factors that convert one unit into another, as people write them: minutes and hours, prefixes, bits, per cent. */
static bool is_conversion(double x) {
    static const double all[] = {60,   3600, 86400,   24,  7,    8,    100,         1000,
                                 1024, 1e6,  1048576, 1e9, 1e12, 1440, 1073741824.0};
    for (size_t i = 0; i < COUNT_OF(all); i++)
        if (fabs(x - all[i]) < 1e-9 * all[i] || fabs(x * all[i] - 1) < 1e-9) return true;
    return false;
}

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

/* 1 in per cent: what a percentage's base value is divided by to be a plain ratio. */
static double percent_base(void) { return 100 * unit_get(unit_parse(STR("%"), true))->factor; }

/* The stem of a counted noun's last word: "failed drafts" counts drafts. */
static uint64_t noun_of(str unit) {
    char text[64];
    str noun = unit_noun_stem(unit, text);
    ptrdiff_t at = noun.n;
    while (at > 0 && noun.p[at - 1] != ' ') at--;
    return fact_stem(str_slice(noun, at, noun.n));
}

static amount amount_of_quantity(const manifest_quantity *q) {
    amount x = {0};
    decimal d;
    if (!decimal_parse(q->value, false, &d) || !d.valid) return x;
    unit_id unit = q->unit.n ? unit_parse(q->unit, true) : UNIT_NONE;
    if (q->unit.n && unit == UNIT_NONE) unit = UNIT_COUNT;
    const unit_info *u = unit_get(unit);
    x.plain = decimal_to_f64(d);
    x.value = x.plain * u->factor + u->offset;
    if (u->dimension == DIM_PERCENT) x.value /= percent_base();
    x.bare = x.value;
    x.family = u->family;
    x.money = u->dimension;
    x.known = true;
    if (u->dimension == DIM_COUNT) x.noun = noun_of(q->unit);
    set_powers(u->dimension, x.power);
    return x;
}

/* What a benchmark or an attribute declares; NULL for another kind of fact. */
static const manifest_quantity *quantity_of(const manifest *m, const manifest_fact *f) {
    if (f->kind == FACT_BENCHMARK) return &m->benchmarks[f->index].quantity;
    if (f->kind != FACT_ATTR) return NULL;
    const manifest_attr *attr = &m->attrs[f->index];
    for (uint32_t v = 0; v < attr->view_count; v++)
        if (&attr->views[v].fact == f || str_eq(attr->views[v].fact.id, f->id)) return &attr->views[v].quantity;
    return &attr->views[0].quantity;
}

static amount amount_of_fact(const manifest *m, uint32_t fact, const amount *derived) {
    const manifest_fact *f = m->facts[fact];
    if (f->kind == FACT_DERIVED) return derived[f->index];
    const manifest_quantity *q = quantity_of(m, f);
    return q ? amount_of_quantity(q) : (amount){0};
}

static bool same_powers(const amount *x, const amount *y) { return memcmp(x->power, y->power, sizeof x->power) == 0; }

static bool is_bare(const amount *x) {
    static const int8_t none[AXIS_COUNT];
    return memcmp(x->power, none, sizeof none) == 0;
}

static bool is_currency(enum unit_dimension d) {
    return d == DIM_MONEY_USD || d == DIM_MONEY_EUR || d == DIM_MONEY_GBP;
}

/* Can one be added to the other? Euros and dollars cannot, though both are money. */
static bool are_alike(const amount *x, const amount *y) {
    bool currencies = is_currency(x->money) && is_currency(y->money) && x->power[AXIS_MONEY] == 1;
    return same_powers(x, y) && !(currencies && x->money != y->money);
}

static double apply(enum expr_op op, double x, double y) {
    return op == EXPR_ADD ? x + y : op == EXPR_SUB ? x - y : op == EXPR_MUL ? x * y : x / y;
}

static amount combine(enum expr_op op, amount x, amount y) {
    amount r = x;
    r.value = apply(op, x.value, y.value);
    r.bare = apply(op, x.bare, y.bare);
    r.plain = apply(op, x.plain, y.plain);
    r.known = x.known && y.known && isfinite(r.value) && isfinite(r.bare) && isfinite(r.plain);
    r.unlike = x.unlike || y.unlike;
    if (op == EXPR_ADD || op == EXPR_SUB) {
        /* a bare number beside a quantity ("119.7 - used") is unknown too, but no contradiction */
        r.unlike = r.unlike || (x.known && y.known && !is_bare(&x) && !is_bare(&y) && !are_alike(&x, &y));
        r.known = r.known && are_alike(&x, &y);
        return r;
    }
    if (!x.power[AXIS_MONEY] && y.power[AXIS_MONEY]) r.money = y.money; /* "12 * rent" is of the rent's currency */
    if (is_bare(&x)) r.family = y.family;
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
                x.value = x.plain = decimal_to_f64(value);
                x.bare = is_conversion(x.value) ? 1 : x.value;
                x.known = true;
            }
            stack[n++] = x;
        } else if (s->op == EXPR_NEG) {
            if (!n) return unknown;
            stack[n - 1].value = -stack[n - 1].value;
            stack[n - 1].bare = -stack[n - 1].bare;
            stack[n - 1].plain = -stack[n - 1].plain;
        } else {
            if (n < 2) return unknown;
            n--;
            stack[n - 1] = combine((enum expr_op)s->op, stack[n - 1], stack[n]);
        }
    }
    return n == 1 ? stack[0] : unknown;
}

/* Tokens, parameters and counted things drop out of a dimension: "drafts times kWh a draft" is kWh. */
static void loosen(const int8_t power[AXIS_COUNT], int8_t loose[AXIS_COUNT]) {
    memcpy(loose, power, AXIS_COUNT);
    loose[AXIS_TOKEN] = loose[AXIS_THING] = loose[AXIS_PARAM] = 0;
}

static bool is_near(double x, double y) { return fabs(x - y) <= 1e-6 * fmax(fabs(x), fabs(y)); }

/* Are the numbers meant as they stand in the manifest, the result being in the declared unit? They are when with their
 * units they do not come out in it ("draw * 24 * 30 / 1000, unit: kWh" is a power, not an energy), and when they differ
 * from what the units give just by the factors of conversion: "size * 1000 / (time * 60)" with GB and min is 16.7 times
 * too much with units, and exactly right without its factors. A ratio needs no declared unit for the latter. `*written`
 * is what the plain numbers come to, in base units. */
static bool is_by_hand(const manifest_derived *d, const amount *x, double *written) {
    const unit_info *u = unit_get(d->measure);
    int8_t wanted[AXIS_COUNT] = {0}, given[AXIS_COUNT], none[AXIS_COUNT] = {0};
    loosen(x->power, given);
    set_powers(u->dimension, wanted);
    loosen(wanted, wanted);
    *written = x->plain;
    if (d->measure) *written = x->plain * u->factor + u->offset;
    if (u->dimension == DIM_PERCENT) *written /= percent_base();
    if (d->measure && memcmp(given, wanted, sizeof given) != 0) return true;
    if (!d->measure && memcmp(given, none, sizeof given) != 0) return false;
    return !is_near(x->value, *written) && is_near(x->bare, *written);
}

/* The amount as the operator means it. */
static amount settle(const manifest_derived *d, amount x) {
    const unit_info *u = unit_get(d->measure);
    double written;
    if (!x.known) return x;
    if (is_by_hand(d, &x, &written)) {
        x.value = written;
        if (d->measure) {
            memset(x.power, 0, sizeof x.power);
            set_powers(u->dimension, x.power);
            x.family = u->family;
            x.money = u->dimension;
        }
    } else if (d->measure && u->factor != 0) {
        x.plain = (x.value * (u->dimension == DIM_PERCENT ? percent_base() : 1) - u->offset) / u->factor;
    }
    if (d->measure && u->dimension == DIM_COUNT && d->unit.n) x.noun = noun_of(d->unit);
    x.bare = x.value;
    return x;
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
    loosen(x->power, loose);
    if (!memcmp(x->power, none, sizeof none)) {
        read_as(v, DIM_RATIO, 0, x->value, 0);
        read_as(v, DIM_PERCENT, 0, x->value * percent_base(), 0);
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
    if (v->reading_count &&
        v->readings[0].dimension == DIM_FREQUENCY) /* bandwidth / weights: so often a second, a token */
        read_as(v, DIM_TOKEN_RATE, 0, x->value, 0);
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
        amounts[at] = settle(d, run(m, d, amounts));
        out[at].known = amounts[at].known;
        out[at].unlike = amounts[at].unlike;
        out[at].value = amounts[at].value;
        out[at].plain = amounts[at].plain;
        if (!find_owners(a, m, d, out, &out[at])) return NULL;
        if (out[at].known) give_readings(&amounts[at], &out[at]);
    }
    return out;
}

/* A unit in which the value may be shown where none is declared; UNIT_NONE when there is none. */
static unit_id unit_to_show(const manifest *m, const manifest_derived *d, const derived_reading *r) {
    for (uint32_t i = 0; i < d->step_count; i++) {
        const manifest_fact *f = d->steps[i].op == EXPR_FACT ? m->facts[d->steps[i].fact] : NULL;
        const manifest_quantity *q = f ? quantity_of(m, f) : NULL;
        unit_id unit = q && q->unit.n ? unit_parse(q->unit, true) : UNIT_NONE;
        if (unit != UNIT_NONE && unit_get(unit)->dimension == r->dimension) return unit;
    }
    for (unit_id unit = 1; unit < unit_count(); unit++) {
        const unit_info *u = unit_get(unit);
        if (u->dimension == r->dimension && u->family == r->family && u->factor == 1 && u->offset == 0) return unit;
    }
    return UNIT_NONE;
}

void derived_show(const manifest *m, uint32_t index, const derived_value *value, buf *out) {
    const manifest_derived *d = &m->derived[index];
    const derived_reading *r = &value->readings[0];
    if (!value->known || !value->reading_count) {
        buf_cstr(out, "unknown: it judges nothing (do its parts have units that go together?)");
    } else if (d->unit.n) {
        buf_printf(out, "%.6g %.*s", value->plain, STR_ARG(d->unit));
    } else if (r->dimension == DIM_RATIO) {
        buf_printf(out, "%.6gx", value->value);
    } else {
        const unit_info *u = unit_get(unit_to_show(m, d, r));
        buf_printf(out, "%.6g %s", (r->base - u->offset) / (u->factor != 0 ? u->factor : 1), u->name ? u->name : "");
    }
}
