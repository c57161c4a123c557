/* truth_values.c - values made false: versions, quantities, two values that change places, one of two copies, a number
 * without the condition under which it holds.
 *
 * A mutation that by chance is still true (another view of the same fact: 16 GB of shared_buffers are 16 GiB, too) is
 * no falsehood and is not tried.
 */
#include "tests/bench/truth_bench.h"

#include <math.h>

/* ---- is it false at all? ---- */

static bool agrees_with(str text, str value, str unit, double tolerance) {
    number_at said, is;
    if (!number_find(text, 0, &said) || !number_find(value, 0, &is)) return false;
    unit_at u = unit_find(text, said.hi), v = unit_find(unit, 0);
    /* A bare number, or a noun, is read in the fact's own unit. */
    double scale = u.dimension ? u.factor / (v.dimension ? v.factor : 1) : 1;
    if (u.dimension && v.dimension && u.dimension != v.dimension) return false;
    double half = 0.5 * pow(10, -said.decimals) * scale;
    return fabs(said.value * scale - is.value) <= half * 1.0001 + tolerance * is.value;
}

bool quantity_still_true(const operation *op, str fact, str text) {
    const manifest *m = op->truth;
    for (uint32_t i = 0; i < m->benchmark_count; i++) {
        const manifest_benchmark *k = &m->benchmarks[i];
        if (!str_eq(k->fact.id, fact)) continue;
        if (agrees_with(text, k->quantity.value, k->quantity.unit, k->tol.relative ? k->tol.rel : 0)) return true;
    }
    for (uint32_t i = 0; i < m->attr_count; i++) {
        const manifest_attr *t = &m->attrs[i];
        if (!str_eq(t->fact.id, fact)) continue;
        for (uint32_t k = 0; k < t->view_count; k++) {
            const manifest_quantity *q = &t->views[k].quantity;
            if (agrees_with(text, q->value, q->unit, t->tol.relative ? t->tol.rel : 0)) return true;
            for (uint32_t r = 0; r < q->render.n; r++) {
                number_at n;
                str render = q->render.at[r].text;
                if (number_find(render, 0, &n) &&
                    agrees_with(text, str_slice(render, 0, n.hi), str_slice(render, n.hi, render.n), 0))
                    return true;
            }
        }
    }
    return false;
}

static double tolerance_of(const operation *op, str fact) {
    for (uint32_t i = 0; i < op->truth->benchmark_count; i++)
        if (str_eq(op->truth->benchmarks[i].fact.id, fact)) return op->truth->benchmarks[i].tol.rel;
    for (uint32_t i = 0; i < op->truth->attr_count; i++)
        if (str_eq(op->truth->attrs[i].fact.id, fact)) return op->truth->attrs[i].tol.rel;
    return 0;
}

static const manifest_derived *derived_of(const operation *op, str fact) {
    for (uint32_t i = 0; i < op->truth->derived_count; i++)
        if (str_eq(op->truth->derived[i].fact.id, fact)) return &op->truth->derived[i];
    return NULL;
}

/* Does the manifest state a number as this fact? Names ("Ryzen 9 7950X") and lists of them are none. */
static bool has_number(const operation *op, str fact) {
    for (uint32_t i = 0; i < op->truth->benchmark_count; i++)
        if (str_eq(op->truth->benchmarks[i].fact.id, fact)) return true;
    for (uint32_t i = 0; i < op->truth->attr_count; i++)
        if (str_eq(op->truth->attrs[i].fact.id, fact)) return op->truth->attrs[i].views[0].quantity.number.valid;
    return false;
}

/* "14 September" */
static bool is_day(str text, ptrdiff_t number_end) {
    static const char *const months[] = {" January", " February", " March",     " April",   " May",      " June",
                                         " July",    " August",   " September", " October", " November", " December"};
    str behind = str_slice(text, number_end, text.n);
    for (size_t i = 0; i < COUNT_OF(months); i++)
        if (str_starts(behind, str_from_cstr(months[i]))) return true;
    return false;
}

bool quantity_own_number(const operation *op, const gold *g, number_at *out) {
    number_at x;
    if (manifest_find_entity(op->truth, g->fact)) return false; /* the fact is the thing: its digits are a name */
    for (ptrdiff_t from = 0; number_find(g->claim, from, &x); from = x.hi) {
        if (!quantity_still_true(op, g->fact, str_slice(g->claim, x.lo, g->claim.n))) continue;
        *out = x;
        return true;
    }
    /* Worked out by the manifest, or written in words that only the checker reads ("41.3 million"). */
    if (!number_find(g->claim, 0, out)) return false;
    if (derived_of(op, g->fact)) return true;
    return has_number(op, g->fact) && !number_find(g->claim, out->hi, &x) && !is_day(g->claim, out->hi);
}

