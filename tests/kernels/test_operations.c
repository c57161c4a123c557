/* test_operations.c - every operation of kernels.h but products and attention against its formula in double precision,
 * for each instruction set.
 *
 * Outputs are poisoned first, shapes are odd.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "tests/kernels/operations_rig.h"

static double silu(double x) { return x / (1 + exp(-x)); }
static double sigmoid(double x) { return 1 / (1 + exp(-x)); }

static void check_norm(int N, int GROUPS, int WIDTH, bool weighted, bool add, bool gate, bool l2) {
    size_t all = (size_t)N * (size_t)GROUPS * (size_t)WIDTH;
    float *x = floats(all), *a = floats(all), *w = floats((size_t)WIDTH), *g = floats(all), *y = poison(all),
          *before = malloc(all * sizeof *x);
    memcpy(before, x, all * sizeof *x);
    struct kernels_norm op = {.x = x,
                              .add = add ? a : NULL,
                              .weight = weighted ? w : NULL,
                              .gate = gate ? g : NULL,
                              .eps = 1e-3f,
                              .l2 = l2,
                              .N = N,
                              .GROUPS = GROUPS,
                              .WIDTH = WIDTH,
                              .y = y};
    K->norm(queue, &op);
    sync();
    for (size_t from = 0; from < all; from += (size_t)WIDTH) {
        double squares = 0;
        for (size_t i = from; i < from + (size_t)WIDTH; i++) {
            double v = (double)before[i] + (add ? (double)a[i] : 0);
            squares += v * v;
            near_enough((double)x[i], v, 1e-6, "norm's residual", (int)i);
        }
        double scale = l2 ? 1 / fmax(sqrt(squares), 1e-3) : 1 / sqrt(squares / WIDTH + 1e-3);
        for (size_t i = from; i < from + (size_t)WIDTH; i++)
            near_enough((double)y[i],
                        (double)x[i] * scale * (weighted ? (double)w[i - from] : 1) * (gate ? silu((double)g[i]) : 1),
                        1e-5, "norm", (int)i);
    }
    free(x), free(a), free(w), free(g), free(y), free(before);
}
static void norms(void **state) {
    (void)state;
    EACH_ISA(check_norm(1, 1, 1, true, false, false, false); check_norm(13, 1, 67, true, true, false, false);
             check_norm(3, 5, 32, false, false, true, false); check_norm(2, 3, 17, true, false, false, true));
}

/* ---- mixture of experts ------------------------------------------------------------------------------------------ */

static kernels_weight *weight(enum tensor_type type, int EXPERTS, int ROWS, int COLS, const float *scale,
                              float *values) {
    size_t count = (size_t)EXPERTS * (size_t)ROWS * (size_t)COLS,
           bytes = tensor_row_bytes(type, (uint64_t)COLS) * (size_t)ROWS * (size_t)EXPERTS;
    float *x = floats(count);
    void *rows = malloc(bytes);
    tensor_quantise(type, x, count, rows);
    tensor_dequantise(type, rows, count, values);
    for (size_t i = 0; scale && i < count; i++) values[i] *= scale[i / ((size_t)ROWS * (size_t)COLS)];
    kernels_weight *w = K->weight_new(device, type, EXPERTS, ROWS, COLS, NULL);
    assert_int_equal(K->weight_write(w, 0, (int64_t)EXPERTS * ROWS, rows, NULL), 0);
    assert_int_equal(K->weight_finish(w, scale, EXPERTS, NULL), 0);
    free(x);
    free(rows);
    return w;
}
static double dot(const float *w, const float *x, int n) {
    double s = 0;
    for (int i = 0; i < n; i++) s += (double)w[i] * (double)x[i];
    return s;
}

