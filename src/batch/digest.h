/* digest.h - one judged draft in a few numbers: what the ledger keeps and the summary table adds up. */
#ifndef ASSAY_BATCH_DIGEST_H
#define ASSAY_BATCH_DIGEST_H

#include "gate/gate.h"

typedef struct digest {
    str path, model, prompt, style; /* model and prompt may be empty */
    sha256_text content;            /* hash of the draft's bytes */
    bool judged, passed;            /* not judged: could not be read or parsed; `problem` says why */
    str problem;
    bool frontmatter_ok;
    double score, minimum;
    double best;    /* the highest score that the style allows; 0 when read back from a ledger */
    double counted; /* what its positive signals would score if all that was counted were paid; 0 likewise */
    uint32_t words;
    double signals[SIGNAL_COUNT]; /* values */
    double points[SIGNAL_COUNT];
    uint32_t claims, supported, contradicted, unverified, waived;
    str findings_json, claims_json; /* compact arrays for the ledger; empty where not asked for */
} digest;

/* Fills in `best` and `counted` for digests read back from a ledger: caps and weights are the style's, so the rules
 * know them. */
void digests_best(const ruleset *rules, digest *at, size_t count);
/* Was something counted in it and not paid, as where a manifest judges? */
bool digest_is_withheld(const digest *d);
/* Fills everything but path, model, prompt and content. Texts live in the arena. */
void digest_of(arena *a, const judgement *judged, bool with_json, digest *out);

#endif
