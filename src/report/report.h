/* report.h - judgements rendered: one structure per format.
 *
 *     judge (any thread) --> article()/failure(): one piece of bytes per article
 *     in input order     --> finish(): the pieces assembled with what comes before, between and behind
 *
 * A piece depends on its article alone, so the same bytes come out whatever the number of threads. Formats that need no
 * assembly (`streams`) can be written piece by piece.
 */
#ifndef ASSAY_REPORT_REPORT_H
#define ASSAY_REPORT_REPORT_H

#include "base/buf.h"
#include "base/json.h"
#include "gate/gate.h"

typedef struct report_context {
    const char *version;
    const ruleset *rules;
    const char *manifest_hash; /* "sha256:…"; NULL without a manifest */
    const char *command;       /* "check", "explain", "facts", "batch" */
    bool color;                /* text only */
    bool quiet;                /* text: verdict lines only; explain: what fails only */
    bool several;              /* explain: more than one article, so that each needs its name above it */
    bool statistics;           /* text: how often each rule fired, at the end */
    bool advise;               /* JSON: the edits that would pass; needs `gate` */
    str model;                 /* who wrote the draft at hand, in a batch; empty where that is not known */
    const gate_options
        *gate; /* how the article at hand was judged; for the edits that would pass, else NULL is allowed */
} report_context;

typedef struct report_summary {
    uint32_t files, passed, failed, errors;
    uint32_t suppressed, waived, baseline; /* findings silenced, claims waived, findings known from the baseline */
    const struct rule_tally *rules;        /* with --statistics; NULL without */
} report_summary;

/* One article's piece. `ordinal` is the article's place in the input, from 0. */
typedef struct report_piece {
    str bytes;
    str path;
    bool passed, failed_to_judge;
} report_piece;

typedef struct report_format {
    const char *name, *summary;
    bool streams; /* pieces may be written as they come; finish() then gets none */
    bool machine; /* never coloured, promises equal bytes */
    bool located; /* for a service that looks its files up: names articles relative to the current folder */
    void (*article)(const report_context *context, const judgement *judged, buf *out);
    void (*failure)(const report_context *context, str path, const error *problem, buf *out);
    void (*finish)(const report_context *context, const report_summary *summary, const report_piece *pieces,
                   size_t count, buf *out);
} report_format;

/* All formats, NULL-terminated; and one by name (NULL when unknown, `nearest` then names the closest). */
extern const report_format *const report_formats[];
/* `nearest` may be NULL; it says nothing where the name is known. */
const report_format *report_format_find(str name, const char **nearest);

/* ---- shared by formats ----------------------------------------------------------------------------------------- */

/* {"start", "end", "line", "column", "endLine", "endColumn", "text"} */
void report_json_span(json *j, const article *art, span where);
/* One article as the JSON object of docs/schema/assay.schema.json. */
void report_json_article(json *j, const report_context *context, const judgement *judged);
/* Colour codes, empty without colour. */
enum report_ink { INK_OFF, INK_BOLD, INK_DIM, INK_RED, INK_GREEN, INK_YELLOW, INK_BLUE, INK_CYAN };
/* Static; INK_OFF ends every other ink. */
const char *report_ink(const report_context *context, enum report_ink ink);

#endif
