/* version_period.c - did the version run when the place says that it did?
 *
 *     history 2.7.6 from 2025-01-10 to 2026-03-01, now 2.8.4
 *     "On 2025-06-01 attic ran Caddy 2.8.4."      2.7.6 ran: contradicted
 *     "Until March 2026 attic ran Caddy 2.7.6."   supported; 2.8.4 only came then: contradicted
 *     "Since May 2026 we have run Caddy 2.8.4."   it came before: no falsehood, and no proof
 *     "Caddy 2.7.6 was what the audit of 2026-05-10 found."   a day that no verb joins to it, and on which it did not
 * run
 *
 * In: a version that its component has or had, and what version_when.c reads. Out: whether the history has it then. A
 * version is there from the day it came up to and with the day it went; a month or a year is told truly by what ran on
 * any of its days. What the place does not date surely, and the history does not have on any day that stands there, is
 * not proved by having run at another time.
 */
#include "facts/versions/version_when.h"

enum { YEARS_TRIED = 4, WORDS_WITH_DATES = 400 };

/* ---- what ran when ---- */

day_number version_came(const manifest_version *v, uint32_t i) {
    if (i < v->history_count && v->history[i].from) return v->history[i].from;
    return i ? v->history[i - 1].to : 0;
}

day_number version_went(const manifest_version *v, uint32_t i) { return i < v->history_count ? v->history[i].to : 0; }

static str version_at(const manifest_version *v, uint32_t i) {
    return i < v->history_count ? v->history[i].version : v->text;
}

day_number version_current_since(const manifest_version *v) { return version_came(v, v->history_count); }

/* ---- days ---- */

typedef struct days {
    day_number first, last; /* 0: no calendar has it */
} days;

static days days_of(const calendar *when) {
    unsigned month = when->month ? when->month : 1, end = when->month ? when->month : 12;
    days d = {.first = date_make(when->year, month, when->day ? when->day : 1)};
    if (!d.first) return d;
    d.last =
        when->day ? d.first : (end == 12 ? date_make(when->year + 1, 1, 1) : date_make(when->year, end + 1, 1)) - 1;
    return d;
}

/* Does a period [came, went] fit the time: yes; perhaps, or in part; no? */
enum fit { FITS_NOT, FITS_PERHAPS, FITS };

static enum fit fits(enum told_bound bound, days d, days end, day_number came, day_number went) {
    bool day = d.first == d.last;
    switch (bound) {
    case TOLD_ON: return came <= d.last && (!went || went >= d.first) ? FITS : FITS_NOT;
    case TOLD_UNTIL:
        if (came > d.last || (day && came == d.last)) return FITS_NOT;
        return went && went + 1 >= d.first && went <= d.last + 1 ? FITS : FITS_PERHAPS;
    case TOLD_BEFORE: return came < d.first ? FITS : FITS_NOT;
    case TOLD_SINCE:
        if (came > d.last || (went && went <= d.first)) return FITS_NOT;
        return !came || came >= d.first ? FITS : FITS_PERHAPS;
    case TOLD_SPAN:
        if (came > end.last || (came == end.last && end.first == end.last) || (went && went <= d.first))
            return FITS_NOT;
        return came <= d.last && (!went || went >= end.first) ? FITS : FITS_PERHAPS;
    }
    return FITS_PERHAPS;
}

static enum fit version_fits_days(const judge *j, const manifest_version *v, str stated, enum told_bound bound, days d,
                                  days end) {
    enum fit best = FITS_NOT;
    for (uint32_t i = 0; i <= v->history_count; i++) {
        i = version_next_place(j, v, stated, i);
        if (!version_at(v, i).n || (i == v->history_count && !version_agrees(v, stated, v->text))) continue;
        enum fit one = fits(bound, d, end, version_came(v, i), version_went(v, i));
        if (one > best) best = one;
    }
    return best;
}

/* The one version that the history has then; empty where it has none, or several. */
static str only_one_then(const manifest_version *v, enum told_bound bound, days d, days end) {
    str found = {0};
    for (uint32_t i = 0; i <= v->history_count; i++) {
        if (!version_at(v, i).n || fits(bound, d, end, version_came(v, i), version_went(v, i)) != FITS) continue;
        if (found.n) return (str){0};
        found = version_at(v, i);
    }
    return found;
}

/* ---- the days of the place ---- */

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

/* The days of a date without a year, `back` years before the article's: false for a day after that. */
static bool days_in_year(const judge *j, calendar when, unsigned back, days *out) {
    unsigned year, month, day;
    date_split(j->day, &year, &month, &day);
    when.year = year - back;
    *out = days_of(&when);
    if (out->last > j->day) out->last = j->day;
    return out->first && out->first <= j->day;
}

static str days_text(judge *j, enum told_bound bound, days d, days end) {
    static const char *const leads[] = {"on ", "until ", "before ", "since ", "from "};
    str first = arena_str(j->a, str_from_cstr(date_format(d.first).text));
    day_number to = bound == TOLD_SPAN ? end.last : d.last;
    if (bound != TOLD_SPAN && bound != TOLD_ON) /* which of a month's days decides */
        return judge_printf(j, "%s%s", leads[bound],
                            date_format(bound == TOLD_UNTIL || bound == TOLD_SINCE ? d.last : d.first).text);
    if (to == d.first) return judge_printf(j, "%s%.*s", leads[bound], STR_ARG(first));
    return judge_printf(j, "from %.*s to %s", STR_ARG(first), date_format(to).text);
}

