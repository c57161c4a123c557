/* bench_lm.c - how fast whole models run: decode, eight drafts at once, prefill, loading; beside a peer when one is
 * given.
 *
 *     bench_lm [--threads N] [--isa avx2|avx512|ref|…] [--model qwen3-0.6B|llama-1B] [--type Q8_0|Q4_K|…] [--dir DIR]
 * [--peer LLAMA_BENCH]
 * [--tokens N]
 *
 * Files of real shapes with made-up weights are written to DIR once and kept. Every tok/s comes with GB/s (bytes of
 * weights and cache that a step must read) and its share of the machine's read bandwidth, measured in the same run by
 * the same threads over 1 GiB. The peer is ggml's llama-bench on the same file and threads.
 */
#include "base/buf.h"
#include "lm/engine.h"
#include "lm/gguf_write.h"
#include "lm/load_reader.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static const struct shape_row {
    const char *name, *architecture;
    uint32_t DIM, LAYERS, HEADS, KV_HEADS, KEY, FF, VOCAB;
} SHAPES[] = {
    {"qwen3-0.6B", "qwen3", 1024, 28, 16, 8, 128, 3072, 151936},
    {"llama-1B", "llama", 2048, 16, 32, 8, 64, 8192, 128256},
};

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}
static void die(const char *what, const char *why) {
    fprintf(stderr, "bench_lm: %s: %s\n", what, why);
    exit(2);
}

/* ---- a file with made-up weights -------------------------------------------------------------------------------- */

struct made {
    const char *names[1024];
    uint32_t types[1024];
    uint32_t count;
};

/* Constant scales, random codes: any byte depends on its place in the tensor alone. */
static uint8_t scale_byte(uint32_t type, size_t at, uint8_t random) {
    static const uint8_t Q8_0[2] = {0, 0x14}, Q4_0[2] = {0, 0x24}, K4[4] = {0, 0x0c, 0x80, 0x18},
                         K5[4] = {0, 0x08, 0x80, 0x18}, K6[2] = {0, 0x04};
    switch (type) {
    case TENSOR_Q8_0: return at < 2 ? Q8_0[at] : random;
    case TENSOR_Q4_0: return at < 2 ? Q4_0[at] : random;
    case TENSOR_Q4_K: return at < 4 ? K4[at] : random;
    case TENSOR_Q5_K: return at < 4 ? K5[at] : random;
    case TENSOR_Q6_K: return at >= 208 ? K6[at - 208] : random;
    case TENSOR_MXFP4: return at == 0 ? 121 : random;
    case TENSOR_NVFP4: return at < 4 ? (uint8_t)(random & 7) | 0x10 : random;
    case TENSOR_F16: return at == 1 ? (uint8_t)((random & 0x83) | 0x28) : random;
    case TENSOR_BF16: return at == 1 ? (uint8_t)((random & 0x80) | 0x3d) : random;
    default: return random;
    }
}

static int fill(void *context, uint32_t tensor, uint64_t offset, void *out, size_t len_bytes, error *e) {
    (void)e;
    const struct made *m = context;
    uint8_t *p = out;
    uint32_t type = m->types[tensor];
    if (type == TENSOR_F32) {
        for (size_t i = 0; i < len_bytes; i += 4) memcpy(p + i, &(float){1}, 4);
        return 0;
    }
    size_t block = tensor_type_find(type)->block_bytes, at = (size_t)(offset % block);
    uint64_t word = 0;
    for (size_t i = 0; i < len_bytes; i++, at = at + 1 == block ? 0 : at + 1, word >>= 8) {
        if (i % 8 == 0) {
            word = (offset + i + ((uint64_t)tensor << 40)) * 0x9e3779b97f4a7c15u;
            word = (word ^ (word >> 29)) * 0xbf58476d1ce4e5b9u;
            word ^= word >> 32;
        }
        p[i] = scale_byte(type, at, (uint8_t)word);
    }
    return 0;
}

static void add(gguf_writer *w, struct made *m, const char *name, uint32_t type, uint64_t rows, uint64_t cols) {
    m->types[m->count++] = type;
    gguf_write_tensor(w, name, type, rows > 1 ? 2 : 1, (uint64_t[]){cols, rows});
}

