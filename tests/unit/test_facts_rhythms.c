/* test_facts_rhythms.c - how often, in the words in which drafts say so: lists of days, midnight, a job without its
 * name below a heading, a crontab in a shell block; and the town of a machine by what it stands on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "scopes:\n"
    "  processes: {world: closed, categories: [drafting, backup, maintenance]}\n"
    "components:\n"
    "  - {id: restic, aliases: [restic], scheme: semver, version: 0.18.1, history: [{version: 0.16.0, from: "
    "2025-01-05, "
    "to: 2026-02-15}]}\n"
    "  - {id: kuma, aliases: [Uptime Kuma]}\n"
    "hardware:\n"
    "  - {id: wren, aliases: [wren], location: Ghent, attrs: {memory: {value: '64', unit: GB}}}\n"
    "  - {id: tern, aliases: [tern], location: Ghent}\n"
    "hosts:\n"
    "  - {id: lark, aliases: [lark], location: Utrecht}\n"
    "  - {id: team, aliases: [the team], attrs: {people: {value: '6', unit: person}}}\n"
    "services:\n"
    "  - {id: chat, aliases: [chat endpoint], host: wren, port: 8081, exposes: {world: closed, items: [completions, "
    "{name: health}]}}\n"
    "paths:\n"
    "  - {path: /srv/old-store, host: wren, state: removed, since: 2026-02-20}\n"
    "processes:\n"
    "  - {id: draft-run, category: drafting, aliases: [draft run, drafting run], cadence: every Tuesday and Friday at "
    "01:15, steps: [collect, outline, draft], order: strict}\n"
    "  - {id: file-backup, category: backup, aliases: [file backup], cadence: every night at 02:15}\n"
    "  - {id: full-backup, category: backup, aliases: [full backup], cadence: weekly on Saturday}\n"
    "  - {id: diff-backup, category: backup, aliases: [differential backup], cadence: every night except Sunday at "
    "03:00}\n"
    "  - {id: caption-run, category: ai, aliases: [captioning run], cadence: on weekdays at 23:00}\n"
    "  - {id: patch-day, category: maintenance, aliases: [patch day], cadence: on the first Saturday of each month, "
    "steps: [back up, upgrade, reboot, smoke test], order: strict}\n"
    "  - {id: uptime-check, category: watch, aliases: [uptime check], cadence: every 60 seconds}\n"
    "  - {id: drill, category: quality, aliases: [restore drill], cadence: once a quarter, steps: [pick a day, restore "
    "it to the spare cluster, count rows, write it down], order: strict}\n";

static const char lead[] = "These are my notes on wren, and wren has 64 GB.\n\n";

#define CLEAN(texts) expect_each(facts, lead, texts, COUNT_OF(texts), false)
#define FALSE(texts) expect_each(facts, lead, texts, COUNT_OF(texts), true)

static void days_are_read_whole(void **state) {
    (void)state;
    static const char *const texts[] = {
        "The draft run starts every Tuesday and Friday at 01:15.\n",
        "The draft run starts every Tuesday.\n", /* one of its days */
        "The draft run happens twice a week.\n",
        "The full backup runs every Saturday.\n",
        "The full backup runs once a week.\n",
        "The differential backup runs every night.\n",
        "The differential backup runs every night except Sunday.\n",
        "The captioning run starts each night.\n",
        "The captioning run starts at 23:00.\n",
        "The captioning run starts at 11 p.m.\n",
        "The file backup runs every night at 2 AM.\n", /* about then */
        "The file backup runs every night at 2:15 a.m.\n",
        "The draft run starts on Tuesdays and Fridays.\n",
        "| Job | When |\n|---|---|\n| File backup | 02:15 daily |\n",
        "On Mondays the team eats together.\n",
    };
    static const char *const untrue[] = {
        "The draft run starts every Monday and Friday at 01:15.\n",
        "The draft run starts every night.\n",
        "The draft run starts every Tuesday, Wednesday and Friday.\n",
        "The full backup runs every Sunday.\n",
        "The full backup runs weekly on Sunday.\n",
        "The differential backup runs every Sunday.\n",
        "The captioning run starts at midnight.\n",
        "The captioning run starts at 11 a.m.\n",
        "The file backup runs every night at 4 AM.\n",
        "The file backup runs every night at 2:30 a.m.\n",
        "The draft run starts on Mondays.\n",
        "| Job | When |\n|---|---|\n| File backup | 02:00 daily |\n",
        "The captioning run starts every night at 01:00.\n",
    };
    CLEAN(texts);
    FALSE(untrue);
}

