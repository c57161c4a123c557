/* lex_quantity.c - numbers with what makes them quantities: bounds, signs, units, nouns, intervals, changes.
 *
 * In: a number that is no date, version, port or name. Out: TOKEN_QUANTITY, or TOKEN_NUMBER when nothing measures it.
 *
 *     [bound] [currency] number [multiplier] [unit | noun [per time]] [link number [unit]] [tail]
 *      "up to"    "$"      1,200     k          GB     requests  /s      to   15     %    "or more"
 *
 * What decides between meanings: "B" glued to a number is billions of parameters, unless the word behind it is measured
 * in bytes or the number is a power of two from 64 on with no model near; "k" is a thousand, and a thousand before or
 * behind "context" is tokens; "from A to B" is a change, except behind "ranging"; "A to B", "A–B" are intervals. A noun
 * counts when it is a plural, a known noun in the singular behind 1, or one in a compound ("20 core CPU").
 */
#include "lex/lex_internal.h"
#include "lex/units_table.h"

#include <string.h>

/* ---- reading numbers -------------------------------------------------------------------------------------------- */

static bool is_word(const lexer *x, range r, str text) { return str_eq_nocase(range_str(x, r), text); }

static ptrdiff_t digits_end(const lexer *x, ptrdiff_t p) {
    while (p < x->s.n && byte_is_digit(x->s.p[p])) p++;
    return p;
}

static bool three_digits(const lexer *x, ptrdiff_t p) {
    return byte_is_digit(at(x, p)) && byte_is_digit(at(x, p + 1)) && byte_is_digit(at(x, p + 2)) &&
           !byte_is_digit(at(x, p + 3));
}

/* Length of a mark that may group digits here; blanks of ASCII only in prose and behind a group that is not 0. */
static ptrdiff_t group_mark(const lexer *x, ptrdiff_t lo, ptrdiff_t p) {
    uint8_t c = at(x, p);
    if (c == ',' || c == '.') return c == (x->comma_decimal ? '.' : ',');
    if (c == '_' || c == '\'') return 1;
    if (c == ' ') return !x->code && at(x, lo) != '0';
    uint32_t code;
    ptrdiff_t n = c >= 0xC2 ? lex_code_point(x, p, &code) : 0;
    bool mark = n && (code == 0xA0 || (code >= 0x2007 && code <= 0x200A) || code == 0x202F || code == 0x2019);
    return mark ? n : 0;
}

static ptrdiff_t grouped_end(const lexer *x, ptrdiff_t lo, ptrdiff_t end) {
    ptrdiff_t first = end, mark = end - lo <= 3 ? group_mark(x, lo, end) : 0;
    while (mark && three_digits(x, end + mark) && end + mark <= x->s.n &&
           memcmp(x->s.p + first, x->s.p + end, (size_t)mark) == 0) {
        bool letters = byte_is_alpha(at(x, end + mark + 3)) && at(x, first) == ' ';
        unit_id unit;
        if (letters && !unit_match(x->s, end + mark + 3, &unit)) break; /* "1 500x2" */
        end += mark + 3;
        if (end + mark >= x->s.n) break;
    }
    return end;
}

bool lex_read_number(const lexer *x, ptrdiff_t i, number *out) {
    *out = (number){.text = {i, i}};
    ptrdiff_t digits = digits_end(x, i), end = grouped_end(x, i, digits);
    bool comma = x->comma_decimal;
    out->grouped = end > digits;
    uint8_t c = at(x, end);
    if (c == (comma ? ',' : '.') && byte_is_digit(at(x, end + 1))) {
        end = digits_end(x, end + 1);
    } else if (!comma && c == ',' && end == digits && byte_is_digit(at(x, end + 1))) { /* "1,5 GB" in a point text */
        ptrdiff_t fraction = digits_end(x, end + 1);
        unit_id unit;
        ptrdiff_t gap = lex_blank(x, fraction), n = unit_match(x->s, fraction + gap, &unit);
        if (fraction - end - 1 <= 2 && n && unit != UNIT_COUNT) end = fraction, comma = true;
    }
    uint32_t code;
    ptrdiff_t n = lex_code_point(x, end, &code);
    if (code == 0xBC || code == 0xBD || code == 0xBE || (code >= 0x2153 && code <= 0x215E)) end += n;
    if ((at(x, end) | 0x20) == 'e' && end > i) {
        ptrdiff_t q = end + 1 + (at(x, end + 1) == '-' || at(x, end + 1) == '+'), exponent = digits_end(x, q);
        if (exponent > q && exponent - q <= 3 && lex_boundary(x, exponent)) end = exponent;
    }
    out->text.hi = end;
    return decimal_parse(str_slice(x->s, i, end), comma, &out->value);
}

