/* types.c - the tensor types: what their bytes mean (blocks in, F32 out) and the way back.
 *
 *     Q8_0   d | 32 x int8                                     w = d q
 *     Q4_0   d | 16 x (low: 0-15, high: 16-31)                 w = d (q - 8)
 *     Q4_K   d dmin | 8 x (6-bit scale, min) | 128 nibbles     w = d s q - dmin m       (32 weights a sub-block)
 *     Q5_K   the same with a fifth bit from 32 bytes
 *     Q6_K   128 low nibbles | 64 high pairs | 16 int8 s | d   w = d s (q - 32)         (16 weights a sub-block)
 *     MXFP4  e | 16 x nibbles as Q4_0                          w = 2^(e-127) E2M1
 *     NVFP4  4 x s | 4 x 8 bytes, low nibbles the first 8      w = s E2M1               (16 weights a sub-block)
 *
 * These formulas are the truth that every fast path is tested against; tests/oracles holds an independent one in double
 * precision. Not here: repacking (pack.c), anything fast.
 */
#include "kernels.h"
#include "half.h"

#include <math.h>

static const struct {
    uint32_t type;
    struct tensor_type_info info;
} TYPES[] = {
    {TENSOR_F32, {"F32", 1, 4}},       {TENSOR_F16, {"F16", 1, 2}},       {TENSOR_BF16, {"BF16", 1, 2}},
    {TENSOR_Q4_0, {"Q4_0", 32, 18}},   {TENSOR_Q8_0, {"Q8_0", 32, 34}},   {TENSOR_Q4_K, {"Q4_K", 256, 144}},
    {TENSOR_Q5_K, {"Q5_K", 256, 176}}, {TENSOR_Q6_K, {"Q6_K", 256, 210}}, {TENSOR_MXFP4, {"MXFP4", 32, 17}},
    {TENSOR_NVFP4, {"NVFP4", 64, 36}},
};

const struct tensor_type_info *tensor_type_find(uint32_t gguf_type) {
    for (size_t i = 0; i < COUNT_OF(TYPES); i++)
        if (TYPES[i].type == gguf_type) return &TYPES[i].info;
    return NULL;
}

size_t tensor_row_bytes(uint32_t gguf_type, uint64_t COLS) {
    const struct tensor_type_info *t = tensor_type_find(gguf_type);
    if (!t || COLS % t->block_count || COLS / t->block_count > (SIZE_MAX >> 1) / t->block_bytes) return 0;
    return (size_t)(COLS / t->block_count) * t->block_bytes;
}

/* ---- blocks to floats ------------------------------------------------------------------------------------------- */

