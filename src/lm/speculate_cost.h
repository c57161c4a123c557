/* speculate_cost.h - whether guesses pay on this machine, from how long its steps took.
 *
 *     seconds of a step   ▁ ▂ ▂ ▃ ▅ █        a wide step costs nearly nothing where memory is the limit (real models on
 * a columns             1 2 3 4 6 8        GPU), and nearly a step a column where arithmetic is (small models on a CPU)
 *
 * A step of W texts without guesses takes t(W), so a token is worth t(W) / W. K guesses behind C columns cost
 * t(C + K) - t(C), and give chance + chance^2 + … + chance^K tokens where each is right with that chance if those
 * before it were. As many guesses are made as give most for what they cost; none when none does.
 *
 * What is not known is tried, seldom: what tries and mistaken guesses lost, in time against steps without guesses,
 * stays under 1 % of the time spent writing, and one step. So guessing is never much slower than not guessing, by
 * construction. Guesses change no text (lm/speculate.h), so it does not matter that times differ from run to run.
 */
#ifndef ASSAY_LM_SPECULATE_COST_H
#define ASSAY_LM_SPECULATE_COST_H

#include "lm/speculate.h"

enum { COST_SAMPLES = 9 }; /* steps remembered a width; their median counts, so that a disturbed one does not */

/* Zeroed = nothing known. */
struct speculate_cost {
    struct cost_width {
        double seconds[COST_SAMPLES]; /* the latest, in a ring */
        double median;                /* 0 = never measured */
        uint32_t seen;
    } width[SPECULATE_COLUMNS + 1];
    double spent_s;         /* in steps of writing */
    double lost_s;          /* by guessing, against not guessing; never below 0: gains are not saved up to be lost */
    uint32_t since_plain;   /* steps with guesses since the last one without */
    uint32_t tries;         /* guesses made to learn rather than to gain */
    uint32_t choices, made; /* times that guesses were there, and were made */
    uint32_t rest;          /* questions that are not asked after a choice not to guess */
    bool on;                /* the last choice was to guess */
};

/* A step of `texts` texts took `seconds` for `columns` columns (>= texts; more than SPECULATE_COLUMNS teach nothing)
 * and wrote `written` tokens. */
void speculate_cost_add(struct speculate_cost *c, uint32_t texts, uint32_t columns, uint32_t written, double seconds);
/* Whether it is worth looking for guesses at all: not for a few texts' steps after a choice not to make them. */
bool speculate_cost_open(struct speculate_cost *c);
/* How many of `room` guesses to make for one of `texts` texts in a step that has `columns` columns so far, when each is
 * right with `chance` (0 to 1). 0 = none. */
uint32_t speculate_cost_choose(struct speculate_cost *c, uint32_t texts, uint32_t columns, uint32_t room,
                               double chance);
/* Seconds of a step of that many columns, measured or estimated; 0 = nothing is known. */
double speculate_cost_seconds(const struct speculate_cost *c, uint32_t columns);

#endif
