/* test_signals.c - values, hits, taint, lints. Most examples stand in the rule files as test lines; here is what a line
 * cannot say: places, taint, budgets, levels, the article of the published table. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "rules/measures.h"
#include "signals/lint.h"
#include "signals/measure.h"
#include "signals/selftest.h"
#include "tests/support/measured.h"

#include <math.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static const ruleset *rules, *published;

static double value_of(const char *text, enum signal_id id) {
    arena *a = arena_new(0);
    measured_article m;
    measure_text_article(a, rules, str_from_cstr(text), NULL, NULL, &m);
    double value = m.values.signals[id].value;
    assert_true(m.values.signals[id].paid == value);
    arena_free(a);
    return value;
}

static unsigned findings_of(const measured_article *m, const char *rule, enum level level) {
    unsigned n = 0;
    for (size_t i = 0; i < m->findings.n; i++)
        n += str_eq(m->findings.at[i].rule, str_from_cstr(rule)) && m->findings.at[i].level == level;
    return n;
}

/* ---- hits ---------------------------------------------------------------------------------------------------------
 */

static void hits_are_the_bytes_that_were_counted(void **state) {
    (void)state;
    arena *a = arena_new(0);
    str text = STR("---\ntitle: x\n---\n\nWe **delve into** it &mdash; really: vLLM 0.17.1 fails *because* of it.\n");
    measured_article m;
    measure_text_article(a, rules, text, NULL, NULL, &m);
    static const struct {
        enum signal_id id;
        const char *source;
    } want[] = {
        {SIGNAL_FILLER_PHRASES, "delve into"}, {SIGNAL_EM_DASHES, "&mdash;"}, {SIGNAL_BECAUSE_ANSWERS, "because* of"}};
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        const signal_value *v = &m.values.signals[want[i].id];
        assert_true(v->hit_count >= 1);
        bool found = false;
        for (uint32_t k = 0; k < v->hit_count; k++)
            found |= str_eq(str_span(text, v->hits[k].where), str_from_cstr(want[i].source));
        assert_true(found);
    }
    arena_free(a);
}

static void distinct_things_count_once_and_their_hits_say_so(void **state) {
    (void)state;
    arena *a = arena_new(0);
    measured_article m;
    measure_text_article(a, rules, STR("See /etc/hosts and /etc/fstab. Then /etc/hosts again.\n"), NULL, NULL, &m);
    const signal_value *v = &m.values.signals[SIGNAL_FILE_PATHS];
    assert_int_equal(v->hit_count, 3);
    assert_true(v->value == 2 && v->hits[0].amount == 1 && v->hits[1].amount == 1 && v->hits[2].amount == 0);
    arena_free(a);
}

static void exceptions_cancel_only_what_they_overlap(void **state) {
    (void)state;
    assert_true(value_of("Another kernel might differ.\n", SIGNAL_HEDGING_PHRASES) == 0);
    assert_true(value_of("Another kernel might differ, and it might be slow.\n", SIGNAL_HEDGING_PHRASES) == 1);
    assert_true(value_of("This kind of a box, perhaps.\n", SIGNAL_HEDGING_PHRASES) == 1);
}

static void an_empty_article_has_no_values(void **state) {
    (void)state;
    static const char *const texts[] = {"", "\n", "---\ntitle: x\n---\n", "<!-- nothing -->\n", "```\n```\n"};
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        for (int id = 0; id < SIGNAL_COUNT; id++) assert_true(value_of(texts[i], (enum signal_id)id) == 0);
}

/* Straight from the definition: build every window of the ring. */
static double slow_mattr(const char *const *words, size_t n, size_t window) {
    double sum = 0;
    size_t windows = n >= window ? n : 1, width = n >= window ? window : n;
    for (size_t w = 0; w < windows; w++)
        for (size_t i = w; i < w + width; i++) {
            bool seen = false;
            for (size_t k = w; k < i && !seen; k++) seen = words[k % n] == words[i % n];
            sum += !seen;
        }
    return 100 * sum / (double)windows / (double)window;
}

