/* claim.h - what an article states about the world, and what became of it.
 *
 *     article + tokens + manifest ──► claims, each with subject, normal form, stance, verdict, proof
 */
#ifndef ASSAY_FACTS_CLAIM_H
#define ASSAY_FACTS_CLAIM_H

#include "article/article.h"
#include "lex/token.h"
#include "rules/finding.h"

enum claim_kind {
    CLAIM_VERSION,
    CLAIM_HARDWARE,
    CLAIM_QUANTITY,
    CLAIM_BENCHMARK,
    CLAIM_PLACE,
    CLAIM_HOST,
    CLAIM_PORT,
    CLAIM_SERVICE,
    CLAIM_PATH,
    CLAIM_PACKAGE,
    CLAIM_COMMAND, /* a program and its subcommand */
    CLAIM_FLAG,
    CLAIM_PROCESS,
    CLAIM_EXPOSES,
    CLAIM_TERMINAL,
    CLAIM_EXISTENCE,
    CLAIM_KIND_COUNT
};

enum stance {
    STANCE_ASSERTED,
    STANCE_NEGATED,
    STANCE_HYPOTHETICAL,
    STANCE_INSTRUCTION,
    STANCE_QUOTED,
    STANCE_HISTORICAL,
    STANCE_REQUIREMENT,
    STANCE_COUNT
};

enum verdict {
    VERDICT_SUPPORTED,
    VERDICT_UNDERSPECIFIED, /* supported, under-specified: right number, required conditions not stated */
    VERDICT_CONTRADICTED,
    VERDICT_UNVERIFIED,
    VERDICT_NOT_ABOUT_US,
    VERDICT_COUNT
};

typedef struct claim {
    enum claim_kind kind;
    enum stance stance; /* in an article that is not about the operation: asserted, it is not asked for */
    enum verdict verdict;
    text_range text;          /* in article.text; empty for frontmatter claims */
    span where;               /* source bytes */
    str quote;                /* the claim as it stands */
    str subject;              /* id of the entity, or the component as written; empty when none was found */
    str normal;               /* "= 12.5", "~ 70 tok/s", "10 .. 15 %" */
    str fact;                 /* id of the fact it was compared with: "cuda-toolkit.version"; empty when none */
    str says;                 /* what that fact says */
    str why;                  /* the comparison made, one line */
    uint32_t sentence, block; /* BLOCK_NONE where it stands in none */
    uint32_t passage;         /* the truth stage's own: index of the passage that it stands in */
    bool credit_bearing;      /* a specific that a positive signal would pay for: counts in the coverage and taints */
    bool plain;   /* of a contradicted figure: the words around it name whose it is, or it is the figure of another of
                     ours */
    bool voucher; /* supported, and vouches for what is told beside it (vouched.c) */
    bool struck;  /* in struck-through text: not asserted, judged by nothing */
    bool waived;
    bool known; /* not waived, and let stand because the baseline knows it: counted as waived, costing its points */
    str waiver_reason;
} claim;

typedef struct coverage {
    uint32_t claims;    /* credit-bearing claims about us */
    uint32_t supported; /* under-specified ones included */
    uint32_t contradicted, unverified;
    uint32_t waived; /* contradicted or unverified ones that the operator waived, or let stand in the baseline */
    uint32_t known;  /* of these, those that the baseline knows */
    uint32_t not_about_us;
} coverage;

/* The normal form as a sentence says it: "12.5" of "= 12.5"; "~ 70 tok/s" as it is. */
static inline str claim_value(const claim *c) {
    return str_starts(c->normal, STR("= ")) ? str_slice(c->normal, 2, c->normal.n) : c->normal;
}

/* A number, version or port in no claim: nothing vouches for it, and the place it stands in earns nothing. */
typedef struct loose_number {
    text_range text; /* in article.text */
    span where;      /* source bytes */
    str quote;
    uint32_t sentence, block; /* BLOCK_NONE where it stands in none */
} loose_number;

/* A sentence with a specific that no supported claim holds: it can only lower the statistics, whatever else is in it.
 */
enum unvouched_for { UNVOUCHED_NUMBER, UNVOUCHED_NAME };

