/* engine_check_steps.c - what may change how a step is computed must not change its result: graphs, strangers, guesses;
 * the soak; and on the emulated machine what a failure leaves behind.
 */
#include "engine_check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { K = 3, TEXTS = 8 };

static uint32_t draw(uint64_t *x, uint32_t below) {
    *x ^= *x << 13, *x ^= *x >> 7, *x ^= *x << 17;
    return below ? (uint32_t)(*x % below) : 0;
}

/* ---- graphs ----------------------------------------------------------------------------------------------------- */

struct result {
    int32_t token[64 * K];
    float value[64 * K], sum[64], logits[64][TINY_VOCAB];
};

/* A random step, told by numbers alone, so that two engines can be given the same one. */
struct plan {
    struct {
        uint32_t text, count, want, tokens[130];
    } input[TEXTS];
    uint32_t inputs, rows;
};

static void plan_small(struct plan *p, uint64_t *random, const struct side *s) {
    uint32_t left = 1 + draw(random, 8), first = draw(random, TEXTS);
    *p = (struct plan){0};
    for (uint32_t k = 0; k < TEXTS && left; k++) {
        uint32_t text = (first + k) % TEXTS, count = 1 + (draw(random, 3) ? 0 : draw(random, left));
        if (!s->text[text] || count > left || session_length(s->text[text]) + count > TINY_CONTEXT - 8) continue;
        p->input[p->inputs].text = text;
        p->input[p->inputs].count = count;
        p->input[p->inputs].want = p->rows && !draw(random, 4) ? 0 : 1 + draw(random, count);
        for (uint32_t i = 0; i < count; i++) p->input[p->inputs].tokens[i] = draw(random, TINY_VOCAB);
        p->rows += p->input[p->inputs++].want;
        left -= count;
    }
}

static int take_step(struct side *s, const struct plan *p, struct result *r, error *e) {
    struct engine_input in[TEXTS];
    for (uint32_t i = 0; i < p->inputs; i++)
        in[i] =
            (struct engine_input){s->text[p->input[i].text], p->input[i].tokens, p->input[i].count, p->input[i].want};
    struct engine_fetch f = {.top = K, .token = r->token, .value = r->value, .log_sum = r->sum};
    memset(r, 0, sizeof *r);
    int bad = engine_step_fetch(s->engine, in, p->inputs, &f, e);
    for (uint32_t row = 0; row < p->rows && !bad; row++) {
        const float *logits = engine_logits(s->engine, row);
        if (!logits) return error_set(e, ERROR_IO, "there are no logits");
        memcpy(r->logits[row], logits, sizeof r->logits[row]);
    }
    return bad;
}

/* Texts come, are forked, cut, and go: on both engines alike. */
static bool shuffle(struct side *s, uint64_t random, error *e) {
    uint32_t what = draw(&random, 6), i = draw(&random, TEXTS), k = draw(&random, TEXTS);
    if (s->text[i] && what < 2) {
        session_free(s->text[i]);
        s->text[i] = NULL;
    } else if (s->text[i] && what == 2 && session_length(s->text[i]) > 1)
        session_truncate(s->text[i], session_length(s->text[i]) - draw(&random, session_length(s->text[i])));
    else if (!s->text[i] && s->text[k] && session_length(s->text[k]))
        return !session_fork(s->text[k], draw(&random, session_length(s->text[k])) + 1, &s->text[i], e);
    return true;
}

