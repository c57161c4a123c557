/* physics.c - what is wrong whatever the manifest says.
 *
 *     physics-speed-up    from a to b, "N times" or "N %": no reading of N follows from a and b
 *     physics-total       the row named total is not the sum of the rows above it
 *     physics-table       a sentence and the table beside it give one label two values in one unit
 *     physics-fit         "a 140 GB model fits in 121 GB"
 *     physics-time        a timeline that runs backwards, a duration that its own clock times contradict
 *     physics-version     a version stated before it was installed here
 *     physics-bandwidth   decode faster than bandwidth / active weight bytes, every operand declared, one stream
 *
 * A false finding here is worse than a miss: every rule needs all its operands in one place, allows for rounding of
 * each of them, and gives up where a second reading exists.
 */
#include "facts/judge.h"

#include <math.h>

void physics_finding(judge *j, const char *rule, const passage *p, uint32_t lo, uint32_t hi, str message) {
    finding f = {.rule = str_from_cstr(rule),
                 .level = LEVEL_ERROR,
                 .message = message,
                 .where = surface_source(j, p->on, lo, hi)};
    bool kept = vec_reserve(j->a, (void **)(void *)&j->findings->at, j->findings->n, &j->findings->capacity, sizeof f);
    if (kept)
        j->findings->at[j->findings->n++] = f;
    else
        j->failed = true;
}

/* Asserted prose of ours or anybody's: not quoted, not hypothetical. */
bool physics_stated(judge *j, passage *p, uint32_t lo, uint32_t hi) {
    stance_view s = stance_at(j, p, lo, hi);
    return s.stance != STANCE_QUOTED && s.stance != STANCE_HYPOTHETICAL && s.stance != STANCE_INSTRUCTION && !s.denied;
}

/* ---- speed-ups ---- */

typedef struct change {
    double from, to, from_half, to_half;
    uint32_t lo, hi;
} change;

static bool close_to(double stated, double half, double low, double high) {
    double slack = half + 0.02 * fabs(stated);
    return stated >= low - slack && stated <= high + slack;
}

/* Could `stated` be read off the change as a ratio? */
static bool ratio_fits(const change *c, double stated, double half) {
    double a = fmin(c->from, c->to), b = fmax(c->from, c->to);
    double ah = c->from < c->to ? c->from_half : c->to_half, bh = c->from < c->to ? c->to_half : c->from_half;
    double low = (b - bh) / (a + ah), high = a > ah ? (b + bh) / (a - ah) : INFINITY;
    return close_to(stated, half, low, high) || close_to(stated, half, low - 1, high - 1) ||
           close_to(stated, half, 1 / high, 1 / low);
}

static bool percent_fits(const change *c, double stated, double half) {
    double a = fmin(c->from, c->to), b = fmax(c->from, c->to);
    double all[] = {(b - a) / b, (b - a) / a, a / b, b / a};
    for (size_t i = 0; i < COUNT_OF(all); i++)
        if (close_to(stated, half + 1, 100 * all[i], 100 * all[i])) return true;
    return false;
}

static bool is_change_word(const passage *p, uint32_t lo, uint32_t hi) {
    static const char *const words[] = {"faster",    "slower",  "less",   "more",     "speed-up", "speedup",
                                        "reduction", "shorter", "longer", "increase", "decrease", "improvement",
                                        "drop",      "gain",    "cut",    "factor",   "times",    "lower",
                                        "higher",    "smaller", "larger", "speed"};
    for (uint32_t i = 0; i < p->word_count; i++) {
        if (p->words[i].hi + 24 < lo || p->words[i].lo > hi + 24) continue;
        for (size_t k = 0; k < COUNT_OF(words); k++)
            if (word_is(p, i, words[k])) return true;
    }
    return false;
}

