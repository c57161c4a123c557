/* test_facts_steps.c - ordered steps, where two steps share their first word. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "tests/support/judged.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-05-18\nhardware:\n  - {id: box, aliases: [Box Nine]}\nprocesses:\n"
    "  - {id: copy, category: backup, aliases: [nightly copy], cadence: nightly, order: strict,\n"
    "     steps: [dump database, restic backup, restic check, prune]}\n";

static enum verdict verdict_of(const char *text) {
    manifest_source source = {.path = STR("facts.yaml"), .content = str_from_cstr(facts)};
    manifest *m = NULL;
    error e = {0};
    assert_int_equal(manifest_load(&source, 1, &m, &e), 0);
    judged x = judged_text(m, "a.md", str_from_cstr(text), true);
    enum verdict verdict = VERDICT_NOT_ABOUT_US;
    for (size_t i = 0; i < x.claims.n; i++)
        if (x.claims.at[i].kind == CLAIM_PROCESS) verdict = x.claims.at[i].verdict;
    judged_free(&x);
    manifest_free(m);
    return verdict;
}

static void the_declared_order_is_supported_though_two_steps_begin_alike(void **state) {
    (void)state;
    assert_int_equal(verdict_of("The nightly copy: dump database, restic backup, restic check, prune.\n"),
                     VERDICT_SUPPORTED);
}

static void another_order_is_contradicted(void **state) {
    (void)state;
    assert_int_equal(verdict_of("The nightly copy: dump database, restic check, restic backup, prune.\n"),
                     VERDICT_CONTRADICTED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_declared_order_is_supported_though_two_steps_begin_alike),
        cmocka_unit_test(another_order_is_contradicted),
    };
    return cmocka_run_group_tests_name("steps", tests, NULL, NULL);
}
