/* outing.c - see outing.h. In: a desk. Out: a run on it. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "tests/support/outing.h"

#include "base/file.h"
#include "draft/folder.h"

#include <stdio.h>

static int script_begin(void *context, const struct draft_job *job, error *e) {
    struct script *s = context;
    (void)e;
    assert_true(s->begun < MOST_JOBS);
    s->jobs[s->begun] = *job;
    s->answer[s->begun] = s->texts[s->begun % s->count];
    if (!s->forgetful) s->asked[s->begun] = arena_str(s->a, job->turns[job->count - 1].text);
    s->begun++;
    return 0;
}

static int script_next(void *context, struct draft_text *out, error *e) {
    struct script *s = context;
    if (s->cancel_after && s->given == s->cancel_after) return error_set(e, ERROR_CANCELLED, "stopped");
    size_t i = s->newest_first ? s->begun - 1 : 0;
    while (s->finished[i]) i += s->newest_first ? (size_t)-1 : 1;
    assert_true(i < s->begun);
    s->finished[i] = true;
    s->given++;
    *out = (struct draft_text){
        .job = s->jobs[i].number, .text = str_from_cstr(s->answer[i]), .tokens = 7, .stop = s->stop};
    return 0;
}

struct script *script_open(struct desk *d, const char *const *texts, size_t count) {
    struct script *s = ARENA_NEW(d->a, struct script);
    assert_non_null(s);
    *s = (struct script){.texts = texts, .count = count, .a = d->a};
    s->source = (struct draft_source){.context = s, .begin = script_begin, .next = script_next};
    return s;
}

static void on_judged(void *context, const struct draft_record *record, const judgement *judged) {
    struct outing *t = context;
    assert_true(record->judged == (judged != NULL));
    t->judged++;
}

static void on_saved(void *context, const struct draft_record *r) {
    struct outing *t = context;
    buf_printf(&t->told, "%u.%u.%u %s%s %.3f\n", r->task, r->number, r->attempt, r->passed ? "pass" : "fail",
               r->kept ? " kept" : "", r->score);
}

void run_make(struct outing *t, struct desk *d, const char *folder, uint32_t count, uint32_t repairs) {
    *t = (struct outing){.d = d, .b = desk_read_brief(d, DESK_BRIEF)};
    assert_int_equal(prompt_make(d->a, &t->b, d->rules, NULL, &t->first, NULL), 0);
    t->task = (struct draft_task){
        .brief = &t->b, .gate = desk_gate(d, &t->b), .first = &t->first, .folder = desk_path(d, folder)};
    t->o = (struct draft_options){.tasks = &t->task,
                                  .task_count = 1,
                                  .count = count,
                                  .repairs = repairs,
                                  .origin = {.model = STR("script"), .model_file = STR("script.gguf")},
                                  .seed = 40,
                                  .keep_records = true,
                                  .judged = on_judged,
                                  .saved = on_saved,
                                  .context = t};
}

int run_all(struct outing *t, struct script *s) {
    int bad = draft_folders_prepare(&t->o, NULL, &t->e);
    return bad ? bad : draft_run(t->d->a, &t->o, &s->source, &t->r, &t->e);
}

const char *const FENCED = "```markdown\n---\ntitle: x\n---\n\nA seamless game changer, perhaps.\n```\n";

const char PASSES[] = "---\ntitle: \"x\"\ndescription: \"y\"\ndate: 2026-05-18\nstyle: essay\n---\n\n"
                      "Nothing was tested here, and this says so in more than ten words. It stops early.\n";
const char WORSE[] = "---\ntitle: x\n---\n\nA seamless game changer, perhaps. It is a robust, seamless game "
                     "changer \u2014 truly.\n";

/* The script's texts are short. */
bool waive_length(void *context, arena *a, const article *art, claim_list *claims, finding_list *findings) {
    (void)context;
    (void)a;
    (void)art;
    (void)claims;
    for (size_t i = 0; i < findings->n; i++)
        if (str_eq(findings->at[i].rule, STR("length"))) findings->at[i].suppressed = true;
    return true;
}

void lenient(struct outing *t) {
    t->task.gate.minimum = -1000; /* so that findings alone decide */
    t->task.gate.waive = waive_length;
}

void put_file(struct desk *d, const char *folder, const char *name, const char *text) {
    error e = {0};
    if (file_write(path_join(d->a, str_from_cstr(folder), str_from_cstr(name)), str_from_cstr(text), &e))
        fail_msg("%s", e.message);
}

void expect_same_files(struct desk *d, const char *a, const char *b, uint32_t count) {
    uint32_t files = 0;
    for (uint32_t i = 0; i < count * 3 * 2; i++) {
        char name[32];
        int n = snprintf(name, sizeof name, "%03u", i / 6 + 1);
        if (i / 2 % 3) n += snprintf(name + n, sizeof name - (size_t)n, ".repair%u", i / 2 % 3);
        snprintf(name + n, sizeof name - (size_t)n, i % 2 ? ".json" : ".md");
        assert_int_equal(desk_has(d, a, name), desk_has(d, b, name));
        if (!desk_has(d, a, name)) continue;
        files++;
        if (!str_eq(desk_read(d, a, name), desk_read(d, b, name))) fail_msg("%s differs", name);
    }
    assert_true(files >= 2 * count);
}
