/* slips.c - the number of a fact with its point or its unit in the wrong place.
 *
 *     "at 2,730 GB/s", "at 27.3 GB/s"          of 273 GB/s, ten to a thousand times too much or too little
 *     "273 Gb/s", "273 GiB/s", "273 MB/s"      the same number of another unit
 *
 * In: a question. Out: the facts whose digits these are. The other rules need the fact's name beside the number; here
 * the digits are the name: three significant digits that are not round meet by chance once in hundreds of numbers. Two
 * meet more often, so that a word of the fact's name or its owner must be near as well; of round numbers and powers of
 * two only the number in another unit says anything, and only beside a name. "0.89 kW" is no slip of 8.9 W: who moves
 * the point keeps the unit.
 *
 *     "takes 88 MB of memory"                  of 128 GB: no slip, and so far off that another thing is meant
 */
#include "facts/numbers/question.h"

#include <math.h>

/* Of 311 invented figures in studied drafts that were contradicted (tests/facts/drafts), 300 were within eight times
 * what the manifest says, four beyond were really meant of it; of 14 honest figures contradicted wrongly nine were
 * beyond. */
#define FAR_OFF 8.2
#define FAR_IN_COUNTS 16.0 /* a club's 41 members, said to be 500 */
#define FAR_AT_MOST 100.0
#define FAR_BELOW_IN_TIME 60.0 /* 25 min, said to be "under a minute" */
/* A part is less than the whole: of 173 invented sizes of memory and disks three are below a quarter of the declared
 * one, of 18 honest amounts of data that were contradicted wrongly thirteen. */
#define FAR_BELOW_IN_DATA 4.1

/* Ten, a hundred or a thousand times, either way, in the same unit; or the same number of another unit. */
static bool is_slip(const question *q, const numeric_fact *f) {
    double ratio = decimal_to_f64(q->t->value) / decimal_to_f64(f->quantity->number);
    text_range unit = q->t->unit_text; /* a column's stands elsewhere, and may say no more than "billions" */
    bool beside = unit.lo < unit.hi && unit.lo >= q->t->text.lo && unit.hi <= q->t->text.hi;
    if (f->unit != q->t->unit) return beside && fabs(ratio - 1) < 1e-9;
    static const double powers[] = {10, 100, 1000};
    for (size_t i = 0; i < COUNT_OF(powers); i++)
        if (fabs(ratio / powers[i] - 1) < 1e-6 || fabs(ratio * powers[i] - 1) < 1e-6) return true;
    return false;
}

/* "3 h 12 min" is no number of minutes whose point could be moved. */
static bool is_of_one_part(const question *q) {
    str text = surface_slice(q->p->on, q->t->text.lo, q->t->text.hi);
    bool unit = false;
    for (ptrdiff_t i = 0; i < text.n; i++) {
        if (byte_is_digit(text.p[i]) && unit) return false;
        unit = unit || byte_is_alpha(text.p[i]);
    }
    return true;
}

void ask_by_slip(question *q, scored *(*score)(question *, uint32_t)) {
    uint32_t count;
    if (q->m.interval || q->change || q->bare || q->code_size || !q->t->value.valid || q->t->value.digits <= 0) return;
    const uint32_t *found = fact_index_digits(q->j->index, q->m.dimension, q->t->value, &count);
    for (uint32_t k = 0; k < count && k < 64; k++) {
        const numeric_fact *f = &q->facts[found[k]];
        if (!candidate_same_kind(q, f) || (q->m.dimension == DIM_COUNT && f->noun != q->m.noun)) continue;
        if (candidate_agrees(q, f) || !is_slip(q, f) || !is_of_one_part(q)) continue;
        scored *s = score(q, found[k]);
        if (s) s->slip = true;
    }
}

/* Two digits or more that are neither round nor a power of two: as many as tell a number from others. Memory comes in
 * eights: 24, 48, 96 say nothing. */
static int telling_digits(int64_t n, enum unit_dimension dimension) {
    while (n && n % 10 == 0) n /= 10;
    bool eights = dimension == DIM_DATA && n < 100 && n % 8 == 0;
    bool round = n < 10 || eights || (n & (n - 1)) == 0 || (n >= 100 && n % 25 == 0);
    return round ? 0 : n >= 100 ? 3 : 2;
}

