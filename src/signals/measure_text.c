/* measure_text.c - examples that are given, terms that are defined, hedges that are none.
 *
 * In: phrase matches, words, tokens, blocks. Out: hits. Both ask for what follows an announcement, so an announcement
 * alone earns nothing.
 */
#include "signals/measure.h"

/* ---- examples ---------------------------------------------------------------------------------------------------- */

enum { EXAMPLE_WORDS = 5 };

static bool is_specific(const token *k) {
    return k->kind != TOKEN_ORDINAL && k->kind != TOKEN_SECTION && k->kind != TOKEN_URL && k->kind != TOKEN_EMAIL;
}

/* Whether a hedge stands behind `offset` in the sentence. */
static bool hedge_follows(const measuring *m, uint32_t index, uint32_t offset) {
    const match_list *hedges = measure_matches(m, SIGNAL_HEDGING_PHRASES);
    uint32_t lo = 0, hi = hedges->n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (hedges->at[mid].text.lo < offset)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < hedges->n && hedges->at[lo].sentence == index;
}

/* What the sentence in hand shows: matches come in order, and each sentence is read once, however many it holds. */
typedef struct shown {
    uint32_t sentence; /* BLOCK_NONE before the first */
    uint32_t token;    /* where its last specific begins; 0 when it has none */
    uint32_t word;     /* where its last word of code, of a quotation or with a capital begins; 0: none */
} shown;

static void look_at_sentence(const measuring *m, uint32_t index, shown *in) {
    const sentence *s = &m->art->sentences[index];
    static const uint16_t named = WORD_CODE | WORD_QUOTED | WORD_CAPITAL;
    *in = (shown){.sentence = index};
    for (uint32_t i = measure_token_from(m->tokens, s->text.lo); i < m->tokens->n; i++) {
        if (m->tokens->at[i].text.lo >= s->text.hi) break;
        if (is_specific(&m->tokens->at[i])) in->token = m->tokens->at[i].text.lo;
    }
    for (uint32_t i = s->word_lo; i < s->word_hi; i++) {
        const word *w = &m->art->words[i];
        if ((w->flags & named) && !(w->hi - w->lo == 1 && !(w->flags & WORD_CODE))) in->word = w->lo; /* not "I" */
    }
}

/* Words of sentence `s` that begin at or behind `offset`. */
static uint32_t words_behind(const article *art, const sentence *s, uint32_t offset) {
    uint32_t lo = s->word_lo, hi = s->word_hi;
    while (lo < hi) {
        uint32_t middle = lo + (hi - lo) / 2;
        if (art->words[middle].lo < offset)
            lo = middle + 1;
        else
            hi = middle;
    }
    return s->word_hi - lo;
}

static bool example_in_sentence(const measuring *m, const rule_match *match, shown *in) {
    const sentence *s = &m->art->sentences[match->sentence];
    if (in->sentence != match->sentence) look_at_sentence(m, match->sentence, in);
    if (in->token >= match->text.hi || in->word >= match->text.hi) return true;
    return words_behind(m->art, s, match->text.hi) >= EXAMPLE_WORDS &&
           !hedge_follows(m, match->sentence, match->text.hi);
}

/* "For example:" and then a block that shows it. */
static uint32_t example_below(const measuring *m, const rule_match *match) {
    const sentence *s = &m->art->sentences[match->sentence];
    const block *b = &m->art->blocks[s->block];
    uint32_t next = b->end;
    if (s->terminator != ':' || match->sentence + 1 != b->sentence_hi || next >= m->art->block_count) return BLOCK_NONE;
    uint8_t kind = m->art->blocks[next].kind;
    bool shows = kind == BLOCK_CODE || kind == BLOCK_LIST || kind == BLOCK_TABLE || kind == BLOCK_QUOTE;
    return shows && !utf8_is_blank(article_text(m->art, m->art->blocks[next].text)) ? next : BLOCK_NONE;
}

