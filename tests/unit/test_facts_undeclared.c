/* test_facts_undeclared.c - a manifest never declares everything: what the text names and the manifest does not is no
 * falsehood about a fact that shares an owner, a unit or a word with it; the fact itself is still held against it. */
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
    "  - id: tern\n"
    "    aliases: [tern]\n"
    "    location: Porto\n"
    "    attrs: {memory: {value: '256', unit: GB, aliases: [RAM]}, pool_size: {value: '40', unit: TB, aliases: "
    "[pool]},\n"
    "      fast_cores: {value: '8', unit: core, aliases: [fast cores]}, bandwidth: {value: '90', unit: GB/s}}\n"
    "  - {id: gull, aliases: [gull], location: Porto}\n"
    "  - {id: plover, aliases: [plover], location: Porto}\n"
    "hardware:\n"
    "  - {id: quartz, aliases: [Quartz 900], attrs: {memory: {value: '48', unit: GB, aliases: [memory]}}}\n"
    "  - {id: granite, aliases: [Granite G90]}\n"
    "components:\n"
    "  - {id: postgresql, aliases: [PostgreSQL], version: '17.4', attrs: {work_mem: {value: '32', unit: MB},\n"
    "      shared_buffers: {value: '8', unit: GB, aliases: [shared buffers]},\n"
    "      default_pool_size: {value: '20', unit: connection, aliases: [pool size]}}}\n"
    "  - {id: kestra, aliases: [Kestra], version: '1.34.3', history: [{version: '1.33.5', from: 2026-01-15, to: "
    "2026-03-16}]}\n"
    "  - {id: runner, aliases: [Runner], version: '2.1', attrs: {timeout: {value: '30', unit: s}}}\n"
    "  - {id: writer, aliases: [Writer-35B], attrs: {parameters: {value: '35', unit: B params}, weights: {value: '20', "
    "unit: GB}}}\n"
    "benchmarks:\n"
    "  - {id: tail, subject: [postgresql], metric: p99 latency, value: '5.9', unit: ms, where: {mode: local}}\n"
    "  - {id: tail-off, subject: [postgresql], metric: p99 latency, value: '4.1', unit: ms, where: {mode: fast}}\n"
    "  - {id: gpu-idle, subject: [tern], metric: GPU power, value: '5', unit: W, where: {state: idle}}\n"
    "  - {id: spent, subject: [writer], metric: tokens, value: '4100000', unit: token}\n";

static void expect(const char *body, const char *claim_text, bool contradicted) {
    manifest *m = judged_manifest(facts);
    judged x = judged_text(m, "x.md", str_from_cstr(body), true);
    const claim *c = judged_claim(&x, claim_text, 0);
    bool is = c && c->verdict == VERDICT_CONTRADICTED;
    if (is != contradicted) print_error("%s\n  %s: %scontradicted\n", body, claim_text, is ? "" : "not ");
    assert_int_equal(is, contradicted);
    judged_free(&x);
    manifest_free(m);
}

static void a_shorter_key_is_another_setting(void **state) {
    (void)state;
    static const char form[] = "Our PostgreSQL is on tern:\n\n```ini\n%s\n```\n";
    char body[256];
    snprintf(body, sizeof body, form, "ledger = host=tern pool_size=5\ndefault_pool_size = 20");
    expect(body, "5", false);
    snprintf(body, sizeof body, form, "default_pool_size = 50");
    expect(body, "50", true);
    expect("Our PostgreSQL has a pool size of 50 connections.\n", "50 connections", true);
}

static void a_longer_key_is_another_setting(void **state) {
    (void)state;
    static const char lead[] = "Our PostgreSQL and our Runner are on tern:\n\n```ini\n";
    static const char *const keys[] = {"maintenance_work_mem = 2GB", "autovacuum_work_mem = 1GB",
                                       "hash_work_mem = 64MB", "logical_decoding_work_mem = 128MB",
                                       "checkpoint_timeout = 15min"};
    static const char *const values[] = {"2GB", "1GB", "64MB", "128MB", "15min"};
    char body[512];
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        snprintf(body, sizeof body, "%s%s\n```\n", lead, keys[i]);
        expect(body, values[i], false);
    }
    snprintf(body, sizeof body, "%swork_mem = 64MB\n```\n", lead);
    expect(body, "64MB", true);
}

static void a_stranger_between_takes_the_version(void **state) {
    (void)state;
    static const char line[] =
        "Kestra 1.33.5 from mid-January, 1.34.3 since 16 March, on the same day as Longhorn's step "
        "from 1.8.2 to 1.10.1.\n";
    expect(line, "1.8.2", false);
    expect(line, "1.10.1", false);
}

