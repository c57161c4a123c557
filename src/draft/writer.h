/* writer.h - many texts written at once with one model.
 *
 *     root      the first request's tokens, computed once
 *     slot 0    fork of the root ─ what is its own ─► token, token, token …      at most `batch` slots in a step
 *     slot 1    fork of the root ─ …
 *     waiting   jobs that get the next free slot, at once
 *
 * A job is a conversation. It forks the root, or the text in a slot that begins more like it, where their tokens part:
 * so N drafts of one prompt cost one prefill, of several briefs over the same facts the facts are read once, and a
 * repair costs only what is new in it. Every text has a sampler of its own, seeded by the job: the same seed gives the
 * same text, whatever the number of threads and whoever else is in the batch (bit for bit on the CPU; on a GPU as far
 * as its sums are the same).
 */
#ifndef ASSAY_DRAFT_WRITER_H
#define ASSAY_DRAFT_WRITER_H

#include "draft/source.h"
#include "lm/engine.h"
#include "lm/prefix_cache.h"
#include "lm/sampler.h"
#include "lm/speculate.h"
#include "lm/tokenizer.h"

typedef struct writer writer;

struct writer_options {
    uint32_t batch;                 /* texts at once; 0 = 8 */
    uint32_t max_tokens;            /* of one text; 0 = as many as the context holds */
    struct sampler_options sampler; /* its seed is the job's */
    enum chat_family family;
    bool think;                    /* leave the thinking of models that have it on */
    enum speculate_mode speculate; /* guesses where a step has columns left; changes no text */
    const char *prefix_folder;     /* where requests are kept between runs (lm/prefix_cache.h); NULL = nowhere. These */
    const char *model_id;          /* two, from prefix_model_id(), must outlive the writer */
};

struct writer_stats {
    uint32_t prompt_tokens;  /* of the first request */
    uint64_t prefill_tokens; /* computed in steps that held a prompt; shared ones once */
    double prefill_s;
    uint64_t decode_tokens; /* written in steps of writing only */
    double decode_s;
    double decode_text_s;    /* the same, counted once for each text that wrote */
    uint64_t decode_steps;   /* each reads the weights once, or more where experts differ */
    double first_token_s;    /* from the first begin() to the first token; 0 = none yet */
    uint64_t written_tokens; /* all of them */
    struct speculate_counts speculated;
    enum prefix_state prefix; /* whether the root came from a file, or why not */
    uint64_t prefix_tokens;   /* that did not have to be computed, since they, or other requests, came from files */
};

/* Opens a writer on an engine; both must outlive it. The largest step is tried at once (engine_warm_up), so that what
 * cannot work fails here. ERROR_MEMORY, ERROR_USAGE (a sampler option), and as of a step. */
int writer_open(engine *g, const tokenizer *t, const struct writer_options *o, writer **out, error *e);
void writer_close(writer *w); /* NULL is allowed */
/* The source that a draft run asks. begin(): ERROR_LIMIT when the request leaves no room in the context, with the
 * arithmetic. next(): ERROR_CANCELLED when the engine's cancel flag was set; what was unfinished is dropped. */
struct draft_source *writer_source(writer *w);
/* Keeps the requests for the next run, where a folder was given and they did not come from there: the root, and those
 * whose texts still stand in slots (others were kept when their slot was given away), as many as fit into
 * PREFIX_KEEP_BYTES. To be asked when the texts are written, since it takes time. Nothing to keep is no error. As
 * prefix_cache_save, of the first that failed: none was tried after it. */
int writer_keep_prefix(writer *w, error *e);
/* What was read and written so far; a view that further steps change. */
const struct writer_stats *writer_stats_of(const writer *w);

/* Tokens of a conversation, as begin() would make them. */
int writer_encode(const tokenizer *t, enum chat_family family, bool think, const struct chat_turn *turns, size_t count,
                  token_ids *out, error *e);

#endif
