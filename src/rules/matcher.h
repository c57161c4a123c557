/* matcher.h - finds the phrases and patterns of all rules in one article.
 *
 *     words ──► one walk through the phrase trie ──► matches, exceptions, triggered patterns
 *     sentences that hold a trigger word ──► PCRE2 ──► matches, exceptions
 *     per rule: exceptions cancel what they overlap, then leftmost-longest, no overlap
 *
 * Words in inline code and in quotation marks match nothing and are PROSE_MASK to patterns; code blocks have no words.
 * A pattern that meets its match, depth or heap limit is ERROR_LIMIT: never "no match".
 *
 * The matcher is shared by threads: patterns compile on first use behind a lock (interpreted; with JIT once they have
 * run often enough to pay for it).
 */
#ifndef ASSAY_RULES_MATCHER_H
#define ASSAY_RULES_MATCHER_H

#include "article/article.h"
#include "rules/ruleset.h"

typedef struct matcher matcher;

typedef struct rule_match {
    text_range text;   /* article.text offsets; for scope raw: source offsets of the searched text */
    uint32_t sentence; /* BLOCK_NONE for scope raw */
} rule_match;

typedef struct match_list {
    rule_match *at;
    uint32_t n;
} match_list;

/* Matches of every rule: [SIGNAL_COUNT + lint_count] lists, each in text order. */
typedef struct match_table {
    match_list *rules;
    uint32_t rule_count;
} match_table;

/* NULL when memory is gone. `data` must outlive it; the struct lives in the arena, what it compiles does not. */
matcher *matcher_new(arena *a, const ruleset_data *data);
/* Frees what was compiled; NULL is allowed. No other thread may use it any more. */
void matcher_free(matcher *m);
/* Runs all phrases and patterns over the article's sentences, each rule in its own scopes. */
int matcher_run(arena *a, matcher *m, const article *article, match_table *out, error *e);
/* Runs the patterns of one rule of a raw ruleset over `text`: offsets into it, in order, without overlap. */
int matcher_run_raw(arena *a, matcher *m, uint32_t rule, str text, match_list *out, error *e);
/* The scope bit of a sentence: what kind of text it stands in. */
uint32_t matcher_sentence_scope(const sentence *s);

#endif
