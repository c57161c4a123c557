/* buf.h - a growing byte buffer for output.
 *
 * Renderers append to a `buf` and the command line writes it out in one piece, so that a failure half-way leaves
 * nothing half-written. A failed allocation sets `failed` and later appends do nothing: check once, at the end.
 */
#ifndef ASSAY_BASE_BUF_H
#define ASSAY_BASE_BUF_H

#include "base/str.h"

typedef struct buf {
    uint8_t *p; /* owned (malloc); not NUL-terminated */
    size_t n, capacity;
    bool failed;
} buf;

void buf_free(buf *b); /* frees and zeroes; a zeroed buf is a valid empty one */
/* Appends bytes; `bytes` may be NULL only with length 0. On a failed allocation: `failed`, and nothing is appended. */
void buf_bytes(buf *b, const void *bytes, size_t len_bytes);
/* Appends a view; a NUL-terminated text, which must not be NULL. */
void buf_str(buf *b, str s);
void buf_cstr(buf *b, const char *text);
/* Appends one byte, once or `count` times. */
void buf_byte(buf *b, uint8_t byte);
void buf_repeat(buf *b, uint8_t byte, size_t count);
/* Appends what printf would print; no NUL. */
void buf_printf(buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The bytes so far, as a view that is valid until the next append. */
static inline str buf_view(const buf *b) { return (str){b->p, (ptrdiff_t)b->n}; }

#endif
