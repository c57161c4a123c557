/* manifest_finish.c - from drafts to the public arrays.
 *
 *     drafts ──resolve ids──► ──freeze──► manifest arrays ──► every fact listed under its id path
 *
 * In: the drafts of all files. Out: the manifest's arrays, with ids resolved to indices, histories in order, and the
 * list and table of facts. Invariant: after this, nothing moves: pointers to facts stay valid for the manifest's life.
 */
#include "manifest/manifest_load.h"

#include <stdlib.h>

/* ---- references ---- */

static int unknown_id(loader *l, const manifest_text *text, const char *what, bool or_name) {
    str nearest = {NULL, 0};
    unsigned best = 4;
    for (size_t i = 0; i < l->entities.n; i++) {
        unsigned distance = str_distance(text->text, l->entities.at[i].e.id, 4);
        if (distance < best) best = distance, nearest = l->entities.at[i].e.id;
    }
    str_hint_text hint = str_hint(text->text, nearest);
    if (!or_name)
        return loader_error(l, ERROR_SCHEMA, text->place, "unknown %s '%.*s'%s", what, STR_ARG(text->text), hint.text);
    return loader_error(l, ERROR_SCHEMA, text->place,
                        "unknown %s '%.*s'%s%s a program that is no entry is written {name: %.*s}", what,
                        STR_ARG(text->text), hint.text, *hint.text ? " Otherwise" : ":", STR_ARG(text->text));
}

/* The index of an entity, by its id or as a package's name. */
static bool find_id(const loader *l, str text, uint32_t *index) {
    const uint32_t *value = id_table_find(&l->store->ids, text);
    if (!value || ID_KIND(*value) != ID_ENTITY)
        value = id_table_find(&l->store->packages, text); /* a package gives way to a component of its name */
    if (value) *index = ID_INDEX(*value);
    return value != NULL;
}

int resolve_entity(loader *l, const manifest_text *text, const char *what, uint32_t *index) {
    if (!text->text.p) return ERROR_NONE;
    return find_id(l, text->text, index) ? ERROR_NONE : unknown_id(l, text, what, false);
}

int resolve_host(loader *l, const manifest_text *text, uint32_t *index) {
    TRY(resolve_entity(l, text, "host", index));
    if (!text->text.p) return ERROR_NONE;
    uint8_t kind = l->entities.at[*index].e.kind;
    if (kind == ENTITY_HOST || kind == ENTITY_HARDWARE) return ERROR_NONE;
    return loader_error(l, ERROR_SCHEMA, text->place, "'%.*s' is a %s, not a host or hardware", STR_ARG(text->text),
                        manifest_entity_kind_name((enum entity_kind)kind));
}

/* ---- entities ---- */

static int compare_periods(const void *left, const void *right) {
    const manifest_period *x = left, *y = right;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    return (x->to > y->to) - (x->to < y->to);
}

/* "scheme: semver" with "banana": no version could be compared with it. `loose` takes any text, and one with a number
 * that its scheme does not read ("570.153.02" under semver) is still compared part by part. */
static int check_version_text(loader *l, const entity_draft *d, str version, manifest_place place) {
    enum version_scheme scheme = (enum version_scheme)d->e.version.scheme;
    bool number = false;
    for (ptrdiff_t i = 0; i < version.n; i++) number = number || byte_is_digit(version.p[i]);
    if (!version.p || number || scheme == VERSION_LOOSE || version_readable(scheme, version)) return ERROR_NONE;
    return loader_error(l, ERROR_SCHEMA, place,
                        "'%.*s' is no version of the scheme %s: correct it, or state another scheme", STR_ARG(version),
                        version_scheme_name(scheme));
}

/* Two files may tell the same period: it is one. Within a file it stands twice, and overlaps itself. */
static void unite_periods(entity_draft *d) {
    size_t kept = 0;
    for (size_t i = 0; i < d->history.n; i++) {
        const manifest_period *p = &d->history.at[i];
        bool known = false;
        for (size_t k = kept; k-- > 0 && d->history.at[k].from == p->from && d->history.at[k].to == p->to;)
            known =
                known || (d->history.at[k].place.file != p->place.file && str_eq(d->history.at[k].version, p->version));
        if (!known) d->history.at[kept++] = *p;
    }
    d->history.n = kept;
}

static int periods_overlap(loader *l, const manifest_period *p, const manifest_period *before) {
    day_number end = p->to < before->to ? p->to : before->to;
    return loader_error(l, ERROR_CONFLICT, p->place, "%.*s and %.*s (%s) overlap: both are said of %s%s",
                        STR_ARG(p->version), STR_ARG(before->version), other_place(l, before->place).text,
                        p->from ? "" : "the time before ", date_format(p->from ? p->from : end).text);
}

