/* matmul.c - jobs in, products out: columns to tiles, then panels times tiles.
 *
 *     columns ──► tiles of up to C columns, int8 a chunk of 32 (or F32 for plain weights)      parallel over tiles
 *     for a block of panels (~256 KB, level 2):  for each tile:  for each panel of the block   parallel over blocks
 *
 * Invariant: a (row, column) pair is computed by one call of one panel function whose arithmetic depends on nothing
 * else, so neither the number of columns nor that of threads can change it. Not here: splitting COLS among threads.
 */
#include "matmul.h"

enum { COLUMNS_AHEAD = 8, SKIPPED_BYTES = 96 << 10, BYTES_AHEAD = 256 << 10 };

struct run {
    kernels_queue *q;
    const struct cpu_isa *isa;
    struct matmul_job *jobs;
    int count, tiles, items, block;
};

static int tiles_of(const struct run *r, const struct matmul_job *j) {
    return (j->N + r->isa->tile_columns - 1) / r->isa->tile_columns;
}
static bool wants_ints(const struct matmul_job *j) {
    return !layout_is_float(j->w->layout) || (j->up && !layout_is_float(j->up->layout));
}
static bool wants_floats(const struct matmul_job *j) {
    return layout_is_float(j->w->layout) || (j->up && layout_is_float(j->up->layout));
}
static size_t int_bytes(const struct matmul_job *j, int columns) {
    return (size_t)(j->w->COLS / CHUNK) * TILE_CHUNK(columns);
}
static size_t float_bytes(const struct matmul_job *j, int columns) { return (size_t)j->w->COLS * (size_t)columns * 4; }

static const float *column_of(const struct matmul_job *j, int i) {
    return j->x + (size_t)(j->from ? j->from[i] : i) * j->x_stride;
}

static void fill_tiles(void *context, int worker, int lo, int hi) {
    (void)worker;
    struct run *r = context;
    const int T = r->isa->tile_columns;
    int job = 0;
    for (int t = lo; t < hi; t++) {
        while (job + 1 < r->count && r->jobs[job + 1].first_tile <= t) job++;
        const struct matmul_job *j = &r->jobs[job];
        int first = (t - j->first_tile) * T, C = j->N - first < T ? j->N - first : T;
        for (int c = 0; c < C; c++) {
            const float *x = column_of(j, first + c);
            if (j->int_tiles)
                r->isa->quantise(x, j->w->COLS, (uint8_t *)(uintptr_t)j->int_tiles + int_bytes(j, first), c, C);
            if (j->float_tiles) {
                float *tile = (float *)(void *)((uint8_t *)(uintptr_t)j->float_tiles + float_bytes(j, first));
                for (int k = 0; k < j->w->COLS; k++) tile[k * C + c] = x[k];
            }
        }
    }
}

float cpu_glu(enum kernels_act act, float g, float u) {
    switch (act) {
    case ACT_SILU: return g / (1 + expf(-g)) * u;
    case ACT_GELU_TANH: return 0.5f * g * (1 + tanhf(0.7978845608f * (g + 0.044715f * g * g * g))) * u;
    case ACT_GELU_ERF: return 0.5f * g * (1 + erff(g * 0.70710678f)) * u;
    case ACT_RELU: return (g > 0 ? g : 0) * u;
    }
    return 0;
}

static void store(const struct run *run, const struct matmul_job *j, int first_row, int first_column, int C, float *out,
                  float *up_out) {
    int rows = j->w->ROWS - first_row < PANEL ? j->w->ROWS - first_row : PANEL;
    for (int i = 0; j->w->scale && i < C * PANEL; i++) out[i] *= j->w->scale[j->expert];
    if (up_out) {
        for (int i = 0; j->up->scale && i < C * PANEL; i++) up_out[i] *= j->up->scale[j->expert];
        run->isa->glu(j->act, out, up_out, C * PANEL);
    }
    for (int c = 0; c < C; c++, out += PANEL) {
        size_t at = (size_t)(j->to ? j->to[first_column + c] : first_column + c) * j->y_stride + (size_t)first_row;
        float *y = j->y + at;
        for (int r = 0; j->bias && r < rows; r++) out[r] += j->bias[first_row + r];
        for (int r = 0; j->add && r < rows; r++) out[r] += j->add[at + (size_t)r];
        if (rows == PANEL)
            memcpy(y, out, PANEL * sizeof *y);
        else
            memcpy(y, out, (size_t)rows * sizeof *y);
    }
}