/* GB, GiB, Gb, Gib: written for one another. Not GB for TB, or hours for milliseconds. */
static bool is_confusable(unit_id a, unit_id b) {
    double ratio = unit_get(a)->factor / unit_get(b)->factor;
    bool data = unit_get(a)->dimension == DIM_DATA || unit_get(a)->dimension == DIM_DATA_RATE;
    return data && a != b && ratio > 1 / 9.0 && ratio < 9;
}

static int64_t without_zeros(int64_t n) {
    while (n && n % 10 == 0) n /= 10;
    return n;
}

/* "Memory of the Spark: 12 GB", "the Spark's memory is 12 GB", "it has a memory of 12 GB": the fact's name before the
 * number, and no more between them than its owner. */
static bool is_stated_of_name(const question *q, const numeric_fact *f, uint32_t before) {
    const passage *p = q->p;
    uint32_t at = q->t->text.lo;
    while (at > p->text.lo && p->on->text.p[at - 1] == ' ') at--;
    bool colon = at > p->text.lo && p->on->text.p[at - 1] == ':';
    if (!colon && !(before && word_in(p, before - 1, "is are of"))) return false;
    for (uint32_t i = before; i-- > 0 && before - i < 7;)
        if (fact_has_stem(f, p->words[i].stem)) return true;
    return false;
}

/* "The Spark has 12 GB of memory": an owner before a verb of having, and the fact's own name behind the number; or the
 * name is what is stated. */
static bool is_said_outright(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t before, after;
    bool named = false, owned = false;
    if (p->kind != PASSAGE_SENTENCE) return false;
    question_words_around(q, &before, &after);
    for (uint32_t i = after; i < p->word_count && i < after + 4 && question_in_clause(q, i) && !named; i++)
        named = fact_has_stem(f, p->words[i].stem);
    for (uint32_t o = 0; o < f->owner_count && !owned; o++)
        owned = context_entity(&q->near, f->owners[o]) <= (word_in(p, 0, "that this it") ? REGION_LEAD : REGION_CLAUSE);
    for (uint32_t i = before; owned && named && i-- > 0 && before - i < 4;)
        if (p->words[i].cues & CUE_HAVE || word_in(p, i, "with is")) return true;
    for (uint32_t o = 0; o < f->owner_count && !owned; o++)
        owned = context_entity(&q->near, f->owners[o]) <= REGION_SENTENCE;
    return owned && is_stated_of_name(q, f, before);
}

bool figure_is_out_of_scale(const question *q, const numeric_fact *f) {
    if (q->m.dimension != f->dimension || !f->quantity || f->base <= 0 || q->m.value <= 0) return false;
    double ratio = q->m.value / f->base, above = FAR_OFF, below = FAR_OFF;
    bool prose = q->p->kind == PASSAGE_SENTENCE && !(q->p->flags & PASSAGE_IN_LIST); /* a list says what there is */
    if (q->m.dimension == DIM_COUNT) above = below = FAR_IN_COUNTS;
    if (q->m.dimension == DIM_TIME) below = FAR_BELOW_IN_TIME;
    if (q->m.dimension == DIM_DATA && prose) below = FAR_BELOW_IN_DATA;
    if (ratio <= above && ratio >= 1 / below) return false;
    if (without_zeros(q->t->value.digits) == without_zeros(f->quantity->number.digits)) return false;
    return ratio > FAR_AT_MOST || ratio < 1 / FAR_AT_MOST || !is_said_outright(q, f);
}

bool slip_is_sure(const question *q, const scored *s) {
    const numeric_fact *f = &q->facts[s->fact];
    int digits = telling_digits(q->t->value.digits, q->m.dimension);
    if (s->conflict || (s->owner < 0.75 && figure_begins_anew(q, f))) return false;
    if (digits >= 3) return s->owner >= 0.29;
    if (f->unit != q->t->unit && !is_confusable(f->unit, q->t->unit)) return false;
    if (digits == 2) return (s->owner >= 0.59 && s->name >= 0.3) || (s->owner >= 0.29 && s->name >= 0.5);
    return f->unit != q->t->unit && s->name >= 0.5 && s->owner >= 0.59;
}
