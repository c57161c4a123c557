/* steps_process.c - of which process are the steps, where none of its names stands?
 *
 *     The swap is always the same: launch, stop, …             its id, behind an article
 *     To swap models, we launch the container, …               its id as a verb
 *     Swapping them was a chore. Now the procedure is: …       the same, of the sentence before
 *
 * In: a prepared sentence that may enumerate steps. Out: the process, of which steps.c then looks for the steps: the
 * word alone decides nothing.
 */
#include "facts/processes/steps.h"

enum { WORDS_READ = 8 };

/* The one process whose id is the word at `i`. */
static uint32_t process_called(const judge *j, const passage *p, uint32_t i) {
    uint32_t count, found = MANIFEST_NONE;
    const uint32_t *all = fact_index_processes(j->index, &count);
    for (uint32_t k = 0; k < count && k < 256 && i < p->word_count; k++) {
        if (fact_stem(j->m->entities[all[k]].id) != p->words[i].stem) continue;
        if (found != MANIFEST_NONE) return MANIFEST_NONE;
        found = all[k];
    }
    return found;
}

uint32_t process_by_id(judge *j, const passage *p) {
    for (uint32_t i = 1; i < p->word_count && i < WORDS_READ; i++) {
        bool noun = word_in(p, i - 1, "the a an our my every each this that") && !(p->words[i].cues & CUE_STOP);
        bool verb = i == 1 && word_is(p, 0, "to");
        uint32_t found = noun || verb ? process_called(j, p, i) : MANIFEST_NONE;
        if (found != MANIFEST_NONE) return found;
    }
    if (!(p->marks & MARK_ORDER) || p->previous == PASSAGE_NONE) return MANIFEST_NONE;
    passage *before = &j->passages[p->previous];
    passage_prepare(j, before);
    if (!word_in(before, 1, "them it this that between is was used the models engines")) return MANIFEST_NONE;
    return process_called(j, before, 0);
}
