/* test_advice.c - what `explain` promises is what comes.
 *
 * Over the corpus, with its manifests and without: each edit that is proposed for points is made alone, by removing its
 * places, and the article judged again: the score rises by these points. All edits made, the score is the one that was
 * said, and the article passes where they are said to be enough. Then the cases of which that is too weak a test: what
 * must not be proposed, what must be.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "gate/gate.h"
#include "gate/trial.h"
#include "manifest/manifest.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static arena *keep, *work, *again;
static const ruleset *rules;

static int open_all(void **state) {
    (void)state;
    error e = {0};
    keep = arena_new(0), work = arena_new(0), again = arena_new(0);
    return ruleset_builtin(&rules, &e);
}

static int close_all(void **state) {
    (void)state;
    ruleset_free((ruleset *)(uintptr_t)rules);
    arena_free(keep);
    arena_free(work);
    arena_free(again);
    return 0;
}

static gate_options options_for(const manifest *truth, double minimum) {
    return (gate_options){.rules = rules,
                          .manifest = truth,
                          .minimum = minimum,
                          .ratchet = NAN,
                          .fail_level = LEVEL_ERROR,
                          .about_ours = truth != NULL};
}

static void cut(uint8_t *gone, span where) { memset(gone + where.lo, 1, where.hi - where.lo); }

static void cut_edit(uint8_t *gone, const edit *e) {
    cut(gone, e->where);
    for (uint32_t k = 0; k < e->more_count; k++) cut(gone, e->more[k]);
}

static void judge_without(const gate_options *options, str path, str source, const uint8_t *gone, judgement *out) {
    error e = {0};
    arena_reset(again);
    uint8_t *left = ARENA_ARRAY(again, uint8_t, (size_t)source.n);
    ptrdiff_t n = 0;
    for (ptrdiff_t i = 0; i < source.n; i++)
        if (!gone[i]) left[n++] = source.p[i];
    assert_int_equal(gate_judge(again, options, path, (str){left, n}, out, &e), 0);
}

typedef struct totals {
    size_t articles, edits, enough;
} totals;

static bool is_removal(const edit *e) { return str_starts(e->what, STR("remove ")); }

/* Returns the article's score. Edits that a finding asks for have no points; the advice's score is that of the article
 * without the places which a removal mends, so only where all are removals it can be measured from outside. */
static double check_advice(const gate_options *options, str path, str source, totals *t) {
    judgement j, edited;
    advice given;
    error e = {0};
    bool all_removals = true;
    arena_reset(work);
    assert_int_equal(gate_judge(work, options, path, source, &j, &e), 0);
    assert_int_equal(gate_advise(work, options, &j, &given, &e), 0);
    uint8_t *all = ARENA_ARRAY(work, uint8_t, (size_t)source.n);
    for (uint32_t i = 0; i < given.count; i++) {
        const edit *one = &given.edits[i];
        uint8_t *gone = ARENA_ARRAY(work, uint8_t, (size_t)source.n);
        all_removals = all_removals && is_removal(one);
        cut_edit(gone, one);
        cut_edit(all, one);
        assert_int_equal(utf8_find_invalid(one->what), -1);
        if (one->points == 0) continue;
        assert_true(one->points > 0 && is_removal(one));
        judge_without(options, path, source, gone, &edited);
        if (fabs(edited.score - j.score - one->points) > 1e-6) {
            print_error("%.*s: '%.*s' promises %g, and %g come\n", STR_ARG(path), STR_ARG(one->what), one->points,
                        edited.score - j.score);
            fail();
        }
        t->edits++;
    }
    t->articles += !j.passed;
    t->enough += !j.passed && given.enough;
    if (j.passed) assert_true(given.enough && given.count == 0);
    if (!all_removals) return j.score;
    judge_without(options, path, source, all, &edited);
    assert_true(fabs(edited.score - given.score) < 1e-6);
    assert_int_equal(edited.passed, given.enough);
    return j.score;
}

