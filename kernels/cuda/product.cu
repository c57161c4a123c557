/* product.cu - the operations that multiply by weights: matmul, gate_up, matmul_heads, moe_gate_up, moe_down.
 *
 *     x ──operand.cu──► fragments ──product_narrow (<= 32 columns) or product_wide──► y
 *
 * Parts of one matmul that have the same type share a launch; parts of other types follow with their own operand. A gate
 * and an up matrix of different types go through work space and a kernel of their own. Experts: the pairs (column,
 * place) are ordered by expert on the device, cut into jobs of 8 or 64, and each job is a product of its own; pairs that
 * name no expert become zeros. The down products go to work space [N][TOPK][DIM] and are then summed in the order of
 * the places, so that the result does not depend on who else is in the batch.
 */
#include "product.cuh"

namespace {

struct product_part part_of(const kernels_weight *w, float *y, int y_stride) {
    struct product_part p;
    memset(&p, 0, sizeof p);
    p.w = w->data;
    p.scale = w->scale;
    p.ROWS = w->ROWS;
    p.tiles = w->tiles;
    p.expert_bytes = w->expert_bytes;
    p.y = y;
    p.y_stride = y_stride;
    return p;
}

/* Which product a weight's type takes on this device. */
int product_of(const kernels_queue *q, enum tensor_type type) {
    return type == TENSOR_MXFP4 && q->device->block_scale ? (int)PRODUCT_MXFP4_SCALED : (int)type;
}
enum operand operand_of(const kernels_queue *q, enum tensor_type type) { return pack_shape_of(product_of(q, type)).operand; }

void launch_dense(kernels_queue *q, struct product *p, enum tensor_type tensor, int batches) {
    const int type = product_of(q, tensor);
    int columns = p->N <= NARROW_COLUMNS ? NARROW_COLUMNS : p->N <= MIDDLE_COLUMNS ? MIDDLE_COLUMNS : WIDE_COLUMNS;
    p->column_jobs = (int)ceil_div(p->N, columns);
    if (columns == WIDE_COLUMNS)
        launch_wide(q, p, type, p->column_jobs * batches);
    else
        launch_narrow(q, p, type, p->column_jobs * batches, columns);
}

/* y = act(g) * u, flat. */
__global__ void glu_kernel(const float *g, const float *u, float *y, size_t count, enum kernels_act act) {
    size_t i = (size_t)blockIdx.x * blockDim.x + threadIdx.x;
    if (i < count) y[i] = activate(act, g[i]) * u[i];
}
void glu(kernels_queue *q, const float *g, const float *u, float *y, size_t count, enum kernels_act act) {
    LAUNCH(q, "activation of the gate", glu_kernel, dim3(ceil_div((int64_t)count, 256)), dim3(256), 0, g, u, y, count, act);
}

} // namespace

void cuda_matmul(kernels_queue *q, const struct kernels_matmul *a) {
    bool fits = a->N >= 0 && a->PARTS >= 1 && a->PARTS <= KERNELS_PARTS;
    for (int i = 0; fits && i < a->PARTS; i++) fits = a->part[i].w->COLS == a->COLS && a->part[i].w->EXPERTS == 1;
    if (!queue_ready(q, fits, "matmul: a weight has other COLS, or experts") || a->N == 0) return;
    bool done[KERNELS_PARTS] = {false, false, false, false};
    for (int i = 0; i < a->PARTS; i++) {
        if (done[i]) continue;
        enum tensor_type type = a->part[i].w->type;
        struct product p;
        memset(&p, 0, sizeof p);
        p.mode = PRODUCT_DENSE;
        p.N = a->N;
        p.EXPERTS = 1;
        p.records = a->part[i].w->records;
        for (int k = i; k < a->PARTS; k++) {
            if (a->part[k].w->type != type) continue;
            done[k] = true;
            struct product_part *part = &p.part[p.PARTS++];
            *part = part_of(a->part[k].w, a->part[k].y, a->part[k].w->ROWS);
            part->bias = a->part[k].bias;
            part->add = a->part[k].add;
        }
        if (!operand_make(q, operand_of(q, type), a->x, 1, a->N, a->COLS, 0, (size_t)a->COLS, &p.x)) return;
        launch_dense(q, &p, type, 1);
    }
}

static void dense(kernels_queue *q, const kernels_weight *w, const float *x, int N, float *y) {
    struct kernels_matmul m;
    memset(&m, 0, sizeof m);
    m.x = x;
    m.N = N;
    m.COLS = w->COLS;
    m.PARTS = 1;
    m.part[0].w = w;
    m.part[0].y = y;
    cuda_matmul(q, &m);
}

