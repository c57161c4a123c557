/* model_verify.h - are these the bytes that were published? Header, length, SHA-256.
 *
 * A download that stopped early often looks complete: the file is there and has a size. So a GGUF file is first asked
 * by its own header how long it must be, which costs nothing; then it is hashed as a whole, and the hash compared with
 * a sums file in the format of sha256sum. Without a sums file the hashes are computed and shown, and nothing is
 * claimed.
 */
#ifndef ASSAY_LM_MODEL_VERIFY_H
#define ASSAY_LM_MODEL_VERIFY_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/json.h"

typedef struct sums_entry {
    str name;     /* as written, a leading "./" left out */
    char hex[65]; /* lower case */
} sums_entry;

typedef struct sums {
    sums_entry *entries;
    size_t count;
} sums;

/* Parses "<64 hex> [ *]<name>" lines (sha256sum; a leading backslash means that \\ and \n in the name are escaped).
 * Empty lines and lines that begin with # are skipped; anything else is ERROR_SYNTAX with its line. A name that comes
 * twice with different sums is ERROR_CONFLICT. */
int sums_parse(arena *a, str text, str file, sums *out, error *e);

enum verify_state {
    VERIFY_OK,        /* the hash is the listed one */
    VERIFY_HASHED,    /* hash computed, there was no sums file to compare with */
    VERIFY_DIFFERENT, /* another hash than listed */
    VERIFY_TRUNCATED, /* shorter than its header says: not hashed */
    VERIFY_BROKEN,    /* its header cannot be read: not hashed */
    VERIFY_MISSING,   /* listed, but not there */
    VERIFY_UNLISTED   /* a sums file was given and does not name it */
};

typedef struct verify_item {
    str path;
    enum verify_state state;
    uint64_t size_bytes, missing_bytes; /* missing only when truncated */
    sha256_text hash;                   /* empty text when not hashed */
    str why;                            /* truncated, broken: one line */
} verify_item;

typedef struct verify_report {
    verify_item *items; /* by name */
    size_t count;
    bool passed; /* every item is OK, or HASHED without a sums file; and there is one at least */
} verify_report;

/* Called after each 8 MiB of hashing; counts are bytes, of all files together. Returns true to stop (ERROR_CANCELLED).
 */
typedef bool (*verify_progress)(void *context, str path, uint64_t done, uint64_t total);

/* Checks a file (of a split model: all its parts) or every .gguf file in a folder, not deeper; a file that begins as
 * GGUF does has its header checked, whatever it is called; with `sums_path` also
 * every file it lists, sought in the folder of `path`. Findings about files are in the report; an error is what keeps
 * it from being made. `sums_path` and `progress` may be NULL. */
int model_verify(arena *a, const char *path, const char *sums_path, verify_progress progress, void *context,
                 verify_report **out, error *e);

const char *verify_state_name(enum verify_state state); /* "ok", "different", … */
/* A line a file, in the order of their names. */
void verify_text(const verify_report *r, buf *out);
/* The same as one JSON object, where the writer stands. */
void verify_json(const verify_report *r, json *out);

#endif
