/* engine_impl.h - inside the room: the engine's own fields. */
#ifndef ASSAY_LM_ENGINE_IMPL_H
#define ASSAY_LM_ENGINE_IMPL_H

#include "lm/model.h"

/* Pages of the cache: a page is in use while its count is not 0. */
struct page_pool {
    uint32_t pages, free_count;
    uint32_t *uses; /* [pages] */
    int32_t *free;  /* [free_count] */
};

/* Weights and vectors that the engine owns. */
struct owned {
    kernels_weight **weights;
    void **memory;
    size_t weight_count, weight_capacity, memory_count, memory_capacity;
};

/* The step's integers, on the host and on the device, in the same order. */
struct step_integers {
    int32_t *token, *pos, *seq, *run, *index, *table;
};

struct engine {
    const struct kernels_backend *backend;
    kernels_device *device;
    kernels_queue *queue;
    struct kernels_info device_info;
    struct engine_options options;
    struct engine_info info;
    char architecture[64];
    struct model model;
    struct owned owned;
    struct page_pool pool;
    struct work work;
    struct step_integers host, on_device; /* bases of one block each */
    size_t integers_bytes;
    uint32_t TABLE;          /* entries of a page table row */
    uint32_t logit_rows;     /* of the last step */
    uint32_t logit_capacity; /* rows that work.logits holds */
    float *host_logits;      /* [logit_rows][VOCAB] where the device's memory is not ours */
    size_t host_logits_bytes;
    bool host_logits_fresh;
    float *top_value, *top_sum; /* device */
    int32_t *top_token;
    size_t top_capacity;
};

struct session {
    engine *engine;
    uint32_t *tokens; /* [length] of [capacity] */
    uint32_t length, capacity;
    int32_t *pages; /* [page_count] of [TABLE] */
    uint32_t page_count;
};

/* load.c */
int model_configure(const gguf *g, struct model *m, error *e);
int model_load(engine *g, const gguf_set *set, error *e);
/* Device memory that engine_close frees. */
void *engine_alloc(engine *g, size_t size_bytes, error *e);
/* session.c: makes positions [length, length + count) of `s` writable: takes pages, copies shared ones. */
int session_reserve(session *s, uint32_t count, error *e);
int pool_open(struct page_pool *p, uint32_t pages, error *e);
void pool_close(struct page_pool *p);

#endif
