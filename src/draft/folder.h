/* folder.h - drafts as files: NNN.md, and NNN.json beside it that says where it comes from.
 *
 *     NNN.json "verdict": "pending" ─► NNN.md ─► judged ─► NNN.json with the verdict
 *
 * In that order, so that wherever a run is killed, a text that is there has a sidecar which knows its hash, and the
 * next run can take it. Nothing is written over that another run wrote.
 */
#ifndef ASSAY_DRAFT_FOLDER_H
#define ASSAY_DRAFT_FOLDER_H

#include "draft/draft.h"

/* Makes the folders where they are missing, and sees that they can be written to and (without `resume`) hold none of
 * the drafts to come: ERROR_IO, ERROR_CONFLICT (names the file). To be asked before a model is loaded. `made` (NULL =
 * nobody asks) gets the paths that were made, also when it fails: for draft_folders_unmake, where no draft came. */
int draft_folders_prepare(const struct draft_options *o, buf *made, error *e);
/* Removes those of the folders that are empty. */
void draft_folders_unmake(const buf *made);
/* So that two runs do not write into one folder: ERROR_CONFLICT when another process holds it. The lock ends with
 * close(*lock), or with the process. */
int draft_folder_lock(const char *folder, int *lock, error *e);

/* "OUT/001.md", "OUT/001.repair1.json" in the arena; without a folder the name alone. Empty on lack of memory. */
str draft_path(arena *a, const struct draft_task *task, uint32_t number, uint32_t attempt, const char *extension);

/* What a sidecar says of the request: everything that two runs must have in common to have written the same text. */
struct draft_request {
    const struct draft_options *options;
    uint32_t task, number, attempt;
    const char *prompt_hash; /* NULL = not known yet: a repair's, before its draft is judged */
};
/* Writes the sidecar of `text`; `judged` NULL with a record that is not judged and has no problem = pending. Of a kept
 * text the sidecar goes on saying who wrote it: only the verdict is new. */
int draft_sidecar_write(arena *a, const struct draft_request *q, str text, const struct draft_record *record,
                        const judgement *judged, error *e);
/* The sidecar's bytes, as draft_sidecar_write writes them. */
void draft_sidecar_text(const struct draft_request *q, str text, const struct draft_record *record,
                        const judgement *judged, buf *out);
#endif
