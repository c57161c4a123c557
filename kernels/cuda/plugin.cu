/* plugin.cu - the CUDA backend: devices, memory, queues, captured graphs, and the table of kernels.h.
 *
 *     libassay-cuda.so ── kernels_plugin() ──► table       CUDA's runtime is linked in statically and finds the driver by
 *                                                          itself, so the library also loads where there is no driver
 *
 * A queue is a stream. Uploads pass through a pinned ring, so that the caller's memory may be reused at once and small
 * ones never wait. A graph is what a stream captured between graph_begin and graph_end; work space that an operation
 * needs for the first time while capturing is allocated then and kept, so a graph's pointers stay valid for the life of
 * its queue. Memory is plain cudaMalloc: managed or registered host memory is slow or refused on GB10.
 * Not here: arithmetic; choosing a device (src/draft/device.c).
 */
#include "plugin.cuh"

#include <stdarg.h>
#include <stdio.h>

enum { LANDING_BYTES = 1 << 20, RETURNING_BYTES = 1 << 20, DRIVER_NEEDED = 13000, OLDEST = 80 };

/* ---- failures --------------------------------------------------------------------------------------------------- */

void queue_fail(kernels_queue *q, enum error_code code, const char *format, ...) {
    if (q->failure.code != ERROR_NONE) return;
    va_list args;
    char message[sizeof q->failure.message];
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    error_set(&q->failure, code, "%s", message);
}
bool queue_ready(kernels_queue *q, bool fits, const char *what) {
    if (q->failure.code != ERROR_NONE) return false;
    if (!fits) queue_fail(q, ERROR_SCHEMA, "%s", what);
    return fits;
}
/* The context is gone with these (CUDA calls them sticky), and so are all weights and caches. */
bool device_lost(cudaError_t result) {
    switch (result) {
    case cudaErrorLaunchFailure:
    case cudaErrorIllegalAddress:
    case cudaErrorLaunchTimeout:
    case cudaErrorECCUncorrectable:
    case cudaErrorHardwareStackError:
    case cudaErrorContextIsDestroyed:
    case cudaErrorDevicesUnavailable:
    case cudaErrorUnknown: return true;
    default: return false;
    }
}
bool queue_ok(kernels_queue *q, cudaError_t result, const char *what) {
    if (result == cudaSuccess) return q->failure.code == ERROR_NONE;
    (void)cudaGetLastError(); /* or the next launch is taken for the one that failed */
    if (device_lost(result)) {
        queue_fail(q, ERROR_IO, "%s was lost: %s: %s; this run cannot use it any more", q->device->name, what,
                   cudaGetErrorString(result));
        return false;
    }
    queue_fail(q, result == cudaErrorMemoryAllocation ? ERROR_MEMORY : ERROR_IO, "%s on %s: %s", what, q->device->name,
               cudaGetErrorString(result));
    return false;
}
int device_error(error *e, const kernels_device *d, cudaError_t result, const char *what) {
    (void)cudaGetLastError();
    if (result == cudaErrorMemoryAllocation) return error_set(e, ERROR_MEMORY, "no memory on %s for %s", d->name, what);
    return error_set(e, ERROR_IO, device_lost(result) ? "%s was lost: %s: %s; this run cannot use it any more" : "%s: %s: %s", d->name,
                     what, cudaGetErrorString(result));
}

/* ---- devices ---------------------------------------------------------------------------------------------------- */

static unsigned count_devices(error *e) {
    int driver = 0, count = 0;
    if (cudaDriverGetVersion(&driver) != cudaSuccess || driver == 0) {
        (void)cudaGetLastError();
        return error_set(e, ERROR_SUPPORT, "there is no NVIDIA driver on this machine, and so no GPU"), 0;
    }
    if (driver < DRIVER_NEEDED)
        return error_set(e, ERROR_SUPPORT,
                         "the NVIDIA driver supports CUDA %d.%d and this build needs %d.%d: install driver 580 or newer",
                         driver / 1000, driver % 1000 / 10, DRIVER_NEEDED / 1000, DRIVER_NEEDED % 1000 / 10),
               0;
    cudaError_t r = cudaGetDeviceCount(&count);
    if (r == cudaSuccess && count > 0) return (unsigned)count;
    (void)cudaGetLastError();
    if (r == cudaErrorNoDevice || r == cudaSuccess)
        error_set(e, ERROR_SUPPORT, "the NVIDIA driver is there, but no GPU that it can use");
    else
        error_set(e, ERROR_SUPPORT, "the NVIDIA driver does not answer: %s", cudaGetErrorString(r));
    return 0;
}

