/* signals.h - measuring an article: 19 values with the places that produced them, and the lints.
 *
 *     article + tokens + ruleset --> measurement { value and hits of each signal }, findings
 *
 * The truth stage decides which sentences and blocks carry a fabricated specific, and where a fact vouches for what is
 * said; it hands both in as a `taint`. Then a positive signal's `paid` counts only hits outside tainted places that are
 * vouched for, and none of a kind that no fact can vouch for; a statistical signal's reads vouched clauses and is the
 * lowest value that any choice of the words in tainted places and of the sentences beside them gives (a specific may
 * have been written into a sentence that stood there before); a negative signal's is what was measured, but for lists
 * of three, which any line would break up and which cost nothing then.
 */
#ifndef ASSAY_SIGNALS_SIGNALS_H
#define ASSAY_SIGNALS_SIGNALS_H

#include "article/article.h"
#include "base/buf.h"
#include "lex/token.h"
#include "rules/matcher.h"
#include "rules/ruleset.h"

/* Why a tainted hit earns nothing. */
enum hit_taint {
    TAINT_OF_PLACE,  /* what stands beside it: a specific that no fact vouches for, in its sentence, item, row, block */
    TAINT_UNVOUCHED, /* itself: no fact holds it */
    TAINT_OF_KIND,   /* its signal counts what no fact can vouch for: causes, comparisons, headings … */
    TAINT_RESTS,     /* a time, and no fact vouches for what is told of it */
    TAINT_PARTS,     /* too few of its steps, or not each of its lines, are vouched for */
    TAINT_AGAIN,     /* another one of its sentence earns, or it is the same once more */
};

typedef struct hit {
    text_range text; /* what was counted; an empty range for raw rules */
    span where;      /* source bytes */
    double amount;   /* contribution to the value, usually 1; 0 for repetitions of a distinct item */
    bool tainted;    /* earns nothing … */
    uint8_t why;     /* … enum hit_taint */
} hit;

typedef struct signal_value {
    double value; /* as measured */
    double paid;  /* what may earn points (equal to value without a taint) */
    hit *hits;
    uint32_t hit_count;
} signal_value;

/* What may earn. */
enum taint_mark {
    TAINT_UNPAID = 1,    /* no hit in it earns; the statistics of the prose can only fall by it */
    TAINT_UNCOUNTED = 2, /* a specific in it is unvouched: counts in the statistics only where it lowers them */
    TAINT_BESIDE = 4,    /* beside an unpaid place: the same */
    TAINT_BARE = 8       /* no fact vouches for anything in it: the statistics leave it out */
};

typedef struct taint {
    const uint8_t *sentences; /* [article.sentence_count] enum taint_mark */
    const uint8_t *blocks;    /* [article.block_count] TAINT_UNPAID: a list item, row, code block; TAINT_UNCOUNTED: code
                                 with a line that no fact vouches for */
    const text_range *vouched; /* [vouched_count] in order, none touching the next: outside, specifics earn nothing;
                                  NULL = they earn anywhere */
    size_t vouched_count;
    const text_range *vouchers; /* [voucher_count] the same of claims that vouch for what is told beside them */
    size_t voucher_count;
} taint;

typedef struct measurement {
    signal_value signals[SIGNAL_COUNT];
    uint32_t words;             /* of the body, by the ruleset's own definition */
    const uint32_t *first_said; /* [sentence_count] as repeats_find gives it; NULL under a raw ruler */
    match_table matches;        /* phrases and patterns of all rules, lints included: lints_run reads them */
} measurement;

/* Does the signal count what no fact can vouch for, a cause, a comparison, a heading, so that it pays nothing where a
 * manifest judges? */
bool signal_is_of_no_fact(enum signal_id id);

/* What a manifest changes in what the signal pays, as its page says it: "what is counted, and not paid: …". */
void signal_put_with_manifest(const ruleset *rules, enum signal_id id, buf *out);

/* Words of a sentence as sentence_burstiness counts them, a stretch of code as one, yet however many; 0 where it has no
 * part in that. Under a raw ruler, of any prose. */
uint32_t signal_sentence_words(const ruleset *rules, const article *art, uint32_t index);

/* Measures all 19 signals. `places` may be NULL. Everything lives in the arena. Errors: ERROR_MEMORY, ERROR_LIMIT (a
 * pattern met its match limit: never counted as "no match"). */
int signals_measure(arena *a, const ruleset *rules, const article *art, const token_list *tokens, const taint *places,
                    measurement *out, error *e);

/* Runs every lint that the style does not switch off and adds its findings (with the style's levels), sorted by place.
 * Parser issues (frontmatter, fence, NUL, UTF-8) come as findings too. */
int lints_run(arena *a, const ruleset *rules, const style *under, const article *art, const token_list *tokens,
              const measurement *measured, finding_list *findings, error *e);

#endif
