/* panel_avx512.c - panel times tile with AVX-512: 16 rows are the 16 lanes, vpdpbusd multiplies.
 *
 *     weights   quad: u8 [16 rows][4]   ─┐
 *     column c  dword x[k..k+3], spread  ─┴► vpdpbusd ► i32 [16 rows]      2 instructions a cycle, 64 products each
 *     after 32 columns: to F32, times d_row * d_column, added to the F32 sum of this column
 *
 * vpdpbusd wants unsigned weights, so codes are read with a bias B (Q8_0: 128 by flipping the sign bit, Q4_0: 8, Q6_K:
 * 32, E2M1: 16 by the look-up table) and the integer sum starts at -B * sum(x), which the tile holds for B = 128. A
 * weight is loaded once for up to 12 columns: 12 chains hide the latency of 5. Few columns are bound by memory, and
 * there a panel read alone is one stream, which the processor's own prefetching serves badly where a byte costs many
 * instructions: so four panels (two for 4 to 8 columns) are read side by side, chunk by chunk:
 *
 *     panel 0  ▓▓▓▓░░ ►      Q4_K, one column, a matrix larger than the caches: 76 to 80 % of the bandwidth alone,
 *     panel 1  ▓▓▓▓░░ ►      86 to 90 % four at a time (bench as in docs/PERFORMANCE.md)
 *     …        ▓▓▓▓░░ ►      asked for ahead: 2 KB on; at the panel's end the same place four panels later
 *
 * Bytes moved a chunk: 272 to 544 of weights, 52 a column of the tile (level 1 cache). Tried and lost: sums across
 * lanes as in row-major layouts (a reduction a row); asking ahead into level 2 only; scales of the K types in 6 bits
 * and every quad on a cache line (2.8 % fewer bytes, one to two points more, and two layouts). Plain weights have two
 * sums a lane, of even and odd k: one alone, not asked for ahead, decoded BF16 at 61 % of the bandwidth, now 95 %. Not
 * used: vdpbf16ps, which rounds the activations, and would now gain nothing where memory is the bound.
 */
#if defined(__x86_64__)
#include "cpu.h"

#include <immintrin.h>

#define EACH_COLUMN _Pragma("GCC unroll 12") for (int c = 0; c < C; c++)
#define EACH_PANEL _Pragma("GCC unroll 4") for (int r = 0; r < R; r++)
#define INLINE static inline __attribute__((always_inline))

/* Bytes. Of one stream 1 to 8 KB measure alike, and without it Q4_K decodes a fifth slower. */
enum { STREAMS = PANELS_AT_ONCE(1), AHEAD = 4096, AHEAD_OF_MANY = 2048 };

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

/* How far ahead of byte `at` of a panel to ask. One panel's stream runs on into the next panel; of R side by side each
 * goes on R panels later. */
INLINE size_t ahead_of(size_t at, size_t panel_bytes, const int R) {
    if (R == 1) return AHEAD;
    return at + AHEAD_OF_MANY < panel_bytes ? AHEAD_OF_MANY : AHEAD_OF_MANY + (size_t)(R - 1) * panel_bytes;
}

/* R panels and C columns at once, R * C <= TILE_MAX: out[(r*C + c)*16 + row]. */
INLINE void panel_quantised(enum layout L, const uint8_t *first, size_t panel_bytes, const int R, int COLS,
                            const uint8_t *tile, const int C, float *out) {
    const bool halves = L == LAY_Q6_K || L == LAY_NVFP4, minima = L == LAY_Q4_K || L == LAY_Q5_K;
    const bool heads = minima || L == LAY_Q6_K;
    const int scale_bytes = L == LAY_MXFP4 ? 16 : 32;
    const int chunk_bytes = scale_bytes + (L == LAY_Q8_0 ? 512 : L == LAY_Q5_K ? 320 : L == LAY_Q6_K ? 384 : 256);
    const uint8_t *panel[STREAMS] = {first};
    __m512 sum[SUMS_MAX], head_scale[STREAMS], head_minimum[STREAMS];
    EACH_PANEL {
        panel[r] = first + (size_t)r * panel_bytes;
        head_scale[r] = head_minimum[r] = _mm512_setzero_ps();
        EACH_COLUMN sum[r * C + c] = _mm512_setzero_ps();
    }
    const int chunks = COLS / CHUNK;
    for (int i = 0; i < chunks; i++) {
        const size_t ahead = ahead_of((size_t)(panel[0] - first), panel_bytes, R);
        EACH_PANEL {
            if (heads && i % 8 == 0) {
                head_scale[r] = half_scales(panel[r]);
                if (minima) head_minimum[r] = half_scales(panel[r] + 32);
                panel[r] += minima ? 64 : 32;
            }
            if (C <= 8)
                _Pragma("GCC unroll 9") for (int k = 0; k < chunk_bytes; k += 64)
                    _mm_prefetch((const char *)panel[r] + ahead + k, _MM_HINT_T0);
        }
        for (int half = 0; half < (halves ? 2 : 1); half++) {
            const uint8_t *bias = tile + (!halves ? TILE_BIAS(C) : half ? TILE_BIAS1(C) : TILE_BIAS0(C));
            __m512i dot[SUMS_MAX];
            EACH_PANEL EACH_COLUMN dot[r * C + c] = start(L, bias + 4 * c);
            _Pragma("GCC unroll 4") for (int p = 0; p < 4; p++) {
                if (!halves || half == 0) EACH_PANEL {
                        const __m512i w = codes(L, panel[r] + scale_bytes, p, 0);
                        EACH_COLUMN dot[r * C + c] =
                            _mm512_dpbusd_epi32(dot[r * C + c], w, spread(tile + (p * C + c) * 4));
                    }
                if (!halves || half == 1) EACH_PANEL {
                        const __m512i w = codes(L, panel[r] + scale_bytes, p, 1);
                        EACH_COLUMN dot[r * C + c] =
                            _mm512_dpbusd_epi32(dot[r * C + c], w, spread(tile + ((p + 4) * C + c) * 4));
                    }
            }
            EACH_PANEL {
                const __m512 scale = scale_of(L, panel[r], half, head_scale[r]);
                EACH_COLUMN {
                    const __m512 both = _mm512_mul_ps(scale, spread_float(tile + TILE_D(C) + 4 * c));
                    sum[r * C + c] = _mm512_fmadd_ps(_mm512_cvtepi32_ps(dot[r * C + c]), both, sum[r * C + c]);
                }
            }
        }
        EACH_PANEL {
            if (minima) {
                const __m512 minimum = _mm512_mul_ps(head_minimum[r], _mm512_cvtepi32_ps(bytes_to_i32(panel[r] + 16)));
                EACH_COLUMN sum[r * C + c] =
                    _mm512_fnmadd_ps(minimum, spread_float(tile + TILE_DSUM(C) + 4 * c), sum[r * C + c]);
            }
            panel[r] += chunk_bytes;
        }
        tile += TILE_CHUNK(C);
    }
    EACH_PANEL EACH_COLUMN _mm512_storeu_ps(out + 16 * (r * C + c), sum[r * C + c]);
}

