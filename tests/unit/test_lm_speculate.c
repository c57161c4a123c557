/* test_lm_speculate.c - kinds of text, guesses, and when they are made. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "lm/speculate.h"

#include <stdlib.h>

static enum text_kind kind_after(const char *text) {
    struct text_kind_state whole = {0}, bytes = {0};
    text_kind_add(&whole, str_from_cstr(text));
    for (const char *p = text; *p; p++) text_kind_add(&bytes, str_make(p, 1));
    assert_int_equal(text_kind_now(&whole), text_kind_now(&bytes)); /* pieces may have any size */
    return text_kind_now(&whole);
}

static void kinds_of_text_are_told_apart(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum text_kind kind;
    } cases[] = {
        {"", TEXT_FRONTMATTER},
        {"--", TEXT_FRONTMATTER},
        {"---\n", TEXT_FRONTMATTER},
        {"---\ntitle: a | b\n", TEXT_FRONTMATTER},
        {"---\ntitle: x\n---", TEXT_FRONTMATTER},
        {"---\ntitle: x\n---\n", TEXT_PROSE},
        {"---\ntitle: x\n...\nNow", TEXT_PROSE},
        {"---\ntitle: x\n----\nNow", TEXT_FRONTMATTER},
        {"---- \nNow", TEXT_PROSE},
        {"- item", TEXT_PROSE},
        {"# Title\n\nText", TEXT_PROSE},
        {"Text\n---\nmore", TEXT_PROSE},
        {"Text\n\n```sh\nls", TEXT_CODE},
        {"```", TEXT_CODE},
        {"Text\n\n```sh\nls\n```\n", TEXT_PROSE},
        {"~~~\n```\n", TEXT_CODE},
        {"~~~\n~~~~  \nText", TEXT_PROSE},
        {"````\n```\n", TEXT_CODE},
        {"```\n``` not the end\n", TEXT_CODE},
        {"Text `code` more", TEXT_PROSE},
        {"Text\n\n    ls -l", TEXT_CODE},
        {"Text\n\n    ls -l\n    pwd", TEXT_CODE},
        {"Text\n\n\tls", TEXT_CODE},
        {"Text\n    goes on", TEXT_PROSE},
        {"Text\n\n    ls\nText", TEXT_PROSE},
        {"Text\n\n| a ", TEXT_TABLE},
        {"a | b", TEXT_TABLE},
        {"| a | b |\n", TEXT_PROSE},
        {"```\n| a |", TEXT_CODE},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        if (kind_after(cases[i].text) != cases[i].kind)
            fail_msg("'%s' is %s, not %s", cases[i].text, text_kind_name(kind_after(cases[i].text)),
                     text_kind_name(cases[i].kind));
}

static speculator *open_mode(enum speculate_mode mode, uint32_t context) {
    speculator *s;
    error e = {0};
    if (speculator_new(mode, context, &s, &e)) fail_msg("%s", e.message);
    return s;
}

static void what_followed_is_guessed_the_longest_run_first(void **state) {
    (void)state;
    uint32_t out[SPECULATE_COLUMNS];
    const uint32_t prompt[] = {1, 2, 3, 4, 50, 51, 9, 3, 4, 60, 61, 7};
    speculator *s = open_mode(SPECULATE_ON, 64);
    speculator_begin(s, prompt, COUNT_OF(prompt));
    assert_int_equal(speculator_guess(s, 7, out, NULL), 0); /* nothing like "61 7" before */
    const uint32_t written[] = {1, 2, 3, 4};
    for (int i = 0; i < 4; i++) speculator_add(s, written[i], STR("x"));
    assert_int_equal(speculator_guess(s, 7, out, NULL), 7);
    assert_true(out[0] == 50 && out[1] == 51 && out[2] == 9); /* not 60, which follows the shorter run later */
    assert_int_equal(speculator_guess(s, 2, out, NULL), 2);
    assert_int_equal(speculator_guess(s, 0, out, NULL), 0);
    speculator_add(s, 8, STR("x"));
    speculator_add(s, 3, STR("x"));
    speculator_add(s, 4, STR("x"));
    assert_true(speculator_guess(s, 1, out, NULL) == 1 && out[0] == 8); /* the latest "3 4" */
    speculator_begin(s, NULL, 0);                                       /* nothing is left of the old text */
    for (int i = 0; i < 4; i++) speculator_add(s, written[i], STR("x"));
    assert_int_equal(speculator_guess(s, 7, out, NULL), 0);
    speculator_free(s);
}

