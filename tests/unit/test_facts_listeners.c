/* test_facts_listeners.c - ports whose service no whole name tells: words of a name, groups, requests. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

static const char farm[] =
    "assay-facts: 1\n"
    "as_of: 2026-05-18\n"
    "components:\n"
    "  - {id: tern-small, aliases: [Tern-7B], version: \"1.2.0\"}\n"
    "  - {id: tern-large, aliases: [Tern-70B], version: \"1.2.0\"}\n"
    "services:\n"
    "  - {id: drafts, aliases: [drafts endpoint], host: barn, port: 8101, runs: [tern-small]}\n"
    "  - {id: reviews, aliases: [reviews endpoint], host: barn, port: 8102, runs: [tern-large]}\n"
    "  - {id: nfs, aliases: [NFS export], host: silo, port: 2049}\n"
    "  - {id: queue, aliases: [job queue], host: silo, port: 7070}\n"
    "  - {id: key-server, aliases: [key server], host: silo, port: 5053}\n"
    "  - {id: key-page, aliases: [key page], host: silo, port: 5054}\n"
    "  - {id: ssh-silo, aliases: [SSH on silo], host: silo, port: 2207}\n"
    "  - {id: ssh-barn, aliases: [SSH on barn], host: barn, port: 22}\n"
    "  - {id: names, aliases: [resolver], host: gate, port: 53}\n"
    "  - {id: gate-page, aliases: [web page of the gate], host: gate, port: 8443}\n"
    "  - {id: dictation-api, aliases: [dictation], host: barn, port: 10300}\n"
    "  - {id: metrics, aliases: [metrics], host: barn, port: 9090}\n"
    "  - {id: pages, aliases: [pages], host: barn, port: 3000}\n"
    "  - {id: graphs, aliases: [graphs], host: barn, port: 3001}\n"
    "  - {id: printing, aliases: [print server], host: gate, port: 631}\n"
    "hosts:\n"
    "  - {id: barn, aliases: [barn, barn.example.org, 10.1.0.3], runs: {world: closed, items: [tern-small, "
    "tern-large]}}\n"
    "  - {id: silo, aliases: [silo, silo.example.org, 10.1.0.2]}\n"
    "  - {id: gate, aliases: [gate], runs: {world: closed, items: [{name: Knot}]}}\n";

static void words_of_a_name(void **state) {
    (void)state;
    static const said cases[] = {
        {"| what | host | port |\n| --- | --- | --- |\n| SSH | barn | 23 |", "23"},
        {"| what | host | port |\n| --- | --- | --- |\n| SSH | barn | 22 |", ""},
        {"| what | host | port |\n| --- | --- | --- |\n| SSH | silo | 2207 |", ""},
        {"| what | host | port |\n| --- | --- | --- |\n| NFS server | silo | 2050 |", "2050"},
        {"| port | host | used by |\n| --- | --- | --- |\n| 9400 | silo | NFS |", ""},
        {"| what | host | port | reachable from |\n| --- | --- | --- | --- |\n| NFS | silo | 2050 | the barn |",
         "2050"},
        {"| what | host | port |\n| --- | --- | --- |\n| SMTP | barn | 25 |", ""},
        {"| what | host | port |\n| --- | --- | --- |\n| key server | silo | 5054 |", "5054"},
        {"| port | host | what |\n| --- | --- | --- |\n| 3000, 3002 | barn | pages and graphs, respectively |", "3002"},
        {"| port | host | what |\n| --- | --- | --- |\n| 3000, 3001 | barn | pages and graphs, respectively |", ""},
        {"Sound goes to a Dictation server on port 10301 of the barn.", "port 10301"},
        {"Sound goes to a Parrot server on port 10301 of the silo.", ""},
        {"To log in: `ssh -p 2208 me@silo.example.org`.", "2208"},
        {"To log in: `ssh -p 2207 me@silo.example.org`.", ""},
        {"To log in: `ssh -p 2208 me@elsewhere.example.net`.", ""},
        {"```bash\nssh -p 2208 me@silo\n```", "2208"},
        {"```yaml\nurl: \"http://metrics.example.org:9091/api/v1/query\"\n```", "9091"},
        {"```yaml\nurl: \"http://metrics.example.org:9090/api/v1/query\"\n```", ""},
        {"```yaml\nurl: \"http://metrics.example.net:9091/api/v1/query\"\n```", ""},
    };
    expect_contradicted(farm, cases, COUNT_OF(cases));
}

static void clauses_and_sentences_before(void **state) {
    (void)state;
    static const said cases[] = {
        {"The job queue has port 7070, while SSH on silo listens on port 2222.", "port 2222"},
        {"The job queue has port 7070, while SSH on silo listens on port 2207.", ""},
        {"The job queue has port 7070, while SSH on most machines listens on port 2222.", ""},
        {"We run Tern-7B in the barn. The server listens on port 9101.", "port 9101"},
        {"We run Tern-7B in the barn. It is new, and the server listens on port 9101.", "port 9101"},
        {"We run Tern-7B in the barn. It is new, and the server listens on port 8101.", ""},
        {"They run Tern-7B in their barn. The server listens on port 9101.", ""},
        {"We run Tern-7B and Tern-70B. The server listens on port 9101.", ""},
        {"We could run Tern-7B elsewhere. The server listens on port 9101.", ""},
        {"We run Tern-7B in the barn. The server of the job queue listens on port 7070.", ""},
        {"We run Tern-7B in the barn. In Tom's, the server listens on port 9101.", ""},
        {"The barn sleeps. A job queue on port 7071 connects it with our house.", "port 7071"},
        {"The barn sleeps. A job queue on port 7070 connects it with our house.", ""},
        {"A job queue on port 7071 connects two halves of a program.", ""},
    };
    expect_contradicted(farm, cases, COUNT_OF(cases));
}

static void groups(void **state) {
    (void)state;
#define LISTENERS(first, second)                                                                                       \
    "```console\nsilo$ ss -tlnH | awk '{print $4}'\n0.0.0.0:" first "\n0.0.0.0:" second                                \
    "\n10.1.0.2:7070\n10.1.0.2:5054\n0.0.0.0:2207\n```"
    static const said cases[] = {
        {LISTENERS("2049", "5053"), ""},
        {LISTENERS("2050", "5053"), "0.0.0.0:2050"},
        {LISTENERS("2050", "5055"), ""}, /* two are wrong: which is which? */
        /* all but one are there, but two are of no service */
        {"```console\nsilo$ ss -tlnH\n0.0.0.0:111\n0.0.0.0:2050\n10.1.0.2:7070\n10.1.0.2:5053\n10.1.0.2:5054\n"
         "0.0.0.0:2207\n```",
         ""},
        /* two numbers let nothing through: the line may be either's */
        {"```console\n$ ss -tln | grep -E ':(5053|7070) '\nLISTEN 0 200 10.1.0.2:5055 0.0.0.0:*\n```", ""},
        {"```console\nsilo$ ss -tlnH\n0.0.0.0:111\n0.0.0.0:2049\n0.0.0.0:7070\n```", ""},
        {"| port | host | what |\n| --- | --- | --- |\n| 8443 | gate | web page of the gate |\n| 631 | gate | print "
         "server "
         "|\n| 54 | gate | Knot |",
         "54"},
        {"| port | host | what |\n| --- | --- | --- |\n| 8443 | gate | web page of the gate |\n| 9100 | gate | "
         "telemetry |",
         ""},
        {"```console\n$ ss -tln | grep -E ':(5053|7070) '\nLISTEN 0 200 10.1.0.2:5054 0.0.0.0:*\nLISTEN 0 512 "
         "10.1.0.2:7070 0.0.0.0:*\n```",
         "10.1.0.2:5054"},
        {"```console\n$ ss -tln | grep -E ':(5053|7070) '\nLISTEN 0 200 10.1.0.2:5053 0.0.0.0:*\nLISTEN 0 512 "
         "10.1.0.2:7070 0.0.0.0:*\n```",
         ""},
        {"```console\n$ ss -tln\nLISTEN 0 200 10.1.0.2:5055 0.0.0.0:*\n```", ""},
    };
    expect_contradicted(farm, cases, COUNT_OF(cases));
}

