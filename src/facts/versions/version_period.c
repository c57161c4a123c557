/* version_period.c - did the version run on the days that the place tells of?
 *
 *     history 2.7.6 from 2025-01-10 to 2026-03-01, now 2.8.4
 *     "On 2025-06-01 attic ran Caddy 2.8.4."            the sentence's one date, at its beginning or behind the version
 *     "As of April 2026, attic runs Caddy 2.7.6."       the same
 *     ## 2025-06-01   attic runs Caddy 2.8.4.           a heading that is nothing but a date: of what runs today,
 * unsure | 2025-06-01 | 2.8.4 |                            a row's label, or a column's head, that is one
 *
 * In: a version that its component has or had, in a place that says it ran. Out: the days told, and what ran on them,
 * where it was not this one. A version is there from the day it came up to and with the day it went; a month or a year
 * is told truly by what ran on any of its days. Dates of other things ("2.8.4, released on 2024-05-01"), ends of a span
 * ("since", "until", "from"), a second date, and a date that only a person or an event of the sentence has ("the box
 * bought in 2024 runs 2.8.4") tell nothing of it: those are left to version_dates.c and to the house.
 */
#include "facts/versions/versions.h"

#include "facts/reading/calendar.h"

enum { WORDS_READ = 80, YEARS_TRIED = 4 };

/* ---- dates ---- */

typedef struct date_said {
    calendar when;
    uint32_t lo, hi; /* its words [lo, hi) */
    bool above;      /* it is the heading's */
} date_said;

static bool is_number(const passage *p, uint32_t i, unsigned value) {
    uint64_t read;
    str text = i < p->word_count ? surface_slice(p->on, p->words[i].lo, p->words[i].hi) : (str){0};
    while (text.n && byte_is_alpha(text.p[text.n - 1])) text.n--; /* "3rd" */
    return value && str_to_u64(text, &read) && read == value;
}

/* The one date of the passage; false where it has none, or two. */
static bool only_date(const passage *p, date_said *out) {
    bool found = false;
    if (p->word_count > WORDS_READ) return false;
    for (uint32_t i = 0; i < p->word_count; i++) {
        date_said d = {.lo = i, .hi = i + 1};
        if (calendar_at(p, i, &d.when)) {
            bool digits = byte_is_digit(p->on->text.p[p->words[i].lo]);
            if (digits) d.hi += d.when.day ? 2 : 1; /* "2025-06-01" */
            if (!digits && i > 0 && is_number(p, i - 1, d.when.day)) d.lo = i - 1;
            if (!digits && i > 1 && word_is(p, i - 1, "of") && d.when.day) d.lo = i - 2;
            if (!digits && d.lo == i && is_number(p, d.hi, d.when.day)) d.hi++;
            if (!digits && is_number(p, d.hi, d.when.year)) d.hi++;
        } else if (!calendar_year_at(p, i, &d.when.year) || !(i == 0 || word_in(p, i - 1,
                                                                                "in of during year since "
                                                                                "until till from by and"))) {
            continue;
        }
        if (found) return false;
        found = true;
        *out = d;
        i = d.hi - 1;
    }
    return found;
}

/* Is the passage a date and nothing else? */
static bool is_only_date(judge *j, passage *p, date_said *out) {
    passage_prepare(j, p);
    return only_date(p, out) && out->lo == 0 && out->hi == p->word_count;
}

static void days_of(const calendar *when, unsigned year, day_number *first, day_number *last) {
    unsigned month = when->month ? when->month : 1, end = when->month ? when->month : 12;
    *first = date_make(year, month, when->day ? when->day : 1);
    *last = when->day ? *first : (end == 12 ? date_make(year + 1, 1, 1) : date_make(year, end + 1, 1)) - 1;
}

/* ---- what ran when ---- */

static day_number came(const manifest_version *v, uint32_t i) {
    if (i < v->history_count && v->history[i].from) return v->history[i].from;
    return i ? v->history[i - 1].to : 0;
}

static str version_at(const manifest_version *v, uint32_t i) {
    return i < v->history_count ? v->history[i].version : v->text;
}

day_number version_current_since(const manifest_version *v) { return came(v, v->history_count); }

static bool ran_within(const manifest_version *v, str stated, day_number first, day_number last) {
    for (uint32_t i = 0; i <= v->history_count; i++) {
        if (!version_at(v, i).n || came(v, i) > last || (i < v->history_count && v->history[i].to < first)) continue;
        if (version_agrees(v, stated, version_at(v, i))) return true;
    }
    return false;
}

/* What ran on all of the days, empty where that is not one version. */
static str ran_instead(const manifest_version *v, day_number first, day_number last) {
    for (uint32_t i = 0; i <= v->history_count; i++)
        if (came(v, i) <= first && (i == v->history_count || last < v->history[i].to)) return version_at(v, i);
    return (str){0};
}

