/* test_facts_parts.c - what something takes of a machine, is given of it, or leaves of it, is not what the machine has;
 * nor is what it could be made into, or stands outside it.
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
    "  - {id: engine, aliases: [Kiln]}\n"
    "hosts:\n"
    "  - {id: anvil, aliases: [Anvil], runs: [engine], attrs: {memory: {value: '128', unit: GB, aliases: [RAM]},"
    " cpu_cores: {value: '20', unit: core, aliases: [cores]}, storage: {value: '4', unit: TB, aliases: [SSD, "
    "disk]}}}\n";

static void a_part_is_not_the_whole(void **state) {
    (void)state;
    static const told cases[] = {
        {"Kiln on the Anvil is limited to 96 GB of RAM, the rest is page cache.", "96 GB", VERDICT_UNVERIFIED, NULL},
        {"With 40 GB of RAM free, the Anvil still refused to start the model.", "40 GB", VERDICT_UNVERIFIED, NULL},
        {"On the Anvil it takes 85 % of the RAM, 103 GB.", "103 GB", VERDICT_UNVERIFIED, NULL},
        {"Anvil is mine. The model and its cache fill 110 GB of RAM.", "110 GB", VERDICT_UNVERIFIED, NULL},
        {"The meter shows 98 GB of RAM in use on the Anvil.", "98 GB", VERDICT_UNVERIFIED, NULL},
        {"I keep 600 GB of models on the Anvil's SSD.", "600 GB", VERDICT_UNVERIFIED, NULL},
        {"I pinned the gateway to 4 cores of the Anvil.", "4 cores", VERDICT_UNVERIFIED, NULL},
        {"The tests run on 8 cores of the Anvil.", "8 cores", VERDICT_UNVERIFIED, NULL},
    };
    expect_verdicts(facts, cases, COUNT_OF(cases));
}

static void what_could_be_or_stands_outside(void **state) {
    (void)state;
    static const told cases[] = {
        {"The Anvil can be bought with 1 TB of storage.", "1 TB", VERDICT_UNVERIFIED, NULL},
        {"The Anvil can be upgraded to 256 GB of RAM.", "256 GB", VERDICT_UNVERIFIED, NULL},
        {"I bought an external SSD with 8 TB for the Anvil.", "8 TB", VERDICT_UNVERIFIED, NULL},
    };
    expect_verdicts(facts, cases, COUNT_OF(cases));
}

static void the_whole_is_judged(void **state) {
    (void)state;
    static const told cases[] = {
        {"The Anvil has 96 GB of RAM.", "96 GB", VERDICT_CONTRADICTED, NULL},
        {"The Anvil has 96 GB of RAM for the models.", "96 GB", VERDICT_CONTRADICTED, NULL},
        {"With 96 GB of RAM the Anvil is a small machine.", "96 GB", VERDICT_CONTRADICTED, NULL},
        {"The Anvil runs on 96 GB of RAM and 10 cores.", "10 cores", VERDICT_CONTRADICTED, NULL},
        {"The Anvil was upgraded to 256 GB of RAM.", "256 GB", VERDICT_CONTRADICTED, NULL},
        {"The Anvil has 1 TB of storage.", "1 TB", VERDICT_CONTRADICTED, NULL},
    };
    expect_verdicts(facts, cases, COUNT_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_part_is_not_the_whole),
        cmocka_unit_test(what_could_be_or_stands_outside),
        cmocka_unit_test(the_whole_is_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
