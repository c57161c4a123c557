/* cadence.c - reads and compares cadences.
 *
 * In: text. Out: period, weekdays, the nth of a month, time of day, or the event that triggers. Only explicit forms are
 * read: "every N units", "every Sunday", "weekly", "once a quarter", "first Sunday of each month", "Monday to
 * Saturday", "every Tuesday and Friday", "weekly on Saturday", "on Mondays", "on each tag". What both sides state must
 * be equal; what one leaves out is not compared, and one of several declared days is neither.
 */
#include "facts/reading/cadence.h"

#include "manifest/fact_index.h"
#include "lex/decimal.h"

#define DAY_S 86400.0

typedef struct words { /* a window of words of the text */
    str text;
    uint32_t lo[6], hi[6];
    uint32_t n;
} words;

static bool is(const words *w, uint32_t i, const char *word) {
    return i < w->n && str_eq_nocase(str_slice(w->text, (ptrdiff_t)w->lo[i], (ptrdiff_t)w->hi[i]), str_from_cstr(word));
}

static str word_text(const words *w, uint32_t i) {
    return i < w->n ? str_slice(w->text, (ptrdiff_t)w->lo[i], (ptrdiff_t)w->hi[i]) : (str){0};
}

static void fill(words *w, uint32_t at) {
    w->n = 0;
    while (w->n < 6 && fact_word_next(w->text, &at, &w->lo[w->n], &w->hi[w->n])) w->n++;
}

