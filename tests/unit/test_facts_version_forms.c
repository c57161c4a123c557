/* test_facts_version_forms.c - plain forms in which drafts say what runs: the answer to a question, what was chosen or
 * moved to, a version before its noun, a variable that picks a release; each with what looks alike and says nothing. */
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

/* "**Is SGLang stable?** My build is v0.4.9.": the question names what the answer goes on about. */
static void answers(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "**What version of vLLM do you use?** 0.12.0.\n",
        "**What version of vLLM do you use?**\nVersion 0.12.0, and we don't plan to upgrade.\n",
        "**Which vLLM?**\n\nWe're on 0.12.0.\n",
        "### Is vLLM stable?\n\nYes. My build is 0.12.0, and it has not crashed once.\n",
        "Q: Which driver?\nA: 570.86.10, the open one.\n",
        "**Is SGLang stable?**\nIt is stable enough. My build is v0.4.9, and it has run for 61 days without a crash.\n",
        "### Which driver do you use?\n\nWe use 570.86.10.\n",
        "**Do you keep vLLM up to date?** No, we are still on 0.12.0.\n",
    };
    static const char *const clean[] = {
        "**Is vLLM stable?** It was not in 0.12.0.\n",
        "**Is vLLM stable?** Since 0.12.0 it is.\n",
        "**Is vLLM stable?** It is, at 70.5 tok/s.\n",
        "**How much memory does vLLM use?** It is at 110.5 GB.\n",
        "**Is vLLM stable?** Yes. The newsroom script is at 0.3.1.\n",
        "**Is vLLM stable?** Yes. My build of FlashInfer is 0.3.1.\n",
        "**Is vLLM fast?** We have 59.7 of them per second.\n",
        "**Which CUDA version do I need?** 12.9 at least.\n",
        "**What if I have vLLM 0.12.0?** Then update. It is 0.17.0 here.\n",
        "**How do vLLM and SGLang differ?** Ours is 0.5.9.\n",
        "**Which driver?** 580.95.05.\n",
    };
    FALSE(untrue);
    CLEAN(clean);
}

/* What was chosen is there, and what is newer than what runs came after it; unless a time, or a way back, is told. */
static void choices(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "I went with Ubuntu 22.04 for its long support.\n",
        "I chose Ubuntu 22.04 because it is stable.\n",
        "We settled on vLLM 0.12.0 after a week of tests.\n",
        "After trying Ollama for an afternoon, I went with vLLM 0.12.0, pinned in a small requirements "
        "file:\n\n```text\nvllm==0.12.0\ntransformers==4.51.3\n```\n",
        "I opted for the NVIDIA driver 570.86.10, since it is boring.\n",
        "We upgraded vLLM to 0.19.1 and gained four percent.\n",
        "We recently updated Ubuntu to 25.10.\n",
        "In March we moved vLLM from 0.15.1 to 0.19.1.\n",
    };
    static const char *const clean[] = {
        "In January I went with vLLM 0.12.0.\n",
        "I went with vLLM 0.12.0. Now it is 0.17.0.\n",
        "I chose vLLM 0.12.0 first, and then 0.13.0.\n",
        "At first I went with vLLM 0.12.0.\n",
        "Last winter I settled on vLLM 0.12.0.\n",
        "I went with vLLM 0.12.0 until Qwen3.6 came out.\n",
        "We upgraded vLLM to 0.19.1 and went back the same evening.\n",
        "We upgraded vLLM to 0.19.1. It hung, so I rolled it back.\n",
        "A friend went with vLLM 0.12.0.\n",
        "I chose vLLM 0.12.0 originally.\n",
        "## 3 January\n\nI went with vLLM 0.12.0.\n",
        "In March we moved vLLM from 0.15.1 to 0.17.0.\n",
        "The forum chose vLLM 0.12.0 for its comparison.\n",
        "The first requirements file was this:\n\n```text\nvllm==0.12.0\n```\n",
        "In January I installed it like this:\n\n```text\nvllm==0.12.0\n```\n",
    };
    FALSE(untrue);
    CLEAN(clean);
}

