/* notes.c - what loads, but judges nothing.
 *
 * In: a manifest that loaded. Out: lines for its author: a closed scope by which nothing can be excluded, a category of
 * processes whose deeds nobody knows, a derived fact without a value, a version that its scheme cannot read, a number
 * that wants a unit, a package whose component has another version, a day to come. None of these is an error, for each
 * may be meant as a record; each would otherwise be believed to guard articles.
 */
#include "manifest/notes.h"

#include "base/shown.h"
#include "manifest/derived.h"

#include <stdarg.h>
#include <stdio.h>

enum { NOTE_LIMIT = 20 };

typedef struct note_list {
    const manifest *m;
    buf *out;
    size_t n;
} note_list;

static void note(note_list *list, manifest_place place, const char *format, ...) __attribute__((format(printf, 3, 4)));
static void note(note_list *list, manifest_place place, const char *format, ...) {
    char where[600], what[600];
    va_list args;
    if (list->n++ >= NOTE_LIMIT) return;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    str whole = place.line ? str_from_cstr(manifest_place_text(list->m, place, where, sizeof where))
                           : list->m->files[place.file].path;
    shown_put(list->out, whole);
    buf_cstr(list->out, ": note: ");
    shown_put(list->out, str_from_cstr(what)); /* an imported manifest's words are other people's */
    buf_byte(list->out, '\n');
}

/* The kinds whose names the truth stage knows by itself, so that it sees what a closed list does not hold. */
static bool is_known_kind(str kind) {
    static const char *const parts[] = {"gpu", "accelerator", "cpu", "location"};
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (kind.n && str_find(kind, str_from_cstr(parts[i]), 0) >= 0) return true;
    return str_eq(kind, STR("command"));
}

/* {closed, kind: database, members: [PostgreSQL]}: which words are names of databases, no list here says. */
static void note_scope(note_list *list, uint32_t index) {
    const manifest_scope *s = &list->m->scopes[index];
    if (s->world != WORLD_CLOSED || !s->members.n || s->categories.n || is_known_kind(s->kind)) return;
    for (uint32_t i = 0; i < list->m->absence_count; i++)
        if (list->m->absences[i].scope == index) return;
    note(
        list, s->fact.place,
        "the closed scope '%.*s' excludes nothing: assay knows the names of gpu, location and command kinds only. Name "
        "what is not there under 'absent', with 'in: %.*s'",
        STR_ARG(s->name), STR_ARG(s->name));
}

/* The categories whose deeds the truth stage knows by their verbs (facts/processes/acts.c); a test holds the two
 * together. */
static const char *const categories[] = {"quality", "training", "backup", "release", "maintenance", "data", "drafting"};

static bool is_known_category(str word) {
    for (size_t i = 0; i < COUNT_OF(categories); i++)
        if (str_eq_nocase(word, str_from_cstr(categories[i]))) return true;
    return false;
}

static str nearest_category(str word) {
    for (size_t i = 0; i < COUNT_OF(categories); i++)
        if (str_is_near(word, str_from_cstr(categories[i]))) return str_from_cstr(categories[i]);
    return (str){NULL, 0};
}

/* {closed, categories: [qualitee]}: no verb is of that category. */
static void note_categories(note_list *list, const manifest_scope *s) {
    buf known = {0};
    for (size_t i = 0; i < COUNT_OF(categories); i++) buf_printf(&known, "%s%s", i ? ", " : "", categories[i]);
    for (uint32_t i = 0; i < s->categories.n && s->world == WORLD_CLOSED; i++) {
        str word = s->categories.at[i].text;
        bool again = false; /* two files that say the same */
        for (uint32_t k = 0; k < i; k++) again = again || str_eq(s->categories.at[k].text, word);
        if (again || is_known_category(word)) continue;
        note(list, s->fact.place,
             "assay knows no verb of the closed category '%.*s'%s It contradicts only what stands in a list under that "
             "name. Known: %.*s",
             STR_ARG(word), nearest_category(word).n ? str_hint(word, nearest_category(word)).text : ".",
             STR_ARG(buf_view(&known)));
    }
    list->out->failed = list->out->failed || known.failed;
    buf_free(&known);
}

/* Names of categories are free; one that is misspelt leaves its process out of a closed one. */
static void note_process(note_list *list, const manifest_entity *e) {
    str word = e->process.category, nearest = nearest_category(word);
    if (e->kind != ENTITY_PROCESS || !word.n || is_known_category(word) || !nearest.n) return;
    note(list, e->process.fact.place, "'%.*s' is of the category '%.*s', of which assay knows no verb%s",
         STR_ARG(e->id), STR_ARG(word), str_hint(word, nearest).text);
}

static void note_version(note_list *list, const manifest_version *v) {
    if (!v->text.n || v->scheme == VERSION_LOOSE) return; /* which compares anything part by part */
    if (version_readable((enum version_scheme)v->scheme, v->text)) return;
    note(list, v->fact.place, "'%.*s' is no version of the scheme %s: it is compared part by part, as 'loose' is",
         STR_ARG(v->text), version_scheme_name((enum version_scheme)v->scheme));
}

