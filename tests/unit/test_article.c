/* test_article.c - blocks, text, prose, runs, links, comments of article_parse. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "article/article.h"
#include "base/buf.h"
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
/* The text of the n-th leaf of a kind. */
static str leaf(const article *art, enum block_kind kind, uint32_t n) {
    for (uint32_t i = 0; i < art->block_count; i++)
        if (art->blocks[i].kind == kind && n-- == 0) return article_text(art, art->blocks[i].text);
    return STR("(none)");
}
static uint32_t count(const article *art, enum block_kind kind) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < art->block_count; i++) n += art->blocks[i].kind == kind;
    return n;
}
/* The source bytes that the first occurrence of `needle` in the text came from. */
static str origin_of(const article *art, const char *needle) {
    ptrdiff_t at = str_find(art->text, str_from_cstr(needle), 0);
    assert_true(at >= 0);
    return str_span(art->source,
                    article_source_span(art, (text_range){(uint32_t)at, (uint32_t)(at + (ptrdiff_t)strlen(needle))}));
}

static void text_is_flat_and_knows_its_source(void **state) {
    (void)state;
    article art = parse(STR("run `make` **now** &mdash; it's [fast](/x)\nand \\*plain\\*  \nend\n"));
    assert_text(leaf(&art, BLOCK_PARAGRAPH, 0), "run make now \xe2\x80\x94 it's fast and *plain* end");
    assert_text(str_slice(art.prose, 0, 12), "run \1\1\1\1 now");
    assert_text(origin_of(&art, "now"), "now");
    assert_text(origin_of(&art, "make now"), "make` **now");
    assert_text(origin_of(&art, "\xe2\x80\x94"), "&mdash;");
    assert_text(origin_of(&art, "*plain"), "\\*plain");
    assert_int_equal(art.link_count, 1);
    assert_text(str_span(art.source, art.links[0].target), "/x");
}

static void continuation_lines_lose_their_prefixes(void **state) {
    (void)state;
    article art = parse(STR("> a `b\n> c` **d\n>e**\nlazy\n\n- one\n   two\n\n\t three\n"));
    assert_text(leaf(&art, BLOCK_PARAGRAPH, 0), "a b c d e lazy");
    assert_text(leaf(&art, BLOCK_PARAGRAPH, 1), "one two");
    assert_text(leaf(&art, BLOCK_PARAGRAPH, 2), "three");
    assert_true(art.blocks[2].flags & BLOCK_IN_QUOTE);
    assert_text(origin_of(&art, "lazy"), "lazy");
}

static void tables_map_escaped_pipes(void **state) {
    (void)state;
    article art = parse(STR("before\n| a | b \\| c |\n|---|:-:|\n| `p\\|q` | **y** |\n z |\n"));
    assert_int_equal(count(&art, BLOCK_CELL), 6);
    assert_text(leaf(&art, BLOCK_PARAGRAPH, 0), "before");
    assert_text(leaf(&art, BLOCK_CELL, 1), "b | c");
    assert_text(origin_of(&art, "b | c"), "b \\| c");
    assert_text(leaf(&art, BLOCK_CELL, 2), "p|q");
    assert_text(origin_of(&art, "y"), "y");
    assert_text(leaf(&art, BLOCK_CELL, 4), "z");
    assert_text(leaf(&art, BLOCK_CELL, 5), "");
}

static void references_headings_and_footnotes_keep_their_places(void **state) {
    (void)state;
    article art = parse(STR("[r]: http://e.x\nsee [r] and [t][r]!\n\n[q]: /y\nTitle `x`\nmore\n===\n\nn[^1].\n\n[^1]: "
                            "note\n    two\n[^b]: spare\n\nend\n"));
    assert_text(leaf(&art, BLOCK_PARAGRAPH, 0), "see r and t!");
    assert_text(leaf(&art, BLOCK_HEADING, 0), "Title x more");
    assert_text(leaf(&art, BLOCK_PARAGRAPH, 1), "n.");
    assert_text(leaf(&art, BLOCK_PARAGRAPH, 2), "note two");
    assert_text(leaf(&art, BLOCK_PARAGRAPH, 3), "spare");
    assert_text(leaf(&art, BLOCK_PARAGRAPH, 4), "end");
    assert_int_equal(count(&art, BLOCK_FOOTNOTE), 2);
    assert_text(origin_of(&art, "spare"), "spare");
    assert_true(art.sentences[art.sentence_count - 2].flags & SENTENCE_FOOTNOTE);
}

