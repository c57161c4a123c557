/* test_writer.c - a tiny model that writes noise: many texts at once, cancelled, cut, refused. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/file.h"
#include "draft/draft.h"
#include "draft/folder.h"
#include "draft/loaded.h"
#include "draft/writer.h"
#include "tests/support/desk.h"
#include "tests/support/writer_model.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct session_under_test {
    struct device_choice device;
    loaded_model *model;
    writer *writer;
    atomic_int cancel;
};

static void model_open(struct session_under_test *t, struct desk *d, const prompt *first, unsigned threads,
                       uint32_t texts, uint32_t max_tokens, uint32_t context) {
    static const char *const nowhere[] = {NULL};
    error e = {0};
    memory_platform memory = memory_system();
    if (device_open("cpu", nowhere, threads, &t->device, &e)) fail_msg("%s", e.message);
    struct load_request q = {.path = d->model,
                             .device = &t->device,
                             .first = first,
                             .context_tokens = context,
                             .max_tokens = max_tokens,
                             .texts = texts,
                             .memory = &memory,
                             .cancel = &t->cancel,
                             .repairs = true};
    if (loaded_model_open(d->a, &q, &t->model, &e)) fail_msg("%s", e.message);
    struct writer_options o = {
        .batch = texts, .max_tokens = max_tokens, .sampler = sampler_defaults(), .family = t->model->family};
    if (writer_open(t->model->engine, t->model->tokenizer, &o, &t->writer, &e)) fail_msg("%s", e.message);
}

static void model_close(struct session_under_test *t) {
    writer_close(t->writer);
    loaded_model_close(t->model);
    device_close(&t->device);
}

static struct chat_turn HELLO[] = {{CHAT_SYSTEM, STR("You write articles.")},
                                   {CHAT_USER, STR("Write the article about the test.")}};

static int ask(struct draft_source *s, uint32_t number, const struct chat_turn *turns, size_t count, uint64_t seed,
               error *e) {
    const struct draft_job job = {.number = number, .turns = turns, .count = count, .seed = seed};
    return s->begin(s->context, &job, e);
}

/* Texts of five jobs, by job. */
static void write_five(struct desk *d, unsigned threads, uint32_t texts, str out[5]) {
    struct session_under_test t = {0};
    prompt first = {.turns = HELLO, .count = 2};
    model_open(&t, d, &first, threads, texts, 40, 0);
    struct draft_source *s = writer_source(t.writer);
    error e = {0};
    for (uint32_t i = 0; i < 5; i++) assert_int_equal(ask(s, i, HELLO, 2, 100 + i, &e), 0);
    for (int i = 0; i < 5; i++) {
        struct draft_text text;
        if (s->next(s->context, &text, &e)) fail_msg("%s", e.message);
        assert_true(text.tokens > 0 && text.tokens <= 40);
        out[text.job] = arena_str(d->a, text.text);
    }
    const struct writer_stats *stats = writer_stats_of(t.writer);
    assert_int_equal(stats->prefill_tokens, stats->prompt_tokens - 1); /* one prefill for all */
    assert_true(stats->written_tokens > 0 && stats->first_token_s > 0);
    model_close(&t);
}

static void same_seed_same_text_whatever_the_threads_and_the_batch(void **state) {
    str one[5], two[5], alone[5];
    write_five(*state, 1, 3, one);
    write_five(*state, 2, 5, two);
    write_five(*state, 1, 1, alone);
    for (int i = 0; i < 5; i++) {
        if (!str_eq(one[i], two[i]) || !str_eq(one[i], alone[i])) fail_msg("draft %d differs", i);
        assert_true(one[i].n > 0);
        if (i) assert_false(str_eq(one[i], one[0])); /* another seed, another text */
    }
}

