/* test_facts_port_protocols.c - a port that is said to be TCP's or UDP's, and the protocol that is declared. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/verdicts.h"

static const char desk[] = "assay-facts: 1\nas_of: 2026-05-18\n"
                           "hardware: [{id: spark, aliases: [DGX Spark]}]\n"
                           "services:\n"
                           "  - {id: mcp, aliases: [MCP server], host: spark, port: 30010/tcp}\n"
                           "  - {id: dns, aliases: [DNS resolver], host: spark, port: 53/udp}\n"
                           "  - {id: web, aliases: [web server], host: spark, port: 443}\n";

static void the_other_protocol_is_wrong(void **state) {
    (void)state;
    static const told cases[] = {
        {"The MCP server listens on 30010/udp.", "30010", VERDICT_CONTRADICTED, "mcp.port says 30010/tcp"},
        {"The MCP server listens on UDP port 30010.", "port 30010", VERDICT_CONTRADICTED, NULL},
        {"The MCP server listens on port 30010 (UDP).", "port 30010", VERDICT_CONTRADICTED, NULL},
        {"The MCP server listens on port 30010 over UDP.", "port 30010", VERDICT_CONTRADICTED, NULL},
        {"The DNS resolver listens on 53/tcp.", "53", VERDICT_CONTRADICTED, NULL},
        {"| service | port |\n|---|---|\n| MCP server | 30010/udp |", "30010", VERDICT_CONTRADICTED, NULL},
        {"| service | port | protocol |\n|---|---|---|\n| MCP server | 30010 | UDP |", "30010", VERDICT_CONTRADICTED,
         NULL},
        {"| service | UDP port |\n|---|---|\n| MCP server | 30010 |", "30010", VERDICT_CONTRADICTED, NULL},
    };
    expect_verdicts(desk, cases, COUNT_OF(cases));
}

static void its_own_both_or_none_is_not(void **state) {
    (void)state;
    static const told cases[] = {
        {"The MCP server listens on 30010/tcp.", "30010", VERDICT_SUPPORTED, NULL},
        {"The MCP server listens on TCP port 30010.", "port 30010", VERDICT_SUPPORTED, NULL},
        {"The MCP server listens on port 30010.", "port 30010", VERDICT_SUPPORTED, NULL},
        {"The DNS resolver listens on 53/udp.", "53", VERDICT_SUPPORTED, NULL},
        {"The DNS resolver listens on TCP and UDP port 53.", "port 53", VERDICT_SUPPORTED, NULL},
        {"The MCP server listens on TCP and UDP port 30010.", "port 30010", VERDICT_SUPPORTED, NULL},
        {"The DNS resolver listens on 53/tcp and 53/udp.", "53", VERDICT_UNVERIFIED, NULL},
        {"The web server listens on 443/udp.", "443", VERDICT_SUPPORTED, NULL},          /* declared without one */
        {"Port 30010/udp is open on the DGX Spark.", "30010", VERDICT_UNVERIFIED, NULL}, /* who listens? */
        {"For the MCP server:\n\n```\nufw deny 30010/udp\n```", "30010", VERDICT_UNVERIFIED, NULL},
        {"The MCP server does not listen on 30010/udp.", "30010", VERDICT_UNVERIFIED, NULL},
        {"The DNS resolver listens on UDP 53, the MCP server on TCP 30010.", "53", VERDICT_SUPPORTED, NULL},
        {"The DNS resolver listens on UDP 53, the MCP server on TCP 30010.", "30010", VERDICT_SUPPORTED, NULL},
    };
    expect_verdicts(desk, cases, COUNT_OF(cases));
}

static void two_services_of_one_number_are_told_apart(void **state) {
    (void)state;
    static const char both[] = "assay-facts: 1\nas_of: 2026-05-18\n"
                               "hosts: [{id: box, aliases: [the box]}, {id: tin, aliases: [the tin]}]\n"
                               "services:\n"
                               "  - {id: dns, aliases: [resolver], host: box, port: 53/udp}\n"
                               "  - {id: zone, aliases: [zone server], host: tin, port: 53/tcp}\n";
    static const told cases[] = {
        {"The resolver listens on 53/tcp.", "53", VERDICT_UNVERIFIED, NULL},
        {"The zone server listens on 53/tcp.", "53", VERDICT_SUPPORTED, NULL},
    };
    expect_verdicts(both, cases, COUNT_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_other_protocol_is_wrong),
        cmocka_unit_test(its_own_both_or_none_is_not),
        cmocka_unit_test(two_services_of_one_number_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
