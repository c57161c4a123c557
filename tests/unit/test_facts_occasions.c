/* test_facts_occasions.c - a figure of one day, one test or a peak is not the declared one of every day; and a machine
 * in the house that no manifest declares is not ours.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/support/verdicts.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "components:\n"
    "  - {id: model, aliases: [Otter]}\n"
    "  - {id: debian, aliases: [Debian], version: '13.1', accept: [prefix]}\n"
    "hosts:\n"
    "  - {id: anvil, aliases: [Anvil], runs: [model, debian], attrs: {power: {value: '38', unit: W, aliases: "
    "[draws]}}}\n"
    "benchmarks:\n"
    "  - {id: batch, subject: [anvil], metric: nightly batch, value: '41', unit: min}\n"
    "  - {id: hits, subject: [anvil], metric: cache hit rate, value: '23', unit: '%'}\n"
    "  - {id: decode, subject: [model], metric: decode, metric_aliases: [throughput], value: '59.7', unit: tok/s}\n";

static void one_occasion_is_not_every_day(void **state) {
    (void)state;
    static const told cases[] = {
        {"On the Anvil the nightly batch took 48 minutes on 3 May.", "48 minutes", VERDICT_UNVERIFIED, NULL},
        {"On the Anvil the nightly batch took 48 minutes on the hottest night.", "48 minutes", VERDICT_UNVERIFIED,
         NULL},
        {"The cache hit rate of the Anvil was 31 % in the week of the audit.", "31 %", VERDICT_UNVERIFIED, NULL},
        {"In the week of the audit the cache hit rate of the Anvil was 31 %.", "31 %", VERDICT_UNVERIFIED, NULL},
        {"The cache hit rate of the Anvil was 31 % at the start of the year.", "31 %", VERDICT_UNVERIFIED, NULL},
        {"On Mondays the cache hit rate of the Anvil is 31 %.", "31 %", VERDICT_UNVERIFIED, NULL},
        {"Yesterday Otter decoded at 20 tok/s on the Anvil.", "20 tok/s", VERDICT_UNVERIFIED, NULL},
        {"Averaged over a month, the Anvil draws 52 W.", "52 W", VERDICT_UNVERIFIED, NULL},
        {"The Anvil draws 190 W in a stress test.", "190 W", VERDICT_UNVERIFIED, NULL},
        {"The throughput of Otter peaks at 81 tok/s.", "81 tok/s", VERDICT_UNVERIFIED, NULL},
    };
    expect_verdicts(facts, cases, COUNT_OF(cases));
}

static void what_holds_every_day_is_judged(void **state) {
    (void)state;
    static const told cases[] = {
        {"On the Anvil the nightly batch took 48 minutes.", "48 minutes", VERDICT_CONTRADICTED, NULL},
        {"On the Anvil the nightly batch takes 48 minutes every night.", "48 minutes", VERDICT_CONTRADICTED, NULL},
        {"The cache hit rate of the Anvil is 31 %.", "31 %", VERDICT_CONTRADICTED, NULL},
        {"Otter decodes at 20 tok/s on the Anvil.", "20 tok/s", VERDICT_CONTRADICTED, NULL},
        {"The Anvil draws 52 W.", "52 W", VERDICT_CONTRADICTED, NULL},
    };
    expect_verdicts(facts, cases, COUNT_OF(cases));
}

static void a_machine_of_the_house_is_not_declared(void **state) {
    (void)state;
    static const told cases[] = {
        {"Beside the Anvil, my Raspberry Pi runs Debian 12.", "12", VERDICT_UNVERIFIED, NULL},
        {"Anvil is one machine. The NAS runs Debian 12.", "12", VERDICT_NOT_ABOUT_US, NULL},
        {"Anvil is one machine. My old desktop ran Debian 12.", "12", VERDICT_UNVERIFIED, NULL},
        {"Anvil is one machine. My work machine has Debian 12.", "12", VERDICT_UNVERIFIED, NULL},
        {"My Anvil runs Debian 12.", "12", VERDICT_CONTRADICTED, NULL},
        {"Anvil is one machine. My server runs Debian 12.", "12", VERDICT_CONTRADICTED, NULL},
        {"The Anvil copies its files to the NAS and runs Debian 12.", "12", VERDICT_CONTRADICTED, NULL},
    };
    expect_verdicts(facts, cases, COUNT_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_occasion_is_not_every_day),
        cmocka_unit_test(what_holds_every_day_is_judged),
        cmocka_unit_test(a_machine_of_the_house_is_not_declared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
