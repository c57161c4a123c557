/* test_article_spans.c - properties of every article, over generated Markdown and the corpus.
 *
 * The generator glues Markdown fragments together: blocks, inlines, prefixes, odd white space. Seeded, so that a
 * failure is a seed. Properties: the invariants of tests/support/article_check.c; CRLF, a byte order mark and a
 * trailing newline change nothing but source offsets; frontmatter in front changes nothing but offsets.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "article/article.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "base/file.h"
#include "tests/support/article_check.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

enum { ROUNDS = 3000 };

static uint64_t seed;
static uint32_t pick(uint32_t n) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)(seed >> 33) % n;
}

static const char *const INLINES[] = {"plain words",
                                      "The end.",
                                      " ",
                                      " ",
                                      "`code`",
                                      "`` a`b ``",
                                      "*it*",
                                      "**bold**",
                                      "***both***",
                                      "_under_",
                                      "[link](/u \"t\")",
                                      "[ref]",
                                      "[text][ref]",
                                      "![alt *x*](i.png)",
                                      "<https://a.b/c>",
                                      "https://x.y/z_(q).",
                                      "www.z.org",
                                      "&amp;",
                                      "&copy;",
                                      "&nLt;",
                                      "&#35;",
                                      "\\*",
                                      "\\\\",
                                      "\\|",
                                      "<b>",
                                      "</b>",
                                      "<br>",
                                      "<!-- c -->",
                                      "~~old~~",
                                      "~70",
                                      "\"Quoted. Text.\"",
                                      "\xe2\x80\x9cso\xe2\x80\x9d",
                                      "e.g. this",
                                      "v0.6.3.",
                                      "foo.c",
                                      "(see (it).",
                                      "[^1]",
                                      "[^n]",
                                      "*open",
                                      "**",
                                      "_",
                                      "`",
                                      "[",
                                      "](",
                                      "]",
                                      "!",
                                      "<",
                                      ">",
                                      "|",
                                      "a | b",
                                      "{{ x }}",
                                      "{% y %}",
                                      "caf\xc3\xa9",
                                      "\xe4\xbd\xa0\xe3\x80\x82",
                                      "\t",
                                      "\xc2\xa0",
                                      "it's"};
static const char *const STARTS[] = {"",
                                     "",
                                     "",
                                     "",
                                     "# ",
                                     "## ",
                                     "- ",
                                     "* ",
                                     "1. ",
                                     "2) ",
                                     "> ",
                                     "> > ",
                                     "    ",
                                     "\t",
                                     "  - ",
                                     "   ",
                                     "- [ ] ",
                                     "- [x] ",
                                     "[^1]: ",
                                     "[ref]: /url",
                                     "|",
                                     "| a | b |",
                                     "|---|---|",
                                     "---",
                                     "===",
                                     "```",
                                     "~~~ sh",
                                     "<div>",
                                     "<!-- x",
                                     "-->",
                                     "import a from 'b'",
                                     ":::",
                                     "+ ",
                                     "10. "};

/* HTML, comments and characters without a shape. */
static const char *const HTML[] = {"\n\n<table>", "\n\n<details><summary>",
                                   "<script>",    "<pre>",
                                   "\n```\n",     "<!-- c -- d -->",
                                   "{/* e */}",   "<code>",
                                   "</code>",     "</div>",
                                   "<p>",         "<tr>",
                                   "<td>",        "</table>",
                                   "<th>",        "<h2>",
                                   "<pre>",       "</script>",
                                   "<x a=\"",     "&shy;",
                                   "&#8203;",     "ze\xe2\x80\x8bro",
                                   "<Note>"};
static bool with_html = true;

static void generate(buf *out, uint64_t from) {
    seed = from * 0x9e3779b97f4a7c15u + 1;
    for (uint32_t lines = pick(30) + 1; lines > 0; lines--) {
        buf_cstr(out, STARTS[pick(COUNT_OF(STARTS))]);
        if (pick(4) == 0) buf_cstr(out, STARTS[pick(COUNT_OF(STARTS))]);
        for (uint32_t n = pick(8); n > 0; n--) {
            buf_cstr(out, INLINES[pick(COUNT_OF(INLINES))]);
            if (pick(3)) buf_byte(out, ' ');
            if (with_html && pick(4) == 0) buf_cstr(out, HTML[pick(COUNT_OF(HTML))]);
        }
        static const char *const ends[] = {"\n", "\n", "\n\n", "  \n", "\\\n"};
        buf_cstr(out, ends[pick(COUNT_OF(ends))]);
    }
}

