/* graph.c - captured graphs on the CPU: a list of operations with their arguments, run again as often as asked.
 *
 *     begin ─ norm, matmul, attention … ─ end       each call is copied, with the batch and the cache that it names
 *     run   ─ the same calls, on what the memory holds now
 *
 * Nothing becomes faster by it: a call costs nothing here. It is here because the contract has it, so that whatever an
 * engine does with graphs can be proved without a GPU, bit for bit. Invariant: a graph holds no pointer to memory of
 * its recorder but the device's.
 */
#include "graph.h"

#include <stdlib.h>

#define GRAPH_NUMBER(name) CALL_##name,
enum call_kind { GRAPH_OPERATIONS(GRAPH_NUMBER) CALL_copy, CALL_zero };

struct move {
    void *to;
    const void *from;
    size_t size_bytes;
};

struct call {
    enum call_kind kind;
#define GRAPH_MEMBER(name) struct kernels_##name name;
    union {
        GRAPH_OPERATIONS(GRAPH_MEMBER)
        struct move move;
    } a;
    struct kernels_batch batch; /* what the arguments point to on the host */
    struct kernels_cache cache;
};

struct kernels_graph {
    struct call *calls;
    size_t count, capacity;
};

static struct call *append(kernels_queue *q, enum call_kind kind) {
    kernels_graph *g = q->recording;
    if (q->failure.code != ERROR_NONE) return NULL;
    if (g->count == g->capacity) {
        size_t capacity = g->capacity * 2 + 64;
        struct call *grown = realloc(g->calls, capacity * sizeof *grown);
        if (!grown) {
            queue_fail(q, ERROR_MEMORY, "no memory for a graph of %zu operations", capacity);
            return NULL;
        }
        g->calls = grown;
        g->capacity = capacity;
    }
    struct call *c = &g->calls[g->count++];
    memset(c, 0, sizeof *c);
    c->kind = kind;
    return c;
}

static void keep_batch(struct call *c, const struct kernels_batch *batch) { c->batch = *batch; }
static void keep_cache(struct call *c, const struct kernels_cache *cache) { c->cache = *cache; }
#define KEEPS_NOTHING(name)                                                                                            \
    static void keep_##name(struct call *c, const struct kernels_##name *a) { (void)c, (void)a; }
KEEPS_NOTHING(embed)
KEEPS_NOTHING(norm)
KEEPS_NOTHING(matmul)
KEEPS_NOTHING(gate_up)
KEEPS_NOTHING(matmul_heads)
KEEPS_NOTHING(route)
KEEPS_NOTHING(moe_gate_up)
KEEPS_NOTHING(moe_down)
KEEPS_NOTHING(combine)
KEEPS_NOTHING(gather)
KEEPS_NOTHING(logits)
KEEPS_NOTHING(top)
static void keep_rope_store(struct call *c, const struct kernels_rope_store *a) {
    keep_batch(c, a->batch);
    keep_cache(c, a->cache);
}
static void keep_attention(struct call *c, const struct kernels_attention *a) {
    keep_batch(c, a->batch);
    keep_cache(c, a->cache);
}
static void keep_conv(struct call *c, const struct kernels_conv *a) { keep_batch(c, a->batch); }
static void keep_delta(struct call *c, const struct kernels_delta *a) { keep_batch(c, a->batch); }

#define GRAPH_OR(name)                                                                                                 \
    void graph_or_##name(kernels_queue *q, const struct kernels_##name *a) {                                           \
        struct call *c = q->recording ? append(q, CALL_##name) : NULL;                                                 \
        if (!q->recording) cpu_##name(q, a);                                                                           \
        if (!c) return;                                                                                                \
        c->a.name = *a;                                                                                                \
        keep_##name(c, a);                                                                                             \
    }
GRAPH_OPERATIONS(GRAPH_OR)

void graph_or_copy(kernels_queue *q, void *to, const void *from, size_t size_bytes) {
    struct call *c = q->recording ? append(q, CALL_copy) : NULL;
    if (c) c->a.move = (struct move){to, from, size_bytes};
    if (!q->recording && queue_ready(q, true, "") && size_bytes) memcpy(to, from, size_bytes);
}
void graph_or_zero(kernels_queue *q, void *to, size_t size_bytes) {
    struct call *c = q->recording ? append(q, CALL_zero) : NULL;
    if (c) c->a.move = (struct move){to, NULL, size_bytes};
    if (!q->recording && queue_ready(q, true, "") && size_bytes) memset(to, 0, size_bytes);
}

void graph_begin(kernels_queue *q) {
    if (!queue_ready(q, !q->recording, "graph_begin: a graph is being recorded already")) return;
    q->recording = calloc(1, sizeof *q->recording);
    if (!q->recording) queue_fail(q, ERROR_MEMORY, "no memory for a graph");
}

kernels_graph *graph_end(kernels_queue *q, error *e) {
    kernels_graph *g = q->recording;
    q->recording = NULL;
    if (!g) queue_fail(q, ERROR_SCHEMA, "graph_end: no graph is being recorded");
    if (q->failure.code == ERROR_NONE) return g;
    if (e) *e = q->failure;
    graph_free(g);
    return NULL;
}

static void run_call(kernels_queue *q, struct call *c) {
    switch (c->kind) {
    case CALL_rope_store:
        c->a.rope_store.batch = &c->batch;
        c->a.rope_store.cache = &c->cache;
        break;
    case CALL_attention:
        c->a.attention.batch = &c->batch;
        c->a.attention.cache = &c->cache;
        break;
    case CALL_conv: c->a.conv.batch = &c->batch; break;
    case CALL_delta: c->a.delta.batch = &c->batch; break;
    default: break;
    }
#define GRAPH_RUN(name)                                                                                                \
    case CALL_##name: cpu_##name(q, &c->a.name); break;
    switch (c->kind) {
        GRAPH_OPERATIONS(GRAPH_RUN)
    case CALL_copy: memcpy(c->a.move.to, c->a.move.from, c->a.move.size_bytes); break;
    case CALL_zero: memset(c->a.move.to, 0, c->a.move.size_bytes); break;
    }
}

void graph_run(kernels_queue *q, kernels_graph *g) {
    if (!queue_ready(q, g && !q->recording, "graph_run: no graph, or one is being recorded")) return;
    for (size_t i = 0; i < g->count && q->failure.code == ERROR_NONE; i++) run_call(q, &g->calls[i]);
}

void graph_free(kernels_graph *g) {
    if (!g) return;
    free(g->calls);
    free(g);
}
