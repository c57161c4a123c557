/* manifest.c - loading a manifest, and looking things up in it.
 *
 *     bytes ──yaml──► nodes ──sections──► drafts ──finish──► arrays + facts ──names──► alias index ──check──► manifest
 *
 * In: one or several YAML files. Out: one manifest, or the first error with its file, line and column. Invariants:
 * bytes, YAML nodes, names and memory are bounded; time grows in proportion to the input; a manifest that loads has no
 * dangling id and no fact that contradicts another.
 */
#include "manifest/command_index.h"
#include "manifest/fact_index.h"
#include "manifest/manifest_load.h"

#include "base/file.h"

#include <stdio.h>

/* ---- the salted table ---- */

static uint64_t salted_hash(uint64_t seed, str key) {
    uint64_t h = seed ^ 0x9e3779b97f4a7c15u;
    for (ptrdiff_t i = 0; i < key.n; i++) h = (h ^ key.p[i]) * 0x100000001b3u;
    h ^= h >> 32;
    h *= 0xd6e8feb86659fd93u;
    return h ^ h >> 32;
}

static id_slot *slot_of(id_slot *slots, uint32_t mask, uint64_t hash, str key) {
    uint32_t i = (uint32_t)hash & mask;
    while (slots[i].key.p && !(slots[i].hash == hash && str_eq(slots[i].key, key))) i = (i + 1) & mask;
    return &slots[i];
}

const uint32_t *id_table_find(const id_table *t, str key) {
    if (!t->mask || !key.p) return NULL;
    const id_slot *slot = slot_of(t->slots, t->mask, salted_hash(t->seed, key), key);
    return slot->key.p ? &slot->value : NULL;
}

bool id_table_add(id_table *t, arena *a, str key, uint32_t value) {
    if (t->count >= (t->mask + 1) / 2) {
        uint32_t capacity = t->mask ? (t->mask + 1) * 2 : 8;
        id_slot *slots = ARENA_ARRAY(a, id_slot, capacity);
        if (!slots) return false;
        for (uint32_t i = 0; t->mask && i <= t->mask; i++)
            if (t->slots[i].key.p) *slot_of(slots, capacity - 1, t->slots[i].hash, t->slots[i].key) = t->slots[i];
        t->slots = slots;
        t->mask = capacity - 1;
    }
    uint64_t hash = salted_hash(t->seed, key);
    *slot_of(t->slots, t->mask, hash, key) = (id_slot){hash, key, value};
    t->count++;
    return true;
}

/* ---- ids ---- */

manifest_place place_of_id(const loader *l, uint32_t value) {
    switch (ID_KIND(value)) {
    case ID_BENCHMARK: return l->benchmarks.at[ID_INDEX(value)].benchmark.fact.place;
    case ID_DERIVED: return l->derived.at[ID_INDEX(value)].derived.fact.place;
    default: return l->entities.at[ID_INDEX(value)].e.place;
    }
}

int claim_id(loader *l, const yaml_node *node, enum id_kind kind, uint32_t index) {
    const uint32_t *other = id_table_find(&l->store->ids, node->text);
    if (other)
        return node_error(l, ERROR_CONFLICT, node, "id '%.*s' is declared twice, first at %s", STR_ARG(node->text),
                          other_place(l, place_of_id(l, *other)).text);
    return id_table_add(&l->store->ids, l->a, node->text, ID_VALUE(kind, index)) ? ERROR_NONE : loader_out_of_memory(l);
}

/* ---- files ---- */

static int check_duplicates(loader *l, const yaml_document *document) {
    if (!document->duplicate_count) return ERROR_NONE;
    const yaml_duplicate *d = &document->duplicates[0];
    return node_error(l, ERROR_SYNTAX, d->again, "key '%.*s' stands twice in this map, first on line %u",
                      STR_ARG(d->again->text), d->first->line);
}

static int check_version(loader *l, const yaml_node *root) {
    const yaml_node *version = yaml_get(root, "assay-facts");
    if (root->kind != YAML_MAP || !version)
        return node_error(l, ERROR_SCHEMA, root, "not a manifest: it begins with 'assay-facts: 1'");
    if (str_eq(yaml_text(version), STR("1"))) return ERROR_NONE;
    return node_error(l, ERROR_SUPPORT, version,
                      "manifest version '%.*s' is not known to this program, which reads version 1",
                      STR_ARG(yaml_text(version)));
}

