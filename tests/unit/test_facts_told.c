/* test_facts_told.c - what was so on the day that a heading, a paragraph's opening or a row's label dates a place to.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/verdicts.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-06-20\n"
    "components:\n"
    "  - {id: quern, aliases: [Quern], version: 3.4.0, history: [{version: 3.2.1, to: 2026-01-18},\n"
    "     {version: 3.3.5, from: 2026-01-18, to: 2026-04-02}]}\n"
    "  - {id: tallow, aliases: [Tallow], version: 25.10.1, history: [{version: 25.04.2, to: 2026-02-14}]}\n";

static void expect(const told *cases, size_t n) {
    expect_verdicts_behind("---\ntitle: T\ndate: 2026-06-14\n---\n\nWe keep Quern and Tallow.\n\n", facts, cases, n);
}

static void a_diary_states_what_was_so_on_its_day(void **state) {
    (void)state;
    static const told cases[] = {
        {"## November\n\nThe box arrives. Quern 3.2.1 builds the site.", "3.2.1", VERDICT_SUPPORTED, NULL},
        {"## November\n\n**8th.** The box arrives. It boots, and Quern 3.2.1 builds the site.", "3.2.1",
         VERDICT_SUPPORTED, NULL},
        {"**2025-11-08:** Quern 3.2.1 builds the site.", "3.2.1", VERDICT_SUPPORTED, NULL},
        {"- 3 March: Quern is at 3.3.5.", "3.3.5", VERDICT_SUPPORTED, NULL},
        {"In early November the box came. Quern 3.2.1 builds the site.", "3.2.1", VERDICT_SUPPORTED, NULL},
        {"## 2025\n\n### Autumn\n\nQuern 3.2.1 builds the site.", "3.2.1", VERDICT_SUPPORTED, NULL},
        {"## February\n\n**14th.** Tallow 25.04.2 leaves, at last.", "25.04.2", VERDICT_SUPPORTED, NULL},
        {"## 3 March 2026\n\n```console\n$ quern --version\nQuern 3.3.5\n```", "3.3.5", VERDICT_SUPPORTED, NULL},
    };
    expect(cases, COUNT_OF(cases));
}

static void what_had_gone_by_then_stays_stale(void **state) {
    (void)state;
    static const told cases[] = {
        {"## May\n\nQuern 3.2.1 builds the site.", "3.2.1", VERDICT_CONTRADICTED, NULL},
        {"## February\n\n**15th.** Tallow 25.04.2 holds the disks.", "25.04.2", VERDICT_CONTRADICTED, NULL},
        {"## 2025\n\n### What runs\n\nA word first.\n\n## Today\n\nQuern 3.2.1 builds the site.", "3.2.1",
         VERDICT_CONTRADICTED, NULL},
        {"## The eighth lesson\n\nQuern 3.2.1 builds the site.", "3.2.1", VERDICT_CONTRADICTED, NULL},
        {"Since November we are happy. Quern 3.2.1 builds the site.", "3.2.1", VERDICT_CONTRADICTED, NULL},
        {"## November\n\nQuern 3.9.9 builds the site.", "3.9.9", VERDICT_CONTRADICTED, NULL},
    };
    expect(cases, COUNT_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_diary_states_what_was_so_on_its_day),
        cmocka_unit_test(what_had_gone_by_then_stays_stale),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
