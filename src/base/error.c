/* error.c - filling and rendering `struct error`.
 *
 * In: codes, places, printf formats. Out: one clean line. Never allocates, so that it also works when memory is gone.
 */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

static void copy_path(char *out, size_t capacity, str path) {
    size_t n = (size_t)path.n;
    if (n < capacity) {
        if (n) memcpy(out, path.p, n);
        out[n] = 0;
        return;
    }
    /* The end of a path tells more than its start. */
    memcpy(out, "...", 3);
    memcpy(out + 3, path.p + n - (capacity - 4), capacity - 4);
    out[capacity - 1] = 0;
}

static int fill(error *e, enum error_code code, const char *format, va_list args) {
    if (!e) return (int)code;
    memset(e, 0, sizeof *e);
    e->code = code;
    vsnprintf(e->message, sizeof e->message, format, args);
    for (char *c = e->message; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f) *c = '?';
    return (int)code;
}

int(error_set)(error *e, enum error_code code, const char *format, ...) {
    va_list args;
    va_start(args, format);
    fill(e, code, format, args);
    va_end(args);
    return (int)code;
}

int(error_at)(error *e, enum error_code code, str file, uint32_t line, uint32_t column, const char *format, ...) {
    va_list args;
    va_start(args, format);
    fill(e, code, format, args);
    va_end(args);
    if (e) {
        copy_path(e->file, sizeof e->file, file);
        e->line = line;
        e->column = column;
    }
    return (int)code;
}

void error_in_file(error *e, str file) {
    if (e && !e->file[0]) copy_path(e->file, sizeof e->file, file);
}

const char *error_text(const error *e, char *out, size_t capacity_bytes) {
    char place[32] = "";
    if (e->line && e->column)
        snprintf(place, sizeof place, ":%u:%u", e->line, e->column);
    else if (e->line)
        snprintf(place, sizeof place, ":%u", e->line);
    snprintf(out, capacity_bytes, "%s%s%s%s", e->file, e->file[0] ? place : "", e->file[0] ? ": " : "", e->message);
    return out;
}