/* Weights k of 16 rows; of BF16, k is even for `odd` = 0. */
INLINE __m512 plain_weights(enum layout L, const uint8_t *panel, int k, const int odd) {
    if (L == LAY_F32) return _mm512_loadu_ps(panel + (size_t)k * 64);
    if (L == LAY_F16) return half_scales(panel + (size_t)k * 32);
    const __m512i two = load(panel + (size_t)(k / 2) * 64);
    return _mm512_castsi512_ps(odd ? _mm512_and_si512(two, _mm512_set1_epi32((int)0xffff0000))
                                   : _mm512_slli_epi32(two, 16));
}

/* Two sums each, of even and of odd k: one alone would wait for itself. */
INLINE void panel_plain(enum layout L, const uint8_t *first, size_t panel_bytes, const int R, int COLS,
                        const uint8_t *tile, const int C, float *out) {
    const int two_bytes = L == LAY_F32 ? 128 : 64;
    __m512 even[SUMS_MAX], odd[SUMS_MAX];
    EACH_PANEL EACH_COLUMN even[r * C + c] = odd[r * C + c] = _mm512_setzero_ps();
    for (int k = 0; k < COLS; k += 2, tile += 8 * C) {
        const size_t at = (size_t)(k / 2) * (size_t)two_bytes, ahead = at + ahead_of(at, panel_bytes, R);
        EACH_PANEL {
            const uint8_t *panel = first + (size_t)r * panel_bytes;
            if (C <= 8)
                for (int line = 0; line < two_bytes; line += 64)
                    _mm_prefetch((const char *)panel + ahead + line, _MM_HINT_T0);
            const __m512 w0 = plain_weights(L, panel, k, 0);
            EACH_COLUMN even[r * C + c] = _mm512_fmadd_ps(w0, spread_float(tile + 4 * c), even[r * C + c]);
            if (k + 1 == COLS) continue;
            const __m512 w1 = plain_weights(L, panel, k + 1, 1);
            EACH_COLUMN odd[r * C + c] = _mm512_fmadd_ps(w1, spread_float(tile + 4 * (C + c)), odd[r * C + c]);
        }
    }
    EACH_PANEL EACH_COLUMN _mm512_storeu_ps(out + 16 * (r * C + c), _mm512_add_ps(even[r * C + c], odd[r * C + c]));
}

/* Two functions a layout, one panel and several, one body a column count. */
#define PANEL_FUNCTION(name, kind, L)                                                                                  \
    static void name(const uint8_t *panel, int COLS, const void *tile, int C, float *out) {                            \
        switch (C) { ALL_COUNTS_OF(kind, L) }                                                                          \
    }                                                                                                                  \
    static void name##_many(const uint8_t *panel, size_t panel_bytes, int COLS, const void *tile, int C, float *out) { \
        switch (C) {                                                                                                   \
            MANY(kind, L, 1)                                                                                           \
            MANY(kind, L, 2)                                                                                           \
            MANY(kind, L, 3) MANY(kind, L, 4) MANY(kind, L, 5) MANY(kind, L, 6) MANY(kind, L, 7) MANY(kind, L, 8)      \
        }                                                                                                              \
    }
#define CASE(kind, L, n)                                                                                               \
    case n:                                                                                                            \
        kind(L, panel, SIZE_MAX, 1, COLS, tile, n, out);                                                               \
        break;
#define MANY(kind, L, n)                                                                                               \
    case n:                                                                                                            \
        kind(L, panel, panel_bytes, PANELS_AT_ONCE(n), COLS, tile, n, out);                                            \
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
        tile_put_scales(tile, C, c, d, sum0, sum1);
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
    .many = {panel_f32_many, panel_f16_many, panel_bf16_many, panel_q8_0_many, panel_q4_0_many, panel_q4_k_many,
             panel_q5_k_many, panel_q6_k_many, panel_mxfp4_many, panel_nvfp4_many},
    .quantise = quantise,
    .attend = attend_avx512,
    .glu = glu_avx512,
    .read = read_avx512,
};
#else
typedef int panel_avx512_is_for_x86;
#endif
