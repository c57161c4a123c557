/* gguf_write.c - the writer.
 *
 * In: keys, values and tensor shapes, in order. Out: the header bytes; a file or a buffer with the tensors' bytes.
 *
 *     pairs (buf)  +  infos (buf)  +  layout[]      offset of tensor i = padded end of tensor i-1
 *
 * Invariant: what it writes, gguf_read accepts. Deliberately no version but 3 and no byte order but little.
 */
#include "lm/gguf_write.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { PIECE_BYTES = 1 << 20 };

typedef struct layout {
    uint64_t offset, size_bytes;
} layout;

struct gguf_writer {
    buf pairs, infos;
    uint64_t pair_count;
    uint32_t alignment;
    layout *tensors;
    uint32_t tensor_count, tensor_capacity;
    uint64_t end; /* of the last tensor, padded */
    error failed; /* the first thing that went wrong */
};

gguf_writer *gguf_writer_new(void) {
    gguf_writer *w = calloc(1, sizeof *w);
    if (w) w->alignment = 32;
    return w;
}

void gguf_writer_free(gguf_writer *w) {
    if (!w) return;
    buf_free(&w->pairs);
    buf_free(&w->infos);
    free(w->tensors);
    free(w);
}

static void put(buf *b, uint64_t value, unsigned bytes) {
    for (unsigned i = 0; i < bytes; i++) buf_byte(b, (uint8_t)(value >> (8 * i)));
}

static void put_str(buf *b, str s) {
    put(b, (uint64_t)s.n, 8);
    buf_str(b, s);
}

static void put_f32(buf *b, float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    put(b, bits, 4);
}

static void put_key(gguf_writer *w, const char *key, enum gguf_kind kind) {
    put_str(&w->pairs, str_from_cstr(key));
    put(&w->pairs, kind, 4);
    w->pair_count++;
}

static void put_array(gguf_writer *w, const char *key, enum gguf_kind element, size_t n) {
    put_key(w, key, GGUF_ARRAY);
    put(&w->pairs, element, 4);
    put(&w->pairs, n, 8);
}

void gguf_write_u32(gguf_writer *w, const char *key, uint32_t value) {
    put_key(w, key, GGUF_U32);
    put(&w->pairs, value, 4);
}

void gguf_write_u16(gguf_writer *w, const char *key, uint16_t value) {
    put_key(w, key, GGUF_U16);
    put(&w->pairs, value, 2);
}

void gguf_write_i32(gguf_writer *w, const char *key, int32_t value) {
    put_key(w, key, GGUF_I32);
    put(&w->pairs, (uint32_t)value, 4);
}

void gguf_write_f32(gguf_writer *w, const char *key, float value) {
    put_key(w, key, GGUF_F32);
    put_f32(&w->pairs, value);
}

void gguf_write_bool(gguf_writer *w, const char *key, bool value) {
    put_key(w, key, GGUF_BOOL);
    put(&w->pairs, value, 1);
}

void gguf_write_str(gguf_writer *w, const char *key, str value) {
    put_key(w, key, GGUF_STRING);
    put_str(&w->pairs, value);
}

void gguf_write_strs(gguf_writer *w, const char *key, const str *values, size_t n) {
    put_array(w, key, GGUF_STRING, n);
    for (size_t i = 0; i < n; i++) put_str(&w->pairs, values[i]);
}

void gguf_write_i32s(gguf_writer *w, const char *key, const int32_t *values, size_t n) {
    put_array(w, key, GGUF_I32, n);
    for (size_t i = 0; i < n; i++) put(&w->pairs, (uint32_t)values[i], 4);
}

void gguf_write_f32s(gguf_writer *w, const char *key, const float *values, size_t n) {
    put_array(w, key, GGUF_F32, n);
    for (size_t i = 0; i < n; i++) put_f32(&w->pairs, values[i]);
}

static void fail(gguf_writer *w, enum error_code code, const char *message, const char *name) {
    if (!w->failed.code) error_set(&w->failed, code, message, name);
}

void gguf_write_alignment(gguf_writer *w, uint32_t alignment) {
    if (alignment == 0 || (alignment & (alignment - 1)) || w->tensor_count)
        fail(w, ERROR_USAGE, "%s must be a power of two, set before the first tensor", "the alignment");
    else
        w->alignment = alignment;
    gguf_write_u32(w, "general.alignment", alignment);
}

