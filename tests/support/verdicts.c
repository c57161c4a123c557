#include "tests/support/verdicts.h"

#include "base/buf.h"
#include "tests/support/judged.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

const char anvil_operation[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "scopes:\n"
    "  gpus: {world: closed, kind: gpu-model, host: anvil, members: [GX9]}\n"
    "  processes: {world: closed, categories: [quality, backup]}\n"
    "components:\n"
    "  - {id: caddy, aliases: [Caddy], scheme: semver, version: 2.8.4, accept: [prefix]}\n"
    "  - {id: model, aliases: [Otter]}\n"
    "hardware:\n"
    "  - {id: anvil, aliases: [Anvil, GX9], attrs: {memory: {value: '128', unit: GB, aliases: [RAM, unified memory]},"
    " cpu_cores: {value: '20', unit: core, aliases: [cores, core CPU]},"
    " storage: {value: '4', unit: TB, aliases: [NVMe, SSD]}}}\n"
    "absent:\n"
    "  - {match: [A100], in: gpus, note: none}\n"
    "services:\n"
    "  - {id: engine, aliases: [engine], host: anvil, port: 8001, runs: [model]}\n"
    "  - {id: desk, aliases: [desk], host: anvil, exposes: {world: closed, items: [guest list, key export]}}\n"
    "processes:\n"
    "  - {id: backup, category: backup, aliases: [backup], cadence: every night}\n"
    "benchmarks:\n"
    "  - {id: rate, subject: [model], metric: decode, value: '59.7', unit: tok/s}\n";

const char dated_article[] = "---\ntitle: T\ndate: 2026-05-18\n---\n\n";

static unsigned is_otherwise(const manifest *m, const char *before, const told *one) {
    buf text = {0};
    buf_printf(&text, "%s%s\n", before, one->text);
    judged x = judged_text(m, "t.md", buf_view(&text), true);
    const claim *met = NULL;
    for (size_t k = 0; k < x.claims.n && !met; k++)
        if (str_eq(x.claims.at[k].quote, str_from_cstr(one->quote))) met = &x.claims.at[k];
    enum verdict is = met ? met->verdict : VERDICT_COUNT;
    buf proof = {0};
    if (met) buf_printf(&proof, "%.*s says %.*s: %.*s", STR_ARG(met->fact), STR_ARG(met->says), STR_ARG(met->why));
    bool proved = !one->proof || str_find(buf_view(&proof), str_from_cstr(one->proof), 0) >= 0;
    bool otherwise = is != one->verdict || !proved;
    if (otherwise)
        print_error("%s\n  is %s, \"%.*s\"\n", one->text, met ? verdict_name(is) : "no claim",
                    STR_ARG(buf_view(&proof)));
    buf_free(&proof);
    judged_free(&x);
    buf_free(&text);
    return otherwise;
}

void expect_verdicts_behind(const char *before, const char *manifest_yaml, const told *cases, size_t n) {
    manifest *m = judged_manifest(manifest_yaml);
    unsigned wrong = 0;
    for (size_t i = 0; i < n; i++) wrong += is_otherwise(m, before, &cases[i]);
    manifest_free(m);
    assert_int_equal(wrong, 0);
}

void expect_verdicts(const char *manifest_yaml, const told *cases, size_t n) {
    expect_verdicts_behind("", manifest_yaml, cases, n);
}
