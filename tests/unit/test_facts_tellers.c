/* test_facts_tellers.c - what a model, a draft or a directory says of us is not said by us: it contradicts nothing,
 * before the claim, behind it, or as what is in a draft. What we say, what an instrument of ours tells, and what a
 * model does ("wrote twelve drafts on tern") is judged as ever. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "scopes:\n"
    "  accelerators: {world: closed, kind: accelerator, host: tern, members: [GB10]}\n"
    "  processes: {world: closed, categories: [drafting, training]}\n"
    "components:\n"
    "  - {id: tide, aliases: [Tide], scheme: semver, version: 1.4.2, accept: [prefix]}\n"
    "  - {id: scribe, aliases: [scribe, drafter], attrs: {weights: {value: '60.8', unit: GiB}}}\n"
    "hardware:\n"
    "  - {id: tern, aliases: [tern], attrs: {memory: {value: '128', unit: GB, aliases: [memory]}}}\n"
    "hosts:\n"
    "  - {id: gull, aliases: [gull, VPS], location: Helsinki}\n"
    "absent:\n"
    "  - {match: [NPU], in: accelerators}\n"
    "  - {match: [retrain, retraining], in: processes}\n";

static const char lead[] = "On tern we run Tide 1.4.2, and gull is our VPS.\n\n";

#define CLEAN(texts) expect_each(facts, lead, texts, COUNT_OF(texts), false)
#define FALSE(texts) expect_each(facts, lead, texts, COUNT_OF(texts), true)

static void others_say_so(void **state) {
    (void)state;
    static const char *const clean[] = {
        "The model wrote that tern has 96 GB of memory.\n",
        "The model told me that tern has an NPU.\n",
        "The model insists tern has an NPU.\n",
        "The draft stated that tern runs Tide 1.6.0.\n",
        "The drafter wrote: tern has 96 GB of memory.\n",
        "The draft, which insisted that tern runs Tide 1.6.0, went into the bin.\n",
        "It wrote that tern has an NPU.\n",
        "tern has 96 GB of memory, said the draft.\n",
        "tern has 96 GB of memory, the first draft said.\n",
        "I retrain weekly, said the draft.\n",
        "According to the draft the VPS is in Germany.\n",
        "According to scribe, tern has 96 GB of memory.\n",
        "In the draft I retrained the model every week.\n",
        "In one draft tern had an NPU.\n",
        "The worst hallucination: that I retrain weekly.\n",
        "The answer was that gull is in Frankfurt.\n",
    };
    static const char *const wrong[] = {
        "I wrote that tern runs Tide 1.6.0.\n",
        "I told the model that tern has an NPU.\n",
        "The log says that tern runs Tide 1.6.0.\n",
        "tern has 96 GB of memory, the invoice said.\n",
        "According to our invoice gull is in Frankfurt.\n",
        "We use Tide 1.6.0 because the maker wrote that tern needs it.\n",
        "The drafter wrote twelve drafts: tern runs Tide 1.6.0.\n",
        "The one that writes and the one that follows have the same Tide: 1.6.0.\n",
        "tern has 96 GB of memory (of scribe, say) and will answer.\n",
        "In the draft queue tern runs Tide 1.6.0.\n",
        "In this draft I say it once: tern runs Tide 1.6.0.\n",
    };
    CLEAN(clean);
    FALSE(wrong);
}

static void a_place_is_put_by_others(void **state) {
    (void)state;
    static const char *const clean[] = {
        "The draft put the VPS in Germany.\n",       "The draft had the VPS in Germany.\n",
        "The drafter placed gull in Frankfurt.\n",   "GeoIP puts gull in Frankfurt.\n",
        "A geolocation site places gull in Oslo.\n", "The draft put tern's memory at 96 GB.\n",
    };
    static const char *const wrong[] = {
        "We put gull in Frankfurt.\n",
        "gull stands in Frankfurt.\n",
    };
    CLEAN(clean);
    FALSE(wrong);
}

static void a_sentence_says_that_it_is_false(void **state) {
    (void)state;
    static const char *const clean[] = {
        "It is wrong that gull is in Frankfurt.\n",        "It is not true that gull is in Frankfurt.\n",
        "It is false that tern runs Tide 1.6.0.\n",        "That gull is in Frankfurt is a rumour.\n",
        "The claim that gull is in Frankfurt is false.\n",
    };
    static const char *const wrong[] = {
        "It is true that gull is in Frankfurt.\n",
        "It is right that tern runs Tide 1.6.0.\n",
    };
    CLEAN(clean);
    FALSE(wrong);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(others_say_so),
        cmocka_unit_test(a_place_is_put_by_others),
        cmocka_unit_test(a_sentence_says_that_it_is_false),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
