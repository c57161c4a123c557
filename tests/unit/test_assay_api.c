/* test_assay_api.c - the public header as another program uses it: every function, NULL, errors with their places, the
 * JSON of the program, threads. */
#include "assay.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"

#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define MANIFEST "corpus/manifests/kestrel.yaml"
#define ARTICLE "corpus/articles/kestrel/fail/flat-anaphora.md"
static const char WRONG[] = "---\ntitle: A box\ndate: 2026-05-18\nstyle: essay\n---\n\n"
                            "Über 🚀 all. The DGX Spark has 24 cores. It serves vLLM 0.6.3.\n"
                            "<!-- assay-disable-file em-dash-budget -- house style -->\n";

typedef struct bench {
    assay_rules *rules;
    assay_manifest *truth;
} bench;

static int open_bench(void **state) {
    static bench b;
    const char *const files[] = {MANIFEST};
    *state = &b;
    return assay_rules_builtin(NULL, &b.rules, NULL) || assay_manifest_open(files, 1, &b.truth, NULL);
}

static int close_bench(void **state) {
    bench *b = *state;
    assay_manifest_free(b->truth);
    assay_rules_free(b->rules);
    return 0;
}

static assay_verdict *judge_wrong(const bench *b) {
    assay_verdict *v = NULL;
    assay_error e;
    assay_options options = {.path = "a.md", .about_ours = true};
    if (assay_judge(b->rules, b->truth, &options, WRONG, strlen(WRONG), &v, &e)) fail_msg("%s", e.message);
    return v;
}

static bool text_is(assay_text text, const char *expected) {
    return text.length == strlen(expected) && memcmp(text.bytes ? text.bytes : "", expected, text.length) == 0;
}

static void the_header_is_of_this_version(void **state) {
    (void)state;
    char expected[40];
    snprintf(expected, sizeof expected, "%d.%d.%d", ASSAY_VERSION_MAJOR, ASSAY_VERSION_MINOR, ASSAY_VERSION_PATCH);
    assert_string_equal(assay_version(), expected);
}

