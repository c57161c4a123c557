/* version_query.c - the version that a command was asked for.
 *
 *     $ vllm --version          the program before the flag
 *     0.7.3
 *     $ pip show vllm           the name in the lines above: "Name: vllm", "Distributor ID: Ubuntu", "driver_version"
 *     Name: vllm
 *     Version: 0.8.4
 *     $ pip show vllm | grep Version      the name in the command, where the lines above were cut away
 *     $ lsb_release -rs                   the one distribution that is declared
 *     gcc (Debian 12.2.0-14+deb12u1) 12.2.0     the program that was asked, and its makers' number
 *     psql (17.6)               the server that the client belongs to
 *     Cuda compilation tools, release 12.8     the name in the same line, the number behind "release"
 *
 * In: a version token in pasted output. Out: its component. A line binds only when it says nothing but the version and
 * a word for it, so that one version among other output is not taken for the answer.
 */
#include "facts/reading/standing.h"
#include "facts/versions/versions.h"

enum { ENTITIES_LOOKED_AT = 512 };

static bool is_version_word(const passage *p, uint32_t i) {
    static const char words[] = "version release v ver version_id installed candidate id";
    return word_in(p, i, words);
}

/* Does the line say nothing but the version, and a word for it? */
static bool is_bare_line(const passage *p, const token *t) {
    for (uint32_t i = 0; i < p->word_count; i++) {
        if (p->words[i].lo >= t->text.lo && p->words[i].hi <= t->text.hi) continue;
        if (!is_version_word(p, i)) return false;
    }
    return true;
}

/* The only component named in [lo, hi) of a passage; the last one's entities when several are and `last` is set. */
static bool component_in(const judge *j, const passage *p, uint32_t lo, uint32_t hi, bool last, binding *b) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && p->on->hits[h].where.lo < hi; h++) {
        const alias_hit *hit = &p->on->hits[h];
        binding one = {.n = 0};
        if (hit->where.lo < lo || hit->where.hi > hi || hit->inside >= 0) continue;
        add_component(j, &one, hit);
        if (!one.n) continue;
        if (b->n && !last && b->entity[0] != one.entity[0]) {
            b->n = 0;
            return false;
        }
        b->n = one.n;
        memcpy(b->entity, one.entity, sizeof one.entity);
    }
    return b->n > 0;
}

bool version_is_operand(const judge *j, const passage *p, const token *t, uint32_t entity) {
    if (p->kind != PASSAGE_CODE || !(p->flags & PASSAGE_PROMPT) || t->kind != TOKEN_VERSION || t->flags & TOKEN_PINNED)
        return false;
    if (t->core.lo != t->text.lo || t->text.lo <= p->text.lo || p->on->text.p[t->text.lo - 1] != ' ') return false;
    binding one = {.n = 0};
    for (uint32_t h = p->hit_lo; h < p->hit_hi && p->on->hits[h].where.lo < t->text.lo; h++) {
        const alias_hit *hit = &p->on->hits[h];
        str before = str_trim(surface_slice(p->on, p->text.lo, hit->where.lo));
        add_component(j, &one, hit);
        bool typed = before.n == 0 || strchr("$#>%", before.p[before.n - 1]) || str_ends(before, STR("sudo"));
        if (one.n) return typed && one.entity[0] == entity; /* the first name of the line */
    }
    return false;
}

/* Where in a command the version is asked for: "--version", "-V", "version", ".__version__"; 0 when it is not. */
static uint32_t query_at(const passage *command) {
    static const char *const queries[] = {"--version", " -V", " version", ".__version__", " -v", "driver_version"};
    str line = passage_text(command);
    for (size_t k = 0; k < COUNT_OF(queries); k++) {
        ptrdiff_t at = str_find(line, str_from_cstr(queries[k]), 0);
        if (at > 0) return command->text.lo + (uint32_t)at;
    }
    return 0;
}

