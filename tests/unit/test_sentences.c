/* test_sentences.c - where sentences end, and what a word is. Each case is one paragraph; '|' marks the ends wanted. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "article/article.h"
#include "base/buf.h"
#include "tests/support/article_check.h"

#include <stdlib.h>

static arena *memory;

static article parse(str source) {
    article art;
    error e = {0};
    arena_reset(memory);
    assert_int_equal(article_parse(memory, STR("t.md"), source, NULL, &art, &e), 0);
    const char *wrong = article_check(&art);
    if (wrong) fail_msg("%s", wrong);
    return art;
}

/* `marked` holds '|' at every sentence end but the last. */
static void splits(const char *marked) {
    buf source = {0}, got = {0};
    for (const char *c = marked; *c; c++)
        if (*c != '|') buf_byte(&source, (uint8_t)*c);
    article art = parse(buf_view(&source));
    for (uint32_t i = 0; i < art.sentence_count; i++) {
        if (i) buf_cstr(&got, "| ");
        buf_str(&got, article_text(&art, art.sentences[i].text));
    }
    buf wanted = {0};
    for (const char *c = marked; *c; c++)
        if (*c != '`' && *c != '*') buf_byte(&wanted, (uint8_t)*c);
    if (!str_eq(buf_view(&got), buf_view(&wanted)))
        fail_msg("got    [%.*s]\nwanted [%.*s]", (int)got.n, (const char *)got.p, (int)wanted.n,
                 (const char *)wanted.p);
    buf_free(&source);
    buf_free(&got);
    buf_free(&wanted);
}

static void plain_sentences_end_at_their_stops(void **state) {
    (void)state;
    splits("One.| Two!| Three?| Four");
    splits("It works.| It really does!| Does it?| Yes.");
    splits("What?!| No way!!!| Fine.");
    splits("He left (quickly).| She stayed.");
    splits("He said \"Stop.\"| Then he left.");
    splits("He said \xe2\x80\x9cStop.\xe2\x80\x9d| Then he left.");
    splits("\"Really?\" she asked.| Nobody knew.");
}

static void abbreviations_do_not_end_sentences(void **state) {
    (void)state;
    splits("Use a tool, e.g. Make, i.e. The tool.| Then stop.");
    splits("See Fig. 3 and No. 7 vs. No. 8, cf. Dr. Smith.| Next.");
    splits("Is it ready?| No.| That is wrong.");
    splits("It has cores, disks, etc. and fans, etc.| The rest is air.");
    splits("The U.S. Army and Acme Inc. of Ohio met J. R. Smith.| It went well.");
    splits("It costs approx. 5 dollars, max. 7.| Buy it.");
    splits("We met at 3 p.m. on Monday.| The end.");
    splits("It came after 21 ms.| SSH took 5 min.| Ms. Lee waited.");
    splits("It draws 15 W.| Silence is cheap, at 230V.| A fuse has 16 A. and J. Smith.");
}

static void technical_tokens_do_not_end_sentences(void **state) {
    (void)state;
    splits("It takes 0.5 s with v0.6.3.| Next we load foo.c.| Then bar.h and example.com are read.");
    splits("Run `make.sh`.| Then wait.");
    splits("Set `a. B` now.| `make` builds it.| vLLM serves it.");
    splits("Edit .gitignore and a.b.c files.| Done.");
    splits("Wait... then go.| Well\xe2\x80\xa6 no.| Hm\xe2\x80\xa6| Yes.");
    splits("See https://x.y/z?a=b.| Or not.");
    splits("The value (see below. Or above) holds.| Next.");
    splits("*1. First.*| Second.");
}

static void other_scripts_have_sentences(void **state) {
    (void)state;
    assert_int_equal(
        parse(STR("\xe4\xbd\xa0\xe5\xa5\xbd\xe3\x80\x82\xe5\x86\x8d\xe8\xa7\x81\xe3\x80\x82")).sentence_count, 2);
}

