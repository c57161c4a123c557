/* truth_text.c - one falsehood at a time: a true claim's text in, a false one of a named kind out.
 *
 *     "51.8 tok/s" ─► x 10, x 1000, just outside, ~, another end of an interval;  "16.12" ─► another part, another
 * scheme "every Sunday at 03:10" ─► another day, another time, another period
 *
 * Every mutation is deterministic: (claim, kind, variant) give the same text. A mutation returns false where the claim
 * has nothing of that kind to falsify. Nothing here knows how the extractor works, or what the manifest says: whether a
 * text is false after all is for the caller to check.
 */
#include "tests/bench/truth_bench.h"

/* The first number of a text that is not part of a word; false when there is none. */
bool number_find(str text, ptrdiff_t from, number_at *out) {
    for (ptrdiff_t i = from; i < text.n; i++) {
        if (!byte_is_digit(text.p[i])) continue;
        if (i > 0 &&
            (byte_is_alpha(text.p[i - 1]) || text.p[i - 1] == '.' || text.p[i - 1] == '-' || text.p[i - 1] == '_')) {
            while (i < text.n && (byte_is_alnum(text.p[i]) || text.p[i] == '.')) i++;
            continue;
        }
        char digits[64];
        int n = 0, decimals = -1;
        ptrdiff_t k = i;
        bool grouped = false;
        for (; k < text.n && n < 40; k++) {
            uint8_t c = text.p[k];
            bool digit_next = k + 1 < text.n && byte_is_digit(text.p[k + 1]);
            bool three = k + 3 < text.n && digit_next && byte_is_digit(text.p[k + 2]) && byte_is_digit(text.p[k + 3]) &&
                         !(k + 4 < text.n && byte_is_digit(text.p[k + 4]));
            if (byte_is_digit(c)) {
                digits[n++] = (char)c;
                if (decimals >= 0) decimals++;
            } else if (c == '.' && digit_next && decimals < 0) {
                digits[n++] = '.';
                decimals = 0;
            } else if ((c == ',' || c == ' ') && three && decimals < 0) {
                grouped = true;
            } else {
                break;
            }
        }
        digits[n] = 0;
        /* A second point makes it a version or an address. */
        if (k < text.n && text.p[k] == '.' && k + 1 < text.n && byte_is_digit(text.p[k + 1])) {
            i = k + 1;
            while (i < text.n && (byte_is_digit(text.p[i]) || text.p[i] == '.')) i++;
            continue;
        }
        *out = (number_at){i, k, strtod(digits, NULL), decimals < 0 ? 0 : decimals, grouped};
        return true;
    }
    return false;
}

void put_replaced(str text, ptrdiff_t lo, ptrdiff_t hi, str by, buf *out) {
    buf_str(out, str_slice(text, 0, lo));
    buf_str(out, by);
    buf_str(out, str_slice(text, hi, text.n));
}

/* ---- versions -------------------------------------------------------------------------------------------------- */

bool version_find(str text, version_at *out) {
    for (ptrdiff_t i = text.n; i-- > 0;) { /* the last one: "PostgreSQL 16.12" */
        if (!byte_is_digit(text.p[i])) continue;
        ptrdiff_t hi = i + 1, lo = i;
        while (lo > 0 &&
               (byte_is_digit(text.p[lo - 1]) || (text.p[lo - 1] == '.' && lo > 1 && byte_is_digit(text.p[lo - 2]))))
            lo--;
        if (lo >= 2 && byte_is_alpha(text.p[lo - 1]) && byte_is_alpha(text.p[lo - 2])) {
            i = lo; /* nor is an architecture: amd64 */
            continue;
        }
        if (lo >= 8 && text.p[lo - 1] == '-' && hi - lo == 2 && text.p[lo - 4] == '-' &&
            byte_is_digit(text.p[lo - 5]) && byte_is_digit(text.p[lo - 8])) {
            i = lo - 8; /* a date is no version */
            continue;
        }
        *out = (version_at){.lo = lo, .hi = hi};
        for (ptrdiff_t k = lo; k < hi && out->parts < 8;) {
            out->part_lo[out->parts] = k;
            while (k < hi && text.p[k] != '.') k++;
            out->part_hi[out->parts++] = k++;
        }
        return true;
    }
    return false;
}

