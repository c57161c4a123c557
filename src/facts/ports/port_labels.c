/* port_labels.c - the service whose port it is, by some of its words.
 *
 * In: words that stand where a service would ("SSH", "NFS", "the Whisper server"), and the machine that stands with
 * them. Out: the one service with a port, of that machine, whose id and aliases hold all these words:
 *
 *     | SSH | bracken | N |             ssh-bracken, "SSH on bracken"
 *     ssh -p N me@heron                 ssh-heron
 *     http://metrics.example.org:N/     the service "metrics", where example.org is a domain of ours
 *     | N, M | a chat page and dashboards, respectively |   the first, the second
 *
 * Words that any service is called by ("server", "API") say nothing; what fits two services names neither.
 */
#include "facts/ports/ports.h"

enum { SERVICES_LOOKED_AT = 1024, ROW_CELLS = 16, SPOKEN_BACK = 40 };

static bool next_word(str *rest, str *term) {
    ptrdiff_t lo = 0;
    while (lo < rest->n && !byte_is_alnum(rest->p[lo])) lo++;
    ptrdiff_t hi = lo;
    while (hi < rest->n && byte_is_alnum(rest->p[hi])) hi++;
    *term = str_slice(*rest, lo, hi);
    *rest = str_slice(*rest, hi, rest->n);
    return term->n > 0;
}

static bool says_nothing(str term) {
    return str_is_among(term, "the a an our my its server servers service services daemon endpoint api port listener "
                              "interface web ui page on of for and at in");
}

static bool text_holds(str text, str term) {
    str one;
    while (next_word(&text, &one))
        if (str_eq_nocase(one, term)) return true;
    return false;
}

static bool is_called(const manifest_entity *e, str term) {
    if (text_holds(e->id, term)) return true;
    for (uint32_t i = 0; i < e->aliases.n; i++)
        if (text_holds(e->aliases.at[i].text, term)) return true;
    return false;
}

/* "review API" is not the "review database", nor a "licence server" the "licence page": both are called by what they
 * are, and by different things. */
static bool is_another_head(const manifest_entity *e, str label) {
    static const char heads[] = "server page api ui database db daemon endpoint exporter console dashboard store proxy";
    str rest = label, term, last = {0}, all = str_from_cstr(heads), head;
    while (next_word(&rest, &term)) last = term;
    if (!last.n || !str_is_among(last, heads) || is_called(e, last)) return false;
    while (str_cut(&all, ' ', &head))
        if (is_called(e, head)) return true;
    return false;
}

bool port_label_service(const judge *j, str label, uint32_t host, uint32_t *found) {
    *found = MANIFEST_NONE;
    for (uint32_t i = 0; i < j->m->entity_count && i < SERVICES_LOOKED_AT; i++) {
        const manifest_entity *e = &j->m->entities[i];
        if (e->kind != ENTITY_SERVICE || (host != MANIFEST_NONE && e->host != host)) continue;
        str rest = label, term;
        uint32_t held = 0;
        bool all = true;
        while (all && next_word(&rest, &term)) {
            if (says_nothing(term)) continue;
            all = is_called(e, term);
            held++;
        }
        if (!all || !held || is_another_head(e, label)) continue;
        if (*found != MANIFEST_NONE) return *found = MANIFEST_NONE, false;
        *found = i;
    }
    if (*found != MANIFEST_NONE && !j->m->entities[*found].port)
        *found = MANIFEST_NONE; /* whose port nobody declared */
    return *found != MANIFEST_NONE;
}

/* FALLBACK_PORT=9001: the service that all words of the key before "_PORT" call. */
bool port_key_service(const judge *j, str line, uint32_t *found) {
    ptrdiff_t end = str_find_byte(line, '=', 0), at = 0;
    char words[48];
    if (str_starts(line, STR("export "))) at = 7;
    if (end < at + 6 || end - at > 46 || !str_ends(str_slice(line, at, end), STR("_PORT"))) return false;
    for (ptrdiff_t i = at; i < end - 5; i++) {
        if (line.p[i] != '_' && !(line.p[i] >= 'A' && line.p[i] <= 'Z')) return false;
        words[i - at] = line.p[i] == '_' ? ' ' : (char)line.p[i];
    }
    return port_label_service(j, str_make(words, (size_t)(end - 5 - at)), MANIFEST_NONE, found);
}

/* The one machine named in a passage from byte `lo` on; MANIFEST_NONE when none is, or two. */
static uint32_t machine_in(const judge *j, const passage *p, uint32_t lo) {
    uint32_t found = MANIFEST_NONE;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) {
        uint32_t e = p->on->hits[h].where.lo < lo ? MANIFEST_NONE : hit_entity(j, &p->on->hits[h], -1);
        if (e == MANIFEST_NONE || e == found) continue;
        if (j->m->entities[e].kind != ENTITY_HOST && j->m->entities[e].kind != ENTITY_HARDWARE) continue;
        if (found != MANIFEST_NONE) return MANIFEST_NONE;
        found = e;
    }
    return found;
}

