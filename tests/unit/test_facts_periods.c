/* test_facts_periods.c - what was so on the day that a place tells of: versions by their history, paths that went. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/verdicts.h"

static const char shop[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "components:\n"
    "  - {id: caddy, aliases: [Caddy], scheme: semver, version: 2.8.4, accept: [prefix],\n"
    "     history: [{version: 2.7.6, from: 2025-01-10, to: 2026-03-01}]}\n"
    "  - {id: cuda, aliases: [CUDA], scheme: semver, version: 13.0.2, accept: [prefix],\n"
    "     history: [{version: 12.6.0, from: 2025-01-01, to: 2025-10-01},\n"
    "               {version: 12.8.1, from: 2025-10-01, to: 2026-01-14}]}\n"
    "  - {id: foo, aliases: [Foo], scheme: semver, accept: [prefix], history: [{version: 1.2.0, to: 2026-01-01}]}\n"
    "hosts: [{id: attic, aliases: [attic]}]\n"
    "paths:\n"
    "  - {path: /opt/models, state: removed, since: 2026-02-01}\n"
    "  - {path: /srv/models, host: attic}\n";

static void a_day_in_a_sentence_binds_the_version(void **state) {
    (void)state;
    static const told cases[] = {
        {"On 2025-11-03 we ran CUDA 13.0.2.", "13.0.2", VERDICT_CONTRADICTED,
         "says 12.8.1: what ran on 2025-11-03 is not"},
        {"On 2025-11-03 we ran CUDA 12.8.1.", "12.8.1", VERDICT_SUPPORTED, NULL},
        {"On 2025-03-05 we ran CUDA 12.8.1.", "12.8.1", VERDICT_CONTRADICTED,
         "says 12.6.0: what ran on 2025-03-05 is not"},
        {"In 2024 we ran CUDA 13.0.2.", "13.0.2", VERDICT_CONTRADICTED, NULL},
        {"In 2024 we ran CUDA 12.8.1.", "12.8.1", VERDICT_CONTRADICTED, NULL},
        {"In 2025 we ran CUDA 12.8.1.", "12.8.1", VERDICT_SUPPORTED, NULL},
        {"In 2026 we ran CUDA 13.0.2.", "13.0.2", VERDICT_SUPPORTED, NULL},
        {"On 2026-03-03 we ran CUDA 12.8.1.", "12.8.1", VERDICT_CONTRADICTED,
         "says 13.0.2: what ran on 2026-03-03 is not"},
        {"On 2025-06-01 attic ran Caddy 2.8.4.", "2.8.4", VERDICT_CONTRADICTED,
         "says 2.7.6: what ran on 2025-06-01 is not"},
        {"On June 1, 2025 attic was on Caddy 2.8.4.", "2.8.4", VERDICT_CONTRADICTED, NULL},
        {"attic ran Caddy 2.8.4 in January 2026.", "2.8.4", VERDICT_CONTRADICTED, NULL},
        {"attic ran Caddy 2.7.6 in January 2026.", "2.7.6", VERDICT_SUPPORTED, NULL},
        {"In February 2026 we ran Caddy 2.8.4.", "2.8.4", VERDICT_CONTRADICTED, NULL},
        {"In early March 2026 attic ran Caddy 2.7.6.", "2.7.6", VERDICT_SUPPORTED, NULL},
        {"We installed Caddy 2.8.4 on attic on 2025-06-01.", "2.8.4", VERDICT_CONTRADICTED, NULL},
        {"We installed Caddy 2.8.4 on attic on 2026-03-01.", "2.8.4", VERDICT_SUPPORTED, NULL},
        {"In April 2026 we ran Caddy 2.7.6.", "2.7.6", VERDICT_UNVERIFIED, NULL},
        {"As of April 2026, attic runs Caddy 2.7.6.", "2.7.6", VERDICT_CONTRADICTED, NULL},
        {"As of April 2026, attic runs Caddy 2.8.4.", "2.8.4", VERDICT_SUPPORTED, NULL},
        {"On 3 May 2026 attic ran Caddy 2.8.4.", "2.8.4", VERDICT_SUPPORTED, NULL},
        {"---\ndate: 2026-05-01\n---\n\nIn February we ran Caddy 2.8.4.", "2.8.4", VERDICT_CONTRADICTED, NULL},
        {"---\ndate: 2026-05-01\n---\n\nIn February we ran Caddy 2.7.6.", "2.7.6", VERDICT_SUPPORTED, NULL},
        {"In February we ran Caddy 2.8.4.", "2.8.4", VERDICT_SUPPORTED, NULL}, /* of which year? */
    };
    expect_verdicts(shop, cases, COUNT_OF(cases));
}