static void check_folder(const manifest *truth, const char *folder, totals *t) {
    DIR *dir = opendir(folder);
    if (!dir) return;
    for (struct dirent *entry; (entry = readdir(dir));) {
        error e = {0};
        str source;
        if (!str_ends(str_from_cstr(entry->d_name), STR(".md"))) continue;
        arena_reset(keep);
        char *path = path_join(keep, str_from_cstr(folder), str_from_cstr(entry->d_name));
        assert_int_equal(file_read(keep, path, 1 << 20, &source, &e), 0);
        /* the style's own minimum; one that no article reaches: all there is to say; one that few edits reach */
        gate_options options = options_for(truth, NAN);
        double score = check_advice(&options, str_from_cstr(path), source, t);
        const double minima[] = {1000, score + 4};
        for (size_t k = 0; k < COUNT_OF(minima); k++) {
            options = options_for(truth, minima[k]);
            check_advice(&options, str_from_cstr(path), source, t);
        }
    }
    closedir(dir);
}

/* The operations that rules may be tuned on. */
static const char *const operations[] = {"ashdown",   "coldharbour", "fernhill",  "harborlight", "kestrel",
                                         "millbrook", "ravenscar",   "tidewater", "wendlebury"};

static void check_corpus(bool with_manifest, totals *t) {
    for (size_t i = 0; i < COUNT_OF(operations); i++) {
        char path[128];
        error e = {0};
        manifest *truth = NULL;
        snprintf(path, sizeof path, "corpus/manifests/%s.yaml", operations[i]);
        const char *files[] = {path};
        if (with_manifest && manifest_load_files(files, 1, &truth, &e)) continue;
        static const char *const folders[] = {"pass", "fail"};
        for (size_t k = 0; k < COUNT_OF(folders); k++) {
            snprintf(path, sizeof path, "corpus/articles/%s/%s", operations[i], folders[k]);
            check_folder(truth, path, t);
        }
        manifest_free(truth);
    }
}

static void what_is_promised_comes_with_a_manifest(void **state) {
    (void)state;
    totals t = {0};
    check_corpus(true, &t);
    print_message("with manifests: %zu failing judgements, %zu promises, %zu enough\n", t.articles, t.edits, t.enough);
    assert_true(t.articles > 60 && t.edits > 300 && t.enough > 8);
}

static void what_is_promised_comes_without_one(void **state) {
    (void)state;
    totals t = {0};
    check_corpus(false, &t);
    print_message("without: %zu failing judgements, %zu promises, %zu enough\n", t.articles, t.edits, t.enough);
    assert_true(t.articles > 60 && t.edits > 50 && t.enough > 8);
}

/* ---- single cases ------------------------------------------------------------------------------------------------ */

static const char facts[] = "assay-facts: 1\nas_of: 2026-05-18\nhardware:\n  - id: kestrel\n    aliases: [kestrel]\n"
                            "    attrs:\n      cpu_cores: {value: 20, unit: core, aliases: [cores]}\n"
                            "      memory: {value: 128, unit: GB, aliases: [RAM]}\n";
static const char head[] = "---\ntitle: \"t\"\ndescription: \"d\"\ndate: 2026-05-18\nstyle: essay\n---\n\n# T\n\n";

static advice advise_on(const char *truth, const char *body, double minimum) {
    judgement j;
    advice given;
    error e = {0};
    manifest *m = NULL;
    manifest_source source = {.path = STR("facts.yaml"), .content = str_from_cstr(truth ? truth : "")};
    arena_reset(work);
    if (truth) assert_int_equal(manifest_load(&source, 1, &m, &e), 0);
    gate_options options = options_for(m, minimum);
    str text = arena_printf(work, "%s%s", head, body);
    assert_int_equal(gate_judge(work, &options, STR("a.md"), text, &j, &e), 0);
    assert_int_equal(gate_advise(work, &options, &j, &given, &e), 0);
    manifest_free(m);
    return given;
}

static const edit *edit_with(const advice *given, const char *words) {
    for (uint32_t i = 0; i < given->count; i++)
        if (str_find(given->edits[i].what, str_from_cstr(words), 0) >= 0) return &given->edits[i];
    return NULL;
}

static void a_place_is_earned_back_by_all_that_spoils_it(void **state) {
    (void)state;
    advice both = advise_on(facts, "kestrel has 20 cores, a disk of 512 GB and a price of 412 euros.\n", 1000);
    const edit *e = edit_with(&both, "'512 GB'");
    assert_non_null(e);
    assert_non_null(strstr(arena_cstr(work, e->what), "412"));
    assert_int_equal(e->more_count, 1);
    assert_true(e->points > 0);
    /* A cause earns nothing with or without an invented number: nothing is promised for it. */
    advice cause = advise_on(facts, "The queue is short because a disk of 512 GB holds it.\n", 1000);
    assert_null(edit_with(&cause, "512 GB"));
}

