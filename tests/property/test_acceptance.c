/* The published article and its operator's ground truth: what comes out, exactly. Reads ../shared/acceptance/ relative
 * to the repository root and skips where that is absent. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>
#include <cmocka.h>

#include "tests/support/judged.h"

static const char *const ARTICLE = "../shared/acceptance/article-a.md";
static const char *const STACK = "../shared/acceptance/stack.yaml";

static bool line_in(uint32_t line, const uint32_t *lines, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (lines[i] == line) return true;
    return false;
}

static manifest *open_stack(void) {
    manifest *m = NULL;
    error e = {0};
    if (manifest_load_files(&STACK, 1, &m, &e)) print_error("%s:%u: %s\n", STACK, e.line, e.message);
    assert_non_null(m);
    return m;
}

static void article_a(void **state) {
    (void)state;
    if (access(ARTICLE, R_OK)) {
        print_message("# SKIP: ../shared/acceptance is not there\n");
        return;
    }
    static const uint32_t contradicted[] = {33, 37, 43}, supported[] = {3, 11, 27, 29, 31, 43, 53, 75};
    manifest *m = open_stack();
    judged x = judged_file(m, ARTICLE, false);
    uint64_t seen_false = 0, seen_true = 0;
    for (size_t i = 0; i < x.claims.n; i++) {
        const claim *c = &x.claims.at[i];
        uint32_t line = judged_line(&x, c);
        if (c->verdict == VERDICT_CONTRADICTED) {
            print_message("# %u contradicted \"%.*s\": %.*s\n", line, STR_ARG(c->quote), STR_ARG(c->why));
            assert_true(line_in(line, contradicted, COUNT_OF(contradicted)));
            for (size_t k = 0; k < COUNT_OF(contradicted); k++) seen_false |= (uint64_t)(contradicted[k] == line) << k;
        }
        if (c->verdict == VERDICT_SUPPORTED || c->verdict == VERDICT_UNDERSPECIFIED) {
            print_message("# %u supported \"%.*s\": %.*s\n", line, STR_ARG(c->quote), STR_ARG(c->fact));
            assert_true(line_in(line, supported, COUNT_OF(supported)));
            for (size_t k = 0; k < COUNT_OF(supported); k++) seen_true |= (uint64_t)(supported[k] == line) << k;
        }
        if (c->verdict == VERDICT_UNVERIFIED && c->credit_bearing)
            print_message("# %u unverified \"%.*s\"\n", line, STR_ARG(c->quote));
    }
    assert_int_equal(seen_false, (1u << COUNT_OF(contradicted)) - 1);
    assert_int_equal(seen_true, (1u << COUNT_OF(supported)) - 1);
    static const struct {
        const char *text;
        enum verdict verdict;
    } exact[] = {{"I verify this loss weekly", VERDICT_CONTRADICTED},
                 {"BLEU", VERDICT_CONTRADICTED},
                 {"I retrain", VERDICT_CONTRADICTED},
                 {"NPU", VERDICT_CONTRADICTED},
                 {"local file system", VERDICT_CONTRADICTED},
                 {"git repository", VERDICT_CONTRADICTED},
                 {"my database", VERDICT_CONTRADICTED},
                 {"single NVIDIA", VERDICT_SUPPORTED},
                 {"GB10, 121GB", VERDICT_SUPPORTED},
                 {"121GB UIM", VERDICT_SUPPORTED},
                 {"single node", VERDICT_SUPPORTED},
                 {"Blackwell GB10", VERDICT_SUPPORTED},
                 {"121 GB of unified", VERDICT_SUPPORTED},
                 {"~35B", VERDICT_SUPPORTED},
                 {"35-billion", VERDICT_SUPPORTED},
                 {"121 GB unified", VERDICT_SUPPORTED},
                 {"approximately 70 tokens", VERDICT_SUPPORTED},
                 {"does not run any AI", VERDICT_SUPPORTED},
                 {"MCP server on the DGX", VERDICT_SUPPORTED},
                 {"24.04", VERDICT_SUPPORTED}};
    for (size_t i = 0; i < COUNT_OF(exact); i++) {
        const claim *c = judged_claim(&x, exact[i].text, 0);
        if (!c || c->verdict != exact[i].verdict)
            print_error("\"%s\": %s, wanted %s\n", exact[i].text, c ? verdict_name(c->verdict) : "no claim",
                        verdict_name(exact[i].verdict));
        assert_true(c && c->verdict == exact[i].verdict);
    }
    judged_free(&x);
    manifest_free(m);
}

/* An article of the kind that is kept back, written for this test. */
static const char SECOND[] =
    "---\ntitle: \"Best practices for my local AI stack\"\ndate: 2026-05-20\nstyle: best_practice_learnings\n---\n\n"
    "## Hardware\n\nI run everything on one box at home, a DGX Spark.\n\n"
    "- **GPU:** NVIDIA B100, 24 GB VRAM, 64-core CPU\n- **Storage:** 2 TB NVMe SSD\n- **OS:** Ubuntu 22.04 LTS\n\n"
    "## Software\n\nI serve models with vLLM 0.6.3 on CUDA 12.4. The driver comes from the package "
    "`nvidia-driver-550`.\n\n"
    "```yaml\nservices:\n  vllm:\n    image: vllm/vllm-openai:v0.6.3\n```\n\n"
    "```text\n+---------------------------------------------------------------------------------------+\n"
    "| NVIDIA-SMI 550.54.14              Driver Version: 550.54.14      CUDA Version: 12.4     |\n"
    "|-----------------------------------------+----------------------+----------------------+\n"
    "| GPU  Name                 Persistence-M | Bus-Id        Disp.A | Volatile Uncorr. ECC |\n"
    "| Fan  Temp   Perf          Pwr:Usage/Cap |         Memory-Usage | GPU-Util  Compute M. |\n"
    "|=========================================+======================+======================|\n"
    "|   0  NVIDIA B100                    On  | 00000000:01:00.0 Off |                    0 |\n"
    "| N/A   45C    P0              70W / 700W |  18432MiB / 24576MiB |     34%      Default |\n"
    "+-----------------------------------------+----------------------+----------------------+\n```\n\n"
    "## Delivery\n\nThe blog is served from a hardened VPS in Frankfurt. The VPS runs Caddy.\n\n"
    "## Tools\n\nThe MCP server exposes a SQL console, my calendar and blog search.\n";

