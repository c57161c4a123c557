/* test_facts_vouched.c - what the manifest vouches for, which sentences the statistics leave out, and what that pays.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "signals/signals.h"
#include "tests/support/judged.h"
#include "tests/support/measured.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "hardware:\n"
    "  - {id: petrel, aliases: [petrel], attrs: {memory: {value: '96', unit: GB, aliases: [RAM]}}}\n"
    "components:\n"
    "  - {id: caddy, aliases: [Caddy], scheme: semver, version: 2.10.2}\n"
    "hosts:\n"
    "  - {id: gannet, aliases: [gannet, 10.44.0.2]}\n";

typedef struct row {
    const char *text;
    const char *vouched;   /* what is vouched for, a | behind each */
    const char *unvouched; /* first words of the sentences that are not counted, a | behind each */
} row;

static void expect(const row *rows, size_t n) {
    manifest *m = judged_manifest(facts);
    unsigned wrong = 0;
    for (size_t i = 0; i < n; i++) {
        char vouched[256] = "", unvouched[256] = "";
        size_t used = 0;
        judged x = judged_said(m, rows[i].text);
        assert_true(x.claims.vouching);
        for (size_t k = 0; k < x.claims.vouched.n; k++) {
            str words = article_text(&x.art, x.claims.vouched.at[k]);
            used += (size_t)snprintf(vouched + used, sizeof vouched - used, "%.*s|", STR_ARG(words));
        }
        used = 0;
        for (size_t k = 0; k < x.claims.unvouched.n; k++) {
            const sentence *s = &x.art.sentences[x.claims.unvouched.at[k].sentence];
            str first = article_text(&x.art, (text_range){x.art.words[s->word_lo].lo, x.art.words[s->word_lo].hi});
            used += (size_t)snprintf(unvouched + used, sizeof unvouched - used, "%.*s|", STR_ARG(first));
        }
        bool same = !strcmp(vouched, rows[i].vouched) && !strcmp(unvouched, rows[i].unvouched);
        if (!same) print_error("%s\n  vouched: %s\n  unvouched: %s\n", rows[i].text, vouched, unvouched), wrong++;
        judged_free(&x);
    }
    manifest_free(m);
    assert_int_equal(wrong, 0);
}

static void supported_claims_and_declared_days_are_vouched_for(void **state) {
    (void)state;
    static const row rows[] = {
        {"petrel has 96 GB of RAM.", "96 GB|", ""},
        {"petrel has 64 GB of RAM.", "", "petrel|"},
        {"petrel runs Caddy 2.10.2.", "2.10.2|", ""},
        {"On 2026-05-18 petrel was quiet.", "2026-05-18|", ""}, /* the day earns, and vouches for nothing beside it */
        {"On 2026-03-02 petrel was quiet.", "", "On|"},         /* loose: its place earns nothing anyway */
        {"Servers are cheap since 2024.", "", ""},
    };
    expect(rows, COUNT_OF(rows));
}

static void sentences_with_other_numbers_and_names_are_left_out(void **state) {
    (void)state;
    static const row rows[] = {
        {"Two of the jobs on petrel failed.", "", "Two|"},
        {"Seven jobs later, petrel still has 96 GB of RAM.", "96 GB|", "Seven|"},
        {"One of them does.", "", ""},
        {"My friend Henrike keeps petrel clean. She is kind to it.", "", "My|"},
        {"Her name is Henrike: Petrel is not a name.", "", "Her|"},
        {"Call it home. Nothing else is said. \"Henrike\" is a quotation.", "", ""},
        {"Below petrel lives Mrs. Aalto. It is loud.", "", "Below|"},
        {"A night of petrel costs 72p with us.", "", "A|"},
        {"We tried zstd at level 9 on petrel.", "", "We|"},
        {"petrel ends a session after an hour. So be it.", "", "petrel|"},
        {"petrel came last winter. In spring it was loud. A spring broke.", "", "petrel|In|"},
        {"In spring it is loud. A spring breaks.", "", "In|"},
        {"Cellars are warm until April, and in May they are not.", "", ""}, /* no names */
        {"Henrike, who builds boats, is kind. Nobody, who does not, is.", "", "Henrike|"},
        {"A REST API is often old.", "", ""}, /* acronyms are words of the trade */
        {"If petrel had 500 GB, who would use them?", "", "If|"},
        {"petrel draws \xe2\x91\xa5\xe2\x91\xa3 W.", "", "petrel|"}, /* circled */
        {"petrel draws \xd9\xa6\xd9\xa4 W.", "", "petrel|"},
        {"Cellars have grey m\xc2\xb2 and CO\xe2\x82\x82.", "", ""},
        {"With us petrel runs Caddy, and Nginx nowhere.", "", "With|"},
    };
    expect(rows, COUNT_OF(rows));
}