/* ---- is it said as a bound? ---- */

enum said { SAID_AS_IS, SAID_BELOW, SAID_ABOVE };

/* "under 3 %" says that it is below, "more than 20 GiB" that it is above; "up to 12 MB" permits, it bounds nothing. */
static enum said said_as(const page *p, const gold *g, const number_at *x) {
    static const struct {
        const char *words;
        enum said as;
    } bounds[] = {{"no more than ", SAID_BELOW}, {"not more than ", SAID_BELOW}, {"no longer than ", SAID_BELOW},
                  {"no less than ", SAID_ABOVE}, {"no fewer than ", SAID_ABOVE}, {"more than ", SAID_ABOVE},
                  {"longer than ", SAID_ABOVE},  {"over ", SAID_ABOVE},          {"above ", SAID_ABOVE},
                  {"at least ", SAID_ABOVE},     {"under ", SAID_BELOW},         {"below ", SAID_BELOW},
                  {"less than ", SAID_BELOW},    {"fewer than ", SAID_BELOW},    {"at most ", SAID_BELOW}};
    str before = str_slice(p->source, 0, g->lo + x->lo);
    for (size_t i = 0; i < COUNT_OF(bounds); i++) {
        ptrdiff_t n = (ptrdiff_t)strlen(bounds[i].words);
        if (before.n >= n && str_eq_nocase(str_slice(before, before.n - n, before.n), str_from_cstr(bounds[i].words)))
            return bounds[i].as;
    }
    return SAID_AS_IS;
}

/* Does the mutated claim follow from the true one? What is under 3 % is under 30 %, too. */
static bool follows(enum said as, str was, const number_at *x, str now) {
    number_at y;
    if (as == SAID_AS_IS || !number_find(now, x->lo, &y)) return false;
    unit_at u = unit_find(was, x->hi), v = unit_find(now, y.hi);
    double scale = u.dimension == v.dimension ? 1 : u.dimension == 'B' && v.dimension == 'b' ? 0.125 : 8;
    double before = x->value * u.factor, after = y.value * v.factor * scale;
    return as == SAID_BELOW ? after >= before : after <= before;
}

/* ---- versions ---- */

/* Every earlier version in the place of the current one. */
static void mutate_to_stale(bench *b, int op, const gold *g) {
    const operation *o = &b->ops[op];
    const manifest_entity *e = fact_entity(o, g->fact);
    version_at v;
    if (!e || !version_find(g->claim, &v)) return;
    if (str_find(e->version.text, str_slice(g->claim, v.lo, v.hi), 0) < 0) return; /* it speaks of an earlier one */
    /* The whole version, "b8412" or "6.14.0-1015-nvidia", but not the name of a package that carries one. */
    str c = g->claim;
    ptrdiff_t lo = v.lo, hi = v.hi;
    while (lo > 0 && (byte_is_digit(c.p[lo - 1]) || strchr(".-+~", c.p[lo - 1]))) lo--;
    while (lo < v.lo && !byte_is_digit(c.p[lo])) lo++;
    if (lo > 0 && byte_is_alpha(c.p[lo - 1]) && (lo == 1 || !byte_is_alnum(c.p[lo - 2]))) lo--;
    while (hi < c.n && (byte_is_alnum(c.p[hi]) || strchr(".-+~:", c.p[hi]))) hi++;
    str stated = str_slice(c, lo, hi);
    if (byte_is_alpha(c.p[lo]) && !str_starts(e->version.text, str_slice(stated, 0, 1))) lo++; /* "v0.17.1" keeps it */
    for (uint32_t i = 0; i < e->version.history_count; i++) {
        str old = e->version.history[i].version;
        if (str_starts(old, stated) || str_starts(stated, old)) continue;
        b->now.n = 0;
        put_replaced(c, lo, hi, old, &b->now);
        case_at_claim(b, "version: stale as current", op, g, CATCH_CONTRADICTED);
    }
}

