/* test_facts_proof.c - what agrees with a fact and is no proof of it, and who owns what a sentence says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/verdicts.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "components:\n"
    "  - {id: gull, aliases: [gull], version: 2.4.1, accept: [prefix], history: [{version: 2.2.0, to: 2026-01-10},"
    " {version: 2.3.9, from: 2026-01-10, to: 2026-03-04}]}\n"
    "  - {id: mill, aliases: [Mill, milld], version: 1.3.0, history: [{version: 1.2.0, to: 2026-02-01}]}\n"
    "  - {id: kiln, aliases: [Kiln]}\n"
    "  - {id: porter, aliases: [Porter]}\n"
    "hosts:\n"
    "  - {id: heron, aliases: [heron], location: Bergen, attrs: {memory: {value: '64', unit: GB, aliases: [RAM]},"
    " cpu_cores: {value: '8', unit: core, aliases: [cores]}, wake_time: {value: '9', unit: s, aliases: [wakes]}}}\n"
    "  - {id: wren, aliases: [wren], location: Oslo, attrs: {memory: {value: '32', unit: GB, aliases: [RAM]},"
    " cpu_cores: {value: '4', unit: core, aliases: [cores]}}}\n"
    "  - {id: stork, aliases: [stork], location: Oslo, attrs: {disks: {value: '4', unit: drive, aliases: [disks]},"
    " disk_size: {value: '2', unit: TB, aliases: [disk]}, pool: {value: '6', unit: TB, aliases: [pool]}}}\n"
    "  - {id: teal, aliases: [teal], location: Oslo}\n"
    "hardware:\n"
    "  - {id: card, aliases: [NVIDIA A2, A2], attrs: {count: {value: '1', unit: card}}}\n"
    "absent:\n"
    "  - {match: [Redis], note: none}\n"
    "services:\n"
    "  - {id: desk, aliases: [desk API], host: heron, port: 8090, runs: [porter], exposes: {world: closed, items:"
    " [{name: guest list, aliases: [/v1/guests]}, {name: key export, aliases: [/v1/keys]}]}}\n"
    "  - {id: mill-port, aliases: [milld port], host: heron, port: 6817, runs: [mill]}\n"
    "  - {id: kiln-port, aliases: [kiln port], host: heron, port: 7001, runs: [kiln]}\n"
    "benchmarks:\n"
    "  - {id: old, subject: [mill], metric: submission, value: '6.8', unit: s, where: {version: 1.2.0}}\n"
    "  - {id: new, subject: [mill], metric: submission, value: '3.9', unit: s, where: {version: 1.3.0}}\n"
    "  - {id: at-heron, subject: [mill, heron], metric: grinding, value: '18.2', unit: min, where: {node: heron}}\n"
    "  - {id: at-wren, subject: [mill, wren], metric: grinding, value: '41.5', unit: min, where: {node: wren}}\n"
    "derived:\n"
    "  - {id: raw-pool, expr: stork.disks * stork.disk_size, unit: TB}\n";

static void expect(const told *cases, size_t n) { expect_verdicts_behind(dated_article, facts, cases, n); }

static void an_equal_value_of_a_third_machine_proves_nothing(void **state) {
    (void)state;
    static const told cases[] = {
        {"heron has eight cores.", "eight cores", VERDICT_SUPPORTED, NULL},
        {"wren is the small one. Its eight cores are there for mail.", "eight cores", VERDICT_CONTRADICTED, NULL},
        {"wren is the small one. Its four cores are there for mail.", "four cores", VERDICT_SUPPORTED, NULL},
        {"When heron is away, wren does it all, and that is why it got 64 GB of RAM.", "64 GB", VERDICT_UNVERIFIED,
         NULL},
        {"The one in Oslo has 64 GB of RAM.", "64 GB", VERDICT_UNVERIFIED, NULL},
        {"The one in Bergen has 64 GB of RAM.", "64 GB", VERDICT_SUPPORTED, NULL},
    };
    expect(cases, COUNT_OF(cases));
}

static void a_bound_far_off_proves_only_when_it_is_round(void **state) {
    (void)state;
    static const told cases[] = {
        {"heron wakes within 9 seconds.", "within 9 seconds", VERDICT_SUPPORTED, NULL},
        {"heron wakes within 10 seconds.", "within 10 seconds", VERDICT_SUPPORTED, NULL},
        {"heron wakes within 19 seconds.", "within 19 seconds", VERDICT_UNVERIFIED, NULL},
        {"heron wakes in over 0.2 minutes.", "over 0.2 minutes", VERDICT_UNVERIFIED, NULL},
        {"heron has at least 12 GB of RAM.", "at least 12 GB", VERDICT_UNVERIFIED, NULL},
        {"heron has more than 20 GB of RAM.", "more than 20 GB", VERDICT_UNVERIFIED, NULL},
        {"heron has at least 200 GB of RAM.", "at least 200 GB", VERDICT_CONTRADICTED, NULL},
        {"heron has up to 200 GB of RAM.", "up to 200 GB", VERDICT_CONTRADICTED, NULL},
    };
    expect(cases, COUNT_OF(cases));
}

/* Neither a falsehood of the author's, nor somebody else's figure, which would earn unproved. */
static void what_somebody_says_at_the_end_stays_ours_to_prove(void **state) {
    (void)state;
    static const told cases[] = {
        {"heron has 96 GB of RAM, says NVIDIA.", "96 GB", VERDICT_UNVERIFIED, NULL},
        {"heron has 64 GB of RAM, says NVIDIA.", "64 GB", VERDICT_SUPPORTED, NULL},
        {"gull 2.6.0 runs on heron, says Anna.", "2.6.0", VERDICT_UNVERIFIED, NULL},
        {"heron has 96 GB of RAM, says free.", "96 GB", VERDICT_CONTRADICTED, NULL},
    };
    expect(cases, COUNT_OF(cases));
}

