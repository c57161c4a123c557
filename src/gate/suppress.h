/* suppress.h - suppression comments inside an article.
 *
 *     <!-- assay-disable-next-line RULE[, RULE] -- reason -->   the next line that is not blank
 *     <!-- assay-disable-line RULE -- reason -->                its own line
 *     <!-- assay-disable RULE -->  ...  <!-- assay-enable RULE -->
 *     <!-- assay-disable-file RULE -- reason -->                the whole article
 *
 * and the same in {/ * ... * /} for MDX. No RULE means all lints. An assay-enable ends what is open for the rules that
 * it names, whatever list they were disabled in: after "disable a, b" and "enable a", b stays silenced. Findings of the
 * truth stage (truth-*, physics-*) are never silenced from inside the article, nor is a missing or unknown style. With
 * `untrusted`, comments are reported as findings ("suppression-untrusted") and none is honoured. A suppression that
 * silences nothing is a finding
 * ("suppression-unused"), and so are an enable of what is not disabled, a name that no rule has, and an unknown verb
 * ("suppression-malformed").
 */
#ifndef ASSAY_GATE_SUPPRESS_H
#define ASSAY_GATE_SUPPRESS_H

#include "article/article.h"
#include "rules/ruleset.h"

/* Marks findings as suppressed and adds findings about the comments themselves. `*count` = findings silenced. */
int suppressions_apply(arena *a, const ruleset *rules, const article *art, bool untrusted, finding_list *findings,
                       uint32_t *count, error *e);

#endif