static void jobs_without_their_name(void **state) {
    (void)state;
    static const char *const texts[] = {
        "## File backups\n\nThe job runs every night at 02:15 from a timer.\n",
        "## File backups\n\nThe full backup is another thing. The job runs every Saturday.\n",
        "## Captions\n\nIt runs on weekdays at 23:00.\n",
        "## Backups\n\nThe job runs every six hours.\n", /* three of them */
        "## File backups\n\nA reader's job runs every six hours.\n",
        "The drafting pipeline is a Python script that runs every Tuesday and Friday.\n",
        "The weather pipeline is a Python script that runs every hour.\n",
        "The drafting pipeline was a script that ran every night.\n",
        "Upgrades happen on the first Saturday of each month.\n",
        "Reviews happen on the last Friday of each month.\n",
        "restic backs up everything every night at 02:15.\n",
        "Uptime Kuma checks 24 endpoints every 60 seconds.\n",
        "We back up everything every night.\n",
        "Before 2026, restic backed up everything every Monday.\n",
        "Snapshots are taken every night.\n",
        "```ini\n[Unit]\nDescription=file backup\n[Timer]\nOnCalendar=*-*-* 02:15:00\n```\n",
        "```bash\n15 1 * * 2 /home/blog/bin/draft.sh\n```\n",
        "```bash\n*/5 * * * * /usr/local/bin/weather.sh\n```\n",
        "The restore drill comes once a quarter: pick a day, restore it to a spare cluster, count rows, and write down "
        "the result.\n",
    };
    static const char *const untrue[] = {
        "## File backups with restic\n\nFiles are handled by restic. The job runs every six hours from a timer.\n",
        "## The captioning job\n\n```python\nx = 1\n```\n\nIt runs every night at 21:00.\n",
        "The drafting pipeline is a Python script that runs every night at 02:00 via cron.\n",
        "Our drafting job runs every Monday.\n",
        "Every night at 05:00, restic backs up everything.\n",
        "At 05:00 every night, restic takes a file backup.\n",
        "Uptime Kuma checks 24 endpoints every five minutes.\n",
        "We back up everything every Monday.\n",
        "Snapshots are taken every hour.\n",
        "```ini\n[Unit]\nDescription=file backup\n[Timer]\nOnCalendar=*-*-* 05:00:00\n```\n",
        "From now on, upgrades happen on the last Friday of each month.\n",
        "```bash\n# crontab -e\n0 2 * * * /home/blog/bin/draft.sh >> /var/log/draft.log 2>&1\n```\n",
        "The restore drill comes once a quarter: count rows, pick a day, restore it to a spare cluster, and write down "
        "the result.\n",
    };
    CLEAN(texts);
    FALSE(untrue);
}