bool version_mutate(str text, enum version_mutation kind, buf *out) {
    version_at v;
    char by[64];
    if (!version_find(text, &v)) return false;
    int part = kind == VERSION_MAJOR ? 0 : kind == VERSION_MINOR ? 1 : v.parts - 1;
    if (kind == VERSION_OTHER_SCHEME) {
        put_replaced(text, v.lo, v.hi, v.parts == 1 ? STR("77.9") : STR("2031.7"), out);
        return true;
    }
    if (part >= v.parts || (kind == VERSION_PATCH && v.parts < 3) || (kind == VERSION_MINOR && v.parts < 2))
        return false;
    if (kind == VERSION_TRANSPOSED || kind == VERSION_TRANSPOSED_LAST) {
        ptrdiff_t first = -1, last = -1;
        for (ptrdiff_t i = v.lo; i + 1 < v.hi; i++) {
            bool two = byte_is_digit(text.p[i]) && byte_is_digit(text.p[i + 1]);
            if (!two || text.p[i] == text.p[i + 1] || text.p[i + 1] == '0') continue;
            if (first < 0) first = i;
            last = i;
        }
        ptrdiff_t at = kind == VERSION_TRANSPOSED ? first : last;
        if (at < 0 || (kind == VERSION_TRANSPOSED_LAST && first == last)) return false;
        snprintf(by, sizeof by, "%c%c", text.p[at + 1], text.p[at]);
        put_replaced(text, at, at + 2, str_from_cstr(by), out);
        return true;
    }
    uint64_t n;
    if (!str_to_u64(str_slice(text, v.part_lo[part], v.part_hi[part]), &n)) return false;
    snprintf(by, sizeof by, "%llu", (unsigned long long)n + 1);
    put_replaced(text, v.part_lo[part], v.part_hi[part], str_from_cstr(by), out);
    return true;
}

/* ---- quantities ------------------------------------------------------------------------------------------------ */

static const struct {
    const char *name;
    double factor;
    char dimension;
    const char *binary, *bits; /* the same letters counted in the other powers, in the other things */
} units[] = {{"KiB", 1024, 'B', "kB", "Kib"},
             {"MiB", 1048576, 'B', "MB", "Mib"},
             {"GiB", 1073741824, 'B', "GB", "Gib"},
             {"TiB", 1099511627776, 'B', "TB", "Tib"},
             {"kB", 1e3, 'B', "KiB", "kb"},
             {"KB", 1e3, 'B', "KiB", "Kb"},
             {"MB", 1e6, 'B', "MiB", "Mb"},
             {"GB", 1e9, 'B', "GiB", "Gb"},
             {"TB", 1e12, 'B', "TiB", "Tb"},
             {"kb", 1e3, 'b', NULL, "kB"},
             {"Mb", 1e6, 'b', NULL, "MB"},
             {"Gb", 1e9, 'b', NULL, "GB"},
             {"Tb", 1e12, 'b', NULL, "TB"},
             {"kilobytes", 1e3, 'B', NULL, NULL},
             {"megabytes", 1e6, 'B', NULL, NULL},
             {"gigabytes", 1e9, 'B', NULL, NULL},
             {"terabytes", 1e12, 'B', NULL, NULL},
             {"kibibytes", 1024, 'B', NULL, NULL},
             {"mebibytes", 1048576, 'B', NULL, NULL},
             {"gibibytes", 1073741824, 'B', NULL, NULL},
             {"tebibytes", 1099511627776, 'B', NULL, NULL},
             {"kilobits", 1e3, 'b', NULL, NULL},
             {"megabits", 1e6, 'b', NULL, NULL},
             {"gigabits", 1e9, 'b', NULL, NULL},
             {"terabits", 1e12, 'b', NULL, NULL},
             {"ms", 1e-3, 's', NULL, NULL},
             {"s", 1, 's', NULL, NULL},
             {"seconds", 1, 's', NULL, NULL},
             {"min", 60, 's', NULL, NULL},
             {"minutes", 60, 's', NULL, NULL},
             {"h", 3600, 's', NULL, NULL},
             {"hours", 3600, 's', NULL, NULL}};

static ptrdiff_t unit_start(str text, ptrdiff_t number_end) {
    ptrdiff_t lo = number_end;
    while (lo < text.n && (text.p[lo] == ' ' || text.p[lo] == '-')) lo++;
    return lo;
}

