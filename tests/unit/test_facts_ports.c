/* test_facts_ports.c - ports of services: their own, a peer's, a container's inside, and on hosts whose list is closed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

static void own_ports(void **state) {
    (void)state;
    static const said cases[] = {
        {"The inference engine listens on port 30001.", ""},
        {"The inference engine listens on port 8080.", "port 8080"},
        {"The inference engine listens on 8080.", "8080"},
        {"The inference engine is bound to port 8082.", "port 8082"},
        {"Port 8081 of the inference engine is open.", "Port 8081"},
        {"The inference engine answers on `localhost:8083`.", "localhost:8083"},
        {"### The inference engine\n\n- Port: 8085\n- Threads: many", "Port: 8085"},
        {"| port | service |\n| --- | --- |\n| 8086 | inference engine |", "8086"},
        {"| port | service |\n| --- | --- |\n| 30001 | inference engine |", ""},
        {"| service | port |\n| --- | --- |\n| inference engine | 30000 |", "30000"},
        {"```bash\ndocker run -p 8087:8000 acme/tern-server:v0.17.0\n```", "8087"},
        {"```yaml\nservices:\n  inference:\n    ports:\n      - \"8088:8000\"\n```", "8088"},
        {"```yaml\nservices:\n  inference:\n    network_mode: host\n    command: serve --port 8089\n```", "8089"},
        {"```yaml\n# /etc/tern/server.yaml\nport: 8090\n```", "port: 8090"},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

static void ports_of_others(void **state) {
    (void)state;
    static const said cases[] = {
        {"The inference engine sends images on to port 30000.", ""},
        {"The inference engine polls port 30000 every minute.", ""},
        {"The inference engine talks to the fallback endpoint on port 30000.", ""},
        {"The inference engine moved from port 8000 to port 30001.", ""},
        {"The inference engine logs to syslog on UDP port 514.", ""},
        {"I SSH into the box of the inference engine on port 22.", ""},
        {"The inference engine accepts connections from ports 1024 to 65535.", ""},
        {"Requests to the inference engine come from port 444 of a proxy.", ""},
        {"The inference engine runs on 8192 rows at a time.", ""},
        {"Use port 9999 if you like the inference engine there.", ""},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

static void inside_of_containers(void **state) {
    (void)state;
    static const said cases[] = {
        {"```yaml\nservices:\n  inference:\n    ports:\n      - \"30001:8000\"\n      - \"127.0.0.1:30001:8000\"\n"
         "    command: serve --port 8000\n    healthcheck:\n      test: curl http://localhost:8000/health\n    "
         "expose:\n"
         "      - 9000\n```",
         ""},
        {"```bash\ndocker run -p 30001:8000 acme/tern-server:v0.17.0 --port 8000\n```", ""},
        {"```console\n$ docker ps\nCONTAINER ID   IMAGE                      PORTS                     NAMES\n"
         "3f2a1b4c5d6e   acme/tern-server:v0.17.0   0.0.0.0:30001->8000/tcp   inference\n```",
         ""},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

static void hosts_with_a_closed_list(void **state) {
    (void)state;
    static const said cases[] = {
        {"The site answers at `http://10.9.0.2:443/` as well.", ""},
        {"The feed is at `http://10.9.0.2:8444/feed` as well.", "8444"},
        {"Only port 8443 of perch is open to my Anvil.", "port 8443"},
        {"Something listens at `http://anvil:9000/` on the Anvil.", ""},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(own_ports), cmocka_unit_test(ports_of_others),
                                       cmocka_unit_test(inside_of_containers),
                                       cmocka_unit_test(hosts_with_a_closed_list)};
    return cmocka_run_group_tests_name("facts: ports", tests, NULL, NULL);
}
