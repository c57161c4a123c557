/* test_article_bounds.c - hostile and odd input, growth, threads.
 *
 * Growth: each hostile text is parsed at n, 2n and 4n bytes; the memory used may grow by no more than its size does
 * (measured in bytes, not seconds, so the test says the same on every machine).
 * Threads: cmark-gfm keeps process-wide tables that some of its extensions write to. Parses side by side must give what
 * one alone gives, over and over.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "article/article.h"
#include "base/buf.h"
#include "tests/support/article_check.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

/* head, then `unit` repeated, then tail */
static const struct hostile {
    const char *name, *head, *unit, *tail;
} HOSTILE[] = {
    {"quotes", "", ">", "x"},
    {"dashes", "", "- ", "x"},
    {"dashes and nothing", "", "- ", ""},
    {"numbers", "", "1. ", "x"},
    {"mixed markers", "", "> - ", "x"},
    {"odd emphasis", "", "a**b c* ", ""},
    {"emphasis", "", "*a* ", ""},
    {"open emphasis", "", "*a ", ""},
    {"closing emphasis", "", "a* ", ""},
    {"underscores", "", "_a_", ""},
    {"a long strong run", "", "*", "a"},
    {"brackets", "", "[", ""},
    {"brackets closed", "[[[[[[[[", "]", ""},
    {"links", "", "[a](b) ", ""},
    {"open links", "", "[a](b", ""},
    {"titles", "", "[a](b \"", ""},
    {"titles in parentheses", "[a]: /x\n\n", "[a](b (c ", ""},
    {"images", "", "![[", ""},
    {"definitions", "", "[a]: b\n", ""},
    {"long reference", "[a]: uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu\n\n", "[a] ", ""},
    {"comments", "", "<!-- ", ""},
    {"instructions", "", "<?", ""},
    {"ticks", "", "` `` ", ""},
    {"tags", "", "<a ", ""},
    {"attributes", "", "<a b=\"", ""},
    {"table header", "", "a|", "\n-|-\n"},
    {"delimiter rows", "", "|-|-|\na\n", ""},
    {"short rows", "a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a\n-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-\n", "a\n", ""},
    {"pipes", "a|b\n-|-\n", "|||||||||||||\n", ""},
    {"one line", "", "word ", ""},
    {"one word", "", "x", ""},
    {"parentheses", "", "(", ""},
    {"parentheses with stops", "", "(a. ", ""},
    {"quotation marks", "", "\"a ", ""},
    {"URLs", "", "http://a.b ", ""},
    {"one URL", "http://", "(", ""},
    {"tildes", "", "~~a ", ""},
    {"braces", "", "{", ""},
    {"tags of templates", "", "{% ", ""},
    {"tags of templates and one brace", "", "{% ", "}"},
    {"comments of MDX and one brace", "", "{/*", "}"},
    {"braces and one brace", "", "{{ ", "}"},
    {"closed tags", "", "{{ a }} ", ""},
    {"footnotes", "[^a]: x\n\n", "[^a] ", ""},
    {"unclosed footnotes", "", "[^a", ""},
    {"footnote labels in one line", "", "[^1]:", ""},
    {"entities", "", "&nLt;", ""},
    {"ampersands", "", "&", ""},
    {"escapes", "", "\\", ""},
    {"line ends", "", "\n", ""},
    {"carriage returns", "", "\r", ""},
    {"tabs", "", "\t", ""},
    {"headings", "", "# a\n", ""},
    {"setext", "", "a\n=\n", ""},
    {"lazy lines", "> a\n", "bbbbbbbb\n", ""},
    {"HTML", "", "<div>\n", ""},
    {"HTML with text", "<div>\n", "a <p>", ""},
    {"HTML tags in a line", "<div>\n", "a <b> ", ""},
    {"HTML tags that do not end", "<div>\n", "a <b c=\"> ", ""},
    {"HTML cells", "<table><tr>", "<td>a", ""},
    {"HTML rows", "<table>", "<tr><td>a", ""},
    {"HTML ticks", "<div>\n", "` ", ""},
    {"HTML entities", "<div>\n", "&amp &amp;", ""},
    {"comments in text", "", "a <!-- b -- c --> ", ""},
    {"braces that are comments", "", "{/* `*/}` ", ""},
    {"soft hyphens", "", "a\xc2\xad", ""},
    {"soft hyphens as entities", "", "a&shy;*b* ", ""},
    {"fences", "", "```\n", ""},
    {"stops", "", ". ", ""},
    {"abbreviations", "", "e.g. ", ""},
    {"YAML", "---\n", "a: b\n", "---\n"},
    {"YAML brackets", "---\na: ", "[", "\n---\n"},
    {"YAML dashes", "---\n", "- ", "\n---\n"},
    {"TOML strings", "+++\n", "a = \"\"\"\n", "+++\n"},
    {"TOML arrays", "+++\n", "a = [\n", "+++\n"},
    {"strikes", "", "~~", ""},
    {"hat entities", "", "[&#94;a] ", ""},
};