static void block_q8_0(const uint8_t *b, float *y) {
    float d = f16_to_f32(load_u16(b));
    for (int i = 0; i < 32; i++) y[i] = d * (float)(int8_t)b[2 + i];
}
static void block_q4_0(const uint8_t *b, float *y) {
    float d = f16_to_f32(load_u16(b));
    for (int i = 0; i < 16; i++) {
        y[i] = d * (float)((b[2 + i] & 15) - 8);
        y[i + 16] = d * (float)((b[2 + i] >> 4) - 8);
    }
}
/* Q4_K and Q5_K: `high` is NULL or the 32 bytes of fifth bits, bit j of byte i for entry i of sub-block j. */
static void block_q45_k(const uint8_t *b, const uint8_t *high, const uint8_t *nibbles, float *y) {
    float d = f16_to_f32(load_u16(b)), dmin = f16_to_f32(load_u16(b + 2));
    for (int j = 0; j < 8; j++) {
        uint8_t scale, minimum;
        k_scale(b + 4, j, &scale, &minimum);
        float s = d * (float)scale, m = dmin * (float)minimum;
        for (int i = 0; i < 32; i++) {
            int q = nibbles[j / 2 * 32 + i] >> (j & 1) * 4 & 15;
            if (high) q |= (high[i] >> j & 1) << 4;
            y[j * 32 + i] = s * (float)q - m;
        }
    }
}
static void block_q4_k(const uint8_t *b, float *y) { block_q45_k(b, NULL, b + 16, y); }
static void block_q5_k(const uint8_t *b, float *y) { block_q45_k(b, b + 16, b + 48, y); }
static void block_q6_k(const uint8_t *b, float *y) {
    float d = f16_to_f32(load_u16(b + 208));
    for (int k = 0; k < 256; k++) {
        int half = k / 128, quarter = k / 32 % 4, i = k % 32;
        int low = b[half * 64 + (quarter & 1) * 32 + i] >> (quarter & 2) * 2 & 15;
        int high = b[128 + half * 32 + i] >> quarter * 2 & 3;
        y[k] = d * (float)(int8_t)b[192 + k / 16] * (float)((low | high << 4) - 32);
    }
}
static void block_mxfp4(const uint8_t *b, float *y) {
    float d = e8m0_to_f32(b[0]);
    for (int i = 0; i < 16; i++) {
        y[i] = d * (0.5f * (float)e2m1_doubled[b[1 + i] & 15]);
        y[i + 16] = d * (0.5f * (float)e2m1_doubled[b[1 + i] >> 4]);
    }
}
static void block_nvfp4(const uint8_t *b, float *y) {
    for (int s = 0; s < 4; s++) {
        float d = ue4m3_to_f32(b[s]);
        for (int i = 0; i < 8; i++) {
            uint8_t byte = b[4 + s * 8 + i];
            y[s * 16 + i] = d * (0.5f * (float)e2m1_doubled[byte & 15]);
            y[s * 16 + 8 + i] = d * (0.5f * (float)e2m1_doubled[byte >> 4]);
        }
    }
}

void tensor_dequantise(enum tensor_type type, const void *blocks, size_t count, float *y) {
    const uint8_t *b = blocks;
    if (type == TENSOR_F32) {
        memcpy(y, b, count * 4);
        return;
    }
    if (type == TENSOR_F16 || type == TENSOR_BF16) {
        for (size_t i = 0; i < count; i++)
            y[i] = type == TENSOR_F16 ? f16_to_f32(load_u16(b + 2 * i)) : bf16_to_f32(load_u16(b + 2 * i));
        return;
    }
    void (*block)(const uint8_t *, float *) = type == TENSOR_Q8_0    ? block_q8_0
                                              : type == TENSOR_Q4_0  ? block_q4_0
                                              : type == TENSOR_Q4_K  ? block_q4_k
                                              : type == TENSOR_Q5_K  ? block_q5_k
                                              : type == TENSOR_Q6_K  ? block_q6_k
                                              : type == TENSOR_MXFP4 ? block_mxfp4
                                              : type == TENSOR_NVFP4 ? block_nvfp4
                                                                     : NULL;
    const struct tensor_type_info *t = tensor_type_find(type);
    if (!block || !t) return;
    for (size_t i = 0; i + t->block_count <= count; i += t->block_count, b += t->block_bytes) block(b, y + i);
}

/* ---- floats to blocks ------------------------------------------------------------------------------------------- */

static int clamp_round(float x, int lo, int hi) {
    if (!(x > (float)lo)) return lo;
    return x > (float)hi ? hi : (int)lrintf(x);
}
static float largest_magnitude(const float *x, int count) {
    float largest = 0;
    for (int i = 0; i < count; i++) largest = fmaxf(largest, fabsf(x[i]));
    return largest;
}

