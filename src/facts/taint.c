/* taint.c - which places earn nothing.
 *
 * In: claims. Out: one byte a sentence and one a block. A sentence, list item, table row or code block that carries a
 * contradicted or an unverified credit-bearing specific which the operator has not waived is tainted; a claim in the
 * frontmatter taints no place of the body. A tainted row or item taints the leaf blocks inside it, so that whoever asks
 * by leaf gets the answer of the row.
 */
#include "facts/claim.h"

static bool taints(const claim *c) {
    return c->credit_bearing && !c->waived && (c->verdict == VERDICT_CONTRADICTED || c->verdict == VERDICT_UNVERIFIED);
}

/* The block that earns as one: the row of a cell, the item of a list, the code block, else the leaf's own sentence. */
static uint32_t whole_of(const article *art, uint32_t leaf) {
    if (art->blocks[leaf].kind == BLOCK_CODE) return leaf;
    uint32_t row = article_ancestor(art, leaf, BLOCK_ROW);
    return row != BLOCK_NONE ? row : article_ancestor(art, leaf, BLOCK_ITEM);
}

size_t facts_taint(const article *art, const claim_list *claims, uint8_t *sentences, uint8_t *blocks) {
    size_t count = 0;
    for (size_t i = 0; i < claims->n; i++) {
        const claim *c = &claims->at[i];
        if (!taints(c)) continue;
        count++;
        if (c->sentence != BLOCK_NONE && c->sentence < art->sentence_count) sentences[c->sentence] = 1;
        if (c->block == BLOCK_NONE || c->block >= art->block_count) continue;
        uint32_t whole = whole_of(art, c->block);
        if (whole == BLOCK_NONE || blocks[whole]) continue;
        blocks[whole] = 1;
        for (uint32_t b = whole; b < art->blocks[whole].end; b++) blocks[b] = 1;
        for (uint32_t s = art->blocks[whole].sentence_lo; s < art->blocks[whole].sentence_hi; s++) sentences[s] = 1;
    }
    return count;
}
