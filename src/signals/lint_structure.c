/* lint_structure.c - what the block tree, the frontmatter and the length say.
 *
 * In: article, style. Out: places. Headings that repeat the sentence under them, sentences that are piles of specifics,
 * fences without a language, missing keys, too short, too long, and the parser's own issues.
 */
#include "signals/lint.h"

#include "rules/measures.h"
#include "signals/measure.h"

/* ---- heading echo ------------------------------------------------------------------------------------------------ */

enum { HEADING_WORDS_MAX = 24 };

static bool is_content(const article *art, const word *w) { return w->hi - w->lo > 3 && art->text.p[w->lo] >= 'A'; }

/* Same word up to a plural or verb ending: equal hashes, or one is the other's beginning and at most 3 letters shorter.
 */
static bool same_stem(const article *art, const word *a, const word *b) {
    if (a->hash == b->hash) return true;
    const word *shorter = a->hi - a->lo < b->hi - b->lo ? a : b, *longer = shorter == a ? b : a;
    uint32_t n = shorter->hi - shorter->lo, m = longer->hi - longer->lo;
    if (n < 4 || m - n > 3) return false;
    return str_eq_nocase(article_text(art, (text_range){shorter->lo, shorter->hi}),
                         article_text(art, (text_range){longer->lo, longer->lo + n}));
}

/* Share of the heading's content words that the sentence repeats among its first words; 0 when there are none. */
static double echo_share(const article *art, const block *heading, const sentence *s, uint32_t reach) {
    uint32_t content = 0, repeated = 0;
    uint32_t hi = s->word_lo + reach < s->word_hi ? s->word_lo + reach : s->word_hi;
    for (uint32_t i = heading->sentence_lo; i < heading->sentence_hi; i++)
        for (uint32_t k = art->sentences[i].word_lo; k < art->sentences[i].word_hi && content < HEADING_WORDS_MAX;
             k++) {
            if (!is_content(art, &art->words[k])) continue;
            content++;
            bool found = false;
            for (uint32_t j = s->word_lo; j < hi && !found; j++) found = same_stem(art, &art->words[k], &art->words[j]);
            repeated += found;
        }
    return content ? (double)repeated / content : 0;
}

int lint_heading_echo(linting *l, const lint_rule *rule) {
    double share = lint_number(rule, "share", 1);
    uint32_t reach = (uint32_t)lint_number(rule, "reach", 8), longest = (uint32_t)lint_number(rule, "longest", 14);
    const article *art = l->art;
    for (uint32_t i = 0; i + 1 < art->block_count; i++) {
        const block *h = &art->blocks[i];
        const block *next = h->end < art->block_count ? &art->blocks[h->end] : NULL;
        if (h->kind != BLOCK_HEADING || !next || next->kind != BLOCK_PARAGRAPH ||
            next->sentence_lo >= next->sentence_hi)
            continue;
        const sentence *s = &art->sentences[next->sentence_lo];
        if (s->word_hi - s->word_lo > longest || echo_share(art, h, s, reach) < share) continue;
        text_range range = {h->text.lo, s->text.hi};
        int status = lint_add(l, article_source_span(art, range), article_text(art, h->text), 1, 0);
        if (status) return status;
    }
    return ERROR_NONE;
}

/* ---- piles of specifics ------------------------------------------------------------------------------------------ */

static bool is_specific(uint8_t kind) {
    return kind == TOKEN_VERSION || kind == TOKEN_PATH || kind == TOKEN_QUANTITY || kind == TOKEN_ERROR ||
           kind == TOKEN_IMAGE || kind == TOKEN_NUMBER;
}

/* A prose sentence with at least `least` specifics that make up at least `share` of its words. */
int lint_specifics_pile(linting *l, const lint_rule *rule) {
    uint32_t least = (uint32_t)lint_number(rule, "least", 8);
    double share = lint_number(rule, "share", 0.3);
    uint32_t t = 0;
    for (uint32_t k = 0; k < l->prose_count; k++) {
        const sentence *s = &l->art->sentences[l->prose[k]];
        uint32_t found = 0, words = s->word_hi - s->word_lo;
        while (t < l->tokens->n && l->tokens->at[t].text.lo < s->text.lo) t++;
        for (; t < l->tokens->n && l->tokens->at[t].text.lo < s->text.hi; t++)
            found += is_specific(l->tokens->at[t].kind);
        if (found < least || found < share * words) continue;
        int status = lint_add(l, article_source_span(l->art, s->text), article_text(l->art, s->text), found, least);
        if (status) return status;
    }
    return ERROR_NONE;
}

