/* date.h - calendar days, as manifests, frontmatter and prose write them.
 *
 * A day is the number of days since 0000-03-01 in the proleptic Gregorian calendar (so the leap day ends its year), and
 * 0 means "no date". Only real days parse: 2026-02-29 does not.
 */
#ifndef ASSAY_MANIFEST_DATE_H
#define ASSAY_MANIFEST_DATE_H

#include "base/str.h"

typedef uint32_t day_number; /* 0 = none */

/* "YYYY-MM-DD" filling the whole view, years 1900 to 9999; false (and *day = 0) on anything else. */
bool date_parse(str text, day_number *day);
/* Day of a year, month (1-12) and day of the month (1-31); 0 when there is no such day. */
day_number date_make(unsigned year, unsigned month, unsigned day_of_month);
/* The reverse of date_make; for a `day` that is not 0. */
void date_split(day_number day, unsigned *year, unsigned *month, unsigned *day_of_month);
/* Writes "YYYY-MM-DD", or "" for none. Returns `out`. */
typedef struct date_text {
    char text[16];
} date_text;
/* In a struct of its own: nothing to free. */
date_text date_format(day_number day);

#endif
