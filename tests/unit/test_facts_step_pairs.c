/* test_facts_step_pairs.c - two steps of a strict process, told one behind the other. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "tests/support/contradicted.h"
#include "tests/support/judged.h"

static const char dairy[] =
    "assay-facts: 1\nas_of: 2026-06-14\n"
    "hosts: [{id: churn, aliases: [churn]}]\n"
    "components: [{id: rennet, aliases: [Rennet], scheme: semver, version: 2.1.0}]\n"
    "processes:\n"
    "  - {id: rollout, aliases: [rollout, roll-out], cadence: every Wednesday, order: strict,\n"
    "     steps: [freeze, build, {name: sign, aliases: [seal]}, upload, announce]}\n"
    "  - {id: stocktake, aliases: [stocktake], cadence: monthly, order: strict,\n"
    "     steps: [count, weigh, label, {name: approval, aliases: [sign-off]}]}\n"
    "  - {id: cleaning, aliases: [cleaning round], cadence: daily, steps: [rinse, brush, dry]}\n";

static void a_pair_against_the_declared_order(void **state) {
    (void)state;
    static const plain_line lines[] = {
        {"The rollout is strict. We % afterwards.", "upload first and seal", "seal first and upload"},
        {"Our rollout has a rule: first we %.", "upload, then we sign", "sign, then we upload"},
        {"For each rollout we % later, so that nobody waits.", "announce first and upload",
         "upload first and announce"},
        {"The stocktake is quick. I %.", "label before I weigh", "weigh before I label"},
        {"The stocktake comes at the end of the month. We %, and nobody minds.", "count after weighing",
         "weigh after counting"},
        {"In a stocktake we label the crates first and % afterwards.", "count them", "ask for approval"},
        {"The rollout is done by a script. It % next.", "uploads first and signs", "signs first and uploads"},
        {"A rollout follows its list: we %.", "upload first, then seal", "seal first, then upload"},
        {"The rollout takes an hour. The script first %.", "uploads the packages to the mirror, then seals them",
         "seals the packages, then uploads them to the mirror"},
        {"The rollout % afterwards.", "uploads first and seals", "seals first and uploads"},
        {"## The stocktake\n\nWe % afterwards.", "weigh first and count", "count first and weigh"},
    };
    expect_plain(dairy, "We write about our own dairy.\n\n", lines, COUNT_OF(lines));
}

static void honest_lines_with_such_a_pair(void **state) {
    (void)state;
    static const char *const texts[] = {
        "The rollout is strict. At first we uploaded first and signed afterwards.",
        "The rollout is strict. In an emergency we upload first and sign afterwards.",
        "The rollout is strict. We never upload first and sign afterwards.",
        "The rollout is strict. Why not upload first and sign afterwards?",
        "The rollout is strict. If we upload first and sign afterwards, the mirror complains.",
        "The rollout is strict. Some shops upload first and sign afterwards.",
        "The rollout is strict. You could upload first and sign afterwards.",
        "The rollout is strict. We upload the photographs first and sign the guest book afterwards.",
        "The rollout is strict. On churn we upload first and build afterwards.",
        "After the rollout we announce the market day first and count the crates afterwards.",
        "The rollout and the stocktake are strict. We label first and count afterwards.",
        "The cleaning round has no order. We brush first and rinse afterwards.",
        "A friend told us about her rollout: they upload first and sign afterwards.",
        "The rollout is strict. \"We upload first and sign afterwards\", says the other dairy.",
        "The rollout is strict. We wanted to upload first and sign afterwards, but the mirror refuses that.",
        "The rollout is strict. We sign before we upload, and announce after uploading.",
        "We label first and count afterwards.",
        "The rollout is strict. For that the mirror uploads first and signs afterwards.",
        "Today we upload first and sign afterwards, as the rollout was late.",
        "In the rollout the guests first upload their photographs, then sign the book.",
        "The rollout is strict. We upload to the first mirror and sign the receipt.",
    };
    expect_each(dairy, "We write about our own dairy.\n\n", texts, COUNT_OF(texts), false);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pair_against_the_declared_order),
        cmocka_unit_test(honest_lines_with_such_a_pair),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
