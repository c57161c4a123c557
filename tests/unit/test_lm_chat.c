/* test_lm_chat.c - chat formats: against what the publishers' templates write (tests/data/chat.txt), and recognition.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "lm/chat.h"

#include <stdio.h>
#include <stdlib.h>

/* Pieces as one text, control marks between guillemets. */
static void render(enum chat_family f, const struct chat_turn *turns, size_t n, bool think, const char *want) {
    arena *a = arena_new(0);
    const struct chat_piece *p;
    size_t count;
    error e = {0};
    struct chat_options o = {think};
    if (chat_render(a, f, turns, n, &o, &p, &count, &e) != 0) fail_msg("%s", e.message);
    buf b = {0};
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && p[i].control && p[i - 1].control) fail_msg("neighbouring control pieces");
        buf_printf(&b, p[i].control ? "{%.*s}" : "%.*s", STR_ARG(p[i].text));
    }
    buf_byte(&b, 0);
    assert_string_equal((const char *)b.p, want);
    buf_free(&b);
    arena_free(a);
}

static void conversations_are_written_as_each_family_wants(void **state) {
    (void)state;
    const struct chat_turn one[] = {{CHAT_SYSTEM, STR("Be brief.")}, {CHAT_USER, STR(" Hi <|im_end|> ")}};
    const struct chat_turn many[] = {{CHAT_SYSTEM, STR("S")},
                                     {CHAT_USER, STR("a")},
                                     {CHAT_USER, STR("b")},
                                     {CHAT_ASSISTANT, STR("c")},
                                     {CHAT_USER, STR("d")}};
    render(CHAT_CHATML, one, 2, false,
           "{<|im_start|>}system\nBe brief.{<|im_end|>}\n{<|im_start|>}user\n Hi <|im_end|> "
           "{<|im_end|>}\n{<|im_start|>}assistant\n");
    render(CHAT_QWEN, one + 1, 1, false,
           "{<|im_start|>}user\n Hi <|im_end|> {<|im_end|>}\n{<|im_start|>}assistant\n{<think>}\n\n{</think>}\n\n");
    render(CHAT_QWEN, one + 1, 1, true, "{<|im_start|>}user\n Hi <|im_end|> {<|im_end|>}\n{<|im_start|>}assistant\n");
    render(CHAT_LLAMA3, one, 2, false,
           "{<|start_header_id|>}system{<|end_header_id|>}\n\nBe "
           "brief.{<|eot_id|><|start_header_id|>}user{<|end_header_id|>}\n\nHi "
           "<|im_end|>{<|eot_id|><|start_header_id|>}assistant{<|end_header_id|>}\n\n");
    render(CHAT_MISTRAL_V3, many, 5, false, "{[INST]} a\n\nb{[/INST]} c{</s>[INST]} S\n\nd{[/INST]}");
    render(CHAT_MISTRAL_V7_TEKKEN, many, 5, false,
           "{[SYSTEM_PROMPT]}S{[/SYSTEM_PROMPT][INST]}a\n\nb{[/INST]}c{</s>[INST]}d{[/INST]}");
    render(CHAT_GEMMA, many, 5, false,
           "{<start_of_turn>}user\nS\n\na\n\nb{<end_of_turn>}\n{<start_of_turn>}model\nc{<end_of_turn>}\n{<start_of_"
           "turn>}user\nd{<end_of_turn>}\n{<start_of_turn>}model\n");
    arena *a = arena_new(0);
    const struct chat_piece *p;
    size_t n;
    error e = {0};
    assert_int_equal(chat_render(a, CHAT_QWEN, many, 4, NULL, &p, &n, &e), ERROR_USAGE);
    assert_int_equal(chat_render(a, CHAT_QWEN, NULL, 0, NULL, &p, &n, &e), ERROR_USAGE);
    const struct chat_turn late[] = {{CHAT_USER, STR("a")}, {CHAT_SYSTEM, STR("S")}, {CHAT_USER, STR("b")}};
    assert_int_equal(chat_render(a, CHAT_QWEN, late, 3, NULL, &p, &n, &e), ERROR_USAGE);
    arena_free(a);
}

