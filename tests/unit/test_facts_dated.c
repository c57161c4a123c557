/* test_facts_dated.c - facts of one day, limits, and prose that states an attribute by a verb: "I paid", "is over in",
 * "at most … may". False ones are contradicted; of true ones, and of those that are about another day, another thing or
 * another kind of number, none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "hosts:\n"
    "  - {id: tern, aliases: [tern], attrs: {price: {value: '2150', unit: EUR}, power: {value: '47', unit: W},\n"
    "      memory: {value: '64', unit: GB, aliases: [RAM]}}}\n"
    "  - {id: gull, aliases: [gull], attrs: {monthly_cost: {value: '7.40', unit: EUR}, upload_limit: {value: '8',\n"
    "      unit: GB, aliases: [upload limit]}, quota: {value: '30', unit: TB}}}\n"
    "services:\n"
    "  - {id: relay, aliases: [relay], host: tern, port: 4100, attrs: {wait: {value: '90', unit: s},\n"
    "      feeds: {value: '880', unit: feed}}}\n"
    "  - {id: ledger, aliases: [ledger], host: tern, port: 4200, attrs: {tariff: {value: '0.31', unit: EUR}}}\n"
    "components:\n"
    "  - {id: osprey-34b, aliases: [osprey-34b], attrs: {parameters: {value: '34', unit: B params},\n"
    "      file_size: {value: '19.2', unit: GB, aliases: [file size, size]}, quantization: {value: Q4_K_M}}}\n"
    "processes:\n"
    "  - {id: mirror, category: backup, aliases: [mirror run], cadence: every night at 02:00}\n"
    "  - {id: tape-run, category: backup, aliases: [tape run], cadence: every Friday}\n"
    "benchmarks:\n"
    "  - {id: outage, subject: [relay], metric: outage, metric_aliases: [down], value: '132', unit: min, where: {date: "
    "2026-03-04}}\n"
    "  - {id: lost, subject: [relay], metric: messages lost, value: '870', unit: message, where: {date: 2026-03-04}}\n"
    "  - {id: drill, subject: [mirror], metric: restore time, metric_aliases: [restore], value: '38', unit: min, "
    "where: "
    "{drill: 2026-04}}\n"
    "  - {id: mirror-time, subject: [mirror], metric: duration, value: '26', unit: min}\n"
    "  - {id: rtt-gull, subject: [gull], metric: round trip, value: '12', unit: ms}\n"
    "  - {id: image-old, subject: [relay], metric: image size, value: '410', unit: MB, where: {version: 1.2}}\n"
    "  - {id: image-new, subject: [relay], metric: image size, value: '290', unit: MB, where: {version: 1.3}}\n"
    "  - {id: tile-8, subject: [tern], metric: tile rate, value: '5400', unit: tps, where: {clients: 8}}\n"
    "  - {id: tile-64, subject: [tern], metric: tile rate, value: '7900', unit: tps, where: {clients: 64}}\n"
    "  - {id: tape, subject: [tape-run], metric: duration, value: '190', unit: min}\n"
    "  - {id: pages-off, subject: [tern], metric: pages read, value: '21', unit: page/min, where: {card: without}}\n"
    "  - {id: pages-on, subject: [tern], metric: pages read, value: '66', unit: page/min, where: {card: with}}\n";

static const char lead[] = "Our machines are tern and gull, and the relay runs on tern.\n\n## Notes";

static void false_ones_are_caught(void **state) {
    (void)state;
    static const char *const all[] = {
        /* of one day */
        "The outage of 4 March lasted 312 minutes.",
        "On 4 March 2026 the relay was down for three hours and 12 minutes.",
        "In March's outage 780 messages were lost.",
        "When the disk filled on the fourth of March, the relay lost 780 messages.",
        "In April our restore took 83 minutes.",
        /* what verbs say */
        "tern was cheap: I paid 1,250 euros for it.",
        "Day and night tern needs 74 W.",
        "At the wall it is tern that uses 74 W.",
        "gull answers a ping in 21 ms.",
        "For 4.70 EUR a month I have gull.",
        "My tariff is 0.13 EUR.",
        /* completion */
        "The mirror run is over in 62 minutes.",
        "Every mirror run is done in 62 minutes.",
        /* limits */
        "The relay waits up to 900 s for an answer.",
        "At most 18 GB may be uploaded to gull.",
        "A group may put 13 TB on gull.",
        /* negations that deny something else */
        "tern is no beauty, and with 46 GB of RAM it was never short.",
        "tern, without any card, needs 74 W.",
        /* an hour and … */
        "The mirror run takes an hour and six minutes.",
        /* left out units */
        "The image of the relay went from 410 MB to 920.",
        "tern read 21 pages a minute without the card, 96 with it.",
        "For tern I paid 1,250 euros second-hand.",
        /* by the noun of the unit, by a name right before the number, by a release of then */
        "The file of osprey-34b is 23.1 GB.",
        "Each mirror run takes 62 minutes.",
        "Electricity costs us 0.13 EUR per kilowatt-hour.",
        /* cases that are none */
        "The relay waits up to 900 s before it gives up.",
        "In total 1,400 feeds are managed with the relay.",
        "The outage of 4 March lasted 312 minutes for everyone who came by way of the relay.",
        "A Friday's tape run takes 260 minutes.",
        "Sixty-four clients make 9,700 tps in our run on tern.",
    };
    expect_each(facts, lead, all, COUNT_OF(all), true);
}