/* Where the operand begins of a command that prints one installed package's record, "pip show vllm | grep Version"; 0
 * where it is no such command, or names several packages. */
static uint32_t record_at(const passage *command, uint32_t *end) {
    static const char *const shows[] = {"pip show ", "pip3 show ", "dpkg -s ", "dpkg --status ", "rpm -qi "};
    str line = passage_text(command);
    for (size_t k = 0; k < COUNT_OF(shows); k++) {
        ptrdiff_t at = str_find(line, str_from_cstr(shows[k]), 0);
        if (at < 0) continue;
        at += (ptrdiff_t)strlen(shows[k]);
        ptrdiff_t hi = at;
        while (hi < line.n && !strchr("|>&;", line.p[hi])) hi++;
        if (str_find_byte(str_trim(str_slice(line, at, hi)), ' ', 0) >= 0) return 0;
        *end = command->text.lo + (uint32_t)hi;
        return command->text.lo + (uint32_t)at;
    }
    return 0;
}

/* Is the version the first word of the line: "v2.10.2 h1:…", "3.45.1 2024-01-30"? */
static bool begins_line(const passage *p, const token *t) {
    return p->word_count > 0 && t->text.lo <= p->words[0].lo && p->words[0].hi <= t->text.hi;
}

/* name = "vllm" above version = "0.17.1", in one section of a lock file. */
static bool bind_pair(judge *j, passage *p, const token *t, binding *b) {
    passage_prepare(j, p);
    if (!is_bare_line(p, t) || !word_is(p, 0, "version")) return false;
    uint32_t own = (uint32_t)(p - j->passages);
    for (uint32_t up = own; up > 0 && own - up < 4; up--) {
        passage *q = &j->passages[up - 1];
        if (q->kind != PASSAGE_CODE || q->block != p->block || !(q->flags & PASSAGE_CONFIG)) return false;
        passage_prepare(j, q);
        if (word_is(q, 0, "version") || str_starts(str_trim(passage_text(q)), STR("["))) return false;
        if (!word_is(q, 0, "name") && !word_is(q, 0, "package")) continue;
        return q->word_count == 2 && component_in(j, q, q->text.lo, q->text.hi, false, b) && (b->strong = true);
    }
    return false;
}

/* The component that has one of the names, "NVIDIA driver|nvidia-driver". */
static void bind_called(const judge *j, str names, binding *b) {
    str name;
    while (!b->n && str_cut(&names, '|', &name)) {
        uint32_t count;
        const alias_target *targets = alias_lookup(j->m->names, name, &count);
        for (uint32_t i = 0; i < count && !b->n; i++)
            if (targets[i].kind == ALIAS_ENTITY && has_version(j, targets[i].index))
                b->entity[b->n++] = targets[i].index;
    }
}

/* "psql (16.4)", "pgbench (17.4, server 17.6)": PostgreSQL's clients print their own release, and the server's where it
 * is another. */
static bool bind_banner(const judge *j, const passage *p, const token *t, binding *b) {
    str line = str_trim(passage_text(p)), behind = surface_slice(p->on, t->core.hi, p->text.hi),
        before = str_trim(surface_slice(p->on, p->text.lo, t->core.lo));
    bool client = str_starts(line, STR("psql (")) || str_starts(line, STR("pgbench ("));
    bool same = str_eq(before, STR("psql (")) || str_eq(before, STR("pgbench ("));
    same = same && (str_starts(behind, STR(")")) || str_starts(behind, STR(" (")));
    if (!client || !(same || str_ends(before, STR(", server")))) return false;
    bind_called(j, STR("PostgreSQL|postgresql|postgres"), b);
    return b->strong = b->n > 0;
}

/* Does a service of ours run the component? */
static bool is_served(const judge *j, uint32_t component) {
    for (uint32_t i = 0; i < j->m->entity_count && i < ENTITIES_LOOKED_AT; i++)
        for (uint32_t k = 0; j->m->entities[i].kind == ENTITY_SERVICE && k < j->m->entities[i].runs.n && k < 64; k++)
            if (j->m->entities[i].runs.items[k].entity == component) return true;
    return false;
}

