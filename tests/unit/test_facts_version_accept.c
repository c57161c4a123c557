/* test_facts_version_accept.c - what `accept` lets agree, of versions and of packages; and two that change places. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/verdicts.h"

static const char box[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "components:\n"
    "  - {id: caddy, aliases: [Caddy], scheme: semver, version: 2.8.4, accept: [prefix]}\n"
    "  - {id: pg, aliases: [PostgreSQL], scheme: semver, version: '16.4', accept: [prefix]}\n"
    "  - {id: alpha, aliases: [Alpha], scheme: semver, version: 2.5.0, accept: [newer],\n"
    "     history: [{version: 2.3.0, to: 2026-01-01}]}\n"
    "  - {id: bash, aliases: [bash], scheme: deb, version: 5.2.15-2+b8, accept: [prefix, build]}\n"
    "  - {id: curl, aliases: [curl], scheme: deb, version: 7.81.0-1ubuntu1.15, accept: [build]}\n"
    "  - {id: git, aliases: [git], scheme: deb, version: '1:2.39.5-0+deb12u2', accept: [prefix, build]}\n"
    "  - {id: vim, aliases: [vim], scheme: rpm, version: '2:8.2.2637-20.el9_1', accept: [build]}\n"
    "  - {id: foo, aliases: [libfoo], scheme: deb, version: 2.3.1+dfsg-4, accept: [build]}\n"
    "  - {id: bar, aliases: [libbar], scheme: deb, version: '1:3.0.1-4'}\n"
    "hosts: [{id: attic, aliases: [attic], runs: [caddy, pg]}]\n";

static void an_older_one_is_outdated_where_that_is_said(void **state) {
    (void)state;
    static const told cases[] = {
        {"We run Alpha 2.4.0.", "2.4.0", VERDICT_UNVERIFIED, "older than 2.5.0: outdated, not wrong"},
        {"We run Alpha 2.3.0.", "2.3.0", VERDICT_UNVERIFIED, NULL},
        {"We run Alpha 2.5.0.", "2.5.0", VERDICT_SUPPORTED, NULL},
        {"We run Alpha 2.6.0.", "2.6.0", VERDICT_CONTRADICTED, NULL},
        {"We run Caddy 2.8.3.", "2.8.3", VERDICT_CONTRADICTED, NULL},
    };
    expect_verdicts(box, cases, COUNT_OF(cases));
}

static void a_package_agrees_without_epoch_and_revision(void **state) {
    (void)state;
    static const told cases[] = {
        {"We run bash 5.2.15.", "5.2.15", VERDICT_SUPPORTED, NULL},
        {"We run bash 5.2.16.", "5.2.16", VERDICT_CONTRADICTED, NULL},
        {"We run curl 7.81.0.", "7.81.0", VERDICT_SUPPORTED, NULL},
        {"We run curl 7.81.1.", "7.81.1", VERDICT_CONTRADICTED, NULL},
        {"We run curl 7.81.", "7.81", VERDICT_CONTRADICTED, NULL}, /* shorter is for `prefix` */
        {"We run git 2.39.5.", "2.39.5", VERDICT_SUPPORTED, NULL},
        {"We run git 2.39.", "2.39", VERDICT_SUPPORTED, NULL},
        {"We run git 2.39.5-0+deb12u2.", "2.39.5-0+deb12u2", VERDICT_SUPPORTED, NULL},
        {"We run git 2.39.6.", "2.39.6", VERDICT_CONTRADICTED, NULL},
        {"We run vim 8.2.2637.", "8.2.2637", VERDICT_SUPPORTED, NULL},
        {"We run vim 8.2.2638.", "8.2.2638", VERDICT_CONTRADICTED, NULL},
        {"We run libfoo 2.3.1.", "2.3.1", VERDICT_SUPPORTED, NULL},
        {"We run libfoo 2.3.2.", "2.3.2", VERDICT_CONTRADICTED, NULL},
        {"We run libbar 3.0.1.", "3.0.1", VERDICT_CONTRADICTED, NULL}, /* nothing is accepted beside it */
    };
    expect_verdicts(box, cases, COUNT_OF(cases));
}

static void two_that_change_places_are_both_wrong(void **state) {
    (void)state;
    static const told cases[] = {
        {"attic runs PostgreSQL 2.8.4 and Caddy 16.4.", "2.8.4", VERDICT_CONTRADICTED, NULL},
        {"attic runs PostgreSQL 2.8.4 and Caddy 16.4.", "16.4", VERDICT_CONTRADICTED, NULL},
        {"attic runs PostgreSQL 16.4 and Caddy 2.8.4.", "2.8.4", VERDICT_SUPPORTED, NULL},
        {"Caddy 2.9.1 is out, and attic runs Caddy 2.8.4.", "2.9.1", VERDICT_UNVERIFIED, NULL},
    };
    expect_verdicts(box, cases, COUNT_OF(cases));
}

