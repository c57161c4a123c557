/* compare.c - does what is stated agree with what is declared?
 *
 * Quantities: both sides go to the dimension's base unit. A statement has a printed precision: it agrees with every
 * value that rounds to it, widened by the fact's own tolerance,
 *
 *     |fact − stated| ≤ tolerance + ½ printed unit        (~ widens nothing more)
 *     fact ≤ stated (+ …) for "up to", fact ≥ stated for "at least", low ≤ fact ≤ high for an interval
 *
 * Versions: by the scheme of the component, prefixes and build suffixes only where the manifest accepts them.
 */
#include "facts/reading/reading.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

/* Half a printed unit proves a fact only up to this part of it; of a bound, which is a number that somebody chose, only
 * what a scale's needle hides: "more than 2 minutes" is false of 94 s, which round to 2 minutes. */
static const double ROUNDING_LIMIT = 0.2, BOUND_LIMIT = 0.02;

static double to_base(const unit_info *u, decimal d) { return decimal_to_f64(d) * u->factor + u->offset; }

bool measure_of_token(const surface *s, const token *t, measure *out) {
    if (!t->value.valid) return false;
    const unit_info *u = unit_get(t->unit);
    *out = (measure){.value = to_base(u, t->value),
                     .half = decimal_half_unit(t->value) * fabs(u->factor),
                     .bound = t->bound,
                     .strict = (t->flags & TOKEN_STRICT) != 0,
                     .dimension = u->dimension,
                     .factor = u->factor};
    if (t->flags & (TOKEN_INTERVAL | TOKEN_CHANGE) && t->high.valid) {
        out->high = to_base(u, t->high);
        out->interval = (t->flags & TOKEN_INTERVAL) != 0;
        out->half = fmin(out->half, decimal_half_unit(t->high) * fabs(u->factor));
    }
    if (u->dimension == DIM_COUNT || t->flags & TOKEN_COUNTED) {
        char text[64];
        str noun = unit_noun_stem(surface_slice(s, t->unit_text.lo, t->unit_text.hi), text);
        ptrdiff_t at = noun.n;
        while (at > 0 && noun.p[at - 1] != ' ' && noun.p[at - 1] != '-') at--;
        out->noun = fact_stem(str_slice(noun, at, noun.n));
        if (out->dimension == DIM_NONE) out->dimension = DIM_COUNT;
    }
    if (t->flags & TOKEN_RATIO && out->dimension == DIM_NONE) out->dimension = DIM_RATIO;
    return isfinite(out->value);
}

bool measure_agrees(const measure *m, double fact, double tolerance) {
    double slack = tolerance + m->half + fabs(fact) * 1e-9;
    if (m->interval) return fact >= fmin(m->value, m->high) - slack && fact <= fmax(m->value, m->high) + slack;
    if (m->bound == BOUND_MIN || m->bound == BOUND_MAX) slack -= m->half - fmin(m->half, BOUND_LIMIT * fabs(fact));
    switch (m->bound) {
    case BOUND_MAX: return fact <= m->value + slack && (fact >= 0.4 * m->value || m->value <= 0);
    case BOUND_MIN: return fact >= m->value - slack && fact <= 2.5 * m->value + slack;
    default: return fabs(fact - m->value) <= slack;
    }
}

bool measure_is_coarse(const measure *m, double fact, double tolerance) {
    if (m->bound != BOUND_EXACT || m->interval || !measure_agrees(m, fact, tolerance)) return false;
    return fabs(fact - m->value) > tolerance + fmin(m->half, ROUNDING_LIMIT * fabs(fact)) + fabs(fact) * 1e-9;
}

static str without_v(str stated) {
    bool v = stated.n > 1 && (stated.p[0] == 'v' || stated.p[0] == 'V') && byte_is_digit(stated.p[1]);
    return v ? str_slice(stated, 1, stated.n) : stated;
}

/* "1:2.39.5-0+deb12u2" is 2.39.5-0+deb12u2 to everybody but the package manager. */
static str without_epoch(enum version_scheme scheme, str installed, str stated) {
    ptrdiff_t at = scheme == VERSION_DEB || scheme == VERSION_RPM ? str_find_byte(installed, ':', 0) : -1;
    return at < 0 || str_find_byte(stated, ':', 0) >= 0 ? installed : str_slice(installed, at + 1, installed.n);
}

