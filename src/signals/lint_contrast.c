/* lint_contrast.c - "It isn't a product. It's a promise.": the figure "not X but Y" over two sentences.
 *
 * In: sentences of running prose. Out: places, each from the denial to what stands against it. What stands in one
 * sentence is found by the patterns of the rule; here is what a pattern, which sees one sentence, cannot see.
 *
 *     It is not | a product .  It is | a promise .        both complements begin with an article, "about", "what" …
 *     The port is not | open.  It is | closed.            two findings in plain words: no figure
 */
#include "signals/lint.h"

enum { LONGEST_WORDS = 12, SUBJECT_WORDS = 5 };

typedef struct contrast_words {
    uint64_t be[4], not_be[6], contracted[6], pronoun[6], not_word, opener[15];
} contrast_words;

static void fill(uint64_t *out, const char *words) {
    str rest = str_from_cstr(words), one;
    while (str_cut(&rest, ' ', &one)) *out++ = str_hash(one);
}

static contrast_words words_of_figure(void) {
    contrast_words w = {.not_word = str_hash(STR("not"))};
    fill(w.be, "is are was were");
    fill(w.not_be, "isn't aren't wasn't weren't ain't isnt");
    fill(w.contracted, "it's that's this's they're we're he's");
    fill(w.pronoun, "it that this they these those");
    fill(w.opener, "a an the about what how my our your his her their just where why");
    return w;
}

static bool among(uint64_t hash, const uint64_t *list, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (list[i] == hash) return true;
    return false;
}
#define AMONG(hash, list) among(hash, list, COUNT_OF(list))

/* Whether the complement at word `at` begins as a thing or a topic does: "a tool", "about speed". */
static bool opens(const linting *l, const contrast_words *w, const sentence *s, uint32_t at) {
    return at < s->word_hi && AMONG(l->art->words[at].hash, w->opener);
}

static bool denies(const linting *l, const contrast_words *w, const sentence *s) {
    if (s->word_hi - s->word_lo > LONGEST_WORDS) return false;
    for (uint32_t i = s->word_lo; i < s->word_hi && i <= s->word_lo + SUBJECT_WORDS; i++) {
        uint64_t hash = l->art->words[i].hash, next = i + 1 < s->word_hi ? l->art->words[i + 1].hash : 0;
        if (AMONG(hash, w->not_be)) return opens(l, w, s, i + 1);
        if ((AMONG(hash, w->be) || AMONG(hash, w->contracted)) && next == w->not_word) return opens(l, w, s, i + 2);
    }
    return false;
}

static bool stands_against(const linting *l, const contrast_words *w, const sentence *s) {
    if (s->word_hi - s->word_lo > LONGEST_WORDS || s->word_hi - s->word_lo < 3) return false;
    uint64_t first = l->art->words[s->word_lo].hash, second = l->art->words[s->word_lo + 1].hash;
    if (AMONG(first, w->contracted)) return opens(l, w, s, s->word_lo + 1);
    return AMONG(first, w->pronoun) && AMONG(second, w->be) && opens(l, w, s, s->word_lo + 2);
}

int lint_contrast_pairs(linting *l, const lint_rule *rule) {
    (void)rule;
    contrast_words w = words_of_figure();
    for (uint32_t k = 0; k + 1 < l->prose_count; k++) {
        const sentence *a = &l->art->sentences[l->prose[k]], *b = &l->art->sentences[l->prose[k + 1]];
        if (a->block != b->block || !denies(l, &w, a) || !stands_against(l, &w, b)) continue;
        str text = article_text(l->art, (text_range){a->text.lo, b->text.hi});
        int status = lint_add(l, lint_prose_span(l, k, k + 1), text, 1, 0);
        if (status) return status;
    }
    return ERROR_NONE;
}
