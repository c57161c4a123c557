/* sentences.c - the sentences of one leaf.
 *
 * In: the text of a paragraph, heading or cell, code and URLs masked in `prose`, its quotation-mark pairs.
 * Out: sentence records, trimmed, in order, and their words.
 *
 *     … compile foo.c. Next the loader (see below. Or not) reads "Stop. Go." Then v0.6.3. Done
 *                    ▲ ends                                               ▲ ends        ▲ ends
 *
 * A terminator run [.!?…]+ with the closers behind it ends a sentence when white space follows (or the leaf ends) and
 * nothing speaks against it: an abbreviation, an initial, a list number at the sentence's start, a lower-case word
 * behind '!', '?' or '…', an open parenthesis that closes within PARENTHESIS_BYTES, an open quotation, code.
 * '。', '！' and '？' end a sentence without white space.
 *
 * Not done: sentences over several blocks (a lead-in "as follows:" ends with its block).
 */
#include "article/internal.h"

enum { PARENTHESIS_BYTES = 240, WORD_BYTES = 12 };

#define STR_(literal)                                                                                                  \
    { (const uint8_t *)(literal), (ptrdiff_t)sizeof(literal) - 1 } /* STR is no constant expression */

/* Words that are followed by their object: the full stop never ends a sentence. */
static const str NEVER_ENDS[] = {STR_("e.g"), STR_("i.e"),    STR_("eg"),   STR_("ie"),  STR_("vs"),
                                 STR_("cf"),  STR_("approx"), STR_("ca"),   STR_("viz"), STR_("resp"),
                                 STR_("esp"), STR_("incl"),   STR_("excl"), STR_("al")};
/* The same, written with a capital: "Ms. Lee", but "within 21 ms. Then". */
static const str TITLES[] = {STR_("dr"), STR_("mr"),  STR_("mrs"), STR_("ms"), STR_("prof"),
                             STR_("st"), STR_("rev"), STR_("gen"), STR_("sr"), STR_("messrs")};
/* Followed by a number they name something; else they end the sentence ("No. That is wrong."). */
static const str BEFORE_NUMBER[] = {
    STR_("no"),   STR_("nos"), STR_("fig"),  STR_("figs"), STR_("eq"),  STR_("eqs"), STR_("sec"), STR_("ch"),
    STR_("chap"), STR_("vol"), STR_("pp"),   STR_("p"),    STR_("ver"), STR_("art"), STR_("tab"), STR_("ref"),
    STR_("refs"), STR_("app"), STR_("jan"),  STR_("feb"),  STR_("mar"), STR_("apr"), STR_("jun"), STR_("jul"),
    STR_("aug"),  STR_("sep"), STR_("sept"), STR_("oct"),  STR_("nov"), STR_("dec"), STR_("rev"), STR_("nr")};
/* May stand at a sentence's end: it ends one when a capital follows, or for names, a word that starts sentences. */
static const str MAY_END[] = {STR_("etc"),  STR_("inc"),  STR_("ltd"),  STR_("corp"), STR_("co"),  STR_("jr"),
                              STR_("a.m"),  STR_("p.m"),  STR_("max"),  STR_("min"),  STR_("avg"), STR_("est"),
                              STR_("dept"), STR_("temp"), STR_("misc"), STR_("orig"), STR_("mon"), STR_("tue"),
                              STR_("wed"),  STR_("thu"),  STR_("fri"),  STR_("sat"),  STR_("sun"), STR_("u.s"),
                              STR_("u.k"),  STR_("e.u"),  STR_("ph.d"), STR_("b.sc"), STR_("m.sc")};
static const str STARTERS[] = {
    STR_("the"),   STR_("a"),       STR_("an"),   STR_("it"),  STR_("this"), STR_("that"),  STR_("these"),
    STR_("those"), STR_("we"),      STR_("i"),    STR_("you"), STR_("he"),   STR_("she"),   STR_("they"),
    STR_("in"),    STR_("on"),      STR_("at"),   STR_("if"),  STR_("when"), STR_("but"),   STR_("and"),
    STR_("so"),    STR_("however"), STR_("for"),  STR_("as"),  STR_("then"), STR_("there"), STR_("its"),
    STR_("my"),    STR_("our"),     STR_("your"), STR_("no"),  STR_("not"),  STR_("after"), STR_("before"),
    STR_("with"),  STR_("to"),      STR_("what"), STR_("why"), STR_("how"),  STR_("from"),  STR_("now"),
    STR_("next"),  STR_("here")};

