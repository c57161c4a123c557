/* test_comparison.c - columns side by side: what is not known is a dash, names are text, the impossible is said. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "batch/comparison.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { DRAFTS = 4 };

/* Drafts with scores 10, 20, 30 … (or all the same), the better half passing. */
static void fill(struct comparison_column *c, const char *name, digest at[DRAFTS], bool same) {
    for (int i = 0; i < DRAFTS; i++) {
        at[i] = (digest){.judged = true, .words = 500, .score = same ? 7 : 10 * (i + 1), .minimum = 25, .best = 200};
        at[i].passed = at[i].score >= at[i].minimum;
        at[i].path = STR("d/001.md");
        at[i].claims = 3;
        at[i].supported = at[i].contradicted = at[i].unverified = 1;
        snprintf(at[i].content.text, sizeof at[i].content.text, "sha256:%s-%d", name, i);
    }
    *c = (struct comparison_column){.name = str_from_cstr(name), .at = at, .n = DRAFTS};
}

static comparison table_of(struct comparison_column *columns, size_t n) {
    return (comparison){.title = STR("A <title> & more"),
                        .style = STR("essay"),
                        .version = "0",
                        .prompt = "sha256:p",
                        .rules = "sha256:r",
                        .columns = columns,
                        .n = n};
}

static bool has(const buf *b, const char *text) { return str_find(buf_view(b), str_from_cstr(text), 0) >= 0; }

static void cells_are_means_sums_or_unknown(void **state) {
    (void)state;
    digest at[2][DRAFTS];
    struct comparison_column c[2];
    fill(&c[0], "a", at[0], false);
    fill(&c[1], "b", at[1], false);
    at[1][3].judged = false;
    c[1].wrote = true;
    c[1].speed = (struct speed_figures){.tokens = 900, .text_tok_s = 20, .weights_gb_s = 8, .bandwidth_gb_s = 10};
    assert_true(comparison_cell(&c[0], ROW_SCORE) == 25 && comparison_cell(&c[1], ROW_SCORE) == 20);
    assert_true(comparison_cell(&c[0], ROW_PASSED) == 2 && comparison_cell(&c[1], ROW_DRAFTS) == 3);
    assert_true(comparison_cell(&c[0], ROW_SUPPORTED) == 4);
    assert_true(isnan(comparison_cell(&c[0], ROW_TEXT)) && comparison_cell(&c[1], ROW_TEXT) == 20);
    assert_true(isnan(comparison_cell(&c[1], ROW_STEPS_PREDICTED)));
    assert_true(comparison_cell(&c[1], ROW_SHARE) == 80);
    assert_true(comparison_cell(&c[0], ROW_MINIMUM) == 25 && isnan(comparison_cell(&c[0], ROW_MINIMUM_HIGHEST)));
    at[0][1].minimum = 75; /* no mean of two bars: 37.5 is nobody's */
    assert_true(comparison_cell(&c[0], ROW_MINIMUM) == 25 && comparison_cell(&c[0], ROW_MINIMUM_HIGHEST) == 75);
    struct comparison_column none = {.name = STR("none")};
    assert_true(comparison_cell(&none, ROW_SCORE) == 0 && comparison_cell(&none, ROW_WORDS) == 0);
}

static void every_form_shows_every_row(void **state) {
    (void)state;
    digest at[DRAFTS];
    struct comparison_column c;
    buf text = {0}, json = {0}, page = {0};
    fill(&c, "<img src=x>&\"'", at, false);
    at[0].path = STR("<b>.md");
    at[1].judged = false;
    at[1].problem = STR("could <not> be read");
    c.wrote = true;
    c.speed = (struct speed_figures){.tokens = 10, .text_tok_s = 3, .steps_s_predicted = 4};
    const comparison t = table_of(&c, 1);
    comparison_text(&t, &text);
    comparison_json(&t, STR("one alarm\ntwo\n"), &json);
    comparison_html(&t, STR("an <alarm>\n"), &page);
    for (int row = 0; row < ROW_COUNT; row++) {
        assert_true(has(&text, comparison_rows[row].title) && has(&page, comparison_rows[row].title));
        assert_true(has(&json, comparison_rows[row].key));
    }
    assert_true(has(&json, "\"two\"") && has(&page, "an &lt;alarm&gt;") && has(&page, "A &lt;title&gt; &amp; more"));
    assert_false(has(&page, "<img") || has(&page, "<b>.md") || has(&page, "<script") || has(&page, "<not>"));
    assert_true(has(&page, "could &lt;not&gt; be read") && has(&page, "&quot;&#39;"));
    assert_false(has(&page, "nan") || has(&page, "inf\""));
    buf_free(&text);
    buf_free(&json);
    buf_free(&page);
}

