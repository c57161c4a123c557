/* test_facts_told_changes.c - what the article tells as changed was so once: the earlier value in another place is no
 * falsehood. Where that place says that it is so now, or nothing tells of a change, it is one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"
#include "tests/support/judged.h"

static const char facts[] = "assay-facts: 1\nas_of: 2026-05-18\n"
                            "scopes:\n"
                            "  packages: {world: open}\n"
                            "components:\n"
                            "  - {id: k3s, aliases: [k3s], scheme: semver, version: '1.34.6', accept: [prefix],\n"
                            "     history: [{version: '1.33.4', to: 2026-04-18}]}\n"
                            "  - {id: vllm, aliases: [vLLM], scheme: pep440, version: '0.17.0', accept: [prefix]}\n"
                            "  - id: sglang\n"
                            "    aliases: [SGLang]\n"
                            "    attrs:\n"
                            "      fraction: {value: '0.78', aliases: [memory fraction]}\n"
                            "      slots: {value: '12', unit: slot, aliases: [parallel jobs]}\n"
                            "hardware:\n"
                            "  - id: halo\n"
                            "    aliases: [Halo Station, halo]\n"
                            "    attrs:\n"
                            "      power_limit: {value: '280', unit: W, aliases: [power limit]}\n"
                            "absent:\n"
                            "  - {match: [Proxmox], in: packages}\n";

static const char lead[] = "These are my notes on the Halo Station.\n\n";
#define CLEAN(texts) expect_each(facts, lead, texts, COUNT_OF(texts), false)
#define FALSE(texts) expect_each(facts, lead, texts, COUNT_OF(texts), true)

static void numbers(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "SGLang was set to a memory fraction of 0.85, so it held 103 GiB.\n",
        /* it is said to be so now */
        "SGLang is set to a memory fraction of 0.85.\n\nThe memory fraction went down from 0.85 to 0.78.\n",
        /* the true value stands there, and this one says that it is so now */
        "SGLang runs with a memory fraction of 0.85.\n\n## Before\n\nThe memory fraction is 0.78.\n",
    };
    static const char *const clean[] = {
        "SGLang was set to a memory fraction of 0.85, so it held 103 GiB.\n\n## After\n\nThe memory fraction went down "
        "from 0.85 to 0.78.\n",
        "SGLang was set to a memory fraction of 0.85.\n\n## After\n\nThe memory fraction is 0.78 instead of 0.85.\n",
    };
    FALSE(untrue);
    CLEAN(clean);
}

static void releases(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "We run k3s 1.33.4 here.\n",
        "We run k3s 1.33.4 here.\n\n## k3s 1.33 to 1.34\n\nIt took a morning.\n",
    };
    static const char *const clean[] = {
        "## k3s 1.33 to 1.34\n\nIt took a morning.\n",
        "## k3s 1.33 to 1.34\n\n**The nodes.** Three of them, with etcd. k3s v1.33.4. Nothing else.\n",
    };
    FALSE(untrue);
    CLEAN(clean);
}

static void in_the_same_section(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "SGLang was configured for six parallel jobs.\n",
        "SGLang has six parallel jobs.\n\n## Elsewhere\n\nSGLang has 12 parallel jobs.\n",
        "We run Proxmox on the Halo Station.\n\n## Why\n\nWe have no Proxmox.\n",
        "Every night we run Proxmox here.\n\n## Why\n\nWe have no Proxmox.\n",
        "There is also Proxmox on it.\n\n## Why\n\nWe have no Proxmox.\n",
    };
    static const char *const clean[] = {
        "SGLang was configured for six parallel jobs. Today there are 12 parallel jobs on SGLang.\n",
        "Nearly every such post starts with Proxmox.\n\n## Why\n\nWe have no Proxmox.\n",
    };
    FALSE(untrue);
    CLEAN(clean);
}

/* Without a declared history nothing is known of what it was. */
static void of_another_time(void **state) {
    (void)state;
    static const said cases[] = {
        {"These are my notes on the Halo Station.\n\n| Layer | Before | After |\n|---|---|---|\n"
         "| vLLM | 0.9.2 | 0.19.0 |\n",
         "0.19.0"},
        {"The previous vLLM 0.9.2 on the Halo Station needed a patch.\n", ""},
        {"These are my notes on the Halo Station.\n\n| What | October 2025 | October 2026 |\n|---|---|---|\n"
         "| SGLang: parallel jobs | 8 | 12 |\n",
         ""},
        {"With its old driver the Halo Station reports vLLM 0.9.2.\n", "0.9.2"},
        {"We run vLLM 0.9.2 on the Halo Station.\n", "0.9.2"},
    };
    expect_contradicted(facts, cases, COUNT_OF(cases));
}

/* A change of another value ends at the true one, and says nothing of this. */
static void by_the_change_of_it_alone(void **state) {
    (void)state;
    static const said cases[] = {
        {"The Halo Station was delivered with a power limit of 350 W.\n\n## Later\n\nThe power limit of the Halo "
         "Station "
         "went down from 350 W to 280 W. It is 280 W.\n",
         ""},
        {"The Halo Station was delivered with a power limit of 350 W.\n\n## Later\n\nThe fan went down from 320 W to "
         "280 W. The power limit of the Halo Station is 280 W.\n",
         "350 W"},
    };
    expect_contradicted(facts, cases, COUNT_OF(cases));
}

/* Both ends of a step must be versions that it had, the older first. */
static void steps_of_the_history(void **state) {
    (void)state;
    static const struct {
        const char *body, *step;
        bool supported;
    } cases[] = {{"# Halo Station\n\n## k3s 1.33 to 1.34\n\nIt took a morning.\n", "1.33 to 1.34", true},
                 {"# Halo Station\n\n## k3s 1.20 to 1.34\n\nIt took a morning.\n", "1.20 to 1.34", false},
                 {"# Halo Station\n\n## k3s 1.33 to 1.40\n\nIt took a morning.\n", "1.33 to 1.40", false}};
    manifest *m = judged_manifest(facts);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        judged x = judged_text(m, "x.md", str_from_cstr(cases[i].body), true);
        const claim *c = judged_claim(&x, cases[i].step, 0);
        if ((c && c->verdict == VERDICT_SUPPORTED) != cases[i].supported) fail_msg("%s", cases[i].body);
        judged_free(&x);
    }
    manifest_free(m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers),
        cmocka_unit_test(releases),
        cmocka_unit_test(in_the_same_section),
        cmocka_unit_test(of_another_time),
        cmocka_unit_test(by_the_change_of_it_alone),
        cmocka_unit_test(steps_of_the_history),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
