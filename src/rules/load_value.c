/* load_value.c - single values of rule files.
 *
 * In: YAML nodes. Out: texts, numbers, choices, phrase and pattern lists, test lines. Every refusal names file, line
 * and column, what is wrong, and the nearest thing that would be right.
 */
#include "rules/load.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <math.h>
#include <pcre2.h>

enum { PATTERN_MAX_BYTES = 8192, TEST_MAX = 500, LIST_MAX = 5000 };

int load_no_memory(loader *l) { return error_set(l->e, ERROR_MEMORY, "out of memory while reading rules"); }

const char *load_nearest(str name, const char *(*get)(const void *context, size_t i), const void *context,
                         size_t count) {
    const char *nearest = NULL;
    unsigned best = 5;
    for (size_t i = 0; i < count; i++) {
        const char *candidate = get(context, i);
        unsigned distance = str_distance(name, str_from_cstr(candidate), 5);
        if (distance < best) best = distance, nearest = candidate;
    }
    return nearest;
}

int load_text(loader *l, const yaml_node *map, const char *key, bool required, str *out) {
    const yaml_node *node = yaml_get(map, key);
    *out = (str){NULL, 0};
    if (!node && !required) return ERROR_NONE;
    if (!node) return yaml_error(l->e, ERROR_SCHEMA, l->file->path, map, "'%s' is missing", key);
    if (node->kind != YAML_SCALAR)
        return yaml_error(l->e, ERROR_SCHEMA, l->file->path, node, "'%s' must be a text", key);
    *out = str_trim(yaml_text(node));
    if (required && out->n == 0)
        return yaml_error(l->e, ERROR_SCHEMA, l->file->path, node, "'%s' must not be empty", key);
    return ERROR_NONE;
}

int load_number(loader *l, const yaml_node *map, const char *key, bool required, double least, double *out) {
    const yaml_node *node = yaml_get(map, key);
    if (!node && !required) return ERROR_NONE;
    if (!node) return yaml_error(l->e, ERROR_SCHEMA, l->file->path, map, "'%s' is missing", key);
    double value;
    if (!yaml_to_f64(node, &value) || !isfinite(value))
        return yaml_error(l->e, ERROR_SCHEMA, l->file->path, node, "'%s' must be a number", key);
    if (value < least)
        return yaml_error(l->e, ERROR_SCHEMA, l->file->path, node, "'%s' must be at least %g", key, least);
    *out = value;
    return ERROR_NONE;
}

static const char *name_of_list(const void *context, size_t i) { return ((const char *const *)context)[i]; }

int load_choice(loader *l, const yaml_node *map, const char *key, const char *const *names, size_t count,
                size_t *choice) {
    str text;
    int status = load_text(l, map, key, true, &text);
    if (status) return status;
    for (size_t i = 0; i < count; i++)
        if (str_eq(text, str_from_cstr(names[i]))) {
            *choice = i;
            return ERROR_NONE;
        }
    const char *nearest = load_nearest(text, name_of_list, names, count);
    return yaml_error(l->e, ERROR_SCHEMA, l->file->path, yaml_get(map, key), "unknown %s '%.*s'%s%s%s", key,
                      STR_ARG(text), nearest ? "; did you mean '" : "", nearest ? nearest : "", nearest ? "'?" : "");
}

int load_scopes(loader *l, const yaml_node *map, uint32_t *scopes) {
    const yaml_node *list = yaml_get(map, "scope");
    *scopes = 0;
    if (!list || list->kind != YAML_LIST || list->count == 0)
        return yaml_error(l->e, ERROR_SCHEMA, l->file->path, list ? list : map,
                          "'scope' must be a list of prose, headings, lists, tables, quotes, code, inline_code, raw");
    for (uint32_t i = 0; i < list->count; i++) {
        uint32_t bit = 0;
        for (uint32_t scope = SCOPE_PROSE; scope <= SCOPE_RAW && !bit; scope <<= 1)
            if (str_eq(yaml_text(list->items[i]), str_from_cstr(scope_name((enum scope)scope)))) bit = scope;
        if (!bit)
            return yaml_error(l->e, ERROR_SCHEMA, l->file->path, list->items[i], "unknown scope '%.*s'",
                              STR_ARG(yaml_text(list->items[i])));
        *scopes |= bit;
    }
    return ERROR_NONE;
}

/* ---- phrases and patterns ---------------------------------------------------------------------------------------- */

static int add_phrase(loader *l, const yaml_node *node, str phrase, phrase_output what) {
    error inner = {0};
    int status = trie_builder_add(l->trie, phrase, what, &inner);
    if (!status) return ERROR_NONE;
    return yaml_error(l->e, inner.code, l->file->path, node, "%s", inner.message);
}

