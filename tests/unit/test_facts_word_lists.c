/* test_facts_word_lists.c - what is remembered of the lists that rules ask (facts/reading/word_lists.c). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "facts/reading/reading.h"

/* What a list is remembered by lets all of its words through, in either case, and few others. */
static void lists_are_remembered_by_their_words(void **state) {
    (void)state;
    uint32_t asked = 0, let_through = 0;
    for (int round = 0; round < 2; round++) /* learnt in the first, remembered in the second */
        for (uint32_t of = 1; *mark_words(of); of <<= 1)
            for (uint32_t from = 1; *mark_words(from); from <<= 1) {
                const char *list = mark_words(of);
                str rest = str_from_cstr(mark_words(from)), term;
                while (str_cut(&rest, ' ', &term)) {
                    char capital[40];
                    for (ptrdiff_t i = 0; i < term.n; i++)
                        capital[i] = (char)(byte_is_alpha(term.p[i]) ? term.p[i] & 0xdf : term.p[i]);
                    bool may = word_list_may_hold(list, fact_stem(term));
                    assert_true(may == word_list_may_hold(list, fact_stem(str_make(capital, (size_t)term.n))));
                    if (str_is_listed(term, list, strlen(list)))
                        assert_true(may);
                    else
                        asked++, let_through += may;
                }
            }
    assert_true(asked > 10000 && let_through < asked / 4); /* forms of one word share a stem */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_are_remembered_by_their_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
