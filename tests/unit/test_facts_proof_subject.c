/* test_facts_proof_subject.c - a value that is declared, said of another thing, of another case, or beyond its bound.
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
    "  - {id: other-engine, aliases: [Oven]}\n"
    "  - {id: first-model, aliases: [Otter]}\n"
    "  - {id: second-model, aliases: [Bison]}\n"
    "  - {id: third-model, aliases: [Llama]}\n"
    "  - {id: store, aliases: [store], attrs: {targets: {value: '18400', unit: target, aliases: [Bazel targets]}}}\n"
    "  - {id: bazel, aliases: [Bazel]}\n"
    "hosts:\n"
    "  - {id: harbor, aliases: [Harbor], attrs: {memory: {value: '128', unit: GB, aliases: [RAM]},"
    " cpu_cores: {value: '20', unit: core, aliases: [cores]},"
    " memory_bandwidth: {value: '273', unit: GB/s, aliases: [bandwidth]}}}\n"
    "  - {id: kite, aliases: [Kite]}\n"
    "services:\n"
    "  - {id: first, aliases: [first endpoint], host: harbor, port: 8001, runs: [engine, first-model]}\n"
    "  - {id: second, aliases: [second endpoint], host: harbor, port: 8002, runs: [other-engine, second-model]}\n"
    "benchmarks:\n"
    "  - {id: one, subject: [first-model], metric: decode, value: '59.7', unit: tok/s, where: {run: brief}}\n"
    "  - {id: two, subject: [second-model], metric: decode, value: '28.1', unit: tok/s, where: {run: brief}}\n"
    "  - {id: prefill, subject: [first-model], metric: prefill, value: '912', unit: tok/s, where: {batch: 1},"
    " must_state: [batch]}\n"
    "  - {id: all, subject: [harbor], metric: decode, value: '88.3', unit: tok/s}\n"
    "  - {id: load, subject: [third-model], metric: load time, value: '12', unit: s}\n"
    "  - {id: wait, subject: [engine], metric: wait limit, value: '10', unit: s}\n";

static void a_value_of_another_proves_nothing(void **state) {
    (void)state;
    static const told cases[] = {
        {"Bison decodes at 59.7 tok/s.", "59.7 tok/s", VERDICT_UNVERIFIED, NULL},
        {"Otter decodes at 28.1 tok/s.", "28.1 tok/s", VERDICT_UNVERIFIED, NULL},
        {"Llama decodes at 28.1 tok/s.", "28.1 tok/s", VERDICT_UNVERIFIED, NULL},
        {"The second endpoint decodes at 59.7 tok/s.", "59.7 tok/s", VERDICT_UNVERIFIED, NULL},
        {"Oven decodes at 59.7 tok/s.", "59.7 tok/s", VERDICT_UNVERIFIED, NULL},
        {"Kite has 128 GB of RAM.", "128 GB", VERDICT_UNVERIFIED, NULL},
        {"Kite has 128 GB of RAM and 20 cores.", "20 cores", VERDICT_UNVERIFIED, NULL},
        {"The load time of Otter is 12 s.", "12 s", VERDICT_UNVERIFIED, NULL},
        {"Kite is small. It has 128 GB of RAM.", "128 GB", VERDICT_UNVERIFIED, NULL},
        {"Otter's load time is 12 s.", "12 s", VERDICT_UNVERIFIED, NULL},
    };
    expect_verdicts(facts, cases, COUNT_OF(cases));
}

static void its_own_value_and_that_of_what_runs_it_do(void **state) {
    (void)state;
    static const told cases[] = {
        {"Otter decodes at 59.7 tok/s.", "59.7 tok/s", VERDICT_SUPPORTED, NULL},
        {"Kiln decodes at 59.7 tok/s.", "59.7 tok/s", VERDICT_SUPPORTED, NULL},
        {"On Kiln, Otter decodes at 59.7 tok/s.", "59.7 tok/s", VERDICT_SUPPORTED, NULL},
        {"The first endpoint decodes at 59.7 tok/s.", "59.7 tok/s", VERDICT_SUPPORTED, NULL},
        {"The first endpoint decodes at 88.3 tok/s.", "88.3 tok/s", VERDICT_SUPPORTED, NULL}, /* of its host */
        {"Decode is 59.7 tok/s.", "59.7 tok/s", VERDICT_SUPPORTED, NULL},
        {"Kite talks to Harbor, which has 128 GB of RAM.", "128 GB", VERDICT_SUPPORTED, NULL},
        {"Harbor is large. It has 128 GB of RAM.", "128 GB", VERDICT_SUPPORTED, NULL},
        {"Harbor feeds Kite. It has 128 GB of RAM.", "128 GB", VERDICT_SUPPORTED, NULL},
        {"The load time of Llama is 12 s.", "12 s", VERDICT_SUPPORTED, NULL},
        {"Bazel knows about 18,400 targets in the store.", "about 18,400 targets", VERDICT_SUPPORTED, NULL},
    };
    expect_verdicts(facts, cases, COUNT_OF(cases));
}

