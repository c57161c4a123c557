/* ports.c - who listens there?
 *
 * In: a number that is a port, and what stands around it. A port is compared with the service that is named beside it:
 * by its own name, by what it runs, by its host. What the number is to that service decides first:
 *
 *     "the gateway listens on port 8400"          its own: compared
 *     "the gateway sends them on to port 8101"    a peer's: supported by any declared service, never contradicted
 *     "8101:8000", "0.0.0.0:8101->8000/tcp"       8000 is a container's inside, which no manifest speaks of
 *
 * A number on an address of a host whose list of what it runs is closed must be the port of one of its services.
 * Without a service, a declared port is supported and any other unverified.
 */
#include "facts/ports/ports.h"

typedef enum port_role {
    ROLE_OWN,   /* of the service that is named */
    ROLE_PEER,  /* of another one that it talks to, or came from */
    ROLE_INNER, /* inside a container */
} port_role;

/* ---- what the number is to the service ---- */

static bool is_word_of(const passage *p, uint32_t i, const char *const *words, size_t n) {
    for (size_t k = 0; k < n; k++)
        if (word_is(p, i, words[k])) return true;
    return false;
}

/* Does a machine's name begin right behind byte `at`? */
static bool machine_begins(const judge *j, const passage *p, uint32_t at) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) {
        uint32_t e = p->on->hits[h].where.lo == at + 1 ? hit_entity(j, &p->on->hits[h], -1) : MANIFEST_NONE;
        if (e != MANIFEST_NONE && (j->m->entities[e].kind == ENTITY_HOST || j->m->entities[e].kind == ENTITY_HARDWARE))
            return true;
    }
    return false;
}

/* Is a word between the name and the port one that leads to somebody else's: "sends to", "polls", "from"? */
static bool leads_to_peer(const judge *j, const passage *p, uint32_t from, uint32_t lo) {
    static const char *const away[] = {
        "to",       "from",    "into",      "onto",     "towards", "toward", "against", "behind",   "over",
        "forwards", "proxies", "polls",     "scrapes",  "queries", "calls",  "reaches", "contacts", "probes",
        "hits",     "pings",   "forwarded", "upstream", "backend", "ssh",    "dns",     "ntp",      "syslog",
        "smtp",     "relays",  "redirects", "passes",   "through", "via",    "across"};
    static const char *const own[] = {"listens",  "listening", "listen", "bound",      "binds",
                                      "bind",     "mapped",    "maps",   "published",  "set",
                                      "assigned", "exposed",   "opens",  "restricted", "limited",
                                      "pinned",   "defaults",  "fixed",  "moved",      "configured"};
    uint32_t first, end;
    passage_window(p, from, lo, &first, &end);
    for (uint32_t i = first; i < end && p->words[i].hi <= lo; i++) {
        if (p->words[i].lo < from || !is_word_of(p, i, away, COUNT_OF(away))) continue;
        bool owned = word_is(p, i, "to") && i > 0 &&
                     (is_word_of(p, i - 1, own, COUNT_OF(own)) || (i > 1 && is_word_of(p, i - 2, own, COUNT_OF(own))));
        bool counted = word_is(p, i, "from") && i + 1 < p->word_count && /* "answers from three pods on port 9200" */
                       (word_is(p, i + 2, "pods") || word_is(p, i + 2, "replicas") || word_is(p, i + 2, "containers") ||
                        word_is(p, i + 2, "workers") || word_is(p, i + 2, "instances"));
        bool stands = word_is(p, i, "to") && machine_begins(j, p, p->words[i].hi); /* "the tunnel to heron uses" */
        bool behind = word_is(p, i, "behind") && word_is(p, i + 1, "port");
        if (counted || stands || behind) continue;
        bool let = word_is(p, i, "through") && i > 0 && (word_is(p, i - 1, "lets") || word_is(p, i - 1, "let"));
        if (!owned && !let) return true;
    }
    return false;
}

/* "SSH into the box …", "resolves names over port 53": a protocol of everybody's is spoken of in the clause. */
static bool speaks_of_protocol(const passage *p, const context *near) {
    static const char *const protocols[] = {"ssh", "sftp", "scp", "dns", "ntp", "syslog", "smtp", "imap", "rsync"};
    uint32_t first, end;
    passage_window(p, near->lo, near->hi, &first, &end);
    for (uint32_t i = first; i < end; i++)
        if (p->words[i].lo >= near->clause.lo && p->words[i].hi <= near->clause.hi &&
            is_word_of(p, i, protocols, COUNT_OF(protocols)))
            return true;
    return false;
}

