/* test_facts_version_others.c - honest releases that are not what runs here, and none of which may be contradicted: of
 * a log or a table of faults, of a person, of another time, of what was tried and left; and what looks alike. */
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

/* Whose it is, by a name that only the article knows. */
static void persons(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "Inference runs vLLM 0.12.0. The inference is fast.\n",
        "Production runs vLLM 0.12.0.\n",
        "Today's stack runs Ubuntu 22.04.\n",
        "NVIDIA's Halo Station runs Ubuntu 22.04.\n",
        "Halo Station's system is Ubuntu 22.04.\n",
        "Mistral has its own engine. Qwen runs on vLLM 0.12.0.\n",
        "Everything runs on vLLM 0.12.0.\n",
        "Grace has 20 cores, and the system is Ubuntu 22.04. The Grace CPU is fast.\n",
    };
    static const char *const clean[] = {
        "Petra's Ryzen runs Ubuntu 25.10. I asked Petra.\n",
        "I wrote to Petra. Petra runs Ubuntu 25.10 on it.\n",
        "Jonas still has Ubuntu 22.04, and it works. I asked Jonas twice.\n",
        "I asked Kemal. Kemal reports 41 tok/s with vLLM 0.15.1.\n",
        "Priya's lab is still on CUDA 12.4.\n",
        "In the sandbox I have vLLM 0.19.1.\n",
        "Those 52 tok/s are from February, with vLLM 0.15.1.\n",
    };
    FALSE(untrue);
    CLEAN(clean);
}

/* Columns of others, of faults, of what is needed, of each its day. */
static void tables(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "| Layer | Software |\n|---|---|\n| Engine | vLLM 0.12.0 |\n",
    };
    static const char *const clean[] = {
        "| Who | Engine | tok/s |\n|---|---|---|\n| Kemal | vLLM 0.15.1 | 41 |\n| me | vLLM 0.17.0 | 59.7 |\n",
        "| Requirement | Minimum | Here |\n|---|---|---|\n| CUDA | 12.9 | 13.0.2 |\n| vLLM | 0.15 | 0.17.0 |\n",
        "| Software | Minimum | Recommended |\n|---|---|---|\n| CUDA | 12.9 | 13.1 |\n| vLLM | 0.15 | 0.19 |\n",
        "| Software | Mine | Newest |\n|---|---|---|\n| vLLM | 0.17.0 | 0.19.1 |\n| CUDA | 13.0.2 | 13.2 |\n",
        "| Date | Change |\n|---|---|\n| 2026-01-04 | vLLM 0.13.0 |\n| 2026-02-11 | vLLM 0.15.1 |\n| 2026-03-20 | vLLM "
        "0.17.0 |\n",
        "| Change | Effect |\n|---|---|\n| vLLM 0.15.1 to 0.17.0 | +11 % |\n| driver 580.82.09 to 580.95.05 | none |\n",
        "| Symptom | Cause | Fixed in |\n|---|---|---|\n| hang on start | prefix cache | vLLM 0.15.2 |\n| KeyError | "
        "model unknown | vLLM 0.16.0 |\n",
        "| Symptom | Seen with | Fix |\n|---|---|---|\n| hang on start | vLLM 0.15.1 | update |\n",
        "| Error | Version | What helped |\n|---|---|---|\n| KeyError | vLLM 0.11.2 | a newer one |\n",
        "- January: vLLM 0.13.0, first try\n- February: vLLM 0.15.1, usable\n- March: vLLM 0.17.0, good\n",
        "1. In January I installed vLLM 0.13.0.\n2. In February it became 0.15.1.\n3. Since March it has been "
        "0.17.0.\n",
    };
    FALSE(untrue);
    CLEAN(clean);
}