static void close_device(kernels_device *d) {
    if (!d) return;
    for (int i = 0; i < SLOTS; i++) {
        if (d->slot[i].stream) (void)cudaStreamDestroy(d->slot[i].stream);
        if (d->slot[i].done) (void)cudaEventDestroy(d->slot[i].done);
        (void)cudaFreeHost(d->slot[i].host);
        (void)cudaFree(d->slot[i].device);
    }
    while (d->stages) cuda_stage_free(d, d->stages->host);
    pthread_cond_destroy(&d->freed);
    pthread_mutex_destroy(&d->lock);
    free(d);
}

/* Whether the code that the driver chose for this GPU has block-scaled products: only the code itself knows, because PTX
 * for 8.0, compiled by the driver, runs on the same GPU and has none. */
__global__ void look_for_block_scale(int *there) {
    if (threadIdx.x == 0) *there = HAS_BLOCK_SCALE;
}
static bool has_block_scale(kernels_device *d) {
    int *there = NULL, found = 0;
    kernels_queue lane; /* only its stream and failure are used */
    memset(&lane, 0, sizeof lane);
    lane.device = d;
    bool done = queue_ok(&lane, cudaMalloc((void **)&there, sizeof *there), "work space") &&
                LAUNCH(&lane, "looking for block-scaled products", look_for_block_scale, dim3(1), dim3(32), 0, there) &&
                queue_ok(&lane, cudaMemcpyAsync(&found, there, sizeof found, cudaMemcpyDeviceToHost, 0), "download") &&
                queue_ok(&lane, cudaDeviceSynchronize(), "waiting");
    (void)cudaFree(there);
    (void)cudaGetLastError();
    return done && found;
}

static int open_device(unsigned index, const struct kernels_options *options, kernels_device **device, error *e) {
    const char *isa = options && options->isa ? options->isa : "";
    *device = NULL;
    if (isa[0] && strcmp(isa, "int8") && strcmp(isa, "mxfp4"))
        return error_set(e, ERROR_USAGE, "the GPU kernels are 'int8' or 'mxfp4', not '%s'", isa);
    unsigned count = count_devices(e);
    if (!count) return e ? (int)e->code : (int)ERROR_SUPPORT;
    if (index >= count)
        return error_set(e, ERROR_USAGE, "there is no GPU number %u: this machine has %u, counted from 0", index, count);
    cudaDeviceProp p;
    cudaError_t r = cudaGetDeviceProperties(&p, (int)index);
    if (r == cudaSuccess) r = cudaSetDevice((int)index);
    if (r != cudaSuccess) {
        (void)cudaGetLastError();
        return error_set(e, ERROR_SUPPORT, "GPU %u cannot be used: %s", index, cudaGetErrorString(r));
    }
    if (p.major * 10 + p.minor < OLDEST)
        return error_set(e, ERROR_SUPPORT, "%s has compute capability %d.%d and the kernels need %d.%d or higher", p.name,
                         p.major, p.minor, OLDEST / 10, OLDEST % 10);
    kernels_device *d = (kernels_device *)calloc(1, sizeof *d);
    if (!d) return error_set(e, ERROR_MEMORY, "no memory for a device");
    pthread_mutex_init(&d->lock, NULL);
    pthread_cond_init(&d->freed, NULL);
    d->index = (int)index;
    d->processors = p.multiProcessorCount;
    d->unified = p.integrated != 0;
    d->memory_bytes = p.totalGlobalMem;
    snprintf(d->name, sizeof d->name, "%.100s", p.name);
    if (cudaDeviceGetPCIBusId(d->bus, (int)sizeof d->bus, (int)index) != cudaSuccess) { /* only who holds memory is not told then */
        (void)cudaGetLastError();
        d->bus[0] = 0;
    }
    d->block_scale = strcmp(isa, "int8") && p.major == 12 && p.minor == 1 && has_block_scale(d);
    if (!d->block_scale && !strcmp(isa, "mxfp4")) {
        close_device(d);
        return error_set(e, ERROR_SUPPORT, "%s has no block-scaled products, or this build has none for it", p.name);
    }
    *device = d;
    return 0;
}

