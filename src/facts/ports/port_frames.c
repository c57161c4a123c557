/* port_frames.c - whose port it is by the form around it, where no name stands beside it.
 *
 *     target: {host: heron, port: N}     --host 10.9.0.2 --port N    the machine that stands beside it as a host
 *     |            | wren | heron |
 *     | listens on | N    | M     |                                  the machine over it, in a row of nothing but ports
 *     serve --model /srv/m.gguf \
 *           --port N                                                 the one service that runs all the command names
 *     ./build/bin/llama-server -m m.gguf \
 *           --port N                                                 the program that the command starts
 *     I run llama.cpp on heron. The server listens on N                what the sentence before says to run
 *     | web | heron | 443, N | Caddy |                               of the row's program, the service it leaves out
 *     - database on N, queue on M, both `heron`                      under "Ports": a service of that machine by a word
 *
 * In: a port and its passage. Out: a machine or a service, or none. Two that fit are none. It reads forms alone: what
 * the port means there, ports.c says.
 */
#include "facts/ports/ports.h"
#include "facts/reading/standing.h"

enum { COMMAND_LINES = 32, SIBLINGS = 8, ROW_CELLS = 16, HITS = 64 };

static bool is_machine(const judge *j, uint32_t entity) {
    uint8_t kind = j->m->entities[entity].kind;
    return kind == ENTITY_HOST || kind == ENTITY_HARDWARE;
}

static uint32_t machine_called(const judge *j, str name) {
    uint32_t count;
    name = str_trim(name);
    while (name.n && strchr("\"'`*", name.p[0])) name = str_slice(name, 1, name.n);
    while (name.n && strchr("\"'`*,", name.p[name.n - 1])) name.n--;
    const alias_target *targets = name.n ? alias_lookup(j->m->names, name, &count) : NULL;
    for (uint32_t i = 0; targets && i < count; i++)
        if (targets[i].kind == ALIAS_ENTITY && is_machine(j, targets[i].index)) return targets[i].index;
    return MANIFEST_NONE;
}

/* ---- beside a host ---- */

/* The value of `key` in "key: value, …" or "--key value …"; empty where the text holds no such key. */
static str value_of(str text, const char *key, bool flag) {
    str name = str_from_cstr(key);
    for (ptrdiff_t at = 0; (at = str_find(text, name, at)) >= 0; at++) {
        ptrdiff_t lo = at + name.n;
        bool begins = flag ? at > 1 && text.p[at - 1] == '-' && text.p[at - 2] == '-'
                           : at == 0 || strchr("{, \"'-", text.p[at - 1]);
        while (lo < text.n && strchr("\"'", text.p[lo])) lo++;
        while (!flag && lo < text.n && text.p[lo] == ' ') lo++;
        if (!begins || lo >= text.n || !strchr(flag ? " =" : ":=", text.p[lo])) continue;
        while (lo < text.n && strchr(" =:", text.p[lo])) lo++;
        ptrdiff_t hi = lo;
        while (hi < text.n && !strchr(" ,}", text.p[hi])) hi++;
        return str_slice(text, lo, hi);
    }
    return (str){0};
}

/* The key that the value at byte `at` of the line belongs to: "port" of "{host: heron, port: N}". */
static str key_before(str line, ptrdiff_t at) {
    ptrdiff_t hi = at;
    while (hi > 0 && strchr(" \"':=", line.p[hi - 1])) hi--;
    if (hi > 1 && line.p[hi - 1] == ',' && strchr("\"'", line.p[hi - 2])) hi -= 2; /* ["--port", "8000"] */
    ptrdiff_t lo = hi;
    while (lo > 0 && (byte_is_alnum(line.p[lo - 1]) || strchr("_-.", line.p[lo - 1]))) lo--;
    return str_slice(line, lo, hi);
}

