/* test_facts_bounds.c - one sentence over and over must not cost the square of it.
 *
 * Each row is a text of a size that took minutes while something in the truth stage was read again for every claim: the
 * whole of an endless sentence or value, the parts of an endless cell, all lines of code. No clock is asked: what grows
 * with the square again is seen by waiting. The claims are counted, so that the rows keep reaching what they were made
 * for.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "tests/support/judged.h"

#define CELL "| a |\n|---|\n| "
#define CODE "```\n"
#define FIELD "---\ndate: 2026-05-01\ndescription: >\n"
#define TEXT "---\n\nText.\n"

static const struct row {
    const char *manifest, *head, *unit, *tail;
    size_t bytes, claims;
} ROWS[] = {
    {"fernhill", CELL, "gpt-oss-120b weighs 36.4 GB on sorrel's disk. ", "|\n", 400000, 4000},
    {"ravenscar", CELL, "The probe rings after two misses, so after ten minutes at most. ", "|\n", 800000, 10000},
    {"kestrel", CELL, "By design gpt-oss-120b has a context of 131,072 tokens; I give it 32,768. ", "|\n", 400000,
     4000},
    {"wendlebury", "", "Slurm 26.05.1 followed 25.05.3 on 9 August 2026 and ", "slept.\n", 900000, 4000},
    {"kestrel", CODE, "The reviewer suggested port 9000 for the gateway.\n", "```\n", 900000, 4000},
    {"kestrel", FIELD, "  The gateway is on port 9000 and the site is in Frankfurt\n", TEXT, 900000, 4000},
    {"kestrel", FIELD, "  an A100 has\n", TEXT, 600000, 4000},
};

static void what_is_said_over_and_over_costs_no_square(void **state) {
    (void)state;
    buf source = {0};
    for (size_t i = 0; i < COUNT_OF(ROWS); i++) {
        const struct row *r = &ROWS[i];
        char path[64];
        const char *files[] = {path};
        error e = {0};
        manifest *m = NULL;
        snprintf(path, sizeof path, "corpus/manifests/%s.yaml", r->manifest);
        assert_int_equal(manifest_load_files(files, 1, &m, &e), 0);
        source.n = 0;
        if (!str_starts(str_from_cstr(r->head), STR("---"))) buf_cstr(&source, "---\ndate: 2026-05-01\n---\n\n");
        buf_cstr(&source, r->head);
        while (source.n < r->bytes) buf_cstr(&source, r->unit);
        buf_cstr(&source, r->tail);
        judged x = judged_text(m, "t.md", buf_view(&source), true);
        if (x.claims.n < r->claims) fail_msg("%s has %zu claims, wanted %zu", r->unit, x.claims.n, r->claims);
        judged_free(&x);
        manifest_free(m);
    }
    buf_free(&source);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_said_over_and_over_costs_no_square)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