/* "In my test, perch was on port 8401", "I tried perch on 8401 first": what was so once, no period of the manifest
 * tells. The verb is that of the service: behind its name, or right before it. */
static bool is_told_past(const passage *p, const context *near, const service_set *set) {
    static const char *const behind[] = {"was", "were", "ran", "listened", "answered", "started", "sat", "lived"};
    static const char *const before[] = {"tried", "tested", "had", "ran", "started", "put", "did", "run"};
    uint32_t first, end, name = set->named_end == UINT32_MAX ? near->clause.lo : set->named_end;
    passage_window(p, near->lo, near->hi, &first, &end);
    for (uint32_t i = first; i < end && p->words[i].hi <= near->lo; i++) { /* "I did run it", not "I run it" */
        bool passive = i > 0 && (word_is(p, i - 1, "is") || word_is(p, i - 1, "are") || word_is(p, i - 1, "be"));
        if (p->words[i].lo >= name && !passive && is_word_of(p, i, behind, COUNT_OF(behind))) return true;
        if (p->words[i].hi <= name && p->words[i].hi + 24 > name && i > 0 &&
            is_word_of(p, i, before, COUNT_OF(before)) &&
            (word_is(p, i, "run") ? word_is(p, i - 1, "did") : (p->words[i - 1].cues & CUE_FIRST) != 0))
            return true;
    }
    return false;
}

/* "The gateway's metrics port", "also on 9400", "for debugging": a port beside the service's own, which the manifest
 * does not name. An exporter's metrics are its own. */
static bool is_side_port(judge *j, const passage *p, const context *near, const service_set *set) {
    static const char *const sides[] = {"metrics",  "metric", "admin",      "debug",       "debugging",   "management",
                                        "health",   "master", "control",    "peer",        "replication", "monitoring",
                                        "status",   "gossip", "cluster",    "distributed", "second",      "another",
                                        "internal", "extra",  "rendezvous", "profiling"};
    static const char *const more[] = {"also", "too", "additionally", "besides"};
    static const char *const leads[] = {"for", "serves", "exposes", "publishes", "offers", "its"};
    static const char *const nouns[] = {"port", "ports", "endpoint", "listener", "traffic"};
    uint32_t first, end;
    passage_window(p, near->lo, near->hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        if (p->words[i].lo >= near->lo && p->words[i].hi <= near->hi) continue;
        if (p->words[i].lo + 24 < near->clause.lo || p->words[i].hi > near->clause.hi + 16) continue;
        if (word_is(p, i, "too") && set->named_end != UINT32_MAX && p->words[i].hi < set->named_end)
            continue; /* "There is a fallback too, served by …" */
        bool side = is_word_of(p, i, sides, COUNT_OF(sides)) &&
                    (is_word_of(p, i + 1, nouns, COUNT_OF(nouns)) ||
                     (i > 0 && is_word_of(p, i - 1, leads, COUNT_OF(leads))) || p->words[i].hi + 1 == near->lo);
        if (!side && !is_word_of(p, i, more, COUNT_OF(more))) continue;
        if (p->words[i].lo > near->hi && str_find_byte(surface_slice(p->on, near->hi, p->words[i].lo), ';', 0) >= 0)
            continue; /* of the next clause */
        bool own = false;
        for (uint32_t k = 0; k < set->n && k < 4; k++) {
            uint32_t count;
            const uint64_t *stems = fact_index_entity_stems(j->index, set->at[k], &count);
            bool metrics = p->words[i].stem == fact_stem(STR("metrics"));
            for (uint32_t w = 0; w < count; w++)
                own = own || stems[w] == p->words[i].stem || (metrics && stems[w] == fact_stem(STR("exporter")));
        }
        if (!own) return true;
    }
    return false;
}