static void requests(void **state) {
    (void)state;
#define ANSWER "/v1/models\n{\n  \"id\": \"Tern-7B\"\n}\n```"
    static const said cases[] = {
        {"```bash\ndocker compose up -d drafts\nuntil curl -sf http://127.0.0.1:9101/health; do sleep 5; done\n```",
         "9101"},
        {"```bash\ndocker compose up -d drafts\nuntil curl -sf http://127.0.0.1:8101/health; do sleep 5; done\n```",
         ""},
        {"```bash\ndocker compose up -d drafts mailer\nuntil curl -sf http://127.0.0.1:9101/; do sleep 5; done\n```",
         ""},
        {"```bash\ncurl -sf http://127.0.0.1:9101/health\n```", ""},
        {"```console\n$ curl -s http://127.0.0.1:9101" ANSWER, "9101"},
        {"```console\n$ curl -s http://127.0.0.1:8101" ANSWER, ""},
        {"```console\n$ curl -s http://127.0.0.1:9090" ANSWER, ""}, /* a proxy may list it, too */
        {"```console\n$ ssh -N -L 9101:localhost:8101 barn &\n$ curl -s http://127.0.0.1:9101" ANSWER, ""},
        {"From another machine:\n\n```console\n$ curl -s http://barn:9091/ready\n```", "9091"},
        {"From another machine:\n\n```console\n$ curl -s http://barn:9090/ready\n```", ""},
    };
    expect_contradicted(farm, cases, COUNT_OF(cases));
}