static int read_sections(loader *l, const yaml_node *root) {
    static const struct {
        const char *key;
        int (*read)(loader *, const yaml_node *);
    } others[] = {{"units", read_units},     {"scopes", read_scopes},         {"absent", read_absences},
                  {"paths", read_paths},     {"benchmarks", read_benchmarks}, {"output_signatures", read_outputs},
                  {"derived", read_derived}, {"commands", read_commands}};
    static const struct {
        const char *key;
        enum entity_kind kind;
    } entities[] = {{"components", ENTITY_COMPONENT}, {"packages", ENTITY_PACKAGE}, {"hardware", ENTITY_HARDWARE},
                    {"hosts", ENTITY_HOST},           {"services", ENTITY_SERVICE}, {"processes", ENTITY_PROCESS}};
    const yaml_node *section;
    if ((section = yaml_get(root, "units"))) TRY(read_units(l, section));
    for (size_t i = 0; i < COUNT_OF(entities); i++)
        if ((section = yaml_get(root, entities[i].key))) TRY(read_entities(l, section, entities[i].kind));
    for (size_t i = 1; i < COUNT_OF(others); i++)
        if ((section = yaml_get(root, others[i].key))) TRY(others[i].read(l, section));
    return ERROR_NONE;
}

static int read_file(loader *l, const manifest_source *source) {
    yaml_document document;
    manifest_file file = {.path = arena_str(l->a, source->path), .hash = l->store->m.hash};
    if (l->source_count > 1) file.hash = sha256_of(source->content);
    l->file = (uint32_t)l->files.n;
    if (!file.path.p || !VEC_PUSH(l->a, &l->files, file)) return loader_out_of_memory(l);
    str content = arena_str(l->a, source->content);
    if (!content.p) return loader_out_of_memory(l);
    int status = yaml_parse(l->a, content, &(yaml_limits){.nodes = MANIFEST_LIMIT_NODES}, &document, l->e);
    if (status) {
        error_in_file(l->e, file.path);
        return status;
    }
    TRY(check_version(l, document.root));
    TRY(check_duplicates(l, &document));
    TRY(check_map(l, document.root, MAP_MANIFEST));
    day_number *as_of = &l->files.at[l->file].as_of;
    TRY(read_date(l, document.root, "as_of", as_of));
    if (!*as_of)
        return node_error(l, ERROR_SCHEMA, document.root, "a manifest states the day it was true, 'as_of: 2026-05-18'");
    if (*as_of > l->store->m.as_of) l->store->m.as_of = *as_of;
    return read_sections(l, document.root);
}

/* ---- loading ---- */

static int check_sources(const manifest_source *sources, size_t n, error *e) {
    size_t total = 0;
    if (!n) return error_set(e, ERROR_USAGE, "no manifest file given");
    for (size_t i = 0; i < n; i++) {
        total += (size_t)sources[i].content.n;
        if (total > MANIFEST_LIMIT_BYTES)
            return error_at(e, ERROR_LIMIT, sources[i].path, 0, 0, "the manifest is larger than %d MB",
                            MANIFEST_LIMIT_BYTES / (1024 * 1024));
    }
    return ERROR_NONE;
}

static bool hash_sources(const manifest_source *sources, size_t n, sha256_text *out) {
    sha256 *h = sha256_new();
    if (!h) return false;
    for (size_t i = 0; i < n; i++) sha256_add(h, sources[i].content);
    *out = sha256_finish(h);
    return true;
}

