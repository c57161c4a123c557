/* test_facts_hosting.c - where hosts stand, what runs on them, what services expose. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

static void places(void **state) {
    (void)state;
    static const said cases[] = {
        {"My VPS is in Oslo.", ""},
        {"My VPS is in Norway.", ""},
        {"My VPS is in Frankfurt.", "Frankfurt"},
        {"- **VPS:** hosted in Frankfurt", "Frankfurt"},
        {"Three machines in Lisbon carry the product on the Anvil and perch.", "Lisbon"},
        {"Three rented machines in Lisbon carry what the Anvil writes.", "Lisbon"},
        {"All of our servers stand in Toronto.", "Toronto"},
        {"Your data is on the same two servers in Warsaw as last week.", "Warsaw"},
        {"Our VPS provider is a company in Nuremberg.", ""},
        {"A customer in Lisbon wrote to us about the VPS.", ""},
        {"We met in Lisbon to rebuild the VPS.", ""},
        {"I manage the VPS from Lisbon.", ""},
        {"The VPS serves customers in Lisbon.", ""},
        {"My VPS, still in Lisbon, is fast.", "Lisbon"},
        {"My VPS sits in a datacenter in the Netherlands.", "Netherlands"},
        {"A friend's server stands in Lisbon.", ""},
        {"A second server in Lisbon would cost too much.", ""},
        {"Servers in Lisbon are cheap.", ""},
        {"The VPS is in Oslo, with backups in Riga.", ""},
        {"- **VPS** is the rented one: two vCPUs, in Frankfurt, 34 ms away.", "Frankfurt"},
        {"Our cluster has five nodes in two buildings of Lisbon.", "Lisbon"},
        {"We are two; the farm is three nodes in a cupboard in Lisbon, plus a switch.", "Lisbon"},
        {"The bucket is in Lisbon, behind a lock that not even we can lift.", "Lisbon"},
        {"We would not wait for a restore of the 38.4 TB in Oslo.", ""},
        {"We restore a part of the 38.4 TB in Lisbon.", "Lisbon"},
        {"Our requests pass through a tunnel (UDP 51820) to the house in Lisbon.", "Lisbon"},
        {"All four of them stand under one roof in Lisbon.", "Lisbon"},
        {"A friend's bucket is in Lisbon, and we like it.", ""},
        {"We know the nodes that a friend in a cupboard in Lisbon built.", ""},
        {"We sell servers to the office in Lisbon.", ""},
        {"I like the house in Lisbon.", ""},
        {"I like two buildings of Lisbon.", ""},
        {"We buy 4 TB in Lisbon.", ""},
        {"The VPS helps with a provider in Lisbon.", ""},
        {"The server in Lisbon that a listener recommends to us is bigger than the VPS.", ""},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

static void what_runs(void **state) {
    (void)state;
    static const said cases[] = {
        {"The VPS runs Caddy.", ""},
        {"The VPS runs Caddy and Nginx.", "Nginx"},
        {"- **VPS:** in Oslo, running Nginx", "Nginx"},
        {"I use a small VPS for the site. It runs Nginx and PostgreSQL.", "Nginx | PostgreSQL"},
        {"My VPS, in Oslo, runs Nginx as a proxy and hosts the Redis database.", "Nginx | Redis"},
        {"On the VPS I run Traefik.", "Traefik"},
        {"The VPS also runs Tern.", "Tern"},
        {"| host | runs | never runs |\n| --- | --- | --- |\n| VPS | Caddy, Nginx | Redis, Tern |", "Nginx"},
        {"A VPS running Nginx needs certbot.", ""},
        {"The VPS runs Caddy instead of Nginx.", ""},
        {"The VPS runs Caddy, not Nginx.", ""},
        {"The VPS runs Caddy, which replaced Nginx.", ""},
        {"The VPS runs no Nginx.", ""},
        {"The VPS does not run Nginx.", ""},
        {"The VPS hosts a Redis tutorial.", ""},
        {"The VPS hosts articles about PostgreSQL.", ""},
        {"The VPS runs an Nginx-compatible config.", ""},
        {"The VPS would run Nginx.", ""},
        {"The VPS ran Nginx until 2025.", ""},
        {"A friend's VPS runs Nginx.", ""},
        {"Does the VPS run Nginx?", ""},
        {"The VPS runs Caddy because Nginx needs certbot.", ""},
        {"The backup box runs Nginx.", ""},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

static void what_is_put_there(void **state) {
    (void)state;
    static const said cases[] = {
        {"Plausible counts visits on the same VPS. A MinIO bucket on the same VPS keeps the pictures.",
         "Plausible | MinIO"},
        {"A Mastodon instance shares the VPS with them. Nginx on the VPS does the rest.", "Mastodon | Nginx"},
        {"On that VPS there's Caddy for the pages, nginx as the proxy, and a MariaDB.", "nginx | MariaDB"},
        {"Redis runs on the VPS. MongoDB lives on the VPS, too.", "Redis | MongoDB"},
        {"Caddy serves the pages, and WordPress sits on the VPS.", "WordPress"},
        {"## What runs on the VPS\n\nCaddy, of course. Next to it sits MongoDB, for the counters.", "MongoDB"},
        {"## What runs on the VPS\n\n- **MinIO**: pictures\n- Caddy: pages", "MinIO"},
        {"Plausible would count visits on the same VPS.", ""},
        {"Prometheus on the Anvil watches the load on the VPS. Prometheus scrapes the exporter on the VPS.", ""},
        {"A Redis instance on a VPS costs little. On the VPS there's no MongoDB.", ""},
        {"On the VPS there's Caddy, not nginx. On the VPS there's neither a queue nor Redis.", ""},
        {"We moved MongoDB off the VPS. Grafana reads its numbers on the VPS.", ""},
        {"MongoDB used to share the VPS with them. Nginx on the VPS was replaced by Caddy.", ""},
        {"You could run nginx on the VPS. If Redis runs on the VPS, something is wrong.", ""},
        {"Plausible answers on the VPS matter.", ""},
        {"## What ran on the VPS\n\n- **MinIO**: pictures", ""},
        {"## What does not run on the VPS\n\n- **MinIO**: pictures", ""},
        {"The VPS hosts nothing but Caddy and a Redis instance.", ""},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

/* "A VPS" that is ours, by the list that it stands in or by what is said to live there. */
static void hosts_with_an_article(void **state) {
    (void)state;
    static const said cases[] = {
        {"## The setup\n\n- **The brain:** the Anvil, with 20 cores\n- **The face:** a hardened VPS in Bremen, 4 vCPUs",
         "Bremen"},
        {"Mine is short:\n\n1. **The desk.** An Anvil with 20 cores.\n2. **The van.** A VPS in Bremen, Germany.",
         "Bremen | Germany"},
        {"You should draw what you have. Ours looks like this:\n\n* **Inference:** Tern on the Anvil\n* **Edge:** a "
         "VPS in "
         "Bremen with a 1 Gbit/s uplink",
         "Bremen"},
        {"It is done by a VPS in Bremen, where the finished site lives.", "Bremen"},
        {"The site itself lives elsewhere, on a hardened VPS in Bremen.", "Bremen"},
        {"Everything we run comes down to this:\n\n+ an Anvil with 20 cores\n+ a rented VPS with four vCPUs, which "
         "lives in "
         "Bremen",
         "Bremen"},
        {"Our VPS has been in Bremen since the beginning. The VPS (two cores, data centre in Lisbon) is small.",
         "Bremen | Lisbon"},
        {"The VPS (two cores, 80 ms from readers in Bremen) is small.", ""},
        {"|  | Anvil | VPS |\n| --- | --- | --- |\n| Workloads | Tern | Caddy, Grafana |", "Grafana"},
        {"The web tier, a small VPS in Bremen, is separate. The public side is simple: a VPS in Lisbon.",
         "Bremen | Lisbon"},
        {"A VPS in Bremen hands out the pages. The hardened VPS (Debian 12, Lisbon) does the rest.", "Bremen | Lisbon"},
        {"My first idea, a VPS in Bremen, was too dear. My advice: a VPS in Lisbon, no database.", ""},
        {"The usual answer, a VPS in Bremen, is fine. Our alternative, a VPS in Lisbon, costs more.", ""},
        {"My neighbour's machine, a VPS in Bremen, is fast. Our old host, a VPS in Lisbon, is gone.", ""},
        {"The VPS, a small machine in Bremen, costs little. VPS (Hetzner, Lisbon): two cores.", "Bremen | Lisbon"},
        {"The site lives on a VPS in Amsterdam, the Netherlands.", "Amsterdam | Netherlands"},
        {"| Role | Machine | Location |\n| --- | --- | --- |\n| Inference | Anvil | home |\n| Web | VPS | Bremen |",
         "Bremen"},
        {"| Role | Machine | Location |\n| --- | --- | --- |\n| Web | VPS | Oslo |\n| Before 2024 | VPS | Bremen |",
         ""},
        {"| Reader | Machine | Country |\n| --- | --- | --- |\n| Ana | VPS | Germany |", ""},
        {"| Machine | Fastest from | Location |\n| --- | --- | --- |\n| VPS | Bremen | Oslo |", ""},
        {"The VPS, a gift from a friend in Bremen, runs Caddy. The VPS, a machine for readers in Lisbon, is small.",
         ""},
        {"## The setup\n\n- **The brain:** the Anvil, with 20 cores\n- **The face:** a hardened VPS in Oslo", ""},
        {"## Options that we weighed\n\n- **Local:** the Anvil in the cupboard\n- **Cloud:** a VPS in Bremen", ""},
        {"## What you could take\n\n- **Local:** the Anvil in the cupboard\n- **Cloud:** a VPS in Bremen", ""},
        {"## Machines\n\n- **Local:** the Anvil\n- **Ana, a reader:** a VPS in Bremen", ""},
        {"## Machines\n\n- **Local:** the Anvil\n- **Before the move:** a VPS in Bremen", ""},
        {"## Machines\n\n- **Local:** the Anvil\n- **Cheapest host:** a VPS in Bremen", ""},
        {"## What we had in 2023\n\n- **Local:** the Anvil\n- **Edge:** a VPS in Bremen", ""},
        {"## Prices\n\n- **One core:** a VPS in Bremen\n- **Two cores:** a VPS in Lisbon", ""},
        {"A VPS in Bremen costs 5 EUR. A reader runs a VPS in Lisbon. Rent a VPS in Warsaw if you like.", ""},
        {"A reader's site lives elsewhere, on a VPS in Bremen.", ""},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

/* What the machine is said to run by what it does there, and in lists of it. */
static void programs_at_work(void **state) {
    (void)state;
    static const said cases[] = {
        {"Articles are delivered by our VPS, where nginx terminates TLS and a MariaDB 11 database stores comments.",
         "nginx | MariaDB"},
        {"The site itself lives on a VPS in Oslo. There Caddy proxies, and Redis caches rendered fragments.", "Redis"},
        {"On the VPS, I keep things boring: Nginx terminates TLS, and Traefik routes the rest.", "Nginx | Traefik"},
        {"The VPS runs Caddy. A Prometheus instance scrapes 31 metrics there.", "Prometheus"},
        {"It is done by a VPS in Oslo, where the finished site lives next to a MariaDB instance and a Matomo server.",
         "MariaDB | Matomo"},
        {"- **VPS:** a small instance in Oslo, with Caddy 2.10.2 and Redis behind a firewall", "Redis"},
        {"- **Local:** the Anvil\n- **Edge:** a VPS in Oslo, which runs Caddy and a Redis cache", "Redis"},
        {"The VPS is in Oslo. It is small. Three services run there:\n\n- Caddy, for TLS\n- Ghost, which stores the "
         "articles\n- Redis, which caches pages",
         "Ghost | Redis"},
        {"The site is served from a hardened VPS in Oslo. The edge runs a small set of services:\n\n- Caddy for TLS\n- "
         "Nginx as the reverse proxy",
         "Nginx"},
        {"A VPS should do one job. Ours does two, and we watch all of them:\n\n| Service | Memory |\n| --- | --- |\n| "
         "Caddy | much |\n| Grafana | more |",
         "Grafana"},
        /* honest neighbours */
        {"Most sites are delivered by a VPS, where nginx terminates TLS and Redis caches pages.", ""},
        {"On the VPS, nginx configs are gone. On the VPS, Redis would be too much.", ""},
        {"On the VPS, I keep things boring: Nginx went in March, and Traefik scares me.", ""},
        {"The VPS runs Caddy. A friend has Prometheus scrape metrics there.", ""},
        {"On the Anvil Prometheus scrapes 31 metrics, and Grafana draws them there.", ""},
        {"The VPS is in Oslo. Three services ran there:\n\n- Caddy, for TLS\n- Redis, which cached pages", ""},
        {"The VPS is small. It could run many services:\n\n- Caddy, for TLS\n- Redis, which caches pages", ""},
        {"The VPS is small. None of these services run there:\n\n- Caddy 1\n- Redis", ""},
        {"The VPS is small. Services that one can run:\n\n- Nginx\n- Redis", ""},
        {"The VPS serves. The Anvil has the rest, and these services run there:\n\n- Caddy, for metrics\n- Redis", ""},
        {"The VPS runs few services:\n\n| Service | Typical blog | Ours |\n| --- | --- | --- |\n| Caddy | no | yes "
         "|\n| "
         "Redis | yes | no |",
         ""},
        {"The VPS runs these services:\n\n| Service | Memory |\n| --- | --- |\n| Caddy | much |\n| Redis on the Anvil "
         "| "
         "more |",
         ""},
        {"Install Caddy on your VPS. On a VPS, you might run these services:\n\n- Caddy\n- Redis", ""},
        {"On the VPS I would rather have Caddy than Nginx or Redis. A VPS with Caddy and Redis costs more.", ""},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

/* The verb's list behind what its items are for, and instances right before the machine. */
static void programs_in_plain_sentences(void **state) {
    (void)state;
    static const said cases[] = {
        {"The VPS runs Caddy as a reverse proxy, Tern, and a MariaDB database for comments.", "Tern | MariaDB"},
        {"The VPS runs Caddy for the pages, with Nginx as a reverse proxy.", "Nginx"},
        {"The VPS hosts Caddy behind Nginx.", "Nginx"},
        {"The VPS runs only two things: Caddy and Redis.", "Redis"},
        {"The VPS carries Caddy and a small Redis.", "Redis"},
        {"Analytics are handled by a self-hosted Plausible instance on the VPS.", "Plausible"},
        {"Comments are stored in MariaDB on the VPS. Comments live in a MariaDB database on the same VPS.",
         "MariaDB | MariaDB"},
        {"Uptime is watched by Uptime Kuma and Grafana on the VPS.", "Grafana"},
        {"We run Nginx on the VPS. I also installed Redis on the VPS.", "Nginx | Redis"},
        {"Prometheus and Grafana run on the VPS as well.", "Prometheus | Grafana"},
        {"On the VPS: Caddy, Redis.", "Redis"},
        {"The VPS runs Caddy and Fail2ban. On the VPS, CrowdSec blocks attackers.", "Fail2ban | CrowdSec"},
        {"- **VPS** – Caddy, Redis\n- The VPS (Caddy, MariaDB)\n- VPS - Caddy, Valkey", "Redis | MariaDB | Valkey"},
        {"The VPS stack: Caddy, Redis.", "Redis"},
        {"A small VPS in Oslo runs Caddy and Umami for analytics.", "Umami"},
        {"Tern builds the site, and Nginx serves it from the VPS.", "Nginx"},
        {"The VPS also does analytics with Matomo. The VPS keeps a MariaDB database.", "Matomo | MariaDB"},
        {"Umami, running on the VPS, counts visits. Redis, which runs on the VPS, is fast.", "Umami | Redis"},
        {"There is also a Redis cache on the VPS.", "Redis"},
        /* honest neighbours */
        {"The VPS runs Caddy for the pages, and the Anvil runs Redis.", ""},
        {"The VPS runs Caddy for TLS, Redis is on the Anvil. The VPS runs Caddy, the others Nginx.", ""},
        {"The VPS runs Caddy as a proxy, where others take Nginx, Traefik or HAProxy.", ""},
        {"The VPS runs only one thing: Caddy. Not among them: Redis.", ""},
        {"The VPS could run Caddy as a proxy, and a MariaDB database.", ""},
        {"We do not run Nginx on the VPS. I would never run Redis on the VPS.", ""},
        {"I once installed Redis on the VPS and removed it the same day.", ""},
        {"People run Nginx on the VPS of their choice.", ""},
        {"Comments are not stored in MariaDB on the VPS. They were stored in MariaDB on the VPS until March.", ""},
        {"Prometheus and Grafana run on the Anvil, not on the VPS. Neither Prometheus nor Grafana runs on the VPS.",
         ""},
        {"Nginx and Redis on the VPS would be two more things to patch.", ""},
        {"The VPS runs Caddy as its web server, Nginx having been too much for us.", ""},
        {"I tried Redis on the VPS. We moved the comments from MariaDB on the VPS to files.", ""},
        {"If you use Nginx on the VPS, the config is this. A tutorial installs Nginx on the VPS.", ""},
        {"A small VPS in Oslo runs Nginx and Umami. - **Option:** a VPS, with Caddy and Redis", ""},
        {"A reader's site lives on a VPS in Oslo. The machine runs Nginx.", ""},
        {"The VPS keeps Redis out. The VPS has Nginx on its list of what it never had.", ""},
        {"There is no Redis cache on the VPS. Redis, which ran on the VPS in 2023, is gone.", ""},
        {"The VPS does without Redis what others do with Nginx.", ""},
        {"Requests for WordPress on the VPS end in 404. Scans for Redis on the VPS fail.", ""},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

/* "It" is the service of the sentence before. */
static void services_by_pronoun(void **state) {
    (void)state;
    static const said cases[] = {
        {"The tool server is small. It runs on the VPS.", "VPS"},
        {"Readers can connect to our tool server. Since it is hosted on the VPS, it stays available.", "VPS"},
        {"## The tool server\n\nMore than most. Since it is hosted on the VPS, it stays available.", "VPS"},
        {"- **Tool server:** runs on the VPS", "VPS"},
        {"Our tool server is a Python process on the VPS.", "VPS"},
        {"| Program | Host |\n| --- | --- |\n| Redis | VPS |\n| Caddy | VPS |\n| Nginx, until May | VPS |", "Redis"},
        {"| Tested | Host |\n| --- | --- |\n| Redis | VPS |", ""},
        {"- **Tool server:** runs on the Anvil", ""},
        {"The tool server is small. It runs on the Anvil.", ""},
        {"A backup of the tool server is made. It is stored on the VPS.", ""},
        {"The tool server knows Caddy. It runs on the VPS.", ""},
        {"Our VPS serves in Bremen. We chose Germany for the price.", ""},
        {"Our VPS is in Bremen. We chose Germany for the price.", "Bremen | Germany"},
        {"Our VPS is in Oslo. We chose Germany for our holidays.", ""},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

static void services_on_hosts(void **state) {
    (void)state;
    static const said cases[] = {
        {"The public site runs on perch.", ""},
        {"The public site runs on the Anvil.", "public site runs on the Anvil"},
        {"On our side the public site is on the Anvil.", "public site is on the Anvil"},
        {"The inference engine listens on perch.", "inference engine listens on perch"},
        {"I edit the public site on the Anvil.", ""},
        {"A public site runs on perch or the Anvil.", ""},
        {"The public site would run on the Anvil.", ""},
        {"The public site ran on the Anvil until 2024.", ""},
        {"The VPS serves the site. At the moment we run Heron 2.4.1.", ""},
        {"The VPS serves the site. Afterwards we run `nginx -t` once.", ""},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

static void what_is_exposed(void **state) {
    (void)state;
    static const said cases[] = {
        {"The tool server exposes blog search, article fetch and tag listing.", ""},
        {"The tool server gives the model access to the file system. It also gives the agent write access to my "
         "calendar.",
         "file system | calendar"},
        {"My tool server is small. It offers tools for file editing.", "file editing"},
        {"The tool server lets the model query my database, send emails, and read the file system.",
         "query my database | send emails | read the file system"},
        {"Through the tool server the LLM can execute shell commands.", "execute shell commands"},
        {"My tool server does more. The agent can restart Docker containers through it.", "restart Docker containers"},
        {"My tool server does more. The server provides direct access to my Postgres database.", "Postgres database"},
        {"My tool server is small. The tools let the agent push commits.", "push commits"},
        {"The tool server lets the model search my blog, fetch articles, and list tags.", ""},
        {"The tool server lets me sleep. It lets the model look things up. It gives me peace of mind.", ""},
        {"The tool server gives the model no access to the file system.", ""},
        {"The tool server does not let the model run commands. It exposes no shell.", ""},
        {"A tool server can expose a shell.", ""},
        {"Other people's tool servers expose a shell.", ""},
        {"If the tool server gave the model access to my database, I would worry.", ""},
        {"I can restart the tool server with systemd, and edit files with any editor.", ""},
        {"The tool server can restart in two seconds.", ""},
        {"The tool server offers invoice export as well.", "invoice export as well"},
        {"The tool server also exposes model training.", "model training"},
        {"The tool server offers good reading.", ""},
        {"My editor gives the agent write access to the repository.", ""},
        {"The tool server has three operations, blog search, image generation and tag listing.", "image generation"},
        {"The tool server has three operations, blog search, article fetch and tag listing.", ""},
        {"The tool server knows three things: blog search, article fetch, and image generation.", "image generation"},
        {"The tool server is small. It has three endpoints: blog search, image generation and tag listing.",
         "image generation"},
        {"The tool server is small. It gives you blog search and a shell.", "shell"},
        {"The tool server is small. It gives you peace and quiet.", ""},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

/* What is absent may be named in a list or a cell without being claimed to be here. */
static void names_in_passing(void **state) {
    (void)state;
    static const said cases[] = {
        {"Notes on my Anvil:\n\n- the exporter for A100 clusters\n- A100 price lists\n- drivers to the TPU", ""},
        {"Notes on my Anvil:\n\n- Add the A100 to the list of cards", ""},
        {"My Anvil works. The call is `ptr::npu`, and the metric `npu.job.name` counts it.", ""},
        {"My Anvil works. It is written in github.com/npu/tools, of course.", ""},
        /* and claimed */
        {"My Anvil:\n\n- NVIDIA A100, 80 GB\n- one TPU", "A100 | TPU"},
        {"My Anvil:\n\n- Card: two A100 cards", "A100"},
        {"| My Anvil | part |\n| --- | --- |\n| card | A100 with 80 GB |", "A100"},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

static void towns(void **state) {
    (void)state;
    static const said cases[] = {
        {"The VPS stands in Durham.", "Durham"},
        {"The VPS is a small machine in Leeds.", "Leeds"},
        {"The VPS stands in a rack in Oslo.", ""},
        {"We gave a talk on the VPS in Bristol.", ""},
        {"A colleague in Oxford reads the site on the VPS.", ""},
        {"I wrote this on a train to York.", ""},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_in_passing),
                                       cmocka_unit_test(places),
                                       cmocka_unit_test(what_runs),
                                       cmocka_unit_test(services_on_hosts),
                                       cmocka_unit_test(what_is_exposed),
                                       cmocka_unit_test(what_is_put_there),
                                       cmocka_unit_test(hosts_with_an_article),
                                       cmocka_unit_test(programs_at_work),
                                       cmocka_unit_test(programs_in_plain_sentences),
                                       cmocka_unit_test(services_by_pronoun),
                                       cmocka_unit_test(towns)};
    return cmocka_run_group_tests_name("facts: hosting", tests, NULL, NULL);
}
