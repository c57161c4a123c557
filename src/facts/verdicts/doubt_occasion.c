/* doubt_occasion.c - what is said of one occasion, and not of every day.
 *
 *     "On the night of the update it took 48 minutes"     "It took 48 minutes on 3 May"
 *     "Yesterday it decoded at 20 tok/s"                  "The hit rate was 31 % in the week of the audit"
 *     "At the time I ran it with a fraction of 0.75"
 *     "Averaged over a month, it draws 52 W"              "It draws 190 W in a stress test"
 *
 * In: a number that is about to be contradicted, and the fact. Out: the doubt, or NULL. A time or a state that the fact
 * itself declares is none. Looks at the words of one sentence.
 */
#include "facts/verdicts/doubt.h"

enum { ADJUNCT_WORDS = 12 };

static const char MONTHS[] =
    "january february march april may june july august september october november december spring "
    "summer autumn winter";
static const char DAYS[] = "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays "
                           "thursdays fridays saturdays sundays weekends christmas";
static const char SPANS[] =
    "night nights day days week weeks weekend month evening morning afternoon year hour winter summer";

/* "for a week", said of the past: no longer so. */
static bool is_brief(const scene *s) {
    const passage *p = s->p;
    for (uint32_t i = s->after; i + 2 < s->end && i < s->after + 3; i++)
        if (doubt_word(p, i, "for") && doubt_word(p, i + 1, "a an one two three some") &&
            doubt_word(p, i + 2, "hour hours day days evening week weeks weekend month months while") &&
            s->at > s->first && doubt_find(p, s->first, s->at, "was were had ran held") != UINT32_MAX)
            return true;
    return false;
}

/* "the first version of the site, then 30 pages, was built in": an aside that says how many there were then. */
static bool is_aside_of_then(const scene *s) {
    const passage *p = s->p;
    uint32_t i = s->at;
    if (i < s->first + 2 || !doubt_word(p, i - 1, "then still") || s->hi >= p->text.hi) return false;
    str before = str_trim(surface_slice(p->on, p->words[i - 2].hi, p->words[i - 1].lo));
    uint8_t behind = p->on->text.p[s->hi];
    return (str_eq(before, STR(",")) && behind == ',') || (str_eq(before, STR("(")) && behind == ')');
}

static bool is_year(str said) {
    return said.n == 4 && (str_starts(said, STR("19")) || str_starts(said, STR("20"))) && byte_is_digit(said.p[2]) &&
           byte_is_digit(said.p[3]);
}

/* Does a full stop part the word from the claim? "It idles at 38 W. In April …" is one sentence to the parser. */
static bool is_apart(const scene *s, uint32_t i) {
    uint32_t lo = s->p->words[i].lo < s->lo ? s->p->words[i].hi : s->hi,
             hi = s->p->words[i].lo < s->lo ? s->lo : s->p->words[i].lo;
    for (uint32_t k = lo; k + 1 < hi; k++)
        if (s->p->on->text.p[k] == '.' && s->p->on->text.p[k + 1] == ' ') return true;
    return false;
}

/* One event among many: "on the night of the update it took", "in March 372 were written". */
static bool is_one_event(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    bool past = false, once = false;
    uint32_t from, to;
    if (fact_is_dated(p, f)) return false;
    if (s->first == 0 && doubt_word(p, 0, "on") && doubt_word(p, 1, "the that") && s->at > 4 &&
        doubt_word(p, 2, "night day weekend evening morning") && doubt_word(p, 3, "of after when before that"))
        return true;
    if (f->kind != FACT_BENCHMARK && f->dimension != DIM_TIME) return false;
    doubt_words_of(s, s->part, &from, &to);
    for (uint32_t i = from; i < to; i++) {
        if ((i >= s->at && i < s->after) || is_apart(s, i)) continue;
        past = past || p->words[i].cues & CUE_WAS || doubt_word(p, i, "took wrote written passed needed finished") ||
               str_ends(surface_slice(p->on, p->words[i].lo, p->words[i].hi), STR("ed"));
        if (doubt_word(p, i, "in of") && doubt_word(p, i + 1, MONTHS)) once = true;
        if (doubt_word(p, i, "in of") && i + 1 < to &&
            is_year(surface_slice(p->on, p->words[i + 1].lo, p->words[i + 1].hi)) &&
            !(p->words[i + 1].hi < p->text.hi && p->on->text.p[p->words[i + 1].hi] == '-'))
            once = true;
        if (doubt_word(p, i, "night day weekend evening morning") && doubt_word(p, i + 1, "of after when") &&
            i > from && !doubt_is_own_stem(s, f, i))
            once = true;
    }
    return past && once;
}