static void a_sum_gives_way_to_what_is_named(void **state) {
    (void)state;
    static const told cases[] = {
        {"The pool of stork offers 8 TB.", "8 TB", VERDICT_CONTRADICTED, NULL},
        {"The pool of stork offers 6 TB.", "6 TB", VERDICT_SUPPORTED, NULL},
    };
    expect(cases, COUNT_OF(cases));
}

static void both_ends_of_a_change_are_versions(void **state) {
    (void)state;
    static const told cases[] = {
        {"On heron gull went from 2.3.9 to 2.4.1.", "2.4.1", VERDICT_SUPPORTED, NULL},
        {"On heron gull went from 2.3.9 to 2.4.3.", "2.4.3", VERDICT_CONTRADICTED, NULL},
        {"Since 4 March heron's mail has been sorted by gull 2.3.9.", "2.3.9", VERDICT_CONTRADICTED, NULL},
        {"Since 4 March heron's mail has been sorted by gull 2.4.1.", "2.4.1", VERDICT_SUPPORTED, NULL},
        {"From January to March heron's mail was sorted by gull 2.3.9.", "2.3.9", VERDICT_SUPPORTED, NULL},
        {"When I took gull back on 1 March, it was to release 2.2.0.", "2.2.0", VERDICT_UNVERIFIED, NULL},
    };
    expect(cases, COUNT_OF(cases));
}

static void who_is_mentioned_does_not_own_what_is_said(void **state) {
    (void)state;
    static const told cases[] = {
        {"A friend's server has 48 GB of RAM.", "48 GB", VERDICT_NOT_ABOUT_US, NULL},
        {"heron has 48 GB of RAM, which a reader noticed.", "48 GB", VERDICT_CONTRADICTED, NULL},
        {"> heron has 48 GB of RAM.", "48 GB", VERDICT_UNVERIFIED, "not stated as our own"},
        {"heron has 64 GB of RAM, which a reader noticed.", "64 GB", VERDICT_SUPPORTED, NULL},
        {"Three years ago a laptop of ours had 48 GB of RAM.", "48 GB", VERDICT_UNVERIFIED, NULL},
        {"heron is kept elsewhere: it has 48 GB of RAM.", "48 GB", VERDICT_UNVERIFIED, NULL},
        {"According to the documentation 48 GB of RAM are enough.", "48 GB", VERDICT_NOT_ABOUT_US, NULL},
    };
    expect(cases, COUNT_OF(cases));
}

static void a_measurement_proves_its_own_case_alone(void **state) {
    (void)state;
    static const told cases[] = {
        {"Under Mill 1.3.0 a submission takes 3.9 s.", "3.9 s", VERDICT_SUPPORTED, NULL},
        {"Under Mill 1.3.0 a submission takes 6.8 s.", "6.8 s", VERDICT_UNVERIFIED, NULL},
        {"With Mill grinding takes 18.2 min on heron.", "18.2 min", VERDICT_SUPPORTED, NULL},
        {"With Mill grinding takes 18.2 min on heron, not the time of wren.", "18.2 min", VERDICT_SUPPORTED, NULL},
    };
    expect(cases, COUNT_OF(cases));
}

