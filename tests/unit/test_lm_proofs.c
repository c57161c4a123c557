/* test_lm_proofs.c - what may change how a text is written must not change the text: batches, guesses, arrivals,
 * cancellations, a second engine. A tiny model on the CPU backend, where results are the same bit for bit.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/file.h"
#include "draft/loaded.h"
#include "draft/writer.h"
#include "tests/support/writer_model.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { TOKENS = 40, TEXTS = 5 };

static struct chat_turn TURNS[] = {
    {CHAT_SYSTEM, STR("You write articles for the reader. State the facts, count nothing twice.")},
    {CHAT_USER, STR("Write the article about the test. The port is 8443, the host is alpha, the port is 8443.")},
    {CHAT_ASSISTANT, STR("The article is a draft.")},
    {CHAT_USER, STR("Write it again.")}};

struct fixture {
    char folder[64], model[96], circles[96];
};
static const struct fixture *fixture_of(void **state) { return *state; }

struct rig {
    arena *a;
    struct device_choice device;
    loaded_model *model;
    writer *writer;
    struct draft_source *source;
    atomic_int cancel;
};

static int setup(void **state) {
    static struct fixture f = {.folder = "/tmp/assay-proofs-XXXXXX"};
    struct writer_model m = {.seed = 7};
    if (!mkdtemp(f.folder)) return -1;
    snprintf(f.model, sizeof f.model, "%s/tiny.gguf", f.folder);
    snprintf(f.circles, sizeof f.circles, "%s/circles.gguf", f.folder);
    *state = &f;
    int bad = writer_model_file(&m, f.model, NULL);
    m.forgetful = true;
    return bad ? bad : writer_model_file(&m, f.circles, NULL);
}
static int teardown(void **state) {
    struct fixture *f = *state;
    unlink(f->model);
    unlink(f->circles);
    return rmdir(f->folder);
}

static void rig_open(struct rig *r, const char *model, unsigned threads, struct writer_options o) {
    static const char *const nowhere[] = {NULL};
    static prompt first = {.turns = TURNS, .count = COUNT_OF(TURNS)};
    memory_platform memory = memory_system();
    error e = {0};
    *r = (struct rig){.a = arena_new(0)};
    if (device_open("cpu", nowhere, threads, &r->device, &e)) fail_msg("%s", e.message);
    struct load_request q = {.path = model,
                             .device = &r->device,
                             .first = &first,
                             .max_tokens = o.max_tokens,
                             .texts = o.batch,
                             .memory = &memory,
                             .cancel = &r->cancel};
    if (loaded_model_open(r->a, &q, &r->model, &e)) fail_msg("%s", e.message);
    o.family = r->model->family;
    if (writer_open(r->model->engine, r->model->tokenizer, &o, &r->writer, &e)) fail_msg("%s", e.message);
    r->source = writer_source(r->writer);
}
static void rig_close(struct rig *r) {
    writer_close(r->writer);
    loaded_model_close(r->model);
    device_close(&r->device);
    arena_free(r->a);
}

static void begin(struct rig *r, uint32_t job) {
    error e = {0};
    const struct draft_job asked = {
        .number = job, .turns = TURNS, .count = job % 3 ? 2 : 4, .seed = 1000 + job, .first = job > 5 && job % 5 == 4};
    if (r->source->begin(r->source->context, &asked, &e)) fail_msg("%s", e.message);
}

/* The texts of `count` jobs, all begun at once; joined by job. */
static void write_all(const char *model, unsigned threads, struct writer_options o, uint32_t count, buf *out,
                      struct writer_stats *stats) {
    struct rig r;
    str text[64];
    error e = {0};
    rig_open(&r, model, threads, o);
    for (uint32_t i = 0; i < count; i++) begin(&r, i);
    for (uint32_t i = 0; i < count; i++) {
        struct draft_text t;
        if (r.source->next(r.source->context, &t, &e)) fail_msg("%s", e.message);
        text[t.job] = arena_str(r.a, t.text);
        assert_true(t.tokens > 0 && t.tokens <= o.max_tokens && t.guesses.taken <= t.guesses.guessed);
    }
    for (uint32_t i = 0; i < count; i++) buf_printf(out, "[%u] %.*s\n", i, STR_ARG(text[i]));
    *stats = *writer_stats_of(r.writer);
    rig_close(&r);
}

