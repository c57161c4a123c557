/* version_places.c - which periods of a component's history had the release that is stated.
 *
 * In: a history, a release. Out: the periods, one after the other. Of a long history those of the releases asked last
 * are kept, since each claim asks several times and an article names few: it is read once a release, not once a claim.
 */
#include "facts/reading/reading.h"

enum { SHORT_HISTORY = 32, LISTS_KEPT = 64 };

typedef struct version_places {
    const manifest_version *of; /* NULL = none */
    str stated;
    VEC(uint32_t) periods;
} version_places;

version_places *version_places_make(arena *a) { return ARENA_ARRAY(a, version_places, LISTS_KEPT); }

static uint32_t next_by_reading(const manifest_version *v, str stated, uint32_t from) {
    while (from < v->history_count && !version_agrees(v, stated, v->history[from].version)) from++;
    return from;
}

/* The list of the release; NULL when memory is gone. */
static const version_places *list_of(const judge *j, const manifest_version *v, str stated) {
    version_places *x = &j->places[str_hash(stated) % LISTS_KEPT];
    if (x->of == v && str_eq(x->stated, stated)) return x;
    x->of = NULL;
    x->periods.n = 0;
    for (uint32_t i = next_by_reading(v, stated, 0); i < v->history_count; i = next_by_reading(v, stated, i + 1))
        if (!VEC_PUSH(j->a, &x->periods, i)) return NULL;
    x->of = v;
    x->stated = stated;
    return x;
}

uint32_t version_next_place(const judge *j, const manifest_version *v, str stated, uint32_t from) {
    const version_places *x = v->history_count > SHORT_HISTORY && j->places ? list_of(j, v, stated) : NULL;
    if (!x) return next_by_reading(v, stated, from);
    size_t a = 0, b = x->periods.n;
    while (a < b) {
        size_t middle = a + (b - a) / 2;
        if (x->periods.at[middle] < from)
            a = middle + 1;
        else
            b = middle;
    }
    return a < x->periods.n ? x->periods.at[a] : v->history_count;
}
