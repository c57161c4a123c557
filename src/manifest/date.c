/* date.c - civil days to day numbers and back.
 *
 * In: year, month, day. Out: days since 0000-03-01. With the year starting in March, the day of the year is
 * (153 m + 2) / 5 + d, and leap days stand at the end, so both directions are closed formulas (Gregorian calendar,
 * 146,097 days in 400 years). Invariant: date_split inverts date_make for every real day; unreal days give 0.
 */
#include "manifest/date.h"

#include <stdio.h>

enum { DAYS_PER_ERA = 146097, FIRST_YEAR = 1900, LAST_YEAR = 9999 };

void date_split(day_number day, unsigned *year, unsigned *month, unsigned *day_of_month) {
    uint32_t era = day / DAYS_PER_ERA, in_era = day % DAYS_PER_ERA;
    uint32_t of_era = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    uint32_t in_year = in_era - (365 * of_era + of_era / 4 - of_era / 100);
    uint32_t from_march = (5 * in_year + 2) / 153;
    *day_of_month = in_year - (153 * from_march + 2) / 5 + 1;
    *month = from_march < 10 ? from_march + 3 : from_march - 9;
    *year = of_era + era * 400 + (*month <= 2);
}

day_number date_make(unsigned year, unsigned month, unsigned day_of_month) {
    if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day_of_month < 1 || day_of_month > 31)
        return 0;
    uint32_t y = year - (month <= 2), era = y / 400, of_era = y % 400;
    uint32_t in_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day_of_month - 1;
    day_number day = era * DAYS_PER_ERA + of_era * 365 + of_era / 4 - of_era / 100 + in_year;
    unsigned y2, m2, d2;
    date_split(day, &y2, &m2, &d2);
    return y2 == year && m2 == month && d2 == day_of_month ? day : 0;
}

bool date_parse(str text, day_number *day) {
    *day = 0;
    if (text.n != 10 || text.p[4] != '-' || text.p[7] != '-') return false;
    unsigned part[3] = {0};
    for (int i = 0, k = 0; i < 10; i++) {
        if (i == 4 || i == 7) {
            k++;
            continue;
        }
        if (!byte_is_digit(text.p[i])) return false;
        part[k] = part[k] * 10 + (unsigned)(text.p[i] - '0');
    }
    *day = date_make(part[0], part[1], part[2]);
    return *day != 0;
}

date_text date_format(day_number day) {
    date_text out = {""};
    if (!day) return out;
    unsigned y, m, d;
    date_split(day, &y, &m, &d);
    snprintf(out.text, sizeof out.text, "%04u-%02u-%02u", y % 10000, m, d);
    return out;
}
