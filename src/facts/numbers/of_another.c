/* of_another.c - does the build of the sentence say itself that the number is another thing's?
 *
 *     "the second cable, which I bought for 61 dollars"     what "which" stands for
 *     "The nightly one takes 17 minutes"                    what "one" stands for, and the manifest's run is not named
 *     "a 1200 W power supply"                               the noun that the number goes with
 *     "84 °C, thirteen more than the outer ones"            the fact is what it is compared with
 *
 * In: a question, a fact that disagrees, in a sentence. Out: why it may not contradict the number, or NULL. It never
 * says which thing is meant: the manifest need not know it.
 */
#include "facts/numbers/question.h"
#include "facts/reading/standing.h"
#include "facts/verdicts/weighing.h"

enum { NAMED_BEHIND = 3, CLAUSE_WORDS = 8 };

/* Does one of our names that is the fact's owner cover the word, or a word of the fact itself? */
static bool is_of_fact(const question *q, const numeric_fact *f, uint32_t w) {
    uint32_t first, end;
    if (fact_has_word(q, f, w)) return true;
    passage_hit_window(q->p, q->p->words[w].lo, q->p->words[w].hi, &first, &end);
    for (uint32_t h = first; h < end; h++) {
        const alias_hit *hit = &q->p->on->hits[h];
        if (hit->where.lo <= q->p->words[w].lo && hit->where.hi >= q->p->words[w].hi &&
            hit_entity(q->j, hit, -1) != MANIFEST_NONE)
            return true; /* another of ours: other rules know whose it is */
    }
    return false;
}

/* Does a noun phrase end at word `w` that no preposition leads to: "the second cable", not "in my configuration"? */
static bool is_bare_phrase(const passage *p, uint32_t w) {
    for (uint32_t k = 0; w > 0 && k < 4; k++, w--) {
        if (!byte_is_alpha(p->on->text.p[p->words[w].lo])) return false;
        if (word_in(p, w - 1, "the a an our my this that"))
            return w < 2 || !(p->words[w - 2].cues & CUE_PLACE || word_in(p, w - 2, "of with by for to on from"));
        if (p->words[w - 1].cues & CUE_STOP || p->words[w - 1].hi + 1 != p->words[w].lo) return false;
    }
    return false;
}

/* "the second cable, which I bought for 61 dollars": what "which" stands for is no word of the fact's. */
static bool is_of_antecedent(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t w = standing_word_at(p, q->t->text.lo);
    for (uint32_t k = 0; w > 1 && k < CLAUSE_WORDS; k++) {
        w--;
        if (p->words[w].hi > q->t->text.lo) continue;
        bool which = word_in(p, w, "which") && p->words[w - 1].hi + 2 == p->words[w].lo &&
                     p->on->text.p[p->words[w - 1].hi] == ',';
        if (which && word_in(p, w + 1, "is are was were means makes gives comes")) return false; /* all that is said */
        if (which) return is_bare_phrase(p, w - 1) && !is_of_fact(q, f, w - 1);
        if (p->words[w].hi < p->words[w + 1].lo && strchr(",;:.()", p->on->text.p[p->words[w].hi])) return false;
    }
    return false;
}

/* "The nightly one takes 17 minutes": what "one" stands for was named before, and that is not the owner. */
static bool is_of_elided_noun(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t w = standing_word_at(p, q->t->text.lo);
    bool one = false;
    if (!f->owner_count || q->j->m->entities[f->owners[0]].kind != ENTITY_PROCESS) return false;
    for (uint32_t k = 0; w > 2 && k < CLAUSE_WORDS && !one; k++) {
        w--;
        if (p->words[w].hi > q->t->text.lo) continue;
        one = word_in(p, w, "one ones") && word_in(p, w - 2, "the our my"); /* a word of its name is not its name */
    }
    for (uint32_t i = 0; i < f->owner_count && one; i++)
        if (context_entity(&q->near, f->owners[i]) <= REGION_LEAD) return false;
    return one;
}

/* "a 1200 W power supply": the number goes with a thing, whose noun is no word of the fact's. */
static bool is_attribute_of_another(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t w = standing_word_at(p, q->t->text.hi), before = standing_word_at(p, q->t->text.lo), head = UINT32_MAX;
    if (before == 0 || !word_in(p, before - 1, "a an another any every") ||
        p->words[before - 1].hi + 1 != q->t->text.lo)
        return false;
    for (uint32_t i = w, lo = q->t->text.hi; i < p->word_count && i < w + NAMED_BEHIND && p->words[i].lo == lo + 1;
         i++) {
        str said = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
        if (p->words[i].cues & (CUE_STOP | CUE_FILLER | CUE_HAVE | CUE_PLACE) || !byte_is_alpha(said.p[0])) break;
        head = i;
        lo = p->words[i].hi;
    }
    if (head == UINT32_MAX || head == w) return false; /* one noun alone may be the fact's in other words */
    if (word_in(p, head, "processor cpu chip soc") && fact_has_stem(f, fact_stem(STR("core")))) return false;
    return !is_of_fact(q, f, head) && !(p->words[head].cues & CUE_PART);
}

/* "thirteen more than the outer ones": what the fact is called stands only where it is compared with. */
static bool is_named_as_other(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t w = standing_word_at(p, q->t->text.hi), than = UINT32_MAX;
    bool behind = false;
    for (uint32_t i = w; i < p->word_count && i < w + CLAUSE_WORDS; i++)
        if (word_is(p, i, "than")) {
            than = i;
            break;
        }
    if (than == UINT32_MAX || !word_in(p, than - 1,
                                       "more less higher lower longer shorter larger smaller warmer colder "
                                       "faster slower better worse hotter cooler bigger"))
        return false;
    for (uint32_t i = 0; i < f->name_count && !behind; i++) {
        uint32_t n = 0;
        for (uint32_t k = 0; k < f->names[i].n; k++)
            for (uint32_t x = than + 1; x < p->word_count && x < than + 6; x++)
                if (p->words[x].stem == f->names[i].stems[k]) {
                    n++;
                    break;
                }
        behind = f->names[i].n > 1 && n == f->names[i].n;
    }
    return behind;
}

const char *of_another_objection(const question *q, const numeric_fact *f) {
    if (q->p->kind != PASSAGE_SENTENCE) return NULL;
    if (is_of_antecedent(q, f)) OBJECT(q->j, "it is said of what stands before \"which\"");
    if (is_of_elided_noun(q, f)) OBJECT(q->j, "what \"one\" stands for, is not its owner");
    if (is_attribute_of_another(q, f)) OBJECT(q->j, "it goes with another thing");
    if (is_named_as_other(q, f)) OBJECT(q->j, "the fact is what it is compared with");
    return NULL;
}