/* Is it what is counted, "cpu_cores", or a size that nobody writes without its unit, "memory"? */
static bool needs_unit(str name) {
    static const char *const sizes[] = {"memory",  "ram",       "vram",  "swap",    "disk",
                                        "storage", "bandwidth", "power", "latency", "duration"};
    ptrdiff_t at = name.n;
    while (at > 0 && byte_is_alpha(name.p[at - 1])) at--;
    str last = str_slice(name, at, name.n);
    for (size_t i = 0; i < COUNT_OF(sizes); i++)
        if (str_eq_nocase(last, str_from_cstr(sizes[i]))) return true;
    return unit_noun_plural(last) && unit_noun_known(last);
}

/* {cores: {value: 4}}: articles write "4 cores", and that number is not compared with a bare one. */
static void note_bare(note_list *list, const manifest_attr *attr) {
    const manifest_quantity *q = &attr->views[0].quantity;
    if (!q->number.valid || q->unit.p || q->render.n) return;
    bool wanted = needs_unit(attr->name);
    for (uint32_t i = 0; i < attr->aliases.n; i++) wanted = wanted || needs_unit(attr->aliases.at[i].text);
    if (wanted)
        note(list, q->place,
             "'%.*s' is a number without a unit: no size or count that an article writes with one is compared with it. "
             "Add 'unit: …'",
             STR_ARG(attr->fact.id));
}

/* "1:2.6.2-5" is 2.6.2 to whoever wrote the component by hand. */
static str upstream_of(const manifest_version *v) {
    str text = v->text;
    ptrdiff_t epoch = str_find_byte(text, ':', 0), end = 0;
    if (v->scheme != VERSION_DEB && v->scheme != VERSION_RPM) return text;
    if (epoch >= 0) text = str_slice(text, epoch + 1, text.n);
    while (end < text.n && !strchr("-+~", text.p[end])) end++;
    return str_slice(text, 0, end);
}

static bool begins_with(str whole, str part) {
    return str_starts(whole, part) && (whole.n == part.n || !byte_is_alnum(whole.p[part.n]));
}

/* A list of packages that a machine gave, merged with what its owner wrote: which of the two is right? */
static void note_package(note_list *list, const manifest_entity *package) {
    const manifest_version *v = &package->version;
    for (uint32_t i = 0; i < package->aliases.n && v->text.n; i++) {
        uint32_t count;
        const alias_target *targets = alias_lookup(list->m->names, package->aliases.at[i].text, &count);
        for (uint32_t k = 0; targets && k < count; k++) {
            if (targets[k].kind != ALIAS_ENTITY) continue;
            const manifest_entity *e = &list->m->entities[targets[k].index];
            str upstream = upstream_of(v), other = upstream_of(&e->version);
            if (!other.n || begins_with(upstream, other) || begins_with(other, upstream)) continue;
            note(list, v->fact.place,
                 "the package '%.*s' is %.*s, and the component '%.*s' %.*s: prose is judged by the component",
                 STR_ARG(package->id), STR_ARG(v->text), STR_ARG(e->id), STR_ARG(e->version.text));
            return;
        }
    }
}

bool manifest_notes(const manifest *m, day_number today, buf *out) {
    note_list list = {.m = m, .out = out};
    arena *a = arena_new(0);
    const derived_value *values = a ? derived_evaluate(a, m) : NULL;
    for (uint32_t i = 0; i < m->file_count; i++)
        if (m->files[i].as_of > today)
            note(&list, (manifest_place){i, 0, 0}, "as of %s, a day still to come",
                 date_format(m->files[i].as_of).text);
    for (uint32_t i = 0; i < m->scope_count; i++) note_scope(&list, i);
    for (uint32_t i = 0; i < m->scope_count; i++) note_categories(&list, &m->scopes[i]);
    for (uint32_t i = 0; i < m->entity_count; i++) note_process(&list, &m->entities[i]);
    for (uint32_t i = 0; i < m->entity_count; i++) note_version(&list, &m->entities[i].version);
    for (uint32_t i = 0; i < m->entity_count; i++)
        if (m->entities[i].kind == ENTITY_PACKAGE) note_package(&list, &m->entities[i]);
    for (uint32_t i = 0; i < m->attr_count; i++) note_bare(&list, &m->attrs[i]);
    for (uint32_t i = 0; values && i < m->derived_count; i++)
        if (!values[i].known || !values[i].reading_count)
            note(&list, m->derived[i].fact.place, "'%.*s' has no value in a unit that can be stated: it judges nothing",
                 STR_ARG(m->derived[i].fact.id));
    if (list.n > NOTE_LIMIT) buf_printf(out, "and %zu more notes\n", list.n - NOTE_LIMIT);
    bool made = values != NULL;
    arena_free(a);
    return made && !out->failed;
}
