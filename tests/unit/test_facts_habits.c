/* test_facts_habits.c - how often something is done, and in which steps: which process a cadence is said of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

static const char habits[] =
    "assay-facts: 1\n"
    "as_of: 2026-05-18\n"
    "hosts:\n"
    "  - {id: anvil, aliases: [anvil]}\n"
    "processes:\n"
    "  - {id: nightly-dump, category: backup, aliases: [nightly dump, dump job], cadence: every night at 01:15,\n"
    "     steps: [dump, copy, forget, check], order: strict}\n"
    "  - {id: scrub, category: maintenance, aliases: [scrub], cadence: first Sunday of each month}\n"
    "  - {id: patch-window, category: maintenance, aliases: [patch window, patching], cadence: every Wednesday at "
    "06:00}\n"
    "  - {id: failover-drill, category: maintenance, aliases: [failover drill], cadence: once a quarter}\n"
    "  - {id: restore-drill, category: backup, aliases: [restore drill], cadence: first Monday of each month}\n"
    "  - {id: weekly-purge, category: storage, aliases: [purge], cadence: every Sunday at 03:00}\n"
    "  - {id: calibration, category: quality, aliases: [calibration], cadence: every second Friday,\n"
    "     steps: [sample, score, adjust], order: strict}\n"
    "  - {id: release, category: release, aliases: [release], cadence: on each tag,\n"
    "     steps: [build, test, migrate, smoke test], order: strict}\n"
    "  - {id: switch, category: maintenance, aliases: [switchover], cadence: once a year,\n"
    "     steps: [pause, check lag, promote, repoint, resume], order: strict}\n";

static void topics(void **state) {
    (void)state;
    static const said cases[] = {
        {"On anvil:\n\n- **Scrub**, the first Sunday of each month.\n- **Purge.** Each Sunday at 03:00, on anvil.", ""},
        {"On anvil:\n\n- **Scrub**, the third Sunday of each month.\n- **Purge.** Each Friday at 03:00, on anvil.",
         "third Sunday of each month | Each Friday at 03:00"},
        {"On anvil:\n\n- **Purge.** Each Sunday at 03:00. Its log is rotated every month.", ""},
        {"The daily purge of anvil is quick.", "daily"},
        {"The weekly purge of anvil is quick.", ""},
        {"Come to the restore drill of anvil: the third Monday of each month.", ""},
        {"On anvil, come to the restore drill: the third Monday of each month.", "third Monday of each month"},
        {"On anvil the dump runs every week at 01:15.", "every week at 01:15"},
        {"On anvil the window is every Friday from 06:00.", "every Friday from 06:00"},
        {"On anvil we patch every Friday.", "every Friday"},
        {"Anvil's patch window opened, as it does every Friday at 06:00.", "every Friday at 06:00"},
        {"Once a month we hold a failover drill on anvil.", "Once a month"},
        {"Once a quarter we hold a failover drill on anvil.", ""},
        {"On anvil I do the calibration every fourth Friday.", "every fourth Friday"},
        {"After the purge on anvil, every Monday, I read the log.", ""},
        {"It waits on anvil, since the dump runs every week at 01:15.", "every week at 01:15"},
        {"Every Monday at 03:00 the purge empties anvil.", "Every Monday at 03:00"},
        {"Every Monday the purge logs are mailed from anvil.", ""},
        {"On anvil the purge, which empties scratch every Monday at 03:00, is quick.", "every Monday at 03:00"},
        {"Scratch on anvil is emptied by `/opt/libexec/purge.sh`, started by a timer each Monday at 03:00.",
         "each Monday at 03:00"},
        {"Patch windows open every Friday on anvil, and the drills come later.", ""},
        {"On anvil:\n\n- Dumping, every week at 01:15: dump, copy, forget, check.", "every week at 01:15"},
        {"On anvil:\n\n- Dumping, every night at 01:15: dump, copy, forget, check.", ""},
        {"On anvil:\n\n- Patches, every Friday at 06:00.\n- Scrubs, each first Sunday.", "every Friday at 06:00"},
        {"On anvil:\n\n- Patches, every Friday, of the firm next door.", ""},
        {"Scrubs fall on every Monday at the hospital, unlike on anvil.", ""},
        {"On anvil:\n\n- Drills, every Friday, of the fire brigade.", ""},
        {"On anvil:\n\n- Samples, every Friday: hundreds of them.", ""},
        {"Scrubs fall on the third Sunday of each month on anvil.", "third Sunday of each month"},
        {"Scrubs fall on the 15th of each month on anvil.", "15th of each month"},
        {"Scrubs fall on the first Sunday of each month on anvil.", ""},
        {"On anvil it is made at 01:15 every week by /usr/local/bin/nightly-dump, and kept.", "01:15 every week"},
        {"On anvil it is read every week by /usr/local/bin/reader, beside the nightly dump.", ""},
        {"The filter of anvil's fan is scrubbed every 30 days.", ""},
        {"Between the dump job and the purge of anvil, every hour a sensor reports.", ""},
    };
    expect_contradicted(habits, cases, COUNT_OF(cases));
}

static void dropped_steps(void **state) {
    (void)state;
    static const said cases[] = {
        {"The calibration on anvil has three steps: sample, score, adjust.", ""},
        {"The calibration on anvil has three steps: sample, adjust.", "sample, adjust"},
        {"The nightly dump of anvil always goes in this order: dump, check.", "dump, check"},
        {"Two of the steps of the nightly dump of anvil: dump, check.", ""},
        {"The release of anvil has these steps: build, test, migrate, smoke test.", ""},
        {"The release of anvil has these steps: build, migrate, smoke test.", "build, migrate, smoke test"},
        {"On anvil a person walks through it:\n\n1. Pause the clients.\n2. Check the lag.\n3. Promote it.\n4. Repoint "
         "them.\n5. "
         "Resume.",
         ""},
        {"On anvil a person walks through it:\n\n1. Pause the clients.\n2. Check the lag.\n3. Repoint them.\n4. "
         "Resume.",
         "Pause the clients. | Check the lag. | Repoint them. | Resume."},
        {"On anvil:\n\n| process | steps |\n| --- | --- |\n| nightly dump | dump, check |", "dump, check"},
    };
    expect_contradicted(habits, cases, COUNT_OF(cases));
}

#define TIMER(unit, when) "On anvil:\n\n```ini\n# /etc/systemd/system/" unit "\n[Timer]\nOnCalendar=" when "\n```"
#define CRON(line) "On anvil:\n\n```\n" line "\n```"

static void timers(void **state) {
    (void)state;
    static const said cases[] = {
        {TIMER("dump-nightly.timer", "*-*-* 01:15:00"), ""},
        {TIMER("dump-nightly.timer", "*-*-* 02:15:00"), "OnCalendar=*-*-* 02:15:00"},
        {TIMER("patch-window.timer", "Wed *-*-* 06:00:00 UTC"), ""},
        {TIMER("patch-window.timer", "Thu *-*-* 06:00:00 UTC"), "OnCalendar=Thu *-*-* 06:00:00 UTC"},
        {TIMER("scrub.timer", "Sun *-*-1..7 04:00:00"), ""},
        {TIMER("scrub.timer", "Sun *-*-8..14 04:00:00"), "OnCalendar=Sun *-*-8..14 04:00:00"},
        {TIMER("scrub.timer", "weekly"), "OnCalendar=weekly"},
        {TIMER("logrotate.timer", "daily"), ""},
        {TIMER("drill.timer", "daily"), ""}, /* two processes are drills */
        {"In `/etc/systemd/system/purge.timer` of anvil:\n\n```ini\n[Timer]\nOnCalendar=Sat 03:00\n```",
         "OnCalendar=Sat 03:00"},
        {CRON("15 1 * * * /usr/local/bin/dump-job"), ""},
        {CRON("15 4 * * * /usr/local/bin/dump-job"), "15 4 * * *"},
        {CRON("0 3 * * 0 root /usr/local/sbin/purge.sh --all"), ""},
        {CRON("0 3 * * 1-5 root /usr/local/sbin/purge.sh --all"), "0 3 * * 1-5"},
        {CRON("*/5 * * * * /usr/bin/true"), ""},
        {CRON("1 2 3 4 5 numbers"), ""},
    };
    expect_contradicted(habits, cases, COUNT_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(topics), cmocka_unit_test(dropped_steps),
                                       cmocka_unit_test(timers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