typedef struct unvouched_sentence {
    uint32_t sentence;
    uint8_t what;  /* enum unvouched_for */
    text_range at; /* the number or name, in article.text */
} unvouched_sentence;

/* The first line of a block of code that no fact vouches for and that is no command. */
typedef struct unvouched_line {
    uint32_t block;
    text_range at; /* in article.text */
} unvouched_line;

typedef struct claim_list {
    claim *at;
    size_t n, capacity;
    coverage coverage;
    /* The rest only where a manifest judges an article about the operation, each in the order of the text: */
    bool vouching;
    uint32_t facts_told; /* different facts that claims of the body state and that agree: no denials */
    VEC(loose_number) loose;
    VEC(text_range) vouched;  /* what supported claims hold, and days and times that the manifest names; none touch */
    VEC(text_range) vouchers; /* of these, the claims that vouch for what is told beside them; none touch */
    VEC(unvouched_sentence) unvouched; /* sentences with a number or a name outside of it */
    VEC(unvouched_line) lines;         /* of blocks of code, the first such of each */
} claim_list;

struct manifest;
struct taint;

typedef struct facts_options {
    bool about_ours;     /* the operator's config says that this article is about the operation */
    bool untrusted;      /* nothing the article says about its own judging is honoured */
    const span *granted; /* [granted_count] places of unverified claims to take as supported: what if a fact were
                            declared that speaks of them? */
    size_t granted_count;
    struct weighing *weighing; /* NULL; or where every contradiction that is weighed is written down (benches) */
} facts_options;

/* Extracts and judges every claim. `manifest` may be NULL: then nothing binds and only the physics findings come. Adds
 * physics findings (and nothing else) to `findings`. Errors: ERROR_MEMORY, ERROR_LIMIT. */
int facts_judge(arena *a, const struct manifest *manifest, const article *art, const token_list *tokens,
                const facts_options *options, claim_list *claims, finding_list *findings, error *e);

/* What the signals may pay for (signals.h); false, and nothing written, where the claims say nothing of it: the article
 * is not about the operation, or there is no manifest. A sentence, list item, table row or code block earns nothing
 * that carries a contradicted or unverified credit-bearing claim that is not waived, or a loose number; sentences
 * without a voucher are not counted, unvouched ones and those with any unverified claim only where they lower; code
 * with an unvouched line is no block that counts; what stands beside a tainted place is marked. `sentences`
 * [article.sentence_count] and `blocks` [article.block_count] are zeroed by the caller and pointed at by `out`, as are
 * the claims. */
bool facts_taint(const article *art, const claim_list *claims, uint8_t *sentences, uint8_t *blocks, struct taint *out);

/* Does a fact hold a part of what stands there? Asked by bisection; false where nothing was judged. */
bool claims_vouch_for(const claim_list *claims, text_range at);
/* Does a claim stand there that vouches for what is told beside it? Neither a day nor a denial does. */
bool claims_have_voucher(const claim_list *claims, text_range at);

/* Why a place earns nothing (unpaid.c): what in its sentence, item, row or block stands for it. */
enum unpaid_reason {
    UNPAID_UNKNOWN,  /* it stands beside such a place, or in code without a line that is vouched for */
    UNPAID_CLAIM,    /* an unverified or contradicted claim */
    UNPAID_LOOSE,    /* a number in no claim */
    UNPAID_SPECIFIC, /* a number or name that no supported claim holds */
    UNPAID_LINE,     /* in code, a line that no fact vouches for */
    UNPAID_ITSELF    /* nothing else is wrong in its place: no fact vouches for it */
};

typedef struct unpaid {
    enum unpaid_reason reason;
    enum verdict verdict; /* of the claim */
    span where;           /* source bytes; empty = none to show */
} unpaid;

/* Of what stands at [at] and earns nothing: `alone` where that is a matter of the hit itself (TAINT_UNVOUCHED). */
unpaid claims_why_unpaid(const article *art, const claim_list *claims, text_range at, bool alone);

/* As reports say it: "version", "asserted", "contradicted". Static; "unknown" for a number that is none. */
const char *claim_kind_name(enum claim_kind kind);
const char *stance_name(enum stance stance);
const char *verdict_name(enum verdict verdict);

#endif
