/* cadence.h - how often something happens: "every night at 02:30", "on the second Tuesday of each month", "four times a
 * day, at 02:00, 08:00, 14:00 and 20:00", "daily from November to April", "on each tag". */
#ifndef ASSAY_FACTS_CADENCE_H
#define ASSAY_FACTS_CADENCE_H

#include "manifest/manifest.h"

typedef struct cadence {
    double period_s;   /* 0 = not stated: a bare time of day, or an event */
    uint8_t weekdays;  /* bit 0 = Monday */
    uint8_t nth;       /* of the month: 1 = first; 0 = not stated */
    uint8_t month_day; /* "on the 15th of each month"; 0 = not stated */
    int16_t minute;    /* of the day; -1 = not stated */
    int16_t later[3];  /* more times of that day, "at 04:50 and 14:50" */
    uint8_t later_count;
    uint8_t season_from, season_to; /* months, "from November to April"; 0 = not stated */
    bool whole_hour;                /* "2 a.m.", "midnight": about then */
    bool day_only;                  /* "on Saturdays": which day, and perhaps not each */
    uint64_t event[4];              /* stems of what triggers it */
    uint8_t event_count;
    uint32_t lo, hi; /* where it stands in the text */
} cadence;

/* The first cadence at or after byte `from`; false when there is none. A name of a process that holds such a word
 * ("nightly batch") is not one: the caller masks it by starting behind it. */
bool cadence_find(str text, uint32_t from, cadence *out);
/* A time of day alone, "at 23:00", at or after `from`. */
bool cadence_find_time(str text, uint32_t from, cadence *out);

enum cadence_agreement { CADENCE_UNLIKE, CADENCE_AGREES, CADENCE_UNKNOWN };
/* Does what is stated agree with what is declared, as far as both say something? */
enum cadence_agreement cadence_compare(const cadence *stated, const cadence *declared);

/* The cadence that a process declares; false where it declares none that can be read. */
bool process_cadence(const manifest_entity *e, cadence *c);

#endif
