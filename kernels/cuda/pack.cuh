/* pack.cuh - how weights lie in device memory: GGUF rows cut and re-ordered into records of 16 rows.
 *
 *     weight [EXPERTS][row tiles of 16][records][BYTES];   a record = 16 rows x K columns
 *
 * A record begins with its codes in "lane order": for each half of 8 rows, 32 lanes x 16 bytes, where lane 4g+t holds of
 * row g exactly the words that the A fragment of a tensor-core product wants from it. So a warp reads a record with full
 * 16-byte loads, one stretch of 512 bytes each, and feeds the registers to mma without shared memory or shuffles.
 *
 *     Q8_0   K  64  2 groups: word t, word t+4 of the 32 codes | f16 d[16][2]                              1088 bytes
 *     Q4_0   K 128  4 groups: 4 bytes, low nibbles = entries 4t.., high = 16+4t.. | f16 d[16][4]            1152
 *     MXFP4  K 128  the same | e8m0 d[16][4]                                                              1088
 *     NVFP4  K 128  the same | ue4m3 d[16][4][2] (entries 0-15, 16-31)                                    1152
 *     Q4_K   K 256  two such code parts (2048) | heads [16][16]                                            2304
 *     Q5_K   K 256  2048 | fifth bits: 2 parts x 2 halves x 32 lanes x 4 | heads [16][16]                   2816
 *     Q6_K   K 256  2048 | upper pairs: 2 parts x 2 halves x 32 lanes x 8 | int8 d[16][16] | f16 d[16]       3360
 *     F16, BF16  K 32  words: k = 2t, 2t+8, 16+2t, 24+2t (pairs)                                          1024
 *     F32        K 16  floats: k = 2t, 2t+1, 2t+8, 2t+9                                                   1024
 *
 * Exactly GGUF's bytes, so the floor of a pass is that of the file; rows beyond ROWS and columns beyond COLS are zero
 * codes with zero scales. A head of Q4_K and Q5_K keeps 16 bytes: f16 d, f16 dmin, then the eight 6-bit scales and minima
 * in three words that unpack with shifts by constants: low nibbles of the scales, low nibbles of the minima, and per
 * sub-block a nibble of (scale >> 4) | (minimum >> 4) << 2.
 *
 * Considered and not done: fp16 scale pairs a group for the K types (11 % more bytes); planes apart instead of records
 * (two streams a row tile); swizzles for ldmatrix (shared memory would be needed for decoding as well).
 * Invariant: each byte of a record is written by one (row, unit) alone; packed_value(pack(row)) = tensor_dequantise(row).
 */
#ifndef ASSAY_KERNELS_CUDA_PACK_CUH
#define ASSAY_KERNELS_CUDA_PACK_CUH

#include "machine.cuh"

#if defined(ASSAY_EMULATE)
extern "C" {
#include "kernels.h"
}
#else
extern "C" {
#include "kernels.h"
}
#endif

enum { TILE_ROWS = 16 };
/* What the activations are turned into for a weight type. */
enum operand { OPERAND_S8, OPERAND_BF16, OPERAND_F16, OPERAND_F32, OPERAND_E4M3, OPERANDS };
/* MXFP4 multiplied by block-scaled tensor-core products: a kind of product, not of tensor; the records are the same. Below
 * 256, so that it fits wherever a tensor_type does. */
enum { PRODUCT_MXFP4_SCALED = 201 };

