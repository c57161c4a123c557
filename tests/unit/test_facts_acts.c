/* test_facts_acts.c - deeds with a rhythm: a declared process proves one that it does, and no other that keeps its
 * hours; a deed of a closed category that nothing declares is contradicted, whatever event it is said to follow. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "facts/claim.h"
#include "base/str.h"
#include "tests/support/contradicted.h"
#include "tests/support/verdicts.h"

static const char fen[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "scopes:\n"
    "  processes: {world: closed, categories: [drafting, quality, training, backup]}\n"
    "hardware:\n"
    "  - {id: fen, aliases: [fen, Fen], location: Ghent, attrs: {memory: {value: '128', unit: GB}}}\n"
    "components:\n"
    "  - {id: restic, aliases: [restic]}\n"
    "  - {id: drafter, aliases: [drafter]}\n"
    "processes:\n"
    "  - {id: reading, category: quality, aliases: [Sunday reading, manual review], cadence: every Sunday, steps: "
    "[read, "
    "correct, approve]}\n"
    "  - {id: gauge, category: quality, aliases: [gauging of the gate], cadence: every second Friday, steps: [sample "
    "ten "
    "drafts, adjust the threshold]}\n"
    "  - {id: press, category: release, aliases: [publish, deploy], cadence: on each article, steps: [build, score, "
    "switch]}\n"
    "  - {id: backup, category: backup, aliases: [nightly backup], cadence: every night at 03:40, steps: [snapshot, "
    "forget]}\n"
    "  - {id: drill, category: backup, aliases: [restore test], cadence: on the first Sunday of each month, steps: "
    "[restore, compare]}\n"
    "absent:\n"
    "  - {match: [BLEU], in: processes}\n";

#define FEN "I write on Fen (128 GB of memory).\n\n"

static void a_rhythm_proves_no_deed(void **state) {
    (void)state;
    static const told cases[] = {
        {FEN "Every Sunday I read the drafts.", "Every Sunday", VERDICT_SUPPORTED, "reading"},
        {FEN "Every Sunday I review the queue.", "Every Sunday I review", VERDICT_SUPPORTED, "reading"},
        {FEN "On each article I score the draft.", "On each article I score", VERDICT_SUPPORTED, "press"},
        {FEN "Every night at 03:40 I back up the blog.", "Every night at 03:40 I back", VERDICT_SUPPORTED, "backup"},
        {FEN "Every night at 03:40, restic takes a backup.", "Every night at 03:40, restic takes", VERDICT_SUPPORTED,
         "backup"},
        {FEN "On the first Sunday of each month I test a restore.", "first Sunday of each month I test",
         VERDICT_SUPPORTED, "drill"},
        {FEN "Every Sunday I read five drafts.", "Every Sunday", VERDICT_SUPPORTED, "reading"},
        {FEN "Every Sunday I read with a pencil.", "Every Sunday", VERDICT_SUPPORTED, "reading"},
        {FEN "Every Sunday I read the tarot cards.", "Every Sunday", VERDICT_UNVERIFIED, NULL},
        {FEN "Every Sunday I correct my tax forms.", "Every Sunday", VERDICT_UNVERIFIED, NULL},
        {FEN "Every Sunday I check what the model wrote.", "Every Sunday I check", VERDICT_UNVERIFIED, NULL},
        {FEN "Every Sunday I test the UPS.", "Every Sunday I test", VERDICT_UNVERIFIED, NULL},
        {FEN "Every Sunday I benchmark the drafter.", "Every Sunday I benchmark", VERDICT_UNVERIFIED, NULL},
        {FEN "Every Sunday I verify the figures of each draft.", "Every Sunday I verify", VERDICT_UNVERIFIED, NULL},
        {FEN "Every Sunday I verify that the links work.", "Every Sunday I verify", VERDICT_UNVERIFIED, NULL},
        {FEN "Every Sunday I evaluate the drafts.", "Every Sunday I evaluate", VERDICT_UNVERIFIED, NULL},
        {FEN "Every night at 03:40 I dump the tables.", "Every night at 03:40 I dump", VERDICT_UNVERIFIED, NULL},
        {FEN "I fine-tune the threshold every second Friday.", "tune the threshold every second Friday",
         VERDICT_UNVERIFIED, NULL},
        {FEN "What I enjoy most of all is the reading.\n\nEvery Sunday I sit down with bread and tea.", "Every Sunday",
         VERDICT_UNVERIFIED, NULL},
        {FEN "Every Sunday I audit the firewall rules.", "Every Sunday I audit", VERDICT_CONTRADICTED, NULL},
        {FEN "Every Sunday I evaluate the drafter against a held-out set.", "Every Sunday I evaluate",
         VERDICT_CONTRADICTED, NULL},
        {FEN "What I enjoy most of all is the reading.\n\nEvery Sunday I retrain the reranker.",
         "Every Sunday I retrain", VERDICT_CONTRADICTED, NULL},
        {FEN "Every Sunday after the reading I retrain the reranker.", "Every Sunday after the reading I retrain",
         VERDICT_CONTRADICTED, NULL},
        {FEN "Every Sunday we run a held-out evaluation of the drafter.", "Every Sunday we run a held-out evaluation",
         VERDICT_CONTRADICTED, NULL},
    };
    expect_verdicts(fen, cases, COUNT_OF(cases));
}

/* "On each deploy" says when: the deed is what the sentence tells. */
static void an_event_is_no_deed(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "On each deploy I retrain the reranker.\n", "After each deploy a script retrains the reranker.\n",
        "I retrain the reranker after each deploy.\n", "Before each deploy the BLEU score is computed.\n"};
    static const char *const honest[] = {"On each deploy we switch.\n",
                                         "After each deploy I verify the certificate.\n",
                                         "After each deploy I check the logs.\n",
                                         "Before each deploy the score is computed.\n",
                                         "On each deploy a friend of mine retrains his reranker.\n",
                                         "Before each deploy I would have to retrain it.\n",
                                         "After each deploy others retrain a model.\n"};
    expect_each(fen, FEN, untrue, COUNT_OF(untrue), true);
    expect_each(fen, FEN, honest, COUNT_OF(honest), false);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_rhythm_proves_no_deed),
                                       cmocka_unit_test(an_event_is_no_deed)};
    return cmocka_run_group_tests_name("facts: deeds with a rhythm", tests, NULL, NULL);
}
