/* test_facts_physics.c - what is wrong whatever the manifest says, beside its nearest neighbour that is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/support/marked.h"

static const char facts[] =
    "assay-facts: 1\n"
    "as_of: 2026-06-18\n"
    "components:\n"
    "  - id: perch\n"
    "    aliases: [perch]\n"
    "    scheme: semver\n"
    "    version: 1.4.0\n"
    "    history: [{version: 1.3.2, from: 2026-02-20, to: 2026-06-03}]\n" /* after the article's day */
    "  - id: otter\n"
    "    aliases: [otter]\n"
    "    scheme: semver\n"
    "    version: 3.1.0\n"
    "    history: [{version: 3.0.0, from: 2026-01-20, to: 2026-05-01}]\n"
    "  - id: writer\n"
    "    aliases: [writer model]\n"
    "    attrs: {active_parameters: {value: 5, unit: B params}, quantization: {value: BF16}}\n"
    "  - id: helper\n"
    "    aliases: [helper model]\n"
    "    attrs: {active_parameters: {value: 5, unit: B params}}\n"
    "  - id: plain\n"
    "    aliases: [plain model]\n"
    "    attrs:\n"
    "      active_parameters: {value: 5, unit: B params}\n"
    "      quantization: {value: BF16}\n"
    "      speculation: {value: none}\n"
    "  - {id: bison, aliases: [Bison], attrs: {size: {value: 140, unit: GB}}}\n"
    "  - {id: vole, aliases: [Vole], attrs: {size: {value: 9, unit: GB}}}\n"
    "hardware:\n"
    "  - id: box\n"
    "    aliases: [Testbox 9]\n"
    "    attrs: {memory_bandwidth: {value: 200, unit: GB/s}, memory: {value: 64, unit: GB}}\n"
    "hosts: [{id: attic, aliases: [attic]}]\n";

typedef struct rule_case {
    const char *rule, *text;
    unsigned want;
} rule_case;

static unsigned wrong_of(const rule_case *cases, size_t n) {
    manifest *m = judged_manifest(facts);
    unsigned wrong = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned got = marked_findings(m, cases[i].text, cases[i].rule);
        if (got == cases[i].want) continue;
        wrong++;
        print_error("%s: %u of %s, wanted %u\n", cases[i].text, got, cases[i].rule, cases[i].want);
    }
    manifest_free(m);
    return wrong;
}

#define SPEED(text, want)                                                                                              \
    { "physics-speed-up", text, want }

