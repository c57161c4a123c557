/* config.c - reads `.assay.yaml`, resolves it for an article, applies levels and waivers.
 *
 * In: one YAML file. Out: settings with origins. The tree is kept and walked at each resolve: configurations are small,
 * and so there is one place that says what a key means. Every value is checked when the file is opened.
 */
#include "config/config.h"

#include "base/file.h"
#include "config/glob.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_CONFIG_BYTES = 1 << 20 };

struct config {
    arena *a;
    str path, folder;
    yaml_document document;
};

static const char *const setting_names[SETTING_COUNT] = {
    "style", "default-style", "threshold", "manifest", "rules", "about", "fail-on", "fail-on-claims", "untrusted",
    "max-size", "baseline"};
static const char *const setting_defaults[SETTING_COUNT] = {
    "", "", "", "", "", "auto", "error", "contradicted", "false", "1M", ""};
static const char *const top_keys[] = {"style", "default-style", "threshold", "manifest", "rules", "about", "fail-on",
                                       "fail-on-claims", "untrusted", "max-size", "baseline", "exclude", "published",
                                       "lints", "waivers", "overrides", NULL};
static const char *const override_keys[] = {"files", "style", "default-style", "threshold", "manifest", "about", "fail-on",
                                            "fail-on-claims", "untrusted", "lints", NULL};
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

static bool is_date(str s) {
    if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-') return false;
    for (int i = 0; i < 10; i++)
        if (i != 4 && i != 7 && !byte_is_digit(s.p[i])) return false;
    return true;
}

static int check_waiver(const config *c, const yaml_node *item, error *e) {
    int status = yaml_check_keys(item, waiver_keys, "a waiver", c->path, e);
    if (status) return status;
    int targets = (yaml_get(item, "claim") != NULL) + (yaml_get(item, "fact") != NULL) + (yaml_get(item, "rule") != NULL);
    if (targets != 1) return yaml_error(e, ERROR_SCHEMA, c->path, item, "a waiver names one of claim, fact and rule");
    if (str_trim(yaml_text(yaml_get(item, "reason"))).n == 0)
        return yaml_error(e, ERROR_SCHEMA, c->path, item, "a waiver needs a reason");
    const yaml_node *until = yaml_get(item, "until");
    if (until && !is_date(yaml_text(until)))
        return yaml_error(e, ERROR_SCHEMA, c->path, until, "until takes a date such as 2026-12-31");
    return check_texts(c, yaml_get(item, "files"), "files", e);
}

static int check_items(const config *c, const char *key, int (*check)(const config *, const yaml_node *, error *), error *e) {
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
    if (!status) status = check_texts(c, yaml_get(item, "files"), "files", e);
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
    if (!status) status = check_texts(c, yaml_get(root, "exclude"), "exclude", e);
    if (!status) status = check_texts(c, yaml_get(root, "published"), "published", e);
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
    str text;
    int status = file_read(a, path, MAX_CONFIG_BYTES, &text, e);
    if (!status && yaml_parse(a, text, NULL, &c->document, e)) status = error_in_file(e, c->path);
    if (!status) status = check_all(c, e);
    if (status) {
        config_free(c);
        return status;
    }
    *out = c;
    return ERROR_NONE;
}

str config_path(const config *c) { return c->path; }

void config_free(config *c) {
    if (c) arena_free(c->a);
}

char *config_find(arena *a, const char *path) {
    char *absolute = realpath(path, NULL);
    struct stat st;
    str folder;
    if (absolute && stat(absolute, &st) == 0 && S_ISDIR(st.st_mode)) {
        folder = str_from_cstr(absolute);
    } else if (absolute) {
        folder = path_folder(str_from_cstr(absolute));
    } else {
        free(absolute);
        absolute = realpath(".", NULL);
        if (!absolute) return NULL;
        folder = str_from_cstr(absolute);
    }
    char *found = NULL;
    for (;;) {
        char *candidate = path_join(a, folder, STR(".assay.yaml"));
        if (!candidate) break;
        if (access(candidate, F_OK) == 0) {
            found = candidate;
            break;
        }
        char *git = path_join(a, folder, STR(".git"));
        if (!git || access(git, F_OK) == 0 || folder.n <= 1) break;
        folder = path_folder(folder);
    }
    free(absolute);
    return found;
}

str config_relative(arena *a, const config *c, str article_path) {
    char *path = arena_cstr(a, article_path), *folder = arena_cstr(a, c->folder);
    char *absolute = path ? realpath(path, NULL) : NULL, *root = folder ? realpath(folder, NULL) : NULL;
    str result = article_path;
    size_t n = root ? strlen(root) : 0;
    if (absolute && root && strncmp(absolute, root, n) == 0 && (absolute[n] == '/' || n == 1))
        result = arena_str(a, str_from_cstr(absolute + n + (absolute[n] == '/')));
    free(absolute);
    free(root);
    return result.p ? result : article_path;
}

