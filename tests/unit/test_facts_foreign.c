/* test_facts_foreign.c - what a sentence's build gives to another: any such machine, a thing of somebody's, a part, a
 * second port, another operating system, a ratio of another noun, the machine right behind the number. Each group has
 * its false twins, which stay contradicted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-06-12\n"
    "components:\n"
    "  - {id: debian, aliases: [Debian], scheme: loose, version: \"12.9\", accept: [prefix]}\n"
    "  - {id: bash, aliases: [bash], scheme: loose, version: 5.2.15, accept: [prefix]}\n"
    "  - {id: cmake, aliases: [CMake], scheme: semver, version: 3.25.1, accept: [prefix]}\n"
    "  - {id: kernel, aliases: [kernel], scheme: deb, version: 6.1.0-42-amd64, accept: [prefix]}\n"
    "  - {id: caddy, aliases: [Caddy], scheme: semver, version: 2.10.2, accept: [prefix]}\n"
    "  - {id: postgresql, aliases: [PostgreSQL], scheme: semver, version: \"16.12\", accept: [prefix]}\n"
    "  - {id: coder, aliases: [Coder-30B]}\n"
    "  - {id: pgbackrest, aliases: [pgBackRest], scheme: semver, version: 2.57.0,\n"
    "     attrs: {process_max: {value: 8, unit: process, aliases: [process-max, processes]}}}\n"
    "packages:\n"
    "  - {name: gcc, version: \"4:12.2.0-3\", scheme: deb, accept: [prefix, build]}\n"
    "  - {name: nodejs, aliases: [nodejs, Node.js], version: 20.20.2-1nodesource1, scheme: deb, accept: [prefix, "
    "build]}\n"
    "hardware:\n"
    "  - {id: card, aliases: [RTX 3090, \"3090\"], attrs: {memory: {value: 24, unit: GB}}}\n"
    "hosts:\n"
    "  - id: larch\n"
    "    aliases: [larch, VPS, VM]\n"
    "    runs: {world: closed, items: [debian, kernel, caddy, postgresql, bash, cmake]}\n"
    "    attrs:\n"
    "      cpu_cores: {value: 2, unit: core, aliases: [cores, CPU cores]}\n"
    "      memory: {value: 24684096, unit: KiB, aliases: [RAM, memory]}\n"
    "  - {id: fir, aliases: [fir]}\n"
    "  - {id: shelf, aliases: [shelf nodes, shelf node], attrs: {memory: {value: 32, unit: GB, aliases: [RAM]}}}\n"
    "services:\n"
    "  - {id: database, aliases: [database], host: larch, port: 5432, runs: [postgresql]}\n"
    "  - {id: web, aliases: [website], host: larch, port: 443, runs: [caddy]}\n"
    "processes:\n"
    "  - {id: build, category: release, aliases: [build], cadence: on each push,\n"
    "     attrs: {duration: {value: 30, unit: s, aliases: [takes]}}}\n"
    "  - {id: drill, category: backup, aliases: [restore drill, drill], cadence: each quarter}\n"
    "benchmarks:\n"
    "  - {id: coder-here, subject: [coder, fir], metric: decode, value: 78.9, unit: tok/s,\n"
    "     where: {machine: fir}}\n"
    "  - {id: coder-card, subject: [coder, larch, card], metric: decode, value: 142.6, unit: tok/s,\n"
    "     where: {machine: larch}}\n"
    "  - {id: restore-new, subject: [drill, pgbackrest], metric: restore, value: 47, unit: min,\n"
    "     where: {process-max: 8}}\n"
    "  - {id: restore-old, subject: [drill, pgbackrest], metric: restore, value: 95, unit: min,\n"
    "     where: {process-max: 2}}\n"
    "  - {id: tps, subject: [postgresql, larch], metric: throughput, value: 12480, unit: tps,\n"
    "     where: {clients: 32, recordsize: 16K}}\n"
    "  - {id: tps-large, subject: [postgresql, larch], metric: throughput, value: 6940, unit: tps,\n"
    "     where: {clients: 32, recordsize: 128K}}\n"
    "derived:\n"
    "  - {id: restore-speedup, expr: restore-old / restore-new}\n";

static const char lead[] = "We run PostgreSQL and the website on larch, and the models on fir.";

#define CLEAN(texts) expect_each(facts, lead, (texts), COUNT_OF(texts), false)
#define FALSE(texts) expect_each(facts, lead, (texts), COUNT_OF(texts), true)

static void any_such_machine(void **state) {
    (void)state;
    static const char *const honest[] = {
        "Mastodon wants a VPS with 8 GB of RAM.\n",
        "Hetzner sells a VPS with 16 GB of RAM.\n",
        "AWS gives each VPS 16 GB of RAM.\n",
        "Every VPS has 16 GB of RAM.\n",
        "Gitea calls for a VPS with 8 GB of RAM.\n",
        "Oracle Database asks for a VM with 8 cores and 64 GB of RAM.\n",
        "DigitalOcean rents out a small VPS with 8 GB of RAM.\n",
        "They provide a VPS with 8 cores and 16 GB of RAM.\n",
        "For Mastodon a VPS with 8 GB of RAM is right.\n",
    };
    static const char *const untrue[] = {
        "We rent a VPS with 16 GB of RAM.\n",
        "The site runs on a VPS with 16 GB of RAM.\n",
        "Our VPS has 16 GB of RAM.\n",
        "Caddy runs on a VPS with 16 GB of RAM.\n",
        "The website has a VPS with 16 GB of RAM.\n",
        "The site is served from a VPS with 16 GB of RAM.\n",
        "Each shelf node has 64 GB of RAM.\n",
    };
    CLEAN(honest);
    FALSE(untrue);
}

static void second_ports(void **state) {
    (void)state;
    static const char *const honest[] = {
        "The admin API of Caddy is on port 2019.\n",
        "The metrics endpoint of Caddy is on port 2019.\n",
        "The debug port for our Caddy is on port 6060.\n",
    };
    static const char *const untrue[] = {
        "Caddy is on port 8443.\n",
        "The TLS listener of Caddy is on port 8443.\n",
    };
    CLEAN(honest);
    FALSE(untrue);
}

static void other_systems(void **state) {
    (void)state;
    static const char *const honest[] = {
        "On macOS bash 3.2 fails.\n",
        "On macOS Caddy 2.6 fails.\n",
        "CMake 3.10 is the oldest that works.\n",
        "Alpine uses kernel 6.6.\n",
    };
    static const char *const untrue[] = {
        "We use bash 3.2.\n",
        "On larch bash 3.2 is installed.\n",
        "Larch runs kernel 6.6.\n",
        "On larch we run Caddy 2.6.\n",
    };
    CLEAN(honest);
    FALSE(untrue);
}

static void foreign_owners_and_parts(void **state) {
    (void)state;
    static const char *const honest[] = {
        "GitHub's runner has 4 cores and 16 GB of RAM.\n",
        "The database of our customer listens on port 1433.\n",
        "MySQL's database port is 3306.\n",
        "The build of LLVM takes 90 seconds.\n",
        "A build of Firefox takes 45 seconds.\n",
        "The build's first step takes 40 seconds.\n",
    };
    static const char *const untrue[] = {
        "Our runner larch has 4 cores and 16 GB of RAM.\n",
        "Larch's RAM is 16 GB.\n",
        "The database listens on port 1433.\n",
        "The database of larch listens on port 1433.\n",
        "The build takes 90 seconds.\n",
        "Our build takes 45 seconds.\n",
        "The build's duration is 40 seconds.\n",
    };
    CLEAN(honest);
    FALSE(untrue);
}

static void whole_numbers_as_programs_print_them(void **state) {
    (void)state;
    static const char *const honest[] = {"Larch has 23 GiB of RAM.\n", "Larch has 24 GiB of RAM.\n"}; /* 23.54 */
    static const char *const untrue[] = {"Larch has 22 GiB of RAM.\n", "Larch has 25 GiB of RAM.\n"};
    CLEAN(honest);
    FALSE(untrue);
}

