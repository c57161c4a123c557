/* kernels.h - the one contract between the language model and the machine that computes it.
 *
 *     engine (src/lm) ──► kernels.h ──► kernels/cpu   linked in, always there, the reference
 *                                  └──► kernels/cuda  libassay-cuda.so, opened at run time
 *
 * A `kernels_backend` is a table of functions. A `device` is one opened CPU or GPU. A `queue` is an ordered list of
 * work on a device: operations are appended and may run later; only queue_sync waits. Weights are opaque: they go in as
 * GGUF rows, are repacked on the way, and can only be used by operations. Everything else is plain device memory
 * (`float *` and `int32_t *` below are device pointers; the host may form offsets from them, and may read them only
 * where info.host_visible is set).
 *
 * Rules that make continuous batching, shared prefixes, captured graphs and speculation possible without another
 * contract
 *   1. Whatever changes from one step to the next lives in device memory (tokens, positions, page tables, state slots,
 *      penalties); what stands in an argument struct is fixed for a given model and number of columns. So a list of
 *      operations can be captured once per column count and replayed. `bound` fields are host-side upper bounds for
 *      launch sizes; results do not depend on them.
 *   2. Each column is computed as if it were alone: strangers in the batch change no result on the CPU (bit for bit),
 *      and on a GPU at most the order of its sums.
 *   3. The cache is paged. A page holds PAGE consecutive positions of one sequence for all KV heads of one layer; every
 *      layer uses the same page numbers. Sequences that share a prefix name the same pages; the engine counts
 * references and copies a page before writing to one that is shared. A page of which the window of a layer needs
 * nothing any more may be named -1.
 *   4. Operations return nothing. The first failure (a shape that does not fit, a launch that failed) is kept in the
 * queue, later operations do nothing, and queue_sync reports it.
 *
 * Shapes, in capitals, row-major, last dimension contiguous:
 *   N columns (tokens) of this step          S sequences of this step       VOCAB tokens the model knows
 *   DIM width of the residual stream         ROWS, COLS of a weight: y[ROWS] = W[ROWS][COLS] x[COLS]
 *   HEADS, KV_HEADS query and key/value heads; HEADS is a multiple of KV_HEADS
 *   KEY, VALUE width of a key (= of a query head) and of a value head
 *   EXPERTS, TOPK experts of a layer, and of them used per column;  FF inner width of a feed-forward block
 *   PAGE positions a cache page, TABLE entries in a row of the page table
 *   STATES, STATE_KEY, STATE_VALUE heads and widths of a recurrent state; TAPS of a short convolution
 * Activations are F32 everywhere; a backend quantises or rounds inside an operation, never between operations. An
 * output may alias an input only where that is said.
 */
#ifndef ASSAY_KERNELS_H
#define ASSAY_KERNELS_H

#include "base/error.h"

#define KERNELS_ABI 3 /* changes whenever this file changes incompatibly; a plug-in with another number is refused */

/* ---- tensor types: the numbers are GGUF's ----------------------------------------------------------------------- */

enum tensor_type {
    TENSOR_F32 = 0,
    TENSOR_F16 = 1,
    TENSOR_Q4_0 = 2,
    TENSOR_Q8_0 = 8,
    TENSOR_Q4_K = 12,
    TENSOR_Q5_K = 13,
    TENSOR_Q6_K = 14,
    TENSOR_BF16 = 30,
    TENSOR_MXFP4 = 39,
    TENSOR_NVFP4 = 40,
    TENSOR_FP8 = 200 /* E4M3, no GGUF type: cache only */
};

struct tensor_type_info {
    const char *name;     /* "Q4_K" */
    unsigned block_count; /* weights a block; a row holds whole blocks */
    unsigned block_bytes;
};

/* NULL for a type that this build cannot compute with. */
const struct tensor_type_info *tensor_type_find(uint32_t gguf_type);
/* Bytes of a row of COLS weights; 0 when the type is unknown, COLS no multiple of its block, or the product overflows.
 */
size_t tensor_row_bytes(uint32_t gguf_type, uint64_t COLS);
/* The meaning of the bytes: `count` weights (whole blocks) from GGUF layout to F32 [count]. Unaligned input is fine.
 * The formulas are those of the layouts' public definitions (llama.cpp's ggml-common.h; OCP MX 1.0 for E8M0 and E2M1).
 */
