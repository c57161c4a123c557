/* load_rule.c - one signal, lint or style file.
 *
 * In: the parsed YAML of one file. Out: one entry of the loader's tables. What refers to other files (a style's weights
 * and lint levels) is resolved here because signals and lints come first: files are read in the order lints, signals,
 * styles of their folder names.
 */
#include "rules/load.h"

#include "base/file.h"
#include "rules/measures.h"

#include <math.h>

static const char *const kind_names[] = {"pattern", "structure", "statistic", "tokens"};
static const char *const count_names[] = {"matches", "distinct", "sentences", "value"};
static const char *const level_names[] = {"off", "note", "warning", "error"};

static const char *signal_at(const void *context, size_t i) {
    (void)context;
    return signal_name((enum signal_id)i);
}

static int unknown_signal(loader *l, const yaml_node *node, str name, const char *what) {
    const char *nearest = load_nearest(name, signal_at, NULL, SIGNAL_COUNT);
    return yaml_error(l->e, ERROR_SCHEMA, l->file->path, node, "%s '%.*s'%s%s%s", what, STR_ARG(name),
                      nearest ? "; did you mean '" : "", nearest ? nearest : "", nearest ? "'?" : "");
}

/* A rule lives in the file that bears its name, so that a message leads to it. */
static int check_file_name(loader *l, const yaml_node *root, const char *key, str name) {
    str stem = path_name(l->file->name);
    stem.n -= path_extension(stem).n;
    if (str_eq(stem, name)) return ERROR_NONE;
    return yaml_error(l->e, ERROR_SCHEMA, l->file->path, yaml_get(root, key), "%s '%.*s' must be in a file '%.*s.yaml'",
                      key, STR_ARG(name), STR_ARG(name));
}

static bool find_signal(str name, enum signal_id *id) {
    for (int i = 0; i < SIGNAL_COUNT; i++)
        if (str_eq(name, str_from_cstr(signal_name((enum signal_id)i)))) {
            *id = (enum signal_id)i;
            return true;
        }
    return false;
}

/* A structural, statistical or token rule names a measure; a pattern rule may name one that adds to its matches. */
static int check_measure(loader *l, const yaml_node *root, enum rule_kind kind, str measure,
                         const rule_source *source) {
    if (kind != RULE_PATTERN && measure.n == 0)
        return yaml_error(l->e, ERROR_SCHEMA, l->file->path, root, "kind %s needs a 'measure'", rule_kind_name(kind));
    if (kind == RULE_PATTERN && !source->phrase_count && !source->pattern_count)
        return yaml_error(l->e, ERROR_SCHEMA, l->file->path, root, "kind pattern needs 'phrases' or 'patterns'");
    return ERROR_NONE;
}

int load_signal(loader *l, const yaml_node *root) {
    static const char *const keys[] = {"signal", "title",   "summary", "details", "scope",  "kind",     "count", "unit",
                                       "cap",    "measure", "params",  "phrases", "except", "patterns", "tests", NULL};
    str name = {NULL, 0};
    size_t kind = 0, count = 0;
    int status = yaml_check_keys(root, keys, "a signal", l->file->path, l->e);
    if (!status) status = load_text(l, root, "signal", true, &name);
    enum signal_id id = SIGNAL_COUNT;
    if (!status && !find_signal(name, &id))
        status = unknown_signal(l, yaml_get(root, "signal"), name, "unknown signal");
    if (!status) status = check_file_name(l, root, "signal", name);
    if (status) return status;
    signal_rule *s = &l->signals[id];
    s->file = l->file->path;
    if (!status) status = load_text(l, root, "title", true, &s->title);
    if (!status) status = load_text(l, root, "summary", true, &s->summary);
    if (!status) status = load_text(l, root, "details", true, &s->details);
    if (!status) status = load_scopes(l, root, &s->scopes);
    if (!status) status = load_choice(l, root, "kind", kind_names, COUNT_OF(kind_names), &kind);
    if (!status) status = load_choice(l, root, "count", count_names, COUNT_OF(count_names), &count);
    if (!status) status = load_text(l, root, "unit", true, &s->unit);
    if (!status) status = load_number(l, root, "cap", true, 0, &s->cap);
    if (!status) status = load_text(l, root, "measure", false, &s->measure);
    if (!status) status = load_params(l, root, &s->params, &s->param_count);
    if (!status) status = load_source(l, root, (uint16_t)id, (s->scopes & SCOPE_RAW) != 0, &s->source);
    if (!status) status = load_tests(l, root, &s->tests, &s->test_count);
    s->kind = (enum rule_kind)kind;
    s->count = (enum count_mode)count;
    if (!status) status = check_measure(l, root, s->kind, s->measure, &s->source);
    if (!status) status = load_check_measure(l, root, false, name, s->measure);
    if (!status && l->raw != ((s->scopes & SCOPE_RAW) != 0))
        status = yaml_error(l->e, ERROR_SCHEMA, l->file->path, yaml_get(root, "scope"),
                            l->raw ? "under 'ruler: raw' every signal has scope [raw]"
                                   : "scope raw belongs to a ruleset with 'ruler: raw'");
    return status;
}

