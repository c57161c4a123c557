/* arena.c - chunked bump allocation with a budget.
 *
 * In: sizes. Out: zeroed, 16-aligned memory that lives until the arena is freed or reset. Invariant: every byte above a
 * chunk's `used` mark is zero, so that handing memory out costs no memset except after arena_reset.
 */
#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    ALIGNMENT = 16,
    FIRST_CHUNK_BYTES = 16 * 1024,
    LARGEST_STEP_BYTES = 4 * 1024 * 1024,
    SPARE_BYTES = 32 * 1024 * 1024, /* kept over a reset: an article of a megabyte takes less */
    PRINTED_BYTES = 256             /* most of what is printed is shorter */
};

struct arena {
    arena_chunk *newest;
    arena_chunk *spare, **spare_end; /* cleared chunks for later */
    arena_chunk *returned;           /* chunks to lend again */
    size_t spare_bytes, returned_bytes;
    size_t budget, used;
    bool reused; /* it was reset: what it holds will be wanted again */
};

arena *arena_new(size_t budget_bytes) {
    arena *a = calloc(1, sizeof *a);
    if (!a) return NULL;
    a->budget = budget_bytes;
    a->spare_end = &a->spare;
    return a;
}

static void chunks_free(arena_chunk *c) {
    while (c) {
        arena_chunk *older = c->older;
        free(c);
        c = older;
    }
}

void arena_free(arena *a) {
    if (!a) return;
    chunks_free(a->newest);
    chunks_free(a->spare);
    chunks_free(a->returned);
    free(a);
}

/* What comes from the system must be mapped and cleared page by page, which costs more than clearing it here. */
static void spare_put(arena *a, arena_chunk *c) {
    if (c->capacity > SPARE_BYTES - a->spare_bytes) {
        free(c);
        return;
    }
    memset(c->bytes, 0, c->used);
    c->used = 0;
    c->older = NULL;
    *a->spare_end = c;
    a->spare_end = &c->older;
    a->spare_bytes += c->capacity;
}

/* The first that has room for `need` bytes; NULL where there is none. */
static arena_chunk *spare_take(arena *a, size_t need) {
    for (arena_chunk **at = &a->spare; *at; at = &(*at)->older) {
        arena_chunk *c = *at;
        if (c->capacity < need) continue;
        *at = c->older;
        if (!*at) a->spare_end = at;
        c->older = NULL;
        a->spare_bytes -= c->capacity;
        return c;
    }
    return NULL;
}

void arena_reset(arena *a) {
    for (arena_chunk *c = a->newest, *older; c; c = older) {
        older = c->older;
        spare_put(a, c);
    }
    a->reused = a->reused || a->used;
    a->newest = NULL;
    a->used = 0;
}

static arena_chunk *chunk_new(size_t capacity, size_t need) {
    if (capacity > LARGEST_STEP_BYTES) capacity = LARGEST_STEP_BYTES;
    if (capacity < need) capacity = need;
    arena_chunk *c = calloc(1, sizeof *c + capacity);
    if (c) c->capacity = capacity;
    return c;
}

arena_chunk *arena_chunk_lend(arena *a, size_t least_bytes) {
    for (arena_chunk **at = &a->returned; *at; at = &(*at)->older) {
        arena_chunk *c = *at;
        if (c->capacity < least_bytes) continue;
        *at = c->older;
        c->older = NULL;
        a->returned_bytes -= c->capacity;
        return c;
    }
    arena_chunk *c = malloc(sizeof *c + least_bytes);
    if (c) *c = (arena_chunk){.capacity = least_bytes};
    return c;
}

/* An arena for a single article gives it to the system: the article's peak is lower for it. */
void arena_chunk_return(arena *a, arena_chunk *chunk) {
    if (!a->reused || chunk->capacity > SPARE_BYTES - a->returned_bytes) {
        free(chunk);
        return;
    }
    chunk->used = 0;
    chunk->older = a->returned;
    a->returned = chunk;
    a->returned_bytes += chunk->capacity;
}

