/* test_facts_standing.c - which machine or town things are said to be in, whose address one is, what absent things do,
 * and how often what is done that no name tells. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

/* A brewery: two machines in the house, a rented one, a box at the accountant's. */
static const char brewery[] =
    "assay-facts: 1\n"
    "as_of: 2026-05-18\n"
    "scopes:\n"
    "  gpus: {world: closed, kind: gpu-model, members: [RTX 2000]}\n"
    "  queues: {world: closed, kind: message-queue, members: []}\n"
    "  databases: {world: closed, kind: database, members: [PostgreSQL]}\n"
    "  clouds: {world: closed, kind: cloud-provider, members: []}\n"
    "  locations: {world: closed, kind: location, members: [Graz, Linz]}\n"
    "components:\n"
    "  - {id: postgresql, aliases: [PostgreSQL], scheme: semver, version: \"17.2\"}\n"
    "  - {id: caddy, aliases: [Caddy], scheme: semver, version: 2.10.2}\n"
    "  - {id: grafana, aliases: [Grafana], scheme: semver, version: 12.1.0}\n"
    "  - {id: prometheus, aliases: [Prometheus], scheme: semver, version: 3.4.0}\n"
    "  - {id: mashtun, aliases: [Mashtun], scheme: semver, version: 0.4.2}\n"
    "  - {id: ocrd, aliases: [ocrd], scheme: semver, version: 1.1.0}\n"
    "hardware:\n"
    "  - {id: rtx-2000, aliases: [RTX 2000], attrs: {memory: {value: 16, unit: GB, aliases: [memory]}}}\n"
    "hosts:\n"
    "  - id: kettle\n"
    "    aliases: [kettle, 10.4.0.2]\n"
    "    location: Graz\n"
    "    runs: {world: closed, items: [postgresql, mashtun, ocrd]}\n"
    "  - id: tun\n"
    "    aliases: [tun, 10.4.0.3]\n"
    "    location: Graz\n"
    "    runs: {world: closed, items: [prometheus, grafana, {name: Unbound}]}\n"
    "  - {id: vat, aliases: [vat, rented server, 10.4.9.1], location: Linz, runs: {world: closed, items: [caddy]}}\n"
    "  - {id: cask, aliases: [cask, backup box], location: Linz}\n"
    "absent:\n"
    "  - {match: [RabbitMQ, Celery], in: queues}\n"
    "  - {match: [Redis, MongoDB], in: databases}\n"
    "  - {match: [AWS, S3, Backblaze], in: clouds}\n"
    "  - {match: [Patroni], note: failover is done by hand}\n"
    "  - {match: [A100], in: gpus}\n"
    "services:\n"
    "  - {id: ledger, aliases: [ledger database], host: kettle, port: 5432, runs: [postgresql]}\n"
    "  - {id: recipes, aliases: [recipe server], host: kettle, port: 8090, runs: [mashtun]}\n"
    "  - {id: charts, aliases: [charts], host: tun, port: 3000, runs: [grafana]}\n"
    "  - {id: orders, aliases: [order desk], host: kettle, port: 8095,\n"
    "     exposes: {world: closed, items: [{name: order listing, aliases: [list orders]}, place an order, stock "
    "level]}}\n"
    "  - {id: web, aliases: [public site], host: vat, port: 443, runs: [caddy]}\n"
    "paths:\n"
    "  - {path: /srv/recipes, host: kettle}\n"
    "  - {path: /srv/recipes/import.py, host: kettle}\n"
    "  - {path: /srv/www, host: vat}\n"
    "processes:\n"
    "  - {id: key-rotation, category: maintenance, aliases: [key rotation], cadence: every three months}\n"
    "  - {id: label-import, category: data, aliases: [label import, import of labels], cadence: every 6 hours}\n"
    "  - {id: dump, category: backup, aliases: [nightly dump], cadence: every night at 02:10,\n"
    "     steps: [freeze, dump, copy, thaw], order: strict}\n"
    "  - {id: cleaning-day, category: maintenance, aliases: [cleaning day], cadence: every Thursday,\n"
    "     steps: [drain, rinse, scrub, dry, fill], order: strict}\n"
    "  - {id: tasting, category: quality, aliases: [tasting], cadence: first Monday of each month}\n"
    "  - {id: meter-reading, category: accounts, aliases: [meter reading], cadence: 15th of each month}\n"
    "benchmarks:\n"
    "  - {id: ocr-rate, subject: [ocrd, rtx-2000, kettle], metric: pages a minute, value: 40, unit: page/min}\n";

