/* config.c - reads `.assay.yaml`, resolves it for an article, applies levels and waivers.
 *
 * In: one YAML file. Out: settings with origins. The tree is kept and walked at each resolve: configurations are small,
 * and so there is one place that says what a key means. Every value is checked when the file is opened.
 */
#include "config/config_parts.h"

#include "base/file.h"
#include "config/glob.h"
#include "config/paths.h"
#include "manifest/date.h"

#include <sys/stat.h>
#include <unistd.h>

enum { MAX_CONFIG_BYTES = 1 << 20 };

/* Manifests, rules and the baseline are paths: relative to the folder of the file that names them. */
static const char *const setting_names[SETTING_COUNT] = {"style",     "default-style", "threshold", "manifest",
                                                         "rules",     "about",         "fail-on",   "fail-on-claims",
                                                         "untrusted", "max-size",      "baseline"};
static const char *const setting_defaults[SETTING_COUNT] = {"",      "",   "", "", "", "auto", "error", "contradicted",
                                                            "false", "1M", ""};
static const char *const top_keys[] = {"style",     "default-style",  "threshold", "manifest",  "rules",    "about",
                                       "fail-on",   "fail-on-claims", "untrusted", "max-size",  "baseline", "exclude",
                                       "published", "lints",          "waivers",   "overrides", NULL};
static const char *const override_keys[] = {"files", "style",   "default-style",  "threshold", "manifest",
                                            "about", "fail-on", "fail-on-claims", "untrusted", "lints",
                                            NULL};
static const char *const waiver_keys[] = {"claim", "fact", "rule", "files", "reason", "until", NULL};

const char *setting_name(enum setting_id id) { return setting_names[id]; }

/* ---- checking -------------------------------------------------------------------------------------------------- */

static int check_choice(const config *c, const yaml_node *node, const char *key, const char *choices, error *e) {
    str rest = str_from_cstr(choices), choice;
    if (!node) return ERROR_NONE;
    while (str_cut(&rest, '|', &choice))
        if (str_eq(choice, yaml_text(node))) return ERROR_NONE;
    return yaml_error(e, ERROR_SCHEMA, c->path, node, "%s takes one of %s", key, choices);
}

/* A list of texts, or one text. */
static int check_texts(const config *c, const yaml_node *node, const char *key, error *e) {
    if (!node || (node->kind == YAML_SCALAR && node->text.n)) return ERROR_NONE;
    for (uint32_t i = 0; node->kind == YAML_LIST && i < node->count; i++)
        if (node->items[i]->kind != YAML_SCALAR || node->items[i]->text.n == 0)
            return yaml_error(e, ERROR_SCHEMA, c->path, node->items[i], "%s takes a list of texts", key);
    if (node->kind == YAML_LIST) return ERROR_NONE;
    return yaml_error(e, ERROR_SCHEMA, c->path, node, "%s takes a text or a list of texts", key);
}

/* One glob or a list of them. What a glob here cannot say is an error, not a pattern that silently matches nothing. */
static int check_globs(const config *c, const yaml_node *node, const char *key, error *e) {
    int status = check_texts(c, node, key, e);
    uint32_t count = !node ? 0 : node->kind == YAML_LIST ? node->count : 1;
    for (uint32_t i = 0; i < count && !status; i++) {
        const yaml_node *item = node->kind == YAML_LIST ? node->items[i] : node;
        const char *why = glob_problem(item->text);
        if (why) status = yaml_error(e, ERROR_SCHEMA, c->path, item, "%s: %s", key, why);
    }
    return status;
}

/* Which articles an override or a waiver is for: none at all is a slip. */
static int check_files(const config *c, const yaml_node *item, error *e) {
    const yaml_node *files = yaml_get(item, "files");
    if (files && files->kind == YAML_LIST && files->count == 0)
        return yaml_error(e, ERROR_SCHEMA, c->path, files, "files: an empty list matches nothing");
    return check_globs(c, files, "files", e);
}

static int check_text(const config *c, const yaml_node *node, const char *key, error *e) {
    if (!node || (node->kind == YAML_SCALAR && node->text.n)) return ERROR_NONE;
    return yaml_error(e, ERROR_SCHEMA, c->path, node, "%s takes a text", key);
}

