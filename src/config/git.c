/* git.c - asks the git program. In: a revision or the index. Out: paths and staged bytes.
 *
 *     staged:   git diff-index --cached --raw -z  ──► blob ids ──► git cat-file --batch (one process for all) ──►
 * contents changed:  git diff --name-only -z REV, git ls-files --others --exclude-standard -z REV:      git rev-parse
 * --verify REV^{tree}: one state, a commit's or a tree's; a range compares two states of the past, and whatever the
 * work tree holds beside them would pass unseen
 *
 * Names travel NUL-terminated and blobs by id, so that spaces, newlines and non-UTF-8 bytes in names are ordinary.
 */
#include "config/git.h"

#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { MAX_OUTPUT_BYTES = 512 << 20 };

/* Runs git, feeding `input`; standard output lands in `out`, standard error's first line in `complaint`. Returns the
 * exit status, or -1 when git could not be run. Reads and writes at once: cat-file answers while it is being asked. */
static int git_run(const char *const *arguments, str input, buf *out, buf *complaint) {
    int in_pipe[2], out_pipe[2], err_pipe[2];
    if (pipe2(in_pipe, O_CLOEXEC) != 0) return -1;
    if (pipe2(out_pipe, O_CLOEXEC) != 0) return close(in_pipe[0]), close(in_pipe[1]), -1;
    if (pipe2(err_pipe, O_CLOEXEC) != 0)
        return close(in_pipe[0]), close(in_pipe[1]), close(out_pipe[0]), close(out_pipe[1]), -1;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in_pipe[0], 0);
    posix_spawn_file_actions_adddup2(&actions, out_pipe[1], 1);
    posix_spawn_file_actions_adddup2(&actions, err_pipe[1], 2);
    pid_t child;
    int failed = posix_spawnp(&child, "git", &actions, NULL, (char *const *)(uintptr_t)arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(in_pipe[0]), close(out_pipe[1]), close(err_pipe[1]);
    int fds[3] = {in_pipe[1], out_pipe[0], err_pipe[0]};
    if (failed) {
        for (int i = 0; i < 3; i++) close(fds[i]);
        return -1;
    }
    fcntl(fds[0], F_SETFL, O_NONBLOCK);
    uint8_t chunk[65536];
    while (fds[1] >= 0 || fds[2] >= 0) {
        if (input.n == 0 && fds[0] >= 0) close(fds[0]), fds[0] = -1;
        struct pollfd polls[3] = {{fds[0], POLLOUT, 0}, {fds[1], POLLIN, 0}, {fds[2], POLLIN, 0}};
        if (poll(polls, 3, -1) < 0 && errno != EINTR) break;
        if (fds[0] >= 0 && polls[0].revents) {
            ssize_t put = write(fds[0], input.p, (size_t)input.n);
            if (put > 0) input = str_slice(input, put, input.n);
            if (put < 0 && errno != EAGAIN && errno != EINTR) input.n = 0;
        }
        for (int i = 1; i < 3; i++) {
            if (fds[i] < 0 || !polls[i].revents) continue;
            ssize_t got = read(fds[i], chunk, sizeof chunk);
            /* Beyond the limit git is drained, not kept. */
            if (got > 0 && (i == 1 ? out : complaint)->n <= MAX_OUTPUT_BYTES)
                buf_bytes(i == 1 ? out : complaint, chunk, (size_t)got);
            if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN)) close(fds[i]), fds[i] = -1;
        }
    }
    for (int i = 0; i < 3; i++)
        if (fds[i] >= 0) close(fds[i]);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

/* git_run with the output in the arena, and git's own first line as the error. */
static int git_output(arena *a, const char *const *arguments, str input, str *text, error *e) {
    buf out = {0}, complaint = {0};
    int status = git_run(arguments, input, &out, &complaint), code = ERROR_NONE;
    const char *command = strcmp(arguments[1], "-C") == 0 ? arguments[3] : arguments[1];
    str line = str_trim(buf_view(&complaint));
    ptrdiff_t end = str_find_byte(line, '\n', 0);
    if (end >= 0) line.n = end;
    if (status < 0)
        code = error_set(e, ERROR_IO, "cannot run git: %s", strerror(errno));
    else if (status > 0)
        code = error_set(e, ERROR_IO, "git %s: %.*s", command, STR_ARG(line));
    else if (out.n > MAX_OUTPUT_BYTES)
        code = error_set(e, ERROR_LIMIT, "git %s: more than %d MiB at once", command, MAX_OUTPUT_BYTES >> 20);
    else if (out.failed)
        code = error_set(e, ERROR_MEMORY, "out of memory");
    else {
        *text = arena_str(a, buf_view(&out));
        if (!text->p) code = error_set(e, ERROR_MEMORY, "out of memory");
    }
    buf_free(&out);
    buf_free(&complaint);
    return code;
}

