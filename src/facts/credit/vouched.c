/* vouched.c - what the manifest vouches for, and what holds a specific that it does not.
 *
 *     supported claims, the manifest's days and times ──► vouched text       a signal that counts specifics pays there
 *     of these, what may stand for its neighbours     ──► vouchers           what is told pays in a sentence with one
 *     numbers and names outside of it                 ──► unvouched sentences the statistics fall by them at most
 *     lines of code without any of it                 ──► unvouched lines    their block is not paid as one
 *
 * A loose number (loose.c) makes its place earn nothing at all; that is too much for "eight trick questions", for a
 * friend's name, for what might be or what somebody else measured: honest prose is full of these. But neither may they
 * pay: they are no proof of anything. So they are not taxed, and not counted.
 *
 * A proper name is a capital in the middle of a sentence that no alias of the manifest covers, or "Marta, who …". As
 * good as a number is a word that begins with a digit ("72p"), a span ("after an hour"), a season ("last winter"). Not
 * found: names in small letters, most names that begin a sentence, and whatever is invented without any of these. That
 * needs not be found: a sentence without a voucher earns nothing, whatever it tells.
 */
#include "base/eight.h"
#include "facts/credit/held_text.h"
#include "facts/credit/loose.h"

#include <utf8proc.h>

static bool is_supported(const claim *c) {
    return c->verdict == VERDICT_SUPPORTED || c->verdict == VERDICT_UNDERSPECIFIED;
}

/* "Every day" may be the rhythm of a process that the sentence before named: it says nothing for what is told here. */
static bool names_itself(const judge *j, const claim *c) {
    if (c->kind != CLAIM_PROCESS || c->passage >= j->passage_count) return true;
    const passage *p = &j->passages[c->passage];
    uint32_t blanks = 0;
    for (ptrdiff_t i = 0; i < c->quote.n; i++) blanks += c->quote.p[i] == ' ';
    for (uint32_t i = p->hit_lo; i < p->hit_hi && blanks < 2; i++)
        if (hit_entity(j, &p->on->hits[i], ENTITY_PROCESS) != MANIFEST_NONE) return true;
    return blanks > 1; /* "every three months" is nobody else's */
}

enum { SENTENCES_A_FACT = 3, TOLD_SLOTS = 4096 };

/* How often each fact was told, by its name and in the order of the text: a hash of 4,096 slots, of which the last ones
 * are shared when an article tells more facts than that. */
typedef struct told_facts {
    uint64_t name[TOLD_SLOTS];
    uint8_t times[TOLD_SLOTS];
    uint32_t n;
} told_facts;

static uint8_t *times_told(told_facts *told, str fact) {
    uint64_t name = str_hash(fact) | 1;
    uint32_t slot = (uint32_t)name & (TOLD_SLOTS - 1);
    for (uint32_t looked = 0; looked < 64 && told->name[slot] && told->name[slot] != name; looked++)
        slot = (slot + 1) & (TOLD_SLOTS - 1);
    if (told->name[slot] != name) told->n += !told->name[slot], told->name[slot] = name;
    return &told->times[slot];
}

/* The text of an image is read by whoever does not see it: by few. */
static bool is_alternative(const judge *j, const claim *c) {
    uint32_t piece = c->sentence == BLOCK_NONE ? BLOCK_NONE : article_run_at(j->art, c->text.lo);
    return piece != BLOCK_NONE && j->art->runs[piece].kind == RUN_ALT;
}

static bool is_voucher(const claim *c) { return c->voucher; }

/* What is not here is endless: "There is no Kafka here" may stand beside anything. And the same fact said again and
 * again vouches for three sentences, not for an article. */