/* ---- does the sentence say that it ran on its date? ---- */

/* Another time, a trial, or a date of the release itself. */
static bool has_second_thought(const passage *p, const date_said *d) {
    static const char words[] =
        "now today currently nowadays meanwhile since until till before after later earlier ago then once from between "
        "when while if because although though which who whose where announced published tagged upstream released "
        "shipped ships came out landed supported support beta preview candidate rc test tests tested testing staging "
        "lab trial trials tried try plan planned another other others second old cannot never nor next";
    for (uint32_t i = 0; i < p->word_count; i++) {
        if (i >= d->lo && i < d->hi) continue; /* "May" */
        if (word_in(p, i, words) || p->words[i].cues & (CUE_NEGATION | CUE_MODAL | CUE_FUTURE | CUE_IF | CUE_OTHERS))
            return true;
    }
    return false;
}

/* A name of ours, a number, or one of `words`. */
static bool is_name_or(const passage *p, uint32_t i, const char *words) {
    if (byte_is_digit(p->on->text.p[p->words[i].lo])) return true;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++)
        if (p->on->hits[h].where.lo <= p->words[i].lo && p->on->hits[h].where.hi >= p->words[i].hi) return true;
    return word_in(p, i, words);
}

static bool are_names_or(const passage *p, uint32_t first, uint32_t end, const char *words) {
    for (uint32_t i = first; i < end; i++)
        if (!is_name_or(p, i, words)) return false;
    return true;
}

static bool is_parted(const passage *p, uint32_t lo, uint32_t hi, const char *marks) {
    for (uint32_t k = lo; k < hi; k++)
        if (strchr(marks, p->on->text.p[k])) return true;
    return false;
}

static const char THINGS[] = "the our my a all both every of in on at to with and version release build production "
                             "here machine machines server servers box host hosts site blog";

/* The verb that says the version at `lo` ran: nothing but names stand between them. UINT32_MAX where none does. */
static uint32_t verb_of(const passage *p, uint32_t lo, bool *past) {
    static const char over[] = "ran used had was were installed upgraded updated moved switched went served deployed";
    uint32_t i = version_word_before(p, lo);
    if (i == UINT32_MAX) i = passage_word_before(p, lo);
    for (uint32_t n = 0; i != UINT32_MAX && n < 10; n++) {
        *past = word_in(p, i, over);
        if (*past || word_in(p, i, "run runs use uses has have is are serves serve"))
            return is_parted(p, p->words[i].hi, lo, ";:()") ? UINT32_MAX : i;
        if (!is_name_or(p, i, THINGS)) return UINT32_MAX;
        if (i-- == 0) break;
    }
    return UINT32_MAX;
}

/* The first word of "on", "in early", "as of" before the date; UINT32_MAX where the date is led otherwise. `*as_of`. */
static uint32_t lead_of(const passage *p, const date_said *d, bool *as_of) {
    uint32_t i = d->lo;
    *as_of = false;
    while (i > 0 && word_in(p, i - 1, "early late mid the")) i--;
    if (i == 0) return d->lo == 0 ? 0 : UINT32_MAX;
    *as_of = i > 1 && word_is(p, i - 1, "of") && word_is(p, i - 2, "as");
    if (*as_of) return i - 2;
    return word_in(p, i - 1, "on in during") ? i - 1 : UINT32_MAX;
}

/* Does the sentence date the version itself: "On D we ran V", "as of D the box runs V", "we ran V on D"? */
static bool is_dated_by(const passage *p, const token *t, const date_said *d) {
    bool as_of, past;
    uint32_t lead = lead_of(p, d, &as_of), verb = verb_of(p, t->text.lo, &past), end = p->words[d->hi - 1].hi;
    if (lead == UINT32_MAX || verb == UINT32_MAX || has_second_thought(p, d)) return false;
    if (end <= t->text.lo) { /* a date in front: it opens the sentence, and a subject alone stands behind it */
        bool opens = lead == 0 || (lead == 1 && word_in(p, 0, "back and so still even already"));
        uint32_t subject = end < p->text.hi && strchr(",:", p->on->text.p[end]) ? end + 1 : end;
        if (d->lo == 0 && subject == end) return false; /* "June 2025 brought …" */
        return opens && verb >= d->hi && verb - d->hi < 7 && !is_parted(p, subject, p->words[verb].lo, ",;:()") &&
               are_names_or(p, d->hi, verb,
                            "we i it the our my all both every of machine machines server servers box "
                            "host hosts site blog still");
    }
    uint32_t behind = lead;
    while (behind > 0 && p->words[behind - 1].lo >= t->text.hi) behind--;
    return lead > 0 && p->words[lead].lo >= t->text.hi && (past || as_of) && lead - behind < 7 &&
           !is_parted(p, t->text.hi, p->words[lead].lo, ",;:()") && are_names_or(p, behind, lead, THINGS);
}

