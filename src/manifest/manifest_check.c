/* manifest_check.c - facts that contradict each other under the same conditions, and facts that nothing can match.
 *
 * In: the frozen manifest with its names. Out: the first such pair as an error that names both places. Everything here
 * is exact: equal conditions, equal host and port, a name that is both declared and declared absent. Facts that merely
 * look odd together are left alone. Time: in proportion to the manifest.
 */
#include "manifest/derived.h"
#include "manifest/manifest_load.h"

#include <stdlib.h>

/* ---- benchmarks ---- */

static int by_text(const void *left, const void *right) { return str_cmp(*(const str *)left, *(const str *)right); }

/* A digest of the conditions: equal exactly when they read alike. {batch: one} and {Batch: One} are one condition to
 * whoever looks for it in an article. */
static bool digest_conditions(arena *a, const manifest_benchmark *b, sha256_text *digest) {
    str *pairs = ARENA_ARRAY(a, str, b->condition_count);
    sha256 *h = pairs ? sha256_new() : NULL;
    if (!h) return false;
    bool kept = true;
    for (uint32_t i = 0; i < b->condition_count; i++) {
        str key = condition_fold(a, b->conditions[i].key), value = condition_fold(a, b->conditions[i].value);
        pairs[i] = arena_printf(a, "%.*s\x1f%.*s\x1e", STR_ARG(key), STR_ARG(value));
        kept = kept && key.p && value.p && pairs[i].p;
    }
    if (kept && b->condition_count) qsort(pairs, b->condition_count, sizeof *pairs, by_text);
    for (uint32_t i = 0; kept && i < b->condition_count; i++) sha256_add(h, pairs[i]);
    *digest = sha256_finish(h);
    return kept;
}

typedef struct metric_check {
    loader *l;
    const manifest_benchmark *b;
    manifest_place place; /* of the name */
    const char *where;    /* digest of its conditions */
    bool alias;           /* the name is one of its metric_aliases */
} metric_check;

/* Another benchmark that bears the name as its metric must agree. Two aliases may be alike: "tokens per second" is said
 * of reading and of writing. So may an alias and the metric of something in another unit. */
static int check_metric(const metric_check *c, id_table *seen, str name) {
    loader *l = c->l;
    const manifest *m = &l->store->m;
    const manifest_benchmark *b = c->b;
    str folded = alias_fold(l->a, name);
    for (uint32_t k = 0; k < b->subject_count; k++) {
        str key = arena_printf(l->a, "%u %s %.*s", b->subjects[k], c->where, STR_ARG(folded));
        if (!folded.p || !key.p) return loader_out_of_memory(l);
        const uint32_t *known = id_table_find(seen, key);
        if (!known) {
            if (!c->alias && !id_table_add(seen, l->a, key, (uint32_t)(b - m->benchmarks)))
                return loader_out_of_memory(l);
            continue;
        }
        const manifest_benchmark *other = &m->benchmarks[*known];
        if (other == b || unit_same_quantity(&b->quantity, &other->quantity)) continue;
        if (c->alias && !unit_same_dimension(&b->quantity, &other->quantity)) continue;
        return loader_error(l, ERROR_CONFLICT, c->place,
                            "'%.*s' (%.*s %.*s) contradicts '%.*s' (%.*s %.*s, %s): same subject, metric%s and "
                            "conditions",
                            STR_ARG(b->fact.id), STR_ARG(b->quantity.value), STR_ARG(b->quantity.unit),
                            STR_ARG(other->fact.id), STR_ARG(other->quantity.value), STR_ARG(other->quantity.unit),
                            other_place(l, other->fact.place).text, c->alias ? " (as this alias names it)" : "");
    }
    return ERROR_NONE;
}

