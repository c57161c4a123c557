/* test_facts_asides.c - what articles written for readers say beside the point: other people's programs and advice,
 * likenesses, trials, limits that were worked out, columns and rows of another time, drills' settings, the machine of
 * the sentence before. Each group has its false twins, which stay contradicted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-10-14\nunits: [clerk]\n"
    "components:\n"
    "  - {id: curlew, aliases: [Curlew], scheme: semver, version: 0.8.2, accept: [prefix],\n"
    "     attrs: {heap: {value: 12, unit: GB, aliases: [heap, Java heap]}, memory_fraction: {value: 0.68,\n"
    "     aliases: [memory fraction]}}, history: [{version: 0.7.0, from: 2026-01-10, to: 2026-06-20}]}\n"
    "  - {id: wren, aliases: [wren], scheme: loose, version: r9, history: [{version: r7, from: 2026-05-30,\n"
    "     to: 2026-07-25}, {version: r8, from: 2026-07-25, to: 2026-09-19}]}\n"
    "  - {id: debian, aliases: [Debian], scheme: loose, version: 13.1.2, accept: [prefix],\n"
    "     history: [{version: 12.11, from: 2026-01-10, to: 2026-03-07}]}\n"
    "  - {id: driver, aliases: [NVIDIA driver], scheme: loose, version: 580.95.05, accept: [prefix]}\n"
    "  - {id: bigmodel, aliases: [gpt-oss-120b, drafter], attrs: {context: {value: 131072, unit: token,\n"
    "     aliases: [max-model-len]}}}\n"
    "  - {id: cuda, aliases: [CUDA], scheme: loose, version: 13.0.2}\n"
    "  - {id: letterbox, aliases: [Letterbox], scheme: semver, version: 0.6.2}\n"
    "  - {id: findling, aliases: [Findling], scheme: semver, version: 1.4.0}\n"
    "hardware:\n"
    "  - {id: office, aliases: [the office], attrs: {clerks: {value: 14, unit: clerk}}}\n"
    "  - {id: card, aliases: [RTX 4500], attrs: {price: {value: 1130, unit: EUR, aliases: [price, cost]}}}\n"
    "hosts:\n"
    "  - {id: alder, aliases: [alder], runs: {world: open, items: [curlew, bigmodel]},\n"
    "     attrs: {memory: {value: 24, unit: GB, aliases: [memory, RAM]}}}\n"
    "  - {id: porch, aliases: [porch], runs: {world: open, items: [findling, letterbox]},\n"
    "     attrs: {memory: {value: 8, unit: GB, aliases: [memory, RAM]}}}\n"
    "services:\n"
    "  - {id: box, aliases: [pull API], host: porch, port: 8600/tcp, runs: [letterbox],\n"
    "     exposes: {world: closed, items: [form submission, message pull, health check]}}\n"
    "  - {id: tunnel, aliases: [tunnel], host: porch, port: 51820/udp}\n"
    "  - {id: site, aliases: [site, porch.example], host: porch, port: 443/tcp,\n"
    "     exposes: {world: closed, items: [static pages, feed]}}\n"
    "scopes:\n  packages: {world: open}\n  processes: {world: closed, categories: [backup, quality]}\n"
    "processes:\n"
    "  - {id: restore-drill, aliases: [restore drill], category: backup, cadence: on the first Thursday of each "
    "month}\n"
    "  - {id: failover-drill, aliases: [failover drill], category: quality, cadence: once a quarter}\n"
    "  - {id: patch-day, aliases: [patch day], category: maintenance, cadence: on the second Wednesday of each month,\n"
    "     steps: [back up, upgrade, reboot, smoke test], order: strict}\n"
    "absent:\n"
    "  - {match: [Axolotl, Plex, Nextcloud], in: packages, note: none here}\n"
    "  - {match: [Cloudflare], in: packages}\n"
    "  - {match: [retraining, BLEU], in: processes}\n"
    "  - {match: [Traefik], in: packages}\n"
    "paths:\n"
    "  - {path: /opt/llm, host: alder, state: removed, since: 2026-02-20}\n"
    "commands:\n"
    "  - binary: curlew\n    of: curlew\n    world: closed\n"
    "    subcommands: [stack, {name: import, state: removed, since: 2026-02-20}]\n"
    "benchmarks:\n"
    "  - {id: decode, subject: [bigmodel], metric: decode, metric_aliases: [throughput, decode speed], value: 43.6,\n"
    "     unit: tok/s}\n"
    "  - {id: stack-new, subject: [curlew], metric: stacking time, value: 94, unit: s}\n"
    "  - {id: delta, subject: [restore-drill], metric: nightly delta, metric_aliases: [new data a night], value: 4.8,\n"
    "     unit: GB}\n"
    "  - {id: set, subject: [restore-drill], metric: backup set, metric_aliases: [data backed up], value: 1.3, unit: "
    "TB}\n";

static const char lead[] = "We run Curlew 0.8.2 and gpt-oss-120b on alder, and the site on porch.";

#define CLEAN(texts) expect_each(facts, lead, (texts), COUNT_OF(texts), false)
#define FALSE(texts) expect_each(facts, lead, (texts), COUNT_OF(texts), true)

static void other_people(void **state) {
    (void)state;
    static const char *const honest[] = {
        "There are good ones, and many people are happy with Axolotl.\n",
        "Now and then somebody asks for it, and other cooperatives that I know are happy with Nextcloud.\n",
        "I have been told to put Cloudflare in front. I have not.\n",
        "No Plex and no Nextcloud here. Samba on porch is our Nextcloud.\n",
        "I began with Plex, like everyone. It was on the machine for a month.\n",
        "A visitor asked where our Cloudflare was, and I had to disappoint him.\n",
        "k3s brings Traefik along, and I install it with `--disable traefik`.\n",
    };
    static const char *const untrue[] = {
        "There are good ones, and we are happy with Axolotl.\n",
        "We are happy with Nextcloud here.\n",
        "I began with Plex on porch. It shows the pictures.\n",
        "I have put Cloudflare in front of the site.\n",
        "No Plex on porch. We run Nextcloud on porch.\n",
        "k3s brings Traefik along, and I run Traefik on porch.\n",
    };
    CLEAN(honest);
    FALSE(untrue);
}

static void columns_and_rows_of_then(void **state) {
    (void)state;
    static const char *const honest[] = {
        "| Program | Version | Time |\n|---|---|---|\n| Curlew | 0.8.2 | 94 s |\n| Curlew | 0.7.0 | 151 s |\n",
        "| Model | Score |\n|---|---|\n| wren r7 | 66.2 |\n| wren r8 | 69.8 |\n| wren r9 | 71.4 |\n",
        "| | Curlew 0.7.0 | Curlew 0.8.2 |\n|---|---|---|\n| Java heap | 24 GB | 12 GB |\n",
        "| When | What |\n|---|---|\n| November | first tokens with Plex on alder |\n| February | Models move from "
        "`/opt/llm` to `/srv/models` |\n",
        "| Card | Seen at |\n|---|---|\n| RTX 4500 | €1,190 |\n",
        "At the time I ran Curlew with a memory fraction of 0.75.\n",
        "We first raised the memory fraction of Curlew to 0.9, and that was too much.\n",
        "| Consumer | GiB |\n|---|---|\n| Curlew (0.75 of 121.7) | 91.3 |\n",
    };
    static const char *const untrue[] = {
        "| Program | Version |\n|---|---|\n| Curlew | 0.7.0 |\n| Letterbox | 0.6.2 |\n",
        "| | Curlew 0.8.2 | Letterbox 0.6.2 |\n|---|---|---|\n| Java heap | 24 GB | – |\n",
        "| Since | What |\n|---|---|\n| November | we run Plex on alder |\n",
        "| Card | Price |\n|---|---|\n| RTX 4500 | €1,190 |\n",
        "On alder I run Curlew with a memory fraction of 0.75.\n",
    };
    CLEAN(honest);
    FALSE(untrue);
}

static void tried_and_worked_out(void **state) {
    (void)state;
    static const char *const honest[] = {
        "I tried gpt-oss-120b like that on porch, for science. It gave 9 tokens per second, and one can live with "
        "it.\n",
        "Divide the bandwidth by the weights and you have the upper limit for a stream. For gpt-oss-120b that is 53 "
        "tokens a second.\n",
        "Two clerks typed the reference text by hand and argued about commas.\n",
        "The restore drill covers 1.3 TB and sends about 4.8 GB of new data a night.\n",
        "A small one:\n\n```bash\nvllm serve /model \\\n  --served-model-name mistral-small \\\n  --max-model-len "
        "16384\n```\n",
    };
    static const char *const untrue[] = {
        "I use gpt-oss-120b on alder. It gives 9 tokens per second.\n",
        "The office has two clerks.\n",
        "```bash\nvllm serve /model \\\n  --served-model-name gpt-oss-120b \\\n  --max-model-len 16384\n```\n",
    };
    CLEAN(honest);
    FALSE(untrue);
}

static void which_one_is_meant(void **state) {
    (void)state;
    static const char *const honest[] = {
        "Findling is on the same VPS, and the pages pass queries to it. The machine has 8 GB of memory.\n",
        "Letterbox binds twice, to localhost for the form and to the tunnel address for the pull, both on port 8600.\n",
        "```python\n@mcp.tool\ndef search(query):\n    return letterbox.query(embed(query[:400]))\n```\n",
        "```text\nValueError: Free memory on device cuda:0 (31.4/119.7 GiB) on startup is less than desired\n```\n",
        "```ini\n[Peer]\nEndpoint = porch.example:51820\n```\n",
        "On Debian 13.1.2 it went like this. I took the driver along, to 580.95.05, since I was going to reboot.\n",
        "The address is the site's own. It offers three tools: form submission, message pull, health check.\n",
        "The pull API offers form submission, message pull and health check, and that is the whole list.\n",
    };
    static const char *const untrue[] = {
        "alder has 8 GB of memory.\n",
        "The tunnel listens on port 8600.\n",
        "```\n$ curl -s http://127.0.0.1:9009/tunnel/health\n```\n",
        "On alder it went like this. I took Curlew along, to 0.9.1.\n",
        "The pull API offers form submission, message pull and shell access.\n",
    };
    CLEAN(honest);
    FALSE(untrue);
}

static void rhythms_and_steps(void **state) {
    (void)state;
    static const char *const honest[] = {
        "Once a quarter we kill the primary on purpose, and on the first Thursday of each month we restore the "
        "database.\n",
        "There is a patch day, the second Wednesday of each month: back up, upgrade, reboot, test.\n",
    };
    static const char *const untrue[] = {
        "There is a patch day, the second Wednesday of each month: back up, upgrade, reboot.\n",
        "There is a patch day, the second Wednesday of each month: upgrade, back up, reboot, smoke test.\n",
    };
    CLEAN(honest);
    FALSE(untrue);
}

static void settings_of_a_drill(void **state) {
    (void)state;
    static const char *const honest[] = {
        "```bash\necho \"heap = 4 GB\" | sudo tee -a /tank/drill/curlew.conf\n```\n",
        "```\n$ pg_ctl -D /tank/drill \\\n    -o \"-p 5544\" -w start\nserver started\n$ psql -p 5544 -c 'select "
        "1'\n```\n",
        "```\npodman run -d --name own -p 127.0.0.1:8443:443 nginx\n```\n\nThen ask it:\n\n```\n$ curl "
        "https://porch.example:8443/\n```\n",
    };
    static const char *const untrue[] = {
        "```\n$ curl https://porch.example:8443/\n```\n",
    };
    CLEAN(honest);
    FALSE(untrue);
}

/* Others' habits; what is set apart behind a colon; a path's words; what is lent; any such thing; who tells what is so.
 */
