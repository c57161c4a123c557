/* port_silence.c - may the port be one of something that nobody declared?
 *
 *     "Grafana answers on port 3000"               a name that the manifest does not know stands nearer than ours
 *     "the MCP server on 8765"                     a service of ours whose port is not declared
 *     | embedding server | estuary | 8082 | llama.cpp |    a row's label that the program's other service is not called
 *     "anvil, port 8080: llama.cpp"                a machine that the program's declared service is not on
 *     psql -p 6432                                 another program's port, by default
 *     "5054:5054", "5055:5055"                     a mapping beside that of the declared port
 *
 * A declared port refutes another number only where the text says whose number it is. A manifest rarely declares every
 * port, and one program often runs as several services: what names only the program, and beside it something else,
 * may be another of these. In: a port, and the services that port_names.c found. Out: whether some reason like these
 * keeps it from being held against the declared one.
 */
#include "facts/ports/ports.h"
#include "facts/reading/standing.h"

enum { ROW_CELLS = 16, HITS_LOOKED_AT = 64, SERVICES_LOOKED_AT = 1024 };

/* ports: ["6333:6333", "6334:6334"]: does another mapping of the line than the one that holds `t` state the port? */
static bool is_other_mapping(const passage *p, const token *t, const token *x) {
    uint32_t lo = x->text.lo < t->text.lo ? x->text.hi : t->text.hi,
             hi = x->text.lo < t->text.lo ? t->text.lo : x->text.lo;
    return str_find_byte(surface_slice(p->on, lo, hi), ',', 0) >= 0;
}

/* Does the sentence state as many of the services' ports beside this one as there are? Then this is one more. */
static bool is_one_more(const judge *j, const passage *p, const token *t, const service_set *set) {
    uint32_t stated = 0;
    bool code = p->kind == PASSAGE_CODE && !set->direct, output = code && p->flags & PASSAGE_TERMINAL;
    for (uint32_t k = 0; k < set->n; k++) {
        bool there = false;
        for (uint32_t i = p->token_lo; i < p->token_hi && i < p->token_lo + 64; i++) {
            const token *x = &p->on->tokens[i];
            bool number = x->kind == TOKEN_PORT || x->kind == TOKEN_NUMBER || x->kind == TOKEN_ADDRESS;
            if (code && !output && !is_other_mapping(p, t, x)) continue; /* one mapping states two */
            there = there || (x != t && number && x->value.valid && x->value.scale == 0 &&
                              x->value.digits == j->m->entities[set->at[k]].port);
        }
        stated += there;
    }
    return (p->kind == PASSAGE_SENTENCE || p->kind == PASSAGE_CELL || code) && set->n && stated == set->n;
}

/* A program that is not the first of what its service runs need not be the one that listens: hugo, behind caddy. */
static bool is_second_program(const judge *j, const service_set *set) {
    if (set->direct || set->by == MANIFEST_NONE || !j->m->entities[set->by].version.text.n) return false;
    bool second = false;
    for (uint32_t k = 0; k < set->n; k++) {
        const manifest_entity *e = &j->m->entities[set->at[k]];
        for (uint32_t r = 0; r < e->runs.n; r++) {
            if (e->runs.items[r].entity != set->by) continue;
            if (r == 0) return false;
            second = true;
        }
    }
    return second;
}

/* "Mistral, which listens on port N", "Mistral answers on N": the name is the subject of a verb of listening right
 * before the port, whatever has that port by default. */
static bool is_said_to_listen(const passage *p, uint32_t lo, const service_set *set) {
    if (p->kind != PASSAGE_SENTENCE || set->n != 1 || set->named_end == UINT32_MAX) return false;
    uint32_t i = standing_word_at(p, set->named_end);
    if (word_in(p, i, "which that who")) i++;
    while (word_in(p, i, "now still also always")) i++;
    if (!word_in(p, i, "listens answers sits is") || p->words[i].hi > lo) return false;
    for (uint32_t k = i + 1; k < p->word_count && p->words[k].lo < lo; k++)
        if (!word_in(p, k, "on at port tcp the listening reachable available")) return false;
    return true;
}

/* | Primary | Qwen3.6-35B-A3B | port 9001 |: does every other cell of the row name what led to the service, or consist
 * of words that it is called by? */
static bool is_row_of(judge *j, const passage *p, const service_set *set) {
    uint32_t own = (uint32_t)(p - j->passages), row = p->label == PASSAGE_NONE ? own : p->label, count, named = 0;
    if (p->kind != PASSAGE_CELL || set->n != 1 || set->by == MANIFEST_NONE) return false;
    const uint64_t *stems = fact_index_entity_stems(j->index, set->by, &count);
    for (uint32_t i = row; i < j->passage_count && i < row + ROW_CELLS && (i == row || j->passages[i].label == row);
         i++) {
        passage *q = &j->passages[i];
        bool by_name = false;
        if (i == own) continue;
        for (uint32_t h = q->hit_lo; h < q->hit_hi && h < q->hit_lo + HITS_LOOKED_AT; h++)
            by_name = by_name || (hit_entity(j, &q->on->hits[h], -1) == set->by &&
                                  q->on->hits[h].where.hi - q->on->hits[h].where.lo + 4 > q->text.hi - q->text.lo);
        named += by_name;
        passage_prepare(j, q);
        for (uint32_t w = 0; w < q->word_count && !by_name; w++) {
            bool called = q->words[w].cues & CUE_STOP;
            for (uint32_t k = 0; k < count; k++) called = called || stems[k] == q->words[w].stem;
            if (!called) return false;
        }
    }
    return named == 1;
}