static void diversity_agrees_with_its_definition(void **state) {
    (void)state;
    static const char *const vocabulary[] = {"ash", "oak", "elm", "fir", "yew", "fig", "bay", "box", "gum", "may",
                                             "rue", "tea", "hop", "pea", "rye", "oat", "cob", "sow", "hen", "cat"};
    uint32_t seed = 7;
    for (size_t n = 1; n < 420; n = n * 2 + 3) {
        const char *words[512];
        char text[4096];
        size_t at = 0;
        for (size_t i = 0; i < n; i++) {
            seed = seed * 1664525 + 1013904223;
            words[i] = vocabulary[(seed >> 20) % COUNT_OF(vocabulary)];
            at += (size_t)snprintf(text + at, sizeof text - at, "%s%s", words[i], i % 9 == 8 ? ". " : " ");
        }
        snprintf(text + at, sizeof text - at, "\n");
        assert_true(fabs(value_of(text, SIGNAL_LEXICAL_DIVERSITY) - slow_mattr(words, n, 100)) < 1e-9);
    }
}

/* A looping model: one paragraph under three headings is one paragraph, and said to be three. */
static void what_stands_again_word_for_word_counts_once(void **state) {
    (void)state;
    static const enum signal_id counted[] = {SIGNAL_BECAUSE_ANSWERS, SIGNAL_CAVEATS, SIGNAL_CONCRETE_EXAMPLES,
                                             SIGNAL_COMPARISON_TERMS, SIGNAL_DEFINED_TERMS};
    arena *a = arena_new(0);
    measured_article one, three;
    str text = STR("The new box was slower than the old one, because the cache was cold.  This was never tested on ARM "
                   "by any of us. For example, the dump of the mail store needed a whole night. Replication is a "
                   "process that copies each write to another machine.\n\n");
    str loop = arena_printf(a, "%.*s## Two\n\n%.*sNobody noticed.\n\n## Three\n\n%.*s", STR_ARG(text), STR_ARG(text),
                            STR_ARG(text));
    measure_text_article(a, rules, text, NULL, NULL, &one);
    measure_text_article(a, rules, loop, NULL, NULL, &three);
    for (size_t i = 0; i < COUNT_OF(counted); i++) {
        assert_true(one.values.signals[counted[i]].value > 0);
        assert_true(three.values.signals[counted[i]].value == one.values.signals[counted[i]].value);
        assert_true(three.values.signals[counted[i]].paid == one.values.signals[counted[i]].paid);
    }
    assert_int_equal(findings_of(&one, "sentence-repeats", LEVEL_ERROR), 0);
    assert_int_equal(findings_of(&three, "sentence-repeats", LEVEL_ERROR), 2);
    /* an untainted copy earns, a tainted one takes nothing from it */
    uint8_t *sentences = arena_alloc(a, three.art.sentence_count, 1),
            *blocks = arena_alloc(a, three.art.block_count, 1);
    memset(sentences, 0, three.art.sentence_count);
    memset(blocks, 0, three.art.block_count);
    sentences[0] = 1;
    taint places = {.sentences = sentences, .blocks = blocks};
    measure_text_article(a, rules, loop, &places, NULL, &three);
    assert_true(three.values.signals[SIGNAL_BECAUSE_ANSWERS].paid == 1);
    /* what costs costs again; few repetitions in a long article are no error */
    measure_text_article(a, rules,
                         STR("We delve into the logs of the box. So.\n\nWe delve into the logs of the box.\n"), NULL,
                         NULL, &one);
    assert_true(one.values.signals[SIGNAL_FILLER_PHRASES].value == 2);
    assert_int_equal(findings_of(&one, "sentence-repeats", LEVEL_WARNING), 0);
    arena_free(a);
}

/* ---- taint --------------------------------------------------------------------------------------------------------
 */

/* Taints every sentence that holds `mark`, or every list item where `items` is set, and measures again. */
static void measure_tainted(arena *a, const char *text, const char *mark, bool items, measured_article *m) {
    measured_article clean;
    measure_text_article(a, rules, str_from_cstr(text), NULL, NULL, &clean);
    uint8_t *sentences = arena_alloc(a, clean.art.sentence_count, 1),
            *blocks = arena_alloc(a, clean.art.block_count, 1);
    for (uint32_t i = 0; i < clean.art.sentence_count; i++) {
        const sentence *s = &clean.art.sentences[i];
        if (str_find(article_text(&clean.art, s->text), str_from_cstr(mark), 0) < 0) continue;
        sentences[i] = !items;
        for (uint32_t b = s->block; items && b != BLOCK_NONE; b = clean.art.blocks[b].parent)
            if (clean.art.blocks[b].kind == BLOCK_ITEM) blocks[b] = 1;
    }
    taint places = {.sentences = sentences, .blocks = blocks};
    measure_text_article(a, rules, str_from_cstr(text), &places, NULL, m);
}

