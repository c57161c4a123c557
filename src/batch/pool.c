/* pool.c - a window of jobs over a few threads.
 *
 *     done so far     finished, not handed out     being worked on     not begun
 *     ............|===========================|~~~~~~~~~~~~~~~~~~~|............
 *                 `next_done`                                      `next_job`    next_job - next_done <= window
 *
 * One lock; a job is an article (100 µs and more), so the lock is held for a millionth of the time. Workers sleep on a
 * condition variable, never spin.
 */
#include "batch/pool.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct pool {
    const pool_jobs *jobs;
    pthread_mutex_t lock;
    pthread_cond_t finished, room;
    size_t next_job, next_done, window;
    uint8_t *ready; /* [window], ring */
    bool stopped;
} pool;

typedef struct worker {
    pool *p;
    unsigned number;
} worker;

unsigned pool_processors(void) {
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0) return (unsigned)CPU_COUNT(&set);
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n > 0 ? (unsigned)n : 1;
}

unsigned pool_jobs_threads(const pool_jobs *jobs) {
    unsigned threads = jobs->threads ? jobs->threads : pool_processors();
    if (threads > 256) threads = 256;
    if (threads > jobs->count) threads = (unsigned)jobs->count;
    return threads ? threads : 1;
}

static void *worker_main(void *argument) {
    const worker *w = argument;
    pool *p = w->p;
    pthread_mutex_lock(&p->lock);
    for (;;) {
        while (!p->stopped && p->next_job < p->jobs->count && p->next_job - p->next_done >= p->window)
            pthread_cond_wait(&p->room, &p->lock);
        if (p->stopped || p->next_job >= p->jobs->count) break;
        size_t job = p->next_job++;
        pthread_mutex_unlock(&p->lock);
        p->jobs->work(p->jobs->context, job, w->number);
        pthread_mutex_lock(&p->lock);
        p->ready[job % p->window] = 1;
        if (job == p->next_done) pthread_cond_signal(&p->finished);
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

static int run_here(const pool_jobs *jobs, error *e) {
    for (size_t i = 0; i < jobs->count; i++) {
        jobs->work(jobs->context, i, 0);
        if (!jobs->done(jobs->context, i)) return error_set(e, ERROR_CANCELLED, "stopped");
    }
    return ERROR_NONE;
}

static bool hand_out(pool *p) {
    bool go_on = true;
    pthread_mutex_lock(&p->lock);
    while (go_on && p->next_done < p->jobs->count) {
        size_t job = p->next_done;
        while (!p->ready[job % p->window]) pthread_cond_wait(&p->finished, &p->lock);
        p->ready[job % p->window] = 0;
        pthread_mutex_unlock(&p->lock);
        go_on = p->jobs->done(p->jobs->context, job);
        pthread_mutex_lock(&p->lock);
        p->next_done++;
        p->stopped = !go_on;
        pthread_cond_broadcast(&p->room);
    }
    pthread_mutex_unlock(&p->lock);
    return go_on;
}

int pool_jobs_run(const pool_jobs *jobs, error *e) {
    unsigned threads = pool_jobs_threads(jobs);
    if (threads == 1) return run_here(jobs, e);
    pool p = {.jobs = jobs, .window = jobs->window ? jobs->window : (size_t)threads * 64};
    p.ready = calloc(p.window, 1);
    pthread_t *handles = calloc(threads, sizeof *handles);
    worker *workers = calloc(threads, sizeof *workers);
    if (!p.ready || !handles || !workers) {
        free(p.ready), free(handles), free(workers);
        return error_set(e, ERROR_MEMORY, "out of memory");
    }
    pthread_mutex_init(&p.lock, NULL);
    pthread_cond_init(&p.finished, NULL);
    pthread_cond_init(&p.room, NULL);
    unsigned started = 0;
    while (started < threads) {
        workers[started] = (worker){&p, started};
        if (pthread_create(&handles[started], NULL, worker_main, &workers[started]) != 0) break;
        started++;
    }
    bool complete = started ? hand_out(&p) : run_here(jobs, e) == ERROR_NONE;
    for (unsigned i = 0; i < started; i++) pthread_join(handles[i], NULL);
    pthread_cond_destroy(&p.room);
    pthread_cond_destroy(&p.finished);
    pthread_mutex_destroy(&p.lock);
    free(p.ready), free(handles), free(workers);
    return complete ? ERROR_NONE : error_set(e, ERROR_CANCELLED, "stopped");
}
