/* half.h - the small float formats, one value at a time, in portable C.
 *
 *     F16    s eeeee mmmmmmmmmm     IEEE 754 binary16
 *     BF16   s eeeeeeee mmmmmmm     the upper half of a binary32
 *     E8M0   eeeeeeee               2^(e-127), no sign, no zero              OCP Microscaling Formats 1.0, 5.4.1
 *     E4M3   s eeee mmm             largest 448, 0x7F and 0xFF are NaN       OCP 8-bit floating point 1.0, table 1
 *     UE4M3  0 eeee mmm             unsigned E4M3; 0 and 0x7F decode to 0
 *     E2M1   s ee m                 0 .5 1 1.5 2 3 4 6                       OCP Microscaling Formats 1.0, 5.3.3
 */
#ifndef ASSAY_KERNELS_CPU_HALF_H
#define ASSAY_KERNELS_CPU_HALF_H

#include <math.h>
#include <stdint.h>
#include <string.h>

static inline float float_from_bits(uint32_t bits) {
    float f;
    memcpy(&f, &bits, 4);
    return f;
}
static inline uint32_t float_bits(float f) {
    uint32_t bits;
    memcpy(&bits, &f, 4);
    return bits;
}

static inline float f16_to_f32(uint16_t h) {
    uint32_t sign = (uint32_t)(h & 0x8000) << 16, magnitude = h & 0x7fffu;
    if (magnitude >= 0x7c00) return float_from_bits(sign | 0x7f800000u | (magnitude & 0x3ff) << 13);
    /* Shifted into place the exponent is too small by 112; a product with 2^112 mends it, subnormals included. */
    return float_from_bits(sign | float_bits(float_from_bits(magnitude << 13) * 0x1p112f));
}
/* Round to nearest, ties to even; too large becomes infinity. */
static inline uint16_t f32_to_f16(float f) {
    uint32_t bits = float_bits(f), sign = bits >> 16 & 0x8000;
    bits &= 0x7fffffffu;
    if (bits > 0x7f800000u) return (uint16_t)(sign | 0x7e00);
    if (bits >= 0x477ff000u) return (uint16_t)(sign | 0x7c00);
    if (bits < 0x38800000u) { /* subnormal: the addition of 0.5 aligns and rounds */
        uint32_t sum = float_bits(float_from_bits(bits) + 0.5f);
        return (uint16_t)(sign | (sum - 0x3f000000u));
    }
    return (uint16_t)(sign | ((bits + 0xfffu + (bits >> 13 & 1) - 0x38000000u) >> 13));
}
static inline float bf16_to_f32(uint16_t h) { return float_from_bits((uint32_t)h << 16); }
static inline uint16_t f32_to_bf16(float f) {
    uint32_t bits = float_bits(f);
    if ((bits & 0x7fffffffu) > 0x7f800000u) return (uint16_t)(bits >> 16 | 0x40);
    return (uint16_t)((bits + 0x7fffu + (bits >> 16 & 1)) >> 16);
}
static inline float e8m0_to_f32(uint8_t e) { return e ? float_from_bits((uint32_t)e << 23) : 0x1p-127f; }
static inline float ue4m3_to_f32(uint8_t u) {
    if (u == 0x7f || u == 0xff) return 0;
    return f16_to_f32((uint16_t)((u & 0x7f) << 7)) * 256.0f; /* same fields, exponent bias 7 against 15 */
}
/* The FP8 of caches. */
static inline float e4m3_to_f32(uint8_t v) {
    float magnitude = (v & 0x7f) == 0x7f ? NAN : f16_to_f32((uint16_t)((v & 0x7f) << 7)) * 256.0f;
    return v & 0x80 ? -magnitude : magnitude;
}
/* Round to nearest, ties to even; too large becomes 448, NaN stays. */
static inline uint8_t f32_to_e4m3(float f) {
    uint32_t bits = float_bits(f), sign = bits >> 24 & 0x80;
    bits &= 0x7fffffffu;
    if (bits > 0x7f800000u) return (uint8_t)(sign | 0x7f);
    if (bits >= 0x43e00000u) return (uint8_t)(sign | 0x7e);
    if (bits < 0x3c800000u) { /* below 2^-6, steps of 2^-9: the addition of 2^23 steps rounds */
        float steps = float_from_bits(bits) * 512.0f + 0x1p23f;
        return (uint8_t)(sign | (float_bits(steps) & 0xf));
    }
    uint32_t code = ((bits + 0x7ffffu + (bits >> 20 & 1)) >> 20) - ((127 - 7) << 3);
    return (uint8_t)(sign | (code > 0x7e ? 0x7e : code));
}
/* Twice the E2M1 value, which is an integer. */
static const int8_t e2m1_doubled[16] = {0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12};

static inline uint16_t load_u16(const uint8_t *p) { return (uint16_t)(p[0] | p[1] << 8); }
static inline void store_u16(uint8_t *p, uint16_t v) {
    p[0] = (uint8_t)v;
    p[1] = (uint8_t)(v >> 8);
}

/* The 6-bit scale and minimum of sub-block j (0..7) from the 12 bytes of a Q4_K or Q5_K block. */
static inline void k_scale(const uint8_t *s, int j, uint8_t *scale, uint8_t *minimum) {
    if (j < 4) {
        *scale = s[j] & 63;
        *minimum = s[j + 4] & 63;
    } else {
        *scale = (uint8_t)((s[j + 4] & 15) | (s[j - 4] >> 6) << 4);
        *minimum = (uint8_t)(s[j + 4] >> 4 | (s[j] >> 6) << 4);
    }
}

#endif
