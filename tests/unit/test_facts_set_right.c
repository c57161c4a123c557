/* test_facts_set_right.c - a contradiction that the article itself sets right is none: it states the true value, or
 * says that the thing is gone or not done. Where nothing sets it right, or its own words leave no other reading, it
 * stays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "scopes:\n"
    "  processes: {world: closed, categories: [quality, training]}\n"
    "components:\n"
    "  - {id: vllm, aliases: [vLLM], scheme: pep440, version: '0.17.0', accept: [prefix]}\n"
    "hardware:\n"
    "  - id: halo\n"
    "    aliases: [Halo Station, halo]\n"
    "    attrs:\n"
    "      memory: {value: '128', unit: GB, aliases: [unified memory, RAM]}\n"
    "      memory_bandwidth: {value: '273', unit: GB/s, aliases: [bandwidth]}\n"
    "paths:\n"
    "  - {path: /srv/models, host: halo}\n"
    "  - {path: /opt/models, state: removed, since: 2026-02-01}\n"
    "processes:\n"
    "  - {id: backup, category: maintenance, aliases: [backup], cadence: every night}\n"
    "absent:\n"
    "  - {match: [BLEU, retraining], in: processes, note: nothing is retrained or scored with BLEU here}\n";

static const char lead[] = "These are my notes on the Halo Station.\n\n";
#define CLEAN(texts) expect_each(facts, lead, texts, COUNT_OF(texts), false)
#define FALSE(texts) expect_each(facts, lead, texts, COUNT_OF(texts), true)

static void figures(void **state) {
    (void)state;
    static const char *const untrue[] = {
        /* nothing sets it right */
        "The memory is 96 GB.\n",
        /* its own words name the machine */
        "The Halo Station has 128 GB of memory.\n\nThe Halo Station has 96 GB of memory.\n",
        "The Halo Station has 128 GB of memory.\n\nOur machine has 96 GB of memory.\n",
        /* in another section somebody repeats the fact, and errs */
        "The Halo Station has 128 GB of memory.\n\n## Elsewhere\n\nThe memory is 96 GB.\n",
    };
    static const char *const clean[] = {
        "The Halo Station has 128 GB of memory.\n\nThe memory is 96 GB.\n",
        "The memory is 96 GB.\n\nThe Halo Station has 128 GB of memory.\n",
    };
    FALSE(untrue);
    CLEAN(clean);
}

static void what_is_gone(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "The models are in `/opt/models`.\n",
        "The models are in `/opt/models`, and the weights in `/srv/models`.\n",
    };
    static const char *const clean[] = {
        "The models are in `/opt/models`.\n\n## Later\n\nI removed `/opt/models` in February.\n",
    };
    FALSE(untrue);
    CLEAN(clean);
}

static void what_is_not_done(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "The evaluation suite runs every night and reports BLEU.\n",
        "The evaluation suite runs every night and reports BLEU.\n\n## Later\n\nThere is no BLEU score here.\n",
    };
    static const char *const clean[] = {
        "The evaluation suite runs every night and reports BLEU.\n\nThat was the plan. There is no BLEU score here.\n",
    };
    FALSE(untrue);
    CLEAN(clean);
}

/* Releases and times are repeated, and one copy is forgotten: that is what the gate is for. */
static void copies_are_kept(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "The Halo Station runs vLLM 0.17.0.\n\nInference runs on vLLM 0.12.0.\n",
        "The backup runs every night.\n\nThe backup runs every hour.\n",
    };
    FALSE(untrue);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures),
        cmocka_unit_test(what_is_gone),
        cmocka_unit_test(what_is_not_done),
        cmocka_unit_test(copies_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
