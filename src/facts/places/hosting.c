/* hosting.c - which host a service is on, and what a host runs.
 *
 * In: sentences that name a service and a host, or a host and software.
 *
 *     "my MCP server on the DGX Spark"      a service and a host joined by "on"
 *     "the VPS runs Caddy and Nginx"        a host, a verb of running, software
 *     "VPS: hosted in Romania, running …"   the participle, of the nearest host before it
 *
 * Rows of a service with a cell under "host" are hosting_cells.c's.
 *
 * What runs on a host is contradicted only where the host's list is closed and the thing is a program by name: one that
 * the manifest knows, or one that everybody knows (software[] below). A denial of what is not listed is supported.
 */
#include "facts/places/hosting.h"

/* ---- services on hosts ---- */

static bool is_machine(const judge *j, uint32_t entity) {
    return entity != MANIFEST_NONE &&
           (j->m->entities[entity].kind == ENTITY_HARDWARE || j->m->entities[entity].kind == ENTITY_HOST);
}

/* "a pod of the web front end", "a replica for the ledger", "a second transcriber": another thing. */
static bool is_of_another(const passage *p, uint32_t lo) {
    uint32_t i = standing_word_at(p, lo);
    if (i > 0 && word_in(p, i - 1, "second another third spare other extra further")) return true;
    while (i > 0 && standing_is_determiner(p, i - 1)) i--;
    return i > 0 && word_in(p, i - 1, "of for behind like");
}

/* `says_so`: a verb says that the service runs there, "the site runs on perch"; "the site on perch" may be anything. */
static void add_host_claim(judge *j, passage *p, uint32_t lo, uint32_t hi, uint32_t service, uint32_t host, str name,
                           bool says_so) {
    const manifest_entity *e = &j->m->entities[service];
    if (e->host == MANIFEST_NONE) return;
    stance_view s = stance_at(j, p, lo, hi);
    if (s.stance != STANCE_ASSERTED && s.stance != STANCE_HISTORICAL) return;
    claim *c = claim_add(j, p, lo, hi, CLAIM_SERVICE, &s);
    if (!c || c->verdict == VERDICT_NOT_ABOUT_US) return;
    c->subject = e->id;
    str says = j->m->entities[e->host].id;
    bool closed = j->m->entities[host].runs.world == WORLD_CLOSED;
    if (e->host == host)
        claim_supported(j, c, &e->host_fact, says, STR("the declared host"));
    else if (s.loose || s.denied || s.past || hosting_has_namesake(j, e, host, name) || (!closed && !says_so) ||
             is_of_another(p, lo) || standing_is_then(p, lo, hi) || standing_is_group_and_node(j, e->host, host))
        claim_unverified(j, c, STR("declared elsewhere; it may run here too"));
    else
        claim_contradicted(j, c, &e->host_fact, says,
                           judge_printf(j, "%.*s is on %.*s", STR_ARG(e->id), STR_ARG(says)));
}

/* "on the", "runs on our": 1 for a bare preposition, 2 for a verb of running; 0 for anything else. */
static int joins_host(str between) {
    static const char *const verbs[] = {"runs on",     "is on",        "listens on",     "lives on",      "sits on",
                                        "runs at",     "is hosted on", "is deployed on", "running on",    "hosted on",
                                        "deployed on", "listens at",   "resides on",     "is running on", "stays on"};
    static const char *const owners[] = {" the", " my", " our"};
    between = str_trim(between);
    for (size_t k = 0; k < COUNT_OF(owners); k++)
        if (str_ends(between, str_from_cstr(owners[k])))
            between = str_slice(between, 0, between.n - (ptrdiff_t)strlen(owners[k]));
    if (str_eq(between, STR("on"))) return 1;
    for (size_t k = 0; k < COUNT_OF(verbs); k++)
        if (str_eq(between, str_from_cstr(verbs[k]))) return 2;
    return 0;
}

/* "The MCP server does not run on the DGX Spark", where it is declared to: the claim runs from the one name to the
 * other.
 */
