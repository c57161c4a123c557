/* rope.c - heads normalised, rotated and stored: q in place, k and v to the cache.
 *
 * The angle is the F32 product pos * frequency, as the references compute it; its cosine and sine are computed once a
 * column and shared by all heads; then each KV head with its query heads is one item of the loop. Cache pages: see
 * attention.h. The caller's k and v are used as work space.
 */
#include "attention.h"

enum { ROT_MAX = 1024 };

void kernels_rope_frequencies(const struct kernels_rope *rope, float *frequency) {
    const double s = rope->yarn_factor, two_pi = 6.283185307179586;
    double low = 0, high = 0;
    if (s > 1) { /* the dimension that turns beta times within the trained context; YaRN, eq. 17 and 23 */
        double base = 2 * log(rope->base);
        low = floor(rope->ROT * log(rope->yarn_context / (rope->yarn_beta_fast * two_pi)) / base);
        high = ceil(rope->ROT * log(rope->yarn_context / (rope->yarn_beta_slow * two_pi)) / base);
        if (low < 0) low = 0;
        if (high > rope->ROT - 1) high = rope->ROT - 1;
        if (low == high) high += 0.001;
    }
    for (int i = 0; i < rope->ROT / 2; i++) {
        double f = pow(rope->base, -2.0 * i / rope->ROT);
        if (rope->factors) f /= rope->factors[i];
        if (s > 1) {
            double ramp = (i - low) / (high - low);
            ramp = ramp < 0 ? 0 : ramp > 1 ? 1 : ramp;
            f = f / s * ramp + f * (1 - ramp);
        } else if (rope->linear > 0) {
            f /= rope->linear;
        }
        frequency[i] = (float)f;
    }
}

float kernels_rope_magnitude(double yarn_factor, double mscale) {
    return yarn_factor > 1 ? (float)(0.1 * mscale * log(yarn_factor) + 1) : 1.0f;
}

static void normalise(float *x, const float *weight, int count, float eps) {
    float part[8] = {0}, sum = 0;
    for (int i = 0; i < count; i++) part[i & 7] += x[i] * x[i];
    for (int i = 0; i < 8; i++) sum += part[i];
    float scale = 1 / sqrtf(sum / (float)count + eps);
    for (int i = 0; i < count; i++) x[i] = x[i] * scale * (weight ? weight[i] : 1);
}

static void rotate(float *x, const struct kernels_rope_store *a, const float *cosine, const float *sine) {
    x += a->ROT_AT;
    int half = a->ROT / 2, step = a->interleaved ? 2 : 1, apart = a->interleaved ? 1 : half;
    for (int i = 0; i < half; i++) {
        float u = x[i * step], v = x[i * step + apart];
        x[i * step] = u * cosine[i] - v * sine[i];
        x[i * step + apart] = u * sine[i] + v * cosine[i];
    }
}

static void put(void *page, enum tensor_type type, size_t at, float x) {
    if (type == TENSOR_F16)
        ((uint16_t *)page)[at] = f32_to_f16(x);
    else if (type == TENSOR_FP8)
        ((uint8_t *)page)[at] = f32_to_e4m3(x);
    else
        ((float *)page)[at] = x;
}

/* Head h of column n: its place in the page is one lane of each row of keys, and one row of values. */
static void store_head(const struct kernels_rope_store *a, size_t n, size_t h, const float *k, const float *v) {
    const struct kernels_cache *c = a->cache;
    const struct kernels_batch *b = a->batch;
    size_t pos = (size_t)b->pos[n], PAGE = (size_t)c->PAGE, KEY = (size_t)c->KEY, VALUE = (size_t)c->VALUE;
    size_t page = (size_t)b->table[(size_t)b->seq[n] * (size_t)b->TABLE + pos / PAGE], place = pos % PAGE;
    size_t head = page * (size_t)c->KV_HEADS + h;
    for (size_t d = 0; d < KEY; d++) put(c->key, c->type, (head * KEY + d) * PAGE + place, k[d]);
    if (!c->value || !v) return;
    for (size_t d = 0; d < VALUE; d++) put(c->value, c->type, (head * PAGE + place) * VALUE + d, v[d]);
}

