/* manifest_names.c - the alias index of a manifest, and the errors that names can make.
 *
 * In: the frozen manifest. Out: its alias index. Invariant: a name belongs to at most one entity (packages apart, whose
 * bare names may repeat a component's), to at most one attribute of an entity per dimension, and no name is swallowed
 * by its own entity's not_alias.
 */
#include "manifest/manifest_load.h"

typedef struct naming {
    loader *l;
    alias_builder *b;
} naming;

static int add_name(naming *n, const manifest_text *name, enum alias_kind kind, size_t index, size_t part) {
    uint32_t words;
    alias_target target = {.kind = (uint8_t)kind, .index = (uint32_t)index, .part = (uint32_t)part};
    if (!alias_add(n->b, name->text, target, &words)) return loader_out_of_memory(n->l);
    if (words) return ERROR_NONE;
    return loader_error(n->l, ERROR_SCHEMA, name->place, "nothing can match '%.*s': it holds no word",
                        STR_ARG(name->text));
}

static int add_bare(naming *n, str name, manifest_place place, enum alias_kind kind, size_t index, size_t part) {
    manifest_text text = {name, place};
    return add_name(n, &text, kind, index, part);
}

static int add_all(naming *n, manifest_texts names, enum alias_kind kind, size_t index, size_t part) {
    for (uint32_t i = 0; i < names.n; i++) TRY(add_name(n, &names.at[i], kind, index, part));
    return ERROR_NONE;
}

static int add_items(naming *n, const manifest_item *items, size_t count, enum alias_kind kind, size_t index) {
    for (size_t i = 0; i < count; i++) {
        TRY(add_bare(n, items[i].name, items[i].place, kind, index, i));
        TRY(add_all(n, items[i].aliases, kind, index, i));
    }
    return ERROR_NONE;
}

static int claimed_twice(naming *n, const manifest_text *alias, const manifest_entity *e,
                         const manifest_entity *other) {
    return loader_error(n->l, ERROR_CONFLICT, alias->place, "'%.*s' names two entities: '%.*s' here and '%.*s' at %s",
                        STR_ARG(alias->text), STR_ARG(e->id), STR_ARG(other->id), other_place(n->l, other->place).text);
}

/* A name that its own not_alias swallows wherever it stands: "SG Lang" beside not_alias "sg-lang", which is the same to
 * whoever matches them. */
static int check_swallowed(naming *n, const manifest_entity *e, const manifest_text *alias) {
    loader *l = n->l;
    str folded = e->not_alias.n ? alias_fold(l->a, alias->text) : STR("");
    for (uint32_t k = 0; folded.p && k < e->not_alias.n; k++) {
        str excluded = alias_fold(l->a, e->not_alias.at[k].text);
        if (!excluded.p) return loader_out_of_memory(l);
        if (str_eq(excluded, folded))
            return loader_error(l, ERROR_CONFLICT, alias->place,
                                "nothing can match '%.*s': it is also a not_alias, at %s", STR_ARG(alias->text),
                                other_place(l, e->not_alias.at[k].place).text);
    }
    return folded.p ? ERROR_NONE : loader_out_of_memory(l);
}

static int add_aliases(naming *n, const manifest *m, uint32_t index) {
    const manifest_entity *e = &m->entities[index];
    for (uint32_t i = 0; i < e->not_alias.n; i++) TRY(add_name(n, &e->not_alias.at[i], ALIAS_EXCLUDED, index, 0));
    if (!e->aliases.n)
        return loader_error(n->l, ERROR_SCHEMA, e->place, "nothing can match '%.*s': its aliases are empty",
                            STR_ARG(e->id));
    for (uint32_t i = 0; i < e->aliases.n; i++) {
        const manifest_text *alias = &e->aliases.at[i];
        TRY(check_swallowed(n, e, alias));
        if (e->kind == ENTITY_PACKAGE) {
            TRY(add_name(n, alias, ALIAS_PACKAGE, index, 0));
            continue;
        }
        const alias_target *other = alias_added(n->b, alias->text, ALIAS_ENTITY);
        if (other && other->index != index) return claimed_twice(n, alias, e, &m->entities[other->index]);
        TRY(add_name(n, alias, ALIAS_ENTITY, index, 0));
    }
    return ERROR_NONE;
}

