/* test_facts_about.c - which articles are about the operation where nobody says so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

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

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(cells_that_decide)};
    return cmocka_run_group_tests_name("facts: about", tests, NULL, NULL);
}