uint32_t port_beside_host(const judge *j, const passage *p, uint32_t lo) {
    static const char *const keys[] = {"host", "hostname", "address", "addr"};
    if (p->kind != PASSAGE_CODE || p->flags & PASSAGE_TERMINAL) return MANIFEST_NONE;
    str line = passage_text(p), said = key_before(line, (ptrdiff_t)(lo - p->text.lo));
    if (str_starts(str_slice(line, (ptrdiff_t)(lo - p->text.lo), line.n), STR("port")))
        said = STR("port"); /* the token is "port: N" itself */
    bool flag = str_eq(said, STR("--port"));
    if (!flag && !str_eq_nocase(said, STR("port"))) return MANIFEST_NONE;
    ptrdiff_t at = (ptrdiff_t)(lo - p->text.lo), from = 0, to = line.n;
    for (ptrdiff_t i = 0; i < line.n && !flag; i++) { /* the innermost braces around it */
        const uint8_t c = line.p[i];
        if (i < at && (c == '{' || c == '}')) from = i + 1;
        if (i > at && c == '}' && to == line.n) to = i;
    }
    for (size_t k = 0; k < COUNT_OF(keys); k++) {
        str value = value_of(str_slice(line, from, to), keys[k], flag);
        if (value.n) return machine_called(j, value);
    }
    if (flag || !(p->flags & PASSAGE_CONFIG) || from > 0) return MANIFEST_NONE;
    uint32_t own = (uint32_t)(p - j->passages);
    for (uint32_t d = 1; d <= SIBLINGS; d++) /* "host: heron" as another key of the same parent */
        for (int way = -1; way < 2; way += 2) {
            uint32_t i = way < 0 ? own - d : own + d;
            if ((way < 0 && d > own) || i >= j->passage_count || j->passages[i].block != p->block) continue;
            if (j->passages[i].label != p->label || p->label == PASSAGE_NONE) continue;
            str other = str_trim(passage_text(&j->passages[i]));
            if (str_starts(other, STR("- "))) return MANIFEST_NONE; /* another item's */
            for (size_t k = 0; k < COUNT_OF(keys); k++)
                if (str_starts(other, str_from_cstr(keys[k])) && value_of(other, keys[k], false).n)
                    return machine_called(j, value_of(other, keys[k], false));
        }
    return MANIFEST_NONE;
}

/* "arriving at heron on UDP port N", "connects to heron on port N" */
bool port_is_come_to(const passage *p, const alias_hit *hit, uint32_t lo) {
    static const char *const joins[] = {"on", "on port", "on UDP", "on TCP", "on UDP port", "on TCP port"};
    str between = str_trim(surface_slice(p->on, hit->where.hi, lo));
    bool joined = false;
    for (size_t k = 0; k < COUNT_OF(joins); k++) joined = joined || str_eq(between, str_from_cstr(joins[k]));
    uint32_t first, end, before = UINT32_MAX;
    passage_window(p, hit->where.lo, hit->where.lo, &first, &end);
    for (uint32_t i = first; i < end && p->words[i].hi <= hit->where.lo; i++) before = i;
    if (before != UINT32_MAX && before > 0 && word_is(p, before, "the")) before--;
    return joined && before != UINT32_MAX && before > 0 && word_in(p, before, "at to") &&
           word_in(p, before - 1, "arriving arrives arrive connects connect connecting comes coming answers listens");
}

/* ---- under a machine ---- */

bool port_is_row_label(judge *j, uint32_t label) {
    passage *q = &j->passages[label];
    passage_prepare(j, q);
    bool port = false; /* "ports" may count sockets in the wall of the box */
    for (uint32_t i = 0; i < q->word_count; i++) {
        if (!word_in(q, i, "port listens listening on tcp udp number")) return false;
        port = port || word_in(q, i, "port listens listening");
    }
    return port;
}

uint32_t port_column_machine(judge *j, const passage *p) {
    if (p->kind != PASSAGE_CELL || p->label == PASSAGE_NONE || p->column == PASSAGE_NONE) return MANIFEST_NONE;
    return port_is_row_label(j, p->label) ? machine_called(j, passage_text(&j->passages[p->column])) : MANIFEST_NONE;
}

/* ---- of a command ---- */

