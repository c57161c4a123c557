/* test_facts_subject.c - a manifest that says little: what is true of a thing that it names and does not describe is no
 * falsehood about the thing that it does describe. And what it weighs is what it says (facts/weighing.h). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "facts/verdicts/weighing.h"
#include "tests/support/judged.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "hardware:\n"
    "  - {id: quartz, aliases: [Quartz 900], attrs: {memory: {value: '48', unit: GB, aliases: [VRAM, memory]}}}\n"
    "hosts:\n"
    "  - id: tern\n"
    "    aliases: [tern]\n"
    "    location: Porto\n"
    "    attrs: {memory: {value: '256', unit: GB, aliases: [RAM, memory]}, idle_power: {value: '38', unit: W, aliases: "
    "[idle]}}\n"
    "  - {id: gull, aliases: [gull], location: Porto, runs: [caddy], attrs: {load_power: {value: '90', unit: W, "
    "aliases: "
    "[load]}}}\n"
    "components:\n"
    "  - {id: caddy, aliases: [Caddy], scheme: semver, version: '2.10.0', accept: [prefix]}\n"
    "  - {id: lamp-cpp, aliases: [lamp.cpp], scheme: loose, version: b8412}\n"
    "  - {id: wick-cpp, aliases: [wick.cpp], scheme: loose, version: b8500}\n"
    "  - {id: painter, aliases: [Painter-9B], attrs: {active_parameters: {value: '1', unit: B params}}}\n"
    "  - {id: oldtool, aliases: [Oldtool], scheme: semver, history: [{version: '1.2.3', from: 2025-01-01, to: "
    "2025-06-01}]}\n"
    "  - {id: writer, aliases: [Writer-35B], attrs: {parameters: {value: '35', unit: B params}, active_parameters: "
    "{value: "
    "'3', unit: B params}}}\n";

static enum verdict verdict_of(const manifest *m, const char *body, const char *claim_text) {
    judged x = judged_text(m, "x.md", str_from_cstr(body), true);
    const claim *c = judged_claim(&x, claim_text, 0);
    enum verdict v = c ? c->verdict : VERDICT_COUNT;
    judged_free(&x);
    return v;
}

static void expect(const char *body, const char *claim_text, bool contradicted) {
    manifest *m = judged_manifest(facts);
    bool is = verdict_of(m, body, claim_text) == VERDICT_CONTRADICTED;
    if (is != contradicted) print_error("%s\n  %s: %scontradicted\n", body, claim_text, is ? "" : "not ");
    assert_int_equal(is, contradicted);
    manifest_free(m);
}

static void what_stands_in_anothers_line_is_anothers(void **state) {
    (void)state;
    expect("| box | RAM |\n| --- | --- |\n| tern | 128 GB |\n| gull | 32 GB |\n", "128 GB", true);
    expect("| box | RAM |\n| --- | --- |\n| tern | 256 GB |\n| gull | 32 GB |\n", "32 GB", false);
    expect("| | tern | gull |\n| --- | --- | --- |\n| memory | 256 GB | 32 GB |\n", "32 GB", false);
}

static void the_machine_that_is_named_nearest_is_meant(void **state) {
    (void)state;
    expect("My server tern hums in Porto. It has 128 GB of RAM.\n", "128 GB", true);
    expect("My server tern hums in Porto. As for gull, it has 32 GB of RAM.\n", "32 GB", false);
}

static void a_word_behind_another_number_is_that_numbers(void **state) {
    (void)state;
    expect("The writer is Writer-35B. It has 35B parameters in total and 3B active.\n", "35B parameters", false);
    expect("The writer is Writer-35B. It has 70B parameters in total and 3B active.\n", "70B parameters", true);
}

static void another_of_its_sort_is_another(void **state) {
    (void)state;
    expect("The writer on tern is Writer-35B. The model is Painter-9B, 9B parameters that fit anywhere.\n",
           "9B parameters", false);
}

static void a_history_alone_says_nothing_of_now(void **state) {
    (void)state;
    expect("tern runs Oldtool 2.0.0.\n", "2.0.0", false);
    expect("tern runs Oldtool 1.2.3.\n", "1.2.3", true); /* it was replaced */
}

