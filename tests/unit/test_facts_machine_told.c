/* test_facts_machine_told.c - figures of the machine that a section, a sentence or a row speaks of, though other
 * machines of the manifest have no such attribute: a table of its specification, a list below "The hardware in brief:",
 * "the whole machine", what stands under the lid of it. Beside each its honest neighbours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

static const char press[] =
    "assay-facts: 1\n"
    "as_of: 2026-10-11\n"
    "components:\n"
    "  - {id: kiln, aliases: [kiln engine]}\n"
    "  - {id: quill, aliases: [Quill-8B, the proofreader]}\n"
    "  - {id: mill, aliases: [mill engine]}\n"
    "hardware:\n"
    "  - id: badger\n"
    "    aliases: [badger]\n"
    "    location: Bergen\n"
    "    runs: [kiln, mill, quill]\n"
    "    attrs:\n"
    "      cpu_model: {value: Ryzen 9 7940HS, aliases: [processor]}\n"
    "      cpu_cores: {value: 8, unit: core, aliases: [cores]}\n"
    "      memory: {value: 64, unit: GB, aliases: [RAM]}\n"
    "      disk: {value: 2, unit: TB, aliases: [SSD, NVMe drive]}\n"
    "      memory_bandwidth: {value: 90, unit: GB/s, aliases: [bandwidth]}\n"
    "      draw: {aliases: [power draw, at the wall], views: {idle: {value: 31, unit: W}, load: {value: 140, unit: "
    "W}}}\n"
    "  - {id: plotter, aliases: [plotter, DesignJet], location: Bergen, attrs: {inks: {value: 6, unit: cartridge}}}\n"
    "  - {id: shelf, aliases: [shelf NAS], location: Bergen, runs: [kiln], attrs: {bays: {value: 4, unit: bay}}}\n"
    "  - {id: deck, aliases: [audio interface, Scarlett 4i4], attrs: {inputs: {value: 4, unit: input}}}\n"
    "units: [cartridge, input, bay]\n"
    "benchmarks:\n"
    "  - {id: one, subject: [quill, kiln], metric: decode, value: 51.3, unit: tok/s, where: {batch: 1, engine: kiln "
    "engine},\n     must_state: [batch]}\n"
    "  - {id: eight, subject: [quill, kiln], metric: decode, value: 187, unit: tok/s, where: {batch: 8, engine: kiln "
    "engine},\n     must_state: [batch]}\n"
    "  - {id: other, subject: [quill, mill], metric: decode, value: 44.8, unit: tok/s, where: {batch: 1, engine: mill "
    "engine},\n     must_state: [batch]}\n";

/* The others are named, so that a figure may be theirs. */
static const char lead[] = "---\ntitle: Notes\ndate: 2026-10-09\n---\n\nOur badger does the work of the press; badger "
                           "feeds the plotter and the shelf NAS, and a Scarlett 4i4 records.\n\n";

#define CLEAN(texts) expect_each(press, lead, texts, COUNT_OF(texts), false)
#define PLAIN(lines) expect_plain(press, lead, lines, COUNT_OF(lines))