static void nothing_is_an_answer_too(void **state) {
    const bench *b = *state;
    assay_error e;
    assay_signal signal;
    assay_finding finding;
    assay_claim claim;
    assay_span where;
    char *json = (char *)&e;
    size_t length = 9;
    assay_rules_free(NULL);
    assay_manifest_free(NULL);
    assay_verdict_free(NULL);
    assay_json_free(NULL);
    assert_null(assay_rules_hash(NULL));
    assert_null(assay_manifest_hash(NULL));
    assert_int_equal(assay_rules_styles(NULL), 0);
    assert_null(assay_rules_style(NULL, 0).bytes);
    assert_int_equal(assay_manifest_facts(NULL), 0);
    assert_false(assay_verdict_passed(NULL));
    assert_true(assay_verdict_score(NULL) == 0 && assay_verdict_minimum(NULL) == 0);
    assert_true(assay_verdict_contradiction_points(NULL) == 0);
    assert_int_equal(assay_verdict_words(NULL), 0);
    assert_int_equal(assay_verdict_style(NULL).length, 0);
    assert_false(assay_verdict_style_declared(NULL));
    assert_int_equal(assay_verdict_reasons(NULL), 0);
    assert_int_equal(assay_verdict_reason(NULL, 0).length, 0);
    assert_int_equal(assay_verdict_signals(NULL) + assay_verdict_findings(NULL) + assay_verdict_claims(NULL), 0);
    assert_int_equal(assay_verdict_coverage(NULL).claims, 0);
    assert_false(assay_verdict_signal(NULL, 0, &signal));
    assert_false(assay_verdict_signal_span(NULL, 0, 0, &where));
    assert_false(assay_verdict_finding(NULL, 0, &finding));
    assert_false(assay_verdict_claim(NULL, 0, &claim));
    assert_null(claim.kind);
    assert_int_equal(assay_verdict_json(NULL, &json, &length, &e), ASSAY_ERROR_USAGE);
    assert_true(json == NULL && length == 0);

    assay_verdict *v = judge_wrong(b), *none = v;
    assert_int_equal(assay_verdict_json(v, NULL, NULL, NULL), ASSAY_ERROR_USAGE);
    assert_false(assay_verdict_signal(v, 0, NULL) || assay_verdict_signal_span(v, 0, 0, NULL));
    assert_false(assay_verdict_finding(v, 0, NULL) || assay_verdict_claim(v, 0, NULL));
    assay_verdict_free(v);

    assert_int_equal(assay_rules_builtin(NULL, NULL, &e), ASSAY_ERROR_USAGE);
    assert_int_equal(assay_rules_open("rules", NULL, &e), ASSAY_ERROR_USAGE);
    assay_rules *rules;
    assert_int_equal(assay_rules_open(NULL, &rules, &e), ASSAY_ERROR_USAGE);
    assert_int_equal(assay_manifest_open(NULL, 1, NULL, &e), ASSAY_ERROR_USAGE);
    assay_manifest *m;
    const char *const nameless[] = {NULL};
    const assay_source hollow = {"x", NULL, 4};
    assert_int_equal(assay_manifest_open(NULL, 1, &m, &e), ASSAY_ERROR_USAGE);
    assert_int_equal(assay_manifest_open(nameless, 1, &m, &e), ASSAY_ERROR_USAGE);
    assert_int_equal(assay_manifest_open(nameless, 0, &m, &e), ASSAY_ERROR_USAGE);
    assert_int_equal(assay_manifest_read(&hollow, 1, NULL, &e), ASSAY_ERROR_USAGE);
    assert_int_equal(assay_manifest_read(NULL, 1, &m, &e), ASSAY_ERROR_USAGE);
    assert_int_equal(assay_manifest_read(&hollow, 0, &m, &e), ASSAY_ERROR_USAGE);
    assert_int_equal(assay_manifest_read(&hollow, 1, &m, NULL), ASSAY_ERROR_USAGE);
    assert_null(m);
    assert_int_equal(assay_judge(NULL, NULL, NULL, "x", 1, &none, &e), ASSAY_ERROR_USAGE);
    assert_null(none);
    assert_int_equal(assay_judge(b->rules, NULL, NULL, NULL, 1, &none, &e), ASSAY_ERROR_USAGE);
    assert_int_equal(assay_judge(b->rules, NULL, NULL, "x", 1, NULL, &e), ASSAY_ERROR_USAGE);
}

static void an_empty_article_is_judged(void **state) {
    const bench *b = *state;
    assay_verdict *v;
    assay_error e = {.code = 7, .message = "old"};
    assert_int_equal(assay_judge(b->rules, NULL, NULL, NULL, 0, &v, &e), ASSAY_OK);
    assert_true(e.code == ASSAY_OK && e.message[0] == 0);
    assert_false(assay_verdict_passed(v));
    assert_int_equal(assay_verdict_words(v), 0);
    assay_verdict_free(v);
}

static void rules_are_built_in_or_a_folder(void **state) {
    const bench *b = *state;
    assay_error e;
    assay_rules *folder, *published;
    assert_int_equal(assay_rules_open("rules", &folder, &e), ASSAY_OK);
    assert_string_equal(assay_rules_hash(folder), assay_rules_hash(b->rules));
    assert_int_equal(assay_rules_styles(folder), 8);
    bool essay = false;
    for (size_t i = 0; i < assay_rules_styles(folder); i++) essay |= text_is(assay_rules_style(folder, i), "essay");
    assert_true(essay);
    assert_int_equal(assay_rules_style(folder, 8).length, 0);
    assay_rules_free(folder);
    assert_int_equal(assay_rules_builtin("published", &published, &e), ASSAY_OK);
    assert_string_not_equal(assay_rules_hash(published), assay_rules_hash(b->rules));
    assay_rules_free(published);
    assert_int_equal(assay_rules_builtin("publisched", &published, &e), ASSAY_ERROR_USAGE);
    assert_null(published);
    assert_true(assay_rules_open("/nonexistent", &folder, &e) != ASSAY_OK && e.message[0] && !folder);
}

