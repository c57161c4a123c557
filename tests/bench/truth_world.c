/* truth_world.c - a world made false: paths and ports that are not there, things in another place or on another host,
 * what the manifest declares absent, operations that a service does not have, an edited line of a terminal.
 */
#include "tests/bench/truth_bench.h"

/* ---- paths, ports ---- */

void mutate_path(bench *b, int op, const gold *g) {
    static const char *const tails[] = {"-old", "2", ".bak"};
    for (size_t i = 0; i < COUNT_OF(tails); i++) {
        b->now.n = 0;
        str text = g->claim;
        bool slash = str_ends(text, STR("/"));
        ptrdiff_t end = text.n - slash;
        while (end > 0 && (text.p[end - 1] == '`' || text.p[end - 1] == '.')) end--;
        if (i == 1) { /* another folder in the middle */
            ptrdiff_t cut = end;
            while (cut > 0 && text.p[cut - 1] != '/') cut--;
            if (cut <= 1) continue;
            put_replaced(text, cut, cut, STR("srv2/"), &b->now);
        } else {
            put_replaced(text, end, end, str_from_cstr(tails[i]), &b->now);
        }
        case_at_claim(b, "path: plausible but not there", op, g, CATCH_UNPROVED);
    }
}

/* "8080:8080", "30000->30000/tcp": the published port, which is the one that a manifest declares; else the number that
 * stands in the claim. */
static bool find_port(str said, version_at *v) {
    static const char *const maps[] = {":", "->"};
    for (size_t k = 0; k < COUNT_OF(maps); k++) {
        str map = str_from_cstr(maps[k]);
        for (ptrdiff_t at = 0; (at = str_find(said, map, at)) >= 0; at++) {
            ptrdiff_t lo = at;
            while (lo > 0 && byte_is_digit(said.p[lo - 1])) lo--;
            bool inside = at + map.n < said.n && byte_is_digit(said.p[at + map.n]);
            if (lo == at || !inside || (lo > 0 && said.p[lo - 1] == '.')) continue; /* not 10.20.0.20:8090 */
            *v = (version_at){.lo = lo, .hi = at};
            return true;
        }
    }
    return version_find(said, v);
}

void mutate_port(bench *b, int op, const gold *g) {
    static const unsigned steps[] = {1, 1000, 7};
    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        version_at v;
        uint64_t n;
        char by[32];
        if (!find_port(g->claim, &v) || !str_to_u64(str_slice(g->claim, v.lo, v.hi), &n)) return;
        b->now.n = 0;
        snprintf(by, sizeof by, "%llu", (unsigned long long)n + steps[i]);
        put_replaced(g->claim, v.lo, v.hi, str_from_cstr(by), &b->now);
        case_at_claim(b, "port: another number", op, g, CATCH_CONTRADICTED);
    }
}

/* ---- places and hosts ---- */

void mutate_place(bench *b, int op, const gold *g) {
    static const char *const cities[] = {"Frankfurt", "Lisbon", "Toronto", "Singapore", "Oslo",
                                         "Warsaw",    "Vienna", "Madrid",  "Zurich",    "Dublin"};
    const operation *o = &b->ops[op];
    for (uint32_t i = 0; i < o->truth->entity_count; i++) {
        str city = o->truth->entities[i].location.text;
        ptrdiff_t at = city.n ? str_find(g->claim, city, 0) : -1;
        if (at < 0) continue;
        for (size_t k = 0; k < COUNT_OF(cities); k++) {
            if (str_eq(city, str_from_cstr(cities[k]))) continue;
            b->now.n = 0;
            put_replaced(g->claim, at, at + city.n, str_from_cstr(cities[k]), &b->now);
            case_at_claim(b, "place: another city", op, g, CATCH_CONTRADICTED);
        }
        return;
    }
}

static bool is_machine(const manifest_entity *e) { return e->kind == ENTITY_HOST || e->kind == ENTITY_HARDWARE; }

static bool is_address(str name) {
    int points = 0;
    for (ptrdiff_t i = 0; i < name.n; i++) {
        if (!byte_is_digit(name.p[i]) && name.p[i] != '.') return false;
        points += name.p[i] == '.';
    }
    return points == 3;
}

/* Its name of the wanted sort, empty where it has none: an address, or the id where articles may use it, or else the
 * first name that is no address. */
static str machine_name(const manifest_entity *e, bool address) {
    if (!e->aliases.n && !address) return e->id;
    str first = {0};
    for (uint32_t i = 0; i < e->aliases.n; i++) {
        str name = e->aliases.at[i].text;
        if (is_address(name) != address) continue;
        if (!first.n || str_eq(name, e->id)) first = name;
    }
    return first;
}

