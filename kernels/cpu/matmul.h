/* matmul.h - the one matrix product of the CPU backend, shared by dense, per-head and expert operations.
 *
 * A job is one matrix (or gate and up together) with the columns that go through it; a list of jobs runs as one loop
 * over all their panels. Each job's columns are first turned into tiles.
 */
#ifndef ASSAY_KERNELS_CPU_MATMUL_H
#define ASSAY_KERNELS_CPU_MATMUL_H

#include "cpu.h"

struct matmul_job {
    const kernels_weight *w, *up; /* up: y = act(w x) * (up x), else NULL */
    enum kernels_act act;
    int expert;
    int N;
    const float *x; /* column i at x + from[i] (from NULL: i) * x_stride */
    const int32_t *from;
    size_t x_stride;
    float *y; /* likewise with to[i] */
    const int32_t *to;
    size_t y_stride;
    const float *bias; /* [ROWS] or NULL */
    const float *add;  /* addressed as y; NULL = none */
    /* filled by matmul_run */
    const uint8_t *int_tiles, *float_tiles;
    int first_tile, first_item;
};

/* Jobs with the same x and columns may share tiles: `share` says that all of them do. */
void matmul_run(kernels_queue *q, struct matmul_job *jobs, int count, bool share);

#endif