static void any_wording_of_a_day_does(void **state) {
    (void)state;
    static const told cases[] = {
        {"We were running CUDA 12.6.0 on 2026-02-20.", "12.6.0", VERDICT_CONTRADICTED, "says 13.0.2"},
        {"On 2026-02-20, attic was running CUDA 12.6.0.", "12.6.0", VERDICT_CONTRADICTED, NULL},
        {"CUDA 12.6.0 ran on attic on 2026-02-20.", "12.6.0", VERDICT_CONTRADICTED, NULL},
        {"CUDA 12.6.0 was what we ran on 2026-02-20.", "12.6.0", VERDICT_CONTRADICTED, NULL},
        {"On attic, on 2026-02-20 we ran CUDA 12.6.0.", "12.6.0", VERDICT_CONTRADICTED, NULL},
        {"On 2026-02-20 CUDA 12.6.0 was running on attic.", "12.6.0", VERDICT_CONTRADICTED, NULL},
        {"We were running CUDA 12.6.0 on 2025-02-20.", "12.6.0", VERDICT_SUPPORTED, NULL},
        {"CUDA 12.6.0 ran on attic on 2025-02-20.", "12.6.0", VERDICT_SUPPORTED, NULL},
        {"CUDA 12.6.0 was what we ran on 2025-02-20.", "12.6.0", VERDICT_SUPPORTED, NULL},
        {"On attic, on 2025-02-20 we ran CUDA 12.6.0.", "12.6.0", VERDICT_SUPPORTED, NULL},
        {"We once had CUDA 12.6.0.", "12.6.0", VERDICT_SUPPORTED, NULL},
        /* a day that no verb joins to it: it did not run on it, or it did */
        {"CUDA 12.6.0 was what the audit of 2026-02-20 found.", "12.6.0", VERDICT_UNVERIFIED, NULL},
        {"CUDA 12.6.0 was what the audit of 2025-02-20 found.", "12.6.0", VERDICT_SUPPORTED, NULL},
        {"We once had CUDA 12.6.0; the note is of 2026-02-20.", "12.6.0", VERDICT_SUPPORTED, NULL},
        {"The disk failed on 2025-02-20 while we were running CUDA 13.0.2.", "13.0.2", VERDICT_UNVERIFIED, NULL},
        {"The disk failed on 2025-02-20 while we were running CUDA 12.6.0.", "12.6.0", VERDICT_SUPPORTED, NULL},
        {"As of 2026-05-01 we run CUDA 13.0.2, and it was at 12.8.1 before.", "12.8.1", VERDICT_SUPPORTED, NULL},
        {"As of 2026-05-01 we run 13.0.2, and CUDA 12.8.1 is gone.", "12.8.1", VERDICT_UNVERIFIED, NULL},
        {"Back in 2024 we were on CUDA 13.0.2.", "13.0.2", VERDICT_CONTRADICTED, NULL},
        {"On 31 February 2026 we ran CUDA 12.6.0.", "12.6.0", VERDICT_UNVERIFIED, NULL},
        {"On 31 February 2025 we ran CUDA 12.6.0.", "12.6.0", VERDICT_UNVERIFIED, "no calendar has that day"},
        {"On 2025-02-31 we ran CUDA 12.6.0.", "12.6.0", VERDICT_UNVERIFIED, NULL},
        {"We went to CUDA 12.8.1 on 31 October 2025.", "31 October 2025", VERDICT_CONTRADICTED, NULL},
        {"We went to CUDA 12.8.1 on 31 September 2025.", "31 September 2025", VERDICT_COUNT, NULL},
    };
    expect_verdicts(shop, cases, COUNT_OF(cases));
}