static int load_phrases(loader *l, const yaml_node *root, const char *key, uint16_t rule, uint8_t kind, const str **out,
                        uint32_t *count) {
    const yaml_node *list = yaml_get(root, key);
    *out = NULL;
    *count = 0;
    if (!list) return ERROR_NONE;
    if (list->kind != YAML_LIST || list->count > LIST_MAX)
        return yaml_error(l->e, ERROR_SCHEMA, l->file->path, list, "'%s' must be a list of at most %d phrases", key,
                          LIST_MAX);
    str *texts = ARENA_ARRAY(l->a, str, list->count);
    if (!texts) return load_no_memory(l);
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->items[i]->kind != YAML_SCALAR)
            return yaml_error(l->e, ERROR_SCHEMA, l->file->path, list->items[i], "a phrase must be a text");
        texts[i] = str_trim(list->items[i]->text);
        int status = add_phrase(l, list->items[i], texts[i], (phrase_output){.rule = rule, .kind = kind});
        if (status) return status;
    }
    *out = texts;
    *count = list->count;
    return ERROR_NONE;
}

/* A pattern must compile now, whenever it may be needed. */
static int check_pattern(loader *l, const yaml_node *node, str regex) {
    int code;
    PCRE2_SIZE offset;
    if (regex.n == 0 || regex.n > PATTERN_MAX_BYTES)
        return yaml_error(l->e, ERROR_SCHEMA, l->file->path, node, "a pattern must have 1 to %d bytes",
                          PATTERN_MAX_BYTES);
    pcre2_code *compiled = pcre2_compile(regex.p, (PCRE2_SIZE)regex.n,
                                         PCRE2_CASELESS | PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C, &code, &offset, NULL);
    if (compiled) {
        pcre2_code_free(compiled);
        return ERROR_NONE;
    }
    PCRE2_UCHAR why[200];
    pcre2_get_error_message(code, why, sizeof why);
    str near = str_slice(regex, (ptrdiff_t)offset, (ptrdiff_t)offset + 20);
    return yaml_error(l->e, ERROR_SCHEMA, l->file->path, node, "bad pattern: %s at offset %zu%s%.*s%s", (char *)why,
                      (size_t)offset, near.n ? ", before '" : "", STR_ARG(near), near.n ? "'" : "");
}

static int load_triggers(loader *l, const yaml_node *item, rule_pattern *pattern) {
    const yaml_node *when = yaml_get(item, "when");
    if (!when) return ERROR_NONE;
    if (when->kind != YAML_LIST || when->count == 0 || when->count > LIST_MAX)
        return yaml_error(l->e, ERROR_SCHEMA, l->file->path, when, "'when' must be a list of trigger words");
    str *words = ARENA_ARRAY(l->a, str, when->count);
    if (!words) return load_no_memory(l);
    for (uint32_t i = 0; i < when->count; i++) {
        words[i] = str_trim(yaml_text(when->items[i]));
        phrase_output what = {.rule = (uint16_t)l->patterns.n, .kind = PHRASE_TRIGGER};
        int status = add_phrase(l, when->items[i], words[i], what);
        if (status) return status;
    }
    pattern->when = words;
    pattern->when_count = when->count;
    return ERROR_NONE;
}

static int load_pattern(loader *l, const yaml_node *item, uint16_t rule, bool raw, uint32_t *index) {
    static const char *const keys[] = {"match", "except", "when", NULL};
    int status = yaml_check_keys(item, keys, "a pattern", l->file->path, l->e);
    if (status) return status;
    const yaml_node *match = yaml_get(item, "match"), *except = yaml_get(item, "except");
    const yaml_node *regex = match ? match : except;
    if (!regex || (match && except) || regex->kind != YAML_SCALAR)
        return yaml_error(l->e, ERROR_SCHEMA, l->file->path, item, "a pattern has either 'match' or 'except'");
    if (l->patterns.n >= UINT16_MAX) return yaml_error(l->e, ERROR_LIMIT, l->file->path, item, "too many patterns");
    rule_pattern pattern = {.regex = regex->text, .rule = rule, .except = except != NULL};
    status = check_pattern(l, regex, pattern.regex);
    if (!status) status = load_triggers(l, item, &pattern);
    if (status) return status;
    if (!raw && !pattern.when_count)
        return yaml_error(l->e, ERROR_SCHEMA, l->file->path, item,
                          "a pattern outside scope raw needs 'when': words of which one must stand in the sentence");
    *index = (uint32_t)l->patterns.n;
    return VEC_PUSH(l->a, &l->patterns, pattern) ? ERROR_NONE : load_no_memory(l);
}

