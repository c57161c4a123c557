/* test_facts_runs.c - what a machine's list says of programs that are declared: there, not there, denied. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/verdicts.h"

static const char proxied[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "components:\n"
    "  - {id: haproxy, aliases: [HAProxy]}\n"
    "  - {id: wireguard, aliases: [WireGuard]}\n"
    "  - {id: ssh, aliases: [OpenSSH]}\n"
    "  - {id: backend, aliases: [backend]}\n"
    "  - {id: vllm, aliases: [vLLM]}\n"
    "  - {id: chat, aliases: [chat model]}\n"
    "hosts:\n"
    "  - {id: larch, aliases: [larch], runs: {world: closed, items: [haproxy, wireguard, ssh]}}\n"
    "  - {id: fir, aliases: [fir], runs: {world: closed, items: [vllm, chat]}}\n"
    "  - {id: elm, aliases: [elm], runs: {world: closed, items: [backend]}}\n"
    "  - {id: oak, aliases: [oak], runs: [haproxy]}\n"
    "services:\n"
    "  - {id: tunnel, aliases: [WireGuard tunnel], host: larch, port: 51820/udp}\n"
    "  - {id: secure-shell, aliases: [SSH, sshd], host: larch, port: 2022}\n";

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

static void a_role_denies_no_program_that_plays_it(void **state) {
    (void)state;
    static const told cases[] = {
        {"larch runs no SSH daemon.", "runs no SSH daemon", VERDICT_CONTRADICTED, NULL},
        {"larch runs no HAProxy instance.", "runs no HAProxy instance", VERDICT_CONTRADICTED, NULL},
        {"larch runs no HAProxy instance for the tests.", "runs no HAProxy instance", VERDICT_COUNT, NULL},
        {"larch runs no HAProxy cluster.", "runs no HAProxy cluster", VERDICT_UNVERIFIED, NULL},
        {"larch runs no WireGuard tunnel.", "runs no WireGuard tunnel", VERDICT_CONTRADICTED, NULL},
        {"larch runs no reverse proxy.", "runs no reverse proxy", VERDICT_UNVERIFIED, NULL},
        {"larch does not run any web server.", "run any web server", VERDICT_UNVERIFIED, NULL},
        {"larch does not run on another machine.", "run on another machine", VERDICT_COUNT, NULL},
        {"On larch CUDA programs don't run.", "CUDA programs don't run", VERDICT_COUNT, NULL},
        {"larch runs no VPN.", "runs no VPN", VERDICT_UNVERIFIED, NULL},
        {"larch runs no Redis instance.", "runs no Redis instance", VERDICT_SUPPORTED, NULL},
        {"larch does not run any AI models.", "run any AI models", VERDICT_SUPPORTED, NULL},
        {"larch runs no mail server.", "runs no mail server", VERDICT_SUPPORTED, NULL},
        {"larch runs no container engine.", "runs no container engine", VERDICT_SUPPORTED, NULL},
        {"fir runs no AI models.", "runs no AI models", VERDICT_UNVERIFIED, NULL},
        {"fir runs no LLMs.", "runs no LLMs", VERDICT_UNVERIFIED, NULL},
        {"fir runs no database.", "runs no database", VERDICT_SUPPORTED, NULL},
    };
    expect_verdicts(proxied, cases, COUNT_OF(cases));
}

static void a_kind_of_program_that_the_list_lacks_does_not_run(void **state) {
    (void)state;
    static const told cases[] = {
        {"larch runs AI models.", "AI models", VERDICT_CONTRADICTED, "a closed list without one"},
        {"larch runs a small embedding model.", "small embedding model", VERDICT_CONTRADICTED, NULL},
        {"larch runs a mail server because its disk is full.", "mail server", VERDICT_CONTRADICTED, NULL},
        {"larch also hosts my wiki.", "wiki", VERDICT_CONTRADICTED, NULL},
        {"On larch, a mail server runs next to HAProxy.", "mail server", VERDICT_UNVERIFIED, NULL},
        {"A mail server runs on larch.", "mail server", VERDICT_UNVERIFIED, NULL},
        {"larch runs a search model in the browser.", "search model", VERDICT_UNVERIFIED, NULL},
        {"elm runs a database.", "database", VERDICT_UNVERIFIED, NULL}, /* the backend, perhaps */
        {"fir runs a small model.", "small model", VERDICT_COUNT, NULL},
        {"oak runs a mail server.", "mail server", VERDICT_COUNT, NULL},
        {"larch runs a database backup every night.", "database", VERDICT_COUNT, NULL},
        {"larch runs a wiki page.", "wiki", VERDICT_COUNT, NULL},
        {"larch would run a mail server.", "mail server", VERDICT_COUNT, NULL},
        {"A friend's machine like larch runs a mail server.", "mail server", VERDICT_COUNT, NULL},
        {"If larch runs a mail server, its queue must be watched.", "mail server", VERDICT_COUNT, NULL},
        {"larch ran a mail server in 2024.", "mail server", VERDICT_COUNT, NULL},
        {"Does larch run a mail server?", "mail server", VERDICT_COUNT, NULL},
        {"larch runs a reverse proxy.", "reverse proxy", VERDICT_COUNT, NULL},
    };
    expect_verdicts(proxied, cases, COUNT_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_entry_of_its_own_hides_no_program),
        cmocka_unit_test(what_runs_is_not_denied),
        cmocka_unit_test(a_role_denies_no_program_that_plays_it),
        cmocka_unit_test(a_kind_of_program_that_the_list_lacks_does_not_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
