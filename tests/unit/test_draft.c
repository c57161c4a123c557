/* test_draft.c - drafts saved, judged, repaired and reported: with a script that writes what a test needs. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/file.h"
#include "draft/draft.h"
#include "draft/folder.h"
#include "tests/support/outing.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void what_fails_is_repaired_and_kept_beside_the_original(void **state) {
    struct desk *d = *state;
    const char *answers[] = {FENCED, PASSES, PASSES};
    struct script *s = script_open(d, answers, 3);
    struct outing t;
    run_make(&t, d, "repair/deep", 2, 2);
    const char *folder = t.task.folder;
    lenient(&t);
    if (run_all(&t, s)) fail_msg("%s", t.e.message);
    assert_int_equal(t.r.finished, 2);
    assert_int_equal(t.r.count, 3);
    assert_int_equal(t.judged, 3);
    assert_true(str_eq(desk_read(d, folder, "001.md"), str_from_cstr(FENCED))); /* verbatim */
    assert_true(str_eq(desk_read(d, folder, "001.repair1.md"), str_from_cstr(PASSES)));
    assert_true(desk_has(d, folder, "001.repair1.json"));
    assert_false(desk_has(d, folder, "001.repair2.md")); /* the first repair passed */
    assert_false(desk_has(d, folder, "002.repair1.md"));
    if (t.r.passed != 2) fail_msg("%u passed; %.*s", t.r.passed, STR_ARG(desk_read(d, folder, "001.repair1.json")));
    assert_true(s->jobs[0].seed == 40 && s->jobs[1].seed == 41);
    assert_true(s->jobs[2].first && s->jobs[2].seed != 40 && s->jobs[2].seed != 41);
    assert_true(s->jobs[2].seed < 1ull << 53); /* a sidecar's numbers may be read as doubles */
    /* The repair asks for removal, names the finding, and never asks for specifics. */
    assert_true(str_find(s->asked[2], STR("article-fenced"), 0) > 0);
    assert_true(str_find(s->asked[2], STR("Put no other specific in its place"), 0) > 0);
    str sidecar = desk_read(d, folder, "001.json");
    static const char *const held[] = {
        "\"model\": \"script\"",     "\"style\": \"essay\"", "\"prompt\": \"sha256:", "\"seed\": 40",
        "\"rules\": \"sha256:",      "\"manifest\": null",   "\"verdict\": \"fail\"", "\"stop\": \"end\"",
        "\"brief_hash\": \"sha256:", "\"guesses\": {"};
    for (size_t i = 0; i < COUNT_OF(held); i++)
        if (str_find(sidecar, str_from_cstr(held[i]), 0) < 0) fail_msg("%s is not in %.*s", held[i], STR_ARG(sidecar));
    buf_free(&t.told);
}

static void repairs_stop_at_their_limit(void **state) {
    struct desk *d = *state;
    struct script *s = script_open(d, &FENCED, 1);
    struct outing t;
    run_make(&t, d, "limit", 1, 2);
    assert_int_equal(run_all(&t, s), 0);
    assert_int_equal(t.r.count, 3);
    assert_int_equal(t.r.passed, 0);
    assert_true(desk_has(d, t.task.folder, "001.repair2.json"));
    buf_free(&t.told);
}

