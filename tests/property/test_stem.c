/* test_stem.c - the fast reader of words says what the slow ones say.
 *
 * fact_word_read walks once over a word; fact_word_next, fact_stem and str_hash_nocase say the same in three walks.
 * They are compared on texts glued at random from endings that the stemmer cuts, apostrophes, points, dashes and bytes
 * that are no UTF-8, and on words around the longest that a stem looks at. The senses of words are asked both ways too.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"
#include "lex/lexicon.h"
#include "lex/stem.h"

static const char *const PIECES[] = {"a",
                                     "is",
                                     "ies",
                                     "s",
                                     "ss",
                                     "ing",
                                     "ed",
                                     "e",
                                     "y",
                                     "us",
                                     "pus",
                                     "tt",
                                     "copied",
                                     "THE",
                                     "Runs",
                                     "May",
                                     "'",
                                     "'s",
                                     "n't",
                                     ".",
                                     "5",
                                     "3.11",
                                     " ",
                                     " ",
                                     " ",
                                     "\n",
                                     "-",
                                     ",",
                                     "\xe2\x80\x99",
                                     "_",
                                     "\xc3",
                                     "\xe2",
                                     "\x80",
                                     "can't",
                                     "\xc3\xa9",
                                     "0",
                                     "x2",
                                     "\xe2\x80\x94",
                                     "\xe2\x86\x92",
                                     "\xe2\x80\x9c",
                                     "\xc2\xb5",
                                     "\xcc\x81",
                                     "\xe2\x80\x8b",
                                     "abcdefghijabcdefghij"};

static uint32_t next_random(uint32_t *seed, uint32_t below) {
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

static uint32_t compare_readers(str text) {
    uint32_t slow = 0, fast = 0, lo, hi, words = 0;
    fact_word word;
    while (fact_word_next(text, &slow, &lo, &hi)) {
        str term = str_slice(text, (ptrdiff_t)lo, (ptrdiff_t)hi);
        assert_true(fact_word_read(text, &fast, &word));
        assert_int_equal(word.lo, lo);
        assert_int_equal(word.hi, hi);
        assert_int_equal(fast, slow);
        assert_true(fact_word_stem(text, &word) == fact_stem(term));
        assert_true(word.folded == str_hash_nocase(term));
        bool plain = true;
        for (ptrdiff_t i = 0; i < term.n; i++) plain = plain && byte_is_alnum(term.p[i]);
        assert_true(!word.plain || plain);
        words++;
    }
    assert_false(fact_word_read(text, &fast, &word));
    return words;
}

static void readers_agree_on_any_text(void **state) {
    (void)state;
    uint32_t seed = 7, words = 0;
    for (int round = 0; round < 4000; round++) {
        buf text = {0};
        for (uint32_t n = next_random(&seed, 40); n > 0; n--)
            buf_cstr(&text, PIECES[next_random(&seed, (uint32_t)COUNT_OF(PIECES))]);
        words += compare_readers(buf_view(&text));
        buf_free(&text);
    }
    assert_in_range(words, 10000, 1000000);
}

static void readers_agree_on_long_words(void **state) {
    (void)state;
    char word[64];
    for (size_t n = 30; n < sizeof word; n++) {
        memset(word, 'b', n);
        memcpy(word + n - 3, n & 1 ? "ing" : "ies", 3);
        assert_int_equal(compare_readers(str_make(word, n)), 1);
    }
}

static void words_end_where_signs_stand(void **state) {
    (void)state;
    static const struct {
        const char *text, *words;
    } cases[] = {
        {"it\u2014never\u2014ran", "it|never|ran"},
        {"\u201cnever\u201d \u2018no\u2019", "never|no"},
        {"it\u2019s the box\u2019s", "it\u2019s|the|box\u2019s"},
        {"24\u00a0cores, 32\u2011core, 3\u20134", "24|cores|32|core|3|4"},
        {"11.8\u219212.6 \u2192 x", "11.8|\u2192|12.6|\u2192|x"},
        {"\u00abja\u00bb\u2026 5\u20ac 3\u00d74 40\u00b0C", "ja|5|3|4|40|C"},
        {"\u00b5s caf\u00e9 cafe\u0301 2\u00b2 \u4e2d\u6587", "\u00b5s|caf\u00e9|cafe\u0301|2\u00b2|\u4e2d\u6587"},
        {"a\u200bb \u0301c", "a|b|c"}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        str text = str_from_cstr(cases[i].text);
        buf words = {0};
        uint32_t at = 0, lo, hi;
        while (fact_word_next(text, &at, &lo, &hi)) {
            if (words.n) buf_byte(&words, '|');
            buf_str(&words, str_slice(text, (ptrdiff_t)lo, (ptrdiff_t)hi));
        }
        buf_byte(&words, 0);
        assert_string_equal((const char *)words.p, cases[i].words);
        buf_free(&words);
    }
}

static void regular_forms_share_a_stem(void **state) {
    (void)state;
    static const char *const forms[][2] = {{"copy", "copies"},  {"copied", "copy"},    {"running", "run"},
                                           {"ties", "tie"},     {"servers", "server"}, {"stored", "store"},
                                           {"GPUs", "gpu"},     {"groups", "group"},   {"missed", "miss"},
                                           {"filling", "fill"}, {"skies", "sky"}};
    for (size_t i = 0; i < COUNT_OF(forms); i++)
        assert_true(fact_stem(str_from_cstr(forms[i][0])) == fact_stem(str_from_cstr(forms[i][1])));
    assert_false(fact_stem(STR("status")) == fact_stem(STR("statu")));
    assert_false(fact_stem(STR("pass")) == fact_stem(STR("pas")));
}

static void senses_are_found_by_word_and_by_hash(void **state) {
    (void)state;
    uint64_t stem = 0;
    const struct cue_table *t = cue_table_get();
    assert_int_equal(cue_of(t, STR("Never")), CUE_NEGATION);
    assert_int_equal(cue_of(t, STR("vendor's")), CUE_OTHERS);
    assert_int_equal(cue_of(t, STR("zebra")), 0);
    word_sense box = sense_of_hashed(t, str_hash_nocase(STR("Box")), &stem);
    assert_int_equal(box.marks, MARK_MACHINE);
    assert_int_equal(box.cues, CUE_PART);
    assert_int_equal(sense_of_hashed(t, str_hash_nocase(STR("laptop")), &stem).marks,
                     MARK_MACHINE | MARK_DEVICE | MARK_PEOPLE);
    assert_int_equal(sense_of_hashed(t, str_hash_nocase(STR("zebra")), &stem).marks, 0);
    assert_true(stem == fact_stem(STR("laptop")));
}

static void every_marked_word_has_its_mark(void **state) {
    (void)state;
    const struct cue_table *t = cue_table_get();
    uint32_t marks = 0, words = 0;
    for (uint32_t mark = 1; *mark_words(mark); mark <<= 1, marks++) {
        str rest = str_from_cstr(mark_words(mark)), word;
        for (uint64_t stem; str_cut(&rest, ' ', &word); words++) {
            assert_true(sense_of_hashed(t, str_hash_nocase(word), &stem).marks & mark);
            assert_true(stem == fact_stem(word));
        }
    }
    assert_in_range(marks, 17, 32);
    assert_in_range(words, 200, 1000); /* with the cues no more than half of the table */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(readers_agree_on_any_text),      cmocka_unit_test(readers_agree_on_long_words),
        cmocka_unit_test(regular_forms_share_a_stem),     cmocka_unit_test(senses_are_found_by_word_and_by_hash),
        cmocka_unit_test(every_marked_word_has_its_mark), cmocka_unit_test(words_end_where_signs_stand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
