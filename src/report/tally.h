/* tally.h - how often each rule fired: `--statistics`. Sums do not depend on the order of articles. */
#ifndef ASSAY_REPORT_TALLY_H
#define ASSAY_REPORT_TALLY_H

#include "base/buf.h"
#include "gate/gate.h"

typedef struct rule_count {
    str rule;
    uint32_t counted;  /* findings that count */
    uint32_t silenced; /* suppressed, waived, or known from the baseline */
    uint32_t articles; /* articles with one that counts */
    bool seen;         /* in the article at hand */
} rule_count;

typedef struct rule_tally {
    rule_count *at;
    size_t n, capacity;
} rule_tally;

/* Adds an article's findings, a low score included; names are copied into the arena. False when memory is gone. */
bool rule_tally_add(arena *a, rule_tally *tally, const judgement *judged);
/* Adds all counts of `from`, whose names are copied into the arena. False when memory is gone. */
bool rule_tally_merge(arena *a, rule_tally *into, const rule_tally *from);
/* A table, the most frequent rule first. */
void rule_tally_print(const rule_tally *tally, buf *out);

#endif
