/* test_facts_silent.c - versions of a time that nobody declared, ports of services that nobody declared: not held
 * against what is; and what speaks of now, or names the service, still is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "tests/support/judged.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "hosts:\n"
    "  - {id: petrel, aliases: [petrel]}\n"
    "  - {id: gannet, aliases: [gannet]}\n"
    "components:\n"
    "  - {id: heron, aliases: [Heron], scheme: semver, version: 2.4.1}\n"
    "  - {id: redis, aliases: [Redis], scheme: semver, version: 7.2.4}\n"
    "  - {id: egret, aliases: [Egret], scheme: semver, version: 4.0.2, history: [{version: 3.9.0, to: 2026-01-10}]}\n"
    "services:\n"
    "  - {id: cache, aliases: [cache], host: petrel, port: 6379, runs: [redis]}\n"
    "  - {id: drafts, aliases: [draft server], host: petrel, port: 8081, runs: [heron]}\n"
    "  - {id: mail, aliases: [mail relay], host: gannet}\n";

static void expect(const char *const *bodies, size_t n, bool contradicted) {
    manifest *m = judged_manifest(facts);
    unsigned wrong = 0;
    for (size_t i = 0; i < n; i++) {
        bool is = judged_contradictions(m, "All of this is on petrel.", bodies[i]) > 0;
        if (is != contradicted) print_error("%s\n  is %scontradicted\n", bodies[i], is ? "" : "not "), wrong++;
    }
    manifest_free(m);
    assert_int_equal(wrong, 0);
}

static void what_ran_is_not_refuted_by_what_runs(void **state) {
    (void)state;
    static const char *const quiet[] = {
        "Until March petrel ran Heron 2.3.0.",
        "Heron is at 2.4.1. It was 2.2.7 under the old kernel.",
        "| program | before | now |\n| --- | --- | --- |\n| Heron | 2.3.0 | 2.4.1 |",
        "Heron went from 2.3.0 to 2.4.1 on a quiet Sunday.",
        "Heron 2.4.1 replaces 2.3.9 since Tuesday.",
        "At first petrel ran Heron 2.1.0.",
        "## January\n\n**8th.** We put Heron 2.2.0 on petrel.",
    };
    static const char *const caught[] = {
        "petrel runs Heron 2.3.0.",
        "We run Heron 2.5.0 on petrel today.",
        "- Heron: 2.3.0\n- Redis: 7.2.4",
        "petrel was upgraded from Heron 2.3.0 to Heron 2.5.0.",
        "Until January petrel ran Egret 3.8.0.", /* its history is declared */
    };
    expect(quiet, COUNT_OF(quiet), false);
    expect(caught, COUNT_OF(caught), true);
}

static void another_services_port_is_not_ours(void **state) {
    (void)state;
    static const char *const quiet[] = {
        "The cache is on petrel; the mail relay listens on port 2525.",
        "The cache is on petrel, and Grafana answers on port 3000.",
        "We started a second Redis on port 6380 for the test.",
        "| service | machine | port | program |\n| --- | --- | --- | --- |\n| embedding server | petrel | 8090 | Heron "
        "|",
        "The print server on petrel is reached on port 632.",
    };
    static const char *const caught[] = {
        "The cache listens on port 6380.",
        "The draft server on petrel answers on port 8082.",
        "| service | port |\n| --- | --- |\n| cache | 6380 |\n| draft server | 8081 |",
        "```ini\nImage=localhost/redis:7.2.4\nPublishPort=127.0.0.1:6380:6379\n```",
    };
    expect(quiet, COUNT_OF(quiet), false);
    expect(caught, COUNT_OF(caught), true);
}

static void another_things_version_is_not_ours(void **state) {
    (void)state;
    static const char *const quiet[] = {
        "Heron is at 2.4.1. osprey has been at 1.9.4 since May.", /* a name that nobody declared */
        "- Heron went from 2.3.0 to 2.4.1.\n- osprey went from 0.8.7 to 1.9.4.",
        "- Heron went from 2.3.0 to 2.4.1.\n- The driver of the card was 550.1.4 until May, and 570.1.2 afterwards.",
        "Heron went to 2.4.1. osprey 1.8.4 became 1.9.3 on the same day.",
        "petrel runs Heron 2.4.1. tErn is at 2.0 there. It is at 2.2.1 since May.",
    };
    static const char *const caught[] = {
        "Heron 2.4.1 serves the drafts. It is at 2.5.1.",
        "Heron went from 2.4.1 to 2.5.0.",
        "Heron 2.4.1 serves the drafts. The version is 2.5.1.",
        "Heron stays at 2.5.1.",
    };
    expect(quiet, COUNT_OF(quiet), false);
    expect(caught, COUNT_OF(caught), true);
}

