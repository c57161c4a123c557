/* product.cuh - the heart of all weight products: one warp, 16 rows a tile, records in registers, tensor cores.
 *
 *     record (16 rows x K) ──16-byte loads──► codes in registers ──decode──► A fragments ─┐
 *     activations, int8 or half, in fragment order ───────────────────────► B fragments ─┴► mma ──► acc += scale * c
 *
 * The activations ("operand") are prepared once an operation (operand.cu), for tiles of 8 columns:
 *     pieces  [column tile][piece][lane 4n+t][16 bytes]       n = column in its tile
 *         int8         a piece = 64 columns of the weight: words k=4t.., 16+4t.. of two groups of 32
 *         bf16, f16    a piece = 32: pairs k = 2t, 2t+8, 16+2t, 24+2t
 *         e4m3         a piece = 32, x = hi + lo: words hi k=4t.., hi 16+4t.., lo 4t.., lo 16+4t..
 *         f32          two pieces = 16: x = hi + mid + lo in bf16: {hi, hi, mid, mid}, {lo, lo, 0, 0}
 *     scales  [column tile][group of 32][8] {d, d * sum of codes}      (int8; f16 has d = a power of two)
 *             [column tile][128 columns][8] {four E8M0 bytes, 0}             (e4m3)
 * x = d q with |q| <= 127 and d = max|x| / 127 per 32, the CPU backend's rule; a group with NaN or infinity has d = NaN.
 *
 * MXFP4 on compute capability 12.1 (PRODUCT_MXFP4_SCALED): the tensor core applies both scales, so nothing is left for
 * the other units but two shifts and two masks a word of codes. The weight is exact (its codes are E2M1, its scales E8M0
 * already). The activations are two E4M3 planes, hi = round(x/d), lo = round(x/d - hi), with d = 2^(exponent(max) - 7):
 * |x - d(hi + lo)| <= max(2^-9 |x|, 2^-10 d), a ninth of int8's error, for two products instead of one. Of normal numbers,
 * root mean square of the error: 0.06 % (int8 0.54 %). One plane would cost half and err by 2.7 %, five times int8, which
 * decided against it. Few columns and many take the same products, so that a column's result does not depend on who else is in the batch.
 * NVFP4 stays with int8: its scale is UE4M3 per 16, which only kind::mxf4nvf4 takes, and there both operands are FP4:
 * activations of 2 bits of mantissa are another result (an error of 9.5 %), not another speed.
 *
 * One product serves 1 to 8 columns at the same cost: the tensor core multiplies eight whether they are there or not,
 * and the bytes of the weights, which bound decoding, are the same. That is why there is no separate one-column kernel.
 * F32 weights are split like their operand, six bf16 products of 8+8 bits giving 24: exact enough for a router.
 *
 * Considered and not done: dp4a (4 times the multiply instructions at 8 columns, and eight times the loads of x); scales
 * applied by the tensor core for other types than MXFP4 (none of theirs is E8M0 per 32); wgmma (not on sm_121, and it wants A or B in shared memory).
 */
#ifndef ASSAY_KERNELS_CUDA_PRODUCT_CUH
#define ASSAY_KERNELS_CUDA_PRODUCT_CUH

#include "plugin.cuh"

enum { COLUMN_TILE = 8, PIECE_BYTES = 512, GROUP = 32 };

struct operand_data {
    const uint8_t *pieces; /* [column tile][pieces_per_tile][512] */
    const float2 *scales;  /* [column tile][groups][8] */
    int pieces_per_tile, groups;
};

struct product_part {
    const uint8_t *w, *up; /* up: the second matrix of act(gate) * up; NULL = none */
    const float *scale, *up_scale; /* [EXPERTS] or NULL */
    const float *bias, *add;
    float *y;
    int ROWS, tiles, first; /* first: where its row tiles (narrow) or row blocks (wide) begin in the grid */
    int y_stride;           /* between columns */
    size_t expert_bytes;
};

