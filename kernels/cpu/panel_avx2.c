/* panel_avx2.c - panel times tile with AVX2: 8 rows are the 8 lanes, so a panel is two halves.
 *
 *     vpmaddubsw: u8 code * i8 x, pairs summed to i16; pairs of quads are summed in i16 as long as they cannot overflow
 *     (code <= 15: 8 quads, <= 31: 4, <= 63: 2, at |x| <= 127), then vpmaddwd with ones makes i32.
 *
 * Q8_0 has codes up to 255 (bias 128), which would saturate: it is taken as 16 * high nibble + low nibble, two products
 * a quad. The biases are those of panel_avx512.c.
 */
#if defined(__x86_64__)
#include "cpu.h"

#include <immintrin.h>

#define EACH_COLUMN _Pragma("GCC unroll 4") for (int c = 0; c < C; c++)
#define INLINE static inline __attribute__((always_inline))

enum { AHEAD = 4096 }; /* as in panel_avx512.c */

INLINE __m256i load(const uint8_t *p) { return _mm256_loadu_si256((const __m256i *)(const void *)p); }
INLINE __m128i load16(const uint8_t *p) { return _mm_loadu_si128((const __m128i *)(const void *)p); }
INLINE __m128i load8(const uint8_t *p) { return _mm_loadl_epi64((const __m128i *)(const void *)p); }
INLINE __m256i spread(const uint8_t *p) {
    int32_t word;
    memcpy(&word, p, 4);
    return _mm256_set1_epi32(word);
}
INLINE __m256 spread_float(const uint8_t *p) {
    float value;
    memcpy(&value, p, 4);
    return _mm256_set1_ps(value);
}
INLINE __m256 bytes_to_float(const uint8_t *p) { return _mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(load8(p))); }

/* Codes of quad p (0..7) of the 8 rows; for Q8_0 only the low (part 0) or high nibble (part 1). */
INLINE __m256i codes(enum layout L, const uint8_t *quads, int p, int part) {
    const __m256i low_bits = _mm256_set1_epi8(15);
    if (L == LAY_Q8_0) {
        __m256i u = _mm256_xor_si256(load(quads + p * 64), _mm256_set1_epi8((char)0x80));
        return _mm256_and_si256(part ? _mm256_srli_epi16(u, 4) : u, low_bits);
    }
    __m256i n = load(quads + p % 4 * 64);
    n = _mm256_and_si256(p >= 4 ? _mm256_srli_epi16(n, 4) : n, low_bits);
    if (L == LAY_MXFP4 || L == LAY_NVFP4) {
        const __m256i table = _mm256_setr_epi8(16, 17, 18, 19, 20, 22, 24, 28, 16, 15, 14, 13, 12, 10, 8, 4, 16, 17, 18,
                                               19, 20, 22, 24, 28, 16, 15, 14, 13, 12, 10, 8, 4);
        return _mm256_shuffle_epi8(table, n);
    }
    if (L == LAY_Q5_K) {
        __m256i bits = _mm256_and_si256(_mm256_srli_epi16(load(quads + 256), p), _mm256_set1_epi8(1));
        return _mm256_or_si256(n, _mm256_slli_epi16(bits, 4));
    }
    if (L == LAY_Q6_K) {
        __m256i pairs =
            _mm256_and_si256(_mm256_srli_epi16(load(quads + 256 + p / 4 * 64), p % 4 * 2), _mm256_set1_epi8(3));
        return _mm256_or_si256(n, _mm256_slli_epi16(pairs, 4));
    }
    return n;
}

INLINE __m256i start(enum layout L, const uint8_t *minus_128_sum) {
    if (L == LAY_Q4_K || L == LAY_Q5_K) return _mm256_setzero_si256();
    __m256i s = spread(minus_128_sum);
    if (L == LAY_Q4_0) return _mm256_srai_epi32(s, 4);
    if (L == LAY_Q6_K) return _mm256_srai_epi32(s, 2);
    if (L == LAY_MXFP4 || L == LAY_NVFP4) return _mm256_srai_epi32(s, 3);
    return s;
}

INLINE __m256 scale_of(enum layout L, const uint8_t *chunk, int half, int rows, __m256 head_scale) {
    if (L == LAY_Q8_0 || L == LAY_Q4_0) return _mm256_cvtph_ps(load16(chunk + 2 * rows));
    if (L == LAY_MXFP4) {
        __m256i e = _mm256_max_epi32(_mm256_cvtepu8_epi32(load8(chunk + rows)), _mm256_set1_epi32(1));
        return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_sub_epi32(e, _mm256_set1_epi32(1)), 23));
    }
    if (L == LAY_NVFP4) {
        __m128i u = _mm_cvtepu8_epi16(load8(chunk + 16 * half + rows));
        return _mm256_mul_ps(_mm256_cvtph_ps(_mm_slli_epi16(u, 7)), _mm256_set1_ps(128));
    }
    if (L == LAY_Q6_K)
        return _mm256_mul_ps(head_scale, _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(load8(chunk + 16 * half + rows))));
    return _mm256_mul_ps(head_scale, bytes_to_float(chunk + rows));
}

