/* manifest.h - the ground truth that the operator declares: what is installed, what the machines are, what runs where.
 *
 *     files (YAML, `assay-facts: 1`) ──► manifest_load ──► manifest: read-only arrays of plain structs + an alias index
 *
 * docs/manifest.md is the reference for authors; this header is the one for programs. Everything here is immutable
 * after loading, lives until manifest_free, and may be read by many threads. All texts are views into the manifest's
 * memory. Scalars are text: "13.0" is never a float; quantities carry their exact decimal and unit beside it.
 *
 * A *fact* is one statement that can support or contradict a claim: a version, an attribute, a port, a benchmark. Each
 * has an id path ("cuda-toolkit.version", "spark.memory", "mcp.exposes"), the place where it was written, and how it
 * was obtained. A fact that is not confirmed, or is stale, never judges: see manifest_fact_usable.
 */
#ifndef ASSAY_MANIFEST_MANIFEST_H
#define ASSAY_MANIFEST_MANIFEST_H

#include "base/arena.h"
#include "base/error.h"
#include "base/hash.h"
#include "manifest/alias.h"
#include "manifest/date.h"
#include "lex/decimal.h"
#include "lex/units.h"
#include "lex/version.h"

#define MANIFEST_NONE UINT32_MAX /* an index that points nowhere */

typedef struct manifest_place {
    uint32_t file;         /* index into manifest.files */
    uint32_t line, column; /* 1-based, column in code points; line 0 = not stated */
} manifest_place;

typedef struct manifest_text { /* an optional scalar and where it stands */
    str text;                  /* {NULL,0} when not stated */
    manifest_place place;
} manifest_text;

typedef struct manifest_texts {
    const manifest_text *at; /* [n] */
    uint32_t n;
} manifest_texts;

enum fact_kind {
    FACT_VERSION,  /* entity.version */
    FACT_ATTR,     /* manifest_attr */
    FACT_HOST,     /* a service's host */
    FACT_PORT,     /* a service's port */
    FACT_EXPOSES,  /* a service's items */
    FACT_RUNS,     /* what a host or service runs */
    FACT_LOCATION, /* where a host stands */
    FACT_PROCESS,  /* cadence, steps, order */
    FACT_PATH,
    FACT_BENCHMARK,
    FACT_OUTPUT,
    FACT_ABSENT,
    FACT_SCOPE,
    FACT_DERIVED,
    FACT_COMMAND /* a program, one of its subcommands, or one of their flags */
};

typedef struct manifest_fact {
    str id;         /* "cuda-toolkit.version" */
    uint8_t kind;   /* enum fact_kind */
    bool confirmed; /* false: `confirmed: false` stands on it or on its entity: it never judges */
    uint32_t index; /* into the array of its kind; for facts of an entity: into manifest.entities (attributes:
                       into manifest.attrs) */
    manifest_place place;
    str source;              /* how it was obtained, {NULL,0} when not stated */
    day_number observed;     /* when; the file's as_of where not stated */
    uint32_t half_life_days; /* 0 = does not age */
} manifest_fact;

/* ---- scopes: what a list being complete means ---- */

enum manifest_world {
    WORLD_UNSTATED, /* treated as open */
    WORLD_OPEN,     /* what is not listed is unverified */
    WORLD_CLOSED    /* what is not listed is contradicted */
};

typedef struct manifest_scope {
    manifest_fact fact; /* "scopes.gpus" */
    str name;
    uint8_t world; /* enum manifest_world */
    str kind;      /* "gpu-model"; {NULL,0} when not stated */
    uint32_t host; /* entity index: the scope speaks of this host or machine only; MANIFEST_NONE = of all */
    manifest_texts members;
    manifest_texts categories; /* of processes, for the scope named "processes" */
} manifest_scope;

typedef struct manifest_item { /* something a service exposes, a host runs, or a step of a process */
    str name;
    manifest_texts aliases; /* without the name itself */
    uint32_t entity;        /* runs: the entity, where the item is an id; else MANIFEST_NONE */
    bool named;             /* written as a map with a `name` */
    manifest_place place;
} manifest_item;

typedef struct manifest_list {
    manifest_fact fact; /* "mcp.exposes", "vps.runs"; fact.id.p NULL when not stated */
    uint8_t world;      /* enum manifest_world */
    const manifest_item *items;
    uint32_t n;
} manifest_list;

/* ---- quantities and attributes ---- */