static int load_budget(loader *l, const yaml_node *root, lint_rule *lint) {
    static const char *const keys[] = {"free", "per_1000", NULL};
    const yaml_node *budget = yaml_get(root, "budget");
    if (!budget) return ERROR_NONE;
    int status = yaml_check_keys(budget, keys, "a budget", l->file->path, l->e);
    if (!status) status = load_number(l, budget, "free", false, 0, &lint->budget_free);
    if (!status) status = load_number(l, budget, "per_1000", false, 0, &lint->budget_per_1000);
    return status;
}

/* A brace before a letter begins one of the three places that a finding fills in; any other would be printed. */
static int check_message(loader *l, const yaml_node *root, str message) {
    static const char *const places[] = {"{text}", "{n}", "{limit}"};
    for (ptrdiff_t at = 0; (at = str_find_byte(message, '{', at)) >= 0; at++) {
        str rest = str_slice(message, at, message.n);
        bool known = rest.n < 2 || !byte_is_alpha(rest.p[1]);
        for (size_t i = 0; i < COUNT_OF(places); i++) known = known || str_starts(rest, str_from_cstr(places[i]));
        ptrdiff_t end = str_find_byte(rest, '}', 0);
        if (!known)
            return yaml_error(l->e, ERROR_SCHEMA, l->file->path, yaml_get(root, "message"),
                              "unknown placeholder '%.*s': {text}, {n} and {limit} are filled in",
                              STR_ARG(str_slice(rest, 0, end > 0 ? end + 1 : rest.n)));
    }
    return ERROR_NONE;
}

int load_lint(loader *l, const yaml_node *root) {
    static const char *const keys[] = {"lint",   "title",    "summary", "details", "message", "level",
                                       "kind",   "scope",    "budget",  "measure", "params",  "phrases",
                                       "except", "patterns", "tests",   NULL};
    lint_rule lint = {0};
    size_t kind = 0, level = 0;
    if (l->lints.n >= RULE_LINTS_MAX) return yaml_error(l->e, ERROR_LIMIT, l->file->path, root, "too many lints");
    int status = yaml_check_keys(root, keys, "a lint", l->file->path, l->e);
    if (!status) status = load_text(l, root, "lint", true, &lint.name);
    if (!status) status = check_file_name(l, root, "lint", lint.name);
    if (!status) status = load_text(l, root, "title", true, &lint.title);
    if (!status) status = load_text(l, root, "summary", true, &lint.summary);
    if (!status) status = load_text(l, root, "details", true, &lint.details);
    if (!status) status = load_text(l, root, "message", true, &lint.message);
    if (!status) status = check_message(l, root, lint.message);
    if (!status) status = load_choice(l, root, "level", level_names, COUNT_OF(level_names), &level);
    if (!status) status = load_choice(l, root, "kind", kind_names, COUNT_OF(kind_names), &kind);
    if (!status) status = load_scopes(l, root, &lint.scopes);
    if (!status) status = load_budget(l, root, &lint);
    if (!status) status = load_text(l, root, "measure", false, &lint.measure);
    if (!status) status = load_params(l, root, &lint.params, &lint.param_count);
    uint16_t rule = (uint16_t)(SIGNAL_COUNT + l->lints.n);
    if (!status) status = load_source(l, root, rule, (lint.scopes & SCOPE_RAW) != 0, &lint.source);
    if (!status) status = load_tests(l, root, &lint.tests, &lint.test_count);
    lint.level = (enum level)level;
    lint.kind = (enum rule_kind)kind;
    lint.file = l->file->path;
    if (!status) status = check_measure(l, root, lint.kind, lint.measure, &lint.source);
    if (!status) status = load_check_measure(l, root, true, lint.name, lint.measure);
    if (!status && l->raw && lint.source.phrase_count + lint.source.pattern_count)
        status = yaml_error(l->e, ERROR_SCHEMA, l->file->path,
                            yaml_get(root, lint.source.phrase_count ? "phrases" : "patterns"),
                            "under 'ruler: raw' a lint has a 'measure': nothing looks for its matches there");
    if (status) return status;
    return VEC_PUSH(l->a, &l->lints, lint) ? ERROR_NONE : load_no_memory(l);
}

