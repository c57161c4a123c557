/* test_facts_version_rows.c - releases that are not what runs now: of a row among others, of somebody who asks; and
 * those that output states plainly: a status panel's rows, a package's record, what a machine is asked for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

#define CLEAN(texts) expect_each(halo_station, halo_lead, texts, COUNT_OF(texts), false)
#define FALSE(texts) expect_each(halo_station, halo_lead, texts, COUNT_OF(texts), true)
#define RUNS "| # | Model | Engine | tok/s |\n|---|---|---|---|\n"
#define STACK "| Layer | Software |\n|---|---|\n"

/* A column, or a list, that names several releases of one component has one for each time. */
static void one_of_several_rows(void **state) {
    (void)state;
    static const char *const clean[] = {
        RUNS
        "| 1 | Phi-4 | vLLM 0.12.0 | 8.4 |\n| 2 | Devstral | vLLM 0.13.0 | 9.8 |\n| 3 | Qwen | vLLM 0.17.0 | 59 |\n",
        RUNS
        "| 1 | Phi-4 | vLLM 0.12.0 | 8.4 |\n| 2 | Devstral | vLLM 0.13.0 | 9.8 |\n| 3 | GLM | SGLang 0.5.7 | 43 |\n",
        "| Attempt | Stack | Result |\n|---|---|---|\n| 1 | CUDA 12.8 | no kernels |\n| 2 | CUDA 13.0.2 | works |\n",
        "| Version | tok/s |\n|---|---|\n| vLLM 0.12.0 | 30 |\n| vLLM 0.15.1 | 41 |\n| vLLM 0.17.0 | 59 |\n",
        "| Attempt | Stack | Result |\n|---|---|---|\n| first | NVIDIA driver 570.86.10 | crash |\n"
        "| second | NVIDIA driver 580.95.05 | works |\n",
        "1. vLLM 0.12.0, 30 tok/s\n2. vLLM 0.13.0, 38 tok/s\n3. vLLM 0.17.0, 59 tok/s\n",
        "- **vLLM 0.12.0:** 41 tok/s\n- **vLLM 0.15.1:** 52 tok/s\n",
    };
    static const char *const untrue[] = {
        RUNS "| 1 | Qwen | vLLM 0.12.0 | 70 |\n| 2 | Mistral | vLLM 0.12.0 | 28 |\n",
        STACK "| Engine | vLLM 0.12.0 |\n| System | Ubuntu 22.04 |\n| Driver | NVIDIA driver 570.86.10 |\n",
        STACK "| Engine | vLLM 0.12.0, since vLLM 0.11.0 is broken |\n| System | Ubuntu 24.04 |\n",
        "| Host | Engine |\n|---|---|\n| Halo Station | vLLM 0.12.0 |\n| Standby | vLLM 0.11.0 |\n",
        "- Ubuntu 24.04\n- vLLM 0.12.0\n- NVIDIA driver 580.95.05\n",
    };
    CLEAN(clean);
    FALSE(untrue);
}

/* The "I" of a question that is set apart from its answer is who asks. */
static void asked_by_a_reader(void **state) {
    (void)state;
    static const char *const clean[] = {
        "**2. I have vLLM 0.11.2 and get `KeyError`. What's wrong? (Mirela)**\n\nYour version.\n",
        "**I have vLLM 0.11.2 and get `KeyError`. What's wrong?**\n\nYour version.\n",
        "### I have vLLM 0.11.2 and get `KeyError`. What's wrong? (Mirela)\n\nYour version.\n",
        "> I have vLLM 0.11.2 and get `KeyError`. What's wrong?\n\nYour version.\n",
        "Q: I have vLLM 0.11.2 and get `KeyError`. What's wrong?\n\nA: Your version.\n",
        "Q: I have vLLM 0.11.2 and get `KeyError`. What's wrong?\nA: Your version.\n",
        "*My Halo Station still has NVIDIA driver 570.86.10. Do I have to upgrade?* asks Kemal.\n",
        "**My Halo Station has 64 GB of unified memory. Was I cheated?**\n\nNo.\n",
    };
    static const char *const untrue[] = {
        "**I run vLLM 0.11.2 on the Halo Station.** Why would I change it?\n",
        "**Which engine do you run?** I run vLLM 0.11.2.\n",
        "**Which engine do you run?**\n\nI run vLLM 0.11.2. What else would I run?\n",
        "Q: What do you run?\nA: I run vLLM 0.11.2.\n",
        "## Which engine?\n\nI run vLLM 0.11.2. Why not something newer? Because it works.\n",
        "**I run vLLM 0.11.2, and it works.**\n",
    };
    CLEAN(clean);
    FALSE(untrue);
}

#define PANEL(command, text) "My first stop:\n\n```console\n$ " command "\n" text "\n```\n"

