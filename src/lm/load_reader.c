/* load_reader.c - direct reads, plain reads, or whichever measures faster.
 *
 * In: a path, offsets. Out: the bytes, or an error that counts what is missing.
 *
 *     file     |....[aligned 4096 .................. aligned][..]
 *     out            └── whole blocks straight into `out`, when it is aligned the same way; else through the bounce
 *                        buffer, 8 MiB at a time; edges always through the bounce buffer
 *
 * Invariant: never more than LOAD_PIECE_BYTES in one system call, never an unaligned direct read. Deliberately not
 * here: threads, and what the bytes mean.
 */
#include "lm/load_reader.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { TRIAL_BYTES = 128 << 20, TRIAL_PIECE_BYTES = 1 << 20 };

struct load_reader {
    int fd;
    bool direct, measuring;
    uint64_t trial_bytes; /* read in the present way while measuring */
    double trial_s, direct_s_per_byte;
    uint64_t size_bytes;
    uint8_t *bounce; /* [LOAD_PIECE_BYTES], aligned */
};

void *load_alloc(uint64_t len_bytes) {
    if (len_bytes > SIZE_MAX / 2) return NULL;
    size_t rounded = ((size_t)len_bytes + LOAD_ALIGN_BYTES - 1) & ~(size_t)(LOAD_ALIGN_BYTES - 1);
    return aligned_alloc(LOAD_ALIGN_BYTES, rounded ? rounded : LOAD_ALIGN_BYTES);
}

/* Opens a regular file; its size. A pipe that nobody writes to is not waited for. */
static int open_file(const char *path, int extra_flags, int *fd, uint64_t *size_bytes, error *e) {
    str name = str_from_cstr(path);
    struct stat s = {0};
    *fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | extra_flags);
    if (*fd < 0) return error_at(e, ERROR_IO, name, 0, 0, "cannot open: %s", strerror(errno));
    if (fstat(*fd, &s) != 0 || !S_ISREG(s.st_mode)) {
        bool folder = S_ISDIR(s.st_mode);
        close(*fd);
        return error_at(e, ERROR_IO, name, 0, 0,
                        folder ? "is a folder: name the model's file in it" : "not a regular file");
    }
    *size_bytes = (uint64_t)s.st_size;
    return 0;
}

/* Reads exactly `len` bytes at `offset`, or fewer where the file ends; -1 with errno on failure. */
static ssize_t read_fully(int fd, uint8_t *out, size_t len, uint64_t offset) {
    size_t done = 0;
    while (done < len) {
        ssize_t n = pread(fd, out + done, len - done, (off_t)(offset + done));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return -1;
        if (n == 0) break;
        done += (size_t)n;
    }
    return (ssize_t)done;
}

static int short_file(uint64_t offset, uint64_t len, uint64_t got, error *e) {
    return error_set(e, ERROR_SYNTAX,
                     "the file became shorter while it was read: %llu of %llu bytes at %llu are missing",
                     (unsigned long long)(len - got), (unsigned long long)len, (unsigned long long)offset);
}

/* ---- small reads, for headers ------------------------------------------------------------------------------------ */

static int header_read(void *context, uint64_t offset, void *out, size_t len_bytes, error *e) {
    int fd = (int)(intptr_t)context;
    ssize_t n = read_fully(fd, out, len_bytes, offset);
    if (n < 0) return error_set(e, ERROR_IO, "cannot read: %s", strerror(errno));
    return (size_t)n == len_bytes ? 0 : short_file(offset, len_bytes, (uint64_t)n, e);
}

static int header_open(void *context, const char *path, gguf_source *source, error *e) {
    (void)context;
    int fd;
    uint64_t size_bytes;
    int rc = open_file(path, 0, &fd, &size_bytes, e);
    if (!rc) *source = (gguf_source){.context = (void *)(intptr_t)fd, .size_bytes = size_bytes, .read = header_read};
    return rc;
}

static void header_close(void *context, gguf_source *source) {
    (void)context;
    close((int)(intptr_t)source->context);
}

gguf_opener load_opener(void) { return (gguf_opener){.open = header_open, .close = header_close}; }

/* ---- large reads, for tensors ------------------------------------------------------------------------------------ */

/* Changes over; false when that is not possible. */
static bool set_direct(load_reader *r, bool direct) {
#ifdef O_DIRECT
    int flags = fcntl(r->fd, F_GETFL);
    if (flags < 0 || fcntl(r->fd, F_SETFL, direct ? flags | O_DIRECT : flags & ~O_DIRECT) != 0) return false;
    r->direct = direct;
    return true;
#else
    (void)r;
    return !direct;
#endif
}

int load_reader_open(const char *path, enum load_mode mode, load_reader **out, error *e) {
    *out = NULL;
    load_reader *r = calloc(1, sizeof *r);
    if (r) r->bounce = aligned_alloc(LOAD_ALIGN_BYTES, LOAD_PIECE_BYTES);
    if (!r || !r->bounce) {
        free(r);
        return error_at(e, ERROR_MEMORY, str_from_cstr(path), 0, 0, "no memory to read the model");
    }
    int rc = ERROR_IO;
#ifdef O_DIRECT
    if (mode != LOAD_PLAIN) rc = open_file(path, O_DIRECT, &r->fd, &r->size_bytes, NULL);
    r->direct = rc == 0;
#endif
    if (rc) rc = open_file(path, 0, &r->fd, &r->size_bytes, e);
    if (rc) {
        free(r->bounce);
        free(r);
        return rc;
    }
    r->measuring = mode == LOAD_MEASURED && r->direct && r->size_bytes > 4 * (uint64_t)TRIAL_BYTES;
    if (mode == LOAD_MEASURED && !r->measuring) set_direct(r, false);
    *out = r;
    return 0;
}

