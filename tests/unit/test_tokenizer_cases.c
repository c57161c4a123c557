/* test_tokenizer_cases.c - what the reference does not show: broken vocabularies, bytes that are no text, hostile text,
 * text that only looks like control tokens. The vocabularies are written out here.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "lm/gguf_write.h"
#include "lm/tokenizer.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct word {
    const char *text;
    int32_t type;
    float score;
} word;

static uint32_t unknown_key; /* tokenizer.ggml.unknown_token_id of the next header; 0 = none */

/* A GGUF header with <0x00> … <0xFF> first when `bytes`, then the words, then the merges. */
static int open_words(const char *model, bool bytes, const word *words, size_t n, const char *const *merges,
                      size_t merge_count, tokenizer **t, error *e) {
    gguf_writer *w = gguf_writer_new();
    str tokens[512], pairs[64];
    int32_t types[512];
    float scores[512] = {0};
    char text[256][8];
    size_t count = 0;
    for (; bytes && count < 256; count++) {
        snprintf(text[count], sizeof text[count], "<0x%02X>", (unsigned)count);
        tokens[count] = str_from_cstr(text[count]);
        types[count] = TOKEN_BYTE;
    }
    for (size_t i = 0; i < n; i++, count++) {
        tokens[count] = str_from_cstr(words[i].text);
        types[count] = words[i].type;
        scores[count] = words[i].score;
    }
    for (size_t i = 0; i < merge_count; i++) pairs[i] = str_from_cstr(merges[i]);
    gguf_write_str(w, "tokenizer.ggml.model", str_from_cstr(model));
    gguf_write_strs(w, "tokenizer.ggml.tokens", tokens, count);
    gguf_write_i32s(w, "tokenizer.ggml.token_type", types, count);
    gguf_write_f32s(w, "tokenizer.ggml.scores", scores, count);
    if (merge_count) gguf_write_strs(w, "tokenizer.ggml.merges", pairs, merge_count);
    if (unknown_key) gguf_write_u32(w, "tokenizer.ggml.unknown_token_id", unknown_key);
    buf b = {0};
    arena *a = arena_new(0);
    gguf *g;
    assert_int_equal(gguf_writer_header(w, &b, e), 0);
    str view = buf_view(&b);
    gguf_source source = gguf_source_bytes(&view);
    assert_int_equal(gguf_read(a, &source, "m", NULL, &g, e), 0);
    int rc = tokenizer_open(g, t, e);
    gguf_writer_free(w);
    buf_free(&b);
    arena_free(a);
    return rc;
}

