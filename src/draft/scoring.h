/* scoring.h - finished texts are saved, judged and, where they fail, turned into the request for a repair, on a thread
 * of its own, while the source writes on.
 *
 *     caller   give(text) ──► queue ─► save ─ judge ─ sidecar ─ repair's request ──► take() in the order of giving
 *
 * One thread: judging a text takes a few milliseconds and writing it seconds, and with one the order is the caller's.
 * Where no thread can be had, or `serial`, give() does the work itself: the results are the same.
 */
#ifndef ASSAY_DRAFT_SCORING_H
#define ASSAY_DRAFT_SCORING_H

#include "draft/folder.h"

/* A text on its way; the caller reads `record`, `repair` and `failed` of what it takes. */
typedef struct scored {
    struct scored *next;
    arena *a; /* everything below lives here, and this itself */
    struct draft_record record;
    sha256_text prompt_hash; /* of the request that it answers */
    str text;
    prompt *repair; /* NULL = none is to be asked for */
    int failed;     /* an error that ends the run: saving, memory */
    error why;
} scored;

typedef struct scorer scorer;
/* Starts the thread (none with o->serial). `o` must outlive the scorer; the caller frees it. ERROR_MEMORY; *out is NULL
 * then. */
int scorer_new(const struct draft_options *o, scorer **out, error *e);
/* Finishes what was given, then ends the thread. What was not taken is freed. NULL is allowed. */
void scorer_free(scorer *s);
/* A text to judge: record (task, number, attempt, tokens, stop, guesses, kept) as it is known; the text is copied. */
int scorer_give(scorer *s, const struct draft_record *record, const sha256_text *prompt_hash, str text, error *e);
/* The next one that is done, which the caller frees; NULL when there is none (yet: with `wait` only when none was
 * given). */
scored *scorer_take(scorer *s, bool wait);
void scored_free(scored *item); /* NULL is allowed */

#endif