static size_t unit_index(str text, ptrdiff_t number_end) {
    ptrdiff_t lo = unit_start(text, number_end), hi = lo;
    while (hi < text.n && byte_is_alpha(text.p[hi])) hi++;
    size_t i = 0;
    while (i < COUNT_OF(units) && !str_eq(str_slice(text, lo, hi), str_from_cstr(units[i].name))) i++;
    return i;
}

unit_at unit_find(str text, ptrdiff_t number_end) {
    ptrdiff_t lo = unit_start(text, number_end);
    size_t i = unit_index(text, number_end);
    if (i == COUNT_OF(units)) return (unit_at){lo, lo, 1, 0};
    return (unit_at){lo, lo + (ptrdiff_t)strlen(units[i].name), units[i].factor, units[i].dimension};
}

static double printed_unit(int decimals) {
    double unit = 1;
    for (int i = 0; i < decimals; i++) unit /= 10;
    return unit;
}

static void put_number(str text, const number_at *at, double value, int decimals, buf *out) {
    char by[64];
    snprintf(by, sizeof by, "%.*f", decimals, value);
    put_replaced(text, at->lo, at->hi, str_from_cstr(by), out);
}

/* The number becomes "low to high". Only before a unit or a noun: a bare cell has no room for it. */
static bool put_interval(str text, const number_at *x, double low, double high, buf *out) {
    ptrdiff_t behind = unit_start(text, x->hi);
    bool noun = behind < text.n && text.p[behind] >= 'a' && text.p[behind] <= 'z';
    bool sign = behind < text.n && (text.p[behind] == '%' || text.p[behind] >= 0x80);
    if (!noun && !sign && unit_index(text, x->hi) == COUNT_OF(units)) return false;
    if (text.p[x->hi] == '-' || (x->lo > 0 && (text.p[x->lo - 1] == '~' || text.p[x->lo - 1] >= 0x80))) return false;
    double step = printed_unit(x->decimals);
    if (low < step || high < low + step) return false;
    char by[96];
    snprintf(by, sizeof by, "%.*f to %.*f", x->decimals, low, x->decimals, high);
    put_replaced(text, x->lo, x->hi, str_from_cstr(by), out);
    return true;
}

/* Another end: of the interval that the claim states, or of one around its only number. */
static bool interval_mutate(str text, const number_at *x, bool up, buf *out) {
    number_at second;
    double step = printed_unit(x->decimals);
    if (number_find(text, x->hi, &second) && second.value > 0) {
        const number_at *end = up ? &second : x;
        double value = up ? end->value * 1.5 + 3 * printed_unit(end->decimals) : end->value * 0.6;
        if (!up && value < printed_unit(end->decimals)) return false;
        put_number(text, end, value, end->decimals, out);
        return true;
    }
    return up ? put_interval(text, x, x->value * 1.25 + 2 * step, x->value * 1.5 + 4 * step, out)
              : put_interval(text, x, x->value * 0.5, x->value * 0.75 - step, out);
}

bool quantity_widen(str text, buf *out) {
    number_at x, second;
    if (!number_find(text, 0, &x) || x.value <= 0 || number_find(text, x.hi, &second)) return false;
    double step = printed_unit(x.decimals);
    return put_interval(text, &x, x.value * 0.92 - step, x.value * 1.08 + step, out);
}

/* The unit in words: "gigabits", "gibibytes". Not of a rate, and not joined to its number ("16GB"). */
static bool put_spelled(str text, ptrdiff_t lo, ptrdiff_t hi, const char *unit, buf *out) {
    static const char *const words[][2] = {
        {"kB", "kilobytes"},  {"MB", "megabytes"},  {"GB", "gigabytes"},  {"TB", "terabytes"}, {"KiB", "kibibytes"},
        {"MiB", "mebibytes"}, {"GiB", "gibibytes"}, {"TiB", "tebibytes"}, {"kb", "kilobits"},  {"Kb", "kilobits"},
        {"Mb", "megabits"},   {"Gb", "gigabits"},   {"Tb", "terabits"}};
    if (!unit || lo == 0 || text.p[lo - 1] != ' ' || (hi < text.n && text.p[hi] == '/')) return false;
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (strcmp(words[i][0], unit) == 0) return put_replaced(text, lo, hi, str_from_cstr(words[i][1]), out), true;
    return false;
}

