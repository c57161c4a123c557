/* plugin.cuh - what the files of the CUDA backend share: device, weight, queue, and how a kernel is launched.
 *
 * Errors: the first failure of a queue is kept and every later operation returns at once (queue_ready); each launch is
 * followed by a look at cudaGetLastError, each runtime call by a look at its result. Nothing prints or exits.
 */
#ifndef ASSAY_KERNELS_CUDA_PLUGIN_CUH
#define ASSAY_KERNELS_CUDA_PLUGIN_CUH

#include "pack.cuh"

#include <pthread.h>
#include <stdlib.h>

/* Memory of stage_alloc: pinned, with a stream of its own. `device` is where its bytes are copied before they are
 * repacked; NULL where memory is unified and the kernel reads the pinned bytes themselves. */
struct stage {
    struct stage *next;
    uint8_t *host, *device;
    size_t size_bytes;
    cudaStream_t stream;
};

/* Staging for rows that lie elsewhere: pinned host memory, a copy on the device, and the event that frees the slot. */
enum { SLOTS = 4, SLOT_BYTES = 4 << 20 };
struct upload_slot {
    uint8_t *host, *device;
    cudaEvent_t done;
    cudaStream_t stream;
    bool busy; /* a thread holds it */
};

struct kernels_device {
    int index, processors;
    bool unified, block_scale; /* block_scale: MXFP4 by PRODUCT_MXFP4_SCALED */
    char name[128], bus[32];
    uint64_t memory_bytes;
    pthread_mutex_t lock;
    pthread_cond_t freed;
    struct upload_slot slot[SLOTS];
    struct stage *stages; /* under the lock */
};

struct kernels_weight {
    kernels_device *device;
    enum tensor_type type;
    int EXPERTS, ROWS, COLS;
    int tiles, records;  /* an expert: row tiles; a row tile: records */
    size_t expert_bytes; /* tiles * records * BYTES */
    uint8_t *data;
    float *scale;   /* device: [EXPERTS] or NULL */
    int64_t missing; /* rows not yet written; under the device's lock */
};

/* Work space of a queue. A slot grows by a new block; the old ones stay until the queue goes, because captured graphs
 * may name them. */
enum work { WORK_OPERAND, WORK_OPERAND_SCALE, WORK_VALUES, WORK_GROUPS, WORK_PARTS, WORKS };

enum { RETURNS = 16 };
struct returned {
    void *to;
    size_t at, size_bytes;
};

struct kernels_queue {
    kernels_device *device;
    cudaStream_t stream;
    error failure; /* ERROR_NONE = none */
    bool capturing;
    int bound_N;
    struct {
        uint8_t *p;
        size_t capacity;
    } work[WORKS];
    void **retired;
    int retired_count;
    uint8_t *returning; /* pinned: small downloads land here, and reach the caller's memory in queue_sync */
    size_t returning_at;
    struct returned returned[RETURNS];
    int returned_count;
    uint8_t *landing; /* pinned: uploads pass through it so that the caller's memory may be reused at once */
    size_t landing_at;
    cudaEvent_t landed;
};

struct kernels_graph {
    cudaGraphExec_t run;
};

/* ---- plugin.cu ---- */
void queue_fail(kernels_queue *q, enum error_code code, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* True when the operation may run: nothing failed before and `fits` holds (else `what` is the failure). */
bool queue_ready(kernels_queue *q, bool fits, const char *what);
bool queue_ok(kernels_queue *q, cudaError_t result, const char *what);
/* Device memory of at least size_bytes for this operation; NULL, with the failure kept, when there is none. */
void *queue_work(kernels_queue *q, enum work slot, size_t size_bytes);

/* True for errors after which nothing runs on the device any more in this process. */
bool device_lost(cudaError_t result);
/* ERROR_MEMORY or ERROR_IO with the device's name; `what` as in "no memory on NAME for WHAT". */
int device_error(error *e, const kernels_device *d, cudaError_t result, const char *what);

/* ---- the operations ---- */
void cuda_embed(kernels_queue *q, const struct kernels_embed *a);
void cuda_norm(kernels_queue *q, const struct kernels_norm *a);
void cuda_matmul(kernels_queue *q, const struct kernels_matmul *a);
void cuda_gate_up(kernels_queue *q, const struct kernels_gate_up *a);
void cuda_matmul_heads(kernels_queue *q, const struct kernels_matmul_heads *a);
void cuda_rope_store(kernels_queue *q, const struct kernels_rope_store *a);
void cuda_attention(kernels_queue *q, const struct kernels_attention *a);
void cuda_route(kernels_queue *q, const struct kernels_route *a);
void cuda_moe_gate_up(kernels_queue *q, const struct kernels_moe_gate_up *a);
void cuda_moe_down(kernels_queue *q, const struct kernels_moe_down *a);
void cuda_combine(kernels_queue *q, const struct kernels_combine *a);
void cuda_gather(kernels_queue *q, const struct kernels_gather *a);
void cuda_conv(kernels_queue *q, const struct kernels_conv *a);
void cuda_delta(kernels_queue *q, const struct kernels_delta *a);
void cuda_logits(kernels_queue *q, const struct kernels_logits *a);
void cuda_top(kernels_queue *q, const struct kernels_top *a);

/* ---- weight.cu ---- */
void *cuda_stage_alloc(kernels_device *d, size_t size_bytes, error *e);
int cuda_stage_wait(kernels_device *d, void *stage, error *e);
void cuda_stage_free(kernels_device *d, void *stage);
kernels_weight *cuda_weight_new(kernels_device *d, enum tensor_type type, int EXPERTS, int ROWS, int COLS, error *e);
int cuda_weight_write(kernels_weight *w, int64_t first_row, int64_t row_count, const void *rows, error *e);
int cuda_weight_finish(kernels_weight *w, const float *scale, int scale_count, error *e);
void cuda_weight_free(kernels_weight *w);
size_t cuda_weight_bytes(const kernels_weight *w);

#if defined(ASSAY_EMULATE)
#define LAUNCH(q, name, kernel, grid, block, shared, ...)                                                              \
    (emulate_name(name), emulate_launch((q)->stream, (grid), (block), (shared), kernel, __VA_ARGS__), queue_ok((q), cudaGetLastError(), name))
#else
#define LAUNCH(q, name, kernel, grid, block, shared, ...)                                                              \
    (kernel<<<(grid), (block), (shared), (q)->stream>>>(__VA_ARGS__), queue_ok((q), cudaGetLastError(), name))
#endif

static inline unsigned ceil_div(int64_t a, int64_t b) { return (unsigned)((a + b - 1) / b); }

#endif