/* "VLLM_VERSION=0.17.0", "export VLLM_TAG=v0.17.0": the variable that picks the release of what a service runs. Of
 * others, CUDA_VERSION, it may be what an image is built from. */
static void bind_variable(const judge *j, str line, binding *b) {
    static const char *const ends[] = {"_IMAGE_TAG", "_VERSION", "_RELEASE", "_TAG",
                                       "_image_tag", "_version", "_release", "_tag"};
    if (str_starts(line, STR("export "))) line = str_trim(str_slice(line, 7, line.n));
    ptrdiff_t sign = str_find_byte(line, '=', 0);
    if (sign < 0) sign = str_find(line, STR(": "), 0); /* vllm_version: 0.17.0 */
    str name = str_trim(str_slice(line, 0, sign < 0 ? 0 : sign)), value = str_trim(str_slice(line, sign + 1, line.n));
    if (str_find_byte(value, ' ', 0) >= 0) return; /* "VLLM_TAG=v0.19.1 ./bench.sh": of one command only */
    for (size_t k = 0; k < COUNT_OF(ends); k++) {
        str end = str_from_cstr(ends[k]);
        if (!str_ends(name, end) || name.n <= end.n + 1) continue;
        bind_called(j, str_slice(name, 0, name.n - end.n), b);
        if (b->n && !is_served(j, b->entity[0])) b->n = 0;
        return;
    }
}

static bool is_run_here(const judge *j, uint32_t component) {
    for (uint32_t i = 0; i < j->m->entity_count && i < ENTITIES_LOOKED_AT; i++)
        for (uint32_t k = 0; k < j->m->entities[i].runs.n && k < 64; k++)
            if (j->m->entities[i].runs.items[k].entity == component) return true;
    return false;
}

/* "curl … | INSTALL_K3S_VERSION=v1.32.3+k3s1 sh -": the release that an installer is told to put on one of our
 * machines: the one that runs, or one that ran, for the line may be of long ago; only a history tells that it never
 * did. */
static void bind_installed(const judge *j, str line, binding *b) {
    ptrdiff_t lo = str_find(line, STR("INSTALL_"), 0), hi = lo < 0 ? -1 : str_find(line, STR("_VERSION="), lo);
    if (lo < 0 || hi < lo + 10 || hi - lo > 40) return;
    bind_called(j, str_slice(line, lo + 8, hi), b);
    if (b->n && (!is_run_here(j, b->entity[0]) || !j->m->entities[b->entity[0]].version.history_count)) b->n = 0;
    b->past_too = true;
}

/* "NVRM version: …  580.95.05": what a field of some output is the version of. */
bool bind_field(judge *j, const passage *p, binding *b) {
    static const char *const fields[][2] = {{"NVRM version:", "NVIDIA driver|nvidia-driver|driver"}};
    str line = str_trim(passage_text(p));
    bind_variable(j, line, b);
    if (!b->n) bind_installed(j, line, b);
    if (str_find(line, STR(" LLM engine (v"), 0) > 0) bind_called(j, STR("vLLM|vllm"), b); /* vLLM's log */
    for (size_t k = 0; k < COUNT_OF(fields); k++) {
        if (str_starts(line, str_from_cstr(fields[k][0]))) bind_called(j, str_from_cstr(fields[k][1]), b);
    }
    return b->strong = b->n > 0;
}

/* "Cuda compilation tools, release 12.8, V12.8.93": the compiler's own build, behind the toolkit's release. */
bool version_is_compilers(const passage *p, const token *t) {
    str before = str_trim(surface_slice(p->on, p->text.lo, t->core.lo));
    return p->kind == PASSAGE_CODE && p->flags & PASSAGE_TERMINAL && str_ends(before, STR(", V")) &&
           str_find(before, STR(" release "), 0) > 0;
}