/* Logs of runs, files before and after, what somebody sent, how to go back. */
static void blocks(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "It answers:\n\n```text\n$ vllm --version\n0.15.1\n```\n",
        "```yaml\nimage: vllm/vllm:v0.15.1\n```\n",
    };
    static const char *const clean[] = {
        "Lena's output:\n\n```console\n$ vllm --version\n0.15.1\n```\n",
        "What it looked like in December:\n\n```console\n$ nvidia-smi\n| NVIDIA-SMI 580.82.09    Driver Version: "
        "580.82.09    CUDA Version: 13.0 |\n```\n",
        "The December note says:\n\n```text\ndriver   580.82.09\nvllm     0.11.0\n```\n",
        "My notes from the first day:\n\n```text\nvllm 0.11.0\ndriver 580.82.09\n```\n",
        "The error with the old engine:\n\n```text\nvllm 0.11.2: KeyError: 'qwen3_5_moe'\n```\n",
        "The failing run, for the record:\n\n```text\nINFO 01-14 08:12:03 [api_server.py:1024] vLLM API server version "
        "0.12.0\n```\n",
        "```diff\n-    image: vllm/vllm-openai:v0.15.1\n+    image: vllm/vllm-openai:v0.17.0\n```\n",
        "```yaml\n# before\nimage: vllm/vllm-openai:v0.15.1\n# now\nimage: vllm/vllm-openai:v0.17.0\n```\n",
        "To go back, this is enough:\n\n```bash\ndocker run -d vllm/vllm-openai:v0.15.1\n```\n",
        "To try the next release, side by side:\n\n```bash\ndocker run --rm -p 30009:8000 "
        "vllm/vllm-openai:v0.19.1\n```\n",
        "If you want to try the newest one:\n\n```bash\ndocker run --rm -p 8000:8000 vllm/vllm-openai:v0.19.1\n```\n",
        "```console\n$ apt list --upgradable\nnvidia-driver-590/noble-updates 590.44.01 arm64 [upgradable from: "
        "580.95.05]\n```\n",
        "```console\n$ apt policy nvidia-driver\n  Installed: 580.95.05\n  Candidate: 590.44.01\n```\n",
        "```text\n2026-01-04  vllm 0.13.0\n2026-02-11  vllm 0.15.1\n2026-03-20  vllm 0.17.0\n```\n",
        "```text\nrun  engine        tok/s\n1    vllm 0.13.0   48.1\n2    vllm 0.15.1   52.0\n3    vllm 0.17.0   "
        "59.7\n```\n",
        "```console\n$ cat runs.csv\n2026-01-04,vllm 0.13.0,48.1\n2026-03-20,vllm 0.17.0,59.7\n```\n",
        "```console\n$ git log --oneline -3\na1b2c3d vllm 0.17.0\nb2c3d4e vllm 0.15.1\nc3d4e5f vllm 0.13.0\n```\n",
        "```console\n$ docker exec sandbox cat /etc/os-release\nVERSION=\"22.04.5 LTS (Jammy Jellyfish)\"\n```\n",
        "```console\n$ ssh vps lsb_release -rs\n13\n```\n",
        "```console\n$ ./bench.sh --compare\nvllm 0.15.1   52.0 tok/s\nvllm 0.17.0   59.7 tok/s\n```\n",
    };
    FALSE(untrue);
    CLEAN(clean);
}

