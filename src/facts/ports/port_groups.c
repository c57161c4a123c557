/* port_groups.c - the one listener that a group gets wrong.
 *
 *     | NFS   | store | 2050 |      the rows of one machine in a table, or the lines that a command printed there:
 *     | queue | store | 7070 |      as many ports as the machine has declared services, all of them right but this
 *     | page  | store | 8428 |      one: then it stands where the one service that is left out should
 *
 *     $ ss -tln | grep -E ':(5432|6432) '      what grep let through holds one of its numbers: a line that holds none
 *     LISTEN 0 200 10.44.1.21:5433             was never printed
 *
 * In: a port in a cell or in a line of output that nothing else has bound. Out: the service that is meant. A group of
 * fewer than three is no group; with one more or one less line than there are services nothing is concluded.
 */
#include "facts/ports/ports.h"

enum { GROUP_LIMIT = 24, REACH = 400, PATTERN_LIMIT = 8 };

typedef struct group {
    uint32_t port[GROUP_LIMIT];
    uint32_t n;
    bool whole; /* no more than GROUP_LIMIT, each with a port of its own */
} group;

/* The local address of a line of sockets: "10.44.1.21:5433", "*:443"; else its first number. */
static bool socket_of(const passage *p, uint32_t *port) {
    uint32_t last = p->token_hi < p->token_lo + 16 ? p->token_hi : p->token_lo + 16;
    for (uint32_t t = p->token_lo; t < last; t++)
        if (p->on->tokens[t].kind == TOKEN_ADDRESS && port_number_of(p, &p->on->tokens[t], port)) return true;
    for (uint32_t t = p->token_lo; t < last; t++) {
        const token *x = &p->on->tokens[t];
        bool counted = x->kind == TOKEN_QUANTITY && x->flags & TOKEN_COUNTED; /* "*:443 users:((" */
        if (x->core.lo <= p->text.lo || p->on->text.p[x->core.lo - 1] != ':') continue;
        if (!counted) return port_number_of(p, x, port);
        if (!x->value.valid || x->value.scale || x->value.digits < 1 || x->value.digits > 65535) continue;
        *port = (uint32_t)x->value.digits;
        return true;
    }
    for (uint32_t t = p->token_lo; t < last; t++)
        if (port_number_of(p, &p->on->tokens[t], port)) return true;
    return false;
}

static void add_ports(const passage *p, bool first_only, group *g) {
    uint32_t port, before = g->n;
    if (first_only) {
        bool is = socket_of(p, &port);
        if (is && g->n < GROUP_LIMIT) g->port[g->n++] = port;
        g->whole = g->whole && g->n > before;
        return;
    }
    for (uint32_t t = p->token_lo; t < p->token_hi && t < p->token_lo + 16; t++) {
        if (!port_number_of(p, &p->on->tokens[t], &port)) continue;
        if (g->n == GROUP_LIMIT) {
            g->whole = false;
            return;
        }
        g->port[g->n++] = port;
    }
    g->whole = g->whole && g->n > before;
}

/* The cells of the same column in the rows of the same machine, and in those of all. */
static void rows_of(judge *j, const passage *p, uint32_t machine, group *g, group *all) {
    uint32_t own = (uint32_t)(p - j->passages), from = own, to = own;
    while (from > 0 && own - from < REACH && j->passages[from - 1].kind == PASSAGE_CELL) from--;
    while (to + 1 < j->passage_count && to - own < REACH && j->passages[to + 1].kind == PASSAGE_CELL) to++;
    for (uint32_t i = from; i <= to; i++) {
        const passage *q = &j->passages[i];
        if (q->column != p->column || q->flags & PASSAGE_HEADER_CELL) continue;
        if (port_row_machine(j, q) == machine) add_ports(q, false, g);
        add_ports(q, false, all);
    }
}

/* The lines that the same command printed. */
static void lines_of(const judge *j, const passage *p, group *g) {
    for (uint32_t i = p->label + 1; i < j->passage_count && i <= p->label + REACH; i++) {
        const passage *q = &j->passages[i];
        if (q->block != p->block || q->label != p->label) break;
        if (str_trim(passage_text(q)).n) add_ports(q, true, g);
    }
}

