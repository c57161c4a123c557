/* check_steps.c - cases of norm, router, combine, gather, the recurrent layers, logits and top. */
#include "check.h"

#include <math.h>
#include <stdlib.h>

static int floats(struct check *c, size_t count) {
    float *x = check_floats(c, count);
    int b = x ? check_buffer(c, x, count * sizeof *x) : -1;
    free(x);
    return b;
}
static int poisoned(struct check *c, size_t count) { return check_buffer(c, NULL, count * 4); }

void check_norm(struct check *c, int N, int GROUPS, int WIDTH, bool add, bool weight, bool gate, bool l2,
                bool in_place) {
    size_t count = (size_t)N * (size_t)GROUPS * (size_t)WIDTH;
    int x = floats(c, count), a = add ? floats(c, count) : -1, w = weight ? floats(c, (size_t)WIDTH) : -1,
        g = gate ? floats(c, count) : -1;
    int y = in_place ? x : poisoned(c, count);
    for (int s = 0; s < CHECK_SIDES && !c->failure.code; s++)
        c->side[s].b->norm(c->side[s].queue,
                           &(struct kernels_norm){check_at(c, x, s), check_at(c, a, s), check_at(c, w, s),
                                                  check_at(c, g, s), 1e-6f, l2, N, GROUPS, WIDTH, check_at(c, y, s)});
    check_compare(c, x, (size_t)N * (size_t)GROUPS, (size_t)WIDTH, 2e-5);
    check_compare(c, y, (size_t)N * (size_t)GROUPS, (size_t)WIDTH, 2e-5);
}

void check_route(struct check *c, int N, int EXPERTS, int TOPK, bool sigmoid, bool bias) {
    /* Logits on a grid of 1/64, a bias of 0, 2 or 4: what is chosen is a tie or far from one, so that no rounding of
     * the probabilities can make two right answers. */
    float *x = check_floats(c, (size_t)N * (size_t)EXPERTS), *select = check_floats(c, (size_t)EXPERTS);
    for (int i = 0; x && i < N * EXPERTS; i++) x[i] = roundf(x[i] * 64) / 64;
    for (int i = 0; select && i < EXPERTS; i++) select[i] = 2 * (float)check_random(c, 3);
    int logits = x ? check_buffer(c, x, (size_t)N * (size_t)EXPERTS * sizeof *x) : -1;
    int b = bias && select ? check_buffer(c, select, (size_t)EXPERTS * sizeof *select) : -1;
    free(x);
    free(select);
    int scale = bias ? floats(c, (size_t)EXPERTS) : -1;
    int expert = poisoned(c, (size_t)N * (size_t)TOPK), weight = poisoned(c, (size_t)N * (size_t)TOPK);
    for (int s = 0; s < CHECK_SIDES && !c->failure.code; s++)
        c->side[s].b->route(c->side[s].queue,
                            &(struct kernels_route){check_at(c, logits, s), check_at(c, b, s), check_at(c, scale, s),
                                                    sigmoid, !bias, 1.25f, N, EXPERTS, TOPK, check_at(c, expert, s),
                                                    check_at(c, weight, s)});
    check_compare_ints(c, expert, (size_t)N * (size_t)TOPK);
    check_compare(c, weight, (size_t)N, (size_t)TOPK, 1e-4);
}

void check_combine(struct check *c, int N, int WIDTH, bool b, bool gate, bool gate_scalar) {
    size_t count = (size_t)N * (size_t)WIDTH;
    int stride = gate_scalar ? 3 : 0, x = floats(c, count), second = b ? floats(c, count) : -1;
    int g = gate ? floats(c, gate_scalar ? (size_t)N * 3 : count) : -1;
    for (int s = 0; s < CHECK_SIDES && !c->failure.code; s++)
        c->side[s].b->combine(c->side[s].queue,
                              &(struct kernels_combine){check_at(c, x, s), check_at(c, second, s), check_at(c, g, s),
                                                        gate_scalar, stride, 0.75f, N, WIDTH, check_at(c, x, s)});
    check_compare(c, x, (size_t)N, (size_t)WIDTH, 1e-5);
}

