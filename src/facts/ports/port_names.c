/* port_names.c - whose port is it?
 *
 * In: a port in a passage. Out: the services that the text means, by their own name, by what they run, or by the host:
 *
 *     "the review server listens on N"          the nearest name before it
 *     "port N of the review server", "N (SSH)"  the name behind it
 *     | kestrel | gateway | N |                 the one service of its row
 *     LISTEN … 127.0.0.1:N … "perch",pid=7      the program of its line
 *     # /etc/perch/perch.toml … port = N        what the file's first line, its section or the lead speaks of
 *     ## Gateway … It listens on N              the heading, where the sentence names nothing
 *
 * A name that stands with another port is not asked again: in "2222 (SSH), 443 and 51820" SSH has its port.
 */
#include "facts/ports/ports.h"

static void add_service(service_set *set, uint32_t entity) {
    for (uint32_t i = 0; i < set->n; i++)
        if (set->at[i] == entity) return;
    if (set->n < COUNT_OF(set->at)) set->at[set->n++] = entity;
}

static void add_running(const judge *j, service_set *set, uint32_t entity) {
    uint32_t count;
    const uint32_t *running = fact_index_services(j->index, entity, &count);
    for (uint32_t k = 0; k < count; k++)
        if (j->m->entities[running[k]].port) add_service(set, running[k]);
}

static bool is_machine(const judge *j, uint32_t entity) {
    uint8_t kind = j->m->entities[entity].kind;
    return kind == ENTITY_HOST || kind == ENTITY_HARDWARE;
}

bool port_names_service(const judge *j, const alias_hit *hit) {
    uint32_t e = hit_entity(j, hit, -1), count = 0;
    if (e == MANIFEST_NONE || hit->inside >= 0 || is_machine(j, e)) return false;
    fact_index_services(j->index, e, &count);
    return count > 0;
}

static void named_services(judge *j, const context *near, enum region limit, service_set *set) {
    for (enum region r = REGION_CLAUSE; r <= limit && !set->n; r++)
        for (int pass = 0; pass < 2 && !set->n; pass++)
            for (uint32_t i = 0; i < near->mention_count; i++) {
                const mention *m = &near->mentions[i];
                if (m->region != r) continue;
                bool service = j->m->entities[m->entity].kind == ENTITY_SERVICE;
                if (service != (pass == 0)) continue;
                add_running(j, set, m->entity);
                set->by = m->entity;
                set->region = r;
                set->direct = service;
            }
}

/* Off with "the", "our", "my", "a" at the end. */
static str without_article(str text) {
    static const char *const articles[] = {"the", "our", "my", "a", "its"};
    text = str_trim(text);
    for (size_t i = 0; i < COUNT_OF(articles); i++) {
        str one = str_from_cstr(articles[i]);
        bool whole = text.n == one.n || (text.n > one.n && text.p[text.n - one.n - 1] == ' ');
        if (whole && str_ends(text, one)) return str_trim(str_slice(text, 0, text.n - one.n));
    }
    return text;
}

bool port_belongs_behind(const passage *p, uint32_t hi, const alias_hit *hit) {
    static const char joins[] =
        "of|for|(|is|serves|belongs to|is for|->|:|=|-|runs|goes to|leads to|carries|hosts|is served by|is used by|"
        "is taken by|is held by|stands for|\xe2\x80\x93|\xe2\x80\x94|\xe2\x86\x92";
    if (hit->where.lo < hi || hit->where.lo > hi + 24) return false;
    str between = surface_slice(p->on, hi, hit->where.lo);
    while (between.n && strchr("`*\"", between.p[0])) between = str_slice(between, 1, between.n);
    if (str_starts(between, STR("/tcp")) || str_starts(between, STR("/udp")))
        between = str_slice(between, 4, between.n);
    while (between.n && strchr("`*\"", between.p[between.n - 1])) between.n--;
    between = without_article(between);
    str rest = str_from_cstr(joins), one;
    while (str_cut(&rest, '|', &one))
        if (str_eq(between, one)) return true;
    return false;
}

