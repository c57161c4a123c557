/* ours.c - who "we" are in a sentence about hardware.
 *
 *     I, we │ the Spark, bracken │ the machine, our box, this server │ it, each, which     ours
 *     Petra's Ryzen │ a tower │ another one │ the rented box │ a friend's server           not
 *     "each rig has an RTX 3060", of a list of the Spark's cards                           ours, and not meant
 *
 * In: a prepared passage and a word of it. Out: does the phrase that ends there name the operator, or a machine that
 * the article calls ours? A noun of machines counts with a definite determiner alone; a possessive or a word for others
 * in the phrase gives it to somebody else.
 */
#include "facts/existence/ours.h"

#include "facts/reading/standing.h"

enum { PHRASE = 5, HITS_READ = 64, SUBJECT = 9, ENTITIES_READ = 512 };

static const char MACHINES[] =
    "machine machines system setup rig chassis unit units build workstation computer device hardware box boxes server "
    "servers node nodes host hosts stack cluster homelab cabinet case enclosure rack farm spec pc tower "
    "motherboard pipeline platform";
static const char PARTS[] =
    "fleet equipment inventory gear kit lab lineup gpu gpus card cards accelerator accelerators graphics";
static const char FOREIGN[] =
    "other others another rented cloud hosted old former previous first borrowed next new bigger "
    "larger typical average usual ordinary their his her your whose client's";

/* A machine, a service, a process. "vLLM runs on an A100" is so of the program anywhere. */
static bool is_entity(const judge *j, const alias_hit *hit) {
    uint32_t e = hit_entity(j, hit, -1);
    return hit_has(hit, ALIAS_MEMBER) || (e != MANIFEST_NONE && j->m->entities[e].kind != ENTITY_COMPONENT);
}

/* The hit that covers word `i` and ends with it, whatever follows the name itself ("Spark's"); NULL for none. */
static const alias_hit *entity_at(const judge *j, const passage *p, uint32_t i) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_READ; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.hi <= p->words[i].lo || hit->where.lo >= p->words[i].hi || !is_entity(j, hit)) continue;
        if (hit->where.hi + 3 >= p->words[i].hi) return hit;
    }
    return NULL;
}

/* "Petra's", "the reader's": another's, and no name of ours. */
bool existence_is_of_another(const judge *j, const passage *p, uint32_t i) {
    if (p->words[i].cues & (CUE_OTHERS | CUE_ALSO_OTHER | CUE_SECOND) || word_in(p, i, FOREIGN)) return true;
    return word_is_possessive(p, i) && !entity_at(j, p, i) &&
           !word_in(p, i,
                    "that's it's here's what's there's let's today's tonight's year's week's month's day's evening's "
                    "night's morning's");
}

/* What "it" stands for: ours, unless the sentence before speaks of another's. */
static bool is_it_ours(judge *j, const passage *p, uint32_t it) {
    for (uint32_t i = it > SUBJECT ? it - SUBJECT : 0; i < it; i++)
        if (existence_is_of_another(j, p, i) && !(i + 2 == it && word_in(p, i, "next")))
            return false; /* "next to it" */
    if (p->previous == PASSAGE_NONE || it > 12) return true;
    const passage *q = &j->passages[p->previous];
    passage_prepare(j, &j->passages[p->previous]);
    for (uint32_t i = 0; i < q->word_count && i < 200; i++)
        if (word_is_possessive(q, i) && !entity_at(j, q, i) && !(q->cues & CUE_FIRST)) return false;
    return !(q->cues & CUE_OTHERS);
}

bool existence_names_us(judge *j, const passage *p, uint32_t last) {
    if (last >= p->word_count) return false;
    if (word_in(p, last, "i we i've we've mine ours me us")) /* "I have read that I own an A100" */
        return last < 2 || !word_in(p, last - 1, "that") || !word_in(p, last - 2, "read heard told say says think");
    if (word_in(p, last, "it its them itself")) return is_it_ours(j, p, last);
    if (word_in(p, last, "which that") && last > 0) return existence_names_us(j, p, last - 1);
    if (word_in(p, last, "each both")) {
        for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_READ; h++)
            if (p->on->hits[h].where.hi <= p->words[last].lo && is_entity(j, &p->on->hits[h])) return true;
        return last == 0;
    }
    const alias_hit *hit = entity_at(j, p, last);
    if (hit) {
        uint32_t i = standing_word_over(p, hit->where.lo);
        while (i > 0 && word_in(p, i - 1, "a an the our my this one two nvidia dgx new single")) i--;
        return i == 0 || p->words[i - 1].hi + 2 < p->words[i].lo || !existence_is_of_another(j, p, i - 1);
    }
    bool machine = word_in(p, last, MACHINES), part = word_in(p, last, PARTS);
    if (!machine && !part) return false;
    for (uint32_t i = last; i > 0 && last - i < PHRASE; i--) {
        if (existence_is_of_another(j, p, i - 1)) return false;
        if (entity_at(j, p, i - 1)) return true;
        if (word_in(p, i - 1, "my") && word_in(p, last, "workstation pc tower")) return false; /* the one I play on */
        if (word_in(p, i - 1, "our my its")) return true;
        if (word_in(p, i - 1, "the this these both each same")) return machine;
        if (word_in(p, i - 1, "a an") && i > 2 && word_in(p, i - 2, "is")) /* "It is a small machine with …" */
            return machine && existence_names_us(j, p, i - 3);
        if (p->words[i - 1].cues & CUE_STOP) return false;
    }
    return false;
}

