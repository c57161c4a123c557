/* readout_machines.c - which machine printed a block, where neither its prompt nor a command names one.
 *
 *     $ pip show vllm | grep Version      the one that runs vLLM
 *     $ nproc
 *     "The Spark is small:"               the one that the text before it named last
 *     "This is our box:"                  the one that the article is about
 *
 * In: the output of a typed line. Out: a machine, or none. A guess: it only narrows down whose attributes are asked
 * where some machine of ours, of which nothing is declared, may have printed another value.
 */
#include "facts/output/readouts.h"

/* The machine on which a service of ours runs the component, or that runs it itself; MANIFEST_NONE where several do. */
static uint32_t runner_of(const judge *j, uint32_t component) {
    enum { ENTITIES_LOOKED_AT = 512 };
    uint32_t found = MANIFEST_NONE;
    for (uint32_t i = 0; i < j->m->entity_count && i < ENTITIES_LOOKED_AT; i++) {
        const manifest_entity *e = &j->m->entities[i];
        uint32_t machine = e->kind == ENTITY_SERVICE ? e->host : i;
        for (uint32_t k = 0; k < e->runs.n && k < 64 && machine != MANIFEST_NONE; k++) {
            if (e->runs.items[k].entity != component) continue;
            if (found != MANIFEST_NONE && found != machine) return MANIFEST_NONE;
            found = machine;
        }
    }
    return found;
}

/* The one machine that the programs in the block run on, "$ pip show vllm", "$ nproc"; MANIFEST_NONE where they name
 * none or several. */
static uint32_t machine_of_block(const readout *o) {
    uint32_t found = MANIFEST_NONE;
    for (uint32_t i = o->block->first; i < o->block->end && i < o->block->first + 64; i++) {
        const passage *p = &o->j->passages[i];
        for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 16; h++) {
            uint32_t e = hit_entity(o->j, &p->on->hits[h], ENTITY_COMPONENT);
            uint32_t machine = e == MANIFEST_NONE ? e : runner_of(o->j, e);
            if (machine == MANIFEST_NONE) continue;
            if (found != MANIFEST_NONE && found != machine) return MANIFEST_NONE;
            found = machine;
        }
    }
    return found;
}

/* The machine that the text before the block named last, within a page or so; MANIFEST_NONE where it named none. */
static uint32_t machine_spoken_of(const readout *o) {
    enum { PASSAGES_BACK = 40 };
    uint32_t first = o->block->first;
    for (uint32_t k = 1; k <= PASSAGES_BACK && k <= first; k++) {
        const passage *p = &o->j->passages[first - k];
        for (uint32_t h = p->hit_hi; h > p->hit_lo && p->kind != PASSAGE_CODE; h--) {
            uint32_t e = p->on->hits[h - 1].inside < 0 ? hit_entity(o->j, &p->on->hits[h - 1], -1) : MANIFEST_NONE;
            if (e == MANIFEST_NONE) continue;
            uint8_t kind = o->j->m->entities[e].kind;
            if (kind == ENTITY_HOST || kind == ENTITY_HARDWARE) return e;
        }
    }
    return MANIFEST_NONE;
}

/* Does what leads in speak of the one machine that the article is about: "A healthy swap looks like this on our box:"?
 */
static bool leads_to_box(const readout *o) {
    uint32_t at = o->j->passages[o->block->first].lead;
    if (at == PASSAGE_NONE) return false;
    passage *lead = &o->j->passages[at];
    passage_prepare(o->j, lead);
    for (uint32_t i = 1; i < lead->word_count && i < 64; i++)
        if (word_in(lead, i, "box machine") && word_in(lead, i - 1, "our my")) return true;
    return false;
}

uint32_t readout_machine_around(const readout *o) {
    uint32_t machine = machine_of_block(o);
    if (machine == MANIFEST_NONE) machine = machine_spoken_of(o);
    return machine == MANIFEST_NONE && leads_to_box(o) ? o->j->main_hardware : machine;
}