/* "driver    575.57.08": the last word of one component's name, and its version, are all that the row says. */
static void rows_of_a_panel(void **state) {
    (void)state;
    static const char *const untrue[] = {
        PANEL("./newsroom status", "os        Ubuntu 24.04\ndriver    575.57.08"),
        PANEL("./newsroom status", "os        Ubuntu 24.04\ncuda      12.9"),
        PANEL("make versions", "driver: 575.57.08"),
        PANEL("evalctl report --last 7d", "engine      vllm 0.10.1\narticles    14"),
    };
    static const char *const clean[] = {
        PANEL("./newsroom status", "driver    580.95.05\ncuda      13.0\nengine    vllm 0.17.0"),
        PANEL("./newsroom status", "server    1.24.0\nnewsroom  0.3.1"),
        "A friend's machine says:\n\n```console\n$ ./newsroom status\ndriver    575.57.08\n```\n",
        "```console\nme@laptop:~$ ./newsroom status\ndriver    575.57.08\n```\n",
        "Before the upgrade it said:\n\n```console\n$ ./newsroom status\ndriver    575.57.08\n```\n",
    };
    FALSE(untrue);
    CLEAN(clean);
}

/* The record of the package that the command names; what the machine has that runs it; "/" of its one disk. */
static void what_was_asked(void **state) {
    (void)state;
    static const char *const untrue[] = {
        PANEL("pip show vllm | grep Version", "Version: 0.14.1"),
        "The VPS is small. Ask the machine:\n\n```console\n$ pip show vllm | grep Version\nVersion: 0.17.0\n$ "
        "nproc\n24\n```\n",
        "The Halo Station has space:\n\n```console\n$ df -h --output=source,size /\nFilesystem      Size\n"
        "/dev/nvme0n1p2  938G\n```\n",
        "It has space:\n\n```console\nadmin@halo:~$ df -h / | tail -1\n/dev/nvme0n1p2  1.8T  212G  1.5T  13% /\n```\n",
    };
    static const char *const clean[] = {
        PANEL("pip show vllm | grep Version", "Version: 0.17.0"),
        PANEL("pip show torch | grep Version", "Version: 2.7.1"),
        PANEL("pip show torch vllm | grep Version", "Version: 2.7.1\nVersion: 0.17.0"),
        PANEL("apt show vllm", "Package: vllm\nVersion: 0.19.1"),
        "The VPS is small.\n\n```console\n$ nproc\n4\n```\n",
        "The VPS is small. Ask the machine:\n\n```console\n$ caddy version\n2.10.0\n$ nproc\n4\n```\n",
        "The VPS has little space:\n\n```console\n$ df -h /\nFilesystem      Size  Used Avail Use% Mounted on\n"
        "/dev/vda1        38G   11G   26G  30% /\n```\n",
        "It has space:\n\n```console\nadmin@halo:~$ df -h / | tail -1\n/dev/nvme0n1p2  3.7T  212G  3.3T   6% /\n```\n",
        "It has space:\n\n```console\nadmin@halo:~$ df -h / /home | tail -2\n/dev/nvme0n1p2  500G  212G  280G  43% /\n"
        "/dev/nvme0n1p3  3.2T  212G  2.9T   7% /home\n```\n",
        "The start:\n\n```console\nadmin@halo:~$ df -h /boot | tail -1\n/dev/nvme0n1p1  1.1G  212M  0.9G  20% "
        "/boot\n```\n",
    };
    FALSE(untrue);
    CLEAN(clean);
}

#define ASKED(text) text ":\n\n```console\nadmin@halo:~$ nvidia-smi | head -1\nDriver Version: 570.86.10\n```\n"

/* What comes before each time, or before what follows, is no time that is over. */
static void before_what(void **state) {
    (void)state;
    static const char *const untrue[] = {
        ASKED("Before each session we confirm that the accelerator is visible"),
        ASKED("Before every deployment, a script checks the driver"),
        ASKED("Before we start, a look at the machine"),
        ASKED("Before continuing, make sure that the driver answers"),
        ASKED("Before anything else, the versions"),
        ASKED("If everything went well, it answers like ours"),
        "It came with an older one, so I looked at the memory before going any further:\n\n```console\n"
        "admin@halo:~$ free -h\n        total\nMem:    62Gi\n```\n",
        "We tried 0.10 in February but rolled back. Ubuntu 20.04 remains our base system.\n",
    };
    static const char *const clean[] = {
        ASKED("Before the upgrade it said this"),
        ASKED("This is what it said before upgrading"),
        ASKED("Before I changed the driver"),
        ASKED("The night before"),
        "On the older machine, before I moved, I looked at the memory:\n\n```console\n"
        "$ free -h\n        total\nMem:    62Gi\n```\n",
    };
    FALSE(untrue);
    CLEAN(clean);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(one_of_several_rows), cmocka_unit_test(asked_by_a_reader),
                                       cmocka_unit_test(rows_of_a_panel), cmocka_unit_test(what_was_asked),
                                       cmocka_unit_test(before_what)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
