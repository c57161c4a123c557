/* attention.cu - softmax(q k) v over the paged cache, for decoding and prefill, F16 and FP8; a plain kernel for the rest.
 *
 *     rows    the (column, head of the group) pairs of one run and one KV head: 16 a tile, so that K and V are read once
 *             for all HEADS/KV_HEADS heads, and for all columns of a run that fit in the tile
 *     steps   16 positions:  S[16 x 16] = Q K^T,  online softmax,  O[16 x VALUE] += P V            all by mma, no barrier
 *
 *     decoding  (few tiles): the 4 warps of a block share a tile and take every fourth step; the cache is further cut
 *               into splits over blocks; sums meet in shared memory, splits in a second kernel
 *     prefill   (many tiles): each warp has a tile of its own, the warps of a block walk the same positions
 *
 * K and V go from memory to registers in 16-byte loads and are the B fragments as they are, because the order of the
 * dimensions in a dot product, and of the columns of O, is free:
 *     K   lane (g,t) loads dimensions 8t..8t+7 of every 32 of position g; Q in shared memory has the same order
 *     V   lane (g,t) loads dimensions 8g..8g+7 of every 64 of positions 2t, 2t+1, 2t+8, 2t+9; entry j of the eight makes
 *         tile j, pairs of positions are zipped by byte permutations
 * Q is scaled and held as two halves (hi + lo: 22 bits), P as one. Values wider than 256 are done in slices of 256, each
 * computing S again.
 *
 * Bytes: the cache of the run's window once a tile (2 KEY+VALUE bytes a position and KV head with F16): the floor.
 * Considered and not done: ldmatrix.trans for V (a round through shared memory); one warp a head (reads the cache
 * HEADS/KV_HEADS times); splits merged by atomics (order would change results). Not measured: no GPU was available.
 */
#include "cache.cuh"

