/* load.h - inside the rules room: reading rule files into ruleset_data. Everything lives in the loader's arena. */
#ifndef ASSAY_RULES_LOAD_H
#define ASSAY_RULES_LOAD_H

#include "base/yaml.h"
#include "rules/ruleset.h"

enum { RULE_FILE_MAX_BYTES = 1 << 20, RULE_FILES_MAX = 1000, RULE_LINTS_MAX = 1000 };

typedef struct rule_file {
    str name; /* "signals/caveats.yaml", relative to the folder */
    str path; /* as shown in messages */
    str content;
} rule_file;

typedef struct loader {
    arena *a;
    error *e;
    const rule_file *file; /* being read */
    trie_builder *trie;
    signal_rule signals[SIGNAL_COUNT];
    VEC(lint_rule) lints;
    VEC(style) styles;
    VEC(rule_pattern) patterns;
    str name, default_style;
    const yaml_node *default_node; /* where it is said */
    bool raw;
} loader;

/* Reads rule files that are already in memory; they must come sorted by name. The result's strings live in the arena.
 */
int rules_load(arena *a, const rule_file *files, size_t count, ruleset_data *out, error *e);
/* Reads the files of a rules folder (ruleset.yaml, signals/, lints/, styles/), sorted by name. */
int rules_read_folder(arena *a, const char *folder, rule_file **files, size_t *count, error *e);

/* One parsed file each. */
int load_signal(loader *l, const yaml_node *root);
int load_lint(loader *l, const yaml_node *root);
int load_style(loader *l, const yaml_node *root);
/* Keys that signals and lints share: phrases, except, patterns, params, tests. */
int load_source(loader *l, const yaml_node *root, uint16_t rule, bool raw, rule_source *out);
int load_params(loader *l, const yaml_node *root, const rule_param **params, uint32_t *count);
int load_tests(loader *l, const yaml_node *root, const rule_test **tests, uint32_t *count);

/* Typed values of a key, with errors at their place. `required` keys must be there. */
int load_text(loader *l, const yaml_node *map, const char *key, bool required, str *out);
int load_number(loader *l, const yaml_node *map, const char *key, bool required, double least, double *out);
int load_scopes(loader *l, const yaml_node *map, uint32_t *scopes);
int load_choice(loader *l, const yaml_node *map, const char *key, const char *const *names, size_t count,
                size_t *choice);
int load_no_memory(loader *l);
/* Nearest of some names, or NULL when none is near. */
const char *load_nearest(str name, const char *(*get)(const void *context, size_t i), const void *context,
                         size_t count);

/* ruleset.c: a ruleset over finished data, in an arena that it owns from then on. */
int ruleset_make(arena *a, str origin, const ruleset_data *data, ruleset **out, error *e);

#endif
