/* test_draft_kept.c - a run that goes on: whose the drafts are that stand there, and what it says of them. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/file.h"
#include "draft/kept.h"
#include "tests/support/outing.h"

#include <stdio.h>
#include <unistd.h>

/* Killed after any number of texts, then gone on with: the files of a run that was never killed. */
static void an_interrupted_run_goes_on(void **state) {
    enum { DRAFTS = 5 };
    struct desk *d = *state;
    struct outing whole, t;
    run_make(&whole, d, "whole", DRAFTS, 2);
    assert_int_equal(run_all(&whole, script_open(d, &FENCED, 1)), 0);
    for (size_t stop = 1; stop < 15; stop += 3) {
        char folder[16];
        snprintf(folder, sizeof folder, "stop%zu", stop);
        struct script *first = script_open(d, &FENCED, 1), *second = script_open(d, &FENCED, 1);
        run_make(&t, d, folder, DRAFTS, 2);
        first->cancel_after = stop;
        assert_int_equal(run_all(&t, first), ERROR_CANCELLED);
        buf_free(&t.told);
        run_make(&t, d, folder, DRAFTS, 2);
        t.o.resume = true;
        if (run_all(&t, second)) fail_msg("%s: %s", t.e.file, t.e.message);
        assert_int_equal(t.r.kept, stop);
        assert_int_equal(second->given, 15 - stop); /* nothing was written twice */
        assert_int_equal(t.r.count, 15);
        expect_same_files(d, whole.task.folder, t.task.folder, DRAFTS);
        buf_free(&t.told);
        run_make(&t, d, folder, DRAFTS, 2); /* and once more: nothing is left to do */
        t.o.resume = true;
        assert_int_equal(run_all(&t, second), 0);
        assert_int_equal(t.r.kept, 15);
        buf_free(&t.told);
    }
    buf_free(&whole.told);
}

static void refuses(struct outing *t, const char *why) {
    struct script *s = script_open(t->d, &FENCED, 1);
    t->o.resume = true;
    int bad = run_all(t, s);
    if (bad != ERROR_CONFLICT || !strstr(t->e.message, why)) fail_msg("%d, not '%s': %s", bad, why, t->e.message);
    assert_int_equal(s->begun, 0); /* seen before anything is written */
}

static void only_this_runs_drafts_are_taken(void **state) {
    struct desk *d = *state;
    struct outing t;
    run_make(&t, d, "mine", 2, 0);
    const char *folder = t.task.folder;
    assert_int_equal(run_all(&t, script_open(d, &FENCED, 1)), 0);
    t.o.seed++;
    refuses(&t, "its 'seed' is not what this one asks for");
    t.o.seed--;
    t.o.origin.model = STR("another");
    refuses(&t, "'model'");
    t.o.origin.model = STR("script");
    t.o.origin.sampler.temperature = 2;
    refuses(&t, "'sampler'");
    t.o.origin.sampler.temperature = 0;
    t.o.origin.think = true;
    refuses(&t, "'think'");
    t.o.origin.think = false;
    t.o.origin.max_tokens = 100; /* where the context leaves less than the task asks for */
    refuses(&t, "'max_tokens'");
    t.o.origin.max_tokens = 0;
    str sidecar = desk_read(d, folder, "002.json");
    t.o.origin.model_hash = STR("sha256:1"); /* the first run computed none: no contradiction */
    t.o.resume = true;
    assert_int_equal(run_all(&t, script_open(d, &FENCED, 1)), 0);
    assert_true(str_eq(desk_read(d, folder, "002.json"), sidecar)); /* nor does this run say what it did not write */
    put_file(d, folder, "002.md", "Somebody edited this.\n");
    refuses(&t, "was changed after it was written");
    put_file(d, folder, "002.md", FENCED);
    put_file(d, folder, "002.json", "{\"not\": \"ours\"}");
    refuses(&t, "another run's");
    put_file(d, folder, "002.json", "no JSON");
    refuses(&t, "its sidecar is no JSON object");
    assert_int_equal(unlink(path_join(d->a, str_from_cstr(folder), STR("002.json"))), 0);
    refuses(&t, "has no sidecar");
    /* Killed between the sidecar and the text: written now. */
    assert_int_equal(unlink(path_join(d->a, str_from_cstr(folder), STR("002.md"))), 0);
    put_file(d, folder, "002.json", (const char *)arena_cstr(d->a, sidecar));
    if (run_all(&t, script_open(d, &FENCED, 1))) fail_msg("%s", t.e.message);
    assert_int_equal(t.r.kept, 1);
    assert_true(str_eq(desk_read(d, folder, "002.md"), str_from_cstr(FENCED)));
    buf_free(&t.told);
}

