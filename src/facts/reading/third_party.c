/* third_party.c - whose is it, where a sentence mentions somebody else?
 *
 *     "a friend's server has 8 GB"                     theirs: the friend is the subject
 *     "the backup host in X is a box that a friend keeps"    ours: he comes later, and does something with it
 *     "a laptop of ours was stolen three years ago"    ours, though the manifest does not know it
 *
 * Who mentions a reader, a colleague or a phone has not stopped speaking of himself. In: a passage, the claim in it and
 * that somebody else's word stands in its part of the sentence. Out: does that one own what is said; does he come in
 * only where another clause begins; or is he an aside: then the claim may be proved, but neither contradicted nor, as
 * what is said of others is, paid unproved.
 */
#include "facts/reading/reading.h"

enum { SUBJECT_WORDS = 6 };

static bool is_verb(const passage *p, uint32_t i) {
    return word_in(p, i, "is are was were has have had runs ran uses used holds gets got takes took stands keeps");
}

static bool is_parted(const passage *p, uint32_t from, uint32_t to) {
    for (uint32_t k = from; k < to; k++)
        if (p->on->text.p[k] == ':' || p->on->text.p[k] == ';') return true;
    return false;
}

/* Is the word at `i` the subject that governs [lo, …): among the first words of its clause, behind no verb, and not in
 * another statement than what it is to own? */
static bool governs(judge *j, passage *p, uint32_t i, uint32_t lo) {
    const pword *w = &p->words[i];
    if (w->hi > lo || is_parted(p, w->hi, lo)) return false;
    clause_range own = clause_at(j, p, w->lo, w->hi);
    bool pronoun = word_in(p, i, "whoever somebody someone");
    if (pronoun && lo >= own.hi) return false;
    if (word_in(p, i, "elsewhere documentation docs")) {
        bool cited = i > 0 && (word_in(p, i - 1, "in from to by") || (i > 1 && word_in(p, i - 2, "in from to by")));
        return cited && !word_is(p, i, "elsewhere");
    }
    uint32_t before = 0;
    for (uint32_t k = i; k > 0 && p->words[k - 1].lo >= own.lo; k--, before++)
        if (is_verb(p, k - 1)) return false;
    return before < SUBJECT_WORDS;
}

enum third_party third_party_of(judge *j, passage *p, clause_range part, uint32_t lo, uint32_t hi) {
    uint32_t first, end;
    bool here = false;
    clause_range clause = clause_at(j, p, lo, hi);
    passage_window(p, lo, hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        const pword *w = &p->words[i];
        if (w->lo < part.lo || w->hi > part.hi) continue;
        if (w->cues & CUE_REPORT) return THIRD_PARTY_OWNS;
        if (!(w->cues & CUE_OTHERS)) continue;
        if (governs(j, p, i, lo)) return THIRD_PARTY_OWNS;
        here = here || w->lo < clause.hi;
    }
    return here ? THIRD_PARTY_ASIDE : THIRD_PARTY_LATER;
}