bool port_starts_container(const passage *p) {
    str line = passage_text(p);
    return p->kind == PASSAGE_CODE &&
           (str_find(line, STR("docker run"), 0) >= 0 || str_find(line, STR("podman run"), 0) >= 0);
}

/* "On port N the review server answers": the port stands first, and the name is what the sentence says of it. */
static bool is_fronted(const passage *p, uint32_t lo, uint32_t hi, const alias_hit *hit) {
    if (hit->where.lo < hi || hit->where.lo > hi + 8) return false;
    bool begins = (word_is(p, 0, "on") || word_is(p, 0, "at") || word_is(p, 0, "behind")) && p->word_count > 1 &&
                  p->words[0].hi + 6 >= lo;
    return begins && !without_article(surface_slice(p->on, hi, hit->where.lo)).n;
}

/* Does the name stand right behind a number that is no quantity: "2222 (SSH)"? Then that is its port. */
static bool has_own_number(const passage *p, uint32_t lo, const alias_hit *hit) {
    for (uint32_t t = p->token_lo; t < p->token_hi && t < p->token_lo + 64; t++) {
        const token *x = &p->on->tokens[t];
        if (x->text.hi > hit->where.lo || x->text.hi >= lo) return false;
        if (x->kind != TOKEN_PORT && x->kind != TOKEN_NUMBER) continue;
        if (x->text.hi + 6 >= hit->where.lo && port_belongs_behind(p, x->text.hi, hit) &&
            strchr("(", surface_slice(p->on, x->text.hi, hit->where.lo).p[1]))
            return true;
    }
    return false;
}

/* The nearest named service alone, when several stand in the clause: "the drafting endpoint on 8101 and the review one
 * on 8102". */
static void keep_nearest(judge *j, const passage *p, const context *near, uint32_t lo, uint32_t hi, service_set *set) {
    const mention *best = NULL, *behind = NULL;
    set->named_end = UINT32_MAX;
    if (set->region > REGION_SENTENCE) return;
    for (uint32_t i = 0; i < near->mention_count; i++) {
        const mention *m = &near->mentions[i];
        uint32_t count;
        fact_index_services(j->index, m->entity, &count);
        if (!count || !m->hit || m->region > REGION_SENTENCE) continue;
        bool machine = is_machine(j, m->entity);
        if ((port_belongs_behind(p, hi, m->hit) && !machine) || (port_starts_container(p) && m->hit->where.lo >= hi) ||
            (is_fronted(p, lo, hi, m->hit) && !machine) || (port_is_where(p, hi, m->hit) && !machine))
            behind = m;
        if (m->region != set->region || m->hit->where.hi > lo || has_own_number(p, lo, m->hit)) continue;
        if (!best || m->hit->where.hi > best->hit->where.hi) best = m;
    }
    if (behind) best = behind;
    if (best && !behind) best = port_told_with(j, p, near, best);
    if (!best) { /* named only behind the port: "sent to port 8101, bypassing the gateway" binds nothing */
        set->region = REGION_HEADING;
        return;
    }
    set->n = 0;
    add_running(j, set, best->entity);
    set->by = best->entity;
    set->direct = j->m->entities[best->entity].kind == ENTITY_SERVICE;
    if (best != behind) set->named_end = best->hit->where.hi;
    set->certain = best == behind && port_is_where(p, hi, best->hit);
}

/* "PostgreSQL on lamp1 listens on N": of the services that run it, those of that host. */
static void keep_host(judge *j, const passage *p, const context *near, uint32_t lo, service_set *set) {
    if (set->direct || !set->n || set->named_end == UINT32_MAX) return;
    for (uint32_t i = 0; i < near->mention_count; i++) {
        const mention *m = &near->mentions[i];
        if (!m->hit || m->region > REGION_SENTENCE || m->hit->where.hi > lo || !is_machine(j, m->entity)) continue;
        if (m->hit->where.lo < set->named_end) continue;
        str between = without_article(surface_slice(p->on, set->named_end, m->hit->where.lo));
        uint32_t kept = 0;
        for (uint32_t k = 0; k < set->n && str_eq(between, STR("on")); k++)
            kept += j->m->entities[set->at[k]].host == m->entity;
        if (!kept) continue;
        uint32_t n = 0;
        for (uint32_t k = 0; k < set->n; k++)
            if (j->m->entities[set->at[k]].host == m->entity) set->at[n++] = set->at[k];
        set->n = n;
        set->host = m->entity;
        return;
    }
}