/* What is measured, as a key: GB and KiB are one dimension, "core" and "cores" one noun, texts all alike. */
static str key_of_measure(arena *a, const manifest_quantity *q) {
    char stem[64];
    if (!q->unit.p) return STR("text");
    if (q->measure == UNIT_COUNT) return arena_printf(a, "count %.*s", STR_ARG(unit_noun_stem(q->unit, stem)));
    const unit_info *u = unit_get(q->measure);
    return arena_printf(a, "%u %u", (unsigned)u->dimension, (unsigned)u->family);
}

static int check_attr_name(naming *n, const manifest *m, id_table *seen, uint32_t index, const manifest_text *name) {
    loader *l = n->l;
    const manifest_attr *attr = &m->attrs[index];
    str measure = key_of_measure(l->a, &attr->views[0].quantity), folded = alias_fold(l->a, name->text);
    str key = arena_printf(l->a, "%.*s %.*s", STR_ARG(measure), STR_ARG(folded));
    if (!measure.p || !folded.p || !key.p) return loader_out_of_memory(l);
    const uint32_t *known = id_table_find(seen, key);
    if (!known) return id_table_add(seen, l->a, key, index) ? ERROR_NONE : loader_out_of_memory(l);
    if (*known == index) return ERROR_NONE;
    const manifest_fact *other = &m->attrs[*known].fact;
    return loader_error(
        l, ERROR_CONFLICT, name->place,
        "'%.*s' names two attributes whose values could be compared: '%.*s' here and '%.*s' at %s (what "
        "is one fact is one attribute, with 'views')",
        STR_ARG(name->text), STR_ARG(attr->fact.id), STR_ARG(other->id), other_place(l, other->place).text);
}

/* Two attributes of one entity may share a name where it is not the same that they measure ("drives": 2 drives, of
 * 1.92 TB). Where it is, in GB here and in KiB there, an article could say either value and be right. */
static int check_attr_names(naming *n, const manifest *m, uint32_t index) {
    const manifest_entity *e = &m->entities[index];
    id_table seen = {.seed = n->l->seed};
    for (uint32_t i = e->first_attr; i < e->first_attr + e->attr_count; i++) {
        const manifest_attr *attr = &m->attrs[i];
        manifest_text own = {attr->name, attr->fact.place};
        TRY(check_attr_name(n, m, &seen, i, &own));
        for (uint32_t k = 0; k < attr->aliases.n; k++) TRY(check_attr_name(n, m, &seen, i, &attr->aliases.at[k]));
    }
    return ERROR_NONE;
}

static int add_entity(naming *n, const manifest *m, uint32_t index) {
    const manifest_entity *e = &m->entities[index];
    TRY(add_aliases(n, m, index));
    for (uint32_t i = 0; i < e->attr_count; i++) {
        const manifest_attr *attr = &m->attrs[e->first_attr + i];
        TRY(add_bare(n, attr->name, attr->fact.place, ALIAS_ATTR, e->first_attr + i, 0));
        TRY(add_all(n, attr->aliases, ALIAS_ATTR, e->first_attr + i, 0));
    }
    TRY(check_attr_names(n, m, index));
    TRY(add_items(n, e->exposes.items, e->exposes.n, ALIAS_EXPOSED, index));
    for (uint32_t i = 0; i < e->runs.n; i++) {
        if (!e->runs.items[i].named) continue;
        TRY(add_bare(n, e->runs.items[i].name, e->runs.items[i].place, ALIAS_RUN, index, i));
        TRY(add_all(n, e->runs.items[i].aliases, ALIAS_RUN, index, i));
    }
    TRY(add_items(n, e->process.steps, e->process.step_count, ALIAS_STEP, index));
    return e->location.text.p ? add_name(n, &e->location, ALIAS_LOCATION, index, 0) : ERROR_NONE;
}

/* "DGX Sparks": the plural of a machine's or a card's name, which is never that of something else. It ends in a small
 * letter: "GB10s" and "H100s" are any such cards. */
