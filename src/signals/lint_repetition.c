/* lint_repetition.c - runs: one opening, one shape, one length, again and again.
 *
 * In: sentences of running prose. Out: places, one a run.
 *
 *     "I document the error logs. I document the solution. I document the root cause."
 *      opening (i, document) × 3      shape  i · the ·      (a dot stands for any content words)
 *
 * A shape is the sentence with every stretch of content words replaced by one dot; function words stay. Runs go on over
 * a paragraph's end, not over a heading, list, table or code block. Each sentence is read once: linear time.
 */
#include "signals/lint.h"

#include <math.h>

/* ---- openings ---------------------------------------------------------------------------------------------------- */

/* Hash of the first `words` words; 0 when the sentence is shorter or they are a label ("Name: ..."). */
static uint64_t opening_of(const article *art, const sentence *s, uint32_t words) {
    if (s->word_hi - s->word_lo < words + 1) return 0;
    uint64_t h = 0;
    for (uint32_t i = 0; i < words; i++) {
        const word *w = &art->words[s->word_lo + i];
        if (w->flags & (WORD_CODE | WORD_QUOTED)) return 0;
        h = (h ^ w->hash) * 0x9e3779b97f4a7c15u;
        if ((ptrdiff_t)w->hi < art->text.n && art->text.p[w->hi] == ':') return 0;
    }
    return h | 1;
}

static uint64_t prose_opening(const linting *l, uint32_t k, uint32_t words) {
    return opening_of(l->art, &l->art->sentences[l->prose[k]], words);
}

static str opening_text(const linting *l, const sentence *s, uint32_t words) {
    text_range range = {l->art->words[s->word_lo].lo, l->art->words[s->word_lo + words - 1].hi};
    return article_text(l->art, range);
}

/* End (exclusive) of the run of one opening that begins at prose sentence k. */
static uint32_t opening_run_end(const linting *l, uint32_t k, uint32_t words) {
    uint64_t opening = prose_opening(l, k, words);
    uint32_t end = k + 1;
    if (!opening) return end;
    while (end < l->prose_count && lint_prose_joins(l, end - 1) && prose_opening(l, end, words) == opening) end++;
    return end;
}

/* First place in [k, end) where a run of `least` sentences with one longer opening begins; `end` when there is none. */
static uint32_t inner_run(const linting *l, uint32_t k, uint32_t end, uint32_t words, uint32_t least) {
    while (k < end && opening_run_end(l, k, words) - k < least) k++; /* short runs: at most `least` looks ahead each */
    return k;
}

int lint_anaphora_run(linting *l, const lint_rule *rule) {
    uint32_t words = (uint32_t)lint_number(rule, "words", 2), least = (uint32_t)lint_number(rule, "least", 3);
    uint32_t error_at_count = (uint32_t)lint_number(rule, "error_at", 4);
    uint32_t single = (uint32_t)lint_number(rule, "single_word", 10);
    for (uint32_t k = 0; k < l->prose_count;) {
        uint32_t shown = words, end = opening_run_end(l, k, words);
        if (end - k < least) { /* a longer run of one word, up to where a run of more words begins */
            uint32_t wide = opening_run_end(l, k, 1);
            end = wide - k >= single ? inner_run(l, k, wide, words, least) : k + 1;
            shown = 1;
            if (end - k < single) {
                k = end;
                continue;
            }
        }
        str text = opening_text(l, &l->art->sentences[l->prose[k]], shown);
        int status = lint_add(l, lint_prose_span(l, k, end - 1), text, end - k, least);
        if (status) return status;
        if (end - k < error_at_count) l->places.at[l->places.n - 1].most = LEVEL_WARNING;
        k = end;
    }
    return ERROR_NONE;
}

