/* judge_inputs.c - which articles a run judges. In: flags and operands. Out: a list of inputs, in a fixed order.
 *
 *     FILES, DIRS, -            input_collect
 *     --staged [REV]            what git's index holds ─┐
 *     --changed-since REV       what the work tree has ─┴─ below the operands, if there are any
 *
 * What an operand names is judged, or said not to be there, or said to be none of git's files: no operand is left out
 * in silence. What git lists below folders is what a search of them would find.
 */
#include "cli/judge.h"

#include "base/file.h"
#include "config/git.h"
#include "config/paths.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What an operand stands for among git's files: the place that it leads to (a link to a folder is that folder), and
 * what git knows of it. */
typedef struct git_operand {
    str place; /* absolute */
    bool folder;
    bool met;       /* it, or something below it, has changed */
    bool tracked;   /* it, or something below it, is in the index */
    bool announced; /* by `git add -N`: in the index, and nothing of it is staged */
    enum git_kind kind;
    VEC(str) articles; /* of a folder: all that git has below it, by the operand's name */
} git_operand;

typedef struct git_choosing {
    const invocation *call;
    git_files *files;
    git_operand *operands;
    bool lost; /* memory */
} git_choosing;

static int operands_for_git(const invocation *call, git_operand *out) {
    for (size_t i = 0; i < call->operand_count; i++) {
        struct stat st;
        str operand = str_from_cstr(call->operands[i]);
        bool folder = stat(call->operands[i], &st) == 0 && S_ISDIR(st.st_mode);
        const char *inside = folder ? path_join(call->a, operand, STR(".")) : call->operands[i];
        const char *where = inside ? path_absolute(call->a, str_from_cstr(inside)) : NULL;
        if (!where) return cli_trouble("%s: cannot tell where this is", call->operands[i]);
        out[i] = (git_operand){.place = str_from_cstr(where), .folder = folder};
    }
    return 0;
}

/* What of `path` is below `folder`: "b/c.md" of "/a/b/c.md" below "/a"; false when it is not. */
static bool below(str folder, str path, str *rest) {
    ptrdiff_t n = folder.n == 1 ? 0 : folder.n; /* the root ends in its slash */
    if (path.n <= n + 1 || !str_starts(path, str_slice(folder, 0, n)) || path.p[n] != '/') return false;
    *rest = str_slice(path, n + 1, path.n);
    return true;
}

static str absolute_path(git_choosing *g, str path) {
    str absolute = arena_printf(g->call->a, "%.*s/%.*s", STR_ARG(g->files->top), STR_ARG(path));
    g->lost = g->lost || !absolute.p;
    return absolute;
}

/* git's files as articles: those that operands name, and those that a search of the folders (without operands: of the
 * work tree) would find. */
static bool is_wanted(void *context, str path) {
    git_choosing *g = context;
    str absolute = absolute_path(g, path), rest;
    bool wanted = g->call->operand_count == 0 && input_is_found(path);
    for (size_t i = 0; i < g->call->operand_count && absolute.p; i++) {
        git_operand *o = &g->operands[i];
        bool same = !o->folder && str_eq(o->place, absolute), inside = o->folder && below(o->place, absolute, &rest);
        o->met = o->met || same || inside;
        wanted = wanted || same || (inside && input_is_found(rest));
    }
    return wanted;
}

/* ---- operands that git has no change of ----------------------------------------------------------------------------
 */

static void note_tracked(void *context, str path, enum git_kind kind) {
    git_choosing *g = context;
    str absolute = absolute_path(g, path), rest;
    for (size_t i = 0; i < g->call->operand_count && absolute.p; i++) {
        git_operand *o = &g->operands[i];
        bool same = str_eq(o->place, absolute), within = kind == GIT_REPOSITORY && below(absolute, o->place, &rest);
        if (!same && !within && !(o->folder && below(o->place, absolute, &rest))) continue;
        o->tracked = true;
        if (same || within) o->kind = kind;
        if (same || within || kind != GIT_FILE || !input_is_found(rest)) continue;
        const char *named = path_join(g->call->a, str_from_cstr(g->call->operands[i]), rest);
        if (!named || !VEC_PUSH(g->call->a, &o->articles, str_from_cstr(named))) g->lost = true;
    }
}

