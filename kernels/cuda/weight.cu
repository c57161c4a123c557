/* weight.cu - GGUF rows onto the device: staged, repacked there; and the embedding lookup that reads records back.
 *
 *     file ──O_DIRECT──► stage, pinned ──copy──► its twin on the device ──repack kernel──► records      the loader's ring
 *     rows elsewhere ──memcpy──► pinned slot ──copy──► device slot ──repack kernel──► records    4 slots of 4 MiB take turns
 *
 * Where memory is unified (GB10) the pinned bytes are the device's own memory: the repack kernel reads them there, which
 * spares the copy, a read and a write of every weight. They cannot be read from disk to where they will stay, because
 * they stay in another order; managed or registered memory would allow it and is slow or refused there.
 *
 * A repack thread writes one unit (16 bytes, or the scales) of one row of one record: no two threads write the same byte,
 * so rows may come in any order and from several threads, each holding a slot of its own. Speed: a slot's copy and kernel
 * run while the next slot is filled; the caller's reading of the disk is the bound. Padding stays the zeros of a new
 * weight. Invariant: packed_value of a record = tensor_dequantise of the row, bit for bit.
 * Considered and not done: repacking on the host (a core repacks some 2 GB/s, the GPU as fast as it can read); packing into
 * a file once and for all (a second copy of every model on the disk).
 * Not here: reading files.
 */
#include "product.cuh"

#include <stdio.h>