/* "Inside the container, vLLM listens on port 8000" */
static bool speaks_of_inside(const passage *p, const context *near) {
    uint32_t first, end;
    bool inside = false;
    passage_window(p, near->lo, near->hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        inside = inside || word_is(p, i, "inside") || word_is(p, i, "within");
        if ((inside || (i > 1 && word_is(p, i - 1, "the") && word_is(p, i - 2, "in"))) &&
            (word_is(p, i, "container") || word_is(p, i, "containers") || word_is(p, i, "pod")))
            return true;
    }
    return false;
}

/* db.example.net:5432, psql -h db.example.net: a machine that is none of ours. */
static bool is_elsewhere(const judge *j, const passage *p, const token *t, str host) {
    if (!host.n && (p->kind == PASSAGE_CODE || t->flags & TOKEN_IN_CODE)) {
        str line = surface_slice(p->on, p->text.lo, t->text.lo);
        static const char *const flags[] = {" -h ", " --host ", " --host="};
        for (size_t k = 0; k < COUNT_OF(flags) && !host.n; k++) {
            ptrdiff_t at = str_find(line, str_from_cstr(flags[k]), 0);
            if (at < 0) continue;
            at += (ptrdiff_t)strlen(flags[k]);
            ptrdiff_t end = str_find_byte(line, ' ', at);
            host = str_slice(line, at, end < 0 ? line.n : end);
        }
    }
    static const char *const own[] = {"localhost", "0.0.0.0", "::", "[::]", "[::1]", "::1", "*", "$"};
    if (!host.n || str_starts(host, STR("127.")) || host.p[0] == '$' || host.p[0] == '/') return false;
    for (size_t k = 0; k < COUNT_OF(own); k++)
        if (str_eq(host, str_from_cstr(own[k]))) return false;
    uint32_t count;
    return !alias_lookup(j->m->names, host, &count) || !count;
}

static port_role role_of(judge *j, const passage *p, const token *t, const context *near, const service_set *set,
                         str host, bool addressed) {
    if (port_is_forwarded(p, t)) return ROLE_PEER;
    if (port_is_mapped_inside(p, t) || (p->kind != PASSAGE_CODE && speaks_of_inside(p, near))) return ROLE_INNER;
    if (port_is_container_inside(j, p) && !addressed) return port_is_inside_outside(j, p, set) ? ROLE_OWN : ROLE_INNER;
    if (p->kind == PASSAGE_CODE) {
        str line = passage_text(p);
        ptrdiff_t at = (ptrdiff_t)(t->text.lo - p->text.lo);
        bool flag = str_ends(str_trim(str_slice(line, 0, at)), STR("--port")) ||
                    str_ends(str_slice(line, 0, at), STR("--port="));
        bool any = !host.n || str_starts(host, STR("0.0.0.0")) || strchr(":*[", host.p[0]);
        if (!(p->flags & PASSAGE_PROMPT) && !any && !set->addressed && port_line_leads_away(p, t->text.lo))
            return ROLE_PEER;
        bool mapping = str_find(line, STR(" -p "), 0) >= 0 || str_find(line, STR("--publish"), 0) >= 0;
        return (flag && mapping && port_starts_container(p)) || str_starts(str_trim(line), STR("EXPOSE")) ? ROLE_INNER
                                                                                                          : ROLE_OWN;
    }
    if (speaks_of_protocol(p, near)) {
        const manifest_entity *e = set->n ? &j->m->entities[set->at[0]] : NULL;
        if (!e || !set->direct || str_find(e->id, STR("ssh"), 0) < 0) return ROLE_PEER;
    }
    if (set->n && set->named_end != UINT32_MAX) {
        uint32_t from = set->named_end > near->clause.lo ? set->named_end : near->clause.lo;
        if (leads_to_peer(j, p, from, t->text.lo)) return ROLE_PEER;
    } else if (leads_to_peer(j, p, near->clause.lo, t->text.lo)) {
        return ROLE_PEER;
    }
    return ROLE_OWN;
}

/* ---- declared elsewhere ---- */

/* Does an attribute hold the number: {metrics_port: {value: 9100}}? */
static bool is_declared_number(judge *j, uint32_t port, str text) {
    uint32_t count, all;
    if (fact_index_text(j->index, text)) return true;
    const uint32_t *same = fact_index_range(j->index, DIM_COUNT, (double)port, (double)port, &count);
    const numeric_fact *facts = fact_index_all(j->index, &all);
    for (uint32_t i = 0; i < count && i < 32; i++)
        if (facts[same[i]].kind == FACT_ATTR && str_find(j->m->attrs[facts[same[i]].index].name, STR("port"), 0) >= 0)
            return true;
    return false;
}

