/* load_reader.h - model files from disk: for headers in small pieces, for tensors past the page cache.
 *
 * A model larger than half of memory that is read through the page cache pushes everything else out and is copied once
 * more than needed; on unified-memory machines mapping it is slower still (110 s against 10.5 s for 59 GB, as measured
 * on a GB10). So tensors are read with O_DIRECT in large aligned pieces, and where a file system does not do that, with
 * plain reads whose pages are given back afterwards.
 */
#ifndef ASSAY_LM_LOAD_READER_H
#define ASSAY_LM_LOAD_READER_H

#include "lm/gguf.h"

/* Opens files by pread, for gguf_set_open: sizes from fstat; a folder or anything but a regular file is refused. */
gguf_opener load_opener(void);

typedef struct load_reader load_reader;

/* Opens `path` for large reads. `allow_direct` false reads plainly (tests, comparisons). Not shared by threads: each
 * opens its own. */
int load_reader_open(const char *path, bool allow_direct, load_reader **out, error *e);
void load_reader_close(load_reader *r); /* NULL is allowed */
/* Whether O_DIRECT is in use. */
bool load_reader_is_direct(const load_reader *r);
/* Reads bytes [offset, offset + len_bytes); a file that ends before is ERROR_SYNTAX with the missing bytes counted.
 * Fastest when offset and out are multiples of LOAD_ALIGN_BYTES: then nothing is copied. */
int load_reader_read(load_reader *r, uint64_t offset, void *out, uint64_t len_bytes, error *e);

enum { LOAD_ALIGN_BYTES = 4096, LOAD_PIECE_BYTES = 8 << 20 };

/* Memory for weights: aligned to LOAD_ALIGN_BYTES, room for len_bytes rounded up to it; free() releases it. NULL when
 * memory is gone. */
void *load_alloc(uint64_t len_bytes);

#endif
