/* sampler.c - see sampler.h.
 *
 *     scan: every token above the floor (best / 2^53, or min-p) ─► candidates, at most k by a heap whose root is the
 * worst a heap whose root is the best then gives them in order, until k, p or the end
 *
 * Invariant: sums run over candidates in falling order, so nothing depends on how they were found. Cost a token: one
 * pass over the vocabulary; a sort only of what top-p must look at.
 */
#include "lm/sampler.h"

#include <math.h>
#include <stdlib.h>

struct candidate {
    float value;
    uint32_t token;
};

struct sampler {
    struct sampler_options o;
    uint32_t vocabulary;
    uint64_t state[4];
    float *logits;            /* [vocabulary] with penalties */
    uint16_t *counts;         /* [vocabulary] zero between calls */
    struct candidate *pool;   /* [vocabulary] */
    struct candidate *chosen; /* [vocabulary] by falling value */
};

struct sampler_options sampler_defaults(void) {
    return (struct sampler_options){.temperature = 0.7f, .top_k = 40, .top_p = 0.95f, .min_p = 0.05f, .repetition = 1};
}

int sampler_check(const struct sampler_options *o, error *e) {
    if (!(o->temperature >= 0 && o->temperature <= 100))
        return error_set(e, ERROR_USAGE, "temperature %g: 0 to 100 can be", (double)o->temperature);
    if (!(o->top_p > 0 && o->top_p <= 1))
        return error_set(e, ERROR_USAGE, "top-p %g: above 0, up to 1 can be", (double)o->top_p);
    if (!(o->min_p >= 0 && o->min_p <= 1))
        return error_set(e, ERROR_USAGE, "min-p %g: 0 to 1 can be", (double)o->min_p);
    if (!(o->repetition > 0 && o->repetition <= 100))
        return error_set(e, ERROR_USAGE, "repetition penalty %g: above 0, up to 100 can be; 1 is none",
                         (double)o->repetition);
    if (!(fabsf(o->presence) <= 100) || !(fabsf(o->frequency) <= 100))
        return error_set(e, ERROR_USAGE, "presence %g and frequency penalty %g: -100 to 100 can be",
                         (double)o->presence, (double)o->frequency);
    return 0;
}

static uint64_t rotate_left(uint64_t x, int k) { return x << k | x >> (64 - k); }
static uint64_t draw_bits(sampler *s) {
    uint64_t *x = s->state, result = rotate_left(x[1] * 5, 7) * 9, t = x[1] << 17;
    x[2] ^= x[0];
    x[3] ^= x[1];
    x[1] ^= x[2];
    x[0] ^= x[3];
    x[2] ^= t;
    x[3] = rotate_left(x[3], 45);
    return result;
}

void sampler_seed(sampler *s, uint64_t seed) {
    s->o.seed = seed;
    for (int i = 0; i < 4; i++) {
        uint64_t z = seed += 0x9e3779b97f4a7c15u;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        s->state[i] = z ^ (z >> 31);
    }
}

int sampler_new(const struct sampler_options *o, uint32_t vocabulary, sampler **out, error *e) {
    *out = NULL;
    int bad = sampler_check(o, e);
    if (bad) return bad;
    if (vocabulary == 0) return error_set(e, ERROR_USAGE, "a vocabulary of no tokens");
    sampler *s = calloc(1, sizeof *s);
    if (s) {
        s->o = *o;
        s->vocabulary = vocabulary;
        s->logits = malloc((size_t)vocabulary * sizeof *s->logits);
        s->counts = calloc(vocabulary, sizeof *s->counts);
        s->pool = malloc((size_t)vocabulary * sizeof *s->pool);
        s->chosen = malloc((size_t)vocabulary * sizeof *s->chosen);
    }
    if (!s || !s->logits || !s->counts || !s->pool || !s->chosen) {
        sampler_free(s);
        return error_set(e, ERROR_MEMORY, "no memory for a sampler over %u tokens", vocabulary);
    }
    sampler_seed(s, o->seed);
    *out = s;
    return 0;
}

void sampler_free(sampler *s) {
    if (!s) return;
    free(s->logits);
    free(s->counts);
    free(s->pool);
    free(s->chosen);
    free(s);
}

/* ---- candidates ------------------------------------------------------------------------------------------------- */

static bool better(struct candidate a, struct candidate b) {
    return a.value > b.value || (a.value == b.value && a.token < b.token);
}

/* Restores a heap whose root is the best (or, with `worst_first`, the worst) below `at`. */
static void sift(struct candidate *c, uint32_t count, uint32_t at, bool worst_first) {
    struct candidate moving = c[at];
    for (uint32_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && better(c[child + 1], c[child]) != worst_first) child++;
        if (better(c[child], moving) == worst_first) break;
        c[at] = c[child];
    }
    c[at] = moving;
}

/* Tokens worth looking at, in no order: those above `floor`; of these the `most` best. */
static uint32_t scan(sampler *s, const float *logits, float floor, uint32_t most) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->vocabulary; i++) {
        struct candidate c = {logits[i], i};
        if (!(c.value >= floor)) continue; /* NaN goes here too */
        if (n < most) {
            s->pool[n++] = c;
            if (n == most && most < s->vocabulary)
                for (uint32_t k = n / 2; k-- > 0;) sift(s->pool, n, k, true);
        } else if (better(c, s->pool[0])) {
            s->pool[0] = c;
            sift(s->pool, n, 0, true);
        }
    }
    return n;
}