static void a_port_and_a_daemon_are_those_of_what_is_named(void **state) {
    (void)state;
    static const told cases[] = {
        {"Kiln on heron listens on port 7001.", "port 7001", VERDICT_SUPPORTED, NULL},
        {"On heron gull takes letters on port 7001.", "port 7001", VERDICT_UNVERIFIED, NULL},
        {"milld runs on heron.", "heron", VERDICT_SUPPORTED, NULL},
        {"milld runs on teal.", "teal", VERDICT_CONTRADICTED, NULL},
    };
    expect(cases, COUNT_OF(cases));
}

static void more_of_a_model_than_there_are_is_false(void **state) {
    (void)state;
    static const told cases[] = {
        {"heron carries two NVIDIA A2 cards.", "two NVIDIA A2", VERDICT_CONTRADICTED, NULL},
        {"A friend's server carries two NVIDIA A2 cards.", "two NVIDIA A2", VERDICT_COUNT, NULL},
        {"If heron carried two NVIDIA A2 cards, it would be loud.", "two NVIDIA A2", VERDICT_COUNT, NULL},
        {"heron is as fast as two A2 hours of somebody else's.", "two A2", VERDICT_COUNT, NULL},
    };
    expect(cases, COUNT_OF(cases));
}

static void what_we_moved_to_is_here(void **state) {
    (void)state;
    static const told cases[] = {
        {"For the mail on heron I moved from Mill to Redis in the summer.", "Redis", VERDICT_CONTRADICTED, NULL},
        {"For the mail on heron I moved from Redis to Mill in the summer.", "Redis", VERDICT_UNVERIFIED, NULL},
        {"For the mail on heron I moved to Redis and back.", "Redis", VERDICT_UNVERIFIED, NULL},
    };
    expect(cases, COUNT_OF(cases));
}

static void a_route_is_compared_as_a_whole(void **state) {
    (void)state;
    static const told cases[] = {
        {"The desk API exposes /v1/guests and /v1/keys.", "v1/guests", VERDICT_SUPPORTED, NULL},
        {"The desk API exposes /v1/guests/erase.", "v1/guests/erase", VERDICT_UNVERIFIED, NULL},
        {"Porter exposes send_mail.", "send_mail", VERDICT_CONTRADICTED, NULL},
        {"Porter offers a Python client.", "Python client", VERDICT_COUNT, NULL},
    };
    expect(cases, COUNT_OF(cases));
}

static void a_noun_of_which_nothing_is_declared_has_no_figure_of_ours(void **state) {
    (void)state;
    static const told cases[] = {
        {"Our staging machine has 64 GB of RAM.", "64 GB", VERDICT_UNVERIFIED, NULL},
        {"The office printer has 64 GB of RAM.", "64 GB", VERDICT_UNVERIFIED, NULL},
        {"Each customer has 64 GB of RAM.", "64 GB", VERDICT_UNVERIFIED, NULL},
        {"heron has 64 GB of RAM.", "64 GB", VERDICT_SUPPORTED, NULL},
        {"heron is the big one. The whole machine has 64 GB of RAM.", "64 GB", VERDICT_SUPPORTED, NULL},
        {"heron is the big one. Our staging machine has 64 GB of RAM.", "64 GB", VERDICT_SUPPORTED,
         NULL}, /* it may be heron */
    };
    expect(cases, COUNT_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_equal_value_of_a_third_machine_proves_nothing),
        cmocka_unit_test(a_bound_far_off_proves_only_when_it_is_round),
        cmocka_unit_test(what_somebody_says_at_the_end_stays_ours_to_prove),
        cmocka_unit_test(a_sum_gives_way_to_what_is_named),
        cmocka_unit_test(both_ends_of_a_change_are_versions),
        cmocka_unit_test(a_measurement_proves_its_own_case_alone),
        cmocka_unit_test(a_port_and_a_daemon_are_those_of_what_is_named),
        cmocka_unit_test(more_of_a_model_than_there_are_is_false),
        cmocka_unit_test(what_we_moved_to_is_here),
        cmocka_unit_test(a_route_is_compared_as_a_whole),
        cmocka_unit_test(who_is_mentioned_does_not_own_what_is_said),
        cmocka_unit_test(a_noun_of_which_nothing_is_declared_has_no_figure_of_ours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
