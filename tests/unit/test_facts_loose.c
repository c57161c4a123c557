/* test_facts_loose.c - numbers in no claim: which are found, which are innocent, and that their places earn nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "signals/signals.h"
#include "tests/support/judged.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "hardware:\n"
    "  - {id: petrel, aliases: [petrel], attrs: {memory: {value: '96', unit: GB, aliases: [RAM]}}}\n"
    "  - {id: card, aliases: [RTX 3090], attrs: {memory: {value: '24', unit: GB, aliases: [VRAM]}}}\n";

typedef struct said {
    const char *text, *loose; /* the loose numbers, a space behind each */
} said;

static void expect(const said *cases, size_t n, bool ours) {
    manifest *m = judged_manifest(facts);
    unsigned wrong = 0;
    for (size_t i = 0; i < n; i++) {
        char text[1024], found[256] = "";
        size_t used = 0;
        snprintf(text, sizeof text, "---\ntitle: T\n---\n\n%s\n", cases[i].text);
        judged x = judged_text(m, "t.md", str_from_cstr(text), ours);
        for (size_t k = 0; k < x.claims.loose.n; k++) {
            const loose_number *number = &x.claims.loose.at[k];
            assert_true(str_eq(str_span(x.source, number->where), number->quote));
            used += (size_t)snprintf(found + used, sizeof found - used, "%.*s ", STR_ARG(number->quote));
        }
        if (strcmp(found, cases[i].loose)) print_error("%s\n  loose: %s\n", cases[i].text, found), wrong++;
        judged_free(&x);
    }
    manifest_free(m);
    assert_int_equal(wrong, 0);
}

static void a_number_that_no_claim_holds_is_loose(void **state) {
    (void)state;
    static const said cases[] = {
        {"petrel has 96 GB of RAM.", ""},
        {"petrel has 96 GB of RAM; with the flag set, that becomes 218.", "218 "},
        {"The evaluation: 45 of sixty for petrel.", "45 sixty "},
        {"```ini\n# petrel\nMaxArraySize = 5001\n```", "5001 "},
        {"- petrel: a queue of 287, at best", "287 "},
        {"I wake petrel with a script of 31 lines.", "31 lines "},
    };
    expect(cases, COUNT_OF(cases), true);
}

static void counts_years_names_and_commands_are_innocent(void **state) {
    (void)state;
    static const said cases[] = {
        {"Two of the three jobs on petrel failed, and 12 more waited.", ""},
        {"Thirteen of them did not: 13.", "Thirteen 13 "},
        {"petrel is of 2022.", ""},
        {"A card with 2022 of them is not of that year: 2500.", "2500 "},
        {"The RTX 3090 stays in petrel.", ""},
        {"```console\n$ tail -n 500 /var/log/syslog\n```", ""},
        {"If petrel answered 500 questions, who would read them?", ""},
        {"See section 14 of the manual, or 2026-05-18.", ""},
    };
    expect(cases, COUNT_OF(cases), true);
}

static void days_times_rhythms_and_models_are_loose_where_the_manifest_never_says_them(void **state) {
    (void)state;
    static const said cases[] = {
        {"After the third crash, on 2026-03-02, petrel was quiet.", "2026-03-02 "},
        {"petrel has been quiet since 2026-05-18.", ""},
        {"Load on petrel peaks at 07:05.", "07:05 "},
        {"The import on petrel runs once an hour.", "once an hour "},
        {"petrel feeds an LTO-8 drive.", "LTO-8 "},
        {"If petrel fed an LTO-8 drive, it would be slow.", ""},
        {"A friend's server feeds an LTO-8 drive.", ""},
        {"You find its SSH not on 22 of petrel but on 2022.", "22 2022 "},
        {"The flush costs petrel half of its throughput.", "half of "},
        {"petrel answers half as often since then, and a third of the time it is late.", "half as a third "},
        {"petrel does it in half a minute.", ""},
        {"petrel was bought in 2022.", ""},
        {"The bills of petrel go out on the 25th, and nobody minds.", "25th "},
        {"The bills of petrel go out on the 25th floor.", ""},
        {"Cleaning petrel is a Wednesday job.", "Wednesday job "},
        {"petrel is cleaned on Mondays.", "Mondays "},
        {"petrel drops every fourth packet.", "every fourth "},
        {"Wednesday is when petrel rests.", ""},
        {"```ini\n# petrel\nMemoryMax=6G\n```", "6G "},
        {"petrel speaks IPv6, and 0 % of its packets are lost.", ""},
    };
    expect(cases, COUNT_OF(cases), true);
}

