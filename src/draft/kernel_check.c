/* kernel_check.c - the self-test of the kernels. In: a device. Out: one result an operation.
 *
 * Both sides get the same bytes; what they share is only tensor_quantise, which writes GGUF blocks. Inputs are drawn by
 * splitmix64 (Steele, Lea, Flood 2014), so that a failure repeats.
 */
#include "draft/kernel_check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    COLS = 256,
    ROWS = 192,
    FF = 256,
    BUFFERS = 12,
    WEIGHTS = 3,
    MAX_N = 33,
    LONGEST = MAX_N * 1024,
    EXPERTS = 4,
    TOPK = 2
};
enum { HEADS = 4, KV_HEADS = 2, WIDEST_KEY = 256, PAGE = 64, PAGES = 4 };

struct side {
    const struct kernels_backend *b;
    kernels_device *device;
    kernels_queue *q;
    float *f[BUFFERS];                         /* device, LONGEST floats each */
    int32_t *tokens, *seq, *pos, *table, *run; /* device */
    struct kernels_cache cache;                /* its KEY and VALUE are those of this run */
    int width;                                 /* of a norm, or how many tokens there are to choose from */
    kernels_weight *w[WEIGHTS];
};

struct checker {
    arena *a;
    struct side side[2]; /* tested, reference */
    kernel_report *out;
    float *host[2]; /* [LONGEST] results */
    uint64_t state;
    int N; /* columns of this run */
};

static float draw(struct checker *c) {
    uint64_t z = c->state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (float)((double)((z ^ (z >> 31)) >> 40) / (1 << 23) - 1);
}

/* Result `buffer` of both sides, `n` floats. */
static bool report(struct checker *c, const char *name, int buffer, size_t n, error *failure) {
    kernel_result r = {.off_by = INFINITY};
    snprintf(r.name, sizeof r.name, "%s", name);
    bool ran = failure->code == 0;
    for (int s = 0; s < 2 && ran; s++) {
        struct side *x = &c->side[s];
        x->b->download(x->q, c->host[s], x->f[buffer], n * sizeof(float));
        ran = x->b->queue_sync(x->q, failure) == 0;
    }
    double square = 0, difference = 0;
    for (size_t i = 0; i < n && ran; i++) {
        double got = (double)c->host[0][i], want = (double)c->host[1][i];
        square += want * want;
        difference += isfinite(got) ? (got - want) * (got - want) : INFINITY;
    }
    /* A reference of nothing but zeros would have shown nothing. */
    if (ran && square > 0) r.off_by = sqrt(difference / square);
    if (!ran) snprintf(r.why, sizeof r.why, "%.*s", (int)sizeof r.why - 1, failure->message);
    r.passed = r.off_by <= KERNEL_CHECK_TOLERANCE;
    c->out->failed += !r.passed;
    return VEC_PUSH(c->a, c->out, r);
}

static void fill(struct checker *c, int buffer, size_t n, float amplitude) {
    for (size_t i = 0; i < n; i++) c->host[0][i] = amplitude * draw(c);
    for (int s = 0; s < 2; s++) {
        struct side *x = &c->side[s];
        x->b->upload(x->q, x->f[buffer], c->host[0], n * sizeof(float));
        x->b->queue_sync(x->q, NULL);
    }
}

/* The same random weight on both sides; false with *e set when a side cannot have it. */
static bool make_weight(struct checker *c, int slot, enum tensor_type type, int experts, int rows, int cols, error *e) {
    size_t count = (size_t)experts * (size_t)rows * (size_t)cols, row_bytes = tensor_row_bytes(type, (uint64_t)cols);
    float *values = malloc(count * sizeof *values);
    uint8_t *bytes = malloc((size_t)experts * (size_t)rows * row_bytes);
    bool ok = values && bytes;
    if (!ok) error_set(e, ERROR_MEMORY, "no memory for the self-test");
    for (size_t i = 0; i < count && ok; i++) values[i] = draw(c) * 0.1f;
    if (ok) tensor_quantise(type, values, count, bytes);
    for (int s = 0; s < 2 && ok; s++) {
        struct side *x = &c->side[s];
        x->b->weight_free(x->w[slot]);
        x->w[slot] = x->b->weight_new(x->device, type, experts, rows, cols, e);
        ok = x->w[slot] && x->b->weight_write(x->w[slot], 0, (int64_t)experts * rows, bytes, e) == 0 &&
             x->b->weight_finish(x->w[slot], NULL, 0, e) == 0;
    }
    free(values);
    free(bytes);
    return ok;
}