static void manifests_are_texts_or_files(void **state) {
    const bench *b = *state;
    assay_manifest *m;
    assay_error e;
    const char one[] = "assay-facts: 1\nas_of: 2026-05-18\ncomponents:\n  - {id: caddy, version: 2.8.4}\n";
    const char two[] = "assay-facts: 1\nas_of: 2026-05-18\nhosts:\n  - {id: web, aliases: [web server]}\n";
    const assay_source both[] = {{"one.yaml", one, strlen(one)}, {NULL, two, strlen(two)}};
    assert_int_equal(assay_manifest_read(both, 2, &m, &e), ASSAY_OK);
    assert_true(assay_manifest_facts(m) >= 1);
    assert_int_equal(strncmp(assay_manifest_hash(m), "sha256:", 7), 0);
    assert_int_equal(strlen(assay_manifest_hash(m)), 71);
    assay_manifest_free(m);
    assert_true(assay_manifest_facts(b->truth) > 20);

    const char bad[] = "assay-facts: 1\nas_of: 2026-05-18\ncomponents:\n  - {id: caddy, versoin: 2.8.4}\n";
    const assay_source wrong[] = {{"one.yaml", one, strlen(one)}, {"bad.yaml", bad, strlen(bad)}};
    assert_int_equal(assay_manifest_read(wrong, 2, &m, &e), ASSAY_ERROR_SCHEMA);
    assert_null(m);
    assert_string_equal(e.file, "bad.yaml");
    assert_true(e.line == 4 && e.column == 17);
    char line[900];
    assert_int_equal(strncmp(assay_error_text(&e, line, sizeof line), "bad.yaml:4:17: ", 15), 0);
    assert_string_equal(assay_error_text(&e, line, 9), "bad.yaml");
    assert_string_equal(assay_error_text(NULL, line, sizeof line), "");
    assert_null(assay_error_text(&e, NULL, 0));

    const assay_source torn = {"torn.yaml", "a: [", 4};
    assert_int_equal(assay_manifest_read(&torn, 1, &m, &e), ASSAY_ERROR_SYNTAX);
    const char *const missing[] = {"/nonexistent.yaml"};
    assert_int_equal(assay_manifest_open(missing, 1, &m, &e), ASSAY_ERROR_IO);
}

static void a_contradicted_article_fails_with_its_proof(void **state) {
    assay_verdict *v = judge_wrong(*state);
    assert_false(assay_verdict_passed(v));
    assert_true(text_is(assay_verdict_style(v), "essay") && assay_verdict_style_declared(v));
    assert_true(assay_verdict_words(v) > 8);

    assay_claim c;
    size_t n = 0, contradicted = 0;
    for (; assay_verdict_claim(v, n, &c); n++) {
        contradicted += c.verdict == ASSAY_CONTRADICTED;
        if (!text_is(c.text, "24 cores")) continue;
        assert_string_equal(c.kind, "hardware");
        assert_string_equal(c.stance, "asserted");
        assert_int_equal(c.verdict, ASSAY_CONTRADICTED);
        assert_true(text_is(c.fact, "kestrel.cpu_cores") && text_is(c.says, "20 core"));
        assert_true(text_is(c.subject, "kestrel") && text_is(c.normal, "= 24 cores") && c.why.length && c.credit);
        /* The emoji is one column and four bytes. */
        assert_true(c.span.line == 7 && c.span.column == 31 && c.span.end_line == 7 && c.span.end_column == 39);
        assert_true(text_is(c.span.text, "24 cores"));
        assert_memory_equal(WRONG + c.span.start, "24 cores", c.span.end - c.span.start);
    }
    assert_int_equal(n, assay_verdict_claims(v));
    assert_int_equal(contradicted, 2);
    assay_coverage coverage = assay_verdict_coverage(v);
    assert_true(coverage.contradicted == 2 && coverage.claims == n && coverage.supported + coverage.unverified == 0);

    assay_finding f;
    size_t truths = 0;
    for (size_t i = 0; assay_verdict_finding(v, i, &f); i++) {
        if (!text_is(f.rule, "truth-contradicted")) continue;
        truths++;
        assert_int_equal(f.level, ASSAY_LEVEL_ERROR);
        assert_true(f.message.length && f.span.line == 7 && !f.suppressed && !f.reason.length);
    }
    assert_int_equal(truths, 2);
    assert_true(assay_verdict_findings(v) > 2);
    assert_true(assay_verdict_reasons(v) >= 2 && assay_verdict_reason(v, 1).length);
    assert_int_equal(assay_verdict_reason(v, 99).length, 0);
    assay_verdict_free(v);
}