static void speed_ups(void **state) {
    (void)state;
    static const rule_case cases[] = {
        /* 120 to 45 is 2.7 times, or 62.5 % less */
        SPEED("It went from 120 ms to 45 ms, 2.7 times faster.", 0),
        SPEED("It went from 120 ms to 45 ms, 27 times faster.", 1),
        SPEED("It went from 120 ms to 45 ms, 3.4 times faster.", 1),
        SPEED("It went from 120 ms to 45 ms, a drop of 62.5 %.", 0),
        SPEED("It went from 120 ms to 45 ms, a drop of 95 %.", 1),
        SPEED("\"It went from 120 ms to 45 ms, 27 times faster\", the model wrote.", 0),
        /* what is said of something else */
        SPEED("The query went from 120 ms to 40 ms on a table that is 10x larger.", 0),
        SPEED("The query went from 120 ms to 40 ms on a 10x larger table.", 0),
        SPEED("The query went from 120 ms to 40 ms, which is 10x larger than the cache.", 0),
        SPEED("The query went from 120 ms to 40 ms although the table is 10x larger now.", 0),
        SPEED("The build went from 90 s to 30 s with 8 times the cores.", 0),
        SPEED("The build went from 90 s to 30 s, a 10x larger cache.", 0),
        SPEED("The build went from 90 s to 30 s, 8 times the cores.", 0),
        SPEED("Latency fell from 120 ms to 40 ms at a 5% higher cost.", 0),
        SPEED("Latency fell from 120 ms to 40 ms, a 5% higher cost.", 0),
        SPEED("Latency fell from 120 ms to 40 ms, while the index became 10% larger.", 0),
        SPEED("Power fell from 120 W to 40 W, 5 % of the budget.", 0),
        SPEED("Power fell from 120 W to 40 W, a 40 % reduction in cost.", 0),
        SPEED("Power fell from 120 W to 40 W, a 40 % reduction in power.", 1),
        SPEED("The build went from 90 s to 30 s, 10x faster than the laptop.", 0),
        SPEED("The build went from 90 s to 30 s, 10x faster than before.", 1),
        SPEED("The build went from 90 s to 30 s, 10x faster with 16 threads.", 0),
        SPEED("Load went from 20 req/s to 60 req/s, twice as much as we had hoped for.", 0),
        SPEED("The fan went from 80 °C to 60 °C, a drop of 20 %.", 0), /* no zero to count from */
        SPEED("The cache share fell from 90 % to 30 %, a drop of 60 %.", 0),
        SPEED("The cache share fell from 90 % to 30 %, a drop of 20 %.", 1),
        SPEED("The disk is 5x faster on paper: 30 s instead of 90 s.", 0),
        SPEED("With 10x more rows now: 30 s instead of 90 s.", 0),
        SPEED("The image is 10x larger now: 30 s instead of 90 s.", 0),
        SPEED("A 5x faster disk: 30 s instead of 90 s.", 0),
        SPEED("The noise went from 40 dB to 30 dB, twice as quiet.", 0),
        /* the ratio is a word */
        SPEED("It went from 20 req/s to 60 req/s, a fourfold increase.", 1),
        SPEED("It went from 20 req/s to 60 req/s, a threefold increase.", 0),
        SPEED("It went from 90 s to 30 s, which is twice as fast.", 1),
        SPEED("It went from 90 s to 42 s, which is twice as fast.", 0),
        SPEED("It went from 90 s to 30 s, which is more than twice as fast.", 0),
        SPEED("It doubled from 20 req/s to 60 req/s.", 1),
        SPEED("It doubled from 20 req/s to 44 req/s.", 0),
        SPEED("It more than doubled from 20 req/s to 60 req/s.", 0),
        SPEED("The team doubled, and load went from 20 req/s to 60 req/s.", 0),
        /* the ratio first; pairs in other words */
        SPEED("The build is 5x faster now: 30 s instead of 90 s.", 1),
        SPEED("The build is 3x faster now: 30 s instead of 90 s.", 0),
        SPEED("The build took 90 s before and 30 s after, a speed-up of 5x.", 1),
        SPEED("The build took 90 s before and 30 s after, a speed-up of 3x.", 0),
        SPEED("The build takes 30 s, down from 90 s, a speed-up of 5x.", 1),
        SPEED("The build dropped by 80 % from 90 s to 30 s.", 1),
        SPEED("The build dropped by 67 % from 90 s to 30 s.", 0),
        SPEED("Cost rose 80 % while the build dropped from 90 s to 30 s.", 0),
        SPEED("Memory use rose from 20 GB to 30 GB, up 100 %.", 1),
        SPEED("Memory use rose from 20 GB to 30 GB, up 50 %.", 0),
        /* three columns */
        SPEED("| stage | Before | After | Speed-up |\n| --- | --- | --- | --- |\n| parse | 90 s | 30 s | 5x |\n"
              "| load | 20 s | 10 s | 2x |",
              1),
        SPEED("| stage | Before | After | Change |\n| --- | --- | --- | --- |\n| parse | 90 s | 30 s | -67 % |\n"
              "| load | 20 s | 30 s | +50 % |",
              0),
        SPEED("| stage | Before | After | Change |\n| --- | --- | --- | --- |\n| parse | 90 s | 30 s | -20 % |", 1),
        SPEED("| stage | Before | After | Speed-up |\n| --- | --- | --- | --- |\n| parse | 90 s | 30 s | 3x |\n"
              "| load | 20 s | 4 s | 5x |\n| mean | 55 s | 17 s | 4x |",
              0),
        SPEED("| stage | Before | Load before | After | Change |\n| --- | --- | --- | --- | --- |\n"
              "| parse | 90 s | 3 % | 30 s | 5 % |",
              1),
        SPEED("| stage | Before | After | Errors |\n| --- | --- | --- | --- |\n| parse | 90 s | 30 s | 5 % |", 0),
    };
    assert_int_equal(wrong_of(cases, COUNT_OF(cases)), 0);
}

