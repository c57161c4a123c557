/* locations.h - what locations.c, place_talk.c and place_cells.c share. Private to the truth stage. */
#ifndef ASSAY_FACTS_LOCATIONS_H
#define ASSAY_FACTS_LOCATIONS_H

#include "facts/judge.h"

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
/* "That is in X", behind a sentence that ends with the bucket, our server, the machine. */
bool place_of_pronoun(judge *j, const passage *p, uint32_t lo);
/* The host whose place it must be, named by a pronoun, a service or with its provider: "That is in X", "the review
 * service in X", "the bucket is with a provider in X"; MANIFEST_NONE when none. */
uint32_t place_subject(judge *j, passage *p, uint32_t lo);

#endif