/* The salt of every table: from the content, so that a run is repeatable and names cannot be chosen to collide. */
static uint64_t seed_of(const sha256_text *hash) {
    uint64_t seed = 0;
    for (int i = 7; i < 23; i++) {
        uint8_t c = (uint8_t)hash->text[i];
        seed = seed << 4 | (uint64_t)(byte_is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return seed;
}

static int load(loader *l, const manifest_source *sources, size_t source_count) {
    l->source_count = source_count;
    for (size_t i = 0; i < source_count; i++) TRY(read_file(l, &sources[i]));
    TRY(finish_manifest(l));
    l->store->m.files = l->files.at;
    l->store->m.file_count = (uint32_t)l->files.n;
    TRY(build_names(l));
    TRY(check_manifest(l));
    l->store->m.programs = command_index_make(l->a, &l->store->m);
    if (!l->store->m.programs) return loader_out_of_memory(l);
    l->store->m.numbers = fact_index_make(l->a, &l->store->m);
    return l->store->m.numbers ? ERROR_NONE : loader_out_of_memory(l);
}

int manifest_load(const manifest_source *sources, size_t source_count, manifest **out, error *e) {
    *out = NULL;
    int status = check_sources(sources, source_count, e);
    if (status) return status;
    arena *a = arena_new(MANIFEST_LIMIT_MEMORY_BYTES);
    manifest_store *store = a ? ARENA_NEW(a, manifest_store) : NULL;
    if (!store || !hash_sources(sources, source_count, &store->m.hash)) {
        arena_free(a);
        return error_set(e, ERROR_MEMORY, "out of memory");
    }
    error ignored = {0};
    loader l = {.a = a, .e = e ? e : &ignored, .store = store, .seed = seed_of(&store->m.hash)};
    id_table *const tables[] = {&store->ids,      &store->packages,  &store->scope_ids, &store->fact_ids,
                                &store->path_ids, &l.attr_ids,       &l.view_ids,       &l.units,
                                &l.command_ids,   &l.subcommand_ids, &l.flag_ids};
    for (size_t i = 0; i < COUNT_OF(tables); i++) tables[i]->seed = l.seed;
    store->a = a;
    status = load(&l, sources, source_count);
    if (status) {
        arena_free(a);
        return status;
    }
    *out = &store->m;
    return ERROR_NONE;
}

int manifest_load_files(const char *const *paths, size_t path_count, manifest **out, error *e) {
    *out = NULL;
    arena *a = arena_new(0);
    manifest_source *sources = a ? ARENA_ARRAY(a, manifest_source, path_count) : NULL;
    int status = sources ? ERROR_NONE : error_set(e, ERROR_MEMORY, "out of memory");
    for (size_t i = 0; i < path_count && !status; i++) {
        sources[i].path = str_from_cstr(paths[i]);
        status = file_read(a, paths[i], MANIFEST_LIMIT_BYTES, &sources[i].content, e);
    }
    if (!status) status = manifest_load(sources, path_count, out, e);
    arena_free(a);
    return status;
}

void manifest_free(manifest *m) {
    if (m) arena_free(((manifest_store *)(void *)m)->a);
}

/* ---- looking up ---- */

static const manifest_store *store_of(const manifest *m) { return (const manifest_store *)(const void *)m; }

const manifest_entity *manifest_find_entity(const manifest *m, str id) {
    const uint32_t *value = id_table_find(&store_of(m)->ids, id);
    if (value && ID_KIND(*value) == ID_ENTITY) return &m->entities[ID_INDEX(*value)];
    if (!str_starts(id, STR("packages."))) return NULL;
    value = id_table_find(&store_of(m)->packages, str_slice(id, 9, id.n));
    return value ? &m->entities[*value] : NULL;
}

const manifest_fact *manifest_find_fact(const manifest *m, str id_path) {
    const uint32_t *value = id_table_find(&store_of(m)->fact_ids, id_path);
    return value ? m->facts[*value] : NULL;
}

const manifest_scope *manifest_find_scope(const manifest *m, str name) {
    const uint32_t *value = id_table_find(&store_of(m)->scope_ids, name);
    return value ? &m->scopes[*value] : NULL;
}

const manifest_attr *manifest_find_attr(const manifest *m, const manifest_entity *owner, str name) {
    for (uint32_t i = 0; i < owner->attr_count; i++)
        if (str_eq(m->attrs[owner->first_attr + i].name, name)) return &m->attrs[owner->first_attr + i];
    return NULL;
}

size_t manifest_find_paths(const manifest *m, str path, uint32_t *found, size_t capacity) {
    const uint32_t *first = id_table_find(&store_of(m)->path_ids, path);
    size_t n = 0;
    for (uint32_t i = first ? *first + 1 : 0; i; i = store_of(m)->path_next[i - 1]) {
        if (n < capacity) found[n] = i - 1;
        n++;
    }
    return n;
}

str manifest_entity_name(const manifest_entity *entity) {
    return entity->aliases.n ? entity->aliases.at[0].text : entity->id;
}

const char *manifest_place_text(const manifest *m, manifest_place place, char *out, size_t capacity_bytes) {
    str path = place.file < m->file_count ? m->files[place.file].path : STR("");
    snprintf(out, capacity_bytes, "%.*s:%u:%u", STR_ARG(path), place.line, place.column);
    return out;
}

enum fact_state manifest_fact_state(const manifest *m, const manifest_fact *fact, day_number day) {
    if (!fact->confirmed) return FACT_UNCONFIRMED;
    if (!day) day = m->as_of;
    bool stale = fact->half_life_days && day > fact->observed && day - fact->observed > fact->half_life_days;
    return stale ? FACT_STALE : FACT_USABLE;
}

str manifest_version_on(const manifest_version *version, day_number day) {
    if (!day || !version->history_count) return version->text;
    for (uint32_t i = 0; i < version->history_count; i++) {
        const manifest_period *p = &version->history[i];
        if (day >= p->from && day < p->to) return p->version;
    }
    return day >= version->history[version->history_count - 1].to ? version->text : (str){NULL, 0};
}

const char *manifest_entity_kind_name(enum entity_kind kind) {
    static const char *const names[] = {"component", "hardware", "service", "host", "process", "package"};
    return (size_t)kind < COUNT_OF(names) ? names[kind] : "";
}
