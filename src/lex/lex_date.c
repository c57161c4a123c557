/* lex_date.c - dates and times of day.
 *
 * In: a run of digits. Out: one TOKEN_DATE or TOKEN_TIME, or nothing.
 *
 *     2026-05-18 [T14:05:09Z]   2026-05   2026/05/18   18.05.2026   05/18/2026   18 May 2026   May 18, 2026   May 2026
 *     14:05  14:05:09.250  3 pm  3:30 pm          in 2026 (a cue and no unit behind it)         2024–2026
 *
 * Only real months and days count, so that 24.04 and 19/40/2000 are no dates. A single-digit hour is a time with am/pm
 * or on the quarter ("9:30"); else it is a ratio ("1:10").
 */
#include "lex/lex_internal.h"

static int digits_at(const lexer *x, ptrdiff_t i, int most, int *value) {
    int n = 0;
    *value = 0;
    while (n < most && byte_is_digit(at(x, i + n))) *value = *value * 10 + (at(x, i + n) - '0'), n++;
    return byte_is_digit(at(x, i + n)) ? 0 : n;
}

static bool month_day(int month, int day) { return month >= 1 && month <= 12 && day >= 1 && day <= 31; }

static ptrdiff_t emit_date(lexer *x, ptrdiff_t lo, ptrdiff_t hi) {
    lex_emit(x, TOKEN_DATE, lo, hi);
    return hi;
}

/* End of Z, +02:00, +0200 behind a time of day. */
static ptrdiff_t zone_end(const lexer *x, ptrdiff_t i) {
    static const str ZONES[] = {LIT("UTC"),  LIT("GMT"), LIT("CET"), LIT("CEST"), LIT("EET"),
                                LIT("EEST"), LIT("BST"), LIT("EST"), LIT("EDT"),  LIT("CST"),
                                LIT("PST"),  LIT("PDT"), LIT("MST"), LIT("JST"),  LIT("IST")};
    int value;
    if (at(x, i) == 'Z' && lex_boundary(x, i + 1)) return i + 1;
    if ((at(x, i) == '+' || at(x, i) == '-') && digits_at(x, i + 1, 2, &value) == 2 && at(x, i + 3) == ':' &&
        digits_at(x, i + 4, 2, &value) == 2)
        return i + 6;
    if ((at(x, i) == '+' || at(x, i) == '-') && digits_at(x, i + 1, 4, &value) == 4) return i + 5;
    ptrdiff_t gap = lex_blank(x, i);
    for (size_t k = 0; k < COUNT_OF(ZONES); k++) {
        ptrdiff_t n = lex_literal(x, i + gap, ZONES[k]);
        if (n && at(x, i + gap) <= 'Z') return i + gap + n;
    }
    return i;
}

/* HH:MM[:SS[.fff]][zone] at i: end, or 0. */
static ptrdiff_t clock_end(const lexer *x, ptrdiff_t i, int *hour_digits, int *minute) {
    int hour, second;
    *hour_digits = digits_at(x, i, 2, &hour);
    ptrdiff_t p = i + *hour_digits;
    if (!*hour_digits || hour > 24 || at(x, p) != ':' || digits_at(x, p + 1, 2, minute) != 2 || *minute > 59) return 0;
    p += 3;
    if (at(x, p) == ':' && digits_at(x, p + 1, 2, &second) == 2 && second <= 60) {
        p += 3;
        if ((at(x, p) == '.' || at(x, p) == ',') && byte_is_digit(at(x, p + 1)))
            for (p++; byte_is_digit(at(x, p));) p++;
    }
    if ((at(x, p) == ':' || at(x, p) == '.') && byte_is_digit(at(x, p + 1))) return 0;
    if (at(x, i - 1) == ':') return 0; /* 0000:01:00.0 is a PCI address */
    ptrdiff_t zone = zone_end(x, p);
    return zone > p ? zone : lex_boundary(x, p) ? p : 0;
}

