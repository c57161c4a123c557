/* exposes_subject.c - which service of ours a sentence says offers something, and how many things.
 *
 *     "The gateway exposes …"                    its name before the verb; not "the GitHub gateway", another's
 *     "vLLM exposes …"                           the only service that runs it
 *     "It …", "Mine …", "Beyond this, the server …"   what the sentences before, or the heading, named last
 *     "… exposes six tools"                      more than the closed list has
 *
 * In: a prepared sentence and the verb in it. Out: the service, or NULL where the sentence does not tell.
 */
#include "facts/exposes/exposes.h"

#include "base/buf.h"

#include "facts/reading/standing.h"

enum { SENTENCES_BACK = 8 };

/* The service that a hit names, or the only one that runs what it names. */
static uint32_t served_by(const judge *j, const alias_hit *hit) {
    uint32_t e = hit_entity(j, hit, ENTITY_SERVICE), count = 0;
    if (e != MANIFEST_NONE || hit->inside >= 0) return e;
    e = hit_entity(j, hit, ENTITY_COMPONENT);
    const uint32_t *running = e == MANIFEST_NONE ? NULL : fact_index_services(j->index, e, &count);
    return count == 1 && j->m->entities[running[0]].exposes.fact.id.p ? running[0] : MANIFEST_NONE;
}

/* "The server runs permanently and exposes … on port 8081": nothing is named before the verb, and one service has the
 * port. */
static const manifest_entity *by_port(const judge *j, const passage *p, uint32_t verb) {
    const manifest_entity *found = NULL;
    for (uint32_t i = verb; i + 2 < p->word_count && i < verb + 24; i++) {
        uint64_t port;
        if (!word_in(p, i, "on") || !word_in(p, i + 1, "port") || !word_in(p, 0, "the our my this it")) continue;
        if (!str_to_u64(surface_slice(p->on, p->words[i + 2].lo, p->words[i + 2].hi), &port)) return NULL;
        for (uint32_t e = 0; e < j->m->entity_count && e < 1024; e++) {
            if (j->m->entities[e].kind != ENTITY_SERVICE || j->m->entities[e].port != port) continue;
            if (found) return NULL;
            found = &j->m->entities[e];
        }
        return found && found->exposes.fact.id.p ? found : NULL;
    }
    return NULL;
}

/* "These days it also │ provides", "Beyond this, the server │ exposes", "Mine │ exposes": the verb's own subject. */
static bool is_pointed_back(const passage *p, uint32_t verb) {
    uint32_t i = verb;
    while (i > 0 && word_in(p, i - 1, "also now even still already further then only")) i--;
    if (i > 0 && word_in(p, i - 1, "it mine ours")) return true;
    return i > 1 && word_in(p, i - 1, "server service") && word_in(p, i - 2, "the this our my that");
}

/* "The address is the site's own": who owns a thing is not who is spoken of next. */
static bool is_only_owner(const passage *p, const alias_hit *hit) {
    str behind = surface_slice(p->on, hit->where.hi, p->text.hi);
    return str_starts(behind, STR("'s ")) || str_starts(behind, STR("\xE2\x80\x99s "));
}

/* The service that the sentences before name last, in this paragraph and then in those above it; true where they name
 * one, `*found` is NULL where it is none with a list. A sentence of a machine, or beyond the paragraph with one, ends
 * it: "the server" may be that. */
static bool running_service(const judge *j, const passage *p, const manifest_entity **found) {
    bool beyond = false;
    *found = NULL;
    for (uint32_t k = 0; k < SENTENCES_BACK; k++) {
        uint32_t at = p->previous;
        if (at == PASSAGE_NONE) at = p->above, beyond = true;
        if (at == PASSAGE_NONE) return false;
        p = &j->passages[at];
        bool machine = false;
        for (uint32_t h = p->hit_hi; h > p->hit_lo; h--) {
            uint32_t e = served_by(j, &p->on->hits[h - 1]), named = hit_entity(j, &p->on->hits[h - 1], -1);
            if (is_only_owner(p, &p->on->hits[h - 1])) return true; /* what it owns is spoken of */
            if (e != MANIFEST_NONE) {
                if (j->m->entities[e].exposes.fact.id.p) *found = &j->m->entities[e];
                return true;
            }
            str before = str_trim(surface_slice(p->on, p->text.lo, p->on->hits[h - 1].where.lo));
            bool subject = !before.n || str_is_among(before, "the our my this that");
            machine = machine ||
                      (named != MANIFEST_NONE && j->m->entities[named].kind != ENTITY_COMPONENT && (beyond || subject));
        }
        if (machine) return true;
    }
    return false;
}

/* "The GitHub MCP server", "the reference MCP server", "Stripe's MCP server", "the MCP server for GitHub": one of the
 * kind that ours is called by, and not ours. */
