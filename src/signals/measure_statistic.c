/* measure_statistic.c - lexical diversity and burstiness of the prose.
 *
 * In: words and sentences in the rule's scopes. Out: value and paid.
 *
 *     MATTR = 100/W × mean over windows of W consecutive words of the distinct words in the window
 *     s     = sqrt( Σ (nᵢ − n̄)² / (k − 1) ),  nᵢ words of sentence i, k sentences
 *
 * MATTR: Covington and McFall, Journal of Quantitative Linguistics 17(2), 2010. Fewer words than a window: their
 * distinct words over W, which joins the formula at W words.
 *
 * Taint. A fabricated specific may stand in a sentence that was there before it, so leaving the tainted sentences out
 * is not enough to keep it from paying: what stood there is unknown. What the clean words vouch for is: windows in
 * which tainted words take their places but are never a new type, and the squared deviations of the clean sentences
 * alone, spread over all sentences. Sentences that the truth stage leaves out have no part in what is paid: a cap by the
 * value would let their words pay wherever the cap is what holds. So `paid` may be above the value.
 */
#include "signals/measure.h"

#include <math.h>

/* ---- MATTR ------------------------------------------------------------------------------------------------------- */

/* The distinct words of a window are those that stand in it for the first time, so the sum over all windows is a sum
 * over words: a word is the first of its kind in every window that holds it but not the same word before it. On a ring
 * of n words these are min(W, gap) windows, gap being the distance back to that same word (n where it stands alone):
 *
 *     Σ over windows of distinct words = Σ over words of min(W, gap)
 *
 * One look into a table of last places a word; no window is ever built. */

enum { WINDOW_MAX = 1000 };

typedef struct place_pair {
    uint32_t first, last; /* place + 1; 0 = none */
} place_pair;

typedef struct type_slot {
    uint64_t hash;
    place_pair all, clean; /* occurrences; occurrences outside tainted places. all.first == 0: a free slot */
} type_slot;

typedef struct token_stream {
    uint64_t *hash;
    uint8_t *tainted;
    uint32_t n;
} token_stream;

static bool counts_here(const signal_rule *rule, const sentence *s) {
    return (rule->scopes & matcher_sentence_scope(s)) && !(s->flags & SENTENCE_FOOTNOTE);
}

/* `counted`: without what the truth stage leaves out. */
static bool collect_words(const measuring *m, const signal_rule *rule, bool counted, token_stream *out) {
    out->n = 0;
    out->hash = ARENA_ARRAY(m->a, uint64_t, m->art->word_count);
    out->tainted = ARENA_ARRAY(m->a, uint8_t, m->art->word_count);
    if (!out->hash || !out->tainted) return false;
    for (uint32_t i = 0; i < m->art->sentence_count; i++) {
        const sentence *s = &m->art->sentences[i];
        if (!counts_here(rule, s) || (counted && sentence_is_uncounted(m, i))) continue;
        for (uint32_t k = s->word_lo; k < s->word_hi; k++) {
            if (m->art->words[k].flags & WORD_CODE) continue;
            out->hash[out->n] = m->art->words[k].hash;
            out->tainted[out->n++] = sentence_is_tainted(m, i);
        }
    }
    return true;
}

/* Windows that an occurrence at place + 1 = `at` adds: 0 for a type's first, whose gap closes the ring at the end. */
static uint64_t note_place(place_pair *p, uint32_t at, uint32_t window) {
    uint32_t gap = p->first ? at - p->last : 0;
    if (!p->first) p->first = at;
    p->last = at;
    return gap < window ? gap : window;
}

static uint64_t close_ring(const place_pair *p, uint32_t n, uint32_t window) {
    uint32_t gap = p->first + n - p->last;
    return !p->first ? 0 : gap < window ? gap : window;
}

typedef struct type_means {
    double all, clean; /* mean types a window, as a percentage of the window; those with a clean occurrence */
} type_means;

