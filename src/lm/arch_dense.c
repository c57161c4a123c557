/* arch_dense.c - the graph of the pre-norm transformers: numbers from the header, tensors by name, operations of a
 * step.
 *
 *     x ─┬─ RMSNorm ─ q k v ─ (bias, head norms) rotate, store ─ attention ─ o ─(+)─┬─ RMSNorm ─ act(gate) * up ─ down
 * ─(+)─ x
 *        └──────────────────────────────────────────────────────────────────────────┘└──────────────────────────────────┘
 * With EXPERTS: the feed-forward block is router ─ top-k ─ the chosen experts, weighted.
 *
 * Key names: the GGUF specification. Invariant: every number that becomes a size was checked against a bound here.
 */
#include "lm/model.h"

#include <math.h>

static int check_number(const char *what, uint32_t value, uint32_t lo, uint32_t hi, error *e) {
    if (value >= lo && value <= hi) return 0;
    return error_set(e, ERROR_SCHEMA, "%s is %u; %u to %u can be", what, value, lo, hi);
}

static int read_scaling(const gguf *g, struct shape *s, error *e) {
    str kind = {0};
    float base = 10000, factor = 0, fast = 32, slow = 1, attention = 0;
    uint32_t original = s->trained_context;
    arena *a = arena_new(4096);
    if (!a) return error_set(e, ERROR_MEMORY, "no memory for a key");
    str key = gguf_arch_key(g, a, "rope.scaling.type");
    int bad = gguf_get_str(g, (const char *)key.p, false, &kind, e);
    arena_free(a);
    if (bad || gguf_arch_f32(g, "rope.freq_base", false, &base, e) ||
        gguf_arch_f32(g, "rope.scale_linear", false, &factor, e) || /* as the factor was called once */
        gguf_arch_f32(g, "rope.scaling.factor", false, &factor, e) ||
        gguf_arch_u32(g, "rope.scaling.original_context_length", false, &original, e) ||
        gguf_arch_f32(g, "rope.scaling.attn_factor", false, &attention, e) ||
        gguf_arch_f32(g, "rope.scaling.yarn_beta_fast", false, &fast, e) ||
        gguf_arch_f32(g, "rope.scaling.yarn_beta_slow", false, &slow, e))
        return (int)e->code;
    if (!(base > 1) || !isfinite(base) || !isfinite(factor) || factor < 0)
        return error_set(e, ERROR_SCHEMA, "rotation base %g or factor %g cannot be", (double)base, (double)factor);
    s->rope.base = (double)base;
    s->rope.linear = 1;
    s->rope_magnitude = attention > 0 ? attention : 1;
    if (!kind.n) kind = STR("linear"); /* what the converters leave out */
    if (str_eq(kind, STR("yarn")) && factor > 1) {
        s->rope.yarn_factor = (double)factor;
        s->rope.yarn_context = (double)original;
        s->rope.yarn_beta_fast = (double)fast;
        s->rope.yarn_beta_slow = (double)slow;
        s->rope_magnitude *= kernels_rope_magnitude((double)factor, 1);
    } else if (str_eq(kind, STR("linear")) && factor > 0) {
        s->rope.linear = (double)factor;
    } else if (!str_eq(kind, STR("none")) && !str_eq(kind, STR("yarn")) && !str_eq(kind, STR("linear"))) {
        return error_set(e, ERROR_SUPPORT, "rotation scaling '%.*s' is not known", STR_ARG(kind));
    }
    return 0;
}