/* The top of the work tree, and whether there is a commit, in one call: each start of git costs milliseconds. */
static int find_top(arena *a, git_files *out, bool *has_commit, error *e) {
    static const char *const arguments[] = {"git", "rev-parse", "--show-toplevel", "--revs-only", "HEAD", NULL};
    int status = git_output(a, arguments, (str){0}, &out->top, e);
    if (status) return status;
    if (str_ends(out->top, STR("\n"))) out->top.n--;
    ptrdiff_t line = out->top.n;
    while (line > 0 && out->top.p[line - 1] != '\n') line--;
    str last = str_slice(out->top, line, out->top.n); /* the commit's name, or still the path, which has a '/' */
    *has_commit = line > 0 && str_find_byte(last, '/', 0) < 0;
    if (*has_commit) out->top.n = line - 1;
    return ERROR_NONE;
}

/* The name of the one tree that a revision stands for. */
static int find_tree(arena *a, const char *revision, const char **tree, error *e) {
    str asked = arena_printf(a, "%s^{tree}", revision);
    const char *const arguments[] = {"git", "rev-parse", "--verify", "--quiet", (const char *)asked.p, NULL};
    if (revision[0] == '-') return error_set(e, ERROR_USAGE, "'%s' is no revision", revision);
    if (!asked.p) return error_set(e, ERROR_MEMORY, "out of memory");
    buf out = {0}, complaint = {0};
    int status = git_run(arguments, (str){0}, &out, &complaint), code = ERROR_NONE;
    if (status < 0)
        code = error_set(e, ERROR_IO, "cannot run git: %s", strerror(errno));
    else if (status > 0 && strstr(revision, ".."))
        code = error_set(e, ERROR_USAGE,
                         "'%s' is a range, and what there is now is compared with one revision: give that; for "
                         "origin/main...HEAD it is \"$(git merge-base origin/main HEAD)\"",
                         revision);
    else if (status > 0)
        code = error_set(e, ERROR_USAGE, "git knows no revision '%s' here", revision);
    else if (!(*tree = arena_cstr(a, str_trim(buf_view(&out)))))
        code = error_set(e, ERROR_MEMORY, "out of memory");
    buf_free(&out);
    buf_free(&complaint);
    return code;
}

/* The empty tree, for the index of a repository without commits; its name depends on the repository's hash. */
static int empty_tree(arena *a, const char **tree, error *e) {
    static const char *const arguments[] = {"git", "hash-object", "-t", "tree", "/dev/null", NULL};
    str name;
    int status = git_output(a, arguments, (str){0}, &name, e);
    if (!status && !(*tree = arena_cstr(a, str_trim(name)))) status = error_set(e, ERROR_MEMORY, "out of memory");
    return status;
}

/* ---- what is staged -------------------------------------------------------------------------------------------- */

/* Takes the next "<size>\n<bytes>\n" answer of cat-file --batch. */
static bool next_blob(str *rest, str *content) {
    ptrdiff_t end = str_find_byte(*rest, '\n', 0);
    if (end < 0) return false;
    str header = str_slice(*rest, 0, end), word = {0}, size = {0};
    while (str_cut(&header, ' ', &word)) size = word;
    uint64_t n;
    if (!str_to_u64(size, &n) || n > (uint64_t)(rest->n - end - 1)) return false;
    *content = str_slice(*rest, end + 1, end + 1 + (ptrdiff_t)n);
    *rest = str_slice(*rest, end + 1 + (ptrdiff_t)n + 1, rest->n);
    return true;
}

/* The entries of a raw listing that are wanted, and the names of their blobs, a line each. */
static int read_raw(arena *a, str text, git_choice choice, git_files *out, buf *ids, error *e) {
    str field;
    while (text.n > 0 && str_cut(&text, 0, &field)) {
        /* ":100644 100644 <old> <new> M\0path\0", renames and copies with two paths, the second being the new one; a
         * conflict is ":100644 000000 <old> 0… U\0path\0" */
        str meta = field, word = {0}, id = {0}, kind = {0}, path = {0}, mode = {0};
        for (int i = 0; str_cut(&meta, ' ', &word); i++) {
            if (i == 1) mode = word;
            if (i == 3) id = word;
            kind = word;
        }
        bool two = kind.n && (kind.p[0] == 'R' || kind.p[0] == 'C'), unmerged = kind.n && kind.p[0] == 'U';
        if (!str_cut(&text, 0, &path) || (two && !str_cut(&text, 0, &path))) break;
        if (!unmerged && !str_starts(mode, STR("100"))) continue; /* links and submodules are no articles */
        if (!choice.wanted(choice.context, path)) continue;
        if (!VEC_PUSH(a, out, (git_file){.path = path, .unmerged = unmerged}))
            return error_set(e, ERROR_MEMORY, "out of memory");
        if (unmerged) continue;
        buf_str(ids, id);
        buf_byte(ids, '\n');
    }
    return ERROR_NONE;
}

