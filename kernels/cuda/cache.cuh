/* cache.cuh - the paged cache as rope.cu writes it and attention.cu reads it. */
#ifndef ASSAY_KERNELS_CUDA_CACHE_CUH
#define ASSAY_KERNELS_CUDA_CACHE_CUH

#include "plugin.cuh"

/* Widths up to 2048 keep a head in shared memory. */
static inline bool cache_fits(const struct kernels_cache *c) {
    return c->PAGE >= 1 && c->KV_HEADS >= 1 && c->KEY >= 1 && c->KEY <= 2048 && c->VALUE >= 0 && c->VALUE <= 2048 &&
           (c->type == TENSOR_F16 || c->type == TENSOR_F32 || c->type == TENSOR_FP8);
}

#endif
