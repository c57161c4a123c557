/* formats.h - the formats of this room, one file each. */
#ifndef ASSAY_REPORT_FORMATS_H
#define ASSAY_REPORT_FORMATS_H

#include "report/report.h"

/* By the names that --format takes; report_formats lists them in this order. */
extern const report_format report_text, report_json, report_ndjson, report_sarif, report_github, report_markdown,
    report_gitlab, report_junit, report_rdjsonl, report_html;

/* Page about a rule: ASSAY_HELP_URI, set by `make HELP_URI=…`, followed by the rule's id. "" names the program's page.
 */
str report_help_uri(str rule, buf *scratch);
/* Contradicted claims that cost points: those that no waiver answers, each at the style's cost. */
uint32_t report_claims_charged(const judgement *judged);
/* Why less is paid than was measured, or none: "only 3 count: no fact vouches for the rest"; nothing where all is. */
void report_ledger_note(const report_context *context, const ledger_line *line, buf *out);
/* Behind "earns nothing", of a tainted hit: ": 'April' is in no fact", ", for what stands beside it". */
void report_why_unpaid(const judgement *judged, const hit *h, buf *out);
/* "a.md:33:18: error [length] …", and the lines that say why an article failed: as `assay check` prints them. */
void report_finding_line(const report_context *context, const article *art, const finding *f, buf *out);
void report_reason_lines(const report_context *context, const judgement *judged, buf *out);
/* What "text" means in `assay facts`. */
extern const report_format report_claims_text;
/* What it means in `assay explain`: every signal with its spans, the article's text coloured, the edits, and then what
 * `assay check` says. Needs report_context.gate. */
extern const report_format report_explain_text;

#endif