bool lex_read_words(const lexer *x, ptrdiff_t i, number *out) {
    *out = (number){.text = {i, i}, .spelled = true};
    ptrdiff_t ends[10], p = i;
    int count = 0;
    while (count < 10) {
        range w = {p, p};
        while (w.hi < x->s.n && w.hi - p < 12 && byte_is_alpha(x->s.p[w.hi])) w.hi++;
        if (!(lex_cues(range_str(x, w)) & CUE_NUMBER) || !lex_boundary(x, w.hi)) break;
        ends[count++] = w.hi;
        ptrdiff_t article_at = is_word(x, w, STR("half")) ? w.hi + lex_blank(x, w.hi) : 0;
        if (article_at > w.hi) { /* "half a second", "half an hour" */
            ptrdiff_t n = lex_literal(x, article_at, STR("an"));
            if (!n) n = lex_literal(x, article_at, STR("a"));
            if (n) ends[count - 1] = article_at + n;
        }
        if (count == 10) break;
        p = w.hi + (at(x, w.hi) == '-' ? 1 : lex_blank(x, w.hi));
        if (p == w.hi) break;
    }
    while (count > 0) {
        out->text.hi = ends[--count];
        if (decimal_parse_words(range_str(x, out->text), &out->value)) break;
        out->text.hi = i;
    }
    if (out->text.hi == i) return false;
    if (byte_lower(at(x, i)) == 'h' || byte_lower(at(x, i)) == 'd' ||
        byte_lower(at(x, i)) == 'm') { /* "a hundred", not "several hundred" */
        ptrdiff_t before = lex_blanks_before(x, i);
        range a = lex_word_before(x, before);
        if (str_eq_nocase(range_str(x, a), STR("a")) && before < i)
            out->text.lo = a.lo;
        else if (lex_literal(x, i, STR("half")) == 0)
            return false;
    }
    return true;
}

/* ---- what stands before: sign, currency, bound ------------------------------------------------------------------ */

typedef struct prefix {
    ptrdiff_t lo;
    enum bound bound;
    bool strict, negative, between, from, ranging;
    unit_id currency;
    range currency_text;
} prefix;

static ptrdiff_t currency_before(const lexer *x, ptrdiff_t lo, unit_id *unit) {
    static const struct {
        str text;
        uint16_t unit;
    } SIGNS[] = {{LIT("US$"), U_USD},    {LIT("$"), U_USD},      {LIT("\u20ac"), U_EUR}, {LIT("\u00a3"), U_GBP},
                 {LIT("\u00a5"), U_JPY}, {LIT("\u20b9"), U_INR}, {LIT("USD "), U_USD},   {LIT("EUR "), U_EUR},
                 {LIT("GBP "), U_GBP},   {LIT("CHF "), U_CHF}};
    for (size_t k = 0; k < COUNT_OF(SIGNS); k++) {
        str sign = SIGNS[k].text;
        if (lo - sign.n < x->floor || !str_eq(str_slice(x->s, lo - sign.n, lo), sign)) continue;
        if (sign.n > 3 && lo - sign.n > 0 && !lex_boundary(x, lo - sign.n - 1)) continue;
        *unit = SIGNS[k].unit;
        return lo - sign.n;
    }
    return lo;
}

static ptrdiff_t minus_before(const lexer *x, ptrdiff_t lo) {
    uint32_t code, before;
    ptrdiff_t n = lex_code_before(x, lo, &code);
    if (!n || lo - n < x->floor) return lo;
    bool real = code == 0x2212 || code == 0xFE63 || code == 0xFF0D,
         dash = code == '-' || (code >= 0x2010 && code <= 0x2013);
    if (!real && !dash) return lo;
    ptrdiff_t m = lex_code_before(x, lo - n, &before);
    bool open = !m || before == ' ' || before == '\n' || before == '(' || before == '=' || before == ',' ||
                before == ':' || before == '[' || before == 0xA0 || before == '"' || before == '\t' || before == '|' ||
                before == '~' || before == 0x2248;
    if (!open) return lo;
    if (dash && code != '-') { /* a spaced en dash behind a number or unit is no sign */
        ptrdiff_t blanks = lex_blanks_before(x, lo - n);
        if (blanks > 0 && blanks == x->floor) return lo;
        if (blanks > 0 && byte_is_digit(at(x, blanks - 1))) return lo;
    }
    return lo - n;
}

static bool symbol_bound(uint32_t code, prefix *p) {
    switch (code) {
    case '~':
    case 0x223C:
    case 0x2248:
    case 0x2243:
    case 0x2245: return p->bound = BOUND_ABOUT, true;
    case 0x2265:
    case 0x2A7E: return p->bound = BOUND_MIN, true;
    case 0x2264:
    case 0x2A7D: return p->bound = BOUND_MAX, true;
    case '>': return p->bound = BOUND_MIN, p->strict = true;
    case '<': return p->bound = BOUND_MAX, p->strict = true;
    default: return false;
    }
}

static bool symbol_prefix(const lexer *x, prefix *p) {
    ptrdiff_t q = lex_blanks_before(x, p->lo);
    if (q <= x->floor) return false;
    uint8_t c = at(x, q - 1), d = q - 2 >= x->floor ? at(x, q - 2) : 0;
    if (c == '=' && (d == '>' || d == '<')) {
        p->bound = d == '>' ? BOUND_MIN : BOUND_MAX;
        p->lo = q - 2;
        return true;
    }
    uint32_t code;
    ptrdiff_t n = lex_code_before(x, q, &code);
    if ((code == '>' && (d == '-' || d == '=' || d == '>')) || (code == '<' && d == '<') || !symbol_bound(code, p))
        return false;
    p->lo = q - n;
    if (code == '~' && at(x, p->lo - 1) == '~' && p->lo > x->floor) p->lo--;
    return true;
}

typedef struct bound_phrase {
    str text;      /* last word first */
    uint8_t first; /* length of that last word */
    uint8_t bound;
    bool strict;
} bound_phrase;