/* ---- styles ------------------------------------------------------------------------------------------------------ */

static int load_signal_numbers(loader *l, const yaml_node *root, const char *key, double *numbers) {
    const yaml_node *map = yaml_get(root, key);
    if (!map) return ERROR_NONE;
    if (map->kind != YAML_MAP) return yaml_error(l->e, ERROR_SCHEMA, l->file->path, map, "'%s' must be a map", key);
    for (uint32_t i = 0; i < map->count; i++) {
        enum signal_id id;
        const char *what =
            str_eq(str_from_cstr(key), STR("weights")) ? "a weight without a signal:" : "a cap without a signal:";
        str name = map->keys[i]->text;
        if (!find_signal(name, &id)) return unknown_signal(l, map->keys[i], name, what);
        if (l->signals[id].file.n == 0)
            return yaml_error(l->e, ERROR_SCHEMA, l->file->path, map->keys[i],
                              "%s '%.*s'; this ruleset has no file signals/%.*s.yaml", what, STR_ARG(name),
                              STR_ARG(name));
        double value;
        if (!yaml_to_f64(map->items[i], &value) || !isfinite(value) || value < 0)
            return yaml_error(l->e, ERROR_SCHEMA, l->file->path, map->items[i], "must be a number of at least 0");
        numbers[id] = value;
    }
    return ERROR_NONE;
}

static int load_required(loader *l, const yaml_node *root, style *s) {
    const yaml_node *list = yaml_get(root, "required");
    if (!list) return ERROR_NONE;
    if (list->kind != YAML_LIST || list->count > 100)
        return yaml_error(l->e, ERROR_SCHEMA, l->file->path, list, "'required' must be a list of frontmatter keys");
    str *required = ARENA_ARRAY(l->a, str, list->count);
    if (!required) return load_no_memory(l);
    for (uint32_t i = 0; i < list->count; i++) {
        required[i] = yaml_text(list->items[i]);
        if (required[i].n == 0)
            return yaml_error(l->e, ERROR_SCHEMA, l->file->path, list->items[i], "a frontmatter key must be a text");
    }
    s->required_keys = required;
    s->required_count = list->count;
    return ERROR_NONE;
}

static int load_length(loader *l, const yaml_node *root, style *s) {
    static const char *const keys[] = {"min", "max", NULL};
    const yaml_node *words = yaml_get(root, "words");
    if (!words) return ERROR_NONE;
    double least = 0, most = 0;
    int status = yaml_check_keys(words, keys, "'words'", l->file->path, l->e);
    if (!status) status = load_number(l, words, "min", false, 0, &least);
    if (!status) status = load_number(l, words, "max", false, 0, &most);
    if (status) return status;
    if (least > 1e9 || most > 1e9 || (most > 0 && most < least))
        return yaml_error(l->e, ERROR_SCHEMA, l->file->path, words, "'min' must not be above 'max'");
    s->words_min = (uint32_t)least;
    s->words_max = (uint32_t)most;
    return ERROR_NONE;
}

