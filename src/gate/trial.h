/* trial.h - what an article would score without some of its places, or if some of its claims were declared.
 *
 *     source − cuts ──► gate_judge, same options ──► score, minimum, verdict
 *     source, claims that are granted ──┘
 *
 * Only a second measurement tells what an edit gains: a claim that goes may leave its sentence unpaid for another
 * reason, a list may hold what earned. Trials are bounded in number and in what they cost, counted in bytes, claims and
 * passages, never by a clock: so that advice on a hostile article costs a bounded multiple of judging it, and the same
 * article gets the same advice.
 */
#ifndef ASSAY_GATE_TRIAL_H
#define ASSAY_GATE_TRIAL_H

#include "gate/gate.h"

typedef struct trials {
    const gate_options *options;
    const judgement *judged; /* the article as it stands */
    arena *a;                /* of one trial at a time */
    uint32_t left;           /* how many are still allowed; the first is, whatever the article's size */
} trials;

typedef struct trial_result {
    double score, minimum;
    uint32_t failing; /* findings that fail the gate */
    bool passed;
} trial_result;

/* At most `most` trials, that cost as much as `most_bytes` of plain prose together, one in any case. False when memory
 * is gone. Close in either case. */
bool trials_open(trials *t, const gate_options *options, const judgement *judged, uint32_t most, size_t most_bytes);
void trials_close(trials *t);
/* Judges the article without the bytes of the cuts [count], which may overlap and are sorted in place. False where no
 * trial is left, or that article cannot be judged: then nothing is known of it. */
bool trial_without(trials *t, span *cuts, size_t count, trial_result *out);
/* Judges it as if the unverified claims at these places [count] were supported. The same. */
bool trial_granting(trials *t, const span *claims, size_t count, trial_result *out);
/* Findings that fail the gate. */
uint32_t trial_failing(const judgement *judged);

#endif
