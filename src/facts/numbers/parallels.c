/* parallels.c - "118 fps on the Arc, and the Ada does 96": a clause that leaves out what the one before it has said.
 *
 *     … takes hayburn 214 seconds for it, kettleness 166 …       214 s agrees with a fact of hayburn's: 166 must be
 * what └───── F ─────┘                     └── H ──┘              the same fact of kettleness says
 *
 * In: a question, and the number of the sort before it in the sentence. Out: the one fact H of the group of F, which
 * the number before agrees with, that has a word in this clause which F has not: an owner, a condition. Between the two
 * numbers nothing else may stand but such words, small words and the verbs that stand for any other ("does", "needs"):
 * "tern has 24 cores, and gull burned two" is another matter.
 */
#include "facts/numbers/question.h"

#include <math.h>

enum { TOKENS_BACK = 6, FACTS_READ = 48, GROUP_READ = 64, BEHIND = 32, APART = 120 };

/* The number of the sort before this one, in its sentence. */
static const token *number_before(const question *q, measure *m) {
    const passage *p = q->p;
    uint32_t i = p->token_lo;
    while (i < p->token_hi && p->on->tokens[i].text.lo < q->t->text.lo) i++;
    for (uint32_t k = i; k > p->token_lo && i - k < TOKENS_BACK; k--) {
        const token *t = &p->on->tokens[k - 1];
        if (t->kind != TOKEN_QUANTITY || unit_get(t->unit)->dimension != unit_get(q->t->unit)->dimension) continue;
        if (t->flags & (TOKEN_INTERVAL | TOKEN_CHANGE) || t->bound > BOUND_ABOUT || t->text.hi >= q->t->text.lo)
            return NULL;
        return measure_of_token(p->on, t, m) && m->dimension == q->m.dimension && m->noun == q->m.noun ? t : NULL;
    }
    return NULL;
}

static bool in_marks(const marks *m, uint32_t lo, uint32_t hi) {
    for (uint32_t i = 0; i < m->n; i++)
        if (m->at[i].lo < hi && m->at[i].hi > lo) return true;
    return false;
}

static bool in_name(const passage *p, const pword *w) {
    uint32_t first, end;
    passage_hit_window(p, w->lo, w->hi, &first, &end);
    for (uint32_t h = first; h < end; h++)
        if (p->on->hits[h].where.lo <= w->lo && p->on->hits[h].where.hi >= w->hi &&
            hit_has(&p->on->hits[h], ALIAS_ENTITY))
            return true;
    return false;
}

/* Do only small words, verbs that stand for any other, names and marks stand in [lo, hi)? */
static bool goes_on(const question *q, const numeric_fact *h, uint32_t lo, uint32_t hi, const marks *m) {
    static const char OPEN[] = "has have had is was are were takes took needs needed does did gets got reaches reached "
                               "manages draws pulls holds "
                               "gives makes lasts runs and but while whereas for with on in of only just it its one "
                               "other second latter former";
    const passage *p = q->p;
    uint32_t first, end;
    for (uint32_t k = lo; k < hi; k++)
        if (p->on->text.p[k] == '.' && k + 1 < hi && p->on->text.p[k + 1] == ' ') return false;
    passage_window(p, lo, hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        const pword *w = &p->words[i];
        if (w->lo < lo || w->hi > hi) continue;
        bool own = fact_has_stem(h, w->stem) || fact_has_condition_stem(h, w->stem) || in_marks(m, w->lo, w->hi);
        if (!(w->cues & CUE_STOP) && !word_in(p, i, OPEN) && !own && !in_name(p, w)) return false;
    }
    return true;
}

/* Is the fact that the number before agrees with said there: does a word of it, or its owner, stand before the gap? */
static bool is_said_before(const question *q, const numeric_fact *f, uint32_t hi) {
    const passage *p = q->p;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h - p->hit_lo < 64; h++) {
        uint32_t e = hit_entity(q->j, &p->on->hits[h], -1);
        if (e != MANIFEST_NONE && fact_is_owned(f, e) && p->on->hits[h].where.hi <= hi) return true;
    }
    for (uint32_t i = 0; i < p->word_count && i < 64 && p->words[i].hi <= hi; i++)
        if (!(p->words[i].cues & CUE_STOP) &&
            (fact_has_stem(f, p->words[i].stem) || fact_has_condition_stem(f, p->words[i].stem)))
            return true;
    return false;
}

static bool is_named_right_before(const question *q) {
    for (uint32_t i = 0; i < q->near.mention_count; i++)
        if (q->near.mentions[i].hit && q->near.mentions[i].region <= REGION_SENTENCE &&
            q->near.mentions[i].hit->where.hi + 1 == q->t->text.lo)
            return true;
    return false;
}