static bool find_vouchers(judge *j) {
    held_text held;
    told_facts *told = ARENA_ARRAY(j->a, told_facts, 1);
    if (!told) return false;
    for (size_t i = 0; i < j->claims->n; i++) {
        claim *c = &j->claims->at[i];
        bool in_body = c->sentence != BLOCK_NONE || c->block != BLOCK_NONE;
        if (!is_supported(c) || c->stance == STANCE_NEGATED || !in_body || is_alternative(j, c) || !names_itself(j, c))
            continue;
        uint8_t *times = times_told(told, c->fact.n ? c->fact : c->quote); /* an address has no fact's name */
        c->voucher = *times < SENTENCES_A_FACT;
        if (c->voucher) ++*times;
    }
    j->claims->facts_told = told->n;
    if (!held_text_make(j, is_voucher, &held)) return false;
    for (uint32_t i = 0; i < held.n; i++)
        if (!VEC_PUSH(j->a, &j->claims->vouchers, held.at[i])) return false;
    return true;
}

/* Adds what supported claims hold and, between it, the days and times of the manifest: both are in the text's order. */
static bool find_vouched(judge *j) {
    const surface *body = &j->surfaces[0];
    held_text held;
    uint32_t next = 0;
    if (!held_text_make(j, is_supported, &held)) return false;
    for (uint32_t k = 0; k <= body->token_count; k++) {
        const token *t = k < body->token_count ? &body->tokens[k] : NULL;
        for (; next < held.n && (!t || held.at[next].lo <= t->text.lo); next++)
            if (!VEC_PUSH(j->a, &j->claims->vouched, held.at[next])) return false;
        if (!t || (t->kind != TOKEN_DATE && t->kind != TOKEN_TIME) || !loose_is_declared(j, body, t)) continue;
        if (held_text_covers(&held, t->text.lo, t->text.hi)) continue;
        if (!VEC_PUSH(j->a, &j->claims->vouched, t->text)) return false;
    }
    return true;
}

bool claims_vouch_for(const claim_list *claims, text_range at) {
    const held_text vouched = {claims->vouched.at, (uint32_t)claims->vouched.n};
    return held_text_covers(&vouched, at.lo, at.hi);
}

bool claims_have_voucher(const claim_list *claims, text_range at) {
    const held_text vouchers = {claims->vouchers.at, (uint32_t)claims->vouchers.n};
    return held_text_covers(&vouchers, at.lo, at.hi);
}

/* "one" counts nothing: it is an article, a pronoun, a unit. */
static bool is_number(const token *t) {
    if (t->kind == TOKEN_VERSION || t->kind == TOKEN_PORT || t->kind == TOKEN_IMAGE) return true;
    if ((t->kind != TOKEN_QUANTITY && t->kind != TOKEN_NUMBER) || !t->value.valid) return false;
    return t->kind == TOKEN_QUANTITY ? !(t->flags & TOKEN_COUNTED && t->value.scale == 0 && t->value.digits <= 1)
                                     : !(t->value.scale == 0 && t->value.digits <= 1);
}

static bool is_title(const article *art, const word *w) {
    return str_is_among(article_text(art, (text_range){w->lo, w->hi}), "mr mrs ms dr prof");
}

/* A month of any year is innocent, as in loose_times.c. */
static bool is_month(str text) {
    return str_is_among(text, "january february march april may june july august september october november december");
}

/* `w` is not the first of its sentence. */
static bool is_proper_name(const article *art, const word *w) {
    if (!(w->flags & WORD_CAPITAL) || w->flags & (WORD_ALLCAPS | WORD_CODE) || w->hi - w->lo < 2 || w->lo < 2)
        return false;
    const uint8_t *p = art->text.p;
    bool behind = p[w->lo - 1] == ' ' || p[w->lo - 1] == '(' || p[w->lo - 1] == 0xa0; /* a space that does not break */
    if (p[w->lo + 1] == '\'' || !behind || is_month(article_text(art, (text_range){w->lo, w->hi}))) return false;
    return !strchr(".:!?\"*", p[w->lo - 2]) || (p[w->lo - 2] == '.' && is_title(art, w - 1));
}