static void a_definition_that_ends_like_the_text_is_not_its_place(void **state) {
    (void)state;
    article art = parse(STR("[a]: /b\nb\n\n[c]: /d\nd\n===\n"));
    assert_int_equal(art.blocks[1].where.lo, 8);
    assert_int_equal(article_source_span(&art, art.blocks[1].text).lo, 8);
    assert_text(str_span(art.source, art.blocks[2].where), "d\n===");
    assert_int_equal(article_source_span(&art, art.blocks[2].text).lo, 19);
}

static void code_blocks_keep_their_bytes(void **state) {
    (void)state;
    article art = parse(STR("```sh x\nls -l\n\n  foo\n```\n\n    indented\n\n- i\n\n  ~~~\n  a\r\n  b\n"));
    assert_int_equal(count(&art, BLOCK_CODE), 3);
    assert_text(leaf(&art, BLOCK_CODE, 0), "ls -l\n\n  foo");
    assert_text(str_span(art.source, art.blocks[1].info), "sh x");
    assert_text(str_span(art.source, art.blocks[1].where), "```sh x\nls -l\n\n  foo\n```");
    assert_text(leaf(&art, BLOCK_CODE, 1), "indented");
    assert_text(leaf(&art, BLOCK_CODE, 2), "a\nb");
    assert_true(art.blocks[art.block_count - 1].flags & BLOCK_UNCLOSED);
    assert_int_equal(art.word_count, 1);
}

static void urls_strikes_and_comments_are_seen(void **state) {
    (void)state;
    article art = parse(
        STR("see https://x.y/a_b_(c). ~~old~~ new <!-- c --> www.z.org, <https://q.r>\n\n<!-- assay-disable\nx -->\n"));
    assert_text(leaf(&art, BLOCK_PARAGRAPH, 0), "see https://x.y/a_b_(c). old new www.z.org, https://q.r");
    assert_int_equal(art.link_count, 3);
    assert_int_equal(art.comment_count, 2);
    assert_text(str_span(art.source, art.comments[1]), "<!-- assay-disable\nx -->");
    assert_int_equal(count(&art, BLOCK_MACHINERY), 1);
    uint32_t r = article_run_at(&art, (uint32_t)str_find(art.text, STR("old"), 0));
    assert_int_equal(art.runs[r].flags, RUN_STRUCK);
    assert_true(str_find(art.prose, STR("http"), 0) < 0 && str_find(art.prose, STR("www"), 0) < 0);
}

static void machinery_is_not_prose(void **state) {
    (void)state;
    article_options mdx = {.mdx = true};
    article art = parse_with(STR("import X from './x'\nexport const a = 1\n\n<Tabs>\n\n{/* c */}\n\n{% include y %}\n\n"
                                 "{{< fig src=\"a\" >}}\n\nplain {{ v }} and {b} text\n"),
                             &mdx);
    assert_int_equal(count(&art, BLOCK_MACHINERY), 5);
    assert_int_equal(count(&art, BLOCK_PARAGRAPH), 1);
    assert_int_equal(art.comment_count, 1);
    assert_true(str_find(art.prose, STR("v }}"), 0) < 0 && str_find(art.prose, STR("{b}"), 0) < 0);
    art = parse(STR("import the data first, then export it.\n"));
    assert_int_equal(count(&art, BLOCK_PARAGRAPH), 1);
}