/* What is the same twice may be twice the same mistake: logits_are_the_cpus() compares one of the two with the CPU. */
static void compare_graphs(const struct kernels_backend *b, const char *architecture, uint32_t type,
                           enum tensor_type cache, int turns) {
    struct tiny_file f;
    struct side side[2] = {0};
    struct plan p = {.inputs = 1, .rows = 1};
    struct result *r = calloc(2, sizeof *r);
    error e = {0};
    uint64_t random = 20261120;
    int same = 0, one_wait = 0, small = 0, columns[9] = {0};
    const bool cpu = b == kernels_cpu();
    bool good = r && model_make(&f, architecture, type, &e) &&
                side_open(&side[0], b, f.set, cache, cpu ? ENGINE_GRAPHS_ALWAYS : ENGINE_GRAPHS_AUTO, &e) &&
                side_open(&side[1], b, f.set, cache, ENGINE_GRAPHS_OFF, &e);
    for (int s = 0; s < 2 && good; s++) good = !session_new(side[s].engine, &side[s].text[0], &e);
    p.input[0].count = 122; /* three passes; soon beyond a page, and a bound */
    p.input[0].want = 1;
    for (uint32_t i = 0; i < p.input[0].count; i++) p.input[0].tokens[i] = draw(&random, TINY_VOCAB);
    for (int turn = 0; turn < turns && good; turn++) {
#if defined(ASSAY_EMULATE)
        long waits = emulate_machine.waits;
#endif
        good = !take_step(&side[0], &p, &r[0], &e);
#if defined(ASSAY_EMULATE)
        if (!cpu && turn) small++, one_wait += emulate_machine.waits - waits == 2; /* its own, and engine_logits' */
#endif
        if (good) good = !take_step(&side[1], &p, &r[1], &e);
        if (!turn) /* the others begin at different places of its page */
            for (uint32_t i = 1; i < TEXTS && good; i++)
                for (int s = 0; s < 2 && good; s++)
                    good = !session_fork(side[s].text[0], 30 + 13 * i, &side[s].text[i], &e);
        same += good && memcmp(&r[0], &r[1], sizeof *r) == 0;
        uint32_t all = 0;
        for (uint32_t i = 0; i < p.inputs; i++) all += p.input[i].count;
        if (all <= 8) columns[all]++;
        do {
            uint64_t seed = random + (uint64_t)turn;
            for (int s = 0; s < 2 && good; s++) good = shuffle(&side[s], seed, &e);
            plan_small(&p, &random, &side[0]);
            if (good && !side[0].text[0] && !p.rows)
                for (int s = 0; s < 2; s++) good = good && !session_new(side[s].engine, &side[s].text[0], &e);
        } while (good && !p.rows);
    }
    int widths = 0;
    for (int i = 1; i <= 8; i++) widths += columns[i] > 0;
    uint32_t graphs = side[0].engine ? engine_graph_count(side[0].engine) : 0,
             none = side[1].engine ? engine_graph_count(side[1].engine) : 1;
    expect(good && same == turns && graphs > 0 && none == 0 && one_wait == small,
           "%s: %s %s, cache type %d: %d of %d steps of %d widths are the same with %u graphs and without%s%s",
           cpu ? "CPU" : "GPU", architecture, tensor_type_find(type)->name, (int)cache, same, turns, widths, graphs,
           e.code ? ": " : "", e.message);
    if (one_wait != small) printf("# %d of %d steps waited once for their token\n", one_wait, small);
    side_close(&side[0]);
    side_close(&side[1]);
    model_free(&f);
    free(r);
}

void graphs_change_nothing(const struct kernels_backend *gpu, bool fp8) {
    const int turns = engine_check_quick ? 14 : 300;
    compare_graphs(kernels_cpu(), "llama", TENSOR_Q8_0, TENSOR_F16, 400);
    compare_graphs(kernels_cpu(), "qwen3moe", TENSOR_Q4_0, TENSOR_FP8, 400);
    compare_graphs(gpu, "llama", TENSOR_Q8_0, TENSOR_F16, turns);
#if defined(ASSAY_EMULATE)
    emulate_machine.integrated = !emulate_machine.integrated; /* the other way of loading, too */
#endif
    compare_graphs(gpu, "qwen3moe", TENSOR_MXFP4, fp8 ? TENSOR_FP8 : TENSOR_F16, turns);
    if (!engine_check_quick)
        for (int i = 0; i < 3; i++)
            compare_graphs(gpu,
                           i == 0   ? "qwen2"
                           : i == 1 ? "qwen3"
                                    : "mistral",
                           i == 0   ? TENSOR_Q4_K
                           : i == 1 ? TENSOR_NVFP4
                                    : TENSOR_BF16,
                           i ? TENSOR_F16 : TENSOR_F32, turns);
}

/* ---- strangers and guesses -------------------------------------------------------------------------------------- */

enum { LENGTH = 7, OWN = 21 };
static const double ALLOWED = 2e-5; /* the order of sums, and nothing else */

/* The logits behind each of LENGTH tokens that follow `prompt`, among `strangers`; then the same tokens in one step
 * behind a wrong guess and a truncation. The worst difference from `want` where given. */
