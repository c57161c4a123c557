/* test_facts_runs.c - what a machine's list says of programs that are declared: there, not there, denied. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/verdicts.h"

static const char two[] = "assay-facts: 1\nas_of: 2026-05-18\n"
                          "components:\n"
                          "  - {id: caddy, aliases: [Caddy]}\n"
                          "  - {id: pg, aliases: [PostgreSQL]}\n"
                          "  - {id: python, aliases: [Python]}\n"
                          "hosts:\n"
                          "  - {id: vps, aliases: [VPS], runs: {world: closed, items: [caddy]}}\n"
                          "  - {id: nas, aliases: [NAS], runs: [caddy]}\n";

static void an_entry_of_its_own_hides_no_program(void **state) {
    (void)state;
    static const told cases[] = {
        {"PostgreSQL runs on the VPS.", "PostgreSQL", VERDICT_CONTRADICTED, "vps.runs says a closed list"},
        {"Grafana runs on the VPS.", "Grafana", VERDICT_CONTRADICTED, NULL},
        {"The VPS runs PostgreSQL.", "PostgreSQL", VERDICT_CONTRADICTED, NULL},
        {"PostgreSQL and Caddy run on the VPS.", "PostgreSQL", VERDICT_CONTRADICTED, NULL},
        {"Python runs on the VPS.", "Python", VERDICT_COUNT, NULL}, /* few lists name a language */
        {"Caddy runs on the VPS.", "VPS", VERDICT_SUPPORTED, "vps.runs says caddy"},
        {"Caddy runs on the NAS.", "NAS", VERDICT_SUPPORTED, "nas.runs says caddy"},
        {"The NAS runs Caddy and Grafana.", "Grafana", VERDICT_UNVERIFIED, "which is open"},
        {"The NAS runs PostgreSQL.", "PostgreSQL", VERDICT_UNVERIFIED, "which is open"},
        {"A friend's NAS runs Grafana.", "Grafana", VERDICT_COUNT, NULL},
    };
    expect_verdicts(two, cases, COUNT_OF(cases));
}

static void what_runs_is_not_denied(void **state) {
    (void)state;
    static const told cases[] = {
        {"Our VPS does not run Caddy.", "run Caddy", VERDICT_CONTRADICTED, "caddy: it runs on vps"},
        {"The VPS never runs Caddy.", "runs Caddy", VERDICT_CONTRADICTED, NULL},
        {"Caddy does not run on the VPS.", "Caddy does not run on the VPS", VERDICT_CONTRADICTED, NULL},
        {"Our VPS does not run PostgreSQL.", "run PostgreSQL", VERDICT_SUPPORTED, NULL},
        {"PostgreSQL does not run on the VPS.", "PostgreSQL does not run on the VPS", VERDICT_SUPPORTED, NULL},
        {"Our VPS does not run Caddy as root.", "run Caddy", VERDICT_COUNT, NULL},
        {"The VPS did not run Caddy in 2024.", "run Caddy", VERDICT_COUNT, NULL},
        {"At night our VPS does not run Caddy.", "run Caddy", VERDICT_COUNT, NULL},
        {"Caddy does not run on the VPS during a backup.", "Caddy does not run on the VPS", VERDICT_COUNT, NULL},
        {"If Caddy does not run on the VPS, start it.", "Caddy does not run on the VPS", VERDICT_COUNT, NULL},
        {"The NAS does not run PostgreSQL.", "run PostgreSQL", VERDICT_COUNT, NULL},
    };
    expect_verdicts(two, cases, COUNT_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_entry_of_its_own_hides_no_program),
        cmocka_unit_test(what_runs_is_not_denied),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
