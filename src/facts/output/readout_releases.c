/* readout_releases.c - versions that a program's output prints in a column or a key of its own.
 *
 *     $ uname -r  ⏎  6.12.57+deb13-amd64        the kernel of the machine that is named
 *     NAME  …  VERSION  ⏎  anvil … v1.34.3+k3s1  the component that the program belongs to
 *     ii  postgresql-17  17.7-1.pgdg13+1         the package of that name
 *
 * In: a reading whose key says that it is a version, and the components that it can be of. Out: a claim that it agrees
 * with what ran on the article's day, or with none of them. What agrees with an older or a newer period is left to
 * versions.c, which reads what the text says of it.
 */
#include "facts/output/readouts.h"

#include "manifest/command_index.h"
#include "manifest/date.h"

/* A packager's epoch and revision that the manifest leaves out: "2.3.4-1", "5:2.3.4-1~ubuntu" of 2.3.4. */
static str without_revision(str text, str declared) {
    ptrdiff_t digits = 0;
    while (digits < text.n && byte_is_digit(text.p[digits])) digits++;
    bool epoch = digits && digits + 1 < text.n && text.p[digits] == ':' && str_find_byte(declared, ':', 0) < 0;
    if (epoch) text = str_slice(text, digits + 1, text.n);
    for (ptrdiff_t at = 0; at < text.n; at++)
        if (strchr("-+~", text.p[at]))
            return str_find_byte(declared, text.p[at], 0) < 0 ? str_slice(text, 0, at) : text;
    return text;
}

/* "1.34.3+k3s2" of 1.34.3+k3s1: semver counts them as equal, but a program prints its own build. */
static bool other_build(str text, str declared) {
    ptrdiff_t a = str_find_byte(text, '+', 0), b = str_find_byte(declared, '+', 0);
    return a > 0 && b > 0 && !str_eq(str_slice(text, a, text.n), str_slice(declared, b, declared.n));
}

/* "8 580.159.03" of `uniq -c`: what is declared, and something beside it that is no part of it. */
static bool stands_inside(str text, str declared) {
    ptrdiff_t at = str_find(text, declared, 0);
    if (at < 0 || text.n == declared.n) return false;
    bool before = at == 0 || byte_is_space(text.p[at - 1]);
    return before && (at + declared.n == text.n || byte_is_space(text.p[at + declared.n]));
}

static bool judge_release(readout *o, const reading *r, const uint32_t *entities, uint32_t n) {
    const judge *j = o->j;
    str text = reading_text(o, r);
    const manifest_version *no = NULL;
    uint32_t of = 0;
    for (uint32_t i = 0; i < n; i++) {
        const manifest_version *v = &j->m->entities[entities[i]].version;
        str now = manifest_version_on(v, j->day);
        if (!now.n) continue;
        str plain = without_revision(text, now);
        bool builds = v->scheme == VERSION_SEMVER && other_build(text, now);
        if (stands_inside(text, now)) return false; /* versions.c finds it */
        if (!builds && (version_agrees(v, text, now) || version_agrees(v, plain, now)))
            return readout_settle(o, r, SAYS_YES, &v->fact, j->m->entities[entities[i]].id, now);
        for (uint32_t k = 0; k < v->history_count; k++) {
            str then = v->history[k].version;
            if (!builds && (version_agrees(v, text, then) || version_agrees(v, without_revision(text, then), then)))
                return false; /* versions.c knows what the text says */
        }
        if (!builds && v->text.n &&
            (version_agrees(v, text, v->text) || version_agrees(v, without_revision(text, v->text), v->text)))
            return false;
        if (version_is_outdated(v, text)) return false; /* nor wrong for being older */
        if (!no) no = v, of = entities[i];
    }
    return no && readout_settle(o, r, SAYS_NO, &no->fact, j->m->entities[of].id, manifest_version_on(no, j->day));
}

static uint32_t add_named(const judge *j, const char *names, uint32_t *found, uint32_t n, uint32_t capacity) {
    str rest = str_from_cstr(names), one;
    while (str_cut(&rest, ';', &one)) {
        uint32_t count = 0;
        const alias_target *targets = alias_lookup(j->m->names, one, &count);
        for (uint32_t i = 0; i < count && n < capacity; i++)
            if ((targets[i].kind == ALIAS_ENTITY || targets[i].kind == ALIAS_PACKAGE) &&
                j->m->entities[targets[i].index].version.text.n)
                found[n++] = targets[i].index;
    }
    return n;
}

static bool machine_runs(const judge *j, uint32_t machine, uint32_t entity) {
    const manifest_list *runs = &j->m->entities[machine].runs;
    for (uint32_t i = 0; i < runs->n; i++)
        if (runs->items[i].entity == entity) return true;
    return false;
}

