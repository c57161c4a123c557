/* ledger.h - the run ledger: every judged draft in one SQLite file, so that a night's run survives a crash.
 *
 *     run      id, key, name, started, finished, version, rules, manifest, drafts (in all; NULL of an earlier program)
 *     draft    run, path (unique in a run), content, model, prompt, style, verdict, score, minimum, words, frontmatter,
 *              claims, supported, contradicted, unverified, waived, error, findings (JSON), claim_list (JSON)
 *     signal   draft, id, value, points
 *
 * A run is known by its key: the hash of what decides its results (version, rules, manifest, settings, the list of
 * drafts). Beginning a run whose key has an unfinished run resumes that one, where it has the name that was given, if
 * any: what it recorded is kept, nothing is recorded twice. Write-ahead journal, one transaction per group of drafts:
 * after kill -9 everything committed is there.
 */
#ifndef ASSAY_BATCH_LEDGER_H
#define ASSAY_BATCH_LEDGER_H

#include "batch/digest.h"

typedef struct ledger ledger;

typedef struct ledger_run {
    str key, name, version, rules, manifest;
    bool named;    /* the name was given: a run that has another one is not gone on with */
    size_t drafts; /* in all */
} ledger_run;

/* Opens or makes the file. A file that is no SQLite database, is corrupt, or stays locked for 5 s is an error. */
int ledger_open(const char *path, ledger **out, error *e);
/* Ends the open transaction (rolling back after a failed write) and closes. NULL is allowed. */
void ledger_close(ledger *l);
/* Begins or resumes; `*resumed` = drafts already recorded. */
int ledger_begin(ledger *l, const ledger_run *begun, size_t *resumed, error *e);
/* Records one draft; a record of the same path with other content is replaced. */
int ledger_record(ledger *l, const digest *d, error *e);
/* Makes everything recorded so far durable. */
int ledger_commit(ledger *l, error *e);
/* Commits and marks the run as finished. */
int ledger_finish(ledger *l, error *e);

/* Reads a run back: by name, or by number, or the latest for an empty name. Digests (texts in the arena) in the order
 * of their paths. */
typedef struct digest_list {
    digest *at;
    size_t n, capacity;
    str run_name;
    bool finished;
    size_t planned; /* drafts of the run in all; 0 = not recorded */
} digest_list;
/* ERROR_USAGE when there is no such run, ERROR_IO when the database cannot be read, ERROR_MEMORY. */
int ledger_read(ledger *l, arena *a, str wanted, digest_list *out, error *e);
/* What the run that was begun or resumed has recorded so far. */
int ledger_recorded(ledger *l, arena *a, digest_list *out, error *e);

#endif
