/* fuzz_rules.c - any bytes are a rule file, and any bytes are an article under the built-in rules.
 *
 * Byte 0 chooses: 0 a signal file, 1 a lint file, 2 a style file, 3 a phrase, else an article (bit 2: the published
 * ruler, bits 3-7 seed a random taint). What loads must measure a fixed article; what is measured must keep its
 * promises: hits and findings lie inside the source, paid is never better than the value, values are finite.
 */
#include "signals/selftest.h"

#include "rules/load.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const ruleset *builtin[2];

static void stop(const char *why) {
    fprintf(stderr, "fuzz_rules: %s\n", why);
    abort();
}

static void check_values(const article *art, const measurement *measured) {
    for (int id = 0; id < SIGNAL_COUNT; id++) {
        const signal_value *v = &measured->signals[id];
        if (!isfinite(v->value) || !isfinite(v->paid) || v->value < 0 || v->paid < 0) stop("a value is no number");
        bool negative = signal_is_negative((enum signal_id)id);
        if (id == SIGNAL_TRIPLE_BULLET_LISTS && v->paid == 0) continue; /* not fined where a manifest judges */
        if (negative ? v->paid < v->value - 1e-9 : v->paid > v->value + 1e-9) stop("paid is better than the value");
        for (uint32_t i = 0; i < v->hit_count; i++)
            if (v->hits[i].where.lo > v->hits[i].where.hi || v->hits[i].where.hi > (uint32_t)art->source.n)
                stop("a hit lies outside the source");
    }
}

static void measure(arena *a, const ruleset *rules, str text, uint32_t seed) {
    article art;
    token_list tokens;
    measurement plain, measured;
    finding_list findings = {0};
    error e = {0};
    int status = article_parse(a, STR("f.md"), text, NULL, &art, &e);
    if (status == ERROR_LIMIT) return;
    if (!status) status = lex_article(a, &art, &tokens, &e);
    uint8_t *sentences = arena_alloc(a, art.sentence_count, 1), *blocks = arena_alloc(a, art.block_count, 1);
    for (uint32_t i = 0; i < art.sentence_count; i++) sentences[i] = (seed = seed * 1103515245 + 12345) >> 29 == 0;
    for (uint32_t i = 0; i < art.block_count; i++) blocks[i] = (seed = seed * 1103515245 + 12345) >> 28 == 0;
    taint places = {.sentences = sentences, .blocks = blocks};
    if (!status) status = signals_measure(a, rules, &art, &tokens, NULL, &plain, &e);
    if (!status) status = signals_measure(a, rules, &art, &tokens, &places, &measured, &e);
    if (!status)
        status =
            lints_run(a, rules, &rules->styles[seed % rules->style_count], &art, &tokens, &measured, &findings, &e);
    if (status == ERROR_LIMIT || status == ERROR_SCHEMA) return;
    if (status) stop(e.message);
    check_values(&art, &plain);
    check_values(&art, &measured);
    for (int id = 0; id < SIGNAL_COUNT; id++)
        if (plain.signals[id].value != measured.signals[id].value) stop("a taint changes a value");
    for (size_t i = 0; i < findings.n; i++)
        if (findings.at[i].where.hi > (uint32_t)art.source.n || findings.at[i].where.lo > findings.at[i].where.hi)
            stop("a finding lies outside the source");
}

static const char fixed[] =
    "---\ntitle: x\n---\n\n## Why\n\nIt failed because the cache was full. It is not fast, it is "
    "sound.\n\n1. One\n2. Two\n3. Three\n\n- a\n- b\n- c\n\n```sh\nmake\n```\n";

static void load_file(str content, const char *name) {
    static const char head[] = "ruleset: f\nruler: article\ndefault_style: s\n";
    static const char plain_style[] = "style: s\ntitle: S\nsummary: s\nminimum: 1\n";
    rule_file files[3] = {{STR("ruleset.yaml"), STR("ruleset.yaml"), str_from_cstr(head)},
                          {str_from_cstr(name), str_from_cstr(name), content},
                          {STR("styles/s.yaml"), STR("styles/s.yaml"), str_from_cstr(plain_style)}};
    arena *a = arena_new(256u << 20), *b = arena_new(0);
    ruleset_data *data = a ? ARENA_NEW(a, ruleset_data) : NULL;
    ruleset *rules = NULL;
    error e = {0};
    if (!data || !b) stop("out of memory");
    if (rules_load(a, files, str_eq(files[1].name, files[2].name) ? 2 : 3, data, &e)) {
        if (e.message[0] == 0) stop("an error without a message");
    } else if (!ruleset_make(a, STR("fuzz"), data, &rules, &e)) {
        measure(b, rules, str_from_cstr(fixed), 1);
    }
    if (rules)
        ruleset_free(rules);
    else
        arena_free(a);
    arena_free(b);
}

static void add_phrase(str text) {
    arena *a = arena_new(256u << 20);
    error e = {0};
    phrase_trie trie;
    trie_builder *b = trie_builder_new(a);
    int status = trie_builder_add(b, text, (phrase_output){.rule = 1}, &e);
    if (!status && trie_builder_finish(b, &trie, &e)) stop(e.message);
    if (status && e.message[0] == 0) stop("an error without a message");
    arena_free(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static const char *const names[] = {"signals/caveats.yaml", "lints/x.yaml", "styles/s.yaml"};
    error e = {0};
    if (!builtin[0] && (ruleset_builtin_named(STR("default"), &builtin[0], &e) ||
                        ruleset_builtin_named(STR("published"), &builtin[1], &e)))
        stop(e.message);
    if (size == 0) return 0;
    str rest = str_make(bytes + 1, size - 1);
    uint8_t mode = bytes[0];
    if (mode < 3)
        load_file(rest, names[mode]);
    else if (mode == 3)
        add_phrase(rest);
    else {
        arena *a = arena_new(0);
        measure(a, builtin[mode >> 2 & 1], rest, mode);
        arena_free(a);
    }
    return 0;
}
