/* pairs.c - numbers that are only understood together: the two ends of a change, two subjects and their two values.
 *
 *     "from 118 W to 152 W"                 one end agrees with a declared fact: the other must be its sibling's value
 *     "A reaches 46.5 tok/s and B 142"      the subject named right before a number is whose it is
 *     "A and B reach 46.5 and 142"          the first is the first's
 *
 * Siblings are facts of one metric and one owner that differ in a condition: batch 1 and batch 8, before and after.
 */
#include "facts/numbers/question.h"

#include <math.h>

/* How far apart are the conditions of two facts? 0: not siblings. */
static uint32_t difference(const numeric_fact *f, const numeric_fact *g) {
    uint32_t other = 0, missing = 0, shared = 0;
    if (f->group != g->group || f->dimension != g->dimension || f->kind != g->kind || f->kind == FACT_ATTR ||
        !fact_shares_owner(f, g))
        return 0;
    for (uint32_t i = 0; i < f->condition_count; i++) {
        bool there = false;
        for (uint32_t k = 0; k < g->condition_count; k++) {
            if (!str_eq(f->conditions[i].of->key, g->conditions[k].of->key)) continue;
            there = true;
            shared++;
            other += !str_eq(f->conditions[i].of->value, g->conditions[k].of->value);
        }
        missing += !there;
    }
    return other ? other * 8 + missing : shared ? missing : 0; /* "batch 1", and "batch 1 on the old release" */
}

/* Do the numbers that the sentence states for the conditions in which f and g differ include f's own? */
static bool is_condition_stated(question *q, const numeric_fact *f, const numeric_fact *g, bool *any) {
    bool own = false;
    *any = false;
    for (uint32_t i = 0; i < f->condition_count; i++) {
        const fact_condition *c = &f->conditions[i];
        if (!c->is_number) continue;
        for (uint32_t k = 0; k < g->condition_count; k++)
            if (str_eq(c->of->key, g->conditions[k].of->key) && !str_eq(c->of->value, g->conditions[k].of->value)) {
                bool said;
                own = condition_number_stated(q, c, &said) || own;
                *any = *any || said;
            }
    }
    return own;
}

static bool agrees_with_other_end(const question *q, const numeric_fact *g) {
    return fabs(g->base - q->other_end) <= g->tolerance + q->other_half + 1e-9 * fabs(g->base);
}

bool fact_is_other_end(question *q, const numeric_fact *f) {
    uint32_t count;
    if (!q->change || f->kind == FACT_ATTR) return false;
    const uint32_t *group = fact_index_group(q->j->index, f->group, &count);
    for (uint32_t i = 0; i < count; i++) {
        const numeric_fact *g = &q->facts[group[i]];
        uint32_t mine = difference(f, g), ties = 0;
        bool any, nearer = false;
        if (!mine || !agrees_with_other_end(q, g)) continue;
        if (!is_condition_stated(q, f, g, &any) && any) continue; /* "at batch 4": a case that nobody declared */
        for (uint32_t k = 0; k < count; k++) {
            const numeric_fact *h = &q->facts[group[k]];
            uint32_t theirs = h == g || h == f ? 0 : difference(h, g);
            bool said;
            if (!theirs || (any && !is_condition_stated(q, h, g, &said))) continue;
            nearer = nearer || theirs < mine;
            ties += theirs == mine;
        }
        if (!nearer && !ties) return true;
    }
    return false;
}

enum role { ROLE_UNKNOWN, ROLE_FROM, ROLE_TO };

/* The last "from" or "to" in the 24 bytes before `at`, nothing but the condition's key behind it. */
static enum role role_before(const passage *p, uint32_t at) {
    uint32_t lo = at > p->text.lo + 24 ? at - 24 : p->text.lo;
    str before = surface_slice(p->on, lo, at);
    for (ptrdiff_t i = before.n; i-- > 0;) {
        str rest = str_slice(before, i, before.n);
        if (rest.p[0] == ',' || rest.p[0] == ';') return ROLE_UNKNOWN;
        bool starts = i == 0 || before.p[i - 1] == ' ';
        if (starts && str_starts(rest, STR("from "))) return ROLE_FROM;
        if (starts && str_starts(rest, STR("to "))) return ROLE_TO;
        if (starts && (str_starts(rest, STR("at ")) || str_starts(rest, STR("with ")))) return ROLE_UNKNOWN;
    }
    return ROLE_UNKNOWN;
}