/* The one service that a label tells, if it tells one. */
void port_bind(const judge *j, service_set *set, uint32_t found) {
    if (found == MANIFEST_NONE) return;
    set->n = 0;
    add_running(j, set, found);
    set->by = found;
    set->region = REGION_LABEL;
    set->direct = j->m->entities[found].kind == ENTITY_SERVICE;
    set->named_end = UINT32_MAX;
}

/* The one service, or program that services run, among the hits of a passage; false when it names two. */
static bool only_service(const judge *j, const passage *p, bool in_paths, uint32_t *found) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t e = hit_entity(j, hit, -1);
        if (!port_names_service(j, hit) || e == *found) continue;
        if (!in_paths && inside_opaque(p, hit->where.lo, hit->where.hi)) continue;
        if (*found != MANIFEST_NONE) return false; /* a cell that explains: "the gateway, for vLLM" */
        *found = e;
    }
    return true;
}

bool port_is_peer_column(judge *j, const passage *p) {
    static const char words[] = "to from by for upstream backend behind peer peers client clients users via needs";
    if (p->column == PASSAGE_NONE) return false;
    passage *head = &j->passages[p->column];
    passage_prepare(j, head);
    for (uint32_t i = 0; i < head->word_count && i < 8; i++)
        if (word_in(head, i, words)) return true;
    return false;
}

/* "| 8400 | gateway |", "| kestrel | gateway | 8400 |": a port belongs to the one service that another cell names. */
static void name_by_row(judge *j, const passage *p, service_set *set) {
    uint32_t own = (uint32_t)(p - j->passages), row = p->label == PASSAGE_NONE ? own : p->label, found = MANIFEST_NONE;
    if (p->kind != PASSAGE_CELL || (set->direct && set->region <= REGION_LABEL)) return;
    if (row != own && !only_service(j, &j->passages[row], false, &found)) return;
    for (uint32_t i = row + 1; i < j->passage_count && i < row + 16 && j->passages[i].label == row; i++)
        if (i != own && !port_is_peer_column(j, &j->passages[i]) && !only_service(j, &j->passages[i], false, &found))
            return;
    port_bind(j, set, found);
}

/* LISTEN 0 4096 127.0.0.1:8400 … users:(("perch",pid=1201,fd=7)); tcp 0 0 :8400 … LISTEN 1201/perch; a command with a
 * comment behind it: "curl http://kestrel:8102/v1/models   # review server" */
static void name_by_output(judge *j, const passage *p, service_set *set) {
    uint32_t found = MANIFEST_NONE;
    if (p->kind != PASSAGE_CODE || (set->direct && set->region <= REGION_LABEL)) return;
    str line = passage_text(p);
    ptrdiff_t comment = str_find(line, STR(" # "), 0);
    passage behind = *p;
    while (comment > 0 && behind.hit_lo < behind.hit_hi &&
           behind.on->hits[behind.hit_lo].where.lo < p->text.lo + (uint32_t)comment)
        behind.hit_lo++;
    bool socket = str_find(line, STR("LISTEN"), 0) >= 0 || str_find(line, STR("users:(("), 0) >= 0;
    if (comment < 0 && (!socket || str_find(line, STR("ESTAB"), 0) >= 0)) return;
    if (!only_service(j, &behind, true, &found)) return;
    service_set named = *set;
    port_bind(j, &named, found);
    if (socket && named.n && port_printed_all(j, p, &named)) return; /* this is one more of its own */
    *set = named;
    set->certain = socket && named.n == 1;
}

/* Is the line a setting of where the file's own program listens: "port: 8400", "listen_port = 6432", "ListenPort ="?
 * Not "metrics_port", not "upstream_port". */
