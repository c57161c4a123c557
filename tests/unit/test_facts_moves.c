/* test_facts_moves.c - the month or day at which we changed to a release or parted with a program. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "tests/support/contradicted.h"
#include "tests/support/judged.h"

static const char printers[] =
    "assay-facts: 1\nas_of: 2026-06-14\n"
    "hosts: [{id: press, aliases: [press], runs: [kiln]}]\n"
    "components:\n"
    "  - id: kiln\n    aliases: [Kiln]\n    scheme: semver\n    version: 4.2.1\n    accept: [prefix]\n"
    "    history: [{version: 4.0.3, from: 2024-11-09, to: 2025-08-20}, {version: 4.1.0, from: 2025-08-20, to: "
    "2026-02-11}]\n"
    "  - id: proofer\n    aliases: [Proofer]\n    scheme: semver\n    version: 2.7.12\n"
    "    history: [{version: 2.6.30, from: 2025-01-15, to: 2026-03-28}]\n"
    "  - {id: quill, aliases: [Quill], scheme: semver, version: 1.9.0, history: [{version: 1.8.2, from: 2025-09-14, "
    "to: "
    "2026-01-05}]}\n"
    "  - {id: nib, aliases: [Nib], scheme: semver, history: [{version: 0.9.7, from: 2023-05-02, to: 2025-09-14}]}\n"
    "services: [{id: shop, aliases: [shop page], host: press}]\n";

static const char lead[] = "---\ntitle: t\ndate: 2026-06-20\n---\n\nThis is how we work on Kiln and the shop page.\n\n";

static void days_of_a_change(void **state) {
    (void)state;
    static const plain_line lines[] = {
        {"In % we moved to Kiln 4.2.1.", "October 2025", "February 2026"},
        {"Proofer is at 2.7.12, which we have used since %.", "May 2026", "March 2026"},
        {"Kiln 4.2.1 has been in use since %.", "May 2026", "February 2026"},
        {"The shop page has had two makers. Until % it was made by Nib.", "April 2026", "September 2025"},
        {"We used Nib until %.", "March 2025", "September 2025"},
        {"Until % we used Nib, and all was well.", "December 2024", "2025"},
        {"We moved from Nib to Quill in %.", "February 2026", "September 2025"},
        {"In % we replaced Nib with Quill.", "May 2025", "September 2025"},
        {"We switched from Nib to Quill on %.", "2025-11-03", "2025-09-14"},
    };
    expect_plain(printers, lead, lines, COUNT_OF(lines));
}

static void honest_lines_with_such_a_date(void **state) {
    (void)state;
    static const char *const texts[] = {
        "In October 2025 a friend moved to Kiln 4.2.1.",
        "We wanted to move from Nib to Quill in May 2025.",
        "If we had moved from Nib to Quill in May 2025, it would have been too early.",
        "We did not move from Nib to Quill in May 2025.",
        "On press we moved from Nib to Quill in May 2025.",
        "Did we move from Nib to Quill in May 2025?",
        "They used Nib until March 2026.",
        "In October 2025 half of the town moved to Kiln 4.2.1.",
        "In May 2025 we moved from Nib to Quill, and in September 2025 it was done.",
        "You used Nib until March 2026.",
        "We used Nib for the parish newsletter until March 2026.",
        "The parish newsletter was made by Nib until March 2026.",
        "> We used Nib until March 2026.",
        "We read about Nib until March 2026.",
        "We moved from Nib to Quill in late August 2025, step by step, and ended in September 2025.",
        "We moved from Nib to Quill in August 2025.",
        "Proofer 2.7.12 came out in March 2025.",
        "We have used Kiln since 2024.",
        "Since May 2026 we have run Proofer 2.7.12 without a crash.",
        "We moved to the new house in May 2025.",
        "In May 2025 we moved to a bigger desk.",
    };
    expect_each(printers, lead, texts, COUNT_OF(texts), false);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_of_a_change),
        cmocka_unit_test(honest_lines_with_such_a_date),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
