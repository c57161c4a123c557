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
 * alone, spread over all sentences. `paid` is the lowest of the three.
 */
#include "signals/measure.h"

#include <math.h>

/* ---- MATTR
 * ------------------------------------------------------------------------------------------------------------- */

enum { WINDOW_MAX = 1000, SLOTS = 4096 };

typedef struct type_slot {
    uint64_t hash;
    uint16_t all, clean; /* occurrences in the window */
} type_slot;

typedef struct type_window {
    type_slot *slots;    /* [SLOTS], open addressing; free where all == 0 */
    uint32_t all, clean; /* distinct types in the window; those with a clean occurrence */
} type_window;

static uint32_t home_of(uint64_t hash) { return (uint32_t)(hash >> 20) & (SLOTS - 1); }

static void window_add(type_window *w, uint64_t hash, bool tainted) {
    uint32_t at = home_of(hash);
    while (w->slots[at].all && w->slots[at].hash != hash) at = (at + 1) & (SLOTS - 1);
    type_slot *slot = &w->slots[at];
    slot->hash = hash;
    w->all += slot->all++ == 0;
    if (!tainted) w->clean += slot->clean++ == 0;
}

static void window_drop(type_window *w, uint64_t hash, bool tainted) {
    uint32_t at = home_of(hash);
    while (w->slots[at].hash != hash || !w->slots[at].all) at = (at + 1) & (SLOTS - 1);
    if (!tainted) w->clean -= --w->slots[at].clean == 0;
    if (--w->slots[at].all) return;
    w->all--;
    for (uint32_t next = (at + 1) & (SLOTS - 1); w->slots[next].all; next = (next + 1) & (SLOTS - 1)) {
        uint32_t home = home_of(w->slots[next].hash); /* close the hole so that later searches need no marks */
        if (((next - home) & (SLOTS - 1)) < ((next - at) & (SLOTS - 1))) continue;
        w->slots[at] = w->slots[next];
        w->slots[next] = (type_slot){0};
        at = next;
    }
    w->slots[at] = (type_slot){0};
}

typedef struct token_stream {
    uint64_t *hash;
    uint8_t *tainted;
    uint32_t n;
} token_stream;

static bool counts_here(const signal_rule *rule, const sentence *s) {
    return (rule->scopes & matcher_sentence_scope(s)) && !(s->flags & SENTENCE_FOOTNOTE);
}

static bool collect_words(const measuring *m, const signal_rule *rule, token_stream *out) {
    out->hash = ARENA_ARRAY(m->a, uint64_t, m->art->word_count);
    out->tainted = ARENA_ARRAY(m->a, uint8_t, m->art->word_count);
    if (!out->hash || !out->tainted) return false;
    for (uint32_t i = 0; i < m->art->sentence_count; i++) {
        const sentence *s = &m->art->sentences[i];
        if (!counts_here(rule, s)) continue;
        for (uint32_t k = s->word_lo; k < s->word_hi; k++) {
            if (m->art->words[k].flags & WORD_CODE) continue;
            out->hash[out->n] = m->art->words[k].hash;
            out->tainted[out->n++] = sentence_is_tainted(m, i);
        }
    }
    return true;
}

/* Mean types a window, as a percentage of the window: of all types, and of types with a clean occurrence. */
static void mean_types(type_window *w, const token_stream *words, bool clean_words_only, uint32_t window, double *all,
                       double *clean) {
    uint64_t sum_all = 0, sum_clean = 0, windows = 0;
    uint32_t oldest = 0, inside = 0;
    memset(w->slots, 0, SLOTS * sizeof *w->slots);
    w->all = w->clean = 0;
    for (uint32_t i = 0; i < words->n; i++) {
        if (clean_words_only && words->tainted[i]) continue;
        window_add(w, words->hash[i], words->tainted[i]);
        if (++inside > window) {
            while (clean_words_only && words->tainted[oldest]) oldest++;
            window_drop(w, words->hash[oldest], words->tainted[oldest]);
            oldest++;
            inside--;
        }
        if (inside < window) continue;
        sum_all += w->all;
        sum_clean += w->clean;
        windows++;
    }
    if (!windows) sum_all = w->all, sum_clean = w->clean, windows = 1;
    *all = 100.0 * (double)sum_all / (double)windows / window;
    *clean = 100.0 * (double)sum_clean / (double)windows / window;
}

int measure_mattr(measuring *m, const signal_rule *rule, tally *t) {
    double wanted = rule_param_number(rule->params, rule->param_count, "window", 100);
    uint32_t window = wanted >= 1 && wanted <= WINDOW_MAX ? (uint32_t)wanted : 100;
    type_window w = {.slots = ARENA_ARRAY(m->a, type_slot, SLOTS)};
    token_stream words = {0};
    if (!w.slots || !collect_words(m, rule, &words)) return measure_no_memory(m);
    double vouched, without, unused;
    mean_types(&w, &words, false, window, &t->value, &vouched);
    t->paid = t->value;
    if (m->tainted_sentences) {
        mean_types(&w, &words, true, window, &without, &unused);
        t->paid = fmin(t->value, fmin(without, vouched));
    }
    t->stated = true;
    return ERROR_NONE;
}

/* ---- burstiness
 * ---------------------------------------------------------------------------------------------------------- */

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
    for (uint32_t i = 0; i < m->art->sentence_count; i++) {
        const sentence *s = &m->art->sentences[i];
        uint32_t n = counts_here(rule, s) ? spoken_length(m->art, s) : 0;
        if (n == 0) continue;
        moments_add(&all, n);
        if (!sentence_is_tainted(m, i)) moments_add(&clean, n);
    }
    t->stated = true;
    t->value = t->paid = deviation(all.m2, all.n);
    if (m->tainted_sentences) t->paid = fmin(t->value, deviation(clean.m2, all.n));
    return ERROR_NONE;
}
