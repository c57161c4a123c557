/* test_facts_release_names.c - versions that stand apart from their names: set off by a comma, of a machine, by shape.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

static const char harbour[] =
    "assay-facts: 1\n"
    "as_of: 2026-05-18\n"
    "components:\n"
    "  - {id: kernel-quay, aliases: [kernel on quay], scheme: deb, version: 6.12.48}\n"
    "  - {id: kernel-mole, aliases: [kernel on mole], scheme: deb, version: 6.14.11}\n"
    "  - {id: puffin, aliases: [Puffin], scheme: loose, version: b8530, history: [{version: b8214, to: 2026-04-04}]}\n"
    "  - {id: eider, aliases: [Eider], scheme: semver, version: 2.10.2, accept: [prefix], history: [{version: 2.9.1, "
    "to: "
    "2026-01-25}]}\n"
    "  - {id: gannet, aliases: [Gannet], scheme: semver, version: 0.9.4, accept: [prefix], history: [{version: 0.8.7, "
    "to: "
    "2026-03-01}]}\n"
    "  - {id: snipe, aliases: [Snipe], scheme: semver, version: 3.13.5, accept: [prefix]}\n"
    "hosts:\n"
    "  - {id: quay, aliases: [quay]}\n"
    "  - {id: mole, aliases: [mole]}\n"
    "services:\n"
    "  - {id: queue, aliases: [queue], host: quay, port: 7070, runs: [gannet]}\n";

static void of_a_machine(void **state) {
    (void)state;
    static const said cases[] = {
        {"- quay: Eider 2.10.2, kernel 6.12.48\n- mole: Snipe 3.13.5, kernel 6.14.11", ""},
        {"- quay: Eider 2.10.2, kernel 6.14.11\n- mole: Snipe 3.13.5, kernel 6.14.12", "6.14.11 | 6.14.12"},
        {"The kernel is 6.12.48 on quay and the kernel 6.14.12 on mole.", "6.14.12"},
        {"| | quay | mole |\n| --- | --- | --- |\n| kernel | 6.12.48 | 6.14.12 |", "6.14.12"},
        {"## quay\n\nIt boots kernel 6.12.49.", "6.12.49"},
        {"Somewhere a kernel 6.18.1 is out.", ""},
    };
    expect_contradicted(harbour, cases, COUNT_OF(cases));
}

static void by_shape(void **state) {
    (void)state;
    static const said cases[] = {
        {"Puffin does the drafts on quay. We are still on b8530.", ""},
        {"Puffin does the drafts on quay. We are still on b8531.", "b8531"},
        {"Puffin does the drafts on quay. Some say that b8600 is faster.", ""},
        {"Eider does the drafts on quay. We are still on b8531.", ""}, /* Puffin is not named */
    };
    expect_contradicted(harbour, cases, COUNT_OF(cases));
}

static void set_off(void **state) {
    (void)state;
    static const said cases[] = {
        {"Both pools of quay are Eider, and 2.10.3 is what it prints.", "2.10.3"},
        {"Nothing reaches quay but through Eider, which is at 2.10.2.", ""},
        {"Nothing reaches quay but through Eider, which is at 2.11.0.", "2.11.0"},
        {"Load tests on quay are written for Eider, of which we have 2.8.1.", "2.8.1"},
        {"Code on quay goes to Eider. It is at 2.10.4.", "2.10.4"},
        {"Eider on quay talks to a proxy. It is at 2.10.4.", ""},
        {"Gannet, 2,900 lines of Snipe, is at version 0.9.4 on quay.", ""},
        {"Gannet, 2,900 lines of Snipe, is at version 0.9.6 on quay.", "0.9.6"},
        {"Eider and Snipe are pinned on quay, at 2.10.2 and 3.13.6, respectively.", "3.13.6"},
        {"On quay Eider 2.10.2 and Gannet 0.9.4 came; they replaced 2.9.1 and 0.8.7.", ""},
        {"On quay, the queue is at version 0.9.5.", "0.9.5"},
        {"On quay Gannet 0.8.7 became 0.9.4.", ""},
        {"On quay Gannet 0.8.7 became 0.9.5.", "0.9.5"},
    };
    expect_contradicted(harbour, cases, COUNT_OF(cases));
}

/* A release that is spoken of is none that runs; a clause about what is ours says that it does. */
static void spoken_of(void **state) {
    (void)state;
    static const said cases[] = {
        {"Snipe 3.14 has a nicer prompt, but quay has what the distribution brings.", ""},
        {"Eider 2.11 is in beta, and I am not.", ""},
        {"For Eider 2.11 a change has been announced; we shall read it on quay first.", ""},
        {"Eider 2.11.0 takes what quay sends.", "2.11.0"},
        {"My previous server ran Snipe 3.9.2, and quay does not.", ""},
        {"One who still has quay of old gets Snipe 3.9.2 from its archive.", ""},
    };
    expect_contradicted(harbour, cases, COUNT_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(of_a_machine), cmocka_unit_test(by_shape),
                                       cmocka_unit_test(set_off), cmocka_unit_test(spoken_of)};
    return cmocka_run_group_tests_name("facts: names of releases", tests, NULL, NULL);
}
