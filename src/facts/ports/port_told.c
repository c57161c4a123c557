/* port_told.c - a service that is told otherwise than by the name that stands nearest to the port.
 *
 *     our MCP server, built with FastMCP 2.14.3 and listening on N    the program is told of the service before it
 *     timeseries: … ports: ["N:5432"]                                 a container called by the service's own words
 *     | keeps documents | Paperless-ngx | 2.18.4 | N |                the only row of a program, with its own version
 *
 * In: a port and where it stands. Out: the service, or whether the row is surely that of the program's one service:
 * the declared version beside it says that the row is of what runs here now, and that no other row names the program,
 * that it is not of a second one.
 */
#include "facts/ports/ports.h"
#include "facts/reading/standing.h"

enum { KEY_LEAST = 6, ROW_CELLS = 16, CELLS_READ = 240, HITS_READ = 32 };

const mention *port_told_with(judge *j, const passage *p, const context *near, const mention *program) {
    const mention *service = NULL;
    uint32_t count;
    for (uint32_t i = 0; i < near->mention_count; i++) {
        const mention *m = &near->mentions[i];
        if (!m->hit || m->region > REGION_SENTENCE || j->m->entities[m->entity].kind != ENTITY_SERVICE) continue;
        if (m->hit->where.hi < program->hit->where.lo && (!service || m->hit->where.hi > service->hit->where.hi))
            service = m;
    }
    const uint32_t *running = fact_index_services(j->index, program->entity, &count);
    if (p->kind != PASSAGE_SENTENCE || !service || count != 1 || running[0] != service->entity ||
        p->on->text.p[service->hit->where.hi] != ',')
        return program;
    uint32_t i = standing_word_at(p, service->hit->where.hi), listening = UINT32_MAX;
    if (!word_in(p, i, "built written made implemented based running done developed powered")) return program;
    for (; i < p->word_count && p->words[i].hi <= near->lo; i++) {
        if (p->words[i].lo >= program->hit->where.hi && word_in(p, i, "listening reachable available bound answering"))
            listening = i;
        else if (p->words[i].hi <= program->hit->where.lo
                     ? !word_in(p, i,
                                "built written made implemented based running done developed powered with in on "
                                "by top of using from and a the our my own Python Go Rust")
                     : !byte_is_digit(p->on->text.p[p->words[i].lo]) && p->words[i].lo >= program->hit->where.hi &&
                           !word_in(p, i, "and on at port tcp the to under"))
            return program;
    }
    return listening == UINT32_MAX ? program : service;
}

/* ---- a container that is called by a service's words ---- */

static uint8_t lower(uint8_t c) { return c >= 'A' && c <= 'Z' ? c | 0x20 : c; }

/* Does the name begin with the key, blanks and hyphens apart, "time-series database" with "timeseries"? What is left.
 */
static bool begins_with(str name, str key, str *rest) {
    ptrdiff_t i = 0, k = 0, letters = 0;
    for (; k < key.n; k++) {
        if (!byte_is_alnum(key.p[k])) continue;
        while (i < name.n && !byte_is_alnum(name.p[i])) i++;
        if (i == name.n || lower(name.p[i]) != lower(key.p[k])) return false;
        letters++;
        i++;
    }
    *rest = str_trim(str_slice(name, i, name.n));
    return letters >= KEY_LEAST;
}

/* The inside of "5433:5432": the number behind the last colon; 0 where there is none. */
static uint32_t inner_port(str line) {
    ptrdiff_t at = line.n;
    uint64_t port;
    while (at > 0 && line.p[at - 1] != ':') at--;
    ptrdiff_t end = at;
    while (end < line.n && byte_is_digit(line.p[end])) end++;
    return at > 0 && str_to_u64(str_slice(line, at, end), &port) && port < 65536 ? (uint32_t)port : 0;
}

uint32_t port_keyed_service(const judge *j, str key, str line) {
    uint32_t found = MANIFEST_NONE, count;
    uint32_t port = inner_port(line);
    /* the inside is what the service listens on: the mapping is of that program, and of no other of the container */
    const uint32_t *services = port ? fact_index_port(j->index, port, &count) : NULL;
    for (uint32_t i = 0; services && i < count; i++) {
        const manifest_entity *e = &j->m->entities[services[i]];
        str rest;
        bool called = false;
        for (uint32_t a = 0; a < e->aliases.n && !called; a++)
            called = begins_with(e->aliases.at[a].text, key, &rest) &&
                     (!rest.n || str_is_among(rest, "database db server service broker engine store api"));
        if (!called) continue;
        if (found != MANIFEST_NONE) return MANIFEST_NONE;
        found = services[i];
    }
    return found;
}

/* ---- the row of a program ---- */

static bool has_word(judge *j, uint32_t index, const char *words) {
    if (index == PASSAGE_NONE) return false;
    passage *x = &j->passages[index];
    passage_prepare(j, x);
    for (uint32_t i = 0; i < x->word_count && i < 24; i++)
        if (word_in(x, i, words)) return true;
    return false;
}

static bool names(const judge *j, const passage *x, uint32_t entity, bool whole) {
    for (uint32_t h = x->hit_lo; h < x->hit_hi && h < x->hit_lo + HITS_READ; h++) {
        const alias_hit *hit = &x->on->hits[h];
        if (hit_entity(j, hit, -1) == entity &&
            (!whole || hit->where.hi - hit->where.lo == (uint32_t)str_trim(passage_text(x)).n))
            return true;
    }
    return false;
}

/* Does a row of the table around it, and not this one, name the program? */
static bool has_other_row(const judge *j, const passage *p, uint32_t program) {
    uint32_t own = (uint32_t)(p - j->passages), from = own, to = own;
    while (from > 0 && own - from < CELLS_READ && j->passages[from - 1].kind == PASSAGE_CELL) from--;
    while (to + 1 < j->passage_count && to - own < CELLS_READ && j->passages[to + 1].kind == PASSAGE_CELL) to++;
    for (uint32_t i = from; i <= to; i++) {
        const passage *x = &j->passages[i];
        if (x->label != p->label && i != p->label && names(j, x, program, false)) return true;
    }
    return false;
}

bool port_is_programs_row(judge *j, const passage *p, const service_set *set) {
    uint32_t own = (uint32_t)(p - j->passages);
    bool named = false, current = false, described = false;
    if (p->kind != PASSAGE_CELL || p->label == PASSAGE_NONE || p->column == PASSAGE_NONE || set->n != 1) return false;
    if (set->by == MANIFEST_NONE || j->m->entities[set->by].kind != ENTITY_COMPONENT) return false;
    const manifest_version *version = &j->m->entities[set->by].version;
    if (!version->text.n || !str_is_among(str_trim(passage_text(&j->passages[p->column])), "port ports")) return false;
    for (uint32_t i = p->label; i < j->passage_count && i < p->label + ROW_CELLS; i++) {
        const passage *x = &j->passages[i];
        if (i != p->label && x->label != p->label) break;
        if (i == own) continue;
        str text = str_trim(passage_text(x));
        bool whole = names(j, x, set->by, true);
        named = named || whole;
        if (text.n > 1 && text.p[0] == 'v' && byte_is_digit(text.p[1])) text = str_slice(text, 1, text.n);
        current = current || str_eq(text, version->text);
        if (i == p->label) described = whole || has_word(j, x->column, "does do job task purpose role duty for");
    }
    static const char elsewhere[] = "container containers inside default defaults internal upstream image images test "
                                    "tests demo";
    return named && current && described && !has_other_row(j, p, set->by) && !has_word(j, p->lead, elsewhere) &&
           !has_word(j, p->heading, elsewhere);
}
