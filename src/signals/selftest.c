/* selftest.c - test lines of rule files, judged by the real parser, lexer and measures.
 *
 * In: a ruleset. Out: the test lines that did not come out as their file says. A signal's line is measured, a lint's is
 * linted under the default style as if it were no lint that is off; values are compared to within 0.005, so a file may
 * state two decimals.
 */
#include "signals/selftest.h"

#include <math.h>

static const double TOLERANCE = 0.005;

typedef struct tester {
    arena *a, *scratch; /* results; one article at a time */
    const ruleset *rules;
    error *e;
    VEC(selftest_failure) failures;
    uint32_t count;
} tester;

/* Value of signal `id`, or number of findings of lint `lint` (when it is not NULL). */
static int judge(tester *t, str text, int id, const lint_rule *lint, double *value) {
    article art;
    token_list tokens;
    measurement measured;
    finding_list findings = {0};
    arena_reset(t->scratch);
    int status = article_parse(t->scratch, STR("test"), text, NULL, &art, t->e);
    if (!status) status = lex_article(t->scratch, &art, &tokens, t->e);
    if (!status) status = signals_measure(t->scratch, t->rules, &art, &tokens, NULL, &measured, t->e);
    if (status) return status;
    *value = lint ? 0 : measured.signals[id].value;
    if (!lint) return ERROR_NONE;
    /* Whatever its level is, there and in its file: that is where it counts, not what it finds. */
    const style_lint on = {.lint = (uint32_t)(lint - t->rules->lints), .level = LEVEL_ERROR};
    style under = t->rules->styles[t->rules->default_style];
    under.lints = &on;
    under.lint_count = 1;
    status = lints_run(t->scratch, t->rules, &under, &art, &tokens, &measured, &findings, t->e);
    for (size_t i = 0; !status && i < findings.n; i++) *value += str_eq(findings.at[i].rule, lint->name);
    return status;
}

static int run_line(tester *t, const rule_test *line, str rule, str file, int id, const lint_rule *lint) {
    double value;
    int status = judge(t, line->text, id, lint, &value);
    if (status) {
        error_in_file(t->e, file); /* of the line that was judged: the rule that failed on it may be another's */
        if (t->e && !t->e->line) t->e->line = line->line;
        return status;
    }
    t->count++;
    bool good = line->at_least ? value > 0 : fabs(value - line->expect) <= TOLERANCE;
    if (good) return ERROR_NONE;
    str shown = str_slice(str_trim(line->text), 0, 60);
    str message = line->at_least
                      ? arena_printf(t->a, "must match, does not: %.*s", STR_ARG(shown))
                      : arena_printf(t->a, "expected %g, got %.6g: %.*s", line->expect, value, STR_ARG(shown));
    if (!message.p) return error_set(t->e, ERROR_MEMORY, "out of memory while testing rules");
    for (ptrdiff_t i = 0; i < message.n; i++)
        if (message.p[i] == '\n') ((uint8_t *)(uintptr_t)message.p)[i] = ' '; /* our own copy */
    selftest_failure failure = {file, line->line, rule, message};
    return VEC_PUSH(t->a, &t->failures, failure) ? ERROR_NONE
                                                 : error_set(t->e, ERROR_MEMORY, "out of memory while testing rules");
}

int selftest_run(arena *a, const ruleset *rules, str only, selftest_result *out, error *e) {
    tester t = {.a = a, .scratch = arena_new(0), .rules = rules, .e = e};
    int status = t.scratch ? ERROR_NONE : error_set(e, ERROR_MEMORY, "out of memory while testing rules");
    for (int id = 0; !status && id < SIGNAL_COUNT; id++) {
        const signal_rule *s = &rules->signals[id];
        if (only.n && !str_eq(only, s->name)) continue;
        for (uint32_t i = 0; !status && i < s->test_count; i++)
            status = run_line(&t, &s->tests[i], s->name, s->file, id, NULL);
    }
    for (uint32_t k = 0; !status && k < rules->lint_count; k++) {
        const lint_rule *lint = &rules->lints[k];
        if (only.n && !str_eq(only, lint->name)) continue;
        for (uint32_t i = 0; !status && i < lint->test_count; i++)
            status = run_line(&t, &lint->tests[i], lint->name, lint->file, 0, lint);
    }
    arena_free(t.scratch);
    *out = (selftest_result){t.count, (uint32_t)t.failures.n, t.failures.at};
    return status;
}
