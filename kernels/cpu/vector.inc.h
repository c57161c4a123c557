/* vector.inc.h - what is written once over a vector type: the attention tile and the gated activation. vector_ref.c,
 * vector_avx2.c, vector_avx512.c and vector_neon.c define the vector and include this.
 *
 *     for each page:   s[row][lane] = scale * q[row] . K[.][lane]     lanes are positions: no sum across lanes
 *                      masked lanes = -inf;  m' = max(m, s);  p = exp(s - m')
 *                      l = l exp(m - m') + sum p;   y = y exp(m - m') + p V       (Milakov & Gimelshein 2018, alg. 3)
 *     y / l
 *
 * The order of every sum depends only on the page and on VALUE, so a row's result does not depend on its companions.
 * Needs: VEC, LANES, V_ZERO, V_SET(x), V_LOAD(f32*), V_STORE(f32*, v), V_LOAD_HALF(u16*), V_LOAD_FP8(u8*), V_MUL,
 * V_ADD, V_MAX(a, b) = b where a is NaN, V_DIV, V_FMA(a, b, c) = a*b + c, V_EXP(v) (0 below -87), ROWS_AT_ONCE, NAME,
 * GLU, READ.
 */
#include "attention.h"

#define INLINE_ALWAYS static inline __attribute__((always_inline))

/* `type` is a constant wherever these are inlined. */
INLINE_ALWAYS VEC load_cached(const uint8_t *p, size_t entry, const enum tensor_type type) {
    return type == TENSOR_F16   ? V_LOAD_HALF((const uint16_t *)(const void *)p + entry)
           : type == TENSOR_FP8 ? V_LOAD_FP8(p + entry)
                                : V_LOAD((const float *)(const void *)p + entry);
}
INLINE_ALWAYS float one_cached(const uint8_t *p, size_t entry, const enum tensor_type type) {
    return type == TENSOR_F16   ? f16_to_f32(((const uint16_t *)(const void *)p)[entry])
           : type == TENSOR_FP8 ? e4m3_to_f32(p[entry])
                                : ((const float *)(const void *)p)[entry];
}

/* s[row][PAGE] for R rows. */
INLINE_ALWAYS void scores(const float *const *q, const uint8_t *key, const enum tensor_type type, int KEY, int PAGE,
                          const int R, float *s) {
    for (int lane = 0; lane < PAGE; lane += 2 * LANES) {
        VEC a[ROWS_AT_ONCE], b[ROWS_AT_ONCE];
        _Pragma("GCC unroll 8") for (int r = 0; r < R; r++) a[r] = b[r] = V_ZERO;
        for (int d = 0; d < KEY; d++) {
            VEC ka = load_cached(key, (size_t)d * (size_t)PAGE + (size_t)lane, type);
            VEC kb = load_cached(key, (size_t)d * (size_t)PAGE + (size_t)lane + LANES, type);
            _Pragma("GCC unroll 8") for (int r = 0; r < R; r++) {
                VEC x = V_SET(q[r][d]);
                a[r] = V_FMA(ka, x, a[r]);
                b[r] = V_FMA(kb, x, b[r]);
            }
        }
        _Pragma("GCC unroll 8") for (int r = 0; r < R; r++) {
            V_STORE(s + r * PAGE + lane, a[r]);
            V_STORE(s + r * PAGE + lane + LANES, b[r]);
        }
    }
}

/* y[row] = y[row] * shrink[row] + sum over `count` positions of p[row][position] * value[position]. */
INLINE_ALWAYS void weigh(const uint8_t *value, const enum tensor_type type, int VALUE, int PAGE, int count, const int R,
                         const float *p, const float *shrink, float *const *y) {
    int d = 0;
    for (; d + 2 * LANES <= VALUE; d += 2 * LANES) {
        VEC a[ROWS_AT_ONCE], b[ROWS_AT_ONCE];
        _Pragma("GCC unroll 8") for (int r = 0; r < R; r++) {
            a[r] = V_MUL(V_LOAD(y[r] + d), V_SET(shrink[r]));
            b[r] = V_MUL(V_LOAD(y[r] + d + LANES), V_SET(shrink[r]));
        }
        for (int i = 0; i < count; i++) {
            VEC va = load_cached(value, (size_t)i * (size_t)VALUE + (size_t)d, type);
            VEC vb = load_cached(value, (size_t)i * (size_t)VALUE + (size_t)d + LANES, type);
            _Pragma("GCC unroll 8") for (int r = 0; r < R; r++) {
                VEC x = V_SET(p[r * PAGE + i]);
                a[r] = V_FMA(va, x, a[r]);
                b[r] = V_FMA(vb, x, b[r]);
            }
        }
        _Pragma("GCC unroll 8") for (int r = 0; r < R; r++) {
            V_STORE(y[r] + d, a[r]);
            V_STORE(y[r] + d + LANES, b[r]);
        }
    }
    for (; d < VALUE; d++)
        for (int r = 0; r < R; r++) {
            float sum = y[r][d] * shrink[r];
            for (int i = 0; i < count; i++) {
                size_t at = (size_t)i * (size_t)VALUE + (size_t)d;
                sum += p[r * PAGE + i] * one_cached(value, at, type);
            }
            y[r][d] = sum;
        }
}

