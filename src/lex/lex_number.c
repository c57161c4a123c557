/* lex_number.c - at digits: what kind of thing is this number?
 *
 * In: the first of a run of digits that stands at a word's beginning. Out: one token (two for "8080:80").
 *
 * The order is the point: dates, times, errors, addresses, ports, identifiers and versions are tried before a number
 * may become a quantity, so that 2026-05-18, 503, 10.0.0.1, 35B-A3B, 24.04 and 4090 are never "concrete numbers". Each
 * test looks at a bounded neighbourhood.
 */
#include "lex/lex_internal.h"

/* What the digits at i look like. */
typedef struct figure {
    ptrdiff_t lo, digits; /* first run of digits: [lo, digits) */
    ptrdiff_t dotted;     /* end of digits(.digits)* */
    int dots;
    unsigned cues; /* of the word before */
    range before;  /* that word; empty when none is adjacent */
} figure;

static ptrdiff_t digits_end(const lexer *x, ptrdiff_t p) {
    while (p < x->s.n && byte_is_digit(x->s.p[p])) p++;
    return p;
}

static figure look(const lexer *x, ptrdiff_t i) {
    figure f = {.lo = i, .digits = digits_end(x, i)};
    f.dotted = f.digits;
    while (at(x, f.dotted) == '.' && byte_is_digit(at(x, f.dotted + 1))) {
        f.dotted = digits_end(x, f.dotted + 1);
        f.dots++;
    }
    ptrdiff_t end = lex_blanks_before(x, i);
    if (end > x->floor && end < i && (at(x, end - 1) == ':' || at(x, end - 1) == '='))
        end--;
    else if (end == i && end > x->floor && (at(x, end - 1) == '=' || at(x, end - 1) == ':'))
        end--;
    f.before = end < i ? lex_word_before(x, end) : (range){i, i};
    f.cues = lex_cues(range_str(x, f.before));
    return f;
}

static decimal small_integer(const lexer *x, ptrdiff_t lo, ptrdiff_t hi) {
    decimal d;
    decimal_parse(str_slice(x->s, lo, hi), false, &d);
    return d;
}

static bool follows(const lexer *x, ptrdiff_t from, ptrdiff_t to, const str *links, size_t count) {
    str gap = str_slice(x->s, from, to);
    for (size_t k = 0; k < count; k++)
        if (str_eq(gap, links[k])) return true;
    return false;
}

/* A list that goes on: "ports 80 and 443", "sections 3, 4 and 5". */
static bool continues(lexer *x, ptrdiff_t i, enum token_kind kind) {
    static const str LINKS[] = {LIT(" and "), LIT(", "), LIT(", and "), LIT(" or "),      LIT("/"),
                                LIT(" to "),  LIT("-"),  LIT("\u2013"), LIT(" through "), LIT(" & ")};
    const token *last = lex_last(x);
    return last && last->kind == kind && follows(x, lex_offset(x, last->text.hi), i, LINKS, COUNT_OF(LINKS));
}

/* A unit of measure follows, glued or one blank away; counted nouns don't count. */
static bool unit_follows(const lexer *x, ptrdiff_t end) {
    unit_id unit;
    ptrdiff_t gap = lex_blank(x, end), n = unit_match(x->s, end + gap, &unit);
    if (n == 0 || unit == UNIT_COUNT) return false;
    return !(gap && n == 1 && byte_is_alpha(at(x, end + gap)) && lex_blank(x, end + gap + 1) &&
             at(x, end + gap) != 'W' && at(x, end + gap) != 's');
}

/* ---- addresses and ports ---------------------------------------------------------------------------------------- */

