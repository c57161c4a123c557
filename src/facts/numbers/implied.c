/* implied.c - which nouns do the verbs of a clause say?
 *
 *     "draws 47 W"               power            "I paid 640 euros for it"     price
 *     "every 15 s"               interval         "answers a ping in 6 ms"      round trip
 *     "34 ms away"               round trip       "at most 4 GB may be sent"    limit
 *     "the 95th percentile"      p95
 *
 * In: a question. Out: q->implied, stems of nouns that are as good as said in the clause: names of attributes and
 * metrics consist of nouns, and prose states them by verbs. A verb says its noun only of its own sort of number.
 */
#include "facts/numbers/question.h"
#include "facts/reading/standing.h"

/* Verbs that say the noun of an attribute or a metric. */
enum sort { ANY_SORT, OF_TIME, OF_MONEY, OF_POWER, OF_TEMPERATURE, OF_RATE, OF_SHARE };

static const struct {
    const char *verbs, *nouns;
    enum sort sort; /* of what: "every 15 s" is a duration */
} implications[] = {{"every", "interval period", OF_TIME},
                    {"keep keeps kept retain retains retained", "retention", OF_TIME},
                    {"answers answer responds respond", "latency response", OF_TIME},
                    {"lasts last lasted survives survive", "runtime endurance", OF_TIME},
                    {"forgets forget expires expire", "retention", OF_TIME},
                    {"ping pings pinged", "round trip ping rtt", OF_TIME},
                    {"cost costs", "price cost rent", ANY_SORT},
                    {"pay pays paid buy buys bought spent bill bills invoice", "price cost rent", OF_MONEY},
                    {"weigh weighs", "size weight", ANY_SORT},
                    {"draws draw pulls idles", "power draw", ANY_SORT},
                    {"takes take took needs need uses use used costs cost wall", "power draw", OF_POWER},
                    {"moves move", "bandwidth", OF_RATE},
                    {"scores score reaches", "accuracy score", OF_SHARE},
                    {"holds hold stores", "capacity stored", ANY_SORT}};

static bool is_of_sort(const question *q, enum sort sort) {
    enum unit_dimension d = q->m.dimension;
    switch (sort) {
    case OF_TIME: return d == DIM_TIME;
    case OF_MONEY: return d == DIM_MONEY_EUR || d == DIM_MONEY_USD || d == DIM_MONEY_GBP;
    case OF_POWER: return d == DIM_POWER;
    case OF_TEMPERATURE: return d == DIM_TEMPERATURE;
    case OF_RATE: return d == DIM_DATA_RATE;
    case OF_SHARE: return d == DIM_PERCENT;
    default: return true;
    }
}

/* Is the word part of a number with its unit? */
static bool is_in_quantity(const passage *p, const pword *w) {
    uint32_t a = p->token_lo, b = p->token_hi;
    while (a < b) {
        uint32_t middle = a + (b - a) / 2;
        if (p->on->tokens[middle].text.hi <= w->lo)
            a = middle + 1;
        else
            b = middle;
    }
    return a < p->token_hi && p->on->tokens[a].kind == TOKEN_QUANTITY && p->on->tokens[a].text.lo <= w->lo;
}

/* "144 GB of unified memory at 512 GB/s", "its memory runs at 237 GB/s": a rate of data at which a noun works is its
 * bandwidth; what is read into memory at a rate is not. */
static bool is_rate_of_noun(const question *q) {
    const passage *p = q->p;
    uint32_t noun;
    if (q->m.dimension != DIM_DATA_RATE || p->kind == PASSAGE_CODE) return false;
    uint32_t at = standing_word_over(p, q->t->text.lo);
    for (noun = at;
         noun > 0 && at - noun < 4 &&
         word_in(p, noun - 1, "at with about around roughly some runs run running works working clocked that");)
        noun--;
    if (noun == at || noun == 0 || !word_in(p, at - 1, "at with about around roughly some")) return false;
    for (uint32_t i = noun - 1; i > 0 && noun - i < 4; i--)
        if (word_in(p, i - 1,
                    "into to from in out off through over reads read loads load writes write copies copy sends "
                    "send pulls pull fetches fetch downloads streams arrives arrive"))
            return false;
    return true;
}

/* "34 ms away", "6 ms from the house": the time that a packet takes there and back. */
static void imply_distance(question *q) {
    static const char *const nouns[] = {"round", "trip", "ping", "rtt", "latency"};
    const passage *p = q->p;
    str behind = surface_slice(p->on, q->t->text.hi, p->text.hi);
    bool away = str_starts(behind, STR(" away")) || str_starts(behind, STR(" from here")) ||
                str_starts(behind, STR(" from the house")) || str_starts(behind, STR(" from the office"));
    if (q->m.dimension != DIM_TIME || q->m.value >= 2 || !away) return;
    for (size_t i = 0; i < COUNT_OF(nouns) && q->implied_count < IMPLIED_LIMIT; i++)
        q->implied[q->implied_count++] = fact_stem(str_from_cstr(nouns[i]));
}

bool figure_is_tariff(const question *q) {
    static const char *const per[] = {" per kilowatt", " a kilowatt", " per kWh", " a kWh", "/kWh", " the kilowatt"};
    str behind = surface_slice(q->p->on, q->t->text.hi, q->p->text.hi);
    for (size_t i = 0; i < COUNT_OF(per) && is_of_sort(q, OF_MONEY); i++)
        if (str_starts(behind, str_from_cstr(per[i]))) return true;
    return false;
}