static void check_speedup(judge *j, passage *p) {
    change c = {0};
    uint32_t changes = 0, quantities = 0;
    const token *stated = NULL;
    uint32_t claims = 0;
    for (uint32_t i = p->token_lo; i < p->token_hi; i++) {
        const token *t = &p->on->tokens[i];
        if (t->kind != TOKEN_QUANTITY || !t->value.valid) continue;
        const unit_info *u = unit_get(t->unit);
        if (t->flags & TOKEN_CHANGE && t->high.valid) {
            if (u->dimension == DIM_COUNT || u->dimension == DIM_NONE) return; /* a setting changes, not the result */
            changes++;
            c = (change){decimal_to_f64(t->value),
                         decimal_to_f64(t->high),
                         decimal_half_unit(t->value),
                         decimal_half_unit(t->high),
                         t->text.lo,
                         t->text.hi};
        } else if (t->flags & TOKEN_RATIO || u->dimension == DIM_RATIO || u->dimension == DIM_PERCENT) {
            claims++;
            stated = t;
        } else {
            quantities++;
        }
    }
    if (changes != 1 || claims != 1 || quantities || c.from <= 0 || c.to <= 0 || c.from == c.to ||
        stated->text.lo < c.hi)
        return;
    if (stated->bound == BOUND_MIN || stated->bound == BOUND_MAX || stated->flags & TOKEN_INTERVAL) return;
    passage_prepare(j, p);
    if (stated->text.lo - c.hi > 60 || !is_change_word(p, stated->text.lo, stated->text.hi)) return;
    double value = decimal_to_f64(stated->value), half = decimal_half_unit(stated->value);
    if (stated->bound == BOUND_ABOUT) half += 0.1 * value;
    bool percent = unit_get(stated->unit)->dimension == DIM_PERCENT;
    if (percent ? percent_fits(&c, value, half) : ratio_fits(&c, value, half)) return;
    if (!physics_stated(j, p, c.lo, stated->text.hi)) return;
    double ratio = fmax(c.from, c.to) / fmin(c.from, c.to), part = 100 * (1 - fmin(c.from, c.to) / fmax(c.from, c.to));
    str found = surface_slice(p->on, stated->text.lo, stated->text.hi);
    physics_finding(j, "physics-speed-up", p, c.lo, stated->text.hi,
                    percent ? judge_printf(j, "from %g to %g is %.3g %%, not %.*s", c.from, c.to, part, STR_ARG(found))
                            : judge_printf(j, "from %g to %g is %.3gx, not %.*s", c.from, c.to, ratio, STR_ARG(found)));
}

/* ---- fit, duration ---- */

static void check_fit(judge *j, passage *p) {
    const token *a = NULL, *b = NULL;
    for (uint32_t i = p->token_lo; i < p->token_hi; i++) {
        const token *t = &p->on->tokens[i];
        if (t->kind != TOKEN_QUANTITY || unit_get(t->unit)->dimension != DIM_DATA) continue;
        if (a && b) return;
        if (!a)
            a = t;
        else
            b = t;
    }
    if (!a || !b || a->bound == BOUND_MAX || b->bound == BOUND_MIN || !a->value.valid || !b->value.valid) return;
    passage_prepare(j, p);
    for (uint32_t i = 0; i + 1 < p->word_count; i++) {
        if (p->words[i].lo < a->text.hi || p->words[i].hi > b->text.lo) continue;
        bool fits = (word_is(p, i, "fits") || word_is(p, i, "fit")) &&
                    (word_is(p, i + 1, "in") || word_is(p, i + 1, "into") || word_is(p, i + 1, "within"));
        if (!fits || p->cues & (CUE_NEGATION | CUE_MODAL | CUE_IF)) continue;
        double need = decimal_to_f64(a->value) * unit_get(a->unit)->factor,
               room = decimal_to_f64(b->value) * unit_get(b->unit)->factor;
        if (need <= room * 1.08 || p->words[i].lo - a->text.hi > 40 || b->text.lo - p->words[i].hi > 40) continue;
        for (uint32_t k = a->text.hi; k < b->text.lo; k++)
            if (p->on->text.p[k] == ',' || p->on->text.p[k] == ';') return;
        if (physics_stated(j, p, a->text.lo, b->text.hi))
            physics_finding(j, "physics-fit", p, a->text.lo, b->text.hi,
                            STR("the first is larger than the memory it is said to fit into"));
    }
}

