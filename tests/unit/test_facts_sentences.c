/* Sentences about the operations of the corpus (tests/support/sentences.h says how they are written).
 *
 * The true ones are what a writer says of the facts and beside them: vendors' figures, releases that are out, other
 * people's machines, last year, next year. They were written by people who had not seen the extractor. A false
 * contradiction that somebody finds becomes a line here first. The passages are the same of two to six sentences, a
 * list, a table or a block, in which numbers and names of our facts stand near our things and are said of others. What
 * is still judged wrongly is in tests/facts/open/ and fails nothing. Operations without a corpus have their manifest in
 * tests/facts/honest/. An argument names another folder to read.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/file.h"
#include "tests/support/judged.h"
#include "tests/support/sentences.h"

enum { MANY = 40, SOME = 15 }; /* a file that was not read would pass */

static const char *folder = "tests/facts", *passages = "tests/facts/passages";

/* Is anything contradicted? */
static bool is_contradicted(const manifest *m, str line) {
    said_page p = said_page_make(line, m->as_of);
    bool found = false;
    judged x = judged_text(m, "t.md", buf_view(&p.page), true);
    for (size_t k = 0; k < x.claims.n; k++) {
        if (x.claims.at[k].verdict != VERDICT_CONTRADICTED) continue;
        found = true;
        print_error("%.*s\n  contradicted: %.*s (%.*s)\n", STR_ARG(line), STR_ARG(x.claims.at[k].quote),
                    STR_ARG(x.claims.at[k].why));
    }
    judged_free(&x);
    said_page_free(&p);
    return found;
}

/* Is what is marked contradicted? */
static bool is_caught(const manifest *m, str line) {
    said_page p = said_page_make(line, m->as_of);
    const claim *met = NULL;
    judged x = judged_text(m, "t.md", buf_view(&p.page), true);
    for (size_t k = 0; k < x.claims.n && !(met && met->verdict == VERDICT_CONTRADICTED); k++) {
        const claim *c = &x.claims.at[k];
        if (c->where.lo < p.mark.hi && c->where.hi > p.mark.lo) met = c;
    }
    bool caught = met && met->verdict == VERDICT_CONTRADICTED;
    if (!caught) print_error("missed: %.*s\n", STR_ARG(line));
    if (!caught && met)
        print_error("  %s %s: %.*s\n", claim_kind_name(met->kind), verdict_name(met->verdict), STR_ARG(met->why));
    if (!caught && !met) print_error("  no claim\n");
    judged_free(&x);
    said_page_free(&p);
    return caught;
}

/* Every line of FOLDER/OPERATION.ENDING must be as `expected` says. */
static void expect_lines(const char *from, const char *operation, const char *ending,
                         bool (*is_wrong)(const manifest *, str)) {
    char path[256];
    const char *paths[1] = {path};
    manifest *m = NULL;
    error e = {0};
    arena *a = arena_new(0);
    str rest, line;
    snprintf(path, sizeof path, "corpus/manifests/%s.yaml", operation);
    if (access(path, R_OK)) snprintf(path, sizeof path, "tests/facts/honest/%s.yaml", operation);
    if (access(path, R_OK)) snprintf(path, sizeof path, "tests/facts/drafts/%s/manifest.yaml", operation);
    if (manifest_load_files(paths, 1, &m, &e)) print_error("%s\n", e.message);
    assert_non_null(m);
    snprintf(path, sizeof path, "%s/%s.%s", from, operation, ending);
    assert_int_equal(file_read(a, path, 1 << 20, &rest, &e), 0);
    unsigned lines = 0, wrong = 0;
    while (str_cut(&rest, '\n', &line)) {
        if (!line.n) continue;
        lines++;
        wrong += is_wrong(m, line);
    }
    print_message("# %s: %u %s lines, %u judged otherwise\n", operation, lines, ending, wrong);
    assert_true(lines >= (from == passages ? SOME : MANY));
    assert_int_equal(wrong, 0);
    arena_free(a);
    manifest_free(m);
}

static bool is_missed(const manifest *m, str line) { return !is_caught(m, line); }

static void true_sentences(void **state) { expect_lines(folder, *state, "true", is_contradicted); }
static void false_sentences(void **state) { expect_lines(folder, *state, "false", is_missed); }
static void true_passages(void **state) { expect_lines(passages, *state, "true", is_contradicted); }
static void false_passages(void **state) { expect_lines(passages, *state, "false", is_missed); }

int main(int argc, char **argv) {
    static char *const operations[] = {"kestrel",    "harborlight", "fernhill",   "millbrook",   "ravenscar",
                                       "wendlebury", "tidewater",   "copperleaf", "thistlewick", "sundrift"};
    static char *const told[] = {"kestrel", "millbrook", "spark-blog", "tarn"};
    enum { OPERATIONS = sizeof operations / sizeof *operations, TOLD = sizeof told / sizeof *told };
    struct CMUnitTest tests[2 * OPERATIONS + 2 * TOLD];
    if (argc > 1) folder = argv[1];
    for (size_t i = 0; i < OPERATIONS; i++) {
        tests[i] = (struct CMUnitTest){operations[i], true_sentences, NULL, NULL, operations[i]};
        tests[OPERATIONS + i] = (struct CMUnitTest){operations[i], false_sentences, NULL, NULL, operations[i]};
    }
    for (size_t i = 0; i < TOLD; i++) {
        tests[2 * OPERATIONS + i] = (struct CMUnitTest){told[i], true_passages, NULL, NULL, told[i]};
        tests[2 * OPERATIONS + TOLD + i] = (struct CMUnitTest){told[i], false_passages, NULL, NULL, told[i]};
    }
    return cmocka_run_group_tests_name("facts: sentences", tests, NULL, NULL);
}