void tensor_dequantise(enum tensor_type type, const void *blocks, size_t count, float *y);
/* F32 [count] to GGUF blocks, round to nearest: for tests, benches and random models. Q4_K, Q5_K and Q6_K pick scales
 * by range only (no search), so quality is below a tuned quantiser's. */
void tensor_quantise(enum tensor_type type, const float *x, size_t count, void *blocks);

/* ---- devices, memory, queues ------------------------------------------------------------------------------------ */

typedef struct kernels_device kernels_device;
typedef struct kernels_queue kernels_queue;
typedef struct kernels_weight kernels_weight;
typedef struct kernels_graph kernels_graph;

struct kernels_options {
    unsigned threads; /* CPU: workers; 0 = one a physical core the process may run on */
    const char *isa;  /* CPU: "ref", "avx2", "avx512", "neon", "i8mm"; CUDA: "int8" (MXFP4 by int8 products, as on the
                       * CPU) or "mxfp4" (by block-scaled ones, or refused); NULL = the best there is. For tests. */
};

struct kernels_info {
    char name[128];        /* "NVIDIA GB10", "CPU: 2 threads, avx512" */
    char bus[32];          /* PCI address of a GPU, "0000:01:00.0"; empty where there is none */
    uint64_t memory_bytes; /* all of the device's memory */
    uint64_t free_bytes;   /* what can be had now: MemAvailable where memory is unified */
    bool unified;          /* device memory is the host's memory */
    bool host_visible;     /* the host may read and write device pointers after queue_sync */
    bool graphs;       /* graph_* work (that they spare time is true only where launches cost some: not on the CPU) */
    bool cache_fp8;    /* TENSOR_FP8 caches work */
    bool mxfp4_scaled; /* MXFP4 products keep 8 bits of each activation instead of int8 a group: nearer to the exact
                        * result than the CPU's */
    unsigned threads;
};

/* ---- what a step looks like ------------------------------------------------------------------------------------- */

/* N columns of S sequences. All pointers are device memory, filled by the engine before the step. */
struct kernels_batch {
    int N, S;
    const int32_t *token; /* [N] */
    const int32_t *pos;   /* [N] position in its sequence, from 0 */
    const int32_t *seq; /* [N] row of `table`: 0..S-1. Columns of one sequence stand together, positions rising by 1 */
    const int32_t *table; /* [S][TABLE] page that holds positions PAGE*i .. PAGE*i+PAGE-1 */
    int TABLE;
    const int32_t *run; /* [RUNS+1] columns run[r] .. run[r+1]-1 belong to one sequence; run[RUNS] = N */
    int RUNS;
    const int32_t *state; /* [S] slot of the sequence's recurrent state; NULL for models that have none */
    int bound_pos;        /* every pos < bound_pos <= TABLE*PAGE */
};

/* One layer's cache: PAGES pages in each half, one after the other, in memory from `alloc` (zeroed). A page holds PAGE
 * positions of all KV heads, kernels_cache_page_bytes long; what is where inside it is the backend's business, so the
 * engine copies whole pages only. PAGE is a multiple of 32, at most 256. */
struct kernels_cache {
    void *key, *value;     /* value NULL: a value is the first VALUE entries of its key (absorbed MLA) */
    enum tensor_type type; /* F16, F32 or FP8 */
    int PAGE, PAGES, KV_HEADS, KEY, VALUE;
};
/* Bytes of one page of one of the two halves: pass KEY or VALUE as WIDTH. */
static inline size_t kernels_cache_page_bytes(enum tensor_type type, int PAGE, int KV_HEADS, int WIDTH) {
    return (size_t)PAGE * (size_t)KV_HEADS * (size_t)WIDTH * (type == TENSOR_F32 ? 4u : type == TENSOR_F16 ? 2u : 1u);
}

/* ---- arguments of the operations -------------------------------------------------------------------------------- */

/* y[n] = scale * W[token[n]]; the rows of the embedding table (any type). */
struct kernels_embed {
    const kernels_weight *w; /* [VOCAB][DIM] */
    const int32_t *token;    /* [N]; outside 0..VOCAB-1 gives a row of zeros */
    float scale;             /* 1, or sqrt(DIM) for Gemma */
    int N;
    float *y; /* [N][DIM] */
};

