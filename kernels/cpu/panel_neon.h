/* panel_neon.h - what panel_neon.c and panel_i8mm.c share on arm64: codes and scales of 8 rows of a chunk, signed. */
#ifndef ASSAY_KERNELS_CPU_PANEL_NEON_H
#define ASSAY_KERNELS_CPU_PANEL_NEON_H
#if defined(__aarch64__)

#include "attention.h"

#include <arm_neon.h>

#define EACH_COLUMN _Pragma("GCC unroll 4") for (int c = 0; c < C; c++)
#define INLINE static inline __attribute__((always_inline))

INLINE float tile_float(const uint8_t *p) {
    float value;
    memcpy(&value, p, 4);
    return value;
}

/* Signed codes of quad p (0..7) of four rows; `quads` already points at the rows. */
INLINE int8x16_t neon_codes(enum layout L, const uint8_t *quads, int p) {
    if (L == LAY_Q8_0) return vreinterpretq_s8_u8(vld1q_u8(quads + p * 64));
    uint8x16_t n = vld1q_u8(quads + p % 4 * 64);
    n = p >= 4 ? vshrq_n_u8(n, 4) : vandq_u8(n, vdupq_n_u8(15));
    if (L == LAY_MXFP4 || L == LAY_NVFP4) return vqtbl1q_s8(vld1q_s8(e2m1_doubled), n);
    if (L == LAY_Q4_0) return vsubq_s8(vreinterpretq_s8_u8(n), vdupq_n_s8(8));
    if (L == LAY_Q5_K) {
        uint8x16_t bit = vandq_u8(vshlq_u8(vld1q_u8(quads + 256), vdupq_n_s8((int8_t)-p)), vdupq_n_u8(1));
        return vreinterpretq_s8_u8(vorrq_u8(n, vshlq_n_u8(bit, 4)));
    }
    if (L == LAY_Q6_K) {
        uint8x16_t pair =
            vandq_u8(vshlq_u8(vld1q_u8(quads + 256 + p / 4 * 64), vdupq_n_s8((int8_t)(-2 * (p % 4)))), vdupq_n_u8(3));
        return vsubq_s8(vreinterpretq_s8_u8(vorrq_u8(n, vshlq_n_u8(pair, 4))), vdupq_n_s8(32));
    }
    return vreinterpretq_s8_u8(n);
}

INLINE float32x4_t neon_halves(const uint8_t *p) { return vcvt_f32_f16(vreinterpret_f16_u8(vld1_u8(p))); }
INLINE uint32x4_t neon_bytes(const uint8_t *p) {
    uint32_t word;
    memcpy(&word, p, 4);
    return vmovl_u16(vget_low_u16(vmovl_u8(vreinterpret_u8_u32(vdup_n_u32(word)))));
}

/* Scales of rows rows .. rows+3. */
INLINE float32x4_t neon_scale(enum layout L, const uint8_t *chunk, int half, int rows, float32x4_t head_scale) {
    if (L == LAY_Q8_0 || L == LAY_Q4_0) return neon_halves(chunk + 2 * rows);
    if (L == LAY_MXFP4)
        return vreinterpretq_f32_u32(
            vshlq_n_u32(vsubq_u32(vmaxq_u32(neon_bytes(chunk + rows), vdupq_n_u32(1)), vdupq_n_u32(1)), 23));
    if (L == LAY_NVFP4) {
        uint16x4_t u = vshl_n_u16(vmovn_u32(neon_bytes(chunk + 16 * half + rows)), 7);
        return vmulq_n_f32(vcvt_f32_f16(vreinterpret_f16_u16(u)), 128);
    }
    if (L == LAY_Q6_K) {
        uint32_t word;
        memcpy(&word, chunk + 16 * half + rows, 4);
        return vmulq_f32(head_scale,
                         vcvtq_f32_s32(vmovl_s16(vget_low_s16(vmovl_s8(vreinterpret_s8_u32(vdup_n_u32(word)))))));
    }
    return vmulq_f32(head_scale, vcvtq_f32_u32(neon_bytes(chunk + rows)));
}

panel_function neon_f32, neon_f16, neon_bf16, neon_q8_0, neon_q4_0, neon_q4_k, neon_q5_k, neon_q6_k, neon_mxfp4,
    neon_nvfp4;
void neon_quantise(const float *x, int COLS, uint8_t *tile, int c, int C);

#endif
#endif
