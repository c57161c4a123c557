/* measure_triples.c - unordered lists of exactly three parallel bullets.
 *
 *     - **Batch 1:** 100 W          three items of one shape: each one paragraph, all or none with a bold label, all or
 *     - **Batch 4:** 130 W          none with a full stop, none far longer than the shortest
 *     - **Batch 8:** 149 W
 *
 * In: blocks and sentences. Out: hits. The first is free. Where a manifest judges, none is fined: whatever is written
 * below a list of three, invented or not, would break it up and save the fine.
 */
#include "signals/measure.h"

typedef struct bullet_shape {
    uint32_t items, least_words, most_words;
    uint32_t labelled, stopped; /* items with a bold label, with closing punctuation */
} bullet_shape;

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

static bool is_triple(const article *art, uint32_t list, uint32_t wanted) {
    bullet_shape shape = {0};
    for (uint32_t item = list + 1; item < art->blocks[list].end; item = art->blocks[item].end)
        if (shape.items == wanted || !add_item(art, item, &shape)) return false;
    return shape.items == wanted && is_parallel(&shape);
}

int measure_triple_bullets(measuring *m, const signal_rule *rule, tally *t) {
    uint32_t wanted = (uint32_t)rule_param_number(rule->params, rule->param_count, "items", 3);
    uint32_t found = 0;
    if (wanted == 0) return ERROR_NONE;
    for (uint32_t i = 0; i < m->art->block_count; i++) {
        const block *b = &m->art->blocks[i];
        if (b->kind != BLOCK_LIST || (b->flags & (BLOCK_ORDERED | BLOCK_IN_QUOTE))) continue;
        if (!is_triple(m->art, i, wanted)) continue;
        int status = tally_add(m, t, b->text, BLOCK_NONE, i, (str){NULL, 0});
        if (status) return status;
        t->at[t->n - 1].where = b->where;
        t->at[t->n - 1].amount = found++ > 0;
    }
    t->stated = true;
    t->value = found ? found - 1 : 0;
    t->paid = m->places ? 0 : t->value;
    return ERROR_NONE;
}
