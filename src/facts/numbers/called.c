/* called.c - facts that are meant though no name of theirs stands right beside the number.
 *
 *     "- `kettleness` with `av1_nvenc`: 141 fps"    an owner, a condition, and a rate of which the owner has one metric
 *     "| joules a token | 1.62 |"                   a derived fact's whole name, and nothing else, as the row's label
 *
 * In: a question and a fact. It judges nothing; contradict.c asks before it says that a name is missing.
 */
#include "facts/numbers/question.h"
#include "facts/reading/calendar.h"
#include "facts/reading/standing.h"

/* "`kettleness` with `av1_nvenc`: 141 fps": the owner and a condition are named, and all that the owner has in this
 * rate is of one metric. */
bool fact_by_case(const question *q, const scored *best) {
    const numeric_fact *f = &q->facts[best->fact];
    enum unit_dimension d = q->m.dimension;
    bool rate = d == DIM_EVENT_RATE || d == DIM_REQUEST_RATE || d == DIM_DATA_RATE || d == DIM_TOKEN_RATE;
    if (f->kind != FACT_BENCHMARK || !rate || best->condition < 0.3 || best->conflict || best->owner < 0.9 ||
        q->swapping)
        return false;
    for (uint32_t o = 0; o < f->owner_count; o++) {
        if (context_entity(&q->near, f->owners[o]) > REGION_LABEL) continue;
        uint32_t count;
        const uint32_t *owned = fact_index_owned(q->j->index, f->owners[o], &count);
        for (uint32_t i = 0; i < count && i < 128; i++) {
            const numeric_fact *other = &q->facts[owned[i]];
            if (other->kind != FACT_DERIVED && candidate_same_kind(q, other) && other->group != f->group) return false;
        }
    }
    return true;
}

/* "The Anvil has a bandwidth of 500 GB/s", "offers 500 GB/s of bandwidth": the last word of the attribute's name beside
 * the number, and its owner the subject, with no more than a verb of having between. */
bool fact_is_had(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t w = passage_word_before(p, q->t->text.lo), first, end;
    if (p->kind != PASSAGE_SENTENCE || f->kind != FACT_ATTR || w == UINT32_MAX) return false;
    bool named = false;
    uint32_t behind = standing_word_at(p, q->t->text.hi);
    while (word_in(p, behind, "of memory bandwidth")) behind++;
    if (word_in(p, behind, "in over to with through via on from per")) return false; /* "… in a copy test" */
    for (uint32_t i = w + 1; i < p->word_count && i < w + 6 && !named; i++)
        named = p->words[i].lo >= q->t->text.hi && word_in(p, i, "bandwidth") && word_in(p, i - 1, "of a");
    while (w > 0 && word_in(p, w, "a of about some bandwidth has offers")) {
        named = named || word_in(p, w, "bandwidth");
        w--;
    }
    if (!named || !fact_has_stem(f, fact_stem(STR("bandwidth")))) return false;
    passage_hit_window(p, p->words[w].lo, p->words[w].hi, &first, &end);
    for (uint32_t h = first; h < end; h++) {
        uint32_t begins = standing_word_at(p, p->on->hits[h].where.lo);
        if (begins > 1 || (begins == 1 && !word_in(p, 0, "the our my this"))) continue;
        uint32_t entity =
            p->on->hits[h].where.hi == p->words[w].hi ? hit_entity(q->j, &p->on->hits[h], -1) : MANIFEST_NONE;
        if (entity != MANIFEST_NONE && fact_is_owned(f, entity)) return true;
    }
    return false;
}

/* Is a derived fact called by a whole name of several words, as all that its row's label or
 * its column's header says: "| joules a token | 1.62 |"? */
bool fact_called_so(const question *q, const numeric_fact *f) {
    uint32_t around[2] = {q->p->label, q->p->column};
    if (q->p->kind != PASSAGE_CELL) return false;
    for (int side = 0; side < 2; side++) {
        if (around[side] == PASSAGE_NONE) continue;
        passage *x = &q->j->passages[around[side]];
        passage_prepare(q->j, x);
        for (uint32_t i = 0; i < f->name_count; i++) {
            uint32_t said = 0, other = 0;
            for (uint32_t w = 0; w < x->word_count && w < 12; w++) {
                bool mine = false;
                for (uint32_t k = 0; k < f->names[i].n; k++) mine = mine || f->names[i].stems[k] == x->words[w].stem;
                said += mine;
                other += !mine && !(x->words[w].cues & CUE_STOP);
            }
            if (said >= f->names[i].n && f->names[i].n > 1 && !other) return true;
        }
    }
    return false;
}

