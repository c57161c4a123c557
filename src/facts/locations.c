/* locations.c - where hosts stand, which host a service is on, what a host runs.
 *
 * In: sentences that name a host and a place, a service and a host, or a host and software. A place contradicts only
 * when it is known to be one (gazetteer.c), stands behind "in" or "from", and the host it is said of is named in the
 * sentence or is the running subject. A town agrees with its country and a country with its towns.
 */
#include "facts/judge.h"

/* ---- places ---- */

static bool same_place(const judge *j, str stated, str declared) {
    if (str_eq_nocase(stated, declared) || str_find(declared, stated, 0) >= 0) return true;
    const char *stated_country = fact_index_country(j->index, stated),
               *declared_country = fact_index_country(j->index, declared);
    if (!stated_country || !declared_country || strcmp(stated_country, declared_country) != 0) return false;
    return str_eq(stated, str_from_cstr(stated_country)) || str_eq(declared, str_from_cstr(declared_country));
}

static bool behind_place_word(const passage *p, uint32_t at) {
    return at > 0 && p->words[at - 1].cues & CUE_PLACE && p->words[at - 1].hi + 2 > p->words[at].lo;
}

/* A verb that says where a machine is. */
static bool says_standing(const passage *p) {
    static const char *const words[] = {"stand",      "stands",     "stood",  "standing", "located", "hosted",
                                        "sits",       "sit",        "racked", "rented",   "lives",   "housed",
                                        "datacenter", "datacentre", "runs",   "served",   "placed",  "installed"};
    for (uint32_t i = 0; i < p->word_count && i < 200; i++)
        for (size_t k = 0; k < COUNT_OF(words); k++)
            if (word_is(p, i, words[k])) return true;
    return false;
}

static void judge_place(judge *j, passage *p, uint32_t lo, uint32_t hi, str town, bool behind) {
    context near;
    context_make(j, p, lo, hi, &near);
    const manifest_entity *agrees = NULL, *denies = NULL;
    uint32_t located_count;
    const uint32_t *located = fact_index_located(j->index, &located_count);
    enum region agree_region = REGION_COUNT, deny_region = REGION_COUNT;
    uint32_t deny_distance = UINT32_MAX;
    for (uint32_t i = 0; i < near.mention_count; i++) {
        const mention *m = &near.mentions[i];
        const manifest_entity *e = &j->m->entities[m->entity];
        if (!e->location.text.n || m->region > REGION_HEADING) continue;
        if (same_place(j, town, e->location.text)) {
            if (m->region < agree_region) agrees = e, agree_region = (enum region)m->region;
        } else if (m->region < deny_region || (m->region == deny_region && m->distance < deny_distance)) {
            denies = e;
            deny_region = (enum region)m->region;
            deny_distance = m->distance;
        }
    }
    if (!agrees && !denies) {
        /* No host named: still true if some host of the article stands there. */
        for (uint32_t k = 0; k < located_count && !agrees; k++)
            if (same_place(j, town, j->m->entities[located[k]].location.text)) agrees = &j->m->entities[located[k]];
        if (!agrees) return;
        agree_region = REGION_ARTICLE;
    }
    stance_view s = stance_at(j, p, lo, hi);
    claim *c = claim_add(j, p, lo, hi, CLAIM_PLACE, &s);
    if (!c || c->verdict == VERDICT_NOT_ABOUT_US) return;
    /* Swapped places: the nearest host in the same clause stands elsewhere, and the one that agrees is not in the
     * clause. */
    bool swapped = agrees && denies && deny_region == REGION_CLAUSE && agree_region > REGION_SENTENCE && behind;
    if (agrees && !swapped) {
        c->subject = agrees->id;
        if (s.denied)
            claim_unverified(j, c, STR("a denial, too indirect to judge"));
        else
            claim_supported(j, c, &agrees->location_fact, agrees->location.text, STR("the declared place"));
        return;
    }
    c->subject = denies->id;
    bool ours = false; /* a place of ours: it may be said of a host that is not named */
    for (uint32_t k = 0; k < located_count && !ours; k++)
        ours = same_place(j, town, j->m->entities[located[k]].location.text);
    enum region reach = !ours && says_standing(p) ? REGION_LEAD : REGION_CLAUSE;
    bool bound = deny_region <= reach && (behind || p->kind == PASSAGE_CELL);
    if (p->kind == PASSAGE_CELL) bound = deny_region <= REGION_LABEL;
    /* "The hardened VPS, in Frankfurt": the host stands right before, across a comma. */
    if (!ours && behind && deny_region == REGION_SENTENCE && deny_distance <= 24) bound = true;
    if (!bound || s.denied || s.loose || s.past) {
        claim_unverified(j, c, STR("not surely said of a declared host"));
        return;
    }
    claim_contradicted(j, c, &denies->location_fact, denies->location.text,
                       judge_printf(j, "%.*s stands in %.*s, not in %.*s", STR_ARG(denies->id),
                                    STR_ARG(denies->location.text), STR_ARG(town)));
}