/* Can a service be on this machine at all: some service of the manifest is? */
static bool is_served(const manifest *m, uint32_t machine) {
    for (uint32_t i = 0; i < m->entity_count; i++)
        if (m->entities[i].kind == ENTITY_SERVICE && m->entities[i].host == machine) return true;
    return false;
}

static bool port_on(const manifest *m, uint32_t machine, uint32_t port) {
    for (uint32_t i = 0; i < m->entity_count; i++)
        if (m->entities[i].kind == ENTITY_SERVICE && m->entities[i].host == machine && m->entities[i].port == port)
            return true;
    return false;
}

/* The machine whose name stands at [lo, hi) of the page; MANIFEST_NONE when none does. */
static uint32_t machine_named(const manifest *m, str text, bool *address) {
    *address = is_address(text);
    for (uint32_t i = 0; i < m->entity_count; i++)
        for (uint32_t k = 0; is_machine(&m->entities[i]) && k < m->entities[i].aliases.n; k++)
            if (str_eq_nocase(m->entities[i].aliases.at[k].text, text)) return i;
    return MANIFEST_NONE;
}

static void try_other_hosts(bench *b, int op, const gold *g, uint32_t named, bool address, ptrdiff_t lo, ptrdiff_t hi,
                            uint32_t port) {
    const manifest *m = b->ops[op].truth;
    for (uint32_t i = 0; i < m->entity_count; i++) {
        const manifest_entity *e = &m->entities[i];
        str name = is_machine(e) ? machine_name(e, address) : (str){0};
        if (i == named || !name.n || !is_served(m, i) || (port && port_on(m, i, port))) continue;
        edit at = {.lo = lo, .hi = hi, .by = name}, look = {.lo = g->lo, .hi = g->hi, .by = g->claim};
        edit edits[2] = {at, look};
        size_t n = 2;
        if (look.lo < at.lo) edits[0] = look, edits[1] = at;
        if (lo < g->hi && hi > g->lo) edits[0] = at, n = 1;
        case_false(b, "host: another machine", op, g, edits, n, name, CATCH_CONTRADICTED);
    }
}

/* A host that the claim names, or that its line names beside a port: "port 8090 of `quay`". */
void mutate_host(bench *b, int op, const gold *g) {
    const operation *o = &b->ops[op];
    const page *p = &o->pages[g->article];
    bool address;
    if (kind_is(g, "host")) {
        uint32_t named = machine_named(o->truth, g->claim, &address);
        const manifest_entity *e = fact_entity(o, g->fact);
        bool about_port = e && e->kind == ENTITY_SERVICE && e->port;
        /* An address is true of one machine only; a name in a row of a service, of that service's. */
        if (named != MANIFEST_NONE && (address || about_port))
            try_other_hosts(b, op, g, named, address, g->lo, g->hi, about_port ? e->port : 0);
        return;
    }
    const manifest_entity *e = fact_entity(o, g->fact);
    if (!kind_is(g, "port") || !e || e->kind != ENTITY_SERVICE || e->host == MANIFEST_NONE) return;
    span line = line_around(p, g->lo);
    str text = str_span(p->source, line), name = machine_name(&o->truth->entities[e->host], false);
    ptrdiff_t at = -1, best = -1;
    if (!name.n) return;
    while ((at = str_find(text, name, at + 1)) >= 0) {
        ptrdiff_t from = line.lo + at, far = from > g->hi ? from - g->hi : g->lo - from - name.n;
        ptrdiff_t before = best < 0 ? 0 : best > g->hi ? best - g->hi : g->lo - best - name.n;
        bool whole = (from == 0 || !byte_is_alnum(p->source.p[from - 1])) && !byte_is_alnum(p->source.p[from + name.n]);
        if (whole && far >= 0 && far <= 12 && (best < 0 || far < before)) best = from;
    }
    if (best >= 0) try_other_hosts(b, op, g, e->host, false, best, best + name.n, e->port);
}

