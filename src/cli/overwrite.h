/* overwrite.h - what a run may not write over: a name given twice, or `-o *.md` as the shell spells it out, must not
 * cost anybody an article. */
#ifndef ASSAY_CLI_OVERWRITE_H
#define ASSAY_CLI_OVERWRITE_H

#include "cli/judge.h"

/* Whether the reports and the new baseline of this run can be written without losing what they are made from: none of
 * them is an operand, an article that is judged, the manifest, the configuration, the baseline that is read, a rule,
 * the ledger or another of them, by whatever name or link; none is a Markdown file that is there already (a report as
 * Markdown may replace such a report); and the new baseline replaces a baseline or nothing.
 * 0, or EXIT_TROUBLE after one line. */
int overwrite_check(const invocation *call, const judge_setup *setup, const input_list *inputs, const reports *out);
/* The same of one file that a command writes without having judged anything: no operand, no article. */
int overwrite_check_report(const invocation *call, const char *file);

#endif
