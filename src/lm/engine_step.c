/* engine_step.c - one step: tokens of several texts through the model, and what is wanted of the logits.
 *
 *     inputs ─► passes of up to batch_columns columns ─► embed ─ layers ─ gather wanted columns ─ norm ─ output ─►
 * logits ─► the best of each, or the rows
 *
 * The integers of a pass (tokens, positions, page tables …) are laid out in one block on the host, copied in one
 * upload, and read from fixed places on the device. The last pass and what is fetched are waited for together: a
 * decoded token costs one wait, the one that reads it. A session's length grows only after that, when its whole step
 * has succeeded. Not here: small steps as graphs (engine_graph.c), pages (session.c), the operations of a layer
 * (arch_*.c).
 */
#include "lm/engine_impl.h"

#include <stdlib.h>

static int check_inputs(engine *g, const struct engine_input *inputs, uint32_t count, struct extent *all, error *e) {
    *all = (struct extent){.sessions = count};
    for (uint32_t i = 0; i < count; i++) {
        const struct engine_input *in = &inputs[i];
        if (in->session->engine != g || in->count == 0 || in->want > in->count)
            return error_set(
                e, ERROR_USAGE,
                "input %u of the step has no tokens, asks for more logits than tokens, or is another engine's", i);
        for (uint32_t k = 0; k < i; k++)
            if (inputs[k].session == in->session) return error_set(e, ERROR_USAGE, "a session comes twice in one step");
        for (uint32_t k = 0; k < in->count; k++)
            if (in->tokens[k] >= g->info.vocabulary)
                return error_set(e, ERROR_USAGE, "token %u is outside the vocabulary of %u", in->tokens[k],
                                 g->info.vocabulary);
        if (in->want > UINT32_MAX / 2 - all->wanted || in->count > UINT32_MAX / 2 - all->columns)
            return error_set(e, ERROR_LIMIT, "too many tokens in a step");
        all->wanted += in->want;
        all->columns += in->count;
    }
    return 0;
}

/* ---- room for results ------------------------------------------------------------------------------------------- */

int engine_reserve_logits(engine *g, uint32_t rows, error *e) {
    if (rows <= g->logit_capacity) return 0;
    engine_drop_graphs(g); /* they name the old place */
    g->backend->free(g->device, g->work.logits);
    g->logit_capacity = 0;
    g->work.logits = g->backend->alloc(g->device, (size_t)rows * g->info.vocabulary * sizeof(float), e);
    if (!g->work.logits) return e ? (int)e->code : (int)ERROR_MEMORY;
    g->logit_capacity = rows;
    return 0;
}

int engine_reserve_top(engine *g, uint32_t rows, uint32_t K, error *e) {
    const struct kernels_backend *b = g->backend;
    if (K > g->info.vocabulary) return error_set(e, ERROR_USAGE, "no best %u of %u logits", K, g->info.vocabulary);
    size_t cells = (size_t)rows * K + rows;
    if (cells <= g->top_capacity) return 0;
    engine_drop_graphs(g);
    b->free(g->device, g->top_value);
    b->free(g->device, g->top_sum);
    b->free(g->device, g->top_token);
    g->top_capacity = 0;
    g->top_value = b->alloc(g->device, cells * sizeof(float), e);
    g->top_token = b->alloc(g->device, cells * sizeof(int32_t), e);
    g->top_sum = b->alloc(g->device, cells * sizeof(float), e);
    if (!g->top_value || !g->top_token || !g->top_sum) return e ? (int)e->code : (int)ERROR_MEMORY;
    g->top_capacity = cells;
    return 0;
}

static int reserve_host_logits(engine *g, uint32_t rows, error *e) {
    size_t bytes = (size_t)rows * g->info.vocabulary * sizeof(float);
    if (bytes <= g->host_logits_bytes) return 0;
    free(g->host_logits);
    g->host_logits = malloc(bytes);
    g->host_logits_bytes = g->host_logits ? bytes : 0;
    return g->host_logits ? 0 : error_set(e, ERROR_MEMORY, "no memory for %u rows of logits", rows);
}

/* ---- operations of a pass ---------------------------------------------------------------------------------------- */

