/* test_facts_proof.c - what agrees with a fact and is no proof of it, and who owns what a sentence says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "tests/support/judged.h"

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

typedef struct said {
    const char *text, *quote;
    enum verdict verdict;
} said;

static void expect(const said *cases, size_t n) {
    manifest *m = judged_manifest(facts);
    unsigned wrong = 0;
    for (size_t i = 0; i < n; i++) {
        char text[1024];
        snprintf(text, sizeof text, "---\ntitle: T\ndate: 2026-05-18\n---\n\n%s\n", cases[i].text);
        judged x = judged_text(m, "t.md", str_from_cstr(text), true);
        const claim *met = NULL;
        for (size_t k = 0; k < x.claims.n && !met; k++)
            if (str_eq(x.claims.at[k].quote, str_from_cstr(cases[i].quote))) met = &x.claims.at[k];
        enum verdict is = met ? met->verdict : VERDICT_COUNT;
        if (is != cases[i].verdict) {
            print_error("%s\n  is %s: %.*s\n", cases[i].text, met ? verdict_name(is) : "no claim",
                        STR_ARG(met ? met->why : STR("")));
            wrong++;
        }
        judged_free(&x);
    }
    manifest_free(m);
    assert_int_equal(wrong, 0);
}

static void an_equal_value_of_a_third_machine_proves_nothing(void **state) {
    (void)state;
    static const said cases[] = {
        {"heron has eight cores.", "eight cores", VERDICT_SUPPORTED},
        {"wren is the small one. Its eight cores are there for mail.", "eight cores", VERDICT_UNVERIFIED},
        {"wren is the small one. Its four cores are there for mail.", "four cores", VERDICT_SUPPORTED},
        {"When heron is away, wren does it all, and that is why it got 64 GB of RAM.", "64 GB", VERDICT_UNVERIFIED},
        {"The one in Oslo has 64 GB of RAM.", "64 GB", VERDICT_UNVERIFIED},
        {"The one in Bergen has 64 GB of RAM.", "64 GB", VERDICT_SUPPORTED},
    };
    expect(cases, COUNT_OF(cases));
}

static void a_bound_far_off_proves_only_when_it_is_round(void **state) {
    (void)state;
    static const said cases[] = {
        {"heron wakes within 9 seconds.", "within 9 seconds", VERDICT_SUPPORTED},
        {"heron wakes within 10 seconds.", "within 10 seconds", VERDICT_SUPPORTED},
        {"heron wakes within 19 seconds.", "within 19 seconds", VERDICT_UNVERIFIED},
        {"heron has at least 12 GB of RAM.", "at least 12 GB", VERDICT_UNVERIFIED},
        {"heron has more than 20 GB of RAM.", "more than 20 GB", VERDICT_UNVERIFIED},
        {"heron has at least 200 GB of RAM.", "at least 200 GB", VERDICT_CONTRADICTED},
        {"heron has up to 200 GB of RAM.", "up to 200 GB", VERDICT_CONTRADICTED},
    };
    expect(cases, COUNT_OF(cases));
}

/* Neither a falsehood of the author's, nor somebody else's figure, which would earn unproved. */
static void what_somebody_says_at_the_end_stays_ours_to_prove(void **state) {
    (void)state;
    static const said cases[] = {
        {"heron has 96 GB of RAM, says NVIDIA.", "96 GB", VERDICT_UNVERIFIED},
        {"heron has 64 GB of RAM, says NVIDIA.", "64 GB", VERDICT_SUPPORTED},
        {"gull 2.6.0 runs on heron, says Anna.", "2.6.0", VERDICT_UNVERIFIED},
        {"heron has 96 GB of RAM, says free.", "96 GB", VERDICT_CONTRADICTED},
    };
    expect(cases, COUNT_OF(cases));
}

static void a_sum_gives_way_to_what_is_named(void **state) {
    (void)state;
    static const said cases[] = {
        {"The pool of stork offers 8 TB.", "8 TB", VERDICT_CONTRADICTED},
        {"The pool of stork offers 6 TB.", "6 TB", VERDICT_SUPPORTED},
    };
    expect(cases, COUNT_OF(cases));
}

static void both_ends_of_a_change_are_versions(void **state) {
    (void)state;
    static const said cases[] = {
        {"On heron gull went from 2.3.9 to 2.4.1.", "2.4.1", VERDICT_SUPPORTED},
        {"On heron gull went from 2.3.9 to 2.4.3.", "2.4.3", VERDICT_CONTRADICTED},
        {"Since 4 March heron's mail has been sorted by gull 2.3.9.", "2.3.9", VERDICT_CONTRADICTED},
        {"Since 4 March heron's mail has been sorted by gull 2.4.1.", "2.4.1", VERDICT_SUPPORTED},
        {"From January to March heron's mail was sorted by gull 2.3.9.", "2.3.9", VERDICT_SUPPORTED},
        {"When I took gull back on 1 March, it was to release 2.2.0.", "2.2.0", VERDICT_UNVERIFIED},
    };
    expect(cases, COUNT_OF(cases));
}

