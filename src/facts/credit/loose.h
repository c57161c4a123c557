/* loose.h - what loose.c and loose_times.c share. Private to the truth stage. */
#ifndef ASSAY_FACTS_LOOSE_H
#define ASSAY_FACTS_LOOSE_H

#include "facts/judge.h"

/* Is the token a day, a time of day or a model's name in prose that the manifest does not hold, stated of us? */
bool loose_is_time_or_name(judge *j, passage *p, const token *t);
/* The end of the rhythm that begins at word `i` of a prepared passage, "every Friday", "once an hour", "half as"; 0:
 * none does. */
uint32_t loose_rhythm(judge *j, passage *p, uint32_t i);

#endif
