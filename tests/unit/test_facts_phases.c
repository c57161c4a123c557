/* test_facts_phases.c - a rate of reading is none of writing, a number behind "of X" is not X's by that alone, and two
 * sizes beside each other are no equation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "components:\n"
    "  - {id: qwen, aliases: [Qwen], attrs: {weights: {value: '35', unit: GB, aliases: [weights, checkpoint]}}}\n"
    "hardware:\n"
    "  - id: halo\n"
    "    aliases: [Halo Station, halo]\n"
    "    attrs:\n"
    "      memory: {value: '128', unit: GB, aliases: [unified memory, RAM]}\n"
    "benchmarks:\n"
    "  - {id: decode, subject: [qwen], metric: decode, metric_aliases: [throughput, speed], value: '59.7', unit: "
    "tok/s}\n";

static const char lead[] = "These are my notes on the Halo Station, which runs Qwen.\n\n";
#define CLEAN(texts) expect_each(facts, lead, texts, COUNT_OF(texts), false)
#define FALSE(texts) expect_each(facts, lead, texts, COUNT_OF(texts), true)

static void reading_is_no_writing(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "Qwen decodes at 41 tok/s.\n",
        "Qwen has a throughput of 240 tok/s.\n",
    };
    static const char *const clean[] = {
        "Qwen prefills at 240 tok/s.\n",
        "Qwen has a prefill throughput of 240 tok/s.\n",
        "The prefill speed of Qwen is 240 tok/s.\n",
    };
    FALSE(untrue);
    CLEAN(clean);
}

static void bare_predicates(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "The Halo Station has 96 GB.\n",
        "The Halo Station comes with 96 GB.\n",
    };
    static const char *const clean[] = {
        "Behind the Halo Station is about 96 GB of it.\n",
        "Halo Station 96 GB.\n",
        "The Halo Station only 96 GB.\n",
    };
    FALSE(untrue);
    CLEAN(clean);
}

static void two_sizes(void **state) {
    (void)state;
    static const char *const clean[] = {
        "A dump takes 64000 MB (128 GB of memory are there).\n",
        "The Halo Station gives a job 64000 MB, or 128 GB.\n",
        "The checkpoint of Qwen is 35 GB, or 70 GB.\n",
        "The checkpoint of Qwen is 35 GB, or 400 MB a part.\n",
        "The checkpoint of Qwen is 35 GB (900 MB more with the tokenizer).\n",
    };
    CLEAN(clean);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading_is_no_writing),
        cmocka_unit_test(bare_predicates),
        cmocka_unit_test(two_sizes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