static const bound_phrase PHRASES[] = {
    {LIT("about"), 5, BOUND_ABOUT, false},      {LIT("approximately"), 13, BOUND_ABOUT, false},
    {LIT("roughly"), 7, BOUND_ABOUT, false},    {LIT("around"), 6, BOUND_ABOUT, false},
    {LIT("nearly"), 6, BOUND_ABOUT, false},     {LIT("almost"), 6, BOUND_ABOUT, false},
    {LIT("circa"), 5, BOUND_ABOUT, false},      {LIT("ca"), 2, BOUND_ABOUT, false},
    {LIT("ca."), 3, BOUND_ABOUT, false},        {LIT("approx"), 6, BOUND_ABOUT, false},
    {LIT("approx."), 7, BOUND_ABOUT, false},    {LIT("some"), 4, BOUND_ABOUT, false},
    {LIT("to close"), 2, BOUND_ABOUT, false},   {LIT("least at"), 5, BOUND_MIN, false},
    {LIT("than less no"), 4, BOUND_MIN, false}, {LIT("than fewer no"), 4, BOUND_MIN, false},
    {LIT("of minimum a"), 2, BOUND_MIN, false}, {LIT("minimum"), 7, BOUND_MIN, false},
    {LIT("than more no"), 4, BOUND_MAX, false}, {LIT("than more not"), 4, BOUND_MAX, false},
    {LIT("than more"), 4, BOUND_MIN, true},     {LIT("over"), 4, BOUND_MIN, true},
    {LIT("above"), 5, BOUND_MIN, true},         {LIT("exceeding"), 9, BOUND_MIN, true},
    {LIT("than greater"), 4, BOUND_MIN, true},  {LIT("of upwards"), 2, BOUND_MIN, false},
    {LIT("beyond"), 6, BOUND_MIN, true},        {LIT("to up"), 2, BOUND_MAX, false},
    {LIT("most at"), 4, BOUND_MAX, false},      {LIT("of maximum a"), 2, BOUND_MAX, false},
    {LIT("maximum"), 7, BOUND_MAX, false},      {LIT("under"), 5, BOUND_MAX, true},
    {LIT("below"), 5, BOUND_MAX, true},         {LIT("than less"), 4, BOUND_MAX, true},
    {LIT("than fewer"), 4, BOUND_MAX, true},    {LIT("within"), 6, BOUND_MAX, false},
    {LIT("than lower"), 4, BOUND_MAX, true}};

/* Reads the phrase's words leftwards; the start of its first word, or -1. */
static ptrdiff_t phrase_start(const lexer *x, ptrdiff_t lo, str text) {
    str rest = text, want;
    while (str_cut(&rest, ' ', &want)) {
        ptrdiff_t end = lex_blanks_before(x, lo);
        if (end == lo) return -1;
        bool point = want.p[want.n - 1] == '.';
        if (point) {
            if (end - 1 < x->floor || at(x, end - 1) != '.') return -1;
            end--;
            want.n--;
        }
        range w = lex_word_before(x, end);
        if (!str_eq_nocase(range_str(x, w), want)) return -1;
        lo = w.lo;
    }
    return lo;
}

ptrdiff_t lex_bound_words(const lexer *x, ptrdiff_t from, enum bound *bound, bool *strict) {
    ptrdiff_t end = lex_blanks_before(x, from), best = from;
    if (end == from || end <= x->floor) return from;
    uint8_t last = byte_lower(at(x, end - 1));
    ptrdiff_t word_end = last == '.' ? end - 1 : end;
    if (!(lex_cues(range_str(x, lex_word_before(x, word_end))) & CUE_BOUND)) return from;
    for (size_t k = 0; k < COUNT_OF(PHRASES); k++) {
        if (PHRASES[k].text.p[PHRASES[k].first - 1] != last) continue;
        ptrdiff_t lo = phrase_start(x, from, PHRASES[k].text);
        if (lo < 0 || lo >= best) continue;
        best = lo;
        *bound = (enum bound)PHRASES[k].bound;
        *strict = PHRASES[k].strict;
    }
    return best;
}

/* "between", "from" (and whether "ranging" stands before it). */
static void span_prefix(const lexer *x, prefix *p) {
    ptrdiff_t end = lex_blanks_before(x, p->lo);
    if (end == p->lo) return;
    range w = lex_word_before(x, end);
    if (!(lex_cues(range_str(x, w)) & CUE_SPAN)) return;
    p->between = is_word(x, w, STR("between"));
    p->from = is_word(x, w, STR("from"));
    if (!p->from) return;
    range v = lex_word_before(x, lex_blanks_before(x, w.lo));
    static const str RANGING[] = {LIT("range"),    LIT("ranges"), LIT("ranged"),   LIT("ranging"),
                                  LIT("vary"),     LIT("varies"), LIT("varied"),   LIT("varying"),
                                  LIT("anywhere"), LIT("spans"),  LIT("spanning"), LIT("everything")};
    for (size_t k = 0; k < COUNT_OF(RANGING); k++) p->ranging |= is_word(x, v, RANGING[k]);
}

static prefix read_prefix(const lexer *x, const number *n) {
    prefix p = {.lo = n->text.lo, .bound = BOUND_EXACT};
    ptrdiff_t sign = n->spelled ? p.lo : minus_before(x, p.lo);
    p.negative = sign < p.lo;
    p.lo = sign;
    ptrdiff_t money = n->spelled ? p.lo : currency_before(x, p.lo, &p.currency);
    if (money < p.lo) {
        p.currency_text = (range){money, p.lo};
        p.lo = money;
        ptrdiff_t minus = minus_before(x, p.lo);
        p.negative |= minus < p.lo;
        p.lo = minus;
    }
    if (n->spelled || !symbol_prefix(x, &p)) p.lo = lex_bound_words(x, p.lo, &p.bound, &p.strict);
    span_prefix(x, &p);
    return p;
}

/* ---- what stands behind: multiplier, unit, noun ----------------------------------------------------------------- */