static void structure_is_not_guessed_unless_asked(void **state) {
    (void)state;
    uint32_t out[SPECULATE_COLUMNS];
    static const struct {
        enum speculate_mode mode;
        const char *text;
        bool guesses;
    } cases[] = {{SPECULATE_AUTO, "Prose ", true},       {SPECULATE_AUTO, "```\ncode ", false},
                 {SPECULATE_AUTO, "Prose\n| a ", false}, {SPECULATE_AUTO, "---\ntitle: ", false},
                 {SPECULATE_ON, "```\ncode ", true},     {SPECULATE_OFF, "Prose ", false}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        speculator *s = open_mode(cases[i].mode, 64);
        speculator_begin(s, (const uint32_t[]){1, 2, 3, 4, 5, 6}, 6);
        speculator_add(s, 1, str_from_cstr(cases[i].text));
        speculator_add(s, 2, STR(""));
        assert_int_equal(speculator_guess(s, 7, out, NULL) > 0, cases[i].guesses);
        speculator_free(s);
    }
}

/* The chance that is told after many guesses that were always, or never, right. */
static double chance_after(bool right, struct speculate_counts *counts) {
    uint32_t out[SPECULATE_COLUMNS];
    speculator *s = open_mode(SPECULATE_AUTO, 4096);
    double chance = -1;
    speculator_begin(s, NULL, 0);
    speculator_add(s, 1, STR("Prose "));
    for (uint32_t i = 0; i < 200; i++) {
        uint32_t n = speculator_guess(s, 3, out, &chance);
        speculator_report(s, n, right ? n : 0);
        speculator_add(s, i % 2 ? 5 : 6, STR("w"));
    }
    *counts = *speculator_counts(s);
    double kept = -1; /* a new text begins with what was learnt */
    speculator_begin(s, (const uint32_t[]){5, 6, 5, 6, 5}, 5);
    speculator_add(s, 6, STR("w"));
    assert_true(speculator_guess(s, 3, out, &kept) > 0);
    assert_true(right ? kept > 0.7 : kept < 0.3);
    speculator_free(s);
    return chance;
}

static void chances_follow_what_was_taken(void **state) {
    (void)state;
    struct speculate_counts good, bad;
    assert_true(chance_after(true, &good) > 0.95);
    assert_true(chance_after(false, &bad) < 0.05);
    assert_true(good.guessed > 300 && good.guessed == good.taken);
    assert_int_equal(good.kind[TEXT_PROSE].taken, good.taken);
    assert_true(bad.guessed > 300 && bad.taken == 0);
    assert_int_equal(bad.kind[TEXT_PROSE].guessed + bad.kind[TEXT_FRONTMATTER].guessed, bad.guessed);
    speculate_counts_add(&good, &bad);
    assert_int_equal(good.guessed, good.taken + bad.guessed);
}

static void hostile_lengths_are_bounded(void **state) {
    (void)state;
    uint32_t out[SPECULATE_COLUMNS], same[300] = {0};
    speculator *s = open_mode(SPECULATE_ON, 100);
    speculator_begin(s, same, COUNT_OF(same)); /* longer than the context: ignored, not written */
    assert_int_equal(speculator_guess(s, 7, out, NULL), 0);
    for (int i = 0; i < 300; i++) speculator_add(s, 0, STR("\n\n|`"));
    speculator_free(s);
    s = open_mode(SPECULATE_ON, 1);
    speculator_begin(s, same, 1);
    assert_int_equal(speculator_guess(s, 7, out, NULL), 0);
    speculator_free(s);
    enum speculate_mode mode;
    error e = {0};
    assert_int_equal(speculate_find(STR("off"), &mode, &e), 0);
    assert_int_equal(mode, SPECULATE_OFF);
    assert_int_equal(speculate_find(STR("maybe"), &mode, &e), ERROR_USAGE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_of_text_are_told_apart),
        cmocka_unit_test(what_followed_is_guessed_the_longest_run_first),
        cmocka_unit_test(structure_is_not_guessed_unless_asked),
        cmocka_unit_test(chances_follow_what_was_taken),
        cmocka_unit_test(hostile_lengths_are_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