static void check_experts(enum tensor_type type, bool scaled) {
    enum { N = 19, E = 7, TOPK = 3, DIM = 64, FF = 128 };
    const double tolerance = type == TENSOR_F32 ? 2e-5 : 0.03;
    float scale[E] = {1, 2, 0.5f, 1.5f, 3, 0.25f, 1};
    float *gv = malloc(E * FF * DIM * sizeof(float)), *uv = malloc(E * FF * DIM * sizeof(float)),
          *dv = malloc(E * FF * DIM * sizeof(float));
    kernels_weight *g = weight(type, E, FF, DIM, scaled ? scale : NULL, gv),
                   *u = weight(type, E, FF, DIM, scaled ? scale : NULL, uv);
    kernels_weight *d = weight(type, E, DIM, FF, scaled ? scale : NULL, dv);
    float *x = floats(N * DIM), *inner = poison(N * TOPK * FF), *add = floats(N * DIM), *y = poison(N * DIM),
          weights[N * TOPK];
    int32_t expert[N * TOPK];
    for (int i = 0; i < N * TOPK; i++) {
        expert[i] = (i * 5 + i / 7) % E;
        weights[i] = uniform();
    }
    expert[4] = -1; /* none */
    expert[8] = E;
    K->moe_gate_up(queue, &(struct kernels_moe_gate_up){.x = x,
                                                        .expert = expert,
                                                        .gate = g,
                                                        .up = u,
                                                        .act = ACT_SILU,
                                                        .N = N,
                                                        .TOPK = TOPK,
                                                        .COLS = DIM,
                                                        .FF = FF,
                                                        .y = inner});
    K->moe_down(queue, &(struct kernels_moe_down){.x = inner,
                                                  .expert = expert,
                                                  .weight = weights,
                                                  .down = d,
                                                  .add = add,
                                                  .N = N,
                                                  .TOPK = TOPK,
                                                  .FF = FF,
                                                  .DIM = DIM,
                                                  .y = y});
    sync();
    for (int n = 0; n < N; n++) {
        double want[DIM], size = 0;
        for (int i = 0; i < DIM; i++) want[i] = (double)add[n * DIM + i];
        for (int t = 0; t < TOPK; t++) {
            int e = expert[n * TOPK + t];
            const float *h = inner + (n * TOPK + t) * FF;
            for (int i = 0; i < FF; i++) {
                double gate = 0, up = 0;
                if (e >= 0 && e < E) {
                    gate = dot(gv + (e * FF + i) * DIM, x + n * DIM, DIM);
                    up = dot(uv + (e * FF + i) * DIM, x + n * DIM, DIM);
                }
                /* int8 activations: products off by up to 0.25 here (six standard deviations), the slope of SiLU is 1.1
                 */
                double z = silu(gate) * up,
                       off = type == TENSOR_F32 ? 1e-4 : 0.25 * 1.1 * (fabs(up) + fabs(silu(gate))) + 0.07;
                if (!(fabs((double)h[i] - z) <= off))
                    fail_msg("%s moe_gate_up %d %d %d: %g, not %g", isa, n, t, i, (double)h[i], z);
            }
            for (int i = 0; i < DIM && e >= 0 && e < E; i++) {
                double part = dot(dv + (e * DIM + i) * FF, h, FF);
                want[i] += (double)weights[n * TOPK + t] * part;
                size = fmax(size, fabs(part));
            }
        }
        for (int i = 0; i < DIM; i++)
            if (!(fabs((double)y[n * DIM + i] - want[i]) <= tolerance * (1 + size)))
                fail_msg("%s moe_down %d %d: %g, not %g", isa, n, i, (double)y[n * DIM + i], want[i]);
    }
    K->weight_free(g);
    K->weight_free(u);
    K->weight_free(d);
    free(gv), free(uv), free(dv), free(x), free(inner), free(add), free(y);
}

