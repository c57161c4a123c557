/* vector_neon.c - attention and gates with 4 lanes; vector.inc.h has the picture. */
#if defined(__aarch64__)
#include <arm_neon.h>
#include "attention.h"

#define NAME attend_neon
#define GLU glu_neon
#define READ read_neon
#define VEC float32x4_t
#define LANES 4
#define ROWS_AT_ONCE 4
#define V_ZERO vdupq_n_f32(0)
#define V_SET(x) vdupq_n_f32(x)
#define V_LOAD(p) vld1q_f32(p)
#define V_STORE(p, v) vst1q_f32(p, v)
#define V_LOAD_HALF(p) vcvt_f32_f16(vreinterpret_f16_u16(vld1_u16(p)))
#define V_LOAD_FP8(p) fp8_lanes(p)
#define V_MUL(a, b) vmulq_f32(a, b)
#define V_ADD(a, b) vaddq_f32(a, b)
#define V_MAX(a, b) vmaxnmq_f32(a, b)
#define V_DIV(a, b) vdivq_f32(a, b)
#define V_FMA(a, b, c) vfmaq_f32(c, a, b)
#define V_EXP(v) exp_lanes(v)

/* As in vector_avx512.c. */
static inline float32x4_t exp_lanes(float32x4_t x) {
    const uint32x4_t below = vcltq_f32(x, vdupq_n_f32(-87));
    const float32x4_t bounded =
        vbslq_f32(below, vdupq_n_f32(-87), vbslq_f32(vcgtq_f32(x, vdupq_n_f32(88)), vdupq_n_f32(88), x));
    const float32x4_t n = vrndnq_f32(vmulq_n_f32(bounded, 1.44269504f));
    float32x4_t r = vfmsq_f32(bounded, n, vdupq_n_f32(0.693359375f));
    r = vfmsq_f32(r, n, vdupq_n_f32(-2.12194440e-4f));
    float32x4_t y = vdupq_n_f32(1.0f / 5040);
    y = vfmaq_f32(vdupq_n_f32(1.0f / 720), y, r);
    y = vfmaq_f32(vdupq_n_f32(1.0f / 120), y, r);
    y = vfmaq_f32(vdupq_n_f32(1.0f / 24), y, r);
    y = vfmaq_f32(vdupq_n_f32(1.0f / 6), y, r);
    y = vfmaq_f32(vdupq_n_f32(0.5f), y, r);
    y = vfmaq_f32(vdupq_n_f32(1), y, r);
    y = vfmaq_f32(vdupq_n_f32(1), y, r);
    const int32x4_t power = vshlq_n_s32(vaddq_s32(vcvtq_s32_f32(n), vdupq_n_s32(127)), 23);
    y = vmulq_f32(y, vreinterpretq_f32_s32(power));
    return vreinterpretq_f32_u32(vbicq_u32(vreinterpretq_u32_f32(y), below));
}

/* As in vector_avx512.c. */
static inline float32x4_t fp8_lanes(const uint8_t *p) {
    uint32_t four;
    memcpy(&four, p, 4);
    const uint16x4_t v = vget_low_u16(vmovl_u8(vcreate_u8(four)));
    const uint16x4_t magnitude = vand_u16(v, vdup_n_u16(0x7f));
    const uint16x4_t half = vorr_u16(vshl_n_u16(magnitude, 7), vshl_n_u16(veor_u16(v, magnitude), 8));
    const float32x4_t x = vmulq_n_f32(vcvt_f32_f16(vreinterpret_f16_u16(half)), 256);
    const uint32x4_t none = vceqq_u32(vmovl_u16(magnitude), vdupq_n_u32(0x7f));
    return vbslq_f32(none, vdupq_n_f32(NAN), x);
}
#include "vector.inc.h"
#else
typedef int vector_neon_is_for_arm64;
#endif
