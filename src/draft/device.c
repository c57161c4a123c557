/* device.c - opening a backend, and measuring what its memory gives.
 *
 * In: a name from the command line. Out: a device, or why not. The bandwidth is the ceiling of decoding: the best of a
 * few passes over a buffer larger than any cache.
 */
#include "draft/device.h"
#include "check/check.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { BANDWIDTH_BYTES = 256 << 20, BANDWIDTH_TURNS = 5, MAX_READERS = 256 };

int device_plugin(const char *const *folders, const struct kernels_backend **out, error *e) {
    bool found = false;
    *out = NULL;
    for (size_t i = 0; folders[i]; i++) {
        char path[4096];
        int n = snprintf(path, sizeof path, "%s/%s", folders[i], DEVICE_PLUGIN);
        if (n < 0 || (size_t)n >= sizeof path || access(path, R_OK) != 0) continue;
        found = true;
        if (kernels_load(path, out, e) == 0) return 0;
    }
    if (found) return e ? (int)e->code : (int)ERROR_SUPPORT;
    return error_set(e, ERROR_SUPPORT, "the GPU plug-in %s is not installed beside the program", DEVICE_PLUGIN);
}

static int open_gpu(unsigned index, const char *const *folders, struct device_choice *out, error *e) {
    int bad = device_plugin(folders, &out->backend, e);
    if (bad) return bad;
    unsigned count = out->backend->count(e);
    if (count == 0) return e && e->code ? (int)e->code : error_set(e, ERROR_SUPPORT, "there is no GPU on this machine");
    if (index >= count)
        return error_set(e, ERROR_SUPPORT, "there is no device cuda:%u: there %s %u, counted from 0", index,
                         count == 1 ? "is" : "are", count);
    /* A kernel can exist and be wrong for the chip: one small case of each against the CPU, some tens of milliseconds.
     * Block-scaled products are the youngest instructions: where they are on, all is tried once more without. */
    error wrong = {0};
    static const struct kernels_options PLAIN = {.isa = "int8"};
    for (const struct kernels_options *o = NULL;; o = &PLAIN) {
        bad = out->backend->open(index, o, &out->device, e);
        if (bad) return bad;
        if (!kernels_self_test(out->backend, out->device, &wrong)) return 0;
        out->backend->info(out->device, &out->info);
        out->backend->close(out->device);
        out->device = NULL;
        if (o || !out->info.mxfp4_scaled) break;
        wrong = (error){0};
    }
    return error_set(e, ERROR_SUPPORT, "%.100s computes wrongly and is not used: %.350s", out->info.name,
                     wrong.message);
}

static int open_cpu(unsigned threads, struct device_choice *out, error *e) {
    struct kernels_options o = {.threads = threads};
    out->backend = kernels_cpu();
    return out->backend->open(0, &o, &out->device, e);
}

int device_open(const char *name, const char *const *folders, unsigned threads, struct device_choice *out, error *e) {
    str wanted = str_from_cstr(name), number = str_slice(wanted, 5, wanted.n);
    uint64_t index = 0;
    error why = {0};
    *out = (struct device_choice){0};
    int bad;
    if (str_eq(wanted, STR("auto"))) {
        bad = open_gpu(0, folders, out, &why);
        if (bad) {
            snprintf(out->note, sizeof out->note, "%s", why.message);
            bad = open_cpu(threads, out, e);
        }
    } else if (str_eq(wanted, STR("cpu"))) {
        bad = open_cpu(threads, out, e);
    } else if (str_eq(wanted, STR("cuda")) ||
               (str_starts(wanted, STR("cuda:")) && str_to_u64(number, &index) && index < 1024)) {
        bad = open_gpu((unsigned)index, folders, out, e);
    } else
        return error_set(e, ERROR_USAGE, "there is no device '%s': auto, cpu, cuda or cuda:N", name);
    if (!bad) out->backend->info(out->device, &out->info);
    return bad;
}

void device_close(struct device_choice *d) {
    if (d->backend && d->device) d->backend->close(d->device);
    *d = (struct device_choice){0};
}

/* ---- bandwidth ------------------------------------------------------------------------------------------------------
 */

static double clock_s(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

struct reader {
    pthread_t thread;
    const uint64_t *p;
    size_t n; /* multiple of 8 */
    uint64_t sum;
};

static void *read_part(void *argument) {
    struct reader *r = argument;
    uint64_t s[8] = {0};
    for (size_t i = 0; i < r->n; i += 8)
        for (int k = 0; k < 8; k++) s[k] += r->p[i + (size_t)k];
    for (int k = 0; k < 8; k++) r->sum += s[k];
    return NULL;
}

static double pass_s(struct reader *readers, unsigned threads) {
    double from = clock_s();
    unsigned begun = 0;
    while (begun < threads && pthread_create(&readers[begun].thread, NULL, read_part, &readers[begun]) == 0) begun++;
    for (unsigned i = 0; i < begun; i++) pthread_join(readers[i].thread, NULL);
    return begun == threads ? clock_s() - from : 0;
}

static double cpu_bandwidth(unsigned threads) {
    struct reader readers[MAX_READERS] = {0};
    if (threads == 0) threads = 1;
    if (threads > MAX_READERS) threads = MAX_READERS;
    uint64_t *p = malloc(BANDWIDTH_BYTES);
    if (!p) return 0;
    memset(p, 1, BANDWIDTH_BYTES); /* pages of zeros would all be one page */
    size_t each = BANDWIDTH_BYTES / sizeof *p / threads / 8 * 8;
    for (unsigned i = 0; i < threads; i++) readers[i] = (struct reader){.p = p + i * each, .n = each};
    double best = 0;
    for (int turn = 0; turn < BANDWIDTH_TURNS; turn++) {
        double seconds = pass_s(readers, threads);
        double rate = seconds > 0 ? (double)(each * threads * sizeof *p) / seconds : 0;
        if (rate > best) best = rate;
    }
    free(p);
    return best;
}

static double copy_bandwidth(const struct device_choice *d) {
    const struct kernels_backend *b = d->backend;
    void *from = b->alloc(d->device, BANDWIDTH_BYTES, NULL), *to = b->alloc(d->device, BANDWIDTH_BYTES, NULL);
    kernels_queue *q = b->queue_new(d->device, 1, NULL);
    double best = 0;
    for (int turn = 0; from && to && q && turn < BANDWIDTH_TURNS; turn++) {
        double begin = clock_s();
        for (int i = 0; i < 8; i++) b->copy(q, to, from, BANDWIDTH_BYTES);
        if (b->queue_sync(q, NULL) != 0) break;
        double rate = 2.0 * 8 * BANDWIDTH_BYTES / (clock_s() - begin);
        if (rate > best) best = rate;
    }
    b->queue_free(q);
    b->free(d->device, from);
    b->free(d->device, to);
    return best;
}

double device_bandwidth(const struct device_choice *d) {
    return d->info.host_visible ? cpu_bandwidth(d->info.threads) : copy_bandwidth(d);
}