#define TOTAL(header, a, b, total, want)                                                                               \
    {                                                                                                                  \
        "physics-total", "| item | " header " |\n| --- | --- |\n| a | " a " |\n| b | " b " |\n| total | " total " |",  \
            want                                                                                                       \
    }

static void totals(void **state) {
    (void)state;
    static const rule_case cases[] = {
        TOTAL("EUR", "104", "46", "150", 0),
        TOTAL("EUR", "104", "46", "160", 1),
        TOTAL("EUR", "104.4", "46.4", "151", 0),
        TOTAL("%", "60 %", "60 %", "100 %", 0),
        /* what does not add up */
        TOTAL("p95", "20 ms", "30 ms", "28 ms", 0),
        TOTAL("p95", "20 ms", "30 ms", "38 ms", 0),
        TOTAL("Average power", "38 W", "42 W", "40 W", 0),
        TOTAL("Power", "38 W", "42 W", "80 W", 0),
        TOTAL("Power", "38 W", "42 W", "90 W", 1),
        TOTAL("Peak RAM", "20 GB", "30 GB", "42 GB", 0),
        TOTAL("Unique readers", "200", "300", "420", 0),
        TOTAL("Time", "20 s", "30 s", "30 s", 0), /* side by side */
        TOTAL("Throughput", "20 MB/s", "30 MB/s", "28 MB/s", 0),
        TOTAL("People", "5", "7", "10", 0),
        TOTAL("Start", "10 s", "15 s", "22 s", 0),
        TOTAL("Memory", "40 GB", "10 GB", "64 GB", 0), /* not all of it is used */
        TOTAL("Memory", "40 GB", "30 GB", "64 GB", 1),
        TOTAL("EUR per month", "20 EUR", "30 EUR", "60 EUR", 0),
        /* units of one dimension */
        TOTAL("Size", "1.0 TB", "500 GB", "1.5 TB", 0),
        TOTAL("Size", "1.0 TB", "500 GB", "2.5 TB", 1),
        {"physics-total",
         "Both run in parallel.\n\n| job | Time |\n| --- | --- |\n| a | 10 s |\n| b | 12 s |\n| total | 15 s |", 0},
        {"physics-total",
         "| item | Qty | Price |\n| --- | --- | --- |\n| a | 2 | 10 EUR |\n| b | 3 | 20 EUR |\n| total | 5 | 80 EUR |",
         0},
        {"physics-total", "| item | Count |\n| --- | --- |\n| a | 2 |\n| b | 3 |\n| total | 9 |", 1},
        {"physics-total",
         "| item | n |\n| --- | --- |\n| drafts | 10 |\n| of which old | 4 |\n| posts | 20 |\n| total | 30 |", 0},
    };
    assert_int_equal(wrong_of(cases, COUNT_OF(cases)), 0);
}

#define FIT(text, want)                                                                                                \
    { "physics-fit", text, want }

