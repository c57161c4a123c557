/* test_facts_typed.c - what a code block types or prints of a program that is declared absent: contradicted whatever
 * harmless words lead into it, unverified where they are thought of, past, somebody else's or for another machine, and
 * no claim where they deny it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "facts/claim.h"
#include "base/str.h"
#include "tests/support/contradicted.h"
#include "tests/support/verdicts.h"

static const char heath[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "hardware:\n"
    "  - {id: heath, aliases: [heath, Heath], location: Ghent, attrs: {memory: {value: '128', unit: GB}}}\n"
    "components:\n"
    "  - {id: nginx, aliases: [nginx]}\n"
    "absent:\n"
    "  - {match: [Ollama, SGLang, Grafana, Redis]}\n";

#define HEATH "These are my notes on Heath (128 GB of memory), which stands in Ghent.\n\n"
#define BELOW(lead) lead "\n\n```bash\nollama pull qwen3\n```\n"
#define TYPED(lines) "This runs on Heath:\n\n```console\n" lines "\n```\n"

static void leads_that_deny_nothing(void **state) {
    (void)state;
    static const char *const untrue[] = {
        BELOW("Install it like this:"),
        BELOW("It takes less than a minute:"),
        BELOW("Nothing fancy here:"),
        BELOW("You cannot skip this step:"),
        BELOW("This could not be simpler:"),
        BELOW("Test it:"),
        BELOW("Try it:"),
        BELOW("Start your model:"),
        BELOW("## Step 3: Your first model"),
        BELOW("You can install it with one line:"),
        BELOW("## What you need"),
        BELOW("It is not strictly needed, but I like it:"),
    };
    static const char *const honest[] = {
        BELOW("What I do not run, and what it would take:"),
        BELOW("You do not need this:"),
        BELOW("I never got around to this:"),
        BELOW("What not to do:"),
        BELOW("## What I do not use"),
        BELOW("I removed it in spring. It had been started so:"),
        BELOW("If you have no GPU, this is how:"),
        BELOW("An alternative would be:"),
        BELOW("## Alternatives"),
        BELOW("I could have used this:"),
        BELOW("On a laptop you would type:"),
        BELOW("Try it on your own machine:"),
        BELOW("Readers with a Mac start here:"),
        BELOW("The tutorial says:"),
        BELOW("We used to start it like this:"),
        BELOW("I tried this in spring:"),
    };
    expect_each(heath, HEATH, untrue, COUNT_OF(untrue), true);
    expect_each(heath, HEATH, honest, COUNT_OF(honest), false);
}

static void other_lines(void **state) {
    (void)state;
    static const char *const untrue[] = {
        TYPED("$ docker run -d -p 11434:11434 ollama/ollama"),
        TYPED("$ podman run redis"),
        TYPED("$ python3 -m sglang.launch_server --model x"),
        TYPED("$ curl -fsSL https://ollama.com/install.sh | sh"),
        TYPED("$ systemctl status ollama\n● ollama.service - Ollama Service\n   Active: active (running) since Mon"),
        TYPED("$ docker ps\nCONTAINER ID   IMAGE     STATUS       NAMES\n3f2c9a1b7d60   redis:7   Up 3 weeks   cache"),
    };
    static const char *const honest[] = {
        TYPED("$ docker run -d --name redis nginx"),
        TYPED("$ docker run -d nginx redis"),
        TYPED("$ python3 -m http.server --directory sglang"),
        TYPED("$ curl -s https://ollama.com/blog"),
        TYPED("$ systemctl status ollama\nUnit ollama.service could not be found."),
        TYPED("$ systemctl status ollama\n○ ollama.service - Ollama\n   Active: inactive (dead)"),
        TYPED("$ docker ps\nCONTAINER ID   IMAGE     STATUS       NAMES\n3f2c9a1b7d60   nginx     Up 3 weeks   web"),
        TYPED("$ docker run -d ollama/ollama\ndocker: command not found"),
    };
    expect_each(heath, HEATH, untrue, COUNT_OF(untrue), true);
    expect_each(heath, HEATH, honest, COUNT_OF(honest), false);
}

static void what_is_doubted_is_not_paid(void **state) {
    (void)state;
    static const told cases[] = {
        {HEATH BELOW("Readers with a Mac start here:"), "ollama", VERDICT_UNVERIFIED, NULL},
        {HEATH BELOW("An alternative would be:"), "ollama", VERDICT_UNVERIFIED, NULL},
        {HEATH TYPED("$ systemctl status ollama"), "ollama", VERDICT_UNVERIFIED, NULL},
        {HEATH "If you have no GPU, install Ollama.", "Ollama", VERDICT_UNVERIFIED, NULL},
        {HEATH "If it is late, I do not use Ollama.", "Ollama", VERDICT_SUPPORTED, "denial"},
        {HEATH "I do not use Ollama.", "Ollama", VERDICT_SUPPORTED, "denial"},
        {HEATH BELOW("Some say that you do not need it."), "ollama", VERDICT_UNVERIFIED, NULL},
        {HEATH BELOW("You do not need this:"), "ollama", VERDICT_COUNT, NULL},
        {HEATH TYPED("$ systemctl status ollama\nUnit ollama.service could not be found."), "ollama", VERDICT_COUNT,
         NULL},
    };
    expect_verdicts(heath, cases, COUNT_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(leads_that_deny_nothing), cmocka_unit_test(other_lines),
                                       cmocka_unit_test(what_is_doubted_is_not_paid)};
    return cmocka_run_group_tests_name("facts: what is typed of absent things", tests, NULL, NULL);
}
