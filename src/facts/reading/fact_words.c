/* fact_words.c - what is said beside a fact's number when it is the fact that is spoken of.
 *
 * In: a fact of the index, a word, a heading. Out: whether the word or the entity is the fact's own. Asked by the
 * numbers that look for their fact and by the doubts that look for another.
 */
#include "facts/reading/reading.h"

bool fact_has_stem(const numeric_fact *f, uint64_t stem) {
    for (uint32_t i = 0; i < f->name_count; i++)
        for (uint32_t k = 0; k < f->names[i].n; k++)
            if (f->names[i].stems[k] == stem) return true;
    return false;
}

bool fact_has_condition_stem(const numeric_fact *f, uint64_t stem) {
    for (uint32_t i = 0; i < f->condition_count; i++)
        if (f->conditions[i].key == stem || f->conditions[i].last == stem) return true;
    return false;
}

bool fact_is_owned(const numeric_fact *f, uint32_t entity) {
    for (uint32_t i = 0; i < f->owner_count; i++)
        if (f->owners[i] == entity) return true;
    return false;
}

bool fact_shares_owner(const numeric_fact *f, const numeric_fact *g) {
    for (uint32_t i = 0; i < f->owner_count; i++)
        if (fact_is_owned(g, f->owners[i])) return true;
    return false;
}

name_stems name_stems_of(str name) {
    name_stems s = {.n = 0};
    uint32_t at = 0, lo, hi;
    while (s.n < COUNT_OF(s.at) && fact_word_next(name, &at, &lo, &hi))
        s.at[s.n++] = fact_stem(str_slice(name, (ptrdiff_t)lo, (ptrdiff_t)hi));
    return s;
}

uint32_t name_stems_find(const passage *p, const name_stems *name, uint32_t from, uint32_t end) {
    if (!name->n || !(p->stems & fact_stem_bit(name->at[0]))) return UINT32_MAX;
    for (uint32_t i = from; i + name->n <= p->word_count && i < end; i++) {
        uint32_t same = 0;
        while (same < name->n && p->words[i + same].stem == name->at[same]) same++;
        if (same == name->n) return i;
    }
    return UINT32_MAX;
}

uint32_t cell_line_entity(judge *j, uint32_t at) {
    if (at == PASSAGE_NONE) return MANIFEST_NONE;
    passage *p = &j->passages[at];
    uint32_t found = MANIFEST_NONE, count = 0;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h - p->hit_lo < 8; h++) {
        uint32_t entity = p->on->hits[h].inside >= 0 ? MANIFEST_NONE : hit_entity(j, &p->on->hits[h], -1);
        if (entity == MANIFEST_NONE || entity == found) continue;
        found = entity;
        count++;
    }
    passage_prepare(j, p);
    return count == 1 && p->word_count <= 4 ? found : MANIFEST_NONE;
}

bool dimension_is_common(enum unit_dimension d) {
    return d == DIM_TIME || d == DIM_DATA || d == DIM_COUNT || d == DIM_NONE || d == DIM_PERCENT || d == DIM_TOKENS ||
           d == DIM_RATIO;
}

bool fact_labels_item(const passage *p, const numeric_fact *f) {
    uint32_t words = 0, colon = p->text.lo;
    while (colon < p->text.hi && colon < p->text.lo + 40 && p->on->text.p[colon] != ':') colon++;
    if (!(p->flags & PASSAGE_IN_LIST) || colon == p->text.hi || p->on->text.p[colon] != ':') return false;
    for (; words < p->word_count && p->words[words].hi <= colon; words++)
        if (!fact_has_stem(f, p->words[words].stem)) return false;
    return words > 0;
}
