/* test_facts_unpaid.c - why a place earns nothing: what `assay explain` says of each hit that is not paid. */
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
    "  - {id: petrel, aliases: [petrel], attrs: {memory: {value: '96', unit: GB, aliases: [RAM]}}}\n"
    "components:\n"
    "  - {id: caddy, aliases: [Caddy], scheme: semver, version: 2.10.2}\n";

static void the_first_thing_that_is_wrong_is_named(void **state) {
    (void)state;
    static const struct {
        const char *text, *at; /* at: the place that earns nothing */
        enum unpaid_reason reason;
        const char *where;
    } rows[] = {
        {"Servers are loud because petrel runs Caddy 2.6.1 and 77 jobs.", "because", UNPAID_CLAIM, "2.6.1"},
        {"Servers are loud because they freeze on the 25th.", "because", UNPAID_LOOSE, "25th"},
        {"Servers are loud because Henrike built them.", "because", UNPAID_SPECIFIC, "Henrike"},
        {"petrel is loud because it is old.", "because", UNPAID_ITSELF, ""},
        {"Servers are loud because they are old.", "because", UNPAID_ITSELF, ""},
        {"- A fan is loud.\n- Caddy 2.6.1 serves petrel's pages.", "Caddy 2", UNPAID_CLAIM, "2.6.1"},
        {"- A fan is loud.\n- Caddy 2.6.1 serves petrel's pages.", "A fan", UNPAID_ITSELF, ""},
        {"| fan | jobs |\n| --- | --- |\n| loud | 7,700 |", "loud", UNPAID_CLAIM, "7,700"},
        {"```console\npetrel$ caddy version\n2.6.1\n```", "petrel$", UNPAID_CLAIM, "2.6.1"},
        {"```console\npetrel$ caddy version\n2.10.2\nthe goat is fed\n```", "petrel$", UNPAID_LINE, "the goat is fed"},
    };
    manifest *m = judged_manifest(facts);
    unsigned wrong = 0;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        judged x = judged_said(m, rows[i].text);
        ptrdiff_t at = str_find(x.art.text, str_from_cstr(rows[i].at), 0);
        assert_true(at >= 0);
        text_range it = {(uint32_t)at, (uint32_t)at + (uint32_t)strlen(rows[i].at)};
        unpaid why = claims_why_unpaid(&x.art, &x.claims, it, true);
        str where = str_span(x.art.source, why.where);
        bool same = why.reason == rows[i].reason && str_eq(where, str_from_cstr(rows[i].where));
        if (!same) print_error("%s\n  reason %d, '%.*s'\n", rows[i].text, (int)why.reason, STR_ARG(where)), wrong++;
        judged_free(&x);
    }
    manifest_free(m);
    assert_int_equal(wrong, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_first_thing_that_is_wrong_is_named)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