/* Those of the machine that is named, where it says what it runs; else all. A machine that runs none of them has a
 * kernel that nobody declared. */
bool judge_output_kernel(readout *o, const reading *given) {
    reading own = *given, *r = &own;
    if (str_starts(reading_text(o, r), STR("Linux "))) own.lo += 6; /* hostnamectl */
    str text = reading_text(o, r);
    if (!byte_is_digit(text.p[0]) || str_find_byte(text, '.', 0) < 1) return false; /* "uname -m": aarch64 */
    uint32_t count, found[16], n = 0, machines = o->machine != MANIFEST_NONE ? 1 : o->led_count;
    const uint32_t *all = fact_index_kernels(o->j->index, &count);
    const uint32_t *of = o->machine != MANIFEST_NONE ? &o->machine : o->led;
    bool stated = false;
    for (uint32_t k = 0; k < machines; k++) {
        stated = stated || o->j->m->entities[of[k]].runs.n;
        for (uint32_t i = 0; i < count && i < 64 && n < COUNT_OF(found); i++)
            if (machine_runs(o->j, of[k], all[i])) found[n++] = all[i];
    }
    if (n) return judge_release(o, r, found, n);
    if (stated || count > COUNT_OF(found)) return false;
    return judge_release(o, r, all, count);
}

bool judge_output_component(readout *o, const reading *r, const char *names, const char *program) {
    uint32_t found[16], n = add_named(o->j, names, found, 0, COUNT_OF(found));
    uint32_t command = command_find(o->j->m, str_from_cstr(program));
    if (command != MANIFEST_NONE && n < COUNT_OF(found)) {
        uint32_t owner = o->j->m->commands[command].owner;
        if (owner != MANIFEST_NONE && o->j->m->entities[owner].version.text.n) found[n++] = owner;
    }
    str text = reading_text(o, r);
    bool digit = text.n > 1 && (byte_is_digit(text.p[0]) || (text.p[0] == 'v' && byte_is_digit(text.p[1])));
    return digit && str_find_byte(text, '.', 0) > 0 && judge_release(o, r, found, n);
}

/* Does the command list what could be had, or was, rather than what is installed? */
static bool is_offer(const readout *o) {
    static const char *const words[] = {"search",    "policy",   "madison", "index", "upgradable", "outdated",
                                        "available", "releases", "history", "repo",  "images",     "--all-versions"};
    str line = o->command == PASSAGE_NONE ? (str){0} : line_of(o->j, o->command);
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_find(line, str_from_cstr(words[i]), 0) >= 0) return true;
    return false;
}

bool judge_output_package(readout *o, const reading *r) {
    uint32_t count = 0, found[8], n = 0;
    const alias_target *targets = alias_lookup(o->j->m->names, r->row, &count);
    str text = reading_text(o, r);
    for (uint32_t i = 0; i < count && n < COUNT_OF(found); i++)
        if ((targets[i].kind == ALIAS_ENTITY || targets[i].kind == ALIAS_PACKAGE) &&
            o->j->m->entities[targets[i].index].version.text.n)
            found[n++] = targets[i].index;
    return n && byte_is_digit(text.p[0]) && !is_offer(o) && judge_release(o, r, found, n);
}

/* "vllm/vllm-openai   v0.17.1", "Django  5.2.8": the row's first word is, or ends in, a component's name. */
bool judge_output_row(readout *o, const reading *r) {
    str name = r->row, text = reading_text(o, r);
    uint32_t found[8], n = 0;
    ptrdiff_t slash = name.n;
    bool digit = text.n > 1 && (byte_is_digit(text.p[0]) || (text.p[0] == 'v' && byte_is_digit(text.p[1])));
    if (!digit || str_find_byte(text, '.', 0) < 0 || is_offer(o)) return false;
    while (slash > 0 && name.p[slash - 1] != '/') slash--;
    str whole_or_last[] = {name, str_slice(name, slash, name.n)};
    for (size_t k = 0; k < COUNT_OF(whole_or_last) && !n; k++) {
        uint32_t count = 0;
        const alias_target *targets =
            whole_or_last[k].n > 1 ? alias_lookup(o->j->m->names, whole_or_last[k], &count) : NULL;
        for (uint32_t i = 0; i < count && n < COUNT_OF(found); i++)
            if ((targets[i].kind == ALIAS_ENTITY || targets[i].kind == ALIAS_PACKAGE) &&
                o->j->m->entities[targets[i].index].version.text.n)
                found[n++] = targets[i].index;
    }
    return n && judge_release(o, r, found, n);
}