/* First x += add (where given), then, per group of WIDTH entries, y = x / sqrt(mean(x^2) + eps) * weight. */
struct kernels_norm {
    float *x;            /* [N][GROUPS*WIDTH]; written only where `add` is given */
    const float *add;    /* same shape, or NULL */
    const float *weight; /* [WIDTH], or NULL for a weightless norm */
    const float *gate;   /* same shape as x: y is multiplied by silu(gate) (gated RMSNorm); NULL = none */
    float eps;
    bool l2; /* divide by max(sqrt(sum(x^2)), eps) instead */
    int N, GROUPS, WIDTH;
    float *y; /* same shape; may be x */
};

/* Up to four products that share x: y = W x + bias + add. All W have the same COLS; one pass over each. */
#define KERNELS_PARTS 4
struct kernels_matmul {
    const float *x; /* [N][COLS] */
    int N, COLS, PARTS;
    struct kernels_part {
        const kernels_weight *w; /* [ROWS][COLS] (EXPERTS = 1) */
        const float *bias;       /* [ROWS] or NULL */
        const float *add;        /* [N][ROWS] or NULL; may be y: a residual connection */
        float *y;                /* [N][ROWS] */
    } part[KERNELS_PARTS];
};

enum kernels_act { ACT_SILU, ACT_GELU_TANH, ACT_GELU_ERF, ACT_RELU };
/* y = act(G x) * (U x): SwiGLU and GeGLU. */
struct kernels_gate_up {
    const float *x;                  /* [N][COLS] */
    const kernels_weight *gate, *up; /* [FF][COLS] */
    enum kernels_act act;
    int N, COLS, FF;
    float *y; /* [N][FF] */
};

/* One matrix a head (absorbed MLA): y[n][h] = W[h] x[n][h]. */
struct kernels_matmul_heads {
    const kernels_weight *w; /* [EXPERTS = HEADS][ROWS][COLS] */
    const float *x;          /* head h of column n at x + n*x_stride + h*x_head_stride, COLS entries */
    int x_stride, x_head_stride;
    int N, HEADS, ROWS, COLS;
    float *y; /* head h of column n at y + n*y_stride + h*y_head_stride, ROWS entries */
    int y_stride, y_head_stride;
};

/* Per column: norm of the heads of q and k, rotation, storing of k and v in the cache. q stays in place.
 *
 * Rotation of the ROT entries from ROT_AT on of each head, i < ROT/2, angle = pos * frequency[i], (a,b) =
 *   interleaved: entries 2i, 2i+1        else (NEOX): entries i, i+ROT/2
 *   (a,b) <- magnitude * (a cos - b sin, a sin + b cos)                            Su et al. 2021, RoFormer, eq. 34 */
struct kernels_rope_store {
    const struct kernels_batch *batch;
    float *q;                     /* [N][HEADS][KEY] */
    float *k;                     /* [N][KV_HEADS][KEY]; may be overwritten */
    float *v;                     /* [N][KV_HEADS][VALUE], may be overwritten; NULL where the cache has no value half */
    const float *q_norm, *k_norm; /* [KEY] weights of an RMSNorm a head, before the rotation; NULL = none */
    bool v_norm;                  /* weightless RMSNorm of each value head */
    float eps;
    const float *frequency; /* [ROT/2], from kernels_rope_frequencies; NULL = no rotation */
    int ROT, ROT_AT;
    bool interleaved;
    float magnitude;   /* YaRN's factor on cos and sin, else 1 */
    float query_scale; /* q *= 1 + query_scale * ln(1 + floor(pos / query_period)); 0 = off */
    int query_period;
    int HEADS;
    const struct kernels_cache
        *cache; /* k, v go to page table[seq][pos/PAGE], place pos%PAGE; key NULL = store nothing */
};

/* Per column and head h: y = softmax_p(cap(scale * q.k_p)) v_p over positions pos-window < p <= pos of its sequence,
 * KV head h / (HEADS/KV_HEADS). The keys of this step's own columns are in the cache already. */
struct kernels_attention {
    const struct kernels_batch *batch;
    const float *q; /* [N][HEADS][KEY] */
    const struct kernels_cache *cache;
    int HEADS;
    float scale;        /* usually 1/sqrt(KEY) */
    float cap;          /* cap(x) = cap * tanh(x / cap); 0 = none */
    int window;         /* 0 = all */
    const float *sinks; /* [HEADS] extra logit that takes part in the sum only; NULL = none */
    float *y;           /* [N][HEADS][VALUE] */
};

