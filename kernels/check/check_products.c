/* check_products.c - cases of the operations that multiply by weights. */
#include "check.h"

#include <stdlib.h>

/* A buffer of `count` random floats; -1 after a failure. */
static int floats(struct check *c, size_t count) {
    float *x = check_floats(c, count);
    int b = x ? check_buffer(c, x, count * sizeof *x) : -1;
    free(x);
    return b;
}
static int poisoned(struct check *c, size_t count) { return check_buffer(c, NULL, count * sizeof(float)); }
static double larger(double a, double b) { return a > b ? a : b; }
/* Of act(g) u: the error of each counts as often as the other is large. Where every activation is rounded (not a code
 * now and then), large errors meet large factors: among 10^5 products of two normal numbers the largest is 12. */
static double glu_tolerance(const struct check *c, enum tensor_type gate, enum tensor_type up) {
    bool rounded = c->exact_mxfp4 && (gate == TENSOR_MXFP4 || up == TENSOR_MXFP4);
    return (rounded ? 4 : 2) * larger(check_tolerance(c, gate), check_tolerance(c, up));
}

void check_embed(struct check *c, enum tensor_type type, int N, int VOCAB, int DIM) {
    int w = check_weight(c, type, 1, VOCAB, DIM, true), y = poisoned(c, (size_t)N * (size_t)DIM);
    int32_t *token = malloc((size_t)N * sizeof *token);
    for (int i = 0; token && i < N; i++)
        token[i] = i == 1 ? -1 : i == 2 ? VOCAB : (int32_t)check_random(c, (uint32_t)VOCAB);
    int t = token ? check_buffer(c, token, (size_t)N * sizeof *token) : -1;
    free(token);
    for (int s = 0; s < CHECK_SIDES && !c->failure.code; s++)
        c->side[s].b->embed(c->side[s].queue,
                            &(struct kernels_embed){c->weight[w][s], check_at(c, t, s), 1.5f, N, check_at(c, y, s)});
    check_compare(c, y, (size_t)N, (size_t)DIM, 0); /* the records hold the same numbers: bit for bit */
}

void check_matmul(struct check *c, const enum tensor_type *types, int PARTS, int N, const int *ROWS, int COLS,
                  bool extras) {
    int w[KERNELS_PARTS], y[KERNELS_PARTS], bias[KERNELS_PARTS], add[KERNELS_PARTS],
        x = floats(c, (size_t)N * (size_t)COLS);
    bool odd = c->odd;
    c->odd = false;
    for (int i = 0; i < PARTS; i++) {
        w[i] = check_weight(c, types[i], 1, ROWS[i], COLS, extras);
        bias[i] = extras ? floats(c, (size_t)ROWS[i]) : -1;
        add[i] = extras ? floats(c, (size_t)N * (size_t)ROWS[i]) : -1;
        /* the second part adds to itself: a residual connection */
        y[i] = extras && i == 1 ? add[i] : poisoned(c, (size_t)N * (size_t)ROWS[i]);
    }
    c->odd = odd;
    for (int s = 0; s < CHECK_SIDES && !c->failure.code; s++) {
        struct kernels_matmul a = {.x = check_at(c, x, s), .N = N, .COLS = COLS, .PARTS = PARTS};
        for (int i = 0; i < PARTS; i++)
            a.part[i] = (struct kernels_part){c->weight[w[i]][s], check_at(c, bias[i], s), check_at(c, add[i], s),
                                              check_at(c, y[i], s)};
        c->side[s].b->matmul(c->side[s].queue, &a);
    }
    for (int i = 0; i < PARTS; i++) check_compare(c, y[i], (size_t)N, (size_t)ROWS[i], check_tolerance(c, types[i]));
}

void check_gate_up(struct check *c, enum tensor_type gate, enum tensor_type up, enum kernels_act act, int N, int COLS,
                   int FF) {
    int g = check_weight(c, gate, 1, FF, COLS, true), u = check_weight(c, up, 1, FF, COLS, false);
    int x = floats(c, (size_t)N * (size_t)COLS), y = poisoned(c, (size_t)N * (size_t)FF);
    for (int s = 0; s < CHECK_SIDES && !c->failure.code; s++)
        c->side[s].b->gate_up(c->side[s].queue,
                              &(struct kernels_gate_up){check_at(c, x, s), c->weight[g][s], c->weight[u][s], act, N,
                                                        COLS, FF, check_at(c, y, s)});
    check_compare(c, y, (size_t)N, (size_t)FF, glu_tolerance(c, gate, up));
}

