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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_ran_is_not_refuted_by_what_runs),
        cmocka_unit_test(another_services_port_is_not_ours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
