/* doubt_code.c - what lets a line of code, configuration or output be true after all.
 *
 *     "A friend's machine prints this:"        what leads in places it elsewhere, or then
 *     me@laptop:~$ …   $ ssh other …           another machine's prompt
 *     $ docker exec drafting …                 the inside of a container
 *     # shared_buffers = 128MB                 commented out; "-" lines of a diff, FROM lines, SET of one session
 *     Candidate: 2.11.0   requires >= 590      what could be installed, or must be
 *     $ pgbench -c 8 … / clients: 8            another run than the declared one
 *
 * In: the passage of a claim in a code block. Out: the doubt, or NULL. Looks at the block, its command and its lead.
 */
#include "facts/verdicts/doubt.h"

enum { BLOCK_LINES = 80 };

/* ---- the command ---- */

static const passage *command_of(const judge *j, const passage *p) {
    if (p->flags & PASSAGE_PROMPT) return p;
    if (p->label == PASSAGE_NONE || !(j->passages[p->label].flags & PASSAGE_PROMPT)) return NULL;
    return &j->passages[p->label];
}

/* "me@laptop:~$": is the machine one that the manifest does not know? */
static bool is_foreign_prompt(const judge *j, str line) {
    line = str_trim(line);
    ptrdiff_t at = str_find_byte(line, '@', 0), end = at + 1;
    ptrdiff_t prompt = str_find(line, STR("$ "), 0);
    if (prompt < 0) prompt = str_find(line, STR("# "), 0);
    if (at < 1 || prompt < at || prompt > 62 || str_find_byte(str_slice(line, 0, at), ' ', 0) >= 0) return false;
    while (end < line.n && (byte_is_alnum(line.p[end]) || line.p[end] == '-' || line.p[end] == '.')) end++;
    uint32_t count = 0;
    str name = str_slice(line, at + 1, end);
    ptrdiff_t dot = str_find_byte(name, '.', 0);
    if (dot > 0) alias_lookup(j->m->names, str_slice(name, 0, dot), &count);
    return name.n > 0 && !count && !host_name_is_known(j, name);
}

static bool is_inside_container(str line) {
    static const char *const starts[] = {"docker exec ", "docker run ",  "podman exec ",   "podman run ",
                                         "compose exec", "compose run ", "kubectl exec ",  "nerdctl run ",
                                         "nerdctl exec", "machinectl ",  "systemd-nspawn", "lxc exec "};
    for (size_t i = 0; i < COUNT_OF(starts); i++)
        if (doubt_holds(line, starts[i])) return true;
    return false;
}

/* "podman exec pgtest psql …": into a container that the manifest does not know. */
static bool is_inside_stranger(const judge *j, str line) {
    ptrdiff_t at = str_find(line, STR(" exec "), 0), end;
    if (at < 0 || !(doubt_holds(line, "docker ") || doubt_holds(line, "podman ") || doubt_holds(line, "nerdctl ")))
        return false;
    for (at += 6; at < line.n; at = end + 1) {
        end = at;
        while (end < line.n && line.p[end] != ' ') end++;
        if (end > at && line.p[at] != '-') break;
    }
    uint32_t count = 0;
    if (at < line.n) alias_lookup(j->m->names, str_slice(line, at, end), &count);
    return at < line.n && !count && !manifest_find_entity(j->m, str_slice(line, at, end));
}

