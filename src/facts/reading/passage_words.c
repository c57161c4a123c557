/* passage_words.c - the words of a passage.
 *
 *     article.words ──plain ones──┐
 *     text ──────────all others───┴──► pwords: stem, cues, marks          windows around a claim
 *
 * In: a passage. Out: its words, once, when something asks for them, and the range of them around a claim. What the
 * parser took for a word of nothing but letters and digits of ASCII is one here too, and its hash is known: it is not
 * read again. Words of code and of the frontmatter, and those with other characters in or at them, are read here.
 */
#include "base/eight.h"
#include "facts/reading/reading.h"

/* "16 May", "in May": the month, no modal verb. A capital letter where no sentence begins tells. */
static bool is_month(const passage *p, str text, uint32_t lo, str term) {
    if (!str_eq(term, STR("May"))) return false;
    ptrdiff_t at = (ptrdiff_t)lo, end = at + 4;
    if (end < text.n && byte_is_digit(text.p[end])) return true;
    return at > 1 && p->kind != PASSAGE_HEADING && text.p[at - 1] == ' ' && !strchr(".?!:", text.p[at - 2]);
}

/* "256 on paper" is what is specified, and "the line has 50 Mb/s upstream" a direction: neither is somebody's. */
static bool is_no_writing(str text, uint32_t lo, uint32_t hi, str term) {
    str before = str_slice(text, 0, (ptrdiff_t)lo);
    if (str_eq_nocase(term, STR("paper"))) return str_ends(before, STR("on "));
    if (!str_eq_nocase(term, STR("upstream"))) return false;
    bool ends = hi >= text.n || text.p[hi] == '.' || text.p[hi] == ',' || text.p[hi] == ';';
    return ends || (lo == 0 && str_starts(str_slice(text, (ptrdiff_t)hi, text.n), STR(" the ")));
}

/* A word with an apostrophe or letters outside ASCII: a typographic apostrophe counts as '. */
static word_sense marked_sense(const judge *j, str text, const fact_word *read, uint64_t *stem) {
    char plain[24];
    str term = str_slice(text, (ptrdiff_t)read->lo, (ptrdiff_t)read->hi);
    ptrdiff_t mark = str_find(term, STR("\xe2\x80\x99"), 0);
    bool owns = str_ends(term, STR("'s")) || str_ends(term, STR("\xe2\x80\x99s"));
    if (mark > 0 && term.n < (ptrdiff_t)sizeof plain) {
        memcpy(plain, term.p, (size_t)mark);
        plain[mark] = '\'';
        memcpy(plain + mark + 1, term.p + mark + 3, (size_t)(term.n - mark - 3));
        term = str_make(plain, (size_t)(term.n - 2));
    }
    /* "It's" points as "it" does */
    uint32_t marks = sense_of_hashed(j->cues, str_hash_nocase(term), stem).marks;
    *stem = fact_stem(term);
    return (word_sense){cue_of(j->cues, term), owns ? marks | MARK_OWNS : marks};
}

/* Without those that the word has not here. */
static uint32_t settled_cues(const passage *p, str text, const fact_word *read, uint32_t cues) {
    str term = str_slice(text, (ptrdiff_t)read->lo, (ptrdiff_t)read->hi);
    if (cues & CUE_MODAL && is_month(p, text, read->lo, term)) return 0;
    if (cues & CUE_REQUIRE && read->lo > 0 && text.p[read->lo - 1] == '-' && str_eq_nocase(term, STR("compatible")))
        return cues & ~(uint32_t)CUE_REQUIRE; /* "an OpenAI-compatible API" requires nothing */
    bool nobody = cues & CUE_OTHERS && is_no_writing(text, read->lo, read->hi, term);
    return nobody ? cues & ~(uint32_t)CUE_OTHERS : cues;
}

/* The words that the parser has found, from the next one on. */
typedef struct parsed_words {
    const word *next, *end;
} parsed_words;

static parsed_words parsed_words_of(const judge *j, const passage *p) {
    if (p->sentence == BLOCK_NONE || p->on != &j->surfaces[0]) return (parsed_words){0};
    const word *lo = j->art->words + j->art->sentences[p->sentence].word_lo, *end = j->art->words + j->art->word_count;
    if (lo < end && lo->lo < p->text.lo) { /* a part of an endless sentence */
        const word *hi = j->art->words + j->art->sentences[p->sentence].word_hi;
        while (lo < hi) {
            const word *middle = lo + (hi - lo) / 2;
            if (middle->lo < p->text.lo)
                lo = middle + 1;
            else
                hi = middle;
        }
    }
    return (parsed_words){lo, end};
}

/* Would fact_word_read find this very word from byte `at` of the surface on? Between words of the parser stands no
 * letter or digit of ASCII, so only what is wider could begin one before it, and only a joint could make it longer. */
