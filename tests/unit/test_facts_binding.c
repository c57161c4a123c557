/* test_facts_binding.c - whose number is it? What the grammar, an equation or a table singles out: each rule with a
 * sentence that it must contradict, and with the nearest true one that it must leave alone. */
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
    "  - {id: heron, aliases: [heron, the workstation], attrs: {price: {value: '4180', unit: EUR},\n"
    "     cpu_cores: {value: '24', unit: core, aliases: [cores]}, memory: {value: '96', unit: GB, aliases: [RAM]},\n"
    "     load_power: {value: '612', unit: W, aliases: [at full tilt]},\n"
    "     idle_power: {value: '47', unit: W, aliases: [idle]}, pool: {value: '14', unit: TB, aliases: [tank]}}}\n"
    "  - {id: plover, aliases: [plover], attrs: {cpu_cores: {value: '16', unit: core, aliases: [cores]},\n"
    "     memory: {value: '64', unit: GB, aliases: [RAM]}, load_power: {value: '334', unit: W},\n"
    "     idle_power: {value: '58', unit: W, aliases: [idle]}}}\n"
    "  - {id: dunlin, aliases: [dunlin], attrs: {cpu_cores: {value: '14', unit: core, aliases: [cores]},\n"
    "     memory: {value: '32', unit: GB, aliases: [RAM]}, load_power: {value: '287', unit: W},\n"
    "     idle_power: {value: '41', unit: W, aliases: [idle]}}}\n"
    "  - {id: ruff, aliases: [ruff]}\n"
    "  - {id: line, aliases: [fibre line], attrs: {bandwidth: {value: '900', unit: Mb/s}}}\n"
    "components:\n"
    "  - {id: pooler, aliases: [pooler], attrs: {default_pool_size: {value: '20', unit: connection},\n"
    "     backoff: {value: '90', unit: s}, maxmemory: {value: '512', unit: MB}, spool: {value: '16', unit: GiB}}}\n"
    "  - id: checker\n"
    "    aliases: [checker]\n"
    "    attrs:\n"
    "      weights: {aliases: [weights], views: {binary: {value: '4.68', unit: GiB}, decimal: {value: '5.03', unit: "
    "GB}}}\n"
    "      kv_per_token: {value: '144', unit: KiB, aliases: [KiB per token]}\n"
    "processes:\n"
    "  - {id: deploy, category: release, aliases: [deployment, deploy], cadence: on each tag}\n"
    "  - {id: drill, category: backup, aliases: [restore drill], cadence: weekly}\n"
    "benchmarks:\n"
    "  - {id: deploy-time, subject: [deploy], metric: deploy duration, value: '6', unit: min}\n"
    "  - {id: drill-old, subject: [drill], metric: restore duration, metric_aliases: [restore], value: '95', unit: "
    "min,\n"
    "     where: {process-max: '2'}}\n"
    "  - {id: drill-new, subject: [drill], metric: restore duration, metric_aliases: [restore], value: '47', unit: "
    "min,\n"
    "     where: {process-max: '8'}}\n"
    "  - {id: night-power, subject: [ruff], metric: mean draw, value: '137', unit: W}\n"
    "  - {id: night-length, subject: [ruff], metric: night length, value: '41', unit: min}\n"
    "  - {id: dataset-quota, subject: [heron], metric: dataset quota, value: '120', unit: GiB}\n"
    "derived:\n"
    "  - {id: night-energy, expr: night-power * night-length}\n"
    "  - {id: quota-left, expr: dataset-quota - checker.kv_per_token}\n";

/* The verdict on the claim at `at`, in an article of this one text; VERDICT_COUNT where there is no claim. */
static enum verdict verdict_of(const char *text, const char *at) {
    manifest *m = judged_manifest(facts);
    char whole[4096];
    snprintf(whole, sizeof whole, "# Notes on heron\n\n%s\n", text);
    judged x = judged_text(m, "notes.md", str_from_cstr(whole), true);
    const claim *c = judged_claim(&x, at, 0);
    enum verdict v = c ? c->verdict : VERDICT_COUNT;
    judged_free(&x);
    manifest_free(m);
    return v;
}

static void must(const char *text, const char *at, enum verdict wanted) {
    enum verdict v = verdict_of(text, at);
    if (v == wanted) return;
    print_error("%s\n    %s: %s, not %s\n", text, at, v == VERDICT_COUNT ? "no claim" : verdict_name(v),
                verdict_name(wanted));
    fail();
}

static void must_not(const char *text, const char *at, enum verdict unwanted) {
    if (verdict_of(text, at) != unwanted) return;
    print_error("%s\n    %s: %s\n", text, at, verdict_name(unwanted));
    fail();
}