void insert_placements(bench *b, int op, size_t index) {
    static const char *const frames[] = {" The %.*s runs on %.*s.", " On our side the %.*s is on %.*s.",
                                         " The %.*s listens on %.*s."};
    const operation *o = &b->ops[op];
    const manifest *m = o->truth;
    if (index % 6 != 1) return;
    size_t want = index / 6, seen = 0;
    for (int round = 0; round < 2; round++) {
        for (uint32_t i = 0; i < m->entity_count; i++) {
            const manifest_entity *e = &m->entities[i];
            str name = manifest_entity_name(e);
            if (e->kind != ENTITY_SERVICE || e->host == MANIFEST_NONE || str_find_byte(name, ':', 0) >= 0) continue;
            if (round == 0) {
                seen++;
                continue;
            }
            if (want-- % seen != 0) continue;
            const char *frame = frames[index / 6 / seen % COUNT_OF(frames)];
            str here = arena_printf(b->keep, frame, STR_ARG(name), STR_ARG(machine_name(&m->entities[e->host], false)));
            case_insert(b, "control: a service on its own host", op, &o->rows[index], here, false, 0);
            for (uint32_t k = 0; k < m->entity_count; k++) {
                if (k == e->host || !is_machine(&m->entities[k]) || !is_served(m, k)) continue;
                if (m->entities[k].runs.world != WORLD_CLOSED) continue; /* an sshd may run there as well */
                str there = arena_printf(b->keep, frame, STR_ARG(name), STR_ARG(machine_name(&m->entities[k], false)));
                case_insert(b, "host: another machine", op, &o->rows[index], there, true, CATCH_CONTRADICTED);
                return;
            }
        }
        if (!seen) return;
        want %= seen;
    }
}

/* ---- terminal output ---- */

static void try_digit(bench *b, int op, const gold *g, bool last, int shift) {
    ptrdiff_t i = last ? g->claim.n - 1 : 0;
    while (i >= 0 && i < g->claim.n && !byte_is_digit(g->claim.p[i])) i += last ? -1 : 1;
    if (i < 0 || i >= g->claim.n) return;
    char by[2] = {(char)('0' + (g->claim.p[i] - '0' + shift) % 10), 0};
    if (by[0] == '0' && !last) by[0] = '9';
    b->now.n = 0;
    put_replaced(g->claim, i, i + 1, str_from_cstr(by), &b->now);
    case_at_claim(b, "terminal: an edited line", op, g, CATCH_CONTRADICTED);
}

void mutate_terminal(bench *b, int op, const gold *g) {
    static const char *const words[][2] = {{"Not Supported", "14233MiB / 124610MiB"},
                                           {"NVIDIA GB10", "NVIDIA H100 PCIe"},
                                           {"aarch64 aarch64 aarch64", "x86_64 x86_64 x86_64"},
                                           {"gpt-oss-120b", "llama-3.3-70b"},
                                           {"streaming", "catchup"},
                                           {"async", "sync"},
                                           {"ONLINE", "DEGRADED"},
                                           {"No known data errors", "2 data errors, use '-v' for a list"},
                                           {"pool: tank", "pool: dock"},
                                           {"| lamp2", "| lamp3"},
                                           {"repaired 0B", "repaired 12K"}};
    try_digit(b, op, g, true, 1);
    try_digit(b, op, g, true, 3);
    try_digit(b, op, g, true, 5);
    try_digit(b, op, g, false, 2);
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        ptrdiff_t at = str_find(g->claim, str_from_cstr(words[i][0]), 0);
        if (at < 0) continue;
        b->now.n = 0;
        put_replaced(g->claim, at, at + (ptrdiff_t)strlen(words[i][0]), str_from_cstr(words[i][1]), &b->now);
        case_at_claim(b, "terminal: an edited line", op, g, CATCH_CONTRADICTED);
    }
}

/* ---- operations that nothing has ---- */

static const char *const invented[] = {"image generation", "log download",   "user deletion", "remote shell access",
                                       "model training",   "invoice export", "file upload",   "a SQL console"};

/* One item of what a service exposes becomes one that it does not. Denials stay: to deny something else is true. */
void mutate_exposes(bench *b, int op, const gold *g) {
    str c = g->claim;
    static const char *const denials[] = {" no ", " not ", "cannot", "no "};
    for (size_t i = 0; i < COUNT_OF(denials); i++)
        if (str_find(c, str_from_cstr(denials[i]), 0) >= 0) return;
    number_at number;
    if (number_find(c, 0, &number) || str_find(c, STR("five"), 0) >= 0) return;
    static const char *const calls[] = {"/v1/secrets", "/v1/users/delete", "/v1/shell", "/v1/sql"};
    ptrdiff_t call = str_find(c, STR("/v1/"), 0);
    for (size_t i = 0; call >= 0 && i < COUNT_OF(calls); i++) {
        b->now.n = 0;
        put_replaced(c, call, c.n, str_from_cstr(calls[i]), &b->now);
        case_at_claim(b, "existence: an operation that no service has", op, g, CATCH_CONTRADICTED);
    }
    if (call >= 0) return;
    ptrdiff_t from = 0;
    for (size_t k = 0; from < c.n; k++) {
        ptrdiff_t comma = str_find(c, STR(", "), from), both = str_find(c, STR(" and "), from);
        ptrdiff_t end = comma >= 0 ? comma : both >= 0 ? both : c.n;
        for (size_t i = 0; i < 3; i++) {
            b->now.n = 0;
            put_replaced(c, from, end, str_from_cstr(invented[(k + i * 3) % COUNT_OF(invented)]), &b->now);
            case_at_claim(b, "existence: an operation that no service has", op, g, CATCH_CONTRADICTED);
        }
        from = comma >= 0 ? comma + 2 : both >= 0 ? both + 5 : c.n;
    }
}

