/* test_facts_typography.c - the same statement with other spaces, hyphens and digits; ranges of releases; the two ends
 * of a change. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/support/verdicts.h"

static void other_spaces_part_words(void **state) {
    (void)state;
    static const told cases[] = {
        {"Anvil has 24\xc2\xa0"
         "cores.",
         "24 cores", VERDICT_CONTRADICTED, NULL},
        {"Anvil has 20&nbsp;cores.", "20 cores", VERDICT_SUPPORTED, NULL},
        {"Anvil has 24\xe2\x80\xaf"
         "cores.",
         "24 cores", VERDICT_CONTRADICTED, NULL},
        {"Anvil has 24\xe2\x80\x89"
         "cores.",
         "24 cores", VERDICT_CONTRADICTED, NULL},
        {"Anvil has 256\xe3\x80\x80GB of RAM.", "256\xe3\x80\x80GB", VERDICT_CONTRADICTED, NULL},
        {"Anvil has 96 GB of unified\xc2\xa0memory.", "96 GB", VERDICT_CONTRADICTED, NULL},
        {"I verify this\xc2\xa0weekly on the Anvil.", "verify this weekly", VERDICT_CONTRADICTED, NULL},
        {"The desk exposes a\xc2\xa0shell.", "shell", VERDICT_CONTRADICTED, NULL},
    };
    expect_verdicts(anvil_operation, cases, COUNT_OF(cases));
}

static void other_hyphens_join_them(void **state) {
    (void)state;
    static const told cases[] = {
        {"Anvil has a 32-core CPU.", "32-core", VERDICT_CONTRADICTED, NULL},
        {"Anvil has a 32\xe2\x80\x90"
         "core CPU.",
         "32-core", VERDICT_CONTRADICTED, NULL},
        {"Anvil has a 32\xe2\x80\x91"
         "core CPU.",
         "32-core", VERDICT_CONTRADICTED, NULL},
        {"Anvil has a 32\xe2\x80\x93"
         "core CPU.",
         "32\xe2\x80\x93"
         "core",
         VERDICT_CONTRADICTED, NULL},
        {"Anvil has a 32\xe2\x88\x92"
         "core CPU.",
         "32\xe2\x88\x92"
         "core",
         VERDICT_CONTRADICTED, NULL},
        {"Anvil has a 20\xe2\x80\x91"
         "core CPU.",
         "20-core", VERDICT_SUPPORTED, NULL},
    };
    expect_verdicts(anvil_operation, cases, COUNT_OF(cases));
}

static void full_width_digits_are_digits(void **state) {
    (void)state;
    static const told cases[] = {
        {"Anvil has \xef\xbc\x92\xef\xbc\x94 cores.", "\xef\xbc\x92\xef\xbc\x94 cores", VERDICT_CONTRADICTED, NULL},
    };
    expect_verdicts(anvil_operation, cases, COUNT_OF(cases));
}

static void a_range_is_read(void **state) {
    (void)state;
    static const told cases[] = {
        {"The Anvil runs Caddy >= 2.9, < 3.", ">= 2.9, < 3", VERDICT_CONTRADICTED, "2.8.4"},
        {"The Anvil runs Caddy >= 2.8, < 3.", ">= 2.8, < 3", VERDICT_SUPPORTED, NULL},
        {"We need Caddy >= 2.9, < 3 on the Anvil.", ">= 2.9, < 3", VERDICT_UNVERIFIED, NULL},
        {"On the Anvil caddy>=2.9,<3 runs now.", ">=2.9,<3", VERDICT_UNVERIFIED, NULL},
    };
    expect_verdicts(anvil_operation, cases, COUNT_OF(cases));
}

static void the_ends_of_a_change(void **state) {
    (void)state;
    static const told cases[] = {
        {"The decode of Otter fell from 59.7 tok/s to 31 tok/s.", "59.7 tok/s", VERDICT_UNVERIFIED, NULL},
        {"The decode of Otter rose from 31 tok/s to 59.7 tok/s.", "59.7 tok/s", VERDICT_SUPPORTED, NULL},
        {"The decode of Otter rose from 31 tok/s to 59.7 tok/s.", "31 tok/s", VERDICT_UNVERIFIED, NULL},
        {"The memory of the Anvil grew from 128 GB to 256 GB.", "128 GB", VERDICT_UNVERIFIED, NULL},
    };
    expect_verdicts(anvil_operation, cases, COUNT_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_spaces_part_words),      cmocka_unit_test(other_hyphens_join_them),
        cmocka_unit_test(full_width_digits_are_digits), cmocka_unit_test(a_range_is_read),
        cmocka_unit_test(the_ends_of_a_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
