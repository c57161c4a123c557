/* product_wide.cu - weight products for many columns: prefill, large batches, experts with many columns.
 *
 *     block = 4 warps = 128 rows x 64 columns (with a gate: 64 rows of both matrices x 64 columns)
 *     warp  = 2 row tiles (32 rows) x 8 column tiles, 64 sums a lane
 *
 *     operand: 64 columns x one step of 128 k (F32: 32) ──cp.async──► shared memory, two stages, read by all four warps
 *     weights: each warp its own two row tiles ──16-byte loads──► registers, in fragment order already; the next unit's
 *              are on their way during this one's products, where registers allow (not Q6_K and NVFP4)
 *     grid:    columns run fastest, so the blocks that share rows run together and the rows come from memory once
 *
 * Moves: weights once from memory (then from L2), the operand once per 128 rows from L2; per mma 128 bytes of shared
 * memory (two row tiles share a B fragment). Floor: the tensor cores; with int8 operands the scales cost about as many
 * instructions as the products (per mma 4 conversions, 4 to 8 multiply-adds), which is what bounds the quantised types.
 *
 * MXFP4 on 12.1 has its scales applied by the tensor core (product.cuh): two products a group and nothing else, bound by
 * the FP8 rate. 64 sums a lane are added to by the products themselves; how wide the tensor core's own sum is, its maker
 * does not say: the self-test and gpu-check hold it to 5e-3.
 *
 * Considered and not done: wgmma with shared-memory descriptors (Hopper only; sm_121 has none, and GB10 is the target);
 * ldmatrix (the records are in fragment order, so there is nothing to transpose); 256 rows a block (128 sums a lane
 * left one block an SM); dequantising to bf16 first (twice the tensor time of int8, and the operand rounded to 8 bits).
 * Not measured: no GPU was available where this was written.
 */
#include "product.cuh"

