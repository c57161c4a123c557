/* step.c - the small operations of a step: embedding rows, combinations, gathering columns. */
#include "cpu.h"

void cpu_embed(kernels_queue *q, const struct kernels_embed *a) {
    if (!queue_ready(q, a->w->EXPERTS == 1, "embed: the table has experts")) return;
    const int DIM = a->w->COLS;
    for (int n = 0; n < a->N; n++) {
        float *y = a->y + (size_t)n * (size_t)DIM;
        int token = a->token[n];
        if (token < 0 || token >= a->w->ROWS) {
            memset(y, 0, (size_t)DIM * sizeof *y);
            continue;
        }
        unpack_row(a->w->layout, DIM, weight_panel(a->w, 0, token / PANEL), token % PANEL, y);
        float scale = a->scale * (a->w->scale ? a->w->scale[0] : 1);
        for (int i = 0; scale != 1 && i < DIM; i++) y[i] *= scale;
    }
}

static void combine_columns(void *context, int worker, int lo, int hi) {
    (void)worker;
    const struct kernels_combine *a = context;
    const size_t WIDTH = (size_t)a->WIDTH, gate_stride = a->gate_stride   ? (size_t)a->gate_stride
                                                         : a->gate_scalar ? 1
                                                                          : WIDTH;
    for (size_t n = (size_t)lo; n < (size_t)hi; n++)
        for (size_t i = 0; i < WIDTH; i++) {
            float value = a->a[n * WIDTH + i];
            if (a->b) value += a->b[n * WIDTH + i];
            if (a->gate) value *= 1 / (1 + expf(-a->gate[n * gate_stride + (a->gate_scalar ? 0 : i)]));
            a->y[n * WIDTH + i] = value * a->scale;
        }
}
void cpu_combine(kernels_queue *q, const struct kernels_combine *a) {
    if (!queue_ready(q, a->a && a->y, "combine: nothing to combine")) return;
    pool_run(q->device->pool, a->N, 16, combine_columns, (void *)(uintptr_t)a);
}

void cpu_gather(kernels_queue *q, const struct kernels_gather *a) {
    if (!queue_ready(q, a->WIDTH >= 0, "gather: negative width")) return;
    for (int m = 0; m < a->M; m++)
        memcpy(a->y + (ptrdiff_t)m * a->y_stride, a->x + (ptrdiff_t)(a->index ? a->index[m] : m) * a->x_stride,
               (size_t)a->WIDTH * sizeof *a->y);
}
