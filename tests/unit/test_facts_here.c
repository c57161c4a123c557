/* test_facts_here.c - hardware that is declared absent, or that a closed list does not hold: contradicted where a
 * sentence, a list or a table says that it is that of one of ours, and nowhere else: what other people have, what is
 * ranked, offered, compared, rented, remembered or true of any such card. */
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
    "  gpus: {world: closed, kind: gpu-model, host: spark, members: [GB10]}\n"
    "  accelerators: {world: closed, kind: accelerator, host: spark, members: [GB10]}\n"
    "components:\n"
    "  - {id: vllm, aliases: [vLLM], scheme: pep440, version: 0.17.0}\n"
    "hardware:\n"
    "  - {id: spark, aliases: [Spark, DGX Spark], location: Ghent, attrs: {memory: {value: '128', unit: GB}}}\n"
    "services:\n"
    "  - {id: inference, aliases: [inference service], host: spark, port: 8000, runs: [vllm]}\n"
    "absent:\n"
    "  - {match: [B100, B200, A100], in: gpus, note: no discrete GPU}\n"
    "  - {match: [NPU], in: accelerators, note: no NPU}\n";

static const char lead[] = "These are my notes on the Spark (GB10, 128 GB of memory), which stands in my study.\n\n";

static void what_is_said_to_be_ours(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "The Spark also has an NPU.\n",
        "The machine has 20 cores, 128 GB of memory and an RTX 4090.\n",
        "I keep an A100 beside the Spark for long jobs.\n",
        "We added a second card, an RTX 4090, in spring.\n",
        "A dedicated NPU handles speech recognition.\n",
        "Embeddings are computed on an RTX 4090.\n",
        "An A100 in the same rack does the training.\n",
        "Our H100 takes the long prompts.\n",
        "The setup pairs the GB10 with an RTX 4090.\n",
        "The Spark is fitted with an NPU.\n",
        "The Spark comes with an NPU of 50 TOPS.\n",
        "My setup is simple: a Spark, an RTX 4090 and a VPS.\n",
        "Next to the Spark sits an A100.\n",
        "There is an A100 beside the Spark.\n",
        "The Spark's GPU is a B200.\n",
        "The box is extended with an A100.\n",
        "The workstation, which has an RTX 4090, draws 400 W.\n",
        "Inference runs on two A100 cards.\n",
        "- **GPU:** NVIDIA A100\n- **Memory:** 128 GB\n",
        "My hardware:\n\n- DGX Spark, 128 GB\n- RTX 4090 in an enclosure\n",
        "| Component | Value |\n|---|---|\n| GPU | NVIDIA A100 |\n",
        "| Part | Spark |\n|---|---|\n| Accelerator | NPU, 48 TOPS |\n",
        "The small models live on an RTX 4090 that I bolted to the Spark.\n",
        "An RTX 4090 is connected to the Spark over Thunderbolt.\n",
        "I run the reranker on an RTX 4090.\n",
        "The NPU in the Spark transcribes my dictation.\n",
        "The Spark uses its NPU for the embeddings.\n",
        "For heavy jobs I have an H100 in the cellar.\n",
        "In addition, two B200 cards handle batch inference.\n",
        "The GB10 works together with an RTX 4090.\n",
        "Thanks to its NPU, the Spark stays cool.\n",
        "I bought an RTX 5090 in May, and it does the images.\n",
        "The system includes an integrated NPU for low-power tasks.\n",
        "Batch jobs run on an A100 attached over OCuLink.\n",
        "Its 50 TOPS NPU handles the embeddings.\n",
        "The Spark has a 20-core CPU, and its 48 TOPS NPU runs the embeddings.\n",
        "I have paired it with an A100.\n",
        "I supplement the Spark with an RTX 4090.\n",
        "We augment the GB10 with two A100 cards.\n",
        "The Spark is joined by an RTX 4090.\n",
        "The system consists of a Spark and an RTX 4090.\n",
        "For vision there is an RTX 4090.\n",
        "There is also an RTX 4090 for image generation.\n",
        "An additional RTX 4090 is used for image generation.\n",
        "Training jobs are offloaded to an A100.\n",
        "Embeddings are handled by the NPU.\n",
        "Image preprocessing is handled by an RTX 5090.\n",
        "Speech recognition is delegated to the NPU.\n",
        "We offload embeddings to an NPU.\n",
        "I route long prompts to an A100.\n",
        "| Component | Specification |\n|---|---|\n| Memory | 128 GB |\n| NPU | 50 TOPS |\n",
        "| Spec | Value |\n|---|---|\n| Memory | 128 GB |\n| Accelerators | GB10, NPU |\n",
        "| Resource | Details |\n|---|---|\n| GPU | GB10 + RTX 4090 |\n",
        "## Hardware\n\n- **Memory:** 128 GB\n- **NPU:** 50 TOPS\n- **Disk:** 4 TB\n",
        "The specs:\n\n- Memory: 128 GB\n- Coprocessor: an NPU with 50 TOPS\n",
        "Hardware at a glance:\n\n- 128 GB of unified memory\n- 20 CPU cores\n- an NPU for embeddings\n",
        "The Spark (128 GB, 20 cores, an NPU) does all the work.\n",
        "The Spark, with its 20 cores and its NPU, does all the work.\n",
        "It is a small machine with 128 GB of memory, 20 cores and an NPU.\n",
        "This box: 128 GB, 20 cores, an A100.\n",
        "The NPU takes over speech recognition.\n",
        "The NPU is responsible for embeddings.\n",
        "The A100 in it is used for training.\n",
        "In the same box, an A100 handles fine-tuning.\n",
        "A second GPU, an RTX 4090, sits in the same case.\n",
        "Two A100s handle batch jobs.\n",
        "I installed an RTX 4090 next to it.\n",
        "Our second machine has an H100.\n",
        "The server is powered by an H100.\n",
        "Everything runs on a single NVIDIA H100.\n",
        "The inference service uses an A100.\n",
        "The GB10 and the NPU share the memory.\n",
        "The GB10 and an RTX 4090 share the work.\n",
        "The Spark relies on an NPU for embeddings.\n",
        "The hardware is a DGX Spark with an additional RTX 4090.\n",
        "My rig: DGX Spark + RTX 4090.\n",
        "The cluster is made up of the Spark and two A100 cards.\n",
        "I upgraded the box with an RTX 4090 in March.\n",
        "The Spark is complemented by an RTX 4090 for images.\n",
        "Under the desk sits the Spark, with an RTX 4090 in an enclosure beside it.\n",
        "Prefill happens on an RTX 4090 and decoding on the GB10.\n",
        "- **Accelerators:** GB10 and a discrete A100\n",
        "- **Graphics:** GB10 plus an external RTX 5090 over Thunderbolt\n",
        "- **Compute:** one DGX Spark and an RTX 4090 eGPU\n",
        "- **Vision:** runs on an RTX 4090\n",
        "- **Co-processor:** NPU with 45 TOPS\n",
        "- **AI accelerator:** integrated NPU, 45 TOPS\n",
        "- **Embeddings** run on the NPU\n",
        "- **Batch jobs** are handled by two A100 cards\n",
        "- Embeddings: computed on the NPU\n",
        "- The A100 takes care of training\n",
        "- The NPU handles embeddings\n",
    };
    expect_each(facts, lead, untrue, COUNT_OF(untrue), true);
}

