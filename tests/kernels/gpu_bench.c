/* gpu_bench.c - how near each kernel comes to what the machine can do.
 *
 *     gpu_bench [--predict] [--isa int8|mxfp4] [PLUGIN]
 *
 * Memory: GB/s of the bytes that an operation must move (weights as GGUF counts them, the cache's window), and the
 * share of a copy measured in the same run. Arithmetic: TFLOP/s, and the share of the library's bf16 product where
 * libcublas is on the machine. Every operation runs over enough different weights that none is still in the L2 cache,
 * as a captured graph, so launches cost what they cost in a real step. The last column is a prediction, not a
 * measurement: the same bytes at the 273 GB/s of a GB10. --predict prints only that, without a GPU. --isa
 * chooses how MXFP4 is multiplied where there are two ways (kernels_options).
 */
#include "kernels.h"

#include <dlfcn.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROTATED_BYTES = 512 << 20, COPIES_MAX = 64, REPEATS = 20 };
static const double GB10_BYTES_PER_S = 273e9; /* LPDDR5X of the DGX Spark, its maker's figure */

static const enum tensor_type TYPES[] = {TENSOR_BF16, TENSOR_F16,  TENSOR_Q8_0,  TENSOR_Q6_K, TENSOR_Q5_K,
                                         TENSOR_Q4_K, TENSOR_Q4_0, TENSOR_MXFP4, TENSOR_NVFP4};

struct bench {
    const struct kernels_backend *b; /* NULL: predictions only */
    kernels_device *device;
    kernels_queue *queue;
    double copy_bytes_s, library_flop_s; /* 0 = not measured */
    error e;
};

static double now_s(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}
static void stop(struct bench *m, const char *what) {
    printf("%s: %s\n", what, m->e.message);
    exit(1);
}

/* Seconds of one pass of what `list` enqueues. */
static double timed(struct bench *m, void (*list)(struct bench *m, void *context), void *context) {
    list(m, context); /* work space, caches of code */
    if (m->b->queue_sync(m->queue, &m->e)) stop(m, "warm-up");
    m->b->graph_begin(m->queue);
    list(m, context);
    kernels_graph *g = m->b->graph_end(m->queue, &m->e);
    if (!g) stop(m, "graph");
    double best = INFINITY;
    for (int i = 0; i < REPEATS; i++) {
        double start = now_s();
        m->b->graph_run(m->queue, g);
        if (m->b->queue_sync(m->queue, &m->e)) stop(m, "run");
        double took = now_s() - start;
        if (took < best) best = took;
    }
    m->b->graph_free(g);
    return best;
}

static void *device_floats(struct bench *m, size_t count) {
    float *host = malloc(count * sizeof *host), *p = m->b->alloc(m->device, count * sizeof *host, &m->e);
    if (!host || !p) stop(m, "memory");
    for (size_t i = 0; i < count; i++) host[i] = (float)((i * 2654435761u >> 8) % 2001) / 1000 - 1;
    m->b->upload(m->queue, p, host, count * sizeof *host);
    if (m->b->queue_sync(m->queue, &m->e)) stop(m, "upload");
    free(host);
    return p;
}

/* ---- what is measured against ------------------------------------------------------------------------------------ */

struct copying {
    void *to, *from;
    size_t size_bytes;
};
static void copy_once(struct bench *m, void *context) {
    struct copying *c = context;
    m->b->copy(m->queue, c->to, c->from, c->size_bytes);
}
static void measure_copy(struct bench *m) {
    struct copying c = {.size_bytes = (size_t)1 << 30};
    c.to = m->b->alloc(m->device, c.size_bytes, &m->e);
    c.from = m->b->alloc(m->device, c.size_bytes, &m->e);
    if (!c.to || !c.from) stop(m, "copy");
    m->copy_bytes_s = 2.0 * (double)c.size_bytes / timed(m, copy_once, &c);
    m->b->free(m->device, c.to);
    m->b->free(m->device, c.from);
    printf("copy on the device: %.0f GB/s (read and written)\n", m->copy_bytes_s / 1e9);
}

