/* pool.h - the memory of one cmark-gfm parse.
 *
 * cmark-gfm aborts the process when malloc fails and its allocator callbacks carry no user data; so the pool in use is
 * found through a thread-local pointer that is set only for the duration of pool_run, and running out of budget jumps
 * back out of the parser to pool_run. Nothing that cmark-gfm holds lies outside the pool, so freeing it whole loses
 * nothing.
 */
#ifndef ASSAY_ARTICLE_POOL_H
#define ASSAY_ARTICLE_POOL_H

#include <stdbool.h>
#include <stddef.h>

typedef struct pool pool;
struct cmark_mem;

/* New pool that refuses to hold more than `budget_bytes`; NULL when memory is gone. */
pool *pool_new(size_t budget_bytes);
void pool_free(pool *p);
/* Calls work(context) with `p` behind pool_memory(). False when budget or memory ran out: work was left half-way. */
bool pool_run(pool *p, void (*work)(void *context), void *context);
/* The allocator to give to cmark-gfm inside pool_run. */
struct cmark_mem *pool_memory(void);
size_t pool_held(const pool *p);

#endif
