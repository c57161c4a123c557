/* dated.c - facts of one day or month, and the dates that a sentence states.
 *
 *     where: {date: 2026-03-19}     "the outage of 19 March", "on 19 March 2026", "March's outage"     its own
 *                                   "on 3 June", "in April"                                            another time's
 *
 * What was measured once, an outage or a drill, is told with its date. In: the words of a sentence, and a condition
 * whose value is a date. Out: is it stated, another one, or none? A date without a year is that of any year, a month
 * without a day that of any day of it; a day of a month is not the month. "may" is a month with a capital only. Cells
 * are read by their row's label (conditions.c), not here.
 */
#include "facts/question.h"

typedef struct calendar { /* 0 = not stated */
    unsigned year, month, day;
} calendar;

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

/* The date of which word `i` is the month, or which it begins as a year: "2026-03-19". */
static bool date_at(const passage *p, uint32_t i, calendar *out) {
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

static enum condition_state date_in(const passage *p, const fact_condition *c) {
    enum condition_state state = CONDITION_UNSTATED;
    for (uint32_t i = 0; i < p->word_count && i < 256; i++) {
        calendar d;
        if (!date_at(p, i, &d)) continue;
        bool same = d.month == c->month && (!d.year || d.year == c->year) && (!d.day || d.day == c->day);
        if (same) return CONDITION_MET;
        state = CONDITION_OTHER;
    }
    return state;
}

enum condition_state condition_of_date(judge *j, passage *p, const fact_condition *c) {
    passage_prepare(j, p);
    enum condition_state state = date_in(p, c);
    if (state != CONDITION_UNSTATED) return state;
    const uint32_t around[] = {p->previous, p->heading};
    for (size_t i = 0; i < COUNT_OF(around); i++) {
        if (around[i] == PASSAGE_NONE) continue;
        passage_prepare(j, &j->passages[around[i]]);
        if (date_in(&j->passages[around[i]], c) == CONDITION_MET) return CONDITION_MET;
    }
    return CONDITION_UNSTATED;
}

bool fact_is_of_one_day(const passage *p, const numeric_fact *f) {
    for (uint32_t i = 0; i < f->condition_count && p->kind == PASSAGE_SENTENCE; i++)
        if (f->conditions[i].day && date_in(p, &f->conditions[i]) == CONDITION_MET) return true;
    return false;
}

bool fact_is_dated(const passage *p, const numeric_fact *f) {
    for (uint32_t i = 0; i < f->condition_count && p->kind == PASSAGE_SENTENCE; i++)
        if (f->conditions[i].month && date_in(p, &f->conditions[i]) == CONDITION_MET) return true;
    return false;
}