struct pack_shape {
    int K, BYTES; /* columns and bytes of a record */
    int block_count, block_bytes; /* of GGUF */
    enum operand operand;
};
HD constexpr pack_shape pack_shape_of(int type) {
    return type == TENSOR_F32     ? pack_shape{16, 1024, 1, 4, OPERAND_F32}
           : type == TENSOR_F16   ? pack_shape{32, 1024, 1, 2, OPERAND_F16}
           : type == TENSOR_BF16  ? pack_shape{32, 1024, 1, 2, OPERAND_BF16}
           : type == TENSOR_Q8_0  ? pack_shape{64, 1088, 32, 34, OPERAND_S8}
           : type == TENSOR_Q4_0  ? pack_shape{128, 1152, 32, 18, OPERAND_S8}
           : type == TENSOR_MXFP4 ? pack_shape{128, 1088, 32, 17, OPERAND_S8}
           : type == PRODUCT_MXFP4_SCALED ? pack_shape{128, 1088, 32, 17, OPERAND_E4M3}
           : type == TENSOR_NVFP4 ? pack_shape{128, 1152, 64, 36, OPERAND_S8}
           : type == TENSOR_Q4_K  ? pack_shape{256, 2304, 256, 144, OPERAND_S8}
           : type == TENSOR_Q5_K  ? pack_shape{256, 2816, 256, 176, OPERAND_S8}
           : type == TENSOR_Q6_K  ? pack_shape{256, 3360, 256, 210, OPERAND_S8}
                                  : pack_shape{0, 0, 0, 0, OPERAND_F32};
}
HD int pack_records(int type, int COLS) {
    int K = pack_shape_of(type).K;
    return (COLS + K - 1) / K;
}
HD int pack_tiles(int ROWS) { return (ROWS + TILE_ROWS - 1) / TILE_ROWS; }

/* ---- GGUF in ---------------------------------------------------------------------------------------------------- */

/* The code of entry k of a quantised row: int8 (Q8_0), else 4, 5 or 6 bits without offset. */
HD int gguf_code(int type, const uint8_t *row, int k) {
    if (type == TENSOR_Q8_0) return row[k / 32 * 34 + 2 + k % 32];
    if (type == TENSOR_Q4_0 || type == TENSOR_MXFP4) {
        const uint8_t *q = row + (type == TENSOR_Q4_0 ? k / 32 * 18 + 2 : k / 32 * 17 + 1);
        return q[k % 16] >> (k % 32 / 16 * 4) & 15;
    }
    if (type == TENSOR_NVFP4) return row[k / 64 * 36 + 4 + k % 64 / 16 * 8 + k % 8] >> (k % 16 / 8 * 4) & 15;
    int i = k % 256;
    if (type == TENSOR_Q6_K) {
        const uint8_t *b = row + k / 256 * 210;
        int half = i / 128, quarter = i / 32 % 4;
        int low = b[half * 64 + (quarter & 1) * 32 + i % 32] >> (quarter & 2) * 2 & 15;
        return low | (b[128 + half * 32 + i % 32] >> quarter * 2 & 3) << 4;
    }
    const uint8_t *b = row + k / 256 * (type == TENSOR_Q5_K ? 176 : 144);
    int j = i / 32, low = b[(type == TENSOR_Q5_K ? 48 : 16) + j / 2 * 32 + i % 32] >> (j & 1) * 4 & 15;
    return type == TENSOR_Q5_K ? low | (b[16 + i % 32] >> j & 1) << 4 : low;
}
/* The 6-bit scale and minimum of sub-block j from the 12 bytes of a Q4_K or Q5_K block. */
HD void gguf_k_scale(const uint8_t *s, int j, int *scale, int *minimum) {
    *scale = j < 4 ? s[j] & 63 : (s[j + 4] & 15) | (s[j - 4] >> 6) << 4;
    *minimum = j < 4 ? s[j + 4] & 63 : s[j + 4] >> 4 | (s[j] >> 6) << 4;
}

/* ---- one word of a record ----------------------------------------------------------------------------------------- */

/* A record row is written in units: 16 quarter units (t = unit % 4, code part = unit / 4 % 2) for the codes, the last
 * one for the scales. */
enum { PACK_UNITS = 9, PACK_SCALES = 8 };

HD void put_bytes(uint8_t *to, uint32_t word) {
#if defined(__CUDA_ARCH__)
    *(uint32_t *)to = word;
#else
    memcpy(to, &word, 4);
#endif
}

/* Writes unit `unit` of row r (0..15) of a record: `row` is the GGUF row, k0 the first column of the record, COLS the row's
 * length. Units that a type has not got do nothing. */
