/* check_attention.c - cases of rope_store and attention: a few steps of a few sequences over a paged cache.
 *
 * How a page looks inside is each backend's business, so the cache is only seen through attention. Pages are numbered
 * in no order; with a window, pages that nobody needs any more are named -1. An FP8 cache is compared with an F32 cache
 * of the reference that is given the same rounded keys and values.
 */
#include "check.h"

#include <math.h>
#include <stdlib.h>

enum { POSITIONS_MAX = 4096 };

static float nearest_e4m3(float x) {
    float best = 0, magnitude = fabsf(x);
    for (int e = 0; e < 16; e++)
        for (int m = 0; m < 8; m++) {
            float v = e ? ldexpf(1 + (float)m / 8, e - 7) : ldexpf((float)m / 8, -6);
            float nearer = fabsf(best - magnitude) - fabsf(v - magnitude);
            if (v <= 448 && (nearer > 0 || (nearer == 0 && m % 2 == 0))) best = v; /* ties to even */
        }
    return copysignf(best, x);
}

struct run {
    const struct check_attention_shape *s;
    struct kernels_cache cache[CHECK_SIDES];
    int TABLE, pages;
    int32_t *table, *length; /* of each sequence */
    int frequency, q_norm, k_norm, sinks;
};

/* Half way between two E4M3 values. */
static float between_e4m3(float x) {
    int exponent;
    (void)frexpf(x, &exponent); /* |x| = f * 2^exponent, 1/2 <= f < 1: steps of 2^(exponent - 4) */
    float step = ldexpf(1, (exponent < -5 ? -5 : exponent) - 4);
    return copysignf((floorf(fabsf(x) / step) + 0.5f) * step, x);
}

/* fp8: the backend under test rounds by itself, a quarter of the entries ties; the reference gets what that should
 * give. */
static int floats(struct check *c, size_t count, bool fp8) {
    float *x = check_floats(c, count), *rounded = fp8 ? malloc((count + 1) * sizeof *x) : NULL;
    for (size_t i = 0; x && rounded && i < count; i++) {
        if (i % 4 == 0) x[i] = between_e4m3(x[i]);
        rounded[i] = nearest_e4m3(x[i]);
    }
    int b = x ? check_buffer(c, rounded ? rounded : x, count * sizeof *x) : -1;
    if (rounded && b >= 0) c->side[1].b->upload(c->side[1].queue, check_at(c, b, 1), x, count * sizeof *x);
    free(rounded);
    free(x);
    return b;
}
/* A cache full of NaN: what stands where no token was stored may not be used, not even times zero. */
static void *cache_half(struct check *c, int side, size_t size_bytes) {
    const struct check_side *s = &c->side[side];
    void *half = s->b->alloc(s->device, size_bytes, &c->failure), *nan = malloc(size_bytes);
    if (half && nan) s->b->upload(s->queue, half, memset(nan, 0xff, size_bytes), size_bytes);
    free(nan);
    return half;
}

static void step(struct check *c, struct run *r, int columns, bool first) {
    const struct check_attention_shape *s = r->s;
    int32_t *pos = malloc((size_t)s->S * (size_t)columns * 4), *seq = malloc((size_t)s->S * (size_t)columns * 4);
    int32_t *run = malloc((size_t)(s->S + s->spare_runs + 1) * 4);
    int N = 0, highest = 0;
    if (!pos || !seq || !run) {
        free(pos);
        free(seq);
        free(run);
        return check_fail(c, "no memory on the host");
    }
    for (int i = 0; i < s->S; i++) {
        int own = first && columns > 3 ? columns - i % 3 : columns;
        run[i] = N;
        for (int k = 0; k < own; k++) {
            seq[N] = i;
            pos[N++] = r->length[i]++;
        }
        if (r->length[i] > highest) highest = r->length[i];
        /* pages whose last position the window of the first new column has passed */
        for (int p = 0; s->window && (p + 1) * s->PAGE <= r->length[i] - own - s->window; p++)
            r->table[i * r->TABLE + p] = -1;
    }
    for (int i = s->S; i <= s->S + s->spare_runs; i++) run[i] = N;
    int b_pos = check_buffer(c, pos, (size_t)N * 4), b_seq = check_buffer(c, seq, (size_t)N * 4),
        b_run = check_buffer(c, run, (size_t)(s->S + s->spare_runs + 1) * 4);
    int b_table = check_buffer(c, r->table, (size_t)s->S * (size_t)r->TABLE * 4);
    free(pos);
    free(seq);
    free(run);
    bool fp8 = s->type == TENSOR_FP8;
    int q = floats(c, (size_t)N * (size_t)s->HEADS * (size_t)s->KEY, false),
        k = floats(c, (size_t)N * (size_t)s->KV_HEADS * (size_t)s->KEY, fp8);
    int v = s->shared_value ? -1 : floats(c, (size_t)N * (size_t)s->KV_HEADS * (size_t)s->VALUE, fp8);
    int y = check_buffer(c, NULL, (size_t)N * (size_t)s->HEADS * (size_t)s->VALUE * 4);
    int rot = s->KEY / 4 * 2, at = s->interleaved ? s->KEY - rot : 0;
    for (int i = 0; i < CHECK_SIDES && !c->failure.code; i++) {
        struct kernels_batch b = {.N = N,
                                  .S = s->S,
                                  .pos = check_at(c, b_pos, i),
                                  .seq = check_at(c, b_seq, i),
                                  .table = check_at(c, b_table, i),
                                  .TABLE = r->TABLE,
                                  .run = check_at(c, b_run, i),
                                  .RUNS = s->S + s->spare_runs,
                                  .bound_pos = highest + (first ? 0 : 5)};
        if (b.bound_pos > r->TABLE * s->PAGE) b.bound_pos = r->TABLE * s->PAGE;
        struct kernels_rope_store rope = {.batch = &b,
                                          .q = check_at(c, q, i),
                                          .k = check_at(c, k, i),
                                          .v = check_at(c, v, i),
                                          .q_norm = check_at(c, r->q_norm, i),
                                          .k_norm = check_at(c, r->k_norm, i),
                                          .v_norm = s->norms,
                                          .eps = 1e-6f,
                                          .frequency = fp8 ? NULL : check_at(c, r->frequency, i),
                                          .ROT = rot,
                                          .ROT_AT = at,
                                          .interleaved = s->interleaved,
                                          .magnitude = 1.1f,
                                          .query_scale = s->norms ? 0.1f : 0,
                                          .query_period = 16,
                                          .HEADS = s->HEADS,
                                          .cache = &r->cache[i]};
        c->side[i].b->rope_store(c->side[i].queue, &rope);
        c->side[i].b->attention(
            c->side[i].queue, &(struct kernels_attention){&b, check_at(c, q, i), &r->cache[i], s->HEADS,
                                                          (s->sharp > 0 ? s->sharp : 1) / sqrtf((float)s->KEY), s->cap,
                                                          s->window, check_at(c, r->sinks, i), check_at(c, y, i)});
    }
    check_compare(c, q, (size_t)N * (size_t)s->HEADS, (size_t)s->KEY, 1e-4);
    check_compare(c, y, (size_t)N * (size_t)s->HEADS, (size_t)s->VALUE, s->type == TENSOR_F32 ? 1e-4 : 4e-3);
}

