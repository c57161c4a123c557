/* arena.c - chunked bump allocation with a budget.
 *
 * In: sizes. Out: zeroed, 16-aligned memory that lives until the arena is freed or reset. Invariant: every byte above a
 * chunk's `used` mark is zero, so that handing memory out costs no memset except after arena_reset.
 */
#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { ALIGNMENT = 16, FIRST_CHUNK_BYTES = 16 * 1024, LARGEST_STEP_BYTES = 4 * 1024 * 1024 };

typedef struct chunk {
    struct chunk *older;
    size_t capacity, used;
    _Alignas(ALIGNMENT) uint8_t bytes[];
} chunk;

struct arena {
    chunk *newest;
    size_t budget, held, used;
};

arena *arena_new(size_t budget_bytes) {
    arena *a = calloc(1, sizeof *a);
    if (a) a->budget = budget_bytes;
    return a;
}

void arena_free(arena *a) {
    if (!a) return;
    for (chunk *c = a->newest; c;) {
        chunk *older = c->older;
        free(c);
        c = older;
    }
    free(a);
}

void arena_reset(arena *a) {
    chunk *keep = NULL;
    for (chunk *c = a->newest; c;) {
        chunk *older = c->older;
        if (!keep || c->capacity > keep->capacity) {
            free(keep);
            keep = c;
        } else {
            free(c);
        }
        c = older;
    }
    a->newest = keep;
    a->used = 0;
    a->held = 0;
    if (keep) {
        memset(keep->bytes, 0, keep->used);
        keep->used = 0;
        keep->older = NULL;
        a->held = keep->capacity;
    }
}

static chunk *chunk_add(arena *a, size_t need) {
    size_t capacity = a->newest ? a->newest->capacity * 2 : FIRST_CHUNK_BYTES;
    if (capacity > LARGEST_STEP_BYTES) capacity = LARGEST_STEP_BYTES;
    if (capacity < need) capacity = need;
    if (a->budget && capacity > a->budget - (a->held < a->budget ? a->held : a->budget)) {
        capacity = need;
        if (a->held > a->budget || need > a->budget - a->held) return NULL;
    }
    chunk *c = calloc(1, sizeof *c + capacity);
    if (!c) return NULL;
    c->capacity = capacity;
    c->older = a->newest;
    a->newest = c;
    a->held += capacity;
    return c;
}

void *arena_alloc(arena *a, size_t count, size_t size_bytes) {
    size_t bytes;
    if (__builtin_mul_overflow(count, size_bytes, &bytes) || bytes > SIZE_MAX / 2) return NULL;
    size_t rounded = (bytes + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    chunk *c = a->newest;
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
    chunk *c = a->newest;
    size_t old_rounded = (old_bytes + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    size_t new_rounded = (new_bytes + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    bool newest = c && array && (uint8_t *)array + old_rounded == c->bytes + c->used && old_rounded <= c->used;
    if (newest && new_rounded >= old_rounded && c->capacity - c->used >= new_rounded - old_rounded) {
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
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *p = n >= 0 ? arena_alloc(a, (size_t)n + 1, 1) : NULL;
    if (p) vsnprintf(p, (size_t)n + 1, format, again);
    va_end(again);
    return p ? (str){(const uint8_t *)p, n} : (str){NULL, 0};
}

size_t arena_used(const arena *a) { return a->used; }