static void judge_denied_host(judge *j, passage *p, const alias_hit *name, const alias_hit *machine, uint32_t service,
                              uint32_t host) {
    static const char *const denials[] = {" does not ",  " doesn't ",      " is not ", " isn't ",
                                          " no longer ", " is no longer ", " never "};
    const manifest_entity *e = &j->m->entities[service];
    str between = surface_slice(p->on, name->where.hi, machine->where.lo);
    bool denied = false;
    for (size_t k = 0; k < COUNT_OF(denials); k++) denied = denied || str_starts(between, str_from_cstr(denials[k]));
    if (!denied || e->host != host || p->kind == PASSAGE_CODE) return;
    passage_prepare(j, p);
    if (denial_of_declared(p, machine->where.lo, machine->where.hi) != DENIES_IT) return;
    stance_view s = stance_at(j, p, name->where.lo, machine->where.hi);
    claim *c = claim_add(j, p, name->where.lo, machine->where.hi, CLAIM_SERVICE, &s);
    if (!c || c->verdict == VERDICT_NOT_ABOUT_US) return;
    c->subject = e->id;
    claim_contradicted(j, c, &e->host_fact, j->m->entities[host].id, STR("a denial of the declared host"));
}

/* "my MCP server on the DGX Spark" */
static void find_service_hosts(judge *j, passage *p) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi; h++) {
        uint32_t service = hit_entity(j, &p->on->hits[h], ENTITY_SERVICE);
        if (service == MANIFEST_NONE || p->on->hits[h].inside >= 0) continue;
        for (uint32_t k = h + 1; k < p->hit_hi && p->on->hits[k].where.lo < p->on->hits[h].where.hi + 28; k++) {
            uint32_t host = hit_entity(j, &p->on->hits[k], -1);
            if (!is_machine(j, host) || p->on->hits[k].where.lo < p->on->hits[h].where.hi) continue;
            int joined = joins_host(surface_slice(p->on, p->on->hits[h].where.hi, p->on->hits[k].where.lo));
            if (!joined) judge_denied_host(j, p, &p->on->hits[h], &p->on->hits[k], service, host);
            bool any = joined && stance_is_any(p, p->on->hits[h].where.lo);
            if (joined && !any)
                add_host_claim(j, p, p->on->hits[h].where.lo, p->on->hits[k].where.hi, service, host,
                               surface_slice(p->on, p->on->hits[h].where.lo, p->on->hits[h].where.hi), joined == 2);
            break;
        }
    }
}

/* ---- what a host runs ---- */

bool hosting_runs(const judge *j, const manifest_entity *host, uint64_t stem) {
    for (uint32_t i = 0; i < host->runs.n; i++) {
        const manifest_item *item = &host->runs.items[i];
        uint32_t at = 0, lo, hi;
        while (fact_word_next(item->name, &at, &lo, &hi))
            if (fact_stem(str_slice(item->name, (ptrdiff_t)lo, (ptrdiff_t)hi)) == stem) return true;
        if (item->entity == MANIFEST_NONE) continue;
        const manifest_entity *e = &j->m->entities[item->entity];
        for (uint32_t k = 0; k < e->aliases.n; k++)
            for (at = 0; fact_word_next(e->aliases.at[k].text, &at, &lo, &hi);)
                if (fact_stem(str_slice(e->aliases.at[k].text, (ptrdiff_t)lo, (ptrdiff_t)hi)) == stem) return true;
    }
    return false;
}