/* The same where a value is the beginning of its key: entries are rows of PAGE lanes. */
static void weigh_keys(const uint8_t *key, enum tensor_type type, int VALUE, int PAGE, int count, int R, const float *p,
                       const float *shrink, float *const *y) {
    for (int d = 0; d < VALUE; d++)
        for (int r = 0; r < R; r++) {
            float sum = y[r][d] * shrink[r];
            for (int i = 0; i < count; i++) {
                size_t at = (size_t)d * (size_t)PAGE + (size_t)i;
                sum += p[r * PAGE + i] * one_cached(key, at, type);
            }
            y[r][d] = sum;
        }
}

/* Scores to weights of one row over the page that begins at position `base`; updates its maximum and sum, returns the
 * factor for what was summed before. */
static float soften(const struct attention_tile *t, int r, int base, int PAGE, float *s, float *highest, float *total) {
    int lo = t->window && t->pos[r] - t->window + 1 > base ? t->pos[r] - t->window + 1 - base : 0;
    int hi = t->pos[r] - base + 1 < PAGE ? t->pos[r] - base + 1 : PAGE;
    if (lo > PAGE) lo = PAGE;
    if (hi < lo) hi = lo;
    float before = *highest, lanes[LANES];
    if (lo == hi) {
        for (int i = 0; i < PAGE; i++) s[i] = 0;
        return 1;
    }
    VEC most = V_SET(-INFINITY);
    for (int i = 0; i < PAGE; i += LANES) V_STORE(s + i, V_MUL(V_LOAD(s + i), V_SET(t->scale)));
    for (int i = lo; t->cap > 0 && i < hi; i++) s[i] = t->cap * tanhf(s[i] / t->cap);
    for (int i = 0; i < lo; i++) s[i] = -INFINITY;
    for (int i = hi; i < PAGE; i++) s[i] = -INFINITY;
    for (int i = 0; i < PAGE; i += LANES) most = V_MAX(V_LOAD(s + i), most);
    V_STORE(lanes, most);
    for (int i = 0; i < LANES; i++)
        if (lanes[i] > *highest) *highest = lanes[i]; /* a NaN score stays visible in its exponential */
    VEC sum = V_ZERO, minus = V_SET(-*highest);
    for (int i = 0; i < PAGE; i += LANES) {
        VEC p = V_EXP(V_ADD(V_LOAD(s + i), minus));
        V_STORE(s + i, p);
        sum = V_ADD(sum, p);
    }
    float page_total = 0, shrink = before == -INFINITY ? 0 : expf(before - *highest);
    V_STORE(lanes, sum);
    for (int i = 0; i < LANES; i++) page_total += lanes[i];
    *total = *total * shrink + page_total;
    return shrink;
}