static void what_is_tainted_earns_nothing(void **state) {
    (void)state;
    arena *a = arena_new(0);
    measured_article m;
    measure_tainted(a, "It failed because the H200 stopped on 2026-05-18 for 30 s. It failed because of dust.\n",
                    "H200", false, &m);
    assert_true(m.values.signals[SIGNAL_BECAUSE_ANSWERS].value == 2 &&
                m.values.signals[SIGNAL_BECAUSE_ANSWERS].paid == 1);
    assert_true(m.values.signals[SIGNAL_TEMPORAL_MARKERS].value == 2 &&
                m.values.signals[SIGNAL_TEMPORAL_MARKERS].paid == 0);
    measure_tainted(a, "The H200 runs vLLM 0.17.1. We use vLLM 0.17.1.\n", "H200", false, &m);
    assert_true(m.values.signals[SIGNAL_VERSION_REFS].value == 1 && m.values.signals[SIGNAL_VERSION_REFS].paid == 1);
    measure_tainted(a, "We delve into the H200. We delve into dust.\n", "H200", false, &m);
    assert_true(m.values.signals[SIGNAL_FILLER_PHRASES].paid == 2);
    arena_free(a);
}

static void a_tainted_bullet_saves_no_fine_and_makes_no_procedure(void **state) {
    (void)state;
    arena *a = arena_new(0);
    measured_article m;
    const char *four = "- a\n- b\n- c\n\nText.\n\n- d\n- e\n- f\n- H200\n";
    measure_tainted(a, four, "H200", true, &m);
    assert_true(m.values.signals[SIGNAL_TRIPLE_BULLET_LISTS].value == 0);
    assert_true(m.values.signals[SIGNAL_TRIPLE_BULLET_LISTS].paid == 0);
    measure_tainted(a, "- a\n- b\n- c\n\nText.\n\n- d\n- e\n- f\n", "H200", true, &m); /* none is fined to begin with */
    assert_true(m.values.signals[SIGNAL_TRIPLE_BULLET_LISTS].value == 1);
    assert_true(m.values.signals[SIGNAL_TRIPLE_BULLET_LISTS].paid == 0);
    measure_tainted(a, "1. Stop it.\n2. Start it.\n3. Try the H200.\n", "H200", true, &m);
    assert_true(m.values.signals[SIGNAL_STEP_SEQUENCES].value == 1 &&
                m.values.signals[SIGNAL_STEP_SEQUENCES].paid == 0);
    arena_free(a);
}

static void statistics_pay_the_lowest(void **state) {
    (void)state;
    arena *a = arena_new(0);
    measured_article m;
    measure_tainted(
        a, "One two three. One two three four. And a very long H200 sentence that goes on and on for a while.\n",
        "H200", false, &m);
    const signal_value *b = &m.values.signals[SIGNAL_SENTENCE_BURSTINESS];
    assert_true(b->value > 6 && b->paid < 0.71 && b->paid > 0);
    const signal_value *d = &m.values.signals[SIGNAL_LEXICAL_DIVERSITY];
    assert_true(d->paid <= 20); /* four words, each twice, of the 21 that the window is */
    arena_free(a);
}

/* ---- lints --------------------------------------------------------------------------------------------------------
 */

static void budgets_spare_the_first(void **state) {
    (void)state;
    arena *a = arena_new(0);
    measured_article m;
    str text = STR("The question is not speed but trust. It is not cost but choice. It is not server but person.\n");
    measure_text_article(a, rules, text, NULL, NULL, &m);
    assert_int_equal(findings_of(&m, "contrast-figure", LEVEL_ERROR), 1);
    for (size_t i = 0; i < m.findings.n; i++)
        if (str_eq(m.findings.at[i].rule, STR("contrast-figure")))
            assert_true(str_find(m.findings.at[i].message, STR("3 contrast figures, 2 are"), 0) >= 0);
    arena_free(a);
}

