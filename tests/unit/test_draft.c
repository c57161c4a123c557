/* test_draft.c - from a brief to judged drafts: with a tiny model that writes noise, and with a script that writes what
 * a test needs. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/file.h"
#include "draft/draft.h"
#include "draft/loaded.h"
#include "draft/statements.h"
#include "draft/writer.h"
#include "tests/support/writer_model.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct desk {
    arena *a;
    char folder[64], model[96];
    const ruleset *rules;
};

static int desk_open(void **state) {
    struct desk *d = calloc(1, sizeof *d);
    d->a = arena_new(0);
    strcpy(d->folder, "/tmp/assay-draft-XXXXXX");
    assert_non_null(mkdtemp(d->folder));
    snprintf(d->model, sizeof d->model, "%s/noise.gguf", d->folder);
    assert_int_equal(ruleset_builtin(&d->rules, NULL), 0);
    struct writer_model m = {.seed = 1};
    assert_int_equal(writer_model_file(&m, d->model, NULL), 0);
    *state = d;
    return 0;
}

static int desk_close(void **state) {
    struct desk *d = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", d->folder);
    if (system(command) != 0) fail();
    ruleset_free(d->rules);
    arena_free(d->a);
    free(d);
    return 0;
}

static const char *const BRIEF = "title: \"A short test\"\nstyle: essay\naudience: nobody\n"
                                 "must_cover: [\"what was tested\"]\nmust_not: [\"promise anything\"]\n"
                                 "length: {min: 700, max: 900}\n";

static brief read_brief(struct desk *d, const char *text) {
    brief b;
    error e = {0};
    if (brief_read(d->a, str_from_cstr(text), STR("b.yaml"), d->rules, &b, &e)) fail_msg("%s", e.message);
    return b;
}

static gate_options gate_for(const struct desk *d, const brief *b) {
    return (gate_options){
        .rules = d->rules, .style = b->style->name, .minimum = NAN, .ratchet = NAN, .untrusted = true};
}

/* ---- briefs
 * ---------------------------------------------------------------------------------------------------------- */