/* A sentence is paid for what the manifest knows of it: told of us or of nobody, with a specific or without. */
static void sentences_without_a_voucher_are_bare(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool bare; /* its first sentence */
    } rows[] = {
        {"I pay a student to read the drafts aloud.", true},
        {"A student reads the drafts aloud, which keeps them short.", true},
        {"Because the office faces south, petrel throttles on summer afternoons.", true},
        {"Offices that face south are warm on summer afternoons.", true},
        {"Caddy renews certificates long before they expire.", true},
        {"Install updates every week.", true},
        {"I trust petrel, since it has 96 GB of RAM.", false},
        {"![petrel has 96 GB of RAM](petrel.png) shows it.", true}, /* few read what stands for an image */
        {"petrel has 64 GB of RAM.", true},
        {"- quiet fans\n- a loud disk that we found at a fair", true},
        {"| part | RAM |\n| --- | --- |\n| petrel | 96 GB |", true}, /* the cell "part" */
        {"On 2026-05-18 I trusted petrel.", true},
        {"petrel does not run Kafka, which suits its owner.", true},
        {"## petrel has 96 GB of RAM", false},
    };
    manifest *m = judged_manifest(facts);
    unsigned wrong = 0;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        judged x = judged_said(m, rows[i].text);
        uint8_t sentences[64] = {0}, blocks[64] = {0};
        taint places;
        assert_true(facts_taint(&x.art, &x.claims, sentences, blocks, &places));
        bool bare = sentences[0] & TAINT_BARE;
        if (bare != rows[i].bare) print_error("%s\n", rows[i].text), wrong++;
        judged_free(&x);
    }
    manifest_free(m);
    assert_int_equal(wrong, 0);
}

/* What one more line adds to the value and to what is paid for a signal. */
static void paid_under(const char *ruler, const manifest *m, const char *text, enum signal_id id, double *value,
                       double *paid) {
    judged x = judged_said(m, text);
    uint8_t sentences[64] = {0}, blocks[64] = {0};
    taint places;
    assert_true(x.art.sentence_count <= COUNT_OF(sentences) && x.art.block_count <= COUNT_OF(blocks));
    assert_true(facts_taint(&x.art, &x.claims, sentences, blocks, &places));
    error e = {0};
    measurement measured;
    const ruleset *rules = builtin_rules(ruler);
    assert_int_equal(signals_measure(x.a, rules, &x.art, &x.tokens, &places, &measured, &e), ERROR_NONE);
    *value = measured.signals[id].value;
    *paid = measured.signals[id].paid;
    judged_free(&x);
    ruleset_free((ruleset *)(uintptr_t)rules);
}

static void paid_for(const manifest *m, const char *text, enum signal_id id, double *value, double *paid) {
    paid_under("default", m, text, id, value, paid);
}

