/* test_lm_load.c - tensors from files to a device: every row arrives once and whole, however blocks cut the file;
 * failures and cancellation stop it. The files are a formula, the device is a witness.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "lm/load_stream.h"

#include <stdio.h>
#include <stdlib.h>

enum { MB = 1 << 20, TENSORS = 8 };

static uint8_t byte_at(uint32_t part, uint64_t offset) {
    uint64_t x = (offset + ((uint64_t)part << 40)) * UINT64_C(0x9e3779b97f4a7c15);
    return (uint8_t)(x >> 56);
}

struct file {
    uint32_t part;
    uint64_t fails_at; /* 0 = never */
    _Atomic int reads;
};
static int read_formula(void *context, uint64_t offset, void *out, size_t len_bytes, error *e) {
    struct file *f = context;
    uint8_t *p = out;
    f->reads++;
    if (f->fails_at && offset + len_bytes > f->fails_at) return error_set(e, ERROR_IO, "cannot read: the test says so");
    for (size_t i = 0; i < len_bytes; i++) p[i] = byte_at(f->part, offset + i);
    return 0;
}

/* What the device saw. */
struct kernels_weight {
    const gguf_tensor *tensor;
    size_t row_bytes;
    int64_t rows; /* so far; they come in order */
    int finished, scale_count;
};
static int witness_write(kernels_weight *w, int64_t first_row, int64_t row_count, const void *rows, error *e) {
    (void)e;
    const uint8_t *p = rows;
    assert_int_equal(first_row, w->rows);
    assert_int_equal(w->finished, 0);
    uint64_t at = w->tensor->offset + (uint64_t)first_row * w->row_bytes;
    for (size_t i = 0; i < (size_t)row_count * w->row_bytes; i++)
        if (p[i] != byte_at(w->tensor->part, at + i)) fail_msg("a wrong byte in row %lld", (long long)first_row);
    w->rows += row_count;
    return 0;
}
static int witness_finish(kernels_weight *w, const float *scale, int scale_count, error *e) {
    (void)e;
    assert_int_equal((uint64_t)w->rows * w->row_bytes, w->tensor->size_bytes);
    assert_true((scale != NULL) == (scale_count > 0));
    w->finished++;
    w->scale_count = scale_count;
    return 0;
}
static int uploads;
static void witness_upload(kernels_queue *q, void *device_to, const void *host_from, size_t size_bytes) {
    (void)q;
    memcpy(device_to, host_from, size_bytes);
    uploads++;
}
static void *witness_stage(kernels_device *d, size_t size_bytes, error *e) {
    (void)d, (void)e;
    void *p = NULL;
    return posix_memalign(&p, 4096, size_bytes) == 0 ? p : NULL;
}
static int witness_stage_wait(kernels_device *d, void *stage, error *e) {
    (void)d, (void)stage, (void)e;
    return 0;
}
static void witness_stage_free(kernels_device *d, void *stage) {
    (void)d;
    free(stage);
}
static const struct kernels_backend WITNESS = {.stage_alloc = witness_stage,
                                               .stage_wait = witness_stage_wait,
                                               .stage_free = witness_stage_free,
                                               .weight_write = witness_write,
                                               .weight_finish = witness_finish,
                                               .upload = witness_upload};

/* Two files; tensors of odd rows, one longer than a block, one tiny, one vector, with a gap that nobody wants. */
struct rig {
    engine g;
    gguf_set set;
    gguf_source sources[2];
    const char *paths[2];
    struct file files[2];
    gguf_tensor tensors[TENSORS];
    kernels_weight weights[TENSORS];
    float vector[777], scale[1];
    struct load_stream s;
    atomic_int cancel;
    uint64_t told;
};

