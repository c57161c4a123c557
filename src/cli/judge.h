/* judge.h - what check, facts, explain and batch share: settings to gate options, many articles to reports.
 *
 *     flags ─┐
 *            ├─► judge_setup: rules, manifests, baseline (each opened once)
 *     config ┘        │
 *     inputs ─────────┴─► judge_plan per article that is not excluded: gate options, its manifest, its waivers
 *                              │
 *                              └─► judge_all: pool ─► pieces in input order ─► reports
 */
#ifndef ASSAY_CLI_JUDGE_H
#define ASSAY_CLI_JUDGE_H

#include "cli/cli.h"
#include "cli/input.h"
#include "cli/reports.h"
#include "config/baseline.h"
#include "config/config.h"
#include "manifest/manifest.h"
#include "report/report.h"

/* How one article is judged. */
typedef struct judge_plan {
    gate_options gate;
    settings settings;
    const config *config; /* NULL: none found */
    config_waiver waiver;
    const baseline *known;
    str baseline_key; /* with a baseline to read or to write */
    size_t max_bytes;
    bool excluded; /* only while the setup is made, and for --print-config */
} judge_plan;

typedef struct judge_setup judge_setup;

/* Opens everything that the inputs need: configurations (searched from each article unless --config or --no-config),
 * rules, manifests, baseline. What is excluded leaves the list (--print-config shows it); a folder operand of which
 * nothing is left stands there as an entry that cannot be judged. 0, or EXIT_TROUBLE after one line. Free with
 * judge_setup_free in either case. */
int judge_setup_make(const invocation *call, input_list *inputs, judge_setup **setup);
void judge_setup_free(judge_setup *setup); /* NULL is allowed */
const judge_plan *judge_plan_of(const judge_setup *setup, size_t input);
/* Whether any of the articles is compared with a manifest. */
bool judge_has_manifest(const judge_setup *setup);
const report_context *judge_report(const judge_setup *setup);
/* What a file is that the setup was made from ("is the manifest"), by whatever name; NULL where it is none. A baseline
 * counts that is read, not one that is written anew. */
const char *judge_reads(const judge_setup *setup, const char *file);
/* Reads and judges one input on the calling thread; everything lives in the arena. */
int judge_one(const judge_setup *setup, const input *in, size_t index, arena *a, judgement *judged, error *e);

/* Inputs by the flags and operands: --staged, --changed-since, or files, folders, "-". 0, or EXIT_TROUBLE. */
int judge_inputs(const invocation *call, input_list *inputs);

/* --jobs; 0 = one a processor. */
int judge_threads(const invocation *call, unsigned *threads);
/* One bounded arena a worker, NULL-terminated; NULL when memory is gone. */
arena **judge_arenas_new(const judge_setup *setup, const input_list *inputs, unsigned threads);
void judge_arenas_free(arena **arenas);
/* Everything that decides the results beside the articles themselves, for a run's key. */
void judge_setup_key(const judge_setup *setup, buf *out);

/* Judges every input and writes every report; returns the exit code. */
int judge_all(const invocation *call, const judge_setup *setup, const input_list *inputs, reports *out);
/* --print-config: the settings of each input on standard output. */
int judge_print_config(const judge_setup *setup, const input_list *inputs);

#endif
