/* version_when.h - when does a place say that a version ran? Private to the versions of the truth stage. */
#ifndef ASSAY_FACTS_VERSION_WHEN_H
#define ASSAY_FACTS_VERSION_WHEN_H

#include "facts/reading/calendar.h"
#include "facts/versions/versions.h"

enum told_bound {
    TOLD_ON,     /* on a day, in a month */
    TOLD_UNTIL,  /* it went then */
    TOLD_BEFORE, /* at some time before */
    TOLD_SINCE,  /* it came then, or was there from then on */
    TOLD_SPAN    /* from the one to the other */
};

typedef struct version_time {
    enum told_bound bound;
    calendar when, end; /* `end`: of a span */
    bool above;         /* the heading says it */
} version_time;

/* Does the place say when the version at `t` ran? */
bool version_time_told(judge *j, passage *p, const token *t, version_time *out);
/* A date, or the two ends of a span, at word `*i` of a prepared passage, `*i` then being its last word. A day that no
 * calendar has ("31 February") is one, too. `end` is `when` where there is one date. */
bool version_dates_at(const passage *p, uint32_t *i, calendar *when, calendar *end);

#endif