namespace {

__global__ void __launch_bounds__(256) repack_kernel(int type, const uint8_t *rows, int64_t first_row, int row_count, size_t row_bytes,
                                                     int ROWS, int COLS, int tiles, int records, uint8_t *data) {
    int64_t i = (int64_t)blockIdx.x * 256 + threadIdx.x;
    int unit = (int)(i % PACK_UNITS), record = (int)(i / PACK_UNITS % records);
    int64_t row = i / PACK_UNITS / records;
    if (row >= row_count) return;
    const pack_shape s = pack_shape_of(type);
    int64_t all = first_row + row, expert = all / ROWS;
    int in = (int)(all % ROWS);
    uint8_t *to = data + ((size_t)(expert * tiles + in / TILE_ROWS) * (size_t)records + (size_t)record) * (size_t)s.BYTES;
    pack_unit(type, rows + (size_t)row * row_bytes, record * s.K, COLS, to, in % TILE_ROWS, unit);
}

__global__ void __launch_bounds__(128) embed_kernel(int type, const uint8_t *data, const float *weight_scale, const int32_t *token,
                                                    float scale, int ROWS, int COLS, int records, float *y) {
    int k = (int)(blockIdx.x * 128 + threadIdx.x), n = (int)blockIdx.y;
    if (k >= COLS) return;
    const pack_shape s = pack_shape_of(type);
    int row = token[n];
    float v = 0;
    if (row >= 0 && row < ROWS) {
        const uint8_t *record = data + ((size_t)(row / TILE_ROWS) * (size_t)records + (size_t)(k / s.K)) * (size_t)s.BYTES;
        v = packed_value(type, record, row % TILE_ROWS, k % s.K);
        if (weight_scale) scale *= weight_scale[0];
        if (scale != 1.0f) v *= scale;
    }
    y[(size_t)n * (size_t)COLS + (size_t)k] = v;
}

/* A slot for this thread alone; waits until its last use is done. */
int slot_take(kernels_device *d, struct upload_slot **slot, error *e) {
    pthread_mutex_lock(&d->lock);
    struct upload_slot *s = NULL;
    for (;;) {
        for (int i = 0; i < SLOTS && !s; i++)
            if (!d->slot[i].busy) s = &d->slot[i];
        if (s) break;
        pthread_cond_wait(&d->freed, &d->lock);
    }
    s->busy = true;
    pthread_mutex_unlock(&d->lock);
    cudaError_t r = cudaSuccess;
    if (!s->stream) r = cudaStreamCreateWithFlags(&s->stream, cudaStreamNonBlocking);
    if (r == cudaSuccess && !s->done) r = cudaEventCreateWithFlags(&s->done, cudaEventDisableTiming);
    if (r == cudaSuccess && !s->host) r = cudaHostAlloc((void **)&s->host, SLOT_BYTES, cudaHostAllocDefault);
    if (r == cudaSuccess && !s->device) r = cudaMalloc((void **)&s->device, SLOT_BYTES);
    if (r == cudaSuccess) r = cudaEventSynchronize(s->done);
    *slot = s;
    return r == cudaSuccess ? 0 : device_error(e, d, r, "staging a weight");
}
void slot_give(kernels_device *d, struct upload_slot *s) {
    pthread_mutex_lock(&d->lock);
    s->busy = false;
    pthread_cond_signal(&d->freed);
    pthread_mutex_unlock(&d->lock);
}

/* Copy and repack on a stream. `from` is pinned; device NULL = the kernel reads it there. */
void enqueue_rows(kernels_queue *lane, kernels_weight *w, int64_t first_row, int64_t count, const uint8_t *from, uint8_t *device,
                  size_t row_bytes) {
    int64_t threads = count * w->records * PACK_UNITS;
    if (device && !queue_ok(lane, cudaMemcpyAsync(device, from, (size_t)count * row_bytes, cudaMemcpyHostToDevice, lane->stream),
                            "copying a weight"))
        return;
    LAUNCH(lane, "repacking a weight", repack_kernel, dim3(ceil_div(threads, 256)), dim3(256), 0, (int)w->type,
           device ? (const uint8_t *)device : from, first_row, (int)count, row_bytes, w->ROWS, w->COLS, w->tiles, w->records, w->data);
}

/* The stage that holds `p`, or NULL. */
struct stage *stage_of(kernels_device *d, const uint8_t *p) {
    pthread_mutex_lock(&d->lock);
    struct stage *s = d->stages;
    while (s && !(p >= s->host && p < s->host + s->size_bytes)) s = s->next;
    pthread_mutex_unlock(&d->lock);
    return s;
}

int write_staged(kernels_weight *w, int64_t first_row, int64_t count, const uint8_t *rows, size_t row_bytes, struct stage *s, error *e) {
    if ((size_t)count * row_bytes > (size_t)(s->host + s->size_bytes - rows))
        return error_set(e, ERROR_SCHEMA, "rows of a weight reach beyond the stage that they lie in");
    kernels_queue lane; /* only its stream and failure are used */
    memset(&lane, 0, sizeof lane);
    lane.device = w->device;
    lane.stream = s->stream;
    enqueue_rows(&lane, w, first_row, count, rows, s->device ? s->device + (rows - s->host) : NULL, row_bytes);
    if (lane.failure.code && e) *e = lane.failure;
    return (int)lane.failure.code;
}

/* As many whole rows as a slot holds; a row longer than a slot cannot be (weight_new checks). */
int write_some(kernels_weight *w, int64_t first_row, int count, const uint8_t *rows, size_t row_bytes, error *e) {
    kernels_device *d = w->device;
    struct upload_slot *s;
    int code = slot_take(d, &s, e);
    if (code == 0) {
        size_t size = (size_t)count * row_bytes;
        memcpy(s->host, rows, size);
        kernels_queue lane; /* only its stream and failure are used */
        memset(&lane, 0, sizeof lane);
        lane.device = d;
        lane.stream = s->stream;
        enqueue_rows(&lane, w, first_row, count, s->host, s->device, row_bytes);
        queue_ok(&lane, cudaEventRecord(s->done, s->stream), "copying a weight");
        code = (int)lane.failure.code;
        if (code && e) *e = lane.failure;
    }
    slot_give(d, s);
    return code;
}

} // namespace

