/* units_table.h - the dictionary's raw tables, for units.c and its tests only.
 *
 *     id   0        1 … R               R+1 … 8R                      8R+1 …
 *          none     numerators          numerator per s, min, …, year  everything else
 *
 * A numerator is a unit that can be had per time; unit "numerator n per time p" is n + R * (p + 1), so composing a rate
 * is arithmetic and the table stays complete.
 */
#ifndef ASSAY_LEX_UNITS_TABLE_H
#define ASSAY_LEX_UNITS_TABLE_H

#include "lex/units.h"

/* X(id, name, dimension, dimension per time, family, factor) */
#define NUMERATORS(X)                                                                                                  \
    X(U_COUNT, "count", DIM_COUNT, DIM_EVENT_RATE, 0, 1)                                                               \
    X(U_B, "B", DIM_DATA, DIM_DATA_RATE, 0, 1)                                                                         \
    X(U_KB, "kB", DIM_DATA, DIM_DATA_RATE, 0, 1e3)                                                                     \
    X(U_MB, "MB", DIM_DATA, DIM_DATA_RATE, 0, 1e6)                                                                     \
    X(U_GB, "GB", DIM_DATA, DIM_DATA_RATE, 0, 1e9)                                                                     \
    X(U_TB, "TB", DIM_DATA, DIM_DATA_RATE, 0, 1e12)                                                                    \
    X(U_PB, "PB", DIM_DATA, DIM_DATA_RATE, 0, 1e15)                                                                    \
    X(U_EB, "EB", DIM_DATA, DIM_DATA_RATE, 0, 1e18)                                                                    \
    X(U_KIB, "KiB", DIM_DATA, DIM_DATA_RATE, 0, 1024.0)                                                                \
    X(U_MIB, "MiB", DIM_DATA, DIM_DATA_RATE, 0, 1048576.0)                                                             \
    X(U_GIB, "GiB", DIM_DATA, DIM_DATA_RATE, 0, 1073741824.0)                                                          \
    X(U_TIB, "TiB", DIM_DATA, DIM_DATA_RATE, 0, 1099511627776.0)                                                       \
    X(U_PIB, "PiB", DIM_DATA, DIM_DATA_RATE, 0, 1125899906842624.0)                                                    \
    X(U_EIB, "EiB", DIM_DATA, DIM_DATA_RATE, 0, 1152921504606846976.0)                                                 \
    X(U_BIT, "b", DIM_DATA, DIM_DATA_RATE, 0, 0.125)                                                                   \
    X(U_KBIT, "kb", DIM_DATA, DIM_DATA_RATE, 0, 0.125e3)                                                               \
    X(U_MBIT, "Mb", DIM_DATA, DIM_DATA_RATE, 0, 0.125e6)                                                               \
    X(U_GBIT, "Gb", DIM_DATA, DIM_DATA_RATE, 0, 0.125e9)                                                               \
    X(U_TBIT, "Tb", DIM_DATA, DIM_DATA_RATE, 0, 0.125e12)                                                              \
    X(U_PBIT, "Pb", DIM_DATA, DIM_DATA_RATE, 0, 0.125e15)                                                              \
    X(U_KIBIT, "Kib", DIM_DATA, DIM_DATA_RATE, 0, 128.0)                                                               \
    X(U_MIBIT, "Mib", DIM_DATA, DIM_DATA_RATE, 0, 131072.0)                                                            \
    X(U_GIBIT, "Gib", DIM_DATA, DIM_DATA_RATE, 0, 134217728.0)                                                         \
    X(U_TIBIT, "Tib", DIM_DATA, DIM_DATA_RATE, 0, 137438953472.0)                                                      \
    X(U_TOK, "tok", DIM_TOKENS, DIM_TOKEN_RATE, 0, 1)                                                                  \
    X(U_REQUEST, "request", DIM_COUNT, DIM_REQUEST_RATE, 0, 1)                                                         \
    X(U_QUERY, "query", DIM_COUNT, DIM_EVENT_RATE, 1, 1)                                                               \
    X(U_TRANSACTION, "transaction", DIM_COUNT, DIM_EVENT_RATE, 2, 1)                                                   \
    X(U_MESSAGE, "message", DIM_COUNT, DIM_EVENT_RATE, 3, 1)                                                           \
    X(U_ROW, "row", DIM_COUNT, DIM_EVENT_RATE, 4, 1)                                                                   \
    X(U_EVENT, "event", DIM_COUNT, DIM_EVENT_RATE, 5, 1)                                                               \
    X(U_OP, "op", DIM_COUNT, DIM_EVENT_RATE, 6, 1)                                                                     \
    X(U_FRAME, "frame", DIM_COUNT, DIM_EVENT_RATE, 7, 1)                                                               \
    X(U_PACKET, "packet", DIM_COUNT, DIM_EVENT_RATE, 8, 1)                                                             \
    X(U_ITERATION, "iteration", DIM_COUNT, DIM_EVENT_RATE, 9, 1)                                                       \
    X(U_SAMPLE, "sample", DIM_COUNT, DIM_EVENT_RATE, 10, 1)                                                            \
    X(U_STEP, "step", DIM_COUNT, DIM_EVENT_RATE, 11, 1)                                                                \
    X(U_USD, "USD", DIM_MONEY_USD, DIM_COST_RATE, 1, 1)                                                                \
    X(U_EUR, "EUR", DIM_MONEY_EUR, DIM_COST_RATE, 2, 1)                                                                \
    X(U_GBP, "GBP", DIM_MONEY_GBP, DIM_COST_RATE, 3, 1)

