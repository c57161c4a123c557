/* test_facts_named_values.c - values that are names, and bare numbers that left their unit out: true ones are
 * supported, another machine's are contradicted in a table that leaves no doubt, and what is said of another thing is
 * contradicted nowhere. */
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
    "hardware:\n"
    "  - {id: tern, aliases: [tern, the workstation], attrs: {\n"
    "      cpu_model: {value: AMD Ryzen 9 7900X, aliases: [CPU, processor]},\n"
    "      bandwidth: {value: '960', unit: GB/s, aliases: [memory bandwidth]},\n"
    "      network: {value: '10', unit: Gb/s, aliases: [link, network]},\n"
    "      price: {value: '1450', unit: GBP, aliases: [price, cost]}}}\n"
    "  - {id: gull, aliases: [gull], attrs: {cpu_model: {value: Intel N305, aliases: [CPU, processor]},\n"
    "      cpu_threads: {value: '8', unit: thread, aliases: [threads]}}}\n"
    "hosts:\n"
    "  - {id: osprey, aliases: [osprey, VPS], location: Porto, attrs: {\n"
    "      monthly_cost: {value: '14', unit: GBP, aliases: [rent, monthly cost]}}}\n"
    "services:\n"
    "  - {id: flock, aliases: [flock], host: tern, port: '8300', attrs: {\n"
    "      nodes: {value: '3', unit: node, aliases: [nodes]},\n"
    "      wait: {value: '120', unit: s, aliases: [timeout]}}}\n"
    "benchmarks:\n"
    "  - {id: peak, subject: [tern], metric: temperature, value: '78', unit: °C}\n"
    "  - {id: energy, subject: [tern], metric: energy, value: '17.3', unit: kWh, where: {month: 2026-05}}\n"
    "  - {id: resets, subject: [tern], metric: GPU resets, metric_aliases: [resets], value: '3', unit: reset}\n"
    "  - {id: idle, subject: [tern], metric: idle power, value: '96', unit: W}\n"
    "  - {id: asks, subject: [tern], metric: requests, value: '2964', unit: request}\n";

static enum verdict verdict_of(const char *source, const char *quote, bool *found) {
    manifest *m = judged_manifest(facts);
    judged x = judged_text(m, "x.md", str_from_cstr(source), true);
    const claim *c = judged_claim(&x, quote, 0);
    enum verdict v = c ? c->verdict : VERDICT_UNVERIFIED;
    *found = c != NULL;
    judged_free(&x);
    manifest_free(m);
    return v;
}

typedef struct example {
    const char *source, *quote;
} example;

static unsigned count_with(const example *all, size_t n, enum verdict want, bool expected) {
    unsigned wrong = 0;
    for (size_t i = 0; i < n; i++) {
        bool found, is = verdict_of(all[i].source, all[i].quote, &found) == want && found;
        if (is == expected) continue;
        print_error("%s: %s\n", found ? "found" : "not found", all[i].source);
        wrong++;
    }
    return wrong;
}

#define OUR "Our workstation is called tern, and gull stands beside it. "

static void what_is_true_is_supported(void **state) {
    (void)state;
    static const example all[] = {
        {"tern has a Ryzen 9 7900X, which is never the limit.\n", "7900X"},
        {"| | tern | gull |\n|---|---|---|\n| CPU | Ryzen 9 7900X | Intel N305 |\n", "N305"},
        {"| box | processor |\n|---|---|\n| tern | AMD Ryzen 9 7900X |\n| gull | Intel N305 |\n", "7900X"},
        {"The data sheet of tern promises 1008 GB/s of memory bandwidth. We have measured 960.\n", "960"},
        {"The box named tern cost 1,450 pounds.\n", "1,450"},
        {"Our VPS osprey, in Porto, costs 14 pounds a month.\n", "14"},
        {OUR "\n\n| tern in May | |\n|---|---|\n| GPU resets | 3 |\n", "3 |"},
    };
    assert_int_equal(count_with(all, sizeof all / sizeof *all, VERDICT_SUPPORTED, true), 0);
}

static void another_ones_value_is_contradicted(void **state) {
    (void)state;
    static const example all[] = {
        {"| | tern | gull |\n|---|---|---|\n| CPU | Intel N305 | Intel N305 |\n", "N305"},
        {"| box | processor |\n|---|---|\n| tern | AMD Ryzen 9 7900X |\n| gull | Ryzen 9 7900X |\n",
         "gull | Ryzen 9 7900X"},
        {"Our VPS osprey, in Porto, has a rent of 140 pounds a month.\n", "140"},
    };
    assert_int_equal(count_with(all, sizeof all / sizeof *all, VERDICT_CONTRADICTED, true), 0);
}

static void another_thing_is_not_contradicted(void **state) {
    (void)state;
    static const example all[] = {
        {"On tern everything was measured at a room temperature of 22 °C.\n", "22"},
        {"A friend of mine runs a flock of 400 nodes.\n", "400"},
        {"flock runs on tern. It would have needed 57 minutes; my own timeout of 45 minutes is shorter.\n", "45"},
        {"When tern sleeps, its link renegotiates down to 100 Mb/s.\n", "100"},
        {"For that I give osprey a rest and rent a machine by the hour, at 2.10 pounds or so.\n", "2.10"},
        {OUR "\n\n| tern | always on | asleep |\n|---|---|---|\n| energy in 30 days | 125.3 kWh | 59.0 kWh |\n",
         "125.3"},
        {"| box | processor, before it was changed | now |\n|---|---|---|\n| gull | Celeron J4125 | Intel N305 |\n",
         "J4125"},
        {"| | tern | gull |\n|---|---|---|\n| faster than the CPU of | Intel N305 | Celeron |\n", "Celeron"},
    };
    assert_int_equal(count_with(all, sizeof all / sizeof *all, VERDICT_CONTRADICTED, false), 0);
}

/* A unit that is guessed proves nothing of a page, a preset, a count or a factor. */
static void guesses_support_nothing_else(void **state) {
    (void)state;
    static const example all[] = {
        {"tern idles at 97 W, see page 96.\n", "96"},
        {"tern idles at 97 W, with preset 96, in the list.\n", "96"},
        {"tern idles at 97 W, slower by a factor of 96.\n", "96"},
        {"It is no Ryzen 9 7900X that tern has.\n", "7900X"},
    };
    assert_int_equal(count_with(all, sizeof all / sizeof *all, VERDICT_SUPPORTED, false), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_true_is_supported),
        cmocka_unit_test(another_ones_value_is_contradicted),
        cmocka_unit_test(another_thing_is_not_contradicted),
        cmocka_unit_test(guesses_support_nothing_else),
    };
    return cmocka_run_group_tests_name("facts: values that are names, units left out", tests, NULL, NULL);
}
