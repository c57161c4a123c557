/* test_facts_terminal.c - pasted output against declared signatures: this command's, on this host, today. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

static void any_line(void **state) {
    (void)state;
    static const said cases[] = {
        {"On the Anvil:\n\n```console\n$ uname -r\n6.14.0-1015\n```", ""},
        {"On the Anvil:\n\n```console\n$ uname -r\n6.8.0-41\n```", "6.8.0-41"},
        {"On the Anvil:\n\n```console\n$ uname -r\nwarning: locale\n6.14.0-1015\n```", ""},
        {"On the Anvil, before the upgrade:\n\n```console\n$ uname -r\n6.8.0-41\n```", ""},
        {"On the Anvil:\n\n```console\n$ uname -r\nrelease 6.14.0-1015 (aarch64)\n```", ""},
        {"On the Anvil:\n\n```console\n$ uname -r\nrelease 6.14.0-10155 (aarch64)\n```",
         "release 6.14.0-10155 (aarch64)"},
        {"On perch the kernel is another one:\n\n```console\n$ uname -r\n6.1.0-42\n```", ""},
        {"My Anvil asks the VPS.\n\n```console\nroot@perch:~# uname -r\n6.1.0-42\n```", ""},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

static void columns(void **state) {
    (void)state;
    static const said cases[] = {
        {"The Anvil has one disk:\n\n```console\n$ lsblk\nNAME        RM  SIZE RO TYPE\n"
         "nvme0n1      0  3.6T  0 disk\n\xe2\x94\x9c\xe2\x94\x80nvme0n1p1  0  512M  0 part\n```",
         ""},
        {"The Anvil has one disk:\n\n```console\n$ lsblk\nNAME        RM  SIZE RO TYPE\n"
         "nvme0n1      0  1.8T  0 disk\n\xe2\x94\x94\xe2\x94\x80nvme0n1p1  0  3.6T  0 part\n```",
         "1.8T"},
        {"The Anvil has two disks:\n\n```console\n$ lsblk\nNAME        RM  SIZE RO TYPE\n"
         "sda          0  1.8T  0 disk\nnvme0n1      0  3.6T  0 disk\n```",
         ""},
        {"A stick in the Anvil:\n\n```console\n$ lsblk /dev/sdb\nNAME RM  SIZE RO TYPE\nsdb   1 57.3G  0 disk\n```",
         ""},
        {"The Anvil has one disk:\n\n```console\n$ lsblk\nDEVICE NAME     SIZE TYPE\nnvme0n1         3.6T disk\n```",
         ""},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

static void fields(void **state) {
    (void)state;
    static const said cases[] = {
        {"On the Anvil:\n\n```console\n$ zpool status tank\n  pool: tank\n state: ONLINE\n```", ""},
        {"On the Anvil:\n\n```console\n$ zpool status tank\n  pool: tank\n state: DEGRADED\n```", "state: DEGRADED"},
        {"On the Anvil:\n\n```console\n$ zpool status tank\n  pool: tank\nresilver state: idle\n```", ""},
        {"On the Anvil:\n\n```console\n$ nvidia-smi | grep -A1 GX\n|   0  NVIDIA GX9     On  |  N/A |\n```", ""},
        {"On the Anvil:\n\n```console\n$ nvidia-smi | grep -A1 GX\n|   0  NVIDIA GX8     On  |  N/A |\n```",
         "NVIDIA GX8"},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

static void packaging_is_no_release(void **state) {
    (void)state;
    static const said cases[] = {
        {"On the Anvil:\n\n```console\n$ psql --version\npsql (PostgreSQL) 16.12 (Debian 16.12-1.pgdg120+1)\n```", ""},
        {"On the Anvil:\n\n```console\n$ psql --version\npsql (PostgreSQL) 16.12 (Debian 16.12-1.pgdg120+9)\n```",
         "16.12-1.pgdg120+9"},
        {"On the Anvil:\n\n```console\n$ uname -v\n#1 SMP PREEMPT_DYNAMIC Debian 6.1.159-1 (2025-12-30)\n```", ""},
        {"My Anvil runs Debian 11.2.", "11.2"},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

static const char printing[] = "assay-facts: 1\n"
                               "as_of: 2026-05-18\n"
                               "components:\n"
                               "  - {id: openzfs, aliases: [zfs, OpenZFS], scheme: semver, version: 2.3.4}\n"
                               "hardware:\n"
                               "  - {id: anvil, aliases: [anvil]}\n"
                               "hosts:\n"
                               "  - {id: perch, aliases: [perch]}\n"
                               "output_signatures:\n"
                               "  - {cmd: nvidia-smi, host: anvil, field: name, equals: NVIDIA GX9}\n"
                               "  - {cmd: nvidia-smi, host: anvil, field: memory.total, equals: 24564 MiB}\n"
                               "  - {cmd: uname -r, host: anvil, equals: 6.14.0-1015}\n"
                               "  - {cmd: zfs version, host: anvil, field: zfs, equals: zfs-2.3.4-1}\n"
                               "  - {cmd: uptime, host: anvil, field: load average, pattern: '^[0-3]\\.[0-9]{2}'}\n"
                               "  - {cmd: wg --version, host: anvil, pattern: '^wireguard-tools v1\\.'}\n"
                               "  - {cmd: gpuinfo, host: anvil, pattern: 'Driver Version: 570\\.172'}\n"
                               "  - {cmd: gpuinfo, host: anvil, pattern: 'NVIDIA A2'}\n"
                               "  - {cmd: nodes, host: anvil, pattern: 'v1\\.34'}\n"
                               "  - {cmd: zpool list, host: anvil, field: NAME, equals: tank}\n";

static void output_about_another_thing_of_no_machine(void **state) {
    (void)state;
    static const char pools[] =
        "assay-facts: 1\nas_of: 2026-05-18\n"
        "components: [{id: openzfs, aliases: [OpenZFS]}]\n"
        "hosts: [{id: anvil, aliases: [anvil], runs: [openzfs]}, {id: bellows, aliases: [bellows]}]\n"
        "output_signatures:\n"
        "  - {cmd: zpool status, host: anvil, field: pool, equals: tank}\n"
        "  - {cmd: zpool status, host: anvil, field: state, equals: ONLINE}\n";
    static const said cases[] = {
        {"```console\n$ zpool status\n  pool: far\n state: DEGRADED\n```", ""},
        {"```console\n$ zpool status\n  pool: tank\n state: DEGRADED\n```", "state: DEGRADED"},
        {"```console\nanvil$ zpool status\n  pool: far\n state: ONLINE\n```", "pool: far"},
        {"On anvil:\n\n```console\n$ zpool status\n  pool: far\n state: ONLINE\n```", "pool: far"},
    };
    expect_contradicted(pools, cases, COUNT_OF(cases));
}

static void machines_in_prompts(void **state) {
    (void)state;
    static const said cases[] = {
        {"```console\nanvil$ uname -r\n6.12.0-1\n```", "6.12.0-1"},
        {"```console\nanvil:/srv# uname -r\n6.12.0-1\n```", "6.12.0-1"},
        {"```console\nanvil$ uname -r\n6.14.0-1015\n```", ""},
        {"```console\nperch$ uname -r\n6.12.0-1\n```", ""},
        {"```console\nlaptop$ uname -r\n6.10.1\n```", ""},
        {"```console\nme@buildbox:~$ uname -r\n6.10.1\n```", ""},
        {"```console\nlaptop$ zfs version\nzfs-2.1.5-1\n```", ""},
        {"```console\nanvil$ zfs version\nzfs-2.3.5-1\nzfs-kmod-2.3.4-1\n```", "zfs-2.3.5-1"},
        {"```console\nanvil$ zfs version\nzfs-2.3.4-1\nzfs-kmod-2.3.4-1\n```", ""},
        {"```console\nanvil$ nodes\nv1.35.0\n```", "v1.35.0"},
        {"```console\nanvil$ nodes --version\nnodes 7.2\n```", ""}, /* what it says of itself is something else */
        {"```console\nanvil$ nodes --help\nusage: nodes\n```", ""},
        {"```console\nanvil$ nodes -V\n7.2\n```", ""},
        {"```console\nanvil$ wg --version\nwireguard-tools v2.0\n```", "wireguard-tools v2.0"},
    };
    expect_contradicted(printing, cases, COUNT_OF(cases));
}

