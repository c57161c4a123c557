/* test_derived.c - what expressions over facts come to: with the units of their parts, or as their author converted
 * them by hand. The expected values are worked out by hand beside each case. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"
#include "manifest/derived.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "hosts:\n"
    "  - {id: box, attrs: {draw: {value: 200, unit: W}, size: {value: 120, unit: GB},\n"
    "     took: {value: 20, unit: min}, start: {value: 30, unit: s}, rent: {value: '5.4', unit: EUR},\n"
    "     tariff: {value: '0.34', unit: EUR}, used: {value: 90, unit: GB}, hot: {value: 67, unit: °C},\n"
    "     cold: {value: 41, unit: °C}, drives: {value: 8, unit: drive}, each: {value: 4, unit: TB},\n"
    "     tokens: {value: 3600000, unit: token}, rate: {value: 50, unit: tok/s},\n"
    "     bandwidth: {value: 240, unit: GB/s}, share: {value: 45, unit: '%'}}}\n"
    "derived:\n";

typedef struct derived_case {
    const char *entry, *shown;
} derived_case;

static const derived_case cases[] = {
    /* the units do it */
    {"{id: d, expr: box.size / box.took, unit: MB/s}", "100 MB/s"}, /* 120 GB in 1200 s */
    {"{id: d, expr: box.draw * box.took, unit: Wh}", "66.6667 Wh"}, /* 200 W for a third of an hour */
    {"{id: d, expr: box.took / box.start}", "40x"},                 /* 1200 s / 30 s */
    {"{id: d, expr: box.took - box.start}", "19.5 min"},            /* 1170 s, in the first operand's unit */
    {"{id: d, expr: box.tokens / box.rate, unit: h}", "20 h"},      /* 72000 s */
    {"{id: d, expr: 12 * box.rent, unit: EUR}", "64.8 EUR"},        /* no conversion: a factor that is meant */
    {"{id: d, expr: 12 * box.rent}", "64.8 EUR"},                   /* the second factor's currency */
    {"{id: d, expr: 60 * box.start, unit: min}", "30 min"},         /* sixty times half a minute */
    {"{id: d, expr: 24 * box.rent, unit: EUR}", "129.6 EUR"},       /* hours of rent: both readings agree */
    {"{id: d, expr: box.drives * box.each, unit: TB}", "32 TB"},    /* counted things drop out */
    {"{id: d, expr: box.hot - box.cold}", "26 °C"},
    {"{id: d, expr: box.used / box.size, unit: '%'}", "75 %"},
    {"{id: d, expr: box.share * box.size, unit: GB}", "54 GB"}, /* 45 % of 120 GB, not 45 times */
    {"{id: d, expr: box.bandwidth / box.size}", "2 Hz"},
    /* converted by hand */
    {"{id: d, expr: box.size * 1000 / (box.took * 60), unit: MB/s}", "100 MB/s"},
    {"{id: d, expr: box.draw * box.took / 60, unit: Wh}", "66.6667 Wh"},
    {"{id: d, expr: box.took * 60 / box.start}", "40x"},
    {"{id: d, expr: box.tokens / box.rate / 3600, unit: h}", "20 h"},
    {"{id: d, expr: box.draw * 24 * 30 / 1000, unit: kWh}", "144 kWh"}, /* hours that no quantity states */
    {"{id: d, expr: box.draw * 24 / 1000 * box.tariff, unit: EUR}", "1.632 EUR"},
    {"{id: d, expr: 100 * box.used / box.size, unit: '%'}", "75 %"},
    {"{id: d, expr: 11 * box.start / 60, unit: min}", "5.5 min"},
    /* built on one another */
    {"{id: e, expr: box.draw * 24 / 1000, unit: kWh}\n  - {id: d, expr: e * box.tariff, unit: EUR}", "1.632 EUR"},
    {"{id: e, expr: box.size / box.took, unit: MB/s}\n  - {id: d, expr: e / box.bandwidth, unit: '%'}", "0.0416667 %"},
    /* nothing can be said */
    {"{id: d, expr: 500 - box.size, unit: GB}", NULL},
    {"{id: d, expr: 15 / box.rent}", NULL},
};

static void expressions_come_to_what_their_author_means(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buf text = {0}, shown = {0};
        buf_printf(&text, "%s  - %s\n", facts, cases[i].entry);
        manifest_source source = {STR("facts.yaml"), buf_view(&text)};
        manifest *m;
        error e = {0};
        if (manifest_load(&source, 1, &m, &e)) fail_msg("%s: %s", cases[i].entry, e.message);
        arena *a = arena_new(0);
        derived_value *values = derived_evaluate(a, m);
        assert_non_null(values);
        uint32_t at = 0;
        while (!str_eq(m->derived[at].fact.id, STR("d"))) at++;
        derived_show(m, at, &values[at], &shown);
        buf_byte(&shown, 0);
        if (!cases[i].shown) {
            assert_int_equal(values[at].reading_count, 0);
            assert_true(str_starts(buf_view(&shown), STR("unknown")));
        } else if (strcmp((const char *)shown.p, cases[i].shown) != 0) {
            fail_msg("%s: %s, not %s", cases[i].entry, (const char *)shown.p, cases[i].shown);
        }
        arena_free(a);
        manifest_free(m);
        buf_free(&text);
        buf_free(&shown);
    }
}

