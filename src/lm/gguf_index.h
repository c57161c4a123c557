/* gguf_index.h - inside the room: (re)builds the name index of a header whose tensors changed. */
#ifndef ASSAY_LM_GGUF_INDEX_H
#define ASSAY_LM_GGUF_INDEX_H

#include "lm/gguf.h"

/* Sorts g->tensors by name into g->by_name; ERROR_CONFLICT when a name stands twice. */
int gguf_index_tensors(arena *a, gguf *g, error *e);

#endif
