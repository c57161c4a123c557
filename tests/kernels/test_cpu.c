/* test_cpu.c - the CPU kernels against double precision, every instruction set against the plain C one.
 *
 * Bounds are derived, not tuned: an int8 activation is off by at most half its chunk's step, so a product may differ
 * from the exact one by sum |w| d/2 plus rounding.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "kernels.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const enum tensor_type TYPES[] = {TENSOR_F32,  TENSOR_F16,  TENSOR_BF16, TENSOR_Q8_0,  TENSOR_Q4_0,
                                         TENSOR_Q4_K, TENSOR_Q5_K, TENSOR_Q6_K, TENSOR_MXFP4, TENSOR_NVFP4};
static const char *const ISAS[] = {"ref", "avx2", "avx512", "neon", "i8mm"};

static bool block_is_float(enum tensor_type t) { return t == TENSOR_F32 || t == TENSOR_F16 || t == TENSOR_BF16; }

static const struct kernels_backend *K;

static uint64_t seed = 1;
static float uniform(void) { /* [-1, 1): xorshift64* */
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (float)((double)((seed * 0x2545F4914F6CDD1DULL) >> 40) / (1 << 23) - 1);
}
static float *random_floats(size_t n) {
    float *x = malloc(n * sizeof *x);
    for (size_t i = 0; i < n; i++) x[i] = uniform();
    return x;
}

static kernels_device *open_isa(const char *isa, unsigned threads) {
    struct kernels_options options = {.threads = threads, .isa = isa};
    kernels_device *d = NULL;
    error e = {0};
    if (K->open(0, &options, &d, &e) != 0) assert_int_equal(e.code, ERROR_SUPPORT);
    return d; /* NULL: this processor has not got it */
}

struct matrix {
    enum tensor_type type;
    int EXPERTS, ROWS, COLS;
    uint8_t *rows; /* GGUF layout */
    float *values; /* dequantised */
};
static struct matrix matrix_make(enum tensor_type type, int EXPERTS, int ROWS, int COLS) {
    struct matrix m = {type, EXPERTS, ROWS, COLS, NULL, NULL};
    size_t count = (size_t)EXPERTS * (size_t)ROWS * (size_t)COLS, row = tensor_row_bytes(type, (uint64_t)COLS);
    assert_true(row > 0);
    float *x = random_floats(count);
    m.rows = malloc(row * (size_t)ROWS * (size_t)EXPERTS);
    m.values = malloc(count * sizeof(float));
    tensor_quantise(type, x, count, m.rows);
    tensor_dequantise(type, m.rows, count, m.values);
    free(x);
    return m;
}
static void matrix_free(struct matrix *m) {
    free(m->rows);
    free(m->values);
}
static kernels_weight *matrix_load(kernels_device *d, const struct matrix *m) {
    error e = {0};
    kernels_weight *w = K->weight_new(d, m->type, m->EXPERTS, m->ROWS, m->COLS, &e);
    assert_non_null(w);
    size_t row = tensor_row_bytes(m->type, (uint64_t)m->COLS);
    int64_t all = (int64_t)m->EXPERTS * m->ROWS, half = all / 2; /* in two pieces, the second one first */
    assert_int_equal(K->weight_write(w, half, all - half, m->rows + (size_t)half * row, &e), 0);
    if (half) assert_int_not_equal(K->weight_finish(w, NULL, 0, &e), 0);
    assert_int_equal(K->weight_write(w, 0, half, m->rows, &e), 0);
    assert_int_equal(K->weight_finish(w, NULL, 0, &e), 0);
    return w;
}

/* How far an int8 product may be from the exact one. */
static double bound_of(const struct matrix *m, const float *w, const float *x) {
    double bound = 0;
    for (int k = 0; k < m->COLS; k += 32) {
        double largest = 0, weights = 0, products = 0;
        for (int i = k; i < k + 32 && i < m->COLS; i++) {
            largest = fmax(largest, fabs((double)x[i]));
            weights += fabs((double)w[i]);
            products += fabs((double)w[i] * (double)x[i]);
        }
        /* K types: scale*q - min cancel, so the rounding of each part counts, not of the weight. */
        bound += 4e-6 * (products + weights * largest);
        if (m->type != TENSOR_F32 && m->type != TENSOR_F16 && m->type != TENSOR_BF16)
            bound += weights * largest / 254 * 1.0001;
    }
    return bound + 1e-30;
}

static void run_matmul(kernels_device *d, kernels_weight *w, const struct matrix *m, const float *x, int N, float *y) {
    error e = {0};
    kernels_queue *q = K->queue_new(d, N, &e);
    struct kernels_matmul a = {.x = x, .N = N, .COLS = m->COLS, .PARTS = 1, .part = {{.w = w, .y = y}}};
    for (int i = 0; i < N * m->ROWS; i++) y[i] = NAN; /* poisoned: every entry must be written */
    K->matmul(q, &a);
    assert_int_equal(K->queue_sync(q, &e), 0);
    K->queue_free(q);
}

