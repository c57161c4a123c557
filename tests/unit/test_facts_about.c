/* test_facts_about.c - which articles are about the operation where nobody says so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/str.h"
#include "tests/support/judged.h"

static const char birds[] = "assay-facts: 1\n"
                            "as_of: 2026-05-18\n"
                            "components:\n"
                            "  - {id: tern, aliases: [Tern], version: 1.2.0}\n"
                            "hosts:\n"
                            "  - {id: rook, aliases: [rook], location: Ghent}\n"
                            "  - {id: wren, aliases: [wren], location: Ghent}\n"
                            "  - {id: heron, aliases: [heron], location: Ghent}\n"
                            "  - {id: puffin, aliases: [puffin], location: Bruges}\n";

static bool is_ours(const char *text) {
    manifest *m = judged_manifest(birds);
    judged x = judged_text(m, "t.md", str_from_cstr(text), false);
    bool ours = false;
    for (size_t k = 0; k < x.claims.n; k++) ours = ours || x.claims.at[k].verdict != VERDICT_NOT_ABOUT_US;
    judged_free(&x);
    manifest_free(m);
    return ours;
}

/* Four machines in cells of their own are nobody else's; a few words that are machines' names are anybody's. */
static void cells_that_decide(void **state) {
    (void)state;
    assert_true(is_ours("Tern 1.2.0 runs.\n\n| | rook | wren | heron | puffin |\n| --- | --- | --- | --- | --- |\n"
                        "| draw | 5 W | 6 W | 7 W | 8 W |\n"));
    assert_true(is_ours("Tern 1.2.0 runs.\n\n| box | draw |\n| --- | --- |\n| `rook` | 5 W |\n| **wren** | 6 W |\n"
                        "| heron | 7 W |\n| puffin | 8 W |\n"));
    assert_false(
        is_ours("Tern 1.2.0 runs.\n\n| | rook | wren | heron |\n| --- | --- | --- | --- |\n| draw | 5 W | 6 W | 7 W "
                "|\n"));
    assert_false(is_ours("Tern 1.2.0 runs. A rook, a wren, a heron and a puffin sat on the wire.\n"));
    assert_false(
        is_ours("Tern 1.2.0 runs.\n\n| bird | seen |\n| --- | --- |\n| rook, young | 5 |\n| wren and heron | 6 |\n"
                "| heron | 7 |\n| the puffin | 8 |\n"));
}

/* One machine of a maker's model, as many have it, and a VPS. */
static const char common[] = "assay-facts: 1\n"
                             "as_of: 2026-05-18\n"
                             "components:\n"
                             "  - {id: tern, aliases: [Tern], version: 1.2.0}\n"
                             "  - {id: heron, aliases: [Heron], version: 3.1.0}\n"
                             "  - {id: egret, aliases: [Egret]}\n"
                             "  - {id: plover, aliases: [Plover]}\n"
                             "hardware:\n"
                             "  - {id: box, aliases: [DGX Spark, GB10], attrs: {memory: {value: '128', unit: GB}}}\n"
                             "hosts:\n"
                             "  - {id: vps, aliases: [VPS], location: Ghent}\n"
                             "services:\n"
                             "  - {id: mcp, aliases: [MCP server], host: box, port: 3001}\n"
                             "  - {id: api, aliases: [page API], host: box, port: 3002}\n";

/* `opening`, then `times` repetitions of a sentence that says nothing of machines. */
static bool is_ours_among(const char *opening, unsigned times, const char *filler, bool untrusted) {
    manifest *m = judged_manifest(common);
    buf text = {0};
    buf_printf(&text, "%s\n\n", opening);
    for (unsigned i = 0; i < times; i++) buf_printf(&text, "%s ", filler);
    buf_cstr(&text, "\n");
    judged x = untrusted ? judged_draft(m, "t.md", buf_view(&text)) : judged_text(m, "t.md", buf_view(&text), false);
    bool ours = false;
    for (size_t k = 0; k < x.claims.n; k++) ours = ours || x.claims.at[k].verdict != VERDICT_NOT_ABOUT_US;
    judged_free(&x);
    buf_free(&text);
    manifest_free(m);
    return ours;
}

static const char plain[] = "Numbers like these are easily read and soon forgotten by most.";       /* 11 words */
static const char mine[] = "I read my numbers in the evening, and I forget them by morning again."; /* 14 words */
static const char yours[] = "You read your numbers in the evening, and forget them by morning again.";

/* A model's name is everybody's: who speaks, and how much else is named, tell whose article it is. */
static void models_that_all_have(void **state) {
    (void)state;
    assert_true(is_ours_among("The DGX Spark has 96 GB of memory.", 0, "", false));
    assert_true(is_ours_among("The DGX Spark has 96 GB of memory.", 40, mine, false));
    assert_false(is_ours_among("The DGX Spark has 96 GB of memory.", 40, plain, false)); /* a review, somebody's news */
    assert_true(
        is_ours_among("The DGX Spark has 96 GB of memory; Tern, Heron, Egret and the VPS are up.", 40, plain, false));
    assert_false(is_ours_among("The DGX Spark has 96 GB of memory; Tern, Heron and Egret are up.", 20, yours, false));
    assert_false(is_ours_among("The DGX Spark has 96 GB of memory.", 100, mine, false)); /* once in 1,400 words */
}

/* A VPS is had by many who say "I": what else is declared must be there. */
static void ordinary_words(void **state) {
    (void)state;
    assert_true(is_ours_among("My VPS runs Tern 1.1.0, Heron, Egret and Plover.", 30, mine, false));
    assert_false(is_ours_among("My VPS runs Tern 1.1.0.", 30, mine, false));
    assert_false(is_ours_among("The VPS runs Tern 1.1.0, Heron, Egret and Plover.", 30, plain, false));
}

/* A draft that says "you" is judged all the same, where it is not trusted. */
static void drafts_cannot_opt_out(void **state) {
    (void)state;
    assert_true(is_ours_among("The DGX Spark has 96 GB of memory; Tern, Heron and Egret are up.", 20, yours, true));
    assert_true(is_ours_among("My VPS runs Tern 1.1.0.", 30, mine, true));
    assert_true(is_ours_among("We run Tern 1.1.0 on the VPS.", 30, plain, true));
    assert_true(is_ours_among("The VPS runs Tern 1.1.0, Heron, Egret and Plover.", 30, plain, true));
    assert_false(is_ours_among("We run Tern 1.1.0 on the VPS.", 30, plain, false));
    assert_false(is_ours_among("Tern 1.1.0 runs.", 30, mine, true)); /* no machine is named */
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(cells_that_decide), cmocka_unit_test(models_that_all_have),
                                       cmocka_unit_test(ordinary_words), cmocka_unit_test(drafts_cannot_opt_out)};
    return cmocka_run_group_tests_name("facts: about", tests, NULL, NULL);
}
