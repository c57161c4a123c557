/* spec_line.c - an item that lists what a machine of ours has.
 *
 *     - **Hardware:** NVIDIA DGX Spark, GB10 with a 20-core CPU, 128 GB of unified memory at 273 GB/s, 4 TB of NVMe
 *     - Server: 128 GB RAM / 20 cores / 4 TB
 *
 * In: a passage. Out: is it such an item? It names the article's own machine, or begins with a label that stands for
 * one, holds two sizes or more and no verb that has a subject: what stands beside a size there is the next size, no
 * case in which it holds.
 */
#include "facts/reading/reading.h"

static bool begins_with_label(const passage *p) {
    uint32_t colon = 0, first = 0;
    for (uint32_t k = p->text.lo; k < p->text.hi && k < p->text.lo + 48 && !colon; k++)
        if (p->on->text.p[k] == ':') colon = k;
    while (colon && first < p->word_count && p->words[first].hi <= colon) {
        if (word_in(p, first, "hardware server machine node compute spec specs box workstation system device host"))
            return true;
        first++;
    }
    return false;
}

bool passage_is_spec_line(judge *j, passage *p) {
    uint32_t sizes = 0;
    bool ours = false;
    if (p->kind != PASSAGE_SENTENCE || !(p->flags & PASSAGE_IN_LIST) || p->text.hi - p->text.lo > WINDOW_REACH)
        return false;
    passage_prepare(j, p);
    if (p->cues &
        (CUE_MODAL | CUE_IF | CUE_NEGATION | CUE_FIRST | CUE_OTHERS | CUE_COMPARE | CUE_WAS | CUE_FUTURE | CUE_GONE))
        return false;
    for (uint32_t i = 0; i < p->word_count; i++)
        if (word_in(p, i, "is are has have runs run takes uses draws reads costs serves holds you your")) return false;
    for (uint32_t i = p->token_lo; i < p->token_hi; i++) {
        const token *t = &p->on->tokens[i];
        sizes += t->kind == TOKEN_QUANTITY && unit_get(t->unit)->dimension != DIM_TIME;
    }
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) {
        uint32_t e = hit_entity(j, &p->on->hits[h], ENTITY_HARDWARE);
        if (e == MANIFEST_NONE) continue;
        if (e != j->main_hardware) return false; /* parts of several machines */
        ours = true;
    }
    return sizes > 1 && (ours || begins_with_label(p));
}
