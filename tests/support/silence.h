/* silence.h - test support: manifests that know less, entries taken out.
 *
 *     a manifest's YAML ──silence_make──► what can be taken out ──silence_without──► the YAML without it
 *
 * No manifest declares everything. What an honest article says of an entry that is missing is unverified; where it is
 * contradicted, another fact was held against it.
 */
#ifndef ASSAY_TESTS_SILENCE_H
#define ASSAY_TESTS_SILENCE_H

#include "base/buf.h"
#include "base/yaml.h"

typedef struct silence_entry {
    const yaml_node *parent; /* list or map */
    uint32_t index;
    str name; /* "hosts.quay.attrs.memory" */
} silence_entry;

typedef struct silence {
    arena *a;
    const yaml_node *root;
    VEC(silence_entry) entries; /* in the order of the file */
} silence;

/* Entries whose absence leaves a manifest that may still load: entities, and of these attributes, aliases, versions,
 * ports, places, histories, cadences, steps; paths, benchmarks, derived facts, signatures, absences. Closed lists are
 * left whole. Everything lives in `a`; false: not YAML, or memory is gone. */
bool silence_make(arena *a, str yaml, silence *out);
/* Appends the manifest without the entries that `gone` [entries.n] marks to `out`: the same tree, written on one line.
 */
void silence_without(const silence *s, const bool *gone, buf *out);

#endif
