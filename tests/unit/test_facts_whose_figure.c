/* test_facts_whose_figure.c - sizes, rates and counts that are a program's, a model's, a case's or somebody else's, and
 * not those of the thing of which the manifest states them. The honest lines are true as they stand; each plain line
 * beside them is contradicted with the wrong value and not with the right one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "components:\n"
    "  - {id: forge, aliases: [Forge], scheme: semver, version: '0.17.0'}\n"
    "  - {id: chimney, aliases: [Chimney]}\n"
    "  - {id: bellows, aliases: [Bellows], scheme: semver, version: '2.4.1'}\n"
    "  - id: primary-model\n"
    "    aliases: [Alder-35B-A3B, Alder, primary model, 35B model]\n"
    "    attrs:\n"
    "      parameters: {value: '35', unit: B params, aliases: [parameter language model, parameter model]}\n"
    "      active_parameters: {value: '3', unit: B params}\n"
    "  - {id: fallback-model, aliases: [Birch Small 4, Birch]}\n"
    "hardware:\n"
    "  - id: anvil\n"
    "    aliases: [Anvil Station, Anvil]\n"
    "    attrs:\n"
    "      memory:\n"
    "        aliases: [unified memory, RAM]\n"
    "        views: {spec: {value: '128', unit: GB}, visible: {value: '121', unit: GB}}\n"
    "      cpu_cores: {value: '20', unit: core, aliases: [cores]}\n"
    "      memory_bandwidth: {value: '273', unit: GB/s}\n"
    "      storage: {value: '4', unit: TB, aliases: [NVMe, SSD, disk]}\n"
    "      nodes: {value: '1', unit: node, aliases: [node, unit, box]}\n"
    "services:\n"
    "  - {id: inference, aliases: [inference engine], host: anvil, port: '30001', runs: [forge, primary-model]}\n"
    "  - {id: fallback, aliases: [Birch endpoint], host: anvil, port: '30000', runs: [bellows, fallback-model]}\n"
    "  - {id: tools, aliases: [tool server], host: anvil}\n"
    "hosts:\n"
    "  - {id: edge, aliases: [VPS], location: Bergen}\n"
    "  - {id: relay, aliases: [relay], location: Turku, runs: {world: closed, items: [chimney]}}\n"
    "processes:\n"
    "  - {id: swap, aliases: [model swap], category: operations}\n"
    "benchmarks:\n"
    "  - {id: live, subject: [primary-model, inference], metric: decode, metric_aliases: [throughput], value: '70', "
    "unit: tok/s, tol: {rel: 5%}, where: {run: production}}\n"
    "  - {id: alder-brief, subject: [primary-model], metric: decode, value: '59.7', unit: tok/s, where: {run: hub "
    "article brief}}\n"
    "  - {id: birch-brief, subject: [fallback-model], metric: decode, value: '28.1', unit: tok/s, where: {run: hub "
    "article brief}}\n"
    "  - {id: swap-cost, subject: [swap], metric: duration, value: '25', unit: min}\n";

static const char lead[] = "We run everything on one Anvil Station.";

static const plain_line plain[] = {
    {"The Anvil Station has % of unified memory.", "256 GB", "128 GB"},
    {"The Anvil Station has an % NVMe drive and a second network card.", "8 TB", "4 TB"},
    {"## The machine\n\n- Memory: % unified\n- Cores: 20", "64 GB", "128 GB"},
    {"## The models\n\n| Model | Decode | My edits |\n|---|---|---|\n| Alder-35B-A3B, hub article brief | % tok/s | 23 "
     "|",
     "88.4", "59.7"},
    {"Alder-35B-A3B has % parameters.", "70 billion", "35 billion"},
    {"The Anvil Station has % of storage.", "1 TB", "4 TB"},
    {"The Anvil Station has 20 cores, and % of RAM.", "1,280 GB", "128 GB"},
    {"## The relay\n\nIt forwards what the Anvil Station answers. The Anvil Station has % of memory.", "64 GB",
     "128 GB"},
    {"On the hub article brief Alder wrote % against Birch's 28.1 tok/s.", "83.4 tok/s", "59.7 tok/s"},
    {"On the hub article brief, Birch reaches 28.1 tok/s, compared with % for Alder under the same conditions.",
     "88 tok/s", "59.7 tok/s"},
    /* a process by the last word of its name, by its verb, as an item or a row */
    {"A model swap is rare. A swap takes %.", "4 minutes", "25 minutes"},
    {"A model swap is rare. The complete swap needs %.", "90 seconds", "25 minutes"},
    {"A model swap completes in %.", "90 seconds", "25 minutes"},
    {"Between the two series lies a model swap, which takes % and follows a simple order.", "4 minutes", "25 minutes"},
    {"Swapping the model takes %.", "4 minutes", "25 minutes"},
    {"It takes % to swap models.", "four minutes", "25 minutes"},
    {"We need % for a model swap.", "4 minutes", "25 minutes"},
    {"Model swaps take %.", "90 seconds", "25 minutes"},
    {"A model swap is rare. Swaps take %.", "90 seconds", "25 minutes"},
    {"A model swap is rare. The swap procedure takes %.", "90 seconds", "25 minutes"},
    {"A model swap takes % on average.", "90 seconds", "25 minutes"},
    {"Model swap time: %", "90 seconds", "25 minutes"},
    {"The stack runs on %.", "two nodes", "one node"},
    {"Everything runs on the Anvil Station. Here's the spec sheet:\n\n- Memory: %\n- Cores: 20", "96 GB", "128 GB"},
    {"- Hardware: % Anvil Station boxes\n- Power: little", "two", "one"},
    {"## The Anvil Station\n\n| Spec | Value |\n|---|---|\n| CPU cores | % |\n| Memory | 128 GB |", "16", "20"},
    {"The Anvil Station has a bandwidth of %.", "500 GB/s", "273 GB/s"},
    {"The Anvil is small. Of its 128 GB of memory, % are visible to the system.", "115 GB", "121 GB"},
    {"The hub article brief runs at % on Alder.", "95.2 tok/s", "59.7 tok/s"},
    {"- Model swap: %\n- The rest: nothing", "14 minutes", "25 minutes"},
    /* so many of the parameters */
    {"Alder-35B-A3B, with 35 billion parameters, of which % are active, drafts.", "8 billion", "3 billion"},
    {"The primary model has 35 billion parameters, % of which are active.", "6 billion", "3 billion"},
    {"The primary model has 35 billion parameters with % active.", "12 billion", "3 billion"},
    {"Sometimes the primary model, a 35B mixture of experts with % active parameters, is slow.", "5B", "3B"},
    {"Alder-35B-A3B is a % model.", "70B", "35B"},
    /* how many there are, and what each of them has */
    {"The current deployment already uses % Anvil Station units, linked by a cable.", "two", "one"},
    {"Ours looks like this:\n\n- **Inference:** a cluster of % Anvil Station units, each with 20 cores", "two", "one"},
    /* rows that name whose and in which case */
    {"| Hardware | Model | Setting | tok/s |\n|---|---|---|---|\n| Anvil Station | Alder-35B-A3B | production | % |\n"
     "| Anvil Station | Birch Small 4 | hub article brief | 28.1 |",
     "155", "70"},
    {"| Run | tok/s |\n|---|---|\n| Alder, production | % |\n| Birch, hub article brief | 28.1 |", "110", "70"},
    {"On the hub article brief I obtained:\n\n| Model | Tokens per second | Latency |\n|---|---|---|\n| Alder | % | "
     "310 ms "
     "|",
     "81.4", "59.7"},
};

