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
    size_t head_bytes;                    /* of the integers before the page tables */
    uint32_t TABLE;                       /* entries of a page table row */
    uint32_t logit_rows;                  /* of the last step */
    uint32_t logit_capacity;              /* rows that work.logits holds */
    float *host_logits;                   /* [logit_rows][VOCAB] where the device's memory is not ours */
    size_t host_logits_bytes;
    bool host_logits_fresh;
    float *top_value, *top_sum; /* device */
    int32_t *top_token;
    size_t top_capacity;
    bool pads, captures;     /* steps of few columns are padded; … and captured */
    struct captured *graphs; /* [graph_count] of [graph_capacity] */
    size_t graph_count, graph_capacity;
};

enum { GRAPH_COLUMNS = 8 }; /* the widest step that is captured */

/* What a step takes, all inputs together. */
struct extent {
    uint32_t columns, wanted, sessions;
};

struct session {
    engine *engine;
    uint32_t *tokens; /* [length] of [capacity] */
    uint32_t length, capacity;
    int32_t *pages; /* [page_count] of [TABLE] */
    uint32_t page_count;
};

/* engine_step.c */
int engine_reserve_logits(engine *g, uint32_t rows, error *e);
int engine_reserve_top(engine *g, uint32_t rows, uint32_t K, error *e);
/* A batch of the places on the device, without columns. */
struct kernels_batch engine_batch(const engine *g);
/* A batch of up to `columns` columns of `texts` texts at the end of the context, on free pages: to try the memory. */
struct kernels_batch engine_fill_nobody(engine *g, uint32_t columns, uint32_t texts);
/* The integers in g->host, as far as b->S texts need them. */
void engine_upload(engine *g, const struct kernels_batch *b);
/* The operations of a pass, and of the choice of tokens; nothing is waited for. */
void engine_enqueue(engine *g, const struct kernels_batch *batch, uint32_t picked, uint32_t logit_row, uint32_t LAYERS,
                    const atomic_int *cancel);
void engine_enqueue_top(engine *g, uint32_t rows, uint32_t K, bool sum);
/* engine_graph.c */
bool engine_step_is_small(const engine *g, const struct extent *all);
/* Pads the columns in g->host, uploads them, and enqueues their step with f->top, by a graph where graphs are on. */
int engine_small_step(engine *g, struct kernels_batch *b, uint32_t picked, const struct engine_fetch *f, error *e);
/* Steps of every padded size at the end of the context, for nobody. */
int engine_warm_small(engine *g, uint32_t top, error *e);
void engine_drop_graphs(engine *g);
uint32_t engine_graph_count(const engine *g); /* captured so far, for tests */
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
