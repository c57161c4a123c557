/* check_products.c - cases of the operations that multiply by weights. */
#include "check.h"

#include <math.h>
#include <stdlib.h>

/* A buffer of `count` random floats; -1 after a failure. */
static int floats(struct check *c, size_t count) {
    float *x = check_floats(c, count);
    int b = x ? check_buffer(c, x, count * sizeof *x) : -1;
    free(x);
    return b;
}
static int poisoned(struct check *c, size_t count) { return check_buffer(c, NULL, count * sizeof(float)); }

/* The host's copy of activations, and what a product of one type loses of them. */
struct columns {
    const float *x;
    int N, COLS, stride;
    enum tensor_type type;
    double **loss; /* [N][COLS] */
};
static bool columns_open(const struct check *c, struct columns *s) {
    s->loss = s->x ? calloc((size_t)s->N + 1, sizeof *s->loss) : NULL;
    bool made = s->loss != NULL;
    for (int n = 0; made && n < s->N; n++)
        made = (s->loss[n] = check_losses(c, s->type, s->x + (size_t)n * (size_t)s->stride, s->COLS)) != NULL;
    return made;
}
static void columns_close(struct columns *s) {
    for (int n = 0; s->loss && n < s->N; n++) free(s->loss[n]);
    free(s->loss);
}
static struct check_value dot(const struct check *c, const struct columns *s, int weight, int expert, int row, int n) {
    return check_dot(c, weight, expert, row, s->x + (size_t)n * (size_t)s->stride, s->loss[n]);
}
/* Two products of the same columns. */
static struct check_value glu(const struct check *c, const struct columns s[2], enum kernels_act act, int gate, int up,
                              int expert, int row, int n) {
    return check_glu(act, dot(c, &s[0], gate, expert, row, n), dot(c, &s[1], up, expert, row, n));
}
static struct check_value *values(size_t count) { return calloc(count + 1, sizeof(struct check_value)); }

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
    int w[KERNELS_PARTS], y[KERNELS_PARTS], bias[KERNELS_PARTS], add[KERNELS_PARTS];
    float *host = check_activations(c, N, COLS, COLS), *extra[KERNELS_PARTS][2] = {{NULL}};
    int x = host ? check_buffer(c, host, (size_t)N * (size_t)COLS * sizeof *host) : -1;
    bool odd = c->odd;
    c->odd = false;
    for (int i = 0; i < PARTS; i++) {
        size_t rows = (size_t)ROWS[i], all = (size_t)N * rows;
        w[i] = check_weight(c, types[i], 1, ROWS[i], COLS, extras);
        for (int k = 0; k < 2 && extras; k++) extra[i][k] = check_floats(c, k ? all : rows);
        bias[i] = extra[i][0] ? check_buffer(c, extra[i][0], rows * sizeof(float)) : -1;
        add[i] = extra[i][1] ? check_buffer(c, extra[i][1], all * sizeof(float)) : -1;
        /* the second part adds to itself: a residual connection */
        y[i] = extras && i == 1 ? add[i] : poisoned(c, all);
    }
    c->odd = odd;
    for (int s = 0; s < CHECK_SIDES && !c->failure.code; s++) {
        struct kernels_matmul a = {.x = check_at(c, x, s), .N = N, .COLS = COLS, .PARTS = PARTS};
        for (int i = 0; i < PARTS; i++)
            a.part[i] = (struct kernels_part){c->weight[w[i]][s], check_at(c, bias[i], s), check_at(c, add[i], s),
                                              check_at(c, y[i], s)};
        c->side[s].b->matmul(c->side[s].queue, &a);
    }
    for (int i = 0; i < PARTS; i++) {
        struct columns columns = {host, N, COLS, COLS, types[i], NULL};
        struct check_value *v = values((size_t)N * (size_t)ROWS[i]);
        bool made = v && !c->failure.code && columns_open(c, &columns);
        for (int j = 0; made && j < N * ROWS[i]; j++) {
            v[j] = dot(c, &columns, w[i], 0, j % ROWS[i], j / ROWS[i]);
            for (int k = 0; k < 2; k++) /* two more additions */
                if (extra[i][k]) v[j].allowed += ldexp(fabs((double)extra[i][k][k ? j : j % ROWS[i]]), -22);
        }
        check_within(c, y[i], (size_t)N * (size_t)ROWS[i], (size_t)ROWS[i], made ? v : NULL);
        columns_close(&columns);
        free(v);
        free(extra[i][0]);
        free(extra[i][1]);
    }
    free(host);
}