/* A bare predicate takes the subject's only attribute of that sort. */
static void a_bare_predicate_singles_out_the_only_attribute(void **state) {
    (void)state;
    must("The workstation was 4,180 euros.", "4,180 euros", VERDICT_SUPPORTED);
    must("The workstation was 5,180 euros.", "5,180 euros", VERDICT_CONTRADICTED);
    must("The fibre line carries 90 Mb/s.", "90 Mb/s", VERDICT_CONTRADICTED);
    must_not("The fibre line carries 90 Mb/s of backups.", "90 Mb/s", VERDICT_CONTRADICTED);
    must_not("The fibre line gave 640 Mb/s.", "640 Mb/s", VERDICT_CONTRADICTED);
    must_not("Electricity for heron is 38 euros.", "38 euros", VERDICT_CONTRADICTED);
    must_not("The desk beside heron was 300 euros.", "300 euros", VERDICT_CONTRADICTED);
    must_not("heron has 12 GB.", "12 GB", VERDICT_CONTRADICTED);  /* of memory, or of its pool? */
    must_not("plover has 300 W.", "300 W", VERDICT_CONTRADICTED); /* idle or under load? */
    must_not("The move of the workstation was 300 euros.", "300 euros", VERDICT_CONTRADICTED);
}

/* One value in two units: where one is a fact's, the other must be, too. */
static void an_equation_binds_both_sides(void **state) {
    (void)state;
    must("The weights of the checker are 5.03 GB, or 4.68 GiB.", "4.68 GiB", VERDICT_SUPPORTED);
    must("The checker is a 5.03 GB file, or 6.8 GiB.", "6.8 GiB", VERDICT_CONTRADICTED);
    must("For the checker 7.03 GB is 4.68 GiB.", "7.03 GB", VERDICT_CONTRADICTED);
    must_not("The checker takes 5.03 GB, or 2 TB with its training data.", "2 TB", VERDICT_CONTRADICTED);
    must_not("The checker takes 5.03 GB and 6.8 GiB.", "6.8 GiB", VERDICT_CONTRADICTED);
}

/* "It takes", "the job takes": the process that the text was speaking of, if it is one. */
static void a_pronoun_stands_for_the_process_in_focus(void **state) {
    (void)state;
    must("A deployment builds, tests and migrates. It takes 60 minutes.", "60 minutes", VERDICT_CONTRADICTED);
    must("A deployment builds, tests and migrates. It takes 6 minutes.", "6 minutes", VERDICT_SUPPORTED);
    must("The deployment comes on each tag. The job takes 60 minutes.", "60 minutes", VERDICT_CONTRADICTED);
    must_not("The deployment and the restore drill differ. It takes 60 minutes.", "60 minutes", VERDICT_CONTRADICTED);
    must_not("A deployment is followed by coffee. Coffee takes 20 minutes.", "20 minutes", VERDICT_CONTRADICTED);
}

static void a_key_of_two_words_states_its_condition(void **state) {
    (void)state;
    must("With `process-max` at 2 the restore takes 47 minutes.", "47 minutes", VERDICT_CONTRADICTED);
    must("With `process-max` at 8 the restore takes 47 minutes.", "47 minutes", VERDICT_SUPPORTED);
}

/* Of two numbers, each has the words on its own side of the "and". */
static void a_coordination_parts_the_numbers(void **state) {
    (void)state;
    must("heron is quiet, at 47 W when idle and 612 W when it compiles.", "612 W", VERDICT_SUPPORTED);
    must("heron has an idle power of 470 W.", "470 W", VERDICT_CONTRADICTED);
    must_not("heron draws 47 W when idle and 380 W when it compiles.", "380 W", VERDICT_CONTRADICTED);
    must("heron has 62 W when idle and 92 W at work.", "62 W", VERDICT_CONTRADICTED);
}

/* The "default" of a setting's own name is no comparison; a step of a path names no pool. */
static void words_inside_names_say_nothing_else(void **state) {
    (void)state;
    must("The pooler's `default_pool_size` is 200.", "200", VERDICT_CONTRADICTED);
    must_not("On heron `tank/pg/wal` reaches 3 TB.", "3 TB", VERDICT_CONTRADICTED);
    must("In the checker a context costs 1,440 KiB per token.", "1,440 KiB", VERDICT_CONTRADICTED);
}

static const char by_name[] = "| | heron | plover | dunlin |\n| --- | --- | --- | --- |\n| cores | %s | 16 | 14 |\n"
                              "| RAM | %s | 64 GB | 32 GB |\n| free RAM | %s | 50 GB | 20 GB |\n";

