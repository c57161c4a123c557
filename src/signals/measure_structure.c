/* measure_structure.c - signals that are read off the block tree.
 *
 * In: blocks, runs, sentences. Out: hits. Where a tainted child could create or cancel a structure (a third step), the
 * structure is judged twice, with its tainted children and without: positive signals take the lower,
 * negative ones the higher total. Not here: what stands inside sentences, except dashes; lists of
 * three (measure_triples.c).
 */
#include "signals/measure.h"

/* A set of texts by their hash. */
typedef struct seen_texts {
    uint64_t *slots;
    size_t mask;
} seen_texts;

static bool seen_before(seen_texts *seen, str text) {
    uint64_t hash = str_hash(text) | 1;
    size_t at = (size_t)(hash >> 20) & seen->mask;
    while (seen->slots[at] && seen->slots[at] != hash) at = (at + 1) & seen->mask;
    bool there = seen->slots[at] != 0;
    seen->slots[at] = hash;
    return there;
}

/* Where a manifest judges, a block earns by a vouched line, without a line of output or of a file that is in no fact,
 * and once. */
int measure_code_blocks(measuring *m, const signal_rule *rule, tally *t) {
    (void)rule;
    seen_texts seen = {.mask = 15};
    while (seen.mask < (size_t)m->art->block_count * 2) seen.mask = seen.mask * 2 + 1;
    seen.slots = measure_is_judged(m) ? ARENA_ARRAY(m->a, uint64_t, seen.mask + 1) : NULL;
    if (measure_is_judged(m) && !seen.slots) return measure_no_memory(m);
    for (uint32_t i = 0; i < m->art->block_count; i++) {
        const block *b = &m->art->blocks[i];
        if (b->kind != BLOCK_CODE || utf8_is_blank(article_text(m->art, b->text))) continue;
        int status = tally_add(m, t, b->text, BLOCK_NONE, i, (str){NULL, 0});
        if (status) return status;
        t->at[t->n - 1].where = b->where;
        if (!seen.slots) continue;
        if (seen_before(&seen, article_text(m->art, b->text)))
            tally_hold_back(t, TAINT_AGAIN);
        else if (m->places->blocks[i] & TAINT_UNCOUNTED || !measure_has_voucher(m, b->text))
            tally_hold_back(t, TAINT_PARTS);
    }
    return ERROR_NONE;
}

int measure_h2(measuring *m, const signal_rule *rule, tally *t) {
    (void)rule;
    for (uint32_t i = 0; i < m->art->block_count; i++) {
        const block *b = &m->art->blocks[i];
        if (b->kind != BLOCK_HEADING || b->level != 2 || utf8_is_blank(article_text(m->art, b->text))) continue;
        int status = tally_add(m, t, b->text, BLOCK_NONE, i, (str){NULL, 0});
        if (status) return status;
        t->at[t->n - 1].tainted = measure_inside_tainted(m, i);
    }
    return ERROR_NONE;
}

/* ---- dashes ------------------------------------------------------------------------------------------------------ */

/* An en-dash right before a digit, and not behind a digit or letter, is a minus sign. */
static bool is_minus(str text, ptrdiff_t at) {
    if (text.p[at + 2] != 0x93 || at + 3 >= text.n || !byte_is_digit(text.p[at + 3])) return false;
    return at == 0 || text.p[at - 1] == ' ' || text.p[at - 1] == '(' || text.p[at - 1] == '\n';
}

int measure_dashes(measuring *m, const signal_rule *rule, tally *t) {
    str text = m->art->text;
    for (ptrdiff_t at = 0; (at = str_find_byte(text, 0xe2, at)) >= 0; at++) {
        if (at + 2 >= text.n || text.p[at + 1] != 0x80 || (text.p[at + 2] != 0x93 && text.p[at + 2] != 0x94)) continue;
        uint32_t index = article_sentence_at(m->art, (uint32_t)at), piece = article_run_at(m->art, (uint32_t)at);
        if (index == BLOCK_NONE || is_minus(text, at)) continue;
        const sentence *s = &m->art->sentences[index];
        if (!(rule->scopes & matcher_sentence_scope(s))) continue;
        if (piece != BLOCK_NONE && (m->art->runs[piece].kind == RUN_CODE || m->art->runs[piece].kind == RUN_AUTOLINK))
            continue;
        if ((s->flags & SENTENCE_CELL) && s->text.hi - s->text.lo == 3) continue;
        int status = tally_add(m, t, (text_range){(uint32_t)at, (uint32_t)at + 3}, index, 0, (str){NULL, 0});
        if (status) return status;
    }
    return ERROR_NONE;
}

