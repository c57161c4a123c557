/* derived.h - the values of derived facts, and as what they may be stated.
 *
 * "decode-b1 / decode-old" is a ratio: it may be stated as 1.35x, as a gain in per cent, or bare. "power / decode" is
 * an energy per token: it may be stated in joules. Dimensions multiply and divide; tokens, requests and counted things
 * drop out of a result that has another dimension left. Where the operator converted by hand, the numbers are taken as
 * they stand and the result is in the declared unit.
 */
#ifndef ASSAY_MANIFEST_DERIVED_H
#define ASSAY_MANIFEST_DERIVED_H

#include "base/buf.h"
#include "manifest/manifest.h"
#include "lex/units.h"

typedef struct derived_reading {
    enum unit_dimension dimension;
    uint8_t family;
    double base;
    uint64_t noun; /* stem of the first operand's counted noun */
} derived_reading;

typedef struct derived_value {
    bool known;   /* every operand is a number */
    bool unlike;  /* it adds what has different units: no value can be given */
    double value; /* in base units */
    double plain; /* in the declared unit; without one, of the operands' numbers as they stand in the manifest */
    derived_reading readings[4];
    uint32_t reading_count;
    const uint32_t *owners; /* entities of the operands */
    uint32_t owner_count;
} derived_value;

/* [derived_count] values, by index; NULL when memory is gone. Division by zero gives an unknown value. */
derived_value *derived_evaluate(arena *a, const manifest *m);

/* Appends the value as an article could state it: "96.73 MB/s", "1.35x". In the declared unit; else in that of an
 * operand of the same dimension, else in the dimension's base unit. "unknown" where the fact judges nothing. */
void derived_show(const manifest *m, uint32_t index, const derived_value *value, buf *out);

#endif
