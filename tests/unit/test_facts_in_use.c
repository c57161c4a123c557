/* test_facts_in_use.c - what is declared absent and said to be in use, in the words in which drafts say so: what we do
 * with it, what ours hands to it, what a command, an image or a diagram shows. And what names it without having it. */
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
    "  gpus: {world: closed, kind: gpu-model, host: wren, members: [Radeon 8060S]}\n"
    "components:\n"
    "  - {id: caddy, aliases: [Caddy], scheme: semver, version: 2.10.0}\n"
    "  - {id: garage, aliases: [Garage], scheme: semver, version: 2.1.0}\n"
    "  - {id: minio, aliases: [MinIO], scheme: loose, history: [{version: R1, from: 2025-05-05, to: 2026-02-15}]}\n"
    "hardware:\n"
    "  - {id: wren, aliases: [wren], location: Ghent, attrs: {memory: {value: '64', unit: GB}}}\n"
    "hosts:\n"
    "  - {id: lark, aliases: [lark], location: Utrecht, runs: {world: closed, items: [caddy, {name: node_exporter}]}}\n"
    "services:\n"
    "  - {id: api, aliases: [orders API], host: wren, port: 8080}\n"
    "absent:\n"
    "  - {match: [RabbitMQ, Celery, Redis, Kafka]}\n"
    "  - {match: [Docker, Kubernetes, Ollama]}\n"
    "  - {match: [Datadog, Grafana, Prometheus, Sentry, Alertmanager]}\n"
    "  - {match: [S3, Backblaze, Weights & Biases, wandb, DeepSpeed]}\n";

static const char lead[] = "These are my notes on wren and lark, and wren has 64 GB.\n\n";

#define CLEAN(texts) expect_each(facts, lead, texts, COUNT_OF(texts), false)
#define FALSE(texts) expect_each(facts, lead, texts, COUNT_OF(texts), true)

static void what_we_do_with_it(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "We alert at 85% in Datadog.\n",
        "I've attached an RTX 4090 in an external enclosure.\n",
        "The stack complements the Radeon 8060S with two RTX 4090 cards, bought last year.\n",
        "I know that some people prefer Ollama for its simplicity, and I keep it installed for small models.\n",
        "For the mails we use Celery.\n",
        "I log every run to Weights & Biases.\n",
        "We've packaged everything as a Docker image.\n",
        "The metrics go to a small Grafana dashboard that I check over breakfast.\n",
        "Errors go to a self-hosted Sentry instance.\n",
        "Long-term archives additionally go to Backblaze B2, which costs me 38 euros a month.\n",
        "The orders API publishes a job to RabbitMQ.\n",
        "When a customer uploads a file, the API publishes a job to RabbitMQ.\n",
        "Each request is queued, and a pool of Celery workers picks it up.\n",
        "Every night the script ships a full backup to S3.\n",
        "Training on both machines uses DeepSpeed ZeRO stage 2.\n",
        "The app is written in Go, packaged as a Docker image and started by hand.\n",
        "The monitoring stack runs on lark:\n\n- **Prometheus** scrapes all hosts every 15 seconds.\n",
        "The monitoring stack runs on lark:\n\n- **Alertmanager** sends alerts to my phone.\n",
        "Install Ollama first, and then pull the model.\n",
        "Start it with Docker Compose.\n",
        "We run MinIO on it.\n",
        "wren has a Radeon RX 7900 XTX.\n",
        "| part | value |\n|---|---|\n| GPU | Radeon PRO W7900 |\n",
    };
    static const char *const texts[] = {
        "We considered alerting in Datadog and did not.\n",
        "I could attach an RTX 4090 in an external enclosure.\n",
        "Some people prefer Ollama for its simplicity, and I understand them.\n",
        "Some people prefer Ollama, and I use it at work.\n",
        "We compared our queue with Celery.\n",
        "I would log every run to Weights & Biases if I had more of them.\n",
        "Nothing of ours is packaged as a Docker image.\n",
        "Our setup is as simple as a Docker image.\n",
        "The metrics go to a file, not to Grafana.\n",
        "Errors could go to Sentry one day.\n",
        "In many companies errors go to a Sentry instance.\n",
        "The orders API publishes a job to a table; others publish theirs to RabbitMQ.\n",
        "In the textbook the API publishes a job to RabbitMQ.\n",
        "A pool of Celery workers would pick it up.\n",
        "No script ships a backup to S3.\n",
        "The provider ships its backups to S3.\n",
        "Training on many nodes uses DeepSpeed.\n",
        "What we do not run:\n\n- **Prometheus** scrapes all hosts every 15 seconds.\n",
        "Install Ollama if you like; I have none.\n",
        "Instead of Docker Compose, a unit starts it.\n",
        "Until February we ran MinIO on it.\n",
        "1. Install Garage beside MinIO on the same host.\n",
        "MinIO was replaced by Garage.\n",
        "wren has a Radeon 8060S.\n",
        "A Radeon RX 7900 XTX has 24 GB.\n",
    };
    CLEAN(texts);
    FALSE(untrue);
}

