/* draft.h - drafts written, saved, judged, repaired; never published.
 *
 *     brief + facts ─► prompt ─► source ─► text ─► OUT/001.md        verbatim, atomically
 *                                  ▲               OUT/001.json      who wrote it, from what, and the verdict
 *                                  │               gate, untrusted
 *                                  └── findings ◄── fail? ─► OUT/001.repair1.md, .json …   up to `repairs` times
 *
 * Saving and judging happen on a thread of their own (draft/scoring.h) while the source writes on. What comes out does
 * not depend on that: the files hold no times, and what was finished is reported in the order of drafts and attempts,
 * whatever was finished first. The same inputs give the same bytes, but for "guesses" in the sidecars, which tell how
 * the text was computed. A draft that is there already is never overwritten; with `resume` it is taken as it is.
 */
#ifndef ASSAY_DRAFT_DRAFT_H
#define ASSAY_DRAFT_DRAFT_H

#include "draft/prompt.h"
#include "draft/source.h"
#include "lm/sampler.h"

/* Who writes: for the sidecar. */
struct draft_origin {
    str model, model_file; /* name in the header, file name */
    str model_hash;        /* "sha256:…"; empty when it was not computed */
    str model_id;          /* prefix_model_id(): of the header, the length and samples of the weights, always there */
    enum chat_family family;
    bool think;                     /* the thinking of models that have it on was left on */
    struct sampler_options sampler; /* its seed is each draft's own */
    uint32_t max_tokens, context_tokens;
    const char *kv_cache; /* how keys and values were kept: "f16", "fp8" */
};

/* One brief: what is asked, how the answers are judged, where they go. */
struct draft_task {
    const brief *brief;
    const manifest *facts; /* NULL = none */
    gate_options gate;     /* rules, the brief's style, untrusted */
    const prompt *first;
    const char *folder;  /* where the drafts go; NULL = they are not kept */
    uint32_t max_tokens; /* of a text; 0 = the origin's */
};

struct draft_record {
    uint32_t task;            /* from 0 */
    uint32_t number, attempt; /* from 1; 0 = as first written, then the repair's number */
    str path;
    uint32_t tokens;
    enum stop_reason stop;
    struct speculate_counts guesses;
    bool judged, passed;
    bool kept;     /* it was there from an earlier run */
    bool repaired; /* a repair of it was asked for */
    double score, minimum;
    str reason; /* the first of … */
    uint32_t reason_count;
    str problem; /* why it was not judged, or why it was not repaired; empty = neither */
};

struct draft_options {
    const struct draft_task *tasks; /* [task_count] */
    uint32_t task_count;
    struct draft_origin origin;
    uint32_t count, repairs; /* drafts of each task, repairs of each draft at most */
    uint64_t seed;           /* draft i (from 1) of a task has seed + i - 1; its repairs a seed of their own */
    bool resume;             /* take what an interrupted run left */
    bool keep_records;       /* in the result, whose memory then grows with every text */
    bool serial;             /* judge on the calling thread, the source waiting meanwhile */
    /* Told of each text as soon as it is judged: on the scoring thread, one call at a time, in the order in which texts
     * were finished. May be NULL. */
    void (*judged)(void *context, const struct draft_record *record, const judgement *judged);
    /* Told of each text in the order of drafts and attempts, on the calling thread. May be NULL. */
    void (*saved)(void *context, const struct draft_record *record);
    void *context;
};

struct draft_result {
    struct draft_record *records; /* [count] in the order of drafts and attempts; with keep_records */
    size_t count;
    uint32_t finished;   /* drafts of which the first text is there */
    uint32_t passed;     /* drafts of which the last text passes */
    uint32_t kept;       /* texts that were there from an earlier run */
    uint32_t unrepaired; /* drafts that failed and would have been repaired, had the run not ended */
    bool *done;          /* [task_count x count] whether that draft is there */
};

enum { DRAFT_LIMIT_COUNT = 10000, DRAFT_LIMIT_REPAIRS = 9, DRAFT_LIMIT_ALL = 1000000 };

/* A draft's place among all of them, and the number of the job that writes an attempt of it. */
static inline uint32_t draft_index(const struct draft_options *o, uint32_t task, uint32_t number) {
    return task * o->count + number - 1;
}
static inline uint32_t draft_job_number(const struct draft_options *o, uint32_t draft, uint32_t attempt) {
    return draft * (o->repairs + 1) + attempt;
}

/* Writes all drafts. On an error (ERROR_CANCELLED, I/O, memory; with `resume` ERROR_CONFLICT, before anything is
 * written) `out` still tells what was finished before, saved and judged. Texts of `out` live in the arena. */
int draft_run(arena *a, const struct draft_options *o, struct draft_source *source, struct draft_result *out, error *e);

/* Seed of a text: repairs must not draw the same numbers again, and stay apart from other drafts'. */
uint64_t draft_seed(uint64_t seed, uint32_t number, uint32_t attempt);

#endif