int dense_configure(const gguf *g, struct shape *s, error *e) {
    error local;
    if (!e) e = &local;
    uint32_t rot = 0;
    s->act = ACT_SILU;
    s->embedding_scale = 1;
    s->expert_weight_scale = 1;
    s->eps = 1e-5f;
    if (gguf_arch_u32(g, "block_count", true, &s->LAYERS, e) ||
        gguf_arch_u32(g, "embedding_length", true, &s->DIM, e) ||
        gguf_arch_u32(g, "attention.head_count", true, &s->HEADS, e) ||
        gguf_arch_u32(g, "context_length", true, &s->trained_context, e))
        return (int)e->code;
    s->KV_HEADS = s->HEADS;
    if (check_number("the number of layers", s->LAYERS, 1, 1024, e) ||
        check_number("the width", s->DIM, 1, 1 << 20, e) || check_number("the number of heads", s->HEADS, 1, 4096, e))
        return (int)e->code;
    s->KEY = s->VALUE = s->DIM / s->HEADS;
    if (gguf_arch_u32(g, "attention.head_count_kv", false, &s->KV_HEADS, e) ||
        gguf_arch_u32(g, "attention.key_length", false, &s->KEY, e) ||
        gguf_arch_u32(g, "attention.value_length", false, &s->VALUE, e) ||
        gguf_arch_u32(g, "feed_forward_length", false, &s->FF, e) ||
        gguf_arch_f32(g, "attention.layer_norm_rms_epsilon", false, &s->eps, e) ||
        gguf_arch_u32(g, "attention.sliding_window", false, &s->window, e) ||
        gguf_arch_u32(g, "expert_count", false, &s->EXPERTS, e) ||
        gguf_arch_u32(g, "expert_used_count", false, &s->TOPK, e) ||
        gguf_arch_u32(g, "expert_feed_forward_length", false, &s->EXPERT_FF, e) ||
        gguf_arch_f32(g, "expert_weights_scale", false, &s->expert_weight_scale, e) ||
        gguf_arch_bool(g, "expert_weights_norm", false, &s->renormalise, e))
        return (int)e->code;
    rot = s->KEY;
    if (gguf_arch_u32(g, "rope.dimension_count", false, &rot, e)) return (int)e->code;
    if (check_number("the number of key heads", s->KV_HEADS, 1, s->HEADS, e) ||
        check_number("the width of a key", s->KEY, 1, 1024, e) ||
        check_number("the width of a value", s->VALUE, 1, 1024, e) ||
        check_number("the rotated width", rot, 2, s->KEY, e) ||
        check_number("the trained context", s->trained_context, 1, 1u << 30, e))
        return (int)e->code;
    if (s->HEADS % s->KV_HEADS)
        return error_set(e, ERROR_SCHEMA, "%u heads cannot share %u key heads", s->HEADS, s->KV_HEADS);
    if (s->eps < 0 || s->eps > 1)
        return error_set(e, ERROR_SCHEMA, "the epsilon of the norms is %g, and must be 0 to 1", (double)s->eps);
    if (rot % 2) return error_set(e, ERROR_SCHEMA, "the rotated width is %u, an odd number", rot);
    if (s->window > 1u << 30) s->window = 0; /* wider than any text */
    if (s->EXPERTS) {
        if (!s->EXPERT_FF) s->EXPERT_FF = s->FF;
        if (check_number("the number of experts", s->EXPERTS, 1, 4096, e) ||
            check_number("the number of experts in use", s->TOPK, 1, s->EXPERTS, e) ||
            check_number("the width of an expert", s->EXPERT_FF, 1, 1 << 20, e))
            return (int)e->code;
    } else if (check_number("the feed-forward width", s->FF, 1, 1 << 22, e)) {
        return (int)e->code;
    }
    s->attention_scale = 1 / sqrtf((float)s->KEY);
    s->rope.ROT = (int)rot;
    return read_scaling(g, s, e);
}

static int load_ffn(struct loader *l, const struct shape *s, int i, struct layer *y) {
    if (!s->EXPERTS) {
        int bad = load_weight(l, i, "ffn_gate.weight", TENSOR_REQUIRED, 1, s->FF, s->DIM, &y->gate);
        if (!bad) bad = load_weight(l, i, "ffn_up.weight", TENSOR_REQUIRED, 1, s->FF, s->DIM, &y->up);
        return bad ? bad : load_weight(l, i, "ffn_down.weight", TENSOR_REQUIRED, 1, s->DIM, s->FF, &y->down);
    }
    int bad = load_weight(l, i, "ffn_gate_inp.weight", TENSOR_REQUIRED, 1, s->EXPERTS, s->DIM, &y->router);
    if (!bad)
        bad = load_weight(l, i, "ffn_gate_exps.weight", TENSOR_REQUIRED, s->EXPERTS, s->EXPERT_FF, s->DIM,
                          &y->expert_gate);
    if (!bad)
        bad = load_weight(l, i, "ffn_up_exps.weight", TENSOR_REQUIRED, s->EXPERTS, s->EXPERT_FF, s->DIM, &y->expert_up);
    return bad ? bad
               : load_weight(l, i, "ffn_down_exps.weight", TENSOR_REQUIRED, s->EXPERTS, s->DIM, s->EXPERT_FF,
                             &y->expert_down);
}