namespace {

enum { WARPS = 4, STEP = 16, SPLITS_MAX = 64, SLICE = 256 };

struct attention_arguments {
    struct kernels_attention a;
    struct kernels_batch b;
    struct kernels_cache c;
    int splits, split_positions; /* positions a split, a multiple of STEP */
    int slices, tiles;
    bool rows_by_warp;
    float *parts; /* [splits][N][HEADS][VALUE + 2]: O not divided, highest logit, sum; NULL = one split, y directly */
};

/* The tile'th 16 rows (of `per` tiles a block) over all runs. */
struct row_tile {
    int first, rows, row0; /* first column of the run, rows in the run, first row of this tile */
};
DEV bool find_tile(const struct kernels_batch &b, int group, int tile_rows, int tile, row_tile *t) {
    for (int r = 0; r < b.RUNS; r++) {
        int rows = (b.run[r + 1] - b.run[r]) * group, tiles = (rows + tile_rows - 1) / tile_rows;
        if (tile < tiles) {
            t->first = b.run[r];
            t->rows = rows;
            t->row0 = tile * tile_rows;
            return true;
        }
        tile -= tiles;
    }
    return false;
}

/* 8 entries of a row as halves. */
template <bool FP8> DEV uint4 load_eight(const void *half, size_t entry) {
    if (!FP8) return load_at<uint4>((const uint8_t *)half + entry * 2);
    uint2 raw = load_at<uint2>((const uint8_t *)half + entry);
    uint32_t a[2], b[2];
    e4m3_halves(raw.x, a);
    e4m3_halves(raw.y, b);
    return make_uint4(a[0], a[1], b[0], b[1]);
}
DEV uint32_t eight_word(const uint4 &v, int i) { return i == 0 ? v.x : i == 1 ? v.y : i == 2 ? v.z : v.w; }

/* VT: column tiles of O a warp holds (a slice of VT*8 dimensions, a multiple of 64). Every loop over O is unrolled: an index
 * that is not a constant would put all of O into local memory. */
template <int VT, bool FP8> __global__ void __launch_bounds__(WARPS * 32, VT == 8 ? 4 : VT == 16 ? 3 : 2) attention_kernel(attention_arguments all) {
    SHARED_BYTES(shared);
    const struct kernels_attention &a = all.a;
    const struct kernels_batch &b = all.b;
    const struct kernels_cache &c = all.c;
    const int lane = (int)threadIdx.x % 32, warp = (int)threadIdx.x / 32, warps = (int)blockDim.x / 32;
    const int g = lane / 4, t = lane % 4;
    const int group = a.HEADS / c.KV_HEADS, kv = (int)blockIdx.y / all.slices, slice = (int)blockIdx.y % all.slices;
    const int split = (int)blockIdx.z, blocks32 = (c.KEY + 31) / 32;
    const int tile_rows = all.rows_by_warp ? 16 * warps : 16;
    row_tile tile;
    if (!find_tile(b, group, tile_rows, (int)blockIdx.x, &tile)) return; /* the whole block */
    const int row0 = tile.row0 + (all.rows_by_warp ? 16 * warp : 0);
    const int sequence = b.seq[tile.first];
    const int32_t *table = b.table + (size_t)sequence * (size_t)b.TABLE;

    /* Q: [tile of this block][32 dimensions][2 steps][lane][4 words], hi then lo. Row r, dimension 8t+2w+e of a 32. */
    uint32_t *q_hi = (uint32_t *)shared + (all.rows_by_warp ? (size_t)warp * (size_t)blocks32 * 512 : 0), *q_lo = q_hi + blocks32 * 256;
    for (int i = all.rows_by_warp ? lane : (int)threadIdx.x; i < 16 * blocks32 * 16; i += all.rows_by_warp ? 32 : (int)blockDim.x) {
        /* one pair of dimensions of one row */
        int pair = i % (blocks32 * 16), row = i / (blocks32 * 16), d = pair * 2, in = d % 32, w = in % 8 / 2;
        float v[2] = {0, 0};
        if (row0 + row < tile.rows) {
            int n = tile.first + (row0 + row) / group, head = kv * group + (row0 + row) % group;
            const float *from = a.q + ((size_t)n * (size_t)a.HEADS + (size_t)head) * (size_t)c.KEY;
            for (int e = 0; e < 2; e++) v[e] = d + e < c.KEY ? from[d + e] * a.scale : 0.0f;
        }
        /* step w/2; fragment register: row half + 2 * (w odd) */
        int to = (d / 32 * 2 + w / 2) * 128 + (row % 8 * 4 + in / 8) * 4 + row / 8 + 2 * (w & 1);
        float hi[2] = {half_to_float(float_to_half(v[0])), half_to_float(float_to_half(v[1]))};
        q_hi[to] = pack_halves(hi[0], hi[1]);
        q_lo[to] = pack_halves(v[0] - hi[0], v[1] - hi[1]);
    }
    __syncthreads();

    /* Positions of the rows g and g+8 of this lane, and what the tile needs of the cache. */
    int pos[2], lowest = INT32_MAX, highest = -1;
#pragma unroll
    for (int i = 0; i < 2; i++) {
        int row = row0 + g + 8 * i;
        pos[i] = row < tile.rows ? b.pos[tile.first + row / group] : -1;
        if (pos[i] < 0) continue;
        if (pos[i] > highest) highest = pos[i];
        int from = a.window > 0 && pos[i] - a.window + 1 > 0 ? pos[i] - a.window + 1 : 0;
        if (from < lowest) lowest = from;
    }
    for (int m = 4; m < 32; m <<= 1) {
        int other = shuffle_xor(highest, m), other_low = shuffle_xor(lowest, m);
        highest = other > highest ? other : highest;
        lowest = other_low < lowest ? other_low : lowest;
    }
    int lo = split * all.split_positions, hi = lo + all.split_positions;
    if (hi > highest + 1) hi = highest + 1;
    if (lowest > lo) lo = lowest / STEP * STEP;

    float O[VT][4] = {}, top[2] = {-INFINITY, -INFINITY}, sum[2] = {0, 0};
    const int stride = all.rows_by_warp ? STEP : STEP * warps;
    for (int p0 = lo + (all.rows_by_warp ? 0 : warp * STEP); p0 < hi; p0 += stride) {
        const int page = table[p0 / c.PAGE]; /* PAGE is a multiple of 16: the whole step lies in it */
        if (page < 0 || page >= c.PAGES) continue;
        const size_t row = ((size_t)page * (size_t)c.KV_HEADS + (size_t)kv) * (size_t)c.PAGE + (size_t)(p0 % c.PAGE);
        float S[2][4] = {};
        for (int d = 0; d < blocks32; d++) {
            uint4 k[2];
#pragma unroll
            for (int j = 0; j < 2; j++) {
                bool there = d * 32 + t * 8 < c.KEY && p0 + 8 * j + g < hi;
                k[j] = make_uint4(0, 0, 0, 0);
                if (there) k[j] = load_eight<FP8>(c.key, (row + (size_t)(8 * j + g)) * (size_t)c.KEY + (size_t)(d * 32 + t * 8));
            }
#pragma unroll
            for (int s = 0; s < 2; s++) {
                uint4 h = load_at<uint4>(q_hi + (d * 2 + s) * 128 + lane * 4), l = load_at<uint4>(q_lo + (d * 2 + s) * 128 + lane * 4);
                uint32_t ah[4] = {h.x, h.y, h.z, h.w}, al[4] = {l.x, l.y, l.z, l.w};
#pragma unroll
                for (int j = 0; j < 2; j++) {
                    uint32_t bb[2] = {eight_word(k[j], 2 * s), eight_word(k[j], 2 * s + 1)};
                    mma_f16(S[j], al, bb);
                    mma_f16(S[j], ah, bb);
                }
            }
        }
        /* mask, cap, running maximum: value i of tile j is row g + 8(i/2), position p0 + 8j + 2t + i%2 */
        float best[2] = {top[0], top[1]};
#pragma unroll
        for (int j = 0; j < 2; j++)
#pragma unroll
            for (int i = 0; i < 4; i++) {
                const int p = p0 + 8 * j + 2 * t + (i & 1), mine = pos[i / 2];
                if (a.cap > 0) S[j][i] = a.cap * tanhf(S[j][i] / a.cap);
                if (p >= hi || p > mine || (a.window > 0 && p <= mine - a.window)) S[j][i] = -INFINITY;
                best[i / 2] = fmaxf(best[i / 2], S[j][i]);
            }
#pragma unroll
        for (int i = 0; i < 2; i++) {
            best[i] = fmaxf(best[i], shuffle_xor(best[i], 1));
            best[i] = fmaxf(best[i], shuffle_xor(best[i], 2));
            const float shrink = best[i] == -INFINITY ? 1.0f : expf(top[i] - best[i]);
            top[i] = best[i];
            sum[i] *= shrink;
#pragma unroll
            for (int v = 0; v < VT; v++) {
                O[v][2 * i] *= shrink;
                O[v][2 * i + 1] *= shrink;
            }
        }
#pragma unroll
        for (int j = 0; j < 2; j++)
#pragma unroll
            for (int i = 0; i < 4; i++) {
                /* -infinity minus -infinity is a row that has seen nothing yet */
                S[j][i] = S[j][i] == -INFINITY ? 0.0f : expf(S[j][i] - top[i / 2]);
                sum[i / 2] += S[j][i];
            }
        const uint32_t P[4] = {pack_halves(S[0][0], S[0][1]), pack_halves(S[0][2], S[0][3]), pack_halves(S[1][0], S[1][1]),
                               pack_halves(S[1][2], S[1][3])};
        const void *values = c.value ? c.value : c.key;
        const int width = c.value ? c.VALUE : c.KEY;
#pragma unroll
        for (int block = 0; block < VT / 8; block++) {
            const int d = slice * SLICE + block * 64 + g * 8;
            uint4 v[4];
#pragma unroll
            for (int i = 0; i < 4; i++) { /* positions 2t, 2t+1, 2t+8, 2t+9 */
                const int p = 2 * t + (i & 1) + 8 * (i / 2);
                v[i] = make_uint4(0, 0, 0, 0);
                if (d < c.VALUE && p0 + p < hi) v[i] = load_eight<FP8>(values, (row + (size_t)p) * (size_t)width + (size_t)d);
            }
#pragma unroll
            for (int j = 0; j < 8; j++) {
                const uint32_t zip = j & 1 ? 0x7632 : 0x5410;
                uint32_t bb[2] = {__byte_perm(eight_word(v[0], j / 2), eight_word(v[1], j / 2), zip),
                                  __byte_perm(eight_word(v[2], j / 2), eight_word(v[3], j / 2), zip)};
                mma_f16(O[block * 8 + j], P, bb);
            }
        }
    }
#pragma unroll
    for (int i = 0; i < 2; i++) {
        sum[i] += shuffle_xor(sum[i], 1);
        sum[i] += shuffle_xor(sum[i], 2);
    }

    if (!all.rows_by_warp) { /* the warps' sums meet: highest logits first, then O, one warp after the other */
        float *tops = (float *)shared, *sums = tops + WARPS * 16, *out = sums + 16; /* Q is not needed any more */
        __syncthreads();
        if (t == 0)
#pragma unroll
            for (int i = 0; i < 2; i++) tops[warp * 16 + g + 8 * i] = top[i];
        for (int i = (int)threadIdx.x; i < 16 * VT * 8 + 16; i += (int)blockDim.x) sums[i] = 0;
        __syncthreads();
        float shrink[2];
#pragma unroll
        for (int i = 0; i < 2; i++) {
            float best = -INFINITY;
            for (int k = 0; k < warps; k++) best = fmaxf(best, tops[k * 16 + g + 8 * i]);
            shrink[i] = top[i] == -INFINITY ? 0.0f : expf(top[i] - best);
            top[i] = best;
        }
        for (int k = 0; k < warps; k++) {
            if (warp == k) {
#pragma unroll
                for (int i = 0; i < 2; i++)
                    if (t == 0) sums[g + 8 * i] += sum[i] * shrink[i];
#pragma unroll
                for (int v = 0; v < VT; v++)
#pragma unroll
                    for (int i = 0; i < 4; i++) out[(v * 4 + i) * 32 + lane] += O[v][i] * shrink[i / 2];
            }
            __syncthreads();
        }
        if (warp > 0) return;
#pragma unroll
        for (int i = 0; i < 2; i++) sum[i] = sums[g + 8 * i];
#pragma unroll
        for (int v = 0; v < VT; v++)
#pragma unroll
            for (int i = 0; i < 4; i++) O[v][i] = out[(v * 4 + i) * 32 + lane];
    }
#pragma unroll
    for (int half = 0; half < 2; half++) {
        const int r = row0 + g + 8 * half;
        if (r >= tile.rows) continue;
        const int n = tile.first + r / group, head = kv * group + r % group;
        const size_t at = (size_t)n * (size_t)a.HEADS + (size_t)head;
        float scale = 1, *to = a.y + at * (size_t)c.VALUE;
        if (all.parts) {
            float *part = all.parts + ((size_t)split * (size_t)b.N * (size_t)a.HEADS + at) * (size_t)(c.VALUE + 2);
            to = part;
            if (t == 0 && slice == 0) {
                part[c.VALUE] = top[half];
                part[c.VALUE + 1] = sum[half];
            }
        } else {
            float best = a.sinks ? fmaxf(top[half], a.sinks[head]) : top[half];
            float shrink = top[half] == -INFINITY ? 0.0f : expf(top[half] - best);
            float whole = sum[half] * shrink + (a.sinks ? expf(a.sinks[head] - best) : 0.0f);
            scale = whole == 0 ? 0.0f : shrink / whole;
        }
#pragma unroll
        for (int v = 0; v < VT; v++)
#pragma unroll
            for (int i = 0; i < 2; i++) { /* column 2t+i of tile v: dimension 64 (v/8) + 8 (2t+i) + v%8 */
                const int d = slice * SLICE + v / 8 * 64 + (2 * t + i) * 8 + v % 8;
                if (d < c.VALUE) to[d] = O[v][2 * half + i] * scale;
            }
    }
}

/* Splits of one (column, head): a warp a pair, lane l the dimensions l, l+32, … */
__global__ void __launch_bounds__(WARPS * 32) attention_merge(attention_arguments all) {
    const int lane = (int)threadIdx.x % 32, VALUE = all.c.VALUE;
    const size_t pair = (size_t)blockIdx.x * WARPS + threadIdx.x / 32, pairs = (size_t)all.b.N * (size_t)all.a.HEADS;
    if (pair >= pairs) return;
    const float *parts = all.parts + pair * (size_t)(VALUE + 2);
    const size_t apart = pairs * (size_t)(VALUE + 2);
    const float *sinks = all.a.sinks;
    const int head = (int)(pair % (size_t)all.a.HEADS);
    float best = sinks ? sinks[head] : -INFINITY, sum = 0;
    for (int s = 0; s < all.splits; s++) best = fmaxf(best, parts[(size_t)s * apart + (size_t)VALUE]);
    for (int s = 0; s < all.splits; s++) {
        float top = parts[(size_t)s * apart + (size_t)VALUE];
        const float part = parts[(size_t)s * apart + (size_t)VALUE + 1];
        if (part != 0) sum += part * expf(top - best); /* 0: a split that saw nothing; NaN passes */
    }
    if (sinks) sum += expf(sinks[head] - best);
    for (int d = lane; d < VALUE; d += 32) {
        float v = 0;
        for (int s = 0; s < all.splits; s++) {
            float top = parts[(size_t)s * apart + (size_t)VALUE];
            if (parts[(size_t)s * apart + (size_t)VALUE + 1] != 0) v += parts[(size_t)s * apart + (size_t)d] * expf(top - best);
        }
        all.a.y[pair * (size_t)VALUE + (size_t)d] = sum == 0 ? 0.0f : v / sum;
    }
}

DEV float cache_entry(const void *half, enum tensor_type type, size_t at) {
    return type == TENSOR_F16   ? half_to_float(((const uint16_t *)half)[at])
           : type == TENSOR_F32 ? ((const float *)half)[at]
                                : e4m3_to_float(((const uint8_t *)half)[at]);
}

/* Any shape, any type: a warp a (column, head), one position after the other, everything in F32. For F32 caches and widths
 * that are no multiple of 8; the other kernel's reference on the device. */
__global__ void __launch_bounds__(WARPS * 32) attention_plain(attention_arguments all) {
    SHARED_BYTES(shared);
    const struct kernels_attention &a = all.a;
    const struct kernels_batch &b = all.b;
    const struct kernels_cache &c = all.c;
    const int lane = (int)threadIdx.x % 32, warp = (int)threadIdx.x / 32;
    const size_t pair = (size_t)blockIdx.x * WARPS + (size_t)warp;
    if (pair >= (size_t)b.N * (size_t)a.HEADS) return;
    const int n = (int)(pair / (size_t)a.HEADS), head = (int)(pair % (size_t)a.HEADS), kv = head / (a.HEADS / c.KV_HEADS);
    const float *q = a.q + pair * (size_t)c.KEY;
    float *out = (float *)shared + warp * c.VALUE;
    const int32_t *table = b.table + (size_t)b.seq[n] * (size_t)b.TABLE;
    const int pos = b.pos[n];
    for (int d = lane; d < c.VALUE; d += 32) out[d] = 0;
    float top = -INFINITY, sum = 0;
    for (int p = a.window > 0 && pos - a.window + 1 > 0 ? pos - a.window + 1 : 0; p <= pos; p++) {
        const int page = table[p / c.PAGE];
        if (page < 0 || page >= c.PAGES) continue;
        const size_t row = ((size_t)page * (size_t)c.KV_HEADS + (size_t)kv) * (size_t)c.PAGE + (size_t)(p % c.PAGE);
        float s = 0;
        for (int d = lane; d < c.KEY; d += 32) s += q[d] * cache_entry(c.key, c.type, row * (size_t)c.KEY + (size_t)d);
        s = warp_sum(s) * a.scale;
        if (a.cap > 0) s = a.cap * tanhf(s / a.cap);
        const float best = fmaxf(top, s), shrink = top == -INFINITY ? 0.0f : expf(top - best);
        const float weight = s == -INFINITY ? 0.0f : expf(s - best);
        const void *values = c.value ? c.value : c.key;
        const size_t at = row * (size_t)(c.value ? c.VALUE : c.KEY);
        for (int d = lane; d < c.VALUE; d += 32) out[d] = out[d] * shrink + weight * cache_entry(values, c.type, at + (size_t)d);
        sum = sum * shrink + weight;
        top = best;
    }
    const float best = a.sinks ? fmaxf(top, a.sinks[head]) : top, shrink = top == -INFINITY ? 0.0f : expf(top - best);
    sum = sum * shrink + (a.sinks ? expf(a.sinks[head] - best) : 0.0f);
    for (int d = lane; d < c.VALUE; d += 32) a.y[pair * (size_t)c.VALUE + (size_t)d] = sum == 0 ? 0.0f : out[d] * shrink / sum;
}

template <int VT, bool FP8> void launch(kernels_queue *q, const attention_arguments &all, dim3 grid, unsigned warps, size_t bytes) {
    if (bytes > 48 << 10 &&
        !queue_ok(q, cudaFuncSetAttribute(attention_kernel<VT, FP8>, cudaFuncAttributeMaxDynamicSharedMemorySize, (int)bytes), "attention"))
        return;
    LAUNCH(q, "attention", (attention_kernel<VT, FP8>), grid, dim3(warps * 32), bytes, all);
}
template <bool FP8> void launch_width(kernels_queue *q, const attention_arguments &all, dim3 grid, unsigned warps, size_t bytes) {
    if (all.c.VALUE <= 64) return launch<8, FP8>(q, all, grid, warps, bytes);
    if (all.c.VALUE <= 128) return launch<16, FP8>(q, all, grid, warps, bytes);
    return launch<32, FP8>(q, all, grid, warps, bytes);
}

} // namespace

