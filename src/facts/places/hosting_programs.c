/* hosting_programs.c - programs that a sentence puts on a machine without "the machine runs it", and its closed list
 * lacks.
 *
 *     Redis runs on the VPS; Mastodon shares the VPS with it     the program as the subject of a verb of standing
 *     a MinIO bucket on the same VPS keeps the pictures          an instance of it, and the machine right behind
 *     Plausible counts visits on the same VPS                    "the same": where the others are
 *     the VPS uses Nginx as a proxy                              the machine as the user
 *     on that VPS there's Astro, nginx as …, and Redis           the machine in front, and a list
 *     on the VPS, Nginx terminates TLS; our VPS, where Redis caches   what it does, and the machine in front
 *     The site lives on a VPS. There Redis caches …               the same, of the sentence before
 *     on the VPS, where the site lives next to a MariaDB server   beside what is there
 *     VPS: a small instance in X with Caddy, Astro and PostgreSQL in a row with what is declared to run there
 *     the blog is served by nginx                      a service, and the machine on which it is declared to be
 *     ## What runs on the VPS … next to them sits PostgreSQL     below a heading that asks it
 *
 * In: a prepared sentence. Out: contradictions only: what a list holds is judged elsewhere (standing.c, hosting.c). A
 * program is one that everybody knows by name (hosting.c); what the manifest knows, it says itself where that is. What
 * a program works on may be on the machine without it: "Prometheus scrapes the exporter on the VPS" says nothing.
 */
#include "facts/places/hosting.h"

enum { ITEM_REACH = 160, PHRASE_REACH = 8, ITEMS_READ = 8 };

/* A machine with a closed list whose name begins at byte `lo`; NULL for any other. `*hi`: where the name ends. */
static const manifest_entity *closed_host_at(const judge *j, const passage *p, uint32_t lo, uint32_t *hi) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && p->on->hits[h].where.lo <= lo; h++) {
        uint32_t e = p->on->hits[h].where.lo == lo ? hit_entity(j, &p->on->hits[h], -1) : MANIFEST_NONE;
        if (!standing_is_machine(j, e) || j->m->entities[e].runs.world != WORLD_CLOSED) continue;
        *hi = p->on->hits[h].where.hi;
        return j->m->entities[e].runs.fact.id.p ? &j->m->entities[e] : NULL;
    }
    return NULL;
}

/* "on the VPS", "on that same VPS": the machine behind the preposition at word `i`. */
static const manifest_entity *on_host(const judge *j, const passage *p, uint32_t i, bool *same, uint32_t *hi) {
    *same = false;
    if (!word_in(p, i, "on") || i + 1 >= p->word_count) return NULL;
    if (!word_in(p, i + 1, "the our my that this"))
        return closed_host_at(j, p, p->words[i + 1].lo, hi); /* "on roost" */
    *same = word_in(p, i + 2, "same");
    uint32_t name = i + 2 + *same;
    return name < p->word_count ? closed_host_at(j, p, p->words[name].lo, hi) : NULL;
}

/* Names of programs that are words of English, too: only with a capital letter that the sentence does not give it. */
bool hosting_is_name(const passage *p, uint32_t i) {
    bool capital = i > 0 && !(p->on->text.p[p->words[i].lo] & 0x20);
    for (uint32_t k = 1; i == 0 && k < p->word_count && !capital; k++) capital = word_in(p, k, "same");
    return capital || !word_in(p, i, "plausible ghost vault consul nomad loki sentry envoy celery airflow apache nats");
}

/* "instance", "bucket": a noun behind the name that is the program itself. */
static bool is_instance(const passage *p, uint32_t i) {
    return word_in(p, i,
                   "instance server service daemon container process database bucket relay cache queue node install "
                   "installation site proxy");
}

