/* subject.c - is another thing named nearer to the number than the one that the fact describes?
 *
 *     | octavo | 256 GB |                         of octavo, whatever colophon has
 *     "`verso` is the smallest, it idles at 41 W"  of verso
 *     | node | idle | load |                      "idle" is the name of another attribute of the same unit
 *
 * A manifest states some facts of some things. What an article says of a declared thing that the manifest leaves out is
 * no falsehood about another thing of which the manifest states it. In: a question, a fact that disagrees. Out: why it
 * may not contradict the number, or NULL. Found by taking one fact at a time out of a manifest (make bench-doubts):
 * whatever is contradicted then that was supported before is contradicted wrongly. It never says whose the number is.
 */
#include "facts/question.h"
#include "facts/weighing.h"

/* What may be taken for each other: a machine for a machine, a program for a program. A part ("an EPYC 7313P") stands
 * in a machine and is no other subject beside it. */
enum { ATTRS_COMPARED = 16 };
enum sort { SORT_MACHINE = 1, SORT_PART = 2, SORT_PROGRAM = 4, SORT_PROCESS = 8 };

static unsigned sort_of(const judge *j, uint32_t entity) {
    const manifest_entity *e = &j->m->entities[entity];
    switch (e->kind) {
    case ENTITY_HOST: return SORT_MACHINE;
    case ENTITY_HARDWARE: return e->location.text.n || e->runs.n ? SORT_MACHINE : SORT_PART;
    case ENTITY_PROCESS: return SORT_PROCESS;
    default: return SORT_PROGRAM;
    }
}

/* "| ROCm | 741 tok/s |": the name in the row is what one of the fact's conditions says. */
static bool is_its_condition(const question *q, const numeric_fact *f, uint32_t entity) {
    const manifest_entity *e = &q->j->m->entities[entity];
    for (uint32_t i = 0; i < f->condition_count; i++) {
        str value = f->conditions[i].of->value;
        if (str_eq_nocase(value, e->id)) return true;
        for (uint32_t k = 0; k < e->aliases.n; k++)
            if (str_eq_nocase(value, e->aliases.at[k].text)) return true;
    }
    return false;
}

/* Does the text name a thing of one of the sorts, that is no owner, in a nearer region than any owner? */
static bool names_another(const question *q, const numeric_fact *f, unsigned sorts, enum region own, enum region last) {
    for (uint32_t i = 0; i < q->near.mention_count; i++) {
        const mention *x = &q->near.mentions[i];
        if (x->region < own && x->region <= last && !fact_is_owned(f, x->entity) && sort_of(q->j, x->entity) & sorts &&
            !is_its_condition(q, f, x->entity))
            return true;
    }
    return false;
}

/* Have the two an attribute of the same name: two models, two cards, two databases? */
static bool are_alike(const judge *j, uint32_t a, uint32_t b) {
    const manifest_entity *x = &j->m->entities[a], *y = &j->m->entities[b];
    for (uint32_t i = 0; i < x->attr_count && i < ATTRS_COMPARED; i++)
        for (uint32_t k = 0; k < y->attr_count && k < ATTRS_COMPARED; k++)
            if (str_eq(j->m->attrs[x->first_attr + i].name, j->m->attrs[y->first_attr + k].name)) return true;
    return false;
}

/* "It runs Qwen3-8B; the other is gpt-oss-120b, 117B parameters": does the sentence name another thing of the owner's
 * sort, and no owner? What the manifest does not say of that one, it does not say of this one either. */
static bool names_alike(const question *q, const numeric_fact *f, enum region own) {
    if (own <= REGION_SENTENCE) return false;
    for (uint32_t i = 0; i < q->near.mention_count; i++) {
        const mention *x = &q->near.mentions[i];
        if (x->region > REGION_SENTENCE || fact_is_owned(f, x->entity) || is_its_condition(q, f, x->entity)) continue;
        for (uint32_t o = 0; o < f->owner_count; o++)
            if (are_alike(q->j, x->entity, f->owners[o])) return true;
    }
    return false;
}

