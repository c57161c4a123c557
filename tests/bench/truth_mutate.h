/* truth_mutate.h - one falsehood at a time: a true claim's text in, a false one of a named kind out.
 *
 * Every mutation is deterministic: (claim, kind, variant) give the same text. A mutation returns false where the claim
 * has nothing of that kind to falsify. Nothing here knows how the extractor works.
 */
#ifndef ASSAY_TESTS_TRUTH_MUTATE_H
#define ASSAY_TESTS_TRUTH_MUTATE_H

#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct number_at {
    ptrdiff_t lo, hi; /* digits, one decimal point and thousands separators included */
    double value;
    int decimals;
    bool grouped;
} number_at;

/* The first number of a text that is not part of a word; false when there is none. */
static bool number_find(str text, ptrdiff_t from, number_at *out) {
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

static void put_replaced(str text, ptrdiff_t lo, ptrdiff_t hi, const char *by, buf *out) {
    buf_str(out, str_slice(text, 0, lo));
    buf_cstr(out, by);
    buf_str(out, str_slice(text, hi, text.n));
}

/* ---- versions -------------------------------------------------------------------------------------------------- */

typedef struct version_at {
    ptrdiff_t lo, hi; /* digits and points */
    int parts;
    ptrdiff_t part_lo[8], part_hi[8];
} version_at;

static bool version_find(str text, version_at *out) {
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

enum version_mutation {
    VERSION_PATCH,
    VERSION_MINOR,
    VERSION_MAJOR,
    VERSION_TRANSPOSED,
    VERSION_OTHER_SCHEME,
    VERSION_MUTATIONS
};

static bool version_mutate(str text, enum version_mutation kind, buf *out) {
    version_at v;
    char by[64];
    if (!version_find(text, &v)) return false;
    int part = kind == VERSION_MAJOR ? 0 : kind == VERSION_MINOR ? 1 : v.parts - 1;
    if (kind == VERSION_OTHER_SCHEME) {
        put_replaced(text, v.lo, v.hi, v.parts == 1 ? "77.9" : "2031.7", out);
        return true;
    }
    if (part >= v.parts || (kind == VERSION_PATCH && v.parts < 3) || (kind == VERSION_MINOR && v.parts < 2))
        return false;
    if (kind == VERSION_TRANSPOSED) {
        for (ptrdiff_t i = v.lo; i + 1 < v.hi; i++)
            if (byte_is_digit(text.p[i]) && byte_is_digit(text.p[i + 1]) && text.p[i] != text.p[i + 1] &&
                text.p[i + 1] != '0') {
                snprintf(by, sizeof by, "%c%c", text.p[i + 1], text.p[i]);
                put_replaced(text, i, i + 2, by, out);
                return true;
            }
        return false;
    }
    uint64_t n;
    if (!str_to_u64(str_slice(text, v.part_lo[part], v.part_hi[part]), &n)) return false;
    snprintf(by, sizeof by, "%llu", (unsigned long long)n + 1);
    put_replaced(text, v.part_lo[part], v.part_hi[part], by, out);
    return true;
}

/* ---- quantities ------------------------------------------------------------------------------------------------ */

enum quantity_mutation {
    QUANTITY_TEN,
    QUANTITY_THOUSAND,
    QUANTITY_BINARY_UNIT,
    QUANTITY_BIT_UNIT,
    QUANTITY_NEAR,
    QUANTITY_ABOUT_WRONG,
    QUANTITY_INTERVAL_END,
    QUANTITY_MUTATIONS
};

static void put_number(str text, const number_at *at, double value, int decimals, buf *out) {
    char by[64];
    snprintf(by, sizeof by, "%.*f", decimals, value);
    put_replaced(text, at->lo, at->hi, by, out);
}

static bool quantity_mutate(str text, enum quantity_mutation kind, double tolerance, buf *out) {
    number_at first, second;
    if (!number_find(text, 0, &first) || first.value <= 0) return false;
    double unit = 1;
    for (int i = 0; i < first.decimals; i++) unit /= 10;
    switch (kind) {
    case QUANTITY_TEN: put_number(text, &first, first.value * 10, first.decimals, out); return true;
    case QUANTITY_THOUSAND: put_number(text, &first, first.value * 1000, first.decimals, out); return true;
    case QUANTITY_BINARY_UNIT: {
        ptrdiff_t at = str_find(text, STR(" GiB"), 0);
        if (at >= 0 && first.value >= 20) return put_replaced(text, at, at + 4, " GB", out), true;
        at = str_find(text, STR(" GB"), 0);
        if (at < 0 || first.value < 20 || str_find(text, STR("GB/s"), 0) >= 0) return false;
        return put_replaced(text, at, at + 3, " GiB", out), true;
    }
    case QUANTITY_BIT_UNIT: {
        static const char *const pairs[][2] = {{" GB/s", " Gb/s"}, {" MB/s", " Mb/s"}, {" Mb/s", " MB/s"},
                                               {" Gb/s", " GB/s"}, {" GB", " Gb"},     {" TB", " Tb"}};
        for (size_t i = 0; i < COUNT_OF(pairs); i++) {
            ptrdiff_t at = str_find(text, str_from_cstr(pairs[i][0]), 0);
            if (at >= 0) return put_replaced(text, at, at + (ptrdiff_t)strlen(pairs[i][0]), pairs[i][1], out), true;
        }
        return false;
    }
    case QUANTITY_NEAR: {
        /* Just outside what the fact and the printed precision allow. */
        double step = first.value * (tolerance + 0.04);
        if (step < 1.6 * unit) step = 2 * unit;
        put_number(text, &first, first.value + step, first.decimals, out);
        return true;
    }
    case QUANTITY_ABOUT_WRONG: {
        char by[64];
        snprintf(by, sizeof by, "~%.*f", first.decimals, first.value * 1.6 + 2 * unit);
        if (first.lo > 0 && (text.p[first.lo - 1] == '~' || text.p[first.lo - 1] >= 0x80)) return false;
        put_replaced(text, first.lo, first.hi, by, out);
        return true;
    }
    default:
        if (!number_find(text, first.hi, &second) || second.value <= 0) return false;
        put_number(text, &second, second.value * 1.5 + 3, second.decimals, out);
        return true;
    }
}

/* ---- processes ------------------------------------------------------------------------------------------------- */

/* Another cadence, or another time of day. */
static bool cadence_mutate(str text, buf *out) {
    static const char *const swaps[][2] = {{"every night", "every hour"},
                                           {"Every night", "Every hour"},
                                           {"nightly", "weekly"},
                                           {"daily", "monthly"},
                                           {"every day", "every month"},
                                           {"weekly", "daily"},
                                           {"every week", "every day"},
                                           {"monthly", "daily"},
                                           {"Sunday", "Wednesday"},
                                           {"Monday", "Thursday"},
                                           {"Tuesday", "Saturday"},
                                           {"Wednesday", "Sunday"},
                                           {"Thursday", "Monday"},
                                           {"Friday", "Tuesday"},
                                           {"Saturday", "Monday"},
                                           {"hourly", "weekly"},
                                           {"every hour", "every week"},
                                           {"quarter", "week"},
                                           {"every ten minutes", "every two days"},
                                           {"every minute", "every day"},
                                           {"each month", "each day"}};
    for (size_t i = 0; i < COUNT_OF(swaps); i++) {
        ptrdiff_t at = str_find(text, str_from_cstr(swaps[i][0]), 0);
        if (at >= 0) return put_replaced(text, at, at + (ptrdiff_t)strlen(swaps[i][0]), swaps[i][1], out), true;
    }
    for (ptrdiff_t i = 0; i + 5 <= text.n; i++)
        if (byte_is_digit(text.p[i]) && byte_is_digit(text.p[i + 1]) && text.p[i + 2] == ':' &&
            byte_is_digit(text.p[i + 3])) {
            char by[8];
            int hour = (text.p[i] - '0') * 10 + text.p[i + 1] - '0';
            snprintf(by, sizeof by, "%02d", (hour + 7) % 24);
            return put_replaced(text, i, i + 2, by, out), true;
        }
    return false;
}

/* "a, b, c" becomes "b, a, c": steps in the wrong order; with `drop`, "a, c". */
static bool steps_mutate(str text, bool drop, buf *out) {
    ptrdiff_t commas[2], n = 0;
    for (ptrdiff_t i = 0; i + 1 < text.n && n < 2; i++)
        if (text.p[i] == ',' && text.p[i + 1] == ' ') commas[n++] = i;
    if (n < 2) return false;
    str a = str_slice(text, 0, commas[0]), b = str_slice(text, commas[0] + 2, commas[1]),
        c = str_slice(text, commas[1], text.n);
    ptrdiff_t space = -1; /* the first step may follow a lead-in: keep "does " before "a dump" */
    for (ptrdiff_t i = a.n; i-- > 0 && space < 0;)
        if (a.p[i] == ':') space = i + 2;
    str lead = str_slice(a, 0, space > 0 ? space : 0);
    a = str_slice(a, lead.n, a.n);
    if (a.n == 0 || b.n == 0) return false;
    buf_str(out, lead);
    buf_str(out, drop ? a : b);
    if (!drop) buf_cstr(out, ", "), buf_str(out, a);
    buf_str(out, c);
    return true;
}

#endif
