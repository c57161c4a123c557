/* hosting_cells.c - which machine a row of a table says that a service is on.
 *
 *     | service | host  | port |        the row's service, by its name, by words of it, or by the program it runs
 *     | gateway | quay  | 8400 |        and the machine that stands under "host", "machine", "node"
 *     | Grafana | lamp1 | 3000 |        contradicted: Grafana's service is on quay, and none that runs it is on lamp1
 *
 * In: a cell that holds a machine's name and nothing else. Out: a claim, supported or contradicted, where the row names
 * one service, or several of which none is there. A service of the same program, or one that the same words may mean,
 * excuses the row. Where the row names nothing that is declared, nothing is said.
 */
#include "facts/places/hosting.h"

#include "facts/ports/ports.h"

enum { ROW_CELLS = 16, MEANT_LIMIT = 8 };

static bool is_machine(const judge *j, uint32_t entity) {
    return entity != MANIFEST_NONE &&
           (j->m->entities[entity].kind == ENTITY_HARDWARE || j->m->entities[entity].kind == ENTITY_HOST);
}

bool hosting_has_namesake(const judge *j, const manifest_entity *service, uint32_t machine, str name) {
    for (uint32_t i = 0; i < j->m->entity_count && i < 1024; i++) {
        const manifest_entity *e = &j->m->entities[i];
        if (e->kind == ENTITY_SERVICE && e->host == machine && e != service && port_is_called(j, i, name)) return true;
    }
    return false;
}

/* Does the machine have a service that runs a program of this one? */
static bool has_program(const judge *j, const manifest_entity *service, uint32_t machine) {
    for (uint32_t k = 0; k < service->runs.n; k++) {
        uint32_t count;
        if (service->runs.items[k].entity == MANIFEST_NONE) continue;
        const uint32_t *running = fact_index_services(j->index, service->runs.items[k].entity, &count);
        for (uint32_t i = 0; i < count; i++)
            if (j->m->entities[running[i]].host == machine) return true;
    }
    return false;
}

/* "SSH", of the service "SSH on heron", "git over SSH": do all of its names say more? Each machine may have one. */
static bool is_part_of_names(const manifest_entity *service, str name) {
    for (uint32_t i = 0; i <= service->aliases.n; i++) {
        str whole = i < service->aliases.n ? service->aliases.at[i].text : service->id;
        if (whole.n <= name.n + 3) return false; /* "queue" of the "queues" */
    }
    for (ptrdiff_t i = 0; i < name.n; i++)
        if (name.p[i] == ' ' || (name.p[i] >= 'a' && name.p[i] <= 'z')) return false; /* a protocol's name alone */
    return true;
}

/* The machine that the cell names and nothing else. */
static uint32_t machine_of(const judge *j, const passage *p) {
    uint32_t found = MANIFEST_NONE;
    for (uint32_t h = p->hit_lo; h < p->hit_hi; h++) {
        uint32_t e = hit_entity(j, &p->on->hits[h], -1);
        if (p->on->hits[h].inside >= 0) continue;
        if (!is_machine(j, e) || found != MANIFEST_NONE) return MANIFEST_NONE;
        if (p->on->hits[h].where.hi - p->on->hits[h].where.lo + 4 < p->text.hi - p->text.lo) return MANIFEST_NONE;
        found = e;
    }
    return found;
}

static bool is_host_column(judge *j, const passage *p) {
    if (p->column == PASSAGE_NONE || p->flags & PASSAGE_HEADER_CELL) return false;
    passage *column = &j->passages[p->column];
    passage_prepare(j, column);
    if (!column->word_count || column->word_count > 2) return false;
    return word_in(column, column->word_count - 1, "host machine server node box where on vm");
}

typedef struct meant { /* the services that a row may be about */
    uint32_t at[MEANT_LIMIT], n;
    bool by_name;   /* one of them by its own name */
    str name;       /* as the row writes it */
    uint32_t cells; /* that name something */
} meant;

