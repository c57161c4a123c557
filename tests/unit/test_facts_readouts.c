/* test_facts_readouts.c - pasted output read by its structure: what a program's column means, on which machine, today.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

static const char lab[] =
    "assay-facts: 1\n"
    "as_of: 2026-05-18\n"
    "scopes:\n"
    "  gpus: {world: closed, kind: gpu-model, members: [RTX 3090, A2]}\n"
    "components:\n"
    "  - {id: kernel, aliases: [kernel], scheme: deb, version: 6.12.57+deb13-amd64, accept: [prefix],\n"
    "     history: [{version: 6.1.0-37-amd64, to: 2026-03-01}]}\n"
    "  - {id: driver, aliases: [NVIDIA driver], scheme: loose, version: 580.95.05, accept: [prefix]}\n"
    "  - {id: k3s, aliases: [k3s], scheme: semver, version: 1.34.3+k3s1, accept: [prefix, build]}\n"
    "  - {id: openzfs, aliases: [OpenZFS], scheme: semver, version: 2.3.4}\n"
    "  - {id: postgres-deb, aliases: [postgresql-17], scheme: deb, version: 17.7-1.pgdg13+1}\n"
    "  - {id: vllm, aliases: [vLLM], scheme: pep440, version: 0.17.1, attrs: {max_model_len: {value: 32768, unit: "
    "token}}}\n"
    "  - {id: pgbench, aliases: [pgbench], scheme: semver, version: \"17.7\",\n"
    "     attrs: {scale: {value: 500, unit: scale, aliases: [scaling factor]}}}\n"
    "  - {id: quartz-120b, aliases: [quartz-120b], scheme: loose,\n"
    "     attrs: {parameters: {value: 117, unit: B params}, size: {value: \"63.4\", unit: GB}}}\n"
    "hardware:\n"
    "  - {id: rtx-3090, aliases: [RTX 3090, GeForce RTX 3090], attrs: {power_limit: {value: 280, unit: W},\n"
    "     memory: {aliases: [VRAM], views: {spec: {value: 24, unit: GB}, visible: {value: 24576, unit: MiB}}}}}\n"
    "  - {id: a2, aliases: [NVIDIA A2, A2], attrs: {power_limit: {value: 60, unit: W}, memory: {value: 16, unit: "
    "GB}}}\n"
    "hosts:\n"
    "  - id: anvil\n"
    "    aliases: [anvil]\n"
    "    runs: {world: closed, items: [kernel, driver, vllm]}\n"
    "    attrs:\n"
    "      cpu_model: {value: Ryzen 9 7950X, aliases: [CPU]}\n"
    "      cpu_cores: {value: 16, unit: core, aliases: [cores]}\n"
    "      cpu_threads: {value: 32, unit: thread, aliases: [threads]}\n"
    "      memory: {aliases: [RAM], views: {spec: {value: 128, unit: GB}, visible: {value: 131727012, unit: KiB}}}\n"
    "      storage: {value: 4, unit: TB, aliases: [NVMe, nvme0n1]}\n"
    "  - id: barn\n"
    "    aliases: [barn, NAS]\n"
    "    runs: {world: closed, items: [openzfs]}\n"
    "    attrs:\n"
    "      cpu_cores: {value: 6, unit: core, aliases: [cores]}\n"
    "      memory: {value: 64, unit: GB, aliases: [RAM]}\n"
    "      hot_size: {aliases: [hot pool, hot], views: {decimal: {value: \"7.68\", unit: TB},\n"
    "                 binary: {value: \"6.98\", unit: TiB}}}\n"
    "      pool_size: {value: \"87.3\", unit: TiB, aliases: [pool]}\n"
    "  - {id: gate, aliases: [gate, router], runs: {world: closed, items: [{name: Unbound}]}}\n";

#define BLOCK(lead, text) lead ":\n\n```console\n" text "\n```"
#define ANVIL "me@anvil:~$ "

static void machines(void **state) {
    (void)state;
    static const said cases[] = {
        {BLOCK("It says", ANVIL "free -h\n               total   used   free\nMem:           125Gi  6.1Gi  111Gi"), ""},
        {BLOCK("It says", ANVIL "free -h\n               total   used   free\nMem:           117Gi  6.1Gi  111Gi"),
         "117Gi"},
        {BLOCK("It says", ANVIL "free -h | grep Mem\nMem:           251Gi  6.1Gi  111Gi"), "251Gi"},
        {BLOCK("It says", ANVIL "free -m\n         total   used\nMem:     128639   6100"), ""},
        {BLOCK("The kernel of anvil", "$ grep MemTotal /proc/meminfo\nMemTotal:       131727012 kB"), ""},
        {BLOCK("The kernel of anvil", "$ grep MemTotal /proc/meminfo\nMemTotal:       131727019 kB"), "131727019 kB"},
        {BLOCK("It says", ANVIL "lscpu\nCPU(s):          32\nModel name:      AMD Ryzen 9 7950X 16-Core Processor"),
         ""},
        {BLOCK("It says", ANVIL "lscpu\nCPU(s):          48\nModel name:      AMD Ryzen 7 7950X 16-Core Processor"),
         "48 | AMD Ryzen 7 7950X 16-Core Processor"},
        {BLOCK("It says", ANVIL "lscpu\nModel name:      AMD Ryzen 9 7950X 12-Core Processor"),
         "AMD Ryzen 9 7950X 12-Core Processor"},
        {BLOCK("The NAS has fewer", "$ nproc\n12"), ""}, /* six cores, two threads each */
        {BLOCK("The NAS has fewer", "$ nproc\n16"), ""}, /* anvil's cores: it may be anvil's */
        {BLOCK("The NAS has fewer", "$ nproc\n40"), "40"},
        {BLOCK("Over the wire", "$ ssh barn nproc\n16"), "16"},
        {BLOCK("Both", "$ for h in anvil barn; do ssh $h 'hostname; free -h | grep Mem'; done\nanvil\nMem:   125Gi  "
                       "6.1Gi\nbarn\nMem:   31Gi  2Gi"),
         "31Gi"},
        {BLOCK("The NAS, nominal size", "$ free -h\n        total\nMem:    62Gi"), ""},
    };
    expect_contradicted(lab, cases, COUNT_OF(cases));
}