/* Adds the products of quads [from, to) to dot. */
INLINE void products(enum layout L, const uint8_t *quads, int from, int to, int part, const uint8_t *tile, const int C,
                     __m256i *dot) {
    const int together = L == LAY_Q6_K ? 2 : L == LAY_Q5_K || L == LAY_MXFP4 || L == LAY_NVFP4 ? 4 : 8;
    const __m256i ones = _mm256_set1_epi16(1);
    for (int first = from; first < to; first += together) {
        __m256i sum[4];
        EACH_COLUMN sum[c] = _mm256_setzero_si256();
        _Pragma("GCC unroll 8") for (int p = first; p < (first + together < to ? first + together : to); p++) {
            const __m256i w = codes(L, quads, p, part);
            EACH_COLUMN sum[c] = _mm256_add_epi16(sum[c], _mm256_maddubs_epi16(w, spread(tile + (p * C + c) * 4)));
        }
        EACH_COLUMN {
            __m256i wide = _mm256_madd_epi16(sum[c], ones);
            dot[c] = _mm256_add_epi32(dot[c], L == LAY_Q8_0 && part ? _mm256_slli_epi32(wide, 4) : wide);
        }
    }
}

/* Rows rows .. rows+7 (rows is 0 or 8). */
INLINE void half_panel(enum layout L, const uint8_t *panel, int COLS, const uint8_t *tile, const int C, const int rows,
                       float *out) {
    const bool halves = L == LAY_Q6_K || L == LAY_NVFP4, minima = L == LAY_Q4_K || L == LAY_Q5_K;
    const bool heads = minima || L == LAY_Q6_K;
    const int scale_bytes = L == LAY_MXFP4 ? 16 : 32;
    const int chunk_bytes = scale_bytes + (L == LAY_Q8_0 ? 512 : L == LAY_Q5_K ? 320 : L == LAY_Q6_K ? 384 : 256);
    __m256 sum[4], head_scale = _mm256_setzero_ps(), head_minimum = _mm256_setzero_ps();
    EACH_COLUMN sum[c] = _mm256_setzero_ps();
    for (int i = 0; i < COLS / CHUNK; i++) {
        if (heads && i % 8 == 0) {
            head_scale = _mm256_cvtph_ps(load16(panel + 2 * rows));
            if (minima) head_minimum = _mm256_cvtph_ps(load16(panel + 32 + 2 * rows));
            panel += minima ? 64 : 32;
        }
        const uint8_t *quads = panel + scale_bytes + 4 * rows;
        for (int k = 0; rows == 0 && k < chunk_bytes; k += 64)
            _mm_prefetch((const char *)panel + AHEAD + k, _MM_HINT_T0);
        for (int half = 0; half < (halves ? 2 : 1); half++) {
            const __m256 scale = scale_of(L, panel, half, rows, head_scale);
            const uint8_t *bias = tile + (!halves ? TILE_BIAS(C) : half ? TILE_BIAS1(C) : TILE_BIAS0(C));
            __m256i dot[4];
            EACH_COLUMN dot[c] = start(L, bias + 4 * c);
            products(L, quads, half * 4, halves ? half * 4 + 4 : 8, 0, tile, C, dot);
            if (L == LAY_Q8_0) products(L, quads, 0, 8, 1, tile, C, dot);
            EACH_COLUMN {
                const __m256 both = _mm256_mul_ps(scale, spread_float(tile + TILE_D(C) + 4 * c));
                sum[c] = _mm256_fmadd_ps(_mm256_cvtepi32_ps(dot[c]), both, sum[c]);
            }
        }
        if (minima) {
            const __m256 minimum = _mm256_mul_ps(head_minimum, bytes_to_float(panel + 16 + rows));
            EACH_COLUMN sum[c] = _mm256_fnmadd_ps(minimum, spread_float(tile + TILE_DSUM(C) + 4 * c), sum[c]);
        }
        panel += chunk_bytes;
        tile += TILE_CHUNK(C);
    }
    EACH_COLUMN _mm256_storeu_ps(out + 16 * c + rows, sum[c]);
}

INLINE void panel_quantised(enum layout L, const uint8_t *panel, int COLS, const uint8_t *tile, const int C,
                            float *out) {
    half_panel(L, panel, COLS, tile, C, 0, out);
    half_panel(L, panel, COLS, tile, C, 8, out);
}