HD void pack_unit(int type, const uint8_t *row, int k0, int COLS, uint8_t *record, int r, int unit) {
    const int half = r / 8, g = r % 8, t = unit % 4, part = unit / 4;
    uint8_t *lane = record + half * 512 + (4 * g + t) * 16;
    const pack_shape s = pack_shape_of(type);
    if (type == TENSOR_F32 || type == TENSOR_F16 || type == TENSOR_BF16) {
        if (unit >= 4) return;
        for (int w = 0; w < 4; w++) {
            uint32_t word = 0;
            int per = type == TENSOR_F32 ? 1 : 2;
            for (int e = 0; e < per; e++) {
                int k = k0 + (type == TENSOR_F32 ? 2 * t + (w & 1) + (w >> 1) * 8 : 2 * t + e + w * 8);
                if (k >= COLS) continue;
                const uint8_t *b = row + (size_t)k * (size_t)s.block_bytes;
                uint32_t value = load_u16(b);
                if (type == TENSOR_F32) value |= load_u16(b + 2) << 16;
                word |= value << 16 * e;
            }
            put_bytes(lane + 4 * w, word);
        }
        return;
    }
    if (type == TENSOR_Q8_0) {
        for (int w = 0; w < 4 && unit < 4; w++) {
            uint32_t word = 0;
            for (int e = 0; e < 4; e++) {
                int k = k0 + (w >> 1) * 32 + (w & 1) * 16 + 4 * t + e;
                if (k < COLS) word |= (uint32_t)gguf_code(type, row, k) << 8 * e;
            }
            put_bytes(lane + 4 * w, word);
        }
        for (int i = 0; i < 2 && unit == PACK_SCALES; i++) {
            int k = k0 + 32 * i;
            const uint8_t *b = row + (size_t)(k / 32) * 34;
            for (int e = 0; e < 2; e++) record[1024 + r * 4 + i * 2 + e] = k < COLS ? b[e] : 0;
        }
        return;
    }
    const bool wide = s.K == 256;
    if (unit < PACK_SCALES && (wide || part == 0)) { /* nibbles of four groups, and what is above them */
        uint32_t high[2] = {0, 0};
        for (int i = 0; i < 4; i++) {
            uint32_t word = 0;
            for (int e = 0; e < 4; e++)
                for (int h = 0; h < 2; h++) {
                    int k = k0 + part * 128 + i * 32 + h * 16 + 4 * t + e;
                    uint32_t code = k < COLS ? (uint32_t)gguf_code(type, row, k) : 0;
                    word |= (code & 15) << (8 * e + 4 * h);
                    if (type == TENSOR_Q5_K) high[0] |= (code >> 4) << (8 * e + 4 * h + i);
                    if (type == TENSOR_Q6_K) high[i >> 1] |= (code >> 4) << (8 * e + 4 * (i & 1) + 2 * h);
                }
            put_bytes(lane + part * 1024 + 4 * i, word);
        }
        if (type == TENSOR_Q5_K) put_bytes(record + 2048 + part * 256 + half * 128 + (4 * g + t) * 4, high[0]);
        for (int w = 0; w < 2 && type == TENSOR_Q6_K; w++)
            put_bytes(record + 2048 + part * 512 + half * 256 + (4 * g + t) * 8 + 4 * w, high[w]);
    }
    if (unit != PACK_SCALES) return;
    if (!wide) {
        for (int i = 0; i < 4; i++) {
            int k = k0 + 32 * i;
            bool in = k < COLS;
            if (type == TENSOR_Q4_0)
                for (int e = 0; e < 2; e++) record[1024 + r * 8 + i * 2 + e] = in ? row[(size_t)(k / 32) * 18 + e] : 0;
            if (type == TENSOR_MXFP4) record[1024 + r * 4 + i] = in ? row[(size_t)(k / 32) * 17] : 0;
            for (int h = 0; h < 2 && type == TENSOR_NVFP4; h++) {
                uint8_t d = in ? row[(size_t)(k / 64) * 36 + (k / 32 % 2) * 2 + h] & 0x7f : 0;
                record[1024 + r * 8 + i * 2 + h] = d == 0x7f ? 0 : d;
            }
        }
        return;
    }
    const uint8_t *b = row + (size_t)(k0 / 256) * (size_t)s.block_bytes; /* COLS is a multiple of 256: never beyond */
    if (type == TENSOR_Q6_K) {
        for (int i = 0; i < 16; i++) record[3072 + r * 16 + i] = b[192 + i];
        for (int e = 0; e < 2; e++) record[3328 + r * 2 + e] = b[208 + e];
        return;
    }
    uint32_t scales = 0, minima = 0, upper = 0;
    for (int j = 0; j < 8; j++) {
        int scale, minimum;
        gguf_k_scale(b + 4, j, &scale, &minimum);
        scales |= (uint32_t)(scale & 15) << 4 * j;
        minima |= (uint32_t)(minimum & 15) << 4 * j;
        upper |= (uint32_t)(scale >> 4 | (minimum >> 4) << 2) << 4 * j;
    }
    uint8_t *head = record + (type == TENSOR_Q5_K ? 2560 : 2048) + r * 16;
    put_bytes(head, load_u16(b) | load_u16(b + 2) << 16);
    put_bytes(head + 4, scales);
    put_bytes(head + 8, minima);
    put_bytes(head + 12, upper);
}