/* Is the service meant only by a program that has this port by default, or that a service of no declared port runs? */
static bool has_unknown_twin(judge *j, const passage *p, const context *near, const service_set *set, uint32_t port) {
    uint32_t count;
    if (set->direct) return false;
    fact_index_port(j->index, port, &count);
    if (!count && port_is_some_default(port) && !is_said_to_listen(p, near->lo, set) && !is_row_of(j, p, set))
        return true;
    if (set->by == MANIFEST_NONE) return false;
    if (p->kind == PASSAGE_CELL && port_is_program_default(j, set->by, port)) return true;
    const uint32_t *running = fact_index_services(j->index, set->by, &count);
    for (uint32_t k = 0; k < count; k++)
        if (!j->m->entities[running[k]].port &&
            (set->host == MANIFEST_NONE || j->m->entities[running[k]].host == set->host))
            return true;
    return false;
}

static bool is_machine(const judge *j, uint32_t entity) {
    uint8_t kind = j->m->entities[entity].kind;
    return kind == ENTITY_HOST || kind == ENTITY_HARDWARE;
}

static bool holds(const service_set *set, uint32_t entity) {
    for (uint32_t i = 0; i < set->n; i++)
        if (set->at[i] == entity) return true;
    return entity == set->by;
}

/* "An MCP server on N", which is a service without a port: nearer to the number than what is held against it. */
static bool names_portless(const judge *j, const context *near, const service_set *set) {
    for (uint32_t i = 0; i < near->mention_count; i++) {
        const mention *m = &near->mentions[i];
        const manifest_entity *e = &j->m->entities[m->entity];
        if (e->kind != ENTITY_SERVICE || e->port || holds(set, m->entity)) continue;
        if (m->region > REGION_LABEL || m->region > set->region) continue;
        bool before = m->hit && m->region <= REGION_SENTENCE && m->hit->where.hi <= near->lo;
        if (set->named_end == UINT32_MAX || (before && m->hit->where.hi >= set->named_end)) return true;
    }
    return false;
}

static bool in_hit(const judge *j, const passage *p, uint32_t lo, uint32_t hi) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_LOOKED_AT; h++)
        if (p->on->hits[h].where.lo <= lo && p->on->hits[h].where.hi >= hi &&
            hit_entity(j, &p->on->hits[h], -1) != MANIFEST_NONE)
            return true;
    return false;
}

/* "Prometheus lives there, Grafana answers on N": a name that is not ours between the one that is and the port. */
static bool has_stranger_between(const judge *j, const passage *p, const context *near, const service_set *set) {
    uint32_t first, end;
    if (p->kind != PASSAGE_SENTENCE || set->named_end == UINT32_MAX) return false;
    passage_window(p, set->named_end, near->lo, &first, &end);
    for (uint32_t i = first; i < end && p->words[i].hi <= near->lo; i++) {
        const pword *w = &p->words[i];
        if (w->lo < set->named_end) continue;
        uint8_t c = p->on->text.p[w->lo];
        bool name = byte_is_alpha(c) && !(c & 0x20) && w->hi - w->lo > 1 && p->on->text.p[w->lo + 1] & 0x20;
        bool spoken = word_in(p, i + 1, "compatible api endpoint interface protocol"); /* "an OpenAI-compatible API" */
        if (name && !spoken && !in_hit(j, p, w->lo, w->hi) && /* acronyms are of the trade: "speaks IPP on N" */
            !word_in(p, i,
                     "WebSocket Port HTTP/2 IPv4 IPv6 Docker Podman Linux Unix Python January February March April May "
                     "June July August September October November December Monday Tuesday Wednesday Thursday "
                     "Friday Saturday Sunday"))
            return true;
    }
    return false;
}

/* "Forgejo, the switch, the tunnel on N", "Postgres and our end of the tunnel (UDP N)": another thing of a list, with
 * nothing between it and its port but a preposition. */
static bool has_other_item(const judge *j, const passage *p, const context *near, const service_set *set) {
    uint32_t first, end, last = UINT32_MAX;
    if (p->kind != PASSAGE_SENTENCE || set->named_end == UINT32_MAX) return false;
    passage_window(p, set->named_end, near->lo, &first, &end);
    for (uint32_t i = first; i < end && p->words[i].hi <= near->lo; i++) last = i;
    if (last == UINT32_MAX) return false;
    uint32_t i = last + 1;
    while (i > first && word_in(p, i - 1, "on at port udp tcp")) i--; /* the thing ends before word i */
    for (uint32_t k = 0; i > first && k < 6; i--, k++) {
        const pword *w = &p->words[i - 1];
        if (w->lo < set->named_end || in_hit(j, p, w->lo, w->hi)) return false;
        if (i > first + 1 && word_in(p, i - 1, "the our my its")) {
            bool list =
                p->words[i - 2].hi + 1 < w->lo ? p->on->text.p[p->words[i - 2].hi] == ',' : word_in(p, i - 2, "and");
            if (list) return k > 0;
            if (!word_in(p, i - 2, "of")) return false;
        } else if (w->cues & (CUE_HAVE | CUE_RUN | CUE_WAS) ||
                   word_in(p, i - 1, "is are has listens answers runs stands sits lives uses takes serves speaks")) {
            return false;
        }
    }
    return false;
}

