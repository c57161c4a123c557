/* test_facts_happenings.c - what happened is no statement of what there is: amounts that came free, heights of a job,
 * outages, experiments; charts beside programs, ports of a drill, what was here once and went. Each group has its false
 * twins, which stay contradicted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-10-14\n"
    "components:\n"
    "  - {id: tarn, aliases: [Tarn], scheme: semver, version: 3.6.2, accept: [prefix]}\n"
    "  - {id: weald, aliases: [Weald OS], scheme: semver, version: 7.4.0, accept: [prefix],\n"
    "     history: [{version: 7.2.3, from: 2025-11-05, to: 2026-03-29}]}\n"
    "  - {id: copse, aliases: [Copse], scheme: semver, version: 0.5.13, accept: [prefix],\n"
    "     history: [{version: 0.5.9, from: 2026-04-02, to: 2026-09-27}]}\n"
    "  - {id: fen, aliases: [Fen], scheme: semver, version: 1.8.0, accept: [prefix],\n"
    "     history: [{version: 1.7.0, from: 2026-01-02, to: 2026-02-27}]}\n"
    "  - {id: postgresql, aliases: [PostgreSQL, Postgres], scheme: semver, version: \"18.1\", accept: [prefix]}\n"
    "scopes:\n  packages: {world: open}\n"
    "hosts:\n"
    "  - {id: alder, aliases: [alder], runs: {world: closed, items: [postgresql, tarn]}, attrs: {memory: {value: 192, "
    "unit: GB,\n"
    "     aliases: [RAM, memory]}, storage: {value: 4, unit: TB, aliases: [disk, storage]}}}\n"
    "services:\n"
    "  - {id: primary, aliases: [primary database], host: alder, port: 5432/tcp, runs: [postgresql]}\n"
    "processes:\n"
    "  - {id: submit-build, category: build, aliases: [submit build, submit], cadence: on each submit}\n"
    "  - {id: cook, category: build, aliases: [cook, full cook], cadence: every night}\n"
    "absent:\n"
    "  - {match: [Nagios, Zabbix], in: packages, note: Nagios went in January 2026}\n"
    "  - {match: [Kafka], in: packages, note: none here}\n"
    "benchmarks:\n"
    "  - {id: submit-time, subject: [submit-build], metric: median duration, metric_aliases: [median time], value: "
    "8.5,\n"
    "     unit: min}\n"
    "  - {id: cook-cold, subject: [cook, alder], metric: full cook, metric_aliases: [cook time], value: 142, unit: "
    "min,\n"
    "     where: {cache: cold}}\n"
    "  - {id: cook-warm, subject: [cook, alder], metric: full cook, metric_aliases: [cook time], value: 31, unit: "
    "min,\n"
    "     where: {cache: warm}}\n"
    "  - {id: cook-link, subject: [cook, alder], metric: full cook, metric_aliases: [cook time], value: 64, unit: "
    "min,\n"
    "     where: {cache: warm, link: gigabit}}\n";

static const char lead[] = "We run PostgreSQL 18.1 on alder, and the full cook is ours.";

#define CLEAN(texts) expect_each(facts, lead, (texts), COUNT_OF(texts), false)
#define FALSE(texts) expect_each(facts, lead, (texts), COUNT_OF(texts), true)

static void items_of_a_timeline(void **state) {
    (void)state;
    static const char *const honest[] = {
        "- **Friday, 23:10.** The warm full cook begins.\n- **Saturday, 00:31.** The warm full cook ends after 81 "
        "minutes.\n",
        "- 09:40: the warm full cook takes 52 minutes, and everybody looks at the switch.\n",
    };
    static const char *const untrue[] = {
        "- **Length.** The warm full cook takes 81 minutes.\n",
        "- The warm full cook takes 52 minutes and ends at 09:40.\n",
    };
    CLEAN(honest);
    FALSE(untrue);
}

static void options_and_plans(void **state) {
    (void)state;
    static const char *const honest[] = {
        "We chose between Kafka, a table and doing nothing.\n",
        "It was a comparison between a queue, Kafka and a table.\n",
        "The move to Kafka was struck off the list.\n",
        "The migration to Zabbix was shelved in May.\n",
    };
    static const char *const untrue[] = {
        "We run Kafka between alder and the world.\n",
        "The move to Kafka is done, and Kafka runs on alder.\n",
    };
    CLEAN(honest);
    FALSE(untrue);
}

static void another_ones_release(void **state) {
    (void)state;
    static const char *const honest[] = {
        "Weald OS 8 should come next summer. We now run 18.1 and wait.\n",
    };
    static const char *const untrue[] = {
        "Weald OS 8 should come next summer. We now run Weald OS 7.9.1 and wait.\n",
        "On alder we now run Weald OS 18.1.\n",
    };
    CLEAN(honest);
    FALSE(untrue);
}

static void amounts_that_came_free(void **state) {
    (void)state;
    static const char *const honest[] = {
        "I wiped the storage of alder on a Friday, and the disk got back 3 TB.",
        "On alder a prune of the old images freed about 3 TB of disk.",
        "The disk of alder gained another 3 TB when I deleted the old dumps.",
        "3 TB of disk were reclaimed on alder that afternoon.",
        "alder won back almost 1.2 TB of storage after the move.",
        "We got 3 TB of storage back on alder by deleting last year's wheels.",
        "The new format spares alder 3 TB of disk and 150 GB of memory.",
    };
    static const char *const false_ones[] = {
        "The disk of alder has 3 TB.",
        "alder has 3 TB of disk, saved from a skip.",
        "alder came with 3 TB of storage.",
        "alder has 150 GB of memory, and freed 2 TB of disk.",
    };
    CLEAN(honest);
    FALSE(false_ones);
}

static void heights_of_a_job(void **state) {
    (void)state;
    static const char *const honest[] = {
        "The memory high-water mark of one cook is about 70 GB; two of them on alder and it starts paging.",
        "On alder the memory usage of a cook is 70 GB.",
        "The cook peaked at 70 GB of memory on alder.",
        "On alder one cook has a working set of 70 GB of RAM.",
        "The peak memory of the cook on alder was 70 GB.",
    };
    static const char *const false_ones[] = {
        "alder has 70 GB of memory, and two cooks fit.",
        "The memory of alder is 70 GB.",
        "A cook has a footprint of 40 GB, and alder has 70 GB of RAM.",
    };
    CLEAN(honest);
    FALSE(false_ones);
}

static void outages(void **state) {
    (void)state;
    static const char *const honest[] = {
        "Nobody read the mail, and the server stopped taking submits for 12.5 minutes.",
        "For the submit build the queue was down for 12.5 minutes.",
        "The submit build hung for about 12.5 minutes.",
        "The submit build had a 12.5 minute outage that day.",
        "The submit build couldn't start for 12.5 minutes.",
    };
    static const char *const false_ones[] = {
        "The submit build takes 12.5 minutes, by the median.",
        "The median duration of the submit build is 12.5 minutes.",
    };
    CLEAN(honest);
    FALSE(false_ones);
}

static void experiments(void **state) {
    (void)state;
    static const char *const honest[] = {
        "I throttled the port for one run out of morbid curiosity, and the same warm full cook took 88 minutes.",
        "Out of curiosity we ran the warm full cook on battery, and it took 88 minutes.",
        "With the fans switched off we got the full cook with a warm cache down to no less than: it took 88 minutes.",
        "As an experiment I unplugged half of the memory of alder, and the warm full cook took 88 minutes.",
        "We disabled the turbo of alder, and a warm full cook came in at 88 minutes.",
    };
    static const char *const states[] = {
        "With the lid closed the warm full cook takes alder 39 minutes.",
        "With the side panel removed a warm full cook on alder takes 28 minutes.",
    };
    static const char *const false_ones[] = {
        "With a cache that is warm the full cook takes alder 39 minutes.",
        "The warm full cook took 88 minutes on alder.",
        "With a warm cache the full cook on alder takes 88 minutes.",
    };
    CLEAN(honest);
    CLEAN(states);
    FALSE(false_ones);
}

static void charts_beside_programs(void **state) {
    (void)state;
    static const char *const honest[] = {
        "```console\n$ flux get helmreleases\nNAME     REVISION   SUSPENDED  READY  MESSAGE\n"
        "tarn     37.4.0     False      True   Helm upgrade succeeded\n```",
        "```console\n$ helm list\nNAME     NAMESPACE  REVISION  STATUS    CHART           APP VERSION\n"
        "tarn     ingress    14        deployed  tarn-37.4.0     3.6.2\n```",
        "```console\n$ kubectl get helmcharts -A\nNAMESPACE    NAME     CHART    VERSION  TARGETNAMESPACE\n"
        "kube-system  tarn     tarn     37.4.0   ingress\n```",
        "```yaml\ndependencies:\n  - name: tarn\n    version: 37.4.0\n    repository: https://tarn.example/charts\n```",
        "The chart for Tarn is at 37.4.0.",
        "| component | version |\n| --- | --- |\n| Tarn chart | 37.4.0 |",
        "Tarn's Helm chart went to 37.4.0.",
    };
    static const char *const false_ones[] = {
        "```console\n$ helm list\nNAME     NAMESPACE  REVISION  STATUS    CHART           APP VERSION\n"
        "tarn     ingress    14        deployed  tarn-37.4.0     3.5.0\n```",
        "```console\n$ pkg list\nNAME     VERSION  REPOSITORY\ntarn     3.5.0    main\n```",
        "The chart runs Tarn 3.5.0 here.",
        "| component | version |\n| --- | --- |\n| Tarn | 3.5.0 |",
    };
    CLEAN(honest);
    FALSE(false_ones);
}

static void ports_of_a_drill(void **state) {
    (void)state;
#define OWN_PORT                                                                                                       \
    "Start the restored server on another port:\n\n```bash\ncat >> /tank/drill/postgresql.auto.conf <<'EOF'\n"         \
    "port = 5499\nEOF\n```\n\n"
    static const char *const honest[] = {
        OWN_PORT "Then ask it:\n\n```console\n$ psql -h /var/run/postgresql -p 5499 -d shop -Atc 'select 1'\n1\n```",
        OWN_PORT
        "Then check the primary database's pages:\n\n```bash\npg_amcheck -h /var/run/postgresql -p 5499 --all\n```",
        "A scratch instance, for an hour:\n\n```bash\npg_ctl -D /tmp/scratch -o '-p 5499' start\n```\n\nThen:\n\n"
        "```bash\npsql -p 5499 -c 'select 1'\n```",
        "`ssh -L 5499:localhost:5432 alder` brings the primary database to localhost:5499 of a laptop.",
    };
    static const char *const false_ones[] = {
        "Then ask it:\n\n```console\n$ psql -h alder -p 5499 -d shop -Atc 'select 1'\n1\n```",
        "The configuration of the primary database:\n\n```ini\n# postgresql.conf\nport = 5499\n```\n\nThen:\n\n"
        "```bash\npsql -h alder -p 5499 -c 'select 1'\n```",
    };
    CLEAN(honest);
    FALSE(false_ones);
}

static void set_up_for_a_while(void **state) {
    (void)state;
    static const char *const honest[] = {
        "For the drill I start a second engine:\n\n```yaml\nservices:\n  postgres:\n    image: postgresql:17.1\n"
        "    ports: [\"127.0.0.1:5499:5432\"]\n```",
        "```yaml\n# the benchmark's own file, gone since\nservices:\n  postgres:\n    image: postgresql:17.1\n```",
        "```yaml\nservices:\n  scratch:\n    image: postgresql:17.1\n```",
        "The preview of the primary database's report is on port 4321 of alder.",
    };
    static const char *const false_ones[] = {
        "What runs on alder:\n\n```yaml\nservices:\n  postgres:\n    image: postgresql:17.1\n```",
        "```yaml\n# the primary database\nservices:\n  db:\n    image: postgresql:17.1\n```",
        "The primary database is on port 4321 of alder.",
    };
    CLEAN(honest);
    FALSE(false_ones);
}

static void taught_or_on_a_device(void **state) {
    (void)state;
    static const char *const honest[] = {
        "In a talk I showed how to watch the same hosts with Zabbix, on three rented servers.",
        "The Zabbix on my Raspberry Pi watches the blinds.",
        "The Kafka on my two old laptops is for a course.",
        "I thought that a serious place should have one too: Kafka on alder, and a dashboard.",
    };
    static const char *const false_ones[] = {
        "The Zabbix on alder watches the disks.",
        "We thought about it for long: we run Kafka on alder.",
        "We run Kafka on alder.",
    };
    CLEAN(honest);
    FALSE(false_ones);
}

static void one_of_them(void **state) {
    (void)state;
    static const char *const honest[] = {
        "One of the warm full cooks on alder took 36 minutes.",
        "One of my submit builds was odd, with a median duration of 11 minutes.",
    };
    static const char *const false_ones[] = {"The warm full cook on alder takes 36 minutes.",
                                             "The median duration of the submit builds is 11 minutes."};
    CLEAN(honest);
    FALSE(false_ones);
}

static void below_a_heading_of_trials(void **state) {
    (void)state;
    static const char *const honest[] = {
        "## What I tried\n\nI gave alder 256 GB of memory. It did not help, and the half of it went back.",
        "## An experiment that failed\n\nThe warm full cook on alder took 39 minutes.",
    };
    static const char *const false_ones[] = {
        "## What I tried\n\nalder has 256 GB of memory.",
        "## What we measured\n\nThe warm full cook on alder took 39 minutes.",
    };
    CLEAN(honest);
    FALSE(false_ones);
}

static void rows_that_stay(void **state) {
    (void)state;
#define HEAD "| Component | Before | Now | Since |\n|---|---|---|---|\n"
    static const char *const honest[] = {
        HEAD "| Weald OS | 7.4.0 | 7.4.0 | unchanged since March |",
        HEAD "| Copse | 0.5.9 | 0.5.13 | 27 September |\n| Weald OS | 7.4.0 | 7.4.0 | |",
        HEAD "| Weald OS | 7.4.0 | 7.4.0 | no change |",
        HEAD "| Weald OS | 7.2.3 | 7.4.0 | 29 March |",
    };
    static const char *const false_ones[] = {
        HEAD "| Weald OS | 7.4.0 | 7.4.0 | 29 March |",
        HEAD "| Weald OS | 7.4.0 | 7.2.3 | 29 March |",
        HEAD "| Fen | 1.7.0 | 1.8.0 | 27 February |\n| Weald OS | 7.4.0 | 7.4.0 | |",
    };
    CLEAN(honest);
    FALSE(false_ones);
}

static void what_was_here_and_went(void **state) {
    (void)state;
    static const char *const honest[] = {
        "When we began, one of the founders installed Nagios on a spare desktop. It stayed for fourteen years.",
        "In the first winter I set up Nagios on alder. That served us until the flood.",
        "Somebody put Nagios on alder.\n\n## What came next\n\nIn January we replaced Nagios by a script.",
        "We began with Kafka on alder. In February we threw it out.",
        "We tried Kafka on alder; it crashed twice.",
        "When we began, we installed Nagios on alder.\n\nOn 20 January we deleted Nagios. There was cake.",
        "My predecessor installed Nagios on alder, and we paged ourselves with it.\n\nOn 20 January Nagios was "
        "removed.",
    };
    static const char *const false_ones[] = {
        "We installed Nagios on alder. It watches everything.",
        "We installed Kafka on alder. It holds the events for fourteen days.",
        "We run Nagios on alder. It replaced a script.",
        "We tried Kafka on alder and kept it.",
        "We use Kafka on alder. In February we moved it.",
        "We installed Kafka on alder.\n\nLater we replaced a queue by Kafka.",
    };
    CLEAN(honest);
    FALSE(false_ones);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_of_a_timeline),
        cmocka_unit_test(options_and_plans),
        cmocka_unit_test(another_ones_release),
        cmocka_unit_test(amounts_that_came_free),
        cmocka_unit_test(heights_of_a_job),
        cmocka_unit_test(outages),
        cmocka_unit_test(experiments),
        cmocka_unit_test(charts_beside_programs),
        cmocka_unit_test(ports_of_a_drill),
        cmocka_unit_test(set_up_for_a_while),
        cmocka_unit_test(taught_or_on_a_device),
        cmocka_unit_test(one_of_them),
        cmocka_unit_test(below_a_heading_of_trials),
        cmocka_unit_test(rows_that_stay),
        cmocka_unit_test(what_was_here_and_went),
    };
    return cmocka_run_group_tests_name("facts: what happened", tests, NULL, NULL);
}
