/* engine.c - opens a model on a device and runs steps.
 *
 *     inputs ──► columns of up to batch_columns tokens ──► embed ─ layers ─ gather wanted columns ─ norm ─ output ──►
 * logits
 *
 * The integers of a step (tokens, positions, page tables …) are laid out in one block on the host, copied in one
 * upload, and read from fixed places on the device, so that a step can be captured as a graph. A session's length grows
 * only when its whole step has succeeded. Not here: pages (session.c), reading (load.c), graphs of layers (arch_*.c),
 * choosing tokens.
 */
#include "lm/engine_impl.h"

#include <stdlib.h>

static uint32_t or_default(uint32_t value, uint32_t otherwise) { return value ? value : otherwise; }

/* Options and shape to sizes; fills info. */
static int plan(const gguf *g, const struct model *m, struct engine_options *o, struct engine_info *info, error *e) {
    const struct shape *s = &m->shape;
    uint32_t trained = s->trained_context;
    o->context_tokens = or_default(o->context_tokens, trained < 32768 ? trained : 32768);
    o->cache_tokens = or_default(o->cache_tokens, o->context_tokens);
    o->batch_columns = or_default(o->batch_columns, 512);
    o->batch_sessions = or_default(o->batch_sessions, 64);
    if (o->context_tokens > 1u << 24 || o->cache_tokens > 1u << 28 || o->batch_columns > 65536 ||
        o->batch_sessions > 65536)
        return error_set(e, ERROR_LIMIT,
                         "a context of %u tokens, a cache of %u, or %u columns a step are beyond what can be",
                         o->context_tokens, o->cache_tokens, o->batch_columns);
    if (o->cache_type != TENSOR_F16 && o->cache_type != TENSOR_F32 && o->cache_type != TENSOR_FP8)
        return error_set(e, ERROR_USAGE, "the cache is F16, F32 or FP8");
    *info = (struct engine_info){.layers = s->LAYERS,
                                 .vocabulary = s->VOCAB,
                                 .context_tokens = o->context_tokens,
                                 .trained_context_tokens = trained};
    size_t key = kernels_cache_page_bytes(o->cache_type, CACHE_PAGE, (int)s->KV_HEADS, (int)s->KEY);
    size_t value = kernels_cache_page_bytes(o->cache_type, CACHE_PAGE, (int)s->KV_HEADS, (int)s->VALUE);
    uint64_t pages = (o->cache_tokens + CACHE_PAGE - 1) / CACHE_PAGE;
    info->cache_token_bytes = (uint64_t)(key + value) * s->LAYERS / CACHE_PAGE;
    info->cache_bytes = (uint64_t)(key + value) * s->LAYERS * pages;
    bool tied = !gguf_find(g, "output.weight");
    for (size_t i = 0; i < g->tensor_count; i++) {
        const gguf_tensor *t = &g->tensors[i];
        info->weight_bytes += t->size_bytes;
        bool table = str_eq(t->name, STR("token_embd.weight"));
        if (str_find(t->name, STR("_exps."), 0) >= 0 && s->EXPERTS)
            info->token_bytes += t->size_bytes / s->EXPERTS * s->TOPK;
        else if (!table || tied)
            info->token_bytes += t->size_bytes;
    }
    return 0;
}

int engine_measure(const gguf *g, const struct engine_options *options, struct engine_info *info, error *e) {
    struct model m = {0};
    struct engine_options o = options ? *options : (struct engine_options){.cache_type = TENSOR_F16};
    int bad = model_configure(g, &m, e);
    if (!bad) bad = plan(g, &m, &o, info, e);
    if (!bad) info->architecture = str_from_cstr(m.arch->name);
    return bad;
}

static int alloc_floats(engine *g, float **out, size_t rows, size_t width, error *e) {
    *out = rows && width ? engine_alloc(g, rows * width * sizeof(float), e) : NULL;
    return rows && width && !*out ? (e ? (int)e->code : (int)ERROR_MEMORY) : 0;
}

/* Places in one block of integers: [token][pos][seq][run][index][table]. */
static void lay_out(struct step_integers *i, int32_t *block, uint32_t columns, uint32_t sessions) {
    i->token = block;
    i->pos = i->token + columns;
    i->seq = i->pos + columns;
    i->run = i->seq + columns;
    i->index = i->run + sessions + 1;
    i->table = i->index + columns;
    (void)sessions;
}