static void write_model(const struct shape_row *s, uint32_t type, const char *path) {
    gguf_writer *w = gguf_writer_new();
    struct made m = {.count = 0};
    char key[96], name[64];
#define PUT_U32(text, value) (snprintf(key, sizeof key, "%s." text, s->architecture), gguf_write_u32(w, key, value))
    gguf_write_str(w, "general.architecture", str_from_cstr(s->architecture));
    PUT_U32("block_count", s->LAYERS);
    PUT_U32("context_length", 8192);
    PUT_U32("embedding_length", s->DIM);
    PUT_U32("feed_forward_length", s->FF);
    PUT_U32("attention.head_count", s->HEADS);
    PUT_U32("attention.head_count_kv", s->KV_HEADS);
    PUT_U32("attention.key_length", s->KEY);
    PUT_U32("attention.value_length", s->KEY);
    PUT_U32("rope.dimension_count", s->KEY);
    PUT_U32("vocab_size", s->VOCAB);
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
        if (strcmp(s->architecture, "qwen3") == 0) {
            add(w, &m, NAME("attn_q_norm.weight"), TENSOR_F32, 1, s->KEY);
            add(w, &m, NAME("attn_k_norm.weight"), TENSOR_F32, 1, s->KEY);
        }
        add(w, &m, NAME("ffn_norm.weight"), TENSOR_F32, 1, s->DIM);
        add(w, &m, NAME("ffn_gate.weight"), type, s->FF, s->DIM);
        add(w, &m, NAME("ffn_up.weight"), type, s->FF, s->DIM);
        add(w, &m, NAME("ffn_down.weight"), type, s->DIM, s->FF);
    }
    error e = {0};
    if (gguf_writer_file(w, path, fill, &m, &e) != 0) die(path, e.message);
    gguf_writer_free(w);
}

/* ---- bandwidth -------------------------------------------------------------------------------------------------- */

typedef uint64_t lanes __attribute__((vector_size(16))); /* every 64-bit machine has these */
struct reader {
    pthread_t thread;
    const lanes *p;
    size_t n;
    uint64_t sum;
};
static void *read_all(void *argument) {
    struct reader *r = argument;
    lanes a = {0}, b = {0}, c = {0}, d = {0};
    for (size_t i = 0; i + 16 <= r->n; i += 16) {
        const lanes *p = r->p + i;
        a += p[0] ^ p[1] ^ p[2] ^ p[3];
        b += p[4] ^ p[5] ^ p[6] ^ p[7];
        c += p[8] ^ p[9] ^ p[10] ^ p[11];
        d += p[12] ^ p[13] ^ p[14] ^ p[15];
    }
    a += b + c + d;
    r->sum += a[0] + a[1];
    return NULL;
}
static double read_gbs(unsigned threads) {
    size_t bytes = (size_t)1 << 30, each = bytes / sizeof(lanes) / threads;
    lanes *p = aligned_alloc(1 << 21, bytes);
    struct reader *r = calloc(threads, sizeof *r);
    if (!p || !r) die("bandwidth", "no memory");
    memset(p, 1, bytes);
    double best = 0;
    for (int turn = 0; turn < 5; turn++) {
        double t = now();
        for (unsigned i = 0; i < threads; i++) {
            r[i].p = p + i * each;
            r[i].n = each;
            pthread_create(&r[i].thread, NULL, read_all, &r[i]);
        }
        for (unsigned i = 0; i < threads; i++) pthread_join(r[i].thread, NULL);
        best = fmax(best, (double)bytes / (now() - t) * 1e-9);
    }
    free(p);
    free(r);
    return best;
}

/* ---- one model --------------------------------------------------------------------------------------------------- */

struct rig {
    engine *g;
    double bandwidth;
    uint32_t tokens;
};

static void must(int code, const error *e) {
    if (code) die("step", e->message);
}

/* `columns` sessions with `prompt` tokens each, `tokens` steps: tokens a second, all together. */
static void decode(const struct rig *r, uint32_t columns, uint32_t prompt, const char *label, double *rate) {
    session *prefix, *s[64];
    struct engine_input in[64];
    uint32_t token[64], text[64];
    error e = {0};
    for (uint32_t i = 0; i < 64; i++) text[i] = token[i] = i * 101 + 7;
    must(session_new(r->g, &prefix, &e), &e);
    must(engine_step(r->g, &(struct engine_input){prefix, text, prompt, 0}, 1, &e), &e);
    for (uint32_t i = 0; i < columns; i++) {
        must(session_fork(prefix, prompt, &s[i], &e), &e);
        in[i] = (struct engine_input){s[i], &token[i], 1, 1};
    }
    int32_t best[64];
    double least = 1e9;
    for (uint32_t k = 0; k < r->tokens; k++) {
        double t = now();
        must(engine_step(r->g, in, columns, &e), &e);
        must(engine_top(r->g, 1, best, NULL, NULL, &e), &e);
        for (uint32_t i = 0; i < columns; i++) token[i] = (uint32_t)best[i];
        if (k > 1) least = fmin(least, now() - t); /* other work on the machine only ever adds */
        if (k == 1) *rate = now();
    }
    double mean = (now() - *rate) / (r->tokens - 2), bytes = (double)engine_describe(r->g)->token_bytes;
    *rate = columns / mean;
    printf("  %-22s %8.1f tok/s  (best step %8.1f)   %5.1f GB/s = %3.0f %% of the read bandwidth\n", label,
           columns / mean, columns / least, bytes / mean * 1e-9, bytes / mean * 1e-9 / r->bandwidth * 100);
    for (uint32_t i = 0; i < columns; i++) session_free(s[i]);
    session_free(prefix);
}

