/* panel_neon.c - panel times tile with NEON and sdot: 4 rows are the 4 lanes, so 8 rows and up to 4 columns at a time.
 *
 *     w  int8 [4 rows][4]  .  x  int8 [4], spread   ──► sdot ──► i32 [4 rows]
 *
 * Codes are signed here, so no bias is needed. Everything else is as in panel_avx512.c.
 */
#if defined(__aarch64__)
#include "panel_neon.h"

INLINE int8x16_t spread(const uint8_t *p) {
    int32_t word;
    memcpy(&word, p, 4);
    return vreinterpretq_s8_s32(vdupq_n_s32(word));
}

INLINE void half_panel(enum layout L, const uint8_t *panel, int COLS, const uint8_t *tile, const int C, const int rows,
                       float *out) {
    const bool halves = L == LAY_Q6_K || L == LAY_NVFP4, minima = L == LAY_Q4_K || L == LAY_Q5_K;
    const bool heads = minima || L == LAY_Q6_K;
    const int scale_bytes = L == LAY_MXFP4 ? 16 : 32;
    const int chunk_bytes = scale_bytes + (L == LAY_Q8_0 ? 512 : L == LAY_Q5_K ? 320 : L == LAY_Q6_K ? 384 : 256);
    float32x4_t low[4], high[4], head[2] = {vdupq_n_f32(0), vdupq_n_f32(0)},
                                 head_minimum[2] = {vdupq_n_f32(0), vdupq_n_f32(0)};
    EACH_COLUMN low[c] = high[c] = vdupq_n_f32(0);
    for (int i = 0; i < COLS / CHUNK; i++) {
        if (heads && i % 8 == 0) {
            for (int g = 0; g < 2; g++) {
                head[g] = neon_halves(panel + 2 * (rows + 4 * g));
                if (minima) head_minimum[g] = neon_halves(panel + 32 + 2 * (rows + 4 * g));
            }
            panel += minima ? 64 : 32;
        }
        const uint8_t *quads = panel + scale_bytes + 4 * rows;
        for (int half = 0; half < (halves ? 2 : 1); half++) {
            const float32x4_t s0 = neon_scale(L, panel, half, rows, head[0]),
                              s1 = neon_scale(L, panel, half, rows + 4, head[1]);
            int32x4_t a[4], b[4];
            EACH_COLUMN a[c] = b[c] = vdupq_n_s32(0);
            const int end = halves ? half * 4 + 4 : 8;
            _Pragma("GCC unroll 8") for (int p = half * 4; p < end; p++) {
                const int8x16_t w0 = neon_codes(L, quads, p), w1 = neon_codes(L, quads + 16, p);
                EACH_COLUMN {
                    const int8x16_t x = spread(tile + (p * C + c) * 4);
                    a[c] = vdotq_s32(a[c], w0, x);
                    b[c] = vdotq_s32(b[c], w1, x);
                }
            }
            EACH_COLUMN {
                const float d = tile_float(tile + TILE_D(C) + 4 * c);
                low[c] = vfmaq_f32(low[c], vcvtq_f32_s32(a[c]), vmulq_n_f32(s0, d));
                high[c] = vfmaq_f32(high[c], vcvtq_f32_s32(b[c]), vmulq_n_f32(s1, d));
            }
        }
        if (minima) {
            const float32x4_t m0 = vmulq_f32(head_minimum[0], vcvtq_f32_u32(neon_bytes(panel + 16 + rows)));
            const float32x4_t m1 = vmulq_f32(head_minimum[1], vcvtq_f32_u32(neon_bytes(panel + 20 + rows)));
            EACH_COLUMN {
                const float32x4_t sum = vdupq_n_f32(tile_float(tile + TILE_DSUM(C) + 4 * c));
                low[c] = vfmsq_f32(low[c], m0, sum);
                high[c] = vfmsq_f32(high[c], m1, sum);
            }
        }
        panel += chunk_bytes;
        tile += TILE_CHUNK(C);
    }
    EACH_COLUMN {
        vst1q_f32(out + 16 * c + rows, low[c]);
        vst1q_f32(out + 16 * c + rows + 4, high[c]);
    }
}

INLINE void panel_quantised(enum layout L, const uint8_t *panel, int COLS, const uint8_t *tile, const int C,
                            float *out) {
    half_panel(L, panel, COLS, tile, C, 0, out);
    half_panel(L, panel, COLS, tile, C, 8, out);
}

