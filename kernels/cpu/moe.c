/* moe.c - mixture of experts: the router's choice, then each expert once with all columns that chose it.
 *
 *     logits [N][EXPERTS] ──► expert, weight [N][TOPK] ──► lists of (column, place) an expert ──► matmul jobs
 *
 * Down products go to a buffer [N][TOPK][DIM] and are then summed in the order of the places, so that who else is in
 * the batch, and which expert ran first, changes nothing. The gate may be quantised differently from the up matrix.
 */
#include "matmul.h"

static bool wins(float value, int index, float other, int other_index) {
    return value > other || (value == other && index < other_index);
}

static void route_column(const struct kernels_route *a, int n, float *p) {
    const float *logits = a->logits + (size_t)n * (size_t)a->EXPERTS;
    int32_t *expert = a->expert + (size_t)n * (size_t)a->TOPK;
    float *weight = a->weight + (size_t)n * (size_t)a->TOPK;
    float highest = logits[0], total = 0;
    for (int e = 1; e < a->EXPERTS; e++) highest = fmaxf(highest, logits[e]);
    for (int e = 0; e < a->EXPERTS; e++) {
        p[e] = a->sigmoid ? 1 / (1 + expf(-logits[e])) : expf(logits[e] - highest);
        total += p[e];
    }
    for (int e = 0; e < a->EXPERTS && !a->sigmoid; e++) p[e] /= total;
    for (int t = 0; t < a->TOPK; t++) {
        int best = -1;
        float best_score = 0;
        for (int e = 0; e < a->EXPERTS; e++) {
            bool taken = false;
            for (int u = 0; u < t; u++) taken |= expert[u] == e;
            float score = p[e] + (a->bias ? a->bias[e] : 0);
            if (!taken && (best < 0 || wins(score, e, best_score, best))) {
                best = e;
                best_score = score;
            }
        }
        expert[t] = best;
        weight[t] = p[best];
    }
    float sum = 0;
    for (int t = 0; t < a->TOPK; t++) sum += weight[t];
    for (int t = 0; t < a->TOPK; t++) {
        if (a->renormalise) weight[t] /= fmaxf(sum, 6.103515625e-5f); /* smallest normal F16, as the references clamp */
        weight[t] *= a->scale * (a->expert_scale ? a->expert_scale[expert[t]] : 1);
    }
}

void cpu_route(kernels_queue *q, const struct kernels_route *a) {
    if (!queue_ready(q, a->TOPK >= 1 && a->TOPK <= a->EXPERTS, "route: TOPK is not between 1 and EXPERTS")) return;
    float *p = scratch_get(q, &q->work, (size_t)a->EXPERTS * sizeof *p);
    for (int n = 0; p && n < a->N; n++) route_column(a, n, p);
}

/* Jobs for the experts in use. Columns of expert e: from[first[e]..], the pair's place in the output: to[]. */
struct grouping {
    struct matmul_job *jobs;
    int count;
    int32_t *from, *to;
};

static bool group(kernels_queue *q, int EXPERTS, int pairs, int TOPK, bool x_by_pair, const int32_t *expert,
                  struct grouping *g) {
    size_t jobs_bytes = ((size_t)EXPERTS * sizeof *g->jobs + 63) & ~(size_t)63;
    uint8_t *space = scratch_get(q, &q->work, jobs_bytes + ((size_t)pairs * 2 + (size_t)EXPERTS) * sizeof(int32_t));
    if (!space) return false;
    g->jobs = (struct matmul_job *)(void *)space;
    g->from = (int32_t *)(void *)(space + jobs_bytes);
    g->to = g->from + pairs;
    int32_t *fill = g->to + pairs; /* [EXPERTS] where the next pair of an expert goes */
    memset(fill, 0, (size_t)EXPERTS * sizeof *fill);
    for (int i = 0; i < pairs; i++)
        if (expert[i] >= 0 && expert[i] < EXPERTS) fill[expert[i]]++;
    g->count = 0;
    int at = 0;
    for (int e = 0; e < EXPERTS; e++) {
        int n = fill[e];
        fill[e] = at;
        if (n) g->jobs[g->count++] = (struct matmul_job){.expert = e, .N = n, .from = g->from + at, .to = g->to + at};
        at += n;
    }
    for (int i = 0; i < pairs; i++) {
        if (expert[i] < 0 || expert[i] >= EXPERTS) continue;
        int place = fill[expert[i]]++;
        g->from[place] = x_by_pair ? i : i / TOPK;
        g->to[place] = i;
    }
    return true;
}

