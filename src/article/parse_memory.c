/* parse_memory.c - bump allocation with free lists, for one cmark-gfm parse.
 *
 * In: calloc, realloc and free calls of cmark-gfm. Out: zeroed memory, freed whole.
 *
 *     chunk: [header | size body | size body | … ]      body sizes are multiples of 8
 *     free lists: one per body size up to LARGEST_LISTED; larger bodies are given up until the pool is freed
 *
 * Chunks are the arena's, lent for the parse, so that the next article's parse finds them mapped. They come uncleared
 * and bodies are cleared when handed out, so the parser's memory is touched once. Deliberately not for use outside
 * parse_memory_run: the callbacks then have no pool and give NULL.
 */
#include "article/parse_memory.h"

#include <cmark-gfm.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK_BYTES = 112 * 1024, LARGEST_CHUNK_BYTES = 1 * 1024 * 1024, LARGEST_LISTED = 512, SLACK_BYTES = 64 };

struct parse_memory {
    arena *from;
    arena_chunk *newest;
    size_t held, budget; /* bytes of bodies */
    size_t chunk_bytes;  /* of the next chunk */
    void *listed[LARGEST_LISTED / 8 + 1];
    jmp_buf escape;
};

static _Thread_local parse_memory *current;

parse_memory *parse_memory_new(arena *from, size_t budget_bytes) {
    parse_memory *p = calloc(1, sizeof *p);
    if (p) *p = (parse_memory){.from = from, .budget = budget_bytes, .chunk_bytes = CHUNK_BYTES};
    return p;
}

void parse_memory_free(parse_memory *p) {
    if (!p) return;
    for (arena_chunk *c = p->newest; c;) {
        arena_chunk *older = c->older;
        arena_chunk_return(p->from, c);
        c = older;
    }
    free(p);
}

size_t parse_memory_held(const parse_memory *p) { return p->held; }

/* Room for a body of `need` bytes in a chunk: the newest, or one of its own where that would waste much of the newest.
 */
static arena_chunk *chunk_for(parse_memory *p, size_t need) {
    arena_chunk *c = p->newest;
    if (c && c->capacity - SLACK_BYTES - c->used >= need) return c;
    bool large = need > p->chunk_bytes / 2;
    c = arena_chunk_lend(p->from, (large ? need : p->chunk_bytes) + SLACK_BYTES);
    if (!c) longjmp(p->escape, 1);
    if (!large && p->chunk_bytes < LARGEST_CHUNK_BYTES) p->chunk_bytes *= 2;
    if (p->newest && large && c->capacity < need * 2) { /* a large body does not end the chunk in use */
        c->older = p->newest->older;
        p->newest->older = c;
    } else {
        c->older = p->newest;
        p->newest = c;
    }
    return c;
}

/* A body of at least `size` bytes, uncleared; `*bytes_out` is how many it has. */
static void *take(size_t count, size_t size, size_t *bytes_out) {
    parse_memory *p = current;
    size_t bytes;
    if (!p) return NULL;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX / 4) longjmp(p->escape, 1);
    bytes = bytes ? (bytes + 7) & ~(size_t)7 : 8;
    if (bytes <= LARGEST_LISTED && p->listed[bytes / 8]) {
        void *listed = p->listed[bytes / 8];
        memcpy(&p->listed[bytes / 8], listed, sizeof(void *));
        *bytes_out = bytes;
        return listed;
    }
    if (bytes + 8 > p->budget - p->held) longjmp(p->escape, 1);
    p->held += bytes + 8;
    arena_chunk *c = chunk_for(p, bytes + 8);
    uint8_t *at = c->bytes + c->used;
    memcpy(at, &bytes, 8);
    c->used += bytes + 8;
    *bytes_out = bytes;
    return at + 8;
}

static void *memory_calloc(size_t count, size_t size) {
    size_t bytes;
    void *body = take(count, size, &bytes);
    if (body) memset(body, 0, bytes);
    return body;
}

static void memory_release(void *body) {
    parse_memory *p = current;
    if (!body || !p) return;
    size_t bytes;
    memcpy(&bytes, (uint8_t *)body - 8, 8);
    if (bytes > LARGEST_LISTED) return;
    memcpy(body, &p->listed[bytes / 8], sizeof(void *));
    p->listed[bytes / 8] = body;
}

static void *memory_realloc(void *body, size_t size) {
    size_t bytes, larger_bytes;
    if (!body) return take(1, size, &bytes);
    memcpy(&bytes, (uint8_t *)body - 8, 8);
    if (bytes >= size) return body;
    void *larger = take(1, size, &larger_bytes);
    if (!larger) return NULL;
    memcpy(larger, body, bytes);
    memory_release(body);
    return larger;
}

struct cmark_mem *parse_memory_callbacks(void) {
    static const cmark_mem callbacks = {memory_calloc, memory_realloc, memory_release};
    return (cmark_mem *)(uintptr_t)&callbacks; /* the parser only calls through it */
}

bool parse_memory_run(parse_memory *p, void (*work)(void *context), void *context) {
    parse_memory *volatile outer = current;
    volatile bool done = false;
    if (setjmp(p->escape) == 0) {
        current = p;
        work(context);
        done = true;
    }
    current = outer;
    return done;
}