bool quantity_mutate(str text, number_at x, enum quantity_mutation kind, double tolerance, buf *out) {
    if (x.value <= 0) return false;
    double unit = printed_unit(x.decimals);
    size_t i = unit_index(text, x.hi);
    ptrdiff_t lo = unit_start(text, x.hi), hi = i < COUNT_OF(units) ? lo + (ptrdiff_t)strlen(units[i].name) : lo;
    switch (kind) {
    case QUANTITY_TEN: put_number(text, &x, x.value * 10, x.decimals, out); return true;
    case QUANTITY_THOUSAND: put_number(text, &x, x.value * 1000, x.decimals, out); return true;
    case QUANTITY_BINARY_SPELLED: /* "121.7 GiB" as "121.7 gigabytes" */
    case QUANTITY_BINARY_UNIT: {
        if (i == COUNT_OF(units) || !units[i].binary) return false;
        size_t k = 0;
        while (k < COUNT_OF(units) && strcmp(units[k].name, units[i].binary) != 0) k++;
        double other = units[k].factor / units[i].factor;
        if (x.value * (other > 1 ? other - 1 : 1 - other) < unit) return false; /* rounding could say either */
        if (kind == QUANTITY_BINARY_SPELLED) return put_spelled(text, lo, hi, units[i].binary, out);
        put_replaced(text, lo, hi, str_from_cstr(units[i].binary), out);
        return true;
    }
    case QUANTITY_BIT_SPELLED: return i < COUNT_OF(units) && put_spelled(text, lo, hi, units[i].bits, out);
    case QUANTITY_BIT_UNIT:
        if (i == COUNT_OF(units) || !units[i].bits) return false;
        put_replaced(text, lo, hi, str_from_cstr(units[i].bits), out);
        return true;
    case QUANTITY_NEAR: {
        /* Just outside what the fact and the printed precision allow. */
        double step = x.value * (tolerance + 0.04);
        if (step < 1.6 * unit) step = 2 * unit;
        put_number(text, &x, x.value + step, x.decimals, out);
        return true;
    }
    case QUANTITY_ABOUT_WRONG: {
        char by[64];
        snprintf(by, sizeof by, "~%.*f", x.decimals, x.value * 1.6 + 2 * unit);
        if (x.lo > 0 && (text.p[x.lo - 1] == '~' || text.p[x.lo - 1] >= 0x80)) return false;
        put_replaced(text, x.lo, x.hi, str_from_cstr(by), out);
        return true;
    }
    default: return interval_mutate(text, &x, kind == QUANTITY_END_UP, out);
    }
}

/* ---- cadences -------------------------------------------------------------------------------------------------- */

