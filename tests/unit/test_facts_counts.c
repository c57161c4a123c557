/* test_facts_counts.c - how many of a declared machine there are, told in words: a second one that works here, both of
 * them, a pair. And a second one that is wished for, denied, a friend's, or any such thing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "facts/claim.h"
#include "base/str.h"
#include "tests/support/contradicted.h"
#include "tests/support/verdicts.h"

static const char moor[] = "assay-facts: 1\nas_of: 2026-05-18\n"
                           "hardware:\n"
                           "  - {id: moor, aliases: [moor, Moor, DGX Spark, Spark], location: Ghent, attrs: {memory: "
                           "{value: '128', unit: GB}, nodes: {value: '1', unit: node, aliases: [node, unit]}}}\n"
                           "components:\n"
                           "  - {id: editor, aliases: [copy editor]}\n";

#define MOOR "These are my notes on Moor (128 GB of memory), which stands in Ghent.\n\n"

static void more_than_there_are(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "A second DGX Spark mirrors the first.\n",      "The second DGX Spark serves the copy editor.\n",
        "A third Spark now handles the drafts.\n",      "Both DGX Sparks draw little power.\n",
        "My pair of DGX Sparks hums under the desk.\n", "I run a second DGX Spark.\n",
        "We also keep a pair of DGX Sparks.\n",         "I run two DGX Sparks.\n",
    };
    static const char *const honest[] = {
        "A second DGX Spark would mirror the first.\n",
        "A second DGX Spark doubles the memory.\n",
        "A second DGX Spark costs as much as the first.\n",
        "A friend's second DGX Spark serves the copy editor.\n",
        "I have no second DGX Spark. I do not run a second DGX Spark.\n",
        "If I had a second DGX Spark, it would mirror the first.\n",
        "The other DGX Spark owners I know run it at night.\n",
        "Both DGX Sparks in that review draw little power.\n",
        "Both DGX Spark and Mac Studio draw little power.\n",
        "A pair of DGX Sparks runs a larger model.\n",
        "A second DGX Spark runs your larger models.\n",
        "The second DGX Spark session of the day is mine.\n",
    };
    expect_each(moor, MOOR, untrue, COUNT_OF(untrue), true);
    expect_each(moor, MOOR, honest, COUNT_OF(honest), false);
}

/* What is not said to be here is not contradicted, and earns nothing. */
static void one_more_is_not_paid(void **state) {
    (void)state;
    static const told cases[] = {
        {MOOR "Moor is mirrored to a second Spark in my brother's garage.", "second Spark", VERDICT_UNVERIFIED, NULL},
        {MOOR "A second DGX Spark doubles the memory.", "second DGX Spark", VERDICT_UNVERIFIED, NULL},
        {MOOR "I have no second DGX Spark.", "second DGX Spark", VERDICT_COUNT, NULL},
    };
    expect_verdicts(moor, cases, COUNT_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(more_than_there_are), cmocka_unit_test(one_more_is_not_paid)};
    return cmocka_run_group_tests_name("facts: how many there are", tests, NULL, NULL);
}