static void products_are_right_for_every_type_shape_and_isa(void **state) {
    (void)state;
    static const int ROWS[] = {1, 16, 37, 150}; /* panels alone, two and four side by side, with a rest */
    for (size_t t = 0; t < COUNT_OF(TYPES); t++)
        for (size_t s = 0; s < COUNT_OF(ROWS); s++) {
            int block = (int)tensor_type_find(TYPES[t])->block_count, N = s == 1 ? 27 : s == 3 ? 3 : 5;
            int COLS = block == 1 ? 131 : block == 256 ? 768 : 320;
            struct matrix m = matrix_make(TYPES[t], 1, ROWS[s], COLS);
            float *x = random_floats((size_t)N * (size_t)COLS), *y = malloc((size_t)N * (size_t)ROWS[s] * sizeof *y);
            float *reference = malloc((size_t)N * (size_t)ROWS[s] * sizeof *y);
            for (size_t i = 0; i < COUNT_OF(ISAS); i++) {
                kernels_device *d = open_isa(ISAS[i], 2);
                if (!d) continue;
                kernels_weight *w = matrix_load(d, &m);
                assert_int_equal(K->weight_bytes(w),
                                 kernels_cpu_weight_bytes(TYPES[t], 1, (uint64_t)ROWS[s], (uint64_t)COLS));
                run_matmul(d, w, &m, x, N, y);
                if (i == 0) memcpy(reference, y, (size_t)N * (size_t)ROWS[s] * sizeof *y);
                for (int n = 0; n < N; n++)
                    for (int r = 0; r < ROWS[s]; r++) {
                        const float *row = m.values + (size_t)r * (size_t)COLS, *column = x + (size_t)n * (size_t)COLS;
                        double exact = 0, magnitude = 0;
                        for (int k = 0; k < COLS; k++) {
                            exact += (double)row[k] * (double)column[k];
                            magnitude += fabs((double)row[k] * (double)column[k]);
                        }
                        float got = y[n * ROWS[s] + r], want = reference[n * ROWS[s] + r];
                        if (!(fabs((double)got - exact) <= bound_of(&m, row, column)))
                            fail_msg("%s %s row %d column %d: %g, exactly %g, bound %g", ISAS[i],
                                     tensor_type_find(TYPES[t])->name, r, n, (double)got, exact,
                                     bound_of(&m, row, column));
                        if (!(fabs((double)(got - want)) <= 3e-5 * magnitude + 1e-6))
                            fail_msg("%s %s row %d column %d: %g, plain C %g", ISAS[i],
                                     tensor_type_find(TYPES[t])->name, r, n, (double)got, (double)want);
                    }
                K->weight_free(w);
                K->close(d);
            }
            free(x);
            free(y);
            free(reference);
            matrix_free(&m);
        }
}

/* Alone, among strangers, with one thread or three: the same bits. */
static void columns_do_not_see_each_other(void **state) {
    (void)state;
    enum { N = 78, ROWS = 150 }; /* columns 1 to 12 at once; panels four, two and one side by side */
    for (size_t t = 0; t < COUNT_OF(TYPES); t++)
        for (size_t i = 0; i < COUNT_OF(ISAS); i++) {
            kernels_device *d = open_isa(ISAS[i], 1), *three = open_isa(ISAS[i], 3);
            if (!d) continue;
            struct matrix m = matrix_make(TYPES[t], 1, ROWS, 512);
            kernels_weight *w = matrix_load(d, &m), *w3 = matrix_load(three, &m);
            float *x = random_floats(N * 512), *all = malloc(2 * N * ROWS * sizeof *all), *some = all + N * ROWS;
            run_matmul(d, w, &m, x, N, all);
            for (int first = 0, n = 1; first + n <= N; first += n, n++) {
                run_matmul(n & 1 ? d : three, n & 1 ? w : w3, &m, x + first * 512, n, some);
                assert_memory_equal(some, all + first * ROWS, (size_t)n * ROWS * sizeof(float));
            }
            free(x);
            free(all);
            matrix_free(&m);
            K->weight_free(w);
            K->weight_free(w3);
            K->close(d);
            K->close(three);
        }
}