/* "| licence server | store | N |": is one cell of the row the service's name and nothing else, and N all that its own
 * cell says? "| Mosquitto, with TLS | 8883 |" may be another one's. */
static bool is_only_port_of(const judge *j, const passage *p, const manifest_entity *service) {
    uint32_t own = (uint32_t)(p - j->passages), row = p->label == PASSAGE_NONE ? own : p->label;
    if (p->kind != PASSAGE_CELL || p->token_hi - p->token_lo != 1) return false;
    for (uint32_t i = row; i < j->passage_count && i < row + 16; i++) {
        if (i != row && j->passages[i].label != row) break;
        str text = str_trim(passage_text(&j->passages[i]));
        if (str_eq_nocase(text, service->id)) return true;
        for (uint32_t k = 0; k < service->aliases.n; k++)
            if (str_eq_nocase(text, service->aliases.at[k].text)) return true;
    }
    return false;
}

/* "…, and the fallback on port 30000": does the clause say the words of the service's id, which is no name of its own?
 */
static bool clause_says_id(const context *near, str id) {
    const passage *p = near->p;
    uint32_t at = 0, lo, hi, words = 0;
    while (fact_word_next(id, &at, &lo, &hi)) {
        uint64_t stem = fact_stem(str_slice(id, (ptrdiff_t)lo, (ptrdiff_t)hi));
        bool said = false;
        for (uint32_t i = 0; i < p->word_count && p->words[i].lo < near->clause.hi && !said; i++)
            said = p->words[i].lo >= near->clause.lo && p->words[i].stem == stem;
        if (!said) return false;
        words++;
    }
    return words > 0;
}

/* "On burdock, Open WebUI has port 3001": a program of one service alone, and only small words before the port. */
static bool is_said_outright(const context *near, const service_set *set) {
    const passage *p = near->p;
    uint32_t first, end, n = 0;
    if (p->kind != PASSAGE_SENTENCE || set->n != 1 || set->named_end == UINT32_MAX) return false;
    for (uint32_t k = set->named_end; k < near->lo; k++)
        if (strchr(",;:()", p->on->text.p[k])) return false;
    passage_window(p, near->lo, near->lo, &first, &end);
    for (uint32_t i = first; i < end && p->words[i].hi <= near->lo; i++) {
        if (p->words[i].lo < set->named_end) continue;
        bool named = false; /* "WireGuard on roost at port" */
        for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64 && !named; h++)
            named = p->on->hits[h].where.lo <= p->words[i].lo && p->on->hits[h].where.hi >= p->words[i].hi;
        if (!named &&
            !word_in(p, i, "has is on at port the uses listens answers can be opened reached runs its tcp udp"))
            return false;
        if (++n > 6) return false;
    }
    return true;
}

/* A port of another service of the same machine, or of a service that the clause or the row names too: the nearest
 * name need not be the right one ("nginx on quay passes them to 8000"). */
static const manifest_entity *other_named(judge *j, const context *near, const service_set *set, const uint32_t *others,
                                          uint32_t count) {
    const manifest_entity *first = &j->m->entities[set->at[0]];
    bool own_row = set->direct && set->region == REGION_LABEL && is_only_port_of(j, near->p, first);
    for (uint32_t i = 0; i < count; i++) {
        const manifest_entity *e = &j->m->entities[others[i]];
        if (port_stands_with_another(j, near->p, e, near->lo)) continue;
        enum region named = context_entity(near, others[i]);
        bool same_host = e->host == first->host;
        if (clause_says_id(near, e->id) && context_entity(near, set->at[0]) > REGION_CLAUSE) return e;
        for (uint32_t k = 0; k < e->runs.n && (!set->direct || (same_host && !own_row)); k++)
            if (e->runs.items[k].entity != MANIFEST_NONE && context_entity(near, e->runs.items[k].entity) < named)
                named = context_entity(near, e->runs.items[k].entity);
        if (e->host != MANIFEST_NONE && !set->direct && !is_said_outright(near, set) &&
            context_entity(near, e->host) < named)
            named = context_entity(near, e->host);
        bool twin = false; /* the same program on the same machine: 1883, and 8883 with TLS */
        for (uint32_t k = 0; k < e->runs.n; k++)
            for (uint32_t x = 0; x < first->runs.n; x++)
                twin = twin || (same_host && !own_row && e->runs.items[k].entity != MANIFEST_NONE &&
                                e->runs.items[k].entity == first->runs.items[x].entity);
        if (set->host != MANIFEST_NONE && e->host != set->host) continue; /* "PostgreSQL on lamp1 listens on 5433" */
        if (twin || (named <= REGION_LABEL && !(named == REGION_SENTENCE && set->direct))) return e;
    }
    return NULL;
}

