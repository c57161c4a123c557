/* spoken_of.c - a sentence that has something, and names another thing beside it.
 *
 *     "Our provost has a contract with AWS"          the contract is had
 *     "the cards have the connector for NVLink"      the connector is
 *     "LTO-8 drives can't read what …"               any such drive
 *     "we had an RTX 2080 Ti under the desk"         not any more
 *     "the RTX 5090, for one, has 1792 GB/s"         an example
 *     | Card | Bandwidth |, a row a card             a comparison
 *
 * In: a name in a prepared sentence or cell. Out: does it only speak of it? Closed classes decide: nouns of dealings
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

/* "we had an RTX 2080 Ti": by a simple past of its own, no "have had", no "had it fitted". */
static bool is_had_once(const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t i = word_before(p, lo);
    if (i == UINT32_MAX || i == 0 || !word_in(p, i, "had owned")) return false;
    if (word_in(p, i - 1, "have has had never not")) return false;
    return !word_in(p, standing_word_at(p, hi), "installed fitted put added built delivered shipped");
}

/* "the RTX 5090, for one, has …", "cards like the A100, for example, …": an example of what there is elsewhere. */
static bool is_an_example(const passage *p, uint32_t hi) {
    uint32_t i = 0;
    while (i < p->word_count && p->words[i].lo < hi) i++;
    return i + 1 < p->word_count && p->words[i].lo <= hi + 3 && word_in(p, i, "for") &&
           word_in(p, i + 1, "one example instance");
}

/* "RTX 3090", "Apple M2 Ultra", "DGX Spark (GB10)": may a label be that of a model? */
static bool is_model_label(str text) {
    bool capital = false, digit = false;
    for (ptrdiff_t i = 0; i < text.n && i < 64; i++) {
        capital = capital || (text.p[i] >= 'A' && text.p[i] <= 'Z');
        digit = digit || byte_is_digit(text.p[i]);
    }
    return capital && digit;
}

enum { CELLS_OF_A_TABLE = 256, MODELS_COMPARED = 3 };

/* Is the cell the label of a row in a table that compares models: a column "Machine", "Card" or the like, and a model
 * in three labels at least? A list of what somebody has counts them or says what each is for ("Part", "Item"). */
static bool is_compared(judge *j, const passage *p) {
    if (p->kind != PASSAGE_CELL || !(p->flags & PASSAGE_LABEL_CELL) || p->column == PASSAGE_NONE) return false;
    passage *header = &j->passages[p->column];
    passage_prepare(j, header);
    if (header->word_count != 1 || !word_in(header, 0,
                                            "machine machines card cards gpu gpus system systems device devices "
                                            "hardware accelerator accelerators model chip chips platform"))
        return false;
    uint32_t models = 0;
    for (uint32_t i = p->column; i < j->passage_count && i < p->column + CELLS_OF_A_TABLE; i++) {
        const passage *q = &j->passages[i];
        if (q->kind != PASSAGE_CELL ||
            (i > p->column && q->flags & PASSAGE_HEADER_CELL && q->flags & PASSAGE_LABEL_CELL))
            break;
        models += q->flags & PASSAGE_LABEL_CELL && q->column == p->column && is_model_label(passage_text(q));
    }
    return models >= MODELS_COMPARED;
}

bool existence_is_spoken_of(judge *j, const passage *p, uint32_t lo, uint32_t hi) {
    if (p->kind != PASSAGE_SENTENCE) return is_compared(j, p);
    return is_of_a_noun(p, lo) || is_of_any(p, lo, hi) || is_had_once(p, lo, hi) || is_an_example(p, hi);
}