/* ---- procedures -------------------------------------------------------------------------------------------------- */

static int add_sequence(measuring *m, tally *t, text_range text, uint32_t block_index, bool clean) {
    int status = tally_add(m, t, text, BLOCK_NONE, block_index, (str){NULL, 0});
    if (!status) t->at[t->n - 1].tainted = !clean;
    return status;
}

static int ordered_lists(measuring *m, uint32_t least, tally *t) {
    for (uint32_t i = 0; i < m->art->block_count; i++) {
        const block *b = &m->art->blocks[i];
        if (b->kind != BLOCK_LIST || !(b->flags & BLOCK_ORDERED) || (b->flags & BLOCK_IN_QUOTE)) continue;
        uint32_t items = 0, clean = 0, vouched = 0;
        for (uint32_t item = i + 1; item < b->end; item = m->art->blocks[item].end) {
            const block *one = &m->art->blocks[item];
            if (one->sentence_hi == one->sentence_lo) continue;
            items++;
            clean += !measure_inside_tainted(m, item);
            vouched += measure_has_voucher(m, one->text);
        }
        if (items < least) continue;
        int status = add_sequence(m, t, b->text, i, clean == items);
        if (status) return status;
        if (vouched < least) tally_hold_back(t, TAINT_PARTS);
    }
    return ERROR_NONE;
}

/* The number of a heading or paragraph that begins "Step N"; 0 when it does not. */
static uint32_t step_number(const measuring *m, const block *b, uint64_t step_hash) {
    if (b->sentence_lo >= b->sentence_hi) return 0;
    const sentence *s = &m->art->sentences[b->sentence_lo];
    if (s->word_hi - s->word_lo < 2 || m->art->words[s->word_lo].hash != step_hash) return 0;
    const word *w = &m->art->words[s->word_lo + 1];
    uint64_t number = 0;
    if (!str_to_u64(article_text(m->art, (text_range){w->lo, w->hi}), &number)) return 0;
    return number < 1000 ? (uint32_t)number : 0;
}

static int numbered_steps(measuring *m, uint32_t least, tally *t) {
    uint64_t step_hash = str_hash(STR("step"));
    uint32_t expected = 1, clean = 0;
    text_range range = {0, 0};
    for (uint32_t i = 0; i < m->art->block_count; i++) {
        const block *b = &m->art->blocks[i];
        if ((b->kind != BLOCK_HEADING && b->kind != BLOCK_PARAGRAPH) || (b->flags & BLOCK_IN_QUOTE)) continue;
        uint32_t number = step_number(m, b, step_hash);
        if (number == 0 || (number != expected && number != 1)) continue;
        if (number == 1) clean = 0, range.lo = b->text.lo;
        expected = number + 1;
        clean += !measure_inside_tainted(m, i);
        range.hi = b->text.hi;
        if (number != least) continue;
        int status = add_sequence(m, t, range, i, clean >= least);
        if (status) return status;
        if (measure_is_judged(m)) tally_hold_back(t, TAINT_PARTS); /* what a heading calls a step is no fact */
    }
    return ERROR_NONE;
}

enum walk_word { WALK_NONE, WALK_FIRST, WALK_NEXT, WALK_LAST };

typedef struct walk_table {
    uint64_t first[2], next[7], last[4];
    uint64_t seen; /* bit (hash mod 64) of all of them: most words are none of these */
} walk_table;

static walk_table walk_words(void) {
    static const char *const next[] = {"then", "next", "second", "secondly", "afterwards", "afterward", "after"};
    static const char *const last[] = {"finally", "lastly", "third", "thirdly"};
    walk_table t = {.first = {str_hash(STR("first")), str_hash(STR("firstly"))}};
    for (size_t i = 0; i < COUNT_OF(next); i++) t.next[i] = str_hash(str_from_cstr(next[i]));
    for (size_t i = 0; i < COUNT_OF(last); i++) t.last[i] = str_hash(str_from_cstr(last[i]));
    for (size_t i = 0; i < COUNT_OF(t.first); i++) t.seen |= (uint64_t)1 << (t.first[i] & 63);
    for (size_t i = 0; i < COUNT_OF(t.next); i++) t.seen |= (uint64_t)1 << (t.next[i] & 63);
    for (size_t i = 0; i < COUNT_OF(t.last); i++) t.seen |= (uint64_t)1 << (t.last[i] & 63);
    return t;
}

