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
    double best; /* the highest score that the style allows; 0 when read back from a ledger */
    uint32_t words;
    double signals[SIGNAL_COUNT]; /* values */
    double points[SIGNAL_COUNT];
    uint32_t claims, supported, contradicted, unverified, waived;
    str findings_json, claims_json; /* compact arrays for the ledger; empty where not asked for */
} digest;

/* Fills in `best` for digests read back from a ledger: it is the style's, so the rules know it. */
void digests_best(const ruleset *rules, digest *at, size_t count);
/* Fills everything but path, model, prompt and content. Texts live in the arena. */
void digest_of(arena *a, const judgement *judged, bool with_json, digest *out);

#endif