static bool is_digit_word(const scene *s, uint32_t i) {
    return i < s->end && byte_is_digit(s->p->on->text.p[s->p->words[i].lo]);
}

/* Does a span of time of which something is told begin at word `i`: "the week of the audit", "the day the theme
 * changed", "the hottest night", "that evening"? A bare "the night" is every night. */
static bool is_told_span(const scene *s, const numeric_fact *f, uint32_t i) {
    const passage *p = s->p;
    bool that = doubt_word(p, i, "that");
    if (!that && !doubt_word(p, i, "the its our my")) return false;
    for (uint32_t k = i + 1; k < s->end && k < i + 4; k++) {
        if (doubt_is_own_stem(s, f, k)) return false;
        if (!doubt_word(p, k, SPANS)) continue;
        bool narrowed = k > i + 1 && !doubt_word(p, k - 1, "same next whole entire first last");
        return that || narrowed || doubt_word(p, k + 1, "of the that when after before we i it");
    }
    return false;
}

/* Does a phrase of occasion begin at word `i`? */
static bool is_occasion(const scene *s, const numeric_fact *f, uint32_t i) {
    const passage *p = s->p;
    if (doubt_word(p, i, "yesterday")) return true;
    if (doubt_word(p, i, "averaged")) return doubt_word(p, i + 1, "over across");
    if (doubt_word(p, i, "on")) {
        if (doubt_word(p, i + 1, DAYS)) return !doubt_is_own_stem(s, f, i + 1);
        bool date = doubt_word(p, i + 1, MONTHS) || (is_digit_word(s, i + 1) && doubt_word(p, i + 2, MONTHS)) ||
                    (is_digit_word(s, i + 1) && p->words[i + 1].hi - p->words[i + 1].lo >= 4 &&
                     p->on->text.p[p->words[i + 1].lo + 4 < p->text.hi ? p->words[i + 1].lo + 4 : 0] == '-');
        return date || is_told_span(s, f, i + 1);
    }
    if (doubt_word(p, i, "in over during") && is_told_span(s, f, i + 1)) return true;
    if (doubt_word(p, i, "at") && doubt_word(p, i + 1, "the") && doubt_word(p, i + 2, "start beginning end"))
        return doubt_word(p, i + 3, "of");
    if (!doubt_word(p, i, "in during under") || !doubt_word(p, i + 1, "a an the our my one")) return false;
    for (uint32_t k = i + 2; k < s->end && k < i + 5; k++) {
        if (doubt_is_own_stem(s, f, k) || doubt_is_of_condition(s, f, p->words[k].stem)) return false;
        if (doubt_word(p, k, "test trial experiment rehearsal drill load import outage incident")) return true;
    }
    return false;
}

/* "It took 48 minutes on 3 May": behind the number, up to the next verb's part of the sentence. */
static bool is_occasion_behind(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    for (uint32_t i = s->after; i < s->end && i < s->after + ADJUNCT_WORDS && p->words[i].lo < s->clause.hi; i++) {
        if (is_apart(s, i) || doubt_word(p, i, "because which who and but while than")) return false;
        if (is_occasion(s, f, i)) return true;
    }
    return false;
}

