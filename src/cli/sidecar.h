/* sidecar.h - who wrote a draft: `a.md` is described by `a.md.json` or `a.json` beside it, as `assay draft` writes them
 * ({"model", "prompt", "style"}), else by the folder that it lies in. What the draft itself says is not asked. */
#ifndef ASSAY_CLI_SIDECAR_H
#define ASSAY_CLI_SIDECAR_H

#include "batch/digest.h"
#include "cli/input.h"

/* Fills in the digest's model, prompt and style (the brief's; empty where none is told). A sidecar that cannot be read,
 * or asks for a style that the rules do not know where `gate` fixes none, is an error whose message names its place. */
int sidecar_read(arena *a, const gate_options *gate, const input *in, digest *d, error *e);

#endif
