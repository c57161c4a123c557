/* summary.h - many digests as one table, the difference of two runs, and the broken-ruler alarm. */
#ifndef ASSAY_BATCH_SUMMARY_H
#define ASSAY_BATCH_SUMMARY_H

#include "base/buf.h"
#include "batch/digest.h"

/* The published table, a column a group: words, frontmatter, dashes, filler, three-bullet lists, code blocks, versions,
 * diversity, burstiness (means), score (mean), contradicted and unverified claims, passes. Groups are model × style. */
int summary_table(arena *a, const digest *at, size_t count, buf *out, error *e);

/* Results that are impossible rather than bad, one sentence each: every score equal, all zero, all perfect, empty
 * bodies, a positive signal constant over ALARM_DRAFTS articles or more, a model whose every output is byte-identical,
 * nothing judged at all. Returns how many; they mean that the instrument is broken, and exit 2. */
enum { ALARM_DRAFTS = 20 };
/* `at` [count]; appends the sentences, a line each; the arena is for scratch. */
size_t summary_alarms(arena *a, const digest *at, size_t count, buf *out);

/* What changed between two runs: drafts that are only in one, verdicts that flipped, score moves. Both sorted by path.
 */
void summary_diff(const digest *before, size_t before_count, const digest *after, size_t after_count, buf *out);

#endif
