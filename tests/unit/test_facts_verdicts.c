/* test_facts_verdicts.c - one sentence, one marked place, one verdict: every judge of the truth stage by examples.
 *
 * Each table holds what must be contradicted beside its nearest neighbours that must not be: the comparator of a judge
 * cannot be broken in one place without one of these changing (tests/house/mutants.sh breaks them).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/support/marked.h"

enum {
    YES = VERDICT_SUPPORTED,
    HALF = VERDICT_UNDERSPECIFIED,
    NO = VERDICT_CONTRADICTED,
    OPEN = VERDICT_UNVERIFIED,
    OTHERS = VERDICT_NOT_ABOUT_US,
    NONE = MARK_NONE
};

static const char facts[] =
    "assay-facts: 1\n"
    "as_of: 2026-06-18\n"
    "scopes:\n"
    "  gpus: {world: closed, kind: gpu-model, host: box, members: [GB10]}\n"
    "  queues: {world: closed, kind: message-queue, members: []}\n"
    "  processes: {world: closed, categories: [quality, training, backup]}\n"
    "components:\n"
    "  - id: cuda-toolkit\n"
    "    aliases: [CUDA]\n"
    "    scheme: semver\n"
    "    version: 13.0.2\n"
    "    accept: [prefix]\n"
    "    history: [{version: 12.8.1, from: 2025-10-01, to: 2026-01-14}]\n"
    "  - id: perch\n"
    "    aliases: [perch]\n"
    "    scheme: semver\n"
    "    version: 1.4.0\n"
    "    history: [{version: 1.3.2, from: 2026-02-20, to: 2026-05-03}]\n"
    "  - id: heron\n" /* upgraded after the day of the articles, 2026-05-18 */
    "    aliases: [heron]\n"
    "    scheme: semver\n"
    "    version: 2.0.0\n"
    "    history: [{version: 1.9.0, from: 2026-02-20, to: 2026-06-01}]\n"
    "  - id: vllm\n"
    "    aliases: [vLLM, vllm-openai]\n"
    "    scheme: pep440\n"
    "    version: 0.17.1\n"
    "    history: [{version: 0.14.0, to: 2026-02-20}]\n"
    "  - {id: caddy, aliases: [Caddy], scheme: semver, version: 2.10.2, accept: [prefix]}\n"
    "  - {id: writer, aliases: [writer model], attrs: {context: {value: 32768, unit: token, aliases: [context]}}}\n"
    "hardware:\n"
    "  - id: box\n"
    "    aliases: [Testbox 9, 10.0.0.2]\n"
    "    attrs:\n"
    "      memory: {value: 128, unit: GB, aliases: [RAM]}\n"
    "      memory_bandwidth: {value: 273, unit: GB/s, aliases: [memory bandwidth]}\n"
    "      cpu_cores: {value: 20, unit: core, aliases: [cores]}\n"
    "      old_disk: {value: 4, unit: TB, aliases: [disk], evidence: {observed: 2025-01-10, half_life: 90 days}}\n"
    "      fan_speed: {value: 1400, unit: rpm, aliases: [fan speed], confirmed: false}\n"
    "hosts:\n"
    "  - id: roost\n"
    "    aliases: [roost, VPS, 10.0.0.1]\n"
    "    location: Helsinki\n"
    "    runs: {world: closed, items: [caddy]}\n"
    "  - {id: burrow, aliases: [burrow], location: Lisbon}\n"
    "services:\n"
    "  - {id: drafting, aliases: [drafting endpoint], host: box, port: 8101, runs: [vllm]}\n"
    "  - {id: site, aliases: [site], host: roost, port: 443, runs: [caddy]}\n"
    "  - id: gateway\n"
    "    aliases: [gateway]\n"
    "    host: box\n"
    "    port: 8400\n"
    "    exposes: {world: closed, items: [chat completions, {name: model listing, aliases: [list of models]}]}\n"
    "absent:\n"
    "  - {match: [B100, RTX 4090], in: gpus, note: no discrete GPU}\n"
    "  - {match: [Kafka], in: queues}\n"
    "  - {match: [Kubernetes]}\n"
    "paths:\n"
    "  - {path: /srv/models/writer, host: box}\n"
    "  - {path: /opt/models, state: removed, since: 2026-02-01}\n"
    "processes:\n"
    "  - {id: backup, category: backup, aliases: [backup], cadence: every night at 04:40, order: strict,\n"
    "     steps: [dump, snapshot, forget, check]}\n"
    "  - {id: deploy, category: release, aliases: [deploy, deployment], cadence: on each tag, order: strict,\n"
    "     steps: [build, test, migrate, publish]}\n"
    "benchmarks:\n"
    "  - {id: decode, subject: [writer], metric: decode, metric_aliases: [decode speed], value: 51.8, unit: tok/s,\n"
    "     tol: {rel: 3%}, where: {batch: 1}, must_state: [batch]}\n"
    "  - {id: decode-b8, subject: [writer], metric: decode, metric_aliases: [decode speed], value: 188,\n"
    "     unit: tok/s, tol: {rel: 3%}, where: {batch: 8}, must_state: [batch]}\n"
    "  - {id: decode-b16, subject: [writer], metric: decode, metric_aliases: [decode speed], value: 243,\n"
    "     unit: tok/s, tol: {rel: 3%}, where: {batch: 16}, must_state: [batch]}\n"
    "  - {id: draw, subject: [box], metric: wall power, metric_aliases: [wall power], value: 118, unit: W}\n"
    "  - {id: spare-draw, subject: [burrow], metric: wall power, metric_aliases: [wall power], value: 71, unit: W}\n"
    "  - {id: idle-draw, subject: [box], metric: idle power, value: 38, unit: W}\n"
    "output_signatures:\n"
    "  - {cmd: uname -r, host: box, equals: 6.14.0-1015-nvidia}\n"
    "  - {cmd: uname -a, host: box, field: machine, equals: aarch64}\n"
    "  - {cmd: nvidia-smi, host: box, field: Driver Version, equals: 580.95.05}\n"
    "  - {cmd: lsblk, host: box, field: SIZE, equals: 3.6T}\n"
    "derived:\n"
    "  - {id: gain, expr: decode-b8 / decode, aliases: [gain]}\n"
    "  - {id: both, expr: draw + spare-draw, aliases: [power of both], unit: W}\n"
    "  - {id: margin, expr: draw - idle-draw, aliases: [power margin], unit: W}\n";