static void a_model_writes_drafts_that_the_gate_judges(void **state) {
    struct desk *d = *state;
    brief b = desk_read_brief(d, DESK_BRIEF);
    char *folder = path_join(d->a, str_from_cstr(d->folder), STR("noise"));
    prompt first;
    assert_int_equal(prompt_make(d->a, &b, d->rules, NULL, &first, NULL), 0);
    struct session_under_test t = {0};
    model_open(&t, d, &first, 2, 2, 30, 0);
    struct draft_task task = {.brief = &b, .gate = desk_gate(d, &b), .first = &first, .folder = folder};
    struct draft_options o = {
        .tasks = &task, .task_count = 1, .count = 3, .repairs = 1, .seed = 40, .keep_records = true};
    o.origin.family = t.model->family;
    struct draft_result r;
    error e = {0};
    assert_int_equal(draft_folders_prepare(&o, NULL, &e), 0);
    if (draft_run(d->a, &o, writer_source(t.writer), &r, &e)) fail_msg("%s", e.message);
    assert_int_equal(r.finished, 3);
    assert_int_equal(r.count, 6); /* noise fails, and so does its repair */
    assert_int_equal(r.passed, 0);
    for (size_t i = 0; i < r.count; i++) {
        const struct draft_record *x = &r.records[i];
        judgement judged;
        str text;
        assert_true(x->judged);
        if (file_read(d->a, arena_cstr(d->a, x->path), 1 << 20, &text, &e)) fail_msg("%s", e.message);
        assert_int_equal(gate_judge(d->a, &task.gate, x->path, text, &judged, &e),
                         0); /* as `check --untrusted` would */
        assert_true(judged.score == x->score && !judged.passed);
    }
    /* A repair computes only what is new: the contract and the brief are shared. */
    const struct writer_stats *stats = writer_stats_of(t.writer);
    assert_true(stats->prefill_tokens < 3 * (uint64_t)stats->prompt_tokens);
    model_close(&t);
}

/* Where the system text stands in the last turn, a repair shares nothing: the cache has room for that too. */
static void repairs_fit_where_nothing_is_shared(void **state) {
    struct desk *d = *state, other = *d;
    struct writer_model m = {.seed = 1, .chat_template = "{{ '[INST] ' + text + '[/INST]' }}"};
    brief b = desk_read_brief(d, DESK_BRIEF);
    prompt first;
    struct session_under_test t = {0};
    struct draft_result r;
    error e = {0};
    snprintf(other.model, sizeof other.model, "%s/mistral.gguf", d->folder);
    assert_int_equal(writer_model_file(&m, other.model, NULL), 0);
    assert_int_equal(prompt_make(d->a, &b, d->rules, NULL, &first, NULL), 0);
    model_open(&t, &other, &first, 2, 3, 20, 0);
    assert_int_equal(t.model->family, CHAT_MISTRAL_V3);
    struct draft_task task = {.brief = &b, .gate = desk_gate(d, &b), .first = &first};
    struct draft_options o = {
        .tasks = &task, .task_count = 1, .count = 3, .repairs = 1, .seed = 40, .keep_records = true};
    if (draft_run(d->a, &o, writer_source(t.writer), &r, &e)) fail_msg("%s", e.message);
    assert_int_equal(r.count, 6);
    assert_true(writer_stats_of(t.writer)->prefill_tokens > 3 * (uint64_t)writer_stats_of(t.writer)->prompt_tokens);
    model_close(&t);
}

/* Repairs that fill the context to its last token, whatever the place in a page at which the request's opening of the
 * reply, which a repair does not share, begins. */
static void repairs_that_fill_the_context_fit(void **state) {
    enum { TEXTS = 16, ROOM = 24 };
    struct desk *d = *state, other = *d;
    struct writer_model m = {.seed = 3, .chat_template = "{{ '<|turn>' + role + text + '<turn|>' }}"};
    error e = {0};
    snprintf(other.model, sizeof other.model, "%s/gemma4.gguf", d->folder);
    assert_int_equal(writer_model_file(&m, other.model, NULL), 0);
    for (int more = 0; more < 64; more += 3) { /* a token each */
        struct session_under_test t = {0};
        char asked[128];
        snprintf(asked, sizeof asked, "Write the article.%.*s", more,
                 "~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~");
        struct chat_turn turns[] = {{CHAT_USER, str_from_cstr(asked)}, {CHAT_ASSISTANT, STR("No.")}, HELLO[1]};
        prompt first = {.turns = turns, .count = 1};
        token_ids ids = {0};
        model_open(&t, &other, &first, 1, 1, 10, 0);
        assert_int_equal(t.model->family, CHAT_GEMMA4);
        assert_int_equal(writer_encode(t.model->tokenizer, CHAT_GEMMA4, false, turns, 3, &ids, &e), 0);
        model_close(&t);
        t = (struct session_under_test){0};
        model_open(&t, &other, &first, 1, TEXTS, 1000, ((uint32_t)ids.n + ROOM) / 64 * 64 + 65);
        token_ids_free(&ids);
        struct draft_source *s = writer_source(t.writer);
        struct draft_text text;
        uint32_t full = 0;
        assert_int_equal(ask(s, 0, turns, 1, 0, &e), 0);
        for (uint32_t i = 1; i < 3 * TEXTS; i++) {
            char said[] = {(char)('!' + i), 'o', '.', 0}; /* else they would share that, too */
            turns[1].text = str_from_cstr(said);
            assert_int_equal(ask(s, i, turns, 3, i, &e), 0);
        }
        for (uint32_t i = 0; i < 3 * TEXTS; i++) {
            if (s->next(s->context, &text, &e)) fail_msg("%d more: %s", more, e.message);
            full += text.stop == STOP_CONTEXT;
        }
        assert_true(full > TEXTS);
        model_close(&t);
    }
}

