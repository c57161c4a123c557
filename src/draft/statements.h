/* statements.h - a manifest as plain sentences, for a writer who is to state nothing else.
 *
 *     {id: cuda-toolkit, aliases: [CUDA], version: 13.0.2}  ──►  - CUDA: version 13.0.2.
 *
 * Only facts that may judge a claim are stated: unconfirmed and stale ones are left out, as the gate leaves them out.
 */
#ifndef ASSAY_DRAFT_STATEMENTS_H
#define ASSAY_DRAFT_STATEMENTS_H

#include "base/buf.h"
#include "manifest/manifest.h"

/* Appends one line "- ....\n" for each entity, list, path, benchmark, output and absence; returns how many facts were
 * stated. Same manifest, same bytes. Derived facts are left out: their value follows from the others. */
uint32_t manifest_statements(const manifest *m, buf *out);

#endif
