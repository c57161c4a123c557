/* test_facts_physics.c - what is wrong whatever the manifest says, beside its nearest neighbour that is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/support/marked.h"

static const char facts[] =
    "assay-facts: 1\n"
    "as_of: 2026-06-18\n"
    "components:\n"
    "  - id: perch\n"
    "    aliases: [perch]\n"
    "    scheme: semver\n"
    "    version: 1.4.0\n"
    "    history: [{version: 1.3.2, from: 2026-02-20, to: 2026-06-03}]\n" /* after the article's day */
    "  - id: otter\n"
    "    aliases: [otter]\n"
    "    scheme: semver\n"
    "    version: 3.1.0\n"
    "    history: [{version: 3.0.0, from: 2026-01-20, to: 2026-05-01}]\n"
    "  - id: writer\n"
    "    aliases: [writer model]\n"
    "    attrs: {active_parameters: {value: 5, unit: B params}, quantization: {value: BF16}}\n"
    "hardware:\n"
    "  - id: box\n"
    "    aliases: [Testbox 9]\n"
    "    attrs: {memory_bandwidth: {value: 200, unit: GB/s}}\n";

static const struct {
    const char *rule, *text;
    unsigned want;
} cases[] = {
    /* 120 to 45 is 2.7 times, or 62.5 % less */
    {"physics-speed-up", "It went from 120 ms to 45 ms, 2.7 times faster.", 0},
    {"physics-speed-up", "It went from 120 ms to 45 ms, 27 times faster.", 1},
    {"physics-speed-up", "It went from 120 ms to 45 ms, 3.4 times faster.", 1},
    {"physics-speed-up", "It went from 120 ms to 45 ms, a drop of 62.5 %.", 0},
    {"physics-speed-up", "It went from 120 ms to 45 ms, a drop of 95 %.", 1},
    {"physics-speed-up", "\"It went from 120 ms to 45 ms, 27 times faster\", the model wrote.", 0},
    /* totals */
    {"physics-total", "| item | EUR |\n| --- | --- |\n| a | 104 |\n| b | 46 |\n| total | 150 |", 0},
    {"physics-total", "| item | EUR |\n| --- | --- |\n| a | 104 |\n| b | 46 |\n| total | 160 |", 1},
    {"physics-total", "| item | EUR |\n| --- | --- |\n| a | 104.4 |\n| b | 46.4 |\n| total | 151 |", 0},
    {"physics-total", "| item | % |\n| --- | --- |\n| a | 60 % |\n| b | 60 % |\n| total | 100 % |", 0},
    /* fit */
    {"physics-fit", "A 140 GB checkpoint fits in 121 GB.", 1},
    {"physics-fit", "A 110 GB checkpoint fits in 121 GB.", 0},
    {"physics-fit", "A 140 GB checkpoint does not fit in 121 GB.", 0},
    /* time */
    {"physics-time", "It was down 31 minutes, from 07:58 to 08:29.", 0},
    {"physics-time", "It was down 31 minutes, from 07:58 to 08:49.", 1},
    {"physics-time", "It was down 31 minutes, from 23:50 to 00:21.", 0},
    {"physics-time",
     "| time | event |\n| --- | --- |\n| 2026-02-17 07:58 | a |\n| 2026-02-17 08:03 | b |\n"
     "| 2026-02-17 08:11 | c |",
     0},
    {"physics-time",
     "| time | event |\n| --- | --- |\n| 2026-02-17 07:58 | a |\n| 2026-02-17 08:13 | b |\n"
     "| 2026-02-17 08:11 | c |",
     1},
    /* prose and table */
    {"physics-table",
     "With `on` 3.85 ms pass.\n\n| mode | ms |\n| --- | --- |\n| `on` | 3.85 ms |\n| `off` | 1.69 ms |", 0},
    {"physics-table",
     "With `on` 3.85 ms pass.\n\n| mode | ms |\n| --- | --- |\n| `on` | 4.15 ms |\n| `off` | 1.69 ms |", 1},
    /* a version newer than the history allows on the article's day, 2026-05-18 */
    {"physics-version", "The Testbox 9 runs perch 1.4.0.", 1},
    {"physics-version", "The Testbox 9 runs perch 1.3.2.", 0},
    {"physics-version", "The Testbox 9 runs otter 3.1.0.", 0},
    /* 200 GB/s over 5 B weights of 2 bytes: 20 tok/s is the ceiling of one stream */
    {"physics-bandwidth", "On the Testbox 9 the writer model decodes at 19 tok/s at batch 1.", 0},
    {"physics-bandwidth", "On the Testbox 9 the writer model decodes at 25 tok/s at batch 1.", 1},
    {"physics-bandwidth", "On the Testbox 9 the writer model decodes at 25 tok/s at batch 4.", 0},
    {"physics-bandwidth", "On the Testbox 9 the writer model decodes at 25 tok/s at batch 1 with speculation.", 0},
};

static void rules(void **state) {
    (void)state;
    manifest *m = judged_manifest(facts);
    unsigned wrong = 0;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        unsigned got = marked_findings(m, cases[i].text, cases[i].rule);
        if (got == cases[i].want) continue;
        wrong++;
        print_error("%s: %u of %s, wanted %u\n", cases[i].text, got, cases[i].rule, cases[i].want);
    }
    manifest_free(m);
    assert_int_equal(wrong, 0);
}

/* What needs no manifest is found without one. */
static void without_a_manifest(void **state) {
    (void)state;
    assert_int_equal(marked_findings(NULL, "It went from 120 ms to 45 ms, 27 times faster.", "physics-speed-up"), 1);
    assert_int_equal(marked_findings(NULL, "The Testbox 9 runs perch 1.4.0.", "physics-version"), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(rules), cmocka_unit_test(without_a_manifest)};
    return cmocka_run_group_tests_name("facts: physics", tests, NULL, NULL);
}
