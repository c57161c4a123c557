/* The truth stage on the annotated corpus: the two operations that it may be tuned on. ASSAY_GOLD=1 prints every miss.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "tests/support/judged.h"

static gold_score compare(const char *operation) {
    char path[256];
    const char *paths[1] = {path};
    manifest *m = NULL;
    error e = {0};
    gold_score s = {0};
    snprintf(path, sizeof path, "corpus/manifests/%s.yaml", operation);
    if (manifest_load_files(paths, 1, &m, &e)) print_error("%s\n", e.message);
    assert_non_null(m);
    snprintf(path, sizeof path, "corpus/articles/%s", operation);
    assert_true(gold_compare(path, m, &s, getenv("ASSAY_GOLD") ? stderr : NULL));
    manifest_free(m);
    print_message(
        "# %s: %u rows, %u right; %u of %u truths left; %u of %u falsehoods found; %u of %u contradictions false; "
        "%u of %u honest specifics unverified\n",
        operation, s.rows, s.right, s.truths_left, s.truths, s.falsehoods_found, s.falsehoods, s.contradictions_false,
        s.contradictions, s.honest_left, s.honest);
    return s;
}

static void expect(gold_score s) {
    assert_int_equal(s.contradictions_false, 0);
    assert_true(s.honest_left * 10 <= s.honest);       /* at most 10 % of honest specifics are left unverified */
    assert_true(s.truths_left * 100 <= s.truths * 12); /* unextracted ones included, 12 % */
    /* At least 80 % of what is false is found. A stricter reader finds more, and contradicts honest articles, which
     * costs more: the rest is unverified and earns nothing. */
    assert_true(s.falsehoods_found * 100 >= s.falsehoods * 80);
}

static void kestrel(void **state) {
    (void)state;
    expect(compare("kestrel"));
}
static void harborlight(void **state) {
    (void)state;
    expect(compare("harborlight"));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(kestrel), cmocka_unit_test(harborlight)};
    return cmocka_run_group_tests_name("facts: gold", tests, NULL, NULL);
}
