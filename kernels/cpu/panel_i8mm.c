/* panel_i8mm.c - panel times tile with smmla: a pair of rows by a pair of columns, 8 deep, an instruction.
 *
 *     quads 2j, 2j+1 of 4 rows ─ zip ─► [r0 k0..7 | r1 k0..7]      columns likewise ─► [c0 k0..7 | c1 k0..7]
 *     smmla ──► i32 [r0c0 r0c1 r1c0 r1c1]
 *
 * 8 rows and up to 4 columns at a time: 8 sums. One column goes through sdot (panel_neon.c); the float operations on
 * each sum are the same there, so the bits are too. Three columns are computed as four, the last one reading the next
 * quad's bytes, and dropped.
 */
#if defined(__aarch64__)
#include "panel_neon.h"

/* Columns 2*pair, 2*pair+1 of quads p and p+1. */
INLINE int8x16_t columns(const uint8_t *tile, const int C, int p, int pair) {
    int32x2_t a = vreinterpret_s32_u8(vld1_u8(tile + (p * C + 2 * pair) * 4)),
              b = vreinterpret_s32_u8(vld1_u8(tile + ((p + 1) * C + 2 * pair) * 4));
    return vreinterpretq_s8_s32(vcombine_s32(vzip1_s32(a, b), vzip2_s32(a, b)));
}
/* The pair's two floats of a row of C at `p`, twice. */
INLINE float32x4_t column_floats(const uint8_t *p, int pair) {
    float32x2_t two = vreinterpret_f32_u8(vld1_u8(p + 8 * pair));
    return vcombine_f32(two, two);
}

INLINE void half_panel(enum layout L, const uint8_t *panel, int COLS, const uint8_t *tile, const int C, const int rows,
                       float *out) {
    const bool halves = L == LAY_Q6_K || L == LAY_NVFP4, minima = L == LAY_Q4_K || L == LAY_Q5_K;
    const bool heads = minima || L == LAY_Q6_K;
    const int scale_bytes = L == LAY_MXFP4 ? 16 : 32, PAIRS = (C + 1) / 2;
    const int chunk_bytes = scale_bytes + (L == LAY_Q8_0 ? 512 : L == LAY_Q5_K ? 320 : L == LAY_Q6_K ? 384 : 256);
    float32x4_t sum[4][2], head[2] = {vdupq_n_f32(0), vdupq_n_f32(0)},
                           head_minimum[2] = {vdupq_n_f32(0), vdupq_n_f32(0)};
    for (int r = 0; r < 4; r++) sum[r][0] = sum[r][1] = vdupq_n_f32(0);
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
            int32x4_t dot[4][2];
            for (int r = 0; r < 4; r++) dot[r][0] = dot[r][1] = vdupq_n_s32(0);
            const int end = halves ? half * 4 + 4 : 8;
            _Pragma("GCC unroll 4") for (int p = half * 4; p < end; p += 2) {
                int8x16_t x[2];
                _Pragma("GCC unroll 2") for (int k = 0; k < PAIRS; k++) x[k] = columns(tile, C, p, k);
                _Pragma("GCC unroll 2") for (int g = 0; g < 2; g++) {
                    int32x4_t a = vreinterpretq_s32_s8(neon_codes(L, quads + 16 * g, p)),
                              b = vreinterpretq_s32_s8(neon_codes(L, quads + 16 * g, p + 1));
                    int8x16_t w0 = vreinterpretq_s8_s32(vzip1q_s32(a, b)), w1 = vreinterpretq_s8_s32(vzip2q_s32(a, b));
                    _Pragma("GCC unroll 2") for (int k = 0; k < PAIRS; k++) {
                        dot[2 * g][k] = vmmlaq_s32(dot[2 * g][k], w0, x[k]);
                        dot[2 * g + 1][k] = vmmlaq_s32(dot[2 * g + 1][k], w1, x[k]);
                    }
                }
            }
            for (int g = 0; g < 2; g++) {
                const float32x4_t scale = neon_scale(L, panel, half, rows + 4 * g, head[g]);
                const float32x4_t s0 = vzip1q_f32(scale, scale), s1 = vzip2q_f32(scale, scale);
                for (int k = 0; k < PAIRS; k++) {
                    const float32x4_t d = column_floats(tile + TILE_D(C), k);
                    sum[2 * g][k] = vfmaq_f32(sum[2 * g][k], vcvtq_f32_s32(dot[2 * g][k]), vmulq_f32(s0, d));
                    sum[2 * g + 1][k] =
                        vfmaq_f32(sum[2 * g + 1][k], vcvtq_f32_s32(dot[2 * g + 1][k]), vmulq_f32(s1, d));
                }
            }
        }
        for (int g = 0; minima && g < 2; g++) {
            const float32x4_t m = vmulq_f32(head_minimum[g], vcvtq_f32_u32(neon_bytes(panel + 16 + rows + 4 * g)));
            for (int k = 0; k < PAIRS; k++) {
                const float32x4_t x = column_floats(tile + TILE_DSUM(C), k);
                sum[2 * g][k] = vfmsq_f32(sum[2 * g][k], vzip1q_f32(m, m), x);
                sum[2 * g + 1][k] = vfmsq_f32(sum[2 * g + 1][k], vzip2q_f32(m, m), x);
            }
        }
        panel += chunk_bytes;
        tile += TILE_CHUNK(C);
    }
    for (int r = 0; r < 8; r++)
        for (int c = 0; c < C; c++) out[16 * c + rows + r] = sum[r / 2][c / 2][r % 2 * 2 + c % 2];
}

#define CASE(L, n)                                                                                                     \
    case n:                                                                                                            \
        half_panel(L, panel, COLS, tile, n, 0, out);                                                                   \
        half_panel(L, panel, COLS, tile, n, 8, out);                                                                   \
        break;
#define PANEL_FUNCTION(name, L)                                                                                        \
    static void i8mm_##name(const uint8_t *panel, int COLS, const void *tile, int C, float *out) {                     \
        switch (C) { CASE(L, 2) CASE(L, 3) CASE(L, 4) default : neon_##name(panel, COLS, tile, C, out); }              \
    }
PANEL_FUNCTION(q8_0, LAY_Q8_0)
PANEL_FUNCTION(q4_0, LAY_Q4_0)
PANEL_FUNCTION(q4_k, LAY_Q4_K)
PANEL_FUNCTION(q5_k, LAY_Q5_K)
PANEL_FUNCTION(q6_k, LAY_Q6_K)
PANEL_FUNCTION(mxfp4, LAY_MXFP4)
PANEL_FUNCTION(nvfp4, LAY_NVFP4)

const struct cpu_isa cpu_isa_i8mm = {
    .name = "i8mm",
    .tile_columns = 4,
    .panel = {neon_f32, neon_f16, neon_bf16, i8mm_q8_0, i8mm_q4_0, i8mm_q4_k, i8mm_q5_k, i8mm_q6_k, i8mm_mxfp4,
              i8mm_nvfp4},
    .quantise = neon_quantise,
    .attend = attend_neon,
    .glu = glu_neon,
    .read = read_neon,
};
#else
typedef int panel_i8mm_is_for_arm64;
#endif
