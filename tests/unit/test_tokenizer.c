/* test_tokenizer.c - the same tokens as the public reference libraries make, over 12,000 lines in each family.
 *
 * tests/oracles/tokenizers.py trained the small vocabularies and wrote what the references answer; the lines come from
 * the generator that stands in both places. Odd lines recognise control tokens, even lines take them as plain text.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/utf8.h"
#include "lm/gguf_write.h"
#include "lm/tokenizer.h"
#include "lm/unicode_class.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#define FOLDER "tests/oracles/tokenizers/"

static json_t *fixture(const char *name) {
    char path[128];
    json_error_t why;
    snprintf(path, sizeof path, FOLDER "%s.json", name);
    json_t *j = json_load_file(path, JSON_ALLOW_NUL, &why);
    if (!j) fail_msg("%s: %s", path, why.text);
    return j;
}

static str text_of(const json_t *j) { return str_make(json_string_value(j), json_string_length(j)); }

/* ---- the lines --------------------------------------------------------------------------------------------------- */

typedef struct generator {
    uint64_t state;
    const json_t *atoms;
} generator;

static uint32_t below(generator *g, uint32_t n) {
    g->state = g->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(g->state >> 33) % n;
}

static void random_character(generator *g, buf *line) {
    static const uint32_t limits[] = {0x80, 0x800, 0x3000, 0x10000, 0x110000};
    uint32_t limit = limits[below(g, 5)], code = below(g, limit);
    if (code >= 0xd800 && code < 0xe000) code = 'x';
    uint8_t bytes[4];
    buf_bytes(line, bytes, (size_t)utf8_encode(code, bytes));
}

static void make_line(generator *g, buf *line) {
    line->n = 0;
    uint32_t atoms = (uint32_t)json_array_size(g->atoms);
    for (uint32_t parts = 1 + below(g, 14); parts; parts--) {
        uint32_t kind = below(g, 16);
        if (kind == 0)
            random_character(g, line);
        else {
            str atom = text_of(json_array_get(g->atoms, below(g, atoms)));
            for (uint32_t times = kind == 1 ? 1 + below(g, 20) : 1; times; times--) buf_str(line, atom);
        }
        if (below(g, 3)) buf_byte(line, ' ');
    }
}

/* ---- tokenizers -------------------------------------------------------------------------------------------------- */

static str *strings(const json_t *list, size_t *n) {
    *n = json_array_size(list);
    str *s = calloc(*n + 1, sizeof *s);
    for (size_t i = 0; i < *n; i++) s[i] = text_of(json_array_get(list, i));
    return s;
}

static int open_writer(gguf_writer *w, tokenizer **t, error *e) {
    buf b = {0};
    arena *a = arena_new(0);
    gguf *g;
    assert_int_equal(gguf_writer_bytes(w, &b, NULL, NULL, e), 0);
    str bytes = buf_view(&b);
    gguf_source source = gguf_source_bytes(&bytes);
    assert_int_equal(gguf_read(a, &source, "vocabulary", NULL, &g, e), 0);
    int rc = tokenizer_open(g, t, e);
    gguf_writer_free(w);
    buf_free(&b);
    arena_free(a);
    return rc;
}

static tokenizer *open_fixture(const json_t *j) {
    size_t n, merge_count, type_count = json_array_size(json_object_get(j, "types"));
    str *tokens = strings(json_object_get(j, "tokens"), &n),
        *merges = strings(json_object_get(j, "merges"), &merge_count);
    int32_t *types = calloc(n, sizeof *types);
    float *scores = calloc(n, sizeof *scores);
    const json_t *score_list = json_object_get(j, "scores");
    for (size_t i = 0; i < n; i++) {
        types[i] = (int32_t)json_integer_value(json_array_get(json_object_get(j, "types"), i));
        scores[i] = (float)json_number_value(json_array_get(score_list, i));
    }
    gguf_writer *w = gguf_writer_new();
    gguf_write_str(w, "tokenizer.ggml.model", text_of(json_object_get(j, "model")));
    if (json_object_get(j, "pre")) gguf_write_str(w, "tokenizer.ggml.pre", text_of(json_object_get(j, "pre")));
    gguf_write_strs(w, "tokenizer.ggml.tokens", tokens, n);
    gguf_write_i32s(w, "tokenizer.ggml.token_type", types, type_count);
    if (score_list) gguf_write_f32s(w, "tokenizer.ggml.scores", scores, n);
    if (merge_count) gguf_write_strs(w, "tokenizer.ggml.merges", merges, merge_count);
    tokenizer *t = NULL;
    error e = {0};
    if (open_writer(w, &t, &e)) fail_msg("%s", e.message);
    free(tokens);
    free(merges);
    free(types);
    free(scores);
    return t;
}

static uint64_t fnv(uint64_t h, uint32_t value) {
    for (int i = 0; i < 4; i++) h = (h ^ (value >> (8 * i) & 255)) * 0x100000001b3u;
    return h;
}