enum product_mode { PRODUCT_DENSE, PRODUCT_HEADS, PRODUCT_EXPERTS };
struct product {
    struct product_part part[KERNELS_PARTS];
    int PARTS, records;
    struct operand_data x;
    enum product_mode mode;
    enum kernels_act act;
    int N;               /* columns (a head's) */
    int column_jobs;     /* heads: column tiles a head */
    int x_head_columns, y_head_stride;
    /* experts: jobs {expert, first, count} over `pairs`, a list of pair numbers n*TOPK+t ordered by expert */
    const int4 *jobs;
    const int *job_count, *pairs;
    int x_divisor; /* column of x = pair / x_divisor */
    int EXPERTS;   /* of every part; a job of a higher number writes zeros */
};

/* The columns that a block works on. */
struct column_job {
    int expert, first, count, x_base;
    size_t y_base;
    const int *pairs;
    int divisor;
};
template <int T> DEV bool find_columns(const product &p, int job, column_job *c) {
    c->pairs = NULL;
    c->divisor = 1;
    c->expert = c->x_base = 0;
    c->y_base = 0;
    if (p.mode == PRODUCT_EXPERTS) {
        if (job >= *p.job_count) return false;
        int4 j = p.jobs[job];
        c->expert = j.x;
        c->first = 0;
        c->count = j.z;
        c->pairs = p.pairs + j.y;
        c->divisor = p.x_divisor;
        return true;
    }
    int tile = job;
    if (p.mode == PRODUCT_HEADS) {
        c->expert = job / p.column_jobs;
        tile = job % p.column_jobs;
        c->x_base = c->expert * p.x_head_columns;
        c->y_base = (size_t)c->expert * (size_t)p.y_head_stride;
    }
    c->first = tile * T;
    c->count = p.N - c->first < T ? p.N - c->first : T;
    return true;
}
/* Column i of the job: where its operand stands, and which column of y it is. Beyond the end: the last one again. */
DEV int column_x(const column_job &c, int i) {
    if (i >= c.count) i = c.count - 1;
    return c.pairs ? c.pairs[i] / c.divisor : c.x_base + c.first + i;
}
DEV int column_y(const column_job &c, int i) { return c.pairs ? c.pairs[i] : c.first + i; }

DEV float activate(enum kernels_act act, float g) {
    if (act == ACT_SILU) return g / (1.0f + expf(-g));
    if (act == ACT_GELU_TANH) return 0.5f * g * (1.0f + tanhf(0.7978845608f * (g + 0.044715f * g * g * g)));
    if (act == ACT_GELU_ERF) return 0.5f * g * (1.0f + erff(g * 0.70710678f));
    return g > 0 ? g : (g == g ? 0.0f : g);
}
DEV void finish(const product_part &p, const column_job &c, const product &all, int row, int column, float g, float u) {
    size_t at = c.y_base + (size_t)column_y(c, column) * (size_t)p.y_stride + (size_t)row;
    if (all.mode == PRODUCT_EXPERTS && c.expert >= all.EXPERTS) { /* pairs that name no expert */
        p.y[at] = 0;
        return;
    }
    if (p.scale) g *= p.scale[c.expert];
    if (p.up) g = activate(all.act, g) * (p.up_scale ? u * p.up_scale[c.expert] : u);
    if (p.bias) g += p.bias[row];
    if (p.add) g += p.add[at];
    p.y[at] = g;
}

/* ---- records in registers --------------------------------------------------------------------------------------- */

/* A unit is what a warp holds at a time: a record, or half of a record of 256 columns. */
HD constexpr int unit_parts(int type) { return pack_shape_of(type).K == 256 ? 2 : 1; }
HD constexpr int unit_columns(int type) { return pack_shape_of(type).K / unit_parts(type); }

template <int TYPE> struct raw {
    uint4 code[2]; /* [half]: rows g and g+8; what a type does not use costs no register */
    uint2 high[2];
    uint4 head[2];
    uint32_t d[2];
    int part;
};

