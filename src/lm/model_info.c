/* model_info.c - reads a model's shape from its header and does the sums.
 *
 * In: an opened set of files. Out: counts, bytes, ceilings. Text and JSON are in model_info_text.c.
 * Invariant: works for architectures that cannot be run here too, as long as the header uses the usual key names; what
 * a header does not say counts as zero and is shown as absent. Sums saturate.
 */
#include "lm/model_info.h"

#include "lm/engine.h"

#include <stdio.h>
#include <stdlib.h>

enum { LAYER_LIMIT = 65536 };

static int out_of_memory(error *e) { return error_set(e, ERROR_MEMORY, "no memory to describe the model"); }
static uint64_t add(uint64_t a, uint64_t b) { return a > UINT64_MAX - b ? UINT64_MAX : a + b; }

static uint64_t multiply(uint64_t a, uint64_t b) {
    uint64_t v;
    return __builtin_mul_overflow(a, b, &v) ? UINT64_MAX : v;
}

/* Names of general.file_type (llama.h, enum llama_ftype). */
static const char *file_type_name(uint32_t type) {
    static const struct {
        uint32_t type;
        const char *name;
    } names[] = {{0, "F32"},     {1, "F16"},     {2, "Q4_0"},      {3, "Q4_1"},    {7, "Q8_0"},     {8, "Q5_0"},
                 {9, "Q5_1"},    {10, "Q2_K"},   {11, "Q3_K_S"},   {12, "Q3_K_M"}, {13, "Q3_K_L"},  {14, "Q4_K_S"},
                 {15, "Q4_K_M"}, {16, "Q5_K_S"}, {17, "Q5_K_M"},   {18, "Q6_K"},   {19, "IQ2_XXS"}, {20, "IQ2_XS"},
                 {21, "Q2_K_S"}, {22, "IQ3_XS"}, {23, "IQ3_XXS"},  {24, "IQ1_S"},  {25, "IQ4_NL"},  {26, "IQ3_S"},
                 {27, "IQ3_M"},  {28, "IQ2_S"},  {29, "IQ2_M"},    {30, "IQ4_XS"}, {31, "IQ1_M"},   {32, "BF16"},
                 {36, "TQ1_0"},  {37, "TQ2_0"},  {38, "MXFP4_MOE"}};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (names[i].type == type) return names[i].name;
    return NULL;
}

/* ---- weights ----------------------------------------------------------------------------------------------------- */

static int share_order(const void *x, const void *y) {
    const model_type_share *a = x, *b = y;
    if (a->bytes != b->bytes) return a->bytes > b->bytes ? -1 : 1;
    return (a->type->id > b->type->id) - (a->type->id < b->type->id);
}

static int add_shares(arena *a, const gguf *g, model_info *m, error *e) {
    enum { TYPE_IDS = 64 };
    model_type_share all[TYPE_IDS] = {{0}};
    for (size_t i = 0; i < g->tensor_count; i++) {
        const gguf_tensor *t = &g->tensors[i];
        model_type_share *s = &all[t->type->id % TYPE_IDS];
        s->type = t->type;
        s->tensors++;
        s->weights = add(s->weights, t->count);
        s->bytes = add(s->bytes, t->size_bytes);
    }
    model_type_share *kept = ARENA_ARRAY(a, model_type_share, TYPE_IDS);
    if (!kept) return out_of_memory(e);
    for (size_t i = 0; i < TYPE_IDS; i++)
        if (all[i].tensors) kept[m->type_count++] = all[i];
    if (m->type_count) qsort(kept, m->type_count, sizeof *kept, share_order);
    m->types = kept;
    return 0;
}

/* How much of a tensor is read for one token. */
static void add_active(model_info *m, const gguf *g, const gguf_tensor *t) {
    uint64_t weights = t->count, bytes = t->size_bytes;
    if (str_eq(t->name, STR("token_embd.weight")) && gguf_find(g, "output.weight")) { /* else it is the output too */
        uint64_t rows = t->count / t->ne[0];
        weights /= rows;
        bytes /= rows;
    } else if (m->experts && m->experts_used < m->experts && str_find(t->name, STR("_exps."), 0) >= 0) {
        weights = (uint64_t)((double)weights * m->experts_used / m->experts);
        bytes = (uint64_t)((double)bytes * m->experts_used / m->experts);
    }
    m->active_weights = add(m->active_weights, weights);
    m->active_bytes = add(m->active_bytes, bytes);
}

