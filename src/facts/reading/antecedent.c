/* antecedent.c - is a name of ours what the next sentence, or the list below, goes on about?
 *
 *     "A friend's machine is smaller than badger. It has 16 GB."    badger is what another one is held against
 *     "Unlike badger, …", "no badger", "badger's predecessor"       the same
 *     "Hanna's badger is new. It has 16 GB."                        somebody else's
 *     "The vending machine stands in the hall. It draws 350 W."     nothing of ours is named: "it" is the new subject
 *
 * In: a prepared sentence and one of ours. Out: does the sentence go on about something else? Looks at four sentences
 * at most, and says no wherever the one before may be about ours.
 */
#include "facts/reading/reading.h"

enum { KIN_BEHIND = 3, HITS_READ = 64, SENTENCES_BACK = 4, WORDS_READ = 60 };

static const char KIN[] = "sister brother sibling cousin twin clone copy predecessor successor replacement neighbour "
                          "neighbor rival";

static const char GENERIC[] =
    "machine machines box boxes computer server servers host hosts system systems thing setup "
    "hardware node nodes workstation stack rig unit engine model service endpoint program "
    "tool script procedure process job run routine";

bool mention_is_beside(const passage *x, const alias_hit *hit) {
    uint32_t before = passage_word_before(x, hit->where.lo), w = before == UINT32_MAX ? 0 : before + 1, behind = w;
    while (behind < x->word_count && x->words[behind].lo < hit->where.hi) behind++;
    if (w < behind && word_is_possessive(x, behind - 1))
        for (uint32_t k = behind; k < x->word_count && k < behind + KIN_BEHIND; k++)
            if (word_in(x, k, KIN)) return true;
    while (w > 0 && word_in(x, w - 1, "the a an our my")) w--;
    if (w == 0 || word_in(x, 0, "nothing nobody no none")) return false;
    if (word_in(x, w - 1, "no not unlike like beside besides behind near opposite than")) return true;
    if (person_has(x, w - 1)) return true;
    if (w == 1) return false;
    if (word_in(x, w - 1, "of")) return word_in(x, w - 2, "instead") || word_in(x, w - 2, KIN);
    if (word_in(x, w - 1, "with to")) /* "asks how his compares with the Spark" */
        return word_in(x, w - 2, "compare compares compared comparing") ||
               (word_in(x, w - 1, "to") && word_in(x, w - 2, "next close"));
    return false;
}

/* Is the entity named in the sentence? As what it is about, only beside something else, or not at all. */
enum naming { NAMED_NOT, NAMED_BESIDE, NAMED_ABOUT };

static enum naming naming_of(const judge *j, const passage *x, uint32_t entity) {
    enum naming how = NAMED_NOT;
    for (uint32_t h = x->hit_lo; h < x->hit_hi && h - x->hit_lo < HITS_READ; h++) {
        if (hit_entity(j, &x->on->hits[h], -1) != entity) continue;
        if (!mention_is_beside(x, &x->on->hits[h])) return NAMED_ABOUT;
        how = NAMED_BESIDE;
    }
    return how;
}

/* Does the sentence bring in a thing of its own: a subject with an article or an owner, and no word that may be any
 * machine's? */
static bool brings_in_another(const passage *x) {
    bool person = person_has(x, 0);
    if (!person && !word_in(x, 0, "the a an his her their one another")) return false;
    for (uint32_t i = 0; i < x->word_count && i < WORDS_READ; i++)
        if (x->words[i].cues & CUE_FIRST || word_in(x, i, "it its itself") ||
            (i > 0 && word_in(x, i, GENERIC) && word_in(x, i - 1, "the this that our my new whole entire same")))
            return false;
    return true;
}

bool antecedent_is_other(judge *j, const passage *p, uint32_t entity) {
    if (word_in(p, 0, "its our my the") && word_in(p, 1, KIN)) return true; /* "Its predecessor had 2 GB" */
    if (word_in(p, 0, "the") && word_in(p, 1, "first second third former latter other others") &&
        word_in(p, 2, "is are has have was were runs stands takes"))
        return true;
    bool pronoun = word_in(p, 0, "it its they their");
    uint32_t at = p->previous;
    for (int back = 0; back < SENTENCES_BACK && at != PASSAGE_NONE; back++) {
        passage *x = &j->passages[at];
        passage_prepare(j, x);
        enum naming how = naming_of(j, x, entity);
        if (how != NAMED_NOT) return how == NAMED_BESIDE;
        if (!pronoun) return false;
        if (!word_in(x, 0, "it its they their")) return brings_in_another(x);
        at = x->previous;
    }
    return false;
}
