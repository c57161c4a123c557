/* test_facts_declared_denied.c - what is declared and denied: a port, a rhythm, steps, a place; and denials that say
 * something else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/support/verdicts.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "hosts:\n"
    "  - {id: forge, aliases: [forge]}\n"
    "  - {id: barn, aliases: [barn]}\n"
    "services:\n"
    "  - {id: api, aliases: [API], host: forge, port: 8001}\n"
    "  - {id: web, aliases: [web server], host: forge, port: 443}\n"
    "  - {id: desk, aliases: [desk], host: forge, exposes: {world: closed, items: [guest list, key export]}}\n"
    "scopes:\n"
    "  processes: {world: closed, categories: [backup]}\n"
    "processes:\n"
    "  - {id: backup, category: backup, aliases: [backup], cadence: every night, steps: [dump, encrypt, upload],"
    " order: strict}\n";

static void a_declared_fact_is_denied(void **state) {
    (void)state;
    static const told cases[] = {
        {"The API does not listen on port 8001.", "port 8001", VERDICT_CONTRADICTED, NULL},
        {"The API isn't on port 8001.", "port 8001", VERDICT_CONTRADICTED, NULL},
        {"The API no longer listens on port 8001.", "port 8001", VERDICT_CONTRADICTED, NULL},
        {"The API never listens on port 8001 at all.", "port 8001", VERDICT_CONTRADICTED, NULL},
        {"The desk does not run on forge.", "desk does not run on forge", VERDICT_CONTRADICTED, NULL},
        {"The API is no longer on forge.", "API is no longer on forge", VERDICT_CONTRADICTED, NULL},
        {"The backup on forge does not run every night.", "every night", VERDICT_CONTRADICTED, NULL},
        {"The backup on forge never runs nightly.", "nightly", VERDICT_CONTRADICTED, NULL},
        {"The backup no longer runs every night on my forge, it seems.", "every night", VERDICT_UNVERIFIED, NULL},
        {"On forge the backup does not dump, encrypt and upload.", "dump, encrypt and upload", VERDICT_CONTRADICTED,
         NULL},
    };
    expect_verdicts(facts, cases, COUNT_OF(cases));
}

static void a_part_of_it_is_denied(void **state) {
    (void)state;
    static const told cases[] = {
        {"The API does not listen on port 8001 on the public side of forge.", "port 8001", VERDICT_UNVERIFIED, NULL},
        {"On forge the backup does not always run every night.", "every night", VERDICT_UNVERIFIED, NULL},
        {"The backup of forge did not run every night.", "every night", VERDICT_UNVERIFIED, NULL},
        {"On forge the backup does not dump, encrypt and upload on a Friday.", "dump, encrypt and upload on a Friday",
         VERDICT_UNVERIFIED, NULL},
        {"It is not true that the API listens on port 8001.", "port 8001", VERDICT_UNVERIFIED, NULL},
        {"Nothing listens on port 8001 of forge.", "port 8001", VERDICT_UNVERIFIED, NULL},
        {"The API does not listen on port 443.", "port 443", VERDICT_UNVERIFIED, NULL}, /* which is the web server's */
    };
    expect_verdicts(facts, cases, COUNT_OF(cases));
}

static void something_else_is_denied(void **state) {
    (void)state;
    static const told cases[] = {
        {"The API listens on no other port than port 8001.", "port 8001", VERDICT_SUPPORTED, NULL},
        {"The API does not run on barn.", "API does not run on barn", VERDICT_COUNT, NULL},
        {"The desk does not run on forge alone.", "desk does not run on forge", VERDICT_COUNT, NULL},
        {"The API needs no key and listens on port 8001.", "port 8001", VERDICT_SUPPORTED, NULL},
        {"If the backup of forge does not run every night, I get a mail.", "every night", VERDICT_SUPPORTED, NULL},
        {"The backup of forge does not only run every night, it is tested.", "every night", VERDICT_SUPPORTED, NULL},
        {"Nothing but the API listens on port 8001.", "port 8001", VERDICT_SUPPORTED, NULL},
        {"The desk does not run SQL.", "does not run SQL", VERDICT_SUPPORTED, NULL},
    };
    expect_verdicts(facts, cases, COUNT_OF(cases));
}

/* "does not run on forge" says where, and is no operation that the closed list lacks. */
static void a_place_is_no_operation(void **state) {
    (void)state;
    static const told cases[] = {
        {"The desk does not run on forge.", "does not run on forge", VERDICT_COUNT, NULL},
        {"The desk does not run every night on forge.", "does not run every night", VERDICT_COUNT, NULL},
        {"The desk does not stop at night on forge.", "does not stop at night", VERDICT_COUNT, NULL},
    };
    expect_verdicts(facts, cases, COUNT_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_declared_fact_is_denied),
        cmocka_unit_test(a_part_of_it_is_denied),
        cmocka_unit_test(something_else_is_denied),
        cmocka_unit_test(a_place_is_no_operation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