static ptrdiff_t ip_address(lexer *x, const figure *f) {
    if (f->dots != 3 || (f->cues & CUE_VERSION)) return 0;
    ptrdiff_t p = f->lo;
    for (int k = 0; k < 4; k++) {
        ptrdiff_t end = digits_end(x, p);
        if (end - p > 3 || decimal_to_f64(small_integer(x, p, end)) > 255) return 0;
        p = end + 1;
    }
    ptrdiff_t end = f->dotted;
    if (!lex_boundary(x, end)) return 0;
    range port = {0, 0};
    if (at(x, end) == ':' && byte_is_digit(at(x, end + 1))) {
        port = (range){end + 1, digits_end(x, end + 1)};
        if (port.hi - port.lo <= 5) end = port.hi;
    } else if (at(x, end) == '/' && byte_is_digit(at(x, end + 1))) {
        ptrdiff_t mask = digits_end(x, end + 1);
        if (mask - end <= 3 && lex_boundary(x, mask)) end = mask;
    }
    token *t = lex_emit(x, TOKEN_ADDRESS, f->lo, end);
    t->subject = lex_range(x, (range){f->lo, f->dotted});
    if (port.hi == end && port.hi > port.lo) {
        t->core = lex_range(x, port);
        t->value = small_integer(x, port.lo, port.hi);
    }
    return end;
}

static ptrdiff_t emit_port(lexer *x, ptrdiff_t lo, ptrdiff_t digits_lo, ptrdiff_t hi) {
    token *t = lex_emit(x, TOKEN_PORT, lo, hi);
    t->core = lex_range(x, (range){digits_lo, hi});
    t->value = small_integer(x, digits_lo, hi);
    return hi;
}

static bool is_port(const lexer *x, ptrdiff_t lo, ptrdiff_t hi) {
    return hi - lo <= 5 && hi > lo && decimal_to_f64(small_integer(x, lo, hi)) <= 65535 && lex_boundary(x, hi);
}

/* The last token is a flag that takes a port: -p, --port, --http-port. */
static bool port_flag(lexer *x, ptrdiff_t i) {
    const token *last = lex_last(x);
    if (!last || last->kind != TOKEN_FLAG || i - lex_offset(x, last->text.hi) != 1) return false;
    str flag = str_slice(x->s, lex_offset(x, last->text.lo), i - 1);
    return str_ends(flag, STR("port")) || str_eq(flag, STR("-p")) || str_eq(flag, STR("--publish"));
}

static ptrdiff_t port(lexer *x, const figure *f) {
    ptrdiff_t i = f->lo, d = f->digits;
    if (f->dots || !is_port(x, i, d)) return 0;
    if (at(x, d) == '/' && (lex_literal(x, d + 1, STR("tcp")) || lex_literal(x, d + 1, STR("udp")))) {
        emit_port(x, i, i, d);
        return d + 4;
    }
    const token *last = lex_last(x);
    bool mapped = last && last->kind == TOKEN_ADDRESS && lex_offset(x, last->text.hi) == i - 1 && at(x, i - 1) == ':';
    if (at(x, d) == ':' && byte_is_digit(at(x, d + 1)) && !mapped && at(x, i - 1) != ':') { /* 8080:80 */
        ptrdiff_t end = digits_end(x, d + 1);
        if ((port_flag(x, i) || (d - i >= 2 && end - d > 2 && d - i + end - d > 5)) && is_port(x, d + 1, end) &&
            at(x, end) != ':') {
            emit_port(x, i, i, d);
            return emit_port(x, d + 1, d + 1, end);
        }
        return 0;
    }
    if (mapped || port_flag(x, i) || continues(x, i, TOKEN_PORT)) {
        return unit_follows(x, d) ? 0 : emit_port(x, i, i, d);
    }
    if (f->cues & CUE_PORT) return emit_port(x, f->before.lo, i, d);
    bool suffix = str_ends(range_str(x, f->before), STR("_port")) || str_ends(range_str(x, f->before), STR("_PORT"));
    return suffix ? emit_port(x, i, i, d) : 0;
}

/* ---- sections --------------------------------------------------------------------------------------------------- */