/* "$ ssh ampersand psql --version", "on ampersand:": a machine with a closed list that does not hold the program. */
static bool is_of_a_machine_without(const judge *j, const passage *p, const passage *command, const claim *c) {
    const manifest_entity *e = c->subject.n ? manifest_find_entity(j->m, c->subject) : NULL;
    uint32_t frames[2] = {(uint32_t)(command - j->passages), p->lead}, machine = MANIFEST_NONE;
    for (int k = 0; k < 2 && machine == MANIFEST_NONE; k++) {
        const passage *q = frames[k] == PASSAGE_NONE ? NULL : &j->passages[frames[k]];
        for (uint32_t h = q ? q->hit_lo : 0; q && h < q->hit_hi && h < q->hit_lo + 32; h++) {
            uint32_t host = hit_entity(j, &q->on->hits[h], ENTITY_HOST);
            if (host != MANIFEST_NONE && machine != MANIFEST_NONE && host != machine) return false;
            if (host != MANIFEST_NONE) machine = host;
        }
    }
    if (machine == MANIFEST_NONE || !e) return false;
    const manifest_list *runs = &j->m->entities[machine].runs;
    bool found = runs->world != WORLD_CLOSED || e->kind != ENTITY_COMPONENT;
    for (uint32_t i = 0; i < runs->n && !found; i++)
        found = runs->items[i].entity != MANIFEST_NONE && &j->m->entities[runs->items[i].entity] == e;
    return !found;
}

static bool has_argument(str line, str number) {
    for (ptrdiff_t at = 0; (at = str_find(line, number, at)) >= 0; at++) {
        bool starts = at > 0 && (line.p[at - 1] == ' ' || line.p[at - 1] == '=' || byte_is_alpha(line.p[at - 1]));
        bool ends = at + number.n >= line.n || line.p[at + number.n] == ' ';
        if (starts && ends) return true;
    }
    return false;
}

/* "number of clients: 8" below "pgbench -c 8": a parameter of the run differs from the declared one as the command
 * asks. */
static bool is_another_run(judge *j, const passage *p, const passage *command) {
    str line = passage_text(command);
    uint32_t own = (uint32_t)(command - j->passages);
    for (uint32_t i = own + 1; i < j->passage_count && i < own + BLOCK_LINES && j->passages[i].block == p->block; i++) {
        str text = passage_text(&j->passages[i]);
        for (uint32_t k = 0; k < j->m->output_count && k < 256; k++) {
            const manifest_output *out = &j->m->outputs[k];
            ptrdiff_t at = out->field.n ? str_find(text, out->field, 0) : -1, n = 0;
            if (at < 0 || str_find(line, out->command, 0) < 0) continue;
            str rest = str_slice(text, at + out->field.n, text.n);
            while (rest.n && !byte_is_digit(rest.p[0])) rest = str_slice(rest, 1, rest.n);
            while (n < rest.n && byte_is_digit(rest.p[n])) n++;
            if (n && !str_starts(out->equals, str_slice(rest, 0, n)) && has_argument(line, str_slice(rest, 0, n)))
                return true;
        }
    }
    return false;
}

/* "curl http://127.0.0.1:8102/v1/models": the port is that of a service that does not run what the declared line names.
 */
static bool asks_another_service(judge *j, const claim *c, str line) {
    const manifest_output *out = NULL;
    for (uint32_t k = 0; k < j->m->output_count && !out; k++)
        if (j->m->outputs[k].fact.id.p == c->fact.p) out = &j->m->outputs[k];
    uint32_t known = 0, entity = MANIFEST_NONE, count;
    const alias_target *named = out ? alias_lookup(j->m->names, out->equals, &known) : NULL;
    for (uint32_t i = 0; i < known; i++)
        if (named[i].kind == ALIAS_ENTITY) entity = named[i].index;
    if (entity == MANIFEST_NONE) return false;
    for (ptrdiff_t at = 0; (at = str_find_byte(line, ':', at)) >= 0; at++) {
        ptrdiff_t end = at + 1;
        uint64_t port;
        while (end < line.n && byte_is_digit(line.p[end])) end++;
        if (end == at + 1 || !str_to_u64(str_slice(line, at + 1, end), &port) || port > 65535) continue;
        const uint32_t *services = fact_index_port(j->index, (uint32_t)port, &count);
        for (uint32_t i = 0; i < count; i++) {
            const manifest_entity *e = &j->m->entities[services[i]];
            bool runs = false;
            for (uint32_t k = 0; k < e->runs.n; k++) runs = runs || e->runs.items[k].entity == entity;
            if (!runs) return true;
        }
    }
    return false;
}

