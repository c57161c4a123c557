/* test_facts_tables.c - whose is the number in a cell, and which of its attributes? A table says it by its lines: a
 * column that holds what one machine has is that machine's, a row "cores / threads" parts its cells, a column of sums
 * holds the same sum of each row. What no line leaves beyond doubt is contradicted nowhere. */
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
    "units: [drive, sample, job]\n"
    "hardware:\n"
    "  - {id: l40, aliases: [L40], attrs: {memory: {value: '48', unit: GB, aliases: [VRAM]},\n"
    "     bandwidth: {value: '864', unit: GB/s}}}\n"
    "  - {id: a16, aliases: [A16], attrs: {memory: {value: '16', unit: GB, aliases: [VRAM]}}}\n"
    "hosts:\n"
    "  - {id: tern, aliases: [tern], attrs: {cpu_model: {value: EPYC 7302P, aliases: [CPU, processor]},\n"
    "      cpu_cores: {value: '16', unit: core, aliases: [cores]},\n"
    "      cpu_threads: {value: '32', unit: thread, aliases: [threads]},\n"
    "      memory: {value: '256', unit: GB, aliases: [RAM]}, drives: {value: '4', unit: drive, aliases: [drives]},\n"
    "      drive_size: {value: '1.92', unit: TB}, load_power: {value: '410', unit: W},\n"
    "      power: {aliases: [draw], views: {idle: {value: '95', unit: W}, load: {value: '410', unit: W}}}}}\n"
    "  - {id: gull, aliases: [gull], attrs: {cpu_model: {value: Ryzen 5 5600G, aliases: [CPU, processor]},\n"
    "      cpu_cores: {value: '6', unit: core, aliases: [cores]},\n"
    "      cpu_threads: {value: '12', unit: thread, aliases: [threads]},\n"
    "      memory: {value: '64', unit: GB, aliases: [RAM]}, drives: {value: '2', unit: drive, aliases: [drives]},\n"
    "      drive_size: {value: '960', unit: GB}, load_power: {value: '88', unit: W},\n"
    "      power: {aliases: [draw], views: {idle: {value: '21', unit: W}, load: {value: '88', unit: W}}}}}\n"
    "  - {id: osprey, aliases: [osprey], attrs: {memory: {value: '32', unit: GB, aliases: [RAM]},\n"
    "      load_power: {value: '140', unit: W}}}\n"
    "components:\n"
    "  - {id: writer, aliases: [writer]}\n"
    "benchmarks:\n"
    "  - {id: scene-tern, subject: [tern], metric: scene time, value: '40', unit: s}\n"
    "  - {id: scene-gull, subject: [gull], metric: scene time, value: '300', unit: s}\n"
    "  - {id: scene-osprey, subject: [osprey], metric: scene time, value: '120', unit: s}\n"
    "  - {id: speed-150, subject: [writer], metric: decode, value: '31.0', unit: tok/s, where: {cap: 150 W}}\n"
    "  - {id: speed-200, subject: [writer], metric: decode, value: '38.0', unit: tok/s, where: {cap: 200 W}}\n"
    "  - {id: speed-250, subject: [writer], metric: decode, value: '41.0', unit: tok/s, where: {cap: 250 W}}\n"
    "  - {id: may-jobs, subject: [tern], metric: jobs, value: '812', unit: job, where: {month: 2026-05}}\n"
    "  - {id: may-energy, subject: [tern], metric: energy, value: '96.4', unit: kWh, where: {month: 2026-05}}\n"
    "  - {id: may-hours, subject: [tern], metric: busy hours, value: '211', unit: h, where: {month: 2026-05}}\n"
    "derived:\n"
    "  - {id: scene-energy-tern, expr: tern.load_power * scene-tern / 3600, unit: Wh}\n"
    "  - {id: scene-energy-gull, expr: gull.load_power * scene-gull / 3600, unit: Wh}\n"
    "  - {id: scene-energy-osprey, expr: osprey.load_power * scene-osprey / 3600, unit: Wh}\n"
    "  - {id: gap-gull, expr: scene-gull / scene-tern}\n"
    "  - {id: gap-osprey, expr: scene-osprey / scene-tern}\n";

typedef struct example {
    const char *source, *quote;
    enum verdict want;
} example;

