/* test_facts_paid.c - what somebody found who looked for inventions that are supported, and so paid.
 *
 * tests/facts/paid/OPERATION.false holds, a line each, a claim's text, a tab, and Markdown that says something false or
 * undeclared with it ("\n" is a line break): a declared value said of another thing, of another machine, of the
 * opposite; it must not be supported. OPERATION.true holds true neighbours of the same build, which must be. What is
 * supported still is in tests/facts/paid/open/, and fails nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "tests/support/judged.h"

static bool is_supported(const manifest *m, str text, str line) {
    buf page = {0};
    bool found = false;
    buf_cstr(&page, "# Notes\n\n");
    for (ptrdiff_t i = 0; i < line.n; i++) {
        bool escape = line.p[i] == '\\' && i + 1 < line.n && line.p[i + 1] == 'n';
        buf_byte(&page, escape ? '\n' : line.p[i]);
        i += escape;
    }
    buf_byte(&page, '\n');
    judged x = judged_text(m, "t.md", buf_view(&page), true);
    for (size_t k = 0; k < x.claims.n; k++) {
        const claim *c = &x.claims.at[k];
        found = found ||
                (str_eq(c->quote, text) && (c->verdict == VERDICT_SUPPORTED || c->verdict == VERDICT_UNDERSPECIFIED));
    }
    judged_free(&x);
    buf_free(&page);
    return found;
}

static void expect_lines(const char *operation, const char *ending, bool supported) {
    char path[256];
    const char *paths[1] = {path};
    manifest *m = NULL;
    error e = {0};
    arena *a = arena_new(0);
    str rest, line, text;
    unsigned lines = 0, wrong = 0;
    snprintf(path, sizeof path, "corpus/manifests/%s.yaml", operation);
    assert_int_equal(manifest_load_files(paths, 1, &m, &e), 0);
    snprintf(path, sizeof path, "tests/facts/paid/%s.%s", operation, ending);
    assert_int_equal(file_read(a, path, 1 << 20, &rest, &e), 0);
    while (str_cut(&rest, '\n', &line)) {
        if (!line.n) continue;
        assert_true(str_cut(&line, '\t', &text) && line.n > 0);
        lines++;
        if (is_supported(m, text, line) == supported) continue;
        print_error("%.*s\n  \"%.*s\" is %s\n", STR_ARG(line), STR_ARG(text),
                    supported ? "not supported" : "supported");
        wrong++;
    }
    assert_true(lines > 1);
    assert_int_equal(wrong, 0);
    arena_free(a);
    manifest_free(m);
}

static void inventions(void **state) { expect_lines(*state, "false", false); }
static void truths(void **state) { expect_lines(*state, "true", true); }

int main(void) {
    static char *const operations[] = {"kestrel",   "harborlight", "fernhill",    "millbrook",
                                       "ravenscar", "ashdown",     "coldharbour", "wendlebury"};
    enum { OPERATIONS = sizeof operations / sizeof *operations };
    struct CMUnitTest tests[2 * OPERATIONS - 1];
    for (size_t i = 0; i < OPERATIONS; i++) {
        tests[i] = (struct CMUnitTest){operations[i], inventions, NULL, NULL, operations[i]};
        if (i + 1 < OPERATIONS)
            tests[OPERATIONS + i] = (struct CMUnitTest){operations[i], truths, NULL, NULL, operations[i]};
    }
    return cmocka_run_group_tests_name("facts: paid", tests, NULL, NULL);
}