static int open_work(engine *g, error *e) {
    const struct shape *s = &g->model.shape;
    struct work *w = &g->work;
    const size_t N = g->options.batch_columns;
    size_t inner = s->EXPERTS ? (size_t)s->TOPK * s->EXPERT_FF : s->FF;
    int bad = alloc_floats(g, &w->x, N, s->DIM, e);
    if (!bad) bad = alloc_floats(g, &w->y, N, s->DIM, e);
    if (!bad) bad = alloc_floats(g, &w->q, N, (size_t)s->HEADS * s->KEY, e);
    if (!bad) bad = alloc_floats(g, &w->k, N, (size_t)s->KV_HEADS * s->KEY, e);
    if (!bad) bad = alloc_floats(g, &w->v, N, (size_t)s->KV_HEADS * s->VALUE, e);
    if (!bad) bad = alloc_floats(g, &w->attended, N, (size_t)s->HEADS * s->VALUE, e);
    if (!bad) bad = alloc_floats(g, &w->inner, N, inner, e);
    if (!bad) bad = alloc_floats(g, &w->router, N, s->EXPERTS, e);
    if (!bad) bad = alloc_floats(g, &w->expert_weight, N, s->TOPK, e);
    if (!bad) bad = alloc_floats(g, &w->rows, N, s->DIM, e);
    if (!bad && s->TOPK) {
        w->expert = engine_alloc(g, N * s->TOPK * sizeof(int32_t), e);
        if (!w->expert) bad = error_set(e, ERROR_MEMORY, "no memory for the router");
    }
    if (bad) return bad;
    size_t integers = N * 4 + g->options.batch_sessions + 1 + (size_t)g->options.batch_sessions * g->TABLE;
    g->integers_bytes = integers * sizeof(int32_t);
    int32_t *host = calloc(integers, sizeof *host), *device = engine_alloc(g, g->integers_bytes, e);
    g->host.token = host;
    if (!host || !device) return error_set(e, ERROR_MEMORY, "no memory for a step's tokens");
    lay_out(&g->host, host, g->options.batch_columns, g->options.batch_sessions);
    lay_out(&g->on_device, device, g->options.batch_columns, g->options.batch_sessions);
    return 0;
}

static int open_cache(engine *g, error *e) {
    const struct shape *s = &g->model.shape;
    uint32_t pages = (g->options.cache_tokens + CACHE_PAGE - 1) / CACHE_PAGE;
    g->TABLE = (g->options.context_tokens + CACHE_PAGE - 1) / CACHE_PAGE;
    for (uint32_t i = 0; i < s->LAYERS; i++) {
        struct kernels_cache *c = &g->model.layer[i].cache;
        *c = (struct kernels_cache){.type = g->options.cache_type,
                                    .PAGE = CACHE_PAGE,
                                    .PAGES = (int)pages,
                                    .KV_HEADS = (int)s->KV_HEADS,
                                    .KEY = (int)s->KEY,
                                    .VALUE = (int)s->VALUE};
        c->key = engine_alloc(g, pages * kernels_cache_page_bytes(c->type, c->PAGE, c->KV_HEADS, c->KEY), e);
        c->value = engine_alloc(g, pages * kernels_cache_page_bytes(c->type, c->PAGE, c->KV_HEADS, c->VALUE), e);
        if (!c->key || !c->value) return e ? (int)e->code : (int)ERROR_MEMORY;
    }
    return pool_open(&g->pool, pages, e);
}

int engine_open(const gguf_set *set, const struct kernels_backend *backend, kernels_device *device,
                const struct engine_options *options, engine **out, error *e) {
    error local;
    if (!e) e = &local;
    *out = NULL;
    engine *g = calloc(1, sizeof *g);
    if (!g) return error_set(e, ERROR_MEMORY, "no memory for an engine");
    g->backend = backend;
    g->device = device;
    g->options = options ? *options : (struct engine_options){.cache_type = TENSOR_F16};
    backend->info(device, &g->device_info);
    int bad = model_configure(set->head, &g->model, e);
    if (!bad) bad = plan(set->head, &g->model, &g->options, &g->info, e);
    if (!bad) {
        g->info.architecture = str_from_cstr(g->model.arch->name);
        g->queue = backend->queue_new(device, (int)g->options.batch_columns, e);
        if (!g->queue) bad = (int)e->code;
    }
    if (!bad) bad = model_load(g, set, e);
    if (!bad) bad = open_cache(g, e);
    if (!bad) bad = open_work(g, e);
    if (!bad) {
        g->info.weight_bytes = 0;
        for (size_t i = 0; i < g->owned.weight_count; i++)
            g->info.weight_bytes += backend->weight_bytes(g->owned.weights[i]);
        *out = g;
        return 0;
    }
    engine_close(g);
    return bad;
}

