/* units.h - the technical unit dictionary: spellings, dimensions, factors, counted nouns.
 *
 * Units are case-sensitive where case means something (b/B, m/M, k/K). A unit is (dimension, family, factor to the
 * base): GB is 10^9 bytes, GiB 2^30 bytes, Gb 10^9 bits; tok/s, tokens/s, tokens per second and t/s are one unit.
 * Whatever can be had per time ("rows per minute", "GiB/h", "EUR a month") is composed of a numerator and a time, so
 * every such pair is a unit. Counted nouns ("two GPUs", "12 berths") share UNIT_COUNT and are told apart by
 * unit_noun_stem of their text. Source of the factors: the SI Brochure (9th edition), IEC 80000-13; month and year are
 * the Gregorian means.
 */
#ifndef ASSAY_LEX_UNITS_H
#define ASSAY_LEX_UNITS_H

#include "base/str.h"

enum unit_dimension {
    DIM_NONE,
    DIM_DATA /* byte */,
    DIM_DATA_RATE /* byte/s */,
    DIM_TIME /* s */,
    DIM_FREQUENCY /* Hz */,
    DIM_POWER /* W */,
    DIM_ENERGY /* J */,
    DIM_VOLTAGE /* V */,
    DIM_CURRENT /* A */,
    DIM_CHARGE /* Ah */,
    DIM_TEMPERATURE /* °C */,
    DIM_LENGTH /* m */,
    DIM_AREA /* m² */,
    DIM_MASS /* g */,
    DIM_PERCENT,
    DIM_POINT /* percentage point, score point */,
    DIM_RATIO /* x */,
    DIM_MONEY_USD,
    DIM_MONEY_EUR,
    DIM_MONEY_GBP,
    DIM_MONEY_OTHER /* family = currency */,
    DIM_COST_RATE /* money/s; family = currency */,
    DIM_COUNT /* counted nouns: the noun is in the text */,
    DIM_PARAMS /* model parameters: 35B */,
    DIM_TOKENS,
    DIM_TOKEN_RATE /* tok/s */,
    DIM_TOKEN_TIME /* s/tok */,
    DIM_OPS /* floating-point operations */,
    DIM_OPS_RATE /* FLOPS, OPS */,
    DIM_REQUEST_RATE,
    DIM_BITS_WIDTH /* 4-bit */,
    DIM_DECIBEL,
    DIM_PIXELS,
    DIM_EVENT_RATE /* messages/s, rows/s …; family = which; family 0 = any counted noun */,
    DIM_PRESSURE /* Pa */,
    DIM_SPEED /* m/s */,
    DIM_CUSTOM /* converts to itself only */,
    DIM_COUNT_OF_DIMENSIONS
};

typedef uint16_t unit_id; /* index into the dictionary; the same in every build of one version */
#define UNIT_NONE 0
#define UNIT_COUNT 1

typedef struct unit_info {
    const char *name; /* canonical spelling, e.g. "GB/s"; unit_parse reads it back */
    enum unit_dimension dimension;
    uint8_t family; /* units convert only within one (dimension, family) */
    double factor;  /* to the dimension's base unit */
    double offset;  /* base = value * factor + offset (temperatures) */
} unit_info;

/* The unit that a whole view spells ("GB/s", "tokens per second", "ms", "B params", "rows/min"); a counted noun that
 * the dictionary knows ("core", "GPUs") is UNIT_COUNT; UNIT_NONE when it is neither. `after_number` allows spellings
 * that mean a unit only behind a number ("K", "B", "x", "m", "C"). */
unit_id unit_parse(str text, bool after_number);
/* Longest unit that begins at byte `at` of `text` and ends at a word boundary, as behind a number; returns its length
 * in bytes, 0 when none. Reads at most UNIT_MATCH_MAX bytes, so scanning a text with it is linear. */
#define UNIT_MATCH_MAX 64
ptrdiff_t unit_match(str text, ptrdiff_t at, unit_id *unit);
/* Length of a time denominator at byte `at` ("/s", " per second", " a day"); *unit becomes `numerator` per that time.
 * 0 (and *unit untouched) when none stands there or the numerator is not one that can be had per time. */
ptrdiff_t unit_match_per(str text, ptrdiff_t at, unit_id numerator, unit_id *unit);
/* Never NULL: an id outside the dictionary gives the entry of UNIT_NONE, whose name is "". */
const unit_info *unit_get(unit_id unit);
/* Number of units; ids run from 1 to unit_count() - 1. */
unit_id unit_count(void);
/* value (in `from`) expressed in `to`; false when dimension or family differ. Two counts convert: compare their nouns.
 */
bool unit_convert(double value, unit_id from, unit_id to, double *out);
/* "data rate": for messages. Static. */
const char *unit_dimension_name(enum unit_dimension dimension);

/* ---- counted nouns ---- */

/* Whether a word (singular or plural) is a noun of the dictionary: core, GPU, node, draft … */
bool unit_noun_known(str word);
/* Whether a whole view could name what is counted: one to three ASCII words of letters ("full backup", "berth",
 * "vCPU"), no function word among them. Wider than the dictionary: for manifests, whose nouns are the operator's own.
 */
bool unit_noun_possible(str text);
/* The noun (or noun phrase: its last word) in lower case and in the singular, words parted by one space: "GPUs" ->
 * "gpu", "Full  backups" -> "full backup", "queries" -> "query". Into out[64]; what does not fit is cut. Returns the
 * view. */
str unit_noun_stem(str noun, char out[64]);
/* Whether a word looks like a plural: "nodes", "GPUs", "people"; not "access", "is", "always". */
bool unit_noun_plural(str word);

#endif
