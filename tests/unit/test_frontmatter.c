/* test_frontmatter.c - YAML and TOML fields, their places, what is malformed and what is recovered; outer fences. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "article/article.h"
#include "base/buf.h"
#include "base/file.h"
#include "tests/support/article_check.h"

#include <stdio.h>
#include <stdlib.h>

static arena *memory;

static article parse_with(str source, const article_options *options) {
    article art;
    error e = {0};
    arena_reset(memory);
    assert_int_equal(article_parse(memory, STR("t.md"), source, options, &art, &e), 0);
    const char *wrong = article_check(&art);
    if (wrong) fail_msg("%s in: %.*s", wrong, STR_ARG(source));
    return art;
}
static article parse(str source) { return parse_with(source, NULL); }

static void assert_text(str got, const char *wanted) {
    if (!str_eq(got, str_from_cstr(wanted))) fail_msg("got [%.*s], wanted [%s]", STR_ARG(got), wanted);
}
static void assert_field(const article *art, const char *key, const char *value) {
    const field *f = article_field(art, key);
    if (!f) fail_msg("no field %s", key);
    assert_int_equal(f->kind, FIELD_TEXT);
    assert_text(f->value, value);
}
static void assert_issue(const article *art, enum article_issue_kind kind, uint32_t line, uint32_t column) {
    for (uint32_t i = 0; i < art->issue_count; i++) {
        if (art->issues[i].kind != kind) continue;
        place at = line_table_place(&art->lines, art->issues[i].where.lo);
        if (at.line != line || at.column != column)
            fail_msg("issue at %u:%u, wanted %u:%u: %.*s", at.line, at.column, line, column,
                     STR_ARG(art->issues[i].message));
        return;
    }
    fail_msg("no issue of kind %d", kind);
}

static void yaml_fields_have_kinds_and_places(void **state) {
    (void)state;
    article art =
        parse(STR("---\ntitle: \"A: b\"\ndate: 2026-05-18\ntags: [a, 'b c']\nauthor:\n  name: X\n  links:\n    web: y\n"
                  "faq:\n  - q: Who?\n    a: Me.\n  - plain\ndraft:\nlong: |\n  one\n  two\n---\nBody.\n"));
    assert_int_equal(art.status, FRONTMATTER_OK);
    assert_int_equal(art.format, FRONTMATTER_YAML);
    assert_int_equal(art.issue_count, 0);
    assert_field(&art, "title", "A: b");
    assert_field(&art, "date", "2026-05-18");
    assert_field(&art, "author.name", "X");
    assert_field(&art, "author.links.web", "y");
    assert_field(&art, "faq.0.a", "Me.");
    assert_int_equal(article_field(&art, "faq")->item_count, 1);
    assert_field(&art, "long", "one\ntwo\n");
    assert_int_equal(article_field(&art, "author")->kind, FIELD_MAP);
    assert_int_equal(article_field(&art, "draft")->kind, FIELD_NULL);
    const field *tags = article_field(&art, "tags");
    assert_int_equal(tags->kind, FIELD_LIST);
    assert_int_equal(tags->item_count, 2);
    assert_text(tags->items[1], "b c");
    assert_text(str_span(art.source, article_field(&art, "date")->where), "2026-05-18");
    assert_text(str_span(art.source, article_field(&art, "date")->key_where), "date");
    assert_text(str_span(art.source, art.body), "Body.\n");
}

static void malformed_yaml_is_placed_and_recovered(void **state) {
    (void)state;
    article art =
        parse(STR("---\ntitle: Start Here: The Log\ndate: 2026-05-18\ntags: [a, \"b\", c d]\nstyle: conclusion\n"
                  "nested:\n  not: seen\n---\n\n## H\n"));
    assert_int_equal(art.status, FRONTMATTER_MALFORMED);
    assert_issue(&art, ISSUE_FRONTMATTER_MALFORMED, 2, 18);
    assert_field(&art, "title", "Start Here: The Log");
    assert_field(&art, "style", "conclusion");
    assert_true(article_field(&art, "style")->recovered);
    assert_int_equal(article_field(&art, "tags")->item_count, 3);
    assert_text(article_field(&art, "tags")->items[1], "b");
    assert_text(str_span(art.source, article_field(&art, "style")->where), "conclusion");
    assert_null(article_field(&art, "not"));
    assert_text(str_span(art.source, art.body), "\n## H\n");
    art = parse(STR("---\n- a\n- b\n---\nx\n"));
    assert_int_equal(art.status, FRONTMATTER_MALFORMED);
    assert_issue(&art, ISSUE_FRONTMATTER_MALFORMED, 2, 1);
}

static void the_acceptance_article_fails_where_it_should(void **state) {
    (void)state;
    str content;
    arena *a = arena_new(0);
    error e = {0};
    if (file_read(a, "../shared/acceptance/article-a.md", 1 << 20, &content, &e)) {
        print_message("# no acceptance data here\n");
        arena_free(a);
        return;
    }
    article art = parse(content);
    assert_int_equal(art.status, FRONTMATTER_MALFORMED);
    assert_issue(&art, ISSUE_FRONTMATTER_MALFORMED, 2, 18);
    assert_field(&art, "style", "conclusion");
    arena_free(a);
}

static void duplicates_are_reported_and_the_first_counts(void **state) {
    (void)state;
    article art = parse(STR("---\na: 1\nb: 2\na: 3\n---\n"));
    assert_int_equal(art.status, FRONTMATTER_OK);
    assert_issue(&art, ISSUE_FRONTMATTER_DUPLICATE, 4, 1);
    assert_field(&art, "a", "1");
    assert_int_equal(art.field_count, 2);
    art = parse(STR("+++\na = 1\na = 2\n+++\n"));
    assert_issue(&art, ISSUE_FRONTMATTER_DUPLICATE, 3, 1);
    assert_field(&art, "a", "1");
}

static void missing_empty_and_unterminated_are_told_apart(void **state) {
    (void)state;
    article art = parse(STR("# Title\n"));
    assert_int_equal(art.status, FRONTMATTER_MISSING);
    assert_issue(&art, ISSUE_FRONTMATTER_MISSING, 1, 1);
    art = parse(STR("---\n---\ntext\n"));
    assert_int_equal(art.status, FRONTMATTER_OK);
    assert_int_equal(art.field_count, 0);
    art = parse(STR("---\ntitle: x\n\ntext\n"));
    assert_int_equal(art.status, FRONTMATTER_UNTERMINATED);
    assert_issue(&art, ISSUE_FRONTMATTER_UNTERMINATED, 1, 1);
    assert_int_equal(art.body.lo, 0);
    assert_field(&art, "title", "x");
    assert_int_equal(art.field_count, 1);
    art = parse(STR("---\ntitle: x\ntags:\n  - a\n# note\nstyle: essay\n\nlater: y\n"));
    assert_field(&art, "style", "essay");
    assert_int_equal(art.field_count, 3);
    art = parse(STR("---\r\ntitle: x\r\nstyle: essay\r\nText: of a paragraph goes on\r\nhere\r\nlater: y\r\n"));
    assert_field(&art, "style", "essay");
    assert_int_equal(art.field_count, 3);
    art = parse(STR("+++\ntitle = \"x\"\nstyle = 'essay'\n\ntext\n"));
    assert_int_equal(art.status, FRONTMATTER_UNTERMINATED);
    assert_field(&art, "title", "x");
    assert_field(&art, "style", "essay");
    art = parse(STR("---\n\nA rule, then text\n"));
    assert_int_equal(art.status, FRONTMATTER_MISSING);
    art = parse(STR(""));
    assert_int_equal(art.status, FRONTMATTER_MISSING);
    assert_int_equal(parse(STR("---")).status, FRONTMATTER_MISSING);
    assert_int_equal(parse(STR("---\na: b\n...\nx")).status, FRONTMATTER_OK);
    assert_int_equal(parse(STR("----\na: b\n----\nx")).status, FRONTMATTER_MISSING);
}

static void marks_and_line_ends_change_only_offsets(void **state) {
    (void)state;
    static const char *const forms[] = {"---\ntitle: \xc3\xa9t\xc3\xa9\nb: A: c\n---\nx\n",
                                        "\xef\xbb\xbf---\ntitle: \xc3\xa9t\xc3\xa9\nb: A: c\n---\nx\n",
                                        "---\r\ntitle: \xc3\xa9t\xc3\xa9\r\nb: A: c\r\n---\r\nx\r\n",
                                        "\xef\xbb\xbf---\r\ntitle: \xc3\xa9t\xc3\xa9\r\nb: A: c\r\n---\r\nx"};
    for (size_t i = 0; i < COUNT_OF(forms); i++) {
        article art = parse(str_from_cstr(forms[i]));
        assert_int_equal(art.status, FRONTMATTER_MALFORMED);
        assert_issue(&art, ISSUE_FRONTMATTER_MALFORMED, 3, 5);
        assert_field(&art, "title", "\xc3\xa9t\xc3\xa9");
        assert_field(&art, "b", "A: c");
        assert_text(str_slice(art.text, 0, 1), "x");
    }
}

static void bombs_are_malformed_not_fatal(void **state) {
    (void)state;
    buf b = {0};
    buf_cstr(&b, "---\nstyle: essay\na0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 9; i++) {
        buf_printf(&b, "a%d: &a%d [", i, i);
        for (int k = 0; k < 10; k++) buf_printf(&b, "%s*a%d", k ? "," : "", i - 1);
        buf_cstr(&b, "]\n");
    }
    buf_cstr(&b, "---\n");
    article art = parse(buf_view(&b));
    assert_int_equal(art.status, FRONTMATTER_MALFORMED);
    assert_field(&art, "style", "essay");
    b.n = 0;
    buf_cstr(&b, "---\nstyle: essay\nx: ");
    buf_repeat(&b, '[', 200000);
    buf_cstr(&b, "\n---\n");
    assert_int_equal(parse(buf_view(&b)).status, FRONTMATTER_MALFORMED);
    b.n = 0;
    buf_cstr(&b, "---\n");
    for (int i = 0; i < 50000; i++) buf_printf(&b, "k%d: v\n", i);
    buf_cstr(&b, "---\n");
    assert_int_equal(parse(buf_view(&b)).status, FRONTMATTER_MALFORMED); /* more than 20,000 nodes */
    buf_free(&b);
}

