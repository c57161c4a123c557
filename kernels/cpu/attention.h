/* attention.h - one tile of attention: a few query rows against one KV head of one sequence. */
#ifndef ASSAY_KERNELS_CPU_ATTENTION_H
#define ASSAY_KERNELS_CPU_ATTENTION_H

#include "cpu.h"

enum { ATTENTION_ROWS = 8, ATTENTION_PAGE_MAX = 256 };

/* On the CPU a page of keys is stored as [KV_HEADS][KEY][PAGE] - positions are lanes - and of values as
 * [KV_HEADS][PAGE][VALUE]. */
struct attention_tile {
    const struct kernels_cache *cache;
    const int32_t *table; /* this sequence's pages */
    int kv_head, rows;    /* rows <= ATTENTION_ROWS */
    const float *q[ATTENTION_ROWS];
    float *y[ATTENTION_ROWS];
    int pos[ATTENTION_ROWS]; /* a row sees positions max(0, pos-window+1) .. pos */
    float sink[ATTENTION_ROWS];
    bool sinks;
    float scale, cap;
    int window; /* 0 = all */
};

void attend_ref(const struct attention_tile *t);
void attend_avx2(const struct attention_tile *t);
void attend_avx512(const struct attention_tile *t);
void attend_neon(const struct attention_tile *t);
void glu_ref(enum kernels_act act, float *g, const float *u, int count);
void glu_avx2(enum kernels_act act, float *g, const float *u, int count);
void glu_avx512(enum kernels_act act, float *g, const float *u, int count);
void glu_neon(enum kernels_act act, float *g, const float *u, int count);
uint64_t read_ref(const uint8_t *p, size_t n);
uint64_t read_avx2(const uint8_t *p, size_t n);
uint64_t read_avx512(const uint8_t *p, size_t n);
uint64_t read_neon(const uint8_t *p, size_t n);

#endif