static void a_tag_that_two_count_by_is_nobodys(void **state) {
    (void)state;
    expect("On tern we run lamp.cpp and wick.cpp. What is built there now is b7000.\n", "b7000", false);
}

static void a_header_may_name_another_attribute(void **state) {
    (void)state;
    expect("| box | idle | load |\n| --- | --- | --- |\n| tern | 55 W | 120 W |\n| gull | 21 W | 90 W |\n", "55 W",
           true);
    expect("| box | idle | load |\n| --- | --- | --- |\n| tern | 38 W | 120 W |\n| gull | 21 W | 90 W |\n", "120 W",
           false);
    expect("| box | idle | load |\n| --- | --- | --- |\n| tern | 38 W | 120 W |\n| gull | 21 W | 90 W |\n", "21 W",
           false);
}

static void what_each_part_has_is_not_the_machines(void **state) {
    (void)state;
    expect("| box | cards | memory each |\n| --- | --- | --- |\n| tern | 4 x Quartz 900 | 48 GB |\n", "48 GB", false);
    expect("| box | cards | memory per GPU |\n| --- | --- | --- |\n| tern | 4 | 24 GB |\n", "24 GB", false);
    expect("Our tern has two cards with 48 GB each of memory.\n", "48 GB", false);
    expect("Our tern has 48 GB of memory.\n", "48 GB", true);
}

static void what_points_back_is_what_stands_there(void **state) {
    (void)state;
    expect("My server tern hums in Porto. A reader with a Granite G90 wrote to us. That machine has 24 GB of memory.\n",
           "24 GB", false);
    expect("My server tern hums in Porto. Somebody else's box is a Granite G90. It has 24 GB of memory.\n", "24 GB",
           false);
    expect("My server tern hums in Porto. That machine has 24 GB of memory.\n", "24 GB", true);
}

typedef struct said {
    const char *body, *claim;
    bool contradicted;
} said;

static void expect_cases(const char *yaml, const said *cases, size_t n) {
    manifest *m = judged_manifest(yaml);
    for (size_t i = 0; i < n; i++) {
        bool is = verdict_of(m, cases[i].body, cases[i].claim) == VERDICT_CONTRADICTED;
        if (is != cases[i].contradicted) print_error("%s%scontradicted\n", cases[i].body, is ? "" : "not ");
        assert_int_equal(is, cases[i].contradicted);
    }
    manifest_free(m);
}

/* A measurement's subjects are a model and a machine: where one of them is another, so is the measurement. */
static void another_subject_of_its_role_is_another_measurement(void **state) {
    (void)state;
    static const char measured[] =
        "benchmarks:\n"
        "  - {id: fast, subject: [writer, tern], metric: decode, value: '60', unit: tok/s}\n"
        "  - {id: prompt, subject: [painter, tern], metric: prefill, value: '900', unit: tok/s}\n";
    char yaml[4096];
    snprintf(yaml, sizeof yaml, "%s%s", facts, measured);
    static const said cases[] = {
        {"| model | box | speed |\n| --- | --- | --- |\n| Writer-35B | tern | 41 tok/s |\n", "41 tok/s", true},
        {"| model | box | speed |\n| --- | --- | --- |\n| Writer-35B | gull | 41 tok/s |\n", "41 tok/s", false},
        {"| what | Writer-35B |\n| --- | --- |\n| decode | 41 tok/s |\n", "41 tok/s", true},
        {"| what | Writer-35B |\n| --- | --- |\n| prefill | 1,841 tok/s |\n", "1,841 tok/s", false},
        {"Our tern hums in Porto. On tern, Writer-35B writes at 41 tok/s.\n", "41 tok/s", true},
        {"Our tern hums in Porto. Writer-35B on gull writes at 41 tok/s.\n", "41 tok/s", false},
    };
    expect_cases(yaml, cases, COUNT_OF(cases));
}