typedef struct measure {
    unit_id unit;
    range text;    /* of the unit or noun; empty when there is none */
    ptrdiff_t end; /* of number, multiplier and unit */
    int power;     /* ten to this multiplies the number */
    bool compound, counted, duration;
    range subject; /* noun counted */
} measure;

static bool is_integer(const number *n) { return n->value.valid && n->value.scale <= 0 && !n->value.overflow; }

/* k, M, bn … or thousand, million … at p: length, and the power of ten. */
static ptrdiff_t multiplier(const lexer *x, ptrdiff_t p, bool glued, int *power) {
    static const struct {
        str text;
        int power;
        bool glued;
    } MULTIPLIERS[] = {{LIT("k"), 3, true},          {LIT("K"), 3, true},        {LIT("M"), 6, true},
                       {LIT("m"), 6, true},          {LIT("mn"), 6, true},       {LIT("G"), 9, true},
                       {LIT("B"), 9, true},          {LIT("bn"), 9, true},       {LIT("T"), 12, true},
                       {LIT("thousand"), 3, false},  {LIT("million"), 6, false}, {LIT("billion"), 9, false},
                       {LIT("trillion"), 12, false}, {LIT("hundred"), 2, false}};
    for (size_t k = 0; k < COUNT_OF(MULTIPLIERS); k++) {
        if (MULTIPLIERS[k].glued && !glued) continue;
        str text = MULTIPLIERS[k].text;
        if (!str_eq(str_slice(x->s, p, p + text.n), text) || !lex_boundary(x, p + text.n)) continue;
        *power = MULTIPLIERS[k].power;
        return text.n;
    }
    return 0;
}

static unsigned cues_after(const lexer *x, ptrdiff_t p) {
    p += at(x, p) == '-' ? 1 : lex_blank(x, p);
    return lex_cues(range_str(x, lex_letters_at(x, p)));
}

/* "35B": parameters or bytes? */
static unit_id resolve_b(const lexer *x, const number *n, ptrdiff_t p, bool glued) {
    unsigned cues = cues_after(x, p + 1);
    if (cues & CUE_MODEL) return U_B_PARAMS;
    if (!glued || (cues & CUE_BYTES)) return U_B;
    int64_t v = n->value.digits;
    bool size = is_integer(n) && n->value.scale == 0 && v >= 64 && (v & (v - 1)) == 0;
    return size || x->number_in_code ? U_B : U_B_PARAMS;
}

/* "context" within three words before or right behind makes a thousand tokens of "200k". */
static bool context_near(const lexer *x, ptrdiff_t lo) {
    for (int k = 0; k < 3; k++) {
        ptrdiff_t end = lex_blanks_before(x, lo);
        range w = lex_word_before(x, end);
        if (end == lo || range_empty(w)) return false;
        if (is_word(x, w, STR("context")) || is_word(x, w, STR("window")) || is_word(x, w, STR("ctx"))) return true;
        lo = w.lo;
    }
    return false;
}

/* Single letters and short words that mean a unit only in some company. */
static bool unit_believable(const lexer *x, ptrdiff_t p, ptrdiff_t length, unit_id unit, const number *n, bool glued,
                            bool hyphen) {
    uint8_t c = at(x, p);
    if (unit == UNIT_COUNT && length <= 2) return false; /* "it", "tx", "op" */
    if (length > 1 || !byte_is_alpha(c)) return true;
    if (hyphen) return c == 'W' || c == 'V' || c == 's';
    if (c == 'X') return glued && n->value.digits < 1000;
    if (glued) return true;
    ptrdiff_t gap = lex_blank(x, p + 1);
    bool word_follows = gap && byte_is_alpha(at(x, p + 1 + gap));
    if (c == 'A') return !word_follows;
    if (c == 'x') return !(gap && byte_is_digit(at(x, p + 1 + gap)));
    if (c == 'K') return !(cues_after(x, p + 1) & CUE_CONTEXT) && !word_follows;
    if (c == 'C' || c == 'U' || c == 'J') return !word_follows || at(x, p + 1 + gap) >= 'a';
    if (c == 'd' || c == 'b' || c == 'g') return at(x, p + 1) != ')' && !word_follows;
    return true;
}

/* A counted noun of one or two words at p. */
static bool noun_word(const lexer *x, range r, bool head) {
    str w = range_str(x, r);
    if (w.n < 3 && !(w.n == 2 && head)) return false;
    unsigned cues = lex_cues(w);
    if (cues & (CUE_NUMBER | CUE_ORDINAL)) return false;
    if (cues & CUE_STOP) return head && unit_noun_known(w) && unit_noun_plural(w);
    bool upper = w.p[0] >= 'A' && w.p[0] <= 'Z';
    for (ptrdiff_t k = 0; k < w.n; k++) {
        bool letter =
            byte_is_alpha(w.p[k]) || (w.p[k] == '-' && k > 0) || (!head && byte_is_digit(w.p[k])) || w.p[k] >= 0x80;
        if (!letter) return false;
    }
    if (!head) return true;
    return !upper || (w.n > 2 && w.p[w.n - 1] == 's' && w.p[w.n - 2] >= 'A' && w.p[w.n - 2] <= 'Z') ||
           unit_noun_known(w);
}

static bool has_digit(str w) {
    for (ptrdiff_t k = 0; k < w.n; k++)
        if (byte_is_digit(w.p[k])) return true;
    return false;
}

static range noun_at(const lexer *x, ptrdiff_t p) { return lex_word_at(x, p); }