static void check(const marked_case *cases, size_t n) {
    manifest *m = judged_manifest(facts);
    assert_int_equal(marked_wrong(m, cases, n), 0);
    manifest_free(m);
}
#define CHECK(cases) check(cases, COUNT_OF(cases))

static void stances(void **state) {
    (void)state;
    static const marked_case cases[] = {
        {"The Testbox 9 has [[96 GB]] of RAM.", NO},
        {"The Testbox 9 has [[128 GB]] of RAM.", YES},
        /* quoted, reported */
        {"The model wrote \"the Testbox 9 has [[96 GB]] of RAM\" and was wrong.", OPEN},
        {"The Testbox 9 runs CUDA [[12.4.1]].", NO},
        {"The log said \"CUDA [[12.4.1]] is required\" on the Testbox 9.", OPEN},
        {"> The Testbox 9 runs CUDA [[12.4.1]].", OPEN},
        /* wished, conditional */
        {"With more money the Testbox 9 would have [[256 GB]] of RAM.", OPEN},
        {"If the Testbox 9 had [[256 GB]] of RAM, we could load it.", OPEN},
        {"If you have a Testbox 9, install CUDA [[12.4.1]] first.", OPEN},
        /* a condition with a habitual first person is asserted */
        {"If a run fails on the Testbox 9, I fall back to CUDA [[12.4.1]].", NO},
        {"If a run fails on the Testbox 9, I would fall back to CUDA [[12.4.1]].", OPEN},
        /* denied */
        {"There is no [[B100]] in the Testbox 9.", YES},
        {"There is a [[B100]] in the Testbox 9.", NO},
        {"The Testbox 9 has neither a [[B100]] nor a second card.", YES},
        {"The Testbox 9 does not have [[96 GB]] of RAM.", OPEN},
        /* past */
        {"Until 2026-01-14 the Testbox 9 ran CUDA [[12.8.1]].", YES},
        {"The Testbox 9 runs CUDA [[12.8.1]].", NO},
        {"The old Testbox 9 formerly had [[96 GB]] of RAM.", OPEN},
        {"We used to run [[Kafka]] on the Testbox 9.", OPEN},
        {"We run [[Kafka]] on the Testbox 9.", NO},
        /* somebody else's */
        {"A friend's Testbox 9 has [[96 GB]] of RAM.", OTHERS},
        /* the reader is told to type it, and still it is ours */
        {"```sh\ndocker run vllm/vllm-openai:v[[0.16.0]]\n```\n\nThis is for the Testbox 9.", NO},
        {"```sh\ndocker run vllm/vllm-openai:v[[0.17.1]]\n```\n\nThis is for the Testbox 9.", YES},
    };
    CHECK(cases);
}

