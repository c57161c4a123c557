/* measure_diversity.c - lexical diversity of the prose: the moving-average type/token ratio.
 *
 * In: words of the sentences in the rule's scopes. Out: value and paid.
 *
 *     MATTR = 100/W × mean over windows of W consecutive words of the distinct words in the window
 *
 * (Covington and McFall, Journal of Quantitative Linguistics 17(2), 2010. Fewer words than a window: their distinct
 * words over W, which joins the formula at W words.)
 *
 * The distinct words of a window are those that stand in it for the first time, so the sum over all windows is a sum
 * over words: a word is the first of its kind in every window that holds it but not the same word before it. On a ring
 * of n words these are min(W, gap) windows, gap being the distance back to that same word (n where it stands alone):
 *
 *     Σ over windows of distinct words = Σ over words of min(W, gap)          MATTR = 100/W × mean of min(W, gap)
 *
 * One look into a table of last places a word; no window is ever built.
 *
 * Paid. The words of vouched clauses are sure to count. Sentences beside an unpaid one or with an unvouched specific,
 * and the single words of an unpaid one, are on trial: they count only where they lower the mean, which is the lowest
 * that any choice of them gives. A gap is measured in words that are sure to count, back to the same word anywhere but
 * in bare sentences and clauses, which have no part.
 *
 * Invariant: sentences that are newly written and not sure to count, or that were sure and are marked, never raise what
 * is paid: no gap of the other words grows, what the sentence gave is still among the choices, and more choices only
 * lower.
 */
#include "signals/measure.h"

#include <math.h>

enum { WINDOW_MAX = 1000 };
enum { OWNER_SURE = -2, OWNER_WORD = -1 }; /* or the number of a sentence on trial */

typedef struct type_slot {
    uint64_t hash;
    uint32_t first, last;    /* sure words up to its first occurrence and to its last; behind own words, the first */
    uint32_t sentence, here; /* the sentence on trial that had it last, + 1, and where in there */
    int32_t owner;           /* whose its first occurrence is; its gap closes the ring */
    bool taken;
} type_slot;

typedef struct share { /* Σ of min(W, gap) over words, and how many words */
    uint64_t sum, n;
} share;

typedef struct counting {
    const measuring *m;
    const signal_rule *rule;
    uint32_t window;
    bool judged; /* the truth stage's marks decide which words are sure */
    type_slot *slots;
    size_t mask, types;
    share sure;
    share *trial; /* [trials] sentences; none where nothing is judged */
    uint32_t trials;
    uint32_t *words; /* [window + 1] how many words on trial for themselves there are of each min(W, gap) */
} counting;

/* NULL when more than three quarters of the table would be taken. */
static type_slot *slot_of(counting *c, uint64_t hash) {
    size_t at = (size_t)(hash >> 20) & c->mask;
    while (c->slots[at].taken && c->slots[at].hash != hash) at = (at + 1) & c->mask;
    if (!c->slots[at].taken && ++c->types > c->mask - c->mask / 4) return NULL;
    c->slots[at].hash = hash;
    return &c->slots[at];
}

static void add_gap(counting *c, int32_t owner, uint32_t gap) {
    uint32_t windows = gap < c->window ? gap : c->window;
    if (owner == OWNER_SURE)
        c->sure.sum += windows;
    else if (owner == OWNER_WORD)
        c->words[windows]++;
    else
        c->trial[owner].sum += windows;
}

static bool count_sure_words(counting *c, uint32_t lo, uint32_t hi) {
    for (uint32_t k = lo; k < hi; k++) {
        if (c->m->art->words[k].flags & WORD_CODE) continue;
        type_slot *slot = slot_of(c, c->m->art->words[k].hash);
        if (!slot) return false;
        uint32_t at = (uint32_t)++c->sure.n;
        if (slot->taken)
            add_gap(c, OWNER_SURE, at - slot->last);
        else
            slot->first = at, slot->owner = OWNER_SURE, slot->taken = true;
        slot->last = at;
    }
    return true;
}

static bool count_sure(counting *c, const sentence *s) {
    uint32_t lo = s->word_lo, hi;
    if (!c->judged) return count_sure_words(c, s->word_lo, s->word_hi);
    for (; measure_vouched_clause(c->m, s, lo, &lo, &hi); lo = hi)
        if (!count_sure_words(c, lo, hi)) return false;
    return true;
}

