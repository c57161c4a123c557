/* test_facts_places.c - towns said of our things without their names beside them, and towns said of anything else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"
#include "tests/support/verdicts.h"

static const char sites[] = "assay-facts: 1\n"
                            "as_of: 2026-05-18\n"
                            "scopes:\n"
                            "  locations: {world: closed, kind: location, members: [Ghent, Bruges]}\n"
                            "hosts:\n"
                            "  - {id: anvil, aliases: [anvil, backup host], location: Ghent}\n"
                            "  - {id: third, aliases: [third], location: Ghent}\n"
                            "  - {id: bucket-one, aliases: [archive bucket], location: Bruges}\n"
                            "services:\n"
                            "  - {id: review, aliases: [review service], host: anvil, port: 443}\n";

static void ours(void **state) {
    (void)state;
    static const said cases[] = {
        {"Anvil keeps an archive bucket. It is in Bruges, and grows.", ""},
        {"We rent an archive bucket beside anvil. It is in Oslo, and grows.", "Oslo"},
        {"The review service in Oslo knows nothing of anvil.", "Oslo"},
        {"The archive bucket is with a small S3-compatible provider in Oslo, far from anvil.", "Oslo"},
        {"We send 11 GB a night from Ghent to Oslo, and anvil forgets them.", "Oslo"},
        {"What anvil holds has a verified copy in Oslo.", "Oslo"},
        {"Everything lies in the archive bucket, far away. That box is in Oslo.", "Oslo"},
        {"Pages are served by anvil. This machine stands in Oslo.", "Oslo"},
        {"| machine | disks |\n| --- | --- |\n| anvil | 2 |\n| third | 4 |\n| archive bucket | 0 |\n\nAll but the last "
         "stand in Oslo.",
         "Oslo"},
        {"- One backup host, called anvil.\n- A box called third.\n- A cable.\n- An archive bucket.\n\nAll but the "
         "last "
         "live in Oslo, in a cupboard.",
         "Oslo"},
        {"- anvil\n- third\n\nAll of them are in Oslo.", "Oslo"},
        {"Beside it hums the Oslo host, `anvil`, which forgets nothing.", "Oslo"},
        {"The backup host was put into a colleague's former office in Oslo.", "Oslo"},
        {"A restore of the 38 TB in Oslo would keep anvil busy.", "Oslo"},
    };
    expect_contradicted(sites, cases, COUNT_OF(cases));
}

static void others(void **state) {
    (void)state;
    static const said cases[] = {
        {"A reader runs a backup host. That machine is in Oslo.", ""},
        {"All of us live in Oslo, far from anvil.", ""},
        {"Pages are served by anvil. That company is in Oslo.", ""},
        {"Anvil sends it to the archive bucket. That machine is in Oslo.", ""}, /* which one? */
        {"Pages are served by anvil. That machine is in Ghent.", ""},
        {"- anvil\n- third\n\nAll of them are in Ghent.", ""},
        {"- anvil\n- third\n- archive bucket\n\nAll but the last are in Ghent.", ""},
        {"- anvil\n- third\n\nAll of them were bought in Oslo.", ""},
        {"- Kim\n- Bo, who looks after anvil\n\nAll of them live in Oslo.", ""},
        {"The Oslo exchange, anvil and third sit on one line.", ""},
        {"The Oslo office, anvil, and a printer were on the bill.", ""},
        {"I gave a talk about anvil. It was in Oslo, and long.", ""},
        {"The meetup about anvil is monthly. It is in Oslo.", ""},
        {"We sent an invoice to Oslo for anvil.", ""},
        {"A second server beside anvil in Oslo would cost more.", ""},
        {"A colleague's server in Oslo does the same as anvil.", ""},
        {"We moved to Oslo in spring, and anvil stayed.", ""},
        {"Anvil's maker is a company in Oslo.", ""},
        {"I write it to Oslo, to the man who built anvil.", ""},
    };
    expect_contradicted(sites, cases, COUNT_OF(cases));
}