typedef struct scan {
    builder *b;
    const uint8_t *p;
    uint32_t lo, hi;   /* leaf */
    uint32_t start;    /* of the sentence in hand */
    uint32_t no_close; /* an opening parenthesis before this offset was not closed in time */
    size_t quote;      /* next quotation-mark pair */
} scan;

static const uint8_t STOPS[256] = {
    ['.'] = 1, ['!'] = 1, ['?'] = 1, ['('] = 2, ['"'] = 3, [0xc2] = 3, [0xe2] = 4, [0xe3] = 5, [0xef] = 5, ['\n'] = 6};

static bool is_listed(const str *list, size_t count, const uint8_t *p, uint32_t n) {
    for (size_t i = 0; i < count; i++)
        if (list[i].n == (ptrdiff_t)n && list[i].p[0] == p[0] && memcmp(list[i].p, p, n) == 0) return true;
    return false;
}
#define LISTED(list, p, n) is_listed(list, COUNT_OF(list), p, n)

/* The word of letters and inner dots that ends at `end`, lower-cased; 0 when it is longer than an abbreviation. */
static uint32_t word_before(const scan *s, uint32_t end, uint8_t out[WORD_BYTES]) {
    uint32_t lo = end;
    while (lo > s->start && (byte_is_alpha(s->p[lo - 1]) || s->p[lo - 1] == '.') && end - lo <= WORD_BYTES) lo--;
    uint32_t n = end - lo;
    if (n == 0 || n > WORD_BYTES) return 0;
    if (lo > s->start && (byte_is_digit(s->p[lo - 1]) || s->p[lo - 1] >= 0x80 || s->p[lo - 1] == '_')) return 0;
    for (uint32_t i = 0; i < n; i++) out[i] = byte_lower(s->p[lo + i]);
    return n;
}

static bool starts_sentences(const scan *s, uint32_t at) {
    uint8_t letters[WORD_BYTES];
    uint32_t n = 0;
    while (at + n < s->hi && n < WORD_BYTES && byte_is_alpha(s->p[at + n])) {
        letters[n] = byte_lower(s->p[at + n]);
        n++;
    }
    return LISTED(STARTERS, letters, n);
}

/* A lower-case word of letters only: no name like vLLM or x86. */
static bool is_plain_lower(const scan *s, uint32_t at) {
    if (s->p[at] < 'a' || s->p[at] > 'z') return false;
    while (at < s->hi && s->p[at] >= 'a' && s->p[at] <= 'z') at++;
    return at == s->hi || (!byte_is_alnum(s->p[at]) && s->p[at] != '_' && s->p[at] < 0x80);
}

/* Whether the single full stop at `dot` ends a sentence when the next one would begin at `next` (< hi). */
static bool full_stop_ends(const scan *s, uint32_t dot, uint32_t next) {
    uint8_t letters[WORD_BYTES];
    uint32_t n = word_before(s, dot, letters), digits = dot;
    bool code_before = dot > s->start && s->b->prose[dot - 1] == PROSE_MASK;
    bool code_next = s->b->prose[next] == PROSE_MASK, lower = !code_next && is_plain_lower(s, next);
    if (code_before) return !lower || n != 1;
    while (digits > s->start && byte_is_digit(s->p[digits - 1])) digits--;
    if (digits < dot && digits == s->start) return false;
    if (n == 0) return true;
    bool number_next = byte_is_digit(s->p[next]);
    bool capital = s->p[dot - n] >= 'A' && s->p[dot - n] <= 'Z';
    if (LISTED(NEVER_ENDS, letters, n) || (capital && LISTED(TITLES, letters, n))) return false;
    if (LISTED(BEFORE_NUMBER, letters, n) && number_next) return false;
    if (LISTED(MAY_END, letters, n)) {
        if (lower) return false;
        bool unit =
            dot - n > s->start + 1 && s->p[dot - n - 1] == ' ' && byte_is_digit(s->p[dot - n - 2]); /* "5 min." */
        if (unit) return true;
        if (number_next) return false;
        return (n == 3 && memcmp(letters, "etc", 3) == 0) || letters[0] == 'a' || letters[0] == 'p' ||
               starts_sentences(s, next);
    }
    bool after_number =
        dot > s->start + 2 && (byte_is_digit(s->p[dot - 2]) || (s->p[dot - 2] == ' ' && byte_is_digit(s->p[dot - 3])));
    if (n == 1 && capital && after_number) return !lower;       /* "It draws 15 W. Silence is cheap." */
    if (n == 1 && s->p[dot - 1] >= 'A' && s->p[dot - 1] <= 'Z') /* an initial: "J. Smith" */
        return s->p[dot - 1] == 'I' || code_next || lower || starts_sentences(s, next);
    bool dotted = n >= 3 && letters[n - 2] == '.' && byte_is_alpha(letters[n - 1]); /* "U.S.", "U.S.A." */
    if (dotted && s->p[dot - 1] >= 'A' && s->p[dot - 1] <= 'Z') return !lower && starts_sentences(s, next);
    return !(lower && n <= 2);
}