static void versions(void **state) {
    (void)state;
    static const marked_case cases[] = {
        {"On the Testbox 9 runs vLLM [[0.17.1]].", YES},
        {"On the Testbox 9 runs vLLM [[0.17.2]].", NO},
        {"On the Testbox 9 runs vLLM [[0.17]].", NO},
        {"On the Testbox 9 runs CUDA [[13.0]].", YES},
        {"On the Testbox 9 runs CUDA [[13.1]].", NO},
        /* stale as current, and the same version where the past is spoken of */
        {"On the Testbox 9 runs perch [[1.3.2]].", NO},
        {"Before the Testbox 9 was upgraded it ran perch [[1.3.2]].", YES},
        {"On 2026-04-02 the Testbox 9 ran perch [[1.3.2]].", YES},
        {"On 2026-04-02 the Testbox 9 ran perch [[1.3.9]].", NO},
        /* what was current on the day of the article */
        {"The Testbox 9 runs heron [[1.9.0]].", YES},
        {"The Testbox 9 runs heron [[1.8.0]].", NO},
        /* what an upgrade went to may not have ended on that day */
        {"On 2026-05-03, perch went from 1.3.2 to [[1.4.0]] on the Testbox 9.", YES},
        {"On 2026-05-03, perch went from 1.4.0 to [[1.3.2]] on the Testbox 9.", NO},
        {"| component | version |\n| --- | --- |\n| perch | [[1.4.0]] |\n| CUDA | 13.0.2 |\n\nThe Testbox 9.", YES},
        {"| component | version |\n| --- | --- |\n| perch | [[1.3.2]] |\n| CUDA | 13.0.2 |\n\nThe Testbox 9.", NO},
        {"| component | before |\n| --- | --- |\n| perch | [[1.3.2]] |\n| CUDA | 12.8.1 |\n\nThe Testbox 9.", YES},
        /* next to a name that nobody declared */
        {"On the Testbox 9 runs Foobar [[0.17.2]].", OPEN},
        {"On the Testbox 9 CUDA feeds Foobar [[13.0.2]].", OPEN},
        {"The client needs CUDA [[12.4+]] on the Testbox 9.", OPEN},
    };
    CHECK(cases);
}

