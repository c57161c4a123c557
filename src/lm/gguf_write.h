/* gguf_write.h - writes GGUF version 3: for tests that need a small model, and for the bench, which makes files of real
 * shapes with made-up weights.
 *
 * Keys and tensors are declared in order; then gguf_writer_header gives the header and gguf_writer_file writes a whole
 * file, asking for each tensor's bytes in pieces. Nothing is checked twice: a name that comes twice, a row that is no
 * whole number of blocks and a failed allocation are remembered and reported by the two functions that give output.
 */
#ifndef ASSAY_LM_GGUF_WRITE_H
#define ASSAY_LM_GGUF_WRITE_H

#include "base/buf.h"
#include "lm/gguf.h"

typedef struct gguf_writer gguf_writer;

gguf_writer *gguf_writer_new(void); /* NULL when memory is gone; caller frees */
void gguf_writer_free(gguf_writer *w);

void gguf_write_u32(gguf_writer *w, const char *key, uint32_t value);
void gguf_write_u16(gguf_writer *w, const char *key, uint16_t value);
void gguf_write_i32(gguf_writer *w, const char *key, int32_t value);
void gguf_write_f32(gguf_writer *w, const char *key, float value);
void gguf_write_bool(gguf_writer *w, const char *key, bool value);
void gguf_write_str(gguf_writer *w, const char *key, str value);
void gguf_write_strs(gguf_writer *w, const char *key, const str *values, size_t n);
void gguf_write_i32s(gguf_writer *w, const char *key, const int32_t *values, size_t n);
void gguf_write_f32s(gguf_writer *w, const char *key, const float *values, size_t n);
/* Alignment of the data: a power of two; 32 unless set. Writes general.alignment. Before the first tensor. */
void gguf_write_alignment(gguf_writer *w, uint32_t alignment);

/* Declares the next tensor; ne[0] is the row length, unused dimensions are left out (dims 1 to 4). Its offset is the
 * padded end of the one before. Returns its number, from 0. */
uint32_t gguf_write_tensor(gguf_writer *w, const char *name, uint32_t type, uint32_t dims, const uint64_t *ne);

/* Appends the header, padded to the alignment, to `out`. */
int gguf_writer_header(const gguf_writer *w, buf *out, error *e);

/* Gives bytes [offset, offset + len_bytes) of tensor `tensor` (called in file order, pieces of at most 1 MiB). */
typedef int (*gguf_fill)(void *context, uint32_t tensor, uint64_t offset, void *out, size_t len_bytes, error *e);
/* Writes the whole file, not atomically (files of many GB); on failure it is removed. `fill` NULL writes zeros. */
int gguf_writer_file(const gguf_writer *w, const char *path, gguf_fill fill, void *context, error *e);
/* The same into memory, for tests. */
int gguf_writer_bytes(const gguf_writer *w, buf *out, gguf_fill fill, void *context, error *e);

#endif
