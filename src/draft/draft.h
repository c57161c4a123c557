/* draft.h - drafts written, saved, judged, repaired; never published.
 *
 *     brief + facts ─► prompt ─► source ─► text ─► OUT/001.md        verbatim, atomically
 *                                  ▲               OUT/001.json      who wrote it, from what, and the verdict
 *                                  │               gate, untrusted
 *                                  └── findings ◄── fail? ─► OUT/001.repair1.md, .json …   up to `repairs` times
 *
 * Each text is on disk before the next one is begun, so what is finished survives whatever happens later. A draft that
 * is there already is never overwritten. The same inputs give the same bytes, sidecars included: they hold no times.
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
    enum chat_family family;
    struct sampler_options sampler; /* its seed is each draft's own */
    uint32_t max_tokens, context_tokens;
};

struct draft_record {
    uint32_t number, attempt; /* from 1; 0 = as first written, then the repair's number */
    str path;
    uint32_t tokens;
    enum stop_reason stop;
    bool judged, passed;
    double score, minimum;
    str problem; /* why it was not judged, or why it was not repaired; empty = neither */
};

struct draft_options {
    const brief *brief;
    const manifest *facts; /* NULL = none */
    gate_options gate;     /* rules, the brief's style, untrusted */
    struct draft_origin origin;
    const char *folder; /* where the drafts go */
    uint32_t count, repairs;
    uint64_t seed; /* draft i (from 1) has seed + i - 1; its repairs a seed of their own */
    /* Told of each text once it is saved and judged; `judged` is NULL when it could not be. May be NULL. */
    void (*saved)(void *context, const struct draft_record *record, const judgement *judged);
    void *saved_context;
};

struct draft_result {
    struct draft_record *records; /* [count] in the order in which they were finished */
    size_t count;
    uint32_t finished; /* drafts of which the first text is there */
    uint32_t passed;   /* drafts of which the last text passes */
    bool *done;        /* [options.count] whether draft i + 1 is there */
};

enum { DRAFT_LIMIT_COUNT = 10000, DRAFT_LIMIT_REPAIRS = 9 };

/* Makes the folder where it is missing, and sees that it can be written to and holds none of the drafts to come:
 * ERROR_IO, ERROR_CONFLICT (names the file). To be asked before a model is loaded. */
int draft_folder_prepare(const struct draft_options *o, error *e);

/* Writes all drafts. On an error (ERROR_CANCELLED, I/O, memory) `out` still tells what was finished before. Texts of
 * `out` live in the arena. */
int draft_run(arena *a, const struct draft_options *o, const prompt *first, struct draft_source *source,
              struct draft_result *out, error *e);

/* Seed of a text: repairs must not draw the same numbers again, and stay apart from other drafts'. */
uint64_t draft_seed(uint64_t seed, uint32_t number, uint32_t attempt);

#endif