/* ---- one value of a record (embedding rows, tests): the reference's formulas, rounding by rounding --------------- */

HD float packed_value(int type, const uint8_t *record, int r, int k) {
    const int half = r / 8, g = r % 8;
    if (type == TENSOR_F32) {
        int t = k % 8 / 2, w = (k & 1) + k / 8 * 2;
        const uint8_t *p = record + half * 512 + (4 * g + t) * 16 + 4 * w;
        return bits_to_float(load_u16(p) | load_u16(p + 2) << 16);
    }
    if (type == TENSOR_F16 || type == TENSOR_BF16) {
        int t = k % 8 / 2, w = k / 8;
        uint16_t v = (uint16_t)load_u16(record + half * 512 + (4 * g + t) * 16 + 4 * w + 2 * (k & 1));
        return type == TENSOR_F16 ? half_to_float(v) : bf16_to_float(v);
    }
    const int i = k / 32 % 4, part = k / 128, h = k % 32 / 16, t = k % 16 / 4, e = k % 4;
    if (type == TENSOR_Q8_0) {
        int group = k / 32, code = (int8_t)record[half * 512 + (4 * g + t) * 16 + (group * 2 + h) * 4 + e];
        return mul_rn(half_to_float((uint16_t)load_u16(record + 1024 + r * 4 + group * 2)), (float)code);
    }
    int code = record[part * 1024 + half * 512 + (4 * g + t) * 16 + i * 4 + e] >> 4 * h & 15;
    if (type == TENSOR_Q4_0)
        return mul_rn(half_to_float((uint16_t)load_u16(record + 1024 + r * 8 + i * 2)), (float)(code - 8));
    if (type == TENSOR_MXFP4) return mul_rn(e8m0_value(record[1024 + r * 4 + i]), 0.5f * (float)e2m1_twice(code));
    if (type == TENSOR_NVFP4)
        return mul_rn(ue4m3_value(record[1024 + r * 8 + i * 2 + h]), 0.5f * (float)e2m1_twice(code));
    if (type == TENSOR_Q6_K) {
        code |= (record[2048 + part * 512 + half * 256 + (4 * g + t) * 8 + (i >> 1) * 4 + e] >> (4 * (i & 1) + 2 * h) & 3) << 4;
        float d = half_to_float((uint16_t)load_u16(record + 3328 + r * 2));
        return mul_rn(mul_rn(d, (float)(int8_t)record[3072 + r * 16 + k / 16]), (float)(code - 32));
    }
    if (type == TENSOR_Q5_K)
        code |= (record[2048 + part * 256 + half * 128 + (4 * g + t) * 4 + e] >> (4 * h + i) & 1) << 4;
    const uint8_t *head = record + (type == TENSOR_Q5_K ? 2560 : 2048) + r * 16;
    int j = k / 32, shift = 4 * (j & 1), at = j / 2;
    int scale = (head[4 + at] >> shift & 15) | (head[12 + at] >> shift & 3) << 4;
    int minimum = (head[8 + at] >> shift & 15) | (head[12 + at] >> shift >> 2 & 3) << 4;
    float d = half_to_float((uint16_t)load_u16(head)), dmin = half_to_float((uint16_t)load_u16(head + 2));
    return sub_rn(mul_rn(mul_rn(d, (float)scale), (float)code), mul_rn(dmin, (float)minimum));
}

#endif