/* Passes the closers behind a terminator: ) ] " ' ” ’ » */
static uint32_t pass_closers(const scan *s, uint32_t at) {
    while (at < s->hi) {
        uint8_t c = s->p[at];
        if (c == ')' || c == ']' || c == '"' || c == '\'')
            at++;
        else if (c == 0xe2 && at + 2 < s->hi && s->p[at + 1] == 0x80 && (s->p[at + 2] == 0x99 || s->p[at + 2] == 0x9d))
            at += 3;
        else if (c == 0xc2 && at + 1 < s->hi && s->p[at + 1] == 0xbb)
            at += 2;
        else
            break;
    }
    return at;
}

/* Length of the terminator character at `at`, 0 when it is none; wide ones need no space behind them. */
static uint32_t terminator_length(const scan *s, uint32_t at, bool *wide, bool *ellipsis) {
    uint8_t c = s->p[at];
    if (s->b->prose[at] == PROSE_MASK) return 0;
    if (c == '.' || c == '!' || c == '?') return 1;
    if (at + 2 >= s->hi) return 0;
    if (c == 0xe2 && s->p[at + 1] == 0x80 && s->p[at + 2] == 0xa6) {
        *ellipsis = true;
        return 3;
    }
    bool full = c == 0xe3 && s->p[at + 1] == 0x80 && s->p[at + 2] == 0x82;
    bool others = c == 0xef && s->p[at + 1] == 0xbc && (s->p[at + 2] == 0x81 || s->p[at + 2] == 0x9f);
    if (full || others) *wide = true;
    return full || others ? 3 : 0;
}

static void sentence_add(scan *s, uint32_t hi, uint32_t block_index, uint16_t flags) {
    builder *b = s->b;
    uint32_t lo = s->start;
    while (lo < hi && byte_is_space(s->p[lo])) lo++;
    while (hi > lo && byte_is_space(s->p[hi - 1])) hi--;
    if (lo == hi) return;
    uint32_t end = hi;
    while (end > lo && (s->p[end - 1] == ')' || s->p[end - 1] == ']' || s->p[end - 1] == '"' || s->p[end - 1] == '\''))
        end--;
    if (end >= lo + 3 && s->p[end - 3] == 0xe2 && s->p[end - 2] == 0x80 &&
        (s->p[end - 1] == 0x9d || s->p[end - 1] == 0x99))
        end -= 3;
    uint8_t last = end > lo ? s->p[end - 1] : 0, terminator = 0;
    bool code = end > lo && b->prose[end - 1] == PROSE_MASK;
    if (!code && (last == '.' || last == '!' || last == '?' || last == ':')) terminator = last;
    if (!code && end >= lo + 3 && s->p[end - 3] >= 0xe2) {
        str tail = str_make(s->p + end - 3, 3);
        if (str_eq(tail, STR("\xe2\x80\xa6")) || str_eq(tail, STR("\xe3\x80\x82"))) terminator = '.';
        if (str_eq(tail, STR("\xef\xbc\x81"))) terminator = '!';
        if (str_eq(tail, STR("\xef\xbc\x9f"))) terminator = '?';
    }
    if (!terminator && (flags & (SENTENCE_ITEM | SENTENCE_CELL))) flags |= SENTENCE_FRAGMENT;
    sentence fresh = {.text = {lo, hi},
                      .block = block_index,
                      .word_lo = (uint32_t)b->words.n,
                      .flags = flags,
                      .terminator = terminator};
    words_split(b, lo, hi);
    fresh.word_hi = (uint32_t)b->words.n;
    (void)PUSH(b, sentences, fresh);
}