static int finish_history(loader *l, entity_draft *d) {
    manifest_version *v = &d->e.version;
    if (d->history.n) qsort(d->history.at, d->history.n, sizeof *d->history.at, compare_periods);
    unite_periods(d);
    TRY(check_version_text(l, d, d->version.text, d->version.place));
    for (size_t i = 0; i < d->history.n; i++) {
        const manifest_period *p = &d->history.at[i], *before = i ? p - 1 : NULL;
        if (p->to > l->files.at[p->place.file].as_of)
            return loader_error(l, ERROR_SCHEMA, p->place, "this period ends on %s, after the manifest's as_of",
                                date_format(p->to).text);
        TRY(check_version_text(l, d, p->version, p->place));
        if (before && p->from < before->to) return periods_overlap(l, p, before);
    }
    v->text = d->version.text;
    v->history = d->history.at;
    v->history_count = (uint32_t)d->history.n;
    return ERROR_NONE;
}

/* Plain items are ids; an item with a `name` is something that no entry declares. */
static int finish_runs(loader *l, entity_draft *d) {
    for (size_t i = 0; i < d->runs.items.n; i++) {
        manifest_item *item = &d->runs.items.at[i];
        manifest_text text = {item->name, item->place};
        if (!item->named && !find_id(l, item->name, &item->entity)) return unknown_id(l, &text, "id", true);
    }
    return ERROR_NONE;
}

static manifest_list freeze_list(list_draft *d) {
    d->list.items = d->items.at;
    d->list.n = (uint32_t)d->items.n;
    return d->list;
}

static int finish_entity(loader *l, entity_draft *d, manifest_attr *attrs, uint32_t *attr_count) {
    manifest_entity *e = &d->e;
    TRY(resolve_host(l, &d->host, &e->host));
    TRY(finish_history(l, d));
    TRY(finish_runs(l, d));
    if (!d->aliases_stated && !VEC_PUSH(l->a, &d->aliases, (manifest_text){e->id, e->place}))
        return loader_out_of_memory(l);
    e->aliases = freeze_texts(&d->aliases);
    e->not_alias = freeze_texts(&d->not_alias);
    e->exposes = freeze_list(&d->exposes);
    e->runs = freeze_list(&d->runs);
    e->process.steps = d->steps.at;
    e->process.step_count = (uint32_t)d->steps.n;
    e->first_attr = *attr_count;
    e->attr_count = (uint32_t)d->attrs.n;
    for (size_t i = 0; i < d->attrs.n; i++) {
        attr_draft *draft = &d->attrs.at[i];
        draft->attr.aliases = freeze_texts(&draft->aliases);
        draft->attr.views = draft->views.at;
        draft->attr.view_count = (uint32_t)draft->views.n;
        attrs[(*attr_count)++] = draft->attr;
    }
    return ERROR_NONE;
}

static int finish_entities(loader *l) {
    manifest *m = &l->store->m;
    size_t attr_total = 0;
    uint32_t attr_count = 0;
    for (size_t i = 0; i < l->entities.n; i++) attr_total += l->entities.at[i].attrs.n;
    manifest_attr *attrs = ARENA_ARRAY(l->a, manifest_attr, attr_total);
    manifest_entity *entities = ARENA_ARRAY(l->a, manifest_entity, l->entities.n);
    if (!attrs || !entities) return loader_out_of_memory(l);
    for (size_t i = 0; i < l->entities.n; i++) {
        TRY(finish_entity(l, &l->entities.at[i], attrs, &attr_count));
        entities[i] = l->entities.at[i].e;
    }
    m->entities = entities, m->entity_count = (uint32_t)l->entities.n;
    m->attrs = attrs, m->attr_count = attr_count;
    return ERROR_NONE;
}

/* ---- the other sections ---- */

static int finish_scopes(loader *l) {
    manifest_scope *scopes = ARENA_ARRAY(l->a, manifest_scope, l->scopes.n);
    if (!scopes) return loader_out_of_memory(l);
    for (size_t i = 0; i < l->scopes.n; i++) {
        scope_draft *d = &l->scopes.at[i];
        TRY(resolve_host(l, &d->host, &d->scope.host));
        scopes[i] = d->scope;
        scopes[i].members = freeze_texts(&d->members);
        scopes[i].categories = freeze_texts(&d->categories);
    }
    l->store->m.scopes = scopes, l->store->m.scope_count = (uint32_t)l->scopes.n;
    return ERROR_NONE;
}

