/* units.h - the technical unit dictionary: spellings, dimensions, factors.
 *
 * Units are case-sensitive where case means something (b/B, m/M, k/K). A unit is (dimension, factor to the dimension's
 * base, kind): GB is 10^9 bytes, GiB 2^30 bytes, Gb 10^9 bits; tok/s, tokens/s, tokens per second and t/s are one unit.
 * Source of the factors: the SI Brochure (9th edition), IEC 80000-13.
 */
#ifndef ASSAY_LEX_UNITS_H
#define ASSAY_LEX_UNITS_H

#include "base/str.h"

enum unit_dimension {
    DIM_NONE, DIM_DATA /* byte */, DIM_DATA_RATE /* byte/s */, DIM_TIME /* s */, DIM_FREQUENCY /* Hz */, DIM_POWER /* W */,
    DIM_ENERGY /* J */, DIM_VOLTAGE, DIM_CURRENT, DIM_CHARGE /* mAh */, DIM_TEMPERATURE /* °C */, DIM_LENGTH /* m */,
    DIM_AREA, DIM_MASS /* g */, DIM_PERCENT, DIM_POINT /* percentage point, score point */, DIM_RATIO /* x */,
    DIM_MONEY_USD, DIM_MONEY_EUR, DIM_MONEY_GBP, DIM_COUNT /* counted nouns: cores, GPUs, nodes: the noun is the subject */,
    DIM_PARAMS /* model parameters: 35B */, DIM_TOKENS, DIM_TOKEN_RATE /* tok/s */, DIM_OPS_RATE /* FLOPS, OPS */,
    DIM_REQUEST_RATE, DIM_BITS_WIDTH /* 4-bit */, DIM_DECIBEL, DIM_PIXELS, DIM_EVENT_RATE /* messages/s, rows/s … */,
    DIM_PRESSURE, DIM_SPEED, DIM_CUSTOM, DIM_COUNT_OF_DIMENSIONS
};

typedef uint16_t unit_id; /* index into the dictionary; stable within a process */
#define UNIT_NONE 0

typedef struct unit_info {
    const char *name;              /* canonical spelling, e.g. "GB/s" */
    enum unit_dimension dimension;
    double factor;                 /* to the dimension's base unit */
    double offset;                 /* base = value * factor + offset (temperatures) */
} unit_info;

/* The unit that a whole view spells ("GB/s", "tokens per second", "ms", "B params"); UNIT_NONE when it is none.
 * `after_number` resolves spellings that mean a unit only behind a number ("K", "B", "x", "m"). */
unit_id unit_parse(str text, bool after_number);
/* Longest unit that begins at byte `at` of `text` and ends at a word boundary; returns its length in bytes, 0 when none. */
ptrdiff_t unit_match(str text, ptrdiff_t at, unit_id *unit);
const unit_info *unit_get(unit_id unit);
/* value (in `from`) expressed in `to`; false when the dimensions differ. */
bool unit_convert(double value, unit_id from, unit_id to, double *out);
const char *unit_dimension_name(enum unit_dimension dimension);

#endif