static void others_habits_and_tellers(void **state) {
    (void)state;
    static const char *const honest[] = {
        "Each draft of their pipeline receives a BLEU score.\n",
        "Their schedule is full:\n\n- Retraining, every Sunday\n- BLEU score of every draft, every night\n",
        "| Team | Work | When |\n|---|---|---|\n| B | retraining | weekly |\n",
        "And then this:\n\n> [!NOTE]\n> alder runs Curlew 0.9.1.\n",
        "In ghcr.io/alder/memory/size 64 GB are enough.\n",
        "alder has 16 GB of memory for the drafter.\n",
        "An office of six clerks is small.\n",
    };
    static const char *const untrue[] = {
        "Each draft of our pipeline receives a BLEU score.\n",
        "My schedule is full:\n\n- BLEU score of every draft, every night\n",
        "| Task | When |\n|---|---|\n| Retraining | weekly |\n",
        "> [!NOTE]\n> alder runs Curlew 0.9.1.\n",
        "The log insists that alder runs Curlew 0.9.1.\n",
        "nvidia-smi claims that the NVIDIA driver on alder is 570.86.10.\n",
        "alder has 16 GB of memory.\n",
        "The office has six clerks.\n",
    };
    CLEAN(honest);
    FALSE(untrue);
}

/* Of what was chosen between, thought of, measured on a day of its row, told as changed by the sentence behind. */
static void chosen_thought_of_and_dated(void **state) {
    (void)state;
    static const char *const honest[] = {
        "I'd looked at three systems in that spring.\n\n| System | For | What else |\n|---|---|---|\n"
        "| Nextcloud | files | slow |\n| Plex | films | loud |\n",
        "## Which one to take\n\n- Nextcloud, what the big ones use\n- Plex, lovely for films\n",
        "## Which one to take\n\n- Server: Nextcloud\n- System: Plex, a server for films\n",
        "| System | For | Against, for us |\n|---|---|---|\n| Nextcloud | files | its price |\n",
        "I had thought of Axolotl for about as long as it takes to read its name twice.\n",
        "We had never hoped for Axolotl.\n",
        "I have met Plex and its friends at every meeting.\n",
        "We have always resisted Nextcloud on principle.\n",
        "We have been asked to run Nextcloud for the school.\n",
        "| Server | Measured | s |\n|---|---|---|\n| Curlew 0.7.0 | 9 April | 151 |\n",
        "With llama.cpp a stacking run took more than three minutes. Now it's 94 seconds.\n",
        "I let the same six clerks of the office do it twice.\n",
        "We hold the failover drill once a quarter. It has found something every second time.\n",
        "Findling is the one from Debian, 1.4.0.\n",
    };
    static const char *const untrue[] = {
        "What we run on porch:\n\n| System | For |\n|---|---|\n| Nextcloud | files |\n| Plex | films |\n",
        "## What runs here\n\n- Nextcloud for the files of all\n- Plex for films\n",
        "Here is a look at our stack on porch:\n\n- Nextcloud for the files\n- Plex for films\n",
        "## The stack that I chose\n\n- Nextcloud for the files\n- Plex for films\n",
        "| System | For |\n|---|---|\n| Nextcloud | files |\n",
        "I had Axolotl installed on alder.\n",
        "We have Plex on porch.\n",
        "We have been running Nextcloud on porch for a year.\n",
        "| Server | Measured | s |\n|---|---|---|\n| Curlew 0.7.0 | 9 August | 151 |\n",
        "With llama.cpp a stacking run took more than three minutes. Now it is quieter.\n",
        "We hold the failover drill every second week.\n",
        "The six clerks of the office do it twice.\n",
        "Findling on Debian is 1.3.0.\n",
    };
    CLEAN(honest);
    FALSE(untrue);
}

