/* test_batch_pool.c - every job once, handed out in order, never further ahead than the window, stopped when told. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "batch/pool.h"

#include <stdatomic.h>
#include <stdlib.h>

enum { JOBS = 20000, THREADS = 7, WINDOW = 19 };

typedef struct run {
    atomic_uint worked[JOBS], busy[THREADS];
    atomic_size_t begun, handed_out;
    size_t next, stop_at;
    atomic_bool broken;
} run;

static void work(void *context, size_t job, unsigned worker) {
    run *r = context;
    if (worker >= THREADS || atomic_fetch_add(&r->busy[worker], 1) != 0) r->broken = true; /* one call a worker */
    /* What is begun lies inside the window in front of what has been handed out. */
    if (job >= atomic_load(&r->handed_out) + WINDOW + 1) r->broken = true;
    atomic_fetch_add(&r->worked[job], 1);
    atomic_fetch_add(&r->begun, 1);
    for (volatile unsigned i = 0; i < (job * 37) % 400; i++) {
    } /* jobs of different lengths */
    if (worker < THREADS) atomic_fetch_sub(&r->busy[worker], 1);
}

static bool done(void *context, size_t job) {
    run *r = context;
    if (job != r->next++ || atomic_load(&r->worked[job]) != 1) r->broken = true;
    if (job == r->stop_at) return false;
    atomic_fetch_add(&r->handed_out, 1);
    return true;
}

static void run_with(unsigned threads, size_t stop_at) {
    run *r = calloc(1, sizeof *r);
    error e = {0};
    r->stop_at = stop_at;
    pool_jobs jobs = {.count = JOBS, .threads = threads, .window = WINDOW, .work = work, .done = done, .context = r};
    int status = pool_jobs_run(&jobs, &e);
    assert_int_equal(status, stop_at < JOBS ? ERROR_CANCELLED : ERROR_NONE);
    assert_false(r->broken);
    assert_int_equal(r->next, stop_at < JOBS ? stop_at + 1 : JOBS);
    if (stop_at < JOBS) assert_true(r->begun <= stop_at + 1 + WINDOW);
    free(r);
}

static void every_job_once_and_in_order(void **state) {
    (void)state;
    for (unsigned threads = 1; threads <= THREADS; threads++) run_with(threads, SIZE_MAX);
}
static void stops_when_told(void **state) {
    (void)state;
    for (unsigned threads = 1; threads <= THREADS; threads++) run_with(threads, 1234);
}
static void no_jobs_are_no_work(void **state) {
    (void)state;
    pool_jobs jobs = {.count = 0, .threads = 4, .work = work, .done = done};
    assert_int_equal(pool_jobs_run(&jobs, NULL), ERROR_NONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_job_once_and_in_order),
        cmocka_unit_test(stops_when_told),
        cmocka_unit_test(no_jobs_are_no_work),
    };
    return cmocka_run_group_tests_name("batch pool", tests, NULL, NULL);
}
