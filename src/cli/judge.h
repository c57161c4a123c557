/* judge.h - what check, facts and explain share: flags to gate options, many articles to reports. */
#ifndef ASSAY_CLI_JUDGE_H
#define ASSAY_CLI_JUDGE_H

#include "cli/cli.h"
#include "cli/input.h"
#include "facts/manifest.h"
#include "report/report.h"

/* What the flags ask for, resolved. */
typedef struct judge_setup {
    gate_options gate;
    report_context report;
    ruleset *owned_rules; /* from --rules; NULL for the built-in ones */
    manifest *truth;      /* from --manifest; NULL without */
    size_t max_bytes;
    unsigned threads;
    bool no_exit;
} judge_setup;

/* 0, or EXIT_TROUBLE after one line. Call judge_setup_free in either case. */
int judge_setup_make(const invocation *call, judge_setup *setup);
void judge_setup_free(judge_setup *setup);

/* One requested report: a format and where it goes (NULL = standard output). */
typedef struct judge_target {
    const report_format *format;
    const char *file;
} judge_target;

/* Judges every input and writes every report; returns the exit code. */
int judge_all(const invocation *call, const judge_setup *setup, const input_list *inputs, const judge_target *targets,
              size_t target_count);
/* --format/--output pairs to targets; text on standard output when none was asked for. `text` is the format that the
 * name "text" stands for in this command. */
int judge_targets(const invocation *call, const report_format *text, judge_target **targets, size_t *count);

#endif
