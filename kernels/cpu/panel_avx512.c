/* panel_avx512.c - panel times tile with AVX-512: 16 rows are the 16 lanes, vpdpbusd multiplies.
 *
 *     weights   quad: u8 [16 rows][4]   ─┐
 *     column c  dword x[k..k+3], spread  ─┴► vpdpbusd ► i32 [16 rows]      2 instructions a cycle, 64 products each
 *     after 32 columns: to F32, times d_row * d_column, added to the F32 sum of this column
 *
 * vpdpbusd wants unsigned weights, so codes are read with a bias B (Q8_0: 128 by flipping the sign bit, Q4_0: 8, Q6_K:
 * 32, E2M1: 16 by the look-up table) and the integer sum starts at -B * sum(x), which the tile holds for B = 128. A
 * weight is loaded once for up to 12 columns: 12 chains hide the latency of 5. One column is bound by memory: a panel
 * is one stream. Bytes moved a chunk: 272 to 544 of weights, 52 a column of the tile (level 1 cache). Tried and lost:
 * sums across lanes as in row-major layouts (a reduction a row). Not tried: bf16 products for BF16 weights. vdpbf16ps
 * should do no more products a cycle than two FMA ports, and it rounds the activations; that it would not pay is
 * assumed, not measured.
 */
#if defined(__x86_64__)
#include "cpu.h"

#include <immintrin.h>

#define EACH_COLUMN _Pragma("GCC unroll 12") for (int c = 0; c < C; c++)
#define INLINE static inline __attribute__((always_inline))

enum { AHEAD = 4096 }; /* bytes; 1 to 8 KB measure alike, without it Q4_K decodes a fifth slower */

INLINE __m512i load(const uint8_t *p) { return _mm512_loadu_si512(p); }
INLINE __m512 half_scales(const uint8_t *p) {
    return _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)(const void *)p));
}
INLINE __m512i spread(const uint8_t *p) {
    int32_t word;
    memcpy(&word, p, 4);
    return _mm512_set1_epi32(word);
}
INLINE __m512 spread_float(const uint8_t *p) {
    float value;
    memcpy(&value, p, 4);
    return _mm512_set1_ps(value);
}
INLINE __m512i bytes_to_i32(const uint8_t *p) {
    return _mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)(const void *)p));
}

/* Unsigned codes of quad p (high = 0) or p + 4 (high = 1). */
INLINE __m512i codes(enum layout L, const uint8_t *quads, int p, int high) {
    const __m512i low_bits = _mm512_set1_epi8(15);
    if (L == LAY_Q8_0) return _mm512_xor_si512(load(quads + (p + 4 * high) * 64), _mm512_set1_epi8((char)0x80));
    __m512i n = load(quads + p * 64);
    n = _mm512_and_si512(high ? _mm512_srli_epi16(n, 4) : n, low_bits);
    if (L == LAY_MXFP4 || L == LAY_NVFP4) {
        const __m512i table =
            _mm512_broadcast_i32x4(_mm_setr_epi8(16, 17, 18, 19, 20, 22, 24, 28, 16, 15, 14, 13, 12, 10, 8, 4));
        return _mm512_shuffle_epi8(table, n);
    }
    if (L == LAY_Q5_K) {
        __m512i bits = _mm512_srli_epi32(load(quads + 256), (unsigned)(p + 4 * high));
        return _mm512_or_si512(n, _mm512_slli_epi16(_mm512_and_si512(bits, _mm512_set1_epi8(1)), 4));
    }
    if (L == LAY_Q6_K) {
        __m512i pairs = _mm512_srli_epi32(load(quads + 256 + 64 * high), (unsigned)(2 * p));
        return _mm512_or_si512(n, _mm512_slli_epi16(_mm512_and_si512(pairs, _mm512_set1_epi8(3)), 4));
    }
    return n;
}

/* -128 sum(x), as the bias of layout L wants it. */
INLINE __m512i start(enum layout L, const uint8_t *minus_128_sum) {
    if (L == LAY_Q4_K || L == LAY_Q5_K) return _mm512_setzero_si512();
    __m512i s = spread(minus_128_sum);
    if (L == LAY_Q4_0) return _mm512_srai_epi32(s, 4);
    if (L == LAY_Q6_K) return _mm512_srai_epi32(s, 2);
    if (L == LAY_MXFP4 || L == LAY_NVFP4) return _mm512_srai_epi32(s, 3);
    return s;
}

INLINE __m512 scale_of(enum layout L, const uint8_t *chunk, int half, __m512 head_scale) {
    if (L == LAY_Q8_0 || L == LAY_Q4_0) return half_scales(chunk);
    if (L == LAY_MXFP4) { /* 2^(e-127) / 2; below the smallest normal number it counts as 0 */
        __m512i e = _mm512_max_epi32(bytes_to_i32(chunk), _mm512_set1_epi32(1));
        return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_sub_epi32(e, _mm512_set1_epi32(1)), 23));
    }
    if (L == LAY_NVFP4) { /* UE4M3 read as F16 is 2^8 too small; half of it for the doubled codes */
        __m256i u = _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)(const void *)(chunk + 16 * half)));
        return _mm512_mul_ps(_mm512_cvtph_ps(_mm256_slli_epi16(u, 7)), _mm512_set1_ps(128));
    }
    if (L == LAY_Q6_K)
        return _mm512_mul_ps(head_scale, _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(
                                             _mm_loadu_si128((const __m128i *)(const void *)(chunk + 16 * half)))));
    return _mm512_mul_ps(head_scale, _mm512_cvtepi32_ps(bytes_to_i32(chunk)));
}