static void verbs(void **state) {
    (void)state;
    static const said cases[] = {
        {"Grafana runs on tun.", ""},
        {"Grafana runs on kettle.", "kettle"},
        {"Grafana, for the curious, is hosted on vat.", "vat"},
        {"Grafana and Prometheus are both installed on kettle.", "kettle"},
        {"Grafana and PostgreSQL are both busy.", ""},
        {"Mashtun, our recipe server, lives on tun.", "tun"},
        {"Mashtun 0.4.2, our recipe server, lives on kettle.", ""},
        {"The recipe server, Mashtun 0.4.2, lives on vat.", "vat"},
        {"The ledger database of the brewery runs on tun, behind a firewall.", "tun"},
        {"Mashtun's containers run on vat.", "vat"},
        {"Mashtun's backups are kept on cask.", ""},
        {"The public site is served from kettle.", "kettle"},
        {"Caddy runs in a container on tun.", "tun"},
        {"PostgreSQL has its place on tun, next to the dashboards.", "tun"},
        {"Nobody would guess it, but PostgreSQL sits on vat.", "vat"},
        {"On tun PostgreSQL runs without a break.", "tun"},
        {"On kettle PostgreSQL runs without a break.", ""},
        {"Orders go to tun, where PostgreSQL is.", "tun"},
        {"We have one card, an RTX 2000, and it sits in tun.", "tun"},
        {"We have one card, an RTX 2000, and it sits in kettle.", ""},
        {"The RTX 2000 is attached to vat.", "vat"},
        {"The importer lies on tun, as /srv/recipes/import.py.", "tun"},
        {"The importer lies on kettle, as /srv/recipes/import.py.", ""},
        {"The recipes are in `/srv/recipes` on vat.", "vat"},
        {"`/srv/recipes/import.py` is kept on tun.", "tun"},
    };
    expect_contradicted(brewery, cases, COUNT_OF(cases));
}

static void not_standing(void **state) {
    (void)state;
    static const said cases[] = {
        {"A backup of PostgreSQL is on cask.", ""},
        {"A second Grafana runs on kettle, for tests.", ""},
        {"The test instance of Grafana runs on kettle.", ""},
        {"A Grafana runs on kettle as well.", ""},
        {"Grafana does not run on kettle.", ""},
        {"Grafana ran on kettle until March.", ""},
        {"Grafana would run on kettle, too.", ""},
        {"If Grafana runs on kettle, something is wrong.", ""},
        {"Does Grafana run on kettle?", ""},
        {"A friend's Grafana runs on his kettle.", ""},
        {"The dashboard for PostgreSQL runs on tun.", ""},
        {"Grafana is on the list of what we may lose.", ""},
        {"The clock of Prometheus runs on kettle's time.", ""},
        {"Prometheus is reached from kettle as well.", ""},
        {"The scripts that Grafana calls are on kettle.", ""},
        {"The alerts that come from Grafana are read on kettle.", ""},
        {"PostgreSQL writes go to cask once a night.", ""},
        {"On cask Grafana would be safer.", ""},
        {"The exporter for Caddy runs on vat, its Prometheus does not.", ""},
        {"We copy `/srv/recipes` to cask.", ""},
        {"`rsync -a /srv/www cask:` brings the copy of the site there.", ""},
        {"Caddy and what it serves are copied to cask.", ""},
        {"PostgreSQL on tun is a plan for next year.", ""},
        {"After a failover, PostgreSQL is on tun.", ""},
        {"A second recipe server on tun would help.", ""},
        {"We run a second recipe server on tun in December.", ""},
        {"After a failover the ledger database is on tun.", ""},
        {"During the move Grafana runs on kettle.", ""},
        {"Grafana runs on kettle until we are done.", ""},
        {"A replica of the ledger database runs on tun.", ""},
    };
    expect_contradicted(brewery, cases, COUNT_OF(cases));
}

