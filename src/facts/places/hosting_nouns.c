/* hosting_nouns.c - what a machine is said to run where no program is named: "a mail server", "any AI models".
 *
 *     runs no SSH daemon, no Astro site       a word of it is on the list: no truthful denial
 *     runs no reverse proxy, no VPN           what something on the list may well do: unverified
 *     runs no models, no mail server          a kind of program of which the list has none: a truthful denial
 *     runs AI models, hosts my wiki           the same as an assertion: contradicted where nothing is left to doubt
 *
 * In: a phrase behind or before a verb of running, and the machine. A kind of program is known by its nouns, and by the
 * programs that do its work; where one of these, or such a word, is among what the machine runs, the list holds it.
 */
#include "facts/places/hosting.h"

typedef struct kind {
    const char *nouns, *players; /* a player's name, in small letters */
} kind;

static const kind kinds[] = {
    {"model models llm llms inference ai", "ollama vllm sglang llama llamacpp litellm tensorrt tgi localai lmstudio "
                                           "openwebui whisper comfyui triton transformers mlx exllama koboldcpp"},
    {"database databases db sql dbms",
     "postgresql postgres mysql mariadb redis valkey mongodb cassandra clickhouse sqlite influxdb elasticsearch "
     "opensearch qdrant milvus weaviate chromadb etcd supabase duckdb couchdb cockroachdb neo4j timescaledb victoria"},
    {"mail mailserver email smtp imap mta", "postfix dovecot exim mailcow maddy stalwart sendmail opensmtpd rspamd "
                                            "listmonk mailu mailpit msmtp"},
    {"wiki wikis", "mediawiki dokuwiki wikijs bookstack outline xwiki gollum tiddlywiki gitea forgejo gitlab"},
    {"container containers", "docker podman containerd kubernetes k3s k8s nomad lxc portainer incus compose"},
};

/* Programs whose work is known: a list of these alone leaves no doubt about what else it may hold. */
static const char known[] =
    "astro hugo zola jekyll eleventy caddy nginx apache httpd haproxy traefik varnish envoy lighttpd wireguard wg ssh "
    "sshd openssh fail2ban crowdsec certbot cron rsync restic borg unbound bind dnsmasq tailscale headscale prometheus "
    "grafana loki node-exporter plausible umami goatcounter matomo";

/* "server", "instance": the word before it says which. */
static const char carriers[] = "server servers instance instances daemon daemons service services engine engines "
                               "process processes host backend stack software system systems endpoint endpoints";

static const char trailers[] = "itself anymore yet today now there here locally whatsoever either directly again";

/* The kind that the last word of [first, head] tells, or the word before a carrier; -1: none that is known. */
static int kind_of(const passage *p, uint32_t first, uint32_t head) {
    uint32_t i = head;
    while (i > first && word_in(p, i, carriers)) i--;
    for (size_t k = 0; k < COUNT_OF(kinds); k++)
        if (word_in(p, i, kinds[k].nouns)) return (int)k;
    return -1;
}

/* ---- what the machine runs ---- */

enum { ASK_STEM, ASK_KIND, ASK_UNKNOWN };

typedef struct question {
    int ask, kind;
    uint64_t stem;
} question;

static bool answers(str name, const question *q) {
    uint32_t at = 0, lo, hi;
    bool is_known = false;
    while (fact_word_next(name, &at, &lo, &hi)) {
        str w = str_slice(name, (ptrdiff_t)lo, (ptrdiff_t)hi);
        if (q->ask == ASK_STEM && fact_stem(w) == q->stem) return true;
        if (q->ask == ASK_KIND && (str_is_among(w, kinds[q->kind].nouns) || str_is_among(w, kinds[q->kind].players)))
            return true;
        is_known = is_known || str_is_among(w, known);
    }
    return q->ask == ASK_UNKNOWN && !is_known;
}