static void the_ledger_adds_up(void **state) {
    const bench *b = *state;
    assay_verdict *v;
    str source = {0};
    arena *a = arena_new(0);
    assert_int_equal(file_read(a, ARTICLE, 1 << 20, &source, NULL), 0);
    assert_int_equal(assay_judge(b->rules, NULL, NULL, source.p, (size_t)source.n, &v, NULL), ASSAY_OK);
    double sum = assay_verdict_contradiction_points(v);
    assay_signal s;
    assay_span where;
    size_t places = 0;
    for (size_t i = 0; assay_verdict_signal(v, i, &s); i++) {
        sum += s.points;
        assert_true(s.id.length && s.paid <= s.value && s.weight >= 0 && s.cap >= 0);
        for (size_t k = 0; assay_verdict_signal_span(v, i, k, &where); k++) {
            assert_memory_equal(where.text.bytes, source.p + where.start, where.text.length);
            places++;
        }
        assert_false(assay_verdict_signal_span(v, i, s.span_count, &where));
    }
    assert_int_equal(assay_verdict_signals(v), 19);
    assert_true(places > 5);
    assert_true(fabs(sum - assay_verdict_score(v)) < 1e-6);
    assay_verdict_free(v);
    arena_free(a);
}

static void options_are_those_of_the_program(void **state) {
    const bench *b = *state;
    assay_verdict *v;
    assay_error e;
    size_t n = strlen(WRONG);
    assay_options o = {.about_ours = true, .style = "tutorial", .threshold_given = true, .threshold = -1000};
    o.fail_claims = ASSAY_FAIL_NEVER;
    assert_int_equal(assay_judge(b->rules, b->truth, &o, WRONG, n, &v, &e), ASSAY_OK);
    assert_true(text_is(assay_verdict_style(v), "tutorial") && !assay_verdict_style_declared(v));
    assert_true(assay_verdict_minimum(v) == -1000);
    assay_verdict_free(v);
    o = (assay_options){.untrusted = true, .default_style = "announcement"};
    assert_int_equal(assay_judge(b->rules, b->truth, &o, WRONG, n, &v, &e), ASSAY_OK);
    assert_true(text_is(assay_verdict_style(v), "announcement"));
    assay_verdict_free(v);
    o = (assay_options){.style = "esay"};
    assert_int_equal(assay_judge(b->rules, NULL, &o, WRONG, n, &v, &e), ASSAY_ERROR_USAGE);
    assert_true(strstr(e.message, "did you mean 'essay'") && !v);
    o = (assay_options){.max_bytes = 100, .path = "long.md"};
    assert_int_equal(assay_judge(b->rules, NULL, &o, WRONG, n, &v, &e), ASSAY_ERROR_LIMIT);
    assert_string_equal(e.file, "long.md");
    /* A wrong choice is refused, never taken for the nearest one. */
    o = (assay_options){.fail_level = 4};
    assert_int_equal(assay_judge(b->rules, NULL, &o, WRONG, n, &v, &e), ASSAY_ERROR_USAGE);
    o = (assay_options){.fail_claims = -1};
    assert_int_equal(assay_judge(b->rules, NULL, &o, WRONG, n, &v, &e), ASSAY_ERROR_USAGE);
    const double no_numbers[] = {(double)NAN, (double)INFINITY, -(double)INFINITY};
    for (size_t i = 0; i < sizeof no_numbers / sizeof *no_numbers; i++) {
        o = (assay_options){.threshold_given = true, .threshold = no_numbers[i]};
        assert_int_equal(assay_judge(b->rules, NULL, &o, WRONG, n, &v, &e), ASSAY_ERROR_USAGE);
    }
    /* Nothing is verified without a manifest: that is no pass, and what needs none still works. */
    o = (assay_options){.fail_claims = ASSAY_FAIL_UNVERIFIED, .path = "a.md"};
    assert_int_equal(assay_judge(b->rules, NULL, &o, WRONG, n, &v, &e), ASSAY_ERROR_USAGE);
    assert_true(!v && strstr(e.message, "no manifest") && strcmp(e.file, "a.md") == 0);
    assert_int_equal(assay_judge(b->rules, b->truth, &o, WRONG, n, &v, &e), ASSAY_OK);
    assay_verdict_free(v);
    o.fail_claims = ASSAY_FAIL_NEVER;
    assert_int_equal(assay_judge(b->rules, NULL, &o, WRONG, n, &v, &e), ASSAY_OK);
    assay_verdict_free(v);
}

