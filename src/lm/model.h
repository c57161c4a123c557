/* model.h - inside the room: what a loaded model consists of, and how an architecture is described.
 *
 * An architecture is one row of the table in arch.c: a name, a function that reads its numbers from the header, one
 * that names its tensors, and one that lists the operations of a step. A new architecture is a new file and a new row.
 */
#ifndef ASSAY_LM_MODEL_H
#define ASSAY_LM_MODEL_H

#include "lm/engine.h"

enum { CACHE_PAGE = 64 };

/* The numbers of a model; shapes in capitals as in kernels.h. */
struct shape {
    uint32_t LAYERS, DIM, VOCAB, HEADS, KV_HEADS, KEY, VALUE, FF;
    uint32_t EXPERTS, TOPK, EXPERT_FF; /* 0 = dense */
    uint32_t trained_context;
    uint32_t window; /* sliding window of all layers; 0 = none */
    float eps;
    enum kernels_act act;
    bool interleaved; /* rotation of neighbouring pairs */
    bool qkv_bias, qk_norm;
    bool renormalise; /* router weights */
    float expert_weight_scale;
    float attention_scale, logits_cap, embedding_scale;
    struct kernels_rope rope;
    float rope_magnitude;
};

struct layer {
    float *attention_norm, *ffn_norm;
    kernels_weight *q, *k, *v, *o;
    float *q_bias, *k_bias, *v_bias, *o_bias, *q_norm, *k_norm;
    kernels_weight *gate, *up, *down;                               /* dense */
    kernels_weight *router, *expert_gate, *expert_up, *expert_down; /* mixture */
    struct kernels_cache cache;
};

/* Work space of a step: device memory for batch_columns columns. */
struct work {
    float *x, *y, *q, *k, *v, *attended, *inner, *router, *expert_weight, *rows, *logits;
    int32_t *expert;
};

struct model {
    const struct arch *arch;
    struct shape shape;
    kernels_weight *embedding, *output; /* output may be the embedding */
    float *output_norm, *frequency;
    struct layer *layer; /* [LAYERS] */
};

/* What a step works on: the batch is on the device. */
struct step {
    const struct kernels_backend *backend;
    kernels_queue *queue;
    const struct model *model;
    const struct work *work;
    struct kernels_batch batch;
    uint32_t LAYERS; /* to be run: all of them, but for a trial of the memory */
    const atomic_int *cancel;
};

/* Tensors by name, while loading; see load.c. */
struct loader;
enum loader_need { TENSOR_REQUIRED, TENSOR_OPTIONAL };
/* A weight [EXPERTS][ROWS][COLS], or a vector [count] as F32. `*out` is NULL when an optional one is absent. Formats
 * the name as printf("blk.%u." name) when layer >= 0. */
int load_weight(struct loader *l, int layer, const char *name, enum loader_need need, uint32_t EXPERTS, uint32_t ROWS,
                uint32_t COLS, kernels_weight **out);
int load_vector(struct loader *l, int layer, const char *name, enum loader_need need, uint32_t count, float **out);
/* The same vector on the host, in the loader's arena. */
int load_host_vector(struct loader *l, int layer, const char *name, enum loader_need need, uint32_t count,
                     const float **out);

struct arch {
    const char *name;
    /* Fills shape from the header; checks that the numbers are usable. */
    int (*configure)(const gguf *g, struct shape *s, error *e);
    /* Loads the layers (everything but embedding and output). */
    int (*load)(struct loader *l, struct model *m);
    /* Lists the operations from w->x (embedded tokens) to w->x (before the output norm). */
    void (*forward)(const struct step *s);
};
extern const struct arch *const ARCHITECTURES[]; /* NULL-terminated */
extern const struct arch arch_llama, arch_mistral, arch_qwen2, arch_qwen3, arch_qwen3moe;

/* known_keys.c: refuses (ERROR_SUPPORT) the first key under the architecture's name that may change what is computed.
 */
int model_check_keys(const gguf *g, error *e);

/* arch_dense.c: the graph of the pre-norm families, driven by the shape. */
int dense_configure(const gguf *g, struct shape *s, error *e);
int dense_load(struct loader *l, struct model *m);
void dense_forward(const struct step *s);

#endif