static int load_attention(struct loader *l, const struct shape *s, int i, struct layer *y) {
    uint32_t Q = s->HEADS * s->KEY, KEYS = s->KV_HEADS * s->KEY, VALUES = s->KV_HEADS * s->VALUE;
    enum loader_need bias = s->qkv_bias ? TENSOR_REQUIRED : TENSOR_OPTIONAL;
    int bad = load_vector(l, i, "attn_norm.weight", TENSOR_REQUIRED, s->DIM, &y->attention_norm);
    if (!bad) bad = load_weight(l, i, "attn_q.weight", TENSOR_REQUIRED, 1, Q, s->DIM, &y->q);
    if (!bad) bad = load_weight(l, i, "attn_k.weight", TENSOR_REQUIRED, 1, KEYS, s->DIM, &y->k);
    if (!bad) bad = load_weight(l, i, "attn_v.weight", TENSOR_REQUIRED, 1, VALUES, s->DIM, &y->v);
    if (!bad) bad = load_weight(l, i, "attn_output.weight", TENSOR_REQUIRED, 1, s->DIM, s->HEADS * s->VALUE, &y->o);
    if (!bad) bad = load_vector(l, i, "attn_q.bias", bias, Q, &y->q_bias);
    if (!bad) bad = load_vector(l, i, "attn_k.bias", bias, KEYS, &y->k_bias);
    if (!bad) bad = load_vector(l, i, "attn_v.bias", bias, VALUES, &y->v_bias);
    if (!bad) bad = load_vector(l, i, "attn_output.bias", TENSOR_OPTIONAL, s->DIM, &y->o_bias);
    if (!bad && s->qk_norm) bad = load_vector(l, i, "attn_q_norm.weight", TENSOR_REQUIRED, s->KEY, &y->q_norm);
    if (!bad && s->qk_norm) bad = load_vector(l, i, "attn_k_norm.weight", TENSOR_REQUIRED, s->KEY, &y->k_norm);
    return bad ? bad : load_vector(l, i, "ffn_norm.weight", TENSOR_REQUIRED, s->DIM, &y->ffn_norm);
}

int dense_load(struct loader *l, struct model *m) {
    int bad = load_host_vector(l, -1, "rope_freqs.weight", TENSOR_OPTIONAL, (uint32_t)m->shape.rope.ROT / 2,
                               &m->shape.rope.factors);
    for (uint32_t i = 0; !bad && i < m->shape.LAYERS; i++) {
        bad = load_attention(l, &m->shape, (int)i, &m->layer[i]);
        if (!bad) bad = load_ffn(l, &m->shape, (int)i, &m->layer[i]);
    }
    return bad;
}