static void rig_make(struct rig *r) {
    static const struct {
        uint32_t part;
        uint64_t offset;
        size_t row_bytes, rows;
    } PLACES[TENSORS] = {
        {0, 4096 + 32, 3298, 7001},        /* 22 MiB, cut by two blocks */
        {0, 40u * MB + 7, 9u * MB + 1, 2}, /* rows longer than a block, behind a gap */
        {0, 59u * MB, 34, 1},              /* tiny */
        {0, 59u * MB + 64, 777 * 4, 1},    /* the vector */
        {1, 0, 1, 9u * MB},                /* a byte a row, from the file's first byte */
        {1, 9u * MB, 4096, 4096},          /* aligned to everything: 16 MiB */
        {1, 26u * MB + 1, 17, 500000},     /* 8.1 MiB */
        {1, 35u * MB, 1000, 1},            /* the file ends behind it */
    };
    static gguf_type f32 = {.id = TENSOR_F32};
    *r = (struct rig){.files = {{.part = 0}, {.part = 1}}, .paths = {"a.gguf", "b.gguf"}, .scale = {2}};
    uint64_t size[2] = {64u * MB, 35u * MB + 1000};
    for (int i = 0; i < 2; i++)
        r->sources[i] = (gguf_source){.context = &r->files[i], .size_bytes = size[i], .read = read_formula};
    r->set = (gguf_set){.count = 2, .paths = r->paths, .sources = r->sources, .size_bytes = size};
    r->g.backend = &WITNESS;
    r->g.options.cancel = &r->cancel;
    r->s = (struct load_stream){.g = &r->g, .set = &r->set, .a = arena_new(0)};
    for (size_t k = 0; k < TENSORS; k++) {
        size_t i = (k * 5 + 3) % TENSORS; /* the jobs come in no order */
        gguf_tensor *t = &r->tensors[i];
        *t = (gguf_tensor){.name = STR("t"), .type = &f32, .part = PLACES[i].part, .offset = PLACES[i].offset};
        t->size_bytes = PLACES[i].row_bytes * PLACES[i].rows;
        t->count = t->size_bytes / 4;
        r->weights[i] = (kernels_weight){.tensor = t, .row_bytes = PLACES[i].row_bytes};
        struct load_job job = {.tensor = t, .row_bytes = PLACES[i].row_bytes};
        if (i == 3)
            job.vector = r->vector;
        else
            job.weight = &r->weights[i];
        if (i == 6) job.scale = r->scale, job.scale_count = 1;
        assert_true(VEC_PUSH(r->s.a, &r->s.jobs, job));
        r->s.all_bytes += t->size_bytes;
    }
}

static void every_row_arrives_once_and_whole(void **state) {
    (void)state;
    struct rig r;
    error e = {0};
    rig_make(&r);
    uploads = 0;
    if (load_stream_run(&r.s, &e)) fail_msg("%s", e.message);
    for (size_t i = 0; i < TENSORS; i++) assert_int_equal(r.weights[i].finished, i != 3);
    assert_int_equal(r.weights[6].scale_count, 1);
    assert_int_equal(r.weights[0].scale_count, 0);
    assert_int_equal(uploads, 1);
    for (size_t i = 0; i < sizeof r.vector; i++)
        assert_int_equal(((const uint8_t *)r.vector)[i], byte_at(0, 59u * MB + 64 + i));
    assert_int_equal(r.s.done_bytes, r.s.all_bytes);
    assert_true(r.files[0].reads <= 6 && r.files[1].reads <= 5); /* large reads only, and none of the gap */
    arena_free(r.s.a);
}

static void a_failed_read_names_its_file(void **state) {
    (void)state;
    static const uint64_t PLACES[] = {1, 9u * MB, 20u * MB, 35u * MB + 999};
    for (size_t i = 0; i < COUNT_OF(PLACES); i++) {
        struct rig r;
        error e = {0};
        rig_make(&r);
        r.files[1].fails_at = PLACES[i];
        assert_int_equal(load_stream_run(&r.s, &e), ERROR_IO);
        assert_non_null(strstr(e.message, "the test says so"));
        assert_string_equal(e.file, "b.gguf");
        assert_int_equal(r.weights[7].finished, 0);
        arena_free(r.s.a);
    }
}

static void stop_at_half(void *context, uint64_t done_bytes, uint64_t all_bytes) {
    struct rig *r = context;
    assert_true(done_bytes > r->told && done_bytes <= all_bytes);
    r->told = done_bytes;
    if (done_bytes > all_bytes / 2) r->cancel = 1;
}

static void cancelling_stops_between_pieces(void **state) {
    (void)state;
    struct rig r;
    error e = {0};
    rig_make(&r);
    r.g.options.progress = stop_at_half;
    r.g.options.progress_context = &r;
    assert_int_equal(load_stream_run(&r.s, &e), ERROR_CANCELLED);
    assert_true(r.told < r.s.all_bytes);
    assert_int_equal(r.weights[7].finished, 0);
    arena_free(r.s.a);
}

static void what_cannot_be_is_refused(void **state) {
    (void)state;
    struct rig r;
    error e = {0};
    rig_make(&r);
    r.s.jobs.at[0].row_bytes = (size_t)3 << 30;
    assert_int_equal(load_stream_run(&r.s, &e), ERROR_LIMIT);
    r.s.jobs.n = 0;
    assert_int_equal(load_stream_run(&r.s, &e), 0); /* nothing to do */
    arena_free(r.s.a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_arrives_once_and_whole),
        cmocka_unit_test(a_failed_read_names_its_file),
        cmocka_unit_test(cancelling_stops_between_pieces),
        cmocka_unit_test(what_cannot_be_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