/* `count` panels from `panel` on, 1 or PANELS_AT_ONCE(C), times the columns from `first` on: out[count][C][PANEL]. */
static void multiply(const struct run *r, const struct matmul_job *j, const kernels_weight *w, int panel, int count,
                     int first, int C, float *out) {
    bool plain = layout_is_float(w->layout);
    const uint8_t *tile = plain ? j->float_tiles + float_bytes(j, first) : j->int_tiles + int_bytes(j, first);
    if (count > 1 && r->isa->many[w->layout]) {
        r->isa->many[w->layout](weight_panel(w, j->expert, panel), w->panel_bytes, w->COLS, tile, C, out);
        return;
    }
    for (int i = 0; i < count; i++)
        r->isa->panel[w->layout](weight_panel(w, j->expert, panel + i), w->COLS, tile, C, out + i * C * PANEL);
}

static void run_panels(const struct run *r, const struct matmul_job *j, int panel_lo, int panel_hi, int first, int C) {
    float out[SUMS_MAX * PANEL], up_out[SUMS_MAX * PANEL];
    for (int p = panel_lo, count; p < panel_hi; p += count) {
        count = panel_hi - p >= PANELS_AT_ONCE(C) ? PANELS_AT_ONCE(C) : 1;
        multiply(r, j, j->w, p, count, first, C, out);
        if (j->up) multiply(r, j, j->up, p, count, first, C, up_out);
        for (int i = 0; i < count; i++)
            store(r, j, (p + i) * PANEL, first, C, out + i * C * PANEL, j->up ? up_out + i * C * PANEL : NULL);
    }
}

static void run_items(void *context, int worker, int lo, int hi) {
    (void)worker;
    const struct run *r = context;
    const int T = r->isa->tile_columns;
    int job = 0;
    for (int item = lo, next; item < hi; item = next) {
        while (job + 1 < r->count && r->jobs[job + 1].first_item <= item) job++;
        const struct matmul_job *j = &r->jobs[job];
        const int last = job + 1 < r->count && r->jobs[job + 1].first_item < hi ? r->jobs[job + 1].first_item : hi;
        next = j->N > T ? item + 1 : last; /* in one pass there is nothing to keep in the cache between items */
        int panel_lo = (item - j->first_item) * r->block, panel_hi = (next - j->first_item) * r->block;
        if (panel_hi > j->w->panels) panel_hi = j->w->panels;
        for (int first = 0; first < j->N; first += T)
            run_panels(r, j, panel_lo, panel_hi, first, j->N - first < T ? j->N - first : T);
    }
}

/* Panels an item. In one pass over memory: so few that the last item of a product costs little, the pool hands out many
 * of them at a time before; but as many as are read side by side. With many columns: what the cache holds, as long as
 * all threads have some. */
static int block_panels(const struct run *r) {
    int64_t panels = 0;
    size_t widest = 1;
    int columns = 1;
    for (int i = 0; i < r->count; i++) {
        panels += r->jobs[i].w->panels;
        size_t bytes = r->jobs[i].w->panel_bytes * (r->jobs[i].up ? 2 : 1);
        if (bytes > widest) widest = bytes;
        if (r->jobs[i].N > columns) columns = r->jobs[i].N;
    }
    int64_t even = panels / (pool_threads(r->q->device->pool) * 8);
    bool narrow = columns <= r->isa->tile_columns;
    int64_t cached = (int64_t)((size_t)(narrow ? 32 << 10 : 256 << 10) / widest);
    if (narrow && cached < PANELS_AT_ONCE(columns)) cached = PANELS_AT_ONCE(columns);
    int64_t block = cached < even ? cached : even;
    return block < 1 ? 1 : block > 64 ? 64 : (int)block;
}

/* Weights lie in memory in the order in which a step reads them (chunk.c), so what follows a product's last weight is
 * what is read next. Between two products the threads with nothing to do ask for it, behind the first range, which is
 * the caller's. Experts are read in no order, and many columns are not bound by memory. */
static void name_what_follows(const struct run *r) {
    const struct matmul_job *last = &r->jobs[r->count - 1];
    const kernels_weight *w = last->up ? last->up : last->w;
    if (w->EXPERTS > 1 || last->N > COLUMNS_AHEAD) return;
    uintptr_t end = (uintptr_t)w->data + (size_t)w->panels * w->panel_bytes;
    pool_ahead(r->q->device->pool, end + SKIPPED_BYTES, BYTES_AHEAD);
}

