/* speed_ups.c - a change, and the ratio that is said of it.
 *
 *     "from 120 ms to 40 ms, a 5x speed-up"      120/40 = 3, 3 - 1 = 2, 1/3: no reading gives 5
 *     "5x faster now: 30 s instead of 90 s"      the ratio first
 *     | Before | After | Speed-up |              a row of a table
 *
 * In: a sentence with one pair of values and one ratio; or three columns. Out: findings physics-speed-up. A ratio is of
 * the change only where nothing else stands between them ("on a table that is 10x larger", "at a 5 % higher cost" are
 * of something else), where no noun follows that it could be of ("8 times the cores"), and where it does not go up
 * while the values go down. Both values and the ratio may be rounded.
 */
#include "facts/physics/physics.h"

#include <math.h>

/* Between the change and what is said of it: ", which is a factor of". */
static const char FILLER[] =
    "a an the which that is was it this so or by about roughly nearly almost down up i e for of means meaning "
    "making thus hence therefore "
    "factor gain drop cut reduction improvement increase decrease speed speedup slowdown rise saving win jump";
/* Between the ratio and the change behind it: "faster now: it takes". */
static const char FILLER_BACK[] = "now today it is takes took needs down up in at went goes dropped fell rose grew";
static const char NOUNS[] =
    "speedup speed-up reduction improvement drop gain increase decrease cut slowdown rise saving win jump growth";
static const char COMPARATIVES[] =
    "faster slower quicker less more shorter longer lower higher smaller larger bigger cheaper better worse";
/* "faster now", "in all": nothing that would make it another case, as "with 16 threads", "than Postgres" do. */
static const char GOES_ON[] = "now overall today altogether already";
static const char UPWARDS[] = "more longer higher larger bigger increase rise growth grew rose";
static const char DOWNWARDS[] = "less shorter lower smaller reduction decrease drop dropped cut fell saving cheaper";

typedef struct ratio {
    double value, half;
    bool percent;
    bool quotient; /* "twice as fast", "doubled": b / a and no other reading */
    bool verb;     /* "doubled from 20 to 60" */
    uint32_t lo, hi;
} ratio;

static bool close_to(double stated, double half, double low, double high) {
    double slack = half + 0.02 * fabs(stated);
    return stated >= low - slack && stated <= high + slack;
}

/* The quotient of the greater by the smaller, as the roundings of both allow. */
static void quotient_of(const change *c, double *low, double *high) {
    bool rises = c->from < c->to;
    double a = rises ? c->from : c->to, b = rises ? c->to : c->from;
    double ah = rises ? c->from_half : c->to_half, bh = rises ? c->to_half : c->from_half;
    *low = fmax(1, (b - bh) / (a + ah));
    *high = a > ah ? (b + bh) / (a - ah) : INFINITY;
}

bool change_is_times(const change *c, double stated, double half) {
    double low, high;
    quotient_of(c, &low, &high);
    return close_to(stated, half, low, high) || close_to(stated, half, low - 1, high - 1) ||
           close_to(stated, half, 1 / high, 1 / low);
}

bool change_is_percent(const change *c, double stated, double half) {
    double low, high;
    quotient_of(c, &low, &high);
    const double readings[][2] = {{1 - 1 / low, 1 - 1 / high}, {low - 1, high - 1}, {1 / high, 1 / low}, {low, high}};
    for (size_t i = 0; i < COUNT_OF(readings); i++)
        if (close_to(stated, half + 1, 100 * readings[i][0], 100 * readings[i][1])) return true;
    return c->percent && fabs(stated - fabs(c->from - c->to)) <= half + c->from_half + c->to_half + 1;
}

bool unit_has_ratios(unit_id unit) {
    enum unit_dimension d = unit_get(unit)->dimension;
    return d != DIM_TEMPERATURE && d != DIM_DECIBEL && d != DIM_POINT;
}

/* "nearly doubled", "more than twice as fast": no figure to hold anybody to. */
static bool is_loose(const passage *p, uint32_t at) {
    return at && word_in(p, at - 1, "nearly almost about roughly around than over some up to least");
}

/* A ratio that is a word: "fourfold", "twice as fast", "doubled". */
static bool ratio_word(const passage *p, uint32_t i, ratio *out) {
    static const char *const folds[] = {"twofold",   "threefold", "fourfold", "fivefold", "sixfold",
                                        "sevenfold", "eightfold", "ninefold", "tenfold"};
    *out = (ratio){.value = 2, .half = 0.5, .lo = p->words[i].lo, .hi = p->words[i].hi};
    for (size_t k = 0; k < COUNT_OF(folds); k++)
        if (word_is(p, i, folds[k])) return out->value = 2 + (double)k, true;
    out->quotient = true;
    if (word_is(p, i, "twice") && word_is(p, i + 1, "as")) return true;
    out->verb = true;
    if (word_in(p, i, "doubled halved")) return true;
    return word_is(p, i, "tripled") ? out->value = 3, true : false;
}