static int check_lints(const config *c, const yaml_node *map, error *e) {
    if (!map) return ERROR_NONE;
    if (map->kind != YAML_MAP) return yaml_error(e, ERROR_SCHEMA, c->path, map, "lints takes a map of lint: level");
    for (uint32_t i = 0; i < map->count; i++) {
        int status = check_choice(c, map->items[i], "a lint", "off|note|warning|error", e);
        if (status) return status;
    }
    return ERROR_NONE;
}

static int check_scope(const config *c, const yaml_node *map, error *e) {
    double number;
    bool flag;
    int status = check_choice(c, yaml_get(map, "about"), "about", "ours|auto", e);
    if (!status) status = check_choice(c, yaml_get(map, "fail-on"), "fail-on", "note|warning|error", e);
    if (!status)
        status = check_choice(c, yaml_get(map, "fail-on-claims"), "fail-on-claims", "contradicted|unverified|never", e);
    if (!status) status = check_texts(c, yaml_get(map, "manifest"), "manifest", e);
    if (!status) status = check_text(c, yaml_get(map, "style"), "style", e);
    if (!status) status = check_text(c, yaml_get(map, "default-style"), "default-style", e);
    if (!status) status = check_text(c, yaml_get(map, "max-size"), "max-size", e);
    if (!status) status = check_text(c, yaml_get(map, "rules"), "rules", e);
    if (!status) status = check_text(c, yaml_get(map, "baseline"), "baseline", e);
    if (!status) status = check_lints(c, yaml_get(map, "lints"), e);
    if (status) return status;
    const yaml_node *threshold = yaml_get(map, "threshold"), *untrusted = yaml_get(map, "untrusted");
    if (threshold && !yaml_to_f64(threshold, &number))
        return yaml_error(e, ERROR_SCHEMA, c->path, threshold, "threshold takes a number");
    if (untrusted && !yaml_to_bool(untrusted, &flag))
        return yaml_error(e, ERROR_SCHEMA, c->path, untrusted, "untrusted takes true or false");
    return ERROR_NONE;
}

static int check_waiver(const config *c, const yaml_node *item, error *e) {
    int status = yaml_check_keys(item, waiver_keys, "a waiver", c->path, e);
    if (status) return status;
    int targets =
        (yaml_get(item, "claim") != NULL) + (yaml_get(item, "fact") != NULL) + (yaml_get(item, "rule") != NULL);
    if (targets != 1) return yaml_error(e, ERROR_SCHEMA, c->path, item, "a waiver names one of claim, fact and rule");
    for (int i = 0; i < 3; i++) { /* claim, fact, rule: an empty one waives nothing, and would say so nowhere */
        const yaml_node *target = yaml_get(item, waiver_keys[i]);
        if (target && (target->kind != YAML_SCALAR || str_trim(target->text).n == 0))
            return yaml_error(e, ERROR_SCHEMA, c->path, target, "%s takes a text", waiver_keys[i]);
    }
    if (str_eq(yaml_text(yaml_get(item, "rule")), STR("truth-thin")))
        return yaml_error(e, ERROR_SCHEMA, c->path, yaml_get(item, "rule"),
                          "it is of the whole article: use fail-on-claims, about: auto, or a baseline");
    if (str_starts(yaml_text(yaml_get(item, "rule")), STR("truth-")))
        return yaml_error(e, ERROR_SCHEMA, c->path, yaml_get(item, "rule"),
                          "claims are waived one by one, with 'claim: TEXT' or 'fact: ID'");
    if (str_eq(yaml_text(yaml_get(item, "rule")), STR("score-below-minimum")))
        return yaml_error(e, ERROR_SCHEMA, c->path, yaml_get(item, "rule"),
                          "a score is no finding that a waiver could reach: use threshold, or a baseline");
    if (str_trim(yaml_text(yaml_get(item, "reason"))).n == 0)
        return yaml_error(e, ERROR_SCHEMA, c->path, item, "a waiver needs a reason");
    const yaml_node *until = yaml_get(item, "until");
    day_number day;
    if (until && !date_parse(yaml_text(until), &day))
        return yaml_error(e, ERROR_SCHEMA, c->path, until, "until takes a date such as 2026-12-31");
    return check_files(c, item, e);
}

