/* recurrent.c - layers that carry a state instead of a cache: the short convolution and the gated delta rule.
 *
 * Columns of one sequence run in order; heads and channels run in parallel. The formulas stand in kernels.h.
 */
#include "cpu.h"

static float silu(float x) { return x / (1 + expf(-x)); }

static void conv_channels(void *context, int worker, int lo, int hi) {
    (void)worker;
    const struct kernels_conv *a = context;
    const size_t CHANNELS = (size_t)a->CHANNELS;
    const int KEPT = a->TAPS - 1;
    for (int n = 0; n < a->batch->N; n++) {
        float *state = a->state + (size_t)a->batch->state[a->batch->seq[n]] * (size_t)KEPT * CHANNELS;
        for (size_t c = (size_t)lo; c < (size_t)hi; c++) {
            float x = a->x[(size_t)n * CHANNELS + c], sum = 0;
            const float *w = a->w + c * (size_t)a->TAPS;
            for (int j = 0; j < KEPT; j++) sum += w[j] * state[(size_t)j * CHANNELS + c];
            sum += w[KEPT] * x;
            for (int j = 0; j + 1 < KEPT; j++) state[(size_t)j * CHANNELS + c] = state[(size_t)(j + 1) * CHANNELS + c];
            if (KEPT > 0) state[(size_t)(KEPT - 1) * CHANNELS + c] = x;
            a->y[(size_t)n * CHANNELS + c] = silu(sum);
        }
    }
}
void cpu_conv(kernels_queue *q, const struct kernels_conv *a) {
    if (!queue_ready(q, a->batch->state && a->TAPS >= 1, "conv: no state")) return;
    pool_run(q->device->pool, a->CHANNELS, 512, conv_channels, (void *)(uintptr_t)a);
}

static void delta_head(const struct kernels_delta *a, int n, int h) {
    const size_t K = (size_t)a->STATE_KEY, V = (size_t)a->STATE_VALUE, STATES = (size_t)a->STATES;
    float *m = a->state + ((size_t)a->batch->state[a->batch->seq[n]] * STATES + (size_t)h) * K * V;
    const float *q = a->q + (ptrdiff_t)n * a->qk_stride + (size_t)(h % a->KEY_HEADS) * K;
    const float *k = a->k + (ptrdiff_t)n * a->qk_stride + (size_t)(h % a->KEY_HEADS) * K;
    const float *v = a->v + (ptrdiff_t)n * a->v_stride + (size_t)h * V;
    float *y = a->y + ((size_t)n * STATES + (size_t)h) * V;
    float raw = a->dt[(size_t)n * STATES + (size_t)h] + a->dt_bias[h];
    float decay = expf(a->a[h] * (raw > 20 ? raw : log1pf(expf(raw))));
    float beta = 1 / (1 + expf(-a->b[(size_t)n * STATES + (size_t)h]));
    for (size_t j = 0; j < V; j++) y[j] = 0;
    for (size_t i = 0; i < K; i++)
        for (size_t j = 0; j < V; j++) {
            m[i * V + j] *= decay;
            y[j] += m[i * V + j] * k[i];
        }
    for (size_t j = 0; j < V; j++) y[j] = beta * (v[j] - y[j]); /* u */
    for (size_t i = 0; i < K; i++)
        for (size_t j = 0; j < V; j++) m[i * V + j] += k[i] * y[j];
    for (size_t j = 0; j < V; j++) y[j] = 0;
    for (size_t i = 0; i < K; i++)
        for (size_t j = 0; j < V; j++) y[j] += m[i * V + j] * q[i];
    for (size_t j = 0; j < V; j++) y[j] *= a->scale;
}
static void delta_heads(void *context, int worker, int lo, int hi) {
    (void)worker;
    const struct kernels_delta *a = context;
    for (int h = lo; h < hi; h++)
        for (int n = 0; n < a->batch->N; n++) delta_head(a, n, h);
}
void cpu_delta(kernels_queue *q, const struct kernels_delta *a) {
    if (!queue_ready(q, a->batch->state && a->KEY_HEADS >= 1, "delta: no state")) return;
    pool_run(q->device->pool, a->STATES, 1, delta_heads, (void *)(uintptr_t)a);
}