void engine_close(engine *g) {
    if (!g) return;
    if (g->queue) g->backend->queue_sync(g->queue, NULL);
    for (size_t i = 0; i < g->owned.weight_count; i++) g->backend->weight_free(g->owned.weights[i]);
    for (size_t i = 0; i < g->owned.memory_count; i++) g->backend->free(g->device, g->owned.memory[i]);
    g->backend->free(g->device, g->work.logits);
    g->backend->free(g->device, g->top_value);
    g->backend->free(g->device, g->top_sum);
    g->backend->free(g->device, g->top_token);
    g->backend->queue_free(g->queue);
    free(g->owned.weights);
    free(g->owned.memory);
    free(g->model.layer);
    free(g->host.token);
    free(g->host_logits);
    pool_close(&g->pool);
    free(g);
}

const struct engine_info *engine_describe(const engine *g) { return &g->info; }

/* ---- a step ----------------------------------------------------------------------------------------------------- */

static int check_inputs(engine *g, const struct engine_input *inputs, uint32_t count, uint32_t *wanted, error *e) {
    *wanted = 0;
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
        if (in->want > UINT32_MAX / 2 - *wanted) return error_set(e, ERROR_LIMIT, "too many logits wanted");
        *wanted += in->want;
    }
    return 0;
}

static int reserve_logits(engine *g, uint32_t rows, error *e) {
    g->host_logits_fresh = false;
    g->logit_rows = 0;
    if (rows <= g->logit_capacity) return 0;
    g->backend->free(g->device, g->work.logits);
    g->logit_capacity = 0;
    g->work.logits = g->backend->alloc(g->device, (size_t)rows * g->info.vocabulary * sizeof(float), e);
    if (!g->work.logits) return e ? (int)e->code : (int)ERROR_MEMORY;
    g->logit_capacity = rows;
    return 0;
}

/* One pass: columns are already in g->host; computes them and the logits of `picked` of them. */
static int pass(engine *g, const struct kernels_batch *shape, uint32_t picked, uint32_t logit_row, error *e) {
    const struct kernels_backend *b = g->backend;
    const struct shape *s = &g->model.shape;
    struct step step = {.backend = b,
                        .queue = g->queue,
                        .model = &g->model,
                        .work = &g->work,
                        .batch = *shape,
                        .cancel = g->options.cancel};
    b->upload(g->queue, g->on_device.token, g->host.token,
              g->integers_bytes -
                  (size_t)(g->options.batch_sessions - (uint32_t)shape->S) * g->TABLE * sizeof(int32_t));
    b->embed(g->queue, &(struct kernels_embed){.w = g->model.embedding,
                                               .token = step.batch.token,
                                               .scale = s->embedding_scale,
                                               .N = shape->N,
                                               .y = g->work.x});
    g->model.arch->forward(&step);
    if (picked) {
        float *logits = g->work.logits + (size_t)logit_row * g->info.vocabulary;
        b->gather(g->queue, &(struct kernels_gather){.x = g->work.x,
                                                     .index = g->on_device.index,
                                                     .M = (int)picked,
                                                     .WIDTH = (int)s->DIM,
                                                     .x_stride = (int)s->DIM,
                                                     .y_stride = (int)s->DIM,
                                                     .y = g->work.rows});
        b->norm(g->queue, &(struct kernels_norm){.x = g->work.rows,
                                                 .weight = g->model.output_norm,
                                                 .eps = s->eps,
                                                 .N = (int)picked,
                                                 .GROUPS = 1,
                                                 .WIDTH = (int)s->DIM,
                                                 .y = g->work.rows});
        b->matmul(g->queue, &(struct kernels_matmul){.x = g->work.rows,
                                                     .N = (int)picked,
                                                     .COLS = (int)s->DIM,
                                                     .PARTS = 1,
                                                     .part = {{.w = g->model.output, .y = logits}}});
        if (s->logits_cap > 0)
            b->logits(g->queue, &(struct kernels_logits){.logits = logits,
                                                         .cap = s->logits_cap,
                                                         .repetition = 1,
                                                         .M = (int)picked,
                                                         .VOCAB = (int)g->info.vocabulary});
    }
    int bad = b->queue_sync(g->queue, e);
    if (!bad && g->options.cancel && atomic_load(g->options.cancel))
        return error_set(e, ERROR_CANCELLED, "writing was cancelled");
    return bad;
}