INLINE void panel_plain(enum layout L, const uint8_t *panel, int COLS, const uint8_t *tile, const int C, float *out) {
    __m256 low[4], high[4];
    EACH_COLUMN low[c] = high[c] = _mm256_setzero_ps();
    const size_t two_bytes = L == LAY_F32 ? 128 : 64; /* of two columns */
    for (int k = 0; k < COLS; k++, tile += 4 * C) {
        __m256 a, b;
        for (size_t line = 0; k % 2 == 0 && line < two_bytes; line += 64)
            _mm_prefetch((const char *)panel + (size_t)(k / 2) * two_bytes + AHEAD + line, _MM_HINT_T0);
        if (L == LAY_F32) {
            a = _mm256_loadu_ps((const float *)(const void *)(panel + (size_t)k * 64));
            b = _mm256_loadu_ps((const float *)(const void *)(panel + (size_t)k * 64 + 32));
        } else if (L == LAY_F16) {
            a = _mm256_cvtph_ps(load16(panel + (size_t)k * 32));
            b = _mm256_cvtph_ps(load16(panel + (size_t)k * 32 + 16));
        } else {
            const __m256i upper = _mm256_set1_epi32((int)0xffff0000);
            __m256i u = load(panel + (size_t)(k / 2) * 64), v = load(panel + (size_t)(k / 2) * 64 + 32);
            a = _mm256_castsi256_ps(k & 1 ? _mm256_and_si256(u, upper) : _mm256_slli_epi32(u, 16));
            b = _mm256_castsi256_ps(k & 1 ? _mm256_and_si256(v, upper) : _mm256_slli_epi32(v, 16));
        }
        EACH_COLUMN {
            const __m256 x = spread_float(tile + 4 * c);
            low[c] = _mm256_fmadd_ps(a, x, low[c]);
            high[c] = _mm256_fmadd_ps(b, x, high[c]);
        }
    }
    EACH_COLUMN {
        _mm256_storeu_ps(out + 16 * c, low[c]);
        _mm256_storeu_ps(out + 16 * c + 8, high[c]);
    }
}

#define CASE(kind, L, n)                                                                                               \
    case n:                                                                                                            \
        kind(L, panel, COLS, tile, n, out);                                                                            \
        break;
#define PANEL_FUNCTION(name, kind, L)                                                                                  \
    static void name(const uint8_t *panel, int COLS, const void *tile, int C, float *out) {                            \
        switch (C) { CASE(kind, L, 1) CASE(kind, L, 2) CASE(kind, L, 3) CASE(kind, L, 4) }                             \
    }
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

INLINE float largest_of(__m256 v) {
    __m128 m = _mm_max_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
    m = _mm_max_ps(m, _mm_movehl_ps(m, m));
    return _mm_cvtss_f32(_mm_max_ss(m, _mm_shuffle_ps(m, m, 1)));
}

static void quantise(const float *x, int COLS, uint8_t *tile, int c, int C) {
    const __m256 magnitude_bits = _mm256_castsi256_ps(_mm256_set1_epi32(0x7fffffff));
    for (int i = 0; i < COLS / CHUNK; i++, x += CHUNK, tile += TILE_CHUNK(C)) {
        __m256 v[4], most = _mm256_setzero_ps(), probe = _mm256_setzero_ps();
        for (int k = 0; k < 4; k++) {
            v[k] = _mm256_loadu_ps(x + 8 * k);
            most = _mm256_max_ps(most, _mm256_and_ps(v[k], magnitude_bits));
            probe = _mm256_add_ps(probe, _mm256_mul_ps(v[k], _mm256_setzero_ps())); /* NaN where NaN or infinite */
        }
        float largest = largest_of(most), d = 0, inverse = 0;
        if (_mm256_movemask_ps(_mm256_cmp_ps(probe, probe, _CMP_UNORD_Q))) {
            d = NAN;
        } else if (largest >= 1e-30f) {
            d = largest / 127;
            inverse = 127 / largest;
        }
        int32_t q[CHUNK], sum[2] = {0, 0};
        for (int k = 0; k < 4; k++) {
            __m256i rounded = inverse != 0 ? _mm256_cvtps_epi32(_mm256_mul_ps(v[k], _mm256_set1_ps(inverse)))
                                           : _mm256_setzero_si256();
            _mm256_storeu_si256((__m256i *)(void *)(q + 8 * k), rounded);
        }
        for (int k = 0; k < CHUNK; k++) {
            tile[(k / 4 * C + c) * 4 + k % 4] = (uint8_t)(int8_t)q[k];
            sum[k / 16] += q[k];
        }
        tile_put_scales(tile, C, c, d, sum[0], sum[1]);
    }
}

void attend_avx2(const struct attention_tile *t);
void glu_avx2(enum kernels_act act, float *g, const float *u, int count);
uint64_t read_avx2(const uint8_t *p, size_t n);
const struct cpu_isa cpu_isa_avx2 = {
    .name = "avx2",
    .tile_columns = 4,
    .panel = {panel_f32, panel_f16, panel_bf16, panel_q8_0, panel_q4_0, panel_q4_k, panel_q5_k, panel_q6_k, panel_mxfp4,
              panel_nvfp4},
    .quantise = quantise,
    .attend = attend_avx2,
    .glu = glu_avx2,
    .read = read_avx2,
};
#else
typedef int panel_avx2_is_for_x86;
#endif