/* What a later run may have otherwise is neither a reason to refuse a text, nor said of it. */
static void a_kept_text_keeps_its_provenance(void **state) {
    struct desk *d = *state;
    struct outing t;
    run_make(&t, d, "kept", 1, 0);
    const char *folder = t.task.folder;
    t.o.origin.model_hash = STR("sha256:1");
    t.o.origin.context_tokens = 4096;
    assert_int_equal(run_all(&t, script_open(d, &FENCED, 1)), 0);
    str sidecar = desk_read(d, folder, "001.json");
    t.o.resume = true;
    t.o.origin.model_hash = (str){0}; /* --no-hash */
    t.o.origin.context_tokens = 8192; /* a text that ended by itself needs no more */
    t.b.file = STR("renamed.yaml");
    t.o.origin.model_id = STR("sha256:id"); /* the earlier run knew none */
    if (run_all(&t, script_open(d, &FENCED, 1))) fail_msg("%s", t.e.message);
    assert_int_equal(t.r.kept, 1);
    assert_true(str_eq(desk_read(d, folder, "001.json"), sidecar));
    t.task.gate.minimum = 77; /* the verdict is this run's, and nothing else */
    if (run_all(&t, script_open(d, &FENCED, 1))) fail_msg("%s", t.e.message);
    str again = desk_read(d, folder, "001.json");
    ptrdiff_t verdict = str_find(sidecar, STR("\"verdict\""), 0);
    assert_true(str_eq(str_slice(again, 0, verdict), str_slice(sidecar, 0, verdict)));
    assert_true(str_find(again, STR("\"minimum\": 77"), 0) > 0);
    put_file(d, folder, "001.json",
             (const char *)arena_printf(d->a, "%.*s\"model_id\": \"sha256:other\"%.*s",
                                        (int)str_find(again, STR("\"model_id\""), 0), (const char *)again.p,
                                        (int)(again.n - str_find(again, STR(",\n  \"prompt\""), 0)),
                                        (const char *)again.p + str_find(again, STR(",\n  \"prompt\""), 0))
                 .p);
    refuses(&t, "its 'model_id'"); /* another model under the same name, whose hash was not computed */
    put_file(d, folder, "001.json", (const char *)arena_cstr(d->a, again));
    t.o.origin.context_tokens = 2048; /* it may not have fitted */
    refuses(&t, "a 'context' of 4096 tokens, and this run has 2048; give --context 4096");
    put_file(d, folder, "001.json", "{\"not\": \"ours\"}");
    refuses(&t, "another run's");
    buf_free(&t.told);
    run_make(&t, d, "cut", 1, 0);
    struct script *s = script_open(d, &FENCED, 1);
    s->stop = STOP_CONTEXT;
    t.o.origin.context_tokens = 4096;
    assert_int_equal(run_all(&t, s), 0);
    t.o.origin.context_tokens = 8192; /* it would have gone on */
    refuses(&t, "give --context 4096");
    buf_free(&t.told);
}

