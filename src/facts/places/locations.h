/* locations.h - what locations.c, place_said.c, place_talk.c and place_cells.c share. Private to the truth stage. */
#ifndef ASSAY_FACTS_LOCATIONS_H
#define ASSAY_FACTS_LOCATIONS_H

#include "facts/judge.h"

/* place_said.c, of prepared passages; `lo` is where the town begins. Does word `at` stand behind a preposition of
 * place?
 */
bool place_is_behind(const passage *p, uint32_t at);
/* Does a verb say where a machine is? */
bool place_stands(const passage *p);
/* Is the hit only part of another thing's name: "our VPS provider"? */
bool place_hit_is_part(const passage *p, const alias_hit *hit);
/* Is the place said of machines? Of the one that the hit names (NULL: of machines alone)? */
bool place_of_machines(const passage *p, uint32_t lo);
bool place_said_of(const passage *p, const alias_hit *hit, uint32_t lo);
/* The machine of ours that it is said of and that has no declared place; MANIFEST_NONE where that is none. */
uint32_t place_of_unplaced(const judge *j, const passage *p, uint32_t lo);
/* "the VPS (X)", "- **VPS**: Hetzner, X": does the town [lo, hi) stand alone beside the host? */
bool place_set_beside(const passage *p, const alias_hit *host, uint32_t lo, uint32_t hi);
/* Does something lead from byte `from` to another thing, which is there? */
bool place_leads_elsewhere(const passage *p, uint32_t from, uint32_t lo);
/* "The tower is in X": is it a thing that was spoken of, by no name of ours? */
bool place_subject_unnamed(const passage *p, uint32_t lo);
/* Is it where something was said or somebody was, not where a machine stands? Asked of the clause of the town. */
bool is_occasion(const passage *p, uint32_t lo);

/* place_cells.c. The machine whose place the cell states, by the row's other cells; MANIFEST_NONE where none is. */
uint32_t place_of_row(judge *j, const passage *p);
/* Does the cell's column say from or to where something goes? */
bool place_column_leads_away(judge *j, const passage *p);

/* place_talk.c. The stance of a place, without what its sentence says of others: the rooms that people lent, the wish
 * behind a thing that is there, the machine that we rent. */
stance_view place_stance(judge *j, passage *p, uint32_t lo, uint32_t hi);
/* Is data brought there, or from there: "we send 11 GB a night from X to Y", "rsync brings it to X"? */
bool place_of_transfer(const passage *p, uint32_t lo);
/* Is the town at `lo` where copies of ours lie: "a verified copy in X", "written to two cartridges in X"? */
bool place_of_copies(const passage *p, uint32_t lo);
/* Does a word for data stand right before it: "backups in X"? */
bool place_of_data(const passage *p, uint32_t lo);
/* "Our office is in X", "I live in X": is the place said of a person, or of a thing that is none of our machines and
 * has no entry? */
bool place_is_of_undeclared(const judge *j, const passage *p, uint32_t lo);
/* "That is in X", behind a sentence that ends with the bucket, our server, the machine. */
bool place_of_pronoun(judge *j, const passage *p, uint32_t lo);
/* The host whose place it must be, named by a pronoun, a service or with its provider: "That is in X", "the review
 * service in X", "the bucket is with a provider in X"; MANIFEST_NONE when none. */
uint32_t place_subject(judge *j, passage *p, uint32_t lo);

#endif
