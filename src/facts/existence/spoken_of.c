/* spoken_of.c - a sentence that has something, and names another thing beside it.
 *
 *     "Our provost has a contract with AWS"          the contract is had
 *     "the cards have the connector for NVLink"      the connector is
 *     "LTO-8 drives can't read what …"               any such drive
 *     "we had Kafka under the desk"                   not any more
 *     "we chose between the cloud, an H100 and …"     it was one of several
 *     "the move to Kafka was struck off the list"     it never came
 *
 * In: a name in a prepared sentence. Out: does it only speak of it? Closed classes decide: nouns of dealings
 * and of room, prepositions, the modal verbs. What is had *with* a card ("a node with an A100") has the card.
 */
#include "facts/judge.h"
#include "facts/reading/standing.h"

/* The word that ends right before byte `lo`, past articles, counts and adjectives of newness; UINT32_MAX when none. */
static uint32_t word_before(const passage *p, uint32_t lo) {
    uint32_t i = standing_word_over(p, lo);
    while (i > 0 && word_in(p, i - 1, "a an the our my some any one two three old new single")) i--;
    return i > 0 && lo - p->words[i - 1].hi < 24 ? i - 1 : UINT32_MAX;
}

/* "a contract with X", "a licence from X", "friends at X", "a slot for X" */
static bool is_of_a_noun(const passage *p, uint32_t lo) {
    static const char dealings[] =
        "contract contracts account accounts deal deals agreement meeting meetings talk talks friend friends colleague "
        "colleagues job jobs interview bill bills quote quotes offer offers licence license licences licenses invoice "
        "invoices discount discounts partnership conversation correspondence experience trouble patience problem "
        "problems trial course training certificate";
    static const char rooms[] = "connector connectors slot slots socket sockets room space plan plans support driver "
                                "drivers bracket cable adapter licence license budget money time use need taste wish "
                                "hook hooks plugin plugins recipe recipes instructions";
    uint32_t i = word_before(p, lo);
    if (i == UINT32_MAX || i == 0) return false;
    if (word_in(p, i, "with from at by about")) return word_in(p, i - 1, dealings);
    return word_in(p, i, "for") && word_in(p, i - 1, rooms);
}

/* "LTO-8 drives can't read …", "A100 cards are out of reach": a name opens the sentence and qualifies any such things.
 */
static bool is_of_any(const passage *p, uint32_t lo, uint32_t hi) {
    if (p->kind != PASSAGE_SENTENCE || !p->word_count || p->words[0].lo < lo) return false;
    uint32_t i = standing_word_at(p, hi);
    if (i + 1 >= p->word_count || p->words[i].lo != hi + 1 || p->words[i + 1].lo != p->words[i].hi + 1) return false;
    return str_ends(surface_slice(p->on, p->words[i].lo, p->words[i].hi), STR("s")) &&
           word_in(p, i + 1, "can can't cannot could couldn't would wouldn't will won't may might cost need want");
}

/* "we had Kafka": by a simple past of its own, no "have had", no "had it fitted". */
static bool is_had_once(const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t i = word_before(p, lo);
    if (i == UINT32_MAX || i == 0 || !word_in(p, i, "had owned")) return false;
    if (word_in(p, i - 1, "have has had never not")) return false;
    return !word_in(p, standing_word_at(p, hi), "installed fitted put added built delivered shipped");
}

/* "how we chose between the cloud, an H100 and a pair of L40S": one of several that were to choose from. */
static bool is_candidate(const passage *p, uint32_t lo) {
    uint32_t i = standing_word_over(p, lo);
    for (uint32_t back = 0; i > 0 && back < 14; back++) {
        i--;
        if (!word_in(p, i, "between among")) continue;
        for (uint32_t k = i; k-- > 0 && i - k < 4;)
            if (word_in(p, k,
                        "chose choose choosing chosen choice decide decided deciding decision compare compared "
                        "comparing comparison torn hesitated wavered picked pick"))
                return true;
    }
    return false;
}

/* "The move to Kubernetes was struck off the list": a plan that came to nothing. */
static bool is_given_up(const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t i = word_before(p, lo);
    if (i == UINT32_MAX || i == 0 || !word_in(p, i, "to for of") ||
        !word_in(p, i - 1, "move migration switch plan plans idea proposal change jump step"))
        return false;
    uint32_t first = standing_word_at(p, hi);
    for (uint32_t k = first; k < p->word_count && k < first + 8; k++)
        if (word_in(p, k, "struck shelved cancelled canceled dropped rejected abandoned scrapped postponed buried off"))
            return true;
    return false;
}

bool existence_is_option(const passage *p, uint32_t lo, uint32_t hi) {
    if (p->kind != PASSAGE_SENTENCE && p->kind != PASSAGE_FIELD && p->kind != PASSAGE_HEADING) return false;
    return is_candidate(p, lo) || is_given_up(p, lo, hi);
}

bool existence_is_spoken_of(const passage *p, uint32_t lo, uint32_t hi) {
    if (p->kind != PASSAGE_SENTENCE) return false;
    return existence_is_option(p, lo, hi) || is_of_a_noun(p, lo) || is_of_any(p, lo, hi) || is_had_once(p, lo, hi);
}