static double write_text(struct side *s, uint32_t strangers, bool guess, float logits[LENGTH][TINY_VOCAB],
                         const float want[LENGTH][TINY_VOCAB], error *e) {
    uint32_t prompt[64], next[TEXTS];
    double worst = 0;
    for (uint32_t i = 0; i < COUNT_OF(prompt); i++) prompt[i] = (i * 31 + 5) % TINY_VOCAB;
    for (uint32_t i = 0; i <= strangers; i++) {
        if (session_new(s->engine, &s->text[i], e)) return INFINITY;
        next[i] = i * 7 % TINY_VOCAB;
        const struct engine_input in = {s->text[i], prompt + i, OWN + 4 * i, 0};
        if (engine_step(s->engine, &in, 1, e)) return INFINITY;
    }
    if (guess) { /* a wrong one is taken back, then all at once */
        uint32_t tokens[LENGTH] = {next[0]};
        for (int k = 1; k < LENGTH; k++) tokens[k] = highest(want[k - 1]);
        tokens[3]++; /* wrong */
        struct engine_input in = {s->text[0], tokens, LENGTH, LENGTH};
        if (engine_step(s->engine, &in, 1, e)) return INFINITY;
        for (uint32_t k = 0; k < 3; k++) memcpy(logits[k], engine_logits(s->engine, k), sizeof logits[k]);
        session_truncate(s->text[0], OWN + 3);
        tokens[3]--;
        in = (struct engine_input){s->text[0], tokens + 3, LENGTH - 3, LENGTH - 3};
        if (engine_step(s->engine, &in, 1, e)) return INFINITY;
        for (uint32_t k = 3; k < LENGTH; k++) memcpy(logits[k], engine_logits(s->engine, k - 3), sizeof logits[k]);
    }
    for (int k = 0; k < LENGTH; k++) {
        struct engine_input in[TEXTS];
        for (uint32_t i = 0; i <= strangers; i++) in[i] = (struct engine_input){s->text[i], &next[i], 1, 1};
        if (!guess && engine_step(s->engine, in, strangers + 1, e)) return INFINITY;
        if (!guess) memcpy(logits[k], engine_logits(s->engine, 0), sizeof logits[k]);
        for (uint32_t i = 0; i <= strangers && !guess; i++) next[i] = highest(engine_logits(s->engine, i));
        double off = want ? off_by(logits[k], want[k]) : 0;
        if (!(off <= worst)) worst = off;
        if (want && !is_near_tie(want[k], 1e-4) && highest(logits[k]) != highest(want[k])) worst = INFINITY;
    }
    for (uint32_t i = 0; i <= strangers; i++) {
        session_free(s->text[i]);
        s->text[i] = NULL;
    }
    return worst;
}

void batches_and_guesses_change_nothing(const struct kernels_backend *gpu) {
    static float alone[LENGTH][TINY_VOCAB], other[LENGTH][TINY_VOCAB];
    struct tiny_file f;
    struct side s = {0};
    error e = {0};
    bool good =
        model_make(&f, "qwen3", TENSOR_F32, &e) && side_open(&s, gpu, f.set, TENSOR_F32, ENGINE_GRAPHS_AUTO, &e);
    if (good) good = write_text(&s, 0, false, alone, NULL, &e) == 0;
    static const uint32_t STRANGERS[] = {1, 2, 7};
    for (size_t i = 0; i < COUNT_OF(STRANGERS) && good; i++) {
        double off = write_text(&s, STRANGERS[i], false, other, alone, &e);
        expect(off <= ALLOWED, "a text among %u strangers is the text alone: off by %.2g", STRANGERS[i], off);
    }
    double off = good ? write_text(&s, 0, true, other, alone, &e) : INFINITY;
    expect(good && off <= ALLOWED, "guesses, a wrong one among them, change nothing: off by %.2g%s%s", off,
           e.code ? ": " : "", e.message);
    side_close(&s);
    model_free(&f);
}

/* ---- a thousand texts ------------------------------------------------------------------------------------------- */

enum { KINDS = 12, LONGEST = 6, ROOT = 16 };

struct text {
    session *session;
    uint32_t kind, length, tokens[LONGEST];
    bool tie;
};
struct kind {
    bool known, tie;
    uint32_t tokens[LONGEST];
};

static uint64_t free_bytes(const struct side *s) {
#if defined(ASSAY_EMULATE)
    return s->b == kernels_cpu() ? 0 : emulate_machine.memory_bytes - emulate_machine.used_bytes;
#else
    struct kernels_info info;
    s->b->info(s->device, &info);
    return info.free_bytes;
#endif
}