bool hosting_runs_entity(const judge *j, const manifest_entity *host, uint32_t entity) {
    for (uint32_t i = 0; i < host->runs.n; i++) {
        uint32_t item = host->runs.items[i].entity;
        if (item == entity) return true;
        if (item == MANIFEST_NONE) continue;
        const manifest_entity *e = &j->m->entities[item]; /* what a service on it runs, it runs too */
        for (uint32_t k = 0; k < e->runs.n; k++)
            if (e->runs.items[k].entity == entity) return true;
    }
    for (uint32_t s = 0; s < j->m->entity_count && s < 4096; s++) {
        const manifest_entity *e = &j->m->entities[s];
        if (e->kind != ENTITY_SERVICE || e->host == MANIFEST_NONE || &j->m->entities[e->host] != host) continue;
        if (s == entity) return true;
        for (uint32_t k = 0; k < e->runs.n; k++)
            if (e->runs.items[k].entity == entity) return true;
    }
    return false;
}

/* Does the manifest put the component nowhere: on no machine's list, under no service, in no command's place? Then a
 * closed list speaks of it as of a program that is not declared at all. */
static bool is_placed_nowhere(const judge *j, uint32_t component) {
    uint32_t count = 0;
    if (component == MANIFEST_NONE || j->m->entities[component].kind != ENTITY_COMPONENT) return false;
    fact_index_services(j->index, component, &count);
    if (count) return false;
    for (uint32_t i = 0; i < j->m->command_count && i < 512; i++)
        if (j->m->commands[i].owner == component && j->m->commands[i].host != MANIFEST_NONE) return false;
    for (uint32_t i = 0; i < j->m->entity_count && i < 4096; i++)
        for (uint32_t k = 0; k < j->m->entities[i].runs.n; k++)
            if (j->m->entities[i].runs.items[k].entity == component) return false;
    return true;
}

/* Is the word part of a name of the manifest? Then what the manifest says of that decides, where it says anything. */
static bool word_is_known(const judge *j, const passage *p, uint32_t i) {
    uint32_t first, end;
    passage_hit_window(p, p->words[i].lo, p->words[i].hi, &first, &end);
    for (uint32_t h = first; h < end; h++)
        if (p->on->hits[h].where.lo <= p->words[i].lo && p->on->hits[h].where.hi >= p->words[i].hi &&
            ((hit_entity(j, &p->on->hits[h], -1) != MANIFEST_NONE &&
              !is_placed_nowhere(j, hit_entity(j, &p->on->hits[h], -1))) ||
             hit_has(&p->on->hits[h], ALIAS_ABSENT) || hit_has(&p->on->hits[h], ALIAS_RUN)))
            return true;
    return false;
}

/* The host that the verb at word `verb` is said of: the nearest machine before it, else the running subject. */
static uint32_t subject_host(judge *j, passage *p, uint32_t verb, const context *near) {
    uint32_t found = MANIFEST_NONE, at = 0;
    for (uint32_t i = 0; i < near->mention_count; i++) {
        const mention *m = &near->mentions[i];
        if (!is_machine(j, m->entity)) continue;
        if (m->region <= REGION_SENTENCE && m->hit && m->hit->where.hi <= p->words[verb].lo &&
            (found == MANIFEST_NONE || m->hit->where.lo > at)) {
            found = m->entity;
            at = m->hit->where.lo;
        }
    }
    if (found != MANIFEST_NONE) return found;
    for (uint32_t i = verb; i > 0 && verb - i < 4; i--) /* "we run PgBouncer": where, it does not say */
        if (p->words[i - 1].cues & (CUE_FIRST | CUE_SECOND)) return MANIFEST_NONE;
    if (p->previous != PASSAGE_NONE) { /* "A reader's site lives on a VPS. The machine runs …" */
        passage_prepare(j, &j->passages[p->previous]);
        if (j->passages[p->previous].cues & CUE_OTHERS) return MANIFEST_NONE;
    }
    for (uint32_t i = 0; i < near->mention_count; i++)
        if (is_machine(j, near->mentions[i].entity) && near->mentions[i].region == REGION_LEAD)
            return antecedent_is_other(j, p, near->mentions[i].entity) ? MANIFEST_NONE : near->mentions[i].entity;
    return MANIFEST_NONE;
}

static bool is_run_verb(const passage *p, uint32_t i) {
    static const char verbs[] = "run runs hosts host running hosting";
    if (!(p->words[i].cues & CUE_RUN)) return false;
    return word_in(p, i, verbs);
}