/* "llama-bench -p 1024": -p is a port to a few programs only. */
static bool is_other_flag(const judge *j, const passage *p, str line) {
    static const char *const programs[] = {"docker",   "podman",    "psql",      "ssh",    "nc ",    "pg_",
                                           "createdb", "-cli",      "mosquitto", "nmap",   "telnet", "mysql",
                                           "pgbench",  "pgbouncer", "vacuumdb",  "dropdb", "mongo",  "sftp",
                                           "compose",  "nerdctl",   "ncat"};
    str before = str_trim(surface_slice(p->on, p->text.lo, j->judging_at.lo));
    bool flag =
        str_ends(before, STR(" -p")) || str_starts(surface_slice(p->on, j->judging_at.lo, j->judging_at.hi), STR("-p"));
    for (size_t i = 0; i < COUNT_OF(programs); i++)
        if (doubt_holds(line, programs[i])) return false;
    return flag;
}

/* "NAME   SIZE  ALLOC   FREE": the names of columns, no value. */
static bool is_header(str quote) {
    uint32_t upper = 0, words = 0;
    for (ptrdiff_t i = 0; i < quote.n; i++) {
        bool starts = i == 0 || quote.p[i - 1] == ' ';
        if (quote.p[i] & 0x20 && byte_is_alpha(quote.p[i])) return false;
        if (byte_is_digit(quote.p[i])) return false;
        words += starts && quote.p[i] != ' ';
        upper += starts && byte_is_alpha(quote.p[i]);
    }
    return words > 2 && upper == words;
}

/* "scan: scrub repaired 0B …", "psql (PostgreSQL) 16.12": a line that somebody shortened, or the beginning of what is
 * declared. */
static bool is_cut_short(const judge *j, const claim *c, str line) {
    if (doubt_holds(line, "...") || doubt_holds(line, "\xe2\x80\xa6") || doubt_holds(line, "<snip>")) return true;
    for (uint32_t k = 0; k < j->m->output_count; k++) {
        const manifest_output *out = &j->m->outputs[k];
        if (out->fact.id.p != c->fact.p) continue;
        str value = c->quote;
        ptrdiff_t at = out->field.n ? str_find(value, out->field, 0) : -1;
        if (at >= 0) value = str_slice(value, at + out->field.n, value.n);
        while (value.n && !byte_is_alnum(value.p[0])) value = str_slice(value, 1, value.n);
        value = str_trim(value);
        bool begins = value.n > 2 && value.n < out->equals.n && str_starts(out->equals, value);
        return begins && !byte_is_alnum(out->equals.p[value.n]) && out->equals.p[value.n] != '.';
    }
    return false;
}

static bool says_failure(str line) {
    return doubt_holds(line, "onnection refused") || doubt_holds(line, "imed out") || doubt_holds(line, " not found");
}

/* "curl -sI https://example.edu/iiif/…": what answers is at an address with a domain that no name of ours has. */
static bool asks_foreign_address(const judge *j, str line) {
    ptrdiff_t at = str_find(line, STR("://"), 0), end = at + 3, dot = -1;
    if (at < 0 || !(doubt_holds(line, "curl") || doubt_holds(line, "wget") || doubt_holds(line, "http "))) return false;
    while (end < line.n && (byte_is_alnum(line.p[end]) || line.p[end] == '-' || line.p[end] == '.')) {
        if (line.p[end] == '.' && dot < 0) dot = end;
        end++;
    }
    str host = str_slice(line, at + 3, end);
    if (dot < 0 || !byte_is_alpha(host.p[host.n - 1])) return false;
    uint32_t count;
    alias_lookup(j->m->names, host, &count);
    if (!count) alias_lookup(j->m->names, str_slice(line, at + 3, dot), &count);
    for (uint32_t e = 0; e < j->m->entity_count && !count; e++)
        for (uint32_t k = 0; k < j->m->entities[e].aliases.n && !count; k++) { /* another name of a domain of ours */
            str alias = j->m->entities[e].aliases.at[k].text, domain = str_slice(line, dot, end);
            count = alias.n > domain.n && str_find_byte(domain, '.', 1) > 0 && str_ends(alias, domain);
        }
    return !count;
}

