/* test_facts_version_tags.c - tags of container images: which name a release of the program that is declared, and which
 * a commit, a count of builds, or another publisher's year and month. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

static const char manifest[] =
    "assay-facts: 1\nas_of: 2026-11-20\n"
    "components:\n"
    "  - {id: vllm, aliases: [vLLM], scheme: pep440, version: 0.17.1, accept: [prefix], history: [{version: 0.16.0, "
    "to: 2026-05-01}]}\n"
    "  - {id: caddy, aliases: [Caddy], scheme: semver, version: 2.8.4, accept: [prefix], history: [{version: 2.7.6, "
    "to: "
    "2026-02-01}]}\n"
    "  - {id: postgres, aliases: [PostgreSQL, postgres], scheme: loose, version: '17.2', accept: [prefix], history: "
    "[{version: '16.4', to: 2026-02-01}]}\n"
    "  - {id: llama, aliases: [llama.cpp], scheme: loose, version: b8530, history: [{version: b8000, to: "
    "2026-02-01}]}\n"
    "  - {id: harbour, aliases: [harbour-pilot], scheme: loose, version: 3f2a9c1, history: [{version: 1a2b3c4, to: "
    "2026-02-01}]}\n"
    "hardware:\n"
    "  - {id: spark, aliases: [DGX Spark], attrs: {cores: {value: 20, unit: core}}, runs: [vllm, caddy, postgres, "
    "llama, harbour]}\n";

static const char lead[] = "These are my notes on the DGX Spark, which has 20 cores.\n\n";

static void releases(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "We run `vllm/vllm-openai:v0.9.1`.\n",
        "We run `vllm/vllm-openai:v0.9.1-cu130`.\n",
        "```yaml\nimage: vllm/vllm-openai:v0.9.1\n```\n",
        "We run `docker.io/library/caddy:2.6-alpine`.\n",
        "```yaml\nimage: registry.example.org/caddy:build-2.6.2\n```\n",
        "```yaml\nimage: postgres:14-alpine\n```\n",
        "```yaml\nimage: registry.example.org/postgres:15.10\n```\n", /* no year beside 17.2 */
        "```yaml\nimage: ghcr.io/ggml-org/llama.cpp:server-cuda-b8412\n```\n",
        "```yaml\nimage: ghcr.io/acme/harbour-pilot:sha-999bad5a\n```\n", /* of what is declared by its commit */
    };
    static const char *const clean[] = {
        "We run `vllm/vllm-openai:v0.17.1`.\n",
        "We run `vllm/vllm-openai:v0.17.1-cu130`.\n",
        "We run `docker.io/library/caddy:2.8-alpine`.\n",
        "```yaml\nimage: postgres:17-alpine\n```\n",
        "```yaml\nimage: ghcr.io/ggml-org/llama.cpp:server-cuda-b8530\n```\n",
        "```yaml\nimage: ghcr.io/acme/harbour-pilot:sha-3f2a9c1\n```\n",
    };
    expect_each(manifest, lead, untrue, COUNT_OF(untrue), true);
    expect_each(manifest, lead, clean, COUNT_OF(clean), false);
}

static void no_releases(void **state) {
    (void)state;
    static const char *const clean[] = {
        "`docker run --gpus all nvcr.io/nvidia/vllm:25.09-py3`\n",
        "We run nvcr.io/nvidia/vllm:25.09-py3 here.\n",
        "```yaml\nimage: nvcr.io/nvidia/vllm:25.10-py3\n```\n",
        "```sh\ndocker run -d --gpus all nvcr.io/nvidia/vllm:25.12.post1-py3\n```\n",
        "```yaml\nimage: vllm:25.09\n```\n",
        "```yaml\nimage: quay.io/acme/caddy:24.11\n```\n",
        "We run `vllm:sha-3f2a9c1`.\n",
        "`docker pull vllm:sha-3f2a9c1`\n",
        "```yaml\nimage: vllm/vllm-openai:nightly-3f2a9c1\n```\n",
        "```yaml\nimage: ghcr.io/acme/vllm:3f2a9c1\n```\n",
        "`docker pull registry.example.org/caddy:build-142`\n",
        "```yaml\nimage: registry.example.org/caddy:build-142\n```\n",
        "```yaml\nimage: registry.example.org/caddy:pr_1042-alpine\n```\n",
        "```yaml\nimage: registry.example.org/caddy:nightly-20260323\n```\n",
        "```yaml\nimage: ghcr.io/ggml-org/llama.cpp:server-vulkan\n```\n",
    };
    expect_each(manifest, lead, clean, COUNT_OF(clean), false);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(releases), cmocka_unit_test(no_releases)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
