/* arena.h - region memory: many small allocations, freed whole.
 *
 *     arena ──► chunk ──► chunk ──► …      each chunk: [header | used ........ | free ...]
 *
 * One arena per article (and one per loaded rule set, manifest …). Nothing inside an arena is freed singly. Memory
 * comes zeroed. An arena has a budget in bytes, so that hostile input meets a limit instead of the machine's memory.
 * The budget counts what is handed out, not what is held for it (less than twice as much): so the same calls meet the
 * limit at the same one, whatever the arena held before.
 */
#ifndef ASSAY_BASE_ARENA_H
#define ASSAY_BASE_ARENA_H

#include "base/str.h"

typedef struct arena arena;

/* New arena that refuses to hand out more than `budget_bytes` (0 = no budget). NULL when memory is gone. Caller frees.
 */
arena *arena_new(size_t budget_bytes);
/* Frees the arena and everything in it. NULL is allowed. */
void arena_free(arena *a);
/* Forgets everything but keeps the memory, 32 MiB of it at most, and 32 MiB of what came back from loans, for the next
 * article. */
void arena_reset(arena *a);
/* Zeroed memory for `count` items of `size_bytes`, aligned to 16; NULL when the budget or memory is used up or the
 * product overflows. count 0 gives a valid pointer to no bytes. */
void *arena_alloc(arena *a, size_t count, size_t size_bytes);
/* Grows an array in place when it is the newest allocation, else by copying: for arrays that double. `old_count` items
 * keep their values, the rest is zero. NULL on failure (the old array stays valid). */
void *arena_grow(arena *a, void *array, size_t old_count, size_t new_count, size_t size_bytes);
/* Copies of bytes; the C form is NUL-terminated. {NULL,0} / NULL on failure. */
str arena_str(arena *a, str s);
/* The same with a NUL behind it; a NUL inside `s` is copied too. NULL on failure. */
char *arena_cstr(arena *a, str s);
/* printf into the arena; {NULL,0} on failure. */
str arena_printf(arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Bytes handed out. */
size_t arena_used(const arena *a);

/* Memory for somebody who hands it out himself and gives it back before the arena's end: a parser's. It may hold
 * anything. */
typedef struct arena_chunk {
    struct arena_chunk *older; /* for lists; NULL when lent */
    size_t capacity, used;     /* bytes; 0 of them are used when lent */
    _Alignas(16) uint8_t bytes[];
} arena_chunk;
/* A chunk of at least `least_bytes`, of those that came back or new. Counts against no budget. NULL when memory is
 * gone.
 */
arena_chunk *arena_chunk_lend(arena *a, size_t least_bytes);
void arena_chunk_return(arena *a, arena_chunk *chunk);

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), 1, sizeof(type)))
#define ARENA_ARRAY(a, type, count) ((type *)arena_alloc((a), (count), sizeof(type)))

/* Growable array living in an arena:  VEC(int) v = {0};  VEC_PUSH(a, &v, 7)  - true when the item was stored. */
#define VEC(type)                                                                                                      \
    struct {                                                                                                           \
        type *at;                                                                                                      \
        size_t n, capacity;                                                                                            \
    }
#define VEC_PUSH(a, vec, ...)                                                                                          \
    (vec_reserve((a), (void **)(void *)&(vec)->at, (vec)->n, &(vec)->capacity, sizeof(*(vec)->at)) &&                  \
     ((vec)->at[(vec)->n++] = (__VA_ARGS__), true))
/* VEC_PUSH's way to room for one item more: doubles the capacity. False, and nothing changed, when memory is gone. */
bool vec_grow(arena *a, void **items, size_t *capacity, size_t size_bytes);
static inline bool vec_reserve(arena *a, void **items, size_t n, size_t *capacity, size_t size_bytes) {
    return n < *capacity || vec_grow(a, items, capacity, size_bytes);
}

#endif
