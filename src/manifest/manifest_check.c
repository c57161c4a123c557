/* manifest_check.c - facts that contradict each other under the same conditions, and facts that nothing can match.
 *
 * In: the frozen manifest with its names. Out: the first such pair as an error that names both places. Everything here
 * is exact: equal conditions, equal host and port, a name that is both declared and declared absent. Facts that merely
 * look odd together are left alone. Time: in proportion to the manifest.
 */
#include "manifest/manifest_load.h"

/* ---- benchmarks ---- */

/* A digest of the conditions: equal exactly when they are. */
static bool digest_conditions(const manifest_benchmark *b, sha256_text *digest) {
    sha256 *h = sha256_new();
    if (!h) return false;
    for (uint32_t i = 0; i < b->condition_count; i++) {
        sha256_add(h, b->conditions[i].key);
        sha256_add(h, STR("\x1f"));
        sha256_add(h, b->conditions[i].value);
        sha256_add(h, STR("\x1e"));
    }
    *digest = sha256_finish(h);
    return true;
}

static int check_benchmarks(loader *l) {
    const manifest *m = &l->store->m;
    id_table seen = {.seed = l->seed};
    for (uint32_t i = 0; i < m->benchmark_count; i++) {
        const manifest_benchmark *b = &m->benchmarks[i];
        sha256_text where;
        if (!digest_conditions(b, &where)) return loader_out_of_memory(l);
        for (uint32_t k = 0; k < b->subject_count; k++) {
            str key = arena_printf(l->a, "%u %s %.*s", b->subjects[k], where.text, STR_ARG(b->metric));
            if (!key.p) return loader_out_of_memory(l);
            for (ptrdiff_t c = 0; c < key.n; c++) ((uint8_t *)(uintptr_t)key.p)[c] = byte_lower(key.p[c]);
            const uint32_t *known = id_table_find(&seen, key);
            if (!known) {
                if (!id_table_add(&seen, l->a, key, i)) return loader_out_of_memory(l);
                continue;
            }
            const manifest_benchmark *other = &m->benchmarks[*known];
            if (other == b || unit_same_quantity(&b->quantity, &other->quantity)) continue;
            return loader_error(
                l, ERROR_CONFLICT, b->fact.place,
                "'%.*s' (%.*s %.*s) contradicts '%.*s' (%.*s %.*s, %s): same subject, metric and conditions",
                STR_ARG(b->fact.id), STR_ARG(b->quantity.value), STR_ARG(b->quantity.unit), STR_ARG(other->fact.id),
                STR_ARG(other->quantity.value), STR_ARG(other->quantity.unit), other_place(l, other->fact.place).text);
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
    return e->kind != ENTITY_COMPONENT || e->version.text.p || !e->version.history_count;
}

static int absence_conflict(loader *l, const manifest_text *match, const char *what, str who, manifest_place other) {
    return loader_error(l, ERROR_CONFLICT, match->place, "'%.*s' is declared absent, but it is %s '%.*s' at %s",
                        STR_ARG(match->text), what, STR_ARG(who), other_place(l, other).text);
}

static int check_absence(loader *l, const manifest_text *match) {
    const manifest *m = &l->store->m;
    uint32_t count;
    const alias_target *targets = alias_lookup(m->names, match->text, &count);
    for (uint32_t i = 0; i < count; i++) {
        const alias_target t = targets[i];
        if (t.kind == ALIAS_ENTITY && is_installed(&m->entities[t.index]))
            return absence_conflict(l, match, "a name of", m->entities[t.index].id, m->entities[t.index].place);
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
    for (uint32_t i = 0; i < m->absence_count; i++)
        for (uint32_t k = 0; k < m->absences[i].matches.n; k++) TRY(check_absence(l, &m->absences[i].matches.at[k]));
    return ERROR_NONE;
}

/* ---- scopes ---- */

static bool same_members(const manifest_scope *a, const manifest_scope *b) {
    if (a->members.n != b->members.n || a->categories.n != b->categories.n) return false;
    for (uint32_t i = 0; i < a->members.n; i++)
        if (!str_eq_nocase(a->members.at[i].text, b->members.at[i].text)) return false;
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
        if (known && !same_members(s, &m->scopes[*known]))
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
    return check_absences(l);
}
