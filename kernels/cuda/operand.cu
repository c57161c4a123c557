/* operand.cu - activations into the fragment order of product.cuh, quantised or rounded on the way.
 *
 *     warp = 128 entries of one column; lane l holds entries 4l .. 4l+3, so 8 lanes are a group of 32
 *     int8:  max|x| over the 8 lanes, d = max/127, q = round(x/d), one word a lane; sum of q over the 8 lanes
 *     e4m3:  d = 2^(exponent(max|x|) - 7), so that |x/d| < 256; hi = e4m3(x/d), lo = e4m3(x/d - hi); d as an E8M0 byte,
 *            the four of a warp in one word. A group with NaN or infinity is NaN throughout.
 *     f16:   d = 2^exponent(max|x|), x/d in halves         bf16: rounded        f32: three bf16 planes
 *
 * Moves: 4 bytes an entry in, 1, 2 or 8 out; for decoding that is under a thousandth of the weight. Columns beyond N in a
 * column tile are never read and stay unwritten; entries beyond COLS are zeros, up to a multiple of 256.
 * Considered and not done: doing this inside each product's block (every block would redo the whole column).
 */
#include "product.cuh"

namespace {

enum { WARP_ENTRIES = 128, ENTRIES_PADDED = 256 };

struct operand_arguments {
    const float *x;
    size_t batch_stride, column_stride;
    int N, COLS, columns_padded, chunks, columns; /* columns = batches * N */
    uint8_t *pieces;
    float2 *scales;
    int pieces_per_tile, groups;
};

DEV int code_of(float x, float inverse) {
    float r = rintf(x * inverse);
    return (int)fminf(fmaxf(r, -127.0f), 127.0f);
}

template <int KIND> __global__ void __launch_bounds__(128) operand_kernel(operand_arguments a) {
    const int lane = (int)threadIdx.x % 32, job = (int)(blockIdx.x * 4 + threadIdx.x / 32);
    if (job >= a.columns * a.chunks) return; /* a whole warp */
    const int chunk = job % a.chunks, column = job / a.chunks, batch = column / a.N, n = column % a.N;
    const float *from = a.x + (size_t)batch * a.batch_stride + (size_t)n * a.column_stride;
    const int k0 = chunk * WARP_ENTRIES + lane * 4, to = batch * a.columns_padded + n;
    float x[4], largest = 0;
    bool odd = false;
#pragma unroll
    for (int e = 0; e < 4; e++) {
        x[e] = k0 + e < a.COLS ? from[k0 + e] : 0.0f;
        odd |= !(fabsf(x[e]) <= 3.402823466e38f);
        largest = fmaxf(largest, fabsf(x[e]));
    }
    uint8_t *tile = a.pieces + (size_t)(to / 8) * (size_t)a.pieces_per_tile * PIECE_BYTES;
    if (KIND == OPERAND_S8 || KIND == OPERAND_F16 || KIND == OPERAND_E4M3) {
        for (int m = 1; m < 8; m <<= 1) {
            largest = fmaxf(largest, shuffle_xor(largest, m));
            odd |= shuffle_xor((int)odd, m) != 0;
        }
    }
    if (KIND == OPERAND_E4M3) {
        int exponent = (int)(float_to_bits(largest) >> 23) - 7; /* biased, as E8M0 is */
        if (exponent < 1 || odd) exponent = 1;
        const float inverse = bits_to_float((uint32_t)(254 - exponent) << 23);
        uint32_t hi = 0, lo = 0;
#pragma unroll
        for (int e = 0; e < 4; e++) {
            float v = x[e] * inverse;
            uint8_t h = odd ? 0x7f : float_to_e4m3(v), l = odd ? 0x7f : float_to_e4m3(v - e4m3_to_float(h));
            hi |= (uint32_t)h << 8 * e;
            lo |= (uint32_t)l << 8 * e;
        }
        const int i = lane % 8, group = lane / 8;
        uint32_t *at = (uint32_t *)(tile + (size_t)(chunk * 4 + group) * PIECE_BYTES + (to % 8 * 4 + i % 4) * 16 + i / 4 * 4);
        at[0] = hi;
        at[2] = lo;
        int four = exponent << 8 * group;
        for (int m = 8; m < 32; m <<= 1) four |= shuffle_xor(four, m);
        if (lane == 0)
            *(uint2 *)(a.scales + ((size_t)(to / 8) * (size_t)a.groups + (size_t)chunk) * 8 + to % 8) = make_uint2((uint32_t)four, 0);
        return;
    }
    float2 *scale = a.scales + ((size_t)(to / 8) * (size_t)a.groups + (size_t)(chunk * 4 + lane / 8)) * 8 + to % 8;
    if (KIND == OPERAND_S8) {
        float d = largest / 127.0f, inverse = d > 0 && !odd ? 1.0f / d : 0.0f;
        if (!(inverse <= 3.402823466e38f)) inverse = 0; /* a denormal d */
        uint32_t word = 0;
        int sum = 0;
#pragma unroll
        for (int e = 0; e < 4; e++) {
            int q = odd ? 0 : code_of(x[e], inverse);
            word |= (uint32_t)(q & 0xff) << 8 * e;
            sum += q;
        }
        for (int m = 1; m < 8; m <<= 1) sum += shuffle_xor(sum, m);
        if (odd) d = bits_to_float(0x7fc00000u);
        const int i = lane % 8, t = i % 4, h = i / 4, group = lane / 8;
        *(uint32_t *)(tile + (chunk * 2 + group / 2) * PIECE_BYTES + (to % 8 * 4 + t) * 16 + group % 2 * 8 + h * 4) = word;
        if (i == 0) *scale = make_float2(d, d * (float)sum);
        return;
    }
    if (KIND == OPERAND_F16) {
        float d = bits_to_float(float_to_bits(largest) & 0x7f800000u);
        if (d < 1.17549435e-38f) d = 1.17549435e-38f;
        float inverse = odd ? 0.0f : 1.0f / d;
#pragma unroll
        for (int e = 0; e < 4; e++) x[e] = odd ? 0.0f : x[e] * inverse;
        if (lane % 8 == 0) *scale = make_float2(odd ? bits_to_float(0x7fc00000u) : d, 0.0f);
    }
#pragma unroll
    for (int e = 0; e < 4; e += 2) {
        const int k = (k0 + e) % 16, t = k % 8 / 2, j = k / 8; /* the pair's place in its 16 */
        const int column_lane = (to % 8 * 4 + t) * 16;
        if (KIND == OPERAND_F32) {
            uint16_t u[4] = {0, 0, 0, 0}, v[4] = {0, 0, 0, 0}; /* the fourth plane only fills up the piece */
            split_bf16(x[e], u);
            split_bf16(x[e + 1], v);
            uint8_t *piece = tile + (size_t)((k0 + e) / 16 * 2) * PIECE_BYTES + column_lane;
            for (int plane = 0; plane < 4; plane++)
                *(uint32_t *)(piece + plane / 2 * PIECE_BYTES + (plane % 2 * 2 + j) * 4) = (uint32_t)u[plane] | (uint32_t)v[plane] << 16;
        } else {
            uint32_t word = KIND == OPERAND_F16 ? pack_halves(x[e], x[e + 1]) : pack_bf16(x[e], x[e + 1]);
            *(uint32_t *)(tile + (size_t)((k0 + e) / 32) * PIECE_BYTES + column_lane + ((k0 + e) % 32 / 16 * 2 + j) * 4) = word;
        }
    }
}

} // namespace