void insert_operations(bench *b, int op, size_t index) {
    static const char *const frames[] = {" The %.*s also exposes %s.", " The %.*s offers %s as well."};
    const operation *o = &b->ops[op];
    const manifest *m = o->truth;
    uint32_t closed[32], n = 0;
    for (uint32_t i = 0; i < m->entity_count && n < 32; i++)
        if (m->entities[i].exposes.n && m->entities[i].exposes.world == WORLD_CLOSED) closed[n++] = i;
    if (!n || index % 6 != 5) return;
    size_t k = index / 6;
    str text =
        arena_printf(b->keep, frames[k % COUNT_OF(frames)], STR_ARG(manifest_entity_name(&m->entities[closed[k % n]])),
                     invented[k % COUNT_OF(invented)]);
    case_insert(b, "existence: an operation that no service has", op, &o->rows[index], text, true, CATCH_CONTRADICTED);
}

/* ---- what is declared absent ---- */

static bool has_upper(str name) {
    for (ptrdiff_t i = 0; i < name.n; i++)
        if (name.p[i] >= 'A' && name.p[i] <= 'Z') return true;
    return false;
}

/* A sentence that says that what is declared absent is here, fit for what kind of thing it is; NULL for a name that is
 * no noun ("retrain"). */
static const char *presence_frame(const operation *o, const manifest_absence *absence, str name, size_t pick) {
    static const char *const things[] = {" There is also %s %.*s in it.",  " We run %s %.*s here as well.",
                                         " Beside it sits %s %.*s.",       " It comes with %s %.*s.",
                                         " The machine has %s %.*s, too.", " I added %s %.*s last winter."};
    static const char *const systems[] = {" There is also %s%.*s on it.", " We run %s%.*s here as well.",
                                          " Beside it we use %s%.*s.",    " %s%.*s runs next to it.",
                                          " Our jobs go through %s%.*s.", " I installed %s%.*s on it."};
    static const char *const places[] = {" Another machine of ours stands in %s%.*s.",
                                         " We have a second server in %s%.*s."};
    const manifest_scope *scope = absence->scope == MANIFEST_NONE ? NULL : &o->truth->scopes[absence->scope];
    if (scope && str_eq(scope->name, STR("processes")))
        return str_ends(name, STR("ing")) || (has_upper(name) && !str_ends(name, STR("ed")))
                   ? " We use %s%.*s here every week."
                   : NULL;
    if (scope && str_eq(scope->kind, STR("location")) && (has_upper(name) || byte_is_digit(name.p[name.n - 1])))
        return places[pick % COUNT_OF(places)];
    bool hardware =
        scope && (str_find(scope->kind, STR("gpu"), 0) >= 0 || str_find(scope->kind, STR("accelerator"), 0) >= 0);
    bool common = !has_upper(name) && str_find_byte(name, ' ', 0) > 0;
    return hardware || common ? things[pick % COUNT_OF(things)] : systems[pick % COUNT_OF(systems)];
}

void insert_existence(bench *b, int op, size_t index) {
    const operation *o = &b->ops[op];
    size_t n = index / 3;
    if (o->truth->absence_count == 0 || index % 3) return;
    const manifest_absence *absence = &o->truth->absences[n % o->truth->absence_count];
    if (absence->matches.n == 0) return;
    str name = absence->matches.at[n / o->truth->absence_count % absence->matches.n].text;
    const char *frame = presence_frame(o, absence, name, n);
    if (!frame) return;
    bool plural = str_ends(name, STR("s")) && name.n > 3 && name.p[name.n - 2] >= 'A' && name.p[name.n - 2] <= 'Z';
    const char *article_word = !strstr(frame, "%s %")           ? ""
                               : plural                         ? "two"
                               : strchr("AEIOUaeio", name.p[0]) ? "an"
                                                                : "a";
    char added[256];
    snprintf(added, sizeof added, frame, article_word, STR_ARG(name));
    if (added[1] >= 'a' && added[1] <= 'z') added[1] = (char)(added[1] - 'a' + 'A');
    case_insert(b, "existence: what is declared absent", op, &o->rows[index], str_from_cstr(added), true,
                CATCH_CONTRADICTED);
}