static void what_is_not(void **state) {
    (void)state;
    static const char *const texts[] = {
        "Petra's Ryzen has an NPU rated at 50 TOPS.\n",
        "A reader in Leeds runs the same model on an A100.\n",
        "Another one with an H100 uses 0.95.\n",
        "I had come from a tower with an RTX 3090, sold in December.\n",
        "The rented A100 comes to 3.00 euros per million.\n",
        "With 16 parallel streams an H100 gave me 1,480 tok/s.\n",
        "Those who train tell me that one epoch takes 50 min on an H100.\n",
        "If you run small models, buy the RTX 5090.\n",
        "* rank 2, RTX 5090: 214 tok/s\n",
        "Same model, other people's machines:\n\n- A100 80 GB, 2,039 GB/s: 680 tok/s\n- B200, 8,000 GB/s: 2,667 "
        "tok/s\n",
        "An A100 has 80 GB of memory.\n",
        "An H100 runs a 70B model at 30 tok/s.\n",
        "An RTX 4090 decodes faster than the Spark.\n",
        "An A100 costs more than my machine.\n",
        "A desktop with an RTX 4090 would be faster.\n",
        "I sold my RTX 3090 in December.\n",
        "My colleague has an RTX 4090 in his workstation.\n",
        "In the cloud, an A100 costs 2.10 euros per hour.\n",
        "I rented an A100 for a weekend to compare.\n",
        "At work we have an H100.\n",
        "The vendor's table lists an NPU for the laptop version.\n",
        "Copilot PCs have an NPU; the Spark has none.\n",
        "The Spark competes with an RTX 4090.\n",
        "The Spark has less bandwidth than an RTX 4090.\n",
        "I considered an A100 and bought the Spark.\n",
        "I compared it with an RTX 4090.\n",
        "The Spark has as much memory as an A100 and a 4090 together.\n",
        "A used RTX 3090 sells for 640 euros.\n",
        "Leah writes from Oslo. She has an RTX 4090 and gets 133 tok/s.\n",
        "A friend's box has an RTX 4090 in it.\n",
        "For the price of the Spark you get two RTX 4090 cards.\n",
        "| Card | tok/s |\n|---|---|\n| A100 | 680 |\n| Spark | 70 |\n",
        "| Machine | GPU | tok/s |\n|---|---|---|\n| Spark | GB10 | 70 |\n| Leah's tower | RTX 4090 | 133 |\n",
        "What I did not buy:\n\n- an RTX 5090\n- an A100\n",
        "Alternatives I looked at:\n\n- RTX 5090, 32 GB\n- A100 80 GB\n",
        "In 2024 I had an RTX 3090 in a tower.\n",
        "The old tower had an RTX 3090.\n",
        "My previous machine had an RTX 3090 with 24 GB.\n",
        "Before the Spark, inference ran on an RTX 3090.\n",
        "On an A100 the same prompt takes 3 s.\n",
        "The benchmark was run on an A100 by its authors.\n",
        "The paper's authors trained it on 64 H100 GPUs.\n",
        "Mistral trained the model on H100 cards.\n",
        "NVIDIA sells the DGX Spark beside the H100.\n",
        "You can pair the Spark with an RTX 4090.\n",
        "Some people pair it with an RTX 4090.\n",
        "Whoever owns an RTX 4090 is better off with small models.\n",
        "vLLM runs on an A100, an H100 or a GB10.\n",
        "The kernel is written for the H100.\n",
        "The wheel supports the A100 and the GB10.\n",
        "A Mac Studio with an NPU has more bandwidth.\n",
        "The provider runs H100 cards in Frankfurt.\n",
        "Hetzner rents out machines with an RTX 4000.\n",
        "Hosted on an A100, Qwen costs 0.40 per million.\n",
        "Two RTX 4090 cards draw 900 W.\n",
        "Anyone with an RTX 3090 can follow along.\n",
        "A B200 has 8 TB/s, thirty times what my machine has.\n",
        "It has 273 GB/s; an A100 has 2,039.\n",
        "The Spark has 273 GB/s, an A100 2,039 GB/s.\n",
        "The first of the three boxes that I tried had an RTX 4090.\n",
        "My brother's gaming PC has an RTX 4090, and it is idle by day.\n",
        "I asked Tom about the RTX 4090 in his rig.\n",
        "The model card recommends an A100.\n",
        "The model needs an H100 in BF16.\n",
        "## Leah's machine\n\n- CPU: Ryzen 9\n- GPU: RTX 4090\n",
        "Leah's tower has these parts:\n\n- CPU: Ryzen 9\n- GPU: RTX 4090\n",
        "A machine with 128 GB of memory and an A100 costs a fortune.\n",
        "It is a small machine; a big one would have an A100.\n",
        "My laptop is a small machine with an NPU.\n",
        "For those who train there is an H100.\n",
        "There is an A100 in every second data centre.\n",
        "In the cloud, training is offloaded to an A100.\n",
        "On laptops, speech recognition is handled by an NPU.\n",
        "| | Spark | Leah |\n|---|---|---|\n| GPU | GB10 | RTX 4090 |\n",
        "Qwen runs on the GB10; Leah runs it on an RTX 4090.\n",
        "Qwen runs on an RTX 4090 too.\n",
        "The model runs on an H100 in BF16, or on the Spark in FP8.\n",
        "Does the Spark have an NPU?\n",
        "The GB10 and an RTX 4090 differ in bandwidth.\n",
        "The GB10 and the A100 have different strengths.\n",
        "The Spark is beaten by an RTX 4090.\n",
        "The Spark is outrun by an H100.\n",
        "The offer: 128 GB, 20 cores, an A100, for 4.20 an hour.\n",
        "The rented machine has an A100.\n",
        "I tested an NPU on a colleague's laptop.\n",
        "It has no NPU, and embeddings are handled by the CPU.\n",
        "Two A100s cost as much as my car.\n",
        "The model was trained on two A100s.\n",
        "The server of a friend is powered by an H100.\n",
        "Everything that Leah does runs on a single H100.\n",
        "What would I gain with an RTX 4090?\n",
        "The GB10 is no A100.\n",
        "Compared with an A100, the Spark is slow.\n",
        "The kernel runs on the A100 only.\n",
        "The flag is for machines with an NPU.\n",
        "A build for the A100 is on the download page.\n",
        "Next to an H100, the Spark is a toy.\n",
        "Beside an RTX 4090 it looks slow.\n",
        "The field at a glance:\n\n- Spark: 70 tok/s\n- A100: 680 tok/s\n",
        "What I compared:\n\n- DGX Spark, 128 GB\n- RTX 5090, 32 GB\n- A100, 80 GB\n",
        "The price per hour:\n\n- A100: €1.37\n- H100: €2.10\n",
        "- **Training:** 50 min on an H100\n",
        "- **Who needs more:** an H100, rented\n",
    };
    expect_each(facts, lead, texts, COUNT_OF(texts), false);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_said_to_be_ours), cmocka_unit_test(what_is_not)};
    return cmocka_run_group_tests_name("facts: hardware that is here", tests, NULL, NULL);
}
