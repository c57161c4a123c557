/* contradicted.h - for tests of the truth stage: which words of a text are contradicted, in order. */
#ifndef ASSAY_TESTS_CONTRADICTED_H
#define ASSAY_TESTS_CONTRADICTED_H

#include <stddef.h>

typedef struct said {
    const char *text;         /* Markdown of one article's body */
    const char *contradicted; /* the quotes that must be contradicted, in order, parted by " | "; "" = none */
} said;

/* Judges each text, as an article of the operation's own, against the manifest; prints every one that comes out
 * otherwise and fails the test. */
void expect_contradicted(const char *manifest_yaml, const said *cases, size_t n);

/* The manifest of an invented operation, on which tests of single rules share: two machines, a VPS, four services. */
extern const char invented_operation[];

#endif
