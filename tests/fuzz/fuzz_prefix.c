/* fuzz_prefix.c - hostile files in the prefix cache: a good one with bytes changed, cut or added, or any bytes at all.
 *
 * Input: the first byte chooses; patches of four bytes (place 16 bits, way, value), or the file itself. A file that was
 * changed must not be believed.
 */
#include "base/file.h"
#include "lm/prefix_cache.h"
#include "tests/support/tiny_model.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { LENGTH = 70 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* One engine for the life of the fuzzer: loading a model each time would be most of the work. */
static struct {
    arena *a;
    buf model;
    str view, good;
    gguf_opener opener;
    engine *engine;
    uint32_t tokens[LENGTH];
    char folder[64], *path;
} rig;

static void open_rig(void) {
    const struct tiny_model tiny = {.architecture = "llama", .type = GGUF_TYPE_F32, .extra = ""};
    const struct engine_options o = {.cache_type = TENSOR_F16, .cache_tokens = 256, .batch_columns = 32};
    arena *a = rig.a = arena_new(0); /* lives as long as the program */
    gguf_set *set;
    kernels_device *device;
    session *s;
    if (tiny_model_bytes(&tiny, &rig.model, NULL) != 0) abort();
    rig.view = buf_view(&rig.model);
    rig.opener = tiny_model_opener(&rig.view);
    if (gguf_set_open(a, "m.gguf", &rig.opener, NULL, &set, NULL) != 0 ||
        kernels_cpu()->open(0, &(struct kernels_options){.threads = 1}, &device, NULL) != 0 ||
        engine_open(set, kernels_cpu(), device, &o, &rig.engine, NULL) != 0 || session_new(rig.engine, &s, NULL) != 0)
        abort();
    for (uint32_t i = 0; i < LENGTH; i++) rig.tokens[i] = i % TINY_VOCAB;
    snprintf(rig.folder, sizeof rig.folder, "/tmp/assay-fuzz-%ld", (long)getpid());
    if (engine_step(rig.engine, &(struct engine_input){s, rig.tokens, LENGTH, 0}, 1, NULL) != 0 ||
        prefix_cache_save(rig.engine, rig.folder, "m", s, LENGTH, 0, NULL) != 0)
        abort();
    session_free(s);
    rig.path = prefix_cache_path(a, rig.engine, rig.folder, "m", rig.tokens, LENGTH);
    if (!rig.path || file_read(a, rig.path, 1 << 24, &rig.good, NULL) != 0) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!rig.engine) open_rig();
    if (size < 1) return 0;
    size_t n = data[0] & 1 ? size - 1 : (size_t)rig.good.n;
    uint8_t *bytes = malloc(n + 1);
    if (!bytes) return 0;
    memcpy(bytes, data[0] & 1 ? data + 1 : rig.good.p, n);
    for (size_t i = 1; i + 4 <= size && !(data[0] & 1); i += 4) {
        size_t at = (data[i] | (size_t)data[i + 1] << 8) % (data[i + 2] & 1 ? 128 : n);
        bytes[at] = (uint8_t)(data[i + 2] & 2 ? data[i + 3] : bytes[at] ^ data[i + 3]);
    }
    if (data[0] & 2) n = n * data[0] / 256;
    bool same = n == (size_t)rig.good.n && memcmp(bytes, rig.good.p, n) == 0;
    FILE *f = fopen(rig.path, "wb");
    if (!f || fwrite(bytes, 1, n, f) != n || fclose(f) != 0) abort();
    session *s;
    enum prefix_state state = prefix_cache_load(rig.engine, rig.folder, "m", rig.tokens, LENGTH, &s);
    if ((state == PREFIX_HIT) != same || (s != NULL) != same) abort();
    session_free(s);
    free(bytes);
    return 0;
}
