/* prompt.h - what the writer is told: the contract, the style, the facts, the brief; then what the gate found.
 *
 *     system  the contract (the same for every brief)
 *     user    the facts ─ the style's requirements ─ the brief            first turn, shared by all drafts
 *     assistant  the draft as it was written
 *     user    what the gate found, as edits that remove or that cite the facts      repair turn
 *
 * The facts are the manifest's and nothing else: the prompt never asks for a number, a name or a version that is not
 * listed in it, in the first turn or in a repair. What rewards invention would be answered with invention.
 */
#ifndef ASSAY_DRAFT_PROMPT_H
#define ASSAY_DRAFT_PROMPT_H

#include "draft/brief.h"
#include "manifest/manifest.h"
#include "gate/gate.h"
#include "lm/chat.h"

typedef struct prompt {
    struct chat_turn *turns; /* [count]: system and user in turn, the last one the user's */
    size_t count;
    sha256_text hash; /* over roles and texts */
} prompt;

/* The first request. `facts` may be NULL: then there are no facts, and the writer is told so. ERROR_MEMORY. */
int prompt_make(arena *a, const brief *b, const ruleset *rules, const manifest *facts, prompt *out, error *e);

/* The request to repair `draft`, as judged: the turns of `first`, the draft, and the gate's edits (gate_advise), each
 * with the line it stands on. Errors: ERROR_MEMORY. */
int prompt_repair(arena *a, const prompt *first, str draft, const gate_options *options, const judgement *judged,
                  prompt *out, error *e);

#endif
