/* measure_rests.c - what rests on a sentence: reasons, comparisons, examples, definitions, limits, events.
 *
 *     "I trust kestrel, because it has 20 cores"     a fact vouches for the sentence: the reason earns
 *     "I trust kestrel, because it hums"             told of ours, and nobody vouches for it: it does not
 *     "Disks are dear because sand is rare"          told of nobody: a few of these earn
 *
 * In: hits, the marks of sentences, vouchers (what the truth stage handed on; without a manifest none of this is
 * asked). Out: hits marked as unpaid; the share of the prose that is vouched for. docs/manifest.md ("What earns") says
 * it to authors, docs/FIRST-CONTACT.md ("Anecdotes") what it does to honest and to invented lines.
 */
#include "signals/measure.h"

#include <math.h>

enum { GENERAL_PAID = 4 };

/* From the semicolon before a hit to the one behind it, in reach. */
static text_range part_of_sentence(const article *art, const sentence *s, text_range of) {
    enum { REACH = 500 };
    text_range part = of;
    while (part.lo > s->text.lo && of.lo - part.lo < REACH && art->text.p[part.lo - 1] != ';') part.lo--;
    while (part.hi < s->text.hi && part.hi - of.hi < REACH && art->text.p[part.hi] != ';') part.hi++;
    return part;
}

/* "We have not measured this": whoever says what he does not know claims nothing that a fact could vouch for. */
static bool owns_ignorance(const measuring *m, text_range caveat) {
    static const char words[] =
        "know knows understand tested tried measured verified checked benchmarked reproduced compared profiled "
        "validated audited evaluated untested unmeasured unverified unexplained unsolved test try measure verify check "
        "benchmark reproduce compare profile confirm explain say tell conclude prove proof guess estimate assumption "
        "sure certain unknown unclear question wrong";
    for (uint32_t i = article_word_at(m->art, caveat.lo); i < m->art->word_count && m->art->words[i].lo < caveat.hi;
         i++)
        if (str_is_among(article_text(m->art, (text_range){m->art->words[i].lo, m->art->words[i].hi}), words))
            return true;
    return false;
}

/* What rests on what its sentence tells. */
static const uint32_t RESTING = 1u << SIGNAL_BECAUSE_ANSWERS | 1u << SIGNAL_COMPARISON_TERMS |
                                1u << SIGNAL_TEMPORAL_MARKERS | 1u << SIGNAL_CONCRETE_EXAMPLES |
                                1u << SIGNAL_DEFINED_TERMS | 1u << SIGNAL_CAVEATS;

/* "Presenters log in with Keycloak, so …": a reason, a comparison, an example, a definition, an event is as good as
 * what it is one of; where that is unvouched, no hit of the sentence `in` earns. */
void tally_rest(const measuring *m, const signal_rule *rule, uint32_t in, tally *t) {
    if (!(RESTING >> rule->id & 1) || in == BLOCK_NONE || !sentence_is_uncounted(m, in)) return;
    if (rule->id == SIGNAL_CAVEATS && owns_ignorance(m, t->at[t->n - 1].text)) return;
    tally_vouch_for(m, t, part_of_sentence(m->art, &m->art->sentences[in], t->at[t->n - 1].text));
}

static void hold_back(hit *h, enum hit_taint why) {
    h->tainted = true;
    h->why = (uint8_t)why;
}

/* "Disks are dear because sand is rare": reasoning that is told of nobody, and that no fact can vouch for. It makes an
 * article better, but it may be said of anything and made up at will, so a few earn, of all kinds together: limits that
 * the writer owns to, and lists of orders, too. */
static void pay_few_general(measuring *m, const signal_rule *rule, tally *t) {
    if (!m->places || m->rules->published || !((RESTING | 1u << SIGNAL_STEP_SEQUENCES) >> rule->id & 1)) return;
    for (size_t i = 0; i < t->n; i++) {
        hit *h = &t->at[i];
        uint32_t in = article_sentence_at(m->art, h->text.lo);
        if (h->tainted || h->amount <= 0 || in == BLOCK_NONE) continue;
        bool steps = rule->id == SIGNAL_STEP_SEQUENCES;
        if (measure_has_voucher(m, steps ? h->text : m->art->sentences[in].text)) continue;
        if (m->general_paid++ >= GENERAL_PAID) hold_back(h, TAINT_GENERAL);
    }
}

/* One fact vouches for one thing that its sentence shows: "kestrel has 20 cores, because …, which is more than …, for
 * example …" is a reason. The first signal that asks has it. */
static void pay_one_kind(measuring *m, const signal_rule *rule, tally *t) {
    if (!m->rests || !(RESTING >> rule->id & 1) || rule->id == SIGNAL_TEMPORAL_MARKERS) return;
    for (size_t i = 0; i < t->n; i++) {
        hit *h = &t->at[i];
        uint32_t in = article_sentence_at(m->art, h->text.lo);
        if (h->tainted || h->amount <= 0 || in == BLOCK_NONE) continue;
        if (m->rests[in] && m->rests[in] != 1 + rule->id) hold_back(h, TAINT_OTHER_KIND);
        if (!m->rests[in]) m->rests[in] = (uint8_t)(1 + rule->id);
    }
}

void tally_pay_by_voucher(measuring *m, const signal_rule *rule, tally *t) {
    pay_few_general(m, rule, t);
    pay_one_kind(m, rule, t);
}

/* Prose of which hardly a sentence is vouched for says little of the writer's hand: its statistics are paid by the
 * share of sentences that are, in full from VOUCHED_ENOUGH on (the least of the corpus's passing articles has a fifth).
 * A sentence with an unvouched specific beside its true one is none of them: an invention must not raise the share.
 */
double measure_vouched_share(const measuring *m, const signal_rule *rule) {
    static const double VOUCHED_ENOUGH = 0.08;
    double all = 0, vouched = 0;
    for (uint32_t i = 0; i < m->art->sentence_count; i++) {
        const sentence *s = &m->art->sentences[i];
        if (!measure_speaks_here(rule, s)) continue;
        all += 1;
        vouched += measure_part_of(m, i) == PART_SURE && measure_has_voucher(m, s->text);
    }
    return all > 0 ? fmin(1, vouched / all / VOUCHED_ENOUGH) : 1;
}
