/* drafts.h - drafts of language models about made-up operations, each with a manifest of its own.
 *
 *     tests/facts/drafts/OP/manifest.yaml       what is true there
 *     tests/facts/drafts/OP/honest-N.md         written with the manifest at hand: nothing in it may be contradicted
 *     tests/facts/drafts/OP/fabricated-N.md     written from a brief alone; afterwards everything wrong in it was
 * marked: « »  false by the manifest     ⟦ ⟧  invented, of which it says nothing
 */
#ifndef ASSAY_TESTS_DRAFTS_H
#define ASSAY_TESTS_DRAFTS_H

#include "base/buf.h"

enum { DRAFT_MARKS = 128 };

typedef struct draft_mark {
    span where; /* bytes of the text without marks */
    bool false_by_manifest;
} draft_mark;

typedef struct marked_draft {
    buf text; /* without the marks */
    draft_mark marks[DRAFT_MARKS];
    size_t mark_count;
} marked_draft;

/* Takes the marks off. False when one is not closed, stands in another, or there are more than DRAFT_MARKS. Free with
 * marked_draft_free in any case. */
bool marked_draft_read(str source, marked_draft *out);
void marked_draft_free(marked_draft *d);

#endif
