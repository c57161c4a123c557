/* reports.h - the reports of one run: which ones, where they go, their pieces until they can be written.
 *
 *     --format/--output ─► targets ─► article()/failure() on any thread ─► handed out in input order ─► finish()
 *
 * Formats that stream go to standard output as they come; what goes into files is written whole at the end, or, with
 * `stream_files`, into FILE.partial, which becomes FILE at the end: a reader never sees half a report.
 */
#ifndef ASSAY_CLI_REPORTS_H
#define ASSAY_CLI_REPORTS_H

#include "cli/cli.h"
#include "cli/input.h"
#include "report/report.h"

#include <stdio.h>

enum { REPORTS_MAX = 16 };

typedef struct report_target {
    const report_format *format;
    const char *file; /* NULL = standard output */
    bool append;      /* GitHub's step summary grows */
    char *place;      /* where `file` leads to: a link stays one */
    FILE *stream;     /* PLACE.partial, while it is being written */
    char *partial;    /* its name */
} report_target;

typedef struct reports {
    const report_context *context;
    const input_list *inputs;
    arena *a;
    str *places; /* [inputs] where articles are, for formats that ask; NULL when none does */
    report_target targets[REPORTS_MAX];
    size_t count;
    buf *pieces;     /* [inputs × count] */
    uint8_t *states; /* [inputs] enum: none yet, failed, passed, not judged */
    bool stream_files;
} reports;

/* --format/--output pairs to targets (an --output belongs to the --format before it, or to text; "-" is standard
 * output); text on standard output when none was asked for; the step summary beside GitHub annotations. `text` is the
 * format that the name "text" stands for in this command. Files that cannot be written are refused now, before the
 * work. 0, or EXIT_TROUBLE after one line. */
int reports_choose(const invocation *call, const report_format *text, reports *r);
/* The file that the i-th --format goes into: the --output between it and the next; NULL = standard output. */
const char *reports_output_of(const invocation *call, size_t i);
/* Whether a report can be written to that file, as far as can be seen before there is one: its folder is there and can
 * be written to. 0, or EXIT_TROUBLE after one line. */
int reports_check_file(const char *file);
/* Whether two names are one file's: "x" and "./x", or two links. */
bool reports_same_file(arena *a, const char *one, const char *other);
/* Makes room and opens what is streamed into files. */
int reports_open(reports *r, const report_context *context, const input_list *inputs);
/* One article's pieces, and how it was judged; `model` wrote it, empty where none is known. Any thread. False when
 * memory is gone. */
bool reports_article(reports *r, size_t job, const gate_options *gate, str model, const judgement *judged);
bool reports_failure(reports *r, size_t job, const error *e);
/* Writes what streams; called in input order. EXIT_TROUBLE when it cannot be written. */
int reports_hand_out(reports *r, size_t job);
/* Writes everything that is left. Every report is tried; EXIT_TROUBLE when one could not be written. */
int reports_finish(reports *r, const report_summary *summary);
/* Frees; reports that were not finished leave nothing behind. */
void reports_free(reports *r);

#endif