static void measurements_without_a_figure_are_loose(void **state) {
    (void)state;
    static const said cases[] = {
        {"The new engine doubled the throughput of petrel.", "doubled "},
        {"petrel halves the load time.", "halves the "},
        {"petrel has double the throughput now.", "double the "},
        {"petrel saw a tenfold rise.", "tenfold "},
        {"The load of petrel fell by a third.", "by a third "},
        {"petrel is slower by more than half.", "by more than half "},
        {"petrel cut it by half, and then in half again.", "by half in half "},
        {"petrel is several times faster.", "several times faster "},
        {"petrel loads it in a fraction of the time.", "fraction of "},
        {"petrel is an order of magnitude faster.", "order of magnitude "},
        {"petrel loads it in minutes instead of hours.", "minutes instead of hours "},
        {"The errors of petrel fell to zero.", "to zero "},
        {"petrel answers hundreds of requests for dozens of users.", "hundreds of dozens of "},
        {"petrel needs a doubled backslash there.", ""},
        {"On petrel, I double the quotes.", ""},
        {"petrel does it in half a minute.", ""},
        {"petrel failed dozens of times.", ""},
        {"petrel asked several times over.", ""},
        {"In order of weight, petrel is the last.", ""},
        {"If petrel doubled the throughput, I would be glad.", ""},
        {"A friend's server doubled its throughput.", ""},
        {"I set the counter of petrel to zero.", ""},
    };
    expect(cases, COUNT_OF(cases), true);
}

/* What cannot be declared, since no calendar has it, is not innocent for that. */
static void days_that_do_not_exist_and_days_in_any_writing_are_loose(void **state) {
    (void)state;
    static const said cases[] = {
        {"On 30 February 2026 petrel failed, because its fan stopped.", "30 February 2026 "},
        {"On February 30, 2026 petrel failed.", "February 30, 2026 "},
        {"petrel failed on 31 June 2026.", "31 June 2026 "},
        {"petrel failed on 2026-02-30.", "2026-02-30 "},
        {"petrel failed on 31 April.", "31 April "},
        {"petrel failed on 2 March 2026.", "2 March 2026 "},
        {"petrel failed on 02.03.2026.", "02.03.2026 "},
        {"petrel failed on 2026/03/02.", "2026/03/02 "},
        {"petrel failed in 2026-03.", "2026-03 "},
        {"petrel failed at 2026-05-18T14:05:09Z.", "2026-05-18T14:05:09Z "},
        {"petrel has been quiet since 18 May 2026, 18.05.2026, 05/18/2026, 2026/05/18, May 2026 and 2026-05.", ""},
        {"petrel has been quiet since 2026, and was so in 2024-2026.", ""},
        {"petrel restarts at 3 pm.", "3 pm "},
    };
    expect(cases, COUNT_OF(cases), true);
}

static void an_article_of_somebody_else_has_none(void **state) {
    (void)state;
    static const said cases[] = {{"Their cluster answers 45 of sixty.", ""}};
    expect(cases, COUNT_OF(cases), false);
}

/* A paragraph's sentence alone, a list's item, a table's row and a code block as a whole. */
static void its_place_is_tainted_and_no_other(void **state) {
    (void)state;
    const char *text = "---\ntitle: T\n---\n\npetrel does it. That makes 218. It is quiet.\n\n"
                       "- petrel is first, with 218\n- the other is second\n\n```ini\nlimit = 5001\n```\n";
    manifest *m = judged_manifest(facts);
    judged x = judged_text(m, "t.md", str_from_cstr(text), true);
    uint8_t sentences[16] = {0}, blocks[32] = {0};
    assert_true(x.art.sentence_count <= COUNT_OF(sentences) && x.art.block_count <= COUNT_OF(blocks));
    assert_int_equal(x.claims.loose.n, 3);
    taint places;
    assert_true(facts_taint(&x.art, &x.claims, sentences, blocks, &places));
    for (uint32_t s = 0; s < x.art.sentence_count; s++) {
        str words = str_slice(x.art.text, (ptrdiff_t)x.art.sentences[s].text.lo, (ptrdiff_t)x.art.sentences[s].text.hi);
        assert_int_equal(sentences[s] & TAINT_UNPAID, str_find(words, STR("218"), 0) >= 0);
    }
    unsigned code = 0;
    for (uint32_t b = 0; b < x.art.block_count; b++)
        if (x.art.blocks[b].kind == BLOCK_CODE) code += blocks[b] != 0;
    assert_int_equal(code, 1);
    judged_free(&x);
    manifest_free(m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_that_no_claim_holds_is_loose),
        cmocka_unit_test(counts_years_names_and_commands_are_innocent),
        cmocka_unit_test(days_times_rhythms_and_models_are_loose_where_the_manifest_never_says_them),
        cmocka_unit_test(measurements_without_a_figure_are_loose),
        cmocka_unit_test(days_that_do_not_exist_and_days_in_any_writing_are_loose),
        cmocka_unit_test(an_article_of_somebody_else_has_none),
        cmocka_unit_test(its_place_is_tainted_and_no_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