/* cmark-gfm takes more than Markdown's white space off the front of a cell. */
static void cells_begin_behind_any_space(void **state) {
    (void)state;
    article art = parse(STR("|\v*x*| b|\n|-|-:|\n|\f1|\v2 |\n"));
    assert_text(leaf(&art, BLOCK_CELL, 0), "x");
    assert_text(leaf(&art, BLOCK_CELL, 1), "b");
    assert_text(leaf(&art, BLOCK_CELL, 2), "1");
    assert_text(leaf(&art, BLOCK_CELL, 3), "2");
    for (uint32_t i = 0; i < art.run_count; i++) assert_false(art.runs[i].replaced && art.runs[i].kind == RUN_PLAIN);
    art = parse(STR("Tg\n\vY\b\n\v-\n---\nBody.\n")); /* without pipes it is the cell's */
    for (uint32_t i = 0; i < art.run_count; i++) assert_false(art.runs[i].replaced && art.runs[i].kind == RUN_PLAIN);
}

static void html_blocks_are_read(void **state) {
    (void)state;
    article art = parse(STR("<details>\n<summary>The box</summary>\nIt has <b>24</b> cores &amp; runs\n  "
                            "<code>delve into</code>.\n</details>\n"));
    assert_int_equal(count(&art, BLOCK_PARAGRAPH), 2);
    assert_int_equal(count(&art, BLOCK_HTML), 3);
    assert_text(leaf(&art, BLOCK_PARAGRAPH, 0), "The box");
    assert_text(leaf(&art, BLOCK_PARAGRAPH, 1), "It has 24 cores & runs delve into.");
    assert_text(origin_of(&art, "24 cores"), "24</b> cores");
    assert_true(str_find(art.prose, STR("delve"), 0) < 0);
    assert_int_equal(art.sentence_count, 2);

    art = parse(STR("> <blockquote>said</blockquote>\n> <h2>A *b*</h2>\n\n- <p>one</p>\n  <p>two</p>\n"));
    assert_text(leaf(&art, BLOCK_HEADING, 0), "A *b*");
    assert_text(leaf(&art, BLOCK_PARAGRAPH, 2), "two");
    assert_true(art.sentences[art.sentence_count - 1].flags & SENTENCE_ITEM);

    art = parse(STR("<table>\n<tr><th>Part</th><th>Size</th></tr>\n<tr><td>RAM<td>128\n  GB<tr><td></td><td>x\n</table>"
                    "\nbehind\n"));
    assert_int_equal(count(&art, BLOCK_ROW), 3);
    assert_int_equal(count(&art, BLOCK_CELL), 6);
    assert_text(leaf(&art, BLOCK_CELL, 3), "128 GB");
    assert_text(leaf(&art, BLOCK_CELL, 4), "");
    assert_text(leaf(&art, BLOCK_PARAGRAPH, 0), "behind");
    for (uint32_t i = 0; i < art.block_count; i++) {
        bool header = art.blocks[i].kind >= BLOCK_ROW && art.blocks[i].kind <= BLOCK_CELL &&
                      art.blocks[i].text.hi <= (uint32_t)str_find(art.text, STR("RAM"), 0);
        assert_int_equal((art.blocks[i].flags & BLOCK_HEADER_ROW) != 0, header);
    }
}

static void html_that_nobody_sees_is_not_read(void **state) {
    (void)state;
    article art =
        parse(STR("<div><script>var x = '<p>24 cores';</script><style>p { }</style><!-- 24 cores --></div>\n\n"
                  "<p class=\"24 > cores\" x='a>b'></p>\n"));
    assert_int_equal(art.word_count, 0);
    assert_int_equal(count(&art, BLOCK_PARAGRAPH), 0);
    art = parse(STR("<pre><code>$ ls &lt;a&gt;\n\n<b>x</b>\n</code></pre>\n"));
    assert_text(leaf(&art, BLOCK_CODE, 0), "$ ls <a>\n\nx\n");
    assert_int_equal(art.word_count, 0);
    art = parse(STR("<Note kind=\"a > b\">\nIt has **20** cores, says `nproc`:\n```sh\nnproc <x>\n```\n</Note>\n"));
    assert_text(leaf(&art, BLOCK_PARAGRAPH, 0), "It has 20 cores, says nproc:");
    assert_text(leaf(&art, BLOCK_CODE, 0), "nproc <x>");
    for (uint32_t i = 0; i < art.block_count; i++)
        if (art.blocks[i].kind == BLOCK_CODE) assert_text(str_span(art.source, art.blocks[i].info), "sh");
    art = parse(STR("<div>\na < b and <3 of them, <https://x.y/z>, <b class=\"never ends\n</div>\n"));
    assert_text(leaf(&art, BLOCK_PARAGRAPH, 0), "a < b and <3 of them, <https://x.y/z>, <b class=\"never ends </div>");
}