static void compare_full(const json_t *wanted, const token_ids *got, size_t line, str text) {
    size_t n = json_array_size(wanted);
    for (size_t i = 0; i < n || i < got->n; i++) {
        long long want = i < n ? json_integer_value(json_array_get(wanted, i)) : -1,
                  have = i < got->n ? (long long)got->at[i] : -1;
        if (want != have)
            fail_msg("line %zu, token %zu: %lld, not %lld, in '%.*s'", line, i, have, want, STR_ARG(text));
    }
}

static void same_tokens_and_back(const char *name) {
    json_t *j = fixture(name), *lines = fixture("lines");
    tokenizer *t = open_fixture(j);
    tokenizer_scratch *s = tokenizer_scratch_new(t);
    generator g = {(uint64_t)json_integer_value(json_object_get(lines, "seed")), json_object_get(lines, "atoms")};
    const json_t *full = json_object_get(j, "full"), *hashes = json_object_get(j, "hashes");
    size_t count = (size_t)json_integer_value(json_object_get(j, "lines"));
    size_t block = (size_t)json_integer_value(json_object_get(j, "block"));
    bool controls = strcmp(name, "llama") != 0; /* SentencePiece itself never reads control tokens in a text */
    assert_true(count >= 10000 && json_array_size(hashes) == count / block);
    buf line = {0}, back = {0};
    token_ids tokens = {0};
    uint64_t h = 0;
    error e = {0};
    for (size_t i = 0; i < count; i++) {
        make_line(&g, &line);
        str text = buf_view(&line);
        tokens.n = 0;
        unsigned flags = i % 2 && controls ? TOKENIZE_SPECIAL : 0;
        assert_int_equal(tokenizer_encode(t, s, text, flags, &tokens, &e), 0);
        if (i < json_array_size(full)) compare_full(json_array_get(full, i), &tokens, i, text);
        if (i % block == 0) h = UINT64_C(0xcbf29ce484222325);
        for (size_t k = 0; k < tokens.n; k++) h = fnv(h, tokens.at[k]);
        h = fnv(h, UINT32_MAX);
        if (i % block == block - 1) {
            char hex[17];
            snprintf(hex, sizeof hex, "%016llx", (unsigned long long)h);
            if (strcmp(hex, json_string_value(json_array_get(hashes, i / block))) != 0)
                fail_msg("%s: lines %zu to %zu give other tokens than the reference", name, i + 1 - block, i);
        }
        back.n = 0;
        tokenizer_decode(t, tokens.at, tokens.n, true, true, &back);
        str mark = STR("\xe2\x96\x81");
        bool has_mark =
            str_find(text, mark, 0) >= 0 && strcmp(json_string_value(json_object_get(j, "model")), "gpt2") != 0;
        if (!has_mark && !str_eq(buf_view(&back), text))
            fail_msg("%s: line %zu comes back as '%.*s', not '%.*s'", name, i, STR_ARG(buf_view(&back)), STR_ARG(text));
    }
    buf_free(&line);
    buf_free(&back);
    token_ids_free(&tokens);
    tokenizer_scratch_free(s);
    tokenizer_free(t);
    json_decref(j);
    json_decref(lines);
}

static void gpt2_is_as_the_reference(void **state) { (void)state, same_tokens_and_back("gpt-2"); }
static void llama_bpe_is_as_the_reference(void **state) { (void)state, same_tokens_and_back("llama-bpe"); }
static void qwen2_is_as_the_reference(void **state) { (void)state, same_tokens_and_back("qwen2"); }
static void qwen35_is_as_the_reference(void **state) { (void)state, same_tokens_and_back("qwen35"); }
static void tekken_is_as_the_reference(void **state) { (void)state, same_tokens_and_back("tekken"); }
static void sentencepiece_is_as_the_reference(void **state) { (void)state, same_tokens_and_back("llama"); }
static void gemma4_is_as_the_reference(void **state) { (void)state, same_tokens_and_back("gemma4"); }

static void every_code_point_has_the_reference_class(void **state) {
    (void)state;
    json_t *lines = fixture("lines");
    arena *a = arena_new(0);
    unicode_classes *u = unicode_classes_new(a);
    uint64_t h = UINT64_C(0xcbf29ce484222325);
    for (uint32_t c = 0; c < 0x110000; c++)
        h = (h ^ (uint64_t)(uint8_t) "-ULOMNSW"[unicode_class_of(u, c)]) * 0x100000001b3u;
    char hex[17];
    snprintf(hex, sizeof hex, "%016llx", (unsigned long long)h);
    assert_string_equal(hex, json_string_value(json_object_get(lines, "classes")));
    assert_int_equal(unicode_class_of(u, UTF8_INVALID), CLASS_OTHER);
    arena_free(a);
    json_decref(lines);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_has_the_reference_class),
        cmocka_unit_test(gpt2_is_as_the_reference),
        cmocka_unit_test(llama_bpe_is_as_the_reference),
        cmocka_unit_test(qwen2_is_as_the_reference),
        cmocka_unit_test(qwen35_is_as_the_reference),
        cmocka_unit_test(tekken_is_as_the_reference),
        cmocka_unit_test(sentencepiece_is_as_the_reference),
        cmocka_unit_test(gemma4_is_as_the_reference),
    };
    return cmocka_run_group_tests_name("tokenizer", tests, NULL, NULL);
}
