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
        {"The inference engine answered anyone. Today it listens on port 8084, while the fallback endpoint sits on "
         "port "
         "30000.",
         "port 8084"},
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
        {"```bash\nINFERENCE_PORT=8091\nexport FALLBACK_PORT=30000\nMETRICS_PORT=9100\n```", "8091"},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

/* A service without a declared port beside one that has one; and a port that is some other program's by default. */
static const char bench[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "components:\n"
    "  - {id: tern, aliases: [Tern, tern-server], scheme: semver, version: 0.17.0}\n"
    "  - {id: small-model, aliases: [Pipit 7B, small model]}\n"
    "hardware:\n"
    "  - {id: anvil, aliases: [Anvil], attrs: {cpu_cores: {value: 20, unit: core}}}\n"
    "services:\n"
    "  - {id: inference, aliases: [inference engine], host: anvil, port: 30001, runs: [tern, small-model]}\n"
    "  - {id: mcp, aliases: [tool server], host: anvil, exposes: {world: closed, items: [blog search, "
    "{name: Tern diagnostics, aliases: [diagnose_tern]}]}}\n";

static void whose_it_is_said_to_be(void **state) {
    (void)state;
    static const said cases[] = {
        {"The Anvil runs Tern.\n\n```console\n$ curl -s http://127.0.0.1:8931/mcp\nblog_search\ndiagnose_tern\n```",
         ""},
        {"The Anvil runs Tern. It says how Tern is:\n\n```console\n$ curl -s http://127.0.0.1:8931/tools\n"
         "diagnose_tern\n```",
         ""},
        {"The Anvil runs Tern.\n\n```console\n$ curl -s http://127.0.0.1:8931/v1/models\n{\"id\": \"Pipit 7B\"}\n```",
         "8931"},
        {"Our inference engine used to answer to anyone on the Anvil. Today it listens on port 8080.", "port 8080"},
        {"Our inference engine used to answer to anyone on the Anvil. These days it listens on port 30001.", ""},
        {"On the Anvil I fall back to Tern, which listens on port 9001.", "port 9001"},
        {"On the Anvil Tern now answers on port 9001.", "port 9001"},
        {"On the Anvil Tern writes to the console, which listens on port 9001.", ""},
        {"On the Anvil Tern and the console on port 9001 share a box.", ""},
        {"My notes on the Anvil:\n\n| Role | Model | Endpoint |\n| --- | --- | --- |\n| Small | Pipit 7B | port 9001 |",
         "port 9001"},
        {"My notes on the Anvil:\n\n| Role | Model | Endpoint |\n| --- | --- | --- |\n| Console | Pipit 7B | port 9001 "
         "|",
         ""},
        {"My notes on the Anvil:\n\n| Role | Model | Endpoint |\n| --- | --- | --- |\n| Small | Pipit 7B | port 30001 "
         "|",
         ""},
    };
    expect_contradicted(bench, cases, COUNT_OF(cases));
}

/* What a line of a file leads to is not the port of the program that the line, or its service, names. */
static void upstreams(void **state) {
    (void)state;
    static const said cases[] = {
        {"```\npublic_site_proxy 10.9.0.7:30001 {\n```", ""},
        {"```\nproxy_pass http://localhost:3999;  # public site\n```", ""},
        {"```yaml\nservices:\n  inference:\n    environment:\n      TOOLS_URL: http://10.9.0.2:443/v1\n```", ""},
        {"```yaml\nservices:\n  inference:\n    environment:\n      GRAPH_URL: http://10.9.0.9:4317\n```", ""},
        {"```yaml\n# /etc/tern/server.yaml\nlisten: 127.0.0.1:30002\n```", "127.0.0.1:30002"},
        {"| port | service |\n| --- | --- |\n| 443, 2019 | public site |", ""},
        {"| port | service |\n| --- | --- |\n| 444, 2019 | public site |", "444 | 2019"},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

/* Rows of a machine: a port is not that of the service which the table leaves out, where its row names another. */
static void rows_with_names(void **state) {
    (void)state;
    static const char farm[] =
        "assay-facts: 1\nas_of: 2026-05-18\n"
        "components:\n  - {id: otter, aliases: [Otter], version: 1.2.0}\n  - {id: stoat, aliases: [Stoat], version: "
        "2.0.1}\n"
        "hosts:\n  - {id: barn, aliases: [barn]}\n"
        "services:\n"
        "  - {id: pages, aliases: [pages], host: barn, port: 3000}\n"
        "  - {id: graphs, aliases: [graphs], host: barn, port: 3001}\n"
        "  - {id: exporter, aliases: [barn exporter], host: barn, port: 9100}\n"
        "  - {id: chat, aliases: [chat page], host: barn, runs: [otter]}\n"
        "  - {id: store, aliases: [store], host: barn, port: 6333, runs: [stoat]}\n"
        "  - {id: store-grpc, aliases: [store over gRPC], host: barn, runs: [stoat]}\n";
    static const said cases[] = {
        {"| what | host | port |\n| --- | --- | --- |\n| pages | barn | 3000 |\n| graphs | barn | 3001 |\n| store | "
         "barn "
         "| 6333 |\n| chat page | barn | 3080 |",
         ""},
        {"Stoat answers on port 6334, too.", ""},
        {"Stoat answers on port 6334.", ""}, /* of its two services one has no declared port */
        {"The store answers on port 6335.", "port 6335"},
    };
    expect_contradicted(farm, cases, COUNT_OF(cases));
}

static void bare_numbers(void **state) {
    (void)state;
    static const said cases[] = {
        {"The inference engine listens on 30001, the fallback endpoint on 30003.", "30003"},
        {"The inference engine and the fallback endpoint listen on 30001 and 30003.", "30003"},
        {"Two services run here: inference engine (30001) and fallback endpoint (30003).", "30003"},
        {"The inference engine is on 30002.", "30002"},
        {"The inference engine listens on port 30002 inside the cluster.", "port 30002"},
        {"The inference engine answers in 96 ms, from three pods on port 30002.", "port 30002"},
        {"The inference engine's port is 30002.", "30002"},
        {"The port of the inference engine is 30002.", "30002"},
        {"The inference engine's port, 30002, is closed from outside.", "30002"},
        {"The inference engine listens on UDP 30002.", "30002"},
        {"The inference engine answers at `:30002`.", "30002"},
        {"The firewall opens 8443 for the public site.", "8443"},
        {"Open ports:\n\n- 30002: inference engine\n- 443: public site", "30002"},
        {"| service | listens on |\n| --- | --- |\n| inference engine | 30002 |", "30002"},
        {"| host | service | port |\n| --- | --- | --- |\n| Anvil | inference engine | 30002 |", "30002"},
        {"| setting | value |\n| --- | --- |\n| inference engine port | 30002 |", "30002"},
        {"```ini\n# /etc/tern/tern.ini\n[server]\nlisten_port = 30002\n```", "30002"},
        {"The settings of Heron:\n\n```ini\nListenPort = 30002\n```", "30002"},
        {"The inference engine (2026) replaced a script.", ""},
        {"The inference engine (1201) was killed by the kernel.", ""},
        {"The inference engine answers on 1500 of 1600 days.", ""},
        {"The inference engine on 4096 tokens is slow.", ""},
        {"The firewall of the VPS admits 443 (public site), 80 and 51820/udp.", ""},
        {"```ini\n# /etc/tern/tern.ini\nmetrics_port = 9400\n[upstream.heron]\nport = 30000\n```", ""},
        {"```ini\n# /etc/tern/tern.ini\n[metrics]\nport = 9400\n```", ""},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

static void names_behind_and_above(void **state) {
    (void)state;
    static const said cases[] = {
        {"On port 30002 runs the inference engine.", "port 30002"},
        {"On port 30002 the inference engine answers.", "port 30002"},
        {"Port 30002 goes to the inference engine.", "Port 30002"},
        {"## Inference engine\n\nIt listens on port 30002.", "port 30002"},
        {"## Inference engine\n\nThe fallback endpoint stands behind it. It listens on port 30000.", ""},
        {"## The inference engine\n\nPort 30000 is for pictures.", ""},
        {"```console\n$ ss -tlnp\nLISTEN 0 4096 127.0.0.1:30002 0.0.0.0:* users:((\"tern\",pid=1201,fd=7))\n```",
         "127.0.0.1:30002"},
        {"```console\n$ ss -tn\nESTAB 0 0 127.0.0.1:51234 127.0.0.1:30001 users:((\"tern\",pid=1201,fd=9))\n```", ""},
        {"```bash\ncurl -s http://localhost:30002/v1/models   # inference engine\n```", "30002"},
        {"| host | port | talks to |\n| --- | --- | --- |\n| Anvil | 9400 | inference engine |", ""},
        {"| service | port |\n| --- | --- |\n| a friend's inference engine | 9999 |", ""},
        {"The clients use `tern://app@perch:8443/models`.", "8443"},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

static void what_is_no_listener(void **state) {
    (void)state;
    static const said cases[] = {
        {"Inside the container, Tern listens on port 8000.", ""},
        {"The inference engine resolves names through port 53.", ""},
        {"In my test, the inference engine was on port 30002 for an hour.", ""},
        {"I tried the inference engine on port 30002 first.", ""},
        {"The inference engine will listen on port 30002 next month.", ""},
        {"The inference engine's metrics port is 9400.", ""},
        {"The inference engine also listens on port 9400.", ""},
        {"The inference engine listens on port 30001 and, for metrics, on port 9400.", ""},
        {"The inference engine listens on ports 30001 and 9400.", ""},
        {"```bash\nssh -L 9000:localhost:30001 perch   # the inference engine\n```", ""},
        {"```console\n$ tern-bench -m /srv/m.gguf -p 1024 -n 256\n```", ""},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

static const char database[] =
    "assay-facts: 1\n"
    "as_of: 2026-05-18\n"
    "components:\n"
    "  - {id: postgresql, aliases: [PostgreSQL], version: \"16.12\"}\n"
    "  - {id: redis, aliases: [Redis], version: \"7.2.4\"}\n"
    "  - {id: proxy, aliases: [Proxy], version: \"2.0.1\"}\n"
    "  - {id: builder, aliases: [Builder], version: \"1.2.0\"}\n"
    "services:\n"
    "  - {id: primary, host: first, port: 5432, runs: [postgresql]}\n"
    "  - {id: standby, host: second, port: 5433, runs: [postgresql]}\n"
    "  - {id: cache, host: first, port: 6379, runs: [redis]}\n"
    "  - {id: front, aliases: [front door], host: first, port: 443, runs: [proxy, builder]}\n"
    "  - id: api\n"
    "    host: first\n"
    "    port: 8090\n"
    "    exposes: {world: closed, items: [{name: user list, aliases: [/v1/users]}]}\n"
    "hosts:\n"
    "  - {id: first, aliases: [first]}\n"
    "  - {id: second, aliases: [second]}\n";

static void clients_and_routes(void **state) {
    (void)state;
    static const said cases[] = {
        {"```bash\npg_isready -p 5435\n```", "5435"},
        {"```bash\nredis-cli -p 6380 ping\n```", "6380"},
        {"```bash\nexport REDIS_URL=redis://127.0.0.1:6380/0\n```", "6380"},
        {"```bash\nredis-cli -p 6379 ping\n```", ""},
        {"```bash\npsql -h db.example.net -p 5999\n```", ""},
        {"```bash\ncurl http://127.0.0.1:8091/v1/users\n```", "8091"},
        {"```bash\ncurl http://127.0.0.1:8090/v1/users\n```", ""},
        {"PostgreSQL on first listens on port 5433.", "port 5433"},
        {"PostgreSQL on second listens on port 5433.", ""},
        {"Builder listens on port 1313 while I write.", ""},
        {"Proxy listens on port 1313.", "port 1313"},
        {"```ini\n[Container]\nImage=localhost/redis:7.2.4\nPublishPort=127.0.0.1:6380:6379\n```", "127.0.0.1:6380"},
        {"The front door is old. The door listens on port 444.", ""},
        {"`GET /v1/users` and `GET /v1/users/42` of the api", ""},
        {"`GET /v1/orders` of the api", "GET /v1/orders"},
        {"There is no `GET /v1/orders` in the api.", ""},
        {"```bash\ncurl -s http://127.0.0.1:8090/v1/secrets\n```", "/v1/secrets"},
        {"```bash\ncurl -s http://first:8090/v1/users/42?x=1\n```", ""},
        {"```bash\ncurl -s http://127.0.0.1:8090/v1/health\n```", ""},
        {"```bash\ncurl -s http://elsewhere.example.net:8090/v1/secrets\n```", ""},
        {"The api calls `GET /v1/orders` of the shop.", ""},
        {"| call | what |\n| --- | --- |\n| `GET /v1/users` | users |\n| `DELETE /v1/users` | out |\n| `GET "
         "/v1/orders` | "
         "orders |",
         "GET /v1/orders"},
    };
    expect_contradicted(database, cases, COUNT_OF(cases));
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

static void heads_that_differ(void **state) {
    (void)state;
    static const char desk[] = "assay-facts: 1\nas_of: 2026-05-18\n"
                               "hosts:\n  - {id: barn, aliases: [barn]}\n"
                               "services:\n"
                               "  - {id: review-db, aliases: [review database], host: barn, port: 5432}\n"
                               "  - {id: licence-page, aliases: [licence page], host: barn, port: 5054}\n";
    static const said cases[] = {
        {"| service | host | port |\n| --- | --- | --- |\n| review API | barn | 8040 |", ""},
        {"| service | host | port |\n| --- | --- | --- |\n| licence server | barn | 5053 |", ""},
        {"| service | host | port |\n| --- | --- | --- |\n| review database | barn | 5433 |", "5433"},
        {"| service | host | port |\n| --- | --- | --- |\n| licence page | barn | 5053 |", "5053"},
    };
    expect_contradicted(desk, cases, COUNT_OF(cases));
}

/* What the form around a port tells: the host beside it, the machine over it, the command, the list. */
static const char orchard[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "components:\n"
    "  - {id: weasel, aliases: [Weasel, weasel-server], version: 1.2.0}\n"
    "  - {id: plum, aliases: [plum-7b], version: \"1.0\"}\n"
    "  - {id: pear, aliases: [pear-embed], version: \"1.0\"}\n"
    "  - {id: gatekeeper, aliases: [Gatekeeper, gatekeeper], version: 2.1.0}\n"
    "  - {id: runner, aliases: [Docker, docker], version: \"28.0\"}\n"
    "hosts:\n"
    "  - {id: barn, aliases: [barn, 10.9.0.2], runs: {world: closed, items: [weasel, plum, pear]}}\n"
    "  - {id: shed, aliases: [shed], runs: {world: closed, items: [gatekeeper, runner]}}\n"
    "  - {id: loft, aliases: [loft]}\n"
    "  - {id: nook, aliases: [nook], runs: {world: closed, items: [plum]}}\n"

    "services:\n"
    "  - {id: writer, aliases: [writing endpoint], host: barn, port: 8081, runs: [weasel, plum]}\n"
    "  - {id: vectors, aliases: [vector endpoint], host: barn, port: 8082, runs: [weasel, pear]}\n"
    "  - {id: ssh-barn, aliases: [\"barn:2022\"], host: barn, port: 2022}\n"
    "  - {id: web, aliases: [web front], host: shed, port: 443, runs: [gatekeeper]}\n"
    "  - {id: web-plain, aliases: [plain HTTP], host: shed, port: 80, runs: [gatekeeper]}\n"
    "  - {id: page, aliases: [status page], host: shed, port: 3001}\n"
    "  - {id: tunnel, aliases: [tunnel], host: shed, port: 51820/udp}\n"
    "  - {id: ssh-shed, aliases: [\"shed:2022\"], host: shed, port: 2022}\n"
    "  - {id: store, aliases: [note database], host: loft, port: 5432}\n"
    "  - {id: feed, aliases: [feed], host: nook, port: 9000}\n"
    "  - {id: queue, aliases: [queue], host: loft, port: 7070}\n";

static void hosts_beside(void **state) {
    (void)state;
    static const said cases[] = {
        {"```yaml\ntarget: {host: shed, port: 444}\n```", "port: 444"},
        {"```yaml\ntarget: {host: shed, port: 443}\n```", ""},
        {"```yaml\nsinks:\n  main:\n    host: barn\n    port: 8083\n```", "port: 8083"},
        {"```yaml\nsinks:\n  main:\n    port: 8083\n    host: 10.9.0.2\n```", "port: 8083"},
        {"```toml\nwriter = {host = \"10.9.0.2\", port = 8083}\n```", "8083"},
        {"```bash\nprobe --host barn --port 8083\n```", "8083"},
        {"```yaml\ntarget: {host: db.example.net, port: 444}\n```", ""},
        {"```yaml\ntarget: {host: loft, port: 444}\n```", ""}, /* what runs there is open */
        {"```yaml\n- {host: shed, port: 443}\n- {host: localhost, port: 9000}\n```", ""},
        {"```yaml\nsinks:\n  - host: barn\n    port: 8081\n  - host: you.example\n    port: 8083\n```", ""},
        {"```yaml\ntarget: {host: shed, metrics_port: 9100}\n```", ""},
        {"```yaml\nsinks:\n  main:\n    host: barn\n  other:\n    port: 8083\n```", ""},
        {"The stream arrives at barn on port 8083.", "port 8083"},
        {"The stream arrives at the loft on port 8083.", ""},
        {"The backup connects to loft on port 22.", ""},
        {"```yaml\ntarget: {host: nook, port: 22}\n```", ""}, /* it has an sshd, declared or not */
        {"The stream goes from barn to a friend on port 8083.", ""},
    };
    expect_contradicted(orchard, cases, COUNT_OF(cases));
}

static void machines_above(void **state) {
    (void)state;
    static const said cases[] = {
        {"| | barn | shed |\n| --- | --- | --- |\n| listens on | 8083 | 443 |", "8083"},
        {"| | barn | shed |\n| --- | --- | --- |\n| port | 8081 | 444 |", "444"},
        {"| | barn | shed |\n| --- | --- | --- |\n| listens on | 8081 | 443 |", ""},
        {"| | barn | loft |\n| --- | --- | --- |\n| listens on | 8081 | 9999 |", ""},
        {"| | barn | theirs |\n| --- | --- | --- |\n| listens on | 8081 | 9999 |", ""},
        {"| | barn | shed |\n| --- | --- | --- |\n| metrics port | 9100 | 9100 |", ""},
        {"| | barn | shed |\n| --- | --- | --- |\n| ports | 2 | 4 |", ""},
        {"| | barn | shed |\n| --- | --- | --- |\n| port of the switch | 8083 | 444 |", ""},
        {"| | barn | shed |\n| --- | --- | --- |\n| listened on until May | 8083 | 444 |", ""},
        {"| | barn | shed |\n| --- | --- | --- |\n| watts | 8083 | 444 |", ""},
        {"| what | host | port | program |\n| --- | --- | --- | --- |\n| front | shed | 443, 81 | Gatekeeper |", "81"},
        {"| what | host | port | program |\n| --- | --- | --- | --- |\n| front | shed | 443, 80 | Gatekeeper |", ""},
        {"| what | host | port | program |\n| --- | --- | --- | --- |\n| front | shed | 443, 2019 for admin | "
         "Gatekeeper "
         "|",
         ""},
        {"| what | host | port | program |\n| --- | --- | --- | --- |\n| front | shed | 443, 80, 2019 | Gatekeeper |",
         ""},
    };
    expect_contradicted(orchard, cases, COUNT_OF(cases));
}

/* A port that the program has by default, and no service declares, is one more of its own. */
static void default_ports(void **state) {
    (void)state;
    static const char gate[] = "assay-facts: 1\nas_of: 2026-05-18\n"
                               "components:\n  - {id: caddy, aliases: [Caddy], version: 2.10.2}\n"
                               "hosts:\n  - {id: shed, aliases: [shed]}\n"
                               "services:\n"
                               "  - {id: web, aliases: [web front], host: shed, port: 443, runs: [caddy]}\n"
                               "  - {id: web-plain, aliases: [plain HTTP], host: shed, port: 80, runs: [caddy]}\n";
    static const said cases[] = {
        {"| what | host | port | program |\n| --- | --- | --- | --- |\n| front | shed | 443, 2019 | Caddy |", ""},
        {"| what | host | port | program |\n| --- | --- | --- | --- |\n| front | shed | 443, 81 | Caddy |", "81"},
        {"| what | host | port | program |\n| --- | --- | --- | --- |\n| front | shed | 443, 80 | Caddy |", ""},
    };
    expect_contradicted(gate, cases, COUNT_OF(cases));
}

static void of_commands(void **state) {
    (void)state;
    static const said cases[] = {
        {"```bash\nweasel-server --model /srv/plum-7b.gguf --port 8083\n```", "8083"},
        {"```ini\nExecStart=/opt/weasel-server \\\n  --model /srv/pear-embed.gguf \\\n  --host 0.0.0.0 --port 8083 "
         "--flash\n```",
         "8083"},
        {"```bash\nweasel-server \\\n  --model /srv/plum-7b.gguf \\\n  --port 8081\n```", ""},
        {"```bash\nother-server --model /srv/plum-7b.gguf --port 9999\n```", ""},
        {"```bash\nweasel-server --models plum-7b,pear-embed --port 9999\n```", ""},
        {"```console\n$ sudo ss -tlnp\n0.0.0.0:8083 users:((\"gatekeeper\",pid=812,fd=5))\n```", "0.0.0.0:8083"},
        {"```console\n$ sudo ss -tlnp\n*:444 users:((\"gatekeeper\",pid=771,fd=8))\n*:80 "
         "users:((\"gatekeeper\",pid=771,fd=7))\n```",
         "444 users"},
        {"```console\n$ sudo ss -tlnp\n*:443 users:((\"gatekeeper\",pid=771,fd=8))\n*:80 "
         "users:((\"gatekeeper\",pid=771,fd=7))\n127.0.0.1:3002 users:((\"docker-proxy\",pid=1206,fd=7))\n0.0.0.0:2022 "
         "users:((\"sshd\",pid=640,fd=3))\n```",
         "127.0.0.1:3002"},
        {"```console\n$ sudo ss -tlnp\n*:443 users:((\"gatekeeper\",pid=771,fd=8))\n*:80 "
         "users:((\"gatekeeper\",pid=771,fd=7))\n127.0.0.1:3001 users:((\"docker-proxy\",pid=1206,fd=7))\n0.0.0.0:22 "
         "users:((\"sshd\",pid=640,fd=3))\n0.0.0.0:9100 users:((\"exporter\",pid=641,fd=3))\n```",
         ""},
        {"```console\n$ sudo ss -tlnp\n*:443 users:((\"gatekeeper\",pid=771,fd=8))\n*:80 "
         "users:((\"gatekeeper\",pid=771,fd=7))\n127.0.0.1:2019 users:((\"gatekeeper\",pid=771,fd=9))\n```",
         ""},
        {"```console\n$ sudo ss -tlnp\nLISTEN 0 128 *:443 users:((\"gatekeeper\",pid=771,fd=8))\nLISTEN 0 128 *:80 "
         "users:((\"gatekeeper\",pid=771,fd=7))\nLISTEN 0 128 127.0.0.1:2019 "
         "users:((\"gatekeeper\",pid=771,fd=9))\n```",
         ""},
        {"```console\n$ sudo ss -tnp\nESTAB 0 0 127.0.0.1:51234 127.0.0.1:443 "
         "users:((\"gatekeeper\",pid=1201,fd=9))\n```",
         ""},
    };
    expect_contradicted(orchard, cases, COUNT_OF(cases));
}

static void lists_of_ports(void **state) {
    (void)state;
    static const said cases[] = {
        {"### Ports\n\n- writing endpoint 8083\n- status page 3001", "8083"},
        {"### Ports\n\n- database on :5433, queue on :7070, both `loft`", ":5433"},
        {"### Ports\n\n- database on 5433, queue on 7071, both `loft`", "5433 | 7071"},
        {"### Ports\n\n- database on :5432, queue on :7070, both `loft`", ""},
        {"### Ports that we closed in March\n\n- writing endpoint 8083\n- status page on 3002", ""},
        {"### Ports of the old house\n\n- writing endpoint 8083\n- status page (3002)", ""},
        {"### Ports a friend uses\n\n- status page: 3002", ""},
        {"### Ports in the test lab\n\n- status page on 3002", ""},
        {"These were our ports before May:\n\n- status page on 3002", ""},
        {"### Open ports\n\n- status page on 3002", "3002"},
        {"### Pages\n\n- writing endpoint 8083\n- status page 3001", ""},
        {"### Ports\n\n- the old database on :5433, until March, `loft`", ""},
        {"### Ports\n\n- mirror on 5433, `loft`", ""},
        {"SSH answers on port 2023 of both.", "port 2023"},
        {"SSH answers on port 2022 of all of them.", ""},
        {"SSH listens on port 22 everywhere by default.", ""},
        {"Every scanner tries SSH on port 22.", ""},
        {"SSH answers on port 22 of the router.", ""},
    };
    expect_contradicted(orchard, cases, COUNT_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(heads_that_differ),
                                       cmocka_unit_test(hosts_beside),
                                       cmocka_unit_test(machines_above),
                                       cmocka_unit_test(default_ports),
                                       cmocka_unit_test(of_commands),
                                       cmocka_unit_test(lists_of_ports),
                                       cmocka_unit_test(own_ports),
                                       cmocka_unit_test(whose_it_is_said_to_be),
                                       cmocka_unit_test(upstreams),
                                       cmocka_unit_test(rows_with_names),
                                       cmocka_unit_test(bare_numbers),
                                       cmocka_unit_test(names_behind_and_above),
                                       cmocka_unit_test(what_is_no_listener),
                                       cmocka_unit_test(clients_and_routes),
                                       cmocka_unit_test(ports_of_others),
                                       cmocka_unit_test(inside_of_containers),
                                       cmocka_unit_test(hosts_with_a_closed_list)};
    return cmocka_run_group_tests_name("facts: ports", tests, NULL, NULL);
}