static article parse(arena *a, str source, uint64_t from) {
    article art;
    error e = {0};
    assert_int_equal(article_parse(a, STR("t.md"), source, NULL, &art, &e), 0);
    const char *wrong = article_check(&art);
    if (wrong) {
        fprintf(stderr, "# seed %llu\n%.*s\n", (unsigned long long)from, STR_ARG(source));
        fail_msg("%s", wrong);
    }
    return art;
}

static void generated_markdown_keeps_its_origins(void **state) {
    (void)state;
    arena *a = arena_new(0);
    buf source = {0};
    for (uint64_t i = 1; i <= ROUNDS; i++) {
        source.n = 0;
        arena_reset(a);
        generate(&source, i);
        article art = parse(a, buf_view(&source), i);
        for (int k = 0; k < 8 && art.text.n; k++) { /* every text offset has a place, and ranges are ordered */
            uint32_t lo = pick((uint32_t)art.text.n), hi = lo + pick((uint32_t)art.text.n - lo + 1);
            span s = article_source_span(&art, (text_range){lo, hi});
            assert_true(s.lo <= s.hi && s.hi <= art.source.n);
        }
    }
    buf_free(&source);
    arena_free(a);
}

/* The dump without runs: line ends inside code blocks are runs of their own when they are CRLF. */
static void shape(const article *art, buf *out) {
    buf all = {0};
    article_dump(art, false, &all);
    str rest = buf_view(&all), line;
    while (str_cut(&rest, '\n', &line))
        if (!str_starts(line, STR("    run ")) && !str_starts(line, STR("field ")) &&
            !str_starts(line, STR("issue 0")) && !str_starts(line, STR("comments"))) {
            buf_str(out, line);
            buf_byte(out, '\n');
        }
    buf_free(&all);
}

static void assert_same_shape(arena *a, str one, str other, uint64_t from, const char *what) {
    buf x = {0}, y = {0};
    article first = parse(a, one, from), second = parse(a, other, from);
    shape(&first, &x);
    shape(&second, &y);
    if (!str_eq(buf_view(&x), buf_view(&y))) {
        fprintf(stderr, "# seed %llu\n%.*s\n--- %.*s\n--- %.*s\n", (unsigned long long)from, STR_ARG(one), (int)x.n,
                (const char *)x.p, (int)y.n, (const char *)y.p);
        fail_msg("%s changes the article", what);
    }
    buf_free(&x);
    buf_free(&y);
}

static void line_ends_marks_and_frontmatter_change_nothing_else(void **state) {
    (void)state;
    arena *a = arena_new(0);
    for (uint64_t i = 1; i <= ROUNDS / 3; i++) {
        buf source = {0}, other = {0};
        arena_reset(a);
        generate(&source, i);
        str s = buf_view(&source);
        buf_cstr(&other, "\xef\xbb\xbf");
        buf_str(&other, s);
        assert_same_shape(a, s, buf_view(&other), i, "a byte order mark");
        other.n = 0;
        for (size_t k = 0; k < source.n; k++) {
            if (source.p[k] == '\n') buf_byte(&other, '\r');
            buf_byte(&other, source.p[k]);
        }
        assert_same_shape(a, s, buf_view(&other), i, "CRLF");
        other.n = 0;
        buf_str(&other, s);
        buf_byte(&other, '\n');
        bool in_code =
            str_find(s, STR("```"), 0) >= 0 || str_find(s, STR("~~~"), 0) >= 0 || str_find(s, STR("<"), 0) >= 0;
        if (!in_code) assert_same_shape(a, s, buf_view(&other), i, "a trailing newline");
        other.n = 0;
        buf_cstr(&other, "---\ntitle: x\n---\n");
        buf_str(&other, s);
        if (!str_starts(s, STR("---")) && !str_starts(s, STR("```")))
            assert_same_shape(a, s, buf_view(&other), i, "frontmatter");
        buf_free(&source);
        buf_free(&other);
    }
    arena_free(a);
}

/* Without blanks of any width; a typographer's apostrophes and hyphens are ASCII's. */
static void put_visible(buf *out, str s) {
    uint32_t c;
    for (ptrdiff_t i = 0, n; i < s.n; i += n) {
        n = utf8_decode(s, i, &c);
        if (c == 0x2019)
            buf_byte(out, '\'');
        else if (c == 0x2010 || c == 0x2011)
            buf_byte(out, '-');
        else if (!byte_is_space(s.p[i]) && c != 0xa0 && !(c >= 0x2000 && c <= 0x200a) && c != 0x202f)
            buf_str(out, str_slice(s, i, i + n));
    }
}

/* What cmark-gfm says the words are: the literals of its leaves, white space left out, one line a leaf.
 * False when there is an HTML block: its tags are markup here, and its text has blocks of its own. */
