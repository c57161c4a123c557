/* proof_machines.c - is it said of another declared machine than the one whose number it is?
 *
 *     "The VPS has 20 cores", which is what the other machine has       the sentence begins with a machine
 *     "## The VPS … It draws 38 W"                                      or with "it", behind one
 *     "bracken has 24 GB of video memory", which is its card's          a part of it, or what runs on it: its own
 *
 * In: a question, a fact of a machine that agrees. Out: whether the sentence is about another machine. What a machine
 * is not declared to have is not proved by what its neighbour has.
 */
#include "facts/numbers/proofs.h"
#include "facts/reading/standing.h"

enum { SUBJECT_WORDS = 5, ENTITIES_READ = 512, OWNED_READ = 32 };

static const char DEEDS[] =
    "has had draws drew costs reads writes gives keeps uses needs holds takes runs is was gets got "
    "offers carries stores decodes reaches idles peaks encodes makes";

/* Mere hardware is one, too, where something is declared to run on it, among the first ENTITIES_READ of a manifest. */
static bool is_machine(const judge *j, uint32_t entity) {
    if (entity_is_machine(j, entity)) return true;
    if (j->m->entities[entity].kind != ENTITY_HARDWARE) return false;
    for (uint32_t i = 0; i < j->m->entity_count && i < ENTITIES_READ; i++)
        if (j->m->entities[i].host == entity) return true;
    return false;
}

/* What ends right before a verb near the beginning of the passage; MANIFEST_NONE where nothing declared does. */
static uint32_t entity_before_verb(const judge *j, const passage *p, uint32_t below) {
    for (uint32_t i = 1; i < p->word_count && i <= SUBJECT_WORDS; i++) {
        if (p->words[i].hi > below) break;
        if (!word_in(p, i, DEEDS)) continue;
        for (uint32_t k = p->words[i].hi; k < below; k++)
            if (strchr(",;:", p->on->text.p[k])) return MANIFEST_NONE; /* another clause, of another subject perhaps */
        uint32_t name = p->words[i - 1].hi, first, end, found = MANIFEST_NONE;
        passage_hit_window(p, p->words[i - 1].lo, name, &first, &end);
        for (uint32_t h = first; h < end; h++) {
            const alias_hit *hit = &p->on->hits[h];
            uint32_t e = hit->where.hi == name && hit->inside < 0 ? hit_entity(j, hit, -1) : MANIFEST_NONE;
            if (e == MANIFEST_NONE) continue;
            if (found != MANIFEST_NONE && found != e) return MANIFEST_NONE;
            found = e;
        }
        return found;
    }
    return MANIFEST_NONE;
}

static uint32_t machine_before_verb(const judge *j, const passage *p, uint32_t below) {
    uint32_t e = entity_before_verb(j, p, below);
    return e != MANIFEST_NONE && is_machine(j, e) ? e : MANIFEST_NONE;
}

/* Have both a number of one name, as two models have parameters? */
static bool are_of_one_sort(const question *q, uint32_t a, uint32_t b) {
    uint32_t mine, theirs;
    const uint32_t *of_a = fact_index_owned(q->j->index, a, &mine), *of_b = fact_index_owned(q->j->index, b, &theirs);
    for (uint32_t i = 0; i < mine && i < OWNED_READ; i++)
        for (uint32_t k = 0; k < theirs && k < OWNED_READ; k++) {
            const numeric_fact *f = &q->facts[of_a[i]], *g = &q->facts[of_b[k]];
            if (f->kind == FACT_ATTR && g->kind == FACT_ATTR && f->group == g->group) return true;
        }
    return false;
}

/* "gpt-oss-120b decodes at 58.3 tok/s", which is what another model does. */
static bool is_of_another_of_its_sort(const question *q, const numeric_fact *f) {
    uint32_t e = entity_before_verb(q->j, q->p, q->t->text.lo);
    bool other = false;
    if (e == MANIFEST_NONE || f->kind != FACT_BENCHMARK) return false;
    for (uint32_t i = 0; i < f->owner_count; i++) {
        uint32_t own = f->owners[i];
        if (own == e) return false;
        if (q->j->m->entities[own].kind != q->j->m->entities[e].kind || !are_of_one_sort(q, e, own)) continue;
        if (context_entity(&q->near, own) <= REGION_SENTENCE) return false;
        other = true;
    }
    return other;
}

