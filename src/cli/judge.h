/* judge.h - what check, facts, explain and batch share: settings to gate options, many articles to reports.
 *
 *     flags ─┐
 *            ├─► judge_setup: rules, manifests, baseline (each opened once)
 *     config ┘        │
 *     inputs ─────────┴─► judge_plan per article: gate options, its manifest, its waivers, whether it is excluded
 *                              │
 *                              └─► judge_all: pool ─► pieces in input order ─► reports
 */
#ifndef ASSAY_CLI_JUDGE_H
#define ASSAY_CLI_JUDGE_H

#include "cli/cli.h"
#include "cli/input.h"
#include "config/baseline.h"
#include "config/config.h"
#include "facts/manifest.h"
#include "report/report.h"

/* How one article is judged. */
typedef struct judge_plan {
    gate_options gate;
    settings settings;
    config_waiver waiver;
    const baseline *known;
    size_t max_bytes;
    bool excluded;
} judge_plan;

typedef struct judge_setup judge_setup;

/* Opens everything that the inputs need: configurations (searched from each article unless --config or --no-config),
 * rules, manifests, baseline. 0, or EXIT_TROUBLE after one line. Free with judge_setup_free in either case. */
int judge_setup_make(const invocation *call, const input_list *inputs, judge_setup **setup);
void judge_setup_free(judge_setup *setup); /* NULL is allowed */
const judge_plan *judge_plan_of(const judge_setup *setup, size_t input);
const report_context *judge_report(const judge_setup *setup);
/* Reads and judges one input on the calling thread; everything lives in the arena. */
int judge_one(const judge_setup *setup, const input *in, size_t index, arena *a, judgement *judged, error *e);

/* Inputs by the flags and operands: --staged, --changed-since, or files, folders, "-". 0, or EXIT_TROUBLE. */
int judge_inputs(const invocation *call, input_list *inputs);

/* One requested report: a format and where it goes (NULL = standard output). */
typedef struct judge_target {
    const report_format *format;
    const char *file;
    bool append;      /* GitHub's step summary grows */
} judge_target;

/* --format/--output pairs to targets (an --output belongs to the --format before it, or to text); text on standard
 * output when none was asked for; the step summary beside GitHub annotations. `text` is the format that the
 * name "text" stands for in this command. */
int judge_targets(const invocation *call, const report_format *text, judge_target **targets, size_t *count);

/* Judges every input that is not excluded and writes every report; returns the exit code. */
int judge_all(const invocation *call, const judge_setup *setup, const input_list *inputs, const judge_target *targets,
              size_t target_count);
/* --print-config: the settings of each input on standard output. */
int judge_print_config(const judge_setup *setup, const input_list *inputs);

#endif