/* First sentence of paragraphs that directly follow each other. */
int lint_paragraph_openings(linting *l, const lint_rule *rule) {
    uint32_t words = (uint32_t)lint_number(rule, "words", 2), least = (uint32_t)lint_number(rule, "least", 3);
    uint32_t error_at_count = (uint32_t)lint_number(rule, "error_at", 4);
    uint32_t length = 0, first = BLOCK_NONE, last = BLOCK_NONE;
    uint64_t opening = 0;
    for (uint32_t i = 0; i <= l->art->block_count; i++) {
        const block *b = i < l->art->block_count ? &l->art->blocks[i] : NULL;
        bool here = b && b->kind == BLOCK_PARAGRAPH && b->sentence_hi > b->sentence_lo &&
                    !(b->flags & (BLOCK_IN_LIST | BLOCK_IN_QUOTE));
        uint64_t now = here ? opening_of(l->art, &l->art->sentences[b->sentence_lo], words) : 0;
        bool goes_on = now && now == opening && last != BLOCK_NONE && l->art->blocks[last].end == i;
        if (!goes_on && length && length >= least) {
            span where = {l->art->blocks[first].where.lo, l->art->blocks[last].where.hi};
            str text = opening_text(l, &l->art->sentences[l->art->blocks[first].sentence_lo], words);
            int status = lint_add(l, where, text, length, least);
            if (status) return status;
            if (length < error_at_count) l->places.at[l->places.n - 1].most = LEVEL_WARNING;
        }
        if (!goes_on) length = 0; /* said once, however many blocks that are no paragraphs follow */
        if (!here) continue; /* containers and other leaves: the next paragraph is not adjacent unless `end` says so */
        length = goes_on ? length + 1 : 1;
        if (!goes_on) first = i;
        last = i;
        opening = now;
    }
    return ERROR_NONE;
}

/* ---- shapes ------------------------------------------------------------------------------------------------------ */

static const char *const function_words[] = {
    "a",     "about",   "after", "all",    "also", "an",   "and",     "any",    "are",    "as",   "at",
    "be",    "because", "been",  "before", "but",  "by",   "can",     "cannot", "could",  "did",  "do",
    "does",  "don't",   "each",  "every",  "for",  "from", "had",     "has",    "have",   "he",   "her",
    "his",   "how",     "i",     "if",     "in",   "into", "is",      "isn't",  "it",     "it's", "its",
    "may",   "me",      "might", "more",   "most", "must", "my",      "no",     "not",    "of",   "off",
    "on",    "one",     "only",  "or",     "our",  "out",  "over",    "she",    "should", "so",   "some",
    "than",  "that",    "the",   "their",  "them", "then", "there",   "these",  "they",   "this", "those",
    "to",    "under",   "until", "up",     "us",   "was",  "we",      "were",   "what",   "when", "where",
    "which", "while",   "who",   "why",    "will", "with", "without", "would",  "you",    "your"};

enum { FUNCTION_SLOTS = 512 };

typedef struct word_set {
    uint64_t slots[FUNCTION_SLOTS];
} word_set;

static void set_fill(word_set *set) {
    memset(set, 0, sizeof *set);
    for (size_t i = 0; i < COUNT_OF(function_words); i++) {
        uint64_t hash = str_hash(str_from_cstr(function_words[i]));
        uint32_t at = (uint32_t)(hash >> 32) & (FUNCTION_SLOTS - 1);
        while (set->slots[at]) at = (at + 1) & (FUNCTION_SLOTS - 1);
        set->slots[at] = hash;
    }
}

static bool set_has(const word_set *set, uint64_t hash) {
    uint32_t at = (uint32_t)(hash >> 32) & (FUNCTION_SLOTS - 1);
    for (; set->slots[at]; at = (at + 1) & (FUNCTION_SLOTS - 1))
        if (set->slots[at] == hash) return true;
    return false;
}

typedef struct shape {
    uint64_t hash;      /* 0: too short or too plain to have a shape */
    uint64_t opening;   /* first two words */
    uint32_t functions; /* function words in it */
} shape;

