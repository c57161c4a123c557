/* test_facts_upstream.c - a release as its makers made it, against the same release at work for us. What a release
 * renames, refuses or has, and where a change is, contradicts nothing; what runs on our machine, serves our site or
 * watches our lamps does. Nor does one that failed or was left, or ran in the beginning by the history. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

static const char facts[] = "assay-facts: 1\nas_of: 2026-05-18\n"
                            "components:\n"
                            "  - {id: tide, aliases: [Tide], scheme: semver, version: 1.4.2, accept: [prefix]}\n"
                            "  - {id: quern, aliases: [Quern], scheme: semver, version: 3.2.1, accept: [prefix],\n"
                            "     history: [{version: 3.1.0, from: 2025-11-01, to: 2026-02-17}],\n"
                            "     attrs: {pages: {value: '148', unit: page, aliases: [pages]}}}\n"
                            "  - {id: scribe, aliases: [scribe], attrs: {weights: {value: '60.8', unit: GiB}}}\n"
                            "hosts:\n"
                            "  - {id: tern, aliases: [tern], location: Leeds}\n"
                            "services:\n"
                            "  - {id: site, aliases: [site], host: tern, port: 443, runs: [quern]}\n";

static const char lead[] = "On tern we run Tide 1.4.2, and Quern 3.2.1 builds the site.\n\n";

#define CLEAN(texts) expect_each(facts, lead, texts, COUNT_OF(texts), false)
#define FALSE(texts) expect_each(facts, lead, texts, COUNT_OF(texts), true)

static void what_a_release_does_is_not_done_here(void **state) {
    (void)state;
    static const char *const clean[] = {
        "Tide 1.6.0 renames two metrics.\n",
        "Tide 1.6.0 refuses the old flag.\n",
        "Tide 1.6.0 caches the kernels.\n",
        "Tide 1.6.0 reads the file twice.\n",
        "Tide 1.6.0 still has it.\n",
        "Tide 1.3.0 has the same bug.\n",
        "Tide 1.6.1 followed with a fix.\n",
        "Tide 1.6.1 reverted the change.\n",
        "Tide 1.6.1 is what I wait for.\n",
        "Tide 1.6.0, out since Tuesday, renames two metrics.\n",
        "Tide 1.6.0 keeps the flag but hides it.\n",
        "Tide 1.6.0 handles it differently.\n",
        "Tide 1.6.0 recognises tern by its name.\n",
        "Tide 1.6.0 has a fix for tern.\n",
        "Quern 3.4.0 builds the same site twice as fast.\n",
        "Tide 1.3.0's config file still loads.\n",
    };
    static const char *const wrong[] = {
        "Tide 1.6.0 runs on tern.\n",           "Tide 1.6.0 still serves.\n",
        "Tide 1.6.0 runs without complaint.\n", "Tide 1.6.0 serves scribe.\n",
        "Tide 1.6.0 watches the lamps.\n",      "Tide 1.6.0 counts the visitors on tern.\n",
        "Tide 1.6.0 draws our dashboards.\n",   "Quern 3.4.0 builds the site.\n",
        "Quern 3.4.0 builds 148 pages.\n",      "My Tide 1.6.0 has been up for weeks.\n",
        "Tide 1.6.0 is what we use.\n",
    };
    CLEAN(clean);
    FALSE(wrong);
}

static void where_a_change_is_is_not_here(void **state) {
    (void)state;
    static const char *const clean[] = {
        "The patch went into Tide 1.4.9.\n",
        "The patch is part of Tide 1.4.9.\n",
        "The patch was backported to Tide 1.4.9.\n",
        "The flag is gone in Tide 1.6.\n",
        "With Tide 1.6 the flag changes its meaning.\n",
        "A bug report against Tide 1.3.0 describes it.\n",
        "The bug sits in Tide 1.3.0.\n",
        "Somewhere between Tide 1.5 and Tide 1.7 the flag went away.\n",
        "Upgrading to Tide 1.6.0 costs a restart.\n",
        "What changed upstream this month:\n\n- Tide 1.6.0: new scheduler\n",
        "Next on the list: Quern 3.4, Tide 1.6 and some sleep.\n",
        "# What is new in Tide 1.6\n\nA scheduler.\n",
        "## Waiting for Tide 1.6\n\nIt is late.\n",
    };
    static const char *const wrong[] = {
        "scribe runs in Tide 1.6.0.\n",
        "The pages are rendered with Quern 3.4.0.\n",
        "In front of the site stands Tide 1.6.0.\n",
        "We build the site with Quern 3.4.0.\n",
        "There are seven dashboards in Tide 1.6.0.\n",
        "I upgraded tern to Tide 1.6.0 in May.\n",
    };
    CLEAN(clean);
    FALSE(wrong);
}

static void a_release_that_failed_was_left(void **state) {
    (void)state;
    static const char *const clean[] = {
        "Quern 3.0.0 fell over on tern with an illegal access.\n",
        "Quern 3.0.0 froze tern twice, so I went back.\n",
        "Quern 3.0.0 refused tern's file.\n",
        "Quern 3.0.0 lasted one night on tern.\n",
        "The upgrade of tern to Quern 3.4.0 failed and was rolled back.\n",
        "I rolled back from Quern 3.4.0 to 3.2.1.\n",
        "I installed Quern 3.4.0 on tern in March and removed it the same evening.\n",
        "My one try of Quern 3.4.0 on tern failed.\n",
        "| version | outcome |\n| --- | --- |\n| Quern 3.0.0 | crashed after an hour |\n| Quern 3.2.1 | runs since "
        "April "
        "|\n",
        "Not installed yet:\n\n- Quern 3.4.0\n",
        "Left out so far:\n\n- Quern 3.4.0\n",
    };
    static const char *const wrong[] = {
        "tern crashed with Quern 3.0.0, which is what we run.\n",
        "Quern 3.0.0 crashed once on tern; it still runs there.\n",
        "We run Quern 3.0.0 since 3.3.0 crashed and we went back.\n",
        "I installed Quern 3.4.0 on tern and removed the old one.\n",
        "| version | outcome |\n| --- | --- |\n| Quern 3.0.0 | crashed once, runs since |\n",
        "Installed:\n\n- Quern 3.4.0\n",
    };
    CLEAN(clean);
    FALSE(wrong);
}

static void the_beginning_is_over(void **state) {
    (void)state;
    static const char *const clean[] = {
        "*tern in its first week, still with Quern 3.1.0*\n",
        "*tern on its first evening, with Quern 3.1.0*\n",
        "Out of the box: Quern 3.1.0 and little else.\n",
        "tern as delivered: Quern 3.1.0.\n",
        "tern arrived with much, such as a manual, and Quern 3.1.0.\n",
        "From the factory: Quern 3.1.0.\n",
        "The first benchmark of tern is of Quern 3.1.0.\n",
        "```\nERROR: quern 3.1.0 cannot talk to tide 1.4.2, upgrade to 3.2.1\n```\n",
    };
    static const char *const wrong[] = {
        "tern runs Quern 3.1.0.\n",
        "tern still runs Quern 3.1.0.\n",
        "Out of the box tern is quiet; it runs Quern 3.1.0.\n",
        "Out of the box: Quern 3.4.0.\n",
    };
    CLEAN(clean);
    FALSE(wrong);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_release_does_is_not_done_here),
        cmocka_unit_test(where_a_change_is_is_not_here),
        cmocka_unit_test(a_release_that_failed_was_left),
        cmocka_unit_test(the_beginning_is_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