static int check_items(const config *c, const char *key, int (*check)(const config *, const yaml_node *, error *),
                       error *e) {
    const yaml_node *list = yaml_get(c->document.root, key);
    if (!list) return ERROR_NONE;
    if (list->kind != YAML_LIST) return yaml_error(e, ERROR_SCHEMA, c->path, list, "%s takes a list", key);
    for (uint32_t i = 0; i < list->count; i++) {
        int status = check(c, list->items[i], e);
        if (status) return status;
    }
    return ERROR_NONE;
}

static int check_override(const config *c, const yaml_node *item, error *e) {
    int status = yaml_check_keys(item, override_keys, "an override", c->path, e);
    if (!status && !yaml_get(item, "files"))
        return yaml_error(e, ERROR_SCHEMA, c->path, item, "an override needs files: [globs]");
    if (!status) status = check_files(c, item, e);
    return status ? status : check_scope(c, item, e);
}

static int check_all(const config *c, error *e) {
    const yaml_node *root = c->document.root;
    if (c->document.duplicate_count)
        return yaml_error(e, ERROR_SCHEMA, c->path, c->document.duplicates[0].again, "key '%.*s' stands twice",
                          STR_ARG(c->document.duplicates[0].again->text));
    if (root->kind == YAML_NULL) return ERROR_NONE;
    int status = yaml_check_keys(root, top_keys, "the configuration", c->path, e);
    if (!status) status = check_scope(c, root, e);
    if (!status) status = check_globs(c, yaml_get(root, "exclude"), "exclude", e);
    if (!status) status = check_globs(c, yaml_get(root, "published"), "published", e);
    if (!status) status = check_items(c, "waivers", check_waiver, e);
    return status ? status : check_items(c, "overrides", check_override, e);
}

int config_open(const char *path, config **out, error *e) {
    arena *a = arena_new(64u << 20);
    config *c = a ? ARENA_NEW(a, config) : NULL;
    *out = NULL;
    if (!c) {
        arena_free(a);
        return error_set(e, ERROR_MEMORY, "out of memory while reading the configuration");
    }
    c->a = a;
    c->path = arena_str(a, str_from_cstr(path));
    c->folder = path_folder(c->path);
    int status = file_read(a, path, MAX_CONFIG_BYTES, &c->text, e);
    if (!status && (status = yaml_parse(a, c->text, NULL, &c->document, e))) error_in_file(e, c->path);
    if (!status) status = check_all(c, e);
    if (status) {
        config_free(c);
        return status;
    }
    *out = c;
    return ERROR_NONE;
}

str config_path(const config *c) { return c->path; }
sha256_text config_hash(const config *c) { return sha256_of(c->text); }

bool config_asks_the_day(const config *c) {
    const yaml_node *waivers = yaml_get(c->document.root, "waivers");
    for (uint32_t i = 0; waivers && i < waivers->count; i++)
        if (yaml_get(waivers->items[i], "until")) return true;
    return false;
}

void config_free(config *c) {
    if (c) arena_free(c->a);
}

char *config_next(arena *a, str *folder, str within) {
    struct stat st;
    while (folder->n > 0) {
        str here = *folder;
        char *candidate = path_join(a, here, STR(".assay.yaml")), *git = path_join(a, here, STR(".git"));
        if (!candidate || !git) return NULL;
        bool inside =
            within.n && here.n > within.n && str_starts(here, within) && (within.n == 1 || here.p[within.n] == '/');
        bool last = here.n <= 1 || (!inside && access(git, F_OK) == 0);
        *folder = last ? (str){here.p, 0} : path_folder(here);
        /* A link that leads nowhere was meant to be a configuration: whoever opens it says so. Shown in messages: the
         * short form where there is one. */
        if (lstat(candidate, &st) == 0) return arena_cstr(a, path_inside(a, STR("."), str_from_cstr(candidate)));
    }
    return NULL;
}

char *config_find(arena *a, const char *path) {
    struct stat st;
    char *absolute = path_absolute(a, str_from_cstr(path));
    if (!absolute) return NULL;
    str folder = str_from_cstr(absolute);
    if (stat(path, &st) != 0 || !S_ISDIR(st.st_mode)) folder = path_folder(folder);
    return config_next(a, &folder, (str){0});
}

str config_relative(arena *a, const config *c, str article_path) { return path_inside(a, c->folder, article_path); }