void check_scales(struct check *c, int N) {
    enum { ROWS = 37, COLS = 256, GROUPS = COLS / 32, SCALES = 61 }; /* a prime: neighbours never agree */
    uint8_t *rows = malloc((size_t)ROWS * GROUPS * 17);
    float *x = calloc((size_t)N * COLS, sizeof *x);
    struct check_value *v = values((size_t)N * ROWS);
    for (int i = 0; rows && i < ROWS * GROUPS; i++) {
        memset(rows + (size_t)i * 17, 0x22, 17); /* E2M1 code 2: 1.0 */
        rows[(size_t)i * 17] = (uint8_t)(97 + i % SCALES);
    }
    for (int n = 0; x && v && n < N;
         n++) { /* one group a column, so that a sum is 32 times one product; 509 has 9 bits */
        const int group = (n * 5 + n / GROUPS) % GROUPS, exponent = n * 7 % 19 - 9;
        for (int k = 0; k < 32; k++) x[n * COLS + group * 32 + k] = ldexpf(509, exponent - 9);
        for (int r = 0; r < ROWS; r++) {
            double exact = ldexp(32 * 509, exponent - 9 + 97 + (r * GROUPS + group) % SCALES - 127);
            v[n * ROWS + r] = (struct check_value){exact, ldexp(exact, -16)};
        }
    }
    int w = rows ? check_weight_rows(c, TENSOR_MXFP4, ROWS, COLS, rows) : -1;
    int at = x ? check_buffer(c, x, (size_t)N * COLS * sizeof *x) : -1, y = poisoned(c, (size_t)N * ROWS);
    for (int s = 0; s < CHECK_SIDES && !c->failure.code; s++) {
        struct kernels_matmul a = {.x = check_at(c, at, s), .N = N, .COLS = COLS, .PARTS = 1};
        a.part[0] = (struct kernels_part){c->weight[w][s], NULL, NULL, check_at(c, y, s)};
        c->side[s].b->matmul(c->side[s].queue, &a);
    }
    check_within(c, y, (size_t)N * ROWS, ROWS, rows && x ? v : NULL);
    free(rows);
    free(x);
    free(v);
}

void check_gate_up(struct check *c, enum tensor_type gate, enum tensor_type up, enum kernels_act act, int N, int COLS,
                   int FF) {
    int g = check_weight(c, gate, 1, FF, COLS, true), u = check_weight(c, up, 1, FF, COLS, N & 1);
    float *host = check_activations(c, N, COLS, COLS);
    int x = host ? check_buffer(c, host, (size_t)N * (size_t)COLS * sizeof *host) : -1,
        y = poisoned(c, (size_t)N * (size_t)FF);
    for (int s = 0; s < CHECK_SIDES && !c->failure.code; s++)
        c->side[s].b->gate_up(c->side[s].queue,
                              &(struct kernels_gate_up){check_at(c, x, s), c->weight[g][s], c->weight[u][s], act, N,
                                                        COLS, FF, check_at(c, y, s)});
    struct columns columns[2] = {{host, N, COLS, COLS, gate, NULL}, {host, N, COLS, COLS, up, NULL}};
    struct check_value *v = values((size_t)N * (size_t)FF);
    bool made = v && !c->failure.code && columns_open(c, &columns[0]) && columns_open(c, &columns[1]);
    for (int j = 0; made && j < N * FF; j++) v[j] = glu(c, columns, act, g, u, 0, j % FF, j / FF);
    check_within(c, y, (size_t)N * (size_t)FF, (size_t)FF, made ? v : NULL);
    columns_close(&columns[0]);
    columns_close(&columns[1]);
    free(v);
    free(host);
}

void check_matmul_heads(struct check *c, enum tensor_type type, int N, int HEADS, int ROWS, int COLS) {
    int head = COLS + 3, out = ROWS + 1; /* gaps, which must stay as they are */
    int w = check_weight(c, type, HEADS, ROWS, COLS, true);
    float *host = check_activations(c, N * HEADS, COLS, head);
    int x = host ? check_buffer(c, host, (size_t)N * (size_t)HEADS * (size_t)head * sizeof *host) : -1;
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
    struct columns columns = {host, N * HEADS, COLS, head, type, NULL};
    struct check_value *v = values((size_t)N * (size_t)HEADS * (size_t)out); /* the gaps: a difference of 0 */
    bool made = v && !c->failure.code && columns_open(c, &columns);
    for (int j = 0; made && j < N * HEADS; j++)
        for (int r = 0; r < ROWS; r++) v[j * out + r] = dot(c, &columns, w, j % HEADS, r, j);
    check_within(c, y, (size_t)N * (size_t)HEADS * (size_t)out, (size_t)out, made ? v : NULL);
    columns_close(&columns);
    free(v);
    free(host);
}

/* ---- experts ---------------------------------------------------------------------------------------------------- */

struct experts {
    int N, EXPERTS, TOPK, COLS, FF, gate, up, down;
    enum tensor_type types[3];
    int32_t *expert;                  /* [N][TOPK] */
    float *x, *middle, *weight, *add; /* [N][COLS], [N][TOPK][FF], [N][TOPK], [N][COLS] */
};

