/* proof_nouns.c - is the subject of the sentence a noun that means something else?
 *
 *     "the vision model reaches 70 tok/s"     two words that only another model is called by
 *     "publishing takes 25 minutes"           the other process, by a word of its name
 *     "the network link carries 273 GB/s"     a rate of memory is not the network's
 *     "my NAS has 4 TB"                       a machine that nobody declared
 *
 * In: a question, a fact that agrees. Out: whether the noun phrase before the verb, where no declared name stands in
 * it, is of another thing. Words for anything ("the machine", "throughput", "the writer") are nobody else's.
 */
#include "facts/numbers/proofs.h"
#include "facts/reading/standing.h"

enum { NOUN_WORDS = 3, ENTITIES_READ = 512 };

static const char VERBS[] = "reaches decodes runs has have takes took holds writes generates manages does gets is are "
                            "reads carries moves delivers needs lasts serves streams offers stores";
static const char GENERIC[] = "endpoint server service engine model llm machine box system gpu card api host node job "
                              "run memory throughput decode test process step";

/* The words [*first, *end) between the sentence's article and its verb, which leads to the number. */
static bool noun_of(const question *q, uint32_t *first, uint32_t *end) {
    const passage *p = q->p;
    uint32_t i = word_in(p, 0, "the our my its a an") ? 1 : 0;
    *first = i;
    while (i < p->word_count && i <= *first + NOUN_WORDS && !word_in(p, i, VERBS)) i++;
    *end = i;
    if (i == *first || i > *first + NOUN_WORDS || i >= p->word_count || p->words[i].hi > q->t->text.lo) return false;
    for (uint32_t k = p->words[*first].lo; k < q->t->text.lo; k++)
        if (strchr(",;:()", p->on->text.p[k])) return false;
    for (uint32_t k = *first; k < *end; k++)
        if (word_in(p, k, "and or of in at on with for to that which")) return false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 32; h++) {
        const alias_hit *hit = &p->on->hits[h];
        bool inside = hit->where.lo < p->words[*end - 1].hi && hit->where.hi > p->words[*first].lo;
        if (inside && hit_has(hit, ALIAS_ENTITY) && hit->inside < 0) return false;
    }
    return true;
}

/* Is the entity called by all these words? */
static bool is_called_so(const question *q, uint32_t entity, uint32_t first, uint32_t end) {
    uint32_t count;
    const uint64_t *stems = fact_index_entity_stems(q->j->index, entity, &count);
    for (uint32_t i = first; i < end; i++) {
        bool there = false;
        for (uint32_t k = 0; k < count && !there; k++) there = stems[k] == q->p->words[i].stem;
        if (!there) return false;
    }
    return true;
}

/* Do the words call one thing that is another than the fact's owners, and none of these? */
static bool calls_another(const question *q, const numeric_fact *f, uint32_t first, uint32_t end) {
    const manifest *m = q->j->m;
    bool another = false;
    if (end - first == 1 && word_in(q->p, first, GENERIC)) return false;
    for (uint32_t i = first; i < end; i++)
        if (fact_has_stem(f, q->p->words[i].stem) && end - first == 1) return false;
    for (uint32_t o = 0; o < f->owner_count; o++)
        if (is_called_so(q, f->owners[o], first, end)) return false;
    for (uint32_t e = 0; e < m->entity_count && m->entity_count <= ENTITIES_READ; e++)
        if (is_called_so(q, e, first, end)) {
            if (fact_is_owned(f, e) || !proof_is_other_than_owners(q, f, e)) return false;
            another = true;
        }
    return another;
}

static bool is_undeclared_thing(const question *q, const numeric_fact *f, uint32_t first, uint32_t end) {
    static const char PATHS[] = "link network ethernet nic pcie drive drives ssd ssds disk disks nvme array pool";
    static const char MACHINES[] = "nas laptop desktop router phone tower workstation tablet notebook";
    uint8_t owner = f->owner_count ? q->j->m->entities[f->owners[0]].kind : ENTITY_PROCESS;
    bool machine = f->kind == FACT_ATTR && (owner == ENTITY_HOST || owner == ENTITY_HARDWARE);
    for (uint32_t i = first; i < end; i++) {
        if (fact_has_stem(f, q->p->words[i].stem)) return false;
        for (uint32_t o = 0; o < f->owner_count; o++)
            if (is_called_so(q, f->owners[o], i, i + 1)) return false;
    }
    uint32_t head = end - 1;
    return (f->kind == FACT_ATTR && f->dimension == DIM_DATA_RATE && word_in(q->p, head, PATHS)) ||
           (f->kind == FACT_ATTR && f->dimension == DIM_DATA && word_in(q->p, head, "cache swap")) ||
           (machine && word_in(q->p, head, MACHINES));
}

bool proof_is_of_another_noun(const question *q, const numeric_fact *f) {
    uint32_t first, end;
    if (q->p->kind != PASSAGE_SENTENCE || !noun_of(q, &first, &end)) return false;
    return calls_another(q, f, first, end) || is_undeclared_thing(q, f, first, end);
}
