/* product_narrow.cu - weight products for few columns: decoding, speculation, small batches. Bound by memory.
 *
 *     block = one tile of 16 rows; its warps share the units (1 KiB of codes) of the row tile in turn
 *     warp 0:  unit 0      W      2W ...          each lane: 2 x 16 bytes of codes, the next unit's loads issued before
 *     warp 1:  unit 1    W+1    2W+1 ...          this one's products
 *     ...                                         then the warps' sums meet in shared memory: W x 16 x 8 floats
 *     with a gate: even warps take the gate matrix, odd ones the up matrix; act(g) * u is formed on the way out.
 *
 * Moves: the weight's bytes once (GGUF's own count), the operand from the first cache, 4 bytes a result.
 * Floor: bytes / bandwidth of a copy on the same machine (273 GB/s on GB10). The columns are free up to 8; 9 to 32 run
 * as four column tiles a warp, which costs decoding once and products four times.
 *
 * Considered and not done: one warp a row with dp4a (see product.cuh); cp.async rings for the weights (registers hold
 * the next unit already, and a ring costs shared-memory traffic of the same size); splitting a row tile over blocks
 * (the sum would need a second pass or atomics, whose order would change results).
 * Not measured: no GPU was available where this was written.
 */
#include "product.cuh"

namespace {

template <int NT> struct narrow_operand {
    const uint8_t *pieces;
    const float2 *scales;
    uint32_t piece_at[NT]; /* bytes: the lane's column and t */
    uint32_t scale_at[NT][2];
    __device__ uint2 words(int nt, int p, int j) const {
        return load_at<uint2>(pieces + (size_t)piece_at[nt] + (size_t)(p * PIECE_BYTES + j * 8));
    }
    __device__ uint4 plane_words(int nt, int p) const {
        return load_at<uint4>(pieces + (size_t)piece_at[nt] + (size_t)(p * PIECE_BYTES));
    }
    __device__ uint32_t scale_word(int nt) const { return load_at<uint32_t>(scales + (size_t)scale_at[nt][0]); }
    __device__ float4 scale(int nt, int group) const {
        float2 a = scales[(size_t)scale_at[nt][0] + (size_t)(group * COLUMN_TILE)];
        float2 b = scales[(size_t)scale_at[nt][1] + (size_t)(group * COLUMN_TILE)];
        return float4{a.x, a.y, b.x, b.y};
    }
};

template <int TYPE, int NT> __global__ void __launch_bounds__(NT == 1 ? 256 : 128, 2) product_narrow(struct product p) {
    if (TYPE == PRODUCT_MXFP4_SCALED && !HAS_BLOCK_SCALE) return; /* such code is never launched */
    SHARED_BYTES(shared);
    float *sums = (float *)shared; /* [warps][NT*4][32] */
    const int lane = (int)threadIdx.x % 32, warp = (int)threadIdx.x / 32, warps = (int)blockDim.x / 32;
    column_job c;
    if (!find_columns<NT * COLUMN_TILE>(p, (int)blockIdx.x, &c)) return;
    int index = 0;
    while (index + 1 < p.PARTS && p.part[index + 1].first <= (int)blockIdx.y) index++;
    const product_part &part = p.part[index];
    const int tile = (int)blockIdx.y - part.first;
    const bool pair = part.up != NULL;
    const int step = pair ? warps / 2 : warps;

    float acc[1][NT][4] = {};
    if (c.expert < p.EXPERTS) {
        const uint8_t *w = (pair && warp & 1 ? part.up : part.w) + (size_t)c.expert * part.expert_bytes +
                           (size_t)tile * (size_t)p.records * pack_shape_of(TYPE).BYTES;
        narrow_operand<NT> at;
        for (int nt = 0; nt < NT; nt++) {
            int x = column_x(c, nt * 8 + lane / 4);
            at.piece_at[nt] = (uint32_t)((x / 8 * p.x.pieces_per_tile) * PIECE_BYTES + (x % 8 * 4 + lane % 4) * 16);
            for (int i = 0; i < 2; i++) {
                x = column_x(c, nt * 8 + (TYPE == PRODUCT_MXFP4_SCALED ? lane / 4 : lane % 4 * 2 + i));
                at.scale_at[nt][i] = (uint32_t)(x / 8 * p.x.groups * COLUMN_TILE + x % 8);
            }
        }
        const int units = p.records * unit_parts(TYPE);
        int unit = pair ? warp / 2 : warp;
        raw<TYPE> now[1], next[1];
        if (unit < units) raw_load<TYPE>(now[0], w, unit, lane);
#pragma unroll 1
        for (; unit < units; unit += step) {
            if (unit + step < units) raw_load<TYPE>(next[0], w, unit + step, lane);
            at.pieces = p.x.pieces + (size_t)unit * (size_t)(unit_pieces(TYPE) * PIECE_BYTES);
            at.scales = p.x.scales + (size_t)unit * (size_t)(unit_groups(TYPE) * COLUMN_TILE);
            multiply_unit<TYPE, 1, NT>(now, at, acc);
            now[0] = next[0];
        }
        settle<TYPE>(acc);
    }
#pragma unroll
    for (int i = 0; i < NT * 4; i++) sums[(warp * NT * 4 + i) * 32 + lane] = acc[0][i / 4][i % 4];
    __syncthreads();
    for (int i = (int)threadIdx.x; i < NT * 128; i += (int)blockDim.x) {
        /* value i: register i/32 of lane i%32 */
        int reg = i / 32, l = i % 32, row = tile * TILE_ROWS + l / 4 + 8 * (reg % 4 / 2);
        int column = reg / 4 * 8 + l % 4 * 2 + (reg & 1);
        if (row >= part.ROWS || column >= c.count) continue;
        float g = 0, u = 0;
        for (int k = 0; k < warps; k++) {
            float v = sums[k * NT * 128 + i];
            if (pair && k & 1)
                u += v;
            else
                g += v;
        }
        finish(part, c, p, row, column, g, u);
    }
}

template <int TYPE> void launch(kernels_queue *q, struct product *p, dim3 grid, unsigned warps, int columns) {
    if (columns == NARROW_COLUMNS)
        LAUNCH(q, "matrix product, few columns", (product_narrow<TYPE, 1>), grid, dim3(warps * 32), warps * 512, *p);
    else
        LAUNCH(q, "matrix product, up to 32 columns", (product_narrow<TYPE, 4>), grid, dim3(warps * 32), warps * 2048, *p);
}

} // namespace

