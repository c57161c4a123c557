/* taint.c - which places earn nothing, and which count only where that lowers the score.
 *
 * In: claims, loose numbers. Out: one byte a sentence and one a block. A sentence, list item, table row or code block
 * that carries a contradicted or an unverified credit-bearing specific which the operator has not waived, or a number
 * in no claim, is tainted; a sentence without a voucher is left out of the statistics, one with an unvouched specific
 * or claim can only lower them; a claim in the frontmatter taints no place of the body. A tainted row or item taints
 * the leaf blocks inside it, so that whoever asks by leaf gets the answer of the row.
 *
 *     "Practice helps. Our first drill took 412 s."     the first sentence was written for the sake of the second
 *
 * So what stands beside a tainted place is marked as well: the rest of its paragraph, list or table, the line that
 * leads into a figure (a list, a table, a block of code), the paragraph right behind one; a question before its answer.
 * What a fact vouches for stands for itself, except in a list or a table, which are read as one.
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
    const claim_list *claims;
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

/* ---- neighbours -------------------------------------------------------------------------------------------------- */

static bool is_figure(const block *b) {
    return b->kind == BLOCK_LIST || b->kind == BLOCK_TABLE || b->kind == BLOCK_CODE;
}

/* Is there a place that earns nothing? Code of which no fact vouches for a line is one. */
static bool is_tainted_inside(const places *all, uint32_t index) {
    const block *b = &all->art->blocks[index];
    if (b->kind == BLOCK_CODE && !claims_have_voucher(all->claims, b->text)) return true;
    for (uint32_t i = index; i < b->end; i++)
        if (all->blocks[i]) return true;
    for (uint32_t s = b->sentence_lo; s < b->sentence_hi; s++)
        if (all->sentences[s] & TAINT_UNPAID) return true;
    return false;
}

static void mark_beside(const places *all, uint32_t index) {
    const block *b = &all->art->blocks[index];
    for (uint32_t s = b->sentence_lo; s < b->sentence_hi; s++)
        if (is_figure(b) || !claims_have_voucher(all->claims, all->art->sentences[s].text))
            all->sentences[s] |= TAINT_BESIDE;
}

static bool leads_in(const article *art, uint32_t index) {
    const block *b = &art->blocks[index];
    return b->sentence_hi > b->sentence_lo && art->sentences[b->sentence_hi - 1].terminator == ':';
}

/* "<summary>Numbers</summary>", "<figcaption>": a line without a full stop, behind a tag. */
static bool is_caption(const article *art, uint32_t index) {
    const block *b = &art->blocks[index];
    return b->kind == BLOCK_PARAGRAPH && art->blocks[index - 1].kind == BLOCK_HTML && b->sentence_hi > b->sentence_lo &&
           art->sentences[b->sentence_hi - 1].terminator == 0;
}

/* From one whole block to the next, in the order of the text: paragraphs, lists with all that is in them, tables. */
static void mark_neighbours(const places *all) {
    const article *art = all->art;
    uint32_t before = 0, caption = 0; /* 0, the document: none */
    bool figure_before = false;
    for (uint32_t i = 1; i < art->block_count;) {
        const block *b = &art->blocks[i];
        bool figure = is_figure(b), whole = figure || b->kind == BLOCK_PARAGRAPH;
        bool tainted = whole && is_tainted_inside(all, i);
        if (tainted) mark_beside(all, i);
        if (tainted && figure && before && leads_in(art, before)) mark_beside(all, before);
        if (tainted && caption) mark_beside(all, caption); /* tags may stand between */
        if (figure_before && whole && !figure) mark_beside(all, i);
        if (whole) caption = is_caption(art, i) ? i : 0;
        before = whole ? i : 0;
        figure_before = tainted && figure;
        i = whole ? b->end : i + 1;
    }
}

bool facts_taint(const article *art, const claim_list *claims, uint8_t *sentences, uint8_t *blocks, taint *out) {
    const places all = {art, claims, sentences, blocks};
    if (!claims->vouching) return false;
    for (size_t i = 0; i < claims->n; i++)
        if (taints(&claims->at[i])) taint_place(&all, claims->at[i].sentence, claims->at[i].block);
    for (size_t i = 0; i < claims->loose.n; i++)
        taint_place(&all, claims->loose.at[i].sentence, claims->loose.at[i].block);
    for (uint32_t s = 0; s < art->sentence_count; s++)
        if (!claims_have_voucher(claims, art->sentences[s].text)) sentences[s] |= TAINT_BARE;
    for (size_t i = 0; i < claims->unvouched.n; i++) sentences[claims->unvouched.at[i].sentence] |= TAINT_UNCOUNTED;
    for (size_t i = 0; i < claims->n; i++)
        if (claims->at[i].verdict == VERDICT_UNVERIFIED && !claims->at[i].waived &&
            claims->at[i].sentence < art->sentence_count)
            sentences[claims->at[i].sentence] |= TAINT_UNCOUNTED;
    for (uint32_t s = 0; s + 1 < art->sentence_count; s++) /* a question goes with its answer */
        if (art->sentences[s].terminator == '?' && art->sentences[s].block == art->sentences[s + 1].block &&
            sentences[s + 1] & (TAINT_UNPAID | TAINT_UNCOUNTED))
            sentences[s] |= TAINT_BESIDE;
    mark_neighbours(&all);
    for (size_t i = 0; i < claims->lines.n; i++) blocks[claims->lines.at[i].block] |= TAINT_UNCOUNTED;
    static const text_range nothing = {0, 0};
    *out = (taint){.sentences = sentences,
                   .blocks = blocks,
                   .vouched = claims->vouched.n ? claims->vouched.at : &nothing,
                   .vouched_count = claims->vouched.n,
                   .vouchers = claims->vouchers.n ? claims->vouchers.at : &nothing,
                   .voucher_count = claims->vouchers.n};
    return true;
}
