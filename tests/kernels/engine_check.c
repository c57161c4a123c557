/* engine_check.c - whole tiny models on a GPU: what the kernels' own check cannot see. TAP, exit 1 when something
 * differs.
 *
 *     engine_check [--quick] [PLUGIN]        `make gpu-check` runs it on libassay-cuda.so, with nothing but gcc
 *
 * With ASSAY_EMULATE it is linked with the same kernels compiled for the processor, which is what `make test` runs, in
 * short, and with faults. Proved are
 *     logits       of each architecture and type within the tolerance of the CPU backend's; the same greedy text
 *     graphs       a step by a captured graph = the same step without, bit for bit, while texts come, go and grow
 *     batches      a text among strangers = alone; guesses verified in one step = token by token
 *     soak         a thousand short texts, arrivals and cancellations at random, memory flat
 * Tolerances, root mean square of the difference as a share of that of the logits: F32 weights and cache 1e-4; F16
 * cache 4e-3; FP8 cache 5e-2; BF16 weights 3 %, since the GPU rounds activations to BF16; F16
 * 2e-2; int8 activations 5 %, as in test_lm_engine.c.
 */
#include "engine_check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { PROMPT = 21, STEPS = 4 };

static int tests, failures;
bool engine_check_quick;

void expect(bool held, const char *format, ...) {
    va_list list;
    va_start(list, format);
    failures += !held;
    printf("%s %d - ", held ? "ok" : "not ok", ++tests);
    vprintf(format, list);
    printf("\n");
    fflush(stdout);
    va_end(list);
}

double off_by(const float *got, const float *want) {
    double square = 0, difference = 0;
    for (int i = 0; i < TINY_VOCAB; i++) {
        double d = (double)got[i] - (double)want[i];
        square += (double)want[i] * (double)want[i];
        difference += isfinite(got[i]) ? d * d : INFINITY;
    }
    return sqrt(difference / square);
}

uint32_t highest(const float *x) {
    uint32_t best = 0;
    for (uint32_t i = 1; i < TINY_VOCAB; i++)
        if (x[i] > x[best]) best = i;
    return best;
}

bool is_near_tie(const float *x, double share) {
    uint32_t best = highest(x);
    double square = 0, second = -INFINITY;
    for (uint32_t i = 0; i < TINY_VOCAB; i++) {
        square += (double)x[i] * (double)x[i];
        if (i != best && (double)x[i] > second) second = (double)x[i];
    }
    return (double)x[best] - second < share * sqrt(square / TINY_VOCAB);
}

/* ---- a model on a device ---------------------------------------------------------------------------------------- */

bool model_make(struct tiny_file *f, const char *architecture, uint32_t type, error *e) {
    struct tiny_model tiny = {.architecture = architecture, .type = type, .extra = ""};
    *f = (struct tiny_file){.a = arena_new(0)};
    if (!f->a || tiny_model_bytes(&tiny, &f->bytes, e)) return false;
    f->view = buf_view(&f->bytes);
    f->opener = tiny_model_opener(&f->view);
    return !gguf_set_open(f->a, "tiny.gguf", &f->opener, NULL, &f->set, e);
}
void model_free(struct tiny_file *f) {
    gguf_set_close(f->set);
    arena_free(f->a);
    buf_free(&f->bytes);
}

bool side_open(struct side *s, const struct kernels_backend *b, const gguf_set *set, enum tensor_type cache,
               enum engine_graphs graphs, error *e) {
    struct engine_options o = {.cache_type = cache,
                               .cache_tokens = 2560,
                               .batch_columns = 48,
                               .piece_bytes = 6000,
                               .graphs = graphs,
                               .cancel = &s->cancel};
    s->b = b;
    return !b->open(0, NULL, &s->device, e) && !engine_open(set, b, s->device, &o, &s->engine, e);
}
void side_close(struct side *s) {
    for (size_t i = 0; i < COUNT_OF(s->text); i++) session_free(s->text[i]);
    engine_close(s->engine);
    if (s->b) s->b->close(s->device);
    *s = (struct side){0};
}

/* ---- the CPU's logits ------------------------------------------------------------------------------------------- */

/* Two texts side by side: a prompt in one step, then token by token, greedily from the CPU's logits. The worst
 * difference; < 0 with *e set when something failed. `same` counts greedy tokens that agree, `ties` near-ties. */
static double compare(const struct kernels_backend *gpu, const char *architecture, uint32_t type,
                      enum tensor_type cache, uint32_t *same, uint32_t *ties, error *e) {
    struct tiny_file f;
    struct side side[2] = {0};
    double worst = -1;
    uint32_t prompt[2][PROMPT], next[2] = {0};
    for (uint32_t i = 0; i < 2 * PROMPT; i++) prompt[i / PROMPT][i % PROMPT] = (i * 37 + 11) % TINY_VOCAB;
    bool good =
        model_make(&f, architecture, type, e) &&
        side_open(&side[0], kernels_cpu(), f.set, cache == TENSOR_FP8 ? TENSOR_F16 : cache, ENGINE_GRAPHS_AUTO, e) &&
        side_open(&side[1], gpu, f.set, cache, ENGINE_GRAPHS_AUTO, e);
    for (int i = 0; i < 4 && good; i++) good = !session_new(side[i / 2].engine, &side[i / 2].text[i % 2], e);
    for (int step = 0; good && step <= STEPS; step++) {
        for (int s = 0; s < 2 && good; s++) {
            struct engine_input in[2];
            for (int t = 0; t < 2; t++) /* the second prompt is shorter */
                in[t] = step ? (struct engine_input){side[s].text[t], &next[t], 1, 1}
                             : (struct engine_input){side[s].text[t], prompt[t], t ? PROMPT - 6 : PROMPT, 1};
            good = !engine_step(side[s].engine, in, 2, e);
        }
        for (uint32_t t = 0; t < 2 && good; t++) {
            const float *want = engine_logits(side[0].engine, t), *got = engine_logits(side[1].engine, t);
            double off = off_by(got, want);
            if (!(off <= worst)) worst = off;
            next[t] = highest(want);
            if (is_near_tie(want, 4 * (off + 1e-6)))
                (*ties)++;
            else if (highest(got) == next[t])
                (*same)++;
            else
                worst = INFINITY;
        }
    }
    side_close(&side[0]);
    side_close(&side[1]);
    model_free(&f);
    return e->code ? -1 : worst;
}

