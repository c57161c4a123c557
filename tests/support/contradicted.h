/* contradicted.h - for tests of the truth stage: which words of a text are contradicted, in order. */
#ifndef ASSAY_TESTS_CONTRADICTED_H
#define ASSAY_TESTS_CONTRADICTED_H

#include <stdbool.h>
#include <stddef.h>

typedef struct said {
    const char *text;         /* Markdown of one article's body */
    const char *contradicted; /* the quotes that must be contradicted, in order, parted by " | "; "" = none */
} said;

/* Judges each text, as an article of the operation's own, against the manifest; prints every one that comes out
 * otherwise and fails the test. */
void expect_contradicted(const char *manifest_yaml, const said *cases, size_t n);

/* Judges each text behind the paragraph (or the frontmatter) `lead`; prints every one of which nothing is contradicted,
 * or something is where `contradicted` is false, and fails the test. */
void expect_each(const char *manifest_yaml, const char *lead, const char *const *texts, size_t n, bool contradicted);

typedef struct plain_line {
    const char *line, *wrong, *right; /* `%` in the line stands for the value; wrong "" = it is only true */
} plain_line;

/* The same of each line: with the wrong value it must be contradicted, with the right one it must not. */
void expect_plain(const char *manifest_yaml, const char *lead, const plain_line *lines, size_t n);

/* The manifest of an invented operation, on which tests of single rules share: two machines, a VPS, four services. */
extern const char invented_operation[];

/* A smaller one, of one machine and a VPS, for tests of what runs now; and a paragraph that makes an article its own.
 */
extern const char halo_station[], halo_lead[];

#endif