bool port_command_service(const judge *j, const passage *p, uint32_t lo, uint32_t *found) {
    uint32_t first = (uint32_t)(p - j->passages), end = first + 1, best = 0;
    *found = MANIFEST_NONE;
    if (p->kind != PASSAGE_CODE || p->flags & PASSAGE_TERMINAL) return false;
    if (!str_eq(key_before(passage_text(p), (ptrdiff_t)(lo - p->text.lo)), STR("--port"))) return false;
    for (uint32_t k = 0; k < COMMAND_LINES && first > 0; k++, first--) {
        const passage *above = &j->passages[first - 1];
        if (above->block != p->block || !str_ends(str_trim(passage_text(above)), STR("\\"))) break;
    }
    for (uint32_t k = 0; k < COMMAND_LINES && end < j->passage_count && j->passages[end].block == p->block; k++, end++)
        if (!str_ends(str_trim(passage_text(&j->passages[end - 1])), STR("\\"))) break;
    uint32_t lines, behind;
    if (p->flags & PASSAGE_CONFIG && port_container_lines(j, p, &lines, &behind)) first = lines, end = behind;
    for (uint32_t i = 0; i < j->m->entity_count && i < 4096; i++) {
        const manifest_entity *e = &j->m->entities[i];
        uint32_t held = 0;
        if (e->kind != ENTITY_SERVICE || !e->port || e->runs.n < 2) continue;
        for (uint32_t r = 0; r < e->runs.n; r++) {
            bool named = false;
            for (uint32_t q = first; q < end && !named && e->runs.items[r].entity != MANIFEST_NONE; q++) {
                const passage *line = &j->passages[q];
                for (uint32_t h = line->hit_lo; h < line->hit_hi && h < line->hit_lo + HITS && !named; h++)
                    named = hit_entity(j, &line->on->hits[h], -1) == e->runs.items[r].entity;
            }
            held += named;
        }
        if (held >= 2 && held == best) *found = MANIFEST_NONE; /* two fit as well */
        if (held < 2 || held <= best) continue;
        best = held;
        *found = i;
    }
    return *found != MANIFEST_NONE;
}

/* The last part of a path: "llama-server" of "./build/bin/llama-server". */
static str last_part(str path) {
    for (ptrdiff_t i = path.n; i > 0; i--)
        if (path.p[i - 1] == '/') return str_slice(path, i, path.n);
    return path;
}

uint32_t port_typed_program(const judge *j, const passage *p, uint32_t lo) {
    static const char before[] = "sudo exec nohup env nice time $ #";
    uint32_t first = (uint32_t)(p - j->passages), count;
    str started = str_trim(passage_text(p)), unit = STR("ExecStart=");
    bool starts = str_starts(started, unit); /* a unit's line */
    if (p->kind != PASSAGE_CODE || p->flags & PASSAGE_TERMINAL || (p->flags & PASSAGE_CONFIG && !starts))
        return MANIFEST_NONE;
    if (!str_is_among(key_before(passage_text(p), (ptrdiff_t)(lo - p->text.lo)), "--port --bind --listen"))
        return MANIFEST_NONE;
    for (uint32_t k = 0; k < COMMAND_LINES && first > 0; k++, first--) {
        const passage *above = &j->passages[first - 1];
        if (above->block != p->block || !str_ends(str_trim(passage_text(above)), STR("\\"))) break;
    }
    str rest = str_trim(passage_text(&j->passages[first])), one;
    if (starts) rest = str_slice(started, unit.n, started.n);
    if (str_find(rest, STR("&&"), 0) >= 0 || str_find_byte(rest, '|', 0) >= 0) return MANIFEST_NONE;
    while (str_cut(&rest, ' ', &one)) {
        bool assigns = str_find_byte(one, '=', 0) > 0 && one.p[0] != '-'; /* CUDA_VISIBLE_DEVICES=0 */
        if (!one.n || assigns || str_is_among(one, before)) continue;
        const alias_target *targets = alias_lookup(j->m->names, last_part(one), &count);
        for (uint32_t i = 0; targets && i < count; i++)
            if (targets[i].kind == ALIAS_ENTITY && j->m->entities[targets[i].index].kind == ENTITY_COMPONENT)
                return targets[i].index;
        return MANIFEST_NONE;
    }
    return MANIFEST_NONE;
}

/* ---- beside its program's others ---- */

static bool has_port(const manifest_entity *e, const uint32_t *numbers, uint32_t n) {
    for (uint32_t i = 0; i < n; i++)
        if (numbers[i] == e->port) return true;
    return false;
}

