/* load.c - a folder of rule files to ruleset_data.
 *
 *     folder ──► files, sorted by name ──► hash
 *                                     └──► lints/ ──► signals/ ──► styles/ ──► trie, patterns, tables
 *
 * In: a path or files in memory. Out: data in the arena. Strict: any file that cannot be trusted is an error with its
 * place. What stands in signals/, lints/ or styles/ and is no rule file is an error too: a lint renamed "mine.yml"
 * would be lost without a word. Left alone there are hidden files, Markdown (a README) and an editor's copies
 * ("mine.yaml~"); beside those folders everything is, except a folder whose name is nearly one of theirs ("lint").
 */
#include "rules/load.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static int by_name(const void *left, const void *right) {
    return str_cmp(((const rule_file *)left)->name, ((const rule_file *)right)->name);
}

static const rule_file *find_file(const rule_file *files, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++)
        if (str_eq(files[i].name, str_from_cstr(name))) return &files[i];
    return NULL;
}

static int parse_file(loader *l, const rule_file *file, yaml_document *document) {
    l->file = file;
    yaml_limits limits = {.depth = 16, .nodes = 100000, .aliases = 100};
    int status = yaml_parse(l->a, file->content, &limits, document, l->e);
    if (status) {
        error_in_file(l->e, file->path);
        return status;
    }
    if (document->duplicate_count)
        return yaml_error(l->e, ERROR_SCHEMA, file->path, document->duplicates[0].again, "key '%.*s' stands twice",
                          STR_ARG(document->duplicates[0].again->text));
    return ERROR_NONE;
}

static int load_head(loader *l, const rule_file *file) {
    static const char *const keys[] = {"ruleset", "ruler", "default_style", NULL};
    static const char *const rulers[] = {"article", "raw"};
    yaml_document document;
    size_t ruler = 0;
    int status = parse_file(l, file, &document);
    if (!status) status = yaml_check_keys(document.root, keys, "a ruleset", file->path, l->e);
    if (!status) status = load_text(l, document.root, "ruleset", true, &l->name);
    if (!status) status = load_text(l, document.root, "default_style", true, &l->default_style);
    l->default_node = yaml_get(document.root, "default_style");
    if (!status) status = load_choice(l, document.root, "ruler", rulers, COUNT_OF(rulers), &ruler);
    l->raw = ruler == 1;
    return status;
}

static int load_group(loader *l, const rule_file *files, size_t count, str folder,
                      int (*load)(loader *l, const yaml_node *root)) {
    for (size_t i = 0; i < count; i++) {
        if (!str_starts(files[i].name, folder)) continue;
        yaml_document document;
        int status = parse_file(l, &files[i], &document);
        if (!status) status = load(l, document.root);
        if (status) return status;
    }
    return ERROR_NONE;
}

static int hash_files(loader *l, const rule_file *files, size_t count, sha256_text *out) {
    sha256 *h = sha256_new();
    if (!h) return load_no_memory(l);
    for (size_t i = 0; i < count; i++) {
        char length[32];
        int n = snprintf(length, sizeof length, "%td:%td:", files[i].name.n, files[i].content.n);
        sha256_add(h, str_make(length, (size_t)n));
        sha256_add(h, files[i].name);
        sha256_add(h, files[i].content);
    }
    *out = sha256_finish(h);
    return ERROR_NONE;
}

static int finish(loader *l, const rule_file *head, ruleset_data *out) {
    out->name = l->name;
    out->raw = l->raw;
    out->lints = l->lints.at;
    out->lint_count = (uint32_t)l->lints.n;
    out->styles = l->styles.at;
    out->style_count = (uint32_t)l->styles.n;
    out->patterns = l->patterns.at;
    out->pattern_count = (uint32_t)l->patterns.n;
    signal_rule *signals = ARENA_ARRAY(l->a, signal_rule, SIGNAL_COUNT);
    if (!signals) return load_no_memory(l);
    memcpy(signals, l->signals, sizeof l->signals);
    out->signals = signals;
    for (uint32_t i = 0; i < out->style_count; i++)
        if (str_eq(out->styles[i].name, l->default_style)) {
            out->default_style = i;
            return trie_builder_finish(l->trie, &out->trie, l->e);
        }
    return yaml_error(l->e, ERROR_SCHEMA, head->path, l->default_node, "default style '%.*s' has no file in styles/",
                      STR_ARG(l->default_style));
}

