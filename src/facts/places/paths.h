/* paths.h - the claim at a path token. Private to the truth stage. */
#ifndef ASSAY_FACTS_PATHS_H
#define ASSAY_FACTS_PATHS_H

#include "facts/judge.h"

/* Judges the path at token `index` of the passage, whose stance is `s`; routes of an HTTP interface are no paths. */
void judge_path(judge *j, passage *p, uint32_t index, const stance_view *s);

#endif
