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
    assert_int_equal(speculator_guess(s, 7, out), 0); /* nothing like "61 7" before */
    const uint32_t written[] = {1, 2, 3, 4};
    for (int i = 0; i < 4; i++) speculator_add(s, written[i], STR("x"));
    assert_int_equal(speculator_guess(s, 7, out), 7);
    assert_true(out[0] == 50 && out[1] == 51 && out[2] == 9); /* not 60, which follows the shorter run later */
    assert_int_equal(speculator_guess(s, 2, out), 2);
    assert_int_equal(speculator_guess(s, 0, out), 0);
    speculator_add(s, 8, STR("x"));
    speculator_add(s, 3, STR("x"));
    speculator_add(s, 4, STR("x"));
    assert_true(speculator_guess(s, 1, out) == 1 && out[0] == 8); /* the latest "3 4" */
    speculator_begin(s, NULL, 0);                                 /* nothing is left of the old text */
    for (int i = 0; i < 4; i++) speculator_add(s, written[i], STR("x"));
    assert_int_equal(speculator_guess(s, 7, out), 0);
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
        assert_int_equal(speculator_guess(s, 7, out) > 0, cases[i].guesses);
        speculator_free(s);
    }
}

/* Steps of a text whose guesses are always, or never, taken. */
static struct speculate_counts run_text(bool right, uint32_t steps, uint32_t *longest) {
    uint32_t out[SPECULATE_COLUMNS];
    speculator *s = open_mode(SPECULATE_AUTO, 4096);
    speculator_begin(s, NULL, 0);
    *longest = 0;
    for (uint32_t i = 0; i < steps; i++) {
        uint32_t n = speculator_guess(s, 7, out);
        if (n > *longest) *longest = n;
        for (uint32_t k = 0; right && k < n; k++) speculator_add(s, out[k], STR("w"));
        speculator_report(s, n, right ? n : 0);
        speculator_add(s, right ? 5 : i % 2 ? 5 : 6, STR("w"));
    }
    struct speculate_counts c = *speculator_counts(s);
    speculator_free(s);
    return c;
}

static void what_is_taken_switches_guessing_off_and_on(void **state) {
    (void)state;
    uint32_t longest;
    struct speculate_counts good = run_text(true, 200, &longest);
    assert_int_equal(good.pauses, 0);
    assert_int_equal(good.guessed, good.taken);
    assert_int_equal(longest, SPECULATE_COLUMNS - 1);
    struct speculate_counts bad = run_text(false, 2000, &longest);
    assert_true(bad.pauses > 2);    /* it tries again … */
    assert_true(bad.guessed < 200); /* … seldom */
    assert_int_equal(bad.taken, 0);
}

static void hostile_lengths_are_bounded(void **state) {
    (void)state;
    uint32_t out[SPECULATE_COLUMNS], same[300] = {0};
    speculator *s = open_mode(SPECULATE_ON, 100);
    speculator_begin(s, same, COUNT_OF(same)); /* longer than the context: ignored, not written */
    assert_int_equal(speculator_guess(s, 7, out), 0);
    for (int i = 0; i < 300; i++) speculator_add(s, 0, STR("\n\n|`"));
    speculator_free(s);
    s = open_mode(SPECULATE_ON, 1);
    speculator_begin(s, same, 1);
    assert_int_equal(speculator_guess(s, 7, out), 0);
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
        cmocka_unit_test(what_is_taken_switches_guessing_off_and_on),
        cmocka_unit_test(hostile_lengths_are_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