static void compare_gate_up(struct check *c, const struct experts *m, int h) {
    struct columns s[2] = {{m->x, m->N, m->COLS, m->COLS, m->types[0], NULL},
                           {m->x, m->N, m->COLS, m->COLS, m->types[1], NULL}};
    size_t count = (size_t)m->N * (size_t)m->TOPK * (size_t)m->FF;
    struct check_value *v = values(count);
    bool made = v && columns_open(c, &s[0]) && columns_open(c, &s[1]);
    for (int j = 0; made && j < m->N * m->TOPK; j++)
        for (int r = 0; r < m->FF && m->expert[j] >= 0 && m->expert[j] < m->EXPERTS; r++)
            v[j * m->FF + r] = glu(c, s, ACT_SILU, m->gate, m->up, m->expert[j], r, j / m->TOPK);
    check_within(c, h, count, (size_t)m->FF, made ? v : NULL);
    columns_close(&s[0]);
    columns_close(&s[1]);
    free(v);
}
static void compare_down(struct check *c, const struct experts *m, int y) {
    struct columns s = {m->middle, m->N * m->TOPK, m->FF, m->FF, m->types[2], NULL};
    size_t count = (size_t)m->N * (size_t)m->COLS;
    struct check_value *v = values(count);
    bool made = v && columns_open(c, &s);
    for (int i = 0; made && i < m->N * m->COLS; i++) {
        double size = fabs((double)m->add[i]);
        for (int j = i / m->COLS * m->TOPK, t = 0; t < m->TOPK; t++, j++) {
            if (m->expert[j] < 0 || m->expert[j] >= m->EXPERTS) continue;
            struct check_value each = dot(c, &s, m->down, m->expert[j], i % m->COLS, j);
            v[i].allowed += fabs((double)m->weight[j]) * each.allowed;
            size += fabs((double)m->weight[j] * each.value);
        }
        v[i].allowed += ldexp(size * (m->TOPK + 2), -23);
    }
    check_within(c, y, count, (size_t)m->COLS, made ? v : NULL);
    columns_close(&s);
    free(v);
}

void check_moe(struct check *c, enum tensor_type gate, enum tensor_type up, enum tensor_type down, int N, int EXPERTS,
               int TOPK, int COLS, int FF) {
    size_t pairs = (size_t)N * (size_t)TOPK;
    struct experts m = {N,
                        EXPERTS,
                        TOPK,
                        COLS,
                        FF,
                        check_weight(c, gate, EXPERTS, FF, COLS, true),
                        check_weight(c, up, EXPERTS, FF, COLS, N & 1),
                        check_weight(c, down, EXPERTS, COLS, FF, true),
                        {gate, up, down},
                        calloc(pairs, sizeof(int32_t)),
                        check_activations(c, N, COLS, COLS),
                        check_activations(c, (int)pairs, FF, FF),
                        check_floats(c, pairs),
                        check_floats(c, (size_t)N * (size_t)COLS)};
    /* some experts very popular, some pairs without one */
    for (size_t i = 0; m.expert && i < pairs; i++)
        m.expert[i] = check_random(c, 16) == 0
                          ? -1
                          : (int32_t)check_random(c, check_random(c, 2) ? 2 : (uint32_t)EXPERTS) % EXPERTS;
    if (m.expert && pairs > 1) m.expert[1] = EXPERTS;
    bool made = m.expert && m.x && m.middle && m.weight && m.add;
    if (!made) check_fail(c, "no memory on the host");
    if (made && !c->failure.code) {
        int e = check_buffer(c, m.expert, pairs * sizeof *m.expert);
        int x = check_buffer(c, m.x, (size_t)N * (size_t)COLS * 4), h = poisoned(c, pairs * (size_t)FF);
        int weight = check_buffer(c, m.weight, pairs * 4), middle = check_buffer(c, m.middle, pairs * (size_t)FF * 4);
        int y = check_buffer(c, m.add, (size_t)N * (size_t)COLS * 4);
        for (int s = 0; s < CHECK_SIDES && !c->failure.code; s++) {
            kernels_queue *q = c->side[s].queue;
            c->side[s].b->moe_gate_up(q, &(struct kernels_moe_gate_up){check_at(c, x, s), check_at(c, e, s),
                                                                       c->weight[m.gate][s], c->weight[m.up][s],
                                                                       ACT_SILU, N, TOPK, COLS, FF, check_at(c, h, s)});
            c->side[s].b->moe_down(q,
                                   &(struct kernels_moe_down){check_at(c, middle, s), check_at(c, e, s),
                                                              check_at(c, weight, s), c->weight[m.down][s],
                                                              check_at(c, y, s), N, TOPK, FF, COLS, check_at(c, y, s)});
        }
        compare_gate_up(c, &m, h);
        compare_down(c, &m, y);
    }
    void *all[] = {m.expert, m.x, m.middle, m.weight, m.add};
    for (size_t i = 0; i < COUNT_OF(all); i++) free(all[i]);
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
