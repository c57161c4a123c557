/* test_load_stream.c - a model read through the ring: whatever the disk does, the weights are right or the error names
 * the file. The disk is pread(), which this program defines itself.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/file.h"
#include "lm/engine.h"
#include "lm/load_reader.h"
#include "lm/load_stream.h"
#include "tests/support/tiny_model.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

/* ---- the disk --------------------------------------------------------------------------------------------------- */

static struct disk {
    size_t most;         /* bytes a call; 0 = no limit */
    unsigned interrupts; /* EINTR this many times before each call */
    long fails_at;       /* the n-th call from now fails with EIO; 0 = none */
    bool refuses_direct; /* EINVAL to every direct read */
    long calls, interrupted;
} disk;
static unsigned interrupts_left;

static ssize_t read_disk(int fd, void *out, size_t n, off_t at) {
    if (interrupts_left) {
        interrupts_left--;
        disk.interrupted++;
        errno = EINTR;
        return -1;
    }
    interrupts_left = disk.interrupts;
    disk.calls++;
    if (disk.fails_at && --disk.fails_at == 0) {
        errno = EIO;
        return -1;
    }
    if (disk.refuses_direct && (fcntl(fd, F_GETFL) & O_DIRECT)) {
        errno = EINVAL;
        return -1;
    }
    if (disk.most && n > disk.most) n = disk.most;
    return syscall(SYS_pread64, fd, out, n, at);
}
ssize_t pread(int fd, void *out, size_t n, off_t at) { return read_disk(fd, out, n, at); }
ssize_t pread64(int fd, void *out, size_t n, off_t at) { return read_disk(fd, out, n, at); }

/* ---- a model on it ---------------------------------------------------------------------------------------------- */

static char folder[] = "/tmp/assay-stream-XXXXXX", path[64];
static buf bytes;
static float want[TINY_VOCAB];

struct told {
    uint64_t done, all, calls;
    atomic_int cancel;
    uint64_t cancel_at; /* bytes */
};
static void tell(void *context, uint64_t done, uint64_t all) {
    struct told *t = context;
    assert_true(done >= t->done && done <= all);
    t->done = done;
    t->all = all;
    t->calls++;
    if (t->cancel_at && done >= t->cancel_at) atomic_store(&t->cancel, 1);
}

/* Loads and writes one token; the logits where that works. */
static int load(gguf_opener *opener, uint32_t piece_bytes, struct told *t, float logits[TINY_VOCAB], error *e) {
    arena *a = arena_new(0);
    gguf_set *set;
    kernels_device *device;
    engine *g = NULL;
    session *s = NULL;
    static const uint32_t token[] = {5, 6, 7};
    struct engine_options o = {.cache_type = TENSOR_F16,
                               .piece_bytes = piece_bytes,
                               .progress = tell,
                               .progress_context = t,
                               .cancel = &t->cancel};
    assert_int_equal(kernels_cpu()->open(0, &(struct kernels_options){.threads = 1}, &device, e), 0);
    int bad = gguf_set_open(a, path, opener, NULL, &set, e);
    if (!bad) {
        bad = engine_open(set, kernels_cpu(), device, &o, &g, e);
        gguf_set_close(set);
    }
    if (!bad) bad = session_new(g, &s, e);
    if (!bad) bad = engine_step(g, &(struct engine_input){s, token, 3, 1}, 1, e);
    if (!bad) memcpy(logits, engine_logits(g, 0), TINY_VOCAB * sizeof *logits);
    session_free(s);
    engine_close(g);
    kernels_cpu()->close(device);
    arena_free(a);
    return bad;
}

static int setup(void **state) {
    (void)state;
    error e = {0};
    struct tiny_model tiny = {.architecture = "qwen3moe", .type = TENSOR_NVFP4, .extra = "scales"};
    if (!mkdtemp(folder) || tiny_model_bytes(&tiny, &bytes, &e)) return -1;
    snprintf(path, sizeof path, "%s/tiny.gguf", folder);
    if (file_write(path, buf_view(&bytes), &e)) return -1;
    str view = buf_view(&bytes);
    gguf_opener memory = tiny_model_opener(&view);
    struct told t = {0};
    return load(&memory, 0, &t, want, &e);
}
static int teardown(void **state) {
    (void)state;
    buf_free(&bytes);
    unlink(path);
    return rmdir(folder);
}

