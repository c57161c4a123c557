/* held_text.c - the parts of the body that claims of one sort hold.
 *
 *     claims, in any order, overlapping ──► ranges in order, none touching the next ──► asked by bisection
 */
#include "facts/credit/held_text.h"

#include <stdlib.h>

static int compare_ranges(const void *left, const void *right) {
    const text_range *x = left, *y = right;
    return (x->lo > y->lo) - (x->lo < y->lo);
}

bool held_text_make(judge *j, held_sort sort, held_text *held) {
    uint32_t end = (uint32_t)j->surfaces[0].text.n, n = 0;
    *held = (held_text){ARENA_ARRAY(j->a, text_range, j->claims->n), 0};
    if (!held->at) return false;
    for (size_t i = 0; i < j->claims->n; i++) {
        const claim *c = &j->claims->at[i];
        if (c->text.lo >= c->text.hi || c->text.hi > end || !sort(c)) continue; /* empty: of the frontmatter */
        held->at[n++] = c->text;
    }
    if (n) qsort(held->at, n, sizeof *held->at, compare_ranges);
    for (uint32_t i = 0; i < n; i++) {
        text_range *last = held->n ? &held->at[held->n - 1] : NULL;
        if (!last || held->at[i].lo > last->hi)
            held->at[held->n++] = held->at[i];
        else if (held->at[i].hi > last->hi)
            last->hi = held->at[i].hi;
    }
    return true;
}

bool held_text_covers(const held_text *held, uint32_t lo, uint32_t hi) {
    uint32_t a = 0, b = held->n;
    while (a < b) { /* the first that ends behind `lo` */
        uint32_t middle = a + (b - a) / 2;
        if (held->at[middle].hi <= lo)
            a = middle + 1;
        else
            b = middle;
    }
    return a < held->n && held->at[a].lo < hi;
}
