/* loose.h - what loose.c, loose_times.c, loose_ratios.c and vouched.c share. Private to the truth stage. */
#ifndef ASSAY_FACTS_LOOSE_H
#define ASSAY_FACTS_LOOSE_H

#include "facts/judge.h"

/* Is the token a day, a time of day or a model's name in prose that the manifest does not hold, stated of us? */
bool loose_is_time_or_name(judge *j, passage *p, const token *t);
/* Is the day or time of day, the token's, one that the manifest names? A year alone is none. */
bool loose_is_declared(const judge *j, const surface *on, const token *t);
/* The end of the rhythm that begins at word `i` of a prepared passage, "every Friday", "once an hour", "half as"; 0:
 * none does. */
uint32_t loose_rhythm(judge *j, passage *p, uint32_t i);
/* loose_ratios.c: the end of the measurement without a figure that begins there, "doubled", "by a third", "hundreds
 * of"; 0: none does. */
uint32_t loose_ratio_end(const passage *p, uint32_t i);

#endif
