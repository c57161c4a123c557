/* loose.c - the numbers that nothing vouches for.
 *
 *     tokens of the body ─ those inside a claim ─ innocent ones ──► loose numbers, in the order of the text
 *
 * A claim is what assay could read; a false number that it could not read ("`nconnect=8` raises that to 1.62") would
 * pay like a true one. So a number, a version or a port that stands in no claim at all is loose: it is no accusation,
 * has no verdict and fails nothing, but the place it stands in earns nothing, as with an unverified claim. Innocent are
 * numbers that state no measurement: small counts ("two of the three"), years, and what a command line is given.
 */
#include "facts/credit/held_text.h"
#include "facts/credit/loose.h"

#include <stdlib.h>

enum {
    COUNTED_ON_FINGERS = 12, /* whole numbers up to here are how English counts and enumerates */
    FIRST_YEAR = 1900,
    LAST_YEAR = 2099
};

static bool is_whole_in(const token *t, int64_t lo, int64_t hi) {
    return t->value.valid && t->value.scale == 0 && t->value.digits >= lo && t->value.digits <= hi;
}

/* "quay has it on 2022": no year stands there. */
static bool is_address(const passage *p, const token *t) {
    str before = str_trim(surface_slice(p->on, p->text.lo, t->text.lo));
    return str_ends(before, STR(" on")) || str_ends(before, STR(" port")) || str_ends(before, STR("="));
}

static bool is_specific(const passage *p, const token *t) {
    if (t->value.valid && t->value.digits == 0) return false; /* "0 %", "0B": nothing was measured */
    switch (t->kind) {
    case TOKEN_VERSION:
    case TOKEN_IMAGE:
    case TOKEN_PORT: return true;
    case TOKEN_QUANTITY: return t->value.valid && !(t->flags & TOKEN_COUNTED && is_whole_in(t, 0, COUNTED_ON_FINGERS));
    case TOKEN_NUMBER:
        return t->value.valid && !is_whole_in(t, 0, COUNTED_ON_FINGERS) &&
               !(t->core.hi - t->core.lo == 4 && is_whole_in(t, FIRST_YEAR, LAST_YEAR) && !is_address(p, t));
    default: return false;
    }
}

/* May loose_is_time_or_name be true of it? */
static bool is_of_time_or_name(const token *t) {
    return t->kind == TOKEN_DATE || t->kind == TOKEN_TIME || t->kind == TOKEN_IDENT || t->kind == TOKEN_ORDINAL;
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

static bool add_loose(judge *j, const passage *p, uint32_t lo, uint32_t hi) {
    loose_number number = {.text = {lo, hi},
                           .where = surface_source(j, p->on, lo, hi),
                           .quote = surface_slice(p->on, lo, hi),
                           .sentence = p->sentence,
                           .block = p->block};
    return VEC_PUSH(j->a, &j->claims->loose, number);
}

static bool find_rhythms(judge *j, passage *p, const held_text *held) {
    if (p->kind != PASSAGE_SENTENCE) return true;
    passage_prepare(j, p);
    if (!(p->marks & MARK_SHARE) && !(p->cues & CUE_CADENCE)) return true;
    for (uint32_t i = 0; i < p->word_count; i++) {
        uint32_t end = loose_rhythm(j, p, i);
        if (!end) continue;
        uint32_t lo = p->words[i].lo, hi = p->words[end - 1].hi;
        if (!held_text_covers(held, lo, hi) && !add_loose(j, p, lo, hi)) return false;
        i = end - 1;
    }
    return true;
}

static int compare_places(const void *left, const void *right) {
    const loose_number *x = left, *y = right;
    return (x->text.lo > y->text.lo) - (x->text.lo < y->text.lo);
}

bool judge_loose(judge *j) {
    const surface *body = &j->surfaces[0];
    held_text held;
    if (!held_text_make(j, vouches, &held)) return false;
    for (uint32_t i = 0; i < j->passage_count; i++) {
        passage *p = &j->passages[i];
        if (p->on != body || p->flags & PASSAGE_PROMPT) continue;
        uint32_t hit = p->hit_lo;
        if (!find_rhythms(j, p, &held)) return false;
        for (uint32_t k = p->token_lo; k < p->token_hi; k++) {
            const token *t = &body->tokens[k];
            bool specific = is_specific(p, t);
            if (!specific && !is_of_time_or_name(t)) continue;
            if (held_text_covers(&held, t->text.lo, t->text.hi) || is_named(body, t, &hit)) continue;
            if (!specific && !loose_is_time_or_name(j, p, t)) continue;
            if (!add_loose(j, p, t->text.lo, t->text.hi)) return false;
        }
    }
    size_t n = j->claims->loose.n;
    if (n) qsort(j->claims->loose.at, n, sizeof *j->claims->loose.at, compare_places);
    return true;
}