/* Programs, by their first letter, that everybody knows and that run as something of their own: a closed list that
 * lacks one excludes it. What comes with a system (ssh, cron, a firewall) is not among them: few lists name that. */
static bool is_software(str name) {
    static const char *const software[26] = {
        ['a' - 'a'] = "apache airflow",
        ['c' - 'a'] = "cassandra clickhouse caddy chromadb consul celery crowdsec",
        ['d' - 'a'] = "docker drupal discourse",
        ['e' - 'a'] = "elasticsearch envoy etcd",
        ['f' - 'a'] = "forgejo fail2ban",
        ['g' - 'a'] = "grafana gitea gitlab ghost goatcounter",
        ['h' - 'a'] = "httpd haproxy",
        ['i' - 'a'] = "immich influxdb",
        ['j' - 'a'] = "jenkins jellyfin",
        ['k' - 'a'] = "kubernetes k3s k8s kafka keycloak",
        ['l' - 'a'] = "loki lighttpd litellm langfuse listmonk",
        ['m' - 'a'] = "mysql mariadb mongodb memcached minio mastodon milvus mqtt mosquitto matomo miniflux",
        ['n' - 'a'] = "nginx nomad nats nextcloud n8n",
        ['o' - 'a'] = "opensearch ollama openresty openwebui",
        ['p' - 'a'] = "postgresql postgres podman prometheus plausible portainer postfix",
        ['q' - 'a'] = "qdrant",
        ['r' - 'a'] = "redis rabbitmq",
        ['s' - 'a'] = "sglang strapi supabase sentry",
        ['t' - 'a'] = "traefik tomcat",
        ['u' - 'a'] = "umami",
        ['v' - 'a'] = "valkey varnish vllm vault vaultwarden",
        ['w' - 'a'] = "wordpress weaviate",
    };
    uint8_t first = name.n > 1 ? name.p[0] | 0x20 : 0;
    return first >= 'a' && first <= 'z' && software[first - 'a'] && str_is_among(name, software[first - 'a']);
}

/* Is the name at [lo, hi) the program itself, not something about it: "Nginx-compatible", "a Redis tutorial"? */
static bool is_program_itself(const passage *p, uint32_t i) {
    static const char about[] =
        "tutorial tutorials article articles notes guide config configs compatible configuration"
        " client clients alternative clone docs mirror image images replacement exporter"
        " documentation style like cli";
    uint32_t hi = p->words[i].hi, lo = p->words[i].lo;
    str text = p->on->text;
    if (hi < p->text.hi && (text.p[hi] == '-' || text.p[hi] == '/' || text.p[hi] == '_')) return false;
    if (hi + 1 < p->text.hi && text.p[hi] == ' ' && text.p[hi + 1] == '-') return false; /* nginx -t */
    if (lo > p->text.lo && (text.p[lo - 1] == '-' || text.p[lo - 1] == '/' || text.p[lo - 1] == '_')) return false;
    if (word_in(p, i + 1, about) && p->words[i + 1].lo == hi + 1) return false;
    return true;
}

bool hosting_is_program(const judge *j, const passage *p, uint32_t i) {
    return is_software(surface_slice(p->on, p->words[i].lo, p->words[i].hi)) && is_program_itself(p, i) &&
           !word_is_known(j, p, i);
}

/* "runs Astro for the pages, │ with Nginx as a reverse proxy": one more behind the list, and what for. */
static bool is_with(const passage *p, uint32_t i) {
    return i > 0 && word_in(p, i, "with plus") && i + 2 < p->word_count &&
           !standing_is_gap_free(p, p->words[i - 1].hi, p->words[i].lo, ",") &&
           (word_in(p, i + 2, "as for in behind") || word_in(p, i + 3, "as for in behind") ||
            word_in(p, i + 4, "as for in behind"));
}

