/* proof.c - may a fact that agrees prove the number?
 *
 *     "verso is small. Its eight cores …"        colophon has eight; verso, which is spoken of, has four: no proof
 *     "the Pi in Bruges has 16 GB"               the 16 GB are those of a machine in another town: no proof
 *     "it wakes within 19 seconds"               of nine: nobody rounds so
 *
 * Equal numbers are common: half of a manifest's memories are 64 GB. What agrees proves only where it is the thing that
 * is spoken of, as strictly as what disagrees must be it to contradict. In: a question, a fact that agrees. Out: NULL,
 * or why it proves nothing. It never contradicts: whose the number is then, another fact says.
 */
#include "facts/numbers/proofs.h"

#include <math.h>

static bool is_owner_named(const question *q, const numeric_fact *f) {
    for (uint32_t i = 0; i < f->owner_count; i++)
        if (context_entity(&q->near, f->owners[i]) <= REGION_LABEL || f->owners[i] == q->focus) return true;
    return false;
}

/* Does the clause say a town in which another machine stands, and none of the fact's owners? */
static bool is_in_another_town(const question *q, const numeric_fact *f) {
    const manifest *m = q->j->m;
    str clause = surface_slice(q->p->on, q->near.clause.lo, q->near.clause.hi);
    uint32_t count, machines = 0;
    const uint32_t *located = fact_index_located(q->j->index, &count);
    for (uint32_t i = 0; i < f->owner_count; i++) {
        str own = m->entities[f->owners[i]].location.text;
        if (own.n && str_find(clause, own, 0) >= 0) return false;
        machines += own.n > 0;
    }
    if (!machines) return false;
    for (uint32_t i = 0; i < count; i++)
        if (str_find(clause, m->entities[located[i]].location.text, 0) >= 0) return true;
    return false;
}

/* "octavo is away, and recto has to do it all; that is why it got 256 GB": the clause names nobody but "it", and the
 * last that was named before it has another value. */
static bool is_of_last_named(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    const mention *last = NULL;
    bool it = false;
    for (uint32_t i = 0; i < q->near.mention_count; i++) {
        const mention *x = &q->near.mentions[i];
        if (x->region == REGION_CLAUSE) return false;
        if (x->region != REGION_SENTENCE || !x->hit || x->hit->where.hi > q->t->text.lo) continue;
        if (!last || x->hit->where.lo > last->hit->where.lo) last = x;
    }
    if (!last || fact_is_owned(f, last->entity)) return false;
    uint32_t first, end;
    passage_window(p, q->near.clause.lo, q->t->text.lo, &first, &end);
    for (uint32_t i = first; i < end && p->words[i].hi <= q->t->text.lo; i++)
        it = it || (p->words[i].lo >= q->near.clause.lo && word_in(p, i, "it its"));
    for (uint32_t i = 0; i < q->n && it; i++) {
        const numeric_fact *other = &q->facts[q->found[i].fact];
        if (!q->found[i].agrees && other->group == f->group && fact_is_owned(other, last->entity)) return true;
    }
    return false;
}

bool entity_is_machine(const judge *j, uint32_t entity) {
    const manifest_entity *e = &j->m->entities[entity];
    return e->kind == ENTITY_HOST || (e->kind == ENTITY_HARDWARE && (e->location.text.n || e->runs.n));
}

/* Has the entity a fact of the same name that disagrees, and none that agrees? */
static bool has_other_value(const question *q, uint32_t entity, const numeric_fact *f) {
    uint32_t count;
    const uint32_t *owned = fact_index_owned(q->j->index, entity, &count);
    bool other = false;
    for (uint32_t i = 0; i < count; i++) {
        const numeric_fact *x = &q->facts[owned[i]];
        if (x->group != f->group || x->kind != f->kind) continue;
        if (candidate_agrees(q, x)) return false;
        other = true;
    }
    return other;
}

/* Is there no other number of this sort in the sentence? */
bool proof_is_only_one(const question *q) {
    const passage *p = q->p;
    for (uint32_t i = p->token_lo; i < p->token_hi; i++) {
        const token *t = &p->on->tokens[i];
        if (t->text.lo < q->t->text.hi && t->text.hi > q->t->text.lo) continue;
        if (t->kind == TOKEN_QUANTITY && unit_get(t->unit)->dimension == q->m.dimension) return false;
    }
    return true;
}

/* "Its eight cores": the sentence speaks of what the one before it named. */
static bool goes_on_about(const passage *p) { return word_in(p, 0, "it its"); }

/* "sooner than with cherwell's four cards": it is held against what is spoken of. */
static bool is_compared_with(const passage *p, const alias_hit *hit) {
    uint32_t first, end;
    if (!hit || hit->where.lo < p->text.lo || hit->where.hi > p->text.hi) return false;
    passage_window(p, hit->where.lo, hit->where.lo, &first, &end);
    for (uint32_t i = end, looked = 0; i > first && looked < 4; i--) {
        if (p->words[i - 1].hi > hit->where.lo) continue;
        looked++;
        if (word_in(p, i - 1, "than unlike versus vs against as like to beside")) return true;
    }
    return false;
}

