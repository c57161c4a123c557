/* test_lex_tokens.c - texts and the tokens they must give.
 *
 * The table is tests/unit/lex_tokens.txt: a line of text ("$ " before it: lexed as code), then its tokens, indented two
 * blanks, one a line, as render() below writes them. `test_lex_tokens --write` prints the table as the lexer sees it
 * now, to be read line by line before it replaces the file.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "lex/token.h"

#include <stdio.h>

#define TABLE "tests/unit/lex_tokens.txt"

static void part(buf *b, const char *name, str text, text_range r) {
    if (r.hi > r.lo) buf_printf(b, " %s=%.*s", name, STR_ARG(str_slice(text, r.lo, r.hi)));
}

static void render(buf *b, str text, const token *t, bool code) {
    static const char *const BOUNDS[] = {"", " about", " min", " max"};
    static const char *const FLAGS[] = {"strict",     "interval", "change", "ratio",  "spelled", "compound",
                                        "plus-minus", "rate",     "code",   "pinned", "grouped", "counted"};
    char number[32];
    buf_printf(b, "  %s [%.*s]", token_kind_name((enum token_kind)t->kind),
               STR_ARG(str_slice(text, t->text.lo, t->text.hi)));
    if (t->core.lo != t->text.lo || t->core.hi != t->text.hi) part(b, "core", text, t->core);
    part(b, "subject", text, t->subject);
    if (t->value.valid) buf_printf(b, " %s", decimal_text(t->value, number));
    if (t->high.valid) buf_printf(b, "..%s", decimal_text(t->high, number));
    if (t->unit) buf_printf(b, " %s", unit_get(t->unit)->name);
    if (t->flags & TOKEN_COUNTED) part(b, "noun", text, t->unit_text);
    buf_cstr(b, BOUNDS[t->bound]);
    for (unsigned k = 0; k < COUNT_OF(FLAGS); k++)
        if ((t->flags >> k & 1) && !(code && k == 8)) buf_printf(b, " %s", FLAGS[k]);
    buf_byte(b, '\n');
}

static void lex_line(arena *a, buf *out, str line) {
    bool code = str_starts(line, STR("$ "));
    str text = code ? str_slice(line, 2, line.n) : line;
    token_list list;
    error e;
    assert_int_equal(lex_text(a, text, code, &list, &e), 0);
    buf_str(out, line);
    buf_byte(out, '\n');
    for (uint32_t i = 0; i < list.n; i++) render(out, text, &list.at[i], code);
}

static str table(arena *a) {
    str text;
    error e;
    if (file_read(a, TABLE, 1 << 20, &text, &e)) fail_msg("%s", e.message);
    return text;
}

static void rewrite(arena *a, buf *out) {
    str rest = table(a), line;
    while (str_cut(&rest, '\n', &line)) {
        if (str_starts(line, STR("  "))) continue;
        if (line.n == 0 || line.p[0] == '#') {
            if (rest.p == NULL) break;
            buf_str(out, line);
            buf_byte(out, '\n');
        } else {
            lex_line(a, out, line);
        }
    }
}

static void texts_give_the_tokens_of_the_table(void **state) {
    (void)state;
    arena *a = arena_new(0);
    buf now = {0};
    str was = table(a);
    rewrite(a, &now);
    str left = was, right = buf_view(&now), x, y, subject = STR("");
    int lines = 0;
    while (str_cut(&left, '\n', &x)) {
        bool more = str_cut(&right, '\n', &y);
        if (!str_starts(x, STR("  "))) subject = x;
        if (!more || !str_eq(x, y)) {
            fail_msg("in '%.*s'\n  expected: %.*s\n  is:       %.*s", STR_ARG(subject), STR_ARG(x), STR_ARG(y));
        }
        lines++;
    }
    assert_true(lines > 300);
    buf_free(&now);
    arena_free(a);
}

int main(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], "--write") == 0) {
        arena *a = arena_new(0);
        buf out = {0};
        rewrite(a, &out);
        fwrite(out.p, 1, out.n, stdout);
        buf_free(&out);
        arena_free(a);
        return 0;
    }
    const struct CMUnitTest tests[] = {cmocka_unit_test(texts_give_the_tokens_of_the_table)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
