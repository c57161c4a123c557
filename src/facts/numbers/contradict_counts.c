/* contradict_counts.c - what a percentage, a bare number or a count must say of itself before it may be contradicted.
 *
 *     "6,144 CUDA cores", "192 tensor cores"     cores of another sort
 *     "four drafts and a coffee"                 some of them
 *     "368 drafts in 92 nights"                  a span of time, no count
 *
 * In: a question and the fact that disagrees. Out: why it may not contradict the number, or NULL. Such numbers say
 * little of themselves: whole names or the counted noun must be there. Units of measure are for contradict.c.
 */
#include "facts/numbers/question.h"
#include "facts/reading/standing.h"
#include "facts/verdicts/weighing.h"

/* Is the attribute called by the noun itself: replicas, workers? "count" and its like name nothing. */
static bool is_named_so(const question *q, const numeric_fact *f) {
    bool so = false, had = q->p->kind == PASSAGE_CELL;
    const passage *p = q->p;
    uint32_t first, end, at;
    passage_window(p, q->t->text.lo, q->t->text.hi, &first, &end);
    for (at = first; at < end && p->words[at].hi <= q->t->text.lo;) at++;
    had = had || (at > first && word_in(p, at - 1, "has have")) ||
          (at > first + 1 && word_in(p, at - 1, "with") &&
           p->words[at - 2].cues & CUE_PART); /* "a server with 36 drives" */
    for (uint32_t i = 0; i < f->name_count; i++)
        so = so || ((i == 0 || had) && f->names[i].n == 1 && f->names[i].stems[0] == q->m.noun);
    if (f->kind != FACT_ATTR || !so) return false;
    return q->m.noun != fact_stem(STR("count")) && q->m.noun != fact_stem(STR("size")) &&
           q->m.noun != fact_stem(STR("number"));
}

/* "6,144 CUDA cores", "192 tensor cores": the noun has a name before it that neither the fact nor its owner knows. */
static bool is_of_another_sort(const question *q, const numeric_fact *f) {
    static const char sorts[] = "tensor shader ray rt stream";
    str unit = surface_slice(q->p->on, q->t->unit_text.lo, q->t->unit_text.hi), one, next;
    bool more = str_cut(&unit, ' ', &one);
    while (more && str_cut(&unit, ' ', &next)) {
        uint64_t stem = fact_stem(one);
        bool named = one.n > 1 && byte_is_alpha(one.p[0]) && (!(one.p[0] & 0x20) || str_is_among(one, sorts));
        bool known = fact_has_stem(f, stem) || str_is_among(one, "arm cpu"); /* "72 Arm cores" are cores */
        for (uint32_t o = 0; o < f->owner_count && !known; o++) {
            uint32_t count;
            const uint64_t *stems = fact_index_entity_stems(q->j->index, f->owners[o], &count);
            for (uint32_t k = 0; k < count && !known; k++) known = stems[k] == stem;
        }
        if (named && !known) return true;
        one = next;
    }
    return false;
}

/* "two boxes, the Anvil and the VPS": it counts what is listed behind it, and that is not of one sort. */
static bool counts_a_list(const question *q) {
    const passage *p = q->p;
    uint32_t first, end, at = q->t->text.hi;
    if (p->kind != PASSAGE_SENTENCE || at >= p->text.hi || !strchr(",:(", p->on->text.p[at])) return false;
    passage_hit_window(p, at, at, &first, &end);
    uint32_t next = standing_word_at(p, at);
    while (word_in(p, next, "the our my a an")) next++;
    for (uint32_t h = first; h < end && next < p->word_count; h++) { /* the first of them stands right behind it */
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.lo != p->words[next].lo || hit->inside >= 0) continue;
        uint32_t e = hit_entity(q->j, hit, -1);
        bool machine = e != MANIFEST_NONE &&
                       (q->j->m->entities[e].kind == ENTITY_HOST || q->j->m->entities[e].kind == ENTITY_HARDWARE);
        str behind = surface_slice(p->on, hit->where.hi, p->text.hi);
        if (machine && (str_starts(behind, STR(" and ")) || str_starts(behind, STR(", ")))) return true;
    }
    return false;
}

/* Percentages, bare numbers and counts say little of themselves: their whole name must be there. */
const char *objection_of_unit(const question *q, const scored *best) {
    const numeric_fact *f = &q->facts[best->fact];
    if (q->m.dimension == DIM_PERCENT || q->m.dimension == DIM_NONE) {
        bool full =
            best->name >= 0.95 &&
            (f->kind == FACT_ATTR || (q->m.dimension == DIM_PERCENT &&
                                      (fact_named_whole(q, f) || (best->owner >= 0.89 && best->condition >= 0.3))));
        if (!full) OBJECT(q->j, "its name is not there in full");
        return NULL;
    }
    if (q->m.dimension != DIM_COUNT) return NULL;
    if (counts_a_list(q)) OBJECT(q->j, "it counts what is listed behind it");
    str number = surface_slice(q->p->on, q->t->text.lo, q->t->text.hi);
    if (str_starts(number, STR("one")) || str_starts(number, STR("One")) || q->t->value.digits == 0)
        OBJECT(q->j, "it may be any one of them"); /* "one draft": any draft */
    bool few = q->t->flags & TOKEN_SPELLED && decimal_to_f64(q->t->value) <= 12 &&
               !(cue_of(q->j->cues, surface_slice(q->p->on, q->t->unit_text.lo, q->t->unit_text.hi)) & CUE_PART);
    if (few && f->kind == FACT_BENCHMARK && !fact_named_whole(q, f) && !fact_is_dated(q->p, f))
        OBJECT(q->j, "it counts some of them"); /* "four drafts and a coffee" */
    static const char *const periods[] = {"night", "day", "week", "month", "year", "hour", "weekday", "weekend"};
    bool period = false;
    for (size_t i = 0; i < COUNT_OF(periods); i++) period = period || q->m.noun == fact_stem(str_from_cstr(periods[i]));
    str before = str_trim(surface_slice(q->p->on, q->p->text.lo, q->t->text.lo));
    if (period && (str_ends(before, STR(" in")) || str_ends(before, STR(" over")) || str_ends(before, STR(" within"))))
        OBJECT(q->j, "it is a span of time"); /* "368 drafts in 92 nights" */
    if (owner_is_the_only_one(q, f)) return NULL;
    period = period && f->noun != q->m.noun; /* "drafts a night" is no count of nights */
    bool counted = f->noun == q->m.noun || (!period && fact_named_whole(q, f)) || is_named_so(q, f);
    if (!counted || is_of_another_sort(q, f)) OBJECT(q->j, "another thing is counted");
    return NULL;
}