/* "A100", "RTX 4090", "GB10": a name that is counted; the token stays the name's own. */
static range counted_name(const lexer *x, ptrdiff_t p) {
    range w = lex_word_at(x, p);
    str text = range_str(x, w);
    if (text.n < 2 || text.p[0] < 'A' || text.p[0] > 'Z') return (range){p, p};
    if (has_digit(text)) return w;
    ptrdiff_t gap = lex_blank(x, w.hi);
    if ((lex_cues(text) & CUE_HARDWARE) && gap && byte_is_digit(at(x, w.hi + gap)))
        return (range){w.lo, lex_word_at(x, w.hi + gap).hi};
    return (range){p, p};
}

static bool count_noun(const lexer *x, ptrdiff_t p, const number *n, measure *m) {
    bool one = n->value.digits == 1 && n->value.scale == 0 && m->power == 0;
    range first = noun_at(x, p);
    if (range_empty(first)) return false;
    str w = range_str(x, first);
    if (noun_word(x, first, true) && (one ? unit_noun_known(w) && !unit_noun_plural(w) : unit_noun_plural(w))) {
        m->text = first;
        m->end = first.hi;
    } else {
        ptrdiff_t gap = lex_blank(x, first.hi);
        range second = gap ? noun_at(x, first.hi + gap) : (range){p, p};
        str w2 = range_str(x, second);
        bool determiner = lex_cues(w) & CUE_DETERMINER;
        bool lower = byte_is_alpha(w.p[0]) && !(w.p[0] >= 'A' && w.p[0] <= 'Z');
        bool adjective = (noun_word(x, first, false) || determiner) && (lower || has_digit(w) || is_integer(n));
        bool counted = !range_empty(second) && noun_word(x, second, true) &&
                       (one ? unit_noun_known(w2) && !unit_noun_plural(w2) : unit_noun_plural(w2));
        if (adjective && counted && at(x, first.hi) != ',' && !unit_noun_plural(w)) {
            bool name = has_digit(w) && !lower; /* "8 A100 GPUs": the name stays a token of its own */
            m->text = (range){determiner ? second.lo : first.lo, second.hi};
            if (!name) m->end = second.hi;
        } else if (noun_word(x, first, true) && (lex_cues(w) & CUE_COMPOUND) && is_integer(n) && gap &&
                   byte_is_alpha(at(x, first.hi + gap)) && !one) {
            m->text = first; /* "20 core Grace CPU" */
            m->end = first.hi;
            m->compound = true;
        } else {
            return false;
        }
    }
    ptrdiff_t head = m->text.hi;
    while (head > m->text.lo && byte_is_alpha(x->s.p[head - 1])) head--;
    unit_id unit = UNIT_NONE; /* "512 output tokens", "3 idle hours": measured, not counted */
    if (head > m->text.lo && unit_match(x->s, head, &unit) > 0 && unit != UNIT_COUNT && m->end >= m->text.hi) {
        m->end = head + unit_match(x->s, head, &unit);
        m->unit = unit;
        m->text.hi = m->end;
        return true;
    }
    m->unit = UNIT_COUNT;
    m->counted = true;
    m->subject = m->text;
    if (m->end >= m->text.hi) m->end += unit_match_per(x->s, m->end, UNIT_COUNT, &m->unit);
    if (m->end > m->text.hi) m->text.hi = m->end;
    return true;
}

static bool take_unit(const lexer *x, ptrdiff_t p, const number *n, bool glued, bool hyphen, measure *m) {
    unit_id unit;
    ptrdiff_t length = unit_match(x->s, p, &unit);
    if (!length || !unit_believable(x, p, length, unit, n, glued, hyphen)) return false;
    if (length == 1 && at(x, p) == 'B') unit = resolve_b(x, n, p, glued);
    if (length == 1 && at(x, p) == 'm' && glued && x->number_in_code) unit = U_MINUTE;
    if (length == 1 && at(x, p) == 'K' && glued) return false;
    if (unit == UNIT_COUNT) {
        str w = str_slice(x->s, p, p + length);
        if (hyphen) {
            m->compound = true;
        } else if (!glued || !unit_noun_known(w)) {
            return false; /* count_noun knows about number */
        }
        m->counted = true;
        m->subject = (range){p, p + length};
    }
    m->unit = unit;
    m->text = (range){p, p + length};
    m->end = p + length;
    m->compound |= hyphen;
    if (unit == U_PARAM && (m->power == 6 || m->power == 9 || m->power == 12)) {
        m->unit = m->power == 6 ? U_M_PARAMS : m->power == 9 ? U_B_PARAMS : U_T_PARAMS;
        m->power = 0;
    }
    return true;
}

/* "1h30m" and "2m15s": the sum in the last part's unit. */
static bool take_duration(const lexer *x, number *n, measure *m) {
    static const struct {
        char letter;
        uint16_t unit;
        int seconds;
    } PARTS[] = {{'d', U_DAY, 86400}, {'h', U_HOUR, 3600}, {'m', U_MINUTE, 60}, {'s', U_SECOND, 1}};
    ptrdiff_t p = n->text.hi;
    if (!is_integer(n) || n->value.scale) return false;
    int64_t seconds = 0, value = n->value.digits;
    size_t at_part = 0, parts = 0;
    if (value > 100000) return false;
    for (;;) {
        while (at_part < COUNT_OF(PARTS) && at(x, p) != (uint8_t)PARTS[at_part].letter) at_part++;
        if (at_part == COUNT_OF(PARTS)) return false;
        seconds += value * PARTS[at_part].seconds;
        p++;
        parts++;
        if (lex_boundary(x, p)) break;
        ptrdiff_t digits = digits_end(x, p);
        decimal d;
        if (digits == p || digits - p > 4 || !decimal_parse(str_slice(x->s, p, digits), false, &d)) return false;
        value = d.digits;
        p = digits;
        at_part++;
    }
    if (parts < 2) return false;
    n->value = decimal_make(seconds / PARTS[at_part].seconds, 0);
    *m = (measure){.unit = PARTS[at_part].unit, .text = {p - 1, p}, .end = p, .duration = true};
    return true;
}