/* MemAvailable of /proc/meminfo: on unified memory cudaMemGetInfo leaves out the page cache, which gives way. */
static uint64_t memory_available(void) {
    FILE *f = fopen("/proc/meminfo", "r");
    if (!f) return 0;
    char line[128];
    unsigned long long kb = 0;
    while (fgets(line, sizeof line, f))
        if (sscanf(line, "MemAvailable: %llu", &kb) == 1) break;
    fclose(f);
    return (uint64_t)kb << 10;
}

static void device_info(kernels_device *d, struct kernels_info *info) {
    memset(info, 0, sizeof *info);
    snprintf(info->name, sizeof info->name, "%s", d->name);
    snprintf(info->bus, sizeof info->bus, "%s", d->bus);
    size_t free_bytes = 0, total_bytes = 0;
    if (cudaSetDevice(d->index) == cudaSuccess && cudaMemGetInfo(&free_bytes, &total_bytes) == cudaSuccess) info->free_bytes = free_bytes;
    (void)cudaGetLastError();
    info->memory_bytes = d->memory_bytes;
    if (d->unified && memory_available()) info->free_bytes = memory_available();
    info->unified = d->unified;
    info->graphs = true;
    info->cache_fp8 = true;
    info->mxfp4_scaled = d->block_scale;
    info->threads = (unsigned)d->processors; /* what works at once: launches are cut by it, and so is the self-test */
}

static void *alloc_memory(kernels_device *d, size_t size_bytes, error *e) {
    void *p = NULL;
    cudaError_t r = cudaSetDevice(d->index);
    if (r == cudaSuccess) r = cudaMalloc(&p, size_bytes ? size_bytes : 1);
    if (r == cudaSuccess) r = cudaMemset(p, 0, size_bytes);
    if (r == cudaSuccess) r = cudaDeviceSynchronize();
    if (r == cudaSuccess) return p;
    char what[64];
    snprintf(what, sizeof what, "%zu MiB", size_bytes >> 20);
    device_error(e, d, r, what);
    if (p) (void)cudaFree(p);
    return NULL;
}
static void free_memory(kernels_device *d, void *memory) {
    if (!memory) return;
    (void)cudaSetDevice(d->index);
    (void)cudaFree(memory);
}

/* ---- queues ----------------------------------------------------------------------------------------------------- */

static void queue_free(kernels_queue *q) {
    if (!q) return;
    (void)cudaSetDevice(q->device->index);
    if (q->stream) {
        (void)cudaStreamSynchronize(q->stream);
        (void)cudaStreamDestroy(q->stream);
    }
    if (q->landed) (void)cudaEventDestroy(q->landed);
    for (int i = 0; i < WORKS; i++) (void)cudaFree(q->work[i].p);
    for (int i = 0; i < q->retired_count; i++) (void)cudaFree(q->retired[i]);
    (void)cudaFreeHost(q->landing);
    (void)cudaFreeHost(q->returning);
    free(q->retired);
    free(q);
}

static kernels_queue *queue_new(kernels_device *d, int bound_N, error *e) {
    kernels_queue *q = (kernels_queue *)calloc(1, sizeof *q);
    if (!q) {
        error_set(e, ERROR_MEMORY, "no memory for a queue");
        return NULL;
    }
    q->device = d;
    q->bound_N = bound_N;
    cudaError_t r = cudaSetDevice(d->index);
    if (r == cudaSuccess) r = cudaStreamCreateWithFlags(&q->stream, cudaStreamNonBlocking);
    if (r == cudaSuccess) r = cudaEventCreateWithFlags(&q->landed, cudaEventDisableTiming);
    if (r == cudaSuccess) r = cudaHostAlloc((void **)&q->landing, LANDING_BYTES, cudaHostAllocDefault);
    if (r == cudaSuccess) r = cudaHostAlloc((void **)&q->returning, RETURNING_BYTES, cudaHostAllocDefault);
    if (r == cudaSuccess) return q;
    device_error(e, d, r, "a queue");
    queue_free(q);
    return NULL;
}

