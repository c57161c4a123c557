/* test_facts_plain_owners.c - figures whose owner the build of the sentence says, though its name does not stand beside
 * them: "We built it around …", "a deployment that takes …", "a typical run", the column of a machine by its declared
 * name, a service's only program; and aims, which are no figures of anybody's. Beside each its honest neighbours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"
#include "tests/support/verdicts.h"

static const char studio[] =
    "assay-facts: 1\n"
    "as_of: 2026-10-11\n"
    "components:\n"
    "  - {id: tollgate, aliases: [tollgate], attrs: {lines: {value: 640, unit: line, aliases: [lines of Python]}}}\n"
    "  - {id: rails, aliases: [Rails]}\n"
    "  - {id: python, aliases: [Python], scheme: semver, version: 3.12.3}\n"
    "hardware:\n"
    "  - id: foley\n"
    "    aliases: [foley]\n"
    "    location: Ghent\n"
    "    runs: [tollgate, rails]\n"
    "    attrs:\n"
    "      cpu_model: {value: Ryzen 9 5900X}\n"
    "      cpu_cores: {value: 12, unit: core, aliases: [cores]}\n"
    "      memory: {value: 64, unit: GB, aliases: [RAM]}\n"
    "  - id: clunker\n"
    "    aliases: [clunker, gaming PC]\n"
    "    location: Ghent\n"
    "    attrs: {cpu_cores: {value: 6, unit: core, aliases: [cores]}, memory: {value: 32, unit: GB, aliases: [RAM]}}\n"
    "services:\n"
    "  - {id: router, aliases: [router], host: foley, port: 4100, runs: [tollgate]}\n"
    "  - {id: web, aliases: [web server], host: foley, port: 443, runs: [rails, python]}\n"
    "processes:\n"
    "  - {id: night-run, aliases: [night run], cadence: every night at 01:15}\n"
    "  - {id: deploy, aliases: [deploy, deployment], cadence: on each merge, attrs: {duration: {value: 9, unit: "
    "min}}}\n"
    "  - {id: drill, aliases: [restore drill], cadence: monthly}\n"
    "benchmarks:\n"
    "  - {id: night, subject: [night-run], metric: duration, value: 64, unit: min, tol: {rel: 5%}}\n"
    "  - {id: restore, subject: [drill], metric: restore time, value: 52, unit: min, where: {month: 2026-09}}\n"
    "  - {id: tests, subject: [rails], metric: main test time, value: 7, unit: min}\n"
    "  - {id: p95, subject: [rails], metric: p95 response time, metric_aliases: [p95], value: 225, unit: ms,\n"
    "     where: {month: 2026-09}}\n"
    "  - {id: pipeline, subject: [rails], metric: median pipeline, value: '6.8', unit: min, where: {month: 2026-09}}\n";

static const char lead[] = "---\ntitle: Notes\ndate: 2026-10-09\n---\n\nOur foley does the work.\n\n";

#define CLEAN(texts) expect_each(studio, lead, texts, COUNT_OF(texts), false)
#define FALSE(texts) expect_each(studio, lead, texts, COUNT_OF(texts), true)

static void what_a_machine_is_built_around(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "foley sits in our Ghent studio. We built it around a Threadripper 3970X with 16 cores and 64 GB of RAM.\n",
        "foley sits in our Ghent studio. We built it around an AMD Ryzen 9 5900X with 12 cores and 128 GB of RAM.\n",
    };
    static const char *const clean[] = {
        "foley sits in our Ghent studio. We built it around an AMD Ryzen 9 5900X with 12 cores and 64 GB of RAM.\n",
        "foley sits in our Ghent studio. A friend built his around an AMD Ryzen 9 7950X with 16 cores and 128 GB.\n",
        "foley sits in our Ghent studio. We nearly built one around an AMD Ryzen 9 7950X with 16 cores.\n",
    };
    FALSE(untrue);
    CLEAN(clean);
}

static void a_column_by_a_declared_name(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "| | foley | Gaming PC |\n|---|---|---|\n| CPU cores | 12 | 8 |\n",
    };
    static const char *const clean[] = {
        "| | foley | Gaming PC |\n|---|---|---|\n| CPU cores | 12 | 6 |\n",
        "| | foley | PC of a friend |\n|---|---|---|\n| CPU cores | 12 | 8 |\n",
        "| | foley | A typical PC |\n|---|---|---|\n| CPU cores | 12 | 8 |\n",
    };
    FALSE(untrue);
    CLEAN(clean);
}

static void what_a_process_takes(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "The night run starts at 01:15 every night. A typical run finishes in 38 minutes.\n",
        "Each merge to main now triggers a deployment that takes just four minutes.\n",
    };
    static const char *const clean[] = {
        "The night run starts at 01:15 every night. A typical run finishes in 64 minutes.\n",
        "The night run starts at 01:15 every night. A run of the tests finishes in 38 minutes.\n",
        "The night run starts at 01:15 every night. A typical CI run finishes in 38 minutes.\n",
        "Each merge to main now triggers a deployment that takes nine minutes.\n",
        "Each merge to main now triggers a test that takes four minutes, and a deployment.\n",
        "Each merge triggers a deployment, and a check that takes four minutes.\n",
    };
    FALSE(untrue);
    CLEAN(clean);
}

static void a_service_and_its_program(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "The router has grown to 1,200 lines of Python.\n",
    };
    static const char *const clean[] = {
        "The router has grown to 640 lines of Python.\n",
        "The web server has grown to 1,200 lines of Python.\n",
        "The exporter has grown to 1,200 lines of Python.\n",
        "The exporter beside the router has grown to 1,200 lines of Python.\n",
    };
    FALSE(untrue);
    CLEAN(clean);
}

static void a_state_of_its_own_month(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "By September the median pipeline of Rails was down to 4.2 minutes.\n",
    };
    static const char *const clean[] = {
        "By September the median pipeline of Rails was down to 6.8 minutes.\n",
        "By June the median pipeline of Rails was down to 9.2 minutes.\n",
        "For a week the median pipeline of Rails was down to 4.2 minutes.\n",
    };
    FALSE(untrue);
    CLEAN(clean);
}

/* Nobody measured an objective: it proves nothing, and takes nothing back. */
static void aims(void **state) {
    (void)state;
    static const told cases[] = {
        {"In September the restore of the restore drill took 52 minutes.", "52 minutes", VERDICT_SUPPORTED, NULL},
        {"The restore drill beats our recovery time objective of one hour.", "one hour", VERDICT_UNVERIFIED, NULL},
        {"The restore drill beats our target of 52 minutes.", "52 minutes", VERDICT_UNVERIFIED, NULL},
        {"The restore time of the restore drill in September was 38 minutes, with an objective of one hour.",
         "38 minutes", VERDICT_CONTRADICTED, NULL},
        {"In September the 95th percentile response time of Rails was 225 ms.", "225 ms", VERDICT_SUPPORTED, NULL},
    };
    expect_verdicts(studio, cases, COUNT_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_machine_is_built_around), cmocka_unit_test(a_column_by_a_declared_name),
        cmocka_unit_test(what_a_process_takes),           cmocka_unit_test(a_service_and_its_program),
        cmocka_unit_test(a_state_of_its_own_month),       cmocka_unit_test(aims)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