/* What a place counts itself is said, not how many places there are. */
static void a_pile_says_how_many_specifics_it_has(void **state) {
    (void)state;
    arena *a = arena_new(0);
    measured_article m;
    str pile =
        STR("The latency is 12 ms, 14 ms, 19 ms, 23 ms, 27 ms, 31 ms, 44 ms, 58 ms, 61 ms, 62 ms and 73 ms.\n\n");
    str text = arena_printf(a, "%.*s%.*s", STR_ARG(pile), STR_ARG(pile));
    measure_text_article(a, rules, text, NULL, NULL, &m);
    assert_int_equal(findings_of(&m, "specifics-pile", LEVEL_ERROR), 1);
    for (size_t i = 0; i < m.findings.n; i++)
        if (str_eq(m.findings.at[i].rule, STR("specifics-pile")))
            assert_true(str_starts(m.findings.at[i].message, STR("11 specifics in one sentence")));
    arena_free(a);
}

/* What a message quotes ends behind a word; what the parser says, where it ends. */
static void messages_are_not_cut_inside_a_word(void **state) {
    (void)state;
    arena *a = arena_new(0);
    measured_article m;
    str key = STR("k123456789k123456789k123456789k123456789k123456789k123456789k123456789k123456789k12345");
    str section = STR("## Understanding infrastructure configuration considerations throughout organizational "
                      "environments\n\nUnderstanding infrastructure configuration considerations throughout "
                      "organizational environments matters.\n\n");
    str twice = arena_printf(a, "%.*s%.*s", STR_ARG(section), STR_ARG(section));
    str text = arena_printf(a, "---\n%.*s: 1\n%.*s: 2\n---\n\n%.*s%.*s%.*s", STR_ARG(key), STR_ARG(key), STR_ARG(twice),
                            STR_ARG(twice), STR_ARG(twice));
    measure_text_article(a, rules, text, NULL, NULL, &m);
    bool ended = false, cut = false;
    for (size_t i = 0; i < m.findings.n; i++) {
        str message = m.findings.at[i].message;
        if (str_eq(m.findings.at[i].rule, STR("frontmatter-duplicate"))) {
            ended = true;
            assert_true(str_ends(message, STR("the first one counts")));
        } else if (str_eq(m.findings.at[i].rule, STR("heading-echo"))) {
            cut = true;
            if (str_find(message, STR(" throughout..."), 0) < 0) fail_msg("%.*s", STR_ARG(message));
        }
    }
    assert_true(ended && cut);
    arena_free(a);
}

static void paragraph_openings_are_said_once(void **state) {
    (void)state;
    arena *a = arena_new(0);
    measured_article m;
    str text = STR("I learned to pin it. Yes.\n\nI learned to wait. No.\n\nI learned to read. So.\n\nI learned to ask. "
                   "Well.\n\n## H\n\n```sh\nls\n```\n\n- a\n- b\n- c\n- d\n\nEnd of it.\n");
    measure_text_article(a, rules, text, NULL, NULL, &m);
    assert_int_equal(findings_of(&m, "paragraph-openings", LEVEL_ERROR), 1);
    assert_int_equal(findings_of(&m, "paragraph-openings", LEVEL_WARNING), 0);
    arena_free(a);
}

/* One sentence of half a MiB that is announcements, hedges and specifics: what is quadratic would take minutes. */
static void one_long_sentence_takes_linear_time(void **state) {
    (void)state;
    static const char *const units[] = {"for example ", "for example x ", "such as https://a.b/c ", "it might be 5 GB ",
                                        "e.g. 5 ",      "first, then, ",  "because error: x ",      "`error: x` "};
    for (size_t i = 0; i < COUNT_OF(units); i++) {
        arena *a = arena_new(0);
        measured_article m;
        buf text = {0};
        while (text.n < 1u << 19) buf_cstr(&text, units[i]);
        clock_t start = clock();
        measure_text_article(a, rules, buf_view(&text), NULL, NULL, &m);
        double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        if (seconds > 8) fail_msg("'%s' takes %.1f s", units[i], seconds);
        buf_free(&text);
        arena_free(a);
    }
}

