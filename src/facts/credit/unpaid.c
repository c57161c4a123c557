/* unpaid.c - why a place earns nothing, for whoever wonders at a score.
 *
 * In: the claims, loose numbers, unvouched sentences and lines of an article; a place. Out: the first of these in the
 * place's sentence or in the item, row or block that earns as one with it. A claim goes before a number in none, that
 * before what no claim is about.
 */
#include "facts/claim.h"

typedef struct region {
    uint32_t sentence, block; /* BLOCK_NONE = none */
} region;

static region region_of(const article *art, text_range at) {
    region r = {article_sentence_at(art, at.lo), BLOCK_NONE};
    uint32_t leaf = article_block_at(art, at.lo);
    if (leaf == BLOCK_NONE) return r;
    uint32_t row = article_ancestor(art, leaf, BLOCK_ROW);
    r.block = row != BLOCK_NONE ? row : article_ancestor(art, leaf, BLOCK_ITEM);
    if (r.block == BLOCK_NONE && art->blocks[leaf].kind == BLOCK_CODE) r.block = leaf;
    return r;
}

static bool holds(const article *art, region r, uint32_t in_sentence, uint32_t in_block) {
    if (in_sentence != BLOCK_NONE && in_sentence == r.sentence) return true;
    return r.block != BLOCK_NONE && in_block != BLOCK_NONE && in_block >= r.block &&
           in_block < art->blocks[r.block].end;
}

unpaid claims_why_unpaid(const article *art, const claim_list *claims, text_range at, bool alone) {
    region r = region_of(art, at);
    for (size_t i = 0; i < claims->n; i++) {
        const claim *c = &claims->at[i];
        bool doubtful = c->verdict == VERDICT_CONTRADICTED || c->verdict == VERDICT_UNVERIFIED;
        if (doubtful && !c->waived && holds(art, r, c->sentence, c->block))
            return (unpaid){UNPAID_CLAIM, c->verdict, c->where};
    }
    for (size_t i = 0; i < claims->loose.n; i++)
        if (holds(art, r, claims->loose.at[i].sentence, claims->loose.at[i].block))
            return (unpaid){.reason = UNPAID_LOOSE, .where = claims->loose.at[i].where};
    for (size_t i = 0; i < claims->unvouched.n && r.sentence != BLOCK_NONE; i++) {
        const unvouched_sentence *u = &claims->unvouched.at[i];
        if (u->sentence != r.sentence) continue;
        return (unpaid){.reason = UNPAID_SPECIFIC, .where = article_source_span(art, u->at)};
    }
    for (size_t i = 0; i < claims->lines.n && r.block != BLOCK_NONE; i++)
        if (claims->lines.at[i].block == r.block)
            return (unpaid){.reason = UNPAID_LINE, .where = article_source_span(art, claims->lines.at[i].at)};
    return (unpaid){.reason = alone ? UNPAID_ITSELF : UNPAID_UNKNOWN};
}
