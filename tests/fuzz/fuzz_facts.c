/* fuzz_facts.c - any bytes as an article, judged against a manifest that has one of everything.
 *
 * The first byte chooses: about us or not, no manifest at all, and which half of the input is an article or an addition
 * to the manifest. What comes out must hold: spans inside the source, quotes not empty, a contradiction names its fact
 * and is asserted, negated or historical, the coverage adds up, a second run gives the same claims, and tainting stays
 * inside its arrays.
 */
#include "facts/claim.h"
#include "signals/signals.h"
#include "manifest/manifest.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char MANIFEST[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "scopes:\n  gpus: {world: closed, kind: gpu-model, host: spark, members: [GB10]}\n"
    "  queues: {world: closed, kind: message-queue, members: []}\n"
    "  processes: {world: closed, categories: [quality, training]}\n"
    "components:\n"
    "  - {id: cuda, aliases: [CUDA], scheme: semver, version: \"13.0.2\", accept: [prefix], history: [{version: "
    "\"12.8.1\", from: "
    "2025-10-01, to: 2026-01-14}]}\n"
    "  - {id: vllm, aliases: [vLLM, vllm-openai], scheme: pep440, version: \"0.17.0\", accept: [prefix]}\n"
    "  - {id: llama, aliases: [llama.cpp], scheme: loose, version: b8412}\n"
    "  - {id: model, aliases: [primary model], attrs: {parameters: {value: \"35\", unit: B params}, quantization: "
    "{value: MXFP4}}}\n"
    "hardware:\n"
    "  - id: spark\n    aliases: [DGX Spark, GB10]\n    attrs:\n"
    "      memory: {aliases: [RAM], views: {spec: {value: \"128\", unit: GB}, visible: {value: \"121\", unit: GB}}}\n"
    "      cpu_cores: {value: \"20\", unit: core, aliases: [cores]}\n      nodes: {value: \"1\", unit: node}\n"
    "      memory_bandwidth: {value: \"273\", unit: GB/s}\n"
    "absent:\n  - {match: [B100, A100], in: gpus, note: none}\n  - {match: [BLEU, retrain], in: processes}\n"
    "services:\n"
    "  - {id: mcp, aliases: [MCP server], host: spark, port: \"30010\", exposes: {world: closed, items: [blog search, "
    "tag list]}}\n"
    "  - {id: inference, aliases: [inference engine], host: spark, port: \"30001\", runs: [vllm, model]}\n"
    "hosts:\n  - {id: vps, aliases: [VPS], location: Romania, runs: {world: closed, items: [vllm]}}\n"
    "paths:\n  - {path: /srv/models, host: spark}\n  - {path: /opt/models, state: removed, since: 2026-02-01}\n"
    "processes:\n"
    "  - {id: publish, category: quality, aliases: [publish], cadence: every night at 02:30, steps: [draft, score, "
    "read, send], "
    "order: strict}\n"
    "benchmarks:\n"
    "  - {id: b1, subject: [model], metric: decode, metric_aliases: [throughput], value: \"70\", unit: tok/s, tol: "
    "{rel: 5%}, "
    "where: {batch: \"1\"}, must_state: [batch]}\n"
    "  - {id: b8, subject: [model], metric: decode, value: \"188\", unit: tok/s, where: {batch: \"8\"}}\n"
    "output_signatures:\n  - {cmd: nvidia-smi, host: spark, field: Memory-Usage, equals: Not Supported}\n"
    "  - {cmd: uname -a, host: spark, field: release, equals: 6.14.0}\n"
    "derived:\n  - {id: gain, expr: b8 / b1}\n"
    "commands:\n"
    "  - {binary: berth, aliases: [b], of: vllm, host: spark, world: closed, subcommands: [plan import, plan, {name: "
    "rm, "
    "aliases: [remove], flags: [-r, \"--from X\"]}, {name: sync, state: removed, since: 2026-03-01}], flags: {world: "
    "closed, items: [--json, {name: --verbose, aliases: [-v]}, {name: --force, state: removed}]}}\n"
    "  - {binary: docker, subcommands: [compose up], flags: [-d]}\n";

static void check(int truth) {
    if (!truth) abort();
}

