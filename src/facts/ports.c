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
#include "facts/judge.h"

typedef enum port_role {
    ROLE_OWN,   /* of the service that is named */
    ROLE_PEER,  /* of another one that it talks to, or came from */
    ROLE_INNER, /* inside a container */
} port_role;

/* Services that the context names: directly, by what they run, or by their host; nearest region first. */
typedef struct service_set {
    uint32_t at[32];
    uint32_t n;
    enum region region;
    bool direct;        /* by its own name */
    uint32_t named_end; /* end of the name, where it stands in the passage before the port; else UINT32_MAX */
} service_set;

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

static void named_services(judge *j, const context *near, enum region limit, service_set *set) {
    for (enum region r = REGION_CLAUSE; r <= limit && !set->n; r++)
        for (int pass = 0; pass < 2 && !set->n; pass++)
            for (uint32_t i = 0; i < near->mention_count; i++) {
                const mention *m = &near->mentions[i];
                if (m->region != r) continue;
                bool service = j->m->entities[m->entity].kind == ENTITY_SERVICE;
                if (service != (pass == 0)) continue;
                add_running(j, set, m->entity);
                set->region = r;
                set->direct = service;
            }
}

/* "port 8102 of the review server": the name behind belongs to the port. */
static bool belongs_behind(const passage *p, uint32_t hi, const alias_hit *hit) {
    static const char *const joins[] = {
        "of",     "of the",     "of our", "of my", "for",    "for the",      "for our",      "(",
        "is",     "is the",     "is our", "is my", "serves", "serves the",   "belongs to",   "belongs to the",
        "is for", "is for the", "->",     ":",     "=",      "\xe2\x80\x93", "\xe2\x80\x94", "\xe2\x86\x92",
        "- the",  ": the"};
    if (hit->where.lo < hi || hit->where.lo > hi + 18) return false;
    str between = str_trim(surface_slice(p->on, hi, hit->where.lo));
    for (size_t i = 0; i < COUNT_OF(joins); i++)
        if (str_eq(between, str_from_cstr(joins[i]))) return true;
    return false;
}

/* A container is started: the image that names the service stands behind its ports. */
static bool starts_container(const passage *p) {
    str line = passage_text(p);
    return p->kind == PASSAGE_CODE &&
           (str_find(line, STR("docker run"), 0) >= 0 || str_find(line, STR("podman run"), 0) >= 0);
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
        if (belongs_behind(p, hi, m->hit) || (starts_container(p) && m->hit->where.lo >= hi)) behind = m;
        if (m->region != set->region || m->hit->where.hi > lo) continue;
        if (!best || m->hit->where.hi > best->hit->where.hi) best = m;
    }
    if (behind) best = behind;
    if (!best) { /* named only behind the port: "sent to port 8101, bypassing the gateway" binds nothing */
        set->region = REGION_HEADING;
        return;
    }
    set->n = 0;
    add_running(j, set, best->entity);
    set->direct = j->m->entities[best->entity].kind == ENTITY_SERVICE;
    if (best != behind) set->named_end = best->hit->where.hi;
}

/* ---- what the number is to the service ---- */

static bool is_word_of(const passage *p, uint32_t i, const char *const *words, size_t n) {
    for (size_t k = 0; k < n; k++)
        if (word_is(p, i, words[k])) return true;
    return false;
}