static bool is_anothers(const passage *p, const alias_hit *hit) {
    uint32_t i = standing_word_at(p, hit->where.lo), next = standing_word_at(p, hit->where.hi);
    str said = surface_slice(p->on, hit->where.lo, hit->where.hi);
    if (said.n && str_find_byte(said, ' ', 0) < 0) return false; /* a name of its own */
    if (word_in(p, next, "for from of by") && next + 1 < p->word_count && p->words[next].lo == hit->where.hi + 1 &&
        !(p->on->text.p[p->words[next + 1].lo] & 0x20))
        return true;
    if (i == 0 || p->words[i - 1].hi + 1 != hit->where.lo) return false;
    if (word_in(p, i - 1, "reference official popular typical first second third other another")) return true;
    bool capital = !(p->on->text.p[p->words[i - 1].lo] & 0x20) && byte_is_alpha(p->on->text.p[p->words[i - 1].lo]);
    if (i > 1 && word_in(p, i - 2, "reference official popular")) return true; /* "the reference filesystem …" */
    return capital && (i > 1 || word_is_possessive(p, i - 1)) && !(p->words[i - 1].cues & (CUE_STOP | CUE_FIRST));
}

const manifest_entity *exposes_subject(judge *j, passage *p, uint32_t verb, bool back) {
    const manifest_entity *found = NULL;
    uint32_t at = 0; /* a program "exposes" what its service does; what it "offers" may be anything */
    bool strict = word_in(p, verb, "exposes expose exposed exposing") || p->words[verb].marks & MARK_CALLS;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && p->on->hits[h].where.hi <= p->words[verb].lo; h++) {
        uint32_t e = strict ? served_by(j, &p->on->hits[h]) : hit_entity(j, &p->on->hits[h], ENTITY_SERVICE);
        if (e == MANIFEST_NONE || p->on->hits[h].inside >= 0) continue;
        if (found == &j->m->entities[e]) continue; /* "the catalogue is a Datasette instance, and it exposes" */
        if (is_anothers(p, &p->on->hits[h])) return NULL;
        found = &j->m->entities[e];
        at = p->on->hits[h].where.lo;
    }
    if (found && stance_is_any(p, at)) return NULL;
    if (found) return found->exposes.fact.id.p ? found : NULL;
    if (strict && (found = by_port(j, p, verb))) return found;
    /* Running subject: only where this sentence begins with a word that points back, or such a word has the verb. */
    back = back || word_in(p, 0, "it this these they its mine") || is_pointed_back(p, verb);
    if (!back) return NULL;
    if (running_service(j, p, &found)) return found;
    if (p->heading == PASSAGE_NONE) return NULL;
    const passage *q = &j->passages[p->heading];
    for (uint32_t h = q->hit_lo; h < q->hit_hi; h++) {
        uint32_t e = served_by(j, &q->on->hits[h]);
        if (e != MANIFEST_NONE) return j->m->entities[e].exposes.fact.id.p ? &j->m->entities[e] : NULL;
    }
    return NULL;
}

/* "exposes six tools", "has 12 operations": how many there are, said of the service. */
void judge_exposed_count(judge *j, passage *p) {
    for (uint32_t i = 1; i + 2 < p->word_count + 1 && i < 40; i++) {
        if (!word_in(p, i, "exposes exposed expose offers provides has")) continue;
        uint32_t n = i + 1 + word_in(p, i + 1, "exactly now only just some about"), noun = n + 1, count = 0;
        while (noun < p->word_count && noun < n + 3 && !word_in(p, noun, "tools operations functions")) noun++;
        if (!word_in(p, noun, "tools operations functions") || p->words[noun].cues & CUE_STOP) continue;
        static const char *const numbers[] = {"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"};
        for (uint32_t k = 0; k < COUNT_OF(numbers); k++)
            if (word_is(p, n, numbers[k])) count = k + 2;
        uint64_t value;
        if (str_to_u64(surface_slice(p->on, p->words[n].lo, p->words[n].hi), &value) && value < 1000)
            count = (uint32_t)value;
        const manifest_entity *service = count ? exposes_subject(j, p, i, false) : NULL;
        if (!service || service->exposes.world != WORLD_CLOSED || count < service->exposes.n) continue;
        stance_view s = stance_at(j, p, p->words[n].lo, p->words[noun].hi);
        if (s.stance != STANCE_ASSERTED || s.denied || s.past || s.loose || s.others) continue;
        claim *c = claim_add(j, p, p->words[n].lo, p->words[noun].hi, CLAIM_EXPOSES, &s);
        if (!c || c->verdict == VERDICT_NOT_ABOUT_US) return;
        c->subject = service->id;
        take_tokens(p, p->words[n].lo, p->words[noun].hi);
        str says = judge_printf(j, "%u", service->exposes.n);
        if (count == service->exposes.n)
            claim_supported(j, c, &service->exposes.fact, says, STR("as many as the closed list has"));
        else
            claim_contradicted(
                j, c, &service->exposes.fact, says,
                judge_printf(j, "%.*s exposes a closed list of %u", STR_ARG(service->id), service->exposes.n));
        return;
    }
}

enum { LIST_SAID = 8 }; /* names that a proof says of a longer list */

str exposes_list_text(judge *j, const manifest_list *list) {
    buf text = {0};
    for (uint32_t i = 0; i < list->n && i < LIST_SAID; i++) {
        if (i) buf_cstr(&text, ", ");
        buf_str(&text, list->items[i].name);
    }
    if (!list->n) buf_cstr(&text, "nothing");
    str said = arena_str(j->a, buf_view(&text));
    buf_free(&text);
    return list->n > LIST_SAID ? judge_printf(j, "%.*s, … (%u in all)", STR_ARG(said), list->n) : said;
}