/* The word behind the program's phrase, "Redis", "Redis instance", "PostgreSQL 16 database". */
static uint32_t phrase_end(const passage *p, uint32_t i) {
    if (i + 1 < p->word_count && byte_is_digit(p->on->text.p[p->words[i + 1].lo]) &&
        p->words[i + 1].lo == p->words[i].hi + 1)
        i++;
    return is_instance(p, i + 1) && p->words[i + 1].lo == p->words[i].hi + 1 ? i + 2 : i + 1;
}

/* Does the program's phrase begin its clause: "Redis …", "A Redis instance …", "…, and Redis"? */
static bool begins_clause(const passage *p, uint32_t i) {
    while (i > 0 && word_in(p, i - 1, "a an the our my one")) i--;
    if (i == 0) return true;
    bool cut = !standing_is_gap_free(p, p->words[i - 1].hi, p->words[i].lo, ",;:");
    return (cut && !word_in(p, i - 1, "if unlike without")) || word_in(p, i - 1, "while") ||
           (word_in(p, i - 1, "and") && i > 1 && !standing_is_gap_free(p, p->words[i - 2].hi, p->words[i - 1].lo, ","));
}

/* The first word of "Prometheus and Grafana", the names that a row of names up to word `i` begins with; `*end`: the
 * word behind it. */
static uint32_t row_of_names(const passage *p, uint32_t i, uint32_t *end) {
    uint32_t first = i;
    for (bool on = true; on && first > 0;) { /* "Uptime Kuma and Grafana" */
        uint32_t before = first - 1 - (first > 1 && word_in(p, first - 1, "and"));
        on = !(p->on->text.p[p->words[before].lo] & 0x20) && !(p->words[before].cues & CUE_STOP) &&
             standing_is_gap_free(p, p->words[before].hi, p->words[first].lo, ",;:().");
        if (on) first = before;
    }
    while (word_in(p, *end, "and") && *end + 1 < p->word_count && !(p->on->text.p[p->words[*end + 1].lo] & 0x20))
        *end = phrase_end(p, *end + 1);
    return first;
}

/* Is the program the subject of something that happens on the machine? */
static const manifest_entity *by_subject(const judge *j, const passage *p, uint32_t i) {
    uint32_t end = phrase_end(p, i), hi = 0;
    i = row_of_names(p, i, &end);
    bool same;
    const manifest_entity *host;
    if (!begins_clause(p, i)) return NULL;
    if ((host = on_host(j, p, end, &same, &hi))) { /* "a MinIO bucket on the same VPS keeps" */
        uint32_t next = standing_word_at(p, hi);
        return next < p->word_count && p->words[next].lo == hi + 1 && !word_in(p, next, "or and is") ? host : NULL;
    }
    if (end + 1 < p->word_count &&
        word_in(p, end, "running hosted installed which")) { /* "Umami, which runs on the VPS" */
        uint32_t k = end + 1 + word_in(p, end, "which");
        bool runs = !word_in(p, end, "which") || word_in(p, end + 1, "runs lives sits");
        return runs && k < p->word_count ? on_host(j, p, k, &same, &hi) : NULL;
    }
    if (word_in(p, end, "shares share") && word_in(p, end + 1, "the our my that this") && end + 2 < p->word_count)
        return closed_host_at(j, p, p->words[end + 2].lo, &hi);
    for (uint32_t k = end; k < p->word_count && k < end + PHRASE_REACH; k++) {
        if (!standing_is_gap_free(p, p->words[end].lo, p->words[k].lo, ",;:()")) return NULL;
        if (p->words[k].cues & (CUE_BREAK | CUE_NEGATION | CUE_MODAL | CUE_COMPARE)) return NULL;
        if (word_in(p, end, "serves delivers") && word_in(p, k, "from") && k + 2 < p->word_count &&
            word_in(p, k + 1, "the our my") && (host = closed_host_at(j, p, p->words[k + 2].lo, &hi)))
            return host;
        if (!(host = on_host(j, p, k, &same, &hi))) continue;
        bool stands = standing_verb(p, end) && standing_leads_to(p, end, k);
        return stands || (same && !word_in(p, end, "is are was were")) ? host : NULL;
    }
    return NULL;
}