/* ---- operations: each reads f[0], f[1] … and leaves its result in f[3]
 * ------------------------------------------------ */

typedef void operation(const struct side *x, int N);

static void op_embed(const struct side *x, int N) {
    x->b->embed(x->q, &(struct kernels_embed){.w = x->w[0], .token = x->tokens, .scale = 1, .N = N, .y = x->f[3]});
}
static void op_norm(const struct side *x, int N) {
    x->b->norm(
        x->q, &(struct kernels_norm){
                  .x = x->f[0], .weight = x->f[1], .eps = 1e-5f, .N = N, .GROUPS = 1, .WIDTH = x->width, .y = x->f[3]});
}
static void op_matmul(const struct side *x, int N) {
    struct kernels_matmul m = {.x = x->f[0], .N = N, .COLS = COLS, .PARTS = 1, .part = {{.w = x->w[0], .y = x->f[3]}}};
    x->b->matmul(x->q, &m);
}
static void op_gate_up(const struct side *x, int N) {
    x->b->gate_up(x->q, &(struct kernels_gate_up){.x = x->f[0],
                                                  .gate = x->w[0],
                                                  .up = x->w[1],
                                                  .act = ACT_SILU,
                                                  .N = N,
                                                  .COLS = COLS,
                                                  .FF = FF,
                                                  .y = x->f[3]});
}
static struct kernels_batch batch_of(const struct side *x, int N) {
    return (struct kernels_batch){.N = N,
                                  .S = 1,
                                  .token = x->tokens,
                                  .pos = x->pos,
                                  .seq = x->seq,
                                  .table = x->table,
                                  .TABLE = PAGES,
                                  .run = x->run,
                                  .RUNS = 1,
                                  .bound_pos = N};
}
static void op_attention(const struct side *x, int N) {
    struct kernels_batch batch = batch_of(x, N);
    x->b->rope_store(x->q, &(struct kernels_rope_store){.batch = &batch,
                                                        .q = x->f[0],
                                                        .k = x->f[1],
                                                        .v = x->f[2],
                                                        .eps = 1e-5f,
                                                        .frequency = x->f[4],
                                                        .ROT = x->cache.KEY,
                                                        .magnitude = 1,
                                                        .HEADS = HEADS,
                                                        .cache = &x->cache});
    x->b->attention(
        x->q, &(struct kernels_attention){
                  .batch = &batch, .q = x->f[0], .cache = &x->cache, .HEADS = HEADS, .scale = 0.125f, .y = x->f[3]});
}
static void op_experts(const struct side *x, int N) {
    int32_t *chosen = (int32_t *)(void *)x->f[5];
    x->b->route(x->q, &(struct kernels_route){.logits = x->f[1],
                                              .renormalise = true,
                                              .scale = 1,
                                              .N = N,
                                              .EXPERTS = EXPERTS,
                                              .TOPK = TOPK,
                                              .expert = chosen,
                                              .weight = x->f[6]});
    x->b->moe_gate_up(x->q, &(struct kernels_moe_gate_up){.x = x->f[0],
                                                          .expert = chosen,
                                                          .gate = x->w[0],
                                                          .up = x->w[1],
                                                          .act = ACT_SILU,
                                                          .N = N,
                                                          .TOPK = TOPK,
                                                          .COLS = COLS,
                                                          .FF = FF,
                                                          .y = x->f[7]});
    x->b->moe_down(x->q, &(struct kernels_moe_down){.x = x->f[7],
                                                    .expert = chosen,
                                                    .weight = x->f[6],
                                                    .down = x->w[2],
                                                    .N = N,
                                                    .TOPK = TOPK,
                                                    .FF = FF,
                                                    .DIM = COLS,
                                                    .y = x->f[3]});
}
static void op_top(const struct side *x, int N) {
    x->b->top(x->q, &(struct kernels_top){.logits = x->f[0],
                                          .M = N,
                                          .VOCAB = x->width,
                                          .K = 8,
                                          .token = (int32_t *)(void *)x->f[5],
                                          .value = x->f[3]});
}

