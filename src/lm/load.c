/* load.c - tensors from the file to the device: by name, in pieces of a few MB, repacked on the way.
 *
 *     header ──► shape ──► for each tensor the architecture names: check its shape ──► read piece ──► weight_write
 *
 * A second thread reads the next piece while this one packs. Invariant: nothing on the device is sized by a number that
 * was not compared with the shape first. Not here: where bytes come from (gguf_set).
 */
#include "lm/engine_impl.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { PIECE_BYTES = 8 << 20 };

struct loader {
    engine *g;
    const gguf_set *set;
    arena *a;
    error *e;
    uint64_t done_bytes, all_bytes;
    uint8_t *piece[2];
    size_t piece_bytes;
};

static const char *full_name(char *out, size_t capacity, int layer, const char *name) {
    if (layer >= 0)
        snprintf(out, capacity, "blk.%d.%s", layer, name);
    else
        snprintf(out, capacity, "%s", name);
    return out;
}

static void *keep_memory(engine *g, void *memory, error *e) {
    struct owned *o = &g->owned;
    if (memory && o->memory_count == o->memory_capacity) {
        size_t capacity = o->memory_capacity * 2 + 64;
        void **grown = realloc(o->memory, capacity * sizeof *grown);
        if (!grown) {
            g->backend->free(g->device, memory);
            error_set(e, ERROR_MEMORY, "no memory for %zu tensors", capacity);
            return NULL;
        }
        o->memory = grown;
        o->memory_capacity = capacity;
    }
    if (memory) o->memory[o->memory_count++] = memory;
    return memory;
}

void *engine_alloc(engine *g, size_t size_bytes, error *e) {
    return keep_memory(g, g->backend->alloc(g->device, size_bytes, e), e);
}

static kernels_weight *keep_weight(engine *g, kernels_weight *w, error *e) {
    struct owned *o = &g->owned;
    if (w && o->weight_count == o->weight_capacity) {
        size_t capacity = o->weight_capacity * 2 + 64;
        kernels_weight **grown = realloc(o->weights, capacity * sizeof *grown);
        if (!grown) {
            g->backend->weight_free(w);
            error_set(e, ERROR_MEMORY, "no memory for %zu weights", capacity);
            return NULL;
        }
        o->weights = grown;
        o->weight_capacity = capacity;
    }
    if (w) o->weights[o->weight_count++] = w;
    return w;
}

bool load_has(const struct loader *l, int layer, const char *name) {
    char full[96];
    return gguf_find(l->set->head, full_name(full, sizeof full, layer, name)) != NULL;
}

/* The tensor, checked to have the dimensions wanted; NULL with 0 returned when an optional one is absent. */
static int find(struct loader *l, int layer, const char *name, enum loader_need need, const uint64_t want[3],
                const gguf_tensor **out) {
    char full[96];
    *out = gguf_find(l->set->head, full_name(full, sizeof full, layer, name));
    if (!*out) return need == TENSOR_OPTIONAL ? 0 : error_set(l->e, ERROR_SCHEMA, "the model has no tensor %s", full);
    const gguf_tensor *t = *out;
    if (t->ne[0] != want[0] || t->ne[1] != want[1] || t->ne[2] != want[2] || t->ne[3] != 1)
        return error_set(l->e, ERROR_SCHEMA,
                         "tensor %s is %llu x %llu x %llu; the header's numbers ask for %llu x %llu x %llu", full,
                         (unsigned long long)t->ne[0], (unsigned long long)t->ne[1], (unsigned long long)t->ne[2],
                         (unsigned long long)want[0], (unsigned long long)want[1], (unsigned long long)want[2]);
    if (!tensor_type_find(t->type->id))
        return error_set(l->e, ERROR_SUPPORT, "tensor %s has type %s, for which there are no kernels", full,
                         t->type->name);
    return 0;
}

static int advance(struct loader *l, uint64_t bytes) {
    const struct engine_options *o = &l->g->options;
    l->done_bytes += bytes;
    if (o->progress) o->progress(o->progress_context, l->done_bytes, l->all_bytes);
    if (o->cancel && atomic_load_explicit(o->cancel, memory_order_relaxed))
        return error_set(l->e, ERROR_CANCELLED, "loading was cancelled");
    return 0;
}

struct reading {
    const gguf_set *set;
    const gguf_tensor *tensor;
    uint64_t offset;
    size_t len_bytes;
    void *out;
    int result;
    error e;
};
static void *read_piece(void *argument) {
    struct reading *r = argument;
    r->result = gguf_set_read(r->set, r->tensor, r->offset, r->out, r->len_bytes, &r->e);
    return NULL;
}