static inline bool is_read_already(const passage *p, uint32_t at, const word *w) {
    str text = p->on->text;
    if (!(w->flags & WORD_PLAIN) || w->lo < at || w->lo - at > 8 || w->hi > p->text.hi) return false;
    if (!eight_is_ascii(eight_at(text, at) & eight_first(w->lo - at))) return false;
    uint8_t next = w->hi < p->text.hi ? text.p[w->hi] : ' ';
    return next != '\'' && (next != '.' || !byte_is_digit(text.p[w->hi - 1]));
}

/* The next word at or behind byte `*at` of the passage's text; false behind the last. */
static inline bool next_word(const passage *p, str text, parsed_words *parsed, uint32_t *at, fact_word *read) {
    uint32_t from = p->text.lo + *at;
    while (parsed->next < parsed->end && parsed->next->hi <= from) parsed->next++;
    if (parsed->next == parsed->end || !is_read_already(p, from, parsed->next)) return fact_word_read(text, at, read);
    const word *w = parsed->next++;
    *read = (fact_word){w->lo - p->text.lo, w->hi - p->text.lo, w->hash, true};
    *at = read->hi;
    return true;
}

void passage_prepare(judge *j, passage *p) {
    if (p->flags & PASSAGE_READY) return;
    p->flags |= PASSAGE_READY;
    str text = passage_text(p);
    parsed_words parsed = parsed_words_of(j, p);
    uint32_t at = 0;
    for (fact_word read; next_word(p, text, &parsed, &at, &read);) {
        uint64_t stem = 0;
        word_sense sense =
            read.plain ? sense_of_hashed(j->cues, read.folded, &stem) : marked_sense(j, text, &read, &stem);
        if (sense.cues & (CUE_MODAL | CUE_OTHERS | CUE_REQUIRE)) sense.cues = settled_cues(p, text, &read, sense.cues);
        p->cues |= sense.cues;
        p->marks |= sense.marks;
        if (!stem) stem = fact_word_stem(text, &read);
        p->stems |= fact_stem_bit(stem);
        pword w = {p->text.lo + read.lo, p->text.lo + read.hi, stem, sense.cues, sense.marks};
        if (!VEC_PUSH(j->a, &j->room, w)) j->failed = true;
    }
    size_t n = j->room.n;
    j->room.n = 0;
    p->words = ARENA_ARRAY(j->a, pword, n);
    if (!p->words) {
        j->failed = true;
        return;
    }
    if (n) memcpy(p->words, j->room.at, n * sizeof *p->words);
    p->word_count = (uint32_t)n;
}

void passage_window(const passage *p, uint32_t lo, uint32_t hi, uint32_t *first, uint32_t *end) {
    uint32_t from = lo > WINDOW_REACH ? lo - WINDOW_REACH : 0, a = 0, b = p->word_count;
    if (from <= p->text.lo && p->text.hi <= hi + WINDOW_REACH) { /* as nearly always: all of it */
        *first = 0;
        *end = b;
        return;
    }
    while (a < b) {
        uint32_t middle = a + (b - a) / 2;
        if (p->words[middle].hi <= from)
            a = middle + 1;
        else
            b = middle;
    }
    *first = a;
    for (b = p->word_count; a < b;) {
        uint32_t middle = a + (b - a) / 2;
        if (p->words[middle].lo < hi + WINDOW_REACH)
            a = middle + 1;
        else
            b = middle;
    }
    *end = a;
}

void passage_hit_window(const passage *p, uint32_t lo, uint32_t hi, uint32_t *first, uint32_t *end) {
    uint32_t from = lo > WINDOW_REACH ? lo - WINDOW_REACH : 0, a = p->hit_lo, b = p->hit_hi;
    if (from <= p->text.lo && p->text.hi <= hi + WINDOW_REACH) {
        *first = a;
        *end = b;
        return;
    }
    while (a < b) {
        uint32_t middle = a + (b - a) / 2;
        if (p->on->hits[middle].where.lo < from)
            a = middle + 1;
        else
            b = middle;
    }
    *first = a;
    for (b = p->hit_hi; a < b;) {
        uint32_t middle = a + (b - a) / 2;
        if (p->on->hits[middle].where.lo < hi + WINDOW_REACH)
            a = middle + 1;
        else
            b = middle;
    }
    *end = a;
}

uint32_t passage_word_before(const passage *p, uint32_t lo) {
    uint32_t first, end;
    passage_window(p, lo, lo, &first, &end);
    uint32_t a = first;
    while (a < end) { /* the first word that ends behind `lo` */
        uint32_t middle = a + (end - a) / 2;
        if (p->words[middle].hi <= lo)
            a = middle + 1;
        else
            end = middle;
    }
    return a > first ? a - 1 : UINT32_MAX;
}
