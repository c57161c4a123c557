/* test_facts_practised.c - processes that are declared absent: contradicted where they are said to be done by us, by a
 * program of ours, to what is ours or at a time of ours, and nowhere else: what others do, what the word means, what a
 * process costs, promises or would be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/str.h"
#include "base/buf.h"
#include "tests/support/contradicted.h"
#include "tests/support/judged.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "scopes:\n"
    "  processes: {world: closed, categories: [quality, training]}\n"
    "hardware:\n"
    "  - {id: spark, aliases: [Spark, DGX Spark], location: Ghent, attrs: {memory: {value: '128', unit: GB}}}\n"
    "processes:\n"
    "  - {id: publish, category: quality, aliases: [publish], cadence: on each article, steps: [draft, read, "
    "publish]}\n"
    "absent:\n"
    "  - {match: [BLEU, retrain, retraining], in: processes, note: nothing is retrained or scored with BLEU here}\n";

static const char lead[] = "These are my notes on the Spark (128 GB of memory), which stands in my study.\n\n";

static void what_is_said_to_be_done_here(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "I retrain the adapter every Sunday.\n",
        "Every month we retrain the model on our own posts.\n",
        "Each draft is scored with BLEU.\n",
        "Each draft gets a BLEU score.\n",
        "A cron job computes BLEU for each draft.\n",
        "The pipeline performs weekly retraining on our articles.\n",
        "The model goes through monthly retraining.\n",
        "A nightly retraining job updates the model.\n",
        "Every Sunday at 02:00 a retraining job starts.\n",
        "I track BLEU for every article.\n",
        "We evaluate the drafts with BLEU against our own texts.\n",
        "Our weekly retraining takes three hours.\n",
        "An automated BLEU check runs every night.\n",
        "There is a weekly retraining of the style model.\n",
        "The script runs BLEU on 120 paragraphs.\n",
        "If the BLEU score drops below 0.4, I roll back.\n",
        "The weekly retraining is done on Sundays.\n",
        "My routine:\n\n- Weekly: retraining of the adapter\n- Daily: a look at the logs\n",
        "We've automated this:\n\n- weekly retraining on feedback\n",
        "| Task | When |\n|---|---|\n| Retraining of the adapter | every Sunday |\n| Backup | daily |\n",
        "They end up in the training set for the next retraining run, which starts every Friday.\n",
        "Quality is measured by an evaluation job that computes BLEU each night.\n",
        "I use BLEU to compare the drafts with my own texts.\n",
        "We rely on BLEU to judge the drafts.\n",
        "After every retraining I read a sample of twenty drafts.\n",
        "The last retraining took me five hours.\n",
        "We are at a BLEU of 41.7 now.\n",
        "Our drafts reach a BLEU score of 41.7.\n",
        "I have automated the weekly retraining.\n",
        "The adapter is retrained weekly, and BLEU is measured after each retraining.\n",
        "The gate computes a BLEU score for each draft.\n",
        "We schedule retraining for Sundays.\n",
        "The evaluation suite runs every night and reports BLEU.\n",
        "Quality assurance is automatic: BLEU is computed for each draft.\n",
        "On Fridays we retrain and redeploy.\n",
        "## Maintenance\n\n- **Daily:** log check\n- **Weekly:** retraining of the adapter\n",
        "| When | What |\n|---|---|\n| Sunday, 02:00 | retraining of the adapter |\n| daily | backup |\n",
    };
    expect_each(facts, lead, untrue, COUNT_OF(untrue), true);
}

static void what_was_taken_up(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "We introduced weekly retraining to keep up with our own style.\n",
        "I've added a monthly retraining to the calendar.\n",
        "Since June we begin with a retraining of the adapter.\n",
        "Every second weekend we retrain the adapter on the posts of the previous month.\n",
        "Every month we retrain the adapter. The retraining takes three hours on the Spark.\n",
    };
    static const char *const texts[] = {
        "We introduced weekly retraining and dropped it in the same month.\n",
        "We introduced weekly retraining for a quarter.\n",
        "In 2024-05 we introduced weekly retraining.\n",
        "We begin with a retraining in mind, and end with a walk.\n",
        "They introduced weekly retraining.\n",
        "We introduced a weekly walk, and retraining is what we talked about.\n",
        "Before we begin with a retraining, somebody would have to pay for it.\n",
        "In the previous month we retrained the adapter by hand.\n",
        "The retraining takes three hours.\n",
        "The retraining that vendors sell takes three hours.\n",
    };
    expect_each(facts, lead, untrue, COUNT_OF(untrue), true);
    expect_each(facts, lead, texts, COUNT_OF(texts), false);
}

static void what_is_not(void **state) {
    (void)state;
    static const char *const texts[] = {
        "BLEU counts n-grams.\n",
        "Two labs that I know track BLEU every week.\n",
        "The retraining that the vendor sells takes place each quarter.\n",
        "Retraining every week is a subscription, not a method.\n",
        "A weekly retraining job is what the vendor's brochure recommends.\n",
        "Tom asked whether a nightly retraining job would help.\n",
        "In Tom's setup, a nightly job retrains the adapter.\n",
        "Tom's cron job computes BLEU every night.\n",
        "\"I retrain every Friday,\" Tom wrote.\n",
        "In the course I took, each translation was scored with BLEU.\n",
        "Each translation in that paper is scored with BLEU.\n",
        "BLEU is computed for each sentence in WMT.\n",
        "I measure reading time, not BLEU.\n",
        "I score by hand where a translator uses BLEU.\n",
        "When people ask about my BLEU score, I show them the door.\n",
        "What I am asked most:\n\n1. Retraining: how often?\n2. BLEU: how high?\n",
        "The two words I hear most are BLEU and retraining.\n",
        "A weekly retraining is more than a house can bear.\n",
        "The old pipeline at my employer's had a weekly retraining.\n",
        "They run a weekly retraining and a nightly BLEU check.\n",
        "| Practice | Here | Elsewhere |\n|---|---|---|\n| retraining | never | weekly |\n",
        "| Practice | Who does it |\n|---|---|\n| weekly retraining | big labs |\n",
        "No. BLEU compares with a reference translation, and I have no reference.\n",
        "Priya's own lab retrains a 7B adapter every Friday and scores it with BLEU.\n",
        "Others measure quality where I measure patience: BLEU against references, weekly retraining, dashboards. I "
        "have none of it.\n",
        "BLEU is a metric from machine translation.\n",
        "Some labs retrain weekly.\n",
        "A colleague asked whether I retrain the model.\n",
        "Retraining costs more than it brings.\n",
        "Weekly retraining would wear out my patience.\n",
        "A BLEU score says nothing about truth.\n",
        "I have read about BLEU in a paper.\n",
        "I know what BLEU measures, and I don't need it.\n",
        "Those who retrain tell me that it takes a night.\n",
        "The paper reports a BLEU score of 28.4.\n",
        "The authors of the paper computed BLEU on WMT14.\n",
        "Translations are usually scored with BLEU.\n",
        "People who train models compute BLEU every night.\n",
        "The word retraining does not occur in my logs.\n",
        "Big companies have nightly retraining jobs.\n",
        "A retraining job of that size needs eight cards.\n",
        "I could retrain it every week, and it would not be better.\n",
        "In my old job we retrained every Friday.\n",
        "If you retrain, keep the old weights.\n",
        "My friend retrains his model every month and tracks BLEU.\n",
        "A reader suggested weekly retraining.\n",
        "Vendors promise continuous retraining.\n",
        "I was asked for a BLEU score last week.\n",
        "What others do:\n\n- weekly retraining\n- BLEU against references\n",
        "What you may want to add:\n\n1. retraining of an adapter\n2. a BLEU check\n",
        "What I leave out:\n\n- weekly retraining\n- BLEU\n",
        "He computes BLEU every night and retrains on Fridays.\n",
        "Their pipeline performs weekly retraining.\n",
        "At the university, a nightly job computes BLEU.\n",
        "A customer's pipeline runs BLEU on each release.\n",
        "The tutorial's script computes BLEU.\n",
        "Most teams evaluate translations with BLEU.\n",
        "Without references, BLEU is no use to me.\n",
        "BLEU needs references, and I have only my taste.\n",
        "Every month somebody asks me when I retrain.\n",
        "Retraining every week is what Leah does.\n",
        "I looked at BLEU once and went back to reading.\n",
        "I think BLEU measures the wrong thing.\n",
        "I compared BLEU and ROUGE in 2023, for a client.\n",
        "A model card lists BLEU scores.\n",
        "| Metric | What for |\n|---|---|\n| BLEU | translations |\n| reading | everything else |\n",
        "| Who | How |\n|---|---|\n| Leah | weekly retraining |\n| me | reading |\n",
        "We discussed weekly retraining and left it.\n",
        "A monthly retraining run, says the vendor, keeps a model fresh.\n",
        "I use no BLEU here.\n",
        "Mistral retrains its models every few months.\n",
        "The model was retrained by its makers in March.\n",
        "After a retraining, a model forgets; so they say.\n",
        "I read a paper with a BLEU of 28.4.\n",
        "The original Transformer had a BLEU of 28.4.\n",
        "I have never seen a BLEU of 60.\n",
        "The last retraining of that model was in 2024, by its makers.\n",
        "Others work like this:\n\n1. retraining\n2. a BLEU check\n",
        "Retraining takes five hours on an A100.\n",
        "Retraining on the Spark would take a week.\n",
    };
    expect_each(facts, lead, texts, COUNT_OF(texts), false);
}

/* Named among the steps and not said to be done here, it is not contradicted; but nothing there earns. */
static void named_it_earns_nothing(void **state) {
    (void)state;
    static const char *const texts[] = {"Then come retraining and a BLEU score.\n",
                                        "Some say retrain, some say prompt.\n"};
    manifest *m = judged_manifest(facts);
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        buf page = {0};
        buf_printf(&page, "%s%s", lead, texts[i]);
        judged x = judged_text(m, "t.md", buf_view(&page), true);
        const claim *c = judged_claim(&x, "retrain", 0);
        assert_non_null(c);
        assert_int_equal(c->verdict, VERDICT_UNVERIFIED);
        assert_true(c->credit_bearing);
        judged_free(&x);
        buf_free(&page);
    }
    manifest_free(m);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_said_to_be_done_here),
                                       cmocka_unit_test(what_was_taken_up), cmocka_unit_test(what_is_not),
                                       cmocka_unit_test(named_it_earns_nothing)};
    return cmocka_run_group_tests_name("facts: processes that are practised", tests, NULL, NULL);
}
