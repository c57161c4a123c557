/* repeats.c - sentences that stand again, word for word, anywhere in the article.
 *
 * In: sentences of paragraphs and list items. Out: of each the first sentence that says the same, itself where none
 * does.
 *
 *     "It was slower, because the cache was cold."   7   ──► 7
 *     "It was slower because the cache was  cold"   19   ──► 7     white space, case and punctuation say nothing
 *
 * A model that loops writes one paragraph under eight headings. What it says counts once, and sentence-repeats (a lint)
 * says so. Short sentences ("It did not help.") may stand again: a refrain is a figure of speech. Headings, table
 * cells, quotations and code repeat themselves by nature and have no part. One pass, one table: linear time.
 */
#include "signals/lint.h"
#include "signals/measure.h"

enum { REPEAT_WORDS = 6 };

static bool may_repeat(const sentence *s) {
    static const uint16_t other = SENTENCE_HEADING | SENTENCE_CELL | SENTENCE_QUOTE | SENTENCE_FOOTNOTE;
    return (s->flags & SENTENCE_PROSE) && !(s->flags & other) && s->word_hi - s->word_lo >= REPEAT_WORDS;
}

/* Hash of its words; never 0. Two sentences with one hash are held to be the same. */
static uint64_t said_by(const article *art, const sentence *s) {
    uint64_t h = 0x243f6a8885a308d3u;
    for (uint32_t i = s->word_lo; i < s->word_hi; i++) {
        h = (h ^ art->words[i].hash) * 0x9e3779b97f4a7c15u;
        h ^= h >> 29;
    }
    return h | 1;
}

typedef struct said {
    uint64_t hash; /* 0: free */
    uint32_t first;
} said;

const uint32_t *repeats_find(arena *a, const article *art) {
    size_t slots = 16;
    while (slots < (size_t)art->sentence_count * 2) slots *= 2;
    uint32_t *first = ARENA_ARRAY(a, uint32_t, art->sentence_count + 1);
    said *table = ARENA_ARRAY(a, said, slots);
    if (!first || !table) return NULL;
    for (uint32_t i = 0; i < art->sentence_count; i++) {
        first[i] = i;
        if (!may_repeat(&art->sentences[i])) continue;
        uint64_t hash = said_by(art, &art->sentences[i]);
        size_t at = (size_t)(hash >> 20) & (slots - 1);
        while (table[at].hash && table[at].hash != hash) at = (at + 1) & (slots - 1);
        if (!table[at].hash) table[at] = (said){hash, i};
        first[i] = table[at].first;
    }
    return first;
}

/* ---- the lint ---------------------------------------------------------------------------------------------------- */

/* Prose sentence k says what another paragraph's or its own said before; a list may announce what the prose then says.
 */
static bool is_repeat(const linting *l, const uint32_t *firsts, uint32_t k) {
    uint32_t at = l->prose[k], first = firsts[at];
    return first != at && !(l->art->sentences[first].flags & SENTENCE_ITEM);
}

/* A place for each stretch of sentences that stood before. More of them than `free` and `per_1000` are said: as a
 * warning, or as what they are where they make up `share` of the article's prose. */
int lint_sentence_repeats(linting *l, const lint_rule *rule) {
    const uint32_t *firsts = l->measured->first_said;
    if (!firsts) return ERROR_NONE; /* a raw ruler, which knows no sentences */
    uint32_t sentences = 0, words = 0, repeated = 0;
    for (uint32_t k = 0; k < l->prose_count; k++) {
        const sentence *s = &l->art->sentences[l->prose[k]];
        bool again = is_repeat(l, firsts, k);
        sentences += again;
        words += s->word_hi - s->word_lo;
        if (again) repeated += s->word_hi - s->word_lo;
    }
    double allowed = lint_number(rule, "free", 3) + lint_number(rule, "per_1000", 3) * words / 1000.0;
    if (sentences <= allowed) return ERROR_NONE;
    bool serious = repeated >= lint_number(rule, "share", 0.34) * words;
    for (uint32_t k = 0; k < l->prose_count; k++) {
        uint32_t end = k;
        while (end < l->prose_count && is_repeat(l, firsts, end) && (end == k || lint_prose_joins(l, end - 1))) end++;
        if (end == k) continue;
        str text = article_text(l->art, l->art->sentences[l->prose[k]].text);
        int status = lint_add(l, lint_prose_span(l, k, end - 1), text, end - k, sentences);
        if (status) return status;
        if (!serious) l->places.at[l->places.n - 1].most = LEVEL_WARNING;
        k = end - 1;
    }
    return ERROR_NONE;
}