static bool sets_port(const passage *p) {
    static const char keys[] =
        "port publishport listen listener bind listen_port listenport listen-port http_port http-port httpport "
        "https_port web_port server_port bind_port tcp_port udp_port web-port bind-port";
    str line = str_trim(passage_text(p));
    ptrdiff_t end = 0;
    while (end < line.n && (byte_is_alnum(line.p[end]) || line.p[end] == '_' || line.p[end] == '-')) end++;
    return end < line.n && strchr(" :=", line.p[end]) && str_is_among(str_slice(line, 0, end), keys);
}

/* The image that a container's file runs: "Image=localhost/lookout:2.6.1", in the same block. */
static bool name_by_image(judge *j, const passage *p, service_set *set) {
    uint32_t first = (uint32_t)(p - j->passages), found = MANIFEST_NONE;
    while (first > 0 && j->passages[first - 1].block == p->block && j->passages[first - 1].kind == PASSAGE_CODE)
        first--;
    for (uint32_t i = first; i < j->passage_count && j->passages[i].block == p->block && i < first + 100; i++)
        if (str_starts(str_trim(passage_text(&j->passages[i])), STR("Image=")) &&
            !only_service(j, &j->passages[i], true, &found))
            return false;
    port_bind(j, set, found);
    return found != MANIFEST_NONE;
}

/* A section or a parent key that says nothing of its own: "[server]", "http:". */
static bool is_plain_section(str name) {
    static const char names[] = "server main http https listen listener interface service global default web network "
                                "general core api net daemon tcp";
    name = str_trim(name);
    while (name.n && strchr("[]:\" ", name.p[name.n - 1])) name.n--;
    while (name.n && strchr("[\" ", name.p[0])) name = str_slice(name, 1, name.n);
    return str_is_among(name, names);
}

/* "port: 8400" in a file: what its section ("[pgbouncer]"), its first line ("# /etc/perch/perch.yaml") or the sentence
 * that leads in speaks of, if that is one service. */
static void name_by_file(judge *j, const passage *p, service_set *set) {
    uint32_t key;
    if (p->kind == PASSAGE_CODE && port_key_service(j, str_trim(passage_text(p)), &key)) return port_bind(j, set, key);
    if (p->kind != PASSAGE_CODE || p->flags & PASSAGE_PROMPT || !sets_port(p)) return;
    if (str_starts(str_trim(passage_text(p)), STR("PublishPort=")) && name_by_image(j, p, set)) return;
    uint32_t own = (uint32_t)(p - j->passages), first = own, found = MANIFEST_NONE;
    bool sectioned = false;
    while (first > 0 && j->passages[first - 1].block == p->block && j->passages[first - 1].kind == PASSAGE_CODE &&
           own - first < 200) {
        const passage *q = &j->passages[--first];
        str line = str_trim(passage_text(q));
        if (line.n < 3 || line.p[0] != '[' || sectioned) continue;
        sectioned = true;
        if (!only_service(j, q, true, &found)) return;
        if (str_find_byte(line, '.', 0) > 0 || (found == MANIFEST_NONE && !is_plain_section(line))) return;
    }
    if (p->label != PASSAGE_NONE && !is_plain_section(passage_text(&j->passages[p->label]))) return;
    const passage *head = &j->passages[first];
    if (found == MANIFEST_NONE && str_starts(str_trim(passage_text(head)), STR("#")) &&
        !only_service(j, head, true, &found))
        return;
    if (found == MANIFEST_NONE && p->lead != PASSAGE_NONE) {
        const passage *lead = &j->passages[p->lead];
        if (str_ends(str_trim(passage_text(lead)), STR(":")) && !only_service(j, lead, true, &found)) return;
    }
    port_bind(j, set, found);
}

