/* test_lex_units.c - decimals and units: reading, rounding, conversion, nouns. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "lex/decimal.h"
#include "lex/units_table.h"

#include <math.h>
#include <stdlib.h>

#define S(x) str_from_cstr(x)

static void decimals_keep_value_and_precision(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int64_t digits;
        int scale;
        bool comma;
    } CASES[] = {{"0", 0, 0, 0},
                 {"59.70", 5970, 2, 0},
                 {"-4.5", -45, 1, 0},
                 {"1,234.5", 12345, 1, 0},
                 {"816 000", 816000, 0, 0},
                 {"127,600,748", 127600748, 0, 0},
                 {"1_000_000", 1000000, 0, 0},
                 {"1'000", 1000, 0, 0},
                 {"1.5e3", 15, -2, 0},
                 {"2E-3", 2, 3, 0},
                 {"\u00bd", 5, 1, 0},
                 {"2\u00bd", 25, 1, 0},
                 {"\u22125", -5, 0, 0},
                 {"\u20135", -5, 0, 0},
                 {"1\u202f000", 1000, 0, 0},
                 {"1\u00a0000", 1000, 0, 0},
                 {"1\u2009234\u2009567", 1234567, 0, 0},
                 {"1,5", 15, 1, 1},
                 {"1.234,5", 12345, 1, 1},
                 {".5", 5, 1, 0},
                 {"007", 7, 0, 0},
                 {"+3", 3, 0, 0},
                 {"999999999999999999", 999999999999999999, 0, 0}};
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        decimal d;
        if (!decimal_parse(S(CASES[i].text), CASES[i].comma, &d)) fail_msg("%s", CASES[i].text);
        if (d.digits != CASES[i].digits || d.scale != CASES[i].scale || d.overflow)
            fail_msg("%s: %lld / 10^%d", CASES[i].text, (long long)d.digits, d.scale);
    }
    static const char *const BAD[] = {"",      "-",      ".",  "1.",    "1,23", "1,2345", "1,234 567",
                                      "12 34", "1 2345", "1e", "1.2.3", "0x10", "abc",    "1 ",
                                      " 1",    "1..2",   ",5", "e5",    "1,",   "\u00bd5"};
    for (size_t i = 0; i < COUNT_OF(BAD); i++) {
        decimal d;
        if (decimal_parse(S(BAD[i]), false, &d) || d.valid) fail_msg("'%s'", BAD[i]);
    }
    decimal big, other;
    assert_true(decimal_parse(STR("12345678901234567890"), false, &big) && big.overflow);
    assert_true(decimal_parse(STR("12345678901234567891"), false, &other) && other.overflow);
    assert_true(decimal_parse(STR("1e999"), false, &big) && big.overflow);
    assert_true(decimal_cmp(big, other) != 0);
}

static void spelled_numbers_are_read(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int64_t digits;
        int scale;
    } CASES[] = {{"zero", 0, 0},
                 {"twenty", 20, 0},
                 {"Twenty-four", 24, 0},
                 {"twenty four", 24, 0},
                 {"a hundred", 100, 0},
                 {"one hundred and five", 105, 0},
                 {"half", 5, 1},
                 {"half a", 5, 1},
                 {"two and a half", 25, 1},
                 {"two million", 2, -6},
                 {"a dozen", 12, 0},
                 {"two dozen", 24, 0},
                 {"three hundred thousand", 300, -3},
                 {"one thousand two hundred and thirty-four", 1234, 0},
                 {"nineteen hundred", 1900, 0},
                 {"one million two hundred thousand", 1200, -3}};
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        decimal d;
        if (!decimal_parse_words(S(CASES[i].text), &d)) fail_msg("%s", CASES[i].text);
        if (d.digits != CASES[i].digits || d.scale != CASES[i].scale)
            fail_msg("%s: %lld / 10^%d", CASES[i].text, (long long)d.digits, d.scale);
    }
    static const char *const BAD[] = {"",
                                      "a",
                                      "and",
                                      "one two",
                                      "twenty ten",
                                      "five and",
                                      "and five",
                                      "one a",
                                      "hundreds",
                                      "twenty zero",
                                      "two thousand million",
                                      "half half",
                                      "half a million five",
                                      "-one",
                                      "one-"};
    for (size_t i = 0; i < COUNT_OF(BAD); i++) {
        decimal d;
        if (decimal_parse_words(S(BAD[i]), &d)) fail_msg("'%s'", BAD[i]);
    }
}

static void half_a_unit_is_of_the_printed_place(void **state) {
    (void)state;
    decimal k = decimal_shift(decimal_make(12, 1), 3);
    assert_true(decimal_half_unit(k) == 50 && decimal_to_f64(k) == 1200);
    assert_true(decimal_half_unit(decimal_make(597, 1)) == 0.05 && decimal_half_unit(decimal_make(70, 0)) == 0.5);
}

static void a_written_decimal_reads_back(void **state) {
    (void)state;
    unsigned seed = 3;
    for (int round = 0; round < 200000; round++) {
        int64_t digits = (int64_t)rand_r(&seed) * (round % 3 ? 1 : 100000007) % 1000000000000000000;
        if (rand_r(&seed) & 1) digits = -digits;
        decimal d = decimal_make(round % 5 ? digits : digits % 1000,
                                 rand_r(&seed) % (round % 7 ? 24 : 190) - (round % 7 ? 8 : 95)),
                back;
        char text[32];
        if (!decimal_parse(S(decimal_text(d, text)), false, &back)) fail_msg("%s", text);
        if (decimal_cmp(d, back) != 0 || (d.scale > 0 && (back.scale != d.scale || back.digits != d.digits)))
            fail_msg("%lld/%d -> %s", (long long)d.digits, d.scale, text);
        decimal more = decimal_make(d.digits + 1, d.scale);
        if (decimal_cmp(d, more) >= 0 || decimal_cmp(more, d) <= 0) fail_msg("%s", text);
    }
    char text[32];
    assert_string_equal(decimal_text(decimal_make(5970, 2), text), "59.70");
    assert_string_equal(decimal_text(decimal_make(12, -2), text), "1200");
    assert_string_equal(decimal_text(decimal_make(-5, 3), text), "-0.005");
    assert_string_equal(decimal_text(decimal_make(0, -3), text), "0");
    assert_string_equal(decimal_text((decimal){0}, text), "?");
}

static void comparing_decimals_is_a_total_order(void **state) {
    (void)state;
    unsigned seed = 11;
    for (int round = 0; round < 200000; round++) {
        decimal d[3];
        for (int i = 0; i < 3; i++) {
            d[i] = decimal_make((rand_r(&seed) % 41 - 20) * (round % 2 ? 1 : 1000000000000000),
                                rand_r(&seed) % 5 + (round % 3 ? 0 : 30 * (rand_r(&seed) % 4) - 60));
            d[i].overflow = rand_r(&seed) % 16 == 0;
        }
        int ab = decimal_cmp(d[0], d[1]), bc = decimal_cmp(d[1], d[2]), ac = decimal_cmp(d[0], d[2]);
        assert_int_equal(decimal_cmp(d[1], d[0]), -ab);
        if (ab <= 0 && bc <= 0) assert_true(ac <= 0);
        if (d[0].overflow != d[1].overflow) assert_true(ab != 0);
    }
}

static void the_dictionary_is_consistent(void **state) {
    (void)state;
    for (size_t i = 0; i < unit_spelling_count; i++) {
        if (i) assert_true(str_cmp(unit_spellings[i - 1].text, unit_spellings[i].text) < 0);
        assert_true(unit_spellings[i].unit > 0 && unit_spellings[i].unit < U_END);
        unit_id unit = unit_parse(unit_spellings[i].text, true);
        unit_id want = unit_get(unit_spellings[i].unit)->dimension == DIM_COUNT ? UNIT_COUNT : unit_spellings[i].unit;
        if (unit != want) fail_msg("%.*s: %s", STR_ARG(unit_spellings[i].text), unit_get(unit)->name);
        if (unit_spellings[i].after_number) assert_int_equal(unit_parse(unit_spellings[i].text, false), UNIT_NONE);
    }
    for (size_t i = 1; i < unit_noun_count; i++)
        if (str_cmp(unit_nouns[i - 1], unit_nouns[i]) >= 0) fail_msg("%.*s", STR_ARG(unit_nouns[i]));
    for (size_t i = 0; i < unit_noun_count; i++)
        if (!unit_noun_known(unit_nouns[i])) fail_msg("%.*s", STR_ARG(unit_nouns[i]));
    for (unit_id u = 1; u < unit_count(); u++) {
        const unit_info *info = unit_get(u);
        if (!info->name || info->dimension == DIM_NONE) fail_msg("unit %d has no entry", u);
        unit_id want = info->dimension == DIM_COUNT ? UNIT_COUNT : u;
        if (unit_parse(S(info->name), true) != want) fail_msg("%s", info->name);
        assert_true(strlen(unit_dimension_name(info->dimension)) > 0);
    }
    assert_string_equal(unit_get(60000)->name, "");
}

static void converting_there_and_back_is_the_identity(void **state) {
    (void)state;
    for (unit_id a = 1; a < unit_count(); a++)
        for (unit_id b = 1; b < unit_count(); b++) {
            double there, back;
            bool ok = unit_convert(59.7, a, b, &there);
            const unit_info *x = unit_get(a), *y = unit_get(b);
            assert_int_equal(ok, x->dimension == y->dimension && x->family == y->family);
            if (!ok) continue;
            assert_true(unit_convert(there, b, a, &back));
            if (fabs(back - 59.7) > 1e-9 * 300) fail_msg("%s %s: %.17g", x->name, y->name, back);
        }
}

static void units_are_matched_in_text(void **state) {
    (void)state;
    static const struct {
        const char *text, *name;
        int length;
    } CASES[] = {{"GB/s,", "GB/s", 4},
                 {"GB per second", "GB/s", 13},
                 {"GiB", "GiB", 3},
                 {"Gb/s", "Gb/s", 4},
                 {"Mb/s", "Mb/s", 4},
                 {"gb RAM", "GB", 2}, /* in a hurry … */
                 {"tb.", "TB", 2},
                 {"mb/s", "", 0}, /* … and of rates who knows */
                 {"gb per second", "", 0},
                 {"TB", "TB", 2},
                 {"Tb", "Tb", 2},
                 {"tok/s", "tok/s", 5},
                 {"tokens per second", "tok/s", 17},
                 {"tokens/sec", "tok/s", 10},
                 {"t/s", "tok/s", 3},
                 {"token/s)", "tok/s", 7},
                 {"ms", "ms", 2},
                 {"\u00b5s", "µs", 3},
                 {"\u03bcs", "µs", 3},
                 {"percent of", "%", 7},
                 {"%.", "%", 1},
                 {"percentage points", "point", 17},
                 {"points", "point", 6},
                 {"B params", "B params", 8},
                 {"billion parameters", "B params", 18},
                 {"\u00b0C", "°C", 3},
                 {"degrees Celsius", "°C", 15},
                 {"km per hour", "km/h", 11},
                 {"ms per token", "ms/tok", 12},
                 {"requests per minute", "request/min", 19},
                 {"req/s", "request/s", 5},
                 {"rows/s", "row/s", 6},
                 {"IOPS", "op/s", 4},
                 {"TFLOPS", "TFLOPS", 6},
                 {"PFLOP/s", "PFLOPS", 7},
                 {"bits", "bit", 4},
                 {"bits per second", "b/s", 15},
                 {"dB(A)", "dBA", 5},
                 {"mAh", "mAh", 3},
                 {"EUR a month", "EUR/month", 11},
                 {"kWh", "kWh", 3},
                 {"cores", "count", 5},
                 {"GPUs", "count", 4},
                 {"x", "x", 1},
                 {"\u00d7", "x", 2},
                 {"x86", "", 0},
                 {"GBs", "GB", 3},
                 {"GBx", "", 0},
                 {"GB_x", "", 0},
                 {"gB", "", 0},
                 {"MS", "", 0},
                 {"Minutes", "min", 7},
                 {"the", "", 0},
                 {"", "", 0},
                 {"/s", "", 0},
                 {"MT/s", "MT/s", 4},
                 {"V", "V", 1},
                 {"\u20ac", "EUR", 3},
                 {"$", "USD", 1},
                 {"GiB/h", "GiB/h", 5},
                 {"transactions per second", "transaction/s", 23},
                 {"m\u00b2", "m²", 3},
                 {"watt-hours", "Wh", 10},
                 {"s\u00e9", "", 0}};
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        unit_id unit;
        ptrdiff_t n = unit_match(S(CASES[i].text), 0, &unit);
        if (n != CASES[i].length || strcmp(unit_get(unit)->name, CASES[i].name) != 0)
            fail_msg("'%s': '%s' %d", CASES[i].text, unit_get(unit)->name, (int)n);
    }
    assert_int_equal(unit_parse(STR("B"), false), UNIT_NONE);
    assert_int_equal(unit_parse(STR("marina"), false), UNIT_COUNT);
    assert_int_equal(unit_parse(STR("tok/sec2"), false), UNIT_NONE);
    double out;
    assert_true(unit_convert(1, unit_parse(STR("GiB"), false), unit_parse(STR("MiB"), false), &out) && out == 1024);
    assert_true(unit_convert(8, unit_parse(STR("Gb/s"), false), unit_parse(STR("GB/s"), false), &out) &&
                fabs(out - 1) < 1e-12);
    assert_false(unit_convert(1, unit_parse(STR("rows/s"), false), unit_parse(STR("messages/s"), false), &out));
    assert_false(unit_convert(1, unit_parse(STR("USD"), false), unit_parse(STR("EUR"), false), &out));
}