namespace {

enum { WARPS = 4, MT = 2, NT = WIDE_COLUMNS / 8 };

/* Units a step: 128 columns of k, or 32 of F32. */
HD constexpr int step_units(int type) { return type == TENSOR_F32 ? 2 : 128 / unit_columns(type); }
HD constexpr int step_pieces(int type) { return step_units(type) * unit_pieces(type); }
HD constexpr int step_groups(int type) { return step_units(type) * unit_groups(type); }
HD constexpr int stage_bytes(int type) { return step_pieces(type) * NT * PIECE_BYTES + step_groups(type) * WIDE_COLUMNS * 8; }

/* A stage: pieces [column tile][piece][lane][16], then scales [group][64] {d, d*sum}. */
template <int TYPE> struct wide_operand {
    const unsigned char *stage;
    int lane, unit;
    __device__ uint2 words(int nt, int p, int j) const {
        return load_at<uint2>(stage + (nt * step_pieces(TYPE) + unit * unit_pieces(TYPE) + p) * PIECE_BYTES +
                              lane * 16 + j * 8);
    }
    __device__ uint4 plane_words(int nt, int p) const {
        return load_at<uint4>(stage + (nt * step_pieces(TYPE) + unit * unit_pieces(TYPE) + p) * PIECE_BYTES + lane * 16);
    }
    __device__ uint32_t scale_word(int nt) const {
        return load_at<uint32_t>(stage + step_pieces(TYPE) * NT * PIECE_BYTES + (unit * WIDE_COLUMNS + nt * 8 + lane / 4) * 8);
    }
    __device__ float4 scale(int nt, int group) const {
        return load_at<float4>(stage + step_pieces(TYPE) * NT * PIECE_BYTES +
                               ((unit * unit_groups(TYPE) + group) * WIDE_COLUMNS + nt * 8 + lane % 4 * 2) * 8);
    }
};

template <int TYPE> DEV void fetch(const product &p, const int *columns, int step, unsigned char *stage) {
    constexpr int PIECES = step_pieces(TYPE), GROUPS = step_groups(TYPE);
    for (int i = (int)threadIdx.x; i < NT * PIECES * 32; i += WARPS * 32) {
        int lane = i % 32, piece = i / 32 % PIECES, nt = i / 32 / PIECES;
        int x = columns[nt * 8 + lane / 4];
        size_t at = ((size_t)(x / 8) * (size_t)p.x.pieces_per_tile + (size_t)(step * PIECES + piece)) * PIECE_BYTES +
                    (size_t)(x % 8 * 4 + lane % 4) * 16;
        copy_async(stage + (nt * PIECES + piece) * PIECE_BYTES + lane * 16, p.x.pieces + at);
    }
    for (int i = (int)threadIdx.x; i < GROUPS * WIDE_COLUMNS; i += WARPS * 32) {
        int x = columns[i % WIDE_COLUMNS], group = step * GROUPS + i / WIDE_COLUMNS;
        copy_async_8(stage + PIECES * NT * PIECE_BYTES + i * 8,
                     p.x.scales + ((size_t)(x / 8) * (size_t)p.x.groups + (size_t)group) * COLUMN_TILE + x % 8);
    }
}

template <int TYPE> DEV void load_tiles(raw<TYPE> (&r)[MT], const uint8_t *const (&w)[MT], int unit, int lane) {
#pragma unroll
    for (int mt = 0; mt < MT; mt++) raw_load<TYPE>(r[mt], w[mt], unit, lane);
}

template <int TYPE> __global__ void __launch_bounds__(WARPS * 32, 2) product_wide(struct product p) {
    if (TYPE == PRODUCT_MXFP4_SCALED && !HAS_BLOCK_SCALE) return; /* such code is never launched */
    SHARED_BYTES(shared);
    constexpr int STEP = step_units(TYPE);
    constexpr bool AHEAD = !type_splits<TYPE>();
    int *columns = (int *)shared; /* [64] */
    unsigned char *stages = shared + WIDE_COLUMNS * 4;
    const int lane = (int)threadIdx.x % 32, warp = (int)threadIdx.x / 32;
    column_job c;
    if (!find_columns<WIDE_COLUMNS>(p, (int)blockIdx.x, &c)) return;
    int index = 0;
    while (index + 1 < p.PARTS && p.part[index + 1].first <= (int)blockIdx.y) index++;
    const product_part &part = p.part[index];
    const bool pair = part.up != NULL;
    /* first of this warp's row tiles; tiles beyond the end read the last one again and write nothing */
    const int tile = pair ? ((int)blockIdx.y - part.first) * WARPS + warp / 2 * MT
                          : ((int)blockIdx.y - part.first) * WARPS * MT + warp * MT;
    if (threadIdx.x < WIDE_COLUMNS) columns[threadIdx.x] = column_x(c, (int)threadIdx.x);
    __syncthreads();

    float acc[MT][NT][4] = {};
    if (c.expert < p.EXPERTS) {
        const uint8_t *w[MT];
#pragma unroll
        for (int mt = 0; mt < MT; mt++) {
            int at = tile + mt < part.tiles ? tile + mt : part.tiles - 1;
            w[mt] = (pair && warp & 1 ? part.up : part.w) + (size_t)c.expert * part.expert_bytes +
                    (size_t)at * (size_t)p.records * pack_shape_of(TYPE).BYTES;
        }
        const int units = p.records * unit_parts(TYPE), steps = (units + STEP - 1) / STEP;
        raw<TYPE> now[MT], next[MT];
        if (AHEAD) load_tiles<TYPE>(now, w, 0, lane);
        fetch<TYPE>(p, columns, 0, stages);
        copy_commit();
        for (int s = 0; s < steps; s++) {
            copy_wait<0>();
            __syncthreads(); /* stage s is there, and nobody reads the other stage any more */
            if (s + 1 < steps) fetch<TYPE>(p, columns, s + 1, stages + ((s + 1) & 1) * stage_bytes(TYPE));
            copy_commit();
            wide_operand<TYPE> b = {stages + (s & 1) * stage_bytes(TYPE), lane, 0};
#pragma unroll 1
            for (b.unit = 0; b.unit < STEP && s * STEP + b.unit < units; b.unit++) {
                const int unit = s * STEP + b.unit;
                if (!AHEAD) load_tiles<TYPE>(now, w, unit, lane);
                if (AHEAD && unit + 1 < units) load_tiles<TYPE>(next, w, unit + 1, lane);
                multiply_unit<TYPE, MT, NT>(now, b, acc);
                if (AHEAD)
#pragma unroll
                    for (int mt = 0; mt < MT; mt++) now[mt] = next[mt];
            }
        }
        copy_wait<0>();
        settle<TYPE>(acc);
    }
    if (pair) { /* the up matrix's sums pass through shared memory: [2 warps][64 values][32 lanes] */
        float *ups = (float *)stages;
        __syncthreads();
        if (warp & 1)
            for (int i = 0; i < MT * NT * 4; i++) ups[(warp / 2 * MT * NT * 4 + i) * 32 + lane] = acc[i / (NT * 4)][i / 4 % NT][i % 4];
        __syncthreads();
        if (warp & 1) return;
    }
#pragma unroll
    for (int mt = 0; mt < MT; mt++)
#pragma unroll
        for (int nt = 0; nt < NT; nt++)
#pragma unroll
            for (int i = 0; i < 4; i++) {
                int row = (tile + mt) * TILE_ROWS + lane / 4 + 8 * (i / 2), column = nt * 8 + lane % 4 * 2 + (i & 1);
                if (row >= part.ROWS || column >= c.count) continue;
                float u = pair ? ((float *)stages)[(warp / 2 * MT * NT * 4 + (mt * NT + nt) * 4 + i) * 32 + lane] : 0;
                finish(part, c, p, row, column, acc[mt][nt][i], u);
            }
}

template <int TYPE> void launch(kernels_queue *q, const struct product *p, dim3 grid) {
    constexpr int PAIR_BYTES = 2 * MT * NT * 4 * 32 * 4;
    constexpr int BYTES = WIDE_COLUMNS * 4 + (2 * stage_bytes(TYPE) > PAIR_BYTES ? 2 * stage_bytes(TYPE) : PAIR_BYTES);
    static_assert(BYTES <= 48 << 10, "more shared memory than a block has without asking");
    LAUNCH(q, "matrix product, many columns", product_wide<TYPE>, grid, dim3(WARPS * 32), BYTES, *p);
}

} // namespace

