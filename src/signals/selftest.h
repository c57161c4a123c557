/* selftest.h - runs the test lines that rule files carry: the build does it for rules/, `assay rules test` for any
 * folder. */
#ifndef ASSAY_SIGNALS_SELFTEST_H
#define ASSAY_SIGNALS_SELFTEST_H

#include "signals/signals.h"

typedef struct selftest_failure {
    str file;      /* rule file */
    uint32_t line; /* of the test line in it */
    str rule;
    str message; /* one line: what was expected, what came */
} selftest_failure;

typedef struct selftest_result {
    uint32_t run, failed;
    selftest_failure *failures; /* [failed], in file order */
} selftest_result;

/* Judges every test line of every signal and lint by that rule alone. `only` (may be empty) names one rule. Failures
 * are results, not errors. Errors: ERROR_MEMORY, ERROR_LIMIT, ERROR_SCHEMA (a rule names a measure that is not there).
 */
int selftest_run(arena *a, const ruleset *rules, str only, selftest_result *out, error *e);

#endif