void engine_enqueue(engine *g, const struct kernels_batch *batch, uint32_t picked, uint32_t logit_row, uint32_t LAYERS,
                    const atomic_int *cancel) {
    const struct kernels_backend *b = g->backend;
    const struct shape *s = &g->model.shape;
    struct step step = {.backend = b,
                        .queue = g->queue,
                        .model = &g->model,
                        .work = &g->work,
                        .batch = *batch,
                        .LAYERS = LAYERS,
                        .cancel = cancel};
    b->embed(g->queue, &(struct kernels_embed){.w = g->model.embedding,
                                               .token = batch->token,
                                               .scale = s->embedding_scale,
                                               .N = batch->N,
                                               .y = g->work.x});
    g->model.arch->forward(&step);
    if (!picked) return;
    float *logits = g->work.logits + (size_t)logit_row * g->info.vocabulary;
    const int DIM = (int)s->DIM, M = (int)picked;
    b->gather(g->queue, &(struct kernels_gather){.x = g->work.x,
                                                 .index = g->on_device.index,
                                                 .M = M,
                                                 .WIDTH = DIM,
                                                 .x_stride = DIM,
                                                 .y_stride = DIM,
                                                 .y = g->work.rows});
    b->norm(g->queue, &(struct kernels_norm){.x = g->work.rows,
                                             .weight = g->model.output_norm,
                                             .eps = s->eps,
                                             .N = M,
                                             .GROUPS = 1,
                                             .WIDTH = DIM,
                                             .y = g->work.rows});
    b->matmul(g->queue,
              &(struct kernels_matmul){
                  .x = g->work.rows, .N = M, .COLS = DIM, .PARTS = 1, .part = {{.w = g->model.output, .y = logits}}});
    if (s->logits_cap > 0)
        b->logits(
            g->queue,
            &(struct kernels_logits){
                .logits = logits, .cap = s->logits_cap, .repetition = 1, .M = M, .VOCAB = (int)g->info.vocabulary});
}

void engine_enqueue_top(engine *g, uint32_t rows, uint32_t K, bool sum) {
    g->backend->top(g->queue, &(struct kernels_top){.logits = g->work.logits,
                                                    .M = (int)rows,
                                                    .VOCAB = (int)g->info.vocabulary,
                                                    .K = (int)K,
                                                    .token = g->top_token,
                                                    .value = g->top_value,
                                                    .log_sum = sum ? g->top_sum : NULL});
}

/* Results on their way to the host; there after the next wait. */
static void fetch_top(engine *g, uint32_t rows, const struct engine_fetch *f) {
    const struct kernels_backend *b = g->backend;
    size_t cells = (size_t)rows * f->top;
    b->download(g->queue, f->token, g->top_token, cells * sizeof(int32_t));
    if (f->value) b->download(g->queue, f->value, g->top_value, cells * sizeof(float));
    if (f->log_sum) b->download(g->queue, f->log_sum, g->top_sum, rows * sizeof(float));
}

/* ---- columns ---------------------------------------------------------------------------------------------------- */

struct cursor {
    uint32_t input, offset; /* next token to be placed */
};

/* Fills g->host with as many columns as fit; returns the batch. `picked` counts the columns whose logits are wanted. */
static struct kernels_batch fill(engine *g, const struct engine_input *inputs, uint32_t count, struct cursor *at,
                                 uint32_t *picked) {
    struct kernels_batch b = engine_batch(g);
    struct step_integers *h = &g->host;
    uint32_t N = 0, S = 0;
    *picked = 0;
    while (at->input < count && N < g->options.batch_columns && S < g->options.batch_sessions) {
        const struct engine_input *in = &inputs[at->input];
        uint32_t left = in->count - at->offset, room = g->options.batch_columns - N, take = left < room ? left : room;
        h->run[S] = (int32_t)N;
        memcpy(h->table + (size_t)S * g->TABLE, in->session->pages, (size_t)in->session->page_count * sizeof *h->table);
        for (uint32_t k = 0; k < take; k++, N++) {
            uint32_t token = at->offset + k;
            h->token[N] = (int32_t)in->tokens[token];
            h->pos[N] = (int32_t)(in->session->length + token);
            h->seq[N] = (int32_t)S;
            if (h->pos[N] >= b.bound_pos) b.bound_pos = h->pos[N] + 1;
            if (token + in->want >= in->count) h->index[(*picked)++] = (int32_t)N;
        }
        S++;
        at->offset += take;
        if (at->offset == in->count) *at = (struct cursor){at->input + 1, 0};
    }
    h->run[S] = (int32_t)N;
    b.N = (int)N;
    b.S = b.RUNS = (int)S;
    return b;
}

struct kernels_batch engine_batch(const engine *g) {
    return (struct kernels_batch){.token = g->on_device.token,
                                  .pos = g->on_device.pos,
                                  .seq = g->on_device.seq,
                                  .table = g->on_device.table,
                                  .TABLE = (int)g->TABLE,
                                  .run = g->on_device.run};
}