/* A run that goes on after another may begin with repairs. What is kept for all is the request then too: with the draft
 * of the first of them the cache would be full. */
static void a_repair_may_come_first(void **state) {
    enum { DRAFT_LINES = 60 };
    struct desk *d = *state;
    struct session_under_test t = {0};
    buf said[3] = {{0}};
    token_ids ids = {0};
    error e = {0};
    prompt first = {.turns = HELLO, .count = 2};
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < DRAFT_LINES; k++) buf_printf(&said[i], "%c the article is this\n", 'a' + i);
    struct chat_turn turns[] = {HELLO[0], HELLO[1], {CHAT_ASSISTANT, buf_view(&said[0])}, {CHAT_USER, STR("No.")}};
    model_open(&t, d, &first, 1, 1, 10, 0);
    assert_int_equal(writer_encode(t.model->tokenizer, t.model->family, false, turns, 4, &ids, &e), 0);
    model_close(&t);
    t = (struct session_under_test){0};
    model_open(&t, d, &first, 1, 1, 1000, (uint32_t)ids.n + 8);
    struct draft_source *s = writer_source(t.writer);
    for (uint32_t i = 0; i < 3; i++) {
        turns[2].text = buf_view(&said[i]);
        const struct draft_job job = {.number = i, .turns = turns, .count = 4, .seed = i, .first = true};
        assert_int_equal(s->begin(s->context, &job, &e), 0);
    }
    for (uint32_t i = 0; i < 3; i++) {
        struct draft_text text;
        if (s->next(s->context, &text, &e)) fail_msg("%s", e.message);
    }
    assert_true(writer_stats_of(t.writer)->prompt_tokens == t.model->prompt_tokens);
    token_ids_free(&ids);
    for (int i = 0; i < 3; i++) buf_free(&said[i]);
    model_close(&t);
}

/* The likeliest tokens behind a prompt, by the engine alone: one session, no fork, no batch. */
static str greedy_alone(struct desk *d, struct session_under_test *t, const struct chat_turn *turns, size_t count,
                        uint32_t most) {
    token_ids ids = {0};
    session *s;
    buf text = {0};
    error e = {0};
    assert_int_equal(writer_encode(t->model->tokenizer, t->model->family, false, turns, count, &ids, &e), 0);
    assert_int_equal(session_new(t->model->engine, &s, &e), 0);
    struct engine_input in = {s, ids.at, (uint32_t)ids.n, 1};
    uint32_t drawn;
    for (uint32_t i = 0; i < most; i++, in = (struct engine_input){s, &drawn, 1, 1}) {
        int32_t best;
        if (engine_step(t->model->engine, &in, 1, &e) || engine_top(t->model->engine, 1, &best, NULL, NULL, &e))
            fail_msg("%s", e.message);
        drawn = (uint32_t)best;
        if (tokenizer_is_end(t->model->tokenizer, drawn)) break;
        buf_str(&text, tokenizer_piece(t->model->tokenizer, drawn));
    }
    str kept = arena_str(d->a, buf_view(&text));
    session_free(s);
    token_ids_free(&ids);
    buf_free(&text);
    return kept;
}

