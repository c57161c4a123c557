/* device.c - opening a backend, and measuring what its memory gives.
 *
 * In: a name from the command line. Out: a device, or why not. The bandwidth is the ceiling of decoding: the best of a
 * few passes over a buffer larger than any cache.
 */
#include "draft/device.h"
#include "check/check.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { BANDWIDTH_BYTES = 256 << 20, BANDWIDTH_TURNS = 5 };

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
    error wrong = {0}, scaled = {0};
    static const struct kernels_options PLAIN = {.isa = "int8"};
    for (const struct kernels_options *o = NULL;; o = &PLAIN) {
        bad = out->backend->open(index, o, &out->device, e);
        if (bad) return bad;
        if (!kernels_self_test(out->backend, out->device, &wrong)) break;
        out->backend->info(out->device, &out->info);
        out->backend->close(out->device);
        out->device = NULL;
        if (o || !out->info.mxfp4_scaled)
            return error_set(e, ERROR_SUPPORT, "%.100s computes wrongly and is not used: %.350s", out->info.name,
                             wrong.message);
        scaled = wrong;
        wrong = (error){0};
    }
    if (scaled.code)
        snprintf(out->note, sizeof out->note,
                 "the block-scaled products of %.100s compute wrongly, so MXFP4 runs by int8 products: %.300s",
                 out->info.name, scaled.message);
    return 0;
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

/* At least twice the last cache, or a part of the passes would be of the cache. */
static size_t pass_bytes(const struct device_choice *d) {
    long cache = sysconf(_SC_LEVEL3_CACHE_SIZE);
    size_t bytes = cache > 0 && (size_t)cache > BANDWIDTH_BYTES / 2 ? 2 * (size_t)cache : BANDWIDTH_BYTES;
    return bytes < d->info.free_bytes / 4 ? bytes : BANDWIDTH_BYTES;
}

static double cpu_bandwidth(const struct device_choice *d) {
    size_t bytes = pass_bytes(d);
    void *p = d->backend->alloc(d->device, bytes, NULL);
    double best = 0;
    if (!p) return 0;
    memset(p, 1, bytes); /* pages of zeros would all be one page */
    for (int turn = 0; turn < BANDWIDTH_TURNS; turn++) {
        double from = clock_s();
        (void)kernels_cpu_read(d->device, p, bytes);
        double rate = (double)bytes / (clock_s() - from);
        if (rate > best) best = rate;
    }
    d->backend->free(d->device, p);
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
    return d->info.host_visible ? cpu_bandwidth(d) : copy_bandwidth(d);
}