static bool run(struct checker *c, operation *op, const char *name, size_t a_column, error *failure) {
    for (int s = 0; s < 2 && failure->code == 0; s++) op(&c->side[s], c->N);
    return report(c, name, 3, a_column * (size_t)c->N, failure);
}

/* ---- the list
 * --------------------------------------------------------------------------------------------------------- */

static bool check_types(struct checker *c) {
    static const enum tensor_type types[] = {TENSOR_F32,  TENSOR_F16,  TENSOR_BF16, TENSOR_Q8_0,  TENSOR_Q4_0,
                                             TENSOR_Q4_K, TENSOR_Q5_K, TENSOR_Q6_K, TENSOR_MXFP4, TENSOR_NVFP4};
    bool ok = true;
    for (size_t i = 0; i < COUNT_OF(types) && ok; i++) {
        char name[32];
        error failure = {0};
        snprintf(name, sizeof name, "matmul %s, %d columns", tensor_type_find(types[i])->name, c->N);
        make_weight(c, 0, types[i], 1, ROWS, COLS, &failure);
        fill(c, 0, (size_t)c->N * COLS, 1);
        ok = run(c, op_matmul, name, ROWS, &failure);
    }
    return ok;
}

/* Heads of 128 are what most models have; each width may be a kernel of its own. */
static bool check_attention(struct checker *c, int KEY) {
    char name[32];
    error failure = {0};
    struct kernels_rope rope = {.ROT = KEY, .base = 10000, .linear = 1};
    snprintf(name, sizeof name, "rope, attention %d, %d columns", KEY, c->N);
    fill(c, 0, (size_t)c->N * HEADS * (size_t)KEY, 1);
    fill(c, 1, (size_t)c->N * KV_HEADS * (size_t)KEY, 1);
    fill(c, 2, (size_t)c->N * KV_HEADS * (size_t)KEY, 1);
    kernels_rope_frequencies(&rope, c->host[1]);
    for (int s = 0; s < 2; s++) {
        struct side *x = &c->side[s];
        int32_t ends[2] = {0, c->N};
        x->cache.KEY = x->cache.VALUE = KEY;
        x->b->upload(x->q, x->f[4], c->host[1], (size_t)KEY / 2 * sizeof(float));
        x->b->upload(x->q, x->run, ends, sizeof ends);
        x->b->queue_sync(x->q, NULL);
    }
    return run(c, op_attention, name, HEADS * (size_t)KEY, &failure);
}

static bool check_blocks(struct checker *c) {
    static const enum tensor_type types[] = {TENSOR_F32, TENSOR_Q8_0, TENSOR_Q4_K};
    char name[32];
    bool ok = true;
    for (size_t i = 0; i < COUNT_OF(types) && ok; i++) {
        const char *type = tensor_type_find(types[i])->name;
        error failure[3] = {0};
        make_weight(c, 0, types[i], 1, FF, COLS, &failure[0]);
        if (!failure[0].code) make_weight(c, 1, types[i], 1, FF, COLS, &failure[0]);
        fill(c, 0, (size_t)c->N * COLS, 1);
        snprintf(name, sizeof name, "gate_up %s, %d columns", type, c->N);
        ok = run(c, op_gate_up, name, FF, &failure[0]);
        failure[1] = failure[0];
        snprintf(name, sizeof name, "embed %s, %d columns", type, c->N);
        ok = ok && run(c, op_embed, name, COLS, &failure[1]);
        for (int k = 0; k < 3 && !failure[2].code; k++)
            make_weight(c, k, types[i], EXPERTS, k == 2 ? COLS : FF, k == 2 ? FF : COLS, &failure[2]);
        fill(c, 1, (size_t)c->N * EXPERTS, 3);
        snprintf(name, sizeof name, "experts %s, %d columns", type, c->N);
        ok = ok && run(c, op_experts, name, COLS, &failure[2]);
    }
    return ok;
}

static bool check_small(struct checker *c, int width) {
    char name[32];
    error failure[2] = {0};
    for (int s = 0; s < 2; s++) c->side[s].width = width;
    fill(c, 0, (size_t)c->N * (size_t)width, 2);
    fill(c, 1, (size_t)width, 1);
    snprintf(name, sizeof name, "norm of %d, %d columns", width, c->N);
    bool ok = run(c, op_norm, name, (size_t)width, &failure[0]);
    snprintf(name, sizeof name, "top of %d, %d columns", width, c->N);
    return ok && run(c, op_top, name, 8, &failure[1]);
}