static void a_specification_of_the_sections_machine(void **state) {
    (void)state;
#define SECTION                                                                                                        \
    "## The computer\n\nThe heart of it is badger, on a shelf in Bergen. Here is the full specification:\n\n"
#define TABLE SECTION "| part | value |\n|---|---|\n"
    static const plain_line lines[] = {
        {TABLE "| Memory bandwidth | % |\n", "120 GB/s", "90 GB/s"},
        {TABLE "| Draw at idle | % |\n| Memory | 64 GB |\n", "22 W", "31 W"},
        {TABLE "| Idle draw | % |\n", "9 W", "31 W"},
        {SECTION "- % of RAM\n- 8 cores\n", "96 GB", "64 GB"},
        {"## The computer\n\nbadger stands in the corner. The hardware in brief:\n\n- 8 cores\n- % of RAM\n", "32 GB",
         "64 GB"},
        {"## Hardware\n\nAll of it runs on badger. Under the hood:\n\n- % cores\n- 64 GB of RAM\n", "12", "8"},
        {"| Part | Model | Note |\n|---|---|---|\n| Interface | Scarlett 4i4 | % inputs |\n", "8", "4"},
    };
    static const char *const clean[] = {
        "## The computer\n\nThe heart of it is badger. A neighbour has a small server. The hardware in brief:\n\n"
        "- 4 cores\n- 16 GB of RAM\n",
        "## The computer\n\nbadger is enough. I looked at another machine. Here is the full specification:\n\n"
        "| part | value |\n|---|---|\n| Memory bandwidth | 273 GB/s |\n| Draw at idle | 22 W |\n",
        "## The computer\n\nbadger is enough. What a successor would need:\n\n- 128 GB of RAM\n- 16 cores\n",
        "## The computer\n\nbadger is enough. What I recommend to beginners:\n\n- 16 GB of RAM\n- 4 cores\n",
        "## The plotter\n\nThe plotter hangs off badger. Here is the full specification:\n\n| part | value "
        "|\n|---|---|\n"
        "| Draw at idle | 22 W |\n| Memory | 8 GB |\n",
        "## The computer\n\nbadger replaced an old laptop in March. The hardware in brief:\n\n- 4 cores\n- 16 GB of "
        "RAM\n",
        "## The computer\n\nbadger and the shelf NAS share a switch. The hardware in brief:\n\n- 4 cores\n- 16 GB of "
        "RAM\n",
        "## The computer\n\nbadger came as a kit. Before the upgrade:\n\n- 16 GB of RAM\n- a 1 TB SSD\n",
        "## The computer\n\nbadger is rented out by the hour. Per container:\n\n- 16 GB of RAM\n- 2 cores\n",
        "| Part | Instead of | Note |\n|---|---|---|\n| Mixer | Scarlett 4i4 | 8 inputs |\n",
        "## What I'd buy\n\nbadger has served us. The hardware in brief:\n\n- 4 cores\n- 16 GB of RAM\n",
        "## The computer\n\nbadger has a test twin in the cellar. The hardware in brief:\n\n- 4 cores\n",
        "## The computer\n\nOne guest runs on badger. Its details:\n\n- 2 cores\n- 4 GB of RAM\n",
        TABLE "| Bandwidth in a copy test | 70 GB/s |\n",
        TABLE "| Draw while plotting | 60 W |\n| Draw of the lamp | 9 W |\n",
        "## The computer\n\nbadger is too much for most. Is this enough:\n\n- 16 GB of RAM\n- 4 cores\n",
    };
    PLAIN(lines);
    CLEAN(clean);
}

/* A list whose other items are the machine's sizes needs no lead; "it" goes on with the only machine of the section. */
static void a_list_beside_true_sizes(void **state) {
    (void)state;
#define OPENS "## The computer\n\nAt the centre is badger. It sits on a shelf and hums in F.\n\n"
    static const plain_line lines[] = {
        {OPENS "- **Memory:** 64 GB\n- **Cores:** %\n- **Bandwidth:** 90 GB/s\n", "12 cores", "8 cores"},
        {OPENS "- SSD: 2 TB\n- RAM: %\n", "96 GB", "64 GB"},
        {OPENS "- **Memory:** 64 GB\n\nIt idles at % at the wall.\n", "52 W", "31 W"},
        {OPENS "A desk stands below.\n\nIt also has % of RAM.\n", "16 GB", "64 GB"},
    };
    static const char *const clean[] = {
        OPENS "- **Memory of a small one:** 16 GB\n- **Cores:** 4 cores\n",
        "## The computer\n\nbadger is ours. A friend's machine is smaller.\n\n- **Memory:** 64 GB\n- **Cores:** 12 "
        "cores\n",
        "## The plotter\n\nAt the centre is the plotter.\n\n- **Memory:** 64 GB\n- **Cores:** 12 cores\n",
        OPENS "The plotter stands beside it.\n\n- **Memory:** 64 GB\n- **Cores:** 12 cores\n\nIt idles at 52 W.\n",
        OPENS "- 64 GB is plenty\n- 12 cores would be nice\n",
        OPENS "It takes 52 W to heat the room.\n",
        "## What I'd buy\n\nbadger has done well. It is enough.\n\n- **Memory:** 64 GB\n- **Cores:** 12 cores\n",
    };
    PLAIN(lines);
    CLEAN(clean);
}