static int check_benchmarks(loader *l) {
    const manifest *m = &l->store->m;
    id_table seen = {.seed = l->seed}; /* subject, conditions and metric -> the first benchmark of it */
    for (int aliases = 0; aliases < 2; aliases++)
        for (uint32_t i = 0; i < m->benchmark_count; i++) {
            const manifest_benchmark *b = &m->benchmarks[i];
            sha256_text where;
            if (!digest_conditions(l->a, b, &where)) return loader_out_of_memory(l);
            metric_check c = {.l = l, .b = b, .place = b->fact.place, .where = where.text, .alias = aliases};
            if (!aliases) TRY(check_metric(&c, &seen, b->metric));
            for (uint32_t k = 0; aliases && k < b->metric_aliases.n; k++) {
                c.place = b->metric_aliases.at[k].place;
                TRY(check_metric(&c, &seen, b->metric_aliases.at[k].text));
            }
        }
    return ERROR_NONE;
}

/* ---- views ---- */

static int check_views(loader *l) {
    const manifest *m = &l->store->m;
    for (uint32_t i = 0; i < m->attr_count; i++) {
        const manifest_attr *attr = &m->attrs[i];
        const manifest_quantity *first = &attr->views[0].quantity;
        for (uint32_t k = 1; k < attr->view_count; k++) {
            const manifest_quantity *q = &attr->views[k].quantity;
            if (unit_same_dimension(first, q)) continue;
            return loader_error(l, ERROR_CONFLICT, q->place, "views of '%.*s' measure different things: %.*s and %.*s",
                                STR_ARG(attr->fact.id), STR_ARG(first->unit), STR_ARG(q->unit));
        }
    }
    return ERROR_NONE;
}

/* ---- services ---- */

static bool list_has(const manifest_list *list, uint32_t entity) {
    for (uint32_t i = 0; i < list->n; i++)
        if (list->items[i].entity == entity) return true;
    return false;
}

/* A host that declares all it runs must list what the services on it are said to run. A service without `runs` of its
 * own is itself part of what its host runs. */
static int check_service_host(loader *l, uint32_t index) {
    const manifest *m = &l->store->m;
    const manifest_entity *e = &m->entities[index], *host = &m->entities[e->host];
    if (host->runs.world != WORLD_CLOSED || !e->runs.n || list_has(&host->runs, index)) return ERROR_NONE;
    for (uint32_t i = 0; i < e->runs.n; i++)
        if (list_has(&host->runs, e->runs.items[i].entity)) return ERROR_NONE;
    return loader_error(l, ERROR_CONFLICT, e->host_fact.place,
                        "'%.*s' is on '%.*s', whose closed 'runs' (%s) lists neither it nor what it runs",
                        STR_ARG(e->id), STR_ARG(host->id), other_place(l, host->runs.fact.place).text);
}

static int check_services(loader *l) {
    const manifest *m = &l->store->m;
    id_table ports = {.seed = l->seed};
    for (uint32_t i = 0; i < m->entity_count; i++) {
        const manifest_entity *e = &m->entities[i];
        if (e->kind != ENTITY_SERVICE || e->host == MANIFEST_NONE) continue;
        TRY(check_service_host(l, i));
        if (!e->port) continue;
        str key = arena_printf(l->a, "%u %u %.*s", e->host, e->port, STR_ARG(e->protocol.p ? e->protocol : STR("tcp")));
        const uint32_t *known = key.p ? id_table_find(&ports, key) : NULL;
        if (known)
            return loader_error(l, ERROR_CONFLICT, e->port_fact.place, "port %u of '%.*s' is taken: '%.*s' at %s",
                                e->port, STR_ARG(m->entities[e->host].id), STR_ARG(m->entities[*known].id),
                                other_place(l, m->entities[*known].port_fact.place).text);
        if (!key.p || !id_table_add(&ports, l->a, key, i)) return loader_out_of_memory(l);
    }
    return ERROR_NONE;
}

/* ---- absences ---- */

static bool is_installed(const manifest_entity *e) {
    bool versioned = e->kind == ENTITY_COMPONENT || e->kind == ENTITY_PACKAGE;
    return !versioned || e->version.text.p || !e->version.history_count;
}