static int load_patterns(loader *l, const yaml_node *root, uint16_t rule, bool raw, rule_source *out) {
    const yaml_node *list = yaml_get(root, "patterns");
    if (!list) return ERROR_NONE;
    if (list->kind != YAML_LIST || list->count > LIST_MAX)
        return yaml_error(l->e, ERROR_SCHEMA, l->file->path, list, "'patterns' must be a list");
    uint32_t *indices = ARENA_ARRAY(l->a, uint32_t, list->count);
    if (!indices) return load_no_memory(l);
    for (uint32_t i = 0; i < list->count; i++) {
        int status = load_pattern(l, list->items[i], rule, raw, &indices[i]);
        if (status) return status;
    }
    out->patterns = indices;
    out->pattern_count = list->count;
    return ERROR_NONE;
}

int load_source(loader *l, const yaml_node *root, uint16_t rule, bool raw, rule_source *out) {
    if (raw && (yaml_get(root, "phrases") || yaml_get(root, "except")))
        return yaml_error(l->e, ERROR_SCHEMA, l->file->path, root, "scope raw knows patterns, not phrases");
    int status = load_phrases(l, root, "phrases", rule, PHRASE_MATCH, &out->phrases, &out->phrase_count);
    if (!status) status = load_phrases(l, root, "except", rule, PHRASE_EXCEPT, &out->excepts, &out->except_count);
    if (!status) status = load_patterns(l, root, rule, raw, out);
    return status;
}

/* ---- parameters and test lines ----------------------------------------------------------------------------------- */

int load_params(loader *l, const yaml_node *root, const rule_param **params, uint32_t *count) {
    const yaml_node *map = yaml_get(root, "params");
    *params = NULL;
    *count = 0;
    if (!map) return ERROR_NONE;
    if (map->kind != YAML_MAP) return yaml_error(l->e, ERROR_SCHEMA, l->file->path, map, "'params' must be a map");
    rule_param *out = ARENA_ARRAY(l->a, rule_param, map->count);
    if (!out) return load_no_memory(l);
    for (uint32_t i = 0; i < map->count; i++) {
        if (map->items[i]->kind != YAML_SCALAR)
            return yaml_error(l->e, ERROR_SCHEMA, l->file->path, map->items[i], "a parameter is a text or a number");
        out[i] = (rule_param){map->keys[i]->text, map->items[i]->text, NAN};
        double number;
        if (yaml_to_f64(map->items[i], &number)) out[i].number = number;
    }
    *params = out;
    *count = map->count;
    return ERROR_NONE;
}

static int load_test(loader *l, const yaml_node *item, rule_test *out) {
    static const char *const keys[] = {"match", "no_match", "text", "value", NULL};
    int status = yaml_check_keys(item, keys, "a test", l->file->path, l->e);
    if (status) return status;
    const yaml_node *match = yaml_get(item, "match"), *no_match = yaml_get(item, "no_match");
    const yaml_node *text = yaml_get(item, "text");
    const yaml_node *chosen = match ? match : no_match ? no_match : text;
    if (!chosen || chosen->kind != YAML_SCALAR || !!match + !!no_match + !!text != 1)
        return yaml_error(l->e, ERROR_SCHEMA, l->file->path, item,
                          "a test has 'match: TEXT', 'no_match: TEXT', or 'text: TEXT' and 'value: NUMBER'");
    *out = (rule_test){.text = chosen->text, .at_least = match != NULL, .line = item->line};
    if (text) return load_number(l, item, "value", true, 0, &out->expect);
    if (yaml_get(item, "value")) return yaml_error(l->e, ERROR_SCHEMA, l->file->path, item, "'value' goes with 'text'");
    return ERROR_NONE;
}

int load_tests(loader *l, const yaml_node *root, const rule_test **tests, uint32_t *count) {
    const yaml_node *list = yaml_get(root, "tests");
    *tests = NULL;
    *count = 0;
    if (!list || list->kind != YAML_LIST || list->count == 0 || list->count > TEST_MAX)
        return yaml_error(l->e, ERROR_SCHEMA, l->file->path, list ? list : root,
                          "'tests' must be a list of 1 to %d test lines", TEST_MAX);
    rule_test *out = ARENA_ARRAY(l->a, rule_test, list->count);
    if (!out) return load_no_memory(l);
    bool positive = false, negative = false;
    for (uint32_t i = 0; i < list->count; i++) {
        int status = load_test(l, list->items[i], &out[i]);
        if (status) return status;
        bool wants = out[i].at_least || out[i].expect > 0;
        positive |= wants;
        negative |= !wants;
    }
    if (!positive || !negative)
        return yaml_error(l->e, ERROR_SCHEMA, l->file->path, list, "'tests' needs a line that must %s",
                          positive ? "not match" : "match");
    *tests = out;
    *count = list->count;
    return ERROR_NONE;
}