static void true_ones_and_other_things_stay(void **state) {
    (void)state;
    static const char *const all[] = {
        "The outage of 4 March lasted 132 minutes.",
        "On 4 March 2026 the relay was down for two hours and 12 minutes.",
        "The outage of 9 January lasted 20 minutes.",
        "On 9 January 2026 the relay was down for 20 minutes.",
        "In May's outage 12 messages were lost.",
        "On the worst day of March the relay lost 3 messages.",
        "In April the restore took 38 minutes, in January 51.",
        "tern was cheap: I paid 2,150 euros for it.",
        "For the cables and the switch I paid 120 euros.",
        "Day and night tern needs 47 W.",
        "gull answers a ping in 12 ms.",
        "For 7.40 EUR a month I have gull.",
        "The mirror run is over in 26 minutes.",
        "The relay waits up to 90 s for an answer.",
        "At most 8 GB may be uploaded to gull.",
        "tern is no beauty, and with 64 GB of RAM it was never short.",
        "The image of the relay went from 410 MB to 290.",
        "tern read 21 pages a minute without the card, 66 with it.",
        "The relay waits up to 90 s before it gives up.",
        "Electricity costs us 0.31 EUR per kilowatt-hour.",
        "A neighbour pays 0.44 EUR per kilowatt-hour.",
        "In total 880 feeds are managed with the relay.",
        "A Friday's tape run takes 190 minutes, that of last Monday took 20.",
        "Sixty-four clients make 7,900 tps in our run on tern.",
        "tern idles, and the rest of the rack takes 310 W together.",
        /* of another thing, or another kind */
        "My previous server, gone since 2023, had 16 GB of RAM.",
        "osprey-8b, with its 8 billion parameters, would be faster.",
        "At Q8_0 osprey-34b is 36 GB.",
        "The disk of tern has written 41 TB so far.",
        "Reading a mail of the relay's takes me six minutes.",
        "88,300 GPU hours were delivered in the year.",
        "The relay answers three messages out of ten.",
        "Last Tuesday the relay lost two messages.",
        "For the report I sample twelve messages every second Friday.",
    };
    expect_each(facts, lead, all, COUNT_OF(all), false);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(false_ones_are_caught),
        cmocka_unit_test(true_ones_and_other_things_stay),
    };
    return cmocka_run_group_tests_name("facts: dated", tests, NULL, NULL);
}
