/* outing.h - a run of drafts for tests: a script that answers instead of a model, and what the callbacks saw. A test
 * fails where something that has nothing to do with it goes wrong. */
#ifndef ASSAY_TESTS_OUTING_H
#define ASSAY_TESTS_OUTING_H

#include "base/buf.h"
#include "draft/draft.h"
#include "tests/support/desk.h"

enum { MOST_JOBS = 4096 };

struct script {
    const char *const *texts; /* what the jobs answer, in order of their beginning */
    size_t count, begun, given;
    bool newest_first; /* the last job begun is finished first */
    bool forgetful;    /* does not keep what was asked */
    struct draft_job jobs[MOST_JOBS];
    str asked[MOST_JOBS]; /* the last user turn of each */
    bool finished[MOST_JOBS];
    const char *answer[MOST_JOBS];
    arena *a;
    enum stop_reason stop; /* of every text */
    size_t cancel_after;   /* texts given before next() says cancelled; 0 = never */
    struct draft_source source;
};

struct script *script_open(struct desk *d, const char *const *texts, size_t count);

/* A run of drafts in a folder below the desk's; what the callbacks saw. */
struct outing {
    struct desk *d;
    brief b;
    prompt first;
    struct draft_task task;
    struct draft_options o;
    struct draft_result r;
    buf told;        /* a line a report, in the order of reporting */
    uint32_t judged; /* on the scoring thread */
    error e;
};

/* `count` drafts under seed 40, into a folder below the desk's. */
void run_make(struct outing *t, struct desk *d, const char *folder, uint32_t count, uint32_t repairs);
/* Prepares the folder and runs. */
int run_all(struct outing *t, struct script *s);
/* Findings alone decide, and length is none: the script's texts are short. */
void lenient(struct outing *t);
bool waive_length(void *context, arena *a, const article *art, claim_list *claims, finding_list *findings);

void put_file(struct desk *d, const char *folder, const char *name, const char *text);
/* The same drafts and up to two repairs of each, with the same bytes. */
void expect_same_files(struct desk *d, const char *a, const char *b, uint32_t count);

extern const char *const FENCED; /* a text that fails */
extern const char PASSES[], WORSE[];

#endif
