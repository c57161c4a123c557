/* test_facts_told_rhythms.c - how often and at what time, of a process that is told rather than named, and rhythms that
 * are written out: times of a day, working days, seasons. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "tests/support/contradicted.h"
#include "tests/support/judged.h"

static const char abbey[] =
    "assay-facts: 1\nas_of: 2026-06-14\n"
    "scopes:\n  processes: {world: closed, categories: [upkeep, keeping, choir]}\n"
    "components: [{id: pump, aliases: [pump software]}]\n"
    "processes:\n"
    "  - {id: gauge-run, aliases: [gauge run], category: upkeep, cadence: 'three times a day, at 06:10, 13:10 and "
    "20:10'}\n"
    "  - {id: vigil, aliases: [vigil rehearsal], category: choir, cadence: 'daily at 19:15 from September to May'}\n"
    "  - {id: pay-run, aliases: [pay run], category: keeping, cadence: on the second working day of the month}\n"
    "  - {id: bell-round, aliases: [bell round], category: upkeep, cadence: every working day at 07:45}\n"
    "  - {id: mending-tuesday, aliases: [Mending Tuesday], category: upkeep, cadence: every Tuesday afternoon}\n"
    "  - {id: weekly-digest, aliases: [weekly digest], category: keeping, cadence: every Sunday at 18:00}\n"
    "  - {id: fixity, aliases: [fixity check], category: keeping, cadence: monthly}\n"
    "  - {id: trial, aliases: [pump trial], category: upkeep, cadence: on each pump upgrade, steps: [drain, run, "
    "note]}\n"
    "  - {id: fire-drill, aliases: [fire drill], category: upkeep, cadence: on the first Monday of the month}\n";

static const char lead[] = "We keep our own notes on the abbey.\n\n";

static void rhythms_that_are_written_out(void **state) {
    (void)state;
    static const plain_line lines[] = {
        {"The gauge run starts % a day.", "five times", "three times"},
        {"The gauge run starts at %.", "14:00", "13:10"},
        {"The gauge run starts at %.", "05:00", "20:10"},
        {"% a day a gauge run is started by a timer.", "Four times", "Three times"},
        {"%, a gauge run is started by a timer.", "Twice a day, at 06:10 and 18:10",
         "Three times a day, at 06:10, 13:10 and 20:10"},
        {"The vigil rehearsal takes place daily at 19:15 from % to May.", "November", "September"},
        {"We are fond of the vigil rehearsal, which takes place at %.", "20:30", "19:15"},
        {"The pay run is on the % of the month.", "last Friday", "second working day"},
        {"The pay run is on the % working day of the month.", "fifth", "second"},
        {"The bell round starts at % every working day.", "08:30", "07:45"},
        {"We do the bell round %.", "on Sunday mornings", "every working day"},
    };
    expect_plain(abbey, lead, lines, COUNT_OF(lines));
}

static void a_process_that_is_told(void **state) {
    (void)state;
    static const plain_line lines[] = {
        {"Every % is mending day.", "Thursday", "Tuesday"},
        {"Every % is our mending afternoon, and the kettle is on.", "Friday", "Tuesday"},
        {"Mending takes place every %.", "Saturday", "Tuesday"},
        {"Digests start at % every Sunday.", "09:00", "18:00"},
        {"Our digests run every %.", "Wednesday", "Sunday"},
        {"Files are verified every %, and nobody minds.", "night", "month"},
        {"All recordings are checked every %.", "week", "month"},
        {"A pump trial follows a fixed procedure. We drain, run and note. As the procedure is short, we run it %.",
         "every night", "on each upgrade"},
        {"%, usually in the rain, we hold a fire drill.", "Once a year", "Once a month"},
    };
    expect_plain(abbey, lead, lines, COUNT_OF(lines));
}

static void honest_lines_with_such_a_rhythm(void **state) {
    (void)state;
    static const char *const texts[] = {
        "In summer the vigil rehearsal takes place at 20:30.",
        "In July the vigil rehearsal takes place at 20:30, by way of exception.",
        "The vigil rehearsal took place at 20:30 on the day of the storm.",
        "Every Thursday is washing day.",
        "Every Thursday is mending day at the other abbey.",
        "Every Thursday is mending weather.",
        "Digests start at 09:00 every Sunday at most papers.",
        "A friend's digests run every Wednesday.",
        "Mending takes place every Saturday at the other abbey.",
        "Mending takes patience every day.",
        "Files on the guest laptop are verified every night.",
        "Files are read every night.",
        "If files were verified every night, the disks would wear out.",
        "Every week the fixity check is copied to paper.",
        "The fire drill takes place on Mondays.",
        "On the last Friday of the month we do the pay run of another abbey.",
        "The gauge run has started 1,400 times a year.",
        "Every year the fire drill is reviewed by the town.",
        "The fire drill finds a blocked door nearly every year.",
        "The bell round fails once a quarter.",
        "The procedure is short, and a fire drill is not. We run it every night.",
        "We looked at the gauge five times a day during the flood.",
        "The pay run was on the last Friday of the month until 2024.",
        "Should the pay run be on the last Friday of the month?",
    };
    expect_each(abbey, lead, texts, COUNT_OF(texts), false);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rhythms_that_are_written_out),
        cmocka_unit_test(a_process_that_is_told),
        cmocka_unit_test(honest_lines_with_such_a_rhythm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
