/* steps_otherwise.c - may the step that an enumeration seems to leave out stand there in other words?
 *
 *     It [lists the studies that have appeared], pulls them, converts them …      "list new studies", the first step
 *     … packages, uploads, and finally [boots the packaged game]                  "boot test", the last one
 *     … packages, uploads, and then the office is quiet                           no item: somebody else does something
 *
 * In: an enumeration of which some steps were found, each in a part of its own. Out: whether an item that no step
 * matched stands right before the first or right behind the last of them, where the missing one would. One between them
 * is counted as a piece by steps.c.
 */
#include "facts/judge.h"
#include "facts/processes/steps.h"

enum { ITEM_WORDS = 24 };

/* A comma, an arrow or the like between word i - 1 and word i. */
static bool parted(const passage *p, uint32_t i) {
    for (uint32_t k = p->words[i - 1].hi; k < p->words[i].lo; k++)
        if (strchr(",;>", p->on->text.p[k])) return true;
    return false;
}

static bool ends_in_s(const passage *p, uint32_t i) {
    return p->words[i].hi > p->words[i].lo + 2 && p->on->text.p[p->words[i].hi - 1] == 's' &&
           !word_in(p, i, "always sometimes this its us perhaps thus as is was has does");
}

/* A word that no item begins with: "the office is quiet", "on weekdays", "all in ten minutes". */
static bool begins_none(const passage *p, uint32_t i) {
    return word_in(p, i,
                   "the a an this that these those it its we they i you he she all each every everything nobody") ||
           word_in(p, i,
                   "everyone in on at of with without before after during for from by when while until unless if "
                   "once since as so but or not always sometimes usually that which who is are was were has");
}

/* "It │ lists the studies …,│ pulls": does a doer or a word of order lead to an act in words [lo, hi)? Where none does,
 * "Lists the studies, pulls", the first word must be the act. */
static bool is_act(const passage *p, uint32_t lo, uint32_t hi, bool inflected) {
    for (uint32_t i = lo; i < hi; i++) {
        if (begins_none(p, i)) continue;
        bool led = i > lo && word_in(p, i - 1, "it we i they you one to will would must can then first job script run");
        bool said = i > lo && inflected && ends_in_s(p, i) && !begins_none(p, i - 1); /* "the swap │ lets it run dry" */
        if (said || (led && (!inflected || ends_in_s(p, i)))) return true;
        if (i == lo && inflected && ends_in_s(p, i) && i + 1 < hi) return true;
    }
    return false;
}

bool steps_item_before(const passage *p, uint32_t first) {
    while (first > 0 && word_in(p, first - 1, "then and also next") && !parted(p, first)) first--;
    if (first < 2 || !parted(p, first)) return false;
    uint32_t lo = first - 1;
    while (lo > 0 && first - lo < ITEM_WORDS && !parted(p, lo)) lo--;
    bool inflected = false;
    for (uint32_t i = first; i < p->word_count && i < first + 3; i++) inflected = inflected || ends_in_s(p, i);
    if (word_in(p, lo, "after before when once as if while until unless since")) return false;
    return is_act(p, lo, first, inflected);
}

bool steps_item_behind(const passage *p, uint32_t last, uint32_t end) {
    uint32_t i = last + 1;
    bool told = false; /* a word says that one more item comes */
    if (i >= end || (p->words[i].lo > p->words[last].hi + 4)) return false;
    bool cut = parted(p, i);
    while (i < end && word_in(p, i, "and then finally lastly last afterwards next it also")) {
        if (word_is(p, i, "it") && !word_in(p, i - 1, "then finally lastly")) return false;
        told = true;
        i++;
    }
    if (i >= end || (!cut && !told) || begins_none(p, i)) return false;
    bool inflected = false;
    for (uint32_t k = last > 2 ? last - 2 : 0; k <= last; k++) inflected = inflected || ends_in_s(p, k);
    return inflected ? ends_in_s(p, i) : told;
}

bool steps_name_half(const passage *p, const step_words *step, uint32_t lo, uint32_t hi) {
    for (uint32_t i = 0; i < p->word_count && i < 200; i++) {
        if (p->words[i].hi > lo && p->words[i].lo < hi) continue;
        for (uint32_t k = 0; k < step->n; k++)
            for (uint32_t n = 0; n < step->names[k].n; n++)
                if (p->words[i].stem == step->names[k].stems[n] && !(p->words[i].cues & CUE_STOP)) return true;
    }
    return false;
}

bool steps_go_on(const passage *p) {
    if (p->previous == PASSAGE_NONE || p->word_count < 2) return false;
    return word_in(p, 0, "then next afterwards thereafter finally") ||
           (word_is(p, 0, "after") && word_in(p, 1, "that this which"));
}
