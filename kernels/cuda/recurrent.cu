/* recurrent.cu - layers that carry a state: the short convolution and the gated delta rule.
 *
 *     conv    a thread a (sequence, channel); walks the sequence's columns in order, the last TAPS-1 inputs in registers
 *     delta   a block a (sequence, head, 32 values): 4 lanes share a value column j of the state, each holding every
 *             fourth row in registers (32 floats for a state of 128 rows), so that the state is read and written once a
 *             step, however many columns there are:
 *                 lane p of column j:  rows p, p+4, …      M^T k = sum over rows, then over the 4 lanes
 *
 * Bytes: delta, decoding one column: the state twice (2 x 64 KiB a head at 128 x 128), the floor; the rest is small.
 * Considered and not done: the chunked form (products of columns within a chunk) for prefill: fewer passes than one step a
 * column, but its rounding differs from the step form, and prefill of these layers is a small share of the whole.
 */
#include "plugin.cuh"

namespace {

enum { TAPS_MAX = 8, ROWS_A_LANE = 32 };

DEV float silu(float x) { return x / (1.0f + expf(-x)); }
/* Is column n the first of its sequence in this step? Runs may cut a sequence; its first run then does all of it. */
DEV bool starts_sequence(const struct kernels_batch &b, int n) { return n == 0 || b.seq[n - 1] != b.seq[n]; }

struct conv_arguments {
    struct kernels_conv a;
    struct kernels_batch b;
};
__global__ void __launch_bounds__(128) conv_kernel(conv_arguments all) {
    const struct kernels_conv &a = all.a;
    const struct kernels_batch &b = all.b;
    const int c = (int)(blockIdx.x * 128 + threadIdx.x), KEPT = a.TAPS - 1;
    int n = b.run[blockIdx.y];
    if (c >= a.CHANNELS || n >= b.N || !starts_sequence(b, n)) return;
    const int sequence = b.seq[n];
    float *state = a.state + (size_t)b.state[sequence] * (size_t)KEPT * (size_t)a.CHANNELS + (size_t)c;
    const float *w = a.w + (size_t)c * (size_t)a.TAPS;
    float kept[TAPS_MAX - 1], tap[TAPS_MAX];
#pragma unroll
    for (int j = 0; j < TAPS_MAX - 1; j++) kept[j] = j < KEPT ? state[(size_t)j * (size_t)a.CHANNELS] : 0.0f;
#pragma unroll
    for (int j = 0; j < TAPS_MAX; j++) tap[j] = j < a.TAPS ? w[j] : 0.0f;
    for (; n < b.N && b.seq[n] == sequence; n++) {
        float x = a.x[(size_t)n * (size_t)a.CHANNELS + (size_t)c], sum = 0;
#pragma unroll
        for (int j = 0; j < TAPS_MAX; j++) {
            if (j < KEPT) sum += tap[j] * kept[j < TAPS_MAX - 1 ? j : 0];
            if (j == KEPT) sum += tap[j] * x;
        }
#pragma unroll
        for (int j = 0; j < TAPS_MAX - 1; j++) kept[j] = j + 1 < KEPT ? kept[j + 1 < TAPS_MAX - 1 ? j + 1 : j] : j + 1 == KEPT ? x : kept[j];
        a.y[(size_t)n * (size_t)a.CHANNELS + (size_t)c] = silu(sum);
    }
#pragma unroll
    for (int j = 0; j < TAPS_MAX - 1; j++)
        if (j < KEPT) state[(size_t)j * (size_t)a.CHANNELS] = kept[j];
}

struct delta_arguments {
    struct kernels_delta a;
    struct kernels_batch b;
};
/* KEPT: the state's rows fit into registers; else they are worked on in memory. */
template <bool KEPT> __global__ void __launch_bounds__(128) delta_kernel(delta_arguments all) {
    const struct kernels_delta &a = all.a;
    const struct kernels_batch &b = all.b;
    const int part = (int)threadIdx.x % 4, j = (int)(blockIdx.x * 32 + threadIdx.x / 4), h = (int)blockIdx.y;
    int n = b.run[blockIdx.z];
    if (n >= b.N || !starts_sequence(b, n)) return; /* the whole block */
    const int sequence = b.seq[n], K = a.STATE_KEY, V = a.STATE_VALUE;
    const bool in = j < V;
    float *state = a.state + ((size_t)b.state[sequence] * (size_t)a.STATES + (size_t)h) * (size_t)K * (size_t)V + (size_t)(in ? j : 0);
    float m[ROWS_A_LANE];
#pragma unroll
    for (int i = 0; i < ROWS_A_LANE && KEPT; i++) m[i] = in && i * 4 + part < K ? state[(size_t)(i * 4 + part) * (size_t)V] : 0.0f;
    for (; n < b.N && b.seq[n] == sequence; n++) {
        const float *k = a.k + (int64_t)n * a.qk_stride + (int64_t)(h % a.KEY_HEADS) * K;
        const float *q = a.q + (int64_t)n * a.qk_stride + (int64_t)(h % a.KEY_HEADS) * K;
        const size_t nh = (size_t)n * (size_t)a.STATES + (size_t)h;
        const float raw = a.dt[nh] + a.dt_bias[h];
        const float decay = expf(a.a[h] * (raw > 20.0f ? raw : log1pf(expf(raw)))), beta = 1.0f / (1.0f + expf(-a.b[nh]));
        float old = 0, out = 0;
        if (KEPT) {
#pragma unroll
            for (int i = 0; i < ROWS_A_LANE; i++) {
                m[i] *= decay;
                if (i * 4 + part < K) old += m[i] * k[i * 4 + part];
            }
        } else {
            for (int i = part; i < K && in; i += 4) old += (state[(size_t)i * (size_t)V] *= decay) * k[i];
        }
        old += shuffle_xor(old, 1);
        old += shuffle_xor(old, 2);
        const float u = beta * ((in ? a.v[(int64_t)n * a.v_stride + (int64_t)h * V + j] : 0.0f) - old);
        if (KEPT) {
#pragma unroll
            for (int i = 0; i < ROWS_A_LANE; i++)
                if (i * 4 + part < K) {
                    m[i] += k[i * 4 + part] * u;
                    out += m[i] * q[i * 4 + part];
                }
        } else {
            for (int i = part; i < K && in; i += 4) out += (state[(size_t)i * (size_t)V] += k[i] * u) * q[i];
        }
        out += shuffle_xor(out, 1);
        out += shuffle_xor(out, 2);
        if (in && part == 0) a.y[nh * (size_t)V + (size_t)j] = a.scale * out;
    }
#pragma unroll
    for (int i = 0; i < ROWS_A_LANE && KEPT; i++)
        if (in && i * 4 + part < K) state[(size_t)(i * 4 + part) * (size_t)V] = m[i];
}

} // namespace

void cuda_conv(kernels_queue *q, const struct kernels_conv *a) {
    if (!queue_ready(q, a->batch->state && a->TAPS >= 1 && a->TAPS <= TAPS_MAX, "conv: no state, or over 8 taps") || a->batch->N == 0) return;
    conv_arguments all = {*a, *a->batch};
    LAUNCH(q, "convolution", conv_kernel, dim3(ceil_div(a->CHANNELS, 128), (unsigned)a->batch->RUNS), dim3(128), 0, all);
}

void cuda_delta(kernels_queue *q, const struct kernels_delta *a) {
    if (!queue_ready(q, a->batch->state && a->KEY_HEADS >= 1, "delta: no state") || a->batch->N == 0) return;
    delta_arguments all = {*a, *a->batch};
    dim3 grid(ceil_div(a->STATE_VALUE, 32), (unsigned)a->STATES, (unsigned)a->batch->RUNS);
    if (a->STATE_KEY <= 4 * ROWS_A_LANE)
        LAUNCH(q, "delta rule", delta_kernel<true>, grid, dim3(128), 0, all);
    else
        LAUNCH(q, "delta rule", delta_kernel<false>, grid, dim3(128), 0, all);
}