static void note_announced(void *context, str path) {
    git_choosing *g = context;
    str absolute = absolute_path(g, path);
    for (size_t i = 0; i < g->call->operand_count; i++)
        if (str_eq(g->operands[i].place, absolute)) g->operands[i].announced = true;
}

/* What git knows of the operands that it has no change of, and of folders; asked where there is something to ask. */
static int ask_git(git_choosing *g, bool staged) {
    bool unmet = false, file = false;
    error e = {0};
    for (size_t i = 0; i < g->call->operand_count; i++) {
        const git_operand *o = &g->operands[i];
        unmet = unmet || !o->met || o->folder;
        file = file || (!o->met && !o->folder);
    }
    if (unmet && git_tracked(g->call->a, note_tracked, g, &e)) return cli_error(&e);
    if (file && staged && git_announced(g->call->a, note_announced, g, &e)) return cli_error(&e);
    return g->lost ? cli_trouble("out of memory") : 0;
}

/* A folder on the way from the top to it holds a repository, of which this one's git knows nothing. */
static bool in_other_repository(arena *a, str top, const git_operand *o) {
    str rest, folder = o->folder ? o->place : path_folder(o->place);
    for (; below(top, folder, &rest); folder = path_folder(folder)) {
        const char *marker = path_join(a, folder, STR(".git"));
        if (!marker || access(marker, F_OK) == 0) return true;
    }
    return false;
}

/* Why "it has not changed" cannot be said of an operand that git has no change of; NULL when it can. */
static int find_doubt(git_choosing *g, const git_operand *o, const char **why) {
    str rest, top = g->files->top;
    bool ignored = false;
    error e = {0};
    *why = NULL;
    if (!str_eq(o->place, top) && !below(top, o->place, &rest))
        *why = "is outside of git's work tree, and so judged only without --staged and --changed-since";
    else if (o->kind == GIT_REPOSITORY || in_other_repository(g->call->a, top, o))
        *why = "is in a git repository of its own: judge it from there";
    else if (o->met)
        return 0;
    else if (o->kind == GIT_LINK && !o->folder)
        *why = "is a link, of which git keeps the name it leads to and no text: name that file";
    else if (o->announced)
        *why = "is announced (git add -N), and nothing of it is staged";
    else if (o->folder && !o->tracked && git_ignores(g->call->a, top, o->place, &ignored, &e))
        return cli_error(&e);
    else if (ignored || (!o->folder && !o->tracked))
        *why = "is not among git's files: it is ignored, or was never added";
    return 0;
}

/* An operand that is not there is as wrong as it is without git, and so is one that git cannot vouch for: nothing of it
 * can be said to have been judged. One that git has and that has not changed is what these flags are for. */
static int refuse_unvouched(git_choosing *g, input_list *inputs) {
    const invocation *call = g->call;
    error e = {0};
    for (size_t i = 0; i < call->operand_count; i++) {
        struct stat st;
        const git_operand *o = &g->operands[i];
        const char *why = NULL;
        if (!o->met && lstat(call->operands[i], &st) != 0) {
            if (input_operand_missing(call->a, inputs, call->operands[i], strerror(errno), &e)) return cli_error(&e);
            continue;
        }
        if (find_doubt(g, o, &why)) return EXIT_TROUBLE;
        if (why && input_operand_missing(call->a, inputs, call->operands[i], why, &e)) return cli_error(&e);
    }
    return 0;
}

/* ---- what git lists ------------------------------------------------------------------------------------------------
 */