static void expect_same(const buf *a, const buf *b, const char *what) {
    if (!str_eq(buf_view(a), buf_view(b)))
        fail_msg("%s differs:\n%.*s\n---\n%.*s", what, STR_ARG(buf_view(a)), STR_ARG(buf_view(b)));
}

/* Greedy, sampled, sampled with penalties (which look at the text so far). */
static struct sampler_options sampler_kind(int kind) {
    struct sampler_options s = sampler_defaults();
    if (kind == 0) s.temperature = 0;
    if (kind == 2) s.repetition = 1.3f, s.frequency = 0.1f, s.window = 32;
    if (kind == 3) s.temperature = 0.02f; /* nearly greedy: it repeats itself, and guesses come true */
    return s;
}

struct measured {
    uint64_t guessed, taken, steps_saved;
};

/* Every batch and every way of guessing against alone and without. */
static struct measured compare_all(const char *model, uint32_t tokens) {
    static const uint32_t batches[] = {1, 2, 5, 12};
    struct measured m = {0};
    for (int kind = 0; kind < 4; kind++) {
        buf plain = {0};
        struct writer_stats stats;
        struct writer_options o = {
            .batch = 1, .max_tokens = tokens, .sampler = sampler_kind(kind), .speculate = SPECULATE_OFF};
        write_all(model, 1, o, TEXTS, &plain, &stats);
        assert_int_equal(stats.speculated.guessed, 0);
        const uint64_t steps = stats.decode_steps;
        for (size_t i = 0; i < COUNT_OF(batches); i++)
            for (int mode = 0; mode < 3; mode++) {
                buf text = {0};
                o.batch = batches[i];
                o.speculate = (enum speculate_mode)mode;
                write_all(model, batches[i] == 5 && kind == 1 ? 2 : 1, o, TEXTS, &text, &stats);
                expect_same(&plain, &text, "a text with guesses, or in a batch,");
                buf_free(&text);
                if (o.speculate != SPECULATE_ON) continue; /* what "auto" does follows the clock */
                m.guessed += stats.speculated.guessed;
                m.taken += stats.speculated.taken;
                if (batches[i] == 1) m.steps_saved += steps - stats.decode_steps;
            }
        buf_free(&plain);
    }
    return m;
}

static void guesses_and_batches_change_no_text(void **state) {
    struct measured noise = compare_all(fixture_of(state)->model, 48);
    struct measured circles = compare_all(fixture_of(state)->circles, 80);
    assert_true(noise.guessed > 20);                                     /* wrong ones … */
    assert_true(circles.taken > 500 && circles.guessed > circles.taken); /* … and right ones, … */
    assert_true(circles.steps_saved > 250);                              /* … which saved steps */
}

/* A second run takes the prompt from the first one's file, and writes the same; a spoilt file is as good as none. */
static void a_kept_prefix_changes_no_text(void **state) {
    const struct fixture *f = fixture_of(state);
    char folder[80];
    snprintf(folder, sizeof folder, "%s/kept", f->folder);
    struct writer_options o = {.batch = 3, .max_tokens = TOKENS, .sampler = sampler_defaults()};
    static const enum prefix_state expected[] = {PREFIX_OFF, PREFIX_ABSENT, PREFIX_HIT, PREFIX_CORRUPT};
    buf plain = {0};
    char *kept = NULL;
    arena *a = arena_new(0);
    for (size_t round = 0; round < COUNT_OF(expected); round++) {
        struct rig r;
        error e = {0};
        str text[TEXTS];
        buf joined = {0};
        o.prefix_folder = round ? folder : NULL;
        o.model_id = "tiny";
        rig_open(&r, f->model, 1, o);
        for (uint32_t i = 0; i < TEXTS; i++) begin(&r, i);
        for (uint32_t i = 0; i < TEXTS; i++) {
            struct draft_text t;
            if (r.source->next(r.source->context, &t, &e)) fail_msg("%s", e.message);
            text[t.job] = arena_str(r.a, t.text);
        }
        for (uint32_t i = 0; i < TEXTS; i++) buf_printf(&joined, "[%u] %.*s\n", i, STR_ARG(text[i]));
        const struct writer_stats *stats = writer_stats_of(r.writer);
        assert_int_equal(stats->prefix, expected[round]);
        assert_int_equal(stats->prefix_tokens, round == 2 ? stats->prompt_tokens - 1 : 0);
        if (writer_keep_prefix(r.writer, &e)) fail_msg("%s", e.message);
        if (round == 0) plain = joined;
        if (round > 0) expect_same(&plain, &joined, "a text behind a kept prefix");
        if (round == 1) { /* where it is: the folder's only file */
            token_ids ids = {0};
            assert_int_equal(writer_encode(r.model->tokenizer, r.model->family, false, TURNS, 4, &ids, &e), 0);
            kept = prefix_cache_path(a, r.model->engine, folder, "tiny", ids.at, (uint32_t)ids.n - 1);
            token_ids_free(&ids);
        }
        if (round == 2) {
            FILE *file = fopen(kept, "r+b");
            assert_non_null(file);
            assert_int_equal(fseek(file, 5000, SEEK_SET), 0);
            assert_int_equal(fwrite("spoilt", 1, 6, file), 6);
            assert_int_equal(fclose(file), 0);
        }
        if (round > 0) buf_free(&joined);
        rig_close(&r);
    }
    assert_int_equal(unlink(kept), 0);
    assert_int_equal(rmdir(folder), 0);
    buf_free(&plain);
    arena_free(a);
}

