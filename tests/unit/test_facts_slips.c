/* test_facts_slips.c - a fact's number with its point or its unit in the wrong place is contradicted without its name
 * beside it; numbers that only look a little like it are not. */
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
    "  - {id: spark, aliases: [DGX Spark], attrs: {memory_bandwidth: {value: '273', unit: GB/s}, memory: {value: "
    "'128', "
    "unit: GB},\n"
    "      idle_power: {value: '38', unit: W}, buffer: {value: '29', unit: GiB}}}\n"
    "hosts:\n"
    "  - {id: tern, aliases: [tern], attrs: {pool_size: {value: '4', unit: TB}}}\n"
    "components:\n"
    "  - {id: hugo, aliases: [Hugo], attrs: {build_time: {value: '19.2', unit: min}, pages: {value: '4830', unit: "
    "page}}}\n"
    "benchmarks:\n"
    "  - {id: restore, subject: [tern], metric: restored size, value: '412', unit: GB}\n";

static enum verdict verdict_of(const char *body, const char *claim_text) {
    manifest *m = judged_manifest(facts);
    judged x = judged_text(m, "x.md", str_from_cstr(body), true);
    const claim *c = judged_claim(&x, claim_text, 0);
    enum verdict v = c ? c->verdict : VERDICT_NOT_ABOUT_US;
    judged_free(&x);
    manifest_free(m);
    return v;
}

static void expect(const char *body, const char *claim_text, bool contradicted) {
    bool is = verdict_of(body, claim_text) == VERDICT_CONTRADICTED;
    if (is != contradicted) print_error("%s\n  %s: %scontradicted\n", body, claim_text, is ? "" : "not ");
    assert_int_equal(is, contradicted);
}

static void a_moved_point_is_no_other_number(void **state) {
    (void)state;
    expect("Our DGX Spark sits under a shelf. It moves data at 2,730 GB/s, and that is what counts.\n", "2,730 GB/s",
           true);
    expect("Our DGX Spark sits under a shelf. It moves data at 27.3 GB/s, and that is what counts.\n", "27.3 GB/s",
           true);
    expect("On tern the last drill brought back 4,120 GB, and the film played.\n", "4,120 GB", true);
    expect("On tern the last drill brought back 41.2 GB, and the film played.\n", "41.2 GB", true);
    expect("We have Hugo. The site comes to 48,300 pages.\n", "48,300 pages", true);
}

static void another_unit_of_the_same_number_is_that_number(void **state) {
    (void)state;
    expect("Our DGX Spark sits under a shelf. It moves data at 273 Gb/s, and that is what counts.\n", "273 Gb/s", true);
    expect("Our DGX Spark sits under a shelf. It moves data at 273 MB/s, and that is what counts.\n", "273 MB/s", true);
    expect("On tern the last drill brought back 412 GiB, and the film played.\n", "412 GiB", true);
    expect("On tern the last drill brought back 412 GB, and the film played.\n", "412 GB", false);
    expect("On tern the last drill brought back 0.412 TB, and the film played.\n", "0.412 TB", false);
}

static void two_digits_need_a_name_or_an_owner(void **state) {
    (void)state;
    expect("Our DGX Spark sits under a shelf.\n\n## Later\n\nThe old lamp in the hall took 380 W.\n", "380 W", false);
    expect("The buffer of our DGX Spark, which nobody ever asks for, has been set to 2.9 GiB again.\n", "2.9 GiB",
           true);
    expect("Our Hugo is slow.\n\n## Later\n\nThe log of the day had 2.9 GiB.\n", "2.9 GiB", false);
}

static void what_only_resembles_a_fact_is_another_number(void **state) {
    (void)state;
    expect("Our Hugo waited 3 h 12 min.\n", "3 h 12 min", false); /* 192 minutes: no point of 19.2 was moved */
    expect("Our DGX Spark has its buffer, and a log of 29 kB tells of it.\n", "29 kB", false);
    expect("Our tern has little of it, just 4 GB.\n", "4 GB", false); /* its pool has 4 TB: a round number */
    expect("Our DGX Spark sits under a shelf. It moves data at 2.73 TB/s in the brochure of another maker.\n",
           "2.73 TB/s", false); /* who moves the point keeps the unit */
    expect("Our DGX Spark sits under a shelf. The one that a friend has moves 2,730 GB/s.\n", "2,730 GB/s", false);
    expect("Our DGX Spark sits under a shelf. With ten of them it would be 2,730 GB/s.\n", "2,730 GB/s", false);
    expect("Nobody is at home here. A crane moves data at 2,730 GB/s.\n", "2,730 GB/s", false);
}

/* A part of the whole is less than it; a quarter is the least that somebody invents. */
static void a_part_is_less_than_the_whole(void **state) {
    (void)state;
    expect("Memory of our DGX Spark: 24 GB.\n", "24 GB", true); /* and so */
    expect("The memory of our DGX Spark is 24 GB.\n", "24 GB", true);
    expect("Our DGX Spark sits under a shelf with 96 GB of memory.\n", "96 GB", true);
    expect("Our DGX Spark has 24 GB of memory.\n", "24 GB", true); /* said outright */
    expect("Memory of our DGX Spark: 64 GB.\n", "64 GB", true);
    expect("The pool size of tern got back 700 GB.\n", "700 GB", false);
    expect("On tern the pool size has 700 GB in films.\n", "700 GB", false);
    expect("On tern the pool size has 1.2 TB in films.\n", "1.2 TB", true);
    expect("The build time of Hugo: 25 min.\n", "25 min", true);
    expect("Hugo stopped, with its build time, for 5 h 12 min.\n", "5 h 12 min", false);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_moved_point_is_no_other_number),
        cmocka_unit_test(another_unit_of_the_same_number_is_that_number),
        cmocka_unit_test(two_digits_need_a_name_or_an_owner),
        cmocka_unit_test(what_only_resembles_a_fact_is_another_number),
        cmocka_unit_test(a_part_is_less_than_the_whole),
    };
    return cmocka_run_group_tests_name("facts: slips", tests, NULL, NULL);
}
