/* tiny_model.h - small models with made-up weights, as GGUF bytes in memory: for tests of the engine and of what sits
 * on it.
 *
 * The weights follow from the tensors' names alone (tests/oracles/models.py makes the same), so goldens need no model
 * file.
 */
#ifndef ASSAY_TESTS_TINY_MODEL_H
#define ASSAY_TESTS_TINY_MODEL_H

#include "base/buf.h"
#include "lm/gguf.h"
#include "lm/gguf_write.h"

enum { TINY_VOCAB = 96, TINY_CONTEXT = 256 };

struct tiny_model {
    const char *architecture; /* "llama", "mistral", "qwen2", "qwen3", "qwen3moe" */
    uint32_t type;            /* GGUF type of the matrices */
    const char *extra;        /* "", "yarn", "factors", "scales", "experts" (Mixtral) */
    bool as_floats;           /* the same values, stored as F32 */
    /* Called before the tensors are declared, to add keys (a tokenizer …); may be NULL. */
    void (*add_keys)(gguf_writer *w, void *context);
    void *context;
};
/* Appends the file's bytes to `out`; 0, or the error's code. */
int tiny_model_bytes(const struct tiny_model *m, buf *out, error *e);

/* An opener that serves these bytes whatever the path; `bytes` must stay where it is. */
gguf_opener tiny_model_opener(const str *bytes);

#endif
