/* exposes_operations.c - operations of a service that are told as a verb and what it is done to.
 *
 *     the desk API offers a call to | delete a borrower      a noun of calls, and what the call is for
 *     the queue API lets you | pause a job                   whom it is given to
 *     the tool server can also | restart a service           one more beside others: "also", "too", "beside"
 *     through the desk one may | …, and | delete a borrower  by way of it
 *
 * Only verbs that change what they are done to, and only where no name on the service's closed list has the verb: a
 * list with "tenant listing" on it does not hold "delete a tenant", though it speaks of tenants. What the service does
 * by itself ("can drop a connection") is not meant: without one of the frames above nothing is said.
 */
#include "facts/exposes/exposes.h"

static bool is_object_start(const passage *p, uint32_t i) {
    return word_in(p, i, "a an the any all one single another");
}

/* Does the sentence say that it is one operation more: "also", "too", "beside searching notes"? */
static bool is_one_more(const passage *p, uint32_t verb) {
    if (verb > 0 && word_in(p, verb - 1, "also even")) return true;
    for (uint32_t i = verb; i < p->word_count && i < verb + 8; i++)
        if (word_in(p, i, "too beside besides")) return true;
    return false;
}

/* "through wharf", "via the desk API": the first words of the sentence. */
static bool is_by_way(const passage *p) { return word_in(p, 0, "through via with over"); }

static bool has_comma(const passage *p, uint32_t before, uint32_t i) {
    for (uint32_t k = p->words[before].hi; k < p->words[i].lo; k++)
        if (p->on->text.p[k] == ',') return true;
    return false;
}

/* Is the verb at word `i` told as an operation of the service whose phrase begins before it? */
static bool is_framed(const judge *j, const passage *p, uint32_t i, const manifest_entity *service) {
    uint32_t before = i - 1;
    if (word_in(p, before, "to") && i > 2 && word_in(p, i - 2, "call calls operation endpoint method function tool"))
        return true;
    if (word_in(p, before, "to") && i > 3 && word_in(p, i - 3, "allows enables lets permits")) return true;
    if (i > 1 && word_in(p, before, "you one us me clients users callers anybody agents it") &&
        word_in(p, i - 2, "lets let"))
        return true;
    if (word_in(p, before, "also even") && i > 1) before--;
    if (word_in(p, before, "can may")) return is_one_more(p, i) || is_by_way(p) || exposes_item_in(j, p, service);
    bool listed = word_in(p, before, "and or") || has_comma(p, before, i);
    for (uint32_t k = 0; k < i && listed; k++) /* "one may list tenants, …, and delete a tenant" */
        if (word_in(p, k, "can may lets")) return is_by_way(p) || exposes_item_in(j, p, service);
    return false;
}

static bool is_listed_act(const manifest_entity *service, const passage *p, uint32_t verb) {
    for (uint32_t k = 0; k < service->exposes.n; k++)
        if (exposes_item_has_stem(&service->exposes.items[k], p->words[verb].stem)) return true;
    return false;
}

static bool names_service(const judge *j, const passage *p) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) {
        uint32_t e = hit_entity(j, &p->on->hits[h], ENTITY_SERVICE);
        if (e != MANIFEST_NONE && j->m->entities[e].exposes.world == WORLD_CLOSED) return true;
    }
    return false;
}

void judge_operations(judge *j, passage *p) {
    if (!(p->marks & MARK_ACT) || p->word_count > 80 || !(names_service(j, p) || word_in(p, 0, "it"))) return;
    for (uint32_t i = 2; i + 2 < p->word_count; i++) {
        if (!(p->words[i].marks & MARK_ACT) || !is_object_start(p, i + 1) || p->words[i + 1].lo != p->words[i].hi + 1)
            continue;
        const manifest_entity *service = exposes_subject(j, p, i, word_in(p, 0, "it"));
        if (!service || service->exposes.world != WORLD_CLOSED || is_listed_act(service, p, i)) continue;
        if (!is_framed(j, p, i, service)) continue;
        uint32_t lo = p->words[i].lo, hi = p->words[i + 2].hi;
        stance_view s = stance_at(j, p, lo, hi);
        if (s.stance == STANCE_INSTRUCTION) s.stance = STANCE_ASSERTED; /* "lets you pause a job" orders nothing */
        if (s.stance != STANCE_ASSERTED || s.denied || s.past || s.loose || s.others) continue;
        bool told = false; /* exposes.c has judged it */
        span where = surface_source(j, p->on, lo, hi);
        for (size_t k = j->claims->n; k > 0 && j->claims->n - k < 32 && !told; k--)
            told = j->claims->at[k - 1].kind == CLAIM_EXPOSES && j->claims->at[k - 1].where.lo < where.hi &&
                   where.lo < j->claims->at[k - 1].where.hi && j->claims->at[k - 1].verdict == VERDICT_CONTRADICTED;
        claim *c = told ? NULL : claim_add(j, p, lo, hi, CLAIM_EXPOSES, &s);
        if (!c || c->verdict == VERDICT_NOT_ABOUT_US) continue;
        c->subject = service->id;
        claim_contradicted(j, c, &service->exposes.fact, exposes_list_text(j, &service->exposes),
                           judge_printf(j, "%.*s has a closed list of %u operations, none of which does that",
                                        STR_ARG(service->id), service->exposes.n));
    }
}