bool operand_make(kernels_queue *q, enum operand kind, const float *x, int batches, int N, int COLS, size_t batch_stride,
                  size_t column_stride, struct operand_data *out) {
    int padded = (int)ceil_div(COLS, ENTRIES_PADDED) * ENTRIES_PADDED, columns_padded = (int)ceil_div(N, 8) * 8;
    int tiles = batches * columns_padded / 8;
    out->pieces_per_tile = kind == OPERAND_S8 ? padded / 64 : kind == OPERAND_F32 ? padded / 8 : padded / 32;
    out->groups = kind == OPERAND_E4M3 ? padded / WARP_ENTRIES : padded / GROUP;
    operand_arguments a;
    memset(&a, 0, sizeof a);
    a.x = x;
    a.batch_stride = batch_stride;
    a.column_stride = column_stride;
    a.N = N;
    a.COLS = COLS;
    a.columns_padded = columns_padded;
    a.chunks = padded / WARP_ENTRIES;
    a.columns = batches * N;
    a.pieces = (uint8_t *)queue_work(q, WORK_OPERAND, (size_t)tiles * (size_t)out->pieces_per_tile * PIECE_BYTES);
    a.scales = (float2 *)queue_work(q, WORK_OPERAND_SCALE, (size_t)tiles * (size_t)out->groups * 8 * sizeof(float2));
    if (!a.pieces || !a.scales) return false;
    a.pieces_per_tile = out->pieces_per_tile;
    a.groups = out->groups;
    out->pieces = a.pieces;
    out->scales = a.scales;
    dim3 grid(ceil_div((int64_t)a.columns * a.chunks, 4)), block(128);
    if (kind == OPERAND_S8) return LAUNCH(q, "operand, int8", operand_kernel<OPERAND_S8>, grid, block, 0, a);
    if (kind == OPERAND_BF16) return LAUNCH(q, "operand, bf16", operand_kernel<OPERAND_BF16>, grid, block, 0, a);
    if (kind == OPERAND_F16) return LAUNCH(q, "operand, f16", operand_kernel<OPERAND_F16>, grid, block, 0, a);
    if (kind == OPERAND_E4M3) return LAUNCH(q, "operand, e4m3", operand_kernel<OPERAND_E4M3>, grid, block, 0, a);
    return LAUNCH(q, "operand, f32", operand_kernel<OPERAND_F32>, grid, block, 0, a);
}