static void comments_are_in_no_text(void **state) {
    (void)state;
    article art = parse(STR("It works<!-- a -- 42 GB, *so* [x](y) -->, {/* `z` 3 s */}really; `{/* code */}`.\n"));
    assert_text(leaf(&art, BLOCK_PARAGRAPH, 0), "It works, really; {/* code */}.");
    assert_int_equal(art.comment_count, 2);
    assert_text(str_span(art.source, art.comments[0]), "<!-- a -- 42 GB, *so* [x](y) -->");
    assert_text(str_span(art.source, art.comments[1]), "{/* `z` 3 s */}");
    assert_text(origin_of(&art, "works, really"), "works<!-- a -- 42 GB, *so* [x](y) -->, {/* `z` 3 s */}really");
}

static void blanks_side_by_side_are_one(void **state) {
    (void)state;
    article art =
        parse(STR("It has 24 <!-- x -- y --> cores  <b></b> and `a  b`.\n\n<p>24   cores</p>\n\n    code  it\n"));
    assert_text(leaf(&art, BLOCK_PARAGRAPH, 0), "It has 24 cores and a  b.");
    assert_text(leaf(&art, BLOCK_PARAGRAPH, 1), "24 cores");
    assert_text(leaf(&art, BLOCK_CODE, 0), "code  it");
}

static void characters_without_a_shape_are_in_no_text(void **state) {
    (void)state;
    article art = parse(STR("24&#8203; co&shy;res, d\xe2\x80\x8b"
                            "elve in\xc2\xadto [256\xef\xbb\xbf GB](/x), "
                            "caf\xc3\xa9 \xe2\x80\x94 `n\xe2\x80\x8dproc`.\n\n```\nfr\xe2\x80\x8b"
                            "ee\n```\n"));
    assert_text(leaf(&art, BLOCK_PARAGRAPH, 0), "24 cores, delve into 256 GB, caf\xc3\xa9 \xe2\x80\x94 nproc.");
    assert_text(leaf(&art, BLOCK_CODE, 0), "free");
    assert_text(origin_of(&art, "cores"), "co&shy;res");
    assert_text(origin_of(&art, "24 c"), "24&#8203; c");
    assert_text(article_text(&art, art.links[0].text), "256 GB");
}

static void typography_is_asciis_in_the_text(void **state) {
    (void)state;
    article art = parse(STR("It\u2019s 24\u00a0GB\u202fon **kestrel**\u2019s DGX\u20111, "
                            "don&rsquo;t&nbsp;buy&#8239;`it\u2019s\u00a0x\u20111`.\n"));
    assert_text(leaf(&art, BLOCK_PARAGRAPH, 0), "It's 24 GB on kestrel's DGX-1, don't buy it\u2019s\u00a0x\u20111.");
    assert_text(origin_of(&art, "It's"), "It\u2019s");
    assert_text(origin_of(&art, "24 GB"), "24\u00a0GB");
    assert_text(origin_of(&art, "DGX-1"), "DGX\u20111");
    assert_text(origin_of(&art, "don't"), "don&rsquo;t");
    art = parse(STR("\u2018the twins\u2019 disk\u2019, 127\u202f600\u00a0748 B, a\u2010 b, \u2019tis, caf\u00e9\u2019s "
                    "d\u2019\u00e9t\u00e9, 5\u2019 6, 1\u2019000\u2019000\n"));
    assert_text(
        leaf(&art, BLOCK_PARAGRAPH, 0),
        "\u2018the twins\u2019 disk\u2019, 127\u202f600\u00a0748 B, a\u2010 b, \u2019tis, caf\u00e9's d'\u00e9t\u00e9, "
        "5\u2019 6, 1\u2019000\u2019000");
}

