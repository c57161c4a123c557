/* version_changes.c - what no change can be: a version at an end of it where it never stood.
 *
 *     "2.8.4, which replaced 2.8.4"                     nothing follows itself
 *     | component | with 4.1.3 | with 4.2.0 |           under a release of one thing stands what ran while it did:
 *     | Python    | 3.11.11    | 3.11.11    |           3.11.11 went when 4.2.0 came
 *     "On 2026-05-03 perch went to 1.3.2"               which ended on that day
 *     "since 13 May it has been 0.17.3"                 which ended: what has been so since, is so
 *     | component | until May | since |                 from left to right, older to newer
 *     | Slurm     | 25.05.3   | 23.11.8 |
 *     | DGX OS    | 7.4.0     | 7.4.0   |             not where the row says that it is unchanged
 *
 * In: a version that its component has or had, in a construct that tells of a change, or a table of one. Out: whether
 * the history rules it out there. Without a declared history nothing is ruled out.
 */
#include "facts/versions/versions.h"

#include <string.h>

/* Is the same version stated of the same thing at the other end of a change: "2.8.4, which replaced 2.8.4"? Of a
 * version that ran once the later end is wrong, of the one that runs the earlier. */
static bool follows_itself(judge *j, passage *p, const token *t, bool runs) {
    if (p->kind != PASSAGE_SENTENCE || version_is_past_place(j, p, t) != runs) return false;
    str stated = surface_slice(p->on, t->core.lo, t->core.hi);
    for (uint32_t i = p->token_lo; i < p->token_hi && i < p->token_lo + 64; i++) {
        const token *x = &p->on->tokens[i];
        if (x->core.lo == t->core.lo || x->kind != t->kind) continue;
        uint32_t gap = x->text.lo > t->text.hi ? x->text.lo - t->text.hi : t->text.lo - x->text.hi;
        if (gap > 80 || !str_eq(surface_slice(p->on, x->core.lo, x->core.hi), stated)) continue;
        if (version_is_past_place(j, p, x) != runs) return true;
    }
    return false;
}

/* Under "with 4.2.0", a release of a component: was it replaced before that one came, or did it come when that one
 * went?
 */
static bool misses_column(const judge *j, const passage *p, const manifest_version *v, const manifest_period *period) {
    if (p->kind != PASSAGE_CELL || p->column == PASSAGE_NONE || p->label == PASSAGE_NONE) return false;
    const passage *column = &j->passages[p->column];
    const token *release = NULL;
    for (uint32_t i = column->token_lo; i < column->token_hi && i < column->token_lo + 8; i++) {
        if (column->on->tokens[i].kind != TOKEN_VERSION && column->on->tokens[i].kind != TOKEN_NUMBER) continue;
        if (release) return false;
        release = &column->on->tokens[i];
    }
    if (!release) return false;
    str text = surface_slice(column->on, release->core.lo, release->core.hi);
    uint32_t owner = owner_of_version(j, text);
    if (owner == MANIFEST_NONE || &j->m->entities[owner].version == v) return false;
    const manifest_version *head = &j->m->entities[owner].version;
    version_match then = version_agree_with(j, owner, text);
    if (!then.version || !head->history_count || !v->history_count) return false;
    day_number from = then.period ? then.period->from : head->history[head->history_count - 1].to;
    day_number to = then.period ? then.period->to : 0;
    if (period) return from && period->to && period->to <= from;
    return to && v->history[v->history_count - 1].to >= to;
}

/* ---- columns of before and after ---- */

static bool has_head(judge *j, passage *p, const char *words) {
    passage *column = &j->passages[p->column];
    passage_prepare(j, column);
    for (uint32_t i = 0; i < column->word_count && i < 6; i++)
        if (word_in(column, i, words)) return true;
    return false;
}

/* The place of a version in the component's history, 1 the oldest, and one more what runs now; 0 = none. What ran on
 * the article's day is history here: a table tells of more days than that. */
static uint32_t rank_in(const manifest_version *v, str stated) {
    if (v->text.n && version_agrees(v, stated, v->text)) return v->history_count + 1;
    for (uint32_t i = v->history_count; i > 0; i--)
        if (version_agrees(v, stated, v->history[i - 1].version)) return i;
    return 0;
}

bool version_is_step(const judge *j, uint32_t entity, str from, str to) {
    uint32_t older = rank_in(&j->m->entities[entity].version, from),
             newer = rank_in(&j->m->entities[entity].version, to);
    return older && newer > older;
}

static uint32_t rank_of(const judge *j, const passage *p, uint32_t entity) {
    const manifest_version *v = &j->m->entities[entity].version;
    for (uint32_t i = p->token_lo; i < p->token_hi && i < p->token_lo + 8; i++) {
        const token *t = &p->on->tokens[i];
        if (t->kind != TOKEN_VERSION && t->kind != TOKEN_NUMBER && t->kind != TOKEN_IDENT) continue;
        uint32_t rank = rank_in(v, surface_slice(p->on, t->core.lo, t->core.hi));
        if (rank) return rank;
    }
    return 0;
}