static void elsewhere(void **state) {
    (void)state;
    static const said cases[] = {
        {BLOCK("My anvil is not asked", "me@laptop:~$ free -h\n        total\nMem:    15Gi"), ""},
        {BLOCK("A friend's machine says, not anvil", "$ free -h\n        total\nMem:    15Gi"), ""},
        {BLOCK("On anvil, before the upgrade", "$ uname -r\n6.8.0-45-generic"), ""},
        {BLOCK("The router of anvil's network", "gate$ uname -r\n14.3-RELEASE-p5"), ""},
        {BLOCK("On the router", "$ uname -r\n14.3-RELEASE-p5"), ""},
        {BLOCK("On the NAS", "$ uname -r\n6.17.9-1-pve"), ""},
        {BLOCK("On anvil", "$ docker exec vllm nproc\n8"), ""},
        {BLOCK("On anvil it was so until March", "$ uname -r\n6.1.0-37-amd64"), ""},
        {BLOCK("A stick in anvil", "$ lsblk /dev/sdb\nNAME   SIZE TYPE\nsdb  57.3G disk"), ""},
        {BLOCK("On anvil", "$ df -h /boot\nFilesystem      Size  Used Avail Use% Mounted on\n"
                           "/dev/nvme0n1p1  512M   61M  451M  12% /boot"),
         ""},
        {BLOCK("On anvil", "$ systemctl status vllm\n   Memory: 8.1G\n   CPU: 3h 12s\n   Tasks: 88 (limit: 154000)"),
         ""},
        {BLOCK("On anvil", "$ apt list --upgradable\npostgresql-17/stable 17.9-1.pgdg13+1 amd64"), ""},
    };
    expect_contradicted(lab, cases, COUNT_OF(cases));
}