static int finish_absences(loader *l) {
    manifest_absence *absences = ARENA_ARRAY(l->a, manifest_absence, l->absences.n);
    if (!absences) return loader_out_of_memory(l);
    for (size_t i = 0; i < l->absences.n; i++) {
        absence_draft *d = &l->absences.at[i];
        const uint32_t *scope = d->scope.text.p ? id_table_find(&l->store->scope_ids, d->scope.text) : NULL;
        if (d->scope.text.p && !scope)
            return loader_error(l, ERROR_SCHEMA, d->scope.place, "unknown scope '%.*s': declare it under 'scopes'",
                                STR_ARG(d->scope.text));
        absences[i] = d->absence;
        if (scope) absences[i].scope = *scope;
    }
    l->store->m.absences = absences, l->store->m.absence_count = (uint32_t)l->absences.n;
    return ERROR_NONE;
}

static int finish_paths(loader *l) {
    manifest_path *paths = ARENA_ARRAY(l->a, manifest_path, l->paths.n);
    uint32_t *next = ARENA_ARRAY(l->a, uint32_t, l->paths.n);
    if (!paths || !next) return loader_out_of_memory(l);
    for (size_t i = l->paths.n; i-- > 0;) { /* backwards, so that each chain runs forwards */
        TRY(resolve_host(l, &l->paths.at[i].host, &l->paths.at[i].path.host));
        paths[i] = l->paths.at[i].path;
        uint32_t *first = (uint32_t *)(uintptr_t)id_table_find(&l->store->path_ids, paths[i].path);
        if (first) {
            next[i] = *first + 1;
            *first = (uint32_t)i;
        } else if (!id_table_add(&l->store->path_ids, l->a, paths[i].path, (uint32_t)i)) {
            return loader_out_of_memory(l);
        }
    }
    l->store->path_next = next;
    l->store->m.paths = paths, l->store->m.path_count = (uint32_t)l->paths.n;
    return ERROR_NONE;
}

static int finish_benchmarks(loader *l) {
    manifest_benchmark *benchmarks = ARENA_ARRAY(l->a, manifest_benchmark, l->benchmarks.n);
    if (!benchmarks) return loader_out_of_memory(l);
    for (size_t i = 0; i < l->benchmarks.n; i++) {
        benchmark_draft *d = &l->benchmarks.at[i];
        uint32_t *subjects = ARENA_ARRAY(l->a, uint32_t, d->subjects.n);
        if (!subjects) return loader_out_of_memory(l);
        for (size_t k = 0; k < d->subjects.n; k++) TRY(resolve_entity(l, &d->subjects.at[k], "id", &subjects[k]));
        benchmarks[i] = d->benchmark;
        benchmarks[i].subjects = subjects;
        benchmarks[i].subject_count = (uint32_t)d->subjects.n;
    }
    l->store->m.benchmarks = benchmarks, l->store->m.benchmark_count = (uint32_t)l->benchmarks.n;
    return ERROR_NONE;
}

static int finish_outputs(loader *l) {
    manifest_output *outputs = ARENA_ARRAY(l->a, manifest_output, l->outputs.n);
    if (!outputs) return loader_out_of_memory(l);
    for (size_t i = 0; i < l->outputs.n; i++) {
        TRY(resolve_host(l, &l->outputs.at[i].host, &l->outputs.at[i].output.host));
        outputs[i] = l->outputs.at[i].output;
    }
    l->store->m.outputs = outputs, l->store->m.output_count = (uint32_t)l->outputs.n;
    return ERROR_NONE;
}

/* ---- the list of facts ---- */

typedef struct fact_list {
    loader *l;
    VEC(const manifest_fact *) facts;
} fact_list;

/* Two files may say the same of a path, an absence or an output; within one file nothing is said twice. */
static bool restates(const manifest *m, const manifest_fact *f, const manifest_fact *other) {
    if (f->kind != other->kind || f->place.file == other->place.file) return false;
    if (f->kind == FACT_PATH) return m->paths[f->index].removed == m->paths[other->index].removed;
    if (f->kind == FACT_OUTPUT)
        return str_eq(m->outputs[f->index].equals, m->outputs[other->index].equals) &&
               str_eq(m->outputs[f->index].pattern, m->outputs[other->index].pattern);
    return f->kind == FACT_ABSENT && m->absences[f->index].scope == m->absences[other->index].scope;
}

