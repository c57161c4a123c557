/* gate.h - from measurements and claims to a ledger and a verdict.
 *
 *     score = Σ positive: weight × min(paid, cap)  −  Σ negative: weight × min(paid, cap)  −  cost × contradictions
 *
 * The verdict is `fail` when the score is below the style's minimum, or a finding stands at or above the failing level,
 * or a claim is contradicted (or, if the operator asks for it, unverified). Each cause is one line in `reasons`.
 */
#ifndef ASSAY_GATE_GATE_H
#define ASSAY_GATE_GATE_H

#include "facts/claim.h"
#include "rules/ruleset.h"
#include "signals/signals.h"

enum claims_policy { CLAIMS_CONTRADICTED, CLAIMS_UNVERIFIED, CLAIMS_NEVER };

enum { GATE_LEVEL_AS_IS = 0xff };

typedef struct gate_options {
    const ruleset *rules;            /* required */
    const struct manifest *manifest; /* NULL = no truth stage beyond the physics */
    str style;                       /* forced style; empty = the article's own */
    str default_style;               /* for articles with a missing or unknown style; empty = the ruleset's */
    double minimum;                  /* forced minimum; NaN = the style's */
    double ratchet;                  /* a known score that is enough although it is below the minimum; NaN = none */
    /* The operator's levels of lints, [rules->lint_count], GATE_LEVEL_AS_IS where the style's holds; NULL = none. */
    const uint8_t *lint_levels;
    enum level fail_level; /* findings at or above fail the gate; LEVEL_ERROR by default (0 means that) */
    enum claims_policy fail_claims;
    uint32_t words_min, words_max; /* a brief's length, within the style's; 0 = the style's */
    bool untrusted;                /* suppressions in the article are reported, none honoured */
    bool about_ours;
    article_options article;
    const span *granted; /* [granted_count] places of claims to be taken as supported: what if they were declared? */
    size_t granted_count;
    /* The operator's waivers and baseline (config room), asked once per claim and finding; NULL = none. May set
     * claim.waived/finding.suppressed/finding.baseline and the reasons. False when memory is gone: an article of which
     * the operator could not be asked is not judged. */
    bool (*waive)(void *context, arena *a, const article *art, claim_list *claims, finding_list *findings);
    void *waive_context;
} gate_options;

typedef struct ledger_line {
    enum signal_id signal;
    double value, paid, cap, weight;
    double points; /* signed */
} ledger_line;

typedef struct judgement {
    article article;
    token_list tokens;
    measurement measured;
    claim_list claims;
    finding_list findings;
    enum level fail_level; /* the options', for those who ask which finding failed the gate */
    enum claims_policy fail_claims;
    const style *style;  /* the one judged under */
    bool style_declared; /* the article's own style was used */
    ledger_line ledger[SIGNAL_COUNT];
    double contradiction_points; /* <= 0 */
    double score, minimum;
    bool ratcheted; /* the minimum is a known score, below the one that holds for others */
    bool passed;
    str *reasons; /* why it fails; empty when it passes */
    uint32_t reason_count;
    uint32_t suppressed; /* findings that the article's comments silence */
    uint32_t waived;     /* findings that the operator waives; claims are counted in their coverage */
} judgement;

/* The most memory that judging one article of up to `max_bytes` may take: the budget of its arena. */
static inline size_t gate_memory_bytes(size_t max_bytes) { return max_bytes * 512 + ((size_t)64 << 20); }

/* Judges one article from its bytes. Everything lives in the arena; `source` and the options must outlive it. Errors:
 * ERROR_LIMIT, ERROR_MEMORY, ERROR_USAGE (an unknown style in the options, with the nearest one; unverified claims that
 * are to fail, and no manifest). */
int gate_judge(arena *a, const gate_options *options, str path, str source, judgement *out, error *e);

/* Whether a finding fails the gate: by its level, or, where it is a claim's, by what the operator wants of claims. */
bool gate_fails(const judgement *judged, const finding *f);

/* One edit that `explain` proposes. Edits only remove, or cite facts of the manifest; they never ask for specifics. */
typedef struct edit {
    str what;      /* "remove 'seamlessly' (filler_phrases)" */
    double points; /* what the score rises by when all its places are removed, measured; 0 = nothing is promised */
    span where;
    const span *more; /* [more_count] places that go with it: alone they gain less */
    uint32_t more_count;
} edit;

typedef struct advice {
    edit *edits;
    uint32_t count;
    bool enough;           /* the article without the places of all edits passes */
    double score, minimum; /* of that article; as it stands where it could not be measured */
} advice;

/* The cheapest set of edits under which the article would pass; none where it does. What they gain is measured by
 * judging the edited article, 96 times at most and fewer where it is long. ERROR_MEMORY. */
int gate_advise(arena *a, const gate_options *options, const judgement *judged, advice *out, error *e);

#endif