int rules_load(arena *a, const rule_file *files, size_t count, ruleset_data *out, error *e) {
    loader *l = ARENA_NEW(a, loader);
    if (!l) return error_set(e, ERROR_MEMORY, "out of memory while reading rules");
    l->a = a;
    l->e = e;
    l->trie = trie_builder_new(a);
    if (!l->trie) return load_no_memory(l);
    for (int i = 0; i < SIGNAL_COUNT; i++)
        l->signals[i] = (signal_rule){.id = (enum signal_id)i,
                                      .name = str_from_cstr(signal_name((enum signal_id)i)),
                                      .negative = signal_is_negative((enum signal_id)i)};
    *out = (ruleset_data){0};
    const rule_file *head = find_file(files, count, "ruleset.yaml");
    if (!head) return error_set(e, ERROR_SCHEMA, "no ruleset.yaml in the rules folder");
    int status = load_head(l, head);
    if (!status) status = load_group(l, files, count, STR("lints/"), load_lint);
    if (!status) status = load_group(l, files, count, STR("signals/"), load_signal);
    if (!status) status = load_group(l, files, count, STR("styles/"), load_style);
    if (!status) status = hash_files(l, files, count, &out->hash);
    return status ? status : finish(l, head, out);
}

/* ---- the folder -------------------------------------------------------------------------------------------------- */

typedef struct file_vec {
    rule_file *at;
    size_t n, capacity;
} file_vec;

static int add_file(arena *a, const char *folder, str name, file_vec *files, error *e) {
    rule_file file = {.name = name};
    char *path = path_join(a, str_from_cstr(folder), name);
    if (!path) return error_set(e, ERROR_MEMORY, "out of memory while reading rules");
    if (files->n >= RULE_FILES_MAX) return error_set(e, ERROR_LIMIT, "more than %d rule files", RULE_FILES_MAX);
    file.path = str_from_cstr(path);
    int status = file_read(a, path, RULE_FILE_MAX_BYTES, &file.content, e);
    if (status) return status;
    return VEC_PUSH(a, files, file) ? ERROR_NONE : error_set(e, ERROR_MEMORY, "out of memory while reading rules");
}

static int add_folder(arena *a, const char *folder, const char *group, file_vec *files, error *e) {
    char *path = path_join(a, str_from_cstr(folder), str_from_cstr(group));
    if (!path) return error_set(e, ERROR_MEMORY, "out of memory while reading rules");
    DIR *dir = opendir(path);
    if (!dir && errno == ENOENT) return ERROR_NONE; /* a ruleset may have no lints; an empty one fails later */
    if (!dir) return error_set(e, ERROR_IO, "%s: %s", path, strerror(errno));
    int status = ERROR_NONE;
    for (struct dirent *entry; !status && (errno = 0, entry = readdir(dir));) {
        str name = str_from_cstr(entry->d_name);
        if (name.p[0] == '.' || str_ends(name, STR(".md")) || str_ends(name, STR("~"))) continue;
        if (!str_ends(name, STR(".yaml"))) {
            status =
                error_set(e, ERROR_SCHEMA, "%s/%.*s: not a rule file: its name must end in .yaml", path, STR_ARG(name));
            break;
        }
        str full = arena_printf(a, "%s/%.*s", group, STR_ARG(name));
        status = full.p ? add_file(a, folder, full, files, e)
                        : error_set(e, ERROR_MEMORY, "out of memory while reading rules");
    }
    if (!status && errno) status = error_set(e, ERROR_IO, "%s: %s", path, strerror(errno));
    closedir(dir);
    return status;
}

static const char *const groups[] = {"lints", "signals", "styles"};

static const char *group_at(const void *context, size_t i) {
    (void)context;
    return groups[i];
}

/* A folder "lint" or "Signals" beside ruleset.yaml is a group whose rules nobody would read. */
static int refuse_near_groups(const char *folder, error *e) {
    DIR *dir = opendir(folder);
    if (!dir) return error_set(e, ERROR_IO, "%s: %s", folder, strerror(errno));
    int status = ERROR_NONE;
    for (struct dirent *entry; !status && (entry = readdir(dir));) {
        str name = str_from_cstr(entry->d_name);
        const char *near = load_nearest(name, group_at, NULL, COUNT_OF(groups));
        if (!near || str_distance(name, str_from_cstr(near), 5) > 1 || str_eq(name, str_from_cstr(near))) continue;
        status =
            error_set(e, ERROR_SCHEMA, "%s/%.*s: no folder of rules; did you mean '%s'?", folder, STR_ARG(name), near);
    }
    closedir(dir);
    return status;
}

int rules_read_folder(arena *a, const char *folder, rule_file **files, size_t *count, error *e) {
    file_vec all = {0};
    int status = add_file(a, folder, STR("ruleset.yaml"), &all, e);
    if (!status) status = refuse_near_groups(folder, e);
    for (size_t i = 0; i < COUNT_OF(groups) && !status; i++) status = add_folder(a, folder, groups[i], &all, e);
    if (status) return status;
    qsort(all.at, all.n, sizeof *all.at, by_name);
    *files = all.at;
    *count = all.n;
    return ERROR_NONE;
}