template <int TYPE> DEV void raw_load(raw<TYPE> &r, const uint8_t *row_tile, int unit, int lane) {
    const uint8_t *record = row_tile + (size_t)(unit / unit_parts(TYPE)) * pack_shape_of(TYPE).BYTES;
    const int part = r.part = unit % unit_parts(TYPE);
#pragma unroll
    for (int half = 0; half < 2; half++) {
        const int row = lane / 4 + 8 * half;
        r.code[half] = load_stream(record + part * 1024 + half * 512 + lane * 16);
        if (TYPE == PRODUCT_MXFP4_SCALED && half == 0) /* what mma_mxfp4 wants of this lane: row g, or g+8 of odd lanes */
            r.head[0].x = load_at<uint32_t>(record + 1024 + (row + 8 * (lane & 1)) * 4);
        if (TYPE == TENSOR_Q8_0 || TYPE == TENSOR_MXFP4) r.head[half].x = load_at<uint32_t>(record + 1024 + row * 4);
        if (TYPE == TENSOR_Q4_0 || TYPE == TENSOR_NVFP4) {
            uint2 v = load_at<uint2>(record + 1024 + row * 8);
            r.head[half].x = v.x;
            r.head[half].y = v.y;
        }
        if (TYPE == TENSOR_Q4_K) r.head[half] = load_at<uint4>(record + 2048 + row * 16);
        if (TYPE == TENSOR_Q5_K) {
            r.high[half].x = load_at<uint32_t>(record + 2048 + part * 256 + half * 128 + lane * 4);
            r.head[half] = load_at<uint4>(record + 2560 + row * 16);
        }
        if (TYPE == TENSOR_Q6_K) {
            r.high[half] = load_at<uint2>(record + 2048 + part * 512 + half * 256 + lane * 8);
            uint2 v = load_at<uint2>(record + 3072 + row * 16 + part * 8);
            r.head[half].x = v.x;
            r.head[half].y = v.y;
            r.d[half] = load_at<uint16_t>(record + 3328 + row * 2);
        }
    }
}

DEV uint32_t word_of(const uint4 &v, int i) { return i == 0 ? v.x : i == 1 ? v.y : i == 2 ? v.z : v.w; }

/* Group i (32 columns) of a unit: the A fragment as int8, scales w of rows g and g+8 (w[2], w[3]: entries 16-31 where
 * they differ), and minima m, which multiply the sum of x. */
struct group_values {
    uint32_t a[4];
    float w[4], m[2];
};
template <int TYPE> HD constexpr bool type_splits() { return TYPE == TENSOR_Q6_K || TYPE == TENSOR_NVFP4; }
template <int TYPE> HD constexpr bool type_has_minimum() {
    return TYPE == TENSOR_Q4_0 || TYPE == TENSOR_Q4_K || TYPE == TENSOR_Q5_K;
}

/* What all sums are multiplied by at the end: decode gives twice the E2M1 values, and UE4M3 scales with the bias of F16. */
template <int TYPE> HD constexpr float type_factor() {
    return TYPE == TENSOR_MXFP4 ? 0.5f : TYPE == TENSOR_NVFP4 ? 128.0f : 1.0f;
}

