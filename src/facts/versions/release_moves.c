/* release_moves.c - versions without a name: the construct tells whose they are.
 *
 *     "perch went from 1.3.2 to 1.4.0"                  both ends belong to the name before the verb
 *     "the step from vLLM 0.14.0 to 0.17.1"             the bare end belongs to the other end's name
 *     "PostgreSQL 15.8 until … and went to 16.11"       what it went to is a version of what is named with one
 *     "They have run 16.12 since March."                of the one component that the sentences before state
 *     "| 4.1.3 | 118 ms |" over "| 4.2.0 | 17 ms |"     beside versions that only one component ever had
 *
 * In: a version, a build tag or a bare number with a point. Out: its component. A number with a unit, or before a noun,
 * is a quantity and never comes here bound.
 */
#include "facts/versions/versions.h"

static bool is_in(const passage *p, uint32_t i, const char *const *words, size_t n) {
    for (size_t k = 0; k < n; k++)
        if (word_is(p, i, words[k])) return true;
    return false;
}

bool version_stands_alone(const passage *p, const token *t) {
    static const char *const words[] = {"since", "until",  "from",  "in",   "on",   "for",     "as",
                                        "with",  "before", "after", "and",  "to",   "had",     "has",
                                        "was",   "which",  "or",    "but",  "when", "because", "is",
                                        "that",  "at",     "while", "then", "here", "now",     "today"};
    if (t->kind != TOKEN_NUMBER) return true;
    if (t->text.hi >= p->text.hi) return true;
    if (strchr(".,;:)", p->on->text.p[t->text.hi])) return true;
    if (p->on->text.p[t->text.hi] != ' ') return false;
    uint32_t first, end;
    passage_window(p, t->text.hi, t->text.hi, &first, &end);
    for (uint32_t i = first; i < end; i++)
        if (p->words[i].lo >= t->text.hi)
            return p->words[i].lo == t->text.hi + 1 && is_in(p, i, words, COUNT_OF(words));
    return true;
}

static bool has_point(const passage *p, const token *t) {
    return str_find_byte(surface_slice(p->on, t->core.lo, t->core.hi), '.', 0) > 0;
}

/* "moved to PostgreSQL and from 25.0.6 to 26.1.4": what stands behind "to" is not what moves. */
static bool is_destination(const passage *p, uint32_t lo) {
    uint32_t before = version_word_before(p, lo);
    return before != UINT32_MAX && (word_is(p, before, "to") || word_is(p, before, "into"));
}

/* The component named last before `lo` in the sentence; its hit, or NULL. */
static const alias_hit *component_before(const judge *j, const passage *p, uint32_t lo) {
    const alias_hit *found = NULL;
    uint32_t first, end;
    passage_hit_window(p, lo, lo, &first, &end);
    for (uint32_t h = first; h < end && p->on->hits[h].where.hi <= lo; h++) {
        binding one = {.n = 0};
        add_component(j, &one, &p->on->hits[h]);
        if (!one.n || p->on->hits[h].inside >= 0) continue;
        if (found && is_destination(p, p->on->hits[h].where.lo)) continue; /* "Keycloak moved to PostgreSQL and from" */
        found = &p->on->hits[h];
    }
    return found;
}

/* Is [lo, hi) part of a version, a build tag or a machine's name? */
static bool is_passed(const judge *j, const passage *p, uint32_t lo, uint32_t hi) {
    for (uint32_t t = p->token_lo; t < p->token_hi && p->on->tokens[t].text.lo < hi; t++) {
        uint8_t kind = p->on->tokens[t].kind;
        if (p->on->tokens[t].text.hi >= hi && p->on->tokens[t].text.lo <= lo &&
            (kind == TOKEN_VERSION || kind == TOKEN_NUMBER || kind == TOKEN_IDENT))
            return true;
    }
    for (uint32_t h = p->hit_lo; h < p->hit_hi && p->on->hits[h].where.lo < hi; h++) {
        if (p->on->hits[h].where.lo > lo || p->on->hits[h].where.hi < hi) continue;
        uint32_t e = hit_entity(j, &p->on->hits[h], -1);
        if (e == MANIFEST_NONE) continue;
        if (j->m->entities[e].kind == ENTITY_HOST || j->m->entities[e].kind == ENTITY_HARDWARE) return true;
        if (is_destination(p, p->on->hits[h].where.lo)) return true;
    }
    return false;
}

