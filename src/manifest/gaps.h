/* gaps.h - stubs of facts that a manifest lacks.
 *
 *     unverified claims, counted ──► YAML entries, worth most first, each `confirmed: false`
 *
 * The operator confirms a stub by checking it and deleting that mark; until then it judges nothing, so that no article
 * certifies itself. The output loads, alone or beside the manifest it was made for.
 */
#ifndef ASSAY_MANIFEST_GAPS_H
#define ASSAY_MANIFEST_GAPS_H

#include "base/buf.h"
#include "manifest/manifest.h"

typedef struct manifest_gap {
    str kind;       /* claim_kind_name: "version", "quantity", "path" … */
    str subject;    /* id of the entity, or its name as written; empty = not known */
    str text;       /* the claim as it stands */
    str normal;     /* "= 12.5", "~ 70 tok/s" */
    str noun;       /* what is measured, "disk"; empty = not known */
    str host;       /* id of the machine that is named with it; empty = none */
    uint32_t count; /* how often it is made */
    double credit;  /* points that its articles would get if it were supported */
} manifest_gap;

typedef struct gaps_options {
    const manifest *manifest; /* what is known already; may be NULL */
    day_number today;
    size_t limit; /* stubs at most, and comments at most; 0 = all */
} gaps_options;

/* Gathers gaps: the same kind, subject and normal form is one gap, whose counts and credit add up. Texts are copied
 * into the arena. NULL / false when memory is gone. */
typedef struct gap_set gap_set;
gap_set *gap_set_new(arena *a);
/* Adds one gap, or its count and credit to the one that is there. False when memory is gone. */
bool gap_set_add(gap_set *set, const manifest_gap *gap);
/* All gaps so far [*count], in the order in which they first came; the set's own array, for manifest_gaps_render. */
manifest_gap *gap_set_items(gap_set *set, size_t *count);

/* Appends the stubs to `out`; what fits no section stands as a comment. Sorts `gaps` in place. ERROR_MEMORY,
 * ERROR_USAGE. */
int manifest_gaps_render(manifest_gap *gaps, size_t gap_count, const gaps_options *options, buf *out, error *e);

#endif