static void nouns_have_stems(void **state) {
    (void)state;
    static const char *const CASES[][2] = {{"GPUs", "gpu"},
                                           {"queries", "query"},
                                           {"Full  backups", "full backup"},
                                           {"boxes", "box"},
                                           {"processes", "process"},
                                           {"batches", "batch"},
                                           {"caches", "cache"},
                                           {"databases", "database"},
                                           {"people", "person"},
                                           {"indices", "index"},
                                           {"address", "address"},
                                           {"status", "status"},
                                           {"berths", "berth"},
                                           {"cores", "core"},
                                           {"core", "core"},
                                           {"leases", "lease"},
                                           {"NICs", "nic"}};
    char out[64];
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        str stem = unit_noun_stem(S(CASES[i][0]), out);
        if (!str_eq(stem, S(CASES[i][1]))) fail_msg("%s: %.*s", CASES[i][0], STR_ARG(stem));
    }
    static const char *const PLURALS[] = {"nodes", "GPUs", "people", "runs", "drafts", "berths"};
    static const char *const NOT[] = {"access", "is", "always", "status", "was", "requires", "has", "us", "node"};
    for (size_t i = 0; i < COUNT_OF(PLURALS); i++) assert_true(unit_noun_plural(S(PLURALS[i])));
    for (size_t i = 0; i < COUNT_OF(NOT); i++)
        if (unit_noun_plural(S(NOT[i]))) fail_msg("%s", NOT[i]);
    assert_true(unit_noun_known(STR("vCPUs")) && unit_noun_known(STR("core")) && !unit_noun_known(STR("the")));
    assert_true(unit_noun_possible(STR("full backup")) && unit_noun_possible(STR("marina")));
    assert_false(unit_noun_possible(STR("tok/sec2")) || unit_noun_possible(STR("")) ||
                 unit_noun_possible(STR("of the")));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(decimals_keep_value_and_precision),
                                       cmocka_unit_test(spelled_numbers_are_read),
                                       cmocka_unit_test(half_a_unit_is_of_the_printed_place),
                                       cmocka_unit_test(a_written_decimal_reads_back),
                                       cmocka_unit_test(comparing_decimals_is_a_total_order),
                                       cmocka_unit_test(the_dictionary_is_consistent),
                                       cmocka_unit_test(converting_there_and_back_is_the_identity),
                                       cmocka_unit_test(units_are_matched_in_text),
                                       cmocka_unit_test(nouns_have_stems)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
