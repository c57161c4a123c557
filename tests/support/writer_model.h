/* writer_model.h - a model of a few hundred kilobytes that can be asked to write: made-up weights, a small vocabulary
 * of words and bytes, a chat template. What it writes is noise, the same noise on every machine. */
#ifndef ASSAY_TESTS_WRITER_MODEL_H
#define ASSAY_TESTS_WRITER_MODEL_H

#include "base/buf.h"
#include "base/error.h"

struct writer_model {
    uint32_t context;          /* tokens it says it was trained on; 0 = 16384 */
    const char *chat_template; /* NULL = one of the ChatML family; "" = none */
    uint64_t seed;             /* of the weights */
    bool ends_at_once;         /* its first token is always the end of the text */
    uint32_t feed_forward; /* width of its inner layer, which most of its bytes are; 0 = 96 (1 KiB a unit and layer) */
    uint32_t rows_missing; /* tokens at the vocabulary's end without a row in the model's tables */
    bool forgetful;        /* the next token follows from the last alone, so likely text soon goes in circles */
};

/* Appends the file's bytes. */
int writer_model_bytes(const struct writer_model *m, buf *out, error *e);
/* Writes it to `path`. */
int writer_model_file(const struct writer_model *m, const char *path, error *e);

#endif
