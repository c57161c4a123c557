/* arch.c - the table of architectures, and the families that are the dense graph with other numbers.
 *
 *     llama, mistral   rotation of neighbouring pairs (GGUF permutes the rows of q and k for it), no bias; llama with
 *                      expert_count is Mixtral: the weights of the chosen experts are made to sum to 1
 *     qwen2            NEOX rotation, bias on q, k and v
 *     qwen3            NEOX rotation, RMSNorm of each q and k head, no bias
 *     qwen3moe         as qwen3; the feed-forward block is a mixture of experts
 */
#include "lm/model.h"

/* Experts where no published model of the architecture has any: how their weights are made is anybody's guess. */
static int configure_dense(const gguf *g, struct shape *s, error *e) {
    if (dense_configure(g, s, e) != 0) return (int)e->code;
    if (!s->EXPERTS) return 0;
    return error_set(e, ERROR_SUPPORT, "a %.*s model with experts (%u of them) is not known here",
                     STR_ARG(g->architecture), s->EXPERTS);
}

static int configure_llama(const gguf *g, struct shape *s, error *e) {
    s->interleaved = true;
    s->renormalise = true;
    return dense_configure(g, s, e);
}
static int configure_mistral(const gguf *g, struct shape *s, error *e) {
    s->interleaved = true;
    return configure_dense(g, s, e);
}
static int configure_qwen2(const gguf *g, struct shape *s, error *e) {
    s->qkv_bias = true;
    return configure_dense(g, s, e);
}
static int configure_qwen3(const gguf *g, struct shape *s, error *e) {
    s->qk_norm = true;
    return configure_dense(g, s, e);
}
static int configure_qwen3moe(const gguf *g, struct shape *s, error *e) {
    s->qk_norm = true;
    s->renormalise = true;
    if (dense_configure(g, s, e) != 0) return (int)e->code;
    if (s->EXPERTS) return 0;
    return error_set(e, ERROR_SCHEMA, "a qwen3moe model without qwen3moe.expert_count");
}

const struct arch arch_llama = {"llama", configure_llama, dense_load, dense_forward};
const struct arch arch_mistral = {"mistral", configure_mistral, dense_load, dense_forward};
const struct arch arch_qwen2 = {"qwen2", configure_qwen2, dense_load, dense_forward};
const struct arch arch_qwen3 = {"qwen3", configure_qwen3, dense_load, dense_forward};
const struct arch arch_qwen3moe = {"qwen3moe", configure_qwen3moe, dense_load, dense_forward};

const struct arch *const ARCHITECTURES[] = {&arch_llama, &arch_mistral, &arch_qwen2, &arch_qwen3, &arch_qwen3moe, NULL};

const char *engine_architecture(size_t i) { return i + 1 < COUNT_OF(ARCHITECTURES) ? ARCHITECTURES[i]->name : NULL; }
