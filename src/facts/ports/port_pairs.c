/* port_pairs.c - names and ports that stand in pairs.
 *
 *     "A listens on N and B on M"                        each name has its own port: B does not excuse that N is B's
 *     "A and B listen on ports N and M respectively"     by order; so does "ports N and M belong to A and B"
 *     "both A and B listen on port N"                    said of each of the two
 *     "port N, where B answers", "port N is where B is"  B's, though its name stands behind it
 *     "B's program binds to A's address, on port N"      B's: its program is the subject, and both are on one machine
 *
 * In: a port in a sentence. Out: the one that the build of the sentence gives it to. A port that is another service's
 * may be meant where that one is named, too; no longer where that one has a port of its own there. Two lists without
 * "respectively" are read in order, but contradict nothing: "the two, A and B, listen on M and N" only counts them.
 */
#include "facts/ports/ports.h"

enum { HITS_READ = 64, TOKENS_READ = 64, LIST_LIMIT = 4, FIRST_FREE_PORT = 1024 };

/* A number that may be a port: one that is called so or declared, or is none that a system has for itself. */
static bool number_of(const judge *j, const passage *p, const token *t, uint32_t *port) {
    uint32_t count;
    if (!port_number_of(p, t, port)) return false;
    if (t->kind != TOKEN_NUMBER || *port >= FIRST_FREE_PORT) return true;
    fact_index_port(j->index, *port, &count);
    return count > 0;
}

/* The service hits of the sentence, in order, one for each place. */
static uint32_t service_hits(const judge *j, const passage *p, const alias_hit **found, uint32_t limit) {
    uint32_t n = 0;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_READ; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (!port_names_service(j, hit) || inside_opaque(p, hit->where.lo, hit->where.hi)) continue;
        if (n && found[n - 1]->where.hi > hit->where.lo) continue;
        if (n == limit) return limit + 1;
        found[n++] = hit;
    }
    return n;
}

/* Is it a service's own name, or that of something which it runs? */
static bool is_of(const judge *j, const alias_hit *hit, const manifest_entity *e) {
    uint32_t count, entity = hit_entity(j, hit, -1);
    const uint32_t *services = fact_index_services(j->index, entity, &count);
    if (&j->m->entities[entity] == e) return true;
    for (uint32_t i = 0; i < count; i++)
        if (&j->m->entities[services[i]] == e) return true;
    return false;
}

/* The number, other than that at `lo`, that stands behind the service's name and before the next one's; 0: none. */
static uint32_t number_behind(const judge *j, const passage *p, const manifest_entity *e, uint32_t lo) {
    const alias_hit *hits[LIST_LIMIT * 2];
    uint32_t n = p->kind == PASSAGE_SENTENCE ? service_hits(j, p, hits, COUNT_OF(hits)) : 0, port;
    for (uint32_t i = 0; i < n && n <= COUNT_OF(hits); i++) {
        if (!is_of(j, hits[i], e)) continue;
        uint32_t until = i + 1 < n ? hits[i + 1]->where.lo : p->text.hi;
        for (uint32_t t = p->token_lo; t < p->token_hi && t < p->token_lo + TOKENS_READ; t++) {
            const token *x = &p->on->tokens[t];
            if (x->text.lo < hits[i]->where.hi || !number_of(j, p, x, &port)) continue;
            if (x->text.lo == lo || x->text.hi > until) break;
            return port;
        }
    }
    return 0;
}

bool port_stands_with_another(const judge *j, const passage *p, const manifest_entity *e, uint32_t lo) {
    uint32_t port = number_behind(j, p, e, lo);
    return port && port != e->port; /* its own: then the one at `lo` is said of both */
}

bool port_is_swapped(const judge *j, const passage *p, const service_set *set, uint32_t lo, uint32_t port) {
    uint32_t count;
    const uint32_t *others = fact_index_port(j->index, port, &count);
    for (uint32_t i = 0; i < count && set->n == 1; i++)
        if (number_behind(j, p, &j->m->entities[others[i]], lo) == j->m->entities[set->at[0]].port) return true;
    return false;
}

/* Does nothing but "and", commas and small words of a list stand in [lo, hi)? */
static bool is_list_gap(const passage *p, uint32_t lo, uint32_t hi, bool *conjunction) {
    str between = surface_slice(p->on, lo, hi);
    uint32_t words = 0;
    for (ptrdiff_t i = 0; i < between.n;) {
        if (strchr(" ,`*\"", between.p[i])) {
            i++;
            continue;
        }
        ptrdiff_t end = i;
        while (end < between.n && byte_is_alpha(between.p[end])) end++;
        str one = str_slice(between, i, end);
        if (end == i || ++words > 4 || !str_is_among(one, "and the our my on at port ports")) return false;
        *conjunction = *conjunction || str_eq(one, STR("and"));
        i = end;
    }
    return hi > lo;
}

