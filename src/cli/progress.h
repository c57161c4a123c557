/* progress.h - a bar for long work: on a terminal only, on standard error, at most ten times a second. */
#ifndef ASSAY_CLI_PROGRESS_H
#define ASSAY_CLI_PROGRESS_H

#include "base/str.h"

typedef struct progress {
    bool on;          /* standard error is a terminal */
    const char *unit; /* "drafts" */
    uint64_t done, total;
    double start_s, last_s;
} progress;

void progress_start(progress *p, const char *unit, uint64_t total);
void progress_step(progress *p, uint64_t done); /* draws when a tenth of a second has passed */
/* The same with words of one's own; `share` of the work is done (0 to 1). The time left is added. */
void progress_say(progress *p, double share, const char *words);
void progress_wipe(const progress *p); /* before a line of another kind; the next step draws the bar again */
void progress_end(progress *p);        /* wipes the bar for good */
double progress_clock_s(void);         /* monotonic */

#endif