static void check_route(bool sigmoid_scores, bool bias, bool renormalise) {
    enum { N = 5, E = 11, TOPK = 4 };
    float *logits = floats(N * E), *b = floats(E), *s = floats(E), w[N * TOPK];
    int32_t expert[N * TOPK];
    logits[3] = logits[5] = 4; /* a tie: the lower number first */
    K->route(queue, &(struct kernels_route){.logits = logits,
                                            .bias = bias ? b : NULL,
                                            .expert_scale = s,
                                            .sigmoid = sigmoid_scores,
                                            .renormalise = renormalise,
                                            .scale = 2.5f,
                                            .N = N,
                                            .EXPERTS = E,
                                            .TOPK = TOPK,
                                            .expert = expert,
                                            .weight = w});
    sync();
    for (int n = 0; n < N; n++) {
        double p[E], total = 0, sum = 0;
        for (int e = 0; e < E; e++)
            total += p[e] = sigmoid_scores ? sigmoid((double)logits[n * E + e]) : exp((double)logits[n * E + e]);
        for (int e = 0; e < E && !sigmoid_scores; e++) p[e] /= total;
        bool taken[E] = {0};
        for (int t = 0; t < TOPK; t++) {
            int best = -1;
            for (int e = 0; e < E; e++)
                if (!taken[e] &&
                    (best < 0 || p[e] + (bias ? (double)b[e] : 0) > p[best] + (bias ? (double)b[best] : 0)))
                    best = e;
            taken[best] = true;
            assert_int_equal(expert[n * TOPK + t], best);
            sum += p[best];
        }
        for (int t = 0; t < TOPK; t++) {
            int e = expert[n * TOPK + t];
            near_enough((double)w[n * TOPK + t], 2.5 * (double)s[e] * p[e] / (renormalise ? sum : 1), 1e-5, "route", t);
        }
    }
    free(logits), free(b), free(s);
}
static void experts(void **state) {
    (void)state;
    EACH_ISA(check_experts(TENSOR_F32, false); check_experts(TENSOR_Q8_0, true); check_experts(TENSOR_NVFP4, true);
             check_route(false, false, true); check_route(true, true, true); check_route(false, true, false));
}

/* ---- the rest ---------------------------------------------------------------------------------------------------- */

static void check_parts(void) { /* several products at once, bias, residual in place, gate and up, one matrix a head */
    enum { N = 9, COLS = 96, R0 = 33, R1 = 7, HEADS = 5 };
    float *v0 = malloc(R0 * COLS * sizeof(float)), *v1 = malloc(R1 * COLS * sizeof(float)),
          *vu = malloc(R0 * COLS * sizeof(float)), *vh = malloc(HEADS * R1 * COLS * sizeof(float));
    kernels_weight *w0 = weight(TENSOR_F32, 1, R0, COLS, NULL, v0), *w1 = weight(TENSOR_F16, 1, R1, COLS, NULL, v1);
    kernels_weight *up = weight(TENSOR_BF16, 1, R0, COLS, NULL, vu),
                   *heads = weight(TENSOR_F32, HEADS, R1, COLS, NULL, vh);
    float *x = floats(N * HEADS * COLS), *bias = floats(R0), *y0 = floats(N * R0), *y1 = poison(N * R1),
          *before = malloc(N * R0 * sizeof(float));
    memcpy(before, y0, N * R0 * sizeof(float));
    K->matmul(queue,
              &(struct kernels_matmul){.x = x,
                                       .N = N,
                                       .COLS = COLS,
                                       .PARTS = 2,
                                       .part = {{.w = w0, .bias = bias, .add = y0, .y = y0}, {.w = w1, .y = y1}}});
    sync();
    for (int n = 0; n < N; n++) {
        for (int r = 0; r < R0; r++)
            near_enough((double)y0[n * R0 + r],
                        dot(v0 + r * COLS, x + n * COLS, COLS) + (double)bias[r] + (double)before[n * R0 + r], 1e-5,
                        "matmul", r);
        for (int r = 0; r < R1; r++)
            near_enough((double)y1[n * R1 + r], dot(v1 + r * COLS, x + n * COLS, COLS), 1e-5, "matmul", r);
    }
    static const enum kernels_act ACTS[] = {ACT_SILU, ACT_GELU_TANH, ACT_GELU_ERF, ACT_RELU};
    for (size_t i = 0; i < COUNT_OF(ACTS); i++) {
        K->gate_up(queue, &(struct kernels_gate_up){
                              .x = x, .gate = w0, .up = up, .act = ACTS[i], .N = N, .COLS = COLS, .FF = R0, .y = y0});
        sync();
        for (int n = 0; n < N; n++)
            for (int r = 0; r < R0; r++) {
                double g = dot(v0 + r * COLS, x + n * COLS, COLS), a = 0;
                if (ACTS[i] == ACT_SILU) a = silu(g);
                if (ACTS[i] == ACT_GELU_TANH) a = 0.5 * g * (1 + tanh(sqrt(2 / acos(-1)) * (g + 0.044715 * g * g * g)));
                if (ACTS[i] == ACT_GELU_ERF) a = 0.5 * g * (1 + erf(g / sqrt(2)));
                if (ACTS[i] == ACT_RELU) a = g > 0 ? g : 0;
                near_enough((double)y0[n * R0 + r], a * dot(vu + r * COLS, x + n * COLS, COLS), 4e-5, "gate_up", r);
            }
    }
    float *yh = poison(N * HEADS * R1);
    K->matmul_heads(queue, &(struct kernels_matmul_heads){.w = heads,
                                                          .x = x,
                                                          .x_stride = HEADS * COLS,
                                                          .x_head_stride = COLS,
                                                          .N = N,
                                                          .HEADS = HEADS,
                                                          .ROWS = R1,
                                                          .COLS = COLS,
                                                          .y = yh,
                                                          .y_stride = HEADS * R1,
                                                          .y_head_stride = R1});
    sync();
    for (int n = 0; n < N; n++)
        for (int h = 0; h < HEADS; h++)
            for (int r = 0; r < R1; r++)
                near_enough((double)yh[(n * HEADS + h) * R1 + r],
                            dot(vh + (h * R1 + r) * COLS, x + (n * HEADS + h) * COLS, COLS), 1e-5, "matmul_heads", r);
    K->weight_free(w0);
    K->weight_free(w1);
    K->weight_free(up);
    K->weight_free(heads);
    free(v0), free(v1), free(vu), free(vh), free(x), free(bias), free(y0), free(y1), free(before), free(yh);
}