/* "72p", "level 9": what the lexer takes for no number may be one all the same; not "25th", not "2024". */
static bool is_written_with_digits(const article *art, const word *w) {
    if (!(w->flags & WORD_DIGIT) || w->flags & WORD_CODE || !byte_is_digit(art->text.p[w->lo])) return false;
    str text = article_text(art, (text_range){w->lo, w->hi});
    uint64_t number;
    if (str_to_u64(text, &number)) return number > 1 && !(number >= 1900 && number < 2100);
    return true;
}

/* Walks on with the sentences. */
static bool is_alias(const surface *body, const word *w, uint32_t *hit) {
    while (*hit < body->hit_count && body->hits[*hit].where.hi <= w->lo) ++*hit;
    return *hit < body->hit_count && body->hits[*hit].where.lo < w->hi;
}

static str word_text(const article *art, const word *w) { return article_text(art, (text_range){w->lo, w->hi}); }

static const char SEASONS[] = "spring summer autumn winter", PERIODS[] = "year week month night",
                  SPANS[] = "second minute hour day week fortnight month";

/* A bit of 64 for each word of the list. */
static uint64_t hash_bit(uint64_t hash) { return (uint64_t)1 << (hash >> 58); }
static uint64_t hash_bits(const char *words) {
    str rest = str_from_cstr(words), one;
    uint64_t bits = 0;
    while (str_cut(&rest, ' ', &one)) bits |= hash_bit(str_hash(one));
    return bits;
}

/* "last winter", "in spring", "last year": a time without a date. */
static bool is_season(const article *art, const sentence *s, uint32_t i) {
    const word *w = &art->words[i];
    if (i < s->word_lo + 1) return false;
    str before = word_text(art, w - 1), text = word_text(art, w);
    if (str_is_among(text, SEASONS)) return str_is_among(before, "in last since this early late by until");
    return str_is_among(before, "last") && str_is_among(text, PERIODS);
}

/* "after an hour", "a quarter hour": a span of time without a figure. */
static bool is_span(const article *art, const sentence *s, uint32_t i) {
    if (i < s->word_lo + 2) return false;
    const word *w = &art->words[i], *one = w - 1;
    if (!str_is_among(word_text(art, one), "a an half quarter") || !str_is_among(word_text(art, w), SPANS))
        return false;
    return one->hi - one->lo > 2 ||
           str_is_among(word_text(art, w - 2), "after for within half takes took lasts lasted needs needed");
}

static bool find_number(const judge *j, const sentence *s, uint32_t *at, unvouched_sentence *found) {
    const surface *body = &j->surfaces[0];
    while (*at < body->token_count && body->tokens[*at].text.lo < s->text.lo) ++*at;
    for (; *at < body->token_count && body->tokens[*at].text.lo < s->text.hi; ++*at)
        if (is_number(&body->tokens[*at]) && !claims_vouch_for(j->claims, body->tokens[*at].text)) {
            found->at = body->tokens[*at].text;
            return true;
        }
    return false;
}

/* "Marta, who runs a similar box, …": a person's name though it begins the sentence. */
static bool begins_with_person(const article *art, const sentence *s) {
    if (s->word_lo + 2 > s->word_hi || !(art->words[s->word_lo].flags & WORD_CAPITAL)) return false;
    const word *w = &art->words[s->word_lo];
    str behind = str_slice(art->text, w->hi, w->hi + 6);
    return str_eq(behind, STR(", who ")) &&
           !str_is_among(word_text(art, w), "those people anyone everyone nobody somebody");
}

/* `times`: hash_bits of all words that may end a season or a span. */
static bool find_name(const judge *j, const sentence *s, uint64_t times, uint32_t *hit, unvouched_sentence *found) {
    found->what = UNVOUCHED_NAME;
    if (s->word_lo < s->word_hi) found->at = (text_range){j->art->words[s->word_lo].lo, j->art->words[s->word_lo].hi};
    if (begins_with_person(j->art, s)) return true;
    for (uint32_t i = s->word_lo + 1; i < s->word_hi; i++) {
        const word *w = &j->art->words[i];
        if (!(w->flags & (WORD_CAPITAL | WORD_DIGIT)) && !(hash_bit(w->hash) & times)) continue;
        if ((!is_proper_name(j->art, w) && !is_written_with_digits(j->art, w) && !is_span(j->art, s, i) &&
             !is_season(j->art, s, i)) ||
            is_alias(&j->surfaces[0], w, hit))
            continue;
        found->at = (text_range){w->lo, w->hi};
        if (!claims_vouch_for(j->claims, found->at)) return true;
    }
    return false;
}

