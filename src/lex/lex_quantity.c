/* lex_quantity.c - reads numbers and makes quantities of them.
 *
 * In: a number that is no date, version, port or name. Out: TOKEN_QUANTITY, or TOKEN_NUMBER when nothing measures it.
 * The parts are read by lex_bound.c, lex_measure.c and lex_interval.c; here they are put together, and here is what a
 * number looks like: grouped digits, fractions, exponents, or words. The rule for commas stands in lex.c.
 */
#include "lex/lex_quantity.h"

/* ---- reading numbers -------------------------------------------------------------------------------------------- */

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
    if (!decimal_parse(str_slice(x->s, i, end), comma, &out->value)) return false;
    ptrdiff_t gap = lex_blank(x, end), more = gap ? lex_literal(x, end + gap, STR("and a half")) : 0;
    if (more && out->value.scale == 0 && end == digits && out->value.digits < 100000) { /* "6 and a half hours" */
        out->value = decimal_make(out->value.digits * 10 + 5, 1);
        out->text.hi = end + gap + more;
    }
    return true;
}

bool lex_read_words(const lexer *x, ptrdiff_t i, number *out) {
    *out = (number){.text = {i, i}, .spelled = true};
    ptrdiff_t ends[10], p = i;
    int count = 0;
    while (count < 10) {
        range w = {p, p};
        while (w.hi < x->s.n && w.hi - p < 12 && byte_is_alpha(x->s.p[w.hi])) w.hi++;
        if (count > 1 && lex_literal(x, p, STR("a half"))) { /* "two and a half" */
            ends[count++] = p + 6;
            break;
        }
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

/* ---- the token --------------------------------------------------------------------------------------------------- */

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

ptrdiff_t lex_quantity(lexer *x, const number *given) {
    number n = *given;
    x->number_in_code = lex_in_code(x, n.text.lo);
    prefix p = lex_prefix(x, &n);
    bool plus = !n.spelled && at(x, n.text.hi) == '+' && at(x, n.text.hi + 1) != '/' && at(x, n.text.hi + 1) != '-';
    if (plus && byte_is_digit(at(x, n.text.hi + 1))) plus = false;
    ptrdiff_t value_end = n.text.hi;
    if (plus) n.text.hi++;
    ptrdiff_t tail = lex_tail(x, n.text.hi, &p); /* "3 or more disks" */
    if (tail > n.text.hi) n.text.hi = tail;
    measure m = lex_measure(x, &n);
    if (m.duration) value_end = m.end;
    lex_measure_in_context(x, &n, &p, &m);
    if (p.currency) {
        bool time =
            m.unit != UNIT_NONE && !m.duration && unit_get(m.unit)->dimension == DIM_TIME; /* "€720 second-hand" */
        if (time) m.end = n.text.hi;
        if (time || m.counted || m.unit == UNIT_NONE || m.unit == U_B_PARAMS) {
            if (m.unit == U_B_PARAMS) m.power = 9;
            if (m.counted) m.end = n.text.hi;
            m.counted = m.compound = false;
            m.unit = UNIT_NONE;
        }
        m.subject = (range){0, 0};
    }
    interval v = plus ? ((interval){0}) : lex_interval(x, &n, &p, &m);
    if (p.currency && m.unit == UNIT_NONE) m.unit = p.currency;
    if (p.currency && m.unit == p.currency) {
        m.text = p.currency_text;
        m.end += unit_match_per(x->s, m.end, m.unit, &m.unit);
    }
    if (at(x, m.end) == '+' && lex_boundary(x, m.end + 1) && m.unit != UNIT_NONE && !plus)
        plus = true, m.end++; /* "24GB+" */
    if (plus && p.bound == BOUND_EXACT) p.bound = BOUND_MIN;
    ptrdiff_t end = lex_tail(x, m.end, &p);
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
