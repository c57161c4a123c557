/* verdicts.h - for tests of the truth stage: what becomes of one claim of a text, and what its proof says. */
#ifndef ASSAY_TESTS_VERDICTS_H
#define ASSAY_TESTS_VERDICTS_H

#include "facts/claim.h"

#include <stddef.h>

typedef struct told {
    const char *text;     /* Markdown of one article, with its frontmatter where it has one */
    const char *quote;    /* the claim: the first one that stands as this */
    enum verdict verdict; /* VERDICT_COUNT: there is no such claim */
    const char *proof;    /* NULL, or what "FACT says SAYS: WHY" must contain */
} told;

/* Judges each text, as an article of the operation's own, against the manifest; prints every one that comes out
 * otherwise and fails the test. */
void expect_verdicts(const char *manifest_yaml, const told *cases, size_t n);
/* The same of texts that all begin with `before`, say a frontmatter with a date. */
void expect_verdicts_behind(const char *before, const char *manifest_yaml, const told *cases, size_t n);
/* The frontmatter of an article of the day that a manifest with `as_of: 2026-05-18` tells of. */
extern const char dated_article[];

/* A manifest of one machine, a model on it, a backup and a service, for tests of single rules. */
extern const char anvil_operation[];

#endif