/* "ss -tlnp", "netstat -tln": all that listens by TCP, and nothing that does by UDP. */
static bool asks_tcp(str command) {
    static const char *const tools[] = {"ss -", "netstat -"};
    for (size_t k = 0; k < COUNT_OF(tools); k++) {
        ptrdiff_t at = str_find(command, str_from_cstr(tools[k]), 0);
        if (at < 0) continue;
        str flags = str_slice(command, at + (ptrdiff_t)strlen(tools[k]), command.n);
        ptrdiff_t end = str_find_byte(flags, ' ', 0);
        if (end >= 0) flags = str_slice(flags, 0, end);
        if (str_find_byte(flags, 't', 0) >= 0 && str_find_byte(flags, 'l', 0) >= 0)
            return str_find_byte(flags, 'u', 0) < 0;
    }
    return false;
}

/* The machine that the prompt names: "wyke$ ss -tln", "me@wyke:~$ ss". */
static uint32_t prompt_machine(const judge *j, const passage *command) {
    str line = passage_text(command);
    ptrdiff_t end = 0;
    while (end < line.n && line.p[end] != '$' && line.p[end] != '#' && line.p[end] != ' ') end++;
    if (end == line.n || line.p[end] == ' ') return MANIFEST_NONE;
    for (uint32_t h = command->hit_lo; h < command->hit_hi; h++) {
        const alias_hit *hit = &command->on->hits[h];
        if (hit->where.lo >= command->text.lo + (uint32_t)end) break;
        uint32_t e = hit_entity(j, hit, -1);
        if (e != MANIFEST_NONE && (j->m->entities[e].kind == ENTITY_HOST || j->m->entities[e].kind == ENTITY_HARDWARE))
            return e;
    }
    return MANIFEST_NONE;
}

static bool holds_port(const group *g, uint32_t port) {
    for (uint32_t i = 0; i < g->n; i++)
        if (g->port[i] == port) return true;
    return false;
}

/* The machine's one service whose port the group leaves out, where all others stand in it once each, and one does that
 * is no service's. `listed`: the line names what the machine is said to run, so that it need not be one for one. */
static bool left_out(const judge *j, uint32_t machine, const group *g, const group *all, bool listed, bool tcp,
                     uint32_t *found) {
    uint32_t declared = 0, missing = 0, odd = g->n;
    if (!g->whole || g->n < (listed ? 2 : 3)) return false;
    for (uint32_t i = 0; i < g->n; i++)
        for (uint32_t k = 0; k < i; k++)
            if (g->port[i] == g->port[k]) return false;
    for (uint32_t i = 0; i < j->m->entity_count && i < 4096; i++) {
        const manifest_entity *e = &j->m->entities[i];
        if (e->kind != ENTITY_SERVICE || !e->port || e->host != machine) continue;
        if (tcp && str_eq(e->protocol, STR("udp"))) continue;
        declared++;
        odd -= holds_port(g, e->port);
        if (holds_port(all, e->port)) continue;
        missing++;
        *found = i;
    }
    return (listed || declared == g->n) && missing == 1 && odd == 1;
}

/* Does another cell of the row name an item of what the machine runs that is no entity: "| 53 | gate | Unbound |"? */
static bool is_listed(const judge *j, const passage *p, uint32_t machine) {
    uint32_t own = (uint32_t)(p - j->passages), row = p->label == PASSAGE_NONE ? own : p->label;
    if (j->m->entities[machine].runs.world != WORLD_CLOSED) return false;
    for (uint32_t i = row; i < j->passage_count && i < row + 16; i++) {
        const passage *q = &j->passages[i];
        if (i != row && q->label != row) break;
        for (uint32_t h = q->hit_lo; h < q->hit_hi && i != own; h++)
            for (uint32_t t = 0; t < q->on->hits[h].target_count; t++)
                if (q->on->hits[h].targets[t].kind == ALIAS_RUN && q->on->hits[h].targets[t].index == machine)
                    return true;
    }
    return false;
}

