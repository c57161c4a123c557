/* word_lists.c - which words a list of words can hold, learnt once a list.
 *
 * In: the address of a list that the program holds ("by more less"). Out: two bits of 64 for each of its words, by the
 * stem that a prepared passage keeps of its own words, so that nearly every word that is not on the list is told from
 * it without reading either. Some 1,800 places ask such lists; an article reaches a few hundred of them.
 */
#include "facts/reading/reading.h"

_Thread_local word_list word_lists[1 << WORD_LIST_BITS];

void word_list_learn(word_list *list, const char *words) {
    *list = (word_list){.words = words};
    for (const char *at = words, *end; *at; at = *end ? end + 1 : end) {
        end = strchr(at, ' ');
        if (!end) end = at + strlen(at);
        uint64_t stem = fact_stem(str_make(at, (size_t)(end - at)));
        list->first |= fact_stem_bit(stem);
        list->second |= fact_stem_second_bit(stem);
    }
}