/* The day on which the component last changed; 0 where its history tells none. */
static day_number last_change(const manifest_version *v) {
    return v->history_count ? v->history[v->history_count - 1].to : 0;
}

/* "| DGX OS | 7.4.0 | 7.4.0 | unchanged since March |": the row says so itself, or another row of the table tells of a
 * change that came after this component's last: then both columns are of a time when it was so. `entity` runs in both.
 */
static bool is_left_as_it_was(judge *j, const passage *p, uint32_t entity) {
    enum { CELLS_AROUND = 96, HITS_READ = 8 };
    uint32_t own = (uint32_t)(p - j->passages), first = own, end = own + 1;
    day_number last = last_change(&j->m->entities[entity].version);
    while (first > 0 && own - first < CELLS_AROUND && j->passages[first - 1].kind == PASSAGE_CELL) first--;
    while (end < j->passage_count && end - own < CELLS_AROUND && j->passages[end].kind == PASSAGE_CELL) end++;
    for (uint32_t i = first; i < end; i++) {
        passage *q = &j->passages[i];
        if (q->label == p->label && q != p) {
            passage_prepare(j, q);
            for (uint32_t k = 0; k < q->word_count && k < 16; k++)
                if (word_in(q, k, "unchanged same untouched identical stays stayed kept idem ditto held") ||
                    (word_in(q, k, "no not") && word_in(q, k + 1, "change changed touched new upgraded update news")))
                    return true;
        }
        if (i != q->label && q->label != PASSAGE_NONE) continue; /* a row's first cell names its component */
        for (uint32_t h = q->hit_lo; h < q->hit_hi && h < q->hit_lo + HITS_READ; h++) {
            uint32_t e = hit_entity(j, &q->on->hits[h], ENTITY_COMPONENT);
            if (e != MANIFEST_NONE && e != entity && last && last_change(&j->m->entities[e].version) > last)
                return true;
        }
    }
    return false;
}

/* "| until May | since |": is what stands on the right no newer than what stands on its left? Then what ran is wrong on
 * the right, what runs on the left. */
static bool is_reversed(judge *j, passage *p, uint32_t entity, bool runs) {
    static const char before[] = "until before old previous previously was then former",
                      after[] = "since now after today new current from";
    if (p->kind != PASSAGE_CELL || p->column == PASSAGE_NONE || p->label == PASSAGE_NONE) return false;
    uint32_t own = (uint32_t)(p - j->passages), beside = runs ? own + 1 : own - 1;
    if (beside <= p->label || beside >= j->passage_count || j->passages[beside].label != p->label) return false;
    passage *q = &j->passages[beside], *left = runs ? p : q, *right = runs ? q : p;
    if (q->column == PASSAGE_NONE || !has_head(j, left, before) || !has_head(j, right, after)) return false;
    uint32_t older = rank_of(j, left, entity), newer = rank_of(j, right, entity);
    if (older == newer && older == j->m->entities[entity].version.history_count + 1 && is_left_as_it_was(j, p, entity))
        return false;
    return older && newer && newer <= older;
}

bool version_breaks_change(judge *j, passage *p, const token *t, uint32_t entity, const manifest_period *period) {
    const manifest_version *v = &j->m->entities[entity].version;
    uint32_t rank = rank_in(v, surface_slice(p->on, t->core.lo, t->core.hi));
    if (rank && rank <= v->history_count) period = &v->history[rank - 1];
    return v->history_count > 0 &&
           (follows_itself(j, p, t, !period) || misses_column(j, p, v, period) || is_reversed(j, p, entity, !period));
}

/* ---- days ---- */

/* "On 2026-05-03 perch went from 1.3.2 to 1.4.0", "rolled back on 17 September, it was to build b8021": what it went
 * *to* on the sentence's one day may not have ended by then. */
bool version_target_is_late(judge *j, passage *p, const token *t, const manifest_period *period) {
    uint32_t first, end, before = UINT32_MAX;
    const token *date = NULL;
    passage_window(p, t->text.lo, t->text.hi, &first, &end);
    for (uint32_t i = first; i < end && p->words[i].hi <= t->text.lo; i++) before = i;
    if (before != UINT32_MAX && before > first && word_in(p, before, "build version release")) before--;
    if (before == UINT32_MAX || !word_is(p, before, "to") || !(p->cues & CUE_WAS)) return false;
    for (uint32_t i = p->token_lo; i < p->token_hi && i < p->token_lo + 64; i++) {
        if (p->on->tokens[i].kind != TOKEN_DATE) continue;
        if (date) return false;
        date = &p->on->tokens[i];
    }
    day_number day;
    return date && version_day(j, surface_slice(p->on, date->text.lo, date->text.hi), &day) && period->to &&
           period->to <= day;
}