/* Of what a service runs, a variable and an image that is left running pick the release. */
static void variables(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "```bash\nVLLM_VERSION=0.12.0\n```\n",
        "```bash\nexport VLLM_TAG=v0.12.0\n```\n",
        "```bash\npodman run --rm -p 30001:8000 docker.io/vllm/vllm-openai:v0.12.0 --model x\n```\n",
        "```console\n$ cat /etc/os-release\nNAME=\"Ubuntu\"\nVERSION=\"22.04.5 LTS (Jammy Jellyfish)\"\n```\n",
    };
    static const char *const clean[] = {
        "```bash\nCUDA_VERSION=12.9.1\n```\n",
        "```dockerfile\nARG CUDA_VERSION=12.9.1\nFROM nvidia/cuda:${CUDA_VERSION}-devel\n```\n",
        "```bash\ndocker run --rm vllm/vllm-openai:v0.12.0 python3 -c \"import vllm\"\n```\n",
        "```bash\nVLLM_TAG=v0.17.0\n```\n",
        "```bash\nNODE_VERSION=22.1.0\n```\n",
        "```bash\nVLLM_TAG=v0.17\n```\n",
        "A friend sets this:\n\n```bash\nVLLM_TAG=v0.12.0\n```\n",
    };
    FALSE(untrue);
    CLEAN(clean);
}

/* "the 570.86.10 driver", "the version of vLLM we run", "GPU driver: …" */
static void before_a_noun(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "The Halo Station uses the 570.86.10 driver.\n",
        "NVIDIA's 570.86.10 driver does the rest.\n",
        "The driver is NVIDIA 570.86.10.\n",
        "| Parameter | Value |\n|---|---|\n| Kernel driver | NVIDIA 570.86.10 |\n",
        "- OS: Ubuntu 24.04\n- GPU driver: 570.86.10\n",
        "The installed version of vLLM is 0.12.0.\n",
        "The version of vLLM we run is 0.12.0.\n",
        "`nvidia-smi` reports 570.86.10.\n",
        "- vLLM → 0.12.0\n",
        "```yaml\nvllm_version: 0.12.0\n```\n",
        "The incident began on a host that runs Ubuntu 22.04.\n",
    };
    static const char *const clean[] = {
        "The latest version of vLLM is 0.19.1.\n",
        "The version of vLLM in the NGC container is 0.15.0.\n",
        "The new 590.44.01 driver is out.\n",
        "A friend runs the 590.44.01 driver.\n",
        "The forum recommends the 590.44.01 driver.\n",
        "I read the release notes of the 590.44.01 driver.\n",
        "People on the 590.44.01 driver report hangs.\n",
        "The 570.86.10 driver that it came with is gone.\n",
        "The old driver was NVIDIA 570.86.10.\n",
        "When it came, the 570.86.10 driver was on it.\n",
        "Until March it ran the 570.86.10 driver.\n",
        "The 0.12.0 vLLM wheel had no kernels for it.\n",
        "vLLM's 0.12.0 release was slow.\n",
        "I will try the 590.44.01 driver next week.\n",
        "If the 590.44.01 driver fixes it, I'll upgrade.\n",
        "The installed version of vLLM is 0.17.0.\n",
        "The version of vLLM that we run is 0.17.0, and upstream is at 0.19.1.\n",
        "The oldest version of vLLM we support is 0.15.0.\n",
        "vllm_version: 0.17.0\n",
        "- vLLM 0.15.1 → 0.17.0\n",
        "- vLLM → 0.17.0\n",
        "The driver is NVIDIA 580.95.05.\n",
        "On her machine the driver is NVIDIA 570.86.10.\n",
        "| Kernel driver | NVIDIA 580.95.05 |\n|---|---|\n| GPU driver | 580.95.05 |\n",
        "The 24.04 Ubuntu image is on the stick.\n",
        "It ran on a host that used Ubuntu 22.04 until April.\n",
        "The incident hit a colleague's host that runs Ubuntu 22.04.\n",
        "The tool's 570.86.10 driver check fails.\n",
    };
    FALSE(untrue);
    CLEAN(clean);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(answers), cmocka_unit_test(choices),
                                       cmocka_unit_test(variables), cmocka_unit_test(before_a_noun)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
