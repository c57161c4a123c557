/* cpu.c - the CPU backend: the device, its weights, its queues, and the table of kernels.h.
 *
 * Operations run at once, in the caller's thread and the device's pool; queue_sync only reports. Memory is the
 * process's own, so upload and download are copies. Not here: arithmetic.
 */
#include "cpu.h"
#include "graph.h"

#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#if defined(__aarch64__)
#include <sys/auxv.h>
/* Bits of Linux's arch/arm64/include/uapi/asm/hwcap.h. */
static void arm_features(bool *dot, bool *i8mm) {
    unsigned long caps = getauxval(AT_HWCAP), caps2 = getauxval(AT_HWCAP2);
    *dot = (caps >> 20 & 1) && (caps >> 10 & 1); /* ASIMDDP, ASIMDHP */
    *i8mm = *dot && (caps2 >> 13 & 1);
}
#endif

#if defined(__x86_64__)
#include <cpuid.h>

/* Asked by CPUID itself: clang's __builtin_cpu_supports does not know these two names. Intel SDM, table 3-8: leaf 1 ECX
 * bit 29 = F16C; leaf 7 subleaf 1 EAX bit 5 = AVX512_BF16. */
static bool x86_has_f16c(void) {
    unsigned a, b, c, d;
    return __get_cpuid(1, &a, &b, &c, &d) && (c >> 29 & 1);
}
static bool x86_has_bf16(void) {
    unsigned a, b, c, d;
    return __get_cpuid_count(7, 1, &a, &b, &c, &d) && (a >> 5 & 1);
}
#endif

/* ---- device ----------------------------------------------------------------------------------------------------- */

const struct cpu_isa *cpu_isa_choose(const char *name) {
    const struct cpu_isa *best = &cpu_isa_ref, *list[3] = {&cpu_isa_ref};
    int count = 1;
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && x86_has_f16c())
        list[count++] = &cpu_isa_avx2;
    if (__builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") && x86_has_bf16())
        list[count++] = &cpu_isa_avx512;
#elif defined(__aarch64__)
    bool dot, i8mm;
    arm_features(&dot, &i8mm);
    if (dot) list[count++] = &cpu_isa_neon;
    if (i8mm) list[count++] = &cpu_isa_i8mm;
#endif
    best = list[count - 1];
    if (!name) return best;
    for (int i = 0; i < count; i++)
        if (strcmp(list[i]->name, name) == 0) return list[i];
    return NULL;
}

static unsigned count_devices(error *e) {
    (void)e;
    return 1;
}

static int open_device(unsigned index, const struct kernels_options *options, kernels_device **device, error *e) {
    *device = NULL;
    if (index != 0) return error_set(e, ERROR_USAGE, "there is one CPU device, number 0, not %u", index);
    const char *name = options ? options->isa : NULL;
    const struct cpu_isa *isa = cpu_isa_choose(name);
    if (!isa) return error_set(e, ERROR_SUPPORT, "this processor cannot run the '%s' kernels", name);
    cpu_set_t set;
    int threads = options && options->threads                   ? (int)options->threads
                  : sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set)
                                                                : 1;
    if (threads > 1024) return error_set(e, ERROR_USAGE, "%d threads are more than the limit of 1024", threads);
    kernels_device *d = calloc(1, sizeof *d);
    if (!d) return error_set(e, ERROR_MEMORY, "no memory for a device");
    d->isa = isa;
    pthread_mutex_init(&d->chunk_lock, NULL);
    d->pool = pool_new(threads, e);
    if (!d->pool) {
        pthread_mutex_destroy(&d->chunk_lock);
        free(d);
        return e ? (int)e->code : (int)ERROR_MEMORY;
    }
    *device = d;
    return 0;
}

static void close_device(kernels_device *d) {
    if (!d) return;
    pool_free(d->pool);
    pthread_mutex_destroy(&d->chunk_lock);
    free(d);
}

/* A line "NAME:  123 kB" of /proc/meminfo in bytes; 0 when it is not there. */
static uint64_t meminfo_bytes(const char *name) {
    FILE *f = fopen("/proc/meminfo", "r");
    if (!f) return 0;
    char line[128];
    unsigned long long kb = 0;
    size_t n = strlen(name);
    while (fgets(line, sizeof line, f))
        if (strncmp(line, name, n) == 0 && line[n] == ':' && sscanf(line + n + 1, "%llu", &kb) == 1) break;
    fclose(f);
    return (uint64_t)kb << 10;
}

