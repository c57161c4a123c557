/* timers.c - when a timer or a crontab line starts what a process is.
 *
 *     # /etc/systemd/system/restic-nightly.timer      the unit's name says whose it is
 *     Description=restore drill                        so does its description
 *     OnCalendar=Sun *-*-1..7 03:10:00                 systemd.time(7): weekdays, date, time
 *     10 3 * * 0  /usr/local/bin/restore-drill         crontab(5): minute, hour, day, month, weekday, command
 *
 * In: lines of code blocks. Out: process claims. The process is the one that shares most words with the unit's, the
 * script's or the file's name, in the block or in the sentence that leads in, and no other shares as many. Forms beyond
 * those above (lists of dates, steps of months) are not read, and nothing is claimed of them.
 */
#include "facts/reading/cadence.h"
#include "facts/judge.h"

#define DAY_S 86400.0

enum { TIMER_LINES = 40, TIMER_LIMIT = 256 }; /* looked at above a timer; judged in an article */

/* ---- calendars ---- */

static const char DAYS[] = "montuewedthufrisatsun";

/* Monday = 0 … Sunday = 6; -1 = none. "Sun", "Sunday". */
static int day_at(str name) {
    for (int d = 0; d < 7 && name.n >= 3; d++)
        if (str_eq_nocase(str_slice(name, 0, 3), str_make(DAYS + 3 * d, 3))) return d;
    return -1;
}

/* "Sun", "Mon,Thu", "Mon..Fri": a mask; 0 = none. */
static uint8_t days_of(str list, str between) {
    uint8_t mask = 0;
    str part;
    while (str_cut(&list, ',', &part)) {
        ptrdiff_t span_at = str_find(part, between, 0);
        int from = day_at(part), to = span_at > 0 ? day_at(str_slice(part, span_at + between.n, part.n)) : from;
        if (from < 0 || to < 0) return 0;
        for (int d = from; d <= to; d++) mask |= (uint8_t)(1u << d);
    }
    return mask;
}

static bool number_of(str text, uint64_t limit, uint64_t *n) { return str_to_u64(text, n) && *n <= limit; }

/* "03:10:00", "*:0/15", "*:00". */
static bool read_time(str text, cadence *c) {
    str hour, minute, rest = text;
    uint64_t h, m, step;
    if (!str_cut(&rest, ':', &hour) || !str_cut(&rest, ':', &minute)) return false;
    if (str_eq(hour, STR("*"))) {
        ptrdiff_t slash = str_find_byte(minute, '/', 0);
        if (slash > 0 && number_of(str_slice(minute, slash + 1, minute.n), 59, &step) && step > 0)
            c->period_s = 60.0 * (double)step;
        else
            c->period_s = 3600;
        return true;
    }
    if (!number_of(hour, 23, &h) || !number_of(minute, 59, &m)) return false;
    c->minute = (int16_t)(h * 60 + m);
    return true;
}

/* "*-*-*", "*-*-1..7", "*-*-01". */
static bool read_date(str text, cadence *c) {
    str day = str_starts(text, STR("*-*-")) ? str_slice(text, 4, text.n) : (str){0};
    uint64_t from;
    if (!day.n) return false;
    if (str_eq(day, STR("*"))) return true;
    ptrdiff_t dots = str_find(day, STR(".."), 0);
    if (!number_of(dots > 0 ? str_slice(day, 0, dots) : day, 31, &from) || from < 1) return false;
    c->period_s = 30 * DAY_S;
    if (dots > 0 && (from - 1) % 7 == 0) c->nth = (uint8_t)(1 + (from - 1) / 7);
    return true;
}

static bool read_calendar(str text, cadence *c) {
    static const struct {
        const char *word;
        double seconds;
    } words[] = {{"minutely", 60},        {"hourly", 3600},         {"daily", DAY_S},
                 {"weekly", 7 * DAY_S},   {"monthly", 30 * DAY_S},  {"quarterly", 91 * DAY_S},
                 {"yearly", 365 * DAY_S}, {"annually", 365 * DAY_S}};
    str part;
    bool any = false;
    *c = (cadence){.minute = -1};
    while (str_cut(&text, ' ', &part)) {
        if (!part.n) continue;
        for (size_t i = 0; i < COUNT_OF(words); i++)
            if (str_eq(part, str_from_cstr(words[i].word))) {
                c->period_s = words[i].seconds;
                return true;
            }
        uint8_t days = days_of(part, STR(".."));
        if (days)
            c->weekdays = days;
        else if (!read_date(part, c) && !read_time(part, c))
            return any && byte_is_alpha(part.p[0]); /* a time zone ends it */
        any = true;
    }
    if (c->period_s > 0) return any;
    bool single = c->weekdays && !(c->weekdays & (c->weekdays - 1));
    c->period_s = single ? 7 * DAY_S : DAY_S;
    return any;
}

