/* error.h - how the library says that something could not be done.
 *
 * Functions that can fail return an `int`: 0 for success, else the error's code, with the details in the caller's
 * `struct error` (which may be NULL when only the code matters). Bad *prose* is never an error: it gives findings.
 * Errors are I/O, limits, memory, usage, and rule, manifest, configuration or model files that cannot be trusted. Each
 * becomes one line for the user - what, where, what to do - and exit code 2.
 */
#ifndef ASSAY_BASE_ERROR_H
#define ASSAY_BASE_ERROR_H

#include "base/str.h"

enum error_code {
    ERROR_NONE = 0,
    ERROR_USAGE,    /* wrong flag or argument */
    ERROR_IO,       /* open, read, write, rename */
    ERROR_LIMIT,    /* a stated bound was exceeded: size, depth, count, time */
    ERROR_MEMORY,   /* an allocation failed or an arena's budget was used up */
    ERROR_SYNTAX,   /* a file is not well-formed YAML, JSON, GGUF … */
    ERROR_SCHEMA,   /* well-formed, but says something that its schema does not allow */
    ERROR_CONFLICT, /* two declarations exclude each other */
    ERROR_SUPPORT,  /* well-formed and meaningful, but not something this build can do */
    ERROR_CANCELLED /* the caller asked to stop */
};

typedef struct error {
    enum error_code code;
    uint32_t line, column; /* 1-based; 0 = no place inside the file */
    char file[256];        /* path as the user gave it, "" = none; a longer one is cut at the front behind "..." */
    char message[512];     /* one line, no trailing full stop or newline; says what to do where that is known */
} error;

/* Fills `*e` (NULL allowed) and returns `code`, so that a failure reads `return error_set(e, ERROR_IO, "…", …);`.
 * The place (file, line, column) is left empty. Control characters in the message become '?'. */
int error_set(error *e, enum error_code code, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* As error_set, with the place. `file` may be empty, `line` and `column` 0. */
int error_at(error *e, enum error_code code, str file, uint32_t line, uint32_t column, const char *format, ...)
    __attribute__((format(printf, 6, 7)));
/* Both return the code that they are given; what compiles or checks a caller cannot know that from the declarations,
 * and would follow a failure on as if it were a success. `code` is read twice. */
static inline int error_given(int returned, int code) { return (void)returned, code; }
#define error_set(e, code, ...) error_given(error_set((e), (code), __VA_ARGS__), (int)(code))
#define error_at(e, code, ...) error_given(error_at((e), (code), __VA_ARGS__), (int)(code))
/* Names the file of an error that has none yet (NULL allowed). */
void error_in_file(error *e, str file);
/* Writes "file:line:col: message" (the parts that there are) into `out`, always terminated. Returns `out`. */
const char *error_text(const error *e, char *out, size_t capacity_bytes);

#endif