static void comma_separated(void **state) {
    (void)state;
    static const said cases[] = {
        {"```console\nanvil$ nvidia-smi --query-gpu=name,memory.total --format=csv\nname, memory.total [MiB]\nNVIDIA "
         "GX9, "
         "24564 MiB\n```",
         ""},
        {"```console\nanvil$ nvidia-smi --query-gpu=name,memory.total --format=csv\nname, memory.total [MiB]\nNVIDIA "
         "GX9, "
         "24576 MiB\n```",
         "24576 MiB"},
        {"```console\nanvil$ nvidia-smi --query-gpu=name,memory.total --format=csv,noheader,nounits\nNVIDIA GX8, "
         "24564\n```",
         "NVIDIA GX8"},
        {"```console\nanvil$ nvidia-smi --query-gpu=power.limit,name --format=csv,noheader\n360.00 W, NVIDIA GX9\n```",
         ""},
    };
    expect_contradicted(printing, cases, COUNT_OF(cases));
}

static void patterns(void **state) {
    (void)state;
    static const said cases[] = {
        {"```console\nanvil$ uptime\n 10:11:12 up 3 days, load average: 2.10, 2.00, 1.90\n```", ""},
        {"```console\nanvil$ uptime\n 10:11:12 up 3 days, load average: 41.10, 40.00, 39.90\n```",
         "load average: 41.10, 40.00, 39.90"},
        {"```console\nanvil$ wg --version\nwireguard-tools v1.0.20210914\n```", ""},
        {"```console\nanvil$ wg --version\nwireguard-tools v2.0\n```", "wireguard-tools v2.0"},
        {"```console\nanvil$ gpuinfo\nTue Nov 18\nDriver Version: 570.172.08\nNVIDIA A2\n```", ""},
        {"```console\nanvil$ gpuinfo\nTue Nov 18\nDriver Version: 560.10.01\nNVIDIA A2\n```",
         "Driver Version: 560.10.01"},
        {"```console\nanvil$ gpuinfo\nTue Nov 18\nDriver Version: 570.172.08\n```", ""},
        {"```console\nanvil$ zpool list\nNAME   SIZE  FREE   CAP\ntank  87.3T  47.2T   54%\n```", ""},
        {"```console\nanvil$ zpool list\nNAME   SIZE  FREE   CAP\npool  87.3T  47.2T   54%\n```", "pool"},
        {"```console\nanvil$ uname -r\nbash: uname: command not found\n```", ""},
        {"```console\nanvil$ nodes\nNAME STATUS\nanvil Ready\n```", ""},
        {"```console\nanvil$ nodes\nv1.33.0\n```", "v1.33.0"},
        {"```console\nanvil$ wg --version\nbash: wg: command not found\n```", ""},
    };
    expect_contradicted(printing, cases, COUNT_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(any_line),
                                       cmocka_unit_test(columns),
                                       cmocka_unit_test(fields),
                                       cmocka_unit_test(packaging_is_no_release),
                                       cmocka_unit_test(output_about_another_thing_of_no_machine),
                                       cmocka_unit_test(machines_in_prompts),
                                       cmocka_unit_test(comma_separated),
                                       cmocka_unit_test(patterns)};
    return cmocka_run_group_tests_name("facts: terminal", tests, NULL, NULL);
}
