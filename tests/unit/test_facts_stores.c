/* test_facts_stores.c - a size is the fact of the store that the text names (facts/numbers/proof_store.c). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/support/verdicts.h"

#define TABLE(head, row) "| " head " |\n| --- | --- |\n| " row " |\n"

static const char lathe[] = "assay-facts: 1\nas_of: 2026-11-01\nhardware:\n"
                            "  - id: lathe\n    aliases: [lathe]\n    attrs:\n"
                            "      memory: {value: 128, unit: GB, aliases: [RAM, unified memory]}\n"
                            "      storage: {value: 4, unit: TB, aliases: [NVMe, SSD, disk]}\n"
                            "      tile_cache: {value: 210, unit: GB, aliases: [tile cache]}\n";

static const char plane[] = "assay-facts: 1\nas_of: 2026-11-01\nhardware:\n"
                            "  - id: plane\n    aliases: [plane]\n    attrs:\n"
                            "      memory: {value: 128, unit: GB, aliases: [RAM]}\n"
                            "      swap: {value: 96, unit: GB}\n";

static void what_another_store_is_said_to_hold_is_no_proof(void **state) {
    (void)state;
    static const told cases[] = {
        {"On lathe we have 128 GB of swap.", "128 GB", VERDICT_UNVERIFIED, "lathe.memory says it of another thing"},
        {"lathe has a 128 GB root partition.", "128 GB", VERDICT_UNVERIFIED, NULL},
        {"On lathe the swap file is 128 GB.", "128 GB", VERDICT_UNVERIFIED, NULL},
        {"The page cache of lathe takes 128 GB.", "128 GB", VERDICT_UNVERIFIED, NULL},
        {"This is lathe:\n\n- Swap: 128 GB\n- RAM: 128 GB\n", "128 GB", VERDICT_UNVERIFIED, NULL},
        {"This is lathe:\n\n" TABLE("Part | Size", "RAM | 4 TB"), "4 TB", VERDICT_CONTRADICTED, "lathe.memory says"},
        {"This is lathe:\n\n" TABLE("Part | Size", "Swap | 128 GB"), "128 GB", VERDICT_UNVERIFIED, NULL},
        {"This is lathe:\n\n" TABLE("Machine | Swap", "lathe | 128 GB"), "128 GB", VERDICT_UNVERIFIED, NULL},
        {"lathe is ours. It has 128 GB of NVMe.", "128 GB", VERDICT_CONTRADICTED, "lathe.storage says 4 TB"},
        {"lathe has 4 TB of RAM.", "4 TB", VERDICT_CONTRADICTED, "it belongs to lathe (lathe.storage"},
        {TABLE("Part | lathe", "Disk | 128 GB"), "128 GB", VERDICT_CONTRADICTED, "lathe.storage says 4 TB"},
    };
    expect_verdicts(lathe, cases, sizeof cases / sizeof *cases);
}

static void what_is_said_of_the_store_itself_is(void **state) {
    (void)state;
    static const told cases[] = {
        {"lathe has 128 GB of RAM and no swap.", "128 GB", VERDICT_SUPPORTED, NULL},
        {"lathe has 128 GB of unified memory beside the cache.", "128 GB", VERDICT_SUPPORTED, NULL},
        {"lathe has a 4 TB NVMe drive.", "4 TB", VERDICT_SUPPORTED, NULL},
        {"lathe has 4 TB of flash.", "4 TB", VERDICT_SUPPORTED, NULL},
        {"lathe has 128 GB, and 4 TB of disk for the cache.", "128 GB", VERDICT_SUPPORTED, NULL},
        {"On lathe the tile cache has 210 GB of disk.", "210 GB", VERDICT_SUPPORTED, NULL},
        {"lathe keeps 210 GB of disk for the tile cache.", "210 GB", VERDICT_SUPPORTED, NULL},
        {"This is lathe:\n\n" TABLE("Part | Size", "Memory | 128 GB"), "128 GB", VERDICT_SUPPORTED, NULL},
        {"This is lathe:\n\n" TABLE("Part | Size", "Drive | 4 TB"), "4 TB", VERDICT_SUPPORTED, NULL},
        {TABLE("Machine | RAM", "lathe | 128 GB"), "128 GB", VERDICT_SUPPORTED, NULL},
    };
    expect_verdicts(lathe, cases, sizeof cases / sizeof *cases);
}

static void a_declared_swap_is_known_by_its_name(void **state) {
    (void)state;
    static const told cases[] = {
        {"plane has 96 GB of swap.", "96 GB", VERDICT_SUPPORTED, NULL},
        {"The swap of plane is 96 GB.", "96 GB", VERDICT_SUPPORTED, NULL},
        {"plane has 128 GB of swap.", "128 GB", VERDICT_CONTRADICTED, "it belongs to plane (plane.memory"},
    };
    expect_verdicts(plane, cases, sizeof cases / sizeof *cases);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_another_store_is_said_to_hold_is_no_proof),
                                       cmocka_unit_test(what_is_said_of_the_store_itself_is),
                                       cmocka_unit_test(a_declared_swap_is_known_by_its_name)};
    return cmocka_run_group_tests_name("facts: stores", tests, NULL, NULL);
}