/* All on c->N columns. */
static bool check_columns(struct checker *c) {
    bool ok = check_types(c) && check_blocks(c);
    for (int KEY = 64; KEY <= WIDEST_KEY && ok; KEY *= 2) ok = check_attention(c, KEY);
    ok = ok && check_small(c, COLS) && check_small(c, 1000);
    return ok && (c->N > 1 || check_small(c, 9000)); /* as wide as no block's registers hold */
}

/* ---- sides
 * ------------------------------------------------------------------------------------------------------------- */

static int side_open(struct side *x, const struct kernels_backend *b, kernels_device *device, error *e) {
    x->b = b;
    x->device = device;
    x->q = b->queue_new(device, MAX_N, e);
    if (!x->q) return e->code ? (int)e->code : (int)ERROR_MEMORY;
    for (int i = 0; i < BUFFERS; i++)
        if (!(x->f[i] = b->alloc(device, LONGEST * sizeof(float), e))) return (int)e->code;
    size_t page = kernels_cache_page_bytes(TENSOR_F16, PAGE, KV_HEADS, WIDEST_KEY) * PAGES;
    x->cache = (struct kernels_cache){
        .type = TENSOR_F16, .PAGE = PAGE, .PAGES = PAGES, .KV_HEADS = KV_HEADS, .KEY = WIDEST_KEY, .VALUE = WIDEST_KEY};
    x->cache.key = b->alloc(device, page, e);
    x->cache.value = b->alloc(device, page, e);
    int32_t *ints = b->alloc(device, 8 * MAX_N * sizeof *ints, e); /* kept in tokens, the others lie behind it */
    int32_t host[5 * MAX_N] = {0};
    x->tokens = ints;
    if (!x->cache.key || !x->cache.value || !ints) return (int)e->code;
    x->pos = ints + MAX_N;
    x->seq = ints + 2 * MAX_N;
    x->table = ints + 3 * MAX_N;
    x->run = ints + 4 * MAX_N;
    for (int i = 0; i < MAX_N; i++) {
        host[i] = i * 5 % ROWS;
        host[MAX_N + i] = i;
        host[3 * MAX_N + i] = i % PAGES;
    }
    b->upload(x->q, ints, host, sizeof host);
    return b->queue_sync(x->q, e);
}

static void side_close(struct side *x) {
    if (!x->b) return;
    for (int i = 0; i < WEIGHTS; i++) x->b->weight_free(x->w[i]);
    for (int i = 0; i < BUFFERS; i++) x->b->free(x->device, x->f[i]);
    x->b->free(x->device, x->cache.key);
    x->b->free(x->device, x->cache.value);
    x->b->free(x->device, x->tokens);
    x->b->queue_free(x->q);
}

int kernel_check(arena *a, const struct kernels_backend *backend, kernels_device *device, kernel_report *out,
                 error *e) {
    error local = {0};
    if (!e) e = &local;
    struct checker c = {.a = a, .out = out, .state = 1};
    struct kernels_options plain = {.threads = 1, .isa = "ref"};
    kernels_device *reference = NULL;
    *out = (kernel_report){0};
    for (int s = 0; s < 2; s++) c.host[s] = ARENA_ARRAY(a, float, LONGEST);
    int bad = c.host[0] && c.host[1] ? kernels_cpu()->open(0, &plain, &reference, e)
                                     : error_set(e, ERROR_MEMORY, "out of memory");
    if (!bad) bad = side_open(&c.side[0], backend, device, e);
    if (!bad) bad = side_open(&c.side[1], kernels_cpu(), reference, e);
    static const int columns[] = {1, 7, 33};
    for (size_t i = 0; i < COUNT_OF(columns) && !bad; i++) {
        c.N = columns[i];
        if (!check_columns(&c)) bad = error_set(e, ERROR_MEMORY, "out of memory for the self-test");
    }
    side_close(&c.side[0]);
    side_close(&c.side[1]);
    if (reference) kernels_cpu()->close(reference);
    return bad;
}