void mutate_versions(bench *b, int op, const gold *g) {
    static const char *const names[] = {"version: patch",
                                        "version: minor",
                                        "version: major",
                                        "version: digits transposed",
                                        "version: digits transposed",
                                        "version: another scheme"};
    for (int k = 0; k < VERSION_MUTATIONS; k++) {
        b->now.n = 0;
        if (version_mutate(g->claim, (enum version_mutation)k, &b->now))
            case_at_claim(b, names[k], op, g, CATCH_CONTRADICTED);
    }
    mutate_to_stale(b, op, g);
}

void insert_versions(bench *b, int op, size_t index) {
    static const char *const frames[] = {" The %s here is at version %s.", " For %s the installed version is %s.",
                                         " At the moment we run %s %s."};
    const operation *o = &b->ops[op];
    uint32_t with_history[64], n = 0;
    for (uint32_t i = 0; i < o->truth->entity_count && n < 64; i++)
        if (o->truth->entities[i].version.history_count && o->truth->entities[i].version.text.n) with_history[n++] = i;
    if (!n || index % 8 != 2) return;
    const manifest_entity *e = &o->truth->entities[with_history[index / 8 % n]];
    const manifest_version *v = &e->version;
    /* On the day of the article the current version must have been the current one. */
    if (o->pages[o->rows[index].article].day < v->history[v->history_count - 1].to) return;
    char name[128], text[256];
    snprintf(name, sizeof name, "%.*s", STR_ARG(manifest_entity_name(e)));
    const char *frame = frames[index / 8 % COUNT_OF(frames)];
    snprintf(text, sizeof text, frame, name, arena_cstr(b->keep, v->history[index / 8 / n % v->history_count].version));
    case_insert(b, "version: stale as current", op, &o->rows[index], str_from_cstr(text), true, CATCH_CONTRADICTED);
    snprintf(text, sizeof text, frame, name, arena_cstr(b->keep, v->text));
    case_insert(b, "control: the version of now", op, &o->rows[index], str_from_cstr(text), false, 0);
}

/* ---- quantities ---- */

bool quantity_in_change(const page *p, const gold *g) {
    number_at x;
    ptrdiff_t lo = number_find(g->claim, 0, &x) ? g->lo + x.lo : g->lo; /* "to 143 ms" */
    str before = str_slice(p->source, 0, lo), after = str_slice(p->source, g->hi, p->source.n);
    return str_ends(before, STR("from ")) || str_ends(before, STR(" to ")) || str_ends(before, STR(" than ")) ||
           str_starts(after, STR(" to ")) || str_starts(after, STR(" and "));
}

void mutate_quantities(bench *b, int op, const gold *g) {
    static const char *const names[] = {"quantity: x 10",
                                        "quantity: x 1000",
                                        "quantity: GB for GiB",
                                        "quantity: GB for GiB",
                                        "quantity: bits for bytes",
                                        "quantity: bits for bytes",
                                        "quantity: just outside tolerance",
                                        "quantity: ~ before a wrong value",
                                        "quantity: interval end shifted",
                                        "quantity: interval end shifted"};
    const page *p = &b->ops[op].pages[g->article];
    number_at x, second;
    if (!quantity_own_number(&b->ops[op], g, &x)) return;
    enum said as = said_as(p, g, &x);
    bool one = !number_find(g->claim, x.hi, &second);
    for (int k = 0; k < QUANTITY_MUTATIONS; k++) {
        b->now.n = 0;
        if (!quantity_mutate(g->claim, x, (enum quantity_mutation)k, tolerance_of(&b->ops[op], g->fact), &b->now))
            continue;
        bool interval = k == QUANTITY_END_UP || k == QUANTITY_END_DOWN;
        str now = buf_view(&b->now);
        if (interval && one && (as != SAID_AS_IS || quantity_in_change(p, g))) continue;
        if (!interval && quantity_still_true(&b->ops[op], g->fact, str_slice(now, x.lo, now.n))) continue;
        if (follows(as, g->claim, &x, now)) continue;
        case_at_claim(b, names[k], op, g, CATCH_CONTRADICTED);
    }
}

/* Two true values of one article, same unit text, different facts, change places. The numbers alone: where "record size
 * of 16 kB" and "pages of 8 kB" change places as a whole, each keeps its value and nothing became false. */
