/* measures.c - which built-in measures a rule file may name, and which parameters each takes.
 *
 * In: `measure` and `params` of a rule file. Out: nothing, or an error at the place of what cannot be meant:
 *
 *     measure: mattr                    measure: matr               unknown measure; did you mean 'mattr'?
 *     params: {window: 100}             params: {windw: 100}        unknown parameter; did you mean 'window'?
 *                                       params: {window: abc}       not a whole number of 1 to 1000
 */
#include "rules/measures.h"

#include <math.h>

enum { PARAMS_MAX = 4 };

enum param_type { PARAM_WHOLE, PARAM_AMOUNT, PARAM_PART, PARAM_ISSUES };

typedef struct known_param {
    const char *key;
    enum param_type type;
    uint32_t least, most; /* of a whole number, of an amount */
} known_param;

typedef struct known_measure {
    const char *name;
    known_param params[PARAMS_MAX];
} known_measure;

/* A run is of two at least; a count that nothing reaches ("never an error") may be as high as this. */
#define RUN(key)                                                                                                       \
    { key, PARAM_WHOLE, 2, 1000000 }
#define COUNT(key)                                                                                                     \
    { key, PARAM_WHOLE, 1, 1000000 }
#define OPENING                                                                                                        \
    { "words", PARAM_WHOLE, 1, 20 }

static const known_measure of_signals[] = {
    {"code_blocks", {{0}}},
    {"h2", {{0}}},
    {"dashes", {{0}}},
    {"triple_bullets", {{"items", PARAM_WHOLE, 1, 1000}}},
    {"step_sequences", {{"least", PARAM_WHOLE, 1, 999}}},
    {"versions", {{0}}},
    {"paths", {{0}}},
    {"errors", {{0}}},
    {"quantities", {{0}}},
    {"comparisons", {{0}}},
    {"temporal", {{0}}},
    {"examples", {{0}}},
    {"hedges", {{0}}},
    {"definitions", {{0}}},
    {"mattr", {{"window", PARAM_WHOLE, 1, 1000}}},
    {"sentence_stddev", {{0}}},
    {"raw_diversity", {{0}}},
    {"raw_sentence_stddev", {{0}}},
};

static const known_measure of_lints[] = {
    {"anaphora_run", {OPENING, RUN("least"), COUNT("error_at"), RUN("single_word")}},
    {"shape_run", {RUN("least"), COUNT("error_at"), {"function_words", PARAM_WHOLE, 0, 1000}}},
    {"paragraph_openings", {OPENING, RUN("least"), COUNT("error_at")}},
    {"monotone_length", {RUN("least"), {"spread", PARAM_WHOLE, 0, 1000}, {"share", PARAM_PART, 0, 0}}},
    {"contrast_pairs", {{0}}},
    {"heading_echo", {{"share", PARAM_PART, 0, 0}, COUNT("reach"), COUNT("longest")}},
    {"specifics_pile", {COUNT("least"), {"share", PARAM_PART, 0, 0}}},
    {"sentence_repeats",
     {{"free", PARAM_AMOUNT, 0, 1000}, {"per_1000", PARAM_AMOUNT, 0, 1000}, {"share", PARAM_PART, 0, 0}}},
    {"code_language", {{0}}},
    {"article_length", {{0}}},
    {"required_key", {{0}}},
    {"parser_issue", {{"issues", PARAM_ISSUES, 0, 0}}},
    {"terminal", {{0}}},
    {"raw_frontmatter", {{0}}},
};

static const char *const issues[ISSUE_KIND_COUNT] = {"frontmatter-missing",
                                                     "frontmatter-malformed",
                                                     "frontmatter-unterminated",
                                                     "frontmatter-duplicate",
                                                     "article-fenced",
                                                     "invalid-utf8",
                                                     "nul-byte",
                                                     "binary",
                                                     "nesting",
                                                     "hidden"};

const char *issue_name(enum article_issue_kind kind) { return issues[kind]; }

const char *measure_known(bool lints, size_t i) {
    if (i >= (lints ? COUNT_OF(of_lints) : COUNT_OF(of_signals))) return NULL;
    return lints ? of_lints[i].name : of_signals[i].name;
}

static const char *name_of_measure(const void *context, size_t i) { return ((const known_measure *)context)[i].name; }
static const char *name_of_param(const void *context, size_t i) { return ((const known_param *)context)[i].key; }
static const char *name_of_issue(const void *context, size_t i) { return ((const char *const *)context)[i]; }

static const known_measure *find_measure(bool lints, str name) {
    for (size_t i = 0; measure_known(lints, i); i++)
        if (str_eq(name, str_from_cstr(measure_known(lints, i)))) return lints ? &of_lints[i] : &of_signals[i];
    return NULL;
}