static void clear_absent(const int32_t *expert, int pairs, int EXPERTS, float *y, int WIDTH) {
    for (int i = 0; i < pairs; i++)
        if (expert[i] < 0 || expert[i] >= EXPERTS) memset(y + (size_t)i * (size_t)WIDTH, 0, (size_t)WIDTH * sizeof *y);
}

void cpu_moe_gate_up(kernels_queue *q, const struct kernels_moe_gate_up *a) {
    bool fits = a->gate->COLS == a->COLS && a->up->COLS == a->COLS && a->gate->ROWS == a->FF && a->up->ROWS == a->FF &&
                a->gate->EXPERTS == a->up->EXPERTS;
    if (!queue_ready(q, fits, "moe_gate_up: gate or up is not [EXPERTS][FF][COLS]") || a->N == 0) return;
    struct grouping g;
    if (!group(q, a->gate->EXPERTS, a->N * a->TOPK, a->TOPK, false, a->expert, &g)) return;
    clear_absent(a->expert, a->N * a->TOPK, a->gate->EXPERTS, a->y, a->FF);
    for (int i = 0; i < g.count; i++) {
        g.jobs[i].w = a->gate;
        g.jobs[i].up = a->up;
        g.jobs[i].act = a->act;
        g.jobs[i].x = a->x;
        g.jobs[i].x_stride = (size_t)a->COLS;
        g.jobs[i].y = a->y;
        g.jobs[i].y_stride = (size_t)a->FF;
    }
    if (g.count) matmul_run(q, g.jobs, g.count, false);
}

struct mix {
    const struct kernels_moe_down *a;
    const float *parts;
};
static void mix_columns(void *context, int worker, int lo, int hi) {
    (void)worker;
    const struct mix *m = context;
    const struct kernels_moe_down *a = m->a;
    for (int n = lo; n < hi; n++) {
        float *y = a->y + (size_t)n * (size_t)a->DIM;
        const float *add = a->add ? a->add + (size_t)n * (size_t)a->DIM : NULL;
        for (int i = 0; i < a->DIM; i++) y[i] = add ? add[i] : 0;
        for (int t = 0; t < a->TOPK; t++) {
            float weight = a->weight[n * a->TOPK + t];
            const float *part = m->parts + ((size_t)n * (size_t)a->TOPK + (size_t)t) * (size_t)a->DIM;
            for (int i = 0; i < a->DIM; i++) y[i] += weight * part[i];
        }
    }
}

void cpu_moe_down(kernels_queue *q, const struct kernels_moe_down *a) {
    bool fits = a->down->COLS == a->FF && a->down->ROWS == a->DIM;
    if (!queue_ready(q, fits, "moe_down: the weight is not [EXPERTS][DIM][FF]") || a->N == 0) return;
    struct grouping g;
    float *parts = scratch_get(q, &q->values, (size_t)a->N * (size_t)a->TOPK * (size_t)a->DIM * sizeof *parts);
    if (!parts || !group(q, a->down->EXPERTS, a->N * a->TOPK, a->TOPK, true, a->expert, &g)) return;
    clear_absent(a->expert, a->N * a->TOPK, a->down->EXPERTS, parts, a->DIM);
    for (int i = 0; i < g.count; i++) {
        g.jobs[i].w = a->down;
        g.jobs[i].x = a->x;
        g.jobs[i].x_stride = (size_t)a->FF;
        g.jobs[i].y = parts;
        g.jobs[i].y_stride = (size_t)a->DIM;
    }
    if (g.count) matmul_run(q, g.jobs, g.count, false);
    struct mix m = {a, parts};
    pool_run(q->device->pool, a->N, 4, mix_columns, &m);
}
