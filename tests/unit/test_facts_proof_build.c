/* test_facts_proof_build.c - a declared value that the build of the text gives to another thing proves nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/support/verdicts.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "components:\n"
    "  - {id: kiln, aliases: [Kiln]}\n"
    "  - {id: oven, aliases: [Oven]}\n"
    "  - {id: caddy, aliases: [Caddy]}\n"
    "  - {id: first-model, aliases: [Otter, primary model], attrs: {parameters: {value: '35', unit: B params},"
    " active_parameters: {value: '3', unit: B params}}}\n"
    "  - {id: second-model, aliases: [Bison, Bison vision model]}\n"
    "hardware:\n"
    "  - {id: anvil, aliases: [Anvil], attrs: {memory: {value: '128', unit: GB, aliases: [RAM]},"
    " cpu_cores: {value: '20', unit: core, aliases: [cores]},"
    " memory_bandwidth: {value: '273', unit: GB/s}, storage: {value: '4', unit: TB, aliases: [NVMe, disk]}}}\n"
    "hosts:\n"
    "  - {id: kite, aliases: [VPS], location: Oslo, runs: {world: closed, items: [caddy]}}\n"
    "services:\n"
    "  - {id: first, aliases: [first endpoint], host: anvil, port: 8001, runs: [kiln, first-model]}\n"
    "  - {id: second, aliases: [second endpoint], host: anvil, port: 8002, runs: [oven, second-model]}\n"
    "processes:\n"
    "  - {id: publish, aliases: [publish, deploy], steps: [draft, read], order: strict}\n"
    "  - {id: swap, aliases: [model swap], steps: [stop, launch], order: strict}\n"
    "benchmarks:\n"
    "  - {id: daily, subject: [first-model, first], metric: decode, value: '70', unit: tok/s, where: {run: "
    "production}}\n"
    "  - {id: one, subject: [first-model], metric: decode, value: '59.7', unit: tok/s, where: {run: short brief}}\n"
    "  - {id: two, subject: [second-model], metric: decode, value: '28.1', unit: tok/s, where: {run: short brief}}\n"
    "  - {id: cost, subject: [swap], metric: duration, value: '25', unit: min}\n";

#define NO VERDICT_UNVERIFIED, NULL
#define YES VERDICT_SUPPORTED, NULL

static void the_machine_that_is_spoken_of(void **state) {
    (void)state;
    static const told cases[] = {
        {"I run one Anvil. The VPS in Oslo has 128 GB of RAM.", "128 GB", NO},
        {"I run one Anvil. My VPS, with 20 cores and 128 GB of RAM, runs Caddy.", "20 cores", NO},
        {"I run one Anvil. My VPS, with 20 cores and 128 GB of RAM, runs Caddy.", "128 GB", NO},
        {"I run one Anvil.\n\n- **VPS:** 20 cores, 128 GB RAM, 4 TB NVMe", "4 TB", NO},
        {"I run one Anvil.\n\n| Machine | RAM |\n| --- | --- |\n| Anvil | yes |\n| VPS | 128 GB |", "128 GB", NO},
        {"The VPS in Oslo sends its backups to the Anvil, which has 128 GB of RAM.", "128 GB", YES},
        {"I run one Anvil. Compared with a VPS, 128 GB of RAM is a luxury.", "128 GB", YES},
        {"The VPS serves the site, and the Anvil, with 128 GB of RAM, does the rest.", "128 GB", YES},
        {"My Anvil, with 20 cores and 128 GB of RAM, runs Kiln.", "128 GB", YES},
        {"- **Anvil:** 20 cores, 128 GB RAM, 4 TB NVMe", "4 TB", YES},
        {"| Machine | RAM |\n| --- | --- |\n| Anvil | 128 GB |", "128 GB", YES},
        {"I run one Anvil. My NAS has a 4 TB NVMe drive.", "4 TB", NO},
        {"I run one Anvil. The box has a 4 TB NVMe drive.", "4 TB", YES},
        {"I run one Anvil. It has well over 4 TB of NVMe storage.", "over 4 TB", NO},
        {"I run one Anvil. It has well over 3 TB of NVMe storage.", "over 3 TB", YES},
        {"I run one Anvil. The network link carries 273 GB/s.", "273 GB/s", NO},
        {"I run one Anvil. The memory carries 273 GB/s.", "273 GB/s", YES},
    };
    expect_verdicts(facts, cases, COUNT_OF(cases));
}

static void of_two_sizes_the_one_that_is_said(void **state) {
    (void)state;
    static const told cases[] = {
        {"Bison has 35 billion parameters.", "35 billion parameters", NO},
        {"The primary model is a 3B model.", "3B", NO},
        {"Otter activates 35B parameters per token.", "35B parameters", NO},
        {"Otter is the primary model.\n\n- **Parameters:** 3B total, 35B active", "3B", NO},
        {"Otter is the primary model.\n\n- **Parameters:** 3B total, 35B active", "35B", NO},
        {"| Model | Total | Active |\n| --- | --- | --- |\n| Otter | 3B | 35B |", "3B", NO},
        {"| Model | Parameters |\n| --- | --- |\n| Bison | 35B |", "35B", NO},
        {"Otter activates 3B parameters per token.", "3B parameters", YES},
        {"Otter is the primary model.\n\n- **Parameters:** 35B total, 3B active", "35B", YES},
        {"Otter is the primary model.\n\n- **Parameters:** 35B total, 3B active", "3B", YES},
        {"| Model | Total | Active |\n| --- | --- | --- |\n| Otter | 35B | 3B |", "3B", YES},
        {"Unlike Bison, the primary model has 35 billion parameters.", "35 billion parameters", YES},
        {"All 35B parameters of Otter have to be resident, though only 3B are active per token.", "3B", YES},
    };
    expect_verdicts(facts, cases, COUNT_OF(cases));
}

static void two_names_and_two_numbers(void **state) {
    (void)state;
    static const told cases[] = {
        {"Otter and Bison decode at 28.1 and 59.7 tok/s.", "59.7 tok/s", NO},
        {"Otter and Bison decode at 28.1 and 59.7 tok/s.", "28.1", NO},
        {"Bison beats Otter: 59.7 tok/s against 28.1 tok/s.", "59.7 tok/s", NO},
        {"Moving from Otter to Bison raises the speed from 28.1 to 59.7 tok/s.", "59.7 tok/s", NO},
        {"Bison and Otter both decode at 59.7 tok/s on the short brief.", "59.7 tok/s", NO},
        {"Both models decode at 70 tok/s in production.", "70 tok/s", NO},
        {"Otter and Bison decode at 59.7 and 28.1 tok/s.", "28.1 tok/s", YES},
        {"Otter beats Bison: 59.7 tok/s against 28.1 tok/s.", "28.1 tok/s", YES},
        {"Moving from Bison to Otter raises the speed from 28.1 to 59.7 tok/s.", "59.7 tok/s", YES},
        {"Where Bison needs a minute at 28.1 tok/s, Otter needs half of one at 59.7 tok/s.", "59.7 tok/s", YES},
        {"Kiln and Otter both decode at 59.7 tok/s on the short brief.", "59.7 tok/s", YES},
    };
    expect_verdicts(facts, cases, COUNT_OF(cases));
}

static void another_noun_phase_or_no_value(void **state) {
    (void)state;
    static const told cases[] = {
        {"The vision model reaches 70 tok/s.", "70 tok/s", NO},
        {"Publishing takes 25 minutes.", "25 minutes", NO},
        {"Prefill runs at 70 tok/s.", "70 tok/s", NO},
        {"Otter reads prompts at 70 tok/s.", "70 tok/s", NO},
        {"Otter falls short of 59.7 tok/s on the short brief.", "59.7 tok/s", NO},
        {"No model on the Anvil exceeds 28.1 tok/s.", "28.1 tok/s", NO},
        {"On the short brief, the gap between 59.7 and 28.1 tok/s is wide.", "between 59.7 and 28.1 tok/s", NO},
        {"The model reaches 70 tok/s.", "70 tok/s", YES},
        {"The writer reaches 70 tok/s in production.", "70 tok/s", YES},
        {"Decode runs at 70 tok/s.", "70 tok/s", YES},
        {"Publishing waits for the model swap, which takes 25 minutes.", "25 minutes", YES},
        {"While another request is in prefill, the primary model still decodes at 70 tok/s.", "70 tok/s", YES},
    };
    expect_verdicts(facts, cases, COUNT_OF(cases));
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_machine_that_is_spoken_of),
        cmocka_unit_test(of_two_sizes_the_one_that_is_said),
        cmocka_unit_test(two_names_and_two_numbers),
        cmocka_unit_test(another_noun_phase_or_no_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
