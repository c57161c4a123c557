/* proof_subject.c - is the number said of what the fact that agrees is of?
 *
 *     "Mistral decodes at 59.7 tok/s"          which is Qwen's rate: no proof, whatever Mistral's own one is
 *     "Kite has 4 GB of RAM"                   which is Harbor's, and of Kite nothing is declared: no proof
 *     "Qwen decodes at 59.7 tok/s at batch 8"  which it does at batch 1: no proof
 *     "grew from 64 GB to 128 GB"              which is 64 GB now: what a change left behind proves nothing
 *
 * In: a question, a fact that agrees. Out: whether the grammar gives the number to another thing of the same role, or
 * the sentence states its condition with another value. A thing and what runs it, or what it stands in, are no others:
 * "vLLM decodes at 70 tok/s" is said of the model that it serves. It never contradicts; and where nobody is the
 * subject it says nothing.
 */
#include "facts/numbers/proofs.h"
#include "facts/reading/standing.h"

#include <math.h>

static bool lists(const manifest_list *runs, uint32_t entity) {
    for (uint32_t i = 0; i < runs->n; i++)
        if (runs->items[i].entity == entity) return true;
    return false;
}

/* Does one of the two run, hold or serve the other, or does one service run both? */
static bool are_joined(const judge *j, uint32_t a, uint32_t b) {
    const manifest_entity *x = &j->m->entities[a], *y = &j->m->entities[b];
    if (x->host == b || y->host == a || lists(&x->runs, b) || lists(&y->runs, a)) return true;
    uint32_t count;
    const uint32_t *services = fact_index_services(j->index, a, &count);
    for (uint32_t i = 0; i < count; i++)
        if (services[i] == b || lists(&j->m->entities[services[i]].runs, b)) return true;
    return false;
}

/* Are all words of the one's id words of the other's names, "postgres" and "postgres-primary"? */
static bool is_named_after(const judge *j, uint32_t a, uint32_t b) {
    uint32_t at = 0, lo, hi, count;
    str id = j->m->entities[a].id;
    const uint64_t *stems = fact_index_entity_stems(j->index, b, &count);
    while (fact_word_next(id, &at, &lo, &hi)) {
        uint64_t stem = fact_stem(str_slice(id, (ptrdiff_t)lo, (ptrdiff_t)hi));
        bool there = false;
        for (uint32_t i = 0; i < count && !there; i++) there = stems[i] == stem;
        if (!there) return false;
    }
    return true;
}

/* Does the service run something of which the fact's metric is declared, too? A gateway before all models does not. */
static bool serves_the_like(const question *q, const numeric_fact *f, uint32_t service) {
    const manifest_list *runs = &q->j->m->entities[service].runs;
    uint32_t count;
    const uint32_t *group = fact_index_group(q->j->index, f->group, &count);
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t o = 0; o < q->facts[group[i]].owner_count; o++)
            if (lists(runs, q->facts[group[i]].owners[o])) return true;
    return false;
}

/* May the subject stand where the owner does: two machines; of what was measured, two programs? A part is no machine,
 * and what a program is said to hold may well be its index's. */
static bool are_of_a_kind(const question *q, const numeric_fact *f, uint32_t subject, uint32_t owner) {
    const judge *j = q->j;
    if (entity_is_machine(j, subject) && entity_is_machine(j, owner)) return true;
    const uint8_t kind = j->m->entities[subject].kind;
    if (f->kind == FACT_BENCHMARK && kind == ENTITY_SERVICE) return serves_the_like(q, f, subject);
    if (f->kind == FACT_BENCHMARK) return kind == j->m->entities[owner].kind && kind != ENTITY_HARDWARE;
    return kind != ENTITY_HARDWARE && subject_is_of_one_role(j, subject, owner);
}

static bool is_named_in_sentence(const question *q, const numeric_fact *f) {
    for (uint32_t i = 0; i < f->owner_count; i++)
        if (context_entity(&q->near, f->owners[i]) <= REGION_SENTENCE) return true;
    return false;
}

static bool is_called(const judge *j, uint32_t entity, uint64_t stem) {
    uint32_t count;
    const uint64_t *stems = fact_index_entity_stems(j->index, entity, &count);
    for (uint32_t i = 0; i < count; i++)
        if (stems[i] == stem) return true;
    return false;
}