bool figure_is_permitted(const passage *p, const token *t, clause_range clause) {
    uint32_t may = UINT32_MAX, first = UINT32_MAX;
    bool bound = t->bound == BOUND_MAX;
    if (!(p->marks & MARK_MAY)) return false;
    for (uint32_t i = 0; i < p->word_count && p->words[i].lo < clause.hi && p->kind == PASSAGE_SENTENCE; i++) {
        if (p->words[i].lo < clause.lo) continue;
        if (first == UINT32_MAX) first = i;
        if (word_in(p, i, "would could might should will perhaps maybe")) return false;
        if (word_is(p, i, "may") && may == UINT32_MAX) may = i;
        bound = bound || (word_is(p, i, "at") && word_is(p, i + 1, "most"));
    }
    if (may == UINT32_MAX) return false;
    return bound || (word_in(p, first, "a an each every") && may - first < 4);
}

/* "takes 38 W idle, 118 W with one stream and 161 W with four": an item of a list goes on with its verb. */
static bool follows_a_comma(const question *q) {
    str before = str_trim(surface_slice(q->p->on, q->p->text.lo, q->t->text.lo));
    return str_ends(before, STR(",")) || str_ends(before, STR(" and"));
}

/* "a 95th percentile of 140 ms": p95. */
static void imply_percentile(question *q) {
    static const struct {
        const char *said, *name;
    } ranks[] = {{"50th", "p50"}, {"75th", "p75"}, {"90th", "p90"}, {"95th", "p95"}, {"99th", "p99"}};
    const passage *p = q->p;
    uint32_t first, end;
    passage_window(p, q->near.clause.lo, q->t->text.hi, &first, &end);
    for (uint32_t i = first; i + 1 < end && q->implied_count < IMPLIED_LIMIT; i++)
        for (size_t k = 0; k < COUNT_OF(ranks) && p->words[i].lo >= q->near.clause.lo; k++)
            if (word_is(p, i, ranks[k].said) && word_is(p, i + 1, "percentile"))
                q->implied[q->implied_count++] = fact_stem(str_from_cstr(ranks[k].name));
}

void find_implied(question *q) {
    const passage *p = q->p;
    uint32_t first, end;
    clause_range part = stance_part(p, q->t->text.lo, q->t->text.hi);
    passage_window(p, part.lo, q->t->text.hi, &first, &end);
    bool listed = (is_of_sort(q, OF_POWER) || is_of_sort(q, OF_MONEY)) && follows_a_comma(q);
    for (uint32_t i = first; i < end && p->words[i].hi <= q->t->text.lo; i++) {
        bool here = p->words[i].lo >= q->near.clause.lo;
        if (!(here || (listed && p->words[i].lo >= part.lo)) || p->words[i].hi - p->words[i].lo > 8) continue;
        for (size_t k = 0; k < COUNT_OF(implications); k++) {
            if (!is_of_sort(q, implications[k].sort)) continue;
            if (k == 0 && q->t->text.lo - p->words[i].hi > 1) continue; /* "every 15 s", nothing between */
            if (!word_list_may_hold(implications[k].verbs, p->words[i].stem) || !word_in(p, i, implications[k].verbs))
                continue;
            if (k > 0 && i > first && is_in_quantity(p, &p->words[i - 1])) continue; /* "a million tokens cost" */
            str rest = str_from_cstr(implications[k].nouns), term;
            while (str_cut(&rest, ' ', &term))
                if (q->implied_count < IMPLIED_LIMIT) q->implied[q->implied_count++] = fact_stem(term);
        }
    }
    imply_distance(q);
    if (is_of_sort(q, OF_TIME)) imply_percentile(q);
    if (is_of_sort(q, OF_POWER) && str_starts(surface_slice(p->on, q->t->text.hi, p->text.hi), STR(" at the wall")))
        for (size_t i = 0; i < 2 && q->implied_count < IMPLIED_LIMIT; i++) /* "I measured 910 W at the wall" */
            q->implied[q->implied_count++] = fact_stem(i ? STR("draw") : STR("power"));
    if (is_rate_of_noun(q) && q->implied_count < IMPLIED_LIMIT)
        q->implied[q->implied_count++] = fact_stem(STR("bandwidth"));
    static const char *const nouns[] = {"tariff", "electricity", "price"};
    for (size_t i = 0; i < COUNT_OF(nouns) && figure_is_tariff(q) && q->implied_count < IMPLIED_LIMIT; i++)
        q->implied[q->implied_count++] = fact_stem(str_from_cstr(nouns[i]));
    static const char *const bounds[] = {"limit", "quota", "max", "maximum"};
    bool permitted = figure_is_permitted(p, q->t, q->near.clause);
    for (size_t i = 0; i < COUNT_OF(bounds) && permitted && q->implied_count < IMPLIED_LIMIT; i++)
        q->implied[q->implied_count++] = fact_stem(str_from_cstr(bounds[i]));
    if (unit_get(q->t->unit)->dimension == DIM_COST_RATE && q->implied_count < IMPLIED_LIMIT) {
        str unit = surface_slice(p->on, q->t->text.lo, q->t->text.hi);
        if (str_find(unit, STR("month"), 0) >= 0) q->implied[q->implied_count++] = fact_stem(STR("monthly"));
        if (q->implied_count < IMPLIED_LIMIT) q->implied[q->implied_count++] = fact_stem(STR("cost"));
        if (q->implied_count < IMPLIED_LIMIT) q->implied[q->implied_count++] = fact_stem(STR("price"));
    }
}

bool question_implies(const question *q, uint64_t stem) {
    for (uint32_t i = 0; i < q->implied_count; i++)
        if (q->implied[i] == stem) return true;
    return false;
}