/* Everything behind the number, its end included. */
static measure read_measure(const lexer *x, number *n) {
    measure m = {.end = n->text.hi};
    if (take_duration(x, n, &m)) return m;
    for (int round = 0; round < 2; round++) {
        ptrdiff_t p = m.end;
        uint8_t c = at(x, p);
        bool hyphen = c == '-' && byte_is_alpha(at(x, p + 1));
        ptrdiff_t gap = hyphen ? 1 : lex_blank(x, p);
        bool glued = gap == 0;
        if (glued && !byte_is_alpha(c) && c < 0x80 && c != '%' && c != '$') return m;
        p += gap;
        if (take_unit(x, p, n, glued, hyphen, &m)) return m;
        int power = 0;
        ptrdiff_t length = round == 0 ? multiplier(x, p, glued, &power) : 0;
        if (!length) {
            if (!glued && !hyphen) count_noun(x, p, n, &m);
            return m;
        }
        m.power = power;
        m.end = p + length;
        if (glued && (power == 6 || power == 12) && (cues_after(x, m.end) & CUE_MODEL) &&
            (!unit_match(x->s, m.end + lex_blank(x, m.end), &m.unit) || m.unit == UNIT_COUNT)) {
            m.unit = power == 6 ? U_M_PARAMS : U_T_PARAMS;
            m.text = (range){p, m.end};
            m.power = 0;
            return m;
        }
        m.unit = UNIT_NONE;
    }
    return m;
}

/* "200k context", "context of 32k": tokens. */
static void tokens_of_context(const lexer *x, const number *n, const prefix *p, measure *m) {
    if (m->unit != UNIT_NONE && !(m->counted && m->power)) return;
    ptrdiff_t gap = at(x, m->end) == '-' ? 1 : lex_blank(x, m->end);
    range w = m->counted ? m->text : lex_letters_at(x, m->end + gap);
    bool large = m->power == 3 || m->power == 6 || (is_integer(n) && n->value.scale == 0 && n->value.digits >= 1024);
    if (!large || m->power > 6) return;
    if (gap && (lex_cues(range_str(x, w)) & CUE_CONTEXT) && !is_word(x, w, STR("prompts"))) {
        m->end = w.hi;
        m->text = w;
    } else if (m->counted || m->power != 3 || !context_near(x, p->lo)) {
        return;
    }
    m->unit = U_TOK;
    m->counted = false;
    m->subject = (range){0, 0};
}

/* "1x A100", "two RTX 4090": a count of something that has a name. */
static void count_of_name(const lexer *x, const number *n, measure *m) {
    if (!is_integer(n) || m->power || (m->unit != UNIT_NONE && m->unit != U_RATIO)) return;
    if (n->value.digits > 100000 || (m->unit == U_RATIO && is_word(x, m->text, STR("times")))) return;
    ptrdiff_t gap = lex_blank(x, m->end);
    if (!gap) return;
    range name = counted_name(x, m->end + gap);
    if (range_empty(name)) return;
    m->unit = UNIT_COUNT;
    m->text = m->subject = name;
    m->counted = true;
}

/* ---- intervals and changes -------------------------------------------------------------------------------------- */

enum connector { LINK_NONE, LINK_TO, LINK_DASH, LINK_AND, LINK_ARROW, LINK_PLUS_MINUS };

static enum connector read_link(const lexer *x, ptrdiff_t end, const prefix *p, ptrdiff_t *next) {
    static const str ARROWS[] = {LIT("->"), LIT("\u2192"), LIT("=>"), LIT("-->")};
    static const str DEVIATIONS[] = {LIT("\u00b1"), LIT("+/-"), LIT("+-")};
    ptrdiff_t gap = lex_blank(x, end), q = end + gap;
    uint8_t c = at(x, q);
    if (c < 0x80 && c != '-' && c != '.' && c != '=' && c != '+' && c != 't' && c != 'a') return LINK_NONE;
    for (size_t k = 0; k < COUNT_OF(DEVIATIONS); k++) {
        str text = DEVIATIONS[k];
        if (!str_starts(str_slice(x->s, q, q + 4), text)) continue;
        *next = q + text.n + lex_blank(x, q + text.n);
        return LINK_PLUS_MINUS;
    }
    for (size_t k = 0; k < COUNT_OF(ARROWS); k++) {
        str text = ARROWS[k];
        if (!str_starts(str_slice(x->s, q, q + 4), text)) continue;
        *next = q + text.n + lex_blank(x, q + text.n);
        return LINK_ARROW;
    }
    uint32_t code;
    ptrdiff_t n = lex_code_point(x, q, &code);
    if ((code == '-' && !gap) || code == 0x2013 || code == 0x2012 || code == 0x2011 || code == 0x2010 ||
        (code == 0x2212 && !gap) || (code == 0x2014 && !gap)) {
        *next = q + n + lex_blank(x, q + n);
        return !gap == (*next == q + n) ? LINK_DASH : LINK_NONE;
    }
    if (code == '.' && at(x, q + 1) == '.' && !gap) return *next = q + 2 + (at(x, q + 2) == '.'), LINK_DASH;
    if (code == 0x2026 && !gap) return *next = q + n, LINK_DASH;
    if (!gap) return LINK_NONE;
    ptrdiff_t to = lex_literal(x, q, STR("to")), and_ = p->between ? lex_literal(x, q, STR("and")) : 0,
              word_length = to ? to : and_;
    ptrdiff_t blank = word_length ? lex_blank(x, q + word_length) : 0;
    if (!blank) return LINK_NONE;
    *next = q + word_length + blank;
    return to ? LINK_TO : LINK_AND;
}