static void sizes(void **state) {
    (void)state;
    static const said cases[] = {
        {BLOCK("On anvil", "$ lsblk\nNAME        SIZE TYPE\nnvme0n1     3.6T disk\n"
                           "\xe2\x94\x94\xe2\x94\x80nvme0n1p1 512M part"),
         ""},
        {BLOCK("On anvil", "$ lsblk\nNAME        SIZE TYPE\nnvme0n1     2.7T disk\n"
                           "\xe2\x94\x94\xe2\x94\x80nvme0n1p1 512M part"),
         "2.7T"},
        {BLOCK("On anvil", "$ lsblk\nNAME        SIZE TYPE\nnvme0n1     3.6T disk\n"
                           "\xe2\x94\x94\xe2\x94\x80nvme0n1p1 5.5T part"),
         "5.5T"}, /* a part is no larger than its disk */
        {BLOCK("On the NAS",
               "$ df -h /hot\nFilesystem  Size  Used Avail Use% Mounted on\nhot         7.0T  5.1T  1.9T  73% /hot"),
         ""},
        {BLOCK("On the NAS",
               "$ df -h /hot\nFilesystem  Size  Used Avail Use% Mounted on\nhot         9.0T  5.1T  1.9T  73% /hot"),
         "9.0T"},
        {BLOCK("On the NAS", "$ zpool list\nNAME   SIZE  ALLOC   FREE\ntank  87.3T  47.2T  40.1T"), ""},
        {BLOCK("On the NAS", "$ zpool list\nNAME   SIZE  ALLOC   FREE\ntank  88.1T  47.2T  40.1T"), "88.1T"},
    };
    expect_contradicted(lab, cases, COUNT_OF(cases));
}

static void cards(void **state) {
    (void)state;
#define QUERY "me@anvil:~$ nvidia-smi --query-gpu=name,driver_version,memory.total,power.limit --format=csv,noheader\n"
    static const said cases[] = {
        {BLOCK("It says", QUERY "NVIDIA GeForce RTX 3090, 580.95.05, 24576 MiB, 280.00 W"), ""},
        {BLOCK("It says", QUERY "NVIDIA GeForce RTX 3091, 580.95.05, 24576 MiB, 280.00 W"), "NVIDIA GeForce RTX 3091"},
        {BLOCK("It says", QUERY "NVIDIA GeForce RTX 3090, 580.95.15, 24564 MiB, 350.00 W"),
         "580.95.15 | 24564 MiB | 350.00 W"},
        {BLOCK("It says",
               ANVIL "nvidia-smi\n| NVIDIA-SMI 580.95.05    Driver Version: 580.95.05   CUDA Version: 13.0 |\n"
                     "|   0  NVIDIA A2            On  |   00000000:41:00.0 Off |     0 |\n"
                     "|  0%   58C    P0     47W /   60W |   6214MiB / 15356MiB |   91% |"),
         ""}, /* "16 GB" on the box */
        {BLOCK("It says",
               ANVIL "nvidia-smi\n| NVIDIA-SMI 580.95.09    Driver Version: 580.95.05   CUDA Version: 13.0 |\n"
                     "|   0  NVIDIA A2            On  |   00000000:41:00.0 Off |     0 |\n"
                     "|  0%   58C    P0     47W /   75W |   6214MiB / 24356MiB |   91% |"),
         "580.95.09 | 75W | 24356MiB"},
    };
    expect_contradicted(lab, cases, COUNT_OF(cases));
}

static void releases(void **state) {
    (void)state;
    static const said cases[] = {
        {BLOCK("On anvil", "$ uname -r\n6.12.57+deb13-amd64"), ""},
        {BLOCK("On anvil", "$ uname -r\n6.12.75+deb13-amd64"), "6.12.75+deb13-amd64"},
        {BLOCK("The cluster with anvil", "$ kubectl get nodes\nNAME    STATUS   ROLES    AGE    VERSION\n"
                                         "anvil   Ready    master   284d   v1.34.3+k3s1\n"
                                         "barn    Ready    <none>   284d   v1.34.3+k3s2"),
         "v1.34.3+k3s2"},
        {BLOCK("On anvil",
               "$ dpkg -l postgresql-17 | tail -n 1\nii  postgresql-17  17.7-1.pgdg13+4  amd64  a database"),
         "17.7-1.pgdg13+4"},
        {BLOCK("On the NAS", "$ zfs version\nzfs-2.3.4-1\nzfs-kmod-2.3.4-1"), ""},
        {BLOCK("On anvil", "$ dpkg -l vllm\nii  vllm  5:0.17.1-1~ubuntu.24.04~noble  arm64  a server"), ""},
        {BLOCK("On anvil", "$ dpkg -l vllm\nii  vllm  5:0.17.3-1~ubuntu.24.04~noble  arm64  a server"),
         "5:0.17.3-1~ubuntu.24.04~noble"},
        {BLOCK("On anvil", "$ dpkg -l cook-ce\nii  cook-ce  5:28.5.1-1~vllm.24.04~noble  arm64  a pot"), ""},
        {BLOCK("On anvil", "$ bench --tsv\nvllm\t8\t112\npgbench\t16\t472"), ""},
        {BLOCK("On anvil", "$ pip list\nPackage  Version\n-------  -------\nvllm     0.17.1\nnumpy    2.1.0"), ""},
        {BLOCK("On anvil", "$ pip list\nPackage  Version\n-------  -------\nvllm     0.17.3\nnumpy    2.1.0"),
         "0.17.3"},
        {BLOCK("On anvil", "$ docker images\nREPOSITORY       TAG      SIZE\nvllm/vllm        v0.17.3  9GB"), ""},
        {BLOCK("On anvil", "$ helm search repo vllm\nNAME  VERSION\nvllm  0.19.3"), ""},
        {BLOCK("On anvil", "$ hostnamectl\n Static hostname: anvil\n          Kernel: Linux 6.12.59+deb13-amd64"),
         "6.12.59+deb13-amd64"},
        {BLOCK("On the NAS", "$ zfs version\nzfs-2.3.4-1\nzfs-kmod-2.2.4-1"), "2.2.4-1"},
    };
    expect_contradicted(lab, cases, COUNT_OF(cases));
}

