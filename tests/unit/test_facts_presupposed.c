/* test_facts_presupposed.c - numbers that a wish, a condition or an order around them leaves stated, and numbers whose
 * owner no verb names: in its parenthesis, in its list of values, right before its name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "tests/support/judged.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-05-18\nunits: [scan]\n"
    "hardware:\n"
    "  - {id: petrel, aliases: [petrel], location: Porto, attrs: {memory: {value: '96', unit: GB, aliases: [RAM]},\n"
    "     storage: {value: '4', unit: TB, aliases: [disk]}, noise: {value: '34', unit: dB}}}\n"
    "  - {id: skua, aliases: [skua], location: Porto, attrs: {storage: {value: '2', unit: TB, aliases: [disk]}}}\n"
    "  - {id: titan, aliases: [Titan RTX], attrs: {memory: {value: '24', unit: GB, aliases: [VRAM]},\n"
    "     memory_bandwidth: {value: '672', unit: GB/s, aliases: [bandwidth]}}}\n"
    "  - {id: link, aliases: [switch], attrs: {speed: {value: '10', unit: Gb/s}}}\n"
    "components:\n"
    "  - {id: reader, aliases: [Florence-9B], attrs: {parameters: {value: '9', unit: B params},\n"
    "     file_size: {value: '18', unit: GB, aliases: [file, weights]}, cache: {value: '3', unit: GB}}}\n"
    "  - {id: postgres, aliases: [PostgreSQL], attrs: {shared_buffers: {value: '8', unit: GB}}}\n"
    "  - {id: watch, aliases: [Prometheus], attrs: {targets: {value: '9', unit: target},\n"
    "     scrape_interval: {value: '20', unit: s, aliases: [scrape interval]}}}\n"
    "benchmarks:\n"
    "  - {id: scan-gray, subject: [petrel], metric: scanning, value: '41', unit: scan/s, where: {mode: gray}}\n"
    "  - {id: scan-color, subject: [petrel], metric: scanning, value: '17', unit: scan/s, where: {mode: color}}\n"
    "  - {id: day-energy, subject: [petrel], metric: day energy, value: '2.4', unit: kWh}\n"
    "derived:\n"
    "  - {id: scan-energy, expr: day-energy / 2, aliases: [energy a shift], unit: kWh}\n";

static manifest *load_facts(void) {
    manifest_source source = {.path = STR("facts.yaml"), .content = str_from_cstr(facts)};
    manifest *m = NULL;
    error e = {0};
    if (manifest_load(&source, 1, &m, &e)) print_error("line %u: %s\n", e.line, e.message);
    assert_non_null(m);
    return m;
}

typedef struct said {
    const char *text, *claim; /* the words of the claim */
    enum verdict verdict;
    bool earns; /* is it a specific that would be paid for: unverified, it taints */
} said;

static void expect(const said *cases, size_t n) {
    manifest *m = load_facts();
    unsigned wrong = 0;
    for (size_t i = 0; i < n; i++) {
        char text[1024];
        snprintf(text, sizeof text, "---\ntitle: T\n---\n\nWe run petrel and skua.\n\n%s\n", cases[i].text);
        judged x = judged_text(m, "t.md", str_from_cstr(text), true);
        const claim *c = judged_claim(&x, cases[i].claim, 0);
        bool right = c && c->verdict == cases[i].verdict && c->credit_bearing == cases[i].earns;
        if (!right)
            print_error("%s\n  \"%s\": %s%s %.*s\n", cases[i].text, cases[i].claim,
                        c ? verdict_name(c->verdict) : "no claim", c && c->credit_bearing ? "" : " (earns nothing)",
                        STR_ARG(c ? c->why : STR("")));
        wrong += !right;
        judged_free(&x);
    }
    manifest_free(m);
    assert_int_equal(wrong, 0);
}