/* The second number; not one that is a date, a version or a serial number. */
static bool read_second(const lexer *x, ptrdiff_t i, enum connector kind, bool spelled, number *n, unit_id *currency) {
    ptrdiff_t lo = i;
    static const str SIGNS[] = {LIT("$"), LIT("\u20ac"), LIT("\u00a3"), LIT("~"), LIT("\u2248")};
    for (size_t k = 0; k < COUNT_OF(SIGNS); k++) {
        str text = SIGNS[k];
        if (str_starts(str_slice(x->s, lo, lo + 3), text)) {
            lo += text.n;
            *currency = k == 0 ? U_USD : k == 1 ? U_EUR : k == 2 ? U_GBP : UNIT_NONE;
            break;
        }
    }
    bool negative = false;
    if (kind == LINK_TO && at(x, lo) == '-' && byte_is_digit(at(x, lo + 1))) negative = true, lo++;
    if (byte_is_digit(at(x, lo))) {
        if (!lex_read_number(x, lo, n)) return false;
        uint8_t c = at(x, n->text.hi), d = at(x, n->text.hi + 1);
        if ((c == '.' || c == ':' || (c == '-' && kind == LINK_DASH)) && byte_is_digit(d)) return false;
        if (c == '/' && byte_is_digit(d)) return false;
        if (c == '_') return false;
        n->value.digits = negative ? -n->value.digits : n->value.digits;
        return true;
    }
    return spelled && kind != LINK_DASH && byte_is_alpha(at(x, lo)) &&
           (lex_cues(range_str(x, lex_letters_at(x, lo))) & CUE_NUMBER) && lex_read_words(x, lo, n);
}

/* Whether two measures can be ends of one interval, and the measure they share. */
static bool share_measure(const lexer *x, measure *a, const measure *b, const number *first, const number *second) {
    if (a->unit == UNIT_NONE) {
        *a = (measure){.unit = b->unit,
                       .text = b->text,
                       .end = b->end,
                       .compound = b->compound,
                       .counted = b->counted,
                       .subject = b->subject,
                       .power = a->power};
        if (a->power == 0 && b->power && decimal_cmp(first->value, second->value) <= 0) a->power = b->power;
        return true;
    }
    if (b->unit == UNIT_NONE) return false;
    if (a->counted != b->counted) return false;
    if (a->counted) {
        char left[64], right[64];
        if (!str_eq(unit_noun_stem(range_str(x, a->text), left), unit_noun_stem(range_str(x, b->text), right)))
            return false;
    }
    double ignored;
    return unit_convert(1, a->unit, b->unit, &ignored);
}

typedef struct interval {
    bool found, change, deviation;
    decimal high;
    ptrdiff_t end;
} interval;

static interval read_interval(const lexer *x, const number *n, const prefix *p, measure *m) {
    interval none = {0}, v = {.end = m->end};
    ptrdiff_t next = m->end;
    enum connector kind = read_link(x, m->end, p, &next);
    number second;
    unit_id currency = UNIT_NONE;
    if (kind == LINK_NONE || !read_second(x, next, kind, n->spelled, &second, &currency)) return none;
    measure m2 = read_measure(x, &second);
    if (p->currency && m2.unit == UNIT_NONE && (currency || kind == LINK_DASH || p->from || p->between))
        m2.unit = p->currency;
    measure shared = *m;
    if (p->currency) shared.unit = p->currency;
    bool same = share_measure(x, &shared, &m2, n, &second);
    if (!same) return none;
    if (shared.unit == UNIT_NONE && !p->from && !p->between && kind != LINK_DASH && kind != LINK_PLUS_MINUS &&
        kind != LINK_TO)
        return none;
    decimal low = decimal_shift(n->value, shared.power);
    v.high = decimal_shift(second.value, m2.power);
    if (shared.unit != m2.unit &&
        m->unit != UNIT_NONE) { /* "120 ms to 1.2 s": into the first one's unit only when exact */
        return none;
    }
    if (kind == LINK_DASH && decimal_cmp(low, v.high) >= 0) return none;
    if (kind == LINK_DASH && shared.unit == UNIT_NONE && x->code) return none;
    v.found = true;
    v.deviation = kind == LINK_PLUS_MINUS;
    v.change = !v.deviation &&
               (kind == LINK_ARROW || (kind == LINK_TO && ((p->from && !p->ranging) || decimal_cmp(low, v.high) > 0)));
    v.end = m2.end;
    ptrdiff_t end = m2.end;
    *m = shared;
    m->end = end;
    return v;
}

/* ---- tails and the token ---------------------------------------------------------------------------------------- */

static ptrdiff_t tail_bound(const lexer *x, ptrdiff_t end, prefix *p) {
    static const struct {
        str text;
        uint8_t bound;
    } TAILS[] = {{LIT("or more"), BOUND_MIN}, {LIT("or higher"), BOUND_MIN}, {LIT("and up"), BOUND_MIN},
                 {LIT("or less"), BOUND_MAX}, {LIT("or fewer"), BOUND_MAX},  {LIT("or lower"), BOUND_MAX},
                 {LIT("or so"), BOUND_ABOUT}};
    ptrdiff_t gap = lex_blank(x, end);
    uint8_t c = byte_lower(at(x, end + gap));
    if (c != 'o' && c != 'a') return end;
    for (size_t k = 0; gap && p->bound == BOUND_EXACT && k < COUNT_OF(TAILS); k++) {
        ptrdiff_t n = lex_literal(x, end + gap, TAILS[k].text);
        if (!n) continue;
        p->bound = (enum bound)TAILS[k].bound;
        return end + gap + n;
    }
    return end;
}