/* "It lasted 31 minutes, from 07:58 to 08:49" */
static void check_duration(judge *j, passage *p) {
    const token *length = NULL, *times[2] = {0};
    uint32_t lengths = 0, n = 0;
    for (uint32_t i = p->token_lo; i < p->token_hi; i++) {
        const token *t = &p->on->tokens[i];
        if (t->kind == TOKEN_QUANTITY && unit_get(t->unit)->dimension == DIM_TIME) length = t, lengths++;
        if (t->kind == TOKEN_TIME) {
            if (n < 2) times[n] = t;
            n++;
        }
    }
    if (lengths != 1 || n != 2 || !length->value.valid || length->bound != BOUND_EXACT) return;
    str between = str_trim(surface_slice(p->on, times[0]->text.hi, times[1]->text.lo));
    str before = str_trim(surface_slice(p->on, p->text.lo, times[0]->text.lo));
    if (!str_eq(between, STR("to")) || !str_ends(before, STR("from"))) return;
    passage_prepare(j, p);
    bool lasts = false;
    for (uint32_t i = 0; i < p->word_count; i++)
        lasts = lasts || word_is(p, i, "lasted") || word_is(p, i, "lasts") || word_is(p, i, "down");
    int minute[2];
    for (int k = 0; k < 2; k++) {
        str t = surface_slice(p->on, times[k]->text.lo, times[k]->text.hi);
        if (t.n != 5 || t.p[2] != ':') return;
        minute[k] = (t.p[0] - '0') * 600 + (t.p[1] - '0') * 60 + (t.p[3] - '0') * 10 + (t.p[4] - '0');
    }
    double stated = decimal_to_f64(length->value) * unit_get(length->unit)->factor / 60;
    double half = decimal_half_unit(length->value) * unit_get(length->unit)->factor / 60;
    int real = minute[1] - minute[0] + (minute[1] < minute[0] ? 1440 : 0);
    if (!lasts || fabs(stated - real) <= half + 1.01 || !physics_stated(j, p, length->text.lo, length->text.hi)) return;
    physics_finding(j, "physics-time", p, length->text.lo, times[1]->text.hi,
                    judge_printf(j, "these clock times are %d min apart, not %g", real, stated));
}

/* ---- with a manifest ---- */

/* "goes live tomorrow", "will be": the sentence speaks of what is to come. */
static bool is_to_come(const judge *j, const claim *c) {
    static const char *const words[] = {"tomorrow", " next ", " will ", "planned", " soon", "tonight", "'ll "};
    if (c->sentence == BLOCK_NONE) return false;
    str text = article_text(j->art, j->art->sentences[c->sentence].text);
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_find(text, str_from_cstr(words[i]), 0) >= 0) return true;
    return false;
}

static void check_versions(judge *j) {
    if (!j->day) return;
    for (size_t i = 0; i < j->claims->n; i++) {
        const claim *c = &j->claims->at[i];
        if (c->kind != CLAIM_VERSION || c->verdict != VERDICT_SUPPORTED || !c->text.hi || c->stance != STANCE_ASSERTED)
            continue;
        const manifest_entity *e = manifest_find_entity(j->m, c->subject);
        if (!e || !e->version.history_count || !e->version.text.n) continue;
        const manifest_period *last = &e->version.history[e->version.history_count - 1];
        bool newer = j->day < last->to && version_agrees(&e->version, c->normal, e->version.text) &&
                     !version_agrees(&e->version, c->normal, last->version);
        if (!newer || is_to_come(j, c)) continue;
        finding f = {.rule = STR("physics-version"),
                     .level = LEVEL_ERROR,
                     .where = c->where,
                     .message = judge_printf(j, "%.*s %.*s was installed on %s, after the article's date",
                                             STR_ARG(e->id), STR_ARG(e->version.text), date_format(last->to).text)};
        if (vec_reserve(j->a, (void **)(void *)&j->findings->at, j->findings->n, &j->findings->capacity, sizeof f))
            j->findings->at[j->findings->n++] = f;
        else
            j->failed = true;
    }
}

static double attr_value(const judge *j, const manifest_entity *e, str name, enum unit_dimension dimension) {
    const manifest_attr *attr = manifest_find_attr(j->m, e, name);
    double value;
    if (!attr || !str_to_f64(attr->views[0].quantity.value, &value)) return 0;
    const unit_info *u = unit_get(unit_parse(attr->views[0].quantity.unit, true));
    return u->dimension == dimension ? value * u->factor : 0;
}