uint32_t port_row_machine(judge *j, const passage *p) {
    uint32_t own = (uint32_t)(p - j->passages), row = p->label == PASSAGE_NONE ? own : p->label, found = MANIFEST_NONE;
    for (uint32_t i = row; i < j->passage_count && i < row + ROW_CELLS; i++) {
        const passage *q = &j->passages[i];
        if (i != row && q->label != row) break;
        uint32_t e = i == own ? MANIFEST_NONE : machine_in(j, q, q->text.lo);
        if (e != MANIFEST_NONE && port_is_peer_column(j, q)) continue; /* "reachable from" */
        bool alone = e != MANIFEST_NONE && q->hit_hi - q->hit_lo == 1; /* "SSH on bracken" is no cell of a machine */
        if (!alone || e == found) continue;
        if (found != MANIFEST_NONE) return MANIFEST_NONE;
        found = e;
    }
    return found;
}

/* The text of a cell without what explains it: "Wyoming, for speech", "NFS (v4)". */
static str head_of(str text) {
    ptrdiff_t end = 0;
    while (end < text.n && !strchr(",(;:", text.p[end])) end++;
    return str_trim(str_slice(text, 0, end));
}

bool port_row_service(judge *j, const passage *p, uint32_t *found) {
    uint32_t own = (uint32_t)(p - j->passages), row = p->label == PASSAGE_NONE ? own : p->label, service;
    uint32_t machine = port_row_machine(j, p);
    *found = MANIFEST_NONE;
    if (p->kind != PASSAGE_CELL || machine == MANIFEST_NONE) return false;
    for (uint32_t i = row; i < j->passage_count && i < row + ROW_CELLS; i++) {
        const passage *q = &j->passages[i];
        if (i != row && q->label != row) break;
        str label = head_of(passage_text(q));
        if (i == own || label.n > 40 || machine_in(j, q, q->text.lo) == machine || port_is_peer_column(j, q)) continue;
        if (!port_label_service(j, label, machine, &service) || service == *found) continue;
        if (*found != MANIFEST_NONE) return false;
        *found = service;
    }
    return *found != MANIFEST_NONE;
}

bool port_is_called(const judge *j, uint32_t service, str text) {
    str rest = text, term;
    bool telling = false;
    while (next_word(&rest, &term)) telling = telling || !says_nothing(term);
    while (next_word(&text, &term)) /* "API server": each word counts where none tells more */
        if (!(telling && says_nothing(term)) && !is_called(&j->m->entities[service], term)) return false;
    return true;
}

bool port_label_names(const judge *j, const passage *p, uint32_t service) {
    return port_is_called(j, service, head_of(passage_text(p)));
}

/* Numbers in a cell, and which of them begins at byte `lo`. */
static uint32_t numbers_in(const passage *p, uint32_t lo, uint32_t *at) {
    uint32_t n = 0;
    *at = UINT32_MAX;
    for (uint32_t t = p->token_lo; t < p->token_hi && t < p->token_lo + 32; t++) {
        const token *x = &p->on->tokens[t];
        if (x->kind != TOKEN_PORT && x->kind != TOKEN_NUMBER) continue;
        if (x->text.lo == lo) *at = n;
        n++;
    }
    return n;
}

bool port_paired_service(const judge *j, const passage *p, uint32_t lo, uint32_t *found) {
    uint32_t own = (uint32_t)(p - j->passages), row = p->label == PASSAGE_NONE ? own : p->label, at;
    uint32_t numbers = p->kind == PASSAGE_CELL ? numbers_in(p, lo, &at) : 0;
    if (numbers < 2 || at == UINT32_MAX) return false;
    for (uint32_t i = row; i < j->passage_count && i < row + ROW_CELLS; i++) {
        const passage *q = &j->passages[i];
        uint32_t services[8], n = 0;
        if (i != row && q->label != row) break;
        for (uint32_t h = q->hit_lo; i != own && h < q->hit_hi && n < COUNT_OF(services); h++) {
            uint32_t e = hit_entity(j, &q->on->hits[h], -1), count = 0;
            if (!port_names_service(j, &q->on->hits[h])) continue;
            const uint32_t *running = fact_index_services(j->index, e, &count);
            if (count == 1 && j->m->entities[running[0]].port) services[n++] = running[0];
        }
        if (n != numbers) continue;
        *found = services[at];
        return true;
    }
    return false;
}