static bool is_count_word(const passage *p, uint32_t i) {
    return byte_is_digit(p->on->text.p[p->words[i].lo]) ||
           word_in(p, i,
                   "only just exactly a the few small handful set of two three four five six seven eight things "
                   "services programs applications components processes containers daemons pieces parts");
}

/* Behind the name at word `i` its item ends: "Redis.", "Redis, …", "a Redis cache for …"; not "Redis is on …". */
static bool ends_item(const passage *p, uint32_t i) {
    uint32_t next = i + 1;
    while (next < p->word_count && next < i + 3 && p->words[next].lo == p->words[next - 1].hi + 1 &&
           !(p->words[next].cues & (CUE_STOP | CUE_HAVE | CUE_WAS | CUE_RUN)) && !existence_is_deed(p, next))
        next++; /* "database", "analytics instance" */
    return next >= p->word_count || p->words[next].lo > p->words[next - 1].hi + 1 ||
           word_in(p, next, "and or as for to with behind in on which that");
}

/* "runs Caddy as a reverse proxy, Astro, and │ a PostgreSQL database": does an item of the verb's list begin at the
 * name, whatever the items before it are for? */
static bool begins_item(const passage *p, uint32_t verb, uint32_t name) {
    uint32_t i = name;
    while (i > verb + 1 &&
           (word_in(p, i - 1, "a an the our my one also") || (i == name && i > verb + 2 && word_in(p, i - 2, "a an"))))
        i--;
    bool comma = i > verb + 1 && !standing_is_gap_free(p, p->words[i - 1].hi, p->words[i].lo, ",");
    if (i > verb + 2 && word_in(p, i - 1, "and plus")) comma = true;
    if (!comma || !ends_item(p, name)) return false;
    bool purpose = false; /* "PostgreSQL for page analytics and": nouns, which may look like verbs */
    for (uint32_t k = verb + 1; k < i; k++) {
        purpose = word_in(p, k, "for as") ||
                  (purpose && !word_in(p, k, "and plus with") && p->words[k].lo == p->words[k - 1].hi + 1);
        if (p->words[k].cues & (CUE_BREAK | CUE_NEGATION | CUE_COMPARE | CUE_FIRST | CUE_WAS | CUE_RUN | CUE_IF) ||
            word_in(p, k, "is are has have it they like unlike instead that than") ||
            (!purpose && existence_is_deed(p, k)))
            return false;
    }
    return standing_is_gap_free(p, p->words[verb].hi, p->words[name].lo, ";()");
}

/* Does only a list of things that run part the verb from `lo`: "runs Caddy, Astro and", "runs a single"? */
static bool is_object(const passage *p, uint32_t verb, uint32_t lo) {
    static const char stops[] = "on through as like behind under without for to via from in about against than that it"
                                " they instead after before over against into until once unlike using every whatever is"
                                " are";
    if (lo - p->words[verb].hi > 90) return false;
    uint32_t name = standing_word_at(p, lo);
    if (name >= p->word_count) return false;
    if (begins_item(p, verb, name)) return true;
    if (name > verb + 1 && word_in(p, name - 1, "behind") && ends_item(p, name)) /* "hosts Astro behind Nginx" */
        lo = p->words[name - 1].lo;
    for (uint32_t i = verb + 1; i < p->word_count && p->words[i].lo < lo; i++)
        if (lo - p->words[i].lo < 12 && is_with(p, i)) verb = i;
    for (uint32_t i = verb + 1; i < p->word_count && p->words[i].lo < lo; i++) {
        if (p->words[i].cues & (CUE_BREAK | CUE_NEGATION | CUE_COMPARE | CUE_OTHERS) || word_in(p, i, "others"))
            return false;
        if (word_in(p, i, stops)) return false;
    }
    for (uint32_t k = p->words[verb].hi; k < lo; k++) {
        bool inner = p->on->text.p[k] == '.' && byte_is_digit(p->on->text.p[k + 1]); /* "bazel-remote 2.5.0 and" */
        if (p->on->text.p[k] == ';' || p->on->text.p[k] == '(' || (p->on->text.p[k] == '.' && !inner)) return false;
    }
    return true;
}

