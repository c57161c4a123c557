/* sampler.h - from logits to the next token.
 *
 *     logits ─ penalties ─ constraint ─ / temperature ─ top-k ─ top-p ─ min-p ─ draw
 *
 * Same logits, same seed: same token, on every machine and for any number of threads. The generator is xoshiro256**
 * (Blackman & Vigna 2018), seeded by splitmix64. Ties go to the lower token. A token 2^53 times less likely than the
 * best one is never drawn: the draw has 53 bits.
 */
#ifndef ASSAY_LM_SAMPLER_H
#define ASSAY_LM_SAMPLER_H

#include "base/error.h"

struct sampler_options {
    float temperature; /* 0 = greedy: the best token, no draw */
    uint32_t top_k;    /* only the k best; 0 = all */
    float top_p;       /* only the best whose probabilities first sum to p (Holtzman et al. 2020); 1 = all */
    float min_p;       /* only those at least min_p times as likely as the best (Nguyen et al. 2024); 0 = all */
    float repetition;  /* tokens already in the text: logit / r where positive, * r where not (Keskar et al. 2019); 1 =
                          off */
    float presence;    /* … minus this; 0 = off */
    float frequency;   /* … minus this times the number of times; 0 = off */
    uint32_t window;   /* how many of the last tokens count as already in the text; 0 = all */
    uint64_t seed;
};

/* The default: temperature 0.7, top-k 40, top-p 0.95, min-p 0.05, no penalties, seed 0. */
struct sampler_options sampler_defaults(void);
/* ERROR_USAGE that names the option, when one makes no sense (negative, not a number, top_p above 1 …). */
int sampler_check(const struct sampler_options *o, error *e);

/* What may come next, judged by bytes: the place where rules about the text sit. `bytes` gives a token's text; `allows`
 * is asked about the most likely tokens first, and only about as many as are needed. Tokens that end the text have no
 * bytes. */
struct sampler_constraint {
    void *context;
    str (*bytes)(void *context, uint32_t token);
    bool (*allows)(void *context, uint32_t token, str bytes);
};

typedef struct sampler sampler;
/* A sampler for one text over `vocabulary` tokens; checks the options. */
int sampler_new(const struct sampler_options *o, uint32_t vocabulary, sampler **out, error *e);
void sampler_free(sampler *s); /* NULL is allowed */
/* Begins again with a seed, as if new. */
void sampler_seed(sampler *s, uint64_t seed);

/* The next token after `text` [length] (only read for penalties). `constraint` may be NULL. ERROR_LIMIT when no token
 * is left: the constraint refused all, or no logit is a number. */
int sampler_pick(sampler *s, const float *logits, const uint32_t *text, uint32_t length,
                 const struct sampler_constraint *constraint, uint32_t *token, error *e);
/* How many of the best tokens are enough for sampler_pick_top; 0 when all logits are needed (no top-k, or penalties).
 */
uint32_t sampler_top_needed(const sampler *s);
/* The same from the `count` >= sampler_top_needed best, by falling value, as engine_top gives them. */
int sampler_pick_top(sampler *s, const int32_t *tokens, const float *values, uint32_t count, uint32_t *token, error *e);

#endif