/* libcublas where there is one: bf16 x bf16 to f32, 4096 cubed. Entry points and constants as its public header. */
static void measure_library(struct bench *m) {
    void *blas = dlopen("libcublas.so.13", RTLD_NOW), *runtime = dlopen("libcudart.so.13", RTLD_NOW);
    int (*create)(void **) = NULL, (*wait)(void) = NULL;
    int (*gemm)(void *, int, int, int, int, int, const void *, const void *, int, int, const void *, int, int,
                const void *, void *, int, int, int, int) = NULL;
    if (blas && runtime) {
        void *s = dlsym(blas, "cublasCreate_v2");
        memcpy(&create, &s, sizeof s);
        s = dlsym(blas, "cublasGemmEx");
        memcpy(&gemm, &s, sizeof s);
        s = dlsym(runtime, "cudaDeviceSynchronize");
        memcpy(&wait, &s, sizeof s);
    }
    void *handle = NULL;
    if (!create || !gemm || !wait || create(&handle)) {
        printf("library's matrix product: libcublas is not here, so prefill has no share\n");
        return;
    }
    enum { N = 4096, BF16 = 14, F32 = 0, COMPUTE_F32 = 68, TRANSPOSED = 1, PLAIN = 0 };
    void *a = device_floats(m, (size_t)N * N / 2), *b = device_floats(m, (size_t)N * N / 2),
         *c = device_floats(m, (size_t)N * N);
    float one = 1, zero = 0;
    double best = INFINITY;
    for (int i = 0; i < REPEATS + 3; i++) {
        double start = now_s();
        int bad =
            gemm(handle, TRANSPOSED, PLAIN, N, N, N, &one, a, BF16, N, b, BF16, N, &zero, c, F32, N, COMPUTE_F32, -1);
        if (bad || wait()) break;
        if (i >= 3 && now_s() - start < best) best = now_s() - start;
    }
    if (best < INFINITY) {
        m->library_flop_s = 2.0 * N * N * N / best;
        printf("library's matrix product, bf16: %.0f TFLOP/s\n", m->library_flop_s / 1e12);
    }
    m->b->free(m->device, a);
    m->b->free(m->device, b);
    m->b->free(m->device, c);
}

/* One line. `seconds` of one operation; `bytes` and `flops` it needs. */
static void line(const struct bench *m, const char *name, const char *shape, double seconds, double bytes,
                 double flops) {
    printf("| %s | %s | %.2f |", name, shape, bytes / 1e6);
    if (!m->b) {
        printf(" %.1f |\n", bytes / GB10_BYTES_PER_S * 1e6);
        return;
    }
    printf(" %.1f | %.0f | %.0f %% |", seconds * 1e6, bytes / seconds / 1e9, 100 * bytes / seconds / m->copy_bytes_s);
    if (flops > 0) {
        printf(" %.1f |", flops / seconds / 1e12);
        m->library_flop_s > 0 ? printf(" %.0f %% |", 100 * flops / seconds / m->library_flop_s) : printf(" - |");
    } else
        printf(" - | - |");
    printf(" %.1f |\n", bytes / GB10_BYTES_PER_S * 1e6);
    fflush(stdout);
}

/* ---- products ---------------------------------------------------------------------------------------------------- */

/* All rows alike: what they hold costs no time on the device, and the host makes them at once. */
static kernels_weight *weight(struct bench *m, enum tensor_type type, int EXPERTS, int ROWS, int COLS) {
    size_t row = tensor_row_bytes(type, (uint64_t)COLS);
    enum { AT_ONCE = 256 };
    float *x = malloc((size_t)COLS * sizeof *x);
    uint8_t *rows = malloc(row * AT_ONCE);
    kernels_weight *w = m->b->weight_new(m->device, type, EXPERTS, ROWS, COLS, &m->e);
    if (!x || !rows || !w) stop(m, "weight");
    for (int k = 0; k < COLS; k++) x[k] = (float)(k * 7919 % 2003) / 1000 - 1;
    tensor_quantise(type, x, (size_t)COLS, rows);
    for (int i = 1; i < AT_ONCE; i++) memcpy(rows + (size_t)i * row, rows, row);
    int64_t all = (int64_t)EXPERTS * ROWS;
    for (int64_t at = 0; at < all; at += AT_ONCE)
        if (m->b->weight_write(w, at, all - at < AT_ONCE ? all - at : AT_ONCE, rows, &m->e)) stop(m, "weight");
    if (m->b->weight_finish(w, NULL, 0, &m->e)) stop(m, "weight");
    free(x);
    free(rows);
    return w;
}

