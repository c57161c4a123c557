/* gap_spoken.h - which unverified claims are no gap, because a fact speaks of the same thing.
 *
 *     "64 GB of RAM" of a machine whose memory is declared, "Docker" where it is declared absent ──► no gap
 *
 * Such a claim says another value, or is of something else that is called the same. A stub for it would be a second
 * fact about one thing, under which the invented value is true as well.
 */
#ifndef ASSAY_MANIFEST_GAP_SPOKEN_H
#define ASSAY_MANIFEST_GAP_SPOKEN_H

#include "manifest/gaps.h"

/* Does a fact of `m` (NULL allowed) speak of what the gap is about? `known` is its entity, NULL where it is new. */
bool gap_is_spoken_of(const manifest *m, const manifest_gap *gap, const manifest_entity *known);
/* Is the name one that is declared absent? */
bool gap_is_absent(const manifest *m, str name);
/* Has a declared service of this machine the port? A machine has each port once. */
bool gap_port_is_taken(const manifest *m, str host, uint64_t port);
/* The number and the unit of a claim's normal form, "~ 70 tok/s"; the bound in front is left out. False when it is none
 * that a manifest could hold. `unit` is empty for a bare number. */
bool gap_quantity(str normal, str *number, str *unit);
/* "12.5" of "= 12.5". */
str gap_without_bound(str normal);

#endif
