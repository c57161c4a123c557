/* load.c - tensors from the file to the device, by name.
 *
 *     header ──► shape ──► for each tensor the architecture names: check its shape, make its place ──► all are read
 *
 * The same walk over the names is made once before, on the header alone: it finds what is missing, misshapen, or there
 * without being asked for. A tensor that nothing asks for belongs to a model that computes something else.
 *
 * The few tensors that are needed before (scales, frequency factors) are read at once, the others by load_stream.c in
 * the order of the file. Invariant: nothing on the device is sized by a number that was not compared with the shape
 * first. Not here: where bytes come from (gguf_set).
 */
#include "lm/load_stream.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct loader {
    struct load_stream stream; /* empty where only the header is looked at */
    const gguf *head;
    bool *asked; /* [tensors] found by name; NULL while loading */
    error *e;
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

/* The tensor, checked to have the dimensions wanted; NULL with 0 returned when an optional one is absent. */
static int find(struct loader *l, int layer, const char *name, enum loader_need need, const uint64_t want[3],
                const gguf_tensor **out) {
    char full[96];
    *out = gguf_find(l->head, full_name(full, sizeof full, layer, name));
    if (!*out) return need == TENSOR_OPTIONAL ? 0 : error_set(l->e, ERROR_SCHEMA, "the model has no tensor %s", full);
    const gguf_tensor *t = *out;
    if (l->asked) l->asked[t - l->head->tensors] = true;
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

/* X.scale beside X.weight: one factor, or one an expert. */
static int find_scale(struct loader *l, int layer, const char *name, uint32_t EXPERTS, struct load_job *job) {
    char sibling[64], full[96];
    size_t n = strlen(name);
    if (n <= 7 || n >= sizeof sibling || strcmp(name + n - 7, ".weight") != 0) return 0;
    snprintf(sibling, sizeof sibling, "%.*s.scale", (int)n - 7, name);
    const gguf_tensor *t = gguf_find(l->head, full_name(full, sizeof full, layer, sibling));
    if (!t) return 0;
    job->scale_count = t->count == 1 ? 1 : (int)EXPERTS;
    return load_host_vector(l, layer, sibling, TENSOR_REQUIRED, (uint32_t)job->scale_count, &job->scale);
}

static int add_job(struct loader *l, struct load_job job) {
    return VEC_PUSH(l->stream.a, &l->stream.jobs, job)
               ? 0
               : error_set(l->e, ERROR_MEMORY, "no memory for tensor %.*s", STR_ARG(job.tensor->name));
}

int load_weight(struct loader *l, int layer, const char *name, enum loader_need need, uint32_t EXPERTS, uint32_t ROWS,
                uint32_t COLS, kernels_weight **out) {
    const uint64_t want[3] = {COLS, ROWS, EXPERTS};
    const gguf_tensor *t;
    *out = NULL;
    int bad = find(l, layer, name, need, want, &t);
    if (bad || !t) return bad;
    struct load_job job = {.tensor = t, .row_bytes = tensor_row_bytes(t->type->id, COLS)};
    if (l->asked) return find_scale(l, layer, name, EXPERTS, &job);
    engine *g = l->stream.g;
    kernels_weight *w = keep_weight(
        g, g->backend->weight_new(g->device, (enum tensor_type)t->type->id, (int)EXPERTS, (int)ROWS, (int)COLS, l->e),
        l->e);
    if (!w) return l->e ? (int)l->e->code : (int)ERROR_MEMORY;
    job.weight = w;
    bad = find_scale(l, layer, name, EXPERTS, &job);
    if (!bad) bad = add_job(l, job);
    if (!bad) *out = w;
    return bad;
}

int load_host_vector(struct loader *l, int layer, const char *name, enum loader_need need, uint32_t count,
                     const float **out) {
    const uint64_t want[3] = {count, 1, 1};
    const gguf_tensor *t;
    *out = NULL;
    int bad = find(l, layer, name, need, want, &t);
    if (bad || !t || l->asked) return bad;
    void *raw = arena_alloc(l->stream.a, (size_t)t->size_bytes, 1);
    float *values = ARENA_ARRAY(l->stream.a, float, count);
    if (!raw || !values) return error_set(l->e, ERROR_MEMORY, "no memory for tensor %s", name);
    bad = gguf_set_read(l->stream.set, t, 0, raw, (size_t)t->size_bytes, l->e);
    if (bad) return bad;
    tensor_dequantise((enum tensor_type)t->type->id, raw, count, values);
    *out = values;
    return load_stream_advance(&l->stream, t->size_bytes, l->e);
}

int load_vector(struct loader *l, int layer, const char *name, enum loader_need need, uint32_t count, float **out) {
    const uint64_t want[3] = {count, 1, 1};
    const gguf_tensor *t;
    *out = NULL;
    int bad = find(l, layer, name, need, want, &t);
    if (bad || !t || l->asked) return bad;
    float *device = engine_alloc(l->stream.g, (size_t)count * sizeof(float), l->e);
    if (!device) return l->e ? (int)l->e->code : (int)ERROR_MEMORY;
    bad = add_job(l, (struct load_job){.tensor = t, .vector = device, .row_bytes = (size_t)t->size_bytes});
    if (!bad) *out = device;
    return bad;
}

static int load_all(struct loader *l, struct model *m) {
    const struct shape *s = &m->shape;
    int bad = load_weight(l, -1, "token_embd.weight", TENSOR_REQUIRED, 1, s->VOCAB, s->DIM, &m->embedding);
    if (!bad) bad = load_weight(l, -1, "output.weight", TENSOR_OPTIONAL, 1, s->VOCAB, s->DIM, &m->output);
    if (!bad && !m->output) m->output = m->embedding; /* tied */
    if (!bad) bad = load_vector(l, -1, "output_norm.weight", TENSOR_REQUIRED, s->DIM, &m->output_norm);
    return bad ? bad : m->arch->load(l, m);
}

/* Tensors that no graph asks for, and that change no result: how large the activations of a quantised product were, and
 * the rotation's frequencies as some old converters wrote them. */
static bool is_no_matter(str name) {
    return str_ends(name, STR(".input_scale")) || str_ends(name, STR(".attn_rot_embd.weight"));
}

static int refuse_strangers(const gguf *g, const bool *asked, error *e) {
    for (size_t i = 0; i < g->tensor_count; i++)
        if (!asked[i] && !is_no_matter(g->tensors[i].name))
            return error_set(e, ERROR_SUPPORT,
                             "tensor '%.*s' is not known here: the model computes something with it that would be left "
                             "out. If it is a published model, that is worth a report",
                             STR_ARG(g->tensors[i].name));
    return 0;
}

/* Everything that the header can tell of the tensors, before a byte of memory is planned. */
static int check_tensors(const gguf *g, const struct model *m, error *e) {
    struct model trial = *m;
    struct loader l = {.head = g, .asked = calloc(g->tensor_count + 1, sizeof *l.asked), .e = e};
    trial.layer = calloc(m->shape.LAYERS, sizeof *trial.layer);
    int bad = l.asked && trial.layer ? load_all(&l, &trial) : error_set(e, ERROR_MEMORY, "no memory for loading");
    if (!bad) bad = refuse_strangers(g, l.asked, e);
    free(trial.layer);
    free(l.asked);
    return bad;
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
    int bad = m->arch->configure(g, &m->shape, e);
    if (!bad) bad = model_check_keys(g, e);
    return bad ? bad : check_tensors(g, m, e);
}

/* Angles are divided by them. */
static int check_factors(const struct kernels_rope *rope, error *e) {
    for (int k = 0; rope->factors && k < rope->ROT / 2; k++)
        if (!(rope->factors[k] > 0 && isfinite(rope->factors[k])))
            return error_set(e, ERROR_SCHEMA, "rope_freqs.weight: factor %d is %g, and must be above 0", k,
                             (double)rope->factors[k]);
    return 0;
}

int model_load(engine *g, const gguf_set *set, error *e) {
    struct loader l = {.stream = {.g = g, .set = set, .a = arena_new(0)}, .head = set->head, .e = e};
    struct model *m = &g->model;
    const struct shape *s = &m->shape;
    for (size_t i = 0; i < set->head->tensor_count; i++) l.stream.all_bytes += set->head->tensors[i].size_bytes;
    m->layer = calloc(s->LAYERS, sizeof *m->layer);
    int bad = 0;
    if (!l.stream.a || !m->layer) bad = error_set(e, ERROR_MEMORY, "no memory for loading");
    if (!bad) bad = load_all(&l, m);
    if (!bad) bad = check_factors(&s->rope, e);
    if (!bad) bad = load_stream_run(&l.stream, e);
    if (!bad && s->rope.ROT) {
        float *host = ARENA_ARRAY(l.stream.a, float, (size_t)s->rope.ROT / 2);
        m->frequency = engine_alloc(g, (size_t)s->rope.ROT / 2 * sizeof(float), e);
        if (!host || !m->frequency) bad = error_set(e, ERROR_MEMORY, "no memory for the rotation");
        if (!bad) {
            kernels_rope_frequencies(&s->rope, host);
            g->backend->upload(g->queue, m->frequency, host, (size_t)s->rope.ROT / 2 * sizeof(float));
        }
    }
    int unsynced = g->backend->queue_sync(g->queue, bad ? NULL : e);
    arena_free(l.stream.a);
    m->shape.rope.factors = NULL;
    return bad ? bad : unsynced;
}