/* Does the absence hold on this machine? One whose scope has a host speaks of that host alone. */
static bool is_absent_on(const manifest *m, const manifest_absence *gone, uint32_t host) {
    uint32_t scope_host = gone->scope == MANIFEST_NONE ? MANIFEST_NONE : m->scopes[gone->scope].host;
    return scope_host == MANIFEST_NONE || scope_host == host;
}

/* The machine that an entity is on, or is. */
static uint32_t host_of(const manifest *m, uint32_t entity) {
    return m->entities[entity].kind == ENTITY_SERVICE ? m->entities[entity].host : entity;
}

static int absence_conflict(loader *l, const manifest_text *match, const char *what, str who, manifest_place other) {
    return loader_error(l, ERROR_CONFLICT, match->place, "'%.*s' is declared absent, but it is %s '%.*s' at %s",
                        STR_ARG(match->text), what, STR_ARG(who), other_place(l, other).text);
}

static int check_absence(loader *l, const manifest_absence *gone, const manifest_text *match) {
    const manifest *m = &l->store->m;
    uint32_t count;
    const alias_target *targets = alias_lookup(m->names, match->text, &count);
    for (uint32_t i = 0; i < count; i++) {
        const alias_target t = targets[i];
        if (t.kind == ALIAS_ENTITY && is_installed(&m->entities[t.index]))
            return absence_conflict(l, match, "a name of", m->entities[t.index].id, m->entities[t.index].place);
        if (t.kind == ALIAS_PACKAGE && is_installed(&m->entities[t.index]) && is_absent_on(m, gone, MANIFEST_NONE))
            return absence_conflict(l, match, "the package", m->entities[t.index].id, m->entities[t.index].place);
        if (t.kind == ALIAS_RUN && is_absent_on(m, gone, host_of(m, t.index)))
            return absence_conflict(l, match, "run by", m->entities[t.index].id,
                                    m->entities[t.index].runs.items[t.part].place);
        if (t.kind == ALIAS_MEMBER)
            return absence_conflict(l, match, "a member of the scope", m->scopes[t.index].name,
                                    m->scopes[t.index].members.at[t.part].place);
        if (t.kind == ALIAS_COMMAND && !m->subcommands[m->commands[t.index].root].removed)
            return absence_conflict(l, match, "the command", m->commands[t.index].binary, m->commands[t.index].place);
        if (t.kind == ALIAS_EXPOSED)
            return absence_conflict(l, match, "exposed by", m->entities[t.index].id,
                                    m->entities[t.index].exposes.items[t.part].place);
    }
    return ERROR_NONE;
}

static int check_absences(loader *l) {
    const manifest *m = &l->store->m;
    id_table seen = {.seed = l->seed}; /* scope and name -> absence */
    for (uint32_t i = 0; i < m->absence_count; i++) {
        const manifest_absence *gone = &m->absences[i];
        for (uint32_t k = 0; k < gone->matches.n; k++) {
            const manifest_text *match = &gone->matches.at[k];
            TRY(check_absence(l, gone, match));
            str folded = alias_fold(l->a, match->text);
            str key = arena_printf(l->a, "%u %.*s", gone->scope, STR_ARG(folded));
            if (!folded.p || !key.p) return loader_out_of_memory(l);
            const uint32_t *known = id_table_find(&seen, key);
            if (!known && !id_table_add(&seen, l->a, key, i)) return loader_out_of_memory(l);
            if (!known || *known == i || m->absences[*known].fact.place.file != match->place.file) continue;
            return loader_error(l, ERROR_CONFLICT, match->place, "'%.*s' is declared absent twice, first at %s",
                                STR_ARG(match->text), other_place(l, m->absences[*known].fact.place).text);
        }
    }
    return ERROR_NONE;
}

/* ---- paths ---- */

static bool share_a_host(const manifest_path *x, const manifest_path *y) {
    return x->host == y->host || x->host == MANIFEST_NONE || y->host == MANIFEST_NONE;
}