bool existence_holds_us(judge *j, const passage *p, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to && i < p->word_count; i++) {
        if (i > from &&
            (p->words[i].cues & CUE_BREAK || !standing_is_gap_free(p, p->words[i - 1].hi, p->words[i].lo, ",;:()")))
            return false;
        if (word_in(p, i, "i we")) return false; /* the next subject: "in the cloud we have" */
        if (word_in(p, i, "my our") && i + 1 < p->word_count && !existence_is_of_another(j, p, i + 1)) return true;
        if (existence_names_us(j, p, i)) return true;
        if (existence_is_of_another(j, p, i)) return false;
    }
    return false;
}

bool existence_subject_is_ours(judge *j, const passage *p, uint32_t last) {
    if (existence_names_us(j, p, last)) return true;
    bool joined = word_in(p, last, "and but also then");
    for (uint32_t i = last; i > 0 && last - i < SUBJECT; i--) {
        if (p->words[i - 1].cues & CUE_BREAK || existence_is_of_another(j, p, i - 1)) return false;
        bool leads = joined || word_in(p, i, "in under on at of behind next with from beside");
        if (leads && existence_names_us(j, p, i - 1)) {
            bool opens = i < PHRASE + 1; /* the head of a subject, not its end: "The fan of the Spark" */
            return opens && !word_in(p, i > 1 ? i - 2 : 0, "of for from than");
        }
    }
    return false;
}

bool existence_has_verb(const passage *p, uint32_t i) {
    if (i >= p->word_count) return false;
    if (word_in(p, i, "that which") || p->words[i].cues & CUE_PART) i++;
    return word_in(p, i,
                   "has have had is are was were costs does did needs would can will could gives gave gets reached "
                   "uses used delivers offers");
}

/* "GB10", "NVIDIA A2": a card that the scope lists, unless it is what the scope's machine is called. */
static bool is_member(const judge *j, uint32_t entity, const manifest_scope *scope) {
    const manifest_entity *e = &j->m->entities[entity];
    for (uint32_t i = 0; i < scope->members.n && entity != scope->host; i++)
        for (uint32_t k = 0; k < e->aliases.n; k++)
            if (str_eq_nocase(e->aliases.at[k].text, scope->members.at[i].text)) return true;
    return false;
}

/* "One of the playtest rigs lost its card": a machine that is called "playtest rig", in another form, in the sentence.
 */
static bool names_in_another_form(const judge *j, const passage *p, const manifest_scope *scope) {
    for (uint32_t i = 0; i < j->m->entity_count && i < ENTITIES_READ; i++) {
        const manifest_entity *e = &j->m->entities[i];
        bool machine = e->kind == ENTITY_HOST || e->kind == ENTITY_HARDWARE;
        if (!machine || i == scope->host || is_member(j, i, scope)) continue;
        for (uint32_t k = 0; k < e->aliases.n; k++) {
            const name_stems name = name_stems_of(e->aliases.at[k].text);
            if (name.n > 1 && name_stems_find(p, &name, 0, 400) != UINT32_MAX) return true;
        }
    }
    return false;
}

static bool is_elsewhere(const judge *j, const context *near, uint32_t lo, uint32_t hi, const manifest_scope *scope) {
    uint32_t other = REGION_COUNT;
    for (uint32_t i = 0; i < near->mention_count; i++) {
        const mention *m = &near->mentions[i];
        if (m->entity == MANIFEST_NONE || !m->hit) continue;
        const manifest_entity *e = &j->m->entities[m->entity];
        bool machine = e->kind == ENTITY_HOST || (e->kind == ENTITY_HARDWARE && !is_member(j, m->entity, scope));
        bool on_it = m->hit->where.lo < hi && m->hit->where.hi > lo && m->region == REGION_CLAUSE;
        if (machine && !on_it && m->entity != scope->host && m->region < other) other = m->region;
    }
    return other <= REGION_LABEL && context_entity(near, scope->host) > other;
}

bool existence_is_elsewhere(judge *j, passage *p, uint32_t lo, uint32_t hi, const manifest_scope *scope) {
    context near;
    if (scope->host == MANIFEST_NONE) return false;
    context_make(j, p, lo, hi, &near);
    return is_elsewhere(j, &near, lo, hi, scope);
}

bool existence_is_unlisted_there(judge *j, passage *p, uint32_t lo, uint32_t hi, const manifest_scope *scope) {
    context near;
    if (scope->host == MANIFEST_NONE) return false;
    context_make(j, p, lo, hi, &near);
    bool named = p->kind == PASSAGE_SENTENCE && context_entity(&near, scope->host) > REGION_SENTENCE &&
                 names_in_another_form(j, p, scope);
    if (!named && !is_elsewhere(j, &near, lo, hi, scope)) return false;
    for (uint32_t k = 0; k < j->m->scope_count && k < 128; k++) { /* the other machine may have such a list, too */
        const manifest_scope *own = &j->m->scopes[k];
        bool same = own->world == WORLD_CLOSED && own->host != MANIFEST_NONE && str_eq(own->kind, scope->kind);
        if (same && context_entity(&near, own->host) <= REGION_LEAD && !is_elsewhere(j, &near, lo, hi, own))
            return false;
    }
    return true;
}