/* Is a word between the name and the port one that leads to somebody else's: "sends to", "polls", "from"? */
static bool leads_to_peer(const passage *p, uint32_t from, uint32_t lo) {
    static const char *const away[] = {
        "to",       "from",     "into",    "onto",  "towards",   "toward",    "against", "behind",
        "over",     "forwards", "proxies", "polls", "scrapes",   "queries",   "calls",   "reaches",
        "contacts", "probes",   "hits",    "pings", "forwarded", "upstream",  "backend", "ssh",
        "dns",      "ntp",      "syslog",  "smtp",  "relays",    "redirects", "passes"};
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
        if (!owned) return true;
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

/* The right side of "8101:8000" and "0.0.0.0:8101->8000/tcp". */
static bool is_mapped_inside(const passage *p, const token *t) {
    str text = p->on->text;
    uint32_t lo = t->core.lo;
    if (t->core.lo != t->text.lo && t->kind == TOKEN_ADDRESS) return false; /* 10.20.0.20:8090 */
    if (lo < p->text.lo + 2) return false;
    if (text.p[lo - 1] == '>' && text.p[lo - 2] == '-') return true;
    uint32_t at = lo - 1; /* a whole number before the colon: not gull1:1883, not 10.20.0.20:8090 */
    if (text.p[at] != ':' || !byte_is_digit(text.p[at - 1])) return false;
    while (at > p->text.lo && byte_is_digit(text.p[at - 1])) at--;
    return at == p->text.lo || (!byte_is_alnum(text.p[at - 1]) && !strchr(".-_", text.p[at - 1]));
}

static str key_of(str line) {
    line = str_trim(line);
    while (line.n && (line.p[0] == '-' || line.p[0] == ' ' || line.p[0] == '"')) line = str_slice(line, 1, line.n);
    ptrdiff_t colon = str_find_byte(line, ':', 0);
    if (colon < 0) return (str){0};
    line.n = colon;
    while (line.n && line.p[line.n - 1] == '"') line.n--;
    return line;
}

/* A line of a compose file or a pod that speaks of a container's inside: its command, its health check. */
static bool is_container_inside(judge *j, const passage *p) {
    static const char *const keys[] = {
        "command", "healthcheck",   "test",       "environment",   "expose",         "entrypoint",     "args",
        "env",     "containerPort", "targetPort", "livenessProbe", "readinessProbe", "container_port", "target"};
    if (!(p->flags & PASSAGE_CONFIG)) return false;
    bool inside = false, container = false;
    const passage *line = p;
    for (uint32_t depth = 0; depth < 8; depth++) {
        str key = key_of(passage_text(line));
        for (size_t k = 0; k < COUNT_OF(keys); k++) inside = inside || str_eq(key, str_from_cstr(keys[k]));
        container = container || str_eq(key, STR("services")) || str_eq(key, STR("containers")) ||
                    str_eq(key, STR("spec")) || str_eq(key, STR("ports"));
        if (line->label == PASSAGE_NONE) break;
        line = &j->passages[line->label];
    }
    return inside && container;
}

/* The lines of the compose service that a line belongs to: [*first, *end) of the passages. */
static bool service_lines(const judge *j, const passage *p, uint32_t *first, uint32_t *end) {
    uint32_t at = (uint32_t)(p - j->passages);
    for (uint32_t depth = 0; depth < 8; depth++) {
        uint32_t above = j->passages[at].label;
        if (above == PASSAGE_NONE) return false;
        if (str_eq(key_of(passage_text(&j->passages[above])), STR("services"))) break;
        at = above;
    }
    *first = at;
    for (*end = at + 1; *end < j->passage_count && *end < at + 80; ++*end)
        if (j->passages[*end].block != p->block || j->passages[*end].label == j->passages[at].label) break;
    return true;
}

/* Is a port inside the container one of the host's too: with the host's network, or mapped to the same number? */
static bool is_inside_outside(judge *j, const passage *p, const service_set *set) {
    uint32_t first, end;
    if (!service_lines(j, p, &first, &end)) return false;
    for (uint32_t i = first; i < end; i++) {
        str line = passage_text(&j->passages[i]);
        if (str_find(line, STR("network_mode: host"), 0) >= 0) return true;
        for (uint32_t k = 0; k < set->n && k < 4; k++) {
            uint32_t own = j->m->entities[set->at[k]].port;
            str same = own ? judge_printf(j, "%u:%u", own, own) : (str){0};
            if (same.n && str_find(line, same, 0) >= 0) return true;
        }
    }
    return false;
}

static port_role role_of(judge *j, const passage *p, const token *t, const context *near, const service_set *set,
                         bool addressed) {
    if (is_mapped_inside(p, t)) return ROLE_INNER;
    if (is_container_inside(j, p) && !addressed) return is_inside_outside(j, p, set) ? ROLE_OWN : ROLE_INNER;
    if (p->kind == PASSAGE_CODE) {
        str line = passage_text(p);
        ptrdiff_t at = (ptrdiff_t)(t->text.lo - p->text.lo);
        bool flag = str_ends(str_trim(str_slice(line, 0, at)), STR("--port")) ||
                    str_ends(str_slice(line, 0, at), STR("--port="));
        bool mapping = str_find(line, STR(" -p "), 0) >= 0 || str_find(line, STR("--publish"), 0) >= 0;
        return (flag && mapping && starts_container(p)) || str_starts(str_trim(line), STR("EXPOSE")) ? ROLE_INNER
                                                                                                     : ROLE_OWN;
    }
    if (speaks_of_protocol(p, near)) {
        const manifest_entity *e = set->n ? &j->m->entities[set->at[0]] : NULL;
        if (!e || !set->direct || str_find(e->id, STR("ssh"), 0) < 0) return ROLE_PEER;
    }
    if (set->n && set->named_end != UINT32_MAX) {
        uint32_t from = set->named_end > near->clause.lo ? set->named_end : near->clause.lo;
        if (leads_to_peer(p, from, t->text.lo)) return ROLE_PEER;
    } else if (leads_to_peer(p, near->clause.lo, t->text.lo)) {
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

/* A port of another service of the same machine, or of a service that the clause or the row names too: the nearest
 * name need not be the right one ("nginx on quay passes them to 8000"). */
static const manifest_entity *other_named(judge *j, const context *near, const service_set *set, const uint32_t *others,
                                          uint32_t count) {
    const manifest_entity *first = &j->m->entities[set->at[0]];
    for (uint32_t i = 0; i < count; i++) {
        const manifest_entity *e = &j->m->entities[others[i]];
        enum region named = context_entity(near, others[i]);
        bool same_host = e->host == first->host;
        for (uint32_t k = 0; k < e->runs.n && (!set->direct || same_host); k++)
            if (e->runs.items[k].entity != MANIFEST_NONE && context_entity(near, e->runs.items[k].entity) < named)
                named = context_entity(near, e->runs.items[k].entity);
        if (e->host != MANIFEST_NONE && !set->direct && context_entity(near, e->host) < named)
            named = context_entity(near, e->host);
        bool twin = false; /* the same program on the same machine: 1883, and 8883 with TLS */
        for (uint32_t k = 0; k < e->runs.n; k++)
            for (uint32_t x = 0; x < first->runs.n; x++)
                twin = twin || (same_host && e->runs.items[k].entity != MANIFEST_NONE &&
                                e->runs.items[k].entity == first->runs.items[x].entity);
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
    for (uint32_t i = 0; i < near->mention_count; i++) {
        const mention *m = &near->mentions[i];
        uint8_t kind = j->m->entities[m->entity].kind;
        if ((kind != ENTITY_HOST && kind != ENTITY_HARDWARE) || !m->hit || m->region > REGION_SENTENCE) continue;
        if (p->kind == PASSAGE_CODE) {
            str before = surface_slice(p->on, p->text.lo, m->hit->where.lo);
            if (m->hit->where.hi <= t->text.lo && (str_ends(before, STR("-h ")) || str_ends(before, STR("--host="))) &&
                t->text.lo - m->hit->where.hi < 16)
                return m->entity;
        } else if (m->hit->where.lo >= t->text.hi && m->hit->where.lo < t->text.hi + 12) {
            str between = str_trim(surface_slice(p->on, t->text.hi, m->hit->where.lo));
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
    for (uint32_t i = 0; i < j->m->entity_count && i < 4096 && !*listed; i++)
        *listed = j->m->entities[i].kind == ENTITY_SERVICE && j->m->entities[i].host == host && j->m->entities[i].port;
    return NULL;
}

/* Is one of the services on this host? Then those elsewhere are not meant: "psql -h lamp1 -p 5432". */
static bool has_on(const judge *j, const service_set *set, uint32_t host) {
    for (uint32_t i = 0; i < set->n; i++)
        if (j->m->entities[set->at[i]].host == host) return true;
    return false;
}

/* ---- services named where a reader looks for them, outside the context ---- */

/* The one service that a label tells, if it tells one. */
static void bind_label(const judge *j, service_set *set, uint32_t found) {
    if (found == MANIFEST_NONE) return;
    set->n = 0;
    add_running(j, set, found);
    set->region = REGION_LABEL;
    set->direct = j->m->entities[found].kind == ENTITY_SERVICE;
}

/* "| 8400 | gateway |": a port that begins its row belongs to the one service that another cell names. */
static void name_by_row(judge *j, const passage *p, service_set *set) {
    uint32_t row = (uint32_t)(p - j->passages), found = MANIFEST_NONE;
    if (p->kind != PASSAGE_CELL || p->label != PASSAGE_NONE) return;
    for (uint32_t i = row + 1; i < j->passage_count && i < row + 16 && j->passages[i].label == row; i++)
        for (uint32_t h = j->passages[i].hit_lo; h < j->passages[i].hit_hi; h++) {
            uint32_t e = hit_entity(j, &j->passages[i].on->hits[h], -1), count;
            if (e == MANIFEST_NONE || j->passages[i].on->hits[h].inside >= 0) continue;
            fact_index_services(j->index, e, &count);
            if (!count || e == found) continue;
            if (found != MANIFEST_NONE) return; /* a cell that explains: "the gateway, for vLLM" */
            found = e;
        }
    bind_label(j, set, found);
}

/* "port: 8400" in a file whose first line names it: "# /etc/perch/perch.yaml", by the one service that its lead, or
 * that line, speaks of. */
static void name_by_file(judge *j, const passage *p, service_set *set) {
    static const char *const keys[] = {"port", "listen", "listener", "http_port", "bind", "http-port", "web_port"};
    if (!(p->flags & PASSAGE_CONFIG)) return;
    str line = str_trim(passage_text(p));
    bool own = false;
    for (size_t k = 0; k < COUNT_OF(keys); k++) {
        str rest = str_slice(line, (ptrdiff_t)strlen(keys[k]), line.n);
        own = own || (str_starts(line, str_from_cstr(keys[k])) && rest.n && strchr(" :=", rest.p[0]));
    }
    if (!own) return;
    uint32_t first = (uint32_t)(p - j->passages), found = MANIFEST_NONE;
    while (first > 0 && j->passages[first - 1].block == p->block && j->passages[first - 1].kind == PASSAGE_CODE)
        first--;
    const passage *q = &j->passages[first];
    if (!str_starts(str_trim(passage_text(q)), STR("#"))) return;
    for (uint32_t h = q->hit_lo; h < q->hit_hi; h++) {
        uint32_t e = hit_entity(j, &q->on->hits[h], -1), count;
        if (e == MANIFEST_NONE) continue;
        uint8_t kind = j->m->entities[e].kind;
        fact_index_services(j->index, e, &count);
        if (!count || e == found || kind == ENTITY_HOST || kind == ENTITY_HARDWARE) continue;
        if (found != MANIFEST_NONE) return;
        found = e;
    }
    bind_label(j, set, found);
}

/* ---- the verdict ---- */

static void support_port(judge *j, claim *c, const manifest_entity *e) {
    c->subject = e->id;
    claim_supported(j, c, &e->port_fact, judge_printf(j, "%u", e->port),
                    judge_printf(j, "port of %.*s", STR_ARG(e->id)));
}

/* "Port: 8400" as an item under the service's name. */
static bool is_own_item(judge *j, passage *p) {
    passage_prepare(j, p);
    return p->flags & PASSAGE_IN_LIST && p->word_count < 6 && (word_is(p, 0, "port") || word_is(p, 0, "listens"));
}

void judge_port(judge *j, passage *p, const token *t, claim *c, const stance_view *s, uint32_t port, str host) {
    context near;
    context_make(j, p, t->text.lo, t->text.hi, &near);
    service_set set = {.n = 0};
    named_services(j, &near, p->kind == PASSAGE_CODE ? REGION_LABEL : REGION_HEADING, &set);
    keep_nearest(j, p, &near, t->text.lo, t->text.hi, &set);
    if (!set.n) name_by_row(j, p, &set);
    if (!set.n) name_by_file(j, p, &set);
    uint32_t on = host_of(j, p, t, &near, host);
    port_role role = role_of(j, p, t, &near, &set, on != MANIFEST_NONE);
    for (uint32_t i = 0; i < set.n; i++) {
        const manifest_entity *e = &j->m->entities[set.at[i]];
        if (e->port != port || (on != MANIFEST_NONE && e->host != on && has_on(j, &set, on))) continue;
        c->subject = e->id;
        claim_supported(j, c, &e->port_fact, judge_printf(j, "%u", e->port), STR("the service's port"));
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
        bool its_own = role == ROLE_OWN && set.n && set.direct && set.region <= REGION_SENTENCE;
        if (e && !its_own) {
            support_port(j, c, e);
            return;
        }
    }
    bool back = word_is(p, 0, "it") || word_is(p, 0, "this") || word_is(p, 0, "both");
    bool bound = role == ROLE_OWN && set.n &&
                 (set.region <= REGION_LABEL || (set.region == REGION_LEAD && set.direct && back) ||
                  (set.n == 1 && set.direct && is_own_item(j, p)));
    const manifest_entity *named = bound ? other_named(j, &near, &set, others, count) : NULL;
    if (named && !listed) {
        support_port(j, c, named);
        return;
    }
    bool weak = s->loose || s->denied || s->past;
    if (count && ((!bound && !listed) || s->loose)) {
        support_port(j, c, &j->m->entities[others[0]]);
        return;
    }
    bool number = is_declared_number(j, port, judge_printf(j, "%u", port));
    if (listed && !weak && !number) {
        const manifest_entity *h = &j->m->entities[on];
        c->subject = h->id;
        claim_contradicted(j, c, &h->runs.fact, STR("a closed list"),
                           judge_printf(j, "nothing that runs on %.*s listens on %u", STR_ARG(h->id), port));
        return;
    }
    if (!bound || weak || number) {
        claim_unverified(j, c, number ? STR("the number of another fact") : STR("no declared service has this port"));
        return;
    }
    const manifest_entity *e = &j->m->entities[set.at[0]];
    c->subject = e->id;
    str why = count ? judge_printf(j, "%u is not %u; it belongs to %.*s", port, e->port,
                                   STR_ARG(j->m->entities[others[0]].id))
                    : judge_printf(j, "%u is not %u", port, e->port);
    claim_contradicted(j, c, &e->port_fact, judge_printf(j, "%u", e->port), why);
}