static const char *const weekdays[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

/* A word of the text, ASCII case folded, on word boundaries. */
static ptrdiff_t word_find(str text, const char *wanted) {
    ptrdiff_t n = (ptrdiff_t)strlen(wanted);
    for (ptrdiff_t i = 0; i + n <= text.n; i++) {
        bool begins = i == 0 || !byte_is_alnum(text.p[i - 1]);
        bool ends = i + n == text.n || !byte_is_alnum(text.p[i + n]);
        if (begins && ends && str_eq_nocase(str_slice(text, i, i + n), str_from_cstr(wanted))) return i;
    }
    return -1;
}

static void put_word(str text, ptrdiff_t at, const char *was, const char *by, buf *out) {
    char first[2] = {by[0], 0};
    if (text.p[at] >= 'A' && text.p[at] <= 'Z' && by[0] >= 'a') first[0] = (char)(by[0] - 'a' + 'A');
    buf_str(out, str_slice(text, 0, at));
    buf_cstr(out, first);
    buf_cstr(out, by + 1);
    buf_str(out, str_slice(text, at + (ptrdiff_t)strlen(was), text.n));
}

static bool other_weekday(str text, size_t by, buf *out) {
    for (size_t d = 0; d < 7; d++) {
        ptrdiff_t at = word_find(text, weekdays[d]);
        if (at >= 0) return put_word(text, at, weekdays[d], weekdays[(d + by) % 7], out), true;
        char brief[4] = {weekdays[d][0], weekdays[d][1], weekdays[d][2], 0};
        char other[4] = {weekdays[(d + by) % 7][0], weekdays[(d + by) % 7][1], weekdays[(d + by) % 7][2], 0};
        at = word_find(text, brief);
        if (at >= 0) return put_word(text, at, brief, other, out), true;
    }
    return false;
}

static bool other_time(str text, int minutes, buf *out) {
    for (ptrdiff_t i = 0; i + 5 <= text.n; i++)
        if (byte_is_digit(text.p[i]) && byte_is_digit(text.p[i + 1]) && text.p[i + 2] == ':' &&
            byte_is_digit(text.p[i + 3]) && byte_is_digit(text.p[i + 4])) {
            char by[8];
            int now = ((text.p[i] - '0') * 10 + text.p[i + 1] - '0') * 60 + (text.p[i + 3] - '0') * 10 + text.p[i + 4] -
                      '0' + minutes;
            snprintf(by, sizeof by, "%02d:%02d", now / 60 % 24, now % 60);
            return put_replaced(text, i, i + 5, str_from_cstr(by), out), true;
        }
    return false;
}

/* Another period: the phrase as it stands, two that are none of it. */
static bool other_period(str text, int pick, buf *out) {
    static const char *const swaps[][3] = {{"every ten minutes", "every two days", "every six hours"},
                                           {"every minute", "every day", "every week"},
                                           {"every weekday", "every Saturday", "twice a month"},
                                           {"every night", "every hour", "every week"},
                                           {"every day", "every month", "every hour"},
                                           {"every week", "every day", "every quarter"},
                                           {"every hour", "every week", "every month"},
                                           {"each month", "each week", "each quarter"},
                                           {"each quarter", "each week", "each month"},
                                           {"once a quarter", "once a week", "once a month"},
                                           {"once a month", "once a week", "once a year"},
                                           {"once a week", "once a month", "once a day"},
                                           {"nightly", "weekly", "hourly"},
                                           {"daily", "monthly", "weekly"},
                                           {"weekly", "daily", "monthly"},
                                           {"monthly", "daily", "weekly"},
                                           {"hourly", "weekly", "daily"},
                                           {"on each tag", "every Friday", "once a month"},
                                           {"on each approved article", "every Friday", "once a month"},
                                           {"on each publish", "every Friday", "once a month"},
                                           {"on each model change", "every Monday", "once a quarter"},
                                           {"on each outage", "every Monday", "once a quarter"},
                                           {"quarter", "week", "year"}};
    for (size_t i = 0; i < COUNT_OF(swaps); i++) {
        ptrdiff_t at = word_find(text, swaps[i][0]);
        if (at >= 0) return put_word(text, at, swaps[i][0], swaps[i][pick], out), true;
    }
    return false;
}

static bool weekday_follows(str text, ptrdiff_t at) {
    ptrdiff_t space = str_find_byte(text, ' ', at);
    for (size_t d = 0; d < 7 && space >= 0; d++)
        if (str_starts(str_slice(text, space + 1, text.n), str_from_cstr(weekdays[d]))) return true;
    return false;
}

/* "the first Sunday": another one of the month. */
static bool other_ordinal(str text, int pick, buf *out) {
    static const char *const swaps[][3] = {{"first", "third", "last"},
                                           {"second", "fourth", "last"},
                                           {"third", "first", "last"},
                                           {"last", "first", "second"}};
    for (size_t i = 0; i < COUNT_OF(swaps); i++) {
        ptrdiff_t at = word_find(text, swaps[i][0]);
        if (at >= 0 && weekday_follows(text, at)) return put_word(text, at, swaps[i][0], swaps[i][pick], out), true;
    }
    return false;
}

/* "every 90 days": another number. */
static bool other_count(str text, double by, buf *out) {
    number_at x;
    ptrdiff_t at = word_find(text, "every");
    if (at < 0 || !number_find(text, at, &x) || x.lo > at + 6) return false;
    put_number(text, &x, x.value * by, 0, out);
    return true;
}

bool cadence_mutate(str text, int variant, buf *out) {
    for (int tried = 0; tried < 12; tried++) {
        size_t before = out->n;
        bool done = false;
        switch (tried) {
        case 0: done = other_weekday(text, 3, out); break;
        case 1: done = other_time(text, 7 * 60, out); break;
        case 2: done = other_period(text, 1, out); break;
        case 3: done = other_count(text, 3, out); break;
        case 4: done = other_ordinal(text, 1, out); break;
        case 5: done = other_period(text, 2, out); break;
        case 6: done = other_weekday(text, 5, out); break;
        case 7: done = other_time(text, 13 * 60 + 25, out); break;
        case 8: done = other_count(text, 10, out); break;
        case 9: done = other_ordinal(text, 2, out); break;
        case 10: done = other_weekday(text, 1, out); break;
        default: done = other_time(text, 35, out); break;
        }
        if (done && variant-- == 0) return true;
        out->n = before;
    }
    return false;
}