static void fill(buf *out, const struct hostile *h, size_t bytes) {
    out->n = 0;
    buf_cstr(out, h->head);
    while (out->n < bytes) buf_cstr(out, h->unit);
    buf_cstr(out, h->tail);
}

/* Bytes used in all; fails on anything but an article or a stated limit. */
static size_t cost(str source, const char *name) {
    arena *a = arena_new(0);
    article art;
    error e = {0};
    article_options options = {.max_bytes = 8u << 20};
    int status = article_parse(a, STR("t.md"), source, &options, &art, &e);
    size_t used = arena_used(a);
    if (status == ERROR_NONE) {
        const char *wrong = article_check(&art);
        if (wrong) fail_msg("%s: %s", name, wrong);
        used += art.parser_bytes;
    } else if (status != ERROR_LIMIT) {
        fail_msg("%s: %s", name, e.message);
    }
    arena_free(a);
    return status == ERROR_LIMIT ? SIZE_MAX : used;
}

static void hostile_text_costs_linear_memory(void **state) {
    (void)state;
    enum { N = 20000 };
    buf source = {0};
    for (size_t i = 0; i < COUNT_OF(HOSTILE); i++) {
        size_t used[3];
        for (int k = 0; k < 3; k++) {
            fill(&source, &HOSTILE[i], (size_t)N << k);
            used[k] = cost(buf_view(&source), HOSTILE[i].name);
            if (used[k] == SIZE_MAX) fail_msg("%s needs more than the budget at %d bytes", HOSTILE[i].name, N << k);
            size_t bound = (1u << 20) + 420 * source.n;
            if (used[k] > bound) fail_msg("%s uses %zu bytes for %zu", HOSTILE[i].name, used[k], source.n);
        }
        if (used[2] > 5 * used[0] + (2u << 20)) fail_msg("%s grows from %zu to %zu", HOSTILE[i].name, used[0], used[2]);
    }
    buf_free(&source);
}

static void a_megabyte_of_anything_has_a_defined_result(void **state) {
    (void)state;
    buf source = {0};
    for (size_t i = 0; i < COUNT_OF(HOSTILE); i++) {
        fill(&source, &HOSTILE[i], 1u << 20);
        (void)cost(buf_view(&source), HOSTILE[i].name);
    }
    buf_free(&source);
}

static void deep_nesting_is_flat_text_and_an_issue(void **state) {
    (void)state;
    static const char *const markers[] = {">", "> ", "- ", "1. ", "* "};
    for (size_t i = 0; i < COUNT_OF(markers); i++) {
        buf source = {0};
        for (int k = 0; k < 100000; k++) buf_cstr(&source, markers[i]);
        buf_cstr(&source, "deep text\n\nplain\n");
        arena *a = arena_new(0);
        article art;
        error e = {0};
        assert_int_equal(article_parse(a, STR("t.md"), buf_view(&source), NULL, &art, &e), 0);
        assert_null(article_check(&art));
        bool seen = false;
        for (uint32_t k = 0; k < art.issue_count; k++) seen |= art.issues[k].kind == ISSUE_NESTING;
        assert_true(seen);
        assert_true(str_find(art.text, STR("deep text"), 0) > 0 && str_find(art.text, STR("plain"), 0) > 0);
        for (uint32_t k = 0; k < art.block_count; k++) assert_true(art.blocks[k].level <= 130);
        arena_free(a);
        buf_free(&source);
    }
    /* a marker far to the right inside code is code, and a long rule is a rule */
    arena *a = arena_new(0);
    article art;
    error e = {0};
    buf source = {0};
    buf_cstr(&source, "```\n");
    buf_repeat(&source, ' ', 400);
    buf_cstr(&source, "- x\n```\n\n");
    for (int k = 0; k < 500; k++) buf_cstr(&source, "- ");
    buf_cstr(&source, "\n");
    assert_int_equal(article_parse(a, STR("t.md"), buf_view(&source), NULL, &art, &e), 0);
    for (uint32_t k = 0; k < art.issue_count; k++) assert_int_not_equal(art.issues[k].kind, ISSUE_NESTING);
    assert_int_equal(art.blocks[art.block_count - 1].kind, BLOCK_RULE);
    buf_free(&source);
    arena_free(a);
}

