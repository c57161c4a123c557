/* formats.h - the formats of this room, one file each. */
#ifndef ASSAY_REPORT_FORMATS_H
#define ASSAY_REPORT_FORMATS_H

#include "report/report.h"

extern const report_format report_text, report_json, report_ndjson, report_sarif, report_github, report_markdown,
    report_gitlab, report_junit, report_rdjsonl, report_html;

/* Where a rule is explained. */
#define ASSAY_HELP_URI "https://example.org/assay/docs/signals"
/* What "text" means in `assay facts`. */
extern const report_format report_claims_text;

#endif