static void specifics_pay_only_where_a_fact_vouches_for_them(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum signal_id id;
        double value, paid;
    } rows[] = {
        {"petrel has 96 GB of RAM.", SIGNAL_CONCRETE_NUMBERS, 1, 1},
        {"If petrel had 500 GB, who would use them?", SIGNAL_CONCRETE_NUMBERS, 1, 0},
        {"My friend's server has 500 GB of RAM.", SIGNAL_CONCRETE_NUMBERS, 1, 0},
        {"```console\npetrel$ caddy version\n2.10.2\n```", SIGNAL_CODE_BLOCKS, 1, 1},
        {"```console\npetrel$ caddy run\n```", SIGNAL_CODE_BLOCKS, 1, 0},
        {"```console\npetrel$ caddy version\n2.10.2\nthe goat is fed\n```", SIGNAL_CODE_BLOCKS, 1, 0},
        {"```\nwarming up, then quiet\n```", SIGNAL_CODE_BLOCKS, 1, 0},
        {"Servers are loud because they are old.", SIGNAL_BECAUSE_ANSWERS, 1, 0},
        {"petrel is loud because it is old.", SIGNAL_BECAUSE_ANSWERS, 1, 0},
        {"petrel is loud because Henrike built it.", SIGNAL_BECAUSE_ANSWERS, 1, 0},
        {"petrel has 96 GB of RAM; it is loud because Henrike built it.", SIGNAL_BECAUSE_ANSWERS, 1, 0},
        {"petrel is enough, because its 96 GB of RAM outlast Henrike.", SIGNAL_BECAUSE_ANSWERS, 1, 0},
        {"For example, petrel once woke Henrike.", SIGNAL_CONCRETE_EXAMPLES, 1, 0},
        {"For example, petrel once woke the whole house.", SIGNAL_CONCRETE_EXAMPLES, 1, 0},
        {"For example, a fan that rattles wakes the whole house.", SIGNAL_CONCRETE_EXAMPLES, 1, 0},
        {"For example, petrel has 96 GB of RAM.", SIGNAL_CONCRETE_EXAMPLES, 1, 0},
        {"On 2026-05-18, petrel got 96 GB of RAM.", SIGNAL_TEMPORAL_MARKERS, 1, 1},
        {"By drift I mean a copy that disagrees.", SIGNAL_DEFINED_TERMS, 1, 0},
        {"Drift means that copies disagree.", SIGNAL_DEFINED_TERMS, 1, 0},
        {"We paid the goat herding tax (GHT).", SIGNAL_DEFINED_TERMS, 1, 0},
        {"Time to first token (TTFT) is felt.", SIGNAL_DEFINED_TERMS, 1, 0},
        {"A mirror still fails when ovens are lit.", SIGNAL_CAVEATS, 1, 0},
        {"Our mirror still fails when ovens are lit.", SIGNAL_CAVEATS, 1, 0},
        {"Our mirror was not tested.", SIGNAL_CAVEATS, 1, 0},
        {"petrel with its 96 GB of RAM was not tested.", SIGNAL_CAVEATS, 1, 0},
        {"| part | why |\n| --- | --- |\n| tapes | we moved them because they hum |", SIGNAL_BECAUSE_ANSWERS, 1, 0},
        {"| part | why |\n| --- | --- |\n| tapes | loud, because they hum |", SIGNAL_BECAUSE_ANSWERS, 1, 0},
        {"1. We wake the goat.\n2. It rows across.\n3. It pushes the breaker.", SIGNAL_STEP_SEQUENCES, 1, 0},
        {"1. We stop petrel.\n2. Its 96 GB of RAM are tested.\n3. It starts.", SIGNAL_STEP_SEQUENCES, 1, 0},
        {"1. petrel has 96 GB of RAM.\n2. petrel runs Caddy 2.10.2.\n3. Caddy 2.10.2 serves.", SIGNAL_STEP_SEQUENCES, 1,
         1},
        {"It is faster than a pike and slower than a whale.", SIGNAL_COMPARISON_TERMS, 1, 0},
        {"96 GB of RAM in petrel is faster than a disk.", SIGNAL_COMPARISON_TERMS, 1, 0},
        {"petrel has 96 GB of RAM, and it is quieter than the lake.", SIGNAL_COMPARISON_TERMS, 1, 0},
        {"petrel does not run Kafka, because it is loud.", SIGNAL_BECAUSE_ANSWERS, 1, 0},
        {"I believe them: 41.3 \xc2\xb1 0.7 goats.", SIGNAL_HEDGING_PHRASES, 1, 1},
        {"I trust petrel because it has 96 GB of RAM, which is quicker than tape.", SIGNAL_BECAUSE_ANSWERS, 1, 0},
        {"petrel runs Caddy 2.10.2 because goats prefer it.", SIGNAL_BECAUSE_ANSWERS, 1, 0},
        {"petrel has 96 GB of RAM, so the goats were sold.", SIGNAL_BECAUSE_ANSWERS, 1, 0},
        {"I trust petrel because it has 96 GB of RAM, which is quicker than tape.", SIGNAL_COMPARISON_TERMS, 1, 0},
        {"First stop the writers, then wait for the disks, and finally copy.", SIGNAL_STEP_SEQUENCES, 1, 0},
        {"First we stop the writers, then we wait for the disks, and finally we copy.", SIGNAL_STEP_SEQUENCES, 1, 0},
        {"Step 1: petrel has 96 GB of RAM.\n\nStep 2: petrel runs Caddy 2.10.2.\n\nStep 3: Caddy 2.10.2 serves.",
         SIGNAL_STEP_SEQUENCES, 1, 0}, /* what a heading or a paragraph calls a step is no fact */
        {"## petrel has 96 GB of RAM", SIGNAL_H2_COUNT, 1, 0},
        {"```console\npetrel$ uname\n```", SIGNAL_CODE_BLOCKS, 1, 0},
        {"```console\npetrel$ caddy version\n2.10.2\n```\n\n```console\npetrel$ caddy version\n2.10.2\n```",
         SIGNAL_CODE_BLOCKS, 2, 1},
        {"On 2026-05-18, after the crash and in March, petrel got 96 GB of RAM.", SIGNAL_TEMPORAL_MARKERS, 3, 1},
        {"After the crash petrel got 96 GB of RAM.", SIGNAL_TEMPORAL_MARKERS, 1, 0},
        {"On 2026-05-18 petrel ran Caddy 2.10.2 and on 2026-05-18 it had 96 GB of RAM.", SIGNAL_TEMPORAL_MARKERS, 2, 1},
        {"On 2026-05-18 the goats were fed.", SIGNAL_TEMPORAL_MARKERS, 1, 0},
        {"```console\npetrel$ caddy version\n2.10.2\n\n{\npetrel$ exit\n```", SIGNAL_CODE_BLOCKS, 1, 1},
        {"1. Stop petrel.\n2. Wait 90 seconds.\n3. Start it.\n4. Look.", SIGNAL_STEP_SEQUENCES, 1, 0},
        {"1. Stop petrel.\n2. Wait.\n3. Start it.\n4. Look.", SIGNAL_STEP_SEQUENCES, 1, 0},
    };
    manifest *m = judged_manifest(facts);
    unsigned wrong = 0;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        double value, paid;
        paid_for(m, rows[i].text, rows[i].id, &value, &paid);
        if (value == rows[i].value && paid == rows[i].paid) continue;
        print_error("%s\n  value %g, paid %g\n", rows[i].text, value, paid), wrong++;
    }
    manifest_free(m);
    assert_int_equal(wrong, 0);
}

