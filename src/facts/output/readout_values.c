/* readout_values.c - does a printed value agree with what is declared?
 *
 *     free   124Gi    of 130981504 KiB = 124.91 GiB     rounded down, or to the nearest
 *     df      88T     of 87.3 TiB                       rounded up, or to the nearest
 *     lsblk  3.6T     of 4 TB = 3.638 TiB               to the nearest
 *
 * A letter alone ("3.6T") is a power of 1024 unless the command asked for powers of 1000 (df(1), lsblk(8), free(1),
 * zpool(8)). A nominal size, "24 GB" of a card, says nothing against a figure near it in either reading: drivers show
 * less than the box says. Where a precise view is declared beside it, that one decides. A declared rendering of the
 * same shape ("251Gi") decides alone: the author has said what the program prints.
 */
#include "facts/output/readouts.h"

#include "lex/decimal.h"

#include <math.h>

typedef struct printed {
    decimal number;
    double scale;       /* of the unit, in base units of the dimension */
    bool is_data, bare; /* bare: no unit at all */
    unit_id unit;       /* where it is no size */
} printed;

/* "1-00:00:00", "09:40:12": days, hours, minutes, seconds. */
static bool read_duration(str text, printed *out) {
    int64_t parts[4], n = 0, value = 0;
    ptrdiff_t i = 0, digits = 0, dash = str_find_byte(text, '-', 0);
    for (; i <= text.n; i++) {
        if (i < text.n && byte_is_digit(text.p[i]) && digits++ < 5) {
            value = value * 10 + (text.p[i] - '0');
            continue;
        }
        if (!digits || n == 4 || (i < text.n && text.p[i] != ':' && !(text.p[i] == '-' && n == 0))) return false;
        parts[n++] = value;
        value = digits = 0;
    }
    if (dash > 0 ? n != 4 : n != 3) return false;
    int64_t seconds = 0;
    static const int64_t scale[] = {24, 60, 60};
    for (int64_t k = 0; k < n; k++) seconds = (k ? seconds * scale[k - 1 + (4 - n)] : 0) + parts[k];
    out->number = decimal_make(seconds, 0);
    out->unit = unit_parse(STR("s"), true);
    return out->unit != UNIT_NONE;
}

/* "124Gi", "3.6T", "24576 MiB", "15356MiB", "280.00 W", "127600748 kB", "48". */
static bool read_printed(str text, bool decimal_letters, printed *out) {
    text = str_trim(text);
    ptrdiff_t n = 0;
    while (n < text.n && (byte_is_digit(text.p[n]) || text.p[n] == '.' || text.p[n] == ',')) n++;
    *out = (printed){.scale = 1};
    if (read_duration(text, out)) return true;
    if (!n || !decimal_parse(str_slice(text, 0, n), false, &out->number)) return false;
    str unit = str_trim(str_slice(text, n, text.n));
    out->bare = !unit.n;
    if (!unit.n) return true;
    ptrdiff_t power = str_find_byte(STR("BKMGTPE"), (uint8_t)(unit.p[0] & ~0x20), 0);
    str rest = str_slice(unit, 1, unit.n);
    bool letters = !rest.n || str_eq(rest, STR("i")) || str_eq(rest, STR("B")) || str_eq(rest, STR("iB"));
    if (power >= 0 && letters && !(power == 0 && rest.n)) {
        bool thousand = decimal_letters ? rest.n < 2 && !str_eq(rest, STR("i")) : str_eq(rest, STR("B")) && power > 1;
        out->scale = pow(thousand ? 1000 : 1024, (double)power);
        out->is_data = true;
        return true;
    }
    out->unit = unit_parse(unit, true);
    if (out->unit == UNIT_NONE) return false;
    out->scale = unit_get(out->unit)->factor;
    return true;
}

static uint32_t figures(decimal d) {
    int64_t digits = d.digits < 0 ? -d.digits : d.digits;
    uint32_t n = 0;
    while (digits && digits % 10 == 0) digits /= 10;
    for (; digits; digits /= 10) n++;
    return n;
}

