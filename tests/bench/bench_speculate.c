/* bench_speculate.c - what guessing gives and costs: the same texts with --speculate off, auto and on, in turn.
 *
 *     bench_speculate FOLDER ROUNDS [MODEL.gguf]
 *
 * Three models: the corpus's babbler (or MODEL), which fits into the processor's cache, so that each column of a step
 * costs what a step costs; and two made here of 400 MB of random weights, whose steps are bound by memory: one that
 * repeats itself (the next token follows from the last alone) and one whose guesses hardly ever come true. The texts
 * must be the same in all three ways. Times are of this machine and run: the ratios are what is meant.
 */
#include "draft/loaded.h"
#include "draft/writer.h"
#include "tests/support/writer_model.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { MODES = 3, MOST_ROUNDS = 50, WIDE = 1 << 18 };
static const enum speculate_mode modes[MODES] = {SPECULATE_OFF, SPECULATE_AUTO, SPECULATE_ON};

struct subject {
    const char *title, *path;
    float temperature;
    uint32_t texts, max_tokens, at_once;
};

static void die(const char *what, const error *e) {
    fprintf(stderr, "bench_speculate: %s: %s\n", what, e->message);
    exit(2);
}

static double clock_s(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static struct chat_turn TURNS[] = {{CHAT_SYSTEM, STR("You write articles.")},
                                   {CHAT_USER, STR("Write the article about the test. The port is 8443.")}};

/* Tokens a second of all texts in one way of guessing; their hash, and what was guessed. */
static double write_texts(const loaded_model *m, const struct subject *s, enum speculate_mode mode, sha256_text *hash,
                          struct speculate_counts *guesses) {
    struct writer_options o = {.batch = s->at_once,
                               .max_tokens = s->max_tokens,
                               .sampler = sampler_defaults(),
                               .family = m->family,
                               .speculate = mode};
    writer *w;
    error e = {0};
    str text[64];
    arena *a = arena_new(0);
    o.sampler.temperature = s->temperature;
    if (!a || writer_open(m->engine, m->tokenizer, &o, &w, &e)) die("writer", &e);
    struct draft_source *source = writer_source(w);
    double from = clock_s();
    for (uint32_t i = 0; i < s->texts; i++) {
        const struct draft_job job = {.number = i, .turns = TURNS, .count = COUNT_OF(TURNS), .seed = 100 + i};
        if (source->begin(source->context, &job, &e)) die("begin", &e);
    }
    for (uint32_t i = 0; i < s->texts; i++) {
        struct draft_text t;
        if (source->next(source->context, &t, &e)) die("next", &e);
        text[t.job] = arena_str(a, t.text);
    }
    const struct writer_stats *stats = writer_stats_of(w);
    double took = clock_s() - from - stats->prefill_s;
    double rate = (double)stats->written_tokens / took;
    *guesses = stats->speculated;
    buf all = {0};
    for (uint32_t i = 0; i < s->texts; i++) buf_str(&all, text[i]);
    *hash = sha256_of(buf_view(&all));
    buf_free(&all);
    writer_close(w);
    arena_free(a);
    return rate;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void measure(const struct subject *s, unsigned rounds) {
    static const char *const nowhere[] = {NULL};
    static const prompt first = {.turns = TURNS, .count = COUNT_OF(TURNS)};
    struct device_choice device;
    memory_platform memory = memory_system();
    loaded_model *m;
    error e = {0};
    arena *a = arena_new(0);
    if (!a || device_open("cpu", nowhere, 0, &device, &e)) die("device", &e);
    struct load_request q = {.path = s->path,
                             .device = &device,
                             .first = &first,
                             .max_tokens = s->max_tokens,
                             .texts = s->at_once,
                             .memory = &memory};
    if (loaded_model_open(a, &q, &m, &e)) die(s->path, &e);
    double rate[MODES][MOST_ROUNDS];
    struct speculate_counts guesses[MODES];
    for (unsigned r = 0; r < rounds; r++) {
        sha256_text first_hash = {""}, hash;
        for (int k = 0; k < MODES; k++) { /* in turn, so that a busy moment of the machine meets them alike */
            int mode = (int)((unsigned)k + r) % MODES;
            rate[mode][r] = write_texts(m, s, modes[mode], &hash, &guesses[mode]);
            if (k == 0)
                first_hash = hash;
            else if (strcmp(hash.text, first_hash.text) != 0) {
                fprintf(stderr, "bench_speculate: %s: guessing changed a text\n", s->title);
                exit(1);
            }
        }
    }
    for (int k = 0; k < MODES; k++) qsort(rate[k], rounds, sizeof rate[k][0], by_size);
    printf("| %s, %u at once |", s->title, s->at_once);
    for (int k = 0; k < MODES; k++) printf(" %.0f |", rate[k][rounds / 2]);
    for (int k = 1; k < MODES; k++) printf(" **%.2f** |", rate[k][rounds / 2] / rate[0][rounds / 2]);
    for (int k = 1; k < MODES; k++)
        printf(" %llu of %llu |", (unsigned long long)guesses[k].taken, (unsigned long long)guesses[k].guessed);
    printf("\n");
    fflush(stdout);
    loaded_model_close(m);
    device_close(&device);
    arena_free(a);
}

int main(int argc, char **argv) {
    char circles[512], noise[512];
    unsigned rounds = argc > 2 ? (unsigned)atoi(argv[2]) : 0;
    error e = {0};
    if (rounds < 1 || rounds > MOST_ROUNDS) {
        fprintf(stderr, "usage: bench_speculate FOLDER ROUNDS [MODEL.gguf]   (1 to %d rounds)\n", MOST_ROUNDS);
        return 2;
    }
    snprintf(circles, sizeof circles, "%s/circles.gguf", argv[1]);
    snprintf(noise, sizeof noise, "%s/noise.gguf", argv[1]);
    struct writer_model wide = {.seed = 7, .forgetful = true, .feed_forward = WIDE};
    if (access(circles, R_OK) != 0 && writer_model_file(&wide, circles, &e)) die(circles, &e);
    wide.forgetful = false;
    if (access(noise, R_OK) != 0 && writer_model_file(&wide, noise, &e)) die(noise, &e);
    const char *small = argc > 3 ? argv[3] : "corpus/model/babbler.gguf";
    const struct subject subjects[] = {
        {"babbler, 0.2 MB, in the cache", small, 1.0f, 24, 400, 1},
        {"babbler, 0.2 MB, in the cache", small, 1.0f, 24, 400, 4},
        {"400 MB, repeats itself", circles, 0.02f, 2, 120, 1},
        {"400 MB, repeats itself", circles, 0.02f, 4, 60, 4},
        {"400 MB, noise", noise, 1.0f, 2, 120, 1},
    };
    printf("| model | off, tok/s | auto | on | auto / off | on / off | right of guessed, auto | on |\n"
           "| --- | --- | --- | --- | --- | --- | --- | --- |\n");
    for (size_t i = 0; i < COUNT_OF(subjects); i++) measure(&subjects[i], rounds);
    return 0;
}
