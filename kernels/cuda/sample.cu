/* sample.cu - logits: cap, penalties, mask; the K highest and the logarithm of the sum.
 *
 *     logits  one thread a token: cap, then the mask; then one thread a listed token: repetition, presence, frequency. A
 *             masked token stays at minus infinity whatever its penalty, so the order does not matter
 *     top     slices of 4096 tokens, a block each: 16 values a thread in registers; K times the best of the block, whose
 *             owner then looks for its next; sum of exp. Then a block a column merges the slices' sorted lists.
 *
 * Bytes: the logits once (top), twice when changed; 600 KB a column at a vocabulary of 150k: at 273 GB/s some 2 us. The
 * token stays on the device when K = 1, which saves a copy and a wait.
 * Considered and not done: radix select (for the K of a sampler, under a hundred, the rounds are cheaper).
 */
#include "plugin.cuh"

namespace {

enum { SLICE = 4096, THREADS = 256, EACH = SLICE / THREADS, MERGE_THREADS = 128 };

__global__ void __launch_bounds__(256) cap_and_mask(struct kernels_logits a) {
    const int i = (int)(blockIdx.x * 256 + threadIdx.x), m = (int)blockIdx.y;
    if (i >= a.VOCAB) return;
    float *x = a.logits + (size_t)m * (size_t)a.VOCAB + (size_t)i;
    if (a.mask && !(a.mask[(size_t)m * (size_t)((a.VOCAB + 31) / 32) + (size_t)(i / 32)] >> (i % 32) & 1)) {
        *x = -INFINITY;
        return;
    }
    if (a.cap > 0) *x = a.cap * tanhf(*x / a.cap);
}

/* The list ends at its first negative entry; entries behind it are not looked at. */
__global__ void __launch_bounds__(256) penalties(struct kernels_logits a) {
    const int m = (int)blockIdx.y;
    const int32_t *seen = a.seen + (size_t)m * (size_t)a.SEEN;
    SHARED_BYTES(shared);
    int *end = (int *)shared;
    if (threadIdx.x == 0) *end = a.SEEN;
    __syncthreads();
    for (int i = (int)threadIdx.x; i < a.SEEN; i += 256)
        if (seen[i] < 0) atomicMin(end, i);
    __syncthreads();
    for (int i = (int)threadIdx.x; i < *end; i += 256) {
        const int token = seen[i];
        if (token >= a.VOCAB) continue;
        if (a.mask && !(a.mask[(size_t)m * (size_t)((a.VOCAB + 31) / 32) + (size_t)(token / 32)] >> (token % 32) & 1)) continue;
        float *x = a.logits + (size_t)m * (size_t)a.VOCAB + (size_t)token, v = *x;
        v = v > 0 ? v / a.repetition : v * a.repetition;
        *x = v - (a.presence + (float)a.seen_count[(size_t)m * (size_t)a.SEEN + (size_t)i] * a.frequency);
    }
}

DEV bool better(float v, int token, float other, int other_token) { return v > other || (v == other && token < other_token); }

/* Best of the block, the same in every thread. space: 8 values, 8 tokens. */
DEV void block_best(float *value, int *token, float *space, int threads) {
    for (int m = 16; m; m >>= 1) {
        float v = shuffle_xor(*value, m);
        int at = shuffle_xor(*token, m);
        if (better(v, at, *value, *token)) {
            *value = v;
            *token = at;
        }
    }
    int *tokens = (int *)(space + 8);
    __syncthreads();
    if (threadIdx.x % 32 == 0) {
        space[threadIdx.x / 32] = *value;
        tokens[threadIdx.x / 32] = *token;
    }
    __syncthreads();
    for (int i = 0; i < threads / 32; i++)
        if (better(space[i], tokens[i], *value, *token)) {
            *value = space[i];
            *token = tokens[i];
        }
}

struct top_arguments {
    struct kernels_top a;
    int slices;
    float *values; /* [M][slices][K], falling */
    int *tokens;   /* the same; INT32_MAX = none left */
    float *sums;   /* [M][slices] sum of exp(x - the slice's best) */
};

__global__ void __launch_bounds__(THREADS) top_slices(top_arguments all) {
    SHARED_BYTES(shared);
    float *space = (float *)shared;
    const struct kernels_top &a = all.a;
    const int slice = (int)blockIdx.x, m = (int)blockIdx.y, first = slice * SLICE + (int)threadIdx.x;
    const float *x = a.logits + (size_t)m * (size_t)a.VOCAB;
    float v[EACH], best = -INFINITY, sum = 0;
    int at = INT32_MAX, taken = 0; /* bit e: v[e] is out of the game */
#pragma unroll
    for (int e = 0; e < EACH; e++) {
        const int i = first + e * THREADS;
        v[e] = i < a.VOCAB ? x[i] : NAN;
        if (v[e] == v[e]) {
            if (better(v[e], i, best, at)) {
                best = v[e];
                at = i;
            }
        } else
            taken |= 1 << e;
    }
    float *values = all.values + ((size_t)m * (size_t)all.slices + (size_t)slice) * (size_t)a.K;
    int *tokens = all.tokens + ((size_t)m * (size_t)all.slices + (size_t)slice) * (size_t)a.K;
    for (int k = 0; k < a.K; k++) {
        float value = best;
        int token = at;
        block_best(&value, &token, space, THREADS);
        if (k == 0 && a.log_sum) {
#pragma unroll
            for (int e = 0; e < EACH; e++)
                if (v[e] > -INFINITY) sum += expf(v[e] - value);
        }
        if (threadIdx.x == 0) {
            values[k] = value;
            tokens[k] = token;
        }
        if (token == INT32_MAX) { /* nothing left: the rest of the list is empty */
            for (int i = k + 1 + (int)threadIdx.x; i < a.K; i += THREADS) {
                values[i] = -INFINITY;
                tokens[i] = INT32_MAX;
            }
            break;
        }
        if (token != at) continue;
        best = -INFINITY;
        at = INT32_MAX;
#pragma unroll
        for (int e = 0; e < EACH; e++) {
            const int i = first + e * THREADS;
            if (i == token) taken |= 1 << e;
            if (!(taken >> e & 1) && better(v[e], i, best, at)) {
                best = v[e];
                at = i;
            }
        }
    }
    if (!a.log_sum) return;
    sum = warp_sum(sum);
    __syncthreads();
    if (threadIdx.x % 32 == 0) space[threadIdx.x / 32] = sum;
    __syncthreads();
    if (threadIdx.x) return;
    for (int i = 1; i < THREADS / 32; i++) sum += space[i];
    all.sums[(size_t)m * (size_t)all.slices + (size_t)slice] = sum;
}

__global__ void __launch_bounds__(MERGE_THREADS) top_merge(top_arguments all) {
    SHARED_BYTES(shared);
    float *space = (float *)shared;
    int *heads = (int *)(space + 16); /* [slices] next entry of each list; touched by one thread only */
    const struct kernels_top &a = all.a;
    const int m = (int)blockIdx.x;
    const float *values = all.values + (size_t)m * (size_t)all.slices * (size_t)a.K;
    const int *tokens = all.tokens + (size_t)m * (size_t)all.slices * (size_t)a.K;
    for (int s = (int)threadIdx.x; s < all.slices; s += MERGE_THREADS) heads[s] = 0;
    int previous = 0;
    for (int k = 0; k < a.K; k++) {
        float best = -INFINITY;
        int at = INT32_MAX, from = -1;
        for (int s = (int)threadIdx.x; s < all.slices; s += MERGE_THREADS) {
            if (heads[s] >= a.K) continue;
            const size_t i = (size_t)s * (size_t)a.K + (size_t)heads[s];
            if (better(values[i], tokens[i], best, at)) {
                best = values[i];
                at = tokens[i];
                from = s;
            }
        }
        float value = best;
        int token = at;
        block_best(&value, &token, space, MERGE_THREADS);
        if (token != INT32_MAX && token == at && from >= 0) heads[from]++;
        if (k == 0 && a.log_sum) {
            float sum = 0;
            for (int s = (int)threadIdx.x; s < all.slices; s += MERGE_THREADS) {
                const float top = values[(size_t)s * (size_t)a.K];
                if (top > -INFINITY) sum += all.sums[(size_t)m * (size_t)all.slices + (size_t)s] * expf(top - value);
            }
            sum = warp_sum(sum);
            __syncthreads();
            if (threadIdx.x % 32 == 0) space[threadIdx.x / 32] = sum;
            __syncthreads();
            if (threadIdx.x == 0) {
                for (int i = 1; i < MERGE_THREADS / 32; i++) sum += space[i];
                a.log_sum[m] = value + logf(sum);
            }
        }
        if (token == INT32_MAX) token = previous; /* all NaN: some token, not a wild one */
        previous = token;
        if (threadIdx.x == 0) {
            a.token[(size_t)m * (size_t)a.K + (size_t)k] = token;
            if (a.value) a.value[(size_t)m * (size_t)a.K + (size_t)k] = value;
        }
    }
}

} // namespace