static int queue_sync(kernels_queue *q, error *e) {
    /* Also after a failure: what was begun before it must not write to memory that the caller takes back. */
    cudaError_t r = cudaStreamSynchronize(q->stream);
    if (q->failure.code == ERROR_NONE) queue_ok(q, r, "waiting");
    for (int i = 0; i < q->returned_count && q->failure.code == ERROR_NONE; i++)
        memcpy(q->returned[i].to, q->returning + q->returned[i].at, q->returned[i].size_bytes);
    q->returned_count = 0;
    q->returning_at = 0;
    q->landing_at = 0;
    int code = (int)q->failure.code;
    if (code && e) *e = q->failure;
    memset(&q->failure, 0, sizeof q->failure);
    return code;
}

void *queue_work(kernels_queue *q, enum work slot, size_t size_bytes) {
    if (q->failure.code != ERROR_NONE) return NULL;
    if (q->work[slot].capacity >= size_bytes && q->work[slot].p) return q->work[slot].p;
    size_t capacity = size_bytes + size_bytes / 2 + 4096;
    void *p = NULL;
    cudaError_t r = cudaMalloc(&p, capacity);
    if (r != cudaSuccess) {
        (void)cudaGetLastError();
        queue_ok(q, r, "work space");
        return NULL;
    }
    if (q->work[slot].p) {
        void **list = (void **)realloc(q->retired, (size_t)(q->retired_count + 1) * sizeof *list);
        if (!list) {
            (void)cudaFree(p);
            queue_fail(q, ERROR_MEMORY, "no memory for work space");
            return NULL;
        }
        q->retired = list;
        q->retired[q->retired_count++] = q->work[slot].p;
    }
    q->work[slot].p = (uint8_t *)p;
    q->work[slot].capacity = capacity;
    return p;
}

static void upload(kernels_queue *q, void *device_to, const void *host_from, size_t size_bytes) {
    if (!queue_ready(q, !q->capturing, "upload: not while a graph is recorded") || size_bytes == 0) return;
    const uint8_t *from = (const uint8_t *)host_from;
    uint8_t *to = (uint8_t *)device_to;
    while (size_bytes) {
        if (q->landing_at == LANDING_BYTES) { /* the ring is used up: wait for the last copy out of it */
            if (!queue_ok(q, cudaEventSynchronize(q->landed), "upload")) return;
            q->landing_at = 0;
        }
        size_t part = LANDING_BYTES - q->landing_at < size_bytes ? LANDING_BYTES - q->landing_at : size_bytes;
        memcpy(q->landing + q->landing_at, from, part);
        if (!queue_ok(q, cudaMemcpyAsync(to, q->landing + q->landing_at, part, cudaMemcpyHostToDevice, q->stream), "upload") ||
            !queue_ok(q, cudaEventRecord(q->landed, q->stream), "upload"))
            return;
        q->landing_at += part;
        from += part;
        to += part;
        size_bytes -= part;
    }
}
static void download(kernels_queue *q, void *host_to, const void *device_from, size_t size_bytes) {
    if (!queue_ready(q, !q->capturing, "download: not while a graph is recorded") || size_bytes == 0) return;
    /* A copy into memory that is not pinned waits for the device; one into the pinned block does not. */
    if (q->returned_count == RETURNS || q->returning_at + size_bytes > RETURNING_BYTES) {
        queue_ok(q, cudaMemcpyAsync(host_to, device_from, size_bytes, cudaMemcpyDeviceToHost, q->stream), "download");
        return;
    }
    struct returned *back = &q->returned[q->returned_count];
    back->to = host_to;
    back->at = q->returning_at;
    back->size_bytes = size_bytes;
    if (!queue_ok(q, cudaMemcpyAsync(q->returning + back->at, device_from, size_bytes, cudaMemcpyDeviceToHost, q->stream), "download"))
        return;
    q->returned_count++;
    q->returning_at += (size_bytes + 63) & ~(size_t)63;
}
static void copy(kernels_queue *q, void *device_to, const void *device_from, size_t size_bytes) {
    if (!queue_ready(q, true, "") || size_bytes == 0) return;
    queue_ok(q, cudaMemcpyAsync(device_to, device_from, size_bytes, cudaMemcpyDeviceToDevice, q->stream), "copy");
}
static void zero(kernels_queue *q, void *device_to, size_t size_bytes) {
    if (!queue_ready(q, true, "") || size_bytes == 0) return;
    queue_ok(q, cudaMemsetAsync(device_to, 0, size_bytes, q->stream), "zero");
}