static void an_end_of_a_time_does(void **state) {
    (void)state;
    static const told cases[] = {
        {"Until 2026-03-01 we ran Caddy 2.8.4.", "2.8.4", VERDICT_CONTRADICTED,
         "says 2.7.6: what ran until 2026-03-01"},
        {"Until January 2026 we ran Caddy 2.8.4.", "2.8.4", VERDICT_CONTRADICTED, NULL},
        {"Before 2026-03-01 attic ran Caddy 2.8.4.", "2.8.4", VERDICT_CONTRADICTED, NULL},
        {"Prior to March 2026, attic ran Caddy 2.8.4.", "2.8.4", VERDICT_CONTRADICTED, NULL},
        {"We were running Caddy 2.8.4 up until 2026-03-01.", "2.8.4", VERDICT_CONTRADICTED, NULL},
        {"From 2025-10-01 to 2026-02-01 attic ran Caddy 2.8.4.", "2.8.4", VERDICT_CONTRADICTED, "says 2.7.6"},
        {"Between October 2025 and January 2026 we ran Caddy 2.8.4.", "2.8.4", VERDICT_CONTRADICTED, NULL},
        {"From 2025-10-01 to 2026-02-01 attic ran Caddy 2.7.6.", "2.7.6", VERDICT_SUPPORTED, NULL},
        {"From 2025-10-01 to 2026-05-01 attic ran Caddy 2.7.6.", "2.7.6", VERDICT_UNVERIFIED, NULL},
        {"Until 2026-03-01 we ran Caddy 2.7.6.", "2.7.6", VERDICT_SUPPORTED, NULL},
        {"The years from 2024 to 2026 saw CUDA 12.6.0, 12.8.1 and 13.0.2, once.", "12.8.1", VERDICT_SUPPORTED, NULL},
        {"We didn't run Caddy 2.8.4 until 2026-03-01.", "2.8.4", VERDICT_UNVERIFIED, NULL},
        {"Since the upgrade to Caddy 2.8.4 in April 2026 attic has been quiet.", "2.8.4", VERDICT_SUPPORTED, NULL},
        {"Until 2026-03-01 we ran Caddy 2.7.6, then 2.8.4.", "2.8.4", VERDICT_SUPPORTED, NULL},
        {"Before 2026-03-01 we ran Caddy 2.7.6.", "2.7.6", VERDICT_SUPPORTED, NULL},
        {"Before May 2026 we ran CUDA 12.6.0.", "12.6.0", VERDICT_SUPPORTED, NULL},
        {"Until 2026-04-20 we ran Caddy 2.8.4.", "2.8.4", VERDICT_UNVERIFIED, NULL}, /* and still do */
        {"Since November 2025 we have run CUDA 13.0.2.", "13.0.2", VERDICT_CONTRADICTED, NULL},
        {"We have been running CUDA 13.0.2 since 2025-11-03.", "13.0.2", VERDICT_CONTRADICTED, NULL},
        {"Since January 2026 we have run CUDA 13.0.2.", "13.0.2", VERDICT_SUPPORTED, NULL},
        {"Since April 2026 we have run CUDA 13.0.2.", "13.0.2", VERDICT_UNVERIFIED, NULL}, /* it came before */
        {"Since 2023 we have run CUDA 13.0.2.", "13.0.2", VERDICT_UNVERIFIED, NULL}, /* CUDA, perhaps, not this one */
        {"Caddy 2.8.4 replaced it on 2026-03-01.", "2.8.4", VERDICT_SUPPORTED, NULL},
        {"Caddy 2.8.4 was released on 2024-05-30.", "2.8.4", VERDICT_SUPPORTED, NULL},
        {"Before the upgrade to Caddy 2.8.4 we had 2.7.6.", "2.8.4", VERDICT_SUPPORTED, NULL},
        {"Until we ran Caddy 2.8.4, on 2026-03-01, we had 2.7.6.", "2.8.4", VERDICT_SUPPORTED, NULL},
        {"Until July 2026 we run Caddy 2.8.4.", "2.8.4", VERDICT_SUPPORTED, NULL}, /* to come */
    };
    expect_verdicts(shop, cases, COUNT_OF(cases));
}