static change change_of(const token *from, const token *to) {
    const unit_info *f = unit_get(from->unit), *t = unit_get(to->unit);
    return (change){decimal_to_f64(from->value) * f->factor, decimal_to_f64(to->value) * t->factor,
                    decimal_half_unit(from->value) * f->factor, decimal_half_unit(to->value) * t->factor,
                    f->dimension == DIM_PERCENT};
}

typedef struct pair {
    change c;
    double from, to; /* as they stand there */
    uint32_t lo, hi;
} pair;

/* The two values: "from 90 s to 30 s", "30 s instead of 90 s", "90 s before and 30 s after". */
static bool pair_of(const passage *p, const token *const *found, uint32_t n, pair *out) {
    const token *a = found[0], *b = found[1];
    if (n == 1 && a->flags & TOKEN_CHANGE && a->high.valid) {
        enum unit_dimension d = unit_get(a->unit)->dimension;
        if (d == DIM_COUNT || d == DIM_NONE || !unit_has_ratios(a->unit))
            return false; /* a setting changes, not the result */
        token to = *a;
        to.value = a->high;
        *out = (pair){change_of(a, &to), decimal_to_f64(a->value), decimal_to_f64(a->high), a->text.lo, a->text.hi};
        return true;
    }
    if (n != 2 || (a->flags | b->flags) & (TOKEN_CHANGE | TOKEN_INTERVAL) || a->bound > BOUND_ABOUT ||
        b->bound > BOUND_ABOUT)
        return false;
    const unit_info *u = unit_get(a->unit), *v = unit_get(b->unit);
    if (u->dimension != v->dimension || u->family != v->family || u->dimension == DIM_COUNT ||
        !unit_has_ratios(a->unit))
        return false;
    uint32_t between = a->text.hi, until = b->text.lo, first, end;
    if (physics_phrase(p, between, until, "instead of") || physics_phrase(p, between, until, "rather than") ||
        physics_phrase(p, between, until, "down from") || physics_phrase(p, between, until, "up from")) {
        *out = (pair){change_of(b, a), decimal_to_f64(b->value), decimal_to_f64(a->value), a->text.lo, b->text.hi};
        return true;
    }
    physics_words(p, b->text.hi, p->text.hi, &first, &end);
    if (!physics_phrase(p, between, until, "before and") || first == end || !word_in(p, first, "after afterwards now"))
        return false;
    *out = (pair){change_of(a, b), decimal_to_f64(a->value), decimal_to_f64(b->value), a->text.lo, p->words[first].hi};
    return true;
}

/* Does the clause end at byte `at`: a mark, or nothing but blanks before the end of the sentence? */
static bool clause_ends(const passage *p, uint32_t at) {
    while (at < p->text.hi && p->on->text.p[at] == ' ') at++;
    return at >= p->text.hi || str_is_among(surface_slice(p->on, at, at + 1), ", . ; : ) ( ! ?");
}

/* Does the sentence go on at word `w` without another case or another thing: "than before", "in latency" of a latency?
 */
static bool goes_on_about_it(const passage *p, uint32_t w, const pair *c) {
    if (word_in(p, w, GOES_ON)) return true;
    if (word_in(p, w, "than as")) return word_in(p, w + 1, "before previously earlier");
    if (!word_in(p, w, "in of")) return false;
    uint32_t thing = w + 1 + word_in(p, w + 1, "the our");
    if (word_in(p, thing, "total all")) return true;
    for (uint32_t i = 0; i < thing && p->words[i].hi <= c->lo && thing < p->word_count; i++)
        if (p->words[i].stem == p->words[thing].stem) return true;
    return false;
}

/* What is said at the ratio ends with it, or with its noun or comparative, and nothing follows that it could be of:
 * "5x faster.", "a 5x speed-up", not "8 times the cores", "a 5 % higher cost", "a 40 % reduction in cost". *end: where.
 */