/* "10 3 * * 0 command": the command, or empty where the line is none. */
static str read_crontab(str line, cadence *c) {
    str part_of[5], rest = str_trim(line), part;
    uint64_t minute = 0, hour = 0;
    for (int i = 0; i < 5; i++) {
        do {
            if (!str_cut(&rest, ' ', &part)) return (str){0};
        } while (!part.n);
        part_of[i] = part;
        for (ptrdiff_t k = 0; k < part.n; k++)
            if (!byte_is_digit(part.p[k]) && !strchr("*,-/", part.p[k]) && !(i > 3 && byte_is_alpha(part.p[k])))
                return (str){0};
    }
    rest = str_trim(rest);
    if (!rest.n || !str_eq(part_of[3], STR("*"))) return (str){0};
    *c = (cadence){.minute = -1};
    bool star = str_eq(part_of[0], STR("*")), each = str_eq(part_of[1], STR("*"));
    uint64_t step;
    if (str_starts(part_of[0], STR("*/")) && number_of(str_slice(part_of[0], 2, part_of[0].n), 59, &step) && step &&
        each) {
        c->period_s = 60.0 * (double)step;
        return rest;
    }
    if (star || !number_of(part_of[0], 59, &minute)) return (str){0};
    if (str_starts(part_of[1], STR("*/")) && number_of(str_slice(part_of[1], 2, part_of[1].n), 23, &step) && step) {
        c->period_s = 3600.0 * (double)step;
        return rest;
    }
    if (each) {
        c->period_s = 3600;
        return rest;
    }
    if (!number_of(part_of[1], 23, &hour)) return (str){0};
    c->minute = (int16_t)(hour * 60 + minute);
    c->period_s = DAY_S;
    uint64_t day;
    if (number_of(part_of[4], 7, &day))
        c->weekdays = (uint8_t)(1u << ((day + 6) % 7)), c->period_s = 7 * DAY_S;
    else if (str_eq(part_of[4], STR("1-5")))
        c->weekdays = 0x1f;
    else if ((c->weekdays = days_of(part_of[4], STR("-"))))
        c->period_s = c->weekdays & (c->weekdays - 1) ? DAY_S : 7 * DAY_S;
    else if (!str_eq(part_of[4], STR("*")))
        return (str){0};
    if (number_of(part_of[2], 31, &day) && !c->weekdays) c->period_s = 30 * DAY_S;
    return str_eq(part_of[2], STR("*")) || number_of(part_of[2], 31, &day) ? rest : (str){0};
}

/* ---- whose? ---- */

typedef struct owner {
    uint32_t entity, score;
    bool tied;
} owner;

static bool has_stem(str name, uint64_t stem) {
    uint32_t at = 0, lo, hi;
    while (fact_word_next(name, &at, &lo, &hi))
        if (fact_stem(str_slice(name, (ptrdiff_t)lo, (ptrdiff_t)hi)) == stem) return true;
    return false;
}

/* The process that shares most words with a unit's or script's name: "restic-nightly.timer". */
static void score_name(const judge *j, str name, owner *best) {
    static const char *const generic[] = {"timer", "service", "sh",  "py",      "usr",
                                          "local", "bin",     "etc", "systemd", "system"};
    uint32_t count;
    const uint32_t *all = fact_index_processes(j->index, &count);
    for (uint32_t k = 0; k < count && k < 128; k++) {
        const manifest_entity *e = &j->m->entities[all[k]];
        uint32_t at = 0, lo, hi, score = 0;
        while (fact_word_next(name, &at, &lo, &hi)) {
            str term = str_slice(name, (ptrdiff_t)lo, (ptrdiff_t)hi);
            bool counts = term.n > 2;
            for (size_t g = 0; g < COUNT_OF(generic); g++) counts = counts && !str_eq(term, str_from_cstr(generic[g]));
            uint64_t stem = fact_stem(term);
            bool named = counts && has_stem(e->id, stem);
            for (uint32_t a = 0; a < e->aliases.n && counts && !named; a++)
                named = has_stem(e->aliases.at[a].text, stem);
            score += named;
        }
        if (score > best->score)
            *best = (owner){all[k], score, false};
        else if (score && score == best->score && all[k] != best->entity)
            best->tied = true;
    }
}