bool port_program_service(const judge *j, const passage *p, uint32_t lo, uint32_t *found) {
    uint32_t own = (uint32_t)(p - j->passages), row = p->label == PASSAGE_NONE ? own : p->label;
    uint32_t numbers[8], n = 0, mine = 0;
    *found = MANIFEST_NONE;
    for (uint32_t t = p->token_lo; p->kind == PASSAGE_CELL && t < p->token_hi && t < p->token_lo + ROW_CELLS; t++) {
        const token *x = &p->on->tokens[t];
        if ((x->kind != TOKEN_PORT && x->kind != TOKEN_NUMBER) || !x->value.valid || x->value.scale) continue;
        if (n == COUNT_OF(numbers) || x->value.digits < 1 || x->value.digits > 65535) return false;
        numbers[n++] = (uint32_t)x->value.digits;
        if (x->text.lo == lo) mine = (uint32_t)x->value.digits;
    }
    static const char *const sides[] = {"admin", "metric", "debug", "control", "health", "internal"};
    for (size_t k = 0; k < COUNT_OF(sides); k++)
        if (str_find(passage_text(p), str_from_cstr(sides[k]), 0) >= 0) return false;
    for (uint32_t i = row; n > 1 && mine && i < j->passage_count && i < row + ROW_CELLS; i++) {
        const passage *q = &j->passages[i];
        if (i != row && q->label != row) break;
        for (uint32_t h = q->hit_lo; i != own && h < q->hit_hi && h < q->hit_lo + HITS; h++) {
            uint32_t e = hit_entity(j, &q->on->hits[h], ENTITY_COMPONENT), count = 0, missing = 0;
            if (e == MANIFEST_NONE) continue;
            if (port_is_program_default(j, e, mine)) return false; /* "443, 2019", where 80 is not told */
            const uint32_t *running = fact_index_services(j->index, e, &count);
            for (uint32_t k = 0; k < count; k++) {
                const manifest_entity *s = &j->m->entities[running[k]];
                if (!s->port || s->port == mine) return false;
                if (has_port(s, numbers, n)) continue;
                missing++;
                *found = running[k];
            }
            if (count == n && missing == 1) return true;
        }
    }
    return *found = MANIFEST_NONE, false;
}

/* ---- in a list of ports ---- */

/* Words that make a list one of other ports than those that are open here now. */
static bool is_of_other_ports(passage *q) {
    static const char words[] =
        "closed old former earlier previous unused blocked retired free reserved default defaults "
        "test tests lab friend friends neighbour their his her your used planned former left over "
        "shut firewalled removed gone wrong example examples scanned tried until before";
    if (q->cues & (CUE_OTHERS | CUE_PAST | CUE_WAS | CUE_GONE | CUE_NEGATION | CUE_FUTURE | CUE_DEFAULT | CUE_IF))
        return true;
    for (uint32_t i = 0; i < q->word_count && i < 64; i++)
        if (word_in(q, i, words)) return true;
    return false;
}

static bool speaks_of_list(judge *j, const passage *p, bool *other) {
    uint32_t from[2] = {p->lead, p->heading};
    bool ports = false;
    *other = false;
    if (p->kind != PASSAGE_SENTENCE || !(p->flags & PASSAGE_IN_LIST)) return false;
    for (size_t k = 0; k < COUNT_OF(from); k++) {
        if (from[k] == PASSAGE_NONE) continue;
        passage *q = &j->passages[from[k]];
        bool says = false;
        passage_prepare(j, q);
        for (uint32_t i = 0; i < q->word_count && i < 64; i++) says = says || word_in(q, i, "ports port");
        if (!says) continue;
        ports = true;
        *other = *other || is_of_other_ports(q);
    }
    return ports;
}

bool port_in_list(judge *j, const passage *p) {
    bool other;
    return speaks_of_list(j, p, &other) && !other;
}

bool port_in_other_list(judge *j, const passage *p) {
    bool other;
    return speaks_of_list(j, p, &other) && other;
}

bool port_listed_word(judge *j, passage *p, uint32_t lo, uint32_t *found, uint32_t *end) {
    uint32_t machine = MANIFEST_NONE, first, last;
    if (!port_in_list(j, p)) return false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS; h++) {
        uint32_t e = hit_entity(j, &p->on->hits[h], -1);
        if (e == MANIFEST_NONE || !is_machine(j, e) || e == machine) continue;
        if (machine != MANIFEST_NONE) return false;
        machine = e;
    }
    passage_prepare(j, p);
    passage_window(p, lo, lo, &first, &last);
    for (uint32_t i = first; i + 1 < last && machine != MANIFEST_NONE; i++) {
        if (p->words[i + 1].hi > lo || lo - p->words[i + 1].hi > 3 || !word_in(p, i + 1, "on")) continue;
        uint32_t open = p->words[i].lo; /* the word is all that the item, or the part behind a comma, says */
        while (open > p->text.lo && strchr(" `*", p->on->text.p[open - 1])) open--;
        if (open > p->text.lo && !strchr(",;", p->on->text.p[open - 1])) return false;
        *end = p->words[i].hi;
        return port_label_service(j, surface_slice(p->on, p->words[i].lo, p->words[i].hi), machine, found);
    }
    return false;
}

