/* vector_avx2.c - attention and gates with 8 lanes; vector.inc.h has the picture. */
#if defined(__x86_64__)
#include <immintrin.h>
#include "attention.h"

#define NAME attend_avx2
#define GLU glu_avx2
#define READ read_avx2
#define VEC __m256
#define LANES 8
#define ROWS_AT_ONCE 4
#define V_ZERO _mm256_setzero_ps()
#define V_SET(x) _mm256_set1_ps(x)
#define V_LOAD(p) _mm256_loadu_ps(p)
#define V_STORE(p, v) _mm256_storeu_ps(p, v)
#define V_LOAD_HALF(p) _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(const void *)(p)))
#define V_LOAD_FP8(p) fp8_lanes(p)
#define V_MUL(a, b) _mm256_mul_ps(a, b)
#define V_ADD(a, b) _mm256_add_ps(a, b)
#define V_FMA(a, b, c) _mm256_fmadd_ps(a, b, c)
#define V_MAX(a, b) _mm256_max_ps(a, b)
#define V_DIV(a, b) _mm256_div_ps(a, b)
#define V_EXP(v) exp_lanes(v)

/* As in vector_avx512.c. */
static inline __m256 exp_lanes(__m256 x) {
    const __m256 floor_x = _mm256_min_ps(_mm256_set1_ps(88), _mm256_max_ps(_mm256_set1_ps(-87), x)); /* NaN stays */
    const __m256 n = _mm256_round_ps(_mm256_mul_ps(floor_x, _mm256_set1_ps(1.44269504f)),
                                     _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    __m256 r = _mm256_fnmadd_ps(n, _mm256_set1_ps(0.693359375f), floor_x);
    r = _mm256_fnmadd_ps(n, _mm256_set1_ps(-2.12194440e-4f), r);
    __m256 y = _mm256_set1_ps(1.0f / 5040);
    y = _mm256_fmadd_ps(y, r, _mm256_set1_ps(1.0f / 720));
    y = _mm256_fmadd_ps(y, r, _mm256_set1_ps(1.0f / 120));
    y = _mm256_fmadd_ps(y, r, _mm256_set1_ps(1.0f / 24));
    y = _mm256_fmadd_ps(y, r, _mm256_set1_ps(1.0f / 6));
    y = _mm256_fmadd_ps(y, r, _mm256_set1_ps(0.5f));
    y = _mm256_fmadd_ps(y, r, _mm256_set1_ps(1));
    y = _mm256_fmadd_ps(y, r, _mm256_set1_ps(1));
    __m256i power = _mm256_slli_epi32(_mm256_add_epi32(_mm256_cvtps_epi32(n), _mm256_set1_epi32(127)), 23);
    y = _mm256_mul_ps(y, _mm256_castsi256_ps(power));
    return _mm256_and_ps(y, _mm256_cmp_ps(x, _mm256_set1_ps(-87), _CMP_NLT_UQ));
}

/* As in vector_avx512.c. */
static inline __m256 fp8_lanes(const uint8_t *p) {
    const __m128i v = _mm_cvtepu8_epi16(_mm_loadl_epi64((const __m128i *)(const void *)p));
    const __m128i magnitude = _mm_and_si128(v, _mm_set1_epi16(0x7f));
    const __m128i half = _mm_or_si128(_mm_slli_epi16(magnitude, 7), _mm_slli_epi16(_mm_xor_si128(v, magnitude), 8));
    const __m256 x = _mm256_mul_ps(_mm256_cvtph_ps(half), _mm256_set1_ps(256));
    const __m256i none = _mm256_cmpeq_epi32(_mm256_cvtepi16_epi32(magnitude), _mm256_set1_epi32(0x7f));
    return _mm256_blendv_ps(x, _mm256_set1_ps(NAN), _mm256_castsi256_ps(none));
}
#include "vector.inc.h"
#else
typedef int vector_avx2_is_for_x86;
#endif
