/* bench_model.c - see bench_model.h. In: a shape and a type. Out: a GGUF file that is as large, and computes as much.
 *
 * Scales are constant, codes random, so that values stay finite through all layers and no expert is preferred. Any byte
 * depends on its place in its tensor alone. Not here: a vocabulary; texts are token numbers.
 */
#include "bench_model.h"

#include "base/buf.h"
#include "lm/gguf_write.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

const struct model_shape MODEL_SHAPES[] = {
    {"qwen3-0.6B", "qwen3", 1024, 28, 16, 8, 128, 3072, 151936, 0, 0},
    {"llama-1B", "llama", 2048, 16, 32, 8, 64, 8192, 128256, 0, 0},
    {"llama-8B", "llama", 4096, 32, 32, 8, 128, 14336, 128256, 0, 0},
    {"qwen3moe-0.4B", "qwen3moe", 1024, 8, 16, 4, 128, 512, 32000, 32, 4}, /* of nobody: experts on a small machine */
    {"qwen3-30B-A3B", "qwen3moe", 2048, 48, 32, 4, 128, 768, 151936, 128, 8},
};
const size_t MODEL_SHAPE_COUNT = COUNT_OF(MODEL_SHAPES);

struct made {
    const char *names[1024];
    uint32_t types[1024];
    uint32_t count;
};

/* Constant scales, random codes: any byte depends on its place in the tensor alone. The embedding, the first tensor, is
 * 256 times as large as the others, so that a text's own token outweighs what attention brings from a prefix that all
 * texts share: else all texts would soon choose the same experts. */
static uint8_t scale_byte(uint32_t type, size_t at, uint8_t random, bool embedding) {
    static const uint8_t Q8_0[2] = {0, 0x14}, Q4_0[2] = {0, 0x24}, K4[4] = {0, 0x0c, 0x80, 0x17},
                         K5[4] = {0, 0x08, 0xc0, 0x17}, K6[2] = {0, 0x04};
    const uint8_t f16 = embedding && at % 2 ? 8 << 2 : 0; /* exponents begin at bit 2 of the upper byte */
    switch (type) {
    case TENSOR_Q8_0: return at < 2 ? Q8_0[at] + f16 : random;
    case TENSOR_Q4_0: return at < 2 ? Q4_0[at] + f16 : random;
    case TENSOR_Q4_K: return at < 4 ? K4[at] + f16 : random;
    case TENSOR_Q5_K: return at < 4 ? K5[at] + f16 : random;
    case TENSOR_Q6_K: return at >= 208 ? K6[at - 208] + f16 : random;
    case TENSOR_MXFP4: return at == 0 ? (embedding ? 129 : 121) : random;
    case TENSOR_NVFP4: return at < 4 ? (uint8_t)(random & 7) | (embedding ? 0x50 : 0x10) : random;
    case TENSOR_F16: return at == 1 ? (uint8_t)((random & 0x83) | 0x28) + f16 : random;
    case TENSOR_BF16: return at == 1 ? (uint8_t)((random & 0x80) | (embedding ? 0x41 : 0x3d)) : random;
    default: return random;
    }
}

/* The bytes of a block that scale_byte() changes: [from, from + count). */
static void scale_place(uint32_t type, size_t *from, size_t *count) {
    *from = type == TENSOR_Q6_K ? 208 : type == TENSOR_F16 || type == TENSOR_BF16 ? 1 : 0;
    *count = type == TENSOR_Q8_0 || type == TENSOR_Q4_0 || type == TENSOR_Q6_K    ? 2
             : type == TENSOR_Q4_K || type == TENSOR_Q5_K || type == TENSOR_NVFP4 ? 4
                                                                                  : 1;
}

static int fill(void *context, uint32_t tensor, uint64_t offset, void *out, size_t len_bytes, error *e) {
    (void)e;
    const struct made *m = context;
    uint8_t *p = out;
    uint32_t type = m->types[tensor];
    size_t from, count, block = tensor_type_find(type)->block_bytes;
    if (type == TENSOR_F32) {
        for (size_t i = 0; i < len_bytes; i += 4) memcpy(p + i, &(float){1}, 4);
        return 0;
    }
    for (size_t i = 0; i < len_bytes; i += 8) {
        uint64_t word = (offset + i + ((uint64_t)tensor << 40)) * 0x9e3779b97f4a7c15u;
        word = (word ^ (word >> 29)) * 0xbf58476d1ce4e5b9u;
        word ^= word >> 32;
        memcpy(p + i, &word, len_bytes - i < 8 ? len_bytes - i : 8);
    }
    scale_place(type, &from, &count);
    for (uint64_t begin = offset / block * block + from; begin < offset + len_bytes; begin += block)
        for (uint64_t at = begin; at < begin + count && at < offset + len_bytes; at++)
            if (at >= offset) p[at - offset] = scale_byte(type, (size_t)(at % block), p[at - offset], tensor == 0);
    return 0;
}

static void add(gguf_writer *w, struct made *m, const char *name, uint32_t type, uint64_t rows, uint64_t cols) {
    m->types[m->count++] = type;
    gguf_write_tensor(w, name, type, rows > 1 ? 2 : 1, (uint64_t[]){cols, rows});
}
static void add_experts(gguf_writer *w, struct made *m, const char *name, uint32_t type, uint64_t experts,
                        uint64_t rows, uint64_t cols) {
    m->types[m->count++] = type;
    gguf_write_tensor(w, name, type, 3, (uint64_t[]){cols, rows, experts});
}

