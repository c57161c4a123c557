/* test_facts_quantities.c - an operation with many facts, sixty true sentences about it that no rule may contradict,
 * and sixty false ones, most of which the rules must catch. The true ones are the hard kind: uses, budgets,
 * differences, limits, other people's machines, figures of other parts, figures that nobody declared. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/judged.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "hardware:\n"
    "  - id: tern\n"
    "    aliases: [tern, Tern W7, the workstation]\n"
    "    attrs:\n"
    "      memory: {aliases: [RAM, main memory], views: {spec: {value: '256', unit: GB},\n"
    "        visible: {value: '263421952', unit: KiB, render: [251 GiB]}}}\n"
    "      vram: {value: '48', unit: GB, aliases: [VRAM, GPU memory]}\n"
    "      cpu_cores: {value: '24', unit: core, aliases: [cores, CPU cores]}\n"
    "      storage: {value: '8', unit: TB, aliases: [NVMe, SSD, disk]}\n"
    "      memory_bandwidth: {value: '960', unit: GB/s, aliases: [bandwidth, memory bandwidth]}\n"
    "      power_supply: {value: '1600', unit: W, aliases: [power supply, PSU]}\n"
    "      price: {value: '14200', unit: EUR, aliases: [price, cost]}\n"
    "hosts:\n"
    "  - {id: gull, aliases: [gull, VPS], location: Porto, attrs: {memory: {value: '8', unit: GB, aliases: [RAM]},\n"
    "     vcpus: {value: '4', unit: core, aliases: [vCPUs, cores]}, storage: {value: '80', unit: GB, aliases: "
    "[disk]},\n"
    "     monthly_cost: {value: '14', unit: EUR, aliases: [rent, monthly cost]}}}\n"
    "  - {id: osprey, aliases: [osprey, NAS], attrs: {storage: {value: '36', unit: TB, aliases: [disks, capacity]},\n"
    "     memory: {value: '32', unit: GB, aliases: [RAM]}}}\n"
    "components:\n"
    "  - {id: vllm, aliases: [vLLM], attrs: {max_batch: {value: '32', unit: request, aliases: [batch, batch size]},\n"
    "     clients: {value: '64', aliases: [clients]}}}\n"
    "  - id: writer\n"
    "    aliases: [Mistral-Small-24B, writer, writing model]\n"
    "    attrs:\n"
    "      parameters: {value: '23.6', unit: B params, aliases: [parameters]}\n"
    "      weights: {value: '14.3', unit: GB, aliases: [weights, checkpoint]}\n"
    "      context: {value: '32768', unit: token, aliases: [context, context length]}\n"
    "      kv_cache: {value: '6.2', unit: GiB, aliases: [KV cache]}\n"
    "  - id: checker\n"
    "    aliases: [Phi-4-mini, checker, checking model]\n"
    "    attrs:\n"
    "      parameters: {value: '3.8', unit: B params, aliases: [parameters]}\n"
    "      weights: {value: '2.5', unit: GB, aliases: [weights, checkpoint]}\n"
    "      context: {value: '16384', unit: token, aliases: [context, context length]}\n"
    "  - {id: postgres, aliases: [PostgreSQL], scheme: semver, version: '17.2', accept: [prefix], attrs: {\n"
    "      shared_buffers: {value: '12', unit: GB, aliases: [shared buffers]},\n"
    "      max_connections: {value: '80', unit: connection, aliases: [connections]},\n"
    "      database_size: {value: '61', unit: GB, aliases: [database, database size]},\n"
    "      query_timeout: {value: '20', unit: s, aliases: [statement timeout]}}}\n"
    "  - {id: prometheus, aliases: [Prometheus], attrs: {retention: {value: '45', unit: day, aliases: [retention]},\n"
    "      scrape_interval: {value: '30', unit: s, aliases: [scrape interval]}}}\n"
    "services:\n"
    "  - {id: gateway, aliases: [gateway], host: tern, port: '8300'}\n"
    "processes:\n"
    "  - {id: backup, category: backup, aliases: [backup, nightly backup], cadence: every night at 01:15}\n"
    "  - {id: deploy, category: release, aliases: [deploy, deployment], cadence: on each tag}\n"
    "  - {id: night-run, category: drafting, aliases: [night run], cadence: every night at 03:00}\n"
    "benchmarks:\n"
    "  - {id: writer-b1, subject: [writer], metric: decode, metric_aliases: [throughput, decode speed], value: "
    "'46.5',\n"
    "     unit: tok/s, tol: {rel: 3%}, where: {batch: '1'}, must_state: [batch]}\n"
    "  - {id: writer-b8, subject: [writer], metric: decode, metric_aliases: [throughput, decode speed], value: '251',\n"
    "     unit: tok/s, tol: {rel: 3%}, where: {batch: '8'}, must_state: [batch]}\n"
    "  - {id: checker-b1, subject: [checker], metric: decode, metric_aliases: [throughput, decode speed], value: "
    "'142',\n"
    "     unit: tok/s, tol: {rel: 3%}, where: {batch: '1'}, must_state: [batch]}\n"
    "  - {id: load-cold, subject: [writer], metric: load time, metric_aliases: [load], value: '58', unit: s,\n"
    "     where: {page_cache: cold}}\n"
    "  - {id: load-warm, subject: [writer], metric: load time, metric_aliases: [load], value: '9', unit: s,\n"
    "     where: {page_cache: warm}}\n"
    "  - {id: power-idle, subject: [tern], metric: wall power, metric_aliases: [power draw, draw], value: '95', unit: "
    "W,\n"
    "     where: {load: idle}}\n"
    "  - {id: power-b8, subject: [tern], metric: wall power, metric_aliases: [power draw, draw], value: '410', unit: "
    "W,\n"
    "     where: {batch: '8'}}\n"
    "  - {id: temp-b8, subject: [tern], metric: GPU temperature, metric_aliases: [temperature], value: '67', unit: "
    "°C,\n"
    "     where: {batch: '8'}}\n"
    "  - {id: lat-old, subject: [gateway], metric: overhead, metric_aliases: [added latency], value: '88', unit: ms,\n"
    "     where: {gateway: 1.2}}\n"
    "  - {id: lat-new, subject: [gateway], metric: overhead, metric_aliases: [added latency], value: '33', unit: ms,\n"
    "     where: {gateway: 2.0}}\n"
    "  - {id: backup-set, subject: [backup], metric: backup set, metric_aliases: [data set], value: '512', unit: GB,\n"
    "     tol: {rel: 2%}}\n"
    "  - {id: backup-time, subject: [backup], metric: duration, metric_aliases: [backup time], value: '14', unit: "
    "min}\n"
    "  - {id: deploy-time, subject: [deploy], metric: duration, metric_aliases: [deploy time], value: '40', unit: s}\n"
    "  - {id: run-time, subject: [night-run], metric: duration, value: '53', unit: min}\n"
    "  - {id: run-drafts, subject: [night-run], metric: drafts, metric_aliases: [drafts per night], value: '16',\n"
    "     unit: draft}\n"
    "  - {id: run-failed, subject: [night-run], metric: drafts failed, value: '2', unit: draft}\n"
    "derived:\n"
    "  - {id: b8-gain, expr: writer-b8 / writer-b1}\n"
    "  - {id: load-ratio, expr: load-cold / load-warm}\n"
    "  - {id: latency-cut, expr: lat-old / lat-new}\n";

/* Each is judged as an article of its own, behind one paragraph that says whose it is. */
static const char *const truths[] = {
    /* what the manifest says, said in other words */
    "The workstation has 256 GB of RAM, of which the kernel sees 251 GiB.",
    "It is a 24-core machine with 48 GB of VRAM.",
    "Mistral-Small-24B has 23.6B parameters and takes 14.3 GB on disk.",
    "Mistral-Small-24B decodes at 46.5 tok/s and Phi-4-mini at 142 tok/s, both at batch 1.",
    "At batch 1 the writer and the checker reach 46.5 and 142 tok/s respectively.",
    "Going from batch 1 to batch 8 raises decode from 46.5 tok/s to 251 tok/s, 5.4 times as much.",
    "The gateway's overhead fell from 88 ms to 33 ms.",
    "A cold page cache makes the writer load in 58 s, a warm one in 9 s.",
    "The nightly backup covers 512 GB and takes 14 minutes.",
    "A deployment takes 40 s, which is 0.67 minutes.",
    "tern idles at 95 W and draws 410 W at batch 8.",
    "Prometheus scrapes every 30 seconds and keeps 45 days.",
    "The VPS costs 14 EUR a month and has 4 cores and 8 GB of RAM.",
    "osprey has 36 TB of disks, tern has 8 TB.",
    "The workstation was 14,200 EUR, once.",
    "The writer decodes at 251 tok/s at batch 8 and 46.5 tok/s at batch 1.",
    "At batch 1 it decoded at 46.5 tok/s; Phi-4-mini reached 142 tok/s there.",
    "The writer decodes 251 tok/s at batch 8, 46.5 tok/s at batch 1.",
    "Batch 8 gives the writer 251 tok/s of decode, batch 1 gives 46.5 tok/s.",
    "Back at batch 1 from batch 8 the writer's decode falls from 251 tok/s to 46.5 tok/s.",
    "Out of 16 drafts, two drafts failed.",
    "The batch size of vLLM is 32.",
    "The database answers in 4 ms and could do better.",
    "The gateway has an error rate of 97 %.",
    "The backup set is 500 to 520 GB.",
    "The kernel says MemTotal: 263421952 kB on tern.",
    "Mistral-Small-24B: decode 46.5 tok/s at batch 1.",
    "Mistral-Small-24B on vLLM: decode 251 tok/s at batch 8.",
    "vLLM decodes 149 tok/s at batch 4 with Mistral-Small-24B.",
    /* uses, shares, rests */
    "The writer uses 22 GB of the VRAM while it drafts.",
    "About 31 GB of RAM are in use on tern during the night run.",
    "Of the 256 GB of RAM, 12 GB go to shared buffers.",
    "PostgreSQL occupies 61 GB of the disk on tern.",
    "There are 3.1 TB left on the NVMe of tern.",
    "The page cache of tern grows to 140 GB by morning.",
    "osprey is full to 71 %, so 25.6 TB are taken.",
    "Docker images fill another 90 GB of the disk.",
    "One worker of the gateway needs 300 MB of memory.",
    "The container of the checker is limited to 6 GB of memory.",
    "I gave the container 16 of the 24 cores.",
    "Each draft gets 2 GB of GPU memory.",
    /* differences, changes of something else */
    "That saved 4 GB of RAM on tern.",
    "Adding the second pair of modules raised the memory of tern by 128 GB.",
    "Before the upgrade tern had 128 GB of RAM.",
    "Until March the VPS had 4 GB of RAM and 2 cores.",
    "The database grew from 48 GB to 61 GB in a year.",
    "The database grows by 900 MB a month.",
    "The build of the site went from 12 s to 7 s.",
    "The overhead dropped by 55 ms.",
    "Swapping the fan lowered the temperature by 6 °C.",
    /* figures of other parts and other conditions */
    "tern draws 310 W while it compiles.",
    "The UPS in front of tern is good for 900 W.",
    "The GPU alone may draw 300 W.",
    "The disk of the VPS reads 1.2 GB/s, the NVMe of tern 6.9 GB/s.",
    "A friend's workstation with 64 cores and 512 GB of RAM does it in 20 s.",
    "An H100 has 80 GB of memory and 3.35 TB/s of bandwidth.",
    "At batch 4 the writer decodes at 149 tok/s.",
    "With a draft model in front the writer reached 71 tok/s at batch 1.",
    "Prefill of the writer runs at 2,900 tok/s.",
    "On the VPS the checker would manage 6 tok/s.",
    "A restore of the whole set took 96 minutes.",
    "The backup of the VPS alone takes 3 minutes.",
    "The first deployment took 6 minutes because the cache was empty.",
    "The checker loads in 4 s.",
    "A brief is 700 tokens long, and a draft about 2,100 tokens.",
    "The log line says 20 connections were open, of 80 connections allowed.",
    "The gateway answers health checks in 2 ms.",
    "I wait 10 minutes before I read the queue.",
    /* limits, plans, requirements, advice, other people */
    "A quota of 2 TB keeps the scratch folder on osprey small.",
    "The alert fires when tern is above 85 °C.",
    "You need 24 GB of VRAM to follow along, and 64 GB of RAM.",
    "I plan to give tern 512 GB of RAM next year.",
    "With 96 GB of VRAM a larger writer would fit.",
    "The board of tern takes up to 1 TB of RAM.",
    "A 70B model in 4 bits is about 40 GB, too large for one card.",
    "Other people report 60 tok/s for the writer at batch 1.",
    "The maker says 1.1 TB/s for the next card.",
    "Three reasons speak for 8 GB of swap on the VPS.",
    "I budgeted 15,000 EUR and spent 800 EUR on disks.",
    "Each night the run writes 16 drafts, and 5 drafts reach me.",
    "A night of 16 drafts at 2,100 tokens is 33,600 tokens.",
    "Electricity for tern is about 38 EUR a month.",
    "The domain costs 9 EUR a year.",
};