/* The same factor changes nothing when all units and the factor change together. */
static void conversions_by_hand_agree_with_units(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {"box.size / box.took, unit: MB/s", "box.size * 1000 / (box.took * 60), unit: MB/s"},
        {"box.size / box.took, unit: GB/h", "box.size / (box.took / 60), unit: GB/h"},
        {"box.draw * box.start, unit: Wh", "box.draw * box.start / 3600, unit: Wh"},
        {"box.start / box.took, unit: '%'", "box.start / (box.took * 60) * 100, unit: '%'"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        buf text = {0};
        buf_printf(&text, "%s  - {id: a, expr: %s}\n  - {id: b, expr: %s}\n", facts, pairs[i][0], pairs[i][1]);
        manifest_source source = {STR("facts.yaml"), buf_view(&text)};
        manifest *m;
        error e = {0};
        if (manifest_load(&source, 1, &m, &e)) fail_msg("%s: %s", pairs[i][0], e.message);
        arena *a = arena_new(0);
        derived_value *v = derived_evaluate(a, m);
        assert_non_null(v);
        assert_true(v[0].known && v[1].known);
        if (v[0].value > 1.000001 * v[1].value || v[1].value > 1.000001 * v[0].value)
            fail_msg("%s: %g, %s: %g", pairs[i][0], v[0].value, pairs[i][1], v[1].value);
        arena_free(a);
        manifest_free(m);
        buf_free(&text);
    }
}

/* What is derived of an unconfirmed or a stale fact is as uncertain as that fact, at any remove. */
static void derived_facts_are_no_surer_than_their_parts(void **state) {
    (void)state;
    static const char text[] =
        "assay-facts: 1\nas_of: 2026-05-18\n"
        "hosts: [{id: h, attrs: {sure: {value: 1, unit: GB}, size: {value: 100, unit: GB, confirmed: false},\n"
        "  old: {value: 7, unit: GB, evidence: {observed: 2020-01-01, half_life: 30 days}},\n"
        "  ages: {value: 8, unit: GB, evidence: {observed: 2026-05-01, half_life: 90 days}}}}]\n"
        "derived: [{id: quad, expr: 2 * double}, {id: double, expr: 2 * h.size + h.old}, {id: triple, expr: 3 * "
        "h.old},\n"
        "  {id: soon, expr: h.sure + h.ages}, {id: fine, expr: h.sure * 2}, {id: own, expr: h.sure * 3, confirmed: "
        "false}]\n";
    manifest_source source = {STR("facts.yaml"), str_from_cstr(text)};
    manifest *m;
    error e = {0};
    if (manifest_load(&source, 1, &m, &e)) fail_msg("%s", e.message);
    const struct {
        const char *id, *rests_on;
        enum fact_state now, in_a_year;
    } wanted[] = {
        {"quad", "double", FACT_UNCONFIRMED, FACT_UNCONFIRMED},
        {"double", "h.size", FACT_UNCONFIRMED, FACT_UNCONFIRMED},
        {"triple", "h.old", FACT_STALE, FACT_STALE},
        {"soon", "h.ages", FACT_USABLE, FACT_STALE},
        {"fine", NULL, FACT_USABLE, FACT_USABLE},
        {"own", NULL, FACT_UNCONFIRMED, FACT_UNCONFIRMED},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        const manifest_fact *f = manifest_find_fact(m, str_from_cstr(wanted[i].id));
        uint32_t on = m->derived[f->index].rests_on;
        if (manifest_fact_state(m, f, 0) != wanted[i].now ||
            manifest_fact_state(m, f, date_make(2027, 5, 18)) != wanted[i].in_a_year)
            fail_msg("%s has another state", wanted[i].id);
        if (!wanted[i].rests_on != (on == MANIFEST_NONE) ||
            (wanted[i].rests_on && !str_eq(m->facts[on]->id, str_from_cstr(wanted[i].rests_on))))
            fail_msg("%s rests on another fact", wanted[i].id);
    }
    manifest_free(m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expressions_come_to_what_their_author_means),
        cmocka_unit_test(conversions_by_hand_agree_with_units),
        cmocka_unit_test(derived_facts_are_no_surer_than_their_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
