/* test_rules.c - phrases, strict loading, the built-in rules. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/file.h"
#include "rules/load.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- phrases ----------------------------------------------------------------------------------------------------- */

static uint32_t follow(const phrase_trie *t, const char *const *words) {
    uint32_t node = 0;
    for (; *words; words++) {
        node = phrase_child(t, node, str_hash(str_from_cstr(*words)));
        if (!node) return 0;
    }
    return node;
}

static void a_phrase_becomes_all_its_expansions(void **state) {
    (void)state;
    arena *a = arena_new(0);
    error e = {0};
    trie_builder *b = trie_builder_new(a);
    phrase_trie t;
    assert_int_equal(trie_builder_add(b, STR("delve~ [deep|deeper] (into|in the)"), (phrase_output){.rule = 7}, &e), 0);
    assert_int_equal(trie_builder_add(b, STR("Plan~-ahead"), (phrase_output){.rule = 8}, &e), 0);
    assert_int_equal(trie_builder_add(b, STR(", so"), (phrase_output){.rule = 9}, &e), 0);
    assert_int_equal(trie_builder_finish(b, &t, &e), 0);
    uint32_t so = follow(&t, (const char *[]){"so", NULL});
    assert_true(so && t.outputs[t.nodes[so].output_lo].comma_before);
    assert_true(follow(&t, (const char *[]){"delving", "into", NULL}));
    assert_true(follow(&t, (const char *[]){"delves", "deeper", "in", "the", NULL}));
    assert_true(follow(&t, (const char *[]){"planning", "ahead", NULL}));
    assert_false(follow(&t, (const char *[]){"delve", "deep", "deep", NULL}));
    uint32_t end = follow(&t, (const char *[]){"delved", "in", "the", NULL});
    assert_int_equal(t.nodes[end].output_hi - t.nodes[end].output_lo, 1);
    assert_int_equal(t.outputs[t.nodes[end].output_lo].rule, 7);
    uint32_t inner = follow(&t, (const char *[]){"delved", "in", NULL});
    assert_int_equal(t.nodes[inner].output_hi, t.nodes[inner].output_lo);
    assert_true(phrase_may_begin(&t, str_hash(STR("delve"))));
    assert_false(phrase_may_begin(&t, str_hash(STR("dig"))));
    arena_free(a);
}

static void words_inflect_as_english_does(void **state) {
    (void)state;
    static const char *const want[][4] = {{"leverage", "leverages", "leveraged", "leveraging"},
                                          {"plan", "plans", "planned", "planning"},
                                          {"embody", "embodies", "embodied", "embodying"},
                                          {"play", "plays", "played", "playing"},
                                          {"push", "pushes", "pushed", "pushing"},
                                          {"open", "opens", "opened", "opening"},
                                          {"agree", "agrees", "agreed", "agreeing"}};
    arena *a = arena_new(0);
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        str forms[4];
        int n = phrase_inflect(a, str_from_cstr(want[i][0]), forms);
        assert_int_equal(n, 4);
        for (int k = 0; k < n; k++) assert_true(str_eq(forms[k], str_from_cstr(want[i][k])));
    }
    arena_free(a);
}

static void malformed_phrases_are_refused(void **state) {
    (void)state;
    static const char *const bad[] = {"",
                                      "^",
                                      "(a|b",
                                      "a)",
                                      "[a]",
                                      "_ a",
                                      "a_b",
                                      "a! b",
                                      "(a|b|c|d|e|f|g|h) (a|b|c|d|e|f|g|h) "
                                      "(a|b|c|d|e|f|g|h) (a|b|c|d|e|f|g|h) (a|b|c|d|e|f|g|h)",
                                      "a b c d e f g h i j k l m",
                                      "((((((((((a))))))))))",
                                      "caf\xc3\xa9"};
    arena *a = arena_new(0);
    trie_builder *b = trie_builder_new(a);
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        error e = {0};
        assert_int_equal(trie_builder_add(b, str_from_cstr(bad[i]), (phrase_output){0}, &e), ERROR_SCHEMA);
        assert_true(e.message[0] != 0);
    }
    arena_free(a);
}