/* `lsb_release -rs`: the release of the one distribution that is declared. */
static bool bind_distribution(const judge *j, str command, binding *b) {
    static const char *const flags[] = {" -rs", " -sr", " -r -s", " -s -r"};
    static const char *const names[] = {"Ubuntu|Ubuntu Server", "Debian|Debian GNU/Linux", "Fedora", "Linux Mint"};
    bool asked = false;
    if (str_find(command, STR("lsb_release"), 0) < 0) return false;
    for (size_t k = 0; k < COUNT_OF(flags); k++) asked = asked || str_find(command, str_from_cstr(flags[k]), 0) > 0;
    for (size_t k = 0; asked && k < COUNT_OF(names); k++) {
        binding one = {.n = 0};
        bind_called(j, str_from_cstr(names[k]), &one);
        if (!one.n) continue;
        if (b->n) {
            b->n = 0;
            return false;
        }
        b->entity[b->n++] = one.entity[0];
    }
    return b->strong = b->n > 0;
}

/* "`nvcc --version` says 12.8", "nvcc reports release 12.8": what a tool that comes with a component tells of it. */
static bool bind_tool(const judge *j, const passage *p, const token *t, binding *b) {
    static const char *const tools[][2] = {{"nvcc", "CUDA toolkit|CUDA|cuda-toolkit"},
                                           {"nvidia-smi", "NVIDIA driver|nvidia-driver"}};
    uint32_t i = version_word_before(p, t->text.lo);
    bool cuda = false, driver = false;
    while (i != UINT32_MAX && i > 0 && word_in(p, i, "release version cuda v driver")) {
        cuda = cuda || word_is(p, i, "cuda");
        driver = driver || word_is(p, i--, "driver");
    }
    if (i == UINT32_MAX || i == 0 || !word_in(p, i, "says reports prints shows gives answers")) return false;
    if (p->words[i - 1].hi + 3 < p->words[i].lo) return false;
    str said = surface_slice(p->on, p->text.lo, p->words[i].lo); /* "nvcc --version" */
    if (said.n > 24) said = str_slice(said, said.n - 24, said.n);
    for (size_t k = 0; k < COUNT_OF(tools); k++) {
        str tool = str_from_cstr(tools[k][0]);
        ptrdiff_t at = str_find(said, tool, 0), behind = at + tool.n;
        if (at < 0 || (at > 0 && byte_is_alnum(said.p[at - 1])) || (behind < said.n && byte_is_alnum(said.p[behind])))
            continue;
        if (k ? cuda : driver) return false; /* the CUDA that nvidia-smi names is no toolkit */
        bind_called(j, str_from_cstr(tools[k][1]), b);
        return b->strong = b->n > 0;
    }
    return false;
}

/* "gcc (Debian 12.2.0-14+deb12u1) 12.2.0": a program that was asked begins its first line with its name, and prints its
 * makers' number, bare, where that is the declared one. What it says otherwise is bound by nothing. */
static bool bind_own_banner(judge *j, const passage *p, const token *t, const passage *command, uint32_t query,
                            binding *b) {
    uint32_t w = standing_word_at(command, query);
    if (!p->word_count || w == 0 || w > command->word_count || t->kind == TOKEN_IMAGE) return false;
    str said = surface_slice(p->on, p->words[0].lo, p->words[0].hi),
        typed = surface_slice(command->on, command->words[w - 1].lo, command->words[w - 1].hi);
    str text = surface_slice(p->on, t->core.lo, t->core.hi);
    if (!str_eq_nocase(said, typed) || str_find_byte(text, '-', 0) >= 0) return false;
    binding one = {.n = 0};
    if (!component_in(j, command, command->words[w - 1].lo, query, true, &one)) return false;
    version_match m = version_agree_with(j, one.entity[0], text);
    if (!m.version || m.period) return false;
    *b = one;
    return b->strong = true;
}