static bool entity_answers(const judge *j, uint32_t entity, const question *q, bool below) {
    if (entity == MANIFEST_NONE) return false;
    const manifest_entity *e = &j->m->entities[entity];
    question own = *q;
    if (q->ask == ASK_UNKNOWN) { /* one known name among its names is enough */
        bool is_known = !answers(e->id, q);
        for (uint32_t k = 0; k < e->aliases.n && !is_known; k++) is_known = !answers(e->aliases.at[k].text, q);
        if (!is_known) return true;
        own.ask = -1;
    }
    if (answers(e->id, &own)) return true;
    for (uint32_t k = 0; k < e->aliases.n; k++)
        if (answers(e->aliases.at[k].text, &own)) return true;
    for (uint32_t k = 0; below && k < e->runs.n; k++)
        if (answers(e->runs.items[k].name, q) || entity_answers(j, e->runs.items[k].entity, q, false)) return true;
    return false;
}

/* Has something on the machine, of its list or a service that is declared there, such a name? */
static bool any_answers(const judge *j, const manifest_entity *host, const question *q) {
    for (uint32_t i = 0; i < host->runs.n; i++) {
        const manifest_item *item = &host->runs.items[i];
        bool by_name = answers(item->name, q);
        if (q->ask != ASK_UNKNOWN
                ? by_name || entity_answers(j, item->entity, q, true)
                : by_name && (item->entity == MANIFEST_NONE || entity_answers(j, item->entity, q, true)))
            return true;
    }
    for (uint32_t s = 0; s < j->m->entity_count && s < 4096 && q->ask != ASK_UNKNOWN; s++) {
        const manifest_entity *e = &j->m->entities[s];
        if (e->kind == ENTITY_SERVICE && e->host != MANIFEST_NONE && &j->m->entities[e->host] == host &&
            entity_answers(j, s, q, true))
            return true;
    }
    return false;
}

static bool is_listed(const judge *j, const passage *p, const manifest_entity *host, uint32_t first, uint32_t head) {
    for (uint32_t i = first; i <= head; i++) {
        question q = {.ask = ASK_STEM, .stem = p->words[i].stem};
        if (word_in(p, i, carriers) && (first < head || i > first)) continue;
        if (any_answers(j, host, &q)) return true;
    }
    return false;
}

/* "Redis", "a Foobar instance": a name, no role that an acronym tells ("VPN", "TLS"). */
static bool is_name(const judge *j, const passage *p, uint32_t i) {
    const uint8_t *w = p->on->text.p + p->words[i].lo;
    uint32_t n = p->words[i].hi - p->words[i].lo;
    if (hosting_is_program(j, p, i)) return true;
    if (n < 3 || w[0] < 'A' || w[0] > 'Z') return false;
    for (uint32_t k = 1; k < n; k++)
        if (w[k] >= 'a' && w[k] <= 'z') return true;
    return false;
}

enum hosting_noun hosting_noun(const judge *j, const passage *p, const manifest_entity *host, uint32_t first,
                               uint32_t head) {
    if (is_listed(j, p, host, first, head)) return NOUN_LISTED;
    int k = kind_of(p, first, head);
    if (k >= 0) {
        question q = {.ask = ASK_KIND, .kind = k};
        return any_answers(j, host, &q) ? NOUN_LISTED : NOUN_LACKED;
    }
    uint32_t i = head;
    while (i > first && word_in(p, i, carriers)) i--;
    return i == first && is_name(j, p, i) ? NOUN_LACKED : NOUN_OPEN;
}

bool hosting_noun_phrase(const passage *p, uint32_t from, uint32_t end, uint32_t *first, uint32_t *head) {
    uint32_t i = from;
    while (i < p->word_count && i < from + 5 && p->words[i].lo <= end && p->words[i].cues & (CUE_STOP | CUE_NEGATION))
        i++;
    if (i >= p->word_count || i >= from + 5 || p->words[i].lo > end) return false;
    *first = *head = i;
    while (i + 1 < p->word_count && i < *first + 4 && p->words[i + 1].lo == p->words[i].hi + 1 &&
           !(p->words[i + 1].cues & CUE_STOP) && !word_in(p, i + 1, trailers))
        *head = ++i;
    return true;
}

/* ---- assertions ---- */

/* "AI models", "a small language model", "a mail server": nothing but what says its kind and its size? */
static bool is_plain_phrase(const passage *p, uint32_t verb, uint32_t first, uint32_t head) {
    for (uint32_t i = verb + 1; i <= head; i++)
        if (!word_in(p, i, carriers) && kind_of(p, i, i) < 0 &&
            !word_in(
                p, i,
                i < first
                    ? "a an the our my one own"
                    : "small big large little tiny own local language embedding vector relational private several two"))
            return false;
    return true;
}