/* Is `at`, the path itself or a folder above it, declared as removed where the path is said to be? */
static int check_removed(loader *l, const manifest_path *path, str at) {
    const manifest_store *s = l->store;
    const uint32_t *first = id_table_find(&s->path_ids, at);
    for (uint32_t i = first ? *first + 1 : 0; i; i = s->path_next[i - 1]) {
        const manifest_path *gone = &s->m.paths[i - 1];
        if (!gone->removed || !share_a_host(path, gone)) continue;
        return loader_error(l, ERROR_CONFLICT, path->fact.place, "'%.*s' is present, but '%.*s' is removed%s (%s)",
                            STR_ARG(path->path), STR_ARG(at),
                            gone->host == MANIFEST_NONE && path->host != MANIFEST_NONE ? " on every machine" : "",
                            other_place(l, gone->fact.place).text);
    }
    return ERROR_NONE;
}

static int check_paths(loader *l) {
    const manifest *m = &l->store->m;
    for (uint32_t i = 0; i < m->path_count; i++) {
        const manifest_path *path = &m->paths[i];
        if (path->removed) continue;
        TRY(check_removed(l, path, path->path));
        for (ptrdiff_t at = path->path.n; at-- > 1;)
            if (path->path.p[at] == '/') TRY(check_removed(l, path, str_slice(path->path, 0, at)));
    }
    return ERROR_NONE;
}

/* ---- derived facts ---- */

static int check_derived(loader *l) {
    const manifest *m = &l->store->m;
    if (!m->derived_count) return ERROR_NONE;
    const derived_value *values = derived_evaluate(l->a, m);
    if (!values) return loader_out_of_memory(l);
    for (uint32_t i = 0; i < m->derived_count; i++) {
        const manifest_derived *d = &m->derived[m->derived_order[i]];
        if (values[m->derived_order[i]].unlike)
            return loader_error(l, ERROR_CONFLICT, d->fact.place,
                                "'%.*s' adds or subtracts what has different units: nothing can match it",
                                STR_ARG(d->fact.id));
    }
    return ERROR_NONE;
}

/* ---- scopes ---- */

/* By the names under which an article's words are looked up: "SG Lang" and "sg-lang" are one member. */
static bool same_members(arena *memory, const manifest_scope *a, const manifest_scope *b) {
    if (a->members.n != b->members.n || a->categories.n != b->categories.n) return false;
    for (uint32_t i = 0; i < a->members.n; i++) {
        str one = alias_fold(memory, a->members.at[i].text), other = alias_fold(memory, b->members.at[i].text);
        if (!one.p || !other.p || !str_eq(one, other)) return false;
    }
    return true;
}

static int check_scopes(loader *l) {
    const manifest *m = &l->store->m;
    id_table kinds = {.seed = l->seed};
    for (uint32_t i = 0; i < m->scope_count; i++) {
        const manifest_scope *s = &m->scopes[i];
        if (s->world != WORLD_CLOSED || !s->kind.p) continue;
        str key = arena_printf(l->a, "%u %.*s", s->host, STR_ARG(s->kind));
        const uint32_t *known = key.p ? id_table_find(&kinds, key) : NULL;
        if (known && !same_members(l->a, s, &m->scopes[*known]))
            return loader_error(l, ERROR_CONFLICT, s->fact.place,
                                "'%.*s' and '%.*s' (%s) are closed scopes of the same kind with different members",
                                STR_ARG(s->name), STR_ARG(m->scopes[*known].name),
                                other_place(l, m->scopes[*known].fact.place).text);
        if (!key.p || (!known && !id_table_add(&kinds, l->a, key, i))) return loader_out_of_memory(l);
    }
    return ERROR_NONE;
}

int check_manifest(loader *l) {
    TRY(check_views(l));
    TRY(check_benchmarks(l));
    TRY(check_services(l));
    TRY(check_scopes(l));
    TRY(check_paths(l));
    TRY(check_derived(l));
    return check_absences(l);
}