/* Is the entity what one of the fact's conditions says, "engine: vllm", or a word of its name, "Bazel targets"? */
static bool is_told_by_fact(const question *q, const numeric_fact *f, uint32_t entity) {
    uint32_t count;
    const uint64_t *stems = fact_index_entity_stems(q->j->index, entity, &count);
    for (uint32_t i = 0; i < count; i++) {
        bool of_owner = false; /* the "model" of one model is the other's, too */
        for (uint32_t o = 0; o < f->owner_count; o++) of_owner = of_owner || is_called(q->j, f->owners[o], stems[i]);
        if (!of_owner && (fact_has_condition_stem(f, stems[i]) || fact_has_stem(f, stems[i]))) return true;
    }
    return false;
}

bool proof_is_other_than_owners(const question *q, const numeric_fact *f, uint32_t subject) {
    bool alike = false;
    if (fact_is_owned(f, subject) || is_told_by_fact(q, f, subject)) return false;
    for (uint32_t i = 0; i < f->owner_count; i++) {
        if (are_joined(q->j, subject, f->owners[i]) || is_named_after(q->j, subject, f->owners[i]) ||
            is_named_after(q->j, f->owners[i], subject))
            return false;
        alike = alike || are_of_a_kind(q, f, subject, f->owners[i]);
    }
    return alike;
}

/* "The load time of Qwen is 12 s", "Qwen's load time": whose the fact's name is said to be, before the number. */
static uint32_t genitive(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t first, end, of = MANIFEST_NONE;
    passage_hit_window(p, q->near.clause.lo, q->t->text.lo, &first, &end);
    for (uint32_t h = first; h < end && p->on->hits[h].where.hi <= q->t->text.lo; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t entity =
            hit->inside >= 0 || hit->where.lo < q->near.clause.lo ? MANIFEST_NONE : hit_entity(q->j, hit, -1);
        if (entity == MANIFEST_NONE) continue;
        uint32_t w = passage_word_before(p, hit->where.lo), behind = standing_word_at(p, hit->where.hi);
        while (w != UINT32_MAX && w > 0 && word_in(p, w, "the our my a an")) w--;
        bool possessive = str_starts(surface_slice(p->on, hit->where.hi, p->text.hi), STR("'s ")) ||
                          str_starts(surface_slice(p->on, hit->where.hi, p->text.hi), STR("\xe2\x80\x99s "));
        if (w != UINT32_MAX && w > 0 && word_is(p, w, "of") && fact_has_stem(f, p->words[w - 1].stem)) of = entity;
        if (possessive && behind < p->word_count && fact_has_stem(f, p->words[behind].stem)) of = entity;
    }
    return of;
}

/* "Kite is small. It has 4 GB of RAM": the only thing that the sentence before names, where this one begins with "it".
 */
static uint32_t taken_up(const question *q) {
    uint32_t only = MANIFEST_NONE;
    if (!word_in(q->p, 0, "it its") || q->p->previous == PASSAGE_NONE) return MANIFEST_NONE;
    const passage *before = &q->j->passages[q->p->previous];
    for (uint32_t h = before->hit_lo; h < before->hit_hi && h < before->hit_lo + 32; h++) {
        uint32_t e = before->on->hits[h].inside >= 0 ? MANIFEST_NONE : hit_entity(q->j, &before->on->hits[h], -1);
        if (e == MANIFEST_NONE || e == only) continue;
        if (only != MANIFEST_NONE) return MANIFEST_NONE;
        only = e;
    }
    return only;
}

bool proof_is_of_another_subject(const question *q, const numeric_fact *f) {
    if (f->kind == FACT_DERIVED || question_is_of_a_pair(q)) return false;
    uint32_t subject = question_subject_by_order(q, f->group);
    if (subject == MANIFEST_NONE) subject = question_subject(q, f->group);
    if (subject == MANIFEST_NONE && !is_named_in_sentence(q, f)) subject = question_subject(q, QUESTION_ANYBODY);
    if (subject == MANIFEST_NONE && !is_named_in_sentence(q, f)) subject = genitive(q, f);
    if (subject == MANIFEST_NONE && !is_named_in_sentence(q, f)) subject = taken_up(q);
    return subject != MANIFEST_NONE && proof_is_other_than_owners(q, f, subject);
}

/* Is the fact called by the word, but for "time" and its like? */
static bool has_own_word(const numeric_fact *f, uint64_t stem) {
    for (uint32_t i = 0; i < f->name_count; i++)
        for (uint32_t k = 0; k < f->names[i].n; k++)
            if (f->names[i].stems[k] == stem && !(f->names[i].durations >> k & 1)) return true;
    return false;
}

