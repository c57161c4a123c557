/* known_keys.c - which keys under the architecture's name may stand in a header.
 *
 * In: a header. Out: 0, or the first key that may change what the model computes and that nothing here computes by.
 *
 *     llama.rope.freq_base      read by the architecture
 *     llama.vocab_size          says what is seen anyway
 *     llama.logit_scale = 1     would change the result, but not with this value
 *     llama.logit_scale = 0.1   refused, and so is any key that stands in none of these lists
 *
 * A key that is passed over in silence gives a model that answers, and answers worse: the one mistake that nobody would
 * notice. Names: the GGUF specification and the public converters. Not here: keys of the tokenizer and of other rooms
 * ("general.", "tokenizer.", "quantize."), which do not change the graph; tensors (load.c).
 */
#include "lm/model.h"

#include <math.h>

/* Read in arch_dense.c. */
static const str READ[] = {
    STR("block_count"),
    STR("context_length"),
    STR("embedding_length"),
    STR("feed_forward_length"),
    STR("attention.head_count"),
    STR("attention.head_count_kv"),
    STR("attention.key_length"),
    STR("attention.value_length"),
    STR("attention.layer_norm_rms_epsilon"),
    STR("attention.sliding_window"),
    STR("rope.dimension_count"),
    STR("rope.freq_base"),
    STR("rope.scale_linear"),
    STR("rope.scaling.type"),
    STR("rope.scaling.factor"),
    STR("rope.scaling.original_context_length"),
    STR("rope.scaling.attn_factor"),
    STR("rope.scaling.yarn_beta_fast"),
    STR("rope.scaling.yarn_beta_slow"),
    STR("expert_count"),
    STR("expert_used_count"),
    STR("expert_feed_forward_length"),
    STR("expert_weights_scale"),
    STR("expert_weights_norm"),
};

/* True of the file, and no matter to the graph: the vocabulary is as large as its table, the epsilon of a LayerNorm is
 * for norms that these architectures have not, pooling is for embeddings. */
static const str NO_MATTER[] = {
    STR("vocab_size"),   STR("tensor_data_layout"),           STR("rope.scaling.finetuned"),
    STR("pooling_type"), STR("attention.layer_norm_epsilon"),
};

/* Switched off by this value, or one of these two; a bool counts as 0 or 1. */
static const struct {
    str key;
    double off, also;
} OFF[] = {
    {STR("logit_scale"), 1, 0},
    {STR("embedding_scale"), 1, 0},
    {STR("residual_scale"), 1, 0},
    {STR("attention.scale"), 0, 0},
    {STR("attention.causal"), 1, 1},
    {STR("attention.clamp_kqv"), 0, 0},
    {STR("attention.max_alibi_bias"), 0, 0},
    {STR("attn_logit_softcapping"), 0, 0},
    {STR("final_logit_softcapping"), 0, 0},
    {STR("rope.scaling.yarn_ext_factor"), 1, -1},
    {STR("rope.scaling.yarn_attn_factor"), 1, 1},
    {STR("rope.scaling.yarn_log_multiplier"), 0, 0},
    {STR("use_parallel_residual"), 0, 0},
    {STR("swin_norm"), 0, 0},
    {STR("expert_shared_count"), 0, 0},
    {STR("expert_shared_feed_forward_length"), 0, 0},
    {STR("expert_gating_func"), 0, 1}, /* 1 = softmax */
    {STR("expert_group_count"), 0, 1},
    {STR("expert_group_used_count"), 0, 1},
    {STR("leading_dense_block_count"), 0, 0},
    {STR("interleave_moe_layer_step"), 0, 1},
    {STR("moe_every_n_layers"), 0, 1},
    {STR("nextn_predict_layers"), 0, 0},
    {STR("n_deepstack_layers"), 0, 0},
};

static bool listed(str key, const str *list, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (str_eq(key, list[i])) return true;
    return false;
}

static bool as_number(const gguf_value *v, double *out) {
    switch (v->kind) {
    case GGUF_U8:
    case GGUF_U16:
    case GGUF_U32:
    case GGUF_U64:
    case GGUF_BOOL: *out = (double)v->u; return true;
    case GGUF_I8:
    case GGUF_I16:
    case GGUF_I32:
    case GGUF_I64: *out = (double)v->i; return true;
    case GGUF_F32:
    case GGUF_F64: *out = v->f; return true;
    default: return false;
    }
}

static int check_key(const gguf_pair *p, str key, error *e) {
    double value = NAN;
    if (listed(key, READ, COUNT_OF(READ)) || listed(key, NO_MATTER, COUNT_OF(NO_MATTER))) return 0;
    for (size_t i = 0; i < COUNT_OF(OFF); i++) {
        if (!str_eq(key, OFF[i].key)) continue;
        if (as_number(&p->value, &value) && (value == OFF[i].off || value == OFF[i].also)) return 0;
        return error_set(e, ERROR_SUPPORT, "key '%.*s' is %g, and that is not computed here", STR_ARG(p->key), value);
    }
    return error_set(e, ERROR_SUPPORT,
                     "key '%.*s' is not known here, and may change what the model computes: not run. If it is a "
                     "published model, that is worth a report",
                     STR_ARG(str_slice(p->key, 0, 128)));
}

int model_check_keys(const gguf *g, error *e) {
    const ptrdiff_t prefix = g->architecture.n;
    for (size_t i = 0; i < g->pair_count; i++) {
        const str key = g->pairs[i].key;
        if (key.n <= prefix + 1 || key.p[prefix] != '.' || !str_eq(str_slice(key, 0, prefix), g->architecture))
            continue;
        int bad = check_key(&g->pairs[i], str_slice(key, prefix + 1, key.n), e);
        if (bad) return bad;
    }
    return 0;
}