static void typography_beside_bytes_that_are_no_utf8(void **state) {
    (void)state;
    article art = parse(STR("it\u2019s\u00a0\xff \xe2\x80 don\u2019t\n"));
    assert_text(leaf(&art, BLOCK_PARAGRAPH, 0), "it's \ufffd \ufffd\ufffd don't");
    assert_text(origin_of(&art, "don't"), "don\u2019t");
}

static void quotations_are_masked_in_prose(void **state) {
    (void)state;
    article art = parse(STR("He calls it \"very fast\" and \xe2\x80\x9cso good\xe2\x80\x9d, a 5\" disk.\n"));
    assert_int_equal(art.quote_count, 2);
    assert_true(str_find(art.prose, STR("very"), 0) < 0 && str_find(art.prose, STR("good"), 0) < 0);
    assert_true(str_find(art.text, STR("very"), 0) > 0);
    assert_true(art.words[3].flags & WORD_QUOTED);
    assert_false(art.words[5].flags & WORD_QUOTED);
}

static void other_quotation_marks_pair(void **state) {
    (void)state;
    article art = parse(STR("He says \xe2\x80\x98"
                            "very don\xe2\x80\x99t fast\xe2\x80\x99 and \xe2\x80\x9eso gut\xe2\x80\x9c, "
                            "\xe2\x80\x9awie\xe2\x80\x98 it\xe2\x80\x99s said.\n"));
    assert_int_equal(art.quote_count, 3);
    assert_true(str_find(art.prose, STR("very"), 0) < 0 && str_find(art.prose, STR("fast"), 0) < 0);
    assert_true(str_find(art.prose, STR("gut"), 0) < 0 && str_find(art.prose, STR("said"), 0) > 0);
    art = parse(STR("The \xe2\x80\x98"
                    "90s servers\xe2\x80\x99 fans don\xe2\x80\x99t stop.\n"));
    assert_int_equal(art.quote_count, 0);
}

/* Every tag that hides is told once, with its place, however often the parser reads it. */
static void an_element_that_hides_is_told_once(void **state) {
    (void)state;
    static const char *const hiding[] = {
        "a <span hidden>b</span> c\n",
        "a <span style = \"display: none\">b</span> c\n",
        "a <b style='font-family: a-long-name-of-a-font, a-long-name-of-a-font, a-long-name-of-a-font, "
        "a-long-name-of-a-font, a-long-name-of-a-font, a-long-name-of-a-font, a-long-name-of-a-font, "
        "a-long-name-of-a-font, a-long-name-of-a-font, a-long-name-of-a-font, a-long-name-of-a-font; "
        "display:none'>b</b>\n",
        "<div style={{ display: 'none' }}>\n\nb\n\n</div>\n",
        "<div HIDDEN='until-found'>\n\nb\n\n</div>\n",
        "<ul><li style = \"x\" style=\"Display:\nNone\">b</li></ul>\n",
        "<table><tr><td><i style='visibility:hidden'>b</i></td></tr></table>\n",
        "<pre><b hidden>c</b></pre>\n",
        "<section><p>a <b hidden>c</b> d</p></section>\n",
    };
    static const char *const showing[] = {
        "a <span title=\"x hidden\">b</span>\n",
        "a <span data-hidden>b</span>\n",
        "<input hidden type='text'>\n",
        "a <span title = 'hidden' hidden={false}>b</span>\n",
        "a <b style=\"overflow:hidden\">b</b>\n",
        "a <img hidden/>\n",
        "</span hidden>\n",
        "a `<b hidden>` b\n",
    };
    for (size_t i = 0; i < COUNT_OF(hiding); i++) {
        str text = str_from_cstr(hiding[i]);
        article art = parse(text);
        uint32_t told = 0;
        for (uint32_t k = 0; k < art.issue_count; k++)
            if (art.issues[k].kind == ISSUE_HIDDEN) {
                str tag = str_span(text, art.issues[k].where);
                assert_true(tag.p[0] == '<' && tag.p[tag.n - 1] == '>' && str_find_byte(tag, '<', 1) < 0);
                told++;
            }
        if (told != 1) print_error("%s", hiding[i]);
        assert_int_equal(told, 1);
    }
    for (size_t i = 0; i < COUNT_OF(showing); i++) {
        article art = parse(str_from_cstr(showing[i]));
        for (uint32_t k = 0; k < art.issue_count; k++) assert_int_not_equal(art.issues[k].kind, ISSUE_HIDDEN);
    }
}