typedef struct manifest_quantity {
    str value;             /* as written: "127600748", "13.0"; a decimal number whenever there is a unit */
    str unit;              /* as written: "KiB", "B params", "core"; {NULL,0}: a bare value */
    decimal number;        /* the value; not valid where a bare value is text */
    unit_id measure;       /* the unit; UNIT_COUNT for a counted noun, UNIT_NONE for a bare value */
    manifest_texts render; /* texts that also say it truly, beside correct rounding: "121 GB" */
    manifest_place place;  /* of the value */
} manifest_quantity;

typedef struct manifest_tolerance {
    bool relative, absolute; /* which are stated; both may be: then either suffices */
    double rel;              /* 0.03 for "3%" */
    double abs;              /* in the fact's unit */
} manifest_tolerance;

typedef struct manifest_view {
    manifest_fact fact; /* "spark.memory.visible"; the id is the attribute's own for its single plain value */
    str name;           /* "spec"; {NULL,0} for the single plain value */
    manifest_quantity quantity;
} manifest_view;

typedef struct manifest_attr {
    manifest_fact fact; /* "spark.memory" */
    uint32_t entity;    /* owner */
    str name;           /* "memory_bandwidth"; its words ("memory bandwidth") are a name too */
    manifest_texts aliases;
    const manifest_view *views; /* [view_count ≥ 1], several true renderings of one fact: any may agree */
    uint32_t view_count;
    manifest_tolerance tol;
} manifest_attr;

/* ---- entities ---- */

enum entity_kind { ENTITY_COMPONENT, ENTITY_HARDWARE, ENTITY_SERVICE, ENTITY_HOST, ENTITY_PROCESS, ENTITY_PACKAGE };

enum version_accept {
    ACCEPT_PREFIX = 1, /* "13.0" agrees with 13.0.2 */
    ACCEPT_NEWER = 2,  /* a claim of an older version is outdated, not wrong */
    ACCEPT_BUILD = 4   /* build and packaging suffixes may be left out: "580.95.05" for 580.95.05-0ubuntu1 */
};

typedef struct manifest_period {
    str version;
    day_number from, to; /* [from, to); `from` 0 = since ever; `to` is always stated */
    manifest_place place;
} manifest_period;

typedef struct manifest_version {
    manifest_fact fact; /* "cuda-toolkit.version"; fact.id.p NULL when neither a version nor a history is stated */
    str text;           /* installed now; {NULL,0} for something that only has a history */
    uint8_t scheme;     /* enum version_scheme; VERSION_LOOSE where not stated, VERSION_DEB for packages */
    uint8_t accept;     /* enum version_accept bits */
    const manifest_period *history; /* [history_count], oldest first, never overlapping, all before as_of */
    uint32_t history_count;
} manifest_version;

typedef struct manifest_process {
    manifest_fact fact;   /* "deploy" */
    str category;         /* {NULL,0} when not stated */
    str cadence;          /* as written: "on each publish", "weekly" */
    manifest_item *steps; /* [step_count]; entity MANIFEST_NONE */
    uint32_t step_count;
    bool strict; /* order: strict */
} manifest_process;

typedef struct manifest_entity {
    uint8_t kind; /* enum entity_kind: says which of the parts below can be there */
    str id;
    manifest_place place; /* of the entry */
    bool confirmed;
    manifest_texts aliases;
    manifest_texts not_alias;
    uint32_t first_attr, attr_count; /* manifest.attrs[first_attr ...] */

    manifest_version version; /* components, packages */
    uint32_t host;            /* services: entity index of the host or hardware; else MANIFEST_NONE */
    manifest_fact host_fact;  /* "mcp.host" */
    uint32_t port;            /* services: 1 to 65535, 0 = not stated */
    str protocol;             /* "tcp", "udp", or {NULL,0} */
    manifest_fact port_fact;  /* "mcp.port" */
    manifest_list exposes;    /* services */
    manifest_list runs;       /* services, hosts, hardware */
    manifest_text location;   /* hosts, hardware */
    manifest_fact location_fact;
    manifest_process process; /* processes */
} manifest_entity;

/* ---- other facts ---- */

typedef struct manifest_path {
    manifest_fact fact; /* "path:/srv/models@spark" */
    str path;
    uint32_t host;    /* entity index or MANIFEST_NONE */
    bool removed;     /* state: removed */
    day_number since; /* since when it is there, or gone; 0 = not stated */
} manifest_path;

typedef struct manifest_condition {
    str key, value;
    bool must_state; /* an article that leaves it out is under-specified */
    manifest_place place;
} manifest_condition;