struct products {
    kernels_weight *w[COPIES_MAX], *up[COPIES_MAX];
    int copies, N, ROWS, COLS;
    float *x, *y;
};
static void run_products(struct bench *m, void *context) {
    struct products *p = context;
    for (int i = 0; i < p->copies; i++) {
        if (p->up[i]) {
            m->b->gate_up(m->queue,
                          &(struct kernels_gate_up){p->x, p->w[i], p->up[i], ACT_SILU, p->N, p->COLS, p->ROWS, p->y});
            continue;
        }
        struct kernels_matmul a = {.x = p->x, .N = p->N, .COLS = p->COLS, .PARTS = 1};
        a.part[0] = (struct kernels_part){p->w[i], NULL, NULL, p->y};
        m->b->matmul(m->queue, &a);
    }
}

static void bench_product(struct bench *m, enum tensor_type type, int ROWS, int COLS, bool pair, const int *columns,
                          int count) {
    struct products p = {.ROWS = ROWS, .COLS = COLS};
    double bytes = (double)tensor_row_bytes(type, (uint64_t)COLS) * ROWS * (pair ? 2 : 1);
    char name[64], shape[96];
    snprintf(name, sizeof name, "%s %s", pair ? "gate_up" : "matmul", tensor_type_find(type)->name);
    if (m->b) {
        p.copies = (int)(ROTATED_BYTES / bytes) + 1;
        if (p.copies > COPIES_MAX) p.copies = COPIES_MAX;
        for (int i = 0; i < p.copies; i++) {
            p.w[i] = weight(m, type, 1, ROWS, COLS);
            if (pair) p.up[i] = weight(m, type, 1, ROWS, COLS);
        }
        p.x = device_floats(m, (size_t)COLS * 4096);
        p.y = device_floats(m, (size_t)ROWS * 4096);
    }
    for (int i = 0; i < count; i++) {
        p.N = columns[i];
        snprintf(shape, sizeof shape, "%d x %d, %d column%s", ROWS, COLS, p.N, p.N == 1 ? "" : "s");
        double flops = 2.0 * ROWS * COLS * (pair ? 2 : 1) * p.N;
        line(m, name, shape, m->b ? timed(m, run_products, &p) / p.copies : 0, bytes + 4.0 * p.N * (COLS + ROWS),
             p.N >= 64 ? flops : 0);
    }
    if (!m->b) return;
    for (int i = 0; i < p.copies; i++) {
        m->b->weight_free(p.w[i]);
        m->b->weight_free(p.up[i]);
    }
    m->b->free(m->device, p.x);
    m->b->free(m->device, p.y);
}

/* ---- experts, attention -------------------------------------------------------------------------------------------
 */