/* The likeliest tokens once more, drawn with penalties on what was written, or on the request too. */
static str penalised_alone(struct desk *d, struct session_under_test *t, const struct sampler_options *o, bool request,
                           uint32_t most) {
    token_ids ids = {0};
    session *s;
    sampler *draw;
    buf text = {0};
    error e = {0};
    assert_int_equal(writer_encode(t->model->tokenizer, t->model->family, false, HELLO, 2, &ids, &e), 0);
    assert_int_equal(session_new(t->model->engine, &s, &e), 0);
    assert_int_equal(sampler_new(o, engine_describe(t->model->engine)->vocabulary, &draw, &e), 0);
    struct engine_input in = {s, ids.at, (uint32_t)ids.n, 1};
    uint32_t drawn = 0, from = request ? 0 : (uint32_t)ids.n;
    for (uint32_t i = 0; i < most; i++, in = (struct engine_input){s, &drawn, 1, 1}) {
        if (engine_step(t->model->engine, &in, 1, &e) ||
            sampler_pick(draw, engine_logits(t->model->engine, 0), session_tokens(s) + from, session_length(s) - from,
                         NULL, &drawn, &e))
            fail_msg("%s", e.message);
        if (tokenizer_is_end(t->model->tokenizer, drawn)) break;
        buf_str(&text, tokenizer_piece(t->model->tokenizer, drawn));
    }
    str kept = arena_str(d->a, buf_view(&text));
    sampler_free(draw);
    session_free(s);
    token_ids_free(&ids);
    buf_free(&text);
    return kept;
}

/* A manifest's names stand in the request: a penalty on what was written must not make them unlikely. */
static void penalties_leave_the_words_of_the_request_alone(void **state) {
    struct desk *d = *state;
    prompt first = {.turns = HELLO, .count = 2};
    struct session_under_test t = {0};
    struct draft_text text;
    error e = {0};
    model_open(&t, d, &first, 1, 1, 24, 0);
    writer_close(t.writer);
    struct writer_options o = {.batch = 1, .max_tokens = 24, .sampler = sampler_defaults(), .family = t.model->family};
    o.sampler.temperature = 0;
    o.sampler.repetition = 3;
    assert_int_equal(writer_open(t.model->engine, t.model->tokenizer, &o, &t.writer, &e), 0);
    str own = penalised_alone(d, &t, &o.sampler, false, 24), all = penalised_alone(d, &t, &o.sampler, true, 24);
    assert_false(str_eq(own, all)); /* else this would show nothing */
    struct draft_source *s = writer_source(t.writer);
    assert_int_equal(ask(s, 0, HELLO, 2, 0, &e), 0);
    assert_int_equal(s->next(s->context, &text, &e), 0);
    if (!str_eq(text.text, own)) fail_msg("'%.*s' is not '%.*s'", STR_ARG(text.text), STR_ARG(own));
    model_close(&t);
}

/* What the writer shares, forks, batches and guesses must come to what one session computes from the whole prompt. */
static void a_text_is_what_the_engine_alone_would_write(void **state) {
    struct desk *d = *state;
    struct chat_turn other[] = {HELLO[0], {CHAT_USER, STR("Write the article about the test. Then write the rest.")}};
    prompt first = {.turns = other, .count = 2};
    struct session_under_test t = {0};
    error e = {0};
    model_open(&t, d, &first, 1, 2, 24, 0);
    writer_close(t.writer);
    struct writer_options o = {.batch = 2,
                               .max_tokens = 24,
                               .sampler = sampler_defaults(),
                               .family = t.model->family,
                               .speculate = SPECULATE_ON};
    o.sampler.temperature = 0;
    assert_int_equal(writer_open(t.model->engine, t.model->tokenizer, &o, &t.writer, &e), 0);
    str expected[2] = {greedy_alone(d, &t, HELLO, 2, 24), greedy_alone(d, &t, other, 2, 24)};
    assert_true(expected[0].n > 0 && !str_eq(expected[0], expected[1])); /* the prompt matters */
    struct draft_source *s = writer_source(t.writer);
    for (uint32_t i = 0; i < 6; i++) assert_int_equal(ask(s, i, i % 2 ? other : HELLO, 2, i, &e), 0);
    for (uint32_t i = 0; i < 6; i++) {
        struct draft_text text;
        if (s->next(s->context, &text, &e)) fail_msg("%s", e.message);
        str want = expected[text.job % 2];
        if (!str_eq(text.text, want))
            fail_msg("job %u: '%.*s' is not '%.*s'", text.job, STR_ARG(text.text), STR_ARG(want));
    }
    model_close(&t);
}