/* "what 'name'; did you mean 'nearest'?" */
static int unknown(loader *l, const yaml_node *node, const char *what, str name, const char *nearest) {
    return yaml_error(l->e, ERROR_SCHEMA, l->file->path, node, "unknown %s '%.*s'%s%s%s", what, STR_ARG(name),
                      nearest ? "; did you mean '" : "", nearest ? nearest : "", nearest ? "'?" : "");
}

static int check_issues(loader *l, const yaml_node *node, str names) {
    str rest = names, name;
    bool any = false;
    while (str_cut(&rest, ' ', &name)) {
        if (name.n == 0) continue;
        any = true;
        bool known = false;
        for (size_t i = 0; i < ISSUE_KIND_COUNT && !known; i++) known = str_eq(name, str_from_cstr(issues[i]));
        if (!known) return unknown(l, node, "issue", name, load_nearest(name, name_of_issue, issues, ISSUE_KIND_COUNT));
    }
    return any ? ERROR_NONE : yaml_error(l->e, ERROR_SCHEMA, l->file->path, node, "'issues' names no issue");
}

static int check_value(loader *l, const known_param *p, const yaml_node *node) {
    if (node->kind != YAML_SCALAR)
        return yaml_error(l->e, ERROR_SCHEMA, l->file->path, node, "a parameter is a text or a number");
    if (p->type == PARAM_ISSUES) return check_issues(l, node, node->text);
    double value = NAN;
    bool number = yaml_to_f64(node, &value) && isfinite(value);
    if (p->type == PARAM_PART) {
        if (number && value >= 0 && value <= 1) return ERROR_NONE;
        return yaml_error(l->e, ERROR_SCHEMA, l->file->path, node, "'%s' must be a part of 1: 0 to 1", p->key);
    }
    if (number && value >= p->least && value <= p->most && floor(value) == value) return ERROR_NONE;
    if (number && value >= p->least && value <= p->most && p->type == PARAM_AMOUNT) return ERROR_NONE;
    return yaml_error(l->e, ERROR_SCHEMA, l->file->path, node, "'%s' must be a %snumber of %u to %u", p->key,
                      p->type == PARAM_WHOLE ? "whole " : "", p->least, p->most);
}

int load_check_measure(loader *l, const yaml_node *root, bool of_lint, str rule, str measure) {
    const yaml_node *params = yaml_get(root, "params");
    if (measure.n == 0) {
        if (!params || params->count == 0) return ERROR_NONE;
        return yaml_error(l->e, ERROR_SCHEMA, l->file->path, params, "'params' go with a 'measure'");
    }
    const known_measure *m = find_measure(of_lint, measure);
    if (!m && find_measure(!of_lint, measure))
        return yaml_error(l->e, ERROR_SCHEMA, l->file->path, yaml_get(root, "measure"), "measure '%.*s' is for %s",
                          STR_ARG(measure), of_lint ? "signals" : "lints");
    if (!m)
        return unknown(l, yaml_get(root, "measure"), "measure", measure,
                       load_nearest(measure, name_of_measure, of_lint ? of_lints : of_signals,
                                    of_lint ? COUNT_OF(of_lints) : COUNT_OF(of_signals)));
    if (l->raw && (str_eq(measure, STR("examples")) || str_eq(measure, STR("hedges"))))
        return yaml_error(l->e, ERROR_SCHEMA, l->file->path, yaml_get(root, "measure"),
                          "measure '%.*s' checks matches in an article's sentences: not under 'ruler: raw'",
                          STR_ARG(measure));
    if (!l->raw && str_starts(measure, STR("raw_")))
        return yaml_error(l->e, ERROR_SCHEMA, l->file->path, yaml_get(root, "measure"),
                          "measure '%.*s' reads raw text: it belongs to a ruleset with 'ruler: raw'", STR_ARG(measure));
    size_t count = 0;
    while (count < PARAMS_MAX && m->params[count].key) count++;
    for (uint32_t i = 0; params && i < params->count; i++) {
        str key = params->keys[i]->text;
        size_t k = 0;
        while (k < count && !str_eq(key, str_from_cstr(m->params[k].key))) k++;
        if (k == count)
            return unknown(l, params->keys[i], "parameter", key, load_nearest(key, name_of_param, m->params, count));
        int status = check_value(l, &m->params[k], params->items[i]);
        if (status) return status;
    }
    bool by_name = count && m->params[0].type == PARAM_ISSUES && !(params && yaml_get(params, "issues"));
    return by_name ? check_issues(l, yaml_get(root, "measure"), rule) : ERROR_NONE;
}