static bool strong_section(str w) {
    static const str WORDS[] = {LIT("section"), LIT("sections"), LIT("figure"),   LIT("figures"),  LIT("fig"),
                                LIT("fig."),    LIT("chapter"),  LIT("chapters"), LIT("table"),    LIT("step"),
                                LIT("steps"),   LIT("appendix"), LIT("listing"),  LIT("equation"), LIT("eq"),
                                LIT("sec"),     LIT("issue"),    LIT("pr"),       LIT("part")};
    for (size_t k = 0; k < COUNT_OF(WORDS); k++)
        if (str_eq_nocase(w, WORDS[k])) return true;
    return false;
}

/* A unit or a counted noun follows. */
static bool measured(const lexer *x, ptrdiff_t end) {
    unit_id unit;
    ptrdiff_t blank = lex_blank(x, end);
    if (unit_match(x->s, end + blank, &unit)) return true;
    str next = range_str(x, lex_word_at(x, end + blank));
    return blank && unit_noun_plural(next) && !(lex_cues(next) & CUE_STOP);
}

static ptrdiff_t emit_section(lexer *x, ptrdiff_t lo, ptrdiff_t digits_lo, ptrdiff_t hi) {
    token *t = lex_emit(x, TOKEN_SECTION, lo, hi);
    t->core = lex_range(x, (range){digits_lo, hi});
    return hi;
}

static ptrdiff_t section(lexer *x, const figure *f) {
    ptrdiff_t end = f->dotted, i = f->lo;
    if (i == 0 && !x->code) { /* a heading's number: "1. Setup", "2.3 Results" */
        bool closed = (at(x, end) == '.' || at(x, end) == ')') && lex_blank(x, end + 1);
        ptrdiff_t next = end + closed + lex_blank(x, end + closed);
        bool capital = lex_class[at(x, next)] == B_UPPER && next > end;
        if (capital && (closed || (x->heading && !unit_follows(x, end)))) return emit_section(x, i, i, end + closed);
    }
    if (!lex_boundary(x, end) || at(x, end) == '%') return 0;
    if (continues(x, i, TOKEN_SECTION)) return measured(x, end) ? 0 : emit_section(x, i, i, end);
    if (!(f->cues & CUE_SECTION) || end - i > 8) return 0;
    ptrdiff_t gap = i - f->before.hi;
    uint8_t mark = at(x, f->before.hi);
    if (gap > 2 || mark == ':' || mark == '=') return 0;
    str w = range_str(x, f->before);
    if (!strong_section(w) && (measured(x, end) || (unit_noun_plural(w) && f->dots))) return 0;
    return emit_section(x, f->before.lo, i, end);
}

/* ---- identifiers that begin with a digit ------------------------------------------------------------------------ */

static ptrdiff_t ident_end(const lexer *x, ptrdiff_t p) {
    while (p < x->s.n) {
        uint8_t c = x->s.p[p], next = at(x, p + 1);
        if (!byte_is_alnum(c) && c != '_' && !((c == '-' || c == '.') && (byte_is_alnum(next) || next == '_'))) break;
        p++;
    }
    return p;
}

static ptrdiff_t emit_ident(lexer *x, ptrdiff_t lo, ptrdiff_t hi) {
    lex_emit(x, TOKEN_IDENT, lo, hi);
    return hi;
}

/* A unit, multiplier or compound duration may be glued to a number; anything else makes it an identifier. */
static bool glued_measure(const lexer *x, ptrdiff_t p, ptrdiff_t *end) {
    static const str MULTIPLIERS[] = {LIT("k"), LIT("K"), LIT("M"), LIT("T"), LIT("bn"), LIT("mn"), LIT("m")};
    unit_id unit;
    ptrdiff_t n = unit_match(x->s, p, &unit);
    *end = p + n;
    if (n) return true;
    for (size_t k = 0; k < COUNT_OF(MULTIPLIERS); k++) {
        str text = MULTIPLIERS[k];
        if (str_eq(str_slice(x->s, p, p + text.n), text) && lex_boundary(x, p + text.n)) return *end = p + text.n, true;
    }
    return false;
}

