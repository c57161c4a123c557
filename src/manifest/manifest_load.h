/* manifest_load.h - private to the manifest's loader: drafts that grow while files are read.
 *
 *     manifest_read.c     typed reading of YAML nodes into drafts
 *     manifest_entity.c   components, packages, hardware, hosts, services, processes
 *     manifest_facts.c    scopes, absences, paths, benchmarks, output signatures
 *     manifest_commands.c commands, their subcommands and flags
 *     manifest_expr.c     derived facts
 *     manifest_finish.c   ids resolved, drafts frozen into the public arrays, every fact listed
 *     manifest_check.c    facts that contradict each other, that nothing can match
 *     manifest_names.c    the alias index
 *
 * Every function returns 0 or an error code, with the place set in loader.e. All memory is the manifest's arena.
 */
#ifndef ASSAY_MANIFEST_MANIFEST_LOAD_H
#define ASSAY_MANIFEST_MANIFEST_LOAD_H

#include "base/yaml.h"
#include "manifest/manifest.h"
#include "manifest/manifest_schema.h"

#define TRY(call)                                                                                                      \
    do {                                                                                                               \
        int try_status_ = (call);                                                                                      \
        if (try_status_) return try_status_;                                                                           \
    } while (0)

/* ---- a salted map from text to a number ---- */

typedef struct id_slot {
    uint64_t hash;
    str key; /* p NULL = free */
    uint32_t value;
} id_slot;

typedef struct id_table {
    id_slot *slots;
    uint32_t mask, count; /* capacity - 1; 0 = nothing allocated yet */
    uint64_t seed;
} id_table;

/* The slot's value, or NULL. */
const uint32_t *id_table_find(const id_table *t, str key);
/* Adds a key that is not there (the key is not copied). False when memory is gone. */
bool id_table_add(id_table *t, arena *a, str key, uint32_t value);

/* ---- drafts ---- */

typedef VEC(manifest_text) text_list;
typedef VEC(manifest_item) item_list;

typedef struct evidence {
    str source;
    day_number observed;
    uint32_t half_life_days;
    bool confirmed;
} evidence;

typedef struct attr_draft {
    manifest_attr attr;
    text_list aliases;
    VEC(manifest_view) views;
} attr_draft;

typedef struct list_draft {
    manifest_list list;
    manifest_text world;
    item_list items;
} list_draft;

typedef struct entity_draft {
    manifest_entity e;
    text_list aliases, not_alias;
    bool aliases_stated;
    VEC(attr_draft) attrs;
    manifest_text scheme, version, host, port, category, cadence, order;
    VEC(manifest_period) history;
    list_draft exposes, runs;
    item_list steps;
} entity_draft;

typedef struct scope_draft {
    manifest_scope scope;
    manifest_text world, kind, host;
    text_list members, categories;
} scope_draft;

typedef struct path_draft {
    manifest_path path;
    manifest_text host;
} path_draft;

typedef struct output_draft {
    manifest_output output;
    manifest_text host;
} output_draft;

typedef struct absence_draft {
    manifest_absence absence;
    manifest_text scope;
} absence_draft;

typedef struct benchmark_draft {
    manifest_benchmark benchmark;
    text_list subjects;
} benchmark_draft;

typedef struct derived_draft {
    manifest_derived derived;
    uint32_t column_shift; /* from the node's column to the expression's first character: 1 inside quotes */
} derived_draft;

typedef struct flag_draft {
    manifest_flag flag;
    text_list aliases;
    manifest_text state;
} flag_draft;

typedef struct subcommand_draft {
    manifest_subcommand node;
    uint32_t last; /* child, to which the next one is chained */
    text_list aliases;
    manifest_text state, world, flag_world;
} subcommand_draft;

typedef struct command_draft {
    manifest_command command;
    text_list aliases;
    manifest_text of, host;
} command_draft;

/* What an id names: entities, benchmarks and derived facts share one name space. */
enum id_kind { ID_ENTITY, ID_BENCHMARK, ID_DERIVED };
#define ID_VALUE(kind, index) ((uint32_t)(kind) << 29 | (uint32_t)(index))
#define ID_KIND(value) ((value) >> 29)
#define ID_INDEX(value) ((value)&0x1fffffffu)

typedef struct manifest_store { /* what a `manifest *` really points to */
    manifest m;
    arena *a;
    id_table ids, packages, scope_ids, fact_ids, attr_ids, path_ids;
    uint32_t *path_next; /* [path_count] 1 + the next entry of the same path, 0 = none */
} manifest_store;

typedef struct loader {
    arena *a;
    error *e;
    manifest_store *store;
    VEC(manifest_file) files;
    size_t source_count;
    uint32_t file; /* the one being read */
    uint64_t seed;
    size_t name_count; /* against MANIFEST_LIMIT_NAMES */
    id_table attr_ids; /* "ENTITY NAME" -> index into that entity's attrs */
    id_table view_ids; /* "ENTITY NAME VIEW" -> index into that attribute's views */
    id_table units;    /* counted nouns declared under `units` */
    VEC(entity_draft) entities;
    VEC(scope_draft) scopes;
    VEC(path_draft) paths;
    VEC(output_draft) outputs;
    VEC(absence_draft) absences;
    VEC(benchmark_draft) benchmarks;
    VEC(derived_draft) derived;
    id_table command_ids;    /* binaries -> index into commands */
    id_table subcommand_ids; /* "NODE WORD" -> index into subcommands, aliases too */
    id_table flag_ids;       /* "NODE --FLAG" -> index into flags, aliases too */
    VEC(command_draft) commands;
    VEC(subcommand_draft) subcommands;
    VEC(flag_draft) flags;
} loader;