/* Every brief's request comes back from the first run's files, and the texts with it; a repair's is not kept. */
static void each_brief_keeps_its_prefix(void **state) {
    struct desk *d = *state;
    enum { BRIEFS = 3, EACH = 2, JOBS = BRIEFS * EACH };
    struct chat_turn turns[BRIEFS][2];
    static const char *const about[BRIEFS] = {"Write about the first rack.", "Now then: the second, which is longer.",
                                              "A third one."};
    for (int i = 0; i < BRIEFS; i++)
        turns[i][0] = HELLO[0], turns[i][1] = HELLO[1], turns[i][1].text = str_from_cstr(about[i]);
    prompt first = {.turns = turns[1], .count = 2};
    char *folder = path_join(d->a, str_from_cstr(d->folder), STR("prefixes"));
    str texts[2][JOBS];
    uint64_t computed[2], wanted = 0;
    for (int turn = 0; turn < 2; turn++) {
        struct session_under_test t = {0};
        error e = {0};
        model_open(&t, d, &first, 1, 2, 16, 0);
        writer_close(t.writer);
        struct writer_options o = {.batch = 2,
                                   .max_tokens = 16,
                                   .sampler = sampler_defaults(),
                                   .family = t.model->family,
                                   .prefix_folder = folder,
                                   .model_id = "tiny"};
        assert_int_equal(writer_open(t.model->engine, t.model->tokenizer, &o, &t.writer, &e), 0);
        struct draft_source *s = writer_source(t.writer);
        for (uint32_t i = 0; i < JOBS; i++) assert_int_equal(ask(s, i, turns[i / EACH], 2, i, &e), 0);
        for (uint32_t i = 0; i < JOBS; i++) {
            struct draft_text text;
            if (s->next(s->context, &text, &e)) fail_msg("%s", e.message);
            texts[turn][text.job] = arena_str(d->a, text.text);
        }
        if (writer_keep_prefix(t.writer, &e)) fail_msg("%s", e.message);
        const struct writer_stats *stats = writer_stats_of(t.writer);
        computed[turn] = stats->prefill_tokens;
        for (int i = 0; i < BRIEFS && turn == 0; i++) {
            token_ids ids = {0};
            assert_int_equal(writer_encode(t.model->tokenizer, t.model->family, false, turns[i], 2, &ids, &e), 0);
            wanted += ids.n - 1;
            char *path = prefix_cache_path(d->a, t.model->engine, folder, "tiny", ids.at, (uint32_t)ids.n - 1);
            if (access(path, R_OK) != 0) fail_msg("brief %d was not kept", i);
            token_ids_free(&ids);
        }
        assert_true(turn == 0 ? stats->prefix_tokens == 0 : stats->prefix_tokens > 0 && stats->prefix_tokens <= wanted);
        model_close(&t);
    }
    assert_true(computed[0] > 0 && computed[1] == 0); /* nothing was left to compute but each text's own last token */
    for (int i = 0; i < JOBS; i++) assert_true(str_eq(texts[0][i], texts[1][i]));
}

static void stop_on_cancel(void *context, uint32_t job, str piece) {
    (void)job;
    (void)piece;
    atomic_store((atomic_int *)context, 1);
}

static void writing_can_be_cancelled_and_goes_on_after(void **state) {
    struct desk *d = *state;
    struct session_under_test t = {0};
    prompt first = {.turns = HELLO, .count = 2};
    model_open(&t, d, &first, 2, 2, 40, 0);
    struct draft_source *s = writer_source(t.writer);
    struct draft_text text;
    error e = {0};
    s->wrote = stop_on_cancel;
    s->wrote_context = &t.cancel;
    assert_int_equal(ask(s, 0, HELLO, 2, 100, &e), 0);
    assert_int_equal(s->next(s->context, &text, &e), ERROR_CANCELLED);
    s->wrote = NULL;
    atomic_store(&t.cancel, 0);
    assert_int_equal(s->next(s->context, &text, &e), 0);
    str alone[5];
    write_five(d, 1, 1, alone);
    assert_true(str_eq(text.text, alone[0])); /* nothing was lost or drawn twice */
    model_close(&t);
}

