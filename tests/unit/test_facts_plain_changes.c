/* test_facts_plain_changes.c - releases that a list or a table of changes states plainly and wrongly: the step to what
 * runs now, the columns of then and now, what an item says of the program that it begins with. Beside each its honest
 * neighbours, of which nothing may be contradicted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

/* The scribe's history is known for a year, the herald's for three weeks, of the crier none is. */
static const char manifest_yaml[] =
    "assay-facts: 1\n"
    "as_of: 2026-10-11\n"
    "components:\n"
    "  - {id: scribe, aliases: [Scribe], scheme: semver, version: 1.2.1, accept: [prefix],\n"
    "     history: [{version: 1.1.1, from: 2025-10-04, to: 2026-03-08}]}\n"
    "  - {id: herald, aliases: [Herald], scheme: semver, version: 2.4.0, accept: [prefix],\n"
    "     history: [{version: 2.3.0, from: 2026-09-20, to: 2026-10-04}]}\n"
    "  - {id: crier, aliases: [Crier], scheme: semver, version: 3.7.2, accept: [prefix]}\n"
    "  - {id: almanac, aliases: [Almanac], scheme: semver, version: 4.0.2, accept: [prefix]}\n"
    "hardware:\n"
    "  - {id: desk, aliases: [desk], runs: [scribe, herald, crier]}\n";

static const char lead[] = "---\ntitle: Notes\ndate: 2026-10-09\n---\n\nOur desk does the work, and we keep notes.\n\n";

#define CLEAN(texts) expect_each(manifest_yaml, lead, texts, COUNT_OF(texts), false)
#define FALSE(texts) expect_each(manifest_yaml, lead, texts, COUNT_OF(texts), true)

/* "- Scribe: 1.0.3 → 1.2.1" is the last step, which began at 1.1.1, unless years are told of. */
static void last_steps(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "## What changed\n\n- Scribe: 1.0.3 → 1.2.1\n- Crier: 3.5.0 → 3.7.2\n",
        "- Scribe: 1.0.3 -> 1.2.1\n",
    };
    static const char *const clean[] = {
        "## What changed\n\n- Scribe: 1.1.1 → 1.2.1\n- Crier: 3.5.0 → 3.7.2\n",
        "## Two years of upgrades\n\n- Scribe: 1.0.3 → 1.2.1\n",
        "All that changed since the first day:\n\n- Scribe: 1.0.3 → 1.2.1\n",
        "- Herald: 2.1.0 → 2.4.0\n",
        "- Herald: 2.3.0 → 2.4.0\n",
    };
    FALSE(untrue);
    CLEAN(clean);
}

/* A column of now beside one of a time that is over. */
static void columns_of_time(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "| | January | Today |\n|---|---|---|\n| Scribe | 1.1.1 | 1.2.9 |\n",
        "| | January | Today |\n|---|---|---|\n| Scribe | 1.1.4 | 1.2.1 |\n",
        "| Component | Then | Now |\n|---|---|---|\n| Crier | 3.5.0 | 3.6.4 |\n",
        "| Component | 2025 | Today |\n|---|---|---|\n| Crier | 3.5.0 | 3.6.4 |\n",
    };
    static const char *const clean[] = {
        "| | January | Today |\n|---|---|---|\n| Scribe | 1.1.1 | 1.2.1 |\n| Crier | 3.5.0 | 3.7.2 |\n",
        "| | January | Today |\n|---|---|---|\n| Herald | 2.1.0 | 2.4.0 |\n",
        "| | March 2025 | Today |\n|---|---|---|\n| Scribe | 1.0.3 | 1.2.1 |\n",
        "| Project | January | February |\n|---|---|---|\n| Scribe | 1.1.4 | 1.1.5 |\n| Crier | 3.5.0 | 3.6.4 |\n",
        "| Project | Released in January | Released today |\n|---|---|---|\n| Scribe | 1.1.4 | 1.3.0 |\n",
    };
    FALSE(untrue);
    CLEAN(clean);
}

/* "- Herald, our program for news: now on 2.5.0": the program with which the item begins. */
static void items_with_an_apposition(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "- Herald, our program for news: now on 2.5.0\n",
        "- **Herald**, our crier's voice: now at 2.5.0\n",
    };
    static const char *const clean[] = {
        "- Herald, our program for news: now on 2.4.0\n",
        "- Herald, which needs Bellows: now on 0.9.4 there\n",
        "- Bellows, which feeds Herald: now on 0.9.4\n",
        "Bellows, unlike Herald, is now on 0.9.4.\n",
    };
    FALSE(untrue);
    CLEAN(clean);
}

/* "Neither caused any downtime" denies trouble; "Not yet." denies the release. */
static void what_follows(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "In spring Scribe went to 1.2.9, the version it is on today. No surprises.\n",
        "Scribe is on 1.2.9 and Crier on 3.8.1. Neither caused any downtime.\n",
    };
    static const char *const clean[] = {
        "A move to Scribe 1.3.0. Not yet.\n",
        "Start Scribe 1.3.0. Never did.\n",
        "Crier 3.8.1, Scribe 1.3.0. Neither is here.\n",
    };
    FALSE(untrue);
    CLEAN(clean);
}

/* What an installer is told to put here. */
static void installers(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "```bash\ncurl -sfL https://scribe.example/install | INSTALL_SCRIBE_VERSION=v1.2.9 sh -\n```\n",
    };
    static const char *const clean[] = {
        "```bash\ncurl -sfL https://scribe.example/install | INSTALL_SCRIBE_VERSION=v1.2.1 sh -\n```\n",
        "```bash\n# curl -sfL https://scribe.example/install | INSTALL_SCRIBE_VERSION=v1.2.9 sh -\n```\n",
        "A reader typed this:\n\n```bash\ncurl https://scribe.example/i | INSTALL_SCRIBE_VERSION=v1.2.9 sh -\n```\n",
        "```bash\ncurl -sfL https://almanac.example/install | INSTALL_ALMANAC_VERSION=v5.1.0 sh -\n```\n",
        "```bash\ncurl https://crier.example/i | INSTALL_CRIER_VERSION=v3.5.0 sh -\n```\n",
        "We once installed the first release:\n\n```bash\nINSTALL_SCRIBE_VERSION=v1.1.1 sh install.sh\n```\n",
    };
    FALSE(untrue);
    CLEAN(clean);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(last_steps), cmocka_unit_test(columns_of_time),
                                       cmocka_unit_test(items_with_an_apposition), cmocka_unit_test(what_follows),
                                       cmocka_unit_test(installers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
