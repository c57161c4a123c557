/* test_facts_counts_told.c - counts of an owner that is the sentence's subject, "the collection comprises 212 open
 * reels", "the team consists of twelve volunteers", and a limit of all clients. Beside each its honest neighbours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

static const char depot[] =
    "assay-facts: 1\n"
    "as_of: 2026-10-11\n"
    "units: [plate, steward, request, slide]\n"
    "components:\n"
    "  - {id: stock, aliases: [plate archive, the stock], attrs: {glass: {value: 143, unit: plate, aliases: [open "
    "negatives]},\n     film: {value: 318, unit: plate, aliases: [film negatives]}, slides: {value: 77, unit: slide, "
    "aliases: [colour slides]}}}\n"
    "  - {id: circle, aliases: [the circle], attrs: {stewards: {value: 5, unit: steward}}}\n"
    "  - {id: nginx, aliases: [nginx]}\n"
    "hosts:\n"
    "  - {id: pier, aliases: [pier], location: Bergen, runs: [nginx]}\n"
    "services:\n"
    "  - {id: site, aliases: [web site], host: pier, port: 443}\n"
    "  - {id: lookup, aliases: [lookup API], host: pier, port: 8100, attrs: {rate_limit: {value: 30, unit: "
    "request/min, "
    "aliases: [limit]}}}\n";

static const char lead[] =
    "---\ntitle: Notes\ndate: 2026-10-09\n---\n\nOur pier carries the plate archive of the circle.\n\n";

#define CLEAN(texts) expect_each(depot, lead, texts, COUNT_OF(texts), false)
#define PLAIN(lines) expect_plain(depot, lead, lines, COUNT_OF(lines))

static void what_a_collection_comprises(void **state) {
    (void)state;
    static const plain_line lines[] = {
        {"The plate archive comprises % open negatives and 77 colour slides.\n", "212", "143"},
        {"The plate archive has % open negatives.\n", "160", "143"},
        {"Our plate archive contains 143 open negatives and % film negatives.\n", "390", "318"},
        {"The plate archive holds % colour slides.\n", "96", "77"},
        {"The team behind the project consists of % stewards, all of the circle.\n", "twelve", "five"},
        {"Our team consists of % stewards.\n", "eight", "five"},
        {"Our whole crew counts % stewards.\n", "nine", "five"},
    };
    static const char *const clean[] = {
        "Of the plate archive 40 open negatives are broken.\n",
        "The museum's archive comprises 212 open negatives.\n",
        "In 2019 the plate archive comprised 120 open negatives.\n",
        "The plate archive is to hold 400 open negatives one day.\n",
        "In the plate archive 40 open negatives are hand-coloured.\n",
        "A box of the plate archive holds 12 open negatives.\n",
        "Does the plate archive have 212 open negatives?\n",
        "If the plate archive had 212 open negatives, we would need another room.\n",
        "The team behind nginx consists of twelve stewards.\n",
        "The team of a neighbouring archive consists of twelve stewards.\n",
        "A team for a fair consists of three stewards.\n",
        "The team behind the project consisted of twelve stewards at first.\n",
        "The museum's team consists of twelve stewards.\n",
    };
    PLAIN(lines);
    CLEAN(clean);
}

static void a_limit_of_all_clients(void **state) {
    (void)state;
#define SECTION "## In public\n\npier hosts our lookup API on port 8100. It offers this:\n\n- a search\n- a list\n\n"
    static const plain_line lines[] = {
        {SECTION "Clients are limited to % requests a minute.\n", "120", "30"},
        {SECTION "It answers fast. All clients are limited to % requests a minute.\n", "90", "30"},
        {SECTION "Callers are limited to % requests a minute.\n", "60", "30"},
        {SECTION "Visitors are limited to % requests per minute, which keeps abuse at bay.\n", "100", "30"},
        {SECTION "Agents are limited to % requests per minute. Nobody has complained.\n", "12", "30"},
        {SECTION "Its clients are limited to % requests a minute.\n", "300", "30"},
    };
    static const char *const clean[] = {
        SECTION "Clients were limited to 120 requests a minute until May.\n",
        SECTION "The web site is another matter. Clients are limited to 120 requests a minute.\n",
        SECTION "Clients of the weather service are limited to 120 requests a minute.\n",
        SECTION "With a key, clients are limited to 120 requests a minute.\n",
        SECTION "Clients would be limited to 120 requests a minute.\n",
        SECTION "Clients are limited to 5 uploads a minute.\n",
        "## The weather service\n\nClients are limited to 120 requests a minute.\n",
        SECTION "Clients are limited to 120 requests an hour as well.\n",
        SECTION "Are clients limited to 120 requests a minute?\n",
        SECTION "Clients are limited to 120 requests a minute if they have a key.\n",
    };
    PLAIN(lines);
    CLEAN(clean);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_collection_comprises),
        cmocka_unit_test(a_limit_of_all_clients),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