/* A manifest declares some cases of some metrics: what is said of the others is no falsehood about these. */
static void another_case_or_metric_is_another_measurement(void **state) {
    (void)state;
    static const char measured[] =
        "benchmarks:\n"
        "  - {id: one, subject: [writer, tern], metric: decode, value: '60', unit: tok/s, where: {streams: 1}}\n"
        "  - {id: hard, subject: [painter, tern], metric: encode, value: '140', unit: fps, where: {encoder: "
        "fastcard}}\n"
        "  - {id: soft, subject: [painter, gull], metric: encode, value: '38', unit: fps, where: {encoder: "
        "plainsoft}}\n"
        "  - {id: prompt, subject: [writer, gull], metric: prefill, value: '900', unit: tok/s, where: {streams: 1}}\n"
        "  - {id: before, subject: [caddy, gull], metric: start, metric_aliases: [start time], value: '26', unit: s,\n"
        "     where: {release: 1.2.3}}\n";
    char yaml[4096];
    snprintf(yaml, sizeof yaml, "%s%s", facts, measured);
    static const said cases[] = {
        {"On tern Writer-35B decodes at 41 tok/s with one stream.\n", "41 tok/s", true},
        {"On tern the prefill of Writer-35B with one stream runs at 1,841 tok/s.\n", "1,841 tok/s", false},
        {"On tern Writer-35B decodes for many. Per stream that is 41 tok/s with one stream.\n", "41 tok/s", false},
        {"| decode, 4 streams | Writer-35B |\n| --- | --- |\n| tern | 141 tok/s |\n", "141 tok/s", false},
        {"| decode, 1 stream | Writer-35B |\n| --- | --- |\n| tern | 141 tok/s |\n", "141 tok/s", true},
        {"On tern Painter-9B encodes at 90 fps with `fastcard`.\n", "90 fps", true},
        {"On tern Painter-9B encodes at 90 fps with `plainsoft`.\n", "90 fps", false},
        {"The start time of Caddy on gull is 4 s.\n", "4 s", false},
        {"Our tern has four disks of 64 GB. That is 240 GB of memory for pages.\n", "240 GB", false},
    };
    expect_cases(yaml, cases, COUNT_OF(cases));
}

static void what_others_wrote_or_what_was_tried_is_not_what_runs(void **state) {
    (void)state;
    expect("Our tern hums. The second Quartz 900, which has 24 GB of memory, is broken.\n", "24 GB", false);
    expect("Our tern hums. The Quartz 900, which has 24 GB of memory, is not broken.\n", "24 GB", true);
    expect("Our tern hums. Do not follow what the shop's tutorial says. It installs Caddy 2.7.0.\n", "2.7.0", false);
    expect("Our tern hums.\n\n## What we had\n\nOldtool 1.2.3, in a container on tern.\n", "1.2.3", false);
    expect("Our tern hums.\n\n## What we have\n\nOldtool 1.2.3, in a container on tern.\n", "1.2.3", true);
    expect("Our tern hums.\n\n## Candidates\n\n| what | pages |\n| --- | --- |\n| Caddy 2.9.9 | 12 |\n", "2.9.9",
           false);
    expect("Our tern hums.\n\n## Programs\n\n| what | pages |\n| --- | --- |\n| Caddy 2.9.9 | 12 |\n", "2.9.9", true);
}

static void what_stands_right_before_has_it(void **state) {
    (void)state;
    expect("Our tern runs hot, and gull is a small box with 16 GB of memory and a fan.\n", "16 GB", false);
    expect("Our gull runs hot, and tern is a big box with 16 GB of memory and a fan.\n", "16 GB", true);
    expect("Beside gull, tern has 16 GB of memory.\n", "16 GB", true);
    expect("Our tern has 16 GB of memory and, unlike gull, a fan.\n", "16 GB", true);
    expect("The gull box, with 16 GB of memory and a Quartz 900, is small.\n", "16 GB", false);
}

