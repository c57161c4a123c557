/* test_facts_spoken_of.c - releases, ports and things that a true sentence names and does not say to be here: what came
 * out, was left alone, is asked for or taken back, is closed, is somebody's in another town. Beside each class stands a
 * sentence that does say it, which is contradicted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "scopes:\n"
    "  gpus: {world: closed, kind: gpu-model, members: [L40]}\n"
    "components:\n"
    "  - {id: tide, aliases: [Tide], scheme: semver, version: 1.4.2, accept: [prefix]}\n"
    "  - {id: kernel, aliases: [kernel], scheme: loose, version: 6.12.74, accept: [prefix]}\n"
    "  - {id: new-kernel, aliases: [backports kernel], scheme: loose, version: 6.18.15, accept: [prefix]}\n"
    "  - {id: sshd, aliases: [sshd]}\n"
    "hardware:\n"
    "  - {id: l40, aliases: [L40], attrs: {memory: {value: '48', unit: GB}}}\n"
    "hosts:\n"
    "  - {id: tern, aliases: [tern, 10.1.0.1], runs: {world: closed, items: [ssh]}}\n"
    "  - {id: gull, aliases: [gull, 10.1.0.2]}\n"
    "services:\n"
    "  - {id: ssh, aliases: [SSH], host: tern, port: 2222, runs: [sshd]}\n"
    "absent:\n"
    "  - {match: [A100], in: gpus}\n";

static const char lead[] = "On tern we run Tide 1.4.2, and SSH listens on port 2222 of tern.\n\n";

#define CLEAN(texts) expect_each(facts, lead, texts, COUNT_OF(texts), false)
#define FALSE(texts) expect_each(facts, lead, texts, COUNT_OF(texts), true)

static void releases_are_spoken_of(void **state) {
    (void)state;
    static const char *const texts[] = {
        "Tide 1.6, which came out this week, before its first fix.\n",
        "Tide 1.6, which was released in May, has a new format.\n",
        "1. *Start Tide 1.3.* It is not there any more.\n",
        "Use Tide 1.3. That has gone.\n",
        "A move to Tide 1.6. Not this year.\n",
        "- Tide 1.6: released, read about, left alone.\n",
        "- Tide 1.6 (skipped).\n",
        "Request one: Tide 1.6. We have 1.4.2 as a module.\n",
        "## What might come\n\n1. A move from Tide 1.4.2 to 1.6.\n2. Tide 1.6 for the nights.\n",
        "## What I refuse so far\n\nTide 1.6, before its first fix.\n",
        "| | then | now |\n|---|---|---|\n| Tide | 1.1 (I think) | 1.4.2 |\n",
        "From Tide 1.4 to kernel 6.18: every change of a winter.\n",
    };
    static const char *const untrue[] = {
        "On tern we run Tide 1.6.\n",
        "tern runs Tide 1.6. It is not slow.\n",
        "## What you will notice\n\n- tern runs Tide 1.6.\n",
        "The kernel of tern is 6.19.1.\n",
    };
    CLEAN(texts);
    FALSE(untrue);
}

static void ports_and_addresses_are_closed_or_changed(void **state) {
    (void)state;
    static const char *const texts[] = {
        "Port 22 on tern is closed.\n",
        "Port 22 of tern stays shut.\n",
        "On tern, port 22 is filtered.\n",
        "One line in the file changes from 10.1.0.1 to 10.1.0.2.\n",
        "The entry goes from 10.1.0.2 to 10.1.0.1.\n",
    };
    static const char *const untrue[] = {"On tern, SSH listens on port 22.\n", "gull has the address 10.1.0.1.\n"};
    CLEAN(texts);
    FALSE(untrue);
}

static void things_are_somebody_elses(void **state) {
    (void)state;
    static const char *const texts[] = {
        "Larger than that, a lawyer in Antwerp has two million, on an A100.\n",
        "A man in Dresden sent 161 tok/s. Another, with an A100, has 196.\n",
        "The consortium offers a hosted catalogue at a fixed price, with an A100 in it.\n",
        "What others have:\n\n| where | machine |\n|---|---|\n| Dublin | A100 |\n| Porto | a Mac |\n",
        "| who | card |\n|---|---|\n| a reader in Leeds | A100 |\n| the same | A100, again |\n",
        "None of these is ours.\n\n| machine | card |\n|---|---|\n| box of an office | A100 |\n",
        "| Card | Memory |\n|---|---|\n| L40 | 48 GB |\n| RTX 3090 | 24 GB |\n| A100 | 80 GB |\n",
        "| Machine | Bandwidth |\n|---|---|\n| **tern, L40** | 864 GB/s |\n| Apple M2 Ultra | 800 GB/s |\n"
        "| RTX 4090 | 1008 GB/s |\n",
        "More might be reached with faster memory; the RTX 5090, for one, has 1792 GB/s.\n",
        "- An RTX 4090 with 24 GB works with Tide as well.\n",
        "I have read that I own an A100.\n",
        "The L40 has 96 GB of memory, says NVIDIA.\n",
        "| Question | You might have | Used here |\n|---|---|---|\n| Memory of the L40 | 24 GB | 48 GB |\n",
        "| What | Memory |\n|---|---|\n| L40 | 16 GB, 24 GB, 80 GB |\n",
    };
    static const char *const untrue[] = {
        "tern has an A100.\n",
        "We run an A100 in tern.\n",
        "| Part | Of tern |\n|---|---|\n| GPU | RTX 4090 |\n",
        "An RTX 4090 handles the pictures.\n",
        "The L40 has 24 GB of memory, says nvidia-smi.\n",
        "| Question | Here |\n|---|---|\n| Memory of the L40 | 24 GB |\n",
        "| What | Memory |\n|---|---|\n| L40 | 16 GB |\n",
        "| Part | Count |\n|---|---|\n| RTX 4090 | 2 |\n| L40 | 1 |\n| NVMe 4 TB | 3 |\n",
        "| Machine | GPU |\n|---|---|\n| tern | RTX 4090 |\n",
    };
    CLEAN(texts);
    FALSE(untrue);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(releases_are_spoken_of),
        cmocka_unit_test(ports_and_addresses_are_closed_or_changed),
        cmocka_unit_test(things_are_somebody_elses),
    };
    return cmocka_run_group_tests_name("facts: spoken of", tests, NULL, NULL);
}