template <int TYPE> DEV void decode(const raw<TYPE> &r, int i, group_values &v) {
#pragma unroll
    for (int half = 0; half < 2; half++) {
        const uint4 &head = r.head[half];
        if (TYPE == TENSOR_Q8_0) {
            v.a[half] = word_of(r.code[half], 2 * i);
            v.a[2 + half] = word_of(r.code[half], 2 * i + 1);
            v.w[half] = half_to_float((uint16_t)(head.x >> 16 * i));
            continue;
        }
        const uint32_t code = word_of(r.code[half], i);
        uint32_t lo = code & 0x0f0f0f0fu, hi = code >> 4 & 0x0f0f0f0fu;
        if (TYPE == TENSOR_Q4_0) {
            v.w[half] = half_to_float((uint16_t)((i < 2 ? head.x : head.y) >> 16 * (i % 2)));
            v.m[half] = 8.0f * v.w[half];
        }
        if (TYPE == TENSOR_MXFP4) {
            e2m1_bytes(code, &lo, &hi);
            uint32_t bits = (head.x >> 8 * i & 0xff) << 23; /* e8m0_value: 2^-127 where the byte is 0 */
            v.w[half] = bits_to_float(bits < 0x00400000u ? 0x00400000u : bits);
        }
        if (TYPE == TENSOR_NVFP4) {
            uint32_t two = (i < 2 ? head.x : head.y) >> 16 * (i % 2);
            e2m1_bytes(code, &lo, &hi);
            uint32_t halves = (two << 7 & 0x3f80u) | (two << 15 & 0x3f800000u); /* ue4m3_value / 256; 0x7f is packed as 0 */
            v.w[half] = half_to_float((uint16_t)halves);
            v.w[2 + half] = half_to_float((uint16_t)(halves >> 16));
        }
        if (TYPE == TENSOR_Q4_K || TYPE == TENSOR_Q5_K) {
            const int at = 4 * i + 16 * r.part; /* sub-block 4 part + i */
            uint32_t scale = (head.y >> at & 15) | (head.w >> at & 3) << 4;
            uint32_t minimum = (head.z >> at & 15) | (head.w >> (at + 2) & 3) << 4;
            v.w[half] = half_to_float((uint16_t)head.x) * (float)scale;
            v.m[half] = half_to_float((uint16_t)(head.x >> 16)) * (float)minimum;
        }
        if (TYPE == TENSOR_Q5_K) {
            uint32_t high = r.high[half].x;
            lo |= (high >> i & 0x01010101u) << 4;
            hi |= (high >> (4 + i) & 0x01010101u) << 4;
        }
        if (TYPE == TENSOR_Q6_K) {
            uint32_t high = i < 2 ? r.high[half].x : r.high[half].y;
            lo = bytes_less_32(lo | (high >> (4 * (i & 1)) & 0x03030303u) << 4);
            hi = bytes_less_32(hi | (high >> (4 * (i & 1) + 2) & 0x03030303u) << 4);
            float d = half_to_float((uint16_t)r.d[half]);
            uint32_t two = (i < 2 ? head.x : head.y) >> 16 * (i % 2);
            v.w[half] = d * (float)(int8_t)two;
            v.w[2 + half] = d * (float)(int8_t)(two >> 8);
        }
        v.a[half] = lo;
        v.a[2 + half] = hi;
    }
}

/* ---- one unit times the column tiles ----------------------------------------------------------------------------- */

/* b.piece(nt, p) and b.scale(nt, group) give lane's words and {d, d*sum} of columns 2t and 2t+1, counted from the unit's
 * first piece and group. MT row tiles share what is loaded of B. */
template <int TYPE, int MT, int NT, class B>
DEV void multiply_ints(const raw<TYPE> (&r)[MT], const B &b, float (&acc)[MT][NT][4]) {
    /* With two row tiles a group at a time: unrolled further, the compiler moves so many loads up that it spills (176 bytes
     * for NVFP4). */
#pragma unroll (MT == 1 ? 2 : 1)
    for (int p = 0; p < unit_columns(TYPE) / 64; p++) {
#pragma unroll (MT == 1 ? 2 : 1)
        for (int j = 0; j < 2; j++) {
            group_values v[MT];
#pragma unroll
            for (int mt = 0; mt < MT; mt++) decode<TYPE>(r[mt], 2 * p + j, v[mt]);
#pragma unroll
            for (int nt = 0; nt < NT; nt++) {
                uint2 words = b.words(nt, p, j);
                uint32_t bb[2] = {words.x, words.y};
                float4 s = b.scale(nt, 2 * p + j);
#pragma unroll
                for (int mt = 0; mt < MT; mt++) {
                    float *c = acc[mt][nt];
                    const group_values &g = v[mt];
                    float first[4], second[4];
                    if (type_splits<TYPE>()) {
                        uint32_t low[2] = {g.a[0], g.a[1]}, high[2] = {g.a[2], g.a[3]};
                        mma_s8_k16(first, low, bb[0]);
                        mma_s8_k16(second, high, bb[1]);
                        c[0] += s.x * (g.w[0] * first[0] + g.w[2] * second[0]);
                        c[1] += s.z * (g.w[0] * first[1] + g.w[2] * second[1]);
                        c[2] += s.x * (g.w[1] * first[2] + g.w[3] * second[2]);
                        c[3] += s.z * (g.w[1] * first[3] + g.w[3] * second[3]);
                        continue;
                    }
                    mma_s8_k32(first, g.a, bb);
                    c[0] += g.w[0] * (s.x * first[0]);
                    c[1] += g.w[0] * (s.z * first[1]);
                    c[2] += g.w[1] * (s.x * first[2]);
                    c[3] += g.w[1] * (s.z * first[3]);
                    if (type_has_minimum<TYPE>()) {
                        c[0] -= g.m[0] * s.y;
                        c[1] -= g.m[0] * s.w;
                        c[2] -= g.m[1] * s.y;
                        c[3] -= g.m[1] * s.w;
                    }
                }
            }
        }
    }
}