/* X(id, name, dimension, family, factor, offset) */
#define OTHERS(X)                                                                                                      \
    X(U_NS, "ns", DIM_TIME, 0, 1e-9, 0)                                                                                \
    X(U_US, "µs", DIM_TIME, 0, 1e-6, 0)                                                                                \
    X(U_MS, "ms", DIM_TIME, 0, 1e-3, 0)                                                                                \
    X(U_SECOND, "s", DIM_TIME, 0, 1, 0)                                                                                \
    X(U_MINUTE, "min", DIM_TIME, 0, 60, 0)                                                                             \
    X(U_HOUR, "h", DIM_TIME, 0, 3600, 0)                                                                               \
    X(U_DAY, "day", DIM_TIME, 0, 86400, 0)                                                                             \
    X(U_WEEK, "week", DIM_TIME, 0, 604800, 0)                                                                          \
    X(U_MONTH, "month", DIM_TIME, 0, 2629746, 0)                                                                       \
    X(U_YEAR, "year", DIM_TIME, 0, 31556952, 0)                                                                        \
    X(U_DECADE, "decade", DIM_TIME, 0, 315569520, 0)                                                                   \
    X(U_HZ, "Hz", DIM_FREQUENCY, 0, 1, 0)                                                                              \
    X(U_KHZ, "kHz", DIM_FREQUENCY, 0, 1e3, 0)                                                                          \
    X(U_MHZ, "MHz", DIM_FREQUENCY, 0, 1e6, 0)                                                                          \
    X(U_GHZ, "GHz", DIM_FREQUENCY, 0, 1e9, 0)                                                                          \
    X(U_THZ, "THz", DIM_FREQUENCY, 0, 1e12, 0)                                                                         \
    X(U_RPM, "rpm", DIM_CUSTOM, 0, 1, 0)                                                                               \
    X(U_MILLIWATT, "mW", DIM_POWER, 0, 1e-3, 0)                                                                        \
    X(U_WATT, "W", DIM_POWER, 0, 1, 0)                                                                                 \
    X(U_KW, "kW", DIM_POWER, 0, 1e3, 0)                                                                                \
    X(U_MEGAWATT, "MW", DIM_POWER, 0, 1e6, 0)                                                                          \
    X(U_GW, "GW", DIM_POWER, 0, 1e9, 0)                                                                                \
    X(U_VA, "VA", DIM_CUSTOM, 1, 1, 0)                                                                                 \
    X(U_KVA, "kVA", DIM_CUSTOM, 1, 1e3, 0)                                                                             \
    X(U_MILLIJOULE, "mJ", DIM_ENERGY, 0, 1e-3, 0)                                                                      \
    X(U_JOULE, "J", DIM_ENERGY, 0, 1, 0)                                                                               \
    X(U_KJ, "kJ", DIM_ENERGY, 0, 1e3, 0)                                                                               \
    X(U_MEGAJOULE, "MJ", DIM_ENERGY, 0, 1e6, 0)                                                                        \
    X(U_MILLIWATTHOUR, "mWh", DIM_ENERGY, 0, 3.6, 0)                                                                   \
    X(U_WH, "Wh", DIM_ENERGY, 0, 3600, 0)                                                                              \
    X(U_KWH, "kWh", DIM_ENERGY, 0, 3.6e6, 0)                                                                           \
    X(U_MEGAWATTHOUR, "MWh", DIM_ENERGY, 0, 3.6e9, 0)                                                                  \
    X(U_MILLIVOLT, "mV", DIM_VOLTAGE, 0, 1e-3, 0)                                                                      \
    X(U_VOLT, "V", DIM_VOLTAGE, 0, 1, 0)                                                                               \
    X(U_KV, "kV", DIM_VOLTAGE, 0, 1e3, 0)                                                                              \
    X(U_UA, "µA", DIM_CURRENT, 0, 1e-6, 0)                                                                             \
    X(U_MILLIAMPERE, "mA", DIM_CURRENT, 0, 1e-3, 0)                                                                    \
    X(U_AMPERE, "A", DIM_CURRENT, 0, 1, 0)                                                                             \
    X(U_MAH, "mAh", DIM_CHARGE, 0, 1e-3, 0)                                                                            \
    X(U_AH, "Ah", DIM_CHARGE, 0, 1, 0)                                                                                 \
    X(U_OHM, "Ω", DIM_CUSTOM, 2, 1, 0)                                                                                 \
    X(U_CELSIUS, "°C", DIM_TEMPERATURE, 0, 1, 0)                                                                       \
    X(U_FAHRENHEIT, "°F", DIM_TEMPERATURE, 0, 5.0 / 9.0, -160.0 / 9.0)                                                 \
    X(U_KELVIN, "K", DIM_TEMPERATURE, 0, 1, -273.15)                                                                   \
    X(U_NM, "nm", DIM_LENGTH, 0, 1e-9, 0)                                                                              \
    X(U_UM, "µm", DIM_LENGTH, 0, 1e-6, 0)                                                                              \
    X(U_MM, "mm", DIM_LENGTH, 0, 1e-3, 0)                                                                              \
    X(U_CM, "cm", DIM_LENGTH, 0, 1e-2, 0)                                                                              \
    X(U_METRE, "m", DIM_LENGTH, 0, 1, 0)                                                                               \
    X(U_KM, "km", DIM_LENGTH, 0, 1e3, 0)                                                                               \
    X(U_INCH, "inch", DIM_LENGTH, 0, 0.0254, 0)                                                                        \
    X(U_FT, "ft", DIM_LENGTH, 0, 0.3048, 0)                                                                            \
    X(U_MILE, "mile", DIM_LENGTH, 0, 1609.344, 0)                                                                      \
    X(U_NAUTICAL_MILE, "nmi", DIM_LENGTH, 0, 1852, 0)                                                                  \
    X(U_RACK, "U", DIM_CUSTOM, 3, 1, 0)                                                                                \
    X(U_MM2, "mm²", DIM_AREA, 0, 1e-6, 0)                                                                              \
    X(U_CM2, "cm²", DIM_AREA, 0, 1e-4, 0)                                                                              \
    X(U_M2, "m²", DIM_AREA, 0, 1, 0)                                                                                   \
    X(U_HA, "ha", DIM_AREA, 0, 1e4, 0)                                                                                 \
    X(U_KM2, "km²", DIM_AREA, 0, 1e6, 0)                                                                               \
    X(U_MILLIGRAM, "mg", DIM_MASS, 0, 1e-3, 0)                                                                         \
    X(U_GRAM, "g", DIM_MASS, 0, 1, 0)                                                                                  \
    X(U_KG, "kg", DIM_MASS, 0, 1e3, 0)                                                                                 \
    X(U_TONNE, "tonne", DIM_MASS, 0, 1e6, 0)                                                                           \
    X(U_LB, "lb", DIM_MASS, 0, 453.59237, 0)                                                                           \
    X(U_OZ, "oz", DIM_MASS, 0, 28.349523125, 0)                                                                        \
    X(U_PERCENT, "%", DIM_PERCENT, 0, 1, 0)                                                                            \
    X(U_PERMILLE, "‰", DIM_PERCENT, 0, 0.1, 0)                                                                         \
    X(U_PPM, "ppm", DIM_CUSTOM, 4, 1, 0)                                                                               \
    X(U_PPB, "ppb", DIM_CUSTOM, 4, 1e-3, 0)                                                                            \
    X(U_POINT, "point", DIM_POINT, 0, 1, 0)                                                                            \
    X(U_BASIS_POINT, "basis point", DIM_POINT, 0, 0.01, 0)                                                             \
    X(U_RATIO, "x", DIM_RATIO, 0, 1, 0)                                                                                \
    X(U_CENT, "cent", DIM_MONEY_USD, 1, 0.01, 0)                                                                       \
    X(U_JPY, "JPY", DIM_MONEY_OTHER, 1, 1, 0)                                                                          \
    X(U_CHF, "CHF", DIM_MONEY_OTHER, 2, 1, 0)                                                                          \
    X(U_SEK, "SEK", DIM_MONEY_OTHER, 3, 1, 0)                                                                          \
    X(U_NOK, "NOK", DIM_MONEY_OTHER, 4, 1, 0)                                                                          \
    X(U_DKK, "DKK", DIM_MONEY_OTHER, 5, 1, 0)                                                                          \
    X(U_PLN, "PLN", DIM_MONEY_OTHER, 6, 1, 0)                                                                          \
    X(U_CZK, "CZK", DIM_MONEY_OTHER, 7, 1, 0)                                                                          \
    X(U_RON, "RON", DIM_MONEY_OTHER, 8, 1, 0)                                                                          \
    X(U_HUF, "HUF", DIM_MONEY_OTHER, 9, 1, 0)                                                                          \
    X(U_INR, "INR", DIM_MONEY_OTHER, 10, 1, 0)                                                                         \
    X(U_CNY, "CNY", DIM_MONEY_OTHER, 11, 1, 0)                                                                         \
    X(U_CAD, "CAD", DIM_MONEY_OTHER, 12, 1, 0)                                                                         \
    X(U_AUD, "AUD", DIM_MONEY_OTHER, 13, 1, 0)                                                                         \
    X(U_BTC, "BTC", DIM_MONEY_OTHER, 14, 1, 0)                                                                         \
    X(U_PARAM, "params", DIM_PARAMS, 0, 1, 0)                                                                          \
    X(U_M_PARAMS, "M params", DIM_PARAMS, 0, 1e6, 0)                                                                   \
    X(U_B_PARAMS, "B params", DIM_PARAMS, 0, 1e9, 0)                                                                   \
    X(U_T_PARAMS, "T params", DIM_PARAMS, 0, 1e12, 0)                                                                  \
    X(U_US_TOK, "µs/tok", DIM_TOKEN_TIME, 0, 1e-6, 0)                                                                  \
    X(U_MS_TOK, "ms/tok", DIM_TOKEN_TIME, 0, 1e-3, 0)                                                                  \
    X(U_S_TOK, "s/tok", DIM_TOKEN_TIME, 0, 1, 0)                                                                       \
    X(U_J_TOK, "J/tok", DIM_CUSTOM, 5, 1, 0)                                                                           \
    X(U_FLOP, "FLOP", DIM_OPS, 0, 1, 0)                                                                                \
    X(U_FLOPS, "FLOPS", DIM_OPS_RATE, 0, 1, 0)                                                                         \
    X(U_MFLOPS, "MFLOPS", DIM_OPS_RATE, 0, 1e6, 0)                                                                     \
    X(U_GFLOPS, "GFLOPS", DIM_OPS_RATE, 0, 1e9, 0)                                                                     \
    X(U_TFLOPS, "TFLOPS", DIM_OPS_RATE, 0, 1e12, 0)                                                                    \
    X(U_PFLOPS, "PFLOPS", DIM_OPS_RATE, 0, 1e15, 0)                                                                    \
    X(U_EFLOPS, "EFLOPS", DIM_OPS_RATE, 0, 1e18, 0)                                                                    \
    X(U_GOPS, "GOPS", DIM_OPS_RATE, 1, 1e9, 0)                                                                         \
    X(U_TOPS, "TOPS", DIM_OPS_RATE, 1, 1e12, 0)                                                                        \
    X(U_POPS, "POPS", DIM_OPS_RATE, 1, 1e15, 0)                                                                        \
    X(U_MPACKET_S, "Mpps", DIM_EVENT_RATE, 8, 1e6, 0)                                                                  \
    X(U_MT_S, "MT/s", DIM_EVENT_RATE, 12, 1e6, 0)                                                                      \
    X(U_GT_S, "GT/s", DIM_EVENT_RATE, 12, 1e9, 0)                                                                      \
    X(U_BIT_WIDTH, "bit", DIM_BITS_WIDTH, 0, 1, 0)                                                                     \
    X(U_DB, "dB", DIM_DECIBEL, 0, 1, 0)                                                                                \
    X(U_DBA, "dBA", DIM_DECIBEL, 1, 1, 0)                                                                              \
    X(U_DBM, "dBm", DIM_DECIBEL, 2, 1, 0)                                                                              \
    X(U_PX, "px", DIM_PIXELS, 0, 1, 0)                                                                                 \
    X(U_MEGAPIXEL, "MP", DIM_PIXELS, 0, 1e6, 0)                                                                        \
    X(U_PASCAL, "Pa", DIM_PRESSURE, 0, 1, 0)                                                                           \
    X(U_HPA, "hPa", DIM_PRESSURE, 0, 1e2, 0)                                                                           \
    X(U_KPA, "kPa", DIM_PRESSURE, 0, 1e3, 0)                                                                           \
    X(U_MBAR, "mbar", DIM_PRESSURE, 0, 1e2, 0)                                                                         \
    X(U_BAR, "bar", DIM_PRESSURE, 0, 1e5, 0)                                                                           \
    X(U_PSI, "psi", DIM_PRESSURE, 0, 6894.757293168, 0)                                                                \
    X(U_M_S, "m/s", DIM_SPEED, 0, 1, 0)                                                                                \
    X(U_KM_H, "km/h", DIM_SPEED, 0, 1.0 / 3.6, 0)                                                                      \
    X(U_MPH, "mph", DIM_SPEED, 0, 0.44704, 0)                                                                          \
    X(U_KNOT, "kn", DIM_SPEED, 0, 1852.0 / 3600.0, 0)