static void prefill(const struct rig *r) {
    uint32_t text[512];
    session *s;
    error e = {0};
    double best = 1e9;
    for (uint32_t i = 0; i < 512; i++) text[i] = i * 101 + 7;
    for (int turn = 0; turn < 4; turn++) {
        must(session_new(r->g, &s, &e), &e);
        double t = now();
        must(engine_step(r->g, &(struct engine_input){s, text, 512, 1}, 1, &e), &e);
        best = fmin(best, now() - t);
        session_free(s);
    }
    printf("  %-22s %8.1f tok/s\n", "prefill of 512", 512 / best);
}

static void run_peer(const char *peer, const char *path, unsigned threads) {
    char command[1024];
    fflush(stdout);
    snprintf(command, sizeof command,
             "'%s' -m '%s' -p 512 -n 64 -t %u -r 3 -o md 2>/dev/null | grep -E 'pp|tg' | sed 's/^/  peer: /'", peer,
             path, threads);
    if (system(command) != 0) printf("  peer: %s gave nothing\n", peer);
}

static void bench(const struct shape_row *s, uint32_t type, const char *dir, const char *isa, unsigned threads,
                  uint32_t tokens, double bandwidth, const char *peer) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s-%s.gguf", dir, s->name, tensor_type_find(type)->name);
    if (access(path, R_OK) != 0) write_model(s, type, path);
    arena *a = arena_new(0);
    gguf_opener opener = load_opener_large();
    gguf_set *set;
    error e = {0};
    const struct kernels_backend *cpu = kernels_cpu();
    kernels_device *device;
    struct rig r = {.bandwidth = bandwidth, .tokens = tokens};
    struct engine_options options = {.cache_type = TENSOR_F16, .context_tokens = 2048, .cache_tokens = 4096};
    if (gguf_set_open(a, path, &opener, NULL, &set, &e) != 0 ||
        cpu->open(0, &(struct kernels_options){.threads = threads, .isa = isa}, &device, &e) != 0)
        die(path, e.message);
    double t = now();
    if (engine_open(set, cpu, device, &options, &r.g, &e) != 0) die(path, e.message);
    const struct engine_info *info = engine_describe(r.g);
    printf("%s %s: %.2f GB, loaded in %.2f s; a token reads %.2f GB\n", s->name, tensor_type_find(type)->name,
           (double)info->weight_bytes * 1e-9, now() - t, (double)info->token_bytes * 1e-9);
    double one, many;
    decode(&r, 1, 16, "decode, 1 draft", &one);
    decode(&r, 4, 16, "decode, 4 drafts", &many);
    decode(&r, 8, 16, "decode, 8 drafts", &many);
    printf("  8 drafts are %.2f x one\n", many / one);
    prefill(&r);
    engine_close(r.g);
    cpu->close(device);
    gguf_set_close(set);
    arena_free(a);
    if (peer && *peer) run_peer(peer, path, threads);
}

int main(int argc, char **argv) {
    const char *isa = NULL, *model = NULL, *type = NULL, *dir = ".", *peer = NULL;
    unsigned threads = (unsigned)sysconf(_SC_NPROCESSORS_ONLN), tokens = 34;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--model") == 0)
            model = argv[i + 1];
        else if (strcmp(argv[i], "--isa") == 0)
            isa = argv[i + 1];
        else if (strcmp(argv[i], "--type") == 0)
            type = argv[i + 1];
        else if (strcmp(argv[i], "--dir") == 0)
            dir = argv[i + 1];
        else if (strcmp(argv[i], "--peer") == 0)
            peer = argv[i + 1];
        else if (strcmp(argv[i], "--threads") == 0)
            threads = (unsigned)atoi(argv[i + 1]);
        else if (strcmp(argv[i], "--tokens") == 0)
            tokens = (unsigned)atoi(argv[i + 1]);
        else
            die(argv[i], "unknown option");
    }
    if (threads < 1 || tokens < 4 || argc % 2 == 0)
        die("usage", "bench_lm [--threads N] [--isa avx2|avx512|ref|…] [--model NAME] [--type TYPE] [--dir DIR] "
                     "[--peer LLAMA_BENCH] [--tokens N >= 4]");
    double bandwidth = read_gbs(threads);
    printf("%u threads, read bandwidth %.1f GB/s\n", threads, bandwidth);
    static const uint32_t TYPES[] = {TENSOR_Q8_0,  TENSOR_Q4_K,  TENSOR_Q4_0, TENSOR_Q5_K, TENSOR_Q6_K,
                                     TENSOR_MXFP4, TENSOR_NVFP4, TENSOR_BF16, TENSOR_F16};
    for (size_t s = 0; s < COUNT_OF(SHAPES); s++)
        for (size_t k = 0; k < COUNT_OF(TYPES); k++) {
            if (model && strcmp(model, SHAPES[s].name) != 0) continue;
            if (type ? strcmp(type, tensor_type_find(TYPES[k])->name) != 0 : k > 1) continue;
            bench(&SHAPES[s], TYPES[k], dir, isa, threads, tokens, bandwidth, peer);
        }
    return 0;
}