struct experts {
    kernels_weight *gate, *up, *down;
    int N, EXPERTS, TOPK, COLS, FF;
    float *x, *h, *y, *mix;
    int32_t *expert;
};
static void run_experts(struct bench *m, void *context) {
    struct experts *p = context;
    m->b->moe_gate_up(m->queue, &(struct kernels_moe_gate_up){p->x, p->expert, p->gate, p->up, ACT_SILU, p->N, p->TOPK,
                                                              p->COLS, p->FF, p->h});
    m->b->moe_down(m->queue, &(struct kernels_moe_down){p->h, p->expert, p->mix, p->down, p->y, p->N, p->TOPK, p->FF,
                                                        p->COLS, p->y});
}
/* The shape of Qwen3-30B-A3B; columns choose different experts as far as there are some. */
static void bench_experts(struct bench *m, enum tensor_type type, int N) {
    struct experts p = {.N = N, .EXPERTS = 128, .TOPK = 8, .COLS = 2048, .FF = 768};
    int touched = N * p.TOPK < p.EXPERTS ? N * p.TOPK : p.EXPERTS;
    double bytes = (double)touched *
                   (2.0 * (double)tensor_row_bytes(type, 2048) * p.FF + (double)tensor_row_bytes(type, 768) * p.COLS);
    char name[64], shape[96];
    snprintf(name, sizeof name, "experts %s", tensor_type_find(type)->name);
    snprintf(shape, sizeof shape, "%d of 128 x 768 x 2048, %d column%s", touched, N, N == 1 ? "" : "s");
    double took = 0;
    if (m->b) {
        size_t pairs = (size_t)N * 8;
        int32_t *list = malloc(pairs * sizeof *list);
        for (size_t i = 0; list && i < pairs; i++) list[i] = (int32_t)(i * 37 % 128);
        p.gate = weight(m, type, 128, p.FF, p.COLS);
        p.up = weight(m, type, 128, p.FF, p.COLS);
        p.down = weight(m, type, 128, p.COLS, p.FF);
        p.x = device_floats(m, (size_t)N * 2048);
        p.y = device_floats(m, (size_t)N * 2048);
        p.h = device_floats(m, pairs * 768);
        p.mix = device_floats(m, pairs);
        p.expert = m->b->alloc(m->device, pairs * 4, &m->e);
        if (!list || !p.expert) stop(m, "experts");
        m->b->upload(m->queue, p.expert, list, pairs * 4);
        took = timed(m, run_experts, &p);
        free(list);
        m->b->weight_free(p.gate);
        m->b->weight_free(p.up);
        m->b->weight_free(p.down);
        void *all[] = {p.x, p.y, p.h, p.mix, p.expert};
        for (size_t i = 0; i < COUNT_OF(all); i++) m->b->free(m->device, all[i]);
    }
    line(m, name, shape, took, bytes, N >= 64 ? 6.0 * N * 8 * 768 * 2048 : 0);
}

struct attending {
    struct kernels_batch batch;
    struct kernels_cache cache[COPIES_MAX];
    int layers;
    float *q, *y;
};
static void run_attention(struct bench *m, void *context) {
    struct attending *p = context;
    for (int i = 0; i < p->layers; i++)
        m->b->attention(m->queue,
                        &(struct kernels_attention){&p->batch, p->q, &p->cache[i], 32, 0.088f, 0, 0, NULL, p->y});
}
/* 32 heads, 8 KV heads of 128; N columns at the end of a cache of `positions`. */
static void bench_attention(struct bench *m, enum tensor_type type, int positions, int N) {
    enum { PAGE = 64, KV_HEADS = 8, WIDTH = 128, HEADS = 32 };
    struct attending p = {.layers = 16};
    int pages = positions / PAGE;
    size_t half = (size_t)pages * kernels_cache_page_bytes(type, PAGE, KV_HEADS, WIDTH);
    char name[64], shape[96];
    snprintf(name, sizeof name, "attention %s", type == TENSOR_F16 ? "F16" : "FP8");
    snprintf(shape, sizeof shape, "32/8 heads of 128, cache %d, %d column%s", positions, N, N == 1 ? "" : "s");
    double took = 0;
    if (m->b) {
        int32_t *integers = malloc((size_t)(2 * N + pages + 2) * 4), *pos = integers, *seq = pos + N, *table = seq + N,
                *run = table + pages;
        if (!integers) stop(m, "attention");
        for (int i = 0; i < N; i++) {
            pos[i] = positions - N + i;
            seq[i] = 0;
        }
        for (int i = 0; i < pages; i++) table[i] = i;
        run[0] = 0;
        run[1] = N;
        int32_t *there = m->b->alloc(m->device, (size_t)(2 * N + pages + 2) * 4, &m->e);
        if (!there) stop(m, "attention");
        m->b->upload(m->queue, there, integers, (size_t)(2 * N + pages + 2) * 4);
        p.batch = (struct kernels_batch){.N = N,
                                         .S = 1,
                                         .pos = there,
                                         .seq = there + N,
                                         .table = there + 2 * N,
                                         .TABLE = pages,
                                         .run = there + 2 * N + pages,
                                         .RUNS = 1,
                                         .bound_pos = positions};
        for (int i = 0; i < p.layers; i++) {
            p.cache[i] = (struct kernels_cache){m->b->alloc(m->device, half, &m->e),
                                                m->b->alloc(m->device, half, &m->e),
                                                type,
                                                PAGE,
                                                pages,
                                                KV_HEADS,
                                                WIDTH,
                                                WIDTH};
            if (!p.cache[i].key || !p.cache[i].value) stop(m, "attention");
        }
        p.q = device_floats(m, (size_t)N * HEADS * WIDTH);
        p.y = device_floats(m, (size_t)N * HEADS * WIDTH);
        took = timed(m, run_attention, &p) / p.layers;
        for (int i = 0; i < p.layers; i++) {
            m->b->free(m->device, p.cache[i].key);
            m->b->free(m->device, p.cache[i].value);
        }
        m->b->free(m->device, p.q);
        m->b->free(m->device, p.y);
        m->b->free(m->device, there);
        free(integers);
    }
    line(m, name, shape, took, 2.0 * (double)half, N >= 64 ? 4.0 * N * HEADS * WIDTH * (positions - N / 2.0) : 0);
}