/* "We run Nginx on the VPS", "comments are stored in PostgreSQL on the VPS", "handled by a Plausible instance on the
 * VPS": an instance right before the machine, which somebody of ours runs or something is done by. */
static const manifest_entity *by_object(const judge *j, const passage *p, uint32_t i) {
    uint32_t end = phrase_end(p, i), hi = 0, first;
    bool same;
    first = row_of_names(p, i, &end);
    const manifest_entity *host = on_host(j, p, end, &same, &hi);
    if (!host) return NULL;
    while (first > 0 && (word_in(p, first - 1, "a an our my one also self hosted self-hosted") ||
                         (first > 1 && word_in(p, first - 2, "a an") && !is_instance(p, first - 1))))
        first--;
    if (first == 0 || (first < 2 && !word_in(p, 0, "there's"))) return NULL;
    uint32_t verb = first - 1;
    if (word_in(p, verb, "there's") || (word_in(p, verb, "is are") && word_in(p, verb - 1, "there"))) return host;
    if (word_in(p, verb, "run host use keep have installed deployed added"))
        return p->words[verb - 1].cues & CUE_FIRST || word_in(p, verb - 1, "also now even") ? host : NULL;
    if (!word_in(p, verb, "by in with to") || verb < 2) return NULL;
    for (uint32_t k = verb; k > 1 && verb - k < 5; k--) /* the passive that it ends */
        if (str_ends(surface_slice(p->on, p->words[k - 1].lo, p->words[k - 1].hi), STR("ed")) ||
            word_in(p, k - 1, "kept held done run"))
            return word_in(p, k - 2, "is are") || k < 3 ? host : NULL;
    return word_in(p, verb, "in") && word_in(p, verb - 1, "live lives") ? host : NULL;
}

/* Does an item of a list begin at word `i`: behind the verb, a comma or "and"? */
static bool begins_item(const passage *p, uint32_t verb, uint32_t i) {
    while (i > verb + 1 && word_in(p, i - 1, "a an the our my one also")) i--;
    if (i == verb + 1) return true;
    if (word_in(p, i - 1, "not no without never")) return false;
    return word_in(p, i - 1, "and plus") || !standing_is_gap_free(p, p->words[i - 1].hi, p->words[i].lo, ",");
}

/* "On that VPS there's Astro for the pages, nginx as the web server": the machine in front, its verb at `*verb`. */
static const manifest_entity *in_front(const judge *j, const passage *p, uint32_t *verb) {
    uint32_t hi;
    bool same;
    const manifest_entity *host = on_host(j, p, 0, &same, &hi);
    if (!host) return NULL;
    uint32_t i = standing_word_at(p, hi);
    if (word_in(p, i, "there's")) return *verb = i, host;
    if (word_in(p, i, "there") && word_in(p, i + 1, "is are s")) return *verb = i + 1, host;
    if (word_in(p, i, "we i") && word_in(p, i + 1, "have host keep")) return *verb = i + 1, host;
    return word_in(p, i, "sits sit lives live stands stand") ? (*verb = i, host) : NULL;
}

/* "The VPS uses Nginx as a reverse proxy", "the VPS keeps a PostgreSQL database", "the VPS also does analytics with
 * Matomo": the machine right before the verb. */
