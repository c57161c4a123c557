/* measured.h - test support: an article parsed, lexed, measured and linted in one call. */
#ifndef ASSAY_TESTS_MEASURED_H
#define ASSAY_TESTS_MEASURED_H

#include "signals/signals.h"

typedef struct measured_article {
    article art;
    token_list tokens;
    measurement values;
    finding_list findings;
} measured_article;

/* Everything lives in `a`. `places` and `under` may be NULL (no taint, the default style). Aborts on error. */
void measure_text_article(arena *a, const ruleset *rules, str text, const taint *places, const style *under,
                          measured_article *out);
/* Σ weight × min(paid, cap), negative signals subtracted: the gate's score without contradictions. */
double measured_score(const style *under, const measurement *values);
/* The rules built into the program, freed by the caller. */
const ruleset *builtin_rules(const char *name);
/* Paths of the corpus articles of one label ("pass" or "fail"); NULL-terminated, in the arena. Found from the
 * repository root, which is the working folder of tests; count 0 where there is no corpus. */
const char **corpus_paths(arena *a, const char *label, size_t *count);

#endif