/* "## Gateway", "It listens on port N": the heading's one service, where the sentence names nothing of its own. */
static void name_by_heading(judge *j, passage *p, const context *near, service_set *set) {
    if (p->kind != PASSAGE_SENTENCE || p->heading == PASSAGE_NONE || set->region < REGION_LEAD) return;
    passage_prepare(j, p);
    bool back = word_in(p, 0, "it this listens runs answers listening") || /* "The server is … and listens on port N" */
                (word_is(p, 0, "the") && word_in(p, 1, "server service daemon process") && word_in(p, 2, "is listens"));
    for (uint32_t i = 0; i < near->mention_count; i++)
        back = back && !(near->mentions[i].region <= REGION_LEAD && near->mentions[i].hit &&
                         port_names_service(j, near->mentions[i].hit));
    uint32_t found = MANIFEST_NONE;
    if (back && only_service(j, &j->passages[p->heading], false, &found)) port_bind(j, set, found);
}

/* "Today it listens on N, while the endpoint sits on …": the sentence before names the one service that is meant. */
static bool name_by_pronoun(judge *j, const passage *p, uint32_t lo, service_set *set) {
    uint32_t i = port_first_word(p), end = i + 2, found = MANIFEST_NONE;
    if (p->kind != PASSAGE_SENTENCE || p->previous == PASSAGE_NONE || !word_is(p, i, "it") ||
        !word_in(p, i + 1, "listens answers"))
        return false;
    while (word_in(p, end, "on at port tcp udp now")) end++;
    if (end >= p->word_count || p->words[end].lo > lo + 5) return false;
    if (p->words[end].hi < lo || !only_service(j, &j->passages[p->previous], false, &found)) return false;
    port_bind(j, set, found);
    return found != MANIFEST_NONE;
}

/* http://localhost:8090/v1/tenants: a route that one service declares, by that very path; …/mcp: a service's name. */
static bool name_by_route(judge *j, const passage *p, uint32_t lo, uint32_t hi, service_set *set) {
    uint32_t first, end, found = MANIFEST_NONE;
    passage_hit_window(p, lo, hi, &first, &end);
    for (uint32_t h = first; h < end; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.lo <= lo || hit->where.hi > hi || p->on->text.p[hit->where.lo] != '/') continue;
        for (uint32_t t = 0; t < hit->target_count; t++) {
            if (hit->targets[t].kind != ALIAS_EXPOSED || hit->targets[t].index == found) continue;
            if (found != MANIFEST_NONE) return false;
            found = hit->targets[t].index;
        }
    }
    bool step = found == MANIFEST_NONE && port_path_service(j, surface_slice(p->on, lo, hi), &found);
    if (found == MANIFEST_NONE || (!step && !j->m->entities[found].port)) return false;
    port_bind(j, set, found);
    return true;
}

/* "The server listens on N", "its database answers on N": the noun that ends the name of the service spoken of last, or
 * of the only one that is called so. */
static void name_by_noun(judge *j, passage *p, uint32_t lo, service_set *set) {
    static const char *const nouns[] = {"server",   "database", "service", "gateway", "exporter", "engine",
                                        "endpoint", "broker",   "proxy",   "daemon",  "api",      "collector"};
    if (p->kind != PASSAGE_SENTENCE || (set->n && set->region < REGION_LEAD)) return;
    passage_prepare(j, p);
    if (p->word_count < 3 || p->words[1].hi > lo) return;
    if (!word_is(p, 0, "the") && !word_is(p, 0, "this") && !word_is(p, 0, "our")) return;
    str noun = surface_slice(p->on, p->words[1].lo, p->words[1].hi);
    bool known = false;
    for (size_t k = 0; k < COUNT_OF(nouns); k++) known = known || str_eq_nocase(noun, str_from_cstr(nouns[k]));
    if (!known) return;
    uint32_t found = MANIFEST_NONE, called = 0;
    for (uint32_t i = 0; i < j->m->entity_count && i < 4096; i++) {
        const manifest_entity *e = &j->m->entities[i];
        bool so = false;
        for (uint32_t a = 0; e->kind == ENTITY_SERVICE && a < e->aliases.n; a++) {
            str name = e->aliases.at[a].text;
            so = so || (name.n > noun.n && name.p[name.n - noun.n - 1] == ' ' &&
                        str_eq_nocase(str_slice(name, name.n - noun.n, name.n), noun));
        }
        if (so) found = i, called++;
    }
    if (called != 1 || !j->m->entities[found].port || !port_is_spoken_of(j, p, found)) found = MANIFEST_NONE;
    uint32_t back = p->previous;
    for (uint32_t k = 0; called > 1 && back != PASSAGE_NONE && k < 3 && found == MANIFEST_NONE; k++) {
        const passage *q = &j->passages[back];
        for (uint32_t h = q->hit_lo; h < q->hit_hi; h++) {
            uint32_t e = hit_entity(j, &q->on->hits[h], ENTITY_SERVICE);
            str said = surface_slice(q->on, q->on->hits[h].where.lo, q->on->hits[h].where.hi);
            bool so = said.n > noun.n && str_eq_nocase(str_slice(said, said.n - noun.n, said.n), noun);
            if (e != MANIFEST_NONE && so && j->m->entities[e].port) found = e;
        }
        back = q->previous;
    }
    port_bind(j, set, found);
}