/* One step of all texts; ended ones are compared with the first of their kind. */
static bool soak_step(struct side *s, struct text *text, struct kind *kinds, uint32_t *ended, error *e) {
    struct engine_input in[TEXTS];
    int32_t token[TEXTS * 2];
    float value[TEXTS * 2];
    uint32_t count = 0, next[TEXTS], who[TEXTS];
    for (uint32_t i = 0; i < TEXTS; i++) {
        if (!text[i].session) continue;
        next[count] = text[i].length ? text[i].tokens[text[i].length - 1] : text[i].kind;
        in[count] = (struct engine_input){text[i].session, &next[count], 1, 1};
        who[count++] = i;
    }
    if (!count) return true;
    if (engine_step_fetch(s->engine, in, count, &(struct engine_fetch){.top = 2, .token = token, .value = value}, e))
        return false;
    for (uint32_t k = 0; k < count; k++) {
        struct text *t = &text[who[k]];
        t->tokens[t->length++] = (uint32_t)token[2 * k];
        t->tie |= value[2 * k] - value[2 * k + 1] < 1e-3f * (fabsf(value[2 * k]) + 1);
        if (t->length < 2 + t->kind % (LONGEST - 1)) continue;
        struct kind *first = &kinds[t->kind];
        if (!first->known) {
            first->known = true;
            memcpy(first->tokens, t->tokens, sizeof t->tokens);
        }
        first->tie |= t->tie;
        if (!first->tie && memcmp(first->tokens, t->tokens, t->length * sizeof *t->tokens))
            return error_set(e, ERROR_SCHEMA, "a text of kind %u differs from the first", t->kind), false;
        session_free(t->session);
        *t = (struct text){0};
        ++*ended;
    }
    return true;
}

void soak(const struct kernels_backend *b, uint32_t texts) {
    struct tiny_file f;
    struct side s = {0};
    struct text text[TEXTS] = {0};
    struct kind kinds[KINDS] = {0};
    error e = {0};
    uint64_t random = 4711, before = 0, after = 0;
    uint32_t begun = 0, ended = 0, cancelled = 0, dropped = 0, prompt[ROOT];
    session *root = NULL;
    const bool cpu = b == kernels_cpu();
    bool good = model_make(&f, "llama", TENSOR_Q8_0, &e) &&
                side_open(&s, b, f.set, TENSOR_F16, cpu ? ENGINE_GRAPHS_ALWAYS : ENGINE_GRAPHS_AUTO, &e) &&
                !engine_warm_up(s.engine, 2, &e) && !session_new(s.engine, &root, &e);
    for (uint32_t i = 0; i < ROOT; i++) prompt[i] = (i * 13 + 1) % TINY_VOCAB;
    if (good) good = !engine_step(s.engine, &(struct engine_input){root, prompt, ROOT, 0}, 1, &e);
    while (good && ended + dropped < texts) {
        for (uint32_t arrivals = draw(&random, 4); arrivals && begun < texts && good; arrivals--) {
            uint32_t i = draw(&random, TEXTS);
            if (text[i].session) continue;
            text[i] = (struct text){.kind = begun++ % KINDS};
            good = !session_fork(root, ROOT, &text[i].session, &e);
        }
        uint32_t gone = draw(&random, 20 * TEXTS), now = draw(&random, 15);
        if (gone < TEXTS && text[gone].session && text[gone].length) {
            session_free(text[gone].session);
            text[gone] = (struct text){0};
            dropped++;
        }
        atomic_store(&s.cancel, now == 0);
        bool went = good && soak_step(&s, text, kinds, &ended, &e);
        atomic_store(&s.cancel, 0);
        if (good && !went) {
            good = e.code == ERROR_CANCELLED; /* every text is as it was */
            cancelled++;
            if (good) e = (error){0};
        }
        if (ended + dropped >= texts / 5 && !before) before = free_bytes(&s);
    }
    if (good) after = free_bytes(&s);
    for (uint32_t i = 0; i < TEXTS; i++) session_free(text[i].session);
    session_free(root);
#if defined(ASSAY_EMULATE)
    const uint64_t slack = 0;
#else
    const uint64_t slack = 512 << 20; /* somebody else may use the device, or the host where memory is one */
#endif
    uint32_t graphs = s.engine ? engine_graph_count(s.engine) : 0;
    bool pages = s.engine && s.engine->pool.free_count == s.engine->pool.pages;
    expect(good && pages && graphs > 0 && (cpu || after + slack >= before),
           "%s: %u texts in random order, %u dropped, %u steps cancelled, %u graphs: every page came back, memory is "
           "flat%s%s",
           cpu ? "CPU" : "GPU", ended, dropped, cancelled, graphs, e.code ? ": " : "", e.message);
    if (!cpu && after + slack < before)
        printf("# free: %llu, %llu\n", (unsigned long long)before, (unsigned long long)after);
    side_close(&s);
    model_free(&f);
}