typedef struct manifest_benchmark {
    manifest_fact fact;       /* its id */
    const uint32_t *subjects; /* [subject_count ≥ 1] entity indices */
    uint32_t subject_count;
    str metric;
    manifest_texts metric_aliases; /* without the metric itself */
    manifest_quantity quantity;
    manifest_tolerance tol;
    const manifest_condition *conditions; /* [condition_count], sorted by key */
    uint32_t condition_count;
} manifest_benchmark;

typedef struct manifest_output {
    manifest_fact fact; /* "output:nvidia-smi/Memory-Usage@spark" */
    str command;
    uint32_t host; /* entity index or MANIFEST_NONE */
    str field;     /* {NULL,0}: equals and pattern speak of any line of the output */
    str equals;    /* {NULL,0} when a pattern is stated */
    str pattern;   /* PCRE2, checked to compile, matched against the field's value or any line */
} manifest_output;

typedef struct manifest_absence {
    manifest_fact fact;     /* "absent.B100" */
    manifest_texts matches; /* [≥ 1] names of what is not there */
    uint32_t scope;         /* index into manifest.scopes, or MANIFEST_NONE */
    str note;               /* why, shown to the author of a contradicted claim */
} manifest_absence;

/* ---- commands ---- */

typedef struct manifest_flag { /* of the program (its first subcommand, the empty one) or of one subcommand */
    manifest_fact fact;        /* "command:berth plan import --dry-run" */
    uint32_t of;               /* index into manifest.subcommands */
    uint32_t next;             /* the next flag of the same node, MANIFEST_NONE = none */
    str name;                  /* "--dry-run", "-v" */
    manifest_texts aliases;
    bool takes_value; /* written as "--from FILE": the word behind it is no subcommand */
    bool removed;
    day_number since; /* since when it is there, or gone; 0 = not stated */
} manifest_flag;

typedef struct manifest_subcommand { /* a node of the program's tree; the program itself is the node without a name */
    manifest_fact fact; /* "command:berth plan import"; id.p NULL for a group that only longer paths name */
    uint32_t command;   /* index into manifest.commands */
    uint32_t parent;    /* node, MANIFEST_NONE for the program itself */
    uint32_t child_count;
    uint32_t first_flag;    /* index into manifest.flags, MANIFEST_NONE = none */
    uint32_t child, next;   /* first child and next sibling, in the order of the file; MANIFEST_NONE = none */
    str name;               /* its own word: "import" */
    str path;               /* "plan import"; empty for the program itself */
    manifest_texts aliases; /* other words for it */
    uint8_t world;          /* enum manifest_world: is the list of its children complete? inherited */
    uint8_t flag_world;     /* is the list of its flags, with those of the nodes above, complete? inherited */
    bool removed;
    day_number since;
    manifest_place place;
} manifest_subcommand;

typedef struct manifest_command {
    str binary;             /* "berth": what is typed, without a folder */
    manifest_texts aliases; /* other names of the same program */
    uint32_t owner;         /* `of`: entity index, MANIFEST_NONE = not stated */
    uint32_t host;          /* entity index, MANIFEST_NONE = on every machine */
    uint32_t root;          /* its node */
    manifest_place place;
} manifest_command;

enum expr_op { EXPR_NUMBER, EXPR_FACT, EXPR_ADD, EXPR_SUB, EXPR_MUL, EXPR_DIV, EXPR_NEG };

typedef struct expr_step { /* one step of a postfix program: push, or combine the top of the stack */
    uint8_t op;            /* enum expr_op */
    uint32_t fact;         /* EXPR_FACT: index into manifest.facts (an attribute, view, benchmark or derived fact) */
    str number;            /* EXPR_NUMBER: as written */
} expr_step;

typedef struct manifest_derived {
    manifest_fact fact; /* its id */
    str text;           /* the expression as written */
    const expr_step
        *steps; /* [step_count] postfix; never cyclic; operands of derived facts come first in manifest.derived_order */
    uint32_t step_count;
    uint32_t stack_depth;   /* needed to run it */
    uint32_t rests_on;      /* the operand (index into manifest.facts) that is not confirmed, or goes stale first: the
                               fact has that one's state; MANIFEST_NONE where its own is the weakest */
    uint32_t first_operand; /* the first EXPR_FACT's fact index: whose unit usually names the result */
    manifest_texts aliases; /* names under which articles state it: "speed-up" */
    str unit;               /* {NULL,0}: follows from the operands */
    unit_id measure;        /* UNIT_NONE: likewise */
    manifest_tolerance tol;
} manifest_derived;