void engine_upload(engine *g, const struct kernels_batch *b) {
    g->backend->upload(g->queue, g->on_device.token, g->host.token,
                       g->head_bytes + (size_t)b->S * g->TABLE * sizeof(int32_t));
}

static int wait_and_look(engine *g, error *e) {
    int bad = g->backend->queue_sync(g->queue, e);
    if (!bad && g->options.cancel && atomic_load(g->options.cancel))
        return error_set(e, ERROR_CANCELLED, "writing was cancelled");
    return bad;
}

/* All passes of a step and what is fetched; the last wait is the caller's. */
static int enqueue_passes(engine *g, const struct engine_input *inputs, uint32_t count, const struct extent *all,
                          const struct engine_fetch *fetch, error *e) {
    struct cursor at = {0, 0};
    uint32_t rows = 0;
    const bool small = engine_step_is_small(g, all);
    bool top_done = false;
    while (at.input < count) {
        uint32_t picked = 0;
        if (rows || at.input ||
            at.offset) { /* between passes: so that cancelling a long prompt does not take all of it */
            int bad = wait_and_look(g, e);
            if (bad) return bad;
        }
        struct kernels_batch batch = fill(g, inputs, count, &at, &picked);
        if (small) {
            int bad = engine_small_step(g, &batch, picked, fetch, e);
            if (bad) return bad;
            top_done = true;
        } else {
            engine_upload(g, &batch);
            engine_enqueue(g, &batch, picked, rows, g->info.layers, g->options.cancel);
        }
        rows += picked;
    }
    if (!rows) return 0;
    if (fetch->top && !top_done) engine_enqueue_top(g, rows, fetch->top, fetch->log_sum != NULL);
    if (fetch->top) fetch_top(g, rows, fetch);
    if (fetch->logits && !g->device_info.host_visible)
        g->backend->download(g->queue, g->host_logits, g->work.logits,
                             (size_t)rows * g->info.vocabulary * sizeof(float));
    return 0;
}

int engine_step_fetch(engine *g, const struct engine_input *inputs, uint32_t count, const struct engine_fetch *fetch,
                      error *e) {
    static const struct engine_fetch NOTHING = {0};
    if (!fetch) fetch = &NOTHING;
    struct extent all;
    uint32_t reserved = 0;
    g->host_logits_fresh = false;
    g->logit_rows = 0;
    int bad = check_inputs(g, inputs, count, &all, e);
    if (!bad && fetch->top && !all.wanted)
        bad = error_set(e, ERROR_USAGE, "the best tokens of a step are wanted, and no logits");
    if (!bad) bad = engine_reserve_logits(g, all.wanted, e);
    if (!bad && fetch->top)
        bad = engine_reserve_top(g, all.wanted < GRAPH_COLUMNS ? GRAPH_COLUMNS : all.wanted, fetch->top, e);
    if (!bad && fetch->logits && !g->device_info.host_visible) bad = reserve_host_logits(g, all.wanted, e);
    for (; !bad && reserved < count; reserved += bad ? 0 : 1)
        bad = session_reserve(inputs[reserved].session, inputs[reserved].count, e);
    if (!bad && count) {
        bad = enqueue_passes(g, inputs, count, &all, fetch, e);
        if (!bad)
            bad = wait_and_look(g, e);
        else
            (void)g->backend->queue_sync(g->queue, NULL); /* what was begun ends before its pages are given back */
    }
    for (uint32_t i = 0; i < reserved; i++) {
        session *s = inputs[i].session;
        if (bad) {
            session_truncate(s, s->length); /* gives back the pages that were taken */
            continue;
        }
        memcpy(s->tokens + s->length, inputs[i].tokens, (size_t)inputs[i].count * sizeof *s->tokens);
        s->length += inputs[i].count;
    }
    if (bad) return bad;
    g->logit_rows = all.wanted;
    g->host_logits_fresh = fetch->logits && !g->device_info.host_visible;
    return 0;
}

int engine_step(engine *g, const struct engine_input *inputs, uint32_t count, error *e) {
    return engine_step_fetch(g, inputs, count, NULL, e);
}

/* ---- a trial ---------------------------------------------------------------------------------------------------- */

