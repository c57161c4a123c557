/* cells.h - the numbers of a table and what its lines say of them. Private to the truth stage: cells.c and
 * cell_lines.c.
 *
 *     cells.c       a cell's parts, its headings; lines that an entity heads
 *     cell_lines.c  lines that none heads: by what their other cells hold, by one case, by conditions
 */
#ifndef ASSAY_FACTS_CELLS_H
#define ASSAY_FACTS_CELLS_H

#include "facts/numbers/question.h"

enum { CELL_SIBLINGS = 12, CELL_REACH = 120, CELL_OWNED_LIMIT = 128 };
#define CELL_NO_BYTE UINT32_MAX

typedef struct slot { /* which number of a cell: "24 / 48" has two parts, "4 × 1.92 TB" a multiplier */
    uint32_t part, parts;
    bool multiplier;
    bool each; /* asked of a part that the line names: "memory each", "memory per GPU" is its memory */
} slot;

/* The part of a cell that slashes between blanks cut: the one around byte `at` (then the result is the number of parts
 * and, in the upper 16 bits, which one it is), or, with CELL_NO_BYTE, the k-th; the result is the number of parts. */
uint32_t cell_part_of(const passage *p, uint32_t at, uint32_t k, text_range *out);
/* Is it the "4" of "4 × 1.92 TB" or "4 x 1.92 TB"? */
bool cell_is_multiplier(const passage *p, const token *t);
slot cell_slot(const passage *p, const token *t);
/* The number in that slot of a cell; NULL when the cell has other parts, several numbers there, or more words. */
const token *cell_number(judge *j, passage *p, const slot *s);
/* Does a name of the fact say all that the heading says of the slot, units and small words apart? "memory" does not say
 * "free memory". */
bool cell_is_labelled(judge *j, uint32_t heading, const numeric_fact *f, const slot *s);
/* Does the number agree with the fact? `unit`: what the column gives bare numbers; UNIT_NONE: as the fact writes it. */
bool cell_holds(const passage *p, const token *t, const numeric_fact *f, unit_id unit);
/* Does a derived fact keep the operands that two others of its shape share: "b4 / b1" those of "b2 / b1" and "b8 / b1"?
 * Facts of other kinds do. */
bool cell_keeps_operands(const judge *j, const numeric_fact *f, const uint32_t like[2]);
/* The other cells of the column, or of the row; at most CELL_SIBLINGS, nearest first. */
uint32_t cell_siblings(const judge *j, uint32_t own, bool column, uint32_t *cells);

/* The entity whose column (or row) it is by what the line's other cells hold or name; MANIFEST_NONE when they do not
 * say. */
uint32_t cell_voted_entity(judge *j, uint32_t own, bool column);
/* Is the heading a name of the attribute, and nothing else? */
bool cell_names_attr(judge *j, uint32_t heading, const manifest_attr *attr);
/* Benchmarks that the heading names in full, of the owner and under the conditions that two other cells of the line
 * share. */
uint32_t cell_facts_by_case(judge *j, uint32_t own, const slot *s, uint32_t *facts, uint32_t capacity);
/* Facts of the group that two other rows of the column hold under the conditions that their labels state: those under
 * the condition that the row's own label states. */
uint32_t cell_facts_by_condition(judge *j, uint32_t own, const slot *s, unit_id unit, uint32_t *facts,
                                 uint32_t capacity);
/* Does a cell of the number's row state the fact's only case? */
bool cell_row_states(judge *j, uint32_t own, const numeric_fact *f);
/* Measurements of an owner that the row names, under the one case that the row or the line that leads in states, where
 * the column is headed by the metric or its unit and nothing else is said. */
uint32_t cell_facts_by_row(judge *j, uint32_t own, unit_id unit, uint32_t *facts, uint32_t capacity);

#endif