/* Is it the figure on the box: "24 GB", "4 TB", "64 GiB" of memory? */
static bool is_nominal(const manifest_quantity *q, enum rounding how) {
    double power = log(unit_get(q->measure)->factor) / log(1000);
    bool thousands = fabs(power - round(power)) < 1e-9;
    return how != ROUND_EXACT && (thousands || how == ROUND_DOWN) && figures(q->number) <= 3 && q->number.scale <= 0;
}

static enum agreement size_says(const manifest_quantity *q, const printed *p, enum rounding how) {
    const unit_info *u = unit_get(q->measure);
    if (!q->number.valid || u->dimension != DIM_DATA) return SAYS_NOTHING;
    double fact = decimal_to_f64(q->number) * u->factor, value = decimal_to_f64(p->number) * p->scale;
    double half = decimal_half_unit(p->number) * p->scale;
    bool nominal = is_nominal(q, how);
    double own = q->number.scale > 0 ? decimal_half_unit(q->number) * u->factor : 0;
    double slack = fmax(0, own - half) + fact * 1e-9; /* the coarser of the two printings */
    double lo = value - (how == ROUND_UP ? 2 * half : half), hi = value + (how == ROUND_DOWN ? 2 * half : half);
    double binary = fact / u->factor * pow(1024, round(log(u->factor) / log(1000)));
    if (fact >= lo - slack && fact <= hi + slack) return SAYS_YES;
    if (!nominal) return SAYS_NO;
    if (binary >= lo && binary <= hi) return SAYS_YES;
    return value > 0.85 * fact && value < 1.15 * fmax(fact, binary) ? SAYS_NOTHING : SAYS_NO;
}

/* Do two renderings differ in their digits only, "251Gi" and "252Gi"? */
static bool same_shape(str a, str b) {
    if (a.n != b.n) return false;
    for (ptrdiff_t i = 0; i < a.n; i++)
        if (a.p[i] != b.p[i] && !(byte_is_digit(a.p[i]) && byte_is_digit(b.p[i]))) return false;
    return true;
}

enum agreement attr_says(const manifest_attr *a, str text, enum rounding how, bool decimal_letters) {
    printed p;
    bool precise_no = false, no = false, nothing = false;
    text = str_trim(text);
    if (!read_printed(text, decimal_letters, &p)) return SAYS_NOTHING;
    for (uint32_t v = 0; v < a->view_count; v++) {
        const manifest_quantity *q = &a->views[v].quantity;
        for (uint32_t i = 0; i < q->render.n; i++) {
            if (str_eq(str_trim(q->render.at[i].text), text)) return SAYS_YES;
            precise_no = precise_no || same_shape(str_trim(q->render.at[i].text), text);
        }
    }
    if (precise_no) return SAYS_NO;
    for (uint32_t v = 0; v < a->view_count; v++) {
        const manifest_quantity *q = &a->views[v].quantity;
        const unit_info *u = unit_get(q->measure);
        enum agreement says = SAYS_NOTHING;
        if (!q->number.valid) continue;
        if (p.is_data && u->dimension == DIM_DATA) {
            says = size_says(q, &p, how);
            precise_no = precise_no || (says == SAYS_NO && !is_nominal(q, how));
        } else if (p.is_data && u->dimension == DIM_PARAMS && str_ends(text, STR("B"))) { /* "116.83 B" of a model */
            double fact = decimal_to_f64(q->number) * u->factor / 1e9, value = decimal_to_f64(p.number);
            double half = fmax(decimal_half_unit(p.number), decimal_half_unit(q->number) * u->factor / 1e9);
            says = fabs(fact - value) <= half ? SAYS_YES : SAYS_NO;
        } else if (p.bare || (!p.is_data && p.unit != UNIT_NONE && u->dimension == unit_get(p.unit)->dimension)) {
            double scale = p.bare ? 1 : p.scale, own = p.bare ? 1 : u->factor;
            double fact = decimal_to_f64(q->number) * own, value = decimal_to_f64(p.number) * scale;
            double half = fmax(decimal_half_unit(p.number) * scale, 1e-9 * fabs(fact));
            bool exact = p.bare && p.number.scale <= 0;
            says = fabs(fact - value) <= (exact ? 1e-9 * fabs(fact) : half) ? SAYS_YES : SAYS_NO;
            bool scaled = u->dimension == DIM_DATA || u->dimension == DIM_DATA_RATE || u->dimension == DIM_TIME;
            if (p.bare && scaled && says == SAYS_NO) says = SAYS_NOTHING; /* in another unit, perhaps */
        }
        if (says == SAYS_YES) return SAYS_YES;
        no = no || says == SAYS_NO;
        nothing = nothing || says == SAYS_NOTHING;
    }
    return precise_no || (no && !nothing) ? SAYS_NO : SAYS_NOTHING;
}

