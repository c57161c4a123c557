/* verdict.h - claims and what becomes of them. Private to the truth stage.
 *
 *     a judge has read and compared ──► claim_add ──► claim_supported │ claim_contradicted │ claim_unverified
 *                                                                       └─ doubt.h: unverified after all?
 */
#ifndef ASSAY_FACTS_VERDICT_H
#define ASSAY_FACTS_VERDICT_H

#include "facts/reading/reading.h"

/* New claim at [lo, hi) of the passage; NULL when memory is gone. Fills where, quote, sentence, block, stance. */
claim *claim_add(judge *j, passage *p, uint32_t lo, uint32_t hi, enum claim_kind kind, const stance_view *s);
void claim_supported(judge *j, claim *c, const manifest_fact *fact, str says, str why);
void claim_contradicted(judge *j, claim *c, const manifest_fact *fact, str says, str why);
void claim_unverified(judge *j, claim *c, str why);

/* ---- denied.c ---- */
enum declared_denial { DENIES_NOTHING, DENIES_A_PART /* too indirect to judge */, DENIES_IT };
/* How far does a prepared passage deny what it says at [lo, hi)? */
enum declared_denial denial_of_declared(const passage *p, uint32_t lo, uint32_t hi);
/* Of the claim that was added last, whose value agrees with the fact: where it is denied it gets its verdict here, and
 * supports nothing. `what`: "the declared cadence". */
bool claim_is_denied(judge *j, passage *p, claim *c, const manifest_fact *fact, str says, str what);

/* May this fact judge on the article's day? When not, the claim is unverified and says why. */
bool fact_may_judge(judge *j, claim *c, const manifest_fact *fact);

/* doubt_habits.c: is the word one of what invented services give: files, shells, mail? */
bool exposes_capability(const passage *p, uint32_t i);
/* Is it a noun of what changes something: "creation", "publishing", "restart"? */
bool exposes_act(const passage *p, uint32_t i);
/* Is the head of the words [lo, hi) such a noun, and in no name of the list: "article publishing", beside "article
 * fetch"? Then it is none of the list, by whatever name. */
bool exposes_acts(const passage *p, uint32_t lo, uint32_t hi, const manifest_list *list);

/* at_work.c: does the sentence say of the thing at [lo, hi) that it does something for us here? */
bool existence_at_work(judge *j, passage *p, uint32_t lo, uint32_t hi);
/* at_work.c: is word `i` a verb of what something does, "turns", "holds"; and may word `i` begin its object? */
bool existence_is_deed(const passage *p, uint32_t i);
bool existence_has_object(const passage *p, uint32_t i);

/* ---- verdicts/set_right.c ---- */
/* Contradictions that the article itself sets right become unverified. Asks for the claims in the order of the text.
 * False when memory is gone. */
bool judge_set_right(judge *j);

#endif