static void said_in_prose(void **state) {
    (void)state;
    static const said cases[] = {
        {"The print server speaks IPP on 632 as usual.", "632"},
        {"The print server speaks IPP on 631 as usual.", ""},
        {"The print server listens on 64 addresses.", ""},
        {"The job queue needs no key, and its port, 7071, went on answering.", "7071"},
        {"From outside only 22 and 9091 on `barn` can be reached.", "9091"},
        {"From outside only 22 and 9090 on `barn` can be reached.", ""},
        {"From outside only 24 on `barn` can be reached.", "24"},
        {"Of the disks 24 on `barn` are old.", ""},
        {"The job queue does not listen, as far as I know, on port 7071.", ""},
        {"The requests were sent against the job queue on port 7071.", "port 7071"},
        {"The usual port of a job queue is 8000; ours is 7070.", ""},
    };
    expect_contradicted(farm, cases, COUNT_OF(cases));
}

static void machines_in_rows(void **state) {
    (void)state;
    static const said cases[] = {
        {"| service | machine | port |\n| --- | --- | --- |\n| job queue | barn | 7070 |", "barn"},
        {"| service | machine | port |\n| --- | --- | --- |\n| job queue | silo | 7070 |", ""},
        {"| port | node | what |\n| --- | --- | --- |\n| 8101 | silo | Tern-7B |", "silo"},
        {"| port | node | what |\n| --- | --- | --- |\n| 8101 | barn | Tern-7B |", ""},
        {"| model | machine | speed |\n| --- | --- | --- |\n| Tern-7B | silo | 31 tok/s |",
         ""},                                                         /* it was tried there */
        {"| service | machine |\n| --- | --- |\n| SSH | gate |", ""}, /* which one? */
        {"| service | machine |\n| --- | --- |\n| key page | barn |", "barn"},
        {"| service | machine |\n| --- | --- |\n| key page | barn, soon |", ""},
        {"| service | reachable from |\n| --- | --- |\n| key page | barn |", ""},
        {"The key page runs on the barn.", "key page runs on the barn"},
        {"The job queue is on port 7070 of the barn, as ever.", "port 7070"},
        {"| | barn | silo |\n| --- | --- | --- |\n| address | 10.1.0.2 | 10.1.0.3 |", "10.1.0.2 | 10.1.0.3"},
        {"| | barn | silo |\n| --- | --- | --- |\n| address | 10.1.0.3 | 10.1.0.2 |", ""},
        {"| | barn | silo |\n| --- | --- | --- |\n| mounts from | 10.1.0.2 | 10.1.0.3 |", ""},
    };
    expect_contradicted(farm, cases, COUNT_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_a_name), cmocka_unit_test(clauses_and_sentences_before),
        cmocka_unit_test(groups),          cmocka_unit_test(requests),
        cmocka_unit_test(said_in_prose),   cmocka_unit_test(machines_in_rows)};
    return cmocka_run_group_tests_name("facts: listeners", tests, NULL, NULL);
}