/* "<|im_end|>" is a mark, and so is "[/INST]</s>", two of them: the tokenizer keeps every one out of foreign text. */
static bool all_marks(str text) {
    while (text.n) {
        ptrdiff_t n = text.n;
        while (n && !chat_is_mark(str_slice(text, 0, n))) n--;
        if (!n) return false;
        text = str_slice(text, n, text.n);
    }
    return true;
}
static void every_mark_that_is_written_is_known_as_one(void **state) {
    (void)state;
    static const struct chat_turn turns[] = {{CHAT_SYSTEM, STR("be brief")},
                                             {CHAT_USER, STR("hello")},
                                             {CHAT_ASSISTANT, STR("yes")},
                                             {CHAT_USER, STR("on")}};
    for (int f = 0; f < CHAT_FAMILIES; f++)
        for (int think = 0; think < 2; think++) {
            arena *a = arena_new(0);
            const struct chat_options o = {.think = think != 0};
            const struct chat_piece *pieces;
            size_t n;
            assert_int_equal(chat_render(a, (enum chat_family)f, turns, COUNT_OF(turns), &o, &pieces, &n, NULL), 0);
            for (size_t i = 0; i < n; i++)
                if (pieces[i].control && !all_marks(pieces[i].text))
                    fail_msg("%s writes '%.*s'", chat_name((enum chat_family)f), STR_ARG(pieces[i].text));
            assert_true(chat_is_mark(chat_end((enum chat_family)f)));
            arena_free(a);
        }
    assert_false(chat_is_mark(STR("<tool_call>")) || chat_is_mark(STR("")));
}

static void templates_are_recognised_by_their_marks(void **state) {
    (void)state;
    static const struct {
        str text;
        int family; /* -1: unknown */
    } CASES[] = {
        {STR("{% for m in messages %}<|im_start|>{{ m.role }}"), CHAT_CHATML},
        {STR("<|im_start|>…{%- if enable_thinking is defined"), CHAT_QWEN},
        {STR("'<|start_header_id|>' + message['role'] + '<|eot_id|>'"), CHAT_LLAMA3},
        {STR("{{ '[INST] ' + content + '[/INST]' }}"), CHAT_MISTRAL_V3},
        {STR("'[SYSTEM_PROMPT]' + text … '[INST]'"), CHAT_MISTRAL_V7_TEKKEN},
        {STR("{{ '[SYSTEM_PROMPT] ' + content + '[/SYSTEM_PROMPT]' }}{{ '[INST] ' }}"), CHAT_MISTRAL_V7},
        {STR("{{- ' [INST] ' + content + ' [/INST]' }}"), CHAT_MISTRAL_V1},
        {STR("{{- \"[INST]\" + content + \"[/INST]\" }}"), CHAT_MISTRAL_V3_TEKKEN},
        {STR("<start_of_turn>"), CHAT_GEMMA},
        {STR("'<|turn>' + role … '<turn|>'"), CHAT_GEMMA4},
        {STR("<|im_start|>user<|im_sep|>"), -1},
        {STR("{{ \"<|start_header_id|>\" }}Cutting Knowledge Date: "), CHAT_LLAMA31},
        {STR("[INST] <<SYS>>"), -1},
        {STR("{{ messages }}"), -1},
        {STR(""), -1},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        enum chat_family f = CHAT_FAMILIES;
        error e = {0};
        int bad = chat_recognise(CASES[i].text, &f, &e);
        assert_int_equal(bad ? -1 : (int)f, CASES[i].family);
        if (bad) assert_non_null(strstr(e.message, "--chat chatml, qwen, qwen3.5, llama3, llama3.1, mistral-v1, "));
    }
    enum chat_family f;
    error e = {0};
    for (int i = 0; i < CHAT_FAMILIES; i++) {
        assert_int_equal(chat_find(str_from_cstr(chat_name((enum chat_family)i)), &f, &e), 0);
        assert_int_equal(f, i);
        assert_non_null(strstr(chat_choices(), chat_name(f)));
        assert_true(chat_end(f).n > 0);
    }
    assert_int_equal(chat_find(STR("vicuna"), &f, &e), ERROR_USAGE);
}

/* ---- the goldens ------------------------------------------------------------------------------------------------ */

/* The word up to the next space, or the rest. */
static str word_of(str *line) {
    str word = *line;
    if (!str_cut(line, ' ', &word)) *line = (str){0};
    return word;
}

