/* git.h - what git knows of the articles: staged content, changed files. Needs the `git` program, nothing else. */
#ifndef ASSAY_CONFIG_GIT_H
#define ASSAY_CONFIG_GIT_H

#include "base/arena.h"
#include "base/error.h"

typedef struct git_file {
    str path;    /* relative to the top of the work tree; any bytes but NUL */
    str content; /* staged content; {NULL,0} for git_changed */
} git_file;

typedef struct git_files {
    git_file *at;
    size_t n, capacity;
    str top; /* absolute path of the work tree */
} git_files;

/* Markdown files whose staged content differs from `revision` (NULL: HEAD, or everything staged in a repository without
 * commits): added, copied, modified, renamed; with the index's content. Content beyond `limit_bytes` is cut to one byte
 * more than the limit, so that the reader refuses it by name. Errors: no git, no repository, a bare one. */
int git_staged(arena *a, const char *revision, size_t limit_bytes, git_files *out, error *e);
/* The folder in which git looks for hooks: core.hooksPath and worktrees are honoured. */
int git_hooks_folder(arena *a, str *folder, error *e);
/* Markdown files of the work tree that differ from `revision` (untracked ones that are not ignored included). */
int git_changed(arena *a, const char *revision, git_files *out, error *e);

#endif
