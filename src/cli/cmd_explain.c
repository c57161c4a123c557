/* cmd_explain.c - `assay explain`: every signal with the spans that earned or lost it, and the edits that would pass;
 * for programs the report of `assay check`, in JSON with these edits. */
#include "cli/commands.h"
#include "cli/judge.h"
#include "cli/overwrite.h"
#include "report/formats.h"

static int run_explain(const invocation *call) {
    judge_setup *setup = NULL;
    reports out = {0};
    input_list inputs = {0};
    bool from_git = option_given(call, "staged") || option_given(call, "changed-since");
    if (call->operand_count == 0 && !from_git) return cli_trouble("explain needs an article: assay explain FILE");
    int status = reports_choose(call, &report_explain_text, &out);
    if (!status) status = judge_inputs(call, &inputs);
    if (!status) status = judge_setup_make(call, &inputs, &setup);
    if (!status) status = overwrite_check(call, setup, &inputs, &out);
    if (!status) status = judge_all(call, setup, &inputs, &out);
    reports_free(&out);
    judge_setup_free(setup);
    return status;
}

static const char *const flags[] = {
    "config",  "no-config",      "style",     "threshold", "manifest", "rules",         "format",    "output",
    "fail-on", "fail-on-claims", "untrusted", "about",     "baseline", "changed-since", "staged",    "stdin-filename",
    "quiet",   "force-exclude",  "color",     "no-exit",   "jobs",     "max-size",      "no-unwrap", NULL};
static const char *const examples[] = {"assay explain a.md",
                                       "show what earned and what lost points, and the cheapest edits that pass",
                                       "assay explain --color always a.md | less -R",
                                       "the same, coloured, in a pager",
                                       "assay explain -q --staged",
                                       "the articles for which a commit was refused",
                                       "assay explain -f text -o why.txt -f json -o why.json a.md",
                                       "into files, for people and for programs",
                                       NULL};

const command command_explain = {
    .name = "explain",
    .operands = "FILES|DIRS|-...",
    .summary = "show what earned and lost points, and the edits that would pass",
    .description =
        "Prints every signal with its value, cap, weight and points and the very places that made it, what holds\n"
        "the score down, and the smallest set of edits under which the article passes. Edits only remove, or\n"
        "cite the manifest: assay never asks for more specifics.",
    .flags = flags,
    .examples = examples,
    .run = run_explain,
};