static void who_is_mentioned_does_not_own_what_is_said(void **state) {
    (void)state;
    static const said cases[] = {
        {"A friend's server has 48 GB of RAM.", "48 GB", VERDICT_NOT_ABOUT_US},
        {"heron has 48 GB of RAM, which a reader noticed.", "48 GB", VERDICT_CONTRADICTED},
        {"heron has 64 GB of RAM, which a reader noticed.", "64 GB", VERDICT_SUPPORTED},
        {"Three years ago a laptop of ours had 48 GB of RAM.", "48 GB", VERDICT_UNVERIFIED},
        {"heron is kept elsewhere: it has 48 GB of RAM.", "48 GB", VERDICT_UNVERIFIED},
        {"According to the documentation 48 GB of RAM are enough.", "48 GB", VERDICT_NOT_ABOUT_US},
    };
    expect(cases, COUNT_OF(cases));
}

static void a_measurement_proves_its_own_case_alone(void **state) {
    (void)state;
    static const said cases[] = {
        {"Under Mill 1.3.0 a submission takes 3.9 s.", "3.9 s", VERDICT_SUPPORTED},
        {"Under Mill 1.3.0 a submission takes 6.8 s.", "6.8 s", VERDICT_UNVERIFIED},
        {"With Mill grinding takes 18.2 min on heron.", "18.2 min", VERDICT_SUPPORTED},
        {"With Mill grinding takes 18.2 min on heron, not the time of wren.", "18.2 min", VERDICT_SUPPORTED},
    };
    expect(cases, COUNT_OF(cases));
}

static void a_port_and_a_daemon_are_those_of_what_is_named(void **state) {
    (void)state;
    static const said cases[] = {
        {"Kiln on heron listens on port 7001.", "port 7001", VERDICT_SUPPORTED},
        {"On heron gull takes letters on port 7001.", "port 7001", VERDICT_UNVERIFIED},
        {"milld runs on heron.", "heron", VERDICT_SUPPORTED},
        {"milld runs on teal.", "teal", VERDICT_CONTRADICTED},
    };
    expect(cases, COUNT_OF(cases));
}

static void more_of_a_model_than_there_are_is_false(void **state) {
    (void)state;
    static const said cases[] = {
        {"heron carries two NVIDIA A2 cards.", "two NVIDIA A2", VERDICT_CONTRADICTED},
        {"A friend's server carries two NVIDIA A2 cards.", "two NVIDIA A2", VERDICT_COUNT},
        {"If heron carried two NVIDIA A2 cards, it would be loud.", "two NVIDIA A2", VERDICT_COUNT},
        {"heron is as fast as two A2 hours of somebody else's.", "two A2", VERDICT_COUNT},
    };
    expect(cases, COUNT_OF(cases));
}

static void what_we_moved_to_is_here(void **state) {
    (void)state;
    static const said cases[] = {
        {"For the mail on heron I moved from Mill to Redis in the summer.", "Redis", VERDICT_CONTRADICTED},
        {"For the mail on heron I moved from Redis to Mill in the summer.", "Redis", VERDICT_UNVERIFIED},
        {"For the mail on heron I moved to Redis and back.", "Redis", VERDICT_UNVERIFIED},
    };
    expect(cases, COUNT_OF(cases));
}

static void a_route_is_compared_as_a_whole(void **state) {
    (void)state;
    static const said cases[] = {
        {"The desk API exposes /v1/guests and /v1/keys.", "v1/guests", VERDICT_SUPPORTED},
        {"The desk API exposes /v1/guests/erase.", "v1/guests/erase", VERDICT_UNVERIFIED},
        {"Porter exposes send_mail.", "send_mail", VERDICT_CONTRADICTED},
        {"Porter offers a Python client.", "Python client", VERDICT_COUNT},
    };
    expect(cases, COUNT_OF(cases));
}

static void a_noun_of_which_nothing_is_declared_has_no_figure_of_ours(void **state) {
    (void)state;
    static const said cases[] = {
        {"Our staging machine has 64 GB of RAM.", "64 GB", VERDICT_UNVERIFIED},
        {"The office printer has 64 GB of RAM.", "64 GB", VERDICT_UNVERIFIED},
        {"Each customer has 64 GB of RAM.", "64 GB", VERDICT_UNVERIFIED},
        {"heron has 64 GB of RAM.", "64 GB", VERDICT_SUPPORTED},
        {"heron is the big one. The whole machine has 64 GB of RAM.", "64 GB", VERDICT_SUPPORTED},
        {"heron is the big one. Our staging machine has 64 GB of RAM.", "64 GB",
         VERDICT_SUPPORTED}, /* it may be heron */
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