/* x = hi + mid + lo, each bf16; infinities and NaN stay in hi. */
HD void split_bf16(float x, uint16_t plane[3]) {
    plane[0] = float_to_bf16(x);
    float rest = x - bf16_to_float(plane[0]);
    bool odd = (plane[0] & 0x7f80) == 0x7f80;
    plane[1] = odd ? 0 : float_to_bf16(rest);
    plane[2] = odd ? 0 : float_to_bf16(rest - bf16_to_float(plane[1]));
}
/* Two weights at once, cut instead of rounded: 8 bits a plane are all 24, in a quarter of the instructions. What is not
 * finite stays so. */
DEV void split_pair(uint32_t x, uint32_t y, uint32_t out[3]) {
#pragma unroll
    for (int i = 0; i < 3; i++) {
        out[i] = __byte_perm(x, y, 0x7632); /* the upper halves */
        x = float_to_bits(bits_to_float(x) - bits_to_float(x & 0xffff0000u));
        y = float_to_bits(bits_to_float(y) - bits_to_float(y & 0xffff0000u));
    }
}

template <int TYPE, int MT, int NT, class B>
DEV void multiply_floats(const raw<TYPE> (&r)[MT], const B &b, float (&acc)[MT][NT][4]) {
    if constexpr (TYPE == TENSOR_F32) {
#pragma unroll
        for (int mt = 0; mt < MT; mt++) {
            uint32_t plane[4][3];
            const uint4 &x = r[mt].code[0], &y = r[mt].code[1];
            split_pair(x.x, x.y, plane[0]);
            split_pair(y.x, y.y, plane[1]);
            split_pair(x.z, x.w, plane[2]);
            split_pair(y.z, y.w, plane[3]);
            uint32_t a[3][4];
            for (int i = 0; i < 3; i++)
                for (int k = 0; k < 4; k++) a[i][k] = plane[k][i];
#pragma unroll
            for (int nt = 0; nt < NT; nt++) {
                uint2 hi = b.words(nt, 0, 0), mid = b.words(nt, 0, 1), lo = b.words(nt, 1, 0);
                uint32_t B0[2] = {hi.x, hi.y}, B1[2] = {mid.x, mid.y}, B2[2] = {lo.x, lo.y};
                float *c = acc[mt][nt];
                mma_bf16(c, a[2], B0); /* small products first */
                mma_bf16(c, a[1], B1);
                mma_bf16(c, a[0], B2);
                mma_bf16(c, a[1], B0);
                mma_bf16(c, a[0], B1);
                mma_bf16(c, a[0], B0);
            }
        }
    } else {
#pragma unroll
    for (int nt = 0; nt < NT; nt++) {
        uint2 w0 = b.words(nt, 0, 0), w1 = b.words(nt, 0, 1);
        uint32_t bb[2][2] = {{w0.x, w0.y}, {w1.x, w1.y}};
#pragma unroll
        for (int mt = 0; mt < MT; mt++) {
            float part[4] = {0, 0, 0, 0}, *c = acc[mt][nt];
#pragma unroll
            for (int step = 0; step < 2; step++) {
                const uint4 &x = r[mt].code[0], &y = r[mt].code[1];
                uint32_t a[4] = {word_of(x, 2 * step), word_of(y, 2 * step), word_of(x, 2 * step + 1),
                                 word_of(y, 2 * step + 1)};
                if (TYPE == TENSOR_BF16)
                    mma_bf16(c, a, bb[step]);
                else
                    mma_f16(part, a, bb[step]);
            }
            if (TYPE == TENSOR_F16) {
                float4 s = b.scale(nt, 0);
                c[0] += s.x * part[0];
                c[1] += s.z * part[1];
                c[2] += s.x * part[2];
                c[3] += s.z * part[3];
            }
        }
    }
    }
}

