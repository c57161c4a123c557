/* test_facts_beside_us.c - what stands beside a name of ours and is said of something else: somebody's thing, a house
 * that is held against ours, what was turned down, planned or taken back, the block of a talk, a year that is over.
 * Beside each what looks like it and is said of ours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

static const char farm[] =
    "assay-facts: 1\n"
    "as_of: 2026-10-11\n"
    "scopes:\n"
    "  locations: {world: closed, members: [Bergen]}\n"
    "components:\n"
    "  - {id: caddy, aliases: [Caddy], scheme: semver, version: 2.10.2}\n"
    "  - {id: kernel, aliases: [kernel], scheme: loose, version: 6.14.0}\n"
    "  - {id: qdrant, aliases: [Qdrant, qdrant/qdrant], scheme: semver, version: 1.16.3}\n"
    "hardware:\n"
    "  - id: otter\n"
    "    aliases: [otter, workstation]\n"
    "    location: Bergen\n"
    "    runs: {world: closed, items: [caddy, qdrant]}\n"
    "    attrs:\n"
    "      memory: {value: 64, unit: GB, aliases: [RAM]}\n"
    "      cpu_cores: {value: 8, unit: core, aliases: [cores]}\n"
    "      screen: {value: 22, unit: inch, aliases: [screens]}\n"
    "services:\n"
    "  - {id: search, aliases: [search service], host: otter, port: 6333, runs: [qdrant]}\n"
    "processes:\n"
    "  - {id: night, aliases: [nightly batch, batch], category: drafting, cadence: every night at 02:30}\n"
    "absent:\n"
    "  - {match: [Redis, PostgreSQL], note: files only}\n";

static const char lead[] = "---\ntitle: Notes\ndate: 2026-10-09\n---\n\nWe run otter.\n\n";

#define CLEAN(texts) expect_each(farm, lead, texts, COUNT_OF(texts), false)
#define PLAIN(lines) expect_plain(farm, lead, lines, COUNT_OF(lines))

static void a_persons_thing(void **state) {
    (void)state;
    static const plain_line lines[] = {
        {"Caddy's release here is %.\n", "2.6.2", "2.10.2"},
        {"Today's Caddy is %.\n", "2.6.2", "2.10.2"},
        {"Hanna's Caddy is 2.6.2, ours is Caddy %.\n", "2.8.4", "2.10.2"},
        {"otter's memory is %.\n", "16 GB", "64 GB"},
        {"Inference has otter, which has % of RAM.\n", "16 GB", "64 GB"},
    };
    static const char *const clean[] = {
        "Hanna's Caddy is at 2.6.2.\n",
        "Hanna's otter has 16 GB of RAM.\n",
        "Canonical's HWE kernel is at 6.17 by now.\n",
        "Hanna's otter has arrived. It has 16 GB of RAM.\n",
        "Pim likes it. He runs Qdrant over both, on port 8000.\n",
        "Pim has two of them. He runs the search service on port 8000.\n",
        "Isolde keeps everything on one workstation in Vienna.\n",
        "Isolde keeps a lot. What is on it, she says, is this:\n\n- Redis\n- PostgreSQL 16\n",
        "From his notes, with permission:\n\n- otter with 16 GB of RAM\n- Redis in front\n",
    };
    PLAIN(lines);
    CLEAN(clean);
}

static void another_house(void **state) {
    (void)state;
    static const plain_line lines[] = {
        {"The office is small. otter has % of RAM.\n", "16 GB", "64 GB"},
        {"The kernel on otter is %.\n", "6.1.0", "6.14.0"},
    };
    static const char *const clean[] = {
        "The museum across the square still has kernel 6.1.0. So had we, once.\n",
        "The town archive uses Caddy 2.6.2, too.\n",
        "The county's workstation has 16 GB of RAM. Ours has more.\n",
        "The review is of a different configuration: 1 TB, 16 cores, and an otter with 16 GB of RAM.\n",
    };
    PLAIN(lines);
    CLEAN(clean);
}

static void what_it_stands_for(void **state) {
    (void)state;
    static const plain_line lines[] = {
        {"We bought otter in May. It has % of RAM.\n", "16 GB", "64 GB"},
        {"otter is quiet. The box was cheap. It has % of RAM.\n", "16 GB", "64 GB"},
        {"otter is quiet. It is black. It has % of RAM.\n", "16 GB", "64 GB"},
    };
    static const char *const clean[] = {
        "otter is quiet. The vending machine in the hall is not. It has a 32-inch screen.\n",
        "Our otter has three neighbours. A photo kiosk stands by the door. It has 4 cores.\n",
        "otter stands in a corner. Its predecessor had 16 GB of RAM.\n",
        "We looked at otter and at a small server. The second has 4 cores and 16 GB of RAM.\n",
        "Rey asked how his box compares with the otter. It has 160 GB of memory.\n",
    };
    PLAIN(lines);
    CLEAN(clean);
}

static void what_is_not_done(void **state) {
    (void)state;
    static const plain_line lines[] = {
        {"The nightly batch starts at %.\n", "02:00", "02:30"},
        {"Here is what we settled on:\n\n- otter with % of RAM\n", "16 GB", "64 GB"},
        {"I wrote that otter has % of RAM.\n", "16 GB", "64 GB"},
        {"For anyone who asks:\n\n- otter with % of RAM\n", "16 GB", "64 GB"},
        {"A fan would help, as otter has % of RAM and a hot corner.\n", "16 GB", "64 GB"},
    };
    static const char *const clean[] = {
        "Correction: in the first version of this page I wrote that the nightly batch starts at 02:00.\n",
        "I wrote on Monday that otter has 16 GB of RAM. I had misread the label.\n",
        "I had thought that otter has 16 GB of RAM.\n",
        "Rejected, with reasons:\n\n- otter with 16 GB of RAM: too little\n",
        "## What we decided against\n\nA database with Redis in front, and an otter with 16 GB of RAM.\n",
        "What I turned down in the spring: a managed database, PostgreSQL 16, and Redis in between.\n",
        "Plans for the winter, in no order:\n\n- a second run of the nightly batch, at 13:00\n",
        "Steps for anyone who wants a small one:\n\n- take an otter with 16 GB of RAM\n",
        "A second otter would help. That would make 128 GB of memory, 16 cores, and a weekend of work.\n",
        "## How others do it\n\nEverything lies in Redis there, and the search service listens on port 8000.\n",
    };
    PLAIN(lines);
    CLEAN(clean);
}

static void what_a_block_is_of(void **state) {
    (void)state;
    static const plain_line lines[] = {
        {"The search service is started so:\n\n```sh\ndocker run -p 6333:6333 qdrant/qdrant:v%\n```\n\nIt takes a "
         "second.\n",
         "1.12.4", "1.16.3"},
        {"The line in our notes is\n\n```sh\ndocker run qdrant/qdrant:v%\n```\n\nDon't forget it.\n", "1.12.4",
         "1.16.3"},
    };
    static const char *const clean[] = {
        "The line in the Qdrant documentation is\n\n```sh\ndocker run qdrant/qdrant:v1.12.4\n```\n",
        "The quick start of Qdrant opens two ports:\n\n```sh\ndocker run -p 6333:6333 qdrant/qdrant:v1.12.4\n```\n",
        "It begins so:\n\n```sh\ndocker run qdrant/qdrant:v1.12.4\n```\n\nDon't paste it here.\n",
        "One stack of many:\n\n```yaml\nservices:\n  q:\n    image: qdrant/qdrant:v1.12.4\n```\n\nThat is the "
        "speaker's.\n",
        "Copied by hand:\n\n```yaml\n# from a talk, not ours\nservices:\n  q:\n    image: qdrant/qdrant:v1.12.4\n```\n",
    };
    PLAIN(lines);
    CLEAN(clean);
}

static void streets_and_years(void **state) {
    (void)state;
    static const plain_line lines[] = {
        {"otter stands in %.\n", "Newcastle", "Bergen"},
        {"In the summer of 2026 we bought otter. otter has % of RAM.\n", "16 GB", "64 GB"},
    };
    static const char *const clean[] = {
        "otter stands in Newcastle Road.\n",
        "Our print server stands in Newcastle Road.\n",
        "In the summer of 2024 all of it happened on a laptop. The memory of otter's ancestor was 16 GB.\n",
        "In the summer of 2024 all of it happened on a laptop. Memory was 16 GB.\n",
    };
    PLAIN(lines);
    CLEAN(clean);
}

/* Below a heading that names the one machine, "it stands in" is said of that, unless another thing came between. */
static void where_the_sections_machine_stands(void **state) {
    (void)state;
    static const char hosts[] =
        "assay-facts: 1\nas_of: 2026-10-11\nhosts:\n"
        "  - {id: roost, aliases: [roost], location: Helsinki, attrs: {memory: {value: 4, unit: GB}}}\n"
        "  - {id: burrow, aliases: [burrow], location: Falkenstein}\n";
    static const said cases[] = {
        {"## roost\n\nThe small one. 4 GB of memory. It stands in Falkenstein and hums.\n", "Falkenstein"},
        {"## roost\n\nIt sits in Falkenstein.\n", "Falkenstein"},
        {"## roost\n\nThe small one. It stands in Helsinki and hums.\n", ""},
        {"## roost\n\nThe small one beside burrow. It stands in Falkenstein.\n", ""},
        {"## roost\n\nThe office is far away. It is in Falkenstein.\n", ""},
        {"## roost\n\nIt was a long way. It stands in Falkenstein, the depot.\n", ""},
        {"## What we have\n\nroost is small. burrow is not. It stands in Falkenstein.\n", ""},
    };
    expect_contradicted(hosts, cases, COUNT_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_persons_thing),
        cmocka_unit_test(another_house),
        cmocka_unit_test(what_it_stands_for),
        cmocka_unit_test(what_is_not_done),
        cmocka_unit_test(what_a_block_is_of),
        cmocka_unit_test(streets_and_years),
        cmocka_unit_test(where_the_sections_machine_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