static void toml_reads_scalars_arrays_and_one_level_of_tables(void **state) {
    (void)state;
    article art = parse(
        STR("+++\n# comment\ntitle = \"A \\\"log\\\" \\u00e9\\t.\"\npath = 'c:\\x' # raw\ndate = 2026-05-18T07:32:00Z\n"
            "tags = [\"a\", 'b', # c\n  3,\n]\nm = \"\"\"\nline \\\n   joined\nnext\"\"\"\nr = '''\nraw\\n'''\n"
            "author.name = \"X\"\n\"quoted key\" = true\n[params]\nn = 1_000\nf = -1.5e3\n+++\nBody\n"));
    assert_int_equal(art.issue_count, 0);
    assert_int_equal(art.status, FRONTMATTER_OK);
    assert_int_equal(art.format, FRONTMATTER_TOML);
    assert_field(&art, "title", "A \"log\" \xc3\xa9\t.");
    assert_field(&art, "path", "c:\\x");
    assert_field(&art, "date", "2026-05-18T07:32:00Z");
    assert_field(&art, "m", "line joined\nnext");
    assert_field(&art, "r", "raw\\n");
    assert_field(&art, "author.name", "X");
    assert_field(&art, "quoted key", "true");
    assert_field(&art, "params.n", "1_000");
    assert_field(&art, "params.f", "-1.5e3");
    assert_int_equal(article_field(&art, "tags")->item_count, 3);
    assert_text(article_field(&art, "tags")->items[2], "3");
    assert_text(str_span(art.source, article_field(&art, "path")->where), "'c:\\x'");
}

