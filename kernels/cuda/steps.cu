/* steps.cu - the operations between the products: norm, combine, gather.
 *
 *     norm     a block of 32 to 512 threads a group: x (+ add) held in registers over both passes where WIDTH <= 8192,
 *              so x is read once; sum of squares over the block; y = x * scale * weight * silu(gate)
 *     combine, gather   one thread an entry
 *
 * Bytes: 8 to 16 an entry; floor: launch latency (a column of 4096 is 16 KiB), which captured graphs hide.
 * Considered and not done: fusing norm with the quantisation of the next product's operand (saves one launch a layer, but
 * the contract keeps activations F32 between operations).
 */
#include "plugin.cuh"

namespace {

enum { THREADS_MAX = 512, KEPT = 16 }; /* up to 8192 entries stay in registers */

/* Sum over the block, the same in every thread. `space` holds 16 floats. */
DEV float block_sum(float v, float *space) {
    v = warp_sum(v);
    const int warps = (int)blockDim.x / 32;
    if (warps == 1) return v;
    if (threadIdx.x % 32 == 0) space[threadIdx.x / 32] = v;
    __syncthreads();
    v = 0;
    for (int i = 0; i < warps; i++) v += space[i];
    return v;
}

template <int COUNT> __global__ void __launch_bounds__(THREADS_MAX) norm_kernel(struct kernels_norm a) {
    SHARED_BYTES(shared);
    const size_t at = ((size_t)blockIdx.x * (size_t)a.GROUPS + blockIdx.y) * (size_t)a.WIDTH;
    float *x = a.x + at, kept[COUNT > 0 ? COUNT : 1], sum = 0;
    const int threads = (int)blockDim.x, first = (int)threadIdx.x;
#pragma unroll
    for (int i = 0; i < COUNT; i++) {
        int k = first + i * threads;
        kept[i] = k < a.WIDTH ? x[k] + (a.add ? a.add[at + (size_t)k] : 0.0f) : 0.0f;
        sum += kept[i] * kept[i];
    }
    for (int k = first; COUNT == 0 && k < a.WIDTH; k += threads) {
        float v = x[k] + (a.add ? a.add[at + (size_t)k] : 0.0f);
        if (a.add) x[k] = v;
        sum += v * v;
    }
    sum = block_sum(sum, (float *)shared);
    const float scale = a.l2 ? 1.0f / fmaxf(sqrtf(sum), a.eps) : 1.0f / sqrtf(sum / (float)a.WIDTH + a.eps);
    float *y = a.y + at;
#pragma unroll
    for (int i = 0; i < (COUNT ? COUNT : 1); i++)
        for (int k = first + i * threads; k < a.WIDTH; k += COUNT ? a.WIDTH : threads) {
            float v = COUNT ? kept[i] : x[k];
            if (COUNT && a.add) x[k] = v;
            v = v * scale * (a.weight ? a.weight[k] : 1.0f);
            if (a.gate) {
                float g = a.gate[at + (size_t)k];
                v *= g / (1.0f + expf(-g));
            }
            y[k] = v;
        }
}

__global__ void __launch_bounds__(256) combine_kernel(struct kernels_combine a) {
    const int i = (int)(blockIdx.x * 256 + threadIdx.x), n = (int)blockIdx.y;
    if (i >= a.WIDTH) return;
    const size_t at = (size_t)n * (size_t)a.WIDTH + (size_t)i;
    float v = a.a[at];
    if (a.b) v += a.b[at];
    if (a.gate) {
        int stride = a.gate_stride ? a.gate_stride : a.gate_scalar ? 1 : a.WIDTH;
        v *= 1.0f / (1.0f + expf(-a.gate[(size_t)n * (size_t)stride + (size_t)(a.gate_scalar ? 0 : i)]));
    }
    a.y[at] = v * a.scale;
}

__global__ void __launch_bounds__(256) gather_kernel(struct kernels_gather a) {
    const int i = (int)(blockIdx.x * 256 + threadIdx.x), m = (int)blockIdx.y;
    if (i >= a.WIDTH) return;
    const int64_t from = a.index ? a.index[m] : m;
    a.y[(int64_t)m * a.y_stride + i] = a.x[from * a.x_stride + i];
}

} // namespace

void cuda_norm(kernels_queue *q, const struct kernels_norm *a) {
    if (!queue_ready(q, a->GROUPS >= 1 && a->GROUPS <= 65535 && a->WIDTH >= 1, "norm: no groups, or more than 65535") || a->N == 0) return;
    unsigned threads = 32;
    while (threads < THREADS_MAX && threads * 8 < (unsigned)a->WIDTH) threads *= 2;
    dim3 grid((unsigned)a->N, (unsigned)a->GROUPS);
    int each = (int)ceil_div(a->WIDTH, threads);
    if (each <= 4)
        LAUNCH(q, "norm", norm_kernel<4>, grid, dim3(threads), 64, *a);
    else if (each <= KEPT)
        LAUNCH(q, "norm", norm_kernel<KEPT>, grid, dim3(threads), 64, *a);
    else
        LAUNCH(q, "norm", norm_kernel<0>, grid, dim3(threads), 64, *a);
}

void cuda_combine(kernels_queue *q, const struct kernels_combine *a) {
    if (!queue_ready(q, a->a && a->y && a->N <= 65535, "combine: nothing to combine, or over 65535 columns") || a->N == 0) return;
    LAUNCH(q, "combine", combine_kernel, dim3(ceil_div(a->WIDTH, 256), (unsigned)a->N), dim3(256), 0, *a);
}

void cuda_gather(kernels_queue *q, const struct kernels_gather *a) {
    if (!queue_ready(q, a->WIDTH >= 0 && a->M <= 65535, "gather: negative width, or over 65535 rows") || a->M == 0 || a->WIDTH == 0) return;
    LAUNCH(q, "gather", gather_kernel, dim3(ceil_div(a->WIDTH, 256), (unsigned)a->M), dim3(256), 0, *a);
}