/* "⑥④", "٦٤", "Ⅻ", "四十一": digits of another writing, which the lexer takes for no number, and letters of one, as in
 * "wеre" with a Cyrillic е, which no list of words knows. Latin ones with accents aside, Greek ones ("µs", "Ω") and the
 * digits of units ("m²", "CO₂"). */
static bool is_other_writing(uint32_t c) {
    if (c < 0x250 || c == 0x2071 || c == 0x207f || (c >= 0x370 && c < 0x400) || (c >= 0x1e00 && c < 0x2000) ||
        (c >= 0x2080 && c < 0x2100))
        return false;
    utf8proc_category_t kind = utf8proc_category((utf8proc_int32_t)c);
    bool letter = kind == UTF8PROC_CATEGORY_LL || kind == UTF8PROC_CATEGORY_LU || kind == UTF8PROC_CATEGORY_LO;
    return letter || kind == UTF8PROC_CATEGORY_ND || kind == UTF8PROC_CATEGORY_NL || kind == UTF8PROC_CATEGORY_NO;
}

static bool holds_other_writing(str text) {
    for (ptrdiff_t i = 0; i < text.n;) {
        if (text.n - i >= 8 && eight_is_ascii(eight_load(text.p + i))) {
            i += 8;
            continue;
        }
        uint32_t c = text.p[i];
        ptrdiff_t n = 1;
        if (c >= 0x80 && (n = utf8_decode(text, i, &c)) < 1) return false;
        if (is_other_writing(c)) return true;
        i += n;
    }
    return false;
}

/* A line that says something: not a lone brace, nor a key whose value stands below it. */
static bool is_telling_line(str line) {
    unsigned telling = 0;
    for (ptrdiff_t i = 0; i < line.n; i++) telling += byte_is_alnum(line.p[i]) || line.p[i] >= 0x80;
    return telling > 1 && line.p[line.n - 1] != ':';
}

/* What was typed is no claim that something is so; what it is said to have answered is, and what a file is said to
 * hold. */
static bool find_unvouched_lines(judge *j) {
    const surface *body = &j->surfaces[0];
    for (uint32_t i = 0; i < j->passage_count; i++) {
        const passage *p = &j->passages[i];
        if (p->kind != PASSAGE_CODE || p->on != body || p->flags & PASSAGE_PROMPT) continue;
        if (j->claims->lines.n && j->claims->lines.at[j->claims->lines.n - 1].block == p->block) continue;
        if (claims_vouch_for(j->claims, p->text) || !is_telling_line(str_trim(article_text(j->art, p->text)))) continue;
        const unvouched_line found = {.block = p->block, .at = p->text};
        if (!VEC_PUSH(j->a, &j->claims->lines, found)) return false;
    }
    return true;
}

bool judge_vouched(judge *j) {
    uint32_t at = 0, hit = 0;
    j->claims->vouching = true;
    if (!find_vouched(j) || !find_vouchers(j) || !find_unvouched_lines(j)) return false;
    const uint64_t times = hash_bits(SEASONS) | hash_bits(PERIODS) | hash_bits(SPANS);
    for (uint32_t i = 0; i < j->art->sentence_count; i++) {
        const sentence *s = &j->art->sentences[i];
        unvouched_sentence found = {.sentence = i, .what = UNVOUCHED_NUMBER, .at = s->text};
        if (!find_number(j, s, &at, &found) && !holds_other_writing(article_text(j->art, s->text)) &&
            !find_name(j, s, times, &hit, &found))
            continue;
        if (!VEC_PUSH(j->a, &j->claims->unvouched, found)) return false;
    }
    return true;
}