/* Matrices of `experts` experts each layer. */
static uint64_t bytes_of(const struct model_shape *s, uint32_t type, uint32_t experts) {
    uint64_t attention = (uint64_t)s->DIM * s->KEY * (2 * s->HEADS + 2 * s->KV_HEADS);
    uint64_t ffn = (uint64_t)3 * s->DIM * s->FF * (s->EXPERTS ? experts : 1);
    uint64_t weights = (uint64_t)s->VOCAB * s->DIM + s->LAYERS * (attention + ffn);
    return weights / tensor_type_find(type)->block_count * tensor_type_find(type)->block_bytes;
}
uint64_t model_shape_bytes(const struct model_shape *s, uint32_t type) { return bytes_of(s, type, s->EXPERTS); }
uint64_t model_shape_token_bytes(const struct model_shape *s, uint32_t type) { return bytes_of(s, type, s->TOPK); }

static int write_through(const char *path, error *e) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    int bad = fd < 0 || fdatasync(fd) != 0 ? error_set(e, ERROR_IO, "cannot write it through to the disk") : 0;
    if (fd >= 0) {
        posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
        close(fd);
    }
    return bad;
}

int model_shape_write(const struct model_shape *s, uint32_t type, const char *path, error *e) {
    gguf_writer *w = gguf_writer_new();
    if (!w) return error_set(e, ERROR_MEMORY, "no memory to write a model");
    struct made m = {.count = 0};
    char key[96], name[64];
#define PUT_U32(text, value) (snprintf(key, sizeof key, "%s." text, s->architecture), gguf_write_u32(w, key, value))
    gguf_write_str(w, "general.architecture", str_from_cstr(s->architecture));
    PUT_U32("block_count", s->LAYERS);
    PUT_U32("context_length", 2 * MODEL_PROMPT_MAX);
    PUT_U32("embedding_length", s->DIM);
    PUT_U32("feed_forward_length", s->FF);
    PUT_U32("attention.head_count", s->HEADS);
    PUT_U32("attention.head_count_kv", s->KV_HEADS);
    PUT_U32("attention.key_length", s->KEY);
    PUT_U32("attention.value_length", s->KEY);
    PUT_U32("rope.dimension_count", s->KEY);
    PUT_U32("vocab_size", s->VOCAB);
    if (s->EXPERTS) {
        PUT_U32("expert_count", s->EXPERTS);
        PUT_U32("expert_used_count", s->TOPK);
        PUT_U32("expert_feed_forward_length", s->FF);
    }
    snprintf(key, sizeof key, "%s.attention.layer_norm_rms_epsilon", s->architecture);
    gguf_write_f32(w, key, 1e-6f);
    gguf_write_str(w, "tokenizer.ggml.model", STR("no_vocab"));
    add(w, &m, "token_embd.weight", type, s->VOCAB, s->DIM);
    add(w, &m, "output_norm.weight", TENSOR_F32, 1, s->DIM);
    for (uint32_t i = 0; i < s->LAYERS; i++) {
#define NAME(text) (snprintf(name, sizeof name, "blk.%u." text, i), name)
        add(w, &m, NAME("attn_norm.weight"), TENSOR_F32, 1, s->DIM);
        add(w, &m, NAME("attn_q.weight"), type, s->HEADS * s->KEY, s->DIM);
        add(w, &m, NAME("attn_k.weight"), type, s->KV_HEADS * s->KEY, s->DIM);
        add(w, &m, NAME("attn_v.weight"), type, s->KV_HEADS * s->KEY, s->DIM);
        add(w, &m, NAME("attn_output.weight"), type, s->DIM, s->HEADS * s->KEY);
        if (strncmp(s->architecture, "qwen3", 5) == 0) {
            add(w, &m, NAME("attn_q_norm.weight"), TENSOR_F32, 1, s->KEY);
            add(w, &m, NAME("attn_k_norm.weight"), TENSOR_F32, 1, s->KEY);
        }
        add(w, &m, NAME("ffn_norm.weight"), TENSOR_F32, 1, s->DIM);
        if (s->EXPERTS) {
            add(w, &m, NAME("ffn_gate_inp.weight"), TENSOR_BF16, s->EXPERTS, s->DIM);
            add_experts(w, &m, NAME("ffn_gate_exps.weight"), type, s->EXPERTS, s->FF, s->DIM);
            add_experts(w, &m, NAME("ffn_up_exps.weight"), type, s->EXPERTS, s->FF, s->DIM);
            add_experts(w, &m, NAME("ffn_down_exps.weight"), type, s->EXPERTS, s->DIM, s->FF);
            continue;
        }
        add(w, &m, NAME("ffn_gate.weight"), type, s->FF, s->DIM);
        add(w, &m, NAME("ffn_up.weight"), type, s->FF, s->DIM);
        add(w, &m, NAME("ffn_down.weight"), type, s->DIM, s->FF);
    }
    int bad = gguf_writer_file(w, path, fill, &m, e);
    gguf_writer_free(w);
    return bad ? bad : write_through(path, e);
}
