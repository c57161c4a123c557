/* steps.h - what steps.c asks of the files beside it. Private to the truth stage. */
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

/* steps_otherwise.c: an item that no step matched, right before the word `first` of an enumeration, or right behind the
 * word `last`, before `end`: it may be a step in other words. */
bool steps_item_before(const passage *p, uint32_t first);
bool steps_item_behind(const passage *p, uint32_t last, uint32_t end);
/* Does a word of the step's name stand outside the enumeration [lo, hi): "…, reboot, │ test", of a "smoke test"? */
bool steps_name_half(const passage *p, const step_words *step, uint32_t lo, uint32_t hi);
/* Does the sentence go on with what the one before it began: "Then it signs, uploads and announces"? */
bool steps_go_on(const passage *p);

/* steps_pairs.c: contradicts two steps that a sentence tells in another order than the declared one; false where it
 * tells no such pair. */
bool judge_step_pair(judge *j, passage *p);

#endif