/* False when more than three quarters of the table would be taken: try again with a larger one. `slots` are zeroed. */
static bool mean_types(type_slot *slots, size_t mask, const token_stream *words, bool clean_words_only, uint32_t window,
                       type_means *out) {
    uint64_t sum_all = 0, sum_clean = 0, clean_types = 0;
    uint32_t n = 0, types = 0;
    for (uint32_t k = 0; k < words->n; k++) {
        if (clean_words_only && words->tainted[k]) continue;
        size_t at = (size_t)(words->hash[k] >> 20) & mask;
        while (slots[at].all.first && slots[at].hash != words->hash[k]) at = (at + 1) & mask;
        if (!slots[at].all.first && ++types > mask - mask / 4) return false;
        slots[at].hash = words->hash[k];
        sum_all += note_place(&slots[at].all, ++n, window);
        if (!words->tainted[k]) sum_clean += note_place(&slots[at].clean, n, window);
    }
    for (size_t at = 0; at <= mask; at++) {
        clean_types += slots[at].clean.first > 0;
        sum_all += close_ring(&slots[at].all, n, window);
        sum_clean += close_ring(&slots[at].clean, n, window);
    }
    bool ring = n >= window;
    double windows = ring ? n : 1;
    out->all = 100.0 * (double)(ring ? sum_all : types) / windows / window;
    out->clean = 100.0 * (double)(ring ? sum_clean : clean_types) / windows / window;
    return true;
}

/* Prose has a third of its words as types; the table begins at that size. */
static int types_of(measuring *m, const token_stream *words, bool clean_words_only, uint32_t window, type_means *out) {
    size_t mask = 255;
    while (mask < words->n / 2) mask = mask * 2 + 1;
    for (;; mask = mask * 2 + 1) {
        type_slot *slots = ARENA_ARRAY(m->a, type_slot, mask + 1);
        if (!slots) return measure_no_memory(m);
        if (mean_types(slots, mask, words, clean_words_only, window, out)) return ERROR_NONE;
    }
}

int measure_mattr(measuring *m, const signal_rule *rule, tally *t) {
    double wanted = rule_param_number(rule->params, rule->param_count, "window", 100);
    uint32_t window = wanted >= 1 && wanted <= WINDOW_MAX ? (uint32_t)wanted : 100;
    token_stream words = {0};
    type_means with = {0}, without = {0};
    if (!collect_words(m, rule, false, &words)) return measure_no_memory(m);
    int status = types_of(m, &words, false, window, &with);
    t->stated = true;
    t->value = t->paid = with.all;
    if (status || !m->tainted_sentences) return status;
    if (!collect_words(m, rule, true, &words)) return measure_no_memory(m);
    status = types_of(m, &words, false, window, &with);
    if (!status) status = types_of(m, &words, true, window, &without);
    t->paid = fmin(without.all, with.clean);
    return status;
}

/* ---- burstiness -------------------------------------------------------------------------------------------------- */

/* Words of a sentence; a stretch of inline code is one word, however long, so that code cannot make a sentence long. */
static uint32_t spoken_length(const article *art, const sentence *s) {
    uint32_t n = 0;
    bool in_code = false;
    for (uint32_t i = s->word_lo; i < s->word_hi; i++) {
        bool code = (art->words[i].flags & WORD_CODE) != 0;
        n += !(code && in_code);
        in_code = code;
    }
    return n;
}

typedef struct moments {
    double n, mean, m2; /* Welford's running sums: m2 = Σ (x − mean)² */
} moments;

static void moments_add(moments *s, double x) {
    s->n += 1;
    double delta = x - s->mean;
    s->mean += delta / s->n;
    s->m2 += delta * (x - s->mean);
}

static double deviation(double m2, double n) { return n > 1 ? sqrt(m2 / (n - 1)) : 0; }

int measure_sentence_stddev(measuring *m, const signal_rule *rule, tally *t) {
    moments all = {0}, clean = {0};
    double counted = 0; /* sentences */
    for (uint32_t i = 0; i < m->art->sentence_count; i++) {
        const sentence *s = &m->art->sentences[i];
        uint32_t n = counts_here(rule, s) ? spoken_length(m->art, s) : 0;
        if (n == 0) continue;
        moments_add(&all, n);
        if (sentence_is_uncounted(m, i)) continue;
        counted += 1;
        if (!sentence_is_tainted(m, i)) moments_add(&clean, n);
    }
    t->stated = true;
    t->value = t->paid = deviation(all.m2, all.n);
    if (m->tainted_sentences) t->paid = deviation(clean.m2, counted);
    return ERROR_NONE;
}
