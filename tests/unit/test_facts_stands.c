/* test_facts_stands.c - where a machine was moved to or stands by a relative clause; what is put beside ours, works on
 * it, or is turned to, though it is declared absent. Each group has its twins that are true or say nothing of ours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"
#include "tests/support/judged.h"

static const char facts[] = "assay-facts: 1\nas_of: 2026-10-14\n"
                            "hosts:\n"
                            "  - {id: alder, aliases: [alder], location: Utrecht}\n"
                            "  - {id: porch, aliases: [porch, front server], location: Leiden}\n"
                            "  - {id: relay, aliases: [relay]}\n"
                            "hardware:\n"
                            "  - {id: press, aliases: [letterpress PC], location: Delft}\n"
                            "components:\n"
                            "  - {id: caddy, aliases: [Caddy], scheme: semver, version: 2.10.0}\n"
                            "scopes:\n"
                            "  cloud: {world: closed, kind: cloud-inference}\n"
                            "absent:\n"
                            "  - {match: [OpenAI API, Bedrock], in: cloud}\n"
                            "  - {match: [tape library, second press, solar roof]}\n"
                            "  - {match: [Redis, RabbitMQ, ChatGPT]}\n";

static const char lead[] = "We run alder and porch.";

static void a_machine_stands_where_it_was_moved_to(void **state) {
    (void)state;
    static const char *const wrong[] = {
        "In the end we moved porch to Breda.",
        "After the flood we moved alder to a data centre in Ghent.",
        "porch has been moved to Arnhem.",
        "porch has two disks and was moved to Arnhem for a shorter line.",
        "The front server has moved to Bruges.",
        "It all hangs on alder, which sits on a shelf in Ghent.",
        "It was cheaper than alder, which stands in Ghent.",
        "The middle of it is the letterpress PC, which stands in a shed in Breda.",
    };
    static const char *const right[] = {
        "In the end we moved porch to Leiden.",
        "After the flood we moved alder to a data centre in Utrecht.",
        "We moved porch to Breda and then back.",
        "We nearly moved porch to Breda.",
        "We moved porch to Breda for two weeks.",
        "In 2024 we moved porch to Breda.",
        "We moved the mirror of porch to Breda.",
        "We moved traffic from porch to Breda.",
        "We moved relay to Breda.",
        "They moved their front server to Bruges.",
        "Had we moved porch to Breda, it would have been cheaper.",
        "porch was never moved to Arnhem.",
        "Should alder be moved to Ghent?",
        "It all hangs on alder, which sits on a shelf in Utrecht.",
        "It all hangs on alder, which serves readers in Ghent.",
        "A copy of alder, which lies in Ghent, is older.",
        "We like the twin of alder, which stands in Ghent.",
        "The old plan moved porch to Breda.",
        "A friend runs a letterpress PC, which stands in a shed in Breda.",
    };
    expect_each(facts, lead, wrong, COUNT_OF(wrong), true);
    expect_each(facts, lead, right, COUNT_OF(right), false);
}

static void what_stands_beside_ours_is_here(void **state) {
    (void)state;
    static const char *const wrong[] = {
        "alder is quiet. Next to it lives a tape library.",
        "alder is quiet. Next to it hangs a tape library with two drives.",
        "A second press, which we bought in June, takes the posters.",
        "It all goes to alder, where RabbitMQ hands it to the workers.",
        "The pages end on porch, a small box, where Redis keeps them warm.",
        "For translations we call the OpenAI API once a week.",
        "For names I ask ChatGPT.",
        "I ask ChatGPT for a second opinion.",
        "For long texts we turn to Bedrock.",
    };
    static const char *const right[] = {
        "alder is quiet. Next to it would live a tape library.",
        "alder is quiet. Next to a friend's alder lives a tape library.",
        "alder is quiet. Next to it there was once a tape library.",
        "A second press, which we returned, was loud.",
        "A second press, which we looked at in June, was loud.",
        "A second press, which we bought in June, was sold again in July.",
        "It would all go to a bigger machine, where RabbitMQ hands it to the workers.",
        "On their front server, where Redis keeps the pages warm, memory is tight.",
        "What we call the tape library is a shelf.",
        "That is what I call Redis.",
        "We call it the solar roof.",
        "We never call the OpenAI API.",
        "If we called the OpenAI API, it would be faster.",
        "I ask ChatGPT users what they like.",
        "Students ask ChatGPT for help.",
        "They call the OpenAI API once a week.",
        "Should I ask ChatGPT?",
        "Before alder I would ask ChatGPT for it.",
    };
    expect_each(facts, lead, wrong, COUNT_OF(wrong), true);
    expect_each(facts, lead, right, COUNT_OF(right), false);
}

/* Stance before verdict: what a model said is reported, with the right number or a wrong one. */
static void what_a_model_claimed_is_quoted(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum stance stance;
    } rows[] = {
        {"The model claimed 2.9.9 for Caddy.", STANCE_QUOTED},
        {"A local model says that Caddy is 2.10.0.", STANCE_QUOTED},
        {"My draft reported Caddy 2.9.9 on porch.", STANCE_QUOTED},
        {"Caddy is 2.10.0, and the model said nothing of it.", STANCE_ASSERTED},
        {"porch runs Caddy 2.10.0.", STANCE_ASSERTED},
        {"A timer reads each draft, and reports it to Caddy 2.10.0.", STANCE_ASSERTED},
    };
    manifest *m = judged_manifest(facts);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        judged x = judged_said(m, rows[i].text);
        const claim *c =
            judged_claim(&x, str_find(str_from_cstr(rows[i].text), STR("2.9.9"), 0) > 0 ? "2.9.9" : "2.10.0", 0);
        if (!c || c->stance != rows[i].stance) print_error("%s: %s\n", rows[i].text, c ? stance_name(c->stance) : "-");
        assert_true(c && c->stance == rows[i].stance);
        judged_free(&x);
    }
    manifest_free(m);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_machine_stands_where_it_was_moved_to),
                                       cmocka_unit_test(what_stands_beside_ours_is_here),
                                       cmocka_unit_test(what_a_model_claimed_is_quoted)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