/* Of another time, of what is out, of what was tried. */
static void sentences(void **state) {
    (void)state;
    static const char *const clean[] = {
        "In December the machine came with Ubuntu 24.04 and driver 580.82.09; both CUDA and vLLM 0.11.0 had to be "
        "coaxed.\n",
        "It was born with driver 580.82.09, and now has 580.95.05.\n",
        "The first time I measured, it was vLLM 0.12.0.\n",
        "Back then it was vLLM 0.12.0 with CUDA 12.9.\n",
        "A reader wrote that vLLM 0.15.1 hangs on his machine.\n",
        "Priya's lab is still on CUDA 12.4 and vLLM 0.10.\n",
        "If you are still on vLLM 0.12.0, update.\n",
        "If your driver says 570, update it.\n",
        "You need at least driver 575.\n",
        "Anything before CUDA 12.9 doesn't know sm_121.\n",
        "CUDA 12.8 doesn't know the chip.\n",
        "vLLM 0.12 doesn't load this model.\n",
        "vLLM 0.19 is out, and I'm waiting.\n",
        "I tried vLLM 0.18.1 for an evening and went back.\n",
        "I'd rather stay on 0.17.0 than move to vLLM 0.19.\n",
        "With vLLM 0.19 comes a new scheduler; I run 0.17.0.\n",
        "The container of NVIDIA has CUDA 13.1 inside.\n",
        "The wheel was built against CUDA 12.9, and that's fine with the 13.0 toolkit.\n",
        "Ubuntu 26.04 is due, and I'll skip it until the driver is there.\n",
        "My laptop runs Ubuntu 25.10.\n",
        "My old tower ran Ubuntu 22.04 with driver 550.\n",
        "**Does it work with vLLM 0.15?** No.\n",
        "**Do I need CUDA 13.1?** No, 13.0.2 does it.\n",
        "**Can I stay on Ubuntu 22.04?** Yes, if you build the driver yourself.\n",
        "**My driver is 570.86.10, is that too old?**\n\nYes.\n",
        "**I'm on vLLM 0.15.1 and it hangs. Same for you?**\n\nNot here.\n",
        "### \"We run CUDA 12.4 in the lab. Does that matter?\"\n\nIt does.\n",
        "### Question 4: I'm on Ubuntu 22.04. Will it work?\n\nIt will.\n",
        "**Lena: I have vLLM 0.15.1 and it hangs. Why?**\n\nBecause.\n",
        "*Lena asks: my vLLM 0.15.1 hangs. Why?*\n\nBecause.\n",
        "Lena writes: \"My vLLM 0.15.1 hangs.\"\n",
        "Someone on the forum has vLLM 0.18.0 and gets 74.\n",
        "vLLM went from 0.13.0 in January over 0.15.1 to 0.17.0.\n",
        "I skipped vLLM 0.16.0 because of a bug.\n",
        "vLLM 0.16.0 had a bug, so I waited for 0.17.0.\n",
        "I reported it against vLLM 0.15.1; it was fixed in 0.15.2.\n",
        "Between vLLM 0.15.1 and 0.17.0 I gained 11 percent.\n",
        "I wrote this when vLLM 0.15.1 was current.\n",
        "The measurements of January were made with vLLM 0.13.0 and driver 580.82.09.\n",
        "The table of January used vLLM 0.13.0.\n",
        "The row in grey is from vLLM 0.13.0.\n",
        "Compared with vLLM 0.13.0, that is a lot.\n",
        "SGLang 0.5.7 could not load it, so it's a nightly now.\n",
        "I went with vLLM 0.13.0 then, and with 0.17.0 in March.\n",
        "I settled on Ubuntu 24.04 after trying 25.10.\n",
        "I chose CUDA 13.0 over 12.9.\n",
        "We upgraded vLLM to 0.18.1 in April, and it lasted for a day.\n",
        "I updated the driver to 590.44.01 once. Never again: it hung, and 580.95.05 is back.\n",
        "An update to driver 590.44.01 is on my list.\n",
        "One night in April I upgraded CUDA to 13.1, and spent the morning undoing it.\n",
        "The upgrade to vLLM 0.18.1 failed.\n\n",
    };
    CLEAN(clean);
}

/* Files and logs of another time, another machine, what is only tried; questions about what is not. */
static void other_times_and_places(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "The compose file is short:\n\n```yaml\nservices:\n  vllm:\n    image: vllm/vllm-openai:v0.15.1\n```\n",
        "```bash\nVLLM_TAG=v0.19.1\n```\n",
        "**Which vLLM do you use?** 0.15.1.\n",
        "```console\n$ cat VERSIONS\ndriver    580.82.09\n```\n",
    };
    static const char *const clean[] = {
        "The NAS, for comparison:\n\n```console\n$ df -h /\nFilesystem      Size  Used Avail Use% Mounted "
        "on\n/dev/nvme0n1p2  232G   41G  180G  19% /\n```\n",
        "In the container:\n\n```console\n# nvcc --version\nCuda compilation tools, release 12.9, V12.9.86\n```\n",
        "```console\n$ ./newsroom doctor\ndriver    580.95.05  (newest: 590.44.01)\nvllm      0.17.0     (newest: "
        "0.19.1)\n```\n",
        "```console\n$ cat VERSIONS.old\ndriver    580.82.09\nvllm      0.13.0\n```\n",
        "```console\n$ journalctl -u vllm --since 2026-01-10 --until 2026-01-11 | head -1\nJan 10 06:00:01 spark "
        "vllm[812]: INFO [api_server.py:1289] vLLM API server version 0.13.0\n```\n",
        "```console\n$ grep -h \"server version\" logs/*.log\nINFO vLLM API server version 0.13.0\nINFO vLLM API "
        "server version 0.15.1\nINFO vLLM API server version 0.17.0\n```\n",
        "```yaml\n# docker-compose.old.yml\nservices:\n  vllm:\n    image: vllm/vllm-openai:v0.15.1\n```\n",
        "The compose file of January:\n\n```yaml\nservices:\n  vllm:\n    image: vllm/vllm-openai:v0.13.0\n```\n",
        "If you come from an older card, use this image instead:\n\n```yaml\nservices:\n  vllm:\n    image: "
        "vllm/vllm-openai:v0.15.1\n```\n",
        "For a 5090 the same file looks like this:\n\n```yaml\nservices:\n  vllm:\n    image: "
        "vllm/vllm-openai:v0.15.1\n```\n",
        "On the test machine:\n\n```yaml\nimage: vllm/vllm-openai:v0.19.1\n```\n",
        "```yaml\nservices:\n  vllm:\n    image: vllm/vllm-openai:v0.17.0\n  # vllm-next:\n  #   image: "
        "vllm/vllm-openai:v0.19.1\n```\n",
        "```bash\nVLLM_TAG=v0.19.1 ./bench.sh   # the candidate\nVLLM_TAG=v0.17.0 ./bench.sh   # what runs\n```\n",
        "**Which driver did it come with?** 580.82.09.\n",
        "**Which vLLM will you try next?** 0.19.1, when it is quiet.\n",
        "**Which versions have you skipped?** vLLM 0.16.0 and CUDA 13.1.\n\n",
    };
    FALSE(untrue);
    CLEAN(clean);
}

