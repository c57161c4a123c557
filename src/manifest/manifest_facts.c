/* manifest_facts.c - scopes, absences, paths, benchmarks, output signatures, counted nouns; derived facts' texts.
 *
 * In: one section. Out: drafts whose references by id are still text. Invariant: every draft has a fact with an id path
 * that says what it speaks of ("path:/srv/models@spark"), so that stating the same thing twice is found as the same id.
 */
#include "manifest/manifest_load.h"

#include <stdlib.h>
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

static int require(loader *l, const yaml_node *map, const char *key, enum manifest_map kind) {
    if (yaml_get(map, key)) return ERROR_NONE;
    return node_error(l, ERROR_SCHEMA, map, "%s needs '%s'", manifest_schema(kind)->what, key);
}

static int open_entry(loader *l, const yaml_node *map, enum manifest_map kind, evidence *ev) {
    evidence outer = evidence_of_file(l);
    TRY(check_map(l, map, kind));
    return read_evidence(l, map, &outer, ev);
}

static bool at_host(arena *a, str *id, const manifest_text *host) {
    if (id->p && host->text.p) *id = arena_printf(a, "%.*s@%.*s", STR_ARG(*id), STR_ARG(host->text));
    return id->p != NULL;
}

/* ---- units ---- */

int read_units(loader *l, const yaml_node *list) {
    TRY(check_list(l, list, "units"));
    for (uint32_t i = 0; i < list->count; i++) {
        const yaml_node *noun = list->items[i];
        if (noun->kind != YAML_SCALAR || yaml_is_null(noun) || noun->text.n > ALIAS_LIMIT_BYTES ||
            !str_trim(noun->text).n)
            return node_error(l, ERROR_SCHEMA, noun, "a counted noun must be text: [marina, berth]");
        if (!id_table_find(&l->units, noun->text) && !id_table_add(&l->units, l->a, noun->text, 0))
            return loader_out_of_memory(l);
    }
    return ERROR_NONE;
}

/* ---- scopes ---- */

static int scope_of(loader *l, const yaml_node *key, const evidence *ev, scope_draft **out) {
    const uint32_t *known = id_table_find(&l->store->scope_ids, key->text);
    if (known) {
        *out = &l->scopes.at[*known];
        if ((*out)->scope.fact.place.file != l->file) return ERROR_NONE;
        return node_error(l, ERROR_CONFLICT, key, "scope '%.*s' is declared twice, first on %s", STR_ARG(key->text),
                          other_place(l, (*out)->scope.fact.place).text);
    }
    str id = arena_printf(l->a, "scopes.%.*s", STR_ARG(key->text));
    scope_draft draft = {.scope = {.name = key->text, .host = MANIFEST_NONE}};
    draft.scope.fact = fact_make(id, FACT_SCOPE, node_place(l, key), ev);
    if (!id.p || !id_table_add(&l->store->scope_ids, l->a, key->text, (uint32_t)l->scopes.n) ||
        !VEC_PUSH(l->a, &l->scopes, draft))
        return loader_out_of_memory(l);
    *out = &l->scopes.at[l->scopes.n - 1];
    return ERROR_NONE;
}

static int read_scope(loader *l, const yaml_node *key, const yaml_node *map) {
    evidence ev;
    scope_draft *d = NULL;
    TRY(check_id(l, key, "the name of a scope"));
    TRY(open_entry(l, map, MAP_SCOPE, &ev));
    TRY(require(l, map, "world", MAP_SCOPE));
    TRY(scope_of(l, key, &ev, &d));
    manifest_text kind = {d->scope.kind, d->scope.fact.place};
    TRY(read_world(l, map, &d->world, &d->scope.world));
    TRY(read_text(l, map, "kind", &kind));
    TRY(read_text(l, map, "host", &d->host));
    TRY(read_texts(l, map, "members", true, &d->members));
    TRY(read_texts(l, map, "categories", false, &d->categories));
    d->scope.kind = kind.text;
    bool processes = str_eq(key->text, STR("processes"));
    if (yaml_get(map, "categories") && !processes)
        return node_error(l, ERROR_SCHEMA, yaml_get(map, "categories"), "'categories' belong to the scope 'processes'");
    if (processes && d->scope.world == WORLD_CLOSED && d->categories.n == 0)
        return node_error(l, ERROR_SCHEMA, map,
                          "a closed scope 'processes' names its categories: nothing could match it");
    return ERROR_NONE;
}