/* ---- hosts whose list is closed ---- */

/* The host whose address stands before the port, or behind -h, or that the port is said to be "of" or "on". */
static uint32_t host_of(judge *j, const passage *p, const token *t, const context *near, str address) {
    uint32_t count;
    if (address.n) {
        const alias_target *targets = alias_lookup(j->m->names, address, &count);
        for (uint32_t i = 0; i < count; i++)
            if (targets[i].kind == ALIAS_ENTITY) return targets[i].index;
    }
    uint32_t beside = port_beside_host(j, p, t->text.lo);
    if (beside == MANIFEST_NONE) beside = port_column_machine(j, p);
    if (beside != MANIFEST_NONE) return beside;
    for (uint32_t i = 0; i < near->mention_count; i++) {
        const mention *m = &near->mentions[i];
        uint8_t kind = j->m->entities[m->entity].kind;
        if ((kind != ENTITY_HOST && kind != ENTITY_HARDWARE) || !m->hit || m->region > REGION_SENTENCE) continue;
        if (p->kind == PASSAGE_CODE) {
            str before = surface_slice(p->on, p->text.lo, m->hit->where.lo);
            if (m->hit->where.hi <= t->text.lo && (str_ends(before, STR("-h ")) || str_ends(before, STR("--host="))) &&
                t->text.lo - m->hit->where.hi < 16)
                return m->entity;
        } else if (m->hit->where.hi <= t->text.lo && port_is_come_to(p, m->hit, t->text.lo)) {
            return m->entity;
        } else if (m->hit->where.lo >= t->text.hi && m->hit->where.lo < t->text.hi + 12) {
            str between = str_trim(surface_slice(p->on, t->text.hi, m->hit->where.lo));
            if (between.n < 12 && str_starts(between, STR("and ")) && str_ends(between, STR(" on"))) return m->entity;
            if (str_eq(between, STR("of")) || str_eq(between, STR("on")) || str_eq(between, STR("of the")) ||
                str_eq(between, STR("on the")))
                return m->entity;
        }
    }
    return MANIFEST_NONE;
}

/* A service of the host that has the port; `listed` tells whether the host has any, and a closed list. */
static const manifest_entity *on_host(judge *j, uint32_t host, uint32_t port, bool *listed) {
    const manifest_entity *h = &j->m->entities[host];
    uint32_t count;
    const uint32_t *all = fact_index_port(j->index, port, &count);
    *listed = false;
    for (uint32_t i = 0; i < count; i++)
        if (j->m->entities[all[i]].host == host) return &j->m->entities[all[i]];
    if (h->runs.world != WORLD_CLOSED || !h->runs.fact.id.p) return NULL;
    for (uint32_t i = 0; i < j->m->entity_count && i < 4096; i++) {
        const manifest_entity *e = &j->m->entities[i];
        if (e->kind != ENTITY_SERVICE || e->host != host) continue;
        if (!e->port) return *listed = false, NULL; /* it may be that one's */
        *listed = true;
    }
    if (*listed && port_is_default(j, host, port)) *listed = false;
    return NULL;
}

/* Is one of the services on this host? Then those elsewhere are not meant: "psql -h lamp1 -p 5432". */
static bool has_on(const judge *j, const service_set *set, uint32_t host) {
    for (uint32_t i = 0; i < set->n; i++)
        if (j->m->entities[set->at[i]].host == host) return true;
    return false;
}

/* ---- the verdict ---- */