void check_attention(struct check *c, const struct check_attention_shape *s) {
    struct run r = {.s = s};
    int most = s->prefill + s->steps * s->columns;
    r.TABLE = (most + s->PAGE - 1) / s->PAGE + 1;
    r.pages = s->S * r.TABLE + 1;
    r.table = malloc((size_t)s->S * (size_t)r.TABLE * 4);
    r.length = calloc((size_t)s->S, 4);
    float *frequency = malloc((size_t)s->KEY * sizeof *frequency);
    if (r.table && r.length && frequency && most <= POSITIONS_MAX) {
        for (int i = 0; i < s->S * r.TABLE; i++) r.table[i] = (i * 7 + 3) % (r.pages); /* 7 is prime to most counts; */
        for (int i = 0; r.pages % 7 == 0 && i < s->S * r.TABLE; i++) r.table[i] = i;
        struct kernels_rope rope = {.ROT = s->KEY / 4 * 2, .base = 10000, .linear = 1};
        kernels_rope_frequencies(&rope, frequency);
        bool odd = c->odd;
        c->odd = false;
        r.frequency = check_buffer(c, frequency, (size_t)s->KEY * sizeof *frequency);
        r.q_norm = s->norms ? floats(c, (size_t)s->KEY, false) : -1;
        r.k_norm = s->norms ? floats(c, (size_t)s->KEY, false) : -1;
        r.sinks = s->sinks ? floats(c, (size_t)s->HEADS, false) : -1;
        c->odd = odd;
        for (int i = 0; i < CHECK_SIDES && !c->failure.code; i++) {
            enum tensor_type type = i == 0 && s->type == TENSOR_FP8 ? TENSOR_F32 : s->type;
            size_t key = (size_t)r.pages * kernels_cache_page_bytes(type, s->PAGE, s->KV_HEADS, s->KEY);
            size_t value = (size_t)r.pages * kernels_cache_page_bytes(type, s->PAGE, s->KV_HEADS, s->VALUE);
            struct kernels_cache *cache = &r.cache[i];
            *cache = (struct kernels_cache){.type = type,
                                            .PAGE = s->PAGE,
                                            .PAGES = r.pages,
                                            .KV_HEADS = s->KV_HEADS,
                                            .KEY = s->KEY,
                                            .VALUE = s->VALUE};
            cache->key = cache_half(c, i, key);
            if (!s->shared_value) cache->value = cache_half(c, i, value);
        }
        step(c, &r, s->prefill, true);
        for (int i = 0; i < s->steps && !c->failure.code; i++) step(c, &r, s->columns, false);
        for (int i = 0; i < CHECK_SIDES; i++) {
            error ignored;
            (void)c->side[i].b->queue_sync(c->side[i].queue, c->failure.code ? &ignored : &c->failure);
            c->side[i].b->free(c->side[i].device, r.cache[i].key);
            c->side[i].b->free(c->side[i].device, r.cache[i].value);
        }
    } else
        check_fail(c, "no memory on the host, or too many positions");
    free(frequency);
    free(r.table);
    free(r.length);
}
