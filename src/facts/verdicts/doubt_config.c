/* doubt_config.c - what lets a line of configuration be true of another part of the file, or for a while.
 *
 *     [server] timeout = "90s"  [reviewer] timeout = "300s"   the key has the fact's own value in another section
 *     autovacuum_work_mem = 512MB                             another key, whose name ends in the fact's
 *     max_connections 200   in a file of mosquitto's          another program's key of that name
 *     INTERVAL '7 days'                                       a type of SQL, no name
 *     runs-on: …  services: postgres: image: postgres:16      what a test job starts
 *     helm upgrade … --version 8.5.1                          the chart's version
 *     http-port=8080  management.port: 9000                   another port of the program
 *     docker run -p 55432:5432 …  psql -p 55432               the port of what the block starts
 *     vllm serve --model X --max-model-len 16384              the command serves another model
 *     … --replicas=2   # for the night of the migration       a while
 *
 * In: the passage of a claim in a code block. Out: the doubt, or NULL. Reads the block and the line that leads in.
 */
#include "facts/verdicts/doubt.h"

#include "lex/decimal.h"

#include <math.h>

enum { PASSAGES_BACK = 1024, BLOCK_LINES = 80, KEY_BYTES = 64, HITS_READ = 32, TOKENS_READ = 32 };

/* The lines of the block of passage `own`: [*first, *end), no more than BLOCK_LINES on either side. */
static void lines_of(const judge *j, uint32_t own, uint32_t *first, uint32_t *end) {
    uint32_t of = j->passages[own].block;
    *first = own;
    *end = own + 1;
    while (*first > 0 && own - *first < BLOCK_LINES && j->passages[*first - 1].block == of) --*first;
    while (*end < j->passage_count && *end - own < BLOCK_LINES && j->passages[*end].block == of) ++*end;
}

static bool is_key_byte(uint8_t c) { return byte_is_alnum(c) || c == '_' || c == '-' || c == '.'; }

/* The key that is given the value at `lo`: what stands before "=", ":" or a blank. */
static str key_before(const passage *p, uint32_t lo) {
    const uint8_t *text = p->on->text.p;
    uint32_t end = lo, start;
    while (end > p->text.lo && strchr(" \t\"'=:", text[end - 1])) end--;
    start = end;
    while (start > p->text.lo && end - start < KEY_BYTES && is_key_byte(text[start - 1])) start--;
    return surface_slice(p->on, start, end);
}

/* ---- the same key elsewhere ---- */

/* Does the line give the key a value that agrees with the fact? */
static bool gives_own_value(const passage *p, str key, const numeric_fact *f) {
    str line = passage_text(p);
    ptrdiff_t at = str_find(line, key, 0), end = at + key.n;
    if (at < 0 || (at > 0 && is_key_byte(line.p[at - 1]) && line.p[at - 1] != '-') ||
        (end < line.n && is_key_byte(line.p[end])))
        return false;
    for (uint32_t i = p->token_lo; i < p->token_hi && i < p->token_lo + TOKENS_READ; i++) {
        const token *t = &p->on->tokens[i];
        measure m;
        if (t->text.lo < p->text.lo + (uint32_t)end || !t->value.valid) continue;
        if (t->kind == TOKEN_QUANTITY && measure_of_token(p->on, t, &m) && m.dimension == f->dimension && !m.interval)
            return measure_agrees(&m, f->base, f->tolerance);
        return fabs(decimal_to_f64(t->value) - f->shown) <= 1e-9 * (1 + fabs(f->shown));
    }
    return false;
}

/* Does a section, or a map, begin between two lines: "[reviewer]", "reviewer:"? Lines that are typed stand alone. */
static bool are_parted(const judge *j, uint32_t from, uint32_t to) {
    if (!(j->passages[to].flags & PASSAGE_CONFIG)) return true;
    for (uint32_t i = from + 1; i < to; i++) {
        str line = str_trim(passage_text(&j->passages[i]));
        if ((str_starts(line, STR("[")) && str_ends(line, STR("]"))) || str_ends(line, STR(":")) ||
            str_ends(line, STR("{")))
            return true;
    }
    return false;
}

static bool is_another_sections(const judge *j, const passage *p, const numeric_fact *f) {
    uint32_t own = (uint32_t)(p - j->passages), first, end;
    str key = key_before(p, j->judging_at.lo);
    if (key.n < 3 || byte_is_digit(key.p[0])) return false;
    lines_of(j, own, &first, &end);
    for (uint32_t i = first; i < end; i++)
        if (i != own && gives_own_value(&j->passages[i], key, f) && are_parted(j, i < own ? i : own, i < own ? own : i))
            return true;
    return false;
}

/* ---- another key ---- */

