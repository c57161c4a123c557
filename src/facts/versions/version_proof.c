/* version_proof.c - what is said of a version that is judged.
 *
 *     2.7.6 until 2026-03-01, now 2.8.4: 2.7.6 was what ran on 2026-02-10, the article's day
 *     2.7.6: what ran on 2025-06-01 is not 2.8.4
 *     2.8.4: 2.7.6 is stale: 2.8.4 has been installed since 2026-03-01
 *     "In 2022 this blog was built with 0.92": of before the history begins, which denies nothing of it
 *
 * In: a version, what of its component's it agrees with, and the time it is told of. Out: the claim with its proof.
 * What the fact of a contradicted claim "says" is a version that could stand in its place and nothing else, for
 * `explain` and a repair offer it: of a time that is over, never what runs now. Where none is known it says nothing,
 * and the comparison tells the rest.
 */
#include "facts/versions/version_when.h"

enum { WORDS_READ = 80 };

str version_says(judge *j, const manifest_version *v, const manifest_period *period) {
    if (period && !v->text.n)
        return judge_printf(j, "%.*s until %s", STR_ARG(period->version), date_format(period->to).text);
    if (period)
        return judge_printf(j, "%.*s until %s, now %.*s", STR_ARG(period->version), date_format(period->to).text,
                            STR_ARG(v->text));
    return v->text;
}

/* The comparison of what agrees: with what runs, with what ran on the article's day, or with what once ran. */
str version_agreement(judge *j, str stated, const manifest_version *v, const version_match *m) {
    if (m->then)
        return judge_printf(j, "%.*s was what ran on %s, the article's day", STR_ARG(m->then->version),
                            date_format(j->day).text);
    return judge_printf(j, "%.*s agrees with %.*s", STR_ARG(stated), STR_ARG(m->period ? m->period->version : v->text));
}

/* Is it a version of another time than the dates that stand around it? Having run once does not prove that it ran then,
 * nor does what runs now prove that it "was running". */
bool version_is_undated(judge *j, passage *p, const token *t, uint32_t entity, str stated,
                        const manifest_period *period) {
    version_days days;
    return (period || version_is_told_past(p, t)) && version_dates_miss(j, p, t, entity, stated) &&
           version_then_of(j, p, t, entity, stated, &days) != THEN_RAN; /* "before May", and long before */
}

/* A version said to have run at a time at which it did not, or perhaps not. True where the claim is judged by that. */
bool version_judge_then(judge *j, claim *c, passage *p, const token *t, uint32_t entity, str stated, bool plain) {
    version_days days;
    const manifest_version *v = &j->m->entities[entity].version;
    enum version_then then = version_then_of(j, p, t, entity, stated, &days);
    if (then == THEN_UNTOLD || then == THEN_RAN) return false;
    if (!days.text.n)
        claim_unverified(j, c, STR("no calendar has that day"));
    else if (then == THEN_PERHAPS)
        claim_unverified(j, c,
                         judge_printf(j, "its history does not prove %.*s %.*s", STR_ARG(stated), STR_ARG(days.text)));
    else if (!plain || !days.sure)
        claim_unverified(j, c, judge_printf(j, "its history has no %.*s %.*s", STR_ARG(stated), STR_ARG(days.text)));
    else if (days.ran.n)
        claim_contradicted(j, c, &v->fact, days.ran,
                           judge_printf(j, "what ran %.*s is not %.*s", STR_ARG(days.text), STR_ARG(stated)));
    else
        claim_contradicted(j, c, &v->fact, (str){0},
                           judge_printf(j, "its history has no %.*s %.*s", STR_ARG(stated), STR_ARG(days.text)));
    return true;
}

/* "when I started this blog", "the first post", "five years ago", "since version 0.9": told of how it began. */
static bool tells_of_beginnings(const passage *p, const token *t) {
    for (uint32_t i = 0; i < p->word_count && i < WORDS_READ; i++) {
        if (word_in(p, i, "years decades") && word_is(p, i + 1, "ago")) return true;
        if (word_is(p, i, "when") && word_in(p, i + 1, "i we") && word_in(p, i + 2, "started began")) return true;
        if (word_is(p, i, "first") && word_in(p, i + 1, "post posts article articles site blog page server machine"))
            return true;
        if (word_is(p, i, "since") && word_in(p, i + 1, "version release") && i + 2 < p->word_count &&
            p->words[i + 2].lo <= t->text.lo && p->words[i + 2].hi >= t->text.lo)
            return true;
    }
    return false;
}

