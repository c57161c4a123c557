/* steps.h - what steps.c asks of steps_process.c. Private to the truth stage. */
#ifndef ASSAY_FACTS_STEPS_H
#define ASSAY_FACTS_STEPS_H

#include "facts/judge.h"

/* The process whose id the prepared sentence says where no name of it stands, "the swap", "to swap models", or whose
 * deed the sentence before begins with; MANIFEST_NONE where none or several are. */
uint32_t process_by_id(judge *j, const passage *p);

/* steps_order.c: two durations in the enumeration [lo, hi); an order told in words; "first …, then …". */
bool steps_have_figures(const passage *p, uint32_t lo, uint32_t hi);
bool steps_tell_order(const passage *p, uint32_t lo, uint32_t hi);
bool steps_say_then(const passage *p, uint32_t lo, uint32_t hi);

#endif
