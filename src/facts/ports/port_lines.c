/* port_lines.c - what a line of code says of its port by its own form.
 *
 *     ssh -L 9000:localhost:8400 host         only led to
 *     "8101:8000", expose: 8000               inside a container
 *     reverse_proxy 10.20.0.20:8101           another one's, that is talked to
 *
 * In: a port in a line of code, or in inline code. Out: yes or no. Whose port it is, port_names.c says.
 */
#include "facts/ports/ports.h"

/* ssh -L 9000:localhost:8400 host: what a forward names, it only leads to. */
bool port_is_forwarded(const passage *p, const token *t) {
    if (p->kind != PASSAGE_CODE && !(t->flags & TOKEN_IN_CODE)) return false;
    str before = surface_slice(p->on, p->text.lo, t->text.lo);
    ptrdiff_t at = -1;
    for (ptrdiff_t i = 0; i + 2 < before.n; i++)
        if (before.p[i] == ' ' && before.p[i + 1] == '-' && strchr("LRD", before.p[i + 2])) at = i + 3;
    if (at < 0 || str_find(before, STR("ssh"), 0) < 0) return false;
    while (at < before.n && before.p[at] == ' ') at++;
    return str_find_byte(before, ' ', at) < 0;
}

/* The right side of "8101:8000" and "0.0.0.0:8101->8000/tcp". */
bool port_is_mapped_inside(const passage *p, const token *t) {
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
bool port_is_container_inside(judge *j, const passage *p) {
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
        for (uint32_t k = 1; inside && !container && k < 12; k++) /* a sibling "image:" makes it a container's */
            for (int way = -1; way < 2; way += 2) {
                uint32_t at = (uint32_t)(line - j->passages) + (way < 0 ? 0u - k : k);
                if (at >= j->passage_count || j->passages[at].block != p->block) continue;
                container = container || str_eq(key_of(passage_text(&j->passages[at])), STR("image"));
            }
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

bool port_container_lines(const judge *j, const passage *p, uint32_t *first, uint32_t *end) {
    uint32_t at = (uint32_t)(p - j->passages);
    if (p->flags & PASSAGE_CONFIG && service_lines(j, p, first, end)) return true;
    for (*first = at; *first > 0 && at - *first < 32;
         --*first) { /* "docker run … \\": one command over several lines */
        const passage *above = &j->passages[*first - 1];
        if (above->block != p->block || !str_ends(str_trim(passage_text(above)), STR("\\"))) break;
    }
    for (*end = at + 1; *end < j->passage_count && *end < at + 32; ++*end)
        if (j->passages[*end].block != p->block || !str_ends(str_trim(passage_text(&j->passages[*end - 1])), STR("\\")))
            break;
    return *end > *first + 1;
}

/* "8101:8000", "127.0.0.1:8101:8000/tcp": how many mappings the line has. */
static uint32_t count_mappings(str line) {
    uint32_t n = 0;
    for (ptrdiff_t i = 0; i < line.n;) {
        ptrdiff_t lo = i;
        bool maps = false;
        while (i < line.n && (byte_is_digit(line.p[i]) || line.p[i] == '.' || line.p[i] == ':')) {
            maps = maps || (line.p[i] == ':' && i > lo && byte_is_digit(line.p[i - 1]) && i + 1 < line.n &&
                            byte_is_digit(line.p[i + 1]));
            i++;
        }
        n += maps;
        i += i == lo;
    }
    return n;
}

/* "# docker-compose.test.yml": the block's first line says that the file is none that is in use. */
static bool is_file_of_tests(const judge *j, const passage *p) {
    static const char *const parts[] = {"test", "dev", "example", "sample", "demo", "local", "staging", "override"};
    uint32_t first = (uint32_t)(p - j->passages);
    for (uint32_t n = 0; first > 0 && n < 100 && j->passages[first - 1].block == p->block; n++) first--;
    str line = str_trim(passage_text(&j->passages[first]));
    for (size_t k = 0; k < COUNT_OF(parts) && str_starts(line, STR("#")); k++)
        if (str_find(line, str_from_cstr(parts[k]), 0) >= 0) return true;
    return false;
}

/* `image: vllm/vllm-openai:v0.17.1` above "8101:8000" in a compose file, or in the same `docker run`: the one service
 * that runs what the image holds. */
uint32_t port_container_service(const judge *j, const passage *p) {
    uint32_t first, end, found = MANIFEST_NONE;
    uint32_t mappings = 0; /* of several only one is the service's own port */
    if (p->kind != PASSAGE_CODE || p->flags & PASSAGE_TERMINAL || !port_container_lines(j, p, &first, &end))
        return MANIFEST_NONE;
    if (str_find(passage_text(p), STR(" # "), 0) >= 0) return MANIFEST_NONE; /* "9400:9400" # metrics */
    for (uint32_t i = first; i < end; i++) {
        const passage *q = &j->passages[i];
        if (str_starts(str_trim(passage_text(q)), STR("#"))) continue;
        mappings += count_mappings(passage_text(q));
        if (mappings > 1) return MANIFEST_NONE;
        for (uint32_t t = q->token_lo; t < q->token_hi && t < q->token_lo + 16; t++) {
            if (q->on->tokens[t].kind != TOKEN_IMAGE) continue;
            for (uint32_t h = q->hit_lo; h < q->hit_hi && h < q->hit_lo + 64; h++) {
                const alias_hit *hit = &q->on->hits[h];
                uint32_t count, e = hit_entity(j, hit, ENTITY_COMPONENT);
                if (e == MANIFEST_NONE || hit->where.lo < q->on->tokens[t].text.lo ||
                    hit->where.hi > q->on->tokens[t].text.hi)
                    continue;
                const uint32_t *running = fact_index_services(j->index, e, &count);
                if (count != 1 || (found != MANIFEST_NONE && running[0] != found)) return MANIFEST_NONE;
                found = running[0];
            }
        }
    }
    if (found == MANIFEST_NONE && p->flags & PASSAGE_CONFIG && service_lines(j, p, &first, &end) &&
        !is_file_of_tests(j, p))
        found = port_keyed_service(j, str_trim(passage_text(&j->passages[first])), passage_text(p));
    return found != MANIFEST_NONE && j->m->entities[found].port ? found : MANIFEST_NONE;
}

/* Is a port inside the container one of the host's too: with the host's network, or mapped to the same number? */
bool port_is_inside_outside(judge *j, const passage *p, const service_set *set) {
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

/* "reverse_proxy 10.20.0.20:8101 {", "LLM_URL: http://…:8101/v1", "Endpoint = vps:51820": does the key of the line, or
 * a part of it, say that the address is one that is talked to? "listen 8400;" and "bind: 0.0.0.0:8400" are its own. */
bool port_line_leads_away(const passage *p, uint32_t lo) {
    static const char away[] =
        "proxy pass upstream upstreams backend backends forward forwards forwarder redirect remote target targets "
        "endpoint endpoints peer peers dial connect connection url uri urls origin scrape destination dest relay "
        "server servers nameserver resolver exporter";
    static const char own[] = "listen listener listening bind bound publish published expose port ports listenport "
                              "publishport httpport interface";
    str line = surface_slice(p->on, p->text.lo, lo);
    bool leads = false;
    for (ptrdiff_t i = 0; i < line.n;) {
        ptrdiff_t end = i;
        while (end < line.n && byte_is_alpha(line.p[end])) end++;
        str part = str_slice(line, i, end);
        if (str_is_among(part, own)) return false;
        leads = leads || (part.n > 2 && str_is_among(part, away));
        i = end + 1;
    }
    return leads;
}
