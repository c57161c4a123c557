/* measure.h - inside the signals room: one article being measured. */
#ifndef ASSAY_SIGNALS_MEASURE_H
#define ASSAY_SIGNALS_MEASURE_H

#include "rules/matcher.h"
#include "signals/signals.h"

typedef struct measuring {
    arena *a;
    error *e;
    const ruleset *rules;
    const article *art;
    const token_list *tokens;
    match_table matches;              /* of all rules; empty under a raw ruler */
    const taint *places;              /* NULL = everything may earn */
    const uint8_t *tainted_sentences; /* [sentence_count] enum taint_mark, blocks' taint handed down; NULL as places */
    const uint8_t *tainted_blocks;    /* [block_count], handed down to children */
    const uint32_t *first_said;       /* [sentence_count] first sentence that says the same; NULL under a raw ruler */
    str raw_body;                     /* raw ruler: the body's bytes … */
    uint32_t raw_body_lo;             /* … and where they begin in the source */
} measuring;

/* Where a manifest judges, what is vouched for are few words, of which each new one would be paid in a larger window.
 */
enum { VOUCHED_WINDOW = 20 };

/* What one signal collected. */
typedef struct tally {
    hit *at;
    size_t n, capacity;
    str *keys; /* distinct counting: what makes two hits the same; parallel to `at` */
    size_t key_count, key_capacity;
    bool stated; /* the measure gave value and paid itself */
    double value, paid;
} tally;

/* Adds the hits of one signal, or states its value. */
typedef int (*measure_function)(measuring *m, const signal_rule *rule, tally *t);

/* Of each sentence the first one that says the same, word for word; itself where none does. NULL: out of memory. */
const uint32_t *repeats_find(arena *a, const article *art);

/* NULL when there is no such measure. */
measure_function measure_find(str name);

int measure_code_blocks(measuring *m, const signal_rule *rule, tally *t);
int measure_h2(measuring *m, const signal_rule *rule, tally *t);
int measure_dashes(measuring *m, const signal_rule *rule, tally *t);
int measure_triple_bullets(measuring *m, const signal_rule *rule, tally *t);
int measure_step_sequences(measuring *m, const signal_rule *rule, tally *t);
int measure_versions(measuring *m, const signal_rule *rule, tally *t);
int measure_paths(measuring *m, const signal_rule *rule, tally *t);
int measure_errors(measuring *m, const signal_rule *rule, tally *t);
int measure_quantities(measuring *m, const signal_rule *rule, tally *t);
int measure_comparisons(measuring *m, const signal_rule *rule, tally *t);
int measure_temporal(measuring *m, const signal_rule *rule, tally *t);
int measure_examples(measuring *m, const signal_rule *rule, tally *t);
int measure_hedges(measuring *m, const signal_rule *rule, tally *t);
int measure_definitions(measuring *m, const signal_rule *rule, tally *t);
int measure_mattr(measuring *m, const signal_rule *rule, tally *t);
int measure_sentence_stddev(measuring *m, const signal_rule *rule, tally *t);
int measure_raw_diversity(measuring *m, const signal_rule *rule, tally *t);
int measure_raw_sentence_stddev(measuring *m, const signal_rule *rule, tally *t);

/* Adds a hit of amount 1 at a text range; `in_sentence` or, where that is BLOCK_NONE, `in_block` decides its taint. */
int tally_add(measuring *m, tally *t, text_range text, uint32_t in_sentence, uint32_t in_block, str key);
int measure_no_memory(measuring *m);
/* The rule's matches in the article's sentences: none under a raw ruler, which looks for none there. */
static inline const match_list *measure_matches(const measuring *m, uint32_t rule) {
    static const match_list none;
    return rule < m->matches.rule_count ? &m->matches.rules[rule] : &none;
}

/* Does a manifest judge the article, so that only what it vouches for is paid? */
static inline bool measure_is_judged(const measuring *m) { return m->places && m->places->vouchers; }
static inline bool sentence_is_tainted(const measuring *m, uint32_t index) {
    return m->tainted_sentences && m->tainted_sentences[index] & TAINT_UNPAID;
}
static inline bool block_is_tainted(const measuring *m, uint32_t index) {
    return m->tainted_blocks && m->tainted_blocks[index];
}
/* What part a sentence has in the statistics of the prose, and so in what these pay. */
enum statistic_part {
    PART_SURE,      /* it counts */
    PART_NEIGHBOUR, /* beside an unpaid one, or with an unvouched specific: counts only where it lowers them */
    PART_UNPAID,    /* can only lower them */
    PART_NONE
};

static inline enum statistic_part measure_part_of(const measuring *m, uint32_t index) {
    uint8_t mark = m->tainted_sentences ? m->tainted_sentences[index] : 0;
    if (!mark) return PART_SURE;
    if (mark & TAINT_BARE) return PART_NONE;
    return mark & TAINT_UNPAID ? PART_UNPAID : PART_NEIGHBOUR;
}
/* Do the statistics of a rule speak of the sentence? */
static inline bool measure_speaks_here(const signal_rule *rule, const sentence *s) {
    return (rule->scopes & matcher_sentence_scope(s)) && !(s->flags & SENTENCE_FOOTNOTE);
}
/* Whether a block or any sentence inside it is tainted. */
bool measure_inside_tainted(const measuring *m, uint32_t index);
/* Does a fact hold a part of what stands there? Always where no truth stage ran. */
bool measure_is_vouched(const measuring *m, text_range at);
/* Does a claim stand there that vouches for what is told beside it? The same. */
bool measure_has_voucher(const measuring *m, text_range at);
/* The last hit of the tally earns nothing unless a fact holds a part of [at]. */
void tally_vouch(const measuring *m, tally *t, text_range at);
/* The last hit of the tally earns nothing. */
void tally_hold_back(tally *t, enum hit_taint why);
/* measure_vouching.c, of all that a signal counted, in the order of the text: what no fact can vouch for earns nothing,
 * and a time once a sentence, beside a voucher. */
void tally_pay_what_facts_hold(const measuring *m, const signal_rule *rule, tally *t);
/* The next words [*lo, *hi) of the sentence, from word `from` on, that make a clause with a voucher; the whole rest
 * where no truth stage ran. False: there are none. */
bool measure_vouched_clause(const measuring *m, const sentence *s, uint32_t from, uint32_t *lo, uint32_t *hi);
/* First token that begins at or behind a text offset. */
uint32_t measure_token_from(const token_list *tokens, uint32_t text_offset);

/* measure_keys.c: the key under which a quantity, a path, an error counts once; {NULL, 0} without memory. */
str measure_quantity_key(const measuring *m, const token *k);
str measure_path_key(const measuring *m, const token *k);
str measure_error_key(const measuring *m, const token *k);
/* Whether an error in a code block is source that speaks of one. */
bool measure_error_is_source(const measuring *m, const token *k);

/* Raw ruler: the body as the published ruler cut it (what follows the second `---` line, or everything), its words, and
 * whether there was such a frontmatter. */
str raw_body_of(str source, bool *frontmatter);
uint32_t raw_words(str body);

#endif