static shape shape_of(const linting *l, const word_set *set, uint32_t k, uint32_t least_functions) {
    const sentence *s = &l->art->sentences[l->prose[k]];
    shape out = {.opening = opening_of(l->art, s, 2)};
    uint64_t h = 0x243f6a8885a308d3u;
    bool dotted = false;
    for (uint32_t i = s->word_lo; i < s->word_hi; i++) {
        const word *w = &l->art->words[i];
        bool function = !(w->flags & WORD_CODE) && set_has(set, w->hash);
        if (!function && dotted) continue;
        h = (h ^ (function ? w->hash : 0xd1b54a32d192ed03u)) * 0x9e3779b97f4a7c15u;
        dotted = !function;
        out.functions += function;
    }
    if (out.functions >= least_functions && s->word_hi - s->word_lo >= 3) out.hash = h | 1;
    return out;
}

/* Consecutive sentences of one shape that do not merely share their opening (which anaphora-run reports). */
int lint_shape_run(linting *l, const lint_rule *rule) {
    uint32_t least = (uint32_t)lint_number(rule, "least", 3),
             error_at_count = (uint32_t)lint_number(rule, "error_at", 4);
    uint32_t functions = (uint32_t)lint_number(rule, "function_words", 2);
    word_set set;
    set_fill(&set);
    shape before = {0};
    uint32_t first = 0;
    bool one_opening = true;
    for (uint32_t k = 0; k <= l->prose_count; k++) {
        shape now = k < l->prose_count ? shape_of(l, &set, k, functions) : (shape){0};
        bool goes_on = k > 0 && k < l->prose_count && now.hash && now.hash == before.hash && lint_prose_joins(l, k - 1);
        if (goes_on) {
            one_opening &= now.opening && now.opening == before.opening;
        } else {
            if (k - first >= least && before.hash && !one_opening) {
                str text = article_text(l->art, l->art->sentences[l->prose[first]].text);
                int status = lint_add(l, lint_prose_span(l, first, k - 1), text, k - first, least);
                if (status) return status;
                if (k - first < error_at_count) l->places.at[l->places.n - 1].most = LEVEL_WARNING;
            }
            first = k;
            one_opening = true;
        }
        before = now;
    }
    return ERROR_NONE;
}

/* ---- lengths ----------------------------------------------------------------------------------------------------- */

/* Stretches in which every sentence is within `spread` words of the others, at least `least` sentences long. The share
 * of prose sentences that stand in such stretches decides between note and error. */
int lint_monotone_length(linting *l, const lint_rule *rule) {
    uint32_t least = (uint32_t)lint_number(rule, "least", 10), spread = (uint32_t)lint_number(rule, "spread", 4);
    double share_limit = lint_number(rule, "share", 0.3);
    uint32_t inside = 0;
    for (uint32_t k = 0; k < l->prose_count;) {
        uint32_t lo = UINT32_MAX, hi = 0, end = k;
        while (end < l->prose_count) {
            const sentence *s = &l->art->sentences[l->prose[end]];
            uint32_t n = s->word_hi - s->word_lo;
            uint32_t least_n = n < lo ? n : lo, most_n = n > hi ? n : hi;
            if (most_n - least_n > spread || (end > k && !lint_prose_joins(l, end - 1))) break;
            lo = least_n;
            hi = most_n;
            end++;
        }
        if (end - k < least) {
            k++; /* bounded: a stretch shorter than `least` is at most `least` sentences of looking ahead */
            continue;
        }
        str text = arena_printf(l->a, "%u to %u", lo, hi);
        int status = text.p ? lint_add(l, lint_prose_span(l, k, end - 1), text, end - k, spread) : lint_no_memory(l);
        if (status) return status;
        inside += end - k;
        k = end;
    }
    bool serious = l->prose_count > 0 && (double)inside / l->prose_count >= share_limit;
    for (size_t i = 0; i < l->places.n && !serious; i++) l->places.at[i].most = LEVEL_WARNING;
    return ERROR_NONE;
}
