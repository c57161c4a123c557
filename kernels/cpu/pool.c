/* pool.c - see pool.h.
 *
 *     caller:  job = …; generation++ ──► wake ──► work ──► wait until done == workers
 *     worker:  spin / sleep on generation ──► work ──► done++
 *
 * Invariant: `job` is written only while every worker is waiting (done == workers), and read only after the new
 * generation was seen (release/acquire). Sleeping uses a mutex and a condition variable; `sleepers` spares the lock
 * when all are awake. Not here: priorities, nesting, pinning to cores (the kernel's scheduler knows more about the
 * machine's other work than we do).
 */
#include "pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#if defined(__x86_64__)
#define PAUSE() __builtin_ia32_pause()
#elif defined(__aarch64__)
#define PAUSE() __asm__ volatile("yield")
#else
#define PAUSE() (void)0
#endif
enum { PIECE_BYTES = 512 };
enum { SPIN_LOOKS = 5000 }; /* a pause is 40 to 140 cycles on current x86, so some 50 microseconds */

struct pool {
    pthread_mutex_t turn; /* one loop at a time */
    pthread_mutex_t lock; /* guards sleeping */
    pthread_cond_t wake, finished;
    _Atomic unsigned generation;
    _Atomic int next, done, sleepers, caller_sleeps;
    _Atomic int stop;
    _Atomic uintptr_t ahead, ahead_end; /* addresses to ask for while there is nothing to do */
    struct {
        pool_body *body;
        void *context;
        int count, grain;
    } job;
    int workers; /* without the caller */
    struct worker {
        pool *pool;
        pthread_t thread;
        int index;
    } worker[];
};

/* Takes an eighth of each thread's share of what is left, at least a grain: long ranges first, so that memory is read
 * in long streams, short ones at the end, so that no thread waits long for the last. */
static void work(pool *p, int index) {
    const int count = p->job.count, grain = p->job.grain, parts = (p->workers + 1) * 8;
    int lo = atomic_load_explicit(&p->next, memory_order_relaxed);
    while (lo < count) {
        int take = (count - lo) / parts > grain ? (count - lo) / parts : grain;
        int hi = count - lo < take ? count : lo + take;
        if (!atomic_compare_exchange_weak_explicit(&p->next, &lo, hi, memory_order_relaxed, memory_order_relaxed))
            continue;
        p->job.body(p->job.context, index, lo, hi);
        lo = atomic_load_explicit(&p->next, memory_order_relaxed);
    }
}

/* One piece of what pool_ahead named; false when none is left. Asking never faults, whatever lies at the address. */
static bool ask_ahead(pool *p) {
    if (atomic_load_explicit(&p->ahead, memory_order_relaxed) >=
        atomic_load_explicit(&p->ahead_end, memory_order_relaxed))
        return false;
    uintptr_t at = atomic_fetch_add_explicit(&p->ahead, PIECE_BYTES, memory_order_relaxed);
    for (uintptr_t k = 0; k < PIECE_BYTES; k += 64) __builtin_prefetch((const void *)(at + k), 0, 2);
    return true;
}

static unsigned wait_for_generation(pool *p, unsigned seen) {
    for (int i = 0; i < SPIN_LOOKS; i++) {
        unsigned now = atomic_load_explicit(&p->generation, memory_order_acquire);
        if (now != seen) return now;
        if (!ask_ahead(p)) PAUSE();
    }
    pthread_mutex_lock(&p->lock);
    atomic_fetch_add(&p->sleepers, 1);
    unsigned now;
    while ((now = atomic_load(&p->generation)) == seen) pthread_cond_wait(&p->wake, &p->lock);
    atomic_fetch_sub(&p->sleepers, 1);
    pthread_mutex_unlock(&p->lock);
    return now;
}

static void *worker_main(void *argument) {
    struct worker *self = argument;
    pool *p = self->pool;
    unsigned seen = 0;
    for (;;) {
        seen = wait_for_generation(p, seen);
        if (atomic_load(&p->stop)) return NULL;
        work(p, self->index);
        if (atomic_fetch_add(&p->done, 1) + 1 == p->workers && atomic_load(&p->caller_sleeps)) {
            pthread_mutex_lock(&p->lock);
            pthread_cond_signal(&p->finished);
            pthread_mutex_unlock(&p->lock);
        }
    }
}

static void announce(pool *p) {
    atomic_fetch_add(&p->generation, 1);
    if (atomic_load(&p->sleepers) == 0) return;
    pthread_mutex_lock(&p->lock);
    pthread_cond_broadcast(&p->wake);
    pthread_mutex_unlock(&p->lock);
}

static void wait_for_workers(pool *p) {
    for (int i = 0; i < SPIN_LOOKS; i++) {
        if (atomic_load_explicit(&p->done, memory_order_acquire) == p->workers) return;
        PAUSE();
    }
    pthread_mutex_lock(&p->lock);
    atomic_exchange(&p->caller_sleeps, 1); /* not a store: an emulated arm64 may let the load below pass one */
    while (atomic_load(&p->done) != p->workers) pthread_cond_wait(&p->finished, &p->lock);
    atomic_store(&p->caller_sleeps, 0);
    pthread_mutex_unlock(&p->lock);
}

void pool_ahead(pool *p, uintptr_t address, size_t size_bytes) {
    atomic_store_explicit(&p->ahead_end, 0, memory_order_relaxed);
    atomic_store_explicit(&p->ahead, address, memory_order_relaxed);
    atomic_store_explicit(&p->ahead_end, address + size_bytes, memory_order_relaxed);
}

void pool_run(pool *p, int count, int grain, pool_body *body, void *context) {
    if (count <= 0) return;
    if (grain < 1) grain = 1;
    pthread_mutex_lock(&p->turn);
    if (p->workers == 0 || count <= grain) {
        body(context, 0, 0, count);
    } else {
        p->job.body = body;
        p->job.context = context;
        p->job.count = count;
        p->job.grain = grain;
        atomic_store(&p->next, 0);
        atomic_store(&p->done, 0);
        announce(p);
        work(p, 0);
        wait_for_workers(p);
    }
    pthread_mutex_unlock(&p->turn);
}

pool *pool_new(int threads, error *e) {
    if (threads < 1) threads = 1;
    pool *p = calloc(1, sizeof *p + (size_t)threads * sizeof p->worker[0]);
    if (!p) {
        error_set(e, ERROR_MEMORY, "no memory for %d threads", threads);
        return NULL;
    }
    pthread_mutex_init(&p->turn, NULL);
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->wake, NULL);
    pthread_cond_init(&p->finished, NULL);
    for (int i = 0; i < threads - 1; i++) {
        struct worker *w = &p->worker[i];
        w->pool = p;
        w->index = i + 1;
        if (pthread_create(&w->thread, NULL, worker_main, w) != 0) {
            pool_free(p);
            error_set(e, ERROR_MEMORY, "cannot start thread %d of %d", i + 2, threads);
            return NULL;
        }
        p->workers = i + 1;
    }
    return p;
}

void pool_free(pool *p) {
    if (!p) return;
    atomic_store(&p->stop, 1);
    announce(p);
    for (int i = 0; i < p->workers; i++) pthread_join(p->worker[i].thread, NULL);
    pthread_cond_destroy(&p->wake);
    pthread_cond_destroy(&p->finished);
    pthread_mutex_destroy(&p->lock);
    pthread_mutex_destroy(&p->turn);
    free(p);
}

int pool_threads(const pool *p) { return p->workers + 1; }