static void what_could_stand_in_its_place_is_of_the_time_told(void **state) {
    (void)state;
    static const told cases[] = {
        {"On 2026-01-05 attic ran Caddy 2.7.1.", "2.7.1", VERDICT_CONTRADICTED,
         "caddy.version says 2.7.6: what ran on"},
        {"In January 2026 attic ran Caddy 2.7.1.", "2.7.1", VERDICT_CONTRADICTED, "caddy.version says 2.7.6: "},
        {"In March 2026 attic ran Caddy 2.7.1.", "2.7.1", VERDICT_CONTRADICTED, "caddy.version says : "}, /* both did */
        {"Until February attic ran Caddy 2.7.1.", "2.7.1", VERDICT_CONTRADICTED, "caddy.version says : "},
        {"Previously attic ran Caddy 2.7.1.", "2.7.1", VERDICT_CONTRADICTED, "says : 2.7.1 was never installed"},
        {"| | before | now |\n|---|---|---|\n| Caddy | 2.7.1 | 2.8.4 |", "2.7.1", VERDICT_CONTRADICTED, "says : "},
        {"Caddy 2.8.4 took the place of 2.7.1.", "2.7.1", VERDICT_CONTRADICTED, "caddy.version says : "},
        {"attic runs Caddy 2.7.1.", "2.7.1", VERDICT_CONTRADICTED, "caddy.version says 2.8.4: "},
        {"attic runs Caddy 2.7.6.", "2.7.6", VERDICT_CONTRADICTED, "caddy.version says 2.8.4: 2.7.6 is stale"},
    };
    expect_verdicts(shop, cases, COUNT_OF(cases));
}

static void dates_of_other_things_do_not(void **state) {
    (void)state;
    static const told cases[] = {
        {"Caddy 2.8.4, released on 2024-05-01, runs on attic.", "2.8.4", VERDICT_SUPPORTED, NULL},
        {"attic runs Caddy 2.8.4 (released on 2024-05-01).", "2.8.4", VERDICT_SUPPORTED, NULL},
        {"In 2024 we bought the attic, which runs Caddy 2.8.4.", "2.8.4", VERDICT_SUPPORTED, NULL},
        {"In 2024 the board we bought runs Caddy 2.8.4.", "2.8.4", VERDICT_SUPPORTED, NULL},
        {"On 2025-06-01 we read the notes of Caddy 2.8.4.", "2.8.4", VERDICT_SUPPORTED, NULL},
        {"In February 2026 we tested Caddy 2.8.4 on attic.", "2.8.4", VERDICT_SUPPORTED, NULL},
        {"Since 2026-03-01 we have run Caddy 2.8.4.", "2.8.4", VERDICT_SUPPORTED, NULL},
        {"From 2026-03-01 we run Caddy 2.8.4.", "2.8.4", VERDICT_SUPPORTED, NULL},
        {"Until March 2026 we ran Caddy 2.7.6.", "2.7.6", VERDICT_SUPPORTED, NULL},
        {"Since the crash on 2025-06-01 attic runs Caddy 2.8.4.", "2.8.4", VERDICT_SUPPORTED, NULL},
        {"On 2026-03-01 we went from Caddy 2.7.6 to Caddy 2.8.4.", "2.7.6", VERDICT_SUPPORTED, NULL},
        {"On 2026-03-01 we went from Caddy 2.7.6 to Caddy 2.8.4.", "2.8.4", VERDICT_SUPPORTED, NULL},
        {"In 2024 Priya ran Caddy 2.8.4 on attic.", "2.8.4", VERDICT_UNVERIFIED, NULL},
        {"On 2025-06-01 my laptop ran Caddy 2.8.4.", "2.8.4", VERDICT_UNVERIFIED, NULL},
        {"On 2025-06-01 a friend ran Caddy 2.8.4.", "2.8.4", VERDICT_NOT_ABOUT_US, NULL},
    };
    expect_verdicts(shop, cases, COUNT_OF(cases));
}

