/* speculate_cost.c - see speculate_cost.h. In: widths and seconds of steps. Out: a number of guesses. Not here: what is
 * guessed, and by what chance it is right (speculate.c); clocks (the writer's).
 */
#include "lm/speculate_cost.h"

enum {
    PLAIN_FIRST = 3,  /* steps without guesses before anything is tried */
    PLAIN_AFTER = 48, /* guessing steps before one without is taken, so that what they are compared with stays true */
    MEDIAN_EVERY = 4, /* samples; each would cost small models half a percent of a step */
    REST = 7,         /* looking costs a small model a percent of a step, too */
    TRY_WIDTHS = 3    /* a try guesses 1, 3 or 7 tokens, in turn */
};
#define LOSS_SHARE 0.005   /* of the time spent, that guessing may lose */
#define SWITCH_MARGIN 0.05 /* of a step: gains under this do not switch guessing on; once on, any gain keeps it on */

static double median_of(const struct cost_width *w) {
    double sorted[COST_SAMPLES];
    uint32_t n = w->seen < COST_SAMPLES ? w->seen : COST_SAMPLES;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t k = i;
        for (; k > 0 && sorted[k - 1] > w->seconds[i]; k--) sorted[k] = sorted[k - 1];
        sorted[k] = w->seconds[i];
    }
    /* cppcheck-suppress uninitvar ; n of them are */
    return n ? sorted[n / 2] : 0;
}

/* Between two measured widths on the line through them; beyond the widest on the line through the last two, or, where
 * there is only one, as if each column cost as much as those measured do. */
double speculate_cost_seconds(const struct speculate_cost *c, uint32_t columns) {
    uint32_t below = 0, before = 0, above = 0;
    for (uint32_t i = 1; i <= SPECULATE_COLUMNS; i++) {
        if (c->width[i].seen == 0) continue;
        if (i <= columns)
            before = below, below = i;
        else if (!above)
            above = i;
    }
    if (below == columns && columns) return c->width[columns].median;
    if (!below) return above ? c->width[above].median : 0; /* at most that */
    double at = c->width[below].median, slope = at / below;
    if (above)
        slope = (c->width[above].median - at) / (above - below);
    else if (before)
        slope = (at - c->width[before].median) / (below - before);
    return at + (slope > 0 ? slope : 0) * (columns - below);
}

/* What `k` guesses behind `columns` columns cost. */
static double cost_of(const struct speculate_cost *c, uint32_t columns, uint32_t k) {
    double more = speculate_cost_seconds(c, columns + k) - speculate_cost_seconds(c, columns);
    return more > 0 ? more : 0;
}

void speculate_cost_add(struct speculate_cost *c, uint32_t texts, uint32_t columns, uint32_t written, double seconds) {
    if (texts == 0 || columns < texts || columns > SPECULATE_COLUMNS || !(seconds > 0)) return;
    struct cost_width *w = &c->width[columns];
    w->seconds[w->seen++ % COST_SAMPLES] = seconds;
    if (w->seen <= COST_SAMPLES || w->seen % MEDIAN_EVERY == 0) w->median = median_of(w);
    /* The median stands for the step: a disturbed one is nobody's loss, and no allowance. */
    c->spent_s += w->median;
    c->since_plain = columns > texts ? c->since_plain + 1 : 0;
    double plain = c->width[texts].median;
    if (columns == texts || !(plain > 0)) return;
    double gained = written > texts ? (written - texts) * plain / texts : 0;
    c->lost_s += w->median - plain - gained;
    if (c->lost_s < 0) c->lost_s = 0;
}

/* A step's worth at first, so that a short run learns too. */
static bool may_lose(const struct speculate_cost *c, double seconds, double plain) {
    return c->lost_s + seconds <= LOSS_SHARE * c->spent_s + plain;
}

bool speculate_cost_open(struct speculate_cost *c) {
    if (c->rest == 0) return true;
    c->rest--;
    return false;
}

uint32_t speculate_cost_choose(struct speculate_cost *c, uint32_t texts, uint32_t columns, uint32_t room,
                               double chance) {
    if (texts == 0 || columns >= SPECULATE_COLUMNS || room == 0) return 0;
    if (room > SPECULATE_COLUMNS - columns) room = SPECULATE_COLUMNS - columns;
    c->choices++;
    const struct cost_width *plain = &c->width[texts];
    if (plain->seen < PLAIN_FIRST || c->since_plain >= PLAIN_AFTER) return 0;
    double worth = plain->median / texts, right = 1, tokens = 0, most = 0;
    uint32_t best = 0;
    for (uint32_t k = 1; k <= room; k++) {
        tokens += right *= chance;
        double gain = tokens * worth - cost_of(c, columns, k);
        if (gain > most) most = gain, best = k;
    }
    c->on = best && most > (c->on ? 0 : SWITCH_MARGIN * plain->median);
    if (!c->on) {
        best = (2u << c->tries % TRY_WIDTHS) - 1;
        if (best > room) best = room;
        if (!may_lose(c, cost_of(c, columns, best), plain->median)) return c->rest = REST, 0;
        c->tries++;
    }
    c->made++;
    return best;
}