/* All rows of tensor t into w: pieces of whole rows, the next one read while this one is packed. */
static int stream(struct loader *l, const gguf_tensor *t, kernels_weight *w, size_t row_bytes, int64_t rows) {
    int64_t per_piece = (int64_t)(l->piece_bytes / row_bytes);
    struct reading now = {.set = l->set, .tensor = t, .out = l->piece[0]};
    int64_t first = 0, count = rows < per_piece ? rows : per_piece;
    now.len_bytes = (size_t)count * row_bytes;
    read_piece(&now);
    for (int turn = 0; first < rows; turn ^= 1) {
        if (now.result) {
            if (l->e) *l->e = now.e;
            return now.result;
        }
        int64_t next = first + count, next_count = rows - next < per_piece ? rows - next : per_piece;
        struct reading ahead = {.set = l->set,
                                .tensor = t,
                                .offset = (uint64_t)next * row_bytes,
                                .len_bytes = (size_t)next_count * row_bytes,
                                .out = l->piece[turn ^ 1]};
        pthread_t thread;
        bool threaded = next_count > 0 && pthread_create(&thread, NULL, read_piece, &ahead) == 0;
        if (!threaded && next_count > 0) read_piece(&ahead);
        int bad = l->g->backend->weight_write(w, first, count, l->piece[turn], l->e);
        if (threaded) pthread_join(thread, NULL);
        if (!bad) bad = advance(l, (uint64_t)count * row_bytes);
        if (bad) return bad;
        now = ahead;
        first = next;
        count = next_count;
    }
    return 0;
}

/* X.scale beside X.weight: one factor, or one an expert. */
static int finish(struct loader *l, int layer, const char *name, uint32_t EXPERTS, kernels_weight *w) {
    char sibling[64];
    size_t n = strlen(name);
    const float *scale = NULL;
    uint32_t count = 0;
    if (n > 7 && n < sizeof sibling && strcmp(name + n - 7, ".weight") == 0) {
        snprintf(sibling, sizeof sibling, "%.*s.scale", (int)n - 7, name);
        char full[96];
        const gguf_tensor *t = gguf_find(l->set->head, full_name(full, sizeof full, layer, sibling));
        if (t) {
            count = t->count == 1 ? 1 : EXPERTS;
            int bad = load_host_vector(l, layer, sibling, TENSOR_REQUIRED, count, &scale);
            if (bad) return bad;
        }
    }
    return l->g->backend->weight_finish(w, scale, (int)count, l->e);
}

int load_weight(struct loader *l, int layer, const char *name, enum loader_need need, uint32_t EXPERTS, uint32_t ROWS,
                uint32_t COLS, kernels_weight **out) {
    const uint64_t want[3] = {COLS, ROWS, EXPERTS};
    const gguf_tensor *t;
    *out = NULL;
    int bad = find(l, layer, name, need, want, &t);
    if (bad || !t) return bad;
    engine *g = l->g;
    kernels_weight *w = keep_weight(
        g, g->backend->weight_new(g->device, (enum tensor_type)t->type->id, (int)EXPERTS, (int)ROWS, (int)COLS, l->e),
        l->e);
    if (!w) return l->e ? (int)l->e->code : (int)ERROR_MEMORY;
    size_t row_bytes = tensor_row_bytes(t->type->id, COLS);
    if (row_bytes > l->piece_bytes)
        return error_set(l->e, ERROR_LIMIT, "tensor %s has rows of %zu bytes; %zu can be", name, row_bytes,
                         l->piece_bytes);
    bad = stream(l, t, w, row_bytes, (int64_t)EXPERTS * ROWS);
    if (!bad) bad = finish(l, layer, name, EXPERTS, w);
    if (!bad) *out = w;
    return bad;
}

int load_host_vector(struct loader *l, int layer, const char *name, enum loader_need need, uint32_t count,
                     const float **out) {
    const uint64_t want[3] = {count, 1, 1};
    const gguf_tensor *t;
    *out = NULL;
    int bad = find(l, layer, name, need, want, &t);
    if (bad || !t) return bad;
    void *raw = arena_alloc(l->a, (size_t)t->size_bytes, 1);
    float *values = ARENA_ARRAY(l->a, float, count);
    if (!raw || !values) return error_set(l->e, ERROR_MEMORY, "no memory for tensor %s", name);
    bad = gguf_set_read(l->set, t, 0, raw, (size_t)t->size_bytes, l->e);
    if (bad) return bad;
    tensor_dequantise((enum tensor_type)t->type->id, raw, count, values);
    *out = values;
    return advance(l, t->size_bytes);
}