/* ---- threads ---------------------------------------------------------------------------------------------------- */

enum { ARTICLES = 4, PARSES = 12000 };
static const char *const TEXTS[ARTICLES] = {
    "| a | ~~b~~ |\n|---|---|\n| http://x.y/z | *c* |\n\n- [x] done ~~not~~ www.a.b\n- [ ] open\n",
    "Text with ~~struck *words*~~ and https://example.com/path?x=y, [a](b) `code`.\n\n> quote ~~x~~ \"y\"\n",
    "# Head ~~x~~\n\n1. one\n2. two ~ three ~~ four\n\n[^n] foot\n\n[^n]: note www.q.r\n",
    "---\ntitle: x\n---\n\nplain *text* _here_ **now** with a@b.c and ftp://f.g/h\n\n```c\nint x; // ~~ "
    "http://\n```\n"};

typedef struct job {
    uint32_t first, wrong;
    buf *wanted;
} job;

static void dump(const char *text, buf *out) {
    arena *a = arena_new(0);
    article art;
    error e = {0};
    if (article_parse(a, STR("t.md"), str_from_cstr(text), NULL, &art, &e) == 0) article_dump(&art, true, out);
    arena_free(a);
}

static void *parse_many(void *context) {
    job *j = context;
    buf got = {0};
    for (uint32_t i = 0; i < PARSES; i++) {
        uint32_t which = (j->first + i) % ARTICLES;
        got.n = 0;
        dump(TEXTS[which], &got);
        j->wrong += !str_eq(buf_view(&got), buf_view(&j->wanted[which]));
    }
    buf_free(&got);
    return NULL;
}

static void threads_parse_as_one_does(void **state) {
    (void)state;
    buf wanted[ARTICLES] = {{0}};
    for (int i = 0; i < ARTICLES; i++) {
        dump(TEXTS[i], &wanted[i]);
        assert_true(wanted[i].n > 100);
    }
    pthread_t threads[3];
    job jobs[3];
    for (uint32_t i = 0; i < 3; i++) {
        jobs[i] = (job){i, 0, wanted};
        assert_int_equal(pthread_create(&threads[i], NULL, parse_many, &jobs[i]), 0);
    }
    for (int i = 0; i < 3; i++) pthread_join(threads[i], NULL);
    for (int i = 0; i < 3; i++) assert_int_equal(jobs[i].wrong, 0);
    for (int i = 0; i < ARTICLES; i++) buf_free(&wanted[i]);
}

static void memory_that_runs_out_is_an_error(void **state) {
    (void)state;
    for (size_t budget = 1000; budget < 400000; budget += budget / 3) {
        arena *a = arena_new(budget);
        article art;
        error e = {0};
        int status = article_parse(a, STR("t.md"), str_from_cstr(TEXTS[0]), NULL, &art, &e);
        assert_true(status == ERROR_NONE || status == ERROR_MEMORY);
        if (status == ERROR_NONE) assert_null(article_check(&art));
        arena_free(a);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hostile_text_costs_linear_memory),
        cmocka_unit_test(a_megabyte_of_anything_has_a_defined_result),
        cmocka_unit_test(deep_nesting_is_flat_text_and_an_issue),
        cmocka_unit_test(threads_parse_as_one_does),
        cmocka_unit_test(memory_that_runs_out_is_an_error),
    };
    return cmocka_run_group_tests_name("article bounds", tests, NULL, NULL);
}