static void support_port(judge *j, claim *c, const manifest_entity *e) {
    c->subject = e->id;
    claim_supported(j, c, &e->port_fact, judge_printf(j, "%u", e->port),
                    judge_printf(j, "port of %.*s", STR_ARG(e->id)));
}

static bool is_run_by(const manifest_entity *e, uint32_t program) {
    for (uint32_t i = 0; i < e->runs.n; i++)
        if (e->runs.items[i].entity == program) return true;
    return false;
}

/* "perch takes drafts on port 8101", which is the engine's: does the clause name a program or a service, and the
 * sentence neither the port's own nor a program of it? */
static bool names_another(const judge *j, const context *near, const manifest_entity *e) {
    bool other = false;
    for (uint32_t i = 0; i < near->mention_count; i++) {
        const manifest_entity *x = &j->m->entities[near->mentions[i].entity];
        if (near->mentions[i].region > REGION_LABEL) continue;
        if (x == e || is_run_by(e, near->mentions[i].entity)) return false;
        other = other || (near->mentions[i].region == REGION_CLAUSE &&
                          (x->kind == ENTITY_SERVICE || x->kind == ENTITY_COMPONENT));
    }
    return other;
}

/* Supports by the number alone. */
static void support_by_number(judge *j, claim *c, const context *near, const manifest_entity *e, const passage *p) {
    if (denial_of_declared(p, j->judging_at.lo, j->judging_at.hi) != DENIES_NOTHING)
        claim_unverified(j, c, judge_printf(j, "a denial; it is the port of %.*s", STR_ARG(e->id)));
    else if (p->kind == PASSAGE_SENTENCE && (names_another(j, near, e) || port_is_strangers(j, p, near->lo, e)))
        claim_unverified(j, c, STR("the port of another service than what is named"));
    else
        support_port(j, c, e);
}

/* "Port: 8400" as an item under the service's name. */
static bool is_own_item(judge *j, passage *p) {
    passage_prepare(j, p);
    return p->flags & PASSAGE_IN_LIST && p->word_count < 6 && (word_is(p, 0, "port") || word_is(p, 0, "listens"));
}

/* "-p 1024" of a command that is no client, server or container: the length of a prompt, say. */
static bool is_other_option(const passage *p, const token *t) {
    static const char *const commands[] = {"docker", "podman", "nerdctl",   "ssh",     "psql",  "pg_",       "pgb",
                                           "redis",  "valkey", "mosquitto", "nc ",     "ncat",  "nmap",      "mysql",
                                           "mongo",  "iperf",  "telnet",    "uvicorn", "serve", "memcached", "nats",
                                           "kcat",   "rsync",  "mosh",      "createdb"};
    str text = str_trim(surface_slice(p->on, p->text.lo, t->core.lo)), line = passage_text(p);
    if (!str_ends(text, STR(" -p"))) return false;
    for (size_t k = 0; k < COUNT_OF(commands); k++)
        if (str_find(line, str_from_cstr(commands[k]), 0) >= 0) return false;
    return true;
}

/* "They were sent against the gateway on port N", "… on port N as usual": what would compare or tell a default does
 * neither. */
static bool is_only_direction(const passage *p, const context *near, const service_set *set) {
    uint32_t first, end;
    bool against = false;
    passage_window(p, near->lo, near->hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        if (p->words[i].lo < near->clause.lo || p->words[i].hi > near->clause.hi) continue;
        if (word_is(p, i, "against") && p->words[i].hi <= near->lo && set->named_end != UINT32_MAX)
            against = true;
        else if (word_is(p, i, "usual") && i > 0 && word_is(p, i - 1, "as"))
            against = true;
        else if (p->words[i].cues & (CUE_COMPARE | CUE_DEFAULT | CUE_ALSO_OTHER))
            return false;
    }
    return against;
}

/* "… needs no key, and its port, N, goes on answering": what is denied is said before another subject begins. */
static bool is_another_subject(const passage *p, const context *near) {
    uint32_t first, end, i;
    passage_window(p, near->lo, near->hi, &first, &end);
    for (i = first; i < end && p->words[i].hi < near->lo; i++) {
        if (p->words[i].cues & CUE_NEGATION && p->words[i].hi + 80 < near->lo) continue;
        if (!word_is(p, i, "and") && !word_is(p, i, "but") && !word_is(p, i, "while")) continue;
        bool own = word_is(p, i + 1, "its") || word_is(p, i + 1, "the") || word_is(p, i + 1, "their");
        if (!own || i == first || p->words[i - 1].hi + 1 >= p->words[i].lo) continue; /* a comma before it */
        for (uint32_t k = i; k < end && p->words[k].lo < near->hi + 40 && p->words[k].lo < near->clause.hi; k++)
            if (p->words[k].cues & CUE_NEGATION) return false;
        return true;
    }
    return false;
}