static struct candidate pop_best(struct candidate *c, uint32_t *count) {
    struct candidate best = c[0];
    c[0] = c[--*count];
    if (*count) sift(c, *count, 0, false);
    return best;
}

static bool allowed(const struct sampler_constraint *c, uint32_t token) {
    return !c || c->allows(c->context, token, c->bytes(c->context, token));
}

/* The best allowed ones by falling value into s->chosen, at most `wanted`; `pool` is a heap already. */
static uint32_t choose(sampler *s, uint32_t pool, uint32_t wanted, const struct sampler_constraint *constraint) {
    uint32_t n = 0;
    while (pool && n < wanted) {
        struct candidate c = pop_best(s->pool, &pool);
        if (allowed(constraint, c.token)) s->chosen[n++] = c;
    }
    return n;
}

/* Candidates by falling value into s->chosen. */
static uint32_t gather(sampler *s, const float *logits, const struct sampler_constraint *constraint) {
    const bool greedy = s->o.temperature == 0;
    uint32_t wanted = greedy ? 1 : s->o.top_k && s->o.top_k < s->vocabulary ? s->o.top_k : s->vocabulary;
    float best = -INFINITY, floor = -INFINITY;
    for (uint32_t i = 0; i < s->vocabulary; i++)
        if (logits[i] > best) best = logits[i];
    if (best == -INFINITY) return 0;
    if (!greedy && !constraint)
        floor = best - s->o.temperature * 36.8f; /* ln 2^53; under a constraint the best may be refused */
    uint32_t most = constraint && wanted < s->vocabulary - 64 ? wanted + 64 : wanted;
    uint32_t pool = scan(s, logits, fmaxf(floor, -3.4e38f), most), n;
    for (uint32_t k = pool / 2; k-- > 0;) sift(s->pool, pool, k, false);
    bool all = pool < most || most == s->vocabulary;
    n = choose(s, pool, wanted, constraint);
    if (n < wanted && constraint && !all) { /* too many were refused: look at every token */
        pool = scan(s, logits, -3.4e38f, s->vocabulary);
        for (uint32_t k = pool / 2; k-- > 0;) sift(s->pool, pool, k, false);
        n = choose(s, pool, wanted, constraint);
    }
    return n;
}

/* Draws from s->chosen [count], by falling value. */
static int draw(sampler *s, uint32_t count, uint32_t *token, error *e) {
    if (count == 0)
        return error_set(e, ERROR_LIMIT,
                         "no token can come next: the constraint refuses all, or the model gave no numbers");
    if (s->o.temperature == 0) {
        *token = s->chosen[0].token;
        return 0;
    }
    const double best = (double)s->chosen[0].value, T = (double)s->o.temperature;
    double total = 0, kept = 0;
    for (uint32_t i = 0; i < count; i++) total += exp(((double)s->chosen[i].value - best) / T);
    uint32_t n = 0;
    while (n < count) {
        double p = exp(((double)s->chosen[n].value - best) / T);
        if (n > 0 && (p < (double)s->o.min_p || kept >= (double)s->o.top_p * total)) break;
        kept += p;
        n++;
    }
    double at = (double)(draw_bits(s) >> 11) * 0x1p-53 * kept;
    for (uint32_t i = 0; i < n; i++) {
        *token = s->chosen[i].token;
        at -= exp(((double)s->chosen[i].value - best) / T);
        if (at < 0) break;
    }
    return 0;
}

static const float *penalise(sampler *s, const float *logits, const uint32_t *text, uint32_t length) {
    if (s->o.repetition == 1 && s->o.presence == 0 && s->o.frequency == 0) return logits;
    uint32_t from = s->o.window && s->o.window < length ? length - s->o.window : 0;
    memcpy(s->logits, logits, (size_t)s->vocabulary * sizeof *logits);
    for (uint32_t i = from; i < length; i++)
        if (text[i] < s->vocabulary && s->counts[text[i]] < UINT16_MAX) s->counts[text[i]]++;
    for (uint32_t i = from; i < length; i++) {
        uint32_t t = text[i];
        if (t >= s->vocabulary || !s->counts[t]) continue;
        float x = s->logits[t] > 0 ? s->logits[t] / s->o.repetition : s->logits[t] * s->o.repetition;
        s->logits[t] = x - s->o.presence - (float)s->counts[t] * s->o.frequency;
        s->counts[t] = 0;
    }
    return s->logits;
}

int sampler_pick(sampler *s, const float *logits, const uint32_t *text, uint32_t length,
                 const struct sampler_constraint *constraint, uint32_t *token, error *e) {
    return draw(s, gather(s, penalise(s, logits, text, length), constraint), token, e);
}

uint32_t sampler_top_needed(const sampler *s) {
    if (s->o.repetition != 1 || s->o.presence != 0 || s->o.frequency != 0) return 0;
    if (s->o.temperature == 0) return 1;
    return s->o.top_k < s->vocabulary ? s->o.top_k : s->vocabulary;
}

int sampler_pick_top(sampler *s, const int32_t *tokens, const float *values, uint32_t count, uint32_t *token,
                     error *e) {
    uint32_t needed = sampler_top_needed(s), n = 0;
    if (!needed || count < needed)
        return error_set(e, ERROR_USAGE, "%u of the best tokens are not enough for this sampler", count);
    for (uint32_t i = 0; i < needed; i++) {
        if (!(values[i] > -INFINITY) ||
            (i > 0 && values[i] < values[0] - s->o.temperature * 36.8f && s->o.temperature > 0))
            continue;
        s->chosen[n++] = (struct candidate){values[i], (uint32_t)tokens[i]};
    }
    return draw(s, n, token, e);
}
