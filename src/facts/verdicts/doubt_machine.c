/* doubt_machine.c - a figure of another machine, of another way to run, or of what was only plugged in.
 *
 *     "I rented an A100 with 80 GB of memory"          the card's, whatever ours has
 *     "Qwen decodes at 180 tok/s on an RTX 5090"       measured there, not here
 *     "142.6 tok/s on the 3090 and 78.9 on estuary"      the first is the other machine's
 *     "… at 95 tok/s with speculative decoding", "in a cold start …"     a case that no fact declares
 *     "Idle with the monitor attached it draws 46 W"   a state that no fact declares
 *     "I attached a 2 TB NVMe over USB"                one more, beside what is built in
 *     "Meilisearch is on the same VPS. The machine has 8 GB"   the machine that the sentence before led to
 *
 * In: a scene and the fact that is about to contradict. Out: the doubt, or NULL. Which names are hardware that is not
 * ours the claims of existence say, which are read before: "our A100" is contradicted there, and no doubt here.
 */
#include "facts/verdicts/doubt.h"
#include "facts/reading/standing.h"

enum { CLAIMS_BACK = 48, BETWEEN = 4 };

/* The word before byte `lo` of the scene's passage that is no article or adjective of renting. */
static uint32_t lead_of(const passage *p, uint32_t lo) {
    uint32_t w = passage_word_before(p, lo);
    while (w != UINT32_MAX && w > 0 &&
           doubt_word(p, w, "a an the one some any rented borrowed single cloud hosted nvidia"))
        w--;
    return w;
}

/* "an A100 with 80 GB": does the name stand right before the number, with a verb of having between them at most? */
static bool has_the_number(const scene *s, text_range name) {
    const passage *p = s->p;
    uint32_t w = standing_word_at(p, name.hi);
    if (name.hi > s->lo) return false;
    for (uint32_t n = 0; w < s->at; w++)
        if (!doubt_word(p, w, "with has and its a an of that which comes offering that's") || ++n > BETWEEN)
            return false;
    return true;
}

/* "on an RTX 5090", "with a rented H100": is the name where it was run, and not called ours? */
static bool is_where_it_ran(const scene *s, text_range name) {
    const passage *p = s->p;
    uint32_t w = lead_of(p, name.lo), next = passage_word_before(p, name.lo);
    for (uint32_t k = s->hi; k < name.lo; k++) /* "40 tok/s here, on an H100 much more" */
        if (p->on->text.p[k] == ',' || p->on->text.p[k] == ';') return false;
    return w != UINT32_MAX && w != next && doubt_word(p, w, "on with using from through");
}

static bool is_of_strange_hardware(const scene *s, const numeric_fact *f) {
    const claim_list *all = s->j->claims;
    const passage *p = s->p;
    for (size_t i = all->n, n = 0; i > 0 && n < CLAIMS_BACK && p->kind == PASSAGE_SENTENCE && !p->on->of; i--, n++) {
        const claim *c = &all->at[i - 1];
        if (c->kind != CLAIM_EXISTENCE || c->verdict == VERDICT_SUPPORTED || c->verdict == VERDICT_CONTRADICTED)
            continue;
        if (c->text.lo < p->text.lo || c->text.hi > p->text.hi) continue;
        if (f->kind == FACT_ATTR ? has_the_number(s, c->text) : is_where_it_ran(s, c->text)) return true;
    }
    return false;
}

/* Another way to run than that of a plain measurement. */
static bool is_run_otherwise(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    if (f->kind != FACT_BENCHMARK || p->kind != PASSAGE_SENTENCE) return false;
    for (uint32_t i = s->first; i < s->end; i++) {
        bool way = doubt_word(p, i, "speculative speculation eagle medusa mtp lookahead") ||
                   (doubt_word(p, i, "cold warm") && doubt_word(p, i + 1, "start starts boot cache"));
        if (way && !doubt_is_own_stem(s, f, i)) return true;
    }
    return false;
}

/* "Idle with the monitor attached it draws 46 W", "with the lid closed": a state of a thing that neither the fact nor a
 * sibling was measured under. */
static bool is_in_another_state(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    if (f->kind != FACT_BENCHMARK || p->kind != PASSAGE_SENTENCE) return false;
    for (uint32_t i = s->first; i + 2 < s->end; i++) {
        if (!doubt_word(p, i, "with") || !doubt_word(p, i + 1, "the a an my its his her two both all no one")) continue;
        for (uint32_t k = i + 2; k < s->end && k < i + 6; k++) {
            if (doubt_is_own_stem(s, f, k) || doubt_is_of_condition(s, f, p->words[k].stem)) break;
            if (k > i + 2 &&
                doubt_word(p, k,
                           "attached plugged connected unplugged disconnected mounted open closed shut removed "
                           "asleep awake taped covered blocked missing"))
                return true;
        }
    }
    return false;
}

/* "I attached a 2 TB NVMe", "plugged an external 2 TB SSD into": what is put to a machine, by a verb and an indefinite
 * article before the number. "Bought a 64 GB Spark" says its own size. */