static void a_style_sets_levels(void **state) {
    (void)state;
    arena *a = arena_new(0);
    measured_article m;
    str text = STR("I keep the box. I keep the log. I keep the key. I keep the rest.\n");
    measure_text_article(a, rules, text, NULL, ruleset_style(rules, STR("essay"), NULL), &m);
    assert_int_equal(findings_of(&m, "anaphora-run", LEVEL_ERROR), 1);
    measure_text_article(a, rules, text, NULL, ruleset_style(rules, STR("reference"), NULL), &m);
    assert_int_equal(findings_of(&m, "anaphora-run", LEVEL_WARNING), 1);
    arena_free(a);
}

static void invalid_bytes_are_found(void **state) {
    (void)state;
    arena *a = arena_new(0);
    measured_article m;
    measure_text_article(a, rules, STR("---\ntitle: x\n---\n\nBad \xff byte.\n"), NULL, NULL, &m);
    assert_int_equal(findings_of(&m, "invalid-bytes", LEVEL_ERROR), 1);
    arena_free(a);
}

static void test_lines_run_and_failures_are_named(void **state) {
    (void)state;
    arena *a = arena_new(0);
    selftest_result result;
    error e = {0};
    assert_int_equal(selftest_run(a, rules, STR("em_dashes"), &result, &e), 0);
    assert_true(result.run >= 8);
    assert_int_equal(result.failed, 0);
    arena_free(a);
}

/* ---- the published article A ---------------------------------------------------------------------------------------
 */

static const char article_a[] = "../shared/acceptance/article-a.md";

/* False where the operator's article does not stand beside the repository; one that cannot be read is no absent one. */
static bool read_article_a(arena *a, str *text) {
    error e = {0};
    if (access(article_a, F_OK)) {
        print_message("# SKIP: ../shared/acceptance is not there\n"); /* cmocka's skip() is "not ok" to prove */
        return false;
    }
    assert_int_equal(file_read(a, article_a, 1 << 20, text, &e), 0);
    return true;
}

static void the_published_column_comes_out(void **state) {
    (void)state;
    arena *a = arena_new(0);
    str text;
    if (!read_article_a(a, &text)) {
        arena_free(a);
        return;
    }
    measured_article m;
    measure_text_article(a, published, text, NULL, NULL, &m);
    const signal_value *v = m.values.signals;
    assert_int_equal(m.values.words, 1816);
    assert_true(v[SIGNAL_CODE_BLOCKS].value == 0 && v[SIGNAL_VERSION_REFS].value == 3);
    assert_true(fabs(v[SIGNAL_LEXICAL_DIVERSITY].value - 36.8) < 0.05);
    assert_true(fabs(v[SIGNAL_SENTENCE_BURSTINESS].value - 3.45) < 0.005);
    assert_true(v[SIGNAL_EM_DASHES].value == 0 && v[SIGNAL_TRIPLE_BULLET_LISTS].value == 0);
    assert_true(v[SIGNAL_FILLER_PHRASES].value == 0);
    assert_int_equal(m.findings.n, 0); /* its frontmatter is "valid" */
    double conclusion = measured_score(ruleset_style(published, STR("conclusion"), NULL), &m.values);
    double practice = measured_score(ruleset_style(published, STR("best_practice_learnings"), NULL), &m.values);
    assert_true(fabs(conclusion - 299) <= 5 && fabs(practice - 184) <= 5);
    arena_free(a);
}

static void the_default_rules_see_its_runs(void **state) {
    (void)state;
    static const struct {
        const char *rule, *text;
        uint32_t first, last;
    } want[] = {{"anaphora-run", "'I document'", 87, 87},
                {"paragraph-openings", "'It requires'", 111, 115},
                {"anaphora-run", "'It is'", 117, 117},
                {"anaphora-run", "'I discuss'", 99, 103}};
    arena *a = arena_new(0);
    str text;
    if (!read_article_a(a, &text)) {
        arena_free(a);
        return;
    }
    measured_article m;
    measure_text_article(a, rules, text, NULL, ruleset_style(rules, STR("conclusion"), NULL), &m);
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        bool found = false;
        for (size_t k = 0; k < m.findings.n; k++) {
            const finding *f = &m.findings.at[k];
            uint32_t first = line_table_place(&m.art.lines, f->where.lo).line;
            uint32_t last = line_table_place(&m.art.lines, f->where.hi).line;
            found |= str_eq(f->rule, str_from_cstr(want[i].rule)) && first == want[i].first && last == want[i].last &&
                     str_find(f->message, str_from_cstr(want[i].text), 0) >= 0;
        }
        if (!found) print_error("no %s %s at %u-%u\n", want[i].rule, want[i].text, want[i].first, want[i].last);
        assert_true(found);
    }
    assert_int_equal(findings_of(&m, "frontmatter-malformed", LEVEL_ERROR), 1);
    arena_free(a);
}

