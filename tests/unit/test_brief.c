/* test_brief.c - briefs, and what a writer is told: contract, style, facts, brief. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "draft/prompt.h"
#include "draft/statements.h"
#include "tests/support/desk.h"

#include <math.h>

static void brief_says_what_it_says(void **state) {
    brief b = desk_read_brief(*state, DESK_BRIEF);
    assert_true(str_eq(b.title, STR("A short test")));
    assert_true(str_eq(b.style->name, STR("essay")));
    assert_int_equal(b.must_cover_count, 1);
    assert_int_equal(b.must_not_count, 1);
    assert_int_equal(b.words_min, 700);
    assert_int_equal(b.words_max, 900);
    b = desk_read_brief(*state, "title: x\nstyle: essay\n");
    assert_int_equal(b.words_min, b.style->words_min);
    assert_int_equal(b.words_max, b.style->words_max);
}

static void bad_briefs_are_refused_with_their_place(void **state) {
    struct desk *d = *state;
    static const struct {
        const char *text, *expect;
        uint32_t line, column;
    } cases[] = {
        {"title: x\n", "a brief needs a 'style'", 1, 1},
        {"title: x\nstyle: tutorail\n", "did you mean 'tutorial'", 2, 8},
        {"title: x\nstyle:\n", "a brief needs a 'style'", 0, 0},
        {"style: essay\n", "a brief needs a 'title'", 1, 1},
        {"title: x\nstlye: essay\n", "did you mean 'style'", 2, 1},
        {"title: x\nstyle: essay\nmust_cover: text\n", "takes a list", 3, 13},
        {"title: x\nstyle: essay\nmust_cover:\n  - a: b\n", "in quotes", 4, 5},
        {"title: x\nstyle: essay\nlength: {min: 800, max: 700}\n", "at least 800 and at most 700", 3, 9},
        {"title: x\nstyle: essay\nlength: {min: 10, max: 40}\n", "judges articles of", 3, 9},
        {"title: x\nstyle: essay\nlength: {min: -1}\n", "length.min", 3, 15},
        {"title: x\nstyle: essay\nlength: {minimum: 1}\n", "unknown key 'minimum'", 3, 10},
        {"title: x\ntitle: y\nstyle: essay\n", "twice", 2, 1},
        {"title: [x\n", "", 0, 0},
        {"", "must be a map", 0, 0},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        brief b;
        error e = {0};
        int bad = brief_read(d->a, str_from_cstr(cases[i].text), STR("b.yaml"), d->rules, &b, &e);
        if (!bad || !strstr(e.message, cases[i].expect)) fail_msg("%s: %d '%s'", cases[i].text, bad, e.message);
        assert_string_equal(e.file, "b.yaml");
        if (cases[i].line && (e.line != cases[i].line || e.column != cases[i].column))
            fail_msg("%s: at %u:%u", cases[i].text, e.line, e.column);
    }
}

static void the_corpus_briefs_can_be_written(void **state) {
    struct desk *d = *state;
    static const char *const files[] = {"harborlight-pooling-on-quay", "harborlight-wal-retention",
                                        "kestrel-engine-outage",       "kestrel-ninety-nights",
                                        "saltmarsh-level-node",        "saltmarsh-tern-batching"};
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        brief b;
        error e = {0};
        str path = arena_printf(d->a, "corpus/briefs/%s.yaml", files[i]);
        if (brief_open(d->a, (const char *)path.p, d->rules, &b, &e)) fail_msg("%s: %s", files[i], e.message);
        assert_true(b.must_cover_count > 0 && b.words_max > 0);
    }
}

/* ---- prompts ------------------------------------------------------------------------------------------------------
 */

static manifest *load_facts(const char *text) {
    manifest *m;
    error e = {0};
    manifest_source source = {STR("facts.yaml"), str_from_cstr(text)};
    if (manifest_load(&source, 1, &m, &e)) fail_msg("%u: %s", e.line, e.message);
    return m;
}

static const char *const FACTS =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "scopes:\n  gpus: {world: closed, kind: gpu-model, host: spark, members: [GB10]}\n"
    "components:\n"
    "  - {id: cuda-toolkit, aliases: [CUDA, nvcc], scheme: semver, version: 13.0.2, history: [{version: 12.8.1, from: "
    "2025-10-01, to: 2026-01-14}]}\n"
    "  - {id: rumour, aliases: [Rumour], version: 9.9.9, confirmed: false}\n"
    "  - {id: model, aliases: [Qwen3]}\n"
    "hardware:\n"
    "  - id: spark\n    aliases: [DGX Spark]\n    attrs:\n"
    "      memory_bandwidth: {value: 273, unit: GB/s}\n"
    "      cpu_cores: {value: 20, unit: core}\n"
    "absent:\n  - {match: [B100], in: gpus, note: no discrete GPU in this machine}\n"
    "paths:\n  - {path: /opt/models, state: removed, since: 2026-02-01, host: spark}\n"
    "benchmarks:\n  - {id: decode, subject: [model], metric: decode, value: 59.7, unit: tok/s, where: {batch: 1}, "
    "must_state: "
    "[batch]}\n";