/* "Yesterday the model decoded at 20 tok/s", "During the load it draws 64 W", "Throughput peaks at 81 tok/s". */
static bool is_occasion_before(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    uint32_t from, to;
    doubt_words_of(s, s->part, &from, &to);
    if (from < s->at && !is_apart(s, from) && is_occasion(s, f, from)) return true;
    return s->at > from + 1 && doubt_word(p, s->at - 1, "at") && doubt_word(p, s->at - 2, "peaks peaked") &&
           !doubt_is_own_stem(s, f, s->at - 2);
}

/* "- **Saturday, 16:50.** The scrub ends after almost 41 hours": an item of a timeline, which tells of one event. */
static bool is_of_timeline(const scene *s, const numeric_fact *f) {
    enum { HEAD_BYTES = 28, ITEM_BYTES = 400 };
    const passage *p = s->p;
    if (!(p->flags & PASSAGE_IN_LIST) || (f->kind != FACT_BENCHMARK && f->dimension != DIM_TIME)) return false;
    uint32_t label = p->text.lo;
    for (const passage *q = p; q->previous != PASSAGE_NONE && label; q = &s->j->passages[q->previous]) {
        const passage *before = &s->j->passages[q->previous];
        if (before->lead != p->lead || p->text.lo - before->text.lo > ITEM_BYTES) break;
        label = before->text.lo;
    }
    uint32_t i = p->token_lo;
    while (i > 0 && p->on->tokens[i - 1].text.lo >= label) i--;
    for (; i < p->token_hi && p->on->tokens[i].text.lo < label + HEAD_BYTES; i++)
        if (p->on->tokens[i].kind == TOKEN_TIME) return p->on->tokens[i].text.hi <= s->lo;
    return false;
}

/* "At the time I ran vLLM with a memory fraction of 0.75": told of then, from its first words on. */
static bool is_told_of_then(const scene *s) {
    const passage *p = s->p;
    if (p->kind != PASSAGE_SENTENCE || s->at < 3) return false;
    bool then = (doubt_word(p, 0, "at") && doubt_word(p, 1, "the that") && doubt_word(p, 2, "time point") &&
                 !doubt_word(p, 3, "of")) ||
                (doubt_word(p, 0, "back") && doubt_word(p, 1, "then")) ||
                (doubt_word(p, 0, "in") && doubt_word(p, 1, "those") && doubt_word(p, 2, "days weeks months"));
    return then &&
           doubt_find(p, 2, s->end, "was were had ran did used took held kept gave stood came set") != UINT32_MAX;
}

/* "We first raised the pool to 100", "originally set to 20": where the tuning began. */
static bool is_first_try(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    if (f->kind != FACT_ATTR || p->kind != PASSAGE_SENTENCE) return false;
    for (uint32_t i = s->first; i < s->at; i++) {
        if (s->at - i > 10 || !doubt_word(p, i, "first initially originally")) continue;
        for (uint32_t k = i > s->first ? i - 1 : i; k < s->at && k < i + 3; k++)
            if (doubt_word(p, k, "raised set lowered tried increased reduced put started began gave")) return true;
    }
    return false;
}

const char *doubt_of_occasion(const scene *s, const numeric_fact *f) {
    if (is_of_timeline(s, f)) OBJECT(s->j, "it is told of one time");
    if (is_first_try(s, f)) OBJECT(s->j, "it is where a tuning began");
    if (is_told_of_then(s)) OBJECT(s->j, "it is told of then");
    if (is_brief(s)) OBJECT(s->j, "it is said of a while");
    if (is_aside_of_then(s)) OBJECT(s->j, "it is said of then");
    if (is_one_event(s, f)) OBJECT(s->j, "it is said of one time");
    if (fact_is_dated(s->p, f)) return NULL;
    if (is_occasion_behind(s, f) || is_occasion_before(s, f)) OBJECT(s->j, "it is said of one occasion");
    return NULL;
}
