/* The table of `--format markdown` as cmark-gfm renders it: a file's name and a message show as they are written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "report/formats.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <stdio.h>
#include <stdlib.h>

static char *rendered(str markdown) {
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);
    static const char *const names[] = {"table", "strikethrough"};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(names[i]));
    cmark_parser_feed(parser, (const char *)markdown.p, (size_t)markdown.n);
    cmark_node *document = cmark_parser_finish(parser);
    char *html = cmark_render_html(document, CMARK_OPT_UNSAFE, cmark_parser_get_syntax_extensions(parser));
    cmark_node_free(document);
    cmark_parser_free(parser);
    return html;
}

/* As HTML writes it. */
static void add_escaped(buf *out, const char *text) {
    for (; *text; text++) {
        const char *entity = *text == '&'   ? "&amp;"
                             : *text == '<' ? "&lt;"
                             : *text == '>' ? "&gt;"
                             : *text == '"' ? "&quot;"
                                            : NULL;
        if (entity)
            buf_cstr(out, entity);
        else
            buf_byte(out, (uint8_t)*text);
    }
}

static void names_show_as_they_are(void **state) {
    (void)state;
    static const char *const names[] = {
        "a.md",          "[x](http:__e).md", "![i](u).md", "*b*.md",      "_c_ __d__.md", "a&lt;b.md", "&#35;.md",
        "a\\|b.md",      "a|b.md",           "a\\b.md",    "a\\\\|b.md",  "`d`.md",       "<b>.md",    "<http://e>.md",
        "~~gone~~.md",   "[r]: x.md",        "\\*e*.md",   "***.md",      "a`|`b.md",     "[^1].md",   "\\[x](u).md",
        "posts/odd.md",  "my_first_post.md", "a\"b'.md",   "[[a]](b).md", "$x$ $y$.md",   "a|",        "\\",
        "<!-- x -->.md", "![a][b].md",       "a_b_*c*d.md"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        const report_context context = {.version = "0"};
        const report_summary summary = {.files = 1, .errors = 1};
        buf row = {0}, table = {0}, wanted = {0};
        error e = {0};
        error_set(&e, ERROR_IO, "%s", names[i]);
        report_markdown.failure(&context, str_from_cstr(names[i]), &e, &row);
        const report_piece piece = {.bytes = buf_view(&row), .path = str_from_cstr(names[i])};
        report_markdown.finish(&context, &summary, &piece, 1, &table);
        buf_cstr(&wanted, "<td>");
        add_escaped(&wanted, names[i]);
        buf_cstr(&wanted, "</td>");
        buf_byte(&wanted, 0);
        char *html = rendered(buf_view(&table));
        const char *first = strstr(html, (const char *)wanted.p);
        if (!first || !strstr(first + 1, (const char *)wanted.p))
            fail_msg("%s comes out as\n%.*s\n%s", names[i], STR_ARG(buf_view(&row)), html);
        free(html);
        buf_free(&row);
        buf_free(&table);
        buf_free(&wanted);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_show_as_they_are)};
    return cmocka_run_group_tests_name("report_markdown", tests, NULL, NULL);
}