static void odd_tables_can_be_drawn(void **state) {
    (void)state;
    digest at[DRAFTS];
    struct comparison_column c[2];
    buf page = {0};
    const comparison none = table_of(NULL, 0);
    comparison_html(&none, STR(""), &page);
    assert_false(has(&page, "nan"));
    page.n = 0;
    fill(&c[0], "a", at, true);
    c[1] = (struct comparison_column){.name =
                                          STR("\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
                                              "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
                                              "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9")};
    for (int i = 0; i < DRAFTS; i++) at[i].score = -500, at[i].minimum = 0;
    const comparison t = table_of(c, 2);
    comparison_html(&t, STR(""), &page);
    assert_false(has(&page, "nan") || has(&page, "inf"));
    assert_true(has(&page, "\xc3\xa9\xe2\x80\xa6")); /* cut between letters */
    buf_free(&page);
}

static size_t alarms_of(struct comparison_column *columns, size_t n, const char *expected) {
    buf out = {0};
    arena *a = arena_new(0);
    const comparison t = table_of(columns, n);
    size_t count = comparison_alarms(a, &t, &out);
    if (count && !has(&out, expected)) fail_msg("%.*s", STR_ARG(buf_view(&out)));
    buf_free(&out);
    arena_free(a);
    return count;
}

static void what_cannot_be_is_said(void **state) {
    (void)state;
    digest at[2][DRAFTS];
    struct comparison_column c[2];
    fill(&c[0], "a", at[0], false);
    fill(&c[1], "b", at[1], false);
    assert_int_equal(alarms_of(c, 2, ""), 0); /* bad, but possible */
    c[1].wrote = true;
    c[1].speed.tokens = DRAFTS;
    assert_int_equal(alarms_of(c, 2, "b wrote no tokens"), 1);
    c[1].wrote = false;
    for (int i = 0; i < DRAFTS; i++) at[1][i].words = 0;
    assert_int_equal(alarms_of(c, 2, "every draft of b is empty"), 1);
    c[1].n = 0;
    assert_int_equal(alarms_of(c, 2, "there is no draft of b"), 1);
    fill(&c[0], "a", at[0], true);
    assert_int_equal(alarms_of(c, 1, "different drafts scores 7"), 1);
    for (int i = 0; i < DRAFTS; i++) at[0][i].score = 0;
    assert_int_equal(alarms_of(c, 1, "every one of 4 scores is zero"), 1);
    for (int i = 0; i < DRAFTS; i++) at[0][i].counted = 100 + i; /* counted and not paid: no fact vouches for it */
    assert_int_equal(alarms_of(c, 1, ""), 0);
    for (int i = 0; i < DRAFTS; i++) at[0][i].counted = 100;
    assert_int_equal(alarms_of(c, 1, "every one of 4 scores is zero"), 1);
    for (int i = 0; i < DRAFTS; i++) at[0][i].counted = 0;
    for (int i = 0; i < DRAFTS; i++) at[0][i].score = 200;
    assert_int_equal(alarms_of(c, 1, "is perfect"), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_means_sums_or_unknown),
        cmocka_unit_test(every_form_shows_every_row),
        cmocka_unit_test(odd_tables_can_be_drawn),
        cmocka_unit_test(what_cannot_be_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