static const manifest_entity *by_user(const judge *j, const passage *p, uint32_t i) {
    uint32_t hi, object = i, end = phrase_end(p, i);
    while (object > 0 && word_in(p, object - 1, "a an the also small self-hosted")) object--;
    if (word_in(p, end, "on from at of out away off") || !word_in(p, 0, "the our my")) return NULL;
    for (uint32_t name = 1; name + 1 < object && name < 4; name++) {
        const manifest_entity *host = closed_host_at(j, p, p->words[name].lo, &hi);
        if (!host) continue;
        uint32_t verb = standing_word_at(p, hi);
        while (word_in(p, verb, "also now even")) verb++;
        if (verb + 1 == object) return word_in(p, verb, "uses keeps holds has") ? host : NULL;
        if (!word_in(p, verb, "serves does handles delivers terminates manages collects stores counts caches") ||
            object > verb + 8 || !word_in(p, object - 1, "with through via using") ||
            !standing_is_gap_free(p, hi, p->words[i].lo, ",;:()"))
            return NULL;
        for (uint32_t k = verb + 1; k < object; k++)
            if (p->words[k].cues & (CUE_NEGATION | CUE_COMPARE | CUE_WAS | CUE_GONE | CUE_BREAK)) return NULL;
        return host;
    }
    return NULL;
}

/* The machine of ours with a closed list that the passage names and no other one; NULL otherwise. `*hi`: where the last
 * of its names ends. */
static const manifest_entity *only_closed_host(judge *j, passage *p, uint32_t *hi) {
    const manifest_entity *found = NULL;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 32; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t e = hit->inside < 0 ? hit_entity(j, hit, -1) : MANIFEST_NONE;
        if (!standing_is_machine(j, e)) continue;
        const manifest_entity *x = &j->m->entities[e];
        if ((found && found != x) || x->runs.world != WORLD_CLOSED || !x->runs.fact.id.p) return NULL;
        found = x;
        *hi = hit->where.hi;
    }
    return found && !host_is_any(j, p, (uint32_t)(found - j->m->entities)) ? found : NULL;
}

/* The machine where the sentence says that something happens, and the word from which on it does: "On the VPS, …",
 * "our VPS, where …", "There …" behind a sentence of it. */
static const manifest_entity *place_of_deeds(judge *j, passage *p, bool named, uint32_t *from) {
    uint32_t hi = 0, back = p->previous;
    bool same;
    const manifest_entity *host;
    if (named && (host = on_host(j, p, 0, &same, &hi))) return *from = standing_word_at(p, hi), host;
    for (uint32_t i = 1; named && i < p->word_count; i++) {
        if (!word_in(p, i, "where") || !(host = only_closed_host(j, p, &hi))) continue;
        return p->words[i - 1].hi + 100 > p->words[i].lo && hi < p->words[i].lo ? (*from = i + 1, host) : NULL;
    }
    if (named || back == PASSAGE_NONE) return NULL;
    bool there = word_in(p, 0, "there");
    for (uint32_t i = 1; i < p->word_count && !there; i++)
        there = word_in(p, i, "there") && !word_in(p, i + 1, "is are");
    passage *before = &j->passages[back];
    passage_prepare(j, before);
    if (!there || before->cues & (CUE_OTHERS | CUE_IF | CUE_PAST | CUE_GONE)) return NULL;
    *from = word_in(p, 0, "there");
    return only_closed_host(j, before, &hi);
}

/* Does the program at word `i` do something: "Nginx terminates TLS", "a PostgreSQL 16 database stores"? Not "Redis
 * snapshots are". */
static bool is_at_work(const passage *p, uint32_t from, uint32_t i) {
    uint32_t end = phrase_end(p, i), first = i;
    while (first > from && word_in(p, first - 1, "a an the our my one")) first--;
    bool begins = first == from || begins_clause(p, i) ||
                  (first > from && word_in(p, first - 1, "and")); /* "nginx terminates TLS and a Redis caches" */
    uint32_t behind = end;                                        /* "MariaDB and Docker run next to it" */
    row_of_names(p, i, &behind);
    if (begins && behind > end && word_in(p, behind, "run live sit work")) return true;
    if (!begins || !existence_is_deed(p, end) || p->words[end].lo != p->words[end - 1].hi + 1) return false;
    if (end + 1 < p->word_count && (p->words[end + 1].cues & CUE_NEGATION || word_in(p, end + 1, "nothing nowhere")))
        return false;
    return !word_in(p, end + 1, /* "Traefik scares me" is no work */
                    "is are was were have had do go lie live stay come and or me us you him her them nobody people");
}