/* ---- code, length, keys ------------------------------------------------------------------------------------------ */

int lint_code_language(linting *l, const lint_rule *rule) {
    (void)rule;
    for (uint32_t i = 0; i < l->art->block_count; i++) {
        const block *b = &l->art->blocks[i];
        if (b->kind != BLOCK_CODE || !(b->flags & BLOCK_FENCED)) continue;
        if (str_trim(str_span(l->art->source, b->info)).n) continue;
        span where = {b->where.lo, b->where.lo + 3 <= b->where.hi ? b->where.lo + 3 : b->where.hi};
        int status = lint_add(l, where, STR("```"), 1, 0);
        if (status) return status;
    }
    return ERROR_NONE;
}

/* Words that a reader reads: not those of inline code, URLs and the texts of images, which could be of any length. */
static uint32_t words_read(const linting *l) {
    uint32_t n = l->measured->words;
    if (l->rules->published) return n;
    for (uint32_t i = 0; i < l->art->word_count; i++) n -= (l->art->words[i].flags & WORD_CODE) != 0;
    return n;
}

int lint_article_length(linting *l, const lint_rule *rule) {
    (void)rule;
    uint32_t words = l->measured->words, read = words_read(l);
    bool short_one = l->under->words_min && read < l->under->words_min;
    bool long_one = l->under->words_max && words > l->under->words_max;
    if (!short_one && !long_one) return ERROR_NONE;
    span where = {l->art->body.lo, l->art->body.lo};
    return lint_add(l, where, short_one ? STR("shorter") : STR("longer"), short_one ? read : words,
                    short_one ? l->under->words_min : l->under->words_max);
}

/* Whether a field says nothing: no value, white space, an empty list, a map without keys. */
static bool is_empty_field(const article *art, const field *f) {
    bool empty = true;
    switch (f->kind) {
    case FIELD_TEXT: return utf8_is_blank(f->value);
    case FIELD_LIST:
        for (uint32_t i = 0; i < f->item_count; i++) empty &= utf8_is_blank(f->items[i]);
        return empty;
    case FIELD_MAP:
        for (uint32_t i = 0; i < art->field_count; i++) {
            str key = art->fields[i].key;
            empty &= !(key.n > f->key.n && str_starts(key, f->key) && key.p[f->key.n] == '.');
        }
        return empty;
    default: return true;
    }
}

int lint_required_key(linting *l, const lint_rule *rule) {
    (void)rule;
    /* frontmatter-missing and frontmatter-unterminated say it: of an open one nobody knows which keys it has */
    if (l->art->status == FRONTMATTER_MISSING || l->art->status == FRONTMATTER_UNTERMINATED) return ERROR_NONE;
    for (uint32_t i = 0; i < l->under->required_count; i++) {
        str key = l->under->required_keys[i];
        bool found = false;
        for (uint32_t k = 0; k < l->art->field_count && !found; k++)
            found = str_eq(l->art->fields[k].key, key) && !is_empty_field(l->art, &l->art->fields[k]);
        span where = {l->art->frontmatter.lo, l->art->frontmatter.lo};
        int status = found ? ERROR_NONE : lint_add(l, where, key, 1, 0);
        if (status) return status;
    }
    return ERROR_NONE;
}

/* ---- the parser's issues ----------------------------------------------------------------------------------------- */

/* `issues`: names of the issues that this lint reports, separated by spaces. */
int lint_parser_issue(linting *l, const lint_rule *rule) {
    str wanted = rule_param_text(rule->params, rule->param_count, "issues", rule->name);
    for (uint32_t i = 0; i < l->art->issue_count; i++) {
        const article_issue *issue = &l->art->issues[i];
        str rest = wanted, name;
        bool mine = false;
        while (str_cut(&rest, ' ', &name)) mine |= str_eq(name, str_from_cstr(issue_name(issue->kind)));
        int status = mine ? lint_add(l, issue->where, issue->message, 1, 0) : ERROR_NONE;
        if (status) return status;
    }
    return ERROR_NONE;
}

int lint_raw_frontmatter(linting *l, const lint_rule *rule) {
    (void)rule;
    bool found;
    raw_body_of(l->art->source, &found);
    return found ? ERROR_NONE : lint_add(l, (span){0, 0}, STR(""), 1, 0);
}
