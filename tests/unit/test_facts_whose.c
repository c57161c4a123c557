/* test_facts_whose.c - what a sentence says of somebody else's, of another of the kind, of what it has just introduced,
 * or takes back in the next one, contradicts nothing; the same words about ours do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/support/judged.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-06-20\n"
    "hardware:\n"
    "  - {id: petrel, aliases: [petrel], location: Porto, attrs: {memory: {value: '96', unit: GB, aliases: [RAM]},\n"
    "     storage: {value: '4', unit: TB, aliases: [disk]}}}\n"
    "  - {id: cable, aliases: [cable], attrs: {price: {value: '96', unit: USD, aliases: [cost]}}}\n"
    "components:\n"
    "  - {id: slate, aliases: [Slate], version: 3.4.1, history: [{version: 3.3.0, to: 2026-04-01}]}\n"
    "  - {id: loom, aliases: [Loom], version: 0.6.36}\n"
    "  - {id: debian, aliases: [Debian], version: '13.1'}\n"
    "absent:\n  - {match: [Kiln]}\n"
    "benchmarks:\n"
    "  - {id: speed, subject: [slate], metric: decode, metric_aliases: [rate], value: 50, unit: tok/s}\n";

static const char lead[] = "petrel runs Slate here, on Debian, and the cable leads to it.";

static void count(const char *const *lines, size_t n, bool contradicted) {
    manifest *m = judged_manifest(facts);
    unsigned wrong = 0;
    for (size_t i = 0; i < n; i++) {
        bool met = judged_contradictions(m, lead, lines[i]) > 0;
        if (met != contradicted) print_error("%s: %s\n", met ? "contradicted" : "missed", lines[i]), wrong++;
    }
    manifest_free(m);
    assert_int_equal(wrong, 0);
}

static void of_others(void **state) {
    (void)state;
    static const char *const lines[] = {
        "Slate prefills at a rate of 1,800 tok/s.",
        "Their petrel, by the way, has 64 GB of RAM.",
        "You wrote that you run six of them, under Slate 3.1.2.",
        "The second cable cost 61 dollars.",
        "Do not believe the tutorial. It installs Slate 3.1.2 from last autumn.",
        "The site could live on a rented machine with 2 vCPU, 4 GB and 40 GB of disk, far from petrel.",
        "The Debian package is 12.4.1.",
        "*Start Slate 3.3.0.* It is not there any more.",
        "Loom 0.6.34 \xe2\x86\x92 .36, coffee good.",
    };
    count(lines, COUNT_OF(lines), false);
}

static void of_ours(void **state) {
    (void)state;
    static const char *const lines[] = {
        "At decode Slate reaches 70 tok/s.",
        "petrel, by the way, has 64 GB of RAM.",
        "We run six jobs, under Slate 3.1.2.",
        "The cable cost 61 dollars.",
        "Slate is at 3.1.2. It is quick.",
        "petrel is a machine with 64 GB of RAM.",
        "We run Slate 3.3.0 on petrel. It has not failed yet.",
    };
    count(lines, COUNT_OF(lines), true);
}

/* The version has no entity: every doubt must do without. */
static void of_what_is_absent(void **state) {
    (void)state;
    static const char *const lines[] = {"We run Kiln 7.17 on petrel.", "- Kiln 7.17",  "Kiln 7.17.",
                                        "Kiln 7.17, and no more.",     "## Kiln 7.17", "From Kiln 7.16 to 7.17.",
                                        "Until May it was Kiln 7.17."};
    manifest *m = judged_manifest(facts);
    assert_true(judged_contradictions(m, lead, lines[0]) > 0);
    for (size_t i = 1; i < COUNT_OF(lines); i++) assert_true(judged_contradictions(m, lead, lines[i]) <= 2);
    manifest_free(m);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(of_others), cmocka_unit_test(of_ours),
                                       cmocka_unit_test(of_what_is_absent)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