/* Router: p = softmax or sigmoid of logits, the TOPK of p + bias (ties: the lower number), weight = p of those. */
struct kernels_route {
    const float *logits;       /* [N][EXPERTS] */
    const float *bias;         /* [EXPERTS] for the selection only, or NULL */
    const float *expert_scale; /* [EXPERTS] multiplied into the weight at the end, or NULL */
    bool sigmoid, renormalise; /* renormalise: the TOPK weights are divided by their sum */
    float scale;               /* multiplied into the weight; 1 = none */
    int N, EXPERTS, TOPK;
    int32_t *expert; /* [N][TOPK], by falling weight */
    float *weight;   /* [N][TOPK] */
};
/* y[n][t] = act(G[e] x[n]) * (U[e] x[n]) with e = expert[n][t]. An expert outside 0..EXPERTS-1 gives zeros. */
struct kernels_moe_gate_up {
    const float *x;                  /* [N][COLS] */
    const int32_t *expert;           /* [N][TOPK] */
    const kernels_weight *gate, *up; /* [EXPERTS][FF][COLS] */
    enum kernels_act act;
    int N, TOPK, COLS, FF;
    float *y; /* [N][TOPK][FF] */
};
/* y[n] = add[n] + sum_t weight[n][t] * D[e] x[n][t], summed in the order of t. */
struct kernels_moe_down {
    const float *x;             /* [N][TOPK][FF] */
    const int32_t *expert;      /* [N][TOPK] */
    const float *weight;        /* [N][TOPK] */
    const kernels_weight *down; /* [EXPERTS][DIM][FF] */
    const float *add;           /* [N][DIM] or NULL; may be y */
    int N, TOPK, FF, DIM;
    float *y; /* [N][DIM] */
};

/* y = scale * (a + b) * sigmoid(gate): the small change of the architectures. b and gate may be NULL. */
struct kernels_combine {
    const float *a, *b; /* [N][WIDTH] */
    const float *gate;  /* [N][WIDTH], or [N][1] where gate_scalar */
    bool gate_scalar;
    int gate_stride; /* entries between the gates of two columns; 0 = tight (WIDTH or 1) */
    float scale;     /* 1 = none */
    int N, WIDTH;
    float *y; /* [N][WIDTH]; may be a or b */
};

/* y[m] = x[index[m]]: the columns whose logits are wanted; cutting a [q|gate] row into its halves. */
struct kernels_gather {
    const float *x;       /* rows of x_stride entries, the first WIDTH are copied */
    const int32_t *index; /* [M]; NULL = 0..M-1 */
    int M, WIDTH, x_stride, y_stride;
    float *y;
};

/* Short causal convolution over time, then SiLU: y[t][c] = silu(sum_j w[c][j] * in[t - TAPS+1 + j][c]), where in[<0]
 * comes from the state: the last TAPS-1 inputs of the sequence, which the operation replaces. */
struct kernels_conv {
    const struct kernels_batch *batch;
    const float *x; /* [N][CHANNELS] */
    const float *w; /* [CHANNELS][TAPS] */
    float *state;   /* [slots][TAPS-1][CHANNELS] */
    int CHANNELS, TAPS;
    float *y; /* [N][CHANNELS] */
};
/* Gated delta rule (Yang, Kautz, Hatamizadeh 2024, "Gated Delta Networks", eq. 10), per column in order and head h with
 * state M [STATE_KEY][STATE_VALUE]:   M *= exp(decay);  u = beta * (v - M^T k);  M += k u^T;  y = scale * M^T q
 * decay = a[h] * softplus(dt[n][h] + dt_bias[h]), beta = sigmoid(b[n][h]). Key head of h is h % KEY_HEADS. */
struct kernels_delta {
    const struct kernels_batch *batch;
    const float *q, *k; /* [N][...] key heads of STATE_KEY entries, columns qk_stride apart */
    const float *v;     /* value heads of STATE_VALUE entries, columns v_stride apart */
    int qk_stride, v_stride;
    const float *dt, *b;      /* [N][STATES] */
    const float *a, *dt_bias; /* [STATES]; a is negative: -exp(A_log), as the converter stores it */
    float *state;             /* [slots][STATES][STATE_KEY][STATE_VALUE] */
    int STATES, KEY_HEADS, STATE_KEY, STATE_VALUE;
    float scale;
    float *y; /* [N][STATES][STATE_VALUE] */
};

/* Logits in place, in this order: cap; repetition (x > 0 ? x / r : x * r) for each listed token; minus presence, minus
 * count * frequency; then -infinity wherever the mask bit is 0. */