static void names_are_those_of_the_reports(void **state) {
    (void)state;
    assert_string_equal(assay_level_name(ASSAY_LEVEL_WARNING), "warning");
    assert_null(assay_level_name(4));
    assert_string_equal(assay_claim_verdict_name(ASSAY_NOT_ABOUT_US), "not-about-us");
    assert_string_equal(assay_claim_verdict_name(ASSAY_UNDERSPECIFIED), "under-specified");
    assert_null(assay_claim_verdict_name(5));
    assert_null(assay_claim_verdict_name(-1));
}

static void the_json_is_the_programs(void **state) {
    const bench *b = *state;
    const char *program = getenv("ASSAY");
    char *json;
    size_t length;
    assay_verdict *v;
    arena *a = arena_new(0);
    str source = {0};
    assert_int_equal(file_read(a, ARTICLE, 1 << 20, &source, NULL), 0);
    assay_options o = {.path = ARTICLE, .about_ours = true};
    assert_int_equal(assay_judge(b->rules, b->truth, &o, source.p, (size_t)source.n, &v, NULL), ASSAY_OK);
    assert_int_equal(assay_verdict_json(v, &json, &length, NULL), ASSAY_OK);
    assert_int_equal(strlen(json), length);
    assert_non_null(strstr(json, "\"verdict\": \"fail\""));
    if (program && access(program, X_OK) == 0) {
        str command = arena_printf(
            a, "'%s' check --no-config --no-exit --format json --about ours --manifest " MANIFEST " " ARTICLE "%c",
            program, 0);
        FILE *pipe = popen((const char *)command.p, "r");
        assert_non_null(pipe);
        char *said = arena_alloc(a, length + 2, 1);
        size_t n = fread(said, 1, length + 1, pipe);
        assert_int_equal(pclose(pipe), 0);
        assert_int_equal(n, length);
        assert_memory_equal(said, json, length);
    }
    assay_json_free(json);
    assay_verdict_free(v);
    arena_free(a);
}

/* ---- two threads, the same rules and manifest, from the first use on --------------------------------------------- */

typedef struct errand {
    const bench *b;
    char *json;
    bool same;
} errand;

static void *judge_often(void *context) {
    errand *r = context;
    r->same = true;
    for (int i = 0; i < 20; i++) {
        assay_verdict *v = NULL;
        char *json = NULL;
        assay_options o = {.path = "a.md", .about_ours = true};
        if (assay_judge(r->b->rules, r->b->truth, &o, WRONG, strlen(WRONG), &v, NULL)) r->same = false;
        if (assay_verdict_json(v, &json, NULL, NULL)) r->same = false;
        if (r->json && json) r->same = r->same && strcmp(r->json, json) == 0;
        if (r->json) assay_json_free(json);
        if (!r->json) r->json = json;
        assay_verdict_free(v);
    }
    return NULL;
}

