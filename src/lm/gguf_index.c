/* gguf_index.c - finds keys and tensors by name.
 *
 * In: the pairs and tensors of a header. Out: their order by name, for binary search; an error where a name stands
 * twice. Sorting, not hashing: n log n for any input, so a hostile header cannot make it slow.
 */
#include "lm/gguf_index.h"

#include <stdlib.h>

static int out_of_memory(error *e) {
    return error_set(e, ERROR_MEMORY, "the model's header needs more memory than it may have");
}

typedef struct sorting {
    str name;
    uint32_t index;
} sorting;

static int sorting_order(const void *x, const void *y) {
    const sorting *a = x, *b = y;
    int order = str_cmp(a->name, b->name);
    return order ? order : (a->index > b->index) - (a->index < b->index);
}

/* Indices in name order; a name that comes twice is an error. `rows[i].index` is i on entry. */
static int sort_names(arena *a, sorting *rows, size_t n, const char *what, const uint32_t **out, error *e) {
    uint32_t *order = ARENA_ARRAY(a, uint32_t, n);
    if (!order) return out_of_memory(e);
    if (n) qsort(rows, n, sizeof *rows, sorting_order);
    for (size_t i = 0; i < n; i++) {
        if (i && str_eq(rows[i].name, rows[i - 1].name))
            return error_set(e, ERROR_CONFLICT, "%s '%.*s' stands twice in the file", what, STR_ARG(rows[i].name));
        order[i] = rows[i].index;
    }
    *out = order;
    return 0;
}

int gguf_index_tensors(arena *a, gguf *g, error *e) {
    sorting *rows = malloc((g->tensor_count + 1) * sizeof *rows);
    if (!rows) return out_of_memory(e);
    for (size_t i = 0; i < g->tensor_count; i++) rows[i] = (sorting){g->tensors[i].name, (uint32_t)i};
    int rc = sort_names(a, rows, g->tensor_count, "tensor", &g->by_name, e);
    free(rows);
    return rc;
}

int gguf_index_pairs(arena *a, gguf *g, error *e) {
    sorting *rows = malloc((g->pair_count + 1) * sizeof *rows);
    if (!rows) return out_of_memory(e);
    for (size_t i = 0; i < g->pair_count; i++) rows[i] = (sorting){g->pairs[i].key, (uint32_t)i};
    int rc = sort_names(a, rows, g->pair_count, "key", &g->by_key, e);
    free(rows);
    return rc;
}

const gguf_value *gguf_get(const gguf *g, const char *key) {
    str wanted = str_from_cstr(key);
    size_t lo = 0, hi = g->pair_count;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        const gguf_pair *p = &g->pairs[g->by_key[mid]];
        int order = str_cmp(p->key, wanted);
        if (order == 0) return &p->value;
        if (order < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}

const gguf_tensor *gguf_find(const gguf *g, const char *name) {
    str wanted = str_from_cstr(name);
    size_t lo = 0, hi = g->tensor_count;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        const gguf_tensor *t = &g->tensors[g->by_name[mid]];
        int order = str_cmp(t->name, wanted);
        if (order == 0) return t;
        if (order < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}