static bool is_location_hit(const passage *p, uint32_t lo, uint32_t *hi) {
    uint32_t first, end;
    passage_hit_window(p, lo, lo, &first, &end);
    for (uint32_t h = first; h < end && p->on->hits[h].where.lo <= lo; h++)
        if (p->on->hits[h].where.lo == lo && hit_has(&p->on->hits[h], ALIAS_LOCATION)) {
            *hi = p->on->hits[h].where.hi;
            return true;
        }
    return false;
}

static bool claimed_already(const judge *j, const passage *p, uint32_t lo, uint32_t hi) {
    span where = surface_source(j, p->on, lo, hi);
    for (size_t i = j->claims->n; i > 0 && j->claims->n - i < 64; i--) {
        const claim *c = &j->claims->at[i - 1];
        if (c->where.lo < where.hi && where.lo < c->where.hi && c->kind == CLAIM_EXISTENCE) return true;
    }
    return false;
}

static void find_places(judge *j, passage *p) {
    passage_prepare(j, p);
    for (uint32_t i = 0; i < p->word_count; i++) {
        const pword *w = &p->words[i];
        uint8_t c = p->on->text.p[w->lo];
        if ((c & 0x20 && c < 0x80) || byte_is_digit(c)) continue;
        uint32_t hi = w->hi;
        bool known = is_location_hit(p, w->lo, &hi);
        if (!known && i + 1 < p->word_count && p->words[i + 1].lo == w->hi + 1) {
            hi = p->words[i + 1].hi;
            known = fact_index_country(j->index, surface_slice(p->on, w->lo, hi)) != NULL;
            if (!known) hi = w->hi;
        }
        if (!known) known = fact_index_country(j->index, surface_slice(p->on, w->lo, hi)) != NULL;
        if (!known || inside_opaque(p, w->lo, hi) || claimed_already(j, p, w->lo, hi)) continue;
        judge_place(j, p, w->lo, hi, surface_slice(p->on, w->lo, hi), behind_place_word(p, i));
    }
}

/* ---- services on hosts ---- */

static bool is_machine(const judge *j, uint32_t entity) {
    return entity != MANIFEST_NONE &&
           (j->m->entities[entity].kind == ENTITY_HARDWARE || j->m->entities[entity].kind == ENTITY_HOST);
}

static void add_host_claim(judge *j, passage *p, uint32_t lo, uint32_t hi, uint32_t service, uint32_t host) {
    const manifest_entity *e = &j->m->entities[service];
    if (e->host == MANIFEST_NONE) return;
    stance_view s = stance_at(j, p, lo, hi);
    if (s.stance != STANCE_ASSERTED && s.stance != STANCE_HISTORICAL) return;
    claim *c = claim_add(j, p, lo, hi, CLAIM_SERVICE, &s);
    if (!c || c->verdict == VERDICT_NOT_ABOUT_US) return;
    c->subject = e->id;
    str says = j->m->entities[e->host].id;
    if (e->host == host)
        claim_supported(j, c, &e->host_fact, says, STR("the declared host"));
    else if (s.loose || s.denied || s.past || j->m->entities[host].runs.world != WORLD_CLOSED)
        claim_unverified(j, c, STR("declared elsewhere; it may run here too"));
    else
        claim_contradicted(j, c, &e->host_fact, says,
                           judge_printf(j, "%.*s is on %.*s", STR_ARG(e->id), STR_ARG(says)));
}