struct kernels_logits {
    float *logits;             /* [M][VOCAB] */
    float cap;                 /* 0 = none */
    const int32_t *seen;       /* [M][SEEN] tokens already in the text, each once, -1 ends the list; NULL = none */
    const int32_t *seen_count; /* [M][SEEN] */
    int SEEN;
    float repetition, presence, frequency; /* 1, 0, 0 = none */
    const uint32_t *mask; /* [M][(VOCAB+31)/32], bit t%32 of word t/32 allows token t; NULL = all allowed */
    int M, VOCAB;
};
/* The K highest logits by falling value (ties: the lower token), with the logarithm of sum(exp(logits)): what a host
 * sampler needs. K = 1 is the greedy choice, left on the device so that the next step's embed can read it. NaN loses.
 */
struct kernels_top {
    const float *logits; /* [M][VOCAB] */
    int M, VOCAB, K;
    int32_t *token; /* [M][K] */
    float *value;   /* [M][K], or NULL */
    float *log_sum; /* [M], or NULL */
};

/* ---- the table -------------------------------------------------------------------------------------------------- */

struct kernels_backend {
    uint32_t abi;     /* KERNELS_ABI */
    const char *name; /* "cpu", "cuda" */

    /* Devices there are; 0 with the reason in *e ("no NVIDIA driver on this machine"). */
    unsigned (*count)(error *e);
    /* Opens device `index`; every error names what is missing. `options` NULL = defaults. */
    int (*open)(unsigned index, const struct kernels_options *options, kernels_device **device, error *e);
    void (*close)(kernels_device *device); /* after everything made from it was freed; NULL is allowed */
    void (*info)(kernels_device *device, struct kernels_info *info);

    /* Device memory, zeroed, aligned to 256 bytes; NULL with *e set when there is none. */
    void *(*alloc)(kernels_device *device, size_t size_bytes, error *e);
    void (*free)(kernels_device *device, void *memory); /* NULL is allowed */

    /* Host memory for weights on their way in, aligned to 4096 bytes, to be used in turns: read a piece of the file
     * into it, weight_write its rows from inside it, stage_wait before it is filled again. Rows written from it are not
     * copied on the host; the write may return before they have left. On a GPU it is pinned and the device takes the
     * rows from it by itself. stage_wait may be called from another thread than weight_write; it reports what failed on
     * the way. NULL with *e set when there is no memory; stage_free waits first, NULL is allowed. */
    void *(*stage_alloc)(kernels_device *device, size_t size_bytes, error *e);
    int (*stage_wait)(kernels_device *device, void *stage, error *e);
    void (*stage_free)(kernels_device *device, void *stage);

    /* A weight [EXPERTS][ROWS][COLS] of GGUF type `type`, then its rows in GGUF layout, expert by expert: `first_row`
     * counts over EXPERTS*ROWS, any order, each row once, any number a call (what a direct read of a few MB holds),
     * from several threads at once. weight_finish ends it: ERROR_SCHEMA when rows are missing. `scale`: NULL, or a host
     * array of 1 or EXPERTS factors that multiply every product (NVFP4's X.scale). weight_bytes is what one pass over
     * it reads. */
    kernels_weight *(*weight_new)(kernels_device *device, enum tensor_type type, int EXPERTS, int ROWS, int COLS,
                                  error *e);
    int (*weight_write)(kernels_weight *w, int64_t first_row, int64_t row_count, const void *rows, error *e);
    int (*weight_finish)(kernels_weight *w, const float *scale, int scale_count, error *e);
    void (*weight_free)(kernels_weight *w); /* NULL is allowed */
    size_t (*weight_bytes)(const kernels_weight *w);

    /* A queue serves one thread at a time. bound_N: the most columns an operation on it will see (for its work space).
     */
    kernels_queue *(*queue_new)(kernels_device *device, int bound_N, error *e);
    void (*queue_free)(kernels_queue *q); /* waits first; NULL is allowed */
    int (*queue_sync)(kernels_queue *q,
                      error *e); /* waits; reports and forgets the first failure since the last call */
    /* Copies in queue order. The host side of upload may be reused at once; of download, after queue_sync. Neither
     * waits for the device, downloads of more than a megabyte between two waits excepted. */
    void (*upload)(kernels_queue *q, void *device_to, const void *host_from, size_t size_bytes);
    void (*download)(kernels_queue *q, void *host_to, const void *device_from, size_t size_bytes);
    void (*copy)(kernels_queue *q, void *device_to, const void *device_from, size_t size_bytes); /* no overlap */
    void (*zero)(kernels_queue *q, void *device_to, size_t size_bytes);

