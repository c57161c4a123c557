/* test_facts_changes.c - versions whose component the construct tells, and what no change can be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

static const char mill[] =
    "assay-facts: 1\n"
    "as_of: 2026-06-12\n"
    "components:\n"
    "  - {id: tern, aliases: [Tern], version: \"2.11.2\", history: [{version: \"2.9.1\", to: 2026-01-10}, {version: "
    "\"2.10.2\", from: 2026-01-10, to: 2026-05-16}]}\n"
    "  - {id: heron, aliases: [Heron], version: \"16.12\", history: [{version: \"16.11\", to: 2026-03-04}]}\n"
    "  - {id: kernel, aliases: [kernel], version: \"6.12.74\", history: [{version: \"6.12.57\", to: 2026-05-16}]}\n"
    "  - {id: side-kernel, aliases: [backports kernel], version: \"6.18.15\", history: [{version: \"6.17.13\", to: "
    "2026-05-09}]}\n"
    "  - {id: old-kernel, aliases: [rescue kernel], version: \"5.14.0-687.5.1.el9_8.x86_64\", accept: [prefix], "
    "scheme: "
    "rpm}\n"
    "  - {id: nvidia-driver, aliases: [NVIDIA driver], version: \"580.95.05\", history: [{version: \"570.172.08\", to: "
    "2026-04-08}]}\n"
    "  - {id: cuda-toolkit, aliases: [CUDA toolkit], version: \"13.0.2\"}\n"
    "  - {id: queue-code, aliases: [Nightshift], version: \"0.9.4\", history: [{version: \"0.8.7\", to: 2026-06-01}]}\n"
    "  - {id: systemd, aliases: [systemd], version: \"257\"}\n"
    "services:\n"
    "  - {id: queue-api, aliases: [queue daemon], host: barn, port: 7070, runs: [queue-code]}\n"
    "hosts:\n"
    "  - {id: barn, aliases: [barn, router]}\n";

static void constructs(void **state) {
    (void)state;
    static const said cases[] = {
        {"Tern 2.11.2 went live today. It replaces 2.10.3.", "2.10.3"},
        {"Tern 2.11.2 went live today. It replaces 2.10.2.", ""},
        {"Tern 2.11.2 is live. Nothing else changed; Parrot replaces 2.10.3.", ""},
        {"Tern is at 2.11.2 (on the barn; 2.10.3 until 16 May).", "2.10.3"},
        {"Tern is at 2.11.2 (on the barn; 2.10.2 until 16 May).", ""},
        {"The barn is on Tern 2.11.2; before that it had 2.10.3.", "2.10.3"},
        {"Tern was 2.10.2 then, and 2.11.3 since mid-May.", "2.11.3"},
        {"The kernel is younger: 6.12.58 was replaced by 6.12.74 on 16 May.", "6.12.58"},
        {"The kernel is younger: 6.12.57 was replaced by 6.12.75 on 16 May.", "6.12.75"},
        {"In April, when we went from 570.172.9 to 580.95.05, nothing broke.", "570.172.9"},
        {"In April, when we went from 570.172.08 to 580.95.6, nothing broke.", "580.95.6"},
        {"In April, when we went from 570.172.08 to 580.95.05, nothing broke.", ""},
        {"The temperature went from 83.5 to 71.2 as we moved to Tern 2.11.2.", ""},
        {"On 1 June the queue went to 0.9.5.", "0.9.5"},
        {"On 1 June the queue went to 0.9.4.", ""},
        {"The job list was long, whereas the queue was still at 0.8.8.", "0.8.8"},
        {"The job list was long, whereas the queue was still at 0.8.7.", ""},
        {"The NVIDIA driver is 580.95.05, the toolkit 13.0.3.", "13.0.3"},
        {"The NVIDIA driver is 580.95.05, the toolkit 13.0.2.", ""},
        {"Tern 2.11.2 calls a plug-in, and since May Parrot 2.11.9.", ""},
        {"It is a Tern server (2.11.3) with two workers.", "2.11.3"},
        {"The client in the kernel (ours is 6.12.75) opens one connection.", "6.12.75"},
        {"Point Tern, then at 2.9.3, to its new host.", "2.9.3"},
        {"Heron is at 2031.7, Tern at 2.11.2.", "2031.7"},
        {"Heron is at 16.12, Tern at 2.11.2.", ""},
        {"The test ran against Tern 2.10.3, which we used until May.", "2.10.3"},
        {"The barn is the router. It runs Tern 2.11.3.", "2.11.3"},
        {"We moved from Tern 2.10.3 to 2.11.2 on 2026-05-16.", "2.10.3"},
        {"Everything is a plain unit: systemd 258, nothing else.", "258"},
        {"```console\n$ cat /proc/driver/nvidia/version\nNVRM version: NVIDIA UNIX Open Kernel Module  580.95.6  "
         "Release "
         "Build\n```",
         "580.95.6"},
        {"The rescue kernel is 5.14.0-687.5.1.el9_8 on all.", ""},
        {"The rescue kernel is 5.14.0-687.5.1.el9_9 on all.", "5.14.0-687.5.1.el9_9"},
    };
    expect_contradicted(mill, cases, COUNT_OF(cases));
}

static void both_ends(void **state) {
    (void)state;
    static const said cases[] = {
        {"Tern 2.10.2, which replaced 2.10.2 in May, is quick.", "2.10.2"},
        {"On 16 May I upgraded Tern from 2.10.2 to 2.10.2.", "2.10.2"},
        {"On 16 May I upgraded Tern from 2.11.2 to 2.11.2.", "2.11.2"},
        {"On 16 May I upgraded Tern from 2.10.2 to 2.11.2.", ""},
        {"Tern 2.11.2 is quick, and 2.11.2 is what the barn has.", ""},
        {"| component | until 16 May | since |\n| --- | --- | --- |\n| Tern | 2.10.2 | 2.9.1 |", "2.9.1"},
        {"| component | until 16 May | since |\n| --- | --- | --- |\n| Tern | 2.11.2 | 2.11.2 |", "2.11.2"},
        {"| component | until 16 May | since |\n| --- | --- | --- |\n| Tern | 2.10.2 | 2.11.2 |", ""},
        {"| component | until 10 January | since |\n| --- | --- | --- |\n| Tern | 2.9.1 | 2.10.2 |", ""},
        {"Tern:\n\n| component | with 2.10.2 | with 2.11.2 |\n| --- | --- | --- |\n| kernel | 6.12.57 | 6.12.57 |",
         "6.12.57"},
        {"Tern:\n\n| component | with 2.10.2 | with 2.11.2 |\n| --- | --- | --- |\n| kernel | 6.12.74 | 6.12.74 |",
         "6.12.74"},
        {"Tern:\n\n| component | with 2.10.2 | with 2.11.2 |\n| --- | --- | --- |\n| kernel | 6.12.57 | 6.12.74 |", ""},
        {"Tern:\n\n| component | with 2.10.2 | with 2.11.2 |\n| --- | --- | --- |\n| Heron | 16.12 | 16.12 |", ""},
        {"| | until 9 May | since |\n| --- | --- | --- |\n| kernel | 6.17.13 | 6.18.15 |", ""},
        {"| | until 9 May | since |\n| --- | --- | --- |\n| kernel | 6.17.13 | 6.18.16 |", "6.18.16"},
    };
    expect_contradicted(mill, cases, COUNT_OF(cases));
}

static void days(void **state) {
    (void)state;
#define ROW(now, before, day)                                                                                          \
    "| what | now | before | changed on |\n| --- | --- | --- | --- |\n| Tern | " now " | " before " | " day " |"
    static const said cases[] = {
        {ROW("2.11.2", "2.10.2", "2026-05-16"), ""},
        {ROW("2.11.2", "2.10.2", "2026-05-17"), "2026-05-17"},
        {ROW("2.11.2", "2.9.1", "2026-05-16"), ""},
        {ROW("2.11.3", "2.10.2", "2026-05-17"), "2.11.3"},
        {"| what | now | tested on |\n| --- | --- | --- |\n| Tern | 2.11.2 | 2026-05-17 |", ""},
        {"We went to Tern 2.11.2 on 16 May.", ""},
        {"We went to Tern 2.11.2 on 18 May.", "18 May"},
        {"Tern 2.11.2 replaced 2.10.2 on 16 May, and Heron came on 4 March.", ""},
        {"Tern 2.10.2 was replaced on 16 May.", ""},
        {"We measured Tern 2.11.2 on 18 May.", ""},
        {"On the barn we went to Tern 2.11.2 on 18 May.", ""},
        {"Tern has been 2.11.2 since 16 May 2026.", ""},
        {"Tern has been 2.11.2 since 17 May 2026.", "17 May 2026"},
        {"Heron has been 16.12 since 4 March.", ""},
        {"Heron was 16.11 until 4 March.", ""},
        {"Heron was 16.11 until 6 March.", "6 March"},
    };
    expect_contradicted(mill, cases, COUNT_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(constructs), cmocka_unit_test(both_ends),
                                       cmocka_unit_test(days)};
    return cmocka_run_group_tests_name("facts: changes of versions", tests, NULL, NULL);
}
