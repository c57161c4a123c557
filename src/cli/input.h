/* input.h - which articles a command line names. */
#ifndef ASSAY_CLI_INPUT_H
#define ASSAY_CLI_INPUT_H

#include "cli/cli.h"

typedef struct input {
    char *path;  /* to open; NULL = standard input, or the content is given */
    str name;    /* shown in reports */
    str content; /* when `loaded` */
    bool loaded;
    bool named;  /* on the command line itself, not found in a folder: excludes hold only with --force-exclude */
    bool broken; /* could not even be found: `problem` says why */
    error problem;
    VEC(uint32_t) folders; /* the folder operands that led here, by their number in the list's `folders` */
    VEC(str) tracked; /* not to be judged: what git has below a folder operand, which `exclude` may leave nothing of */
} input;

typedef struct input_list {
    input *at;
    size_t n, capacity;
    VEC(const char *) folders; /* the operands that are folders, as written */
} input_list;

/* Expands operands: files as named, folders recursively to their *.md, *.markdown and *.mdx in byte order of their
 * paths (hidden entries and node_modules are skipped), then what links to folders lead to that was not met before;
 * "-" to standard input. Without operands: the current folder. What several operands name is there once. What cannot be
 * found becomes a broken entry; only missing memory returns non-zero. */
int input_collect(arena *a, const char *const *operands, size_t count, const char *stdin_name, input_list *out,
                  error *e);
/* Leaves each article once, where it first stands, by whatever path it was named ("a.md ./a.md"); one that was named on
 * the command line stays named. For lists that were collected in pieces. */
int input_once(arena *a, input_list *list, error *e);
/* Whether a name is that of an article: *.md, *.markdown, *.mdx. */
bool input_is_markdown(str name);
/* Whether a search of a folder would find the file at `path` below it: an article, and neither it nor a folder on the
 * way is hidden or node_modules. What lists files by other means (git) finds no others. */
bool input_is_found(str path);
/* What cannot be found, as an entry that says so. An operand is named, and so no exclude hides that it is not there. */
int input_missing(arena *a, input_list *out, const char *path, const char *why, error *e);
int input_operand_missing(arena *a, input_list *out, const char *operand, const char *why, error *e);
/* Reads an entry; more than `limit_bytes` is ERROR_LIMIT. */
int input_read(arena *a, const input *in, size_t limit_bytes, str *content, error *e);

#endif