/* A word of the label or the header, no name of the fact, by which the manifest calls other facts of the same unit. */
static bool names_another_fact(const question *q, const numeric_fact *f) {
    uint32_t around[2] = {q->p->label, q->p->column};
    for (int side = 0; side < 2; side++) {
        if (around[side] == PASSAGE_NONE) continue;
        passage *line = &q->j->passages[around[side]];
        passage_prepare(q->j, line);
        for (uint32_t i = 0; i < line->word_count && i < 12; i++) {
            uint64_t stem = line->words[i].stem;
            uint32_t count;
            if (line->words[i].cues & CUE_STOP || fact_has_stem(f, stem) || fact_has_condition_stem(f, stem)) continue;
            const uint32_t *named = fact_index_named(q->j->index, stem, &count);
            for (uint32_t k = 0; k < count; k++) {
                const numeric_fact *other = &q->facts[named[k]];
                if (other->dimension == f->dimension && other->group != f->group && fact_has_stem(other, stem))
                    return true;
            }
        }
    }
    return false;
}

/* "memory each", "memory per GPU": is it said of each part, where the fact (NULL: any) does not say so? */
static bool is_dealt_by(question *q, const numeric_fact *f, uint32_t line) {
    if (line == PASSAGE_NONE) return false;
    passage *p = &q->j->passages[line];
    passage_prepare(q->j, p);
    for (uint32_t i = 0; i < p->word_count && i < 12; i++) {
        if (word_in(p, i, "each apiece")) return !f || !fact_has_stem(f, p->words[i].stem);
        if (!word_in(p, i, "per") || i + 1 >= p->word_count) continue;
        unit_id unit = unit_parse(surface_slice(p->on, p->words[i + 1].lo, p->words[i + 1].hi), true);
        bool part = p->words[i + 1].cues & CUE_PART || (unit != UNIT_NONE && unit_get(unit)->dimension == DIM_COUNT);
        if (part && (!f || !fact_has_stem(f, p->words[i + 1].stem))) return true;
    }
    return false;
}

bool subject_is_each(question *q, const numeric_fact *f) {
    const passage *p = q->p;
    if (f && f->kind != FACT_ATTR) return false;
    if (p->kind == PASSAGE_CELL) return is_dealt_by(q, f, p->label) || is_dealt_by(q, f, p->column);
    uint32_t first, end;
    passage_window(p, q->t->text.hi, q->t->text.hi, &first, &end);
    while (first < end && p->words[first].lo < q->t->text.hi) first++;
    return first < end && p->words[first].lo == q->t->text.hi + 1 && word_in(p, first, "each apiece");
}

bool subject_is_part(const question *q, const numeric_fact *f) {
    return f->owner_count && sort_of(q->j, f->owners[0]) == SORT_PART;
}

const char *subject_objection(const question *q, const scored *best) {
    const numeric_fact *f = &q->facts[best->fact];
    enum region own = REGION_COUNT;
    unsigned sorts = 0;
    bool spoken_of = false; /* "it takes", "the machine" */
    for (uint32_t i = 0; i < f->owner_count; i++) {
        enum region r = context_entity(&q->near, f->owners[i]);
        if (r < own) own = r;
        sorts |= sort_of(q->j, f->owners[i]);
        spoken_of = spoken_of || f->owners[i] == q->focus || (q->the_machine && f->owners[i] == q->j->main_hardware);
    }
    if (q->p->kind == PASSAGE_CELL) {
        unsigned others = f->kind == FACT_ATTR ? SORT_MACHINE | sorts : sorts;
        if (own > REGION_LABEL && names_another(q, f, others, own, REGION_LABEL)) OBJECT(q->j, "its line is another's");
        if (best->sole && names_another_fact(q, f)) OBJECT(q->j, "its line names another attribute");
    } else if (f->kind == FACT_ATTR && sorts & SORT_MACHINE && !spoken_of) {
        if (names_another(q, f, SORT_MACHINE, own, REGION_LEAD)) OBJECT(q->j, "another machine is named nearer");
    }
    if (q->p->kind == PASSAGE_SENTENCE && f->kind == FACT_ATTR && names_alike(q, f, own))
        OBJECT(q->j, "another thing of its sort is named nearer");
    return NULL;
}
