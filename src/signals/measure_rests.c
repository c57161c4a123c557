/* measure_rests.c - what rests on a sentence: reasons, comparisons, examples, definitions, limits, events.
 *
 *     "I trust kestrel, because it has 20 cores"     a fact vouches for the reason: it earns
 *     "kestrel has 20 cores, because it hums"        nobody vouches for that clause: it does not
 *     "Disks are dear because sand is rare"          told of nobody, and nobody vouches for it: nor does this
 *
 * In: hits, vouchers (what the truth stage handed on; without a manifest none of this is asked). Out: hits marked as
 * unpaid. An invented habit, cause or place needs no number and no name, so nothing in its words gives it away, and
 * what is told of nobody may be said of anything; what a gate with a manifest pays is what the manifest knows.
 * docs/manifest.md ("What earns") says it to authors, docs/FIRST-CONTACT.md ("Anecdotes") what it does to honest and to
 * invented lines.
 */
#include "signals/measure.h"

#include <string.h>

/* What rests on what its sentence tells. */
static const uint32_t RESTING = 1u << SIGNAL_BECAUSE_ANSWERS | 1u << SIGNAL_COMPARISON_TERMS |
                                1u << SIGNAL_TEMPORAL_MARKERS | 1u << SIGNAL_CONCRETE_EXAMPLES |
                                1u << SIGNAL_DEFINED_TERMS | 1u << SIGNAL_CAVEATS;

/* Of these, what is one clause. An event, an example, a definition is told by the frame and by what comes behind it:
 * "For example, kestrel has 20 cores". */
static const uint32_t OF_ONE_CLAUSE =
    1u << SIGNAL_BECAUSE_ANSWERS | 1u << SIGNAL_COMPARISON_TERMS | 1u << SIGNAL_CAVEATS;

/* A comma, colon or semicolon, but not the one inside a number, a time or a name ("1,200", "01:30", "vm:swappiness").
 */
static bool is_clause_mark(str text, uint32_t at) {
    return memchr(",;:", text.p[at], 3) && ((ptrdiff_t)at + 1 >= text.n || !byte_is_alnum(text.p[at + 1]));
}

static bool ends_here(str text, uint32_t at, bool clause) {
    return clause ? is_clause_mark(text, at) : text.p[at] == ';';
}

/* From the mark before `of` to the one behind it, in reach: of its clause, or of its part of the sentence. */
static text_range rests_on(const article *art, const sentence *s, text_range of, bool clause, bool forward) {
    enum { REACH = 500 };
    text_range at = of;
    while (!forward && at.lo > s->text.lo && of.lo - at.lo < REACH && !ends_here(art->text, at.lo - 1, clause)) at.lo--;
    while (at.hi < s->text.hi && at.hi - of.hi < REACH && !ends_here(art->text, at.hi, clause)) at.hi++;
    return at;
}

/* "because …": the reason stands behind, not in what it explains. */
static bool announces_reason(str text) {
    str first;
    return str_cut(&text, ' ', &first) && str_is_among(first, "because due owing thanks caused triggered explained");
}

/* A reason, a comparison, an example, a definition, an event is as good as the words that it rests on. */
void tally_rest(const measuring *m, const signal_rule *rule, uint32_t in, tally *t) {
    if (!m->places || !(RESTING >> rule->id & 1) || in == BLOCK_NONE) return;
    text_range at = t->at[t->n - 1].text;
    bool clause = OF_ONE_CLAUSE >> rule->id & 1;
    bool forward = rule->id == SIGNAL_BECAUSE_ANSWERS && announces_reason(article_text(m->art, at));
    at = rests_on(m->art, &m->art->sentences[in], at, clause, forward);
    if (!measure_has_voucher(m, at)) tally_hold_back(t, TAINT_RESTS);
}

/* One fact vouches for one thing that its sentence shows: "kestrel has 20 cores, because …, which is more than …, for
 * example …" is a reason. The first signal that asks has it. */
void tally_pay_one_kind(measuring *m, const signal_rule *rule, tally *t) {
    if (!m->rests || !(RESTING >> rule->id & 1) || rule->id == SIGNAL_TEMPORAL_MARKERS) return;
    for (size_t i = 0; i < t->n; i++) {
        hit *h = &t->at[i];
        uint32_t in = article_sentence_at(m->art, h->text.lo);
        if (h->tainted || h->amount <= 0 || in == BLOCK_NONE) continue;
        if (m->rests[in] && m->rests[in] != 1 + rule->id) {
            h->tainted = true;
            h->why = TAINT_OTHER_KIND;
        }
        if (!m->rests[in]) m->rests[in] = (uint8_t)(1 + rule->id);
    }
}