static void check_recurrent(void) {
    enum { N = 11, S = 2, CHANNELS = 37, TAPS = 4, STATES = 4, KEYS = 2, KEY = 6, VALUE = 5 };
    int32_t seq[N], run[S + 1] = {0, 4, N}, slot[S] = {2, 0};
    for (int n = 0; n < N; n++) seq[n] = n >= 4;
    struct kernels_batch batch = {.N = N, .S = S, .seq = seq, .run = run, .RUNS = S, .state = slot};
    float *x = floats(N * CHANNELS), *w = floats(CHANNELS * TAPS), *state = floats(3 * (TAPS - 1) * CHANNELS),
          *y = poison(N * CHANNELS);
    double *past = as_doubles(state, 3 * (TAPS - 1) * CHANNELS);
    K->conv(queue, &(struct kernels_conv){
                       .batch = &batch, .x = x, .w = w, .state = state, .CHANNELS = CHANNELS, .TAPS = TAPS, .y = y});
    sync();
    for (int n = 0; n < N; n++)
        for (int c = 0; c < CHANNELS; c++) {
            double *p = past + slot[seq[n]] * (TAPS - 1) * CHANNELS,
                   sum = (double)w[c * TAPS + TAPS - 1] * (double)x[n * CHANNELS + c];
            for (int j = 0; j < TAPS - 1; j++) sum += (double)w[c * TAPS + j] * p[j * CHANNELS + c];
            near_enough((double)y[n * CHANNELS + c], silu(sum), 1e-5, "conv", c);
            for (int j = 0; j + 1 < TAPS - 1; j++) p[j * CHANNELS + c] = p[(j + 1) * CHANNELS + c];
            p[(TAPS - 2) * CHANNELS + c] = (double)x[n * CHANNELS + c];
        }
    for (int i = 0; i < 3 * (TAPS - 1) * CHANNELS; i++) near_enough((double)state[i], past[i], 1e-6, "conv's state", i);
    free(x), free(w), free(state), free(y), free(past);

    float *q = floats(N * KEYS * KEY), *k = floats(N * KEYS * KEY), *v = floats(N * STATES * VALUE),
          *dt = floats(N * STATES), *b = floats(N * STATES);
    float a[STATES] = {-0.5f, -1, -2, -0.1f}, dt_bias[STATES] = {0.5f, -1, 25, 0},
          *m = floats(3 * STATES * KEY * VALUE), *out = poison(N * STATES * VALUE);
    double *state_m = as_doubles(m, 3 * STATES * KEY * VALUE);
    K->delta(queue, &(struct kernels_delta){.batch = &batch,
                                            .q = q,
                                            .k = k,
                                            .v = v,
                                            .qk_stride = KEYS * KEY,
                                            .v_stride = STATES * VALUE,
                                            .dt = dt,
                                            .b = b,
                                            .a = a,
                                            .dt_bias = dt_bias,
                                            .state = m,
                                            .STATES = STATES,
                                            .KEY_HEADS = KEYS,
                                            .STATE_KEY = KEY,
                                            .STATE_VALUE = VALUE,
                                            .scale = 0.4f,
                                            .y = out});
    sync();
    for (int n = 0; n < N; n++)
        for (int h = 0; h < STATES; h++) {
            double *M = state_m + (slot[seq[n]] * STATES + h) * KEY * VALUE, u[VALUE];
            const float *qh = q + (n * KEYS + h % KEYS) * KEY, *kh = k + (n * KEYS + h % KEYS) * KEY;
            double decay = exp((double)a[h] * log1p(exp((double)dt[n * STATES + h] + (double)dt_bias[h]))),
                   beta = sigmoid((double)b[n * STATES + h]);
            for (int j = 0; j < VALUE; j++) {
                double seen = 0;
                for (int i = 0; i < KEY; i++) seen += (M[i * VALUE + j] *= decay) * (double)kh[i];
                u[j] = beta * ((double)v[(n * STATES + h) * VALUE + j] - seen);
            }
            for (int j = 0; j < VALUE; j++) {
                double sum = 0;
                for (int i = 0; i < KEY; i++) sum += (M[i * VALUE + j] += (double)kh[i] * u[j]) * (double)qh[i];
                near_enough((double)out[(n * STATES + h) * VALUE + j], 0.4 * sum, 1e-4, "delta", n);
            }
        }
    for (int i = 0; i < 3 * STATES * KEY * VALUE; i++) near_enough((double)m[i], state_m[i], 1e-4, "delta's state", i);
    free(q), free(k), free(v), free(dt), free(b), free(m), free(out), free(state_m);
}

