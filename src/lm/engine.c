/* engine.c - opens a model on a device: plans its memory, loads it, takes everything that steps will need.
 *
 * In: a header, options, a device. Out: an engine, or why not. The invariant is that nothing is allocated on the device
 * later for a step that the options allow, graphs excepted, so that what does not fit is known here. Not here: steps
 * (engine_step.c, engine_graph.c), pages (session.c), reading (load.c), the operations of a layer (arch_*.c).
 */
#include "lm/engine_impl.h"
#include "lm/load_stream.h"

#include <stdlib.h>

static uint32_t or_default(uint32_t value, uint32_t otherwise) { return value ? value : otherwise; }

static uint32_t columns_of(const struct engine_options *o) {
    return o->batch_columns < GRAPH_COLUMNS ? GRAPH_COLUMNS : o->batch_columns;
}
static uint32_t texts_of(const struct engine_options *o) {
    return o->batch_sessions < GRAPH_COLUMNS ? GRAPH_COLUMNS : o->batch_sessions;
}
static uint64_t inner_width(const struct shape *s) { return s->EXPERTS ? (uint64_t)s->TOPK * s->EXPERT_FF : s->FF; }

/* What open_work takes, and what the CPU's operations take beside it: the angles of a rotation, the activations of a
 * product once more as it reads them, what the experts give. */
static uint64_t work_bytes(const struct shape *s, const struct engine_options *o) {
    const uint64_t inner = inner_width(s), attended = (uint64_t)s->HEADS * s->VALUE, parts = (uint64_t)s->TOPK * s->DIM;
    uint64_t widest = inner > attended ? inner : attended;
    if (s->DIM > widest) widest = s->DIM;
    if (parts > widest) widest = parts;
    uint64_t column = 3 * (uint64_t)s->DIM + (uint64_t)s->HEADS * s->KEY + attended +
                      (uint64_t)s->KV_HEADS * (s->KEY + s->VALUE) + inner + s->EXPERTS + 2 * (uint64_t)s->TOPK;
    column += widest + parts + (uint64_t)s->rope.ROT;
    uint64_t logits = ((uint64_t)o->batch_sessions + GRAPH_COLUMNS) * s->VOCAB;
    uint64_t tables = (uint64_t)texts_of(o) * (o->context_tokens / CACHE_PAGE + 1);
    return (columns_of(o) * column + logits + 2 * tables) * sizeof(float);
}

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
    if (o->graphs > ENGINE_GRAPHS_ALWAYS) return error_set(e, ERROR_USAGE, "graphs are automatic, off or always");
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
    info->cache_bytes = (uint64_t)(key + value) * s->LAYERS * (pages + 1); /* one for padding */
    info->work_bytes = work_bytes(s, o);
    info->loading_bytes = (uint64_t)LOAD_STREAM_SLOTS * (o->piece_bytes ? o->piece_bytes : LOAD_STREAM_BYTES);
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
static void lay_out(struct step_integers *i, int32_t *block, size_t columns, size_t sessions) {
    i->token = block;
    i->pos = i->token + columns;
    i->seq = i->pos + columns;
    i->run = i->seq + columns;
    i->index = i->run + sessions + 1;
    i->table = i->index + columns;
}

static int open_work(engine *g, error *e) {
    const struct shape *s = &g->model.shape;
    struct work *w = &g->work;
    const size_t N = columns_of(&g->options), S = texts_of(&g->options);
    const size_t inner = (size_t)inner_width(s);
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
    size_t integers = N * 4 + S + 1 + S * g->TABLE;
    g->head_bytes = (N * 4 + S + 1) * sizeof(int32_t);
    int32_t *host = calloc(integers, sizeof *host), *device = engine_alloc(g, integers * sizeof(int32_t), e);
    g->host.token = host;
    if (!host || !device) return error_set(e, ERROR_MEMORY, "no memory for a step's tokens");
    lay_out(&g->host, host, N, S);
    lay_out(&g->on_device, device, N, S);
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
                                    .PAGES = (int)pages + 1, /* the last: padding, never a text's */
                                    .KV_HEADS = (int)s->KV_HEADS,
                                    .KEY = (int)s->KEY,
                                    .VALUE = (int)s->VALUE};
        c->key = engine_alloc(g, (pages + 1) * kernels_cache_page_bytes(c->type, c->PAGE, c->KV_HEADS, c->KEY), e);
        c->value = engine_alloc(g, (pages + 1) * kernels_cache_page_bytes(c->type, c->PAGE, c->KV_HEADS, c->VALUE), e);
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
    if (!bad) bad = engine_reserve_logits(g, g->options.batch_sessions + GRAPH_COLUMNS, e);
    if (!bad) {
        bool launches = !g->device_info.host_visible; /* they cost something */
        g->pads = g->device_info.graphs && (launches || g->options.graphs == ENGINE_GRAPHS_ALWAYS);
        g->captures = g->pads && g->options.graphs != ENGINE_GRAPHS_OFF;
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
    engine_drop_graphs(g);
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
    free(g->graphs);
    pool_close(&g->pool);
    free(g);
}

const struct engine_info *engine_describe(const engine *g) { return &g->info; }