static void another_case_proves_nothing(void **state) {
    (void)state;
    static const told cases[] = {
        {"The prefill of Otter is 912 tok/s at batch 8.", "912 tok/s", VERDICT_UNVERIFIED, NULL},
        {"The prefill of Otter is 912 tok/s with a batch of 32.", "912 tok/s", VERDICT_UNVERIFIED, NULL},
        {"At batch size 32 the prefill of Otter is 912 tok/s.", "912 tok/s", VERDICT_UNVERIFIED, NULL},
        {"The prefill of Otter is 912 tok/s at batch 1.", "912 tok/s", VERDICT_SUPPORTED, NULL},
        {"At batch size 1 the prefill of Otter is 912 tok/s.", "912 tok/s", VERDICT_SUPPORTED, NULL},
        {"The prefill of Otter is 912 tok/s.", "912 tok/s", VERDICT_UNDERSPECIFIED, NULL},
    };
    expect_verdicts(facts, cases, COUNT_OF(cases));
}

#define BEFORE_AFTER "We measured the desk.\n\n| Metric | Before | After |\n|---|---|---|\n"

/* Two measurements of one hour of audio: the row says which. */
static void a_row_of_another_measurement_proves_nothing(void **state) {
    (void)state;
    static const char desk[] =
        "assay-facts: 1\nas_of: 2026-05-18\n"
        "components: [{id: ears, aliases: [Ears]}, {id: voices, aliases: [Voices, voices.audio]}]\n"
        "hardware: [{id: desk, aliases: [desk], runs: [ears, voices]}]\n"
        "benchmarks:\n"
        "  - {id: hear, subject: [ears], metric: transcription time, value: 148, unit: s, where: {audio: 60 min}}\n"
        "  - {id: part, subject: [voices], metric: diarization time, metric_aliases: [diarization], value: 96,\n"
        "     unit: s, where: {audio: 60 min}}\n";
    static const told cases[] = {
        {BEFORE_AFTER "| Transcription, 60 min of audio | 262 s | 96 s |\n", "96 s", VERDICT_UNVERIFIED, NULL},
        {BEFORE_AFTER "| Diarization, 60 min of audio | 188 s | 96 s |\n", "96 s", VERDICT_SUPPORTED, NULL},
        {BEFORE_AFTER "| Transcription and diarization | 188 s | 96 s |\n", "96 s", VERDICT_SUPPORTED, NULL},
        {BEFORE_AFTER "| Voices, 60 min of audio | 188 s | 96 s |\n", "96 s", VERDICT_SUPPORTED, NULL},
        {BEFORE_AFTER "| Transcription, 60 min of audio | 262 s | 148 s |\n", "148 s", VERDICT_SUPPORTED, NULL},
    };
    expect_verdicts(desk, cases, COUNT_OF(cases));
}

static void a_bound_is_kept(void **state) {
    (void)state;
    static const told cases[] = {
        {"Harbor has more than 20 cores.", "more than 20 cores", VERDICT_CONTRADICTED, NULL},
        {"Harbor has fewer than 20 cores.", "fewer than 20 cores", VERDICT_CONTRADICTED, NULL},
        {"Harbor has over 128 GB of RAM.", "over 128 GB", VERDICT_UNVERIFIED, NULL},
        {"Harbor has over 120 GB of RAM.", "over 120 GB", VERDICT_SUPPORTED, NULL},
        {"Harbor has at least 20 cores.", "at least 20 cores", VERDICT_SUPPORTED, NULL},
        {"Harbor offers up to 400 GB/s of memory bandwidth.", "up to 400 GB/s", VERDICT_CONTRADICTED, NULL},
        {"Harbor offers up to 273 GB/s of memory bandwidth.", "up to 273 GB/s", VERDICT_SUPPORTED, NULL},
        {"Harbor offers up to 300 GB/s of memory bandwidth.", "up to 300 GB/s", VERDICT_SUPPORTED, NULL},
        {"On Kiln who waits more than 10 s runs into the wait limit.", "more than 10 s", VERDICT_SUPPORTED, NULL},
    };
    expect_verdicts(facts, cases, COUNT_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_of_another_proves_nothing),
        cmocka_unit_test(its_own_value_and_that_of_what_runs_it_do),
        cmocka_unit_test(another_case_proves_nothing),
        cmocka_unit_test(a_row_of_another_measurement_proves_nothing),
        cmocka_unit_test(a_bound_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
