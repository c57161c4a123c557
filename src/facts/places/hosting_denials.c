/* hosting_denials.c - what is said not to run on a machine.
 *
 *     "the VPS does not run any AI models"       not on its closed list: supported
 *     "the VPS does not run Caddy"               listed: contradicted
 *     "Caddy does not run on the VPS"            the same, the thing in front
 *
 * In: a prepared sentence. A denial with anything behind the name, "does not run Caddy as root", is one of how, not of
 * what, and contradicts nothing; nor does one of another time.
 */
#include "facts/places/hosting.h"

/* Does the sentence, or its clause, end at byte `hi`, but for "any more", "at all" and the like? */
static bool ends_there(const passage *p, uint32_t hi) {
    uint32_t i = standing_word_at(p, hi);
    if (i < p->word_count && word_in(p, i, "itself") && standing_is_gap_free(p, hi, p->words[i].lo, ",;:()")) i++;
    if (word_in(p, i, "any at") && word_in(p, i + 1, "more longer all")) i += 2;
    if (word_in(p, i, "anymore")) i++;
    uint32_t end = i > 0 ? p->words[i - 1].hi : hi;
    if (i >= p->word_count) return true;
    return !standing_is_gap_free(p, end > hi ? end : hi, p->words[i].lo, ",;.");
}

/* "does not", "doesn't", "never" before word `verb`: where it begins; UINT32_MAX where it is not denied so. */
static uint32_t denial_before(const passage *p, uint32_t verb) {
    if (verb > 0 && word_in(p, verb - 1, "doesn't don't never")) return verb - 1;
    if (verb > 1 && word_in(p, verb - 1, "not") && word_in(p, verb - 2, "does do")) return verb - 2;
    return UINT32_MAX;
}

/* Does nothing but a determiner or a conjunction stand before the subject at `lo`: no "at night", no "it is not so
 * that"?
 */
static bool begins_sentence(const passage *p, uint32_t lo) {
    for (uint32_t i = 0; i < p->word_count && p->words[i].lo < lo; i++)
        if (!word_in(p, i, "the our my and so but also here")) return false;
    return true;
}

static bool begins_with_machine(const judge *j, const passage *p, uint32_t machine) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++)
        if (hit_entity(j, &p->on->hits[h], -1) == machine) return begins_sentence(p, p->on->hits[h].where.lo);
    return true; /* "It runs no Caddy" */
}

static bool is_plain(judge *j, passage *p, uint32_t lo, uint32_t hi, stance_view *s) {
    *s = stance_at(j, p, lo, hi);
    return (s->stance == STANCE_NEGATED || s->stance == STANCE_ASSERTED) && !s->others && !s->past && !s->aside &&
           !standing_is_then(p, lo, hi);
}

/* Of a thing that the hit names: is it on the machine? True where a claim was made. */
static bool judge_denied_thing(judge *j, passage *p, const alias_hit *thing, uint32_t machine, uint32_t lo,
                               uint32_t hi) {
    const manifest_entity *host = &j->m->entities[machine];
    stance_view s;
    standing_subject t = {.lo = thing->where.lo, .hi = thing->where.hi};
    if (!is_plain(j, p, lo, hi, &s) || !standing_is_thing(j, thing)) return false;
    bool placed = standing_add(j, p->on, thing, machine, &t);
    bool lacks = host->runs.world == WORLD_CLOSED && host->runs.fact.id.p && (!placed || (t.program && !t.here));
    if (!(placed && t.here) && !lacks) return false;
    claim *c = claim_add(j, p, lo, hi, CLAIM_SERVICE, &s);
    if (!c || c->verdict == VERDICT_NOT_ABOUT_US) return true;
    c->stance = STANCE_NEGATED;
    c->subject = host->id;
    if (lacks)
        claim_supported(j, c, &host->runs.fact, STR("a closed list"),
                        STR("a truthful denial: the closed list does not hold it"));
    else
        claim_contradicted(j, c, t.fact, t.name, judge_printf(j, "it runs on %.*s", STR_ARG(host->id)));
    return true;
}