/* psql -p 5432, redis-cli -p 6379, mqtt://…:1883: a client, or a scheme, that speaks to few programs. */
static const struct {
    const char *clients, *programs;
} clients[] = {
    {"psql pg_dump pg_isready pgbench pg_basebackup postgres postgresql", "PostgreSQL|Postgres|PgBouncer|Pgpool"},
    {"redis-cli valkey-cli redis rediss", "Redis|Valkey|KeyDB|Dragonfly"},
    {"mosquitto_pub mosquitto_sub mqtt mqtts", "Mosquitto|EMQX|VerneMQ|NanoMQ|HiveMQ"},
    {"mysql mysqldump mariadb", "MySQL|MariaDB|ProxySQL"},
    {"mongosh mongodump mongodb", "MongoDB"},
    {"influx influxdb", "InfluxDB"},
    {"nats", "NATS"},
    {"etcdctl", "etcd"},
    {"amqp amqps", "RabbitMQ"},
    {"rsync", "rsyncd|rsync"}};

/* The client that a command line begins with, behind "sudo", "$", "$(", "as USER"; or the scheme of a URL. */
static bool is_client_line(str line, ptrdiff_t at, str name) {
    for (ptrdiff_t i = 0; (i = str_find(line, name, i)) >= 0 && i < at; i++) {
        bool begins = i == 0 || strchr(" $(`|;/=\"'", line.p[i - 1]);
        bool ends = i + name.n < line.n && (line.p[i + name.n] == ' ' || line.p[i + name.n] == ':');
        if (begins && ends) return true;
    }
    return false;
}

/* Does a service whose port nobody declared run the program? */
static bool runs_without_port(const judge *j, uint32_t entity) {
    uint32_t count;
    const uint32_t *running = fact_index_services(j->index, entity, &count);
    for (uint32_t k = 0; k < count; k++)
        if (!j->m->entities[running[k]].port) return true;
    return false;
}

static void name_by_client(judge *j, const passage *p, const context *near, service_set *set) {
    str line = passage_text(p);
    ptrdiff_t at = (ptrdiff_t)(near->hi - p->text.lo);
    if (p->kind != PASSAGE_CODE && !(inside_opaque(p, near->lo, near->hi))) return;
    if (p->kind == PASSAGE_CODE && p->flags & PASSAGE_TERMINAL) return;
    for (size_t k = 0; k < COUNT_OF(clients); k++) {
        str names = str_from_cstr(clients[k].clients), name;
        bool is = false, silent = false;
        while (!is && str_cut(&names, ' ', &name)) is = is_client_line(line, at, name);
        str programs = str_from_cstr(clients[k].programs), program;
        service_set clean = {.region = REGION_LABEL, .by = MANIFEST_NONE, .host = set->host, .named_end = UINT32_MAX};
        while (is && str_cut(&programs, '|', &program)) {
            uint32_t count;
            const alias_target *targets = alias_lookup(j->m->names, program, &count);
            for (uint32_t i = 0; i < count; i++) {
                if (targets[i].kind != ALIAS_ENTITY) continue;
                add_running(j, &clean, targets[i].index);
                silent = silent || runs_without_port(j, targets[i].index);
            }
        }
        if (silent) return;
        if (!clean.n) continue;
        *set = clean;
        return;
    }
}