static void forms(void **state) {
    (void)state;
    static const said cases[] = {
        {"We run Grafana on kettle.", "kettle"},
        {"We run Grafana on tun.", ""},
        {"You find Grafana on vat, behind the public site.", "vat"},
        {"I moved Prometheus to kettle because it never sleeps.", "kettle"},
        {"It is kettle that hosts Grafana.", "kettle | Grafana"},
        {"It is tun that hosts Grafana.", ""},
        {"The machine that runs PostgreSQL is tun.", "tun"},
        {"The machine that runs PostgreSQL is kettle.", ""},
        {"vat is home to Grafana.", "vat"},
        {"Guests use the public site, which is hosted on tun.", "tun"},
        {"Since March Grafana has been running on kettle.", "kettle"},
        {"The recipe server is a process on tun.", "tun"},
        {"Unbound, the resolver of the house, runs on vat.", "vat"},
        {"Unbound, which resolves everything, is installed on vat.", "vat"},
        {"Our recipe server is tun.", "tun"},
        {"Our recipe server is kettle.", ""},
        {"Our recipe server is old.", ""},
        {"The cards: in tun the RTX 2000, in kettle none.", "tun"},
        {"Grafana and Prometheus share vat.", "vat"},
        {"Grafana and Prometheus share tun.", ""},
        {"The importer is /opt/recipes/import.py on kettle.", "/opt/recipes/import.py"},
        {"A copy of the importer is /opt/recipes/import.py on kettle.", ""},
        {"On kettle, /usr/share/recipes/import.py is the packaged example.", ""},
        {"Caddy keeps its logs on cask.", ""},
        {"Grafana writes its log on kettle.", ""},
        {"Unbound, the resolver of the house, runs on tun.", ""},
        {"Charts are drawn by Grafana, and Grafana runs on vat.", "vat"},
        {"We keep a copy of /srv/recipes on cask.", ""},
        {"On 3 March 2025 I moved Prometheus to kettle.", ""},
        {"We thought of running Grafana on kettle.", ""},
        {"The machine that backs PostgreSQL up is cask.", ""},
        {"You find the backups of Grafana on cask.", ""},
        {"A friend runs Grafana on kettle.", ""},
    };
    expect_contradicted(brewery, cases, COUNT_OF(cases));
}

static void operations(void **state) {
    (void)state;
    static const said cases[] = {
        {"The order desk can also delete an order.", "delete an order"},
        {"The order desk lets you cancel an order, too.", "cancel an order"},
        {"The order desk offers a call to create a brew.", "create a brew"},
        {"Through the order desk one may list orders, place an order and rename a brew.", "rename a brew"},
        {"Through the order desk one may list orders and place an order.", ""},
        {"The order desk cannot delete an order.", ""},
        {"The order desk can drop a connection when it is busy.", ""},
        {"The order desk could also delete an order, had we written that.", ""},
        {"A friend's order desk lets him cancel an order.", ""},
    };
    expect_contradicted(brewery, cases, COUNT_OF(cases));
}

