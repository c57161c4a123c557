/* pool.h - many independent jobs on a few threads, results handed out in the order of the input.
 *
 *     jobs 0 1 2 3 4 ...  --> workers take the next one each --> done(i), in order, on the calling thread
 *
 * A worker that runs far ahead waits, so that at most `window` finished results are held. Results depend on the job
 * alone, so they are the same whatever the number of threads.
 */
#ifndef ASSAY_BATCH_POOL_H
#define ASSAY_BATCH_POOL_H

#include "base/error.h"

typedef struct pool_jobs {
    size_t count;
    unsigned threads; /* 0 = one a processor; 1 = everything on the calling thread */
    size_t window;    /* 0 = 64 a thread */
    /* Called on a worker; `worker` is 0 … threads-1 and never used by two calls at once. Puts its result where done()
     * finds it. */
    void (*work)(void *context, size_t job, unsigned worker);
    /* Called on the calling thread, for job 0, 1, 2 …; returning false stops the run: no new job is begun. */
    bool (*done)(void *context, size_t job);
    void *context;
} pool_jobs;

/* Processors this process may use. */
unsigned pool_processors(void);
/* Threads a run would use: bounded by the jobs. */
unsigned pool_jobs_threads(const pool_jobs *jobs);
/* Runs all jobs; ERROR_NONE, ERROR_CANCELLED when done() stopped it, ERROR_MEMORY. A thread that cannot be started is
 * done without, down to the calling thread. */
int pool_jobs_run(const pool_jobs *jobs, error *e);

#endif