static void add_meant(meant *m, uint32_t service) {
    for (uint32_t i = 0; i < m->n; i++)
        if (m->at[i] == service) return;
    if (m->n < MEANT_LIMIT) m->at[m->n++] = service;
}

/* A town of ours: "encoder-kenmare" is called by more than that. */
static bool is_place(const judge *j, str text) {
    for (uint32_t i = 0; i < j->m->entity_count && i < 1024; i++)
        if (j->m->entities[i].location.text.n && str_eq_nocase(j->m->entities[i].location.text, text)) return true;
    return false;
}

/* The service that a cell names: by its name, its id or some of its words. */
static void read_name(const judge *j, const passage *q, meant *m) {
    uint32_t before = m->n, by_words;
    for (uint32_t h = q->hit_lo; h < q->hit_hi && h < q->hit_lo + 16; h++) {
        const alias_hit *hit = &q->on->hits[h];
        uint32_t e = hit_entity(j, hit, ENTITY_SERVICE);
        if (e == MANIFEST_NONE || hit->inside >= 0 || j->m->entities[e].host == MANIFEST_NONE) continue;
        add_meant(m, e);
        m->by_name = true;
        m->name = surface_slice(q->on, hit->where.lo, hit->where.hi);
    }
    str text = str_trim(passage_text(q));
    if (is_place(j, text)) return;
    const manifest_entity *by_id = m->n == before && text.n < 40 ? manifest_find_entity(j->m, text) : NULL;
    if (by_id && by_id->kind == ENTITY_SERVICE && by_id->host != MANIFEST_NONE) {
        add_meant(m, (uint32_t)(by_id - j->m->entities));
        m->by_name = true;
        m->name = text;
    } else if (m->n == before && text.n < 40 && port_label_service(j, text, MANIFEST_NONE, &by_words) &&
               j->m->entities[by_words].host != MANIFEST_NONE) {
        add_meant(m, by_words);
        m->by_name = true;
        m->name = text;
    }
    m->cells += m->n > before;
}

static bool has_number(const passage *p, uint32_t number) {
    for (uint32_t t = p->token_lo; t < p->token_hi && t < p->token_lo + 8; t++) {
        const token *x = &p->on->tokens[t];
        if ((x->kind == TOKEN_NUMBER || x->kind == TOKEN_PORT) && x->value.valid && !x->value.scale &&
            x->value.digits == number)
            return true;
    }
    return false;
}

/* The services that run what a cell names, and whose port the row states: a model in a table of measurements may have
 * been loaded anywhere. */
static void read_program(const judge *j, const passage *q, uint32_t row, meant *m) {
    uint32_t before = m->n;
    for (uint32_t h = q->hit_lo; h < q->hit_hi && h < q->hit_lo + 16; h++) {
        uint32_t count = 0, e = hit_entity(j, &q->on->hits[h], ENTITY_COMPONENT);
        const uint32_t *running = e == MANIFEST_NONE ? NULL : fact_index_services(j->index, e, &count);
        for (uint32_t k = 0; k < count && k < MEANT_LIMIT && q->on->hits[h].inside < 0; k++) {
            const manifest_entity *s = &j->m->entities[running[k]];
            for (uint32_t i = row; i < j->passage_count && i < row + ROW_CELLS && s->host != MANIFEST_NONE; i++)
                if ((i == row || j->passages[i].label == row) && s->port && has_number(&j->passages[i], s->port))
                    add_meant(m, running[k]);
        }
    }
    m->cells += m->n > before;
}

/* | vLLM | VPS |, | Redis | VPS |: the row begins with a program and nothing else, which the machine's closed list
 * lacks.
 */