static void check_small(void) {
    enum { N = 3, WIDTH = 21, VOCAB = 77, BEST = 9 };
    float *a = floats(N * WIDTH), *b = floats(N * WIDTH), *g = floats(N * 30), *y = poison(N * WIDTH);
    K->combine(queue, &(struct kernels_combine){.a = a,
                                                .b = b,
                                                .gate = g,
                                                .gate_scalar = true,
                                                .gate_stride = 30,
                                                .scale = 3,
                                                .N = N,
                                                .WIDTH = WIDTH,
                                                .y = y});
    for (int i = 0; i < N * WIDTH; i++)
        near_enough((double)y[i], 3 * ((double)a[i] + (double)b[i]) * sigmoid((double)g[i / WIDTH * 30]), 1e-5,
                    "combine", i);
    K->combine(queue, &(struct kernels_combine){.a = a, .gate = b, .scale = 1, .N = N, .WIDTH = WIDTH, .y = y});
    for (int i = 0; i < N * WIDTH; i++)
        near_enough((double)y[i], (double)a[i] * sigmoid((double)b[i]), 1e-5, "combine", i);
    const int32_t index[2] = {2, 0};
    K->gather(queue, &(struct kernels_gather){
                         .x = a, .index = index, .M = 2, .WIDTH = 5, .x_stride = WIDTH, .y_stride = 6, .y = y});
    for (int i = 0; i < 5; i++) assert_true(y[i] == a[2 * WIDTH + i] && y[6 + i] == a[i]);

    float *logits = floats(N * VOCAB), *before = malloc(N * VOCAB * sizeof(float));
    logits[5] = NAN;
    memcpy(before, logits, N * VOCAB * sizeof(float));
    int32_t seen[N * 3] = {1, 2, -1, 70, -1, 0, -1}, count[N * 3] = {1, 4, 9, 2}, token[N * BEST];
    uint32_t mask[N * 3];
    for (int i = 0; i < N * 3; i++) mask[i] = 0xfffffff7u;
    K->logits(queue, &(struct kernels_logits){.logits = logits,
                                              .cap = 0.5f,
                                              .seen = seen,
                                              .seen_count = count,
                                              .SEEN = 3,
                                              .repetition = 2,
                                              .presence = 0.25f,
                                              .frequency = 0.125f,
                                              .mask = mask,
                                              .M = N,
                                              .VOCAB = VOCAB});
    for (int i = 0; i < N * VOCAB; i++) {
        int t = i % VOCAB, m = i / VOCAB,
            times = m == 0 && t == 1    ? 1
                    : m == 0 && t == 2  ? 4
                    : m == 1 && t == 70 ? 2
                                        : 0;
        double x = 0.5 * tanh((double)before[i] / 0.5);
        if (times) x = (x > 0 ? x / 2 : x * 2) - 0.25 - 0.125 * times;
        if (t % 32 == 3)
            assert_true(isinf(logits[i]) && logits[i] < 0);
        else if (i == 5)
            assert_true(isnan(logits[i]));
        else
            near_enough((double)logits[i], x, 1e-6, "logits", i);
    }
    float value[N * BEST], sum[N];
    logits[10] = logits[20] = 7; /* a tie */
    K->top(queue,
           &(struct kernels_top){
               .logits = logits, .M = N, .VOCAB = VOCAB, .K = BEST, .token = token, .value = value, .log_sum = sum});
    sync();
    assert_true(token[0] == 10 && token[1] == 20);
    for (int m = 0; m < N; m++) {
        double total = 0;
        int above = 0;
        for (int t = 0; t < VOCAB; t++) {
            float x = logits[m * VOCAB + t];
            if (isnan(x)) continue;
            total += exp((double)x);
            above += x > value[m * BEST + BEST - 1];
        }
        assert_int_equal(above, BEST - 1);
        near_enough((double)sum[m], log(total), 1e-5, "log_sum", m);
        for (int i = 1; i < BEST; i++)
            assert_true(value[m * BEST + i] <= value[m * BEST + i - 1] &&
                        value[m * BEST + i] == logits[m * VOCAB + token[m * BEST + i]]);
    }
    free(a), free(b), free(g), free(y), free(logits), free(before);
}

