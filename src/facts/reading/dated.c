/* dated.c - facts of one day or month, and the dates that a sentence states.
 *
 *     where: {date: 2026-03-19}     "the outage of 19 March", "on 19 March 2026", "March's outage"     its own
 *                                   "on 3 June", "in April"                                            another time's
 *
 * What was measured once, an outage or a drill, is told with its date. In: the words of a sentence, and a condition
 * whose value is a date. Out: is it stated, another one, or none? A date without a year is that of any year, a month
 * without a day that of any day of it; a day of a month is not the month. Cells are read by their row's
 * label (conditions.c), not here.
 */
#include "facts/reading/calendar.h"
#include "facts/reading/reading.h"

static enum condition_state date_in(const passage *p, const fact_condition *c) {
    enum condition_state state = CONDITION_UNSTATED;
    for (uint32_t i = 0; i < p->word_count && i < 256; i++) {
        calendar d;
        if (!calendar_at(p, i, &d)) continue;
        bool same = d.month == c->month && (!d.year || d.year == c->year) && (!d.day || d.day == c->day);
        if (same) return CONDITION_MET;
        state = CONDITION_OTHER;
    }
    return state;
}

enum condition_state condition_of_date(judge *j, passage *p, const fact_condition *c) {
    passage_prepare(j, p);
    enum condition_state state = date_in(p, c);
    if (state != CONDITION_UNSTATED) return state;
    const uint32_t around[] = {p->previous, p->heading};
    for (size_t i = 0; i < COUNT_OF(around); i++) {
        if (around[i] == PASSAGE_NONE) continue;
        passage_prepare(j, &j->passages[around[i]]);
        if (date_in(&j->passages[around[i]], c) == CONDITION_MET) return CONDITION_MET;
    }
    return CONDITION_UNSTATED;
}

bool fact_is_of_one_day(const passage *p, const numeric_fact *f) {
    for (uint32_t i = 0; i < f->condition_count && p->kind == PASSAGE_SENTENCE; i++)
        if (f->conditions[i].day && date_in(p, &f->conditions[i]) == CONDITION_MET) return true;
    return false;
}

bool fact_is_dated(const passage *p, const numeric_fact *f) {
    for (uint32_t i = 0; i < f->condition_count && p->kind == PASSAGE_SENTENCE; i++)
        if (f->conditions[i].month && date_in(p, &f->conditions[i]) == CONDITION_MET) return true;
    return false;
}