int read_scopes(loader *l, const yaml_node *map) {
    if (map->kind != YAML_MAP) return node_error(l, ERROR_SCHEMA, map, "'scopes' must be a map of named scopes");
    for (uint32_t i = 0; i < map->count; i++) TRY(read_scope(l, map->keys[i], map->items[i]));
    return ERROR_NONE;
}

/* ---- absences ---- */

static int read_absence(loader *l, const yaml_node *map) {
    evidence ev;
    absence_draft d = {.absence.scope = MANIFEST_NONE};
    text_list matches = {0};
    TRY(open_entry(l, map, MAP_ABSENCE, &ev));
    TRY(require(l, map, "match", MAP_ABSENCE));
    TRY(read_texts(l, map, "match", true, &matches));
    if (!matches.n)
        return node_error(l, ERROR_SCHEMA, yaml_get(map, "match"), "'match' is empty: nothing can match this absence");
    TRY(read_text(l, map, "in", &d.scope));
    TRY(read_str(l, map, "note", &d.absence.note));
    d.absence.matches = freeze_texts(&matches);
    str id = arena_printf(l->a, "absent.%.*s", STR_ARG(matches.at[0].text));
    d.absence.fact = fact_make(id, FACT_ABSENT, node_place(l, map), &ev);
    return id.p && VEC_PUSH(l->a, &l->absences, d) ? ERROR_NONE : loader_out_of_memory(l);
}

int read_absences(loader *l, const yaml_node *list) {
    TRY(check_list(l, list, "absent"));
    for (uint32_t i = 0; i < list->count; i++) TRY(read_absence(l, list->items[i]));
    return ERROR_NONE;
}

/* ---- paths ---- */

static int read_path(loader *l, const yaml_node *map) {
    enum { PATH_LIMIT_BYTES = 4096 }; /* as Linux has it: each folder of it is looked up */
    static const char *const states[] = {"present", "removed", NULL};
    evidence ev;
    path_draft d = {.path.host = MANIFEST_NONE};
    manifest_text state = {0};
    uint8_t removed = 0;
    TRY(open_entry(l, map, MAP_PATH, &ev));
    TRY(require(l, map, "path", MAP_PATH));
    TRY(read_str(l, map, "path", &d.path.path));
    while (d.path.path.n > 1 && d.path.path.p[d.path.path.n - 1] == '/') d.path.path.n--; /* "/srv/" is /srv */
    if (d.path.path.n > PATH_LIMIT_BYTES)
        return node_error(l, ERROR_LIMIT, yaml_get(map, "path"), "a path of %td bytes: at most %d", d.path.path.n,
                          PATH_LIMIT_BYTES);
    TRY(read_text(l, map, "host", &d.host));
    TRY(read_text(l, map, "state", &state));
    TRY(read_choice(l, &state, "state", states, &removed));
    TRY(read_date(l, map, "since", &d.path.since));
    if (d.path.since > l->files.at[l->file].as_of)
        return node_error(l, ERROR_SCHEMA, yaml_get(map, "since"), "'since' is later than the manifest's as_of");
    d.path.removed = removed == 1;
    str id = arena_printf(l->a, "path:%.*s", STR_ARG(d.path.path));
    if (!at_host(l->a, &id, &d.host)) return loader_out_of_memory(l);
    d.path.fact = fact_make(id, FACT_PATH, node_place(l, map), &ev);
    return VEC_PUSH(l->a, &l->paths, d) ? ERROR_NONE : loader_out_of_memory(l);
}

int read_paths(loader *l, const yaml_node *list) {
    TRY(check_list(l, list, "paths"));
    for (uint32_t i = 0; i < list->count; i++) TRY(read_path(l, list->items[i]));
    return ERROR_NONE;
}

