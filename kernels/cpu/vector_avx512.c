/* vector_avx512.c - attention and gates with 16 lanes; vector.inc.h has the picture. */
#if defined(__x86_64__)
#include <immintrin.h>
#include "attention.h"

#define NAME attend_avx512
#define GLU glu_avx512
#define READ read_avx512
#define VEC __m512
#define LANES 16
#define ROWS_AT_ONCE 8
#define V_ZERO _mm512_setzero_ps()
#define V_SET(x) _mm512_set1_ps(x)
#define V_LOAD(p) _mm512_loadu_ps(p)
#define V_STORE(p, v) _mm512_storeu_ps(p, v)
#define V_LOAD_HALF(p) _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)(const void *)(p)))
#define V_LOAD_FP8(p) fp8_lanes(p)
#define V_MUL(a, b) _mm512_mul_ps(a, b)
#define V_ADD(a, b) _mm512_add_ps(a, b)
#define V_FMA(a, b, c) _mm512_fmadd_ps(a, b, c)
#define V_MAX(a, b) _mm512_max_ps(a, b)
#define V_DIV(a, b) _mm512_div_ps(a, b)
#define V_EXP(v) exp_lanes(v)

/* exp(x) = 2^n exp(r), |r| <= ln 2 / 2, by its series to r^7 (error below 1e-8 of the value); 0 below -87, exp(88)
 * above 88. */
static inline __m512 exp_lanes(__m512 v) {
    const __m512 x = _mm512_min_ps(_mm512_set1_ps(88), v); /* NaN stays: the second operand is returned */
    const __m512 n = _mm512_roundscale_ps(_mm512_mul_ps(x, _mm512_set1_ps(1.44269504f)),
                                          _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    __m512 r = _mm512_fnmadd_ps(n, _mm512_set1_ps(0.693359375f), x);
    r = _mm512_fnmadd_ps(n, _mm512_set1_ps(-2.12194440e-4f), r);
    __m512 y = _mm512_set1_ps(1.0f / 5040);
    y = _mm512_fmadd_ps(y, r, _mm512_set1_ps(1.0f / 720));
    y = _mm512_fmadd_ps(y, r, _mm512_set1_ps(1.0f / 120));
    y = _mm512_fmadd_ps(y, r, _mm512_set1_ps(1.0f / 24));
    y = _mm512_fmadd_ps(y, r, _mm512_set1_ps(1.0f / 6));
    y = _mm512_fmadd_ps(y, r, _mm512_set1_ps(0.5f));
    y = _mm512_fmadd_ps(y, r, _mm512_set1_ps(1));
    y = _mm512_fmadd_ps(y, r, _mm512_set1_ps(1));
    return _mm512_maskz_scalef_ps(_mm512_cmp_ps_mask(x, _mm512_set1_ps(-87), _CMP_NLT_UQ), y, n);
}

/* E4M3 has the fields of F16 with two exponent bits less, and so 2^8 less when read as it. */
static inline __m512 fp8_lanes(const uint8_t *p) {
    const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
    const __m128i magnitude = _mm_and_si128(v, _mm_set1_epi8(0x7f));
    const __m256i wide = _mm256_cvtepu8_epi16(v);
    const __m256i half = _mm256_or_si256(_mm256_slli_epi16(_mm256_cvtepu8_epi16(magnitude), 7),
                                         _mm256_slli_epi16(_mm256_and_si256(wide, _mm256_set1_epi16(0x80)), 8));
    const __m512 x = _mm512_mul_ps(_mm512_cvtph_ps(half), _mm512_set1_ps(256));
    return _mm512_mask_mov_ps(x, _mm_cmpeq_epi8_mask(magnitude, _mm_set1_epi8(0x7f)), _mm512_set1_ps(NAN));
}
#include "vector.inc.h"
#else
typedef int vector_avx512_is_for_x86;
#endif