/* notes.kestrel.example:8443: the address is a service's own name, or begins with it. */
static bool name_by_address(judge *j, str host, service_set *set) {
    uint32_t count, found;
    if (host.n && port_address_service(j, host, &found)) {
        port_bind(j, set, found);
        return true;
    }
    const alias_target *targets = host.n ? alias_lookup(j->m->names, host, &count) : NULL;
    if (!targets || count != 1 || targets->kind != ALIAS_ENTITY) return false;
    uint32_t e = targets->index, running_count = 0;
    if (j->m->entities[e].kind == ENTITY_COMPONENT) { /* http://opensearch:9200: what one service alone runs */
        const uint32_t *running = fact_index_services(j->index, e, &running_count);
        if (running_count != 1) return false;
        e = running[0];
    }
    if (j->m->entities[e].kind != ENTITY_SERVICE || !j->m->entities[e].port) return false;
    port_bind(j, set, e);
    return true;
}

/* `curl http://10.0.0.2:N/v1/models` asks the gateway …: whom the sentence says that the address is. */
static bool name_by_asking(judge *j, passage *p, uint32_t hi, service_set *set) {
    if (p->kind != PASSAGE_SENTENCE) return false;
    uint32_t at = hi, first, end, i;
    while (at < p->text.hi && p->on->text.p[at] != ' ') at++;
    passage_prepare(j, p);
    passage_window(p, at, at, &first, &end);
    for (i = first; i < end && p->words[i].lo < at; i++) {
    }
    if (i >= end || p->words[i].lo > at + 1 ||
        !word_in(p, i, "asks queries fetches reaches calls reads gets tests probes"))
        return false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.lo < p->words[i].hi || hit->where.lo > p->words[i].hi + 8) continue;
        uint32_t e = hit_entity(j, hit, -1), count = 0;
        if (!port_names_service(j, hit)) continue;
        const uint32_t *running = fact_index_services(j->index, e, &count);
        if (count != 1 || !j->m->entities[running[0]].port) return false;
        port_bind(j, set, running[0]);
        return true;
    }
    return false;
}

/* "bracken's SSH is on port N", "quarry lets us in by SSH on port N", "the rsync daemon on marsh has port N": a word
 * that one service of the only machine in the clause is called by. */
static bool name_on_machine(judge *j, passage *p, const context *near, service_set *set) {
    uint32_t machine = MANIFEST_NONE, found, service = MANIFEST_NONE, first, end, name_end = UINT32_MAX;
    if (p->kind != PASSAGE_SENTENCE) return false;
    for (uint32_t i = 0; i < near->mention_count; i++) {
        const mention *m = &near->mentions[i];
        if (!is_machine(j, m->entity) || !m->hit || m->region > REGION_CLAUSE || m->entity == machine) continue;
        if (machine != MANIFEST_NONE) return false;
        machine = m->entity;
    }
    if (machine == MANIFEST_NONE) return false;
    passage_window(p, near->lo, near->lo, &first, &end);
    for (uint32_t i = first; i < end && p->words[i].hi <= near->lo; i++) {
        str term = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
        bool capitals = term.n > 2;
        for (ptrdiff_t k = 0; k < term.n; k++) capitals = capitals && term.p[k] >= 'A' && term.p[k] <= 'Z';
        if (p->words[i].lo < near->clause.lo || near->lo - p->words[i].hi > 48) continue;
        if (!capitals && !word_in(p, i + 1, "daemon server exporter")) continue;
        if (word_in(p, i, "TCP UDP HTTP HTTPS") || !port_label_service(j, term, machine, &found)) continue;
        if (service != MANIFEST_NONE && service != found) return false;
        service = found;
        name_end = p->words[i].hi;
    }
    if (service == MANIFEST_NONE) return false;
    port_bind(j, set, service);
    set->named_end = name_end;
    return true;
}

/* "ssh -p N me@heron" */
static bool name_by_login(judge *j, const passage *p, uint32_t lo, uint32_t hi, service_set *set) {
    uint32_t found, end;
    if (!port_login_service(j, p, lo, hi, &found, &end)) return false;
    port_bind(j, set, found);
    set->named_end = end;
    return true;
}