static ptrdiff_t iso(lexer *x, ptrdiff_t i, ptrdiff_t d, int year) {
    uint8_t sep = at(x, d);
    int month, day, hour_digits, minute;
    if (sep != '-' && sep != '/' && sep != '.') return 0;
    if (year < 1000 || digits_at(x, d + 1, 2, &month) != 2) {
        bool years = sep == '-' && year >= 1900 && year < 2100 && digits_at(x, d + 1, 4, &month) == 4 && month > year &&
                     month < 2100;
        return years && lex_boundary(x, d + 5) && at(x, d + 5) != '-' ? emit_date(x, i, d + 5) : 0;
    }
    if (at(x, d + 3) == sep && digits_at(x, d + 4, 2, &day) == 2 && month_day(month, day)) {
        ptrdiff_t end = d + 6;
        if (at(x, end) == 'T' || at(x, end) == '_') {
            ptrdiff_t time = clock_end(x, end + 1, &hour_digits, &minute);
            if (time) return emit_date(x, i, time);
        }
        bool more = (at(x, end) == '.' || at(x, end) == '-') && byte_is_digit(at(x, end + 1));
        return lex_boundary(x, end) && !more ? emit_date(x, i, end) : 0;
    }
    bool month_only = sep != '.' && month_day(month, 1) && year >= 1900 && year < 2100 && lex_boundary(x, d + 3) &&
                      at(x, d + 3) != sep;
    return month_only ? emit_date(x, i, d + 3) : 0;
}

/* 18.05.2026, 5/18/2026, 18/05/2026 */
static ptrdiff_t day_first(lexer *x, ptrdiff_t i, ptrdiff_t d, int first) {
    uint8_t sep = at(x, d);
    int second, year;
    if (sep != '.' && sep != '/' && sep != '-') return 0;
    int n = digits_at(x, d + 1, 2, &second);
    ptrdiff_t p = d + 1 + n;
    if (!n || at(x, p) != sep || digits_at(x, p + 1, 4, &year) != 4 || !lex_boundary(x, p + 5) || year < 1900 ||
        year > 2100)
        return 0;
    if (at(x, p + 5) == '.' && byte_is_digit(at(x, p + 6))) return 0;
    return month_day(second, first) || month_day(first, second) ? emit_date(x, i, p + 5) : 0;
}

static ptrdiff_t ordinal_end(const lexer *x, ptrdiff_t p) {
    static const str ENDINGS[] = {LIT("st"), LIT("nd"), LIT("rd"), LIT("th")};
    for (size_t k = 0; k < COUNT_OF(ENDINGS); k++)
        if (lex_literal(x, p, ENDINGS[k])) return p + 2;
    return p;
}

/* ", 2026" or " 2026" behind day and month. */
static ptrdiff_t year_end(const lexer *x, ptrdiff_t p) {
    ptrdiff_t q = p + (at(x, p) == ',');
    q += lex_blank(x, q);
    int year;
    if (q == p || digits_at(x, q, 4, &year) != 4 || year < 1900 || year > 2100 || !lex_boundary(x, q + 4)) return p;
    return at(x, q + 4) == '.' && byte_is_digit(at(x, q + 5)) ? p : q + 4;
}

static ptrdiff_t with_month(lexer *x, ptrdiff_t i, ptrdiff_t d, int value) {
    ptrdiff_t before = lex_blanks_before(x, i);
    range m = lex_word_before(x, before);
    if (before < i && at(x, before - 1) == '.' && range_empty(m)) m = lex_word_before(x, before - 1); /* "Sept. 4" */
    if (before < i && lex_month(range_str(x, m))) {
        if (d - i == 4 && value >= 1900 && value <= 2100 && lex_boundary(x, d)) return emit_date(x, m.lo, d);
        ptrdiff_t end = ordinal_end(x, d);
        if (d - i <= 2 && value >= 1 && value <= 31 && lex_boundary(x, end) &&
            !(at(x, end) == '.' && byte_is_digit(at(x, end + 1))) && at(x, end) != '%') {
            return emit_date(x, m.lo, year_end(x, end));
        }
        return 0;
    }
    if (d - i > 2 || value < 1 || value > 31) return 0;
    ptrdiff_t p = ordinal_end(x, d), gap = lex_blank(x, p);
    if (!gap) return 0;
    ptrdiff_t of = lex_literal(x, p + gap, STR("of"));
    if (of) p += gap + of, gap = lex_blank(x, p);
    if (lex_class[at(x, p + gap)] != B_UPPER) return 0;
    m = lex_letters_at(x, p + gap);
    if (!gap || !lex_month(range_str(x, m))) return 0;
    return emit_date(x, i, year_end(x, m.hi));
}