void *cuda_stage_alloc(kernels_device *d, size_t size_bytes, error *e) {
    struct stage *s = (struct stage *)calloc(1, sizeof *s);
    if (!s || size_bytes == 0) {
        free(s);
        error_set(e, ERROR_MEMORY, "no memory for a stage of %zu bytes", size_bytes);
        return NULL;
    }
    s->size_bytes = size_bytes;
    cudaError_t r = cudaSetDevice(d->index);
    if (r == cudaSuccess) r = cudaStreamCreateWithFlags(&s->stream, cudaStreamNonBlocking);
    if (r == cudaSuccess) r = cudaHostAlloc((void **)&s->host, size_bytes, cudaHostAllocDefault); /* whole pages: aligned */
    if (r == cudaSuccess && !d->unified) r = cudaMalloc((void **)&s->device, size_bytes);
    pthread_mutex_lock(&d->lock);
    s->next = d->stages;
    d->stages = s;
    pthread_mutex_unlock(&d->lock);
    if (r == cudaSuccess) return s->host;
    (void)cudaGetLastError();
    device_error(e, d, r, "loading through (pinned memory)");
    if (!s->host) { /* not to be found by its address */
        pthread_mutex_lock(&d->lock);
        d->stages = s->next;
        pthread_mutex_unlock(&d->lock);
        if (s->stream) (void)cudaStreamDestroy(s->stream);
        free(s);
    } else
        cuda_stage_free(d, s->host);
    return NULL;
}

int cuda_stage_wait(kernels_device *d, void *memory, error *e) {
    struct stage *s = memory ? stage_of(d, (const uint8_t *)memory) : NULL;
    if (!s) return error_set(e, ERROR_USAGE, "waiting for a stage that there is not");
    cudaError_t r = cudaSetDevice(d->index); /* the waiting thread may be another one */
    if (r == cudaSuccess) r = cudaStreamSynchronize(s->stream);
    return r == cudaSuccess ? 0 : device_error(e, d, r, "copying a weight");
}

void cuda_stage_free(kernels_device *d, void *memory) {
    struct stage *s = memory ? stage_of(d, (const uint8_t *)memory) : NULL;
    if (!s) return;
    pthread_mutex_lock(&d->lock);
    struct stage **at = &d->stages;
    while (*at != s) at = &(*at)->next;
    *at = s->next;
    pthread_mutex_unlock(&d->lock);
    (void)cudaSetDevice(d->index);
    (void)cudaStreamSynchronize(s->stream);
    (void)cudaStreamDestroy(s->stream);
    (void)cudaFreeHost(s->host);
    (void)cudaFree(s->device);
    free(s);
}

kernels_weight *cuda_weight_new(kernels_device *d, enum tensor_type type, int EXPERTS, int ROWS, int COLS, error *e) {
    const pack_shape s = pack_shape_of(type);
    if (!s.K || EXPERTS < 1 || ROWS < 1 || COLS < 1 || COLS % s.block_count ||
        (size_t)COLS / (size_t)s.block_count * (size_t)s.block_bytes > SLOT_BYTES || ROWS > INT32_MAX - TILE_ROWS) {
        error_set(e, ERROR_SUPPORT, "no weight of type %d and shape [%d][%d][%d]", (int)type, EXPERTS, ROWS, COLS);
        return NULL;
    }
    kernels_weight *w = (kernels_weight *)calloc(1, sizeof *w);
    if (!w) {
        error_set(e, ERROR_MEMORY, "no memory for a weight");
        return NULL;
    }
    w->device = d;
    w->type = type;
    w->EXPERTS = EXPERTS;
    w->ROWS = ROWS;
    w->COLS = COLS;
    w->tiles = pack_tiles(ROWS);
    w->records = pack_records(type, COLS);
    w->missing = (int64_t)EXPERTS * ROWS;
    w->expert_bytes = (size_t)w->tiles * (size_t)w->records * (size_t)s.BYTES;
    cudaError_t r = cudaSetDevice(d->index);
    if (r == cudaSuccess)
        r = w->expert_bytes > (SIZE_MAX >> 1) / (size_t)EXPERTS ? cudaErrorMemoryAllocation
                                                              : cudaMalloc((void **)&w->data, w->expert_bytes * (size_t)EXPERTS);
    if (r == cudaSuccess) r = cudaMemset(w->data, 0, w->expert_bytes * (size_t)EXPERTS);
    if (r == cudaSuccess) r = cudaDeviceSynchronize();
    if (r == cudaSuccess) return w;
    char what[96];
    snprintf(what, sizeof what, "a weight of %zu MiB ([%d][%d][%d])", w->expert_bytes * (size_t)EXPERTS >> 20, EXPERTS, ROWS, COLS);
    device_error(e, d, r, what);
    cuda_weight_free(w);
    return NULL;
}

