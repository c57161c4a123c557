/* test_facts_parallels.c - what a clause leaves out: the metric and the unit of the number before, the name of a time
 * that only the process's own parenthesis or "every" says. False ones are contradicted; of true ones, and of those that
 * are about something else, none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "hosts:\n"
    "  - {id: tern, aliases: [tern], attrs: {cpu_cores: {value: '24', unit: core, aliases: [cores]},\n"
    "      load_power: {value: '612', unit: W, aliases: [draw under load]},\n"
    "      disks: {value: '6', unit: disk, aliases: [disks]}, disk_size: {value: '16', unit: TB, aliases: [disk]}}}\n"
    "  - {id: gull, aliases: [gull], location: Utrecht, attrs: {cpu_cores: {value: '8', unit: core, aliases: "
    "[cores]},\n"
    "      load_power: {value: '334', unit: W, aliases: [draw under load]}}}\n"
    "components:\n"
    "  - {id: prometheus, aliases: [Prometheus], attrs: {scrape_interval: {value: '30', unit: s, aliases: [scrape "
    "interval]}}}\n"
    "  - {id: engine, aliases: [engine], attrs: {buffers: {value: '0.6', unit: GiB}, footprint: {value: '7.5', unit: "
    "GiB}}}\n"
    "  - {id: pgbench, aliases: [pgbench], attrs: {spread: {value: '3', unit: '%'}}}\n"
    "processes:\n"
    "  - {id: reindex, category: maintenance, aliases: [reindex], cadence: every night at 03:40, attrs: {duration: "
    "{value: "
    "'26', unit: min}}}\n"
    "  - {id: publish, category: release, aliases: [Publishing, publish], cadence: on each push, attrs: {duration: "
    "{value: "
    "'9', unit: s}}}\n"
    "benchmarks:\n"
    "  - {id: av1-tern, subject: [tern], metric: AV1 encoding, value: '141', unit: fps}\n"
    "  - {id: av1-gull, subject: [gull], metric: AV1 encoding, value: '96', unit: fps}\n"
    "  - {id: scene-tern, subject: [tern], metric: scene time, value: '41.6', unit: s}\n"
    "  - {id: scene-gull, subject: [gull], metric: scene time, value: '166', unit: s}\n"
    "  - {id: rtt-gull, subject: [gull], metric: round trip, value: '19', unit: ms}\n"
    "  - {id: night, subject: [tern], metric: night energy, value: '7.4', unit: kWh}\n";

static const char lead[] = "Our machines are tern and gull, and the engine runs on tern.";

static void what_is_left_out_is_understood(void **state) {
    (void)state;
    static const char *const all[] = {
        "tern encodes AV1 at 141 fps, and gull does 69.",
        "The scene takes tern 41.6 s, gull 661.",
        "The meter showed a draw under load of 612 W for tern, 433 for gull.",
        "Prometheus does that for us, looking every 15 seconds.",
        "The nightly reindex (03:40, 62 minutes) makes searches slower.",
        "- **Publishing** happens on each push and needs 90 s.",
        "gull stands in Utrecht, 91 ms away.",
        "With buffers of 0.6 GiB the footprint of the engine rounds to 5.7 GiB.",
    };
    expect_each(facts, lead, all, COUNT_OF(all), true);
}

static void what_is_true_or_another_thing_stays(void **state) {
    (void)state;
    static const char *const all[] = {
        "tern encodes AV1 at 141 fps, and gull does 96.",
        "The scene takes tern 41.6 s, gull 166.",
        "The meter showed a draw under load of 612 W for tern, 334 for gull.",
        "Prometheus does that for us, looking every 30 seconds.",
        "Prometheus scrapes every 30 seconds, and a timer of ours mails every 5 minutes.",
        "The nightly reindex (03:40, 26 minutes) makes searches slower.",
        "The nightly reindex (03:40, 90 minutes after the backup) makes searches slower.",
        "- **Publishing** happens on each push and needs 9 s.",
        "gull stands in Utrecht, 19 ms away.",
        "gull stands in Utrecht, 40 minutes away by train.",
        "With buffers of 0.6 GiB the footprint of the engine rounds to 7.5 GiB.",
        "tern has 24 cores, and gull burned 2 cores last summer.",
        "tern encodes AV1 at 141 fps, and gull drops 3 fps when it is hot.",
        "The scene takes tern 41.6 s, and gull loads it in 4 s.",
        "One night of rendering uses 7.4 kWh.",
        "One evening of games uses 1.1 kWh.",
        "tern holds six disks of 16 TB.",
    };
    expect_each(facts, lead, all, COUNT_OF(all), false);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_left_out_is_understood),
        cmocka_unit_test(what_is_true_or_another_thing_stays),
    };
    return cmocka_run_group_tests_name("facts: parallels", tests, NULL, NULL);
}