    /* Captured graphs, where info.graphs: operations between begin and end are recorded with their arguments (what
     * these point to on the host, a batch or a cache, included), not run. graph_run appends them all to the queue, and
     * they read then what the device memory holds then. Copies within the device are recorded too; uploads and
     * downloads are not allowed in between. A graph belongs to the queue that recorded it and goes before it.
     * graph_end: NULL with the reason, which also is the queue's failure. */
    void (*graph_begin)(kernels_queue *q);
    kernels_graph *(*graph_end)(kernels_queue *q, error *e);
    void (*graph_run)(kernels_queue *q, kernels_graph *g);
    void (*graph_free)(kernels_graph *g);

    void (*embed)(kernels_queue *q, const struct kernels_embed *a);
    void (*norm)(kernels_queue *q, const struct kernels_norm *a);
    void (*matmul)(kernels_queue *q, const struct kernels_matmul *a);
    void (*gate_up)(kernels_queue *q, const struct kernels_gate_up *a);
    void (*matmul_heads)(kernels_queue *q, const struct kernels_matmul_heads *a);
    void (*rope_store)(kernels_queue *q, const struct kernels_rope_store *a);
    void (*attention)(kernels_queue *q, const struct kernels_attention *a);
    void (*route)(kernels_queue *q, const struct kernels_route *a);
    void (*moe_gate_up)(kernels_queue *q, const struct kernels_moe_gate_up *a);
    void (*moe_down)(kernels_queue *q, const struct kernels_moe_down *a);
    void (*combine)(kernels_queue *q, const struct kernels_combine *a);
    void (*gather)(kernels_queue *q, const struct kernels_gather *a);
    void (*conv)(kernels_queue *q, const struct kernels_conv *a);
    void (*delta)(kernels_queue *q, const struct kernels_delta *a);
    void (*logits)(kernels_queue *q, const struct kernels_logits *a);
    void (*top)(kernels_queue *q, const struct kernels_top *a);
};

/* The CPU backend: always there. */
const struct kernels_backend *kernels_cpu(void);
/* For measuring what the CPU's memory gives: a CPU device's threads load size_bytes at `memory` (from its `alloc`)
 * once, by the widest loads it has, and do nothing else. Returns a sum over the bytes, the same for any number of
 * threads. */
uint64_t kernels_cpu_read(kernels_device *device, const void *memory, size_t size_bytes);
/* Bytes that a weight takes on the CPU, where rows come in panels of 16 and the K types have scales of their own: up to
 * 3 % more than in the file. 0 for what weight_new refuses; saturates at UINT64_MAX. */
uint64_t kernels_cpu_weight_bytes(enum tensor_type type, uint64_t EXPERTS, uint64_t ROWS, uint64_t COLS);
/* Opens a plug-in (it exports `kernels_plugin`, of the type below) and checks its KERNELS_ABI; stays loaded.
 * ERROR_SUPPORT with the loader's reason when it cannot be had. */
int kernels_load(const char *library_path, const struct kernels_backend **backend, error *e);
typedef const struct kernels_backend *(*kernels_plugin_function)(void);
#define KERNELS_PLUGIN_SYMBOL "kernels_plugin"

/* ---- rotation frequencies, computed once on the host --------------------------------------------------------------
 */

/* frequency[i] = base^(-2i/ROT), divided by factors[i] where given, or by `linear`; with YaRN (Peng et al. 2023,
 * section 3.4) blended between the scaled and the plain one by the ramp between the two corrected dimensions. */
struct kernels_rope {
    int ROT;
    double base;
    const float *factors;                  /* [ROT/2] (rope_freqs of Llama 3), or NULL */
    double linear;                         /* divisor of all frequencies; 1 = none */
    double yarn_factor;                    /* s of YaRN; 0 or 1 = off */
    double yarn_beta_fast, yarn_beta_slow; /* 32, 1 */
    double yarn_context;                   /* positions the model was trained on */
};
/* Fills frequency [ROT/2] (host memory). */
void kernels_rope_frequencies(const struct kernels_rope *rope, float *frequency);
/* YaRN's magnitude 0.1 * mscale * ln(s) + 1 for s > 1, else 1. */
float kernels_rope_magnitude(double yarn_factor, double mscale);

#endif