static double allowed_for(uint32_t type, enum tensor_type cache) {
    double by_cache = cache == TENSOR_F32 ? 1e-4 : cache == TENSOR_F16 ? 4e-3 : 5e-2;
    double by_type = type == TENSOR_F32 ? 0 : type == TENSOR_F16 ? 2e-2 : type == TENSOR_BF16 ? 3e-2 : 5e-2;
    return by_cache > by_type ? by_cache : by_type;
}

static void logits_are_the_cpus(const struct kernels_backend *gpu, bool fp8) {
    static const char *const MODELS[] = {"llama", "mistral", "qwen2", "qwen3", "qwen3moe"};
    static const uint32_t TYPES[] = {TENSOR_F32,  TENSOR_Q8_0, TENSOR_F16,  TENSOR_BF16,  TENSOR_Q4_0,
                                     TENSOR_Q4_K, TENSOR_Q5_K, TENSOR_Q6_K, TENSOR_MXFP4, TENSOR_NVFP4};
    static const enum tensor_type CACHES[] = {TENSOR_F32, TENSOR_F16, TENSOR_FP8};
    uint32_t same = 0, ties = 0;
    for (size_t i = 0; i < COUNT_OF(MODELS); i++)
        for (size_t k = 0; k < COUNT_OF(TYPES); k++)
            for (size_t c = 0; c < COUNT_OF(CACHES); c++) {
                bool mixture = i == COUNT_OF(MODELS) - 1;
                /* Random experts: a router's near-tie goes the other way when something rounds. And the K types want
                 * 256 columns, which its experts have not got. */
                if (mixture && (TYPES[k] == TENSOR_BF16 || TYPES[k] == TENSOR_Q4_K || TYPES[k] == TENSOR_Q5_K ||
                                TYPES[k] == TENSOR_Q6_K || CACHES[c] == TENSOR_FP8))
                    continue;
                if (CACHES[c] == TENSOR_FP8 && !fp8) continue;
                /* In short: every architecture in F32 and Q8_0, every type once, every cache. */
                if (engine_check_quick && (k > 1 && i != (k % 4)) && !(mixture && TYPES[k] == TENSOR_MXFP4)) continue;
                if (engine_check_quick && c != (TYPES[k] == TENSOR_F32 && i != 3 ? 0u : i == 0 && k == 4 ? 2u : 1u))
                    continue;
                error e = {0};
                double off = compare(gpu, MODELS[i], TYPES[k], CACHES[c], &same, &ties, &e);
                expect(off >= 0 && off <= allowed_for(TYPES[k], CACHES[c]), "%s, %s, cache %s: off by %.2g%s%s",
                       MODELS[i], tensor_type_find(TYPES[k])->name,
                       c == 0   ? "F32"
                       : c == 1 ? "F16"
                                : "FP8",
                       off, e.code ? ": " : "", e.message);
            }
    expect(same > 4 * ties, "%u greedy tokens are the CPU's; %u near-ties are left out", same, ties);
}

int main(int argc, char **argv) {
    const struct kernels_backend *gpu = NULL;
    const char *path = "./libassay-cuda.so";
    error e = {0};
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--quick") == 0)
            engine_check_quick = true;
        else
            path = argv[i];
#if defined(ASSAY_EMULATE)
    (void)path;
    engine_check_quick = true;
    gpu = kernels_emulated_plugin();
    emulate_machine.seed = 20;
#else
    if (kernels_load(path, &gpu, &e)) return printf("Bail out! %s\n", e.message), 1;
#endif
    if (!gpu->count(&e)) return printf("1..0 # SKIP %s\n", e.message), 0;
    kernels_device *device;
    struct kernels_info info;
    if (gpu->open(0, NULL, &device, &e)) return printf("Bail out! %s\n", e.message), 1;
    gpu->info(device, &info);
    gpu->close(device);
    printf("# %s\n", info.name);
    logits_are_the_cpus(gpu, info.cache_fp8);
    graphs_change_nothing(gpu, info.cache_fp8);
    batches_and_guesses_change_nothing(gpu);
    soak(kernels_cpu(), 1000);
    soak(gpu, engine_check_quick ? 24 : 1000);
#if defined(ASSAY_EMULATE)
    faults(gpu);
    expect(emulate_machine.live == 0, "nothing is left on the device");
#endif
    printf("1..%d\n", tests);
    return failures != 0;
}
