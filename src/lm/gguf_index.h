/* gguf_index.h - inside the room: builds the name indices of a header. */
#ifndef ASSAY_LM_GGUF_INDEX_H
#define ASSAY_LM_GGUF_INDEX_H

#include "lm/gguf.h"

/* Sorts g->tensors by name into g->by_name; ERROR_CONFLICT when a name stands twice. */
int gguf_index_tensors(arena *a, gguf *g, error *e);
/* The same for keys, into g->by_key. */
int gguf_index_pairs(arena *a, gguf *g, error *e);

#endif
