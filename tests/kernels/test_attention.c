/* test_attention.c - rotation, the paged cache and attention against their formulas in double precision, for each
 * instruction set; and the cache's FP8.
 *
 * Sequences are mixed, pages are scattered and shared, outputs are poisoned first.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "cpu/half.h"
#include "tests/kernels/operations_rig.h"

/* ---- rotation, cache, attention ---------------------------------------------------------------------------------- */

struct attention_case {
    enum tensor_type type;
    int PAGE, HEADS, KV_HEADS, KEY, VALUE, ROT, ROT_AT, window;
    bool interleaved, qk_norm, v_norm, sinks, shared_value;
    float cap, query_scale;
};

enum { SEQUENCES = 3, LENGTH = 150 };

struct history {   /* what the reference remembers */
    double *k, *v; /* [LENGTH][KV_HEADS][KEY or VALUE] */
};

static void rms(double *x, const float *w, int n) {
    double s = 0;
    for (int i = 0; i < n; i++) s += x[i] * x[i];
    s = 1 / sqrt(s / n + 1e-6);
    for (int i = 0; i < n; i++) x[i] *= s * (w ? (double)w[i] : 1);
}
static void turn(const struct attention_case *c, double *x, const float *frequency, int pos) {
    x += c->ROT_AT;
    for (int i = 0; i < c->ROT / 2; i++) {
        int a = c->interleaved ? 2 * i : i, b = c->interleaved ? 2 * i + 1 : i + c->ROT / 2;
        double angle = (double)((float)pos * frequency[i]), u = x[a], v = x[b];
        x[a] = 1.25 * (u * cos(angle) - v * sin(angle));
        x[b] = 1.25 * (u * sin(angle) + v * cos(angle));
    }
}
/* By searching all of them; ties to the even mantissa. */
static double nearest_e4m3(double x) {
    double best = 0, magnitude = fabs(x);
    for (int code = 0; code < 0x7f; code++) {
        int exponent = code >> 3, mantissa = code & 7;
        double v = exponent ? ldexp(1 + mantissa / 8.0, exponent - 7) : ldexp(mantissa / 8.0, -6);
        double farther = fabs(v - magnitude) - fabs(best - magnitude);
        if (farther < 0 || (farther == 0 && !(mantissa & 1))) best = v;
    }
    return copysign(best, x);
}

static void reference_attend(const struct attention_case *c, const struct history *h, const double *q, int head,
                             int pos, float sink, double *y) {
    int kv = head / (c->HEADS / c->KV_HEADS), from = c->window && pos >= c->window ? pos - c->window + 1 : 0;
    double s[LENGTH], most = c->sinks ? (double)sink : -INFINITY, total = 0;
    for (int p = from; p <= pos; p++) {
        double dot = 0;
        for (int d = 0; d < c->KEY; d++) dot += q[d] * h->k[(p * c->KV_HEADS + kv) * c->KEY + d];
        s[p] = dot * 0.3;
        if (c->cap > 0) s[p] = (double)c->cap * tanh(s[p] / (double)c->cap);
        most = fmax(most, s[p]);
    }
    if (c->sinks) total = exp((double)sink - most);
    for (int d = 0; d < c->VALUE; d++) y[d] = 0;
    for (int p = from; p <= pos; p++) {
        double weight = exp(s[p] - most);
        total += weight;
        for (int d = 0; d < c->VALUE; d++)
            y[d] += weight * (c->shared_value ? h->k[(p * c->KV_HEADS + kv) * c->KEY + d]
                                              : h->v[(p * c->KV_HEADS + kv) * c->VALUE + d]);
    }
    for (int d = 0; d < c->VALUE; d++) y[d] /= total;
}

