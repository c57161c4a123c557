/* ours.h - who "we" are in a sentence about hardware. Private to the truth stage. All passages are prepared. */
#ifndef ASSAY_FACTS_OURS_H
#define ASSAY_FACTS_OURS_H

#include "facts/judge.h"

/* Does the phrase that ends with word `last` name the operator, a machine of ours or a part of it: "I", "the Spark",
 * "this box", "our second server", "it"? */
bool existence_names_us(judge *j, const passage *p, uint32_t last);
/* Does a phrase that names us begin at word `from` and end before `to`? */
bool existence_holds_us(judge *j, const passage *p, uint32_t from, uint32_t to);
/* Is the subject that ends with word `last` ours: "The Spark", "The machine in the cupboard", "writes and"? */
bool existence_subject_is_ours(judge *j, const passage *p, uint32_t last);
/* Is word `i` one of another's: "Petra's", "the reader", "another", "rented"? */
bool existence_is_of_another(const judge *j, const passage *p, uint32_t i);
/* Does word `i` say by a verb what the thing before it is or does, "an H100 | has 80 GB"? */
bool existence_has_verb(const passage *p, uint32_t i);

#endif