void launch_narrow(kernels_queue *q, struct product *p, int type, int jobs, int columns) {
    int tiles = 0;
    bool pair = false;
    for (int i = 0; i < p->PARTS; i++) {
        p->part[i].first = tiles;
        tiles += p->part[i].tiles;
        pair |= p->part[i].up != NULL;
    }
    /* Enough warps in flight to cover the latency of memory: fewer a block where there are many blocks. */
    int64_t blocks = (int64_t)tiles * jobs, processors = q->device->processors;
    unsigned warps = blocks >= 8 * processors ? 4 : 8;
    unsigned useful = (unsigned)p->records * (unsigned)unit_parts(type) * (pair ? 2 : 1);

    if (columns != NARROW_COLUMNS) warps = 4;
    while (warps > 2 && warps / 2 >= useful) warps /= 2;
    dim3 grid((unsigned)jobs, (unsigned)tiles);
    if (tiles > 65535) return queue_fail(q, ERROR_SUPPORT, "matmul: %d rows are more than a launch can hold", tiles * TILE_ROWS);
    switch (type) {
    case TENSOR_F32: return launch<TENSOR_F32>(q, p, grid, warps, columns);
    case TENSOR_F16: return launch<TENSOR_F16>(q, p, grid, warps, columns);
    case TENSOR_BF16: return launch<TENSOR_BF16>(q, p, grid, warps, columns);
    case TENSOR_Q8_0: return launch<TENSOR_Q8_0>(q, p, grid, warps, columns);
    case TENSOR_Q4_0: return launch<TENSOR_Q4_0>(q, p, grid, warps, columns);
    case TENSOR_Q4_K: return launch<TENSOR_Q4_K>(q, p, grid, warps, columns);
    case TENSOR_Q5_K: return launch<TENSOR_Q5_K>(q, p, grid, warps, columns);
    case TENSOR_Q6_K: return launch<TENSOR_Q6_K>(q, p, grid, warps, columns);
    case TENSOR_MXFP4: return launch<TENSOR_MXFP4>(q, p, grid, warps, columns);
    case PRODUCT_MXFP4_SCALED: return launch<PRODUCT_MXFP4_SCALED>(q, p, grid, warps, columns);
    case TENSOR_NVFP4: return launch<TENSOR_NVFP4>(q, p, grid, warps, columns);
    default: queue_fail(q, ERROR_SUPPORT, "matmul: no kernel for tensor type %d", type);
    }
}
