/* loose_ratios.c - measurements told without a figure.
 *
 *     doubled the throughput, a tenfold rise, halves the load time      a factor in a word
 *     by a third, by half, in half, to zero                             how far something rose or fell
 *     several times faster, a fraction of the time, orders of magnitude
 *     minutes instead of hours                                          two spans held against each other
 *     hundreds of requests, dozens of users                             a count
 *
 * In: the words of a passage. Out: where such a measurement ends. It is as easily invented as a number, and compares or
 * counts as one does, so it is loose as one is (loose.c). Innocent are doubled backslashes, "double-checked", folding
 * "in half a minute", and idioms that count nothing ("dozens of times").
 */
#include "facts/credit/loose.h"

#include <string.h>

static const char factors[] =
    "doubled tripled trebled quadrupled quintupled halved redoubled twofold threefold fourfold fivefold sixfold "
    "sevenfold eightfold ninefold tenfold twentyfold hundredfold thousandfold";
static const char factor_verbs[] = "double doubles doubling triple triples tripling treble trebles quadruple "
                                   "quadruples quadrupling halve halves halving";
static const char typed[] = "backslash backslashes quote quotes bracket brackets colon braces letter word click dash";
static const char fractions[] = "half third thirds quarter quarters fifth fifths sixth eighth tenth tenths";
static const char fallen[] = "fell falls dropped drops went goes down sank shrank shrunk came cut fallen reduced "
                             "fall drop sink shrink";
static const char spans[] = "milliseconds seconds minutes hours days weeks months years";
static const char counts[] = "hundreds thousands dozens tens scores millions billions";

/* "doubled", "tenfold", "double the throughput" */
static uint32_t factor_end(const passage *p, uint32_t i) {
    if (word_in(p, i, factors)) return word_in(p, i + 1, typed) ? 0 : i + 1;
    bool of_it = word_in(p, i + 1, "the its our my their") && !word_in(p, i + 2, typed);
    return of_it && word_in(p, i, factor_verbs) ? i + 2 : 0;
}

/* "by a third", "by half", "in half", "to zero": `i` is the preposition. */
static uint32_t change_end(const passage *p, uint32_t i) {
    uint32_t k = i + 1;
    if (word_is(p, i, "by")) {
        while (k < i + 5 && word_in(p, k, "a an one about almost nearly two three over roughly more less than well"))
            k++;
        return word_in(p, k, fractions) ? k + 1 : 0;
    }
    if (word_is(p, i, "in")) return word_is(p, k, "half") && !word_in(p, k + 1, "a an the") ? k + 1 : 0;
    return i > 0 && word_is(p, i, "to") && word_in(p, k, "zero nothing") && word_in(p, i - 1, fallen) ? k + 1 : 0;
}

/* "several times faster", "many times as many" */
static uint32_t times_end(const passage *p, uint32_t i) {
    if (!word_is(p, i + 1, "times") || !word_in(p, i, "several many few countless")) return 0;
    if (i + 2 >= p->word_count) return 0;
    str next = surface_slice(p->on, p->words[i + 2].lo, p->words[i + 2].hi);
    bool compares = word_in(p, i + 2, "as more less the") || (next.n > 4 && str_ends(next, STR("er")));
    return compares && !word_in(p, i + 2, "over after under later whenever other") ? i + 3 : 0;
}

/* "minutes instead of hours", "seconds rather than minutes" */
static uint32_t exchange_end(const passage *p, uint32_t i) {
    bool instead = word_is(p, i + 1, "instead") && word_is(p, i + 2, "of");
    bool rather = word_is(p, i + 1, "rather") && word_is(p, i + 2, "than");
    return (instead || rather) && word_in(p, i, spans) && word_in(p, i + 3, spans) ? i + 4 : 0;
}

/* Every word of a passage is asked that holds one of MARK_SHARE at all; its first and its last byte choose the one list
 * that it may be in. A word that joins a list here joins that mark (lexicon.c). */
uint32_t loose_ratio_end(const passage *p, uint32_t i) {
    const pword *w = &p->words[i];
    uint32_t n = w->hi - w->lo, end = 0;
    const uint8_t *text = p->on->text.p + w->lo;
    uint8_t first = text[0] | 0x20, last = text[n - 1] | 0x20;
    if (n == 2) return first == 'b' || first == 'i' || first == 't' ? change_end(p, i) : 0;
    if (n < 3) return 0;
    if (first == 'f' && word_is(p, i, "fraction")) return word_is(p, i + 1, "of") ? i + 2 : 0;
    if (first == 'o' && word_in(p, i, "order orders"))
        return word_is(p, i + 1, "of") && word_is(p, i + 2, "magnitude") ? i + 3 : 0;
    bool ends_as_factor =
        last == 'd' || last == 'e' || last == 's' || last == 'g'; /* doubled, tenfold, double, halves */
    if (ends_as_factor && memchr("dtqhrfsen", first, 9)) end = factor_end(p, i);
    if (!end && memchr("smfc", first, 4)) end = times_end(p, i);
    if (end || last != 's') return end; /* hundreds, minutes: what is left is a plural */
    if (memchr("htdsmb", first, 6) && word_is(p, i + 1, "of") && !word_is(p, i + 2, "times") && word_in(p, i, counts))
        return i + 2;
    return memchr("msdhwy", first, 6) ? exchange_end(p, i) : 0;
}