static void facts_become_statements(void **state) {
    (void)state;
    manifest *m = load_facts(FACTS);
    buf out = {0};
    assert_true(manifest_statements(m, &out) >= 7);
    buf_byte(&out, 0);
    const char *text = (const char *)out.p;
    static const char *const said[] = {
        "- CUDA (also nvcc): Version 13.0.2 is in use now. Version 12.8.1 was in use from 2025-10-01 until "
        "2026-01-14.\n",
        "memory bandwidth: 273 GB/s.",
        "cpu cores: 20 cores.",
        "- There is no B100: no discrete GPU in this machine.\n",
        "- The path /opt/models was removed on 2026-02-01, on DGX Spark.\n",
        "- Measured, decode of Qwen3: 59.7 tok/s with batch 1. Never give this figure without its conditions.\n",
        "- The only gpus of DGX Spark: GB10. There are no others.\n"};
    for (size_t i = 0; i < COUNT_OF(said); i++)
        if (!strstr(text, said[i])) fail_msg("'%s' is not in\n%s", said[i], text);
    assert_null(strstr(text, "9.9.9")); /* nobody has confirmed it */
    assert_null(strstr(text, "Rumour"));
    buf_free(&out);
    manifest_free(m);
}

/* What a writer is told must pass the gate when it is written down word for word: nearly all of it. The rest is wording
 * that the truth stage reads otherwise (conditions of a benchmark taken for claims of their own). */
static void statements_are_supported_by_the_manifest_they_come_from(void **state) {
    struct desk *d = *state;
    static const char *const files[] = {"corpus/manifests/harborlight.yaml", "corpus/manifests/kestrel.yaml",
                                        "corpus/manifests/saltmarsh.yaml"};
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        manifest *m;
        judgement judged;
        error e = {0};
        buf out = {0};
        if (manifest_load_files(&files[i], 1, &m, &e)) fail_msg("%s", e.message);
        buf_cstr(&out, "---\ntitle: x\nstyle: essay\n---\n\n");
        assert_true(manifest_statements(m, &out) > 200);
        gate_options gate = {.rules = d->rules, .manifest = m, .minimum = NAN, .ratchet = NAN, .about_ours = true};
        if (gate_judge(d->a, &gate, STR("s.md"), buf_view(&out), &judged, &e)) fail_msg("%s", e.message);
        const coverage *v = &judged.claims.coverage;
        assert_true(v->claims > 200);
        if (v->supported * 100 < v->claims * 85 || v->contradicted * 100 > v->claims * 8)
            fail_msg("%s: of %u claims %u supported, %u contradicted", files[i], v->claims, v->supported,
                     v->contradicted);
        buf_free(&out);
        manifest_free(m);
    }
}

static void prompts_hold_contract_style_facts_and_brief(void **state) {
    struct desk *d = *state;
    brief b = desk_read_brief(d, DESK_BRIEF);
    manifest *m = load_facts(FACTS);
    prompt with, without, again;
    assert_int_equal(prompt_make(d->a, &b, d->rules, m, &with, NULL), 0);
    assert_int_equal(prompt_make(d->a, &b, d->rules, NULL, &without, NULL), 0);
    assert_int_equal(prompt_make(d->a, &b, d->rules, m, &again, NULL), 0);
    assert_string_equal(with.hash.text, again.hash.text);
    assert_string_not_equal(with.hash.text, without.hash.text);
    assert_int_equal(with.count, 2);
    assert_int_equal(with.turns[0].role, CHAT_SYSTEM);
    assert_true(str_find(with.turns[1].text, STR("13.0.2"), 0) > 0);
    assert_true(str_find(with.turns[1].text, STR("A short test"), 0) > 0);
    assert_true(str_find(with.turns[1].text, STR("700 to 900 words"), 0) > 0);
    assert_true(str_find(without.turns[1].text, STR("None are given"), 0) > 0);
    assert_true(str_find(without.turns[1].text, STR("13.0.2"), 0) < 0);
    manifest_free(m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(brief_says_what_it_says),
        cmocka_unit_test(bad_briefs_are_refused_with_their_place),
        cmocka_unit_test(the_corpus_briefs_can_be_written),
        cmocka_unit_test(facts_become_statements),
        cmocka_unit_test(statements_are_supported_by_the_manifest_they_come_from),
        cmocka_unit_test(prompts_hold_contract_style_facts_and_brief),
    };
    return cmocka_run_group_tests(tests, desk_open, desk_close);
}