/* Is it the port of a service there? Then it is not the one that is wrong. */
static bool is_declared(const judge *j, const passage *p, uint32_t lo, uint32_t machine) {
    uint32_t port, count;
    for (uint32_t t = p->token_lo; t < p->token_hi && t < p->token_lo + 16; t++) {
        const token *x = &p->on->tokens[t];
        if (x->text.lo > lo || x->text.hi <= lo || !port_number_of(p, x, &port)) continue;
        const uint32_t *services = fact_index_port(j->index, port, &count);
        for (uint32_t i = 0; i < count; i++)
            if (j->m->entities[services[i]].host == machine) return true;
    }
    return false;
}

/* ---- what grep lets through ---- */

/* The numbers of a pattern that holds nothing else: "8000|10300", ":(5432|6432) ", "sport = :5433". */
static uint32_t numbers_of(str pattern, uint32_t *at) {
    uint32_t n = 0;
    for (ptrdiff_t i = 0; i < pattern.n;) {
        uint64_t value;
        ptrdiff_t end = i;
        while (end < pattern.n && byte_is_digit(pattern.p[end])) end++;
        if (end == i) {
            if (!strchr(":|() \\b$^'\"", pattern.p[i])) return 0;
            i++;
            continue;
        }
        if (n == PATTERN_LIMIT || !str_to_u64(str_slice(pattern, i, end), &value) || value < 20 || value > 65535)
            return 0;
        at[n++] = (uint32_t)value;
        i = end;
    }
    return n;
}

static str pattern_of(str command) {
    static const char *const filters[] = {"| grep -E ", "| grep -w ", "| egrep ", "| grep ", "'sport = ", "sport = "};
    for (size_t k = 0; k < COUNT_OF(filters); k++) {
        str filter = str_from_cstr(filters[k]);
        ptrdiff_t at = str_find(command, filter, 0);
        if (at < 0 || str_find(command, STR("grep -v"), 0) >= 0) continue;
        str rest = str_slice(command, at + filter.n, command.n);
        uint8_t quote = rest.n ? rest.p[0] : 0;
        if (quote == '\'' || quote == '"') {
            ptrdiff_t close = str_find_byte(rest, quote, 1);
            return close < 0 ? (str){0} : str_slice(rest, 1, close);
        }
        ptrdiff_t end = str_find_byte(rest, ' ', 0);
        return end < 0 ? rest : str_slice(rest, 0, end);
    }
    return (str){0};
}

/* The service of the one number of the pattern that no line holds, for a line that holds none of them. */
static bool filtered_out(judge *j, const passage *p, uint32_t *found) {
    uint32_t numbers[PATTERN_LIMIT], n, missing = 0, absent = 0, count;
    n = numbers_of(pattern_of(passage_text(&j->passages[p->label])), numbers);
    for (uint32_t k = 0; k < n; k++) {
        str number = judge_printf(j, "%u", numbers[k]);
        bool stands = false;
        if (str_find(passage_text(p), number, 0) >= 0) return false;
        for (uint32_t i = p->label + 1; i < j->passage_count && i <= p->label + REACH && !stands; i++) {
            const passage *q = &j->passages[i];
            if (q->block != p->block || q->label != p->label) break;
            stands = str_find(passage_text(q), number, 0) >= 0;
        }
        if (stands) continue;
        missing = numbers[k];
        absent++;
    }
    if (absent != 1) return false;
    uint32_t machine = prompt_machine(j, &j->passages[p->label]);
    const uint32_t *services = fact_index_port(j->index, missing, &count);
    *found = MANIFEST_NONE;
    for (uint32_t i = 0; i < count; i++)
        if (*found == MANIFEST_NONE || j->m->entities[services[i]].host == machine) *found = services[i];
    return *found != MANIFEST_NONE;
}

/* Does a cell of the row, or the line, name a service or a program that is not this service, nor runs in it? Then its
 * port is that one's, declared or not. */