/* What a row or a group tells where no whole name stands. */
static void name_by_group(judge *j, const passage *p, uint32_t lo, service_set *set) {
    uint32_t found = MANIFEST_NONE;
    bool certain = false;
    if (p->kind != PASSAGE_CELL && p->kind != PASSAGE_CODE) return;
    if (set->n && !set->direct && set->region <= REGION_LABEL && !(p->flags & PASSAGE_TERMINAL)) return;
    if (port_paired_service(j, p, lo, &found) || port_row_service(j, p, &found) ||
        port_group_service(j, p, lo, &found, &certain)) {
        port_bind(j, set, found);
        set->certain = certain;
    }
}

static void name_by_word(judge *j, passage *p, const context *near, service_set *set) {
    uint32_t found, end;
    if (!port_listed_word(j, p, near->lo, &found, &end) && !port_word_service(j, p, near, &found, &end)) return;
    port_bind(j, set, found);
    set->named_end = end;
}

static void name_by_request(judge *j, const passage *p, uint32_t lo, uint32_t hi, service_set *set) {
    uint32_t found;
    if (!port_asked_service(j, p, lo, hi, &found)) return;
    port_bind(j, set, found);
    set->guessed = true;
}

static void name_by_program(const judge *j, const passage *p, uint32_t lo, service_set *set) {
    uint32_t found;
    if (port_program_service(j, p, lo, &found)) port_bind(j, set, found);
}

static void name_by_command(const judge *j, const passage *p, uint32_t lo, service_set *set) {
    uint32_t found;
    if (port_command_service(j, p, lo, &found)) port_bind(j, set, found);
}

static void name_by_typed(const judge *j, const passage *p, uint32_t lo, service_set *set) {
    uint32_t program = port_typed_program(j, p, lo);
    if (program == MANIFEST_NONE || (set->n && set->region < REGION_LEAD)) return;
    set->n = 0;
    add_running(j, set, set->by = program);
    set->region = REGION_CLAUSE;
}

void port_services(judge *j, passage *p, const context *near, uint32_t lo, uint32_t hi, str host, service_set *set) {
    *set = (service_set){
        .n = 0, .region = REGION_COUNT, .by = MANIFEST_NONE, .host = MANIFEST_NONE, .named_end = UINT32_MAX};
    if (name_by_address(j, host, set) || name_by_route(j, p, lo, hi, set)) {
        set->addressed = true;
        return;
    }
    if (name_by_login(j, p, lo, hi, set) || name_by_asking(j, p, hi, set)) return;
    if (port_protocol_services(j, p, near, set)) return;
    named_services(j, near, p->kind == PASSAGE_CODE ? REGION_LABEL : REGION_HEADING, set);
    keep_nearest(j, p, near, lo, hi, set);
    keep_host(j, p, near, lo, set);
    if (set->region > REGION_LEAD && name_by_pronoun(j, p, lo, set)) return;
    if (port_server_before(j, p, near, lo, set)) return;
    if ((!set->direct || set->region > REGION_CLAUSE) && name_on_machine(j, p, near, set)) return;
    name_by_row(j, p, set);
    name_by_program(j, p, lo, set);
    name_by_output(j, p, set);
    if (!set->n || set->region >= REGION_LEAD || (!set->direct && !set->certain)) name_by_group(j, p, lo, set);
    if (!set->n || set->region >= REGION_LEAD) port_bind(j, set, port_container_service(j, p));
    if (!set->n || set->region >= REGION_LEAD) name_by_file(j, p, set);
    name_by_typed(j, p, lo, set);
    if (!set->direct) name_by_command(j, p, lo, set);
    if (!set->n || set->region >= REGION_LEAD) name_by_client(j, p, near, set);
    name_by_noun(j, p, lo, set);
    if (!set->n || set->region >= REGION_LEAD) name_by_word(j, p, near, set);
    if (!set->n) name_by_request(j, p, lo, hi, set);
    if (!set->n || set->region >= REGION_LEAD) name_by_heading(j, p, near, set);
}
