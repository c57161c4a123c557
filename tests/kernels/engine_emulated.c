/* engine_emulated.c - whole tiny models on the emulated GPU against the CPU backend: TAP.
 *
 * The engine is the same; what differs is every kernel below it. Two texts are written side by side: a prompt in one
 * step, then token by token, greedily from the CPU's logits, so that both sides see the same tokens. Tolerances, root
 * mean square of the difference as a share of that of the logits: F32 weights and cache 1e-4; F16 cache 4e-3; BF16
 * weights 3 %, since the GPU rounds activations to BF16; int8 activations 5 %, as in test_lm_engine.c.
 */
#include "lm/engine.h"
#include "tests/support/tiny_model.h"

#include <math.h>
#include <stdio.h>

const struct kernels_backend *kernels_emulated_plugin(void);

enum { PROMPT = 21, STEPS = 4 };
static int tests, failures;

struct side {
    kernels_device *device;
    engine *engine;
    session *text[2];
};

static bool side_open(struct side *s, const struct kernels_backend *b, const gguf_set *set, enum tensor_type cache,
                      error *e) {
    struct engine_options o = {.cache_type = cache, .cache_tokens = 1024, .batch_columns = 48};
    return !b->open(0, NULL, &s->device, e) && !engine_open(set, b, s->device, &o, &s->engine, e) &&
           !session_new(s->engine, &s->text[0], e) && !session_new(s->engine, &s->text[1], e);
}

static double off_by(const float *got, const float *want) {
    double square = 0, difference = 0;
    for (int i = 0; i < TINY_VOCAB; i++) {
        double d = (double)got[i] - (double)want[i];
        square += (double)want[i] * (double)want[i];
        difference += isfinite(got[i]) ? d * d : INFINITY;
    }
    return sqrt(difference / square);
}
static uint32_t highest(const float *x) {
    uint32_t best = 0;
    for (uint32_t i = 1; i < TINY_VOCAB; i++)
        if (x[i] > x[best]) best = i;
    return best;
}

/* The worst difference of all steps; < 0 with *e set when something failed. */
static double compare(const struct tiny_model *tiny, enum tensor_type cache, error *e) {
    const struct kernels_backend *b[2] = {kernels_cpu(), kernels_emulated_plugin()};
    struct side side[2] = {0};
    buf bytes = {0};
    arena *a = arena_new(0);
    gguf_set *set = NULL;
    double worst = -1;
    str view; /* the set reads through both until it is closed */
    gguf_opener opener;
    if (a && !tiny_model_bytes(tiny, &bytes, e)) {
        view = buf_view(&bytes);
        opener = tiny_model_opener(&view);
        if (!gguf_set_open(a, "tiny.gguf", &opener, NULL, &set, e) && side_open(&side[0], b[0], set, cache, e) &&
            side_open(&side[1], b[1], set, cache, e)) {
            uint32_t prompt[2][PROMPT], next[2];
            for (uint32_t i = 0; i < 2 * PROMPT; i++) prompt[i / PROMPT][i % PROMPT] = (i * 37 + 11) % TINY_VOCAB;
            for (int step = 0; step <= STEPS; step++) {
                for (int s = 0; s < 2; s++) {
                    struct engine_input in[2];
                    for (int t = 0; t < 2; t++) /* the second prompt is shorter */
                        in[t] = step ? (struct engine_input){side[s].text[t], &next[t], 1, 1}
                                     : (struct engine_input){side[s].text[t], prompt[t], t ? PROMPT - 6 : PROMPT, 1};
                    if (engine_step(side[s].engine, in, 2, e)) goto done;
                }
                for (uint32_t t = 0; t < 2; t++) {
                    const float *want = engine_logits(side[0].engine, t), *got = engine_logits(side[1].engine, t);
                    double off = off_by(got, want);
                    if (!(off <= worst)) worst = off;
                    next[t] = highest(want);
                }
            }
        }
    }
done:
    for (int s = 0; s < 2; s++) {
        session_free(side[s].text[0]);
        session_free(side[s].text[1]);
        engine_close(side[s].engine);
        b[s]->close(side[s].device);
    }
    gguf_set_close(set);
    arena_free(a);
    buf_free(&bytes);
    return e->code ? -1 : worst;
}

int main(void) {
    static const char *const ARCHITECTURES[] = {"llama", "mistral", "qwen2", "qwen3", "qwen3moe"};
    static const struct {
        uint32_t type;
        enum tensor_type cache;
        double allowed;
    } KINDS[] = {{TENSOR_F32, TENSOR_F32, 1e-4},  {TENSOR_F32, TENSOR_F16, 4e-3},  {TENSOR_BF16, TENSOR_F16, 3e-2},
                 {TENSOR_Q8_0, TENSOR_F32, 5e-2}, {TENSOR_Q4_K, TENSOR_F16, 5e-2}, {TENSOR_MXFP4, TENSOR_F16, 5e-2}};
    for (size_t i = 0; i < COUNT_OF(ARCHITECTURES); i++)
        for (size_t k = 0; k < COUNT_OF(KINDS); k++) {
            /* Random experts: a router's near-tie goes the other way when BF16 rounds. And Q4_K wants 256 columns. */
            if (i == COUNT_OF(ARCHITECTURES) - 1 && (KINDS[k].type == TENSOR_BF16 || KINDS[k].type == TENSOR_Q4_K))
                continue;
            struct tiny_model tiny = {.architecture = ARCHITECTURES[i], .type = KINDS[k].type, .extra = ""};
            error e = {0};
            double off = compare(&tiny, KINDS[k].cache, &e);
            bool held = off >= 0 && off <= KINDS[k].allowed;
            failures += !held;
            printf("%s %d - %s, %s, cache type %d: off by %.2g%s%s\n", held ? "ok" : "not ok", ++tests,
                   ARCHITECTURES[i], tensor_type_find(KINDS[k].type)->name, (int)KINDS[k].cache, off,
                   e.code ? ": " : "", e.message);
            fflush(stdout);
        }
    printf("1..%d\n", tests);
    return failures != 0;
}
