/* test_facts_articles.c - whole articles as local models write them: every planted falsehood is contradicted, and
 * nothing of the same article told truly is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

static void invented_from_end_to_end(void **state) {
    (void)state;
    static const said cases[] = {
        {"## Hardware\n\n"
         "- **Host:** Anvil, GX9, 96 GB unified memory, 24 cores\n"
         "- **GPU:** NVIDIA B100\n"
         "- **OS:** Ubuntu 22.04 LTS, NVIDIA driver 550.54.15\n"
         "- **Engine:** Tern 0.6.3, port 8000\n"
         "- **VPS:** hosted in Frankfurt, running Nginx\n\n"
         "Its NPU handles the embeddings. My laptop has an NPU as well.\n\n"
         "## Software\n\n"
         "I run Tern 0.6.3 on Ubuntu 22.04. The package is nvidia-driver-550.\n\n"
         "```yaml\nservices:\n  inference:\n    image: acme/tern-server:v0.6.3\n    ports:\n      - "
         "\"8080:8000\"\n```\n\n"
         "```console\n$ tern-server --version\n0.6.3\n$ lsb_release -a\nDistributor ID: Ubuntu\nRelease: 22.04\n```\n\n"
         "## Tools\n\n"
         "My tool server gives the model access to the file system. It also exposes shell execution, blog search and "
         "email.\n\n"
         "The public site runs on the Anvil. I verify the outputs weekly.\n",
         "96 GB | 24 cores | B100 | 22.04 LTS | 550.54.15 | 0.6.3 | port 8000 | Frankfurt | Nginx | NPU | 0.6.3 | "
         "22.04 | "
         "nvidia-driver-550 | acme/tern-server:v0.6.3 | 8080 | 0.6.3 | 22.04 | file system | shell execution | email | "
         "public site runs on the Anvil | verify the outputs weekly"},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

static void the_same_told_truly(void **state) {
    (void)state;
    static const said cases[] = {
        {"## Hardware\n\n"
         "- **Host:** Anvil, GX9, 128 GB unified memory, 20 cores\n"
         "- **GPU:** GX9, no B100\n"
         "- **NPU:** none\n"
         "- **OS:** Ubuntu 24.04.2 LTS, NVIDIA driver 580.95.05\n"
         "- **Engine:** Tern 0.17.0, port 30001\n"
         "- **VPS:** hosted in Oslo, running Caddy\n\n"
         "An A100 has 80 GB. I don't have a B100, an A100 or an NPU. My laptop has an NPU.\n\n"
         "## Software\n\n"
         "I run Tern 0.17.0 on Ubuntu 24.04. Until March 2026 it was 0.14.2. Tern 0.16 introduced the flag that I use. "
         "Many guides still say to install nvidia-driver-550. The wheel was compiled for Tern 0.16.\n\n"
         "```yaml\nservices:\n  inference:\n    image: acme/tern-server:v0.17.0\n    ports:\n      - \"30001:8000\"\n"
         "    healthcheck:\n      test: curl http://localhost:8000/health\n```\n\n"
         "```console\n$ tern-server --version\n0.17.0\n$ lsb_release -a\nDescription: Ubuntu 24.04.2 LTS\nRelease: "
         "24.04\n"
         "$ psql --version\npsql (PostgreSQL) 16.12 (Debian 16.12-1.pgdg120+1)\n```\n\n"
         "## Tools\n\n"
         "My tool server gives the model no access to the file system. It exposes blog search, article fetch and tag "
         "listing; it lets the model search the blog. My editor gives me access to the file system.\n\n"
         "The VPS runs Caddy, not Nginx. A customer in Frankfurt asked for Nginx. The inference engine sends images on "
         "to "
         "port 30000. The public site runs on perch. I publish weekly, and review code daily for another project.\n",
         ""},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

/* Habits, triggers and places of our own, said in passing. */
static void in_passing(void **state) {
    (void)state;
    static const said cases[] = {
        {"If accuracy falls below 90 percent, I fine-tune the adapter again.\n", "I fine-tune"},
        {"When the loss rises, we validate the outputs.\n", "we validate"},
        {"If a draft passes, I publish it.\n", ""},
        {"If you see a drop, fine-tune the adapter.\n", ""},
        {"If accuracy fell, I would fine-tune the adapter.\n", ""},
        {"If the score drops, I do not fine-tune anything.\n", ""},
        {"If it rains, I train for a marathon.\n", ""},
        {"Every Sunday I rerun the evaluation suite.\n", "Every Sunday I rerun the evaluation"},
        {"Each week we run a regression audit of the articles.\n", "Each week we run a regression"},
        {"Every Sunday the vendor runs an evaluation suite.\n", ""},
        {"Every Sunday I read about evaluation.\n", ""},
        {"The two A100 GPUs in my rack handle embeddings.\n", "A100"},
        {"An NPU inside our server takes care of speech.\n", "NPU"},
        {"An A100 in a data centre costs more than this box.\n", ""},
        {"There are no A100 GPUs in my rack.\n", ""},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(invented_from_end_to_end),
                                       cmocka_unit_test(the_same_told_truly), cmocka_unit_test(in_passing)};
    return cmocka_run_group_tests_name("facts: whole articles", tests, NULL, NULL);
}
