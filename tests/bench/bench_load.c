/* bench_load.c - how fast a file comes into memory: direct reads, plain ones, and the measured choice, cold.
 *
 * In: a file. Out: GB/s of each; before each the file's pages are dropped from the cache.
 */
#include "lm/load_reader.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static double now_s(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
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

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: bench_load FILE\n");
        return 2;
    }
    static const char *const names[] = {"plain", "direct", "measured"};
    uint8_t *piece = load_alloc(64u << 20);
    error e = {0};
    for (int run = 0; run < 6; run++) {
        enum load_mode mode = (enum load_mode)(run % 3);
        uint64_t size = drop_pages(argv[1]);
        load_reader *r;
        if (!piece || load_reader_open(argv[1], mode, &r, &e)) {
            fprintf(stderr, "bench_load: %s\n", e.message);
            return 1;
        }
        double start = now_s();
        for (uint64_t at = 0; at < size;) {
            uint64_t n = size - at < (64u << 20) ? size - at : 64u << 20;
            if (load_reader_read(r, at, piece, n, &e)) {
                fprintf(stderr, "bench_load: %s\n", e.message);
                return 1;
            }
            at += n;
        }
        printf("%-8s (%s) %.2f GB/s\n", names[mode],
               load_reader_is_direct(r) ? "direct at the end" : "plain at the end",
               (double)size / 1e9 / (now_s() - start));
        load_reader_close(r);
    }
    free(piece);
    return 0;
}