/* "The VPS does not run Caddy": a name of ours right behind the verb. */
static bool judge_denied_object(judge *j, passage *p, uint32_t verb, uint32_t machine) {
    bool none = word_in(p, verb + 1, "no"); /* "runs no Caddy" */
    uint32_t object = verb + 1 + none, denial = none ? verb : denial_before(p, verb);
    const alias_hit *subject = NULL;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64 && denial != UINT32_MAX && denial > 0; h++)
        if (p->on->hits[h].inside < 0 && p->on->hits[h].where.hi == p->words[denial - 1].hi) subject = &p->on->hits[h];
    if (!subject || hit_entity(j, subject, -1) != machine || !begins_sentence(p, subject->where.lo)) return false;
    while (word_in(p, object, "the our my any")) object++;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && object < p->word_count && h < p->hit_lo + 64; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.lo != p->words[object].lo || hit->inside >= 0) continue;
        uint32_t behind = standing_word_at(p, hit->where.hi), hi = hit->where.hi;
        if (word_in(p, behind, "instance daemon server service") && p->words[behind].lo == hi + 1)
            hi = p->words[behind].hi; /* "runs no HAProxy instance" */
        if (ends_there(p, hi)) return judge_denied_thing(j, p, hit, machine, p->words[verb].lo, hi);
    }
    return false;
}

/* "Caddy does not run on the VPS": the name, the denial, the verb and the machine, and nothing else. */
void judge_denied_standings(judge *j, passage *p) {
    if (p->kind != PASSAGE_SENTENCE || !(p->cues & CUE_NEGATION) || p->hit_hi - p->hit_lo > 64) return;
    for (uint32_t h = p->hit_lo + 1; h < p->hit_hi; h++) {
        const alias_hit *at = &p->on->hits[h], *thing = NULL;
        uint32_t machine = at->inside < 0 ? hit_entity(j, at, -1) : MANIFEST_NONE;
        if (!standing_is_machine(j, machine) || !ends_there(p, at->where.hi)) continue;
        uint32_t on = standing_preposition(p, at->where.lo);
        if (on == UINT32_MAX || on == 0 || !word_in(p, on, "on") || !word_in(p, on - 1, "run live")) continue;
        uint32_t denial = denial_before(p, on - 1);
        for (uint32_t k = p->hit_lo; k < h && denial != UINT32_MAX && denial > 0; k++)
            if (p->on->hits[k].inside < 0 && p->on->hits[k].where.hi == p->words[denial - 1].hi)
                thing = &p->on->hits[k];
        if (thing && begins_sentence(p, thing->where.lo) && !hosting_is_judged(j, p, thing->where.lo))
            judge_denied_thing(j, p, thing, machine, thing->where.lo, at->where.hi);
    }
}

/* The noun phrase that a verb denies: behind it, or where nothing is, before it. */
static bool denied_phrase(const passage *p, uint32_t verb, uint32_t end, uint32_t *first, uint32_t *head) {
    if (hosting_noun_phrase(p, verb + 1, end, first, head)) return true;
    if (verb == 0) return false;
    *head = *first = verb - 1;
    while (*first > 0 && verb - *first < 4 && !(p->words[*first - 1].cues & (CUE_STOP | CUE_NEGATION)) &&
           p->words[*first].lo == p->words[*first - 1].hi + 1)
        --*first;
    return true;
}

static bool is_object_of(const passage *p, uint32_t verb, uint32_t first) {
    for (uint32_t i = verb + 1; i < first; i++)
        if (!word_in(p, i, "no any a an the my our not")) return false;
    return first > verb;
}

/* "does not run any AI models", "runs no models", "No container engine runs there" */
void judge_denied_run(judge *j, passage *p, uint32_t verb, uint32_t machine, uint32_t end) {
    const manifest_entity *host = &j->m->entities[machine];
    uint32_t first, head;
    if (judge_denied_object(j, p, verb, machine) || host->runs.world != WORLD_CLOSED) return;
    if (!denied_phrase(p, verb, end, &first, &head)) return;
    stance_view s = stance_at(j, p, p->words[head].lo, p->words[head].hi);
    if (s.stance == STANCE_HYPOTHETICAL || s.others || s.stance == STANCE_INSTRUCTION) return;
    uint32_t lo = p->words[verb].lo < p->words[first].lo ? p->words[verb].lo : p->words[first].lo;
    uint32_t hi = p->words[verb].hi > p->words[head].hi ? p->words[verb].hi : p->words[head].hi;
    enum hosting_noun noun = hosting_noun(j, p, host, first, head);
    if (noun == NOUN_LISTED && (!ends_there(p, hi) || !begins_with_machine(j, p, machine)))
        return; /* "does not run Caddy as root", "at night our VPS does not run Caddy" */
    if (noun != NOUN_LACKED && !is_object_of(p, verb, first)) return; /* "does not run on another machine" */
    claim *c = claim_add(j, p, lo, hi, CLAIM_SERVICE, &s);
    if (!c) return;
    c->stance = STANCE_NEGATED;
    c->subject = host->id;
    if (noun == NOUN_LACKED)
        claim_supported(j, c, &host->runs.fact, STR("a closed list"),
                        STR("a truthful denial: the closed list does not hold it"));
    else
        claim_unverified(j, c, judge_printf(j, "what runs on %.*s may be that", STR_ARG(host->id)));
}
