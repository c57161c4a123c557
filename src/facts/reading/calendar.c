/* calendar.c - see calendar.h. "may" is a month with a capital only. */
#include "facts/reading/calendar.h"

#include "manifest/date.h"

enum { LEAP_YEAR = 2024 };

/* Has the month that day? A February whose year is not stated may have 29. */
static bool is_real(const calendar *c) {
    return date_make(c->year ? c->year : LEAP_YEAR, c->month, c->day ? c->day : 1) != 0;
}

/* The whole number that the word is, 0 where it is none. "19th" is 19. */
static unsigned number_of(str said) {
    unsigned value = 0;
    ptrdiff_t n = 0;
    while (n < said.n && n < 5 && byte_is_digit(said.p[n])) value = value * 10 + (unsigned)(said.p[n++] - '0');
    str rest = str_slice(said, n, said.n);
    return n && (!rest.n || (n < 3 && str_is_among(rest, "st nd rd th"))) ? value : 0;
}

static unsigned ordinal_of(str said) {
    static const char *const names[] = {"first", "second", "third", "fourth", "fifth", "sixth"};
    for (unsigned i = 0; i < COUNT_OF(names); i++)
        if (str_eq_nocase(said, str_from_cstr(names[i]))) return i + 1;
    return number_of(said);
}

static unsigned month_named(str said) {
    static const char *const names[] = {"January", "February", "March",     "April",   "May",      "June",
                                        "July",    "August",   "September", "October", "November", "December"};
    if (!said.n || said.p[0] < 'A' || said.p[0] > 'S') return 0; /* "April" to "September" */
    if (str_ends(said, STR("'s"))) said.n -= 2;
    if (str_ends(said, STR("\xe2\x80\x99s"))) said.n -= 4;
    for (unsigned i = 0; i < COUNT_OF(names); i++)
        if (str_eq(said, str_from_cstr(names[i]))) return i + 1;
    return 0;
}

static str word_at(const passage *p, uint32_t i) {
    return i < p->word_count ? surface_slice(p->on, p->words[i].lo, p->words[i].hi) : (str){0};
}

static bool follows(const passage *p, uint32_t i, uint8_t glue) {
    return i > 0 && i < p->word_count && p->words[i].lo == p->words[i - 1].hi + 1 &&
           p->on->text.p[p->words[i - 1].hi] == glue;
}

bool calendar_at(const passage *p, uint32_t i, calendar *out) {
    unsigned year = number_of(word_at(p, i));
    *out = (calendar){0};
    if (year > 1900 && year < 2200 && follows(p, i + 1, '-')) {
        *out = (calendar){year, number_of(word_at(p, i + 1)), 0};
        if (follows(p, i + 2, '-')) out->day = number_of(word_at(p, i + 2));
        return out->month >= 1 && out->month <= 12 && out->day < 32;
    }
    out->month = month_named(word_at(p, i));
    if (!out->month) return false;
    uint32_t before = i > 1 && word_in(p, i - 1, "of") ? i - 2 : i - 1, year_at = i + 1;
    if (i > 0 && before < i) out->day = before < i - 1 ? ordinal_of(word_at(p, before)) : number_of(word_at(p, before));
    if (out->day > 31) out->day = 0;
    unsigned next = number_of(word_at(p, i + 1));
    if (!out->day && next > 0 && next < 32 && follows(p, i + 1, ' ')) { /* "July 8," but not "In May 8 drafts" */
        uint32_t end = p->words[i + 1].hi;
        unsigned after = number_of(word_at(p, i + 2));
        if (end >= p->text.hi || p->on->text.p[end] != ' ' || (after > 1900 && after < 2200)) {
            out->day = next;
            year_at = i + 2;
        }
    }
    unsigned behind = number_of(word_at(p, year_at));
    if (behind > 1900 && behind < 2200) out->year = behind;
    bool part = before + 1 < i && !out->day && word_in(p, before, "day days night nights week weeks weekend morning");
    return !part; /* "on the busiest day of May" */
}

bool calendar_day_at(const passage *p, uint32_t i, unsigned *day) {
    str said = word_at(p, i);
    *day = number_of(said);
    return *day > 0 && *day < 32 && said.n > 2 && !byte_is_digit(said.p[said.n - 1]);
}

bool calendar_year_at(const passage *p, uint32_t i, unsigned *year) {
    *year = number_of(word_at(p, i));
    return *year > 1900 && *year < 2200;
}

/* "Feb", "Sept", "February": a date token holds no word else that begins so. */
static unsigned month_abbreviated(str said) {
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    for (unsigned m = 0; said.n >= 3 && m < 12; m++)
        if (str_eq_nocase(str_slice(said, 0, 3), str_make(names + 3 * m, 3))) return m + 1;
    return 0;
}

/* The numbers of a date without a month's name: "2026-02-28", "28.02.2026", "02/28/2026". */
static void order_numbers(const unsigned number[3], unsigned n, bool year_first, calendar *out) {
    out->month = n ? number[0] : 0;
    out->day = n > 1 ? number[1] : 0;
    if (year_first || n < 2) return;
    calendar day_first = {out->year, number[1], number[0]};
    if (is_real(&day_first)) *out = day_first;
}

bool calendar_read(str text, calendar *out, str *rest) {
    unsigned number[3] = {0}, n = 0;
    bool year_first = false;
    ptrdiff_t i = 0;
    *out = (calendar){0};
    while (i < text.n) {
        ptrdiff_t end = i + 1;
        if (byte_is_digit(text.p[i])) {
            unsigned value = (unsigned)(text.p[i] - '0');
            for (; end < text.n && byte_is_digit(text.p[end]) && end - i < 5; end++)
                value = value * 10 + (unsigned)(text.p[end] - '0');
            if (end - i == 4) {
                year_first = year_first || !n;
                out->year = value;
            } else if (end - i > 2 || n > 1) {
                return false;
            } else {
                number[n++] = value;
            }
        } else if (byte_is_alpha(text.p[i])) {
            while (end < text.n && byte_is_alpha(text.p[end])) end++;
            if (end - i == 1 && text.p[i] == 'T' && n == 2) break;
            if (!out->month) out->month = month_abbreviated(str_slice(text, i, end));
        } else if (text.p[i] == '_' && n == 2) {
            break;
        }
        i = end;
    }
    *rest = str_slice(text, i, text.n);
    if (out->month)
        out->day = n ? number[0] : 0;
    else
        order_numbers(number, n, year_first, out);
    if (!out->month) return out->year && !n;
    return is_real(out) && (n < 2 || (out->year && out->day));
}