/* Behind the phrase the clause ends: "runs a database." and "…, because", not "runs a database backup". */
static bool ends_clause(const passage *p, uint32_t head) {
    uint32_t i = head + 1;
    while (word_in(p, i, trailers)) i++;
    return i >= p->word_count || !standing_is_gap_free(p, p->words[i - 1].hi, p->words[i].lo, ",;.") ||
           word_in(p, i, "because since so which and");
}

static void add_assertion(judge *j, passage *p, const manifest_entity *host, uint32_t first, uint32_t head,
                          bool plain) {
    stance_view s = stance_at(j, p, p->words[first].lo, p->words[head].hi);
    question unknown = {.ask = ASK_UNKNOWN};
    if (s.stance != STANCE_ASSERTED || s.loose || s.denied || s.past || s.others) return;
    if (hosting_is_judged(j, p, p->words[first].lo)) return;
    claim *c = claim_add(j, p, p->words[first].lo, p->words[head].hi, CLAIM_SERVICE, &s);
    if (!c || c->verdict == VERDICT_NOT_ABOUT_US) return;
    c->subject = host->id;
    if (plain && !any_answers(j, host, &unknown))
        claim_contradicted(j, c, &host->runs.fact, STR("a closed list"),
                           judge_printf(j, "what runs on %.*s is a closed list without one", STR_ARG(host->id)));
    else
        claim_unverified(j, c, judge_printf(j, "not on the closed list of %.*s", STR_ARG(host->id)));
}

void hosting_judge_noun(judge *j, passage *p, uint32_t verb, const manifest_entity *host) {
    uint32_t first, head;
    if (!hosting_noun_phrase(p, verb + 1, p->words[verb].hi + 60, &first, &head) || first > verb + 3) return;
    for (uint32_t i = verb + 1; i < first; i++)
        if (!word_in(p, i, "a an the our my one own also two some")) return;
    while (head > first && kind_of(p, first, head) < 0) head--; /* "a wiki today" */
    if (kind_of(p, first, head) < 0 || hosting_noun(j, p, host, first, head) != NOUN_LACKED) return;
    bool ends = ends_clause(p, head);
    if (!ends && head + 1 < p->word_count && p->words[head + 1].lo == p->words[head].hi + 1 &&
        !(p->words[head + 1].cues & CUE_STOP))
        return; /* "a database backup" */
    add_assertion(j, p, host, first, head, ends && is_plain_phrase(p, verb, first, head));
}

/* "On larch, a mail server runs next to HAProxy", "a wiki runs on larch": the kind as the subject. */
void hosting_judge_noun_there(judge *j, passage *p, uint32_t verb, const manifest_entity *host) {
    uint32_t first = verb;
    if (verb == 0 || !word_in(p, verb, "runs run")) return;
    while (first > 0 && first + 5 > verb && p->words[first].lo == p->words[first - 1].hi + 1 &&
           !(p->words[first - 1].cues & (CUE_STOP | CUE_NEGATION)))
        first--;
    bool begins = first > 0 ? word_in(p, first - 1, "a an our my one") : true;
    if (first == verb || !begins || kind_of(p, first, verb - 1) < 0) return;
    if (hosting_noun(j, p, host, first, verb - 1) == NOUN_LACKED) add_assertion(j, p, host, first, verb - 1, false);
}

void hosting_judge_noun_on(judge *j, passage *p, uint32_t verb) {
    uint32_t name = verb + 2 + word_in(p, verb + 2, "the our my");
    if (p->kind != PASSAGE_SENTENCE || !word_in(p, verb + 1, "on") || name >= p->word_count) return;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && p->on->hits[h].where.lo <= p->words[name].lo; h++) {
        uint32_t e = p->on->hits[h].where.lo == p->words[name].lo ? hit_entity(j, &p->on->hits[h], -1) : MANIFEST_NONE;
        if (standing_is_machine(j, e) && j->m->entities[e].runs.world == WORLD_CLOSED &&
            j->m->entities[e].runs.fact.id.p && !host_is_any(j, p, e))
            hosting_judge_noun_there(j, p, verb, &j->m->entities[e]);
    }
}