static void expect_right(uint32_t piece_bytes, const char *what) {
    gguf_opener opener = load_opener_large();
    struct told t = {0};
    float got[TINY_VOCAB];
    error e = {0};
    if (load(&opener, piece_bytes, &t, got, &e)) fail_msg("%s, pieces of %u: %s", what, piece_bytes, e.message);
    if (memcmp(got, want, sizeof got)) fail_msg("%s, pieces of %u: other logits", what, piece_bytes);
    assert_true(t.done == t.all && t.calls > 10);
}

/* From a page to more than the file, so that rows, tensors and the file end anywhere in a piece. */
static void every_size_of_piece_gives_the_same_weights(void **state) {
    (void)state;
    disk = (struct disk){0};
    static const uint32_t PIECES[] = {1, 513, 4096, 5000, 10007, 65536, 1 << 20, 0};
    for (size_t i = 0; i < COUNT_OF(PIECES); i++) expect_right(PIECES[i], "whole reads");
}

static void short_interrupted_and_refused_reads_lose_no_byte(void **state) {
    (void)state;
    static const struct disk DISKS[] = {
        {.most = 4096}, {.most = 1000}, {.interrupts = 3}, {.most = 4097, .interrupts = 1}, {.refuses_direct = true}};
    for (size_t i = 0; i < COUNT_OF(DISKS); i++) {
        disk = DISKS[i];
        interrupts_left = 0;
        expect_right(9000, "a strange disk");
        assert_true(!DISKS[i].interrupts || disk.interrupted > 10);
    }
    disk = (struct disk){0};
}

/* Wherever the disk fails, the error says so, with the file, and nothing hangs. */
static void a_failing_disk_is_said_with_the_file(void **state) {
    (void)state;
    disk = (struct disk){0};
    expect_right(9000, "a good disk");
    const long calls = disk.calls;
    assert_true(calls > 20);
    for (long n = 1; n <= calls; n += n < 12 ? 1 : 5) {
        disk = (struct disk){.fails_at = n};
        gguf_opener opener = load_opener_large();
        struct told t = {0};
        float got[TINY_VOCAB];
        error e = {0};
        char text[1024];
        assert_int_equal(load(&opener, 9000, &t, got, &e), ERROR_IO);
        error_text(&e, text, sizeof text);
        assert_non_null(strstr(text, "tiny.gguf"));
        assert_non_null(strstr(text, "cannot read"));
    }
    disk = (struct disk){0};
}

static void cut_file(void *context, uint64_t done, uint64_t all) {
    tell(context, done, all);
    if (done > all / 3 && truncate(path, 9 * 4096) != 0) fail();
}

static void a_file_cut_while_it_is_read_is_said(void **state) {
    (void)state;
    error e = {0};
    arena *a = arena_new(0);
    gguf_opener opener = load_opener_large();
    gguf_set *set;
    kernels_device *device;
    engine *g;
    struct told t = {0};
    struct engine_options o = {
        .cache_type = TENSOR_F16, .piece_bytes = 4096, .progress = cut_file, .progress_context = &t};
    assert_int_equal(kernels_cpu()->open(0, &(struct kernels_options){.threads = 1}, &device, &e), 0);
    assert_int_equal(gguf_set_open(a, path, &opener, NULL, &set, &e), 0);
    assert_int_equal(engine_open(set, kernels_cpu(), device, &o, &g, &e), ERROR_SYNTAX);
    assert_non_null(strstr(e.message, "became shorter"));
    gguf_set_close(set);
    kernels_cpu()->close(device);
    arena_free(a);
    assert_int_equal(file_write(path, buf_view(&bytes), &e), 0);
}

static void loading_can_be_cancelled_anywhere(void **state) {
    (void)state;
    disk = (struct disk){0};
    for (uint64_t at = 1; at < 40000; at += 3001) {
        gguf_opener opener = load_opener_large();
        struct told t = {.cancel_at = at};
        float got[TINY_VOCAB];
        error e = {0};
        assert_int_equal(load(&opener, 5000, &t, got, &e), ERROR_CANCELLED);
        assert_true(t.done < t.all);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_size_of_piece_gives_the_same_weights),
        cmocka_unit_test(short_interrupted_and_refused_reads_lose_no_byte),
        cmocka_unit_test(a_failing_disk_is_said_with_the_file),
        cmocka_unit_test(a_file_cut_while_it_is_read_is_said),
        cmocka_unit_test(loading_can_be_cancelled_anywhere),
    };
    return cmocka_run_group_tests_name("loading through the ring", tests, setup, teardown);
}