static void check_attention(const struct attention_case *c) {
    const int PAGES = SEQUENCES * 8, TABLE = (LENGTH + c->PAGE - 1) / c->PAGE, CAP = 40;
    const double tolerance = c->type == TENSOR_F16 ? 4e-3 : 3e-5;
    struct kernels_cache cache = {
        .type = c->type, .PAGE = c->PAGE, .PAGES = PAGES, .KV_HEADS = c->KV_HEADS, .KEY = c->KEY, .VALUE = c->VALUE};
    cache.key = K->alloc(device, (size_t)PAGES * kernels_cache_page_bytes(c->type, c->PAGE, c->KV_HEADS, c->KEY), NULL);
    cache.value =
        c->shared_value
            ? NULL
            : K->alloc(device, (size_t)PAGES * kernels_cache_page_bytes(c->type, c->PAGE, c->KV_HEADS, c->VALUE), NULL);
    float frequency[64], *q_norm = floats((size_t)c->KEY), *k_norm = floats((size_t)c->KEY),
                         *sinks = floats((size_t)c->HEADS);
    kernels_rope_frequencies(&(struct kernels_rope){.ROT = c->ROT, .base = 100, .linear = 1}, frequency);
    int32_t table[SEQUENCES * 8], pos[64], seq[64], run[SEQUENCES + 1];
    for (int s = 0; s < SEQUENCES; s++)
        for (int i = 0; i < TABLE; i++)
            table[s * TABLE + i] = (i * SEQUENCES + (s + i) % SEQUENCES) % PAGES; /* scattered */
    struct history h[SEQUENCES];
    int length[SEQUENCES] = {0};
    for (int s = 0; s < SEQUENCES; s++)
        h[s] = (struct history){calloc((size_t)(LENGTH * c->KV_HEADS * c->KEY), sizeof(double)),
                                calloc((size_t)(LENGTH * c->KV_HEADS * c->VALUE), sizeof(double))};
    for (int step = 0;; step++) {
        int N = 0, R = 0, bound = 0;
        for (int s = 0; s < SEQUENCES; s++) { /* lengths of 1 to CAP tokens, a sequence left out now and then */
            int take = s == step % 4 ? 0 : 1 + (step * 7 + s * 5) % (CAP / SEQUENCES);
            if (take > LENGTH - length[s]) take = LENGTH - length[s];
            if (take == 0) continue;
            run[R++] = N;
            for (int i = 0; i < take; i++, N++) {
                seq[N] = s;
                pos[N] = length[s]++;
                if (pos[N] >= bound) bound = pos[N] + 1;
            }
        }
        if (N == 0 && step > 40) break;
        if (N == 0) continue;
        run[R] = N;
        struct kernels_batch batch = {.N = N,
                                      .S = SEQUENCES,
                                      .pos = pos,
                                      .seq = seq,
                                      .table = table,
                                      .TABLE = TABLE,
                                      .run = run,
                                      .RUNS = R,
                                      .bound_pos = bound};
        size_t Q = (size_t)(N * c->HEADS * c->KEY), KN = (size_t)(N * c->KV_HEADS * c->KEY),
               VN = (size_t)(N * c->KV_HEADS * c->VALUE);
        float *q = floats(Q), *k = floats(KN), *v = floats(VN), *y = poison((size_t)(N * c->HEADS * c->VALUE));
        double *dq = as_doubles(q, (int)Q), *dk = as_doubles(k, (int)KN), *dv = as_doubles(v, (int)VN);
        K->rope_store(queue, &(struct kernels_rope_store){.batch = &batch,
                                                          .q = q,
                                                          .k = k,
                                                          .v = c->shared_value ? NULL : v,
                                                          .q_norm = c->qk_norm ? q_norm : NULL,
                                                          .k_norm = c->qk_norm ? k_norm : NULL,
                                                          .v_norm = c->v_norm,
                                                          .eps = 1e-6f,
                                                          .frequency = c->ROT ? frequency : NULL,
                                                          .ROT = c->ROT,
                                                          .ROT_AT = c->ROT_AT,
                                                          .interleaved = c->interleaved,
                                                          .magnitude = 1.25f,
                                                          .query_scale = c->query_scale,
                                                          .query_period = 16,
                                                          .HEADS = c->HEADS,
                                                          .cache = &cache});
        K->attention(queue, &(struct kernels_attention){.batch = &batch,
                                                        .q = q,
                                                        .cache = &cache,
                                                        .HEADS = c->HEADS,
                                                        .scale = 0.3f,
                                                        .cap = c->cap,
                                                        .window = c->window,
                                                        .sinks = c->sinks ? sinks : NULL,
                                                        .y = y});
        sync();
        for (int n = 0; n < N; n++) {
            for (int head = 0; head < c->HEADS; head++) {
                double *x = dq + (n * c->HEADS + head) * c->KEY;
                if (c->qk_norm) rms(x, q_norm, c->KEY);
                if (c->ROT) turn(c, x, frequency, pos[n]);
                for (int d = 0; d < c->KEY && c->query_scale != 0; d++)
                    x[d] *= 1 + (double)c->query_scale * log(1 + floor(pos[n] / 16.0));
                for (int d = 0; d < c->KEY; d++)
                    near_enough((double)q[(n * c->HEADS + head) * c->KEY + d], x[d], 2e-5, "rotated q", d);
            }
            for (int head = 0; head < c->KV_HEADS; head++) {
                double *x = dk + (n * c->KV_HEADS + head) * c->KEY, *z = dv + (n * c->KV_HEADS + head) * c->VALUE;
                if (c->qk_norm) rms(x, k_norm, c->KEY);
                if (c->ROT) turn(c, x, frequency, pos[n]);
                if (c->v_norm) rms(z, NULL, c->VALUE);
                for (int d = 0; d < c->KEY && c->type == TENSOR_FP8; d++) x[d] = nearest_e4m3(x[d]);
                for (int d = 0; d < c->VALUE && c->type == TENSOR_FP8; d++) z[d] = nearest_e4m3(z[d]);
                memcpy(h[seq[n]].k + (pos[n] * c->KV_HEADS + head) * c->KEY, x, (size_t)c->KEY * sizeof *x);
                memcpy(h[seq[n]].v + (pos[n] * c->KV_HEADS + head) * c->VALUE, z, (size_t)c->VALUE * sizeof *z);
            }
        }
        double *want = malloc((size_t)c->VALUE * sizeof *want);
        for (int n = 0; n < N; n++)
            for (int head = 0; head < c->HEADS; head++) {
                reference_attend(c, &h[seq[n]], dq + (n * c->HEADS + head) * c->KEY, head, pos[n], sinks[head], want);
                for (int d = 0; d < c->VALUE; d++)
                    near_enough((double)y[(n * c->HEADS + head) * c->VALUE + d], want[d], tolerance, "attention",
                                pos[n] * 1000 + d);
            }
        free(want), free(q), free(k), free(v), free(y), free(dq), free(dk), free(dv);
    }
    for (int s = 0; s < SEQUENCES; s++) free(h[s].k), free(h[s].v);
    K->free(device, cache.key);
    K->free(device, cache.value);
    free(q_norm), free(k_norm), free(sinks);
}