struct kernels_batch engine_fill_nobody(engine *g, uint32_t columns, uint32_t texts) {
    struct kernels_batch b = engine_batch(g);
    struct step_integers *h = &g->host;
    const uint32_t end = g->options.context_tokens, pages = g->pool.pages;
    uint32_t N = 0, S = 0, page = 0;
    for (; S < texts; S++) {
        uint32_t own = columns / texts + (S < columns % texts), first = end > own ? end - own : 0;
        int32_t *row = h->table + (size_t)S * g->TABLE;
        for (uint32_t p = 0; p < g->TABLE; p++) row[p] = (int32_t)(p % pages); /* read only */
        /* What is written is each column's own, as in a step of texts: no more columns than there is room for. */
        for (uint32_t p = first / CACHE_PAGE; p <= (end - 1) / CACHE_PAGE && page < pages; p++)
            row[p] = (int32_t)page++;
        if (page == pages && S + 1 < texts && S) break;
        h->run[S] = (int32_t)N;
        for (uint32_t k = first; k < end && k < first + own; k++, N++) {
            h->token[N] = 0;
            h->pos[N] = (int32_t)k;
            h->seq[N] = (int32_t)S;
            h->index[N] = (int32_t)N;
        }
    }
    h->run[S] = (int32_t)N;
    b.N = (int)N;
    b.S = b.RUNS = (int)S;
    b.bound_pos = (int)end;
    return b;
}

/* On the host, pages that are promised and not there are found by it. */
static int clear_cache(engine *g, error *e) {
    const struct kernels_backend *b = g->backend;
    for (uint32_t i = 0; i < g->info.layers; i++) {
        const struct kernels_cache *c = &g->model.layer[i].cache;
        const size_t pages = (size_t)c->PAGES;
        b->zero(g->queue, c->key, pages * kernels_cache_page_bytes(c->type, c->PAGE, c->KV_HEADS, c->KEY));
        b->zero(g->queue, c->value, pages * kernels_cache_page_bytes(c->type, c->PAGE, c->KV_HEADS, c->VALUE));
    }
    return b->queue_sync(g->queue, e);
}

int engine_warm_up(engine *g, uint32_t top, error *e) {
    const bool host = g->device_info.host_visible;
    const uint32_t context = g->options.context_tokens, pages = g->pool.pages;
    if (g->pool.free_count < pages) return 0;
    /* No more than the texts' room: each has a page at least, and none is longer than the context. */
    uint32_t N = g->options.batch_columns, texts = g->options.batch_sessions;
    if (texts > pages) texts = pages;
    if (N > (uint64_t)pages * CACHE_PAGE) N = pages * CACHE_PAGE;
    if (N > (uint64_t)texts * context) N = texts * context;
    if (texts > N) texts = N;
    g->logit_rows = 0;
    int bad = top ? engine_reserve_top(g, g->logit_capacity, top, e) : 0;
    /* A prompt as long as can be, then as many texts as can be: the widest for a run, and for runs. */
    const uint32_t shapes[2] = {(N + context - 1) / context, texts};
    for (int i = 0; i < 2 && !bad; i++) {
        struct kernels_batch batch = engine_fill_nobody(g, N, shapes[i]);
        uint32_t rows = g->logit_capacity < (uint32_t)batch.N ? g->logit_capacity : (uint32_t)batch.N;
        engine_upload(g, &batch);
        engine_enqueue(g, &batch, rows, 0, host ? 1 : g->info.layers, g->options.cancel);
        if (top) engine_enqueue_top(g, rows, top, true);
        bad = wait_and_look(g, e);
    }
    if (!bad) bad = engine_warm_small(g, top, e);
    return bad ? bad : clear_cache(g, e);
}

/* ---- results of the last step ----------------------------------------------------------------------------------- */

const float *engine_logits(engine *g, uint32_t row) {
    if (row >= g->logit_rows) return NULL;
    if (g->device_info.host_visible) return g->work.logits + (size_t)row * g->info.vocabulary;
    if (!g->host_logits_fresh) {
        if (reserve_host_logits(g, g->logit_rows, NULL)) return NULL;
        g->backend->download(g->queue, g->host_logits, g->work.logits,
                             (size_t)g->logit_rows * g->info.vocabulary * sizeof(float));
        if (g->backend->queue_sync(g->queue, NULL) != 0) return NULL;
        g->host_logits_fresh = true;
    }
    return g->host_logits + (size_t)row * g->info.vocabulary;
}

int engine_top(engine *g, uint32_t K, int32_t *token, float *value, float *log_sum, error *e) {
    const struct engine_fetch f = {.top = K, .token = token, .value = value, .log_sum = log_sum};
    if (K == 0 || K > g->info.vocabulary || !g->logit_rows)
        return error_set(e, ERROR_USAGE, "no best %u of %u rows of %u logits", K, g->logit_rows, g->info.vocabulary);
    int bad = engine_reserve_top(g, g->logit_rows, K, e);
    if (bad) return bad;
    engine_enqueue_top(g, g->logit_rows, K, log_sum != NULL);
    fetch_top(g, g->logit_rows, &f);
    return g->backend->queue_sync(g->queue, e);
}