static void brief_says_what_it_says(void **state) {
    brief b = read_brief(*state, BRIEF);
    assert_true(str_eq(b.title, STR("A short test")));
    assert_true(str_eq(b.style->name, STR("essay")));
    assert_int_equal(b.must_cover_count, 1);
    assert_int_equal(b.must_not_count, 1);
    assert_int_equal(b.words_min, 700);
    assert_int_equal(b.words_max, 900);
    b = read_brief(*state, "title: x\nstyle: essay\n");
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

/* ---- prompts
 * --------------------------------------------------------------------------------------------------------- */

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
    brief b = read_brief(d, BRIEF);
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

/* ---- a script instead of a model
 * ---------------------------------------------------------------------------------------- */

struct script {
    const char *const *texts; /* what the jobs answer, in order of their beginning */
    size_t count, begun, given;
    uint32_t jobs[32];
    str asked[32]; /* the last user turn of each */
    uint64_t seeds[32];
    arena *a;
    size_t cancel_after; /* texts given before next() says cancelled; 0 = never */
    struct draft_source source;
};

static int script_begin(void *context, uint32_t job, const struct chat_turn *turns, size_t count, uint64_t seed,
                        error *e) {
    struct script *s = context;
    (void)e;
    assert_true(s->begun < COUNT_OF(s->jobs));
    s->jobs[s->begun] = job;
    s->seeds[s->begun] = seed;
    s->asked[s->begun++] = arena_str(s->a, turns[count - 1].text);
    return 0;
}

static int script_next(void *context, struct draft_text *out, error *e) {
    struct script *s = context;
    if (s->cancel_after && s->given == s->cancel_after) return error_set(e, ERROR_CANCELLED, "stopped");
    assert_true(s->given < s->begun);
    size_t i = s->given++;
    *out = (struct draft_text){.job = s->jobs[i], .text = str_from_cstr(s->texts[i % s->count]), .tokens = 7};
    return 0;
}

static void script_open(struct script *s, struct desk *d, const char *const *texts, size_t count) {
    *s = (struct script){.texts = texts, .count = count, .a = d->a};
    s->source = (struct draft_source){.context = s, .begin = script_begin, .next = script_next};
}

static struct draft_options options_for(struct desk *d, const brief *b, const char *folder, uint32_t count,
                                        uint32_t repairs) {
    return (struct draft_options){.brief = b,
                                  .gate = gate_for(d, b),
                                  .folder = folder,
                                  .count = count,
                                  .repairs = repairs,
                                  .origin = {.model = STR("script"), .model_file = STR("script.gguf")},
                                  .seed = 40};
}

static str read_all(struct desk *d, const char *folder, const char *name) {
    str content = {0};
    error e = {0};
    if (file_read(d->a, path_join(d->a, str_from_cstr(folder), str_from_cstr(name)), 1 << 20, &content, &e))
        fail_msg("%s: %s", name, e.message);
    return content;
}

static bool there(struct desk *d, const char *folder, const char *name) {
    return access(path_join(d->a, str_from_cstr(folder), str_from_cstr(name)), F_OK) == 0;
}

static const char *const FENCED = "```markdown\n---\ntitle: x\n---\n\nA seamless game changer, perhaps.\n```\n";

/* The script's texts are short. */
static void waive_length(void *context, arena *a, const article *art, claim_list *claims, finding_list *findings) {
    (void)context;
    (void)a;
    (void)art;
    (void)claims;
    for (size_t i = 0; i < findings->n; i++)
        if (str_eq(findings->at[i].rule, STR("length"))) findings->at[i].suppressed = true;
}

static void what_fails_is_repaired_and_kept_beside_the_original(void **state) {
    struct desk *d = *state;
    brief b = read_brief(d, BRIEF);
    char *folder = path_join(d->a, str_from_cstr(d->folder), STR("repair/deep"));
    struct draft_options o = options_for(d, &b, folder, 2, 2);
    o.gate.minimum = -100; /* so that findings alone decide */
    o.gate.waive = waive_length;
    static const char *const texts[] = {NULL, "---\ntitle: \"x\"\ndescription: \"y\"\ndate: 2026-05-18\nstyle: "
                                              "essay\n---\n\nNothing was tested here, and this says "
                                              "so in more than ten words. It stops early.\n"};
    const char *answers[] = {FENCED, texts[1], texts[1]};
    struct script s;
    struct draft_result r;
    error e = {0};
    script_open(&s, d, answers, 3);
    prompt first;
    assert_int_equal(prompt_make(d->a, &b, d->rules, NULL, &first, NULL), 0);
    assert_int_equal(draft_folder_prepare(&o, &e), 0);
    if (draft_run(d->a, &o, &first, &s.source, &r, &e)) fail_msg("%s", e.message);
    assert_int_equal(r.finished, 2);
    assert_int_equal(r.count, 3);
    assert_true(str_eq(read_all(d, folder, "001.md"), str_from_cstr(FENCED))); /* verbatim */
    assert_true(str_eq(read_all(d, folder, "001.repair1.md"), str_from_cstr(texts[1])));
    assert_true(there(d, folder, "001.repair1.json"));
    assert_false(there(d, folder, "001.repair2.md")); /* the first repair passed */
    assert_false(there(d, folder, "002.repair1.md"));
    if (r.passed != 2) fail_msg("%u passed; %.*s", r.passed, STR_ARG(read_all(d, folder, "001.repair1.json")));
    assert_int_equal(s.seeds[0], 40);
    assert_int_equal(s.seeds[1], 41);
    assert_true(s.seeds[2] != 40 && s.seeds[2] != 41);
    /* The repair asks for removal, names the finding, and never asks for specifics. */
    assert_true(str_find(s.asked[2], STR("article-fenced"), 0) > 0);
    assert_true(str_find(s.asked[2], STR("Put no other specific in its place"), 0) > 0);
    str sidecar = read_all(d, folder, "001.json");
    static const char *const held[] = {"\"model\": \"script\"", "\"style\": \"essay\"", "\"prompt\": \"sha256:",
                                       "\"seed\": 40",          "\"rules\": \"sha256:", "\"manifest\": null",
                                       "\"verdict\": \"fail\"", "\"stop\": \"end\"",    "\"brief_hash\": \"sha256:"};
    for (size_t i = 0; i < COUNT_OF(held); i++)
        if (str_find(sidecar, str_from_cstr(held[i]), 0) < 0) fail_msg("%s is not in %.*s", held[i], STR_ARG(sidecar));
}

static void repairs_stop_at_their_limit(void **state) {
    struct desk *d = *state;
    brief b = read_brief(d, BRIEF);
    char *folder = path_join(d->a, str_from_cstr(d->folder), STR("limit"));
    struct draft_options o = options_for(d, &b, folder, 1, 2);
    struct script s;
    struct draft_result r;
    prompt first;
    script_open(&s, d, &FENCED, 1);
    assert_int_equal(prompt_make(d->a, &b, d->rules, NULL, &first, NULL), 0);
    assert_int_equal(draft_folder_prepare(&o, NULL), 0);
    assert_int_equal(draft_run(d->a, &o, &first, &s.source, &r, NULL), 0);
    assert_int_equal(r.count, 3);
    assert_int_equal(r.passed, 0);
    assert_true(there(d, folder, "001.repair2.json"));
}

static void what_is_finished_survives_a_cancelled_run(void **state) {
    struct desk *d = *state;
    brief b = read_brief(d, BRIEF);
    char *folder = path_join(d->a, str_from_cstr(d->folder), STR("cancel"));
    struct draft_options o = options_for(d, &b, folder, 4, 0);
    struct script s;
    struct draft_result r;
    prompt first;
    error e = {0};
    script_open(&s, d, &FENCED, 1);
    s.cancel_after = 2;
    assert_int_equal(prompt_make(d->a, &b, d->rules, NULL, &first, NULL), 0);
    assert_int_equal(draft_folder_prepare(&o, NULL), 0);
    assert_int_equal(draft_run(d->a, &o, &first, &s.source, &r, &e), ERROR_CANCELLED);
    assert_int_equal(r.finished, 2);
    assert_true(r.done[0] && r.done[1] && !r.done[2] && !r.done[3]);
    assert_true(there(d, folder, "002.md") && there(d, folder, "002.json") && !there(d, folder, "003.md"));
    /* And a second run does not write over them. */
    assert_int_equal(draft_folder_prepare(&o, &e), ERROR_CONFLICT);
    assert_non_null(strstr(e.file, "001.md"));
}

static void a_folder_that_cannot_be_written_is_refused_before_anything(void **state) {
    struct desk *d = *state;
    brief b = read_brief(d, BRIEF);
    char *below_file = path_join(d->a, str_from_cstr(d->model), STR("out"));
    struct draft_options o = options_for(d, &b, below_file, 1, 0);
    error e = {0};
    assert_int_equal(draft_folder_prepare(&o, &e), ERROR_IO);
    o.folder = d->model;
    assert_int_equal(draft_folder_prepare(&o, &e), ERROR_IO);
    o.folder = "/proc/assay-drafts";
    assert_int_equal(draft_folder_prepare(&o, &e), ERROR_IO);
}

/* ---- the tiny model
 * -------------------------------------------------------------------------------------------------------- */

struct session_under_test {
    struct device_choice device;
    loaded_model *model;
    writer *writer;
    atomic_int cancel;
};

static void model_open(struct session_under_test *t, struct desk *d, const prompt *first, unsigned threads,
                       uint32_t texts, uint32_t max_tokens, uint32_t context) {
    static const char *const nowhere[] = {NULL};
    error e = {0};
    memory_platform memory = memory_system();
    if (device_open("cpu", nowhere, threads, &t->device, &e)) fail_msg("%s", e.message);
    struct load_request q = {.path = d->model,
                             .device = &t->device,
                             .first = first,
                             .context_tokens = context,
                             .max_tokens = max_tokens,
                             .texts = texts,
                             .memory = &memory,
                             .cancel = &t->cancel,
                             .repairs = true};
    if (loaded_model_open(d->a, &q, &t->model, &e)) fail_msg("%s", e.message);
    struct writer_options o = {
        .batch = texts, .max_tokens = max_tokens, .sampler = sampler_defaults(), .family = t->model->family};
    if (writer_open(t->model->engine, t->model->tokenizer, &o, &t->writer, &e)) fail_msg("%s", e.message);
}

static void model_close(struct session_under_test *t) {
    writer_close(t->writer);
    loaded_model_close(t->model);
    device_close(&t->device);
}

static struct chat_turn HELLO[] = {{CHAT_SYSTEM, STR("You write articles.")},
                                   {CHAT_USER, STR("Write the article about the test.")}};

/* Texts of five jobs, by job. */
static void write_five(struct desk *d, unsigned threads, uint32_t texts, str out[5]) {
    struct session_under_test t = {0};
    prompt first = {.turns = HELLO, .count = 2};
    model_open(&t, d, &first, threads, texts, 40, 0);
    struct draft_source *s = writer_source(t.writer);
    error e = {0};
    for (uint32_t i = 0; i < 5; i++) assert_int_equal(s->begin(s->context, i, HELLO, 2, 100 + i, &e), 0);
    for (int i = 0; i < 5; i++) {
        struct draft_text text;
        if (s->next(s->context, &text, &e)) fail_msg("%s", e.message);
        assert_true(text.tokens > 0 && text.tokens <= 40);
        out[text.job] = arena_str(d->a, text.text);
    }
    const struct writer_stats *stats = writer_stats_of(t.writer);
    assert_int_equal(stats->prefill_tokens, stats->prompt_tokens - 1); /* one prefill for all */
    assert_true(stats->written_tokens > 0 && stats->first_token_s > 0);
    model_close(&t);
}

static void same_seed_same_text_whatever_the_threads_and_the_batch(void **state) {
    str one[5], two[5], alone[5];
    write_five(*state, 1, 3, one);
    write_five(*state, 2, 5, two);
    write_five(*state, 1, 1, alone);
    for (int i = 0; i < 5; i++) {
        if (!str_eq(one[i], two[i]) || !str_eq(one[i], alone[i])) fail_msg("draft %d differs", i);
        assert_true(one[i].n > 0);
        if (i) assert_false(str_eq(one[i], one[0])); /* another seed, another text */
    }
}

static void a_model_writes_drafts_that_the_gate_judges(void **state) {
    struct desk *d = *state;
    brief b = read_brief(d, BRIEF);
    char *folder = path_join(d->a, str_from_cstr(d->folder), STR("noise"));
    prompt first;
    assert_int_equal(prompt_make(d->a, &b, d->rules, NULL, &first, NULL), 0);
    struct session_under_test t = {0};
    model_open(&t, d, &first, 2, 2, 30, 0);
    struct draft_options o = options_for(d, &b, folder, 3, 1);
    o.origin.family = t.model->family;
    struct draft_result r;
    error e = {0};
    assert_int_equal(draft_folder_prepare(&o, &e), 0);
    if (draft_run(d->a, &o, &first, writer_source(t.writer), &r, &e)) fail_msg("%s", e.message);
    assert_int_equal(r.finished, 3);
    assert_int_equal(r.count, 6); /* noise fails, and so does its repair */
    assert_int_equal(r.passed, 0);
    for (size_t i = 0; i < r.count; i++) {
        const struct draft_record *x = &r.records[i];
        judgement judged;
        str text;
        assert_true(x->judged);
        if (file_read(d->a, arena_cstr(d->a, x->path), 1 << 20, &text, &e)) fail_msg("%s", e.message);
        assert_int_equal(gate_judge(d->a, &o.gate, x->path, text, &judged, &e), 0); /* as `check --untrusted` would */
        assert_true(judged.score == x->score && !judged.passed);
    }
    /* A repair computes only what is new: the contract and the brief are shared. */
    const struct writer_stats *stats = writer_stats_of(t.writer);
    assert_true(stats->prefill_tokens < 3 * (uint64_t)stats->prompt_tokens);
    model_close(&t);
}

/* Where the system text stands in the last turn, a repair shares nothing: the cache has room for that too. */
static void repairs_fit_where_nothing_is_shared(void **state) {
    struct desk *d = *state, other = *d;
    struct writer_model m = {.seed = 1, .chat_template = "{{ '[INST] ' + text + '[/INST]' }}"};
    brief b = read_brief(d, BRIEF);
    prompt first;
    struct session_under_test t = {0};
    struct draft_result r;
    error e = {0};
    snprintf(other.model, sizeof other.model, "%s/mistral.gguf", d->folder);
    assert_int_equal(writer_model_file(&m, other.model, NULL), 0);
    assert_int_equal(prompt_make(d->a, &b, d->rules, NULL, &first, NULL), 0);
    model_open(&t, &other, &first, 2, 3, 20, 0);
    assert_int_equal(t.model->family, CHAT_MISTRAL);
    struct draft_options o = options_for(d, &b, NULL, 3, 1);
    if (draft_run(d->a, &o, &first, writer_source(t.writer), &r, &e)) fail_msg("%s", e.message);
    assert_int_equal(r.count, 6);
    assert_true(writer_stats_of(t.writer)->prefill_tokens > 3 * (uint64_t)writer_stats_of(t.writer)->prompt_tokens);
    model_close(&t);
}

static void stop_on_cancel(void *context, uint32_t job, str piece) {
    (void)job;
    (void)piece;
    atomic_store((atomic_int *)context, 1);
}

static void writing_can_be_cancelled_and_goes_on_after(void **state) {
    struct desk *d = *state;
    struct session_under_test t = {0};
    prompt first = {.turns = HELLO, .count = 2};
    model_open(&t, d, &first, 2, 2, 40, 0);
    struct draft_source *s = writer_source(t.writer);
    struct draft_text text;
    error e = {0};
    s->wrote = stop_on_cancel;
    s->wrote_context = &t.cancel;
    assert_int_equal(s->begin(s->context, 0, HELLO, 2, 100, &e), 0);
    assert_int_equal(s->next(s->context, &text, &e), ERROR_CANCELLED);
    s->wrote = NULL;
    atomic_store(&t.cancel, 0);
    assert_int_equal(s->next(s->context, &text, &e), 0);
    str alone[5];
    write_five(d, 1, 1, alone);
    assert_true(str_eq(text.text, alone[0])); /* nothing was lost or drawn twice */
    model_close(&t);
}

static void a_full_context_is_said(void **state) {
    struct desk *d = *state;
    struct session_under_test t = {0};
    prompt first = {.turns = HELLO, .count = 2};
    struct draft_text text;
    error e = {0};
    token_ids ids = {0};
    model_open(&t, d, &first, 1, 1, 1000, 0);
    assert_int_equal(writer_encode(t.model->tokenizer, t.model->family, false, HELLO, 2, &ids, &e), 0);
    uint32_t prompt_tokens = (uint32_t)ids.n;
    token_ids_free(&ids);
    model_close(&t);
    /* Room for three tokens: the last one drawn needs no room of its own. */
    t = (struct session_under_test){0};
    model_open(&t, d, &first, 1, 1, 1000, prompt_tokens + 3);
    assert_int_equal(t.model->max_tokens, 3);
    struct draft_source *s = writer_source(t.writer);
    assert_int_equal(s->begin(s->context, 0, HELLO, 2, 100, &e), 0);
    assert_int_equal(s->next(s->context, &text, &e), 0);
    assert_true(text.tokens <= 4);
    assert_true(text.stop == STOP_CONTEXT || text.stop == STOP_END);
    /* A request that fills it is refused with the arithmetic. */
    struct chat_turn longer[] = {HELLO[0],
                                 {CHAT_USER, STR("Write the article about the test, and then write the rest of it.")}};
    assert_int_equal(s->begin(s->context, 1, longer, 2, 0, &e), ERROR_LIMIT);
    assert_non_null(strstr(e.message, "no room to write in"));
    model_close(&t);
    struct load_request q = {.path = d->model,
                             .device = &t.device,
                             .first = &first,
                             .context_tokens = prompt_tokens,
                             .max_tokens = 10,
                             .texts = 1};
    loaded_model *m;
    static const char *const nowhere[] = {NULL};
    assert_int_equal(device_open("cpu", nowhere, 1, &t.device, &e), 0);
    assert_int_equal(loaded_model_open(d->a, &q, &m, &e), ERROR_LIMIT);
    q.context_tokens = 1 << 20;
    assert_int_equal(loaded_model_open(d->a, &q, &m, &e), ERROR_USAGE);
    device_close(&t.device);
}

static int little_memory(void *context, memory_state *out, error *e) {
    (void)context;
    (void)e;
    *out = (memory_state){.total_bytes = 4u << 20, .available_bytes = 1u << 20};
    return 0;
}
static double no_time(void *context) {
    (void)context;
    return 0;
}

static void what_does_not_fit_is_refused_before_it_is_loaded(void **state) {
    struct desk *d = *state;
    static const char *const nowhere[] = {NULL};
    struct device_choice device;
    prompt first = {.turns = HELLO, .count = 2};
    memory_platform little = {.read = little_memory, .now_s = no_time};
    loaded_model *m;
    error e = {0};
    assert_int_equal(device_open("cpu", nowhere, 1, &device, &e), 0);
    struct load_request q = {
        .path = d->model, .device = &device, .first = &first, .max_tokens = 10, .texts = 1, .memory = &little};
    assert_int_equal(loaded_model_open(d->a, &q, &m, &e), ERROR_LIMIT);
    assert_non_null(strstr(e.message, "weights"));
    assert_non_null(strstr(e.file, "noise.gguf"));
    struct writer_model unknown = {.chat_template = "{{ something else }}"};
    char *path = path_join(d->a, str_from_cstr(d->folder), STR("unknown.gguf"));
    assert_int_equal(writer_model_file(&unknown, path, &e), 0);
    q.path = path;
    assert_int_equal(loaded_model_open(d->a, &q, &m, &e), ERROR_SUPPORT);
    assert_non_null(strstr(e.message, "--chat"));
    device_close(&device);
}

static void devices_are_named_or_refused(void **state) {
    (void)state;
    static const char *const nowhere[] = {NULL};
    struct device_choice device;
    error e = {0};
    assert_int_equal(device_open("gpu", nowhere, 1, &device, &e), ERROR_USAGE);
    assert_int_equal(device_open("cuda:7", nowhere, 1, &device, &e), ERROR_SUPPORT);
    assert_int_equal(device_open("auto", nowhere, 1, &device, &e), 0);
    assert_string_equal(device.backend->name, "cpu");
    assert_true(strlen(device.note) > 0);
    device_close(&device);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(brief_says_what_it_says),
        cmocka_unit_test(bad_briefs_are_refused_with_their_place),
        cmocka_unit_test(the_corpus_briefs_can_be_written),
        cmocka_unit_test(facts_become_statements),
        cmocka_unit_test(statements_are_supported_by_the_manifest_they_come_from),
        cmocka_unit_test(prompts_hold_contract_style_facts_and_brief),
        cmocka_unit_test(what_fails_is_repaired_and_kept_beside_the_original),
        cmocka_unit_test(repairs_stop_at_their_limit),
        cmocka_unit_test(what_is_finished_survives_a_cancelled_run),
        cmocka_unit_test(a_folder_that_cannot_be_written_is_refused_before_anything),
        cmocka_unit_test(same_seed_same_text_whatever_the_threads_and_the_batch),
        cmocka_unit_test(a_model_writes_drafts_that_the_gate_judges),
        cmocka_unit_test(repairs_fit_where_nothing_is_shared),
        cmocka_unit_test(writing_can_be_cancelled_and_goes_on_after),
        cmocka_unit_test(a_full_context_is_said),
        cmocka_unit_test(what_does_not_fit_is_refused_before_it_is_loaded),
        cmocka_unit_test(devices_are_named_or_refused),
    };
    return cmocka_run_group_tests(tests, desk_open, desk_close);
}