/* "| Monthly rent | 620 EUR |": money is paid by the month. */
static bool is_rhythm(const question *q, str said) {
    enum unit_dimension d = q->m.dimension;
    bool money = d == DIM_MONEY_EUR || d == DIM_MONEY_USD || d == DIM_MONEY_GBP || d == DIM_COST_RATE;
    return money && str_is_among(said, "monthly month");
}

/* "| p95 build, September 2026 | 21 min |": the month is the case in which it was measured. */
static bool is_its_month(const passage *label, uint32_t at, const numeric_fact *f) {
    calendar date;
    for (uint32_t i = 0; i < f->condition_count; i++)
        if (f->conditions[i].month && calendar_at(label, at, &date) && date.month == f->conditions[i].month &&
            (!date.year || date.year == f->conditions[i].year))
            return true;
    return false;
}

/* "| Draw at idle | 22 W |": the word is the name of the fact's own view. */
static bool is_its_view(const question *q, const numeric_fact *f, str said) {
    if (f->kind != FACT_ATTR) return false;
    const manifest_attr *attr = &q->j->m->attrs[f->index];
    for (uint32_t v = 0; v < attr->view_count; v++)
        if (&attr->views[v].fact == f->fact) return str_eq_nocase(said, attr->views[v].name);
    return false;
}

/* "| Weights on disk | 35 GB |": the heading's own noun is neither the fact's nor a word for its extent, and what the
 * fact is called stands behind a preposition. */
bool fact_is_behind_another_head(const question *q, const numeric_fact *f) {
    uint32_t around[2] = {q->p->label, q->p->column};
    bool behind = false;
    for (int side = 0; side < 2; side++) {
        if (around[side] == PASSAGE_NONE) continue;
        passage *x = &q->j->passages[around[side]];
        uint32_t at = 0;
        passage_prepare(q->j, x);
        for (uint32_t i = 1; i < x->word_count && i < 8 && !at; i++)
            if (word_in(x, i, "on in for from to with by under at inside")) at = i;
        for (uint32_t i = 0; i < x->word_count && i < 12; i++)
            if (fact_has_stem(f, x->words[i].stem)) {
                if (!at || i < at) return false; /* it is the heading's own noun */
                behind = true;
            }
        if (!at) continue;
        const pword *head = &x->words[at - 1];
        if (head->cues & CUE_STOP || fact_has_condition_stem(f, head->stem) || byte_is_digit(x->on->text.p[head->lo]) ||
            word_in(x, at - 1, "space room capacity size amount total sum"))
            return false;
    }
    return behind;
}

/* "| accelerator memory | 48 GB |", "| energy in thirty days |": a word of the label that the fact does not know, and
 * that no other name explains, makes it another thing's memory. */
bool fact_is_qualified(const question *q, const numeric_fact *f) {
    uint32_t around[2] = {q->p->label, q->p->column};
    for (int side = 0; side < 2; side++) {
        if (around[side] == PASSAGE_NONE) continue;
        passage *x = &q->j->passages[around[side]];
        bool named = false, other = false;
        passage_prepare(q->j, x);
        for (uint32_t i = 0; i < x->word_count && i < 12; i++) {
            const pword *w = &x->words[i];
            if (fact_has_stem(f, w->stem)) named = true;
            if (fact_has_stem(f, w->stem) || fact_has_condition_stem(f, w->stem) || w->cues & CUE_STOP) continue;
            str said = surface_slice(x->on, w->lo, w->hi);
            bool known = unit_parse(said, true) != UNIT_NONE || byte_is_digit(said.p[0]) || is_rhythm(q, said) ||
                         is_its_month(x, i, f) || is_its_view(q, f, said);
            for (uint32_t h = x->hit_lo; h < x->hit_hi && h - x->hit_lo < 8 && !known; h++)
                known = x->on->hits[h].where.lo <= w->lo && x->on->hits[h].where.hi >= w->hi;
            other = other || !known;
        }
        /* "energy in 30 days": of a period, which the fact does not speak of */
        for (uint32_t i = x->token_lo; i < x->token_hi && i - x->token_lo < 8 && f->dimension != DIM_TIME; i++)
            other = other ||
                    (x->on->tokens[i].kind == TOKEN_QUANTITY && unit_get(x->on->tokens[i].unit)->dimension == DIM_TIME);
        if (named && other) return true;
    }
    return false;
}