/* A machine that is named only to hold another one against it is not what "it", or the list below, is about. */
static void what_is_held_against_the_machine(void **state) {
    (void)state;
#define SIZES "\n\n- **Memory:** 16 GB\n- **Cores:** 4 cores\n"
    static const plain_line lines[] = {
        {"This is badger.\n\n- **Memory:** 64 GB\n- **Cores:** %\n", "4 cores", "8 cores"},
        {"badger is no toy:\n\n- **Memory:** %\n- **Cores:** 8 cores\n", "16 GB", "64 GB"},
        {"Smaller than a rack, badger has all I need:\n\n- **Memory:** %\n", "16 GB", "64 GB"},
        {"Nothing in the house is faster than badger. It has %.\n", "4 cores", "8 cores"},
        {"badger is better than the old one. It has %.\n", "4 cores", "8 cores"},
        {"The plotter is louder than badger. badger has % of RAM.\n", "16 GB", "64 GB"},
        {"We work on badger. It has 8 cores and % of RAM.\n", "16 GB", "64 GB"},
    };
    static const char *const clean[] = {
        "A friend's machine is smaller than badger." SIZES,
        "Not badger again:" SIZES,
        "My brother's machine, next to badger:" SIZES,
        "What stands at the school is no badger:" SIZES,
        "Unlike badger, the school's computer is old:" SIZES,
        "Here is badger's little sister at school:" SIZES,
        "A machine smaller than badger:\n\n| part | value |\n|---|---|\n| Memory | 16 GB |\n| Cores | 4 |\n",
        "This is not badger. It has 4 cores and 16 GB of memory.\n",
        "The school bought something other than badger. The memory is 16 GB.\n",
        "The school's computer looks like our badger. It has 4 cores and 16 GB of memory.\n",
        "We looked at the successor of badger. It has 16 cores and 128 GB of RAM.\n",
        "The loaner came instead of badger. It has 4 cores.\n",
        "badger's predecessor was slow. It has 4 cores.\n",
    };
    PLAIN(lines);
    CLEAN(clean);
}

static void what_the_machine_draws(void **state) {
    (void)state;
    static const plain_line lines[] = {
        {"Plotting takes hours, and the plotter waits for it. Under load the whole machine draws % at the wall.\n",
         "410 W", "140 W"},
        {"The plotter is quiet. At idle the entire computer draws %.\n", "80 W", "31 W"},
        {"We print on Sundays, when nobody needs the machine. At the wall it idles at %.\n", "110 W", "31 W"},
        {"At night nobody is at the computer. It idles at % then.\n", "75 W", "31 W"},
    };
    static const char *const clean[] = {
        "We print on Sundays, when nobody needs the shelf NAS. At the wall it idles at 18 W.\n",
        "We print on Sundays, when nobody needs a machine. A friend has another. At the wall his idles at 110 W.\n",
        "The neighbours print on Sundays, when nobody needs their machine. At the wall it idles at 110 W.\n",
        "An amplifier stands on the plotter. At the wall it idles at 12 W.\n",
        "The plotter weighs 80 kg. Under load it draws 410 W at the wall.\n",
        "With the plotter, the lamps and the fan the whole room draws 410 W at the wall.\n",
        "In March, before the new power supply, the whole machine drew 410 W at the wall.\n",
        "A bigger card would mean that the whole machine draws 410 W at the wall.\n",
        "Would you buy it if the whole machine draws 410 W at the wall?\n",
    };
    PLAIN(lines);
    CLEAN(clean);
}