int load_vector(struct loader *l, int layer, const char *name, enum loader_need need, uint32_t count, float **out) {
    const float *values;
    *out = NULL;
    int bad = load_host_vector(l, layer, name, need, count, &values);
    if (bad || !values) return bad;
    engine *g = l->g;
    float *device = engine_alloc(g, (size_t)count * sizeof(float), l->e);
    if (!device) return l->e ? (int)l->e->code : (int)ERROR_MEMORY;
    g->backend->upload(g->queue, device, values, (size_t)count * sizeof(float));
    *out = device;
    return 0;
}

int model_configure(const gguf *g, struct model *m, error *e) {
    error local;
    if (!e) e = &local;
    for (int i = 0; ARCHITECTURES[i] && !m->arch; i++)
        if (str_eq(g->architecture, str_from_cstr(ARCHITECTURES[i]->name))) m->arch = ARCHITECTURES[i];
    if (!m->arch) {
        char names[128] = "";
        for (int i = 0; ARCHITECTURES[i]; i++) {
            size_t n = strlen(names);
            snprintf(names + n, sizeof names - n, "%s%s", i ? ", " : "", ARCHITECTURES[i]->name);
        }
        return error_set(e, ERROR_SUPPORT, "the architecture '%.*s' is not supported; these are: %s",
                         STR_ARG(g->architecture), names);
    }
    const gguf_tensor *table = gguf_find(g, "token_embd.weight");
    if (!table || table->dims != 2)
        return error_set(e, ERROR_SCHEMA, "the model has no tensor token_embd.weight of two dimensions");
    if (table->ne[1] < 1 || table->ne[1] > 1u << 24)
        return error_set(e, ERROR_SCHEMA, "a vocabulary of %llu tokens cannot be", (unsigned long long)table->ne[1]);
    m->shape.VOCAB = (uint32_t)table->ne[1];
    return m->arch->configure(g, &m->shape, e);
}

int model_load(engine *g, const gguf_set *set, error *e) {
    struct loader l = {.g = g, .set = set, .a = arena_new(0), .e = e};
    struct model *m = &g->model;
    const struct shape *s = &m->shape;
    size_t longest = 0;
    for (size_t i = 0; i < set->head->tensor_count; i++) {
        const gguf_tensor *t = &set->head->tensors[i];
        l.all_bytes += t->size_bytes;
        size_t row = tensor_row_bytes(t->type->id, t->ne[0]);
        if (row > longest) longest = row;
    }
    l.piece_bytes = longest > PIECE_BYTES ? longest : PIECE_BYTES;
    m->layer = calloc(s->LAYERS, sizeof *m->layer);
    int bad = 0;
    for (int i = 0; i < 2; i++)
        if (l.piece_bytes > (size_t)1 << 30 || posix_memalign((void **)(void *)&l.piece[i], 4096, l.piece_bytes) != 0)
            l.piece[i] = NULL;
    if (!l.a || !m->layer || !l.piece[0] || !l.piece[1]) bad = error_set(e, ERROR_MEMORY, "no memory for loading");
    if (!bad) bad = load_weight(&l, -1, "token_embd.weight", TENSOR_REQUIRED, 1, s->VOCAB, s->DIM, &m->embedding);
    if (!bad) bad = load_weight(&l, -1, "output.weight", TENSOR_OPTIONAL, 1, s->VOCAB, s->DIM, &m->output);
    if (!bad && !m->output) m->output = m->embedding; /* tied */
    if (!bad) bad = load_vector(&l, -1, "output_norm.weight", TENSOR_REQUIRED, s->DIM, &m->output_norm);
    if (!bad) bad = m->arch->load(&l, m);
    if (!bad && s->rope.ROT) {
        float *host = ARENA_ARRAY(l.a, float, (size_t)s->rope.ROT / 2);
        m->frequency = engine_alloc(g, (size_t)s->rope.ROT / 2 * sizeof(float), e);
        if (!host || !m->frequency) bad = error_set(e, ERROR_MEMORY, "no memory for the rotation");
        if (!bad) {
            kernels_rope_frequencies(&s->rope, host);
            g->backend->upload(g->queue, m->frequency, host, (size_t)s->rope.ROT / 2 * sizeof(float));
        }
    }
    int unsynced = g->backend->queue_sync(g->queue, bad ? NULL : e);
    free(l.piece[0]);
    free(l.piece[1]);
    arena_free(l.a);
    m->shape.rope.factors = NULL;
    return bad ? bad : unsynced;
}