int measure_examples(measuring *m, const signal_rule *rule, tally *t) {
    const match_list *list = measure_matches(m, rule->id);
    shown in = {.sentence = BLOCK_NONE};
    for (uint32_t i = 0; i < list->n; i++) {
        uint32_t below = example_below(m, &list->at[i]);
        bool inside = example_in_sentence(m, &list->at[i], &in);
        if (!inside && below == BLOCK_NONE) continue;
        int status = tally_add(m, t, list->at[i].text, list->at[i].sentence, 0, article_text(m->art, list->at[i].text));
        if (status) return status;
        if (!inside && measure_inside_tainted(m, below)) t->at[t->n - 1].tainted = true;
    }
    return ERROR_NONE;
}

/* ---- hedges ------------------------------------------------------------------------------------------------------ */

/* A hedge before a stated uncertainty ("might be 59.7 ± 0.4") belongs to a measurement, if a fact holds it. `*next`
 * moves on to the first uncertainty behind the match, so that tokens are read once, however many hedges there are. */
static bool uncertainty_follows(const measuring *m, const rule_match *match, uint32_t *next) {
    const sentence *s = &m->art->sentences[match->sentence];
    while (*next < m->tokens->n) {
        const token *k = &m->tokens->at[*next];
        if (k->text.lo >= match->text.hi && (k->flags & TOKEN_PLUS_MINUS) && measure_is_vouched(m, k->text))
            return k->text.lo < s->text.hi;
        ++*next;
    }
    return false;
}

int measure_hedges(measuring *m, const signal_rule *rule, tally *t) {
    const match_list *list = measure_matches(m, rule->id);
    uint32_t next = 0;
    for (uint32_t i = 0; i < list->n; i++) {
        if (uncertainty_follows(m, &list->at[i], &next)) continue;
        int status = tally_add(m, t, list->at[i].text, list->at[i].sentence, 0, article_text(m->art, list->at[i].text));
        if (status) return status;
    }
    return ERROR_NONE;
}

/* ---- definitions ------------------------------------------------------------------------------------------------- */

static uint8_t initial_of(const article *art, uint32_t index) { return byte_lower(art->text.p[art->words[index].lo]); }

/* Letters of an abbreviation, a plural s taken off. */
static str letters_of(const article *art, const word *w) {
    str text = article_text(art, (text_range){w->lo, w->hi});
    if (text.n > 2 && text.p[text.n - 1] == 's') text.n--;
    return text;
}

/* Whether the words [lo, hi) spell `letters` by their initials; small words (of, and, to, the) may be skipped. */
static bool initials_spell(const article *art, uint32_t lo, uint32_t hi, str letters) {
    ptrdiff_t at = 0;
    for (uint32_t i = lo; i < hi; i++) {
        if (at < letters.n && initial_of(art, i) == byte_lower(letters.p[at]))
            at++;
        else if (art->words[i].hi - art->words[i].lo > 3)
            return false;
    }
    return at == letters.n;
}

static bool is_abbreviation(const article *art, const word *w) {
    if (!(w->flags & WORD_CAPITAL) || (w->flags & (WORD_CODE | WORD_QUOTED))) return false;
    str text = letters_of(art, w);
    uint32_t capitals = 0;
    for (ptrdiff_t i = 0; i < text.n; i++) capitals += text.p[i] >= 'A' && text.p[i] <= 'Z';
    return text.n >= 2 && text.n <= 8 && capitals * 2 > (uint32_t)text.n;
}

static bool byte_at_is(const article *art, uint32_t at, uint8_t byte) {
    return at < (uint32_t)art->text.n && art->text.p[at] == byte;
}

/* "time to first token (TTFT)": the words before the parenthesis. */
static bool spelled_before(const article *art, const sentence *s, uint32_t index, uint32_t *first) {
    const word *w = &art->words[index];
    if (w->lo == 0 || !byte_at_is(art, w->lo - 1, '(') || !byte_at_is(art, w->hi, ')')) return false;
    str letters = letters_of(art, w);
    uint32_t most = (uint32_t)letters.n + 2;
    for (uint32_t count = (uint32_t)letters.n; count <= most && count <= index - s->word_lo; count++) {
        *first = index - count;
        if (initial_of(art, *first) == byte_lower(letters.p[0]) && initials_spell(art, *first, index, letters))
            return true;
    }
    return false;
}