void cuda_gate_up(kernels_queue *q, const struct kernels_gate_up *a) {
    bool fits = a->gate->COLS == a->COLS && a->up->COLS == a->COLS && a->gate->ROWS == a->FF && a->up->ROWS == a->FF &&
                a->gate->EXPERTS == 1 && a->up->EXPERTS == 1;
    if (!queue_ready(q, fits, "gate_up: gate or up is not [FF][COLS]") || a->N == 0) return;
    if (a->gate->type != a->up->type) {
        size_t count = (size_t)a->N * (size_t)a->FF;
        float *g = (float *)queue_work(q, WORK_VALUES, 2 * count * sizeof(float));
        if (!g) return;
        dense(q, a->gate, a->x, a->N, g);
        dense(q, a->up, a->x, a->N, g + count);
        if (queue_ready(q, true, "")) glu(q, g, g + count, a->y, count, a->act);
        return;
    }
    struct product p;
    memset(&p, 0, sizeof p);
    p.PARTS = 1;
    p.part[0] = part_of(a->gate, a->y, a->FF);
    p.part[0].up = a->up->data;
    p.part[0].up_scale = a->up->scale;
    p.mode = PRODUCT_DENSE;
    p.act = a->act;
    p.N = a->N;
    p.EXPERTS = 1;
    p.records = a->gate->records;
    if (operand_make(q, operand_of(q, a->gate->type), a->x, 1, a->N, a->COLS, 0, (size_t)a->COLS, &p.x))
        launch_dense(q, &p, a->gate->type, 1);
}

void cuda_matmul_heads(kernels_queue *q, const struct kernels_matmul_heads *a) {
    bool fits = a->w->EXPERTS == a->HEADS && a->w->ROWS == a->ROWS && a->w->COLS == a->COLS;
    if (!queue_ready(q, fits, "matmul_heads: the weight is not [HEADS][ROWS][COLS]") || a->N == 0) return;
    struct product p;
    memset(&p, 0, sizeof p);
    p.PARTS = 1;
    p.part[0] = part_of(a->w, a->y, a->y_stride);
    p.mode = PRODUCT_HEADS;
    p.N = a->N;
    p.EXPERTS = a->HEADS;
    p.records = a->w->records;
    p.x_head_columns = (int)ceil_div(a->N, 8) * 8;
    p.y_head_stride = a->y_head_stride;
    if (operand_make(q, operand_of(q, a->w->type), a->x, a->HEADS, a->N, a->COLS, (size_t)a->x_head_stride,
                     (size_t)a->x_stride, &p.x))
        launch_dense(q, &p, a->w->type, a->HEADS);
}

/* ---- experts ---------------------------------------------------------------------------------------------------- */

namespace {

enum { EXPERTS_MAX = 2048, GROUP_THREADS = 256 };

struct grouping {
    int job_columns, jobs; /* columns a job; jobs there can be at most */
    int4 *job;
    int *count, *pairs;
};

/* One block: counts the pairs of each expert, turns counts into places, cuts jobs, fills the list. The order of pairs
 * within an expert is not fixed; each column is computed alone, so no result depends on it. */
__global__ void __launch_bounds__(GROUP_THREADS) group_kernel(const int32_t *expert, int pairs, int EXPERTS, int columns,
                                                               int *count, int4 *job, int *list) {
    SHARED_BYTES(shared);
    int *fill = (int *)shared; /* [EXPERTS+1]; the last one: pairs that name no expert */
    for (int e = (int)threadIdx.x; e <= EXPERTS; e += GROUP_THREADS) fill[e] = 0;
    __syncthreads();
    for (int i = (int)threadIdx.x; i < pairs; i += GROUP_THREADS) {
        int e = expert[i];
        atomicAdd(&fill[e >= 0 && e < EXPERTS ? e : EXPERTS], 1);
    }
    __syncthreads();
    if (threadIdx.x == 0) {
        int at = 0, jobs = 0;
        for (int e = 0; e <= EXPERTS; e++) {
            int n = fill[e];
            for (int k = 0; k < n; k += columns) job[jobs++] = make_int4(e, at + k, n - k < columns ? n - k : columns, 0);
            fill[e] = at;
            at += n;
        }
        *count = jobs;
    }
    __syncthreads();
    for (int i = (int)threadIdx.x; i < pairs; i += GROUP_THREADS) {
        int e = expert[i];
        list[atomicAdd(&fill[e >= 0 && e < EXPERTS ? e : EXPERTS], 1)] = i;
    }
}

bool group_pairs(kernels_queue *q, const int32_t *expert, int pairs, int EXPERTS, struct grouping *g) {
    /* Narrow while an expert sees about one column tile; the bound on jobs is what the launch must hold. */
    g->job_columns = pairs <= 8 * EXPERTS ? NARROW_COLUMNS : WIDE_COLUMNS;
    int64_t jobs = (int64_t)pairs / g->job_columns + EXPERTS + 1;
    g->jobs = (int)(jobs < pairs ? jobs : pairs);
    uint8_t *space = (uint8_t *)queue_work(q, WORK_GROUPS, (size_t)g->jobs * sizeof(int4) + 256 + (size_t)pairs * sizeof(int));
    if (!space) return false;
    g->count = (int *)space;
    g->job = (int4 *)(space + 256);
    g->pairs = (int *)(space + 256 + (size_t)g->jobs * sizeof(int4));
    return LAUNCH(q, "grouping by expert", group_kernel, dim3(1), dim3(GROUP_THREADS), (size_t)(EXPERTS + 1) * 4, expert, pairs,
                  EXPERTS, g->job_columns, g->count, g->job, g->pairs);
}

void launch_experts(kernels_queue *q, const kernels_weight *w, const kernels_weight *up, enum kernels_act act,
                    const struct grouping *g, const struct operand_data *x, int x_divisor, float *y) {
    struct product p;
    memset(&p, 0, sizeof p);
    p.PARTS = 1;
    p.part[0] = part_of(w, y, w->ROWS);
    if (up) {
        p.part[0].up = up->data;
        p.part[0].up_scale = up->scale;
    }
    p.mode = PRODUCT_EXPERTS;
    p.act = act;
    p.EXPERTS = w->EXPERTS;
    p.records = w->records;
    p.x = *x;
    p.jobs = g->job;
    p.job_count = g->count;
    p.pairs = g->pairs;
    p.x_divisor = x_divisor;
    if (g->job_columns == NARROW_COLUMNS)
        launch_narrow(q, &p, product_of(q, w->type), g->jobs, NARROW_COLUMNS);
    else
        launch_wide(q, &p, product_of(q, w->type), g->jobs);
}

/* Scales count for every expert or for none: a weight with one factor carries it EXPERTS times (weight.cu). */
__global__ void mix_kernel(const float *parts, const float *weight, const float *add, float *y, int TOPK, int DIM) {
    int i = (int)(blockIdx.x * blockDim.x + threadIdx.x), n = (int)blockIdx.y;
    if (i >= DIM) return;
    float sum = add ? add[(size_t)n * (size_t)DIM + (size_t)i] : 0.0f;
    for (int t = 0; t < TOPK; t++)
        sum += weight[n * TOPK + t] * parts[((size_t)n * (size_t)TOPK + (size_t)t) * (size_t)DIM + (size_t)i];
    y[(size_t)n * (size_t)DIM + (size_t)i] = sum;
}

} // namespace