/* ---- loading ----------------------------------------------------------------------------------------------------- */

static const char head_text[] = "ruleset: t\nruler: article\ndefault_style: s\n";
static const char style_text[] = "style: s\ntitle: S\nsummary: s\nminimum: 10\nweights: {caveats: 2}\n";
static const char signal_text[] = "signal: caveats\ntitle: C\nsummary: c\ndetails: d\nscope: [prose]\nkind: "
                                  "pattern\ncount: sentences\nunit: u\ncap: 5\n"
                                  "phrases: [only here]\ntests:\n  - match: Only here.\n  - no_match: There.\n";

/* Loads three files, of which any may be replaced; NULL leaves one out. */
static int load(arena *a, const char *head, const char *signal, const char *style_file, ruleset_data *data, error *e) {
    rule_file files[3];
    size_t n = 0;
    if (head) files[n++] = (rule_file){STR("ruleset.yaml"), STR("r/ruleset.yaml"), str_from_cstr(head)};
    if (signal)
        files[n++] = (rule_file){STR("signals/caveats.yaml"), STR("r/signals/caveats.yaml"), str_from_cstr(signal)};
    if (style_file) files[n++] = (rule_file){STR("styles/s.yaml"), STR("r/styles/s.yaml"), str_from_cstr(style_file)};
    *e = (error){0};
    return rules_load(a, files, n, data, e);
}

static void sound_rules_load(void **state) {
    (void)state;
    arena *a = arena_new(0);
    ruleset_data data, again;
    error e;
    assert_int_equal(load(a, head_text, signal_text, style_text, &data, &e), 0);
    assert_int_equal(data.signals[SIGNAL_CAVEATS].test_count, 2);
    assert_true(data.styles[0].weights[SIGNAL_CAVEATS] == 2 && data.styles[0].caps[SIGNAL_CAVEATS] == 5);
    assert_int_equal(data.signals[SIGNAL_EM_DASHES].file.n, 0);
    assert_true(data.signals[SIGNAL_EM_DASHES].negative);
    assert_int_equal(load(a, head_text, signal_text, style_text, &again, &e), 0);
    assert_string_equal(data.hash.text, again.hash.text);
    char changed[512];
    snprintf(changed, sizeof changed, "%s# a comment\n", style_text);
    assert_int_equal(load(a, head_text, signal_text, changed, &again, &e), 0);
    assert_string_not_equal(data.hash.text, again.hash.text);
    arena_free(a);
}

typedef struct broken {
    const char *find, *replace; /* in the signal or style text */
    uint32_t line, column;
    const char *says;
} broken;

static char *replaced(const char *text, const broken *b) {
    const char *at = strstr(text, b->find);
    if (!at) return NULL;
    size_t size = strlen(text) + strlen(b->replace) + 1;
    char *out = malloc(size);
    assert_non_null(out);
    snprintf(out, size, "%.*s%s%s", (int)(at - text), text, b->replace, at + strlen(b->find));
    return out;
}