static void odd_bytes_have_a_defined_result(void **state) {
    (void)state;
    article art = parse(STR("a\0b \xff\xfe c\xc3 and more text that is fine\n"));
    assert_text(leaf(&art, BLOCK_PARAGRAPH, 0), "a\xef\xbf\xbd"
                                                "b \xef\xbf\xbd\xef\xbf\xbd c\xef\xbf\xbd and more text that is fine");
    bool nul = false, invalid = false;
    for (uint32_t i = 0; i < art.issue_count; i++) {
        nul |= art.issues[i].kind == ISSUE_NUL_BYTE && art.issues[i].where.lo == 1;
        invalid |= art.issues[i].kind == ISSUE_INVALID_UTF8 && art.issues[i].where.lo == 4;
    }
    assert_true(nul && invalid);
    assert_int_equal(parse(STR("")).block_count, 1);
    assert_int_equal(parse((str){NULL, 0}).block_count, 1);
    art = parse(STR("one\rtwo\r\rthree\r"));
    assert_int_equal(count(&art, BLOCK_PARAGRAPH), 2);
    uint8_t bytes[256];
    for (int i = 0; i < 256; i++) bytes[i] = (uint8_t)i;
    art = parse(str_make(bytes, sizeof bytes));
    assert_int_equal(art.text.n, 0);
    error e = {0};
    article_options small = {.max_bytes = 3};
    assert_int_equal(article_parse(memory, STR("t.md"), STR("four"), &small, &art, &e), ERROR_LIMIT);
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
        cmocka_unit_test(text_is_flat_and_knows_its_source),
        cmocka_unit_test(continuation_lines_lose_their_prefixes),
        cmocka_unit_test(tables_map_escaped_pipes),
        cmocka_unit_test(references_headings_and_footnotes_keep_their_places),
        cmocka_unit_test(a_definition_that_ends_like_the_text_is_not_its_place),
        cmocka_unit_test(code_blocks_keep_their_bytes),
        cmocka_unit_test(urls_strikes_and_comments_are_seen),
        cmocka_unit_test(machinery_is_not_prose),
        cmocka_unit_test(cells_begin_behind_any_space),
        cmocka_unit_test(html_blocks_are_read),
        cmocka_unit_test(html_that_nobody_sees_is_not_read),
        cmocka_unit_test(comments_are_in_no_text),
        cmocka_unit_test(blanks_side_by_side_are_one),
        cmocka_unit_test(characters_without_a_shape_are_in_no_text),
        cmocka_unit_test(typography_is_asciis_in_the_text),
        cmocka_unit_test(typography_beside_bytes_that_are_no_utf8),
        cmocka_unit_test(quotations_are_masked_in_prose),
        cmocka_unit_test(other_quotation_marks_pair),
        cmocka_unit_test(an_element_that_hides_is_told_once),
        cmocka_unit_test(odd_bytes_have_a_defined_result),
    };
    return cmocka_run_group_tests_name("article", tests, setup, teardown);
}
