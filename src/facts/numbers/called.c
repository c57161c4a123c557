/* called.c - facts that are meant though no name of theirs stands right beside the number.
 *
 *     "- `kettleness` with `av1_nvenc`: 141 fps"    an owner, a condition, and a rate of which the owner has one metric
 *     "| joules a token | 1.62 |"                   a derived fact's whole name, and nothing else, as the row's label
 *
 * In: a question and a fact. It judges nothing; contradict.c asks before it says that a name is missing.
 */
#include "facts/numbers/question.h"

/* "`kettleness` with `av1_nvenc`: 141 fps": the owner and a condition are named, and all that the owner has in this
 * rate is of one metric. */
bool fact_by_case(const question *q, const scored *best) {
    const numeric_fact *f = &q->facts[best->fact];
    enum unit_dimension d = q->m.dimension;
    bool rate = d == DIM_EVENT_RATE || d == DIM_REQUEST_RATE || d == DIM_DATA_RATE || d == DIM_TOKEN_RATE;
    if (f->kind != FACT_BENCHMARK || !rate || best->condition < 0.3 || best->conflict || best->owner < 0.9 ||
        q->swapping)
        return false;
    for (uint32_t o = 0; o < f->owner_count; o++) {
        if (context_entity(&q->near, f->owners[o]) > REGION_LABEL) continue;
        uint32_t count;
        const uint32_t *owned = fact_index_owned(q->j->index, f->owners[o], &count);
        for (uint32_t i = 0; i < count && i < 128; i++) {
            const numeric_fact *other = &q->facts[owned[i]];
            if (other->kind != FACT_DERIVED && candidate_same_kind(q, other) && other->group != f->group) return false;
        }
    }
    return true;
}

/* Is a derived fact called by a whole name of several words, as all that its row's label or
 * its column's header says: "| joules a token | 1.62 |"? */
bool fact_called_so(const question *q, const numeric_fact *f) {
    uint32_t around[2] = {q->p->label, q->p->column};
    if (q->p->kind != PASSAGE_CELL) return false;
    for (int side = 0; side < 2; side++) {
        if (around[side] == PASSAGE_NONE) continue;
        passage *x = &q->j->passages[around[side]];
        passage_prepare(q->j, x);
        for (uint32_t i = 0; i < f->name_count; i++) {
            uint32_t said = 0, other = 0;
            for (uint32_t w = 0; w < x->word_count && w < 12; w++) {
                bool mine = false;
                for (uint32_t k = 0; k < f->names[i].n; k++) mine = mine || f->names[i].stems[k] == x->words[w].stem;
                said += mine;
                other += !mine && !(x->words[w].cues & CUE_STOP);
            }
            if (said >= f->names[i].n && f->names[i].n > 1 && !other) return true;
        }
    }
    return false;
}