/* ---- of a protocol ---- */

bool port_protocol_services(judge *j, passage *p, const context *near, service_set *set) {
    uint32_t first, end, said = UINT32_MAX;
    bool all = false;
    if (p->kind != PASSAGE_SENTENCE) return false;
    passage_prepare(j, p);
    passage_window(p, near->lo, near->hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        if (p->words[i].lo < near->clause.lo || p->words[i].hi > near->clause.hi) continue;
        all = all || word_in(p, i, "all both every each everywhere");
        if (p->words[i].hi <= near->lo && word_in(p, i, "ssh sshd") &&
            word_in(p, i + 1, "answers listens runs is sits waits"))
            said = i;
    }
    if (said == UINT32_MAX || !all) return false;
    service_set found = {.region = REGION_CLAUSE, .direct = true, .host = MANIFEST_NONE, .by = MANIFEST_NONE};
    for (uint32_t i = 0; i < j->m->entity_count && i < 4096; i++) {
        const manifest_entity *e = &j->m->entities[i];
        if (e->kind != ENTITY_SERVICE || !e->port || !port_is_called(j, i, STR("ssh"))) continue;
        if (found.n == COUNT_OF(found.at) || (found.n && j->m->entities[found.at[0]].port != e->port)) return false;
        found.at[found.n++] = i;
    }
    if (found.n < 2) return false;
    found.by = found.at[0];
    found.named_end = p->words[said].hi;
    *set = found;
    return true;
}

/* ---- the sentence before ---- */

/* The one thing that the passage says to listen somewhere; false where there are two. */
static bool only_listener(const judge *j, const passage *p, uint32_t *found) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS; h++) {
        uint32_t e = hit_entity(j, &p->on->hits[h], -1);
        if (!port_names_service(j, &p->on->hits[h]) || e == *found) continue;
        if (*found != MANIFEST_NONE) return false;
        *found = e;
    }
    return true;
}

/* "They run it", "in Tom's barn": does the sentence speak of somebody else? */
static bool names_another(const passage *p) {
    if (p->cues & (CUE_OTHERS | CUE_SECOND)) return true;
    for (uint32_t i = 0; i < p->word_count && i < 64; i++)
        if (word_in(p, i, "they he she their his her theirs who") ||
            (word_is_possessive(p, i) && !word_in(p, i, "it's that's here's there's")))
            return true;
    return false;
}

bool port_server_before(judge *j, passage *p, const context *near, uint32_t lo, service_set *set) {
    uint32_t first, end, i, found = MANIFEST_NONE, own = MANIFEST_NONE;
    if (p->kind != PASSAGE_SENTENCE || p->previous == PASSAGE_NONE || set->region <= REGION_CLAUSE) return false;
    passage_window(p, lo, lo, &first, &end);
    for (i = first; i < end && p->words[i].lo < near->clause.lo; i++) {
    }
    while (word_in(p, i, "and so where")) i++;
    if (!word_in(p, i, "the") || !word_in(p, i + 1, "server") || !word_in(p, i + 2, "listens answers")) return false;
    for (i += 3; i < p->word_count && p->words[i].hi <= lo; i++)
        if (!word_in(p, i, "on at port tcp udp now")) return false;
    passage *before = &j->passages[p->previous];
    passage_prepare(j, before);
    bool runs = false; /* "I run it on quay", "llama.cpp runs on quay": in the present, and by us */
    for (i = 0; i < before->word_count && i < 64; i++) runs = runs || word_in(before, i, "run runs");
    if (!runs || before->cues & (CUE_NEGATION | CUE_MODAL | CUE_WAS | CUE_IF)) return false;
    if (names_another(before) || names_another(p)) return false;
    if (!only_listener(j, before, &found) || !only_listener(j, p, &own)) return false;
    if (found == MANIFEST_NONE || (own != MANIFEST_NONE && own != found)) return false;
    port_bind(j, set, found);
    return true;
}