static void every_refusal_names_its_place(void **state) {
    (void)state;
    static const broken cases[] = {
        {"title: C", "titel: C", 2, 1, "did you mean 'title'"},
        {"signal: caveats", "signal: caveat", 1, 9, "did you mean 'caveats'"},
        {"kind: pattern", "kind: patern", 6, 7, "did you mean 'pattern'"},
        {"count: sentences", "count: lines", 7, 8, "unknown count"},
        {"scope: [prose]", "scope: [prosa]", 5, 9, "unknown scope 'prosa'"},
        {"scope: [prose]", "scope: [raw]", 5, 1, "scope raw"},
        {"cap: 5", "cap: five", 9, 6, "must be a number"},
        {"cap: 5", "cap: -1", 9, 6, "at least 0"},
        {"phrases: [only here]", "phrases: ['(only']", 10, 11, "unclosed group"},
        {"phrases: [only here]", "patterns: [{match: 'a(b', when: [a]}]", 10, 20,
         "missing closing parenthesis at offset 3"},
        {"phrases: [only here]", "patterns: [{match: 'ab'}]", 10, 12, "needs 'when'"},
        {"phrases: [only here]", "params: {a: 1}", 0, 0, "needs 'phrases' or 'patterns'"},
        {"  - no_match: There.\n", "", 11, 1, "must not match"},
        {"summary: c", "summary: c\nsummary: d", 4, 1, "stands twice"},
        {"minimum: 10", "minimal: 10", 4, 1, "did you mean 'minimum'"},
        {"minimum: 10\n", "", 1, 1, "'minimum' is missing"},
        {"{caveats: 2}", "{caveat: 2}", 5, 11, "a weight without a signal: 'caveat'; did you mean 'caveats'"},
        {"{caveats: 2}", "{em_dashes: 2}", 5, 11, "a weight without a signal"},
        {"{caveats: 2}", "{caveats: -2}", 5, 20, "at least 0"},
        {"style: s\n", "style: t\n", 1, 8, "must be in a file 't.yaml'"},
    };
    arena *a = arena_new(0);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        ruleset_data data;
        error e;
        char *signal = replaced(signal_text, &cases[i]), *style_file = replaced(style_text, &cases[i]);
        bool in_style = !signal || i >= 14;
        int status = load(a, head_text, in_style ? signal_text : signal, in_style ? style_file : style_text, &data, &e);
        if (status != ERROR_SCHEMA || !strstr(e.message, cases[i].says)) print_error("case %zu: %s\n", i, e.message);
        assert_int_equal(status, ERROR_SCHEMA);
        assert_non_null(strstr(e.message, cases[i].says));
        assert_string_equal(e.file, in_style ? "r/styles/s.yaml" : "r/signals/caveats.yaml");
        if (cases[i].column > 1) {
            assert_int_equal(e.line, cases[i].line);
            assert_int_equal(e.column, cases[i].column);
        }
        free(signal);
        free(style_file);
    }
    ruleset_data data;
    error e;
    assert_int_equal(load(a, NULL, signal_text, style_text, &data, &e), ERROR_SCHEMA);
    assert_int_equal(load(a, head_text, signal_text, NULL, &data, &e), ERROR_SCHEMA);
    arena_free(a);
}