static void the_noun_that_has_the_size_is_named(void **state) {
    (void)state;
    expect("The pool on tern is six disks of 16 TB.\n", "16 TB", false);
    expect("The pool of tern has a quota of 6 TB.\n", "6 TB", false);
    expect("Writer-35B has a budget of 85 GB for its weights.\n", "85 GB", false);
    expect("Writer-35B has a context of 65,536 tokens.\n", "65,536 tokens", false);
    expect("The memory of tern holds a cache of 64 GB.\n", "64 GB", false);
    expect("The pool on tern has 30 TB.\n", "30 TB", true);
    expect("Our tern has a memory of 128 GB.\n", "128 GB", true);
    expect("Our tern has 128 GB of memory.\n", "128 GB", true);
}

static void a_fact_that_is_said_already_is_not_meant(void **state) {
    (void)state;
    expect("Writer-35B has parameters enough: 35B, 3B active.\n", "3B", false);
    expect("PostgreSQL on tern runs with 64 GB of shared buffers and `work_mem` at 32 MB.\n", "32 MB", false);
    expect("Our tern has twenty cores (8 fast cores and 12 others).\n", "twenty cores", false);
    expect("| tern | |\n| --- | --- |\n| memory | 256 GB, 16 GB of it for pages |\n", "16 GB", false);
    expect("The pool of tern is 40 TB, 31 TB in practice.\n", "31 TB", false);
    expect("The pool of tern is 31 TB.\n", "31 TB", true);
}

static void a_rank_of_a_distribution_is_said(void **state) {
    (void)state;
    static const char *const headers[] = {"p50", "p90", "p95", "median", "latency"};
    char body[512];
    for (size_t i = 0; i < COUNT_OF(headers); i++) {
        snprintf(body, sizeof body,
                 "What PostgreSQL takes:\n\n| mode | rate | %s |\n| --- | --- | --- |\n| `local` | 12 | 2.5 ms |\n"
                 "| `fast` | 18 | 1.6 ms |\n",
                 headers[i]);
        expect(body, "2.5 ms", false);
    }
    expect(
        "What PostgreSQL takes:\n\n| mode | p99 latency |\n| --- | --- |\n| `local` | 2.5 ms |\n| `fast` | 4.1 ms |\n",
        "2.5 ms", true);
}

static void of_a_machine_without_the_attribute_nothing_is_declared(void **state) {
    (void)state;
    expect("Our tern hums. Now for gull, which serves the pages. It does with 4 GB of memory.\n", "4 GB", false);
    expect("Our Quartz 900 is old. You land on plover. It has 16 cores and 128 GB of memory.\n", "128 GB", false);
    expect("The Granite G90 is new. Linux shows 119 GB of memory.\n", "119 GB", false);
    expect("In the cellar stand gull and plover. The bigger has 64 GB of memory.\n", "64 GB", false);
    expect("| | plover | gull |\n| --- | --- | --- |\n| memory | 16 GB | 32 GB |\n", "16 GB", false);
    expect("Our tern hums in Porto. It has 128 GB of memory.\n", "128 GB", true);
    expect("| | tern | gull |\n| --- | --- | --- |\n| memory | 128 GB | 32 GB |\n", "128 GB", true);
}

static void a_part_of_the_machine_is_named(void **state) {
    (void)state;
    expect("Our tern idles at 38 W.\n", "38 W", false);
    expect("Idle, tern takes 38 W.\n", "38 W", false);
    expect("tern: 38 W idle.\n", "38 W", false);
    expect("Our tern draws 38 W at idle.\n", "38 W", false);
    expect("| tern | power |\n| --- | --- |\n| idle | 38 W |\n", "38 W", false);
    expect("The GPU power of tern at idle is 9 W.\n", "9 W", true);
    expect("| tern | |\n| --- | --- |\n| Ethernet port | 10 Gb/s |\n", "10 Gb/s", false);
    expect("| tern | |\n| --- | --- |\n| bandwidth | 70 GB/s |\n", "70 GB/s", true);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_shorter_key_is_another_setting),
        cmocka_unit_test(a_longer_key_is_another_setting),
        cmocka_unit_test(a_stranger_between_takes_the_version),
        cmocka_unit_test(the_noun_that_has_the_size_is_named),
        cmocka_unit_test(a_fact_that_is_said_already_is_not_meant),
        cmocka_unit_test(a_rank_of_a_distribution_is_said),
        cmocka_unit_test(of_a_machine_without_the_attribute_nothing_is_declared),
        cmocka_unit_test(a_part_of_the_machine_is_named),
    };
    return cmocka_run_group_tests_name("facts: undeclared", tests, NULL, NULL);
}
