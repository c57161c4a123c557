/* lex_measure.c - what stands behind a number: multiplier, unit, counted noun.
 *
 * In: a number. Out: its unit, the bytes that name it, and the power of ten that multiplies the number.
 *
 *     35 B params    200 k [context]    1.2 million rows    4 full backups    8 [A100 GPUs]    128 - core
 *
 * What decides between meanings: "B" glued to a number is billions of parameters, unless the word behind it is measured
 * in bytes or the number is a power of two from 64 on with no model near; "k" is a thousand, and a thousand before or
 * behind "context" is tokens. A noun counts when it is a plural, a known noun in the singular behind 1, or one in a
 * compound ("20 core CPU"); behind a bare name ("Mistral Small 4 runs") only real units measure.
 */
#include "lex/lex_quantity.h"

#include <string.h>

static ptrdiff_t digits_end(const lexer *x, ptrdiff_t p) {
    while (p < x->s.n && byte_is_digit(x->s.p[p])) p++;
    return p;
}

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
    p += lex_hyphen(x, p) ? lex_hyphen(x, p) : lex_blank(x, p);
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

/* "640\u00d7│480│", "1,910 \u00d7 │410│ = …": a factor, not "2 \u00d7 16 GB". */
static bool begins_bare_number(const lexer *x, ptrdiff_t p) {
    ptrdiff_t end = p;
    while (byte_is_digit(at(x, end)) || ((at(x, end) == ',' || at(x, end) == '.') && byte_is_digit(at(x, end + 1))))
        end++;
    uint8_t behind = at(x, end + lex_blank(x, end));
    return end > p && !byte_is_alpha(behind) && behind < 0x80 && behind != '%';
}

/* Single letters and short words that mean a unit only in some company. */
static bool unit_believable(const lexer *x, ptrdiff_t p, ptrdiff_t length, unit_id unit, const number *n, bool glued,
                            bool hyphen) {
    uint8_t c = at(x, p);
    if (unit == UNIT_COUNT && length <= 2) return false; /* "it", "tx", "op" */
    if (c == 0xc3 && unit == U_RATIO) return !begins_bare_number(x, p + 2 + lex_blank(x, p + 2));
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
        if (adjective && !counted && !one && is_integer(n) && noun_word(x, second, false) && !has_digit(w2) &&
            !unit_noun_plural(w2)) {
            ptrdiff_t next = lex_blank(x, second.hi); /* "72 Grace CPU cores": of nouns that are well known */
            range third = next ? noun_at(x, second.hi + next) : second;
            str w3 = range_str(x, third);
            if (next && noun_word(x, third, true) && unit_noun_known(w3) && unit_noun_plural(w3)) {
                second = third;
                counted = true;
            }
        }
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

/* "the 1960s", "100s of kilobytes": a decade, or an indefinite many; no seconds. */
static bool is_plural_number(const lexer *x, ptrdiff_t p, const number *n) {
    if (at(x, p) != 's' || n->spelled || !is_integer(n) || n->value.scale || n->value.digits % 10) return false;
    if (n->value.digits >= 1900 && n->value.digits <= 2090 && !n->grouped && !x->number_in_code) return true;
    ptrdiff_t of = p + 1 + lex_blank(x, p + 1);
    return of > p + 1 && lex_literal(x, of, STR("of"));
}

static bool take_unit(const lexer *x, ptrdiff_t p, const number *n, bool glued, bool hyphen, measure *m) {
    unit_id unit;
    ptrdiff_t length = unit_match(x->s, p, &unit);
    if (!length || !unit_believable(x, p, length, unit, n, glued, hyphen)) return false;
    if (length == 1 && at(x, p) == 'B') unit = resolve_b(x, n, p, glued);
    if (length == 1 && at(x, p) == 'm' && glued && x->number_in_code) unit = U_MINUTE;
    if (length == 1 && at(x, p) == 'K' && glued) return false;
    if (length == 1 && glued && is_plural_number(x, p, n)) return false;
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
measure lex_measure(const lexer *x, number *n) {
    measure m = {.end = n->text.hi};
    if (take_duration(x, n, &m)) return m;
    for (int round = 0; round < 2; round++) {
        ptrdiff_t p = m.end;
        uint8_t c = at(x, p);
        ptrdiff_t joint = lex_hyphen(x, p);
        bool hyphen = joint && byte_is_alpha(at(x, p + joint));
        ptrdiff_t gap = hyphen ? joint : lex_blank(x, p);
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
    ptrdiff_t joint = lex_hyphen(x, m->end), gap = joint ? joint : lex_blank(x, m->end);
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

void lex_measure_in_context(const lexer *x, const number *n, const prefix *p, measure *m) {
    if (m->counted && !m->compound && names_the_number(x, n)) *m = (measure){.end = n->text.hi};
    tokens_of_context(x, n, p, m);
    count_of_name(x, n, m);
}
