/* test_facts_callouts.c - block quotes in the author's own voice, and those that are quotations. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/verdicts.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "hardware:\n"
    "  - {id: petrel, aliases: [petrel], attrs: {memory: {value: '96', unit: GB, aliases: [RAM]}}}\n";

#define OURS "petrel is my machine.\n\n"

static void a_labelled_note_is_the_authors_own(void **state) {
    (void)state;
    static const told cases[] = {
        {OURS "> [!NOTE]\n> petrel has 64 GB of RAM.", "64 GB", VERDICT_CONTRADICTED, NULL},
        {OURS "> **TL;DR** petrel has 64 GB of RAM.", "64 GB", VERDICT_CONTRADICTED, NULL},
        {OURS "> **TL;DR:** petrel has 64 GB of RAM.", "64 GB", VERDICT_CONTRADICTED, NULL},
        {OURS "> Note: petrel has 64 GB of RAM.", "64 GB", VERDICT_CONTRADICTED, NULL},
        {OURS "> \xf0\x9f\x93\x9d **Note:** petrel has 64 GB of RAM.", "64 GB", VERDICT_CONTRADICTED, NULL},
        {OURS "> \xe2\x9a\xa0\xef\xb8\x8f petrel has 64 GB of RAM.", "64 GB", VERDICT_CONTRADICTED, NULL},
        {OURS "> **Key takeaway:** petrel has 64 GB of RAM.", "64 GB", VERDICT_CONTRADICTED, NULL},
        {OURS "> **Summary (short):** petrel has 64 GB of RAM.", "64 GB", VERDICT_CONTRADICTED, NULL},
        {OURS "> **My setup:** petrel with 64 GB of RAM.", "64 GB", VERDICT_CONTRADICTED, NULL},
        {OURS "> **petrel:** 64 GB of RAM.", "64 GB", VERDICT_CONTRADICTED, NULL},
    };
    expect_verdicts(facts, cases, COUNT_OF(cases));
}

static void any_other_block_quote_is_a_quotation(void **state) {
    (void)state;
    static const told cases[] = {
        {OURS "> My petrel has 64 GB of RAM.", "64 GB", VERDICT_UNVERIFIED, NULL}, /* a draft's "my", perhaps */
        {OURS "> **petrel has 64 GB** of RAM.", "64 GB", VERDICT_UNVERIFIED, NULL},
        {OURS "> **Ada:** petrel has 64 GB of RAM.", "64 GB", VERDICT_UNVERIFIED, NULL},
        {OURS "> **Draft:** petrel has 64 GB of RAM.", "64 GB", VERDICT_UNVERIFIED, NULL},
        {OURS "> \xf0\x9f\x98\x80 petrel has 64 GB of RAM.", "64 GB", VERDICT_UNVERIFIED, NULL},
        {OURS "> \xf0\x9f\x93\x9d Ada: petrel has 64 GB of RAM.", "64 GB", VERDICT_UNVERIFIED, NULL},
        {OURS "> **Note** petrel has 64 GB of RAM.\n>\n> \xe2\x80\x94 Jonas", "64 GB", VERDICT_UNVERIFIED, NULL},
        {OURS "The model wrote this:\n\n> **Note** petrel has 64 GB of RAM.", "64 GB", VERDICT_UNVERIFIED, NULL},
        {OURS "The model wrote this.\n\n> **Note** petrel has 64 GB of RAM.", "64 GB", VERDICT_UNVERIFIED, NULL},
    };
    expect_verdicts(facts, cases, COUNT_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_labelled_note_is_the_authors_own),
        cmocka_unit_test(any_other_block_quote_is_a_quotation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