static void judge_all(const example *all, size_t n) {
    manifest *m = judged_manifest(facts);
    unsigned wrong = 0;
    for (size_t i = 0; i < n; i++) {
        judged x = judged_text(m, "x.md", str_from_cstr(all[i].source), true);
        const claim *c = judged_claim(&x, all[i].quote, 0);
        enum verdict is = c ? c->verdict : VERDICT_UNVERIFIED;
        bool contradicted = false;
        for (size_t k = 0; k < x.claims.n; k++)
            contradicted = contradicted || x.claims.at[k].verdict == VERDICT_CONTRADICTED;
        if (is != all[i].want || (all[i].want != VERDICT_CONTRADICTED && contradicted)) {
            str why = c ? c->why : STR("no claim");
            print_error("%s: %s (%.*s)\n%s\n", all[i].quote, verdict_name(is), STR_ARG(why), all[i].source);
            wrong++;
        }
        judged_free(&x);
    }
    manifest_free(m);
    assert_int_equal(wrong, 0);
}

#define ROLES(cell) "| | thinker | keeper |\n|---|---|---|\n| name | `tern` | `gull` |\n| RAM | " cell
#define UNNAMED(cell)                                                                                                  \
    "| | the big one | the grey one |\n|---|---|---|\n| cores | 16 | 6 |\n| threads | 32 | 12 |\n| RAM | " cell

/* A column is about the one machine whose name or values the other rows hold. */
static void a_line_is_its_machines(void **state) {
    (void)state;
    static const example all[] = {
        {ROLES("256 GB | 64 GB |\n| CPU | EPYC 7302P | Ryzen 5 5600G |\n"), "256 GB", VERDICT_SUPPORTED},
        {ROLES("512 GB | 64 GB |\n| CPU | EPYC 7302P | Ryzen 5 5600G |\n"), "512 GB", VERDICT_CONTRADICTED},
        {ROLES("64 GB | 256 GB |\n| CPU | EPYC 7302P | Ryzen 5 5600G |\n"), "64 GB", VERDICT_CONTRADICTED},
        {UNNAMED("256 GB | 64 GB |\n"), "256 GB", VERDICT_SUPPORTED},
        {UNNAMED("256 GB | 640 GB |\n"), "640 GB", VERDICT_CONTRADICTED},
        {UNNAMED("64 GB | 256 GB |\n"), "64 GB", VERDICT_CONTRADICTED},
        {"| box | cards | RAM each |\n|---|---|---|\n| tern | 4 | 48 GB |\n| gull | 2 | 24 GB |\n", "48 GB",
         VERDICT_UNVERIFIED},
        /* one row is no proof, and a column that holds other values is another machine's */
        {"| | mine | his |\n|---|---|---|\n| cores | 16 | 24 |\n| RAM | 128 GB | 512 GB |\n", "512 GB",
         VERDICT_UNVERIFIED},
        {"| | the next one |\n|---|---|\n| cores | 24 |\n| threads | 48 |\n| RAM | 512 GB |\n", "512 GB",
         VERDICT_UNVERIFIED},
        {"| | needs | has |\n|---|---|---|\n| cores | 4 | 16 |\n| threads | 8 | 32 |\n| RAM | 12 GB | 256 GB |\n",
         "12 GB", VERDICT_UNVERIFIED},
    };
    judge_all(all, sizeof all / sizeof all[0]);
}

static void slashes_part_a_cell(void **state) {
    (void)state;
    static const example all[] = {
        {"| | tern | gull |\n|---|---|---|\n| cores / threads | 16 / 32 | 6 / 12 |\n", "16", VERDICT_SUPPORTED},
        {"| | tern | gull |\n|---|---|---|\n| cores / threads | 160 / 32 | 6 / 12 |\n", "160", VERDICT_CONTRADICTED},
        {"| | tern | gull |\n|---|---|---|\n| cores / threads | 16 / 32 | 6 / 24 |\n", "24", VERDICT_CONTRADICTED},
        {"| | tern | gull |\n|---|---|---|\n| cores / threads | 32 / 16 | 6 / 12 |\n", "16", VERDICT_CONTRADICTED},
        {"| | tern | gull |\n|---|---|---|\n| idle / load | 95 / 410 W | 21 / 88 W |\n", "410 W", VERDICT_SUPPORTED},
        {"| | tern | gull |\n|---|---|---|\n| idle / load | 95 / 610 W | 21 / 88 W |\n", "610 W", VERDICT_CONTRADICTED},
        {"| | tern | gull |\n|---|---|---|\n| idle / load | 950 / 410 W | 21 / 88 W |\n", "950", VERDICT_CONTRADICTED},
        {"| | tern | gull |\n|---|---|---|\n| idle / compiling | 95 / 300 W | 21 / 70 W |\n", "300 W",
         VERDICT_UNVERIFIED},
    };
    judge_all(all, sizeof all / sizeof all[0]);
}