static void fits(void **state) {
    (void)state;
    static const rule_case cases[] = {
        FIT("A 140 GB checkpoint fits in 121 GB.", 1),
        FIT("A 110 GB checkpoint fits in 121 GB.", 0),
        FIT("A 140 GB checkpoint does not fit in 121 GB.", 0),
        FIT("The model of 90 GB fits comfortably in the 64 GB of RAM.", 1),
        FIT("The 90 GB model fits in 64 GB with room to spare.", 1),
        /* it is made smaller, it is a part of it, there are several */
        FIT("The 90 GB model fits in 64 GB once it is quantized.", 0),
        FIT("Once quantized, the 90 GB model fits in 64 GB.", 0),
        FIT("In FP8 the 90 GB model fits in 64 GB.", 0),
        FIT("The 90 GB data set fits in 40 GB when compressed.", 0),
        FIT("The 90 GB data set fits in 40 GB with zstd.", 0),
        FIT("The 100 GB model fits in two machines with 64 GB each.", 0),
        FIT("The index of the 90 GB database fits in 64 GB of RAM.", 0),
        FIT("The 90 GB model fits in 64 GB, and the rest of it stays on disk.", 0),
        FIT("The 300 GB database's index fits in 64 GB of RAM.", 0),
        FIT("The 90 GB model now fits in 64 GB.", 0),
        FIT("Our 90 GB of logs fit in a 9 GB archive.", 0),
        FIT("Our 90 GB of logs fit in 9 GB.", 0), /* data may be packed */
        FIT("Our 90 GB of logs fit in 64 GB of RAM.", 1),
        /* declared: Bison 140 GB, Vole 9 GB, the box 64 GB */
        FIT("Bison fits in the memory of the Testbox 9.", 1),
        FIT("Bison fits in memory on the Testbox 9.", 1),
        FIT("Bison fits in the 64 GB of the Testbox 9.", 1),
        FIT("A 90 GB model fits in the memory of the Testbox 9.", 1),
        FIT("Vole fits in the memory of the Testbox 9.", 0),
        FIT("Bison would fit in the memory of the Testbox 9.", 0),
        FIT("Bison fits on the disk of the Testbox 9.", 0),
        FIT("Bison in FP4 fits in the memory of the Testbox 9.", 0),
        FIT("Quantized, Bison fits in the memory of the Testbox 9.", 0),
        FIT("We run it at 3 bits. Bison fits in the memory of the Testbox 9.", 0),
        FIT("The KV cache of Bison fits in the memory of the Testbox 9.", 0),
        FIT("Bison fits in the memory of two Testbox 9.", 0),
        FIT("Bison fits in the rack beside the Testbox 9.", 0),
    };
    assert_int_equal(wrong_of(cases, COUNT_OF(cases)), 0);
}

#define RATE(text, want)                                                                                               \
    { "physics-bandwidth", text, want }

