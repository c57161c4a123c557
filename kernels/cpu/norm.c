/* norm.c - normalisation of groups:  y = x / sqrt(mean(x^2) + eps) * weight      Zhang & Sennrich 2019, eq. 4
 *
 * Sums run in 16 interleaved partial sums, added in a fixed order.
 */
#include "cpu.h"

static float sum_of_squares(const float *x, int count) {
    float part[16] = {0}, sum = 0;
    int i = 0;
    for (; i + 16 <= count; i += 16)
        for (int k = 0; k < 16; k++) part[k] += x[i + k] * x[i + k];
    for (; i < count; i++) part[i & 15] += x[i] * x[i];
    for (int k = 0; k < 16; k++) sum += part[k];
    return sum;
}

static void norm_columns(void *context, int worker, int lo, int hi) {
    (void)worker;
    const struct kernels_norm *a = context;
    const size_t WIDTH = (size_t)a->WIDTH, row = (size_t)a->GROUPS * WIDTH;
    for (size_t n = (size_t)lo; n < (size_t)hi; n++) {
        float *x = a->x + n * row;
        const float *add = a->add ? a->add + n * row : NULL;
        for (size_t i = 0; add && i < row; i++) x[i] += add[i];
        for (size_t g = 0; g < row; g += WIDTH) {
            float squares = sum_of_squares(x + g, a->WIDTH);
            float scale = a->l2 ? 1 / fmaxf(sqrtf(squares), a->eps) : 1 / sqrtf(squares / (float)a->WIDTH + a->eps);
            float *y = a->y + n * row + g;
            if (a->weight)
                for (size_t i = 0; i < WIDTH; i++) y[i] = x[g + i] * scale * a->weight[i];
            else
                for (size_t i = 0; i < WIDTH; i++) y[i] = x[g + i] * scale;
            const float *gate = a->gate ? a->gate + n * row + g : NULL;
            for (size_t i = 0; gate && i < WIDTH; i++) y[i] *= gate[i] / (1 + expf(-gate[i]));
        }
    }
}

void cpu_norm(kernels_queue *q, const struct kernels_norm *a) {
    if (!queue_ready(q, a->GROUPS >= 1 && a->WIDTH >= 1, "norm: no groups")) return;
    pool_run(q->device->pool, a->N, 8, norm_columns, (void *)(uintptr_t)a);
}