void check_matmul_heads(struct check *c, enum tensor_type type, int N, int HEADS, int ROWS, int COLS) {
    int head = COLS + 3, out = ROWS + 1; /* gaps, which must stay as they are */
    int w = check_weight(c, type, HEADS, ROWS, COLS, true), x = floats(c, (size_t)N * (size_t)HEADS * (size_t)head);
    int y = floats(c, (size_t)N * (size_t)HEADS * (size_t)out);
    for (int s = 0; s < CHECK_SIDES && !c->failure.code; s++)
        c->side[s].b->matmul_heads(c->side[s].queue, &(struct kernels_matmul_heads){.w = c->weight[w][s],
                                                                                    .x = check_at(c, x, s),
                                                                                    .x_stride = HEADS * head,
                                                                                    .x_head_stride = head,
                                                                                    .N = N,
                                                                                    .HEADS = HEADS,
                                                                                    .ROWS = ROWS,
                                                                                    .COLS = COLS,
                                                                                    .y = check_at(c, y, s),
                                                                                    .y_stride = HEADS * out,
                                                                                    .y_head_stride = out});
    check_compare(c, y, (size_t)N * (size_t)HEADS, (size_t)out, check_tolerance(c, type));
}

void check_moe(struct check *c, enum tensor_type gate, enum tensor_type up, enum tensor_type down, int N, int EXPERTS,
               int TOPK, int COLS, int FF) {
    int g = check_weight(c, gate, EXPERTS, FF, COLS, true), u = check_weight(c, up, EXPERTS, FF, COLS, false);
    int d = check_weight(c, down, EXPERTS, COLS, FF, true);
    size_t pairs = (size_t)N * (size_t)TOPK;
    int32_t *expert = malloc(pairs * sizeof *expert);
    /* some experts very popular, some pairs without one */
    for (size_t i = 0; expert && i < pairs; i++)
        expert[i] = check_random(c, 16) == 0
                        ? -1
                        : (int32_t)check_random(c, check_random(c, 2) ? 2 : (uint32_t)EXPERTS) % EXPERTS;
    if (expert && pairs > 1) expert[1] = EXPERTS;
    int e = expert ? check_buffer(c, expert, pairs * sizeof *expert) : -1;
    free(expert);
    int x = floats(c, (size_t)N * (size_t)COLS), h = poisoned(c, pairs * (size_t)FF), weight = floats(c, pairs);
    int middle = floats(c, pairs * (size_t)FF), y = floats(c, (size_t)N * (size_t)COLS);
    for (int s = 0; s < CHECK_SIDES && !c->failure.code; s++) {
        kernels_queue *q = c->side[s].queue;
        c->side[s].b->moe_gate_up(q, &(struct kernels_moe_gate_up){check_at(c, x, s), check_at(c, e, s),
                                                                   c->weight[g][s], c->weight[u][s], ACT_SILU, N, TOPK,
                                                                   COLS, FF, check_at(c, h, s)});
        c->side[s].b->moe_down(q, &(struct kernels_moe_down){check_at(c, middle, s), check_at(c, e, s),
                                                             check_at(c, weight, s), c->weight[d][s], check_at(c, y, s),
                                                             N, TOPK, FF, COLS, check_at(c, y, s)});
    }
    check_compare(c, h, pairs, (size_t)FF, glu_tolerance(c, gate, up));
    check_compare(c, y, (size_t)N, (size_t)COLS, check_tolerance(c, down));
}

void check_graph(struct check *c, enum tensor_type type, int N, int COLS) {
    int w = check_weight(c, type, 1, COLS, COLS, false), x = floats(c, (size_t)N * (size_t)COLS);
    int direct = poisoned(c, (size_t)N * (size_t)COLS), recorded = poisoned(c, (size_t)N * (size_t)COLS);
    int norm = poisoned(c, (size_t)N * (size_t)COLS);
    const struct check_side *s = &c->side[1];
    if (c->failure.code || !s->b->graph_begin) return;
    kernels_graph *graph = NULL;
    for (int pass = 0; pass < 2; pass++) { /* recorded first: the graph needs work space nobody asked for before */
        int y = pass ? direct : recorded;
        if (!pass) s->b->graph_begin(s->queue);
        s->b->norm(
            s->queue,
            &(struct kernels_norm){
                .x = check_at(c, x, 1), .eps = 1e-6f, .N = N, .GROUPS = 1, .WIDTH = COLS, .y = check_at(c, norm, 1)});
        struct kernels_matmul m = {.x = check_at(c, norm, 1), .N = N, .COLS = COLS, .PARTS = 1};
        m.part[0] = (struct kernels_part){c->weight[w][1], NULL, NULL, check_at(c, y, 1)};
        s->b->matmul(s->queue, &m);
        if (!pass) graph = s->b->graph_end(s->queue, &c->failure);
    }
    if (graph) s->b->graph_run(s->queue, graph);
    size_t count = (size_t)N * (size_t)COLS;
    int32_t *a = malloc(count * 4), *b = malloc(count * 4);
    if (a && b && graph) {
        s->b->download(s->queue, a, check_at(c, direct, 1), count * 4);
        s->b->download(s->queue, b, check_at(c, recorded, 1), count * 4);
        if (!s->b->queue_sync(s->queue, &c->failure) && memcmp(a, b, count * 4))
            check_fail(c, "a captured graph gives other values");
    }
    free(a);
    free(b);
    if (graph) s->b->graph_free(graph);
}