struct rotation {
    const struct kernels_rope_store *a;
    float *turn; /* [N][2][ROT/2]: cosines, then sines */
};

static void turn_columns(void *context, int worker, int lo, int hi) {
    (void)worker;
    const struct rotation *r = context;
    const struct kernels_rope_store *a = r->a;
    for (int n = lo; n < hi; n++) {
        float *cosine = r->turn + (size_t)n * (size_t)a->ROT, *sine = cosine + a->ROT / 2;
        for (int i = 0; i < a->ROT / 2; i++) {
            float angle = (float)a->batch->pos[n] * a->frequency[i];
            cosine[i] = a->magnitude * cosf(angle);
            sine[i] = a->magnitude * sinf(angle);
        }
    }
}

/* Items: a KV head of a column, with the query heads that read it. */
static void rope_heads(void *context, int worker, int lo, int hi) {
    (void)worker;
    const struct rotation *r = context;
    const struct kernels_rope_store *a = r->a;
    const struct kernels_cache *c = a->cache;
    const int KEY = c->KEY, KV_HEADS = c->KV_HEADS;
    for (int item = lo; item < hi; item++) {
        const int n = item / KV_HEADS, h = item % KV_HEADS, pos = a->batch->pos[n];
        const float *cosine = a->frequency ? r->turn + (size_t)n * (size_t)a->ROT : NULL;
        const float *sine = a->frequency ? cosine + a->ROT / 2 : NULL;
        float query =
            a->query_scale != 0 ? 1 + a->query_scale * logf(1 + floorf((float)pos / (float)a->query_period)) : 1;
        for (int g = h * a->HEADS / KV_HEADS; g < (h + 1) * a->HEADS / KV_HEADS; g++) {
            float *q = a->q + ((size_t)n * (size_t)a->HEADS + (size_t)g) * (size_t)KEY;
            if (a->q_norm) normalise(q, a->q_norm, KEY, a->eps);
            if (a->frequency) rotate(q, a, cosine, sine);
            for (int i = 0; i < KEY && a->query_scale != 0; i++) q[i] *= query;
        }
        float *k = a->k + (size_t)item * (size_t)KEY, *v = a->v ? a->v + (size_t)item * (size_t)c->VALUE : NULL;
        if (a->k_norm) normalise(k, a->k_norm, KEY, a->eps);
        if (a->frequency) rotate(k, a, cosine, sine);
        if (a->v_norm && v) normalise(v, NULL, c->VALUE, a->eps);
        if (c->key) store_head(a, (size_t)n, (size_t)h, k, v);
    }
}

void cpu_rope_store(kernels_queue *q, const struct kernels_rope_store *a) {
    const struct kernels_cache *c = a->cache;
    bool fits = c && a->ROT >= 0 && a->ROT <= ROT_MAX && a->ROT_AT >= 0 && a->ROT_AT + a->ROT <= c->KEY &&
                c->KV_HEADS >= 1 && (!c->value || a->v) &&
                (c->type == TENSOR_F16 || c->type == TENSOR_F32 || c->type == TENSOR_FP8);
    if (!queue_ready(q, fits,
                     "rope_store: the rotated part lies outside a head, or the cache is no F16, F32 or FP8 one"))
        return;
    const int N = a->batch->N;
    struct rotation r = {.a = a};
    if (a->frequency) {
        r.turn = scratch_get(q, &q->values, (size_t)N * (size_t)a->ROT * sizeof *r.turn);
        if (!r.turn) return;
        pool_run(q->device->pool, N, 8, turn_columns, &r);
    }
    pool_run(q->device->pool, N * c->KV_HEADS, 2, rope_heads, &r);
}
