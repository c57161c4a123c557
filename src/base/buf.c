/* buf.c - growing byte buffer. In: bytes, printf formats. Out: one contiguous run of bytes. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static bool reserve(buf *b, size_t more) {
    if (b->failed) return false;
    if (b->capacity - b->n >= more) return true;
    size_t capacity = b->capacity ? b->capacity : 256;
    while (capacity - b->n < more) {
        if (capacity > SIZE_MAX / 2) {
            b->failed = true;
            return false;
        }
        capacity *= 2;
    }
    uint8_t *p = realloc(b->p, capacity);
    if (!p) {
        b->failed = true;
        return false;
    }
    b->p = p;
    b->capacity = capacity;
    return true;
}

void buf_free(buf *b) {
    free(b->p);
    *b = (buf){0};
}

void buf_bytes(buf *b, const void *bytes, size_t len_bytes) {
    if (len_bytes == 0 || !reserve(b, len_bytes)) return;
    memcpy(b->p + b->n, bytes, len_bytes);
    b->n += len_bytes;
}

void buf_str(buf *b, str s) { buf_bytes(b, s.p, (size_t)s.n); }
void buf_cstr(buf *b, const char *text) { buf_bytes(b, text, strlen(text)); }
void buf_byte(buf *b, uint8_t byte) { buf_bytes(b, &byte, 1); }

void buf_repeat(buf *b, uint8_t byte, size_t count) {
    if (!reserve(b, count)) return;
    if (count) memset(b->p + b->n, byte, count);
    b->n += count;
}

void buf_printf(buf *b, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0) b->failed = true;
    if (n > 0 && reserve(b, (size_t)n + 1)) {
        vsnprintf((char *)b->p + b->n, (size_t)n + 1, format, again);
        b->n += (size_t)n;
    }
    va_end(again);
}
