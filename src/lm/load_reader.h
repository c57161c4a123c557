/* load_reader.h - model files from disk: for headers in small pieces, for tensors past the page cache.
 *
 * A model larger than half of memory that is read through the page cache pushes everything else out, and mapping it is
 * slower still on unified-memory machines (110 s against 10.5 s for 59 GB, as measured on a GB10). There, O_DIRECT in
 * large aligned pieces is the fastest; on a virtual disk whose host caches, plain reads with the kernel's read-ahead
 * can be. So a reader can measure: some pieces in one way, some in the other, then the rest in the faster. Pages that
 * plain reads leave behind are given back.
 */
#ifndef ASSAY_LM_LOAD_READER_H
#define ASSAY_LM_LOAD_READER_H

#include "lm/gguf.h"

/* Opens files by pread, for gguf_set_open: sizes from fstat; a folder or anything but a regular file is refused. */
gguf_opener load_opener(void);
/* The same by LOAD_MEASURED, for a set whose tensors are read once, in order: each source is a load_reader behind a
 * lock, so any thread may read. */
gguf_opener load_opener_large(void);

typedef struct load_reader load_reader;

enum load_mode {
    LOAD_PLAIN,   /* through the page cache, with read-ahead: best when something else is done with each piece */
    LOAD_DIRECT,  /* O_DIRECT; plain where the file system refuses it */
    LOAD_MEASURED /* direct for 128 MiB, plain for 128 MiB, then the faster of the two; plain where a file is too small
                   * for that (512 MiB): the kernel reads ahead while the last piece is packed */
};

/* Opens `path` for large reads. Not shared by threads: each opens its own. */
int load_reader_open(const char *path, enum load_mode mode, load_reader **out, error *e);
void load_reader_close(load_reader *r); /* NULL is allowed */
/* Whether O_DIRECT is in use now. */
bool load_reader_is_direct(const load_reader *r);
/* Reads bytes [offset, offset + len_bytes); a file that ends before is ERROR_SYNTAX with the missing bytes counted.
 * Fastest when offset and out are multiples of LOAD_ALIGN_BYTES: then nothing is copied. */
int load_reader_read(load_reader *r, uint64_t offset, void *out, uint64_t len_bytes, error *e);

enum { LOAD_ALIGN_BYTES = 4096, LOAD_PIECE_BYTES = 8 << 20 };

/* Memory for weights: aligned to LOAD_ALIGN_BYTES, room for len_bytes rounded up to it; free() releases it. NULL when
 * memory is gone. */
void *load_alloc(uint64_t len_bytes);

#endif
