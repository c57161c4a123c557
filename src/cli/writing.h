/* writing.h - what draft and bench share: flags to a request, a model loaded in front of the operator's eyes.
 *
 *     --brief, --manifest, .assay.yaml ─► judge plan, brief, prompt
 *     --model ─► bytes checked and hashed ─► memory weighed (the sum is shown) ─► loaded ─► writer
 */
#ifndef ASSAY_CLI_WRITING_H
#define ASSAY_CLI_WRITING_H

#include "batch/comparison.h"
#include "cli/judge.h"
#include "draft/draft.h"
#include "draft/loaded.h"
#include "draft/writer.h"

typedef struct writing {
    const invocation *call;
    judge_setup *setup;
    struct draft_task
        *tasks; /* [task_count] a brief each: how it is judged (the plan's way, under the brief's style) and asked */
    uint32_t task_count;
    uint32_t most_tokens; /* of one text, of any brief */
    struct sampler_options sampler;
    uint32_t count, repairs, texts, context_tokens;
    uint32_t max_tokens; /* as given; 0 = by the brief */
    uint64_t seed;
    double wait_s;
    enum speculate_mode speculate;
    struct device_choice device;
    bool device_told; /* the note about the device was shown */
} writing;

/* One model, ready: `origin` is what its drafts' sidecars say. */
typedef struct written_model {
    loaded_model *model;
    writer *writer;
    struct draft_origin origin;
    double bandwidth; /* bytes a second, measured; 0 = not measured: the model fits into the cache */
    const struct device_choice *device;
    uint64_t taken_before; /* memory, when nothing was loaded */
} written_model;

/* Reads flags, briefs, configuration (as for articles in `folder`, or in folder/NAME where there are several briefs),
 * manifests. 0, or EXIT_TROUBLE after one line. Free with writing_free in either case. */
int writing_make(const invocation *call, const char *folder, uint32_t default_count, writing *out);
/* Refuses folders that the configuration names as published, or whose articles one of its overrides gates. */
int writing_refuse_published(const writing *w);
void writing_free(writing *w);
/* Opens a model's files and reads their header; `look` (may be NULL) says what is wrong in it. 0, or EXIT_TROUBLE after
 * one line. */
int writing_read_header(const char *path, int (*look)(void *context, const gguf_set *set, error *e), void *context);
/* Checks, weighs and loads a model; messages on standard error. */
int writing_load(writing *w, const char *path, written_model *out);
/* What of a draft's origin is known before its model is loaded. */
struct draft_origin writing_origin(const writing *w, const char *path);
/* Keeps the request's keys and values for the next run, where asked; a failure is told and changes nothing. */
void writing_keep_prefix(const written_model *m);
void written_model_free(written_model *m);
/* Ctrl-C, SIGTERM and SIGHUP set the flag that loading and writing look at; a second one ends the program. So does a
 * closed pipe behind standard output, which ends nothing at once. */
void writing_watch_interrupts(void);
bool writing_interrupted(void);
/* Where the GPU plug-in is sought; NULL-terminated, in the arena. */
const char *const *writing_plugin_folders(arena *a);
/* What was measured, and what the model's header and the bandwidth let expect. */
void writing_measure(const written_model *m, struct speed_figures *out);
/* The same for a person: speed, guesses, and a small table of predicted beside measured. */
void writing_speed(const written_model *m, buf *out);

#endif
