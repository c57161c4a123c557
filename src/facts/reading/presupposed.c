/* presupposed.c - what a sentence takes for granted, whatever it does with the rest.
 *
 *     "Those 46.3 GiB of cache would have been handed back"        the modal does not reach the 46.3 GiB
 *     "If you have read the data sheet you know: 128 GB, ..."      knowing is no condition of the memory
 *     "Put side by side, the three nodes have 54 cores"            a participle, no order
 *
 * A definite noun phrase presupposes that its thing is there and is as it says: a wish, a condition or an order around
 * it leaves it stated. In: a prepared passage and a place. It decides no stance; stance.c and quantities.c ask.
 */
#include "facts/reading/reading.h"

static const char DETERMINERS[] = "those these our my its their", ARTICLE[] = "the";
/* Adjectives that add nothing to what it is. */
static const char PLAIN[] = "whole full usual same other remaining first last old new former own only entire said";

/* Does "of a", "of an", "of any", "for your" follow: a thing of that sort, whosever it is? */
static bool is_of_any(const passage *p, uint32_t hi) {
    uint32_t first, end;
    passage_window(p, hi, hi, &first, &end);
    while (first < end && p->words[first].lo < hi) first++;
    for (uint32_t i = first; i + 1 < end && i < first + 4; i++) {
        if (p->words[i].lo > hi + 32) break;
        if (word_in(p, i, "of for in on") && word_in(p, i + 1, "a an any your such another some most")) return true;
    }
    return false;
}

bool number_is_presupposed(const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t first, end, i;
    if (p->kind != PASSAGE_SENTENCE) return false;
    passage_window(p, lo, lo, &first, &end);
    for (i = end; i > first && p->words[i - 1].hi > lo;) i--;
    if (i == first || p->words[i - 1].hi + 1 != lo) return false;
    i--;
    for (uint32_t k = 0; k < 2 && i > first && word_in(p, i, PLAIN) && p->words[i - 1].hi + 1 == p->words[i].lo; k++)
        i--;
    str said = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
    bool genitive = said.n > 2 && (str_ends(said, STR("'s")) || str_ends(said, STR("\xe2\x80\x99s")));
    bool reader = (p->cues & CUE_SECOND) != 0; /* "if you have the 24 GB card": the reader's */
    if (word_in(p, i, DETERMINERS) || (genitive && !reader)) return !is_of_any(p, hi);
    return word_in(p, i, ARTICLE) && !reader && !is_of_any(p, hi);
}

bool word_is_aside(const passage *p, uint32_t you) {
    uint32_t i = you + 1;
    if (!word_is(p, you, "you") && !word_is(p, you, "you've")) return false;
    if (word_in(p, i, "have can could may might will would already only ever")) i++;
    return word_in(p, i,
                   "read know knew look looked wonder wondered ask asked remember recall notice noticed count counted "
                   "divide divided multiply multiplied add added compare compared believe think prefer see saw");
}

bool begins_with_participle(const passage *p, uint32_t lo) {
    uint32_t comma = 0, verb = UINT32_MAX;
    for (uint32_t k = p->text.lo; k < lo && k < p->text.lo + 120 && !comma; k++)
        if (p->on->text.p[k] == ',') comma = k;
    if (!comma) return false;
    for (uint32_t i = 1; i < p->word_count && p->words[i].hi <= lo; i++) {
        if (p->words[i].lo < comma) continue;
        if (p->words[i - 1].lo < comma && !(p->words[i].cues & CUE_FIRST) &&
            !word_in(p, i, "the this these those our my its their both all it they each that"))
            return false;
        if (p->words[i].cues & (CUE_HAVE | CUE_TAKE | CUE_WAS) || word_in(p, i, "is are")) verb = i;
    }
    return verb != UINT32_MAX;
}

bool number_is_in_wish_list(const passage *p, clause_range part, uint32_t lo) {
    static const char others[] = "is are was were has but so because while which that who where when since though";
    uint32_t first, end, would = UINT32_MAX;
    passage_window(p, part.lo, lo, &first, &end);
    for (uint32_t i = first, seen = 0; i < end && p->words[i].hi <= lo; i++) {
        if (p->words[i].lo < part.lo) continue;
        if (would == UINT32_MAX && seen++ < 3 && word_in(p, i, "would i'd we'd it'd that'd"))
            would = i;
        else if (would != UINT32_MAX && (word_in(p, i, others) || (i > would + 1 && p->words[i].cues & CUE_FIRST)))
            return false;
    }
    return would != UINT32_MAX && word_in(p, would + 1, "have make be give need cost take mean want");
}
