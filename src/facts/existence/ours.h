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
/* Of a scope that speaks of one host: does the sentence or the row's label around [lo, hi) name other machines of ours
 * and not that one, "each rig has an RTX 3060"? What "we have here" and what is "in it" speak of all. */
bool existence_is_elsewhere(judge *j, passage *p, uint32_t lo, uint32_t hi, const manifest_scope *scope);
/* The same, and none of these has such a closed list of its own, which would exclude it. */
bool existence_is_unlisted_there(judge *j, passage *p, uint32_t lo, uint32_t hi, const manifest_scope *scope);

#endif
