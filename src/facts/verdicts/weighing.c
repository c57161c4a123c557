/* weighing.c - collects what speaks against a contradiction (weighing.h).
 *
 * In: reasons, one by one, between begin and end. Out: a list of what was weighed. Nothing here decides anything; where
 * nobody weighs, a note is one comparison with NULL.
 */
#include "facts/verdicts/weighing.h"

bool weighing_note(const judge *j, const char *reason) {
    weighing *w = j->options->weighing;
    if (!w || !w->open) return false;
    for (uint32_t i = 0; i < w->now.count; i++)
        if (w->now.against[i] == reason) return true;
    if (w->now.count < WEIGHED_REASONS) w->now.against[w->now.count++] = reason;
    return true;
}

void weighing_begin(judge *j) {
    weighing *w = j->options->weighing;
    w->now = (weighed){.kind = CLAIM_KIND_COUNT};
    w->open = true;
}

void weighing_end(judge *j, const claim *c, str fact) {
    weighing *w = j->options->weighing;
    w->open = false;
    w->now.kind = c->kind;
    w->now.where = c->where;
    w->now.fact = fact;
    w->now.subject = c->subject;
    if (!VEC_PUSH(w->a, &w->list, w->now)) j->failed = true;
}
