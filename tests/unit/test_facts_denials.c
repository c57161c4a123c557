/* test_facts_denials.c - what is declared absent: said to be here, denied, shunned, asked about, or another's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "tests/support/contradicted.h"

static void said_to_be_here(void **state) {
    (void)state;
    static const said cases[] = {
        {"My Anvil has an NPU.", "NPU"},
        {"The machine has a B100 and an NPU.", "B100 | NPU"},
        {"- GPU: B100", "B100"},
        {"We run the model on a B100 next to the Anvil.", "B100"},
        {"If the score drops on my Anvil, I retrain.", "retrain"},
        {"We don't use a cloud, the A100 handles it all on the Anvil.", "A100"},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

static void denied(void **state) {
    (void)state;
    static const said cases[] = {
        {"We don't run a B100, an A100, or an NPU on the Anvil.", ""},
        {"My Anvil doesn't contain a B100, an NPU, or an A100.", ""},
        {"The Anvil isn't equipped with an NPU, a B100, or an A100.", ""},
        {"I cannot use a B100, or an A100 on my Anvil.", ""},
        {"My Anvil lacks a B100, an A100, and an NPU.", ""},
        {"None of these sit in my Anvil: B100, A100, NPU.", ""},
        {"Nothing like a B100, an NPU or an A100 sits in my Anvil.", ""},
        {"An NPU, a TPU and an A100 are all missing from my Anvil.", ""},
        {"Missing from my Anvil are the A100 and the B100.", ""},
        {"My Anvil has one GX9. The list of what I do not own is long: A100, B100, NPU.", ""},
        {"The specification of my Anvil mentions an NPU; there is none.", ""},
        {"My Anvil is NPU-free.", ""},
        {"- Anvil\n- NPU: none\n- B100: not present\n- A100: \xe2\x80\x93", ""},
        {"| Part | on the Anvil |\n| --- | --- |\n| B100 | none |\n| NPU | \xe2\x80\x93 |\n| A100 | 0 |", ""},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

static void not_said_to_be_here(void **state) {
    (void)state;
    static const said cases[] = {
        {"I got rid of the A100 and kept the Anvil.", ""},
        {"I returned the B100 and bought my Anvil.", ""},
        {"On my Anvil I avoid BLEU.", ""},
        {"I decided against an A100 for my Anvil.", ""},
        {"People ask whether I use an A100 beside my Anvil.", ""},
        {"Do I need an A100 beside my Anvil?", ""},
        {"What about the NPU in my Anvil?", ""},
        {"My laptop has an NPU, my Anvil has none.", ""},
        {"My phone has an NPU.", ""},
        {"A rented A100 costs more than my Anvil.", ""},
        {"My Anvil has a GX9 where others have an A100.", ""},
        {"My Anvil has the same memory as an A100.", ""},
        {"An A100 has 80 GB of memory.", ""},
        {"```console\n$ accel --list\nno NPU found\n```", ""},
        {"The upgrade of my Anvil took away the NPU.", ""},
        {"On my Anvil I switched off the NPU.", ""},
        {"On my Anvil the memory of the A100 had filled.", ""},
        {"Some lessons of my Anvil:\n\n- An NPU beside a slow disk turns a short job into a long one.\n", ""},
        {"```console\n$ accel --list\nerror: unknown device A100\n```", ""},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(said_to_be_here), cmocka_unit_test(denied),
                                       cmocka_unit_test(not_said_to_be_here)};
    return cmocka_run_group_tests_name("facts: what is absent", tests, NULL, NULL);
}
