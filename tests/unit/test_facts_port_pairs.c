/* test_facts_port_pairs.c - two services and two ports: which is whose.
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
    "  - {id: kiln, aliases: [Kiln], scheme: semver, version: 0.17.0}\n"
    "  - {id: oven, aliases: [Oven], scheme: semver, version: 2.4.0}\n"
    "  - {id: otter-model, aliases: [Otter]}\n"
    "  - {id: bison-model, aliases: [Bison]}\n"
    "hosts:\n"
    "  - {id: harbor, aliases: [Harbor]}\n"
    "services:\n"
    "  - {id: writing, aliases: [writing endpoint], host: harbor, port: 30001, runs: [kiln, otter-model]}\n"
    "  - {id: seeing, aliases: [Bison endpoint], host: harbor, port: 30000, runs: [oven, bison-model]}\n"
    "  - {id: tools, aliases: [tool server], host: harbor}\n";

static const char sockets[] = "```\n$ ss -tlnp\nLISTEN 0 4096 0.0.0.0:30000 0.0.0.0:* users:((\"kiln\",pid=7,fd=7))\n"
                              "LISTEN 0 4096 0.0.0.0:30001 0.0.0.0:* users:((\"oven\",pid=9,fd=7))\n```";
static const char true_sockets[] =
    "```\n$ ss -tlnp\nLISTEN 0 4096 0.0.0.0:30001 0.0.0.0:* users:((\"kiln\",pid=7,fd=7))\n"
    "LISTEN 0 4096 0.0.0.0:30000 0.0.0.0:* users:((\"oven\",pid=9,fd=7))\n```";

static void ports_that_have_changed_places(void **state) {
    (void)state;
    static const told cases[] = {
        {"The writing endpoint listens on port 30000 and the Bison endpoint on port 30001.", "port 30000",
         VERDICT_CONTRADICTED, NULL},
        {"The writing endpoint listens on port 30000 and the Bison endpoint on port 30001.", "port 30001",
         VERDICT_CONTRADICTED, NULL},
        {"Oven listens on 30001, Kiln on 30000.", "30001", VERDICT_CONTRADICTED, NULL},
        {"Oven listens on 30001, Kiln on 30000.", "30000", VERDICT_CONTRADICTED, NULL},
        {"Ports 30000 and 30001 belong to Kiln and Oven respectively.", "30001", VERDICT_CONTRADICTED, NULL},
        {"Kiln and Oven listen on ports 30000 and 30001 respectively.", "ports 30000", VERDICT_CONTRADICTED, NULL},
        {"Port 30001 is where Bison answers.", "Port 30001", VERDICT_CONTRADICTED, NULL},
        {sockets, "0.0.0.0:30000", VERDICT_CONTRADICTED, NULL},
        {sockets, "0.0.0.0:30001", VERDICT_CONTRADICTED, NULL},
    };
    expect_verdicts(facts, cases, COUNT_OF(cases));
}

/* Two lists without "respectively", one port of both, and where something is sent. */
static void what_only_earns_nothing(void **state) {
    (void)state;
    static const told cases[] = {
        {"The writing endpoint and the Bison endpoint listen on 30000 and 30001.", "30000", VERDICT_UNVERIFIED, NULL},
        {"Both the writing endpoint and the Bison endpoint listen on port 30001.", "port 30001", VERDICT_UNVERIFIED,
         NULL},
        {"Text goes to port 30000, where Otter answers; images go to port 30001, where Bison does.", "port 30000",
         VERDICT_UNVERIFIED, NULL},
        {"Text goes to port 30000, where Otter answers; images go to port 30001, where Bison does.", "port 30001",
         VERDICT_UNVERIFIED, NULL},
    };
    expect_verdicts(facts, cases, COUNT_OF(cases));
}

static void ports_in_their_places(void **state) {
    (void)state;
    static const told cases[] = {
        {"The writing endpoint listens on port 30001 and the Bison endpoint on port 30000.", "port 30001",
         VERDICT_SUPPORTED, NULL},
        {"The writing endpoint listens on port 30001 and the Bison endpoint on port 30000.", "port 30000",
         VERDICT_SUPPORTED, NULL},
        {"Oven listens on 30000, Kiln on 30001.", "30000", VERDICT_SUPPORTED, NULL},
        {"Kiln and Oven listen on ports 30001 and 30000 respectively.", "ports 30001", VERDICT_SUPPORTED, NULL},
        {"Kiln and Oven listen on ports 30001 and 30000 respectively.", "30000", VERDICT_SUPPORTED, NULL},
        {"Both Kiln and Otter are behind port 30001.", "port 30001", VERDICT_SUPPORTED, NULL},
        {"Text goes to port 30001, where Otter answers; images go to port 30000, where Bison does.", "port 30000",
         VERDICT_SUPPORTED, NULL},
        {"The tool server calls port 30001 of the writing endpoint.", "port 30001", VERDICT_SUPPORTED, NULL},
        {"Kiln hands images to port 30000, where Bison reads them.", "port 30000", VERDICT_SUPPORTED, NULL},
        {"The writing endpoint forwards images from port 30001 to port 30000.", "port 30001", VERDICT_SUPPORTED, NULL},
        {"The writing endpoint forwards images from port 30001 to port 30000.", "port 30000", VERDICT_UNVERIFIED, NULL},
        {"Until April, Kiln listened on port 30000 and Oven on port 30001.", "port 30000", VERDICT_UNVERIFIED, NULL},
        {"Kiln does not listen on port 30000, nor Oven on port 30001.", "port 30000", VERDICT_UNVERIFIED, NULL},
        {true_sockets, "0.0.0.0:30000", VERDICT_SUPPORTED, NULL},
        {true_sockets, "0.0.0.0:30001", VERDICT_SUPPORTED, NULL},
    };
    expect_verdicts(facts, cases, COUNT_OF(cases));
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(ports_that_have_changed_places),
        cmocka_unit_test(what_only_earns_nothing),
        cmocka_unit_test(ports_in_their_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
