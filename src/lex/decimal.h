/* decimal.h - numbers as they were printed: exact decimals with their precision.
 *
 * "59.70" is digits 5970, scale 2: value 59.7, stated to 0.01. Comparisons that ask "does this round to that" need the
 * printed precision, which a double has lost.
 */
#ifndef ASSAY_LEX_DECIMAL_H
#define ASSAY_LEX_DECIMAL_H

#include "base/str.h"

typedef struct decimal {
    int64_t digits;   /* value = digits / 10^scale */
    int8_t scale;     /* digits after the point as printed; negative where trailing zeros are not significant ("~70" is
                         scale 0; "1.2k" is digits 12, scale -2) */
    bool valid;
    bool overflow;    /* more than 18 digits: digits holds the leading 18, scale adjusted; never equal to anything */
} decimal;

/* Reads "1234.50", "1,234.5", "816 000", "1.5e3", "½", Unicode minus/spaces as separators; `comma_decimal` reads "1,5"
 * as 1.5. The whole view must be the number. */
bool decimal_parse(str text, bool comma_decimal, decimal *out);
/* Spelled-out English cardinals: "twenty", "twenty-four", "one hundred and five", "half a"; whole view. */
bool decimal_parse_words(str text, decimal *out);
double decimal_to_f64(decimal d);
/* Exact order of two values (printed precision ignored): <0, 0, >0. Overflowed values compare by double. */
int decimal_cmp(decimal a, decimal b);
/* Half a unit of the last printed place, as a double: 59.7 -> 0.05, 70 -> 0.5, 1.2k -> 50. */
double decimal_half_unit(decimal d);
/* Whether `exact` rounds (half away from zero or half to even: either counts) to `printed` at printed's precision. */
bool decimal_rounds_to(double exact, decimal printed);
/* Shortest plain text, "59.7"; into out[32], returns out. */
const char *decimal_text(decimal d, char out[32]);

#endif