static bool duration_parts(const lexer *x, ptrdiff_t p) { /* the rest of "1h30m", "2m15s", "1d4h" */
    for (int k = 0; k < 4; k++) {
        if (!strchr("dhms", at(x, p)) || at(x, p) == 0) return false;
        p++;
        if (lex_boundary(x, p)) return k > 0;
        ptrdiff_t digits = digits_end(x, p);
        if (digits == p || digits - p > 4) return false;
        p = digits;
    }
    return false;
}

static ptrdiff_t identifier(lexer *x, const figure *f) {
    ptrdiff_t p = f->dotted;
    uint8_t c = at(x, p);
    if (c == '_') { /* 1_000_000 is a number */
        number n;
        if (f->dots || (lex_read_number(x, f->lo, &n) && n.grouped && lex_boundary(x, n.text.hi))) return 0;
        return emit_ident(x, f->lo, ident_end(x, p));
    }
    uint8_t before = at(x, f->lo - 1), letter = at(x, f->lo - 2);
    if ((before == '+' && (letter | 0x20) == 'u') || before == '%')
        return emit_ident(x, f->lo, ident_end(x, p)); /* U+003A, %5B */
    if (!byte_is_alpha(c)) {
        int groups = 0; /* 12-34-56, 555-1234-22: a serial number */
        for (ptrdiff_t q = p; f->dots == 0 && at(x, q) == '-' && byte_is_digit(at(x, q + 1)) && groups < 3; groups++)
            q = digits_end(x, q + 1);
        return groups >= 2 ? emit_ident(x, f->lo, ident_end(x, p)) : 0;
    }
    if ((c | 0x20) == 'e' && f->digits - f->lo <= 18) { /* 1e-5 */
        ptrdiff_t q = p + 1 + (at(x, p + 1) == '-' || at(x, p + 1) == '+');
        ptrdiff_t digits = digits_end(x, q);
        if (digits > q && digits - q <= 3 && lex_boundary(x, digits)) return 0;
    }
    if (duration_parts(x, p)) return 0;
    ptrdiff_t end;
    if (!glued_measure(x, p, &end)) {
        static const str ORDINALS[] = {LIT("st"), LIT("nd"), LIT("rd"), LIT("th")};
        for (size_t k = 0; f->dots == 0 && k < COUNT_OF(ORDINALS); k++)
            if (lex_literal(x, p, ORDINALS[k])) return lex_emit(x, TOKEN_ORDINAL, f->lo, p + 2), p + 2;
        return emit_ident(x, f->lo, ident_end(x, p));
    }
    if (at(x, f->lo) == '0' && f->digits - f->lo > 1 && end == p + 1 && f->dots == 0)
        return emit_ident(x, f->lo, ident_end(x, p)); /* 003B */
    if ((c == 'X' && end == p + 1 && f->digits - f->lo > 2) || (at(x, end) == '_'))
        return emit_ident(x, f->lo, ident_end(x, p));
    const token *last = lex_last(x);
    if (c == 'X' && last && last->kind == TOKEN_IDENT && f->lo - lex_offset(x, last->text.hi) == 1)
        return emit_ident(x, f->lo, ident_end(x, p));
    if (at(x, end) == '-' &&
        byte_is_alnum(at(x, end + 1))) { /* 35B-A3B is a name, 24GB-32GB an interval, 35B-class neither */
        ptrdiff_t rest = ident_end(x, end + 1);
        bool digits = false, letters_first = byte_is_alpha(at(x, end + 1));
        for (ptrdiff_t q = end + 1; q < rest; q++) digits |= byte_is_digit(x->s.p[q]);
        if (digits && letters_first) return emit_ident(x, f->lo, rest);
    }
    return 0;
}

/* ---- versions --------------------------------------------------------------------------------------------------- */