INLINE void panel_quantised(enum layout L, const uint8_t *panel, int COLS, const uint8_t *tile, const int C,
                            float *out) {
    const bool halves = L == LAY_Q6_K || L == LAY_NVFP4, minima = L == LAY_Q4_K || L == LAY_Q5_K;
    const bool heads = minima || L == LAY_Q6_K;
    const int scale_bytes = L == LAY_MXFP4 ? 16 : 32;
    const int chunk_bytes = scale_bytes + (L == LAY_Q8_0 ? 512 : L == LAY_Q5_K ? 320 : L == LAY_Q6_K ? 384 : 256);
    __m512 sum[TILE_MAX], head_scale = _mm512_setzero_ps(), head_minimum = _mm512_setzero_ps();
    EACH_COLUMN sum[c] = _mm512_setzero_ps();
    const int chunks = COLS / CHUNK;
    for (int i = 0; i < chunks; i++) {
        if (heads && i % 8 == 0) {
            head_scale = half_scales(panel);
            if (minima) head_minimum = half_scales(panel + 32);
            panel += minima ? 64 : 32;
        }
        const uint8_t *quads = panel + scale_bytes;
        if (C <= 8) /* bound by memory: ask for what comes next, past the panel's end too: panels follow one another */
            _Pragma("GCC unroll 9") for (int k = 0; k < chunk_bytes; k += 64)
                _mm_prefetch((const char *)panel + AHEAD + k, _MM_HINT_T0);
        for (int half = 0; half < (halves ? 2 : 1); half++) {
            const __m512 scale = scale_of(L, panel, half, head_scale);
            const uint8_t *bias = tile + (!halves ? TILE_BIAS(C) : half ? TILE_BIAS1(C) : TILE_BIAS0(C));
            __m512i dot[TILE_MAX];
            EACH_COLUMN dot[c] = start(L, bias + 4 * c);
            _Pragma("GCC unroll 4") for (int p = 0; p < 4; p++) {
                if (!halves || half == 0) {
                    const __m512i w = codes(L, quads, p, 0);
                    EACH_COLUMN dot[c] = _mm512_dpbusd_epi32(dot[c], w, spread(tile + (p * C + c) * 4));
                }
                if (!halves || half == 1) {
                    const __m512i w = codes(L, quads, p, 1);
                    EACH_COLUMN dot[c] = _mm512_dpbusd_epi32(dot[c], w, spread(tile + ((p + 4) * C + c) * 4));
                }
            }
            EACH_COLUMN {
                const __m512 both = _mm512_mul_ps(scale, spread_float(tile + TILE_D(C) + 4 * c));
                sum[c] = _mm512_fmadd_ps(_mm512_cvtepi32_ps(dot[c]), both, sum[c]);
            }
        }
        if (minima) {
            const __m512 minimum = _mm512_mul_ps(head_minimum, _mm512_cvtepi32_ps(bytes_to_i32(panel + 16)));
            EACH_COLUMN sum[c] = _mm512_fnmadd_ps(minimum, spread_float(tile + TILE_DSUM(C) + 4 * c), sum[c]);
        }
        panel += chunk_bytes;
        tile += TILE_CHUNK(C);
    }
    EACH_COLUMN _mm512_storeu_ps(out + 16 * c, sum[c]);
}

INLINE void panel_plain(enum layout L, const uint8_t *panel, int COLS, const uint8_t *tile, const int C, float *out) {
    __m512 sum[TILE_MAX];
    EACH_COLUMN sum[c] = _mm512_setzero_ps();
    for (int k = 0; k < COLS; k++, tile += 4 * C) {
        __m512 w;
        if (L == LAY_F32) w = _mm512_loadu_ps(panel + (size_t)k * 64);
        if (L == LAY_F16) w = half_scales(panel + (size_t)k * 32);
        if (L == LAY_BF16) {
            __m512i two = load(panel + (size_t)(k / 2) * 64);
            w = _mm512_castsi512_ps(k & 1 ? _mm512_and_si512(two, _mm512_set1_epi32((int)0xffff0000))
                                          : _mm512_slli_epi32(two, 16));
        }
        EACH_COLUMN sum[c] = _mm512_fmadd_ps(w, spread_float(tile + 4 * c), sum[c]);
    }
    EACH_COLUMN _mm512_storeu_ps(out + 16 * c, sum[c]);
}