/* ---- graphs ----------------------------------------------------------------------------------------------------- */

static void graph_begin(kernels_queue *q) {
    if (!queue_ready(q, !q->capturing, "graph_begin: a graph is being recorded already")) return;
    q->capturing = queue_ok(q, cudaStreamBeginCapture(q->stream, cudaStreamCaptureModeRelaxed), "recording a graph");
}
static kernels_graph *graph_end(kernels_queue *q, error *e) {
    if (!q->capturing) {
        if (q->failure.code == ERROR_NONE) queue_fail(q, ERROR_SCHEMA, "graph_end: no graph is being recorded");
        if (e) *e = q->failure;
        return NULL;
    }
    q->capturing = false;
    cudaGraph_t recorded = NULL;
    cudaGraphExec_t run = NULL;
    cudaError_t r = cudaStreamEndCapture(q->stream, &recorded);
    if (r == cudaSuccess && q->failure.code == ERROR_NONE) r = cudaGraphInstantiate(&run, recorded, 0);
    if (recorded) (void)cudaGraphDestroy(recorded);
    queue_ok(q, r, "recording a graph");
    kernels_graph *g = q->failure.code == ERROR_NONE ? (kernels_graph *)calloc(1, sizeof *g) : NULL;
    if (!g) {
        if (q->failure.code == ERROR_NONE) queue_fail(q, ERROR_MEMORY, "no memory for a graph");
        if (e) *e = q->failure;
        if (run) (void)cudaGraphExecDestroy(run);
        return NULL;
    }
    g->run = run;
    return g;
}
static void graph_run(kernels_queue *q, kernels_graph *g) {
    if (queue_ready(q, g != NULL, "graph_run: no graph")) queue_ok(q, cudaGraphLaunch(g->run, q->stream), "running a graph");
}
static void graph_free(kernels_graph *g) {
    if (!g) return;
    (void)cudaGraphExecDestroy(g->run);
    free(g);
}

/* ---- the table -------------------------------------------------------------------------------------------------- */

static const struct kernels_backend TABLE = {
    KERNELS_ABI,       "cuda",          count_devices,     open_device,      close_device,     device_info,
    alloc_memory,      free_memory,     cuda_stage_alloc,  cuda_stage_wait,  cuda_stage_free,  cuda_weight_new,
    cuda_weight_write, cuda_weight_finish, cuda_weight_free, cuda_weight_bytes, queue_new,     queue_free,
    queue_sync,        upload,          download,          copy,             zero,             graph_begin,
    graph_end,         graph_run,       graph_free,
    cuda_embed,        cuda_norm,       cuda_matmul,       cuda_gate_up,     cuda_matmul_heads, cuda_rope_store,
    cuda_attention,    cuda_route,      cuda_moe_gate_up,  cuda_moe_down,    cuda_combine,     cuda_gather,
    cuda_conv,         cuda_delta,      cuda_logits,       cuda_top,
};

#if defined(ASSAY_EMULATE)
extern "C" const struct kernels_backend *kernels_emulated_plugin(void) { return &TABLE; }
#else
extern "C" __attribute__((visibility("default"))) const struct kernels_backend *kernels_plugin(void) { return &TABLE; }
#endif
