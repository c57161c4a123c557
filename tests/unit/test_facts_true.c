/* Sentences that are true of a declared operation, one a line ("\n" is a line break): none of them may be contradicted.
 *
 * They are what a writer says beside the facts: vendors' figures, releases that are out, other people's machines, last
 * year, next year, what a product does anywhere. A false contradiction that somebody finds becomes a line here first.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "tests/support/judged.h"

enum { MANY = 100 }; /* a file that was not read would pass */

static unsigned contradictions(const manifest *m, str line) {
    buf page = {0};
    unsigned found = 0;
    buf_cstr(&page, "---\ntitle: T\ndate: 2026-06-12\n---\n\n");
    for (ptrdiff_t i = 0; i < line.n; i++) {
        bool breaks = line.p[i] == '\\' && i + 1 < line.n && line.p[i + 1] == 'n';
        if (breaks) i++;
        buf_byte(&page, breaks ? '\n' : line.p[i]);
    }
    buf_byte(&page, '\n');
    judged x = judged_text(m, "t.md", buf_view(&page), true);
    for (size_t k = 0; k < x.claims.n; k++) {
        if (x.claims.at[k].verdict != VERDICT_CONTRADICTED) continue;
        found++;
        print_error("%.*s\n  contradicted: %.*s (%.*s)\n", STR_ARG(line), STR_ARG(x.claims.at[k].quote),
                    STR_ARG(x.claims.at[k].why));
    }
    judged_free(&x);
    buf_free(&page);
    return found;
}

static void expect_true(const char *operation) {
    char path[256];
    const char *paths[1] = {path};
    manifest *m = NULL;
    error e = {0};
    arena *a = arena_new(0);
    str rest, line;
    snprintf(path, sizeof path, "corpus/manifests/%s.yaml", operation);
    if (manifest_load_files(paths, 1, &m, &e)) print_error("%s\n", e.message);
    assert_non_null(m);
    snprintf(path, sizeof path, "tests/facts/%s.true", operation);
    assert_int_equal(file_read(a, path, 1 << 20, &rest, &e), 0);
    unsigned lines = 0, wrong = 0;
    while (str_cut(&rest, '\n', &line)) {
        if (!line.n) continue;
        lines++;
        wrong += contradictions(m, line) > 0;
    }
    print_message("# %s: %u true lines, %u contradicted\n", operation, lines, wrong);
    assert_true(lines >= MANY);
    assert_int_equal(wrong, 0);
    arena_free(a);
    manifest_free(m);
}

static void true_sentences(void **state) { expect_true(*state); }

int main(void) {
    static char *const operations[] = {"kestrel", "harborlight", "fernhill", "millbrook", "ravenscar", "wendlebury"};
    enum { OPERATIONS = sizeof operations / sizeof *operations };
    struct CMUnitTest tests[OPERATIONS];
    for (size_t i = 0; i < OPERATIONS; i++)
        tests[i] = (struct CMUnitTest){operations[i], true_sentences, NULL, NULL, operations[i]};
    return cmocka_run_group_tests_name("facts: true sentences", tests, NULL, NULL);
}
