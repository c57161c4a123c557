/* test_known_words.c - what the parser knows of words saves their reading and changes nothing else.
 *
 * The words of passages are compared with those that fact_word_next finds in the same bytes, the names that
 * alias_scan_article finds with alias_scan's, on articles glued at random from words, signs, wider characters and
 * pieces of a manifest's names, and on the corpus.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "facts/reading/reading.h"
#include "lex/token.h"

static const char *const MANIFEST = "corpus/manifests/kestrel.yaml";
static const char *const CORPUS[] = {"corpus/articles/kestrel/pass/a-week-on-kestrel.md",
                                     "corpus/articles/kestrel/pass/two-servers-one-gb10.md",
                                     "corpus/articles/tidewater/pass/the-stack.md"};

static const char *const PIECES[] = {"kestrel",
                                     "Kestrel",
                                     "vLLM",
                                     "vllm",
                                     "DGX Spark",
                                     "DGX-Spark",
                                     "dgx_spark",
                                     "gpt-oss-120b",
                                     "llama.cpp",
                                     "b8412",
                                     "Qwen3",
                                     "8B",
                                     "the",
                                     "never",
                                     "it's",
                                     "It\u2019s",
                                     "90's",
                                     "3.b",
                                     "3.11",
                                     "32,768",
                                     "a_b",
                                     "_x_",
                                     "__",
                                     "e.g.",
                                     "/srv/m.py",
                                     "x.yaml",
                                     "running",
                                     "policies",
                                     "K\u212a",
                                     "caf\u00e9",
                                     "\u4e2d",
                                     "\u00b5s",
                                     "\u2192",
                                     "\u2014",
                                     "\u201c",
                                     "\u201d",
                                     "\u2026",
                                     "\u200b",
                                     "\u0301",
                                     "'",
                                     "\"",
                                     ".",
                                     ",",
                                     ";",
                                     ":",
                                     "(",
                                     ")",
                                     "-",
                                     "/",
                                     "%",
                                     " ",
                                     " ",
                                     " ",
                                     " ",
                                     " ",
                                     " ",
                                     " ",
                                     " ",
                                     "\n",
                                     "\n\n",
                                     "\n\n# ",
                                     "\n\n- ",
                                     "`code`",
                                     "**b**",
                                     "\n\n```\nkestrel 20 cores\n```\n\n",
                                     "\n\n| a | vLLM |\n|---|---|\n| b_c | never 3 |\n\n"};

static uint32_t next_random(uint32_t *seed, uint32_t below) {
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

static manifest *truth;

typedef struct tally {
    uint32_t words, hits;
} tally;

static void compare_words(judge *j, passage *p, tally *seen) {
    str text = passage_text(p);
    uint32_t at = 0, lo, hi, n = 0;
    passage_prepare(j, p);
    while (fact_word_next(text, &at, &lo, &hi)) {
        assert_in_range(n, 0, p->word_count - 1);
        assert_int_equal(p->words[n].lo, p->text.lo + lo);
        assert_int_equal(p->words[n].hi, p->text.lo + hi);
        str term = str_slice(text, (ptrdiff_t)lo, (ptrdiff_t)hi);
        if (str_find(term, STR("\u2019"), 0) < 0) assert_true(p->words[n].stem == fact_stem(term)); /* "it's" then */
        n++;
    }
    assert_int_equal(n, p->word_count);
    seen->words += n;
}

static void compare_names(arena *a, const article *art, tally *seen) {
    alias_hit *slow = NULL, *fast = NULL;
    size_t slow_count = 0, fast_count = 0;
    assert_true(alias_scan(truth->names, a, art->text, &slow, &slow_count));
    assert_true(alias_scan_article(truth->names, a, art, &fast, &fast_count));
    assert_int_equal(fast_count, slow_count);
    for (size_t i = 0; i < slow_count; i++) {
        assert_int_equal(fast[i].where.lo, slow[i].where.lo);
        assert_int_equal(fast[i].where.hi, slow[i].where.hi);
        assert_int_equal(fast[i].inside, slow[i].inside);
        assert_int_equal(fast[i].target_count, slow[i].target_count);
    }
    seen->hits += (uint32_t)slow_count;
}

static void compare_readings(arena *a, str source, tally *seen) {
    static const facts_options plain = {0};
    error e = {0};
    article art;
    token_list tokens;
    claim_list claims = {0};
    finding_list findings = {0};
    arena_reset(a);
    assert_int_equal(article_parse(a, STR("t.md"), source, NULL, &art, &e), 0);
    assert_int_equal(lex_article(a, &art, &tokens, &e), 0);
    judge j = {.a = a,
               .m = truth,
               .index = truth->numbers,
               .art = &art,
               .tokens = &tokens,
               .cues = cue_table_get(),
               .options = &plain,
               .claims = &claims,
               .findings = &findings};
    assert_true(surfaces_make(&j));
    for (uint32_t i = 0; i < j.passage_count; i++) compare_words(&j, &j.passages[i], seen);
    compare_names(a, &art, seen);
}

static void glued_articles_read_alike(void **state) {
    (void)state;
    arena *a = arena_new(0);
    uint32_t seed = 11;
    tally seen = {0};
    for (int round = 0; round < 3000; round++) {
        buf text = {0};
        for (uint32_t n = next_random(&seed, 120); n > 0; n--)
            buf_cstr(&text, PIECES[next_random(&seed, (uint32_t)COUNT_OF(PIECES))]);
        compare_readings(a, buf_view(&text), &seen);
        buf_free(&text);
    }
    assert_in_range(seen.words, 50000, 10000000);
    assert_in_range(seen.hits, 5000, 10000000);
    arena_free(a);
}

/* One sentence is read in parts, each of which looks up its own first word. */
static void endless_sentences_read_alike(void **state) {
    (void)state;
    arena *a = arena_new(0);
    buf text = {0};
    tally seen = {0};
    for (int i = 0; i < 4000; i++) buf_printf(&text, "%s %d, ", i % 7 ? "kestrel ran vLLM" : "it\u2019s a_b 3.b", i);
    buf_cstr(&text, "and more.\n");
    compare_readings(a, buf_view(&text), &seen);
    assert_in_range(seen.words, 16000, 20000);
    buf_free(&text);
    arena_free(a);
}

static void corpus_reads_alike(void **state) {
    (void)state;
    arena *a = arena_new(0), *sources = arena_new(0);
    tally seen = {0};
    for (size_t i = 0; i < COUNT_OF(CORPUS); i++) {
        str source;
        error e = {0};
        assert_int_equal(file_read(sources, CORPUS[i], 1 << 20, &source, &e), 0);
        compare_readings(a, source, &seen);
    }
    assert_in_range(seen.words, 1000, 100000);
    assert_in_range(seen.hits, 100, 100000);
    arena_free(sources);
    arena_free(a);
}

static int setup(void **state) {
    (void)state;
    error e = {0};
    const char *paths[] = {MANIFEST};
    return manifest_load_files(paths, 1, &truth, &e);
}

static int teardown(void **state) {
    (void)state;
    manifest_free(truth);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(glued_articles_read_alike),
        cmocka_unit_test(endless_sentences_read_alike),
        cmocka_unit_test(corpus_reads_alike),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
