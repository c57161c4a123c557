/* bench_model.h - files of real shapes with made-up weights, for the benches. */
#ifndef ASSAY_TESTS_BENCH_MODEL_H
#define ASSAY_TESTS_BENCH_MODEL_H

#include "base/error.h"
#include "kernels.h"

#include <stddef.h>

struct model_shape {
    const char *name, *architecture;
    uint32_t DIM, LAYERS, HEADS, KV_HEADS, KEY, FF, VOCAB;
    uint32_t EXPERTS, TOPK; /* 0 = dense; FF is then one expert's */
};
/* The shapes, in the order of their bytes but for the mixtures, which come last; the output is the embedding in all. */
extern const struct model_shape MODEL_SHAPES[];
extern const size_t MODEL_SHAPE_COUNT;
enum { MODEL_PROMPT_MAX = 8192 }; /* half of the context that the files claim */

/* Bytes of the matrices in `type`: what decides whether a shape fits. */
uint64_t model_shape_bytes(const struct model_shape *s, uint32_t type);
/* The same of those that one token reads: of experts the ones in use. */
uint64_t model_shape_token_bytes(const struct model_shape *s, uint32_t type);
/* Writes the file, through to the disk, and asks the system to forget it, so that loading it is a cold load. */
int model_shape_write(const struct model_shape *s, uint32_t type, const char *path, error *e);

#endif
