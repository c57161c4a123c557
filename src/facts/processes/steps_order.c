/* steps_order.c - does the sentence itself say in which order the steps are, or that none is meant?
 *
 *     "first the dump, then the upload"        one behind the other
 *     "compare and log come last; …"           an order told in words, whatever the enumeration's is
 *     "verify takes 2 s, build 3.1 s"          what each costs, in no order
 *
 * In: a prepared passage and the bytes of an enumeration in it.
 */
#include "facts/judge.h"
#include "facts/processes/steps.h"
#include "facts/reading/standing.h"

/* "verify takes 2 s, build 3.1 s": what each step costs, in no order. */
bool steps_have_figures(const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t times = 0;
    for (uint32_t t = p->token_lo; t < p->token_hi; t++)
        times += p->on->tokens[t].text.lo >= lo && p->on->tokens[t].text.hi <= hi &&
                 p->on->tokens[t].kind == TOKEN_QUANTITY && unit_get(p->on->tokens[t].unit)->dimension == DIM_TIME;
    return times > 1; /* one may be a step: "wait 24 hours" */
}

/* "Compare and log come last; …", "…, in order of cost": the order is told in words, not by the enumeration. */
bool steps_tell_order(const passage *p, uint32_t lo, uint32_t hi) {
    for (uint32_t i = 0; i + 1 < p->word_count && i < 200; i++)
        if ((word_in(p, i, "order sorted") && word_in(p, i + 1, "of by")) ||
            word_in(p, i, "alphabetical alphabetically"))
            return true;
    for (uint32_t i = 0; i < p->word_count && p->words[i].lo < hi; i++)
        if (p->words[i].lo >= lo && word_in(p, i, "last first before after until earlier later preceded") &&
            !(word_in(p, i, "last") && p->words[i].hi >= hi) && /* "…, and read it last" */
            !(word_in(p, i, "first") &&
              standing_is_gap_free(p, lo, p->words[i].lo, ",;"))) /* "publish first, then …" */
            return true;
    return false;
}

/* "first …, then …", "…, and finally": words that put the parts of [lo, hi) one behind the other. */
bool steps_say_then(const passage *p, uint32_t lo, uint32_t hi) {
    for (uint32_t i = 0; i < p->word_count && p->words[i].lo < hi; i++)
        if (p->words[i].lo >= lo && word_in(p, i, "then finally afterwards lastly next")) return true;
    return false;
}