/* Below "The following NEW packages will be installed:": what the command does, not what it could do. */
static bool is_being_installed(const judge *j, const passage *p) {
    const passage *above = p;
    for (uint32_t k = 0; k < 8 && above > j->passages && above[-1].block == p->block; k++) {
        above--;
        if (above->flags & PASSAGE_PROMPT) return false;
        str text = passage_text(above);
        if (str_ends(str_trim(text), STR(":"))) return doubt_holds(text, " will be ") && !doubt_holds(text, "REMOVED");
    }
    return false;
}

static const char *doubt_of_command(judge *j, const passage *p, const claim *c) {
    const passage *command = command_of(j, p);
    if (!command) return NULL;
    str line = passage_text(command), own = passage_text(p);
    if (is_foreign_prompt(j, line)) OBJECT(j, "the prompt is another machine's");
    bool output = command != p;
    if (output && asks_foreign_address(j, line)) OBJECT(j, "an address that is not ours is asked");
    bool ours =
        c->kind == CLAIM_TERMINAL && !doubt_holds(line, " run "); /* what a declared container prints is declared */
    if (output && is_inside_stranger(j, line)) OBJECT(j, "the inside of a container");
    if (output && c->kind == CLAIM_VERSION && is_of_a_machine_without(j, p, command, c))
        OBJECT(j, "the machine runs none that is declared");
    /* "docker run --rm redis redis-cli" only borrows an image; what publishes a port, or is left running, serves */
    bool serves = c->kind == CLAIM_VERSION && (doubt_holds(line, " -p ") || doubt_holds(line, " --publish") ||
                                               doubt_holds(line, " -d ") || doubt_holds(line, " --detach"));
    if (!ours && (output || (doubt_holds(line, "--rm") && !serves)) && is_inside_container(line))
        OBJECT(j, "the inside of a container");
    if ((doubt_holds(line, "set ") || doubt_holds(line, "SET ")) && c->kind == CLAIM_QUANTITY)
        OBJECT(j, "it is set for one session");
    if (c->kind == CLAIM_VERSION && output && doubt_holds(line, "git ") &&
        (doubt_holds(line, " log") || doubt_holds(line, " tag") || doubt_holds(line, " show") ||
         doubt_holds(line, " shortlog")))
        OBJECT(j, "it is a line of a history");
    if (output && (doubt_holds(line, ".old") || doubt_holds(line, ".bak") || doubt_holds(line, ".orig")))
        OBJECT(j, "it is a file of another time");
    if (output && doubt_holds(line, "--until")) OBJECT(j, "it is a log of another time");
    if (c->kind == CLAIM_VERSION && output) {
        static const char *const offers[] = {" policy",  "madison",  "index versions", "upgradable", " search",
                                             "outdated", "install ", " download",      "apt show",   "cache show",
                                             "API",      "Api"};
        for (size_t i = 0; i < COUNT_OF(offers); i++)
            if (doubt_holds(line, offers[i]) && !doubt_holds(own, "nstalled") && !doubt_holds(own, "NSTALLED") &&
                !is_being_installed(j, p))
                OBJECT(j, "it is what could be installed");
    }
    if (!output && c->kind == CLAIM_PORT) {
        uint32_t at = (uint32_t)(p - j->passages) + 1;
        if (at < j->passage_count && j->passages[at].block == p->block && says_failure(passage_text(&j->passages[at])))
            OBJECT(j, "the line below says that it failed");
    }
    if (output && c->kind == CLAIM_TERMINAL && doubt_holds(line, " | wc"))
        OBJECT(j, "the output went through another program");
    if (c->kind == CLAIM_PORT && is_other_flag(j, p, line)) OBJECT(j, "the flag is no port here");
    if (c->kind == CLAIM_TERMINAL && is_header(c->quote)) OBJECT(j, "it is a header");
    if (c->kind == CLAIM_TERMINAL && is_cut_short(j, c, own)) OBJECT(j, "the line is cut short");
    if (c->kind == CLAIM_TERMINAL && output && asks_another_service(j, c, line)) OBJECT(j, "another service is asked");
    if (c->kind == CLAIM_TERMINAL && output && is_another_run(j, p, command))
        OBJECT(j, "another run than the declared one");
    return NULL;
}