static void second_article(void **state) {
    (void)state;
    if (access(STACK, R_OK)) {
        print_message("# SKIP: ../shared/acceptance is not there\n");
        return;
    }
    manifest *m = open_stack();
    judged x = judged_text(m, "second.md", str_from_cstr(SECOND), false);
    static const struct {
        const char *text;
        unsigned occurrence;
        enum verdict verdict;
    } want[] = {{"NVIDIA B100", 0, VERDICT_CONTRADICTED},
                {"24 GB VRAM", 0, VERDICT_CONTRADICTED},
                {"64-core", 0, VERDICT_CONTRADICTED},
                {"2 TB", 0, VERDICT_CONTRADICTED},
                {"22.04", 0, VERDICT_CONTRADICTED},
                {"0.6.3", 0, VERDICT_CONTRADICTED},
                {"CUDA 12.4", 0, VERDICT_CONTRADICTED},
                {"nvidia-driver-550", 0, VERDICT_CONTRADICTED},
                {"vllm-openai:v0.6.3", 0, VERDICT_CONTRADICTED},
                {"Driver Version: 550.54.14", 0, VERDICT_CONTRADICTED},
                {"CUDA Version: 12.4", 0, VERDICT_CONTRADICTED},
                {"NVIDIA B100 ", 0, VERDICT_CONTRADICTED},
                {"24576MiB", 0, VERDICT_CONTRADICTED},
                {"Frankfurt", 0, VERDICT_CONTRADICTED},
                {"SQL console", 0, VERDICT_CONTRADICTED},
                {"my calendar", 0, VERDICT_CONTRADICTED},
                {"blog search", 0, VERDICT_SUPPORTED}};
    unsigned wrong = 0;
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        const claim *c = judged_claim(&x, want[i].text, want[i].occurrence);
        if (c && c->verdict == want[i].verdict) continue;
        wrong++;
        print_error("\"%s\": %s, wanted %s; %.*s\n", want[i].text, c ? verdict_name(c->verdict) : "no claim",
                    verdict_name(want[i].verdict), STR_ARG(c ? c->why : STR("")));
    }
    assert_int_equal(wrong, 0);
    judged_free(&x);
    manifest_free(m);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(article_a), cmocka_unit_test(second_article)};
    return cmocka_run_group_tests_name("acceptance", tests, NULL, NULL);
}