bool hosting_is_judged(const judge *j, const passage *p, uint32_t lo) {
    span where = surface_source(j, p->on, lo, lo + 1);
    for (size_t i = j->claims->n; i > 0 && j->claims->n - i < 32; i--)
        if (j->claims->at[i - 1].kind == CLAIM_SERVICE && j->claims->at[i - 1].where.lo == where.lo) return true;
    return false;
}

void hosting_contradict_run(judge *j, passage *p, const manifest_entity *host, uint32_t lo, uint32_t hi, str name) {
    stance_view s = stance_at(j, p, lo, hi);
    if (s.stance != STANCE_ASSERTED || s.loose || s.denied || s.past || s.others) return;
    claim *c = claim_add(j, p, lo, hi, CLAIM_SERVICE, &s);
    if (!c) return;
    c->subject = host->id;
    claim_contradicted(
        j, c, &host->runs.fact, STR("a closed list"),
        judge_printf(j, "what runs on %.*s is a closed list without %.*s", STR_ARG(host->id), STR_ARG(name)));
}

/* "A VPS running Nginx needs certbot": some host, not ours. */
static bool is_any_host(judge *j, passage *p, uint32_t verb, uint32_t host) {
    uint32_t at = UINT32_MAX;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && p->on->hits[h].where.hi <= p->words[verb].lo; h++)
        if (hit_entity(j, &p->on->hits[h], -1) == host && p->on->hits[h].inside < 0) at = p->on->hits[h].where.lo;
    return at != UINT32_MAX && host_is_any(j, p, host);
}

/* "runs only three things: Caddy, …": where the colon behind the verb stands, if nothing but a count is before it. */
static uint32_t counts_things(const passage *p, uint32_t verb) {
    for (uint32_t i = verb + 1; i < p->word_count && i < verb + 7; i++) {
        if (p->words[i].hi < p->text.hi && p->on->text.p[p->words[i].hi] == ':') return p->words[i].hi;
        if (!is_count_word(p, i)) return UINT32_MAX;
    }
    return UINT32_MAX;
}

/* "The VPS runs", "the NAS also hosts": does the machine's name stand right before the verb? */
static bool follows_machine(const judge *j, const passage *p, uint32_t verb, uint32_t machine) {
    uint32_t i = verb;
    if (p->kind != PASSAGE_SENTENCE || !word_in(p, verb, "run runs host hosts")) return false;
    while (i > 0 && word_in(p, i - 1, "also now still only just itself does do not doesn't don't never")) i--;
    uint32_t first, last;
    passage_hit_window(p, p->words[verb].lo, p->words[verb].lo, &first, &last);
    for (uint32_t h = first; h < last && i > 0; h++)
        if (p->on->hits[h].inside < 0 && p->on->hits[h].where.hi == p->words[i - 1].hi &&
            hit_entity(j, &p->on->hits[h], -1) == machine)
            return standing_is_gap_free(p, p->words[i - 1].hi, p->words[verb].lo, ",;:()");
    return false;
}

/* What an open list lacks may run there. */
static void judge_unlisted(judge *j, passage *p, uint32_t lo, uint32_t hi, const manifest_entity *host) {
    stance_view s = stance_at(j, p, lo, hi);
    if (s.stance != STANCE_ASSERTED || s.denied || s.past || s.others || hosting_is_judged(j, p, lo)) return;
    claim *c = claim_add(j, p, lo, hi, CLAIM_SERVICE, &s);
    if (!c) return;
    c->subject = host->id;
    claim_unverified(j, c, judge_printf(j, "not on the list of %.*s, which is open", STR_ARG(host->id)));
}