static const char lists[] =
    "- a one\n- b two\n- c three\n\nText.\n\n- d four\n- e five\n- f six\n\nkestrel has 20 cores.\n";

static void lists_of_three_go_only_where_they_cost(void **state) {
    (void)state;
    advice with = advise_on(facts, lists, 1000), without;
    assert_null(edit_with(&with, "triple_bullet_lists"));
    without = advise_on(NULL, lists, 1000);
    assert_non_null(edit_with(&without, "triple_bullet_lists"));
}

static void above_a_cap_so_many_go_that_it_tells(void **state) {
    (void)state;
    buf body = {0};
    for (int i = 0; i < 30; i++)
        buf_printf(&body, "Stay tuned for part %d of what we do here in the yard.\n\n", i + 20);
    buf_byte(&body, 0);
    advice some = advise_on(NULL, (const char *)body.p, -60);
    const edit *e = edit_with(&some, "of the 30 filler_phrases");
    assert_non_null(e);
    assert_true(e->more_count >= 10 && e->more_count < 29 && e->points > 0 && some.score >= -60);
    advice all = advise_on(NULL, (const char *)body.p, 1000);
    e = edit_with(&all, "remove all 30 filler_phrases: 'Stay tuned'");
    assert_non_null(e);
    assert_int_equal(e->more_count, 29);
    buf_free(&body);
}

static void too_few_facts_are_a_thing_to_mend(void **state) {
    (void)state;
    buf body = {0};
    buf_cstr(&body, "kestrel stands in the yard.\n\n");
    for (int i = 0; i < 120; i++) buf_cstr(&body, "The yard is wide and the crane is slow.\n\n");
    buf_byte(&body, 0);
    advice given = advise_on(facts, (const char *)body.p, -1000);
    assert_non_null(edit_with(&given, "[truth-thin]"));
    assert_false(given.enough);
    assert_true(given.score >= given.minimum);
    buf_free(&body);
}

static void quotations_end_between_characters(void **state) {
    (void)state;
    static const char dots[] = "- a one\n- b two\n- c three\n\nText.\n\n- dddd \u2026\u2026\u2026\u2026\u2026\n"
                               "- eeee \u2026\u2026\u2026\u2026\u2026\n- ffff \u2026\u2026\u2026\u2026\u2026\n";
    advice given = advise_on(NULL, dots, 1000);
    const edit *e = edit_with(&given, "triple_bullet_lists");
    assert_non_null(e);
    assert_int_equal(utf8_find_invalid(e->what), -1);
    assert_true(str_find(e->what, STR("...'"), 0) > 0 && str_find_byte(e->what, '\n', 0) < 0);
}

static uint32_t trials_of(const char *paragraph) {
    trials t;
    judgement j;
    error e = {0};
    manifest *m = NULL;
    manifest_source source = {.path = STR("facts.yaml"), .content = str_from_cstr(facts)};
    buf body = {0};
    buf_cstr(&body, head);
    while (body.n < 40000) buf_cstr(&body, paragraph);
    arena_reset(work);
    assert_int_equal(manifest_load(&source, 1, &m, &e), 0);
    gate_options options = options_for(m, 1000);
    assert_int_equal(gate_judge(work, &options, STR("a.md"), buf_view(&body), &j, &e), 0);
    assert_true(trials_open(&t, &options, &j, 512, 16 << 20));
    uint32_t left = t.left;
    trials_close(&t);
    manifest_free(m);
    buf_free(&body);
    return left;
}

/* What is judged again and again is budgeted by what there is to judge, not by its bytes alone. */
static void many_claims_leave_few_trials(void **state) {
    (void)state;
    uint32_t plain = trials_of("The yard is wide and the crane is slow.\n\n");
    uint32_t claims = trials_of("kestrel has 96 GB of RAM and 12 cores.\n\n");
    assert_true(plain > 400 && claims >= 1 && claims < plain / 8);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_promised_comes_with_a_manifest),
        cmocka_unit_test(what_is_promised_comes_without_one),
        cmocka_unit_test(a_place_is_earned_back_by_all_that_spoils_it),
        cmocka_unit_test(lists_of_three_go_only_where_they_cost),
        cmocka_unit_test(above_a_cap_so_many_go_that_it_tells),
        cmocka_unit_test(too_few_facts_are_a_thing_to_mend),
        cmocka_unit_test(quotations_end_between_characters),
        cmocka_unit_test(many_claims_leave_few_trials),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