/* ---- what goes wrong -------------------------------------------------------------------------------------------- */

#if defined(ASSAY_EMULATE)
static bool says(const error *e, const char *text) {
    return str_find(str_from_cstr(e->message), str_from_cstr(text), 0) >= 0;
}

/* A text of three steps; the fault comes in the second. With a fault that passes, the step is taken again. */
static void fault_in_a_run(const struct tiny_file *f, const struct kernels_backend *gpu, long call, int lost) {
    static float want[TINY_VOCAB];
    uint32_t token[3] = {5, 6, 7};
    error e = {0};
    struct side s = {0};
    bool good = side_open(&s, gpu, f->set, TENSOR_F16, ENGINE_GRAPHS_AUTO, &e) &&
                !session_new(s.engine, &s.text[0], &e) && !session_new(s.engine, &s.text[1], &e);
    struct engine_input in[2] = {{s.text[0], token, 1, 1}, {s.text[1], token, 3, 1}};
    if (good) good = !engine_step(s.engine, in, 2, &e);
    in[0].tokens = in[1].tokens = &token[1];
    in[1].count = 1;
    emulate_machine.lost = lost;
    emulate_machine.fail_call = call;
    int32_t best[2];
    int bad = good ? engine_step_fetch(s.engine, in, 2, &(struct engine_fetch){.top = 1, .token = best}, &e) : 0;
    bool struck = emulate_machine.fail_call == 0;
    emulate_machine.fail_call = 0;
    bool kept = good && session_length(s.text[0]) == (bad ? 1 : 2) && session_length(s.text[1]) == (bad ? 3 : 4);
    if (lost && struck)
        kept = kept && bad == ERROR_IO && says(&e, "Emulated GPU was lost") &&
               engine_step(s.engine, in, 2, &e) == ERROR_IO && session_length(s.text[0]) == 1;
    if (!lost && struck && bad)
        kept =
            kept && !engine_step(s.engine, in, 2, &e) && (call == 1 || off_by(engine_logits(s.engine, 0), want) == 0);
    if (!lost && call == 1) memcpy(want, engine_logits(s.engine, 0), sizeof want);
    emulate_machine.lost = 0;
    side_close(&s);
    expect(good && kept && emulate_machine.live == 0, "call %ld of a step %s: %s%s", call,
           lost ? "finds the GPU lost" : "fails",
           struck ? bad ? "said, the texts as before, nothing left behind" : "no harm" : "there is none", "");
}

void faults(const struct kernels_backend *gpu) {
    static const long CALLS[] = {1, 2, 4, 9, 20, 50};
    struct tiny_file f;
    error e = {0};
    if (!model_make(&f, "llama", TENSOR_Q4_0, &e)) return expect(false, "%s", e.message);
    for (size_t i = 0; i < COUNT_OF(CALLS); i++)
        for (int lost = 0; lost < 2; lost++) fault_in_a_run(&f, gpu, CALLS[i], lost);
    for (long n = 0; n < 60; n += n < 3 ? 1 : 12) { /* memory that ends while the model is loaded */
        struct side s = {0};
        e = (error){0};
        emulate_machine.allocations_left = n;
        bool opened = side_open(&s, gpu, f.set, TENSOR_F16, ENGINE_GRAPHS_AUTO, &e);
        emulate_machine.allocations_left = -1;
        bool named = opened || e.code == ERROR_MEMORY;
        side_close(&s);
        if (!named || emulate_machine.live) expect(false, "no memory after %ld allocations: %s", n, e.message);
    }
    expect(true, "memory that ends while loading is said, and nothing is left behind");
    for (long n = 1; n < 400; n += 61) { /* any other call */
        struct side s = {0};
        e = (error){0};
        emulate_machine.fail_call = n;
        bool opened = side_open(&s, gpu, f.set, TENSOR_F16, ENGINE_GRAPHS_AUTO, &e);
        bool struck = emulate_machine.fail_call == 0;
        emulate_machine.fail_call = 0;
        side_close(&s);
        if (opened == struck || emulate_machine.live) expect(false, "call %ld of loading fails: %s", n, e.message);
    }
    expect(true, "a call that fails while loading is said, and nothing is left behind");
    model_free(&f);
}
#endif
