/* fuzz_gguf.c - any bytes as a GGUF header: an error or a header whose every promise lies inside the file.
 *
 * The input is the file. What is accepted must hold the reader's invariants: tensors in order, aligned, inside the
 * file; names found by name; typed getters safe on any key.
 */
#include "lm/gguf.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int truth) {
    if (!truth) abort();
}

static void use_value(const gguf *g, arena *a, const gguf_pair *p) {
    if (memchr(p->key.p, 0, (size_t)p->key.n)) return;
    char *key = arena_cstr(a, p->key);
    if (!key) return;
    check(gguf_get(g, key) == &p->value);
    uint32_t u;
    float f;
    bool b;
    str s;
    size_t n;
    const uint32_t *us;
    const float *fs;
    const str *ss;
    gguf_get_u32(g, key, true, &u, NULL);
    gguf_get_f32(g, key, true, &f, NULL);
    gguf_get_bool(g, key, true, &b, NULL);
    gguf_get_str(g, key, true, &s, NULL);
    gguf_get_u32s(g, a, key, true, &us, &n, NULL);
    gguf_get_f32s(g, a, key, true, &fs, &n, NULL);
    if (gguf_get_strs(g, key, true, &ss, &n, NULL) == 0)
        for (size_t i = 0; i < n; i++) check(ss[i].n >= 0 && (size_t)ss[i].n <= (size_t)g->size_bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    arena *a = arena_new(64u << 20);
    if (!a) return 0;
    str bytes = str_make(data, size);
    gguf_source source = gguf_source_bytes(&bytes);
    gguf *g;
    error e = {0};
    if (gguf_read(a, &source, "fuzz", NULL, &g, &e) == 0) {
        check(g->needed_bytes <= size);
        uint64_t end = g->data_offset;
        for (size_t i = 0; i < g->tensor_count; i++) {
            const gguf_tensor *t = &g->tensors[i];
            check(t->offset >= end && t->offset % g->alignment == g->data_offset % g->alignment);
            check(t->size_bytes > 0 && t->offset + t->size_bytes <= size);
            end = t->offset + t->size_bytes;
        }
        for (size_t i = 0; i < g->pair_count; i++) use_value(g, a, &g->pairs[i]);
        const uint32_t *layers;
        gguf_arch_layers_u32(g, a, "attention.head_count", false, 8, 1, &layers, &e);
        gguf_check_loadable(g, &e);
    } else
        check(e.code != ERROR_NONE && e.message[0]);
    arena_free(a);
    return 0;
}
