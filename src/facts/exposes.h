/* exposes.h - what the files that judge a service's operations share. Private to the truth stage. */
#ifndef ASSAY_FACTS_EXPOSES_H
#define ASSAY_FACTS_EXPOSES_H

#include "facts/judge.h"

/* exposes_routes.c: HTTP calls in a cell or a sentence against the closed lists that are declared as routes. */
void judge_routes(judge *j, passage *p);

#endif
