/* doubt_beginning.c - what ran in the beginning, of what has a declared history.
 *
 *     "kestrel in its first week, still with DGX OS 7.2.3"     a day of the beginning
 *     "Out of the box: DGX OS 7.2.3, driver 580.82.09"         as it was delivered: for every version of the sentence
 *     "kestrel arrived with DGX OS 7.2.3 and driver 580.82.09"
 *     "The first benchmark of kestrel is of vLLM 0.11.2"       the first of what was done with it
 *
 * In: a scene. Out: the doubt, or NULL. Only a version that the history holds is true of the beginning; "kestrel still
 * runs DGX OS 7.2.3" is of today.
 */
#include "facts/verdicts/doubt.h"

static bool is_history(const scene *s) {
    const manifest_version *v = &s->j->m->entities[s->entity].version;
    return version_next_place(s->j, v, s->c->normal, 0) < v->history_count;
}

static bool is_beginning(const passage *p, uint32_t i) {
    if (doubt_word(p, i, "first"))
        return doubt_word(
            p, i + 1,
            "week weeks weekend evening day days night nights morning boot month months hour hours start "
            "install installation benchmark benchmarks measurement measurements run runs test tests draft "
            "drafts article post batch numbers figures results screenshot photo backup");
    if (doubt_word(p, i, "day")) return doubt_word(p, i + 1, "one zero");
    if (doubt_word(p, i, "out")) return doubt_word(p, i + 1, "of") && doubt_word(p, i + 3, "box");
    if (doubt_word(p, i, "from")) return doubt_word(p, i + 1, "the") && doubt_word(p, i + 2, "factory");
    if (doubt_word(p, i, "as freshly newly just"))
        return doubt_word(p, i + 1, "delivered shipped bought sold unpacked unboxed received");
    if (doubt_word(p, i, "arrived came shipped delivered sold unboxed landed"))
        return doubt_word(p, i + 1, "with") ||
               (i > 1 && doubt_word(p, i - 1, "it") && doubt_word(p, i - 2, "day that when week evening"));
    return false;
}

const char *doubt_of_beginning(const scene *s) {
    const passage *p = s->p;
    bool began = false;
    if (s->entity == MANIFEST_NONE || !is_history(s)) return NULL;
    for (uint32_t i = s->first; i < s->end; i++) {
        if (p->words[i].lo < s->part.lo || p->words[i].hi > s->part.hi) continue;
        if (doubt_word(p, i, "today now currently")) return NULL;
        if (doubt_word(p, i, "still") && doubt_word(p, i + 1, "runs run uses use has is on")) return NULL;
        began = began || is_beginning(p, i);
    }
    if (began) OBJECT(s->j, "it is said of the beginning");
    return NULL;
}