/* ---- the days of the place ---- */

static bool is_of_releases(judge *j, passage *p) {
    passage_prepare(j, p);
    for (uint32_t i = 0; i < p->word_count && i < 40; i++)
        if (word_in(p, i,
                    "released release releases published announced changelog upstream tagged available eol plan "
                    "planned support life end"))
            return true;
    return false;
}

static bool date_of_cell(judge *j, passage *p, const token *t, date_said *d) {
    static const date_said none = {.lo = 0};
    if (p->label == PASSAGE_NONE || p->flags & PASSAGE_HEADER_CELL || p == &j->passages[p->label]) return false;
    if (p->text.hi - p->text.lo > t->text.hi - t->text.lo + 24 || has_second_thought(p, &none)) return false;
    passage *label = &j->passages[p->label], *column = p->column == PASSAGE_NONE ? NULL : &j->passages[p->column];
    if ((column && is_of_releases(j, column)) ||
        (label->column != PASSAGE_NONE && is_of_releases(j, &j->passages[label->column])))
        return false;
    if ((p->heading != PASSAGE_NONE && is_of_releases(j, &j->passages[p->heading])) ||
        (p->lead != PASSAGE_NONE && is_of_releases(j, &j->passages[p->lead])))
        return false;
    return is_only_date(j, label, d) || (column && is_only_date(j, column, d));
}

static bool date_of_place(judge *j, passage *p, const token *t, date_said *d) {
    static const date_said none = {.lo = 0};
    passage_prepare(j, p);
    if (p->kind == PASSAGE_CELL) return date_of_cell(j, p, t, d);
    if (p->kind != PASSAGE_SENTENCE) return false;
    if (only_date(p, d)) return is_dated_by(p, t, d);
    for (uint32_t i = p->token_lo; i < p->token_hi && i < p->token_lo + 64; i++)
        if (p->on->tokens[i].kind == TOKEN_DATE) return false;
    bool past;
    if (p->heading == PASSAGE_NONE || !is_only_date(j, &j->passages[p->heading], d)) return false;
    d->above = true;
    return d->when.month && verb_of(p, t->text.lo, &past) != UINT32_MAX && !has_second_thought(p, &none);
}

/* Does the passage name a machine, and do several run the component? Then the day may be that machine's own. */
static bool is_of_one_of_several(const judge *j, const passage *p, uint32_t component) {
    bool named = false;
    uint32_t machines = 0;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) {
        uint32_t e = hit_entity(j, &p->on->hits[h], -1);
        named = named || (e != MANIFEST_NONE &&
                          (j->m->entities[e].kind == ENTITY_HOST || j->m->entities[e].kind == ENTITY_HARDWARE));
    }
    for (uint32_t i = 0; i < j->m->entity_count && i < 512 && named; i++) {
        const manifest_entity *e = &j->m->entities[i];
        bool runs = false;
        for (uint32_t k = 0; k < e->runs.n && k < 64; k++) runs = runs || e->runs.items[k].entity == component;
        machines += runs && (e->kind == ENTITY_HOST || e->kind == ENTITY_HARDWARE);
    }
    return machines > 1;
}

bool version_misses_day(judge *j, passage *p, const token *t, uint32_t entity, str stated, version_day_missed *out) {
    const manifest_version *v = &j->m->entities[entity].version;
    date_said d;
    *out = (version_day_missed){0};
    if (!v->history_count || !date_of_place(j, p, t, &d)) return false;
    if (!d.when.year) { /* "in February": of whatever year up to the article's */
        unsigned year, month, day;
        if (!j->day || !d.when.month) return false;
        date_split(j->day, &year, &month, &day);
        for (unsigned k = 0; k < YEARS_TRIED; k++) {
            days_of(&d.when, year - k, &out->first, &out->last);
            if (out->first <= j->day && ran_within(v, stated, out->first, out->last < j->day ? out->last : j->day))
                return false;
        }
        bool to_come = d.when.month > month || (d.when.month == month && d.when.day > day);
        d.when.year = to_come ? year - 1 : year;
    }
    days_of(&d.when, d.when.year, &out->first, &out->last);
    if (!out->first || !out->last || ran_within(v, stated, out->first, out->last)) return false;
    out->ran = ran_instead(v, out->first, out->last);
    /* below "## November 2025", "the version here is 7.4.0" may be a remark of today's */
    out->sure = !is_of_one_of_several(j, p, entity) && !(d.above && v->text.n && version_agrees(v, stated, v->text));
    return true;
}