void cuda_logits(kernels_queue *q, const struct kernels_logits *a) {
    if (!queue_ready(q, !a->seen || a->seen_count, "logits: a list of tokens without counts") || a->M == 0 || a->VOCAB == 0) return;
    if (a->cap > 0 || a->mask)
        LAUNCH(q, "cap and mask", cap_and_mask, dim3(ceil_div(a->VOCAB, 256), (unsigned)a->M), dim3(256), 0, *a);
    if (a->seen && a->SEEN > 0 && queue_ready(q, true, ""))
        LAUNCH(q, "penalties", penalties, dim3(1, (unsigned)a->M), dim3(256), 16, *a);
}

void cuda_top(kernels_queue *q, const struct kernels_top *a) {
    if (!queue_ready(q, a->K >= 1 && a->K <= a->VOCAB, "top: K is not between 1 and VOCAB") || a->M == 0) return;
    top_arguments all;
    memset(&all, 0, sizeof all);
    all.a = *a;
    all.slices = (int)ceil_div(a->VOCAB, SLICE);
    size_t lists = (size_t)a->M * (size_t)all.slices, entries = lists * (size_t)a->K;
    float *space = (float *)queue_work(q, WORK_PARTS, (entries * 2 + lists) * 4);
    if (!space) return;
    all.values = space;
    all.tokens = (int *)(space + entries);
    all.sums = space + 2 * entries;
    if (!queue_ready(q, all.slices <= 8192, "top: VOCAB over 33 million")) return;
    LAUNCH(q, "highest logits", top_slices, dim3((unsigned)all.slices, (unsigned)a->M), dim3(THREADS), 64, all);
    if (queue_ready(q, true, ""))
        LAUNCH(q, "highest logits, merged", top_merge, dim3((unsigned)a->M), dim3(MERGE_THREADS), 64 + (size_t)all.slices * 4, all);
}