/* The facts of f's group that this clause has words of, and f has not. */
static void find_counterparts(question *q, const token *before, uint32_t own, uint32_t *found, uint32_t *n) {
    const numeric_fact *f = &q->facts[own];
    uint32_t count;
    const uint32_t *group = fact_index_group(q->j->index, f->group, &count);
    for (uint32_t i = 0; i < count && i < GROUP_READ; i++) {
        const numeric_fact *h = &q->facts[group[i]];
        marks m, here = {.n = 0};
        if (h->dimension != f->dimension || h->kind != f->kind || (h->index == f->index && h->kind != FACT_ATTR))
            continue;
        if (h->index == f->index) continue;
        find_marks(q->j, q->p, (text_range){q->t->text.lo, q->t->text.hi}, h, f, false, &m);
        for (uint32_t k = 0; k < m.n; k++)
            if (m.at[k].lo >= (q->elliptic ? q->near.clause.lo : before->text.hi) &&
                m.at[k].lo <= q->t->text.hi + BEHIND)
                here.at[here.n++] = m.at[k];
        if (!here.n || (!q->elliptic && !goes_on(q, h, before->text.hi, q->t->text.lo, &here))) continue;
        bool adjacent = false; /* "gull 8 and wren four": the name right before it */
        for (uint32_t k = 0; k < here.n; k++) adjacent = adjacent || here.at[k].hi + 1 == q->t->text.lo;
        if (q->elliptic && !adjacent && is_named_right_before(q)) continue;
        bool behind = true;
        for (uint32_t k = 0; k < here.n; k++) behind = behind && here.at[k].lo >= q->t->text.hi;
        if (behind && !q->elliptic && !goes_on(q, h, q->t->text.hi, here.at[0].lo, &here)) continue;
        bool seen = false;
        for (uint32_t k = 0; k < *n; k++) seen = seen || q->facts[found[k]].index == h->index;
        if (!seen && *n < 2) found[(*n)++] = group[i];
    }
}

bool question_goes_on(const question *q, const numeric_fact *about) {
    measure m;
    const token *before = number_before(q, &m);
    uint32_t count;
    if (!before && q->p->previous != PASSAGE_NONE) { /* "it pulls 96 W. Asleep it pulls 4" */
        const passage *p = &q->j->passages[q->p->previous];
        for (uint32_t i = p->token_hi; i > p->token_lo && !before; i--) {
            const token *t = &p->on->tokens[i - 1];
            if (t->kind == TOKEN_QUANTITY && measure_of_token(p->on, t, &m) && m.dimension == q->m.dimension)
                before = t;
        }
    }
    const uint32_t *group = fact_index_group(q->j->index, about->group, &count);
    for (uint32_t i = 0; i < count && i < GROUP_READ && before; i++) {
        const numeric_fact *f = &q->facts[group[i]];
        if (f->dimension == m.dimension && measure_agrees(&m, f->base, f->tolerance)) return true;
    }
    return false;
}

/* "from 410 MB to 290": the only other fact of the group and the owner. */
static void find_sibling(const question *q, uint32_t own, uint32_t *found, uint32_t *n) {
    const numeric_fact *f = &q->facts[own];
    uint32_t count;
    const uint32_t *group = fact_index_group(q->j->index, f->group, &count);
    for (uint32_t i = 0; i < count && i < GROUP_READ; i++) /* "29 ms from the one, 41 from the other": a third one's */
        if (q->facts[group[i]].dimension == q->m.dimension && candidate_agrees(q, &q->facts[group[i]])) return;
    for (uint32_t i = 0; i < count && i < GROUP_READ && *n < 2; i++) {
        const numeric_fact *h = &q->facts[group[i]];
        bool same = h->dimension == f->dimension && h->kind == f->kind && h->index != f->index && f->owner_count;
        if (same && fact_is_owned(h, f->owners[0])) found[(*n)++] = group[i];
    }
}

void ask_by_parallel(question *q, scored *(*score)(question *, uint32_t)) {
    measure m;
    uint32_t count, found[2], n = 0;
    if (q->p->kind != PASSAGE_SENTENCE || q->bare || q->change || q->m.interval) return;
    const token *before = number_before(q, &m);
    if (!before || q->t->text.lo - before->text.hi > APART) return;
    double reach = 0.1 * fabs(m.value) + m.half;
    const uint32_t *range = fact_index_range(q->j->index, m.dimension, m.value - reach, m.value + reach, &count);
    for (uint32_t i = 0; i < count && i < FACTS_READ; i++) {
        const numeric_fact *f = &q->facts[range[i]];
        if (f->kind == FACT_DERIVED || (f->noun && m.noun && f->noun != m.noun)) continue;
        if (measure_agrees(&m, f->base, f->tolerance) && is_said_before(q, f, before->text.hi + BEHIND))
            find_counterparts(q, before, range[i], found, &n);
    }
    for (uint32_t i = 0; i < count && i < FACTS_READ && !n && q->elliptic; i++) {
        const numeric_fact *f = &q->facts[range[i]];
        if (f->kind == FACT_BENCHMARK && measure_agrees(&m, f->base, f->tolerance) &&
            is_said_before(q, f, before->text.hi + BEHIND))
            find_sibling(q, range[i], found, &n);
    }
    scored *s = n == 1 ? score(q, found[0]) : NULL;
    if (!s) return;
    if (s->name < 0.95) s->name = 0.95;
    if (s->owner < 0.9) s->owner = 0.9;
    s->sole = true;
    q->parallel = true;
}
