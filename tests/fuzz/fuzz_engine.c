/* fuzz_engine.c - hostile model files: a small valid model with bytes of its header changed, loaded, and asked for a
 * step.
 *
 * Input: the first byte picks architecture and type, then patches of five bytes: place (24 bits), way, value.
 * What is looked for: memory errors, endless loops, allocations that a small file should not cause.
 */
#include "lm/engine.h"
#include "tests/support/tiny_model.h"

#include <stdlib.h>

static const struct tiny_model MODELS[] = {
    {.architecture = "llama", .type = GGUF_TYPE_F32, .extra = "yarn"},
    {.architecture = "mistral", .type = GGUF_TYPE_F32, .extra = "factors"},
    {.architecture = "qwen2", .type = GGUF_TYPE_F32, .extra = ""},
    {.architecture = "qwen3", .type = GGUF_TYPE_Q4_K, .extra = ""},
    {.architecture = "qwen3moe", .type = GGUF_TYPE_NVFP4, .extra = "scales"},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void use(engine *g) {
    session *s;
    const uint32_t tokens[3] = {1, 2, 3};
    if (session_new(g, &s, NULL) != 0) return;
    for (int i = 0; i < 2; i++)
        if (engine_step(g, &(struct engine_input){s, tokens, 3, 1}, 1, NULL) == 0) (void)engine_logits(g, 0);
    session_free(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 1) return 0;
    buf b = {0};
    if (tiny_model_bytes(&MODELS[data[0] % COUNT_OF(MODELS)], &b, NULL) != 0) abort();
    for (size_t i = 1; i + 5 <= size; i += 5) {
        size_t at = (data[i] | (size_t)data[i + 1] << 8 | (size_t)data[i + 2] << 16) %
                    (data[i + 3] & 1 ? b.n : 4096); /* mostly the header */
        b.p[at] = data[i + 3] & 2 ? data[i + 4] : (uint8_t)(b.p[at] ^ data[i + 4]);
    }
    str view = buf_view(&b);
    gguf_opener opener = tiny_model_opener(&view);
    arena *a = arena_new(64 << 20);
    gguf_set *set;
    const struct kernels_backend *cpu = kernels_cpu();
    kernels_device *device;
    engine *g;
    struct engine_options options = {
        .cache_type = TENSOR_F16, .context_tokens = 64, .batch_columns = 8, .batch_sessions = 2};
    if (gguf_set_open(a, "m.gguf", &opener, NULL, &set, NULL) == 0) {
        if (cpu->open(0, &(struct kernels_options){.threads = 1}, &device, NULL) == 0) {
            if (engine_open(set, cpu, device, &options, &g, NULL) == 0) {
                use(g);
                engine_close(g);
            }
            cpu->close(device);
        }
        gguf_set_close(set);
    }
    arena_free(a);
    buf_free(&b);
    return 0;
}
