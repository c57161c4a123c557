/* proof_opposites.c - does the clause say the opposite of what the fact is called by?
 *
 *     "bracken draws 742 W at idle"           which is power.load
 *     "the gate rejected 437 drafts"          which is drafts-passed
 *     "heron costs 5.40 EUR a year"           which is its monthly cost
 *     "the two cards have 24 GB together"     which is what each has
 *
 * In: a question, a fact that agrees. Out: whether the clause holds a word of another pole (idle and load, month and
 * year, each and together) than the fact's name or id does, and none of its own. An operator's ids say what they mean;
 * a clause with both words is left alone. A sum is proved only by a fact that is derived or called a total.
 */
#include "facts/numbers/proofs.h"

enum { POLES = 5, CLAUSE_WORDS = 48 };

static const char *const opposites[][POLES] = {
    {"idle idles idling asleep", "load loaded busy", "peak"},
    {"passed passes pass", "rejected rejects reject refused", "published publishes publish"},
    {"failed fails failing lost", "finished completed succeeded saved"},
    {"median p50", "p95 p99 percentile"},
    {"read reads reading", "write writes writing written"},
    {"cold", "warm hot"},
    {"upper top", "lower bottom"},
    {"hourly hourlies", "daily dailies", "weekly weeklies", "monthly monthlies", "yearly yearlies"},
    {"upload uploads", "download downloads"},
    {"mean average", "peak maximum"},
    {"used", "free"},
    {"each apiece", "both together total combined altogether"},
};

static bool is_called_by(const numeric_fact *f, const char *words) {
    str rest = str_from_cstr(words), one;
    while (str_cut(&rest, ' ', &one))
        if (fact_has_stem(f, fact_stem(one))) return true;
    str id = f->fact->id;
    for (ptrdiff_t lo = 0, hi; lo < id.n; lo = hi + 1) {
        for (hi = lo; hi < id.n && byte_is_alnum(id.p[hi]);) hi++;
        if (str_is_listed(str_slice(id, lo, hi), words, strlen(words))) return true;
    }
    return false;
}

/* "At batch 4 each stream gets 126 tok/s", which is what the four get together. */
static bool is_of_one_of_many(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    bool many = false, one = false;
    for (uint32_t i = 0; i < f->condition_count; i++)
        many = many || (f->conditions[i].is_number && f->conditions[i].value > 1);
    if (f->kind != FACT_BENCHMARK || !many || is_called_by(f, "stream streams user users request requests each"))
        return false;
    for (uint32_t i = 1; i < p->word_count && i < CLAUSE_WORDS; i++) {
        if (word_in(p, i, "total together altogether aggregate overall combined all both")) return false;
        if (!word_in(p, i, "stream streams user users")) continue;
        one = one || word_in(p, i - 1, "each per single every") ||
              (i > 2 && word_in(p, i - 3, "each") && word_is(p, i - 2, "of")) ||
              (i > 3 && word_in(p, i - 4, "each") && word_is(p, i - 3, "of"));
    }
    return one && q->m.dimension != DIM_TIME;
}

/* "The two cards have 24 GB together", which is what each of them has. Not "both engines together hold 92 GiB of the
 * 121": that word frames the clause or it says little of this number. */
static bool is_of_all_together(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    bool together = false, several = false;
    enum unit_dimension d = q->m.dimension;
    bool adds = d == DIM_DATA || d == DIM_POWER || d == DIM_MONEY_EUR || d == DIM_MONEY_USD || d == DIM_MONEY_GBP;
    if (!adds || (f->kind != FACT_ATTR && f->kind != FACT_BENCHMARK)) return false;
    for (uint32_t i = 0; i < p->word_count && i < CLAUSE_WORDS; i++) {
        const pword *w = &p->words[i];
        if (w->lo < q->near.clause.lo || w->hi > q->near.clause.hi) continue;
        bool frames = i == 0 || (w->lo > q->t->text.hi && (i + 1 == p->word_count || w[1].lo >= q->near.clause.hi));
        together = together || (frames && word_in(p, i, "together altogether combined"));
        several = several || word_in(p, i, "two three four five six seven eight both all");
    }
    return together && several && !is_called_by(f, "together altogether combined total both all sum pair two dual");
}

/* Money by the year, where the fact is called by the month. */
static bool is_by_another_period(const question *q, const numeric_fact *f) {
    static const struct {
        const char *unit, *words;
    } periods[] = {{"/h", "hour hourly"},
                   {"/day", "day daily"},
                   {"/week", "week weekly"},
                   {"/month", "month monthly"},
                   {"/year", "year yearly annual annually"}};
    const unit_info *u = unit_get(q->t->unit);
    bool own = false;
    str said = surface_slice(q->p->on, q->t->text.lo, q->t->text.hi);
    if (u->dimension != DIM_COST_RATE || !said.n || !byte_is_alpha(said.p[said.n - 1]))
        return false; /* "11 EUR a month, 132 a year" */
    for (size_t i = 0; i < COUNT_OF(periods); i++) {
        if (!is_called_by(f, periods[i].words)) continue;
        if (str_ends(str_from_cstr(u->name), str_from_cstr(periods[i].unit))) return false;
        own = true;
    }
    return own;
}

bool proof_is_of_opposite(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t first, end;
    if (is_by_another_period(q, f)) return true;
    if (p->kind != PASSAGE_SENTENCE) return false;
    passage_window(p, q->near.clause.lo, q->near.clause.hi, &first, &end);
    if (end > first + CLAUSE_WORDS) return false;
    if (is_of_one_of_many(q, f)) return true;
    if (!proof_is_only_one(q)) return false; /* "112 W when idle and 438 W with 24 sequences" */
    if (is_of_all_together(q, f)) return true;
    for (size_t g = 0; g < COUNT_OF(opposites); g++) {
        uint32_t said = 0; /* bit: a word of the pole is in the clause */
        for (uint32_t i = first; i < end; i++) {
            if (p->words[i].lo < q->near.clause.lo || p->words[i].hi > q->near.clause.hi) continue;
            for (uint32_t k = 0; k < POLES && opposites[g][k]; k++)
                if (word_list_may_hold(opposites[g][k], p->words[i].stem) && word_in(p, i, opposites[g][k]))
                    said |= 1u << k;
        }
        if (!said || (said & (said - 1))) continue; /* none, or several */
        uint32_t own = 0;
        for (uint32_t k = 0; k < POLES && opposites[g][k]; k++)
            if (is_called_by(f, opposites[g][k])) own |= 1u << k;
        if (own && !(own & said)) return true;
    }
    return false;
}