void launch_wide(kernels_queue *q, struct product *p, int type, int jobs) {
    int blocks = 0;
    for (int i = 0; i < p->PARTS; i++) {
        p->part[i].first = blocks;
        blocks += (int)ceil_div(p->part[i].tiles, p->part[i].up ? WARPS : WARPS * MT);
    }
    dim3 grid((unsigned)jobs, (unsigned)blocks);
    if (blocks > 65535) return queue_fail(q, ERROR_SUPPORT, "matmul: more rows than a launch can hold");
    switch (type) {
    case TENSOR_F32: return launch<TENSOR_F32>(q, p, grid);
    case TENSOR_F16: return launch<TENSOR_F16>(q, p, grid);
    case TENSOR_BF16: return launch<TENSOR_BF16>(q, p, grid);
    case TENSOR_Q8_0: return launch<TENSOR_Q8_0>(q, p, grid);
    case TENSOR_Q4_0: return launch<TENSOR_Q4_0>(q, p, grid);
    case TENSOR_Q4_K: return launch<TENSOR_Q4_K>(q, p, grid);
    case TENSOR_Q5_K: return launch<TENSOR_Q5_K>(q, p, grid);
    case TENSOR_Q6_K: return launch<TENSOR_Q6_K>(q, p, grid);
    case TENSOR_MXFP4: return launch<TENSOR_MXFP4>(q, p, grid);
    case PRODUCT_MXFP4_SCALED: return launch<PRODUCT_MXFP4_SCALED>(q, p, grid);
    case TENSOR_NVFP4: return launch<TENSOR_NVFP4>(q, p, grid);
    default: queue_fail(q, ERROR_SUPPORT, "matmul: no kernel for tensor type %d", type);
    }
}