/* One function a layout, one body a column count. */
#define PANEL_FUNCTION(name, kind, L)                                                                                  \
    static void name(const uint8_t *panel, int COLS, const void *tile, int C, float *out) {                            \
        switch (C) { ALL_COUNTS_OF(kind, L) }                                                                          \
    }
#define CASE(kind, L, n)                                                                                               \
    case n:                                                                                                            \
        kind(L, panel, COLS, tile, n, out);                                                                            \
        break;
#define ALL_COUNTS_OF(kind, L)                                                                                         \
    CASE(kind, L, 1)                                                                                                   \
    CASE(kind, L, 2)                                                                                                   \
    CASE(kind, L, 3)                                                                                                   \
    CASE(kind, L, 4)                                                                                                   \
    CASE(kind, L, 5)                                                                                                   \
    CASE(kind, L, 6)                                                                                                   \
    CASE(kind, L, 7) CASE(kind, L, 8) CASE(kind, L, 9) CASE(kind, L, 10) CASE(kind, L, 11) CASE(kind, L, 12)
PANEL_FUNCTION(panel_f32, panel_plain, LAY_F32)
PANEL_FUNCTION(panel_f16, panel_plain, LAY_F16)
PANEL_FUNCTION(panel_bf16, panel_plain, LAY_BF16)
PANEL_FUNCTION(panel_q8_0, panel_quantised, LAY_Q8_0)
PANEL_FUNCTION(panel_q4_0, panel_quantised, LAY_Q4_0)
PANEL_FUNCTION(panel_q4_k, panel_quantised, LAY_Q4_K)
PANEL_FUNCTION(panel_q5_k, panel_quantised, LAY_Q5_K)
PANEL_FUNCTION(panel_q6_k, panel_quantised, LAY_Q6_K)
PANEL_FUNCTION(panel_mxfp4, panel_quantised, LAY_MXFP4)
PANEL_FUNCTION(panel_nvfp4, panel_quantised, LAY_NVFP4)

static void quantise(const float *x, int COLS, uint8_t *tile, int c, int C) {
    const __m512 magnitude_bits = _mm512_castsi512_ps(_mm512_set1_epi32(0x7fffffff));
    for (int i = 0; i < COLS / CHUNK; i++, x += CHUNK, tile += TILE_CHUNK(C)) {
        __m512 a = _mm512_loadu_ps(x), b = _mm512_loadu_ps(x + 16), zero = _mm512_setzero_ps();
        float largest =
            _mm512_reduce_max_ps(_mm512_max_ps(_mm512_and_ps(a, magnitude_bits), _mm512_and_ps(b, magnitude_bits)));
        __m512 probe = _mm512_add_ps(_mm512_mul_ps(a, zero), _mm512_mul_ps(b, zero)); /* NaN where NaN or infinite */
        float d = 0, inverse = 0;
        if (_mm512_cmp_ps_mask(probe, probe, _CMP_UNORD_Q)) {
            d = NAN;
        } else if (largest >= 1e-30f) {
            d = largest / 127;
            inverse = 127 / largest;
        }
        __mmask16 live = inverse != 0 ? 0xffff : 0;
        __m512i qa = _mm512_maskz_cvtps_epi32(live, _mm512_mul_ps(a, _mm512_set1_ps(inverse)));
        __m512i qb = _mm512_maskz_cvtps_epi32(live, _mm512_mul_ps(b, _mm512_set1_ps(inverse)));
        uint8_t q[32];
        _mm_storeu_si128((__m128i *)(void *)q, _mm512_cvtepi32_epi8(qa));
        _mm_storeu_si128((__m128i *)(void *)(q + 16), _mm512_cvtepi32_epi8(qb));
        if (C == 1)
            memcpy(tile, q, 32);
        else
            for (int p = 0; p < 8; p++) memcpy(tile + (p * C + c) * 4, q + 4 * p, 4);
        int32_t sum0 = _mm512_reduce_add_epi32(qa), sum1 = _mm512_reduce_add_epi32(qb);
        float *scale = (float *)(void *)(tile + TILE_D(C));
        int32_t *bias = (int32_t *)(void *)(tile + TILE_BIAS0(C));
        scale[c] = d;
        scale[C + c] = d * (float)(sum0 + sum1);
        bias[c] = -128 * sum0;
        bias[C + c] = -128 * sum1;
        bias[2 * C + c] = -128 * (sum0 + sum1);
    }
}

void attend_avx512(const struct attention_tile *t);
void glu_avx512(enum kernels_act act, float *g, const float *u, int count);
uint64_t read_avx512(const uint8_t *p, size_t n);
const struct cpu_isa cpu_isa_avx512 = {
    .name = "avx512",
    .tile_columns = 12,
    .panel = {panel_f32, panel_f16, panel_bf16, panel_q8_0, panel_q4_0, panel_q4_k, panel_q5_k, panel_q6_k, panel_mxfp4,
              panel_nvfp4},
    .quantise = quantise,
    .attend = attend_avx512,
    .glu = glu_avx512,
    .read = read_avx512,
};
#else
typedef int panel_avx512_is_for_x86;
#endif