static void add_weights(model_info *m, const gguf *g) {
    m->loadable = true;
    for (size_t i = 0; i < g->tensor_count; i++) {
        const gguf_tensor *t = &g->tensors[i];
        m->weights = add(m->weights, t->count);
        m->weight_bytes = add(m->weight_bytes, t->size_bytes);
        add_active(m, g, t);
        if (t->type->loadable || !m->loadable) continue;
        m->loadable = false;
        m->not_loadable = str_from_cstr(t->type->name);
    }
}

/* ---- keys and values --------------------------------------------------------------------------------------------- */

static uint32_t narrow(uint64_t v) { return v > UINT32_MAX ? UINT32_MAX : (uint32_t)v; }

/* Which layers have a sliding window: attention.sliding_window_pattern, an array of bools or a period n, of which the
 * last of each n layers is full. */
static bool layer_slides(const gguf_value *pattern, uint32_t layer) {
    if (!pattern) return true;
    if (pattern->kind == GGUF_ARRAY && (pattern->element == GGUF_BOOL || pattern->element == GGUF_U8))
        return layer < pattern->n && pattern->raw[layer] != 0;
    if (pattern->kind == GGUF_U32 && pattern->u > 0) return (layer + 1) % pattern->u != 0;
    return true;
}

static const gguf_value *arch_value(const gguf *g, arena *a, const char *key) {
    str name = gguf_arch_key(g, a, key); /* arena_printf ends it with NUL */
    return name.p ? gguf_get(g, (const char *)name.p) : NULL;
}

static int add_kv(arena *a, const gguf *g, model_info *m, error *e) {
    uint32_t key = m->heads ? m->embedding / m->heads : 0, value, key_slide, value_slide, window = 0, lora = 0,
             rotary = 0, full = 0;
    int rc = gguf_arch_u32(g, "attention.key_length", false, &key, e);
    value = key;
    if (!rc) rc = gguf_arch_u32(g, "attention.value_length", false, &value, e);
    key_slide = key;
    value_slide = value;
    if (!rc) rc = gguf_arch_u32(g, "attention.key_length_swa", false, &key_slide, e);
    if (!rc) rc = gguf_arch_u32(g, "attention.value_length_swa", false, &value_slide, e);
    if (!rc) rc = gguf_arch_u32(g, "attention.sliding_window", false, &window, e);
    if (!rc) rc = gguf_arch_u32(g, "attention.kv_lora_rank", false, &lora, e);
    if (!rc) rc = gguf_arch_u32(g, "rope.dimension_count", false, &rotary, e);
    if (!rc) rc = gguf_arch_u32(g, "full_attention_interval", false, &full, e);
    const uint32_t *kv_heads = NULL;
    if (!rc) rc = gguf_arch_layers_u32(g, a, "attention.head_count_kv", false, m->layers, m->heads, &kv_heads, e);
    if (rc) return rc;
    uint32_t *bytes = ARENA_ARRAY(a, uint32_t, m->layers), *windows = ARENA_ARRAY(a, uint32_t, m->layers);
    if (!bytes || !windows) return out_of_memory(e);
    const gguf_value *pattern = arch_value(g, a, "attention.sliding_window_pattern");
    for (uint32_t i = 0; i < m->layers; i++) {
        bool slides = window && layer_slides(pattern, i);
        windows[i] = slides ? window : 0;
        uint64_t width = slides ? (uint64_t)key_slide + value_slide : (uint64_t)key + value;
        uint64_t each = lora ? (uint64_t)lora + rotary : multiply(kv_heads[i], width);
        if (full > 1 && (i + 1) % full != 0) each = 0; /* a recurrent layer */
        bytes[i] = narrow(multiply(each, 2));
        if (!m->kv_heads && each) m->kv_heads = kv_heads[i];
    }
    m->layer_kv_bytes = bytes;
    m->layer_window = windows;
    return 0;
}