static void a_heading_and_a_row_do(void **state) {
    (void)state;
    static const told cases[] = {
        {"## 2025-06-01\n\nattic runs Caddy 2.8.4.", "2.8.4", VERDICT_UNVERIFIED, NULL},
        {"## 2025-06-01\n\nattic runs Caddy 2.7.6.", "2.7.6", VERDICT_SUPPORTED, NULL},
        {"## June 2025\n\nattic runs Caddy 2.8.4.", "2.8.4", VERDICT_UNVERIFIED, NULL},
        {"## 2026-05-01\n\nattic runs Caddy 2.7.6.", "2.7.6", VERDICT_CONTRADICTED, NULL},
        {"## 2025-06-01\n\nattic now runs Caddy 2.8.4.", "2.8.4", VERDICT_SUPPORTED, NULL},
        {"## The outage of 2025-06-01\n\nattic runs Caddy 2.8.4.", "2.8.4", VERDICT_SUPPORTED, NULL},
        {"| date | Caddy |\n|---|---|\n| 2025-06-01 | 2.8.4 |", "2.8.4", VERDICT_CONTRADICTED, NULL},
        {"| date | Caddy |\n|---|---|\n| 2025-06-01 | 2.7.6 |", "2.7.6", VERDICT_SUPPORTED, NULL},
        {"| date | Caddy |\n|---|---|\n| 2026-03-01 | 2.8.4 |", "2.8.4", VERDICT_SUPPORTED, NULL},
        {"| released | Caddy |\n|---|---|\n| 2024-05-30 | 2.8.4 |", "2.8.4", VERDICT_SUPPORTED, NULL},
        {"| | 2025-06 | 2026-04 |\n|---|---|---|\n| Caddy | 2.7.6 | 2.8.4 |", "2.7.6", VERDICT_SUPPORTED, NULL},
        {"| | 2025-06 | 2026-04 |\n|---|---|---|\n| Caddy | 2.8.4 | 2.9.1 |", "2.8.4", VERDICT_UNVERIFIED, NULL},
    };
    expect_verdicts(shop, cases, COUNT_OF(cases));
}

static void one_of_several_machines_may_have_had_it_then(void **state) {
    (void)state;
    static const char both[] =
        "assay-facts: 1\nas_of: 2026-05-18\n"
        "components:\n"
        "  - {id: caddy, aliases: [Caddy], scheme: semver, version: 2.8.4,\n"
        "     history: [{version: 2.7.6, from: 2025-01-10, to: 2026-03-01}]}\n"
        "hosts: [{id: attic, aliases: [attic], runs: [caddy]}, {id: barn, aliases: [barn], runs: [caddy]}]\n";
    static const told cases[] = {
        {"On 2026-02-01 attic ran Caddy 2.8.4.", "2.8.4", VERDICT_UNVERIFIED, NULL},
        {"On 2026-02-01 we ran Caddy 2.8.4.", "2.8.4", VERDICT_CONTRADICTED, NULL},
    };
    expect_verdicts(both, cases, COUNT_OF(cases));
}

static void the_proof_names_the_period(void **state) {
    (void)state;
    static const told cases[] = {
        {"---\ndate: 2026-02-10\n---\n\nOn attic we run Caddy 2.7.6.", "2.7.6", VERDICT_SUPPORTED,
         "2.7.6 until 2026-03-01, now 2.8.4: 2.7.6 was what ran on 2026-02-10, the article's day"},
        {"We run Foo 1.2.0.", "1.2.0", VERDICT_CONTRADICTED, "1.2.0 is stale: it went on 2026-01-01"},
        {"We run CUDA 12.6.0.", "12.6.0", VERDICT_CONTRADICTED, "13.0.2 has been installed since 2026-01-14"},
    };
    expect_verdicts(shop, cases, COUNT_OF(cases));
}