/* "autovacuum_work_mem" is not work_mem: a part of the key that neither the fact nor its owner is called by. */
static bool is_longer_key(const judge *j, const passage *p, const numeric_fact *f) {
    str key = key_before(p, j->judging_at.lo), rest = key, part;
    bool own = false, other = false;
    while (key.n && key.p[0] == '-') key = str_slice(key, 1, key.n);
    for (ptrdiff_t i = 0; i < key.n; i++)
        if (key.p[i] == '.' || (key.p[i] == '-' && str_find_byte(key, '_', 0) >= 0)) return false;
    rest = key;
    while (str_cut(&rest, '_', &part)) {
        uint64_t stem = fact_stem(part);
        bool known = part.n < 3 || byte_is_digit(part.p[0]) || unit_parse(part, true) != UNIT_NONE ||
                     fact_has_condition_stem(f, stem);
        for (uint32_t o = 0; o < f->owner_count && !known; o++) {
            uint32_t count;
            const uint64_t *stems = fact_index_entity_stems(j->index, f->owners[o], &count);
            for (uint32_t k = 0; k < count && k < 32 && !known; k++) known = stems[k] == stem;
        }
        own = own || fact_has_stem(f, stem);
        other = other || (!known && !fact_has_stem(f, stem));
    }
    return own && other;
}

/* ---- another program's key ---- */

static void names_in(const judge *j, const passage *p, const numeric_fact *f, bool *owner, bool *other) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_READ; h++) {
        uint32_t e = hit_entity(j, &p->on->hits[h], -1);
        uint8_t kind = e == MANIFEST_NONE ? ENTITY_PROCESS : j->m->entities[e].kind;
        if (e != MANIFEST_NONE && fact_is_owned(f, e))
            *owner = true;
        else if (kind == ENTITY_COMPONENT)
            *other = true;
    }
}

/* Do the file, the line that leads in and the heading name another program, and the fact's owner nowhere? */
static bool is_another_programs(const judge *j, const passage *p, const numeric_fact *f) {
    bool owner = false, other = false;
    uint32_t first, end;
    if (f->kind != FACT_ATTR || !f->owner_count || !(p->flags & PASSAGE_CONFIG)) return false;
    if (j->m->entities[f->owners[0]].kind != ENTITY_COMPONENT) return false;
    lines_of(j, (uint32_t)(p - j->passages), &first, &end);
    for (uint32_t i = first; i < end; i++) names_in(j, &j->passages[i], f, &owner, &other);
    if (p->lead != PASSAGE_NONE) names_in(j, &j->passages[p->lead], f, &owner, &other);
    if (p->heading != PASSAGE_NONE) names_in(j, &j->passages[p->heading], f, &owner, &other);
    return other && !owner;
}

/* "--served-model-name mistral-small --max-model-len 16384": a command that says which model it serves, and neither it,
 * nor what leads in, names the one that the fact is of. */
static bool serves_another_model(const judge *j, const passage *p, const numeric_fact *f) {
    static const char *const flags[] = {"--model ", "--model=",    "--served-model-name", "--model-path", " -m ",
                                        "-hf ",     "vllm serve ", "ollama run ",         "ollama pull ", "lms load "};
    bool owner = false, other = false, named = false;
    uint32_t first, end;
    if (f->kind != FACT_ATTR || !f->owner_count) return false;
    if (j->m->entities[f->owners[0]].kind != ENTITY_COMPONENT) return false;
    lines_of(j, (uint32_t)(p - j->passages), &first, &end);
    for (uint32_t i = first; i < end; i++) {
        names_in(j, &j->passages[i], f, &owner, &other);
        str line = passage_text(&j->passages[i]);
        for (size_t k = 0; k < COUNT_OF(flags); k++) named = named || doubt_holds(line, flags[k]);
    }
    if (p->lead != PASSAGE_NONE) names_in(j, &j->passages[p->lead], f, &owner, &other);
    if (p->heading != PASSAGE_NONE) names_in(j, &j->passages[p->heading], f, &owner, &other);
    return named && !owner;
}

/* ---- for a while, in a test ---- */

/* The comment behind the claim in its own line. */
static bool is_for_a_while(const judge *j, const passage *p) {
    static const char *const words[] = {"for the night", "for one ",   "for an ",   "for the day", "for a while",
                                        "tried",         "until ",     "before ",   "tempor",      "only during",
                                        "during the",    "experiment", "while the", "just to "};
    str behind = surface_slice(p->on, j->judging_at.hi, p->text.hi);
    ptrdiff_t mark = str_find(behind, STR(" # "), 0);
    if (mark < 0) mark = str_find(behind, STR(" // "), 0);
    for (size_t i = 0; mark >= 0 && i < COUNT_OF(words); i++)
        if (doubt_holds(str_slice(behind, mark, behind.n), words[i])) return true;
    return false;
}