int cuda_weight_write(kernels_weight *w, int64_t first_row, int64_t row_count, const void *rows, error *e) {
    int64_t all = (int64_t)w->EXPERTS * w->ROWS;
    if (first_row < 0 || row_count < 0 || first_row > all || row_count > all - first_row)
        return error_set(e, ERROR_SCHEMA, "rows %lld to %lld of a weight that has %lld", (long long)first_row,
                         (long long)(first_row + row_count), (long long)all);
    cudaError_t r = cudaSetDevice(w->device->index);
    if (r != cudaSuccess) return device_error(e, w->device, r, "a weight");
    const pack_shape s = pack_shape_of(w->type);
    size_t row_bytes = (size_t)(w->COLS / s.block_count) * (size_t)s.block_bytes;
    int64_t at_once = (int64_t)(SLOT_BYTES / row_bytes), left = row_count;
    const uint8_t *from = (const uint8_t *)rows;
    struct stage *stage = left > 0 ? stage_of(w->device, from) : NULL;
    if (stage) {
        int code = write_staged(w, first_row, left, from, row_bytes, stage, e);
        if (code) return code;
        left = 0;
    }
    while (left > 0) {
        int count = (int)(left < at_once ? left : at_once);
        int code = write_some(w, first_row, count, from, row_bytes, e);
        if (code) return code;
        first_row += count;
        from += (size_t)count * row_bytes;
        left -= count;
    }
    pthread_mutex_lock(&w->device->lock);
    w->missing -= row_count;
    pthread_mutex_unlock(&w->device->lock);
    return 0;
}

int cuda_weight_finish(kernels_weight *w, const float *scale, int scale_count, error *e) {
    if (w->missing)
        return error_set(e, ERROR_SCHEMA, "%lld of %lld rows of a weight are missing", (long long)w->missing,
                         (long long)w->EXPERTS * w->ROWS);
    if (scale && scale_count != 1 && scale_count != w->EXPERTS)
        return error_set(e, ERROR_SCHEMA, "%d factors for a weight of %d experts", scale_count, w->EXPERTS);
    cudaError_t r = cudaSetDevice(w->device->index);
    if (r == cudaSuccess) r = cudaDeviceSynchronize(); /* the slots' streams */
    if (r == cudaSuccess && scale) {
        float *all = (float *)malloc((size_t)w->EXPERTS * sizeof *all);
        if (!all) return error_set(e, ERROR_MEMORY, "no memory for the factors of a weight");
        for (int i = 0; i < w->EXPERTS; i++) all[i] = scale[scale_count == 1 ? 0 : i];
        r = cudaMalloc((void **)&w->scale, (size_t)w->EXPERTS * sizeof *all);
        if (r == cudaSuccess)
            r = cudaMemcpyAsync(w->scale, all, (size_t)w->EXPERTS * sizeof *all, cudaMemcpyHostToDevice, 0);
        if (r == cudaSuccess) r = cudaDeviceSynchronize();
        free(all);
    }
    return r == cudaSuccess ? 0 : device_error(e, w->device, r, "a weight's factors");
}

void cuda_weight_free(kernels_weight *w) {
    if (!w) return;
    (void)cudaFree(w->data);
    (void)cudaFree(w->scale);
    free(w);
}

size_t cuda_weight_bytes(const kernels_weight *w) { return w->expert_bytes * (size_t)w->EXPERTS; }

void cuda_embed(kernels_queue *q, const struct kernels_embed *a) {
    if (!queue_ready(q, a->w->EXPERTS == 1, "embed: the table has experts") || a->N == 0) return;
    LAUNCH(q, "embedding", embed_kernel, dim3(ceil_div(a->w->COLS, 128), (unsigned)a->N), dim3(128), 0, (int)a->w->type,
           (const uint8_t *)a->w->data, (const float *)a->w->scale, a->token, a->scale, a->w->ROWS, a->w->COLS, a->w->records, a->y);
}