bool port_login_service(const judge *j, const passage *p, uint32_t lo, uint32_t hi, uint32_t *found, uint32_t *end) {
    static const char *const clients[] = {"ssh", "scp", "sftp", "mosh", "ssh-copy-id", "autossh"};
    str before = surface_slice(p->on, p->text.lo, lo), own = surface_slice(p->on, lo, hi);
    str flag = str_trim(before);
    bool led = str_ends(flag, STR(" -p")) || str_ends(flag, STR(" -P"));
    if (!led && !str_starts(own, STR("-p")) && !str_starts(own, STR("-P"))) return false;
    ptrdiff_t from = -1, n = 0;
    for (size_t k = 0; k < COUNT_OF(clients); k++) {
        str name = str_from_cstr(clients[k]);
        for (ptrdiff_t i = 0; (i = str_find(before, name, i)) >= 0; i++) {
            bool begins = i == 0 || strchr(" $`('\"/", before.p[i - 1]);
            bool ends = i + name.n < before.n && before.p[i + name.n] == ' ';
            if (begins && ends && i > from) from = i, n = name.n;
        }
    }
    if (from < 0 || before.n - from > 60 || str_find(str_slice(before, from, before.n), STR(". "), 0) >= 0)
        return false;
    str behind = surface_slice(p->on, hi, hi + 80 < p->text.hi ? hi + 80 : p->text.hi);
    ptrdiff_t at = str_find_byte(behind, '@', 0), space = -1;
    for (ptrdiff_t i = 1; i < behind.n && space < 0; i++)
        if (behind.p[i] == ' ') space = i;
    if (at > 0 && space > 0 && space < at) at = -1;
    uint32_t target = hi + (uint32_t)(at < 0 ? 1 : at + 1), machine = MANIFEST_NONE;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 256; h++) {
        uint32_t e = p->on->hits[h].where.lo == target ? hit_entity(j, &p->on->hits[h], -1) : MANIFEST_NONE;
        if (e != MANIFEST_NONE) machine = e;
    }
    if (machine == MANIFEST_NONE || !port_label_service(j, STR("ssh"), machine, found)) return false;
    *end = p->text.lo + (uint32_t)(from + n);
    return true;
}

/* Is the text a domain that a name of some entity ends with? */
static bool is_our_domain(const judge *j, str domain) {
    if (str_find_byte(domain, '.', 0) < 1) return false;
    for (uint32_t i = 0; i < j->m->entity_count && i < SERVICES_LOOKED_AT; i++) {
        const manifest_texts *names = &j->m->entities[i].aliases;
        for (uint32_t k = 0; k < names->n; k++) {
            str name = names->at[k].text;
            ptrdiff_t slash = str_find_byte(name, '/', 0);
            if (slash > 0) name = str_slice(name, 0, slash);
            if (name.n > domain.n && str_ends(name, domain) && name.p[name.n - domain.n - 1] == '.') return true;
        }
    }
    return false;
}

bool port_address_service(const judge *j, str host, uint32_t *found) {
    ptrdiff_t dot = str_find_byte(host, '.', 0);
    if (dot < 1 || byte_is_digit(host.p[host.n - 1])) return false;
    str first = str_slice(host, 0, dot);
    uint32_t count = 0;
    const alias_target *named = alias_lookup(j->m->names, first, &count); /* a machine's name is that machine's */
    for (uint32_t i = 0; i < count; i++)
        if (named[i].kind == ALIAS_ENTITY && (j->m->entities[named[i].index].kind == ENTITY_HOST ||
                                              j->m->entities[named[i].index].kind == ENTITY_HARDWARE))
            return false;
    return port_label_service(j, first, MANIFEST_NONE, found) && is_our_domain(j, str_slice(host, dot + 1, host.n));
}

/* The one service that a step of the URL's path is the name of. */
bool port_path_service(const judge *j, str url, uint32_t *found) {
    ptrdiff_t host = str_find(url, STR("://"), 0), i = host < 0 ? -1 : str_find_byte(url, '/', host + 3);
    *found = MANIFEST_NONE;
    while (i >= 0 && i < url.n && !strchr("?#", url.p[i])) {
        ptrdiff_t end = i + 1;
        uint32_t count = 0;
        while (end < url.n && !strchr("/?#", url.p[end])) end++;
        str step = str_slice(url, i + 1, end);
        const alias_target *targets = step.n > 1 ? alias_lookup(j->m->names, step, &count) : NULL;
        for (uint32_t k = 0; k < count; k++) {
            if (targets[k].kind != ALIAS_ENTITY || j->m->entities[targets[k].index].kind != ENTITY_SERVICE) continue;
            if (*found != MANIFEST_NONE && *found != targets[k].index) return *found = MANIFEST_NONE, false;
            *found = targets[k].index;
        }
        i = end;
    }
    return *found != MANIFEST_NONE;
}

bool port_is_spoken_of(const judge *j, const passage *p, uint32_t service) {
    const manifest_entity *s = &j->m->entities[service];
    uint32_t own = (uint32_t)(p - j->passages);
    for (uint32_t i = own + 1, n = 0; i > 0 && n < SPOKEN_BACK; n++) {
        const passage *q = &j->passages[--i];
        if (q->heading != p->heading && i != p->heading) break;
        for (uint32_t h = q->hit_lo; h < q->hit_hi && h < q->hit_lo + 64; h++) {
            uint32_t e = hit_entity(j, &q->on->hits[h], -1);
            bool runs = e == service;
            for (uint32_t k = 0; k < s->runs.n && !runs; k++) runs = e != MANIFEST_NONE && s->runs.items[k].entity == e;
            if (runs) return true;
        }
    }
    return false;
}
