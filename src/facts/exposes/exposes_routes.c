/* exposes_routes.c - HTTP calls against the closed list of a service that declares its calls as routes.
 *
 *     items: [{name: list cuts, aliases: ["GET /v1/cuts"]}, …]     "GET /v1/cuts" and "GET /v1/cuts/{id}" are two
 * routes
 *
 * In: "METHOD /path" or a bare "/path" in a cell or in inline code. Out: contradicted where the service that is spoken
 * of has a closed list of which every item has a route, the call shares the first part of its path with them, and none
 * is it. What is denied is left alone. A whole URL names its own machine: it is judged where it has a declared port.
 */
#include "facts/exposes/exposes.h"

static bool is_method(str text) {
    static const char *const methods[] = {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"};
    for (size_t i = 0; i < COUNT_OF(methods); i++)
        if (str_eq(text, str_from_cstr(methods[i]))) return true;
    return false;
}

typedef struct route {
    str method, path; /* method is empty where the text states none */
} route;

static bool is_path_byte(uint8_t c) { return byte_is_alnum(c) || strchr("/_-.{}:<>*", c); }

/* "GET /v1/cuts/{id}?x=1" at the start of a text: its parts; *end behind them. */
static bool read_route(str text, route *r, ptrdiff_t *end) {
    ptrdiff_t at = 0;
    while (at < text.n && byte_is_alpha(text.p[at])) at++;
    *r = (route){0};
    if (at > 0) {
        r->method = str_slice(text, 0, at);
        if (!is_method(r->method) || at >= text.n || text.p[at] != ' ') return false;
        at++;
    }
    ptrdiff_t lo = at;
    if (at >= text.n || text.p[at] != '/') return false;
    while (at < text.n && is_path_byte(text.p[at])) at++;
    *end = at;
    while (at > lo + 1 && strchr("/.,:", text.p[at - 1])) at--;
    r->path = str_slice(text, lo, at);
    return at > lo + 1;
}

/* The next part of a path; a parameter, "{id}", ":id", "<id>", a number, counts as "*". */
static bool next_part(str *rest, str *part) {
    while (rest->n && rest->p[0] == '/') *rest = str_slice(*rest, 1, rest->n);
    if (!rest->n) return false;
    ptrdiff_t end = str_find_byte(*rest, '/', 0);
    *part = str_slice(*rest, 0, end < 0 ? rest->n : end);
    *rest = str_slice(*rest, part->n, rest->n);
    if (strchr("{:<*", part->p[0]) || byte_is_digit(part->p[0])) *part = STR("*");
    return true;
}

/* The declared path, or that of one of its members: /v1/cuts/42 of /v1/cuts. */
static bool same_path(str declared, str stated) {
    str x, y;
    for (;;) {
        bool more_a = next_part(&declared, &x), more_b = next_part(&stated, &y);
        if (!more_a) return !more_b || (str_eq(y, STR("*")) && !next_part(&stated, &y));
        if (!more_b) return false;
        if (!str_eq(x, y)) return false;
    }
}

/* Is the stated path only where the declared one begins, as a base URL's is: /v1 of /v1/chat/completions? */
static bool is_base_of(str declared, str stated) {
    str x, y;
    for (;;) {
        bool more_a = next_part(&declared, &x), more_b = next_part(&stated, &y);
        if (!more_a || !more_b) return more_a;
        if (!str_eq(x, y)) return false;
    }
}

static bool same_root(str a, str b) {
    str x, y;
    return next_part(&a, &x) && next_part(&b, &y) && str_eq(x, y);
}

/* Does every item of the service have a route? *listed: one of them is this one; *root: one begins like it. */
static bool has_routes(const manifest_entity *service, const route *r, bool *listed, bool *root) {
    const manifest_list *list = &service->exposes;
    *listed = *root = false;
    for (uint32_t i = 0; i < list->n; i++) {
        bool routed = false;
        for (uint32_t k = 0; k <= list->items[i].aliases.n; k++) {
            str name = k ? list->items[i].aliases.at[k - 1].text : list->items[i].name;
            route own;
            ptrdiff_t end;
            if (!read_route(name, &own, &end)) continue;
            routed = true;
            *root = *root || same_root(own.path, r->path);
            bool method = !own.method.n || !r->method.n || str_eq(own.method, r->method);
            *listed = *listed || (method && same_path(own.path, r->path));
            *listed = *listed || (!r->method.n && is_base_of(own.path, r->path));
        }
        if (!routed) return false;
    }
    return list->n > 0;
}

/* The one service with routes that the cell, the sentence, or what stands above names; NULL when two do. */
static const manifest_entity *spoken_of(judge *j, passage *p, uint32_t lo, uint32_t hi, const route *r) {
    context near;
    const manifest_entity *found = NULL;
    context_make(j, p, lo, hi, &near);
    for (uint32_t i = 0; i < near.mention_count; i++) {
        const manifest_entity *e = &j->m->entities[near.mentions[i].entity];
        bool listed, root;
        if (e->kind != ENTITY_SERVICE || near.mentions[i].region > REGION_HEADING) continue;
        if (e->exposes.world != WORLD_CLOSED || !has_routes(e, r, &listed, &root)) {
            if (near.mentions[i].region <= REGION_LABEL) return NULL; /* another service's call, perhaps */
            continue;
        }
        if (found && found != e) return NULL;
        found = e;
    }
    return found;
}

/* A table whose rows hold calls of one service: the service of the first row's route that is declared. */
static const manifest_entity *spoken_of_by_rows(judge *j, const passage *p, const route *r) {
    uint32_t own = (uint32_t)(p - j->passages), from = own;
    const manifest_entity *found = NULL;
    while (from > 0 && own - from < 200 && j->passages[from - 1].kind == PASSAGE_CELL) from--;
    for (uint32_t i = from; i < j->passage_count && i < from + 400 && j->passages[i].kind == PASSAGE_CELL; i++) {
        route other;
        ptrdiff_t end;
        if (i == own || j->passages[i].column != p->column ||
            !read_route(str_trim(passage_text(&j->passages[i])), &other, &end))
            continue;
        for (uint32_t e = 0; e < j->m->entity_count && e < 4096; e++) {
            const manifest_entity *x = &j->m->entities[e];
            bool listed, root;
            if (x->kind != ENTITY_SERVICE || x->exposes.world != WORLD_CLOSED || !has_routes(x, &other, &listed, &root))
                continue;
            if (!listed) continue;
            if (found && found != x) return NULL;
            found = x;
        }
    }
    (void)r;
    return found;
}

/* "talks to POST /v1/models", "calls GET /v1/x": a route of somebody else's. */
static bool leads_away(const passage *p, uint32_t lo) {
    static const char *const words[] = {"to",   "calls",   "call", "queries", "polls",
                                        "asks", "scrapes", "hits", "sends",   "from"};
    if (p->kind != PASSAGE_SENTENCE) return false;
    for (uint32_t i = 0; i < p->word_count && p->words[i].hi <= lo && i < 100; i++)
        for (size_t k = 0; k < COUNT_OF(words); k++)
            if (word_is(p, i, words[k])) return true;
    return false;
}

static void judge_route(judge *j, passage *p, uint32_t lo, uint32_t hi, const route *r) {
    const manifest_entity *service = spoken_of(j, p, lo, hi, r);
    if (!service && p->kind == PASSAGE_CELL) service = spoken_of_by_rows(j, p, r);
    bool listed, root;
    if (!service || !has_routes(service, r, &listed, &root) || listed || !root) return;
    passage_prepare(j, p);
    if (!p->word_count || leads_away(p, lo)) return;
    stance_view s = stance_at(j, p, lo, hi);
    if (s.stance == STANCE_INSTRUCTION && lo == p->words[0].lo)
        s.stance = STANCE_ASSERTED; /* "DELETE /x" orders nothing */
    if (s.stance != STANCE_ASSERTED || s.denied || s.loose || s.past || s.others) return;
    claim *c = claim_add(j, p, lo, hi, CLAIM_EXPOSES, &s);
    if (!c || c->verdict == VERDICT_NOT_ABOUT_US) return;
    c->subject = service->id;
    claim_contradicted(j, c, &service->exposes.fact, exposes_list_text(j, &service->exposes),
                       judge_printf(j, "%.*s has a closed list of %u calls, this is not among them",
                                    STR_ARG(service->id), service->exposes.n));
}

/* curl http://127.0.0.1:8090/v1/users: the one service with that port, there. What every service may answer besides its
 * calls is left alone. */
static void judge_url(judge *j, passage *p, const token *t) {
    static const char common[] = "health healthz ready readyz livez live metrics status version docs openapi.json ping";
    str url = surface_slice(p->on, t->text.lo, t->text.hi);
    ptrdiff_t host = str_find(url, STR("://"), 0), colon = host < 0 ? -1 : str_find_byte(url, ':', host + 3), end = 0;
    ptrdiff_t path = colon < 0 ? -1 : str_find_byte(url, '/', colon);
    uint64_t port;
    uint32_t count, known, found = MANIFEST_NONE;
    if (path < 0 || !str_to_u64(str_slice(url, colon + 1, path), &port) || port > 65535) return;
    str name = str_slice(url, host + 3, colon), first;
    const alias_target *targets = alias_lookup(j->m->names, name, &known);
    const uint32_t *services = fact_index_port(j->index, (uint32_t)port, &count);
    bool local = str_eq(name, STR("localhost")) || str_starts(name, STR("127."));
    for (uint32_t i = 0; i < count; i++) {
        bool there = local;
        for (uint32_t k = 0; k < known; k++)
            there =
                there || (targets[k].kind == ALIAS_ENTITY &&
                          (targets[k].index == j->m->entities[services[i]].host || targets[k].index == services[i]));
        if (!there) continue;
        if (found != MANIFEST_NONE) return;
        found = services[i];
    }
    route r;
    bool listed, root;
    if (found == MANIFEST_NONE || !read_route(str_slice(url, path, url.n), &r, &end)) return;
    const manifest_entity *service = &j->m->entities[found];
    if (service->exposes.world != WORLD_CLOSED || !has_routes(service, &r, &listed, &root) || listed || !root) return;
    for (str rest = r.path; next_part(&rest, &first);)
        if (str_is_among(first, common)) return;
    stance_view s = stance_at(j, p, t->text.lo, t->text.hi);
    if (s.denied || s.loose || s.past || s.others || s.stance == STANCE_HYPOTHETICAL) return;
    claim *c = claim_add(j, p, t->text.lo + (uint32_t)path, t->text.lo + (uint32_t)(path + end), CLAIM_EXPOSES, &s);
    if (!c || c->verdict == VERDICT_NOT_ABOUT_US) return;
    c->subject = service->id;
    claim_contradicted(j, c, &service->exposes.fact, exposes_list_text(j, &service->exposes),
                       judge_printf(j, "%.*s has a closed list of %u calls, this is not among them",
                                    STR_ARG(service->id), service->exposes.n));
}

void judge_routes(judge *j, passage *p) {
    for (uint32_t t = p->token_lo; t < p->token_hi; t++)
        if (p->on->tokens[t].kind == TOKEN_URL) judge_url(j, p, &p->on->tokens[t]);
    if (p->kind != PASSAGE_CELL && p->kind != PASSAGE_SENTENCE) return;
    str text = passage_text(p);
    for (ptrdiff_t at = 0; (at = str_find_byte(text, '/', at)) >= 0;) {
        ptrdiff_t lo = at, end = 0;
        if (lo > 1 && text.p[lo - 1] == ' ') { /* back over a method */
            ptrdiff_t back = lo - 1;
            while (back > 0 && byte_is_alpha(text.p[back - 1])) back--;
            if (is_method(str_slice(text, back, lo - 1))) lo = back;
        }
        route r;
        bool begins = lo == 0 || strchr(" `(\"", text.p[lo - 1]);
        if (!begins || !read_route(str_slice(text, lo, text.n), &r, &end) || (!r.method.n && r.path.n < 5)) {
            at++;
            continue;
        }
        judge_route(j, p, p->text.lo + (uint32_t)lo, p->text.lo + (uint32_t)(lo + end), &r);
        at = lo + end;
    }
}