/* "Since 13 May the backups have been made by 0.17.3": what has been so since, is so; what came to an end is not. */
bool version_has_been_since(judge *j, passage *p, const token *t) {
    clause_range part = stance_part(p, t->text.lo, t->text.hi), clause = clause_at(j, p, t->text.lo, t->text.hi);
    bool since = false, perfect = false;
    if (p->kind != PASSAGE_SENTENCE) return false;
    for (uint32_t i = 0; i < p->word_count && i < 400; i++) {
        bool last =
            i + 1 == p->word_count || (p->words[i].hi < p->text.hi && strchr(",;.", p->on->text.p[p->words[i].hi]));
        bool mine = p->words[i].lo >= part.lo && (p->words[i].lo < part.hi || last);
        since = since || (mine && word_is(p, i, "since"));
        if (p->words[i].lo < clause.lo || p->words[i].lo >= clause.hi) continue;
        if (p->words[i].cues & CUE_NEGATION ||
            word_in(p, i, "until from before off left replaced instead than after still had was were"))
            return false;
        perfect = perfect || (word_in(p, i, "has have") && word_in(p, i + 1, "been run used had stayed"));
        perfect = perfect || (word_in(p, i, "has have") && word_in(p, i + 2, "been run used had stayed"));
    }
    return since && perfect;
}

/* "- Cowcast 1.8.0: 31 inputs", "- Cowcast 1.6.2: 12 inputs": another item begins with the release that runs. */
static bool is_older_in_list(const judge *j, const passage *p, const manifest_version *v) {
    enum { ITEMS_READ = 16 };
    uint32_t own = (uint32_t)(p - j->passages);
    if (p->token_lo == p->token_hi || p->on->tokens[p->token_lo].text.lo > p->text.lo + 40) return false;
    for (uint32_t i = own > ITEMS_READ ? own - ITEMS_READ : 0; i < j->passage_count && i < own + ITEMS_READ; i++) {
        const passage *q = &j->passages[i];
        if (q == p || !(q->flags & PASSAGE_IN_LIST) || q->lead != p->lead || q->token_lo == q->token_hi) continue;
        const token *t = &q->on->tokens[q->token_lo];
        if ((t->kind == TOKEN_VERSION || t->kind == TOKEN_NUMBER) && t->text.lo <= q->text.lo + 40 &&
            t->core.hi > t->core.lo + 2 && version_agrees(v, surface_slice(q->on, t->core.lo, t->core.hi), v->text))
            return true;
    }
    return false;
}

/* Does the cell state what runs now? */
static bool states_todays(const passage *q, const manifest_version *v) {
    for (uint32_t t = q->token_lo; t < q->token_hi && t < q->token_lo + 64; t++) {
        uint8_t kind = q->on->tokens[t].kind;
        if (kind != TOKEN_VERSION && kind != TOKEN_NUMBER) continue;
        str stated = surface_slice(q->on, q->on->tokens[t].core.lo, q->on->tokens[t].core.hi);
        if (stated.n > 2 && version_agrees(v, stated, v->text)) return true;
    }
    return false;
}

/* "| stacker | 0.8.2 |" above "| stacker | 0.7.0 |": another row of the same name, whose cell in this column states it.
 */
static bool is_older_row(const judge *j, const passage *p, const manifest_version *v) {
    enum { ROWS_AROUND = 32 }; /* cells: releases that are compared stand near each other */
    uint32_t own = (uint32_t)(p - j->passages), first = own > ROWS_AROUND ? own - ROWS_AROUND : 0;
    str name = str_trim(passage_text(&j->passages[p->label]));
    for (uint32_t i = first; p->column != PASSAGE_NONE && i < j->passage_count && i < own + ROWS_AROUND; i++) {
        const passage *q = &j->passages[i];
        if (q->kind == PASSAGE_CELL && q->column == p->column && q->label != p->label && q->label != PASSAGE_NONE &&
            str_eq_nocase(str_trim(passage_text(&j->passages[q->label])), name) && states_todays(q, v))
            return true;
    }
    return false;
}

/* "| PostgreSQL 15.13 | PostgreSQL 17.7 |": another cell of the row, or a row of the same name, states what runs; this
 * one is an older column, an older row. */
bool version_is_older_beside(const judge *j, const passage *p, const manifest_version *v) {
    if (p->kind == PASSAGE_SENTENCE && p->flags & PASSAGE_IN_LIST) return is_older_in_list(j, p, v);
    if (p->kind != PASSAGE_CELL || p->label == PASSAGE_NONE) return false;
    for (uint32_t i = p->label; i < j->passage_count && i < p->label + 32; i++) {
        const passage *q = &j->passages[i];
        if (q->block == p->block || (i != p->label && q->label != p->label)) continue;
        if (states_todays(q, v)) return true;
    }
    return is_older_row(j, p, v);
}