/* The raw ruler's own errors, on an article of the second one's kind: fenced whole, lists of four, false versions. */
static void the_published_ruler_errs_as_published(void **state) {
    (void)state;
    arena *a = arena_new(0);
    str text =
        STR("```markdown\n---\ntitle: x\n---\n\nIt lost 0.5 points of 1.5 TB at /v1/chat.\n\n```sh\nmake\n```\n\n"
            "- a\n- b\n- c\n- d\n\n* e\n* f\n* g\n* h\n* i\n* j\n```\n");
    measured_article m;
    measure_text_article(a, published, text, NULL, NULL, &m);
    assert_true(m.values.signals[SIGNAL_CODE_BLOCKS].value == 4);
    assert_true(m.values.signals[SIGNAL_VERSION_REFS].value == 3);
    assert_true(m.values.signals[SIGNAL_TRIPLE_BULLET_LISTS].value == 3);
    assert_int_equal(findings_of(&m, "frontmatter", LEVEL_ERROR), 1);
    measure_text_article(a, rules, text, NULL, NULL, &m);
    assert_true(m.values.signals[SIGNAL_CODE_BLOCKS].value == 1);
    assert_true(m.values.signals[SIGNAL_VERSION_REFS].value == 0);
    assert_true(m.values.signals[SIGNAL_TRIPLE_BULLET_LISTS].value == 0);
    arena_free(a);
}

static void published_weights_are_monotone(void **state) {
    (void)state;
    for (uint32_t i = 0; i < published->style_count; i++)
        for (int id = 0; id < SIGNAL_COUNT; id++) assert_true(published->styles[i].weights[id] > 0);
}

static int open_all(void **state) {
    (void)state;
    rules = builtin_rules("default");
    published = builtin_rules("published");
    return 0;
}

static int close_all(void **state) {
    (void)state;
    ruleset_free(rules);
    ruleset_free(published);
    return 0;
}

/* What a rule file may name, the program can do. */
static void every_known_measure_is_there(void **state) {
    (void)state;
    for (size_t i = 0; measure_known(false, i); i++)
        if (!measure_find(str_from_cstr(measure_known(false, i)))) fail_msg("%s", measure_known(false, i));
    for (size_t i = 0; measure_known(true, i); i++)
        if (!lint_find(str_from_cstr(measure_known(true, i)))) fail_msg("%s", measure_known(true, i));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hits_are_the_bytes_that_were_counted),
        cmocka_unit_test(distinct_things_count_once_and_their_hits_say_so),
        cmocka_unit_test(exceptions_cancel_only_what_they_overlap),
        cmocka_unit_test(an_empty_article_has_no_values),
        cmocka_unit_test(diversity_agrees_with_its_definition),
        cmocka_unit_test(what_is_tainted_earns_nothing),
        cmocka_unit_test(a_tainted_bullet_saves_no_fine_and_makes_no_procedure),
        cmocka_unit_test(statistics_pay_the_lowest),
        cmocka_unit_test(budgets_spare_the_first),
        cmocka_unit_test(a_pile_says_how_many_specifics_it_has),
        cmocka_unit_test(messages_are_not_cut_inside_a_word),
        cmocka_unit_test(paragraph_openings_are_said_once),
        cmocka_unit_test(what_stands_again_word_for_word_counts_once),
        cmocka_unit_test(one_long_sentence_takes_linear_time),
        cmocka_unit_test(a_style_sets_levels),
        cmocka_unit_test(invalid_bytes_are_found),
        cmocka_unit_test(test_lines_run_and_failures_are_named),
        cmocka_unit_test(the_published_column_comes_out),
        cmocka_unit_test(the_default_rules_see_its_runs),
        cmocka_unit_test(the_published_ruler_errs_as_published),
        cmocka_unit_test(published_weights_are_monotone),
        cmocka_unit_test(every_known_measure_is_there),
    };
    return cmocka_run_group_tests_name("signals", tests, open_all, close_all);
}