void mutate_attribution(bench *b, int op, size_t index) {
    const operation *o = &b->ops[op];
    const gold *g = &o->rows[index];
    number_at x, y;
    if (!quantity_own_number(o, g, &x)) return;
    str unit = str_slice(g->claim, x.hi, g->claim.n);
    for (size_t k = index + 1; k < o->row_count && unit.n; k++) {
        const gold *h = &o->rows[k];
        if (h->article != g->article || !str_eq(h->kind, g->kind) || str_eq(h->fact, g->fact) || h->lo < g->hi)
            continue;
        if (!quantity_own_number(o, h, &y) || x.value == y.value ||
            !str_eq(unit, str_slice(h->claim, y.hi, h->claim.n)))
            continue;
        str mine = str_slice(g->claim, x.lo, g->claim.n), theirs = str_slice(h->claim, y.lo, h->claim.n);
        if (quantity_still_true(o, g->fact, theirs) && quantity_still_true(o, h->fact, mine)) continue;
        edit edits[] = {{.lo = g->lo + x.lo, .hi = g->lo + x.hi, .by = str_slice(h->claim, y.lo, y.hi)},
                        {.lo = h->lo + y.lo, .hi = h->lo + y.hi, .by = str_slice(g->claim, x.lo, x.hi)}};
        case_false(b, "attribution: two true values swapped", op, g, edits, 2, theirs, CATCH_CONTRADICTED);
        return;
    }
}

/* The same fact stated in another block of the article with the same number: one copy is changed, the other stays. */
void mutate_copies(bench *b, int op, size_t index) {
    const operation *o = &b->ops[op];
    const gold *g = &o->rows[index], *copy = NULL;
    const page *p = &o->pages[g->article];
    bool version = kind_is(g, "version");
    number_at x, y;
    version_at v, w;
    if (version ? !version_find(g->claim, &v) : !quantity_own_number(o, g, &x)) return;
    for (size_t k = 0; k < o->row_count && !copy; k++) {
        const gold *h = &o->rows[k];
        if (h == g || h->article != g->article || !str_eq(h->fact, g->fact) || !str_eq(h->kind, g->kind)) continue;
        if (block_around(p, h->lo).lo == block_around(p, g->lo).lo) continue;
        if (version
                ? version_find(h->claim, &w) && str_eq(str_slice(h->claim, w.lo, w.hi), str_slice(g->claim, v.lo, v.hi))
                : quantity_own_number(o, h, &y) && y.value == x.value)
            copy = h;
    }
    if (!copy) return;
    b->now.n = 0;
    if (version ? !version_mutate(g->claim, VERSION_TRANSPOSED, &b->now) &&
                      !version_mutate(g->claim, VERSION_MAJOR, &b->now)
                : !quantity_mutate(g->claim, x, QUANTITY_NEAR, tolerance_of(o, g->fact) + 0.2, &b->now))
        return;
    str now = buf_view(&b->now);
    edit one = {.lo = g->lo, .hi = g->hi, .by = now}, other = {.lo = copy->lo, .hi = copy->hi, .by = copy->claim};
    edit edits[2] = {one, other};
    if (copy->lo < g->lo) edits[0] = other, edits[1] = one;
    case_false(b, "copies: one of two changed", op, g, edits, 2, now, CATCH_FINDING);
}

/* ---- conditions ---- */

static const manifest_benchmark *benchmark_of(const operation *op, str fact) {
    for (uint32_t i = 0; i < op->truth->benchmark_count; i++)
        if (str_eq(op->truth->benchmarks[i].fact.id, fact)) return &op->truth->benchmarks[i];
    return NULL;
}

/* How a condition is written: "batch 1", "32 clients". Empty where neither reads as English. */
static str condition_phrase(bench *b, const manifest_condition *c, int form) {
    bool plural = str_ends(c->key, STR("s")), number = c->value.n > 0 && byte_is_digit(c->value.p[0]);
    char key[64];
    int n = snprintf(key, sizeof key, "%.*s", STR_ARG(c->key));
    for (int i = 0; i < n; i++)
        if (key[i] == '_' && strcmp(key, "synchronous_commit") != 0) key[i] = ' ';
    if (form == 0 && !plural) return arena_printf(b->keep, "%s %.*s", key, STR_ARG(c->value));
    if (form == 1 && plural && number) return arena_printf(b->keep, "%.*s %s", STR_ARG(c->value), key);
    return (str){0};
}

/* "At batch 1 the drafter decodes at 51.8 tok/s" without "At batch 1". Only where the paragraph says it once, so that
 * nothing else states the condition. */