/* Of a machine whose memory is not declared neither another's nor a card's says anything. */
static void machines_that_say_nothing(void **state) {
    (void)state;
    static const char two[] =
        "assay-facts: 1\nas_of: 2026-05-18\n"
        "hardware:\n"
        "  - {id: card, aliases: [GX9], location: Porto, attrs: {memory: {value: 12, unit: GB}}}\n"
        "hosts:\n"
        "  - {id: tern, aliases: [tern], location: Porto, attrs: {memory: {value: 256, unit: GB}}}\n"
        "  - {id: gull, aliases: [gull], location: Porto, attrs: {cpu_cores: {value: 8, unit: core}}}\n";
    static const said cases[] = {
        {BLOCK("On our boxes", "$ free -h\n        total   used\nMem:    62Gi   6.1Gi"), ""},
        {BLOCK("On gull", "$ free -h\n        total   used\nMem:    62Gi   6.1Gi"), ""},
        {BLOCK("On tern", "$ free -h\n        total   used\nMem:    62Gi   6.1Gi"), "62Gi"},
    };
    expect_contradicted(two, cases, COUNT_OF(cases));
}

static void settings(void **state) {
    (void)state;
    static const said cases[] = {
        {BLOCK("On anvil", "$ curl -s localhost:8000/v1/models | jq .data\n{\n  \"max_model_len\": 32768\n}"), ""},
        {BLOCK("On anvil", "$ curl -s localhost:8000/v1/models | jq .data\n{\n  \"max_model_len\": 16384\n}"), "16384"},
        {BLOCK("On anvil", "$ pgbench -c 8 bench\nscaling factor: 500\nnumber of clients: 8"), ""},
        {BLOCK("On anvil", "$ pgbench -c 8 bench\nscaling factor: 700\nnumber of clients: 8"), "700"},
        {BLOCK("On anvil", "$ pgbench -c 8 bench\nscaling factor: 500\nnumber of clients: 9"), "9"},
        {BLOCK("On anvil", "$ llama-bench -m /srv/quartz-120b.gguf\n"
                           "| model   |      size |   params | test |\n| ------- | --------: | -------: | ---- |\n"
                           "| quartz  | 59.02 GiB | 116.83 B | pp8  |"),
         ""},
        {BLOCK("On anvil", "$ llama-bench -m /srv/quartz-120b.gguf\n"
                           "| model   |      size |   params | test |\n| ------- | --------: | -------: | ---- |\n"
                           "| quartz  | 79.02 GiB | 126.83 B | pp8  |"),
         "79.02 GiB | 126.83 B"},
    };
    expect_contradicted(lab, cases, COUNT_OF(cases));
}