/* 200 GB/s over 5 B weights of 2 bytes: 20 tok/s is the ceiling of one stream. */
static void bandwidth(void **state) {
    (void)state;
    static const rule_case cases[] = {
        RATE("On the Testbox 9 the writer model decodes at 19 tok/s at batch 1 without speculative decoding.", 0),
        RATE("On the Testbox 9 the writer model decodes at 25 tok/s at batch 1 without speculative decoding.", 1),
        RATE("On the Testbox 9 the writer model decodes at 25 tok/s at batch 1 with no speculation.", 1),
        RATE("On the Testbox 9 the writer model decodes at 25 tok/s in a single stream. Speculative decoding is off.",
             1),
        RATE("At batch 1 without speculative decoding the writer model decodes 25 tok/s on the Testbox 9.", 1),
        RATE("Without speculative decoding the writer model decodes 25 tok/s on the Testbox 9 at batch 1.", 1),
        RATE("With no speculative decoding the writer model decodes at 30 tok/s on the Testbox 9 at batch 1.", 1),
        RATE("Without any speculation the plain model generates 25 tok/s in a single stream on the Testbox 9.", 1),
        RATE("Without MTP the writer model decodes 25 tok/s on the Testbox 9 at batch 1.", 1),
        RATE("Without drafter the writer model decodes 25 tok/s on the Testbox 9 at batch 1.", 1),
        RATE("Without speculative decoding the writer model decodes 19 tok/s on the Testbox 9 at batch 1.", 0),
        RATE("Without speculative decoding the writer model does not decode 25 tok/s on the Testbox 9 at batch 1.", 0),
        RATE("Without speculative decoding the writer model never decodes 25 tok/s on the Testbox 9 at batch 1.", 0),
        RATE("Without a second card the plain model decodes no 25 tok/s on the Testbox 9 at batch 1.", 0),
        RATE("Without speculative decoding the writer model stays below 25 tok/s when it decodes on the Testbox 9 at "
             "batch "
             "1.",
             0),
        RATE("Without speculative decoding the writer model would decode 25 tok/s on the Testbox 9 at batch 1.", 0),
        RATE("Does the writer model decode 25 tok/s on the Testbox 9 at batch 1 without speculative decoding?", 0),
        RATE("Without speculative decoding the writer model decodes 60 tok/s on the Testbox 9 at batch 4.", 0),
        RATE("Without speculative decoding a friend's writer model decodes 60 tok/s at batch 1.", 0),
        RATE("On the Testbox 9 the plain model decodes at 25 tok/s at batch size 1.", 1), /* declared: none */
        RATE("On the Testbox 9 the plain model decodes at 25 tok/s in a single stream.", 1),
        /* nobody says whether tokens are guessed, or how many streams there are */
        RATE("On the Testbox 9 the writer model decodes at 25 tok/s at batch 1.", 0),
        RATE("On the Testbox 9 the plain model decodes at 25 tok/s.", 0),
        RATE("On the Testbox 9 the plain model decodes at 25 tok/s at batch 4.", 0),
        RATE("On the Testbox 9 the plain model decodes at 25 tok/s at batch 1 to 4.", 0),
        RATE("On the Testbox 9 the plain model decodes at 19 tok/s at batch 1 and at 60 tok/s at batch 4.", 0),
        /* they are guessed, in one word or another */
        RATE("On the Testbox 9 the writer model decodes at 25 tok/s at batch 1 with speculation.", 0),
        RATE("On the Testbox 9 the plain model, with MTP, decodes at 45 tok/s at batch 1.", 0),
        RATE("On the Testbox 9 the plain model decodes at 25 tok/s at batch 1 with EAGLE-3.", 0),
        RATE(
            "The Testbox 9 has speculative decoding with three draft tokens on.\n\nThe plain model decodes at 45 tok/s "
            "at batch 1.",
            0),
        RATE("Without speculation it is slow, but with speculation the writer model decodes at 45 tok/s at batch 1.",
             0),
        /* another machine, several of it */
        RATE("On a rented H100 the plain model decodes at 300 tok/s at batch 1. On the Testbox 9 it is slower.", 0),
        RATE("On the old server the plain model decodes at 300 tok/s at batch 1.", 0),
        RATE("The plain model decodes at 300 tok/s at batch 1 on a 4090.", 0),
        RATE("The plain model decodes at 300 tok/s at batch 1 on Groq.", 0),
        RATE("On the Testbox 9 the plain model decodes at 300 tok/s at batch 1, says the vendor.", 0),
        RATE("# What others measured\n\nThe plain model decodes at 300 tok/s at batch 1.", 0),
        RATE("# The Testbox 9\n\nThe plain model decodes at 300 tok/s at batch 1.", 1),
        RATE("On two Testbox 9 the plain model decodes at 30 tok/s at batch 1.", 0),
        /* the precision: what the article says comes first */
        RATE("On the Testbox 9 the plain model in FP8 decodes at 35 tok/s at batch 1.", 0),
        RATE("On the Testbox 9 the plain model in FP8 decodes at 45 tok/s at batch 1.", 1),
        RATE("On the Testbox 9 the plain model quantized to Q4_0 decodes at 60 tok/s at batch 1.", 0),
        RATE("On the Testbox 9 the plain model, quantized, decodes at 60 tok/s at batch 1.", 0),
        RATE("On the Testbox 9 the plain model at 4 bit decodes at 60 tok/s at batch 1.", 0),
        RATE("On the Testbox 9 the plain model at 4 bit decodes at 90 tok/s at batch 1.", 1),
        RATE("We run it in FP8. On the Testbox 9 the plain model decodes at 35 tok/s at batch 1.", 0),
        RATE("On the Testbox 9 the helper model in BF16 decodes at 25 tok/s at batch 1 without speculation.", 1),
        RATE("On the Testbox 9 the helper model decodes at 25 tok/s at batch 1 without speculation.", 0),
    };
    assert_int_equal(wrong_of(cases, COUNT_OF(cases)), 0);
}