void mutate_condition(bench *b, int op, const gold *g) {
    const operation *o = &b->ops[op];
    const page *p = &o->pages[g->article];
    const manifest_benchmark *k = benchmark_of(o, g->fact);
    if (!k) return;
    span around = block_around(p, g->lo);
    str text = str_span(p->source, around);
    for (uint32_t i = 0; i < k->condition_count; i++) {
        for (int form = 0; form < 2 && k->conditions[i].must_state; form++) {
            str phrase = condition_phrase(b, &k->conditions[i], form);
            ptrdiff_t at = phrase.n ? str_find(text, phrase, 0) : -1;
            if (at < 0 || str_find(text, phrase, at + 1) >= 0) continue;
            if (str_find(text, STR("stream"), 0) >= 0) continue; /* "four streams" say batch 4, too */
            ptrdiff_t lo = at, hi = at + phrase.n;
            static const char *const before[] = {" (at ", " at ", "At ", " with ", "With ", "from "};
            bool led = false;
            for (size_t w = 0; w < COUNT_OF(before) && !led; w++) {
                ptrdiff_t n = (ptrdiff_t)strlen(before[w]);
                led = lo >= n && str_eq(str_slice(text, lo - n, lo), str_from_cstr(before[w]));
                if (led) lo -= n;
            }
            if (!led || (hi < text.n && byte_is_digit(text.p[hi]))) continue;
            edit gone = {.lo = around.lo + lo, .hi = around.lo + hi, .by = {0}};
            edit look = {.lo = g->lo, .hi = g->hi, .by = g->claim};
            if (gone.lo < g->hi && gone.hi > g->lo) continue;
            edit edits[2] = {gone, look};
            if (look.lo < gone.lo) edits[0] = look, edits[1] = gone;
            case_false(b, "condition: dropped", op, g, edits, 2, phrase, CATCH_UNDERSPECIFIED);
            return;
        }
    }
}

/* A measurement of a version that may not have been there on the day of the article is no sentence for every article.
 */
static bool names_version(const operation *o, const manifest_benchmark *k) {
    for (uint32_t c = 0; c < k->condition_count; c++)
        if (str_eq(k->conditions[c].key, STR("release")) || str_eq(k->conditions[c].key, STR("version")) ||
            manifest_find_entity(o->truth, k->conditions[c].key))
            return true;
    return false;
}

/* A benchmark in a paragraph of its own, without the conditions that must be stated; with them as a control. */
void insert_conditions(bench *b, int op, size_t index) {
    const operation *o = &b->ops[op];
    uint32_t chosen[64], n = 0;
    for (uint32_t i = 0; i < o->truth->benchmark_count && n < 64; i++) {
        bool must = false;
        for (uint32_t c = 0; c < o->truth->benchmarks[i].condition_count; c++)
            must = must || o->truth->benchmarks[i].conditions[c].must_state;
        if (must && !names_version(o, &o->truth->benchmarks[i])) chosen[n++] = i;
    }
    if (!n || index % 4 != 3) return;
    const manifest_benchmark *k = &o->truth->benchmarks[chosen[index / 4 % n]];
    b->now.n = 0;
    str name = manifest_entity_name(&o->truth->entities[k->subjects[0]]);
    buf_printf(&b->now, "\n\n%.*s: %.*s %.*s %.*s.", STR_ARG(name), STR_ARG(k->metric), STR_ARG(k->quantity.value),
               STR_ARG(k->quantity.unit));
    str bare = arena_str(b->keep, buf_view(&b->now));
    case_insert(b, "condition: dropped", op, &o->rows[index], bare, true, CATCH_UNDERSPECIFIED);
    b->now.n--; /* the full stop */
    for (uint32_t c = 0, stated = 0; c < k->condition_count; c++) {
        const manifest_condition *at = &k->conditions[c];
        if (!at->must_state) continue;
        str phrase = condition_phrase(b, at, 0);
        if (!phrase.n) phrase = condition_phrase(b, at, 1);
        if (!phrase.n) phrase = arena_printf(b->keep, "%.*s %.*s", STR_ARG(at->key), STR_ARG(at->value));
        buf_printf(&b->now, "%s%.*s", stated++ ? ", " : " at ", STR_ARG(phrase));
    }
    buf_cstr(&b->now, ".");
    str whole = arena_str(b->keep, buf_view(&b->now));
    case_insert(b, "control: a benchmark with its conditions", op, &o->rows[index], whole, false, 0);
}