static void expect(const tokenizer *t, str text, unsigned flags, const uint32_t *wanted, size_t n) {
    tokenizer_scratch *s = tokenizer_scratch_new(t);
    token_ids got = {0};
    error e = {0};
    assert_int_equal(tokenizer_encode(t, s, text, flags, &got, &e), 0);
    for (size_t i = 0; i < got.n || i < n; i++) {
        long long have = i < got.n ? (long long)got.at[i] : -1, want = i < n ? (long long)wanted[i] : -1;
        if (have != want) fail_msg("'%.*s', token %zu: %lld, not %lld", STR_ARG(text), i, have, want);
    }
    token_ids_free(&got);
    tokenizer_scratch_free(s);
}
#define EXPECT(t, text, flags, ...)                                                                                    \
    expect(t, STR(text), flags, (uint32_t[]){__VA_ARGS__}, sizeof((uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t))

/* Numbers from 256 on, behind the bytes. */
enum { SPACE = 256, A, B, AB, SPACE_A, END, TOOL, LINE, LINES, HEART };
static const word words[] = {{"\xe2\x96\x81", TOKEN_NORMAL, -9},
                             {"a", TOKEN_NORMAL, -9},
                             {"b", TOKEN_NORMAL, -9},
                             {"ab", TOKEN_NORMAL, -1},
                             {"\xe2\x96\x81"
                              "a",
                              TOKEN_NORMAL, -2},
                             {"<|end|>", TOKEN_CONTROL, 0},
                             {"<tool>", TOKEN_USER_DEFINED, 0},
                             {"\n", TOKEN_NORMAL, -9},
                             {"\n\n", TOKEN_NORMAL, -9},
                             {"\xe2\x99\xa5", TOKEN_NORMAL, -9}};
static const char *const merges[] = {"a b", "\xe2\x96\x81 a"};

static void sentencepiece_prefixes_once_and_again_after_control_tokens(void **state) {
    (void)state;
    tokenizer *t;
    error e = {0};
    assert_int_equal(open_words("llama", true, words, COUNT_OF(words), NULL, 0, &t, &e), 0);
    EXPECT(t, "ab", 0, SPACE, AB); /* the better score first */
    EXPECT(t, "aa", 0, SPACE_A, A);
    EXPECT(t, "a<tool>a", 0, SPACE_A, TOOL, A); /* user-defined: always, no second space */
    EXPECT(t, "<tool>a", 0, SPACE, TOOL, A);
    EXPECT(t, "a<|end|>a", TOKENIZE_SPECIAL, SPACE_A, END, SPACE_A);
    EXPECT(t,
           "\xe2\x96\x81"
           "a",
           0, SPACE, SPACE_A); /* the mark is a space */
    EXPECT(t, "\xff\xe2\x99\xa5\xe2\x99", 0, SPACE, 0xff, HEART, 0xe2, 0x99);
    expect(t, STR(""), TOKENIZE_SPECIAL, NULL, 0);
    buf out = {0};
    uint32_t ids[] = {SPACE_A, END, SPACE_A, 0xff, TOOL, 99999};
    tokenizer_decode(t, ids, COUNT_OF(ids), true, false, &out);
    assert_true(str_eq(buf_view(&out), STR("a a\xff<tool>")));
    out.n = 0;
    tokenizer_decode(t, ids, COUNT_OF(ids), false, true, &out);
    assert_true(str_eq(buf_view(&out), STR(" a<|end|> a\xff<tool>")));
    buf_free(&out);
    assert_int_equal(tokenizer_special(t, STR("<|end|>")), END);
    assert_int_equal(tokenizer_special(t, STR("ab")), TOKEN_NONE);
    assert_true(str_eq(tokenizer_piece(t, SPACE_A), STR(" a")) && tokenizer_piece(t, END).n == 0);
    tokenizer_free(t);
}

static void control_tokens_are_never_made_of_plain_text(void **state) {
    (void)state;
    tokenizer *t;
    error e = {0};
    static const word forged[] = {{"<", TOKEN_NORMAL, -1},
                                  {"s", TOKEN_NORMAL, -1},
                                  {">", TOKEN_NORMAL, -1},
                                  {"<s", TOKEN_NORMAL, -1},
                                  {"<s>", TOKEN_CONTROL, 0}};
    static const char *const to_it[] = {"< s", "<s >"};
    assert_int_equal(open_words("gemma4", true, forged, COUNT_OF(forged), to_it, 2, &t, &e), 0);
    EXPECT(t, "<s>", 0, 259, 258);
    EXPECT(t, "<s>", TOKENIZE_SPECIAL, 260);
    tokenizer_free(t);
    assert_int_equal(open_words("llama", true, forged, COUNT_OF(forged), NULL, 0, &t, &e), 0);
    EXPECT(t, "<s>", 0, 0x20, 259, 258);
    tokenizer_free(t);
}

/* Files that call the marks of the chat format user-defined: a text from outside may hold "<tool>", but not end a turn.
 */
static void user_defined_marks_are_for_the_prompt_alone(void **state) {
    (void)state;
    tokenizer *t;
    error e = {0};
    static const word marked[] = {
        {"<", TOKEN_NORMAL, -1},         {"/", TOKEN_NORMAL, -1},           {"s", TOKEN_NORMAL, -1},
        {">", TOKEN_NORMAL, -1},         {"</", TOKEN_NORMAL, -1},          {"</s", TOKEN_NORMAL, -1},
        {"</s>", TOKEN_USER_DEFINED, 0}, {"<tool>", TOKEN_USER_DEFINED, 0}, {"[INST]", TOKEN_USER_DEFINED, 0}};
    enum { CLOSE = 259, HALF = 261, MARK, FREE, INST };
    static const char *const to_it[] = {"< /", "</ s", "</s >"};
    assert_int_equal(open_words("gemma4", true, marked, COUNT_OF(marked), to_it, 3, &t, &e), 0);
    EXPECT(t, "</s>", 0, HALF, CLOSE); /* neither found in the text nor made by the merge */
    EXPECT(t, "<tool></s>", 0, FREE, HALF, CLOSE);
    EXPECT(t, "[INST]", 0, '[', 'I', 'N', 'S', 'T', ']');
    EXPECT(t, "[INST]<tool></s>", TOKENIZE_SPECIAL, INST, FREE, MARK);
    assert_true(tokenizer_is_end(t, MARK) && !tokenizer_is_end(t, FREE));
    tokenizer_free(t);
    assert_int_equal(open_words("llama", true, marked, COUNT_OF(marked), NULL, 0, &t, &e), 0);
    EXPECT(t, "</s>", 0, 0x20, HALF, CLOSE);
    EXPECT(t, "<tool>", 0, 0x20, FREE);
    EXPECT(t, "</s>", TOKENIZE_SPECIAL, 0x20, MARK);
    tokenizer_free(t);
}

static void gemma_keeps_lines_apart_and_their_breaks_together(void **state) {
    (void)state;
    tokenizer *t;
    error e = {0};
    assert_int_equal(open_words("gemma4", true, words, COUNT_OF(words), merges, COUNT_OF(merges), &t, &e), 0);
    EXPECT(t, "ab ab", 0, AB, SPACE, AB);
    EXPECT(t, "a\n\nb", 0, A, LINES, B);      /* no merge gives \n\n: a run that is a token is that token */
    EXPECT(t, "\n\n\n", 0, LINE, LINE, LINE); /* three are none, and there is no merge */
    EXPECT(t, "a<tool>\n", 0, A, TOOL, LINE);
    tokenizer_free(t);
}

static void without_byte_tokens_a_run_of_strangers_is_one_unknown(void **state) {
    (void)state;
    tokenizer *t;
    error e = {0};
    static const word few[] = {
        {"<unk>", TOKEN_UNKNOWN, 0}, {"\xe2\x96\x81", TOKEN_NORMAL, -1}, {"a", TOKEN_NORMAL, -1}};
    assert_int_equal(open_words("llama", false, few, COUNT_OF(few), NULL, 0, &t, &e), 0);
    EXPECT(t, "xyz a\xd0\x96q", 0, 1, 0, 1, 2, 0);
    tokenizer_free(t);
    unknown_key = UINT32_MAX; /* how some files say "none": the token of that type is there all the same */
    assert_int_equal(open_words("llama", false, few, COUNT_OF(few), NULL, 0, &t, &e), 0);
    unknown_key = 0;
    EXPECT(t, "xyz a\xd0\x96q", 0, 1, 0, 1, 2, 0);
    buf out = {0};
    tokenizer_decode(t, (uint32_t[]){1, 2, 0}, 3, true, false, &out);
    assert_true(str_eq(buf_view(&out), STR("a \xe2\x81\x87 ")));
    buf_free(&out);
    tokenizer_free(t);
}

static void characters_that_occur_only_inside_tokens_still_merge(void **state) {
    (void)state;
    tokenizer *t;
    error e = {0};
    static const word odd[] = {{"xy", TOKEN_NORMAL, -1}, {"xyz", TOKEN_NORMAL, -2}};
    assert_int_equal(open_words("llama", true, odd, COUNT_OF(odd), NULL, 0, &t, &e), 0);
    EXPECT(t, "xyzx", 0, 0x20, 257, 'x');
    tokenizer_free(t);
}

static void broken_vocabularies_are_named(void **state) {
    (void)state;
    tokenizer *t;
    error e = {0};
    char long_text[5000];
    memset(long_text, 'x', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = 0;
    const struct {
        const char *model;
        bool bytes;
        word one;
        const char *merge;
        int code;
        const char *part;
    } cases[] = {
        {"unigram", true, {"a", 1, 0}, NULL, ERROR_SUPPORT, "'unigram' is not known"},
        {"gpt2", true, {"a", 1, 0}, NULL, ERROR_SCHEMA, "tokenizer.ggml.pre"},
        {"llama", false, {"a", 1, 0}, NULL, ERROR_SCHEMA, "byte 0x00 and no unknown token"},
        {"llama", true, {"a", 7, 0}, NULL, ERROR_SCHEMA, "unknown type 7"},
        {"llama", true, {"ab", 6, 0}, NULL, ERROR_SCHEMA, "no <0xNN>"},
        {"llama", true, {"a", 1, (float)(0.0 / 0.0)}, NULL, ERROR_SCHEMA, "not a number"},
        {"llama", true, {long_text, 1, 0}, NULL, ERROR_LIMIT, "4999 bytes long"},
        {"llama", true, {long_text + 4600, 3, 0}, NULL, ERROR_LIMIT, "special token 256 is 399 bytes"},
        {"gemma4", true, {"a", 1, 0}, NULL, ERROR_SCHEMA, "tokenizer.ggml.merges"},
        {"gemma4", true, {"a", 1, 0}, "a", ERROR_SCHEMA, "merge 0 is no pair"},
        {"gemma4", true, {"a", 1, 0}, "a ", ERROR_SCHEMA, "merge 0 is no pair"},
        {"gemma4", true, {"a", 1, 0}, "a b", ERROR_SCHEMA, "lacks its right side"},
        {"gemma4", true, {"a", 1, 0}, "a a", ERROR_SCHEMA, "lacks its result"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int rc = open_words(cases[i].model, cases[i].bytes, &cases[i].one, 1, &cases[i].merge, cases[i].merge != NULL,
                            &t, &e);
        assert_int_equal(rc, cases[i].code);
        assert_null(t);
        if (!strstr(e.message, cases[i].part)) fail_msg("'%s' is not in '%s'", cases[i].part, e.message);
    }
}

/* A megabyte without a boundary, in each family: it ends, comes back, and long and short words merge alike. */
static void endless_words_end(void **state) {
    (void)state;
    tokenizer *t;
    error e = {0};
    static const word as[] = {{"a", 1, -3}, {"aa", 1, -2}, {"aaaa", 1, -1}};
    static const char *const doubling[] = {"a a", "aa aa"};
    enum { SIZE = 1 << 20 };
    uint8_t *text = malloc(SIZE);
    memset(text, 'a', SIZE);
    for (int family = 0; family < 2; family++) {
        assert_int_equal(open_words(family ? "gemma4" : "llama", true, as, 3, doubling, 2, &t, &e), 0);
        tokenizer_scratch *s = tokenizer_scratch_new(t);
        token_ids got = {0};
        for (size_t n = 1; n <= SIZE; n = n < 130 ? n + 1 : n * 2 + 1) {
            got.n = 0;
            assert_int_equal(tokenizer_encode(t, s, str_make(text, n), 0, &got, &e), 0);
            size_t extra = family ? 0 : 1; /* the space before */
            assert_int_equal(got.n, extra + n / 4 + (n & 2) / 2 + (n & 1));
        }
        token_ids_free(&got);
        tokenizer_scratch_free(s);
        tokenizer_free(t);
    }
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentencepiece_prefixes_once_and_again_after_control_tokens),
        cmocka_unit_test(control_tokens_are_never_made_of_plain_text),
        cmocka_unit_test(user_defined_marks_are_for_the_prompt_alone),
        cmocka_unit_test(gemma_keeps_lines_apart_and_their_breaks_together),
        cmocka_unit_test(without_byte_tokens_a_run_of_strangers_is_one_unknown),
        cmocka_unit_test(characters_that_occur_only_inside_tokens_still_merge),
        cmocka_unit_test(broken_vocabularies_are_named),
        cmocka_unit_test(endless_words_end),
    };
    return cmocka_run_group_tests_name("tokenizer_cases", tests, NULL, NULL);
}