static void existence(void **state) {
    (void)state;
    static const marked_case cases[] = {
        {"The Testbox 9 has an [[RTX 4090]].", NO},
        {"We run [[Kubernetes]] on the Testbox 9.", NO},
        {"The Testbox 9 is here. There is no [[Kubernetes]] on it.", YES},
        /* a name alone states nothing */
        {"The Testbox 9 is slower than an [[RTX 4090]].", OPEN},
        {"An [[RTX 4090]] has 24 GB. The Testbox 9 is another sort of machine.", OPEN},
        {"Our notes on the Testbox 9 mention [[Kafka]] in one place.", OPEN},
        {"I considered [[Kafka]] for the Testbox 9 and decided against it.", OPEN},
        /* a table whose frame denies, and one that does not */
        {"The Testbox 9.\n\n| part | here |\n| --- | --- |\n| [[RTX 4090]] | yes |\n| GB10 | yes |", NO},
        {"The Testbox 9.\n\n| part | here |\n| --- | --- |\n| [[RTX 4090]] | no |\n| GB10 | yes |", OPEN},
        {"The Testbox 9.\n\n| not used | why |\n| --- | --- |\n| [[Kafka]] | too large |\n| Redis | too |", YES},
        {"The Testbox 9.\n\n## What we removed\n\n- [[Kafka]]\n- old scripts", OPEN},
        {"The Testbox 9.\n\n## What it has\n\n- [[RTX 4090]]\n- 128 GB of RAM", NO},
        /* the closed scope does not list it */
        {"The Testbox 9 has an [[H100]].", NO},
        {"There is no [[H100]] in the Testbox 9.", YES},
        {"The Testbox 9 has a [[GB10]].", YES},
        {"The Testbox 9 has no [[message queue]].", YES},
        {"The Testbox 9 has a [[message queue]]; there is no second disk.", NONE},
    };
    CHECK(cases);
}

static void places(void **state) {
    (void)state;
    static const marked_case cases[] = {
        {"The Testbox 9 is at home. The VPS stands in [[Helsinki]].", YES},
        {"The Testbox 9 is at home. The VPS stands in [[Frankfurt]].", NO},
        {"The Testbox 9 is at home. The VPS stands in [[Finland]].", YES},
        {"The Testbox 9 is at home. The VPS stands in [[Sweden]].", NO},
        {"The Testbox 9 is at home. The VPS does not stand in [[Frankfurt]].", OPEN},
        {"The Testbox 9 is at home. The machine burrow stands in [[Porto]].", NO},
        {"The Testbox 9 is at home. The machine burrow stands in [[Portugal]].", YES},
        {"The Testbox 9 is at home. A friend of mine lives in [[Frankfurt]].", NONE},
        /* a service and its host */
        {"The Testbox 9 is at home. [[The gateway on roost]] answers.", NO},
        {"The Testbox 9 is at home. [[The site on roost]] answers.", YES},
        /* what a host runs */
        {"The Testbox 9 is at home. The VPS runs [[vLLM]].", NO},
        {"The Testbox 9 is at home. The VPS [[does not run vLLM]].", YES},
        {"The Testbox 9 is at home. The VPS [[does not run Caddy]].", NO},
        {"The Testbox 9 is at home. The VPS is in Helsinki. At the moment we run [[vLLM]] 0.17.1.", NONE},
        {"The Testbox 9 is at home. The VPS is in Helsinki. At the moment it runs [[vLLM]] 0.17.1.", NO},
        {"The Testbox 9 is at home. The VPS runs [[Caddy]].", NONE}, /* naming what runs is no specific */
        /* addresses */
        {"The Testbox 9 has the address [[10.0.0.2]].", YES},
    };
    CHECK(cases);
}

static void ports_and_paths(void **state) {
    (void)state;
    static const marked_case cases[] = {
        {"On the Testbox 9 the gateway listens on port [[8400]].", YES},
        {"On the Testbox 9 the gateway listens on port [[8401]].", NO},
        {"On the Testbox 9 the gateway listens on port [[443]].", NO}, /* the site's */
        {"On the Testbox 9 the drafting endpoint listens on port [[8101]].", YES},
        {"On the Testbox 9 the drafting endpoint listens on port [[8400]].", NO},
        /* the nearest name need not be the right one */
        {"On the Testbox 9 the site and the gateway listen on ports 443 and [[8400]].", YES},
        {"On the Testbox 9 requests to vLLM pass the gateway and port [[8101]].", YES},
        {"On the Testbox 9 the gateway does not listen on port [[8401]].", OPEN},
        {"On the Testbox 9 something listens on port [[9999]].", OPEN},
        {"On the Testbox 9.\n\n| service | port |\n| --- | --- |\n| gateway | [[8400]] |\n| site | 443 |", YES},
        {"On the Testbox 9.\n\n| service | port |\n| --- | --- |\n| gateway | [[8500]] |\n| site | 443 |", NO},
        {"On the Testbox 9 weights are in `[[/srv/models/writer]]`.", YES},
        {"On the Testbox 9 weights are in `[[/srv/models]]`.", YES}, /* the folder of a declared path */
        {"On the Testbox 9 weights are in `[[/srv/models/second]]`.", OPEN},
        {"On the Testbox 9 weights are in `[[/opt/models]]`.", NO},
        {"The Testbox 9 kept weights in `[[/opt/models]]` until February.", YES},
    };
    CHECK(cases);
}