/* What only looks like a limit, a case or a part does not keep a wrong size back. */
static void what_stands_beside_says_nothing_of_it(void **state) {
    (void)state;
    expect("Our tern has 128 GB of RAM, after which nobody asked.\n", "128 GB", true);
    expect("Our tern has 128 GB of RAM because it was cheap when we bought it.\n", "128 GB", true);
    expect("The budget was tight; our tern has 128 GB of RAM.\n", "128 GB", true);
    expect("The memory of tern has grown to 128 GB.\n", "128 GB", true);
    expect("We allow ourselves 128 GB of memory on tern.\n", "128 GB", false);
    expect("The memory of tern is 128 GB when the second bank is off.\n", "128 GB", false);
}

/* The verdicts do not depend on who looks on, and what nothing speaks against is what is contradicted. */
static void what_is_weighed_is_what_is_said(void **state) {
    (void)state;
    static const char body[] = "Our tern has 128 GB of RAM. On tern 100 GB of RAM are in use.\n\n"
                               "Our tern runs Caddy 2.9.1. A friend's tern has 64 GB of RAM.\n";
    manifest *m = judged_manifest(facts);
    arena *a = arena_new(0);
    error e = {0};
    judged plain = judged_text(m, "x.md", str_from_cstr(body), true);
    weighing w = {.a = arena_new(0)};
    facts_options options = {.about_ours = true, .weighing = &w};
    claim_list claims = {0};
    finding_list findings = {0};
    assert_int_equal(facts_judge(a, m, &plain.art, &plain.tokens, &options, &claims, &findings, &e), 0);
    assert_int_equal(claims.n, plain.claims.n);
    unsigned contradicted = 0, free_of_doubt = 0, doubted = 0;
    for (size_t i = 0; i < claims.n; i++) {
        assert_int_equal(claims.at[i].verdict, plain.claims.at[i].verdict);
        assert_true(str_eq(claims.at[i].why, plain.claims.at[i].why));
        contradicted += claims.at[i].verdict == VERDICT_CONTRADICTED;
    }
    for (size_t i = 0; i < w.list.n; i++) {
        free_of_doubt += w.list.at[i].count == 0;
        doubted += w.list.at[i].count > 0;
    }
    assert_int_equal(contradicted, 2);
    assert_int_equal(free_of_doubt, 2);
    assert_true(doubted > 0);
    judged_free(&plain);
    arena_free(w.a);
    arena_free(a);
    manifest_free(m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_stands_in_anothers_line_is_anothers),
        cmocka_unit_test(the_machine_that_is_named_nearest_is_meant),
        cmocka_unit_test(a_word_behind_another_number_is_that_numbers),
        cmocka_unit_test(another_of_its_sort_is_another),
        cmocka_unit_test(a_history_alone_says_nothing_of_now),
        cmocka_unit_test(a_tag_that_two_count_by_is_nobodys),
        cmocka_unit_test(a_header_may_name_another_attribute),
        cmocka_unit_test(what_each_part_has_is_not_the_machines),
        cmocka_unit_test(what_points_back_is_what_stands_there),
        cmocka_unit_test(another_subject_of_its_role_is_another_measurement),
        cmocka_unit_test(another_case_or_metric_is_another_measurement),
        cmocka_unit_test(what_others_wrote_or_what_was_tried_is_not_what_runs),
        cmocka_unit_test(what_stands_right_before_has_it),
        cmocka_unit_test(what_stands_beside_says_nothing_of_it),
        cmocka_unit_test(what_is_weighed_is_what_is_said),
    };
    return cmocka_run_group_tests_name("facts: subject", tests, NULL, NULL);
}