static void addresses(void **state) {
    (void)state;
    static const said cases[] = {
        {"kettle is 10.4.0.2 and tun is 10.4.0.3.", ""},
        {"kettle is 10.4.0.2 and tun is 10.4.0.4.", "10.4.0.4"},
        {"The address of kettle is 10.4.0.3.", "10.4.0.3"},
        {"The machine with the address 10.4.0.2 is tun.", "10.4.0.2"},
        {"In the tunnel kettle has the address 10.4.0.22.", "10.4.0.22"},
        {"kettle (10.4.0.2) talks to tun (10.4.0.33).", "10.4.0.33"},
        {"kettle has 10.4.0.2, tun 10.4.0.4.", "10.4.0.4"},
        {"kettle has the address 192.168.1.7 in the house.", ""},
        {"kettle was 10.4.0.9 until March.", ""},
        {"kettle pings 10.4.0.3 once a minute.", ""},
        {"The printer is 10.4.0.9.", ""},
        {"| host | address |\n| --- | --- |\n| kettle | 10.4.0.2 |\n| tun | 10.4.0.5 |", "10.4.0.5"},
        {"| host | talks to |\n| --- | --- |\n| kettle | 10.4.0.3 |", ""},
    };
    expect_contradicted(brewery, cases, COUNT_OF(cases));
}

static void at_work(void **state) {
    (void)state;
    static const said cases[] = {
        {"Mails to our customers are sent by Celery.", "Celery"},
        {"The sessions of Mashtun are held in Redis.", "Redis"},
        {"A copy of our recipes goes to Backblaze every night.", "Backblaze"},
        {"Should kettle die, Patroni promotes cask.", "Patroni"},
        {"When kettle is down we start Mashtun on AWS.", "AWS"},
        {"The labels are read by an A100 in kettle.", "A100"},
        {"Labels which do not fit the RTX 2000 are scanned on the A100 of our brewery.", "A100"},
        {"Patroni watches the ledger database.", "Patroni"},
        {"Every finished label also goes to S3.", "S3"},
        {"Our order queue is a RabbitMQ cluster.", "RabbitMQ"},
        {"The disks of tun are managed by Patroni.", "Patroni"},
        {"Everything that kettle logs goes through RabbitMQ.", "RabbitMQ"},
        {"In front of the public site there is a Redis.", "Redis"},
        {"The labels are stored in MongoDB.", "MongoDB"},
        {"The labels of the county archive go to S3.", ""},
        {"Some people like Redis, and we do not mind.", ""},
        {"Their labels are stored in MongoDB.", ""},
        {"The client's labels are stored in MongoDB.", ""},
        {"I took Redis, and it serves the public site.", "Redis"},
        {"Redis on vat holds the sessions.", "Redis"},
        {"Most labels of this size are stored in MongoDB.", ""},
        {"Labels are usually kept in MongoDB.", ""},
        {"Mastodon's jobs are held in Redis.", ""},
        {"The jobs of Mastodon are held in Redis.", ""},
        {"The brewery down the road uses Redis and is happy with it.", ""},
        {"Patroni promotes a standby when the primary is gone.", ""},
        {"Celery needs a broker, and PostgreSQL is none.", ""},
        {"Redis queues become slow when PostgreSQL is not.", ""},
        {"Mails are not sent by Celery.", ""},
        {"Our mails were sent by Celery until March.", ""},
        {"Mails could be sent by Celery, if kettle had the memory.", ""},
        {"At a friend's brewery the recipes are held in Redis.", ""},
        {"An A100 draws 300 W, the RTX 2000 in kettle 70.", ""},
        {"S3 costs more than cask does.", ""},
        {"I was asked whether our recipes are held in MongoDB.", ""},
        {"The tutorial from which Mashtun comes is written for Redis.", ""},
    };
    expect_contradicted(brewery, cases, COUNT_OF(cases));
}

