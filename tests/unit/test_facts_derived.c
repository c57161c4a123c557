/* test_facts_derived.c - figures that are worked out of others: "a factor of 1.7", "38 % less", "7.3 s saved", "the
 * three nodes have 54 cores". They are nobody's by name; the numbers beside them, or how many are counted, say which
 * they are. What no declared figures stand beside is contradicted nowhere. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/judged.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "hosts:\n"
    "  - {id: tern, aliases: [tern], attrs: {cpu_cores: {value: '24', unit: core, aliases: [cores]},\n"
    "      idle_power: {value: '95', unit: W}, memory: {value: '256', unit: GB, aliases: [RAM]}}}\n"
    "  - {id: gull, aliases: [gull], attrs: {cpu_cores: {value: '8', unit: core, aliases: [cores]},\n"
    "      idle_power: {value: '21', unit: W}, memory: {value: '64', unit: GB, aliases: [RAM]}}}\n"
    "  - {id: osprey, aliases: [osprey], attrs: {cpu_cores: {value: '4', unit: core, aliases: [cores]},\n"
    "      idle_power: {value: '14', unit: W}, memory: {value: '32', unit: GB, aliases: [RAM]}}}\n"
    "components:\n"
    "  - {id: writer, aliases: [writer]}\n"
    "  - {id: checker, aliases: [checker]}\n"
    "benchmarks:\n"
    "  - {id: speed-one, subject: [writer], metric: decode, value: '34.1', unit: tok/s, where: {cards: 1}}\n"
    "  - {id: speed-two, subject: [writer], metric: decode, value: '58.3', unit: tok/s, where: {cards: 2}}\n"
    "  - {id: load-cold, subject: [writer], metric: load time, value: '58', unit: s, where: {cache: cold}}\n"
    "  - {id: load-warm, subject: [writer], metric: load time, value: '9', unit: s, where: {cache: warm}}\n"
    "  - {id: energy, subject: [tern], metric: energy, value: '17.3', unit: kWh}\n"
    "  - {id: tariff, subject: [tern], metric: tariff, value: '0.34', unit: EUR}\n"
    "derived:\n"
    "  - {id: card-gain, expr: speed-two / speed-one}\n"
    "  - {id: load-gap, expr: load-cold - load-warm, unit: s}\n"
    "  - {id: all-cores, expr: tern.cpu_cores + gull.cpu_cores + osprey.cpu_cores, unit: core}\n"
    "  - {id: all-idle, expr: tern.idle_power + gull.idle_power + osprey.idle_power, unit: W}\n"
    "  - {id: bill, expr: energy * tariff, unit: EUR}\n";

typedef struct example {
    const char *source, *quote;
    enum verdict want;
} example;

#define OURS "Our machines are tern, gull and osprey; the writer is a model of ours.\n\n"

static void judge_all(const example *all, size_t n) {
    manifest *m = judged_manifest(facts);
    unsigned wrong = 0;
    for (size_t i = 0; i < n; i++) {
        char page[2048];
        snprintf(page, sizeof page, "%s%s\n", OURS, all[i].source);
        judged x = judged_text(m, "x.md", str_from_cstr(page), true);
        const claim *c = judged_claim(&x, all[i].quote, 0);
        enum verdict is = c ? c->verdict : VERDICT_UNVERIFIED;
        bool contradicted = false;
        for (size_t k = 0; k < x.claims.n; k++)
            contradicted = contradicted || x.claims.at[k].verdict == VERDICT_CONTRADICTED;
        if (is != all[i].want || (all[i].want != VERDICT_CONTRADICTED && contradicted)) {
            str why = c ? c->why : STR("no claim");
            for (size_t k = 0; k < x.claims.n; k++)
                if (x.claims.at[k].verdict == VERDICT_CONTRADICTED)
                    print_error("    contradicted: %.*s (%.*s)\n", STR_ARG(x.claims.at[k].quote),
                                STR_ARG(x.claims.at[k].why));
            print_error("%s: %s (%.*s)\n%s\n", all[i].quote, verdict_name(is), STR_ARG(why), all[i].source);
            wrong++;
        }
        judged_free(&x);
    }
    manifest_free(m);
    assert_int_equal(wrong, 0);
}

static void ratios_of_numbers_beside_them(void **state) {
    (void)state;
    static const example all[] = {
        {"With one card the writer decodes at 34.1 tok/s; with both at 58.3. A factor of 1.71.", "1.71",
         VERDICT_SUPPORTED},
        {"With one card the writer decodes at 34.1 tok/s; with both at 58.3. A factor of 17.1.", "17.1",
         VERDICT_CONTRADICTED},
        {"With one card the writer decodes at 34.1 tok/s; with both at 58.3. A factor of 2.4.", "2.4",
         VERDICT_CONTRADICTED},
        {"The writer gets 34.1 and 58.3 tok/s with one card and with two, a gain of 71 %.", "71 %", VERDICT_SUPPORTED},
        {"The writer gets 34.1 and 58.3 tok/s with one card and with two, a gain of 17 %.", "17 %",
         VERDICT_CONTRADICTED},
        {"The writer decodes at 58.3 tok/s with both cards and 34.1 with one, i.e. 42 % less.", "42 %",
         VERDICT_SUPPORTED},
        {"The writer decodes at 58.3 tok/s with both cards and 34.1 with one, i.e. 24 % less.", "24 %",
         VERDICT_CONTRADICTED},
        /* a share of something else, and what nobody declared */
        {"The writer gets 34.1 and 58.3 tok/s with one card and with two, and the cards are 97 % busy.", "97 %",
         VERDICT_UNVERIFIED},
        {"With one card the writer decodes at 34.1 tok/s. A friend's cards are three times as fast as ours.", "three",
         VERDICT_UNVERIFIED},
        {"With one card the writer decodes at 34.1 tok/s; with both at 58.3. In 2023 the old box was a factor of 6 "
         "behind.",
         "factor of 6", VERDICT_UNVERIFIED},
    };
    judge_all(all, sizeof all / sizeof all[0]);
}