/* Makes a chunk with room for `need` bytes the newest: an older one, a spare one, a new one. */
static arena_chunk *chunk_add(arena *a, size_t need) {
    arena_chunk *c = NULL;
    for (arena_chunk **at = &a->newest; *at; at = &(*at)->older)
        if ((*at)->capacity - (*at)->used >= need) {
            c = *at;
            *at = c->older;
            break;
        }
    if (!c) c = spare_take(a, need);
    if (!c) c = chunk_new(a->newest ? a->newest->capacity * 2 : FIRST_CHUNK_BYTES, need);
    if (!c) return NULL;
    c->older = a->newest;
    a->newest = c;
    return c;
}

/* May `bytes` more be handed out? */
static bool is_affordable(const arena *a, size_t bytes) { return !a->budget || bytes <= a->budget - a->used; }

void *arena_alloc(arena *a, size_t count, size_t size_bytes) {
    size_t bytes;
    if (__builtin_mul_overflow(count, size_bytes, &bytes) || bytes > SIZE_MAX / 2) return NULL;
    size_t rounded = (bytes + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (!is_affordable(a, rounded)) return NULL;
    arena_chunk *c = a->newest;
    if (!c || c->capacity - c->used < rounded) c = chunk_add(a, rounded ? rounded : ALIGNMENT);
    if (!c) return NULL;
    void *p = c->bytes + c->used;
    c->used += rounded;
    a->used += rounded;
    return p;
}

void *arena_grow(arena *a, void *array, size_t old_count, size_t new_count, size_t size_bytes) {
    size_t old_bytes, new_bytes;
    if (__builtin_mul_overflow(old_count, size_bytes, &old_bytes)) return NULL;
    if (__builtin_mul_overflow(new_count, size_bytes, &new_bytes) || new_bytes > SIZE_MAX / 2) return NULL;
    arena_chunk *c = a->newest;
    size_t old_rounded = (old_bytes + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    size_t new_rounded = (new_bytes + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    bool newest = c && array && (uint8_t *)array + old_rounded == c->bytes + c->used && old_rounded <= c->used;
    if (newest && new_rounded >= old_rounded && c->capacity - c->used >= new_rounded - old_rounded &&
        is_affordable(a, new_rounded - old_rounded)) {
        c->used += new_rounded - old_rounded;
        a->used += new_rounded - old_rounded;
        return array;
    }
    void *p = arena_alloc(a, new_count, size_bytes);
    if (p && array) memcpy(p, array, old_bytes < new_bytes ? old_bytes : new_bytes);
    return p;
}

bool vec_grow(arena *a, void **items, size_t *capacity, size_t size_bytes) {
    size_t wanted = *capacity ? *capacity * 2 : 8;
    void *grown = arena_grow(a, *items, *capacity, wanted, size_bytes);
    if (!grown) return false;
    *items = grown;
    *capacity = wanted;
    return true;
}

str arena_str(arena *a, str s) {
    uint8_t *p = arena_alloc(a, (size_t)s.n, 1);
    if (!p) return (str){NULL, 0};
    if (s.n) memcpy(p, s.p, (size_t)s.n);
    return (str){p, s.n};
}

char *arena_cstr(arena *a, str s) {
    char *p = arena_alloc(a, (size_t)s.n + 1, 1);
    if (p && s.n) memcpy(p, s.p, (size_t)s.n);
    return p;
}

str arena_printf(arena *a, const char *format, ...) {
    char first[PRINTED_BYTES];
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(first, sizeof first, format, args);
    va_end(args);
    char *p = n >= 0 ? arena_alloc(a, (size_t)n + 1, 1) : NULL;
    if (p && (size_t)n < sizeof first)
        memcpy(p, first, (size_t)n);
    else if (p)
        vsnprintf(p, (size_t)n + 1, format, again);
    va_end(again);
    return p ? (str){(const uint8_t *)p, n} : (str){NULL, 0};
}

size_t arena_used(const arena *a) { return a->used; }
