/* test_facts_elsewhere.c - what is said of another time, another thing, by others: true beside what is declared. Each
 * group has its false twins, which stay contradicted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-06-20\nunits: [tub]\n"
    "scopes:\n"
    "  gpus: {world: closed, kind: gpu-model, members: [RX 7600]}\n"
    "  sites: {world: closed, kind: location, members: [Bansha, Ennis, Athlone]}\n"
    "components:\n"
    "  - {id: quern, aliases: [Quern], scheme: semver, version: 3.4.0, accept: [prefix],\n"
    "     attrs: {timeout: {value: 90, unit: s}}}\n"
    "  - {id: tallow, aliases: [Tallow], scheme: semver, version: 10.3.0, accept: [prefix],\n"
    "     history: [{version: 9.1.4, to: 2025-12-14}]}\n"
    "  - {id: postgresql, aliases: [PostgreSQL], scheme: semver, version: \"17.4\", accept: [prefix],\n"
    "     attrs: {work_mem: {value: 32, unit: MB}, max_connections: {value: 60, unit: connection},\n"
    "     interval: {value: 10, unit: min}}}\n"
    "  - {id: node-exporter, aliases: [node_exporter], scheme: semver, version: 1.9.1}\n"
    "  - {id: wimble, aliases: [Wimble], scheme: semver, version: 0.11.2}\n"
    "  - {id: k3s, aliases: [k3s, kubelet], scheme: semver, version: 1.34.3+k3s1, accept: [prefix, build]}\n"
    "  - {id: dairy, aliases: [Marlpit], attrs: {tubs: {value: 12, unit: tub, aliases: [tubs]}}}\n"
    "hardware:\n"
    "  - {id: probe, aliases: [probe, probes], attrs: {price: {value: 60, unit: EUR, aliases: [a probe]}}}\n"
    "hosts:\n"
    "  - id: churn\n"
    "    aliases: [churn]\n"
    "    location: Bansha\n"
    "    runs: {world: closed, items: [quern, wimble, postgresql, node-exporter]}\n"
    "    attrs:\n"
    "      memory:    {value: 64, unit: GB, aliases: [RAM]}\n"
    "      cores:     {value: 24, unit: core, aliases: [cores]}\n"
    "      disk_size: {value: 10, unit: TB, aliases: [disk, disks]}\n"
    "      usable:    {value: 53.9, unit: TiB, aliases: [pool, vats]}\n"
    "  - {id: daisy, aliases: [daisy], location: Ennis}\n"
    "  - {id: clover, aliases: [clover], location: Athlone, runs: {world: closed, items: [quern]}}\n"
    "benchmarks:\n"
    "  - {id: rtt-pd, subject: [daisy, churn], metric: round trip, value: 29, unit: ms, where: {pair: daisy-churn}}\n"
    "  - {id: rtt-vd, subject: [clover, churn], metric: round trip, value: 41, unit: ms, where: {pair: clover-churn}}\n"
    "  - {id: rtt-pv, subject: [daisy, clover], metric: round trip, value: 18, unit: ms, where: {pair: daisy-clover}}\n"
    "  - {id: decode, subject: [quern, churn], metric: decode, metric_aliases: [tokens per second], value: 40,\n"
    "     unit: tok/s, where: {streams: 1}}\n"
    "  - {id: lookup, subject: [quern, churn], metric: lookup, value: 46, unit: ms}\n"
    "output_signatures:\n"
    "  - {cmd: psql --version, host: churn, field: psql (PostgreSQL), equals: \"17.4\"}\n"
    "services:\n"
    "  - {id: mill, aliases: [mill], host: churn, port: 8470/tcp, runs: [quern]}\n"
    "  - {id: loom, aliases: [loom], host: churn, port: 8480/tcp, runs: [wimble]}\n"
    "commands:\n"
    "  - {binary: fern, of: quern, world: closed, flags: {world: closed, items: [--json]},\n"
    "     subcommands: [dump, {name: sync, state: removed, since: 2026-02-01}]}\n"
    "absent:\n"
    "  - {match: [H100, A100], in: gpus, note: one small card}\n"
    "  - {match: [Kafka], note: no queue}\n";

static const char lead[] = "---\ntitle: T\ndate: 2026-06-14\n---";

#define CLEAN(texts) expect_each(facts, lead, texts, COUNT_OF(texts), false)
#define FALSE(texts) expect_each(facts, lead, texts, COUNT_OF(texts), true)

static void what_was_before_it_came(void **state) {
    (void)state;
    static const char *const honest[] = {
        "Before churn, when the milk was still counted on a pair of 4 TB disks, a week was lost.",
        "Before churn we kept everything on a desktop with 32 GB of RAM.",
        "Until our churn came, the disks were of 2 TB.",
        "Prior to churn there were 8 cores for everything.",
        "The first churn had 16 GB of RAM.",
    };
    static const char *const false_ones[] = {
        "On churn the milk is counted on a pair of 4 TB disks.",
        "churn has 32 GB of RAM.",
        "Our churn has disks of 2 TB.",
        "There are 8 cores in churn.",
        "Even today churn has 16 GB of RAM.",
    };
    CLEAN(honest);
    FALSE(false_ones);
}

static void what_others_tell_or_believe(void **state) {
    (void)state;
    static const char *const honest[] = {
        "A rumour has it that we rent an H100 for big jobs.",
        "Local legend has it that we have an A100 in the cellar.",
        "The story goes that we run Kafka because the accountant asked for it.",
        "One persistent misunderstanding is that we run Kafka.",
        "The neighbours think that churn has 512 GB of RAM.",
        "The Frisians have Kafka, and pay for it.",
    };
    static const char *const false_ones[] = {
        "We rent no rack, but we have an H100 for big jobs.",
        "We have an A100 in the cellar.",
        "We run Kafka because the accountant asked for it.",
        "I still think it was cheap: churn has 512 GB of RAM.",
        "We have Kafka, and pay for it.",
    };
    CLEAN(honest);
    FALSE(false_ones);
}

static void quotients_and_what_people_do(void **state) {
    (void)state;
    static const char *const honest[] = {
        "Per watt Quern on churn wins: 0.64 tok/s for each watt at the wall, with one stream.",
        "With one stream Quern on churn decodes at 0.2 tok/s per dollar.",
        "A lookup of Quern on churn takes 46 ms, and typing a word takes me about 300.",
        "We use 20 of churn's cores: four cores are left to the kernel.",
        "Three instances with 96 cores and a fast fabric come to 41 dollars a day on demand.",
        "Wimble on churn gave 31 tok/s with one stream.",
        "With one stream churn made 24 tok/s through Wimble.",
        "With one stream Quern on churn ran at 24 tok/s under Tallow 9.1.4.",
        "On the CPU Quern looks a word up on churn, with a lookup of 300 ms.",
        "The big Quern made 21 tok/s on churn with one stream.",
        "Tallow gave 31 tok/s, Quern on churn 40, with one stream.",
    };
    static const char *const false_ones[] = {
        "With one stream Quern on churn decodes at 52 tok/s.",
        "On churn the lookup of Quern is 300 ms.",
        "With one stream Quern on churn decodes at 24 tok/s under Tallow 10.3.0.",
        "churn has 96 cores and a fast fabric.",
    };
    CLEAN(honest);
    FALSE(false_ones);
}

static void releases_and_numbers_that_are_none(void **state) {
    (void)state;
    static const char *const honest[] = {
        "PostgreSQL 17.5 is out, and Tallow 10.4.0 too.",
        "```console\n$ git log --oneline -2\n9f1c2aa Quern 3.4.0\n77d0e11 Quern 3.3.9\n```",
        "```console\n$ quern --version\nQuern 3.4.0+cu128\n```",
        "- Tallow 10.3.0: 31 inputs\n- Tallow 9.1.4: 12 inputs\n- the almanac: none",
        "Tallow gave 27.6 tok/s, Quern 25.1 on the same card.",
        "Quern 3.5.0 is out, and so is Tallow 10.4.0.",
        "With Wimble 0.9 it was slower.",
        "## What comes\n\nMore probes. Quern 3.5, in November, when there is time.",
        "```text\n   JOBID       NAME ST     TIME\n   48213   quern-00  R    41:07\n```",
        "The pods are called `postgresql-0` and `postgresql-1`.",
        "```console\n$ tallow --bench\n[Tallow v100300]\n```",
        "```ini\nImage=docker.io/acme/tallow:quern3.4.0_tallow_10.3.0_20260124\n```",
        "```ini\nImage=docker.io/acme/tallow:2026-01-24\n```",
        "```ini\nImage=docker.io/acme/tallow:2026.01.24-rc1\n```",
        "On churn we run `tallow:20260124` of our own registry.",
    };
    static const char *const false_ones[] = {
        "PostgreSQL 17.5 is out, and we run Tallow 10.4.0.",
        "```console\n$ quern --version\nQuern 3.5.1+cu128\n```",
        "- Tallow 9.1.4: 31 inputs\n- the almanac: none",
        "Tallow is fast, and we have Quern 2.51.0 on the same card.",
        "## What runs\n\nQuern 3.5.0 runs on churn.",
        "`postgresql-16` is installed on churn.",
        "```ini\nImage=docker.io/acme/tallow:10.4.0\n```",
        "```ini\nImage=docker.io/acme/tallow:10.4.0-20260124\n```",
        "```ini\nImage=docker.io/acme/tallow:quern3.5.1_tallow_10.4.0\n```",
    };
    CLEAN(honest);
    FALSE(false_ones);
}

static void columns_of_other_names(void **state) {
    (void)state;
    static const char *const honest[] = {
        "| | Marlpit | Friesland | Cork |\n| --- | --- | --- | --- |\n| tubs | 12 | 702 | 118 |\n| a probe | €60 | "
        "€240 | €155 |",
    };
    static const char *const false_ones[] = {
        "| | Marlpit |\n| --- | --- |\n| tubs | 14 |",
        "| | Marlpit | Friesland |\n| --- | --- | --- |\n| tubs | 14 | 702 |",
    };
    CLEAN(honest);
    FALSE(false_ones);
}

static void output_of_other_machines_and_days(void **state) {
    (void)state;
    static const char *const honest[] = {
        "A client's machine said this:\n\n```console\n$ psql --version\npsql (PostgreSQL) 14.12\n```",
        "Nora's desktop, for once:\n\n```console\n$ psql --version\npsql (PostgreSQL) 14.12\n```",
        "Here is the same on Nora's Mac.\n\n```console\n$ psql --version\npsql (PostgreSQL) 14.12\n```",
        "Right after the first install it said:\n\n```console\n$ psql --version\npsql (PostgreSQL) 14.12\n```",
        "And so it looked in 2024:\n\n```console\n$ psql --version\npsql (PostgreSQL) 14.12\n```",
        "What you don't want to see:\n\n```console\n$ psql --version\npsql (PostgreSQL) 9.6\n```",
        "What you get if you install from the web:\n\n```console\n$ psql --version\npsql (PostgreSQL) 18.1\n```",
        "The release that hung, for the record:\n\n```console\n$ psql --version\npsql (PostgreSQL) 17.1\n```",
        "The same in a virtual machine:\n\n```console\n$ psql --version\npsql (PostgreSQL) 18.1\n```",
        "```console\n$ psql --version\npsql (PostgreSQL) 16.2\n```\n\nThat was churn before the move.",
        "```console\n$ podman exec pgtest psql --version\npsql (PostgreSQL) 18.1\n```",
        "```console\n$ ssh clover psql --version\npsql (PostgreSQL) 16.11\n```",
        "On the day of the upgrade:\n\n```console\n$ psql --version\npsql (PostgreSQL) 16.2\n```",
        "```console\n# before the upgrade\n$ psql --version\npsql (PostgreSQL) 16.2\n```",
        "## 3 February 2026\n\n```console\n$ psql --version\npsql (PostgreSQL) 16.2\n```",
        "```console\n$ curl -sI https://example.edu/x | grep -i server\nServer: Quern/2.1.1\n```",
        "```console\n$ kubectl get nodes\nNAME   STATUS   ROLES    AGE   VERSION\nlab1   Ready    master   12d   "
        "v1.35.0+k3s1\n```",
        "```console\nroot@churn:~# zpool list\nNAME        SIZE  ALLOC   FREE\nboot-pool   222G  5.1G   217G\nvats     "
        "  "
        "72.8T  29.6T  43.2T\n```",
    };
    static const char *const false_ones[] = {
        "churn says this:\n\n```console\n$ psql --version\npsql (PostgreSQL) 14.12\n```",
        "This is what churn says.\n\n```console\n$ psql --version\npsql (PostgreSQL) 14.12\n```",
        "After the upgrade it says:\n\n```console\n$ psql --version\npsql (PostgreSQL) 16.2\n```",
        "The first thing to look at is the version:\n\n```console\n$ psql --version\npsql (PostgreSQL) 16.2\n```",
        "```console\n$ psql --version\npsql (PostgreSQL) 16.2\n```\n\nThat is churn, as it stands.",
        "```console\n$ ssh churn psql --version\npsql (PostgreSQL) 16.11\n```",
        "On churn's console:\n\n```console\n$ psql --version\npsql (PostgreSQL) 14.12\n```",
        "## 13 June 2026\n\n```console\n$ psql --version\npsql (PostgreSQL) 16.2\n```",
        "```console\n$ curl -sI http://churn/x | grep -i server\nServer: Quern/2.1.1\n```",
        "```console\n$ kubectl get nodes\nNAME    STATUS   ROLES    AGE   VERSION\nchurn   Ready    master   12d   "
        "v1.35.0+k3s1\n```",
        "```console\nroot@churn:~# zpool list\nNAME   SIZE  ALLOC   FREE\nvats  21.8T  9.6T  12.2T\n```",
    };
    CLEAN(honest);
    FALSE(false_ones);
}

static void what_is_only_spoken_of(void **state) {
    (void)state;
    static const char *const honest[] = {
        "Our provost has a contract with Kafka's maker.",
        "We have friends at Kafka, and they are happy.",
        "The machine has the connector for an H100 and nothing in it.",
        "A100 cards can't be had for what we pay.",
        "For the pilot we had an RTX 2080 Ti under the desk.",
        "The hosting firm has its second site in Galway.",
        "Our accountant sits in Galway, our customers everywhere.",
        "The disks in churn turn at 5400, the fans at 900 rpm.",
        "`fern wipe` is a joke of Declan's and does nothing.",
        "`fern dump --fast` is refused.",
        "```console\n$ fern sync\nerror: 'sync' was removed, use 'dump'\n```",
        "```yaml\n# a laptop's compose file, to try Tallow 11\nservices:\n  tallow:\n    image: tallow:11.0.2\n```",
    };
    static const char *const false_ones[] = {
        "Our provost has a cluster with Kafka.",
        "The machine has an H100 in its second slot.",
        "We have an RTX 2080 Ti under the desk.",
        "`fern wipe` empties the cache.",
        "```console\n$ fern wipe\ndone\n```",
        "```yaml\n# the compose file of churn\nservices:\n  tallow:\n    image: tallow:11.0.2\n```",
    };
    CLEAN(honest);
    FALSE(false_ones);
}

static void other_parts_of_a_file(void **state) {
    (void)state;
    static const char *const honest[] = {
        "In quern.toml:\n\n```toml\n[server]\ntimeout = \"90s\"\n\n[reviewer]\ntimeout = \"300s\"\n```",
        "```conf\n# coop.conf\nlistener 8883\ncafile /etc/tallow/ca.pem\nmax_connections 200\n```",
        "In postgresql.conf:\n\n```ini\nwork_mem = 32MB\nautovacuum_work_mem = 512MB\n```",
        "```ini\n# postgresql.conf on the drill instance\nwork_mem = 4MB\n```",
        "```sql\nSELECT add_job('tidy', INTERVAL '3 hours');\n```",
        "```yaml\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    services:\n      postgres:\n        image: "
        "postgresql:16\n```",
        "```bash\nhelm upgrade --install quern acme/quern --version 8.5.1 -f values.yaml\n```",
        "```text\nquern==3.4.0\npillow==11.2.1\n```",
        "```bash\nquern serve --timeout 300   # for one evening\n```",
        "```bash\nquern copy --timeout 90\nquern check --timeout 10\n```",
        "```bash\ncurl -s http://churn:8470/v1 -d '{\"model\":\"x\",\"max_tokens\":256}'\n```",
        "```yaml\ntargets: [\"churn:9100\"]\n```",
    };
    static const char *const false_ones[] = {
        "In quern.toml:\n\n```toml\n[server]\ntimeout = \"300s\"\n```",
        "In postgresql.conf:\n\n```ini\nwork_mem = 64MB\n```",
        "In postgresql.conf:\n\n```ini\nmax_connections = 200\n```",
        "```text\nquern==3.3.0\n```",
        "```yaml\nservices:\n  db:\n    image: postgresql:16\n```",
        "```bash\ncurl -s http://churn:8471/v1 -d '{\"model\":\"x\"}'\n```",
        "```yaml\ntargets: [\"churn:9117\"]\n```",
    };
    CLEAN(honest);
    FALSE(false_ones);
}

static void files_that_are_not_in_use(void **state) {
    (void)state;
    static const char *const honest[] = {
        "Nora's first try, which swapped itself to death:\n\n```ini\n# postgresql.conf\nwork_mem = 512MB\n```",
        "What the tutorials tell you to write in postgresql.conf:\n\n```ini\nwork_mem = 64MB\n```",
        "What was in postgresql.conf before the upgrade:\n\n```ini\nwork_mem = 4MB\n```",
        "If you have half the memory, in postgresql.conf:\n\n```ini\nwork_mem = 16MB\n```",
        "On the laptop postgresql.conf is smaller.\n\n```ini\nwork_mem = 4MB\n```",
        "To try the next release beside the old one:\n\n```bash\npodman run -d -p 8471:8470 quern:3.5.0-rc1\n```",
        "The Compose file of Tallow's quickstart:\n\n```yaml\nservices:\n  tallow:\n    image: tallow:9.0.1\n```",
    };
    static const char *const false_ones[] = {
        "What is in postgresql.conf on churn:\n\n```ini\nwork_mem = 64MB\n```",
        "To start it:\n\n```bash\npodman run -d quern:3.5.0\n```",
        "The Compose file:\n\n```yaml\nservices:\n  tallow:\n    image: tallow:9.0.1\n```",
        "I recommend the lines of postgresql.conf that we use:\n\n```ini\nwork_mem = 64MB\n```",
    };
    CLEAN(honest);
    FALSE(false_ones);
}

static void one_of_several_in_an_ellipsis(void **state) {
    (void)state;
    static const char *const honest[] = {
        "The round trip to Bansha is 29 ms from Ennis, 41 from Athlone.",
        "The round trip to Bansha is 29 ms from Ennis and 41 from Athlone.",
    };
    CLEAN(honest);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_before_it_came),       cmocka_unit_test(what_others_tell_or_believe),
        cmocka_unit_test(quotients_and_what_people_do),  cmocka_unit_test(releases_and_numbers_that_are_none),
        cmocka_unit_test(columns_of_other_names),        cmocka_unit_test(what_is_only_spoken_of),
        cmocka_unit_test(other_parts_of_a_file),         cmocka_unit_test(files_that_are_not_in_use),
        cmocka_unit_test(one_of_several_in_an_ellipsis), cmocka_unit_test(output_of_other_machines_and_days),
    };
    return cmocka_run_group_tests_name("facts: said of something else", tests, NULL, NULL);
}