static bool is_put_to_it(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    uint32_t w = passage_word_before(p, s->lo);
    if (f->kind != FACT_ATTR || f->dimension != DIM_DATA || p->kind != PASSAGE_SENTENCE) return false;
    for (uint32_t i = s->at; i > s->first && s->at - i < 4; i--) /* "an external SSD with 8 TB" */
        if (doubt_word(p, i - 1, "external") && i > s->first + 1 && doubt_word(p, i - 2, "a an another one second"))
            return true;
    while (w != UINT32_MAX && w > 0 &&
           doubt_word(p, w, "external extra additional spare second portable further old new usb"))
        w--;
    if (w == UINT32_MAX || w == 0 || !doubt_word(p, w, "a an another one")) return false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) { /* "a 64 GB Spark" */
        uint32_t e = hit_entity(s->j, &p->on->hits[h], -1);
        if (e != MANIFEST_NONE && fact_is_owned(f, e) && p->on->hits[h].where.lo == s->hi + 1) return false;
    }
    return doubt_word(p, w - 1,
                      "attach attached attaches plug plugged plugs connect connected connects hang hung add added adds "
                      "mount mounted put hook hooked");
}

/* Does the entity, a component or a service, run on this host? */
static bool runs_on(const judge *j, uint32_t e, uint32_t host) {
    const manifest_entity *x = &j->m->entities[e];
    uint32_t count = 0;
    if (x->kind == ENTITY_SERVICE) return x->host == host;
    if (x->kind != ENTITY_COMPONENT) return e == host;
    const manifest_list *runs = &j->m->entities[host].runs;
    for (uint32_t k = 0; k < runs->n && k < 256; k++)
        if (runs->items[k].entity == e) return true;
    const uint32_t *services = fact_index_services(j->index, e, &count);
    for (uint32_t k = 0; k < count && k < 64; k++)
        if (j->m->entities[services[k]].host == host) return true;
    return false;
}

/* "Meilisearch is on the same VPS. The machine has 8 GB": the machine is the one that what the sentence before names
 * runs on, and it has them. */
static bool is_of_the_machine_before(const scene *s) {
    const passage *p = s->p;
    const numeric_fact *theirs = s->j->swapped ? s->j->belongs_to : NULL;
    if (!theirs || !theirs->owner_count || p->kind != PASSAGE_SENTENCE || p->previous == PASSAGE_NONE) return false;
    bool the = doubt_word(p, 0, "the this that") && doubt_word(p, 1, "machine box server host vps instance node");
    if (!the && !doubt_word(p, 0, "it")) return false;
    const passage *q = &s->j->passages[p->previous];
    for (uint32_t h = q->hit_lo; h < q->hit_hi && h < q->hit_lo + 32; h++) {
        uint32_t e = hit_entity(s->j, &q->on->hits[h], -1);
        if (e != MANIFEST_NONE && runs_on(s->j, e, theirs->owners[0])) return true;
    }
    return false;
}

/* "142.6 tok/s on the 3090 and 78.9 on estuary": right behind the number stands the machine that it was measured on,
 * which is no owner of this fact, and of which another of the same metric says just that. */
static bool is_on_the_other(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    if (f->kind != FACT_BENCHMARK || p->kind != PASSAGE_SENTENCE || !doubt_word(p, s->after, "on")) return false;
    uint32_t name = s->after + 1 + doubt_word(p, s->after + 1, "the our my"), all, count;
    measure m;
    if (!doubt_stated_measure(s, &m)) return false;
    if (name >= s->end || p->words[name].lo >= s->clause.hi) return false;
    const numeric_fact *facts = fact_index_all(s->j->index, &all);
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + CLAIMS_BACK; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t e = hit->inside < 0 ? hit_entity(s->j, hit, -1) : MANIFEST_NONE;
        if (e == MANIFEST_NONE || hit->where.lo != p->words[name].lo || fact_is_owned(f, e)) continue;
        const uint32_t *owned = fact_index_owned(s->j->index, e, &count);
        for (uint32_t i = 0; i < count && i < CLAIMS_BACK; i++)
            if (facts[owned[i]].kind == FACT_BENCHMARK && facts[owned[i]].group == f->group &&
                measure_agrees(&m, facts[owned[i]].base, facts[owned[i]].tolerance))
                return true;
    }
    return false;
}

/* "… when nobody needs their machine. At the wall it idles at 110 W": "it" is what somebody else has. */
static bool is_of_their_machine(const scene *s) {
    const passage *p = s->p;
    bool it = false;
    if (p->kind != PASSAGE_SENTENCE || p->previous == PASSAGE_NONE) return false;
    for (uint32_t i = 0; i < p->word_count && i < 5 && p->words[i].hi <= s->lo && !it; i++) it = doubt_word(p, i, "it");
    passage *x = &s->j->passages[p->previous];
    if (!it) return false;
    passage_prepare(s->j, x);
    return x->word_count > 1 && doubt_word(x, x->word_count - 2, "their his her your whose") &&
           x->words[x->word_count - 1].marks & (MARK_MACHINE | MARK_DEVICE);
}

const char *doubt_of_machine(const scene *s, const numeric_fact *f) {
    if (is_of_their_machine(s)) OBJECT(s->j, "it is that of somebody else's machine");
    if (is_of_strange_hardware(s, f)) OBJECT(s->j, "it is that of hardware that is not ours");
    if (is_on_the_other(s, f)) OBJECT(s->j, "another machine stands right behind it");
    if (is_run_otherwise(s, f)) OBJECT(s->j, "a way to run is stated that no fact declares");
    if (is_in_another_state(s, f)) OBJECT(s->j, "a state is stated that no fact declares");
    if (is_of_the_machine_before(s)) OBJECT(s->j, "the sentence before names what runs on the other machine");
    if (is_put_to_it(s, f)) OBJECT(s->j, "it is what was attached");
    return NULL;
}