static void what_stands_under_the_lid(void **state) {
    (void)state;
    static const plain_line lines[] = {
        {"badger is a wonderful little thing. Under the lid there's a Ryzen 9 7940HS with % cores.\n", "12", "8"},
        {"badger is small. Inside sits a Ryzen 9 7940HS with % of RAM.\n", "32 GB", "64 GB"},
        {"We are fond of badger. At its heart works a Ryzen 9 7940HS with 8 cores, 64 GB of RAM and a % SSD.\n", "4 TB",
         "2 TB"},
        {"This is badger. Under the hood there is a Ryzen 9 7940HS with % and an SSD.\n", "128 GB of RAM",
         "64 GB of RAM"},
        {"badger hums in the corner. Inside it is a Ryzen 9 7940HS with % cores and 64 GB of RAM.\n", "16", "8"},
        {"Everything runs on badger. Under its bonnet hums a Ryzen 9 7940HS with % of RAM.\n", "48 GB", "64 GB"},
    };
    static const char *const clean[] = {
        "badger is enough. A Ryzen 9 7940HS with 32 GB of RAM costs less these days.\n",
        "badger is enough. My friend has a Ryzen 9 7940HS with 32 GB of RAM.\n",
        "badger is enough. Lots of mini PCs come with a Ryzen 9 7940HS, 32 GB of RAM and a 1 TB SSD.\n",
        "badger is enough. In the window of the shop there's a Ryzen 9 7940HS with 32 GB of RAM and a 1 TB SSD.\n",
        "badger's successor is on order. Inside sits a Ryzen 9 7940HS with 32 GB of RAM.\n",
        "A colleague has something like badger. Inside sits a Ryzen 9 7940HS with 32 GB of RAM.\n",
        "badger is enough. I nearly bought a Ryzen 9 7940HS with 32 GB of RAM.\n",
        "badger is enough. You don't need a Ryzen 9 7940HS with 128 GB of RAM.\n",
        "We considered a smaller one than badger. Inside sits a Ryzen 9 7940HS with 32 GB of RAM.\n",
        "badger might be replaced. Inside there would be a Ryzen 9 7940HS with 128 GB of RAM.\n",
    };
    PLAIN(lines);
    CLEAN(clean);
}

static void measured_under_the_same_conditions(void **state) {
    (void)state;
#define MEASURED "We measured the proofreader on both engines under identical conditions:\n\n"
#define ROWS "| Engine | Batch | Decode |\n|---|---|---|\n"
    static const plain_line lines[] = {
        {MEASURED ROWS "| kiln engine | 1 | % |\n| mill engine | 1 | 44.8 tok/s |\n", "68.4 tok/s", "51.3 tok/s"},
        {MEASURED ROWS "| kiln engine | 1 | 51.3 tok/s |\n| mill engine | 1 | % |\n", "29.5 tok/s", "44.8 tok/s"},
        {"We ran Quill-8B with the same engines:\n\n" ROWS "| kiln engine | 8 | % |\n", "240 tok/s", "187 tok/s"},
        {"We ran Quill-8B on badger under equal conditions:\n\n" ROWS "| kiln engine | 1 | % |\n", "71 tok/s",
         "51.3 tok/s"},
    };
    static const char *const clean[] = {
        "We measured the proofreader with a draft model under identical conditions:\n\n" ROWS
        "| kiln engine | 1 | 88 tok/s |\n",
        "A reader measured Quill-8B under identical conditions:\n\n" ROWS "| kiln engine | 1 | 88 tok/s |\n",
        MEASURED ROWS "| kiln engine | 4 | 110 tok/s |\n",
        MEASURED ROWS "| other engine | 1 | 88 tok/s |\n",
        "We would expect under identical conditions:\n\n" ROWS "| kiln engine | 1 | 88 tok/s |\n",
        "The vendor's figures, under the same conditions:\n\n" ROWS "| kiln engine | 1 | 88 tok/s |\n",
        "We measured the proofreader under higher pressure:\n\n" ROWS "| kiln engine | 1 | 40 tok/s |\n",
        "In March, under identical conditions:\n\n" ROWS "| kiln engine | 1 | 40 tok/s |\n",
    };
    PLAIN(lines);
    CLEAN(clean);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_specification_of_the_sections_machine),
        cmocka_unit_test(a_list_beside_true_sizes),
        cmocka_unit_test(what_is_held_against_the_machine),
        cmocka_unit_test(what_the_machine_draws),
        cmocka_unit_test(what_stands_under_the_lid),
        cmocka_unit_test(measured_under_the_same_conditions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