static void device_info(kernels_device *d, struct kernels_info *info) {
    *info = (struct kernels_info){.memory_bytes = meminfo_bytes("MemTotal"),
                                  .free_bytes = meminfo_bytes("MemAvailable"),
                                  .unified = true,
                                  .host_visible = true,
                                  .cache_fp8 = true,
                                  .graphs = true,
                                  .threads = (unsigned)pool_threads(d->pool)};
    snprintf(info->name, sizeof info->name, "CPU: %d thread%s, %s", pool_threads(d->pool),
             pool_threads(d->pool) == 1 ? "" : "s", d->isa->name);
}

/* Zeroed memory for caches and work space (weights: chunk.c). Large pieces come from the kernel, which zeroes them, in
 * huge pages where it has them. The header before the first byte says what to give back. */
struct header {
    void *base;
    size_t size_bytes; /* 0: from malloc */
};
enum { HEADER_BYTES = 256, HUGE_BYTES = 2 << 20 };

static void *alloc_bytes(size_t size_bytes) {
    if (size_bytes > SIZE_MAX / 2) return NULL;
    struct header h = {NULL, 0};
    uintptr_t p;
    if (size_bytes >= HUGE_BYTES / 2) {
        h.size_bytes = size_bytes + HEADER_BYTES + HUGE_BYTES;
        h.base = mmap(NULL, h.size_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (h.base == MAP_FAILED) return NULL;
        p = ((uintptr_t)h.base + HEADER_BYTES + HUGE_BYTES - 1) & ~(uintptr_t)(HUGE_BYTES - 1);
        madvise((void *)p, size_bytes, MADV_HUGEPAGE); /* advice: failing is fine */
    } else {
        if (posix_memalign(&h.base, HEADER_BYTES, HEADER_BYTES + size_bytes) != 0) return NULL;
        memset(h.base, 0, HEADER_BYTES + size_bytes);
        p = (uintptr_t)h.base + HEADER_BYTES;
    }
    ((struct header *)p)[-1] = h;
    return (void *)p;
}
static void free_bytes(void *memory) {
    if (!memory) return;
    struct header h = ((struct header *)memory)[-1];
    if (h.size_bytes)
        munmap(h.base, h.size_bytes);
    else
        free(h.base);
}
static void *alloc_memory(kernels_device *d, size_t size_bytes, error *e) {
    (void)d;
    void *p = alloc_bytes(size_bytes);
    if (!p) error_set(e, ERROR_MEMORY, "no memory for %zu bytes", size_bytes);
    return p;
}
static void free_memory(kernels_device *d, void *memory) {
    (void)d;
    free_bytes(memory);
}

/* weight_write packs before it returns, so there is nothing to wait for. */
static void *stage_alloc(kernels_device *d, size_t size_bytes, error *e) {
    void *p = NULL;
    (void)d;
    if (size_bytes > SIZE_MAX / 2 || posix_memalign(&p, 4096, size_bytes ? size_bytes : 1) != 0) {
        error_set(e, ERROR_MEMORY, "no memory for %zu bytes of a model on their way in", size_bytes);
        return NULL;
    }
    return p;
}
static int stage_wait(kernels_device *d, void *stage, error *e) {
    (void)d, (void)stage, (void)e;
    return 0;
}
static void stage_free(kernels_device *d, void *stage) {
    (void)d;
    free(stage);
}

/* ---- weights ---------------------------------------------------------------------------------------------------- */

static void weight_free(kernels_weight *w) {
    if (!w) return;
    chunk_release(w->device, w->chunk);
    free(w->scale);
    free(w);
}

static kernels_weight *weight_new(kernels_device *d, enum tensor_type type, int EXPERTS, int ROWS, int COLS, error *e) {
    enum layout layout;
    if (EXPERTS < 1 || ROWS < 1 || COLS < 1 || !pack_layout(type, &layout) || !tensor_row_bytes(type, (uint64_t)COLS)) {
        error_set(e, ERROR_SUPPORT, "no weight of type %d and shape [%d][%d][%d]", (int)type, EXPERTS, ROWS, COLS);
        return NULL;
    }
    kernels_weight *w = calloc(1, sizeof *w);
    size_t panels = ((size_t)ROWS + PANEL - 1) / PANEL, panel_bytes = pack_panel_bytes(layout, COLS);
    if (w) w->device = d;
    if (w && panels <= SIZE_MAX / 2 / panel_bytes / (size_t)EXPERTS)
        w->data = chunk_alloc(d, panels * panel_bytes * (size_t)EXPERTS, &w->chunk);
    if (!w || !w->data) {
        weight_free(w);
        error_set(e, ERROR_MEMORY, "no memory for a weight of shape [%d][%d][%d]", EXPERTS, ROWS, COLS);
        return NULL;
    }
    w->type = type;
    w->layout = layout;
    w->EXPERTS = EXPERTS;
    w->ROWS = ROWS;
    w->COLS = COLS;
    w->panels = (int)panels;
    w->panel_bytes = panel_bytes;
    atomic_store(&w->rows_missing, (int64_t)EXPERTS * ROWS);
    return w;
}

struct packing {
    kernels_weight *w;
    int64_t first_row;
    const uint8_t *rows;
    size_t row_bytes;
};
static void pack_rows(void *context, int worker, int lo, int hi) {
    (void)worker;
    const struct packing *p = context;
    for (int i = lo; i < hi; i++) {
        int64_t row = p->first_row + i, in_expert = row % p->w->ROWS;
        size_t panel = (size_t)(row / p->w->ROWS) * (size_t)p->w->panels + (size_t)(in_expert / PANEL);
        pack_row(p->w->layout, p->w->COLS, p->rows + (size_t)i * p->row_bytes, p->w->data + panel * p->w->panel_bytes,
                 (int)(in_expert % PANEL));
    }
}

static int weight_write(kernels_weight *w, int64_t first_row, int64_t row_count, const void *rows, error *e) {
    int64_t all = (int64_t)w->EXPERTS * w->ROWS;
    if (first_row < 0 || row_count < 0 || first_row > all || row_count > all - first_row || row_count > INT32_MAX)
        return error_set(e, ERROR_USAGE, "rows %lld to %lld are outside a weight of %lld rows", (long long)first_row,
                         (long long)(first_row + row_count), (long long)all);
    struct packing p = {w, first_row, rows, tensor_row_bytes(w->type, (uint64_t)w->COLS)};
    pool_run(w->device->pool, (int)row_count, 64, pack_rows, &p);
    atomic_fetch_sub(&w->rows_missing, row_count);
    return 0;
}

static int weight_finish(kernels_weight *w, const float *scale, int scale_count, error *e) {
    int64_t missing = atomic_load(&w->rows_missing);
    if (missing)
        return error_set(e, ERROR_SCHEMA, "a weight of %d rows an expert lacks %lld rows", w->ROWS, (long long)missing);
    if (!scale) return 0;
    if (scale_count != 1 && scale_count != w->EXPERTS)
        return error_set(e, ERROR_SCHEMA, "%d scales for a weight of %d experts", scale_count, w->EXPERTS);
    w->scale = malloc((size_t)w->EXPERTS * sizeof *w->scale);
    if (!w->scale) return error_set(e, ERROR_MEMORY, "no memory for %d scales", w->EXPERTS);
    for (int i = 0; i < w->EXPERTS; i++) w->scale[i] = scale[scale_count == 1 ? 0 : i];
    return 0;
}

static size_t weight_bytes(const kernels_weight *w) { return (size_t)w->EXPERTS * (size_t)w->panels * w->panel_bytes; }

uint64_t kernels_cpu_weight_bytes(enum tensor_type type, uint64_t EXPERTS, uint64_t ROWS, uint64_t COLS) {
    enum layout layout;
    uint64_t bytes;
    if (!pack_layout(type, &layout) || EXPERTS < 1 || ROWS < 1 || COLS < 1 || COLS > INT32_MAX ||
        !tensor_row_bytes(type, COLS))
        return 0;
    if (ROWS > UINT64_MAX - PANEL ||
        __builtin_mul_overflow((ROWS + PANEL - 1) / PANEL, (uint64_t)pack_panel_bytes(layout, (int)COLS), &bytes) ||
        __builtin_mul_overflow(bytes, EXPERTS, &bytes))
        return UINT64_MAX;
    return bytes;
}

/* ---- measuring -------------------------------------------------------------------------------------------------- */

enum { READ_BYTES = 4 << 20 }; /* an item; shared out as the panels of a product are */

struct reading {
    const kernels_device *device;
    const uint8_t *p;
    size_t n;
    _Atomic uint64_t sum;
};
static void read_items(void *context, int worker, int lo, int hi) {
    (void)worker;
    struct reading *r = context;
    for (int i = lo; i < hi; i++) {
        size_t at = (size_t)i * READ_BYTES;
        atomic_fetch_add_explicit(&r->sum,
                                  r->device->isa->read(r->p + at, r->n - at < READ_BYTES ? r->n - at : READ_BYTES),
                                  memory_order_relaxed);
    }
}

uint64_t kernels_cpu_read(kernels_device *d, const void *memory, size_t size_bytes) {
    struct reading r = {.device = d, .p = memory, .n = size_bytes};
    pool_run(d->pool, (int)((size_bytes + READ_BYTES - 1) / READ_BYTES), 1, read_items, &r);
    return r.sum;
}

/* ---- queues ----------------------------------------------------------------------------------------------------- */

void *scratch_get(kernels_queue *q, struct scratch *s, size_t size_bytes) {
    if (size_bytes <= s->capacity && s->p) return s->p;
    size_t capacity = size_bytes + size_bytes / 4 + 4096;
    void *p = NULL;
    if (capacity < size_bytes || posix_memalign(&p, 64, capacity) != 0) {
        queue_fail(q, ERROR_MEMORY, "no memory for %zu bytes of work space", size_bytes);
        return NULL;
    }
    free(s->p);
    s->p = p;
    s->capacity = capacity;
    return p;
}

void queue_fail(kernels_queue *q, enum error_code code, const char *format, ...) {
    if (q->failure.code != ERROR_NONE) return;
    char message[sizeof q->failure.message];
    va_list list;
    va_start(list, format);
    vsnprintf(message, sizeof message, format, list);
    va_end(list);
    error_set(&q->failure, code, "%s", message);
}

static kernels_queue *queue_new(kernels_device *d, int bound_N, error *e) {
    (void)bound_N; /* work space grows with what comes */
    kernels_queue *q = calloc(1, sizeof *q);
    if (q)
        q->device = d;
    else
        error_set(e, ERROR_MEMORY, "no memory for a queue");
    return q;
}
static void queue_free(kernels_queue *q) {
    if (!q) return;
    free(q->tiles.p);
    free(q->values.p);
    free(q->work.p);
    graph_free(q->recording);
    free(q);
}
static int queue_sync(kernels_queue *q, error *e) {
    error failure = q->failure;
    q->failure = (error){0};
    if (failure.code != ERROR_NONE && e) *e = failure;
    return (int)failure.code;
}
static void move_bytes(kernels_queue *q, void *to, const void *from, size_t size_bytes) {
    if (queue_ready(q, !q->recording, "upload or download: not while a graph is recorded") && size_bytes)
        memcpy(to, from, size_bytes);
}

const struct kernels_backend *kernels_cpu(void) {
    static const struct kernels_backend backend = {
        .abi = KERNELS_ABI,
        .name = "cpu",
        .count = count_devices,
        .open = open_device,
        .close = close_device,
        .info = device_info,
        .alloc = alloc_memory,
        .free = free_memory,
        .stage_alloc = stage_alloc,
        .stage_wait = stage_wait,
        .stage_free = stage_free,
        .weight_new = weight_new,
        .weight_write = weight_write,
        .weight_finish = weight_finish,
        .weight_free = weight_free,
        .weight_bytes = weight_bytes,
        .queue_new = queue_new,
        .queue_free = queue_free,
        .queue_sync = queue_sync,
        .upload = move_bytes,
        .download = move_bytes,
        .copy = graph_or_copy,
        .zero = graph_or_zero,
        .graph_begin = graph_begin,
        .graph_end = graph_end,
        .graph_run = graph_run,
        .graph_free = graph_free,
        .embed = graph_or_embed,
        .norm = graph_or_norm,
        .matmul = graph_or_matmul,
        .gate_up = graph_or_gate_up,
        .matmul_heads = graph_or_matmul_heads,
        .rope_store = graph_or_rope_store,
        .attention = graph_or_attention,
        .route = graph_or_route,
        .moe_gate_up = graph_or_moe_gate_up,
        .moe_down = graph_or_moe_down,
        .combine = graph_or_combine,
        .gather = graph_or_gather,
        .conv = graph_or_conv,
        .delta = graph_or_delta,
        .logits = graph_or_logits,
        .top = graph_or_top,
    };
    return &backend;
}