static int next_random(uint64_t *x, int below) {
    *x ^= *x << 13, *x ^= *x >> 7, *x ^= *x << 17;
    return (int)(*x % (uint64_t)below);
}

static void cancel_sometimes(void *context, uint32_t job, str piece) {
    static uint64_t random = 99; /* of this test program, which has one thread here */
    (void)job;
    (void)piece;
    if (next_random(&random, 97) == 0) atomic_store((atomic_int *)context, 1);
}

/* Memory that the program holds, and that the kernel sees. */
static size_t held_bytes(void) { return mallinfo2().uordblks + mallinfo2().hblkhd; }
static size_t resident_bytes(void) {
    unsigned long pages = 0, resident = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    if (!f) return 0;
    if (fscanf(f, "%lu %lu", &pages, &resident) != 2) resident = 0;
    fclose(f);
    return resident * (size_t)sysconf(_SC_PAGESIZE);
}

#if defined(__SANITIZE_ADDRESS__)
enum { FLAT = 0 }; /* freed memory is held back there; its own leak check is the better one */
#else
enum { FLAT = 1 };
#endif
enum { SOAK = 1000, SOAK_TOKENS = 10, SOAK_KINDS = 20 };

static void a_thousand_drafts_in_any_order_leave_nothing_behind(void **state) {
    struct rig r;
    error e = {0};
    struct writer_options o = {.batch = 8, .max_tokens = SOAK_TOKENS, .sampler = sampler_defaults()};
    str alone[SOAK_KINDS] = {0};
    uint64_t random = 4711;
    uint32_t begun = 0, done = 0, cancelled = 0;
    size_t held = 0, resident = 0;
    rig_open(&r, fixture_of(state)->model, 1, o);
    r.source->wrote = cancel_sometimes;
    r.source->wrote_context = &r.cancel;
    while (done < SOAK) {
        int arrivals = next_random(&random, 12);
        for (int i = 0; (i < arrivals || begun == done) && begun < SOAK; i++) begin(&r, begun++ % SOAK_KINDS);
        for (int ends = 1 + next_random(&random, 4); ends > 0 && done < begun; ends--) {
            struct draft_text t;
            int bad = r.source->next(r.source->context, &t, &e);
            if (bad == ERROR_CANCELLED) {
                atomic_store(&r.cancel, 0); /* and on: nothing is lost */
                cancelled++;
                continue;
            }
            if (bad) fail_msg("%s", e.message);
            if (!alone[t.job].n)
                alone[t.job] = arena_str(r.a, t.text);
            else if (!str_eq(alone[t.job], t.text))
                fail_msg("draft %u of kind %u differs from the first of its kind", done, t.job);
            if (++done == SOAK / 5) held = held_bytes(), resident = resident_bytes();
        }
    }
    assert_true(cancelled > 20);
    if (FLAT && held_bytes() > held + (64u << 10)) fail_msg("%zu bytes grew to %zu", held, held_bytes());
    if (FLAT && resident_bytes() > resident + (4u << 20))
        fail_msg("resident %zu grew to %zu", resident, resident_bytes());
    rig_close(&r);
}

