/* cmd_hook.c - `assay hook install|uninstall`: puts the gate into a repository's commits and pushes.
 *
 * The folder is the one that git itself uses (core.hooksPath, worktrees): `git rev-parse --git-path hooks`. A hook that
 * is there already is kept as NAME.before-assay and called first; uninstalling puts it back, also where ours is gone.
 * What is not ours is never removed. git asks pre-merge-commit, not pre-commit, about a merge that it commits itself:
 * the two come and go together.
 */
#include "base/file.h"
#include "cli/commands.h"
#include "cli/hook_texts.h"
#include "config/git.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_HOOK_BYTES = 1 << 20 };

typedef struct hook {
    const char *name, *text;
    const char *with; /* the hook whose name stands for this one too; NULL = none */
} hook;

static const hook hooks[] = {{"pre-commit", hook_text_pre_commit, NULL},
                             {"pre-merge-commit", hook_text_pre_merge_commit, "pre-commit"},
                             {"pre-push", hook_text_pre_push, NULL}};

/* Ours is known by its second line, so that older versions are replaced too. */
static bool is_ours(str text) {
    str line;
    if (!str_cut(&text, '\n', &line) || !text.p || !str_cut(&text, '\n', &line)) return false;
    return str_starts(line, STR("# assay: "));
}

static int move(const char *from, const char *to) {
    return rename(from, to) == 0 ? 0 : cli_trouble("cannot rename %s to %s: %s", from, to, strerror(errno));
}

static int install_one(arena *a, str folder, const hook *h) {
    char *path = path_join(a, folder, str_from_cstr(h->name));
    str before = arena_printf(a, "%s.before-assay", path ? path : "");
    error e = {0};
    str old = {0};
    if (!path || !before.p) return cli_trouble("out of memory");
    if (access(path, F_OK) == 0) {
        if (file_read(a, path, MAX_HOOK_BYTES, &old, &e)) return cli_error(&e);
        if (!is_ours(old)) {
            if (access((const char *)before.p, F_OK) == 0)
                return cli_trouble("%s exists already: settle which hook runs first, then install again",
                                   (const char *)before.p);
            int status = move(path, (const char *)before.p);
            if (status) return status;
            printf("kept the hook that was there as %s; it runs first\n", (const char *)before.p);
        }
    }
    if (file_write(path, str_from_cstr(h->text), &e)) return cli_error(&e);
    if (chmod(path, 0755) != 0) return cli_trouble("cannot make %s executable: %s", path, strerror(errno));
    printf("installed %s\n", path);
    return 0;
}

static int put_back(const char *before, const char *path) {
    if (access(before, F_OK) != 0) return 0;
    int status = move(before, path);
    if (!status) printf("put back the hook that was there before, %s\n", path);
    return status;
}

static int uninstall_one(arena *a, str folder, const hook *h) {
    char *path = path_join(a, folder, str_from_cstr(h->name));
    str before = arena_printf(a, "%s.before-assay", path ? path : "");
    error e = {0};
    str old = {0};
    if (!path || !before.p) return cli_trouble("out of memory");
    if (access(path, F_OK) != 0) return put_back((const char *)before.p, path);
    if (file_read(a, path, MAX_HOOK_BYTES, &old, &e)) return cli_error(&e);
    if (!is_ours(old)) {
        printf("left %s alone: it is not assay's\n", path);
        if (access((const char *)before.p, F_OK) == 0)
            printf("left %s, which was there before assay's: see which of the two is wanted\n", (const char *)before.p);
        return 0;
    }
    if (unlink(path) != 0) return cli_trouble("cannot remove %s: %s", path, strerror(errno));
    printf("removed %s\n", path);
    return put_back((const char *)before.p, path);
}

static bool known_hook(const char *name) {
    for (size_t i = 0; i < COUNT_OF(hooks); i++)
        if (strcmp(hooks[i].name, name) == 0) return true;
    return false;
}

/* Without names: what judges commits is installed, and everything is taken out. */
static bool is_wanted(const invocation *call, const hook *h, bool install) {
    bool of_commits = strcmp(h->name, "pre-commit") == 0 || h->with;
    if (call->operand_count == 1) return !install || of_commits;
    for (size_t k = 1; k < call->operand_count; k++)
        if (strcmp(call->operands[k], h->name) == 0 || (h->with && strcmp(call->operands[k], h->with) == 0))
            return true;
    return false;
}

static int run_hook(const invocation *call) {
    bool install = call->operand_count > 0 && strcmp(call->operands[0], "install") == 0;
    bool uninstall = call->operand_count > 0 && strcmp(call->operands[0], "uninstall") == 0;
    if (!install && !uninstall)
        return cli_trouble("hook needs 'install' or 'uninstall': 'assay hook install' judges commits and merges, "
                           "'assay hook install pre-commit pre-push' pushes too");
    for (size_t k = 1; k < call->operand_count; k++)
        if (!known_hook(call->operands[k]))
            return cli_trouble("unknown hook '%s'; known: pre-commit, pre-merge-commit, pre-push", call->operands[k]);
    error e = {0};
    str folder;
    if (git_hooks_folder(call->a, &folder, &e)) return cli_error(&e);
    char *path = arena_cstr(call->a, folder);
    if (install && path && mkdir(path, 0777) != 0 && errno != EEXIST)
        return cli_trouble("cannot make %s: %s", path, strerror(errno));
    for (size_t i = 0; i < COUNT_OF(hooks); i++) {
        if (!is_wanted(call, &hooks[i], install)) continue;
        int status = install ? install_one(call->a, folder, &hooks[i]) : uninstall_one(call->a, folder, &hooks[i]);
        if (status) return status;
    }
    return 0;
}

static const char *const flags[] = {NULL};
static const char *const examples[] = {"assay hook install",
                                       "judge staged articles at each commit and merge",
                                       "assay hook install pre-commit pre-push",
                                       "and what a push would publish",
                                       "assay hook uninstall",
                                       "take them out; a hook that was there before comes back",
                                       NULL};

const command command_hook = {
    .name = "hook",
    .operands = "install|uninstall [pre-commit] [pre-merge-commit] [pre-push]",
    .verbs = "install|uninstall",
    .others = "pre-commit|pre-merge-commit|pre-push",
    .summary = "put the gate into git's hooks",
    .description =
        "Writes the hook into the folder that git uses (core.hooksPath and worktrees included). A hook that is\n"
        "there already is kept and runs first. pre-commit brings pre-merge-commit, which git asks about merges that "
        "it\n"
        "commits itself; a rebase or a cherry-pick asks no hook, and pre-push or CI judge what they make.",
    .flags = flags,
    .examples = examples,
    .run = run_hook,
};