struct cursor {
    uint32_t input, offset; /* next token to be placed */
};

/* Fills g->host with as many columns as fit; returns the batch. `picked` counts the columns whose logits are wanted. */
static struct kernels_batch fill(engine *g, const struct engine_input *inputs, uint32_t count, struct cursor *at,
                                 uint32_t *picked) {
    struct kernels_batch b = {.token = g->on_device.token,
                              .pos = g->on_device.pos,
                              .seq = g->on_device.seq,
                              .table = g->on_device.table,
                              .TABLE = (int)g->TABLE,
                              .run = g->on_device.run};
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

int engine_step(engine *g, const struct engine_input *inputs, uint32_t count, error *e) {
    uint32_t wanted = 0, rows = 0, reserved = 0;
    int bad = check_inputs(g, inputs, count, &wanted, e);
    if (!bad) bad = reserve_logits(g, wanted, e);
    for (; !bad && reserved < count; reserved += bad ? 0 : 1)
        bad = session_reserve(inputs[reserved].session, inputs[reserved].count, e);
    struct cursor at = {0, 0};
    while (!bad && at.input < count) {
        uint32_t picked = 0;
        struct kernels_batch batch = fill(g, inputs, count, &at, &picked);
        bad = pass(g, &batch, picked, rows, e);
        rows += picked;
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
    if (!bad) g->logit_rows = wanted;
    return bad;
}

const float *engine_logits(engine *g, uint32_t row) {
    if (row >= g->logit_rows) return NULL;
    if (g->device_info.host_visible) return g->work.logits + (size_t)row * g->info.vocabulary;
    size_t bytes = (size_t)g->logit_rows * g->info.vocabulary * sizeof(float);
    if (!g->host_logits_fresh) {
        if (bytes > g->host_logits_bytes) {
            free(g->host_logits);
            g->host_logits = malloc(bytes);
            g->host_logits_bytes = g->host_logits ? bytes : 0;
        }
        if (!g->host_logits) return NULL;
        g->backend->download(g->queue, g->host_logits, g->work.logits, bytes);
        if (g->backend->queue_sync(g->queue, NULL) != 0) return NULL;
        g->host_logits_fresh = true;
    }
    return g->host_logits + (size_t)row * g->info.vocabulary;
}

int engine_top(engine *g, uint32_t K, int32_t *token, float *value, float *log_sum, error *e) {
    const struct kernels_backend *b = g->backend;
    size_t rows = g->logit_rows, cells = rows * K;
    if (K == 0 || K > g->info.vocabulary || !rows)
        return error_set(e, ERROR_USAGE, "no best %u of %zu rows of %u logits", K, rows, g->info.vocabulary);
    if (cells + rows > g->top_capacity) {
        b->free(g->device, g->top_value);
        b->free(g->device, g->top_sum);
        b->free(g->device, g->top_token);
        g->top_capacity = 0;
        size_t floats = cells + rows;
        g->top_value = b->alloc(g->device, floats * sizeof(float), e);
        g->top_token = b->alloc(g->device, floats * sizeof(int32_t), e);
        g->top_sum = b->alloc(g->device, floats * sizeof(float), e);
        if (!g->top_value || !g->top_token || !g->top_sum) return e ? (int)e->code : (int)ERROR_MEMORY;
        g->top_capacity = floats;
    }
    b->top(g->queue, &(struct kernels_top){.logits = g->work.logits,
                                           .M = (int)rows,
                                           .VOCAB = (int)g->info.vocabulary,
                                           .K = (int)K,
                                           .token = g->top_token,
                                           .value = g->top_value,
                                           .log_sum = log_sum ? g->top_sum : NULL});
    b->download(g->queue, token, g->top_token, cells * sizeof(int32_t));
    if (value) b->download(g->queue, value, g->top_value, cells * sizeof(float));
    if (log_sum) b->download(g->queue, log_sum, g->top_sum, rows * sizeof(float));
    return b->queue_sync(g->queue, e);
}