static void toml_beyond_that_is_an_issue_with_its_line(void **state) {
    (void)state;
    static const struct {
        const char *line;
        uint32_t column;
        const char *says;
    } cases[] = {{"a = {b = 1, 2 3}", 15, "followed by ="},
                 {"a = {b 1}", 8, "followed by ="},
                 {"a = {b = 1 c = 2}", 10, "neither quoted"},
                 {"a = {b = \"x\" c = 2}", 14, "commas"},
                 {"[[x]", 5, "closed by ]"},
                 {"[x.y", 5, "closed by ]"},
                 {"a = [[1] 2]", 10, "commas"},
                 {"a = [1] 2", 9, "behind the value"},
                 {"a = \"x", 5, "not closed"},
                 {"a = bare", 5, "neither quoted"},
                 {"a 1", 3, "followed by ="},
                 {"a = 1 2x\"", 5, "neither quoted"},
                 {"a = \"\\q\"", 6, "escape"},
                 {"a =", 4, "without a value"},
                 {"a = [1 2", 6, "neither quoted"},
                 {"a = [\"x\" 2]", 10, "commas"},
                 {"= 1", 1, "a key was expected"},
                 {"a = \"x\" y", 9, "behind the value"}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        buf b = {0};
        buf_printf(&b, "+++\nfirst = 1\n%s\nstyle = \"essay\"\n+++\nx\n", cases[i].line);
        article art = parse(buf_view(&b));
        assert_int_equal(art.status, FRONTMATTER_MALFORMED);
        if (str_find(art.issues[0].message, str_from_cstr(cases[i].says), 0) < 0)
            fail_msg("%s: %.*s", cases[i].line, STR_ARG(art.issues[0].message));
        assert_issue(&art, ISSUE_FRONTMATTER_MALFORMED, 3, cases[i].column);
        assert_field(&art, "first", "1");
        assert_field(&art, "style", "essay");
        assert_true(article_field(&art, "style")->recovered);
        buf_free(&b);
    }
}