static void differences_of_numbers_beside_them(void **state) {
    (void)state;
    static const example all[] = {
        {"The writer loads in 58 s from a cold cache and in 9 s from a warm one: 49 s saved.", "49 s",
         VERDICT_SUPPORTED},
        {"The writer loads in 58 s from a cold cache and in 9 s from a warm one: 94 s saved.", "94 s",
         VERDICT_CONTRADICTED},
        {"The writer loads in 58 s from a cold cache and in 9 s from a warm one. The difference, 490 s, is the disk.",
         "490 s", VERDICT_CONTRADICTED},
        {"The writer loads in 58 s from a cold cache and in 9 s from a warm one, and the script saved another 12 s.",
         "12 s", VERDICT_UNVERIFIED},
    };
    judge_all(all, sizeof all / sizeof all[0]);
}

static void sums_of_as_many(void **state) {
    (void)state;
    static const example all[] = {
        {"In all, the three nodes have 36 cores.", "36 cores", VERDICT_SUPPORTED},
        {"In all, the three nodes have 63 cores.", "63 cores", VERDICT_CONTRADICTED},
        {"All three machines together idle at 130 W.", "130 W", VERDICT_SUPPORTED},
        {"All three machines together idle at 310 W.", "310 W", VERDICT_CONTRADICTED},
        {"The two smaller machines together have 12 cores.", "12 cores", VERDICT_UNVERIFIED},
        {"The three of them would need 48 cores.", "48 cores", VERDICT_UNVERIFIED},
        {"Three virtual machines have 6 cores each.", "6 cores", VERDICT_UNVERIFIED},
        {"The three nodes have 5 cores free at night.", "5 cores", VERDICT_UNVERIFIED},
    };
    judge_all(all, sizeof all / sizeof all[0]);
}

static void cents_are_of_our_money(void **state) {
    (void)state;
    static const example all[] = {
        {"tern used 17.3 kWh, which at our tariff of 34 cents is 5.88 EUR.", "34 cents", VERDICT_SUPPORTED},
        {"tern used 17.3 kWh, which at our tariff of 43 cents is 5.88 EUR.", "43 cents", VERDICT_CONTRADICTED},
        {"tern used 17.3 kWh, which at our tariff of 34 cents is 8.55 EUR.", "8.55 EUR", VERDICT_CONTRADICTED},
    };
    judge_all(all, sizeof all / sizeof all[0]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ratios_of_numbers_beside_them),
        cmocka_unit_test(differences_of_numbers_beside_them),
        cmocka_unit_test(sums_of_as_many),
        cmocka_unit_test(cents_are_of_our_money),
    };
    return cmocka_run_group_tests_name("facts: derived", tests, NULL, NULL);
}
