/* cmd_explain.c - `assay explain`: every signal with the spans that earned or lost it, and the edits that would pass.
 */
#include "cli/commands.h"
#include "cli/judge.h"
#include "report/formats.h"

#include "base/file.h"

static int explain_one(const judge_setup *setup, const input_list *inputs, size_t index, report_summary *summary) {
    arena *a = arena_new(0);
    if (!a) return cli_trouble("out of memory");
    error e = {0};
    judgement judged;
    buf out = {0};
    int status = judge_one(setup, &inputs->at[index], index, a, &judged, &e);
    if (!status) status = report_explain(a, judge_report(setup), &judge_plan_of(setup, index)->gate, &judged, &out, &e);
    summary->files++;
    if (status) {
        cli_error(&e);
        summary->errors++;
    } else {
        report_text.article(judge_report(setup), &judged, &out);
        summary->passed += judged.passed;
        summary->failed += !judged.passed;
        status = out.failed ? cli_trouble("out of memory") : cli_write(buf_view(&out));
    }
    buf_free(&out);
    arena_free(a);
    return status ? EXIT_TROUBLE : 0;
}

/* A machine format is the same report as that of `assay check`. */
static int explain_for_programs(const invocation *call, const judge_setup *setup, const input_list *inputs) {
    reports out = {0};
    int status = reports_choose(call, &report_text, &out);
    if (!status) status = judge_all(call, setup, inputs, &out);
    reports_free(&out);
    return status;
}

static int explain_for_people(const invocation *call, const judge_setup *setup, const input_list *inputs) {
    report_summary summary = {0};
    int status = 0;
    for (size_t i = 0; i < inputs->n; i++)
        if (explain_one(setup, inputs, i, &summary)) status = EXIT_TROUBLE;
    if (status) return status;
    return summary.failed && !option_given(call, "no-exit") ? EXIT_FAIL : EXIT_PASS;
}

static int run_explain(const invocation *call) {
    judge_setup *setup = NULL;
    input_list inputs = {0};
    const char *format = option_text(call, "format");
    if (call->operand_count == 0) return cli_trouble("explain needs an article: assay explain FILE");
    int status = judge_inputs(call, &inputs);
    if (!status) status = judge_setup_make(call, &inputs, &setup);
    if (!status && format && strcmp(format, "text") != 0)
        status = explain_for_programs(call, setup, &inputs);
    else if (!status)
        status = explain_for_people(call, setup, &inputs);
    judge_setup_free(setup);
    return status;
}

static const char *const flags[] = {"config",    "no-config", "style",          "threshold", "manifest",
                                    "rules",     "format",    "output",         "fail-on",   "fail-on-claims",
                                    "untrusted", "about",     "stdin-filename", "color",     "no-exit",
                                    "jobs",      "max-size",  "no-unwrap",      NULL};
static const char *const examples[] = {
    "assay explain a.md", "show what earned and what lost points, and the cheapest edits that pass",
    "assay explain --color always a.md | less -R", "the same, coloured, in a pager", NULL};

const command command_explain = {
    .name = "explain",
    .operands = "FILES...",
    .summary = "show what earned and lost points, and the edits that would pass",
    .description =
        "Prints every signal with its value, cap, weight and points and the very places that made it, what holds\n"
        "the score down, and the smallest set of edits under which the article passes. Edits only remove, or\n"
        "cite the manifest: assay never asks for more specifics.",
    .flags = flags,
    .examples = examples,
    .run = run_explain,
};
