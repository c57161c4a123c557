/* load_stream.h - the bytes of many tensors from the file to the device, in the order of the file, through a ring of
 * memory that the device takes them from (stage_alloc). */
#ifndef ASSAY_LM_LOAD_STREAM_H
#define ASSAY_LM_LOAD_STREAM_H

#include "lm/engine_impl.h"

enum { LOAD_STREAM_BYTES = 16 << 20, LOAD_STREAM_SLOTS = 4 }; /* of a piece, where engine_options do not say; pieces */

/* A tensor that is wanted: rows for a weight, or all of it as F32 for `vector` (device memory). */
struct load_job {
    const gguf_tensor *tensor;
    kernels_weight *weight; /* NULL: vector */
    float *vector;          /* [count] */
    const float *scale;     /* [scale_count] of the weight, for weight_finish; NULL = none */
    int scale_count;
    size_t row_bytes; /* of the vector: all of it */
};

struct load_stream {
    engine *g;
    const gguf_set *set;
    arena *a;
    uint64_t done_bytes, all_bytes; /* for the progress */
    VEC(struct load_job) jobs;
};

/* Reads everything that the jobs want and finishes the weights. The order of `jobs` changes. Errors: reading, memory, a
 * row longer than 1 GiB (ERROR_LIMIT), cancellation (looked at between pieces). */
int load_stream_run(struct load_stream *s, error *e);
/* Adds to what was read, tells who watches, and asks whether to go on: ERROR_CANCELLED when not. */
int load_stream_advance(struct load_stream *s, uint64_t bytes, error *e);

#endif