static void a_wish_does_not_reach_what_it_takes_for_granted(void **state) {
    (void)state;
    static const said cases[] = {
        {"Those 61 GB of thumbnails would have filled it.", "61 GB", VERDICT_UNVERIFIED, true},
        {"I would not have let anybody see our 410 drafts.", "410 drafts", VERDICT_UNVERIFIED, true},
        {"A full scan needs its 96 GB of RAM.", "96 GB", VERDICT_SUPPORTED, true},
        {"It would need 61 GB of thumbnails.", "61 GB", VERDICT_UNVERIFIED, false},
        {"If you have the 24 GB card, skip this.", "24 GB", VERDICT_UNVERIFIED, false},
        {"It would fit into the 80 GB of an H100.", "80 GB", VERDICT_UNVERIFIED, false},
    };
    expect(cases, sizeof cases / sizeof *cases);
}

static void reckoning_is_no_condition(void **state) {
    (void)state;
    static const said cases[] = {
        {"If you count only last week, petrel wrote 61 GB of thumbnails.", "61 GB", VERDICT_UNVERIFIED, true},
        {"If you have read the data sheet you know the rest: petrel has 48 GB of RAM.", "48 GB", VERDICT_CONTRADICTED,
         true},
        {"Put side by side, the two machines have 61 fans.", "61 fans", VERDICT_UNVERIFIED, true},
        {"Put 61 fans into the rack, it needs them.", "61 fans", VERDICT_UNVERIFIED, false},
        {"If you buy a machine with 48 GB of RAM, it works.", "48 GB", VERDICT_UNVERIFIED, false},
    };
    expect(cases, sizeof cases / sizeof *cases);
}

static void apposition_names_the_owner(void **state) {
    (void)state;
    static const said cases[] = {
        {"It holds a Titan RTX (32 GB at 672 GB/s, bought used).", "32 GB", VERDICT_CONTRADICTED, true},
        {"It holds a Titan RTX (24 GB at 812 GB/s, bought used).", "812 GB/s", VERDICT_CONTRADICTED, true},
        {"It holds a Titan RTX (24 GB at 672 GB/s, bought used).", "672 GB/s", VERDICT_SUPPORTED, true},
        {"- petrel, the one in the cellar: 31 fans, 64 GB", "64 GB", VERDICT_CONTRADICTED, true},
        {"- petrel, the one in the cellar: 31 fans, 96 GB", "96 GB", VERDICT_SUPPORTED, true},
        {"Florence-9B, 22 GB.", "22 GB", VERDICT_CONTRADICTED, true},
        {"We run a 64 GB petrel, which is loud.", "64 GB", VERDICT_CONTRADICTED, true},
        {"Our 25 Gb/s switch is quiet.", "25 Gb/s", VERDICT_CONTRADICTED, true},
        /* and what it does not say */
        {"- skua, the other one: 31 fans, 64 GB", "64 GB", VERDICT_UNVERIFIED, true}, /* its memory is not declared */
        {"PostgreSQL (64 GB) is what we copy.", "64 GB", VERDICT_UNVERIFIED, true},
        {"A 25 Gb/s switch costs more than we have.", "25 Gb/s", VERDICT_UNVERIFIED, true},
        {"It is slower than a Titan RTX (32 GB).", "32 GB", VERDICT_UNVERIFIED, true},
        {"Florence-9B, 3 GB.", "3 GB", VERDICT_SUPPORTED, true},
    };
    expect(cases, sizeof cases / sizeof *cases);
}

static void a_case_or_a_label_calls_a_fact(void **state) {
    (void)state;
    static const said cases[] = {
        {"- petrel in gray: 57 scans/s", "57 scans/s", VERDICT_CONTRADICTED, true},
        {"Prometheus looks at nine targets every 50 seconds.", "50 seconds", VERDICT_CONTRADICTED, true},
        {"| | petrel |\n| --- | --- |\n| energy a shift | 7.5 kWh |", "7.5 kWh", VERDICT_CONTRADICTED, true},
        {"| | petrel |\n| --- | --- |\n| energy a cold shift | 7.5 kWh |", "7.5 kWh", VERDICT_UNVERIFIED, true},
    };
    expect(cases, sizeof cases / sizeof *cases);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_wish_does_not_reach_what_it_takes_for_granted),
        cmocka_unit_test(reckoning_is_no_condition),
        cmocka_unit_test(apposition_names_the_owner),
        cmocka_unit_test(a_case_or_a_label_calls_a_fact),
    };
    return cmocka_run_group_tests_name("facts: presupposed", tests, NULL, NULL);
}