/* Is the condition stated as what is left ("from batch 1") or as what is reached ("to batch 8")? `stated`: at all? */
static enum role role_of_condition(const question *q, const fact_condition *c, bool *said) {
    passage *p = q->p;
    *said = false;
    for (uint32_t i = p->token_lo; i < p->token_hi && i - p->token_lo < 48 && c->is_number; i++) {
        const token *t = &p->on->tokens[i];
        if ((t->kind != TOKEN_NUMBER && t->kind != TOKEN_QUANTITY) || !t->value.valid) continue;
        if (!number_has_key(p, t, c->key)) continue;
        bool change = t->flags & TOKEN_CHANGE && t->high.valid; /* "process-max from 2 to 8" */
        bool from = fabs(decimal_to_f64(t->value) - c->value) <= 1e-9;
        bool to = change && fabs(decimal_to_f64(t->high) - c->value) <= 1e-9;
        if (!from && !to) continue;
        *said = true;
        if (change) return from ? ROLE_FROM : ROLE_TO;
        return role_before(p, t->text.lo);
    }
    if (c->is_number) return ROLE_UNKNOWN;
    ptrdiff_t at = str_find(surface_slice(p->on, p->text.lo, p->text.hi), c->of->value, 0);
    *said = at >= 0;
    return at < 0 ? ROLE_UNKNOWN : role_before(p, p->text.lo + (uint32_t)at);
}

/* Do the conditions of `first` come before those of `second`: as the text says, or, where it is silent, as versions go?
 * 1 yes, -1 the other way round, 0 nothing says. */
static int order_of(const question *q, const numeric_fact *first, const numeric_fact *second) {
    for (uint32_t i = 0; i < first->condition_count; i++)
        for (uint32_t k = 0; k < second->condition_count; k++) {
            const fact_condition *a = &first->conditions[i], *b = &second->conditions[k];
            if (!str_eq(a->of->key, b->of->key) || str_eq(a->of->value, b->of->value)) continue;
            bool a_said, b_said;
            enum role left = role_of_condition(q, a, &a_said), right = role_of_condition(q, b, &b_said);
            if (left == ROLE_FROM && right == ROLE_TO) return 1;
            if (left == ROLE_TO && right == ROLE_FROM) return -1;
            if (a_said || b_said || a->is_number || !byte_is_digit(a->of->value.p[0])) continue;
            enum version_order order = version_compare(VERSION_LOOSE, a->of->value, b->of->value);
            if (order == VERSION_LESS) return 1;
            if (order == VERSION_GREATER) return -1;
        }
    return 0;
}

const numeric_fact *change_reversed(const question *q, const numeric_fact *agrees) {
    uint32_t count;
    if (!q->change || agrees->kind == FACT_ATTR) return NULL;
    const uint32_t *group = fact_index_group(q->j->index, agrees->group, &count);
    for (uint32_t i = 0; i < count; i++) {
        const numeric_fact *other = &q->facts[group[i]];
        if (!difference(agrees, other) || !agrees_with_other_end(q, other)) continue;
        int order = q->change_from ? order_of(q, agrees, other) : order_of(q, other, agrees);
        if (order < 0) return other;
        if (order > 0) return NULL;
    }
    return NULL;
}

/* The siblings of what the other end agrees with. */
void ask_by_pair(question *q, scored *(*score)(question *, uint32_t)) {
    uint32_t count, n;
    double reach = 0.05 * fabs(q->other_end) + q->other_half;
    const uint32_t *found =
        fact_index_range(q->j->index, q->m.dimension, q->other_end - reach, q->other_end + reach, &count);
    for (uint32_t i = 0; i < count && i < 16; i++) {
        const numeric_fact *g = &q->facts[found[i]];
        if (g->kind == FACT_ATTR || !agrees_with_other_end(q, g)) continue;
        const uint32_t *group = fact_index_group(q->j->index, g->group, &n);
        for (uint32_t k = 0; k < n && k < 32; k++)
            if (difference(&q->facts[group[k]], g)) score(q, group[k]);
    }
}

/* ---- subjects ---- */

/* Is there another number of the same sort in [lo, hi)? */
static bool number_between(const question *q, uint32_t lo, uint32_t hi) {
    const passage *p = q->p;
    uint32_t a = p->token_lo, b = p->token_hi;
    while (a < b) {
        uint32_t middle = a + (b - a) / 2;
        if (p->on->tokens[middle].text.hi <= lo)
            a = middle + 1;
        else
            b = middle;
    }
    for (; a < p->token_hi && p->on->tokens[a].text.lo < hi; a++) {
        const token *t = &p->on->tokens[a];
        if (t->kind == TOKEN_QUANTITY && unit_get(t->unit)->dimension == unit_get(q->t->unit)->dimension) return true;
        if (t->kind == TOKEN_NUMBER && q->bare) return true;
    }
    return false;
}

/* Does the name at `hit` stand as a subject: no preposition before it, and a verb, or the number itself, behind it? */
static bool is_subject(const question *q, const alias_hit *hit) {
    const passage *p = q->p;
    uint32_t i, end;
    passage_window(p, hit->where.lo, hit->where.hi, &i, &end);
    while (i < end && p->words[i].lo < hit->where.lo) i++;
    uint32_t before = i;
    if (before && word_in(p, before - 1, "the my our this both a an")) before--;
    if (before && word_in(p, before - 1,
                          "to of beside behind with from for unlike than like near by under over into "
                          "onto against feeds")) {
        bool front = p->words[before - 1].lo <= q->near.clause.lo + 1;
        if (!front || !word_in(p, before - 1, "with for")) return false;
    }
    while (i < end && p->words[i].lo < hit->where.hi) i++;
    if (i >= end || p->words[i].lo >= q->t->text.lo) return true; /* the number follows at once */
    str next = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
    if (word_in(p, i, "and or but which that who so")) return false;
    return p->words[i].cues & (CUE_HAVE | CUE_RUN | CUE_TAKE | CUE_WAS) || word_in(p, i, "is are at does do to") ||
           str_ends(next, STR("s")) || str_ends(next, STR("ed"));
}

