/* judge_inputs.c - which articles a run judges. In: flags and operands. Out: a list of inputs, in a fixed order.
 *
 *     FILES, DIRS, -            input_collect
 *     --staged [REV]            what git's index holds ─┐
 *     --changed-since REV       what the work tree has ─┴─ below the operands, if there are any
 *
 * What an operand names is judged, or said not to be there: no operand is left out in silence.
 */
#include "cli/judge.h"

#include "base/file.h"
#include "config/git.h"
#include "config/paths.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* What an operand stands for among git's files: the place that it leads to (a link to a folder is that folder), and
 * whether git has an article there. */
typedef struct git_operand {
    str place; /* absolute */
    bool met;
} git_operand;

static int operands_for_git(const invocation *call, git_operand *out) {
    for (size_t i = 0; i < call->operand_count; i++) {
        struct stat st;
        str operand = str_from_cstr(call->operands[i]);
        bool folder = stat(call->operands[i], &st) == 0 && S_ISDIR(st.st_mode);
        const char *inside = folder ? path_join(call->a, operand, STR(".")) : call->operands[i];
        const char *where = inside ? path_absolute(call->a, str_from_cstr(inside)) : NULL;
        if (!where) return cli_trouble("%s: cannot tell where this is", call->operands[i]);
        out[i].place = str_from_cstr(where);
    }
    return 0;
}

/* Whether an article (its absolute path) is one of the operands (`*named`) or lies below one; without operands, yes. */
static bool below_operands(const invocation *call, git_operand *operands, str absolute, bool *named) {
    bool below = call->operand_count == 0;
    *named = false;
    for (size_t i = 0; i < call->operand_count; i++) {
        str at = operands[i].place;
        bool same = str_eq(at, absolute);
        bool inside = at.n == 1 || (absolute.n > at.n && str_starts(absolute, at) && absolute.p[at.n] == '/');
        operands[i].met = operands[i].met || same || inside;
        below = below || same || inside;
        *named = *named || same;
    }
    return below;
}

/* An operand that is not there is as wrong as it is without git: nothing below it can be said to have been judged. One
 * that is there and has not changed is what these flags are for. */
static int refuse_missing(const invocation *call, const git_operand *operands, input_list *inputs) {
    for (size_t i = 0; i < call->operand_count; i++) {
        struct stat st;
        error e = {0};
        if (operands[i].met || lstat(call->operands[i], &st) == 0) continue;
        if (input_missing(call->a, inputs, call->operands[i], strerror(errno), &e)) return cli_error(&e);
    }
    return 0;
}

/* Paths from git are relative to the top of the work tree; the program works wherever it was started. */
static int inputs_from_git(const invocation *call, const git_files *files, bool staged, input_list *inputs) {
    git_operand *operands = ARENA_ARRAY(call->a, git_operand, call->operand_count);
    if (!operands) return cli_trouble("out of memory");
    if (operands_for_git(call, operands)) return EXIT_TROUBLE;
    for (size_t i = 0; i < files->n; i++) {
        const git_file *f = &files->at[i];
        str absolute = arena_printf(call->a, "%.*s/%.*s", STR_ARG(files->top), STR_ARG(f->path));
        bool named;
        if (!absolute.p) return cli_trouble("out of memory");
        if (!below_operands(call, operands, absolute, &named)) continue;
        input in = {
            .name = path_inside(call->a, STR("."), absolute), .loaded = staged, .content = f->content, .named = named};
        if (!staged) in.path = arena_cstr(call->a, in.name);
        if (!VEC_PUSH(call->a, inputs, in)) return cli_trouble("out of memory");
    }
    return refuse_missing(call, operands, inputs);
}

static bool reads_stdin(const invocation *call) {
    for (size_t i = 0; i < call->operand_count; i++)
        if (strcmp(call->operands[i], "-") == 0) return true;
    return false;
}

int judge_inputs(const invocation *call, input_list *inputs) {
    error e = {0};
    git_files files = {0};
    const char *since = option_text(call, "changed-since");
    if ((since || option_given(call, "staged")) && reads_stdin(call))
        return cli_trouble("--staged and --changed-since take articles from git, not from standard input");
    if (option_given(call, "stdin-filename") && !reads_stdin(call))
        return cli_trouble("--stdin-filename names standard input, which is not to be read: add '-' to the operands");
    if (option_given(call, "staged")) {
        if (git_staged(call->a, since, UINT32_MAX / 2, &files, &e)) return cli_error(&e);
        return inputs_from_git(call, &files, true, inputs);
    }
    if (since) {
        if (git_changed(call->a, since, &files, &e)) return cli_error(&e);
        return inputs_from_git(call, &files, false, inputs);
    }
    if (input_collect(call->a, call->operands, call->operand_count, option_text(call, "stdin-filename"), inputs, &e))
        return cli_error(&e);
    return 0;
}
