/* test_facts_other_machine.c - figures of rented cards, of other ways to run and of what is plugged in; habits that are
 * no process of the operation's; and lists that are those of one machine. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/support/verdicts.h"

static void of_hardware_that_is_not_ours(void **state) {
    (void)state;
    static const told cases[] = {
        {"I rented an A100 with 80 GB of memory next to my Anvil.", "80 GB", VERDICT_UNVERIFIED, NULL},
        {"On a rented H100 Otter decodes at 120 tok/s.", "120 tok/s", VERDICT_UNVERIFIED, NULL},
        {"Otter decodes at 180 tok/s on an RTX 5090.", "180 tok/s", VERDICT_UNVERIFIED, NULL},
        {"Otter decodes at 95 tok/s with speculative decoding.", "95 tok/s", VERDICT_UNVERIFIED, NULL},
        {"In a cold start Otter decodes at 30 tok/s.", "30 tok/s", VERDICT_UNVERIFIED, NULL},
        {"I attached a 2 TB NVMe over USB to the Anvil.", "2 TB", VERDICT_UNVERIFIED, NULL},
        {"I plugged an external 2 TB SSD into the Anvil.", "2 TB", VERDICT_UNVERIFIED, NULL},
    };
    expect_verdicts(anvil_operation, cases, COUNT_OF(cases));
}

static void of_our_own(void **state) {
    (void)state;
    static const told cases[] = {
        {"The Anvil has 80 GB of memory.", "80 GB", VERDICT_CONTRADICTED, NULL},
        {"Our A100 next to the Anvil has 80 GB of memory.", "A100", VERDICT_CONTRADICTED, NULL},
        {"Otter decodes at 40 tok/s, on an H100 much faster.", "40 tok/s", VERDICT_CONTRADICTED, NULL},
        {"Otter decodes at 95 tok/s on the Anvil.", "95 tok/s", VERDICT_CONTRADICTED, NULL},
        {"Otter decodes at 95 tok/s.", "95 tok/s", VERDICT_CONTRADICTED, NULL},
        {"The Anvil has a 2 TB NVMe.", "2 TB", VERDICT_CONTRADICTED, NULL},
    };
    expect_verdicts(anvil_operation, cases, COUNT_OF(cases));
}

static void a_habit_is_no_process(void **state) {
    (void)state;
    static const told cases[] = {
        {"Every Friday I check whether the Anvil has updates.", "Every Friday I check", VERDICT_UNVERIFIED, NULL},
        {"I measure the power draw of the Anvil every month.", "measure the power draw of the Anvil every month",
         VERDICT_UNVERIFIED, NULL},
        {"I restore a backup of the Anvil once a month.", "once a month", VERDICT_UNVERIFIED, NULL},
        {"I verify the backup of the Anvil every quarter.", "every quarter", VERDICT_UNVERIFIED, NULL},
        {"I verify this weekly on the Anvil.", "verify this weekly", VERDICT_CONTRADICTED, NULL},
        {"Every month I check the quality of all articles.", "Every month I check", VERDICT_CONTRADICTED, NULL},
        {"I evaluate Otter every week.", "evaluate Otter every week", VERDICT_CONTRADICTED, NULL},
        {"I benchmark the engine every Monday.", "benchmark the engine every Monday", VERDICT_CONTRADICTED, NULL},
        {"The backup of the Anvil runs every week.", "every week", VERDICT_CONTRADICTED, NULL},
        {"We run the backup of the Anvil every hour.", "every hour", VERDICT_CONTRADICTED, NULL},
    };
    expect_verdicts(anvil_operation, cases, COUNT_OF(cases));
}

/* A scope with a host says what that one has; another of ours may have a list of its own. */
static void a_list_is_that_of_its_machine(void **state) {
    (void)state;
    static const char two_lists[] =
        "assay-facts: 1\nas_of: 2026-05-18\n"
        "scopes:\n"
        "  gpus: {world: closed, kind: gpu-model, host: kiln, members: [RTX 4090]}\n"
        "  old-gpus: {world: closed, kind: gpu-model, host: ember, members: [GTX 1080 Ti]}\n"
        "hosts:\n"
        "  - {id: kiln, aliases: [kiln]}\n  - {id: ember, aliases: [ember]}\n  - {id: rig, aliases: [playtest rig]}\n"
        "absent:\n"
        "  - {match: [A100], in: gpus, note: none in kiln}\n";
    static const told cases[] = {
        {"kiln has an RTX 4090.", "RTX 4090", VERDICT_SUPPORTED, NULL},
        {"The playtest rig has an RTX 4090.", "RTX 4090", VERDICT_UNVERIFIED, "another machine's list"},
        {"ember has an RTX 4090.", "RTX 4090", VERDICT_UNVERIFIED, NULL},
        {"kiln has an RTX 3060.", "RTX 3060", VERDICT_CONTRADICTED, NULL},
        {"The playtest rig has an RTX 3060.", "RTX 3060", VERDICT_UNVERIFIED, "another machine's"},
        {"ember has an RTX 3060.", "RTX 3060", VERDICT_CONTRADICTED, NULL},
        {"Beside the playtest rig kiln has an RTX 3060.", "RTX 3060", VERDICT_CONTRADICTED, NULL},
        {"One of the playtest rigs lost its RTX 3060.", "RTX 3060", VERDICT_UNVERIFIED, "another machine's"},
        {"kiln has an A100.", "A100", VERDICT_CONTRADICTED, NULL},
        {"The playtest rig has an A100.", "A100", VERDICT_UNVERIFIED, "of another machine"},
        {"We have an A100 here.", "A100", VERDICT_CONTRADICTED, NULL},
    };
    expect_verdicts(two_lists, cases, COUNT_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_is_that_of_its_machine),
        cmocka_unit_test(of_hardware_that_is_not_ours),
        cmocka_unit_test(of_our_own),
        cmocka_unit_test(a_habit_is_no_process),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