static bool names_another(const judge *j, const passage *p, uint32_t service) {
    uint32_t own = (uint32_t)(p - j->passages),
             row = p->kind != PASSAGE_CELL || p->label == PASSAGE_NONE ? own : p->label;
    const manifest_list *runs = &j->m->entities[service].runs;
    for (uint32_t i = row; i < j->passage_count && i < row + 16; i++) {
        const passage *q = &j->passages[i];
        if (i != row && (p->kind != PASSAGE_CELL || q->label != row)) break;
        for (uint32_t h = q->hit_lo; h < q->hit_hi && h < q->hit_lo + 64; h++) {
            uint32_t e = hit_entity(j, &q->on->hits[h], -1);
            bool own_name = e == service || e == MANIFEST_NONE;
            if (str_starts(surface_slice(q->on, q->on->hits[h].where.hi, q->text.hi), STR("-proxy")))
                continue; /* "docker-proxy" stands before any container */
            if (own_name || (j->m->entities[e].kind != ENTITY_SERVICE && j->m->entities[e].kind != ENTITY_COMPONENT))
                continue;
            for (uint32_t r = 0; r < runs->n && !own_name; r++) own_name = runs->items[r].entity == e;
            if (!own_name) return true;
        }
    }
    return false;
}

/* Does the line name the program of another service? Then its port is not one of the set's. */
static bool is_anothers_line(const judge *j, const passage *q, const service_set *set) {
    bool another = false;
    for (uint32_t h = q->hit_lo; h < q->hit_hi && h < q->hit_lo + 16; h++) {
        const alias_hit *hit = &q->on->hits[h];
        uint32_t count, entity = port_names_service(j, hit) ? hit_entity(j, hit, -1) : MANIFEST_NONE;
        if (entity == MANIFEST_NONE) continue;
        const uint32_t *services = fact_index_services(j->index, entity, &count);
        for (uint32_t i = 0; i < count; i++)
            for (uint32_t k = 0; k < set->n; k++)
                if (services[i] == set->at[k]) return false;
        another = true;
    }
    return another;
}

bool port_printed_all(const judge *j, const passage *p, const service_set *set) {
    group g = {.n = 0, .whole = true};
    if (p->kind != PASSAGE_CODE || p->label == PASSAGE_NONE || !(p->flags & PASSAGE_TERMINAL)) return false;
    for (uint32_t i = p->label + 1; i < j->passage_count && i <= p->label + REACH; i++) {
        const passage *q = &j->passages[i];
        if (q->block != p->block || q->label != p->label) break;
        if (q != p && !is_anothers_line(j, q, set)) add_ports(q, true, &g);
    }
    for (uint32_t k = 0; k < set->n; k++)
        if (!holds_port(&g, j->m->entities[set->at[k]].port)) return false;
    return true;
}

bool port_group_service(judge *j, const passage *p, uint32_t lo, uint32_t *found, bool *certain) {
    group g = {.n = 0, .whole = true}, all = g;
    *certain = false;
    if (p->kind == PASSAGE_CELL && p->column != PASSAGE_NONE) {
        uint32_t machine = port_row_machine(j, p);
        if (machine == MANIFEST_NONE || is_declared(j, p, lo, machine)) return false;
        rows_of(j, p, machine, &g, &all);
        return left_out(j, machine, &g, &all, is_listed(j, p, machine), false, found) && !names_another(j, p, *found);
    }
    if (p->kind != PASSAGE_CODE || p->label == PASSAGE_NONE || !(p->flags & PASSAGE_TERMINAL)) return false;
    if (!(j->passages[p->label].flags & PASSAGE_PROMPT) || j->passages[p->label].block != p->block) return false;
    if (filtered_out(j, p, found)) return *certain = true;
    uint32_t machine = prompt_machine(j, &j->passages[p->label]);
    bool tcp = asks_tcp(passage_text(&j->passages[p->label]));
    lines_of(j, p, &g);
    for (uint32_t i = 0; machine == MANIFEST_NONE && tcp && i < j->m->entity_count && i < 4096; i++) {
        bool is = j->m->entities[i].kind == ENTITY_HOST || j->m->entities[i].kind == ENTITY_HARDWARE;
        uint32_t service;
        if (!is || !left_out(j, i, &g, &g, false, tcp, &service)) continue;
        for (uint32_t k = i + 1; k < j->m->entity_count && k < 4096; k++) /* two machines fit */
            if (left_out(j, k, &g, &g, false, tcp, &service)) return false;
        machine = i;
    }
    if (machine == MANIFEST_NONE || is_declared(j, p, lo, machine)) return false;
    return left_out(j, machine, &g, &g, false, tcp, found) && !names_another(j, p, *found);
}
