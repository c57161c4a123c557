/* process_nouns.h - processes that are told as nouns. Private to the truth stage. */
#ifndef ASSAY_FACTS_PROCESS_NOUNS_H
#define ASSAY_FACTS_PROCESS_NOUNS_H

#include "facts/judge.h"

/* The category of the process that word `i` of a prepared passage is a noun for, with the cadence at [lo, hi): "our
 * nightly evaluation run"; NULL for none. */
const char *process_noun_category(const passage *p, uint32_t i, uint32_t lo, uint32_t hi);

#endif