static const char *const honest[] = {
    /* a hundred times off: another thing's */
    "The tool server runs on the Anvil Station and takes 88 MB of memory.",
    "| Service | Purpose | Memory |\n|---|---|---|\n| Chimney | dashboards | 164 MB |\n| Ash | mail | 91 MB |",
    "The Anvil Station has 20 cores, 128 GB of memory, 273 GB/s of bandwidth and a 10 GbE uplink.",
    /* far off, in other digits */
    "The Anvil Station has 128 GB of memory, and the tests 12 GB.",
    "An article in the Anvil Station's memory is 12 GB with its cache.",
    /* what is worked out, a part, a line drawn, and what is kept elsewhere */
    "In production Alder does 70. A rough ceiling is 273 divided by 3, so 91 tokens a second.",
    "| Part | What we bought | Note |\n|---|---|---|\n| Disk | 4 TB NVMe | 1.3 TB of that are checkpoints |",
    "We reopen this memo if either holds: available memory under 32 GB on the Anvil Station, or a full disk.",
    "The backup of the Anvil Station, 1.4 TB of object storage, is cheap.",
    /* its owner has its value already */
    "In the hub article brief Birch Small 4 made 28.1 tok/s where Alder's big sister made 59.7.",
    /* another model's active ones */
    "Alder-35B-A3B has 35B parameters and 3B active ones. Yew 8x7B, from 2023, had about 13B active of 47B.",
    "We looked at others than Alder:\n\n- **Yew-120b.** 5.1B active, 63 GB on disk.\n- **Elm.** 106B with 12B active.",
    /* another host's heading */
    "## The relay\n\nA small one: 2 cores, 32 GB of memory, 1 TB of disk.",
    /* what stands under a program's heading */
    "## The tool server\n\nIt is a small program.\n\n**Memory:** 3 GB.\n\n**Disk:** 40 GB.",
    "## The tool server\n\n- RAM: 2 GB\n- Cores: 1",
    "## The tool server\n\n| Item | Value |\n|---|---|\n| Memory | 3 GB |",
    /* the label's own noun */
    "| | Primary | Fallback |\n|---|---|---|\n| Weights on disk | 35 GB, 8 bits | 66 GB, 4 bits |",
    "| What | How much |\n|---|---|\n| Cache in memory | 40 GB |\n| Files on the NVMe | 1.2 TB |",
    /* a setting's number has no unit of the one before */
    "It does 70 tokens a second on the hub article brief, and whoever asks about `--max-batched-tokens`: 8192, since "
    "it was 8192.",
    "In production Alder does 70 tok/s, with `--max-seqs` at 16.",
    "The primary model does its 70 tokens a second. Whoever asks me about `--max-batched-tokens`: 2048, since it was "
    "2048.",
    "The primary model does 70 tokens a second in production with `--max-seqs`: 256, nothing else.",
    "The primary model does 70 tokens a second in production, with `--max-seqs` at 256 and `--block` set to 128.",
    /* held against the owner */
    "In production it is 70 tok/s; 59.7 against Birch's 28.1 on the same hub article brief.",
    "For the record, what it yields: 70 tok/s in production from Alder; 59.7 against Birch's 28.1 on the same hub "
    "article "
    "brief. A fourth of the flags is in it.",
    "In production it is 70 tok/s from Alder; 59.7 against Birch's 28.1 on the same hub article brief.",
    "Alder writes 59.7 tok/s on the hub article brief, beside Birch's 28.1.",
    /* the other fact of the same thing, in other words */
    "In production, Alder gives me 70 tok/s. That is a 35B model that only wakes up 3B parameters for each token.",
    "Alder-35B-A3B has 35 billion parameters, of which 3 billion are active. It is a 35B model that reads only 3B "
    "parameters per token.",
    /* another model */
    "The primary model is Alder-35B-A3B. Birch Small 4 has 119 billion parameters.",
    "The draft model has 0.6B parameters.",
    /* a row's or a sentence's own case */
    "| Context | Alder | Birch |\n|---|---|---|\n| 32k | 48 tok/s | 21 tok/s |\n| 128k | 41 tok/s | 15 tok/s |",
    "| Weights | Alder, in production |\n|---|---|\n| NVFP4 | 92 tok/s |\n| BF16 | 31 tok/s |",
    "On cinder.cpp the primary model manages 48 tok/s.",
    /* shares */
    "The inference engine takes 0.72 of the memory, which is 87 GB.",
    "We leave 34 GB of RAM to everything else.",
    "Forge gets 87 GB of unified memory.",
    /* for sale, or thought of */
    "The Anvil Station is also sold with 1 TB of storage.",
    "With two Anvil Station units, I could run a larger model.",
    "I looked at an Anvil Station with a 2 TB NVMe.",
    /* another swap, or a case of it */
    "A model swap is rare. A container swap takes 3 seconds.",
    "A model swap is rare. The swap of a disk takes 4 minutes.",
    "A model swap is rare. On a cheaper machine a swap takes 40 seconds.",
    "A model swap is rare. The swap takes 12 minutes on storage that is twice as fast.",
    "A model swap is rare. There and back, a swap takes 50 minutes.",
    "A model swap is rare. A swap takes 25 minutes, of which 19 are loading.",
    "A model swap is rare. Announcing the swap takes a minute, planning a model swap takes ten minutes.",
    "- Model swap, dry run: 2 minutes\n- Warm model swap: 11 minutes\n- Time between two model swaps: 9 days",
    /* other rates, other parts of it */
    "The Anvil Station has a network bandwidth of 25 GB/s. It reaches 241 GB/s of bandwidth in a copy test.",
    "The disk in the Anvil Station has a bandwidth of 6 GB/s.",
    "Of its 128 GB of memory 87 GB are taken, and 60 GB are visible to the container.",
    "## The VPS\n\n| Spec | Value |\n|---|---|\n| Memory | 4 GB |\n| Cores | 2 |\n| Storage | 40 GB |",
    "Per container:\n\n| Item | Value |\n|---|---|\n| Memory | 8 GB |\n| Cores | 2 |",
    "What I nearly bought:\n\n| Item | Value |\n|---|---|\n| Memory | 512 GB |\n| Cores | 32 |",
    "The USB disk has 2 TB.",
    "I looked at a 2 TB NVMe. I thought about a 2 TB NVMe for the Anvil.",
    "The Anvil Station reaches 241 GB/s of memory bandwidth in a copy test.",
    "| Run | tok/s |\n|---|---|\n| Alder, production, sixteen at once | 410 |",
    "On the hub article brief I obtained:\n\n| Model | Tokens per second |\n|---|---|\n| Alder, thinking | 41.4 |",
    "In the beginning 96 GB of memory were visible.",
    "The setup has two boxes, the Anvil and the VPS.",
    "The maker's own demo:\n\n- Hardware: two Anvil Station units\n- Memory: 256 GB",
    "What I would buy:\n\n- Hardware: two Anvil Station boxes",
    "The lab's eight nodes are older. Petra's 64 GB are enough for her.",
    "The Anvil Station has Petra's 64 GB of memory now.",
    "The memory of the Anvil Station divided by two gives 64 GB.",
    "On the Anvil Station I get 241 GB/s of memory bandwidth in tests. A memory of 64 GB fits.",
    /* other models' parameters */
    "Petra's primary model is a 70B model.",
    "A dense model has 27 billion parameters, all 27 billion of which are active.",
    "The primary model replaced one with 30 billion parameters, 3.3 billion active.",
    "The next model may have 80 billion parameters, of which 3 billion are active.",
    /* other people's machines */
    "The setup that the maker shows uses two Anvil Station units.",
    "A reader's list:\n\n- **Inference:** a cluster of two Anvil Station units",
    "- the lab's eight nodes, each with 96 cores\n- my old cluster of three nodes, each with 64 GB of RAM",
    /* cases beside the row's, or before the table */
    "| Model | Batch | tok/s |\n|---|---|---|\n| Alder | 16 | 410 |",
    "On the hub article brief I obtained:\n\n| Model | Weights | tok/s |\n|---|---|---|\n| Alder | NVFP4 | 81.4 |",
    "On the hub article brief with speculative decoding I obtained:\n\n| Model | tok/s |\n|---|---|\n| Alder | 96 |",
    "A reader ran the hub article brief on a laptop:\n\n| Model | tok/s |\n|---|---|\n| Alder | 9.6 |",
    /* what a program takes */
    "## Forge on the Anvil Station\n\n- Memory: 87 GB\n- Cores: 4",
    "## The Anvil Station\n\n- Memory for Forge: 87 GB",
    /* a rate in truth */
    "The Anvil Station writes 9 GB of memory dumps a second on a bad day.",
};

