/* exposes_frames.c - what a service offers where the items do not stand behind a verb of offering.
 *
 *     Its tools are blog search, article fetch and calendar access      behind a noun of calls and "are"
 *     Among its tools are …, the tools of the MCP server are …
 *     It makes blog search and database access available to agents      before "available"
 *     Blog search and shell access are exposed by the MCP server        before the passive
 *
 * In: a prepared sentence. Out: a claim an item, where one of the items is on the service's closed list: then the
 * others are said to be operations, too.
 */
#include "facts/exposes/exposes.h"

/* Word behind the noun at `i` that "are" stands at: "its tools │ are", "the tools of the MCP server │ are"; 0 for none.
 */
static uint32_t copula_of(const passage *p, uint32_t i) {
    if (!(p->words[i].marks & MARK_CALLS) || i > 4) return 0;
    for (uint32_t k = i + 1; k < p->word_count && k < i + 7; k++) {
        if (word_in(p, k, "are")) return k;
        if (p->words[k].cues & (CUE_NEGATION | CUE_BREAK | CUE_HAVE | CUE_WAS)) return 0;
    }
    return 0;
}

static void judge_range(judge *j, passage *p, const manifest_entity *service, uint32_t from, uint32_t to) {
    if (!service || service->exposes.world != WORLD_CLOSED || from >= to || to > p->word_count) return;
    if (exposes_item_between(j, p, service, p->words[from].lo, p->words[to - 1].hi))
        exposes_judge_items(j, p, service, from, to, PHRASE_STRICT);
}

void judge_exposed_frames(judge *j, passage *p) {
    bool named = false;
    if (p->word_count < 5 || p->word_count > 100) return;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64 && !named; h++)
        named = hit_has(&p->on->hits[h], ALIAS_EXPOSED); /* no frame says anything without one that is listed */
    if (!named) return;
    for (uint32_t i = 0; i < p->word_count; i++) {
        uint32_t are = copula_of(p, i);
        if (are) {
            bool back = i > 0 && word_in(p, i - 1, "its these the");
            judge_range(j, p, exposes_subject(j, p, are, back), are + 1, p->word_count);
            return;
        }
        if (word_in(p, i, "makes make") && i > 0)
            for (uint32_t k = i + 2; k < p->word_count; k++)
                if (word_in(p, k, "available accessible")) {
                    judge_range(j, p, exposes_subject(j, p, i, false), i + 1, k);
                    return;
                }
        if (i > 1 && word_in(p, i, "exposed offered provided") && word_in(p, i - 1, "is are") &&
            word_in(p, i + 1, "by through via")) {
            for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) {
                uint32_t e = hit_entity(j, &p->on->hits[h], ENTITY_SERVICE);
                bool behind =
                    p->on->hits[h].where.lo > p->words[i + 1].hi && p->on->hits[h].where.lo < p->words[i + 1].hi + 8;
                if (e != MANIFEST_NONE && behind && !stance_is_any(p, p->on->hits[h].where.lo))
                    judge_range(j, p, &j->m->entities[e], 0, i - 1);
            }
            return;
        }
    }
}