/* Does the clause name another machine that has such a thing, too, of another size? Or the sentence, where it has no
 * other number of the sort, or the one before. */
static bool is_of_other_machine(const question *q, const numeric_fact *f) {
    bool machine = false;
    for (uint32_t i = 0; i < f->owner_count; i++) machine = machine || entity_is_machine(q->j, f->owners[i]);
    for (uint32_t i = 0; i < q->near.mention_count && machine; i++) {
        const mention *x = &q->near.mentions[i];
        bool near = x->region == REGION_CLAUSE || (x->region == REGION_SENTENCE && proof_is_only_one(q)) ||
                    (x->region == REGION_LEAD && goes_on_about(q->p));
        if (near && !is_compared_with(q->p, x->hit) && entity_is_machine(q->j, x->entity) &&
            has_other_value(q, x->entity, f))
            return true;
    }
    return false;
}

static bool is_machine_named(const question *q, const numeric_fact *f) {
    for (uint32_t i = 0; i < f->owner_count; i++)
        if (entity_is_machine(q->j, f->owners[i]) && context_entity(&q->near, f->owners[i]) <= REGION_LABEL)
            return true;
    return false;
}

/* "Under Slurm 26.05.1 it takes 6.8 s", which is what it took under 25.05.3: the sentence states the release of a
 * sibling, and not the fact's own. */
static bool is_of_other_release(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t count;
    const uint32_t *group = fact_index_group(q->j->index, f->group, &count);
    for (uint32_t c = 0; c < f->condition_count; c++) {
        str own = f->conditions[c].of->value;
        bool siblings = false;
        if (str_find_byte(own, '.', 0) < 1 || !byte_is_digit(own.p[0])) continue;
        for (uint32_t t = p->token_lo; t < p->token_hi && t < p->token_lo + 64; t++) {
            const token *k = &p->on->tokens[t];
            if ((k->kind != TOKEN_VERSION && k->kind != TOKEN_NUMBER) || k->text.lo == q->t->text.lo) continue;
            str said = surface_slice(p->on, k->core.lo, k->core.hi);
            if (str_eq(said, own)) return false;
            for (uint32_t i = 0; i < count && i < 64; i++) {
                const numeric_fact *x = &q->facts[group[i]];
                for (uint32_t n = 0; n < x->condition_count; n++)
                    siblings = siblings || (x->conditions[n].key == f->conditions[c].key &&
                                            str_eq(x->conditions[n].of->value, said));
            }
        }
        if (siblings) return true;
    }
    return false;
}

bool proof_is_anothers(question *q, const scored *yes) {
    const numeric_fact *f = &q->facts[yes->fact];
    if (proof_is_of_opposite(q, f) || proof_is_built_otherwise(q, f) || proof_is_of_another_row(q, f)) return true;
    if (q->p->kind != PASSAGE_SENTENCE || f->kind == FACT_DERIVED) return false;
    if (proof_is_of_another_machine(q, f)) return true;
    if (proof_is_left_behind(q, f) || proof_is_of_another_subject(q, f) || proof_is_of_another_case(q, yes))
        return true;
    if (f->kind == FACT_BENCHMARK)
        return is_of_other_release(q, f) || proof_is_of_another_condition(q, f) ||
               (!is_machine_named(q, f) && is_of_other_machine(q, f));
    if (is_of_last_named(q, f)) return true;
    return yes->owner <= 0.75 && !is_owner_named(q, f) && (is_of_other_machine(q, f) || is_in_another_town(q, f));
}

/* Would somebody say this bound who means a round number: 20 s, 150 MB, 0.5 %? */
static bool is_round(decimal d) {
    int64_t n = d.digits < 0 ? -d.digits : d.digits;
    while (n >= 10 && n % 10 == 0) n /= 10;
    return n < 10 || (n < 100 && n % 5 == 0);
}

/* How far from its bound a value may lie that proves it. */
static const double NEAR_BOUND = 0.2;

bool proof_is_far_bound(const question *q, const numeric_fact *f) {
    if (q->m.bound != BOUND_MIN && q->m.bound != BOUND_MAX) return false;
    if (q->m.strict && q->m.bound == BOUND_MIN && !q->m.interval && f->kind == FACT_ATTR &&
        fabs(q->m.value - f->base) <= f->tolerance + 1e-9 * fabs(f->base))
        return true; /* "well over 4 TB" of 4 */
    if (q->m.interval || is_round(q->t->value) || f->base == 0) return false;
    return fabs(q->m.value - f->base) > NEAR_BOUND * fabs(f->base) + f->tolerance;
}

bool proof_bound_holds(const question *q, const numeric_fact *f) {
    if (q->m.strict && !q->m.interval && f->dimension == q->m.dimension) { /* "over 128 GB" of 128: as good as it */
        if (f->dimension == DIM_COUNT && f->base <= q->m.value) return false;
        if (fabs(f->base - q->m.value) <= f->tolerance + q->m.half) return true;
    }
    return q->m.bound == BOUND_MIN && !q->m.interval && f->dimension == q->m.dimension &&
           f->base >= q->m.value - f->tolerance;
}