/* "starts a second PostgreSQL on port N" */
static bool is_second_of_it(const judge *j, const passage *p, const service_set *set) {
    uint32_t first, end;
    if (p->kind != PASSAGE_SENTENCE || set->named_end == UINT32_MAX) return false;
    passage_window(p, set->named_end, set->named_end, &first, &end);
    for (uint32_t i = first; i < end && p->words[i].hi <= set->named_end; i++)
        if (p->words[i].hi + 32 > set->named_end && i + 1 < end &&
            in_hit(j, p, p->words[i + 1].lo, p->words[i + 1].hi) &&
            word_in(p, i, "second third another other extra additional temporary scratch throwaway"))
            return true;
    return false;
}

/* The row's label, where it is neither a machine nor the program that led here, and the service is not called so. */
static bool row_names_other(const judge *j, const passage *p, const service_set *set) {
    if (p->kind != PASSAGE_CELL || p->label == PASSAGE_NONE || set->direct) return false;
    const passage *label = &j->passages[p->label];
    if (label == p) return false;
    str text = str_trim(passage_text(label));
    for (uint32_t h = label->hit_lo; h < label->hit_hi && h < label->hit_lo + HITS_LOOKED_AT; h++) {
        const alias_hit *hit = &label->on->hits[h];
        uint32_t e = hit_entity(j, hit, -1);
        if (e == MANIFEST_NONE || !(is_machine(j, e) || holds(set, e))) continue;
        text = surface_slice(label->on, hit->where.hi, label->text.hi); /* "nginx, HTTPS": what is said beside it */
        if (is_machine(j, e) || str_find_byte(text, ',', 0) != 0) return false;
    }
    str words = text, one;
    bool letters = false, port = true; /* | listens on | N |: what the number is */
    while (port && str_cut(&words, ' ', &one))
        port = str_is_among(one, "port ports listens listening on at tcp udp http https");
    if (port) return false;
    for (ptrdiff_t i = 0; i < text.n; i++) letters = letters || byte_is_alpha(text.p[i]);
    for (uint32_t i = 0; i < set->n && letters; i++)
        if (port_is_called(j, set->at[i], text)) return false;
    return letters && !(set->by != MANIFEST_NONE && port_is_called(j, set->by, text)); /* "Primary", of its model */
}

/* Does the clause, or the row, name a machine, and none that one of the services is on? */
static bool is_on_other_machine(judge *j, const passage *p, const context *near, const service_set *set) {
    bool other = false;
    if (set->direct || !set->n) return false;
    for (uint32_t i = 0; i < near->mention_count; i++) {
        const mention *m = &near->mentions[i];
        if (!is_machine(j, m->entity) || m->region > REGION_LABEL) continue;
        for (uint32_t k = 0; k < set->n; k++)
            if (j->m->entities[set->at[k]].host == m->entity) return false;
        other = other || j->m->entities[m->entity].kind == ENTITY_HOST;
    }
    uint32_t row = p->kind == PASSAGE_CELL ? port_row_machine(j, p) : MANIFEST_NONE;
    for (uint32_t k = 0; row != MANIFEST_NONE && k < set->n; k++)
        if (j->m->entities[set->at[k]].host == row) return false;
    return other || row != MANIFEST_NONE;
}

/* Is it the port of another service on the same machine, of which nobody declares what it runs? */
static bool is_of_unknown_program(const judge *j, const service_set *set, uint32_t port) {
    uint32_t count;
    const uint32_t *others = fact_index_port(j->index, port, &count);
    for (uint32_t i = 0; i < count && !set->direct; i++) {
        const manifest_entity *e = &j->m->entities[others[i]];
        for (uint32_t k = 0; k < set->n && !e->runs.n; k++)
            if (e->host == j->m->entities[set->at[k]].host) return true;
    }
    return false;
}

bool port_may_be_undeclared(judge *j, passage *p, const token *t, const context *near, const service_set *set,
                            uint32_t port) {
    if (is_one_more(j, p, t, set) || is_second_program(j, set)) return true;
    bool row = port_is_programs_row(j, p, set);
    if (!row && has_unknown_twin(j, p, near, set, port)) return true;
    if (set->addressed || set->certain) return false;
    passage_prepare(j, p);
    return names_portless(j, near, set) || has_stranger_between(j, p, near, set) || has_other_item(j, p, near, set) ||
           is_second_of_it(j, p, set) || (!row && row_names_other(j, p, set)) || is_on_other_machine(j, p, near, set) ||
           is_of_unknown_program(j, set, port);
}
