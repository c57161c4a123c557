/* taint.c - which places earn nothing.
 *
 * In: claims, loose numbers. Out: one byte a sentence and one a block. A sentence, list item, table row or code block
 * that carries a contradicted or an unverified credit-bearing specific which the operator has not waived, or a number
 * in no claim, is tainted; a sentence with an unvouched specific is left out of the statistics; a claim in the
 * frontmatter taints no place of the body. A tainted row or item taints the leaf blocks inside it, so that whoever asks
 * by leaf gets the answer of the row.
 */
#include "facts/claim.h"
#include "signals/signals.h"

static bool taints(const claim *c) {
    return c->credit_bearing && !c->waived && (c->verdict == VERDICT_CONTRADICTED || c->verdict == VERDICT_UNVERIFIED);
}

/* The block that earns as one: the row of a cell, the item of a list, the code block, else the leaf's own sentence. */
static uint32_t whole_of(const article *art, uint32_t leaf) {
    if (art->blocks[leaf].kind == BLOCK_CODE) return leaf;
    uint32_t row = article_ancestor(art, leaf, BLOCK_ROW);
    return row != BLOCK_NONE ? row : article_ancestor(art, leaf, BLOCK_ITEM);
}

typedef struct places {
    const article *art;
    uint8_t *sentences, *blocks;
} places;

static void taint_place(const places *all, uint32_t of_sentence, uint32_t of_block) {
    const article *art = all->art;
    if (of_sentence != BLOCK_NONE && of_sentence < art->sentence_count) all->sentences[of_sentence] = TAINT_UNPAID;
    if (of_block == BLOCK_NONE || of_block >= art->block_count) return;
    uint32_t whole = whole_of(art, of_block);
    if (whole == BLOCK_NONE || all->blocks[whole]) return;
    for (uint32_t b = whole; b < art->blocks[whole].end; b++) all->blocks[b] = TAINT_UNPAID;
    for (uint32_t s = art->blocks[whole].sentence_lo; s < art->blocks[whole].sentence_hi; s++)
        all->sentences[s] = TAINT_UNPAID;
}

bool facts_taint(const article *art, const claim_list *claims, uint8_t *sentences, uint8_t *blocks, taint *out) {
    const places all = {art, sentences, blocks};
    if (!claims->vouching) return false;
    for (size_t i = 0; i < claims->n; i++)
        if (taints(&claims->at[i])) taint_place(&all, claims->at[i].sentence, claims->at[i].block);
    for (size_t i = 0; i < claims->loose.n; i++)
        taint_place(&all, claims->loose.at[i].sentence, claims->loose.at[i].block);
    for (size_t i = 0; i < claims->unvouched.n; i++) sentences[claims->unvouched.at[i]] |= TAINT_UNCOUNTED;
    static const text_range nothing = {0, 0};
    *out = (taint){sentences, blocks, claims->vouched.n ? claims->vouched.at : &nothing, claims->vouched.n};
    return true;
}
