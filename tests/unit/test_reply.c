/* test_reply.c - what of a model's pieces is the text: no space of the format's, no end mark that was spelled out. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "draft/reply.h"
#include "tests/support/tiny_model.h"
#include "tests/support/writer_model.h"

static tokenizer *open_tokenizer(void) {
    struct writer_model m = {.seed = 1};
    arena *a = arena_new(0);
    buf bytes = {0};
    error e = {0};
    gguf_set *set;
    tokenizer *t;
    assert_int_equal(writer_model_bytes(&m, &bytes, &e), 0);
    str view = buf_view(&bytes);
    gguf_opener opener = tiny_model_opener(&view);
    if (gguf_set_open(a, "m.gguf", &opener, NULL, &set, &e) || tokenizer_open(set->head, &t, &e))
        fail_msg("%s", e.message);
    gguf_set_close(set);
    arena_free(a);
    buf_free(&bytes);
    return t;
}

/* Pieces apart by '~' as the family's model would write them; the text, and whether it ended. */
static void expect(enum chat_family family, const char *pieces, const char *text, bool ended) {
    tokenizer *t = open_tokenizer();
    struct reply r = reply_begin(t, family);
    buf shown = {0};
    bool end = false;
    str rest = str_from_cstr(pieces), piece, part;
    while (!end && str_cut(&rest, '~', &piece)) {
        end = reply_add(&r, piece, &part);
        buf_str(&shown, part);
    }
    if (!str_eq(buf_view(&r.text), str_from_cstr(text)) || end != ended)
        fail_msg("%s: '%s' gave '%.*s'", chat_name(family), pieces, STR_ARG(buf_view(&r.text)));
    assert_true(str_starts(buf_view(&shown), str_from_cstr(text))); /* on a terminal the mark was begun already */
    buf_free(&shown);
    buf_free(&r.text);
    tokenizer_free(t);
}

static void the_space_before_a_reply_is_the_formats(void **state) {
    (void)state;
    static const enum chat_family SPACED[] = {CHAT_MISTRAL_V1, CHAT_MISTRAL_V3, CHAT_MISTRAL_V7};
    for (size_t i = 0; i < COUNT_OF(SPACED); i++) {
        expect(SPACED[i], " ---~\n~title", "---\ntitle", false); /* frontmatter begins in the first column */
        expect(SPACED[i], " ~ x", " x", false);                  /* one, not all */
        expect(SPACED[i], "~ x", "x", false);                    /* a control token has no bytes */
        expect(SPACED[i], "a~ b", "a b", false);
    }
    expect(CHAT_MISTRAL_V3_TEKKEN, " a", " a", false);
    expect(CHAT_CHATML, " a", " a", false);
}

static void an_end_that_is_spelled_out_is_found_over_tokens(void **state) {
    (void)state;
    expect(CHAT_GEMMA4, "so.~<turn~|>", "so.", true);
    expect(CHAT_GEMMA4, "so.~<~turn~|>\n", "so.", true); /* the last piece goes on behind it */
    expect(CHAT_GEMMA4, "so.<turn|>\n\nNo.", "so.", true);
    expect(CHAT_GEMMA4, "<turn|>", "", true);
    expect(CHAT_GEMMA4, "<turn~ |>", "<turn |>", false);
    expect(CHAT_CHATML, "a <|im_end|> b", "a <|im_end|> b", false); /* the vocabulary has it: this is text */
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_space_before_a_reply_is_the_formats),
                                       cmocka_unit_test(an_end_that_is_spelled_out_is_found_over_tokens)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