static bool matches_any(const yaml_node *globs, str path) {
    if (!globs) return false;
    if (globs->kind == YAML_SCALAR) return glob_match(globs->text, path);
    for (uint32_t i = 0; i < globs->count; i++)
        if (glob_match(globs->items[i]->text, path)) return true;
    return false;
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
        bool path = id == SETTING_MANIFEST || id == SETTING_RULES || id == SETTING_BASELINE;
        out->at[id].value = path ? joined_paths(a, c, node) : node->text;
        out->at[id].origin = arena_printf(a, "%.*s:%u:%u", STR_ARG(c->path), node->line, node->column);
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
        if (matches_any(yaml_get(overrides->items[i], "files"), path)) apply(a, c, overrides->items[i], out);
    out->excluded = matches_any(yaml_get(root, "exclude"), path);
    out->published = matches_any(yaml_get(root, "published"), path);
    for (int id = 0; id < SETTING_COUNT; id++)
        if (!out->at[id].origin.p) return error_set(e, ERROR_MEMORY, "out of memory");
    return ERROR_NONE;
}

/* ---- levels and waivers ---------------------------------------------------------------------------------------- */

static void set_levels(const yaml_node *lints, finding_list *findings) {
    for (uint32_t i = 0; lints && i < lints->count; i++) {
        enum level level = LEVEL_OFF;
        level_parse(lints->items[i]->text, &level);
        size_t kept = 0;
        for (size_t k = 0; k < findings->n; k++) {
            finding *f = &findings->at[k];
            if (str_eq(f->rule, lints->keys[i]->text)) f->level = level;
            if (f->level != LEVEL_OFF) findings->at[kept++] = *f;
        }
        findings->n = kept;
    }
}

static void waive_claims(const yaml_node *item, claim_list *claims) {
    str text = yaml_text(yaml_get(item, "claim")), fact = yaml_text(yaml_get(item, "fact"));
    for (size_t i = 0; i < claims->n; i++) {
        claim *c = &claims->at[i];
        bool judged = c->verdict == VERDICT_CONTRADICTED || c->verdict == VERDICT_UNVERIFIED;
        bool named = (text.n && str_eq(c->quote, text)) || (fact.n && str_eq(c->fact, fact));
        if (!judged || !named || c->waived) continue;
        c->waived = true;
        c->waiver_reason = yaml_text(yaml_get(item, "reason"));
        claims->coverage.waived++;
    }
}

static void waive_findings(const yaml_node *item, finding_list *findings) {
    str rule = yaml_text(yaml_get(item, "rule"));
    /* A claim is waived as a claim, so that it is counted as one. */
    if (!rule.n || str_starts(rule, STR("truth-"))) return;
    for (size_t i = 0; i < findings->n; i++)
        if (str_eq(findings->at[i].rule, rule)) {
            findings->at[i].suppressed = true;
            findings->at[i].reason = yaml_text(yaml_get(item, "reason"));
        }
}

void config_waive(void *context, arena *a, const article *art, claim_list *claims, finding_list *findings) {
    const config_waiver *w = context;
    (void)art;
    if (!w->config || w->config->document.root->kind != YAML_MAP) return;
    const yaml_node *root = w->config->document.root, *waivers = yaml_get(root, "waivers");
    const yaml_node *overrides = yaml_get(root, "overrides");
    str path = config_relative(a, w->config, w->article_path);
    for (uint32_t i = 0; waivers && i < waivers->count; i++) {
        const yaml_node *item = waivers->items[i], *files = yaml_get(item, "files"), *until = yaml_get(item, "until");
        if (files && !matches_any(files, path)) continue;
        if (until && str_cmp(w->today, until->text) > 0) {
            str message = arena_printf(a, "a waiver expired on %.*s (%.*s:%u): renew or remove it", STR_ARG(until->text),
                                       STR_ARG(w->config->path), item->line);
            finding f = {.rule = STR("waiver-expired"), .level = LEVEL_WARNING, .message = message};
            if (findings->n || claims->n) VEC_PUSH(a, findings, f);
            continue;
        }
        waive_claims(item, claims);
        waive_findings(item, findings);
    }
    set_levels(yaml_get(root, "lints"), findings);
    for (uint32_t i = 0; overrides && i < overrides->count; i++)
        if (matches_any(yaml_get(overrides->items[i], "files"), path))
            set_levels(yaml_get(overrides->items[i], "lints"), findings);
}

void config_print(const settings *s, str article_path, buf *out) {
    buf_printf(out, "# settings for %.*s\n", STR_ARG(article_path));
    for (int id = 0; id < SETTING_COUNT; id++) {
        str value = s->at[id].value, part;
        bool list = str_find_byte(value, '\n', 0) >= 0;
        buf_printf(out, "%s: ", setting_names[id]);
        if (value.n == 0) buf_cstr(out, "~");
        if (list) buf_byte(out, '[');
        for (bool first = true; value.n > 0 && str_cut(&value, '\n', &part); first = false)
            buf_printf(out, "%s%.*s", first ? "" : ", ", STR_ARG(part));
        buf_printf(out, "%s  # %.*s\n", list ? "]" : "", STR_ARG(s->at[id].origin));
    }
    buf_printf(out, "# excluded: %s, published: %s\n", s->excluded ? "yes" : "no", s->published ? "yes" : "no");
}