static void a_full_context_is_said(void **state) {
    struct desk *d = *state;
    struct session_under_test t = {0};
    prompt first = {.turns = HELLO, .count = 2};
    struct draft_text text;
    error e = {0};
    token_ids ids = {0};
    model_open(&t, d, &first, 1, 1, 1000, 0);
    assert_int_equal(writer_encode(t.model->tokenizer, t.model->family, false, HELLO, 2, &ids, &e), 0);
    uint32_t prompt_tokens = (uint32_t)ids.n;
    token_ids_free(&ids);
    model_close(&t);
    /* Room for three tokens: the last one drawn needs no room of its own. */
    t = (struct session_under_test){0};
    model_open(&t, d, &first, 1, 1, 1000, prompt_tokens + 3);
    assert_int_equal(t.model->max_tokens, 4);
    struct draft_source *s = writer_source(t.writer);
    assert_int_equal(ask(s, 0, HELLO, 2, 100, &e), 0);
    assert_int_equal(s->next(s->context, &text, &e), 0);
    assert_true(text.tokens <= 4);
    assert_true(text.stop == (text.tokens < 4 ? STOP_END : STOP_CONTEXT));
    /* A request that fills it is refused with the arithmetic. */
    struct chat_turn longer[] = {HELLO[0],
                                 {CHAT_USER, STR("Write the article about the test, and then write the rest of it.")}};
    assert_int_equal(ask(s, 1, longer, 2, 0, &e), ERROR_LIMIT);
    assert_non_null(strstr(e.message, "no room to write in"));
    model_close(&t);
    struct load_request q = {.path = d->model,
                             .device = &t.device,
                             .first = &first,
                             .context_tokens = prompt_tokens,
                             .max_tokens = 10,
                             .texts = 1};
    loaded_model *m;
    static const char *const nowhere[] = {NULL};
    assert_int_equal(device_open("cpu", nowhere, 1, &t.device, &e), 0);
    assert_int_equal(loaded_model_open(d->a, &q, &m, &e), ERROR_LIMIT);
    q.context_tokens = 1 << 20;
    assert_int_equal(loaded_model_open(d->a, &q, &m, &e), ERROR_USAGE);
    device_close(&t.device);
}

/* ---- continuous batching ------------------------------------------------------------------------------------------
 */

/* What the hook between steps sees of the writer: nothing of its inside is needed for it. */
struct watched {
    struct draft_source *source;
    const struct writer_stats *stats;
    uint32_t wrote_in_step[64]; /* pieces of each job since the last step */
    uint32_t steps, idle;       /* steps; places that stood empty in a step although jobs waited */
    uint32_t begun, ended, jobs, batch;
};

static void count_piece(void *context, uint32_t job, str piece) {
    struct watched *t = context;
    (void)piece;
    t->wrote_in_step[job % COUNT_OF(t->wrote_in_step)]++;
}

static int look(void *context, error *e) {
    struct watched *t = context;
    (void)e;
    uint32_t busy = 0;
    for (size_t i = 0; i < COUNT_OF(t->wrote_in_step); i++) busy += t->wrote_in_step[i] > 0, t->wrote_in_step[i] = 0;
    t->steps++;
    uint32_t left = t->jobs - t->ended, wanted = left < t->batch ? left : t->batch;
    /* A text that ended in this step with its end mark wrote no piece. */
    if (busy < wanted) t->idle += wanted - busy;
    return 0;
}

/* Twelve texts of 20 tokens, three at once: a place that becomes free is taken before the next step, so no step is
 * narrower than it could be. */
static void a_free_place_is_taken_before_the_next_step(void **state) {
    enum { JOBS = 12, BATCH = 3 };
    struct desk *d = *state;
    struct session_under_test t = {0};
    prompt first = {.turns = HELLO, .count = 2};
    model_open(&t, d, &first, 1, BATCH, 20, 0);
    struct draft_source *s = writer_source(t.writer);
    struct watched seen = {.source = s, .stats = writer_stats_of(t.writer), .jobs = JOBS, .batch = BATCH};
    error e = {0};
    uint32_t lengths[JOBS], ends = 0;
    assert_true(s->ahead >= 2 * BATCH);
    s->wrote = count_piece;
    s->between = look;
    s->wrote_context = s->between_context = &seen;
    for (uint32_t i = 0; i < JOBS; i++) assert_int_equal(ask(s, i, HELLO, 2, 300 + i, &e), 0);
    for (uint32_t i = 0; i < JOBS; i++) {
        struct draft_text text;
        if (s->next(s->context, &text, &e)) fail_msg("%s", e.message);
        lengths[text.job] = text.tokens;
        ends += text.stop == STOP_END;
        seen.ended++;
    }
    /* The shortest that can be: whoever is free first takes the next job. */
    uint32_t until[BATCH] = {0}, last = 0;
    for (uint32_t i = 0; i < JOBS; i++) {
        uint32_t k = 0;
        for (uint32_t n = 1; n < BATCH; n++)
            if (until[n] < until[k]) k = n;
        until[k] += lengths[i];
        if (until[k] > last) last = until[k];
    }
    assert_int_equal(seen.steps, last);
    assert_true(seen.idle <= ends);
    model_close(&t);
}