uint64_t model_info_kv_bytes(const model_info *m, uint64_t tokens) {
    uint64_t sum = 0;
    for (uint32_t i = 0; i < m->layers; i++) {
        uint64_t kept = m->layer_window[i] && m->layer_window[i] < tokens ? m->layer_window[i] : tokens;
        sum = add(sum, multiply(m->layer_kv_bytes[i], kept));
    }
    return sum;
}

uint64_t model_info_kv_bytes_token(const model_info *m) { return model_info_kv_bytes(m, 1); }

double model_info_ceiling_tok_s(const model_info *m, double bandwidth_gb_s, uint64_t tokens) {
    double bytes = (double)m->active_bytes + (double)model_info_kv_bytes(m, tokens);
    return bytes > 0 ? bandwidth_gb_s * 1e9 / bytes : 0;
}

void model_info_plan(const model_info *m, uint64_t tokens, uint32_t sessions, memory_plan *plan) {
    memory_plan_add(plan, "weights", m->weight_bytes);
    memory_plan_add(plan, "KV cache", multiply(model_info_kv_bytes(m, tokens), sessions ? sessions : 1));
    memory_plan_add(plan, "working buffers", add(multiply(512 * 12 * 4, m->embedding), multiply(8 * 4, m->vocabulary)));
}

/* ---- all of it --------------------------------------------------------------------------------------------------- */

static int read_shape(const gguf *g, model_info *m, error *e) {
    int rc = gguf_arch_u32(g, "block_count", true, &m->layers, e);
    if (!rc && m->layers > LAYER_LIMIT)
        rc = error_set(e, ERROR_LIMIT, "a model of %u layers is over the limit of %d", m->layers, LAYER_LIMIT);
    if (!rc) rc = gguf_arch_u32(g, "context_length", false, &m->context, e);
    if (!rc) rc = gguf_arch_u32(g, "embedding_length", false, &m->embedding, e);
    if (!rc) rc = gguf_arch_u32(g, "expert_count", false, &m->experts, e);
    if (!rc) rc = gguf_arch_u32(g, "expert_used_count", false, &m->experts_used, e);
    if (!rc) rc = gguf_get_str(g, "general.name", false, &m->name, e);
    return rc;
}

/* Heads may differ from layer to layer (an array); the first layer's number stands for all. */
static int read_heads(arena *a, const gguf *g, model_info *m, error *e) {
    const uint32_t *heads;
    int rc = gguf_arch_layers_u32(g, a, "attention.head_count", false, m->layers, 0, &heads, e);
    if (!rc && m->layers) m->heads = heads[0];
    return rc;
}

static void read_quantisation(const gguf *g, model_info *m) {
    uint32_t type;
    const char *name = NULL;
    if (gguf_get(g, "general.file_type") && gguf_get_u32(g, "general.file_type", true, &type, NULL) == 0)
        name = file_type_name(type & ~1024u); /* the bit for "guessed" */
    if (!name && m->type_count) name = m->types[0].type->name;
    snprintf(m->quantisation, sizeof m->quantisation, "%s", name ? name : "none");
}

int model_info_read(arena *a, const gguf_set *set, model_info **out, error *e) {
    const gguf *g = set->head;
    *out = NULL;
    model_info *m = ARENA_NEW(a, model_info);
    if (!m) return out_of_memory(e);
    if (!g->architecture.n) return error_set(e, ERROR_SCHEMA, "the model's header does not say its architecture");
    m->architecture = g->architecture;
    m->files = set->count;
    for (uint32_t i = 0; i < set->count; i++) m->file_bytes = add(m->file_bytes, set->size_bytes[i]);
    const gguf_value *tokens = gguf_get(g, "tokenizer.ggml.tokens");
    const gguf_tensor *embedding = gguf_find(g, "token_embd.weight");
    m->vocabulary = tokens ? tokens->n : embedding ? embedding->ne[1] : 0;
    int rc = read_shape(g, m, e);
    if (!rc) rc = read_heads(a, g, m, e);
    if (!rc) rc = add_shares(a, g, m, e);
    if (!rc) rc = add_kv(a, g, m, e);
    if (rc) return rc;
    add_weights(m, g);
    read_quantisation(g, m);
    struct engine_info run;
    error why = {0};
    if (m->loadable && engine_measure(g, NULL, &run, &why)) m->why_not = arena_str(a, str_from_cstr(why.message));
    *out = m;
    return 0;
}