static bool ratio_ends(const passage *p, const ratio *r, const pair *c, uint32_t *end) {
    uint32_t w, last;
    *end = r->hi;
    if (r->verb || clause_ends(p, r->hi)) return true;
    if (r->hi < c->lo && physics_only(p, r->hi, c->lo, "")) return true; /* "by 80 % from 90 s to 30 s" */
    physics_words(p, r->hi, p->text.hi, &w, &last);
    if (w == last) return true;
    if (word_is(p, w, "as") || (word_is(p, w, "speed") && word_is(p, w + 1, "up")))
        w += 2; /* "as fast" */
    else if (word_in(p, w, NOUNS) || word_in(p, w, COMPARATIVES))
        w++;
    else
        return false;
    if (w > last) return false;
    *end = p->words[w - 1].hi;
    return w == last || clause_ends(p, *end) || goes_on_about_it(p, w, c);
}

/* Is the ratio said of the change? */
static bool is_said_of(const passage *p, const ratio *r, const pair *c) {
    uint32_t end, first, last;
    if (!ratio_ends(p, r, c, &end)) return false;
    uint32_t lo = r->lo < c->lo ? r->lo : c->hi, hi = r->lo < c->lo ? c->lo : end;
    if (physics_any(p, lo, hi, c->c.from > c->c.to ? UPWARDS : DOWNWARDS)) return false;
    if (r->lo >= c->hi) return !r->verb && r->lo - c->hi <= 60 && physics_only(p, c->hi, r->lo, FILLER);
    if (r->hi > c->lo || c->lo - r->hi > 40) return false;
    if (r->verb) return physics_only(p, r->hi, c->lo, "again");
    physics_words(p, p->text.lo, r->lo, &first, &last);
    bool by = last > first && word_in(p, last - 1, "by of");
    if (end > c->lo || !physics_only(p, end, c->lo, FILLER_BACK)) return false;
    return end > r->hi || by;
}

void speed_up_in_sentence(judge *j, passage *p) {
    const token *values[2] = {0}, *stated = NULL;
    uint32_t n = 0, claims = 0;
    for (uint32_t i = p->token_lo; i < p->token_hi; i++) {
        const token *t = &p->on->tokens[i];
        if (t->kind != TOKEN_QUANTITY || !t->value.valid) continue;
        enum unit_dimension d = unit_get(t->unit)->dimension;
        if (d == DIM_PARAMS) continue; /* "Otter 8B" */
        bool shift = t->flags & TOKEN_CHANGE && t->high.valid;
        if (!shift && (t->flags & TOKEN_RATIO || d == DIM_RATIO || d == DIM_PERCENT)) {
            claims++;
            stated = t;
        } else if (n++ < 2) {
            values[n - 1] = t;
        }
    }
    if (n < 1 || n > 2 || claims > 1 || (n == 1 && !(values[0]->flags & TOKEN_CHANGE))) return;
    passage_prepare(j, p);
    ratio r = {0}, in_words;
    for (uint32_t i = 0; i < p->word_count; i++) {
        if (!ratio_word(p, i, &in_words)) continue;
        if (is_loose(p, i)) return;
        claims++;
        r = in_words;
    }
    pair c;
    if (claims != 1 || !pair_of(p, values, n, &c) || c.c.from <= 0 || c.c.to <= 0 || c.c.from == c.c.to) return;
    if (stated) {
        if (stated->bound == BOUND_MIN || stated->bound == BOUND_MAX || stated->flags & TOKEN_INTERVAL) return;
        r = (ratio){.value = fabs(decimal_to_f64(stated->value)),
                    .half = decimal_half_unit(stated->value),
                    .percent = unit_get(stated->unit)->dimension == DIM_PERCENT,
                    .lo = stated->text.lo,
                    .hi = stated->text.hi};
        if (stated->bound == BOUND_ABOUT) r.half += 0.1 * r.value;
    }
    double times = fmax(c.c.from, c.c.to) / fmin(c.c.from, c.c.to), part = 100 * fabs(c.c.to - c.c.from) / c.c.from;
    bool fits = r.quotient  ? times > r.value * 0.75 && times < r.value * 1.34
                : r.percent ? change_is_percent(&c.c, r.value, r.half)
                            : change_is_times(&c.c, r.value, r.half);
    if (fits || !is_said_of(p, &r, &c)) return;
    uint32_t lo = r.lo < c.lo ? r.lo : c.lo, hi = r.hi > c.hi ? r.hi : c.hi;
    if (!physics_stated(j, p, lo, hi)) return;
    str found = surface_slice(p->on, r.lo, r.hi);
    physics_finding(j, "physics-speed-up", p, lo, hi,
                    r.percent
                        ? judge_printf(j, "from %g to %g is %.3g %%, not %.*s", c.from, c.to, part, STR_ARG(found))
                        : judge_printf(j, "from %g to %g is %.3gx, not %.*s", c.from, c.to, times, STR_ARG(found)));
}