/* What is not here, said to be what ours stands behind, goes to or relies on. */
static void behind_on_and_to(void **state) {
    (void)state;
    static const char *const honest[] = {
        "Half of the clubs' own sites sit behind Cloudflare.\n",
        "My uncle runs Curlew 0.5.1 for his club.\n",
        "My niece has porch with 64 GB of RAM.\n",
        "A copy goes to Nextcloud at most firms.\n",
        "Some people rely on Nextcloud for that.\n",
        "A second thought goes to whoever runs Plex.\n",
    };
    static const char *const untrue[] = {
        "The site sits behind Cloudflare.\n",
        "The proxy is Letterbox, sitting behind Traefik.\n",
        "A second copy goes to Nextcloud.\n",
        "For the files we rely on Nextcloud.\n",
    };
    CLEAN(honest);
    FALSE(untrue);
}

/* Of what was proposed and put aside, left behind by a move, brought by another program, given to a command. */
static void put_aside_brought_and_given(void **state) {
    (void)state;
    static const char *const honest[] = {
        "## Put aside\n\n*Nextcloud beside Letterbox for the files.* It was a shade better.\n",
        "## What we turned down\n\nPlex beside Findling, for films.\n",
        "## Model files moved\n\nFrom `/opt/llm` to `/srv/llm` on alder.\n",
        "The move went from `/opt/llm` to `/srv/llm` in one evening.\n",
        "A word on Findling: it came with the new Debian, 1.4.0.\n",
        "Findling came with Debian, 1.4.0, and stayed.\n",
        "```console\n$ findling release 26-0417\n```\n",
        "```console\nporch$ sudo findling hold 3.1\n```\n",
    };
    static const char *const untrue[] = {
        "*Nextcloud beside Letterbox for the files.* It is quick.\n",
        "## Put aside\n\nWe run Nextcloud beside Letterbox.\n",
        "## Model files\n\nFrom `/opt/llm` to `/srv/llm` on alder.\n",
        "The nightly job copies from `/opt/llm` to `/srv/llm`.\n",
        "alder runs Debian 5.4.2.\n",
        "```console\n$ pip install findling==1.3.1\n```\n",
        "```console\n$ findling --version\nfindling 1.3.1\n```\n",
    };
    CLEAN(honest);
    FALSE(untrue);
}