/* A job of a build server: what it starts is no part of what runs here. */
static bool is_test_job(const judge *j, const passage *p) {
    static const char *const keys[] = {"runs-on:", "script:", "before_script:", "- uses:", "stage:", "steps:"};
    uint32_t first, end;
    lines_of(j, (uint32_t)(p - j->passages), &first, &end);
    for (uint32_t i = first; i < end; i++) {
        str line = str_trim(passage_text(&j->passages[i]));
        for (size_t k = 0; k < COUNT_OF(keys); k++)
            if (str_starts(line, str_from_cstr(keys[k]))) return true;
    }
    return false;
}

/* "http-port=8080", "management.port: 9000": a port with a qualifier that no service of ours is called by. */
static bool is_qualified_port(const judge *j, const passage *p, const claim *c) {
    static const char *const others[] = {"http",     "management", "admin",  "metrics", "debug",
                                         "internal", "node",       "target", "health",  "gossip",
                                         "cluster",  "peer",       "web",    "api",     "inner"};
    str key = key_before(p, j->judging_at.lo);
    const manifest_entity *e = c->subject.n ? manifest_find_entity(j->m, c->subject) : NULL;
    uint32_t count = 0;
    const uint64_t *stems = e ? fact_index_entity_stems(j->index, (uint32_t)(e - j->m->entities), &count) : NULL;
    if (key.n < 6 || !str_eq_nocase(str_slice(key, key.n - 4, key.n), STR("port")) || byte_is_alnum(key.p[key.n - 5]))
        return false;
    for (size_t i = 0; i < COUNT_OF(others); i++) {
        str said = str_from_cstr(others[i]);
        if (!str_starts(key, said) || key.n != said.n + 5) continue;
        for (uint32_t k = 0; k < count && k < 32; k++)
            if (stems[k] == fact_stem(said)) return false;
        return true;
    }
    return false;
}

/* "psql -p 55432" below "docker run -p 55432:5432 …": the port of a container that a line above starts. */
static bool is_of_a_started_one(const judge *j, const passage *p) {
    str port = surface_slice(p->on, j->judging_at.lo, j->judging_at.hi);
    uint32_t own = (uint32_t)(p - j->passages);
    ptrdiff_t colon = str_find_byte(port, ':', 0); /* "127.0.0.1:55432" */
    if (colon > 0) port = str_slice(port, colon, port.n);
    while (port.n && !byte_is_digit(port.p[0])) port = str_slice(port, 1, port.n);
    for (uint32_t i = own > PASSAGES_BACK ? own - PASSAGES_BACK : 0; i < own && port.n; i++) {
        if (j->passages[i].kind != PASSAGE_CODE) continue;
        str line = passage_text(&j->passages[i]);
        ptrdiff_t at = str_find(line, port, 0);
        if ((doubt_holds(line, "docker run ") || doubt_holds(line, "podman run ") ||
             doubt_holds(line, "nerdctl run ")) &&
            at > 2 && (line.p[at - 1] == ' ' || line.p[at - 1] == ':' || line.p[at - 1] == 'p') &&
            at + port.n < line.n && line.p[at + port.n] == ':')
            return true;
    }
    return false;
}

const char *doubt_of_config(judge *j, const passage *p, const claim *c) {
    const numeric_fact *f = j->contradicting;
    str before = str_trim(surface_slice(p->on, p->text.lo, j->judging_at.lo));
    if (is_for_a_while(j, p)) OBJECT(j, "the comment behind it says that it is for a while");
    if ((c->kind == CLAIM_VERSION || c->kind == CLAIM_PORT) && is_test_job(j, p))
        OBJECT(j, "it is what a test job starts");
    if (c->kind == CLAIM_VERSION && str_ends(before, STR("--version")) && doubt_holds(before, "helm "))
        OBJECT(j, "it is the version of a chart");
    if (c->kind == CLAIM_PORT && is_qualified_port(j, p, c)) OBJECT(j, "it may be another port of the same name");
    if (c->kind == CLAIM_PORT && is_of_a_started_one(j, p)) OBJECT(j, "a container that is started above has it");
    if (!f) return NULL;
    if (str_ends(before, STR("INTERVAL '")) || str_ends(before, STR("interval '")))
        OBJECT(j, "the word before it is a type");
    if (is_longer_key(j, p, f)) OBJECT(j, "it is another, longer key");
    if (is_another_sections(j, p, f)) OBJECT(j, "the key has the fact's own value in another section");
    if (is_another_programs(j, p, f)) OBJECT(j, "another program's file");
    if (serves_another_model(j, p, f)) OBJECT(j, "the command serves another model");
    return NULL;
}