static void what_ran_weeks_ago_is_not_refuted(void **state) {
    (void)state;
    static const struct {
        const char *source;
        bool contradicted;
    } cases[] = {
        {"---\ndate: 2026-03-01\n---\n\npetrel runs Heron 2.3.0.\n", false}, /* what ran then is not declared */
        {"---\ndate: 2026-03-01\n---\n\npetrel runs Heron 2.5.0.\n", true},  /* it did not get older since */
        {"---\ndate: 2026-03-01\n---\n\npetrel runs Egret 3.8.0.\n", true},  /* its history is */
        {"---\ndate: 2026-05-17\n---\n\npetrel runs Heron 2.3.0.\n", true},
    };
    manifest *m = judged_manifest(facts);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        judged x = judged_text(m, "a.md", str_from_cstr(cases[i].source), true);
        bool is = false;
        for (size_t k = 0; k < x.claims.n; k++) is = is || x.claims.at[k].verdict == VERDICT_CONTRADICTED;
        if (is != cases[i].contradicted) print_error("%s\n", cases[i].source);
        assert_int_equal(is, cases[i].contradicted);
        judged_free(&x);
    }
    manifest_free(m);
}

/* Two of everything, of which one is declared in part: with the missing facts, and without them. */
#define PLACES(garret)                                                                                                 \
    "assay-facts: 1\nas_of: 2026-05-18\n"                                                                              \
    "scopes: {gpus: {world: closed, kind: gpu-model, members: [NVIDIA A2, H100 NVL]}}\n"                               \
    "hosts:\n"                                                                                                         \
    "  - {id: petrel, aliases: [petrel], location: Lisbon, runs: {items: [stoat]}}\n"                                  \
    "  - {id: gannet, aliases: [gannet], location: Turin}\n"                                                           \
    "  - {id: garret, aliases: [garret]" garret "}\n"                                                                  \
    "components: [{id: stoat, aliases: [Stoat]}]\n"                                                                    \
    "services:\n"                                                                                                      \
    "  - {id: store-grpc, aliases: [gRPC store], host: petrel, port: 6334, runs: [stoat]}\n"                           \
    "  - {id: ssh-petrel, aliases: [SSH on petrel], host: petrel, port: 2207}\n"                                       \
    "output_signatures:\n"                                                                                             \
    "  - {cmd: uname -r, host: petrel, equals: 6.12.74-amd64}\n"

static void expect_of(const char *yaml, const char *const *bodies, size_t n, bool contradicted) {
    manifest *m = judged_manifest(yaml);
    unsigned wrong = 0;
    for (size_t i = 0; i < n; i++) {
        bool is = judged_contradictions(m, "These are petrel and gannet.", bodies[i]) > 0;
        if (is != contradicted) print_error("%s\n  is %scontradicted\n", bodies[i], is ? "" : "not "), wrong++;
    }
    manifest_free(m);
    assert_int_equal(wrong, 0);
}

static void a_town_may_be_that_of_a_host_without_a_place(void **state) {
    (void)state;
    static const char *const silent[] = {
        "petrel is a VPS in Lisbon, and garret, a Raspberry Pi with 8 GB, lives in an attic in Bruges.",
        "petrel and gannet stand there, with backups in Bruges.",
        "The VPS is called garret and stands in Bruges.",
    };
    static const char *const caught[] = {
        "petrel stands in Bruges.",
        "garret is small. petrel, though, stands in Bruges.",
    };
    static const char *const declared[] = {"The VPS is called garret and stands in Ghent."};
    expect_of(PLACES(""), silent, COUNT_OF(silent), false);
    expect_of(PLACES(""), caught, COUNT_OF(caught), true);
    expect_of(PLACES(", location: Bruges"), declared, COUNT_OF(declared), true);
}