static void what_does_not_load_is_said_in_a_sentence(void **state) {
    (void)state;
    article art = parse(STR("---\n? [a, b]\n: 1\n---\nx\n"));
    assert_issue(&art, ISSUE_FRONTMATTER_MALFORMED, 2, 3);
    assert_text(art.issues[0].message, "the frontmatter does not load: a key must be plain text, not a list or map");
    art = parse(STR("---\na: b: c\n---\nx\n"));
    assert_text(art.issues[0].message, "the frontmatter is not YAML: mapping values are not allowed in this context");
}

/* What Hugo's pages hold every day: the same fields as in YAML, since any may state what is not so. */
static void nested_toml_has_the_fields_of_yaml(void **state) {
    (void)state;
    article art = parse(STR(
        "+++\ntitle = \"x\"\ncover = { image = \"a.png\", size = {w = 1, h = [2, {d = 3}]}, alt = 'b' }\n"
        "a.b.c = 1\nrows = [[\"k\", 1], \"v\", {m = 1, n = [1,\n2]}]\nempty = {}\n"
        "[params]\nn = 1\nsocial = {x = \"y\"}\n[[resources]]\nsrc = \"a\"\nname = \"n\"\n"
        "[[resources]]\nsrc = \"b\"\n[[ menu.main ]] # one\nname = \"m\"\n[a.b.d]\nz = 1\n[last]\nn = 2\n+++\nBody\n"));
    assert_int_equal(art.status, FRONTMATTER_OK);
    assert_int_equal(art.issue_count, 0);
    assert_field(&art, "title", "x");
    assert_field(&art, "cover.image", "a.png");
    assert_field(&art, "cover.alt", "b");
    assert_int_equal(article_field(&art, "cover")->kind, FIELD_MAP);
    assert_int_equal(article_field(&art, "rows")->item_count, 1);
    assert_field(&art, "params.n", "1");
    assert_field(&art, "last.n", "2");
    assert_field(&art, "cover.size.w", "1");
    assert_field(&art, "a.b.c", "1");
    assert_field(&art, "a.b.d.z", "1");
    assert_field(&art, "rows.2.m", "1");
    assert_int_equal(article_field(&art, "rows.2.n")->item_count, 2);
    assert_field(&art, "params.social.x", "y");
    assert_int_equal(article_field(&art, "resources")->kind, FIELD_LIST);
    assert_field(&art, "resources.0.name", "n");
    assert_field(&art, "resources.1.src", "b");
    assert_field(&art, "menu.main.0.name", "m");
    assert_null(article_field(&art, "resources.2.src"));
    art = parse(STR("+++\n[[faq]]\nq = 'a'\n[[faq.links]]\nurl = 'u'\n[[faq.links]]\nurl = 'v'\n[[faq]]\n"
                    "[faq.more]\nx = 'm'\n[[faq.links]]\nurl = 'w'\n+++\nBody\n"));
    assert_int_equal(art.issue_count, 0);
    assert_field(&art, "faq.0.links.1.url", "v");
    assert_field(&art, "faq.1.more.x", "m");
    assert_field(&art, "faq.1.links.0.url", "w");
    art = parse(STR("+++\n[[faq]]\nq = 'a'\n[faq]\nq = 'b'\n+++\nBody\n"));
    assert_issue(&art, ISSUE_FRONTMATTER_MALFORMED, 4, 1);
    assert_field(&art, "faq.0.q", "a");
}

