/* yaml.h - a YAML document as a tree of text scalars, each with its place.
 *
 * libyaml parses; this room turns its events into a read-only tree. Every scalar stays text (`13.0` is never a float):
 * who wants a number asks for one. Aliases are copied by reference and counted, so that an alias bomb meets a limit;
 * depth, nodes and bytes are bounded too. Used by frontmatter, rules, manifests, configuration and briefs alike.
 */
#ifndef ASSAY_BASE_YAML_H
#define ASSAY_BASE_YAML_H

#include "base/arena.h"
#include "base/error.h"

enum yaml_kind { YAML_NULL, YAML_SCALAR, YAML_LIST, YAML_MAP };

typedef struct yaml_node {
    enum yaml_kind kind;
    bool quoted;              /* scalar written in quotes or as a block: never null, bool or number */
    span where;               /* bytes of the node in the text that was given to yaml_parse */
    uint32_t line, column;    /* 1-based, column in code points; of the node's first byte */
    str text;                 /* scalar */
    uint32_t count;           /* items of a list, pairs of a map */
    struct yaml_node **keys;  /* map: [count] scalars, in order of appearance */
    struct yaml_node **items; /* list items or map values: [count] */
} yaml_node;

typedef struct yaml_limits {
    uint32_t depth;        /* nesting; 0 = 64 */
    uint32_t nodes;        /* nodes after expansion of aliases; 0 = 1,000,000 */
    uint32_t aliases;      /* uses of an anchor; 0 = 1,000 */
    uint32_t first_line;   /* number of the text's first line in its file; 0 = 1 */
    uint32_t first_offset; /* added to every `where`, for text that starts inside a larger file */
} yaml_limits;

typedef struct yaml_duplicate {
    const yaml_node *first, *again; /* the two key nodes */
} yaml_duplicate;

typedef struct yaml_document {
    yaml_node *root;            /* YAML_NULL for an empty document; never NULL on success */
    yaml_duplicate *duplicates; /* keys that stand twice in one map; the first one wins in yaml_get */
    size_t duplicate_count;
} yaml_document;

/* Parses one document. A second document, a syntax error, a limit, invalid UTF-8 or missing memory is an error with
 * line and column. Everything lives in the arena; `text` must outlive it. `limits` NULL = defaults. */
int yaml_parse(arena *a, str text, const yaml_limits *limits, yaml_document *document, error *e);

/* Value of `key` in a map; NULL when there is none or `map` is NULL or not a map. */
const yaml_node *yaml_get(const yaml_node *map, const char *key);
/* The text of a scalar; {NULL,0} for NULL or anything else. */
str yaml_text(const yaml_node *node);
/* Typed reading of a plain scalar; false when it is not one. Bool: true/false/yes/no/on/off, any case. */
bool yaml_is_null(const yaml_node *node); /* NULL, empty plain scalar, ~, null */
/* true/false/yes/no/on/off; on false *value is untouched, here and in the two below. */
bool yaml_to_bool(const yaml_node *node, bool *value);
/* A decimal integer, in quotes or not; not "1.0", not "1e3". */
bool yaml_to_i64(const yaml_node *node, int64_t *value);
/* A decimal number as str_to_f64 reads it, in quotes or not. */
bool yaml_to_f64(const yaml_node *node, double *value);
/* An error at the node's place: error_at with the node's line and column. */
int yaml_error(error *e, enum error_code code, str file, const yaml_node *node, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* ERROR_SCHEMA at the first key of `map` that is not in `allowed` (NULL-terminated), naming the nearest allowed one;
 * also when `map` is no map. */
int yaml_check_keys(const yaml_node *map, const char *const *allowed, const char *what, str file, error *e);

#endif