static void a_wrong_shape_is_kept_until_sync(void **state) {
    (void)state;
    EACH_ISA({
        float x[64] = {0}, y[64] = {1};
        float values[32 * 32];
        kernels_weight *w = weight(TENSOR_F32, 1, 32, 32, NULL, values);
        error e = {0};
        K->matmul(queue, &(struct kernels_matmul){.x = x, .N = 1, .COLS = 31, .PARTS = 1, .part = {{.w = w, .y = y}}});
        K->matmul(queue, &(struct kernels_matmul){.x = x, .N = 1, .COLS = 32, .PARTS = 1, .part = {{.w = w, .y = y}}});
        assert_true(y[0] == 1); /* nothing runs after a failure */
        assert_int_equal(K->queue_sync(queue, &e), ERROR_USAGE);
        assert_int_equal(K->queue_sync(queue, &e), 0);
        assert_null(K->weight_new(device, TENSOR_Q4_K, 1, 8, 128, &e));
        assert_int_equal(e.code, ERROR_SUPPORT);
        K->weight_free(w);
    });
    const struct kernels_backend *none;
    error e = {0};
    assert_int_equal(kernels_load("/nonexistent/libassay-none.so", &none, &e), ERROR_SUPPORT);
    assert_null(none);
}

static void the_rest(void **state) {
    (void)state;
    EACH_ISA(check_parts(); check_recurrent(); check_small());
}

int main(void) {
    K = kernels_cpu();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(norms),
        cmocka_unit_test(experts),
        cmocka_unit_test(the_rest),
        cmocka_unit_test(a_wrong_shape_is_kept_until_sync),
    };
    return cmocka_run_group_tests_name("kernel operations", tests, NULL, NULL);
}