/* A key of many parts would be written out once for each part. */
static void keys_of_toml_are_short(void **state) {
    (void)state;
    buf b = {0};
    buf_cstr(&b, "+++\n");
    for (int i = 0; i < 200000; i++) buf_cstr(&b, "a.");
    buf_cstr(&b, "a = 1\nstyle = \"essay\"\n+++\nx\n");
    article art = parse(buf_view(&b));
    assert_issue(&art, ISSUE_FRONTMATTER_MALFORMED, 2, 1);
    assert_field(&art, "style", "essay");
    buf_free(&b);
}

/* So would one that many keys of YAML stand below: "? key" may be of any length. */
static void keys_of_yaml_are_short(void **state) {
    (void)state;
    for (int list = 0; list < 2; list++) {
        buf b = {0};
        buf_cstr(&b, "---\nstyle: essay\n? ");
        buf_repeat(&b, 'k', 250000);
        buf_cstr(&b, list ? "\n: [" : "\n: {");
        for (int i = 0; i < 4000; i++) buf_printf(&b, list ? "{a: %d}, " : "a%d: 1, ", i);
        buf_cstr(&b, list ? "]\ntitle: t\n---\nx\n" : "}\ntitle: t\n---\nx\n");
        article art = parse(buf_view(&b));
        assert_issue(&art, ISSUE_FRONTMATTER_MALFORMED, 4, 4);
        assert_field(&art, "style", "essay");
        assert_field(&art, "title", "t");
        assert_true(arena_used(memory) < 16 * (size_t)b.n);
        buf_free(&b);
    }
}

static void an_outer_fence_is_taken_off(void **state) {
    (void)state;
    static const char *const wrapped[] = {
        "```markdown\n---\ntitle: x\n---\n\n# H\n\ntext\n\n```sh\nls\n```\n\nend\n```\n",
        "```\n---\ntitle: x\n---\n\n# H\n\ntext\n\n```sh\nls\n```\n\nend\n```\n",
        "~~~md\n---\ntitle: x\n---\n\n# H\n\ntext\n\n```sh\nls\n```\n\nend\n",
        "Here is the article:\n\n```markdown\n---\ntitle: x\n---\n\n# H\n\ntext\n\n```sh\nls\n```\n\nend\n```\n\nI "
        "hope that helps!\n",
        "```md\n---\ntitle: x\n---\n\n# H\n\ntext\n\n```\nls\n```\n\nend\n```"};
    for (size_t i = 0; i < COUNT_OF(wrapped); i++) {
        article art = parse(str_from_cstr(wrapped[i]));
        if (!art.unwrapped) fail_msg("not unwrapped: %s", wrapped[i]);
        assert_int_equal(art.status, FRONTMATTER_FENCED);
        assert_field(&art, "title", "x");
        uint32_t headings = 0, codes = 0;
        for (uint32_t k = 0; k < art.block_count; k++)
            headings += art.blocks[k].kind == BLOCK_HEADING, codes += art.blocks[k].kind == BLOCK_CODE;
        assert_int_equal(headings, 1);
        assert_int_equal(codes, 1);
        assert_true(str_find(art.text, STR("end"), 0) > 0 && str_find(art.text, STR("hope"), 0) < 0);
        bool issue = false;
        for (uint32_t k = 0; k < art.issue_count; k++) issue |= art.issues[k].kind == ISSUE_ARTICLE_FENCED;
        assert_true(issue);
    }
    article_options keep = {.keep_fence = true};
    article art = parse_with(str_from_cstr(wrapped[0]), &keep);
    assert_false(art.unwrapped);
    assert_int_equal(art.status, FRONTMATTER_MISSING);
    assert_int_equal(art.issues[0].kind, ISSUE_ARTICLE_FENCED);
}