/* Below the writer: texts come and go at random, forks and truncations among them; at the end every page is free. */
static void sessions_at_random_give_every_page_back(void **state) {
    struct rig r;
    error e = {0};
    struct writer_options o = {.batch = 8, .max_tokens = TOKENS, .sampler = sampler_defaults()};
    rig_open(&r, fixture_of(state)->model, 1, o);
    engine *g = r.model->engine;
    uint32_t context = engine_describe(g)->context_tokens, steps = 0, full = 0;
    session *s[12] = {0};
    uint64_t random = 31337;
    for (int turn = 0; turn < 1500; turn++) {
        int i = next_random(&random, 12), j = next_random(&random, 12);
        if (!s[i]) {
            bool fork = s[j] && session_length(s[j]);
            uint32_t at = fork ? (uint32_t)next_random(&random, (int)session_length(s[j]) + 1) : 0;
            assert_int_equal(fork ? session_fork(s[j], at, &s[i], &e) : session_new(g, &s[i], &e), 0);
        } else if (next_random(&random, 9) == 0) {
            session_free(s[i]);
            s[i] = NULL;
        } else if (next_random(&random, 4) == 0) {
            session_truncate(s[i], (uint32_t)next_random(&random, (int)session_length(s[i]) + 1));
        } else {
            uint32_t tokens[40], count = 1 + (uint32_t)next_random(&random, 40), before = session_length(s[i]);
            for (uint32_t k = 0; k < count; k++) tokens[k] = 5 + (uint32_t)next_random(&random, 200);
            bool cancel = next_random(&random, 10) == 0;
            atomic_store(&r.cancel, cancel);
            int bad = engine_step(g, &(struct engine_input){s[i], tokens, count, 1}, 1, &e);
            atomic_store(&r.cancel, 0);
            if (bad && bad != ERROR_LIMIT && !(cancel && bad == ERROR_CANCELLED)) fail_msg("%s", e.message);
            assert_int_equal(session_length(s[i]), bad ? before : before + count);
            full += bad == ERROR_LIMIT;
            steps += !bad;
        }
    }
    assert_true(steps > 100 && full > 0);
    for (int i = 0; i < 12; i++) session_free(s[i]);
    uint32_t *all = calloc(context, sizeof *all); /* the whole pool is there again */
    session *long_one;
    assert_non_null(all);
    assert_int_equal(session_new(g, &long_one, &e), 0);
    if (engine_step(g, &(struct engine_input){long_one, all, context, 1}, 1, &e)) fail_msg("%s", e.message);
    session_free(long_one);
    free(all);
    rig_close(&r);
}

static void two_engines_in_one_process_do_not_meet(void **state) {
    struct writer_options o = {.batch = 2, .max_tokens = TOKENS, .sampler = sampler_defaults()};
    buf alone = {0};
    struct writer_stats stats;
    write_all(fixture_of(state)->model, 1, o, TEXTS, &alone, &stats);
    struct rig r[2];
    str text[2][TEXTS];
    error e = {0};
    for (int k = 0; k < 2; k++) {
        rig_open(&r[k], fixture_of(state)->model, 1, o);
        for (uint32_t i = 0; i < TEXTS; i++) begin(&r[k], i);
    }
    for (int i = 0; i < 2 * TEXTS; i++) { /* in turns */
        struct draft_text t;
        struct rig *one = &r[i % 2];
        if (one->source->next(one->source->context, &t, &e)) fail_msg("%s", e.message);
        text[i % 2][t.job] = arena_str(one->a, t.text);
    }
    for (int k = 0; k < 2; k++) {
        buf joined = {0};
        for (uint32_t i = 0; i < TEXTS; i++) buf_printf(&joined, "[%u] %.*s\n", i, STR_ARG(text[k][i]));
        expect_same(&alone, &joined, "the text of one of two engines");
        buf_free(&joined);
    }
    session *s;
    assert_int_equal(session_new(r[0].model->engine, &s, &e), 0);
    uint32_t five = 5; /* a session of one is refused by the other */
    assert_int_equal(engine_step(r[1].model->engine, &(struct engine_input){s, &five, 1, 1}, 1, &e), ERROR_USAGE);
    session_free(s);
    rig_close(&r[0]);
    rig_close(&r[1]);
    buf_free(&alone);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(guesses_and_batches_change_no_text),
        cmocka_unit_test(a_kept_prefix_changes_no_text),
        cmocka_unit_test(a_thousand_drafts_in_any_order_leave_nothing_behind),
        cmocka_unit_test(sessions_at_random_give_every_page_back),
        cmocka_unit_test(two_engines_in_one_process_do_not_meet),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
