/* git.h - what git knows of the articles: staged content, changed files. Needs the `git` program, nothing else. */
#ifndef ASSAY_CONFIG_GIT_H
#define ASSAY_CONFIG_GIT_H

#include "base/arena.h"
#include "base/error.h"

typedef struct git_file {
    str path;      /* relative to the top of the work tree; any bytes but NUL */
    str content;   /* staged content; {NULL,0} for git_changed */
    bool unmerged; /* of git_staged: a conflict that is not resolved, and so no content */
} git_file;

typedef struct git_files {
    git_file *at;
    size_t n, capacity;
    str top; /* absolute path of the work tree */
} git_files;

/* Which of the files that git lists are wanted: asked with the path of each. git knows no Markdown; `files.top` is
 * known by then. */
typedef struct git_choice {
    bool (*wanted)(void *context, str path);
    void *context;
} git_choice;

/* Wanted files whose staged content differs from `revision` (NULL: HEAD, or everything staged in a repository without
 * commits): added, copied, modified, renamed, in conflict; with the index's content; links and submodules have none and
 * are left out. Content beyond `limit_bytes` is cut to one byte more than the limit, so that the reader refuses it by
 * name. Errors: no git, no repository, a bare one; ERROR_USAGE: a revision that there is not, or a range. */
int git_staged(arena *a, const char *revision, size_t limit_bytes, git_choice choice, git_files *out, error *e);
/* Wanted files of the work tree that differ from `revision` (untracked ones that are not ignored included). */
int git_changed(arena *a, const char *revision, git_choice choice, git_files *out, error *e);

enum git_kind { GIT_FILE, GIT_LINK, GIT_REPOSITORY };
/* Everything in the index, in byte order of the paths, which are relative to the top. */
int git_tracked(arena *a, void (*each)(void *context, str path, enum git_kind kind), void *context, error *e);
/* What `git add -N` has announced: in the index, and none of it recorded there. */
int git_announced(arena *a, void (*each)(void *context, str path), void *context, error *e);
/* Whether git's ignore rules name a path (absolute, below `top`). */
int git_ignores(arena *a, str top, str path, bool *ignored, error *e);
/* The folder in which git looks for hooks: core.hooksPath and worktrees are honoured. */
int git_hooks_folder(arena *a, str *folder, error *e);

#endif