/* A signal or lint with a measure: what is said of it, NULL when it loads. */
static void measures_and_their_parameters_are_checked(void **state) {
    (void)state;
    static const struct {
        bool lint;
        const char *lines, *says;
        uint32_t column;
    } cases[] = {
        {false, "measure: step_sequences\nparams: {least: 3}\n", NULL, 0},
        {false, "measure: mattr\nparams: {window: 1000}\n", NULL, 0},
        {false, "measure: mattr\n", NULL, 0},
        {false, "measure: matr\n", "unknown measure 'matr'; did you mean 'mattr'?", 10},
        {false, "measure: foo_and_bar\n", "unknown measure 'foo_and_bar'", 10},
        {false, "measure: terminal\n", "measure 'terminal' is for lints", 10},
        {false, "measure: mattr\nparams: {windw: 100}\n", "unknown parameter 'windw'; did you mean 'window'?", 10},
        {false, "measure: mattr\nparams: {window: abc}\n", "'window' must be a whole number of 1 to 1000", 18},
        {false, "measure: mattr\nparams: {window: 0}\n", "'window' must be a whole number", 18},
        {false, "measure: mattr\nparams: {window: -1}\n", "'window' must be a whole number", 18},
        {false, "measure: mattr\nparams: {window: 1e12}\n", "'window' must be a whole number", 18},
        {false, "measure: mattr\nparams: {window: 10.5}\n", "'window' must be a whole number", 18},
        {false, "measure: mattr\nparams: {window: }\n", "a parameter is a text or a number", 0},
        {false, "measure: h2\nparams: {least: 1}\n", "unknown parameter 'least'", 10},
        {false, "params: {least: 1}\n", "'params' go with a 'measure'", 0},
        {true, "measure: anaphora_run\nparams: {words: 2, least: 3, error_at: 4, single_word: 10}\n", NULL, 0},
        {true, "measure: monotone_length\nparams: {least: 10, spread: 0, share: 0.25}\n", NULL, 0},
        {true, "measure: parser_issue\nparams: {issues: invalid-utf8 nul-byte}\n", NULL, 0},
        {true, "measure: anaphora_run\nparams: {word: 2}\n", "unknown parameter 'word'; did you mean 'words'?", 10},
        {true, "measure: anaphora_run\nparams: {words: two}\n", "'words' must be a whole number of 1 to 20", 17},
        {true, "measure: shape_run\nparams: {least: -3}\n", "'least' must be a whole number of 2", 17},
        {true, "measure: shape_run\nparams: {least: 1e12}\n", "'least' must be a whole number of 2", 17},
        {true, "measure: sentence_repeats\nparams: {free: 0, per_1000: 2.5}\n", NULL, 0},
        {true, "measure: sentence_repeats\nparams: {per_1000: -1}\n", "'per_1000' must be a number of 0 to 1000", 20},
        {true, "measure: heading_echo\nparams: {share: 1.5}\n", "'share' must be a part of 1", 17},
        {true, "measure: heading_echo\nparams: {share: [1]}\n", "a parameter is a text or a number", 17},
        {true, "measure: parser_issue\nparams: {issues: frontmatter-mising}\n",
         "unknown issue 'frontmatter-mising'; did you mean 'frontmatter-missing'?", 18},
        {true, "measure: parser_issue\n", "unknown issue 'mine'", 10},
        {true, "measure: mattr\n", "measure 'mattr' is for signals", 10},
        {true, "message: '{n} of {limit}: {text} {} { x'\n", NULL, 0},
        {true, "message: 'see {nosuch}'\n", "unknown placeholder '{nosuch}': {text}, {n} and {limit} are filled in",
         10},
        {true, "message: 'see {text'\n", "unknown placeholder '{text'", 10},
        {true, "message: 'see {Text}'\n", "unknown placeholder '{Text}'", 10},
    };
    static const char lint_text[] = "lint: mine\ntitle: M\nsummary: m\ndetails: d\nlevel: note\n"
                                    "kind: pattern\nscope: [prose]\nphrases: [only here]\n"
                                    "tests:\n  - match: Only here.\n  - no_match: There.\n";
    arena *a = arena_new(0);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char lint[1024], signal[1024];
        bool message = cases[i].lint && strstr(cases[i].lines, "message:");
        snprintf(lint, sizeof lint, "%s%s%s", cases[i].lint ? cases[i].lines : "", message ? "" : "message: m\n",
                 lint_text);
        snprintf(signal, sizeof signal, "%s%s", cases[i].lint ? "" : cases[i].lines, signal_text);
        rule_file files[] = {{STR("lints/mine.yaml"), STR("r/lints/mine.yaml"), str_from_cstr(lint)},
                             {STR("ruleset.yaml"), STR("r/ruleset.yaml"), str_from_cstr(head_text)},
                             {STR("signals/caveats.yaml"), STR("r/signals/caveats.yaml"), str_from_cstr(signal)},
                             {STR("styles/s.yaml"), STR("r/styles/s.yaml"), str_from_cstr(style_text)}};
        ruleset_data data;
        error e = {0};
        int status = rules_load(a, files, COUNT_OF(files), &data, &e);
        const char *says = cases[i].says;
        if (!says != !status || (says && !strstr(e.message, says))) fail_msg("%s: %s", cases[i].lines, e.message);
        if (says) assert_string_equal(e.file, cases[i].lint ? "r/lints/mine.yaml" : "r/signals/caveats.yaml");
        if (cases[i].column && cases[i].column != e.column) fail_msg("%s: column %u", cases[i].lines, e.column);
    }
    arena_free(a);
}

/* A weight of a signal that is known and not in this ruleset is not told to mean itself. */
static void a_weight_of_a_signal_that_is_left_out_says_so(void **state) {
    (void)state;
    arena *a = arena_new(0);
    ruleset_data data;
    error e;
    assert_int_equal(load(a, head_text, signal_text,
                          "style: s\ntitle: S\nsummary: s\nminimum: 10\nweights: {h2_count: 2}\n", &data, &e),
                     ERROR_SCHEMA);
    assert_non_null(strstr(e.message, "this ruleset has no file signals/h2_count.yaml"));
    assert_null(strstr(e.message, "did you mean"));
    arena_free(a);
}

