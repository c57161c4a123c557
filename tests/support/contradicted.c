#include "tests/support/contradicted.h"

#include "base/buf.h"
#include "tests/support/judged.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

const char halo_station[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "components:\n"
    "  - {id: ubuntu, aliases: [Ubuntu], scheme: calver, version: '24.04', accept: [prefix]}\n"
    "  - {id: cuda, aliases: [CUDA, CUDA toolkit], scheme: semver, version: '13.0.2', accept: [prefix]}\n"
    "  - {id: driver, aliases: [NVIDIA driver, nvidia-driver], scheme: loose, version: '580.95.05', accept: [prefix]}\n"
    "  - {id: vllm, aliases: [vLLM], scheme: pep440, version: '0.17.0', accept: [prefix]}\n"
    "  - {id: sglang, aliases: [SGLang], scheme: loose, version: nightly-20260323}\n"
    "  - {id: caddy, aliases: [Caddy]}\n"
    "hardware:\n"
    "  - id: halo\n"
    "    aliases: [Halo Station, halo]\n"
    "    attrs:\n"
    "      memory: {value: '128', unit: GB, aliases: [unified memory, RAM]}\n"
    "      cpu_cores: {value: '20', unit: core, aliases: [cores]}\n"
    "      storage: {aliases: [NVMe, disk], views: {spec: {value: '4', unit: TB}, visible: {value: '3.7', unit: TB}}}\n"
    "services:\n"
    "  - {id: inference, aliases: [inference engine], host: halo, port: '30001', runs: [vllm]}\n"
    "hosts:\n"
    "  - {id: vps, aliases: [VPS], runs: {world: closed, items: [caddy]}}\n";

const char halo_lead[] = "These are my notes on the Halo Station, and the Halo Station has 128 GB of memory.\n\n";

const char invented_operation[] =
    "assay-facts: 1\n"
    "as_of: 2026-05-18\n"
    "scopes:\n"
    "  gpus: {world: closed, kind: gpu-model, host: anvil, members: [GX9]}\n"
    "  accelerators: {world: closed, kind: accelerator, host: anvil, members: [GX9]}\n"
    "  locations: {world: closed, kind: location, members: [Oslo, Riga]}\n"
    "  processes: {world: closed, categories: [quality, training]}\n"
    "components:\n"
    "  - {id: ubuntu, aliases: [Ubuntu], scheme: calver, version: \"24.04\", accept: [prefix]}\n"
    "  - {id: debian, aliases: [Debian], scheme: loose, version: \"12.9\", accept: [prefix]}\n"
    "  - {id: gpu-driver, aliases: [NVIDIA driver, nvidia-driver, Driver Version, NVIDIA-SMI], scheme: loose,\n"
    "     version: \"580.95.05\", accept: [prefix], history: [{version: \"570.86.10\", to: 2026-01-10}]}\n"
    "  - {id: tern, aliases: [Tern, tern-server], scheme: semver, version: 0.17.0, accept: [prefix],\n"
    "     history: [{version: 0.14.2, to: 2026-03-02}]}\n"
    "  - {id: heron, aliases: [Heron], scheme: semver, version: 2.4.1, accept: [prefix]}\n"
    "  - {id: caddy, aliases: [Caddy], scheme: semver, version: 2.10.2, accept: [prefix],\n"
    "     history: [{version: 2.8.4, to: 2026-02-01}]}\n"
    "  - {id: psql, aliases: [PostgreSQL], scheme: semver, version: \"16.12\", accept: [prefix]}\n"
    "  - {id: kernel, aliases: [kernel, Linux kernel], scheme: deb, version: 6.14.0-1015, accept: [prefix]}\n"
    "packages:\n"
    "  - {name: postgresql-16, scheme: deb, version: 16.12-1.pgdg120+1}\n"
    "hardware:\n"
    "  - id: anvil\n"
    "    aliases: [Anvil, GX9]\n"
    "    attrs:\n"
    "      memory: {value: 128, unit: GB, aliases: [unified memory, RAM]}\n"
    "      cpu_cores: {value: 20, unit: core, aliases: [cores]}\n"
    "absent:\n"
    "  - {match: [B100, A100], in: gpus, note: one GX9 and nothing else}\n"
    "  - {match: [NPU, TPU], in: accelerators, note: no NPU}\n"
    "  - {match: [BLEU, retrain, retraining], in: processes, note: nothing is retrained}\n"
    "services:\n"
    "  - {id: inference, aliases: [inference engine], host: anvil, port: 30001, runs: [tern]}\n"
    "  - {id: fallback, aliases: [fallback endpoint], host: anvil, port: 30000, runs: [heron]}\n"
    "  - {id: site, aliases: [public site], host: perch, port: 443, runs: [caddy]}\n"
    "  - id: tools\n"
    "    aliases: [tool server]\n"
    "    host: anvil\n"
    "    port: 30010\n"
    "    exposes: {world: closed, items: [blog search, article fetch, tag listing]}\n"
    "hosts:\n"
    "  - {id: perch, aliases: [VPS, perch, 10.9.0.2], location: Oslo, runs: {world: closed, items: [caddy]}}\n"
    "  - {id: nest, aliases: [backup box], location: Riga}\n"
    "processes:\n"
    "  - {id: publish, category: release, aliases: [publish], cadence: on each article, steps: [draft, score, read, "
    "ship],\n"
    "     order: strict}\n"
    "  - {id: drill, category: backup, aliases: [restore drill], cadence: \"every Sunday at 03:10\"}\n"
    "output_signatures:\n"
    "  - {cmd: uname -r, host: anvil, equals: 6.14.0-1015}\n"
    "  - {cmd: lsblk, host: anvil, field: SIZE, equals: 3.6T}\n"
    "  - {cmd: zpool status tank, host: anvil, field: state, equals: ONLINE}\n"
    "  - {cmd: nvidia-smi, host: anvil, field: Name, equals: NVIDIA GX9}\n";

/* The quotes of what is contradicted, in order, parted by " | "; free it. */
static buf contradicted_in(const manifest *m, str page) {
    buf found = {0};
    judged x = judged_text(m, "t.md", page, true);
    for (size_t k = 0; k < x.claims.n; k++) {
        if (x.claims.at[k].verdict != VERDICT_CONTRADICTED) continue;
        if (found.n) buf_cstr(&found, " | ");
        buf_str(&found, x.claims.at[k].quote);
    }
    judged_free(&x);
    return found;
}

/* 1 where the text behind the lead comes out otherwise, which it prints; else 0. */
static unsigned is_otherwise(const manifest *m, const char *lead, str text, bool contradicted) {
    buf page = {0};
    buf_printf(&page, "%s\n\n%.*s\n", lead, STR_ARG(text));
    buf found = contradicted_in(m, buf_view(&page));
    bool otherwise = (found.n > 0) != contradicted;
    if (otherwise) print_error("%.*s\n  contradicted: \"%.*s\"\n", STR_ARG(text), STR_ARG(buf_view(&found)));
    buf_free(&page);
    buf_free(&found);
    return otherwise;
}

void expect_each(const char *manifest_yaml, const char *lead, const char *const *texts, size_t n, bool contradicted) {
    manifest *m = judged_manifest(manifest_yaml);
    unsigned wrong = 0;
    for (size_t i = 0; i < n; i++) wrong += is_otherwise(m, lead, str_from_cstr(texts[i]), contradicted);
    manifest_free(m);
    assert_int_equal(wrong, 0);
}

void expect_plain(const char *manifest_yaml, const char *lead, const plain_line *lines, size_t n) {
    manifest *m = judged_manifest(manifest_yaml);
    unsigned wrong = 0;
    for (size_t i = 0; i < n; i++) {
        str line = str_from_cstr(lines[i].line);
        ptrdiff_t gap = str_find_byte(line, '%', 0);
        assert_true(gap >= 0);
        for (int right = 0; right < 2; right++) {
            if (!right && !lines[i].wrong[0]) continue;
            buf text = {0};
            buf_printf(&text, "%.*s%s%.*s", STR_ARG(str_slice(line, 0, gap)), right ? lines[i].right : lines[i].wrong,
                       STR_ARG(str_slice(line, gap + 1, line.n)));
            wrong += is_otherwise(m, lead, buf_view(&text), !right);
            buf_free(&text);
        }
    }
    manifest_free(m);
    assert_int_equal(wrong, 0);
}

void expect_contradicted(const char *manifest_yaml, const said *cases, size_t n) {
    manifest *m = judged_manifest(manifest_yaml);
    unsigned wrong = 0;
    for (size_t i = 0; i < n; i++) {
        buf page = {0};
        buf_printf(&page, "---\ntitle: T\ndate: 2026-05-18\n---\n\n%s\n", cases[i].text);
        buf found = contradicted_in(m, buf_view(&page));
        if (!str_eq(buf_view(&found), str_from_cstr(cases[i].contradicted))) {
            wrong++;
            print_error("%s\n  contradicted: \"%.*s\"\n  wanted:       \"%s\"\n", cases[i].text,
                        STR_ARG(buf_view(&found)), cases[i].contradicted);
        }
        buf_free(&page);
        buf_free(&found);
    }
    manifest_free(m);
    assert_int_equal(wrong, 0);
}