#define TIME(text, want)                                                                                               \
    { "physics-time", text, want }

static void timelines(void **state) {
    (void)state;
    static const rule_case cases[] = {
        TIME("It was down 31 minutes, from 07:58 to 08:29.", 0),
        TIME("It was down 31 minutes, from 07:58 to 08:49.", 1),
        TIME("It was down 31 minutes, from 23:50 to 00:21.", 0),
        TIME("| time | event |\n| --- | --- |\n| 2026-02-17 07:58 | a |\n| 2026-02-17 08:03 | b |\n"
             "| 2026-02-17 08:11 | c |",
             0),
        TIME("| time | event |\n| --- | --- |\n| 2026-02-17 07:58 | a |\n| 2026-02-17 08:13 | b |\n"
             "| 2026-02-17 08:11 | c |",
             1),
        TIME("| Time | Message |\n| --- | --- |\n| 2026-02-17 07:58 | a |\n| 2026-02-17 08:13 | b |\n"
             "| 2026-02-17 08:11 | c |",
             1),
        TIME("| Time | Snapshot |\n| --- | --- |\n| 2026-02-17 07:58 | a |\n| 2026-02-17 08:13 | b |\n"
             "| 2026-02-17 08:11 | c |",
             0),
        /* logs, in their forms */
        TIME("The log:\n\n```\n2026-05-01 10:00:00 start\n2026-05-01 10:05:00 loaded\n2026-05-01 10:02:00 ready\n```",
             1),
        TIME("The log:\n\n```\n2026-05-01 10:00:00 start\n2026-05-01 10:02:00 loaded\n2026-05-01 10:05:00 ready\n```",
             0),
        TIME("```log\n[2026-05-01T10:00:00Z] start\n[2026-05-01T10:05:00Z] loaded\n[2026-05-01T10:02:00Z] ready\n```",
             1),
        TIME("```console\n$ journalctl -u api\nMay 01 10:00:00 forge api[12]: start\nMay 01 10:05:00 forge api[12]: "
             "loaded\nMay 01 10:02:00 forge api[12]: ready\n```",
             1),
        TIME("```log\n10:00:00 start\n10:05:00 loaded\n10:02:00 ready\n```", 1),
        /* newest first, a step of seconds, midnight, two clocks */
        TIME("```log\n2026-05-01 10:05:00 ready\n2026-05-01 10:02:00 loaded\n2026-05-01 10:00:00 start\n```", 0),
        TIME("```log\n2026-05-01 10:05:00 ready\n2026-05-01 10:00:00 start\n2026-05-01 10:02:00 loaded\n```", 0),
        TIME("```log\n02:30:00 a\n02:59:00 b\n02:31:00 c\n```", 0), /* the end of summer time */
        TIME("```log\n2026-05-01 10:00:00 start\n2026-05-01 10:00:09 loaded\n2026-05-01 10:00:04 ready\n```", 0),
        TIME("```log\n23:58:00 start\n23:59:00 loaded\n00:02:00 ready\n```", 0),
        TIME("```log\n2026-05-01T10:00:00Z start\n2026-05-01T10:05:00Z loaded\n2026-05-01T10:02:00-02:00 ready\n```",
             0),
        TIME("```log\nDec 31 23:58:00 forge api[1]: a\nDec 31 23:59:00 forge api[1]: b\nJan 01 00:02:00 forge api[1]: "
             "c\n```",
             0),
        TIME("```log\n2026-05-01T10:00:00Z GET /a\n2026-05-01T10:05:00Z GET /b\n2026-05-01T10:02:00Z POST /c 200s\n```",
             0),
        TIME("The slowest entries of the log:\n\n```\n10:00:00 a 9s\n10:20:00 b 8s\n10:05:00 c 7s\n```", 0),
        TIME("```console\n$ git log --format='%ci %s'\n2026-05-01 10:00:00 +0200 a\n2026-05-01 10:20:00 +0200 b\n"
             "2026-05-01 09:00:00 +0200 c\n```",
             0),
        /* it begins anew, night after night; two programs; two commands; pieces */
        TIME("```log\n04:00:01 start\n04:04:10 done\n04:00:02 start\n04:04:20 done\n```", 0),
        TIME("```log\nMay 01 10:00:00 forge api[12]: a\nMay 01 10:05:00 forge api[12]: b\nMay 01 10:02:00 forge db[9]: "
             "c\n```",
             0),
        TIME("```console\n$ journalctl -u api\n2026-05-01 10:00:00 a\n2026-05-01 10:05:00 b\n$ journalctl -u db\n"
             "2026-05-01 10:02:00 c\n```",
             0),
        TIME("```console\n$ cat a.log b.log\n2026-05-01 10:00:00 a\n2026-05-01 10:05:00 b\n2026-05-01 10:02:00 c\n```",
             0),
        TIME("```log\n2026-05-01 10:00:00 a\n2026-05-01 10:05:00 b\n...\n2026-05-01 10:02:00 c\n```", 0),
        TIME("```log\n2026-05-01 10:00:00 a\n2026-05-01 10:05:00 b\n\n2026-05-01 10:02:00 c\n```", 0),
        TIME("From the log of both services:\n\n```\n2026-05-01 10:00:00 a\n2026-05-01 10:05:00 b\n2026-05-01 10:02:00 "
             "c\n```",
             0),
        TIME("The log, before NTP set the clock:\n\n```\n2026-05-01 10:00:00 a\n2026-05-01 10:05:00 b\n"
             "2026-05-01 10:02:00 c\n```",
             0),
        TIME("```console\n$ docker compose logs\n2026-05-01 10:00:00 a\n2026-05-01 10:05:00 b\n2026-05-01 10:02:00 c\n"
             "```",
             0),
        TIME("An example of a bad log:\n\n```\n2026-05-01 10:00:00 a\n2026-05-01 10:05:00 b\n2026-05-01 10:02:00 "
             "c\n```",
             0),
        /* a listing is in another order */
        TIME("```console\n$ aws s3 ls s3://backups\n2026-05-01 10:00:00 a\n2026-05-01 10:05:00 b\n"
             "2026-05-01 10:02:00 c\n```",
             0),
        TIME("The files:\n\n```\n2026-05-01 10:00:00 a\n2026-05-01 10:05:00 b\n2026-05-01 10:02:00 c\n```", 0),
    };
    assert_int_equal(wrong_of(cases, COUNT_OF(cases)), 0);
}

