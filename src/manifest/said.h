/* said.h - everything that a manifest says at all: its days, its times of day, its words with digits.
 *
 * What an article says and no fact is compared with may still be known: the day of an outage that is a benchmark's
 * condition, the model's number that stands in a note. A day, a time or a name that stands nowhere in the manifest is
 * one that nothing vouches for.
 */
#ifndef ASSAY_MANIFEST_SAID_H
#define ASSAY_MANIFEST_SAID_H

#include "manifest/manifest.h"

typedef struct manifest_said manifest_said; /* in the arena it was made in */

/* NULL when memory is gone. */
manifest_said *said_make(arena *a, const manifest *m);
/* Is a day from `lo` to `hi` among those of histories, conditions, paths, notes, observations and values? */
bool said_day(const manifest_said *s, day_number lo, day_number hi);
/* Is the day of some year? `month`, `day` count from 1. */
bool said_day_of_year(const manifest_said *s, unsigned month, unsigned day);
/* Is the minute of the day a time that a cadence, a value or a condition holds? */
bool said_time(const manifest_said *s, uint32_t minute);
/* Does the word, with a digit in it, stand in a name, a value or a note? ASCII case folded. */
bool said_word(const manifest_said *s, str word);

#endif