INLINE_ALWAYS void rows(const struct attention_tile *t, const int R, int first, const enum tensor_type type) {
    const struct kernels_cache *c = t->cache;
    const int PAGE = c->PAGE;
    const size_t entry = type == TENSOR_F16 ? 2 : type == TENSOR_FP8 ? 1 : 4;
    float s[ROWS_AT_ONCE * ATTENTION_PAGE_MAX], highest[ROWS_AT_ONCE], total[ROWS_AT_ONCE], shrink[ROWS_AT_ONCE];
    int last = 0, from = t->pos[first];
    for (int r = 0; r < R; r++) {
        int pos = t->pos[first + r];
        highest[r] = t->sinks ? t->sink[first + r] : -INFINITY;
        total[r] = t->sinks ? 1 : 0;
        memset(t->y[first + r], 0, (size_t)c->VALUE * sizeof(float));
        if (pos > last) last = pos;
        if (pos < from) from = pos;
    }
    from = t->window && from >= t->window ? from - t->window + 1 : 0;
    for (int page = from / PAGE; page <= last / PAGE; page++) {
        size_t at = (size_t)t->table[page] * (size_t)c->KV_HEADS + (size_t)t->kv_head;
        const uint8_t *key = (const uint8_t *)c->key + at * (size_t)c->KEY * (size_t)PAGE * entry;
        int count = last - page * PAGE + 1 < PAGE ? last - page * PAGE + 1 : PAGE;
        scores(t->q + first, key, type, c->KEY, PAGE, R, s);
        for (int r = 0; r < R; r++)
            shrink[r] = soften(t, first + r, page * PAGE, PAGE, s + r * PAGE, &highest[r], &total[r]);
        if (c->value)
            weigh((const uint8_t *)c->value + at * (size_t)c->VALUE * (size_t)PAGE * entry, type, c->VALUE, PAGE, count,
                  R, s, shrink, t->y + first);
        else
            weigh_keys(key, type, c->VALUE, PAGE, count, R, s, shrink, t->y + first);
    }
    for (int r = 0; r < R; r++) {
        float inverse = 1 / total[r];
        for (int d = 0; d < c->VALUE; d++) t->y[first + r][d] *= inverse;
    }
}

INLINE_ALWAYS void all_rows(const struct attention_tile *t, const enum tensor_type type) {
    int first = 0;
    for (; first + ROWS_AT_ONCE <= t->rows; first += ROWS_AT_ONCE) rows(t, ROWS_AT_ONCE, first, type);
    for (; first + 2 <= t->rows; first += 2) rows(t, 2, first, type);
    for (; first < t->rows; first++) rows(t, 1, first, type);
}
static void f32_rows(const struct attention_tile *t) { all_rows(t, TENSOR_F32); }
static void f16_rows(const struct attention_tile *t) { all_rows(t, TENSOR_F16); }
static void fp8_rows(const struct attention_tile *t) { all_rows(t, TENSOR_FP8); }

void NAME(const struct attention_tile *t) {
    (t->cache->type == TENSOR_F16 ? f16_rows : t->cache->type == TENSOR_FP8 ? fp8_rows : f32_rows)(t);
}

/* g = act(g) * u. SiLU in vectors; the others are rare, or bound by their tanh. */
void GLU(enum kernels_act act, float *g, const float *u, int count) {
    int i = 0;
    for (; act == ACT_SILU && i + LANES <= count; i += LANES) {
        VEC x = V_LOAD(g + i), bottom = V_ADD(V_SET(1), V_EXP(V_MUL(x, V_SET(-1))));
        V_STORE(g + i, V_MUL(V_DIV(x, bottom), V_LOAD(u + i)));
    }
    for (; i < count; i++) g[i] = cpu_glu(act, g[i], u[i]);
}

/* Loads every byte once and nothing else: what memory gives at most. Four streams a thread, since one alone left a
 * tenth of the bandwidth unused where this was tried; asked for ahead like weights. Returns the sum of the words, so
 * that no load can be left out. */
uint64_t READ(const uint8_t *p, size_t n) {
    typedef uint64_t words __attribute__((vector_size(LANES < 4 ? 16 : LANES * 4), may_alias));
    enum { STREAMS = 4, STEP = 128, AHEAD = 2048, EACH = STEP / (int)sizeof(words) };
    const size_t stream = n / STREAMS / STEP * STEP;
    words sum[EACH] = {{0}};
    for (size_t i = 0; i < stream; i += STEP)
        for (size_t s = 0; s < STREAMS; s++) {
            const uint8_t *at = p + s * stream + i;
            for (int k = 0; k < STEP; k += 64) __builtin_prefetch(at + AHEAD + k);
            _Pragma("GCC unroll 8") for (int k = 0; k < EACH; k++) sum[k] += ((const words *)(const void *)at)[k];
        }
    uint64_t total = 0;
    for (int k = 0; k < EACH; k++)
        for (size_t w = 0; w < sizeof(words) / sizeof total; w++) total += sum[k][w];
    for (size_t i = STREAMS * stream; i < n; i++) total += p[i];
    return total;
}