static void a_multiplier_counts_what_the_line_names(void **state) {
    (void)state;
    static const example all[] = {
        {"| box | drives |\n|---|---|\n| tern | 4 × 1.92 TB |\n| gull | 2 × 960 GB |\n", "4", VERDICT_SUPPORTED},
        {"| box | drives |\n|---|---|\n| tern | 8 × 1.92 TB |\n| gull | 2 × 960 GB |\n", "8", VERDICT_CONTRADICTED},
        {"| | tern | gull |\n|---|---|---|\n| drives | 4 × 1.92 TB | 6 × 960 GB |\n", "6", VERDICT_CONTRADICTED},
        {"| | tern | gull |\n|---|---|---|\n| modules | 8 × 32 GB | 4 × 16 GB |\n", "4 ×", VERDICT_UNVERIFIED},
    };
    judge_all(all, sizeof all / sizeof all[0]);
}

/* What stands in a machine's row is the part's where the row names one part, and the heading says each, or the machine
 * has nothing of that name. */
static void a_part_speaks_in_its_machines_line(void **state) {
    (void)state;
    static const example all[] = {
        {"| node | GPUs | memory each |\n|---|---|---|\n| tern | 4 × L40 | 48 GB |\n| gull | 2 × A16 | 16 GB |\n",
         "48 GB", VERDICT_SUPPORTED},
        {"| node | GPUs | memory each |\n|---|---|---|\n| tern | 4 × L40 | 24 GB |\n| gull | 2 × A16 | 16 GB |\n",
         "24 GB", VERDICT_CONTRADICTED},
        {"| | tern | gull |\n|---|---|---|\n| GPUs | 4 × L40 | 2 × A16 |\n| memory per GPU | 48 GB | 24 GB |\n",
         "24 GB", VERDICT_CONTRADICTED},
        {"| | tern |\n|---|---|\n| card | L40 |\n| bandwidth | 640 GB/s |\n", "640 GB/s", VERDICT_CONTRADICTED},
        {"| | tern | gull |\n|---|---|---|\n| card | L40 | A16 |\n| bandwidth | 864 GB/s | 231 GB/s |\n", "231 GB/s",
         VERDICT_UNVERIFIED}, /* nobody declared it */
        {"| node | instead of the L40 | memory each |\n|---|---|---|\n| tern | 2 × H200 | 141 GB |\n", "141 GB",
         VERDICT_UNVERIFIED},
        {"| node | GPUs | memory each |\n|---|---|---|\n| tern | L40 and A16 | 24 GB |\n", "24 GB", VERDICT_UNVERIFIED},
    };
    judge_all(all, sizeof all / sizeof all[0]);
}

/* The same sum, of each row's own operands. */
static void a_column_of_sums(void **state) {
    (void)state;
#define SCENES(a, b, c)                                                                                                \
    "| box | time | energy | against the first |\n|---|---|---|---|\n| tern | 40 s | " a                               \
    " | 1.0x |\n| gull | 300 s | " b " | " c " |\n| osprey | 120 s | 4.67 Wh | 3.0x |\n"
    static const example all[] = {
        {SCENES("4.56 Wh", "7.33 Wh", "7.5x"), "7.33 Wh", VERDICT_SUPPORTED},
        {SCENES("4.56 Wh", "73.3 Wh", "7.5x"), "73.3 Wh", VERDICT_CONTRADICTED},
        {SCENES("45.6 Wh", "7.33 Wh", "7.5x"), "45.6 Wh", VERDICT_CONTRADICTED},
        {SCENES("7.33 Wh", "4.56 Wh", "7.5x"), "7.33 Wh", VERDICT_CONTRADICTED},
        {"| box | in the night |\n|---|---|\n| tern | 210 Wh |\n| gull | 73.3 Wh |\n| osprey | 46 Wh |\n", "73.3 Wh",
         VERDICT_UNVERIFIED},
    };
    judge_all(all, sizeof all / sizeof all[0]);
}

