/* physics.h - what the files of this room share. Nobody outside it includes this.
 *
 *     physics.c        the way through the article; durations; versions newer than their day
 *     speed_ups.c      from a to b, "N times", "N %": in a sentence, in three columns of a table
 *     fits.c           what is larger than the memory it is said to fit into
 *     bandwidth.c      decode faster than the memory can be read
 *     precision.c      the number format that a sentence names
 *     timelines.c      time stamps that run backwards, in tables and in logs
 *     physics_table.c  totals; the way through a table
 *     beside_table.c   a sentence and the table beside it
 */
#ifndef ASSAY_FACTS_PHYSICS_H
#define ASSAY_FACTS_PHYSICS_H

#include "facts/judge.h"

/* ---- physics.c ---- */
/* A finding at [lo, hi) of the passage. */
void physics_finding(judge *j, const char *rule, const passage *p, uint32_t lo, uint32_t hi, str message);
/* Is what stands at [lo, hi) said outright: not quoted, wished, ordered or denied? */
bool physics_stated(judge *j, passage *p, uint32_t lo, uint32_t hi);
bool physics_is_short(const passage *p);
/* The passages near this one, [*first, *end): so many that time stays linear in the article. */
void physics_around(const judge *j, const passage *p, uint32_t *first, uint32_t *end);
/* The words of a prepared passage that lie in [lo, hi): as [*first, *end). */
void physics_words(const passage *p, uint32_t lo, uint32_t hi, uint32_t *first, uint32_t *end);
/* Are they all of `words` ("a the which"); none is fine? Is one of them? */
bool physics_only(const passage *p, uint32_t lo, uint32_t hi, const char *words);
bool physics_any(const passage *p, uint32_t lo, uint32_t hi, const char *words);
/* Are they these, in this order: "instead of"? */
bool physics_phrase(const passage *p, uint32_t lo, uint32_t hi, const char *phrase);
/* Does a word of [lo, hi) begin like one of the stems ("quantiz compress")? */
bool physics_begins(const passage *p, uint32_t lo, uint32_t hi, const char *stems);

/* ---- speed_ups.c ---- */
typedef struct change { /* two values of one thing, in one unit, each with half its printed unit */
    double from, to, from_half, to_half;
    bool percent; /* they are percentages themselves: "from 90 % to 30 %" fell by 60 too */
} change;
/* Could `stated` be read off the change as a ratio, as a percentage? */
bool change_is_times(const change *c, double stated, double half);
bool change_is_percent(const change *c, double stated, double half);
/* Have values in this unit ratios: not temperatures and decibels, which are counted from no zero of the thing? */
bool unit_has_ratios(unit_id unit);
void speed_up_in_sentence(judge *j, passage *p);

/* ---- fits.c, bandwidth.c ---- */
void fit_in_sentence(judge *j, passage *p);
void bandwidth_in_article(judge *j);

/* ---- precision.c ---- */
/* Bits a weight of a number format ("BF16": 16; of a mixed one the fewest that it can have); 0 of what is none. */
double precision_bits(str format);
enum precision { PRECISION_UNNAMED, PRECISION_NAMED, PRECISION_UNCLEAR /* several, or nobody knows of what */ };
/* The format that the prepared passage names; *bits only where it names one. */
enum precision precision_named(const passage *p, double *bits);
/* Does another sentence of the section, not far off, name a format, so that what is declared may not be what is spoken
 * of? */
bool precision_elsewhere(judge *j, const passage *p);

/* ---- timelines.c ---- */
/* `labels`: the first cells of a table's rows. */
void timeline_in_table(judge *j, const uint32_t *header, uint32_t columns, const uint32_t *labels, uint32_t rows);
/* The lines of the code block that begins at passage `first`; returns the passage behind it. */
uint32_t timeline_in_code(judge *j, uint32_t first);

/* ---- physics_table.c ---- */
typedef struct cell_value {
    bool valid;
    double value, half;
    unit_id unit;
    uint32_t passage;
} cell_value;
/* A cell that is one number and nothing else; a unit and a sign may stand with it. */
cell_value cell_read(const judge *j, uint32_t index);
/* The cells of a table from `first` on; returns the passage behind it. */
uint32_t physics_table(judge *j, uint32_t first);

/* ---- beside_table.c ---- */
typedef struct table_row {
    uint32_t table, end; /* passages of the whole table */
    uint32_t first;      /* of the row: its label */
    uint32_t row_end;
    uint32_t prose; /* prose_before_table of the table */
    bool twice;     /* another row has the same label */
} table_row;
/* The first of the sentences before the table between which and it nothing speaks of another case; `table` itself where
 * there is none. */
uint32_t prose_before_table(judge *j, uint32_t table);
void row_beside_prose(judge *j, const table_row *row);

#endif