/* Does a packager's suffix begin here: "-2+b8", "+dfsg", "~bpo12", ".dfsg", not ".2"? */
static bool is_suffix(str rest) {
    if (!rest.n) return false;
    return rest.p[0] == '-' || rest.p[0] == '+' || rest.p[0] == '~' ||
           (rest.n > 1 && rest.p[0] == '.' && byte_is_alpha(rest.p[1]));
}

bool version_agrees(const manifest_version *v, str stated, str installed) {
    enum version_scheme scheme = (enum version_scheme)v->scheme;
    stated = without_v(stated);
    if (v->accept & (ACCEPT_PREFIX | ACCEPT_BUILD)) installed = without_epoch(scheme, installed, stated);
    if (str_eq_nocase(stated, installed)) return true;
    if (str_ends(stated, STR(".x")) || str_ends(stated, STR(".X")) || str_ends(stated, STR(".*"))) {
        str line = str_slice(stated, 0, stated.n - 2); /* "the 3.x line" */
        return str_eq(line, installed) || version_is_prefix(scheme, line, installed);
    }
    if (version_compare(scheme, stated, installed) == VERSION_EQUAL) return true;
    if (v->accept & ACCEPT_PREFIX && version_is_prefix(scheme, stated, installed)) return true;
    /* "6.1.0-42" of 6.1.0-42-amd64, "2.3.2" of 2.3.2-2~bpo12+2: a prefix that ends where a part ends. */
    bool part = stated.n < installed.n && str_starts(installed, stated) && !byte_is_alnum(installed.p[stated.n]) &&
                str_find_byte(stated, '.', 0) > 0;
    if (part && v->accept & ACCEPT_PREFIX) return true;
    if (part && v->accept & ACCEPT_BUILD && is_suffix(str_slice(installed, stated.n, installed.n))) return true;
    /* A package's own suffix on top of what is declared: "16.12-1.pgdg120+1" of 16.12. */
    bool longer = stated.n > installed.n && str_starts(stated, installed) && str_find_byte(installed, '.', 0) > 0 &&
                  (stated.p[installed.n] == '-' || stated.p[installed.n] == '+' || stated.p[installed.n] == '~');
    return longer && (v->accept & ACCEPT_BUILD || scheme == VERSION_DEB || scheme == VERSION_LOOSE);
}

bool version_is_outdated(const manifest_version *v, str stated) {
    return v->accept & ACCEPT_NEWER && v->text.n &&
           version_compare((enum version_scheme)v->scheme, without_v(stated), v->text) == VERSION_LESS;
}

str judge_printf(judge *j, const char *format, ...) {
    char text[512];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (n < 0) n = 0;
    if ((size_t)n >= sizeof text) n = (int)sizeof text - 1;
    str copy = arena_str(j->a, str_make(text, (size_t)n));
    if (n && !copy.p) j->failed = true;
    return copy;
}

str measure_text(judge *j, const surface *s, const token *t) {
    static const char *const signs[] = {"= ", "~ ", ">= ", "<= "};
    const char *sign = signs[t->bound <= BOUND_MAX ? t->bound : 0];
    if (t->flags & TOKEN_STRICT) sign = t->bound == BOUND_MIN ? "> " : "< ";
    char low[32], high[32];
    decimal_text(t->value, low);
    const unit_info *u = unit_get(t->unit);
    str unit = u->dimension == DIM_COUNT || t->unit == UNIT_NONE ? surface_slice(s, t->unit_text.lo, t->unit_text.hi)
                                                                 : str_from_cstr(u->name);
    const char *space = unit.n ? " " : "";
    if (t->flags & TOKEN_CHANGE && t->high.valid)
        return judge_printf(j, "%s -> %s%s%.*s", low, decimal_text(t->high, high), space, STR_ARG(unit));
    if (t->flags & TOKEN_INTERVAL && t->high.valid)
        return judge_printf(j, "%s .. %s%s%.*s", low, decimal_text(t->high, high), space, STR_ARG(unit));
    return judge_printf(j, "%s%s%s%.*s", sign, low, space, STR_ARG(unit));
}
