/* standing.h - the grammar of "X stands on Y", which standing.c (machines) and place_standing.c (towns) share. Private
 * to the truth stage. All passages are prepared.
 */
#ifndef ASSAY_FACTS_STANDING_H
#define ASSAY_FACTS_STANDING_H

#include "facts/judge.h"

/* First word that begins at `at` or behind it. */
uint32_t standing_word_at(const passage *p, uint32_t at);
/* Does none of the bytes stand in [lo, hi)? */
bool standing_is_gap_free(const passage *p, uint32_t lo, uint32_t hi, const char *stops);
/* "the", "our", "both", "two": may stand before the head of a subject. */
bool standing_is_determiner(const passage *p, uint32_t i);
/* Is the thing that begins at `lo` only part of a phrase with another head, "a backup of PostgreSQL", or one of
 * several, "a second Prometheus"? */
bool standing_is_governed(const passage *p, uint32_t lo);
/* "RLM, our licence server, runs", "Forgejo and its tickets are": may what lies in [lo, hi) stand between the thing and
 * its verb? */
bool standing_is_subject_rest(const passage *p, uint32_t lo, uint32_t hi);
/* A verb that says where something is; 2 where only its participle may follow: "is". 0 for any other word. */
int standing_verb(const passage *p, uint32_t i);
/* Does the verb lead to the preposition: "is now hosted on", "runs in a container on"? */
bool standing_leads_to(const passage *p, uint32_t verb, uint32_t preposition);

/* place_standing.c: the machines of which the sentence says, by its build, that they stand in the town at [lo, hi);
 * their number, 0 where it says so of none. */
uint32_t place_standing(judge *j, passage *p, uint32_t lo, uint32_t hi, uint32_t *machines, uint32_t capacity);

#endif