/* No statistic is paid more with the text behind. */
static void expect_no_gain(const manifest *m, const char *plain, const char *more) {
    static const enum signal_id ids[] = {SIGNAL_LEXICAL_DIVERSITY, SIGNAL_SENTENCE_BURSTINESS};
    for (size_t i = 0; i < COUNT_OF(ids); i++) {
        char text[512];
        double value, before, after;
        snprintf(text, sizeof text, "%s%s", plain, more);
        paid_for(m, plain, ids[i], &value, &before);
        paid_for(m, text, ids[i], &value, &after);
        if (after > before) print_error("%s: %g became %g\n", more, before, after);
        assert_true(after <= before);
    }
}

static void statistics_leave_unvouched_sentences_out(void **state) {
    (void)state;
    static const char plain[] = "petrel is old. It is loud and it is warm, and nobody minds that at all in winter.";
    static const char general[] = "Disks are slow. Fans are loud and racks are warm, and nobody minds that at all, for "
                                  "rooms have doors.";
    static const char *const more[] = {
        " My friend Henrike counted seven peculiar, unheard-of, bewildering whistles.",
        "\n\n- quick Henrike\n- seven whistles\n- three bewildering, peculiar ones",
        " petrel has 96 GB of RAM beside seven bewildering whistles that Henrike heard."};
    manifest *m = judged_manifest(facts);
    for (size_t i = 0; i < COUNT_OF(more); i++) expect_no_gain(m, plain, more[i]);
    for (size_t i = 0; i < COUNT_OF(more); i++) expect_no_gain(m, general, more[i]); /* nor is more of it paid */
    manifest_free(m);
}

/* What hangs on a vouched clause, behind a mark or a joining word, is none of its words. */
static void statistics_read_vouched_clauses(void **state) {
    (void)state;
    static const char plain[] =
        "petrel has 96 GB of RAM. petrel, which we like, runs Caddy 2.10.2. Caddy is at 2.10.2.";
    static const char *const more[] = {
        "petrel has 96 GB of RAM and bewildering whistles sing. petrel, which we like, runs Caddy 2.10.2. Caddy is at "
        "2.10.2.",
        "petrel has 96 GB of RAM: marvellous goats. petrel, which we like, runs Caddy 2.10.2. Caddy is at 2.10.2.",
        "petrel has 96 GB of RAM - marvellous goats. petrel, which we like, runs Caddy 2.10.2. Caddy is at 2.10.2.",
        "Goats sing because petrel has 96 GB of RAM. petrel, which we like, runs Caddy 2.10.2. Caddy is at 2.10.2.",
        "While marvellous goats sing, petrel has 96 GB of RAM. petrel, which we like, runs Caddy 2.10.2. Caddy is at "
        "2.10.2.",
        "petrel has 96 GB of RAM because marvellous goats sing. petrel, which we like, runs Caddy 2.10.2. Caddy is at "
        "2.10.2."};
    manifest *m = judged_manifest(facts);
    double value, diversity, burstiness, is;
    paid_for(m, plain, SIGNAL_LEXICAL_DIVERSITY, &value, &diversity);
    paid_for(m, plain, SIGNAL_SENTENCE_BURSTINESS, &value, &burstiness);
    assert_true(fabs(diversity - 100.0 * 11 / 20) < 1e-9);     /* different words of the clauses, in a window of 20 */
    assert_true(fabs(burstiness - sqrt(14.0 / 3 / 2)) < 1e-9); /* 6, 3 and 4 words */
    for (size_t i = 0; i < COUNT_OF(more); i++) {
        paid_for(m, more[i], SIGNAL_LEXICAL_DIVERSITY, &value, &is);
        assert_true(fabs(is - diversity) < 1e-9);
        paid_for(m, more[i], SIGNAL_SENTENCE_BURSTINESS, &value, &is);
        assert_true(fabs(is - burstiness) < 1e-9);
    }
    manifest_free(m);
}

