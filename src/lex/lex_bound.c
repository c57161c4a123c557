/* lex_bound.c - what stands before a number: sign, currency, bound; and the bounds that stand behind.
 *
 * In: a number's place. Out: where the quantity begins, and what its first words say about the value.
 *
 * A minus is a minus only where nothing it could join or part stands before it; U+2212 and its kin count as '-'. Bounds
 * are signs (~ ≈ < ≤ > ≥) or phrases of one to three words, looked up by their last word. "within" and "up to" include
 * the value, "under" and "over" do not (TOKEN_STRICT).
 */
#include "lex/lex_quantity.h"

#include <string.h>

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

prefix lex_prefix(const lexer *x, const number *n) {
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

ptrdiff_t lex_tail(const lexer *x, ptrdiff_t end, prefix *p) {
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