static enum walk_word walk_class(const walk_table *t, uint64_t hash) {
    for (size_t i = 0; i < COUNT_OF(t->first); i++)
        if (t->first[i] == hash) return WALK_FIRST;
    for (size_t i = 0; i < COUNT_OF(t->last); i++)
        if (t->last[i] == hash) return WALK_LAST;
    for (size_t i = 0; i < COUNT_OF(t->next); i++)
        if (t->next[i] == hash) return WALK_NEXT;
    return WALK_NONE;
}

/* Where a clause may begin: the sentence's first word, behind a comma or semicolon, or behind "and". */
static bool begins_clause(const article *art, const sentence *s, uint32_t index, uint64_t and_hash) {
    if (index == s->word_lo) return true;
    const word *before = &art->words[index - 1];
    for (uint32_t i = before->hi; i < art->words[index].lo; i++)
        if (art->text.p[i] == ',' || art->text.p[i] == ';') return true;
    return before->hash == and_hash;
}

/* "First …, then …, finally …" inside one paragraph. Tainted sentences have no part in it. */
static bool walks_through(const measuring *m, const block *b, const walk_table *table, bool clean_only) {
    uint64_t and_hash = str_hash(STR("and"));
    bool first = false, last = false;
    uint32_t nexts = 0, plain = 0; /* words since the last of the walk's own: a step says something */
    for (uint32_t i = b->sentence_lo; i < b->sentence_hi; i++) {
        const sentence *s = &m->art->sentences[i];
        if (clean_only && sentence_is_tainted(m, i)) continue;
        for (uint32_t k = s->word_lo; k < s->word_hi; k++) {
            bool may = table->seen >> (m->art->words[k].hash & 63) & 1;
            enum walk_word what = may ? walk_class(table, m->art->words[k].hash) : WALK_NONE;
            if (what == WALK_NONE || !begins_clause(m->art, s, k, and_hash)) {
                plain += m->art->words[k].hash != and_hash;
                if (first && plain && (nexts >= 3 || (nexts >= 1 && last))) return true;
                continue;
            }
            if (what == WALK_FIRST)
                first = true, nexts = 0, last = false;
            else if (first && what == WALK_NEXT)
                nexts += plain > 0; /* "first, then, finally" has no steps */
            else if (first)
                last = true;
            plain = 0;
        }
    }
    return false;
}

static bool says_first(const article *art, const block *b, const walk_table *table) {
    if (b->sentence_lo >= b->sentence_hi) return false;
    uint32_t hi = art->sentences[b->sentence_hi - 1].word_hi;
    for (uint32_t i = art->sentences[b->sentence_lo].word_lo; i < hi; i++)
        if (art->words[i].hash == table->first[0] || art->words[i].hash == table->first[1]) return true;
    return false;
}

static int walked_paragraphs(measuring *m, tally *t) {
    walk_table table = walk_words();
    for (uint32_t i = 0; i < m->art->block_count; i++) {
        const block *b = &m->art->blocks[i];
        if (b->kind != BLOCK_PARAGRAPH || (b->flags & BLOCK_IN_QUOTE)) continue;
        if (!says_first(m->art, b, &table) || !walks_through(m, b, &table, false)) continue;
        int status = add_sequence(m, t, b->text, i, walks_through(m, b, &table, true));
        if (status) return status;
        if (measure_is_judged(m)) tally_hold_back(t, TAINT_PARTS); /* one fact would vouch for all of it */
    }
    return ERROR_NONE;
}

int measure_step_sequences(measuring *m, const signal_rule *rule, tally *t) {
    uint32_t least = (uint32_t)rule_param_number(rule->params, rule->param_count, "least", 3);
    int status = ordered_lists(m, least, t);
    if (!status) status = numbered_steps(m, least, t);
    return status ? status : walked_paragraphs(m, t);
}
