/* test_facts_told.c - what was so on the day that a heading, a paragraph's opening or a row's label dates a place to.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "tests/support/judged.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-06-20\n"
    "components:\n"
    "  - {id: quern, aliases: [Quern], version: 3.4.0, history: [{version: 3.2.1, to: 2026-01-18},\n"
    "     {version: 3.3.5, from: 2026-01-18, to: 2026-04-02}]}\n"
    "  - {id: tallow, aliases: [Tallow], version: 25.10.1, history: [{version: 25.04.2, to: 2026-02-14}]}\n";

typedef struct said {
    const char *text, *version;
    enum verdict verdict;
} said;

static void expect(const said *cases, size_t n) {
    manifest *m = judged_manifest(facts);
    unsigned wrong = 0;
    for (size_t i = 0; i < n; i++) {
        char text[1024];
        snprintf(text, sizeof text, "---\ntitle: T\ndate: 2026-06-14\n---\n\nWe keep Quern and Tallow.\n\n%s\n",
                 cases[i].text);
        judged x = judged_text(m, "t.md", str_from_cstr(text), true);
        const claim *c = judged_claim(&x, cases[i].version, 0);
        if (!c || c->verdict != cases[i].verdict) {
            print_error("%s\n  \"%s\": %s %.*s\n", cases[i].text, cases[i].version,
                        c ? verdict_name(c->verdict) : "no claim", STR_ARG(c ? c->why : STR("")));
            wrong++;
        }
        judged_free(&x);
    }
    manifest_free(m);
    assert_int_equal(wrong, 0);
}

static void a_diary_states_what_was_so_on_its_day(void **state) {
    (void)state;
    static const said cases[] = {
        {"## November\n\nThe box arrives. Quern 3.2.1 builds the site.", "3.2.1", VERDICT_SUPPORTED},
        {"## November\n\n**8th.** The box arrives. It boots, and Quern 3.2.1 builds the site.", "3.2.1",
         VERDICT_SUPPORTED},
        {"**2025-11-08:** Quern 3.2.1 builds the site.", "3.2.1", VERDICT_SUPPORTED},
        {"- 3 March: Quern is at 3.3.5.", "3.3.5", VERDICT_SUPPORTED},
        {"In early November the box came. Quern 3.2.1 builds the site.", "3.2.1", VERDICT_SUPPORTED},
        {"## 2025\n\n### Autumn\n\nQuern 3.2.1 builds the site.", "3.2.1", VERDICT_SUPPORTED},
        {"## February\n\n**14th.** Tallow 25.04.2 leaves, at last.", "25.04.2", VERDICT_SUPPORTED},
        {"## 3 March 2026\n\n```console\n$ quern --version\nQuern 3.3.5\n```", "3.3.5", VERDICT_SUPPORTED},
    };
    expect(cases, COUNT_OF(cases));
}

static void what_had_gone_by_then_stays_stale(void **state) {
    (void)state;
    static const said cases[] = {
        {"## May\n\nQuern 3.2.1 builds the site.", "3.2.1", VERDICT_CONTRADICTED},
        {"## February\n\n**15th.** Tallow 25.04.2 holds the disks.", "25.04.2", VERDICT_CONTRADICTED},
        {"## 2025\n\n### What runs\n\nA word first.\n\n## Today\n\nQuern 3.2.1 builds the site.", "3.2.1",
         VERDICT_CONTRADICTED},
        {"## The eighth lesson\n\nQuern 3.2.1 builds the site.", "3.2.1", VERDICT_CONTRADICTED},
        {"Since November we are happy. Quern 3.2.1 builds the site.", "3.2.1", VERDICT_CONTRADICTED},
        {"## November\n\nQuern 3.9.9 builds the site.", "3.9.9", VERDICT_CONTRADICTED},
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