/* False, every one. */
static const char *const falsehoods[] = {
    "The workstation has 512 GB of RAM.",
    "tern has 128 GB of RAM and 24 cores.",
    "It is a 64-core machine with 48 GB of VRAM.",
    "tern comes with 80 GB of VRAM.",
    "The workstation ships with 16 TB of NVMe.",
    "A 512 GB Tern W7 does all of this.",
    "tern has a memory bandwidth of 1,792 GB/s.",
    "The power supply of tern delivers 2,400 W.",
    "The workstation cost 9,800 EUR.",
    "The workstation was 9,800 EUR, once.",
    "The VPS has 16 GB of RAM.",
    "gull has 8 cores and 8 GB of RAM.",
    "gull costs 29 EUR a month.",
    "osprey has a capacity of 72 TB.",
    "Mistral-Small-24B has 32.8B parameters.",
    "The checker has 7.6B parameters.",
    "The weights of the writer are 28.6 GB.",
    "Mistral-Small-24B is served with a context of 131,072 tokens.",
    "The KV cache of the writer is 12.4 GiB.",
    "At batch 1 the writer decodes at 92.0 tok/s.",
    "At batch 8 Mistral-Small-24B reaches 420 tok/s.",
    "The checker decodes at 260 tok/s at batch 1.",
    "Mistral-Small-24B decodes at 142 tok/s and Phi-4-mini at 46.5 tok/s, both at batch 1.",
    "At batch 1 the writer and the checker reach 142 and 46.5 tok/s respectively.",
    "Going from batch 1 to batch 8 raises the writer's decode from 46.5 tok/s to 310 tok/s.",
    "Going from batch 1 to batch 8 raises the writer's decode from 64.0 tok/s to 251 tok/s.",
    "The gateway's overhead fell from 188 ms to 33 ms.",
    "The gateway's overhead fell from 88 ms to 12 ms.",
    "The gateway's overhead fell from 33 ms to 88 ms.",
    "Going from batch 1 to batch 8 moves the writer's decode from 251 tok/s to 46.5 tok/s.",
    "At batch 8 the writer decodes at 46.5 tok/s.",
    "A cold page cache makes the writer load in 158 s.",
    "With a warm page cache the writer loads in 29 s.",
    "With a warm page cache the writer loads in 58 s, with a cold one in 9 s.",
    "The nightly backup takes 44 minutes.",
    "The backup set is 1,024 GB.",
    "A deployment takes 4 minutes.",
    "The batch size of vLLM is 64.",
    "The backup set is 610 to 680 GB.",
    "The night run takes 153 minutes.",
    "The night run writes 60 drafts.",
    "tern idles at 45 W.",
    "tern draws 810 W at batch 8.",
    "At batch 8 the GPU temperature is 91 °C.",
    "Prometheus keeps 400 days.",
    "Prometheus scrapes every 5 seconds.",
    "The retention of Prometheus is 365 days.",
    "`max_connections` is 400.",
    "`shared_buffers` is 64 GB.",
    "The database is 610 GB.",
    "PostgreSQL has shared buffers of 32 GB.",
    "The statement timeout is 200 s.",
    "tern has 8 GB of RAM, and the VPS has 256 GB.",
    "osprey has 8 TB of disks, tern has 36 TB.",
    "At batch 8 the writer reaches 251 tok/s, 9.4 times the 46.5 tok/s of batch 1.",
    "The overhead of the gateway fell from 88 ms to 33 ms, 6.1 times less.",
    "| machine | RAM |\n| --- | --- |\n| tern | 512 GB |\n| gull | 8 GB |",
    "| machine | RAM |\n| --- | --- |\n| tern | 8 GB |\n| gull | 256 GB |",
    "| batch | writer, tok/s |\n| --- | --- |\n| 1 | 46.5 |\n| 8 | 351 |",
    "| batch | writer, tok/s |\n| --- | --- |\n| 1 | 251 |\n| 8 | 46.5 |",
    "- RAM: 512 GB\n- cores: 24",
    "- tern: 24 cores, 512 GB of RAM",
    "Its memory bandwidth is 2,000 GB/s.",
    "The machine has 512 GB of RAM.",
};