static void a_component_answers_for_a_package_of_its_name(void **state) {
    (void)state;
    static const char merged[] =
        "assay-facts: 1\nas_of: 2026-05-18\n"
        "components:\n"
        "  - {id: caddy, aliases: [Caddy], scheme: semver, version: 2.8.4, accept: [prefix]}\n"
        "  - {id: pg, aliases: [PostgreSQL, postgresql], scheme: semver, version: '16.4', accept: [prefix]}\n"
        "packages:\n"
        "  - {name: caddy, scheme: deb, version: 2.6.2-5, accept: [prefix, build]}\n"
        "  - {name: postgresql, scheme: deb, version: '1:16.4-1+b2', accept: [prefix, build]}\n"
        "  - {name: zlib, scheme: deb, version: 1.3.1-1, accept: [prefix, build]}\n"
        "hosts: [{id: attic, aliases: [attic]}]\n";
    static const told cases[] = {
        {"attic runs Caddy 2.8.4.", "2.8.4", VERDICT_SUPPORTED, "caddy.version says 2.8.4"},
        {"attic runs Caddy 2.6.2.", "2.6.2", VERDICT_UNVERIFIED, "the package's version"},
        {"The version of Caddy on attic is 2.6.2.", "2.6.2", VERDICT_UNVERIFIED, NULL},
        {"attic runs Caddy 2.7.1.", "2.7.1", VERDICT_CONTRADICTED, "caddy.version says 2.8.4"},
        {"attic runs PostgreSQL 16.4.", "16.4", VERDICT_SUPPORTED, "pg.version"},
        {"attic has zlib 1.3.1.", "1.3.1", VERDICT_SUPPORTED, "packages.zlib.version"},
        /* what is typed, and a packager's revision, is the package's */
        {"On attic, `caddy=2.6.2-5` is installed.", "caddy=2.6.2-5", VERDICT_SUPPORTED, "packages.caddy.version"},
        {"The package on attic is caddy 2.6.2-5.", "2.6.2-5", VERDICT_SUPPORTED, "packages.caddy.version"},
        {"On attic:\n\n```\n$ apt install caddy=2.6.2-5\n```", "caddy=2.6.2-5", VERDICT_SUPPORTED, NULL},
    };
    expect_verdicts(merged, cases, COUNT_OF(cases));
}

static void a_program_that_is_asked_vouches_by_its_makers_number(void **state) {
    (void)state;
    static const char probed[] =
        "assay-facts: 1\nas_of: 2026-05-18\n"
        "packages:\n"
        "  - {name: gcc, scheme: deb, version: '4:12.2.0-3', accept: [prefix, build]}\n"
        "  - {name: python3, aliases: [python3, Python], scheme: deb, version: 3.11.2-1+b1, accept: [prefix, build]}\n"
        "  - {name: nodejs, aliases: [nodejs, Node.js], scheme: deb, version: 20.20.2-1nodesource1,\n"
        "     accept: [prefix, build]}\n"
        "hosts: [{id: attic, aliases: [attic]}]\n";
    static const told cases[] = {
        {"On attic:\n\n```\n$ gcc --version\ngcc (Debian 12.2.0-14+deb12u1) 12.2.0\n```", "12.2.0", VERDICT_SUPPORTED,
         "packages.gcc.version"},
        {"On attic:\n\n```\n$ gcc --version\ngcc (Debian 13.2.0-14+deb13u1) 13.2.0\n```", "13.2.0", VERDICT_UNVERIFIED,
         NULL},
        {"On attic:\n\n```\n$ gcc --version\ncc (Debian 12.2.0-14+deb12u1) 12.2.0\n```", "12.2.0", VERDICT_UNVERIFIED,
         NULL},
        {"On attic:\n\n```\n$ python3 --version\nPython 3.11.2\n```", "3.11.2", VERDICT_SUPPORTED, NULL},
        {"On attic:\n\n```\n$ python3 --version\nPython 3.12.2\n```", "3.12.2", VERDICT_CONTRADICTED, NULL},
        {"On attic:\n\n```\n$ node --version\nv20.20.2\n```", "v20.20.2", VERDICT_SUPPORTED, NULL},
        {"On attic:\n\n```\n$ node --version\nv22.20.2\n```", "v22.20.2", VERDICT_CONTRADICTED, NULL},
        {"attic runs Python 3.11.", "3.11", VERDICT_SUPPORTED, NULL},
        {"attic is a node at 1.28.4.", "1.28.4", VERDICT_UNVERIFIED, NULL},
    };
    expect_verdicts(probed, cases, COUNT_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_older_one_is_outdated_where_that_is_said),
        cmocka_unit_test(a_package_agrees_without_epoch_and_revision),
        cmocka_unit_test(a_component_answers_for_a_package_of_its_name),
        cmocka_unit_test(a_program_that_is_asked_vouches_by_its_makers_number),
        cmocka_unit_test(two_that_change_places_are_both_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
