/* callouts.h - block quotes that are the author's own notes. Private to the truth stage. */
#ifndef ASSAY_FACTS_CALLOUTS_H
#define ASSAY_FACTS_CALLOUTS_H

#include "facts/reading/reading.h"

/* Is the block quote a note in the author's own voice? `before`: the sentence in front of it, or empty. */
bool callout_is_own(const judge *j, uint32_t quote, str before);

#endif