#define BESIDE(before, table, after, want)                                                                             \
    {                                                                                                                  \
        "physics-table",                                                                                               \
            before "\n\n| step | " table " |\n| --- | --- |\n| Loading | 10 s |\n| Indexing | 20 s |\n\n" after, want  \
    }

static void beside_tables(void **state) {
    (void)state;
    static const rule_case cases[] = {
        {"physics-table",
         "With `on` 3.85 ms pass.\n\n| mode | ms |\n| --- | --- |\n| `on` | 3.85 ms |\n| `off` | 1.69 ms |", 0},
        {"physics-table",
         "With `on` 3.85 ms pass.\n\n| mode | ms |\n| --- | --- |\n| `on` | 4.15 ms |\n| `off` | 1.69 ms |", 1},
        BESIDE("Indexing takes 25 s.", "Time", "", 1),
        BESIDE("Indexing takes 20 s.", "Time", "", 0),
        BESIDE("The indexing step on the Testbox 9 takes 25 s.", "Time", "", 1),
        BESIDE("As the table shows, indexing takes 25 s on the Testbox 9.", "Duration", "", 1),
        BESIDE("The steps:", "Time", "Indexing takes 25 s.", 1),
        /* another case, another time, another machine, another thing */
        BESIDE("Indexing takes 25 s when the cache is cold.", "Time", "", 0),
        BESIDE("Indexing takes up to 25 s.", "Time", "", 0),
        BESIDE("Indexing takes 25 s per file.", "Time", "", 0),
        BESIDE("Indexing took 25 s.", "Time", "", 0),
        BESIDE("Indexing takes 25 s on the laptop.", "Time", "", 0),
        BESIDE("Indexing takes 25 s. After the change:", "Time", "", 0),
        BESIDE("Indexing takes 25 s. With eight threads:", "Time", "", 0),
        BESIDE("Indexing takes 25 s.\n\nMy targets:", "Time", "", 0),
        BESIDE("Indexing takes 25 s. Here is what a small corpus needs:", "Time", "", 0),
        BESIDE("Indexing takes 25 s. These are the steps:", "Time", "", 1),
        BESIDE("Indexing takes 25 s on attic. The steps on the Testbox 9:", "Time", "", 0),
        BESIDE("# Goals\n\nIndexing takes 25 s.", "Time", "", 0),
        BESIDE("Indexing takes 25 s.", "Before", "", 0),
        BESIDE("Indexing takes 25 s.", "Time on attic", "", 0),
        BESIDE("Indexing takes 25 s of processor time.", "Time", "", 0),
        BESIDE("Indexing the archive takes 25 s.", "Time", "", 0),
        BESIDE("Indexing takes 25 min.", "Time", "", 0),
        BESIDE("Indexing takes 250 s.", "Time", "", 0),
        BESIDE("# One\n\nIndexing takes 25 s.\n\n# Two", "Time", "", 0),
        {"physics-table", "Memory is 128 GB.\n\n| part | Size |\n| --- | --- |\n| Memory | 121 GB |\n| Disk | 2 TB |",
         0},
        {"physics-table",
         "Indexing takes 25 s.\n\n| step | Time |\n| --- | --- |\n| Indexing | 20 s |\n| Indexing | 25 s |", 0},
    };
    assert_int_equal(wrong_of(cases, COUNT_OF(cases)), 0);
}

