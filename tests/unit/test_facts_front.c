/* test_facts_front.c - what the frontmatter states: texts, items of lists, maps in lists, releases behind names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "tests/support/judged.h"

static const char facts[] = "assay-facts: 1\nas_of: 2026-05-18\n"
                            "hardware:\n"
                            "  - {id: petrel, aliases: [petrel]}\n"
                            "components:\n"
                            "  - {id: caddy, aliases: [Caddy], scheme: semver, version: 2.10.2}\n"
                            "hosts:\n"
                            "  - {id: vps, aliases: [VPS], location: Oslo}\n";

typedef struct row {
    const char *fields, *contradicted; /* the quotes, a | behind each */
} row;

static void lists_maps_and_named_releases_are_statements(void **state) {
    (void)state;
    static const row rows[] = {
        {"highlights:\n  - \"petrel runs Caddy 2.7.4\"\n  - \"The VPS is in Lisbon\"", "2.7.4|Lisbon|"},
        {"highlights:\n  - \"petrel runs Caddy 2.10.2\"\n  - The VPS is in Oslo", ""},
        {"stack: [Caddy 2.7.4, Debian 12]", "2.7.4|"},
        {"stack: \"Caddy 2.7.4, Debian 12\"", "2.7.4|"},
        {"faq:\n  - q: Where is it?\n    a: The VPS is in Lisbon.", "Lisbon|"},
        {"faq:\n  - q: Does petrel run Caddy 2.7.4?\n    a: No, it does not.", ""},
        {"caddy: 2.7.4", "2.7.4|"},
        {"versions:\n  caddy: v2.7.4", "v2.7.4|"},
        {"caddy: 2.10.2", ""},
        {"jekyll: 2.7.4", ""}, /* nothing of ours */
        {"tags: [Caddy 2.7.4, VPS in Lisbon]", ""},
        {"keywords:\n  - Caddy 2.7.4 on petrel", ""},
        {"related: [\"Caddy 2.7.4 is out\"]", ""},
        {"tools: [Caddy, Redis]", ""},
    };
    manifest *m = judged_manifest(facts);
    unsigned wrong = 0;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        char text[1024], found[256] = "";
        size_t used = 0;
        snprintf(text, sizeof text, "---\ntitle: T\n%s\n---\n\nThese are my notes on petrel and the VPS.\n",
                 rows[i].fields);
        judged x = judged_text(m, "t.md", str_from_cstr(text), true);
        for (size_t k = 0; k < x.claims.n; k++) {
            const claim *c = &x.claims.at[k];
            assert_true(str_eq(str_span(x.source, c->where), c->quote));
            if (c->verdict == VERDICT_CONTRADICTED)
                used += (size_t)snprintf(found + used, sizeof found - used, "%.*s|", STR_ARG(c->quote));
        }
        if (strcmp(found, rows[i].contradicted)) print_error("%s\n  %s\n", rows[i].fields, found), wrong++;
        judged_free(&x);
    }
    manifest_free(m);
    assert_int_equal(wrong, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(lists_maps_and_named_releases_are_statements)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
