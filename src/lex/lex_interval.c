/* lex_interval.c - two numbers that are one statement: intervals, changes, deviations.
 *
 * In: a number, what stands before and behind it. Out: the second number, and the measure that both share.
 *
 *     10 to 15 %    10–15 ms    between 10 and 15      interval: low, high
 *     from 120 ms to 45 ms    40 % → 65 %              change: before, after, in that order
 *     59.7 ± 0.4 tok/s                                 deviation
 *
 * "From A to B" is a change, except behind "ranging" and its kin; "A to B" is one where B is the smaller. A unit that
 * stands only behind the second number holds for both, and so does its multiplier where that keeps them in order
 * ("200–300k"). Numbers of different units ("700 ms to 1.2 s") are left as two quantities.
 */
#include "lex/lex_quantity.h"

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

interval lex_interval(const lexer *x, const number *n, const prefix *p, measure *m) {
    interval none = {0}, v = {.end = m->end};
    ptrdiff_t next = m->end;
    enum connector kind = read_link(x, m->end, p, &next);
    number second;
    unit_id currency = UNIT_NONE;
    if (kind == LINK_NONE || !read_second(x, next, kind, n->spelled, &second, &currency)) return none;
    measure m2 = lex_measure(x, &second);
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
