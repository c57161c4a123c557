/* pack.c - GGUF rows into panels of 16 rows, and back to floats.
 *
 * The layouts are drawn in cpu.h. A row is written into its panel word by word (four weights of one row at a time);
 * rows of one panel may be written by several threads at once, since no two rows share a byte. unpack_row is for the
 * embedding table and for tests: tensor_dequantise(row) and unpack_row(pack_row(row)) are equal bit for bit. Not here:
 * choosing layouts by processor; every instruction set reads the same one.
 */
#include "cpu.h"

bool pack_layout(enum tensor_type type, enum layout *layout) {
    switch (type) {
    case TENSOR_F32: *layout = LAY_F32; return true;
    case TENSOR_F16: *layout = LAY_F16; return true;
    case TENSOR_BF16: *layout = LAY_BF16; return true;
    case TENSOR_Q8_0: *layout = LAY_Q8_0; return true;
    case TENSOR_Q4_0: *layout = LAY_Q4_0; return true;
    case TENSOR_Q4_K: *layout = LAY_Q4_K; return true;
    case TENSOR_Q5_K: *layout = LAY_Q5_K; return true;
    case TENSOR_Q6_K: *layout = LAY_Q6_K; return true;
    case TENSOR_MXFP4: *layout = LAY_MXFP4; return true;
    case TENSOR_NVFP4: *layout = LAY_NVFP4; return true;
    case TENSOR_FP8: break;
    }
    return false;
}

/* Bytes of a chunk, and of the head before every eighth. */
static const struct {
    uint16_t head, chunk;
} SIZES[LAYOUTS] = {
    [LAY_Q8_0] = {0, 544},  [LAY_Q4_0] = {0, 288},  [LAY_Q4_K] = {64, 288}, [LAY_Q5_K] = {64, 352},
    [LAY_Q6_K] = {32, 416}, [LAY_MXFP4] = {0, 272}, [LAY_NVFP4] = {0, 288},
};

size_t pack_chunk_offset(enum layout layout, int chunk) {
    return (size_t)chunk * SIZES[layout].chunk + ((size_t)chunk / 8 + 1) * SIZES[layout].head;
}

size_t pack_panel_bytes(enum layout layout, int COLS) {
    size_t cols = (size_t)COLS;
    if (layout == LAY_F32) return cols * 64;
    if (layout == LAY_F16) return cols * 32;
    if (layout == LAY_BF16) return (cols + 1) / 2 * 64;
    size_t chunks = cols / CHUNK;
    return chunks * SIZES[layout].chunk + chunks / 8 * SIZES[layout].head;
}

/* ---- in --------------------------------------------------------------------------------------------------------- */

/* 16 bytes of nibbles (low: weights 0-15, high: 16-31) into the 4 nibble quads at `at`. */
static void put_nibbles(uint8_t *at, int r, const uint8_t *nibbles) {
    for (int quad = 0; quad < 4; quad++) memcpy(at + quad * 64 + r * 4, nibbles + quad * 4, 4);
}

static void pack_q45_k(enum layout layout, int blocks, const uint8_t *row, uint8_t *panel, int r) {
    bool five = layout == LAY_Q5_K;
    for (int i = 0; i < blocks; i++, row += five ? 176 : 144) {
        uint8_t *head = panel + pack_chunk_offset(layout, i * 8) - 64;
        memcpy(head + 2 * r, row, 2);
        memcpy(head + 32 + 2 * r, row + 2, 2);
        const uint8_t *nibbles = row + (five ? 48 : 16);
        for (int j = 0; j < 8; j++) {
            uint8_t *chunk = panel + pack_chunk_offset(layout, i * 8 + j), n[16];
            k_scale(row + 4, j, chunk + r, chunk + 16 + r);
            const uint8_t *from = nibbles + j / 2 * 32;
            int shift = (j & 1) * 4;
            for (int k = 0; k < 16; k++) n[k] = (uint8_t)((from[k] >> shift & 15) | (from[k + 16] >> shift & 15) << 4);
            put_nibbles(chunk + 32, r, n);
            if (!five) continue;
            for (int k = 0; k < 4; k++) {
                unsigned bits = 0;
                for (int b = 0; b < 8; b++) bits |= (row[16 + 4 * b + k] >> j & 1u) << b;
                chunk[32 + 256 + 4 * r + k] = (uint8_t)bits;
            }
        }
    }
}

