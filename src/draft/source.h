/* source.h - who writes: a model (writer.h), or in tests a script. The narrow place between the loop that judges drafts
 * and whatever produces them. */
#ifndef ASSAY_DRAFT_SOURCE_H
#define ASSAY_DRAFT_SOURCE_H

#include "base/buf.h"
#include "base/error.h"
#include "lm/chat.h"
#include "lm/speculate.h"

enum stop_reason {
    STOP_END,    /* the model ended its text */
    STOP_LENGTH, /* max_tokens */
    STOP_CONTEXT /* the context was full */
};
const char *stop_reason_name(enum stop_reason reason); /* "end", "max tokens", "context full" */

struct draft_text {
    uint32_t job;
    str text; /* as written; valid until the next call */
    uint32_t tokens;
    enum stop_reason stop;
    double seconds;                  /* from its first token to its last */
    struct speculate_counts guesses; /* made ahead, and those of them that the model wrote too */
};

/* A conversation to be answered. */
struct draft_job {
    uint32_t number;
    const struct chat_turn *turns; /* [count]; need not outlive begin() */
    size_t count;
    uint64_t seed;
    uint32_t max_tokens; /* of the answer; 0 = the source's own limit */
    bool first;          /* before all that wait: the repair of a draft, so that drafts are finished, not only begun */
};

struct draft_source {
    void *context;
    uint32_t ahead; /* jobs that it wants to hold, so that none of its places stands empty; 0 = as many as there are */
    int (*begin)(void *context, const struct draft_job *job, error *e);
    /* Works until one job is finished and gives it; calls begin() may come in between. Never called without a job. */
    int (*next)(void *context, struct draft_text *out, error *e);
    /* Set by whoever wants it, NULL = nobody. `wrote` is told of each piece of text as it is written; `between` is
     * called after every step and may call begin(); what it returns, if not 0, is what next() returns. */
    void (*wrote)(void *context, uint32_t job, str piece);
    void *wrote_context;
    int (*between)(void *context, error *e);
    void *between_context;
};

#endif