/* ---- manifest_read.c ---- */

int loader_out_of_memory(loader *l);
/* An error at a place, or at a node of the file being read. */
int loader_error(loader *l, enum error_code code, manifest_place place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
int node_error(loader *l, enum error_code code, const yaml_node *node, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* They return their code, as error_set does and for whom error.h says it. */
#define loader_out_of_memory(l) error_given(loader_out_of_memory(l), ERROR_MEMORY)
#define loader_error(l, code, ...) error_given(loader_error((l), (code), __VA_ARGS__), (int)(code))
#define node_error(l, code, ...) error_given(node_error((l), (code), __VA_ARGS__), (int)(code))
manifest_place node_place(const loader *l, const yaml_node *node);
/* "line 3" when the place is in the file being read, else "site.yaml:3:5"; into out, returns out. */
typedef struct place_text {
    char text[300];
} place_text;
place_text other_place(const loader *l, manifest_place place);
int check_map(loader *l, const yaml_node *node, enum manifest_map map);
/* The scalar under `key`, if it is there; one that was stated before (in another file) must say the same. */
int read_text(loader *l, const yaml_node *map, const char *key, manifest_text *slot);
/* The same for a value that is only ever stated once. */
int read_str(loader *l, const yaml_node *map, const char *key, str *slot);
/* A list of scalars, or one scalar; appended. `names` counts them against the limit of names. */
int read_texts(loader *l, const yaml_node *map, const char *key, bool names, text_list *out);
int read_date(loader *l, const yaml_node *map, const char *key, day_number *day);
/* `source`, `evidence` and `confirmed` of an entry; what is not stated comes from `outer`. */
int read_evidence(loader *l, const yaml_node *map, const evidence *outer, evidence *out);
evidence evidence_of_file(const loader *l);
/* Turns a choice ("closed") into a number: its index in `words` (NULL-terminated). */
int read_choice(loader *l, const manifest_text *text, const char *what, const char *const *words, uint8_t *choice);
int read_world(loader *l, const yaml_node *map, manifest_text *slot, uint8_t *world);
/* value, unit, render. `nouns` are names of the fact: a counted noun among them is a unit. */
int read_quantity(loader *l, const yaml_node *map, const text_list *nouns, str name, manifest_quantity *out);
int read_tolerance(loader *l, const yaml_node *map, manifest_tolerance *out);
/* An id: letters, digits and ._+- with a letter among them. */
int check_id(loader *l, const yaml_node *node, const char *what);
manifest_fact fact_make(str id, enum fact_kind kind, manifest_place place, const evidence *ev);
manifest_texts freeze_texts(const text_list *texts);

/* ---- the sections ---- */

int read_entities(loader *l, const yaml_node *list, enum entity_kind kind);
int read_units(loader *l, const yaml_node *list);
int read_scopes(loader *l, const yaml_node *map);
int read_absences(loader *l, const yaml_node *list);
int read_paths(loader *l, const yaml_node *list);
int read_benchmarks(loader *l, const yaml_node *list);
/* A condition's key or value as an article's words are compared with it: folded as names are, a sign before a number
 * kept. {NULL,0} when memory is gone. */
str condition_fold(arena *a, str text);
int read_outputs(loader *l, const yaml_node *list);
int read_derived(loader *l, const yaml_node *list);
int read_commands(loader *l, const yaml_node *list); /* manifest_commands.c */
int finish_commands(loader *l);                      /* freezes them; `of` and `host` are resolved already */
/* Each item of a section's list; the node must be a list. */
int check_list(loader *l, const yaml_node *node, const char *key);

/* Claims `id` for (kind, index): an error naming the other place when it is taken. */
int claim_id(loader *l, const yaml_node *node, enum id_kind kind, uint32_t index);
manifest_place place_of_id(const loader *l, uint32_t value);

/* ---- after reading ---- */

int finish_manifest(loader *l); /* resolve, freeze, list the facts */
int finish_derived(loader *l);  /* parse and order the expressions; needs the facts' ids */
/* `host` of an entry; `of`, any entity. */
int resolve_host(loader *l, const manifest_text *text, uint32_t *index);
int resolve_entity(loader *l, const manifest_text *text, const char *what, uint32_t *index);
/* Derived facts are no surer than what they are made of. */
void inherit_states(manifest *m);
int check_manifest(loader *l);
int build_names(loader *l);

/* ---- manifest_units.c ---- */

/* The unit that a text spells; UNIT_COUNT for a counted noun of the dictionary, UNIT_NONE for neither. */
unit_id unit_of_text(str text);
/* Do two quantities measure the same thing, and are they equal? Unit conversions are exact enough for either. */
bool unit_same_dimension(const manifest_quantity *a, const manifest_quantity *b);
bool unit_same_quantity(const manifest_quantity *a, const manifest_quantity *b);

#endif