/* Does a word of the passage call the fact or its owner? */
static bool is_called_in(const question *q, passage *x, const numeric_fact *f) {
    passage_prepare(q->j, x);
    for (uint32_t i = 0; i < x->word_count && i < 12; i++) {
        if (has_own_word(f, x->words[i].stem)) return true;
        if (fact_has_condition_stem(f, x->words[i].stem)) continue; /* the "audio" of pyannote.audio, and of 60 min */
        for (uint32_t o = 0; o < f->owner_count; o++)
            if (is_called(q->j, f->owners[o], x->words[i].stem)) return true;
    }
    return false;
}

/* Do all words of one of the fact's names, but for "time" and its like, stand in the prepared passage? */
static bool is_named_in(const passage *x, const numeric_fact *f) {
    for (uint32_t i = 0; i < f->name_count; i++) {
        uint32_t own = 0, said = 0;
        for (uint32_t k = 0; k < f->names[i].n; k++) {
            if (f->names[i].durations >> k & 1) continue;
            own++;
            for (uint32_t w = 0; w < x->word_count && w < 12; w++)
                if (x->words[w].stem == f->names[i].stems[k]) {
                    said++;
                    break;
                }
        }
        if (own && said == own) return true;
    }
    return false;
}

/* "| Transcription, 60 min of audio | 96 s |", where it is to tell the speakers apart that takes 96 s: the row's label
 * names another measurement of the sort, and neither it nor the column's header calls the one that agrees. */
bool proof_is_of_another_row(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    if (p->kind != PASSAGE_CELL || p->label == PASSAGE_NONE || f->kind != FACT_BENCHMARK) return false;
    passage *label = &q->j->passages[p->label];
    if (is_called_in(q, label, f) || (p->column != PASSAGE_NONE && is_called_in(q, &q->j->passages[p->column], f)))
        return false;
    for (uint32_t i = 0; i < q->n; i++) {
        const numeric_fact *x = &q->facts[q->found[i].fact];
        if (!q->found[i].agrees && x->kind == FACT_BENCHMARK && x->group != f->group && x->dimension == f->dimension &&
            is_named_in(label, x))
            return true;
    }
    return false;
}

/* Is what the change leads to declared of the same owner, too: "stored_2025" and "stored"? */
static bool is_other_end_declared(const question *q, const numeric_fact *f) {
    uint32_t count;
    const uint32_t *found = fact_index_range(q->j->index, q->m.dimension, q->other_end - q->other_half,
                                             q->other_end + q->other_half, &count);
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t o = 0; o < f->owner_count; o++)
            if (&q->facts[found[i]] != f && fact_is_owned(&q->facts[found[i]], f->owners[o])) return true;
    return false;
}

/* "The memory grew from 64 GB to 128 GB", where 64 GB are declared: what is left behind is not what is now. A fact that
 * holds in one case only may be of that case. */
bool proof_is_left_behind(const question *q, const numeric_fact *f) {
    static const char MOVES[] =
        "grew grown rose risen fell fallen dropped climbed sank shrank went increased decreased "
        "improved upgraded raised lowered cut doubled expanded extended";
    const passage *p = q->p;
    uint32_t w = passage_word_before(p, q->t->text.lo + 1);
    if (!q->change_from || is_other_end_declared(q, f) || f->condition_count || f->kind == FACT_DERIVED ||
        p->kind != PASSAGE_SENTENCE)
        return false;
    for (uint32_t n = 0; w != UINT32_MAX && n < 4; n++, w = w ? w - 1 : UINT32_MAX)
        if (word_in(p, w, MOVES)) return true;
    return false;
}

/* Does the number's own clause state a number of this key, or the sentence where it tells of no other measurement? */
static bool is_stated_here(const question *q, const fact_condition *c) {
    const passage *p = q->p;
    for (uint32_t i = p->token_lo; i < p->token_hi && i - p->token_lo < 64; i++) {
        const token *t = &p->on->tokens[i];
        if ((t->kind != TOKEN_NUMBER && t->kind != TOKEN_QUANTITY) || !t->value.valid) continue;
        bool near = (t->text.lo >= q->near.clause.lo && t->text.hi <= q->near.clause.hi) || proof_is_only_one(q);
        if (near && number_has_key(p, t, c->key)) return true;
    }
    return false;
}

bool proof_is_of_another_case(question *q, const scored *yes) {
    const numeric_fact *f = &q->facts[yes->fact];
    if (f->kind == FACT_DERIVED || !yes->conflict || yes->numbered || q->change || q->elliptic) return false;
    for (uint32_t i = 0; i < f->condition_count; i++) {
        const fact_condition *c = &f->conditions[i];
        bool any;
        if (!c->is_number || condition_state_of(q, c) != CONDITION_OTHER || !is_stated_here(q, c)) continue;
        if (!condition_number_stated(q, c, &any) && any) return true;
    }
    return false;
}
