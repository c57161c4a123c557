/* compared.c - is a number held against ours?
 *
 *     "than the 8 GB of a laptop"                       behind a comparison
 *     "the usual 40 minutes", "the default of 512"      what others have as a rule
 *     "compared with 88 tok/s for Alder"                a comparison, and yet whose it is, stands right behind it
 *
 * In: a question. Out: whether the words of its clause make the number one of something with which ours is compared.
 */
#include "facts/numbers/question.h"
#include "facts/reading/standing.h"

/* Is word `i` inside the name of an attribute or a metric? */
static bool lies_in_setting(const passage *p, uint32_t i) {
    uint32_t first, end;
    if (!(p->words[i].cues & (CUE_ALSO_OTHER | CUE_COMPARE | CUE_DEFAULT))) return false;
    passage_hit_window(p, p->words[i].lo, p->words[i].hi, &first, &end);
    for (uint32_t h = first; h < end; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.lo <= p->words[i].lo && hit->where.hi >= p->words[i].hi && hit->words > 1 &&
            (hit_has(hit, ALIAS_ATTR) || hit_has(hit, ALIAS_METRIC)))
            return true;
    }
    return false;
}

/* "On a typical workday", "our usual median": what is so with us as a rule; "the usual advice" is others'. */
static bool is_our_rule(const passage *p, uint32_t i) {
    if (!word_in(p, i, "typical usual typically usually")) return false;
    if (word_in(p, i + 1, "day workday weekday night week weekend month run")) return true;
    if (word_in(p, i, "typically usually")) return word_in(p, i + 1, "takes finishes lasts draws runs");
    return i > 0 && word_in(p, i - 1, "our my");
}

/* "compared with 88 tok/s for Alder under the same conditions": whose it is, stands right behind it, and nothing more.
 */
static bool is_given_to_a_name(const question *q) {
    const passage *p = q->p;
    uint32_t before, w, first, end;
    question_words_around(q, &before, &w);
    if (!word_in(p, w, "for from by") || p->words[w].lo != q->t->text.hi + 1) return false;
    for (w++; word_in(p, w, "the our my");) w++;
    if (w >= p->word_count) return false;
    passage_hit_window(p, p->words[w].lo, p->words[w].hi, &first, &end);
    for (uint32_t h = first; h < end; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.lo != p->words[w].lo || hit->inside >= 0 || hit_entity(q->j, hit, -1) == MANIFEST_NONE) continue;
        uint32_t next = standing_word_at(p, hit->where.hi);
        bool ends = next >= p->word_count || p->words[next].lo > hit->where.hi + 1;
        return ends ||
               (word_in(p, next, "under on in with at") && word_in(p, next + 1, "the") && word_in(p, next + 2, "same"));
    }
    return false;
}

/* "than the 8 GB of …": what stands behind a comparison is held against ours, it is not ours. */
bool figure_is_compared(const question *q) {
    const passage *p = q->p;
    uint32_t first, end, before, after;
    if (is_given_to_a_name(q)) return false;
    passage_window(p, q->t->text.lo, q->t->text.hi, &first, &end);
    question_words_around(q, &before, &after);
    for (uint32_t i = first; i < end; i++) {
        if (!question_in_clause(q, i) || (p->words[i].lo >= q->t->text.lo && p->words[i].hi <= q->t->text.hi)) continue;
        if (is_our_rule(p, i)) continue;
        if (lies_in_setting(p, i)) continue; /* the "default" of default_pool_size compares nothing */
        bool verb = word_is(p, i, "managed") && word_in(p, i + 1, "with by on in to"); /* no adjective */
        if (p->words[i].cues & CUE_ALSO_OTHER && !verb) return true;
        if (i < before && p->words[i].cues & (CUE_COMPARE | CUE_DEFAULT) && !word_in(p, i, "against")) return true;
        bool apart = false; /* "a rank of 16 and the usual scaling" */
        for (uint32_t k = after; k < i; k++) apart = apart || word_is(p, k, "and");
        if (i >= after && i < after + 4 && p->words[i].cues & CUE_DEFAULT && !apart) return true;
        if (i == after && word_in(p, i, "like than equivalent")) return true;
    }
    return false;
}