/* Is it older than whatever the component is declared to have had, and told of a time before all of that? `told`: the
 * last day that a row or a column dates it to, "| | January | Today |"; 0 where none does. */
static bool is_before_history(const passage *p, const token *t, const manifest_version *v, str stated,
                              day_number told) {
    day_number first = 0;
    if (v->text.n && version_compare(v->scheme, stated, v->text) != VERSION_LESS) return false;
    for (uint32_t i = 0; i < v->history_count; i++) {
        if (version_compare(v->scheme, stated, v->history[i].version) != VERSION_LESS) return false;
        if (i == 0 || v->history[i].from < first) first = v->history[i].from;
    }
    if (tells_of_beginnings(p, t) || (told && told < first)) return true;
    bool before = false;
    for (uint32_t i = 0; i < p->word_count && i < WORDS_READ && first; i++) {
        calendar when, last; /* of a span, which ends when `last` does */
        if (!version_dates_at(p, &i, &when, &last) || !last.year) continue;
        day_number end =
            date_make(last.month ? last.year : last.year + 1, last.month ? last.month : 1, last.day ? last.day : 1);
        if (!end || end > first) return false;
        before = true;
    }
    return before;
}

/* "With its old driver anchorage reports CUDA 12.2": it is seen today, whatever is old in the sentence. */
static bool is_seen_now(const passage *p) {
    for (uint32_t i = 0; i < p->word_count && i < WORDS_READ; i++)
        if (word_in(p, i, "reports shows says prints is are runs uses")) return true;
    return false;
}

/* "The driver. … In April we went to 570.133.07, when Ollama moved from 0.5.7": a version of three parts that another
 * component is declared to have, where the name that it may be of stands behind it alone. */
static bool is_declared_of_another(const judge *j, const passage *p, const token *t, uint32_t entity, str stated) {
    uint32_t count = 0;
    const uint32_t *owners = count_dots(stated) > 1 ? fact_index_version(j->index, stated, &count) : NULL;
    if (!count || p->kind != PASSAGE_SENTENCE) return false;
    for (uint32_t i = 0; i < count; i++)
        if (owners[i] == entity) return false;
    bool behind = false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) {
        if (hit_entity(j, &p->on->hits[h], -1) != entity) continue;
        if (p->on->hits[h].where.hi <= t->text.lo) return false;
        behind = true;
    }
    return behind;
}

/* A version that the component never had: what it should be, where that is known. Of a time that is over, what runs now
 * is no answer. */
void version_contradict_never(judge *j, claim *c, passage *p, const token *t, uint32_t entity, str stated, bool past) {
    version_days days;
    const manifest_version *v = &j->m->entities[entity].version;
    enum version_then then = version_then_of(j, p, t, entity, stated, &days);
    if (is_declared_of_another(j, p, t, entity, stated)) {
        claim_unverified(j, c, STR("another one is declared to have this version"));
        return;
    }
    if (is_before_history(p, t, v, stated, days.last)) {
        claim_unverified(j, c, STR("told of a time before its history begins"));
        return;
    }
    if (c->stance == STANCE_HISTORICAL && !v->history_count && !is_seen_now(p)) {
        claim_unverified(j, c, STR("told of a time before, and what it was then is not declared"));
        return;
    }
    if (then == THEN_MISSED && days.sure && days.ran.n)
        claim_contradicted(j, c, &v->fact, days.ran,
                           judge_printf(j, "what ran %.*s is not %.*s", STR_ARG(days.text), STR_ARG(stated)));
    else if (v->text.n && !(v->history_count && (past || then != THEN_UNTOLD)))
        claim_contradicted(j, c, &v->fact, v->text,
                           judge_printf(j, "%.*s is not %.*s", STR_ARG(stated), STR_ARG(v->text)));
    else
        claim_contradicted(j, c, &v->fact, (str){0},
                           judge_printf(j, "%.*s was never installed, by its history", STR_ARG(stated)));
}

/* Why a version that once ran and is stated as current is wrong. */
str version_staleness(judge *j, const manifest_version *v, const manifest_period *period, str stated) {
    if (!v->text.n)
        return judge_printf(j, "%.*s is stale: it went on %s", STR_ARG(stated), date_format(period->to).text);
    return judge_printf(j, "%.*s is stale: %.*s has been installed since %s", STR_ARG(stated), STR_ARG(v->text),
                        date_format(version_current_since(v)).text);
}