void check_gather(struct check *c, int M, int WIDTH, bool index) {
    int from = WIDTH + 2, to = WIDTH + 1;
    int32_t *list = malloc((size_t)M * sizeof *list);
    for (int i = 0; list && i < M; i++) list[i] = (int32_t)check_random(c, (uint32_t)M);
    int x = floats(c, (size_t)M * (size_t)from), y = floats(c, (size_t)M * (size_t)to);
    int at = index && list ? check_buffer(c, list, (size_t)M * sizeof *list) : -1;
    free(list);
    for (int s = 0; s < CHECK_SIDES && !c->failure.code; s++)
        c->side[s].b->gather(c->side[s].queue, &(struct kernels_gather){check_at(c, x, s), check_at(c, at, s), M, WIDTH,
                                                                        from, to, check_at(c, y, s)});
    check_compare(c, y, (size_t)M, (size_t)to, 0);
}

/* S sequences with `columns` columns each (the s-th one fewer when it can), states in falling slots. */
struct steps {
    int N, S, seq, run, state;
};
static struct steps make_steps(struct check *c, int S, int columns) {
    struct steps t = {.S = S};
    int32_t *seq = malloc((size_t)S * (size_t)columns * 4), *run = malloc((size_t)(S + 1) * 4),
            *state = malloc((size_t)S * 4);
    if (seq && run && state) {
        for (int s = 0; s < S; s++) {
            run[s] = t.N;
            state[s] = S - 1 - s;
            for (int i = 0; i < columns - (s & 1 && columns > 1); i++) seq[t.N++] = s;
        }
        run[S] = t.N;
        t.seq = check_buffer(c, seq, (size_t)t.N * 4);
        t.run = check_buffer(c, run, (size_t)(S + 1) * 4);
        t.state = check_buffer(c, state, (size_t)S * 4);
    } else
        check_fail(c, "no memory on the host");
    free(seq);
    free(run);
    free(state);
    return t;
}
static struct kernels_batch batch_of(struct check *c, const struct steps *t, int side) {
    return (struct kernels_batch){.N = t->N,
                                  .S = t->S,
                                  .seq = check_at(c, t->seq, side),
                                  .run = check_at(c, t->run, side),
                                  .RUNS = t->S,
                                  .state = check_at(c, t->state, side)};
}

void check_conv(struct check *c, int S, int columns, int CHANNELS, int TAPS) {
    struct steps t = make_steps(c, S, columns);
    size_t count = (size_t)t.N * (size_t)CHANNELS, kept = (size_t)S * (size_t)(TAPS - 1) * (size_t)CHANNELS;
    int x = floats(c, count), w = floats(c, (size_t)CHANNELS * (size_t)TAPS), state = floats(c, kept),
        y = poisoned(c, count);
    for (int s = 0; s < CHECK_SIDES && !c->failure.code; s++) {
        struct kernels_batch b = batch_of(c, &t, s);
        for (int again = 0; again < 2; again++)
            c->side[s].b->conv(c->side[s].queue,
                               &(struct kernels_conv){&b, check_at(c, x, s), check_at(c, w, s), check_at(c, state, s),
                                                      CHANNELS, TAPS, check_at(c, y, s)});
    }
    check_compare(c, y, (size_t)t.N, (size_t)CHANNELS, 1e-5);
    if (kept) check_compare(c, state, 1, kept, 0);
}