/* They read the matches in sentences, which a raw ruler has not: they would have read where there is nothing. */
static void a_raw_ruler_has_no_measure_of_matches(void **state) {
    (void)state;
    static const char *const measures[] = {"examples", "hedges", "raw_diversity"};
    arena *a = arena_new(0);
    for (size_t i = 0; i < COUNT_OF(measures); i++) {
        char signal[1024];
        ruleset_data data;
        error e;
        snprintf(signal, sizeof signal,
                 "measure: %s\nsignal: caveats\ntitle: C\nsummary: c\ndetails: d\nscope: [raw]\nkind: pattern\n"
                 "count: matches\nunit: u\ncap: 5\npatterns:\n  - match: 'only'\n"
                 "tests:\n  - match: only\n  - no_match: There.\n",
                 measures[i]);
        int status = load(a, "ruleset: t\nruler: raw\ndefault_style: s\n", signal, style_text, &data, &e);
        if (strcmp(measures[i], "raw_diversity") == 0) {
            assert_int_equal(status, 0);
            continue;
        }
        assert_int_equal(status, ERROR_SCHEMA);
        assert_non_null(strstr(e.message, "not under 'ruler: raw'"));
        assert_int_equal(e.line, 1);
    }
    arena_free(a);
}

/* Each would have measured or matched nothing, in silence. */
static void a_rule_that_its_ruler_cannot_follow_is_refused(void **state) {
    (void)state;
    static const char lint[] = "lint: only\ntitle: O\nsummary: o\ndetails: d\nmessage: m\nlevel: error\n"
                               "kind: pattern\nscope: [prose]\nphrases:\n  - only\ntests:\n  - match: only\n"
                               "  - no_match: There.\n";
    arena *a = arena_new(0);
    ruleset_data data;
    error e;
    int status = load(
        a, head_text,
        "signal: caveats\ntitle: C\nsummary: c\ndetails: d\nscope: [prose]\nkind: statistic\n"
        "count: matches\nunit: u\ncap: 5\nmeasure: raw_diversity\ntests:\n  - match: Here.\n  - no_match: There.\n",
        style_text, &data, &e);
    assert_int_equal(status, ERROR_SCHEMA);
    assert_non_null(strstr(e.message, "it belongs to a ruleset with 'ruler: raw'"));
    assert_int_equal(e.line, 10);
    rule_file files[] = {
        {STR("ruleset.yaml"), STR("r/ruleset.yaml"), STR("ruleset: t\nruler: raw\ndefault_style: s\n")},
        {STR("lints/only.yaml"), STR("r/lints/only.yaml"), str_from_cstr(lint)},
    };
    e = (error){0};
    status = rules_load(a, files, COUNT_OF(files), &data, &e);
    assert_int_equal(status, ERROR_SCHEMA);
    assert_non_null(strstr(e.message, "under 'ruler: raw' a lint has a 'measure'"));
    assert_int_equal(e.line, 10);
    arena_free(a);
}

static void put(const char *folder, const char *name, const char *text) {
    char path[256];
    error e = {0};
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(file_write(path, str_from_cstr(text), &e), 0);
}

static void drop(const char *folder, const char *name) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(remove(path), 0);
}

