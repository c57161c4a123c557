/* measure_triples.c - unordered lists of exactly three parallel bullets.
 *
 *     - **Batch 1:** 100 W          three items of one shape: each one paragraph, all or none with a bold label, all or
 *     - **Batch 4:** 130 W          none with a full stop, none far longer than the shortest
 *     - **Batch 8:** 149 W
 *       - 61 C after an hour        nobody vouches for it: no list is spared for the sake of such a line,
 *     - If you try, expect 200 W    nor of such an item
 *
 * In: blocks, sentences, and which of them hold what nothing vouches for. Out: hits, and how many lists are fined. An
 * item with unpaid content may be kept, dropped or trimmed, and a list is fined when any choice of these leaves a
 * triple of what is left and the other items. So no number or name that is invented can break a triple up or hide it.
 * The first is free.
 */
#include "signals/measure.h"

typedef struct bullet_shape {
    uint32_t items, least_words, most_words;
    uint32_t labelled, stopped; /* items with a bold label, with closing punctuation */
} bullet_shape;

static bool is_open(const measuring *m, uint32_t item) {
    const block *b = &m->art->blocks[item];
    if (measure_inside_tainted(m, item)) return true;
    for (uint32_t s = b->sentence_lo; s < b->sentence_hi; s++)
        if (sentence_is_uncounted(m, s)) return true;
    return false;
}

/* False where the item is more than a paragraph. */
static bool add_item(const article *art, uint32_t item, bullet_shape *shape) {
    uint32_t leaf = item + 1, words = 0;
    if (leaf >= art->blocks[item].end || art->blocks[leaf].kind != BLOCK_PARAGRAPH ||
        art->blocks[leaf].end != art->blocks[item].end)
        return false;
    const block *b = &art->blocks[leaf];
    for (uint32_t i = b->sentence_lo; i < b->sentence_hi; i++)
        words += art->sentences[i].word_hi - art->sentences[i].word_lo;
    if (shape->items == 0 || words < shape->least_words) shape->least_words = words;
    if (words > shape->most_words) shape->most_words = words;
    shape->items++;
    shape->labelled += b->run_lo < b->run_hi && (art->runs[b->run_lo].flags & RUN_STRONG);
    shape->stopped += b->sentence_lo < b->sentence_hi && art->sentences[b->sentence_hi - 1].terminator != 0;
    return true;
}

static bool is_parallel(const bullet_shape *x) {
    return (x->labelled == 0 || x->labelled == x->items) && (x->stopped == 0 || x->stopped == x->items) &&
           x->most_words <= x->least_words * 3 + 4;
}

/* Is the list a triple as it stands, or, with `choosing`, by some choice for its open items? */
static bool is_triple(const measuring *m, uint32_t list, uint32_t wanted, bool choosing) {
    const article *art = m->art;
    bullet_shape shape = {0};
    uint32_t open = 0;
    for (uint32_t item = list + 1; item < art->blocks[list].end; item = art->blocks[item].end) {
        if (choosing && is_open(m, item))
            open++;
        else if (shape.items == wanted || !add_item(art, item, &shape))
            return false;
    }
    return shape.items + open >= wanted && is_parallel(&shape);
}

int measure_triple_bullets(measuring *m, const signal_rule *rule, tally *t) {
    uint32_t wanted = (uint32_t)rule_param_number(rule->params, rule->param_count, "items", 3);
    uint32_t with = 0, fined = 0;
    if (wanted == 0) return ERROR_NONE;
    for (uint32_t i = 0; i < m->art->block_count; i++) {
        const block *b = &m->art->blocks[i];
        if (b->kind != BLOCK_LIST || (b->flags & (BLOCK_ORDERED | BLOCK_IN_QUOTE))) continue;
        bool triple = is_triple(m, i, wanted, false);
        fined += triple || is_triple(m, i, wanted, true);
        if (!triple) continue;
        int status = tally_add(m, t, b->text, BLOCK_NONE, i, (str){NULL, 0});
        if (status) return status;
        t->at[t->n - 1].where = b->where;
        t->at[t->n - 1].amount = with++ > 0;
    }
    t->stated = true;
    t->value = with ? with - 1 : 0;
    t->paid = fined ? fined - 1 : 0;
    return ERROR_NONE;
}
