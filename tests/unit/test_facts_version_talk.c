/* test_facts_version_talk.c - versions as drafts state them: in a clause that hangs on the name, as a branch or an
 * edition, as what something stands at; pinned in images, typed by root, printed by tools. Each line with the wrong
 * value is contradicted and with the right one is not; nor are releases that are only spoken of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "tests/support/judged.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "components:\n"
    "  - {id: ubuntu, aliases: [Ubuntu], scheme: calver, version: '24.04', accept: [prefix]}\n"
    "  - {id: cuda, aliases: [CUDA, CUDA toolkit, CUDA Version, cuda-toolkit], scheme: semver, version: 13.0.2, "
    "accept: "
    "[prefix]}\n"
    "  - {id: driver, aliases: [NVIDIA driver, nvidia-driver, Driver Version], scheme: loose, version: 580.95.05, "
    "accept: "
    "[prefix]}\n"
    "  - {id: vllm, aliases: [vLLM, vllm-openai], scheme: pep440, version: 0.17.0, accept: [prefix]}\n"
    "  - {id: sglang, aliases: [SGLang], scheme: loose, version: nightly-cu13-20260323-999bad5a}\n"
    "hardware:\n"
    "  - id: halo\n"
    "    aliases: [Halo Station]\n"
    "    attrs:\n"
    "      memory_bandwidth: {value: '273', unit: GB/s}\n"
    "      cpu_cores: {value: '20', unit: core, aliases: [cores]}\n"
    "      storage: {aliases: [NVMe, disk], views: {spec: {value: '4', unit: TB}, visible: {value: '3.7', unit: TB}}}\n"
    "services:\n"
    "  - {id: inference, aliases: [inference service], host: halo, port: '30001', runs: [vllm]}\n";

static const char lead[] = "These are my notes on the Halo Station.\n\n";

static void expect(const char *const *texts, size_t n, bool contradicted) {
    manifest *m = judged_manifest(facts);
    unsigned failed = 0;
    for (size_t i = 0; i < n; i++)
        if ((judged_contradictions(m, lead, texts[i]) > 0) != contradicted) {
            print_error("%s: %s\n", contradicted ? "not contradicted" : "contradicted", texts[i]);
            failed++;
        }
    manifest_free(m);
    assert_int_equal(failed, 0);
}

static void wrong_versions_are_caught(void **state) {
    (void)state;
    static const char *const texts[] = {
        "The engine is vLLM, which we hold back at 0.9.1 because of a regression in its kernels.\n",
        "vLLM, which is pinned at 0.11.2, serves the model.\n",
        "vLLM, which we run at 0.12.0, is quick.\n",
        "We run the model under vLLM, where we're up to 0.10.2.\n",
        "The operating system is Ubuntu in its 20.04 long-term edition; nothing else runs.\n",
        "The machine runs the 22.04 LTS release of Ubuntu.\n",
        "The machine has version 12.4 of the CUDA toolkit.\n",
        "We are still with CUDA 12.9 on top of the 575 driver branch.\n",
        "The 545-series NVIDIA driver does its work without complaint.\n",
        "The NVIDIA driver is from the 535 series, which we know is old.\n",
        "Our NVIDIA driver comes from the 550 branch.\n",
        "The driver belongs to the 570 series.\n",
        "The 550 series of the NVIDIA driver is installed.\n",
        "CUDA stands at 12.2 for the same reason.\n",
        "CUDA is at 12.8 on this machine.\n",
        "Ubuntu sits at 22.04 here.\n",
        "vLLM is one release behind at 0.15.0.\n",
        "The driver, 560.35.03, is older than the toolkit.\n",
        "The NVIDIA driver (560.35.03) is older than the toolkit.\n",
        "The vLLM build says 0.16.2.\n",
        "We are on vLLM 0.18.1, having skipped 0.16.0 because of the scheduler bug.\n",
        "vLLM was upgraded to 0.13.0 after the tokenizer advisory.\n",
        "It has a driver that reports itself as 585.12.\n",
        "The driver identifies itself as 570.86.15.\n",
        "The image is `vllm/vllm-openai:v0.15.0-cu130`.\n",
        "CUDA is kept at 12.4 until the regression is fixed.\n",
        "I've pinned vLLM to 0.12.0 until the regression is fixed.\n",
        "NVIDIA's driver is at 570.86.15.\n",
        "The GPU driver is 570.86.15.\n",
        "We hold the driver at 570.\n",
        "The driver branch is 570.\n",
        "`nvcc --version` says 12.8.\n",
        "nvcc reports release 12.8.\n",
        "Driver: 570.86.15\n",
        "- **Driver:** NVIDIA 570.86.15\n",
        "- CUDA toolkit – 12.8\n",
        "The container is built from `vllm/vllm-openai:v0.14.1`.\n",
        "The fallback runs `lmsysorg/sglang:nightly-cu13-20260501-1234abcd`.\n",
        "```console\n# apt-mark hold nvidia-driver-565\n```\n",
        "```console\n# apt-mark hold nvidia-driver-580\nnvidia-driver-565 set on hold.\n```\n",
        "And what I had to install on the host to get there:\n\n    apt install nvidia-driver-560 nvtop\n    pip "
        "install guidellm==0.3.0\n",
        "We build a thin image on top of the upstream one so that our defaults travel with it:\n\n```dockerfile\nFROM "
        "vllm/vllm-openai:v0.10.2\n```\n",
        "The inference server is a podman unit. I moved off Docker last autumn for no good "
        "reason:\n\n```ini\n[Container]\nImage=docker.io/vllm/vllm-openai:v0.8.5\n```\n",
        "```console\n$ nvcc --version | tail -1\nCuda compilation tools, release 12.6, V12.6.85\n```\n",
        "| Component | State on 15 May |\n|---|---|\n| vLLM | 0.18.1 |\n",
        "| Software | Pinned at |\n|---|---|\n| vLLM | 0.14.1 |\n",
        "| Package | Running |\n|---|---|\n| CUDA | 12.8 |\n",
        "```bash\napt-mark showhold\n# nvidia-driver-560\n# nvidia-driver-580\n```\n",
        "- **Halo Station:** 20 cores, 4 TB NVMe\n- **Bandwidth:** 546 GB/s\n",
        "```console\n$ lsb_release -rs\n24.10\n```\n",
        "And before you ask, here is the proof:\n\n```console\n$ nproc\n16\n```\n",
        "```console\n$ lsblk -d -o NAME,SIZE,MODEL\nNAME      SIZE MODEL\nnvme0n1 476.9G KIOXIA\n```\n",
        "```text\nINFO 05-17 21:18:12 [core.py:58] Initializing a V1 LLM engine (v0.9.1) with config: "
        "dtype=auto\n```\n"};
    expect(texts, sizeof texts / sizeof texts[0], true);
}

static void right_versions_are_not(void **state) {
    (void)state;
    static const char *const texts[] = {
        "The engine is vLLM, which we hold back at 0.17.0 because of a regression in its kernels.\n",
        "vLLM, which is pinned at 0.17.0, serves the model.\n",
        "vLLM, which we run at 0.17.0, is quick.\n",
        "We run the model under vLLM, where we're up to 0.17.0.\n",
        "The operating system is Ubuntu in its 24.04 long-term edition; nothing else runs.\n",
        "The machine runs the 24.04 LTS release of Ubuntu.\n",
        "The machine has version 13.0 of the CUDA toolkit.\n",
        "We are still with CUDA 13.0 on top of the 580 driver branch.\n",
        "The 580-series NVIDIA driver does its work without complaint.\n",
        "The NVIDIA driver is from the 580 series, which we know is old.\n",
        "Our NVIDIA driver comes from the 580 branch.\n",
        "The driver belongs to the 580 series.\n",
        "The 580 series of the NVIDIA driver is installed.\n",
        "CUDA stands at 13.0 for the same reason.\n",
        "CUDA is at 13.0 on this machine.\n",
        "Ubuntu sits at 24.04 here.\n",
        "vLLM is one release behind at 0.17.0.\n",
        "The driver, 580.95.05, is older than the toolkit.\n",
        "The NVIDIA driver (580.95.05) is older than the toolkit.\n",
        "The vLLM build says 0.17.0.\n",
        "We are on vLLM 0.17.0, having skipped 0.16.0 because of the scheduler bug.\n",
        "vLLM was upgraded to 0.17.0 after the tokenizer advisory.\n",
        "It has a driver that reports itself as 580.95.05.\n",
        "The driver identifies itself as 580.95.05.\n",
        "The image is `vllm/vllm-openai:v0.17.0-cu130`.\n",
        "CUDA is kept at 13.0 until the regression is fixed.\n",
        "I've pinned vLLM to 0.17.0 until the regression is fixed.\n",
        "NVIDIA's driver is at 580.95.05.\n",
        "The GPU driver is 580.95.05.\n",
        "We hold the driver at 580.\n",
        "The driver branch is 580.\n",
        "`nvcc --version` says 13.0.\n",
        "nvcc reports release 13.0.\n",
        "Driver: 580.95.05\n",
        "- **Driver:** NVIDIA 580.95.05\n",
        "- CUDA toolkit – 13.0\n",
        "The container is built from `vllm/vllm-openai:v0.17.0`.\n",
        "The fallback runs `lmsysorg/sglang:nightly-cu13-20260323-999bad5a`.\n",
        "```console\n# apt-mark hold nvidia-driver-580\n```\n",
        "```console\n# apt-mark hold nvidia-driver-580\nnvidia-driver-580 set on hold.\n```\n",
        "And what I had to install on the host to get there:\n\n    apt install nvidia-driver-580 nvtop\n    pip "
        "install guidellm==0.3.0\n",
        "We build a thin image on top of the upstream one so that our defaults travel with it:\n\n```dockerfile\nFROM "
        "vllm/vllm-openai:v0.17.0\n```\n",
        "The inference server is a podman unit. I moved off Docker last autumn for no good "
        "reason:\n\n```ini\n[Container]\nImage=docker.io/vllm/vllm-openai:v0.17.0\n```\n",
        "```console\n$ nvcc --version | tail -1\nCuda compilation tools, release 13.0, V13.0.88\n```\n",
        "| Component | State on 15 May |\n|---|---|\n| vLLM | 0.17.0 |\n",
        "| Software | Pinned at |\n|---|---|\n| vLLM | 0.17.0 |\n",
        "| Package | Running |\n|---|---|\n| CUDA | 13.0 |\n",
        "```bash\napt-mark showhold\n# nvidia-driver-580\n# nvidia-driver-580\n```\n",
        "- **Halo Station:** 20 cores, 4 TB NVMe\n- **Bandwidth:** 273 GB/s\n",
        "```console\n$ lsb_release -rs\n24.04\n```\n",
        "And before you ask, here is the proof:\n\n```console\n$ nproc\n20\n```\n",
        "```console\n$ lsblk -d -o NAME,SIZE,MODEL\nNAME      SIZE MODEL\nnvme0n1   3.7T KIOXIA\n```\n",
        "```text\nINFO 05-17 21:18:12 [core.py:58] Initializing a V1 LLM engine (v0.17.0) with config: "
        "dtype=auto\n```\n"};
    expect(texts, sizeof texts / sizeof texts[0], false);
}

static void releases_spoken_of_are_not(void **state) {
    (void)state;
    static const char *const texts[] = {
        "vLLM, which we skipped at 0.9.1, is fine now.\n",
        "vLLM, which we run at 0.85 of the memory, is quick.\n",
        "vLLM stands at 70 tok/s, and vLLM takes 0.82 of the memory.\n",
        "An older toolkit won't do: Blackwell support began with CUDA 12.8, and anything before has never heard of "
        "it.\n",
        "Support for this GPU started in CUDA 12.8.\n",
        "When vLLM 0.18 or 0.19 shows up with a faster path, I'll try it.\n",
        "Once vLLM 0.18.0 comes out, I'll try it.\n",
        "Either CUDA 12.8 or CUDA 13.0 would do.\n",
        "I've seen a guide that does so, with `cuda-toolkit-12-2` and all, on a server without a GPU.\n",
        "The 570 series of the driver never booted here.\n",
        "You need a driver of the 570 series or newer.\n",
        "Older guides mention the 550 driver branch.\n",
        "NVIDIA supports the 570 branch for years.\n",
        "The 535 driver branch was too old for this GPU.\n",
        "Two other images are `vllm/vllm-openai:nightly-aarch64` and `lmsysorg/sglang:latest-cu130`.\n",
        "I've tried vLLM 0.12.0 and went back.\n",
        "We've skipped the 575 branch of the driver.\n",
        "If you are on the 570 driver branch, upgrade first.\n",
        "A driver that reports itself as 570.86 is too old.\n",
        "If nvcc reports release 12.8, your PATH points at a leftover toolkit.\n",
        "On my laptop nvcc reports release 12.8.\n",
        "Ubuntu in its 22.04 release had no driver for it.\n",
        "The upgrade to the 26.04 release of Ubuntu can wait.\n",
        "CUDA is at 12.8 in most containers.\n",
        "vLLM is two releases behind 0.19.0.\n",
        "vLLM, where we were at 0.12.0 in winter, is at 0.17.0.\n",
        "The driver takes 570 MB, and CUDA is on 3 of 4 pages.\n",
        "- **Disk bandwidth:** 6 GB/s\n",
        "We pull `vllm/vllm-openai:cu130-nightly`, and `vllm/vllm-openai:latest-x86_64` on the other.\n",
        "```console\n$ lsblk -d -o NAME,SIZE\nNAME      SIZE\nnvme0n1   3.7T\nsda     476.9G\n```\n",
        "```bash\n# nvidia-driver-535 would be too old\napt install nvidia-driver-580\n```\n",
        "```bash\n# do not: apt install nvidia-driver-535\napt install nvidia-driver-580\n```\n",
        "```console\n$ nproc\n40\n```\n",
        "| Software | Status |\n|---|---|\n| vLLM 0.18.0 | skipped |\n| vLLM 0.17.0 | running |\n",
        "| Image | Status |\n|---|---|\n| `vllm/vllm-openai:v0.16.0` | retired |\n",
        "```bash\n# nvidia-driver-560\napt-mark showhold\n```\n"};
    expect(texts, sizeof texts / sizeof texts[0], false);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(wrong_versions_are_caught),
                                       cmocka_unit_test(right_versions_are_not),
                                       cmocka_unit_test(releases_spoken_of_are_not)};
    return cmocka_run_group_tests_name("facts: versions as drafts state them", tests, NULL, NULL);
}