/* Bits a weight of the formats whose packing is fixed: MX formats carry one 8-bit scale per 32 values (OCP MX 1.0). */
static double bits_of(str format) {
    static const struct {
        const char *name;
        double bits;
    } formats[] = {{"MXFP4", 4.25}, {"FP8", 8},   {"INT8", 8},   {"BF16", 16}, {"FP16", 16},
                   {"F16", 16},     {"FP32", 32}, {"Q8_0", 8.5}, {"Q4_0", 4.5}};
    for (size_t i = 0; i < COUNT_OF(formats); i++)
        if (str_eq_nocase(format, str_from_cstr(formats[i].name))) return formats[i].bits;
    return 0;
}

static void check_bandwidth(judge *j) {
    const manifest_entity *box = j->main_hardware == MANIFEST_NONE ? NULL : &j->m->entities[j->main_hardware];
    double bandwidth = box ? attr_value(j, box, STR("memory_bandwidth"), DIM_DATA_RATE) : 0;
    if (bandwidth <= 0) return;
    for (uint32_t i = 0; i < j->passage_count; i++) {
        passage *p = &j->passages[i];
        if (p->kind != PASSAGE_SENTENCE) continue;
        for (uint32_t k = p->token_lo; k < p->token_hi; k++) {
            const token *t = &p->on->tokens[k];
            if (t->kind != TOKEN_QUANTITY || unit_get(t->unit)->dimension != DIM_TOKEN_RATE || !t->value.valid)
                continue;
            passage_prepare(j, p);
            bool alone = false, decode = false, other = false;
            for (uint32_t w = 0; w < p->word_count; w++) {
                alone = alone || (word_is(p, w, "batch") && (word_is(p, w + 1, "1") || word_is(p, w + 1, "one"))) ||
                        (word_is(p, w, "one") && word_is(p, w + 1, "stream"));
                decode = decode || str_starts(surface_slice(p->on, p->words[w].lo, p->words[w].hi), STR("decod"));
                other = other || word_is(p, w, "prefill") || word_is(p, w, "speculative") ||
                        word_is(p, w, "speculation") || word_is(p, w, "draft");
            }
            if (!alone || !decode || other) continue;
            const manifest_entity *model = NULL;
            for (uint32_t h = p->hit_lo; h < p->hit_hi; h++) {
                uint32_t e = hit_entity(j, &p->on->hits[h], ENTITY_COMPONENT);
                if (e != MANIFEST_NONE && manifest_find_attr(j->m, &j->m->entities[e], STR("active_parameters")))
                    model = &j->m->entities[e];
            }
            const manifest_attr *format = model ? manifest_find_attr(j->m, model, STR("quantization")) : NULL;
            double active = model ? attr_value(j, model, STR("active_parameters"), DIM_PARAMS) : 0;
            double bits = format ? bits_of(format->views[0].quantity.value) : 0;
            if (active <= 0 || bits <= 0 || !physics_stated(j, p, t->text.lo, t->text.hi)) continue;
            double ceiling = bandwidth / (active * bits / 8),
                   stated = decimal_to_f64(t->value) * unit_get(t->unit)->factor;
            if (stated <= ceiling * 1.05) continue;
            physics_finding(
                j, "physics-bandwidth", p, t->text.lo, t->text.hi,
                judge_printf(j, "memory bandwidth allows at most %.3g tok/s for one stream of this model", ceiling));
        }
    }
}

void judge_physics(judge *j) {
    for (uint32_t i = 0; i < j->passage_count && !j->failed;) {
        passage *p = &j->passages[i];
        if (p->kind == PASSAGE_CELL && p->block != BLOCK_NONE) {
            i = physics_table(j, i);
            continue;
        }
        if (p->kind == PASSAGE_SENTENCE && p->token_hi - p->token_lo >= 2 && p->token_hi - p->token_lo <= 24) {
            check_speedup(j, p);
            check_fit(j, p);
            check_duration(j, p);
        }
        i++;
    }
    if (!j->m || !j->about_us) return;
    check_versions(j);
    check_bandwidth(j);
}
