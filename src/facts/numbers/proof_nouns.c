/* proof_nouns.c - is the subject of the sentence a noun that means something else?
 *
 *     "the vision model reaches 70 tok/s"     two words that only another model is called by
 *     "publishing takes 25 minutes"           the other process, by a word of its name
 *     "the network link carries 273 GB/s"     a rate of memory is not the network's
 *     "my NAS has 4 TB"                       a machine that nobody declared
 *     "each marina pays 46 EUR"               a noun of which nothing is declared
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
static bool noun_of(const question *q, const char *verbs, uint32_t *first, uint32_t *end) {
    const passage *p = q->p;
    uint32_t i = word_in(p, 0, "the our my its a an each every") ? 1 : 0;
    *first = i;
    while (i < p->word_count && i <= *first + NOUN_WORDS && !word_in(p, i, verbs)) i++;
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

/* Does a word of some declared name say it, or, where `facts` are asked, of some fact's? */
static bool is_declared_word(const question *q, uint32_t w, bool facts) {
    const manifest *m = q->j->m;
    uint32_t count;
    if (facts && (fact_index_named(q->j->index, q->p->words[w].stem, &count), count)) return true;
    for (uint32_t e = 0; e < m->entity_count; e++)
        if (m->entity_count > ENTITIES_READ || is_called_so(q, e, w, w + 1)) return true;
    return false;
}

/* "letters", of what is called "letterbox" */
static bool begins_owners_id(const question *q, const numeric_fact *f, uint32_t w) {
    str said = surface_slice(q->p->on, q->p->words[w].lo, q->p->words[w].hi);
    if (said.n > 4 && byte_lower(said.p[said.n - 1]) == 's') said.n--;
    for (uint32_t o = 0; o < f->owner_count; o++) {
        str id = q->j->m->entities[f->owners[o]].id;
        if (said.n > 3 && id.n > said.n && str_eq_nocase(str_slice(id, 0, said.n), said)) return true;
    }
    return false;
}

/* Is it a noun phrase that makes another thing of it: "our coffee machine", "each marina", "the billing service", or a
 * bare plural of what is kept? "The machine" and "the box" may be anything of ours. */
static bool points_at_kind(const passage *p, uint32_t first, uint32_t end) {
    if (first && word_in(p, 0, "our my each every")) return true;
    if (first) return word_is(p, 0, "the") && end - first > 1;
    uint32_t last = p->words[0].hi - 1;
    return end == 1 && p->on->text.p[last] == 's' && word_is(p, 1, "are") && word_in(p, 2, "kept held stored retained");
}

/* "Our coffee machine draws 360 W", "each marina pays 46 EUR", "invoices are kept for 90 days": a noun by whose words
 * nothing is declared, in a place that names nothing of ours. */
static bool is_stranger(const question *q, const numeric_fact *f) {
    static const char DEEDS[] =
        "draws draw pays pay costs cost keeps keep uses use hold have has holds is are was were "
        "needs need takes take gets";
    static const char ANY[] =
        "it they we i you he she this that these those there here one both all nothing everything what which who "
        "some any most two three four old new small big large main whole only first second third other same home "
        "dedicated physical single little entire own current present primary central remote local rest total sum price "
        "rent cost power limit size number figure hardware token vm typical exact usual average normal idle dead full";
    const passage *p = q->p;
    uint32_t first, end;
    if (f->kind != FACT_ATTR || !noun_of(q, DEEDS, &first, &end) || !points_at_kind(p, first, end)) return false;
    for (uint32_t i = 0; i < q->near.mention_count; i++)
        if (q->near.mentions[i].region <= REGION_HEADING) return false;
    bool own_noun = false, each = word_in(p, 0, "each every");
    for (uint32_t i = first; i < end; i++) {
        str text = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
        if (word_in(p, i, ANY) || p->words[i].cues & CUE_STOP || str_ends(text, STR("ed"))) return false;
        for (ptrdiff_t k = 0; k < text.n; k++)
            if (!byte_is_alpha(text.p[k])) return false;
        if (word_in(p, i, GENERIC) && i + 1 == end) continue;
        if (fact_has_word(q, f, i) || is_declared_word(q, i, !each) || begins_owners_id(q, f, i)) return false;
        own_noun = true;
    }
    return own_noun;
}

bool proof_is_of_another_noun(const question *q, const numeric_fact *f) {
    uint32_t first, end;
    if (q->p->kind != PASSAGE_SENTENCE) return false;
    if (is_stranger(q, f)) return true;
    if (!noun_of(q, VERBS, &first, &end)) return false;
    return calls_another(q, f, first, end) || is_undeclared_thing(q, f, first, end);
}