void cuda_attention(kernels_queue *q, const struct kernels_attention *a) {
    const struct kernels_cache *c = a->cache;
    const struct kernels_batch *b = a->batch;
    bool fits = cache_fits(c) && c->key && a->HEADS >= 1 && a->HEADS % c->KV_HEADS == 0 && c->VALUE >= 1 && (c->value || c->VALUE <= c->KEY);
    if (!queue_ready(q, fits, "attention: the heads do not fit the cache") || b->N == 0) return;
    attention_arguments all;
    memset(&all, 0, sizeof all);
    all.a = *a;
    all.b = *b;
    all.c = *c;
    int group = a->HEADS / c->KV_HEADS, blocks32 = (c->KEY + 31) / 32;
    bool fast = c->type != TENSOR_F32 && c->KEY % 8 == 0 && c->VALUE % 8 == 0 && c->PAGE % STEP == 0 && c->KEY <= 768;
    if (!fast) {
        LAUNCH(q, "attention, plain", attention_plain, dim3(ceil_div((int64_t)b->N * a->HEADS, WARPS)), dim3(WARPS * 32),
               (size_t)(WARPS * c->VALUE) * sizeof(float), all);
        return;
    }
    /* Tiles of 16 rows there can be; with many, a warp gets one of its own. */
    all.slices = (int)ceil_div(c->VALUE, SLICE);
    int tiles = (int)ceil_div((int64_t)b->N * group, 16) + b->RUNS;
    size_t q_bytes = (size_t)blocks32 * 2048;
    int64_t blocks = (int64_t)tiles * c->KV_HEADS * all.slices;
    all.rows_by_warp = blocks >= 4 * (int64_t)WARPS * q->device->processors && q_bytes * WARPS <= 96u << 10;
    if (all.rows_by_warp) tiles = (int)ceil_div((int64_t)b->N * group, 16 * WARPS) + b->RUNS;
    all.tiles = tiles;
    all.splits = 1;
    if (!all.rows_by_warp) { /* cut the cache until there are some four blocks a processor, 128 positions a split at least */
        int64_t wanted = (4 * (int64_t)q->device->processors + blocks - 1) / blocks, most = ceil_div(b->bound_pos, 128);
        all.splits = (int)(wanted < most ? wanted : most);
        if (all.splits > SPLITS_MAX) all.splits = SPLITS_MAX;
        if (all.splits < 1) all.splits = 1;
    }
    all.split_positions = (int)ceil_div(ceil_div(b->bound_pos > 0 ? b->bound_pos : 1, all.splits), STEP) * STEP;
    if (all.splits > 1) {
        all.parts = (float *)queue_work(q, WORK_PARTS, (size_t)all.splits * (size_t)b->N * (size_t)a->HEADS * (size_t)(c->VALUE + 2) * 4);
        if (!all.parts) return;
    }
    int held = c->VALUE <= 64 ? 64 : c->VALUE <= 128 ? 128 : SLICE;
    size_t merge = (size_t)(WARPS * 16 + 16 + 16 * held) * 4;
    size_t bytes = all.rows_by_warp ? q_bytes * WARPS : q_bytes > merge ? q_bytes : merge;
    dim3 grid((unsigned)tiles, (unsigned)(c->KV_HEADS * all.slices), (unsigned)all.splits);
    if (c->type == TENSOR_FP8)
        launch_width<true>(q, all, grid, WARPS, bytes);
    else
        launch_width<false>(q, all, grid, WARPS, bytes);
    if (all.splits > 1 && queue_ready(q, true, ""))
        LAUNCH(q, "attention, splits", attention_merge, dim3(ceil_div((int64_t)b->N * a->HEADS, WARPS)), dim3(WARPS * 32), 0, all);
}