void cuda_moe_gate_up(kernels_queue *q, const struct kernels_moe_gate_up *a) {
    bool fits = a->gate->COLS == a->COLS && a->up->COLS == a->COLS && a->gate->ROWS == a->FF && a->up->ROWS == a->FF &&
                a->gate->EXPERTS == a->up->EXPERTS && a->gate->EXPERTS <= EXPERTS_MAX && a->TOPK >= 1;
    if (!queue_ready(q, fits, "moe_gate_up: gate or up is not [EXPERTS][FF][COLS]") || a->N == 0) return;
    struct grouping g;
    if (!group_pairs(q, a->expert, a->N * a->TOPK, a->gate->EXPERTS, &g)) return;
    struct operand_data x;
    if (!operand_make(q, operand_of(q, a->gate->type), a->x, 1, a->N, a->COLS, 0, (size_t)a->COLS, &x)) return;
    if (a->gate->type == a->up->type) {
        launch_experts(q, a->gate, a->up, a->act, &g, &x, a->TOPK, a->y);
        return;
    }
    size_t count = (size_t)a->N * (size_t)a->TOPK * (size_t)a->FF;
    float *values = (float *)queue_work(q, WORK_VALUES, 2 * count * sizeof(float));
    if (!values) return;
    launch_experts(q, a->gate, NULL, a->act, &g, &x, a->TOPK, values);
    if (!operand_make(q, operand_of(q, a->up->type), a->x, 1, a->N, a->COLS, 0, (size_t)a->COLS, &x)) return;
    launch_experts(q, a->up, NULL, a->act, &g, &x, a->TOPK, values + count);
    if (queue_ready(q, true, "")) glu(q, values, values + count, a->y, count, a->act);
}

void cuda_moe_down(kernels_queue *q, const struct kernels_moe_down *a) {
    bool fits = a->down->COLS == a->FF && a->down->ROWS == a->DIM && a->down->EXPERTS <= EXPERTS_MAX && a->TOPK >= 1;
    if (!queue_ready(q, fits, "moe_down: the weight is not [EXPERTS][DIM][FF]") || a->N == 0) return;
    int pairs = a->N * a->TOPK;
    struct grouping g;
    struct operand_data x;
    float *values = (float *)queue_work(q, WORK_VALUES, (size_t)pairs * (size_t)a->DIM * sizeof(float));
    if (!values || !group_pairs(q, a->expert, pairs, a->down->EXPERTS, &g) ||
        !operand_make(q, operand_of(q, a->down->type), a->x, 1, pairs, a->FF, 0, (size_t)a->FF, &x))
        return;
    launch_experts(q, a->down, NULL, ACT_RELU, &g, &x, 1, values);
    if (queue_ready(q, true, ""))
        LAUNCH(q, "sum of experts", mix_kernel, dim3(ceil_div(a->DIM, 256), (unsigned)a->N), dim3(256), 0,
               (const float *)values, a->weight, a->add, a->y, a->TOPK, a->DIM);
}
