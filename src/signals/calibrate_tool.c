/* calibrate_tool.c - build-time tool: values, scores and findings of many articles, one line each, tab-separated.
 *
 *     calibrate_tool [--rules FOLDER] [--style NAME] FILE…
 *
 * In: Markdown files. Out: a header line, then per file: path, style, words, bytes, score, minimum, findings by level,
 * the value of every signal, and "LINT=n" for every lint that fired at error level. No manifest: what is measured is
 * the shape alone. docs/CALIBRATION.md is made from this by tests/calibrate.sh.
 */
#include "base/arena.h"
#include "base/file.h"
#include "signals/signals.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static int complain(const error *e) {
    char text[1024];
    fprintf(stderr, "calibrate_tool: %s\n", error_text(e, text, sizeof text));
    return 1;
}

static void print_header(void) {
    printf("path\tstyle\twords\tbytes\tscore\tminimum\terrors\twarnings\tnotes");
    for (int id = 0; id < SIGNAL_COUNT; id++) printf("\t%s", signal_name((enum signal_id)id));
    printf("\tlints\n");
}

static double score_of(const style *under, const measurement *measured) {
    double score = 0;
    for (int id = 0; id < SIGNAL_COUNT; id++) {
        double points = under->weights[id] * fmin(measured->signals[id].paid, under->caps[id]);
        score += signal_is_negative((enum signal_id)id) ? -points : points;
    }
    return score;
}

static void print_lints(const ruleset *rules, const finding_list *findings, enum level level) {
    for (uint32_t k = 0; k < rules->lint_count; k++) {
        unsigned n = 0;
        for (size_t i = 0; i < findings->n; i++)
            n += findings->at[i].level == level && str_eq(findings->at[i].rule, rules->lints[k].name);
        if (n) printf("%.*s%s=%u ", STR_ARG(rules->lints[k].name), level == LEVEL_ERROR ? "" : "?", n);
    }
}

static int judge_file(arena *a, const ruleset *rules, const char *path, const char *style_name, error *e) {
    str source;
    article art;
    token_list tokens;
    measurement measured;
    finding_list findings = {0};
    article_options options = {.max_bytes = 16u << 20};
    int status = file_read(a, path, options.max_bytes, &source, e);
    if (!status) status = article_parse(a, str_from_cstr(path), source, &options, &art, e);
    if (!status) status = lex_article(a, &art, &tokens, e);
    if (!status) status = signals_measure(a, rules, &art, &tokens, NULL, &measured, e);
    if (status) return status;
    const field *declared = article_field(&art, "style");
    const style *under = style_name ? ruleset_style(rules, str_from_cstr(style_name), NULL) : NULL;
    if (!under && declared) under = ruleset_style(rules, declared->value, NULL);
    if (!under) under = &rules->styles[rules->default_style];
    status = lints_run(a, rules, under, &art, &tokens, &measured, &findings, e);
    if (status) return status;
    unsigned levels[4] = {0};
    for (size_t i = 0; i < findings.n; i++) levels[findings.at[i].level]++;
    printf("%s\t%.*s\t%u\t%td\t%.1f\t%g\t%u\t%u\t%u", path, STR_ARG(under->name), measured.words, source.n,
           score_of(under, &measured), under->minimum, levels[LEVEL_ERROR], levels[LEVEL_WARNING], levels[LEVEL_NOTE]);
    for (int id = 0; id < SIGNAL_COUNT; id++) printf("\t%.4g", measured.signals[id].value);
    printf("\t");
    print_lints(rules, &findings, LEVEL_ERROR);
    print_lints(rules, &findings, LEVEL_WARNING);
    printf("\n");
    return ERROR_NONE;
}

int main(int argc, char **argv) {
    const ruleset *rules = NULL;
    ruleset *opened = NULL;
    const char *folder = NULL, *style_name = NULL;
    error e = {0};
    int first = 1;
    for (; first + 1 < argc && argv[first][0] == '-'; first += 2) {
        if (strcmp(argv[first], "--rules") == 0)
            folder = argv[first + 1];
        else if (strcmp(argv[first], "--style") == 0)
            style_name = argv[first + 1];
    }
    int status = folder ? ruleset_open(folder, &opened, &e) : ruleset_builtin(&rules, &e);
    if (status) return complain(&e);
    if (opened) rules = opened;
    arena *a = arena_new(0);
    print_header();
    for (int i = first; i < argc && a; i++) {
        arena_reset(a);
        if (judge_file(a, rules, argv[i], style_name, &e)) complain(&e);
    }
    arena_free(a);
    ruleset_free(rules);
    return 0;
}