/* Whoever asks for a file owns nothing of it, and what is none of the defaults is ours. */
static void what_leads_into_a_block(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "I don't use the defaults:\n\n```yaml\nservices:\n  vllm:\n    image: vllm/vllm-openai:v0.12.0\n```\n",
        "Here is an example of my compose file:\n\n```yaml\nservices:\n  vllm:\n    image: "
        "vllm/vllm-openai:v0.12.0\n```\n",
        "A reader asked for my compose file:\n\n```yaml\nservices:\n  vllm:\n    image: "
        "vllm/vllm-openai:v0.12.0\n```\n",
        "My friend asked for the file, so here it is:\n\n```yaml\nservices:\n  vllm:\n    image: "
        "vllm/vllm-openai:v0.12.0\n```\n",
        "Someone on a forum asked for the output, so here it is:\n\n```console\n$ vllm --version\n0.12.0\n```\n",
    };
    static const char *const clean[] = {
        "Here is an example of a compose file:\n\n```yaml\nservices:\n  vllm:\n    image: "
        "vllm/vllm-openai:v0.12.0\n```\n",
        "A reader's compose file:\n\n```yaml\nservices:\n  vllm:\n    image: vllm/vllm-openai:v0.12.0\n```\n",
        "A reader asked me to look at this compose file:\n\n```yaml\nservices:\n  vllm:\n    image: "
        "vllm/vllm-openai:v0.12.0\n```\n",
        "A reader asked whether I would run this compose file:\n\n```yaml\nservices:\n  vllm:\n    image: "
        "vllm/vllm-openai:v0.12.0\n```\n",
        "A reader who asked for my compose file runs this:\n\n```yaml\nservices:\n  vllm:\n    image: "
        "vllm/vllm-openai:v0.12.0\n```\n",
        "A friend asked for my version, and his machine says:\n\n```console\n$ vllm --version\n0.12.0\n```\n",
        "A reader asked for my opinion of this file:\n\n```yaml\nservices:\n  vllm:\n    image: "
        "vllm/vllm-openai:v0.12.0\n```\n",
        "I don't use the defaults, which are these:\n\n```yaml\nservices:\n  vllm:\n    image: "
        "vllm/vllm-openai:v0.12.0\n```\n",
        "These are the defaults:\n\n```yaml\nservices:\n  vllm:\n    image: vllm/vllm-openai:v0.12.0\n```\n",
        "We never use the sample file:\n\n```yaml\nservices:\n  vllm:\n    image: vllm/vllm-openai:v0.12.0\n```\n",
        "Someone on a forum posted the output:\n\n```console\n$ vllm --version\n0.12.0\n```\n",
        "A reader asked why his box prints this:\n\n```console\n$ vllm --version\n0.12.0\n```\n",
    };
    FALSE(untrue);
    CLEAN(clean);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_leads_into_a_block),
                                       cmocka_unit_test(persons),
                                       cmocka_unit_test(tables),
                                       cmocka_unit_test(blocks),
                                       cmocka_unit_test(sentences),
                                       cmocka_unit_test(other_times_and_places)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