static const char cluster[] =
    "assay-facts: 1\n"
    "as_of: 2026-05-18\n"
    "scopes:\n"
    "  gpus: {world: closed, kind: gpu-model, members: [L7, R9]}\n"
    "components:\n"
    "  - {id: python, aliases: [Python], scheme: pep440, version: 3.12.11}\n"
    "  - {id: store-fs, aliases: [storefs], scheme: semver, version: 8.2.1,\n"
    "     attrs: {target_size: {value: \"174.5\", unit: TiB, aliases: [target]}}}\n"
    "hardware:\n"
    "  - {id: l7, aliases: [L7], attrs: {count: {value: 4, unit: GPU}}}\n"
    "  - {id: scratch, aliases: [scratch, scratch as a whole], attrs: {size: {value: 698, unit: TiB},\n"
    "     used: {value: 511, unit: TiB, aliases: [used]}, free: {value: 187, unit: TiB, aliases: [Avail]}, quota: "
    "{value: 10, unit: TB}}}\n"
    "hosts:\n"
    "  - {id: alder, aliases: [alder], attrs: {gpus: {value: 4, unit: GPU}, partition: {value: long},\n"
    "     time_limit: {value: 2, unit: day, render: [2-00:00:00]}}}\n"
    "  - {id: birch, aliases: [birch], attrs: {gpus: {value: 2, unit: GPU}, partition: {value: quick},\n"
    "     time_limit: {value: 4, unit: h}}}\n"
    "benchmarks:\n"
    "  - {id: free-101, subject: [store-fs], metric: free on target 101, value: \"2.6\", unit: TiB}\n";

static void rows(void **state) {
    (void)state;
#define SINFO "[me@alder ~]$ sinfo\nPARTITION TIMELIMIT   NODES GRES      NODELIST\n"
#define DF "[me@alder ~]$ df -h /scratch\nFilesystem   Size  Used Avail Use% Mounted on\n"
    static const said cases[] = {
        {BLOCK("It sees",
               SINFO "long*     2-00:00:00  1     gpu:l7:4  alder\nquick     04:00:00    1     gpu:l7:2  birch"),
         ""},
        {BLOCK("It sees",
               SINFO "long*     3-00:00:00  1     gpu:l7:4  alder\nslow      04:30:00    1     gpu:l7:3  birch"),
         "3-00:00:00 | slow | 04:30:00 | gpu:l7:3"},
        {BLOCK("It sees", SINFO "long*     2-00:00:00  1     gpu:q8:4  alder"), "gpu:q8:4"},
        {BLOCK("It sees", DF "store_nodev  698T  511T  187T  74% /scratch"), ""},
        {BLOCK("It sees", DF "store_nodev  698T  402T  296T  58% /scratch"), ""},     /* another day's use */
        {BLOCK("It sees", DF "store_nodev  698T  711T  187T  74% /scratch"), "711T"}, /* on no day */
        {BLOCK("It sees", DF "store_nodev  698T  511T  387T  74% /scratch"), "387T"},
        {BLOCK("It sees", DF "store_nodev  698T  511T  187T  94% /scratch"), "94%"},
        {BLOCK("It sees", DF "store_nodev  698T  512T  187T  74% /scratch"), ""},
        {BLOCK("It sees", DF "store_nodev  968T  511T  187T  74% /scratch"), "968T"},
        {BLOCK("It sees",
               "$ mine quota\nscratch  /scratch/lab   7.4 TB of  10 TB   74 %\nscratch as a whole    511 TiB of "
               "698 TiB  73 %"),
         ""},
        {BLOCK("It sees", "$ mine quota\nscratch  /scratch/lab   7.4 TB of  11 TB   74 %"), "11 TB"},
        {BLOCK("It sees", "$ storefs health df\nTARGET  ID   TOTAL     FREE\na_t1    101  174.5TiB  2.6TiB"), ""},
        {BLOCK("It sees", "$ storefs health df\nTARGET  ID   TOTAL     FREE\na_t1    101  174.6TiB  2.6TiB"),
         "174.6TiB"},
        {BLOCK("On alder", "$ cat job.out\nGPU 0: NVIDIA L7 (UUID: GPU-5d1c)\n"
                           "3.12.11 (main, Jul 14 2026, 10:02:51) [GCC 14.3.0]"),
         ""},
        {BLOCK("On alder", "$ cat job.out\nGPU 0: NVIDIA L8 (UUID: GPU-5d1c)\n"
                           "3.12.13 (main, Jul 14 2026, 10:02:51) [GCC 14.3.0]"),
         "NVIDIA L8 | 3.12.13"},
    };
    expect_contradicted(cluster, cases, COUNT_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(machines_that_say_nothing),
                                       cmocka_unit_test(machines),
                                       cmocka_unit_test(elsewhere),
                                       cmocka_unit_test(sizes),
                                       cmocka_unit_test(cards),
                                       cmocka_unit_test(releases),
                                       cmocka_unit_test(settings),
                                       cmocka_unit_test(rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