/* On a thread or not, whatever is finished first: the same files, the same reports in the same order. */
static void scoring_beside_changes_nothing(void **state) {
    enum { DRAFTS = 24 };
    struct desk *d = *state;
    const char *answers[] = {PASSES, FENCED, WORSE, PASSES, PASSES, FENCED, FENCED};
    buf told = {0};
    for (int way = 0; way < 4; way++) {
        struct script *s = script_open(d, answers, COUNT_OF(answers));
        struct outing t;
        char folder[16];
        snprintf(folder, sizeof folder, "way%d", way);
        run_make(&t, d, folder, DRAFTS, 0);
        lenient(&t);
        t.o.serial = way == 0;
        s->newest_first = way >= 2;
        if (run_all(&t, s)) fail_msg("%s", t.e.message);
        assert_int_equal(t.r.count, DRAFTS);
        assert_int_equal(t.judged, DRAFTS);
        assert_true(t.r.passed > 5 && t.r.passed < DRAFTS);
        if (way == 0) {
            told = t.told;
            continue;
        }
        if (!str_eq(buf_view(&told), buf_view(&t.told)))
            fail_msg("%.*s---\n%.*s", STR_ARG(buf_view(&told)), STR_ARG(buf_view(&t.told)));
        expect_same_files(d, desk_path(d, "way0"), t.task.folder, DRAFTS);
        buf_free(&t.told);
    }
    buf_free(&told);
}

static void repairs_are_reported_behind_their_draft(void **state) {
    struct desk *d = *state;
    const char *answers[] = {FENCED, FENCED, FENCED}; /* every text fails, so each draft has two repairs */
    for (int way = 0; way < 3; way++) {
        struct script *s = script_open(d, answers, 3);
        struct outing t;
        char folder[16];
        snprintf(folder, sizeof folder, "order%d", way);
        run_make(&t, d, folder, 3, 2);
        t.o.serial = way == 0;
        s->newest_first = way == 2;
        if (run_all(&t, s)) fail_msg("%s", t.e.message);
        const char *line = (const char *)t.told.p;
        for (uint32_t i = 0; i < 9; i++) {
            char expected[16];
            snprintf(expected, sizeof expected, "0.%u.%u fail", i / 3 + 1, i % 3);
            if (strncmp(line, expected, strlen(expected)) != 0) fail_msg("'%s' is not '%s'", line, expected);
            line = strchr(line, '\n') + 1;
            assert_int_equal(t.r.records[i].repaired, i % 3 < 2);
        }
        if (way) expect_same_files(d, desk_path(d, "order0"), t.task.folder, 3);
        buf_free(&t.told);
    }
}

static void what_is_finished_survives_a_cancelled_run(void **state) {
    struct desk *d = *state;
    struct script *s = script_open(d, &FENCED, 1);
    struct outing t;
    run_make(&t, d, "cancel", 4, 1);
    s->cancel_after = 2;
    s->newest_first = true;
    assert_int_equal(run_all(&t, s), ERROR_CANCELLED);
    assert_int_equal(t.judged, 2); /* what was finished was judged, too */
    assert_true(t.r.finished >= 1 && t.r.count == 2);
    for (uint32_t i = 0; i < 4; i++) {
        char name[16];
        snprintf(name, sizeof name, "%03u.json", i + 1);
        assert_int_equal(desk_has(d, t.task.folder, name), t.r.done[i]);
        if (t.r.done[i]) assert_true(str_find(desk_read(d, t.task.folder, name), STR("\"verdict\": \"fail\""), 0) > 0);
    }
    /* And a second run does not write over them. */
    assert_int_equal(draft_folders_prepare(&t.o, NULL, &t.e), ERROR_CONFLICT);
    buf_free(&t.told);
}

static void nothing_that_is_there_is_written_over(void **state) {
    struct desk *d = *state;
    static const char *const names[] = {"001.md", "002.json", "002.repair1.md"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct outing t;
        char folder[16];
        snprintf(folder, sizeof folder, "there%zu", i);
        run_make(&t, d, folder, 2, 1);
        assert_int_equal(draft_folders_prepare(&t.o, NULL, &t.e), 0);
        put_file(d, t.task.folder, names[i], "mine");
        assert_int_equal(draft_folders_prepare(&t.o, NULL, &t.e), ERROR_CONFLICT);
        assert_non_null(strstr(t.e.file, names[i]));
        assert_true(str_eq(desk_read(d, t.task.folder, names[i]), STR("mine")));
    }
    int one = -1, two = -1;
    error e = {0};
    assert_int_equal(draft_folder_lock(d->folder, &one, &e), 0);
    assert_int_equal(draft_folder_lock(d->folder, &two, &e), ERROR_CONFLICT);
    assert_int_equal(close(one), 0);
    assert_int_equal(draft_folder_lock(d->folder, &two, &e), 0);
    assert_int_equal(close(two), 0);
    assert_int_equal(draft_folder_lock(d->model, &two, &e), ERROR_IO);
}