static void attention(const struct step *s, const struct layer *y) {
    const struct shape *p = &s->model->shape;
    const struct work *w = s->work;
    const struct kernels_backend *b = s->backend;
    const int N = s->batch.N, DIM = (int)p->DIM;
    b->norm(s->queue,
            &(struct kernels_norm){
                .x = w->x, .weight = y->attention_norm, .eps = p->eps, .N = N, .GROUPS = 1, .WIDTH = DIM, .y = w->y});
    b->matmul(s->queue, &(struct kernels_matmul){.x = w->y,
                                                 .N = N,
                                                 .COLS = DIM,
                                                 .PARTS = 3,
                                                 .part = {{.w = y->q, .bias = y->q_bias, .y = w->q},
                                                          {.w = y->k, .bias = y->k_bias, .y = w->k},
                                                          {.w = y->v, .bias = y->v_bias, .y = w->v}}});
    b->rope_store(s->queue, &(struct kernels_rope_store){.batch = &s->batch,
                                                         .q = w->q,
                                                         .k = w->k,
                                                         .v = w->v,
                                                         .q_norm = y->q_norm,
                                                         .k_norm = y->k_norm,
                                                         .eps = p->eps,
                                                         .frequency = s->model->frequency,
                                                         .ROT = p->rope.ROT,
                                                         .interleaved = p->interleaved,
                                                         .magnitude = p->rope_magnitude,
                                                         .HEADS = (int)p->HEADS,
                                                         .cache = &y->cache});
    b->attention(s->queue, &(struct kernels_attention){.batch = &s->batch,
                                                       .q = w->q,
                                                       .cache = &y->cache,
                                                       .HEADS = (int)p->HEADS,
                                                       .scale = p->attention_scale,
                                                       .window = (int)p->window,
                                                       .y = w->attended});
    b->matmul(s->queue, &(struct kernels_matmul){.x = w->attended,
                                                 .N = N,
                                                 .COLS = (int)(p->HEADS * p->VALUE),
                                                 .PARTS = 1,
                                                 .part = {{.w = y->o, .bias = y->o_bias, .add = w->x, .y = w->x}}});
}

static void feed_forward(const struct step *s, const struct layer *y) {
    const struct shape *p = &s->model->shape;
    const struct work *w = s->work;
    const struct kernels_backend *b = s->backend;
    const int N = s->batch.N, DIM = (int)p->DIM, FF = (int)p->FF;
    b->norm(s->queue,
            &(struct kernels_norm){
                .x = w->x, .weight = y->ffn_norm, .eps = p->eps, .N = N, .GROUPS = 1, .WIDTH = DIM, .y = w->y});
    if (!p->EXPERTS) {
        b->gate_up(
            s->queue,
            &(struct kernels_gate_up){
                .x = w->y, .gate = y->gate, .up = y->up, .act = p->act, .N = N, .COLS = DIM, .FF = FF, .y = w->inner});
        b->matmul(s->queue,
                  &(struct kernels_matmul){
                      .x = w->inner, .N = N, .COLS = FF, .PARTS = 1, .part = {{.w = y->down, .add = w->x, .y = w->x}}});
        return;
    }
    const int TOPK = (int)p->TOPK, INNER = (int)p->EXPERT_FF;
    b->matmul(s->queue, &(struct kernels_matmul){
                            .x = w->y, .N = N, .COLS = DIM, .PARTS = 1, .part = {{.w = y->router, .y = w->router}}});
    b->route(s->queue, &(struct kernels_route){.logits = w->router,
                                               .renormalise = p->renormalise,
                                               .scale = p->expert_weight_scale,
                                               .N = N,
                                               .EXPERTS = (int)p->EXPERTS,
                                               .TOPK = TOPK,
                                               .expert = w->expert,
                                               .weight = w->expert_weight});
    b->moe_gate_up(s->queue, &(struct kernels_moe_gate_up){.x = w->y,
                                                           .expert = w->expert,
                                                           .gate = y->expert_gate,
                                                           .up = y->expert_up,
                                                           .act = p->act,
                                                           .N = N,
                                                           .TOPK = TOPK,
                                                           .COLS = DIM,
                                                           .FF = INNER,
                                                           .y = w->inner});
    b->moe_down(s->queue, &(struct kernels_moe_down){.x = w->inner,
                                                     .expert = w->expert,
                                                     .weight = w->expert_weight,
                                                     .down = y->expert_down,
                                                     .add = w->x,
                                                     .N = N,
                                                     .TOPK = TOPK,
                                                     .FF = INNER,
                                                     .DIM = DIM,
                                                     .y = w->x});
}

void dense_forward(const struct step *s) {
    for (uint32_t i = 0; i < s->LAYERS; i++) {
        if (s->cancel && atomic_load_explicit(s->cancel, memory_order_relaxed)) return;
        attention(s, &s->model->layer[i]);
        feed_forward(s, &s->model->layer[i]);
    }
}