/* End of the parenthesis that opens at `at`, when it closes soon; else `at`. */
static uint32_t parenthesis_end(scan *s, uint32_t at) {
    uint32_t depth = 0, limit = s->hi - at > PARENTHESIS_BYTES ? at + PARENTHESIS_BYTES : s->hi;
    if (at < s->no_close) return at;
    for (uint32_t i = at; i < limit; i++) {
        if (s->p[i] == '(')
            depth++;
        else if (s->p[i] == ')' && --depth == 0)
            return i;
    }
    s->no_close = limit;
    return at;
}

/* A terminator at `at`: the offset behind the sentence that it ends, or 0 and `*after` where to go on. */
static uint32_t sentence_end(scan *s, uint32_t at, uint32_t length, bool wide, bool ellipsis, uint32_t *after) {
    uint32_t first = at, end = at + length, dots = s->p[at] == '.', more;
    bool strong = s->p[at] == '!' || s->p[at] == '?';
    while (end < s->hi && (more = terminator_length(s, end, &wide, &ellipsis))) {
        dots += s->p[end] == '.';
        strong |= s->p[end] == '!' || s->p[end] == '?';
        end += more;
    }
    ellipsis |= dots > 1;
    uint32_t close = pass_closers(s, end), next = close;
    *after = close;
    while (next < s->hi && byte_is_space(s->p[next])) next++;
    if (next == s->hi) return close;
    if (wide) return close;
    if (next == close) return 0;
    while (next < s->hi && (s->p[next] == '"' || s->p[next] == '(' || s->p[next] == '\'' || s->p[next] == '[')) next++;
    if (next == s->hi) return close;
    bool lower = s->b->prose[next] != PROSE_MASK && is_plain_lower(s, next);
    if (strong || ellipsis) return lower ? 0 : close;
    return full_stop_ends(s, first, next) ? close : 0;
}

void sentences_split(builder *b, uint32_t block_index, uint16_t flags, size_t first_quote) {
    text_range leaf = b->blocks.at[block_index].text;
    if (b->failed || leaf.lo == leaf.hi || !text_reserve(b, 1)) return;
    b->text[leaf.hi] = '\n'; /* where every scan stops; leaf_close puts it there for good */
    size_t first_word = b->words.n;
    scan s = {.b = b,
              .p = b->text /* after text_reserve */,
              .lo = leaf.lo,
              .hi = leaf.hi,
              .start = leaf.lo,
              .quote = first_quote};
    for (uint32_t at = leaf.lo; at < leaf.hi && !(flags & SENTENCE_HEADING);) {
        uint8_t stop = 0;
        while (!(stop = STOPS[s.p[at]])) at++;
        if (at >= leaf.hi) break;
        if (b->prose[at] == PROSE_MASK) {
            at++;
            continue;
        }
        if (stop == 2) {
            uint32_t close =
                parenthesis_end(&s, at); /* a terminator right before ')' is looked at, nothing else inside */
            uint8_t last = close > at ? s.p[close - 1] : 0;
            at = close == at ? at + 1 : last == '.' || last == '!' || last == '?' ? close - 1 : close + 1;
            continue;
        }
        while (s.quote < b->quotes.n && b->quotes.at[s.quote].hi <= at) s.quote++;
        if (s.quote < b->quotes.n && b->quotes.at[s.quote].lo == at) {
            text_range q = b->quotes.at[s.quote++];
            uint32_t mark = s.p[q.lo] == '"' ? 1 : s.p[q.lo] == 0xe2 ? 3 : 2;
            at = q.hi - mark;
            uint8_t last = s.p[at - 1];
            if (last == '.' || last == '!' || last == '?')
                at--;
            else
                at = q.hi;
            if (at == q.hi) continue;
        }
        bool wide = false, ellipsis = false;
        uint32_t length = terminator_length(&s, at, &wide, &ellipsis), after = at + 1;
        if (length == 0) {
            at++;
            continue;
        }
        uint32_t end = sentence_end(&s, at, length, wide, ellipsis, &after);
        if (end) {
            sentence_add(&s, end, block_index, flags);
            s.start = end;
        }
        at = end ? end : after;
    }
    sentence_add(&s, leaf.hi, block_index, flags);
    for (size_t i = first_quote, k = first_word; i < b->quotes.n; i++) {
        while (k < b->words.n && b->words.at[k].lo < b->quotes.at[i].lo) k++;
        for (; k < b->words.n && b->words.at[k].hi <= b->quotes.at[i].hi; k++) b->words.at[k].flags |= WORD_QUOTED;
    }
    b->blocks.at[block_index].sentence_hi = (uint32_t)b->sentences.n;
}