/* "where the site lives next to a MariaDB instance and a Matomo server": beside what stands there. */
static bool is_beside(const passage *p, uint32_t from, uint32_t i) {
    for (uint32_t k = i; k > from && i - k < 8; k--) {
        bool joins = word_in(p, k - 1, "a an the our my and plus one") || is_instance(p, k - 1) ||
                     (k - 1 < i && !(p->on->text.p[p->words[k - 1].lo] & 0x20));
        if (joins) continue;
        bool beside =
            word_in(p, k - 1, "beside alongside") || (k > 1 && word_in(p, k - 1, "to") && word_in(p, k - 2, "next"));
        if (!beside) return false;
        for (uint32_t v = from; v + 1 < k; v++)
            if (word_in(p, v, "lives runs sits stands stays")) return true;
        return false;
    }
    return false;
}

/* Does the word stand in a row of names: a name, a number, "a", "and", a noun of what runs? */
static bool in_row(const passage *p, uint32_t i) {
    uint8_t c = p->on->text.p[p->words[i].lo];
    bool qualified = i > 0 && word_in(p, i - 1, "a an") && i + 1 < p->word_count && /* "a small Redis" */
                     !(p->on->text.p[p->words[i + 1].lo] & 0x20);
    return (c >= 'A' && c <= 'Z') || byte_is_digit(c) || qualified || word_in(p, i, "a an the our one and plus") ||
           is_instance(p, i);
}

/* "with Caddy, …", "VPS: Caddy, …", "the VPS (Caddy, …", "the stack on the VPS is Caddy, …": may the row of names at
 * word `first` be what the machine runs, whose name ends at `hi`? */
static bool leads_row(const passage *p, uint32_t first, uint32_t hi) {
    if (word_in(p, first - 1, "with runs running hosts hosting carries has")) return true;
    if (word_in(p, first - 1, "of")) return first > 1 && word_in(p, first - 2, "consists set list stack");
    str glue = str_trim(surface_slice(p->on, hi, p->words[first].lo));
    if (str_eq(glue, STR(":")) || str_eq(glue, STR("(")) || str_eq(glue, STR("-")) ||
        str_eq(glue, STR("\xe2\x80\x93")) || str_eq(glue, STR("\xe2\x80\x94")))
        return true;
    if (str_ends(glue, STR("\xe2\x86\x92")) || str_ends(glue, STR("->"))) return true; /* "VPS (X) → Caddy, …" */
    return str_eq(glue, STR("stack:")) || str_eq(glue, STR("stack is")) ||
           (word_in(p, 1, "stack software") && str_eq(glue, STR("is")));
}

/* Do words `i` and i + 1 stand on one side of every colon, bracket and dash? */
static bool is_same_side(const passage *p, uint32_t i) {
    str gap = surface_slice(p->on, p->words[i].hi, p->words[i + 1].lo);
    bool dash = str_find(gap, STR("\xe2\x80\x93"), 0) >= 0 || str_find(gap, STR("\xe2\x80\x94"), 0) >= 0 ||
                str_eq(gap, STR(" - "));
    return !dash && standing_is_gap_free(p, p->words[i].hi, p->words[i + 1].lo, ";:()");
}

/* "VPS: a small instance in X, with Caddy, Astro and PostgreSQL": the machine before a row of names that holds one of
 * what is declared to run there. */