static void two_threads_judge_at_once(void **state) {
    (void)state;
    bench fresh; /* patterns are compiled by whoever needs them first */
    const char *const files[] = {MANIFEST};
    assert_int_equal(assay_rules_builtin(NULL, &fresh.rules, NULL), ASSAY_OK);
    assert_int_equal(assay_manifest_open(files, 1, &fresh.truth, NULL), ASSAY_OK);
    errand jobs[2] = {{.b = &fresh}, {.b = &fresh}};
    pthread_t threads[2];
    for (int i = 0; i < 2; i++) assert_int_equal(pthread_create(&threads[i], NULL, judge_often, &jobs[i]), 0);
    for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
    assert_true(jobs[0].same && jobs[1].same && jobs[0].json && jobs[1].json);
    assert_string_equal(jobs[0].json, jobs[1].json);
    for (int i = 0; i < 2; i++) assay_json_free(jobs[i].json);
    assay_manifest_free(fresh.truth);
    assay_rules_free(fresh.rules);
}

/* A host program that writes 2,5 gets the verdict and the JSON that every other one gets, and keeps its locale. Skipped
 * where no such locale is installed. */
static void a_comma_locale_changes_nothing(void **state) {
    static const char truth[] =
        "assay-facts: 1\nas_of: 2026-05-18\nhardware:\n  - {id: spark, aliases: [DGX Spark], attrs: "
        "{memory: {value: '121.7', unit: GiB, aliases: [memory], tol: {rel: 2.5%}}}}\n";
    static const char article[] = "---\ntitle: A box\ndate: 2026-05-18\nstyle: essay\n---\n\n"
                                  "The DGX Spark has 124.51 GiB of memory.\n";
    const bench *b = *state;
    char *json[2] = {NULL, NULL};
    for (int k = 0; k < 2; k++) {
        if (k && !setlocale(LC_ALL, "de_DE.UTF-8") && !setlocale(LC_ALL, "fr_FR.UTF-8")) {
            assay_json_free(json[0]);
            print_message(
                "# SKIP: no locale that writes 2,5 is installed\n"); /* cmocka's skip() is "not ok" to prove */
            return;
        }
        const assay_source source = {"m.yaml", truth, sizeof truth - 1};
        assay_options options = {.path = "a.md", .about_ours = true};
        assay_manifest *m = NULL;
        assay_verdict *v = NULL;
        assert_int_equal(assay_manifest_read(&source, 1, &m, NULL), 0);
        assert_int_equal(assay_judge(b->rules, m, &options, article, sizeof article - 1, &v, NULL), 0);
        assert_int_equal(assay_verdict_coverage(v).supported, 1);
        assert_int_equal(assay_verdict_json(v, &json[k], NULL, NULL), 0);
        assay_verdict_free(v);
        assay_manifest_free(m);
        char own[8];
        snprintf(own, sizeof own, "%.1f", 0.5);
        assert_string_equal(own, k ? "0,5" : "0.5");
    }
    setlocale(LC_ALL, "C");
    assert_string_equal(json[0], json[1]);
    assay_json_free(json[0]);
    assay_json_free(json[1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_header_is_of_this_version),
        cmocka_unit_test(nothing_is_an_answer_too),
        cmocka_unit_test(an_empty_article_is_judged),
        cmocka_unit_test(rules_are_built_in_or_a_folder),
        cmocka_unit_test(manifests_are_texts_or_files),
        cmocka_unit_test(a_contradicted_article_fails_with_its_proof),
        cmocka_unit_test(the_ledger_adds_up),
        cmocka_unit_test(options_are_those_of_the_program),
        cmocka_unit_test(names_are_those_of_the_reports),
        cmocka_unit_test(the_json_is_the_programs),
        cmocka_unit_test(two_threads_judge_at_once),
        cmocka_unit_test(a_comma_locale_changes_nothing),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