static void pack_q6_k(int blocks, const uint8_t *row, uint8_t *panel, int r) {
    for (int i = 0; i < blocks; i++, row += 210) {
        memcpy(panel + pack_chunk_offset(LAY_Q6_K, i * 8) - 32 + 2 * r, row + 208, 2);
        for (int j = 0; j < 8; j++) {
            uint8_t *chunk = panel + pack_chunk_offset(LAY_Q6_K, i * 8 + j), n[16];
            chunk[r] = row[192 + 2 * j];
            chunk[16 + r] = row[192 + 2 * j + 1];
            const uint8_t *low = row + j / 4 * 64 + (j & 1) * 32, *high = row + 128 + j / 4 * 32;
            int low_shift = (j & 2) * 2, high_shift = j % 4 * 2;
            for (int k = 0; k < 16; k++)
                n[k] = (uint8_t)((low[k] >> low_shift & 15) | (low[k + 16] >> low_shift & 15) << 4);
            put_nibbles(chunk + 32, r, n);
            for (int part = 0; part < 2; part++)
                for (int k = 0; k < 4; k++) {
                    unsigned pairs = 0;
                    for (int b = 0; b < 4; b++) pairs |= (high[16 * part + 4 * b + k] >> high_shift & 3u) << 2 * b;
                    chunk[32 + 256 + 64 * part + 4 * r + k] = (uint8_t)pairs;
                }
        }
    }
}

void pack_row(enum layout layout, int COLS, const uint8_t *row, uint8_t *panel, int r) {
    int chunks = COLS / CHUNK;
    switch (layout) {
    case LAY_F32:
        for (int k = 0; k < COLS; k++) memcpy(panel + k * 64L + r * 4, row + k * 4L, 4);
        break;
    case LAY_F16:
        for (int k = 0; k < COLS; k++) memcpy(panel + k * 32L + r * 2, row + k * 2L, 2);
        break;
    case LAY_BF16:
        for (int k = 0; k < COLS; k++) memcpy(panel + k / 2 * 64L + r * 4 + k % 2 * 2, row + k * 2L, 2);
        break;
    case LAY_Q8_0:
        for (int i = 0; i < chunks; i++, row += 34) {
            uint8_t *chunk = panel + pack_chunk_offset(layout, i);
            memcpy(chunk + 2 * r, row, 2);
            for (int quad = 0; quad < 8; quad++) memcpy(chunk + 32 + quad * 64 + r * 4, row + 2 + quad * 4, 4);
        }
        break;
    case LAY_Q4_0:
        for (int i = 0; i < chunks; i++, row += 18) {
            uint8_t *chunk = panel + pack_chunk_offset(layout, i);
            memcpy(chunk + 2 * r, row, 2);
            put_nibbles(chunk + 32, r, row + 2);
        }
        break;
    case LAY_MXFP4:
        for (int i = 0; i < chunks; i++, row += 17) {
            uint8_t *chunk = panel + pack_chunk_offset(layout, i);
            chunk[r] = row[0];
            put_nibbles(chunk + 16, r, row + 1);
        }
        break;
    case LAY_NVFP4:
        for (int i = 0; i < chunks; i++) { /* two sub-blocks of 16 a chunk; two chunks a block */
            const uint8_t *block = row + i / 2 * 36, *first = block + 4 + i % 2 * 16, *second = first + 8;
            uint8_t *chunk = panel + pack_chunk_offset(layout, i), n[16];
            for (int s = 0; s < 2; s++) {
                uint8_t scale = block[i % 2 * 2 + s] & 0x7f;
                chunk[16 * s + r] = scale == 0x7f ? 0 : scale;
            }
            for (int k = 0; k < 8; k++) {
                n[k] = (uint8_t)((first[k] & 15) | (second[k] & 15) << 4);
                n[k + 8] = (uint8_t)(first[k] >> 4 | (second[k] & 0xf0));
            }
            put_nibbles(chunk + 32, r, n);
        }
        break;
    case LAY_Q4_K:
    case LAY_Q5_K: pack_q45_k(layout, COLS / 256, row, panel, r); break;
    case LAY_Q6_K: pack_q6_k(COLS / 256, row, panel, r); break;
    case LAYOUTS: break;
    }
}