static const char FRAME[] =
    "---\ntitle: Notes\ndate: 2026-05-18\n---\n\n# Notes\n\nI run one machine of my own at home; it "
    "is called tern.\n\n%s\n";

/* The words of the first claim with that verdict, and how many there are. */
static unsigned claims_with(const manifest *m, const char *said, enum verdict verdict, char quote[160]) {
    char text[2048];
    unsigned n = 0;
    snprintf(text, sizeof text, FRAME, said);
    judged x = judged_text(m, "t.md", str_from_cstr(text), false);
    for (size_t i = 0; i < x.claims.n; i++) {
        const claim *c = &x.claims.at[i];
        if (c->verdict != verdict) continue;
        if (n++ == 0) snprintf(quote, 160, "%.*s: %.*s", STR_ARG(c->quote), STR_ARG(c->why));
    }
    judged_free(&x);
    return n;
}

static unsigned contradictions(const manifest *m, const char *said, char quote[160]) {
    return claims_with(m, said, VERDICT_CONTRADICTED, quote);
}

/* A number that coincides with a declared one, of another thing or another unit, earns nothing. */
static void chance_supports_nothing(void **state) {
    (void)state;
    static const char *const chances[] = {
        "The batch size of the log shipper was raised to 1 MB.",
        "A call to the batch endpoint takes two arguments, throughput in tok/s and a name, and returns 8 MB.",
        "Its batch wait is 1s by default.",
        "The backup took 1 h, said the vendor's page.",
        "The duration of a check is 1 min.",
        "The added latency of the proxy is 0 s.",
    };
    manifest *m = judged_manifest(facts);
    unsigned wrong = 0;
    for (size_t i = 0; i < sizeof chances / sizeof *chances; i++) {
        char quote[160];
        if (!claims_with(m, chances[i], VERDICT_SUPPORTED, quote)) continue;
        print_error("supported by chance: %s\n    %s\n", chances[i], quote);
        wrong++;
    }
    manifest_free(m);
    assert_int_equal(wrong, 0);
}