/* "It listens", "Today it listens", "These days it listens": the word that may point back. */
uint32_t port_first_word(const passage *p) {
    if (word_in(p, 0, "these since right") && word_in(p, 1, "days then now")) return 2;
    return word_in(p, 0, "today now nowadays currently");
}

/* "query[:400]" */
static bool is_slice(const passage *p, const token *t) {
    const uint8_t *text = p->on->text.p;
    return t->text.lo > p->text.lo && t->text.hi < p->text.hi && text[t->text.lo] == ':' &&
           text[t->text.lo - 1] == '[' && text[t->text.hi] == ']';
}

static void judge_number(judge *j, passage *p, const token *t, claim *c, const stance_view *s, uint32_t port,
                         str host) {
    if (is_slice(p, t)) {
        c->credit_bearing = false;
        claim_unverified(j, c, STR("a part of a list"));
        return;
    }
    if (is_other_option(p, t)) {
        c->credit_bearing = false;
        claim_unverified(j, c, STR("an option of a command that opens no port"));
        return;
    }
    context near;
    context_make(j, p, t->text.lo, t->text.hi, &near);
    service_set set;
    port_services(j, p, &near, t->text.lo, t->text.hi, host, &set);
    bool in_order = false;
    uint32_t ordered = port_by_order(j, p, t->text.lo, &in_order);
    if (ordered != MANIFEST_NONE) {
        port_bind(j, &set, ordered);
        set.certain = true;
    }
    uint32_t on = host_of(j, p, t, &near, host);
    bool other = p->kind == PASSAGE_CODE && p->flags & PASSAGE_TERMINAL && host.n && !set.addressed; /* a log's line */
    port_role role = on == MANIFEST_NONE && (!set.direct || other) && is_elsewhere(j, p, t, host)
                         ? ROLE_PEER
                         : role_of(j, p, t, &near, &set, host, on != MANIFEST_NONE);
    const manifest_entity *elsewhere = NULL;
    if (port_is_said_of_each(j, p, t->text.lo, port)) {
        claim_unverified(j, c, STR("said of several services, of which one has another port"));
        return;
    }
    for (uint32_t i = 0; i < set.n; i++) {
        const manifest_entity *e = &j->m->entities[set.at[i]];
        bool away = e->port == port && on != MANIFEST_NONE && e->host != on && e->host != MANIFEST_NONE;
        if (away) elsewhere = e; /* psql -h quay -p 5432 */
        if (e->port != port || (on != MANIFEST_NONE && e->host != on)) continue;
        c->subject = e->id;
        str says = judge_printf(j, "%u", e->port);
        if (!claim_is_denied(j, p, c, &e->port_fact, says, STR("the service's port")))
            claim_supported(j, c, &e->port_fact, says, STR("the service's port"));
        return;
    }
    if (role == ROLE_INNER && elsewhere) {
        support_port(j, c, elsewhere);
        return;
    }
    if (role == ROLE_INNER) {
        claim_unverified(j, c, STR("inside a container"));
        return;
    }
    uint32_t count;
    const uint32_t *others = fact_index_port(j->index, port, &count);
    bool listed = false;
    if (on != MANIFEST_NONE) {
        const manifest_entity *e = on_host(j, on, port, &listed);
        if (elsewhere && !e && !listed && !has_on(j, &set, on)) { /* it may run there too */
            support_port(j, c, elsewhere);
            return;
        }
        bool its_own = role == ROLE_OWN && set.n && (set.direct || is_said_outright(&near, &set)) &&
                       set.region <= REGION_SENTENCE && (!host.n || has_on(j, &set, on));
        if (e && !its_own && !set.certain) {
            support_by_number(j, c, &near, e, p);
            return;
        }
    }
    uint32_t head = port_first_word(p);
    bool back = word_in(p, head, "it this both");
    bool own_verb = set.n == 1 && word_is(p, head, "it") && word_in(p, head + 1, "listens lives answers sits runs");
    bool bound = role == ROLE_OWN && set.n &&
                 (set.region <= REGION_LABEL || (set.region == REGION_LEAD && ((set.direct && back) || own_verb)) ||
                  (set.n == 1 && set.direct && is_own_item(j, p)));
    const manifest_entity *named = bound && !set.certain ? other_named(j, &near, &set, others, count) : NULL;
    if (named && !listed) {
        support_port(j, c, named);
        return;
    }
    bool loose = s->loose && !is_only_direction(p, &near, &set);
    bool only_counted = ordered != MANIFEST_NONE && !in_order && count;
    bool swapped = (ordered != MANIFEST_NONE && in_order && count) || port_is_swapped(j, p, &set, t->text.lo, port);
    bool weak = loose || (s->denied && !is_another_subject(p, &near)) || s->past || is_told_past(p, &near, &set) ||
                is_side_port(j, p, &near, &set) || only_counted ||
                (!swapped && port_may_be_undeclared(j, p, t, &near, &set, port)) || port_in_other_list(j, p);
    for (uint32_t i = 0; i < p->word_count && p->words[i].hi <= t->text.lo && !weak; i++)
        weak = p->words[i].cues & CUE_FUTURE && p->words[i].lo >= near.clause.lo;
    if (p->kind == PASSAGE_CELL && p->label != PASSAGE_NONE) {
        passage_prepare(j, &j->passages[p->label]);
        bool own_name = set.n && set.direct && port_label_names(j, &j->passages[p->label], set.at[0]);
        weak = weak || (j->passages[p->label].cues & CUE_OTHERS && !own_name);
    }
    if (elsewhere && listed && weak) {
        support_port(j, c, elsewhere);
        return;
    }
    if (count && !set.certain && ((!bound && !listed) || loose || set.guessed)) {
        if (host.n && on != MANIFEST_NONE)
            claim_unverified(j, c, STR("declared of another machine than the address's"));
        else
            support_by_number(j, c, &near, &j->m->entities[others[0]], p);
        return;
    }
    bool number = is_declared_number(j, port, judge_printf(j, "%u", port));
    if (listed && !weak && !number) {
        const manifest_entity *h = &j->m->entities[on];
        c->subject = h->id;
        str where = elsewhere ? judge_printf(j, "; %.*s is on %.*s", STR_ARG(elsewhere->id),
                                             STR_ARG(j->m->entities[elsewhere->host].id))
                              : (str){0};
        claim_contradicted(
            j, c, &h->runs.fact, STR("a closed list"),
            judge_printf(j, "nothing that runs on %.*s listens on %u%.*s", STR_ARG(h->id), port, STR_ARG(where)));
        return;
    }
    bool away = p->kind == PASSAGE_CODE && host.n && on != MANIFEST_NONE && !set.addressed && !has_on(j, &set, on);
    if (!bound || weak || number || away) { /* away: the log's service speaks to another machine */
        str why = count    ? judge_printf(j, "the port of %.*s, which is not what is named",
                                          STR_ARG(j->m->entities[others[0]].id))
                  : number ? STR("the number of another fact")
                           : STR("no declared service has this port");
        claim_unverified(j, c, why);
        return;
    }
    const manifest_entity *e = &j->m->entities[set.at[0]];
    if (count && !set.certain && port_is_neighbours(j, p, t, e, &j->m->entities[others[0]])) {
        claim_unverified(
            j, c, judge_printf(j, "the port of %.*s, which may be meant", STR_ARG(j->m->entities[others[0]].id)));
        return;
    }
    c->subject = e->id;
    str why = count ? judge_printf(j, "%u is not %u; it belongs to %.*s", port, e->port,
                                   STR_ARG(j->m->entities[others[0]].id))
                    : judge_printf(j, "%u is not %u", port, e->port);
    claim_contradicted(j, c, &e->port_fact, judge_printf(j, "%u", e->port), why);
}

void judge_port(judge *j, passage *p, const token *t, claim *c, const stance_view *s, uint32_t port, str host) {
    judge_number(j, p, t, c, s, port, host);
    port_check_protocol(j, p, t, c, s);
}
