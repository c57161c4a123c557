/* test_facts_compare.c - the comparators themselves: what a stated number, version or cadence agrees with. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "facts/reading/cadence.h"
#include "facts/judge.h"

/* ---- numbers: |fact - stated| <= tolerance + half a printed unit ---- */

static void numbers(void **state) {
    (void)state;
    static const struct {
        measure said;
        double fact, tolerance;
        bool agrees;
    } cases[] = {
        /* the printed precision: 70 is what rounds to 70 */
        {{.value = 70, .half = 0.5}, 70, 0, true},
        {{.value = 70, .half = 0.5}, 70.4, 0, true},
        {{.value = 70, .half = 0.5}, 69.5, 0, true},
        {{.value = 70, .half = 0.5}, 70.6, 0, false},
        {{.value = 70, .half = 0.5}, 69.4, 0, false},
        {{.value = 70.0, .half = 0.05}, 70.4, 0, false},
        /* the fact's own tolerance, widened by half a printed unit and no further */
        {{.value = 70, .half = 0.5}, 72, 2, true},
        {{.value = 70, .half = 0.5}, 72.4, 2, true},
        {{.value = 70, .half = 0.5}, 72.6, 2, false},
        {{.value = 70, .half = 0.5}, 67.6, 2, true},
        {{.value = 70, .half = 0.5}, 67.4, 2, false},
        {{.value = 70, .half = 0}, 71, 2, true},
        {{.value = 70, .half = 0}, 72.1, 2, false},
        /* about is no licence */
        {{.value = 70, .half = 0.5, .bound = BOUND_ABOUT}, 70.4, 0, true},
        {{.value = 70, .half = 0.5, .bound = BOUND_ABOUT}, 74, 0, false},
        /* up to: the fact may be less, not more, and not a small part of it */
        {{.value = 100, .half = 0.5, .bound = BOUND_MAX}, 100, 0, true},
        {{.value = 100, .half = 0.5, .bound = BOUND_MAX}, 80, 0, true},
        {{.value = 100, .half = 0.5, .bound = BOUND_MAX}, 100.4, 0, true},
        {{.value = 100, .half = 0.5, .bound = BOUND_MAX}, 102, 0, false},
        {{.value = 100, .half = 0.5, .bound = BOUND_MAX}, 10, 0, false},
        /* at least: the fact may be more, not less */
        {{.value = 100, .half = 0.5, .bound = BOUND_MIN}, 100, 0, true},
        {{.value = 100, .half = 0.5, .bound = BOUND_MIN}, 130, 0, true},
        {{.value = 100, .half = 0.5, .bound = BOUND_MIN}, 99.6, 0, true},
        {{.value = 100, .half = 0.5, .bound = BOUND_MIN}, 98, 0, false},
        {{.value = 100, .half = 0.5, .bound = BOUND_MIN}, 1000, 0, false},
        /* an interval, whichever end is written first, and half a unit beyond its ends */
        {{.value = 10, .high = 15, .half = 0.5, .interval = true}, 12, 0, true},
        {{.value = 10, .high = 15, .half = 0.5, .interval = true}, 10, 0, true},
        {{.value = 10, .high = 15, .half = 0.5, .interval = true}, 15.4, 0, true},
        {{.value = 10, .high = 15, .half = 0.5, .interval = true}, 9.4, 0, false},
        {{.value = 10, .high = 15, .half = 0.5, .interval = true}, 15.6, 0, false},
        {{.value = 15, .high = 10, .half = 0.5, .interval = true}, 12, 0, true},
        {{.value = 10, .high = 15, .half = 0.5, .interval = true}, 16, 1, true},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        if (measure_agrees(&cases[i].said, cases[i].fact, cases[i].tolerance) != cases[i].agrees)
            fail_msg("case %zu: %g against %g", i, cases[i].said.value, cases[i].fact);
}

static void coarse_numbers_prove_nothing(void **state) {
    (void)state;
    measure hour = {.value = 3600, .half = 1800}, about = hour, three = {.value = 3, .half = 0.5};
    about.bound = BOUND_ABOUT;
    assert_true(measure_agrees(&hour, 41 * 60, 0));
    assert_true(measure_is_coarse(&hour, 41 * 60, 0));
    assert_false(measure_is_coarse(&about, 41 * 60, 0));
    assert_false(measure_is_coarse(&hour, 56 * 60, 0));
    assert_false(measure_is_coarse(&three, 2.667, 0));
    assert_true(measure_is_coarse(&(measure){.value = 0, .half = 0.5}, 0.062, 0));
}

/* ---- versions ---- */

static void versions(void **state) {
    (void)state;
    static const struct {
        enum version_scheme scheme;
        unsigned accept;
        const char *stated, *installed;
        bool agrees;
    } cases[] = {
        {VERSION_SEMVER, 0, "13.0.2", "13.0.2", true},
        {VERSION_SEMVER, 0, "v13.0.2", "13.0.2", true},
        {VERSION_SEMVER, 0, "13.0.3", "13.0.2", false},
        {VERSION_SEMVER, 0, "13.0.20", "13.0.2", false},
        {VERSION_SEMVER, 0, "1.0.0+b1", "1.0.0+b2", true}, /* build metadata orders nothing: semver 2.0.0, 10 */
        {VERSION_DEB, 0, "0:1.2-1", "1.2-1", true},
        {VERSION_PEP440, 0, "1.0", "1.0.0", true},
        /* a prefix agrees only where the manifest accepts it */
        {VERSION_SEMVER, 0, "13.0", "13.0.2", false},
        {VERSION_SEMVER, ACCEPT_PREFIX, "13.0", "13.0.2", true},
        {VERSION_SEMVER, ACCEPT_PREFIX, "13", "13.0.2", true},
        {VERSION_SEMVER, ACCEPT_PREFIX, "13.1", "13.0.2", false},
        {VERSION_SEMVER, ACCEPT_PREFIX, "1", "13.0.2", false},
        {VERSION_LOOSE, ACCEPT_PREFIX, "580.95", "580.95.05", true},
        {VERSION_LOOSE, ACCEPT_PREFIX, "580.9", "580.95.05", false},
        /* what was installed may be written without its packaging, where the manifest says so */
        {VERSION_DEB, ACCEPT_PREFIX, "6.1.0-42", "6.1.0-42-amd64", true},
        {VERSION_DEB, ACCEPT_BUILD, "2.3.2", "2.3.2-2~bpo12+2", true},
        {VERSION_DEB, 0, "2.3.2", "2.3.2-2~bpo12+2", false},
        /* and with a package's own suffix on top, but not with another part */
        {VERSION_LOOSE, 0, "16.12-1.pgdg120+1", "16.12", true},
        {VERSION_DEB, 0, "16.12-1.pgdg120+1", "16.12", true},
        {VERSION_SEMVER, 0, "16.12.0-1", "16.12.0", false},
        {VERSION_SEMVER, ACCEPT_BUILD, "16.12.0-1", "16.12.0", true},
        {VERSION_LOOSE, 0, "16.12.4", "16.12", false},
        {VERSION_LOOSE, 0, "16.125", "16.12", false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        manifest_version v = {.scheme = (uint8_t)cases[i].scheme, .accept = (uint8_t)cases[i].accept};
        bool agrees = version_agrees(&v, str_from_cstr(cases[i].stated), str_from_cstr(cases[i].installed));
        if (agrees != cases[i].agrees) fail_msg("case %zu: %s for %s", i, cases[i].stated, cases[i].installed);
    }
}

/* ---- cadences ---- */

static enum cadence_agreement cadence_of(const char *said, const char *declared) {
    cadence a, b;
    str x = str_from_cstr(said), y = str_from_cstr(declared);
    assert_true(cadence_find(x, 0, &a) || cadence_find_time(x, 0, &a));
    assert_true(cadence_find(y, 0, &b) || cadence_find_time(y, 0, &b));
    return cadence_compare(&a, &b);
}

static void cadences(void **state) {
    (void)state;
    static const struct {
        const char *said, *declared;
        enum cadence_agreement want;
    } cases[] = {
        {"nightly", "every night at 02:30", CADENCE_AGREES},
        {"every day at 02:30", "every night at 02:30", CADENCE_AGREES},
        {"every night at 02:31", "every night at 02:30", CADENCE_UNLIKE},
        {"every hour", "every night at 02:30", CADENCE_UNLIKE},
        {"weekly", "every Sunday at 01:30", CADENCE_AGREES},
        {"every Monday", "every Sunday at 01:30", CADENCE_UNLIKE},
        {"every Sunday", "every Sunday at 01:30", CADENCE_AGREES},
        {"Monday to Saturday", "Monday to Saturday at 01:30", CADENCE_AGREES},
        {"Monday to Friday", "Monday to Saturday at 01:30", CADENCE_UNLIKE},
        {"every weekday", "Monday to Saturday", CADENCE_UNLIKE},
        {"first Tuesday of each month", "first Tuesday of each month", CADENCE_AGREES},
        {"third Tuesday of each month", "first Tuesday of each month", CADENCE_UNLIKE},
        {"first Monday of each month", "first Tuesday of each month", CADENCE_UNLIKE},
        {"monthly", "first Tuesday of each month", CADENCE_AGREES},
        {"every second Friday", "every second Friday", CADENCE_AGREES},
        {"every Friday", "every second Friday", CADENCE_UNLIKE},
        {"every 90 days", "every 90 days", CADENCE_AGREES},
        {"every ninety days", "every 90 days", CADENCE_AGREES},
        {"every 30 days", "every 90 days", CADENCE_UNLIKE},
        {"every 24 hours", "daily", CADENCE_AGREES},
        {"once a quarter", "quarterly", CADENCE_AGREES},
        {"twice a week", "weekly", CADENCE_UNLIKE},
        {"every Sunday", "weekly on Saturday", CADENCE_UNLIKE},
        {"weekly, on Saturdays", "weekly on Saturday", CADENCE_AGREES},
        {"once a week on Sunday", "weekly on Saturday", CADENCE_UNLIKE},
        {"weekly", "weekly on Saturday", CADENCE_AGREES},
        {"on each tag", "on each tag", CADENCE_AGREES},
        {"on every release", "on each tag", CADENCE_UNKNOWN},
        {"weekly", "on each tag", CADENCE_UNLIKE},
        {"on each tag", "weekly", CADENCE_UNKNOWN},
        {"02:30", "every night at 02:30", CADENCE_AGREES},
        {"03:30", "every night at 02:30", CADENCE_UNLIKE},
        {"02:30", "weekly", CADENCE_UNKNOWN},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        if (cadence_of(cases[i].said, cases[i].declared) != cases[i].want)
            fail_msg("\"%s\" against \"%s\": %d", cases[i].said, cases[i].declared,
                     (int)cadence_of(cases[i].said, cases[i].declared));
}

/* A clock time alone never agrees with another time zone's digits or a date's. */
static void no_cadence(void **state) {
    (void)state;
    static const char *const none[] = {"every time it rains",
                                       "the second reading",
                                       "each of them",
                                       "on Sunday evening",
                                       "first of all",
                                       "a recent nightly compiler",
                                       "it landed on nightly.",
                                       "the nightly channel",
                                       "a daily",
                                       "25:10",
                                       "12:75"};
    cadence c;
    for (size_t i = 0; i < COUNT_OF(none) - 3; i++)
        if (cadence_find(str_from_cstr(none[i]), 0, &c)) fail_msg("\"%s\" is a cadence", none[i]);
    assert_false(cadence_find_time(STR("25:10"), 0, &c));
    assert_false(cadence_find_time(STR("12:75"), 0, &c));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(numbers), cmocka_unit_test(coarse_numbers_prove_nothing),
                                       cmocka_unit_test(versions), cmocka_unit_test(cadences),
                                       cmocka_unit_test(no_cadence)};
    return cmocka_run_group_tests_name("facts: comparators", tests, NULL, NULL);
}
