/* rope.cu - head norm, rotation and cache write in one kernel.
 *
 *     grid (column, heads of q, then of k, then of v / 4);  a warp = one head, held in shared memory
 *         load ► RMSNorm (sum of squares over the warp) ► rotate pairs ► query scale ► back to q, or into the page
 *
 * Bytes: q twice, k and v once, plus the cache entry. Floor: launch latency when decoding; three passes less than norm,
 * rotation and store apart. The angle is the F32 product pos * frequency, as the references compute it.
 * Considered and not done: sines and cosines from a table (another stream to read; the angle is exact only as a product);
 * rotating on the way out of the product (a head's rows lie in several blocks there).
 * Pages: key [KV_HEADS][PAGE][KEY], value [KV_HEADS][PAGE][VALUE], so that a head's positions are one stream of rows.
 */
#include "cache.cuh"

namespace {

enum { WARPS = 4 };

DEV void store(void *page, enum tensor_type type, size_t at, float v) {
    if (type == TENSOR_F16)
        ((uint16_t *)page)[at] = float_to_half(v);
    else if (type == TENSOR_F32)
        ((float *)page)[at] = v;
    else
        ((uint8_t *)page)[at] = float_to_e4m3(v);
}

/* The structures that kernels_rope_store points to, by value. */
struct rope_arguments {
    struct kernels_rope_store a;
    struct kernels_batch b;
    struct kernels_cache c;
};

__global__ void __launch_bounds__(WARPS * 32) rope_kernel(rope_arguments all) {
    SHARED_BYTES(shared);
    const struct kernels_rope_store &a = all.a;
    const struct kernels_cache &c = all.c;
    const int lane = (int)threadIdx.x % 32, warp = (int)threadIdx.x / 32, n = (int)blockIdx.x;
    int head = (int)blockIdx.y * WARPS + warp;
    const bool is_q = head < a.HEADS, is_k = !is_q && head < a.HEADS + c.KV_HEADS;
    if (head >= a.HEADS + (a.v ? 2 : 1) * c.KV_HEADS) return; /* a whole warp; no barrier of the block follows */
    const int width = is_q || is_k ? c.KEY : c.VALUE, widest = c.KEY > c.VALUE ? c.KEY : c.VALUE;
    float *x = (float *)shared + warp * widest;
    if (!is_q) head -= a.HEADS + (is_k ? 0 : c.KV_HEADS);
    const float *from = is_q   ? a.q + ((size_t)n * (size_t)a.HEADS + (size_t)head) * (size_t)width
                        : is_k ? a.k + ((size_t)n * (size_t)c.KV_HEADS + (size_t)head) * (size_t)width
                               : a.v + ((size_t)n * (size_t)c.KV_HEADS + (size_t)head) * (size_t)width;
    float sum = 0;
    for (int i = lane; i < width; i += 32) {
        x[i] = from[i];
        sum += x[i] * x[i];
    }
    const float *norm = is_q ? a.q_norm : is_k ? a.k_norm : NULL;
    if (norm || (!is_q && !is_k && a.v_norm)) {
        const float scale = 1.0f / sqrtf(warp_sum(sum) / (float)width + a.eps);
        for (int i = lane; i < width; i += 32) x[i] = x[i] * scale * (norm ? norm[i] : 1.0f);
    }
    __syncwarp();
    const int pos = all.b.pos[n];
    if ((is_q || is_k) && a.frequency) {
        const int half = a.ROT / 2, step = a.interleaved ? 2 : 1, apart = a.interleaved ? 1 : half;
        for (int i = lane; i < half; i += 32) {
            float s, co, angle = mul_rn((float)pos, a.frequency[i]);
            sincosf(angle, &s, &co);
            s *= a.magnitude;
            co *= a.magnitude;
            float *u = x + a.ROT_AT + i * step, *v = u + apart, old = *u;
            *u = old * co - *v * s;
            *v = old * s + *v * co;
        }
        __syncwarp();
    }
    if (is_q) {
        float scale = a.query_scale != 0 ? 1.0f + a.query_scale * logf(1.0f + floorf((float)pos / (float)a.query_period)) : 1.0f;
        float *to = a.q + ((size_t)n * (size_t)a.HEADS + (size_t)head) * (size_t)width;
        for (int i = lane; i < width; i += 32) to[i] = x[i] * scale;
        return;
    }
    void *half = is_k ? c.key : c.value;
    if (!half) return;
    const int page = pos >= 0 && pos / c.PAGE < all.b.TABLE ? all.b.table[(size_t)all.b.seq[n] * (size_t)all.b.TABLE + (size_t)(pos / c.PAGE)] : -1;
    if (page < 0 || page >= c.PAGES) return; /* nowhere to store: a page that the engine gave up */
    const size_t row = (((size_t)page * (size_t)c.KV_HEADS + (size_t)head) * (size_t)c.PAGE + (size_t)(pos % c.PAGE)) * (size_t)width;
    for (int i = lane; i < width; i += 32) store(half, c.type, row + (size_t)i, x[i]);
}

} // namespace

void cuda_rope_store(kernels_queue *q, const struct kernels_rope_store *a) {
    const struct kernels_cache *c = a->cache;
    bool fits = c && a->ROT >= 0 && a->ROT_AT >= 0 && a->ROT_AT + a->ROT <= c->KEY && (!c->key || !c->value || a->v) && cache_fits(c);
    if (!queue_ready(q, fits, "rope_store: the rotated part lies outside a head, or the cache is no F16, F32 or FP8 one") || a->batch->N == 0)
        return;
    rope_arguments all = {*a, *a->batch, *c};
    int heads = a->HEADS + (a->v ? 2 : 1) * c->KV_HEADS, widest = c->KEY > c->VALUE ? c->KEY : c->VALUE;
    LAUNCH(q, "rope and cache write", rope_kernel, dim3((unsigned)a->batch->N, ceil_div(heads, WARPS)), dim3(WARPS * 32),
           (size_t)(WARPS * widest) * sizeof(float), all);
}
