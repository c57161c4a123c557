/* attention.c - attention over the paged cache: cuts the step into tiles and shares them among the threads.
 *
 * A tile is up to ATTENTION_ROWS query rows that read the same KV head of the same sequence: the heads of a group (GQA)
 * times neighbouring columns of a run. Sequences that share a prefix name the same pages, which then stay in the
 * processor's cache from one tile to the next. The arithmetic is in vector.inc.h.
 */
#include "attention.h"

enum { SMALL_NUMBERS = 512 }; /* of a position in the cache: below, a short text is not worth a second thread */

struct plan {
    kernels_queue *q;
    const struct kernels_attention *a;
    int group, heads, columns; /* query heads a KV head; heads and columns a tile */
    int splits;                /* tiles of heads a group */
};

static int tiles_of_run(const struct plan *p, int r) {
    int n = p->a->batch->run[r + 1] - p->a->batch->run[r];
    return (n + p->columns - 1) / p->columns * p->a->cache->KV_HEADS * p->splits;
}

static void attend_tile(const struct plan *p, int run, int index) {
    const struct kernels_attention *a = p->a;
    const struct kernels_batch *b = a->batch;
    const struct kernels_cache *c = a->cache;
    int split = index % p->splits, kv_head = index / p->splits % c->KV_HEADS, block = index / p->splits / c->KV_HEADS;
    int first = b->run[run] + block * p->columns;
    int columns = b->run[run + 1] - first < p->columns ? b->run[run + 1] - first : p->columns;
    struct attention_tile t = {.cache = c,
                               .kv_head = kv_head,
                               .sinks = a->sinks != NULL,
                               .scale = a->scale,
                               .cap = a->cap,
                               .window = a->window,
                               .table = b->table + (size_t)b->seq[first] * (size_t)b->TABLE};
    for (int n = first; n < first + columns; n++)
        for (int g = split * p->heads; g < p->group && g < (split + 1) * p->heads; g++) {
            size_t head = (size_t)n * (size_t)a->HEADS + (size_t)(kv_head * p->group + g);
            t.q[t.rows] = a->q + head * (size_t)c->KEY;
            t.y[t.rows] = a->y + head * (size_t)c->VALUE;
            t.pos[t.rows] = b->pos[n];
            t.sink[t.rows] = a->sinks ? a->sinks[kv_head * p->group + g] : 0;
            t.rows++;
        }
    p->q->device->isa->attend(&t);
}

static void attend_tiles(void *context, int worker, int lo, int hi) {
    (void)worker;
    const struct plan *p = context;
    int run = 0, first = 0;
    for (int i = lo; i < hi; i++) {
        while (i >= first + tiles_of_run(p, run)) first += tiles_of_run(p, run++);
        attend_tile(p, run, i - first);
    }
}

void cpu_attention(kernels_queue *q, const struct kernels_attention *a) {
    const struct kernels_cache *c = a->cache;
    bool fits = c->KV_HEADS > 0 && a->HEADS % c->KV_HEADS == 0 && c->PAGE % 32 == 0 && c->PAGE <= ATTENTION_PAGE_MAX &&
                (c->type == TENSOR_F16 || c->type == TENSOR_F32 || c->type == TENSOR_FP8);
    if (!queue_ready(q, fits,
                     "attention: PAGE must be a multiple of 32 up to 256, the cache F16, F32 or FP8, HEADS a multiple "
                     "of KV_HEADS"))
        return;
    struct plan p = {.q = q, .a = a, .group = a->HEADS / c->KV_HEADS};
    p.heads = p.group < ATTENTION_ROWS ? p.group : ATTENTION_ROWS;
    p.columns = ATTENTION_ROWS / p.heads;
    p.splits = (p.group + p.heads - 1) / p.heads;
    int tiles = 0;
    for (int r = 0; r < a->batch->RUNS; r++) tiles += tiles_of_run(&p, r);
    /* Between the products of a step the threads are awake, and all of them read the cache faster than one. */
    int small = (int64_t)a->batch->N * a->batch->bound_pos < 64 && c->KV_HEADS * (c->KEY + c->VALUE) < SMALL_NUMBERS;
    pool_run(q->device->pool, tiles, small ? tiles : 1, attend_tiles, &p);
}
