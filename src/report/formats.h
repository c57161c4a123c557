/* formats.h - the formats of this room, one file each. */
#ifndef ASSAY_REPORT_FORMATS_H
#define ASSAY_REPORT_FORMATS_H

#include "report/report.h"

extern const report_format report_text, report_json, report_ndjson;
/* What "text" means in `assay facts`. */
extern const report_format report_claims_text;

#endif
