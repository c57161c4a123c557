/* measure_burstiness.c - how much the length of sentences varies.
 *
 * In: sentences in the rule's scopes. Out: value and paid.
 *
 *     s = sqrt( Σ (nᵢ − n̄)² / (k − 1) ),  nᵢ words of sentence i, k sentences
 *
 * Paid. A sentence is as long as its vouched clauses; an unpaid one is one of the k and varies from nothing; bare ones
 * have no part. A sentence beside an unpaid one, or with an unvouched specific, is on trial: it counts only where it
 * lowers s, which is the lowest that any choice of these gives. The best choice holds exactly those closer to its mean
 * than some distance (else one put in or left out would lower it), so it is a range of lengths, and all ranges are
 * tried. They are few: d different lengths are at least d² / 2 words.
 *
 * Invariant: sentences that are newly written and not sure to count, or that were sure and are marked, never raise what
 * is paid.
 */
#include "signals/measure.h"

#include <math.h>
#include <stdlib.h>

/* More words than that are counted as that many: one endless sentence is no rhythm. Of 3,500 sentences of the corpus's
 * passing articles one in a hundred is longer. */
enum { LONGEST = 40 };

/* Of the words [lo, hi); a stretch of inline code is one word, however long, so that code cannot make a sentence long.
 */
static uint32_t spoken_words(const article *art, uint32_t lo, uint32_t hi) {
    uint32_t n = 0;
    bool in_code = false;
    for (uint32_t i = lo; i < hi; i++) {
        bool code = (art->words[i].flags & WORD_CODE) != 0;
        n += !(code && in_code);
        in_code = code;
    }
    return n;
}

uint32_t signal_sentence_words(const ruleset *rules, const article *art, uint32_t index) {
    const sentence *s = &art->sentences[index];
    const signal_rule *rule = &rules->signals[SIGNAL_SENTENCE_BURSTINESS];
    bool speaks = rules->published ? (s->flags & SENTENCE_PROSE) != 0 : measure_speaks_here(rule, s);
    return speaks ? spoken_words(art, s->word_lo, s->word_hi) : 0;
}

/* Words of a sentence; of a vouched one, those of the clauses that are. */
static uint32_t spoken_length(const measuring *m, const sentence *s, bool vouched) {
    uint32_t n = 0, lo = s->word_lo, hi = s->word_hi;
    if (!vouched) n = spoken_words(m->art, lo, hi);
    for (; vouched && measure_vouched_clause(m, s, lo, &lo, &hi); lo = hi) n += spoken_words(m->art, lo, hi);
    return n < LONGEST ? n : LONGEST;
}

typedef struct moments {
    double n, sum, squares; /* whole numbers: exact */
} moments;

typedef struct sentence_lengths {
    moments sure;
    double unpaid;   /* sentences */
    uint32_t *trial; /* [trials] words; ascending before they are asked */
    uint32_t trials;
} sentence_lengths;

static void moments_add(moments *m, double x) {
    m->n += 1;
    m->sum += x;
    m->squares += x * x;
}

static double deviation(const moments *m, double unpaid) {
    double spread = m->squares - m->sum * m->sum / m->n;
    return spread > 0 ? sqrt(spread / (m->n + unpaid - 1)) : 0;
}

static int ascending(const void *left, const void *right) {
    uint32_t x = *(const uint32_t *)left, y = *(const uint32_t *)right;
    return (x > y) - (x < y);
}

/* Sorts the lengths on trial and joins equal ones; the number of different ones. */
static uint32_t join_trials(sentence_lengths *l, moments *joined) {
    uint32_t n = 0;
    qsort(l->trial, l->trials, sizeof *l->trial, ascending);
    for (uint32_t i = 0; i < l->trials; i++) {
        n += i == 0 || l->trial[i] != l->trial[i - 1];
        moments_add(&joined[n - 1], l->trial[i]);
    }
    return n;
}

static int lowest_deviation(measuring *m, sentence_lengths *l, double *lowest) {
    *lowest = l->sure.n > 1 ? deviation(&l->sure, l->unpaid) : 0; /* one sentence varies from nothing */
    if (l->sure.n < 2 || !l->trials) return ERROR_NONE;
    moments *joined = ARENA_ARRAY(m->a, moments, l->trials);
    if (!joined) return measure_no_memory(m);
    uint32_t n = join_trials(l, joined);
    for (uint32_t lo = 0; lo < n; lo++) {
        moments with = l->sure;
        for (uint32_t hi = lo; hi < n; hi++) {
            with.n += joined[hi].n, with.sum += joined[hi].sum, with.squares += joined[hi].squares;
            *lowest = fmin(*lowest, deviation(&with, l->unpaid));
        }
    }
    return ERROR_NONE;
}

/* `judged`: sentences have the part that the truth stage gave them; else all are sure. */
static int burstiness_of(measuring *m, const signal_rule *rule, bool judged, double *out) {
    sentence_lengths l = {.trial = judged ? ARENA_ARRAY(m->a, uint32_t, m->art->sentence_count) : NULL};
    if (judged && !l.trial) return measure_no_memory(m);
    for (uint32_t i = 0; i < m->art->sentence_count; i++) {
        const sentence *s = &m->art->sentences[i];
        enum statistic_part part = judged ? measure_part_of(m, i) : PART_SURE;
        uint32_t n = measure_speaks_here(rule, s) ? spoken_length(m, s, judged) : 0;
        if (n == 0) continue;
        if (part == PART_SURE) moments_add(&l.sure, n);
        if (part == PART_UNPAID) l.unpaid += 1;
        if (part == PART_NEIGHBOUR) l.trial[l.trials++] = n;
    }
    return lowest_deviation(m, &l, out);
}

int measure_sentence_stddev(measuring *m, const signal_rule *rule, tally *t) {
    t->stated = true;
    int status = burstiness_of(m, rule, false, &t->value);
    t->paid = t->value;
    return !status && m->tainted_sentences ? burstiness_of(m, rule, true, &t->paid) : status;
}
