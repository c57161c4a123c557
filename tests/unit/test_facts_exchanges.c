/* test_facts_exchanges.c - two true values that change places are false, each; in the right places nothing may be said
 * against them, however the sentence is turned. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/judged.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "hosts:\n"
    "  - {id: tern, aliases: [tern], attrs: {cpu_cores: {value: '24', unit: core, aliases: [cores]},\n"
    "      memory: {value: '256', unit: GB, aliases: [RAM]}}}\n"
    "  - {id: gull, aliases: [gull], attrs: {cpu_cores: {value: '8', unit: core, aliases: [cores]},\n"
    "      memory: {value: '64', unit: GB, aliases: [RAM]}}}\n"
    "components:\n"
    "  - {id: writer, aliases: [writer], attrs: {kv_cache: {value: '21.5', unit: GiB, aliases: [KV cache]}}}\n"
    "  - {id: checker, aliases: [checker], attrs: {kv_cache: {value: '2.25', unit: GiB, aliases: [KV cache]}}}\n"
    "benchmarks:\n"
    "  - {id: idle, subject: [tern], metric: wall power, value: '38', unit: W, where: {load: idle}}\n"
    "  - {id: busy, subject: [tern], metric: wall power, value: '137', unit: W, where: {batch: '4'}}\n"
    "  - {id: load-cold, subject: [writer], metric: load time, value: '214', unit: s, where: {page_cache: cold}}\n"
    "  - {id: load-warm, subject: [writer], metric: load time, value: '96', unit: s, where: {page_cache: warm}}\n"
    "  - {id: scene-tern, subject: [tern], metric: scene time, value: '41.6', unit: s}\n"
    "  - {id: scene-gull, subject: [gull], metric: scene time, value: '97.3', unit: s}\n"
    "  - {id: restore-two, subject: [tern], metric: restore time, value: '95', unit: min, where: {process-max: '2'}}\n"
    "  - {id: restore-eight, subject: [tern], metric: restore time, value: '47', unit: min, where: {process-max: "
    "'8'}}\n"
    "  - {id: cap-low, subject: [writer], metric: decode, value: '52.7', unit: tok/s, where: {cap: 220 W}}\n"
    "  - {id: cap-high, subject: [writer], metric: decode, value: '60.1', unit: tok/s, where: {cap: 350 W}}\n"
    "  - {id: fsync-before, subject: [gull], metric: fsync, value: '6.1', unit: ms, where: {when: before}}\n"
    "  - {id: fsync-during, subject: [gull], metric: fsync, value: '412', unit: ms, where: {when: outage}}\n";

static unsigned contradicted(const manifest *m, const char *source) {
    return judged_contradictions(m, "Our machines are tern and gull; the writer and the checker run on tern.", source);
}

static void what_changed_places_is_false(void **state) {
    (void)state;
    static const char *const all[] = {
        "tern idles at 137 W and takes 38 W at batch 4.",
        "The KV cache of the writer is 2.25 GiB and that of the checker 21.5 GiB.",
        "The writer loads in 96 s from a cold page cache, in 214 s from a warm one.",
        "A scene takes 97.3 s on tern, and 41.6 s on gull.",
        "Of the two, tern has 8 cores, gull has 24 cores.",
        "- tern: 97.3 s for the scene\n- gull: 41.6 s for the scene",
        "On tern raising process-max from 2 to 8 cut the restore time from 47 minutes to 95 minutes.",
        "| limit | the writer decodes |\n|---|---|\n| 350 W | 52.7 tok/s |\n| 220 W | 60.1 tok/s |",
        "| scene | where | box | time |\n|---|---|---|---|\n| quay | here | `tern` | 97.3 s |\n| pier | here | `gull` "
        "| 41.6 s |",
        "tern renders the scene in 97.3 s. The other one, gull, needs 41.6 s for the same scene.",
        "| fsync | p99 |\n|---|---|\n| `gull`, before | 412 ms |\n| `gull`, during the outage | 6.1 ms |",
    };
    manifest *m = judged_manifest(facts);
    unsigned missed = 0;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (!contradicted(m, all[i])) print_error("not contradicted: %s\n", all[i]), missed++;
    manifest_free(m);
    assert_int_equal(missed, 0);
}

static void what_is_in_place_stays(void **state) {
    (void)state;
    static const char *const all[] = {
        "tern idles at 38 W and takes 137 W at batch 4.",
        "At batch 4 tern takes 137 W, and 38 W when it idles.",
        "38 W is what tern takes when idle, 137 W what it takes at batch 4.",
        "The KV cache of the writer is 21.5 GiB and that of the checker 2.25 GiB.",
        "The writer and the checker have KV caches of 21.5 GiB and 2.25 GiB respectively.",
        "The writer and the checker have KV caches of 21.5 GiB and 2.25 GiB.",
        "From a cold page cache the writer loads in 214 s, from a warm one in 96 s.",
        "The writer loads in 214 s; once the page cache is warm, in 96 s instead of the 214 s of a cold one.",
        "It is 96 s against 214 s: a warm page cache against a cold one.",
        "A scene takes tern 41.6 s and gull 97.3 s.",
        "gull, unlike tern with its 24 cores, has 8 cores.",
        "Compared with the 8 cores of gull, tern has 24 cores.",
        "Unlike gull, which has 8 cores, tern has 24 cores.",
        "On tern raising process-max from 2 to 8 cut the restore time from 95 minutes to 47 minutes.",
        "On tern going back to process-max 2 from 8 makes the restore time rise from 47 minutes to 95 minutes.",
        "| limit | the writer decodes |\n|---|---|\n| 350 W | 60.1 tok/s |\n| 220 W | 52.7 tok/s |",
        "| scene | where | box | time |\n|---|---|---|---|\n| quay | here | `tern` | 41.6 s |\n| pier | here | `gull` "
        "| 97.3 s |",
        "tern needs 41.6 s where gull needs 97.3 s.",
        "In 41.6 s tern has drawn what takes gull 97.3 s.",
        "The 97.3 s of gull are 41.6 s on tern.",
        "| fsync | p99 |\n|---|---|\n| `gull`, before | 6.1 ms |\n| `gull`, during the outage | 412 ms |",
        "| | tern | gull |\n|---|---|---|\n| scene | 41.6 s | 97.3 s |\n| cores | 24 | 8 |",
    };
    manifest *m = judged_manifest(facts);
    unsigned wrong = 0;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (contradicted(m, all[i])) print_error("contradicted: %s\n", all[i]), wrong++;
    manifest_free(m);
    assert_int_equal(wrong, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_changed_places_is_false),
        cmocka_unit_test(what_is_in_place_stays),
    };
    return cmocka_run_group_tests_name("facts: exchanges", tests, NULL, NULL);
}
