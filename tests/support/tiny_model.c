/* tiny_model.c - see tiny_model.h. FNV-1a 64 of the name seeds splitmix64 (Steele, Lea, Flood 2014). */
#include "tests/support/tiny_model.h"

#include "kernels.h"

#include <stdio.h>
#include <stdlib.h>

static uint64_t seed_of(const char *name) {
    uint64_t h = 0xcbf29ce484222325u;
    for (; *name; name++) h = (h ^ (uint8_t)*name) * 0x100000001b3u;
    return h;
}
static uint64_t next(uint64_t *state) {
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

struct tensor {
    char name[64];
    uint32_t type;     /* as stored */
    uint32_t raw_type; /* as made */
    uint64_t ne[3];
    float middle, amplitude;
    uint8_t *bytes; /* as stored; made when first asked for */
};

struct maker {
    const struct tiny_model *m;
    gguf_writer *w;
    struct tensor tensor[64];
    uint32_t count;
};

static void declare(struct maker *k, const char *name, uint32_t type, float middle, float amplitude, uint64_t n0,
                    uint64_t n1, uint64_t n2) {
    struct tensor *t = &k->tensor[k->count++];
    *t = (struct tensor){.raw_type = type, .ne = {n0, n1, n2}, .middle = middle, .amplitude = amplitude};
    strncpy(t->name, name, sizeof t->name - 1);
    t->type = k->m->as_floats ? (uint32_t)GGUF_TYPE_F32 : type;
    gguf_write_tensor(k->w, t->name, t->type, n2 > 1 ? 3 : n1 > 1 ? 2 : 1, t->ne);
}
static void vector(struct maker *k, const char *name, float middle, float amplitude, uint64_t count) {
    declare(k, name, GGUF_TYPE_F32, middle, amplitude, count, 1, 1);
}
static void matrix(struct maker *k, const char *name, uint64_t experts, uint64_t rows, uint64_t cols) {
    float amplitude = strcmp(name, "token_embd.weight") == 0 ? 1 : cols <= 128 ? 0.25f : cols <= 256 ? 0.125f : 0.0625f;
    declare(k, name, k->m->type, 0, amplitude, cols, rows, experts);
}

static void tame_half(uint8_t *b, unsigned base) {
    unsigned bits = (b[0] | (unsigned)b[1] << 8) & 0x3ff;
    bits |= base;
    b[0] = (uint8_t)bits;
    b[1] = (uint8_t)(bits >> 8);
}
static void tame(uint32_t type, uint8_t *b) {
    switch (type) {
    case GGUF_TYPE_Q8_0: tame_half(b, 0x1400); break;
    case GGUF_TYPE_Q4_0: tame_half(b, 0x2400); break;
    case GGUF_TYPE_Q4_K:
    case GGUF_TYPE_Q5_K:
        tame_half(b, type == GGUF_TYPE_Q5_K ? 0x0800 : 0x0c00);
        tame_half(b + 2, 0x1800);
        break;
    case GGUF_TYPE_Q6_K: tame_half(b + 208, 0x0400); break;
    case GGUF_TYPE_MXFP4: b[0] = (uint8_t)(120 + (b[0] & 1)); break;
    case GGUF_TYPE_NVFP4:
        for (int i = 0; i < 4; i++) b[i] = (b[i] & 7) | 0x10;
        break;
    default: break;
    }
}

/* The tensor's bytes in its raw type. */
static uint8_t *make(const struct tensor *t, size_t count, size_t *size_bytes) {
    const struct tensor_type_info *info = tensor_type_find(t->raw_type);
    uint64_t state = seed_of(t->name);
    *size_bytes = count / info->block_count * info->block_bytes;
    uint8_t *bytes = malloc(*size_bytes + 8);
    if (!bytes) return NULL;
    if (info->block_count == 1) {
        for (size_t i = 0; i < count; i++) {
            float u = (float)((double)(next(&state) >> 40) / (1 << 23) - 1), x = t->middle + u * t->amplitude;
            tensor_quantise((enum tensor_type)t->raw_type, &x, 1, bytes + i * info->block_bytes);
        }
        return bytes;
    }
    for (size_t i = 0; i < *size_bytes; i += 8) {
        uint64_t word = next(&state);
        for (size_t k = 0; k < 8; k++) bytes[i + k] = (uint8_t)(word >> 8 * k);
    }
    for (size_t i = 0; i < *size_bytes; i += info->block_bytes) tame(t->raw_type, bytes + i);
    return bytes;
}

static int fill(void *context, uint32_t tensor, uint64_t offset, void *out, size_t len_bytes, error *e) {
    struct maker *k = context;
    struct tensor *t = &k->tensor[tensor];
    if (!t->bytes) {
        size_t count = (size_t)(t->ne[0] * t->ne[1] * t->ne[2]), size = 0;
        t->bytes = make(t, count, &size);
        if (t->bytes && t->type != t->raw_type) {
            uint8_t *floats = malloc(count * sizeof(float));
            if (floats) tensor_dequantise((enum tensor_type)t->raw_type, t->bytes, count, (float *)(void *)floats);
            free(t->bytes);
            t->bytes = floats;
        }
    }
    if (!t->bytes) return error_set(e, ERROR_MEMORY, "no memory for a tiny model");
    memcpy(out, t->bytes + offset, len_bytes);
    return 0;
}

struct numbers {
    uint32_t DIM, KEY, FF, EXPERT_FF; /* the last: 0 = no experts */
};

static void keys(struct maker *k, const struct numbers *n) {
    const struct tiny_model *m = k->m;
    char key[96];
#define KEY_NAME(name) (snprintf(key, sizeof key, "%s." name, m->architecture), key)
    gguf_write_str(k->w, "general.architecture", str_from_cstr(m->architecture));
    gguf_write_u32(k->w, KEY_NAME("block_count"), 2);
    gguf_write_u32(k->w, KEY_NAME("context_length"), TINY_CONTEXT);
    gguf_write_u32(k->w, KEY_NAME("embedding_length"), n->DIM);
    gguf_write_u32(k->w, KEY_NAME("feed_forward_length"), n->FF);
    gguf_write_u32(k->w, KEY_NAME("attention.head_count"), 4);
    gguf_write_u32(k->w, KEY_NAME("attention.head_count_kv"), 2);
    gguf_write_u32(k->w, KEY_NAME("attention.key_length"), n->KEY);
    gguf_write_u32(k->w, KEY_NAME("attention.value_length"), n->KEY);
    gguf_write_f32(k->w, KEY_NAME("attention.layer_norm_rms_epsilon"), 1e-5f);
    gguf_write_f32(k->w, KEY_NAME("rope.freq_base"), 10000);
    if (strcmp(m->architecture, "mistral") == 0) gguf_write_u32(k->w, KEY_NAME("attention.sliding_window"), 16);
    if (n->EXPERT_FF) {
        gguf_write_u32(k->w, KEY_NAME("expert_count"), 8);
        gguf_write_u32(k->w, KEY_NAME("expert_used_count"), 2);
        if (n->EXPERT_FF != n->FF) gguf_write_u32(k->w, KEY_NAME("expert_feed_forward_length"), n->EXPERT_FF);
    }
    if (strcmp(m->extra, "yarn") == 0) {
        gguf_write_str(k->w, KEY_NAME("rope.scaling.type"), STR("yarn"));
        gguf_write_f32(k->w, KEY_NAME("rope.scaling.factor"), 4);
        gguf_write_u32(k->w, KEY_NAME("rope.scaling.original_context_length"), 64);
    }
    if (m->add_keys) m->add_keys(k->w, m->context);
}

static void layer(struct maker *k, const struct numbers *n, int i) {
    const char *arch = k->m->architecture;
    const bool qwen3 = strncmp(arch, "qwen3", 5) == 0;
    char name[64];
#define NAME(text) (snprintf(name, sizeof name, "blk.%d." text, i), name)
    vector(k, NAME("attn_norm.weight"), 1, 0.25f, n->DIM);
    vector(k, NAME("ffn_norm.weight"), 1, 0.25f, n->DIM);
    matrix(k, NAME("attn_q.weight"), 1, 4 * n->KEY, n->DIM);
    matrix(k, NAME("attn_k.weight"), 1, 2 * n->KEY, n->DIM);
    matrix(k, NAME("attn_v.weight"), 1, 2 * n->KEY, n->DIM);
    matrix(k, NAME("attn_output.weight"), 1, n->DIM, 4 * n->KEY);
    if (strcmp(arch, "qwen2") == 0) {
        vector(k, NAME("attn_q.bias"), 0, 0.5f, 4 * n->KEY);
        vector(k, NAME("attn_k.bias"), 0, 0.5f, 2 * n->KEY);
        vector(k, NAME("attn_v.bias"), 0, 0.5f, 2 * n->KEY);
    }
    if (qwen3) {
        vector(k, NAME("attn_q_norm.weight"), 1, 0.25f, n->KEY);
        vector(k, NAME("attn_k_norm.weight"), 1, 0.25f, n->KEY);
    }
    if (n->EXPERT_FF) {
        declare(k, NAME("ffn_gate_inp.weight"), GGUF_TYPE_F32, 0, 0.25f, n->DIM, 8, 1);
        matrix(k, NAME("ffn_gate_exps.weight"), 8, n->EXPERT_FF, n->DIM);
        matrix(k, NAME("ffn_up_exps.weight"), 8, n->EXPERT_FF, n->DIM);
        matrix(k, NAME("ffn_down_exps.weight"), 8, n->DIM, n->EXPERT_FF);
    } else {
        matrix(k, NAME("ffn_gate.weight"), 1, n->FF, n->DIM);
        matrix(k, NAME("ffn_up.weight"), 1, n->FF, n->DIM);
        matrix(k, NAME("ffn_down.weight"), 1, n->DIM, n->FF);
    }
    if (strcmp(k->m->extra, "scales") != 0) return;
    vector(k, NAME("attn_q.scale"), 1, 0.5f, 1);
    vector(k, NAME("attn_k.scale"), 1, 0.5f, 1);
    vector(k, NAME("attn_v.scale"), 1, 0.5f, 1);
    vector(k, NAME("attn_output.scale"), 1, 0.5f, 1);
    vector(k, NAME("ffn_gate_exps.scale"), 1, 0.5f, 8);
    vector(k, NAME("ffn_up_exps.scale"), 1, 0.5f, 8);
    vector(k, NAME("ffn_down_exps.scale"), 1, 0.5f, 8);
}

int tiny_model_bytes(const struct tiny_model *m, buf *out, error *e) {
    struct maker *k = calloc(1, sizeof *k);
    if (!k) return error_set(e, ERROR_MEMORY, "no memory for a tiny model");
    k->m = m;
    k->w = gguf_writer_new();
    bool small = m->type == GGUF_TYPE_F32, qwen3 = strncmp(m->architecture, "qwen3", 5) == 0;
    struct numbers n = {.DIM = small ? 64 : 256, .KEY = !small ? 64 : qwen3 ? 32 : 16, .FF = small ? 96 : 512};
    if (strcmp(m->architecture, "qwen3moe") == 0) n.EXPERT_FF = 64;
    if (strcmp(m->extra, "experts") == 0) n.EXPERT_FF = n.FF; /* as Mixtral, which has no width of its own for them */
    keys(k, &n);
    matrix(k, "token_embd.weight", 1, TINY_VOCAB, n.DIM);
    vector(k, "output_norm.weight", 1, 0.25f, n.DIM);
    if (strcmp(m->architecture, "qwen2") != 0) matrix(k, "output.weight", 1, TINY_VOCAB, n.DIM);
    if (strcmp(m->extra, "factors") == 0) vector(k, "rope_freqs.weight", 4, 3, n.KEY / 2);
    for (int i = 0; i < 2; i++) layer(k, &n, i);
    int bad = gguf_writer_bytes(k->w, out, fill, k, e);
    for (uint32_t i = 0; i < k->count; i++) free(k->tensor[i].bytes);
    gguf_writer_free(k->w);
    free(k);
    return bad;
}

static int open_bytes(void *context, const char *path, gguf_source *source, error *e) {
    (void)path;
    (void)e;
    *source = gguf_source_bytes(context);
    return 0;
}
static void close_bytes(void *context, gguf_source *source) {
    (void)context;
    (void)source;
}
gguf_opener tiny_model_opener(const str *bytes) {
    return (gguf_opener){.context = (void *)(uintptr_t)bytes, .open = open_bytes, .close = close_bytes};
}
