/* weighing.h - everything that speaks against a contradiction, not only the first thing. Private to the truth stage.
 *
 *     a number or a name disagrees ──► objection? ──► doubt? ──► contradicted
 *                                          └────────────┴──► the first that says no is the verdict's reason
 *
 * A reader of a verdict needs one reason. Who wants to know what each of the reasons is worth (tests/bench) needs all
 * of them: a reason that is never alone could go, one that is alone a hundred times at a falsehood and never at a truth
 * costs what it should not. With facts_options.weighing set, every contradiction that there could be is written down
 * with all that speaks against it. The verdicts are the same.
 */
#ifndef ASSAY_FACTS_WEIGHING_H
#define ASSAY_FACTS_WEIGHING_H

#include "facts/verdicts/verdict.h"

enum { WEIGHED_REASONS = 16 }; /* more are not counted: nothing hangs on the seventeenth */

typedef struct weighed { /* one contradiction that there could be */
    enum claim_kind kind;
    span where;        /* source bytes of the claim */
    str fact, subject; /* what would contradict it, and the owner */
    const char *against[WEIGHED_REASONS];
    uint32_t count; /* 0: it is contradicted */
} weighed;

typedef struct weighing {
    arena *a; /* of the list */
    VEC(weighed) list;
    weighed now;
    bool open; /* reasons are being collected */
} weighing;

/* Writes down a reason, where reasons are being collected; false where they are not: the first one decides. */
bool weighing_note(const judge *j, const char *reason);
/* Between the two, every reason is collected. Only with options->weighing. */
void weighing_begin(judge *j);
void weighing_end(judge *j, const claim *c, str fact);

/* Leaves the function with a reason, in words for the claim's `why`. */
#define OBJECT(j, reason)                                                                                              \
    do {                                                                                                               \
        if (!weighing_note((j), (reason))) return (reason);                                                            \
    } while (0)

#endif