/* The names of the sentence, where they are one list of two or more, "A and B", and all that it names. */
static uint32_t name_list(const judge *j, const passage *p, const alias_hit **names) {
    uint32_t n = service_hits(j, p, names, LIST_LIMIT);
    bool conjunction = false;
    if (n < 2 || n > LIST_LIMIT) return 0;
    for (uint32_t i = 1; i < n; i++)
        if (!is_list_gap(p, names[i - 1]->where.hi, names[i]->where.lo, &conjunction)) return 0;
    return conjunction ? n : 0;
}

/* The ports of the sentence, where they are one list; `*mine` is the one at `lo`. */
static uint32_t port_list(const judge *j, const passage *p, uint32_t lo, uint32_t *mine) {
    uint32_t n = 0, port, end = 0;
    bool conjunction = false;
    *mine = UINT32_MAX;
    for (uint32_t t = p->token_lo; t < p->token_hi && t < p->token_lo + TOKENS_READ; t++) {
        const token *x = &p->on->tokens[t];
        if (!number_of(j, p, x, &port)) continue;
        if (n && !is_list_gap(p, end, x->text.lo, &conjunction)) return 0;
        if (x->text.lo == lo) *mine = n;
        end = x->text.hi;
        n++;
    }
    return *mine != UINT32_MAX ? n : 0;
}

static bool says(const passage *p, const char *words) {
    for (uint32_t i = 0; i < p->word_count && i < 96; i++)
        if (word_in(p, i, words)) return true;
    return false;
}

uint32_t port_by_order(const judge *j, const passage *p, uint32_t lo, bool *said) {
    const alias_hit *names[LIST_LIMIT];
    uint32_t mine, n = p->kind == PASSAGE_SENTENCE ? name_list(j, p, names) : 0;
    if (!n || port_list(j, p, lo, &mine) != n) return MANIFEST_NONE;
    if (says(p, "to from via through onto into forwards passes sends") && !says(p, "belong belongs bound"))
        return MANIFEST_NONE;
    *said = says(p, "respectively");
    return hit_entity(j, names[mine], -1);
}

bool port_is_said_of_each(const judge *j, const passage *p, uint32_t lo, uint32_t port) {
    const alias_hit *names[LIST_LIMIT];
    uint32_t mine, n = p->kind == PASSAGE_SENTENCE ? name_list(j, p, names) : 0, count;
    if (!n || names[n - 1]->where.hi > lo || port_list(j, p, lo, &mine) != 1) return false;
    uint32_t w = passage_word_before(p, names[n - 1]->where.hi);
    bool each =
        says(p, "both each") || (w != UINT32_MAX && word_in(p, w + 1, "listen answer are share sit live use have"));
    for (uint32_t i = 0; i < n && each; i++) {
        const uint32_t *services = fact_index_services(j->index, hit_entity(j, names[i], -1), &count);
        bool its = false;
        for (uint32_t k = 0; k < count; k++) its = its || j->m->entities[services[k]].port == port;
        if (!its) return true;
    }
    return false;
}

bool port_is_where(const passage *p, uint32_t hi, const alias_hit *hit) {
    if (hit->where.lo < hi || hit->where.lo > hi + 24) return false;
    str between = str_trim(surface_slice(p->on, hi, hit->where.lo));
    static const char *const forms[] = {", where", "where", "is where"};
    for (size_t k = 0; k < COUNT_OF(forms); k++) {
        str form = str_from_cstr(forms[k]), rest;
        if (!str_starts(between, form)) continue;
        rest = str_trim(str_slice(between, form.n, between.n));
        if (rest.n && !str_is_among(rest, "the our my")) continue;
        uint32_t w = passage_word_before(p, hit->where.hi);
        return w != UINT32_MAX && word_in(p, w + 1, "answers listens lives sits runs waits is does serves");
    }
    return false;
}

static bool runs(const manifest_entity *service, uint32_t component) {
    for (uint32_t k = 0; k < service->runs.n && k < 64; k++)
        if (service->runs.items[k].entity == component) return true;
    return false;
}

bool port_is_neighbours(judge *j, const passage *p, const token *t, const manifest_entity *named,
                        const manifest_entity *has) {
    if (named->host == MANIFEST_NONE || named->host != has->host) return false;
    if (p->kind == PASSAGE_CODE) { /* "Endpoint = vps.example:51820" */
        str line = surface_slice(p->on, p->text.lo, t->text.hi);
        str said = surface_slice(p->on, t->text.lo, t->text.hi);
        return str_starts(str_trim(line), STR("Endpoint")) && str_find_byte(said, ':', 0) > 0;
    }
    bool subject = false;
    if (p->kind != PASSAGE_SENTENCE || !p->word_count) return false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 16; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t e = hit_entity(j, hit, ENTITY_COMPONENT);
        if (e == MANIFEST_NONE) continue;
        if (runs(named, e)) return false;
        subject = subject || (hit->where.lo <= p->words[0].hi + 1 && runs(has, e));
    }
    return subject;
}
