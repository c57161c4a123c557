/* test_facts_proof_condition.c - a number under another benchmark's condition is not supported, one under its own is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/verdicts.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "components:\n"
    "  - {id: gull, aliases: [gull], version: 2.4.1, accept: [prefix]}\n"
    "  - {id: kiln, aliases: [Kiln], version: 26.05.1, history: [{version: 25.05.3, to: 2026-01-10}]}\n"
    "  - {id: kestrel-db, aliases: [kestrel-db]}\n"
    "hosts:\n"
    "  - {id: heron, aliases: [heron]}\n"
    "  - {id: wren, aliases: [wren]}\n"
    "  - {id: teal, aliases: [teal]}\n"
    "benchmarks:\n"
    "  - {id: cold, subject: [gull], metric: load time, metric_aliases: [loads], value: '214', unit: s,"
    " where: {page_cache: cold}}\n"
    "  - {id: warm, subject: [gull], metric: load time, metric_aliases: [loads], value: '96', unit: s,"
    " where: {page_cache: warm}}\n"
    "  - {id: sync-off, subject: [kestrel-db], metric: throughput, value: '18920', unit: tps,"
    " where: {clients: 32, recordsize: 16K, synchronous_commit: 'off'}}\n"
    "  - {id: sync-on, subject: [kestrel-db], metric: throughput, value: '8310', unit: tps,"
    " where: {clients: 32, recordsize: 16K, synchronous_commit: 'on'}}\n"
    "  - {id: wide, subject: [kestrel-db], metric: throughput, value: '6940', unit: tps,"
    " where: {clients: 32, recordsize: 128K, synchronous_commit: local}}\n"
    "  - {id: here, subject: [heron, wren], metric: round trip, value: '0.42', unit: ms, where: {pair: heron-wren}}\n"
    "  - {id: there, subject: [teal, heron], metric: round trip, value: '0.31', unit: ms, where: {pair: teal-heron}}\n"
    "  - {id: short-wait, subject: [kiln], metric: failover, value: '74', unit: s, where: {toleration: 30 s}}\n"
    "  - {id: long-wait, subject: [kiln], metric: failover, value: '341', unit: s, where: {toleration: 300 s}}\n"
    "  - {id: queue-old, subject: [kiln], metric: queue listing, value: '0.55', unit: s, where: {version: 25.05.3}}\n"
    "  - {id: queue-new, subject: [kiln], metric: queue listing, value: '0.51', unit: s, where: {version: 26.05.1}}\n"
    "  - {id: words, subject: [gull], metric: transcription speed, value: '44', unit: x, where: {model: "
    "large-v3-turbo}}\n"
    "  - {id: slow-words, subject: [gull], metric: transcription speed, value: '16', unit: x, where: {model: "
    "large-v3}}\n";

static void expect(const told *cases, size_t n) { expect_verdicts_behind(dated_article, facts, cases, n); }

/* The condition that is stated belongs to another benchmark of the metric. */
static void a_number_under_a_siblings_condition_is_no_proof(void **state) {
    (void)state;
    static const told cases[] = {
        {"From a warm page cache, gull loads in 214 s.", "214 s", VERDICT_UNVERIFIED, NULL},
        {"With a cold page cache the load time of gull is 96 s.", "96 s", VERDICT_CONTRADICTED, NULL},
        {"kestrel-db with 32 clients reaches 18,920 tps with synchronous_commit on.", "18,920 tps", VERDICT_UNVERIFIED,
         NULL},
        {"With synchronous_commit off kestrel-db reaches 8,310 tps.", "8,310 tps", VERDICT_CONTRADICTED, NULL},
        {"With a recordsize of 128K kestrel-db reaches 18,920 tps.", "18,920 tps", VERDICT_UNVERIFIED, NULL},
        {"Between heron and wren the round trip is 0.31 ms.", "0.31 ms", VERDICT_UNVERIFIED, NULL},
        {"With a toleration of 30 s, the failover of Kiln takes 341 s.", "341 s", VERDICT_UNVERIFIED, NULL},
        {"With large-v3-turbo, the transcription speed of gull is 16 x.", "16 x", VERDICT_UNVERIFIED, NULL},
    };
    expect(cases, COUNT_OF(cases));
}

/* Its own; or the other one is told of another number, or held against it. */
static void a_number_under_its_own_condition_is_one(void **state) {
    (void)state;
    static const told cases[] = {
        {"From a cold page cache, gull loads in 214 s.", "214 s", VERDICT_SUPPORTED, NULL},
        {"gull loads in 214 s.", "214 s", VERDICT_SUPPORTED, NULL},
        {"From a cold page cache gull loads in 214 s, from a warm one in 96 s.", "214 s", VERDICT_SUPPORTED, NULL},
        {"The load time of gull is 214 s, far longer than with a warm page cache.", "214 s", VERDICT_SUPPORTED, NULL},
        {"kestrel-db with 32 clients reaches 18,920 tps with synchronous_commit off on heron.", "18,920 tps",
         VERDICT_SUPPORTED, NULL},
        {"With a recordsize of 16K kestrel-db reaches 18,920 tps.", "18,920 tps", VERDICT_SUPPORTED, NULL},
        {"Between heron and teal the round trip is 0.31 ms.", "0.31 ms", VERDICT_SUPPORTED, NULL},
        {"The round trip of heron to wren is 0.42 ms, to teal 0.31.", "0.42 ms", VERDICT_SUPPORTED, NULL},
        {"With a toleration of 300 s, the failover of Kiln takes 341 s.", "341 s", VERDICT_SUPPORTED, NULL},
        {"With large-v3, the transcription speed of gull is 16 x.", "16 x", VERDICT_SUPPORTED, NULL},
    };
    expect(cases, COUNT_OF(cases));
}

/* What a measurement was made with was so once, and is no stale release. */
static void the_release_of_a_measurement_is_no_stale_one(void **state) {
    (void)state;
    static const told cases[] = {
        {"With Kiln 25.05.3 the queue listing takes 0.55 s.", "25.05.3", VERDICT_SUPPORTED, NULL},
        {"Kiln 25.05.3 had a queue listing of 0.55 s, and 26.05.1 one of 0.51 s.", "25.05.3", VERDICT_SUPPORTED, NULL},
        {"With Kiln 25.05.3 the queue listing takes 0.51 s.", "25.05.3", VERDICT_CONTRADICTED, NULL},
        {"Today we run Kiln 25.05.3, and its queue listing takes 0.55 s.", "25.05.3", VERDICT_CONTRADICTED, NULL},
        {"On 2026-01-10, Kiln went from 25.05.3 to v25.05.3 and its queue listing fell from 0.55 s to 0.51 s.",
         "v25.05.3", VERDICT_CONTRADICTED, NULL},
        {"Kiln 25.05.3 lists the queue.", "25.05.3", VERDICT_UNVERIFIED, NULL},
    };
    expect(cases, COUNT_OF(cases));
}

/* "heron" is an end of either pair. */
static void both_ends_say_which_pair_it_is(void **state) {
    (void)state;
    static const told cases[] = {
        {"The round trip of heron is 0.42 ms (pair heron-wren).", "0.42 ms", VERDICT_SUPPORTED, NULL},
        {"The round trip of heron is 0.42 ms (pair teal-heron).", "0.42 ms", VERDICT_CONTRADICTED, NULL},
    };
    expect(cases, COUNT_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_under_a_siblings_condition_is_no_proof),
        cmocka_unit_test(a_number_under_its_own_condition_is_one),
        cmocka_unit_test(the_release_of_a_measurement_is_no_stale_one),
        cmocka_unit_test(both_ends_say_which_pair_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