/* A version newer than the history allows on the article's day, 2026-05-18: found, and no longer proved. */
static void versions(void **state) {
    (void)state;
    static const rule_case cases[] = {
        {"physics-version", "The Testbox 9 runs perch 1.4.0.", 1},
        {"physics-version", "The Testbox 9 runs perch 1.3.2.", 0},
        {"physics-version", "The Testbox 9 runs otter 3.1.0.", 0},
    };
    static const marked_case verdicts[] = {
        {"The Testbox 9 runs perch [[1.4.0]].", VERDICT_UNVERIFIED},
        {"The Testbox 9 runs perch [[1.3.2]].", VERDICT_SUPPORTED},
        {"The Testbox 9 runs otter [[3.1.0]].", VERDICT_SUPPORTED},
    };
    manifest *m = judged_manifest(facts);
    unsigned wrong = marked_wrong(m, verdicts, COUNT_OF(verdicts));
    manifest_free(m);
    assert_int_equal(wrong + wrong_of(cases, COUNT_OF(cases)), 0);
}

/* What needs no manifest is found without one. */
static void without_a_manifest(void **state) {
    (void)state;
    assert_int_equal(marked_findings(NULL, "It went from 120 ms to 45 ms, 27 times faster.", "physics-speed-up"), 1);
    assert_int_equal(marked_findings(NULL, "The Testbox 9 runs perch 1.4.0.", "physics-version"), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(speed_ups), cmocka_unit_test(totals),
                                       cmocka_unit_test(fits),      cmocka_unit_test(bandwidth),
                                       cmocka_unit_test(timelines), cmocka_unit_test(beside_tables),
                                       cmocka_unit_test(versions),  cmocka_unit_test(without_a_manifest)};
    return cmocka_run_group_tests_name("facts: physics", tests, NULL, NULL);
}
