/* marked.h - for tests of the truth stage: a text with one marked place, and the verdict that the place gets.
 *
 *     "On the box runs Caddy [[2.8.4]]."   ──►   claims that overlap "2.8.4"   ──►   their gravest verdict
 */
#ifndef ASSAY_TESTS_MARKED_H
#define ASSAY_TESTS_MARKED_H

#include "tests/support/judged.h"

enum { MARK_NONE = VERDICT_COUNT }; /* no claim stands at the mark */

typedef struct marked_case {
    const char *text; /* Markdown; [[ and ]] are cut out before it is judged */
    int want;         /* enum verdict, or MARK_NONE */
} marked_case;

/* Contradicted if any claim at the mark is, then under-specified, supported, unverified, not about us; MARK_NONE. */
int marked_verdict(const manifest *m, const char *text);
/* Judges every case of an article dated 2026-05-18 about the operation; prints what differs. Returns how many do. */
unsigned marked_wrong(const manifest *m, const marked_case *cases, size_t n);
/* How often the rule ("physics-total") is found in the text; `m` may be NULL. */
unsigned marked_findings(const manifest *m, const char *text, const char *rule);

#endif
