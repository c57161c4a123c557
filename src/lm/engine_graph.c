/* engine_graph.c - steps of at most 8 columns: padded to a few sizes, and captured once each.
 *
 *     3 texts, one token each  ─►  columns  A B C .        4 columns; the fourth belongs to nobody
 *                                  upload of the integers ─► graph (4 columns, positions < 1024, best 40)
 *
 * Writing is thousands of steps of a few columns, and hundreds of launches each. Whatever differs from one step to the
 * next (tokens, positions, page tables, which column is whose) is read from device memory, so the list of operations is
 * the same for the same number of columns and can be captured. Two numbers stand in it: the columns, padded to 1, 2, 4
 * or 8, and a bound of the positions, padded to a power of two, since attention cuts the cache by it. Columns of
 * padding are a text of their own, on a page that is no text's; products are 8 columns wide whether they are there or
 * not, so they cost nothing. Not so for mixtures, where each column reads experts of its own: these are padded to
 * nothing, and captured for each of 1 to 8.
 *
 * Where graphs are off the same padded step is run without: so both are the same list, bit for bit the same result.
 * Not here: the operations themselves (engine_step.c).
 */
#include "lm/engine_impl.h"

#include <stdlib.h>

enum { LEAST_BOUND = 128 };

struct captured {
    uint32_t columns, top;
    int bound;
    bool sum;
    kernels_graph *graph;
};

void engine_drop_graphs(engine *g) {
    for (size_t i = 0; i < g->graph_count; i++) g->backend->graph_free(g->graphs[i].graph);
    g->graph_count = 0;
}

uint32_t engine_graph_count(const engine *g) { return (uint32_t)g->graph_count; }

bool engine_step_is_small(const engine *g, const struct extent *all) {
    return g->pads && all->wanted && all->columns <= GRAPH_COLUMNS && all->columns <= g->options.batch_columns &&
           all->sessions <= g->options.batch_sessions;
}

static uint32_t padded_columns(const engine *g, uint32_t columns) {
    if (g->model.shape.EXPERTS) return columns;
    return columns <= 2 ? columns : columns <= 4 ? 4 : GRAPH_COLUMNS;
}

static int padded_bound(const engine *g, int bound) {
    int most = (int)(g->TABLE * CACHE_PAGE), up = LEAST_BOUND;
    while (up < bound && up < most) up *= 2;
    return up < most ? up : most;
}

/* Fills the columns behind the batch's own with a text of padding; every column's row of logits is computed. */
static void pad(engine *g, struct kernels_batch *b, uint32_t picked) {
    struct step_integers *h = &g->host;
    const int own = b->N, texts = b->S, all = (int)padded_columns(g, (uint32_t)own);
    for (int i = own; i < all; i++) {
        h->token[i] = 0;
        h->pos[i] = i - own;
        h->seq[i] = texts;
    }
    if (all > own) h->table[(size_t)texts * g->TABLE] = (int32_t)g->pool.pages; /* the page behind the pool's */
    for (int i = texts; i < all; i++) h->run[i] = i == texts ? own : all;       /* runs of nothing behind it */
    h->run[all] = all;
    for (int i = (int)picked; i < all; i++) h->index[i] = 0;
    b->N = b->S = b->RUNS = all;
    b->bound_pos = padded_bound(g, b->bound_pos);
}

static void enqueue(engine *g, const struct kernels_batch *b, const struct engine_fetch *f) {
    engine_enqueue(g, b, (uint32_t)b->N, 0, g->info.layers, NULL); /* a list cut short must not be kept */
    if (f->top) engine_enqueue_top(g, (uint32_t)b->N, f->top, f->log_sum != NULL);
}

static struct captured *find(engine *g, const struct kernels_batch *b, const struct engine_fetch *f) {
    for (size_t i = 0; i < g->graph_count; i++) {
        struct captured *c = &g->graphs[i];
        if (c->columns == (uint32_t)b->N && c->bound == b->bound_pos && c->top == f->top &&
            (!f->top || c->sum == (f->log_sum != NULL)))
            return c;
    }
    return NULL;
}

static int capture(engine *g, const struct kernels_batch *b, const struct engine_fetch *f, struct captured **out,
                   error *e) {
    if (g->graph_count == g->graph_capacity) {
        size_t capacity = g->graph_capacity * 2 + 16;
        struct captured *grown = realloc(g->graphs, capacity * sizeof *grown);
        if (!grown) return error_set(e, ERROR_MEMORY, "no memory for %zu graphs", capacity);
        g->graphs = grown;
        g->graph_capacity = capacity;
    }
    g->backend->graph_begin(g->queue);
    enqueue(g, b, f);
    kernels_graph *graph = g->backend->graph_end(g->queue, e);
    if (!graph) return e ? (int)e->code : (int)ERROR_MEMORY;
    *out = &g->graphs[g->graph_count++];
    **out = (struct captured){
        .columns = (uint32_t)b->N, .top = f->top, .bound = b->bound_pos, .sum = f->log_sum != NULL, .graph = graph};
    return 0;
}

int engine_small_step(engine *g, struct kernels_batch *b, uint32_t picked, const struct engine_fetch *f, error *e) {
    error local = {0};
    if (!e) e = &local;
    pad(g, b, picked);
    engine_upload(g, b);
    if (!g->captures) {
        enqueue(g, b, f);
        return 0;
    }
    struct captured *c = find(g, b, f);
    int bad = c ? 0 : capture(g, b, f, &c, e);
    if (!bad) g->backend->graph_run(g->queue, c->graph);
    return bad;
}

int engine_warm_small(engine *g, uint32_t top, error *e) {
    const struct engine_fetch fetch = {.top = top};
    for (uint32_t columns = 1; columns <= GRAPH_COLUMNS && g->pads; columns++) {
        if (padded_columns(g, columns) != columns) continue;
        struct kernels_batch b = engine_fill_nobody(g, columns, columns);
        int bad = engine_small_step(g, &b, (uint32_t)b.N, &fetch, e);
        if (!bad) bad = g->backend->queue_sync(g->queue, e);
        if (bad) return bad;
    }
    return 0;
}
