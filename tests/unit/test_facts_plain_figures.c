/* test_facts_plain_figures.c - the figures that a draft states plainly: settings, counts, prices, benchmarks told by
 * their whole name, tables of before and after, and what a machine has by a pronoun. Each line stands once with a wrong
 * value, which is contradicted, and once with the right one, which is not; the honest lines are true as they stand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "units: [passage, member, segment]\n"
    "components:\n"
    "  - id: finder\n"
    "    aliases: [Finder]\n"
    "    attrs:\n"
    "      passages: {value: '8', unit: passage}\n"
    "      segment_size: {value: '512', unit: token, aliases: [segment size, segments]}\n"
    "      segment_overlap: {value: '64', unit: token, aliases: [overlap]}\n"
    "  - id: nsw\n"
    "    aliases: [NSW, NSW graph]\n"
    "    attrs: {links: {value: '24', aliases: [links]}}\n"
    "  - {id: sorter, aliases: [sorter]}\n"
    "  - {id: answerer, aliases: [Answer-9B, answer model], attrs: {quantization: {value: FP8, aliases: "
    "[quantized]}}}\n"
    "hardware:\n"
    "  - id: crag\n"
    "    aliases: [crag]\n"
    "    attrs:\n"
    "      cpu: {value: EPYC 9354P, aliases: [CPU, processor]}\n"
    "      cpu_cores: {value: '32', unit: core, aliases: [cores]}\n"
    "      memory: {value: '256', unit: GB, aliases: [RAM]}\n"
    "      discs: {value: '6', unit: disk, aliases: [drives]}\n"
    "      rent: {value: '410', unit: EUR, aliases: [rent]}\n"
    "      wire: {value: '10', unit: Gb/s, aliases: [10 GbE, network]}\n"
    "      training_power: {value: '655', unit: W, aliases: [draw while training]}\n"
    "  - id: tarn\n"
    "    aliases: [tarn]\n"
    "    attrs:\n"
    "      cpu: {value: EPYC 9254, aliases: [CPU, processor]}\n"
    "      cpu_cores: {value: '24', unit: core, aliases: [cores]}\n"
    "      memory: {value: '192', unit: GB, aliases: [RAM]}\n"
    "      rent: {value: '620', unit: EUR, aliases: [rent]}\n"
    "  - {id: cone, aliases: [USB disk], attrs: {storage: {value: '2', unit: TB, aliases: [capacity]}}}\n"
    "hosts:\n"
    "  - {id: club, aliases: [the club], attrs: {members: {value: '41', unit: member, aliases: [members, visitors]}}}\n"
    "services:\n"
    "  - {id: front, aliases: [front], host: crag, port: '443'}\n"
    "  - {id: store, aliases: [object store], host: crag, port: '9400'}\n"
    "processes:\n"
    "  - {id: sweep, aliases: [sweep], category: cleanup, cadence: daily, attrs: {retention: {value: '30', unit: "
    "day}}}\n"
    "  - {id: check, aliases: [nightly check], category: quality, cadence: daily}\n"
    "benchmarks:\n"
    "  - {id: ttfb, subject: [front], metric: time to first byte, value: '71', unit: ms, tol: {rel: 5%}}\n"
    "  - {id: now, subject: [answerer], metric: decode, metric_aliases: [decode speed], value: '49', unit: tok/s, tol: "
    "{rel: 3%}, where: {batch: 1}}\n"
    "  - {id: hits, subject: [store], metric: hit rate, value: '91', unit: '%', where: {month: 2026-04}}\n"
    "  - {id: p95, subject: [check], metric: p95 duration, metric_aliases: [p95], value: '21', unit: min, where: "
    "{month: 2026-04}}\n"
    "  - {id: fast, subject: [crag], metric: transcode, value: '214', unit: frame/s, where: {encoder: hevc_alpha}}\n"
    "  - {id: slow, subject: [crag], metric: transcode, value: '63', unit: frame/s, where: {encoder: libbeta}}\n"
    "  - {id: read, subject: [crag], metric: sequential read, metric_aliases: [read speed], value: '1050', unit: MB/s, "
    "tol: {rel: 5%}}\n"
    "  - {id: score, subject: [answerer], metric: test accuracy, metric_aliases: [accuracy], value: '84', unit: '%', "
    "where: {set: held-out}}\n"
    "  - {id: run, subject: [check], metric: duration, value: '33', unit: min, tol: {rel: 5%}}\n";

static const char lead[] = "We run crag and tarn, and Finder on both.";

static const plain_line plain[] = {
    /* what only one of ours has needs no owner */
    {"Time to first byte is about %.", "24 ms", "71 ms"},
    {"Documents are split into segments of % with an overlap of 64 tokens.", "800 tokens", "512 tokens"},
    {"The overlap is %.", "100 tokens", "64 tokens"},
    {"The sorter returns the top % to the model.", "20 passages", "8 passages"},
    {"That is plenty for our %.", "120 members", "41 members"},
    {"It is an NSW graph with `links = %`.", "16", "24"},
    {"Objects are retained for %, after which the sweep deletes them.", "90 days", "30 days"},
    /* what a part is called by any of the names of its attribute */
    {"crag has % in the front.", "36 drives", "six drives"},
    /* a pronoun speaks of the machine, and a part's name does not */
    {"crag is the larger machine. It has a Zephyr 7 5800X with % and a lot of fans.", "8 cores", "32 cores"},
    {"While training I measured % at the wall on crag.", "910 W", "655 W"},
    {"On a typical day the nightly check takes %.", "50 minutes", "33 minutes"},
    {"The nightly check used to take ages and now takes %.", "19 minutes", "33 minutes"},
    {"Our hit rate in April was % on the object store.", "96.5%", "91%"},
    {"On the held-out set, accuracy of the answer model is %.", "79.4%", "84%"},
    {"That is plenty for our % of today.", "120 visitors", "41 visitors"},
    {"Decode speed of Answer-9B is %.", "28 tokens per second", "49 tokens per second"},
    /* another model of its chip */
    {"crag is the larger machine. It has an EPYC % and a lot of fans.", "9654", "9354P"},
    {"crag is the larger machine. It has an EPYC % and a lot of fans.", "7302P", "9354"},
    {"crag uses an EPYC % for all of this.", "9654", "9354P"},
    {"crag is equipped with an AMD EPYC %.", "7402P", "9354P"},
    {"## crag\n\n- **CPU:** EPYC %\n- **Place:** under the stairs", "9654", "9354P"},
    {"## crag\n\n- **Memory:** % ECC\n- **Place:** under the stairs", "512 GB", "256 GB"},
    {"## What a crag looks like\n\n| Component | Details |\n|---|---|\n| CPU | AMD EPYC % |", "9654", "9354P"},
    {"## What a crag looks like\n\n| Component | Details |\n|---|---|\n| CPU | AMD EPYC 9354P, % |", "64 cores",
     "32 cores"},
    {"| | crag | tarn |\n|---|---|---|\n| CPU | % | EPYC 9254 |\n| RAM | 256 GB | 192 GB |", "Threadripper 3960X",
     "EPYC 9354P"},
    /* a case, a compound, a verb that says the noun, each run of a run */
    {"The encoder `hevc_alpha` manages % from the camera's files.", "410 frames per second", "214 frames per second"},
    {"The copies go to a % USB disk.", "4 TB", "2 TB"},
    {"Answer-9B scores % on the held-out set.", "52.8%", "84%"},
    {"Finder uses a segment overlap of % and the usual splitter.", "100 tokens", "64 tokens"},
    {"The club has more than % members.", "500", "40"},
    {"crag was next. It's a modest machine with % of RAM.", "128 GB", "256 GB"},
    {"crag is a machine in the cellar. It has an EPYC 9354P. It costs me % in rent.", "€540", "€410"},
    /* tables */
    {"| | crag | tarn |\n|---|---|---|\n| CPU | AMD EPYC 9354P, % | AMD EPYC 9254, 24 cores |\n| RAM | 256 GB | 192 GB "
     "|",
     "48 cores", "32 cores"},
    {"| | crag | tarn |\n|---|---|---|\n| RAM | 256 GB | 192 GB |\n| Monthly rent | €410 | % |", "€790", "€620"},
    {"Measured with Answer-9B at batch 1:\n\n| Metric | Before | After |\n|---|---|---|\n| Decode | 33.7 tok/s | % |",
     "57.3 tok/s", "49 tok/s"},
    {"| Metric | Result |\n|---|---|\n| p95 of the nightly check, April 2026 | % |", "14 minutes", "21 minutes"},
};