static int add_plurals(naming *n, const manifest *m, size_t index) {
    const manifest_entity *e = &m->entities[index];
    for (uint32_t i = 0; i < e->aliases.n && e->kind == ENTITY_HARDWARE; i++) {
        str text = e->aliases.at[i].text;
        if (text.n < 4 || text.p[text.n - 1] < 'a' || text.p[text.n - 1] >= 's' || text.p[0] < 'A' || text.p[0] > 'Z')
            continue;
        manifest_text plural = {arena_printf(n->l->a, "%.*ss", STR_ARG(text)), e->aliases.at[i].place};
        if (!plural.text.p) return loader_out_of_memory(n->l);
        if (!alias_added(n->b, plural.text, ALIAS_ENTITY)) TRY(add_name(n, &plural, ALIAS_ENTITY, index, 0));
    }
    return ERROR_NONE;
}

/* "virtual private server" for a host called "VPS", where nothing else is called so. */
static int add_spelled_out(naming *n, const manifest *m, size_t index) {
    static const char *const spelled[] = {"virtual private server", "virtual server"};
    const manifest_entity *e = &m->entities[index];
    for (uint32_t i = 0; i < e->aliases.n && e->kind == ENTITY_HOST; i++) {
        if (!str_eq(e->aliases.at[i].text, STR("VPS"))) continue;
        for (size_t k = 0; k < COUNT_OF(spelled); k++) {
            manifest_text name = {str_from_cstr(spelled[k]), e->aliases.at[i].place};
            if (!alias_added(n->b, name.text, ALIAS_ENTITY)) TRY(add_name(n, &name, ALIAS_ENTITY, index, 0));
        }
    }
    return ERROR_NONE;
}

/* The name, and its plural where no entity is called so: "two A100s" are as absent as one. */
static int add_absent(naming *n, const manifest_text *name, size_t index, size_t part) {
    str text = name->text;
    TRY(add_name(n, name, ALIAS_ABSENT, index, part));
    if (text.n < 2 || !byte_is_alnum(text.p[text.n - 1]) || byte_lower(text.p[text.n - 1]) == 's') return ERROR_NONE;
    manifest_text plural = {arena_printf(n->l->a, "%.*ss", STR_ARG(text)), name->place};
    if (!plural.text.p) return loader_out_of_memory(n->l);
    if (alias_added(n->b, plural.text, ALIAS_ENTITY)) return ERROR_NONE;
    return add_name(n, &plural, ALIAS_ABSENT, index, part);
}

int build_names(loader *l) {
    manifest *m = &l->store->m;
    naming n = {.l = l, .b = alias_builder_new(l->a, l->seed)};
    if (!n.b) return loader_out_of_memory(l);
    for (uint32_t i = 0; i < m->entity_count; i++) TRY(add_entity(&n, m, i));
    for (uint32_t i = 0; i < m->entity_count; i++) {
        TRY(add_plurals(&n, m, i));
        TRY(add_spelled_out(&n, m, i));
    }
    for (uint32_t i = 0; i < m->benchmark_count; i++) {
        const manifest_benchmark *b = &m->benchmarks[i];
        TRY(add_bare(&n, b->metric, b->fact.place, ALIAS_METRIC, i, 0));
        TRY(add_all(&n, b->metric_aliases, ALIAS_METRIC, i, 0));
        for (uint32_t k = 0; k < b->condition_count; k++)
            TRY(add_bare(&n, b->conditions[k].key, b->conditions[k].place, ALIAS_CONDITION, i, k));
    }
    for (uint32_t i = 0; i < m->derived_count; i++) TRY(add_all(&n, m->derived[i].aliases, ALIAS_DERIVED, i, 0));
    for (uint32_t i = 0; i < m->absence_count; i++)
        for (uint32_t k = 0; k < m->absences[i].matches.n; k++)
            TRY(add_absent(&n, &m->absences[i].matches.at[k], i, k));
    for (uint32_t i = 0; i < m->scope_count; i++)
        for (uint32_t k = 0; k < m->scopes[i].members.n; k++)
            TRY(add_name(&n, &m->scopes[i].members.at[k], ALIAS_MEMBER, i, k));
    for (uint32_t i = 0; i < m->command_count; i++) {
        TRY(add_bare(&n, m->commands[i].binary, m->commands[i].place, ALIAS_COMMAND, i, 0));
        TRY(add_all(&n, m->commands[i].aliases, ALIAS_COMMAND, i, 0));
    }
    m->names = alias_build(n.b);
    return m->names ? ERROR_NONE : loader_out_of_memory(l);
}