static int add_urgent(void *context, error *e) {
    struct watched *t = context;
    if (t->begun) return 0;
    t->begun = 1;
    const struct draft_job job = {.number = 50, .turns = HELLO, .count = 2, .seed = 1, .first = true, .max_tokens = 3};
    return t->source->begin(t->source->context, &job, e);
}

/* A job that comes between two steps, and first in line, as a repair does: it is written before those that wait, and to
 * its own length. */
static void a_repair_goes_before_what_waits(void **state) {
    struct desk *d = *state;
    struct session_under_test t = {0};
    prompt first = {.turns = HELLO, .count = 2};
    error e = {0};
    model_open(&t, d, &first, 1, 1, 20, 0);
    struct draft_source *s = writer_source(t.writer);
    struct watched seen = {.source = s};
    s->between = add_urgent;
    s->between_context = &seen;
    for (uint32_t i = 0; i < 4; i++) assert_int_equal(ask(s, i, HELLO, 2, 300 + i, &e), 0);
    uint32_t order[5];
    for (uint32_t i = 0; i < 5; i++) {
        struct draft_text text;
        if (s->next(s->context, &text, &e)) fail_msg("%s", e.message);
        order[i] = text.job;
        if (text.job == 50) assert_true(text.tokens <= 3);
    }
    assert_true(order[0] == 0 && order[1] == 50 && order[2] == 1 && order[4] == 3);
    model_close(&t);
}

/* Several briefs: a request computes only what no text that is there begins with. */
static void what_briefs_share_is_computed_once(void **state) {
    struct desk *d = *state;
    struct session_under_test t = {0};
    struct chat_turn other[] = {HELLO[0], {CHAT_USER, STR("Write the article about the test. Then write the rest.")}};
    prompt first = {.turns = other, .count = 2};
    error e = {0};
    token_ids ids[2] = {{0}};
    uint32_t same = 0;
    model_open(&t, d, &first, 1, 2, 12, 0);
    struct draft_source *s = writer_source(t.writer);
    assert_int_equal(writer_encode(t.model->tokenizer, t.model->family, false, HELLO, 2, &ids[0], &e), 0);
    assert_int_equal(writer_encode(t.model->tokenizer, t.model->family, false, other, 2, &ids[1], &e), 0);
    while (ids[0].at[same] == ids[1].at[same]) same++;
    for (uint32_t i = 0; i < 6; i++) assert_int_equal(ask(s, i, i < 3 ? HELLO : other, 2, 300 + i, &e), 0);
    for (uint32_t i = 0; i < 6; i++) {
        struct draft_text text;
        if (s->next(s->context, &text, &e)) fail_msg("%s", e.message);
    }
    const struct writer_stats *stats = writer_stats_of(t.writer);
    uint64_t tail = ids[1].n - same, most = ids[0].n - 1 + tail + 1;
    if (stats->prefill_tokens > most) /* the root, the other's rest, and what a step beside a prompt wrote */
        fail_msg("%d tokens were read, not %d", (int)stats->prefill_tokens, (int)most);
    token_ids_free(&ids[0]);
    token_ids_free(&ids[1]);
    model_close(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_seed_same_text_whatever_the_threads_and_the_batch),
        cmocka_unit_test(a_model_writes_drafts_that_the_gate_judges),
        cmocka_unit_test(repairs_fit_where_nothing_is_shared),
        cmocka_unit_test(repairs_that_fill_the_context_fit),
        cmocka_unit_test(a_repair_may_come_first),
        cmocka_unit_test(a_text_is_what_the_engine_alone_would_write),
        cmocka_unit_test(penalties_leave_the_words_of_the_request_alone),
        cmocka_unit_test(each_brief_keeps_its_prefix),
        cmocka_unit_test(writing_can_be_cancelled_and_goes_on_after),
        cmocka_unit_test(a_full_context_is_said),
        cmocka_unit_test(a_free_place_is_taken_before_the_next_step),
        cmocka_unit_test(a_repair_goes_before_what_waits),
        cmocka_unit_test(what_briefs_share_is_computed_once),
    };
    return cmocka_run_group_tests(tests, desk_open, desk_close);
}