static void judge_run(judge *j, passage *p, uint32_t verb) {
    context near;
    context_make(j, p, p->words[verb].lo, p->words[verb].hi, &near);
    uint32_t id = subject_host(j, p, verb, &near);
    if (id == MANIFEST_NONE) {
        hosting_judge_noun_on(j, p, verb);
        return;
    }
    const manifest_entity *host = &j->m->entities[id];
    if (!host->runs.fact.id.p) return;
    bool closed = host->runs.world == WORLD_CLOSED, plain = follows_machine(j, p, verb, id);
    if (!closed && !plain) return;
    uint32_t end = p->words[verb].hi, counted = counts_things(p, verb);
    while (end < p->text.hi && p->on->text.p[end] != ';' && (p->on->text.p[end] != ':' || end == counted) &&
           end - p->words[verb].hi < 160)
        end++;
    bool denied = false;
    for (uint32_t i = verb > 4 ? verb - 4 : 0; i < p->word_count && i <= verb + 2; i++) {
        if (word_in(p, i, "nothing") && word_in(p, i + 1, "but except")) return; /* "hosts nothing but X, Y and Z" */
        denied = denied || (p->words[i].cues & CUE_NEGATION && !(i > verb && word_is(p, i, "without")));
    }
    if (denied) {
        if (!word_is(p, verb, "running") && !word_is(p, verb, "hosting")) judge_denied_run(j, p, verb, id, end);
        return;
    }
    if (is_any_host(j, p, verb, id)) return;
    if (verb > 0 && word_in(p, verb - 1, "could would might can may should to")) return; /* "could run X, Y and Z" */
    for (uint32_t h = p->hit_lo; h < p->hit_hi; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.lo < p->words[verb].hi || hit->where.hi > end || hit->inside >= 0) continue;
        uint32_t entity = hit_entity(j, hit, ENTITY_COMPONENT);
        if (entity == MANIFEST_NONE) entity = hit_entity(j, hit, ENTITY_SERVICE);
        standing_subject t = {.lo = hit->where.lo, .hi = hit->where.hi};
        if (plain && standing_is_thing(j, hit) && is_object(p, verb, hit->where.lo) &&
            standing_add(j, p->on, hit, id, &t) && t.here)
            continue; /* naming what runs is no specific */
        if (entity == MANIFEST_NONE || hosting_runs_entity(j, host, entity)) continue;
        uint32_t elsewhere; /* an operating system or a library stands in no list of services */
        fact_index_services(j->index, entity, &elsewhere);
        if (!elsewhere && !is_software(surface_slice(p->on, hit->where.lo, hit->where.hi))) continue;
        if (!is_object(p, verb, hit->where.lo) || hosting_is_judged(j, p, hit->where.lo)) continue;
        if (closed)
            hosting_contradict_run(j, p, host, hit->where.lo, hit->where.hi, j->m->entities[entity].id);
        else
            judge_unlisted(j, p, hit->where.lo, hit->where.hi, host);
    }
    for (uint32_t i = verb + 1; i < p->word_count && p->words[i].hi <= end; i++) {
        str name = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
        if (!hosting_is_program(j, p, i) || hosting_runs(j, host, p->words[i].stem) ||
            !is_object(p, verb, p->words[i].lo) || hosting_is_judged(j, p, p->words[i].lo))
            continue;
        if (closed)
            hosting_contradict_run(j, p, host, p->words[i].lo, p->words[i].hi, name);
        else
            judge_unlisted(j, p, p->words[i].lo, p->words[i].hi, host);
    }
    if (closed && plain) hosting_judge_noun(j, p, verb, host);
    if (closed && p->kind == PASSAGE_SENTENCE) hosting_judge_noun_there(j, p, verb, host);
}

/* ---- a table of hosts and what they run ---- */

/* Under "runs", "services", "software": 1; under "never runs", "does not run": -1; else 0. */
static int runs_column(judge *j, passage *column) {
    static const char heads[] = "runs services software running hosts programs containers workload workloads";
    passage_prepare(j, column);
    if (column->word_count > 4) return 0;
    for (uint32_t i = 0; i < column->word_count; i++)
        if (word_in(column, i, heads)) return column->cues & CUE_NEGATION ? -1 : 1;
    return 0;
}