static void a_table_binds_by_label_and_header(void **state) {
    (void)state;
    char table[512];
    snprintf(table, sizeof table, by_name, "24", "96 GB", "77 GB");
    must(table, "24", VERDICT_SUPPORTED);
    must(table, "96 GB", VERDICT_SUPPORTED);
    must_not(table, "77 GB", VERDICT_CONTRADICTED);
    snprintf(table, sizeof table, by_name, "42", "69 GB", "77 GB");
    must(table, "42", VERDICT_CONTRADICTED);
    must(table, "69 GB", VERDICT_CONTRADICTED);
    snprintf(table, sizeof table, by_name, "16", "64 GB", "77 GB"); /* true of plover */
    must(table, "16", VERDICT_CONTRADICTED);
}

static const char by_line[] =
    "| box | at the wall |\n| --- | ---: |\n| heron | %s |\n| plover | %s |\n| dunlin | %s |\n";

/* What two rows hold of their own boxes, the third holds of its own, unless some row breaks it. */
static void a_column_binds_by_its_other_cells(void **state) {
    (void)state;
    char table[512];
    snprintf(table, sizeof table, by_line, "900 W", "334 W", "287 W");
    must(table, "900 W", VERDICT_CONTRADICTED);
    must(table, "334 W", VERDICT_SUPPORTED);
    snprintf(table, sizeof table, by_line, "900 W", "334 W", "190 W");
    must_not(table, "900 W", VERDICT_CONTRADICTED);
    must_not(table, "190 W", VERDICT_CONTRADICTED);
    /* a machine that stands there twice, by two of its names, is not measured once: the column is of something else */
    must_not("| machine | A |\n| --- | --- |\n| heron | 900 W |\n| plover | 334 W |\n| dunlin | 287 W |\n| the "
             "workstation | 77 W |",
             "900 W", VERDICT_CONTRADICTED);
    /* one that agrees may do so by chance */
    must_not("| box | at the wall |\n| --- | ---: |\n| heron | 900 W |\n| plover | 334 W |\n| ruff | 12 W |", "900 W",
             VERDICT_CONTRADICTED);
}

/* The names of settings give bare numbers their unit; a letter in code may mean either power. */
static void a_setting_gives_the_unit(void **state) {
    (void)state;
    must("The pooler waits: `backoff_s` 90.", "90", VERDICT_SUPPORTED);
    must("The pooler waits: `backoff_s` 900.", "900", VERDICT_CONTRADICTED);
    must("The pooler waits: `backoff_ms` 90000.", "90000", VERDICT_SUPPORTED);
    must_not("The pooler waits: `backoff_ms` 90.", "90", VERDICT_SUPPORTED);
    must("```sh\npooler --maxmemory 512mb\n```", "512mb", VERDICT_SUPPORTED);
    must("```sh\npooler --maxmemory 2gb\n```", "2gb", VERDICT_CONTRADICTED);
    must("```ini\n# of the pooler\nspool=16G\n```", "16G", VERDICT_SUPPORTED);
    must_not("```ini\n# of the pooler\nother=99G\n```", "99G", VERDICT_CONTRADICTED);
}

/* A number that the sentence works out of two declared ones. */
static void a_sum_must_come_out(void **state) {
    (void)state;
    must("ruff draws 137 W, so 41 minutes are 0.094 kWh.", "0.094 kWh", VERDICT_SUPPORTED);
    must("ruff draws 137 W, so 41 minutes are 0.94 kWh.", "0.94 kWh", VERDICT_CONTRADICTED);
    must_not("ruff draws 137 W for 41 minutes, beside the 0.94 kWh of the heating.", "0.94 kWh", VERDICT_CONTRADICTED);
    must_not("ruff draws 137 W, so a night is 0.94 kWh.", "0.94 kWh", VERDICT_CONTRADICTED);
}

/* An ellipsis: the second number has the first one's unit. */
static void an_ellipsis_keeps_the_unit(void **state) {
    (void)state;
    must("At full tilt the meter shows 612 W for heron, 334 for plover.", "334", VERDICT_SUPPORTED);
    assert_int_equal(verdict_of("The meter shows 612 W for heron, and 334 people saw it.", "334"), VERDICT_UNVERIFIED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bare_predicate_singles_out_the_only_attribute),
        cmocka_unit_test(an_equation_binds_both_sides),
        cmocka_unit_test(a_pronoun_stands_for_the_process_in_focus),
        cmocka_unit_test(a_key_of_two_words_states_its_condition),
        cmocka_unit_test(a_coordination_parts_the_numbers),
        cmocka_unit_test(words_inside_names_say_nothing_else),
        cmocka_unit_test(a_table_binds_by_label_and_header),
        cmocka_unit_test(a_column_binds_by_its_other_cells),
        cmocka_unit_test(a_setting_gives_the_unit),
        cmocka_unit_test(a_sum_must_come_out),
        cmocka_unit_test(an_ellipsis_keeps_the_unit),
    };
    return cmocka_run_group_tests_name("facts: binding", tests, NULL, NULL);
}