static void towns_of_machines(void **state) {
    (void)state;
    static const char *const texts[] = {
        "wren lives on a shelf in my home office in Ghent.\n",
        "wren is administered from a shelf of books in Munich.\n",
        "| | wren | lark |\n|---|---|---|\n| City | Ghent | Utrecht |\n",
        "wren lives in Ghent, at my sister's place.\n",
        "My sister's server lives in Munich, at her place.\n",
        "The machine is a small one, running in my flat in Ghent.\n",
        "I wrote this in my flat in Munich.\n",
        "The work is split across two machines in our Ghent studio:\n\n| | wren | tern |\n|---|---|---|\n| a | b | c "
        "|\n",
        "wren sits in a quiet cabinet in our Ghent studio.\n",
        "wren sits beside a photograph of our Munich studio.\n",
        "We record wren in our Munich studio on a screen.\n",
        "Tom sits in our Munich studio, and wren in Ghent.\n",
        "We rent lark, a small VPS with 4 GB of RAM in Utrecht, which probes it.\n",
        "We rent lark, a small VPS with 4 GB of RAM for friends in Munich, who probe it.\n",
        "They rent a small VPS with 4 GB of RAM in Munich.\n",
        "We have friends in our Lisbon office:\n\n| | wren | tern |\n|---|---|---|\n| a | b | c |\n",
    };
    static const char *const untrue[] = {
        "wren lives on a shelf in my home office in Munich.\n",
        "wren sits in a quiet cabinet in our Munich studio.\n",
        "wren stands in our Munich office.\n",
        "We rent lark, a small VPS with 4 GB of RAM in Munich, which probes it.\n",
        "wren sits in a small rack in our office in Munich, right next to the router.\n",
        "| | wren | lark |\n|---|---|---|\n| City | Munich | Utrecht |\n",
        "| | wren | lark |\n|---|---|---|\n| Data center | Ghent | Amsterdam |\n",
        "wren has 64 GB of memory and lives in Munich, at my sister's place.\n",
        "The machine is a fairly typical build, running in my flat in Munich.\n",
        "The work is split across two machines in our Lisbon studio:\n\n| | wren | tern |\n|---|---|---|\n| a | b | c "
        "|\n",
    };
    CLEAN(texts);
    FALSE(untrue);
}

static void what_is_taken_away(void **state) {
    (void)state;
    static const char *const texts[] = {
        "```bash\nsudo rm -rf /srv/old-store\n```\n",
        "Before the move, we had:\n\n- restic 0.16.0\n- everything under `/srv/old-store`\n",
        "```bash\nsudo apt purge restic=0.16.0\n```\n",
    };
    static const char *const untrue[] = {
        "```bash\nls /srv/old-store\n```\n",
        "We have:\n\n- restic 0.16.0\n- everything under `/srv/old-store`\n",
        "Before we begin, this is what we have:\n\n- restic 0.16.0\n",
        "The server exposes completions, health and a shell on port 8081.\n",
    };
    CLEAN(texts);
    FALSE(untrue);
}

static void labels_appositions_and_hours_behind(void **state) {
    (void)state;
    static const char *const texts[] = {
        "Our patch day, on the first Saturday of each month, will include the images.\n",
        "Every Saturday the full backup at lark is read.\n",
        "Every night the file backup at 02:15 sends a mail.\n",
        "Every night one of us looks at the file backup; coffee is at 08:00.\n",
        "1. **Updates.** They are read.\n2. **Restore drills.** Every quarter we pick a day and count rows.\n",
        "1. **Updates.** Every month I read about them.\n2. **Drills.** Every month the neighbour drills.\n",
        "- **Patching.** Every Saturday I sew: pick a thread, upgrade the needle.\n",
        "- **Drafting.** Every Monday I sharpen the pencils.\n",
        "- **Drafting.** Every Tuesday I send a page to wren.\n",
        "- **Drafting.** In some houses, people send a page to wren every Monday.\n",
        "- **Drafting.** Every Monday I run in the park, and wren rests.\n",
        "Every Sunday I patch the boxes at my parents' place.\n",
        "Every Sunday I patch the tent.\n",
        "Every Sunday they patch the nodes.\n",
        "I should patch the nodes every Sunday.\n",
        "A check runs on every disk each week.\n",
    };
    static const char *const untrue[] = {
        "Our patch day, on the second Tuesday of each month, will include the images.\n",
        "Every night one of us starts the file backup at 05:00.\n",
        "1. **Updates.** They are read.\n2. **Restore drills.** Every month we pick a day and count rows.\n",
        "1. **Notes.** They are kept.\n2. **Patches.** I set aside the third Thursday of each month, back up, upgrade, "
        "reboot.\n",
        "- **Drafting.** Every Monday I send a page to wren and edit it.\n",
        "I now patch the nodes every Sunday.\n",
        "The file backup runs on every disk each week.\n",
    };
    CLEAN(texts);
    FALSE(untrue);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_read_whole),
        cmocka_unit_test(jobs_without_their_name),
        cmocka_unit_test(towns_of_machines),
        cmocka_unit_test(what_is_taken_away),
        cmocka_unit_test(labels_appositions_and_hours_behind),
    };
    return cmocka_run_group_tests_name("facts: rhythms and towns", tests, NULL, NULL);
}