/* The last part of each word with a '/' or an ending of a unit: names of files, units and scripts. */
static void score_text(const judge *j, str text, owner *best) {
    static const char *const ends[] = {".timer", ".service", ".sh", ".py"};
    str rest = text, part;
    while (str_cut(&rest, ' ', &part)) {
        while (part.n && strchr("`\"',.:;()", part.p[part.n - 1])) part.n--;
        ptrdiff_t at = part.n;
        while (at > 0 && part.p[at - 1] != '/' && part.p[at - 1] != '=') at--;
        bool names = at > 0 && part.p[at - 1] == '/';
        for (size_t i = 0; i < COUNT_OF(ends); i++) names = names || str_ends(part, str_from_cstr(ends[i]));
        if (names) score_name(j, str_slice(part, at, part.n), best);
    }
}

uint32_t process_of_files(const judge *j, str text) {
    owner best = {MANIFEST_NONE, 0, false};
    score_text(j, text, &best);
    return best.tied ? MANIFEST_NONE : best.entity;
}

static uint32_t timer_owner(const judge *j, uint32_t at, str command) {
    const passage *p = &j->passages[at];
    owner best = {MANIFEST_NONE, 0, false};
    if (command.n) {
        score_text(j, command, &best);
        return best.tied ? MANIFEST_NONE : best.entity;
    }
    /* one unit a block, or the comment above it names the unit */
    for (uint32_t i = at; i > 0 && at - i < TIMER_LINES && j->passages[i - 1].block == p->block; i--) {
        str line = str_trim(passage_text(&j->passages[i - 1]));
        if (str_starts(line, STR("OnCalendar"))) break;
        if (line.n && (line.p[0] == '#' || line.p[0] == ';')) score_text(j, line, &best);
        if (str_starts(line, STR("Description="))) score_name(j, str_slice(line, 12, line.n), &best);
        if (best.score) break;
    }
    if (!best.score && p->lead != PASSAGE_NONE) score_text(j, passage_text(&j->passages[p->lead]), &best);
    return best.tied ? MANIFEST_NONE : best.entity;
}

static void judge_timer(judge *j, passage *p, uint32_t entity, cadence *c, uint32_t lo, uint32_t hi) {
    const manifest_entity *e = &j->m->entities[entity];
    cadence declared;
    if (!process_cadence(e, &declared)) return;
    stance_view s = stance_at(j, p, lo, hi);
    enum cadence_agreement says = cadence_compare(c, &declared);
    claim *x = claim_add(j, p, lo, hi, CLAIM_PROCESS, &s);
    if (!x || x->verdict == VERDICT_NOT_ABOUT_US) return;
    take_tokens(p, lo, hi);
    x->subject = e->id;
    if (says == CADENCE_AGREES)
        claim_supported(j, x, &e->process.fact, e->process.cadence, STR("the declared cadence"));
    else if (says == CADENCE_UNLIKE && !declared.event_count)
        claim_contradicted(j, x, &e->process.fact, e->process.cadence,
                           judge_printf(j, "not the declared cadence of %.*s", STR_ARG(e->id)));
    else
        claim_unverified(j, x, judge_printf(j, "near the cadence of %.*s, not comparable", STR_ARG(e->id)));
}

void judge_timers(judge *j) {
    for (uint32_t i = 0, n = 0; i < j->passage_count && n < TIMER_LIMIT && !j->failed; i++) {
        passage *p = &j->passages[i];
        if (p->kind != PASSAGE_CODE || p->flags & PASSAGE_IN_QUOTE) continue;
        str line = passage_text(p), text = str_trim(line), command;
        cadence c;
        uint32_t entity, lo = p->text.lo + (uint32_t)(text.p - line.p), hi = lo + (uint32_t)text.n;
        if (p->flags & PASSAGE_PROMPT && !(text.n && (byte_is_digit(text.p[0]) || text.p[0] == '*')))
            continue; /* typed; a crontab in a block of shell begins with its minutes */
        if (str_starts(text, STR("OnCalendar="))) {
            if (!read_calendar(str_slice(text, 11, text.n), &c)) continue;
            entity = timer_owner(j, i, (str){0});
        } else if (text.n && (byte_is_digit(text.p[0]) || text.p[0] == '*') && text.n < 400) {
            command = read_crontab(text, &c);
            if (!command.n) continue;
            entity = timer_owner(j, i, command);
            hi = lo + (uint32_t)(command.p - text.p);
            while (hi > lo && byte_is_space(p->on->text.p[hi - 1])) hi--;
        } else {
            continue;
        }
        n++;
        if (entity != MANIFEST_NONE) judge_timer(j, p, entity, &c, lo, hi);
    }
}