/* Letters behind the numbers that only a version has: 1.2rc1, 3.12.0b4, 5.x, 1.1.1w, 6.8.0-41. */
static bool version_suffix(const lexer *x, const figure *f) {
    ptrdiff_t p = f->dotted;
    uint8_t c = at(x, p), next = at(x, p + 1);
    if (c == '.' && (next | 0x20) == 'x' && lex_boundary(x, p + 2)) return true;
    if (f->dots == 0) return false;
    static const str WORDS[] = {LIT("rc"), LIT("a"), LIT("b"), LIT("alpha"), LIT("beta"), LIT("dev"), LIT("post")};
    ptrdiff_t q = p + (c == '-' || c == '.' || c == '~'), letters = q;
    while (letters < q + 6 && byte_is_alpha(at(x, letters))) letters++;
    for (size_t k = 0; k < COUNT_OF(WORDS); k++)
        if (str_eq(str_slice(x->s, q, letters), WORDS[k]))
            return byte_is_digit(at(x, letters)) || (letters - q > 1 && q > p);
    return false;
}

static bool one_point_version(const lexer *x, const figure *f, const component *c) {
    if (range_empty(c->name) || (c->weak && !c->product) || unit_follows(x, f->dotted)) return false;
    if (c->product) return true;
    if (at(x, f->lo) == '0' && c->plain) return false;
    return f->dotted - f->digits <= 4;
}

static bool plain_integer_version(const lexer *x, const figure *f, const component *c) {
    if (!c->product || c->weak || f->digits - f->lo > 4 || unit_follows(x, f->dotted) || !lex_boundary(x, f->digits))
        return false;
    if (at(x, f->digits) == ',' && byte_is_digit(at(x, f->digits + 1))) return false;
    str w = range_str(x, c->name);
    bool capital = false;
    for (ptrdiff_t k = 0; k < w.n; k++) capital |= lex_class[w.p[k]] == B_UPPER;
    if (!capital && !x->code && f->digits - f->lo < 2) return false;
    ptrdiff_t gap = lex_blank(x, f->digits);
    range next = lex_word_at(x, f->digits + gap);
    str noun = range_str(x, next);
    bool counted = gap && unit_noun_plural(noun) && unit_noun_known(noun) && !(lex_cues(noun) & CUE_STOP);
    return !counted || at(x, f->digits) != ' ' || lex_cues(w) != CUE_PRODUCT || f->digits - f->lo >= 2;
}

static ptrdiff_t version(lexer *x, const figure *f) {
    uint8_t next = at(x, f->digits);
    bool alone = f->dots == 0 && !(f->cues & (CUE_PRODUCT | CUE_HARDWARE | CUE_VERSION | CUE_LINK)) && next != '.' &&
                 next != ':';
    if (alone) return 0; /* nothing that makes a version of an integer */
    component c = lex_component(x, f->lo);
    bool cued = c.cue && !unit_follows(x, f->dotted);
    if (c.hardware && f->dots == 0 && !c.weak && !cued && !unit_follows(x, f->digits)) {
        ptrdiff_t end = ident_end(x, f->digits);
        ptrdiff_t gap = lex_blank(x, end), more = 0;
        static const str SUFFIXES[] = {LIT("Ti"), LIT("SUPER"), LIT("XT"), LIT("XTX"), LIT("Ti SUPER"), LIT("Pro")};
        for (size_t k = 0; gap && k < COUNT_OF(SUFFIXES); k++) {
            ptrdiff_t n = lex_literal(x, end + gap, SUFFIXES[k]);
            if (n > more) more = n;
        }
        return emit_ident(x, c.name.lo, more ? end + gap + more : end);
    }
    bool is = f->dots >= 2 || cued || version_suffix(x, f) ||
              (f->dots == 1 ? one_point_version(x, f, &c) : plain_integer_version(x, f, &c));
    if (!is && f->dots == 1 && !unit_follows(x, f->dotted) && lex_boundary(x, f->dotted)) {
        const token *last = lex_last(x); /* "CUDA 12.5 to 13.0", "3.10-3.12" */
        is = last && last->kind == TOKEN_VERSION && continues(x, f->lo, TOKEN_VERSION);
    }
    if (!is && f->dots == 0 && f->digits - f->lo <= 2 && at(x, f->lo - 1) != ':' && at(x, f->digits) == ':' &&
        byte_is_digit(at(x, f->digits + 1))) { /* deb epoch */
        ptrdiff_t p = digits_end(x, f->digits + 1);
        is = at(x, p) == '.' && byte_is_digit(at(x, p + 1));
        if (is && f->digits - f->lo == 2 && p - f->digits == 3 && lex_boundary(x, p + 2)) { /* 01:00.0, on a PCI bus */
            lex_emit(x, TOKEN_ADDRESS, f->lo, p + 2);
            return p + 2;
        }
    }
    if (!is || (f->dots == 0 && !cued && !c.product && !version_suffix(x, f) && at(x, f->digits) != ':')) return 0;
    return lex_version(x, f->lo, &c);
}