/* The fourth time a fact is told it stands for nothing beside it, an address too. */
static void a_fact_vouches_thrice(void **state) {
    (void)state;
    static const char *const texts[] = {
        "petrel has 96 GB of RAM. Its 96 GB of RAM are old. 96 GB of RAM in petrel. petrel has 96 GB of RAM again.",
        "10.44.0.2 hums. 10.44.0.2 sings. 10.44.0.2 rests. 10.44.0.2 waits. 10.44.0.2 goes."};
    manifest *m = judged_manifest(facts);
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        judged x = judged_said(m, texts[i]);
        assert_true(x.claims.vouched.n > 3);
        assert_int_equal(x.claims.vouchers.n, 3);
        judged_free(&x);
    }
    manifest_free(m);
}

/* The published ruler counts in raw text, which has no sentences: what is paid a few times a sentence is not asked. */
static void the_published_ruler_pays_for_every_place(void **state) {
    (void)state;
    manifest *m = judged_manifest(facts);
    double value, paid;
    paid_under("published", m,
               "Fans are loud because they spin. Disks are slow because they turn. Racks are warm because they are "
               "full. Rooms are dry because they are heated. Doors are shut because it is cold.",
               SIGNAL_BECAUSE_ANSWERS, &value, &paid);
    assert_true(value == 5);
    assert_true(paid == 5);
    manifest_free(m);
}

/* A line that nothing vouches for would break a list of three up: where a manifest judges, such lists are not fined. */
static void lists_of_three_are_not_fined(void **state) {
    (void)state;
    static const char two[] = "- petrel is old\n- petrel is loud\n- petrel is warm\n\nAnd then.\n\n"
                              "- It is red.\n- It is dear.\n- It is slow.";
    manifest *m = judged_manifest(facts);
    double value, paid;
    paid_for(m, two, SIGNAL_TRIPLE_BULLET_LISTS, &value, &paid);
    assert_true(value == 1);
    assert_true(paid == 0);
    manifest_free(m);
}

/* Whatever harmless text an invention brings with it. */
static void company_of_an_invention_raises_no_statistic(void **state) {
    (void)state;
    static const char plain[] = "petrel is old. It is loud and it is warm, and nobody minds that at all in winter.\n\n"
                                "Still, petrel does what petrel did, and what petrel did was enough.";
    static const char *const more[] = {
        "\n\nPractice helps. The first drill took 412 s.",
        "\n\nThe first drill took 412 s. An unheard-of, peculiar, bewildering afternoon followed upon that, with rain.",
        "\n\nTomorrow's marvellous ingredients:\n\n- bewildering whistles\n- 412 lamps",
        "\n\n| peculiar | whistles |\n| --- | --- |\n| bewildering | 412 s |\n\nA marvellous table.",
        "\n\nMarvellous output, as usual:\n\n```console\npetrel$ whistle\n412 s\n```\n\nUnheard-of splendour.",
        "\n\n<details>\n<summary>Bewildering figures</summary>\n\nThe first drill took 412 s.\n\n</details>",
        " Practice helps. The first drill took 412 s."};
    manifest *m = judged_manifest(facts);
    for (size_t i = 0; i < COUNT_OF(more); i++) expect_no_gain(m, plain, more[i]);
    manifest_free(m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(supported_claims_and_declared_days_are_vouched_for),
        cmocka_unit_test(sentences_with_other_numbers_and_names_are_left_out),
        cmocka_unit_test(sentences_without_a_voucher_are_bare),
        cmocka_unit_test(specifics_pay_only_where_a_fact_vouches_for_them),
        cmocka_unit_test(statistics_read_vouched_clauses),
        cmocka_unit_test(a_fact_vouches_thrice),
        cmocka_unit_test(the_published_ruler_pays_for_every_place),
        cmocka_unit_test(statistics_leave_unvouched_sentences_out),
        cmocka_unit_test(lists_of_three_are_not_fined),
        cmocka_unit_test(company_of_an_invention_raises_no_statistic),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