/* Several briefs in one run: each under its own ruler and limit, in its own folder, told in their order. */
static void several_briefs_are_one_run(void **state) {
    struct desk *d = *state;
    const char *answers[] = {PASSES, FENCED, WORSE};
    struct outing t;
    run_make(&t, d, "a", 2, 0);
    brief other = desk_read_brief(d, "title: \"Another\"\nstyle: tutorial\n");
    prompt asked;
    assert_int_equal(prompt_make(d->a, &other, d->rules, NULL, &asked, NULL), 0);
    struct draft_task tasks[] = {t.task,
                                 {.brief = &other,
                                  .gate = desk_gate(d, &other),
                                  .first = &asked,
                                  .folder = desk_path(d, "b"),
                                  .max_tokens = 99}};
    t.o.tasks = tasks;
    t.o.task_count = 2;
    struct script *s = script_open(d, answers, 3);
    s->newest_first = true;
    if (run_all(&t, s)) fail_msg("%s", t.e.message);
    assert_int_equal(t.r.finished, 4);
    for (uint32_t i = 0; i < 4; i++) {
        const struct draft_record *r = &t.r.records[i];
        assert_true(r->task == i / 2 && r->number == i % 2 + 1 && t.r.done[i]);
        assert_int_equal(s->jobs[i].max_tokens, i / 2 ? 99 : 0);
        assert_true(s->jobs[i].seed == 40 + i % 2);
    }
    assert_true(str_find(desk_read(d, tasks[0].folder, "002.json"), STR("\"style\": \"essay\""), 0) > 0);
    str sidecar = desk_read(d, tasks[1].folder, "002.json");
    assert_true(str_find(sidecar, STR("\"style\": \"tutorial\""), 0) > 0);
    assert_true(str_find(sidecar, STR("\"max_tokens\": 99"), 0) > 0);
    assert_true(str_find(sidecar, str_from_cstr(asked.hash.text), 0) > 0);
    buf_free(&t.told);
}

/* What ends the run for the scorer ends it for the caller: here a folder that goes away. */
static void a_disk_that_fails_ends_the_run(void **state) {
    struct desk *d = *state;
    struct outing t;
    run_make(&t, d, "gone", 8, 0);
    assert_int_equal(draft_folders_prepare(&t.o, NULL, &t.e), 0);
    assert_int_equal(rmdir(t.task.folder), 0);
    struct script *s = script_open(d, &FENCED, 1);
    assert_int_equal(draft_run(d->a, &t.o, &s->source, &t.r, &t.e), ERROR_IO);
    assert_int_equal(t.r.finished, 0);
    assert_non_null(strstr(t.e.file, "001"));
    buf_free(&t.told);
}

#if defined(__SANITIZE_ADDRESS__)
enum { FLAT = 0 }; /* its allocator keeps other books */
#else
enum { FLAT = 1 };
#endif
static size_t held_bytes(void) { return mallinfo2().uordblks + mallinfo2().hblkhd; }