static void what_ours_has_got(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "I also gave wren a local Redis.\n",
        "Every node boots Kubernetes 1.34 from its own disk.\n",
        "Both machines boot into a Docker image.\n",
        "We look at a Grafana dashboard that hangs on a tablet next to my monitor.\n",
        "The Kubernetes cluster we set up in Ghent this summer already serves a tenth of our traffic.\n",
        "The Kafka we run on it holds all our events.\n",
        "I mount an NFS share from wren, which runs Docker.\n",
        "CI itself is powered by Docker.\n",
        "The most valuable pictures are pushed by a script to Backblaze every Wednesday.\n",
    };
    static const char *const texts[] = {
        "I gave wren a local Redis and took it out again.\n",
        "I gave wren a Docker sticker.\n",
        "I gave Redis a chance.\n",
        "I gave my sister a Redis mug.\n",
        "A friend gave his NAS a local Redis.\n",
        "Before I gave wren a local Redis, I would ask why.\n",
        "Every node boots from its own disk, and none boots Kubernetes.\n",
        "Some machines boot into a Docker image.\n",
        "At work every node would boot Kubernetes.\n",
        "A Grafana dashboard that hangs on a tablet is what Tom has.\n",
        "A Grafana dashboard that hangs in my employer's lobby shows the weather.\n",
        "A Grafana dashboard that hangs on a wall is nice to look at.\n",
        "The Kubernetes cluster we set up in 2024 was torn down before it served our traffic.\n",
        "The Kubernetes cluster we built taught us patience.\n",
        "The Kubernetes cluster we set up for a client serves their traffic.\n",
        "The Kafka we run at work holds all our events.\n",
        "The cards share a slot with Docker.\n",
        "CI itself is usually powered by Docker.\n",
        "CI itself is not powered by Docker.\n",
        "Most of the pictures that people take are pushed to Backblaze every night.\n",
        "The most valuable pictures of a county are pushed to Backblaze every Wednesday.\n",
    };
    CLEAN(texts);
    FALSE(untrue);
}

static void what_code_shows(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "The fix was quick:\n\n```bash\ndocker compose exec api sh\n```\n",
        "The fix was quick:\n\n```bash\ncd /srv\nsudo docker ps\n```\n",
        "I install the libraries:\n\n```bash\npip install torch deepspeed==0.15 wandb\n```\n",
        "The script begins so:\n\n```python\nimport wandb\n```\n",
        "This is the file:\n\n```yaml\nservices:\n  captioner:\n    image: ollama/ollama:0.12.3\n```\n",
        "What listens:\n\n```console\n$ ss -tlnp\n127.0.0.1:9090   users:((\"prometheus\",pid=1,fd=3))\n```\n",
        "At a glance:\n\n```\n┌────────────┐\n│ Celery     │\n└────────────┘\n```\n",
        "```console\n$ systemctl list-units\nprometheus.service loaded active running Prometheus\n```\n",
        "```console\n$ docker ps\nCONTAINER ID   IMAGE   COMMAND   STATUS\n3f2a   redis:7   \"redis\"   2 weeks ago   "
        "Up 2 weeks\n```\n",
        "```console\nlark:~$ systemctl restart redis\n```\n",
    };
    static const char *const texts[] = {
        "I removed it:\n\n```bash\nsudo apt purge docker\n```\n",
        "What I do not do:\n\n```bash\ndocker compose up\n```\n",
        "If it were here, this would start it:\n\n```bash\ndocker compose up\n```\n",
        "```bash\n# docker compose up\n```\n",
        "```bash\nls /usr/share/doc | grep docker\n```\n",
        "```bash\npip uninstall wandb\n```\n",
        "```bash\npip install wandb-offline-reader\n```\n",
        "```console\n$ systemctl status prometheus\nUnit prometheus.service could not be found.\n```\n",
        "```yaml\nimage: grafana/loki:3.0\n```\n",
        "```yaml\nimage: ghcr.io/docker/tool:3.0\n```\n",
        "Other people draw it so, and we have none of it:\n\n```\n┌────────────┐\n│ Celery     "
        "│\n└────────────┘\n```\n",
    };
    CLEAN(texts);
    FALSE(untrue);
}

static void what_a_host_runs(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "lark is the front. It runs Caddy 2.10.0 and HAProxy, and clients connect to it.\n",
        "| Resource | lark |\n|---|---|\n| City | Utrecht |\n| Extra services | Varnish, Caddy |\n",
    };
    static const char *const texts[] = {
        "lark is the front. It runs Caddy 2.10.0. HAProxy would do, too.\n",
        "| Resource | lark |\n|---|---|\n| City | Utrecht |\n| Services | node_exporter, Caddy |\n",
        "| Resource | wren |\n|---|---|\n| City | Ghent |\n| Services | PostgreSQL |\n", /* an open list */
    };
    CLEAN(texts);
    FALSE(untrue);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_we_do_with_it),
        cmocka_unit_test(what_ours_has_got),
        cmocka_unit_test(what_code_shows),
        cmocka_unit_test(what_a_host_runs),
    };
    return cmocka_run_group_tests_name("facts: in use", tests, NULL, NULL);
}