static void terminals(void **state) {
    (void)state;
    static const marked_case cases[] = {
        {"The Testbox 9:\n\n```console\n$ uname -r\n[[6.14.0-1015-nvidia]]\n```", YES},
        {"The Testbox 9:\n\n```console\n$ uname -r\n[[6.14.0-1016-nvidia]]\n```", NO},
        {"The Testbox 9:\n\n```console\n$ uname -a\nLinux box 6.14 #1 SMP [[aarch64 aarch64]] GNU/Linux\n```", YES},
        {"The Testbox 9:\n\n```console\n$ uname -a\nLinux box 6.14 #1 SMP [[aarch64 x86_64]] GNU/Linux\n```", NO},
        {"The Testbox 9:\n\n```console\n$ nvidia-smi\n| NVIDIA-SMI 580  Driver Version: [[580.95.05]]  CUDA |\n```",
         YES},
        {"The Testbox 9:\n\n```console\n$ nvidia-smi\n| NVIDIA-SMI 580  Driver Version: [[550.54.14]]  CUDA |\n```",
         NO},
        {"The Testbox 9:\n\n```console\n$ lsblk\nNAME    SIZE TYPE\nnvme0n1 [[3.6T]] disk\n```", YES},
        {"The Testbox 9:\n\n```console\n$ lsblk\nNAME    SIZE TYPE\nnvme0n1 [[7.3T]] disk\n```", NO},
        {"The Testbox 9:\n\n```console\n$ cat notes\n[[6.14.0-1016-nvidia]]\n```", OPEN},
    };
    CHECK(cases);
}

static void services(void **state) {
    (void)state;
    static const marked_case cases[] = {
        {"On the Testbox 9 the gateway exposes [[chat completions]] and the model listing.", YES},
        {"On the Testbox 9 the gateway exposes chat completions and [[a shell]].", NO},
        {"On the Testbox 9 the gateway exposes the [[list of models]].", YES},
        {"On the Testbox 9 the gateway does not expose [[a shell]].", YES},
        {"On the Testbox 9 the gateway does not expose [[chat completions]].", OPEN},
        {"On the Testbox 9 the gateway would expose [[a shell]].", OPEN},
        {"On the Testbox 9 the gateway offers [[a pleasant surprise]].", OPEN},
        {"On the Testbox 9 the site exposes [[a shell]].", NONE},
    };
    CHECK(cases);
}

static void processes(void **state) {
    (void)state;
    static const marked_case cases[] = {
        {"On the Testbox 9 the backup runs [[every night at 04:40]].", YES},
        {"On the Testbox 9 the backup runs [[every night at 05:40]].", NO},
        {"On the Testbox 9 the backup runs [[every week]].", NO},
        {"On the Testbox 9 the backup does not run [[every hour]].", OPEN},
        {"On the Testbox 9 a deployment happens [[on each tag]].", YES},
        {"On the Testbox 9 a deployment happens [[every Friday]].", NO},
        /* closed categories need a first person, a cadence and a verb of the category */
        {"On the Testbox 9 I [[verify the model weekly]].", NO},
        {"On the Testbox 9 I [[discuss the model weekly]].", OPEN},
        {"On the Testbox 9 I [[water the plants weekly]].", OPEN},
        /* order and completeness */
        {"On the Testbox 9 a deployment has four steps: [[build, test, migrate, publish]].", YES},
        {"On the Testbox 9 a deployment has four steps: [[test, build, migrate, publish]].", NO},
        {"On the Testbox 9 a deployment has four steps: [[build, test, publish, migrate]].", NO},
        {"On the Testbox 9 a deployment has three steps: [[build, test, publish]].", NO},
        {"A deployment on the Testbox 9:\n\n1. [[Build]].\n2. Test.\n3. Migrate.\n4. Publish.", YES},
        {"A deployment on the Testbox 9:\n\n1. [[Test]].\n2. Build.\n3. Migrate.\n4. Publish.", NO},
        {"A deployment on the Testbox 9:\n\n1. [[Build]].\n2. Test.\n3. Publish.", NO},
    };
    CHECK(cases);
}