/* Paths from git are relative to the top of the work tree; the program works wherever it was started. */
static int add_file(git_choosing *g, const git_file *f, bool staged, input_list *inputs) {
    arena *a = g->call->a;
    str absolute = absolute_path(g, f->path);
    error e = {0};
    if (!absolute.p) return cli_trouble("out of memory");
    input in = {.name = path_inside(a, STR("."), absolute), .loaded = staged, .content = f->content};
    for (size_t i = 0; i < g->call->operand_count; i++) {
        str rest;
        const git_operand *o = &g->operands[i];
        in.named = in.named || str_eq(o->place, absolute);
        if (o->folder && below(o->place, absolute, &rest) && !VEC_PUSH(a, &in.folders, (uint32_t)i))
            return cli_trouble("out of memory");
    }
    const char *path = arena_cstr(a, in.name);
    if (f->unmerged)
        return input_missing(a, inputs, path ? path : "", "has a conflict that is not resolved", &e) ? cli_error(&e)
                                                                                                     : 0;
    if (!staged) in.path = (char *)(uintptr_t)path;
    return path && VEC_PUSH(a, inputs, in) ? 0 : cli_trouble("out of memory");
}

/* Folders as input_collect notes them. One stands in for all that git has below it, changed or not: where `exclude`
 * leaves nothing of that, no run ever judges what was named. */
static int note_folders(const git_choosing *g, input_list *inputs) {
    arena *a = g->call->a;
    for (size_t i = 0; i < g->call->operand_count; i++) {
        const git_operand *o = &g->operands[i];
        input in = {.name = str_from_cstr(g->call->operands[i])};
        if (!VEC_PUSH(a, &inputs->folders, g->call->operands[i])) return cli_trouble("out of memory");
        if (o->articles.n == 0) continue;
        for (size_t k = 0; k < o->articles.n; k++)
            if (!VEC_PUSH(a, &in.tracked, o->articles.at[k])) return cli_trouble("out of memory");
        if (!VEC_PUSH(a, &in.folders, (uint32_t)i) || !VEC_PUSH(a, inputs, in)) return cli_trouble("out of memory");
    }
    return 0;
}

static int inputs_from_git(const invocation *call, const char *since, bool staged, input_list *inputs) {
    error e = {0};
    git_files files = {0};
    git_choosing g = {.call = call, .files = &files};
    const git_choice choice = {is_wanted, &g};
    g.operands = ARENA_ARRAY(call->a, git_operand, call->operand_count);
    if (!g.operands) return cli_trouble("out of memory");
    if (operands_for_git(call, g.operands)) return EXIT_TROUBLE;
    if (staged ? git_staged(call->a, since, UINT32_MAX / 2, choice, &files, &e)
               : git_changed(call->a, since, choice, &files, &e))
        return cli_error(&e);
    if (g.lost) return cli_trouble("out of memory");
    for (size_t i = 0; i < files.n; i++)
        if (add_file(&g, &files.at[i], staged, inputs)) return EXIT_TROUBLE;
    if (ask_git(&g, staged) || note_folders(&g, inputs)) return EXIT_TROUBLE;
    return refuse_unvouched(&g, inputs);
}

static bool reads_stdin(const invocation *call) {
    for (size_t i = 0; i < call->operand_count; i++)
        if (strcmp(call->operands[i], "-") == 0) return true;
    return false;
}

int judge_inputs(const invocation *call, input_list *inputs) {
    error e = {0};
    const char *since = option_text(call, "changed-since");
    if ((since || option_given(call, "staged")) && reads_stdin(call))
        return cli_trouble("--staged and --changed-since take articles from git, not from standard input");
    if (option_given(call, "stdin-filename") && !reads_stdin(call))
        return cli_trouble("--stdin-filename names standard input, which is not to be read: add '-' to the operands");
    bool staged = option_given(call, "staged");
    if (staged || since) return inputs_from_git(call, since, staged, inputs);
    if (input_collect(call->a, call->operands, call->operand_count, option_text(call, "stdin-filename"), inputs, &e))
        return cli_error(&e);
    return 0;
}