static bool is_rate(unit_id unit) {
    enum unit_dimension d = unit_get(unit)->dimension;
    return d == DIM_DATA_RATE || d == DIM_TOKEN_RATE || d == DIM_OPS_RATE || d == DIM_REQUEST_RATE ||
           d == DIM_EVENT_RATE || d == DIM_COST_RATE || d == DIM_SPEED || d == DIM_TOKEN_TIME;
}

static unsigned flags_of(const number *n, const prefix *p, const measure *m, const interval *v) {
    unsigned flags = 0;
    if (n->spelled) flags |= TOKEN_SPELLED;
    if (n->grouped) flags |= TOKEN_GROUPED;
    if (p->strict) flags |= TOKEN_STRICT;
    if (m->compound) flags |= TOKEN_COMPOUND;
    if (m->counted) flags |= TOKEN_COUNTED;
    if (m->unit == U_RATIO) flags |= TOKEN_RATIO;
    if (is_rate(m->unit)) flags |= TOKEN_RATE;
    if (v->found) flags |= v->deviation ? TOKEN_PLUS_MINUS : v->change ? TOKEN_CHANGE : TOKEN_INTERVAL;
    return flags;
}

/* Behind a bare name ("Mistral Small 4 runs") only real units measure. */
static bool names_the_number(const lexer *x, const number *n) {
    if (n->spelled || !is_integer(n)) return false;
    ptrdiff_t before = lex_blanks_before(x, n->text.lo);
    range w = lex_word_before(x, before);
    str text = range_str(x, w);
    if (before == n->text.lo || text.n < 2) return false;
    if (text.p[0] >= 'a' && text.p[0] <= 'z') /* "at batch 16 several …": a label */
        return unit_noun_known(text) && !unit_noun_plural(text) && !(lex_cues(text) & CUE_STOP);
    if (text.p[0] < 'A' || text.p[0] > 'Z' || lex_sentence_start(x, w.lo)) return false;
    return !(lex_cues(text) & (CUE_STOP | CUE_MONTH));
}

ptrdiff_t lex_quantity(lexer *x, const number *given) {
    number n = *given;
    x->number_in_code = lex_in_code(x, n.text.lo);
    prefix p = read_prefix(x, &n);
    bool plus = !n.spelled && at(x, n.text.hi) == '+' && at(x, n.text.hi + 1) != '/' && at(x, n.text.hi + 1) != '-';
    if (plus && byte_is_digit(at(x, n.text.hi + 1))) plus = false;
    ptrdiff_t value_end = n.text.hi;
    if (plus) n.text.hi++;
    ptrdiff_t tail = tail_bound(x, n.text.hi, &p); /* "3 or more disks" */
    if (tail > n.text.hi) n.text.hi = tail;
    measure m = read_measure(x, &n);
    if (m.duration) value_end = m.end;
    if (m.counted && !m.compound && names_the_number(x, &n)) m = (measure){.end = n.text.hi};
    tokens_of_context(x, &n, &p, &m);
    count_of_name(x, &n, &m);
    if (p.currency) {
        if (m.counted || m.unit == UNIT_NONE || m.unit == U_B_PARAMS) {
            if (m.unit == U_B_PARAMS) m.power = 9;
            if (m.counted) m.end = n.text.hi;
            m.counted = m.compound = false;
            m.unit = UNIT_NONE;
        }
        m.subject = (range){0, 0};
    }
    interval v = plus ? (interval){0} : read_interval(x, &n, &p, &m);
    if (p.currency && m.unit == UNIT_NONE) m.unit = p.currency;
    if (p.currency && m.unit == p.currency) {
        m.text = p.currency_text;
        m.end += unit_match_per(x->s, m.end, m.unit, &m.unit);
    }
    if (at(x, m.end) == '+' && lex_boundary(x, m.end + 1) && m.unit != UNIT_NONE && !plus)
        plus = true, m.end++; /* "24GB+" */
    if (plus && p.bound == BOUND_EXACT) p.bound = BOUND_MIN;
    ptrdiff_t end = tail_bound(x, m.end, &p);
    if (n.spelled && m.unit == UNIT_NONE && (n.value.digits == 1 || n.value.scale > 0))
        return given->text.hi; /* "one of them", "half of it" */
    if (v.found && (p.from || p.between)) {
        range w = lex_word_before(x, lex_blanks_before(x, p.lo));
        if (!range_empty(w)) p.lo = w.lo;
    }
    enum token_kind kind = m.unit == UNIT_NONE ? TOKEN_NUMBER : TOKEN_QUANTITY;
    text_range core = lex_range(x, (range){n.text.lo, value_end}), unit_text = lex_range(x, m.text),
               subject = lex_range(x, m.subject);
    token *t = lex_emit(x, kind, p.lo, end);
    t->core = core;
    if (!range_empty(m.text)) t->unit_text = unit_text;
    if (!range_empty(m.subject)) t->subject = subject;
    t->unit = m.unit;
    t->value = decimal_shift(n.value, m.power);
    if (p.negative) t->value.digits = -t->value.digits;
    if (v.found) t->high = v.high;
    t->bound = (uint8_t)p.bound;
    t->flags |= (uint16_t)flags_of(&n, &p, &m, &v);
    return end;
}