/* ---- benchmarks ---- */

static int compare_conditions(const void *left, const void *right) {
    const manifest_condition *x = left, *y = right;
    return str_cmp(x->key, y->key);
}

str condition_fold(arena *a, str text) {
    bool negative = text.n > 1 && text.p[0] == '-' && byte_is_digit(text.p[1]);
    str folded = alias_fold(a, text);
    if (!folded.p || (folded.n && !negative)) return folded;
    return folded.n ? arena_printf(a, "-%.*s", STR_ARG(folded)) : text;
}

/* "Batch" beside "batch" states one condition twice, and perhaps differently. */
static int check_conditions(loader *l, const manifest_condition *list, uint32_t count) {
    id_table seen = {.seed = l->seed};
    for (uint32_t i = 0; i < count; i++) {
        str folded = condition_fold(l->a, list[i].key);
        if (!folded.p) return loader_out_of_memory(l);
        if (id_table_find(&seen, folded))
            return loader_error(l, ERROR_CONFLICT, list[i].place, "condition '%.*s' stands twice",
                                STR_ARG(list[i].key));
        if (!id_table_add(&seen, l->a, folded, i)) return loader_out_of_memory(l);
    }
    return ERROR_NONE;
}

static int read_where(loader *l, const yaml_node *map, manifest_benchmark *b) {
    enum { CONDITION_LIMIT = 64 };
    const yaml_node *where = yaml_get(map, "where");
    if (!where) return ERROR_NONE;
    if (where->kind != YAML_MAP || !where->count)
        return node_error(l, ERROR_SCHEMA, where, "'where' must be a map of conditions: {batch: 1}");
    if (where->count > CONDITION_LIMIT)
        return node_error(l, ERROR_LIMIT, where, "more than %d conditions", CONDITION_LIMIT);
    manifest_condition *list = ARENA_ARRAY(l->a, manifest_condition, where->count);
    if (!list) return loader_out_of_memory(l);
    for (uint32_t i = 0; i < where->count; i++) {
        const yaml_node *key = where->keys[i], *value = where->items[i];
        if (key->kind != YAML_SCALAR || !str_trim(key->text).n)
            return node_error(l, ERROR_SCHEMA, key, "a condition needs a name");
        if (value->kind != YAML_SCALAR || yaml_is_null(value) || !str_trim(value->text).n)
            return node_error(l, ERROR_SCHEMA, value,
                              "condition '%.*s' has no value: the benchmark's number depends on it",
                              STR_ARG(key->text));
        list[i] = (manifest_condition){.key = key->text, .value = value->text, .place = node_place(l, key)};
    }
    qsort(list, where->count, sizeof *list, compare_conditions);
    TRY(check_conditions(l, list, where->count));
    b->conditions = list;
    b->condition_count = where->count;
    return ERROR_NONE;
}

static int read_must_state(loader *l, const yaml_node *map, manifest_benchmark *b) {
    text_list keys = {0};
    TRY(read_texts(l, map, "must_state", false, &keys));
    for (size_t i = 0; i < keys.n; i++) {
        manifest_condition wanted = {.key = keys.at[i].text}, *found = NULL;
        if (b->condition_count)
            found = bsearch(&wanted, b->conditions, b->condition_count, sizeof wanted, compare_conditions);
        if (!found)
            return loader_error(l, ERROR_SCHEMA, keys.at[i].place,
                                "'must_state' names the condition '%.*s', but 'where' does not say what it was",
                                STR_ARG(keys.at[i].text));
        found->must_state = true;
    }
    return ERROR_NONE;
}