/* Rows that are cases: each label is a condition of its facts. */
static void rows_are_conditions(void **state) {
    (void)state;
#define CAPS(a, b)                                                                                                     \
    "| limit | writer |\n|---|---|\n| 150 W | 31.0 tok/s |\n| 200 W | " a " |\n| 250 W (stock) | " b " |\n"
    static const example all[] = {
        {CAPS("38.0 tok/s", "41.0 tok/s"), "38.0 tok/s", VERDICT_SUPPORTED},
        {CAPS("38.0 tok/s", "14.0 tok/s"), "14.0 tok/s", VERDICT_CONTRADICTED},
        {CAPS("41.0 tok/s", "38.0 tok/s"), "41.0 tok/s", VERDICT_CONTRADICTED},
        {"| limit | writer |\n|---|---|\n| 150 W | 31.0 tok/s |\n| 200 W | 38.0 tok/s |\n| 300 W | 47.0 tok/s |\n",
         "47.0 tok/s", VERDICT_UNVERIFIED},
    };
    judge_all(all, sizeof all / sizeof all[0]);
}

/* One machine's month: rows named in full, of one owner and one case. */
static void rows_of_one_case(void **state) {
    (void)state;
#define MONTH(a, b) "| May | |\n|---|---|\n| jobs | " a " |\n| energy | 96.4 kWh |\n| busy hours | " b " |\n"
    static const example all[] = {
        {MONTH("812", "211 h"), "812", VERDICT_SUPPORTED},
        {MONTH("8,120", "211 h"), "8,120", VERDICT_CONTRADICTED},
        {MONTH("812", "2,110 h"), "2,110 h", VERDICT_CONTRADICTED},
        {"| April | |\n|---|---|\n| jobs | 640 |\n| energy | 71.2 kWh |\n| busy hours | 180 h |\n", "640",
         VERDICT_UNVERIFIED},
    };
    judge_all(all, sizeof all / sizeof all[0]);
}

static void a_cell_holds_a_name(void **state) {
    (void)state;
    static const example all[] = {
        {"| | tern | gull |\n|---|---|---|\n| CPU | EPYC 7302P | Ryzen 5 5600G |\n", "7302P", VERDICT_SUPPORTED},
        {"| | tern | gull |\n|---|---|---|\n| CPU | EPYC 7402P | Ryzen 5 5600G |\n", "EPYC 7402P",
         VERDICT_CONTRADICTED},
        {"| | tern | gull |\n|---|---|---|\n| CPU | EPYC 7,302P | Ryzen 5 5600G |\n", "no quote", VERDICT_UNVERIFIED},
        {"| | tern | gull |\n|---|---|---|\n| CPU | EPYC 7302P | Ryzen 7 5600G |\n", "Ryzen 7", VERDICT_CONTRADICTED},
        {"| | tern | gull |\n|---|---|---|\n| CPU | AMD EPYC 7302P, 16 cores | AMD Ryzen 5 5600G (65 W) |\n", "7302P",
         VERDICT_SUPPORTED},
        {"| | tern | gull |\n|---|---|---|\n| GPU | Radeon 9070 | GeForce 5600G |\n", "9070", VERDICT_UNVERIFIED},
    };
    judge_all(all, sizeof all / sizeof all[0]);
}

/* Rows of other people's machines: the heading, the line that leads in, the label or the header says so. */
static void a_row_is_somebody_elses(void **state) {
    (void)state;
#define BESIDE "| machine | RAM |\n|---|---|\n| a big box | 512 GB |\n| **tern** | 256 GB |\n"
#define OTHERS(frame, label) frame "\n\n| machine | RAM |\n|---|---|\n| " label " | 512 GB |\n| tern | 256 GB |\n"
    static const example all[] = {
        {"## Other people's machines\n\n" BESIDE, "512 GB", VERDICT_UNVERIFIED},
        {"Nobody paid for these. None of these is mine.\n\n" BESIDE, "512 GB", VERDICT_UNVERIFIED},
        {"What others have:\n\n" BESIDE, "512 GB", VERDICT_UNVERIFIED},
        {"For comparison, with tern:\n\n" BESIDE, "512 GB", VERDICT_UNVERIFIED},
        {"tern is small beside what my readers' boxes hold:\n\n" BESIDE, "512 GB", VERDICT_UNVERIFIED},
        {OTHERS("The memory of tern and of two more.", "a reader in Leeds"), "512 GB", VERDICT_UNVERIFIED},
        {OTHERS("The memory of tern and of two more.", "workstation (an office)"), "512 GB", VERDICT_UNVERIFIED},
        {OTHERS("The memory of tern and of two more.", "theirs, in the library"), "512 GB", VERDICT_UNVERIFIED},
        {"The memory of tern:\n\n| who | RAM |\n|---|---|\n| Jonas | 512 GB |\n", "512 GB", VERDICT_UNVERIFIED},
        {"The memory of tern:\n\n| | their RAM |\n|---|---|\n| Ghent | 512 GB |\n", "512 GB", VERDICT_UNVERIFIED},
        {"For comparison:\n\n| machine | RAM |\n|---|---|\n| tern | 512 GB |\n", "512 GB", VERDICT_CONTRADICTED},
        {"## Other people's machines\n\n| machine | RAM |\n|---|---|\n| tern | 512 GB |\n| an office | 64 GB |\n",
         "512 GB", VERDICT_CONTRADICTED},
    };
    judge_all(all, sizeof all / sizeof all[0]);
}

