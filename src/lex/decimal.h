/* decimal.h - numbers as they were printed: exact decimals with their precision.
 *
 * "59.70" is digits 5970, scale 2: value 59.7, stated to 0.01. Who asks "does this round to that" needs the printed
 * precision (decimal_half_unit), which a double has lost.
 */
#ifndef ASSAY_LEX_DECIMAL_H
#define ASSAY_LEX_DECIMAL_H

#include "base/str.h"

typedef struct decimal {
    int64_t digits; /* value = digits / 10^scale */
    int8_t scale;   /* digits after the point as printed; negative where trailing zeros are not significant ("~70" is
                       scale 0; "1.2k" is digits 12, scale -2) */
    bool valid;
    bool overflow; /* more than 18 digits, or a scale outside -100..100: digits holds the leading 18, scale is adjusted
                      and saturates; to decimal_cmp never equal to one that fits */
} decimal;

/* Reads "1234.50", "1,234.5", "816 000", "1_000", "1.5e3", "½", "2½", Unicode minus signs and spaces included;
 * `comma_decimal` reads "1,5" as 1.5 and "1.234,5" as 1234.5. The whole view must be the number; false (and out->valid
 * false) when it is not. Linear time. */
bool decimal_parse(str text, bool comma_decimal, decimal *out);
/* Spelled-out English cardinals: "twenty", "twenty-four", "one hundred and five", "two million" (scale -6), "half",
 * "half a", "two and a half", "a dozen", "a hundred"; whole view, any ASCII case. */
bool decimal_parse_words(str text, decimal *out);
/* digits and scale as given, normalised to the rules above (overflow is set where they do not fit). */
decimal decimal_make(int64_t digits, int scale);
/* The same value times 10^power with the printed precision kept: ("1.2", 3) is "1.2k". */
decimal decimal_shift(decimal d, int power);
/* The nearest double, printed precision forgotten. */
double decimal_to_f64(decimal d);
/* Exact order of two values (printed precision ignored): <0, 0, >0. Overflowed values compare by double, and where that
 * ties by digits, so that the order stays total; an overflowed value never equals one that is not. */
int decimal_cmp(decimal a, decimal b);
/* Half a unit of the last printed place, as a double: 59.7 -> 0.05, 70 -> 0.5, 1.2k -> 50. */
double decimal_half_unit(decimal d);
/* Plain text that decimal_parse reads back as the same value: "59.70" keeps its places, 1.2k is "1200", and only what
 * needs more than 18 digits or 20 places is written with an exponent; into out[32], returns out. "?" for an invalid
 * decimal. */
const char *decimal_text(decimal d, char out[32]);

#endif