static void blocks_bound_sentences(void **state) {
    (void)state;
    article art = parse(STR("# A heading. With a stop\n\nLead-in:\n\n- one item\n- Two. Three.\n\n> Quoted text.\n\n| "
                            "a. B | c |\n|--|--|\n"));
    assert_int_equal(art.sentence_count, 9);
    assert_int_equal(art.sentences[0].flags, SENTENCE_HEADING);
    assert_int_equal(art.sentences[1].terminator, ':');
    assert_int_equal(art.sentences[2].flags, SENTENCE_PROSE | SENTENCE_ITEM | SENTENCE_FRAGMENT);
    assert_int_equal(art.sentences[3].flags, SENTENCE_PROSE | SENTENCE_ITEM);
    assert_int_equal(art.sentences[5].flags, SENTENCE_QUOTE);
    assert_true(art.sentences[7].flags & SENTENCE_CELL);
}

static void words_are(const char *source, const char *wanted) {
    article art = parse(str_from_cstr(source));
    buf got = {0};
    for (uint32_t i = 0; i < art.word_count; i++) {
        if (i) buf_byte(&got, '|');
        buf_str(&got, article_text(&art, (text_range){art.words[i].lo, art.words[i].hi}));
    }
    if (!str_eq(buf_view(&got), str_from_cstr(wanted)))
        fail_msg("got [%.*s], wanted [%s]", (int)got.n, (const char *)got.p, wanted);
    buf_free(&got);
}

static void words_follow_uax29(void **state) {
    (void)state;
    words_are("Don't stop the v0.6.3 build, e.g. foo_bar: 127,600,748!",
              "Don't|stop|the|v0.6.3|build|e.g|foo_bar|127,600,748");
    words_are("35B-A3B and/or example.com - 'quoted'", "35B|A3B|and|or|example.com|quoted");
    words_are("caf\xc3\xa9 na\xc3\xafve it\xe2\x80\x99s \xe2\x80\x94 \xf0\x9f\x98\x80 x",
              "caf\xc3\xa9|na\xc3\xafve|it's|x");
    words_are("\xe4\xbd\xa0\xe5\xa5\xbd ok", "\xe4\xbd\xa0|\xe5\xa5\xbd|ok");
    words_are("Stra\xc3\x9f"
              "e e\xcc\x81t\xc3\xa9",
              "Stra\xc3\x9f"
              "e|e\xcc\x81t\xc3\xa9");
    words_are("\\_\\_ -- 1.", "1");
}

static void word_flags_and_hashes_tell_words_apart(void **state) {
    (void)state;
    article art =
        parse(STR("It's it\xe2\x80\x99s CUDA Cuda \xc3\x89t\xc3\xa9 \xc3\xa9t\xc3\xa9 `code` x86 \"two words\" end "
                  "a_b 1,000 longerthaneight0\n"));
    assert_int_equal(art.word_count, 14);
    assert_true(art.words[0].hash == str_hash(STR("it's")) && art.words[1].hash == art.words[0].hash);
    assert_int_equal(art.words[0].flags, WORD_CAPITAL);
    assert_int_equal(art.words[2].flags, WORD_CAPITAL | WORD_ALLCAPS | WORD_PLAIN);
    assert_true(art.words[2].hash == art.words[3].hash && art.words[2].hash == str_hash(STR("cuda")));
    assert_true(art.words[4].hash == art.words[5].hash);
    assert_int_equal(art.words[4].flags, WORD_CAPITAL | WORD_NON_ASCII);
    assert_int_equal(art.words[6].flags, WORD_CODE | WORD_PLAIN);
    assert_int_equal(art.words[7].flags, WORD_DIGIT | WORD_PLAIN);
    assert_int_equal(art.words[9].flags, WORD_QUOTED | WORD_PLAIN);
    assert_int_equal(art.words[11].flags, 0);
    assert_int_equal(art.words[12].flags, WORD_DIGIT);
    assert_int_equal(art.words[13].flags, WORD_DIGIT | WORD_PLAIN);
    assert_int_equal(art.prose_word_count, 14);
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
        cmocka_unit_test(plain_sentences_end_at_their_stops),
        cmocka_unit_test(abbreviations_do_not_end_sentences),
        cmocka_unit_test(technical_tokens_do_not_end_sentences),
        cmocka_unit_test(other_scripts_have_sentences),
        cmocka_unit_test(blocks_bound_sentences),
        cmocka_unit_test(words_follow_uax29),
        cmocka_unit_test(word_flags_and_hashes_tell_words_apart),
    };
    return cmocka_run_group_tests_name("sentences", tests, setup, teardown);
}