/* `node --version`: typed by a word that is no name of the program in prose. */
static bool bind_typed_name(const judge *j, const passage *command, uint32_t query, binding *b) {
    uint32_t w = standing_word_at(command, query), count;
    if (!query || w == 0 || w > command->word_count || !word_is(command, w - 1, "node")) return false;
    bind_called(j, STR("nodejs|Node.js"), b);
    const alias_target *targets = b->n ? NULL : alias_lookup(j->m->names, STR("nodejs"), &count);
    for (uint32_t i = 0; targets && i < count && !b->n; i++)
        if (targets[i].kind == ALIAS_PACKAGE && has_version(j, targets[i].index)) b->entity[b->n++] = targets[i].index;
    return b->strong = b->n > 0;
}

bool bind_query(judge *j, passage *p, const token *t, binding *b) {
    if (p->kind == PASSAGE_CODE && p->flags & PASSAGE_CONFIG && t->kind == TOKEN_VERSION) return bind_pair(j, p, t, b);
    if (p->kind == PASSAGE_SENTENCE && j->about_us) {
        passage_prepare(j, p);
        return bind_tool(j, p, t, b);
    }
    if (p->kind != PASSAGE_CODE || !(p->flags & PASSAGE_TERMINAL) || t->kind == TOKEN_IMAGE) return false;
    if (bind_banner(j, p, t, b)) return true;
    passage_prepare(j, p);
    uint32_t before = UINT32_MAX;
    for (uint32_t i = 0; i < p->word_count && i < 64 && p->words[i].hi <= t->text.lo; i++) before = i;
    bool led = before != UINT32_MAX && (word_is(p, before, "release") || word_is(p, before, "version")) &&
               p->words[before].hi + 2 >= t->text.lo;
    led = led || version_is_compilers(p, t);
    if (led && component_in(j, p, p->text.lo, p->words[before].lo, false, b)) return b->strong = true;
    bool bare = is_bare_line(p, t) || str_starts(str_trim(passage_text(p)), STR("VERSION=")); /* os-release(5) */
    if (!bare && p->label != PASSAGE_NONE && (uint32_t)(p - j->passages) == p->label + 1) {
        passage *asked = &j->passages[p->label];
        uint32_t at = asked->flags & PASSAGE_PROMPT ? query_at(asked) : 0;
        passage_prepare(j, asked);
        if (at && bind_own_banner(j, p, t, asked, at, b)) return true;
    }
    if (!bare && !begins_line(p, t)) return false;
    uint32_t own = (uint32_t)(p - j->passages);
    for (uint32_t up = own; up > 0 && own - up < 4 && bare; up--) {
        const passage *q = &j->passages[up - 1];
        if (q->kind != PASSAGE_CODE || q->block != p->block || !(q->flags & PASSAGE_TERMINAL) || q->label != p->label)
            break;
        if (component_in(j, q, q->text.lo, q->text.hi, false, b)) return b->strong = true;
    }
    if (p->label == PASSAGE_NONE || !(j->passages[p->label].flags & PASSAGE_PROMPT)) return false;
    if (own != p->label + 1) return false; /* the answer is the first line */
    const passage *command = &j->passages[p->label];
    if (bare && str_find(passage_text(command), STR("/etc/debian_version"), 0) >= 0) {
        bind_called(j, STR("Debian"), b);
        return b->strong = b->n > 0;
    }
    if (bare && bind_distribution(j, passage_text(command), b)) return true;
    uint32_t behind = 0, record = record_at(command, &behind);
    if (record && bare && component_in(j, command, record, behind, false, b)) return b->strong = true;
    uint32_t query = query_at(command);
    ptrdiff_t uname = str_find(passage_text(command), STR("uname -r"), 0);
    if (uname >= 0 && bare) query = command->text.lo + (uint32_t)uname + 5;
    if (query && component_in(j, command, command->text.lo, query, true, b)) return b->strong = true;
    passage_prepare(j, &j->passages[p->label]);
    return bind_typed_name(j, command, query, b);
}