static void what_is_there_is_not_gone(void **state) {
    (void)state;
    static const told cases[] = {
        {"The directory `/srv/models` no longer exists.", "/srv/models", VERDICT_CONTRADICTED, "declared as there"},
        {"`/srv/models` does not exist any more.", "/srv/models", VERDICT_CONTRADICTED, NULL},
        {"`/srv/models` was deleted in March.", "/srv/models", VERDICT_CONTRADICTED, NULL},
        {"We removed `/srv/models` last year.", "/srv/models", VERDICT_CONTRADICTED, NULL},
        {"There is no `/srv/models` on attic.", "/srv/models", VERDICT_CONTRADICTED, NULL},
        {"We removed `/srv/models` and made it anew.", "/srv/models", VERDICT_UNVERIFIED, NULL},
        {"We removed `/srv/models` last year. In May it came back.", "/srv/models", VERDICT_UNVERIFIED, NULL},
        {"If `/srv/models` no longer exists, stop.", "/srv/models", VERDICT_UNVERIFIED, NULL},
        {"The old `/srv/models` is gone.", "/srv/models", VERDICT_SUPPORTED, NULL}, /* and there is a new one */
        {"`/srv/models` was removed from the backup.", "/srv/models", VERDICT_UNVERIFIED, NULL},
        {"There was no `/srv/models` on attic.", "/srv/models", VERDICT_UNVERIFIED, NULL},
        {"The link to `/srv/models` no longer exists.", "/srv/models", VERDICT_SUPPORTED, NULL},
        {"We removed `/srv/models/old` from `/srv/models`.", "/srv/models", VERDICT_SUPPORTED, NULL},
        {"The models are in `/srv/models`.", "/srv/models", VERDICT_SUPPORTED, NULL},
    };
    expect_verdicts(shop, cases, COUNT_OF(cases));
}

static void what_is_gone_was_there_until_its_day(void **state) {
    (void)state;
    static const told cases[] = {
        {"The directory `/opt/models` no longer exists.", "/opt/models", VERDICT_SUPPORTED, "spoken of as gone"},
        {"`/opt/models` doesn't exist on attic.", "/opt/models", VERDICT_SUPPORTED, NULL},
        {"On 2026-02-01 we removed `/opt/models`.", "/opt/models", VERDICT_SUPPORTED, NULL},
        {"In December 2025 the models were in `/opt/models`.", "/opt/models", VERDICT_SUPPORTED, NULL},
        {"Until January 2026 the models were in `/opt/models`.", "/opt/models", VERDICT_SUPPORTED, NULL},
        {"Until April 2026 the models were in `/opt/models`.", "/opt/models", VERDICT_UNVERIFIED, NULL},
        {"As of 2026-05-10 we store the models in `/opt/models`.", "/opt/models", VERDICT_CONTRADICTED, NULL},
        {"The models are in `/opt/models` (checked on 2026-05-10).", "/opt/models", VERDICT_CONTRADICTED, NULL},
        {"The models are in `/opt/models`.", "/opt/models", VERDICT_CONTRADICTED, NULL},
    };
    expect_verdicts(shop, cases, COUNT_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_in_a_sentence_binds_the_version),
        cmocka_unit_test(any_wording_of_a_day_does),
        cmocka_unit_test(an_end_of_a_time_does),
        cmocka_unit_test(what_could_stand_in_its_place_is_of_the_time_told),
        cmocka_unit_test(dates_of_other_things_do_not),
        cmocka_unit_test(a_heading_and_a_row_do),
        cmocka_unit_test(one_of_several_machines_may_have_had_it_then),
        cmocka_unit_test(the_proof_names_the_period),
        cmocka_unit_test(what_is_there_is_not_gone),
        cmocka_unit_test(what_is_gone_was_there_until_its_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