static const manifest *the_manifest(void) {
    static manifest *m; /* the fuzzer's own, made once */
    manifest_source source = {STR("fuzz.yaml"), str_from_cstr(MANIFEST)};
    if (!m) check(manifest_load(&source, 1, &m, NULL) == 0);
    return m;
}

static void check_claims(const article *art, const claim_list *claims) {
    coverage c = {0};
    for (size_t i = 0; i < claims->n; i++) {
        const claim *x = &claims->at[i];
        check(x->where.lo <= x->where.hi && x->where.hi <= (uint32_t)art->source.n);
        check(x->text.lo <= x->text.hi && x->text.hi <= (uint32_t)art->text.n);
        check(x->quote.n > 0 && (unsigned)x->kind < CLAIM_KIND_COUNT && x->why.n > 0);
        check(x->sentence == BLOCK_NONE || x->sentence < art->sentence_count);
        check(x->block == BLOCK_NONE || x->block < art->block_count);
        if (x->verdict == VERDICT_CONTRADICTED) {
            check(x->stance == STANCE_ASSERTED || x->stance == STANCE_NEGATED || x->stance == STANCE_HISTORICAL);
            check(x->credit_bearing);
        }
        check(i == 0 || claims->at[i - 1].where.lo <= x->where.lo);
        if (x->verdict == VERDICT_NOT_ABOUT_US)
            c.not_about_us++;
        else if (x->credit_bearing)
            c.claims++;
    }
    for (size_t i = 0; i < claims->loose.n; i++) {
        const loose_number *x = &claims->loose.at[i];
        check(x->where.lo < x->where.hi && x->where.hi <= (uint32_t)art->source.n && x->quote.n > 0);
        check(x->text.lo < x->text.hi && x->text.hi <= (uint32_t)art->text.n);
        check(x->sentence == BLOCK_NONE || x->sentence < art->sentence_count);
        check(x->block == BLOCK_NONE || x->block < art->block_count);
        check(i == 0 || claims->loose.at[i - 1].text.lo <= x->text.lo);
    }
    check(c.claims == claims->coverage.claims && c.not_about_us == claims->coverage.not_about_us);
    check(claims->coverage.claims ==
          claims->coverage.supported + claims->coverage.contradicted + claims->coverage.unverified);
}

static size_t judge_once(arena *a, const manifest *m, const article *art, const token_list *tokens, bool ours) {
    claim_list claims = {0};
    finding_list findings = {0};
    facts_options options = {.about_ours = ours};
    if (facts_judge(a, m, art, tokens, &options, &claims, &findings, NULL)) return SIZE_MAX;
    check_claims(art, &claims);
    check(m || claims.n == 0);
    for (size_t i = 0; i < findings.n; i++)
        check(findings.at[i].where.hi <= (uint32_t)art->source.n && findings.at[i].message.n > 0);
    uint8_t *sentences = ARENA_ARRAY(a, uint8_t, art->sentence_count),
            *blocks = ARENA_ARRAY(a, uint8_t, art->block_count);
    if (!sentences || !blocks) return SIZE_MAX;
    taint places = {0};
    check(facts_taint(art, &claims, sentences, blocks, &places) == claims.vouching && (m || !claims.vouching));
    for (size_t i = 0; i < places.vouched_count; i++) {
        check(places.vouched[i].lo < places.vouched[i].hi && places.vouched[i].hi <= (uint32_t)art->text.n);
        check(i == 0 || places.vouched[i - 1].hi <= places.vouched[i].lo);
    }
    return claims.n * 1000003 + findings.n * 101 + claims.loose.n + claims.vouched.n * 7 + claims.unvouched.n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 1) return 0;
    arena *a = arena_new(512u << 20);
    const manifest *m = data[0] & 1 ? the_manifest() : NULL;
    bool ours = (data[0] & 2) != 0;
    article art;
    token_list tokens;
    str source = str_make(data + 1, size - 1);
    if (data[0] & 4) m = the_manifest();
    if (a && !article_parse(a, STR("fuzz.md"), source, NULL, &art, NULL) && !lex_article(a, &art, &tokens, NULL)) {
        size_t first = judge_once(a, m, &art, &tokens, ours);
        if (first != SIZE_MAX) check(first == judge_once(a, m, &art, &tokens, ours));
    }
    arena_free(a);
    return 0;
}