/* "my MCP server on the DGX Spark" */
static void find_service_hosts(judge *j, passage *p) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi; h++) {
        uint32_t service = hit_entity(j, &p->on->hits[h], ENTITY_SERVICE);
        if (service == MANIFEST_NONE || p->on->hits[h].inside >= 0) continue;
        for (uint32_t k = h + 1; k < p->hit_hi && p->on->hits[k].where.lo < p->on->hits[h].where.hi + 24; k++) {
            uint32_t host = hit_entity(j, &p->on->hits[k], -1);
            if (!is_machine(j, host) || p->on->hits[k].where.lo < p->on->hits[h].where.hi) continue;
            str between = str_trim(surface_slice(p->on, p->on->hits[h].where.hi, p->on->hits[k].where.lo));
            bool on = str_eq(between, STR("on")) || str_eq(between, STR("on the")) || str_eq(between, STR("on my")) ||
                      str_eq(between, STR("on our")) || str_eq(between, STR("runs on")) ||
                      str_eq(between, STR("runs on the")) || str_eq(between, STR("is on"));
            if (on) add_host_claim(j, p, p->on->hits[h].where.lo, p->on->hits[k].where.hi, service, host);
            break;
        }
    }
}

/* A row that is labelled with a service, and its cell under "host". */
static void find_host_cell(judge *j, passage *p) {
    if (p->label == PASSAGE_NONE || p->column == PASSAGE_NONE || p->flags & PASSAGE_HEADER_CELL) return;
    passage *column = &j->passages[p->column], *label = &j->passages[p->label];
    passage_prepare(j, column);
    if (column->word_count != 1 || column->words[0].stem != fact_stem(STR("host"))) return;
    uint32_t service = MANIFEST_NONE, hosts = 0, host = MANIFEST_NONE;
    for (uint32_t h = label->hit_lo; h < label->hit_hi && service == MANIFEST_NONE; h++)
        service = hit_entity(j, &label->on->hits[h], ENTITY_SERVICE);
    const manifest_entity *by_id =
        service == MANIFEST_NONE ? manifest_find_entity(j->m, str_trim(passage_text(label))) : NULL;
    if (by_id && by_id->kind == ENTITY_SERVICE) service = (uint32_t)(by_id - j->m->entities);
    for (uint32_t h = p->hit_lo; h < p->hit_hi; h++)
        if (is_machine(j, hit_entity(j, &p->on->hits[h], -1)) && p->on->hits[h].inside < 0) {
            host = hit_entity(j, &p->on->hits[h], -1);
            hosts++;
        }
    if (service != MANIFEST_NONE && hosts == 1) add_host_claim(j, p, p->text.lo, p->text.hi, service, host);
}

/* ---- what a host runs ---- */