static void what_is_no_rule_file_is_not_lost_in_silence(void **state) {
    (void)state;
    char folder[] = "/tmp/assay-rules-XXXXXX", path[128];
    static const char *const inside[] = {"lints", "signals", "styles"};
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < COUNT_OF(inside); i++) {
        snprintf(path, sizeof path, "%s/%s", folder, inside[i]);
        assert_int_equal(mkdir(path, 0777), 0);
    }
    put(folder, "ruleset.yaml", head_text);
    put(folder, "signals/caveats.yaml", signal_text);
    put(folder, "styles/s.yaml", style_text);
    static const char *const fine[] = {"lints/README.md", "lints/.hidden.yml", "signals/caveats.yaml~", "notes.txt",
                                       "published"};
    for (size_t i = 0; i < COUNT_OF(fine); i++) put(folder, fine[i], "x\n");
    ruleset *rules = NULL;
    error e = {0};
    if (ruleset_open(folder, &rules, &e)) fail_msg("%s", e.message);
    ruleset_free(rules);
    static const char *const strange[] = {"lints/mine.yml", "lints/mine.yaml.txt", "signals/mine", "lint", "Styles"};
    for (size_t i = 0; i < COUNT_OF(strange); i++) {
        put(folder, strange[i], "x\n");
        e = (error){0};
        assert_int_equal(ruleset_open(folder, &rules, &e), ERROR_SCHEMA);
        if (!strstr(e.message, strange[i])) fail_msg("%s: %s", strange[i], e.message);
        drop(folder, strange[i]);
    }
    for (size_t i = 0; i < COUNT_OF(fine); i++) drop(folder, fine[i]);
    drop(folder, "styles/s.yaml"), drop(folder, "signals/caveats.yaml"), drop(folder, "ruleset.yaml");
    for (size_t i = 0; i < COUNT_OF(inside); i++) drop(folder, inside[i]);
    assert_int_equal(rmdir(folder), 0);
}

static void a_folder_that_is_none_is_an_error(void **state) {
    (void)state;
    ruleset *rules = NULL;
    error e = {0};
    assert_int_equal(ruleset_open("/nonexistent", &rules, &e), ERROR_IO);
    assert_null(rules);
    ruleset_free(rules);
}

/* ---- built in ---------------------------------------------------------------------------------------------------- */

static void the_built_in_rules_are_complete(void **state) {
    (void)state;
    const ruleset *rules = NULL;
    error e = {0};
    assert_int_equal(ruleset_builtin(&rules, &e), 0);
    for (int i = 0; i < SIGNAL_COUNT; i++) {
        const signal_rule *s = &rules->signals[i];
        assert_true(s->file.n > 0 && s->summary.n > 0 && s->details.n > 0 && s->test_count >= 4);
        assert_true(str_eq(s->name, str_from_cstr(signal_name(s->id))));
        assert_int_equal(s->negative, i >= 15);
    }
    assert_true(rules->signals[SIGNAL_FILLER_PHRASES].source.phrase_count >= 80);
    static const char *const styles[] = {
        "conclusion",  "best_practice_learnings", "essay", "tutorial", "postmortem", "benchmark", "reference",
        "announcement"};
    for (size_t i = 0; i < COUNT_OF(styles); i++) {
        const style *s = ruleset_style(rules, str_from_cstr(styles[i]), NULL);
        assert_non_null(s);
        assert_true(s->minimum > 0 && s->required_count > 0 && s->words_min > 0);
    }
    str nearest;
    assert_null(ruleset_style(rules, STR("conlcusion"), &nearest));
    assert_true(str_eq(nearest, STR("conclusion")));
    assert_null(ruleset_lint(rules, STR("anafora-run"), &nearest));
    assert_true(str_eq(nearest, STR("anaphora-run")));
    ruleset_free(rules);
    assert_int_equal(ruleset_builtin_named(STR("published"), &rules, &e), 0);
    assert_true(rules->published);
    ruleset_free(rules);
    assert_int_equal(ruleset_builtin_named(STR("nothing"), &rules, &e), ERROR_USAGE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_phrase_becomes_all_its_expansions),
        cmocka_unit_test(words_inflect_as_english_does),
        cmocka_unit_test(malformed_phrases_are_refused),
        cmocka_unit_test(sound_rules_load),
        cmocka_unit_test(every_refusal_names_its_place),
        cmocka_unit_test(a_folder_that_is_none_is_an_error),
        cmocka_unit_test(the_built_in_rules_are_complete),
        cmocka_unit_test(measures_and_their_parameters_are_checked),
        cmocka_unit_test(a_weight_of_a_signal_that_is_left_out_says_so),
        cmocka_unit_test(a_raw_ruler_has_no_measure_of_matches),
        cmocka_unit_test(a_rule_that_its_ruler_cannot_follow_is_refused),
        cmocka_unit_test(what_is_no_rule_file_is_not_lost_in_silence),
    };
    return cmocka_run_group_tests_name("rules", tests, NULL, NULL);
}