/* Group INDEX of a unit of MXFP4. b.plane_words(nt, group) gives the lane's words of both planes; s: of column g the four
 * scales. The small plane first. */
template <int INDEX, int TYPE, int MT, int NT, class B>
DEV void multiply_scaled(const raw<TYPE> (&r)[MT], const B &b, const uint32_t (&s)[NT], float (&acc)[MT][NT][4]) {
    uint32_t a[MT][4];
#pragma unroll
    for (int mt = 0; mt < MT; mt++)
#pragma unroll
        for (int half = 0; half < 2; half++) {
            const uint32_t code = word_of(r[mt].code[half], INDEX);
            a[mt][half] = code << 2 & 0x3c3c3c3cu;
            a[mt][2 + half] = code >> 2 & 0x3c3c3c3cu;
        }
#pragma unroll
    for (int nt = 0; nt < NT; nt++) {
        const uint4 x = b.plane_words(nt, INDEX);
#pragma unroll
        for (int mt = 0; mt < MT; mt++) mma_mxfp4<INDEX>(acc[mt][nt], a[mt], r[mt].head[0].x, x.z, x.w, s[nt]);
#pragma unroll
        for (int mt = 0; mt < MT; mt++) mma_mxfp4<INDEX>(acc[mt][nt], a[mt], r[mt].head[0].x, x.x, x.y, s[nt]);
    }
}

template <int TYPE, int MT, int NT, class B>
DEV void multiply_unit(const raw<TYPE> (&r)[MT], const B &b, float (&acc)[MT][NT][4]) {
    if constexpr (pack_shape_of(TYPE).operand == OPERAND_E4M3) {
        uint32_t s[NT];
#pragma unroll
        for (int nt = 0; nt < NT; nt++) s[nt] = b.scale_word(nt);
        multiply_scaled<0>(r, b, s, acc);
        multiply_scaled<1>(r, b, s, acc);
        multiply_scaled<2>(r, b, s, acc);
        multiply_scaled<3>(r, b, s, acc);
    } else if constexpr (pack_shape_of(TYPE).operand == OPERAND_S8)
        multiply_ints<TYPE, MT, NT>(r, b, acc);
    else
        multiply_floats<TYPE, MT, NT>(r, b, acc);
}
/* After the last unit. */
template <int TYPE, int MT, int NT> DEV void settle(float (&acc)[MT][NT][4]) {
    if (type_factor<TYPE>() == 1.0f) return;
#pragma unroll
    for (int i = 0; i < MT * NT * 4; i++) acc[i / (NT * 4)][i / 4 % NT][i % 4] *= type_factor<TYPE>();
}
/* Pieces of the operand a unit reads, and entries of its scales (0 = the operand has none). */
HD constexpr int unit_pieces(int type) {
    return pack_shape_of(type).operand == OPERAND_E4M3 ? unit_columns(type) / GROUP
           : pack_shape_of(type).operand == OPERAND_S8 ? unit_columns(type) / 64 : type == TENSOR_F32 ? 2 : 1;
}
HD constexpr int unit_groups(int type) {
    return pack_shape_of(type).operand == OPERAND_E4M3 ? 1
           : pack_shape_of(type).operand == OPERAND_S8 ? unit_columns(type) / GROUP : type == TENSOR_F16 ? 1 : 0;
}

/* ---- launchers (product_narrow.cu, product_wide.cu) --------------------------------------------------------------- */

enum { NARROW_COLUMNS = 8, MIDDLE_COLUMNS = 32, WIDE_COLUMNS = 64 };
/* `type`: a tensor_type or PRODUCT_MXFP4_SCALED. `jobs` column jobs of NARROW_ or MIDDLE_COLUMNS columns; p->part[].first is filled in. */
void launch_narrow(kernels_queue *q, struct product *p, int type, int jobs, int columns);
void launch_wide(kernels_queue *q, struct product *p, int type, int jobs);

/* operand.cu: x [batches][N][COLS] with strides into column tiles; batch b, column n becomes column b*columns + n where
 * columns = N rounded up to 8. false when the queue failed. */
bool operand_make(kernels_queue *q, enum operand kind, const float *x, int batches, int N, int COLS, size_t batch_stride,
                  size_t column_stride, struct operand_data *out);

#endif