enum version_then version_then_of(judge *j, passage *p, const token *t, uint32_t entity, str stated,
                                  version_days *out) {
    const manifest_version *v = &j->m->entities[entity].version;
    version_time told;
    days d = {0}, end = {0};
    *out = (version_days){0};
    if (!v->history_count || !version_time_told(j, p, t, &told)) return THEN_UNTOLD;
    bool known = version_fits_days(j, v, stated, TOLD_BEFORE, (days){UINT32_MAX, UINT32_MAX}, end) != FITS_NOT;
    if (!told.when.year) { /* "in February": of whatever year up to the article's */
        if (!j->day || !told.when.month || told.bound == TOLD_SPAN) return THEN_UNTOLD;
        bool missed = known, dated = false;
        for (unsigned k = 0; k < YEARS_TRIED; k++) {
            days one;
            if (!days_in_year(j, told.when, k, &one)) continue;
            if (!dated) d = one; /* the last of them */
            dated = true;
            missed = missed && version_fits_days(j, v, stated, told.bound, one, end) == FITS_NOT;
        }
        if (!dated || (known && !missed)) return THEN_UNTOLD;
    } else {
        d = days_of(&told.when);
    }
    if (told.bound == TOLD_SPAN) end = days_of(&told.end);
    if (!d.first || (told.bound == TOLD_SPAN && end.last < d.first)) return THEN_PERHAPS; /* 31 February */
    out->text = days_text(j, told.bound, d, end);
    out->ran = only_one_then(v, told.bound, d, end);
    out->last = told.bound == TOLD_SPAN ? end.last : d.last;
    /* below "## November 2025", "the version here is 7.4.0" may be a remark of today's */
    out->sure = !is_of_one_of_several(j, p, entity) && !(told.above && v->text.n && version_agrees(v, stated, v->text));
    if (!known) return THEN_MISSED;
    enum fit fit = version_fits_days(j, v, stated, told.bound, d, end);
    bool loosely = told.bound == TOLD_SINCE && !told.when.month; /* "since 2023": Caddy, perhaps, whichever it was */
    if (fit == FITS_NOT && loosely) return THEN_PERHAPS;
    return fit == FITS ? THEN_RAN : fit == FITS_PERHAPS ? THEN_PERHAPS : THEN_MISSED;
}

/* "As of 2026-05-01 it is 2.8.4, and was 2.7.6 before": does another version of the component that is stated here have
 * the date, in a sentence that tells of one behind the other? */
static bool is_date_of_another(const judge *j, const passage *p, const token *t, const manifest_version *v, days d) {
    bool follows = false;
    for (uint32_t i = 0; i < p->word_count && i < WORDS_WITH_DATES; i++)
        follows =
            follows || word_in(p, i, "before previously formerly earlier replaced replaces replacing from instead");
    for (uint32_t i = p->token_lo; i < p->token_hi && i < p->token_lo + 64 && follows; i++) {
        const token *x = &p->on->tokens[i];
        if ((x->kind != TOKEN_VERSION && x->kind != TOKEN_NUMBER) || x->core.lo == t->core.lo) continue;
        str other = surface_slice(p->on, x->core.lo, x->core.hi);
        if (str_find_byte(other, '.', 0) > 0 && version_fits_days(j, v, other, TOLD_ON, d, (days){0}) == FITS)
            return true;
    }
    return false;
}

static bool is_behind_semicolon(const passage *p, uint32_t lo, uint32_t hi) {
    return str_find_byte(surface_slice(p->on, lo, hi), ';', 0) >= 0;
}

bool version_dates_miss(judge *j, passage *p, const token *t, uint32_t entity, str stated) {
    const manifest_version *v = &j->m->entities[entity].version;
    bool dated = false;
    passage_prepare(j, p);
    for (uint32_t i = 0; i < p->word_count && i < WORDS_WITH_DATES && v->history_count; i++) {
        calendar when, end;
        if (p->words[i].lo > t->text.hi && is_behind_semicolon(p, t->text.hi, p->words[i].lo)) break;
        if (!version_dates_at(p, &i, &when, &end)) continue;
        if (p->words[i].hi < t->text.lo && is_behind_semicolon(p, p->words[i].hi, t->text.lo)) continue;
        if (!when.year && end.year) when.year = end.year;
        if (!when.year) { /* of which year? */
            days one;
            bool any = !j->day;
            for (unsigned k = 0; k < YEARS_TRIED && !any && when.month; k++)
                any = days_in_year(j, when, k, &one) &&
                      version_fits_days(j, v, stated, TOLD_ON, one, (days){0}) != FITS_NOT;
            if (any) return false;
        } else {
            days d = days_of(&when), last = end.year ? days_of(&end) : d;
            if (d.first && last.last > d.last) d.last = last.last;
            if (d.first && version_fits_days(j, v, stated, TOLD_ON, d, (days){0}) != FITS_NOT) return false;
            if (d.first && is_date_of_another(j, p, t, v, d)) continue;
        }
        dated = true;
    }
    return dated;
}