int git_staged(arena *a, const char *revision, size_t limit_bytes, git_choice choice, git_files *out, error *e) {
    bool has_commit = false;
    const char *base = "HEAD";
    int status = find_top(a, out, &has_commit, e);
    if (!status && revision) status = find_tree(a, revision, &base, e);
    if (!status && !revision && !has_commit) status = empty_tree(a, &base, e);
    if (status) return status;
    /* `git add -N` announces a file and records none of it: no commit would take it. */
    const char *const listing[] = {"git", "diff-index", "--cached",    "--ita-invisible-in-index", "--raw",
                                   "-z",  "-M",         "--no-abbrev", "--diff-filter=ACMRTU",     base,
                                   "--",  NULL};
    str text;
    buf ids = {0};
    status = git_output(a, listing, (str){0}, &text, e);
    if (!status) status = read_raw(a, text, choice, out, &ids, e);
    static const char *const reading[] = {"git", "cat-file", "--batch", NULL};
    if (!status && ids.n) status = git_output(a, reading, buf_view(&ids), &text, e);
    for (size_t i = 0; i < out->n && !status; i++) {
        git_file *f = &out->at[i];
        if (f->unmerged) continue;
        if (!next_blob(&text, &f->content))
            status = error_set(e, ERROR_IO, "git cat-file gave no content for %.*s", STR_ARG(f->path));
        else if ((size_t)f->content.n > limit_bytes)
            f->content.n = (ptrdiff_t)limit_bytes + 1; /* the reader refuses it by name */
    }
    buf_free(&ids);
    return status;
}

/* ---- what the work tree has ------------------------------------------------------------------------------------- */

static int add_listed(arena *a, str listing, git_choice choice, git_files *out, error *e) {
    str path;
    while (listing.n > 0 && str_cut(&listing, 0, &path))
        if (choice.wanted(choice.context, path) && !VEC_PUSH(a, out, (git_file){.path = path}))
            return error_set(e, ERROR_MEMORY, "out of memory");
    return ERROR_NONE;
}

int git_changed(arena *a, const char *revision, git_choice choice, git_files *out, error *e) {
    bool has_commit;
    const char *base = NULL;
    int status = find_top(a, out, &has_commit, e);
    if (!status) status = find_tree(a, revision, &base, e);
    if (status) return status;
    const char *top = arena_cstr(a, out->top);
    if (!top) return error_set(e, ERROR_MEMORY, "out of memory");
    const char *const tracked[] = {"git", "-C", top, "diff", "--name-only", "-z", "--diff-filter=ACMRT",
                                   base,  "--", NULL};
    static const char *const ignored = "--exclude-standard";
    const char *const untracked[] = {"git", "-C", top, "ls-files", "--others", "-z", ignored, NULL};
    str listing;
    status = git_output(a, tracked, (str){0}, &listing, e);
    if (!status) status = add_listed(a, listing, choice, out, e);
    if (!status) status = git_output(a, untracked, (str){0}, &listing, e);
    return status ? status : add_listed(a, listing, choice, out, e);
}

/* ---- what git knows of a place ---------------------------------------------------------------------------------- */

int git_tracked(arena *a, void (*each)(void *context, str path, enum git_kind kind), void *context, error *e) {
    static const char *const arguments[] = {"git", "ls-files", "--stage", "--full-name", "-z", "--", ":/", NULL};
    str listing, entry;
    int status = git_output(a, arguments, (str){0}, &listing, e);
    while (!status && listing.n > 0 && str_cut(&listing, 0, &entry)) {
        /* "100644 <id> 0\tpath" */
        ptrdiff_t tab = str_find_byte(entry, '\t', 0);
        if (tab < 0) continue;
        enum git_kind kind = str_starts(entry, STR("120"))   ? GIT_LINK
                             : str_starts(entry, STR("160")) ? GIT_REPOSITORY
                                                             : GIT_FILE;
        each(context, str_slice(entry, tab + 1, entry.n), kind);
    }
    return status;
}

int git_announced(arena *a, void (*each)(void *context, str path), void *context, error *e) {
    static const char *const arguments[] = {
        "git", "diff-files", "--ita-invisible-in-index", "--name-only", "-z", "--diff-filter=A", NULL};
    str listing, path;
    int status = git_output(a, arguments, (str){0}, &listing, e);
    while (!status && listing.n > 0 && str_cut(&listing, 0, &path)) each(context, path);
    return status;
}

int git_ignores(arena *a, str top, str path, bool *ignored, error *e) {
    const char *folder = arena_cstr(a, top);
    const char *const arguments[] = {"git",     "-C", folder, "check-ignore",
                                     "--stdin", "-z", NULL}; /* names, no patterns */
    if (!folder) return error_set(e, ERROR_MEMORY, "out of memory");
    buf out = {0}, complaint = {0};
    int status = git_run(arguments, path, &out, &complaint);
    buf_free(&out);
    buf_free(&complaint);
    *ignored = status == 0;
    if (status < 0) return error_set(e, ERROR_IO, "cannot run git: %s", strerror(errno));
    return status > 1 ? error_set(e, ERROR_IO, "git check-ignore: cannot tell of %.*s", STR_ARG(path)) : ERROR_NONE;
}

int git_hooks_folder(arena *a, str *folder, error *e) {
    static const char *const arguments[] = {"git", "rev-parse", "--git-path", "hooks", NULL};
    int status = git_output(a, arguments, (str){0}, folder, e);
    if (!status && str_ends(*folder, STR("\n"))) folder->n--;
    return status;
}