/* What was removed is there no more: not where it "still" is, nor "to this day". */
static void removed_paths(void **state) {
    (void)state;
    static const char attic[] = "assay-facts: 1\nas_of: 2026-05-18\n"
                                "hosts:\n  - {id: anvil, aliases: [anvil]}\n  - {id: third, aliases: [third]}\n"
                                "paths:\n"
                                "  - {path: /srv/old-index, host: anvil, state: removed, since: 2026-02-01}\n"
                                "  - {path: /opt/painter-4.2, host: anvil, state: removed}\n"
                                "  - {path: /srv/index, host: anvil}\n";
    static const said cases[] = {
        {"You can still find the old vectors under /srv/old-index on anvil, where they take up room to this day.",
         "/srv/old-index"},
        {"Old Painter is still installed at /opt/painter-4.2.", "/opt/painter-4.2"},
        {"The previous index lies in `/srv/old-index` to this day.", "/srv/old-index"},
        {"/srv/old-index is still there, old as it is.", "/srv/old-index"},
        {"The former index sits at /srv/old-index even now.", "/srv/old-index"},
        {"Painter lives in /opt/painter-4.2.", "/opt/painter-4.2"},
        {"The old vectors under /srv/old-index are gone.", ""},
        {"The old vectors were still under /srv/old-index in January.", ""},
        {"An old script still looks for /srv/old-index.", ""},
        {"You can still find the old vectors under /srv/old-index in a snapshot.", ""},
        {"Nothing is left of the old index in /srv/old-index, though an alias still says so.", ""},
        {"Old guides still point to /opt/painter-4.2.", ""},
        {"My backup still holds /srv/old-index of February.", ""},
        {"/srv/old-index is still in the list of excludes.", ""},
        {"Is the old index still in /srv/old-index?", ""},
        {"If the old index is still in /srv/old-index, delete it.", ""},
        {"The old index used to live in /srv/old-index; the new one is in /srv/index.", ""},
    };
    expect_contradicted(attic, cases, COUNT_OF(cases));
}

static void a_place_proves_only_what_stands_there(void **state) {
    (void)state;
    static const char yaml[] = "assay-facts: 1\nas_of: 2026-05-18\n"
                               "hosts:\n"
                               "  - {id: vps, aliases: [VPS], location: Romania}\n"
                               "  - {id: attic, aliases: [attic], location: Oslo}\n"
                               "hardware: [{id: spark, aliases: [DGX Spark]}]\n";
    static const told cases[] = {
        {"The DGX Spark stands in Romania.", "Romania", VERDICT_UNVERIFIED, "without a declared place"},
        {"The DGX Spark sits in my office in Oslo.", "Oslo", VERDICT_UNVERIFIED, NULL},
        {"Our office is in Romania.", "Romania", VERDICT_COUNT, NULL},
        {"I live in Oslo.", "Oslo", VERDICT_COUNT, NULL},
        {"The conference was in Oslo.", "Oslo", VERDICT_COUNT, NULL},
        {"The VPS stands in Romania.", "Romania", VERDICT_SUPPORTED, NULL},
        {"The DGX Spark sends it to the VPS in Romania.", "Romania", VERDICT_SUPPORTED, NULL},
        {"Our server is in Romania.", "Romania", VERDICT_SUPPORTED, NULL},
        {"Our machines stand in Oslo and Romania.", "Romania", VERDICT_SUPPORTED, NULL},
        {"The pages are in Oslo.", "Oslo", VERDICT_SUPPORTED, NULL},
        {"The blog is served from Romania.", "Romania", VERDICT_SUPPORTED, NULL},
        {"One of the two is in Oslo.", "Oslo", VERDICT_SUPPORTED, NULL},
    };
    expect_verdicts(yaml, cases, COUNT_OF(cases));
}

/* A name that no list holds, where the build leaves nothing but a place and a closed scope says which there are. */
static void towns_that_nobody_listed(void **state) {
    (void)state;
    static const said cases[] = {
        {"anvil stands in Oswestry.", "Oswestry"},
        {"The backup host is housed in Little Snoring, and hums.", "Little Snoring"},
        {"anvil is located in Oswestry.", "Oswestry"},
        {"anvil stands in Ghentbrugge.", ""},  /* holds a member's name */
        {"anvil stands in Flandershire.", ""}, /* a region, perhaps */
        {"anvil stands in Oswestry's town hall.", ""},
        {"anvil stands in Room B.", ""},
        {"anvil sits in Equinix Park.", ""},
        {"anvil runs in Oswestry mode.", ""},
        {"anvil does not stand in Oswestry.", ""},
        {"A reader's machine stands in Oswestry.", ""},
        {"anvil stands in DOCKER.", ""},
    };
    expect_contradicted(sites, cases, COUNT_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(ours), cmocka_unit_test(towns_that_nobody_listed),
                                       cmocka_unit_test(others), cmocka_unit_test(removed_paths),
                                       cmocka_unit_test(a_place_proves_only_what_stands_there)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
