/* overwrite.c - files to be written against files that are read. In: a run's names, before anything is written. Out: 0,
 * or one line on standard error.
 *
 *     check -f html -o a.md b.md           "a.md" is an article: the shell made it of `-o *.md`
 *     check --manifest m.yaml -o ./m.yaml  "./m.yaml" is the manifest
 *     check --write-baseline notes.json    holds something that is no baseline
 *
 * What is not there yet, a device and a pipe lose nothing. One file is one by its device and number: "x", "./x", a
 * link.
 */
#include "cli/overwrite.h"

#include "base/file.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { HEAD_BYTES = 4096 };

typedef struct guarded {
    const invocation *call;
    const judge_setup *setup;
    const input_list *inputs;
} guarded;

static bool is_there(const char *file, struct stat *st) { return stat(file, st) == 0 && S_ISREG(st->st_mode); }

static bool is_same(const struct stat *st, const char *other) {
    struct stat there;
    return other && stat(other, &there) == 0 && there.st_dev == st->st_dev && there.st_ino == st->st_ino;
}

/* What the run reads in this file; NULL where it does not. */
static const char *what_is_read(const guarded *g, const char *file, const struct stat *st) {
    for (size_t i = 0; i < g->call->operand_count; i++)
        if (is_same(st, g->call->operands[i])) return "is one of the files to read";
    for (size_t i = 0; g->inputs && i < g->inputs->n; i++) {
        const char *name =
            g->inputs->at[i].path ? g->inputs->at[i].path : arena_cstr(g->call->a, g->inputs->at[i].name);
        if (is_same(st, name)) return "is an article to judge";
    }
    if (is_same(st, option_text(g->call, "db"))) return "is the ledger";
    return g->setup ? judge_reads(g->setup, file) : NULL;
}

/* The first bytes of a file; empty where it cannot be read. */
static str head_of(const char *file, char room[HEAD_BYTES]) {
    FILE *in = fopen(file, "rbe");
    size_t n = in ? fread(room, 1, HEAD_BYTES, in) : 0;
    if (in) fclose(in);
    return (str){(const uint8_t *)room, (ptrdiff_t)n};
}

static int check_one(const guarded *g, const char *file, bool markdown) {
    struct stat st;
    char room[HEAD_BYTES];
    if (!is_there(file, &st)) return 0;
    const char *read = what_is_read(g, file, &st);
    if (read) return cli_trouble("%s: %s, and is not written over", file, read);
    if (!input_is_markdown(str_from_cstr(file)) || st.st_size == 0) return 0;
    /* So begins every report as Markdown (report_ci.c). */
    if (markdown && str_starts(head_of(file, room), STR("### assay: "))) return 0;
    return cli_trouble("%s: is Markdown that is there already, and is not written over: name another file", file);
}

static int check_baseline(const guarded *g, const char *file) {
    struct stat st;
    char room[HEAD_BYTES];
    int status = check_one(g, file, false);
    if (status || !is_there(file, &st) || st.st_size == 0) return status;
    if (str_find(head_of(file, room), STR("\"assay-baseline\""), 0) >= 0) return 0;
    return cli_trouble("%s: is there already and no baseline, and is not written over: name another file", file);
}

int overwrite_check(const invocation *call, const judge_setup *setup, const input_list *inputs, const reports *out) {
    const guarded g = {call, setup, inputs};
    const char *known = option_text(call, "write-baseline");
    if (known && strcmp(known, "-") == 0) /* its paths are relative to its folder, and its entries outlive a run */
        return cli_trouble("--write-baseline takes a file, not standard output: name it, ./- if it is called that");
    for (size_t i = 0; i < out->count; i++) {
        const report_target *t = &out->targets[i];
        if (!t->file) continue;
        if (known && reports_same_file(call->a, t->file, known))
            return cli_trouble("%s: is to be a report and the baseline: name two files", t->file);
        if (!t->append && check_one(&g, t->file, strcmp(t->format->name, "markdown") == 0)) return EXIT_TROUBLE;
    }
    return known ? check_baseline(&g, known) : 0;
}

int overwrite_check_report(const invocation *call, const char *file) {
    return check_one(&(guarded){.call = call}, file, false);
}