static void conditions_ratios_and_machines(void **state) {
    (void)state;
    static const char *const honest[] = {
        "A record size of 128K almost halves the throughput of PostgreSQL on larch: 6,940 tps at 32 clients against "
        "12,480 with 16K.\n",
        "The drill restores in 47 minutes with process-max at 8 and took 95 with 2, so four times the processes bought "
        "only about twice the speed.\n",
        "Coder-30B decodes at 142.6 tok/s on the 3090 and at 78.9 on fir.\n",
    };
    static const char *const untrue[] = {
        "The drill restores in 47 minutes with process-max at 8 and took 95 with 2, which is four times the speed.\n",
        "Coder-30B decodes at 142.6 tok/s on fir.\n",
        "On fir Coder-30B decodes at 152.6 tok/s.\n",
    };
    CLEAN(honest);
    FALSE(untrue);
}

#define BLOCK(lead, text) lead ":\n\n```console\n" text "\n```\n"

static void what_programs_say_of_themselves(void **state) {
    (void)state;
    static const char *const honest[] = {
        BLOCK("On larch", "$ gcc --version\ngcc (Debian 12.2.0-14+deb12u1) 12.2.0"),
        BLOCK("On larch", "$ nproc\n2"),
        BLOCK("On larch", "$ nproc\n4"), /* two threads a core, perhaps */
        BLOCK("On larch", "$ docker exec web nproc\n16"),
        BLOCK("On a friend's laptop", "$ nproc\n16"),
        "The node is at 1.28.4.\n",
    };
    static const char *const untrue[] = {
        BLOCK("On larch", "$ nproc\n16"),
        BLOCK("It says", "root@larch:~# nproc\n16"),
    };
    CLEAN(honest);
    FALSE(untrue);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_such_machine),
        cmocka_unit_test(second_ports),
        cmocka_unit_test(other_systems),
        cmocka_unit_test(foreign_owners_and_parts),
        cmocka_unit_test(whole_numbers_as_programs_print_them),
        cmocka_unit_test(conditions_ratios_and_machines),
        cmocka_unit_test(what_programs_say_of_themselves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