static void extremes_and_wild_activations(void **state) {
    (void)state;
    for (size_t t = 0; t < COUNT_OF(TYPES); t++)
        for (size_t i = 0; i < COUNT_OF(ISAS); i++) {
            kernels_device *d = open_isa(ISAS[i], 1);
            if (!d) continue;
            /* Every code at its extreme: random bytes with tame scales, activations at +-127 steps: sums must not
             * saturate. */
            struct matrix m = matrix_make(TYPES[t], 1, 16, 512);
            size_t row = tensor_row_bytes(TYPES[t], 512);
            if (TYPES[t] == TENSOR_Q8_0)
                for (size_t b = 0; b < row * 16; b++)
                    if (b % 34 >= 2) m.rows[b] = b % 3 ? 0x80 : 0x7f;
            if (TYPES[t] == TENSOR_Q6_K || TYPES[t] == TENSOR_Q5_K || TYPES[t] == TENSOR_Q4_K)
                for (size_t b = 0; b < row * 16; b++) {
                    size_t at = b % tensor_type_find(TYPES[t])->block_bytes;
                    if (TYPES[t] == TENSOR_Q6_K ? at < 208 : at >= 4) m.rows[b] = 0xff;
                }
            tensor_dequantise(TYPES[t], m.rows, 16 * 512, m.values);
            kernels_weight *w = matrix_load(d, &m);
            float x[2 * 512], y[2 * 16];
            for (int k = 0; k < 512; k++) {
                x[k] = 1;
                x[512 + k] = k % 2 ? -1 : -1;
            }
            run_matmul(d, w, &m, x, 2, y);
            for (int n = 0; n < 2; n++)
                for (int r = 0; r < 16; r++) {
                    double exact = 0;
                    for (int k = 0; k < 512; k++) exact += (double)m.values[r * 512 + k] * (double)x[n * 512 + k];
                    if (!(fabs((double)y[n * 16 + r] - exact) <= bound_of(&m, m.values + r * 512, x + n * 512)))
                        fail_msg("%s %s: %g, exactly %g", ISAS[i], tensor_type_find(TYPES[t])->name,
                                 (double)y[n * 16 + r], exact);
                }
            /* NaN and infinity stay visible, and only in their column; zeros and denormals give zeros. */
            x[3] = NAN;
            run_matmul(d, w, &m, x, 2, y);
            for (int r = 0; r < 16; r++) assert_true(isnan(y[r]) && !isnan(y[16 + r]));
            x[3] = INFINITY;
            run_matmul(d, w, &m, x, 2, y);
            for (int r = 0; r < 16; r++) assert_true(!isfinite(y[r]) || m.values[r * 512 + 3] == 0);
            for (int k = 0; k < 512; k++) {
                x[k] = 0;
                x[512 + k] = 1e-40f;
            }
            run_matmul(d, w, &m, x, 2, y);
            for (int r = 0; r < 32; r++) assert_true(fabsf(y[r]) < 1e-30f);
            matrix_free(&m);
            K->weight_free(w);
            K->close(d);
        }
}

static void a_weight_is_weighed_before_it_is_there(void **state) {
    (void)state;
    assert_int_equal(kernels_cpu_weight_bytes(TENSOR_Q4_K, 128, 768, 2048), 128 * 48 * 8 * 2368u);
    assert_int_equal(kernels_cpu_weight_bytes(TENSOR_Q8_0, 1, 1, 32), 544);
    assert_int_equal(kernels_cpu_weight_bytes(TENSOR_Q4_K, 1, 16, 128), 0); /* not a whole block */
    assert_int_equal(kernels_cpu_weight_bytes(TENSOR_FP8, 1, 16, 256), 0);
    assert_int_equal(kernels_cpu_weight_bytes(TENSOR_Q8_0, UINT64_MAX / 2, UINT64_MAX / 2, 256), UINT64_MAX);
}

static void packed_rows_are_the_rows(void **state) {
    (void)state;
    for (size_t t = 0; t < COUNT_OF(TYPES); t++) {
        kernels_device *d = open_isa("ref", 1);
        struct matrix m = matrix_make(TYPES[t], 1, 35, 512);
        size_t row = tensor_row_bytes(TYPES[t], 512);
        for (size_t b = 0; b < row * 35; b++) /* any bytes; only exponents of 16-bit floats are kept finite */
            m.rows[b] = (uint8_t)((uint64_t)(uniform() * 127 + 128) & (block_is_float(TYPES[t]) ? 0x3f : 0xff));
        tensor_dequantise(TYPES[t], m.rows, 35 * 512, m.values);
        kernels_weight *w = matrix_load(d, &m);
        error e = {0};
        kernels_queue *q = K->queue_new(d, 35, &e);
        int32_t token[37];
        float *y = malloc(37 * 512 * sizeof *y);
        for (int i = 0; i < 37; i++) token[i] = 35 - i; /* 35 and -1 are outside: zeros */
        K->embed(q, &(struct kernels_embed){.w = w, .token = token, .scale = 1, .N = 37, .y = y});
        assert_int_equal(K->queue_sync(q, &e), 0);
        for (int k = 0; k < 512; k++) assert_true(y[k] == 0 && y[36 * 512 + k] == 0);
        for (int i = 1; i < 36; i++)
            for (int k = 0; k < 512; k++) {
                float want = m.values[(35 - i) * 512 + k], got = y[i * 512 + k];
                if (!(got == want || (isnan(got) && isnan(want))))
                    fail_msg("%s row %d weight %d: %g, not %g", tensor_type_find(TYPES[t])->name, 35 - i, k,
                             (double)got, (double)want);
            }
        free(y);
        matrix_free(&m);
        K->queue_free(q);
        K->weight_free(w);
        K->close(d);
    }
}

int main(void) {
    K = kernels_cpu();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products_are_right_for_every_type_shape_and_isa),
        cmocka_unit_test(columns_do_not_see_each_other),
        cmocka_unit_test(extremes_and_wild_activations),
        cmocka_unit_test(packed_rows_are_the_rows),
        cmocka_unit_test(a_weight_is_weighed_before_it_is_there),
    };
    return cmocka_run_group_tests_name("cpu kernels", tests, NULL, NULL);
}