static bool parser_words(str source, buf *out) {
    bool plain = true;
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);
    cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"));
    cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("tasklist"));
    cmark_parser_feed(parser, (const char *)source.p, (size_t)source.n);
    cmark_node *root = cmark_parser_finish(parser);
    cmark_iter *iter = cmark_iter_new(root);
    for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iter);
        cmark_node_type type = cmark_node_get_type(node);
        bool cell = strcmp(cmark_node_get_type_string(node), "table_cell") == 0;
        if (event == CMARK_EVENT_ENTER && (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE ||
                                           type == CMARK_NODE_CODE_BLOCK || type == CMARK_NODE_HTML_BLOCK))
            put_visible(out, str_from_cstr(cmark_node_get_literal(node)));
        plain &= type != CMARK_NODE_HTML_BLOCK;
        bool leaf_ends =
            event == CMARK_EVENT_EXIT && (type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING || cell);
        if (leaf_ends ||
            (event == CMARK_EVENT_ENTER && (type == CMARK_NODE_CODE_BLOCK || type == CMARK_NODE_HTML_BLOCK)))
            buf_byte(out, '\n');
    }
    cmark_iter_free(iter);
    cmark_node_free(root);
    cmark_parser_free(parser);
    return plain;
}

static void the_text_is_what_the_parser_says(void **state) {
    (void)state;
    arena *a = arena_new(0);
    uint32_t compared = 0;
    with_html = false;
    for (uint64_t i = 1; i <= ROUNDS; i++) {
        buf source = {0}, wanted = {0}, got = {0};
        arena_reset(a);
        generate(&source, i);
        str s = buf_view(&source);
        article art = parse(a, s, i);
        /* struck-through text, footnotes, HTML and comments are ours: what the parser does with them is tested by
         * example */
        if (art.body.lo == 0 && !art.unwrapped && str_find(s, STR("~~"), 0) < 0 && str_find(s, STR("[^"), 0) < 0 &&
            str_find(s, STR("<!--"), 0) < 0 && str_find(s, STR("{/*"), 0) < 0 && parser_words(s, &wanted)) {
            compared++;
            for (uint32_t k = 0; k < art.block_count; k++) {
                uint8_t kind = art.blocks[k].kind;
                if (kind != BLOCK_PARAGRAPH && kind != BLOCK_HEADING && kind != BLOCK_CELL && kind != BLOCK_CODE &&
                    kind != BLOCK_HTML && kind != BLOCK_MACHINERY)
                    continue;
                put_visible(&got, article_text(&art, art.blocks[k].text));
                buf_byte(&got, '\n');
            }
            if (!str_eq(buf_view(&wanted), buf_view(&got))) {
                fprintf(stderr, "# seed %llu\n%.*s\n--- %.*s\n--- %.*s\n", (unsigned long long)i, STR_ARG(s),
                        (int)wanted.n, (const char *)wanted.p, (int)got.n, (const char *)got.p);
                fail_msg("the text differs from the parser's");
            }
        }
        buf_free(&source);
        buf_free(&wanted);
        buf_free(&got);
    }
    with_html = true;
    assert_true(compared > ROUNDS / 20);
    arena_free(a);
}

static void corpus_articles_keep_their_origins(void **state) {
    (void)state;
    static const char *const folders[] = {"corpus/articles", "corpus/articles/pass", "corpus/articles/fail", "docs",
                                          "."};
    arena *a = arena_new(0);
    uint32_t seen = 0;
    for (size_t f = 0; f < COUNT_OF(folders); f++) {
        DIR *folder = opendir(folders[f]);
        if (!folder) continue;
        for (struct dirent *entry; (entry = readdir(folder));) {
            if (!str_eq(path_extension(str_from_cstr(entry->d_name)), STR(".md"))) continue;
            arena_reset(a);
            str content;
            error e = {0};
            char *path = path_join(a, str_from_cstr(folders[f]), str_from_cstr(entry->d_name));
            if (file_read(a, path, 1 << 20, &content, &e)) continue;
            article art = parse(a, content, seen++);
            assert_true(art.block_count > 1);
        }
        closedir(folder);
    }
    arena_free(a);
    if (!seen) print_message("# no corpus here\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(generated_markdown_keeps_its_origins),
        cmocka_unit_test(line_ends_marks_and_frontmatter_change_nothing_else),
        cmocka_unit_test(the_text_is_what_the_parser_says),
        cmocka_unit_test(corpus_articles_keep_their_origins),
    };
    return cmocka_run_group_tests_name("article spans", tests, NULL, NULL);
}