static const manifest_entity *in_row_of(judge *j, passage *p, uint32_t i) {
    uint32_t first = i, end = i + 1, hi = 0;
    while (first > 0 && in_row(p, first - 1) && is_same_side(p, first - 1)) first--;
    while (end < p->word_count && in_row(p, end) && is_same_side(p, end - 1)) end++;
    const manifest_entity *host = only_closed_host(j, p, &hi);
    if (first == 0 || !host || hi > p->words[first].lo) return NULL;
    if (!leads_row(p, first, hi)) return NULL;
    for (uint32_t k = standing_word_at(p, hi); k < first; k++)
        if (p->words[k].cues & (CUE_NEGATION | CUE_PAST | CUE_GONE | CUE_MODAL | CUE_IF | CUE_COMPARE | CUE_FUTURE |
                                CUE_WAS | CUE_OTHERS | CUE_SECOND))
            return NULL;
    uint32_t machine = (uint32_t)(host - j->m->entities);
    return host_names_its_own(j, p, machine, p->words[first].lo, p->words[end - 1].hi) ? host : NULL;
}

/* "The blog is served by nginx": the machine with a closed list on which the service runs that is the subject of the
 * passive at word `by`; NULL where there is none. */
static const manifest_entity *of_service(const judge *j, const passage *p, uint32_t by) {
    uint32_t is = by - 2;
    if (by < 3 || !word_in(p, by - 1, "served delivered hosted powered") || !word_in(p, is, "is are")) return NULL;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 32; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t e = hit_entity(j, hit, ENTITY_SERVICE);
        if (e == MANIFEST_NONE || hit->where.hi + 1 != p->words[is].lo) continue;
        uint32_t host = j->m->entities[e].host;
        if (!standing_is_machine(j, host) || j->m->entities[host].runs.world != WORLD_CLOSED) return NULL;
        uint32_t first = standing_word_at(p, hit->where.lo); /* not "half of the blog", "their blog" */
        bool whole = first == 0 || (first == 1 && word_in(p, 0, "the our my"));
        return whole && j->m->entities[host].runs.fact.id.p ? &j->m->entities[host] : NULL;
    }
    return NULL;
}

/* Does the passage name a machine with a closed list? */
static bool names_closed_host(const judge *j, const passage *p) {
    uint32_t hi;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 32; h++)
        if (closed_host_at(j, p, p->on->hits[h].where.lo, &hi)) return true;
    return false;
}

/* "- VPS in X", "- Runs: Caddy, Astro, Redis": the one machine of the items above, in a row that holds one of its own.
 */
static const manifest_entity *of_items_above(judge *j, const passage *p) {
    uint32_t own = (uint32_t)(p - j->passages), hi;
    if (!(p->flags & PASSAGE_IN_LIST) || p->word_count < 3 || p->block == BLOCK_NONE) return NULL;
    if (!word_in(p, 0, "runs running services software stack") || p->on->text.p[p->words[0].hi] != ':') return NULL;
    uint32_t list = article_ancestor(j->art, p->block, BLOCK_LIST);
    for (uint32_t i = own; i > 0 && own - i < ITEMS_READ; i--) {
        passage *q = &j->passages[i - 1];
        if (q->block == BLOCK_NONE || article_ancestor(j->art, q->block, BLOCK_LIST) != list) return NULL;
        if (!names_closed_host(j, q)) continue;
        const manifest_entity *host = only_closed_host(j, q, &hi);
        uint32_t machine = host ? (uint32_t)(host - j->m->entities) : MANIFEST_NONE;
        return host && host_names_its_own(j, p, machine, p->words[1].lo, p->text.hi) ? host : NULL;
    }
    return NULL;
}

/* "## What runs on the VPS": the machine of the section. */
static const manifest_entity *of_section(judge *j, const passage *p) {
    if (p->heading == PASSAGE_NONE) return NULL;
    passage *q = &j->passages[p->heading];
    bool same, runs = false;
    passage_prepare(j, q);
    for (uint32_t i = 0; i < q->word_count && i < 12; i++) {
        uint32_t hi;
        runs = runs || word_in(q, i, "runs running lives hosted installed");
        if (q->words[i].cues & (CUE_NEGATION | CUE_PAST | CUE_GONE)) return NULL;
        const manifest_entity *host = runs ? on_host(j, q, i, &same, &hi) : NULL;
        if (host) return host;
    }
    return NULL;
}

