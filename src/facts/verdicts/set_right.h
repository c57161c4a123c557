/* set_right.h - contradicted claims against what the article says elsewhere of the same fact. Private to set_right.c,
 * told_changes.c and measured_with.c. */
#ifndef ASSAY_FACTS_SET_RIGHT_H
#define ASSAY_FACTS_SET_RIGHT_H

#include "facts/verdicts/verdict.h"

typedef struct stated { /* a fact that the article states truly */
    const claim *c;
    uint32_t section; /* headings above it */
} stated;

enum { TRIED = 64 }; /* true statements of one fact; where more are none that sets a claim right, it stays */

/* told_changes.c: does the place of a contradicted claim say that it is so now, or may it: a sentence in the present, a
 * table's cell, a configuration? */
bool claim_says_now(judge *j, const claim *c);

/* measured_with.c: stale releases that are the condition of a measurement which the same sentence states are supported.
 */
void judge_measured_with(judge *j);

typedef struct tellings { /* changes of a number that are told in one token, "from 0.85 to 0.78": the first of them */
    const token *changes[64];
    uint32_t change_count;
} tellings;
void tellings_find(const judge *j, tellings *out);

/* told_changes.c: does one of the n true statements of its fact, or one of the changes, tell that what the contradicted
 * claim says was so once? NULL where none does, or the claim says that it is so now. */
const claim *told_as_changed(judge *j, const tellings *all, const stated *of_fact, size_t n, const claim *c);

#endif