/* Do only the words of a change part the name from the version: "on roost went from 2.8.4 to"? */
static bool is_chain(const judge *j, const passage *p, uint32_t from, uint32_t lo) {
    static const char *const words[] = {
        "went", "goes",  "moved",    "upgraded", "updated", "switched", "jumped", "bumped",  "from",    "to",
        "up",   "then",  "straight", "directly", "on",      "was",      "is",     "stepped", "changed", "and",
        "grew", "again", "which",    "i",        "we",      "had",      "have",   "it",      "has"};
    uint32_t first, end;
    bool moves = false;
    if (lo - from > 90) return false;
    passage_window(p, from, lo, &first, &end);
    for (uint32_t i = first; i < end && p->words[i].hi <= lo; i++) {
        if (p->words[i].lo < from) continue;
        if (is_passed(j, p, p->words[i].lo, p->words[i].hi)) continue;
        if (!is_in(p, i, words, COUNT_OF(words))) return false;
        moves = moves || word_is(p, i, "from") || word_is(p, i, "to");
    }
    for (uint32_t k = from; k < lo; k++)
        if (p->on->text.p[k] == ';' || p->on->text.p[k] == '(' || p->on->text.p[k] == ':') return false;
    return moves;
}

/* "went to", "back to", "after … had": what stands before and behind a bare version in a sentence that states another
 * version of the component. */
static bool is_move_target(const passage *p, const token *t, uint32_t before) {
    static const char *const moves[] = {"went",     "back",     "moved",    "upgraded",   "updated",
                                        "switched", "returned", "reverted", "downgraded", "gone",
                                        "rolled",   "go",       "upgrade",  "jumped"};
    static const char *const had[] = {"had", "was", "came", "served", "went"};
    if (word_is(p, before, "to")) return before > 0 && is_in(p, before - 1, moves, COUNT_OF(moves));
    if (!word_is(p, before, "after") && !word_is(p, before, "replaced")) return false;
    if (word_is(p, before, "replaced")) return true;
    uint32_t first, end;
    passage_window(p, t->text.hi, t->text.hi, &first, &end);
    for (uint32_t i = first; i < end; i++)
        if (p->words[i].lo >= t->text.hi) return is_in(p, i, had, COUNT_OF(had));
    return false;
}

/* Does a version of its own stand right behind the name, with as many points as this one? */
static bool is_named_with_version(const passage *p, const alias_hit *name, const token *t, ptrdiff_t dots) {
    for (uint32_t i = p->token_lo; i < p->token_hi && p->on->tokens[i].text.lo < t->text.lo; i++) {
        const token *v = &p->on->tokens[i];
        if (v->core.lo < name->where.hi || v->core.lo > name->where.hi + 2) continue;
        if (v->kind != TOKEN_VERSION && v->kind != TOKEN_NUMBER) continue;
        return count_dots(surface_slice(p->on, v->core.lo, v->core.hi)) == dots;
    }
    return false;
}

bool bind_move(judge *j, passage *p, const token *t, binding *b) {
    if (p->kind != PASSAGE_SENTENCE || !j->about_us) return false;
    if (t->kind != TOKEN_VERSION && t->kind != TOKEN_NUMBER) return false;
    passage_prepare(j, p);
    if (!has_point(p, t) && !byte_is_alpha(p->on->text.p[t->core.lo])) return false;
    uint32_t before = version_word_before(p, t->text.lo);
    if (before == UINT32_MAX || !version_stands_alone(p, t)) return false;
    static const char *const leads[] = {"from", "to", "after", "replaced", "run", "ran", "runs", "running"};
    if (!is_in(p, before, leads, COUNT_OF(leads))) return false;
    const alias_hit *name = component_before(j, p, t->text.lo);
    ptrdiff_t dots = count_dots(surface_slice(p->on, t->core.lo, t->core.hi));
    if (!name) {
        bind_running_subject(j, p, t, b);
        return b->n > 0;
    }
    bool chain = !is_destination(p, name->where.lo) && (word_is(p, before, "from") || word_is(p, before, "to")) &&
                 is_chain(j, p, name->where.hi, t->text.lo);
    if (chain && t->kind == TOKEN_NUMBER) { /* "fell from 120.5 to 45.2": one end must be a version beyond doubt */
        bool certain = false;
        for (uint32_t i = p->token_lo; i < p->token_hi; i++) {
            const token *v = &p->on->tokens[i];
            uint32_t gap = v->core.lo > t->core.hi ? v->core.lo - t->core.hi : t->core.lo - v->core.hi;
            str text = surface_slice(p->on, v->core.lo, v->core.hi);
            uint32_t count;
            if (v == t || gap > 24 || v->core.lo < name->where.hi) continue;
            certain = certain || v->kind == TOKEN_VERSION ||
                      (v->kind == TOKEN_NUMBER && fact_index_version(j->index, text, &count) && count);
        }
        chain = certain;
    }
    bool target = !chain && is_move_target(p, t, before) && is_named_with_version(p, name, t, dots);
    if (!chain && !target) return false;
    add_component(j, b, name);
    b->strong = b->n > 0;
    b->apart = true; /* "as Keycloak moved to PostgreSQL and from 25.0.6": another name of the clause may have it */
    b->past_too = word_is(p, before, "from") || target;
    return b->n > 0;
}