static bool runs_names(const judge *j, const manifest_entity *host, uint64_t stem) {
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

static bool runs_entity(const judge *j, const manifest_entity *host, uint32_t entity) {
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
    for (uint32_t i = 0; i < near->mention_count; i++)
        if (is_machine(j, near->mentions[i].entity) && near->mentions[i].region == REGION_LEAD)
            return near->mentions[i].entity;
    return MANIFEST_NONE;
}

static bool is_run_verb(const passage *p, uint32_t i) {
    str w = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
    return str_eq_nocase(w, STR("run")) || str_eq_nocase(w, STR("runs")) || str_eq_nocase(w, STR("hosts")) ||
           str_eq_nocase(w, STR("host"));
}

static void judge_run(judge *j, passage *p, uint32_t verb) {
    context near;
    context_make(j, p, p->words[verb].lo, p->words[verb].hi, &near);
    uint32_t id = subject_host(j, p, verb, &near);
    if (id == MANIFEST_NONE) return;
    const manifest_entity *host = &j->m->entities[id];
    if (host->runs.world != WORLD_CLOSED || !host->runs.fact.id.p) return;
    uint32_t end = p->words[verb].hi;
    while (end < p->text.hi && p->on->text.p[end] != ';' && p->on->text.p[end] != ':' && end - p->words[verb].hi < 160)
        end++;
    bool denied = false;
    for (uint32_t i = verb > 4 ? verb - 4 : 0; i < p->word_count && i <= verb + 2; i++)
        denied = denied || p->words[i].cues & CUE_NEGATION;
    if (denied) {
        /* "does not run any AI models", "runs no models", "No container engine runs there" */
        for (uint32_t i = verb + 1; i <= p->word_count && i < verb + 6; i++) {
            bool over = i == p->word_count || p->words[i].lo > end;
            uint32_t what = over ? (verb > 0 ? verb - 1 : verb) : i;
            if (!over && p->words[i].cues & (CUE_STOP | CUE_NEGATION)) continue;
            if (!over && i + 1 < p->word_count && p->words[i + 1].lo == p->words[i].hi + 1 &&
                !(p->words[i + 1].cues & CUE_STOP))
                what = i + 1;
            stance_view s = stance_at(j, p, p->words[what].lo, p->words[what].hi);
            if (s.stance == STANCE_HYPOTHETICAL || s.others || s.stance == STANCE_INSTRUCTION) return;
            uint32_t lo = p->words[verb].lo < p->words[what].lo ? p->words[verb].lo : p->words[what].lo;
            uint32_t hi = p->words[verb].hi > p->words[what].hi ? p->words[verb].hi : p->words[what].hi;
            if (runs_names(j, host, p->words[what].stem)) return;
            claim *c = claim_add(j, p, lo, hi, CLAIM_SERVICE, &s);
            if (!c) return;
            c->stance = STANCE_NEGATED;
            c->subject = host->id;
            claim_supported(j, c, &host->runs.fact, STR("a closed list"),
                            STR("a truthful denial: the closed list does not hold it"));
            return;
        }
        return;
    }
    for (uint32_t h = p->hit_lo; h < p->hit_hi; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.lo < p->words[verb].hi || hit->where.hi > end || hit->inside >= 0) continue;
        uint32_t entity = hit_entity(j, hit, ENTITY_COMPONENT);
        if (entity == MANIFEST_NONE) entity = hit_entity(j, hit, ENTITY_SERVICE);
        if (entity == MANIFEST_NONE || runs_entity(j, host, entity)) continue; /* naming what runs is no specific */
        uint32_t elsewhere; /* an operating system or a library stands in no list of services */
        fact_index_services(j->index, entity, &elsewhere);
        if (!elsewhere) continue;
        stance_view s = stance_at(j, p, hit->where.lo, hit->where.hi);
        if (s.stance != STANCE_ASSERTED || s.loose || s.denied || s.past || s.others) continue;
        str between = surface_slice(p->on, p->words[verb].hi, hit->where.lo);
        if (str_find(between, STR(" on "), 0) >= 0 || str_find(between, STR("through"), 0) >= 0 || between.n > 60)
            continue;
        claim *c = claim_add(j, p, hit->where.lo, hit->where.hi, CLAIM_SERVICE, &s);
        if (!c) return;
        c->subject = host->id;
        claim_contradicted(j, c, &host->runs.fact, STR("a closed list"),
                           judge_printf(j, "what runs on %.*s is a closed list without %.*s", STR_ARG(host->id),
                                        STR_ARG(j->m->entities[entity].id)));
    }
}

void judge_locations(judge *j) {
    if (!j->m || !j->about_us) return;
    for (uint32_t i = 0; i < j->passage_count && !j->failed; i++) {
        passage *p = &j->passages[i];
        if (p->kind == PASSAGE_CODE || p->flags & PASSAGE_IN_QUOTE) continue;
        find_places(j, p);
        find_service_hosts(j, p);
        if (p->kind == PASSAGE_CELL) find_host_cell(j, p);
        if (p->kind == PASSAGE_CELL || !(p->cues & CUE_RUN)) continue;
        for (uint32_t w = 0; w < p->word_count; w++)
            if (is_run_verb(p, w)) judge_run(j, p, w);
    }
}
