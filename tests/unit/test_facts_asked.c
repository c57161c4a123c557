/* test_facts_asked.c - figures in a question behind a label or an adverb are left open; what a question takes for
 * granted, and its answer, are judged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

static const char lead[] = "These are my notes on the Anvil.\n\n";

static void left_open(void **state) {
    (void)state;
    static const char *const clean[] = {
        "**Q:** Does the Anvil have 24 cores?\n\n**A:** No, it has 20 cores.\n",
        "Q: Does the Anvil have 24 cores?\n",
        "**Q: Does the Anvil have 24 cores?**\n",
        "**Question 3:** Does the Anvil have 24 cores?\n",
        "So, does the Anvil have 64 GB of memory?\n",
        "So does the Anvil have 64 GB of memory?\n",
        "OK, but does the Anvil have 64 GB of memory?\n",
        "Reader mail: does the Anvil have 64 GB of memory?\n",
        "Mirela asks: \"Does the Anvil have 64 GB of memory?\"\n",
        "To be clear, does the Anvil have 24 cores?\n",
        "- Q: Has the Anvil 24 cores?\n- A: It has 20 cores.\n",
        "### Q: Does the Anvil have 24 cores?\n\nNo, 20 cores.\n",
        "Q: Does the Anvil have 24 cores?\n\nA: Yes and no: it has 20 cores.\n",
        "Q: Does the Anvil have 24 cores?\n\nA: Yes, says the shop, but it has 20 cores.\n",
    };
    expect_each(invented_operation, lead, clean, COUNT_OF(clean), false);
}

static void stated(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "**Q:** Does the Anvil have 24 cores?\n\n**A:** Yes, it has.\n",
        "Q: Does the Anvil have 24 cores? A: Yes.\n",
        "So, does the Anvil have 64 GB of memory? Yes.\n",
        "Does the Anvil have 24 cores? Yes.\n",
        "Does the Anvil have 24 cores? Indeed, it has.\n",
        "Q: Why does the Anvil have 24 cores?\n",
        "With 64 GB of memory, does the Anvil swap?\n", /* before the verb */
        "The Anvil has 64 GB of memory, does it not?\n",
        "**Q:** Does the Anvil have 20 cores?\n\n**A:** No, it has 24 cores.\n",
        "**Q:** Is the Anvil small?\n\nYes, it has 64 GB of memory.\n",
        "Q: Does the Anvil have 128 GB of memory?\n\nA: It has 64 GB of memory.\n",
    };
    static const char *const clean[] = {
        "**Q:** Does the Anvil have 20 cores?\n\n**A:** Yes, it has.\n",
        "**Q:** Does the Anvil have 24 cores?\n\n**A:** No, it has 20 cores.\n",
        "**Q:** Is the Anvil small?\n\nYes, it has 128 GB of memory.\n",
        "With 128 GB of memory, does the Anvil swap?\n",
        "Does the Anvil have 20 cores? Yes.\n",
        "Would the Anvil do with 24 cores? Yes.\n",
        "Do I need a machine with 24 cores? Yes.\n",
        "Does your machine have 24 cores? Yes, then the Anvil is the slower one.\n",
        "Should the Anvil have 24 cores? Yes.\n",
        "**Q:** Is the Anvil enough?\n\nYes, my friend's box has 24 cores and is slower.\n",
        "The Anvil is small.\n\nNo, it has 24 cores.\n", /* no question: "it" is not surely the machine's */
    };
    expect_each(invented_operation, lead, untrue, COUNT_OF(untrue), true);
    expect_each(invented_operation, lead, clean, COUNT_OF(clean), false);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(left_open), cmocka_unit_test(stated)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