/* ---- tables ---- */

/* The one component that ever had this version; MANIFEST_NONE when none or several had. */
uint32_t owner_of_version(const judge *j, str text) {
    uint32_t count;
    const uint32_t *entities = fact_index_version(j->index, text, &count);
    uint32_t found = MANIFEST_NONE;
    for (uint32_t i = 0; i < count; i++) {
        bool seen = j->entity_seen[entities[i] / 64] >> entities[i] % 64 & 1;
        if (!seen || entities[i] == found) continue;
        if (found != MANIFEST_NONE) return MANIFEST_NONE;
        found = entities[i];
    }
    return found;
}

/* The version that a cell holds and nothing else but "with", "release": its token, or NULL. */
static const token *only_version(judge *j, passage *p) {
    static const char *const words[] = {"with",    "on", "before", "after", "version",
                                        "release", "v",  "now",    "until", "under"};
    const token *found = NULL;
    passage_prepare(j, p);
    for (uint32_t t = p->token_lo; t < p->token_hi; t++) {
        const token *v = &p->on->tokens[t];
        if (v->kind != TOKEN_VERSION && v->kind != TOKEN_NUMBER) continue;
        if (found) return NULL;
        found = v;
    }
    if (!found || count_dots(surface_slice(p->on, found->core.lo, found->core.hi)) < 1) return NULL;
    for (uint32_t i = 0; i < p->word_count; i++) {
        if (p->words[i].lo >= found->text.lo && p->words[i].hi <= found->text.hi) continue;
        if (!is_in(p, i, words, COUNT_OF(words))) return NULL;
    }
    return found;
}

enum { SIBLING_REACH = 400 };

/* Header cells of one row, or the cells at the head of the rows of one table: all but this one hold versions of one
 * component, or no version at all. */
bool bind_table_release(judge *j, passage *p, const token *t, binding *b) {
    if (p->kind != PASSAGE_CELL || !j->about_us || !(p->flags & (PASSAGE_HEADER_CELL | PASSAGE_LABEL_CELL)))
        return false;
    bool header = (p->flags & PASSAGE_HEADER_CELL) != 0;
    const token *only = only_version(j, p);
    if (!only || only != t) return false;
    if (!header && (p->column == PASSAGE_NONE ||
                    (passage_prepare(j, &j->passages[p->column]), !(j->passages[p->column].cues & CUE_VERSIONISH))))
        return false;
    uint32_t own = (uint32_t)(p - j->passages), owner = MANIFEST_NONE, from = own, to = own;
    while (from > 0 && own - from < SIBLING_REACH && j->passages[from - 1].kind == PASSAGE_CELL) from--;
    while (to + 1 < j->passage_count && to - own < SIBLING_REACH && j->passages[to + 1].kind == PASSAGE_CELL) to++;
    for (uint32_t i = from; i <= to; i++) {
        passage *q = &j->passages[i];
        if (i == own) continue;
        if (header ? !(q->flags & PASSAGE_HEADER_CELL) : !(q->flags & PASSAGE_LABEL_CELL) || q->column != p->column)
            continue;
        const token *v = only_version(j, q);
        if (!v) continue;
        uint32_t e = owner_of_version(j, surface_slice(q->on, v->core.lo, v->core.hi));
        if (e == MANIFEST_NONE || (owner != MANIFEST_NONE && e != owner)) return false;
        owner = e;
    }
    str own_text = surface_slice(p->on, t->core.lo, t->core.hi);
    if (owner == MANIFEST_NONE || count_dots(own_text) == 0) return false;
    b->entity[b->n++] = owner;
    b->strong = true;
    b->past_too = true;
    return true;
}
