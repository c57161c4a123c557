/* test_facts_honest.c - whole articles in which everything is true, by people who had not seen the extractor: nothing
 * in them may be contradicted. tests/facts/honest/OPERATION-N.md, each with the manifest of its operation: that of the
 * corpus, or OPERATION.yaml beside it. Those in
 * tests/facts/open/honest/ are still contradicted somewhere; they are counted and fail nothing, unless one is clean by
 * now and should have moved. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "tests/support/judged.h"

enum { NAME_BYTES = 64, PATH_BYTES = 256 };

/* Contradictions of one article; says which. */
static unsigned contradictions(const char *folder, const char *name, bool aloud) {
    char path[PATH_BYTES], truth[PATH_BYTES];
    const char *paths[1] = {truth}, *dash = strrchr(name, '-');
    manifest *m = NULL;
    error e = {0};
    unsigned n = 0;
    assert_non_null(dash);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    snprintf(truth, sizeof truth, "corpus/manifests/%.*s.yaml", (int)(dash - name), name);
    if (access(truth, R_OK)) snprintf(truth, sizeof truth, "tests/facts/honest/%.*s.yaml", (int)(dash - name), name);
    if (manifest_load_files(paths, 1, &m, &e)) print_error("%s: %s\n", truth, e.message);
    assert_non_null(m);
    judged x = judged_file(m, path, true);
    assert_true(x.claims.n > 0);
    for (size_t i = 0; i < x.claims.n; i++) {
        const claim *c = &x.claims.at[i];
        if (c->verdict != VERDICT_CONTRADICTED) continue;
        n++;
        if (aloud) print_error("%s:%u: %.*s: %.*s\n", path, judged_line(&x, c), STR_ARG(c->quote), STR_ARG(c->why));
    }
    judged_free(&x);
    manifest_free(m);
    return n;
}

typedef struct counted {
    unsigned articles, clean, contradictions;
} counted;

static counted judge_folder(const char *folder, bool aloud) {
    counted all = {0, 0, 0};
    DIR *d = opendir(folder);
    struct dirent *entry;
    while (d && (entry = readdir(d))) {
        size_t len = strlen(entry->d_name);
        if (len < 4 || len > NAME_BYTES || strcmp(entry->d_name + len - 3, ".md") != 0) continue;
        unsigned n = contradictions(folder, entry->d_name, aloud);
        all.articles++;
        all.clean += n == 0;
        all.contradictions += n;
        if (!n && !aloud) print_message("# %s/%s is clean by now: it may move\n", folder, entry->d_name);
    }
    if (d) closedir(d);
    return all;
}

static void honest_articles_are_clean(void **state) {
    (void)state;
    counted all = judge_folder("tests/facts/honest", true);
    assert_true(all.articles > 0);
    assert_int_equal(all.contradictions, 0);
}

static void open_ones_are_counted(void **state) {
    (void)state;
    counted all = judge_folder("tests/facts/open/honest", false);
    print_message("# open: %u of %u articles clean, %u contradictions\n", all.clean, all.articles, all.contradictions);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(honest_articles_are_clean),
                                       cmocka_unit_test(open_ones_are_counted)};
    return cmocka_run_group_tests_name("facts: honest articles", tests, NULL, NULL);
}