static const char *lint_at(const void *context, size_t i) {
    const loader *l = context;
    return arena_cstr(l->a, l->lints.at[i].name);
}

static int load_lint_levels(loader *l, const yaml_node *root, style *s) {
    const yaml_node *map = yaml_get(root, "lints");
    if (!map) return ERROR_NONE;
    if (map->kind != YAML_MAP) return yaml_error(l->e, ERROR_SCHEMA, l->file->path, map, "'lints' must be a map");
    style_lint *levels = ARENA_ARRAY(l->a, style_lint, map->count);
    if (!levels) return load_no_memory(l);
    for (uint32_t i = 0; i < map->count; i++) {
        str name = map->keys[i]->text;
        uint32_t lint = 0;
        while (lint < l->lints.n && !str_eq(l->lints.at[lint].name, name)) lint++;
        if (lint == l->lints.n) {
            const char *nearest = load_nearest(name, lint_at, l, l->lints.n);
            return yaml_error(l->e, ERROR_SCHEMA, l->file->path, map->keys[i], "unknown lint '%.*s'%s%s%s",
                              STR_ARG(name), nearest ? "; did you mean '" : "", nearest ? nearest : "",
                              nearest ? "'?" : "");
        }
        levels[i].lint = lint;
        if (!level_parse(yaml_text(map->items[i]), &levels[i].level))
            return yaml_error(l->e, ERROR_SCHEMA, l->file->path, map->items[i],
                              "a level is off, note, warning or error");
    }
    s->lints = levels;
    s->lint_count = map->count;
    return ERROR_NONE;
}

/* Of the minimum, what an article must earn where only vouched specifics pay: calibrated on the pass and fail articles
 * of corpus/ with their manifests (docs/CALIBRATION.md). */
static const double VOUCHED_PART = 0.33;

int load_style(loader *l, const yaml_node *root) {
    static const char *const keys[] = {
        "style",    "title", "summary", "minimum",          "vouched_minimum",    "weights", "caps",
        "required", "words", "lints",   "unverified_share", "contradiction_cost", NULL};
    style s = {.file = l->file->path};
    for (int i = 0; i < SIGNAL_COUNT; i++) s.caps[i] = l->signals[i].cap;
    int status = yaml_check_keys(root, keys, "a style", l->file->path, l->e);
    if (!status) status = load_text(l, root, "style", true, &s.name);
    if (!status) status = check_file_name(l, root, "style", s.name);
    if (!status) status = load_text(l, root, "title", true, &s.title);
    if (!status) status = load_text(l, root, "summary", true, &s.summary);
    if (!status) status = load_number(l, root, "minimum", true, 0, &s.minimum);
    s.vouched_minimum = VOUCHED_PART * s.minimum;
    if (!status) status = load_number(l, root, "vouched_minimum", false, 0, &s.vouched_minimum);
    if (!status) status = load_signal_numbers(l, root, "weights", s.weights);
    if (!status) status = load_signal_numbers(l, root, "caps", s.caps);
    if (!status) status = load_required(l, root, &s);
    if (!status) status = load_length(l, root, &s);
    if (!status) status = load_lint_levels(l, root, &s);
    if (!status) status = load_number(l, root, "unverified_share", false, 0, &s.unverified_share);
    if (!status) status = load_number(l, root, "contradiction_cost", false, 0, &s.contradiction_cost);
    if (!status && s.unverified_share > 1)
        status = yaml_error(l->e, ERROR_SCHEMA, l->file->path, yaml_get(root, "unverified_share"),
                            "'unverified_share' is a part of 1");
    if (!status && s.vouched_minimum > s.minimum)
        status = yaml_error(l->e, ERROR_SCHEMA, l->file->path, yaml_get(root, "vouched_minimum"),
                            "'vouched_minimum' is at most 'minimum': with a manifest, fewer specifics earn");
    if (status) return status;
    return VEC_PUSH(l->a, &l->styles, s) ? ERROR_NONE : load_no_memory(l);
}