enum agreement quantity_says(const manifest_quantity *q, str text, bool decimal_letters) {
    manifest_view view = {.quantity = *q};
    manifest_attr one = {.views = &view, .view_count = 1};
    return attr_says(&one, text, ROUND_EXACT, decimal_letters);
}

bool readout_number(str text, bool share, double *value, double *half) {
    printed p;
    text = str_trim(text);
    if (share) {
        if (!str_ends(text, STR("%"))) return false;
        text = str_trim(str_slice(text, 0, text.n - 1));
    }
    if (!read_printed(text, false, &p) || p.is_data == share) return false;
    *value = decimal_to_f64(p.number) * p.scale;
    *half = decimal_half_unit(p.number) * p.scale;
    return true;
}

bool attr_holds(const manifest_attr *a, str text, bool decimal_letters) {
    printed p;
    if (!read_printed(str_trim(text), decimal_letters, &p) || !p.is_data) return true;
    double value = (decimal_to_f64(p.number) - decimal_half_unit(p.number)) * p.scale;
    for (uint32_t v = 0; v < a->view_count; v++) {
        const manifest_quantity *q = &a->views[v].quantity;
        if (!q->number.valid || unit_get(q->measure)->dimension != DIM_DATA) return true;
        if (value <= decimal_to_f64(q->number) * unit_get(q->measure)->factor) return true;
    }
    return false;
}

enum agreement count_says(const manifest_attr *a, uint64_t said) {
    bool known = false;
    for (uint32_t v = 0; v < a->view_count; v++) {
        const manifest_quantity *q = &a->views[v].quantity;
        if (!q->number.valid) continue;
        known = true;
        if (decimal_to_f64(q->number) == (double)said) return SAYS_YES;
    }
    return known ? SAYS_NO : SAYS_NOTHING;
}

/* ---- names ---- */

/* "Intel(R) Xeon(R) CPU E5-2680 v4 @ 2.40GHz": marks and words that makers put between the name's own. */
static bool is_noise(str term) {
    static const char *const words[] = {"r", "tm", "c", "cpu", "processor", "with", "graphics"};
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_eq_nocase(term, str_from_cstr(words[i]))) return true;
    return false;
}

static bool next_own(str text, uint32_t *at, str *term) {
    uint32_t lo, hi;
    while (fact_word_next(text, at, &lo, &hi)) {
        *term = str_slice(text, (ptrdiff_t)lo, (ptrdiff_t)hi);
        if (!is_noise(*term)) return true;
    }
    return false;
}

bool words_hold(str text, str name) {
    str wanted, said;
    uint32_t at = 0, from = 0;
    while (next_own(name, &from, &wanted)) {
        do {
            if (!next_own(text, &at, &said)) return false;
        } while (!str_eq_nocase(said, wanted));
    }
    return true;
}

enum agreement name_says(const manifest_attr *a, str text) {
    bool known = false;
    for (uint32_t v = 0; v < a->view_count; v++) {
        const manifest_quantity *q = &a->views[v].quantity;
        uint32_t digits = 0;
        for (ptrdiff_t i = 0; i < q->value.n; i++) digits += byte_is_digit(q->value.p[i]);
        if (q->number.valid || q->value.n < 4 || !digits) continue;
        known = true;
        if (words_hold(text, q->value)) return SAYS_YES;
    }
    return known ? SAYS_NO : SAYS_NOTHING;
}