static void nothing_true_is_contradicted(void **state) {
    (void)state;
    manifest *m = judged_manifest(facts);
    unsigned wrong = 0;
    for (size_t i = 0; i < sizeof truths / sizeof *truths; i++) {
        char quote[160];
        if (!contradictions(m, truths[i], quote)) continue;
        print_error("contradicted though true: %s\n    %s\n", truths[i], quote);
        wrong++;
    }
    manifest_free(m);
    assert_int_equal(wrong, 0);
}

/* What is missed here is missed knowingly: the floor only ever rises. */
enum { CAUGHT_AT_LEAST = 60 };

static void most_falsehoods_are_contradicted(void **state) {
    (void)state;
    manifest *m = judged_manifest(facts);
    unsigned caught = 0, all = sizeof falsehoods / sizeof *falsehoods;
    for (size_t i = 0; i < all; i++) {
        char quote[160];
        bool found = contradictions(m, falsehoods[i], quote) > 0;
        caught += found;
        if (!found) print_message("# missed: %s\n", falsehoods[i]);
    }
    manifest_free(m);
    print_message("# %u of %u falsehoods contradicted\n", caught, all);
    assert_true(caught >= CAUGHT_AT_LEAST);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chance_supports_nothing),
        cmocka_unit_test(nothing_true_is_contradicted),
        cmocka_unit_test(most_falsehoods_are_contradicted),
    };
    return cmocka_run_group_tests_name("facts: quantities", tests, NULL, NULL);
}
