/* judged.h - for tests of the truth stage: an article judged from its bytes, and gold rows compared with its claims. */
#ifndef ASSAY_TESTS_JUDGED_H
#define ASSAY_TESTS_JUDGED_H

#include "facts/claim.h"
#include "manifest/manifest.h"

#include <stdio.h>

typedef struct judged {
    arena *a;
    str source;
    article art;
    token_list tokens;
    claim_list claims;
    finding_list findings;
} judged;

/* The manifest that the text says. Aborts the test, naming line and column, when it does not load. Free with
 * manifest_free. */
manifest *judged_manifest(const char *yaml);

/* Judges `source`. `m` may be NULL. Aborts the test on an error of the library. Free with judged_free. */
judged judged_text(const manifest *m, const char *path, str source, bool about_ours);
/* An article of ours whose body is `body`. */
judged judged_said(const manifest *m, const char *body);
judged judged_file(const manifest *m, const char *path, bool about_ours);
/* The same of a draft that is not trusted, where nobody says whose it is. */
judged judged_draft(const manifest *m, const char *path, str source);
void judged_free(judged *x);
/* How many claims of `source`, behind a first paragraph `lead` that makes it ours, are contradicted. */
unsigned judged_contradictions(const manifest *m, const char *lead, const char *source);

/* First claim that overlaps the n-th occurrence of `text` in the source; NULL when none does. */
const claim *judged_claim(const judged *x, const char *text, unsigned occurrence);
uint32_t judged_line(const judged *x, const claim *c);

typedef struct gold_score {
    unsigned rows, right;                          /* rows of the kind, and those with the same verdict */
    unsigned truths, truths_left;                  /* supported in gold; of these left unverified or unextracted */
    unsigned falsehoods, falsehoods_found;         /* contradicted in gold; of these contradicted */
    unsigned contradictions, contradictions_false; /* by us; of these not in gold */
    unsigned honest, honest_left; /* credit-bearing claims of the articles that pass; of these unverified */
} gold_score;

/* Compares with a claims.tsv of the corpus. `log` (may be NULL) receives one line a miss. False when a file is missing.
 */
bool gold_compare(const char *folder, const manifest *m, gold_score *total, FILE *log);

#endif