/* ---- out -------------------------------------------------------------------------------------------------------- */

static int nibble(const uint8_t *quads, int r, int k) {
    return quads[k % 16 / 4 * 64 + r * 4 + k % 4] >> k / 16 * 4 & 15;
}

static void unpack_chunk(enum layout layout, const uint8_t *panel, int i, int r, float *y) {
    const uint8_t *chunk = panel + pack_chunk_offset(layout, i), *quads = chunk + (layout == LAY_MXFP4 ? 16 : 32);
    const uint8_t *head = i < 0 ? NULL : panel + pack_chunk_offset(layout, i / 8 * 8) - SIZES[layout].head;
    float d = 0, dmin = 0;
    if (layout == LAY_Q8_0 || layout == LAY_Q4_0) d = f16_to_f32(load_u16(chunk + 2 * r));
    if (layout == LAY_MXFP4) d = e8m0_to_f32(chunk[r]);
    if (SIZES[layout].head) d = f16_to_f32(load_u16(head + 2 * r));
    if (layout == LAY_Q4_K || layout == LAY_Q5_K) {
        d *= (float)chunk[r];
        dmin = f16_to_f32(load_u16(head + 32 + 2 * r)) * (float)chunk[16 + r];
    }
    for (int k = 0; k < CHUNK; k++) {
        int n = nibble(quads, r, k);
        switch (layout) {
        case LAY_Q8_0: y[k] = d * (float)(int8_t)quads[k / 4 * 64 + r * 4 + k % 4]; break;
        case LAY_Q4_0: y[k] = d * (float)(n - 8); break;
        case LAY_MXFP4: y[k] = d * (0.5f * (float)e2m1_doubled[n]); break;
        case LAY_NVFP4: y[k] = ue4m3_to_f32(chunk[k / 16 * 16 + r]) * (0.5f * (float)e2m1_doubled[n]); break;
        case LAY_Q4_K: y[k] = d * (float)n - dmin; break;
        case LAY_Q5_K: y[k] = d * (float)(n | (quads[256 + 4 * r + k % 4] >> k / 4 & 1) << 4) - dmin; break;
        case LAY_Q6_K:
            n |= (quads[256 + k / 16 * 64 + 4 * r + k % 4] >> k % 16 / 4 * 2 & 3) << 4;
            y[k] = d * (float)(int8_t)chunk[k / 16 * 16 + r] * (float)(n - 32);
            break;
        default: y[k] = 0;
        }
    }
}

void unpack_row(enum layout layout, int COLS, const uint8_t *panel, int r, float *y) {
    for (int k = 0; k < COLS && layout_is_float(layout); k++) {
        if (layout == LAY_F32) memcpy(&y[k], panel + k * 64L + r * 4, 4);
        if (layout == LAY_F16) y[k] = f16_to_f32(load_u16(panel + k * 32L + r * 2));
        if (layout == LAY_BF16) y[k] = bf16_to_f32(load_u16(panel + k / 2 * 64L + r * 4 + k % 2 * 2));
    }
    for (int i = 0; i < COLS / CHUNK && !layout_is_float(layout); i++) unpack_chunk(layout, panel, i, r, y + i * CHUNK);
}
