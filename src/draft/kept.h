/* kept.h - drafts of an earlier run: whose they are, before a run that goes on takes them.
 *
 *     NNN.json asks for what this run asks for? ─► NNN.md has the hash that stands there? ─► taken as it is
 *
 * "Asks for" is everything that decides a text: model, chat format, thinking, request, seed, sampler, limits. Not the
 * same in every run, and no reason to write a text again: the program's version, the brief's file name, a model hash
 * that one of the two did not compute (another model under the same name has another id), and a larger context that the
 * text did not need.
 */
#ifndef ASSAY_DRAFT_KEPT_H
#define ASSAY_DRAFT_KEPT_H

#include "draft/folder.h"

/* What a sidecar says of a text's writing that a later run may have otherwise. */
struct draft_writing {
    str version, model_hash, model_id, brief; /* hash and id empty = not computed */
    uint32_t context_tokens;
};
/* The same of the sidecar at `path`, whose bytes are `*sidecar`; what it does not say is left as it is. In the arena.
 */
int draft_writing_read(arena *a, const char *path, str *sidecar, struct draft_writing *by, error *e);

/* Whether a sidecar belongs to this request and to `text` (NULL = there is none), the draft at `md`: then 0, and the
 * record has its tokens, stop and guesses. Without a model in the request's origin (it is not loaded yet) what only the
 * model tells is not compared. ERROR_CONFLICT naming what differs, ERROR_MEMORY. */
int draft_sidecar_check(const struct draft_request *q, str md, str sidecar, str text, struct draft_record *record,
                        error *e);
/* The text of an earlier run for the same request: *text in the arena, with the record's tokens, stop and guesses; text
 * NULL where there is none (or only a pending sidecar). ERROR_CONFLICT for a draft of another request or of unknown
 * origin, naming what differs; ERROR_IO. */
int draft_kept(arena *a, const struct draft_request *q, str *text, struct draft_record *record, error *e);
/* draft_kept of every draft and every repair that stands in the folders, in their order; with a model also whether each
 * repair answers what would be asked now, for which the text before it is judged. Errors as of draft_kept. */
int draft_check_kept(const struct draft_options *o, error *e);

#endif
