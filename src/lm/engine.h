/* engine.h - a loaded model, and texts being written with it.
 *
 *     engine    the weights on one device, and a pool of cache pages       one per model; not for two threads at once
 *     session   one text: its tokens and the pages that hold their keys and values
 *
 *     session A  [page 3][page 7][page 1]         a fork names the same pages; whoever writes to a page that others
 * name fork  B    [page 3][page 7][page 9]         too gets a copy of it first, so a shared prefix is computed once
 *
 * engine_step appends tokens to any number of sessions in one pass over the weights and leaves logits. A step that
 * fails or is cancelled leaves every session as it was. Each session's result is that of a session alone: bit for bit
 * on the CPU.
 */
#ifndef ASSAY_LM_ENGINE_H
#define ASSAY_LM_ENGINE_H

#include "kernels.h"
#include "lm/gguf.h"

#include <stdatomic.h>

typedef struct engine engine;
typedef struct session session;

/* Steps of up to 8 columns as captured graphs (kernels.h): the same results with and without. */
enum engine_graphs {
    ENGINE_GRAPHS_AUTO, /* where launching costs something: on a GPU */
    ENGINE_GRAPHS_OFF,
    ENGINE_GRAPHS_ALWAYS /* on the CPU too: for tests */
};

struct engine_options {
    uint32_t context_tokens;     /* longest session; 0 = what the model was trained on, at most 32,768 */
    uint32_t cache_tokens;       /* positions that all sessions together may hold; 0 = context_tokens */
    uint32_t batch_columns;      /* most tokens in one pass; longer prompts take several; 0 = 512 */
    uint32_t batch_sessions;     /* most sessions in one pass; 0 = 64 */
    enum tensor_type cache_type; /* TENSOR_F16, TENSOR_F32 (= 0, so state it), TENSOR_FP8 where the device has it */
    enum engine_graphs graphs;
    uint32_t piece_bytes;     /* of the ring that loading goes through; 0 = 16 MiB (there are four) */
    const atomic_int *cancel; /* looked at between layers: not 0 = stop with ERROR_CANCELLED; NULL = never */
    /* Called while loading, with bytes done and bytes in all; NULL = nobody watches. */
    void (*progress)(void *context, uint64_t done_bytes, uint64_t all_bytes);
    void *progress_context;
};

struct engine_info {
    str architecture; /* "qwen3moe" */
    uint32_t layers, vocabulary, context_tokens, trained_context_tokens;
    uint64_t weight_bytes;      /* on the device */
    uint64_t token_bytes;       /* weights that one decoded token reads (experts: the ones in use) */
    uint64_t cache_bytes;       /* of the page pool */
    uint64_t cache_token_bytes; /* keys and values of one position */
    uint64_t work_bytes;        /* of the widest step: what stands between its operations, logits, page tables */
    uint64_t loading_bytes;     /* of the host, while the model is loaded: the ring */
};

/* What loading will take on the device, from the header alone. Same errors as engine_open for an architecture, type or
 * shape that cannot be had; no tensor is read. */
int engine_measure(const gguf *g, const struct engine_options *options, struct engine_info *info, error *e);
/* Loads the model. The set is only needed during the call; backend and device must outlive the engine. Errors: an
 * architecture or tensor type that this build has not got (ERROR_SUPPORT, named), a missing tensor or one of another
 * shape (ERROR_SCHEMA), reading, memory, cancellation. */
int engine_open(const gguf_set *set, const struct kernels_backend *backend, kernels_device *device,
                const struct engine_options *options, engine **out, error *e);
/* One step as large as the options allow, at the end of the context, and the graphs of small ones with `top`: so that
 * what does not fit in memory, or a launch that fails, is known before anybody waits for a text. On the host's memory
 * one layer is run, since the others are like it, and the cache is written through: memory that is only promised is
 * found missing when it is touched. Does nothing where there are texts. Errors as of a step. */
int engine_warm_up(engine *g, uint32_t top, error *e);
void engine_close(engine *g); /* after its sessions; NULL is allowed */
const struct engine_info *engine_describe(const engine *g);
/* The i-th architecture that this build can run, for messages and listings; NULL behind the last. */
const char *engine_architecture(size_t i);

/* An empty text. */
int session_new(engine *g, session **out, error *e);
void session_free(session *s); /* NULL is allowed */
/* A second text that begins with the first `length` tokens of `s` (at most its length); shares their pages. */
int session_fork(const session *s, uint32_t length, session **out, error *e);
/* Forgets the tokens from `length` on. */
void session_truncate(session *s, uint32_t length);
/* Its tokens so far. */
uint32_t session_length(const session *s);
/* The tokens so far; valid until the next step. */
const uint32_t *session_tokens(const session *s);

struct engine_input {
    session *session;       /* each at most once a step */
    const uint32_t *tokens; /* [count], appended to the session */
    uint32_t count;         /* >= 1 */
    uint32_t want;          /* logits wanted after each of the last `want` tokens; 0 = none */
};
/* One step. ERROR_LIMIT when a session would outgrow context_tokens, or when all pages are in use, with the arithmetic;
 * ERROR_USAGE for a token that the vocabulary has not got. */
int engine_step(engine *g, const struct engine_input *inputs, uint32_t count, error *e);
/* The same, and what is wanted of its result in the same wait for the device: reading a token so costs one wait, not
 * two. With `top`: token, value [rows][top] and log_sum [rows] as of engine_top; value and log_sum may be NULL. With
 * `logits`: the rows, for engine_logits to point into. `fetch` NULL = neither. */
struct engine_fetch {
    uint32_t top; /* the best of each row; 0 = none */
    int32_t *token;
    float *value, *log_sum;
    bool logits;
};
int engine_step_fetch(engine *g, const struct engine_input *inputs, uint32_t count, const struct engine_fetch *fetch,
                      error *e);
/* Logits [vocabulary] of the last step: rows in the order of the inputs, `want` rows each. On the host, valid until the
 * next step; NULL for a row that there is not. Fetched from the device at the first call after a step. */
const float *engine_logits(engine *g, uint32_t row);
/* The K best of each row instead, chosen on the device: token and value [rows][K] by falling value, log_sum [rows] of
 * the whole row. Any of value, log_sum may be NULL. */
int engine_top(engine *g, uint32_t K, int32_t *token, float *value, float *log_sum, error *e);

#endif