static void judge_run_name(judge *j, passage *p, const manifest_entity *host, uint32_t lo, uint32_t hi, str name,
                           bool runs, int column) {
    stance_view s = stance_at(j, p, lo, hi);
    s.denied = false; /* the column's own denial is what is judged here */
    s.stance = column < 0 ? STANCE_NEGATED : s.stance;
    if ((s.stance != STANCE_ASSERTED && s.stance != STANCE_NEGATED) || s.loose || s.past || s.others) return;
    if (!runs && column > 0 && host->runs.world != WORLD_CLOSED) return;
    if (runs && column < 0) return; /* named in part only, perhaps */
    claim *c = claim_add(j, p, lo, hi, CLAIM_SERVICE, &s);
    if (!c) return;
    c->subject = host->id;
    if (runs)
        claim_supported(j, c, &host->runs.fact, name, STR("on the list of what it runs"));
    else if (column < 0 && host->runs.world == WORLD_CLOSED)
        claim_supported(j, c, &host->runs.fact, STR("a closed list"),
                        STR("a truthful denial: the closed list does not hold it"));
    else if (column > 0)
        claim_contradicted(
            j, c, &host->runs.fact, STR("a closed list"),
            judge_printf(j, "what runs on %.*s is a closed list without %.*s", STR_ARG(host->id), STR_ARG(name)));
}

/* The row "| Services | Caddy, Redis |" below a column that is a machine's: the two change places. */
static void judge_runs_cell(judge *j, passage *p) {
    if (p->label == PASSAGE_NONE || p->column == PASSAGE_NONE || p->flags & PASSAGE_HEADER_CELL) return;
    int column = runs_column(j, &j->passages[p->column]);
    const passage *label = &j->passages[p->label];
    if (!column) {
        column = runs_column(j, &j->passages[p->label]);
        label = &j->passages[p->column];
    }
    if (!column) return;
    uint32_t id = MANIFEST_NONE;
    for (uint32_t h = label->hit_lo; h < label->hit_hi && id == MANIFEST_NONE; h++)
        if (is_machine(j, hit_entity(j, &label->on->hits[h], -1))) id = hit_entity(j, &label->on->hits[h], -1);
    if (id == MANIFEST_NONE || !j->m->entities[id].runs.fact.id.p) return;
    const manifest_entity *host = &j->m->entities[id];
    passage_prepare(j, p);
    for (uint32_t h = p->hit_lo; h < p->hit_hi; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t entity = hit_entity(j, hit, ENTITY_COMPONENT);
        if (entity == MANIFEST_NONE) entity = hit_entity(j, hit, ENTITY_SERVICE);
        if (entity == MANIFEST_NONE || hit->inside >= 0) continue;
        bool runs = hosting_runs_entity(j, host, entity);
        uint32_t elsewhere;
        fact_index_services(j->index, entity, &elsewhere);
        if (!runs && !elsewhere) continue;
        judge_run_name(j, p, host, hit->where.lo, hit->where.hi, j->m->entities[entity].id, runs, column);
    }
    for (uint32_t i = 0; i < p->word_count && i < 200; i++) {
        str name = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
        if (!hosting_is_program(j, p, i) || hosting_runs(j, host, p->words[i].stem)) continue;
        judge_run_name(j, p, host, p->words[i].lo, p->words[i].hi, name, false, column);
    }
}

void judge_hosting(judge *j, passage *p) {
    find_service_hosts(j, p);
    judge_standings(j, p);
    judge_denied_standings(j, p);
    judge_programs_there(j, p);
    judge_programs_listed(j, p);
    if (p->kind == PASSAGE_CELL) {
        judge_host_cell(j, p);
        judge_runs_cell(j, p);
    }
    if (p->kind == PASSAGE_CELL || !(p->cues & CUE_RUN)) return;
    for (uint32_t w = 0; w < p->word_count; w++)
        if (is_run_verb(p, w)) judge_run(j, p, w);
}
