/* rules_test_tool.c - build-time tool: runs the test lines of the built-in rules.
 *
 * In: nothing (the rules linked into the library), or rules folders. Out: exit 0 and one line, or one line a failing
 * test line and exit 1, which stops the build.
 */
#include "base/arena.h"
#include "signals/selftest.h"

#include <stdio.h>

static int test_ruleset(arena *a, const ruleset *rules, const char *name, error *e) {
    selftest_result result;
    char text[1024];
    if (selftest_run(a, rules, STR(""), &result, e)) {
        fprintf(stderr, "rules: %s: %s\n", name, error_text(e, text, sizeof text));
        return 1;
    }
    for (uint32_t i = 0; i < result.failed; i++) {
        const selftest_failure *f = &result.failures[i];
        fprintf(stderr, "%.*s:%u: [%.*s] %.*s\n", STR_ARG(f->file), f->line, STR_ARG(f->rule), STR_ARG(f->message));
    }
    printf("  RULES %s: %u test lines, %u failed\n", name, result.run, result.failed);
    return result.failed != 0;
}

int main(int argc, char **argv) {
    arena *a = arena_new(0);
    error e = {0};
    int status = a ? 0 : 1;
    for (int i = 1; !status && i < argc; i++) {
        ruleset *rules = NULL;
        char text[1024];
        if (ruleset_open(argv[i], &rules, &e)) {
            fprintf(stderr, "rules: %s\n", error_text(&e, text, sizeof text));
            return 1;
        }
        status |= test_ruleset(a, rules, argv[i], &e);
        ruleset_free(rules);
    }
    for (uint32_t i = 0; argc == 1 && i < ruleset_builtin_count; i++) {
        const ruleset *rules = NULL;
        if (ruleset_builtin_named(ruleset_builtin_data[i]->name, &rules, &e)) return 1;
        status |= test_ruleset(a, rules, "built-in", &e);
        ruleset_free(rules);
    }
    arena_free(a);
    return status;
}