static void what_a_machine_printed_is_not_held_against_another(void **state) {
    (void)state;
    static const char *const quiet[] = {
        "garret is a shoe box with a big processor.\n\n```console\n$ uname -r\n6.18.15-amd64\n```",
        "```console\nme@garret:~$ uname -r\n6.18.15-amd64\n```",
        "| service | host | port |\n| --- | --- | --- |\n| SSH | garret | 2222 |",
        "```console\nPARTITION NODES GRES NODELIST\nhopper 1 gpu:h100:2 garret\n```",
    };
    static const char *const caught[] = {
        "petrel is a shoe box with a big processor.\n\n```console\n$ uname -r\n6.18.15-amd64\n```",
        "```console\nme@petrel:~$ uname -r\n6.18.15-amd64\n```",
    };
    expect_of(PLACES(""), quiet, COUNT_OF(quiet), false);
    expect_of(PLACES(""), caught, COUNT_OF(caught), true);
}

static void one_programs_other_port_is_not_held_against_its_first(void **state) {
    (void)state;
    static const char *const quiet[] = {
        "We ask Stoat on port 6333.", /* by default another of that kind */
        "```yaml\nstore:\n  image: stoat\n  ports: [\"6335:6335\", \"6334:6334\"]\n```",
    };
    static const char *const caught[] = {
        "The gRPC store listens on port 6335.",
        "```yaml\nservices:\n  store-grpc:\n    ports: [\"6335:6335\"]\n```",
    };
    expect_of(PLACES(""), quiet, COUNT_OF(quiet), false);
    expect_of(PLACES(""), caught, COUNT_OF(caught), true);
}

static const char figures[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "hosts:\n"
    "  - {id: petrel, aliases: [petrel], attrs: {price: {value: 1420, unit: EUR}, idle_power: {value: 96, unit: W, "
    "aliases: [idle, power]}, disks: {value: 43, unit: disk}}}\n"
    "  - {id: gannet, aliases: [gannet]}\n"
    "  - {id: dunlin, aliases: [dunlin]}\n"
    "hardware:\n"
    "  - {id: vault, aliases: [vault, archive], attrs: {price_per_tb: {value: 5.40, unit: EUR, aliases: [price]}}}\n"
    "components: [{id: heron, aliases: [Heron]}]\n"
    "processes: [{id: tally, aliases: [nightly tally], category: backup, cadence: every night, attrs: {duration: "
    "{value: "
    "52, unit: min, aliases: [takes]}}}]\n"
    "benchmarks:\n"
    "  - {id: load-cold, subject: [heron], metric: load, value: 41, unit: s, where: {cache: cold}}\n"
    "  - {id: sync-outage, subject: [petrel], metric: sync, value: 412, unit: ms, where: {when: outage}}\n"
    "  - {id: long-petrel, subject: [petrel], metric: rendering, metric_aliases: [minutes], value: 71.4, unit: min}\n"
    "  - {id: short-gannet, subject: [gannet], metric: packing, value: 11.3, unit: min}\n"
    "  - {id: short-dunlin, subject: [dunlin], metric: packing, value: 18.2, unit: min}\n";

static void a_number_of_another_thing_is_not_held_against_the_fact(void **state) {
    (void)state;
    static const char *const quiet[] = {
        "Heron needs 41 s for a load from a cold cache. For a load at once it needs 13 s.",
        "| state | sync of petrel, ms |\n| --- | --- |\n| outage | 412 |\n| after it | 4.8 |",
        "| item | per month | per year |\n| --- | --- | --- |\n| archive, 38.4 TB | 207.36 EUR | 2488.32 EUR |",
        "| node | minutes |\n| --- | --- |\n| gannet | 11.3 |\n| petrel | 14.9 |\n| dunlin | 18.2 |",
        "The price of petrel was fair, and the second cable, which I bought for 61 euros, was not.",
        "petrel has two disks in use and one as a copy.",
        "The nightly one takes 17 minutes.",
    };
    static const char *const caught[] = {
        "The price of petrel was 1520 EUR.",   "petrel has 34 disks.",
        "The price of the vault is 6.40 EUR.", "At idle petrel takes 106 W.",
        "The nightly tally takes 17 minutes.",
    };
    expect_of(figures, quiet, COUNT_OF(quiet), false);
    expect_of(figures, caught, COUNT_OF(caught), true);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_ran_is_not_refuted_by_what_runs),
        cmocka_unit_test(another_services_port_is_not_ours),
        cmocka_unit_test(another_things_version_is_not_ours),
        cmocka_unit_test(what_ran_weeks_ago_is_not_refuted),
        cmocka_unit_test(a_town_may_be_that_of_a_host_without_a_place),
        cmocka_unit_test(what_a_machine_printed_is_not_held_against_another),
        cmocka_unit_test(one_programs_other_port_is_not_held_against_its_first),
        cmocka_unit_test(a_number_of_another_thing_is_not_held_against_the_fact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