/* "Cache:", "Web server:"; not "Not here:", "Until March:", "A reader's:". */
static bool is_label_of_now(const passage *p, uint32_t end) {
    for (uint32_t i = 0; i < end; i++)
        if (p->words[i].cues & (CUE_NEGATION | CUE_GONE | CUE_PAST | CUE_OTHERS | CUE_COMPARE | CUE_FUTURE) ||
            word_is_possessive(p, i) ||
            word_in(p, i,
                    "elsewhere before until former old next maybe instead alternative alternatives never missing"))
            return false;
    return true;
}

/* "Next to them sits PostgreSQL", "- **MinIO**: for the pictures": named as something that is there. */
static bool is_there(const passage *p, uint32_t i) {
    uint32_t first = i;
    while (first > 0 && word_in(p, first - 1, "a an the our my one")) first--;
    if (first == 0) return p->flags & PASSAGE_IN_LIST && p->previous == PASSAGE_NONE;
    if (first < 4 && p->flags & PASSAGE_IN_LIST && p->previous == PASSAGE_NONE && /* "**Cache:** Redis" */
        p->on->text.p[p->words[first - 1].hi] == ':' && p->words[first].lo == p->words[first - 1].hi + 2)
        return is_label_of_now(p, first);
    if (!standing_is_gap_free(p, p->words[first - 1].hi, p->words[i].lo, ",;:()")) return false;
    return word_in(p, first - 1, "sits lives stands runs there's") ||
           (word_in(p, first - 1, "is are comes") && first > 1 && word_in(p, first - 2, "there then"));
}

void judge_programs_there(judge *j, passage *p) {
    uint32_t verb = 0, from = 0;
    if (p->kind != PASSAGE_SENTENCE || p->word_count > 120) return;
    bool named = names_closed_host(j, p);
    const manifest_entity *section =
        p->heading != PASSAGE_NONE && names_closed_host(j, &j->passages[p->heading]) ? of_section(j, p) : NULL;
    bool behind = p->previous != PASSAGE_NONE && names_closed_host(j, &j->passages[p->previous]); /* "… There Redis" */
    const manifest_entity *item = named ? NULL : of_items_above(j, p);
    const manifest_entity *served = NULL;
    uint32_t by = 3;
    for (; by + 1 < p->word_count && by < 8 && !served; by++)
        if (word_is(p, by, "by")) served = of_service(j, p, by);
    if (!named && !section && !behind && !item && !served) return;
    const manifest_entity *front = named ? in_front(j, p, &verb) : NULL, *deeds = NULL;
    bool asked = false;
    for (uint32_t i = 0; i < p->word_count; i++) {
        str name = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
        if (!hosting_is_program(j, p, i) || !hosting_is_name(p, i)) continue;
        if (!asked) asked = true, deeds = place_of_deeds(j, p, named, &from);
        const manifest_entity *host = named ? by_subject(j, p, i) : NULL;
        if (!host && named) host = by_user(j, p, i);
        if (!host && named) host = by_object(j, p, i);
        if (!host && named) host = in_row_of(j, p, i);
        if (!host && front && p->words[i].lo < p->words[verb].hi + ITEM_REACH && i > verb && begins_item(p, verb, i) &&
            standing_is_gap_free(p, p->words[verb].hi, p->words[i].lo, ":;"))
            host = front;
        if (!host && deeds && i >= from && (is_at_work(p, from, i) || is_beside(p, from, i))) host = deeds;
        if (!host && section && is_there(p, i)) host = section;
        if (!host && item && begins_item(p, 0, i)) host = item;
        if (!host && served && i >= by && i < by + 2) host = served; /* `by` is the word behind "by" */
        if (host && !hosting_runs(j, host, p->words[i].stem) && !hosting_is_judged(j, p, p->words[i].lo))
            hosting_contradict_run(j, p, host, p->words[i].lo, p->words[i].hi, name);
    }
}