/* ---- the line and its block ---- */

static bool is_comment(str line) {
    line = str_trim(line);
    return str_starts(line, STR("#")) || str_starts(line, STR("//")) || str_starts(line, STR("-- ")) ||
           str_starts(line, STR(";"));
}

/* "-shared_buffers = 8GB" above "+shared_buffers = 16GB". */
static bool is_taken_out(const judge *j, const passage *p) {
    str line = passage_text(p), info = str_trim(str_span(j->art->source, j->art->blocks[p->block].info));
    return (str_starts(info, STR("diff")) || str_starts(info, STR("patch"))) && str_starts(line, STR("-"));
}

/* A comment above the line says that these are not the values in use: "# PgBouncer's defaults". */
static bool is_headed_otherwise(judge *j, const passage *p) {
    static const char *const words[] = {
        "default",  "example",        "sample",      "ships",      "upstream",    "rollback",
        "old ",     "would",          "on its own",  "before ",    "until ",      "former",
        "laptop",   "to try ",        "experiment",  "playground", "for testing", " instance",
        "staging",  "drill",          "scratch vm",  "throwaway",  "sandbox",     ".gitlab-ci",
        ".github",  "to see whether", "your values", "your own",   ".old",        ".bak",
        " sent me", " sent us",       "not ours",    "not mine",   " talk",       "slide "};
    uint32_t own = (uint32_t)(p - j->passages);
    for (uint32_t i = own; i > 0 && own - i < BLOCK_LINES && j->passages[i - 1].block == p->block; i--) {
        str line = passage_text(&j->passages[i - 1]);
        if (!str_trim(line).n) return false;
        if (!is_comment(line) || j->passages[i - 1].flags & PASSAGE_ROOT) continue;
        for (size_t k = 0; k < COUNT_OF(words); k++)
            if (doubt_holds(line, words[k])) return true;
        return false;
    }
    return false;
}

/* "OnUnitActiveSec=5min   # the idle limit is 20 min": the comment says the fact's value, the line another thing. */
static bool states_its_value(const judge *j, const passage *p, const numeric_fact *f) {
    for (uint32_t i = p->token_lo; i < p->token_hi && i < p->token_lo + 16; i++) {
        const token *t = &p->on->tokens[i];
        measure m;
        if (t->text.lo < j->judging_at.hi && t->text.hi > j->judging_at.lo) continue;
        if (t->kind == TOKEN_QUANTITY && measure_of_token(p->on, t, &m) && m.dimension == f->dimension && !m.interval &&
            measure_agrees(&m, f->base, f->tolerance))
            return true;
    }
    return false;
}

/* "CUDA Version: 13.0" as nvidia-smi prints it: what the driver can do, at least as much as the toolkit that is there.
 * A manifest that gives the component that very name says that it is meant. */