uint32_t gguf_write_tensor(gguf_writer *w, const char *name, uint32_t type, uint32_t dims, const uint64_t *ne) {
    const gguf_type *t = gguf_type_of(type);
    if (!t || dims < 1 || dims > 4 || ne[0] % t->block_weights || strlen(name) > 63) {
        fail(w, ERROR_USAGE, "tensor '%s' cannot be written: unknown type, shape or name too long", name);
        return 0;
    }
    if (w->tensor_count == w->tensor_capacity) {
        uint32_t capacity = w->tensor_capacity ? w->tensor_capacity * 2 : 64;
        layout *grown = realloc(w->tensors, capacity * sizeof *grown);
        if (!grown) {
            fail(w, ERROR_MEMORY, "no memory for tensor '%s'", name);
            return 0;
        }
        w->tensors = grown;
        w->tensor_capacity = capacity;
    }
    uint64_t weights = 1;
    put_str(&w->infos, str_from_cstr(name));
    put(&w->infos, dims, 4);
    for (uint32_t d = 0; d < dims; d++) {
        put(&w->infos, ne[d], 8);
        if (__builtin_mul_overflow(weights, ne[d], &weights)) fail(w, ERROR_USAGE, "tensor '%s' is too large", name);
    }
    put(&w->infos, type, 4);
    put(&w->infos, w->end, 8);
    uint64_t size = weights / t->block_weights * t->block_bytes;
    w->tensors[w->tensor_count] = (layout){w->end, size};
    w->end = (w->end + size + w->alignment - 1) & ~((uint64_t)w->alignment - 1);
    return w->tensor_count++;
}

int gguf_writer_header(const gguf_writer *w, buf *out, error *e) {
    if (w->failed.code) {
        if (e) *e = w->failed;
        return (int)w->failed.code;
    }
    size_t start = out->n;
    buf_cstr(out, "GGUF");
    put(out, 3, 4);
    put(out, w->tensor_count, 8);
    put(out, w->pair_count, 8);
    buf_str(out, buf_view(&w->pairs));
    buf_str(out, buf_view(&w->infos));
    size_t used = out->n - start;
    buf_repeat(out, 0, (w->alignment - used % w->alignment) % w->alignment);
    if (out->failed || w->pairs.failed || w->infos.failed)
        return error_set(e, ERROR_MEMORY, "no memory for the header");
    return 0;
}

/* ---- data -------------------------------------------------------------------------------------------------------- */

typedef struct sink {
    FILE *file;
    buf *bytes;
} sink;

static bool sink_put(sink *s, const void *p, size_t n) {
    if (s->file) return fwrite(p, 1, n, s->file) == n;
    buf_bytes(s->bytes, p, n);
    return !s->bytes->failed;
}

static int put_failed(const sink *s, error *e) {
    return s->file ? error_set(e, ERROR_IO, "cannot write: %s", strerror(errno))
                   : error_set(e, ERROR_MEMORY, "no memory for the model");
}

static int put_tensor(const gguf_writer *w, uint32_t i, sink *s, gguf_fill fill, void *context, uint8_t *piece,
                      error *e) {
    uint64_t size = w->tensors[i].size_bytes;
    uint64_t next = i + 1 < w->tensor_count ? w->tensors[i + 1].offset : w->end;
    for (uint64_t at = 0; at < size;) {
        size_t n = size - at < PIECE_BYTES ? (size_t)(size - at) : PIECE_BYTES;
        memset(piece, 0, n);
        int rc = fill ? fill(context, i, at, piece, n, e) : 0;
        if (rc) return rc;
        if (!sink_put(s, piece, n)) return put_failed(s, e);
        at += n;
    }
    memset(piece, 0, PIECE_BYTES);
    for (uint64_t rest = next - w->tensors[i].offset - size; rest;) {
        size_t n = rest < PIECE_BYTES ? (size_t)rest : PIECE_BYTES;
        if (!sink_put(s, piece, n)) return put_failed(s, e);
        rest -= n;
    }
    return 0;
}

static int put_all(const gguf_writer *w, sink *s, gguf_fill fill, void *context, error *e) {
    buf header = {0};
    int rc = gguf_writer_header(w, &header, e);
    if (!rc && !sink_put(s, header.p, header.n)) rc = put_failed(s, e);
    buf_free(&header);
    uint8_t *piece = rc ? NULL : malloc(PIECE_BYTES);
    if (!rc && !piece) rc = error_set(e, ERROR_MEMORY, "no memory to write a model");
    for (uint32_t i = 0; !rc && i < w->tensor_count; i++) rc = put_tensor(w, i, s, fill, context, piece, e);
    free(piece);
    return rc;
}

int gguf_writer_bytes(const gguf_writer *w, buf *out, gguf_fill fill, void *context, error *e) {
    sink s = {.bytes = out};
    return put_all(w, &s, fill, context, e);
}

int gguf_writer_file(const gguf_writer *w, const char *path, gguf_fill fill, void *context, error *e) {
    sink s = {.file = fopen(path, "wb")};
    if (!s.file) return error_at(e, ERROR_IO, str_from_cstr(path), 0, 0, "cannot write: %s", strerror(errno));
    int rc = put_all(w, &s, fill, context, e);
    if (fclose(s.file) != 0 && !rc) rc = error_set(e, ERROR_IO, "cannot write: %s", strerror(errno));
    if (rc) {
        unlink(path);
        error_in_file(e, str_from_cstr(path));
    }
    return rc;
}