/* From 2^53 on two numbers may be one double. */
static void seeds_are_told_apart_to_the_last_digit(void **state) {
    struct desk *d = *state;
    static const uint64_t seeds[] = {1ull << 53, (1ull << 53) + 1, UINT64_MAX - 1};
    for (size_t i = 0; i < COUNT_OF(seeds); i++) {
        struct outing t;
        char folder[16];
        snprintf(folder, sizeof folder, "seed%zu", i);
        run_make(&t, d, folder, 1, 0);
        t.o.seed = seeds[i];
        assert_int_equal(run_all(&t, script_open(d, &FENCED, 1)), 0);
        str said = arena_printf(d->a, "\"seed\": \"%llu\"", (unsigned long long)seeds[i]);
        assert_true(str_find(desk_read(d, t.task.folder, "001.json"), said, 0) > 0);
        t.o.resume = true;
        assert_int_equal(run_all(&t, script_open(d, &FENCED, 1)), 0);
        assert_int_equal(t.r.kept, 1);
        t.o.seed = seeds[i] ^ 1;
        refuses(&t, "its 'seed'");
        buf_free(&t.told);
    }
}

/* The repairs, too, and those behind the first draft that is missing: seen before anything is written. */
static void every_repair_is_looked_at_first(void **state) {
    struct desk *d = *state;
    struct outing t;
    error e = {0};
    run_make(&t, d, "repairs", 1, 2);
    const char *folder = t.task.folder;
    assert_int_equal(run_all(&t, script_open(d, &FENCED, 1)), 0);
    /* What is none of this run's drafts. */
    static const char *const others[] = {"notes.md", "1.md", "0001.md", "001.repair01.md", "001.md.bak", "005.md"};
    for (size_t i = 0; i < COUNT_OF(others); i++) put_file(d, folder, others[i], "mine");
    t.o.count = 4;
    t.o.resume = true;
    assert_int_equal(draft_check_kept(&t.o, &e), 0);
    put_file(d, folder, "001.repair2.md", "Somebody edited this.\n");
    refuses(&t, "was changed after it was written");
    assert_non_null(strstr(t.e.file, "001.repair2.md"));
    struct draft_options unloaded = t.o;
    unloaded.origin = (struct draft_origin){.model_file = t.o.origin.model_file};
    assert_int_equal(draft_check_kept(&unloaded, &e), ERROR_CONFLICT); /* before the model is loaded */
    t.o.repairs = 1;                                                   /* also those that this run would not ask for */
    refuses(&t, "was changed after it was written");
    t.o.repairs = 2;
    put_file(d, folder, "001.repair2.md", FENCED);
    assert_int_equal(draft_check_kept(&unloaded, &e), 0);
    unloaded.origin.model_file = STR("another.gguf");
    assert_int_equal(draft_check_kept(&unloaded, &e), ERROR_CONFLICT);
    assert_int_equal(unlink(path_join(d->a, str_from_cstr(folder), STR("001.md"))), 0); /* it would be written again */
    put_file(d, folder, "001.repair1.md", "Somebody edited this.\n");
    refuses(&t, "was changed after it was written");
    put_file(d, folder, "001.repair1.md", FENCED);
    put_file(d, folder, "001.md", FENCED);
    t.task.gate.waive = waive_length; /* another configuration finds less, and would ask for another repair */
    refuses(&t, "its 'prompt'");
    assert_non_null(strstr(t.e.file, "001.repair1"));
    t.task.gate.waive = NULL;
    if (run_all(&t, script_open(d, &FENCED, 1))) fail_msg("%s: %s", t.e.file, t.e.message);
    assert_int_equal(t.r.kept, 3);
    buf_free(&t.told);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_interrupted_run_goes_on),       cmocka_unit_test(only_this_runs_drafts_are_taken),
        cmocka_unit_test(a_kept_text_keeps_its_provenance), cmocka_unit_test(seeds_are_told_apart_to_the_last_digit),
        cmocka_unit_test(every_repair_is_looked_at_first),
    };
    return cmocka_run_group_tests_name("draft_kept", tests, desk_open, desk_close);
}