static const said several[] = {
    {"- Anvil Station cluster of two nodes, each with 64 GB of unified memory, 24 cores, 400 GB/s of memory "
     "bandwidth\n",
     "two nodes | 64 GB | 24 cores | 400 GB/s"},
};

static void each_of_ours_is_ours(void **state) {
    (void)state;
    expect_contradicted(facts, several, COUNT_OF(several));
}

static void figures_of_ours_are_caught(void **state) {
    (void)state;
    expect_plain(facts, lead, plain, COUNT_OF(plain));
}

static void figures_of_others_are_not(void **state) {
    (void)state;
    expect_each(facts, lead, honest, COUNT_OF(honest), false);
}

/* The words right beside the number name one attribute of the machine, and the number is another's. Where the named one
 * is not confirmed, it is nobody's proof. */
static void a_figure_of_another_attribute(void **state) {
    (void)state;
    static const char vps[] = "assay-facts: 1\nas_of: 2026-11-01\nhosts:\n"
                              "  - id: vps\n    aliases: [VPS]\n    attrs:\n"
                              "      memory: {value: 4, unit: GB, aliases: [RAM]}\n"
                              "      disk: {value: 400, unit: GB, aliases: [SSD]}\n";
    static const said cases[] = {
        {"The VPS has 400 GB of RAM.", "400 GB"},
        {"The VPS has 4 GB of SSD.", "4 GB"},
        {"The VPS has 4 GB of RAM and a 400 GB SSD.", ""},
        {"The VPS has a 400 GB SSD beside its RAM.", ""},
    };
    expect_contradicted(vps, cases, COUNT_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_figure_of_another_attribute), cmocka_unit_test(figures_of_ours_are_caught),
        cmocka_unit_test(each_of_ours_is_ours), cmocka_unit_test(figures_of_others_are_not)};
    return cmocka_run_group_tests_name("facts: whose figure", tests, NULL, NULL);
}