static void a_code_block_at_the_top_is_no_wrapping(void **state) {
    (void)state;
    static const char *const plain[] = {"```sh\nls\n```\n\ntext\n",
                                        "```markdown\n# example\n```\n\n# The article\n\nLong text.\n",
                                        "Intro:\n\n```\nx\n```\n",
                                        "```\njust code\n```\n",
                                        "text\n",
                                        "```markdown\n# e\n```\n\nThe text.\n\nMore.\n",
                                        "Two lines:\n\n```\n# install\nmake\n```\n\nThen:\n\n```sh\nls\n```\n\nEnd.\n",
                                        "```text\n# install it\n\nmake\n```\n\nThen:\n\n```sh\nls\n```\n",
                                        "```\n# install\nmake\n```\n\nThen:\n\n```\nls\n```\n",
                                        "---\ntitle: x\n---\n```markdown\n# H\n\ntext\n```\n\nIt shows:\n\n```sh\nls\n"
                                        "```\n\n```\nx\n```\n",
                                        "```\n---\ntitle: x\n---\n```\n\nBelow:\n\n```yaml\na: b\n```\n"};
    for (size_t i = 0; i < COUNT_OF(plain); i++)
        if (parse(str_from_cstr(plain[i])).unwrapped) fail_msg("unwrapped: %s", plain[i]);
}

static void a_fence_behind_the_frontmatter_is_taken_off(void **state) {
    (void)state;
    article art = parse(STR("---\ntitle: x\n---\n\n```markdown\n# H\n\ntext\n```\n"));
    assert_true(art.unwrapped);
    assert_int_equal(art.status, FRONTMATTER_OK);
    assert_int_equal(art.blocks[1].kind, BLOCK_HEADING);
}

static int setup(void **state) {
    (void)state;
    memory = arena_new(0);
    return memory ? 0 : -1;
}
static int teardown(void **state) {
    (void)state;
    arena_free(memory);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(yaml_fields_have_kinds_and_places),
        cmocka_unit_test(malformed_yaml_is_placed_and_recovered),
        cmocka_unit_test(the_acceptance_article_fails_where_it_should),
        cmocka_unit_test(duplicates_are_reported_and_the_first_counts),
        cmocka_unit_test(missing_empty_and_unterminated_are_told_apart),
        cmocka_unit_test(marks_and_line_ends_change_only_offsets),
        cmocka_unit_test(bombs_are_malformed_not_fatal),
        cmocka_unit_test(toml_reads_scalars_arrays_and_one_level_of_tables),
        cmocka_unit_test(toml_beyond_that_is_an_issue_with_its_line),
        cmocka_unit_test(nested_toml_has_the_fields_of_yaml),
        cmocka_unit_test(keys_of_toml_are_short),
        cmocka_unit_test(keys_of_yaml_are_short),
        cmocka_unit_test(what_does_not_load_is_said_in_a_sentence),
        cmocka_unit_test(an_outer_fence_is_taken_off),
        cmocka_unit_test(a_code_block_at_the_top_is_no_wrapping),
        cmocka_unit_test(a_fence_behind_the_frontmatter_is_taken_off),
    };
    return cmocka_run_group_tests_name("frontmatter", tests, setup, teardown);
}