/* The words of a sentence on trial, of its vouched clauses too, as though it alone stood between the sure ones. */
static bool count_trial(counting *c, uint32_t index, int32_t owner) {
    const sentence *s = &c->m->art->sentences[index];
    uint32_t before = (uint32_t)c->sure.n, own = 0, hi = s->word_lo;
    for (uint32_t k = s->word_lo; k < s->word_hi; k++) {
        if (k >= hi && !measure_vouched_clause(c->m, s, k, &k, &hi)) break;
        if (c->m->art->words[k].flags & WORD_CODE) continue;
        type_slot *slot = slot_of(c, c->m->art->words[k].hash);
        if (!slot) return false;
        own++;
        if (slot->taken)
            add_gap(c, owner, slot->sentence == index + 1 ? own - slot->here : before + own - slot->last);
        else
            slot->first = before + own, slot->owner = owner, slot->taken = true;
        slot->last = before;
        slot->sentence = index + 1;
        slot->here = own;
    }
    if (owner >= 0) c->trial[owner].n = own;
    return true;
}

static bool count_sentences(counting *c) {
    for (uint32_t i = 0; i < c->m->art->sentence_count; i++) {
        const sentence *s = &c->m->art->sentences[i];
        if (!measure_speaks_here(c->rule, s)) continue;
        enum statistic_part part = c->judged ? measure_part_of(c->m, i) : PART_SURE;
        if (part == PART_SURE && !count_sure(c, s)) return false;
        if (part == PART_NEIGHBOUR && !count_trial(c, i, (int32_t)c->trials++)) return false;
        if (part == PART_UNPAID && !count_trial(c, i, OWNER_WORD)) return false;
    }
    for (size_t at = 0; at <= c->mask; at++) {
        const type_slot *slot = &c->slots[at];
        if (slot->taken) add_gap(c, slot->owner, slot->first + (uint32_t)c->sure.n - slot->last);
    }
    return true;
}

/* The lowest mean over all choices of what is on trial: what lies below it is in (Dinkelbach, Management Science 13(7),
 * 1967; the mean falls with every round but the last, and few are needed). */
static double lowest_mean(const counting *c) {
    if (!c->sure.n) return 0;
    double mean = (double)c->sure.sum / (double)c->sure.n;
    for (;;) {
        share all = c->sure;
        for (uint32_t i = 0; i < c->trials; i++)
            if ((double)c->trial[i].sum < mean * (double)c->trial[i].n)
                all.sum += c->trial[i].sum, all.n += c->trial[i].n;
        for (uint32_t windows = 1; windows <= c->window && windows < mean; windows++)
            all.sum += (uint64_t)windows * c->words[windows], all.n += c->words[windows];
        double next = (double)all.sum / (double)all.n;
        if (!(next < mean)) return mean;
        mean = next;
    }
}

/* Prose has a third of its words as types; the table begins at that size. */
static int diversity_of(measuring *m, const signal_rule *rule, uint32_t window, bool judged, double *out) {
    size_t mask = 255;
    while (mask < m->art->word_count / 2) mask = mask * 2 + 1;
    for (;; mask = mask * 2 + 1) {
        counting c = {.m = m, .rule = rule, .window = window, .judged = judged, .mask = mask};
        c.slots = ARENA_ARRAY(m->a, type_slot, mask + 1);
        c.trial = ARENA_ARRAY(m->a, share, judged ? m->art->sentence_count : 0);
        c.words = ARENA_ARRAY(m->a, uint32_t, window + 1);
        if (!c.slots || !c.trial || !c.words) return measure_no_memory(m);
        if (!count_sentences(&c)) continue; /* the table is too small */
        *out = 100 * lowest_mean(&c) / window;
        return ERROR_NONE;
    }
}

int measure_mattr(measuring *m, const signal_rule *rule, tally *t) {
    double wanted = rule_param_number(rule->params, rule->param_count, "window", 100);
    uint32_t window = wanted >= 1 && wanted <= WINDOW_MAX ? (uint32_t)wanted : 100;
    t->stated = true;
    int status = diversity_of(m, rule, window, false, &t->value);
    t->paid = t->value;
    return !status && m->tainted_sentences
               ? diversity_of(m, rule, measure_is_judged(m) && window > VOUCHED_WINDOW ? VOUCHED_WINDOW : window, true,
                              &t->paid)
               : status;
}