enum { PER_TIMES = 7 }; /* s, min, h, day, week, month, year */

#define AS_ID(id, ...) id,
enum unit_ids {
    U_NONE,
    NUMERATORS(AS_ID) U_NUMERATOR_END,
    U_OTHERS_START = 1 + (U_NUMERATOR_END - 1) * (1 + PER_TIMES) - 1,
    OTHERS(AS_ID) U_END
};
#undef AS_ID

enum { U_NUMERATOR_COUNT = U_NUMERATOR_END - 1 };
#define PER(numerator, time_index) ((numerator) + U_NUMERATOR_COUNT * (1 + (time_index)))
#define PER_S(numerator) PER(numerator, 0)

extern const unit_info unit_table[U_END];

/* Spellings in byte order. `after_number`: a unit only behind a number. */
typedef struct unit_spelling {
    str text;
    uint16_t unit;
    bool after_number;
} unit_spelling;
extern const unit_spelling unit_spellings[];
extern const size_t unit_spelling_count;
/* [c]: the first spelling whose first byte is c or more; [128]: the first that begins with a non-ASCII character. */
extern const uint16_t unit_spelling_first[129];

/* Singular nouns, lower case, in byte order. */
extern const str unit_nouns[];
extern const size_t unit_noun_count;
extern const uint16_t unit_noun_first[27]; /* [k]: the first noun that begins with letter k */

#endif