void check_delta(struct check *c, int S, int columns, int STATES, int KEY_HEADS, int STATE_KEY, int STATE_VALUE) {
    struct steps t = make_steps(c, S, columns);
    int qk = KEY_HEADS * STATE_KEY + 1, v_stride = STATES * STATE_VALUE + 2;
    size_t N = (size_t)t.N, heads = N * (size_t)STATES,
           cells = (size_t)S * (size_t)STATES * (size_t)STATE_KEY * (size_t)STATE_VALUE;
    float *keys = check_floats(c, N * (size_t)qk), *a = check_floats(c, (size_t)STATES);
    for (size_t i = 0; keys && i < N * (size_t)qk; i++)
        keys[i] /= (float)STATE_KEY; /* about the length of a unit vector */
    for (int i = 0; a && i < STATES; i++) a[i] = -(a[i] * a[i]);
    int q = floats(c, N * (size_t)qk), k = keys ? check_buffer(c, keys, N * (size_t)qk * 4) : -1,
        v = floats(c, N * (size_t)v_stride);
    int dt = floats(c, heads), b = floats(c, heads), decay = a ? check_buffer(c, a, (size_t)STATES * 4) : -1,
        bias = floats(c, (size_t)STATES);
    int state = floats(c, cells), y = poisoned(c, heads * (size_t)STATE_VALUE);
    free(keys);
    free(a);
    for (int s = 0; s < CHECK_SIDES && !c->failure.code; s++) {
        struct kernels_batch batch = batch_of(c, &t, s);
        for (int again = 0; again < 2; again++)
            c->side[s].b->delta(c->side[s].queue, &(struct kernels_delta){.batch = &batch,
                                                                          .q = check_at(c, q, s),
                                                                          .k = check_at(c, k, s),
                                                                          .v = check_at(c, v, s),
                                                                          .qk_stride = qk,
                                                                          .v_stride = v_stride,
                                                                          .dt = check_at(c, dt, s),
                                                                          .b = check_at(c, b, s),
                                                                          .a = check_at(c, decay, s),
                                                                          .dt_bias = check_at(c, bias, s),
                                                                          .state = check_at(c, state, s),
                                                                          .STATES = STATES,
                                                                          .KEY_HEADS = KEY_HEADS,
                                                                          .STATE_KEY = STATE_KEY,
                                                                          .STATE_VALUE = STATE_VALUE,
                                                                          .scale = 0.5f,
                                                                          .y = check_at(c, y, s)});
    }
    check_compare(c, y, heads, (size_t)STATE_VALUE, 1e-4);
    check_compare(c, state, 1, cells, 1e-4);
}

void check_logits(struct check *c, int M, int VOCAB, int SEEN, bool mask) {
    size_t words = (size_t)M * (((size_t)VOCAB + 31) / 32), listed = (size_t)M * (size_t)SEEN;
    uint32_t *bits = malloc(words * 4 + 4);
    int32_t *seen = malloc(listed * 4 + 4), *count = malloc(listed * 4 + 4);
    for (size_t i = 0; bits && i < words; i++) bits[i] = check_random(c, UINT32_MAX);
    for (size_t i = 0; seen && count && i < listed; i++) { /* each token once, the last third of the list unused */
        seen[i] = (int)(i % (size_t)SEEN) < (SEEN * 2 + 2) / 3
                      ? (int32_t)((i % (size_t)SEEN * 7919u + i / (size_t)SEEN) % (size_t)VOCAB)
                      : -1;
        count[i] = (int32_t)check_random(c, 5) + 1;
    }
    int x = floats(c, (size_t)M * (size_t)VOCAB), allowed = mask && bits ? check_buffer(c, bits, words * 4) : -1;
    int list = SEEN && seen ? check_buffer(c, seen, listed * 4) : -1,
        counts = SEEN && count ? check_buffer(c, count, listed * 4) : -1;
    free(bits);
    free(seen);
    free(count);
    for (int s = 0; s < CHECK_SIDES && !c->failure.code; s++)
        c->side[s].b->logits(c->side[s].queue, &(struct kernels_logits){check_at(c, x, s), 2.5f, check_at(c, list, s),
                                                                        check_at(c, counts, s), SEEN, 1.3f, 0.2f, 0.1f,
                                                                        check_at(c, allowed, s), M, VOCAB});
    check_compare(c, x, (size_t)M, (size_t)VOCAB, 1e-5);
}

void check_top(struct check *c, int M, int VOCAB, int K) {
    float *x = check_floats(c, (size_t)M * (size_t)VOCAB);
    for (size_t i = 0; x && i < (size_t)M * (size_t)VOCAB; i++) /* many ties */
        x[i] = x[i] == x[i] && check_random(c, 2) ? (float)(int)(x[i] * 8) / 8 : x[i];
    int logits = x ? check_buffer(c, x, (size_t)M * (size_t)VOCAB * 4) : -1, token = poisoned(c, (size_t)M * (size_t)K);
    int value = poisoned(c, (size_t)M * (size_t)K), sum = poisoned(c, (size_t)M);
    free(x);
    for (int s = 0; s < CHECK_SIDES && !c->failure.code; s++)
        c->side[s].b->top(c->side[s].queue,
                          &(struct kernels_top){check_at(c, logits, s), M, VOCAB, K, check_at(c, token, s),
                                                check_at(c, value, s), check_at(c, sum, s)});
    check_compare_ints(c, token, (size_t)M * (size_t)K);
    check_compare(c, value, (size_t)M, (size_t)K, 0);
    check_compare(c, sum, (size_t)M, 1, 1e-5);
}