ptrdiff_t lex_date(lexer *x, ptrdiff_t i, ptrdiff_t d) {
    int value;
    if (d - i > 4 || !digits_at(x, i, 4, &value)) return 0;
    ptrdiff_t end = d - i == 4 ? iso(x, i, d, value) : d - i <= 2 ? day_first(x, i, d, value) : 0;
    return end ? end : with_month(x, i, d, value);
}

static ptrdiff_t half_day_end(const lexer *x, ptrdiff_t p) { /* am, pm, a.m., p.m. */
    p += lex_blank(x, p);
    static const str HALVES[] = {LIT("a.m."), LIT("p.m."), LIT("am"), LIT("pm")};
    for (size_t k = 0; k < COUNT_OF(HALVES); k++) {
        ptrdiff_t n = lex_literal(x, p, HALVES[k]);
        if (n) return p + n;
    }
    return 0;
}

ptrdiff_t lex_time(lexer *x, ptrdiff_t i, ptrdiff_t d) {
    int hour_digits, minute, hour;
    if (d - i > 2) return 0;
    ptrdiff_t end = clock_end(x, i, &hour_digits, &minute);
    if (end) {
        ptrdiff_t half = half_day_end(x, end);
        bool seconds = end > d + 3;
        if (!half && hour_digits == 1 && minute % 15 && !seconds) return 0;
        if (half) end = half;
        lex_emit(x, TOKEN_TIME, i, end);
        return end;
    }
    end = half_day_end(x, d);
    if (!end || !digits_at(x, i, 2, &hour) || hour < 1 || hour > 12) return 0;
    if (str_eq(str_slice(x->s, end - 2, end), STR("am")) && at(x, end - 3) == ' ' && lex_blank(x, end) &&
        byte_is_alpha(at(x, end + 1)) && i >= 2 && at(x, i - 2) == 'I')
        return 0;
    lex_emit(x, TOKEN_TIME, i, end);
    return end;
}

ptrdiff_t lex_year(lexer *x, ptrdiff_t i, ptrdiff_t d) {
    int year, other;
    if (d - i != 4 || !digits_at(x, i, 4, &year) || year < 1990 || year > 2099) return 0;
    if (at(x, d) == 's' && year % 10 == 0 && lex_boundary(x, d + 1)) return emit_date(x, i, d + 1);
    if (!lex_boundary(x, d) || (at(x, d) == '.' && byte_is_digit(at(x, d + 1))) || at(x, d) == '%' || at(x, d) == ':')
        return 0;
    uint32_t dash;
    ptrdiff_t n = lex_code_point(x, d, &dash);
    if (dash == 0x2013 && digits_at(x, d + n, 4, &other) == 4 && other > year && other < 2100)
        return emit_date(x, i, d + n + 4);
    ptrdiff_t before = lex_blanks_before(x, i);
    range w = lex_word_before(x, before);
    unit_id unit;
    ptrdiff_t gap = lex_blank(x, d);
    if (gap && unit_match(x->s, d + gap, &unit)) return 0;
    if (gap) {
        range next = lex_word_at(x, d + gap);
        if (unit_noun_plural(range_str(x, next)) && !(lex_cues(range_str(x, next)) & CUE_STOP)) return 0;
    }
    const token *last = lex_last(x);
    bool linked = last && last->kind == TOKEN_DATE && i - lex_offset(x, last->text.hi) <= 5;
    bool cued = before < i && (lex_cues(range_str(x, w)) & CUE_YEAR);
    return linked || cued ? emit_date(x, i, d) : 0;
}