static bool is_drivers_cuda(const judge *j, const passage *p, const claim *c) {
    str before = surface_slice(p->on, p->text.lo, j->judging_at.lo);
    const manifest_entity *e = c->subject.n ? manifest_find_entity(j->m, c->subject) : NULL;
    if (!e || !doubt_holds(before, "Driver Version") || !str_ends(str_trim(before), STR("CUDA Version:"))) return false;
    for (uint32_t i = 0; i < e->aliases.n; i++)
        if (str_eq_nocase(e->aliases.at[i].text, STR("CUDA Version"))) return false;
    str shown = surface_slice(p->on, j->judging_at.lo, j->judging_at.hi);
    return version_compare(VERSION_LOOSE, shown, e->version.text) == VERSION_GREATER;
}

/* Is the component what a declared service runs? The base of an image of vLLM is the vLLM that serves. */
static bool is_served(const judge *j, const claim *c) {
    const manifest_entity *e = c->subject.n ? manifest_find_entity(j->m, c->subject) : NULL;
    uint32_t count = 0;
    if (e) fact_index_services(j->index, (uint32_t)(e - j->m->entities), &count);
    return count > 0;
}

/* "# nvidia-driver-580" below `apt-mark showhold`: a comment of one word shows what the command above it listed. */
static bool is_answer(const judge *j, const passage *p) {
    static const char *const lists[] = {" showhold", " list", "dpkg -l", " freeze", "rpm -q", "images"};
    uint32_t own = (uint32_t)(p - j->passages);
    for (uint32_t i = own + 1; i > 0 && own - i + 1 < 6 && j->passages[i - 1].block == p->block; i--) {
        str line = str_trim(passage_text(&j->passages[i - 1]));
        for (size_t k = 0; k < COUNT_OF(lists) && !str_starts(line, STR("#")); k++)
            if (doubt_holds(line, lists[k])) return i <= own;
        if (!str_starts(line, STR("# ")) || str_find_byte(line, ' ', 2) >= 0) return false;
    }
    return false;
}

/* `assert parse("vLLM 0.16.0") == …`, `INSERT INTO facts VALUES ('vllm', '0.16.0')`: what a program is tried with. */
static bool is_sample(str line) {
    line = str_trim(line);
    return str_starts(line, STR("assert")) || str_starts(line, STR("expect(")) ||
           str_starts(line, STR("INSERT INTO ")) || str_starts(line, STR("insert into ")) ||
           str_starts(line, STR("EXPECT_")) || str_starts(line, STR("ASSERT_"));
}

static const char *doubt_of_line(judge *j, const passage *p, const claim *c) {
    static const char *const offers[] = {"requires",    "required", " available",      "Candidate",
                                         ">=",          "expected", "to be installed", "Collecting",
                                         "Downloading", "supports", "upgrade to",      "incompatible"};
    str line = passage_text(p);
    if (is_comment(line) && !(p->flags & PASSAGE_ROOT) && !is_answer(j, p)) OBJECT(j, "it is commented out");
    if (!(p->flags & PASSAGE_PROMPT) && says_failure(line)) OBJECT(j, "the line says that it failed");
    if (j->contradicting && states_its_value(j, p, j->contradicting))
        OBJECT(j, "the fact's own value stands in the line");
    if (is_taken_out(j, p)) OBJECT(j, "it is what was taken out");
    if (is_headed_otherwise(j, p)) OBJECT(j, "the comment above says that it is not in use");
    if (c->kind == CLAIM_VERSION) {
        const manifest_entity *e = c->subject.n ? manifest_find_entity(j->m, c->subject) : NULL;
        if (doubt_is_namesake_package(e, c->quote)) OBJECT(j, "a package that only bears the name");
        if (is_sample(line)) OBJECT(j, "it is sample data");
        bool base = str_starts(str_trim(line), STR("FROM ")) || str_starts(str_trim(line), STR("ARG "));
        if (base && !is_served(j, c)) OBJECT(j, "it is the base of an image");
        if (is_drivers_cuda(j, p, c)) OBJECT(j, "it is what the driver can do");
        for (size_t i = 0; i < COUNT_OF(offers) && !(p->flags & PASSAGE_PROMPT); i++)
            if (doubt_holds(line, offers[i])) OBJECT(j, "it is what could be installed, or must be");
    }
    if (c->kind == CLAIM_QUANTITY &&
        (str_starts(str_trim(line), STR("SET ")) || str_starts(str_trim(line), STR("ALTER "))))
        OBJECT(j, "it is set for one session");
    return NULL;
}

