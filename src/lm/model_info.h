/* model_info.h - what a model file is and what it would cost to run, from its header alone.
 *
 * Decoding is bound by memory: for each token all active weights are read once, and the keys and values of all earlier
 * tokens. So
 *     active bytes  = every tensor, but for the token embedding (one row of it, unless it is the output too) and the
 *                     expert tensors (used / total of them)
 *     ceiling tok/s = bandwidth / (active bytes + KV bytes at the context)
 *
 * KV bytes a token and layer: KV heads x (key length + value length) x 2 bytes (f16); with a compressed cache (MLA)
 * kv_lora_rank + rotary dimensions x 2; layers with a sliding window hold that many tokens at most; recurrent layers
 * hold none (their state is of fixed size and not counted). Key names: the public GGUF converters.
 */
#ifndef ASSAY_LM_MODEL_INFO_H
#define ASSAY_LM_MODEL_INFO_H

#include "base/json.h"
#include "lm/load_memory.h"

#include "lm/gguf.h"

typedef struct model_type_share {
    const gguf_type *type;
    uint32_t tensors;
    uint64_t weights, bytes;
} model_type_share;

typedef struct model_info {
    str name, architecture;
    char quantisation[24]; /* "Q4_K_M", from general.file_type, else the type of most bytes */
    uint32_t files;        /* of a split model */
    uint64_t file_bytes;   /* all files together */
    uint32_t layers, context, embedding, heads, kv_heads; /* kv_heads of the first layer that has any */
    uint32_t experts, experts_used;                       /* 0 for dense models */
    uint64_t vocabulary;                                  /* tokens */
    uint64_t weights, weight_bytes;
    uint64_t active_weights, active_bytes;
    const uint32_t *layer_kv_bytes; /* [layers] bytes a token */
    const uint32_t *layer_window;   /* [layers] tokens that are kept at most; 0 = all */
    const model_type_share *types;  /* largest share of bytes first */
    size_t type_count;
    bool loadable;    /* every tensor's type has kernels */
    str not_loadable; /* else: the first type that has none */
    str why_not; /* what the engine refuses it for: its architecture, a key, a tensor, a tokenizer; empty = it can be
                    run */
} model_info;

/* In the arena. ERROR_SCHEMA when the header lacks the architecture or its block count. */
int model_info_read(arena *a, const gguf_set *set, model_info **out, error *e);
/* Bytes of keys and values for one sequence of `tokens`. */
uint64_t model_info_kv_bytes(const model_info *m, uint64_t tokens);
/* Bytes of a token's keys and values, all layers, before any window is full. */
uint64_t model_info_kv_bytes_token(const model_info *m);
/* Upper bound of decode speed at a context of `tokens`, for one sequence. */
double model_info_ceiling_tok_s(const model_info *m, double bandwidth_gb_s, uint64_t tokens);
/* The plan for memory_check: weights, KV cache, and working buffers for a prefill block of 512 tokens (an estimate: 12
 * vectors of the embedding's width and one of the vocabulary's, in f32). */
void model_info_plan(const model_info *m, uint64_t tokens, uint32_t sessions, memory_plan *plan);

typedef struct model_info_options {
    uint64_t tokens;            /* context; 0 = the smaller of 8192 and the model's */
    uint32_t sessions;          /* sequences at once; 0 = 1 */
    double bandwidth_gb_s;      /* 1e9 bytes a second; 0 = leave the ceiling out */
    const memory_state *memory; /* NULL = leave the comparison out */
} model_info_options;

/* What `assay model info` prints: architecture, sizes, the plan for this context and these sequences, the ceiling. */
void model_info_text(const model_info *m, const model_info_options *o, buf *out);
/* One JSON object; the writer's position is inside whatever the caller opened. */
void model_info_json(const model_info *m, const model_info_options *o, json *out);

#endif
