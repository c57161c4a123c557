/* test_facts_ports_told.c - ports of a service that is told otherwise than by the name right beside the number: by a
 * participle of it, by the words that its container is called by, by the only row of its program with the version of
 * today. Beside each its honest neighbours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

static const char dairy[] =
    "assay-facts: 1\n"
    "as_of: 2026-10-11\n"
    "components:\n"
    "  - {id: flask, aliases: [Flask], scheme: semver, version: 3.1.2}\n"
    "  - {id: actix, aliases: [Actix], scheme: semver, version: 4.11.0}\n"
    "  - {id: paperless, aliases: [Paperless-ngx], scheme: semver, version: 2.18.4}\n"
    "  - {id: llamacpp, aliases: [llama.cpp], scheme: loose, version: b6210}\n"
    "  - {id: postgres, aliases: [PostgreSQL], scheme: loose, version: '17.6'}\n"
    "  - {id: grafana, aliases: [Grafana], scheme: semver, version: 12.1.3}\n"
    "hosts:\n"
    "  - {id: churn, aliases: [churn], location: Emden}\n"
    "services:\n"
    "  - {id: herd, aliases: [herd book], host: churn, port: 8765, runs: [flask]}\n"
    "  - {id: scale, aliases: [milk scale API], host: churn, port: 7070, runs: [actix]}\n"
    "  - {id: papers, aliases: [document page], host: churn, port: 8010, runs: [paperless]}\n"
    "  - {id: reader, aliases: [reader API], host: churn, port: 8093, runs: [llamacpp]}\n"
    "  - {id: store, aliases: [time-series database], host: churn, port: 5432, runs: [postgres]}\n"
    "  - {id: broker, aliases: [message broker], host: churn, port: 8883}\n"
    "  - {id: charts, aliases: [charts], host: churn, port: 3000, runs: [grafana]}\n";

static const char lead[] = "---\ntitle: Notes\ndate: 2026-10-09\n---\n\nOur churn does the work of the dairy.\n\n";

#define CLEAN(texts) expect_each(dairy, lead, texts, COUNT_OF(texts), false)
#define PLAIN(lines) expect_plain(dairy, lead, lines, COUNT_OF(lines))

static void a_participle_of_the_service(void **state) {
    (void)state;
    static const plain_line lines[] = {
        {"churn hosts our herd book, built with Flask 3.1.2 and listening on port %.\n", "9100", "8765"},
        {"churn runs our herd book, written in Flask and listening on port %.\n", "9187", "8765"},
        {"Our milk scale API, implemented with Actix 4.11.0, listening on port %, never sleeps.\n", "9100", "7070"},
        {"There is our herd book, made with Flask, and reachable on port %.\n", "3100", "8765"},
        {"We wrote our milk scale API, based on Actix and bound to port %.\n", "9115", "7070"},
        {"We keep our charts, powered by Grafana 12.1.3 and listening on port %.\n", "3100", "3000"},
    };
    static const char *const clean[] = {
        "churn hosts our herd book, and beside it an exporter built with Flask and listening on port 9100.\n",
        "A friend has a herd book, built with Flask and listening on port 9100.\n",
        "Our herd book, built with Flask, used to listen on port 9100.\n",
        "Before the move our herd book, built with Flask 3.0.0, was listening on port 9100.\n",
        "The herd book, built with Flask, is to move to port 9100 next year.\n",
        "If our herd book, built with Flask, were listening on port 9100, nobody would find it.\n",
        "Our herd book, built with Flask, asks the exporter that is listening on port 9100.\n",
        "Is our herd book, built with Flask, listening on port 9100?\n",
        "Our herd book is built with Flask, and a test server of Flask's listens on port 9100.\n",
    };
    PLAIN(lines);
    CLEAN(clean);
}

static void a_container_by_the_services_words(void **state) {
    (void)state;
    static const plain_line lines[] = {
        {"```yaml\nservices:\n  timeseries:\n    ports: [\"%:5432\"]\n```\n", "5433", "5432"},
        {"```yaml\nservices:\n  time-series:\n    ports:\n      - \"%:5432\"\n```\n", "6432", "5432"},
        {"```yaml\nservices:\n  time_series:\n    restart: always\n    ports: [\"127.0.0.1:%:5432\"]\n```\n", "5433",
         "5432"},
        {"```yaml\nservices:\n  charts:\n    ports: [\"%:3000\"]\n```\n", "3300", "3000"},
    };
    static const char *const clean[] = {
        "```yaml\nservices:\n  timesheet:\n    ports: [\"5433:5432\"]\n```\n",
        "```yaml\nservices:\n  timeseries:\n    ports: [\"5433:8086\"]\n```\n",
        "```yaml\nservices:\n  timeseries-test:\n    ports: [\"5433:5432\"]\n```\n",
        "```yaml\nservices:\n  time:\n    ports: [\"5433:5432\"]\n```\n",
        "```yaml\n# docker-compose.test.yml\nservices:\n  timeseries:\n    ports: [\"5433:5432\"]\n```\n",
        "In the test environment it looks like this:\n\n"
        "```yaml\nservices:\n  timeseries:\n    ports: [\"5433:5432\"]\n```\n",
        "A colleague's file:\n\n```yaml\nservices:\n  timeseries:\n    ports: [\"5433:5432\"]\n```\n",
        "Until last year we had this:\n\n```yaml\nservices:\n  timeseries:\n    ports: [\"5433:5432\"]\n```\n",
        "```yaml\nservices:\n  timeseries:\n    # ports: [\"5433:5432\"]\n```\n",
    };
    PLAIN(lines);
    CLEAN(clean);
}

static void the_only_row_of_a_program(void **state) {
    (void)state;
#define HEAD "| what it does | program | version | port |\n|---|---|---|---|\n"
    static const plain_line lines[] = {
        {HEAD "| keeps documents | Paperless-ngx | 2.18.4 | % |\n| draws | Grafana | 12.1.3 | 3000 |\n", "8000",
         "8010"},
        {HEAD "| thinks | llama.cpp | b6210 | % |\n| draws | Grafana | 12.1.3 | 3000 |\n", "8080", "8093"},
        {"| Job | Software | Version | Port |\n|---|---|---|---|\n| measurements | PostgreSQL | 17.6 | % |\n", "5433",
         "5432"},
        {"| Program | Version | Port |\n|---|---|---|\n| llama.cpp | b6210 | % |\n", "8081", "8093"},
        {"| program | port | version |\n|---|---|---|\n| Paperless-ngx | % | v2.18.4 |\n", "8000", "8010"},
        {"| task | runs on | version | port |\n|---|---|---|---|\n| letters | Paperless-ngx | 2.18.4 | % |\n", "8001",
         "8010"},
    };
    static const char *const clean[] = {
        "| service | program | version | port |\n|---|---|---|---|\n| embedding server | llama.cpp | b6210 | 8082 |\n",
        HEAD "| thinks | llama.cpp | b6210 | 8093 |\n| embeds | llama.cpp | b6210 | 8081 |\n",
        HEAD "| keeps documents | Paperless-ngx | any | 8000 |\n",
        "| program | version | default port |\n|---|---|---|\n| Paperless-ngx | 2.18.4 | 8000 |\n",
        "Inside the containers:\n\n| program | version | port |\n|---|---|---|\n| Paperless-ngx | 2.18.4 | 8000 |\n",
        "The defaults of the images:\n\n" HEAD "| keeps documents | Paperless-ngx | 2.18.4 | 8000 |\n",
        "## On the test machine\n\n" HEAD "| keeps documents | Paperless-ngx | 2.18.4 | 8000 |\n",
        HEAD "| keeps documents | Paperless-ngx and a worker | 2.18.4 | 8000 |\n",
        "| what it will do | program | version | port |\n|---|---|---|---|\n| may keep documents | Paperless-ngx | | "
        "8000 |\n",
    };
    PLAIN(lines);
    CLEAN(clean);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_participle_of_the_service),
        cmocka_unit_test(a_container_by_the_services_words),
        cmocka_unit_test(the_only_row_of_a_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