bool question_is_of_a_pair(const question *q) {
    const passage *p = q->p;
    uint32_t i = p->token_lo;
    while (i < p->token_hi && p->on->tokens[i].text.hi <= q->t->text.lo) i++;
    for (int side = 0; side < 2; side++) {
        if (side == 0 && i == p->token_lo) continue;
        uint32_t k = side == 0 ? i - 1 : i + 1;
        if (k >= p->token_hi) continue;
        const token *t = &p->on->tokens[k];
        uint32_t lo = side == 0 ? t->text.hi : q->t->text.hi, hi = side == 0 ? q->t->text.lo : t->text.lo;
        if ((t->kind == TOKEN_NUMBER || t->kind == TOKEN_QUANTITY) && lo < hi &&
            str_eq(str_trim(surface_slice(p->on, lo, hi)), STR("and")))
            return true;
    }
    return false;
}

uint32_t question_subject(const question *q, uint32_t group) {
    const passage *p = q->p;
    uint32_t first, end, subject = MANIFEST_NONE, count = 0;
    if (p->kind == PASSAGE_CELL || p->kind == PASSAGE_CODE) return MANIFEST_NONE;
    bool anybody = group == QUESTION_ANYBODY;
    const uint32_t *facts = anybody ? NULL : fact_index_group(q->j->index, group, &count);
    passage_hit_window(p, q->t->text.lo, q->t->text.hi, &first, &end);
    for (uint32_t h = first; h < end; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->inside >= 0 || hit->where.lo < q->near.clause.lo || hit->where.hi > q->near.clause.hi) continue;
        bool after = hit->where.lo >= q->t->text.hi;
        if (after && hit->where.lo - q->t->text.hi > 28) break;
        uint32_t entity = hit_entity(q->j, hit, -1);
        bool has = anybody && entity != MANIFEST_NONE;
        for (uint32_t i = 0; i < count && entity != MANIFEST_NONE; i++)
            has = has || fact_is_owned(&q->facts[group ? facts[i] : 0], entity);
        if (!has || inside_opaque(p, hit->where.lo, hit->where.hi)) continue;
        if (!after) {
            bool near = is_subject(q, hit) && !number_between(q, hit->where.hi, q->t->text.lo);
            subject = near ? entity : number_between(q, hit->where.hi, q->t->text.lo) ? MANIFEST_NONE : subject;
            continue;
        }
        /* "46.5 tok/s for the writer" */
        str between = surface_slice(p->on, q->t->text.hi, hit->where.lo);
        bool bound = str_find(between, STR(" for "), 0) >= 0 || str_find(between, STR(" on "), 0) >= 0 ||
                     str_find(between, STR(" in "), 0) >= 0;
        if (bound && !number_between(q, q->t->text.hi, hit->where.lo) && str_find_byte(between, ',', 0) < 0)
            return entity;
    }
    return subject;
}

/* "A and B reach 46.5 and 142 tok/s": which of the two names is this number's, by order? */
uint32_t question_subject_by_order(const question *q, uint32_t group) {
    const passage *p = q->p;
    uint32_t names[3], n = 0, numbers = 0, mine = UINT32_MAX, first, end, count;
    bool ordered = false;
    for (uint32_t i = 0; i < p->word_count && i < 64; i++) ordered = ordered || word_is(p, i, "respectively");
    if (!ordered) return MANIFEST_NONE;
    const uint32_t *facts = fact_index_group(q->j->index, group, &count);
    passage_hit_window(p, q->t->text.lo, q->t->text.hi, &first, &end);
    for (uint32_t h = first; h < end && n < 3; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t entity = hit->inside >= 0 ? MANIFEST_NONE : hit_entity(q->j, hit, -1);
        bool has = false;
        for (uint32_t i = 0; i < count && entity != MANIFEST_NONE; i++)
            has = has || fact_is_owned(&q->facts[facts[i]], entity);
        if (has && (!n || names[n - 1] != entity)) names[n++] = entity;
    }
    for (uint32_t i = p->token_lo; i < p->token_hi && numbers < 8; i++) {
        const token *t = &p->on->tokens[i];
        bool same = t->kind == TOKEN_QUANTITY && unit_get(t->unit)->dimension == unit_get(q->t->unit)->dimension;
        if (t->text.lo == q->t->text.lo) mine = numbers;
        bool list = t->kind == TOKEN_NUMBER && i + 1 < p->token_hi &&
                    str_eq(str_trim(surface_slice(p->on, t->text.hi, p->on->tokens[i + 1].text.lo)), STR("and"));
        numbers += same || list || t->text.lo == q->t->text.lo;
    }
    return n == 2 && numbers == 2 && mine < 2 ? names[mine] : MANIFEST_NONE;
}
