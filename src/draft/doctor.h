/* doctor.h - what commonly goes wrong when models are run, looked for before it does.
 *
 * Each of these cost somebody a night: memory that another server holds, a download that stopped early, a chat template
 * that refuses two turns of one role, speculation on work that it slows down, a kernel that is wrong for the chip, a
 * ruler that reads the same for everyone. Each becomes one finding: a plain sentence, and what to do.
 */
#ifndef ASSAY_DRAFT_DOCTOR_H
#define ASSAY_DRAFT_DOCTOR_H

#include "base/json.h"
#include "lm/load_memory.h"
#include "rules/ruleset.h"

enum health {
    HEALTH_OK,
    HEALTH_WARNING, /* works, but not as it should; exit 0 */
    HEALTH_FAILED,  /* must be put right; exit 1 */
    HEALTH_SKIPPED  /* could not be looked at: `finding` says why; never counted as ok */
};
const char *health_name(enum health h); /* "ok", "warning", "failed", "skipped" */

typedef struct diagnosis {
    const char *check; /* "memory", "model", "chat" … */
    enum health health;
    str finding; /* what was seen, one sentence */
    str remedy;  /* what to do about it; empty when nothing is to be done */
} diagnosis;

typedef struct diagnosis_list {
    diagnosis *at;
    size_t n, capacity;
    size_t failed, warnings;
} diagnosis_list;

struct doctor_options {
    const ruleset *rules;
    const char *proc; /* "/proc"; tests give another folder */
    const memory_platform *memory;
    const char *model;                 /* NULL = no model to look at */
    const char *sums;                  /* NULL = no published sums */
    const char *chat;                  /* NULL = recognised from the model */
    const char *device;                /* "auto", "cpu", "cuda:N" */
    const char *const *plugin_folders; /* as for device_open */
};

/* Runs every check. What is wrong is a diagnosis; errors are memory only. */
int doctor_run(arena *a, const struct doctor_options *o, diagnosis_list *out, error *e);
/* Appends the diagnoses for people: a line each, the remedy below, the counts at the end. */
void doctor_text(const diagnosis_list *l, buf *out);
/* The same as one JSON object, where the writer stands. */
void doctor_json(const diagnosis_list *l, json *out);

#endif