static void towns(void **state) {
    (void)state;
    static const said cases[] = {
        {"kettle and tun stand side by side in Graz.", ""},
        {"kettle and tun stand side by side in Linz.", "Linz"},
        {"The rented server vat is kept in Graz.", "Graz"},
        {"kettle shares a rack with tun in Graz; vat, for safety, is in Graz as well.", "Graz"},
        {"The machines of the house, kettle among them, are in Linz.", "Linz"},
        {"We rent one machine, vat, and it is in a hall in Graz.", "Graz"},
        {"The pages come from Graz, where vat stands.", "Graz"},
        {"kettle stands in Graz, and our rented server, vat, in Linz.", ""},
        {"kettle stands in Graz, and our rented server, vat, in Graz.", "Graz"},
        {"Graz for kettle, Graz for vat: that is all.", "Graz"},
        {"Graz for kettle, Linz for vat: that is all.", ""},
        {"vat lives in an attic in Graz, and my sister owns the attic.", "Graz"},
        {"cask is 200 km away, in Graz.", "Graz"},
        {"`cask`, in Graz, is a small one at my brother's.", "Graz"},
        {"cask is 200 km away, in Linz.", ""},
        {"The provider of vat is in Graz.", ""},
        {"vat's provider is in Graz.", ""},
        {"kettle was in Linz until 2024.", ""},
        {"vat could be in Graz, too.", ""},
        {"We wrote about vat in Graz.", ""},
        {"A copy of what vat serves is kept in Graz.", ""},
        {"Those who drink what kettle brews are in Linz.", ""},
        {"vat is not in Graz.", ""},
        {"The dumps go from kettle to the bucket in Linz.", ""},
    };
    expect_contradicted(brewery, cases, COUNT_OF(cases));
}

static void habits(void **state) {
    (void)state;
    static const said cases[] = {
        {"We rotate the keys every three months.", ""},
        {"We rotate the keys every week.", "every week"},
        {"The keys are rotated every two months.", "every two months"},
        {"I import the labels every 12 hours.", "every 12 hours"},
        {"The nightly dump wakes nobody: it starts every night at 03:40.", "every night at 03:40"},
        {"A tasting that is skipped helps nobody, so we hold one every week.", "every week"},
        {"A tasting is held on the first Monday of every quarter.", "first Monday of every quarter"},
        {"The meter reading is due on the 1st of each month.", "1st of each month"},
        {"The meter reading is due on the 15th of each month.", ""},
        {"Every Friday we drain, rinse, scrub, dry and fill the kettles.", "Every Friday"},
        {"On cleaning day we drain, rinse, scrub, dry and fill.", ""},
        {"Every Thursday we drain, scrub, rinse, dry and fill the kettles.",
         "drain, scrub, rinse, dry and fill the kettles"},
        {"Every night the job freezes, copies, dumps and thaws.", "freezes, copies, dumps and thaws"},
        {"Every night the job freezes, dumps, copies and thaws.", ""},
        {"Freeze, copy, dump, thaw: the order is deliberate.", "Freeze, copy, dump, thaw"},
        {"Freeze, dump, copy, thaw: the order is deliberate.", ""},
        {"My own round (drain, scrub, rinse, dry, fill) takes a morning.", "drain, scrub, rinse, dry, fill"},
        {"Copy, dump, thaw, freeze: the steps sorted by what they cost.", ""},
        {"Every night the store is frozen, copied, dumped and thawed.", "frozen, copied, dumped and thawed"},
        {"We rotate the staff every week.", ""},
        {"We rotated the keys every week until 2024.", ""},
        {"A friend rotates his keys every week.", ""},
        {"We read about key rotation every week.", ""},
        {"In any brewery one scrubs, rinses and drains the kettles every day.", ""},
        {"Dry is what comes last, drain first: every Thursday we rinse, scrub and fill.", ""},
    };
    expect_contradicted(brewery, cases, COUNT_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verbs),      cmocka_unit_test(not_standing), cmocka_unit_test(forms),
        cmocka_unit_test(operations), cmocka_unit_test(addresses),    cmocka_unit_test(at_work),
        cmocka_unit_test(towns),      cmocka_unit_test(habits),
    };
    return cmocka_run_group_tests_name("facts: standing", tests, NULL, NULL);
}
