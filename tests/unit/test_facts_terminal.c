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

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(any_line), cmocka_unit_test(columns), cmocka_unit_test(fields),
                                       cmocka_unit_test(packaging_is_no_release)};
    return cmocka_run_group_tests_name("facts: terminal", tests, NULL, NULL);
}