/* Weights of rows 4g .. 4g+3 at column k. */
INLINE float32x4_t plain(enum layout L, const uint8_t *panel, int k, int g) {
    if (L == LAY_F32) return vreinterpretq_f32_u8(vld1q_u8(panel + (size_t)k * 64 + (size_t)g * 16));
    if (L == LAY_F16) return neon_halves(panel + (size_t)k * 32 + (size_t)g * 8);
    uint32x4_t two = vreinterpretq_u32_u8(vld1q_u8(panel + (size_t)(k / 2) * 64 + (size_t)g * 16));
    return vreinterpretq_f32_u32(k & 1 ? vandq_u32(two, vdupq_n_u32(0xffff0000u)) : vshlq_n_u32(two, 16));
}
INLINE void panel_plain(enum layout L, const uint8_t *panel, int COLS, const uint8_t *tile, const int C, float *out) {
    float32x4_t sum[4][4];
    EACH_COLUMN for (int g = 0; g < 4; g++) sum[c][g] = vdupq_n_f32(0);
    for (int k = 0; k < COLS; k++, tile += 4 * C) _Pragma("GCC unroll 4") for (int g = 0; g < 4; g++) {
            const float32x4_t w = plain(L, panel, k, g);
            EACH_COLUMN sum[c][g] = vfmaq_n_f32(sum[c][g], w, tile_float(tile + 4 * c));
        }
    EACH_COLUMN for (int g = 0; g < 4; g++) vst1q_f32(out + 16 * c + 4 * g, sum[c][g]);
}

#define CASE(kind, L, n)                                                                                               \
    case n:                                                                                                            \
        kind(L, panel, COLS, tile, n, out);                                                                            \
        break;
#define PANEL_FUNCTION(name, kind, L)                                                                                  \
    void name(const uint8_t *panel, int COLS, const void *tile, int C, float *out) {                                   \
        switch (C) { CASE(kind, L, 1) CASE(kind, L, 2) CASE(kind, L, 3) CASE(kind, L, 4) }                             \
    }
PANEL_FUNCTION(neon_f32, panel_plain, LAY_F32)
PANEL_FUNCTION(neon_f16, panel_plain, LAY_F16)
PANEL_FUNCTION(neon_bf16, panel_plain, LAY_BF16)
PANEL_FUNCTION(neon_q8_0, panel_quantised, LAY_Q8_0)
PANEL_FUNCTION(neon_q4_0, panel_quantised, LAY_Q4_0)
PANEL_FUNCTION(neon_q4_k, panel_quantised, LAY_Q4_K)
PANEL_FUNCTION(neon_q5_k, panel_quantised, LAY_Q5_K)
PANEL_FUNCTION(neon_q6_k, panel_quantised, LAY_Q6_K)
PANEL_FUNCTION(neon_mxfp4, panel_quantised, LAY_MXFP4)
PANEL_FUNCTION(neon_nvfp4, panel_quantised, LAY_NVFP4)

void neon_quantise(const float *x, int COLS, uint8_t *tile, int c, int C) {
    for (int i = 0; i < COLS / CHUNK; i++, x += CHUNK, tile += TILE_CHUNK(C)) {
        float32x4_t v[8], most = vdupq_n_f32(0), probe = vdupq_n_f32(0);
        for (int k = 0; k < 8; k++) {
            v[k] = vld1q_f32(x + 4 * k);
            most = vmaxq_f32(most, vabsq_f32(v[k]));
            probe = vfmaq_n_f32(probe, v[k], 0); /* NaN where NaN or infinite */
        }
        float largest = vmaxvq_f32(most), wild = vaddvq_f32(probe), d = 0, inverse = 0;
        if (wild != 0) {
            d = NAN;
        } else if (largest >= 1e-30f) {
            d = largest / 127;
            inverse = 127 / largest;
        }
        int32_t q[CHUNK], sum[2] = {0, 0};
        for (int k = 0; k < 8; k++)
            vst1q_s32(q + 4 * k, inverse != 0 ? vcvtnq_s32_f32(vmulq_n_f32(v[k], inverse)) : vdupq_n_s32(0));
        for (int k = 0; k < CHUNK; k++) {
            tile[(k / 4 * C + c) * 4 + k % 4] = (uint8_t)(int8_t)q[k];
            sum[k / 16] += q[k];
        }
        tile_put_scales(tile, C, c, d, sum[0], sum[1]);
    }
}

const struct cpu_isa cpu_isa_neon = {
    .name = "neon",
    .tile_columns = 4,
    .panel = {neon_f32, neon_f16, neon_bf16, neon_q8_0, neon_q4_0, neon_q4_k, neon_q5_k, neon_q6_k, neon_mxfp4,
              neon_nvfp4},
    .quantise = neon_quantise,
    .attend = attend_neon,
    .glu = glu_neon,
    .read = read_neon,
};
#else
typedef int panel_neon_is_for_arm64;
#endif