/* Monday = 1 … Sunday = 7; 0 = no weekday. Plurals count. */
static unsigned weekday_of(str word) {
    static const char *const days[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
    if (word.n > 4 && (word.p[word.n - 1] == 's')) word.n--;
    if (word.n < 6 || (word.p[word.n - 1] | 0x20) != 'y') return 0;
    for (unsigned i = 0; i < 7; i++)
        if (str_eq_nocase(word, str_from_cstr(days[i]))) return i + 1;
    return 0;
}

static double unit_seconds(str word) {
    static const struct {
        const char *word;
        double seconds;
    } units[] = {{"second", 1},
                 {"minute", 60},
                 {"hour", 3600},
                 {"day", DAY_S},
                 {"night", DAY_S},
                 {"morning", DAY_S},
                 {"evening", DAY_S},
                 {"week", 7 * DAY_S},
                 {"weekend", 7 * DAY_S},
                 {"fortnight", 14 * DAY_S},
                 {"month", 30 * DAY_S},
                 {"quarter", 91 * DAY_S},
                 {"year", 365 * DAY_S},
                 {"s", 1},
                 {"min", 60},
                 {"h", 3600}};
    if (word.n > 3 && word.p[word.n - 1] == 's') word.n--;
    for (size_t i = 0; i < COUNT_OF(units); i++)
        if (str_eq_nocase(word, str_from_cstr(units[i].word))) return units[i].seconds;
    return 0;
}

static double adverb_seconds(str word) {
    static const struct {
        const char *word;
        double seconds;
    } adverbs[] = {{"hourly", 3600},
                   {"daily", DAY_S},
                   {"nightly", DAY_S},
                   {"weekly", 7 * DAY_S},
                   {"fortnightly", 14 * DAY_S},
                   {"biweekly", 14 * DAY_S},
                   {"monthly", 30 * DAY_S},
                   {"quarterly", 91 * DAY_S},
                   {"yearly", 365 * DAY_S},
                   {"annually", 365 * DAY_S}};
    if (!word.n || (word.p[word.n - 1] | 0x20) != 'y') return 0;
    for (size_t i = 0; i < COUNT_OF(adverbs); i++)
        if (str_eq_nocase(word, str_from_cstr(adverbs[i].word))) return adverbs[i].seconds;
    return 0;
}

static unsigned ordinal_of(str word) {
    static const char *const ordinals[] = {"first", "second", "third", "fourth", "fifth", "last"};
    static const char *const digits[] = {"1st", "2nd", "3rd", "4th", "5th"};
    uint8_t end = word.n > 2 && word.n < 7 ? word.p[word.n - 1] | 0x20 : 0; /* of one of these */
    if (end != 't' && end != 'd' && end != 'h') return 0;
    for (unsigned i = 0; i < COUNT_OF(ordinals); i++)
        if (str_eq_nocase(word, str_from_cstr(ordinals[i]))) return i + 1;
    for (unsigned i = 0; i < COUNT_OF(digits); i++)
        if (str_eq_nocase(word, str_from_cstr(digits[i]))) return i + 1;
    return 0;
}

/* "am", "a.m.", "PM" at byte `at`: 1 before noon, 2 behind it; 0 for anything else. */
static int half_at(str text, ptrdiff_t at, uint32_t *hi) {
    if (at < text.n && text.p[at] == ' ') at++;
    if (at + 2 > text.n || !strchr("aApP", text.p[at])) return 0;
    ptrdiff_t i = at + 1;
    i += text.p[i] == '.';
    if (i >= text.n || (text.p[i] | 0x20) != 'm') return 0;
    i++;
    if (i < text.n && text.p[i] == '.' && text.p[at + 1] == '.') i++;
    if (i < text.n && byte_is_alnum(text.p[i])) return 0;
    *hi = (uint32_t)i;
    return (text.p[at] | 0x20) == 'a' ? 1 : 2;
}

/* "02:30", "2 a.m.", "11:30 PM", "midnight" at byte `at`: minutes of the day, or -1. `*whole`: no minutes are stated.
 */
static int clock_at(str text, ptrdiff_t at, uint32_t *hi, bool *whole) {
    ptrdiff_t i = at;
    while (i < text.n && byte_is_alpha(text.p[i])) i++;
    str named = str_slice(text, at, i);
    *hi = (uint32_t)i;
    *whole = true;
    if (str_eq_nocase(named, STR("midnight"))) return 0;
    if (str_eq_nocase(named, STR("noon"))) return 12 * 60;
    if (i > at) return -1;
    int hour = 0, minute = 0;
    while (i < text.n && i < at + 2 && byte_is_digit(text.p[i])) hour = hour * 10 + (text.p[i++] - '0');
    if (i == at) return -1;
    if (i + 2 < text.n && text.p[i] == ':' && byte_is_digit(text.p[i + 1]) && byte_is_digit(text.p[i + 2])) {
        minute = (text.p[i + 1] - '0') * 10 + (text.p[i + 2] - '0');
        i += 3;
        if (i < text.n && byte_is_digit(text.p[i])) return -1;
        *whole = false;
    }
    *hi = (uint32_t)i;
    int half = half_at(text, i, hi);
    if (hour > (half ? 12 : 23) || minute > 59 || (half && !hour) || (!half && *whole)) return -1;
    if (half) hour = hour % 12 + (half == 2 ? 12 : 0);
    return hour * 60 + minute;
}

/* "at 04:50 │and 14:50│": the other times of a list, each written out. */
static void read_later(str text, cadence *c) {
    while (c->later_count < COUNT_OF(c->later)) {
        ptrdiff_t at = c->hi;
        str rest = str_slice(text, at, text.n);
        if (str_starts(rest, STR(", and ")))
            at += 6;
        else if (str_starts(rest, STR(" and ")))
            at += 5;
        else if (str_starts(rest, STR(", ")))
            at += 2;
        else
            return;
        uint32_t hi;
        bool whole;
        int minute = at < text.n && byte_is_digit(text.p[at]) ? clock_at(text, at, &hi, &whole) : -1;
        if (minute < 0 || whole) return;
        c->later[c->later_count++] = (int16_t)minute;
        c->hi = hi;
    }
}

static unsigned month_at(str text, uint32_t *at) {
    static const char names[] = "januaryfebruarymarchaprilmayjunejulyaugustseptemberoctobernovemberdecember";
    static const uint8_t ends[] = {7, 15, 20, 25, 28, 32, 36, 42, 51, 58, 66, 74};
    uint32_t lo, hi;
    if (!fact_word_next(text, at, &lo, &hi)) return 0;
    for (unsigned m = 0, from = 0; m < 12; from = ends[m++])
        if (str_eq_nocase(str_slice(text, (ptrdiff_t)lo, (ptrdiff_t)hi), str_make(names + from, ends[m] - from)))
            return m + 1;
    return 0;
}

/* "daily at 05:30 │from November to April│" */
static void read_season(str text, cadence *c) {
    uint32_t at = c->hi, lo, hi;
    str rest = str_slice(text, (ptrdiff_t)c->hi, text.n);
    if (!str_starts(rest, STR(" from ")) && !str_starts(rest, STR(", from "))) return;
    fact_word_next(text, &at, &lo, &hi);
    unsigned from = month_at(text, &at);
    if (!from || !fact_word_next(text, &at, &lo, &hi)) return;
    if (!str_is_among(str_slice(text, (ptrdiff_t)lo, (ptrdiff_t)hi), "to until till through")) return;
    unsigned to = month_at(text, &at);
    if (!to) return;
    c->season_from = (uint8_t)from;
    c->season_to = (uint8_t)to;
    c->hi = at;
}

static void read_clock(str text, cadence *c) {
    uint32_t hi;
    bool whole;
    for (ptrdiff_t back = 5; back < 11 && (ptrdiff_t)c->lo >= back; back++) { /* "at 02:30 every night" */
        ptrdiff_t from = (ptrdiff_t)c->lo - back;
        if (!byte_is_digit(text.p[from]) || (from && byte_is_digit(text.p[from - 1]))) continue;
        int early = clock_at(text, from, &hi, &whole);
        bool leads = from == 0 || str_ends(str_slice(text, 0, from), STR("at ")) ||
                     str_ends(str_slice(text, 0, from), STR("At "));
        if (early < 0 || !leads || hi > c->lo) continue;
        if (str_trim(str_slice(text, (ptrdiff_t)hi, (ptrdiff_t)c->lo)).n && text.p[hi] != ',') continue;
        c->minute = (int16_t)early;
        c->whole_hour = whole;
        c->lo = (uint32_t)from;
        return;
    }
    ptrdiff_t at = c->hi, end = at + 24 < text.n ? at + 24 : text.n;
    for (; at < end; at++) {
        if (text.p[at] == ';' || text.p[at] == '.') return;
        bool named = (text.p[at] == 'm' || text.p[at] == 'n') && at && text.p[at - 1] == ' ';
        if ((!byte_is_digit(text.p[at]) && !named) || (at && byte_is_alnum(text.p[at - 1]))) continue;
        int minute = clock_at(text, at, &hi, &whole);
        if (minute < 0 && named) continue;
        if (minute < 0) return;
        c->minute = (int16_t)minute;
        c->whole_hour = whole;
        c->hi = hi;
        if (!whole) read_later(text, c);
        return;
    }
}

static bool start(cadence *c, const words *w, uint32_t last) {
    c->lo = w->lo[0];
    c->hi = w->hi[last];
    return true;
}

/* "on every drive", "on each node": where, and not when. */
static const char THINGS[] = "drive drives disk disks machine node host server box pool card gpu device core vm";

/* "on each tag", "after every deploy": up to three words of what triggers it. */
static bool read_event(const words *w, cadence *c) {
    uint32_t end = 2;
    for (uint32_t i = 2; i < w->n && c->event_count < 3; i++) {
        bool apart = false;
        for (uint32_t k = w->hi[i - 1]; k < w->lo[i]; k++) apart = apart || w->text.p[k] != ' ';
        if (apart || is(w, i, "the") || is(w, i, "a") || is(w, i, "and") || is(w, i, "of") || is(w, i, "in") ||
            is(w, i, "with") || is(w, i, "to"))
            break;
        str one = word_text(w, i); /* "on each deploy │ I retrain": what is done then */
        if (str_is_among(one, "i I we it he she they you my our your their this that these those")) break;
        if (i == 2 && str_is_among(one, THINGS)) return false;
        c->event[c->event_count++] = fact_stem(word_text(w, i));
        end = i;
    }
    return c->event_count && start(c, w, end);
}

/* The weekdays from word `i` on, "Tuesday and Friday", "Monday, Wednesday and Friday"; `*last` is the last one's word.
 * 0 where none stands there. */
static uint8_t read_days(const words *w, uint32_t i, uint32_t *last) {
    uint8_t mask = 0;
    for (unsigned day; i < w->n; i++) {
        if (mask && (is(w, i, "and") || is(w, i, "or")) && i + 1 < w->n && weekday_of(word_text(w, i + 1))) i++;
        day = weekday_of(word_text(w, i));
        if (!day || (mask && w->lo[i] > w->hi[i - 1] + 2)) break;
        mask |= (uint8_t)(1u << (day - 1));
        *last = i;
    }
    return mask;
}

/* "every Tuesday and Friday" comes round every three and a half days. */
static double days_period(uint8_t mask) {
    unsigned n = 0;
    for (; mask; mask &= (uint8_t)(mask - 1)) n++;
    return n ? 7 * DAY_S / n : 0;
}

/* "weekday", "working day", "business days" at word `i`: its last word; 0 where none stands there. */
static uint32_t working_day(const words *w, uint32_t i) {
    if (is(w, i, "weekday") || is(w, i, "weekdays") || is(w, i, "workday") || is(w, i, "workdays")) return i;
    bool two = (is(w, i, "working") || is(w, i, "business") || is(w, i, "office")) &&
               (is(w, i + 1, "day") || is(w, i + 1, "days"));
    return two ? i + 1 : 0;
}

/* "four times a day", "three times per week" */
static bool read_times(const words *w, cadence *c) {
    decimal number;
    str first = word_text(w, 0);
    bool thrice = is(w, 0, "thrice");
    if (w->lo[0] > 1 && w->text.p[w->lo[0] - 1] != ' ' && byte_is_digit(w->text.p[w->lo[0] - 2]))
        return false; /* "1,│400 times a year" */
    uint32_t by = thrice ? 1 : 2;
    if (!thrice &&
        (!is(w, 1, "times") || !(decimal_parse(first, false, &number) || decimal_parse_words(first, &number))))
        return false;
    double n = thrice ? 3 : decimal_to_f64(number), unit = unit_seconds(word_text(w, by + 1));
    if (!(is(w, by, "a") || is(w, by, "per") || is(w, by, "every") || is(w, by, "each")) || unit < 3600 || n < 1)
        return false;
    c->period_s = unit / n;
    return start(c, w, by + 1);
}

static bool read_every(const words *w, cadence *c) {
    decimal number;
    unsigned day = weekday_of(word_text(w, 1));
    double unit = unit_seconds(word_text(w, 1));
    uint32_t working = working_day(w, 1);
    if (working) {
        c->weekdays = 0x1f;
        c->period_s = DAY_S;
        return start(c, w, working);
    }
    unsigned nth = ordinal_of(word_text(w, 1)), nth_day = weekday_of(word_text(w, 2));
    if (nth > 2 && nth_day) { /* "every fourth Friday", "every last Friday" */
        c->weekdays = (uint8_t)(1u << (nth_day - 1));
        c->period_s = is(w, 1, "last") ? 30 * DAY_S : nth * 7 * DAY_S;
        return start(c, w, 2);
    }
    if (is(w, 1, "second") || is(w, 1, "other")) {
        unsigned second_day = weekday_of(word_text(w, 2));
        double second_unit = unit_seconds(word_text(w, 2));
        if (second_day || second_unit > 0) {
            c->weekdays = (uint8_t)(second_day ? 1u << (second_day - 1) : 0);
            c->period_s = second_day ? 14 * DAY_S : 2 * second_unit;
            return start(c, w, 2);
        }
        if (is(w, 1, "other")) return false;
        if (is(w, 2, "time") || is(w, 2, "attempt") || is(w, 2, "try") || is(w, 2, "one")) return false;
    }
    uint32_t last = 1;
    if (day) {
        c->weekdays = read_days(w, 1, &last);
        c->period_s = days_period(c->weekdays);
        return start(c, w, last);
    }
    if (unit == DAY_S && (is(w, 2, "except") || is(w, 2, "but")) && weekday_of(word_text(w, 3))) {
        c->weekdays = 0x7f & (uint8_t)~read_days(w, 3, &last); /* "every night except Sunday" */
        c->period_s = unit;
        return start(c, w, last);
    }
    if (unit > 0) {
        c->period_s = unit;
        return start(c, w, 1);
    }
    str text = word_text(w, 1);
    if ((decimal_parse(text, false, &number) || decimal_parse_words(text, &number)) &&
        unit_seconds(word_text(w, 2)) > 0) {
        c->period_s = decimal_to_f64(number) * unit_seconds(word_text(w, 2));
        return start(c, w, 2);
    }
    return false;
}

/* Day of a month: "15th" is 15, "first" is 1; 0 for anything else. */
static unsigned month_day_of(str word) {
    static const char *const ends[] = {"st", "nd", "rd", "th"};
    unsigned day = 0;
    ptrdiff_t n = 0;
    for (; n < word.n && n < 2 && byte_is_digit(word.p[n]); n++) day = day * 10 + (unsigned)(word.p[n] - '0');
    for (size_t i = 0; n && i < COUNT_OF(ends); i++)
        if (str_eq_nocase(str_slice(word, n, word.n), str_from_cstr(ends[i]))) return day <= 31 ? day : 0;
    unsigned nth = n ? 0 : ordinal_of(word);
    return nth <= 5 ? nth : 0; /* "last" is no day */
}

/* "first Sunday of each month", "first Monday of every quarter", "15th of each month" */
static bool read_nth(const words *w, cadence *c) {
    unsigned nth = ordinal_of(word_text(w, 0)), day = weekday_of(word_text(w, 1));
    uint32_t working = working_day(w, 1), of = working ? working + 1
                                               : day   ? 2
                                                       : 1; /* "third working day of the month" */
    uint8_t days = working ? 0x1f : day ? (uint8_t)(1u << (day - 1)) : 0;
    unsigned month_day = days ? 0 : month_day_of(word_text(w, 0));
    if (!is(w, of, "of") || (days ? !nth : !month_day)) return false;
    bool each = is(w, of + 1, "each") || is(w, of + 1, "every");
    uint32_t last = each || is(w, of + 1, "the") ? of + 2 : of + 1;
    bool other = each && days && (is(w, last, "quarter") || is(w, last, "year"));
    if (!is(w, last, "month") && !other) return false;
    if (!days && !each) return false; /* "the second of the month" is one day */
    c->nth = (uint8_t)nth;
    if (days)
        c->weekdays = days;
    else
        c->nth = 0, c->month_day = (uint8_t)month_day;
    c->period_s = unit_seconds(word_text(w, last));
    return start(c, w, last);
}

static bool read_span(const words *w, cadence *c) {
    unsigned from = weekday_of(word_text(w, 0)), to = weekday_of(word_text(w, 2));
    if (!from || !to || !(is(w, 1, "to") || is(w, 1, "through"))) return false;
    for (unsigned d = from; d <= 7; d++) {
        c->weekdays |= (uint8_t)(1u << (d - 1));
        if (d == to) break;
    }
    c->period_s = DAY_S;
    return start(c, w, 2);
}

/* "a recent nightly compiler", "it landed on nightly.": a software's channel, and nobody's habit. */
static bool is_channel(const words *w) {
    static const char *const heads[] = {"build",    "builds",   "compiler", "channel",  "channels",
                                        "release",  "releases", "version",  "versions", "toolchain",
                                        "features", "feature",  "rust",     "snapshot"};
    static const char *const leads[] = {" on ", " in ", " to ", " using "};
    if (!is(w, 0, "nightly")) return false;
    for (size_t i = 0; i < COUNT_OF(heads); i++)
        if (is(w, 1, heads[i]) && w->lo[1] == w->hi[0] + 1) return true;
    bool ends = (ptrdiff_t)w->hi[0] >= w->text.n || w->text.p[w->hi[0]] != ' ';
    str before = str_slice(w->text, 0, (ptrdiff_t)w->lo[0]);
    for (size_t i = 0; i < COUNT_OF(leads) && ends; i++)
        if (str_ends(before, str_from_cstr(leads[i]))) return true;
    return false;
}

static bool read_at(const words *w, cadence *c) {
    double adverb = adverb_seconds(word_text(w, 0));
    if (adverb > 0 && is_channel(w)) return false;
    if (adverb > 0) {
        uint32_t last = 0;
        c->period_s = adverb;
        if (adverb == 7 * DAY_S && is(w, 1, "on")) c->weekdays = read_days(w, 2, &last); /* "weekly on Saturday" */
        return start(c, w, last);
    }
    if (is(w, 0, "every")) return read_every(w, c);
    uint32_t last = 0, on = is(w, 0, "on");
    str plural = word_text(w, on);
    if (str_ends(plural, STR("s")) && weekday_of(plural)) { /* "on Mondays", "Tuesdays and Fridays" */
        c->weekdays = read_days(w, on, &last);
        c->period_s = days_period(c->weekdays);
        c->day_only = true;
        bool alone = !on && w->lo[0] > 0 && last == 0; /* "which then belonged to Tuesdays" */
        return !alone && start(c, w, last);
    }
    uint32_t working = is(w, 0, "on") ? working_day(w, 1) : 0;
    if (working && str_ends(word_text(w, working), STR("s"))) {
        c->weekdays = 0x1f;
        return start(c, w, working);
    }
    unsigned on_day = on ? weekday_of(word_text(w, 1)) : 0;
    if (on_day && str_is_among(word_text(w, 2), "mornings afternoons evenings nights")) { /* "on Sunday afternoons" */
        c->weekdays = (uint8_t)(1u << (on_day - 1));
        c->period_s = 7 * DAY_S;
        return start(c, w, 2);
    }
    if (read_times(w, c)) return true;
    if (is(w, 0, "each") && (unit_seconds(word_text(w, 1)) >= 3600 || weekday_of(word_text(w, 1)) || working_day(w, 1)))
        return read_every(w, c);
    if ((is(w, 0, "on") || is(w, 0, "after") || is(w, 0, "before") || is(w, 0, "at")) &&
        (is(w, 1, "each") || is(w, 1, "every"))) {
        words rest = *w;
        memmove(rest.lo, rest.lo + 1, 5 * sizeof *rest.lo);
        memmove(rest.hi, rest.hi + 1, 5 * sizeof *rest.hi);
        rest.n--;
        if (read_every(&rest, c)) return true;
        return read_event(w, c);
    }
    if ((is(w, 0, "once") || is(w, 0, "twice")) &&
        (is(w, 1, "a") || is(w, 1, "per") || is(w, 1, "every") || is(w, 1, "each")) &&
        unit_seconds(word_text(w, 2)) > 0) {
        uint32_t day = 2;
        c->period_s = unit_seconds(word_text(w, 2)) / (is(w, 0, "twice") ? 2 : 1);
        if (c->period_s == 7 * DAY_S && is(w, 3, "on"))
            c->weekdays = read_days(w, 4, &day); /* "once a week on Sunday" */
        return start(c, w, day);
    }
    return read_nth(w, c) || read_span(w, c);
}

/* Can a cadence begin with the word? By its first letter: nothing else is read for the most part. */
/* Asked of every word with such a first letter: by its length first. */
static bool is_small_count(str word) {
    switch (word.n) {
    case 3: return str_is_among(word, "two six ten");
    case 4: return byte_lower(word.p[0]) == 'f' && str_is_among(word, "four five");
    case 5: return str_is_among(word, "twice three seven");
    case 6: return byte_lower(word.p[0]) == 't' && str_is_among(word, "thrice twelve");
    default: return false;
    }
}

static bool may_begin(str word) {
    switch (byte_lower(word.p[0])) {
    case 'a': return str_is_among(word, "after annually at");
    case 'b': return str_is_among(word, "before biweekly");
    case 'd': return str_is_among(word, "daily");
    case 'e': return str_is_among(word, "each every");
    case 'h': return str_is_among(word, "hourly");
    case 'n': return str_is_among(word, "nightly");
    case 'o': return str_is_among(word, "on once");
    case 'f':
    case 'l':
    case 'm':
    case 'q':
    case 's':
    case 't':
    case 'w':
    case 'y': return adverb_seconds(word) > 0 || weekday_of(word) || ordinal_of(word) || is_small_count(word);
    default: return byte_is_digit(word.p[0]);
    }
}

bool cadence_find(str text, uint32_t from, cadence *out) {
    words w = {.text = text};
    uint32_t at = from, lo, hi;
    for (uint32_t next = from; fact_word_next(text, &next, &lo, &hi); at = next) {
        if (!may_begin(str_slice(text, (ptrdiff_t)lo, (ptrdiff_t)hi))) continue;
        fill(&w, at);
        cadence c = {.minute = -1};
        if (w.n && read_at(&w, &c)) {
            read_clock(text, &c);
            read_season(text, &c);
            *out = c;
            return true;
        }
    }
    return false;
}

bool cadence_find_time(str text, uint32_t from, cadence *out) {
    for (ptrdiff_t at = from; at + 4 < text.n; at++) {
        bool named = str_ends(str_slice(text, 0, at), STR("at ")); /* "at midnight" */
        if (!byte_is_digit(text.p[at]) && !named) continue;
        if (at && (byte_is_alnum(text.p[at - 1]) || text.p[at - 1] == ':')) continue;
        uint32_t hi;
        bool whole;
        int minute = clock_at(text, at, &hi, &whole);
        if (minute < 0 || (hi < (uint32_t)text.n && (text.p[hi] == ':' || text.p[hi] == '-'))) continue;
        *out = (cadence){.minute = (int16_t)minute, .whole_hour = whole, .lo = (uint32_t)at, .hi = hi};
        return true;
    }
    return false;
}

/* Is it one of the declared times of the day? A whole hour is about then. */
static bool keeps_time(int minute, bool whole_hour, const cadence *declared) {
    for (uint32_t i = 0; i <= declared->later_count; i++) {
        int apart = minute - (i ? declared->later[i - 1] : declared->minute);
        if (whole_hour ? apart > -60 && apart < 60 : apart == 0) return true;
    }
    return false;
}

enum cadence_agreement cadence_compare(const cadence *stated, const cadence *declared) {
    bool compared = false, partial = false;
    if (stated->event_count && declared->event_count) {
        for (uint32_t i = 0; i < stated->event_count; i++)
            for (uint32_t k = 0; k < declared->event_count; k++)
                if (stated->event[i] == declared->event[k]) return CADENCE_AGREES;
        return CADENCE_UNKNOWN; /* another word for the same event, perhaps */
    }
    if (stated->event_count || declared->event_count) return stated->period_s > 0 ? CADENCE_UNLIKE : CADENCE_UNKNOWN;
    /* one of the declared days, or "each night" of what the weekdays have: true of a part */
    bool single = stated->weekdays && (stated->weekdays & (stated->weekdays - 1)) == 0;
    bool some = single && stated->weekdays != declared->weekdays && (stated->weekdays & ~declared->weekdays) == 0 &&
                !stated->nth && !declared->nth;
    bool all =
        !stated->weekdays && stated->period_s == DAY_S && declared->period_s == DAY_S && declared->weekdays == 0x1f;
    bool fewer = stated->day_only && stated->weekdays == declared->weekdays &&
                 (declared->nth || declared->period_s > stated->period_s);
    partial = some || all || fewer;
    if (stated->period_s > 0 && declared->period_s > 0 && !partial) {
        double ratio = stated->period_s / declared->period_s;
        if (ratio < 0.9 || ratio > 1.1) return CADENCE_UNLIKE;
        compared = true;
    }
    if (stated->weekdays && declared->weekdays && !partial) {
        if (stated->weekdays != declared->weekdays) return CADENCE_UNLIKE;
        compared = true;
    }
    if (stated->nth && declared->nth && stated->nth != declared->nth) return CADENCE_UNLIKE;
    bool by_date = stated->month_day && !declared->month_day && declared->nth && declared->weekdays,
         by_day = declared->month_day && !stated->month_day && stated->nth && stated->weekdays;
    if (by_date || by_day) return CADENCE_UNLIKE; /* the second Sunday is not the 15th */
    if (stated->month_day && declared->month_day && stated->month_day != declared->month_day) return CADENCE_UNLIKE;
    if (stated->season_from && declared->season_from) {
        if (stated->season_from != declared->season_from || stated->season_to != declared->season_to)
            return CADENCE_UNLIKE;
        compared = true;
    }
    if (stated->minute >= 0 && declared->minute >= 0) {
        if (!keeps_time(stated->minute, stated->whole_hour, declared)) return CADENCE_UNLIKE;
        for (uint32_t i = 0; i < stated->later_count; i++)
            if (!keeps_time(stated->later[i], false, declared)) return CADENCE_UNLIKE;
        compared = true;
    }
    return compared && !partial ? CADENCE_AGREES : CADENCE_UNKNOWN;
}
