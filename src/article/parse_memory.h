/* parse_memory.h - the memory of one cmark-gfm parse.
 *
 * cmark-gfm aborts the process when malloc fails and its allocator callbacks carry no user data; so the pool in use is
 * found through a thread-local pointer that is set only for the duration of parse_memory_run, and running out of budget
 * jumps back out of the parser to parse_memory_run. Nothing that cmark-gfm holds lies outside the pool, so freeing it
 * whole loses nothing.
 */
#ifndef ASSAY_ARTICLE_PARSE_MEMORY_H
#define ASSAY_ARTICLE_PARSE_MEMORY_H

#include "base/arena.h"

typedef struct parse_memory parse_memory;
struct cmark_mem;

/* New pool of chunks that `from` lends, which refuses to hand out more than `budget_bytes`; NULL when memory is gone.
 */
parse_memory *parse_memory_new(arena *from, size_t budget_bytes);
void parse_memory_free(parse_memory *p); /* before `from`; NULL is allowed */
/* Calls work(context) with `p` behind parse_memory_callbacks(). False when budget or memory ran out: work was left
 * half-way. */
bool parse_memory_run(parse_memory *p, void (*work)(void *context), void *context);
/* The allocator to give to cmark-gfm inside parse_memory_run. */
struct cmark_mem *parse_memory_callbacks(void);
/* Bytes handed out of chunks. */
size_t parse_memory_held(const parse_memory *p);

#endif