/* A column of what is not owned, a command that did its work and was deleted. */
static void disowned_and_deleted(void **state) {
    (void)state;
    static const char *const honest[] = {
        "| | alder | Nextcloud |\n|---|---|---|\n| Do we own it? | yes | no |\n| Noise | low | none |\n",
        "| | alder | Plex |\n|---|---|---|\n| Noise | low | none |\n| Here | \xe2\x9c\x93 | \xe2\x80\x93 |\n",
        "`curlew import` worked to the last row and has been deleted with thanks.\n",
        "In the end `curlew import` was buried.\n",
    };
    static const char *const untrue[] = {
        "| | alder | Nextcloud |\n|---|---|---|\n| Do we own it? | yes | yes |\n| Noise | low | none |\n",
        "| | alder | Plex |\n|---|---|---|\n| Noise | low | no |\n| Here | \xe2\x9c\x93 | \xe2\x9c\x93 |\n",
        "`curlew import` works to the last row and deletes what it has read.\n",
        "The rows are deleted with `curlew import`.\n",
        "`curlew import` brings back what you deleted.\n",
    };
    CLEAN(honest);
    FALSE(untrue);
}

/* Clauses behind a list, another's release before its neighbour's name, arithmetic, a label that says it went. */
static void behind_before_and_under(void **state) {
    (void)state;
    static const char *const honest[] = {
        "The site exposes static pages and the feed, that's the whole of it, and we'd like to keep it so short.\n",
        "The site exposes static pages and the feed, and we recite it.\n",
        "The driver. In July we went to 580.95.05, when Curlew moved from 0.7.0 to 0.8.2.\n",
        "For gpt-oss-120b the arithmetic ends at around 60 tokens a second. That's the ceiling.\n",
        "**Removed.** `curlew import`, the same day. It copied the list.\n",
    };
    static const char *const untrue[] = {
        "The site exposes static pages, the feed and a root shell, that's the whole of it.\n",
        "In July we went to Curlew 580.95.05.\n",
        "In July we went to 580.95.06, when Curlew moved from 0.6.9 to 0.8.2.\n",
        "gpt-oss-120b decodes at around 60 tokens a second.\n",
        "**Useful.** `curlew import`, every day. It copies the list.\n",
    };
    CLEAN(honest);
    FALSE(untrue);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_people),
        cmocka_unit_test(columns_and_rows_of_then),
        cmocka_unit_test(tried_and_worked_out),
        cmocka_unit_test(which_one_is_meant),
        cmocka_unit_test(rhythms_and_steps),
        cmocka_unit_test(settings_of_a_drill),
        cmocka_unit_test(others_habits_and_tellers),
        cmocka_unit_test(chosen_thought_of_and_dated),
        cmocka_unit_test(put_aside_brought_and_given),
        cmocka_unit_test(behind_on_and_to),
        cmocka_unit_test(disowned_and_deleted),
        cmocka_unit_test(behind_before_and_under),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