void load_reader_close(load_reader *r) {
    if (!r) return;
    close(r->fd);
    free(r->bounce);
    free(r);
}

bool load_reader_is_direct(const load_reader *r) { return r->direct; }

static double now_s(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Notes a piece's time; at the end of the first trial the second begins, at its end the faster way stays. */
static void note_trial(load_reader *r, uint64_t bytes, double seconds) {
    if (bytes < TRIAL_PIECE_BYTES) return; /* says more about seeking */
    r->trial_bytes += bytes;
    r->trial_s += seconds;
    if (r->trial_bytes < TRIAL_BYTES) return;
    double s_per_byte = r->trial_s / (double)r->trial_bytes;
    r->trial_bytes = 0;
    r->trial_s = 0;
    if (r->direct) {
        r->direct_s_per_byte = s_per_byte;
        r->measuring = set_direct(r, false);
        return;
    }
    if (r->direct_s_per_byte < s_per_byte) set_direct(r, true);
    r->measuring = false;
}

/* Reads up to `len` bytes at `offset` into aligned memory; all three are aligned, the file's end excepted. */
static int read_aligned(load_reader *r, uint8_t *out, size_t len, uint64_t offset, size_t *got, error *e) {
    double start = r->measuring ? now_s() : 0;
    ssize_t n = read_fully(r->fd, out, len, offset);
    if (n < 0 && errno == EINVAL && r->direct && set_direct(r, false)) { /* taken at open, refused at the first read */
        r->measuring = false;
        n = read_fully(r->fd, out, len, offset);
    }
    if (n < 0) return error_set(e, ERROR_IO, "cannot read: %s", strerror(errno));
    *got = (size_t)n;
    if (!r->direct) posix_fadvise(r->fd, (off_t)offset, (off_t)len, POSIX_FADV_DONTNEED); /* it need not stay cached */
    if (r->measuring) note_trial(r, (uint64_t)n, now_s() - start);
    return 0;
}

int load_reader_read(load_reader *r, uint64_t offset, void *out, uint64_t len_bytes, error *e) {
    const uint64_t mask = LOAD_ALIGN_BYTES - 1;
    uint8_t *to = out;
    if (offset > r->size_bytes || len_bytes > r->size_bytes - offset)
        return short_file(offset, len_bytes, offset > r->size_bytes ? 0 : r->size_bytes - offset, e);
    while (len_bytes) {
        uint64_t skip = offset & mask;
        bool straight = skip == 0 && ((uintptr_t)to & mask) == 0 && len_bytes > mask;
        uint64_t want = straight ? len_bytes & ~mask : (skip + len_bytes + mask) & ~mask;
        if (want > LOAD_PIECE_BYTES) want = LOAD_PIECE_BYTES;
        size_t got = 0;
        int rc = read_aligned(r, straight ? to : r->bounce, (size_t)want, offset - skip, &got, e);
        if (rc) return rc;
        if (got <= skip) return short_file(offset, len_bytes, 0, e);
        uint64_t step = got - skip < len_bytes ? got - skip : len_bytes;
        if (!straight) memcpy(to, r->bounce + skip, (size_t)step);
        to += step;
        offset += step;
        len_bytes -= step;
        if (got < want && len_bytes) return short_file(offset, len_bytes, 0, e);
    }
    return 0;
}

/* ---- a set's files, read in large pieces
 * -------------------------------------------------------------------------------- */

typedef struct large_source {
    load_reader *reader;
    pthread_mutex_t lock;
} large_source;

static int large_read(void *context, uint64_t offset, void *out, size_t len_bytes, error *e) {
    large_source *d = context;
    pthread_mutex_lock(&d->lock);
    int rc = load_reader_read(d->reader, offset, out, len_bytes, e);
    pthread_mutex_unlock(&d->lock);
    return rc;
}

static int large_open(void *context, const char *path, gguf_source *source, error *e) {
    (void)context;
    large_source *d = calloc(1, sizeof *d);
    if (!d) return error_at(e, ERROR_MEMORY, str_from_cstr(path), 0, 0, "no memory to read the model");
    int rc = load_reader_open(path, LOAD_MEASURED, &d->reader, e);
    if (rc) {
        free(d);
        return rc;
    }
    pthread_mutex_init(&d->lock, NULL);
    *source = (gguf_source){.context = d, .size_bytes = d->reader->size_bytes, .read = large_read};
    return 0;
}

static void large_close(void *context, gguf_source *source) {
    (void)context;
    large_source *d = source->context;
    load_reader_close(d->reader);
    pthread_mutex_destroy(&d->lock);
    free(d);
}

gguf_opener load_opener_large(void) { return (gguf_opener){.open = large_open, .close = large_close}; }