/* The glob, one or one of a list, that a path matches; NULL where there is none. */
static const yaml_node *matching(const yaml_node *globs, str path) {
    if (!globs) return NULL;
    if (globs->kind == YAML_SCALAR) return glob_match(globs->text, path) ? globs : NULL;
    for (uint32_t i = 0; i < globs->count; i++)
        if (glob_match(globs->items[i]->text, path)) return globs->items[i];
    return NULL;
}

bool config_matches(const yaml_node *globs, str path) { return matching(globs, path) != NULL; }

/* "posts/.assay.yaml:3:8" */
static str place_of(arena *a, const config *c, const yaml_node *node) {
    return arena_printf(a, "%.*s:%u:%u", STR_ARG(c->path), node->line, node->column);
}

str config_excludes(arena *a, const config *c, str article_path) {
    const yaml_node *globs = c->document.root->kind == YAML_MAP ? yaml_get(c->document.root, "exclude") : NULL;
    const yaml_node *glob = globs ? matching(globs, config_relative(a, c, article_path)) : NULL;
    return glob ? place_of(a, c, glob) : (str){0};
}

bool config_publishes(arena *a, const config *c, str article_path) {
    const yaml_node *root = c->document.root;
    return root->kind == YAML_MAP && config_matches(yaml_get(root, "published"), config_relative(a, c, article_path));
}

/* Paths in the file are relative to its folder. */
static str joined_paths(arena *a, const config *c, const yaml_node *node) {
    buf b = {0};
    uint32_t count = node->kind == YAML_LIST ? node->count : 1;
    for (uint32_t i = 0; i < count; i++) {
        const yaml_node *item = node->kind == YAML_LIST ? node->items[i] : node;
        char *path = path_join(a, c->folder, item->text);
        if (i) buf_byte(&b, '\n');
        if (path) buf_cstr(&b, path);
    }
    str out = arena_str(a, buf_view(&b));
    buf_free(&b);
    return out;
}

static void apply(arena *a, const config *c, const yaml_node *map, settings *out) {
    for (int id = 0; id < SETTING_COUNT; id++) {
        const yaml_node *node = yaml_get(map, setting_names[id]);
        if (!node) continue;
        bool flag;
        bool path = id == SETTING_MANIFEST || id == SETTING_RULES || id == SETTING_BASELINE;
        out->at[id].value = path ? joined_paths(a, c, node) : node->text;
        if (id == SETTING_UNTRUSTED && yaml_to_bool(node, &flag)) out->at[id].value = flag ? STR("true") : STR("false");
        out->at[id].origin = place_of(a, c, node);
    }
}

int config_resolve(arena *a, const config *c, str article_path, settings *out, error *e) {
    *out = (settings){0};
    for (int id = 0; id < SETTING_COUNT; id++)
        out->at[id] = (setting){str_from_cstr(setting_defaults[id]), STR("default")};
    if (!c || c->document.root->kind != YAML_MAP) return ERROR_NONE;
    const yaml_node *root = c->document.root, *overrides = yaml_get(root, "overrides");
    str path = config_relative(a, c, article_path);
    apply(a, c, root, out);
    for (uint32_t i = 0; overrides && i < overrides->count; i++)
        if (config_matches(yaml_get(overrides->items[i], "files"), path)) {
            bool untrusted = false;
            apply(a, c, overrides->items[i], out);
            if (!yaml_to_bool(yaml_get(overrides->items[i], "untrusted"), &untrusted) || !untrusted)
                out->gated_line = overrides->items[i]->line;
        }
    out->excluded_by = config_excludes(a, c, article_path);
    out->published = config_matches(yaml_get(root, "published"), path);
    for (int id = 0; id < SETTING_COUNT; id++)
        if (!out->at[id].origin.p) return error_set(e, ERROR_MEMORY, "out of memory");
    return ERROR_NONE;
}

size_t config_scopes(const config *c) {
    const yaml_node *overrides = yaml_get(c->document.root, "overrides");
    return 1 + (overrides ? overrides->count : 0);
}

void config_scope(arena *a, const config *c, size_t scope, settings *out) {
    const yaml_node *root = c->document.root;
    *out = (settings){0};
    apply(a, c, scope ? yaml_get(root, "overrides")->items[scope - 1] : root, out);
}
