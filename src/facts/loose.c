/* loose.c - the numbers that nothing vouches for.
 *
 *     tokens of the body ─ those inside a claim ─ innocent ones ──► loose numbers, in the order of the text
 *
 * A claim is what assay could read; a false number that it could not read ("`nconnect=8` raises that to 1.62") would
 * pay like a true one. So a number, a version or a port that stands in no claim at all is loose: it is no accusation,
 * has no verdict and fails nothing, but the place it stands in earns nothing, as with an unverified claim. Innocent are
 * numbers that state no measurement: small counts ("two of the three"), years, and what a command line is given.
 */
#include "facts/judge.h"

enum {
    COUNTED_ON_FINGERS = 12, /* whole numbers up to here are how English counts and enumerates */
    FIRST_YEAR = 1900,
    LAST_YEAR = 2099
};

static bool is_whole_in(const token *t, int64_t lo, int64_t hi) {
    return t->value.valid && t->value.scale == 0 && t->value.digits >= lo && t->value.digits <= hi;
}

static bool is_specific(const token *t) {
    switch (t->kind) {
    case TOKEN_VERSION:
    case TOKEN_IMAGE:
    case TOKEN_PORT: return true;
    case TOKEN_QUANTITY: return t->value.valid && !(t->flags & TOKEN_COUNTED && is_whole_in(t, 0, COUNTED_ON_FINGERS));
    case TOKEN_NUMBER:
        return t->value.valid && !is_whole_in(t, 0, COUNTED_ON_FINGERS) &&
               !(t->core.hi - t->core.lo == 4 && is_whole_in(t, FIRST_YEAR, LAST_YEAR));
    default: return false;
    }
}

/* The number of a name: "the 3090", where "RTX 3090" is a name. `*hit` walks on with the tokens. */
static bool is_named(const surface *body, const token *t, uint32_t *hit) {
    while (*hit < body->hit_count && body->hits[*hit].where.hi <= t->text.lo) ++*hit;
    return *hit < body->hit_count && body->hits[*hit].where.lo <= t->text.lo && body->hits[*hit].where.hi >= t->text.hi;
}

/* A claim that is unverified and bears no credit says nothing for its number, unless it states none: what might be,
 * what the reader is to do and what somebody else said earn as text. */
static bool vouches(const claim *c) {
    bool states = c->stance == STANCE_ASSERTED || c->stance == STANCE_NEGATED || c->stance == STANCE_HISTORICAL;
    return !(states && c->verdict == VERDICT_UNVERIFIED && !c->credit_bearing);
}

/* Claims and tokens both stand in the order of the text; claims may overlap each other. */
bool judge_loose(judge *j) {
    const surface *body = &j->surfaces[0];
    uint8_t *vouched = ARENA_ARRAY(j->a, uint8_t, body->token_count);
    if (!vouched) return false;
    for (size_t i = 0; i < j->claims->n; i++) {
        const claim *c = &j->claims->at[i];
        if (c->text.lo == c->text.hi || !vouches(c)) continue; /* empty: of the frontmatter */
        uint32_t lo = 0, hi = body->token_count;
        while (lo < hi) { /* the first token that ends behind the claim's beginning */
            uint32_t mid = lo + (hi - lo) / 2;
            if (body->tokens[mid].text.hi <= c->text.lo)
                lo = mid + 1;
            else
                hi = mid;
        }
        for (; lo < body->token_count && body->tokens[lo].text.lo < c->text.hi; lo++) vouched[lo] = 1;
    }
    for (uint32_t i = 0; i < j->passage_count; i++) {
        const passage *p = &j->passages[i];
        if (p->on != body || p->flags & PASSAGE_PROMPT) continue;
        uint32_t hit = p->hit_lo;
        for (uint32_t k = p->token_lo; k < p->token_hi; k++) {
            const token *t = &body->tokens[k];
            if (vouched[k] || !is_specific(t) || is_named(body, t, &hit)) continue;
            loose_number number = {.text = t->text,
                                   .where = surface_source(j, body, t->text.lo, t->text.hi),
                                   .quote = surface_slice(body, t->text.lo, t->text.hi),
                                   .sentence = p->sentence,
                                   .block = p->block};
            if (!VEC_PUSH(j->a, &j->claims->loose, number)) return false;
        }
    }
    return true;
}