/* A header or a label that makes the number another thing. */
/* What a model, a program or a month takes of a machine is not what the machine has, though the line above names it. */
static void a_row_says_what_its_thing_takes(void **state) {
    (void)state;
    static const example all[] = {
        {"osprey is mine.\n\n| Quantization | RAM |\n|---|---|\n| Q4_K_M | 21 GB |\n", "21 GB", VERDICT_UNVERIFIED},
        {"osprey is mine.\n\n| Component | RAM |\n|---|---|\n| KV cache | 20 GB |\n| total | 24 GB |\n", "24 GB",
         VERDICT_UNVERIFIED},
        {"osprey is mine.\n\n| Month | RAM |\n|---|---|\n| March | 12 GB |\n", "12 GB", VERDICT_UNVERIFIED},
        {"osprey is mine.\n\n| Machine | RAM |\n|---|---|\n| osprey | 12 GB |\n", "12 GB", VERDICT_CONTRADICTED},
        {"osprey is mine.\n\n| Machine | RAM |\n|---|---|\n| This machine | 12 GB |\n", "12 GB", VERDICT_CONTRADICTED},
        {"osprey is mine.\n\n| Component | Value |\n|---|---|\n| RAM | 12 GB |\n", "12 GB", VERDICT_CONTRADICTED},
    };
    judge_all(all, COUNT_OF(all));
}

static void a_heading_says_what_it_is(void **state) {
    (void)state;
    static const example all[] = {
        {"| box | scene time | \xc3\x97 tern |\n|---|---|---|\n| tern | 40 s | 1.00 |\n| gull | 300 s | 7.50 |\n",
         "1.00", VERDICT_UNVERIFIED},
        {"| box | cores | of all cores |\n|---|---|---|\n| tern | 16 | 9 |\n", "9", VERDICT_UNVERIFIED},
        {"The scene time of tern and gull.\n\n| box | fps | whole programme |\n|---|---|---|\n"
         "| tern | 9 | 540 s |\n| gull | 3 | 1,620 s |\n",
         "540 s", VERDICT_UNVERIFIED},
        {"| | idle | all cores |\n|---|---|---|\n| tern | 95 | 410 |\n| gull | 21 | 88 |\n", "410", VERDICT_UNVERIFIED},
        {"| box | cores | asked |\n|---|---|---|\n| tern | 16 | 4 cores |\n", "4 cores", VERDICT_UNVERIFIED},
        {"| what | now | yesterday |\n|---|---|---|\n| tern, RAM | 256 GB | 128 GB |\n", "128 GB", VERDICT_UNVERIFIED},
        {"| box | cores |\n|---|---|\n| tern | 16 |\n| tern, without threads | 8 |\n", "8", VERDICT_UNVERIFIED},
        {"| box | scene time |\n|---|---|\n| tern | 400 s |\n| gull | 300 s |\n", "400 s", VERDICT_CONTRADICTED},
        {"| box | cores |\n|---|---|\n| tern | 24 |\n| gull | 6 |\n", "24", VERDICT_CONTRADICTED},
        {"| what the maker says | what I saw |\n|---|---|\n| 95 W | 96 with two of them, on tern |\n", "two",
         VERDICT_UNVERIFIED},
    };
    judge_all(all, sizeof all / sizeof all[0]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_its_machines),
        cmocka_unit_test(slashes_part_a_cell),
        cmocka_unit_test(a_multiplier_counts_what_the_line_names),
        cmocka_unit_test(a_part_speaks_in_its_machines_line),
        cmocka_unit_test(a_column_of_sums),
        cmocka_unit_test(rows_are_conditions),
        cmocka_unit_test(rows_of_one_case),
        cmocka_unit_test(a_cell_holds_a_name),
        cmocka_unit_test(a_row_is_somebody_elses),
        cmocka_unit_test(a_row_says_what_its_thing_takes),
        cmocka_unit_test(a_heading_says_what_it_is),
    };
    return cmocka_run_group_tests_name("facts: tables", tests, NULL, NULL);
}
