/* testimony.c - which sentences tell something of the operation that no fact vouches for.
 *
 *     "Because the office faces south, estuary throttles."      a machine of ours
 *     "I pay a student to read the drafts aloud."               the first person
 *     "More mail was caused by clocks than by the database."    told in the past, so of something that happened
 *     "The dashboards are built so that red means a night."     a thing that is pointed at
 *     "Batching raises the total and lowers each stream."       true of anybody's machines: no testimony
 *
 * In: the claims, what they vouch for, the passages. Out: whether a sentence is a testimony without a voucher.
 *
 * An invented habit, cause or place need hold no number and no name, so nothing in its words gives it away. But it is
 * told of us, of one event or of one thing; and what a gate with a manifest pays for that is what the manifest knows. A
 * sentence with a supported claim is vouched for. Reasoning, advice and general knowledge are told of nobody and earn
 * as ever. docs/FIRST-CONTACT.md ("Anecdotes") has what this finds of invented and of honest lines, and what it misses:
 * the present tense of things without an article ("Clients nearly always open the link on a telephone") and
 * what is told beside something true.
 */
#include "facts/credit/loose.h"
#include "facts/reading/cadence.h"

/* The name of a machine, a service or a process of ours. Not of a program, which others have, too ("PostgreSQL keeps
 * the log until the slot has read it"), nor of what is measured: anybody's machine has memory, a throughput, a queue.
 */
static bool holds_name_of_ours(const judge *j, const passage *p) {
    for (uint32_t i = p->hit_lo; i < p->hit_hi; i++) {
        const alias_hit *hit = &p->on->hits[i];
        if (hit_entity(j, hit, ENTITY_HOST) != MANIFEST_NONE || hit_entity(j, hit, ENTITY_HARDWARE) != MANIFEST_NONE ||
            hit_entity(j, hit, ENTITY_SERVICE) != MANIFEST_NONE || hit_entity(j, hit, ENTITY_PROCESS) != MANIFEST_NONE)
            return true;
    }
    return false;
}

/* "Every week a job prunes old images": somebody's habit. */
static bool tells_habit(const passage *p) {
    cadence c;
    if (!(p->cues & CUE_CADENCE) || p->cues & (CUE_SECOND | CUE_MODAL | CUE_IF)) return false;
    return cadence_find(passage_text(p), 0, &c);
}

/* `p` has been prepared. What the reader is told to do is told of nobody. */
static bool is_told(const judge *j, const passage *p) {
    bool order = p->word_count && p->words[0].cues & CUE_IMPERATIVE && !(p->cues & CUE_FIRST); /* "Stop larch." */
    if (order) return false;
    if (p->cues & CUE_FIRST || holds_name_of_ours(j, p)) return true;
    if (p->word_count && word_in(p, 0, "the this these that those its his her their")) return true;
    if (tells_habit(p)) return true;
    for (uint32_t i = 0; i < p->word_count; i++)
        if (told_by_past_verb(p, i)) return true;
    return false;
}

bool testimony_mark(judge *j, uint8_t *told) {
    for (uint32_t i = 0; i < j->passage_count; i++) {
        passage *p = &j->passages[i];
        bool said = p->kind == PASSAGE_SENTENCE || p->kind == PASSAGE_CELL || p->kind == PASSAGE_HEADING;
        if (!said || p->sentence >= j->art->sentence_count) continue;
        passage_prepare(j, p);
        if (j->failed) return false;
        told[p->sentence] = !claims_have_voucher(j->claims, j->art->sentences[p->sentence].text) && is_told(j, p);
    }
    return true;
}
