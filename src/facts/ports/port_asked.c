/* port_asked.c - the service that is spoken to, or called by one of its words.
 *
 *     docker compose up -d drafting             a line that starts one service, and right after it
 *     until curl -sf http://127.0.0.1:N/health  a request to this machine: it waits for that service
 *
 *     $ curl -s http://127.0.0.1:N/v1/models    the answer names a model that one service alone runs
 *     {"id": "gpt-oss-120b"}
 *
 *     sound goes to a Whisper server on port N  "whisper" is a word of one service alone
 *
 * In: a port that no whole name, row or route has bound. Out: the service, or nothing.
 */
#include "facts/ports/ports.h"

enum { LINES_BACK = 4, LINES_ON = 24 };

/* ---- requests to this machine ---- */

static bool is_request(str line) {
    static const char *const programs[] = {"curl ", "wget ", "nc ", "http ", "httpie ", "xh "};
    for (size_t k = 0; k < COUNT_OF(programs); k++) {
        ptrdiff_t at = str_find(line, str_from_cstr(programs[k]), 0);
        if (at == 0 || (at > 0 && strchr(" $#(`", line.p[at - 1]))) return true;
    }
    return false;
}

static bool is_local(const passage *p, uint32_t lo, uint32_t hi) {
    str text = surface_slice(p->on, lo, hi);
    return str_find(text, STR("localhost"), 0) >= 0 || str_find(text, STR("127.0.0.1"), 0) >= 0;
}

static uint32_t only_of(const judge *j, uint32_t entity) {
    uint32_t count = 0;
    const uint32_t *running = fact_index_services(j->index, entity, &count);
    return count == 1 && j->m->entities[running[0]].port ? running[0] : MANIFEST_NONE;
}

/* "up -d NAME", "systemctl restart NAME", "--name NAME": the one service that the line starts. */
static uint32_t started_by(const judge *j, str line) {
    static const char *const starts[] = {
        " up -d ",           " systemctl start ", " systemctl restart ", " --name ",       " compose start ",
        " compose restart ", " docker start ",    " docker restart ",    " podman start ", " podman restart "};
    for (size_t k = 0; k < COUNT_OF(starts); k++) {
        str start = str_from_cstr(starts[k]);
        ptrdiff_t at = str_find(line, start, 0);
        if (at < 0 && str_starts(line, str_slice(start, 1, start.n)))
            at = -1;
        else if (at < 0)
            continue;
        str rest = str_trim(str_slice(line, at + start.n, line.n));
        ptrdiff_t end = str_find_byte(rest, ' ', 0);
        str name = end < 0 ? rest : str_slice(rest, 0, end);
        if (end > 0 && k != 3 && str_trim(str_slice(rest, end, rest.n)).n) continue; /* two are started */
        if (str_ends(name, STR(".service"))) name.n -= 8;
        uint32_t count = 0, found = MANIFEST_NONE;
        const alias_target *targets = alias_lookup(j->m->names, name, &count);
        for (uint32_t i = 0; i < count && found == MANIFEST_NONE; i++)
            if (targets[i].kind == ALIAS_ENTITY) found = only_of(j, targets[i].index);
        const manifest_entity *e = found == MANIFEST_NONE ? manifest_find_entity(j->m, name) : NULL;
        return e ? only_of(j, (uint32_t)(e - j->m->entities)) : found;
    }
    return MANIFEST_NONE;
}

static uint32_t started_before(const judge *j, const passage *p) {
    uint32_t own = (uint32_t)(p - j->passages);
    for (uint32_t i = own; i > 0 && own - i < LINES_BACK; i--) {
        const passage *q = &j->passages[i - 1];
        if (q->block != p->block || q->kind != PASSAGE_CODE) break;
        uint32_t found = started_by(j, str_trim(passage_text(q)));
        if (found != MANIFEST_NONE) return found;
        if (is_request(passage_text(q))) break;
    }
    return MANIFEST_NONE;
}

/* The one service that runs what the answer names. */
static uint32_t answered_by(const judge *j, const passage *p) {
    uint32_t own = (uint32_t)(p - j->passages), found = MANIFEST_NONE;
    for (uint32_t i = own + 1; i < j->passage_count && i <= own + LINES_ON; i++) {
        const passage *q = &j->passages[i];
        if (q->block != p->block || q->label != own) break;
        for (uint32_t h = q->hit_lo; h < q->hit_hi && h < q->hit_lo + 16; h++) {
            if (q->on->hits[h].inside >= 0) continue; /* the "sglang" of an operation "diagnose_sglang" */
            uint32_t e = hit_entity(j, &q->on->hits[h], ENTITY_COMPONENT);
            uint32_t service = e == MANIFEST_NONE ? MANIFEST_NONE : only_of(j, e);
            if (service == MANIFEST_NONE || service == found) continue;
            if (found != MANIFEST_NONE) return MANIFEST_NONE;
            found = service;
        }
    }
    return found;
}

bool port_asked_service(judge *j, const passage *p, uint32_t lo, uint32_t hi, uint32_t *found) {
    if (p->kind != PASSAGE_CODE || !is_local(p, lo, hi) || !is_request(passage_text(p))) return false;
    *found = started_before(j, p);
    if (*found == MANIFEST_NONE && p->flags & PASSAGE_PROMPT) *found = answered_by(j, p);
    return *found != MANIFEST_NONE;
}

/* ---- by a word ---- */

static bool is_noun(const passage *p, uint32_t i) {
    return word_in(p, i, "server service daemon endpoint api listener broker");
}

/* The machine of "on port N of the workstation"; MANIFEST_NONE when none stands right behind. */
static uint32_t machine_behind(const judge *j, const context *near) {
    for (uint32_t i = 0; i < near->mention_count; i++) {
        const mention *m = &near->mentions[i];
        uint8_t kind = j->m->entities[m->entity].kind;
        if ((kind == ENTITY_HOST || kind == ENTITY_HARDWARE) && m->hit && m->region == REGION_CLAUSE &&
            m->hit->where.lo >= near->hi && m->hit->where.lo < near->hi + 12)
            return m->entity;
    }
    return MANIFEST_NONE;
}

bool port_word_service(judge *j, const passage *p, const context *near, uint32_t *found, uint32_t *end) {
    if (p->kind != PASSAGE_SENTENCE) return false;
    uint32_t first, last;
    passage_window(p, near->lo, near->lo, &first, &last);
    for (uint32_t i = last; i > first; i--) {
        const pword *w = &p->words[i - 1];
        if (w->hi > near->lo || w->lo < near->clause.lo) continue;
        if (near->lo - w->hi > 24) return false;
        if (!is_noun(p, i) || w->cues & CUE_STOP) continue;
        if (word_in(p, i - 1, "TCP UDP HTTP HTTPS gRPC REST")) return false; /* "an HTTP service": of any */
        uint8_t c = p->on->text.p[w->lo];
        if (!byte_is_alpha(c) || c & 0x20 || w->hi - w->lo < 3) return false; /* a name of its own */
        *end = p->words[i].hi;
        return port_label_service(j, surface_slice(p->on, w->lo, w->hi), machine_behind(j, near), found);
    }
    return false;
}