void matmul_run(kernels_queue *q, struct matmul_job *jobs, int count, bool share) {
    struct run r = {.q = q, .isa = q->device->isa, .jobs = jobs, .count = count};
    bool ints = false, floats = false;
    for (int i = 0; i < count; i++) {
        ints |= wants_ints(&jobs[i]);
        floats |= wants_floats(&jobs[i]);
    }
    size_t size = 0;
    for (int i = 0; i < (share && count ? 1 : count); i++) {
        jobs[i].first_tile = r.tiles;
        r.tiles += tiles_of(&r, &jobs[i]);
        if (share ? ints : wants_ints(&jobs[i])) size += (int_bytes(&jobs[i], jobs[i].N) + 63) & ~(size_t)63;
        if (share ? floats : wants_floats(&jobs[i])) size += (float_bytes(&jobs[i], jobs[i].N) + 63) & ~(size_t)63;
    }
    uint8_t *space = scratch_get(q, &q->tiles, size);
    if (!space) return;
    for (int i = 0; i < count; i++) {
        struct matmul_job *j = &jobs[i];
        j->int_tiles = j->float_tiles = NULL;
        if (share && i > 0) {
            j->int_tiles = jobs[0].int_tiles;
            j->float_tiles = jobs[0].float_tiles;
            continue;
        }
        if (share ? ints : wants_ints(j)) {
            j->int_tiles = space;
            space += (int_bytes(j, j->N) + 63) & ~(size_t)63;
        }
        if (share ? floats : wants_floats(j)) {
            j->float_tiles = space;
            space += (float_bytes(j, j->N) + 63) & ~(size_t)63;
        }
    }
    int all = r.count;
    if (share && count) r.count = 1;
    pool_run(q->device->pool, r.tiles, r.tiles < 2 ? 2 : 1, fill_tiles, &r);
    r.count = all;
    r.block = block_panels(&r);
    for (int i = 0; i < count; i++) {
        jobs[i].first_item = r.items;
        r.items += (jobs[i].w->panels + r.block - 1) / r.block;
    }
    if (count) name_what_follows(&r);
    pool_run(q->device->pool, r.items, 1, run_items, &r);
}

/* ---- the dense operations --------------------------------------------------------------------------------------- */

void cpu_matmul(kernels_queue *q, const struct kernels_matmul *a) {
    bool fits = a->N >= 0 && a->PARTS >= 1 && a->PARTS <= KERNELS_PARTS;
    for (int i = 0; fits && i < a->PARTS; i++) fits = a->part[i].w->COLS == a->COLS && a->part[i].w->EXPERTS == 1;
    if (!queue_ready(q, fits, "matmul: a weight has other COLS, or experts") || a->N == 0) return;
    struct matmul_job jobs[KERNELS_PARTS] = {0};
    for (int i = 0; i < a->PARTS; i++) {
        const struct kernels_part *p = &a->part[i];
        jobs[i] = (struct matmul_job){.w = p->w,
                                      .N = a->N,
                                      .x = a->x,
                                      .x_stride = (size_t)a->COLS,
                                      .y = p->y,
                                      .y_stride = (size_t)p->w->ROWS,
                                      .bias = p->bias,
                                      .add = p->add};
    }
    matmul_run(q, jobs, a->PARTS, true);
}

void cpu_gate_up(kernels_queue *q, const struct kernels_gate_up *a) {
    bool fits = a->gate->COLS == a->COLS && a->up->COLS == a->COLS && a->gate->ROWS == a->FF && a->up->ROWS == a->FF;
    if (!queue_ready(q, fits, "gate_up: gate or up is not [FF][COLS]") || a->N == 0) return;
    struct matmul_job job = {.w = a->gate,
                             .up = a->up,
                             .act = a->act,
                             .N = a->N,
                             .x = a->x,
                             .x_stride = (size_t)a->COLS,
                             .y = a->y,
                             .y_stride = (size_t)a->FF};
    matmul_run(q, &job, 1, true);
}

void cpu_matmul_heads(kernels_queue *q, const struct kernels_matmul_heads *a) {
    bool fits = a->w->EXPERTS == a->HEADS && a->w->ROWS == a->ROWS && a->w->COLS == a->COLS;
    if (!queue_ready(q, fits, "matmul_heads: the weight is not [HEADS][ROWS][COLS]") || a->N == 0) return;
    struct matmul_job *jobs = scratch_get(q, &q->work, (size_t)a->HEADS * sizeof *jobs);
    if (!jobs) return;
    for (int h = 0; h < a->HEADS; h++)
        jobs[h] = (struct matmul_job){.w = a->w,
                                      .expert = h,
                                      .N = a->N,
                                      .x = a->x + (ptrdiff_t)h * a->x_head_stride,
                                      .x_stride = (size_t)a->x_stride,
                                      .y = a->y + (ptrdiff_t)h * a->y_head_stride,
                                      .y_stride = (size_t)a->y_stride};
    matmul_run(q, jobs, a->HEADS, false);
}
