/* route.cu - the router of a mixture of experts: probabilities, the TOPK best, their weights.
 *
 *     a warp a column: scores in shared memory [EXPERTS], lane l looks after experts l, l+32, …
 *     TOPK times: best of the lane, best of the warp (ties: the lower number), marked as taken
 *
 * Bytes: EXPERTS floats in, TOPK pairs out. Floor: launch latency. Considered and not done: fusing it with the router's
 * product (the product is spread over many blocks, the choice needs all of them).
 */
#include "plugin.cuh"

namespace {

enum { WARPS = 4, EXPERTS_MAX = 1536 };

__global__ void __launch_bounds__(WARPS * 32) route_kernel(struct kernels_route a) {
    SHARED_BYTES(shared);
    const int lane = (int)threadIdx.x % 32, warp = (int)threadIdx.x / 32, n = (int)blockIdx.x * WARPS + warp;
    if (n >= a.N) return;
    float *p = (float *)shared + (size_t)warp * (size_t)a.EXPERTS * 2, *score = p + a.EXPERTS;
    const float *logits = a.logits + (size_t)n * (size_t)a.EXPERTS;
    float highest = -INFINITY, total = 0;
    for (int e = lane; e < a.EXPERTS; e += 32) highest = fmaxf(highest, logits[e]);
    highest = warp_max(highest);
    for (int e = lane; e < a.EXPERTS; e += 32) {
        p[e] = a.sigmoid ? 1.0f / (1.0f + expf(-logits[e])) : expf(logits[e] - highest);
        total += p[e];
    }
    total = warp_sum(total);
    for (int e = lane; e < a.EXPERTS; e += 32) {
        if (!a.sigmoid) p[e] /= total;
        score[e] = p[e] + (a.bias ? a.bias[e] : 0.0f);
        if (!(score[e] == score[e])) score[e] = -INFINITY; /* NaN loses */
    }
    __syncwarp(); /* any lane may now read any score */
    int32_t *expert = a.expert + (size_t)n * (size_t)a.TOPK;
    float *weight = a.weight + (size_t)n * (size_t)a.TOPK, sum = 0;
    for (int t = 0; t < a.TOPK; t++) {
        float best = -INFINITY;
        int at = a.EXPERTS; /* none yet */
        for (int e = lane; e < a.EXPERTS; e += 32)
            if (score[e] > best || (score[e] == best && e < at && p[e] != -1.0f)) {
                best = score[e];
                at = e;
            }
        for (int m = 16; m; m >>= 1) {
            float other = shuffle_xor(best, m);
            int other_at = shuffle_xor(at, m);
            if (other > best || (other == best && other_at < at)) {
                best = other;
                at = other_at;
            }
        }
        /* every lane knows the winner; TOPK <= EXPERTS, so there is one */
        if (at >= a.EXPERTS) at = 0;
        const float w = p[at];
        sum += w;
        __syncwarp();
        if (lane == at % 32) {
            expert[t] = at;
            weight[t] = w;
            score[at] = -INFINITY;
            p[at] = -1.0f; /* taken */
        }
        __syncwarp();
    }
    for (int t = lane; t < a.TOPK; t += 32) {
        float w = weight[t];
        if (a.renormalise) w /= fmaxf(sum, 6.103515625e-5f); /* smallest normal F16, as the references clamp */
        weight[t] = w * (a.scale * (a.expert_scale ? a.expert_scale[expert[t]] : 1.0f));
    }
}

} // namespace

void cuda_route(kernels_queue *q, const struct kernels_route *a) {
    if (!queue_ready(q, a->TOPK >= 1 && a->TOPK <= a->EXPERTS && a->EXPERTS <= EXPERTS_MAX,
                     "route: TOPK is not between 1 and EXPERTS, or EXPERTS over 1536") ||
        a->N == 0)
        return;
    LAUNCH(q, "router", route_kernel, dim3(ceil_div(a->N, WARPS)), dim3(WARPS * 32), (size_t)(WARPS * a->EXPERTS) * 8, *a);
}
