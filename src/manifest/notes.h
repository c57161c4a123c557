/* notes.h - what a manifest says that loads, but does less than its author may think. */
#ifndef ASSAY_MANIFEST_NOTES_H
#define ASSAY_MANIFEST_NOTES_H

#include "base/buf.h"
#include "manifest/manifest.h"

/* Appends a line for each, "site.yaml:5:3: note: …", in the order of the files' sections, 20 at most and then how many
 * more there are. Nothing where there are none. False when memory is gone. */
bool manifest_notes(const manifest *m, day_number today, buf *out);

#endif