/* "ARC (adaptive replacement cache)": the words inside the parenthesis behind it. */
static bool spelled_behind(const article *art, const sentence *s, uint32_t index, uint32_t *last) {
    const word *w = &art->words[index];
    if (!byte_at_is(art, w->hi, ' ') || !byte_at_is(art, w->hi + 1, '(')) return false;
    uint32_t hi = index + 1;
    while (hi < s->word_hi && hi < index + 12 && !byte_at_is(art, art->words[hi].hi, ')')) hi++;
    if (hi >= s->word_hi || hi >= index + 12) return false;
    *last = hi;
    return hi > index + 1 && initials_spell(art, index + 1, hi + 1, letters_of(art, w));
}

/* The abbreviation at word `index`, if it is one and its words stand next to it. */
static int add_abbreviation(measuring *m, const signal_rule *rule, uint32_t index, tally *t) {
    const article *art = m->art;
    uint32_t in = article_sentence_at(art, art->words[index].lo), other = index;
    if (in == BLOCK_NONE || !is_abbreviation(art, &art->words[index])) return ERROR_NONE;
    const sentence *s = &art->sentences[in];
    if (!(rule->scopes & matcher_sentence_scope(s))) return ERROR_NONE;
    text_range range = {art->words[index].lo, art->words[index].hi};
    if (spelled_before(art, s, index, &other))
        range.lo = art->words[other].lo;
    else if (spelled_behind(art, s, index, &other))
        range.hi = art->words[other].hi;
    else
        return ERROR_NONE;
    return tally_add(m, t, range, in, 0, (str){NULL, 0});
}

/* From parenthesis to parenthesis: the word right inside, and the word before " (". */
static int abbreviations(measuring *m, const signal_rule *rule, tally *t) {
    str text = m->art->text;
    for (ptrdiff_t at = 0; (at = str_find_byte(text, '(', at)) >= 0; at++) {
        uint32_t inside = article_word_at(m->art, (uint32_t)at + 1);
        uint32_t before = at >= 2 && text.p[at - 1] == ' ' ? article_word_at(m->art, (uint32_t)at - 2) : BLOCK_NONE;
        int status = before != BLOCK_NONE ? add_abbreviation(m, rule, before, t) : ERROR_NONE;
        if (!status && inside != BLOCK_NONE) status = add_abbreviation(m, rule, inside, t);
        if (status) return status;
    }
    return ERROR_NONE;
}

/* "term⏎: meaning": a line break inside a paragraph with a colon behind it. */
static int definition_lists(measuring *m, tally *t) {
    const article *art = m->art;
    for (uint32_t i = 0; i < art->block_count; i++) {
        const block *b = &art->blocks[i];
        if (b->kind != BLOCK_PARAGRAPH || (b->flags & BLOCK_IN_QUOTE)) continue;
        for (uint32_t r = b->run_lo; r < b->run_hi; r++) {
            const run *at = &art->runs[r];
            if (at->kind != RUN_BREAK || !byte_at_is(art, at->text_hi, ':') || !byte_at_is(art, at->text_hi + 1, ' '))
                continue;
            uint32_t in = article_sentence_at(art, at->text_lo > b->text.lo ? at->text_lo - 1 : b->text.lo);
            text_range range = {b->text.lo, at->text_hi + 1};
            int status = tally_add(m, t, range, in, i, (str){NULL, 0});
            if (status) return status;
            if (measure_inside_tainted(m, i)) t->at[t->n - 1].tainted = true;
        }
    }
    return ERROR_NONE;
}

int measure_definitions(measuring *m, const signal_rule *rule, tally *t) {
    int status = abbreviations(m, rule, t);
    return status ? status : definition_lists(m, t);
}