/* The only machine that the passage names. */
static uint32_t only_machine(const judge *j, const passage *p) {
    uint32_t found = MANIFEST_NONE;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 32; h++) {
        uint32_t e = hit_entity(j, &p->on->hits[h], -1);
        if (e == MANIFEST_NONE || p->on->hits[h].inside >= 0) continue;
        if (!is_machine(j, e) || (found != MANIFEST_NONE && found != e)) return MANIFEST_NONE;
        found = e;
    }
    return found;
}

static uint32_t machine_spoken_of(const question *q) {
    judge *j = q->j;
    const passage *p = q->p;
    if (!word_in(p, 0, "it its")) return machine_before_verb(j, p, q->t->text.lo);
    if (only_machine(j, p) != MANIFEST_NONE || p->hit_hi > p->hit_lo + 8) return MANIFEST_NONE;
    if (p->previous == PASSAGE_NONE) {
        if (p->heading == PASSAGE_NONE) return MANIFEST_NONE;
        passage_prepare(j, &j->passages[p->heading]);
        return only_machine(j, &j->passages[p->heading]);
    }
    passage *before = &j->passages[p->previous];
    passage_prepare(j, before);
    return machine_before_verb(j, before, before->text.hi);
}

/* "The router draws 38 W", "my old laptop has 128 GB", "the NAS in the cellar costs …": a thing by whose name nothing
 * is declared, and a verb behind it. */
static bool is_of_undeclared_thing(const question *q, const numeric_fact *f) {
    static const char things[] = "nas laptop router phone tablet notebook ups printer monitor modem firewall fridge";
    const passage *p = q->p;
    if (!word_in(p, 0, "the my our a an this")) return false;
    uint32_t head = 1, verb, first, end;
    while (head < p->word_count && head < SUBJECT_WORDS && !word_in(p, head, things) && !word_in(p, head, DEEDS))
        head++;
    if (head >= p->word_count || !word_in(p, head, things)) return false;
    for (verb = head + 1; verb < p->word_count && verb <= head + SUBJECT_WORDS && !word_in(p, verb, DEEDS);) verb++;
    if (verb >= p->word_count || verb > head + SUBJECT_WORDS || p->words[verb].hi > q->t->text.lo) return false;
    if (verb > head + 1 && !word_in(p, head + 1, "in on at under by from")) return false;
    for (uint32_t i = 1; i <= head; i++)
        if (fact_has_stem(f, p->words[i].stem)) return false;
    passage_hit_window(p, p->text.lo, p->words[verb].lo, &first, &end);
    for (uint32_t h = first; h < end; h++)
        if (p->on->hits[h].where.lo < p->words[verb].lo && hit_entity(q->j, &p->on->hits[h], -1) != MANIFEST_NONE)
            return false;
    return true;
}

bool proof_is_of_another_machine(const question *q, const numeric_fact *f) {
    const manifest *m = q->j->m;
    bool machine = false;
    if (q->p->kind != PASSAGE_SENTENCE || f->kind == FACT_DERIVED || !proof_is_only_one(q)) return false;
    if (is_of_another_of_its_sort(q, f)) return true;
    uint32_t e = machine_spoken_of(q);
    bool thing = e == MANIFEST_NONE && is_of_undeclared_thing(q, f);
    if (e == MANIFEST_NONE && !thing) return false;
    for (uint32_t i = 0; i < f->owner_count; i++) {
        uint32_t own = f->owners[i];
        uint8_t kind = m->entities[own].kind;
        if (thing) {
            if (context_entity(&q->near, own) <= REGION_SENTENCE) return false;
            machine = machine || kind == ENTITY_HARDWARE || kind == ENTITY_HOST;
            continue;
        }
        if (own == e || m->entities[own].host == e || m->entities[e].host == own) return false;
        if (context_entity(&q->near, own) <= REGION_SENTENCE) return false;
        machine = machine || is_machine(q->j, own);
    }
    return machine;
}