static int list_fact(fact_list *list, const manifest_fact *fact, size_t index) {
    loader *l = list->l;
    manifest_fact *f = (manifest_fact *)(uintptr_t)fact; /* ours until the manifest is handed out */
    if (!f->id.p) return ERROR_NONE;
    f->index = (uint32_t)index;
    const uint32_t *known = id_table_find(&l->store->fact_ids, f->id);
    if (known && !restates(&l->store->m, f, list->facts.at[*known]))
        return loader_error(l, ERROR_CONFLICT, f->place, "'%.*s' is stated twice, first at %s", STR_ARG(f->id),
                            other_place(l, list->facts.at[*known]->place).text);
    if (!known && !id_table_add(&l->store->fact_ids, l->a, f->id, (uint32_t)list->facts.n))
        return loader_out_of_memory(l);
    return VEC_PUSH(l->a, &list->facts, f) ? ERROR_NONE : loader_out_of_memory(l);
}

static int list_attr(fact_list *list, const manifest_attr *attr, size_t index) {
    TRY(list_fact(list, &attr->fact, index));
    for (uint32_t i = 0; i < attr->view_count; i++) {
        const manifest_view *view = &attr->views[i];
        if (view->name.p)
            TRY(list_fact(list, &view->fact, index));
        else
            ((manifest_view *)(uintptr_t)view)->fact.index = (uint32_t)index;
    }
    return ERROR_NONE;
}

static int list_entity(fact_list *list, const manifest *m, uint32_t index) {
    const manifest_entity *e = &m->entities[index];
    TRY(list_fact(list, &e->version.fact, index));
    TRY(list_fact(list, &e->host_fact, index));
    TRY(list_fact(list, &e->port_fact, index));
    TRY(list_fact(list, &e->exposes.fact, index));
    TRY(list_fact(list, &e->runs.fact, index));
    TRY(list_fact(list, &e->location_fact, index));
    TRY(list_fact(list, &e->process.fact, index));
    for (uint32_t i = 0; i < e->attr_count; i++) TRY(list_attr(list, &m->attrs[e->first_attr + i], e->first_attr + i));
    return ERROR_NONE;
}

static int list_facts(loader *l) {
    manifest *m = &l->store->m;
    fact_list list = {.l = l};
    for (uint32_t i = 0; i < m->entity_count; i++) TRY(list_entity(&list, m, i));
    for (uint32_t i = 0; i < m->scope_count; i++) TRY(list_fact(&list, &m->scopes[i].fact, i));
    for (uint32_t i = 0; i < m->absence_count; i++) TRY(list_fact(&list, &m->absences[i].fact, i));
    for (uint32_t i = 0; i < m->path_count; i++) TRY(list_fact(&list, &m->paths[i].fact, i));
    for (uint32_t i = 0; i < m->benchmark_count; i++) TRY(list_fact(&list, &m->benchmarks[i].fact, i));
    for (uint32_t i = 0; i < m->output_count; i++) TRY(list_fact(&list, &m->outputs[i].fact, i));
    for (uint32_t i = 0; i < m->subcommand_count; i++) TRY(list_fact(&list, &m->subcommands[i].fact, i));
    for (uint32_t i = 0; i < m->flag_count; i++) TRY(list_fact(&list, &m->flags[i].fact, i));
    manifest_derived *derived = ARENA_ARRAY(l->a, manifest_derived, l->derived.n);
    if (!derived) return loader_out_of_memory(l);
    for (size_t i = 0; i < l->derived.n; i++) {
        derived[i] = l->derived.at[i].derived;
        l->derived.at[i].derived.fact.index = (uint32_t)i;
        TRY(list_fact(&list, &derived[i].fact, i));
    }
    m->derived = derived, m->derived_count = (uint32_t)l->derived.n;
    m->facts = list.facts.at, m->fact_count = (uint32_t)list.facts.n;
    TRY(finish_derived(l));
    for (size_t i = 0; i < l->derived.n; i++) { /* the expressions are parsed now */
        derived[i].steps = l->derived.at[i].derived.steps;
        derived[i].step_count = l->derived.at[i].derived.step_count;
        derived[i].stack_depth = l->derived.at[i].derived.stack_depth;
        derived[i].first_operand = l->derived.at[i].derived.first_operand;
    }
    inherit_states(m);
    return ERROR_NONE;
}

int finish_manifest(loader *l) {
    TRY(finish_entities(l));
    TRY(finish_scopes(l));
    TRY(finish_absences(l));
    TRY(finish_paths(l));
    TRY(finish_benchmarks(l));
    TRY(finish_outputs(l));
    TRY(finish_commands(l));
    return list_facts(l);
}