/* "Docker Compose version v2.40.0", "containerd:" above "Version: v1.7.28": another program's. */
static bool is_of_another_program(judge *j, passage *p, const claim *c) {
    if (c->kind != CLAIM_VERSION || !(p->flags & PASSAGE_TERMINAL)) return false;
    passage_prepare(j, p);
    const manifest_entity *e = c->subject.n ? manifest_find_entity(j->m, c->subject) : NULL;
    uint32_t name = UINT32_MAX;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && e; h++)
        if (&j->m->entities[0] + hit_entity(j, &p->on->hits[h], -1) == e && p->on->hits[h].where.hi <= j->judging_at.lo)
            name = p->on->hits[h].where.hi;
    for (uint32_t i = 0; i < p->word_count && i < 64 && name != UINT32_MAX; i++) {
        if (p->words[i].lo < name || p->words[i].hi > j->judging_at.lo) continue;
        uint8_t first = p->on->text.p[p->words[i].lo], second = p->on->text.p[p->words[i].lo + 1];
        bool acronym = byte_is_alpha(second) && !(second & 0x20); /* "vLLM API server version 0.17.0": its own */
        if (byte_is_alpha(first) && !(first & 0x20) && !acronym && !(p->words[i].cues & CUE_FILLER) &&
            p->words[i].lo == name + 1)
            return true;
    }
    if (name != UINT32_MAX) return false;
    uint32_t own = (uint32_t)(p - j->passages);
    if (own == 0 || j->passages[own - 1].block != p->block || j->passages[own - 1].flags & PASSAGE_PROMPT) return false;
    str above = str_trim(passage_text(&j->passages[own - 1]));
    const passage *q = &j->passages[own - 1];
    bool heads = str_ends(above, STR(":")) && str_find_byte(above, ' ', 0) < 0; /* "containerd:" */
    return heads && q->hit_lo == q->hit_hi;
}

/* "From another machine:" above `curl http://store:4000/wake`: it is asked from there, and the address is ours, or it
 * would be no claim. */
static bool is_addressed(const judge *j, const passage *p, const claim *c) {
    if (c->kind != CLAIM_PORT) return false;
    str text = surface_slice(p->on, p->text.lo, j->judging_at.hi);
    ptrdiff_t end = text.n;
    while (end > 0 && byte_is_digit(text.p[end - 1])) end--;
    if (end < 1 || text.p[--end] != ':') return false;
    ptrdiff_t lo = end;
    while (lo > 0 && (byte_is_alnum(text.p[lo - 1]) || text.p[lo - 1] == '.' || text.p[lo - 1] == '-')) lo--;
    str host = str_slice(text, lo, end);
    return host.n > 2 && !str_eq(host, STR("localhost")) && !str_starts(host, STR("127.")) &&
           !str_eq(host, STR("0.0.0.0"));
}

const char *doubt_of_code(judge *j, passage *p, const claim *c) {
    const char *doubt = is_addressed(j, p, c) ? NULL : doubt_of_lead(j, p, c);
    if (!doubt) doubt = doubt_of_command(j, p, c);
    if (!doubt) doubt = doubt_of_line(j, p, c);
    if (doubt) return doubt;
    doubt = doubt_of_config(j, p, c);
    if (doubt) return doubt;
    if (is_of_another_program(j, p, c)) OBJECT(j, "another name stands before it");
    return NULL;
}
