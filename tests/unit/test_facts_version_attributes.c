/* test_facts_version_attributes.c - attributes of a machine whose text is a version: its kernel, its system, its
 * firmware. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/str.h"
#include "facts/claim.h"
#include "tests/support/contradicted.h"
#include "tests/support/verdicts.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-11-20\n"
    "components: [{id: caddy, aliases: [Caddy], scheme: semver, version: 2.8.4}]\n"
    "hosts:\n"
    "  - {id: vps, aliases: [VPS], runs: [caddy], attrs: {kernel: {value: 6.1.0-28-amd64}, os: {value: Debian 12.8, "
    "aliases: [operating system]}, bios: {value: 1.0.8, aliases: [firmware]}}}\n"
    "  - {id: barn, aliases: [barn server], attrs: {kernel: {value: 6.12.9-arch1-1}, os: {value: Rocky Linux 9.5}, "
    "bios: "
    "{value: 2.4.1}}}\n";

static const char lead[] = "These are my notes on the VPS and the barn server.\n\n";

static void supported(void **state) {
    (void)state;
    static const told cases[] = {
        {"The kernel of the VPS is 6.1.0-28-amd64.\n", "6.1.0-28-amd64", VERDICT_SUPPORTED, NULL},
        {"The VPS's kernel is 6.1.0-28-amd64.\n", "6.1.0-28-amd64", VERDICT_SUPPORTED, NULL},
        {"The operating system of the VPS is Debian 12.8.\n", "12.8", VERDICT_SUPPORTED, NULL},
        {"The VPS runs Debian 12.8.\n", "12.8", VERDICT_SUPPORTED, NULL},
        {"The BIOS of the VPS is 1.0.8.\n", "1.0.8", VERDICT_SUPPORTED, NULL},
        {"The barn server runs Rocky Linux 9.5.\n", "9.5", VERDICT_SUPPORTED, NULL},
        {"The kernel of the barn server is 6.12.9-arch1-1.\n", "6.12.9-arch1-1", VERDICT_SUPPORTED, NULL},
        {"The VPS has zlib 1.0.8.\n", "1.0.8", VERDICT_UNVERIFIED, NULL},
        {"The kernel of the barn server is 6.1.0-28-amd64.\n", "6.1.0-28-amd64", VERDICT_CONTRADICTED,
         NULL}, /* the other's */
        {"The VPS and the barn server have BIOS 1.0.8.\n", "1.0.8", VERDICT_UNVERIFIED, NULL},
    };
    expect_verdicts_behind(lead, facts, cases, COUNT_OF(cases));
}

static void contradicted(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "The kernel of the VPS is 6.1.0-31-amd64.\n",
        "The VPS's kernel is 6.6.2.\n",
        "The BIOS of the VPS is 1.0.9.\n",
        "The firmware on the VPS is version 1.1.0.\n",
        "The BIOS of the barn server is currently 2.5.0.\n",
        "The kernel of the barn server is 6.11.1-arch1-1.\n",
    };
    static const char *const clean[] = {
        "The kernel of the VPS was 6.1.0-25-amd64.\n",
        "The kernel of the VPS is older than 6.1.0-31-amd64.\n",
        "The kernel of the VPS is not 6.1.0-31-amd64.\n",
        "The kernel of the VPS is 6.1.\n",
        "The newest kernel for the VPS is 6.1.0-31-amd64.\n",
        "The kernel of the VPS will be 6.1.0-31-amd64.\n",
        "If the kernel of the VPS is 6.1.0-31-amd64, reboot.\n",
        "Is the kernel of the VPS 6.1.0-31-amd64?\n",
        "A friend's kernel is 6.1.0-31-amd64.\n",
        "The kernel of a friend's VPS is 6.1.0-31-amd64.\n",
        "The kernel module of the VPS is 2.2.7.\n",
        "The BIOS of the VPS is flashed with tool 3.1.4.\n",
        "Until May the BIOS of the VPS is 1.0.7.\n",
        "The kernel of the VPS is \"6.1.0-31-amd64\", claims the panel.\n",
        "The VPS runs kernel 6.1.0-28-amd64.\n",
    };
    expect_each(facts, lead, untrue, COUNT_OF(untrue), true);
    expect_each(facts, lead, clean, COUNT_OF(clean), false);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(supported), cmocka_unit_test(contradicted)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