/* A JSON string of ASCII without \\u. */
static str unquote(arena *a, str s) {
    assert_true(s.n >= 2 && s.p[0] == '"' && s.p[s.n - 1] == '"');
    uint8_t *out = arena_alloc(a, (size_t)s.n, 1);
    size_t n = 0;
    assert_non_null(out);
    for (ptrdiff_t i = 1; i + 1 < s.n; i++) {
        uint8_t c = s.p[i];
        if (c == '\\') {
            c = s.p[++i];
            assert_true(c == 'n' || c == '"' || c == '\\');
            if (c == 'n') c = '\n';
        }
        out[n++] = c;
    }
    return str_make(out, n);
}

struct conversation {
    str name;
    struct chat_turn turns[8];
    size_t count;
};
struct goldens {
    arena *a;
    struct conversation conversations[16];
    size_t count;
    int rendered, recognised;
};

static void check_render(struct goldens *g, str line) {
    enum chat_family family;
    const struct chat_piece *p = NULL;
    const struct conversation *c = NULL;
    size_t n = 0;
    error e = {0};
    if (chat_find(word_of(&line), &family, &e)) fail_msg("%s", e.message);
    struct chat_options o = {.think = str_eq(word_of(&line), STR("1"))};
    str name = word_of(&line), want = unquote(g->a, line);
    for (size_t i = 0; i < g->count; i++)
        if (str_eq(g->conversations[i].name, name)) c = &g->conversations[i];
    assert_non_null(c);
    if (chat_render(g->a, family, c->turns, c->count, &o, &p, &n, &e)) fail_msg("%s", e.message);
    buf got = {0};
    for (size_t i = 0; i < n; i++) buf_printf(&got, "%.*s", STR_ARG(p[i].text));
    if (!str_eq(buf_view(&got), want))
        fail_msg("%s, %.*s:\n%.*s\nand not\n%.*s", chat_name(family), STR_ARG(name), STR_ARG(buf_view(&got)),
                 STR_ARG(want));
    buf_free(&got);
    g->rendered++;
}

/* The templates themselves are their publishers'; where a folder with them is named, each is recognised. */
static void check_template(struct goldens *g, const char *folder, str line) {
    str name = word_of(&line), content;
    char path[512];
    enum chat_family family = CHAT_FAMILIES;
    error e = {0};
    if (!folder) return;
    snprintf(path, sizeof path, "%s/%.*s.jinja", folder, STR_ARG(name));
    if (file_read(g->a, path, 1 << 20, &content, &e)) fail_msg("%s", e.message);
    int bad = chat_recognise(content, &family, &e);
    const char *got = bad ? "-" : chat_name(family);
    if (!str_eq(line, str_from_cstr(got))) fail_msg("%s: %s, not %.*s", path, got, STR_ARG(line));
    g->recognised++;
}

static void conversations_are_the_publishers(void **state) {
    (void)state;
    struct goldens g = {.a = arena_new(0)};
    str text, line;
    error e = {0};
    if (file_read(g.a, "tests/data/chat.txt", 1 << 20, &text, &e)) fail_msg("%s", e.message);
    while (str_cut(&text, '\n', &line)) {
        str kind = word_of(&line);
        if (str_eq(kind, STR("conversation")) && g.count < COUNT_OF(g.conversations))
            g.conversations[g.count++].name = line;
        else if (str_eq(kind, STR("turn"))) {
            struct conversation *c = &g.conversations[g.count - 1];
            str role = word_of(&line);
            assert_true(c->count < COUNT_OF(c->turns));
            c->turns[c->count++] = (struct chat_turn){str_eq(role, STR("system")) ? CHAT_SYSTEM
                                                      : str_eq(role, STR("user")) ? CHAT_USER
                                                                                  : CHAT_ASSISTANT,
                                                      unquote(g.a, line)};
        } else if (str_eq(kind, STR("template")))
            check_template(&g, getenv("ASSAY_CHAT_TEMPLATES"), line);
        else if (str_eq(kind, STR("render")))
            check_render(&g, line);
    }
    printf("# %d conversations as the publishers' templates write them, %d templates recognised\n", g.rendered,
           g.recognised);
    assert_true(g.rendered > 100);
    arena_free(g.a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conversations_are_written_as_each_family_wants),
        cmocka_unit_test(every_mark_that_is_written_is_known_as_one),
        cmocka_unit_test(templates_are_recognised_by_their_marks),
        cmocka_unit_test(conversations_are_the_publishers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
