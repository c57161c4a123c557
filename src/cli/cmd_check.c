/* cmd_check.c - `assay check`: the gate. */
#include "cli/commands.h"
#include "cli/judge.h"
#include "cli/overwrite.h"
#include "report/formats.h"

/* "0 claims, 1 passed" of an article that nothing was compared with would be read as a proof. */
static int need_manifest(const invocation *call, const judge_setup *setup, const input_list *inputs) {
    bool any = false;
    for (size_t i = 0; i < inputs->n; i++) any = any || !inputs->at[i].broken;
    if (call->command != &command_facts || !any || judge_has_manifest(setup)) return 0;
    return cli_trouble("'assay facts' needs the manifest that claims are compared with: give --manifest FILE, or name "
                       "it in .assay.yaml");
}

static int run_with(const invocation *call, const report_format *text) {
    judge_setup *setup = NULL;
    reports out = {0};
    input_list inputs = {0};
    bool only_settings = option_given(call, "print-config");
    int status = reports_choose(call, text, &out);
    if (!status) status = judge_inputs(call, &inputs);
    if (!status) status = judge_setup_make(call, &inputs, &setup);
    if (!status && !only_settings) status = overwrite_check(call, setup, &inputs, &out);
    if (!status && !only_settings) status = need_manifest(call, setup, &inputs);
    if (!status) status = only_settings ? judge_print_config(setup, &inputs) : judge_all(call, setup, &inputs, &out);
    reports_free(&out);
    judge_setup_free(setup);
    return status;
}

static int run_check(const invocation *call) { return run_with(call, &report_text); }
static int run_facts(const invocation *call) { return run_with(call, &report_claims_text); }

static const char *const check_flags[] = {"config",
                                          "no-config",
                                          "style",
                                          "threshold",
                                          "manifest",
                                          "rules",
                                          "format",
                                          "output",
                                          "fail-on",
                                          "fail-on-claims",
                                          "untrusted",
                                          "about",
                                          "baseline",
                                          "write-baseline",
                                          "reason",
                                          "changed-since",
                                          "staged",
                                          "stdin-filename",
                                          "quiet",
                                          "statistics",
                                          "print-config",
                                          "force-exclude",
                                          "cache-location",
                                          "jobs",
                                          "color",
                                          "no-exit",
                                          "max-size",
                                          "no-unwrap",
                                          NULL};
static const char *const check_examples[] = {"assay check posts/",
                                             "judge every Markdown file below posts/",
                                             "assay check --manifest site.yaml --style tutorial a.md",
                                             "compare its claims with the manifest too",
                                             "assay check --format json --output report.json posts/",
                                             "write the report for a program",
                                             "git show HEAD:a.md | assay check --stdin-filename a.md -",
                                             "judge what stands on standard input",
                                             NULL};

const command command_check = {
    .name = "check",
    .operands = "[FILES|DIRS|-]...",
    .summary = "judge articles: findings, ledger, verdict",
    .description =
        "Reads Markdown with frontmatter, measures 19 signals, runs the lints of the article's style and, with a\n"
        "manifest, compares what the article claims with what is true. Exits 1 when an article fails. Without files "
        "or\n"
        "folders it judges the articles below the current folder.",
    .flags = check_flags,
    .examples = check_examples,
    .run = run_check,
};

static const char *const facts_flags[] = {
    "config",    "no-config", "style",         "manifest", "rules",          "format", "output",       "fail-on-claims",
    "untrusted", "about",     "changed-since", "staged",   "stdin-filename", "quiet",  "print-config", "force-exclude",
    "jobs",      "color",     "no-exit",       "max-size", "no-unwrap",      NULL};
static const char *const facts_examples[] = {
    "assay facts --manifest site.yaml a.md", "list every claim with its stance, verdict and proof",
    "assay facts --manifest site.yaml --format json a.md", "the same for a program", NULL};

const command command_facts = {
    .name = "facts",
    .operands = "[FILES|DIRS|-]...",
    .summary = "list every claim with its verdict and proof",
    .description =
        "Shows what the truth stage saw: each claim with its place, normal form, stance, the fact it was\n"
        "compared with and the comparison made. The exit code is that of 'assay check'. Without a manifest no claim\n"
        "is read, and that is an error. Without files or folders it reads the articles below the current folder.",
    .flags = facts_flags,
    .examples = facts_examples,
    .run = run_facts,
};