static void make_q8_0(const float *x, uint8_t *b) {
    store_u16(b, f32_to_f16(largest_magnitude(x, 32) / 127));
    float d = f16_to_f32(load_u16(b));
    for (int i = 0; i < 32; i++) b[2 + i] = (uint8_t)(int8_t)clamp_round(d > 0 ? x[i] / d : 0, -127, 127);
}
static void make_q4_0(const float *x, uint8_t *b) {
    float extreme = 0; /* the entry of largest magnitude becomes -8: its sign goes into d */
    for (int i = 0; i < 32; i++)
        if (fabsf(x[i]) > fabsf(extreme)) extreme = x[i];
    store_u16(b, f32_to_f16(extreme / -8));
    float d = f16_to_f32(load_u16(b));
    for (int i = 0; i < 16; i++) {
        int low = clamp_round(d != 0 ? x[i] / d + 8 : 8, 0, 15),
            high = clamp_round(d != 0 ? x[i + 16] / d + 8 : 8, 0, 15);
        b[2 + i] = (uint8_t)(low | high << 4);
    }
}
/* `top` is 15 (Q4_K) or 31 (Q5_K). */
static void make_q45_k(const float *x, int top, uint8_t *b, uint8_t *high, uint8_t *nibbles) {
    float scale[8], minimum[8], scale_max = 0, minimum_max = 0;
    for (int j = 0; j < 8; j++) {
        float lo = 0, hi = 0;
        for (int i = 0; i < 32; i++) {
            lo = fminf(lo, x[j * 32 + i]);
            hi = fmaxf(hi, x[j * 32 + i]);
        }
        scale[j] = (hi - lo) / (float)top;
        minimum[j] = -lo;
        scale_max = fmaxf(scale_max, scale[j]);
        minimum_max = fmaxf(minimum_max, minimum[j]);
    }
    store_u16(b, f32_to_f16(scale_max / 63));
    store_u16(b + 2, f32_to_f16(minimum_max / 63));
    float d = f16_to_f32(load_u16(b)), dmin = f16_to_f32(load_u16(b + 2));
    memset(b + 4, 0, 12);
    memset(nibbles, 0, 128);
    if (high) memset(high, 0, 32);
    for (int j = 0; j < 8; j++) {
        int s = clamp_round(d > 0 ? scale[j] / d : 0, 0, 63), m = clamp_round(dmin > 0 ? minimum[j] / dmin : 0, 0, 63);
        if (j < 4) {
            b[4 + j] = (uint8_t)(b[4 + j] | s);
            b[8 + j] = (uint8_t)(b[8 + j] | m);
        } else {
            b[8 + j] = (uint8_t)((s & 15) | (m & 15) << 4);
            b[j] = (uint8_t)(b[j] | (s >> 4) << 6);
            b[4 + j] = (uint8_t)(b[4 + j] | (m >> 4) << 6);
        }
        float ds = d * (float)s, dm = dmin * (float)m;
        for (int i = 0; i < 32; i++) {
            int q = clamp_round(ds > 0 ? (x[j * 32 + i] + dm) / ds : 0, 0, top);
            nibbles[j / 2 * 32 + i] = (uint8_t)(nibbles[j / 2 * 32 + i] | (q & 15) << (j & 1) * 4);
            if (high) high[i] = (uint8_t)(high[i] | (q >> 4) << j);
        }
    }
}
static void make_q4_k(const float *x, uint8_t *b) { make_q45_k(x, 15, b, NULL, b + 16); }
static void make_q5_k(const float *x, uint8_t *b) { make_q45_k(x, 31, b, b + 16, b + 48); }
static void make_q6_k(const float *x, uint8_t *b) {
    float scale[16], largest = 0;
    for (int s = 0; s < 16; s++) {
        float extreme = 0;
        for (int i = 0; i < 16; i++)
            if (fabsf(x[s * 16 + i]) > fabsf(extreme)) extreme = x[s * 16 + i];
        scale[s] = extreme / -32;
        largest = fmaxf(largest, fabsf(scale[s]));
    }
    memset(b, 0, 192);
    store_u16(b + 208, f32_to_f16(largest / 127));
    float d = f16_to_f32(load_u16(b + 208));
    for (int s = 0; s < 16; s++) b[192 + s] = (uint8_t)(int8_t)clamp_round(d > 0 ? scale[s] / d : 0, -127, 127);
    for (int k = 0; k < 256; k++) {
        float ds = d * (float)(int8_t)b[192 + k / 16];
        int q = clamp_round(ds != 0 ? x[k] / ds + 32 : 32, 0, 63);
        int half = k / 128, quarter = k / 32 % 4, i = k % 32;
        uint8_t *low = &b[half * 64 + (quarter & 1) * 32 + i], *high = &b[128 + half * 32 + i];
        *low = (uint8_t)(*low | (q & 15) << (quarter & 2) * 2);
        *high = (uint8_t)(*high | (q >> 4) << quarter * 2);
    }
}
/* Nearest E2M1 code; the boundaries are the midpoints, ties to the even code. */
static uint8_t e2m1_nearest(float x) {
    static const float bound[7] = {0.25f, 0.75f, 1.25f, 1.75f, 2.5f, 3.5f, 5};
    float magnitude = fabsf(x);
    uint8_t code = 0;
    for (int i = 0; i < 7; i++)
        if (i & 1 ? magnitude >= bound[i] : magnitude > bound[i]) code = (uint8_t)(i + 1);
    return (uint8_t)(code | (x < 0 && code ? 8 : 0));
}
static void make_mxfp4(const float *x, uint8_t *b) {
    float largest = largest_magnitude(x, 32);
    int e = largest > 0 ? ilogbf(largest) - 2 : -127; /* 6 = 1.5 * 2^2 is the top of E2M1 */
    b[0] = (uint8_t)(e < -127 ? 0 : e > 127 ? 254 : e + 127);
    float d = e8m0_to_f32(b[0]);
    for (int i = 0; i < 16; i++) b[1 + i] = (uint8_t)(e2m1_nearest(x[i] / d) | e2m1_nearest(x[i + 16] / d) << 4);
}
static void make_nvfp4(const float *x, uint8_t *b) {
    for (int s = 0; s < 4; s++) {
        float want = largest_magnitude(x + s * 16, 16) / 6;
        uint8_t code = 0;
        for (uint8_t u = 1; u < 0x7f; u++)
            if (fabsf(ue4m3_to_f32(u) - want) < fabsf(ue4m3_to_f32(code) - want)) code = u;
        b[s] = code;
        float d = ue4m3_to_f32(code);
        for (int i = 0; i < 8; i++) {
            float low = d > 0 ? x[s * 16 + i] / d : 0, high = d > 0 ? x[s * 16 + 8 + i] / d : 0;
            b[4 + s * 8 + i] = (uint8_t)(e2m1_nearest(low) | e2m1_nearest(high) << 4);
        }
    }
}

void tensor_quantise(enum tensor_type type, const float *x, size_t count, void *blocks) {
    uint8_t *b = blocks;
    if (type == TENSOR_F32) {
        memcpy(b, x, count * 4);
        return;
    }
    if (type == TENSOR_F16 || type == TENSOR_BF16) {
        for (size_t i = 0; i < count; i++)
            store_u16(b + 2 * i, type == TENSOR_F16 ? f32_to_f16(x[i]) : f32_to_bf16(x[i]));
        return;
    }
    void (*make)(const float *, uint8_t *) = type == TENSOR_Q8_0    ? make_q8_0
                                             : type == TENSOR_Q4_0  ? make_q4_0
                                             : type == TENSOR_Q4_K  ? make_q4_k
                                             : type == TENSOR_Q5_K  ? make_q5_k
                                             : type == TENSOR_Q6_K  ? make_q6_k
                                             : type == TENSOR_MXFP4 ? make_mxfp4
                                             : type == TENSOR_NVFP4 ? make_nvfp4
                                                                    : NULL;
    const struct tensor_type_info *t = tensor_type_find(type);
    if (!make || !t) return;
    for (size_t i = 0; i + t->block_count <= count; i += t->block_count, b += t->block_bytes) make(x + i, b);
}