/* ---- the manifest ---- */

typedef struct manifest_file {
    str path; /* as given */
    day_number as_of;
    sha256_text hash;
} manifest_file;

typedef struct manifest {
    const manifest_file *files; /* [file_count] */
    uint32_t file_count;
    day_number as_of; /* the latest of the files' */
    sha256_text hash; /* over the bytes of all files in the order given */
    const manifest_scope *scopes;
    uint32_t scope_count;
    const manifest_entity *entities;
    uint32_t entity_count;
    const manifest_attr *attrs;
    uint32_t attr_count; /* an entity's stand together */
    const manifest_absence *absences;
    uint32_t absence_count;
    const manifest_path *paths;
    uint32_t path_count;
    const manifest_benchmark *benchmarks;
    uint32_t benchmark_count;
    const manifest_output *outputs;
    uint32_t output_count;
    const manifest_derived *derived;
    uint32_t derived_count;
    const manifest_command *commands;
    uint32_t command_count;
    const manifest_subcommand *subcommands; /* of all commands, a parent before its children */
    uint32_t subcommand_count;
    const manifest_flag *flags;
    uint32_t flag_count;
    const struct command_index *programs; /* the commands by what is typed: manifest/command_index.h */
    const uint32_t *derived_order;        /* [derived_count] indices, operands before those who use them */
    const manifest_fact *const *facts;
    uint32_t fact_count; /* every fact, in file order */
    const alias_index *names;
    const struct fact_index *numbers; /* the numbers by value and by name: manifest/fact_index.h */
} manifest;

typedef struct manifest_source { /* one file to load */
    str path;                    /* for messages and places */
    str content;                 /* its bytes; need not outlive the call */
} manifest_source;

enum {
    MANIFEST_LIMIT_BYTES = 64 * 1024 * 1024,         /* of all files together */
    MANIFEST_LIMIT_NODES = 4000000,                  /* of YAML, aliases expanded: 13 are a package that probe writes */
    MANIFEST_LIMIT_NAMES = 1000000,                  /* aliases and other names */
    MANIFEST_LIMIT_MEMORY_BYTES = 1024 * 1024 * 1024 /* held while loading */
};

/* Loads, checks and merges the files: one manifest. An entity that two files name (same id, same section) is one
 * entity: lists are united, and a key stated twice must say the same. The first authoring error is returned with file,
 * line and column; a conflict between two places names the other one in its message. On failure *out is NULL. Free with
 * manifest_free. */
int manifest_load(const manifest_source *sources, size_t source_count, manifest **out, error *e);
/* Reads the files first ("-" is not special). */
int manifest_load_files(const char *const *paths, size_t path_count, manifest **out, error *e);
void manifest_free(manifest *m); /* NULL is allowed */

/* By id; NULL when there is none. Facts by their id path. O(1). */
const manifest_entity *manifest_find_entity(const manifest *m, str id);
/* "cuda-toolkit.version", "mcp.exposes". */
const manifest_fact *manifest_find_fact(const manifest *m, str id_path);
/* "gpus". */
const manifest_scope *manifest_find_scope(const manifest *m, str name);
/* The attribute of an entity by name ("memory"), not by alias; NULL when there is none. */
const manifest_attr *manifest_find_attr(const manifest *m, const manifest_entity *owner, str name);
/* Path entries by exact path; writes up to `capacity` indices into `found` and returns how many there are. */
size_t manifest_find_paths(const manifest *m, str path, uint32_t *found, size_t capacity);

/* "spark", "file.yaml:12:5": for messages. */
str manifest_entity_name(const manifest_entity *entity); /* the first alias, else the id */
const char *manifest_place_text(const manifest *m, manifest_place place, char *out, size_t capacity_bytes);

enum fact_state { FACT_USABLE, FACT_UNCONFIRMED, FACT_STALE };
/* May this fact judge a claim made on `day` (0 = the manifest's as_of)? Stale: day - observed > half_life_days. */
enum fact_state manifest_fact_state(const manifest *m, const manifest_fact *fact, day_number day);

/* The version that was installed on `day`: the current one from the last period's end on, else the period's; {NULL,0}
 * when none is known. 0 = now. */
str manifest_version_on(const manifest_version *version, day_number day);

const char *manifest_entity_kind_name(enum entity_kind kind); /* "component" */

#endif
