/* chunk.c - memory for weights: tensors stand one behind the other in chunks of huge pages.
 *
 *     chunk  [w][w][  w  ][w]…          a tensor larger than a chunk gets one of its own
 *
 * Every step reads all weights, in the order in which they were made. Pages of 2 MB spare address translation, but only
 * where a whole one fits, so a tensor of 3 MB with a mapping of its own would have a third of it in pages of 4 KB; and
 * with nothing between two tensors, what is asked for ahead of the end of one is the beginning of the next. A chunk
 * goes back to the system when the last of its tensors is freed. Not here: caches and work space, which are few and
 * large.
 */
#include "cpu.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>

enum { CHUNK_BYTES = 64 << 20, HUGE_PAGE_BYTES = 2 << 20 };

struct chunk {
    void *base; /* of the mapping */
    size_t mapped_bytes;
    uint8_t *p; /* aligned to a huge page */
    size_t bytes, used;
    int tensors;
};

static struct chunk *chunk_new(size_t bytes) {
    struct chunk *c = calloc(1, sizeof *c);
    if (!c) return NULL;
    c->bytes = (bytes + HUGE_PAGE_BYTES - 1) & ~(size_t)(HUGE_PAGE_BYTES - 1);
    c->mapped_bytes = c->bytes + HUGE_PAGE_BYTES;
    c->base = mmap(NULL, c->mapped_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (c->base == MAP_FAILED) {
        free(c);
        return NULL;
    }
    uintptr_t p = ((uintptr_t)c->base + HUGE_PAGE_BYTES - 1) & ~(uintptr_t)(HUGE_PAGE_BYTES - 1);
    c->p = (uint8_t *)c->base + (p - (uintptr_t)c->base);
    madvise(c->p, c->bytes, MADV_HUGEPAGE); /* advice: failing is fine */
    return c;
}

/* Zeroed, aligned to 64 bytes. */
uint8_t *chunk_alloc(kernels_device *d, size_t bytes, struct chunk **owner) {
    if (bytes > SIZE_MAX / 2) return NULL;
    size_t rounded = (bytes + 63) & ~(size_t)63;
    pthread_mutex_lock(&d->chunk_lock);
    struct chunk *c = d->chunk;
    if (!c || c->bytes - c->used < rounded) {
        bool own = rounded > CHUNK_BYTES / 2;
        c = chunk_new(own ? rounded : CHUNK_BYTES);
        if (c && !own) d->chunk = c; /* the one before stays as long as its tensors */
    }
    uint8_t *p = c ? c->p + c->used : NULL;
    if (c) {
        c->used += rounded;
        c->tensors++;
    }
    *owner = c;
    pthread_mutex_unlock(&d->chunk_lock);
    return p;
}

void chunk_release(kernels_device *d, struct chunk *c) {
    if (!c) return;
    pthread_mutex_lock(&d->chunk_lock);
    bool last = --c->tensors == 0;
    if (last && d->chunk == c) d->chunk = NULL;
    pthread_mutex_unlock(&d->chunk_lock);
    if (!last) return;
    munmap(c->base, c->mapped_bytes);
    free(c);
}