static void rotation_cache_and_attention(void **state) {
    (void)state;
    static const struct attention_case CASES[] = {
        {.type = TENSOR_F32, .PAGE = 64, .HEADS = 4, .KV_HEADS = 2, .KEY = 64, .VALUE = 64, .ROT = 64},
        {.type = TENSOR_F16,
         .PAGE = 64,
         .HEADS = 4,
         .KV_HEADS = 1,
         .KEY = 48,
         .VALUE = 40,
         .ROT = 32,
         .qk_norm = true,
         .v_norm = true},
        {.type = TENSOR_F32,
         .PAGE = 32,
         .HEADS = 10,
         .KV_HEADS = 1,
         .KEY = 20,
         .VALUE = 12,
         .ROT = 8,
         .ROT_AT = 12,
         .interleaved = true,
         .shared_value = true,
         .query_scale = 0.1f},
        {.type = TENSOR_F32,
         .PAGE = 32,
         .HEADS = 3,
         .KV_HEADS = 3,
         .KEY = 33,
         .VALUE = 35,
         .window = 7,
         .cap = 2,
         .sinks = true},
        {.type = TENSOR_F16,
         .PAGE = 32,
         .HEADS = 24,
         .KV_HEADS = 2,
         .KEY = 16,
         .VALUE = 128,
         .ROT = 16,
         .window = 40,
         .interleaved = true},
        /* FP8: nothing before the store, or F32 and double would round to different neighbours now and then */
        {.type = TENSOR_FP8, .PAGE = 64, .HEADS = 4, .KV_HEADS = 2, .KEY = 64, .VALUE = 64, .query_scale = 0.1f},
        {.type = TENSOR_FP8, .PAGE = 32, .HEADS = 9, .KV_HEADS = 3, .KEY = 33, .VALUE = 35, .window = 7, .sinks = true},
        {.type = TENSOR_FP8, .PAGE = 32, .HEADS = 2, .KV_HEADS = 1, .KEY = 20, .VALUE = 12, .shared_value = true},
    };
    EACH_ISA(for (size_t i = 0; i < COUNT_OF(CASES); i++) check_attention(&CASES[i]));
}

static void fp8_is_e4m3(void **state) {
    (void)state;
    for (int code = 0; code < 256; code++)
        if ((code & 0x7f) == 0x7f)
            assert_true(isnan(e4m3_to_f32((uint8_t)code)));
        else
            assert_int_equal(f32_to_e4m3(e4m3_to_f32((uint8_t)code)), code);
    for (float x = 0x1p-12f; x < 600; x *= 1.0009f) {
        assert_true((double)e4m3_to_f32(f32_to_e4m3(x)) == nearest_e4m3((double)x));
        assert_true((double)e4m3_to_f32(f32_to_e4m3(-x)) == -nearest_e4m3((double)x));
    }
    assert_int_equal(f32_to_e4m3(INFINITY), 0x7e);
    assert_int_equal(f32_to_e4m3(17), 0x58); /* half way from 16 to 18: the even one */
    assert_int_equal(f32_to_e4m3(19), 0x5a);
    assert_int_equal(f32_to_e4m3(NAN) & 0x7f, 0x7f);
}

int main(void) {
    K = kernels_cpu();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fp8_is_e4m3),
        cmocka_unit_test(rotation_cache_and_attention),
    };
    return cmocka_run_group_tests_name("attention", tests, NULL, NULL);
}
