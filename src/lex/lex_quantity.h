/* lex_quantity.h - the parts of a quantity, shared by the four files that read it.
 *
 *     [bound] [currency] number [multiplier] [unit | noun [per time]] [link number [unit]] [tail]
 *      lex_bound.c        lex_quantity.c      lex_measure.c            lex_interval.c       lex_bound.c
 */
#ifndef ASSAY_LEX_LEX_QUANTITY_H
#define ASSAY_LEX_LEX_QUANTITY_H

#include "lex/lex_internal.h"
#include "lex/units_table.h"

static inline bool is_word(const lexer *x, range r, str text) { return str_eq_nocase(range_str(x, r), text); }
static inline bool is_integer(const number *n) { return n->value.valid && n->value.scale <= 0 && !n->value.overflow; }

/* What stands before the number. */
typedef struct prefix {
    ptrdiff_t lo;
    enum bound bound;
    bool strict, negative, between, from, ranging;
    unit_id currency;
    range currency_text;
} prefix;
/* What stands behind it. */
typedef struct measure {
    unit_id unit;
    range text;    /* of the unit or noun; empty when there is none */
    ptrdiff_t end; /* of number, multiplier and unit */
    int power;     /* ten to this multiplies the number */
    bool compound, counted, duration;
    range subject; /* noun counted */
} measure;
/* A second number that belongs to it. */
typedef struct interval {
    bool found, change, deviation;
    decimal high;
    ptrdiff_t end;
} interval;

/* Sign, currency, bound, "from" and "between" in front of `n`. */
prefix lex_prefix(const lexer *x, const number *n);
/* "or more", "or so" at `end`: where it ends (`end` when there is none); sets the bound if there was none. */
ptrdiff_t lex_tail(const lexer *x, ptrdiff_t end, prefix *p);
/* Multiplier and unit or noun behind `n` (whose value becomes the sum of "1h30m"); end is behind the number if nothing.
 */
measure lex_measure(const lexer *x, number *n);
/* What only the surroundings say: "context of 32k", "two RTX 4090", "Mistral Small 4 runs". */
void lex_measure_in_context(const lexer *x, const number *n, const prefix *p, measure *m);
/* "to 15 %", "± 0.4": the second number; *m becomes the measure of both. */
interval lex_interval(const lexer *x, const number *n, const prefix *p, measure *m);

#endif