static int read_benchmark(loader *l, const yaml_node *map) {
    evidence ev;
    benchmark_draft d = {0};
    text_list nouns = {0};
    TRY(open_entry(l, map, MAP_BENCHMARK, &ev));
    TRY(require(l, map, "id", MAP_BENCHMARK));
    TRY(require(l, map, "subject", MAP_BENCHMARK));
    TRY(require(l, map, "metric", MAP_BENCHMARK));
    TRY(check_id(l, yaml_get(map, "id"), "id"));
    TRY(read_texts(l, map, "subject", false, &d.subjects));
    if (!d.subjects.n)
        return node_error(l, ERROR_SCHEMA, yaml_get(map, "subject"),
                          "'subject' is empty: nothing can match this benchmark");
    TRY(read_str(l, map, "metric", &d.benchmark.metric));
    TRY(read_texts(l, map, "metric_aliases", true, &nouns));
    l->name_count++;
    TRY(read_quantity(l, map, &nouns, d.benchmark.metric, &d.benchmark.quantity));
    if (!d.benchmark.quantity.number.valid)
        return loader_error(l, ERROR_SCHEMA, d.benchmark.quantity.place,
                            "a benchmark's value must be a decimal number");
    TRY(read_tolerance(l, map, &d.benchmark.tol));
    TRY(read_where(l, map, &d.benchmark));
    TRY(read_must_state(l, map, &d.benchmark));
    d.benchmark.metric_aliases = freeze_texts(&nouns);
    const yaml_node *id = yaml_get(map, "id");
    TRY(claim_id(l, id, ID_BENCHMARK, (uint32_t)l->benchmarks.n));
    d.benchmark.fact = fact_make(id->text, FACT_BENCHMARK, node_place(l, id), &ev);
    return VEC_PUSH(l->a, &l->benchmarks, d) ? ERROR_NONE : loader_out_of_memory(l);
}

int read_benchmarks(loader *l, const yaml_node *list) {
    TRY(check_list(l, list, "benchmarks"));
    for (uint32_t i = 0; i < list->count; i++) TRY(read_benchmark(l, list->items[i]));
    return ERROR_NONE;
}

/* ---- output signatures ---- */

static int check_pattern(loader *l, const yaml_node *node) {
    int code;
    PCRE2_SIZE offset;
    pcre2_code *compiled =
        pcre2_compile(node->text.p, (PCRE2_SIZE)node->text.n, PCRE2_UTF | PCRE2_UCP, &code, &offset, NULL);
    if (compiled) {
        pcre2_code_free(compiled);
        return ERROR_NONE;
    }
    unsigned char why[128] = "";
    pcre2_get_error_message(code, why, sizeof why);
    return node_error(l, ERROR_SCHEMA, node, "pattern does not compile: %s at character %zu", (const char *)why,
                      offset + 1);
}

static int read_output(loader *l, const yaml_node *map) {
    evidence ev;
    output_draft d = {.output.host = MANIFEST_NONE};
    TRY(open_entry(l, map, MAP_OUTPUT, &ev));
    TRY(require(l, map, "cmd", MAP_OUTPUT));
    TRY(read_str(l, map, "cmd", &d.output.command));
    TRY(read_text(l, map, "host", &d.host));
    TRY(read_str(l, map, "field", &d.output.field));
    TRY(read_str(l, map, "equals", &d.output.equals));
    TRY(read_str(l, map, "pattern", &d.output.pattern));
    if (!d.output.equals.p == !d.output.pattern.p)
        return node_error(l, ERROR_SCHEMA, map, "an output signature needs either 'equals' or 'pattern'");
    if (d.output.pattern.p) TRY(check_pattern(l, yaml_get(map, "pattern")));
    str id = arena_printf(l->a, "output:%.*s/%.*s", STR_ARG(d.output.command),
                          STR_ARG(d.output.field.p    ? d.output.field
                                  : d.output.equals.p ? d.output.equals
                                                      : d.output.pattern));
    if (!at_host(l->a, &id, &d.host)) return loader_out_of_memory(l);
    d.output.fact = fact_make(id, FACT_OUTPUT, node_place(l, map), &ev);
    return VEC_PUSH(l->a, &l->outputs, d) ? ERROR_NONE : loader_out_of_memory(l);
}

int read_outputs(loader *l, const yaml_node *list) {
    TRY(check_list(l, list, "output_signatures"));
    for (uint32_t i = 0; i < list->count; i++) TRY(read_output(l, list->items[i]));
    return ERROR_NONE;
}