/* ---- fractions and ratios --------------------------------------------------------------------------------------- */

/* 24/7, 1/2, 16:9, 10/100/1000: numbers of no kind we compare; the token keeps them from being anything else. */
static ptrdiff_t fraction(lexer *x, const figure *f) {
    uint8_t sep = at(x, f->digits);
    if (f->dots || (sep != '/' && sep != ':') || !byte_is_digit(at(x, f->digits + 1)) || f->digits - f->lo > 5)
        return 0;
    ptrdiff_t end = digits_end(x, f->digits + 1);
    if (end - f->digits > 6 || !lex_boundary(x, end) || (at(x, end) == '.' && byte_is_digit(at(x, end + 1)))) return 0;
    unit_id unit;
    ptrdiff_t gap = lex_blank(x, end);
    /* "1/2 s" is half a second, which is no quantity here; "16/32 GB" are two sizes */
    bool part = end == f->lo + 3 && x->s.p[f->lo] < x->s.p[end - 1] && x->s.p[f->lo] <= '3';
    if (sep == '/' && !part && unit_match(x->s, end + gap, &unit) && unit != UNIT_COUNT) return 0;
    while (at(x, end) == sep && byte_is_digit(at(x, end + 1))) end = digits_end(x, end + 1);
    lex_emit(x, TOKEN_NUMBER, f->lo, end);
    return end;
}

/* "10^6": the power is no number of its own. */
static ptrdiff_t power(lexer *x, const figure *f) {
    ptrdiff_t digits = f->digits + 1 + (at(x, f->digits + 1) == '-');
    if (f->dots || at(x, f->digits) != '^' || !byte_is_digit(at(x, digits))) return 0;
    ptrdiff_t end = digits_end(x, digits);
    lex_emit(x, TOKEN_NUMBER, f->lo, end);
    return end;
}

/* Cheap look before lex_error_number: "status 1", "code 2", "HTTP 503", "signal 9", "404 Not Found". */
static bool may_be_error(const lexer *x, const figure *f) {
    return (f->cues & CUE_ERROR) ||
           (f->digits - f->lo == 3 && (lex_class[at(x, f->digits + 1)] == B_UPPER || at(x, f->lo - 1) == ' '));
}

ptrdiff_t lex_number(lexer *x, ptrdiff_t i) {
    if (at(x, i) == '.') { /* .5 */
        number n;
        return lex_read_number(x, i, &n) ? lex_quantity(x, &n) : i + 1;
    }
    figure f = look(x, i);
    ptrdiff_t end;
    if (at(x, f.digits) == ':' && (end = lex_colon_address(x, i))) return end;
    if ((end = lex_date(x, i, f.digits)) || (end = lex_time(x, i, f.digits))) return end;
    if (f.dots == 0 && f.digits - i <= 3 && may_be_error(x, &f) && (end = lex_error_number(x, i, f.digits))) return end;
    if ((end = ip_address(x, &f)) || (end = port(x, &f)) || (end = section(x, &f))) return end;
    bool grouped = x->comma_decimal && f.dots >= 2;
    if (!grouped && (end = version(x, &f))) return end;
    if ((end = identifier(x, &f)) || (end = fraction(x, &f)) || (end = power(x, &f))) return end;
    if ((end = lex_year(x, i, f.digits))) return end;
    number n;
    if (!lex_read_number(x, i, &n)) return f.digits;
    return lex_quantity(x, &n);
}
