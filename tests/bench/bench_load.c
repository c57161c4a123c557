/* bench_load.c - how long a cold file takes to read, directly and plainly, and a model to load from it.
 *
 *     bench_load FILE [PAIRS]
 *
 * In: a model. Out: seconds of each, taken in turns (the file's pages are dropped from the cache before each), and
 * loading as a share of the direct read beside it: the middle and the range of all pairs. Loading is all of it: header,
 * memory, reading, repacking for the processor's kernels.
 */
#include "lm/engine.h"
#include "lm/load_reader.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { MAX_PAIRS = 100, PIECE_BYTES = 8 << 20 };

static double now_s(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}
static void die(const char *what, const error *e) {
    fprintf(stderr, "bench_load: %s: %s\n", what, e->message);
    exit(1);
}

static void touch_memory(kernels_device *device, uint64_t bytes) {
    uint8_t *p = kernels_cpu()->alloc(device, bytes, NULL);
    for (uint64_t i = 0; p && i < bytes; i += 4096) p[i] = 1;
    kernels_cpu()->free(device, p);
}

static uint64_t drop_pages(const char *path) {
    int fd = open(path, O_RDONLY);
    off_t size = fd < 0 ? 0 : lseek(fd, 0, SEEK_END);
    if (fd >= 0) {
        fsync(fd);
        posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
        close(fd);
    }
    return size > 0 ? (uint64_t)size : 0;
}

static double read_s(const char *path, enum load_mode mode, uint8_t *piece) {
    uint64_t size = drop_pages(path);
    load_reader *r;
    error e = {0};
    double start = now_s();
    if (load_reader_open(path, mode, &r, &e)) die(path, &e);
    if (mode == LOAD_DIRECT && !load_reader_is_direct(r)) printf("(this file system has no direct reads)\n");
    for (uint64_t at = 0, n; at < size; at += n) {
        n = size - at < PIECE_BYTES ? size - at : PIECE_BYTES;
        if (load_reader_read(r, at, piece, n, &e)) die(path, &e);
    }
    load_reader_close(r);
    return now_s() - start;
}

static double load_s(const char *path, kernels_device *device) {
    struct engine_options o = {.cache_type = TENSOR_F16, .context_tokens = 512};
    gguf_opener opener = load_opener_large();
    arena *a = arena_new(0);
    gguf_set *set;
    engine *g;
    error e = {0};
    drop_pages(path);
    double start = now_s();
    if (gguf_set_open(a, path, &opener, NULL, &set, &e) || engine_open(set, kernels_cpu(), device, &o, &g, &e))
        die(path, &e);
    start = now_s() - start;
    engine_close(g);
    gguf_set_close(set);
    arena_free(a);
    return start;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

int main(int argc, char **argv) {
    int pairs = argc > 2 ? atoi(argv[2]) : 9;
    if (argc < 2 || pairs < 1 || pairs > MAX_PAIRS) {
        fprintf(stderr, "usage: bench_load FILE [PAIRS], at most %d\n", MAX_PAIRS);
        return 2;
    }
    uint8_t *piece = load_alloc(PIECE_BYTES);
    double share[MAX_PAIRS];
    kernels_device *device;
    error e = {0};
    if (!piece || kernels_cpu()->open(0, NULL, &device, &e)) die("device", &e);
    const uint64_t room = 2 * drop_pages(argv[1]);
    for (int i = 0; i < pairs; i++) {
        touch_memory(device, room);
        double direct = read_s(argv[1], LOAD_DIRECT, piece);
        touch_memory(device, room);
        double plain = read_s(argv[1], LOAD_PLAIN, piece);
        touch_memory(device, room);
        double loaded = load_s(argv[1], device);
        share[i] = loaded / direct;
        printf("direct %.2f s, plain %.2f s, loaded %.2f s: %.2f of direct\n", direct, plain, loaded, share[i]);
    }
    qsort(share, (size_t)pairs, sizeof *share, by_size);
    printf("%.2f GB: loading takes %.2f of a direct read (middle of %d; %.2f to %.2f)\n",
           (double)drop_pages(argv[1]) * 1e-9, share[pairs / 2], pairs, share[0], share[pairs - 1]);
    kernels_cpu()->close(device);
    free(piece);
    return 0;
}
