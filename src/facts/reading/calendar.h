/* calendar.h - dates among the words of a passage. Private to the truth stage.
 *
 *     "19 March 2026", "March 19, 2026", "the first of June", "March's", "in April", "2026-03-19"
 */
#ifndef ASSAY_FACTS_CALENDAR_H
#define ASSAY_FACTS_CALENDAR_H

#include "facts/reading/reading.h"

typedef struct calendar { /* 0 = not stated */
    unsigned year, month, day;
} calendar;

/* The date of which word `i` of a prepared passage is the month, or which it begins as a year ("2026-03-19"). False
 * where it is none, or the name of a month tells of a part of it ("the busiest day of May"). */
bool calendar_at(const passage *p, uint32_t i, calendar *out);
/* "8th": a day without its month. */
bool calendar_day_at(const passage *p, uint32_t i, unsigned *day);
/* "2025" */
bool calendar_year_at(const passage *p, uint32_t i, unsigned *year);
/* Reads a date token: "2026-02-28", "2026-02", "28.02.2026", "02/28/2026", "28 February", "Feb. 28th, 2026", "2026",
 * "2024-2026" (its last year). `*rest` is what stands behind the day, "T14:05Z". False where the text is no date, or
 * names a day that no calendar has: "30 February 2026". */
bool calendar_read(str text, calendar *out, str *rest);

#endif