/* What a run keeps of a text is its record: no text, no request, no judgement. */
static void a_long_run_holds_records_only(void **state) {
    struct desk *d = *state;
    struct outing t;
    size_t held[2] = {0};
    for (int i = 0; i < 2; i++) {
        arena *a = arena_new(0), *before = d->a;
        d->a = a;
        struct script *s = script_open(d, &FENCED, 1);
        run_make(&t, d, "unused", i ? 1300 : 300, 2);
        t.task.folder = NULL;
        for (size_t k = 0; k < MOST_JOBS; k++) s->asked[k] = (str){0};
        s->forgetful = true;
        size_t from = held_bytes();
        if (draft_run(d->a, &t.o, &s->source, &t.r, &t.e)) fail_msg("%s", t.e.message);
        held[i] = held_bytes() - from;
        assert_int_equal(t.r.count, i ? 3900 : 900);
        buf_free(&t.told);
        d->a = before;
        arena_free(a);
    }
    size_t each = (held[1] > held[0] ? held[1] - held[0] : 0) / 3000;
    if (FLAT && each > 1600) fail_msg("%zu bytes a text stay", each);
}

static void seeds_stay_apart(void **state) {
    (void)state;
    for (uint32_t i = 1; i < 50; i++) {
        assert_true(draft_seed(7, i, 0) == 7 + i - 1);
        for (uint32_t k = 1; k < 50; k++)
            for (uint32_t attempt = 1; attempt < 4; attempt++) {
                assert_true(draft_seed(7, i, attempt) != draft_seed(7, k, 0));
                assert_true(i == k || draft_seed(7, i, attempt) != draft_seed(7, k, attempt));
                assert_true(draft_seed(7, i, attempt) < 1ull << 53);
            }
    }
}

static void a_folder_that_cannot_be_written_is_refused_before_anything(void **state) {
    struct desk *d = *state;
    struct outing t;
    run_make(&t, d, "noise.gguf/out", 1, 0);
    assert_int_equal(draft_folders_prepare(&t.o, NULL, &t.e), ERROR_IO);
    t.task.folder = d->model;
    assert_int_equal(draft_folders_prepare(&t.o, NULL, &t.e), ERROR_IO);
    t.task.folder = "/proc/assay-drafts";
    assert_int_equal(draft_folders_prepare(&t.o, NULL, &t.e), ERROR_IO);
}

/* Folders that were made and got no draft go again, and only those. */
static void a_run_that_wrote_nothing_leaves_no_folder(void **state) {
    struct desk *d = *state;
    struct outing t;
    buf made = {0};
    char *own = desk_path(d, "own");
    assert_int_equal(mkdir(own, 0777), 0);
    run_make(&t, d, "own/new/night", 1, 0);
    assert_int_equal(draft_folders_prepare(&t.o, &made, &t.e), 0);
    assert_int_equal(access(t.task.folder, F_OK), 0);
    draft_folders_unmake(&made);
    assert_int_not_equal(access(desk_path(d, "own/new"), F_OK), 0);
    assert_int_equal(access(own, F_OK), 0); /* it was there before */
    made.n = 0;
    assert_int_equal(draft_folders_prepare(&t.o, &made, &t.e), 0);
    assert_int_equal(file_write(desk_path(d, "own/new/night/001.md"), STR("x"), &t.e), 0);
    draft_folders_unmake(&made);
    assert_int_equal(access(desk_path(d, "own/new/night/001.md"), F_OK), 0);
    buf_free(&made);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_fails_is_repaired_and_kept_beside_the_original),
        cmocka_unit_test(repairs_stop_at_their_limit),
        cmocka_unit_test(a_run_that_wrote_nothing_leaves_no_folder),
        cmocka_unit_test(scoring_beside_changes_nothing),
        cmocka_unit_test(repairs_are_reported_behind_their_draft),
        cmocka_unit_test(what_is_finished_survives_a_cancelled_run),
        cmocka_unit_test(nothing_that_is_there_is_written_over),
        cmocka_unit_test(several_briefs_are_one_run),
        cmocka_unit_test(a_disk_that_fails_ends_the_run),
        cmocka_unit_test(a_long_run_holds_records_only),
        cmocka_unit_test(seeds_stay_apart),
        cmocka_unit_test(a_folder_that_cannot_be_written_is_refused_before_anything),
    };
    return cmocka_run_group_tests(tests, desk_open, desk_close);
}
