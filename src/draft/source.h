/* source.h - who writes: a model (writer.h), or in tests a script. The narrow place between the loop that judges drafts
 * and whatever produces them. */
#ifndef ASSAY_DRAFT_SOURCE_H
#define ASSAY_DRAFT_SOURCE_H

#include "base/buf.h"
#include "base/error.h"
#include "lm/chat.h"

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
    double seconds;          /* from its first token to its last */
    uint32_t guessed, taken; /* tokens guessed ahead, and those of them that the model wrote too (lm/speculate.h) */
};

struct draft_source {
    void *context;
    /* Takes a conversation to be answered as job `job`, with this seed. The turns need not outlive the call. */
    int (*begin)(void *context, uint32_t job, const struct chat_turn *turns, size_t count, uint64_t seed, error *e);
    /* Works until one job is finished and gives it; calls begin() may come in between. Never called without a job. */
    int (*next)(void *context, struct draft_text *out, error *e);
    /* Told of each piece of text as it is written; set by whoever wants it, NULL = nobody. */
    void (*wrote)(void *context, uint32_t job, str piece);
    void *wrote_context;
};

#endif