static void judge_program_row(judge *j, uint32_t row, uint32_t machine) {
    const manifest_entity *host = &j->m->entities[machine];
    passage *q = &j->passages[row];
    uint32_t elsewhere = 0;
    passage_prepare(j, q);
    if (host->runs.world != WORLD_CLOSED || !host->runs.fact.id.p || !q->word_count || q->column == PASSAGE_NONE)
        return;
    passage *head = &j->passages[q->column];
    passage_prepare(j, head);
    if (head->word_count != 1 ||
        !word_in(head, 0, "service services program programs software component application app daemon container"))
        return;
    for (uint32_t h = q->hit_lo; h < q->hit_hi; h++) {
        uint32_t e = q->on->hits[h].inside < 0 ? hit_entity(j, &q->on->hits[h], ENTITY_COMPONENT) : MANIFEST_NONE;
        bool whole = q->on->hits[h].where.hi - q->on->hits[h].where.lo + 3 > q->text.hi - q->text.lo;
        if (e == MANIFEST_NONE || !whole) continue;
        fact_index_services(j->index, e, &elsewhere);
        if (elsewhere && !hosting_runs_entity(j, host, e))
            hosting_contradict_run(j, q, host, q->on->hits[h].where.lo, q->on->hits[h].where.hi, j->m->entities[e].id);
        return;
    }
    if (q->word_count == 1 && hosting_is_program(j, q, 0) && !hosting_runs(j, host, q->words[0].stem))
        hosting_contradict_run(j, q, host, q->words[0].lo, q->words[0].hi, passage_text(q));
}

void judge_host_cell(judge *j, passage *p) {
    if (p->label == PASSAGE_NONE && !(p->flags & PASSAGE_LABEL_CELL)) return;
    uint32_t machine = is_host_column(j, p) ? machine_of(j, p) : MANIFEST_NONE;
    if (machine == MANIFEST_NONE) return;
    uint32_t own = (uint32_t)(p - j->passages), row = p->label == PASSAGE_NONE ? own : p->label;
    meant m = {.n = 0};
    bool doubtful = false;
    for (int programs = 0; programs < 2 && !m.n; programs++)
        for (uint32_t i = row; i < j->passage_count && i < row + ROW_CELLS; i++) {
            passage *q = &j->passages[i];
            if (i != row && q->label != row) break;
            if (i == own || port_is_peer_column(j, q)) continue;
            passage_prepare(j, q);
            doubtful = doubtful || q->cues & (CUE_NEGATION | CUE_GONE | CUE_FUTURE);
            if (programs)
                read_program(j, q, row, &m);
            else
                read_name(j, q, &m);
        }
    passage_prepare(j, p);
    if (!m.n && !doubtful && row != own && !(p->cues & CUE_NEGATION)) judge_program_row(j, row, machine);
    if (!m.n || m.cells > 1) return;
    bool excused = false;
    const manifest_entity *there = NULL;
    for (uint32_t i = 0; i < m.n; i++) {
        const manifest_entity *e = &j->m->entities[m.at[i]];
        if (e->host == machine) there = e;
        excused = excused || (m.by_name ? hosting_has_namesake(j, e, machine, m.name) || is_part_of_names(e, m.name)
                                        : has_program(j, e, machine));
    }
    const manifest_entity *e = there ? there : &j->m->entities[m.at[0]];
    stance_view s = stance_at(j, p, p->text.lo, p->text.hi);
    if (s.stance != STANCE_ASSERTED && s.stance != STANCE_HISTORICAL) return;
    if (!there && (excused || doubtful || s.loose || s.denied || s.past)) return;
    claim *c = claim_add(j, p, p->text.lo, p->text.hi, CLAIM_SERVICE, &s);
    if (!c || c->verdict == VERDICT_NOT_ABOUT_US) return;
    c->subject = e->id;
    str says = j->m->entities[e->host].id;
    if (there)
        claim_supported(j, c, &e->host_fact, says, STR("the declared host"));
    else
        claim_contradicted(j, c, &e->host_fact, says,
                           judge_printf(j, "%.*s is on %.*s", STR_ARG(e->id), STR_ARG(says)));
}