static void plain_figures_are_caught(void **state) {
    (void)state;
    expect_plain(facts, lead, plain, COUNT_OF(plain));
}

static const char *const honest[] = {
    "We see a prefix hit rate of 61%.",                              /* another rate */
    "12 members moved to the new plan.",                             /* some of them */
    "Sixteen segments are faster in total.",                         /* a case */
    "Time to first byte of a friend's blog is 24 ms.",               /* somebody else's */
    "An overlap of 100 tokens would waste space.",                   /* a wish */
    "It is on 10 GbE, and sequential reads reach about 1,050 MB/s.", /* a wire in bits, a file in bytes */
    "The nightly check used to take 50 minutes.",                    /* the past */
    "The usual advice is 33 minutes for a nightly check, and 50 are the usual limit.",
    "| Metric | Before | After |\n|---|---|---|\n| Decode | 33.7 tok/s | 49 tok/s |",
    "| Metric | Result |\n|---|---|\n| p95 of the nightly check, March 2026 | 14 minutes |",
    "Our old server had an EPYC 7302P.",
    "A friend's crag has an EPYC 9654.",
    "The next crag would have an EPYC 9654.",
    "Quantized to Q4_K_M it was too dull, so we went back.",
    "We alert when the hit rate drops below 85%.",
    "I bought it from a colleague. It's his, a modest machine with 20 GB of RAM.",
    "It has an RTX 4000 with 20 GB of memory.", /* the card's */
};

static void honest_neighbours_are_not(void **state) {
    (void)state;
    expect_each(facts, lead, honest, COUNT_OF(honest), false);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(plain_figures_are_caught),
                                       cmocka_unit_test(honest_neighbours_are_not)};
    return cmocka_run_group_tests_name("facts: plain figures", tests, NULL, NULL);
}