static void quantities(void **state) {
    (void)state;
    static const marked_case cases[] = {
        {"The Testbox 9 has a memory bandwidth of [[273 GB/s]].", YES},
        {"The Testbox 9 has a memory bandwidth of [[273 Gb/s]].", NO},
        {"The Testbox 9 has a memory bandwidth of [[0.273 TB/s]].", YES},
        {"The Testbox 9 has a memory bandwidth of [[250 to 290 GB/s]].", YES},
        {"The Testbox 9 has a memory bandwidth of [[290 to 310 GB/s]].", NO},
        {"The Testbox 9 has [[twenty cores]].", YES},
        {"The Testbox 9 has [[24 cores]].", NO},
        /* conditions */
        {"On the Testbox 9 the writer model has a decode speed of [[51.8 tok/s]] at batch 1.", YES},
        {"On the Testbox 9 the writer model has a decode speed of [[51.8 tok/s]].", HALF},
        {"On the Testbox 9 the writer model has a decode speed of [[188 tok/s]] at batch 8.", YES},
        {"On the Testbox 9 the writer model has a decode speed of [[70 tok/s]] at batch 1.", NO},
        {"The Testbox 9.\n\n| batch | decode speed of the writer model |\n| --- | --- |\n| 1 | 51.8 tok/s |\n"
         "| 8 | [[188 tok/s]] |",
         YES},
        {"The Testbox 9.\n\n| batch | decode speed of the writer model |\n| --- | --- |\n| 1 | 51.8 tok/s |\n"
         "| 8 | [[51.8 tok/s]] |",
         NO},
        /* the other end of a change: with two declared cases that it could be, it is neither's */
        {"On the Testbox 9 the decode speed of the writer model rose from 51.8 tok/s to [[243 tok/s]].", HALF},
        {"On the Testbox 9 the decode speed of the writer model rose from [[70 tok/s]] to 243 tok/s.", OPEN},
        /* an amount per time is no size */
        {"The Testbox 9 has 128 GB of RAM and writes [[9 GB]] per hour to it.", OPEN},
        /* nobody's number */
        {"The Testbox 9 was carried up [[96 stairs]].", OPEN},
        /* older than its half-life: it judges nothing */
        {"The Testbox 9 has a disk of [[4 TB]].", OPEN},
        {"The Testbox 9 has a disk of [[8 TB]].", OPEN},
        /* nobody has confirmed it: likewise */
        {"The Testbox 9 has a fan speed of [[1400 rpm]].", OPEN},
        {"The Testbox 9 has a fan speed of [[2800 rpm]].", OPEN},
        /* derived */
        {"On the Testbox 9 the gain from batch 1 to batch 8 is [[3.6x]].", YES},
        {"The Testbox 9 and burrow: the power of both is [[189 W]].", YES},
        {"The Testbox 9 and burrow: the power margin is [[80 W]].", YES},
    };
    CHECK(cases);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stances),  cmocka_unit_test(versions),        cmocka_unit_test(existence),
        cmocka_unit_test(places),   cmocka_unit_test(ports_and_paths), cmocka_unit_test(terminals),
        cmocka_unit_test(services), cmocka_unit_test(processes),       cmocka_unit_test(quantities),
    };
    return cmocka_run_group_tests_name("facts: verdicts", tests, NULL, NULL);
}
