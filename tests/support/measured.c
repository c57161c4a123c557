/* measured.c - test support. In: Markdown. Out: all that the signals room says about it. */
#include "measured.h"

#include <glob.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void stop(const char *why) {
    fprintf(stderr, "measured: %s\n", why);
    abort();
}

void measure_text_article(arena *a, const ruleset *rules, str text, const taint *places, const style *under,
                          measured_article *out) {
    error e = {0};
    *out = (measured_article){0};
    if (!under) under = &rules->styles[rules->default_style];
    int status = article_parse(a, STR("test.md"), text, NULL, &out->art, &e);
    if (!status) status = lex_article(a, &out->art, &out->tokens, &e);
    if (!status) status = signals_measure(a, rules, &out->art, &out->tokens, places, &out->values, &e);
    if (!status) status = lints_run(a, rules, under, &out->art, &out->tokens, &out->values, &out->findings, &e);
    if (status) stop(e.message);
}

double measured_score(const style *under, const measurement *values) {
    double score = 0;
    for (int id = 0; id < SIGNAL_COUNT; id++) {
        double points = under->weights[id] * fmin(values->signals[id].paid, under->caps[id]);
        score += signal_is_negative((enum signal_id)id) ? -points : points;
    }
    return score;
}

const ruleset *builtin_rules(const char *name) {
    const ruleset *rules = NULL;
    error e = {0};
    if (ruleset_builtin_named(str_from_cstr(name), &rules, &e)) stop(e.message);
    return rules;
}

const char **corpus_paths(arena *a, const char *label, size_t *count) {
    glob_t found = {0};
    str pattern = arena_printf(a, "corpus/articles/*/%s/*.md", label);
    *count = 0;
    char *text = arena_cstr(a, pattern);
    if (!text || glob(text, 0, NULL, &found)) return NULL;
    const char **paths = ARENA_ARRAY(a, const char *, found.gl_pathc + 1);
    for (size_t i = 0; paths && i < found.gl_pathc; i++)
        paths[(*count)++] = arena_cstr(a, str_from_cstr(found.gl_pathv[i]));
    globfree(&found);
    return paths;
}