struct choosing {
    float *logits;
    int32_t *token;
};
static void run_top(struct bench *m, void *context) {
    struct choosing *p = context;
    m->b->top(m->queue, &(struct kernels_top){p->logits, 8, 151936, 1, p->token, NULL, NULL});
}

int main(int argc, char **argv) {
    struct bench m = {0};
    const char *path = "./libassay-cuda.so", *isa = NULL;
    bool predict = false;
    for (int i = 1; i < argc; i++)
        if (!strcmp(argv[i], "--predict"))
            predict = true;
        else if (!strcmp(argv[i], "--isa") && i + 1 < argc)
            isa = argv[++i];
        else
            path = argv[i];
    if (!predict) {
        if (kernels_load(path, &m.b, &m.e)) stop(&m, "plug-in");
        if (!m.b->count(&m.e)) return printf("SKIP: %s\n", m.e.message), 0;
        if (m.b->open(0, isa ? &(struct kernels_options){.isa = isa} : NULL, &m.device, &m.e)) stop(&m, "device");
        if (!(m.queue = m.b->queue_new(m.device, 4096, &m.e))) stop(&m, "queue");
        struct kernels_info info;
        m.b->info(m.device, &info);
        printf("machine: %s\n", info.name);
        measure_copy(&m);
        measure_library(&m);
        printf("\n| kernel | shape | MB | us | GB/s | of copy | TFLOP/s | of library | GB10 at 273 GB/s, us "
               "(prediction) |\n"
               "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    } else
        printf("| kernel | shape | MB | GB10 at 273 GB/s, us (prediction) |\n| --- | --- | ---: | ---: |\n");
    static const int DECODE[] = {1, 8}, ALL[] = {1, 8, 32, 512};
    for (size_t i = 0; i < COUNT_OF(TYPES); i++) {
        bench_product(&m, TYPES[i], 4096, 4096, false, predict ? DECODE : ALL, predict ? 2 : 4);
        bench_product(&m, TYPES[i], 14336, 4096, true, predict ? DECODE : ALL, predict ? 2 : 4);
    }
    static const enum tensor_type MOE[] = {TENSOR_Q8_0, TENSOR_Q4_K, TENSOR_MXFP4};
    for (size_t i = 0; i < COUNT_OF(MOE); i++)
        for (int N = 1; N <= (predict ? 8 : 512); N *= 8) bench_experts(&m, MOE[i], N);
    for (int positions = 1024; positions <= 65536; positions *= 8) {
        bench_attention(&m, TENSOR_F16, positions, 1);
        bench_attention(&m, TENSOR_FP8, positions, 1);
    }
    if (!predict) bench_attention(&m, TENSOR_F16, 8192, 512);
    struct choosing top = {0};
    if (m.b) {
        top.logits = device_floats(&m, (size_t)8 * 151936);
        top.token = m.b->alloc(m.device, 64, &m.e);
    }
    line(&m, "top", "8 columns of 151936", m.b ? timed(&m, run_top, &top) : 0, 8.0 * 151936 * 4, 0);
    if (!m.b) return 0;
    m.b->free(m.device, top.logits);
    m.b->free(m.device, top.token);
    m.b->queue_free(m.queue);
    m.b->close(m.device);
    return 0;
}
