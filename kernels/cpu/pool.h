/* pool.h - a few threads that share loops.
 *
 * One loop at a time: pool_run hands out ranges of [0, count) and returns when all are done; the caller works too. A
 * range is computed the same whoever computes it, so results never depend on the number of threads. Between loops the
 * workers look for new work for some 50 microseconds and then sleep: an idle process uses no processor time.
 */
#ifndef ASSAY_KERNELS_CPU_POOL_H
#define ASSAY_KERNELS_CPU_POOL_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

typedef struct pool pool;
/* Called with ranges [lo, hi), by `worker` 0 .. pool_threads-1. */
typedef void pool_body(void *context, int worker, int lo, int hi);

/* `threads` >= 1, the caller's own included. */
pool *pool_new(int threads, error *e);
void pool_free(pool *p); /* NULL is allowed */
int pool_threads(const pool *p);
/* Runs body over [0, count) in ranges that shrink towards `grain`, the shortest one (the last may be shorter). Calls
 * from several threads take turns. Not re-entrant. */
void pool_run(pool *p, int count, int grain, pool_body *body, void *context);

/* While workers look for work they ask memory for these bytes, each once, until a later call names others: a hint,
 * which changes no result; the address need not be valid. */
void pool_ahead(pool *p, uintptr_t address, size_t size_bytes);

#endif
